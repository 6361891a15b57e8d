//! What is known of the tokens of queries: found once, by whichever thread meets a token first, and shared by all.

use crate::align::rotations;
use crate::candidates::{MOST_REMEMBERED, most_bytes, weight};
use crate::found::Names;
use crate::lookup::{Tag, hash};
use crate::nearby::Nearby;
use crate::recent::{Held, Recent};
use crate::sieve::Sieve;
use crate::similar::{Similar, similar};
use crate::store::{Damaged, Store, Tables, part};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tamis_names::{Token, agree_acronym, agree_joined, join_keys};

/// Bits for each term of its sieve: one in sixteen of others is taken for its own.
const SIEVE_BITS: usize = 16;

/// Threads seldom wait for each other where the memory is in so many parts.
const PARTS: usize = 64;

/// The memory of all threads that screen against one store. Each thread remembers by itself what it has asked for.
#[derive(Debug)]
pub(crate) struct Learned {
    parts: [Mutex<Part>; PARTS],
}

/// What is known of tokens, by the hash of their text and class.
type Part = Recent<u64, Vec<Arc<Known>>>;

impl Held for Vec<Arc<Known>> {
    fn held(&self) -> usize {
        self.iter().map(|known| known.size()).sum()
    }
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
        // A thread that panicked may have left a part without something, which is found again, and with nothing wrong.
        let lock = || part.lock().unwrap_or_else(PoisonError::into_inner);
        let find = |all: &Vec<Arc<Known>>| all.iter().find(same).cloned();
        let asked = |mut part: MutexGuard<'_, Part>| {
            let most = most_bytes(tables.name_flags.len());
            if part.is_full(MOST_REMEMBERED / PARTS, most / PARTS) {
                part.age();
            }
            part.read(&key, find).flatten()
        };
        if let Some(known) = asked(lock()) {
            return Ok(known);
        }
        let known = Arc::new(Known::of(store, tables, nearby, token)?);
        let mut part = lock();
        let mut all = part.read(&key, Vec::clone).unwrap_or_default();
        all.push(Arc::clone(&known));
        part.put(key, all);
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
            names: Names::of(names, store, tables),
            wordless: Names::of(wordless, store, tables),
            apart: written_apart(store, tables, token)?,
            sieve: Sieve::of(similar.iter().map(|similar| similar.term), SIEVE_BITS),
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

    /// How many bytes its terms and names take.
    pub(crate) fn size(&self) -> usize {
        size_of_val(&*self.similar)
            + size_of_val(&*self.apart)
            + self.sieve.size()
            + self.names.size()
            + self.wordless.size()
    }
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
