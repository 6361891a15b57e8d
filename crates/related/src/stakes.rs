//! Ties beyond those that a record names: who of a graph a customer is, and who stands behind it there.

use crate::alike::Alikes;
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
    alikes: Alikes,
    known: RwLock<HashMap<Deal, Known>>,
}

/// The parties of the graph that a customer may be, and what has to be told of that.
#[derive(Default)]
pub(crate) struct Matched {
    pub parties: Vec<PartyId>,
    pub notes: Vec<String>,
}

/// The parties that a customer's name may stand for.
struct ByName {
    parties: BTreeSet<PartyId>,
    /// Those that are called so; the others have another legal form.
    agrees: BTreeSet<PartyId>,
    note: Option<String>,
}

impl Stakes {
    pub fn new(graph: Graph) -> Stakes {
        Stakes {
            alikes: Alikes::of(&graph),
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
        let mut matched = Matched::default();
        let mut by_name = BTreeSet::new();
        let mut agrees = by_id.is_none();
        for name in &subject.names {
            let called = self.called(&name.text);
            agrees |= by_id.is_some_and(|party| called.agrees.contains(&party));
            by_name.extend(called.parties);
            matched.notes.extend(called.note);
        }
        let has_owners = |party: &PartyId| {
            let mut all = self.alikes.one_with(*party).into_iter();
            all.any(|party| self.ties_to(party).next().is_some())
        };
        let is_meant = |party: &PartyId| by_id.is_none() || !agrees || self.graph.party(*party).id.is_none();
        let others = by_name
            .into_iter()
            .filter(|party| Some(*party) != by_id && is_meant(party));
        let mut met = BTreeSet::new();
        let all = by_id.into_iter().chain(others);
        let all = all
            .map(|party| self.alikes.first_of(party))
            .filter(|party| met.insert(*party));
        matched.parties = all.filter(has_owners).collect();
        if matched.parties.is_empty() {
            matched.notes.clear();
        }
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

    /// The parties that a customer's name may stand for: those of equal normal form, those that are called alike, and where there is
    /// none of them those with another legal form.
    fn called(&self, name: &str) -> ByName {
        let exact: BTreeSet<PartyId> = self.of_name(name).iter().copied().collect();
        let called = self.alikes.called(name);
        let tied = |party: &PartyId| {
            let mut ties = self.graph.owned(*party).iter().map(|tie| tie.owned);
            let mut owners = self.graph.owners(*party).map(|tie| tie.owner);
            ties.any(|other| exact.contains(&other)) || owners.any(|other| exact.contains(&other))
        };
        let alike = called
            .alike
            .into_iter()
            .filter(|party| exact.contains(party) || !tied(party));
        let agrees: BTreeSet<PartyId> = alike.chain(exact.iter().copied()).collect();
        let is_other = agrees.is_empty();
        let parties = if is_other {
            called.other_form
        } else {
            agrees.clone()
        };
        let others: Vec<PartyId> = parties.difference(&exact).copied().collect();
        let why = match is_other {
            false => "taken for the same name",
            true => {
                "the same name with another legal form, which was examined: check whether it is the same company"
            }
        };
        let note = || format!("the stakes have '{name}' as {}: {why}", self.labels(&others));
        ByName {
            note: (!others.is_empty()).then(note),
            parties,
            agrees,
        }
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
        parties.one.extend(ids.one.iter().cloned());
        for (&known, id) in &ids.known {
            if let Some(behind) = parties.by_key.get_mut(id) {
                behind.parties.insert(known);
            }
        }
        parties.notes.extend(ids.notes.iter().cloned());
        let named = ids.known.keys().chain(&ids.alike).chain(&ids.customer).copied();
        let mut open: Vec<PartyId> = named.flat_map(|party| self.alikes.one_with(party)).collect();
        let mut met: BTreeSet<PartyId> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            self.tell_alike(at, &ids, subject, &mut parties);
            for tie in self.ties_to(at) {
                let (owner, owned) = (ids.named(self, tie.owner, subject), ids.named(self, at, subject));
                if !ids.customer.contains(&tie.owner) {
                    let behind = parties.by_key.entry(owner.id.clone().unwrap_or_default());
                    let behind = behind.or_insert_with(|| Behind::called(&owner.name));
                    behind.parties.insert(tie.owner);
                    if ids.customer.contains(&at) && self.graph.counts(tie, day) {
                        behind.tie(&tie.kind, &tie.source);
                    }
                }
                let spelling = (tie.written.0 != tie.owner && !ids.customer.contains(&tie.owner))
                    .then(|| ids.named(self, tie.written.0, subject));
                if let Some(spelling) = &spelling {
                    let pair = (spelling.id.clone(), owner.id.clone());
                    parties.one.extend(pair.0.zip(pair.1));
                }
                parties.rows.push(row(spelling.unwrap_or(owner), owned, tie));
                let all = self.alikes.one_with(tie.owner).into_iter();
                open.extend(all.filter(|party| met.insert(*party)));
            }
        }
        parties.notes.sort();
        parties.notes.dedup();
        parties
    }

    /// Which other parties a party in the way is taken for, and which it only may be.
    fn tell_alike(&self, at: PartyId, ids: &Ids, subject: &Subject, parties: &mut Parties) {
        let first = self.alikes.first_of(at);
        if first != at && !ids.customer.contains(&at) {
            let id = |party| ids.named(self, party, subject).id.unwrap_or_default();
            parties.one.push((id(at), id(first)));
            let all: Vec<PartyId> = self.alikes.one_with(at).into_iter().collect();
            parties.notes.push(format!(
                "the stakes have one name as {}: taken for one party",
                self.labels(&all)
            ));
        }
        let unsure: Vec<PartyId> = self.alikes.unsure(at).collect();
        if !unsure.is_empty() && !ids.customer.contains(&at) {
            parties.notes.push(format!(
                "'{}' of the stakes may be {}, and was taken for none of these: give the id of the one that is meant",
                self.graph.party(at).label(),
                self.labels(&unsure)
            ));
        }
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
    /// Parties of the stakes that are called like one that the record names, and their ids with its own.
    alike: BTreeSet<PartyId>,
    one: Vec<(String, String)>,
    /// The parties that the customer is.
    customer: BTreeSet<PartyId>,
    notes: Vec<String>,
}

impl Ids {
    fn of(stakes: &Stakes, subject: &Subject, customer: Option<PartyId>) -> Ids {
        let mut roots: BTreeMap<PartyId, PartyId> = BTreeMap::new();
        let mut notes = BTreeSet::new();
        let customer = customer.map_or_else(BTreeSet::new, |party| stakes.alikes.one_with(party));
        for party in &subject.related {
            let same = stakes.of_name(&party.name).iter().copied();
            let same: Vec<PartyId> = same.filter(|same| !customer.contains(same)).collect();
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
        let mut ids = Ids {
            known: roots
                .into_iter()
                .map(|(party, root)| (party, id_of(root)))
                .collect(),
            alike: BTreeSet::new(),
            one: Vec::new(),
            customer,
            notes: notes.into_iter().collect(),
        };
        for party in &subject.related {
            ids.add_alike(stakes, &party.name);
        }
        ids
    }

    /// Adds the parties of the stakes that are called like one that the record names, beside those of its very name.
    fn add_alike(&mut self, stakes: &Stakes, name: &str) {
        let key = normal_form(name, None);
        let own = self.of_key(stakes, &key);
        let exact = stakes.graph.by_key(&key);
        let called = stakes.alikes.called(name).alike.into_iter();
        let alike: Vec<PartyId> = called
            .filter(|party| !exact.contains(party) && !self.customer.contains(party))
            .collect();
        for &party in &alike {
            let id = self.known.get(&party).cloned().unwrap_or_else(|| id_of(party));
            self.one.push((own.clone(), id));
        }
        if !alike.is_empty() {
            self.notes.push(format!(
                "the stakes have the related party '{name}' as {}: what stands behind it there was counted",
                stakes.labels(&alike)
            ));
        }
        self.alike.extend(alike);
    }

    fn of_key(&self, stakes: &Stakes, key: &str) -> String {
        let mut same = stakes.graph.by_key(key).iter();
        let known = same.find_map(|party| self.known.get(party));
        known.cloned().unwrap_or_else(|| named_only(key))
    }

    fn named(&self, stakes: &Stakes, party: PartyId, subject: &Subject) -> Named {
        if self.customer.contains(&party) {
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
