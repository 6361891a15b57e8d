//! Under which regimes the customer's own property is frozen if an alert is true.

use crate::failure::Failure;
use tamis::model::{Decision, Finding, Measure, Prohibition, ViaKind};
use tamis::ownership::{Effect, Rule, rules};
use tamis_log::{Answer, Found};

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

/// Puts the regimes into the answer that the chain keeps of a decision.
pub fn keep(answer: &mut Answer, decision: &Decision) -> Result<(), Failure> {
    for (found, finding) in answer.alerts.iter_mut().zip(&decision.alerts) {
        found.frozen = Some(regimes(finding)?);
    }
    Ok(())
}

/// The regimes as the chain keeps them; of a record of an earlier version, those of its evidence. Where that was erased it is not known
/// which measures freeze, and each counts as if it did.
pub fn of(found: &Found, finding: Option<&Finding>) -> Result<Vec<String>, Failure> {
    let reached = matches!(found.relation, None | Some(ViaKind::Owned));
    match (&found.frozen, finding) {
        (Some(kept), _) => Ok(kept.clone()),
        (None, Some(finding)) => regimes(finding),
        (None, None) if reached => Ok(found.measures.iter().map(|code| regime(code)).collect()),
        (None, None) => Ok(Vec::new()),
    }
}

fn regime(code: &str) -> String {
    Measure::new(code, "", Prohibition::AssetFreeze)
        .regime()
        .to_owned()
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
