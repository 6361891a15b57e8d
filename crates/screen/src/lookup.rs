//! Hash → values, in two flat arrays that can be read where they lie in a file.
//!
//! Texts are found by their hash alone. Two texts with one hash bring each other's values, so whoever looks up
//! compares what is found; nothing is ever missed.

use rayon::slice::ParallelSliceMut;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What a text is looked up as: one table serves several questions.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(crate) enum Tag {
    /// The folded text of a term.
    Folded = 1,
    /// Its Latin letters.
    Latin = 2,
    /// What it stands for.
    Meaning = 3,
    /// A key of it as a single token, by which runs are found that make it up.
    Spelt = 4,
    /// A join key of a run of a name's tokens, or of its rotations.
    Joined = 5,
    /// An acronym of a name.
    Acronym = 6,
    /// A normal form.
    Normal = 7,
    /// The first bytes of a long normal form.
    Line = 8,
    /// An identifier's look-up key.
    Identifier = 9,
    /// An entity's id.
    Id = 10,
}

/// The hash of `text` as a `tag`.
pub(crate) fn hash(tag: Tag, text: &[u8]) -> u64 {
    xxh3_64_with_seed(text, tag as u64)
}

/// Hash, value, and whatever else is kept with it.
pub(crate) type Row = (u64, u32, u32);

/// The arrays of a table: where each bucket begins, and the rows by hash: hash, then value and what is kept with it in one number.
pub(crate) fn arrays(mut rows: Vec<Row>) -> (Vec<u32>, Vec<[u64; 2]>) {
    rows.par_sort_unstable();
    rows.dedup();
    let bits = bits_for(rows.len());
    let mut starts = vec![0u32; (1 << bits) + 1];
    for &(hash, _, _) in &rows {
        starts[bucket(hash, bits) + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let entries = rows
        .into_iter()
        .map(|(hash, value, with)| [hash, u64::from(value) | u64::from(with) << 32])
        .collect();
    (starts, entries)
}

/// About one row a bucket.
const fn bits_for(rows: usize) -> u32 {
    rows.next_power_of_two().trailing_zeros()
}

/// The bucket of a hash among 2^`bits`.
pub(crate) const fn bucket(hash: u64, bits: u32) -> usize {
    if bits == 0 {
        0
    } else {
        (hash >> (64 - bits)) as usize
    }
}

/// A table, read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup<'a> {
    pub(crate) starts: &'a [u32],
    pub(crate) rows: &'a [[u64; 2]],
    /// Tells most hashes that the table does not have; it lies closer than the table.
    pub(crate) absent: Option<&'a Absent>,
}

impl<'a> Lookup<'a> {
    /// The values under `hash`, each with what is kept with it.
    pub(crate) fn find(self, hash: u64) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let bits = self.starts.len().saturating_sub(1).max(1).ilog2();
        let at = bucket(hash, bits);
        let range = || {
            if self.absent.is_some_and(|absent| absent.surely(hash)) {
                return None;
            }
            let (start, end) = (*self.starts.get(at)? as usize, *self.starts.get(at + 1)? as usize);
            self.rows.get(start..end)
        };
        range()
            .unwrap_or_default()
            .iter()
            .filter(move |row| row[0] == hash)
            .map(|row| (row[1] as u32, (row[1] >> 32) as u32))
    }
}

/// What a table surely does not have: a bit for each of its hashes, in which others may fall too. Most of what is looked
/// up is in no table, and these bits stay in a core's own memory where the table does not.
#[derive(Debug)]
pub(crate) struct Absent(Box<[u64]>);

/// Bits for each row of a table, at least: one in five of the other hashes is looked up in vain.
const BITS_A_ROW: usize = 4;

impl Absent {
    pub(crate) fn of(rows: &[[u64; 2]]) -> Absent {
        let words = (rows.len() * BITS_A_ROW).div_ceil(64).next_power_of_two();
        let mut bits = vec![0_u64; words];
        for [hash, _] in rows {
            bits[place(*hash, words)] |= 1 << (hash & 63);
        }
        Absent(bits.into_boxed_slice())
    }

    /// Whether `hash` is none of the table's.
    fn surely(&self, hash: u64) -> bool {
        let word = self.0.get(place(hash, self.0.len()));
        word.is_some_and(|bits| bits >> (hash & 63) & 1 == 0)
    }
}

/// The word of a hash among so many, a power of two. Buckets are told by the highest bits of a hash, these by low ones.
const fn place(hash: u64, words: usize) -> usize {
    (hash >> 6) as usize & (words - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn most_of_what_is_absent_is_surely_so() {
        let key = |at: u32| hash(Tag::Latin, &at.to_le_bytes());
        let rows: Vec<[u64; 2]> = (0..10_000).map(|at| [key(at), u64::from(at)]).collect();
        let absent = Absent::of(&rows);
        assert!(rows.iter().all(|row| !absent.surely(row[0])));
        let told = (10_000..20_000).filter(|&at| absent.surely(key(at))).count();
        assert!(told > 7_500, "{told}");
    }

    proptest! {
        #[test]
        fn finds_what_was_put_in_and_nothing_else(texts in proptest::collection::vec("[ab]{0,6}", 0..200)) {
            let rows: Vec<Row> = texts.iter().enumerate().map(|(at, text)| (hash(Tag::Latin, text.as_bytes()), at as u32, 7)).collect();
            let (starts, rows) = arrays(rows);
            let absent = Absent::of(&rows);
            for absent in [None, Some(&absent)] {
            let table = Lookup { starts: &starts, rows: &rows, absent };
            for text in texts.iter().map(String::as_str).chain(["", "c", "abababab"]) {
                let found: BTreeSet<(u32, u32)> = table.find(hash(Tag::Latin, text.as_bytes())).collect();
                let expected = texts.iter().enumerate().filter(|(_, t)| *t == text).map(|(at, _)| (at as u32, 7)).collect();
                prop_assert_eq!(found, expected);
                prop_assert_eq!(table.find(hash(Tag::Folded, text.as_bytes())).count(), 0);
            }
            }
        }
    }
}
