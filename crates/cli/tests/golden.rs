//! Whole outputs, pinned: the same input, list, policy and engine give the same bytes.
//!
//! `TAMIS_BLESS=1 cargo test -p tamis-cli --test golden` writes them anew; read the difference before you commit it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, read its files and ask whether to write them anew"
)]

mod common;

use assert_cmd::Command;
use common::without_hashes;
use std::path::{Path, PathBuf};

/// The arguments of each run, and the file that holds what it prints.
const RUNS: [(&str, &[&str]); 10] = [
    (
        "screen-customers.csv",
        &[
            "screen",
            "data/samples/customers.csv",
            "--as-of",
            "2026-11-23",
            "--jobs",
            "2",
        ],
    ),
    (
        "screen-bad-rows.csv",
        &[
            "screen",
            "data/samples/customers-bad-rows.csv",
            "--as-of",
            "2026-11-23",
        ],
    ),
    (
        "screen-related.csv",
        &[
            "screen",
            "data/samples/customers-related.csv",
            "--as-of",
            "2026-11-29",
        ],
    ),
    (
        "screen-stakes.csv",
        &[
            "screen",
            "data/samples/customers-related.csv",
            "--stakes",
            "data/samples/stakes.csv",
            "--as-of",
            "2026-11-29",
        ],
    ),
    ("pairs.csv", &["pairs", "data/samples/pairs.csv", "--explain"]),
    (
        "check-hit.txt",
        &[
            "check",
            "Tschekunow, Igor",
            "--born",
            "1966-03-27",
            "--as-of",
            "2026-11-23",
        ],
    ),
    (
        "check-other-regime.txt",
        &[
            "check",
            "Eugene Kaspersky",
            "--regime",
            "us",
            "--as-of",
            "2026-11-23",
        ],
    ),
    (
        "check-history.txt",
        &["check", "Kirill Astrakhan", "--as-of", "2026-11-23"],
    ),
    (
        "list-diff.txt",
        &[
            "list",
            "diff",
            "un:data/samples/lists/un.xml",
            "un:data/samples/lists/un-later.xml",
        ],
    ),
    (
        "list-diff.csv",
        &[
            "list",
            "diff",
            "un:data/samples/lists/un.xml",
            "un:data/samples/lists/un-later.xml",
            "--format",
            "csv",
        ],
    ),
];

#[test]
fn outputs_are_what_they_were() {
    let mut changed = Vec::new();
    for (file, arguments) in RUNS {
        let printed = run(arguments);
        let path = root().join("crates/cli/tests/golden").join(file);
        if std::env::var_os("TAMIS_BLESS").is_some() {
            std::fs::write(&path, &printed).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some(line) = first_difference(&expected, &printed) {
            changed.push(format!("{file}, {line}"));
        }
    }
    assert!(
        changed.is_empty(),
        "outputs changed (see the head of this file):\n{}",
        changed.join("\n")
    );
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("tamis").unwrap();
    let output = command
        .current_dir(root())
        .args(arguments)
        .arg("-q")
        .output()
        .unwrap();
    without_hashes(&String::from_utf8(output.stdout).unwrap())
}

fn first_difference(expected: &str, printed: &str) -> Option<String> {
    let (mut old, mut new) = (expected.lines(), printed.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => return None,
            (one, two) if one == two => {}
            (one, two) => {
                let show = |line: Option<&str>| line.unwrap_or("(end)").to_owned();
                return Some(format!(
                    "line {number}:\n  was {}\n  is  {}",
                    show(one),
                    show(two)
                ));
            }
        }
    }
    None
}
