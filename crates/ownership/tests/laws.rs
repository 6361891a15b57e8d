//! Laws that hold for every graph.

mod common;

use common::{DAY, Listed, graph, measures_of, words};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tamis_ownership::{Named, OwnershipFinding, Party, Role, Row, Share, TieKind, rules};

fn party() -> impl Strategy<Value = usize> {
    0..12_usize
}

fn row() -> impl Strategy<Value = (usize, usize, TieKind)> {
    let share = prop_oneof![
        6 => (0..=100_u32).prop_map(|percent| Some(Share::percent(percent))),
        1 => Just(None),
    ];
    let stake = share.prop_map(|share| TieKind::Stake {
        interest: tamis_ownership::Interest::Shares,
        share,
        joint: None,
    });
    let roles = vec![Role::Director, Role::Signatory, Role::Control];
    let role = prop::sample::select(roles).prop_map(|role| TieKind::Role { role });
    (party(), party(), prop_oneof![6 => stake, 1 => role])
}

fn rows(drawn: &[(usize, usize, TieKind)], name: impl Fn(usize) -> String) -> Vec<Row> {
    let row = |(owner, owned, kind): &(usize, usize, TieKind)| {
        Row::new(Named::new(name(*owner)), Named::new(name(*owned)), kind.clone())
    };
    drawn.iter().map(row).collect()
}

fn listed(name: impl Fn(usize) -> String) -> Listed {
    Listed::from([
        (name(0), "us.sdn.block".to_owned()),
        (name(1), "uk.sl.freeze".to_owned()),
        (name(2), "us.sdn.block".to_owned()),
        (name(3), "us.bis.entity-list".to_owned()),
    ])
}

/// The findings on every party, by name.
fn found(rows: Vec<Row>, listed: &Listed) -> BTreeMap<String, Vec<OwnershipFinding>> {
    let (graph, rules) = (graph(rows), rules().unwrap_or_default());
    let is_listed = |party: &Party| measures_of(listed, party);
    let assessment = tamis_ownership::Assessment::of(&graph, DAY, &rules, &is_listed);
    let parties = graph.parties();
    parties
        .map(|(id, party)| (party.name.clone(), assessment.findings(id)))
        .collect()
}

proptest! {
    #[test]
    fn another_stake_unblocks_nobody(drawn in prop::collection::vec(row(), 2..30)) {
        let name = |at| format!("p{at:02}");
        let all = found(rows(&drawn, name), &listed(name));
        let fewer = found(rows(&drawn[1..], name), &listed(name));
        for (party, before) in fewer {
            for finding in before.iter().filter(|finding| finding.effect.is_some()) {
                let still = all[&party].iter().any(|f| f.rule == finding.rule && f.effect == finding.effect);
                prop_assert!(still, "{party}: {finding:?}");
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (drawn, shuffled) in prop::collection::vec(row(), 1..30).prop_flat_map(|drawn| (Just(drawn.clone()), Just(drawn).prop_shuffle())),
    ) {
        let name = |at| format!("p{at:02}");
        prop_assert_eq!(found(rows(&drawn, name), &listed(name)), found(rows(&shuffled, name), &listed(name)));
    }

    #[test]
    fn other_names_change_no_verdict_and_no_total(drawn in prop::collection::vec(row(), 1..30)) {
        let (name, other) = (|at| format!("p{at:02}"), |at: usize| format!("{:02} q", 97 - 7 * at % 97));
        let one = found(rows(&drawn, name), &listed(name));
        let two = found(rows(&drawn, other), &listed(other));
        for at in (0..12).filter(|&at| one.contains_key(&name(at))) {
            let (one, two) = (&one[&name(at)], &two[&other(at)]);
            prop_assert_eq!(words(one), words(two));
            let meanings = |found: &[OwnershipFinding]| {
                let mut texts: Vec<String> = found.iter().map(|f| f.meaning.clone()).collect();
                texts.sort();
                texts
            };
            prop_assert_eq!(meanings(one), meanings(two));
        }
    }
}
