//! Korean: Hangul by arithmetic, and Latin letters by every system in use.
//!
//! The alphabet of sounds has one letter for plain, tense and aspirated consonants, since McCune-Reischauer loses its
//! apostrophes and voices what stands between vowels: `k t p c s n m r h`, finals `k n t l m p N`; vowels are
//! `a e A o u U i` (`A` is ㅓ, `U` is ㅡ, `e` is ㅐ and ㅔ), with `y` and `w` before them. Sources: Revised
//! Romanisation (2000), McCune-Reischauer (1939), and the usual spellings of passports and of the press.

use super::{Heard, MOST_SYLLABLES, Sound, Tradition, combinations};
use crate::script::jamo;
use crate::texts::{KOREAN_SURNAMES, rows};
use foldhash::HashSet;
use std::collections::BTreeSet;
use std::sync::OnceLock;

const INITIALS: [&str; 19] = [
    "k", "k", "n", "t", "t", "r", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h",
];
const VOWELS: [&str; 21] = [
    "a", "e", "ya", "ye", "A", "e", "yA", "ye", "o", "wa", "we", "we", "yo", "u", "wA", "we", "wi", "yu",
    "U", "i", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p", "t", "t",
    "N", "t", "t", "k", "t", "p", "t",
];

/// A syllable in the alphabet of sounds; `None` for what is none.
fn syllable(c: char, first: bool) -> Option<Vec<String>> {
    let (initial, vowel, last) = jamo(c)?;
    Some(spell(INITIALS[initial], VOWELS[vowel], FINALS[last], first))
}

/// The North writes an initial ㄹ that the South drops before i and y (Ri, Yi), and makes n of elsewhere (Ro, No).
fn spell(initial: &str, vowel: &str, last: &str, first: bool) -> Vec<String> {
    let whole = |initial: &str| format!("{initial}{vowel}{last}");
    match initial {
        "r" if vowel.starts_with(['i', 'y']) => vec![whole("")],
        "r" if first => vec![whole("n"), whole("r")],
        _ => vec![whole(initial)],
    }
}

/// The sounds of a word in Hangul, and its characters.
pub(super) fn of_hangul(word: &str) -> Vec<Sound> {
    let mut sounds = vec![Sound::new(Tradition::Characters, word.to_owned())];
    sounds.extend(
        readings(word)
            .into_iter()
            .map(|s| Sound::new(Tradition::Korean, s)),
    );
    sounds
}

/// The sounds of a word whose characters all are Korean syllables.
pub(super) fn readings(word: &str) -> Vec<String> {
    if word.chars().count() > MOST_SYLLABLES {
        return Vec::new();
    }
    let places: Option<Vec<Vec<String>>> = word
        .chars()
        .enumerate()
        .map(|(at, c)| syllable(c, at == 0))
        .collect();
    places.map_or_else(Vec::new, |places| combinations(&places, "."))
}

/// How a word in Latin letters is heard.
pub(super) fn hear(word: &str) -> Option<Heard> {
    let read = parse(word);
    let syllables = read.iter().map(|s| s.split('.').count()).min()?;
    let sound = |letters| Sound::new(Tradition::Korean, letters);
    Some(Heard {
        syllables,
        is_family: read.iter().any(|s| surnames().contains(s)),
        sounds: read.into_iter().map(sound).collect(),
        wade: Vec::new(),
        only_wade: false,
    })
}

/// The family names, in the alphabet of sounds.
fn surnames() -> &'static HashSet<String> {
    static NAMES: OnceLock<HashSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        rows(KOREAN_SURNAMES)
            .flat_map(|[hangul]| readings(&hangul))
            .collect()
    })
}

/// Whether `word` is a family name in Hangul.
pub(super) fn is_family_name(word: &str) -> bool {
    static NAMES: OnceLock<HashSet<String>> = OnceLock::new();
    NAMES
        .get_or_init(|| rows(KOREAN_SURNAMES).map(|[hangul]| hangul).collect())
        .contains(word)
}

type Spellings = &'static [(&'static str, &'static [&'static str])];

const ONSETS: Spellings = &[
    ("", &[""]),
    ("k", &["k"]),
    ("g", &["k"]),
    ("kk", &["k"]),
    ("t", &["t"]),
    ("d", &["t"]),
    ("tt", &["t"]),
    ("th", &["t"]),
    ("kh", &["k"]),
    ("ph", &["p"]),
    ("p", &["p"]),
    ("b", &["p"]),
    ("pp", &["p"]),
    ("ch", &["c"]),
    ("j", &["c"]),
    ("jj", &["c"]),
    ("s", &["s"]),
    ("ss", &["s"]),
    ("sh", &["s"]),
    ("n", &["n"]),
    ("m", &["m"]),
    ("r", &["r"]),
    ("l", &["r"]),
    ("h", &["h"]),
];
/// Vowels in any syllable. McCune-Reischauer's ŏ loses its breve, hence two readings of `o`.
const NUCLEI: Spellings = &[
    ("a", &["a"]),
    ("ah", &["a"]),
    ("ae", &["e"]),
    ("ai", &["e"]),
    ("e", &["e"]),
    ("eo", &["A"]),
    ("eu", &["U"]),
    ("eui", &["i"]),
    ("ui", &["i"]),
    ("ee", &["i"]),
    ("i", &["i"]),
    ("yi", &["i"]),
    ("o", &["o", "A"]),
    ("oh", &["o"]),
    ("oo", &["u"]),
    ("woo", &["u"]),
    ("wu", &["u"]),
    ("u", &["u"]),
    ("uh", &["A"]),
    ("ya", &["ya"]),
    ("yae", &["ye"]),
    ("ye", &["ye"]),
    ("yea", &["ye"]),
    ("yeo", &["yA"]),
    ("yo", &["yo", "yA"]),
    ("you", &["yu", "yA"]),
    ("yoo", &["yu"]),
    ("yu", &["yu"]),
    ("yuh", &["yA"]),
    ("wa", &["wa"]),
    ("wae", &["we"]),
    ("we", &["we"]),
    ("oe", &["we"]),
    ("oi", &["we"]),
    ("wo", &["wA"]),
    ("weo", &["wA"]),
    ("wi", &["wi"]),
    ("wee", &["wi"]),
];
/// English ears write `u` in a closed syllable for ㅓ (Jung, Sung, Hyun) and for ㅡ (Un).
const CLOSED_NUCLEI: Spellings = &[
    ("u", &["A", "U"]),
    ("yu", &["yA"]),
    ("ou", &["A"]),
    ("eou", &["A"]),
];
const CODAS: Spellings = &[
    ("", &[""]),
    ("k", &["k"]),
    ("g", &["k"]),
    ("n", &["n"]),
    ("t", &["t"]),
    ("d", &["t"]),
    ("s", &["t"]),
    ("l", &["l"]),
    ("m", &["m"]),
    ("p", &["p"]),
    ("b", &["p"]),
    ("ng", &["N"]),
];
/// Syllables whose usual spelling follows no rule.
const LISTED: Spellings = &[
    ("park", &["pak"]),
    ("hur", &["hA"]),
    ("rhee", &["i"]),
    ("rhyu", &["yu"]),
];

/// Longer words are no Korean names of up to four syllables (`cheong` six letters).
const MOST_LETTERS: usize = 20;

/// Every reading of a Latin word as Korean syllables.
fn parse(word: &str) -> Vec<String> {
    if word.len() > MOST_LETTERS || !word.is_ascii() {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    let mut steps = 0;
    read_from(word, &mut Vec::new(), &mut found, &mut steps);
    found.into_iter().collect()
}

/// A bound for words such as `ooooo`.
const MOST_STEPS: usize = 4_000;

fn read_from(rest: &str, places: &mut Vec<Vec<String>>, found: &mut BTreeSet<String>, steps: &mut usize) {
    if rest.is_empty() {
        found.extend(combinations(places, "."));
        return;
    }
    *steps += 1;
    if places.len() == MOST_SYLLABLES || *steps > MOST_STEPS {
        return;
    }
    let first = places.is_empty();
    for (spelt, sounds) in LISTED {
        if let Some(after) = rest.strip_prefix(spelt) {
            places.push(sounds.iter().map(|&s| s.to_owned()).collect());
            read_from(after, places, found, steps);
            places.pop();
        }
    }
    for (onset, initial) in ONSETS {
        let Some(after_onset) = rest.strip_prefix(onset) else {
            continue;
        };
        for (nucleus, vowels, closed) in nuclei() {
            let Some(after_nucleus) = after_onset.strip_prefix(nucleus) else {
                continue;
            };
            for (coda, last) in CODAS {
                let Some(after) = after_nucleus.strip_prefix(coda) else {
                    continue;
                };
                if closed && coda.is_empty() {
                    continue;
                }
                let all = vowels
                    .iter()
                    .flat_map(|v| spell(initial[0], v, last[0], first))
                    .collect();
                places.push(all);
                read_from(after, places, found, steps);
                places.pop();
            }
        }
    }
}

fn nuclei() -> impl Iterator<Item = (&'static str, &'static [&'static str], bool)> {
    let open = NUCLEI.iter().map(|(spelt, vowels)| (*spelt, *vowels, false));
    open.chain(
        CLOSED_NUCLEI
            .iter()
            .map(|(spelt, vowels)| (*spelt, *vowels, true)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(hangul: &str, latin: &str) -> bool {
        let (one, two) = (readings(hangul), parse(latin));
        one.iter().any(|s| two.contains(s))
    }

    #[test]
    fn every_system_reads_as_the_syllable_it_spells() {
        for (hangul, spellings) in [
            ("김", "kim gim"),
            ("정은", "jongun jeongeun chongun jungeun jungun"),
            ("이", "lee yi rhee ri i"),
            ("박", "park pak bak"),
            ("최", "choi choe"),
            ("정", "jung chung jeong jong chong"),
            ("임", "lim im rim"),
            ("조", "cho jo"),
            ("류", "yoo yu ryu you"),
            ("노", "roh no noh"),
            ("우", "woo u"),
            ("현", "hyun hyon hyeon"),
            ("영", "young yong yeong"),
            ("철수", "cheolsu chulsoo cholsu"),
        ] {
            for latin in spellings.split(' ') {
                assert!(
                    share(hangul, latin),
                    "{hangul} {latin} {:?} {:?}",
                    readings(hangul),
                    parse(latin)
                );
            }
        }
    }

    #[test]
    fn other_syllables_stay_apart() {
        for (hangul, latin) in [
            ("민수", "minseo"),
            ("철", "chun"),
            ("미라", "mina"),
            ("김", "kam"),
        ] {
            assert!(!share(hangul, latin), "{hangul} {latin}");
        }
    }

    #[test]
    fn only_a_whole_korean_name_has_korean_sounds() {
        let of_latin = |words: &[&str]| super::super::of_latin(2, words);
        assert!(!of_latin(&["kim", "jong", "un"]).is_empty());
        assert!(of_latin(&["kim", "kardashian"]).is_empty());
        assert!(of_latin(&["tom", "han", "solo", "rider"]).is_empty());
    }
}
