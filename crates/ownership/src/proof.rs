//! The steps from listed owners to a party, in the order in which they were counted.

use crate::finding::{Step, StepTie};
use crate::holdings::{Class, View};
use crate::reach::{Basis, Reach};
use crate::related::Edge;
use crate::{Interest, PartyId, Tie, TieKind};
use std::collections::BTreeSet;

/// Steps, and the listed owners that they begin with.
#[derive(Default)]
pub(crate) struct Proof {
    pub(crate) steps: Vec<Step>,
    pub(crate) owners: BTreeSet<PartyId>,
}

impl Proof {
    /// The empty proof: the party is listed.
    pub(crate) fn listed(party: PartyId) -> Proof {
        Proof {
            steps: Vec::new(),
            owners: BTreeSet::from([party]),
        }
    }

    /// Why `party` is a member. All that was counted of the party itself is shown; of those between, what made them members. Each
    /// step's owner was a member before the step was counted, so following them ends at listed owners.
    pub(crate) fn of<'g>(view: &View<'g>, reach: &Reach<'g>, party: PartyId) -> Proof {
        let mut proof = Proof::default();
        let mut met = BTreeSet::from([party]);
        let mut open = vec![party];
        let mut steps: Vec<(u32, Edge<'g>)> = Vec::new();
        while let Some(at) = open.pop() {
            let Some((step, basis)) = reach.member(at) else {
                continue;
            };
            for (owner, edge) in grounds(view, reach, at, step, basis, at == party) {
                steps.push((step, edge));
                if met.insert(owner) {
                    open.push(owner);
                }
            }
            if matches!(basis, Basis::Listed) {
                proof.owners.insert(at);
            }
        }
        steps.sort_by_key(|(step, _)| *step);
        proof.steps = steps.into_iter().map(|(_, edge)| step_of(view, edge)).collect();
        proof
    }
}

/// What made a party a member.
fn grounds<'g>(
    view: &View<'g>,
    reach: &Reach<'g>,
    party: PartyId,
    step: u32,
    basis: Basis<'g>,
    in_full: bool,
) -> Vec<(PartyId, Edge<'g>)> {
    let held = |class: Class| {
        let counted = match in_full {
            true => reach.counted(view, party),
            false => reach.counted_before(view, party, step),
        };
        // A member's shares may be what makes the votes of its partner count.
        let shown = |at: &u32| view.holding(*at).class == class || view.joint_with(*at).next().is_some();
        let own = counted.into_iter().filter(shown);
        own.map(|at| (view.holding(at).owner, Edge::Holding(at)))
            .collect()
    };
    match basis {
        Basis::Listed => Vec::new(),
        Basis::Share(class) | Basis::Unknown(class) => held(class),
        Basis::Role(tie) => role(tie).into_iter().collect(),
    }
}

fn role(tie: &Tie) -> Option<(PartyId, Edge<'_>)> {
    match tie.kind {
        TieKind::Role { role } => Some((tie.owner, Edge::Role(role, tie))),
        _ => None,
    }
}

/// A tie as a step.
pub(crate) fn step_of(view: &View<'_>, edge: Edge<'_>) -> Step {
    match edge {
        Edge::Role(role, tie) => step(view, tie.owner, &[tie], StepTie::Role(role)),
        Edge::Holding(at) => {
            let holding = view.holding(at);
            let ties: Vec<&Tie> = holding
                .ties
                .iter()
                .map(|&at| &view.graph.ties[at as usize])
                .collect();
            let interest = ties.iter().find_map(|tie| match tie.kind {
                TieKind::Stake { interest, .. } => Some(interest),
                _ => None,
            });
            let tie = StepTie::Stake(interest.unwrap_or(Interest::Shares), holding.share);
            Step {
                open: holding.open,
                most: holding.most.filter(|_| holding.most > holding.share),
                ..step(view, holding.owner, &ties, tie)
            }
        }
    }
}

fn step(view: &View<'_>, owner: PartyId, ties: &[&Tie], tie: StepTie) -> Step {
    let texts = |text: fn(&Tie) -> &str| -> Vec<String> {
        let texts: BTreeSet<&str> = ties
            .iter()
            .map(|tie| text(tie))
            .filter(|text| !text.is_empty())
            .collect();
        texts.into_iter().map(str::to_owned).collect()
    };
    // A step has a tie, whose end is a party.
    let owned = ties.first().map_or(owner, |tie| tie.owned);
    let joint = ties.iter().find_map(|tie| match &tie.kind {
        TieKind::Stake { joint, .. } => joint.clone(),
        _ => None,
    });
    Step {
        open: false,
        most: None,
        also: also(view, owner, ties),
        joint,
        owner: view.graph.party(owner).clone(),
        owned: view.graph.party(owned).clone(),
        tie,
        from: ties.iter().filter_map(|tie| tie.from).min(),
        to: ties.iter().filter_map(|tie| tie.to).max(),
        sources: texts(|tie| &tie.source),
        places: texts(|tie| &tie.place),
    }
}

/// The other names under which ties name an owner.
fn also(view: &View<'_>, owner: PartyId, ties: &[&Tie]) -> Vec<String> {
    let others: BTreeSet<PartyId> = ties
        .iter()
        .map(|tie| tie.written.0)
        .filter(|&other| other != owner)
        .collect();
    others
        .into_iter()
        .map(|other| view.graph.party(other).name.clone())
        .collect()
}
