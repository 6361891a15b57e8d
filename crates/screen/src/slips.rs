//! Short keys that are one edit apart, without a search: they have something in common once a sound is left out.
//!
//! Each key is filed under itself and under what is left of it without each of its sounds in turn, its *remainders*. Of
//! two keys one edit apart, one has a remainder of the other: the longer without the sound that was inserted; both
//! without the one that is another, which stands at one place in both; both without the first of two that changed
//! places, which stands one place further in one of them (Bocek, Hunt and Stiller, "Fast similarity search in large
//! dictionaries", 2007). So a remainder is filed with the place of the sound that it lacks, and most keys that share one
//! by chance are passed over without being read.

/// The longest key that is filed. No budget of two keys this long has more than one full edit, and none beside it.
pub(crate) const LONGEST: usize = 6;
const _: () = assert!(tamis_names::budget(LONGEST) == 2);

/// A key in a bucket: its number, in 32 bits; above them the place of the sound that the remainder lacks, in 8, and what
/// the remainder's hash has beside the bucket, in 24.
mod filed {
    use super::Remainder;

    const PLACE: u32 = 32;
    const REST: u32 = 40;

    pub(super) const fn row(key: u32, remainder: Remainder) -> u64 {
        key as u64 | (remainder.lacks as u64) << PLACE | remainder.mixed() >> REST << REST
    }

    pub(super) const fn key(row: u64) -> usize {
        (row & 0xffff_ffff) as usize
    }

    /// Whether the key of the row may be an edit away from the key that has this remainder.
    pub(super) const fn may_be_near(row: u64, remainder: Remainder) -> bool {
        let lacks = (row >> PLACE & 0xff) as u8;
        let whole = lacks == super::NOTHING || remainder.lacks == super::NOTHING;
        (row ^ remainder.mixed()) >> REST == 0 && (whole || lacks.abs_diff(remainder.lacks) <= 1)
    }
}

/// The arrays of the keys, as they are kept: where each bucket begins, and its rows.
pub(crate) fn arrays<'a>(keys: impl Iterator<Item = &'a [u8]> + Clone) -> (Vec<u32>, Vec<u64>) {
    let filed = || {
        let short = (0..).zip(keys.clone()).filter(|(_, key)| key.len() <= LONGEST);
        short.flat_map(|(at, key)| remainders(key).map(move |rest| (rest, at)))
    };
    let all = filed().count();
    let count = all.next_power_of_two();
    let mut starts = vec![0u32; count + 1];
    for (remainder, _) in filed() {
        starts[remainder.bucket(count) + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let (mut next, mut rows) = (starts.clone(), vec![0; all]);
    for (remainder, key) in filed() {
        let place = &mut next[remainder.bucket(count)];
        rows[*place as usize] = filed::row(key, remainder);
        *place += 1;
    }
    (starts, rows)
}

/// The arrays, read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slips<'a> {
    pub(crate) starts: &'a [u32],
    pub(crate) rows: &'a [u64],
}

impl<'a> Slips<'a> {
    /// The keys that may be one edit from `key` at most: all that are, some of them several times, and hardly any other.
    /// None for a key that is longer than those which are filed.
    pub(crate) fn near(self, key: &str) -> impl Iterator<Item = usize> + 'a {
        let tried = if key.len() <= LONGEST { usize::MAX } else { 0 };
        remainders(key.as_bytes()).take(tried).flat_map(move |remainder| {
            let rows = self.bucket(remainder).iter();
            let near = rows.filter(move |&&row| filed::may_be_near(row, remainder));
            near.map(|&row| filed::key(row))
        })
    }

    fn bucket(self, remainder: Remainder) -> &'a [u64] {
        let at = remainder.bucket(self.starts.len().saturating_sub(1));
        let ends = self.starts.get(at).zip(self.starts.get(at + 1));
        ends.and_then(|(&start, &end)| self.rows.get(start as usize..end as usize))
            .unwrap_or_default()
    }
}

/// The number of the key of a row.
pub(crate) const fn key_of(row: u64) -> usize {
    filed::key(row)
}

/// What is left of a short key.
#[derive(Clone, Copy, Debug)]
struct Remainder {
    /// A byte for each sound, the first lowest.
    sounds: u64,
    /// The place of the sound that was left out.
    lacks: u8,
}

/// Where no sound was left out.
const NOTHING: u8 = u8::MAX;

impl Remainder {
    const fn mixed(self) -> u64 {
        // The golden ratio spreads what differs in few bits.
        let mixed = self.sounds.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 32
    }

    /// The bucket among so many, a power of two.
    const fn bucket(self, count: usize) -> usize {
        self.mixed() as usize & count.wrapping_sub(1)
    }
}

/// A short key, and what is left of it without each of its sounds.
fn remainders(key: &[u8]) -> impl Iterator<Item = Remainder> + use<> {
    let length = key.len().min(LONGEST);
    let all = key
        .iter()
        .take(length)
        .rev()
        .fold(0, |all, &sound| all << 8 | u64::from(sound));
    let without = move |lacks: u8| {
        let before = (1u64 << (8 * lacks)) - 1;
        Remainder {
            sounds: all & before | all >> 8 & !before,
            lacks,
        }
    };
    let whole = Remainder {
        sounds: all,
        lacks: NOTHING,
    };
    std::iter::once(whole).chain((0..length as u8).map(without))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_key_an_edit_away_is_found(
            keys in proptest::collection::vec("[abc]{0,8}", 0..40),
            asked in proptest::collection::vec("[abcd]{0,8}", 1..8),
        ) {
            let (starts, rows) = arrays(keys.iter().map(String::as_bytes));
            let slips = Slips { starts: &starts, rows: &rows };
            for key in asked {
                let found: Vec<usize> = slips.near(&key).collect();
                for (at, other) in keys.iter().enumerate() {
                    let short = key.len().max(other.len()) <= LONGEST;
                    if short && strsim::osa_distance(&key, other) <= 1 {
                        prop_assert!(found.contains(&at), "{} {}", key, other);
                    }
                }
            }
        }
    }
}
