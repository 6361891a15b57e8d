//! Which companies count as owned: the least set that holds the listed owners and every company in which its members
//! together hold enough.
//!
//! Let `L` be the listed owners and `F(S)` be `L` together with every company of which the members of `S` hold what the rule asks for, each
//! with its whole stake. `F` is monotone: a larger `S` holds no less of any company, and sums of shares only grow. So the sets `∅`,
//! `F(∅)`, `F(F(∅))`, … grow, and since there are finitely many parties they end in the least set with `F(S) = S`. It does not depend on the
//! order in which companies are taken up, and cycles cannot lift themselves into it: a company enters only by owners who are in it
//! before. That order is kept, and is the proof.
//!
//! [`Reach::of`] takes each member up once and counts each of its holdings once, so the work is linear in the holdings that
//! members have, but for putting the companies of a round in order. More stakes, more listed owners or an unknown share read as large only make the set larger.

use crate::holdings::{Class, View};
use crate::{PartyId, Rule, Share, Tie};
use std::collections::HashMap;

/// Why a party is in the set.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Basis<'g> {
    /// It is listed.
    Listed,
    /// Enough of it is held.
    Share(Class),
    /// A share that is not known may be enough.
    Unknown(Class),
    /// A role that counts as ownership.
    Role(&'g Tie),
}

/// What the members hold of a party.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held<'g> {
    property: Share,
    votes: Share,
    /// When and why it became a member.
    pub(crate) member: Option<(u32, Basis<'g>)>,
}

impl Held<'_> {
    pub(crate) fn total(&self, class: Class) -> Share {
        match class {
            Class::Property => self.property,
            Class::Votes => self.votes,
        }
    }

    fn add(&mut self, class: Class, share: Share) {
        let total = match class {
            Class::Property => &mut self.property,
            Class::Votes => &mut self.votes,
        };
        *total = total.plus(share);
    }
}

/// The set, with the order in which everything was counted.
#[derive(Default)]
pub(crate) struct Reach<'g> {
    pub(crate) parties: HashMap<PartyId, Held<'g>>,
    /// When each holding of a member was counted.
    counted: HashMap<u32, u32>,
    step: u32,
}

impl<'g> Reach<'g> {
    /// The set for these listed owners. With `upper`, a share that is not known is taken as enough.
    ///
    /// Members are taken up in rounds: all that those of the last round hold is counted before anything is decided, so
    /// that neither the set nor why a party is in it depends on the order of parties.
    pub(crate) fn of(view: &View<'g>, rule: &Rule, listed: &[PartyId], upper: bool) -> Reach<'g> {
        let mut reach = Reach::default();
        let mut round: Vec<PartyId> = listed.to_vec();
        round.retain(|&party| reach.join(party, Basis::Listed));
        while !round.is_empty() {
            let held: Vec<u32> = round
                .iter()
                .flat_map(|&party| holdings(view, rule, party))
                .filter(|&at| reach.count(view, rule, upper, at))
                .collect();
            let companies = held.iter().filter_map(|&at| {
                let holding = view.holding(at);
                let basis = reach.basis(rule, holding.owned);
                let unknown = (upper && holding.open).then_some(Basis::Unknown(holding.class));
                Some((holding.owned, basis.or(unknown)?))
            });
            // Of a company that is open in one holding and reached in another, the sure reason counts.
            let mut joining: Vec<(PartyId, Basis<'g>)> = companies.collect();
            joining.sort_by_key(|(party, basis)| (*party, matches!(basis, Basis::Unknown(_))));
            let roles = round.iter().flat_map(|&party| view.roles_of(party));
            let roles = roles.filter(|(role, _)| rule.roles.contains(role));
            joining.extend(roles.map(|(_, tie)| (tie.owned, Basis::Role(tie))));
            joining.retain(|&(party, basis)| reach.join(party, basis));
            round = joining.into_iter().map(|(party, _)| party).collect();
        }
        reach
    }

    /// Takes up a party, unless it is in the set.
    fn join(&mut self, party: PartyId, basis: Basis<'g>) -> bool {
        let held = self.parties.entry(party).or_default();
        let joins = held.member.is_none();
        if joins {
            self.step += 1;
            held.member = Some((self.step, basis));
        }
        joins
    }

    /// Counts a holding, once.
    fn count(&mut self, view: &View<'g>, rule: &Rule, upper: bool, at: u32) -> bool {
        let holding = view.holding(at);
        if (holding.class == Class::Votes && !rule.votes) || self.counted.contains_key(&at) {
            return false;
        }
        self.step += 1;
        self.counted.insert(at, self.step);
        let share = if upper { holding.most } else { holding.share };
        let held = self.parties.entry(holding.owned).or_default();
        held.add(holding.class, share.unwrap_or_default());
        true
    }

    /// By what class of shares enough of a party is held; property where votes are enough too.
    fn basis(&self, rule: &Rule, party: PartyId) -> Option<Basis<'g>> {
        let held = self.parties.get(&party)?;
        let mut classes = [Class::Property, Class::Votes].into_iter();
        let reached = classes.find(|&class| rule.reached(held.total(class)))?;
        Some(Basis::Share(reached))
    }

    /// When and why a party became a member.
    pub(crate) fn member(&self, party: PartyId) -> Option<(u32, Basis<'g>)> {
        self.parties.get(&party)?.member
    }

    /// All members, in order of their numbers.
    pub(crate) fn members(&self) -> Vec<PartyId> {
        let members = self.parties.iter().filter(|(_, held)| held.member.is_some());
        let mut members: Vec<PartyId> = members.map(|(&party, _)| party).collect();
        members.sort_unstable();
        members
    }

    /// The holdings of a party that were counted before `step`, in order.
    pub(crate) fn counted_before(&self, view: &View<'_>, party: PartyId, step: u32) -> Vec<u32> {
        let when = |at: &u32| self.counted.get(at).copied().filter(|&when| when < step);
        let held = view.held_of(party).iter().copied();
        let mut held: Vec<u32> = held.filter(|at| when(at).is_some()).collect();
        held.sort_by_key(|at| self.counted.get(at));
        held
    }

    /// The holdings of a party that were counted at all.
    pub(crate) fn counted(&self, view: &View<'_>, party: PartyId) -> Vec<u32> {
        self.counted_before(view, party, u32::MAX)
    }
}

/// What a party holds; under a rule that counts each owner by itself, also what others hold jointly with it.
fn holdings(view: &View<'_>, rule: &Rule, party: PartyId) -> Vec<u32> {
    let mut all = Vec::new();
    for at in view.held_by(party) {
        all.push(at);
        if !rule.aggregate {
            all.extend(view.joint_with(at));
        }
    }
    all
}
