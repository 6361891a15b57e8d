//! Alert work where one customer has several alerts on one entry: its own, and those of the parties behind it.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, Run};
use serde_json::Value;

/// The first is listed itself and led by its namesake; the second has one listed party that leads it and signs for it; the third is
/// owned by one.
const CUSTOMERS: &str = "id,name,owners,directors,signatories
C-1,Jan Przykladowy,,Jan Przykladowy,
C-2,Blue Lagoon Tours SARL,,Ewa Wzorowa,Ewa Wzorowa
C-3,Nile Cotton Co,Ewa Wzorowa [60],,
";

fn logged() -> Folder {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", CUSTOMERS);
    let run = folder.tamis(&[
        "screen",
        "in.csv",
        "-l",
        "list.xml",
        "--log",
        "log.db",
        "--actor",
        "batch",
        "-o",
        "out.csv",
        "--as-of",
        "2026-11-23",
    ]);
    assert_eq!(run.code, 1, "{}", run.err);
    folder
}

fn on_log(folder: &Folder, args: &[&str]) -> Run {
    folder.tamis(&[&["alerts"], args, &["--log", "log.db"]].concat())
}

fn list(folder: &Folder, args: &[&str]) -> Vec<Value> {
    let run = on_log(folder, &[&["list", "--json"], args].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn names(alerts: &[Value]) -> Vec<&str> {
    alerts.iter().map(|one| one["alert"].as_str().unwrap()).collect()
}

/// Takes an alert for true, by two people.
fn confirm(folder: &Folder, alert: &str) {
    let words = ["--rationale", "Passport seen."];
    let verdict = [
        "--disposition",
        "TRUE_MATCH_RECOMMENDED",
        "--reason-code",
        "facts_agree",
    ];
    let decide = [&["decide", alert][..], &verdict, &words, &["--actor", "ann"]].concat();
    let approve = [&["approve", alert][..], &words, &["--actor", "ben"]].concat();
    for args in [decide, approve] {
        let run = on_log(folder, &args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    }
}

#[test]
fn each_of_several_alerts_on_one_entry_is_shown_and_decided() {
    let folder = logged();
    let alerts = list(&folder, &[]);
    let mut sorted = names(&alerts);
    sorted.sort_unstable();
    let expected = [
        "1/ofac-sdn:7",
        "1/ofac-sdn:7/related_control",
        "2/ofac-sdn:8/related_control",
        "2/ofac-sdn:8/representative",
        "3/ofac-sdn:8/owned",
    ];
    assert_eq!(sorted, expected);
    for alert in &alerts {
        let name = alert["alert"].as_str().unwrap();
        let shown = on_log(&folder, &["show", name, "--json"]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        let shown: Value = serde_json::from_str(&shown.out).unwrap();
        assert_eq!(shown["alert"], *name);
        assert_eq!(shown["finding"]["via"]["kind"], alert["relation"], "{name}");
        assert_eq!(shown["finding"]["via"]["party"], alert["party"], "{name}");
    }
    let unclear = on_log(&folder, &["show", "2/ofac-sdn:8"]);
    assert!(
        unclear.code == 2 && unclear.err.contains("has 2 alerts") && unclear.err.contains(expected[3]),
        "{}",
        unclear.err
    );

    // An entry alone names the alert, as ever, where no other alert is on it; and a customer's own alert.
    for (text, whole) in [
        ("1/ofac-sdn:7", expected[0]),
        ("3/ofac-sdn:8", expected[4]),
        ("3", expected[4]),
    ] {
        let run = on_log(&folder, &["assign", text, "--to", "ann", "--actor", "lead"]);
        assert!(
            run.code == 0 && run.out.starts_with(whole),
            "{}{}",
            run.out,
            run.err
        );
    }
    confirm(&folder, expected[2]);
    let after = list(&folder, &["--all"]);
    let disposition = |name: &str| {
        let alert = after.iter().find(|one| one["alert"] == *name).unwrap();
        alert["disposition"].as_str().unwrap()
    };
    let now = expected.map(disposition);
    assert_eq!(
        now,
        ["IN_REVIEW", "NEW", "TRUE_MATCH_CONFIRMED", "NEW", "IN_REVIEW"]
    );
    // What is confirmed is not open any more.
    let page = on_log(&folder, &["list"]).out;
    let open = expected.iter().filter(|name| **name != expected[2]);
    assert!(
        page.contains("throug") && open.into_iter().all(|name| page.contains(*name)),
        "{page}"
    );
    assert_eq!(folder.tamis(&["log", "verify", "log.db"]).code, 0);
}

#[test]
fn only_what_is_blocked_is_reported_as_blocked() {
    let folder = logged();
    for (alert, blocks) in [
        ("1/ofac-sdn:7", true),
        ("2/ofac-sdn:8/related_control", false),
        ("2/ofac-sdn:8/representative", false),
        ("3/ofac-sdn:8/owned", true),
    ] {
        let all = list(&folder, &["--all"]);
        let line = all.iter().find(|one| one["alert"] == *alert).unwrap();
        assert_eq!(line["due"].is_string(), blocks, "{line}");
        let shown = on_log(&folder, &["show", alert]).out;
        assert_eq!(shown.contains("the last day is"), blocks, "{shown}");
        confirm(&folder, alert);
        let blocked = on_log(&folder, &["report", alert]);
        assert_eq!(
            blocked.code,
            if blocks { 0 } else { 2 },
            "{alert}: {}",
            blocked.err
        );
        assert_eq!(
            blocked.err.contains("--kind rejected"),
            !blocks,
            "{}",
            blocked.err
        );
        let rejected = on_log(&folder, &["report", alert, "--kind", "rejected"]);
        assert_eq!(rejected.code, 0, "{alert}: {}", rejected.err);
    }
}

#[test]
fn the_deadline_of_an_open_alert_outlives_erasure() {
    let folder = logged();
    let due = || list(&folder, &["--customer", "C-1"])[0]["due"].clone();
    let before = due();
    assert!(before.is_string());
    let by = ["--customer", "C-1", "--reason", "Art. 17 GDPR", "--actor", "dpo"];
    let erase = |rest: &[&str]| folder.tamis(&[&["log", "erase", "log.db"], &by[..], rest].concat());
    let refused = erase(&[]);
    assert!(
        refused.code == 2 && refused.err.contains("1/ofac-sdn:7"),
        "{}",
        refused.err
    );
    assert_eq!(
        list(&folder, &["--customer", "C-1"])[0]["name"],
        "PRZYKLADOWY, Jan"
    );
    let erased = erase(&["--even-if-open"]);
    assert_eq!(erased.code, 0, "{}", erased.err);
    assert_eq!(due(), before);
    assert!(list(&folder, &["--customer", "C-1"])[0]["name"].is_null());
    for record in ["2", "3"] {
        assert_eq!(folder.tamis(&["replay", record, "--log", "log.db"]).code, 0);
    }
}

/// Screening, checking, erasing and purging take the name from where alert work takes it.
#[test]
fn every_command_takes_the_actor_from_one_place() {
    let folder = logged();
    let run = |args: &[&str], variables: [(&str, &str); 2]| {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tamis"));
        for name in ["TAMIS_ACTOR", "USER", "LOGNAME", "USERNAME"] {
            command.env_remove(name);
        }
        command.current_dir(folder.path("")).envs(variables).args(args);
        let output = command.output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let commands: [&[&str]; 4] = [
        &["check", "Oleg Petrov", "--log", "log.db"],
        &[
            "screen", "in.csv", "-l", "list.xml", "--log", "log.db", "-o", "out.csv",
        ],
        &[
            "alerts",
            "assign",
            "1/ofac-sdn:7",
            "--to",
            "ann",
            "--log",
            "log.db",
        ],
        &[
            "log",
            "erase",
            "log.db",
            "--record",
            "3",
            "--even-if-open",
            "--reason",
            "x",
        ],
    ];
    for args in commands {
        let (code, said) = run(args, [("TAMIS_ACTOR", " "), ("USER", "")]);
        assert!(code == 2 && said.contains("TAMIS_ACTOR"), "{args:?}: {said}");
        let (code, said) = run(args, [("TAMIS_ACTOR", "olga"), ("USER", "login")]);
        assert!(code < 2, "{args:?}: {said}");
        let last = folder.tamis(&["log", "show", "log.db"]).out;
        assert!(
            last.lines().last().unwrap().contains("\tolga\t"),
            "{args:?}: {last}"
        );
    }
    let (code, said) = run(commands[0], [("TAMIS_ACTOR", ""), ("USER", "login")]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(commands[2], [("TAMIS_ACTOR", ""), ("USER", "login")]);
    assert!(
        code == 2 && said.contains("--actor"),
        "four eyes rest on it: {said}"
    );
    let purge = ["log", "purge", "log.db", "--reason", "x"];
    assert_eq!(run(&purge, [("TAMIS_ACTOR", "olga"), ("USER", "")]).0, 0);
}
