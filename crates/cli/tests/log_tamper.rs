//! What is done to a log behind its back is found by `tamis log verify`, and the record is named.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::Folder;
use common::logged::{database, recorded, verify};
use sha2::{Digest, Sha256};

/// What is done to a log of six records (five screenings in one portion, and the end of the run), and what is told of it:
/// record and kind of each fault, by the log alone and beside a head that was exported before.
struct Case {
    what: &'static str,
    sql: &'static [&'static str],
    /// Whether whoever did it could compute hashes and wrote the chain anew, up to what the log states of itself.
    rechained: bool,
    alone: &'static [(u64, &'static str)],
    beside_head: &'static [(u64, &'static str)],
}

/// Renumbers the records from 4 on by one more, or one fewer.
const UP: [&str; 2] = [
    "UPDATE records SET sequence = -sequence WHERE sequence > 3",
    "UPDATE records SET sequence = -sequence + 1 WHERE sequence < 0",
];
const DOWN: [&str; 2] = [
    "UPDATE records SET sequence = -sequence WHERE sequence > 3",
    "UPDATE records SET sequence = -sequence - 1 WHERE sequence < 0",
];
const COPY: &str = "INSERT INTO records SELECT 4, time, heading, customer, subject, details, body, sha256 FROM records \
    WHERE sequence = 2";

const CASES: [Case; 19] = [
    Case {
        what: "nothing",
        sql: &[],
        rechained: false,
        alone: &[],
        beside_head: &[],
    },
    Case {
        what: "a hit made clear",
        sql: &["UPDATE records SET body = replace(body, 'HIT', 'CLEAR') WHERE sequence = 1"],
        rechained: false,
        alone: &[(1, "changed")],
        beside_head: &[(1, "changed")],
    },
    Case {
        what: "a hit made clear, and the chain written anew",
        sql: &["UPDATE records SET body = replace(body, 'HIT', 'CLEAR') WHERE sequence = 1"],
        rechained: true,
        alone: &[],
        beside_head: &[(6, "other head")],
    },
    Case {
        what: "the end cut off",
        sql: &["DELETE FROM records WHERE sequence > 4"],
        rechained: false,
        alone: &[(5, "truncated")],
        beside_head: &[(5, "truncated"), (5, "truncated")],
    },
    Case {
        what: "the end cut off, and the log says so of itself",
        sql: &[
            "DELETE FROM records WHERE sequence > 4",
            "UPDATE state SET (sequence, time, sha256) = (SELECT sequence, time, sha256 FROM records WHERE sequence = 4)",
        ],
        rechained: false,
        alone: &[],
        beside_head: &[(5, "truncated")],
    },
    Case {
        what: "emptied",
        sql: &[
            "DELETE FROM records",
            "UPDATE state SET sequence = 0, time = 0, sha256 = zeroblob(32)",
        ],
        rechained: false,
        alone: &[],
        beside_head: &[(1, "truncated")],
    },
    Case {
        what: "two exchanged",
        sql: &[
            "UPDATE records SET sequence = -1 WHERE sequence = 2",
            "UPDATE records SET sequence = 2 WHERE sequence = 4",
            "UPDATE records SET sequence = 4 WHERE sequence = -1",
        ],
        rechained: false,
        alone: &[(2, "re-ordered"), (4, "re-ordered")],
        beside_head: &[(2, "re-ordered"), (4, "re-ordered")],
    },
    Case {
        what: "back-dated",
        sql: &["UPDATE records SET time = time - 86400000000 WHERE sequence = 3"],
        rechained: false,
        alone: &[(3, "changed"), (3, "back-dated")],
        beside_head: &[(3, "changed"), (3, "back-dated")],
    },
    Case {
        what: "back-dated, and the chain written anew",
        sql: &["UPDATE records SET time = time - 86400000000 WHERE sequence = 3"],
        rechained: true,
        alone: &[(3, "back-dated")],
        beside_head: &[(3, "back-dated"), (6, "other head")],
    },
    Case {
        what: "dated into the future, and the chain written anew",
        sql: &["UPDATE records SET time = time + 864000000000 WHERE sequence = 6"],
        rechained: true,
        alone: &[(6, "ahead of the clock")],
        beside_head: &[(6, "ahead of the clock"), (6, "other head")],
    },
    Case {
        what: "one taken out of the middle",
        sql: &["DELETE FROM records WHERE sequence = 3"],
        rechained: false,
        alone: &[(3, "missing")],
        beside_head: &[(3, "missing")],
    },
    Case {
        what: "one taken out of the middle, the rest moved up",
        sql: &["DELETE FROM records WHERE sequence = 3", DOWN[0], DOWN[1]],
        rechained: false,
        alone: &[(3, "missing"), (6, "truncated")],
        beside_head: &[(3, "missing"), (6, "truncated"), (6, "truncated")],
    },
    Case {
        what: "one taken out of the middle, the rest moved up and the chain written anew",
        sql: &["DELETE FROM records WHERE sequence = 3", DOWN[0], DOWN[1]],
        rechained: true,
        alone: &[],
        beside_head: &[(6, "truncated")],
    },
    Case {
        what: "one put in",
        sql: &[UP[0], UP[1], COPY],
        rechained: false,
        alone: &[(4, "inserted"), (7, "inserted")],
        beside_head: &[(4, "inserted"), (6, "other head"), (7, "inserted")],
    },
    Case {
        what: "one put in, and the chain written anew",
        sql: &[UP[0], UP[1], COPY],
        rechained: true,
        alone: &[],
        beside_head: &[(6, "other head")],
    },
    Case {
        what: "a customer's name changed, in the subject and the evidence",
        sql: &["UPDATE parts SET text = replace(text, 'Anton', 'Pavel') WHERE text LIKE '%Anton%'"],
        rechained: false,
        alone: &[(3, "personal data"), (3, "personal data")],
        beside_head: &[(3, "personal data"), (3, "personal data")],
    },
    Case {
        what: "a customer's data gone without a record of it",
        sql: &[
            "UPDATE parts SET text = NULL, salt = NULL, key = NULL WHERE id = (SELECT subject FROM records WHERE sequence = 2)",
        ],
        rechained: false,
        alone: &[(2, "personal data")],
        beside_head: &[(2, "personal data")],
    },
    Case {
        what: "another customer's id",
        sql: &[
            "UPDATE records SET customer = (SELECT customer FROM records WHERE sequence = 1) WHERE sequence = 5",
        ],
        rechained: false,
        alone: &[(5, "changed")],
        beside_head: &[(5, "changed")],
    },
    Case {
        what: "another actor",
        sql: &["UPDATE headings SET text = replace(text, 'anna', 'emma')"],
        rechained: false,
        alone: &[(1, "heading"), (6, "heading")],
        beside_head: &[(1, "heading"), (6, "heading")],
    },
];

/// Gives every record the hash that follows from what it says now, as somebody would who knows the specification.
fn rechain(folder: &Folder) {
    let export = folder.tamis(&["log", "export", "log.db"]).out;
    let database = database(folder);
    let (mut before, mut last) = (vec![0; 32], 0);
    for line in export.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        if line["type"] != "record" {
            continue;
        }
        let canonical = line["canonical"].as_str().unwrap();
        before = Sha256::digest([&before, canonical.as_bytes()].concat()).to_vec();
        let record: serde_json::Value = serde_json::from_str(canonical).unwrap();
        last = record["sequence"].as_i64().unwrap();
        let sql = "UPDATE records SET sha256 = ?1 WHERE sequence = ?2";
        assert_eq!(database.execute(sql, rusqlite::params![before, last]).unwrap(), 1);
    }
    let sql = "UPDATE state SET (sequence, time, sha256) = (SELECT sequence, time, sha256 FROM records WHERE sequence = ?1)";
    assert_eq!(database.execute(sql, [last]).unwrap(), 1);
}

fn told(folder: &Folder, rest: &[&str]) -> Vec<(u64, String)> {
    let run = verify(folder, &[rest, &["--json"]].concat());
    let report = run.json();
    let faults = report["faults"].as_array().unwrap();
    assert_eq!(
        (run.code, report["sound"].as_bool().unwrap()),
        if faults.is_empty() { (0, true) } else { (2, false) }
    );
    let fault = |fault: &serde_json::Value| {
        (
            fault["record"].as_u64().unwrap(),
            fault["kind"].as_str().unwrap().to_owned(),
        )
    };
    faults.iter().map(fault).collect()
}

#[test]
fn whatever_is_done_to_a_log_is_found_and_the_record_is_named() {
    let mut wrong = Vec::new();
    for case in CASES {
        let folder = recorded();
        assert_eq!(
            folder.tamis(&["log", "head", "log.db", "-o", "head.json"]).code,
            0
        );
        for sql in case.sql {
            assert!(database(&folder).execute(sql, []).unwrap() > 0, "{sql}");
        }
        if case.rechained {
            rechain(&folder);
        }
        for (beside, head, expected) in [
            ("alone", &[][..], case.alone),
            ("beside a head", &["--head", "head.json"], case.beside_head),
        ] {
            let found = told(&folder, head);
            let same = found
                .iter()
                .map(|(record, kind)| (*record, kind.as_str()))
                .eq(expected.iter().copied());
            if !same {
                wrong.push(format!(
                    "{}, {beside}: {found:?}, expected {expected:?}",
                    case.what
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A field of a head, what is written into it, and what is told.
type Edit = (&'static str, serde_json::Value, &'static [(u64, &'static str)]);

/// What a head says is believed as it stands; that nobody changed it, its signature says.
#[test]
fn a_changed_head_is_told_and_never_taken() {
    let folder = recorded();
    assert_eq!(folder.tamis(&["list", "keygen", "-o", "office"]).code, 0);
    let head = ["log", "head", "log.db", "-o", "head.json", "--key", "office.key"];
    assert_eq!(folder.tamis(&head).code, 0);
    let signed = folder.read("head.json");
    let value: serde_json::Value = serde_json::from_str(&signed).unwrap();
    let beside = ["--head", "head.json"];
    let keyed = [&beside[..], &["--key", "office.pub"]].concat();
    assert_eq!(told(&folder, &keyed), []);
    let edits: [Edit; 5] = [
        ("sequence", 4.into(), &[(4, "other head")]),
        ("sequence", 9.into(), &[(7, "truncated")]),
        ("sha256", "0".repeat(64).into(), &[(6, "other head")]),
        ("count", 5.into(), &[(6, "other head")]),
        ("time", "2026-01-01T00:00:00Z".into(), &[(6, "other head")]),
    ];
    for (field, to, expected) in edits {
        let mut edited = value.clone();
        edited[field] = to;
        folder.file("head.json", &edited.to_string());
        let found = told(&folder, &beside);
        let found: Vec<(u64, &str)> = found
            .iter()
            .map(|(record, kind)| (*record, kind.as_str()))
            .collect();
        assert_eq!(found, expected, "{field}");
        let run = verify(&folder, &keyed);
        assert!(
            run.code == 2 && run.err.contains("not signed by this key"),
            "{field}: {}",
            run.err
        );
    }
    for text in ["", "{}", "no head", "{\"sequence\":6}"] {
        folder.file("head.json", text);
        let run = verify(&folder, &beside);
        assert!(
            run.code == 2 && run.err.contains("head.json"),
            "{text}: {}",
            run.err
        );
    }
}
