//! Whatever is done to a log behind its back is found, and located.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Place, filled};
use proptest::prelude::*;
use tamis_log::FaultKind::{self, *};
use tamis_log::{Fault, Head, Whose};

const RECORDS: i64 = 12;

/// Shifts the sequences of records, which SQLite does one by one.
fn shifted(place: &Place, from: i64, by: i64) {
    place.sql(&format!(
        "UPDATE records SET sequence = -sequence WHERE sequence >= {from}"
    ));
    place.sql(&format!(
        "UPDATE records SET sequence = -sequence + {by} WHERE sequence < 0"
    ));
}

fn exchanged(place: &Place, one: i64, two: i64) {
    place.sql(&format!(
        "UPDATE records SET sequence = -1 WHERE sequence = {one}"
    ));
    place.sql(&format!(
        "UPDATE records SET sequence = {one} WHERE sequence = {two}"
    ));
    place.sql(&format!(
        "UPDATE records SET sequence = {two} WHERE sequence = -1"
    ));
}

fn copied(place: &Place, from: i64, to: i64) {
    place.sql(&format!(
        "INSERT INTO records SELECT {to}, time, heading, customer, subject, details, body, sha256 FROM records WHERE sequence = {from}"
    ));
}

/// What a test does to a log.
type Deed = Box<dyn Fn(&Place)>;

/// A deed in words, the deed, and what is to be told of it.
type Case = (&'static str, Deed, Vec<(u64, FaultKind)>);

fn sql(sql: &'static str) -> Deed {
    Box::new(move |place| assert!(place.sql(sql) > 0, "{sql}"))
}

fn faults(place: &Place, heads: &[Head]) -> Vec<Fault> {
    place.log().verify(heads).unwrap().faults
}

fn told(faults: &[Fault]) -> Vec<(u64, FaultKind)> {
    faults.iter().map(|fault| (fault.sequence, fault.kind)).collect()
}

#[test]
fn every_deed_is_found_and_located() {
    let cases: Vec<Case> = vec![
        ("nothing", Box::new(|_| {}), vec![]),
        (
            "a body",
            sql("UPDATE records SET body = replace(body, 'CLEAR', 'HIT') WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "a hash",
            sql("UPDATE records SET sha256 = zeroblob(32) WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "a short hash",
            sql("UPDATE records SET sha256 = zeroblob(3) WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "a number for a body",
            sql("UPDATE records SET body = x'00ff' WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "a customer's id",
            sql("UPDATE customers SET customer = 'X' WHERE customer = 'C5'"),
            vec![(5, Changed)],
        ),
        (
            "another's customer",
            sql("UPDATE records SET customer = 1 WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "another's subject",
            sql("UPDATE records SET subject = 1 WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "no subject",
            sql("UPDATE records SET subject = NULL WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "a customer taken out",
            sql("DELETE FROM customers WHERE customer = 'C5'"),
            vec![(5, Changed)],
        ),
        (
            "a later time",
            sql("UPDATE records SET time = time + 1 WHERE sequence = 5"),
            vec![(5, Changed)],
        ),
        (
            "an earlier time",
            sql("UPDATE records SET time = time - 90000000 WHERE sequence = 5"),
            vec![(5, Changed), (5, BackDated)],
        ),
        (
            "a time to come",
            sql("UPDATE records SET time = time + 86400000000 WHERE sequence = 12"),
            vec![(12, Changed), (12, Changed), (12, Ahead)],
        ),
        (
            "a record taken out",
            sql("DELETE FROM records WHERE sequence = 5"),
            vec![(5, Missing)],
        ),
        (
            "three taken out",
            sql("DELETE FROM records WHERE sequence BETWEEN 5 AND 7"),
            vec![(5, Missing)],
        ),
        (
            "the first taken out",
            sql("DELETE FROM records WHERE sequence = 1"),
            vec![(1, Missing)],
        ),
        (
            "the end cut off",
            sql("DELETE FROM records WHERE sequence > 9"),
            vec![(10, Truncated)],
        ),
        (
            "taken out, the rest moved up",
            Box::new(|place| {
                place.sql("DELETE FROM records WHERE sequence = 5");
                shifted(place, 6, -1);
            }),
            vec![(5, Missing), (12, Truncated)],
        ),
        (
            "put in, the rest moved down",
            Box::new(|place| {
                shifted(place, 5, 1);
                copied(place, 3, 5);
            }),
            vec![(5, Inserted), (5, BackDated), (13, Inserted)],
        ),
        (
            "put in at the end",
            Box::new(|place| copied(place, 3, 13)),
            vec![(13, Changed), (13, Inserted), (13, BackDated)],
        ),
        (
            "neighbours exchanged",
            Box::new(|place| exchanged(place, 5, 6)),
            vec![(5, Reordered), (6, Reordered), (6, BackDated)],
        ),
        (
            "two exchanged",
            Box::new(|place| exchanged(place, 4, 9)),
            vec![
                (4, Reordered),
                (5, BackDated),
                (6, BackDated),
                (7, BackDated),
                (8, BackDated),
                (9, Reordered),
                (9, BackDated),
            ],
        ),
        (
            "the last two exchanged",
            Box::new(|place| exchanged(place, 11, 12)),
            vec![(11, Reordered), (12, Changed), (12, Reordered), (12, BackDated)],
        ),
        (
            "a subject",
            sql("UPDATE parts SET text = replace(text, 'Somewhere', 'Elsewhere') WHERE id = 5"),
            vec![(5, Personal)],
        ),
        (
            "a salt",
            sql("UPDATE parts SET salt = zeroblob(16) WHERE id = 5"),
            vec![(5, Personal)],
        ),
        (
            "a subject gone",
            sql("UPDATE parts SET text = NULL, salt = NULL WHERE id = 5"),
            vec![(5, Personal)],
        ),
        (
            "a subject gone on a pretext",
            sql("UPDATE parts SET text = NULL, salt = NULL, erased = 3 WHERE id = 5"),
            vec![(5, Personal)],
        ),
        (
            "a subject's row gone",
            sql("DELETE FROM parts WHERE id = 5"),
            vec![(5, Changed)],
        ),
        (
            "an actor",
            sql("UPDATE headings SET text = replace(text, 'anna', 'emma')"),
            vec![(1, Heading)],
        ),
        (
            "an engine",
            sql("UPDATE contexts SET text = replace(text, 'tamis 0', 'tamis 9')"),
            vec![(1, Heading)],
        ),
        (
            "the stated end",
            sql("UPDATE state SET sequence = 11"),
            vec![(12, Inserted)],
        ),
        (
            "the stated hash",
            sql("UPDATE state SET sha256 = zeroblob(32)"),
            vec![(12, Changed)],
        ),
        (
            "the stated time",
            sql("UPDATE state SET time = time - 1"),
            vec![(12, Changed)],
        ),
        (
            "a purge that was none",
            sql("UPDATE state SET purged = 3"),
            vec![(0, Database), (1, Missing), (4, Changed)],
        ),
        (
            "records purged by hand",
            Box::new(|place| {
                place.sql("UPDATE state SET purged = 3, purged_sha256 = (SELECT sha256 FROM records WHERE sequence = 3)");
                place.sql("DELETE FROM records WHERE sequence <= 3");
            }),
            vec![(1, Missing)],
        ),
        (
            "a record before the first",
            Box::new(|place| copied(place, 3, -4)),
            vec![(0, Database)],
        ),
    ];
    let mut wrong = Vec::new();
    for (what, deed, expected) in cases {
        let place = filled(RECORDS);
        deed(&place);
        let faults = faults(&place, &[]);
        if told(&faults) != expected {
            wrong.push(format!("{what}: {faults:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A table without its constraints, in which two rows claim one hash.
fn unconstrained(place: &Place, table: &str) {
    place.batch(&format!(
        "CREATE TABLE other (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, text TEXT NOT NULL); \
         INSERT INTO other SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE other RENAME TO {table};"
    ));
}

/// A second heading under the hash of the first, of another actor, for some records.
fn forged(place: &Place, which: &str) {
    unconstrained(place, "headings");
    place.batch(&format!(
        "INSERT INTO headings SELECT 99, sha256, replace(text, 'anna', 'emma') FROM headings WHERE id = 1; \
         UPDATE records SET heading = 99 WHERE sequence {which};"
    ));
}

#[test]
fn another_heading_under_the_same_hash_is_found_whichever_comes_first() {
    for (which, first) in [("= 5", 5), ("IN (7, 9)", 7), ("= 12", 12), ("< 12", 1)] {
        let place = filled(RECORDS);
        let head = place.log().head().unwrap();
        forged(&place, which);
        let faults = faults(&place, &[head]);
        let headings: Vec<u64> = faults
            .iter()
            .filter(|fault| fault.kind == Heading)
            .map(|fault| fault.sequence)
            .collect();
        assert_eq!(headings, [first], "{which}: {faults:#?}");
        assert!(
            faults.iter().any(|fault| fault.kind == Database),
            "{which}: {faults:#?}"
        );
    }
}

#[test]
fn tables_that_are_not_those_of_a_log_are_told() {
    let cases = [
        ("ANALYZE", ""),
        (
            "DROP INDEX records_by_customer",
            "the 'index' 'records_by_customer' is gone",
        ),
        (
            "CREATE VIEW mine AS SELECT 1",
            "the 'view' 'mine' is no part of a log",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM customers; END",
            "the 'trigger' 't' is no part of a log",
        ),
        (
            "ALTER TABLE headings ADD COLUMN more",
            "the 'table' 'headings' is not as a log makes it",
        ),
    ];
    for (sql, expected) in cases {
        let place = filled(2);
        place.batch(sql);
        let told: Vec<String> = faults(&place, &[]).into_iter().map(|fault| fault.why).collect();
        assert_eq!(told.join("; "), expected, "{sql}");
    }
    let place = filled(2);
    unconstrained(&place, "contexts");
    assert!(faults(&place, &[]).iter().all(|fault| fault.kind == Database));
    assert!(!faults(&place, &[]).is_empty());
}

#[test]
fn what_the_file_cannot_show_an_exported_head_shows() {
    let cases: Vec<Case> = vec![
        (
            "appended",
            Box::new(|place| {
                place
                    .log()
                    .append(&[common::screening(&common::heading("anna"), "C13")])
                    .unwrap();
            }),
            vec![],
        ),
        (
            "cut off, with the state",
            Box::new(|place| {
                place.sql("DELETE FROM records WHERE sequence > 9");
                place.sql("UPDATE state SET sequence = 9, sha256 = (SELECT sha256 FROM records WHERE sequence = 9), time = (SELECT time FROM records WHERE sequence = 9)");
            }),
            vec![(10, Truncated)],
        ),
        (
            "written anew",
            Box::new(|place| {
                for file in ["", "-wal", "-shm"] {
                    let mut path = place.path().into_os_string();
                    path.push(file);
                    let _ = std::fs::remove_file(path);
                }
                let mut log = place.log();
                let entries: Vec<_> = (1..=12)
                    .map(|at| common::screening(&common::heading("emma"), &format!("C{at}")))
                    .collect();
                log.append(&entries).unwrap();
            }),
            vec![(12, OtherHead)],
        ),
    ];
    for (what, deed, expected) in cases {
        let place = filled(RECORDS);
        let head = place.log().head().unwrap();
        deed(&place);
        assert_eq!(
            told(&faults(&place, &[])),
            [],
            "{what}: the file is sound in itself"
        );
        assert_eq!(told(&faults(&place, &[head])), expected, "{what}");
    }
}

#[test]
fn an_erasure_stays_sound_and_undoing_its_record_does_not() {
    let place = filled(RECORDS);
    place
        .log()
        .erase(&Whose::Customer("C5".to_owned()), "dpo", "asked to be forgotten")
        .unwrap();
    assert_eq!(told(&faults(&place, &[])), []);
    place.sql("UPDATE records SET body = '{}' WHERE sequence = 13");
    assert_eq!(told(&faults(&place, &[])), [(5, Personal), (13, Changed)]);
}

#[test]
fn many_faults_are_counted_where_they_are_not_told() {
    let place = filled(150);
    place.sql("UPDATE records SET body = '{}'");
    let verification = place.log().verify(&[]).unwrap();
    assert_eq!((verification.faults.len(), verification.untold), (100, 50));
}

/// A change of one cell of a record, to another value of any kind.
fn deed() -> impl Strategy<Value = (i64, String)> {
    let column = prop::sample::select(vec![
        "time", "heading", "customer", "subject", "details", "body", "sha256",
    ]);
    let value = prop::sample::select(vec![
        "NULL",
        "0",
        "-1",
        "99",
        "'text'",
        "'{}'",
        "x'00'",
        "zeroblob(32)",
        "1.5",
    ]);
    let set = (column, value).prop_map(|(column, value)| format!("SET {column} = {value}"));
    (1..=RECORDS, set)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_change_of_one_record_is_found_where_it_was_made((at, set) in deed()) {
        let place = filled(RECORDS);
        let column = set.split(' ').nth(1).unwrap().to_owned();
        let before = place.ask(&format!("SELECT quote({column}) = quote({column}) FROM records WHERE sequence = {at}"));
        prop_assert_eq!(before, 1);
        let sql = format!("UPDATE OR IGNORE records {set} WHERE sequence = {at} AND {column} IS NOT {}", set.rsplit(" = ").next().unwrap());
        let changed = rusqlite::Connection::open(place.path()).unwrap().execute(&sql, []);
        // The tables refuse NULL in some columns themselves, and some values stand there already.
        if changed.is_ok_and(|rows| rows == 1) {
            let faults = faults(&place, &[]);
            prop_assert!(faults.iter().any(|fault| fault.sequence == at.unsigned_abs()), "{sql}: {faults:?}");
            prop_assert!(faults.iter().all(|fault| fault.sequence == at.unsigned_abs() || fault.sequence == at.unsigned_abs() + 1 || fault.kind == BackDated), "{sql}: {faults:?}");
        }
    }

    #[test]
    fn any_change_of_one_letter_is_found(at in 1..=RECORDS, letter in 1..18_usize) {
        let place = filled(RECORDS);
        let changed = place.sql(&format!(
            "UPDATE records SET body = substr(body, 1, {letter} - 1) || '~' || substr(body, {letter} + 1) WHERE sequence = {at}"
        ));
        prop_assert_eq!(changed, 1);
        prop_assert_eq!(told(&faults(&place, &[])), [(at.unsigned_abs(), Changed)]);
    }

    #[test]
    fn any_two_exchanged_are_found(one in 1..=RECORDS, two in 1..=RECORDS) {
        prop_assume!(one != two);
        let place = filled(RECORDS);
        exchanged(&place, one, two);
        let moved: Vec<u64> = faults(&place, &[]).iter().filter(|fault| fault.kind == Reordered).map(|fault| fault.sequence).collect();
        prop_assert_eq!(moved, [one.min(two).unsigned_abs(), one.max(two).unsigned_abs()]);
    }
}
