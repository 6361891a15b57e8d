//! Who stands behind a customer in a graph of stakes, over any number of steps, beside those that its record names.

use crate::behind::{Behind, Parties, customer, named_only};
use crate::customer::Reading;
use crate::may_be::{Likeness, Names, Whom};
use crate::stakes::Stakes;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::Subject;
use tamis_ownership::{Named, PartyId, Row, Tie};
use tamis_screen::normal_form;

/// What is still to be followed.
enum Step {
    /// Who owns, leads or represents a party.
    Ties(PartyId),
    /// Whom a party in the way may be.
    Others(PartyId),
}

impl Stakes {
    /// The parties that the record names, and all that stand behind them and behind those of the graph that the customer is by a `reading`.
    /// With `names` parties in the way are joined with those that they only may be.
    pub fn behind(
        &self,
        subject: &Subject,
        reading: &Reading<'_>,
        day: Date,
        names: Option<&Names<'_>>,
    ) -> Parties {
        let ids = Ids::of(self, subject, reading);
        let mut beyond = Beyond {
            parties: ids.parties(self, subject),
            stakes: self,
            subject,
            day,
            ids,
            open: Vec::new(),
            met: BTreeSet::new(),
            asked: BTreeSet::new(),
            later: Vec::new(),
            is_late: false,
        };
        beyond.begin(names);
        beyond.walk(names);
        beyond.is_late = true;
        for party in std::mem::take(&mut beyond.later) {
            beyond.open_ties(party);
        }
        beyond.walk(names);
        let mut parties = beyond.parties;
        parties.notes.sort();
        parties.notes.dedup();
        parties
    }
}

/// What was found behind a customer, and what is still to be followed.
struct Beyond<'a> {
    stakes: &'a Stakes,
    subject: &'a Subject,
    day: Date,
    ids: Ids,
    parties: Parties,
    open: Vec<Step>,
    met: BTreeSet<PartyId>,
    asked: BTreeSet<PartyId>,
    /// Parties of similar names, which are followed once everything else was. On the way from there no further similar names count, or
    /// in a large file everybody would stand behind everybody.
    later: Vec<PartyId>,
    is_late: bool,
}

impl Beyond<'_> {
    fn walk(&mut self, names: Option<&Names<'_>>) {
        while let Some(step) = self.open.pop() {
            match (step, names) {
                (Step::Ties(at), _) => self.follow(at),
                (Step::Others(at), Some(names)) => self.join_others(names, at),
                (Step::Others(_), None) => {}
            }
        }
    }

    /// Begins with the customer and with those that the record names.
    fn begin(&mut self, names: Option<&Names<'_>>) {
        let named = self.ids.known.keys().chain(&self.ids.alike);
        let named: Vec<PartyId> = named.chain(&self.ids.customer).copied().collect();
        named.into_iter().for_each(|party| self.open_ties(party));
        if let Some(names) = names {
            let related = &self.subject.related;
            related
                .iter()
                .for_each(|party| self.join_named(names, &party.name));
        }
    }

    /// Has it followed who stands behind a party and those that are one with it, each once. Of the others of its id only those behind whom
    /// somebody stands add anything.
    fn open_ties(&mut self, party: PartyId) {
        if self.met.contains(&party) {
            return;
        }
        let alike = self.stakes.one_with(party);
        let all = self.ids.all_of(self.stakes, party);
        for &one in &all {
            let adds = alike.contains(&one) || self.stakes.ties_to(one).next().is_some();
            if !adds || !self.met.insert(one) {
                continue;
            }
            self.open.push(Step::Ties(one));
            if let Some(&first) = all
                .first()
                .filter(|first| all.len() > alike.len() && **first != one)
            {
                let pair = (self.ids.of_party(one), self.ids.of_party(first));
                self.parties.one.push(pair);
            }
        }
    }

    /// Has it asked whom a party may be, once for all that are one with it.
    fn open_others(&mut self, party: PartyId) {
        let all = self.ids.all_of(self.stakes, party);
        if self.asked.insert(all.first().copied().unwrap_or(party)) {
            self.open.push(Step::Others(party));
        }
    }

    /// Adds who owns, leads or represents a party.
    fn follow(&mut self, at: PartyId) {
        self.join_alike(at);
        self.tell_same_id(at);
        let stakes = self.stakes;
        for tie in stakes.ties_to(at) {
            let (owner, owned) = (self.named(tie.owner), self.named(at));
            if !self.ids.customer.contains(&tie.owner) {
                let behind = self.parties.by_key.entry(owner.id.clone().unwrap_or_default());
                let behind = behind.or_insert_with(|| Behind::called(&owner.name));
                behind.parties.extend(self.ids.all_of(stakes, tie.owner));
                if self.ids.customer.contains(&at) && stakes.graph().counts(tie, self.day) {
                    behind.tie(&tie.kind, &tie.source);
                }
                self.open_others(stakes.alikes().first_of(tie.owner));
            }
            let is_spelled = tie.written.0 != tie.owner && !self.ids.customer.contains(&tie.owner);
            let spelling = is_spelled.then(|| self.named(tie.written.0));
            if let Some(spelling) = &spelling {
                let pair = (spelling.id.clone(), owner.id.clone());
                self.parties.one.extend(pair.0.zip(pair.1));
            }
            self.parties.rows.push(row(spelling.unwrap_or(owner), owned, tie));
            self.open_ties(tie.owner);
        }
    }

    fn named(&self, party: PartyId) -> Named {
        self.ids.named(self.stakes, party, self.subject)
    }

    /// Joins a party in the way with the others that it is taken for.
    fn join_alike(&mut self, at: PartyId) {
        let first = self.stakes.alikes().first_of(at);
        if first != at && !self.ids.customer.contains(&at) {
            let pair = (self.ids.of_party(at), self.ids.of_party(first));
            self.parties.one.push(pair);
            let all: Vec<PartyId> = self.stakes.one_with(at).into_iter().collect();
            self.parties.notes.push(format!(
                "the stakes have one name as {}: taken for one party",
                self.stakes.labels(&all)
            ));
        }
    }

    /// Tells that the id of a party in the way stands beside unlike names.
    fn tell_same_id(&mut self, at: PartyId) {
        if !self.stakes.graph().same_id(at).is_empty() {
            self.parties.has_same_ids = true;
            self.parties.notes.extend(self.stakes.told_unlike(at));
        }
    }

    /// Joins a party in the way with those that it may be.
    fn join_others(&mut self, names: &Names<'_>, at: PartyId) {
        let others = self.stakes.others(names, at);
        let label = self.stakes.graph().party(at).label();
        let all = self.ids.all_of(self.stakes, at).into_iter();
        let own: Vec<String> = [at]
            .into_iter()
            .chain(all)
            .map(|party| self.ids.of_party(party))
            .collect();
        self.join(&own, &label, &others);
    }

    /// Joins a party that the record names with those that it may be.
    fn join_named(&mut self, names: &Names<'_>, name: &str) {
        let key = normal_form(name, None);
        let exact = self.stakes.graph().by_key(&key).iter().copied();
        let called = exact.chain(self.stakes.alikes().called(name).alike);
        let whom = Whom {
            names: vec![name],
            sure: called.flat_map(|party| self.stakes.one_with(party)).collect(),
            ..Whom::default()
        };
        let others = self.stakes.bringing(names, names.others(&whom));
        self.join(&[self.ids.of_key(self.stakes, &key)], name, &others);
    }

    /// Joins those that are one, each by its own id, with those that they may be.
    fn join(&mut self, own: &[String], label: &str, others: &[(PartyId, Likeness)]) {
        let is_too_far = |why: Likeness| self.is_late && why.is_similar();
        let is_other =
            |(party, why): &&(PartyId, Likeness)| !self.ids.customer.contains(party) && !is_too_far(*why);
        let others: Vec<(PartyId, Likeness)> = others.iter().filter(is_other).copied().collect();
        if others.is_empty() {
            return;
        }
        let mut told = BTreeSet::new();
        for &(party, why) in &others {
            // An id may say who it is, where no name does.
            let has_id = |party: &PartyId| self.stakes.graph().party(*party).id.is_some();
            if told.insert(party) {
                let all = self.ids.all_of(self.stakes, party);
                let with_id: Vec<PartyId> = all.iter().copied().filter(has_id).collect();
                for own in own {
                    if let Some(behind) = self.parties.by_key.get_mut(own) {
                        behind.parties.extend(&with_id);
                    }
                }
                told.extend(all);
            }
            let pairs = own.iter().map(|own| (own.clone(), self.ids.of_party(party)));
            self.parties.one.extend(pairs);
            match why.is_similar() {
                true => self.later.push(party),
                false => self.open_ties(party),
            }
        }
        self.parties.is_doubtful = true;
        self.parties.notes.push(format!(
            "'{label}' may be one of the stakes: {}; what stands behind was counted, for a review at most: give the ids of those that are meant",
            self.stakes.told(&others)
        ));
    }
}

/// The ids that the parties named by a record have in its graph: those of the stakes that have the same name.
struct Ids {
    /// Parties of the stakes that the record names, each with its id; parties that may be one have the same.
    known: BTreeMap<PartyId, String>,
    /// Parties of the stakes that are called like one that the record names, and their ids with its own.
    alike: BTreeSet<PartyId>,
    /// The same parties, with the ids of those that the record names.
    called: Vec<(String, PartyId)>,
    one: Vec<(String, String)>,
    /// The parties that the customer is.
    customer: BTreeSet<PartyId>,
    /// Whether parties in the way that have one id are one.
    by_ids: bool,
    notes: Vec<String>,
}

impl Ids {
    fn of(stakes: &Stakes, subject: &Subject, reading: &Reading<'_>) -> Ids {
        let mut roots: BTreeMap<PartyId, PartyId> = BTreeMap::new();
        let mut notes = BTreeSet::new();
        let customer = reading.parties.iter().flat_map(|party| stakes.one_with(*party));
        let customer: BTreeSet<PartyId> = customer.collect();
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
            called: Vec::new(),
            one: Vec::new(),
            customer,
            by_ids: reading.by_ids,
            notes: notes.into_iter().collect(),
        };
        for party in &subject.related {
            ids.add_alike(stakes, &party.name);
        }
        ids
    }

    /// The parties that the record names, with those of the stakes that they are.
    fn parties(&self, stakes: &Stakes, subject: &Subject) -> Parties {
        let mut parties = Parties::of(subject, &|key| self.of_key(stakes, key));
        parties.one.extend(self.one.iter().cloned());
        for (&known, id) in &self.known {
            if let Some(behind) = parties.by_key.get_mut(id) {
                behind.parties.extend(self.all_of(stakes, known));
            }
        }
        for (own, party) in &self.called {
            if let Some(behind) = parties.by_key.get_mut(own) {
                behind.parties.extend(self.all_of(stakes, *party));
            }
        }
        parties.notes.extend(self.notes.iter().cloned());
        parties
    }

    /// Whether a party in the way is one with the others of its id. The customer is what the reading says, and nobody in the way is.
    fn joins(&self, party: PartyId) -> bool {
        self.by_ids && !self.customer.contains(&party)
    }

    /// A party with all that are one with it.
    fn all_of(&self, stakes: &Stakes, party: PartyId) -> BTreeSet<PartyId> {
        match self.joins(party) {
            true => stakes.one_by_id(party, &self.customer),
            false => stakes.one_with(party),
        }
    }

    /// Adds the parties of the stakes that are called like one that the record names, beside those of its very name.
    fn add_alike(&mut self, stakes: &Stakes, name: &str) {
        let key = normal_form(name, None);
        let own = self.of_key(stakes, &key);
        let exact = stakes.graph().by_key(&key);
        let called = stakes.alikes().called(name).alike.into_iter();
        let alike: Vec<PartyId> = called
            .filter(|party| !exact.contains(party) && !self.customer.contains(party))
            .collect();
        for &party in &alike {
            self.one.push((own.clone(), self.of_party(party)));
            self.called.push((own.clone(), party));
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
        let mut same = stakes.graph().by_key(key).iter();
        let known = same.find_map(|party| self.known.get(party));
        known.cloned().unwrap_or_else(|| named_only(key))
    }

    fn of_party(&self, party: PartyId) -> String {
        self.known.get(&party).cloned().unwrap_or_else(|| id_of(party))
    }

    fn named(&self, stakes: &Stakes, party: PartyId, subject: &Subject) -> Named {
        if self.customer.contains(&party) {
            return customer(subject);
        }
        let id = self.of_party(party);
        Named::with_id(&stakes.graph().party(party).name, id)
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
