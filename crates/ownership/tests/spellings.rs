//! One owner that is written in several ways.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{DAY, Listed, graph, measures_of};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tamis_ownership::{
    Assessment, Named, OwnershipFinding, Party, PartyId, Role, Row, Share, Verdict, rules,
};

const LISTED: [(&str, &str); 4] = [
    ("Anna", "us.sdn.block"),
    ("ANNA", "us.sdn.block"),
    ("Oleg", "uk.sl.freeze"),
    ("OLEG", "uk.sl.freeze"),
];

fn listed() -> Listed {
    let pairs = LISTED.map(|(name, code)| (name.to_owned(), code.to_owned()));
    Listed::from(pairs)
}

/// The findings on every party by name, where the spellings in capitals are joined or are not.
fn found(rows: Vec<Row>, join: bool) -> BTreeMap<String, Vec<OwnershipFinding>> {
    let (graph, rules, listed) = (graph(rows), rules().unwrap(), listed());
    let named = |name: &str| {
        graph
            .parties()
            .find(|(_, party)| party.name == name)
            .map(|(id, _)| id)
    };
    let pairs = [("ANNA", "Anna"), ("OLEG", "Oleg")];
    let one = pairs
        .iter()
        .filter_map(|(spelling, name)| Some((named(spelling)?, named(name)?)));
    let one: BTreeMap<PartyId, PartyId> = if join { one.collect() } else { BTreeMap::new() };
    let is_listed = |party: &Party| measures_of(&listed, party);
    let graph = graph.joined(one);
    let assessment = Assessment::of(&graph, DAY, &rules, &is_listed);
    let parties = graph.parties();
    parties
        .map(|(id, party)| (party.name.clone(), assessment.findings(graph.counted_as(id))))
        .collect()
}

fn stake(owner: &str, share: &str, source: &str) -> Row {
    Row {
        source: source.to_owned(),
        place: format!("{owner} {share} {source}"),
        ..Row::stake(
            Named::with_id(owner, owner),
            Named::new("Alder Ltd"),
            Share::parse(share).unwrap(),
        )
    }
}

#[test]
fn the_same_stake_counts_once_and_different_ones_are_added() {
    let owned = |total: &str| format!("OWNED {total}");
    let may_be = |known: &str| format!("POSSIBLY_OWNED {known}");
    for (rule, stakes, expected) in [
        (
            "ofac",
            vec![("Anna", "25", "r"), ("ANNA", "25", "r")],
            may_be("25.00"),
        ),
        (
            "ofac",
            vec![("Anna", "25", "r"), ("ANNA", "25", "s")],
            may_be("25.00"),
        ),
        (
            "ofac",
            vec![("Anna", "20", "r"), ("ANNA", "30", "s")],
            may_be("30.00"),
        ),
        (
            "ofac",
            vec![("Anna", "20", "r"), ("ANNA", "30", "r")],
            owned("50.00"),
        ),
        (
            "ofac",
            vec![("Anna", "60", "r"), ("ANNA", "60", "s")],
            owned("60.00"),
        ),
        (
            "ofac",
            vec![("Anna", "24", "r"), ("ANNA", "24", "s")],
            "RELATED_CONTROL".to_owned(),
        ),
        (
            "ofac",
            vec![("Anna", "10", "r"), ("ANNA", "?", "s")],
            may_be("10.00"),
        ),
        (
            "uk",
            vec![("Oleg", "26", "r"), ("OLEG", "26.5", "r")],
            owned("52.50"),
        ),
        (
            "uk",
            vec![("Oleg", "26", "r"), ("OLEG", "26", "r")],
            may_be("26.00"),
        ),
        (
            "uk",
            vec![("Oleg", "20", "r"), ("OLEG", "20.5", "r")],
            "RELATED_CONTROL".to_owned(),
        ),
    ] {
        let rows = stakes
            .iter()
            .map(|(owner, share, source)| stake(owner, share, source));
        let all = found(rows.collect(), true);
        let of_rule = all["Alder Ltd"]
            .iter()
            .find(|finding| finding.rule == rule)
            .unwrap();
        let word = of_rule.verdict.as_str();
        let told = match &of_rule.verdict {
            Verdict::Owned {
                total: Some(share), ..
            }
            | Verdict::PossiblyOwned { known: share } => format!("{word} {share}"),
            _ => word.to_owned(),
        };
        assert_eq!(told, expected, "{rule} {stakes:?}");
    }
}

#[test]
fn the_proof_names_the_spellings() {
    let all = found(vec![stake("Anna", "25", "r"), stake("ANNA", "25", "s")], true);
    let step = &all["Alder Ltd"][0].path[0];
    assert_eq!(
        step.words(),
        "25.00 % (shares), also as ANNA, 50.00 % if these are several owners"
    );
    assert_eq!(step.sources, ["r", "s"]);
    assert!(all["Alder Ltd"][0].meaning.contains("two spellings of one owner"));
}

fn any_row() -> impl Strategy<Value = Row> {
    let names = [
        "Anna", "ANNA", "Oleg", "OLEG", "Alder", "Birch", "Cedar", "Dogwood",
    ];
    let share = prop_oneof![6 => (0..=100_u32).prop_map(|p| Some(Share::percent(p))), 1 => Just(None)];
    let party = || prop::sample::select(names.to_vec());
    (
        party(),
        party(),
        share,
        prop::bool::weighted(0.1),
        prop::sample::select(vec!["r", "s"]),
    )
        .prop_map(|(owner, owned, share, leads, source)| {
            let (owner, owned) = (Named::with_id(owner, owner), Named::with_id(owned, owned));
            let row = match leads {
                true => Row::role(owner, owned, Role::Control),
                false => Row::stake(owner, owned, share),
            };
            Row {
                source: source.to_owned(),
                ..row
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Taking two spellings for one owner may turn what is sure into what may be, and never into less.
    #[test]
    fn joining_takes_nobody_below_a_red_flag(rows in prop::collection::vec(any_row(), 1..20)) {
        let (apart, joined) = (found(rows.clone(), false), found(rows, true));
        for (party, before) in apart {
            for finding in before {
                let owned = matches!(finding.verdict, Verdict::Owned { .. } | Verdict::PossiblyOwned { .. });
                let flags = |now: &OwnershipFinding| {
                    now.rule == finding.rule && !matches!(now.verdict, Verdict::RelatedControl { .. } | Verdict::Representative)
                };
                prop_assert!(!owned || joined[&party].iter().any(flags), "{}: {:?}", party, finding);
                prop_assert!(!joined[&party].is_empty(), "{}: {:?}", party, finding);
            }
        }
    }
}
