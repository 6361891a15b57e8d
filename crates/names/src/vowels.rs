//! What tells keys of one coarse key apart at a glance: how often they have each vowel, and `h`.

use crate::distance::is_vowel;
use crate::skeleton::{content, is_skeleton};

/// How often a reading has each vowel and `h`, in one number; of a skeleton, what its budget follows from. Keys of one
/// coarse key differ in little else, so that a list keeps these numbers beside each other and compares them first.
///
/// # Example
/// ```
/// use tamis_names::{Apart, Vowels};
/// let (one, two) = (Vowels::of("hasan"), Vowels::of("hesen"));
/// // Two vowels are others, and each costs one at least.
/// assert_eq!(one.least_cost(two, Apart::default()), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vowels(u64);

/// By how much two coarse keys differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Insertions, deletions, substitutions and exchanges of neighbours between them, as few as do.
    pub edits: u32,
    /// Letters of either that the other does not have, wherever they stand.
    pub letters: u32,
}

/// The bytes of the number, from the lowest: five vowels, `h`, the sum of the vowels, that of all.
const VOWELS: u64 = 0x0000_00ff_ffff_ffff;
const H: u32 = 40;
const ALL_VOWELS: u32 = 48;
const ALL: u32 = 56;
/// Set of skeletons, which then have their content in the lowest byte and their length in the next.
const SKELETON: u64 = 1 << 63;
/// Counts end here, so that a bit of each byte stays free. Only readings have more that are too long to be edited.
const MOST: usize = 127;

impl Vowels {
    /// Those of a key.
    pub fn of(key: &str) -> Vowels {
        let small = |count: usize| count.min(MOST) as u64;
        if is_skeleton(key) {
            return Vowels(SKELETON | small(key.len()) << 8 | small(content(key)));
        }
        let count = |sound: &u8| small(key.bytes().filter(|s| s == sound).count());
        let counts = b"aeiouh".iter().map(count);
        let each = counts
            .enumerate()
            .fold(0, |all, (at, count)| all | count << (8 * at));
        let vowels = key.bytes().filter(|&sound| is_vowel(sound)).count();
        let all = vowels + key.bytes().filter(|&sound| sound == b'h').count();
        Vowels(each | small(vowels) << ALL_VOWELS | small(all) << ALL)
    }

    /// As it is kept in a file.
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// What [`Vowels::to_bits`] gave.
    pub const fn from_bits(bits: u64) -> Vowels {
        Vowels(bits)
    }

    /// Whether they are of a skeleton, of which the vowels say nothing.
    pub const fn of_skeleton(self) -> bool {
        self.0 & SKELETON != 0
    }

    /// How many there are, vowels and `h`: what a reading is longer than its coarse key.
    pub const fn count(self) -> usize {
        (self.0 >> ALL) as usize & MOST
    }

    /// A lower bound of the [`distance`](crate::distance) of two readings, whose coarse keys are this far apart.
    ///
    /// An edit changes the counts of all sounds by two at most; a vowel changed for a vowel changes them by two and
    /// costs one, hence the halves. And each edit of the coarse keys is a full one, and changes the number of vowels
    /// and `h` by one at most; what they do not explain of that takes slight ones.
    #[inline]
    pub const fn least_cost(self, other: Vowels, apart: Apart) -> u32 {
        let differ = differences(self.0, other.0);
        let changed = sum(differ & VOWELS).div_ceil(2);
        let (h, vowels, all) = (byte(differ, H), byte(differ, ALL_VOWELS), byte(differ, ALL));
        let by_counts = apart.letters + larger(changed, vowels) + h;
        let unexplained = larger(changed + h.div_ceil(2), all).saturating_sub(apart.edits);
        larger(by_counts, 2 * apart.edits + unexplained)
    }
}

const fn larger(one: u32, two: u32) -> u32 {
    if one > two { one } else { two }
}

const fn byte(number: u64, at: u32) -> u32 {
    (number >> at & 0xff) as u32
}

/// By how much each byte of two numbers differs, where none is above 127; of equal bytes, nothing in any case.
pub(crate) const fn differences(one: u64, two: u64) -> u64 {
    const TOP: u64 = 0x8080_8080_8080_8080;
    // The top bit of a byte lends to the others, and is left where nothing had to be lent.
    let (down, up) = (
        (one | TOP).wrapping_sub(two & !TOP),
        (two | TOP).wrapping_sub(one & !TOP),
    );
    let not_less = ((down & TOP) >> 7).wrapping_mul(0xff);
    (down & not_less | up & !not_less) & !TOP
}

/// The sum of the bytes of a number, where it is less than 256.
pub(crate) const fn sum(bytes: u64) -> u32 {
    (bytes.wrapping_mul(0x0101_0101_0101_0101) >> 56) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distance::{coarse_key, distance};
    use proptest::prelude::*;

    fn apart(a: &str, b: &str) -> Apart {
        let (a, b) = (coarse_key(a), coarse_key(b));
        let text = |key: &[u8]| String::from_utf8_lossy(key).into_owned();
        let count = |key: &[u8], letter: u8| key.iter().filter(|l| **l == letter).count();
        let differ = |letter: u8| count(&a, letter).abs_diff(count(&b, letter));
        Apart {
            edits: strsim::osa_distance(&text(&a), &text(&b)) as u32,
            letters: (0..=u8::MAX).map(differ).sum::<usize>() as u32,
        }
    }

    proptest! {
        #[test]
        fn never_ask_more_than_the_distance(a in "[abdehiklmnoprstuwxCS]{0,8}", b in "[abdehiklmnoprstuwxCS]{0,8}") {
            let full = u32::from(distance(&a, &b, 60).unwrap());
            let least = Vowels::of(&a).least_cost(Vowels::of(&b), apart(&a, &b));
            prop_assert!(least <= full, "{} {}: {} {}", a, b, least, full);
        }

        #[test]
        fn never_ask_more_of_a_slip(a in "[aehimnt]{1,10}", at in 0usize..10, with in "[aehimnt]{0,2}") {
            let at = at % a.len();
            let b = [&a[..at], &with, &a[at + 1..]].concat();
            let full = u32::from(distance(&a, &b, 60).unwrap());
            prop_assert!(Vowels::of(&a).least_cost(Vowels::of(&b), apart(&a, &b)) <= full, "{} {}", a, b);
        }

        #[test]
        fn count_what_the_coarse_key_leaves_out(key in "[abdehiklmnoprst]{0,20}") {
            prop_assert_eq!(Vowels::of(&key).count() + coarse_key(&key).len(), key.len());
        }
    }
}
