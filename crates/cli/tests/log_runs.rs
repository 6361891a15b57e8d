//! Runs that are put on record: a crash loses nothing, two at once lose nothing, and nobody writes a run twice.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::Folder;
use common::logged::{
    CUSTOMERS, DAY, LOGGED, ask, committed, do_to, killed, logged, many, recorded, screen, start, stuck,
    verify,
};
use std::io::Read;
use std::process::Child;
use std::thread;
use std::time::Duration;

/// Killed wherever it happens to be, also while it goes on with a run that was killed before.
#[test]
fn a_run_that_is_killed_again_and_again_comes_to_its_end() {
    const COUNT: usize = 5_000;
    let folder = Folder::new();
    many(&folder, COUNT);
    let whole = screen(&folder, &["many.csv", "--jobs", "1"]);
    let (mut patience, mut kills, mut kept) = (Duration::from_millis(20), 0, 0);
    loop {
        let rest: &[&str] = if kept > 0 { &["--resume"] } else { &[] };
        let mut run = start(
            &folder,
            &[&["many.csv", "-o", "out.csv", "--jobs", "1"], rest].concat(),
        );
        thread::sleep(patience);
        if let Some(ended) = run.try_wait().unwrap() {
            assert_eq!(ended.code(), Some(1), "after {kills} kills, with {kept} records");
            break;
        }
        killed(run);
        kills += 1;
        let now = committed(&folder);
        assert!(now >= kept, "{now} of {kept} records are left");
        assert!(now == 0 || verify(&folder, &[]).code == 0, "kill {kills}");
        (kept, patience) = (now, patience * 4 / 3);
    }
    assert!(kills > 1, "it was never killed");
    assert!(folder.read("out.csv") == whole.out);
    let distinct = ask(&folder, "SELECT count(DISTINCT customer) FROM records");
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), distinct + 1);
    assert_eq!(distinct, COUNT as i64);
    assert_eq!(verify(&folder, &[]).code, 0);
}

#[test]
fn a_crash_in_the_middle_loses_no_committed_record_and_the_run_goes_on() {
    const COUNT: usize = 20_000;
    let folder = Folder::new();
    many(&folder, COUNT);
    let whole = screen(&folder, &["many.csv", "--jobs", "1"]);
    let mut killed = start(&folder, &["many.csv", "-o", "out.csv", "--jobs", "1"]);
    let mut seen = 0;
    while seen == 0 && killed.try_wait().unwrap().is_none() {
        seen = committed(&folder);
    }
    killed.kill().unwrap(); // SIGKILL, on Unix
    killed.wait().unwrap();
    assert!(!folder.path("out.csv").exists(), "no half output");
    let kept = committed(&folder);
    assert!(seen > 0 && kept >= seen && kept < COUNT as i64, "{seen} {kept}");
    assert_eq!(verify(&folder, &[]).code, 0);

    let run = logged(&folder, &["many.csv", "-o", "out.csv", "--resume"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        folder.read("out.csv") == whole.out,
        "the output is that of an uninterrupted run"
    );
    let records = "SELECT count(*) FROM records";
    assert_eq!(
        ask(&folder, records),
        COUNT as i64 + 1,
        "each record once, and the end"
    );
    assert_eq!(
        ask(&folder, "SELECT count(DISTINCT customer) FROM records"),
        COUNT as i64
    );
    assert_eq!(verify(&folder, &[]).code, 0);

    let run = logged(&folder, &["many.csv", "-o", "again.csv", "--resume"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(folder.read("again.csv") == whole.out);
    assert_eq!(
        ask(&folder, records),
        COUNT as i64 + 1,
        "a run that was finished adds nothing"
    );

    do_to(
        &folder,
        "UPDATE records SET body = '{\"line\":9,\"status\":\"HIT\"}' WHERE sequence = 8",
    );
    let run = logged(&folder, &["many.csv", "-o", "third.csv", "--resume"]);
    assert!(
        run.code == 2
            && run
                .err
                .contains("record 8: the same request gives another answer"),
        "{}",
        run.err
    );
    assert!(!folder.path("third.csv").exists());
}

#[test]
fn a_run_goes_on_only_with_the_same_question() {
    let folder = recorded();
    let resume = |rest: &[&str]| logged(&folder, &[rest, &["--resume", "-o", "again.csv"]].concat());
    assert_eq!(
        resume(&["in.csv"]).code,
        2,
        "as the first run: one record is not screened"
    );
    assert_eq!(folder.read("again.csv"), folder.read("out.csv"));
    for other in [
        &["in.csv", "--threshold", "0.9"][..],
        &["in.csv", "--map", "birth_date=birth_date"],
        &["in.csv", "--log-floor", "0.7"],
    ] {
        let run = resume(other);
        assert!(run.err.contains("no run to go on with"), "{other:?}: {}", run.err);
    }
    folder.file("in.csv", &CUSTOMERS.replace("Petrov", "Petrova"));
    assert!(resume(&["in.csv"]).err.contains("no run to go on with"));
    let piped = [&["screen", "-", "--resume"], &DAY[..], &LOGGED].concat();
    assert!(
        folder
            .tamis_with(&piped, CUSTOMERS)
            .err
            .contains("read only once")
    );
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), 6);
}

#[test]
fn two_processes_at_once_lose_nothing() {
    const COUNT: usize = 10_000;
    let folder = Folder::new();
    many(&folder, COUNT);
    let mut both = [
        start(&folder, &["many.csv", "-o", "1.csv"]),
        start(&folder, &["many.csv", "-o", "2.csv"]),
    ];
    for child in &mut both {
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
    assert!(folder.read("1.csv") == folder.read("2.csv"));
    let runs = "SELECT count(*) FROM (SELECT heading FROM records GROUP BY heading HAVING count(*) = 10000)";
    assert_eq!(ask(&folder, runs), 2);
    assert_eq!(
        ask(&folder, "SELECT count(*) FROM records"),
        2 * (COUNT as i64 + 1)
    );
    assert_eq!(
        ask(
            &folder,
            "SELECT count(*) FROM parts WHERE id IN (SELECT subject FROM records)"
        ),
        COUNT as i64,
        "shared"
    );
    let verified = verify(&folder, &[]);
    assert_eq!(verified.code, 0, "{}", verified.out);
}

/// Waits until a run is locked by this process.
fn held_by(folder: &Folder, child: &mut Child) {
    let sign = format!("process {},", child.id());
    let signed = || {
        let files = std::fs::read_dir(folder.path("log.db.runs")).unwrap();
        let mut files = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        files.any(|text| text.contains(&sign))
    };
    while !signed() {
        assert_eq!(child.try_wait().unwrap(), None, "it cannot come to its end");
    }
}

#[test]
fn a_run_is_written_by_one_process_and_free_when_that_was_killed() {
    const COUNT: usize = 9_000;
    let folder = Folder::new();
    many(&folder, COUNT);
    let whole = screen(&folder, &["many.csv"]).out;
    let resume = || logged(&folder, &["many.csv", "-o", "out.csv", "--resume"]);
    let refused = |child: &Child| {
        let (before, run) = (ask(&folder, "SELECT count(*) FROM records"), resume());
        let holder = format!("is being written by anna, process {}, since 2", child.id());
        assert!(run.code == 2 && run.err.contains(&holder), "{}", run.err);
        assert!(
            run.err.contains("help: ") && run.err.contains("--resume"),
            "{}",
            run.err
        );
        assert_eq!(ask(&folder, "SELECT count(*) FROM records"), before);
        assert!(!folder.path("out.csv").exists());
    };

    let first = stuck(&folder, &["many.csv", "--jobs", "1"]);
    refused(&first);
    killed(first);
    let mut second = stuck(&folder, &["many.csv", "--jobs", "1", "--resume"]);
    held_by(&folder, &mut second);
    refused(&second);
    killed(second);
    let mut third = stuck(&folder, &["many.csv", "--jobs", "1", "--resume"]);
    held_by(&folder, &mut third);
    refused(&third);
    let mut out = String::new();
    third.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(third.wait().unwrap().code(), Some(1));
    assert!(out == whole, "the output is that of an uninterrupted run");
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), COUNT as i64 + 1);
    let locks = std::fs::read_dir(folder.path("log.db.runs")).unwrap();
    let locks: Vec<_> = locks.map(|file| file.unwrap().file_name()).collect();
    assert_eq!(
        locks,
        ["snapshots.lock"],
        "a run that has ended leaves no lock of its own"
    );
    assert_eq!(resume().code, 1, "and may be repeated");
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), COUNT as i64 + 1);
    assert_eq!(verify(&folder, &[]).code, 0);
}

#[test]
fn two_that_go_on_with_a_run_at_once_write_each_record_once() {
    const COUNT: usize = 9_000;
    let folder = Folder::new();
    many(&folder, COUNT);
    killed(stuck(&folder, &["many.csv", "--jobs", "1"]));
    let whole = screen(&folder, &["many.csv"]).out;
    let outputs = ["1.csv", "2.csv", "3.csv"];
    let mut all = outputs.map(|name| (name, start(&folder, &["many.csv", "-o", name, "--resume"])));
    let mut done = 0;
    for (name, child) in &mut all {
        match child.wait().unwrap().code() {
            Some(1) => {
                done += 1;
                assert!(folder.read(name) == whole);
            }
            code => assert_eq!((code, folder.path(name).exists()), (Some(2), false)),
        }
    }
    assert!(done > 0, "one of them at least");
    assert_eq!(ask(&folder, "SELECT count(*) FROM records"), COUNT as i64 + 1);
    let customers = "SELECT count(DISTINCT customer) FROM records";
    assert_eq!(ask(&folder, customers), COUNT as i64);
    assert_eq!(verify(&folder, &[]).code, 0);
}
