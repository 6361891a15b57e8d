//! `tamis screen --since`, from the command line.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, Run, cell};

/// The list of the other tests, later: the weak alias of entry 7 is strong, entry 8 is gone, entry 9 is new, and so is
/// a note.
const LATER: &str = r#"<sdnList xmlns="urn:any">
  <publshInformation><Publish_Date>09/20/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>7</uid><firstName>Jan</firstName><lastName>PRZYKLADOWY</lastName><sdnType>Individual</sdnType>
    <remarks>An invented person.</remarks>
    <programList><program>SDGT</program></programList>
    <akaList><aka><uid>70</uid><type>a.k.a.</type><category>strong</category><lastName>ZLOTOUSTY</lastName></aka></akaList>
  </sdnEntry>
  <sdnEntry>
    <uid>9</uid><firstName>Nowa</firstName><lastName>POSTAC</lastName><sdnType>Individual</sdnType>
    <programList><program>SDGT</program></programList>
  </sdnEntry>
</sdnList>
"#;

const CUSTOMERS: &str = "id,name,change\n1,Nowa Postac,a\n2,Zlotousty,b\n3,Ewa Wzorowa,c\n4,Oleg Petrov,d\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("old.xml", LIST);
    folder.file("new.xml", LATER);
    folder.file("in.csv", CUSTOMERS);
    for name in ["old", "new"] {
        let (from, to) = (format!("{name}.xml"), format!("{name}.tamis"));
        assert_eq!(folder.tamis(&["list", "compile", &from, "-o", &to]).code, 0);
    }
    folder
}

/// Of each row the cells of these columns.
fn cells(rows: &[Vec<(String, String)>], columns: &[&str]) -> Vec<String> {
    let told = |row: &Vec<(String, String)>| {
        columns
            .iter()
            .map(|column| cell(row, column))
            .collect::<Vec<_>>()
            .join(" ")
    };
    rows.iter().map(told).collect()
}

#[test]
fn alerts_are_marked_with_what_happened_to_their_entry() {
    let folder = folder();
    let run = folder.tamis(&["screen", "in.csv", "-l", "new.tamis", "--since", "old.tamis"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let rows = run.rows();
    assert_eq!(
        cells(&rows, &["id", "status", "entity_id", "change", "changed_fields"]),
        [
            "1 HIT ofac-sdn:9 NEW_ENTRY ",
            "2 HIT ofac-sdn:7 CHANGED_ENTRY names",
            "3 CLEAR   ",
            "4 CLEAR   ",
        ]
    );
    assert_eq!(
        cells(&rows, &["input_change"]),
        ["a", "b", "c", "d"],
        "the input's own column stays"
    );
    assert!(
        run.err.contains("1 new and 1 changed entries only"),
        "{}",
        run.err
    );
    assert!(run.err.contains("alerts about them may lapse"), "{}", run.err);
}

#[test]
fn the_changes_are_those_of_a_screening_in_full() {
    let folder = folder();
    let full = folder.tamis(&["screen", "in.csv", "-l", "new.xml"]);
    let columns = [
        "id",
        "status",
        "score",
        "entity_id",
        "entity_name",
        "matched_name",
        "measures",
        "reasons",
    ];
    for (old, new) in [
        ("old.xml", "new.xml"),
        ("old.tamis", "new.xml"),
        ("old.xml", "new.tamis"),
    ] {
        let run = folder.tamis(&["screen", "in.csv", "-l", new, "--since", old]);
        assert_eq!(
            cells(&run.rows(), &columns),
            cells(&full.rows(), &columns),
            "{old} {new}"
        );
    }
    let without = full.rows();
    assert!(
        without[0].iter().all(|(column, _)| column != "changed_fields"),
        "only with --since"
    );
}

#[test]
fn json_rows_and_the_summary_tell_the_change() {
    let folder = folder();
    let args = [
        "screen",
        "in.csv",
        "-l",
        "new.xml",
        "--since",
        "old.xml",
        "-o",
        "out.jsonl",
    ];
    assert_eq!(folder.tamis(&args).code, 1);
    let out = folder.read("out.jsonl");
    let rows: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows[0]["alerts"][0]["change"], "NEW_ENTRY");
    assert_eq!(
        rows[1]["alerts"][0]["changed_fields"],
        serde_json::json!(["names"])
    );
    assert_eq!(rows[0]["change"], "a", "the input's own key stays");
    let summary: serde_json::Value = serde_json::from_str(&folder.read("out.jsonl.summary.json")).unwrap();
    let since = &summary["since"];
    assert_eq!(since["screened"]["new_entries"], 1);
    assert_eq!(since["entries"]["ofac-sdn"]["removed"], 1);
    assert_eq!(since["old"][0]["published"], "2026-08-20");
    assert_eq!(since["new"][0]["published"], "2026-09-20");
    assert_ne!(since["old"][0]["sha256"], since["new"][0]["sha256"]);
    assert_eq!(summary["lists"][0]["sha256"], since["new"][0]["sha256"]);
    assert_eq!(summary["lists"][0]["entries"], 2, "the list is named whole");
}

#[test]
fn whose_alert_may_lapse_is_told_as_information() {
    let folder = folder();
    let args = [
        "screen",
        "in.csv",
        "-l",
        "new.xml",
        "--since",
        "old.xml",
        "--removed",
    ];
    let run = folder.tamis(&args);
    let rows = run.rows();
    assert_eq!(cells(&rows, &["id", "status"])[2], "3 CLEAR");
    assert!(cell(&rows[2], "reasons").contains("removed from the list: an earlier alert may lapse"));
    assert!(!run.err.contains("were not screened against them"), "{}", run.err);
    assert_eq!(
        folder
            .tamis(&["screen", "in.csv", "-l", "new.xml", "--removed"])
            .code,
        2,
        "needs --since"
    );
}

#[test]
fn where_nothing_changed_nobody_alerts_and_what_cannot_be_screened_is_told() {
    let folder = folder();
    let run = folder.tamis(&["screen", "in.csv", "-l", "new.xml", "--since", "new.tamis"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(cells(&run.rows(), &["status"]), ["CLEAR"; 4]);
    folder.file("bad.csv", "name\n***\n");
    assert_eq!(
        folder
            .tamis(&["screen", "bad.csv", "-l", "new.xml", "--since", "new.tamis"])
            .code,
        2
    );
}

#[test]
fn versions_of_other_lists_and_missing_ones_are_refused() {
    let folder = folder();
    let other = folder.tamis(&[
        "screen",
        "in.csv",
        "-l",
        "new.xml",
        "--since",
        "builtin:kaspersky",
    ]);
    assert_eq!((other.code, other.out.as_str()), (2, ""));
    assert!(
        other.err.contains("no list is in both versions") && other.err.contains("help:"),
        "{}",
        other.err
    );
    let added = [
        "screen",
        "in.csv",
        "-l",
        "new.xml",
        "-l",
        "builtin:kaspersky",
        "--since",
        "old.xml",
    ];
    assert!(
        folder.tamis(&added).err.contains("all its"),
        "a list that is new is told"
    );
    for since in ["missing.tamis", "in.csv", " "] {
        assert_eq!(
            folder
                .tamis(&["screen", "in.csv", "-l", "new.xml", "--since", since])
                .code,
            2,
            "{since}"
        );
    }
    let regime = [
        "screen", "in.csv", "-l", "new.xml", "--since", "old.xml", "--regime", "xx",
    ];
    assert_eq!(folder.tamis(&regime).code, 2);
}

/// Customers with parties behind them: what both owners of the first hold together rests on an entry that did not change.
const OWNED: &str = "id,name,owners\n1,Silverbrook Logistics Ltd,Inna Osoba [25]; Nowa Postac [25]\n2,Nile Cotton Co,Ewa Wzorowa [60]\n3,Zlotousty,\n4,Oleg Petrov,Inna Osoba [60]\n";

/// An entry that is in both versions and the same.
const SAME: &str = "<sdnEntry><uid>6</uid><firstName>Inna</firstName><lastName>OSOBA</lastName><sdnType>Individual</sdnType><programList><program>SDGT</program></programList></sdnEntry></sdnList>";

fn with_same(list: &str) -> String {
    let count = list.replace("<Record_Count>2<", "<Record_Count>3<");
    count.replace("</sdnList>", SAME)
}

fn logged(folder: &Folder, rest: &[&str]) -> Run {
    let day = ["--as-of", "2026-11-23", "--log", "log.db", "--actor", "anna"];
    folder.tamis(&[&["screen", "in.csv"], rest, &day].concat())
}

#[test]
fn an_answer_about_changes_is_made_again_byte_for_byte_without_the_lists() {
    for customers in [CUSTOMERS, OWNED] {
        let folder = Folder::new();
        folder.file("old.xml", &with_same(LIST));
        folder.file("new.xml", &with_same(LATER));
        folder.file("in.csv", customers);
        let runs: [&[&str]; 4] = [
            &["-l", "new.xml", "--since", "old.xml"],
            &["-l", "new.xml", "--since", "old.xml", "--removed"],
            &["-l", "new.xml", "--since", "old.xml", "--log-floor", "0.4"],
            &["-l", "new.xml", "--since", "new.xml"],
        ];
        for run in runs {
            assert!(logged(&folder, run).code < 2, "{run:?}");
            let again = logged(&folder, &[run, &["--resume"]].concat());
            assert!(again.code < 2, "{}", again.err);
        }
        for list in ["old.xml", "new.xml"] {
            std::fs::remove_file(folder.path(list)).unwrap();
        }
        let shown = folder
            .tamis(&["log", "show", "log.db", "--action", "screening"])
            .out;
        assert_eq!(shown.lines().count(), 16, "{shown}");
        for line in shown.lines() {
            let record = line.split('\t').next().unwrap();
            let run = folder.tamis(&["replay", record, "--log", "log.db"]);
            assert!(
                run.code == 0 && run.out.contains(": same"),
                "{line}: {}{}",
                run.out,
                run.err
            );
        }
        assert_eq!(folder.tamis(&["log", "verify", "log.db"]).code, 0);
    }
}

/// What the record above tells must be what makes the answer: with less of it, it is another.
#[test]
fn a_record_of_changes_binds_both_versions_and_all_that_it_was_answered_by() {
    let folder = Folder::new();
    folder.file("old.xml", &with_same(LIST));
    folder.file("new.xml", &with_same(LATER));
    folder.file("in.csv", OWNED);
    let run = logged(&folder, &["-l", "new.xml", "--since", "old.xml", "--removed"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let full = folder.tamis(&["log", "show", "log.db", "1"]).json();
    let owned = full["body"]["alerts"][0]["relation"].as_str();
    assert_eq!(owned, Some("owned"), "by both owners together: {}", full["body"]);
    let hash = |file: &str| {
        let told = folder.tamis(&["list", "info", "-l", file, "--json"]).json();
        told[0]["sha256"].as_str().unwrap().to_owned()
    };
    let (old, new) = (hash("old.xml"), hash("new.xml"));
    assert_ne!(old, new);
    let context = &full["context"];
    assert_eq!(context["since"], serde_json::json!([["ofac-sdn", old]]));
    assert_eq!(
        context["changes"]["lists"],
        serde_json::json!([["ofac-sdn", new]])
    );
    assert_eq!(context["changes"]["removed"], serde_json::json!(["ofac-sdn:8"]));

    let replay = |record: &str| folder.tamis(&["replay", record, "--log", "log.db"]);
    let whole = context["changes"]["whole"].as_str().unwrap();
    let whole = folder.path(&format!("log.db.snapshots/{whole}.tamis"));
    let kept = std::fs::read(&whole).unwrap();
    std::fs::remove_file(&whole).unwrap();
    let run = replay("1");
    assert!(run.code == 2 && run.err.contains("put them back"), "{}", run.err);
    assert_eq!(
        replay("3").code,
        0,
        "a customer with nobody behind it does not need them"
    );
    std::fs::write(&whole, kept).unwrap();
    assert_eq!(replay("1").code, 0);

    let database = rusqlite::Connection::open(folder.path("log.db")).unwrap();
    let set = |path: &str, value: &str| {
        let sql = format!("UPDATE contexts SET text = json_set(text, '{path}', json('{value}'))");
        assert_eq!(database.execute(&sql, []).unwrap(), 1);
    };
    set("$.changes.removed", "[]");
    let run = replay("2");
    assert!(
        run.code == 2 && run.out.contains("DIFFERENT"),
        "{}{}",
        run.out,
        run.err
    );
    set("$.changes", "null");
    let run = replay("2");
    assert!(
        run.code == 2
            && run.err.contains("did not keep the whole lists")
            && run.err.contains("help: screen again"),
        "as a record of an earlier version: {}",
        run.err
    );
}
