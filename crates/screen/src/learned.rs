//! What is known of the tokens of queries: found once, by whichever thread meets a token first, and shared by all.

use crate::align::rotations;
use crate::candidates::{MOST_REMEMBERED, most_terms, weight};
use crate::lookup::{Tag, hash};
use crate::nearby::Nearby;
use crate::similar::{Similar, similar};
use crate::store::{Damaged, Store, Tables, flags, part};
use foldhash::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tamis_names::{Token, agree_acronym, agree_joined, join_keys};

/// Threads seldom wait for each other where the memory is in so many parts.
const PARTS: usize = 64;

/// The memory of all threads that screen against one store. Each thread remembers by itself what it has asked for.
#[derive(Debug)]
pub(crate) struct Learned {
    parts: [Mutex<Part>; PARTS],
}

/// What is known of tokens, by the hash of their text and class.
#[derive(Debug, Default)]
struct Part {
    known: HashMap<u64, Vec<Arc<Known>>>,
    /// How much they hold.
    size: usize,
}

impl Default for Learned {
    fn default() -> Learned {
        Learned {
            parts: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

impl Learned {
    /// What is known of `token`; it is found where no thread has asked for it yet.
    pub(crate) fn known(
        &self,
        store: &Store,
        tables: &Tables<'_>,
        nearby: &mut Nearby,
        token: &Token,
    ) -> Result<Arc<Known>, Damaged> {
        let key = hash(Tag::Folded, token.folded.as_bytes()) ^ token.class as u64;
        let part = &self.parts[key as usize % PARTS];
        let same = |known: &&Arc<Known>| {
            let other = &known.token;
            other.class == token.class && other.word == token.word && asks_the_same(other, token)
        };
        // A thread that panicked left nothing half done: a part is changed by single insertions.
        let lock = || part.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().known.get(&key).and_then(|all| all.iter().find(same)) {
            return Ok(Arc::clone(known));
        }
        let known = Arc::new(Known::of(store, tables, nearby, token)?);
        let mut part = lock();
        if part.known.len() > MOST_REMEMBERED / PARTS
            || part.size > most_terms(tables.name_flags.len()) / PARTS
        {
            *part = Part::default();
        }
        part.size += known.size();
        part.known.entry(key).or_default().push(Arc::clone(&known));
        Ok(known)
    }
}

/// Whether two tokens of one word and class ask for the same. What a word stands for may follow from its place: `Prod.`
/// and, at the end of a name, `Prod`.
pub(crate) fn asks_the_same(one: &Token, two: &Token) -> bool {
    one.sounds == two.sounds && same_text(&one.meaning, &two.meaning) && one.known == two.known
}

/// Most texts are empty or of one table, which a look at the addresses tells.
pub(crate) fn same_text(one: &str, two: &str) -> bool {
    one.len() == two.len() && (one.is_empty() || std::ptr::eq(one, two) || one == two)
}

/// What is known of a token of a query.
#[derive(Debug)]
pub(crate) struct Known {
    token: Token,
    /// The terms that agree with it, in the order of terms.
    pub(crate) similar: Vec<Similar>,
    /// Tells most terms that do not.
    sieve: Sieve,
    /// The names that have one of these terms, and those of them that have no word.
    pub(crate) names: Names,
    pub(crate) wordless: Names,
    /// Names of which a run written together, or an acronym, agrees with it, with that run's weight.
    pub(crate) apart: Vec<(u32, u32)>,
}

/// Names that a token finds, each once, in their order.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) all: Vec<u32>,
    /// Those of them that have an initial.
    pub(crate) with_initial: Vec<u32>,
}

impl Names {
    fn of<'a>(rows: impl Iterator<Item = &'a [u32]>, tables: &Tables<'_>) -> Names {
        let mut all: Vec<u32> = rows.flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let flags = |name: u32| tables.name_flags.get(name as usize).copied().unwrap_or_default();
        let with_initial = all
            .iter()
            .copied()
            .filter(|&name| flags(name) & flags::HAS_INITIAL != 0);
        Names {
            with_initial: with_initial.collect(),
            all,
        }
    }
}

impl Known {
    fn of(store: &Store, tables: &Tables<'_>, nearby: &mut Nearby, token: &Token) -> Result<Known, Damaged> {
        let similar = similar(store, tables, nearby, token)?;
        let row = |similar: &Similar| 3 * similar.term as usize;
        let names = similar
            .iter()
            .map(|similar| tables.posts.between(row(similar), row(similar) + 3));
        let wordless = similar
            .iter()
            .map(|similar| tables.wordless.row(similar.term as usize));
        Ok(Known {
            token: token.clone(),
            names: Names::of(names, tables),
            wordless: Names::of(wordless, tables),
            apart: written_apart(store, tables, token)?,
            sieve: Sieve::of(similar.iter().map(|similar| similar.term)),
            similar,
        })
    }

    /// How similar the term is; nought where it does not agree.
    pub(crate) fn similarity(&self, term: u32) -> u32 {
        if !self.sieve.may_hold(term) {
            return 0;
        }
        let found = self.similar.binary_search_by_key(&term, |similar| similar.term);
        found.map_or(0, |at| u32::from(self.similar[at].similarity))
    }

    /// How much it holds: terms and names.
    pub(crate) fn size(&self) -> usize {
        self.similar.len() + self.names.all.len() + self.wordless.all.len() + self.apart.len()
    }
}

/// A set of terms that may take others for its own: a bit for each term, in which several may fall together.
#[derive(Debug, Default)]
struct Sieve(Box<[u64]>);

/// Bits for each term of a sieve: one in sixteen of other terms is taken for its own.
const SIEVE_BITS: usize = 16;

impl Sieve {
    fn of(terms: impl ExactSizeIterator<Item = u32>) -> Sieve {
        let words = (terms.len() * SIEVE_BITS).div_ceil(64).next_power_of_two();
        let mut bits = vec![0_u64; if terms.len() == 0 { 0 } else { words }];
        for term in terms {
            let (word, bit) = place(term, words);
            bits[word] |= bit;
        }
        Sieve(bits.into_boxed_slice())
    }

    fn may_hold(&self, term: u32) -> bool {
        let (word, bit) = place(term, self.0.len());
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// The bit of a term among so many words, a power of two: by Fibonacci hashing, since terms that agree lie together.
fn place(term: u32, words: usize) -> (usize, u64) {
    let hash = u64::from(term).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let word = (hash >> 6) as usize & words.wrapping_sub(1);
    (word, 1 << (hash & 63))
}

/// The names of which a run of tokens written together, or an acronym, agrees with `token`, with the run's weight.
fn written_apart(store: &Store, tables: &Tables<'_>, token: &Token) -> Result<Vec<(u32, u32)>, Damaged> {
    let mut names = Vec::new();
    for key in join_keys(std::slice::from_ref(token)) {
        for (name, part) in tables.names.find(hash(Tag::Joined, key.as_bytes())) {
            let tokens = &store.name(name)?.form.tokens;
            let found = match part::read(part) {
                Ok(run) => Some(run.of(tokens)).filter(|run| agree_joined(run, token).is_some()),
                Err(first) => rotations(tokens)
                    .nth(first)
                    .filter(|turned| agree_joined(turned, token).is_some())
                    .map(|_| tokens.as_slice()),
            };
            names.extend(found.map(|run| (name, weight(run))));
        }
    }
    for (name, _) in tables.names.find(hash(Tag::Acronym, token.latin.as_bytes())) {
        let tokens = &store.name(name)?.form.tokens;
        names.extend(agree_acronym(token, tokens).map(|_| (name, weight(tokens))));
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_sieve_holds_what_was_put_in_and_little_else(terms in proptest::collection::btree_set(0_u32..100_000, 0..300)) {
            let sieve = Sieve::of(terms.iter().copied().collect::<Vec<_>>().into_iter());
            prop_assert!(terms.iter().all(|&term| sieve.may_hold(term)));
            let others: BTreeSet<u32> = (0..100_000).step_by(7).filter(|term| !terms.contains(term)).collect();
            let taken = others.iter().filter(|&&term| sieve.may_hold(term)).count();
            prop_assert!(taken * 8 < others.len(), "{taken} of {}", others.len());
        }
    }
}
