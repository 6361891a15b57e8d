//! What was asked for lately: a memory of bounded size that never forgets what is common.
//!
//! It is kept in two generations. What is asked for belongs to the young one; when that has reached its bound it becomes the old
//! one, and what was old and not asked for since is forgotten. A memory that forgets all at once when it is full finds
//! the commonest words again each time, and they are the dearest.

use foldhash::HashMap;
use std::hash::Hash;

/// How much a value holds, in units of its bound.
pub(crate) trait Held {
    fn held(&self) -> usize;
}

/// A memory of what was asked for lately.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    /// How much the young ones hold.
    held: usize,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Recent<K, V> {
        Recent {
            young: HashMap::default(),
            old: HashMap::default(),
            held: 0,
        }
    }
}

impl<K: Hash + Eq, V: Held> Recent<K, V> {
    /// What `read` takes from what is remembered of `key`, which is young from now on. Whether the memory [is full](Recent::is_full) has
    /// to be asked before: what is read fills it as well as what is put in.
    pub(crate) fn read<T>(&mut self, key: &K, read: impl FnOnce(&V) -> T) -> Option<T> {
        if let Some(value) = self.young.get(key) {
            return Some(read(value));
        }
        let (key, value) = self.old.remove_entry(key)?;
        let taken = read(&value);
        self.put(key, value);
        Some(taken)
    }

    /// Remembers `value`, in place of what was remembered of `key`.
    pub(crate) fn put(&mut self, key: K, value: V) {
        self.held += value.held();
        if let Some(before) = self.young.insert(key, value) {
            self.held -= before.held();
        }
    }

    /// Whether the young ones are more than half of `most`, or hold more than half of `most_held`: what both generations may be
    /// and hold together.
    pub(crate) fn is_full(&self, most: usize, most_held: usize) -> bool {
        self.young.len() > most / 2 || self.held > most_held / 2
    }

    /// Forgets what is old; what is young is old from now on.
    pub(crate) fn age(&mut self) {
        self.old = std::mem::take(&mut self.young);
        self.held = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap as Map;

    impl Held for usize {
        fn held(&self) -> usize {
            *self
        }
    }

    const MOST: usize = 20;
    const MOST_HELD: usize = 30;
    const LARGEST: usize = 7;

    proptest! {
        #[test]
        fn it_says_what_was_put_in_last_and_holds_no_more_than_its_bound(
            asked in proptest::collection::vec((0_u8..40, 0..=LARGEST), 0..400),
        ) {
            let (mut recent, mut all) = (Recent::<u8, usize>::default(), Map::new());
            for (key, value) in asked {
                if recent.is_full(MOST, MOST_HELD) {
                    recent.age();
                }
                match recent.read(&key, |value| *value) {
                    Some(known) => prop_assert_eq!(Some(&known), all.get(&key)),
                    None => {
                        recent.put(key, value);
                        all.insert(key, value);
                    }
                }
                let young: usize = recent.young.values().sum();
                prop_assert_eq!(recent.held, young);
                prop_assert!(recent.young.keys().all(|key| !recent.old.contains_key(key)));
                let old: usize = recent.old.values().sum();
                for (count, held) in [(recent.young.len(), young), (recent.old.len(), old)] {
                    // The last one may pass the bound of its generation.
                    prop_assert!(count <= MOST / 2 + 1, "{count}");
                    prop_assert!(held <= MOST_HELD / 2 + LARGEST, "{held}");
                }
            }
        }

        #[test]
        fn what_is_asked_for_often_is_never_forgotten(others in proptest::collection::vec(1_u8.., 0..400)) {
            let mut recent = Recent::<u8, usize>::default();
            recent.put(0, 1);
            for other in others {
                if recent.is_full(MOST, MOST_HELD) {
                    recent.age();
                }
                prop_assert_eq!(recent.read(&0, |value| *value), Some(1));
                if recent.read(&other, |_| ()).is_none() {
                    recent.put(other, 1);
                }
            }
        }
    }
}
