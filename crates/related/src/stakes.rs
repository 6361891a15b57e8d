//! Ties beyond those that a record names: who of a graph a customer is, and who stands behind it there.

use crate::behind::{Behind, Parties, customer, named_only};
use crate::listed::decision_on;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use tamis_model::{Activity, Decision, Status, Subject};
use tamis_ownership::{Graph, Named, PartyId, Row, Tie, TieKind};
use tamis_screen::{Screener, normal_form};

/// What a decision on a name depends on beside the name.
type Deal = (Option<Activity>, Vec<String>, Option<String>);

/// What is known of parties: `None` is a clear answer with nothing to tell.
type Known = HashMap<PartyId, Option<Arc<Decision>>>;

/// A graph of stakes, with what screening says of its parties: each is screened once for each kind of deal, when it is first needed.
#[derive(Debug)]
pub(crate) struct Stakes {
    graph: Graph,
    known: RwLock<HashMap<Deal, Known>>,
}

/// The parties of the graph that a customer may be, and what has to be told of that.
#[derive(Default)]
pub(crate) struct Matched {
    pub parties: Vec<PartyId>,
    pub notes: Vec<String>,
}

impl Stakes {
    pub fn new(graph: Graph) -> Stakes {
        Stakes {
            graph,
            known: RwLock::default(),
        }
    }

    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Which parties a customer may be, of those that somebody stands behind. Its id says which, where the graph knows it under the
    /// customer's name; where the graph gives the id to another name both are meant, and told. None of several is preferred.
    pub fn matched(&self, subject: &Subject) -> Matched {
        let by_id = subject.id.as_deref().and_then(|id| self.graph.by_id(id));
        let names = subject.names.iter();
        let by_name: BTreeSet<PartyId> = names.flat_map(|name| self.of_name(&name.text)).copied().collect();
        let agrees = by_id.is_none_or(|party| by_name.contains(&party));
        let mut matched = Matched::default();
        let has_owners = |party: &PartyId| self.ties_to(*party).next().is_some();
        let is_meant = |party: &PartyId| by_id.is_none() || !agrees || self.graph.party(*party).id.is_none();
        let others = by_name
            .into_iter()
            .filter(|party| Some(*party) != by_id && is_meant(party));
        matched.parties = by_id.into_iter().chain(others).filter(has_owners).collect();
        if let (Some(party), false) = (by_id, agrees) {
            matched.notes.push(format!(
                "the stakes give its id to '{}': the id and the name were both examined; check which is right",
                self.graph.party(party).label()
            ));
        }
        if matched.parties.len() > 1 {
            matched.notes.push(format!(
                "it may be several parties of the stakes ({}): each was examined; give the id of the one that is meant",
                self.labels(&matched.parties)
            ));
        }
        matched
    }

    /// The parties that a name stands for.
    fn of_name(&self, name: &str) -> &[PartyId] {
        self.graph.by_key(&normal_form(name, None))
    }

    fn labels(&self, parties: &[PartyId]) -> String {
        let labels: Vec<String> = parties
            .iter()
            .map(|&party| self.graph.party(party).label())
            .collect();
        labels.join("; ")
    }

    /// Who owns, leads or represents a party.
    fn ties_to(&self, party: PartyId) -> impl Iterator<Item = &Tie> {
        let ties = self.graph.owners(party);
        ties.filter(|tie| !matches!(tie.kind, TieKind::Link { .. }))
    }

    /// The parties that the record names, and all that stand behind them and behind `party` in the graph.
    pub fn behind(&self, subject: &Subject, party: Option<PartyId>, day: Date) -> Parties {
        let ids = Ids::of(self, subject, party);
        let mut parties = Parties::of(subject, &|key| ids.of_key(self, key));
        for (&known, id) in &ids.known {
            if let Some(behind) = parties.by_key.get_mut(id) {
                behind.parties.insert(known);
            }
        }
        parties.notes.extend(ids.notes.iter().cloned());
        let mut open: Vec<PartyId> = ids.known.keys().copied().chain(party).collect();
        let mut met: BTreeSet<PartyId> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            for tie in self.ties_to(at) {
                let (owner, owned) = (ids.named(self, tie.owner, subject), ids.named(self, at, subject));
                if Some(tie.owner) != party {
                    let behind = parties.by_key.entry(owner.id.clone().unwrap_or_default());
                    let behind = behind.or_insert_with(|| Behind::called(&owner.name));
                    behind.parties.insert(tie.owner);
                    if Some(at) == party && self.graph.counts(tie, day) {
                        behind.tie(&tie.kind);
                    }
                }
                parties.rows.push(row(owner, owned, tie));
                if met.insert(tie.owner) {
                    open.push(tie.owner);
                }
            }
        }
        parties
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

/// The ids that the parties named by a record have in its graph: those of the stakes that have the same name.
struct Ids {
    /// Parties of the stakes that the record names, each with its id; parties that may be one have the same.
    known: BTreeMap<PartyId, String>,
    customer: Option<PartyId>,
    notes: Vec<String>,
}

impl Ids {
    fn of(stakes: &Stakes, subject: &Subject, customer: Option<PartyId>) -> Ids {
        let mut roots: BTreeMap<PartyId, PartyId> = BTreeMap::new();
        let mut notes = BTreeSet::new();
        for party in &subject.related {
            let same = stakes.of_name(&party.name).iter().copied();
            let same: Vec<PartyId> = same.filter(|same| Some(*same) != customer).collect();
            let known: Vec<PartyId> = same
                .iter()
                .map(|party| roots.get(party).copied().unwrap_or(*party))
                .collect();
            let Some(&root) = known.iter().min() else { continue };
            roots
                .values_mut()
                .filter(|own| known.contains(own))
                .for_each(|own| *own = root);
            roots.extend(same.iter().map(|&party| (party, root)));
            if same.len() > 1 {
                notes.insert(format!(
                    "the related party '{}' may be several parties of the stakes ({}): what stands behind any of them was counted",
                    party.name,
                    stakes.labels(&same)
                ));
            }
        }
        Ids {
            known: roots
                .into_iter()
                .map(|(party, root)| (party, id_of(root)))
                .collect(),
            customer,
            notes: notes.into_iter().collect(),
        }
    }

    fn of_key(&self, stakes: &Stakes, key: &str) -> String {
        let mut same = stakes.graph.by_key(key).iter();
        let known = same.find_map(|party| self.known.get(party));
        known.cloned().unwrap_or_else(|| named_only(key))
    }

    fn named(&self, stakes: &Stakes, party: PartyId, subject: &Subject) -> Named {
        if self.customer == Some(party) {
            return customer(subject);
        }
        let id = self.known.get(&party).cloned().unwrap_or_else(|| id_of(party));
        Named::with_id(&stakes.graph.party(party).name, id)
    }
}

/// The id of a party of the stakes, so that ids are in the order of parties.
fn id_of(party: PartyId) -> String {
    format!("stake {:010}", party.number())
}

/// The statement of a tie, between parties as they are called here.
fn row(owner: Named, owned: Named, tie: &Tie) -> Row {
    Row {
        from: tie.from,
        to: tie.to,
        source: tie.source.clone(),
        place: tie.place.clone(),
        unverified: tie.unverified,
        ..Row::new(owner, owned, tie.kind.clone())
    }
}
