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
use tamis_log::{Action, Entry, Error, FaultKind, Filter, Head, Headed, Heading, Log, SqliteStore, Whose};

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

/// A log of which a clock that was ahead wrote records 4 and 5; at noon and ten minutes it is set right, by record 6.
fn set_right() -> Place {
    let place = filled(3);
    let mut log = place.log();
    place.at("2030-01-01T00:00:00Z");
    for customer in ["C4", "C5"] {
        log.append(&[screening(&heading("anna"), customer)]).unwrap();
    }
    place.set(NOON + 600);
    let refused = log.append(&[screening(&heading("anna"), "C6")]).unwrap_err();
    assert!(
        refused.to_string().contains("tamis log correct-clock"),
        "{refused}"
    );
    assert!(matches!(log.correct_clock("anna", " . "), Err(Error::NoReason)));
    let corrected = log
        .correct_clock("anna", "the server's battery was empty")
        .unwrap();
    assert_eq!(corrected.last.to_string(), "2030-01-01T00:00:00Z");
    log.append(&[screening(&heading("anna"), "C6")]).unwrap();
    place
}

#[test]
fn a_log_goes_on_after_a_clock_that_was_ahead_and_tells_it() {
    let place = set_right();
    let mut log = place.log();
    assert_eq!(log.get(7).unwrap().time, (NOON + 600) * 1_000_000);
    assert!(matches!(
        log.correct_clock("anna", "again"),
        Err(Error::ClockRight { .. })
    ));
    assert!(matches!(
        Place::new().log().correct_clock("anna", "it is empty"),
        Err(Error::ClockRight { .. })
    ));
    let told = log.verify(&[]).unwrap();
    assert_eq!(told.faults, []);
    assert_eq!(told.notes.len(), 2, "{:?}", told.notes);
    assert!(told.notes[0].starts_with("record 6 sets the time back from 2030-01-01T00:00:00Z to 2026-11-29"));
    assert!(told.notes[1].starts_with("records 4 to 5 lie ahead of the clock"));
    place.at("2031-01-01T00:00:00Z");
    assert_eq!(log.verify(&[]).unwrap().notes.len(), 1, "no longer ahead");

    let micro = |second: i64| Some(second * 1_000_000);
    let new_year = micro("2029-12-31T00:00:00Z".parse::<Timestamp>().unwrap().as_second());
    for (since, before, expected) in [
        (new_year, None, vec![4, 5]),
        (micro(NOON + 600), None, vec![4, 5, 6, 7]),
        (micro(NOON + 600), new_year, vec![6, 7]),
        (None, micro(NOON + 600), vec![1, 2, 3]),
    ] {
        let filter = Filter {
            since,
            before,
            ..Filter::default()
        };
        assert_eq!(sequences(&log, &filter), expected);
        assert_eq!(log.count(&filter).unwrap(), expected.len() as u64);
        let last = log.last(&filter).unwrap().unwrap();
        assert_eq!(Some(&last.sequence), expected.last());
    }
}

#[test]
fn what_a_clock_ahead_wrote_is_kept_as_long_as_its_own_time_says() {
    let place = set_right();
    let mut log = place.log();
    let mut purge = |now: &str, through| {
        place.at(now);
        log.purge(through, 10, "records office", "retention is over")
    };
    let early = purge("2037-01-01T00:00:00Z", Some(7)).unwrap_err();
    assert!(matches!(early, Error::TooEarly { sequence: 4, .. }), "{early}");
    let through = |purged: Option<tamis_log::Purged>| purged.map(|purged| purged.through);
    assert_eq!(through(purge("2037-01-01T00:00:00Z", None).unwrap()), Some(3));
    assert_eq!(through(purge("2037-01-02T00:00:00Z", None).unwrap()), None);
    assert_eq!(through(purge("2040-01-01T00:00:00Z", None).unwrap()), Some(7));
    assert_eq!(log.verify(&[]).unwrap().faults, []);
}

#[test]
fn a_time_that_goes_back_without_a_word_of_it_is_back_dated() {
    let place = set_right();
    place.sql("UPDATE records SET body = replace(body, '2030-01-01', '2030-01-02') WHERE sequence = 6");
    let verification = place.log().verify(&[]).unwrap();
    let back_dated = verification
        .faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::BackDated);
    assert_eq!(back_dated.map(|fault| fault.sequence).collect::<Vec<_>>(), [6, 7]);
    assert_eq!(verification.notes.len(), 0, "{:?}", verification.notes);
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
fn a_head_is_compared_with_all_that_it_says() {
    let place = filled(3);
    let mut log = place.log();
    let head = log.head().unwrap();
    place.at("2036-11-29T12:03:00Z");
    log.purge(Some(1), 10, "records office", "retention is over")
        .unwrap();
    let later = log.head().unwrap();
    assert_eq!(log.verify(&[head.clone(), later.clone()]).unwrap().faults, []);
    let seconds = |time: Timestamp, by: i64| time + jiff::SignedDuration::from_secs(by);
    for (changed, told) in [
        (
            Head {
                count: 4,
                ..head.clone()
            },
            "the log held 4 records then",
        ),
        (
            Head {
                count: 1,
                ..head.clone()
            },
            "the log held 1 records then",
        ),
        (
            Head {
                count: 4,
                ..later.clone()
            },
            "the log held 4 records then",
        ),
        (
            Head {
                count: 2,
                ..later.clone()
            },
            "the log held 2 records then",
        ),
        (
            Head {
                time: seconds(later.time, 1),
                ..later
            },
            "it was written at 2036",
        ),
        (
            Head {
                time: seconds(head.time, -1),
                ..head
            },
            "it was written at 2026",
        ),
    ] {
        let faults = log.verify(std::slice::from_ref(&changed)).unwrap().faults;
        assert_eq!(faults.len(), 1, "{changed:?}");
        assert_eq!(
            (faults[0].kind, faults[0].sequence),
            (FaultKind::OtherHead, changed.sequence)
        );
        assert!(faults[0].why.contains(told), "{}", faults[0].why);
    }
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
