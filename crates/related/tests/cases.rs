//! The cases of `data/cases/related.csv`, and the laws.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{TODAY, any_party, company, decided, parties, party, screener, shared, told};
use proptest::prelude::*;
use tamis_model::{Action, Decision, Prohibition, RelatedParty, RelatedRole, Status, Subject, ViaKind};
use tamis_policy::Policy;
use tamis_related::{Assessor, status_without_alerts};
use tamis_screen::Scratch;

#[test]
fn every_case_of_the_table_is_decided_as_it_says() {
    let mut reader = csv::Reader::from_reader(include_bytes!("../../../data/cases/related.csv").as_slice());
    let mut cases = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let [case, why, day, stated, expected] = [0, 1, 2, 3, 4].map(|at| row.get(at).unwrap());
        let screener = screener(Policy::new(day.parse().unwrap()));
        let mut found: Vec<String> = decided(&screener, &company(parties(stated)))
            .alerts
            .iter()
            .map(told)
            .collect();
        found.sort();
        let mut wanted: Vec<&str> = expected.split('|').filter(|text| !text.is_empty()).collect();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{case}: {why}");
        cases += 1;
    }
    assert!(cases >= 25, "{cases}");
}

#[test]
fn a_ground_has_its_rule_its_total_and_every_step() {
    let decision = decided(
        &screener(Policy::new(TODAY)),
        &company(parties("owner=Viktor Sdnov [25]|owner=Pavel Blokov [25]")),
    );
    let via = decision.alerts[0].via.as_ref().unwrap();
    let ground = via
        .grounds
        .iter()
        .find(|ground| ground.rule.as_deref() == Some("ofac"))
        .unwrap();
    assert_eq!(
        (ground.kind, ground.total.as_deref()),
        (ViaKind::Owned, Some("50.00"))
    );
    let owners: Vec<&str> = ground.path.iter().map(|step| step.owner.as_str()).collect();
    assert_eq!(owners, ["Pavel Blokov", "Viktor Sdnov"]);
    assert!(
        ground.path.iter().all(|step| step.tie == "25.00 % (shares)"),
        "{ground:?}"
    );
}

#[test]
fn a_step_tells_under_which_other_name_an_owner_stands() {
    let decision = decided(
        &screener(Policy::new(TODAY)),
        &company(parties("owner=Viktor Sdnov [25]|owner=SDNOV Viktor [25]")),
    );
    let [finding] = decision.alerts.as_slice() else {
        unreachable!("one owner, one alert: {decision:?}")
    };
    let ground = &finding.via.as_ref().unwrap().grounds[0];
    let ties: Vec<&str> = ground.path.iter().map(|step| step.tie.as_str()).collect();
    assert_eq!(
        ties,
        ["25.00 % (shares), also as Viktor Sdnov, 50.00 % if these are several owners"]
    );
    assert!(ground.meaning.contains("25.00 % for certain"), "{ground:?}");
}

#[test]
fn a_share_that_cannot_be_read_is_told() {
    let decision = decided(
        &screener(Policy::new(TODAY)),
        &company(parties("owner=Viktor Sdnov [most of it]")),
    );
    assert!(
        decision
            .notes
            .iter()
            .any(|note| note.contains("'most of it'") && note.contains("not known"))
    );
}

#[test]
fn a_party_that_cannot_be_screened_is_never_clear() {
    let screener = screener(Policy::new(TODAY));
    let long: Vec<String> = (0..300).map(|at| format!("name{at}")).collect();
    let unfit = RelatedParty::read(&long.join(" "), RelatedRole::Director);
    let decision = decided(&screener, &company(vec![unfit.clone()]));
    assert_eq!(decision.status, Status::Unscreened);
    let beside = decided(&screener, &company(vec![unfit, party("director=Viktor Sdnov")]));
    assert_eq!(beside.status, Status::Hit);
    assert!(beside.notes.iter().any(|note| note.contains("was not screened")));
}

#[test]
fn a_share_that_may_be_a_part_of_one_is_not_known() {
    let screener = screener(Policy::new(TODAY));
    for shares in [
        "owner=Viktor Sdnov [0.6]|owner=Margaret Holloway [0.4]",
        "owner=Viktor Sdnov [1]",
    ] {
        let decision = decided(&screener, &company(parties(shares)));
        assert_eq!(
            told(&decision.alerts[0]),
            "us:1 POSSIBLY_OWNED review",
            "{shares}"
        );
        assert!(decision.notes[0].contains("may be a part of one"), "{decision:?}");
    }
}

#[test]
fn what_was_missing_is_still_missing_when_the_alerts_are_gone() {
    let screener = screener(Policy::new(TODAY));
    let assessor = Assessor::new().unwrap().with_unused_rows(2);
    for (subject, status) in [
        (Subject::named("Meridian Shoes Ltd"), Status::Unscreened),
        (Subject::named("Viktor Sdnov"), Status::Hit),
    ] {
        let decision = assessor.decide(&screener, &subject, &mut Scratch::default());
        assert_eq!(decision.status, status, "{subject:?}");
        assert!(
            decision.notes[0].starts_with("2 rows of the stakes"),
            "{decision:?}"
        );
        assert_eq!(
            status_without_alerts(&subject, &decision.notes),
            Status::Unscreened
        );
    }
    let masked = decided(
        &screener,
        &company(vec![party("director=Viktor Sdnov"), party("owner=*** [60]")]),
    );
    assert_eq!(
        status_without_alerts(&Subject::named("Meridian Shoes Ltd"), &masked.notes),
        Status::Unscreened
    );
}

#[test]
fn the_policy_says_what_each_relation_asks_for() {
    let with = |rule: &str| Policy::from_toml(rule, TODAY).unwrap();
    let inform = with("[[rules]]\nvia = \"related_control\"\naction = \"inform\"\nwhy = \"house rule\"\n");
    let director = company(parties("director=Viktor Sdnov"));
    let decision = decided(&screener(inform.clone()), &director);
    assert_eq!((decision.status, decision.information.len()), (Status::Clear, 1));
    assert!(decision.information[0].why.contains("house rule"));
    let owned = company(parties("owner=Viktor Sdnov [50]"));
    assert_eq!(
        decided(&screener(inform.clone()), &owned).action(),
        Some(Action::Block)
    );
    assert_ne!(inform.sha256(), Policy::new(TODAY).sha256());
    let review = with("[[rules]]\nvia = \"owned\"\naction = \"review\"\n");
    assert_eq!(decided(&screener(review), &owned).action(), Some(Action::Review));
    let us_review = with("[[rules]]\nregimes = [\"us\"]\naction = \"review\"\n");
    assert_eq!(
        decided(&screener(us_review), &owned).action(),
        Some(Action::Review),
        "as blocked as the owner is"
    );
    assert!(
        Policy::from_toml(
            "[[rules]]\nvia = \"related_control\"\nprohibits = [\"asset_freeze\"]\naction = \"block\"\n",
            TODAY
        )
        .is_err()
    );
}

#[test]
fn without_related_parties_the_decision_is_that_on_the_subject() {
    let screener = screener(Policy::new(TODAY));
    for name in ["Viktor Sdnov", "Silverbrook Logistics Ltd", "***"] {
        let subject = Subject::named(name);
        assert_eq!(decided(&screener, &subject), screener.screen(&subject));
    }
}

/// Who alerts, with the strictest action.
fn strictest(decision: &Decision) -> Vec<(String, Action)> {
    let mut all: Vec<(String, Action)> = Vec::new();
    for finding in &decision.alerts {
        let entity = &finding.hit.entity_id;
        match all.iter_mut().find(|(known, _)| known == entity) {
            Some((_, action)) => *action = finding.action.max(*action),
            None => all.push((entity.clone(), finding.action)),
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn order_never_matters(
        (parties, shuffled) in prop::collection::vec(any_party(), 0..6)
            .prop_flat_map(|parties| (Just(parties.clone()), Just(parties).prop_shuffle())),
    ) {
        prop_assert_eq!(decided(shared(), &company(parties)), decided(shared(), &company(shuffled)));
    }

    #[test]
    fn another_party_never_removes_an_alert(parties in prop::collection::vec(any_party(), 0..5), more in any_party()) {
        let before = decided(shared(), &company(parties.clone()));
        let after = strictest(&decided(shared(), &company([parties, vec![more]].concat())));
        for (entity, action) in strictest(&before) {
            let now = after.iter().find(|(known, _)| *known == entity).map(|(_, action)| *action);
            prop_assert!(now >= Some(action), "{}: {:?} then, {:?} now", entity, action, now);
        }
    }

    #[test]
    fn what_no_freeze_stands_behind_never_blocks(parties in prop::collection::vec(any_party(), 0..6)) {
        for finding in decided(shared(), &company(parties)).alerts {
            let freezes = finding.measures.iter().any(|m| m.prohibits == Prohibition::AssetFreeze);
            let owned = finding.via.as_ref().is_none_or(|via| via.kind == ViaKind::Owned);
            prop_assert!(finding.action < Action::Block || (freezes && owned));
        }
    }
}

/// A rule about relations decides also where the listed party itself is only told as information.
#[test]
fn a_rule_about_a_relation_asks_for_more_than_the_rule_about_the_party() {
    let rule = |via: Option<tamis_model::ViaKind>, action| tamis_policy::Rule {
        regimes: Vec::new(),
        measures: vec!["us.sdn.block".to_owned()],
        prohibits: Vec::new(),
        activities: Vec::new(),
        customer_types: Vec::new(),
        via,
        action,
        why: None,
    };
    let with = |rules: Vec<tamis_policy::Rule>, text: &str| {
        let policy = Policy {
            rules,
            ..Policy::new(TODAY)
        };
        let decision = decided(&screener(policy), &company(parties(text)));
        decision.alerts.iter().map(told).collect::<Vec<_>>()
    };
    use tamis_model::{Action, ViaKind};
    let informs = || rule(None, Action::Inform);
    let control = || rule(Some(ViaKind::RelatedControl), Action::Review);
    let owned = || rule(Some(ViaKind::Owned), Action::Block);
    let director = "director=Viktor Sdnov";
    assert_eq!(
        with(vec![control(), informs()], director),
        ["us:1 RELATED_CONTROL review"]
    );
    assert_eq!(
        with(vec![informs(), control()], director),
        ["us:1 RELATED_CONTROL review"]
    );
    assert!(with(vec![informs()], director).is_empty());
    assert_eq!(
        with(vec![owned(), informs()], "owner=Viktor Sdnov [60]"),
        ["us:1 OWNED block"]
    );
    assert!(with(vec![owned(), informs()], "director=Viktor Sdnov").is_empty());
}

/// A share in per cent counts however it is set off from the name; one that is part of a word is told as not read.
#[test]
fn a_share_behind_a_name_is_read_or_told() {
    for (text, relation, is_told) in [
        ("owner=Viktor Sdnov 50%", "us:1 OWNED block", false),
        ("owner=Viktor Sdnov (50 %)", "us:1 OWNED block", false),
        ("owner=Viktor Sdnov, 50.00 %", "us:1 OWNED block", false),
        ("owner=Viktor Sdnov [50 %]", "us:1 OWNED block", false),
        (
            "owner=Viktor Sdnov (49,99 %)",
            "us:1 RELATED_CONTROL review",
            false,
        ),
        ("owner=Viktor Sdnov50%", "us:1 POSSIBLY_OWNED review", true),
        ("owner=Viktor Sdnov", "us:1 POSSIBLY_OWNED review", false),
    ] {
        let screener = screener(Policy::new(TODAY));
        let decision = decided(&screener, &company(parties(text)));
        let told = decision.notes.iter().any(|note| note.contains("was not read"));
        assert_eq!(told, is_told, "{text}: {:?}", decision.notes);
        let found: Vec<String> = decision.alerts.iter().map(common::told).collect();
        assert_eq!(found, [relation], "{text}");
    }
}
