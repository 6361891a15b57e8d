//! What a log does over its life: several writers, clocks, reading by filter, retention, erasure.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{NOON, Place, filled, heading, screening};
use jiff::Timestamp;
use std::error::Error as _;
use std::sync::Arc;
use tamis_log::{Action, Entry, Error, Filter, Headed, Heading, Log, SqliteStore, Whose};

fn sequences(log: &Log, filter: &Filter) -> Vec<u64> {
    log.read(filter)
        .unwrap()
        .map(|record| record.unwrap().sequence)
        .collect()
}

#[test]
fn several_writers_lose_nothing() {
    const WRITERS: usize = 4;
    const BATCHES: usize = 25;
    let place = Place::new();
    let place = &place;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let (mut log, heading) = (place.log(), heading(&format!("writer {writer}")));
                for batch in 0..BATCHES {
                    let customers = (0..3).map(|at| screening(&heading, &format!("{writer}/{batch}/{at}")));
                    log.append(&customers.collect::<Vec<_>>()).unwrap();
                }
            });
        }
    });
    let mut log = place.log();
    let verification = log.verify(&[]).unwrap();
    assert_eq!(verification.faults, []);
    assert_eq!(verification.records, (WRITERS * BATCHES * 3) as u64);
    for writer in 0..WRITERS {
        let customers: Vec<String> = log
            .read(&Filter::default())
            .unwrap()
            .map(Result::unwrap)
            .filter(|record| record.heading().unwrap().actor == format!("writer {writer}"))
            .map(|record| record.customer.unwrap().to_string())
            .collect();
        let expected = (0..BATCHES).flat_map(|batch| (0..3).map(move |at| format!("{writer}/{batch}/{at}")));
        assert_eq!(customers, expected.collect::<Vec<_>>());
    }
}

/// Whoever comes first makes the tables; the others find them, whole.
#[test]
fn several_begin_one_log_at_once() {
    const WRITERS: usize = 8;
    for _ in 0..40 {
        let place = Place::new();
        let start = std::sync::Barrier::new(WRITERS);
        let begun = |writer: usize| {
            start.wait();
            let heading = heading(&format!("writer {writer}"));
            place.log().append(&[screening(&heading, "C1")]).unwrap();
        };
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let begun = &begun;
                scope.spawn(move || begun(writer));
            }
        });
        let verification = place.log().verify(&[]).unwrap();
        assert_eq!(
            (verification.faults, verification.records),
            (Vec::new(), WRITERS as u64)
        );
    }
}

#[test]
fn an_error_of_the_caller_leaves_the_log_as_it_was() {
    let place = filled(3);
    let mut log = place.log();
    let made: Result<_, Box<dyn std::error::Error>> = log.append_with(|store| {
        let open = tamis_log::Records::of(store, &Filter::default())?.count();
        Err(format!("{open} are open").into())
    });
    assert_eq!(made.unwrap_err().to_string(), "3 are open");
    log.append(&[screening(&heading("anna"), "C4")]).unwrap();
    assert_eq!(log.verify(&[]).unwrap().faults, []);
    assert_eq!(log.head().unwrap().sequence, 4);
}

#[test]
fn times_never_go_back_and_a_wrong_clock_is_refused() {
    let place = filled(3);
    let mut log = place.log();
    let entry = || [screening(&heading("anna"), "C4")];
    let last = NOON + 180;
    place.set(last - 240);
    log.append(&entry()).unwrap();
    assert_eq!(
        log.get(4).unwrap().time,
        last * 1_000_000,
        "a clock set back a little"
    );
    place.set(last - 301);
    assert!(matches!(log.append(&entry()), Err(Error::ClockBehind { .. })));
    assert_eq!(log.head().unwrap().sequence, 4);
    place.set(last);
    assert_eq!(log.verify(&[]).unwrap().faults, []);
}

#[test]
fn records_are_read_by_what_they_are_about() {
    let place = filled(600);
    let mut log = place.log();
    let decided = Headed::new(Heading::new(Action::AlertDecided, "emma")).unwrap();
    let entry = Entry {
        customer: Some("C7".into()),
        ..Entry::new(decided, &"false positive").unwrap()
    };
    place.set(NOON + 60 * 601);
    log.append(&[entry]).unwrap();
    let micro = |minute: i64| Some((NOON + 60 * minute) * 1_000_000);
    let all = Filter::default();
    let cases: Vec<(Filter, Vec<u64>)> = vec![
        (all.clone(), (1..=601).collect()),
        (
            Filter {
                customer: Some("C7".to_owned()),
                ..all.clone()
            },
            vec![7, 601],
        ),
        (
            Filter {
                customer: Some("nobody".to_owned()),
                ..all.clone()
            },
            vec![],
        ),
        (
            Filter {
                action: Some(Action::AlertDecided),
                ..all.clone()
            },
            vec![601],
        ),
        (
            Filter {
                request: Some("r1".to_owned()),
                from: Some(599),
                ..all.clone()
            },
            vec![599, 600],
        ),
        (
            Filter {
                since: micro(598),
                before: micro(600),
                ..all.clone()
            },
            vec![598, 599],
        ),
        (
            Filter {
                before: micro(3),
                ..all.clone()
            },
            vec![1, 2],
        ),
        (
            Filter {
                since: micro(602),
                ..all.clone()
            },
            vec![],
        ),
        (
            Filter {
                from: Some(4),
                to: Some(5),
                ..all.clone()
            },
            vec![4, 5],
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(sequences(&log, &filter), expected, "{filter:?}");
        assert_eq!(log.count(&filter).unwrap(), expected.len() as u64, "{filter:?}");
    }
    assert_eq!(log.get(601).unwrap().body::<String>().unwrap(), "false positive");
    assert!(matches!(
        log.get(602),
        Err(Error::NoRecord {
            sequence: 602,
            first: 1,
            last: 601
        })
    ));
}

#[test]
fn what_records_share_is_kept_once() {
    let place = Place::new();
    let mut log = place.log();
    for day in 0..5 {
        place.set(NOON + day * 86_400);
        let heading = heading("anna");
        log.append(&[screening(&heading, "C1"), screening(&heading, "C2")])
            .unwrap();
    }
    let counts = ["contexts", "headings", "customers", "parts", "records"]
        .map(|table| place.ask(&format!("SELECT count(*) FROM {table}")));
    assert_eq!(counts, [1, 1, 2, 2, 10]);
}

#[test]
fn records_are_kept_for_ten_years_to_the_day() {
    let place = Place::new();
    let mut log = place.log();
    let heading = heading("anna");
    let days = [
        "2016-02-28T12:00:00Z",
        "2016-02-29T12:00:00Z",
        "2016-03-01T12:00:00Z",
    ];
    for (at, day) in days.iter().enumerate() {
        place.at(day);
        log.append(&[screening(&heading, &format!("C{at}"))]).unwrap();
    }
    let head = log.head().unwrap();
    for (now, through, allowed) in [
        ("2026-02-27T12:00:00Z", 1, Some("2026-02-28T12:00:00Z")), // 9 years and 364 days, and a leap day
        ("2026-02-28T11:59:59Z", 1, Some("2026-02-28T12:00:00Z")),
        ("2026-02-28T12:00:00Z", 2, Some("2026-03-01T12:00:00Z")),
        ("2026-02-28T12:00:00Z", 1, None),
    ] {
        place.at(now);
        let purged = log.purge(Some(through), 10, "records office", "retention is over");
        match (purged, allowed) {
            (Err(error @ Error::TooEarly { .. }), Some(expected)) => {
                let text = error.to_string();
                assert!(text.contains(&format!("from {expected} on")), "{text}");
            }
            (Ok(Some(purged)), None) => assert_eq!((purged.through, purged.count), (1, 1)),
            (purged, _) => panic!("{now}: {purged:?}"),
        }
    }
    assert!(matches!(
        log.purge(None, 9, "a", "b"),
        Err(Error::Retention { .. })
    ));
    assert!(
        log.purge(None, 10, "a", "b").unwrap().is_none(),
        "nothing more is old enough"
    );
    assert!(matches!(log.get(1), Err(Error::NoRecord { first: 2, .. })));
    assert_eq!(
        place.ask("SELECT count(*) FROM parts"),
        2,
        "the personal data went too"
    );
    let verification = log.verify(&[head]).unwrap();
    assert_eq!(
        (verification.faults, verification.purged, verification.records),
        (vec![], 1, 3)
    );

    place.at("2038-01-01T00:00:00Z");
    assert!(
        log.purge(None, 12, "a", "b")
            .unwrap()
            .is_some_and(|purged| purged.through == 3)
    );
    let verification = log.verify(&[]).unwrap();
    assert_eq!(
        (verification.faults, verification.records),
        (vec![], 2),
        "the purges themselves are kept"
    );
}

#[test]
fn an_erased_person_is_gone_from_the_file_and_the_chain_stands() {
    let place = filled(20);
    let mut log = place.log();
    log.append(&[
        screening(&heading("anna"), "C5"),
        screening(&heading("anna"), "C6"),
    ])
    .unwrap();
    let head = log.head().unwrap();
    let erased = log
        .erase(&Whose::Customer("C5".to_owned()), "dpo", "Art. 17 GDPR")
        .unwrap();
    assert_eq!(erased.parts.len(), 1, "one part, however often it was screened");
    for sequence in [5, 21] {
        let record = log.get(sequence).unwrap();
        let subject = record.subject.unwrap();
        assert_eq!((subject.text(), subject.erased), (None, Some(23)));
        assert_eq!(record.customer.as_deref(), Some("C5"));
    }
    assert!(log.get(6).unwrap().subject.unwrap().text().is_some());
    assert_eq!(log.verify(&[head]).unwrap().faults, []);
    let again = log.erase(&Whose::Customer("C5".to_owned()), "dpo", "again");
    assert!(again.unwrap_err().to_string().contains("customer 'C5'"));
    log.erase(&Whose::Record(6), "dpo", "one record").unwrap();
    log.append(&[screening(&heading("anna"), "C5")]).unwrap();
    assert!(
        log.get(25).unwrap().subject.unwrap().text().is_some(),
        "whoever comes back is kept anew"
    );
    assert_eq!(log.verify(&[]).unwrap().faults, []);
    drop(log);
    for file in ["", "-wal"] {
        let mut path = place.path().into_os_string();
        path.push(file);
        let bytes = std::fs::read(path).unwrap_or_default();
        let found = |name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
        assert!(!found("C6 of Somewhere"), "{file}");
    }
}

#[test]
fn no_other_file_is_taken_for_a_log() {
    let place = Place::new();
    let open = || SqliteStore::open(&place.path()).map(drop);
    assert!(matches!(open(), Err(Error::Missing { .. })));
    std::fs::write(place.path(), "name\nAnton Ivanov\n".repeat(100)).unwrap();
    let error = open().unwrap_err();
    assert!(error.to_string().contains("no log: name another"), "{error}");
    assert!(error.source().is_none());
    std::fs::remove_file(place.path()).unwrap();
    place.sql("CREATE TABLE theirs (id INTEGER)");
    assert!(matches!(open(), Err(Error::Version { .. })));
    assert_eq!(
        place.ask("SELECT count(*) FROM sqlite_schema"),
        1,
        "it is as it was"
    );

    let later = Place::new();
    drop(later.log());
    later.sql("PRAGMA user_version = 2");
    assert!(
        SqliteStore::open(&later.path())
            .unwrap_err()
            .to_string()
            .contains("its version is 2")
    );
}

#[test]
fn a_log_that_cannot_be_written_says_so() {
    let place = Place::new();
    let nowhere = place.path().join("log.db");
    let error = SqliteStore::create(&nowhere).unwrap_err().to_string();
    assert!(error.contains("its folder must exist"), "{error}");
}

#[test]
fn the_time_is_that_of_the_moment_when_it_was_written() {
    let place = filled(1);
    let record = place.log().get(1).unwrap();
    assert_eq!(
        record.timestamp().unwrap(),
        "2026-11-29T12:01:00Z".parse::<Timestamp>().unwrap()
    );
    let heading: Arc<str> = record.heading.text.clone();
    assert!(
        heading.starts_with(r#"{"action":"screening","actor":"anna","context":""#),
        "{heading}"
    );
}
