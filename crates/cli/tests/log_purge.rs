//! What a purge removes beside the records, and that what is left can still be made again.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::Folder;
use common::logged::{CUSTOMERS, killed, logged, many, recorded, stuck, verify};
use std::fs;
use tamis_log::{Action, Entry, Headed, Heading, Log, SqliteStore, Surroundings};

/// Screenings of a time that is over, each resting on these lists.
fn long_ago(folder: &Folder, snapshots: &[&str]) {
    let surroundings = Surroundings {
        clock: Box::new(|| "2010-05-05T12:00:00Z".parse().unwrap()),
        salt: Box::new(|| Ok([7; 16])),
    };
    let mut log = Log::new(SqliteStore::create(&folder.path("log.db")).unwrap(), surroundings);
    for snapshot in snapshots {
        let context = format!(r#"{{"engine":"tamis 0","snapshot":"{snapshot}","stakes":["{snapshot}"]}}"#);
        let heading = Headed::within(Heading::new(Action::Screening, "anna"), &context).unwrap();
        let entry = Entry {
            body: r#"{"status":"CLEAR"}"#.to_owned(),
            subject: Some("{}".to_owned()),
            ..Entry::new(heading, &()).unwrap()
        };
        log.append(&[entry]).unwrap();
    }
}

fn kept(folder: &Folder) -> Vec<String> {
    let files = fs::read_dir(folder.path("log.db.snapshots")).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn purge(folder: &Folder) -> String {
    let by = ["--actor", "dpo", "--reason", "retention is over"];
    let run = folder.tamis(&[&["log", "purge", "log.db"], &by[..]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    run.out
}

/// A log with old records on lists of their own and on those of today, which today's records name too.
fn mixed() -> (Folder, String) {
    let today = kept(&recorded()).pop().unwrap();
    let hash = today.trim_end_matches(".tamis").to_owned();
    let (old, orphan) = ("ab".repeat(32), "cd".repeat(32));
    let folder = Folder::new();
    folder.file("in.csv", CUSTOMERS);
    long_ago(&folder, &[&old, &hash]);
    assert_eq!(logged(&folder, &["in.csv", "-o", "out.csv"]).code, 2);
    assert_eq!(kept(&folder), [today.as_str()]);
    for name in [
        format!("{old}.tamis"),
        format!("{old}.csv"),
        format!("{orphan}.tamis"),
        format!(".{hash}.tamis.Xy12.partial"),
        "notes.txt".to_owned(),
    ] {
        folder.file(&format!("log.db.snapshots/{name}"), "12345");
    }
    (folder, today)
}

#[test]
fn a_purge_takes_the_lists_that_no_record_names_and_leaves_the_others() {
    let (folder, today) = mixed();
    let said = purge(&folder);
    assert!(said.contains("purged 2 records, up to record 2"), "{said}");
    assert!(
        said.contains("removed 4 snapshots that no record names, 20 bytes"),
        "{said}"
    );
    assert_eq!(kept(&folder), [today.as_str(), "notes.txt"]);
    assert_eq!(verify(&folder, &[]).code, 0);
    for record in ["3", "4", "5", "7"] {
        let run = folder.tamis(&["replay", record, "--log", "log.db"]);
        assert!(
            run.code == 0 && run.out.contains(": same"),
            "{}{}",
            run.out,
            run.err
        );
    }
    assert!(
        purge(&folder).contains("removed 0 snapshots"),
        "nothing is left to remove"
    );
}

#[test]
fn lists_that_an_old_record_still_names_stay() {
    let (folder, today) = mixed();
    let by = ["--actor", "dpo", "--reason", "x", "--through", "1"];
    let run = folder.tamis(&[&["log", "purge", "log.db"], &by[..]].concat());
    assert!(run.out.contains("purged 1 records"), "{}{}", run.out, run.err);
    assert!(kept(&folder).contains(&today));
    assert_eq!(kept(&folder).len(), 2);
}

#[test]
fn no_list_goes_while_a_run_may_yet_name_it() {
    let (folder, _) = mixed();
    many(&folder, 9_000);
    let before = kept(&folder);
    let child = stuck(&folder, &["many.csv", "--jobs", "1"]);
    // Before its first record a run has kept its lists, and nothing names them.
    while !folder.path("log.db.runs").read_dir().unwrap().any(|file| {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        text.contains(&format!("process {},", child.id()))
    }) {}
    let said = purge(&folder);
    assert!(
        said.contains("purged 2 records") && said.contains("purge again once it has ended"),
        "{said}"
    );
    assert_eq!(kept(&folder), before);
    killed(child);
    assert!(purge(&folder).contains("removed 4 snapshots"));
    assert_eq!(verify(&folder, &[]).code, 0);
}

#[test]
fn a_log_that_was_changed_loses_no_lists() {
    let (folder, _) = mixed();
    let before = kept(&folder);
    common::logged::do_to(&folder, "UPDATE contexts SET text = '{}'");
    let by = ["--actor", "dpo", "--reason", "x"];
    let run = folder.tamis(&[&["log", "purge", "log.db"], &by[..]].concat());
    assert!(
        run.code == 2 && run.err.contains("is not what was written"),
        "{}{}",
        run.out,
        run.err
    );
    assert_eq!(kept(&folder), before);
}
