//! Four eyes: what one person cannot do alone, nor with another alert or another pair of the same customer and entry.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, Run, cell, rows};
use serde_json::Value;

/// Both customers are on [`LIST`].
const CUSTOMERS: &str = "id,name\nC-1,Jan Przykladowy\nC-2,Ewa Wzorowa\n";

/// The alert of the second customer in the first screening.
const OTHER: &str = "2/ofac-sdn:8";

fn logged() -> Folder {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", CUSTOMERS);
    assert_eq!(screen(&folder), "HIT");
    folder
}

/// Screens again; the status of the first customer.
fn screen(folder: &Folder) -> String {
    screen_with(folder, &[])
}

fn screen_with(folder: &Folder, rest: &[&str]) -> String {
    let run = [
        "screen", "in.csv", "-l", "list.xml", "--log", "log.db", "--actor", "batch", "-o", "out.csv",
    ];
    let run = folder.tamis(&[&run[..], rest].concat());
    assert_ne!(run.code, 2, "{}", run.err);
    cell(&rows(&folder.read("out.csv"))[0], "status").to_owned()
}

fn act(folder: &Folder, args: &[&str], actor: &str) -> Run {
    let by = [
        "--rationale",
        "Seen the passport.",
        "--actor",
        actor,
        "--log",
        "log.db",
    ];
    folder.tamis(&[args, &by].concat())
}

fn done(folder: &Folder, args: &[&str], actor: &str) {
    let run = act(folder, args, actor);
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
}

fn refused(folder: &Folder, args: &[&str], actor: &str, told: &str) {
    let run = act(folder, args, actor);
    assert!(
        run.code == 2 && run.err.contains(told),
        "{args:?}: {}{}",
        run.out,
        run.err
    );
}

fn decision<'a>(alert: &'a str, disposition: &'a str) -> [&'a str; 7] {
    let reason = match disposition {
        "TRUE_MATCH_RECOMMENDED" => "facts_agree",
        _ => "data_error",
    };
    [
        "alerts",
        "decide",
        alert,
        "--disposition",
        disposition,
        "--reason-code",
        reason,
    ]
}

/// The names of the first customer's alerts, in order.
fn alerts(folder: &Folder) -> Vec<String> {
    let run = folder.tamis(&[
        "alerts",
        "list",
        "--all",
        "--customer",
        "C-1",
        "--json",
        "--log",
        "log.db",
    ]);
    let list: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    list.iter()
        .map(|one| one["alert"].as_str().unwrap().to_owned())
        .collect()
}

fn confirmed(folder: &Folder, alert: &str) {
    done(folder, &decision(alert, "TRUE_MATCH_RECOMMENDED"), "ann");
    done(folder, &["alerts", "approve", alert], "ben");
}

#[test]
fn what_two_confirmed_one_person_does_not_close_the_next_day() {
    let folder = logged();
    confirmed(&folder, &alerts(&folder)[0]);
    screen(&folder);
    let [first, next] = &alerts(&folder)[..] else {
        panic!("two screenings, two alerts");
    };
    for alone in ["FALSE_POSITIVE", "INCONCLUSIVE"] {
        refused(
            &folder,
            &decision(next, alone),
            "zed",
            &format!("the alert {first} of the same customer"),
        );
    }
    refused(
        &folder,
        &decision(first, "FALSE_POSITIVE"),
        "zed",
        "the attempt is on record",
    );
    let attempts = folder
        .tamis(&["log", "show", "log.db", "--action", "attempt.refused"])
        .out;
    let by_zed = attempts.lines().filter(|line| line.contains("\tzed\tC-1\t"));
    assert_eq!(by_zed.count(), 3, "{attempts}");
    let shown = folder.tamis(&["alerts", "show", next, "--log", "log.db"]).out;
    assert!(
        shown.contains(&format!("alert {first} of this customer and entry")),
        "{shown}"
    );
    done(&folder, &decision(OTHER, "FALSE_POSITIVE"), "zed");

    done(&folder, &decision(next, "RELEASE_RECOMMENDED"), "zed");
    refused(&folder, &["alerts", "approve", next], "ZED", "somebody else");
    done(&folder, &["alerts", "approve", next], "ann");
    let stats = folder.tamis(&["log", "stats", "log.db", "--json"]).json();
    assert_eq!(
        (&stats["alerts"]["true_match"], &stats["alerts"]["false_positive"]),
        (&1.into(), &2.into())
    );
    assert_eq!(folder.tamis(&["log", "verify", "log.db"]).code, 0);
}

/// The pairs, each with its standing.
fn pairs(folder: &Folder) -> Vec<(String, String)> {
    let csv = folder
        .tamis(&["cleared", "list", "--format", "csv", "--log", "log.db"])
        .out;
    let pair = |row: &Vec<(String, String)>| (cell(row, "pair").to_owned(), cell(row, "standing").to_owned());
    let mut pairs: Vec<(String, String)> = rows(&csv).iter().map(pair).collect();
    pairs.sort_by_key(|(number, _)| number.parse::<u64>().unwrap());
    pairs
}

/// Clears the first customer by two people; the pair's number.
fn cleared(folder: &Folder, alert: &str) -> String {
    done(folder, &["cleared", "propose", alert], "ann");
    let number = pairs(folder).pop().unwrap().0;
    done(folder, &["cleared", "approve", &number], "ben");
    number
}

#[test]
fn a_revocation_leaves_no_pair_that_was_laid_by() {
    let folder = logged();
    let first = alerts(&folder).remove(0);
    done(&folder, &decision(&first, "FALSE_POSITIVE"), "ann");
    let pair = cleared(&folder, &first);
    assert_eq!(screen(&folder), "CLEAR");
    refused(
        &folder,
        &["cleared", "propose", &first],
        "zed",
        &format!("pair {pair} of the same customer and entry holds"),
    );

    // One for what the customer says now, one for what it said before: neither is in the other's way.
    folder.file("in.csv", "id,name,country\nC-1,Jan Przykladowy,EE\n");
    assert_eq!(screen(&folder), "HIT");
    let next = alerts(&folder).pop().unwrap();
    done(&folder, &decision(&next, "FALSE_POSITIVE"), "ann");
    let spare = cleared(&folder, &next);
    assert_eq!(screen(&folder), "CLEAR");

    let run = act(&folder, &["cleared", "revoke", &pair], "kim");
    assert!(
        run.code == 0 && run.out.contains(&format!("and with it pair {spare} ")),
        "{}{}",
        run.out,
        run.err
    );
    assert_eq!(screen(&folder), "HIT");
    folder.file("in.csv", CUSTOMERS);
    assert_eq!(screen(&folder), "HIT");
    refused(&folder, &["cleared", "approve", &spare], "carl", "kim revoked");
    refused(
        &folder,
        &["cleared", "revoke", "9999"],
        "carl",
        "there is no pair 9999",
    );

    let again = cleared(&folder, &first);
    assert_eq!(screen(&folder), "CLEAR");
    let standing = |number: &str, word: &str| (number.to_owned(), word.to_owned());
    let expected = [
        standing(&pair, "revoked"),
        standing(&spare, "revoked"),
        standing(&again, "holds"),
    ];
    assert_eq!(pairs(&folder), expected);
}

#[test]
fn a_pair_that_people_came_to_doubt_needs_a_new_approval() {
    let folder = logged();
    let first = alerts(&folder).remove(0);
    done(&folder, &decision(&first, "FALSE_POSITIVE"), "ann");
    let pair = cleared(&folder, &first);
    assert_eq!(screen(&folder), "CLEAR");

    done(&folder, &["alerts", "reopen", &first], "zed");
    assert_eq!(screen(&folder), "HIT");
    let settled = act(&folder, &decision(&first, "FALSE_POSITIVE"), "kim");
    assert!(
        settled.code == 0 && settled.err.contains(&format!("pair {pair} was doubted")),
        "{}",
        settled.err
    );
    assert_eq!(screen(&folder), "HIT", "kim alone");
    assert!(
        folder.read("out.csv").contains("nobody has approved it since"),
        "{}",
        folder.read("out.csv")
    );
    assert_eq!(pairs(&folder), [(pair.clone(), "outdated".to_owned())]);
    refused(
        &folder,
        &["cleared", "propose", &first],
        "kim",
        "waits for approval",
    );
    refused(
        &folder,
        &["cleared", "approve", &pair],
        "ann",
        "proposed the pair",
    );
    done(&folder, &["cleared", "approve", &pair], "kim");
    assert_eq!(screen(&folder), "CLEAR");

    // Whatever is said of another alert of the two is a doubt, taken back or not.
    for (doubt, back) in [
        ("INCONCLUSIVE", "REOPENED"),
        ("ESCALATED", "IN_REVIEW"),
        ("TRUE_MATCH_RECOMMENDED", "IN_REVIEW"),
    ] {
        screen_with(&folder, &["--no-cleared"]);
        let other = alerts(&folder).pop().unwrap();
        done(&folder, &decision(&other, doubt), "zed");
        assert_eq!(screen(&folder), "HIT", "{doubt}");
        refused(
            &folder,
            &["cleared", "approve", &pair],
            "kim",
            "close that alert first",
        );
        done(
            &folder,
            &["alerts", "decide", &other, "--disposition", back],
            "zed",
        );
        assert_eq!(screen(&folder), "HIT", "{doubt}, taken back");
        done(&folder, &decision(&other, "FALSE_POSITIVE"), "zed");
        assert_eq!(screen(&folder), "HIT", "{doubt}, settled by one");
        done(&folder, &["cleared", "approve", &pair], "kim");
        assert_eq!(screen(&folder), "CLEAR");
    }
    assert_eq!(folder.tamis(&["log", "verify", "log.db"]).code, 0);
}
