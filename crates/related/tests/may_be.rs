//! What a name only may be counts as may-be, and one more row never ends an alert.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::stakes::{Stake, answer, customer};
use proptest::prelude::*;
use tamis_model::{Action, RelatedParty, RelatedRole, Status, Subject};

const SDN: (&str, &str) = ("Viktor Sdnov", "");
const OWNED: &str = "us:1 OWNED block";
const POSSIBLY: &str = "us:1 POSSIBLY_OWNED review";

fn bare(name: &str) -> (&str, &str) {
    (name, "")
}

#[test]
fn a_customer_may_be_another_one_of_the_stakes() {
    for (party, own, expected) in [
        (("Romashka PJSC", ""), ("Romashka LLC", ""), POSSIBLY),
        (("Romashka LLC", ""), ("OOO Romashka", ""), OWNED),
        (("Зелёный город ООО", ""), ("OOO Zelenyi Gorod", ""), POSSIBLY),
        (("Щукинский Рынок ООО", ""), ("Schukinskij Rynok", ""), POSSIBLY),
        (
            ("Nord-Wind Shipping S.A.", ""),
            ("Nordwind Shipping SA", ""),
            POSSIBLY,
        ),
        (
            ("Silverbrook Logistics Ltd", ""),
            ("Silverbrook Logistic Ltd", ""),
            POSSIBLY,
        ),
        (
            ("شركة النور للتجارة", ""),
            ("Al Noor Trading Company", ""),
            POSSIBLY,
        ),
        (("Silverbrook Ltd", "REG-99"), ("Silverbrook Ltd", "C-17"), OWNED),
        (("Silverbrook Ltd", "C-9"), ("Silverbrook Ltd", "C-17"), OWNED),
        (
            ("Silverbrook Trading Ltd", ""),
            ("Silverbrook Logistics Ltd", ""),
            "",
        ),
    ] {
        let rows = [(SDN, party, "60")];
        let (all, decision) = answer(&rows, &customer(own.0, own.1));
        assert_eq!(all, expected, "{party:?} {own:?}");
        let is_told = decision
            .notes
            .iter()
            .any(|note| note.contains("the customer may be"));
        assert_eq!(is_told, expected == POSSIBLY, "{:?}", decision.notes);
    }
}

/// The same where the stakes know the customer's id: only another id of the same system says that it is another company.
#[test]
fn an_id_of_another_system_does_not_hide_owners() {
    for (party, expected) in [
        (("Silverbrook Ltd", "REG-99"), POSSIBLY),
        (("Silverbrook Limited", "7707083893"), POSSIBLY),
        (("Silverbrook Ltd", "C-9"), ""),
        (("Silverbrook Limited", ""), OWNED),
    ] {
        let rows = [
            (SDN, party, "60"),
            (("Silverbrook Ltd", "C-17"), bare("Daughter Ltd"), "100"),
        ];
        let (all, decision) = answer(&rows, &customer("Silverbrook Ltd", "C-17"));
        assert_eq!(all, expected, "{party:?}");
        let apart = decision
            .notes
            .iter()
            .any(|note| note.contains("other ids of the same system"));
        assert_eq!(apart, expected.is_empty(), "{:?}", decision.notes);
    }
}

/// The cases of a review, each with the row that ended an alert there.
#[test]
fn a_row_more_leaves_a_review_at_least() {
    let company = |name| customer(name, "");
    let romashka = [
        (SDN, bare("Romashka PJSC"), "60"),
        (SDN, bare("Romashka KG"), "70"),
        (bare("Romashka"), bare("Other Thing Ltd"), "10"),
    ];
    assert_eq!(answer(&romashka, &company("Romashka LLC")).0, POSSIBLY);
    let nordwind = [
        (SDN, bare("Nordwind Holding GmbH"), "60"),
        (bare("Nordwind Holding"), bare("Customer Three Ltd"), "100"),
        (bare("Jane Roe"), bare("Nordwind Holding AG"), "100"),
    ];
    assert_eq!(answer(&nordwind[..2], &company("Customer Three Ltd")).0, OWNED);
    assert_eq!(answer(&nordwind, &company("Customer Three Ltd")).0, POSSIBLY);
    let treasury = [
        (SDN, bare("ООО Ромашка"), "60"),
        (bare("Romashka OOO"), bare("ООО Ромашка"), "5"),
    ];
    assert_eq!(answer(&treasury[..1], &company("Romashka OOO")).0, OWNED);
    assert_eq!(answer(&treasury, &company("Romashka OOO")).0, POSSIBLY);
}

#[test]
fn a_party_in_a_column_may_be_another_one_of_the_stakes() {
    let rows = [(SDN, bare("Nordwind Holding GmbH"), "60")];
    for (owner, expected) in [
        ("Nordwind Holding GmbH", OWNED),
        ("Nordwind Holding", OWNED),
        ("Nordwind Holding AG", POSSIBLY),
        ("Nord-Wind Holding GmbH", POSSIBLY),
        ("Silverbrook Trading GmbH", ""),
    ] {
        let subject = Subject {
            related: vec![RelatedParty::read(&format!("{owner} [100]"), RelatedRole::Owner)],
            ..Subject::named("Anything Else Ltd")
        };
        assert_eq!(answer(&rows, &subject).0, expected, "{owner}");
    }
}

/// A company in the way, under the names by which the engine finds it.
#[test]
fn a_company_in_the_way_may_be_another_one() {
    for (party, owner) in [
        ("Зелёный город ООО", "Zelenyi Gorod OOO"),
        ("Nordwind Holding GmbH", "Nordwind Holdings GmbH"),
        ("Nordwind Holding GmbH", "Nord Wind Holding GmbH"),
        ("Nordwind Holding GmbH", "Nordwind Holding AG"),
    ] {
        let rows = [
            (SDN, bare(party), "60"),
            (bare(owner), bare("Customer One Ltd"), "100"),
        ];
        let (all, decision) = answer(&rows, &customer("Customer One Ltd", ""));
        assert_eq!(all, POSSIBLY, "{party} {owner}");
        assert!(
            decision
                .notes
                .iter()
                .any(|note| note.contains(owner) && note.contains(party)),
            "{:?}",
            decision.notes
        );
    }
}

/// What is sure is not told again as what may be.
#[test]
fn what_is_sure_is_told_once() {
    let rows = [
        (SDN, bare("Silverbrook Logistics Ltd"), "60"),
        (SDN, bare("Silverbrook Logistics AG"), "60"),
        (SDN, bare("Silverbrook Logistical Ltd"), "60"),
    ];
    let (all, decision) = answer(&rows, &customer("Silverbrook Logistics Ltd", ""));
    assert_eq!(all, OWNED);
    let told = |note: &String| note.contains("AG") && note.contains("Silverbrook Logistical");
    assert!(decision.notes.iter().any(told), "{:?}", decision.notes);
}

/// One company as people write it: with and without its form, in two scripts, with a slip; and another one of nearly that name.
const CUSTOMER: [&str; 9] = [
    "Romashka OOO",
    "OOO Romashka",
    "Romashka",
    "ООО Ромашка",
    "Ромашка",
    "Romashka LLC",
    "Romashka AO",
    "Romashka KG",
    "Romashca OOO",
];
const MIDDLE: [&str; 9] = [
    "Зелёный город ООО",
    "Zelenyi Gorod OOO",
    "Zeleny Gorod",
    "OOO Zelyonyy Gorod",
    "Zelenyj Gorod LLC",
    "ZELENY GOROD OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU",
    "Zelenyi Gorod AG",
    "Zelenygorod OOO",
    "Зеленый Город",
];

const LISTED: [&str; 3] = ["Viktor Sdnov", "Pavel Blokov", "Oleg Ukhanov"];

fn one_of(names: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(names)
}

/// Ids of a register, or none.
fn of_register(id: &'static str) -> impl Strategy<Value = &'static str> {
    prop_oneof![2 => Just(""), 1 => Just(id)]
}

fn any_share() -> impl Strategy<Value = &'static str> {
    one_of(&["25", "49.99", "50", "60", "100", "?"])
}

/// Listed owners of a company that owns the customer, or of the customer itself, each name as somebody wrote it.
fn cluster() -> impl Strategy<Value = Vec<Stake<'static>>> {
    let listed = || one_of(&LISTED);
    let middle = || (one_of(&MIDDLE), of_register("REG-1"));
    let own = || (one_of(&CUSTOMER), of_register("REG-2"));
    let row = prop_oneof![
        (listed(), middle(), any_share()).prop_map(|(owner, owned, share)| (bare(owner), owned, share)),
        (middle(), own(), any_share()),
        (listed(), own(), any_share()).prop_map(|(owner, owned, share)| (bare(owner), owned, share)),
    ];
    prop::collection::vec(row, 1..5)
}

/// Any row of somebody who wants to slip through: any of the names, the listed owners' too, with ids that are none of the register's, and
/// with its ids beside names that are none of those to which it gives them.
fn stray() -> impl Strategy<Value = Stake<'static>> {
    let company = || prop_oneof![3 => one_of(&CUSTOMER), 3 => one_of(&MIDDLE), 1 => one_of(&["Jane Roe", "Other Thing Ltd"])];
    let anybody = prop_oneof![
        8 => (company(), one_of(&["", "", "C-17", "X-1", "7707083893"])),
        1 => one_of(&LISTED).prop_map(bare),
        3 => (one_of(&LISTED), one_of(&["REG-1", "REG-2", "C-17", "X-1", "us:3", "us:1"])),
        1 => (one_of(&CUSTOMER), one_of(&["REG-1", "us:1", "us:3"])),
        1 => (one_of(&MIDDLE), one_of(&["REG-2", "us:1", "us:3"])),
        1 => (one_of(&["Jane Roe", "Other Thing Ltd"]), one_of(&["REG-1", "REG-2"])),
    ];
    let anybody = anybody.boxed();
    (anybody.clone(), anybody, any_share())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_row_more_never_ends_an_alert(
        rows in cluster(),
        more in prop::collection::vec(stray(), 1..3),
        name in one_of(&CUSTOMER),
        id in one_of(&["", "C-17"]),
    ) {
        let subject = customer(name, id);
        let (before, decision) = answer(&rows, &subject);
        let with_more: Vec<Stake<'_>> = rows.iter().chain(&more).copied().collect();
        let (after, with_more) = answer(&with_more, &subject);
        if decision.status == Status::Hit {
            prop_assert_eq!(with_more.status, Status::Hit, "{} -> {}: {:#?}", before, after, with_more.notes);
            prop_assert!(with_more.action() >= Some(Action::Review));
        }
    }

    /// The order of rows changes nothing, in what may be neither.
    #[test]
    fn the_order_of_rows_changes_nothing(rows in cluster(), more in stray(), name in one_of(&CUSTOMER)) {
        let mut rows: Vec<Stake<'_>> = rows.into_iter().chain([more]).collect();
        let one = answer(&rows, &customer(name, ""));
        rows.reverse();
        let two = answer(&rows, &customer(name, ""));
        prop_assert_eq!(one.0, two.0);
        prop_assert_eq!(one.1.notes, two.1.notes);
    }
}
