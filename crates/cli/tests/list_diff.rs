//! `tamis list diff`, from the command line.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, cell};

/// The list of the other tests, later: entry 7 has another programme, a stronger alias and a remark, entry 8 bears the
/// number 88, entry 9 is new and has a name that a spreadsheet would run.
const LATER: &str = r#"<sdnList xmlns="urn:any">
  <publshInformation><Publish_Date>09/20/2026</Publish_Date><Record_Count>3</Record_Count></publshInformation>
  <sdnEntry>
    <uid>7</uid><firstName>Jan</firstName><lastName>PRZYKLADOWY</lastName><sdnType>Individual</sdnType>
    <remarks>An invented person.</remarks>
    <programList><program>CUBA</program></programList>
    <akaList><aka><uid>70</uid><type>a.k.a.</type><category>strong</category><lastName>ZLOTOUSTY</lastName></aka></akaList>
  </sdnEntry>
  <sdnEntry>
    <uid>88</uid><firstName>Ewa</firstName><lastName>WZOROWA</lastName><sdnType>Individual</sdnType>
    <programList><program>SDGT</program></programList>
  </sdnEntry>
  <sdnEntry>
    <uid>9</uid><lastName>=SUM(A1) TRADING</lastName><sdnType>Entity</sdnType>
    <programList><program>SDGT</program></programList>
  </sdnEntry>
</sdnList>
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("old.xml", LIST);
    folder.file("new.xml", LATER);
    folder
}

#[test]
fn the_page_names_both_versions_and_every_change() {
    let folder = folder();
    let run = folder.tamis(&["list", "diff", "old.xml", "new.xml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for expected in [
        "2026-08-20",
        "2026-09-20",
        "Added: 2",
        "Removed: 1",
        "Changed: 1",
        "renumbered?",
        "ZLOTOUSTY (weak alias",
        "ZLOTOUSTY (strong alias",
        "(wording)",
    ] {
        assert!(
            run.out.contains(expected),
            "'{expected}' is missing:\n{}",
            run.out
        );
    }
}

#[test]
fn the_rows_hold_one_value_each_and_no_formula() {
    let folder = folder();
    let run = folder.tamis(&["list", "diff", "old.xml", "new.xml", "--format", "csv"]);
    let rows = run.rows();
    let told = |row: &Vec<(String, String)>| {
        ["change", "entity_id", "field", "effect"]
            .map(|column| cell(row, column).to_owned())
            .join(" ")
    };
    let told: Vec<String> = rows.iter().map(told).collect();
    assert_eq!(
        told,
        [
            "ADDED ofac-sdn:88  screening",
            "ADDED ofac-sdn:9  screening",
            "REMOVED ofac-sdn:8  screening",
            "CHANGED ofac-sdn:7 names screening",
            "CHANGED ofac-sdn:7 measures screening",
            "CHANGED ofac-sdn:7 notes wording",
        ]
    );
    assert_eq!(cell(&rows[0], "same_content_as"), "ofac-sdn:8");
    assert_eq!(cell(&rows[1], "entity_name"), "'=SUM(A1) TRADING");
    assert!(cell(&rows[4], "old").contains("SDGT") && cell(&rows[4], "new").contains("CUBA"));
    let touching = folder.tamis(&[
        "list",
        "diff",
        "old.xml",
        "new.xml",
        "--format",
        "csv",
        "--screening-only",
    ]);
    assert_eq!(touching.rows().len(), rows.len() - 1, "all but the note");
}

#[test]
fn the_json_has_typed_values_and_numbers_that_reconcile() {
    let folder = folder();
    let run = folder.tamis(&["list", "diff", "old.xml", "new.xml", "-o", "diff.json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let report: serde_json::Value = serde_json::from_str(&folder.read("diff.json")).unwrap();
    let counts = &report["counts"]["ofac-sdn"];
    let count = |key: &str| counts[key].as_u64().unwrap();
    assert_eq!(
        count("old"),
        count("removed") + count("changed") + count("unchanged")
    );
    assert_eq!(
        count("new"),
        count("added") + count("changed") + count("unchanged")
    );
    assert_eq!(report["changed"][0]["id"], "ofac-sdn:7");
    assert_eq!(report["changed"][0]["touches_screening"], true);
    let name = &report["changed"][0]["fields"][0]["replaced"][0];
    assert_eq!(
        (&name["old"]["role"], &name["new"]["role"]),
        (&"weak_alias".into(), &"strong_alias".into())
    );
    assert_eq!(report["added"][1]["entity"]["native_id"], "9");
    assert_ne!(report["old"][0]["sha256"], report["new"][0]["sha256"]);
}

#[test]
fn compiled_and_raw_lists_are_compared_alike() {
    let folder = folder();
    for name in ["old", "new"] {
        let (from, to) = (format!("{name}.xml"), format!("{name}.tamis"));
        assert_eq!(folder.tamis(&["list", "compile", &from, "-o", &to]).code, 0);
    }
    let raw = folder.tamis(&["list", "diff", "old.xml", "new.xml", "--json"]);
    for (old, new) in [
        ("old.tamis", "new.xml"),
        ("old.xml", "new.tamis"),
        ("old.tamis", "new.tamis"),
    ] {
        assert_eq!(
            folder.tamis(&["list", "diff", old, new, "--json"]).out,
            raw.out,
            "{old} {new}"
        );
    }
}

#[test]
fn equal_versions_differ_in_nothing_and_doubtful_ones_are_told() {
    let folder = folder();
    let same = folder.tamis(&["list", "diff", "old.xml", "old.xml", "--format", "csv"]);
    assert_eq!((same.code, same.rows().len()), (0, 0));
    assert!(same.err.contains("the same file on both sides"), "{}", same.err);
    let turned = folder.tamis(&["list", "diff", "new.xml", "old.xml"]);
    assert!(turned.err.contains("wrong way round"), "{}", turned.err);
    let other = folder.tamis(&["list", "diff", "old.xml", "builtin:kaspersky"]);
    assert!(other.err.contains("not among the new ones"), "{}", other.err);
    assert!(other.err.contains("not among the old ones"), "{}", other.err);
}

#[test]
fn a_missing_or_damaged_list_is_no_answer() {
    let folder = folder();
    folder.file("bad.tamis", "not a list");
    for old in ["missing.xml", "bad.tamis"] {
        let run = folder.tamis(&["list", "diff", old, "new.xml"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{old}");
        assert!(run.err.contains("help:"), "{}", run.err);
    }
    assert_eq!(folder.tamis(&["list", "diff", "old.xml"]).code, 2);
    assert_eq!(
        folder
            .tamis(&["list", "diff", "old.xml", "new.xml", "-o", "old.xml"])
            .code,
        2
    );
}
