//! What the rules of ownership say of a subject, by the party it goes back to.

use crate::behind::{CUSTOMER, Parties, TieClass};
use std::collections::BTreeMap;
use tamis_model::{Ground, Measure, ViaKind, ViaStep};
use tamis_ownership::{
    Assessment, Builder, ControlBy, Effect, OwnershipFinding, Party, Row, Rule, Step, Verdict, plain_key,
};
use tamis_policy::Policy;

/// What one rule says, and on whose account.
pub(crate) struct Said {
    /// How the listed owners are tied to the subject.
    pub class: TieClass,
    /// What follows, where the rule is in force.
    pub effect: Option<Effect>,
    /// The listed parties it goes back to, by key, each with the codes of the measures that count under the rule.
    pub owners: Vec<(String, Vec<String>)>,
    /// What it says.
    pub ground: Ground,
}

/// What every rule says of the subject, and what has to be told. `listed` gives the measures against a party, by its key; `one` has the
/// keys of parties that are another one, written otherwise.
pub(crate) fn said(
    rows: Vec<Row>,
    rules: &[Rule],
    policy: &Policy,
    listed: impl Fn(&str) -> Vec<Measure>,
    one: &BTreeMap<String, String>,
) -> (Vec<Said>, Vec<String>) {
    // All parties have ids, so that no name means another party than its own.
    let mut builder = Builder::new(&plain_key).count_unverified(policy.unverified_alerts);
    rows.into_iter().for_each(|row| builder.add(row));
    let (graph, problems) = builder.finish();
    let pair = |(spelling, party): (&String, &String)| Some((graph.by_id(spelling)?, graph.by_id(party)?));
    let joined = one.iter().filter_map(pair).collect();
    let graph = graph.joined(joined);
    let notes = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.place, problem.text));
    let is_listed = |party: &Party| Parties::key_of(party.id.as_deref()).map_or_else(Vec::new, &listed);
    let assessment = Assessment::of(&graph, policy.as_of, rules, &is_listed);
    let findings = graph
        .by_id(CUSTOMER)
        .map_or_else(Vec::new, |customer| assessment.findings(customer));
    (
        findings.into_iter().filter_map(said_by).collect(),
        notes.collect(),
    )
}

/// What a rule says where the parties only may be those that it speaks of: nothing is owned for certain, and nothing blocks.
pub(crate) fn doubted(mut said: Said) -> Said {
    said.ground.kind = said.ground.kind.min(ViaKind::PossiblyOwned);
    said.effect = None;
    said
}

fn said_by(finding: OwnershipFinding) -> Option<Said> {
    let (kind, class) = kind_of(&finding.verdict)?;
    let owners = finding.owners.iter().filter_map(|owner| {
        let key = Parties::key_of(owner.party.id.as_deref())?;
        Some((key.to_owned(), owner.measures.clone()))
    });
    Some(Said {
        class,
        effect: finding.effect.filter(|_| !finding.suspended),
        owners: owners.collect(),
        ground: Ground {
            kind,
            suspended: finding.suspended,
            total: total(&finding.verdict),
            meaning: finding.meaning,
            basis: Some(finding.basis),
            path: finding.path.iter().map(step).collect(),
            rule: Some(finding.rule),
        },
    })
}

/// How the subject is related; a listed subject is not related but listed, which its own match says.
fn kind_of(verdict: &Verdict) -> Option<(ViaKind, TieClass)> {
    Some(match verdict {
        Verdict::Listed => return None,
        Verdict::Owned { .. } => (ViaKind::Owned, TieClass::Stake),
        Verdict::PossiblyOwned { .. } => (ViaKind::PossiblyOwned, TieClass::Stake),
        Verdict::RelatedControl {
            by: ControlBy::Role(_),
        } => (ViaKind::RelatedControl, TieClass::Lead),
        Verdict::RelatedControl { .. } => (ViaKind::RelatedControl, TieClass::Stake),
        Verdict::Representative => (ViaKind::Representative, TieClass::Sign),
    })
}

fn total(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Owned { total, .. } => total.map(|total| total.to_string()),
        Verdict::PossiblyOwned { known } => Some(known.to_string()),
        Verdict::RelatedControl {
            by: ControlBy::Stake(share),
        } => share.map(|share| share.to_string()),
        _ => None,
    }
}

fn step(step: &Step) -> ViaStep {
    ViaStep {
        owner: step.owner.name.clone(),
        owned: step.owned.name.clone(),
        tie: step.words(),
        from: step.from,
        to: step.to,
        sources: step.sources.clone(),
    }
}
