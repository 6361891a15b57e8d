//! A graph of stakes, with the look-ups in it: what a name stands for, who may be whom, and what screening says of each party.

use crate::alike::Alikes;
use crate::listed::decision_on;
use crate::may_be::{Likeness, Names, Others, Whom, all_of_one};
use crate::same_id;
use crate::similar::Similar;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use tamis_model::{Activity, Decision, Status, Subject};
use tamis_ownership::{Graph, PartyId, Tie, TieKind};
use tamis_screen::{Screener, normal_form};

/// How many parties a note names; the rest are counted.
const NAMED: usize = 3;

/// What a decision on a name depends on beside the name.
type Deal = (Option<Activity>, Vec<String>, Option<String>);

/// What is known of parties: `None` is a clear answer with nothing to tell.
type Known = HashMap<PartyId, Option<Arc<Decision>>>;

/// Which parties one may be, and why.
type MayBe = Arc<Vec<(PartyId, Likeness)>>;

/// A graph of stakes, with what screening says of its parties: each is screened once for each kind of deal, when it is first needed.
#[derive(Debug)]
pub(crate) struct Stakes {
    graph: Graph,
    alikes: Alikes,
    known: RwLock<HashMap<Deal, Known>>,
    similar: OnceLock<Result<Similar, String>>,
    /// The parties whose id stands beside unlike names.
    unlike: OnceLock<BTreeSet<PartyId>>,
    /// Those of one id with all that are taken for one with any of them, by each of them.
    one_by_id: HashMap<PartyId, Arc<BTreeSet<PartyId>>>,
    /// Which parties those in the way may be, as far as it was asked.
    others: RwLock<HashMap<PartyId, MayBe>>,
}

impl Stakes {
    pub fn new(graph: Graph) -> Stakes {
        let alikes = Alikes::of(&graph);
        Stakes {
            one_by_id: one_by_id(&graph, &alikes),
            alikes,
            graph,
            known: RwLock::default(),
            similar: OnceLock::new(),
            unlike: OnceLock::new(),
            others: RwLock::default(),
        }
    }

    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    pub fn alikes(&self) -> &Alikes {
        &self.alikes
    }

    /// The parties that are taken for one with `party`, and the party itself.
    pub fn one_with(&self, party: PartyId) -> BTreeSet<PartyId> {
        self.alikes.one_with(party)
    }

    /// A party, those that are taken for one with it, those of their ids, and so on; nobody but the first grade joins those `apart`.
    pub fn one_by_id(&self, party: PartyId, apart: &BTreeSet<PartyId>) -> BTreeSet<PartyId> {
        match self.one_by_id.get(&party) {
            None => self.one_with(party),
            Some(all) if all.is_disjoint(apart) => (**all).clone(),
            Some(_) => all_of_one(&self.graph, &self.alikes, party, &|other| !apart.contains(&other)),
        }
    }

    /// That the id of a party stands beside unlike names.
    pub fn told_unlike(&self, party: PartyId) -> Option<String> {
        let is_unlike = self.unlike.get().is_some_and(|unlike| unlike.contains(&party));
        is_unlike.then(|| {
            format!(
                "the stakes give one id to {}: what stands behind each was examined, as one party and as several; check the ids",
                self.first_labels(self.graph.same_id(party))
            )
        })
    }

    /// The look-ups that say who may be whom. What is similar is decided by the threshold of the first screener that asks.
    pub fn names(&self, screener: &Screener) -> Result<Names<'_>, String> {
        let threshold = screener.policy().threshold;
        self.unlike
            .get_or_init(|| same_id::unlike(&self.graph, threshold));
        let similar = self.similar.get_or_init(|| {
            let similar = Similar::of(&self.graph, screener);
            similar.map_err(|why| format!("similar names of the stakes were not looked for: {why}"))
        });
        Ok(Names {
            graph: &self.graph,
            alikes: &self.alikes,
            similar: similar.as_ref().map_err(Clone::clone)?,
        })
    }

    /// Which parties one of the graph may be, of those that bring something.
    pub(crate) fn others(&self, names: &Names<'_>, party: PartyId) -> MayBe {
        // All that are one may be the same others.
        let party = self
            .one_by_id
            .get(&party)
            .and_then(|all| all.first().copied())
            .unwrap_or(party);
        let known = self.others.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(others) = known.get(&party) {
            return Arc::clone(others);
        }
        drop(known);
        let others = names.others(&Whom::party(&self.graph, &self.alikes, party));
        let others = Arc::new(self.bringing(names, others));
        let mut known = self.others.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(party, Arc::clone(&others));
        others
    }

    /// The first of each of those that are taken for one, where one of these brings something, with the best reason.
    pub fn bringing(&self, names: &Names<'_>, others: Others) -> Vec<(PartyId, Likeness)> {
        let mut best: BTreeMap<PartyId, Likeness> = BTreeMap::new();
        for (party, why) in others.may_be {
            let known = best.entry(self.alikes.first_of(party)).or_insert(why);
            *known = why.min(*known);
        }
        let brings = |party: PartyId| names.similar.brings(party);
        best.retain(|party, _| self.one_with(*party).into_iter().any(brings));
        best.into_iter().collect()
    }

    /// `'Nordwind AG' (the same name with another legal form)`, of the likeliest; the rest are counted.
    pub fn told(&self, may_be: &[(PartyId, Likeness)]) -> String {
        let mut likeliest = may_be.to_vec();
        likeliest.sort_by_key(|(party, why)| (*why, *party));
        let label = |party: PartyId| self.graph.party(party).label();
        let first = likeliest.iter().take(NAMED);
        let mut told: Vec<String> = first
            .map(|(party, why)| format!("'{}' ({why})", label(*party)))
            .collect();
        if let more @ 1.. = likeliest.len().saturating_sub(NAMED) {
            told.push(format!("{more} more"));
        }
        told.join("; ")
    }

    /// The parties that a name stands for.
    pub fn of_name(&self, name: &str) -> &[PartyId] {
        self.graph.by_key(&normal_form(name, None))
    }

    /// The labels of the first; the rest are counted.
    pub fn first_labels(&self, parties: &[PartyId]) -> String {
        let (first, rest) = parties.split_at(parties.len().min(NAMED));
        match rest.len() {
            0 => self.labels(first),
            more => format!("{} and {more} more", self.labels(first)),
        }
    }

    pub fn labels(&self, parties: &[PartyId]) -> String {
        let labels: Vec<String> = parties
            .iter()
            .map(|&party| self.graph.party(party).label())
            .collect();
        labels.join("; ")
    }

    /// Who owns, leads or represents a party.
    pub fn ties_to(&self, party: PartyId) -> impl Iterator<Item = &Tie> {
        let ties = self.graph.owners(party);
        ties.filter(|tie| !matches!(tie.kind, TieKind::Link { .. }))
    }

    /// What screening says of a party in the deal of `subject`; `None` is a clear answer with nothing to tell.
    pub fn decision(
        &self,
        screener: &Screener,
        party: PartyId,
        subject: &Subject,
        screen: &mut dyn FnMut(&Subject) -> Decision,
    ) -> Option<Arc<Decision>> {
        let deal = (
            subject.activity,
            subject.jurisdictions.clone(),
            subject.customer_type.clone(),
        );
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(decision) = known.get(&deal).and_then(|known| known.get(&party)) {
            return decision.clone();
        }
        drop(known);
        // Two threads may come here at once; both find the same.
        let decision = decision_on(screener, &self.graph, party, subject, screen);
        let is_silent = decision.status == Status::Clear && decision.information.is_empty();
        let decision = (!is_silent).then(|| Arc::new(decision));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(deal).or_default().insert(party, decision.clone());
        decision
    }
}

/// The parties of one id with all that are taken for one with any of them.
fn one_by_id(graph: &Graph, alikes: &Alikes) -> HashMap<PartyId, Arc<BTreeSet<PartyId>>> {
    let mut known: HashMap<PartyId, Arc<BTreeSet<PartyId>>> = HashMap::new();
    for (party, _) in graph.parties() {
        if !graph.same_id(party).is_empty() && !known.contains_key(&party) {
            let all = Arc::new(all_of_one(graph, alikes, party, &|_| true));
            known.extend(all.iter().map(|&one| (one, Arc::clone(&all))));
        }
    }
    known
}
