//! Ids that rows give to unlike names: a row that gives a company's id to its listed owner, or to anybody, ends no alert.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::stakes::{Stake, answer, customer};
use tamis_model::{Action, Status};

const SDN: (&str, &str) = ("Viktor Sdnov", "");
const MEADOW: (&str, &str) = ("Meadow Ltd", "M-1");
const OTHER: (&str, &str) = ("Other Ltd", "");
const OWNED: &str = "us:1 OWNED block";
const POSSIBLY: &str = "us:1 POSSIBLY_OWNED review";

/// The name with an id that is, or may be, a slip.
fn as_id<'a>((name, _): (&'a str, &str), id: &'a str) -> (&'a str, &'a str) {
    (name, id)
}

/// What blocks, each with rows that once ended it.
fn cases() -> Vec<(&'static str, Vec<Stake<'static>>, Vec<Stake<'static>>)> {
    let direct = || vec![(SDN, MEADOW, "60")];
    let mid = ("Mid Holding GmbH", "");
    let chain = || vec![(SDN, mid, "60"), (mid, MEADOW, "60")];
    let by_name = |owner| vec![(owner, as_id(MEADOW, ""), "60")];
    vec![
        (
            "the company's id to its owner",
            direct(),
            vec![(as_id(SDN, "M-1"), OTHER, "5")],
        ),
        (
            "as somebody who is owned",
            direct(),
            vec![(("Jane Roe", ""), as_id(SDN, "M-1"), "5")],
        ),
        (
            "both with ids",
            vec![(as_id(SDN, "P-1"), MEADOW, "60")],
            vec![(as_id(SDN, "M-1"), OTHER, "5")],
        ),
        (
            "both with one id",
            direct(),
            vec![(as_id(SDN, "M-1"), MEADOW, "5")],
        ),
        (
            "the owner's id to the company",
            by_name(as_id(SDN, "P-1")),
            vec![(as_id(MEADOW, "P-1"), OTHER, "5")],
        ),
        (
            "each the other's",
            vec![(as_id(SDN, "P-1"), MEADOW, "60")],
            vec![
                (as_id(SDN, "M-1"), OTHER, "5"),
                (as_id(MEADOW, "P-1"), OTHER, "5"),
            ],
        ),
        (
            "to a third name",
            direct(),
            vec![(("Jane Roe", "M-1"), OTHER, "5")],
        ),
        (
            "to a name in the way",
            chain(),
            vec![(as_id(mid, "M-1"), OTHER, "5")],
        ),
        (
            "to an owner two steps up",
            chain(),
            vec![(as_id(SDN, "M-1"), OTHER, "5")],
        ),
        (
            "one id to the owner and one in the way",
            chain(),
            vec![(as_id(SDN, "R-1"), OTHER, "5"), (as_id(mid, "R-1"), OTHER, "5")],
        ),
        (
            "one id to everybody",
            chain(),
            vec![(as_id(SDN, "M-1"), OTHER, "5"), (as_id(mid, "M-1"), OTHER, "5")],
        ),
        (
            "the id of another entry to the owner",
            direct(),
            vec![(as_id(SDN, "us:3"), OTHER, "5")],
        ),
        (
            "the id of the owner's entry to the company",
            by_name(as_id(SDN, "us:1")),
            vec![(as_id(MEADOW, "us:1"), OTHER, "5")],
        ),
        (
            "to two owners, of whom each has half of what is needed",
            vec![(SDN, MEADOW, "25"), (("Pavel Blokov", ""), MEADOW, "25")],
            vec![
                (as_id(SDN, "X-1"), OTHER, "5"),
                (("Pavel Blokov", "X-1"), OTHER, "5"),
            ],
        ),
        (
            "a company that is named as its owner is, two steps down",
            vec![(SDN, mid, "60"), (mid, ("Viktor Sdnov Trading Ltd", "M-1"), "60")],
            vec![(as_id(SDN, "M-1"), OTHER, "5")],
        ),
        (
            "a company that is named as its owner is but for the form",
            vec![(SDN, mid, "60"), (mid, ("Viktor Sdnov Ltd", "M-1"), "60")],
            vec![(as_id(SDN, "M-1"), OTHER, "5")],
        ),
        (
            "a company that is named as its owner is",
            vec![(SDN, ("Viktor Sdnov Trading Ltd", "M-1"), "60")],
            vec![(as_id(SDN, "M-1"), OTHER, "5")],
        ),
    ]
}

/// By whatever the customer is known.
#[test]
fn what_is_owned_stays_blocked() {
    for (what, rows, more) in cases() {
        let name = rows.last().unwrap().1.0;
        for subject in [customer(name, "M-1"), customer(name, ""), customer(name, "C-17")] {
            let (_, before) = answer(&rows, &subject);
            assert_eq!(before.action(), Some(Action::Block), "{what}: {subject:?}");
            for with_more in [
                [rows.clone(), more.clone()].concat(),
                [more.clone(), rows.clone()].concat(),
            ] {
                let (told, after) = answer(&with_more, &subject);
                assert_eq!(
                    after.action(),
                    Some(Action::Block),
                    "{what}: {subject:?}: {told} {:#?}",
                    after.notes
                );
                assert!(told.contains("OWNED block"), "{what}: {told}");
            }
        }
    }
}

/// A customer whose id the rows give to another name: that one's owners were examined, and are.
#[test]
fn an_id_that_is_right_is_kept() {
    let renamed = [
        (SDN, ("Old Meadow Trading Ltd", "M-1"), "30"),
        (("Pavel Blokov", ""), ("Sunrise Ltd", "M-1"), "30"),
        (("Sunrise Ltd", "M-1"), ("Daughter Ltd", "D-1"), "100"),
    ];
    for (name, id) in [
        ("Old Meadow Trading Ltd", "M-1"),
        ("Sunrise Ltd", ""),
        ("Daughter Ltd", "D-1"),
    ] {
        let (told, decision) = answer(&renamed, &customer(name, id));
        assert!(
            told.contains(OWNED) && told.contains("us:2 OWNED block"),
            "{name}: {told}"
        );
        let is_told =
            |note: &String| note.contains("the stakes give one id to") && note.contains("check the ids");
        assert!(decision.notes.iter().any(is_told), "{name}: {:?}", decision.notes);
    }
    let spelt = [
        (SDN, ("Zelenyi Gorod OOO", "M-1"), "30"),
        (("Pavel Blokov", ""), ("Zeleny Gorod OOO", "M-1"), "30"),
    ];
    let (told, decision) = answer(&spelt, &customer("Zelenyi Gorod OOO", "M-1"));
    assert_eq!(told, "us:1 OWNED block, us:2 OWNED block");
    assert_eq!(
        decision.notes,
        Vec::<String>::new(),
        "spellings of one name are no slip"
    );
}

/// A customer that is, by the stakes, somebody listed.
#[test]
fn a_customer_whose_id_is_given_to_a_listed_name_is_told() {
    let rows = [(as_id(SDN, "M-1"), OTHER, "5")];
    let (told, decision) = answer(&rows, &customer("Meadow Ltd", "M-1"));
    assert_eq!(told, POSSIBLY, "{decision:?}");
    let via = decision
        .alerts
        .iter()
        .find_map(|finding| finding.via.as_ref())
        .unwrap();
    assert_eq!(
        via.grounds
            .iter()
            .map(|ground| ground.meaning.as_str())
            .collect::<Vec<_>>(),
        ["the stakes say that the customer is 'Viktor Sdnov (M-1)', who is listed: check the id"]
    );
    for (name, id) in [("Meadow Ltd", "M-2"), ("Meadow Ltd", "")] {
        assert_eq!(
            answer(&rows, &customer(name, id)).1.status,
            Status::Clear,
            "{name} {id}"
        );
    }
    let by_name = [(as_id(SDN, "M-1"), OTHER, "5"), (MEADOW, OTHER, "5")];
    assert_eq!(answer(&by_name, &customer("Meadow Ltd", "")).0, POSSIBLY);
    let by_id = [(("Meadow Ltd", "us:1"), OTHER, "5")];
    assert_eq!(answer(&by_id, &customer("Meadow Ltd", "")).0, POSSIBLY);
    let itself = [(as_id(SDN, "M-1"), OTHER, "5")];
    assert_eq!(
        answer(&itself, &customer("Viktor Sdnov", "M-1")).0,
        "us:1 - block",
        "told once"
    );
    let nameless = [
        (SDN, ("Mid Ltd", ""), "60"),
        (("Mid Ltd", ""), ("M-1", "M-1"), "60"),
        (as_id(SDN, "M-1"), OTHER, "5"),
    ];
    assert_eq!(answer(&nameless, &customer("Meadow Ltd", "M-1")).0, OWNED);
}

/// A name without an id was taken for another company, before a row gave it an id of its own.
#[test]
fn an_id_that_a_row_does_not_write_parts_nobody() {
    let rows = [
        (SDN, ("Nordwind LLC", "R-1"), "60"),
        (("Nordwind OOO", ""), ("Customer One Ltd", ""), "100"),
    ];
    let subject = customer("Customer One Ltd", "");
    assert_eq!(answer(&rows, &subject).0, OWNED);
    let more = [(("Jane Roe", ""), ("Nordwind OOO", "R-2"), "5")];
    assert_eq!(answer(&[&rows[..], &more].concat(), &subject).0, POSSIBLY);
    let written = [
        rows[0],
        (("Nordwind OOO", "R-2"), ("Customer One Ltd", ""), "100"),
    ];
    assert_eq!(
        answer(&written, &subject).1.status,
        Status::Clear,
        "another id of the same system, as the row says"
    );
}

/// A customer, rows by which it alerts, and a row that once made it clear.
type Cleared<'a> = (&'static str, (&'a str, &'a str), Vec<Stake<'a>>, Stake<'a>);

fn once_cleared() -> Vec<Cleared<'static>> {
    let greyfield = || {
        vec![
            (SDN, ("Greyfield Limited", "R-2"), "60"),
            (("Greyfield Ltd", ""), ("Bluefen Software GmbH", "R-1"), "60"),
        ]
    };
    let beside_listed = |name| {
        vec![
            (("Sdnov Viktor", "M-1"), OTHER, "5"),
            (MEADOW, OTHER, "5"),
            ((name, ""), ("Harbour Trading Ltd", ""), "100"),
        ]
    };
    let harbour = ("Harbour Trading Ltd", "C-1");
    let bluefen = vec![
        (SDN, ("Bluefen PJSC", "R-2"), "100"),
        (("Bluefen Ltd", ""), ("Customer Oy", ""), "75"),
    ];
    let listed_by_id = |id| {
        vec![
            (("Viktor Sdnov", id), OTHER, "5"),
            (("Meadow Ltd", id), OTHER, "5"),
        ]
    };
    vec![
        (
            "the customer's id to a company in the way",
            ("Bluefen Software GmbH", "R-1"),
            greyfield(),
            (("Greyfield Ltd", "R-1"), OTHER, "5"),
        ),
        (
            "any id of the system to a company in the way",
            ("Bluefen Software GmbH", "R-1"),
            greyfield(),
            (("Greyfield Ltd", "R-4"), OTHER, "5"),
        ),
        (
            "an id to a name that is like one in the way",
            ("Customer Oy", "1"),
            bluefen,
            (("Jane Roe", ""), ("Bluefen GmbH", "R-8"), "5"),
        ),
        (
            "a second id to a name beside a listed one",
            harbour,
            beside_listed("Meadow Limited"),
            (("Meadow Ltd", "REG-5-X"), OTHER, "5"),
        ),
        (
            "an id to a spelling of a name beside a listed one",
            harbour,
            beside_listed("Meadow Limited"),
            (("Jane Roe", ""), ("Meadow Limited", "REG-5-X"), "5"),
        ),
        (
            "another legal form of a name beside a listed one",
            harbour,
            beside_listed("Meadow"),
            (("Meadow AG", ""), OTHER, "5"),
        ),
        (
            "the customer's own id to its name, which has an entry's",
            ("Meadow Ltd", "M-5"),
            vec![(("Meadow Ltd", "us:1"), OTHER, "5")],
            (("Meadow Ltd", "M-5"), OTHER, "5"),
        ),
        (
            "the customer's own id to its name, which stands beside a listed one",
            ("Meadow Ltd", "M-5"),
            listed_by_id("R-1"),
            (("Meadow Ltd", "M-5"), OTHER, "5"),
        ),
        (
            "the same, in which the customer is owned",
            ("Meadow Ltd", "REG-5-X"),
            listed_by_id("R-1"),
            (("Jane Roe", ""), ("Meadow Ltd", "REG-5-X"), "100"),
        ),
    ]
}

#[test]
fn what_another_row_says_of_an_id_ends_nothing() {
    for (what, (name, id), rows, more) in once_cleared() {
        let subject = customer(name, id);
        let (before, _) = answer(&rows, &subject);
        assert!(!before.is_empty(), "{what}");
        let all: Vec<Stake<'_>> = rows.into_iter().chain([more]).collect();
        let (after, decision) = answer(&all, &subject);
        assert!(
            decision.action() >= Some(Action::Review),
            "{what}: {before}; then {after}"
        );
    }
}
