//! Screening with a decision log, and what stands in it.

use super::{Folder, LISTED, Run};
use rusqlite::Connection;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The day of the lists.
pub const DAY: [&str; 2] = ["--as-of", "2026-11-23"];
/// The log, and who screens.
pub const LOGGED: [&str; 4] = ["--log", "log.db", "--actor", "anna"];

/// Customers of every kind: a hit, a namesake with another birth date, clear ones, one that cannot be read.
pub const CUSTOMERS: &str = "id,name,birth_date\n1,\"TIKHONOV, Andrei Gennadyevich\",\n2,Oleg Petrov,\n3,Anton Ivanov,1985-03-03\n4,,\n5,Oleg Petrov,\n";

/// A run without a log.
pub fn screen(folder: &Folder, rest: &[&str]) -> Run {
    folder.tamis(&[&["screen"], rest, &DAY].concat())
}

/// A run with one.
pub fn logged(folder: &Folder, rest: &[&str]) -> Run {
    screen(folder, &[rest, &LOGGED].concat())
}

/// `tamis log verify`.
pub fn verify(folder: &Folder, rest: &[&str]) -> Run {
    folder.tamis(&[&["log", "verify", "log.db"], rest].concat())
}

/// The file, behind the log's back.
pub fn database(folder: &Folder) -> Connection {
    let connection = Connection::open(folder.path("log.db")).unwrap();
    connection.busy_timeout(Duration::from_secs(20)).unwrap();
    connection
}

/// A number that SQL says.
pub fn ask(folder: &Folder, sql: &str) -> i64 {
    database(folder).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Changes the file behind the log's back.
pub fn do_to(folder: &Folder, sql: &str) {
    assert!(database(folder).execute(sql, []).unwrap() > 0, "{sql}");
}

/// A log of [`CUSTOMERS`].
pub fn recorded() -> Folder {
    let folder = Folder::new();
    folder.file("in.csv", CUSTOMERS);
    assert_eq!(
        logged(&folder, &["in.csv", "-o", "out.csv"]).code,
        2,
        "one record is not screened"
    );
    folder
}

/// So many customers, every hundredth of them listed.
pub fn many(folder: &Folder, count: usize) {
    let row = |at: usize| match at % 100 {
        0 => format!("{at},\"{LISTED}\"\n"),
        _ => format!("{at},Oleg Petrov{at}\n"),
    };
    let rows: String = (0..count).map(row).collect();
    folder.file("many.csv", &format!("id,name\n{rows}"));
}

/// A run in a process of its own, which nobody waits for.
pub fn start(folder: &Folder, rest: &[&str]) -> Child {
    command(folder, rest).stdout(Stdio::null()).spawn().unwrap()
}

/// The command of a run in a process of its own.
pub fn command(folder: &Folder, rest: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tamis"));
    command
        .current_dir(folder.path(""))
        .args([&["screen"], rest, &DAY, &LOGGED].concat())
        .stderr(Stdio::null());
    command
}

/// How many records are committed, as another process sees it.
pub fn committed(folder: &Folder) -> i64 {
    let Ok(connection) =
        Connection::open_with_flags(folder.path("log.db"), rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
    else {
        return 0;
    };
    connection
        .query_row("SELECT count(*) FROM records", [], |row| row.get(0))
        .unwrap_or(0)
}

/// A run that stops in the middle, since nobody reads what it writes, with records committed.
pub fn stuck(folder: &Folder, rest: &[&str]) -> Child {
    let before = committed(folder);
    let mut child = command(folder, rest).stdout(Stdio::piped()).spawn().unwrap();
    while committed(folder) == before && before == 0 {
        assert_eq!(child.try_wait().unwrap(), None, "it cannot come to its end");
    }
    child
}

/// Ends a process at once.
pub fn killed(mut child: Child) {
    child.kill().unwrap(); // SIGKILL, on Unix
    child.wait().unwrap();
}
