//! What an answer means under each regime that the lists hold.

use crate::footnotes::Footnotes;
use std::collections::BTreeSet;
use tamis::Screener;
use tamis::model::{Confidence, Decision, Entity, Finding, Measure, Subject};

/// What the answer says under each regime that has something to say, then those without a match.
pub fn by_regime(
    screener: &Screener,
    subject: &Subject,
    decision: &Decision,
    notes: &mut Footnotes,
) -> Vec<(String, String)> {
    let findings = decision.alerts.iter().chain(&decision.information);
    let found: Vec<(&Finding, &Entity)> = findings
        .filter_map(|finding| Some((finding, screener.entity(&finding.hit.entity_id)?)))
        .collect();
    let mut regimes: BTreeSet<&str> = screener.regimes().iter().map(String::as_str).collect();
    let named = found.iter().flat_map(|(_, entity)| &entity.not_listed);
    regimes.extend(named.map(|statement| statement.regime.as_str()));
    let mut rows = Vec::new();
    let mut without = Vec::new();
    for regime in regimes {
        match under((screener, subject), regime, &found, notes) {
            Some(text) => rows.push((regime.to_owned(), text)),
            None => without.push(regime),
        }
    }
    if !without.is_empty() {
        rows.push(("no match".to_owned(), without.join(", ")));
    }
    rows
}

/// What the matches say under one regime; `None` when there is none and nothing else to say.
fn under(
    (screener, subject): (&Screener, &Subject),
    regime: &str,
    found: &[(&Finding, &Entity)],
    notes: &mut Footnotes,
) -> Option<String> {
    let mut parts: Vec<String> = found
        .iter()
        .filter_map(|(finding, entity)| state((screener, subject), regime, finding, entity))
        .collect();
    let listed = !parts.is_empty();
    if listed && !screener.policy().covers(regime, subject) {
        parts.push(match subject.jurisdictions.is_empty() {
            true => "this regime was not asked for".to_owned(),
            false => "not a regime of this deal's jurisdiction".to_owned(),
        });
    }
    let statements = found.iter().flat_map(|(_, entity)| &entity.not_listed);
    for statement in statements.filter(|s| s.regime == regime) {
        parts.push(notes.mark(&statement.statement, Some(&statement.source)));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// What one match says under one regime, if the entry has ever been under it.
fn state(
    (screener, subject): (&Screener, &Subject),
    regime: &str,
    finding: &Finding,
    entity: &Entity,
) -> Option<String> {
    let measures: Vec<&Measure> = entity.measures.iter().filter(|m| m.regime() == regime).collect();
    if measures.is_empty() {
        return None;
    }
    let day = screener.policy().as_of;
    let active: Vec<&Measure> = measures.iter().copied().filter(|m| m.in_force(day)).collect();
    let via = finding.via.as_ref();
    let via = via.map(|via| format!(" ({} through {})", via.kind.as_str(), via.party));
    let id = format!("{}{}", finding.hit.entity_id, via.unwrap_or_default());
    let text = if active.is_empty() {
        format!("{id} not in force on {day}: {}", codes(&measures))
    } else if active.iter().all(|m| m.confidence() == Confidence::Unverified) {
        format!("{id} unverified: {}", codes(&active))
    } else if finding.hit.score < screener.policy().threshold_for(subject, entity) {
        format!("{id} listed, but another field conflicts: {}", codes(&active))
    } else if finding.hit.matched_role.is_strong() {
        format!("{id} listed: {}", codes(&active))
    } else {
        format!("{id} listed, matched by a weak alias: {}", codes(&active))
    };
    Some(text)
}

fn codes(measures: &[&Measure]) -> String {
    let codes: BTreeSet<&str> = measures.iter().map(|m| m.code.as_str()).collect();
    codes.into_iter().collect::<Vec<_>>().join(", ")
}
