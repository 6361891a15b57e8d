//! From ties to what each owner holds on a day: statements of several sources on one stake made into one.

use crate::graph::starts_of;
use crate::{Graph, Interest, PartyId, Role, Share, Tie, TieKind};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted apart: property, and votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Shares, whether held directly or through others.
    Property,
    /// Votes.
    Votes,
}

impl Class {
    const fn of(interest: Interest) -> Class {
        match interest {
            Interest::Votes => Class::Votes,
            Interest::Shares | Interest::Beneficial | Interest::Group => Class::Property,
        }
    }

    /// `shares` or `votes`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Class::Property => "shares",
            Class::Votes => "votes",
        }
    }
}

/// What one owner holds of one company on the day.
#[derive(Debug)]
pub(crate) struct Holding {
    pub(crate) owner: PartyId,
    pub(crate) owned: PartyId,
    pub(crate) class: Class,
    /// `None` where no source states a share.
    pub(crate) share: Option<Share>,
    /// What it comes to if the spellings of the owner are owners of their own.
    pub(crate) most: Option<Share>,
    /// Whether something is held of which no source states the share.
    pub(crate) open: bool,
    /// The statements it rests on.
    pub(crate) ties: Vec<u32>,
    /// The joint arrangements that it is part of.
    joints: Vec<u32>,
}

/// The ties of a graph on one day.
pub(crate) struct View<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) day: Date,
    /// By owner, then owned, then class.
    pub(crate) holdings: Vec<Holding>,
    starts: Vec<u32>,
    into: Vec<u32>,
    into_starts: Vec<u32>,
    /// The holdings of each joint arrangement.
    arrangements: Vec<Vec<u32>>,
}

impl<'g> View<'g> {
    pub(crate) fn on(graph: &'g Graph, day: Date) -> View<'g> {
        let mut labels = BTreeMap::new();
        let mut holdings = Vec::new();
        let pairs = graph
            .ties
            .chunk_by(|a, b| (a.owner, a.owned) == (b.owner, b.owned));
        let mut at = 0;
        for pair in pairs {
            let counted = (at..).zip(pair).filter(|(_, tie)| graph.counts(tie, day));
            push(&counted.collect::<Vec<_>>(), &mut labels, &mut holdings);
            at += u32::try_from(pair.len()).unwrap_or(u32::MAX);
        }
        let mut arrangements = vec![Vec::new(); labels.len()];
        for (at, holding) in (0..).zip(&holdings) {
            for &joint in &holding.joints {
                arrangements[joint as usize].push(at);
            }
        }
        let mut into: Vec<u32> = (0..).take(holdings.len()).collect();
        into.sort_by_key(|&at| holdings[at as usize].owned);
        View {
            graph,
            day,
            starts: starts_of(graph.len(), holdings.iter().map(|h| h.owner)),
            into_starts: starts_of(graph.len(), into.iter().map(|&at| holdings[at as usize].owned)),
            into,
            holdings,
            arrangements,
        }
    }

    /// The numbers of what a party holds.
    pub(crate) fn held_by(&self, party: PartyId) -> std::ops::Range<u32> {
        self.starts[party.at()]..self.starts[party.at() + 1]
    }

    /// The numbers of what is held of a party.
    pub(crate) fn held_of(&self, party: PartyId) -> &[u32] {
        &self.into[self.into_starts[party.at()] as usize..self.into_starts[party.at() + 1] as usize]
    }

    pub(crate) fn holding(&self, at: u32) -> &Holding {
        &self.holdings[at as usize]
    }

    /// The holdings that are exercised together with one, itself among them where there are any.
    pub(crate) fn joint_with(&self, at: u32) -> impl Iterator<Item = u32> {
        let joints = &self.holding(at).joints;
        joints
            .iter()
            .flat_map(|&joint| &self.arrangements[joint as usize])
            .copied()
    }

    /// The roles that a party has on the day.
    pub(crate) fn roles_of(&self, party: PartyId) -> impl Iterator<Item = (Role, &'g Tie)> {
        let graph = self.graph;
        graph.owned(party).iter().filter_map(|tie| self.role(tie))
    }

    /// The roles that others have in a party on the day.
    pub(crate) fn roles_in(&self, party: PartyId) -> impl Iterator<Item = (Role, &'g Tie)> {
        let graph = self.graph;
        graph.owners(party).filter_map(|tie| self.role(tie))
    }

    fn role(&self, tie: &'g Tie) -> Option<(Role, &'g Tie)> {
        match tie.kind {
            TieKind::Role { role } if self.graph.counts(tie, self.day) => Some((role, tie)),
            _ => None,
        }
    }
}

/// Adds what the ties between two parties, with their numbers, come to, by class.
fn push(ties: &[(u32, &Tie)], labels: &mut BTreeMap<(PartyId, String), u32>, holdings: &mut Vec<Holding>) {
    for class in [Class::Property, Class::Votes] {
        let (mut sums, mut spelled) = (Sums::default(), BTreeMap::<(PartyId, PartyId), Sums<'_>>::new());
        let (mut used, mut joints) = (Vec::new(), Vec::new());
        for &(at, tie) in ties {
            let TieKind::Stake { interest, joint, .. } = &tie.kind else {
                continue;
            };
            if Class::of(*interest) != class {
                continue;
            }
            used.push(at);
            sums.add(tie);
            spelled.entry(tie.written).or_default().add(tie);
            if let Some(label) = joint {
                let next = u32::try_from(labels.len()).unwrap_or(u32::MAX);
                joints.push(*labels.entry((tie.owned, label.clone())).or_insert(next));
            }
        }
        if let (Some((_, tie)), false) = (ties.first(), used.is_empty()) {
            let open = spelled.values().any(|sums| is_open(&sums.stated));
            let each = spelled.into_values().filter_map(Sums::largest);
            holdings.push(Holding {
                owner: tie.owner,
                owned: tie.owned,
                class,
                share: sums.largest(),
                most: each.reduce(Share::plus),
                open,
                ties: used,
                joints,
            });
        }
    }
}

/// What the statements on the stake of one owner come to.
///
/// Within a source, different statements are added (classes of shares, lots), and equal ones, which may stand under two spellings of the
/// owner, count once; between sources, and between shares held in one's own name and for one's benefit, the largest sum counts, because
/// they may be the same shares. A share that another source knows goes before one of the same kind that is not known, and any goes before
/// bare membership of a group ([`is_open`]).
#[derive(Default)]
struct Sums<'t> {
    by_source: BTreeMap<(&'t str, Interest), Share>,
    /// Each kind and source, with whether a statement knows its share.
    stated: BTreeSet<(Interest, &'t str, bool)>,
    met: BTreeSet<(&'t TieKind, Option<Date>, Option<Date>, &'t str)>,
}

impl<'t> Sums<'t> {
    fn add(&mut self, tie: &'t Tie) {
        let TieKind::Stake { interest, share, .. } = &tie.kind else {
            return;
        };
        self.stated.insert((*interest, &tie.source, share.is_some()));
        let Some(share) = share else { return };
        if self.met.insert((&tie.kind, tie.from, tie.to, &tie.source)) {
            let sum = self.by_source.entry((&tie.source, *interest)).or_default();
            *sum = sum.plus(*share).min(Share::WHOLE);
        }
    }

    fn largest(self) -> Option<Share> {
        self.by_source.into_values().max()
    }
}

/// Whether what one owner holds has a share that is not known, and of whose kind no source knows all that it states: `stated` holds each
/// kind and source with whether a statement knows its share. A source that states a share beside one that is not known says that there are
/// two lots, and answers nothing.
///
/// # Example
/// ```
/// use tamis_ownership::{Interest::Shares, is_open};
///
/// let (unknown, known) = ((Shares, "register", false), (Shares, "register", true));
/// assert!(is_open(&[unknown, known].into()));
/// assert!(!is_open(&[unknown, (Shares, "annual report", true)].into()));
/// assert!(is_open(&[unknown, known, (Shares, "press", false), (Shares, "press", true)].into()));
/// ```
pub fn is_open<S: Ord + Copy>(stated: &BTreeSet<(Interest, S, bool)>) -> bool {
    let answers = |interest: Interest, &(kind, source, knows): &(Interest, S, bool)| {
        knows
            && match interest {
                Interest::Group => true,
                _ => kind == interest && !stated.contains(&(kind, source, false)),
            }
    };
    let mut open = stated.iter().filter(|(.., knows)| !knows);
    open.any(|&(interest, ..)| !stated.iter().any(|known| answers(interest, known)))
}
