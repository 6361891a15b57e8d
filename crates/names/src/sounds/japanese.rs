//! Japanese: kana, Latin letters by every system, and the characters of names.
//!
//! The alphabet of sounds is Hepburn without long vowels and doubled consonants: `Satō`, `Satou`, `Satoh` and `Sato` are
//! one. Sources: Hepburn, Kunrei-shiki and Nihon-shiki; the tables of Japanese names in `data/tables`.

use super::{Heard, MOST, Sound, Tradition, combinations};
use crate::script::{hiragana, romaji};
use crate::texts::{JAPANESE_CHARACTERS, JAPANESE_GIVEN_NAMES, JAPANESE_SURNAMES, rows};
use foldhash::{HashMap, HashSet};
use std::sync::OnceLock;

/// What the systems of romanisation spell differently, to Hepburn; longest first.
const SYSTEMS: [(&str, &str); 31] = [
    ("tch", "ch"),
    ("cch", "ch"),
    ("ssh", "sh"),
    ("sya", "sha"),
    ("syu", "shu"),
    ("syo", "sho"),
    ("tya", "cha"),
    ("tyu", "chu"),
    ("tyo", "cho"),
    ("zya", "ja"),
    ("zyu", "ju"),
    ("zyo", "jo"),
    ("jya", "ja"),
    ("jyu", "ju"),
    ("jyo", "jo"),
    ("dya", "ja"),
    ("dyu", "ju"),
    ("dyo", "jo"),
    ("tts", "ts"),
    ("tsu", "tsu"),
    ("shi", "shi"),
    ("chi", "chi"),
    ("chu", "chu"),
    ("shu", "shu"),
    ("si", "shi"),
    ("ti", "chi"),
    ("tu", "tsu"),
    ("zi", "ji"),
    ("di", "ji"),
    ("du", "zu"),
    ("hu", "fu"),
];

/// A Latin spelling in the alphabet of sounds; `None` when it is no Japanese word.
fn settle(word: &str) -> Option<String> {
    let mut letters = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let rule = SYSTEMS.iter().find(|(from, _)| rest.starts_with(from));
        let (from, to) = rule.map_or((&rest[..first.len_utf8()], None), |(from, to)| (*from, Some(*to)));
        letters.push_str(to.unwrap_or(from));
        rest = &rest[from.len()..];
    }
    let short = shorten(&letters);
    is_japanese(&short).then_some(short)
}

/// Long vowels and doubled consonants once; `n` for every nasal before a consonant.
fn shorten(letters: &str) -> String {
    let mut short = String::with_capacity(letters.len());
    let mut rest = letters.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let vowel = |v: Option<char>| v.is_some_and(|v| "aiueo".contains(v));
        let long = short.ends_with(c) || (c == 'u' && short.ends_with('o'));
        let lengthens = c == 'h' && short.ends_with(['o', 'u']) && !vowel(next) && next != Some('y');
        if long || lengthens {
            continue;
        }
        short.push(if c == 'm' && matches!(next, Some('b' | 'p' | 'm')) {
            'n'
        } else {
            c
        });
    }
    short
}

/// Consonants that may stand before a vowel.
const ONSETS: [&str; 31] = [
    "", "k", "g", "s", "z", "t", "d", "n", "h", "b", "p", "m", "y", "r", "w", "f", "j", "v", "sh", "ch",
    "ts", "ky", "gy", "ny", "hy", "by", "py", "my", "ry", "nn", "nm",
];

fn is_japanese(letters: &str) -> bool {
    let mut onset = String::new();
    for c in letters.chars() {
        if "aiueo".contains(c) {
            // An n that closes the syllable before may stand before any onset.
            let closed = onset.strip_prefix('n').unwrap_or(&onset);
            if !ONSETS.contains(&onset.as_str()) && !ONSETS.contains(&closed) {
                return false;
            }
            onset.clear();
        } else {
            onset.push(c);
        }
    }
    !letters.is_empty() && matches!(onset.as_str(), "" | "n")
}

/// Characters → readings, in the alphabet of sounds.
type Names = HashMap<String, Vec<String>>;

fn names(table: &'static str) -> Names {
    let read = |all: &str| all.split(' ').filter_map(settle).collect();
    rows(table)
        .map(|[characters, all]| (super::han::folded(&characters), read(&all)))
        .collect()
}

struct Tables {
    surnames: Names,
    given: Names,
    characters: Names,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        surnames: names(JAPANESE_SURNAMES),
        given: names(JAPANESE_GIVEN_NAMES),
        characters: names(JAPANESE_CHARACTERS),
    })
}

/// The readings of the family names, apart from their characters, which fewer names need.
fn families() -> &'static HashSet<String> {
    static FAMILIES: OnceLock<HashSet<String>> = OnceLock::new();
    FAMILIES.get_or_init(|| {
        let readings = rows(JAPANESE_SURNAMES).map(|[_, readings]| readings);
        readings
            .flat_map(|all| all.split(' ').filter_map(settle).collect::<Vec<_>>())
            .collect()
    })
}

/// The sounds of a word in kana.
pub(super) fn of_kana(word: &str) -> Vec<Sound> {
    let sound = |letters| Sound::new(Tradition::Japanese, letters);
    settle(&romaji(word)).map(sound).into_iter().collect()
}

/// The longest given name that is composed of characters.
const LONGEST_GIVEN: usize = 3;

/// The readings of a word in characters, or in characters and kana: as a family name and as a given name, from the tables,
/// or else composed of the readings of its characters.
pub(super) fn of_kanji(word: &str) -> Vec<String> {
    let (tables, word) = (tables(), super::han::folded(word));
    let listed = [&tables.surnames, &tables.given]
        .into_iter()
        .filter_map(|names| names.get(&word));
    let mut all: Vec<String> = listed.flatten().cloned().collect();
    if all.is_empty() && (2..=LONGEST_GIVEN).contains(&word.chars().count()) {
        all = composed(&word);
    }
    all
}

fn composed(word: &str) -> Vec<String> {
    let part = |c: char| match hiragana(c) {
        Some(_) => Some(vec![romaji(&c.to_string())]),
        None => tables().characters.get(&c.to_string()).cloned(),
    };
    let parts: Option<Vec<Vec<String>>> = word.chars().map(part).collect();
    let all = parts.map_or_else(Vec::new, |parts| combinations(&parts, ""));
    all.iter()
        .filter_map(|letters| settle(letters))
        .take(MOST)
        .collect()
}

/// Whether `characters` are a Japanese family name.
pub(super) fn is_family_name(characters: &str) -> bool {
    tables().surnames.contains_key(&super::han::folded(characters))
}

/// How a word in Latin letters is heard. Its syllables are not counted.
pub(super) fn hear(word: &str) -> Option<Heard> {
    let letters = settle(word)?;
    Some(Heard {
        syllables: 0,
        is_family: families().contains(&letters),
        sounds: vec![Sound::new(Tradition::Japanese, letters)],
        wade: Vec::new(),
        only_wade: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_settles_to_one_spelling() {
        for spellings in [
            "sato satou satoh satoo",
            "ono ohno oono ouno",
            "shinji sinzi",
            "tsuchida tutida",
            "hattori hatori",
            "shinbashi shimbashi",
            "jun jyun zyun",
            "fujiwara huziwara",
        ] {
            let all: HashSet<_> = spellings.split(' ').map(settle).collect();
            assert_eq!(all.len(), 1, "{all:?}");
            assert!(!all.contains(&None), "{spellings}");
        }
        assert_eq!(settle("smith"), None);
        assert_ne!(settle("taro"), settle("jiro"));
    }

    #[test]
    fn kana_is_read_as_hepburn() {
        for (kana, latin) in [
            ("さとう", "satou"),
            ("ジョン", "jon"),
            ("スミス", "sumisu"),
            ("はっとり", "hattori"),
            ("マッチ", "matchi"),
            ("きょうこ", "kyouko"),
            ("ファン", "fan"),
            ("ウェイン", "wein"),
            ("サーレム", "saaremu"),
        ] {
            assert_eq!(romaji(kana), latin);
        }
    }

    #[test]
    fn names_in_characters_have_their_readings() {
        for (characters, reading) in [
            ("田中", "tanaka"),
            ("花子", "hanako"),
            ("渡邊", "watanabe"),
            ("亜紀子", "akiko"),
            ("まり子", "mariko"),
        ] {
            assert!(
                of_kanji(characters).iter().any(|r| r == reading),
                "{characters} {:?}",
                of_kanji(characters)
            );
        }
    }
}
