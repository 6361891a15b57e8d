//! The parties behind customers, through `tamis check` and `tamis screen`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, cell};

const DAY: [&str; 2] = ["--as-of", "2026-11-29"];

const CUSTOMERS: &str = "\
id,name,owners,directors,signatories
1,Silverbrook Logistics Ltd,Andrei Gennadyevich Tikhonov [25.00 %]; Igor Chekunov [25],,
2,Northwind Grain Traders Ltd,Andrei Gennadyevich Tikhonov [49.99],,
3,Meridian Shoes Ltd,,Andrei Gennadyevich Tikhonov,
4,Blue Lagoon Tours SARL,,,Igor Chekunov
5,Nile Cotton Co,Andrei Gennadyevich Tikhonov [many],,
6,Andes Coffee SAC,Margaret Holloway [100],Jane Roe,John Doe
7,Cafe Romashka,AO Kaspersky Lab [100],,
";

fn rows_of(rows: &[Vec<(String, String)>], id: &str, relation: &str) -> usize {
    let of = |row: &&Vec<(String, String)>| cell(row, "id") == id && cell(row, "relation") == relation;
    rows.iter().filter(of).count()
}

#[test]
fn a_file_of_customers_is_screened_with_the_parties_behind_them() {
    let folder = Folder::new();
    folder.file("in.csv", CUSTOMERS);
    let run = folder.tamis(&[&["screen", "in.csv"], &DAY[..]].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    let rows = run.rows();
    for (id, relation, count) in [
        ("1", "OWNED", 2),
        ("2", "RELATED_CONTROL", 1),
        ("3", "RELATED_CONTROL", 1),
        ("4", "REPRESENTATIVE", 1),
        ("5", "POSSIBLY_OWNED", 1),
        ("6", "", 1),
    ] {
        assert_eq!(
            rows_of(&rows, id, relation),
            count,
            "{id} {relation}\n{}",
            run.out
        );
    }
    for row in &rows {
        let (action, relation) = (cell(row, "action"), cell(row, "relation"));
        assert!(
            action != "block" || cell(row, "id") == "1",
            "only what is owned is blocked: {row:?}"
        );
        assert_eq!(relation.is_empty(), cell(row, "status") == "CLEAR", "{row:?}");
    }
    let owned = rows.iter().find(|row| cell(row, "id") == "1").unwrap();
    let reasons = cell(owned, "reasons");
    assert!(
        reasons.contains("ofac OWNED: listed owners hold 50.00 %"),
        "{reasons}"
    );
    assert!(
        reasons.contains("Igor Chekunov > 25.00 % (shares) > Silverbrook Logistics Ltd"),
        "{reasons}"
    );
    let unread = rows.iter().find(|row| cell(row, "id") == "5").unwrap();
    assert!(
        cell(unread, "reasons").contains("the share 'many' of owner"),
        "{unread:?}"
    );
}

#[test]
fn a_party_that_cannot_be_read_is_never_clear() {
    let folder = Folder::new();
    let status = |text: &str| {
        let other = "C-2,Andes Coffee SAC,Margaret Holloway [100]";
        folder.file(
            "in.csv",
            &format!("id,name,owners\nC-1,Meadow Ltd,{text}\n{other}\n"),
        );
        let run = folder.tamis(&[&["screen", "in.csv"], &DAY[..]].concat());
        let rows = run.rows();
        let [own, other] = ["C-1", "C-2"].map(|id| rows.iter().find(|row| cell(row, "id") == id).unwrap());
        assert_eq!(cell(other, "status"), "CLEAR", "{text}");
        let [status, reasons] = ["status", "reasons"].map(|column| cell(own, column).to_owned());
        (run.code, status, reasons)
    };
    for masked in [
        "***** [100]",
        "*****",
        "😀",
        "???",
        "?",
        "[60]",
        "- [60]",
        "unknown [60]",
        "n/a (60 %)",
        "*** [60]; Jane Roe [40]",
        "Jane Roe [40] | *** [60]",
    ] {
        let (code, status, reasons) = status(masked);
        assert_eq!((code, status.as_str()), (2, "UNSCREENED"), "{masked}: {reasons}");
        assert!(
            reasons.contains("has no letter or digit to compare"),
            "{masked}: {reasons}"
        );
    }
    for nobody in ["", "-", "–", "--", "n/a", "None", "unknown", "; ;"] {
        let (code, status, reasons) = status(nobody);
        assert_eq!((code, status.as_str()), (0, "CLEAR"), "{nobody}: {reasons}");
    }
    let (code, status, reasons) = status("*** [40]; Igor Chekunov [60]");
    assert_eq!((code, status.as_str()), (1, "HIT"), "{reasons}");
    assert!(reasons.contains("'***' was not screened"), "{reasons}");
}

#[test]
fn json_has_the_grounds_and_the_path() {
    let folder = Folder::new();
    folder.file("in.csv", CUSTOMERS);
    let run = folder.tamis(&[&["screen", "in.csv", "--format", "jsonl"], &DAY[..]].concat());
    let first: serde_json::Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    let via = &first["alerts"][0]["via"];
    assert_eq!(via["kind"], "owned");
    let ofac = via["grounds"]
        .as_array()
        .unwrap()
        .iter()
        .find(|ground| ground["rule"] == "ofac")
        .unwrap();
    assert_eq!(ofac["total"], "50.00");
    assert_eq!(ofac["path"].as_array().unwrap().len(), 2);
}

#[test]
fn a_check_names_the_parties_behind_a_customer() {
    let folder = Folder::new();
    let company = ["check", "Silverbrook Logistics Ltd"];
    let run = folder.tamis(
        &[
            &company,
            &["--owner", "Andrei Gennadyevich Tikhonov=50"][..],
            &DAY,
        ]
        .concat(),
    );
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.contains("OWNED through Andrei Gennadyevich Tikhonov"),
        "{}",
        run.out
    );
    assert!(run.out.contains("block: stop"), "{}", run.out);
    let run = folder.tamis(&[&company, &["--signatory", "Igor Chekunov"][..], &DAY].concat());
    assert!(
        run.out.contains("REPRESENTATIVE through Igor Chekunov"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("block: stop"), "{}", run.out);
    let run = folder.tamis(&[&company, &["--director", "Jane Roe"][..], &DAY].concat());
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("Jane Roe"), "{}", run.out);
}

#[test]
fn an_option_that_cannot_be_read_is_refused() {
    let folder = Folder::new();
    for option in [
        ["--owner", "Jane Roe=120"],
        ["--owner", "Jane Roe=many"],
        ["--owner", "Jane Roe [60]=40"],
        ["--owner", "Jane Roe [60] [40]"],
        ["--director", "***"],
    ] {
        let run = folder.tamis(&[&["check", "Silverbrook Logistics Ltd"], &option[..]].concat());
        assert_eq!(run.code, 2, "{option:?}: {}", run.out);
    }
}

/// One owner was listed before and one is new: together they own the company, which only the whole lists say.
#[test]
fn a_new_owner_alerts_the_company_with_what_earlier_ones_hold() {
    let folder = Folder::new();
    let end = LIST.rfind("  <sdnEntry>").unwrap();
    let old = format!("{}</sdnList>\n", LIST.get(..end).unwrap()).replace("Count>2<", "Count>1<");
    folder.file("old.xml", &old);
    folder.file("new.xml", LIST);
    folder.file("in.csv", "id,name,owners\n1,Silverbrook Logistics Ltd,Jan Przykladowy [25]; Ewa Wzorowa [25]\n2,Nile Cotton Co,Jan Przykladowy [60]\n");
    let whole = folder.tamis(&[&["screen", "in.csv", "-l", "new.xml"], &DAY[..]].concat());
    assert_eq!(whole.code, 1, "{}", whole.err);
    assert_eq!(rows_of(&whole.rows(), "1", "OWNED"), 2, "{}", whole.out);
    let since = folder.tamis(
        &[
            &["screen", "in.csv", "-l", "new.xml", "--since", "old.xml"],
            &DAY[..],
        ]
        .concat(),
    );
    let rows = since.rows();
    assert_eq!(rows_of(&rows, "1", "OWNED"), 1, "{}\n{}", since.out, since.err);
    assert_eq!(rows_of(&rows, "2", ""), 1, "{}", since.out);
    let new = rows.iter().find(|row| cell(row, "relation") == "OWNED").unwrap();
    assert_eq!((cell(new, "action"), cell(new, "change")), ("block", "NEW_ENTRY"));
    assert!(cell(new, "reasons").contains("hold 50.00 %"), "{new:?}");
}

#[test]
fn a_logged_answer_with_parties_behind_it_can_be_made_again() {
    let folder = Folder::new();
    let args = [
        "check",
        "Silverbrook Logistics Ltd",
        "--owner",
        "Igor Chekunov=50",
        "--log",
        "log.db",
        "--actor",
        "anna",
    ];
    let run = folder.tamis(&[&args, &DAY[..]].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    let body = folder.tamis(&["log", "show", "log.db", "1"]).json()["body"].to_string();
    assert!(body.contains(r#""relation":"owned""#), "{body}");
    let again = folder.tamis(&["replay", "1", "--log", "log.db"]);
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
}
