//! Alert work and cleared pairs, from end to end: what is decided, by how many people, and what a change undoes.
//!
//! `TAMIS_BLESS=1 cargo test -p tamis-cli --test alerts` writes the golden page anew.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, read its files and ask whether to write them anew"
)]

mod common;

use common::{Folder, LIST, Run, cell};
use serde_json::Value;

const CUSTOMERS: &str =
    "id,name,birth_date\nC-1,Jan Przykladowy,1985-03-03\nC-2,Ewa Wzorowa,\nC-3,Oleg Petrov,\n";
/// Screens [`CUSTOMERS`] against [`LIST`] into a log.
fn logged() -> Folder {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", CUSTOMERS);
    assert_eq!(screen(&folder, &[]).code, 1);
    folder
}

fn screen(folder: &Folder, rest: &[&str]) -> Run {
    let run = [
        "screen", "in.csv", "-l", "list.xml", "--log", "log.db", "--actor", "batch", "-o", "out.csv",
    ];
    folder.tamis(&[&run[..], rest].concat())
}

fn on_log(folder: &Folder, args: &[&str]) -> Run {
    folder.tamis(&[args, &["--log", "log.db"]].concat())
}

fn done(folder: &Folder, args: &[&str]) -> String {
    let run = on_log(folder, args);
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    run.out
}

fn json(folder: &Folder, args: &[&str]) -> Value {
    serde_json::from_str(&done(folder, &[args, &["--json"]].concat())).unwrap()
}

/// The alert of the first customer.
fn first(folder: &Folder) -> String {
    let alerts = json(folder, &["alerts", "list", "--all"]);
    alerts[0]["alert"].as_str().unwrap().to_owned()
}

fn decide(folder: &Folder, alert: &str, disposition: &str, reason: &[&str], actor: &str) -> Run {
    let args = [
        "alerts",
        "decide",
        alert,
        "--disposition",
        disposition,
        "--rationale",
        "Seen the passport.",
        "--actor",
        actor,
    ];
    on_log(folder, &[&args[..], reason].concat())
}

/// Decides the first alert as false and clears the pair by two people; the pair's number.
fn cleared(folder: &Folder) -> String {
    let alert = first(folder);
    let run = decide(
        folder,
        &alert,
        "FALSE_POSITIVE",
        &["--reason-code", "birth_date_conflict"],
        "ann",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    done(
        folder,
        &[
            "cleared",
            "propose",
            &alert,
            "--rationale",
            "Another man.",
            "--actor",
            "ann",
        ],
    );
    let pairs: Value = serde_json::from_str(&done(folder, &["cleared", "list", "--format", "json"])).unwrap();
    let pair = pairs[0]["pair"].as_str().unwrap().to_owned();
    done(
        folder,
        &[
            "cleared",
            "approve",
            &pair,
            "--rationale",
            "Agreed.",
            "--actor",
            "ben",
        ],
    );
    pair
}

/// The summary's counts: hit, clear, suppressed, lapsed.
fn counts(folder: &Folder) -> [u64; 4] {
    let summary: Value = serde_json::from_str(&folder.read("out.csv.summary.json")).unwrap();
    ["hit", "clear", "suppressed", "lapsed"].map(|key| summary["records"][key].as_u64().unwrap())
}

#[test]
fn an_alert_is_found_shown_assigned_and_decided_by_itself() {
    let folder = logged();
    let list = json(&folder, &["alerts", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0]["disposition"], "NEW");
    assert_eq!(list[0]["customer"], "C-1");
    assert!(
        list[0]["due"].is_string(),
        "a freeze of the United States: {list}"
    );
    let alert = first(&folder);
    assert_eq!(alert, "1/ofac-sdn:7");

    let nobody = on_log(&folder, &["alerts", "assign", &alert, "--to", "ann"]);
    assert!(
        nobody.code == 2 && nobody.err.contains("--actor"),
        "{}",
        nobody.err
    );
    done(
        &folder,
        &["alerts", "assign", &alert, "--to", "ann", "--actor", "lead"],
    );
    let slip = decide(&folder, &alert, "FALSE_POSITIVE", &[], "ann");
    assert!(
        slip.code == 2 && slip.err.contains("birth_date_conflict") && !slip.err.contains("facts_agree"),
        "{}",
        slip.err
    );
    let run = decide(
        &folder,
        &alert,
        "FALSE_POSITIVE",
        &["--reason-code", "birth-date-conflict"],
        "ann",
    );
    assert!(
        run.code == 0 && run.out.contains("FALSE_POSITIVE"),
        "{}{}",
        run.out,
        run.err
    );

    let open = json(&folder, &["alerts", "list"]);
    assert_eq!(
        open.as_array().unwrap().len(),
        1,
        "the other alert is still to be decided"
    );
    assert_eq!(open[0]["disposition"], "NEW");
    let of_ann = json(&folder, &["alerts", "list", "--all", "--assignee", " ANN "]);
    assert_eq!(of_ann.as_array().unwrap().len(), 1);
    let shown = done(&folder, &["alerts", "show", &alert]);
    for part in [
        "Jan Przykladowy",
        "What was compared",
        "missing on the list",
        "The entry in full",
        "What to ask (OFAC, FAQ 5)",
        "blocked: no dealings",
        "the last day is",
        "Seen the passport.",
        "assigned to ann",
        "threshold",
        "engine",
    ] {
        assert!(shown.contains(part), "no '{part}' in\n{shown}");
    }
    let verified = folder.tamis(&["log", "verify", "log.db"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
}

/// The page without what differs from run to run: times, the day that follows from them, hashes.
fn pinned(folder: &Folder, alert: &str) -> String {
    let json = json(folder, &["alerts", "show", alert]);
    let steps = json["steps"].as_array().unwrap().iter().map(|step| &step["at"]);
    let times = std::iter::once(&json["opened"]).chain(steps);
    let mut page = done(folder, &["alerts", "show", alert]);
    for time in times {
        let told = time.as_str().unwrap()[..19].replace('T', " ");
        page = page.replace(&told, "YYYY-MM-DD HH:MM:SS");
    }
    common::without_hashes(&page.replace(json["duties"][0]["due"].as_str().unwrap(), "YYYY-MM-DD"))
}

#[test]
fn an_alert_is_shown_as_it_was() {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", CUSTOMERS);
    screen(&folder, &["--as-of", "2026-11-23"]);
    let alert = first(&folder);
    done(
        &folder,
        &["alerts", "assign", &alert, "--to", "ann", "--actor", "lead"],
    );
    decide(
        &folder,
        &alert,
        "FALSE_POSITIVE",
        &["--reason-code", "data_error"],
        "ann",
    );
    let page = pinned(&folder, &alert);
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/alerts-show.txt");
    if std::env::var_os("TAMIS_BLESS").is_some() {
        std::fs::write(&golden, &page).unwrap();
    }
    let was = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(page == was, "was:\n{was}\nis:\n{page}");
}

#[test]
fn a_true_match_needs_two_people_and_an_attempt_of_one_is_on_record() {
    let folder = logged();
    let alert = first(&folder);
    let facts = ["--reason-code", "facts_agree"];
    let skipped = decide(&folder, &alert, "TRUE_MATCH_CONFIRMED", &facts, "ann");
    assert!(
        skipped.code == 2 && skipped.err.contains("TRUE_MATCH_RECOMMENDED"),
        "{}",
        skipped.err
    );
    assert_eq!(
        decide(&folder, &alert, "TRUE_MATCH_RECOMMENDED", &facts, "Ann").code,
        0
    );
    let early = on_log(&folder, &["alerts", "report", &alert]);
    assert!(
        early.code == 2 && early.err.contains("two people"),
        "{}",
        early.err
    );
    let approve = |who: &str| {
        on_log(
            &folder,
            &["alerts", "approve", &alert, "--rationale", "Yes.", "--actor", who],
        )
    };
    let same = approve(" ANN");
    assert!(same.code == 2 && same.err.contains("on record"), "{}", same.err);
    let attempts = folder
        .tamis(&["log", "show", "log.db", "--action", "attempt.refused"])
        .out;
    assert!(
        attempts.contains("alert.approved") && attempts.lines().count() == 1,
        "{attempts}"
    );
    assert_eq!(approve("ben").code, 0);
    let draft = json(
        &folder,
        &[
            "alerts",
            "report",
            &alert,
            "--on",
            "2024-06-21",
            "--value",
            "100 USD",
        ],
    );
    assert!(draft["draft"].as_str().unwrap().starts_with("DRAFT. Not filed"));
    assert_eq!(draft["due"], "2024-07-08");
    assert_eq!(
        (&draft["value"], &draft["approved_by"]),
        (&"100 USD".into(), &"ben".into())
    );
    let text = done(&folder, &["alerts", "report", &alert, "--kind", "rejected"]);
    assert!(
        text.contains("31 CFR 501.604") && text.contains("NOT GIVEN"),
        "{text}"
    );
}

#[test]
fn a_cleared_pair_suppresses_its_alert_and_no_other_and_is_counted() {
    let folder = logged();
    assert_eq!(counts(&folder), [2, 1, 0, 0]);
    let pair = cleared(&folder);
    assert_eq!(screen(&folder, &[]).code, 1);
    assert_eq!(counts(&folder), [1, 2, 1, 0]);
    let rows = common::rows(&folder.read("out.csv"));
    assert_eq!(
        (cell(&rows[0], "status"), cell(&rows[1], "status")),
        ("CLEAR", "HIT")
    );
    assert!(!folder.read("out.csv").contains("cleared"));

    screen(&folder, &["--show-cleared"]);
    let shown = folder.read("out.csv");
    assert!(
        shown.contains(&format!(
            "by pair {pair} (birth_date_conflict; owner ann, approved by ben"
        )),
        "{shown}"
    );
    screen(&folder, &["--show-cleared", "--format", "jsonl"]);
    let line = folder.read("out.csv").lines().next().unwrap().to_owned();
    let record: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(record["cleared"][0]["pair"], pair.as_str());
    assert_eq!(record["alerts"].as_array().unwrap().len(), 0);
    screen(&folder, &["--no-cleared"]);
    assert_eq!(counts(&folder), [2, 1, 0, 0]);

    let alert = first(&folder);
    let reopen = [
        "alerts",
        "reopen",
        &alert,
        "--rationale",
        "A letter came.",
        "--actor",
        "ann",
    ];
    let run = on_log(&folder, &reopen);
    assert!(run.code == 0 && run.err.is_empty(), "{}", run.err);
    assert_eq!(
        decide(
            &folder,
            &alert,
            "FALSE_POSITIVE",
            &["--reason-code", "data_error"],
            "ann"
        )
        .code,
        0
    );

    // What is on record is made again with the pair that held then, whatever became of it.
    let shown = folder
        .tamis(&[
            "log",
            "show",
            "log.db",
            "--customer",
            "C-1",
            "--action",
            "screening",
        ])
        .out;
    let cells: Vec<Vec<&str>> = shown.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(cells[0][5], "HIT ofac-sdn:7 1.0000");
    assert_eq!(
        cells[1][5], "CLEAR +1 suppressed",
        "a line says that there was something"
    );
    let second = cells[1][0].to_owned();
    done(
        &folder,
        &[
            "cleared",
            "revoke",
            &pair,
            "--rationale",
            "Doubts.",
            "--actor",
            "carl",
        ],
    );
    assert_eq!(done(&folder, &["replay", &second]).matches("same").count(), 1);
    screen(&folder, &[]);
    assert_eq!(
        counts(&folder),
        [2, 1, 0, 0],
        "a pair that is revoked clears nothing"
    );
    let stats: Value =
        serde_json::from_str(&folder.tamis(&["log", "stats", "log.db", "--json"]).out).unwrap();
    assert_eq!(stats["screenings"]["suppressed"], 3);
    assert_eq!(stats["alerts"]["false_positive"], 1);
}

#[test]
fn a_doubt_about_the_alert_ends_its_pair_and_keeps_one_from_being_approved() {
    let folder = logged();
    let alert = first(&folder);
    let false_positive = |actor: &str| {
        let reason = ["--reason-code", "data_error"];
        decide(&folder, &alert, "FALSE_POSITIVE", &reason, actor)
    };
    let act = |args: &[&str], actor: &str| {
        on_log(
            &folder,
            &[args, &["--rationale", "A letter came.", "--actor", actor]].concat(),
        )
    };
    let pair = || {
        let pairs = done(&folder, &["cleared", "list", "--format", "csv"]);
        let rows = common::rows(&pairs);
        (
            cell(&rows[0], "pair").to_owned(),
            cell(&rows[0], "standing").to_owned(),
        )
    };
    assert_eq!(false_positive("ann").code, 0);
    assert_eq!(act(&["cleared", "propose", &alert], "ann").code, 0);
    assert_eq!(act(&["alerts", "reopen", &alert], "ann").code, 0);
    let (number, standing) = pair();
    assert_eq!(standing, "doubted");
    let refused = |told: &str| {
        let run = act(&["cleared", "approve", &number], "ben");
        assert!(run.code == 2 && run.err.contains(told), "{}", run.err);
    };
    refused("REOPENED");
    assert_eq!(
        decide(
            &folder,
            &alert,
            "TRUE_MATCH_RECOMMENDED",
            &["--reason-code", "facts_agree"],
            "ann"
        )
        .code,
        0
    );
    refused("TRUE_MATCH_RECOMMENDED");
    assert_eq!(act(&["alerts", "refuse", &alert], "ben").code, 0);
    assert_eq!(false_positive("ann").code, 0);
    assert_eq!(act(&["cleared", "approve", &number], "ben").code, 0);
    screen(&folder, &[]);
    assert_eq!((counts(&folder), pair().1.as_str()), ([1, 2, 1, 0], "holds"));

    // A later alert of the same customer and entry counts as much as the first.
    screen(&folder, &["--no-cleared"]);
    let alerts = json(&folder, &["alerts", "list", "--customer", "C-1"]);
    let later = alerts[0]["alert"].as_str().unwrap().to_owned();
    assert_ne!(later, alert);
    let facts = ["--reason-code", "facts_agree"];
    assert_eq!(
        decide(&folder, &later, "TRUE_MATCH_RECOMMENDED", &facts, "ann").code,
        0
    );
    for (now, act_of_ben) in [
        ("TRUE_MATCH_RECOMMENDED", "approve"),
        ("TRUE_MATCH_CONFIRMED", "reopen"),
        ("REOPENED", "assign"),
    ] {
        assert_eq!(screen(&folder, &[]).code, 1);
        assert_eq!(counts(&folder), [2, 1, 0, 1], "{now}");
        let told = format!("the alert {later} of this customer and entry is {now}");
        assert!(
            folder.read("out.csv").contains(&told),
            "{}",
            folder.read("out.csv")
        );
        if act_of_ben != "assign" {
            assert_eq!(act(&["alerts", act_of_ben, &later], "ben").code, 0, "{now}");
        }
    }
    assert_eq!(folder.tamis(&["log", "verify", "log.db"]).code, 0);
}

#[test]
fn a_change_of_the_customer_or_of_the_entry_ends_a_pair() {
    let folder = logged();
    cleared(&folder);
    folder.file("in.csv", &CUSTOMERS.replace("1985", "1986"));
    assert_eq!(screen(&folder, &[]).code, 1);
    assert_eq!(counts(&folder), [2, 1, 0, 1]);
    let out = folder.read("out.csv");
    assert!(
        out.contains("a cleared pair lapsed") && out.contains("birth_date"),
        "{out}"
    );
    let again = json(&folder, &["alerts", "list", "--customer", "C-1"]);
    assert_eq!(again[0]["decided_before"], 1);
    let shown = done(&folder, &["alerts", "show", again[0]["alert"].as_str().unwrap()]);
    assert!(shown.contains("the customer changed: birth_date"), "{shown}");
    assert!(shown.contains("the entry says the same"), "{shown}");

    folder.file("in.csv", CUSTOMERS);
    screen(&folder, &[]);
    assert_eq!(
        counts(&folder),
        [1, 2, 1, 0],
        "the customer is as the pair knows it"
    );
    folder.file("list.xml", &LIST.replacen("SDGT", "UKRAINE-EO13661", 1));
    screen(&folder, &[]);
    assert_eq!(counts(&folder), [2, 1, 0, 1], "another programme");
    assert!(
        folder.read("out.csv").contains("the entry changed: "),
        "{}",
        folder.read("out.csv")
    );
}

#[test]
fn a_change_of_a_column_that_is_not_screened_ends_a_pair() {
    let row = |street: &str, balance: &str| {
        format!("id,name,birth_date,street,balance\nC-1,Jan Przykladowy,1985-03-03,{street},{balance}\n")
    };
    let json = |street: &str| {
        format!(
            r#"{{"street": {street}, "name": "Jan Przykladowy", "id": "C-1", "birth_date": "1985-03-03", "balance": 3}}"#
        )
    };
    let ignoring: [&str; 2] = ["--map", "ignore=balance"];
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", &row("Pikk 1", "1"));
    assert_eq!(screen(&folder, &ignoring).code, 1);
    cleared(&folder);
    for (input, code) in [
        (row("Pikk 1", "2"), 0),
        (row(" Pikk 1 ", ""), 0),
        (row("Lai 2", "1"), 1),
        (row("", "1"), 1),
        (row("Pikk 1", "1").replace("street", "town"), 1),
    ] {
        folder.file("in.csv", &input);
        let run = screen(&folder, &ignoring);
        assert_eq!(run.code, code, "{input}: {}", run.err);
        let told = folder
            .read("out.csv")
            .contains("the customer changed: other_columns");
        assert_eq!(told, code == 1, "{input}: {}", folder.read("out.csv"));
    }
    // What is not ignored counts.
    folder.file("in.csv", &row("Pikk 1", "1"));
    assert_eq!(screen(&folder, &[]).code, 1);

    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", &json("\"Pikk 1\""));
    assert_eq!(screen(&folder, &[]).code, 1);
    cleared(&folder);
    assert_eq!(screen(&folder, &[]).code, 0);
    for street in ["\"Lai 2\"", "null", "[1]"] {
        folder.file("in.csv", &json(street));
        assert_eq!(screen(&folder, &[]).code, 1, "{street}");
    }
}

#[test]
fn a_pair_needs_a_decision_an_id_and_two_people() {
    let folder = logged();
    let alert = first(&folder);
    let propose = |alert: &str, rest: &[&str]| {
        let args = [
            "cleared",
            "propose",
            alert,
            "--rationale",
            "Another man.",
            "--actor",
            "ann",
        ];
        on_log(&folder, &[&args[..], rest].concat())
    };
    let early = propose(&alert, &[]);
    assert!(
        early.code == 2 && early.err.contains("FALSE_POSITIVE"),
        "{}",
        early.err
    );
    decide(
        &folder,
        &alert,
        "FALSE_POSITIVE",
        &["--reason-code", "birth_date_conflict"],
        "ann",
    );
    let endless = propose(&alert, &["--expires", "2199-01-01"]);
    assert!(
        endless.code == 2 && endless.err.contains("not after"),
        "{}",
        endless.err
    );
    assert_eq!(propose(&alert, &["--owner", "olga"]).code, 0);
    screen(&folder, &[]);
    assert_eq!(counts(&folder), [2, 1, 0, 0], "a proposal clears nothing");
    let pairs = done(&folder, &["cleared", "list", "--format", "csv"]);
    let rows = common::rows(&pairs);
    let pair = cell(&rows[0], "pair");
    assert_eq!(
        (cell(&rows[0], "standing"), cell(&rows[0], "owner")),
        ("proposed", "olga")
    );
    for who in ["ANN", "Olga"] {
        let run = on_log(
            &folder,
            &["cleared", "approve", pair, "--rationale", "Yes.", "--actor", who],
        );
        assert!(run.code == 2 && run.err.contains("somebody else"), "{}", run.err);
    }
    let attempts = folder
        .tamis(&["log", "show", "log.db", "--action", "attempt.refused"])
        .out;
    assert_eq!(attempts.lines().count(), 2, "{attempts}");

    // Whose data is erased has no pair any more.
    done(
        &folder,
        &[
            "cleared",
            "approve",
            pair,
            "--rationale",
            "Yes.",
            "--actor",
            "ben",
        ],
    );
    screen(&folder, &[]);
    assert_eq!(counts(&folder)[2], 1);
    let erased = folder.tamis(&[
        "log",
        "erase",
        "log.db",
        "--customer",
        "C-1",
        "--reason",
        "GDPR",
        "--actor",
        "dpo",
        "--even-if-open",
    ]);
    assert_eq!(erased.code, 0, "{}", erased.err);
    screen(&folder, &[]);
    assert_eq!(counts(&folder)[2..], [0, 1]);
    assert!(folder.read("out.csv").contains("its personal data was erased"));

    let check = [
        "check",
        "Ewa Wzorowa",
        "-l",
        "list.xml",
        "--log",
        "log.db",
        "--actor",
        "x",
    ];
    folder.tamis(&check);
    let alerts = json(&folder, &["alerts", "list", "--list", "nothing"]);
    assert_eq!(alerts, serde_json::json!([]));
    let alerts = json(&folder, &["alerts", "list"]);
    let last = alerts.as_array().unwrap().last().unwrap()["alert"]
        .as_str()
        .unwrap()
        .to_owned();
    decide(
        &folder,
        &last,
        "FALSE_POSITIVE",
        &["--reason-code", "data_error"],
        "ann",
    );
    let nameless = propose(&last, &[]);
    assert!(
        nameless.code == 2 && nameless.err.contains("has no id"),
        "{}",
        nameless.err
    );
}

#[test]
fn no_pair_follows_from_an_alert_on_a_party_behind_the_customer() {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file(
        "in.csv",
        "id,name,director\nC-9,Blue Lake Trading Ltd,Jan Przykladowy\n",
    );
    assert_eq!(screen(&folder, &[]).code, 1);
    let alert = first(&folder);
    let reason = ["--reason-code", "data_error"];
    assert_eq!(decide(&folder, &alert, "FALSE_POSITIVE", &reason, "ann").code, 0);
    let propose = [
        "cleared",
        "propose",
        &alert,
        "--rationale",
        "Another man.",
        "--actor",
        "ann",
    ];
    let run = on_log(&folder, &propose);
    assert!(
        run.code == 2 && run.err.contains("a party behind the customer"),
        "{}",
        run.err
    );
    assert_eq!(
        done(&folder, &["cleared", "list", "--format", "json"]).trim(),
        "[]"
    );
}

#[test]
fn alerts_that_are_not_there_are_named() {
    let folder = logged();
    for (alert, told) in [
        ("99", "there is no record 99"),
        ("3", "has no alert"),
        ("1/un:7", "has no alert on 'un:7'"),
        ("x", "names no alert"),
    ] {
        let run = on_log(&folder, &["alerts", "show", alert]);
        assert!(run.code == 2 && run.err.contains(told), "{}", run.err);
    }
    let stats = folder.tamis(&["log", "stats", "log.db"]);
    assert!(
        stats.out.contains("3 = 2 hit + 1 clear + 0 unscreened"),
        "{}",
        stats.out
    );
    let never = folder.tamis(&[
        "log",
        "stats",
        "log.db",
        "--from",
        "2027-01-01",
        "--to",
        "2026-01-01",
    ]);
    assert!(
        never.code == 2 && never.err.contains("is not after"),
        "{}",
        never.err
    );
    let before = folder.tamis(&["log", "stats", "log.db", "--to", "2020-01-01"]);
    assert!(before.out.contains("0 = 0 hit"), "{}", before.out);
}
