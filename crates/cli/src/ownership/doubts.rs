//! Whom the party, and those behind it, may be and were not taken for.

use super::listing::Listing;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tamis::ownership::{Party, PartyId, TieKind};
use tamis::related::{Likeness, Names, Whom};

/// Two parties that may be one.
#[derive(Clone, Copy)]
pub struct Pair {
    /// The party that was asked for, or one behind it.
    party: PartyId,
    /// The one that it may be.
    other: PartyId,
    why: Likeness,
}

/// What may be, and what would follow.
#[derive(Serialize)]
pub struct Doubt {
    /// The party that was asked for, or one behind it.
    party: Party,
    /// The one that it may be.
    may_be: Party,
    /// Why.
    why: String,
    /// Whether it is because both have one id.
    #[serde(skip)]
    pub is_by_id: bool,
    /// The listed parties that stand behind that one.
    pub listed: Vec<Party>,
}

impl Doubt {
    /// It in a sentence.
    pub fn words(&self) -> String {
        let (party, may_be) = (self.party.label(), self.may_be.label());
        let behind = match self.listed.as_slice() {
            [] => "nobody who is listed stands behind that one".to_owned(),
            listed => {
                let labels: Vec<String> = listed.iter().map(Party::label).collect();
                format!("behind that one stands {}", labels.join("; "))
            }
        };
        format!(
            "'{party}' may be '{may_be}' ({}), and was not taken for it; {behind}",
            self.why
        )
    }
}

/// Whom the party that `name` means, and those behind it, may be: those of its own id under another name, and those that bring something.
pub fn pairs(names: &Names<'_>, party: PartyId, name: &str) -> Vec<Pair> {
    let of_id = |other: PartyId| Pair {
        party,
        other,
        why: Likeness::Id,
    };
    let same = names.graph.same_id(party).iter().copied();
    let mut pairs: Vec<Pair> = same.filter(|other| *other != party).map(of_id).collect();
    for at in above(names, party) {
        let mut whom = Whom::party(names.graph, names.alikes, at);
        if whom.sure.contains(&party) {
            whom.names.push(name);
            // Who asks by a name states no id, and may mean whoever is called so.
            whom.ids.retain(|id| *id == name);
        }
        let may_be = names.others(&whom).may_be.into_iter();
        let brings = may_be.filter(|(other, _)| names.similar.brings(*other));
        pairs.extend(brings.map(|(other, why)| Pair {
            party: at,
            other,
            why,
        }));
    }
    pairs
}

/// The parties whose listings have to be known to tell what would follow.
pub fn concerned(names: &Names<'_>, pairs: &[Pair]) -> BTreeSet<PartyId> {
    pairs.iter().flat_map(|pair| above(names, pair.other)).collect()
}

/// What is told of each pair.
pub fn told(names: &Names<'_>, pairs: &[Pair], listings: &BTreeMap<Party, Listing>) -> Vec<Doubt> {
    let party = |party: PartyId| names.graph.party(party);
    let doubt = |pair: &Pair| {
        let above = above(names, pair.other).into_iter().map(party);
        Doubt {
            party: party(pair.party).clone(),
            may_be: party(pair.other).clone(),
            why: pair.why.to_string(),
            is_by_id: pair.why == Likeness::Id,
            listed: above
                .filter(|party| listings.contains_key(party))
                .cloned()
                .collect(),
        }
    };
    pairs.iter().map(doubt).collect()
}

/// A party with the others of its id, those that are taken for one with any of them, and all who stand behind these.
fn above(names: &Names<'_>, party: PartyId) -> BTreeSet<PartyId> {
    let one_with = |party: PartyId| {
        let all = names.graph.same_id(party).iter().copied().chain([party]);
        all.flat_map(|party| names.alikes.one_with(party))
            .collect::<BTreeSet<_>>()
    };
    let mut met = one_with(party);
    let mut open: Vec<PartyId> = met.iter().copied().collect();
    while let Some(at) = open.pop() {
        let ties = names.graph.owners(at);
        let owners = ties.filter(|tie| !matches!(tie.kind, TieKind::Link { .. }));
        for owner in owners.map(|tie| tie.owner) {
            let all = one_with(owner).into_iter();
            open.extend(all.filter(|next| met.insert(*next)));
        }
    }
    met
}
