//! Which parties of the graph are listed, as the screener sees them.

use crate::engine;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tamis::model::{Confidence, Decision, Measure, Status, Subject};
use tamis::ownership::{Graph, Party, PartyId, Problem};
use tamis::{Policy, Screener};

/// Why a party counts as listed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Listing {
    /// The measures that count on the day, under the policy.
    pub measures: Vec<Measure>,
    /// The entries: `kaspersky:45815 by id`, `un:QDi.6 by name, score 0.9512`.
    pub entries: Vec<String>,
}

/// The listed among all parties that are tied to `party`, over any number of ties. The others cannot matter for it.
pub fn around(
    screener: &Screener,
    graph: &Graph,
    party: PartyId,
    problems: &mut Vec<Problem>,
) -> BTreeMap<Party, Listing> {
    let tied: Vec<PartyId> = tied_to(graph, party).into_iter().collect();
    let listed = tied
        .par_iter()
        .map(|&id| (graph.party(id), listing(screener, graph.party(id))));
    let listed: Vec<(&Party, Result<Listing, Problem>)> = listed.collect();
    let mut listings = BTreeMap::new();
    for (party, listing) in listed {
        match listing {
            Ok(listing) if listing.measures.is_empty() => {}
            Ok(listing) => drop(listings.insert(party.clone(), listing)),
            Err(problem) => problems.push(problem),
        }
    }
    listings
}

fn tied_to(graph: &Graph, party: PartyId) -> BTreeSet<PartyId> {
    let mut met = BTreeSet::from([party]);
    let mut open = vec![party];
    while let Some(at) = open.pop() {
        let owned = graph.owned(at).iter().map(|tie| tie.owned);
        for next in owned.chain(graph.owners(at).map(|tie| tie.owner)) {
            if met.insert(next) {
                open.push(next);
            }
        }
    }
    met
}

/// A party with the id of an entry is that entry and no other of its list; on other lists, and otherwise, it is whatever its name alerts on.
fn listing(screener: &Screener, party: &Party) -> Result<Listing, Problem> {
    let mut listing = Listing::default();
    let own = party
        .id
        .as_deref()
        .and_then(|id| list_of(screener, id).map(|list| (id, list)));
    if let Some((id, _)) = own {
        by_id(screener, party, id, &mut listing)?;
    }
    let decision =
        engine::with_scratch(|scratch| screener.screen_with(&Subject::named(&party.name), scratch));
    if decision.status == Status::Unscreened {
        return Err(problem(
            party,
            &format!("could not be screened: {}", decision.notes.join("; ")),
        ));
    }
    by_name(&decision, own.map(|(_, list)| list), &mut listing);
    Ok(listing)
}

/// The list whose entry an id names.
fn list_of<'s>(screener: &'s Screener, id: &str) -> Option<&'s str> {
    let (list, _) = id.split_once(':')?;
    let lists = screener.lists().iter();
    lists.map(|meta| meta.id.as_str()).find(|known| *known == list)
}

fn by_id(screener: &Screener, party: &Party, id: &str, listing: &mut Listing) -> Result<(), Problem> {
    let Some(entity) = screener.entity(id) else {
        return Err(problem(
            party,
            "is the id of no entry of this list: correct it, or leave it out",
        ));
    };
    let policy = screener.policy();
    let measures = entity.measures.iter().filter(|measure| counts(policy, measure));
    listing.measures.extend(measures.cloned());
    if !listing.measures.is_empty() {
        listing.entries.push(format!("{id} by id"));
    }
    Ok(())
}

fn counts(policy: &Policy, measure: &Measure) -> bool {
    let known = policy.unverified_alerts || measure.confidence() != Confidence::Unverified;
    let any_deal = Subject::default();
    known && measure.in_force(policy.as_of) && policy.covers(measure.regime(), &any_deal)
}

fn by_name(decision: &Decision, own_list: Option<&str>, listing: &mut Listing) {
    for finding in &decision.alerts {
        let hit = &finding.hit;
        if hit.entity_id.split_once(':').map(|(list, _)| list) == own_list {
            continue;
        }
        listing.measures.extend(finding.measures.iter().cloned());
        let entry = format!(
            "{} by name ({}), score {}",
            hit.entity_id, hit.matched_name, hit.score
        );
        listing.entries.push(entry);
    }
}

fn problem(party: &Party, text: &str) -> Problem {
    Problem {
        place: party.label(),
        field: String::new(),
        text: text.to_owned(),
        used: false,
    }
}
