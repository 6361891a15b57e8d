//! `tamis selftest` and `tamis pairs --suggest-threshold`, as they are run.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST};

/// Arguments that make a small test; `more` are added.
fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let small = [
        "selftest",
        "--names",
        "3",
        "--unlisted",
        "15",
        "--as-of",
        "2026-11-23",
    ];
    small.into_iter().chain(more.iter().copied()).collect()
}

#[test]
fn the_same_seed_prints_the_same_report_with_any_number_of_threads() {
    let folder = Folder::new();
    let one = folder.tamis(&small(&["--seed", "5", "--jobs", "1"]));
    assert_eq!(one.code, 0, "{}", one.err);
    assert_eq!(one.out, folder.tamis(&small(&["--seed", "5", "--jobs", "3"])).out);
    assert_ne!(one.out, folder.tamis(&small(&["--seed", "6"])).out);
}

#[test]
fn the_table_names_classes_thresholds_and_what_it_rests_on() {
    let folder = Folder::new();
    let run = folder.tamis(&small(&["--misses"]));
    for expected in [
        "Effectiveness",
        "Efficiency",
        "typo-company",
        "0.80*",
        "people not listed",
        "look-alike people",
        "are missed",
        "kaspersky of",
        "policy",
        "engine",
        "2026-11-23",
        "seed 1",
    ] {
        assert!(
            run.out.contains(expected),
            "'{expected}' is missing:\n{}",
            run.out
        );
    }
}

#[test]
fn json_reconciles() {
    let folder = Folder::new();
    let report = folder.tamis(&small(&["--format", "json"])).json();
    let classes = report["classes"].as_array().unwrap();
    let sum = |part: &str| {
        classes
            .iter()
            .map(|class| class["rate"][part].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(report["effectiveness"]["whole"], sum("whole"));
    assert_eq!(report["effectiveness"]["part"], sum("part"));
    assert_eq!(
        report["misses"].as_array().unwrap().len() as u64,
        sum("whole") - sum("part")
    );
    assert_eq!(report["context"]["lists"][0]["id"], "kaspersky");
    assert_eq!(report["context"]["policy_sha256"].as_str().unwrap().len(), 64);
    assert_eq!(report["seed"], 1);
}

#[test]
fn the_page_needs_nothing_else_and_escapes_what_it_shows() {
    let folder = Folder::new();
    let list = LIST.replace("WZOROWA", "WZOROWA &lt;script src=x&gt; &amp; Co");
    folder.file("list.xml", &list);
    let args = [
        "-l",
        "ofac-xml:list.xml",
        "--threshold",
        "0.99",
        "-o",
        "report.html",
    ];
    let run = folder.tamis(&small(&args));
    assert_eq!(run.code, 0, "{}", run.err);
    let page = folder.read("report.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    let outside = [
        "<script", "<link", "<img", "<iframe", "src=\"", "href", "url(", "@import", "http:", "https:",
    ];
    for outside in outside {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(
        page.to_lowercase().contains("&lt;script"),
        "the name is shown, and is no markup"
    );
    assert!(page.matches("<svg").count() > 20, "a curve for each class");
    assert!(page.contains("prefers-color-scheme:dark") && page.contains("@media print"));
    for (open, close) in [
        ("<table", "</table>"),
        ("<tr", "</tr>"),
        ("<td", "</td>"),
        ("<svg", "</svg>"),
    ] {
        assert_eq!(page.matches(open).count(), page.matches(close).count(), "{open}");
    }
}

#[test]
fn a_limit_that_is_not_kept_fails_the_run_and_still_writes_the_report() {
    let folder = Folder::new();
    let run = folder.tamis(&small(&["--fail-under", "100", "-o", "report.json"]));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("less than 100 %"), "{}", run.err);
    assert!(folder.read("report.json").contains("\"effectiveness\""));
    assert_eq!(folder.tamis(&small(&["--fail-under", "10"])).code, 0);
    // A list of a common name and a threshold far too low: somebody not listed must alert.
    folder.file(
        "list.xml",
        &LIST.replace("PRZYKLADOWY", "SMITH").replace("WZOROWA", "MUELLER"),
    );
    let loose = [
        "selftest",
        "-l",
        "ofac-xml:list.xml",
        "--threshold",
        "0.2",
        "--max-alerts",
        "0",
        "--names",
        "2",
    ];
    let run = folder.tamis(&loose);
    assert_eq!(
        (run.code, run.err.contains("more than 0")),
        (2, true),
        "{}",
        run.err
    );
    assert_eq!(folder.tamis(&small(&["--max-alerts", "1000"])).code, 0);
}

#[test]
fn the_configuration_matters() {
    let folder = Folder::new();
    let found = |threshold: &str| {
        let report = folder
            .tamis(&small(&["--format", "json", "--threshold", threshold]))
            .json();
        report["effectiveness"]["part"].as_u64().unwrap()
    };
    assert!(found("0.99") < found("0.80"));
}

#[test]
fn bad_values_are_refused() {
    let folder = Folder::new();
    for bad in [
        &["--fail-under", "101"][..],
        &["--max-alerts", "-1"],
        &["--names", "0"],
        &["--format", "xml"],
        &["--as-of", "1990-01-01"],
    ] {
        assert_eq!(folder.tamis(&small(bad)).code, 2, "{bad:?}");
    }
}

/// Thirty pairs of one name and thirty of two, with labels.
fn labelled(label: &str) -> String {
    const GIVEN: [&str; 6] = ["Anna", "Boris", "Clara", "Dmitri", "Elena", "Fyodor"];
    const FAMILY: [&str; 5] = ["Gromilov", "Petrushin", "Holloway", "Weissmueller", "Dobronravin"];
    let mut text = format!("query,candidate,kind,{label}\n");
    for (at, given) in GIVEN.iter().enumerate() {
        for (other, family) in FAMILY.iter().enumerate() {
            let namesake = GIVEN[(at + 1) % GIVEN.len()];
            let stranger = FAMILY[(other + 1) % FAMILY.len()];
            text.push_str(&format!(
                "{given} {family},\"{}, {given}\",person,true\n",
                family.to_uppercase()
            ));
            text.push_str(&format!("{given} {family},{namesake} {stranger},person,false\n"));
        }
    }
    text
}

#[test]
fn a_threshold_is_suggested_by_labels() {
    let folder = Folder::new();
    folder.file("pairs.csv", &labelled("is_match"));
    let run = folder.tamis(&[
        "pairs",
        "pairs.csv",
        "--suggest-threshold",
        "--min-precision",
        "0.9",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    for expected in [
        "a better F1 than 0.8000 in use: 1.000",
        "best F1",
        "asked for",
        "30 matches and 30 others are few",
        "seed",
    ] {
        assert!(
            run.out.contains(expected),
            "'{expected}' is missing:\n{}",
            run.out
        );
    }
    let args = [
        "pairs",
        "pairs.csv",
        "--suggest-threshold",
        "--min-recall",
        "1",
        "--format",
        "json",
    ];
    let document = folder.tamis(&args).json();
    assert_eq!(
        (&document["pairs"], &document["matches"]),
        (&60.into(), &30.into())
    );
    assert_eq!(document["min_recall"]["at"]["recall"], 1.0);
    assert_eq!(document["min_precision"], serde_json::Value::Null);
    assert_eq!(folder.tamis(&args).out, folder.tamis(&args).out);
}

#[test]
fn a_label_of_another_name_can_be_mapped() {
    let folder = Folder::new();
    folder.file("pairs.csv", &labelled("verdict"));
    let run = folder.tamis(&[
        "pairs",
        "pairs.csv",
        "--suggest-threshold",
        "--map",
        "is_match=verdict",
    ]);
    assert_eq!(
        (run.code, run.out.contains("60 labelled")),
        (0, true),
        "{}",
        run.err
    );
}

#[test]
fn pairs_without_labels_suggest_nothing_and_say_why() {
    let folder = Folder::new();
    folder.file("pairs.csv", "query,candidate\nAnna,Anna\n");
    let run = folder.tamis(&["pairs", "pairs.csv", "--suggest-threshold"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("no pair has a label") && run.err.contains("is_match"),
        "{}",
        run.err
    );
}

#[test]
fn labels_of_one_sort_are_warned_about() {
    let folder = Folder::new();
    folder.file(
        "pairs.csv",
        "query,candidate,is_match\nAnna,Anna,true\nBoris,Boris,true\n",
    );
    let run = folder.tamis(&["pairs", "pairs.csv", "--suggest-threshold"]);
    assert!(
        run.out.contains("No threshold is suggested") && run.out.contains("must not alert"),
        "{}",
        run.out
    );
}

#[test]
fn a_pair_that_cannot_be_scored_fails_the_suggestion() {
    let folder = Folder::new();
    folder.file("pairs.csv", &(labelled("is_match") + "***,Anna,person,true\n"));
    let run = folder.tamis(&["pairs", "pairs.csv", "--suggest-threshold"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("1 not scored"), "{}", run.out);
}

#[test]
fn a_suggestion_is_a_page_or_json_and_no_rows() {
    let folder = Folder::new();
    folder.file("pairs.csv", &labelled("is_match"));
    let run = folder.tamis(&["pairs", "pairs.csv", "--suggest-threshold", "--format", "jsonl"]);
    assert_eq!(
        (run.code, run.err.contains("--format json")),
        (2, true),
        "{}",
        run.err
    );
    assert_eq!(
        folder.tamis(&["pairs", "pairs.csv", "--min-recall", "0.9"]).code,
        2
    );
    let plain = folder.tamis(&["pairs", "pairs.csv"]);
    assert!(
        plain
            .out
            .starts_with("query,candidate,kind,is_match,score,alert,policy_hash\n"),
        "{}",
        plain.out
    );
}

#[test]
fn a_pair_whose_label_says_nothing_is_named_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("labelled.csv");
    let text = "query,candidate,is_match\nIgor Orlov,Igor Orlov,true\nIgor Orlov,Ivan Petrov,maybe\n";
    std::fs::write(&path, text).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("tamis").unwrap();
    let output = command
        .arg("pairs")
        .arg(&path)
        .arg("--suggest-threshold")
        .output()
        .unwrap();
    let told =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("1 with a label that is neither true nor false (lines 3)"),
        "{told}"
    );
}
