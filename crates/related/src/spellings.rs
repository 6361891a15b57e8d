//! Which parties of a graph are one, written in several ways.

use std::collections::{BTreeMap, BTreeSet};
use tamis_model::{Decision, Score};

/// From which score on a name stands for an entry so closely that two such names are taken for one party. Lower ones alert, but may
/// well be two people; taken for one, the shares of the second would be lost.
const CLOSE: Score = Score::from_ten_thousandths(9_500);

/// A listed party as it is written somewhere.
#[derive(Clone, Debug)]
pub struct Spelled<K> {
    /// What it is known by to the caller.
    pub key: K,
    /// The ids that sources give it. Two ids are two parties.
    pub ids: BTreeSet<String>,
    /// The entries that it stands for closely.
    pub entries: Vec<String>,
}

/// The entries for which a party closely stands, of those that it alerts on.
pub fn close_entries(decision: &Decision) -> Vec<String> {
    let close = decision
        .alerts
        .iter()
        .filter(|finding| finding.hit.score >= CLOSE);
    close.map(|finding| finding.hit.entity_id.clone()).collect()
}

/// The parties that are one: each but the first of its kind, with that first one. They stand closely for one list entry, and no two ids
/// say that they are several; where two ids do, a name without an id may be either, and none are joined.
///
/// # Example
/// ```
/// use tamis_related::{Spelled, one_party};
///
/// let spelled = |key, id: Option<&str>| Spelled {
///     key,
///     ids: id.into_iter().map(str::to_owned).collect(),
///     entries: vec!["un:1".to_owned()],
/// };
/// let joined = one_party(&[spelled(1, Some("reg:1")), spelled(2, None)]);
/// assert_eq!(joined.get(&2), Some(&1));
/// assert!(one_party(&[spelled(1, Some("reg:1")), spelled(2, None), spelled(3, Some("reg:2"))]).is_empty());
/// ```
pub fn one_party<K: Ord + Clone>(parties: &[Spelled<K>]) -> BTreeMap<K, K> {
    let mut groups: Vec<Group<'_, K>> = Vec::new();
    for party in parties {
        let own = Group {
            keys: BTreeSet::from([&party.key]),
            ids: party.ids.iter().collect(),
            entries: party.entries.iter().collect(),
        };
        let (same, others) = groups.into_iter().partition(|group| group.shares_entry(&own));
        groups = others;
        groups.push(own.with(same));
    }
    let one = groups.into_iter().filter(|group| group.ids.len() <= 1);
    one.flat_map(Group::joined).collect()
}

/// What is one party by its entry, and what is by its name: each key but the first of its kind, with that first one.
///
/// # Example
/// ```
/// let joined = tamis_related::joined_ids([(3, 2)].into(), &[(5, 3), (7, 6)]);
/// assert_eq!(joined, [(3, 2), (5, 2), (7, 6)].into());
/// ```
pub fn joined_ids<K: Ord + Clone>(spelled: BTreeMap<K, K>, alike: &[(K, K)]) -> BTreeMap<K, K> {
    let pairs: Vec<(K, K)> = spelled.into_iter().chain(alike.iter().cloned()).collect();
    let keys: BTreeSet<&K> = pairs.iter().flat_map(|(one, two)| [one, two]).collect();
    let keys: Vec<&K> = keys.into_iter().collect();
    // The first of its kind as far as it is known, by the place of the key.
    let mut first: Vec<usize> = (0..keys.len()).collect();
    for (one, two) in &pairs {
        let places = [one, two].map(|key| keys.binary_search(&key).unwrap_or_default());
        let [one, two] = places.map(|place| first_of(&mut first, place));
        if let Some(later) = first.get_mut(one.max(two)) {
            *later = one.min(two);
        }
    }
    let kind = |(place, key): (usize, &&K)| {
        let first = keys.get(first_of(&mut first, place))?;
        (first != key).then(|| ((*key).clone(), (*first).clone()))
    };
    keys.iter().enumerate().filter_map(kind).collect()
}

/// The first of a kind, which those on the way to it keep.
fn first_of(first: &mut [usize], mut place: usize) -> usize {
    while let Some(&next) = first.get(place).filter(|next| **next != place) {
        let after = first.get(next).copied().unwrap_or(next);
        if let Some(own) = first.get_mut(place) {
            *own = after;
        }
        place = after;
    }
    place
}

/// The same, of those parties that are there: where the first of a kind is not, the first that is stands for it.
pub(crate) fn among<K: Ord + Clone>(one: BTreeMap<K, K>, is_there: impl Fn(&K) -> bool) -> BTreeMap<K, K> {
    let mut kinds: BTreeMap<K, BTreeSet<K>> = BTreeMap::new();
    for (key, first) in one {
        let kind = kinds.entry(first.clone()).or_default();
        kind.extend([key, first].into_iter().filter(|key| is_there(key)));
    }
    kinds.into_values().flat_map(with_first).collect()
}

/// Each key but the first, with that first one.
fn with_first<K: Ord + Clone>(kind: BTreeSet<K>) -> Vec<(K, K)> {
    let mut keys = kind.into_iter();
    let first = keys.next();
    let pair = |key: K| Some((key, first.clone()?));
    keys.filter_map(pair).collect()
}

/// Parties that share entries with each other.
struct Group<'a, K> {
    keys: BTreeSet<&'a K>,
    ids: BTreeSet<&'a String>,
    entries: BTreeSet<&'a String>,
}

impl<'a, K: Ord + Clone> Group<'a, K> {
    fn shares_entry(&self, other: &Group<'_, K>) -> bool {
        other.entries.iter().any(|entry| self.entries.contains(*entry))
    }

    fn with(mut self, others: Vec<Group<'a, K>>) -> Group<'a, K> {
        for other in others {
            self.keys.extend(other.keys);
            self.ids.extend(other.ids);
            self.entries.extend(other.entries);
        }
        self
    }

    /// Each key but the first, with the first.
    fn joined(self) -> Vec<(K, K)> {
        with_first(self.keys.into_iter().cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each key with the first of all that pairs lead to.
    fn by_definition(pairs: &[(u8, u8)]) -> BTreeMap<u8, u8> {
        let keys: BTreeSet<u8> = pairs.iter().flat_map(|(one, two)| [*one, *two]).collect();
        let mut first: BTreeMap<u8, u8> = keys.iter().map(|key| (*key, *key)).collect();
        for _ in 0..=pairs.len() {
            for (one, two) in pairs {
                let least = first[one].min(first[two]);
                first.extend([(*one, least), (*two, least)]);
            }
        }
        first.into_iter().filter(|(key, first)| key != first).collect()
    }

    proptest! {
        #[test]
        fn each_key_stands_for_the_first_of_its_kind(pairs in prop::collection::vec((0_u8..20, 0_u8..20), 0..30)) {
            prop_assert_eq!(joined_ids(BTreeMap::new(), &pairs), by_definition(&pairs));
        }
    }
}
