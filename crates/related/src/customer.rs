//! Who of the parties of a graph a customer is, and who it may be.

use crate::may_be::{Likeness, Names, Whom};
use crate::stakes::Stakes;
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::Subject;
use tamis_ownership::PartyId;

/// The doubt about several parties.
const TOGETHER: &str = "all the parties of the stakes that the customer may be are one";

/// The parties of the graph that a customer is or may be, of those that somebody stands behind, and what has to be told of that.
#[derive(Default)]
pub(crate) struct Matched {
    /// Those that it is taken for; those of one id stand together.
    pub sure: Vec<Vec<PartyId>>,
    /// All parties that it is taken for, also those behind whom nobody stands.
    pub named: BTreeSet<PartyId>,
    /// These, all others of its name and those that it may be: whether one of them is listed is asked of each.
    pub asked: BTreeSet<PartyId>,
    /// Those that it only may be, each with the condition in words.
    pub may_be: BTreeMap<PartyId, String>,
    /// What has to be told.
    pub notes: Vec<String>,
}

/// Who the customer is taken to be, and under which condition.
pub(crate) struct Reading<'a> {
    /// The parties of the graph that it is.
    pub parties: Vec<PartyId>,
    /// Whether parties in the way that have one id are one, whatever their names.
    pub by_ids: bool,
    /// Whether it only differs from another reading where an id stands beside unlike names.
    pub is_apart: bool,
    /// What is in doubt.
    pub doubt: Option<Doubt<'a>>,
}

/// What has to be so that something is found.
#[derive(Clone, Copy)]
pub(crate) enum Doubt<'a> {
    /// Parties in the way are one that only may be.
    InTheWay,
    /// The customer is a party that it only may be.
    Customer(&'a str),
}

impl Doubt<'_> {
    /// The condition in words.
    pub fn words(&self) -> &str {
        match self {
            Doubt::InTheWay => "the parties in the way that may be one are one, as the notes say",
            Doubt::Customer(words) => words,
        }
    }
}

impl Matched {
    /// Whether the graph has nobody that the customer is or may be.
    pub fn is_empty(&self) -> bool {
        self.sure.is_empty() && self.may_be.is_empty()
    }

    /// What is sure, then what may be: parties in the way, each that the customer may be, and all of them together, so that what two
    /// of them have is not lost.
    pub fn readings(&self) -> Vec<Reading<'_>> {
        let mut readings = self.sure_readings();
        let one = |parties: &[PartyId], doubt| Reading {
            parties: parties.to_vec(),
            by_ids: true,
            is_apart: false,
            doubt: Some(doubt),
        };
        let in_the_way: Vec<Reading<'_>> = readings
            .iter()
            .filter(|reading| reading.by_ids)
            .map(|reading| one(&reading.parties, Doubt::InTheWay))
            .collect();
        readings.extend(in_the_way);
        let may_be = self.may_be.iter();
        readings.extend(may_be.map(|(party, words)| one(&[*party], Doubt::Customer(words))));
        let sure = self.sure.iter().flatten();
        let all: Vec<PartyId> = sure.chain(self.may_be.keys()).copied().collect();
        if all.len() > 1 {
            readings.push(one(&all, Doubt::Customer(TOGETHER)));
        }
        readings
    }

    /// What is sure: that an id is right, and that it is not, where it stands beside unlike names.
    fn sure_readings(&self) -> Vec<Reading<'_>> {
        let one = |parties: &[PartyId], by_ids, is_apart| Reading {
            parties: parties.to_vec(),
            by_ids,
            is_apart,
            doubt: None,
        };
        let none = [Vec::new()];
        let groups = match self.sure.is_empty() {
            true => &none[..],
            false => self.sure.as_slice(),
        };
        let mut readings: Vec<Reading<'_>> = groups.iter().map(|group| one(group, true, false)).collect();
        let several = groups.iter().filter(|group| group.len() > 1).flatten();
        readings.extend(several.map(|party| one(&[*party], true, true)));
        if self.sure.is_empty() {
            readings.push(one(&[], false, true));
        }
        readings.extend(
            self.sure
                .iter()
                .flatten()
                .map(|party| one(&[*party], false, true)),
        );
        readings
    }
}

/// The parties that the names of a customer stand for.
#[derive(Default)]
struct Called {
    parties: BTreeSet<PartyId>,
    notes: Vec<String>,
}

impl Stakes {
    /// Which parties a customer is. Its id says which, where the graph knows it under the customer's name; where the graph gives the id to
    /// another name both are meant, and told. None of several is preferred. Which others it may be `names` say.
    pub fn matched(&self, subject: &Subject, names: Option<&Names<'_>>) -> Matched {
        let by_id = subject.id.as_deref().and_then(|id| self.graph().by_id(id));
        let of_id: BTreeSet<PartyId> = by_id.iter().flat_map(|party| self.of_one_id(*party)).collect();
        let called = self.called(subject);
        let agrees = by_id.is_none() || !of_id.is_disjoint(&called.parties);
        let is_meant =
            |party: &PartyId| by_id.is_none() || !agrees || self.graph().party(*party).id.is_none();
        let of_name = called.parties.iter().copied().filter(is_meant);
        let of_name = of_name.flat_map(|party| self.of_one_id(party));
        let parties: BTreeSet<PartyId> = of_id.iter().copied().chain(of_name).collect();
        let sure = self.with_owners(parties.iter().copied());
        let mut matched = Matched {
            sure: self.by_ids(&sure),
            named: parties.iter().flat_map(|&party| self.one_with(party)).collect(),
            ..Matched::default()
        };
        let others_of_name = called.parties.iter().flat_map(|party| self.of_one_id(*party));
        matched.asked = others_of_name.chain(matched.named.iter().copied()).collect();
        if let Some(names) = names {
            let ids = by_id.and_then(|party| self.graph().party(party).id.as_deref());
            let whom = Whom {
                names: subject.names.iter().map(|name| name.text.as_str()).collect(),
                ids: ids.filter(|_| agrees).into_iter().collect(),
                sure: matched.named.clone(),
            };
            self.add_doubtful(&mut matched, names, &whom);
        }
        if !matched.sure.is_empty() || !matched.may_be.is_empty() {
            matched.notes.splice(0..0, called.notes);
        }
        if let (Some(party), false) = (by_id, agrees) {
            matched.notes.push(format!(
                "the stakes give its id to '{}': the id and the name were both examined; check which is right",
                self.graph().party(party).label()
            ));
        }
        if matched.sure.len() > 1 {
            matched.notes.push(format!(
                "it may be several parties of the stakes ({}): each was examined; give the id of the one that is meant",
                self.labels(&sure)
            ));
        }
        let unlike = parties.iter().filter_map(|party| self.told_unlike(*party));
        matched.notes.extend(unlike.collect::<BTreeSet<String>>());
        matched
    }

    /// A party and the others of its id.
    fn of_one_id(&self, party: PartyId) -> impl Iterator<Item = PartyId> {
        let others = self.graph().same_id(party).iter().copied();
        others.chain([party])
    }

    /// The same parties, those of one id together.
    fn by_ids(&self, parties: &[PartyId]) -> Vec<Vec<PartyId>> {
        let mut groups: Vec<(BTreeSet<PartyId>, Vec<PartyId>)> = Vec::new();
        for &party in parties {
            let all = self.one_by_id(party, &BTreeSet::new());
            match groups.iter_mut().find(|(known, _)| !known.is_disjoint(&all)) {
                Some((_, group)) => group.push(party),
                None => groups.push((all, vec![party])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// The parties of equal normal form, and those that are called alike. One that is tied to a party of that very name is not taken for it.
    fn called(&self, subject: &Subject) -> Called {
        let mut all = Called::default();
        for name in &subject.names {
            let exact: BTreeSet<PartyId> = self.of_name(&name.text).iter().copied().collect();
            let called = self.alikes().called(&name.text).alike;
            let others = called.difference(&exact).copied();
            let others: Vec<PartyId> = others.filter(|party| !self.is_tied(*party, &exact)).collect();
            if !others.is_empty() {
                all.notes.push(format!(
                    "the stakes have '{}' as {}: taken for the same name",
                    name.text,
                    self.labels(&others)
                ));
            }
            all.parties.extend(exact.into_iter().chain(others));
        }
        all
    }

    fn is_tied(&self, party: PartyId, to: &BTreeSet<PartyId>) -> bool {
        let mut owned = self.graph().owned(party).iter().map(|tie| tie.owned);
        let mut owners = self.graph().owners(party).map(|tie| tie.owner);
        owned.any(|other| to.contains(&other)) || owners.any(|other| to.contains(&other))
    }

    /// The first of each of those that are taken for one, where somebody stands behind any of these.
    fn with_owners(&self, parties: impl Iterator<Item = PartyId>) -> Vec<PartyId> {
        let first: BTreeSet<PartyId> = parties.map(|party| self.alikes().first_of(party)).collect();
        let has_owners = |party: &PartyId| {
            let mut all = self.one_with(*party).into_iter();
            all.any(|party| self.ties_to(party).next().is_some())
        };
        let mut all: Vec<PartyId> = first.into_iter().filter(has_owners).collect();
        all.sort_unstable();
        all
    }

    /// Adds those that the customer may be, and tells them.
    fn add_doubtful(&self, matched: &mut Matched, names: &Names<'_>, whom: &Whom<'_>) {
        let others = names.others(whom);
        let apart = self.with_owners(others.apart.iter().copied());
        matched.asked.retain(|party| !others.apart.contains(party));
        let may_be = self.bringing(names, others);
        let brought = may_be.iter().flat_map(|(party, _)| self.one_with(*party));
        matched.asked.extend(brought);
        let has_owners = self.with_owners(may_be.iter().map(|(party, _)| *party));
        let may_be: Vec<(PartyId, Likeness)> = may_be
            .into_iter()
            .filter(|(party, _)| has_owners.contains(party))
            .collect();
        if !may_be.is_empty() {
            matched.notes.push(format!(
                "the customer may be one of the stakes: {}; what stands behind was examined, for a review at most: check whether it is",
                self.told(&may_be)
            ));
        }
        let doubt = |one: &(PartyId, Likeness)| {
            (
                one.0,
                format!("the customer is {} of the stakes", self.told(&[*one])),
            )
        };
        matched.may_be = may_be.iter().map(doubt).collect();
        if !apart.is_empty() {
            matched.notes.push(self.told_apart(&apart));
        }
    }

    fn told_apart(&self, apart: &[PartyId]) -> String {
        format!(
            "the stakes have its name with other ids of the same system ({}): taken for other companies, and not examined",
            self.first_labels(apart)
        )
    }
}
