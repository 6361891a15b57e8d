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
    let run = [
        "screen", "in.csv", "-l", "list.xml", "--log", "log.db", "--actor", "batch", "-o", "out.csv",
    ];
    let run = folder.tamis(&run);
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
