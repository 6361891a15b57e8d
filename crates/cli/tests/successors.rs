//! `tamis successors` from outside: exit codes, formats, what is not examined.

#![expect(clippy::unwrap_used, reason = "a test may panic and read its files")]

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn tamis(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("tamis").unwrap();
    command.current_dir(workspace()).arg("successors").args(args);
    command.args(["--as-of", "2026-11-23"]);
    command
}

const SAMPLE: &str = "data/samples/register.csv";

/// A register of its own.
fn register(text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.csv");
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn json(args: &[&str]) -> Value {
    let output = tamis(args).args(["--format", "json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn leads_are_no_failure_unless_asked_for() {
    tamis(&[SAMPLE]).assert().code(0);
    tamis(&[SAMPLE, "--fail-on", "A"]).assert().code(1);
    tamis(&[SAMPLE, "--fail-on", "a", "--exit-zero"]).assert().code(0);
    let (_folder, quiet) = register("id,name\n1,Wombat Gardening Ltd\n");
    tamis(&[&quiet, "--fail-on", "C"]).assert().code(0);
}

#[test]
fn json_says_everything_and_its_counts_add_up() {
    let report = json(&[SAMPLE]);
    let count = |name: &str| report["counts"][name].as_u64().unwrap();
    let parts = ["a", "b", "c", "below", "nothing", "listed", "unexamined"];
    assert_eq!(parts.map(count).iter().sum::<u64>(), count("companies"));
    assert_eq!(
        report["records"].as_u64().unwrap(),
        count("companies") + 1,
        "one company has two records"
    );
    assert_eq!(
        report["leads"].as_array().unwrap().len() as u64,
        count("a") + count("b") + count("c")
    );
    assert_eq!(report["context"]["as_of"], "2026-11-23");
    assert_eq!(report["context"]["lists"][0]["id"], "kaspersky");
    assert!(report["register"][0]["sha256"].as_str().unwrap().len() == 64);
    assert!(report["meaning"].as_str().unwrap().contains("no alerts"));
    let best = &report["leads"][0];
    assert_eq!(best["grade"], "A");
    assert!(best["signals"][0]["reason"].as_str().is_some());
}

#[test]
fn weaker_leads_are_hidden_on_request_and_that_is_said() {
    let all = json(&[SAMPLE]);
    let some = json(&[SAMPLE, "--min-grade", "B"]);
    let hidden = some["below_min_grade"].as_u64().unwrap();
    let leads = |report: &Value| report["leads"].as_array().unwrap().len() as u64;
    assert!(hidden > 0);
    assert_eq!(leads(&some) + hidden, leads(&all));
    assert_eq!(some["counts"], all["counts"]);
    let output = tamis(&[SAMPLE, "--min-grade", "B"]).output().unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("below --min-grade")
    );
}

#[test]
fn csv_is_safe_for_spreadsheets_and_the_same_for_any_number_of_threads() {
    let of = |jobs: &str| {
        tamis(&[SAMPLE, "--format", "csv", "--jobs", jobs])
            .output()
            .unwrap()
            .stdout
    };
    let one = of("1");
    assert_eq!(one, of("3"));
    let mut rows = csv::Reader::from_reader(one.as_slice());
    let columns = rows.headers().unwrap().len();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert!(rows.iter().all(|row| row.len() == columns));
    assert!(rows.iter().any(|row| &row[0] == "LISTED"));
    assert!(
        rows.iter().any(|row| row[13].starts_with("'+7")),
        "a telephone number is no formula"
    );
}

#[test]
fn what_is_not_examined_is_told_and_outranks_everything() {
    let text = "id,name,officers,officer_births\n\
                1,One Ltd,Igor Chekunov,1966-03-27\n\
                2,,,\n\
                3,Three Ltd,A Petrov;B Petrov,1970\n\
                4,Four Ltd,,\n\
                1,One Ltd again,,\n";
    let (_folder, path) = register(text);
    let report = json(&[&path]);
    let lines: Vec<u64> = report["unexamined"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [3, 4, 6]);
    assert!(
        report["unexamined"][2]["reason"]
            .as_str()
            .unwrap()
            .contains("sort the register by id")
    );
    assert_eq!(report["leads"][0]["company_id"], "1", "the rest is examined");
    let count = |name: &str| report["counts"][name].as_u64().unwrap();
    assert_eq!(
        (count("companies"), count("unexamined"), count("refused")),
        (2, 0, 3)
    );
    let output = tamis(&[&path]).output().unwrap();
    for told in [output.stdout, output.stderr] {
        // A page is broken into lines.
        let told = String::from_utf8(told)
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            told.contains("5 records: 2 companies and 3 records that are part of none;"),
            "{told}"
        );
        assert!(told.contains("0 listed themselves, 3 not examined"), "{told}");
        assert!(!told.contains(" 0 not examined"), "{told}");
    }
    tamis(&[&path, "--fail-on", "C", "--exit-zero"]).assert().code(2);
}

#[test]
fn a_stream_and_a_register_without_ids_are_refused_with_the_remedy() {
    let refused =
        |args: &[&str]| String::from_utf8(tamis(args).assert().code(2).get_output().stderr.clone()).unwrap();
    assert!(refused(&["-"]).contains("read twice"));
    assert!(refused(&["data/samples"]).contains("read twice"));
    assert!(refused(&["no-such-file.csv"]).contains("cannot be read"));
    let (_folder, path) = register("name\nOne\n");
    assert!(refused(&[&path]).contains("--map id=COLUMN"));
}

#[test]
fn a_page_names_the_parties_the_reasons_and_what_it_rests_on() {
    let output = tamis(&[SAMPLE]).output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    for text in [
        "no alerts",
        "A (strong)",
        "Severny Veter",
        "kaspersky:45849",
        "Rests on",
        "sha256",
        "Listed companies themselves",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
}
