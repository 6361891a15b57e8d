//! From the name that was asked for to the party that is meant.

use super::key;
use crate::failure::Failure;
use std::collections::BTreeSet;
use tamis::Screener;
use tamis::model::{Finding, Subject};
use tamis::ownership::{Graph, PartyId};
use tamis::related::Alikes;

/// The party, and how it was found.
pub struct Found {
    /// Which.
    pub party: PartyId,
    /// How: `by id`, `by name`, `as NAME, score 0.9712`.
    pub how: String,
}

/// The party that `name` means: by id, by a name of equal normal form, by one that is called alike, or as the one listed party that the
/// screener finds. Several are told, and none of them is taken.
pub fn party(screener: &Screener, (graph, alikes): (&Graph, &Alikes), name: &str) -> Result<Found, Failure> {
    if let Some(reason) = tamis::unfit(name).filter(|_| graph.by_id(name).is_none()) {
        return Err(Failure::new(reason));
    }
    let by_id = graph
        .by_id(name)
        .map(|party| vec![(party, "by its id".to_owned())]);
    let by_name = || {
        graph
            .by_key(&key(name))
            .iter()
            .map(|&party| (party, "by its name".to_owned()))
            .collect()
    };
    let mut found: Vec<(PartyId, String)> = by_id.unwrap_or_else(by_name);
    if found.is_empty() {
        let alike = alikes.called(name).alike.into_iter();
        let first: BTreeSet<PartyId> = alike.map(|party| alikes.first_of(party)).collect();
        let how = |party: PartyId| format!("as '{}', which is called alike", graph.party(party).name);
        found = first.into_iter().map(|party| (party, how(party))).collect();
    }
    if found.is_empty() {
        found = by_match(screener, graph, name);
    }
    match found.as_slice() {
        [(party, how)] => Ok(Found {
            party: *party,
            how: how.clone(),
        }),
        [] => Err(unknown(screener, graph, name)),
        several => Err(ambiguous(graph, name, several)),
    }
}

/// The entries that alert, or else those that are told as information.
fn by_match(screener: &Screener, graph: &Graph, name: &str) -> Vec<(PartyId, String)> {
    let decision = screener.screen(&Subject::named(name));
    let parties = |findings: &[Finding]| -> Vec<(PartyId, String)> {
        let party = |finding: &Finding| {
            let how = format!("as {}, score {}", finding.hit.matched_name, finding.hit.score);
            Some((graph.by_id(&finding.hit.entity_id)?, how))
        };
        findings.iter().filter_map(party).collect()
    };
    let alerts = parties(&decision.alerts);
    match alerts.is_empty() {
        true => parties(&decision.information),
        false => alerts,
    }
}

/// How many parties of a similar name are named; the rest are counted.
const SIMILAR: usize = 5;

/// A party that is not there, with those whose names come close.
fn unknown(screener: &Screener, graph: &Graph, name: &str) -> Failure {
    let threshold = screener.policy().threshold;
    let scored = graph
        .parties()
        .map(|(_, party)| (tamis::compare(name, &party.name, None).score, party));
    let mut similar: Vec<_> = scored.filter(|(score, _)| *score >= threshold).collect();
    similar.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let failure = Failure::new(format!(
        "'{name}' is neither on the lists nor in the files of stakes"
    ));
    let labels: Vec<String> = similar
        .iter()
        .take(SIMILAR)
        .map(|(_, party)| party.label())
        .collect();
    match similar.len() {
        0 => failure
            .help("name the lists with --list and the files with --stakes, or write the name as they do"),
        count if count > SIMILAR => failure.help(format!(
            "similar are: {}, and {} more",
            labels.join("; "),
            count - SIMILAR
        )),
        _ => failure.help(format!("similar are: {}", labels.join("; "))),
    }
}

fn ambiguous(graph: &Graph, name: &str, several: &[(PartyId, String)]) -> Failure {
    let label = |(party, _): &(PartyId, String)| graph.party(*party).label();
    let labels: Vec<String> = several.iter().map(label).collect();
    Failure::new(format!("'{name}' may be any of: {}", labels.join("; ")))
        .help("ask for the one that is meant by its id, or by its full name")
}
