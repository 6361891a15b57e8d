//! Words of scripts that write no short vowels: what their letters may sound like, and how far a reading is from it.
//!
//! Arabic and Hebrew letters give consonants, and vowels only where they are long. Such a word has *skeletons* in
//! place of readings: a mark, then one symbol for each letter. A symbol stands for one or several sounds of the
//! alphabet of readings; where a letter's sounds lie in different classes of consonants, each has a skeleton of its
//! own, so that a skeleton has one coarse key.
//!
//! | symbol | stands for |
//! |---|---|
//! | `B` `F` `K` `J` `Q` | `b`/`p`, `f`/`v`, `k`/`g`, `j`/`ž`, `ts`/`s`/`z` |
//! | `A` `I` `U` | a long vowel: `a`/`e`, `i`/`e`, `u`/`o` |
//! | `Y` | a final letter that is `i`, `e` or `a` |
//! | `H` | a final `a`, `e`, `ah`, `eh` or `h` |
//! | `V` | the vowel at the start of a word, whichever it is |
//! | `'` | a vowel or none: ayn, hamza |
//! | others | themselves |

use crate::distance::{FULL, MAX_READING, SLIGHT, class as sound_class, is_vowel};

/// What a skeleton of Arabic letters begins with; no reading has it.
pub(crate) const ARABIC: char = '~';
/// What a skeleton of Hebrew letters begins with.
pub(crate) const HEBREW: char = '^';
const MARKS: [char; 2] = [ARABIC, HEBREW];

/// A letter may be read in several ways, and so may each of its neighbours: this many skeletons are kept, those of
/// the likelier ways first.
const MOST: usize = 24;

/// A long vowel that is written and not heard, or heard and not of its kind. Names differ by nothing else
/// (`Hasan`, `Husayn`), so it counts for as much as a consonant.
const OTHER_VOWEL: u8 = FULL;

/// Whether a key of a word is a skeleton: that of a word in a script that writes no short vowels.
pub fn is_skeleton(key: &str) -> bool {
    matches!(key.as_bytes(), [mark, ..] if *mark == ARABIC as u8 || *mark == HEBREW as u8)
}

/// The skeletons of a word whose letters have these alternatives, the likelier first.
pub(crate) fn skeletons(mark: char, letters: &[Vec<&str>]) -> Vec<String> {
    combine(mark, letters)
}

/// The skeletons of words written together.
pub(crate) fn run_together(words: &[&[String]]) -> Vec<String> {
    let letters = words.iter().map(|keys| {
        let bare = keys.iter().filter_map(|key| key.strip_prefix(MARKS));
        bare.collect::<Vec<_>>()
    });
    let mark = words.first().and_then(|keys| keys.first()?.chars().next());
    combine(mark.unwrap_or(ARABIC), &letters.collect::<Vec<_>>())
}

fn combine(mark: char, parts: &[Vec<&str>]) -> Vec<String> {
    parts.iter().fold(vec![mark.to_string()], |known, alternatives| {
        // Every beginning with the likeliest way on, before any with the next.
        let mut longer: Vec<String> = Vec::new();
        for way in alternatives {
            longer.extend(known.iter().map(|beginning| format!("{beginning}{way}")));
        }
        longer.truncate(MOST);
        longer
    })
}

/// The class of consonants that a symbol belongs to, as that of a sound; none for what may be a vowel.
pub(crate) const fn class(symbol: u8) -> u8 {
    match symbol {
        b'~' | b'^' | b'A' | b'I' | b'U' | b'Y' | b'H' | b'V' | b'\'' => 0,
        b'B' => b'p',
        b'F' => b'f',
        b'K' => b'k',
        b'J' => b'c',
        b'Q' => b's',
        sound => sound_class(sound),
    }
}

/// How much a skeleton says: two for a consonant, one for a long vowel, nothing for what is read as any vowel.
pub(crate) fn content(skeleton: &str) -> usize {
    let content = |symbol: u8| match symbol {
        b'~' | b'^' | b'V' | b'\'' => 0,
        b'A' | b'I' | b'U' | b'Y' | b'H' => 1,
        _ => 2,
    };
    skeleton.bytes().map(content).sum()
}

/// The least content that says anything: a consonant and a long vowel.
pub(crate) const LEAST: usize = 3;

/// The largest cost at which a reading still counts as a vocalisation of a skeleton with this much content.
pub(crate) const fn budget(content: usize) -> u8 {
    match content {
        0..=5 => 0,
        6..=8 => 1,
        9..=12 => 2,
        _ => 3,
    }
}

/// What it costs that `symbol` is heard as `sound`.
fn heard_as(symbol: u8, sound: u8) -> u8 {
    let fits = match symbol {
        b'B' => matches!(sound, b'b' | b'p'),
        b'F' => matches!(sound, b'f' | b'v'),
        b'K' => matches!(sound, b'k' | b'g'),
        b'J' => matches!(sound, b'j' | b'Z'),
        b'Q' => matches!(sound, b'T' | b's' | b'z'),
        b'A' => matches!(sound, b'a' | b'e'),
        b'I' => matches!(sound, b'i' | b'e'),
        b'U' => matches!(sound, b'u' | b'o'),
        b'Y' => matches!(sound, b'i' | b'e' | b'a'),
        b'H' => matches!(sound, b'a' | b'e' | b'h'),
        b'V' | b'\'' => is_vowel(sound),
        _ => symbol == sound,
    };
    let (mine, heard) = (class(symbol), sound_class(sound));
    if fits {
        0
    } else if mine != 0 && mine == heard {
        SLIGHT
    } else {
        FULL
    }
}

/// What it costs that a symbol is not heard at all.
const fn unheard(symbol: u8) -> u8 {
    match symbol {
        b'\'' => 0,
        b'h' | b'H' | b'V' => SLIGHT,
        b'A' | b'I' | b'U' | b'Y' => OTHER_VOWEL,
        _ => FULL,
    }
}

/// What it costs that a sound is heard which is not written: one short vowel comes free with the letter after it,
/// see [`distance`]; two in a row are a diphthong, which is written.
fn unwritten(sound: u8) -> u8 {
    if sound == b'h' { SLIGHT } else { FULL }
}

/// The cheapest way to hear `reading` in `skeleton`, or `None` when it costs more than `limit`.
///
/// Before each letter but the first one short vowel is free, and so is a mute `e` at the end. Edits that leave the
/// coarse key as it is may cost anything; those that change it by one sound cost [`FULL`].
pub(crate) fn distance(skeleton: &str, reading: &str, limit: u8) -> Option<u8> {
    let (letters, sounds) = (skeleton.as_bytes().get(1..)?, reading.as_bytes());
    if letters.len() > MAX_READING || sounds.len() > MAX_READING {
        return None;
    }
    let no_u = place_without_u(skeleton);
    let mut last = [0u8; MAX_READING + 1];
    let mut row = [0u8; MAX_READING + 1];
    for (j, &sound) in sounds.iter().enumerate() {
        last[j + 1] = last[j].saturating_add(unwritten(sound));
    }
    for (i, &letter) in letters.iter().enumerate() {
        row[0] = last[0].saturating_add(unheard(letter));
        for j in 1..=sounds.len() {
            row[j] = (last[j].saturating_add(unheard(letter)))
                .min(row[j - 1].saturating_add(unwritten(sounds[j - 1])))
                .min(last[j - 1].saturating_add(heard_as(letter, sounds[j - 1])));
            if j > 1 && brings_a_vowel(letter, i == 0, sounds[j - 2], sounds[j - 1]) {
                let rare = no_u == Some(i) && matches!(sounds[j - 2], b'u' | b'o');
                let cost = heard_as(letter, sounds[j - 1]) + if rare { SLIGHT } else { 0 };
                row[j] = row[j].min(last[j - 2].saturating_add(cost));
            }
        }
        if row[..=sounds.len()].iter().all(|&cost| cost > limit) {
            return None;
        }
        std::mem::swap(&mut row, &mut last);
    }
    let mute = match sounds {
        [.., before, b'e'] if !is_vowel(*before) => last[sounds.len() - 1],
        _ => u8::MAX,
    };
    let cost = last[sounds.len()].min(mute);
    (cost <= limit).then_some(cost)
}

/// In Arabic letters, the place of the last one in a word of more than one syllable: a u before it is long and
/// written (`Mahmud`, not `Muhammad`), unless it follows another u (`Yusuf`).
fn place_without_u(skeleton: &str) -> Option<usize> {
    let letters = skeleton.strip_prefix(ARABIC)?;
    (letters.len() > 2 && !letters.contains('U')).then_some(letters.len() - 1)
}

/// Whether a letter may be heard as these two sounds: a short vowel and its own.
const fn brings_a_vowel(letter: u8, first: bool, vowel: u8, sound: u8) -> bool {
    is_vowel(vowel)
        && match letter {
            b'H' => sound == b'h',
            b'V' | b'\'' => false,
            _ => !first,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_vowels_come_free_and_long_ones_are_of_their_kind() {
        for (skeleton, reading, cost) in [
            ("~mhmd", "muhamad", 0),
            ("~mhmd", "mahmud", 1),
            ("~mhmUd", "mahmud", 0),
            ("~mhmUd", "muhamad", 2),
            ("~hAld", "haled", 0),
            ("~hlId", "haled", 0),
            ("~hsIn", "husein", 0),
            ("~hsn", "husein", 2),
            ("~hsIn", "hasan", 2),
            ("~FAtmH", "fatemeh", 0),
            ("~KdAFI", "gadafi", 0),
            ("~IUsF", "iusuf", 0),
            ("~VlI", "ali", 0),
            ("~VlI", "ola", 2),
            ("~s'd", "sad", 0),
            ("~s'Id", "saed", 0),
            ("^I'kv", "iakov", 0),
            ("~I'kv", "iakov", 1),
            ("^dvd", "david", 0),
        ] {
            assert_eq!(distance(skeleton, reading, 9), Some(cost), "{skeleton} {reading}");
        }
        assert_eq!(distance("~mhmUd", "muhamad", 1), None);
    }

    #[test]
    fn the_likelier_ways_are_kept() {
        let both = || vec!["U", "v"];
        let all = skeletons(ARABIC, &[both(), both(), both(), both(), both()]);
        assert_eq!(all.len(), MOST);
        assert_eq!(all.first().map(String::as_str), Some("~UUUUU"));
        assert!(all.iter().all(|skeleton| skeleton.len() == 6));
    }

    #[test]
    fn words_run_together() {
        let (servant, name) = (["~Vbd".to_owned()], ["~rhmn".to_owned(), "~Vrhmn".to_owned()]);
        assert_eq!(run_together(&[&servant, &name]), ["~Vbdrhmn", "~VbdVrhmn"]);
    }
}
