//! Japanese: kana, Latin letters by every system, and the characters of names.
//!
//! The alphabet of sounds is Hepburn without long vowels and doubled consonants: `Satō`, `Satou`, `Satoh` and `Sato` are
//! one. Sources: Hepburn, Kunrei-shiki and Nihon-shiki; the tables of Japanese names in `data/tables`.

use super::{MOST, Sound, Tradition, at_an_end, combinations};
use crate::tables::{JAPANESE_CHARACTERS, JAPANESE_GIVEN_NAMES, JAPANESE_SURNAMES, rows};
use foldhash::{HashMap, HashSet};
use std::sync::OnceLock;

/// Hiragana in the order of Unicode from ぁ to ゖ, in Hepburn.
const KANA: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko",
    "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu",
    "zu", "te", "de", "to", "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu",
    "bu", "pu", "he", "be", "pe", "ho", "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu",
    "yo", "yo", "ra", "ri", "ru", "re", "ro", "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
];
const SMALL_TSU: char = 'っ';

/// Hiragana for a kana; `None` for what is none.
fn hiragana(c: char) -> Option<char> {
    match c {
        'ぁ'..='ゖ' => Some(c),
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60),
        _ => None,
    }
}

/// A small vowel or glide, which changes the syllable before it.
const fn small(c: char) -> bool {
    matches!(c, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ')
}

/// Kana in Hepburn; other letters are left out. `ー` repeats the vowel before it.
pub(crate) fn romaji(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut doubled = false;
    for c in word.chars() {
        let Some(kana) = hiragana(c) else {
            if c == 'ー' {
                let vowel = latin.chars().last().filter(|v| "aiueo".contains(*v));
                latin.extend(vowel);
            }
            continue;
        };
        if kana == SMALL_TSU {
            doubled = true;
            continue;
        }
        let at = usize::try_from(u32::from(kana) - u32::from('ぁ')).unwrap_or(0);
        let syllable = KANA.get(at).copied().unwrap_or_default();
        if small(kana) {
            glide(&mut latin, syllable);
        } else {
            if doubled {
                // Hepburn doubles ch as tch.
                latin.extend(
                    syllable
                        .chars()
                        .next()
                        .map(|first| if first == 'c' { 't' } else { first }),
                );
            }
            latin.push_str(syllable);
        }
        doubled = false;
    }
    latin
}

/// `ki` and small `ya` are `kya`; `shi` and `ya` are `sha`; `fu` and small `a` are `fa`.
fn glide(latin: &mut String, small: &str) {
    let glided = small.strip_prefix('y');
    match latin.chars().last() {
        Some('i') if glided.is_some() || small == "e" => {
            latin.pop();
            let sibilant = latin.ends_with("sh") || latin.ends_with("ch") || latin.ends_with('j');
            match glided {
                Some(vowel) if sibilant => latin.push_str(vowel),
                _ => latin.push_str(small),
            }
        }
        Some('u' | 'e' | 'o') if latin.len() > 1 && glided.is_none() => {
            // `u` and `e` are ウェ, we.
            let bare = latin.len() == 1 || latin.chars().rev().nth(1).is_some_and(|c| "aiueo".contains(c));
            latin.pop();
            latin.push_str(if bare { "w" } else { "" });
            latin.push_str(small);
        }
        Some('u') if glided.is_none() => {
            latin.pop();
            latin.push('w');
            latin.push_str(small);
        }
        _ => latin.push_str(small),
    }
}

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
        .map(|(characters, all)| (super::han::folded(&characters), read(&all)))
        .collect()
}

struct Tables {
    surnames: Names,
    given: Names,
    characters: Names,
    /// The readings of the family names.
    families: HashSet<String>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let surnames = names(JAPANESE_SURNAMES);
        Tables {
            families: surnames.values().flatten().cloned().collect(),
            surnames,
            given: names(JAPANESE_GIVEN_NAMES),
            characters: names(JAPANESE_CHARACTERS),
        }
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

/// The sounds of each word of a Japanese name in Latin letters; none at all for another name.
pub(super) fn of_latin(words: &[&str]) -> Vec<Vec<Sound>> {
    let read: Option<Vec<String>> = words.iter().map(|w| settle(w)).collect();
    let families = &tables().families;
    let is_family = |w: &str| settle(w).is_some_and(|s| families.contains(&s));
    let Some(read) = read.filter(|_| at_an_end(words, is_family)) else {
        return Vec::new();
    };
    let sounds = |letters| vec![Sound::new(Tradition::Japanese, letters)];
    read.into_iter().map(sounds).collect()
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
