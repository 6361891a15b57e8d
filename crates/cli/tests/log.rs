//! The decision log: what is on record, and that nobody changes it unseen.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::logged::{CUSTOMERS, DAY, LOGGED, ask, do_to, logged, recorded, screen, verify};
use common::{Folder, LISTED};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tamis_log::{Action, Entry, Headed, Heading, Log, SqliteStore, Surroundings};

#[test]
fn every_answer_is_on_record_and_the_output_is_as_without_a_log() {
    let folder = recorded();
    let without = screen(&folder, &["in.csv"]);
    assert_eq!(folder.read("out.csv"), without.out);
    let shown = folder.tamis(&["log", "show", "log.db"]).out;
    let cells: Vec<Vec<&str>> = shown.lines().map(|line| line.split('\t').collect()).collect();
    let said: Vec<[&str; 5]> = cells
        .iter()
        .map(|c| [c[0], c[2], c[3], c[4], c[5].split(' ').next().unwrap()])
        .collect();
    assert_eq!(
        said[..5],
        [
            ["1", "screening", "anna", "1", "HIT"],
            ["2", "screening", "anna", "2", "CLEAR"],
            ["3", "screening", "anna", "3", "CLEAR"],
            ["4", "screening", "anna", "4", "UNSCREENED"],
            ["5", "screening", "anna", "5", "CLEAR"],
        ]
    );
    assert_eq!(said[5][1], "screening.finished");
    assert!(
        cells[5][5].contains(r#""records":5,"hit":1,"clear":3,"unscreened":1"#),
        "{}",
        cells[5][5]
    );
    assert!(cells[0][5].contains("kaspersky:45815 1.0000"));
    assert_eq!(
        folder
            .tamis(&["log", "show", "log.db", "--customer", "3"])
            .out
            .lines()
            .count(),
        1
    );
    let full = folder.tamis(&["log", "show", "log.db", "1"]).json();
    assert_eq!(full["subject"]["names"][0]["text"], LISTED);
    assert_eq!(
        full["subject"]["id"],
        serde_json::Value::Null,
        "the id stands in the chain"
    );
    assert_eq!(full["body"]["line"], 2);
    assert_eq!(
        full["details"]["decision"]["alerts"][0]["hit"]["entity_id"],
        "kaspersky:45815"
    );
    assert_eq!(full["context"]["lists"][0]["id"], "kaspersky");
    assert_eq!(full["context"]["as_of"], "2026-11-23");
    let body = folder.tamis(&["log", "show", "log.db", "3"]).json()["body"].to_string();
    assert!(
        body.contains("information") && !body.contains("1985"),
        "nothing of the customer is in the chain: {body}"
    );
    let verified = verify(&folder, &[]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(verified.out.contains("sound, 6 records"), "{}", verified.out);
}

#[test]
fn a_decision_is_made_again_byte_for_byte() {
    let folder = recorded();
    for record in ["1", "2", "3", "5"] {
        let run = folder.tamis(&["replay", record, "--log", "log.db"]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(run.out.contains("as of 2026-11-23: same"), "{}", run.out);
    }
    let run = folder.tamis(&["replay", "4", "--log", "log.db"]);
    assert!(
        run.code == 2 && run.err.contains("could not be read"),
        "{}",
        run.err
    );
    let run = folder.tamis(&["replay", "6", "--log", "log.db"]);
    assert!(
        run.code == 2 && run.err.contains("screening.finished"),
        "{}",
        run.err
    );
    let run = folder.tamis(&["replay", "60", "--log", "log.db"]);
    assert!(
        run.code == 2 && run.err.contains("the log holds 1 to 6"),
        "{}",
        run.err
    );

    do_to(
        &folder,
        "UPDATE records SET body = replace(body, '\"score\":1.0', '\"score\":0.9') WHERE sequence = 1",
    );
    let run = folder.tamis(&["replay", "1", "--log", "log.db"]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains("DIFFERENT") && run.out.contains("answer.alerts[0].score: 0.9 then, 1.0 now"),
        "{}",
        run.out
    );
}

#[test]
fn a_replay_says_what_it_lacks() {
    let folder = recorded();
    let snapshots = folder.path("log.db.snapshots");
    let kept = fs::read_dir(&snapshots).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&kept).unwrap();
    let replay = || folder.tamis(&["replay", "1", "--log", "log.db"]);

    fs::write(&kept, &bytes[1..]).unwrap();
    assert!(
        replay().err.contains("is not the file that its name says"),
        "{}",
        replay().err
    );
    fs::remove_file(&kept).unwrap();
    assert!(replay().err.contains("put them back"), "{}", replay().err);

    // A snapshot of another engine, as an old log names it: the fingerprint stands at byte 16.
    let mut other = bytes.clone();
    other[16] ^= 1;
    let hash: String = Sha256::digest(&other)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    fs::write(snapshots.join(format!("{hash}.tamis")), &other).unwrap();
    let named = kept.file_stem().unwrap().to_str().unwrap();
    do_to(
        &folder,
        &format!("UPDATE contexts SET text = replace(text, '{named}', '{hash}')"),
    );
    let run = replay();
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the decision was made by tamis"), "{}", run.err);
}

#[test]
fn the_lists_are_kept_once_and_stay_what_they_were() {
    let folder = recorded();
    assert_eq!(
        folder
            .tamis(&["list", "compile", "builtin:kaspersky", "-o", "k.tamis"])
            .code,
        0
    );
    logged(&folder, &["in.csv", "-l", "k.tamis", "-o", "out2.csv"]);
    assert_eq!(
        fs::read_dir(folder.path("log.db.snapshots")).unwrap().count(),
        1,
        "the same lists, compiled or not"
    );
    fs::write(folder.path("k.tamis"), "gone").unwrap();
    assert_eq!(folder.tamis(&["replay", "7", "--log", "log.db"]).code, 0);
}

#[test]
fn what_cannot_be_logged_is_not_screened() {
    let folder = Folder::new();
    folder.file("in.csv", CUSTOMERS);
    folder.file("notes.txt", &"no log at all\n".repeat(99));
    for log in ["nowhere/log.db", "notes.txt"] {
        let run = screen(
            &folder,
            &["in.csv", "-o", "out.csv", "--log", log, "--actor", "anna"],
        );
        assert_eq!(run.code, 2, "{log}");
        assert!(run.err.contains("nothing was screened"), "{}", run.err);
        let run = folder.tamis(&["check", LISTED, "--log", log, "--actor", "anna"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{log}");
    }
    assert_eq!(folder.names(), ["in.csv", "notes.txt"]);
    let run = logged(&folder, &["in.csv", "-o", "log.db"]);
    assert!(run.code == 2 && !folder.path("out.csv").exists());
}

#[test]
fn a_check_is_on_record_with_its_near_misses() {
    let folder = Folder::new();
    let check = [
        &[
            "check",
            "Andrei Tikhonoff Petrovich",
            "--customer",
            "C-17",
            "--request",
            "call 1",
            "--log-floor",
            "0.5",
        ],
        &DAY[..],
        &LOGGED,
    ]
    .concat();
    let run = folder.tamis(&check);
    assert!(run.code < 2, "{}", run.err);
    let full = folder.tamis(&["log", "show", "log.db", "1"]).json();
    assert_eq!(
        (&full["customer"], &full["request"]),
        (&"C-17".into(), &"call 1".into())
    );
    let near = full["body"]["near"].as_array().map_or(0, Vec::len)
        + full["body"]["alerts"].as_array().map_or(0, Vec::len);
    assert!(near > 0, "{full}");
    assert_eq!(folder.tamis(&["replay", "1", "--log", "log.db"]).code, 0);
    let again = folder.tamis(&check);
    assert!(
        again.code == 2 && again.err.contains("the log has it already, at record 1"),
        "{}",
        again.err
    );
}

#[test]
fn a_signed_head_shows_what_the_file_cannot() {
    let folder = recorded();
    assert_eq!(folder.tamis(&["list", "keygen", "-o", "office"]).code, 0);
    assert_eq!(folder.tamis(&["list", "keygen", "-o", "other"]).code, 0);
    let head = folder.tamis(&["log", "head", "log.db", "-o", "head.json", "--key", "office.key"]);
    assert_eq!(head.code, 0, "{}", head.err);
    let against = ["--head", "head.json", "--key", "office.pub"];
    assert_eq!(verify(&folder, &against).code, 0);
    logged(&folder, &["in.csv", "-o", "out.csv"]);
    assert_eq!(verify(&folder, &against).code, 0, "records were added since");
    for (key, told) in [
        ("missing.pub", "there is no such file"),
        ("RWabc", "not a public key"),
    ] {
        let run = verify(&folder, &["--head", "head.json", "--key", key]);
        assert!(run.code == 2 && run.err.contains(told), "{key}: {}", run.err);
    }
    let other = verify(&folder, &["--head", "head.json", "--key", "other.pub"]);
    assert!(
        other.code == 2 && other.err.contains("not signed by this key"),
        "{}",
        other.err
    );

    do_to(&folder, "DELETE FROM records WHERE sequence > 4");
    do_to(
        &folder,
        "UPDATE state SET (sequence, time, sha256) = (SELECT sequence, time, sha256 FROM records WHERE sequence = 4)",
    );
    assert_eq!(verify(&folder, &[]).code, 0, "in itself the file is sound");
    let run = verify(&folder, &against);
    assert_eq!(run.code, 2);
    assert!(
        run.out
            .contains("record 5: truncated: records 5 to 6 at the end are gone"),
        "{}",
        run.out
    );
    let told = verify(&folder, &[&against[..], &["--json"]].concat()).json();
    assert_eq!(
        (&told["sound"], &told["faults"][0]["record"]),
        (&false.into(), &5.into())
    );

    folder.file(
        "head.json",
        &folder
            .read("head.json")
            .replace("\"sequence\": 6", "\"sequence\": 4"),
    );
    assert!(verify(&folder, &against).err.contains("not signed by this key"));
    assert!(
        verify(&folder, &["--head", "in.csv"])
            .err
            .contains("not the head of a log")
    );
}

#[test]
fn a_log_that_a_clock_ahead_wrote_goes_on_once_that_is_on_record() {
    let folder = Folder::new();
    folder.file("in.csv", CUSTOMERS);
    let surroundings = Surroundings {
        clock: Box::new(|| "2099-01-01T00:00:00Z".parse().unwrap()),
        salt: Box::new(|| Ok([7; 16])),
    };
    let mut log = Log::new(SqliteStore::create(&folder.path("log.db")).unwrap(), surroundings);
    let heading = Headed::new(Heading::new(Action::AttemptRefused, "anna")).unwrap();
    log.append(&[Entry::new(heading, &"x").unwrap()]).unwrap();
    drop(log);
    let refused = logged(&folder, &["in.csv", "-o", "out.csv"]);
    assert!(
        refused.code == 2 && refused.err.contains("tamis log correct-clock"),
        "{}",
        refused.err
    );
    assert_eq!(
        verify(&folder, &[]).code,
        2,
        "a record lies ahead, and no record says why"
    );

    let correct = |reason: &str| {
        folder.tamis(&[
            "log",
            "correct-clock",
            "log.db",
            "--actor",
            "ben",
            "--reason",
            reason,
        ])
    };
    assert_eq!(correct(" ").code, 2);
    let done = correct("the battery was empty");
    assert!(
        done.code == 0 && done.out.contains("the record before it bears 2099-01-01"),
        "{}{}",
        done.out,
        done.err
    );
    let again = correct("the battery was empty");
    assert!(
        again.code == 2 && again.err.contains("nothing to correct"),
        "{}",
        again.err
    );
    assert_eq!(
        logged(&folder, &["in.csv", "-o", "out.csv"]).code,
        2,
        "one record is not screened"
    );
    let told = verify(&folder, &[]);
    assert_eq!(told.code, 0, "{}", told.out);
    for part in [
        "record 2 sets the time back from 2099-01-01T00:00:00Z",
        "records 1 to 1 lie ahead",
        "sound, 8 records",
    ] {
        assert!(told.out.contains(part), "no '{part}' in {}", told.out);
    }
    let shown = folder
        .tamis(&["log", "show", "log.db", "--action", "clock.corrected"])
        .out;
    assert!(shown.contains("ben") && shown.contains("battery"), "{shown}");
    let this_day = folder
        .tamis(&["log", "show", "log.db", "--before", "2098-01-01"])
        .out;
    assert_eq!(this_day.lines().count(), 7, "{this_day}");
}

#[test]
fn the_commands_of_the_manual_work_in_their_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let manual = fs::read_to_string(root.join("docs/decision-log.md")).unwrap();
    let block = manual
        .split("```sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let folder = Folder::new();
    fs::copy(
        root.join("data/samples/customers.csv"),
        folder.path("customers.csv"),
    )
    .unwrap();
    let compiled = folder.tamis(&["list", "compile", "builtin:kaspersky", "-o", "lists.tamis"]);
    assert_eq!(compiled.code, 0, "{}", compiled.err);
    let commands: Vec<Vec<String>> = block.lines().map(words).collect();
    assert!(commands.len() > 10, "{block}");
    for command in commands {
        assert_eq!(command[0], "tamis", "{command:?}");
        let output = Command::new(env!("CARGO_BIN_EXE_tamis"))
            .current_dir(folder.path(""))
            .env("TAMIS_ACTOR", "ann")
            .args(&command[1..])
            .output()
            .unwrap();
        // A screening with hits ends with 1.
        let most = i32::from(command[1] == "screen");
        let code = output.status.code().unwrap();
        assert!(
            code <= most,
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// The words of a command line, up to its comment; what stands in quotes is one.
fn words(line: &str) -> Vec<String> {
    let line = line.split("  #").next().unwrap();
    let words = line.split('"').enumerate().flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn a_changed_record_is_told() {
    let folder = recorded();
    do_to(
        &folder,
        "UPDATE records SET body = replace(body, 'HIT', 'CLEAR') WHERE sequence = 1",
    );
    let run = verify(&folder, &[]);
    assert_eq!(run.code, 2);
    assert!(run.out.starts_with("record 1: changed: "), "{}", run.out);
    assert!(
        run.out.contains("NOT SOUND, 1 faults in 6 records"),
        "{}",
        run.out
    );
}

#[test]
fn a_person_is_erased_and_a_record_kept() {
    let folder = recorded();
    let by = ["--actor", "dpo", "--reason", "Art. 17 GDPR"];
    let erase =
        |rest: &[&str]| folder.tamis(&[&["log", "erase", "log.db", "--even-if-open"], rest, &by].concat());
    let run = erase(&["--customer", "1"]);
    assert!(
        run.code == 0 && run.out.contains("erased 2 personal parts"),
        "{}{}",
        run.out,
        run.err
    );
    let full = folder.tamis(&["log", "show", "log.db", "1"]).json();
    assert_eq!(full["subject"], "erased: record 7 says why");
    assert_eq!(
        full["body"]["alerts"][0]["entity"], "kaspersky:45815",
        "the answer stays"
    );
    assert!(
        folder
            .tamis(&["replay", "1", "--log", "log.db"])
            .err
            .contains("was erased: record 7")
    );
    assert!(erase(&["--customer", "1"]).err.contains("nothing was erased"));
    assert!(
        erase(&["--customer", "nobody"])
            .err
            .contains("nothing was erased")
    );
    assert_eq!(verify(&folder, &[]).code, 0);

    for reason in ["", " ", "\t.\u{200b}"] {
        for what in [&["erase", "log.db", "--customer", "3"][..], &["purge", "log.db"]] {
            let run = folder.tamis(&[&["log"], what, &["--reason", reason, "--actor", "dpo"]].concat());
            assert!(
                run.code == 2 && run.err.contains("say why"),
                "{what:?}: {}",
                run.err
            );
        }
    }
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), 7);

    let purge = |rest: &[&str]| folder.tamis(&[&["log", "purge", "log.db"], rest, &by].concat());
    assert!(purge(&[]).out.contains("nothing was purged"));
    let run = purge(&["--through", "3"]);
    assert!(
        run.code == 2 && run.err.contains("may be purged from") && run.err.contains("nothing was purged"),
        "{}",
        run.err
    );
    assert!(purge(&["--retention", "5"]).err.contains("10 years at least"));
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), 7);
}

#[test]
fn a_customer_who_was_not_screened_is_found_and_erased_by_id() {
    let folder = Folder::new();
    // The cells of the last one stand under other columns than their own.
    folder.file("in.csv", "id,name\nC-8,*****\nC-9,Oleg Petrov\nC-8,Smith, John\n");
    assert_eq!(logged(&folder, &["in.csv", "-o", "out.csv"]).code, 2);
    let shown = folder.tamis(&["log", "show", "log.db", "--customer", "C-8"]).out;
    assert!(
        shown.contains("UNSCREENED") && shown.lines().count() == 1,
        "{shown}"
    );
    let details = || folder.tamis(&["log", "show", "log.db", "1"]).json()["details"].to_string();
    assert!(details().contains("*****"), "{}", details());
    let by = ["--actor", "dpo", "--reason", "Art. 17 GDPR"];
    let erased = folder.tamis(&[&["log", "erase", "log.db", "--customer", "C-8"][..], &by].concat());
    assert_eq!(erased.code, 0, "{}", erased.err);
    assert!(details().contains("erased: record"), "{}", details());
    assert_eq!(verify(&folder, &[]).code, 0);
}

#[test]
fn a_line_is_a_record_whatever_ids_hold() {
    let folder = Folder::new();
    folder.file(
        "in.csv",
        "id,name\n\"C-9\n7\t2026-11-30T00:00:00Z\tscreening\tann\tC-1\tCLEAR\",Oleg Petrov\n",
    );
    assert_eq!(logged(&folder, &["in.csv", "-o", "out.csv"]).code, 0);
    let shown = folder.tamis(&["log", "show", "log.db"]).out;
    assert_eq!(shown.lines().count(), 2, "{shown}");
    let cells: Vec<&str> = shown.lines().next().unwrap().split('\t').collect();
    assert_eq!(cells.len(), 6, "{shown}");
    assert!(cells[4].starts_with("C-9<U+000A>7<U+0009>2026"), "{shown}");
}

#[test]
fn an_export_holds_the_bytes_that_are_hashed() {
    let folder = recorded();
    assert_eq!(
        folder.tamis(&["log", "export", "log.db", "-o", "all.jsonl"]).code,
        0
    );
    let mut before = vec![0; 32];
    let mut kinds = Vec::new();
    for line in folder.read("all.jsonl").lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        kinds.push(line["type"].as_str().unwrap().to_owned());
        let text = line["canonical"].as_str().or(line["text"].as_str()).unwrap();
        let previous: &[u8] = if line["type"] == "record" { &before } else { &[] };
        let hash = Sha256::digest([previous, text.as_bytes()].concat());
        let stated: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(line["sha256"], stated.as_str());
        if line["type"] == "record" {
            before = hash.to_vec();
        }
    }
    assert_eq!(
        kinds,
        [
            "context", "heading", "record", "record", "record", "record", "record", "heading", "record"
        ]
    );
    let bare = folder
        .tamis(&["log", "export", "log.db", "--without-personal"])
        .out;
    assert!(
        !bare.contains("Petrov") && bare.lines().count() == kinds.len(),
        "{bare}"
    );
}

/// The program in the specification, which uses nothing of ours.
#[test]
fn an_auditor_recomputes_every_hash_with_other_tools() {
    let folder = recorded();
    logged(&folder, &["in.csv", "-o", "out.csv"]);
    folder.tamis(&[
        "log",
        "erase",
        "log.db",
        "--customer",
        "2",
        "--actor",
        "dpo",
        "--reason",
        "x",
    ]);
    let Some(run) = python(&folder.path("log.db")) else {
        println!("SKIPPED: there is no python3 with sqlite3");
        return;
    };
    assert!(run.0 && run.1.starts_with("sound "), "{}", run.1);
    do_to(
        &folder,
        "UPDATE records SET body = replace(body, 'CLEAR', 'HIT') WHERE sequence = 5",
    );
    let run = python(&folder.path("log.db")).unwrap();
    assert!(!run.0 && run.1.contains("('record', 5)"), "{}", run.1);
}

/// Whether the program ends well, and what it says; `None` where it cannot be run.
fn python(log: &Path) -> Option<(bool, String)> {
    let found = Command::new("python3").args(["-c", "import sqlite3"]).output();
    found.ok().filter(|output| output.status.success())?;
    let document = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/decision-log.md");
    let document = fs::read_to_string(document).unwrap();
    let program = document
        .split("```python\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let output = Command::new("python3")
        .args(["-c", program])
        .arg(log)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8(said).unwrap()))
}
