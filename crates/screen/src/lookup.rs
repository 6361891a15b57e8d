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
}

impl<'a> Lookup<'a> {
    /// The values under `hash`, each with what is kept with it.
    pub(crate) fn find(self, hash: u64) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let bits = self.starts.len().saturating_sub(1).max(1).ilog2();
        let at = bucket(hash, bits);
        let range = || {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn finds_what_was_put_in_and_nothing_else(texts in proptest::collection::vec("[ab]{0,6}", 0..200)) {
            let rows: Vec<Row> = texts.iter().enumerate().map(|(at, text)| (hash(Tag::Latin, text.as_bytes()), at as u32, 7)).collect();
            let (starts, rows) = arrays(rows);
            let table = Lookup { starts: &starts, rows: &rows };
            for text in texts.iter().map(String::as_str).chain(["", "c", "abababab"]) {
                let found: BTreeSet<(u32, u32)> = table.find(hash(Tag::Latin, text.as_bytes())).collect();
                let expected = texts.iter().enumerate().filter(|(_, t)| *t == text).map(|(at, _)| (at as u32, 7)).collect();
                prop_assert_eq!(found, expected);
                prop_assert_eq!(table.find(hash(Tag::Folded, text.as_bytes())).count(), 0);
            }
        }
    }
}
