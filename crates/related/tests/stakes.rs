//! What stands behind a customer in a graph of stakes: the cases of columns give the same from stakes, and the whole graph's own answers
//! are the oracle.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{TODAY, company, decided, decided_by, parties, screener, shared, told};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tamis_model::{Decision, RelatedParty, RelatedRole, Status, Subject};
use tamis_ownership::{
    Assessment, Builder, Graph, Interest, Named, OwnershipFinding, Party, Role, Row, Share, TieKind, Verdict,
    rules,
};
use tamis_policy::Policy;
use tamis_related::Assessor;
use tamis_screen::normal_form;

fn key(name: &str) -> String {
    normal_form(name, None)
}

fn graph(rows: Vec<Row>) -> Graph {
    let mut builder = Builder::new(&key).part_unlike(&tamis_related::words);
    rows.into_iter().for_each(|row| builder.add(row));
    builder.finish().0
}

fn with(rows: Vec<Row>) -> Assessor {
    Assessor::new().unwrap().with_stakes(graph(rows))
}

/// The statement that a column makes, as a file of stakes makes it.
fn rows_of(party: &RelatedParty, owned: &str) -> Vec<Row> {
    let share = party
        .share
        .as_deref()
        .and_then(|text| Share::parse(text).unwrap_or(None));
    let interest = match party.role {
        RelatedRole::BeneficialOwner => Interest::Beneficial,
        _ => Interest::Shares,
    };
    let stake = TieKind::Stake {
        interest,
        share,
        joint: None,
    };
    let role = match party.role {
        RelatedRole::Owner | RelatedRole::BeneficialOwner => None,
        RelatedRole::Director => Some(Role::Director),
        RelatedRole::Officer => Some(Role::Officer),
        RelatedRole::Signatory => Some(Role::Signatory),
    };
    let stake = (party.role.owns() || party.share.is_some()).then_some(stake);
    let kinds = stake.into_iter().chain(role.map(|role| TieKind::Role { role }));
    let row = |kind| Row::new(Named::new(&party.name), Named::new(owned), kind);
    kinds.map(row).collect()
}

fn sorted(decision: &Decision) -> Vec<String> {
    let mut told: Vec<String> = decision.alerts.iter().map(told).collect();
    told.sort();
    told
}

#[test]
fn every_case_of_columns_is_decided_alike_from_stakes() {
    let mut reader = csv::Reader::from_reader(include_bytes!("../../../data/cases/related.csv").as_slice());
    for row in reader.records() {
        let row = row.unwrap();
        let screener = screener(Policy::new(row[2].parse().unwrap()));
        let stated = company(parties(&row[3]));
        let rows = stated
            .related
            .iter()
            .flat_map(|party| rows_of(party, "Silverbrook Logistics Ltd"));
        let assessor = with(rows.collect());
        let bare = company(Vec::new());
        let expected = sorted(&decided(&screener, &stated));
        assert_eq!(
            sorted(&decided_by(&assessor, &screener, &bare)),
            expected,
            "{}: stakes alone",
            &row[0]
        );
        assert_eq!(
            sorted(&decided_by(&assessor, &screener, &stated)),
            expected,
            "{}: stakes and columns",
            &row[0]
        );
    }
}

#[test]
fn the_deal_decides_for_owners_of_owners_too() {
    let half = Share::parse("50").unwrap();
    let assessor = with(vec![
        Row::stake(
            Named::new("Oleg Ukhanov"),
            Named::new("Middle AG"),
            Share::parse("51").unwrap(),
        ),
        Row::stake(
            Named::new("Middle AG"),
            Named::new("Silverbrook Logistics Ltd"),
            Share::parse("51").unwrap(),
        ),
        Row::stake(Named::new("Jane Roe"), Named::new("Other Ltd"), half),
    ]);
    let screener = screener(Policy::new(TODAY));
    let here = |jurisdiction: &str| Subject {
        jurisdictions: vec![jurisdiction.to_owned()],
        ..company(Vec::new())
    };
    assert_eq!(
        sorted(&decided_by(&assessor, &screener, &here("uk"))),
        ["uk:1 OWNED block"]
    );
    assert_eq!(
        decided_by(&assessor, &screener, &here("us")).status,
        Status::Clear
    );
    assert_eq!(
        sorted(&decided_by(&assessor, &screener, &company(Vec::new()))),
        ["uk:1 OWNED block"]
    );
}

#[test]
fn a_tie_that_has_ended_or_is_not_verified_says_nothing() {
    let tie = |change: fn(&mut Row)| {
        let mut row = Row::stake(
            Named::new("Karl Unger"),
            Named::new("Silverbrook Logistics Ltd"),
            None,
        );
        change(&mut row);
        decided_by(&with(vec![row]), shared(), &company(Vec::new()))
    };
    assert_eq!(sorted(&tie(|_| ())), ["un:1 POSSIBLY_OWNED review"]);
    let ended = tie(|row| row.to = Some(jiff::civil::date(2026, 11, 28)));
    let unverified = tie(|row| row.unverified = true);
    assert_eq!((ended.status, unverified.status), (Status::Clear, Status::Clear));
}

const NAMES: [&str; 9] = [
    "Viktor Sdnov",
    "Pavel Blokov",
    "Oleg Ukhanov",
    "Severnaya Elektronika OOO",
    "Alder Ltd",
    "Birch Ltd",
    "Cedar Ltd",
    "Dogwood Ltd",
    "Elm Ltd",
];

fn any_row() -> impl Strategy<Value = Row> {
    let shares = ["25", "49.99", "50", "50.01", "100", "?"];
    let roles = [Role::Director, Role::Signatory, Role::Control];
    let kind = prop_oneof![
        5 => prop::sample::select(shares.to_vec()).prop_map(|share| TieKind::Stake {
            interest: Interest::Shares,
            share: Share::parse(share).unwrap(),
            joint: None,
        }),
        1 => prop::sample::select(roles.to_vec()).prop_map(|role| TieKind::Role { role }),
    ];
    (
        prop::sample::select(NAMES.to_vec()),
        prop::sample::select(NAMES[4..].to_vec()),
        kind,
    )
        .prop_map(|(owner, owned, kind)| Row::new(Named::new(owner), Named::new(owned), kind))
}

/// `ofac OWNED 50.00`, for what has an owner behind it.
fn words(finding: &OwnershipFinding) -> Option<String> {
    let total = match &finding.verdict {
        Verdict::Listed => return None,
        Verdict::Owned { total, .. } => total.map(|total| total.to_string()),
        Verdict::PossiblyOwned { known } => Some(known.to_string()),
        _ => None,
    };
    Some(format!("{} {} {total:?}", finding.rule, finding.verdict.as_str()))
}

fn grounds(decision: &Decision) -> BTreeSet<String> {
    let all = decision.alerts.iter().chain(&decision.information);
    let grounds = all
        .filter_map(|finding| finding.via.as_ref())
        .flat_map(|via| &via.grounds);
    let word = |ground: &tamis_model::Ground| {
        let owned = ground.kind >= tamis_model::ViaKind::PossiblyOwned;
        let total = ground.total.as_ref().filter(|_| owned);
        Some(format!(
            "{} {} {total:?}",
            ground.rule.as_ref()?,
            ground.kind.as_str()
        ))
    };
    grounds.filter_map(word).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_customer_is_judged_as_the_whole_graph_judges_it(rows in prop::collection::vec(any_row(), 1..14)) {
        let (whole, all) = (graph(rows.clone()), rules().unwrap());
        let is_listed = |party: &Party| {
            let alerts = shared().screen(&Subject::named(&party.name)).alerts;
            alerts.into_iter().flat_map(|finding| finding.measures).collect()
        };
        let assessment = Assessment::of(&whole, TODAY, &all, &is_listed);
        let assessor = with(rows);
        for name in &NAMES[4..] {
            let expected: BTreeSet<String> = whole
                .by_key(&key(name))
                .iter()
                .flat_map(|&party| assessment.findings(party))
                .filter_map(|finding| words(&finding))
                .collect();
            let decision = decided_by(&assessor, shared(), &Subject::named(*name));
            prop_assert_eq!(grounds(&decision), expected, "{}", name);
            let steps = decision.alerts.iter().filter_map(|f| f.via.as_ref()).flat_map(|via| &via.grounds);
            for ground in steps.filter(|ground| ground.rule.is_some()) {
                prop_assert!(ground.path.iter().any(|step| step.owned == *name), "{:?}", ground);
            }
        }
    }

    #[test]
    fn stakes_never_remove_an_alert(rows in prop::collection::vec(any_row(), 0..10), share in prop::option::of(1_u32..100)) {
        let mut customer = Subject::named("Alder Ltd");
        customer.related = vec![RelatedParty {
            name: "Viktor Sdnov".to_owned(),
            role: RelatedRole::Owner,
            share: share.map(|share| share.to_string()),
        }];
        let before = decided(shared(), &customer);
        let after = decided_by(&with(rows), shared(), &customer);
        let most = |decision: &Decision| decision.alerts.iter().filter(|f| f.hit.entity_id == "us:1").map(|f| f.action).max();
        prop_assert!(most(&after) >= most(&before));
    }
}

fn owned_by_sdn(company: &str) -> Vec<Row> {
    vec![Row::stake(
        Named::new("Viktor Sdnov"),
        Named::new(company),
        Share::parse("60").unwrap(),
    )]
}

/// A legal form, its place, an umlaut or another script never clears a customer that is owned.
#[test]
fn a_customer_is_its_name_however_it_is_spelt() {
    for (stakes, customer) in [
        ("Silverbrook Logistics Ltd", "Silverbrook Logistics Limited"),
        ("Silverbrook Logistics Ltd", "Silverbrook Logistics"),
        ("Romashka OOO", "OOO Romashka"),
        ("Romashka OOO", "ООО Ромашка"),
        ("Müller GmbH", "Mueller GmbH"),
        ("Müller GmbH", "Muller GmbH"),
        ("Хортиця ТОВ", "Khortytsia LLC"),
    ] {
        let assessor = with(owned_by_sdn(stakes));
        let decision = decided_by(&assessor, shared(), &Subject::named(customer));
        assert_eq!(sorted(&decision), ["us:1 OWNED block"], "{stakes} / {customer}");
        assert!(
            decision.notes.iter().any(|note| note.contains(stakes)),
            "{:?}",
            decision.notes
        );
    }
    let assessor = with(owned_by_sdn("Silverbrook Logistics Ltd"));
    for other in ["Silverbrook Trading Ltd", "Alderwick Logistics Ltd"] {
        assert_eq!(
            decided_by(&assessor, shared(), &Subject::named(other)).status,
            Status::Clear,
            "{other}"
        );
    }
}

/// Companies in the way, and owners, are found under every spelling, and joining spellings never loses a share.
#[test]
fn a_chain_holds_where_a_company_is_spelt_in_two_ways() {
    let half = || Share::parse("50").unwrap();
    let stake = |owner: &str, owned: &str| Row::stake(Named::new(owner), Named::new(owned), half());
    let customer = || Subject::named("Silverbrook Logistics Ltd");
    let chain = with(vec![
        stake("Viktor Sdnov", "Nordwind G.m.b.H."),
        stake("GmbH Nordwind", "Silverbrook Logistics Limited"),
    ]);
    let decision = decided_by(&chain, shared(), &customer());
    assert_eq!(sorted(&decision), ["us:1 OWNED block"], "{:?}", decision.notes);

    let named = Subject {
        related: vec![RelatedParty::read("Nordwind Limited [50]", RelatedRole::Owner)],
        ..Subject::named("Anything Ltd")
    };
    let above = with(vec![stake("Viktor Sdnov", "Nordwind Ltd.")]);
    assert_eq!(
        sorted(&decided_by(&above, shared(), &named)),
        ["us:1 OWNED block"]
    );

    let quarter = || Share::parse("25").unwrap();
    let quarters = with(vec![
        Row::stake(
            Named::new("Severnaya Holding OOO"),
            Named::new("Silverbrook Logistics Ltd"),
            quarter(),
        ),
        Row::stake(
            Named::new("OOO Severnaya Holding"),
            Named::new("Silverbrook Logistics Ltd"),
            quarter(),
        ),
        stake("Viktor Sdnov", "Severnaya Holding OOO"),
    ]);
    let kinds = sorted(&decided_by(&quarters, shared(), &customer()));
    assert!(
        kinds
            .iter()
            .any(|kind| kind.contains("POSSIBLY_OWNED") || kind.contains(" OWNED")),
        "{kinds:?}"
    );
}

/// Two ids of one system are two companies. Nothing else is sure to be: another legal form or an id of another system may be the same one.
#[test]
fn two_companies_of_one_name_stay_two() {
    let decided = |owned: Named, owner: Named| {
        let half = Share::parse("50").unwrap();
        let assessor = with(vec![
            Row::stake(Named::new("Viktor Sdnov"), owned, half),
            Row::stake(owner, Named::new("Silverbrook Logistics Ltd"), half),
        ]);
        decided_by(&assessor, shared(), &company(Vec::new()))
    };
    let nordwind = |id| Named::with_id("Nordwind GmbH", id);
    for (owner, expected) in [
        (Named::with_id("G.m.b.H. Nordwind", "reg:2"), ""),
        (
            Named::with_id("G.m.b.H. Nordwind", "C-17"),
            "us:1 POSSIBLY_OWNED review",
        ),
        (Named::new("Nordwind AG"), "us:1 POSSIBLY_OWNED review"),
        (Named::new("Nord-Wind GmbH"), "us:1 POSSIBLY_OWNED review"),
        (Named::new("Nordwind GmbH"), "us:1 OWNED block"),
    ] {
        let label = format!("{owner:?}");
        let decision = decided(nordwind("reg:1"), owner);
        assert_eq!(sorted(&decision).concat(), expected, "{label}");
        let is_told = decision.notes.iter().any(|note| note.contains("may be"));
        assert_eq!(is_told, expected.contains("POSSIBLY"), "{label}");
    }
}

/// An owner whose regime has no rule of ownership is examined over any number of steps, and never blocks.
#[test]
fn an_owner_of_a_regime_without_a_rule_is_told_through_others() {
    let rows = |share: &str| {
        let share = Share::parse(share).unwrap();
        vec![
            Row::stake(Named::new("Karl Unger"), Named::new("Middle AG"), share),
            Row::stake(
                Named::new("Middle AG"),
                Named::new("Silverbrook Logistics Ltd"),
                share,
            ),
        ]
    };
    let told = |share| sorted(&decided_by(&with(rows(share)), shared(), &company(Vec::new())));
    assert_eq!(told("100"), ["un:1 RELATED_CONTROL review"]);
    assert_eq!(told("50"), ["un:1 RELATED_CONTROL review"]);
    assert_eq!(told("?"), ["un:1 POSSIBLY_OWNED review"]);
}
