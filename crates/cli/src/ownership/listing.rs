//! Which parties of the graph are listed, as the screener sees them.

use crate::engine;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tamis::Screener;
use tamis::model::{Hit, Measure, Status, Subject};
use tamis::ownership::{Graph, Party, PartyId, Problem};
use tamis::related::{Alikes, Names, Spelled, close_entries, decision_on, joined_ids, one_party};

/// Why a party counts as listed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Listing {
    /// The measures that count on the day, under the policy.
    pub measures: Vec<Measure>,
    /// The entries: `kaspersky:45815 by id`, `un:QDi.6 by name, score 0.9512`.
    pub entries: Vec<String>,
    /// Those for which its name stands closely.
    #[serde(skip)]
    close: Vec<String>,
}

/// The listed among all parties that are tied to `party`, over any number of ties, and among those that are `concerned` besides. The
/// others cannot matter for it.
pub fn around(
    screener: &Screener,
    names: &Names<'_>,
    (party, concerned): (PartyId, BTreeSet<PartyId>),
    problems: &mut Vec<Problem>,
) -> BTreeMap<Party, Listing> {
    let graph = names.graph;
    let mut tied = tied_to((graph, names.alikes), party);
    tied.extend(concerned);
    let tied: Vec<PartyId> = tied.into_iter().collect();
    let listed = tied
        .par_iter()
        .map(|&id| (graph.party(id), listing(screener, graph, id)));
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

/// The parties that are one, written in several ways, each with that one; what is joined is told. Those of one id are, but for the `apart`.
pub fn joined(
    (graph, alikes): (&Graph, &Alikes),
    party: PartyId,
    listings: &BTreeMap<Party, Listing>,
    apart: &[PartyId],
    problems: &mut Vec<Problem>,
) -> BTreeMap<PartyId, PartyId> {
    let spelled = graph.parties().filter_map(|(key, party)| {
        Some(Spelled {
            key,
            ids: party.id.iter().cloned().collect(),
            entries: listings.get(party)?.close.clone(),
        })
    });
    let one = one_party(&spelled.collect::<Vec<_>>());
    let around = tied_to((graph, alikes), party);
    let same_id = same_id(graph, &around, apart);
    let alike = alike(alikes, around);
    let told = one.iter().map(|(&spelling, &party)| Problem {
        place: graph.party(spelling).label(),
        field: String::new(),
        text: format!(
            "stands for the same list entry as {}, and counts as one owner with it: a stake told of both counts once",
            graph.party(party).label()
        ),
        used: true,
    });
    problems.extend(told);
    problems.extend(alike.iter().map(|&(spelling, party)| Problem {
        place: graph.party(spelling).label(),
        field: String::new(),
        text: format!(
            "is called like {}, and is taken for it",
            graph.party(party).label()
        ),
        used: true,
    }));
    joined_ids(one, &[alike, same_id].concat())
}

/// The parties to which rows give one id, each with the first of these.
fn same_id(graph: &Graph, around: &BTreeSet<PartyId>, apart: &[PartyId]) -> Vec<(PartyId, PartyId)> {
    let pair = |&party: &PartyId| {
        let first = *graph.same_id(party).first()?;
        (first != party && !apart.contains(&party)).then_some((party, first))
    };
    around.iter().filter_map(pair).collect()
}

/// The parties that are called alike, each with the first of its kind.
fn alike(alikes: &Alikes, around: BTreeSet<PartyId>) -> Vec<(PartyId, PartyId)> {
    let pairs = around.into_iter().map(|party| (party, alikes.first_of(party)));
    pairs.filter(|(party, first)| party != first).collect()
}

fn tied_to((graph, alikes): (&Graph, &Alikes), party: PartyId) -> BTreeSet<PartyId> {
    let mut met = alikes.one_with(party);
    let mut open: Vec<PartyId> = met.iter().copied().collect();
    while let Some(at) = open.pop() {
        let owned = graph.owned(at).iter().map(|tie| tie.owned);
        let tied = owned.chain(graph.owners(at).map(|tie| tie.owner));
        for next in tied.chain(graph.same_id(at).iter().copied()) {
            open.extend(alikes.one_with(next).into_iter().filter(|next| met.insert(*next)));
        }
    }
    met
}

/// Why a party is listed, as screening sees it.
fn listing(screener: &Screener, graph: &Graph, id: PartyId) -> Result<Listing, Problem> {
    let party = graph.party(id);
    let decision = decision_on(screener, graph, id, &Subject::default(), |named| {
        engine::with_scratch(|scratch| screener.screen_with(named, scratch))
    });
    if decision.status == Status::Unscreened {
        return Err(Problem {
            place: party.label(),
            field: String::new(),
            text: format!("could not be screened: {}", decision.notes.join("; ")),
            used: false,
        });
    }
    let alerts = decision.alerts.iter();
    Ok(Listing {
        measures: alerts
            .clone()
            .flat_map(|finding| finding.measures.clone())
            .collect(),
        entries: alerts.map(|finding| entry(party, &finding.hit)).collect(),
        close: close_entries(&decision),
    })
}

fn entry(party: &Party, hit: &Hit) -> String {
    let id = &hit.entity_id;
    match party.id.as_deref() == Some(id) {
        true => format!("{id} by id"),
        false => format!("{id} by name ({}), score {}", hit.matched_name, hit.score),
    }
}
