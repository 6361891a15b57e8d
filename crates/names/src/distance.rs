//! How far two readings are apart, and a key by which near ones can be found.
//!
//! Edits cost what they say about identity: a vowel, an `h` or a consonant exchanged for its neighbour (`b`/`p`,
//! `d`/`t`) is often only another ear, so it costs one; any other edit costs two.
//!
//! A key of a word is a reading or, in scripts without vowels, a skeleton (see `skeleton.rs`).

use crate::skeleton::{self, is_skeleton};
use crate::spelling::Spelling;
use crate::vowels::{differences, sum};
use std::ops::RangeInclusive;

/// The cost of an edit that another ear or hand explains.
pub(crate) const SLIGHT: u8 = 1;
/// The cost of any other edit.
pub(crate) const FULL: u8 = 2;

/// The largest cost at which two readings still count as one word written twice, by the longer one's length.
///
/// Three letters bear one slight edit (Jon/John), two bear none (Li must not be Lu), nine bear three (one more
/// would make Caspersen a Kaspersky).
pub const fn budget(length: usize) -> u8 {
    match length {
        0..=2 => 0,
        3 => 1,
        4..=6 => 2,
        7..=10 => 3,
        11..=14 => 4,
        _ => 5,
    }
}

/// The largest cost at which two words of one script without vowels count as one word written twice, by the length
/// of the longer skeleton. Each of their letters says more than one of a word with vowels, and long vowels part
/// names (`Hasan`, `Husayn`), so that four letters bear no full edit.
const fn budget_of_skeletons(length: usize) -> u8 {
    match length {
        0..=3 => 0,
        4..=6 => 1,
        7..=9 => 2,
        _ => 3,
    }
}

/// The [`distance`] of two keys of words, or `None` where they are no two writings of one word: where it is above
/// [`bearable`]. Symmetric.
///
/// # Example
/// ```
/// use tamis_names::{Domain, NameForm, near};
/// let written = NameForm::new("محمود", Domain::Person);
/// let heard = |name: &str| NameForm::new(name, Domain::Person).tokens[0].keys[0].clone();
/// assert_eq!(near(&written.tokens[0].keys[0], &heard("Mahmoud")), Some(0));
/// assert_eq!(near(&written.tokens[0].keys[0], &heard("Masoud")), None);
/// ```
pub fn near(one: &str, two: &str) -> Option<u8> {
    let limit = bearable(one, two)?;
    match (is_skeleton(one), is_skeleton(two)) {
        (true, false) => skeleton::distance(one, two, limit),
        (false, true) => skeleton::distance(two, one, limit),
        _ => distance(one, two, limit),
    }
}

/// The largest cost at which two keys are two writings of one word: the budget of readings or of skeletons by the
/// longer one's length, or, of one of each, what the skeleton's content and the reading's length allow. `None` where
/// nothing does. Keys with equal [`Vowels`](crate::Vowels) and coarse keys of one length have the same with any other.
pub fn bearable(one: &str, two: &str) -> Option<u8> {
    let longer = one.len().max(two.len());
    match (is_skeleton(one), is_skeleton(two)) {
        (false, false) => Some(budget(longer)),
        (true, true) => Some(budget_of_skeletons(longer)),
        (true, false) => vocalised(one, two),
        (false, true) => vocalised(two, one),
    }
}

fn vocalised(skeleton: &str, reading: &str) -> Option<u8> {
    let content = skeleton::content(skeleton);
    (content >= skeleton::LEAST).then(|| skeleton::budget(content).min(budget(reading.len())))
}

/// How many full edits can lie between `key` and any other that is [`near`].
///
/// With `f` full edits and the lengths `d` apart, the cost of two readings is at least 2f, and at least f + d: what
/// the full edits do not explain of the difference in length takes slight ones. The budget follows the longer
/// reading. With a skeleton, the budget is at most its own and the reading's.
pub fn full_edits(key: &str) -> usize {
    if is_skeleton(key) {
        let content = skeleton::budget(skeleton::content(key));
        return usize::from(content.max(budget_of_skeletons(key.len() + 2)) / 2);
    }
    let length = key.len();
    let with = |other: usize| {
        let budget = usize::from(budget(length.max(other)));
        (budget / 2).min(budget.saturating_sub(length.abs_diff(other)))
    };
    (length..=length + 6).map(with).max().unwrap_or(0)
}

/// The class of consonants that are taken for each other; vowels and `h` have none.
pub(crate) const fn class(sound: u8) -> u8 {
    match sound {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'h' => 0,
        b'b' | b'p' => b'p',
        b'd' | b't' => b't',
        b'g' | b'k' => b'k',
        b's' | b'z' | b'T' => b's',
        b'f' | b'v' => b'f',
        b'm' | b'n' => b'm',
        b'l' | b'r' => b'l',
        b'C' | b'S' | b'Z' | b'W' | b'j' => b'c',
        other => other,
    }
}

/// [`class`] of every byte, since the inner loop asks for it three times.
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = class(at as u8);
        at += 1;
    }
    table
};

pub(crate) const fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn drop_cost(sound: u8) -> u8 {
    if CLASS[usize::from(sound)] == 0 {
        SLIGHT
    } else {
        FULL
    }
}

fn swap_cost(one: u8, two: u8) -> u8 {
    let (left, right) = (CLASS[usize::from(one)], CLASS[usize::from(two)]);
    if one == two {
        0
    } else if left == right && (left != 0 || (is_vowel(one) && is_vowel(two))) {
        SLIGHT
    } else {
        FULL
    }
}

/// Two neighbours in the other order: a slip of the fingers where one of them is a vowel (`SKO` for `SOK`).
fn turn_cost(one: u8, two: u8) -> u8 {
    if is_vowel(one) != is_vowel(two) {
        SLIGHT
    } else {
        FULL
    }
}

/// The cheapest way from one reading to the other (optimal string alignment with the costs above), or `None`
/// when it costs more than `limit`. Symmetric.
pub fn distance(one: &str, two: &str, limit: u8) -> Option<u8> {
    let (a, b) = (one.as_bytes(), two.as_bytes());
    // Longer words are compared as whole names, never as tokens: see `MAX_READING`.
    if a.len() > MAX_READING || b.len() > MAX_READING || a.len().abs_diff(b.len()) > usize::from(limit) {
        return (a == b).then_some(0);
    }
    if a == b {
        return Some(0);
    }
    if limit < MANY && are_further_apart(a, b, limit) {
        return None;
    }
    let mut rows = [[0u8; MAX_READING + 2]; 3];
    for (j, &sound) in b.iter().enumerate() {
        rows[0][j + 1] = rows[0][j].saturating_add(drop_cost(sound));
    }
    let [mut last, mut row, mut before] = rows.each_mut();
    let mut least_before = 0;
    for i in 1..=a.len() {
        // A cell further from the diagonal costs more than the limit.
        let from = i.saturating_sub(usize::from(limit));
        let to = b.len().min(i + usize::from(limit));
        let least = fill_row([&mut *before, &mut *last, &mut *row], a, b, i, from..=to);
        // A transposition may still come back from the row before.
        if least > limit && least_before > limit {
            return None;
        }
        least_before = least;
        (before, last, row) = (last, row, before);
    }
    let cost = last[b.len()];
    (cost <= limit).then_some(cost)
}

/// From how many edits on the table of distances is filled as soon as they are counted.
const MANY: u8 = 4;

/// Whether so many edits lie between two readings that they cost more than the limit at one each.
fn are_further_apart(a: &[u8], b: &[u8], limit: u8) -> bool {
    let spelt = |reading: &[u8]| Spelling::of(reading, 0..reading.len());
    spelt(a)
        .zip(spelt(b))
        .is_some_and(|(a, b)| !a.within(b, u32::from(limit)))
}

/// A row of the table of distances, and a cell for the end of a band.
type Row = [u8; MAX_READING + 2];

/// Fills the cells `band` of row `i` from the two rows before it; returns the least of them.
fn fill_row(rows: [&mut Row; 3], a: &[u8], b: &[u8], i: usize, band: RangeInclusive<usize>) -> u8 {
    let [before, last, row] = rows;
    let x = a[i - 1];
    let dropped = drop_cost(x);
    let (from, to) = (*band.start(), *band.end());
    row[to + 1] = u8::MAX;
    let mut least = u8::MAX;
    let mut left = u8::MAX;
    if from == 0 {
        left = last[0].saturating_add(dropped);
        row[0] = left;
        least = left;
    }
    for j in from.max(1)..=to {
        let y = b[j - 1];
        let mut cost = last[j - 1]
            .saturating_add(swap_cost(x, y))
            .min(last[j].saturating_add(dropped))
            .min(left.saturating_add(drop_cost(y)));
        if x != y && i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y {
            cost = cost.min(before[j - 2].saturating_add(turn_cost(x, y)));
        }
        row[j] = cost;
        left = cost;
        least = least.min(cost);
    }
    least
}

/// Readings longer than this agree only when equal. The longest on the OFAC and UN lists of
/// August 2026 has 33, an unsegmented Chinese company name in Latin letters.
pub const MAX_READING: usize = 48;

/// A reading or skeleton without vowels and `h`, each consonant replaced by its class: what survives every slight
/// edit.
///
/// Each full edit changes it by at most one insertion, deletion, substitution or transposition; so the coarse keys
/// of two keys that are [`near`] are at most [`full_edits`] such edits apart.
pub fn coarse_key(key: &str) -> Vec<u8> {
    let class = if is_skeleton(key) { skeleton::class } else { class };
    key.bytes().map(class).filter(|&c| c != 0).collect()
}

/// How often a reading has each class of consonant, each vowel, and `h`: enough to rule most pairs out without
/// comparing them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signature([u8; 16]);

/// Places in a [`Signature`]: consonant classes, then five vowels, then `h`.
const CONSONANTS: std::ops::Range<usize> = 0..9;
const H: usize = 14;
/// Set for skeletons, in which only consonants are counted.
const SKELETON: usize = 15;

impl Signature {
    /// The signature of a reading or skeleton.
    pub fn of(key: &str) -> Signature {
        let mut counts = [0u8; 16];
        let skeleton = is_skeleton(key);
        let places = key
            .bytes()
            .filter_map(|sound| match (skeleton, skeleton::class(sound)) {
                (false, _) => Some(place(sound)),
                (true, 0) => None,
                (true, class) => Some(place(class)),
            });
        for at in places {
            counts[at] = counts[at].saturating_add(1);
        }
        counts[SKELETON] = u8::from(skeleton);
        Signature(counts)
    }

    /// A lower bound of the [`distance`] of two readings with these signatures.
    ///
    /// A full edit changes the counts by at most two; a vowel changed for a vowel changes them by two and costs
    /// one, hence the half. Of skeletons only the consonants say anything.
    #[inline]
    pub fn least_cost(&self, other: &Signature) -> u32 {
        let apart = self.apart(other);
        if self.0[SKELETON] + other.0[SKELETON] > 0 {
            return apart.consonants;
        }
        let (mine, theirs) = (self.halves().1, other.halves().1);
        let differ = sum(mine & VOWEL_BYTES).abs_diff(sum(theirs & VOWEL_BYTES));
        apart.consonants + apart.vowels.div_ceil(2).max(differ) + apart.h
    }

    /// By how much the counts differ. Sums beyond a byte wrap, which only readings do that are too long to be edited.
    #[inline]
    fn apart(&self, other: &Signature) -> Difference {
        let (mine, theirs) = (self.halves(), other.halves());
        let (low, high) = (differences(mine.0, theirs.0), differences(mine.1, theirs.1));
        Difference {
            consonants: sum(low) + (high & 0xff) as u32,
            vowels: sum(high & VOWEL_BYTES),
            h: (high >> 48 & 0xff) as u32,
        }
    }

    /// The counts as two numbers of eight bytes.
    fn halves(&self) -> (u64, u64) {
        let all = u128::from_le_bytes(self.0);
        (all as u64, (all >> 64) as u64)
    }
}

/// The places of vowels in the second half of a signature.
const VOWEL_BYTES: u64 = 0x0000_ffff_ffff_ff00;

/// By how much two signatures differ in each sort of sound.
struct Difference {
    consonants: u32,
    vowels: u32,
    h: u32,
}

/// Between which counts of consonants the signatures of several keys lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Range {
    least: [u8; CONSONANTS.end],
    most: [u8; CONSONANTS.end],
}

impl Range {
    pub(crate) fn of(signatures: &[Signature]) -> Range {
        let mut range = Range {
            least: [u8::MAX; CONSONANTS.end],
            most: [0; CONSONANTS.end],
        };
        for signature in signatures {
            for at in CONSONANTS {
                range.least[at] = range.least[at].min(signature.0[at]);
                range.most[at] = range.most[at].max(signature.0[at]);
            }
        }
        range
    }

    /// The range of keys written together, one of each.
    pub(crate) fn together<'a>(ranges: impl Iterator<Item = &'a Range>) -> Range {
        let mut sum = Range {
            least: [0; CONSONANTS.end],
            most: [0; CONSONANTS.end],
        };
        for range in ranges {
            for at in CONSONANTS {
                sum.least[at] = sum.least[at].saturating_add(range.least[at]);
                sum.most[at] = sum.most[at].saturating_add(range.most[at]);
            }
        }
        sum
    }

    /// A lower bound of [`Signature::least_cost`] for any two of the signatures of both.
    pub(crate) fn least_cost(&self, other: &Range) -> u32 {
        let between = |at: usize| {
            let (below, above) = (
                self.least[at].saturating_sub(other.most[at]),
                other.least[at].saturating_sub(self.most[at]),
            );
            u32::from(below.max(above))
        };
        CONSONANTS.map(between).sum()
    }
}

/// The largest cost at which keys can be [`near`], the longer of them this long: no skeleton bears more than three.
pub(crate) fn widest_budget(length: usize) -> u32 {
    u32::from(budget(length).max(WIDEST_OF_SKELETONS))
}

const WIDEST_OF_SKELETONS: u8 = 3;

const fn place(sound: u8) -> usize {
    match sound {
        b'a' => 9,
        b'e' => 10,
        b'i' => 11,
        b'o' => 12,
        b'u' => 13,
        b'h' => H,
        _ => match class(sound) {
            b'p' => 0,
            b't' => 1,
            b'k' => 2,
            b's' => 3,
            b'f' => 4,
            b'm' => 5,
            b'l' => 6,
            b'c' => 7,
            _ => 8,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn costs_follow_the_ear() {
        for (one, two, cost) in [
            ("usama", "osama", 1),
            ("kadafi", "gadafi", 1),
            ("hasan", "asan", 1),
            ("lavrov", "lavorv", 1),
            ("sok", "sko", 1),
            ("ignat", "igntat", 2),
            ("mesi", "besi", 2),
            ("ivan", "ivan", 0),
            ("ab", "ba", 1),
            ("tbk", "btk", 2),
            ("", "ab", 3),
        ] {
            assert_eq!(distance(one, two, 10), Some(cost), "{one} {two}");
        }
        assert_eq!(distance("kaspersen", "kasperski", budget(9)), None);
        assert_eq!(distance("li", "lu", budget(2)), None);
    }

    fn sounds() -> impl Strategy<Value = String> {
        "[abdehiklmnoprstuvzCS]{0,12}"
    }

    /// Few letters, so that many pairs are near.
    fn key() -> impl Strategy<Value = String> {
        prop_oneof![
            "[abihkmsS]{0,7}",
            "~[BAIUYHV'hkmsSJQ]{0,6}",
            "\\^[bvAIUHV'hkmsS]{0,6}"
        ]
    }

    /// Whether a search within the full edits of either key finds the coarse key of the other.
    fn find_each_other(a: &str, b: &str) -> bool {
        let coarse = |key: &str| String::from_utf8(coarse_key(key)).unwrap();
        strsim::osa_distance(&coarse(a), &coarse(b)) <= full_edits(a).min(full_edits(b))
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_zero_only_for_equal(a in sounds(), b in sounds()) {
            prop_assert_eq!(distance(&a, &b, 40), distance(&b, &a, 40));
            prop_assert_eq!(distance(&a, &b, 40) == Some(0), a == b);
        }

        #[test]
        fn a_limit_never_changes_the_answer_below_it(a in sounds(), b in sounds(), limit in 0u8..8) {
            let full = distance(&a, &b, 60);
            prop_assert_eq!(distance(&a, &b, limit), full.filter(|&cost| cost <= limit));
        }

        #[test]
        fn a_signature_never_asks_more_than_the_distance(a in "[abdehiklmnoprstuvzCSwxyc]{0,9}", b in "[abdehiklmnoprstuvzCSwxyc]{0,9}") {
            let full = distance(&a, &b, 60).unwrap();
            prop_assert!(Signature::of(&a).least_cost(&Signature::of(&b)) <= u32::from(full));
        }

        #[test]
        fn a_range_never_asks_more_than_a_pair_costs(a in proptest::collection::vec(key(), 1..4), b in proptest::collection::vec(key(), 1..4)) {
            let range = |keys: &[String]| Range::of(&keys.iter().map(|key| Signature::of(key)).collect::<Vec<_>>());
            let least = range(&a).least_cost(&range(&b));
            for (one, two) in a.iter().flat_map(|one| b.iter().map(move |two| (one, two))) {
                let pair = Signature::of(one).least_cost(&Signature::of(two));
                prop_assert!(least <= pair);
                if let Some(cost) = near(one, two) {
                    prop_assert!(pair <= u32::from(cost), "{} {}", one, two);
                    prop_assert!(u32::from(cost) <= widest_budget(one.len().max(two.len())));
                }
            }
        }

        #[test]
        fn coarse_edits_are_full_ones(a in "[abdehiklmnoprst]{0,8}", b in "[abdehiklmnoprst]{0,8}") {
            let full = distance(&a, &b, 60).unwrap();
            let edits = strsim::osa_distance(
                &String::from_utf8(coarse_key(&a)).unwrap(),
                &String::from_utf8(coarse_key(&b)).unwrap(),
            );
            prop_assert!(strsim::osa_distance(&a, &b) + edits <= usize::from(full), "{} {}", a, b);
        }

        #[test]
        fn keys_that_are_near_have_near_coarse_keys(a in key(), b in key()) {
            prop_assert_eq!(near(&a, &b), near(&b, &a));
            if near(&a, &b).is_some() {
                prop_assert!(find_each_other(&a, &b), "{} {}", a, b);
                let least = Signature::of(&a).least_cost(&Signature::of(&b));
                prop_assert!(least <= u32::from(budget(a.len().max(b.len()))), "{} {}", a, b);
            }
        }

        #[test]
        fn a_vocalised_skeleton_is_near(letters in "[BFKmnlrsdtS]{3,7}", vowels in "[aei]{7}", edit in 0usize..40, sound in "[bkmnlrsdtaeiouh]") {
            let mut heard: Vec<char> = letters.chars().zip(vowels.chars()).flat_map(|(letter, vowel)| {
                [letter.to_ascii_lowercase(), vowel]
            }).map(|c| if c == 's' { 'S' } else { c }).collect();
            heard.pop();
            let skeleton = format!("~{}", letters.replace('s', "S"));
            let reading: String = heard.iter().collect();
            prop_assert_eq!(near(&skeleton, &reading), Some(0), "{} {}", skeleton, reading);
            // One change of a sound, near or not, must be found where it is near.
            heard[edit % (letters.len() * 2 - 1)] = sound.chars().next().unwrap();
            let slip: String = heard.iter().collect();
            if near(&skeleton, &slip).is_some() {
                prop_assert!(find_each_other(&skeleton, &slip), "{} {}", skeleton, slip);
                let signatures = (Signature::of(&skeleton), Signature::of(&slip));
                prop_assert!(signatures.0.least_cost(&signatures.1) <= u32::from(near(&skeleton, &slip).unwrap()));
            }
        }

        #[test]
        fn readings_a_few_slips_apart_have_near_coarse_keys(a in sounds(), edits in proptest::collection::vec((0usize..12, 0u8..4, 0usize..20), 0..3)) {
            const SOUNDS: &[u8] = b"abdehiklmnoprstuvzCS";
            let mut b = a.clone().into_bytes();
            for (at, how, which) in edits {
                if b.is_empty() { break; }
                let at = at % b.len();
                match how {
                    0 => { b.remove(at); }
                    1 => b.insert(at, SOUNDS[which]),
                    2 => b[at] = SOUNDS[which],
                    _ if at > 0 => b.swap(at, at - 1),
                    _ => {}
                }
            }
            let b = String::from_utf8(b).unwrap();
            let limit = budget(a.len().max(b.len()));
            if distance(&a, &b, limit).is_some() {
                prop_assert!(find_each_other(&a, &b), "{} {}", a, b);
            }
        }
    }
}
