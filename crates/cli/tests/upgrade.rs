//! Alert work after an upgrade: the lists of that day were compiled by a build that reads names otherwise.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::logged::{do_to, logged};
use common::{Folder, LISTED, LISTED_ID, Run};
use sha2::{Digest, Sha256};
use std::fs;
use tamis_snapshot::{Snapshot, Stamp, Writer};

/// What differs in the file of the other build.
#[derive(Clone, Copy)]
enum Other {
    Fingerprint,
    Version,
}

/// A log with one alert, as another build would have left it.
fn upgraded(other: Other) -> Folder {
    let folder = Folder::new();
    folder.file("in.csv", &format!("id,name\nC-1,\"{LISTED}\"\n"));
    assert_eq!(logged(&folder, &["in.csv", "-o", "out.csv"]).code, 1);
    let snapshots = folder.path("log.db.snapshots");
    let kept = fs::read_dir(&snapshots).unwrap().next().unwrap().unwrap().path();
    let bytes = rewritten(&fs::read(&kept).unwrap(), &kept, other);
    let hash: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    fs::write(snapshots.join(format!("{hash}.tamis")), &bytes).unwrap();
    fs::remove_file(&kept).unwrap();
    let named = kept.file_stem().unwrap().to_str().unwrap();
    do_to(
        &folder,
        &format!("UPDATE contexts SET text = replace(text, '{named}', '{hash}')"),
    );
    folder
}

/// The same sections under another stamp.
fn rewritten(bytes: &[u8], path: &std::path::Path, other: Other) -> Vec<u8> {
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let version = number(8);
    let file = Snapshot::open_of_version(path, version).unwrap();
    let mut writer = Writer::new(match other {
        Other::Fingerprint => Stamp {
            version,
            fingerprint: 7,
        },
        Other::Version => Stamp {
            version: version + 1,
            fingerprint: 7,
        },
    });
    for (name, _) in file.sections() {
        writer.section::<u8>(name, file.section::<u8>(name).unwrap());
    }
    writer.finish().unwrap()
}

/// A page as words, wherever its lines break.
fn words(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn on_log(folder: &Folder, args: &[&str]) -> Run {
    folder.tamis(&[args, &["--log", "log.db"]].concat())
}

fn propose(folder: &Folder) -> Run {
    let by = ["--rationale", "Another man.", "--actor", "ann"];
    let decided = [
        "alerts",
        "decide",
        "1",
        "--disposition",
        "FALSE_POSITIVE",
        "--reason-code",
        "data_error",
    ];
    assert_eq!(on_log(folder, &[&decided[..], &by].concat()).code, 0);
    on_log(folder, &[&["cleared", "propose", "1"][..], &by].concat())
}

#[test]
fn an_alert_of_another_build_is_shown_and_cleared_by_the_lists_as_they_stand() {
    let folder = upgraded(Other::Fingerprint);
    let replay = on_log(&folder, &["replay", "1"]);
    assert!(
        replay.code == 2 && replay.err.contains("replay it with that one"),
        "{}",
        replay.err
    );
    let shown = on_log(&folder, &["alerts", "show", "1"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for part in [
        LISTED,
        "The entry in full",
        "shown by tamis",
        "What to ask",
        "threshold",
    ] {
        assert!(words(&shown.out).contains(part), "no '{part}' in\n{}", shown.out);
    }
    let json = on_log(&folder, &["alerts", "show", "1", "--json"]).json();
    assert_eq!(json["entity"]["list"], "kaspersky", "{json}");

    let proposed = propose(&folder);
    assert_eq!(proposed.code, 0, "{}", proposed.err);
    let approve = [
        "cleared",
        "approve",
        "4",
        "--rationale",
        "Agreed.",
        "--actor",
        "ben",
    ];
    let approved = on_log(&folder, &approve);
    assert_eq!(approved.code, 0, "{}", approved.err);
    assert_eq!(
        logged(&folder, &["in.csv", "-o", "out.csv"]).code,
        0,
        "the entry says what it said: {}",
        folder.read("out.csv")
    );
}

#[test]
fn an_alert_whose_lists_cannot_be_read_is_shown_by_what_is_on_record() {
    let folder = upgraded(Other::Version);
    let shown = on_log(&folder, &["alerts", "show", "1"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for part in [
        LISTED,
        LISTED_ID,
        "the entry in full is left out",
        "What to ask",
        "us.sdn.block",
    ] {
        assert!(words(&shown.out).contains(part), "no '{part}' in\n{}", shown.out);
    }
    assert!(!shown.out.contains("The entry in full"), "{}", shown.out);

    let refused = propose(&folder);
    assert!(
        refused.code == 2
            && refused.err.contains("format version")
            && refused.err.contains("screen the customer again"),
        "{}",
        refused.err
    );
    // What is said to do does it. The floor makes a context of its own, as another build would.
    let again = ["in.csv", "-o", "out.csv", "--log-floor", "0.7"];
    assert_eq!(logged(&folder, &again).code, 1);
    let list = on_log(&folder, &["alerts", "list", "--json"]).json();
    let alert = list[0]["alert"].as_str().unwrap();
    let by = ["--rationale", "Another man.", "--actor", "ann"];
    let decided = [
        "alerts",
        "decide",
        alert,
        "--disposition",
        "FALSE_POSITIVE",
        "--reason-code",
        "data_error",
    ];
    assert_eq!(on_log(&folder, &[&decided[..], &by].concat()).code, 0);
    let proposed = on_log(&folder, &[&["cleared", "propose", alert][..], &by].concat());
    assert_eq!(proposed.code, 0, "{}", proposed.err);

    // A file that was damaged is no matter of versions.
    let snapshots = folder.path("log.db.snapshots");
    for file in fs::read_dir(snapshots).unwrap() {
        fs::write(file.unwrap().path(), "gone").unwrap();
    }
    let shown = on_log(&folder, &["alerts", "show", "1"]);
    assert!(
        shown.code == 2 && shown.err.contains("put the right one back"),
        "{}",
        shown.err
    );
}
