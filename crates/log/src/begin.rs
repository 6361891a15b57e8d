//! A database opened as a log, or begun as one: by several processes at once, perhaps.

use crate::Error;
use crate::sqlite::roll_back;
use rusqlite::{Connection, ErrorCode};
use std::time::Duration;

/// Marks the file as a log of tamis: "tmlg".
const APPLICATION: i64 = 0x746d_6c67;

/// The version of `schema.sql`.
const VERSION: i64 = 1;

/// The tables of a log.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");

/// How long a writer waits for others. A portion of records takes a fraction of a second, so a wait this long
/// means that another process hangs.
const WAIT: Duration = Duration::from_secs(60);

/// How long to wait before something is tried again.
const PAUSE: Duration = Duration::from_millis(20);

/// Settings of the connection, and the tables where there are none yet.
pub(crate) fn prepare(connection: &Connection, file: &str) -> rusqlite::Result<Result<(), Error>> {
    let other = |found: String| Error::Version {
        file: file.to_owned(),
        found,
    };
    connection.busy_timeout(WAIT)?;
    connection.set_prepared_statement_cache_capacity(32);
    // Asked before anything is changed: a database of somebody else's stays as it is.
    let (application, version, tables) = contents(connection)?;
    match (application, version, tables) {
        (0, 0, 0) | (APPLICATION, VERSION, _) => {}
        (APPLICATION, version, _) => {
            return Ok(Err(other(format!("its version is {version}, not {VERSION}"))));
        }
        _ => return Ok(Err(other("it is another database".to_owned()))),
    }
    write_ahead(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    // What is erased must not stay behind in free pages.
    connection.pragma_update(None, "secure_delete", "on")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    if tables == 0 {
        begin_log(connection)?;
    }
    Ok(Ok(()))
}

/// Another process may do the same at the same time; the first one wins.
fn begin_log(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let made = match pragma(connection, "user_version")? {
        0 => connection.execute_batch(SCHEMA).and_then(|()| {
            connection.pragma_update(None, "application_id", APPLICATION)?;
            connection.pragma_update(None, "user_version", VERSION)
        }),
        _ => Ok(()),
    };
    connection.execute_batch(if made.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    made
}

/// Switches to a write-ahead log. SQLite waits for others everywhere but here, where every process must be the only one
/// until the first has switched.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let switch = || connection.pragma_update(None, "journal_mode", "wal");
    let is_busy = |e: &rusqlite::Error| e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
    for _ in 0..WAIT.as_millis() / PAUSE.as_millis() {
        match switch() {
            Err(error) if is_busy(&error) => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    switch()
}

/// Whose database it is, of which version, and how many tables it has: at one moment, as another process may be about
/// to begin it.
fn contents(connection: &Connection) -> rusqlite::Result<(i64, i64, i64)> {
    connection.execute_batch("BEGIN")?;
    let read = || {
        let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let (application, version) = (
            pragma(connection, "application_id")?,
            pragma(connection, "user_version")?,
        );
        Ok((application, version, tables))
    };
    let contents = read();
    roll_back(connection);
    contents
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
