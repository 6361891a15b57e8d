//! Who is led, controlled or held in part by listed parties and by what they own, without being owned.

use crate::holdings::{Holding, View};
use crate::{PartyId, Role, Rule, Share, Tie};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// A tie by which a party is related.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edge<'g> {
    /// What is held, by number.
    Holding(u32),
    /// A role.
    Role(Role, &'g Tie),
}

/// The related parties that a rule does not count as owned, each with the tie that related it first.
pub(crate) struct Related<'g> {
    via: HashMap<PartyId, (PartyId, Edge<'g>)>,
}

impl<'g> Related<'g> {
    /// Starts from `members`: the listed, what they own, and what they may own. What these lead or hold in part is related, and so is whatever
    /// a related company would own if it were listed. A role in a related company, or a part of one, relates nobody further.
    pub(crate) fn of(view: &View<'g>, rule: &Rule, members: &BTreeSet<PartyId>) -> Related<'g> {
        let mut related = Related { via: HashMap::new() };
        let mut queue: VecDeque<(PartyId, bool)> = members.iter().map(|&party| (party, true)).collect();
        while let Some((party, direct)) = queue.pop_front() {
            for (owned, edge) in edges(view, rule, party, direct) {
                if !members.contains(&owned) && !related.via.contains_key(&owned) {
                    related.via.insert(owned, (party, edge));
                    queue.push_back((owned, false));
                }
            }
        }
        related
    }

    /// The ties from a member to a party, first to last; empty where the party is not related.
    pub(crate) fn chain(&self, party: PartyId) -> Vec<(PartyId, Edge<'g>)> {
        let mut chain = Vec::new();
        let mut at = party;
        while let Some(&(from, edge)) = self.via.get(&at) {
            chain.push((from, edge));
            at = from;
        }
        chain.reverse();
        chain
    }
}

/// The ties of a party that relate others to it: all but signatures and empty stakes if it is a member, else those that would
/// make it the owner.
fn edges<'g>(view: &View<'g>, rule: &Rule, party: PartyId, direct: bool) -> Vec<(PartyId, Edge<'g>)> {
    let holdings = view.held_by(party).filter_map(move |at| {
        let holding = view.holding(at);
        let counts = if direct {
            is_some(holding)
        } else {
            is_owner(rule, holding)
        };
        counts.then_some((holding.owned, Edge::Holding(at)))
    });
    let roles = view.roles_of(party).filter_map(move |(role, tie)| {
        let counts = if direct { leads(role) } else { controls(role) };
        counts.then_some((tie.owned, Edge::Role(role, tie)))
    });
    holdings.chain(roles).collect()
}

/// Whether something is held: an unknown share is.
pub(crate) fn is_some(holding: &Holding) -> bool {
    holding.open || holding.share != Some(Share::ZERO)
}

fn is_owner(rule: &Rule, holding: &Holding) -> bool {
    holding.open || holding.share.is_some_and(|share| rule.reached(share))
}

/// Whether a role is more than a signature.
pub(crate) const fn leads(role: Role) -> bool {
    !matches!(role, Role::Signatory)
}

const fn controls(role: Role) -> bool {
    matches!(role, Role::BoardMajority | Role::Control)
}
