//! A set that may take others for its own: it tells most of what is not in a larger one without looking there.

/// A set of terms, or of names: a bit for each, in which several may fall together.
#[derive(Debug, Default)]
pub(crate) struct Sieve(Box<[u64]>);

impl Sieve {
    /// A sieve of so many bits for each number: of sixteen, one in sixteen of others is taken for its own.
    pub(crate) fn of(numbers: impl ExactSizeIterator<Item = u32>, bits: usize) -> Sieve {
        let words = (numbers.len() * bits).div_ceil(64);
        let mut sieve = vec![0_u64; words];
        for number in numbers {
            let (word, bit) = place(number, words);
            sieve[word] |= bit;
        }
        Sieve(sieve.into_boxed_slice())
    }

    pub(crate) fn may_hold(&self, number: u32) -> bool {
        let (word, bit) = place(number, self.0.len());
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// How many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// The bit of a number among so many words: by Fibonacci hashing, since numbers that agree lie together.
fn place(number: u32, words: usize) -> (usize, u64) {
    let hash = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = ((hash >> 32) * words as u64) >> 32;
    (word as usize, 1 << ((hash >> 26) & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_sieve_holds_what_was_put_in_and_little_else(terms in proptest::collection::btree_set(0_u32..100_000, 0..300)) {
            let sieve = Sieve::of(terms.iter().copied().collect::<Vec<_>>().into_iter(), 16);
            prop_assert!(terms.iter().all(|&term| sieve.may_hold(term)));
            let others: BTreeSet<u32> = (0..100_000).step_by(7).filter(|term| !terms.contains(term)).collect();
            let taken = others.iter().filter(|&&term| sieve.may_hold(term)).count();
            prop_assert!(taken * 8 < others.len(), "{taken} of {}", others.len());
        }
    }
}
