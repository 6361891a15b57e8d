//! A whole self-test: what is drawn, that it is screened as any name is, and what the report adds up to.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use jiff::civil::date;
use std::collections::BTreeSet;
use tamis_model::{EntityKind, Score, Subject};
use tamis_policy::Policy;
use tamis_screen::{Scratch, Screener};
use tamis_selftest::{Error, Outcome, Plan, Report, Selftest, Target, Vocabulary, made_up_list};

const PLAN: Plan = Plan {
    seed: 3,
    names: 4,
    unlisted: 40,
    with_kind: false,
    floor: Score::from_ten_thousandths(5_000),
};

fn policy() -> Policy {
    Policy::new(date(2026, 11, 23))
}

fn screener() -> Screener {
    let list = made_up_list(300, &Vocabulary::read().unwrap(), 5);
    Screener::new(vec![list], policy()).unwrap()
}

fn run(plan: Plan) -> (Selftest, Vec<Outcome>, Report) {
    let selftest = Selftest::new(screener(), plan).unwrap();
    let mut scratch = Scratch::default();
    let outcomes: Vec<Outcome> = selftest
        .probes()
        .iter()
        .map(|p| selftest.screen(p, &mut scratch))
        .collect();
    let report = selftest.report(&outcomes);
    (selftest, outcomes, report)
}

#[test]
fn a_probe_alerts_just_as_it_would_in_screening() {
    let (selftest, outcomes, _) = run(PLAN);
    for threshold in [6_000, 8_000, 9_000].map(Score::from_ten_thousandths) {
        let screener = screener().under(Policy {
            threshold,
            ..policy()
        });
        for (probe, outcome) in selftest.probes().iter().zip(&outcomes) {
            let alerts = screener.screen(&Subject::named(probe.text.as_str())).alerts;
            let best = outcome
                .best
                .as_ref()
                .is_some_and(|found| found.score >= threshold);
            assert_eq!(best, !alerts.is_empty(), "{} at {threshold}", probe.text);
            let Target::Listed { entity, .. } = probe.target else {
                continue;
            };
            let id = selftest.entities()[entity].id();
            let right = outcome
                .right
                .as_ref()
                .is_some_and(|found| found.score >= threshold);
            let alerted = alerts.iter().any(|finding| finding.hit.entity_id == id);
            assert_eq!(right, alerted, "{} at {threshold}", probe.text);
        }
    }
}

#[test]
fn the_report_adds_up() {
    let (selftest, _, report) = run(PLAN);
    let sum: usize = report.classes.iter().map(|class| class.rate.whole).sum();
    let unlisted: usize = report.unlisted.iter().map(|unlisted| unlisted.rate.whole).sum();
    assert_eq!(sum + unlisted, selftest.probes().len());
    assert_eq!(report.effectiveness.whole, sum);
    assert_eq!(report.misses.len(), sum - report.effectiveness.part);
    assert!(report.misses.is_sorted_by_key(|miss| miss.score), "worst first");
    assert!(report.thresholds.contains(&report.threshold));
    for class in &report.classes {
        assert_eq!(class.found.len(), report.thresholds.len(), "{}", class.class);
        assert!(
            class.found.is_sorted_by(|one, two| one >= two),
            "{}: more at a higher threshold",
            class.class
        );
        let at = report
            .thresholds
            .iter()
            .position(|&score| score == report.threshold)
            .unwrap();
        assert_eq!(class.found[at], class.rate.part, "{}", class.class);
    }
    let exact = &report.classes[0];
    assert_eq!((exact.class, exact.rate.part), ("exact", exact.rate.whole));
    assert_eq!(
        report.context.policy_sha256,
        policy().sha256(),
        "the policy in use, not that of the test"
    );
    assert!(report.unscreened.is_empty());
}

#[test]
fn the_seed_decides_what_is_drawn() {
    let texts = |seed| {
        let selftest = Selftest::new(screener(), Plan { seed, ..PLAN }).unwrap();
        selftest
            .probes()
            .iter()
            .map(|probe| probe.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(3), texts(3));
    assert_ne!(texts(3), texts(4));
}

#[test]
fn names_that_are_not_listed_are_not_listed() {
    let (selftest, _, report) = run(PLAN);
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect()
    };
    let entities = selftest.entities();
    let listed: Vec<BTreeSet<String>> = entities
        .iter()
        .flat_map(|e| &e.names)
        .map(|n| words(&n.text))
        .collect();
    for probe in selftest
        .probes()
        .iter()
        .filter(|probe| matches!(probe.target, Target::Unlisted(_)))
    {
        assert!(!listed.contains(&words(&probe.text)), "{}", probe.text);
    }
    assert_eq!(report.unlisted.len(), 5);
}

#[test]
fn names_that_cannot_alert_are_not_drawn() {
    let mut list = made_up_list(60, &Vocabulary::read().unwrap(), 5);
    for entity in list
        .entities
        .iter_mut()
        .filter(|entity| entity.kind != EntityKind::Vessel)
    {
        entity.measures.clear();
    }
    let screener = Screener::new(vec![list], policy()).unwrap();
    let selftest = Selftest::new(screener, PLAN).unwrap();
    for probe in selftest.probes() {
        if let Target::Listed { .. } = probe.target {
            assert_eq!(probe.kind, EntityKind::Vessel, "{}", probe.text);
        }
    }
}

#[test]
fn a_list_that_never_alerts_cannot_be_tested() {
    let screener = screener().under(Policy {
        regimes: vec!["zz".to_owned()],
        ..policy()
    });
    assert!(matches!(Selftest::new(screener, PLAN), Err(Error::NothingAlerts)));
}
