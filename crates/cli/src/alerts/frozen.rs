//! Under which regimes the customer's own property is frozen if an alert is true.

use crate::failure::Failure;
use tamis::model::{Finding, Measure, Prohibition, ViaKind};
use tamis::ownership::{Effect, Rule, rules};

/// The regimes, each once. A freeze of the entry reaches a customer that is the entry, or that is owned by it under a rule in force by
/// which what is owned is blocked. Whom a listed party leads, represents or partly owns is not blocked by that (OFAC, FAQ 398
/// and 400).
pub fn regimes(finding: &Finding) -> Result<Vec<String>, Failure> {
    let measures = freezes(finding)?;
    let mut regimes: Vec<String> = measures.iter().map(|m| m.regime().to_owned()).collect();
    regimes.sort_unstable();
    regimes.dedup();
    Ok(regimes)
}

/// The measures that freeze it.
pub fn freezes(finding: &Finding) -> Result<Vec<&Measure>, Failure> {
    let rules = rules().map_err(Failure::internal)?;
    let freezes = |m: &&Measure| m.prohibits == Prohibition::AssetFreeze && reaches(m, finding, &rules);
    Ok(finding.measures.iter().filter(freezes).collect())
}

fn reaches(measure: &Measure, finding: &Finding, rules: &[Rule]) -> bool {
    let Some(via) = &finding.via else { return true };
    let blocks = |id: &str| {
        let mut rows = rules.iter().filter(|rule| rule.id == id);
        rows.any(|rule| rule.effect == Effect::Blocked && rule.counts(measure))
    };
    via.grounds.iter().any(|ground| {
        ground.kind == ViaKind::Owned && !ground.suspended && ground.rule.as_deref().is_some_and(blocks)
    })
}
