//! Whether few edits lie between two keys, whatever each of them costs, by comparing all their sounds at once.

/// A key of up to sixteen sounds as one number, the first sound in its lowest byte. Two keys begin alike as far as the
/// lowest bits of both are equal, which takes one step to tell, so that what differs is soon narrowed down.
///
/// # Example
/// ```
/// use tamis_names::Spelling;
/// let of = |key: &str| Spelling::of(key.as_bytes(), 0..key.len()).unwrap();
/// assert!(of("ivanov").within(of("vianof"), 2));
/// assert!(!of("ivanov").within(of("vianof"), 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    sounds: u128,
    length: u32,
}

/// The sounds that fit.
const MOST: usize = 16;

impl Spelling {
    /// That of `text[range]`; `None` for more than sixteen sounds, and where `text` has no such part.
    #[inline]
    pub fn of(text: &[u8], range: std::ops::Range<usize>) -> Option<Spelling> {
        let length = range
            .end
            .checked_sub(range.start)
            .filter(|&length| length <= MOST)?;
        // Text beyond the range is read and cut off: reading as many bytes each time is quick.
        let sounds = match text.get(range.start..range.start + MOST) {
            Some(bytes) => u128::from_le_bytes(bytes.try_into().ok()?),
            None => last(text.get(range)?),
        };
        let cut = Spelling {
            sounds,
            length: MOST as u32,
        };
        Some(cut.until(length as u32))
    }

    /// Whether at most `edits` edits lie between the two (optimal string alignment: insertion, deletion, substitution,
    /// exchange of neighbours, no sound edited twice). Takes time by the power of `edits`. Symmetric.
    #[inline]
    pub fn within(self, other: Spelling, edits: u32) -> bool {
        if self.length.abs_diff(other.length) > edits {
            return false;
        }
        let (one, two) = without_ends(self, other);
        one.reaches(two, edits)
    }

    /// As [`Spelling::within`], for two that neither begin nor end alike, or of which one is empty.
    fn reaches(self, other: Spelling, edits: u32) -> bool {
        let (longer, shorter) = (self.length.max(other.length), self.length.min(other.length));
        if shorter == 0 || longer <= edits {
            return longer <= edits;
        }
        match edits {
            0 => false,
            // Both ends differ, so that one edit must take all that there is.
            1 => longer == 1 || (longer == 2 && shorter == 2 && self.turned() == other.sounds),
            _ => self.edited_first(other, edits),
        }
    }

    /// Tries each edit of the first sounds.
    fn edited_first(self, other: Spelling, edits: u32) -> bool {
        let go_on = |own: u32, theirs: u32| {
            let (one, two) = without_beginning(self.after(own), other.after(theirs));
            one.length.abs_diff(two.length) < edits && one.reaches(two, edits - 1)
        };
        go_on(1, 1) || go_on(1, 0) || go_on(0, 1) || (self.begins_turned(other) && go_on(2, 2))
    }

    /// Whether the first two sounds of both are each other's, the other way round.
    fn begins_turned(self, other: Spelling) -> bool {
        let two = |spelling: Spelling| spelling.until(2);
        self.length.min(other.length) >= 2 && two(self).turned() == two(other).sounds
    }

    /// Two sounds in the other order.
    const fn turned(self) -> u128 {
        (self.sounds & 0xff) << 8 | self.sounds >> 8
    }

    /// What follows the first `count` sounds, which it has.
    const fn after(self, count: u32) -> Spelling {
        Spelling {
            sounds: shifted(self.sounds, count),
            length: self.length - count,
        }
    }

    /// The first `count` sounds, which it has.
    const fn until(self, count: u32) -> Spelling {
        let beyond = match u128::MAX.checked_shl(8 * count) {
            Some(beyond) => beyond,
            None => 0,
        };
        Spelling {
            sounds: self.sounds & !beyond,
            length: count,
        }
    }
}

/// The sounds of a text that is too short to be read at once.
fn last(text: &[u8]) -> u128 {
    text.iter()
        .rev()
        .fold(0, |all, &sound| all << 8 | u128::from(sound))
}

const fn shifted(sounds: u128, count: u32) -> u128 {
    match sounds.checked_shr(8 * count) {
        Some(rest) => rest,
        None => 0,
    }
}

/// Both without what they begin and end with alike: as many edits lie between the rests.
fn without_ends(one: Spelling, two: Spelling) -> (Spelling, Spelling) {
    let (one, two) = without_beginning(one, two);
    let shorter = one.length.min(two.length);
    let at_end = |spelling: Spelling| spelling.sounds << (8 * (MOST as u32 - spelling.length) % 128);
    let alike = ((at_end(one) ^ at_end(two)).leading_zeros() / 8).min(shorter);
    (one.until(one.length - alike), two.until(two.length - alike))
}

fn without_beginning(one: Spelling, two: Spelling) -> (Spelling, Spelling) {
    let alike = ((one.sounds ^ two.sounds).trailing_zeros() / 8).min(one.length.min(two.length));
    (one.after(alike), two.after(alike))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Spelling {
        Spelling::of(text.as_bytes(), 0..text.len()).unwrap()
    }

    proptest! {
        #[test]
        fn edits_are_those_of_the_definition(a in "[abc]{0,16}", b in "[abc]{0,16}", edits in 0u32..4) {
            let within = strsim::osa_distance(&a, &b) as u32 <= edits;
            prop_assert_eq!(of(&a).within(of(&b), edits), within, "{} {}", a, b);
        }

        #[test]
        fn few_edits_are_found(a in "[abcd]{2,16}", slips in proptest::collection::vec((0usize..16, 0u8..4, "[abcd]"), 0..4), edits in 0u32..4) {
            let mut b = a.clone().into_bytes();
            for (at, how, with) in slips {
                let at = at % b.len();
                match how {
                    0 if b.len() > 1 => { b.remove(at); }
                    1 if b.len() < MOST => b.insert(at, with.as_bytes()[0]),
                    2 => b[at] = with.as_bytes()[0],
                    _ if at > 0 => b.swap(at, at - 1),
                    _ => {}
                }
            }
            let b = String::from_utf8(b).unwrap();
            let within = strsim::osa_distance(&a, &b) as u32 <= edits;
            prop_assert_eq!(of(&a).within(of(&b), edits), within, "{} {}", a, b);
        }

        #[test]
        fn a_part_is_read_wherever_it_stands(text in "[a-z]{0,40}", start in 0usize..41, length in 0usize..20) {
            let start = start.min(text.len());
            let end = (start + length).min(text.len());
            let part = Spelling::of(text.as_bytes(), start..end);
            let alone = (end - start <= MOST).then(|| of(&text[start..end]));
            prop_assert_eq!(part, alone);
        }
    }
}
