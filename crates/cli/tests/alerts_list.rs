//! `tamis alerts list`: which alerts its options ask for.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, LISTED};

/// Six alerts, each on a freeze of the United States with a day for a report. The first is new, the second given to ann, the
/// third escalated to ben, the fourth a recommended match, the fifth closed, the sixth given to ann.
fn worked() -> Folder {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    let listed = format!("A-5,\"{LISTED}\"\nA-6,\"{LISTED}\"\n");
    let sdn = "id,name\nA-1,Jan Przykladowy\nA-2,Ewa Wzorowa\nA-3,Jan Przykladowy\nA-4,Ewa Wzorowa\n";
    folder.file("in.csv", &format!("{sdn}{listed}"));
    let screen = [
        "screen",
        "in.csv",
        "-l",
        "list.xml",
        "-l",
        "builtin:kaspersky",
        "--log",
        "log.db",
        "--actor",
        "batch",
        "-o",
        "out.csv",
        "--as-of",
        "2026-11-23",
    ];
    assert_eq!(folder.tamis(&screen).code, 1);
    let ids = all(&folder);
    assert_eq!(ids.len(), 6, "{ids:?}");
    for (at, to) in [(1, "ann"), (2, "ben"), (5, "ann")] {
        act(&folder, &["assign", &ids[at], "--to", to]);
    }
    for (at, disposition) in [(2, "ESCALATED"), (3, "TRUE_MATCH_RECOMMENDED")] {
        act(
            &folder,
            &[
                "decide",
                &ids[at],
                "--disposition",
                disposition,
                "--rationale",
                "x",
            ],
        );
    }
    let closed = [
        "--disposition",
        "FALSE_POSITIVE",
        "--reason-code",
        "data_error",
        "--rationale",
        "x",
    ];
    act(&folder, &[&["decide", &ids[4]], &closed[..]].concat());
    folder
}

fn act(folder: &Folder, args: &[&str]) {
    let run = folder.tamis(&[&["alerts"], args, &["--log", "log.db", "--actor", "lead"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
}

fn all(folder: &Folder) -> Vec<String> {
    listed(folder, &["--all"], "alert")
}

/// Of each alert that the options ask for, one field.
fn listed(folder: &Folder, options: &[&str], field: &str) -> Vec<String> {
    let run = folder.tamis(&[&["alerts", "list", "--json", "--log", "log.db"], options].concat());
    assert_eq!(run.code, 0, "{options:?}: {}", run.err);
    let alerts = run.json();
    let text = |alert: &serde_json::Value| alert[field].as_str().unwrap_or("").to_owned();
    alerts.as_array().unwrap().iter().map(text).collect()
}

#[test]
fn each_option_narrows_the_list() {
    let folder = worked();
    let due = listed(&folder, &["--customer", "A-1"], "due").pop().unwrap();
    let day: jiff::civil::Date = due.parse().unwrap();
    let after = day.tomorrow().unwrap().to_string();
    let cases: &[(&[&str], &[u8])] = &[
        (&[], &[1, 2, 3, 4, 6]),
        (&["--all"], &[1, 2, 3, 4, 5, 6]),
        (&["--level", "1"], &[1, 2, 6]),
        (&["--level", "1", "--all"], &[1, 2, 5, 6]),
        (&["--level", "2"], &[3]),
        (&["--level", "3"], &[4]),
        (&["--level", "2", "--level", "3"], &[3, 4]),
        (&["--assignee", "ANN"], &[2, 6]),
        (&["--unassigned"], &[1, 4]),
        (&["--unassigned", "--all"], &[1, 4, 5]),
        (&["--unassigned", "--level", "3"], &[4]),
        (&["--status", "ESCALATED", "--status", "NEW"], &[1, 3]),
        (&["--list", "kaspersky"], &[6]),
        (&["--due-before", &due], &[]),
        (&["--due-before", &after], &[1, 2, 3, 4, 6]),
        (&["--due-before", &after, "--list", "kaspersky"], &[6]),
        (&["--due-before", &after, "--assignee", "ann"], &[2, 6]),
        (&["--overdue"], &[]),
    ];
    for (options, expected) in cases {
        let expected: Vec<String> = expected.iter().map(|at| format!("A-{at}")).collect();
        assert_eq!(listed(&folder, options, "customer"), expected, "{options:?}");
    }
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let folder = worked();
    for options in [
        &["--level", "4"][..],
        &["--level", "0"],
        &["--unassigned", "--assignee", "ann"],
        &["--due-before", "soon"],
    ] {
        let run = folder.tamis(&[&["alerts", "list", "--log", "log.db"], options].concat());
        assert!(run.code == 2 && !run.err.is_empty(), "{options:?}: {}", run.out);
    }
}
