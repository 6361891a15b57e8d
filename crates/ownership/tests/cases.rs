//! The boundary cases of the rules, as data: `data/cases/ownership.toml`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{DAY, Listed, graph, measures_of, replay, rules_of, words};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use tamis_ownership::{Party, Verdict, read_stakes};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    about: String,
    rule: String,
    as_of: Option<String>,
    listed: Listed,
    stakes: String,
    expect: BTreeMap<String, String>,
}

#[test]
fn every_case_is_decided_as_stated_and_proved() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cases/ownership.toml");
    let cases: Cases = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(cases.case.len() >= 30, "{}", cases.case.len());
    for case in &cases.case {
        run(case);
    }
}

fn run(case: &Case) {
    let name = format!("{}: {}", case.id, case.about);
    let mut rows = Vec::new();
    read_stakes(
        case.stakes.as_bytes(),
        "case",
        |row| rows.push(row),
        |p| panic!("{name}: {p}"),
    )
    .unwrap();
    let graph = graph(rows);
    let day: Date = case.as_of.as_ref().map_or(DAY, |day| day.parse().unwrap());
    let rules = rules_of(&case.rule);
    assert!(!rules.is_empty(), "{name}: no rule {}", case.rule);
    for (party, expected) in &case.expect {
        let ids = graph.by_key(&party.to_lowercase());
        assert_eq!(ids.len(), 1, "{name}: {party}");
        let found = graph.findings(ids[0], day, &rules, &|party: &Party| {
            measures_of(&case.listed, party)
        });
        let (verdicts, effect) = expected.split_once(", ").unwrap_or((expected, ""));
        assert_eq!(words(&found), verdicts, "{name}: {party}: {found:#?}");
        let effects = found.iter().filter_map(|f| f.effect);
        let effects: Vec<String> = effects.map(|e| format!("{e:?}").to_lowercase()).collect();
        if !effect.is_empty() {
            assert!(
                effects.iter().any(|own| own == effect),
                "{name}: {party}: {effects:?}"
            );
        }
        for finding in &found {
            let joint = case.stakes.contains("joint");
            if !joint
                && matches!(
                    finding.verdict,
                    Verdict::Owned { .. } | Verdict::PossiblyOwned { .. }
                )
            {
                let rule = rules.iter().find(|rule| rule.in_force(day)).unwrap();
                replay(finding, rule, party);
            }
        }
    }
}
