//! Distinct texts, numbered in the order in which they come.

use foldhash::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Texts and their numbers. Each is kept once, beside the others: where there are a million, what a text of its own takes in
/// memory beside its letters is more than the letters.
#[derive(Default)]
pub(crate) struct Distinct {
    texts: Ragged<u8>,
    /// By hash the first text that has it.
    by_hash: HashMap<u64, u32>,
    /// What has the hash of another text.
    others: HashMap<Box<[u8]>, u32>,
}

impl Distinct {
    /// The number of a text, and whether it is new.
    pub(crate) fn number(&mut self, text: &[u8]) -> (u32, bool) {
        self.number_by(xxh3_64(text), text)
    }

    fn number_by(&mut self, hash: u64, text: &[u8]) -> (u32, bool) {
        let next = index(self.texts.len());
        let first = *self.by_hash.entry(hash).or_insert(next);
        let known = match first == next || self.texts.row(first) == text {
            true => first,
            false => *self.others.entry(text.into()).or_insert(next),
        };
        if known == next {
            self.texts.push(text.iter().copied());
        }
        (known, known == next)
    }

    /// The texts, by number.
    pub(crate) fn into_texts(self) -> Ragged<u8> {
        self.texts
    }
}

/// Rows of different lengths.
pub(crate) struct Ragged<T> {
    pub(crate) starts: Vec<u32>,
    pub(crate) content: Vec<T>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Ragged<T> {
        Ragged {
            starts: vec![0],
            content: Vec::new(),
        }
    }
}

impl<T> Ragged<T> {
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.content.extend(row);
        self.starts.push(index(self.content.len()));
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn row(&self, at: u32) -> &[T] {
        let ends = self.starts.get(at as usize).zip(self.starts.get(at as usize + 1));
        let row = ends.and_then(|(&start, &end)| self.content.get(start as usize..end as usize));
        row.unwrap_or_default()
    }

    pub(crate) fn append(&mut self, mut other: Ragged<T>) {
        let base = index(self.content.len());
        self.content.append(&mut other.content);
        self.starts
            .extend(other.starts.into_iter().skip(1).map(|start| base + start));
    }
}

/// Numbers in the file have 32 bits; what has more is noticed by what puts the file together.
pub(crate) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equal_texts_have_one_number_though_others_share_their_hash(
            texts in proptest::collection::vec("[ab]{0,3}", 0..60),
            hashes in 1u64..4,
        ) {
            let (mut distinct, mut expected) = (Distinct::default(), Vec::<&str>::new());
            for text in &texts {
                let known = expected.iter().position(|other| other == text);
                if known.is_none() {
                    expected.push(text);
                }
                let number = known.unwrap_or(expected.len() - 1);
                let found = distinct.number_by(text.len() as u64 % hashes, text.as_bytes());
                prop_assert_eq!(found, (number as u32, known.is_none()));
            }
            let kept = distinct.into_texts();
            prop_assert_eq!(kept.len(), expected.len());
            for (at, text) in (0..).zip(expected) {
                prop_assert_eq!(kept.row(at), text.as_bytes());
            }
        }
    }
}
