//! Hebrew.
//!
//! Sources: the romanisations of the Academy of the Hebrew Language (2006) and BGN/PCGN (1962), the spellings of
//! passports and of Yiddish names, and the geresh of foreign sounds.

use crate::skeleton::{HEBREW, skeletons};

/// The sign that gives a letter a foreign sound.
pub(super) const GERESH: char = '׳';

/// Latin letters for people to read: letter by letter, final forms and vowel points alike.
pub(super) fn latinize(word: &str) -> String {
    letters(word).into_iter().map(latin).collect()
}

/// Skeletons.
pub(super) fn readings(word: &str, _latin: &str) -> Vec<String> {
    let letters = letters(word);
    let mut all = Vec::with_capacity(letters.len());
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let (ways, step) = next(at == 0, rest);
        all.push(ways);
        at += step;
    }
    skeletons(HEBREW, &all)
}

/// The letters without vowel points and cantillation.
fn letters(word: &str) -> Vec<char> {
    let is_mark = |c: char| matches!(c, '\u{591}'..='\u{5c7}');
    word.chars().filter(|&c| !is_mark(c)).collect()
}

fn latin(c: char) -> &'static str {
    match c {
        'א' | 'ע' => "a",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' | 'ח' => "h",
        'ו' => "v",
        'ז' => "z",
        'ט' | 'ת' => "t",
        'י' => "y",
        'כ' | 'ך' | 'ק' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ts",
        'ר' => "r",
        'ש' => "sh",
        GERESH => "",
        _ => any_ascii::any_ascii_char(c),
    }
}

/// The ways of the first of `rest`, or of the first few where they belong together, and how many these are.
fn next(first: bool, rest: &[char]) -> (Vec<&'static str>, usize) {
    match rest {
        ['ג', GERESH, ..] => (vec!["J", "g"], 2),
        ['ז', GERESH, ..] => (vec!["J"], 2),
        ['צ' | 'ץ', GERESH, ..] => (vec!["C"], 2),
        ['ח', GERESH, ..] => (vec!["h"], 2),
        ['ע' | 'ר', GERESH, ..] => (vec!["K"], 2),
        ['ו', GERESH, ..] => (vec!["v"], 2),
        ['ת', GERESH, ..] => (vec!["t", "s"], 2),
        ['ד', GERESH, ..] => (vec!["d", "z"], 2),
        [GERESH, ..] => (vec![""], 1),
        // A vowel that begins a word needs a carrier.
        ['א' | 'ע', 'ו', 'ו', ..] if first => (vec!["Vv"], 3),
        ['א' | 'ע', 'ו', ..] if first => (vec!["U", "Vv"], 2),
        ['א' | 'ע', 'י', 'י', ..] if first => (vec!["I", "VI"], 3),
        ['א' | 'ע', 'י', ..] if first => (vec!["I", "VI"], 2),
        ['א' | 'ע', ..] if first => (vec!["V"], 1),
        ['א' | 'ע', ..] => (vec!["'"], 1),
        ['ו', 'ו', ..] => (vec!["v"], 2),
        ['י', 'י', ..] => (vec!["I"], 2),
        ['ו', ..] if first => (vec!["v"], 1),
        ['ו', ..] => (vec!["U", "v"], 1),
        ['ה'] => (vec!["H"], 1),
        [c, rest @ ..] => (letter(*c, first, rest.is_empty()), 1),
        [] => (Vec::new(), 1),
    }
}

fn letter(c: char, first: bool, last: bool) -> Vec<&'static str> {
    match c {
        'ב' if first => vec!["b"],
        'ב' => vec!["b", "v"],
        'ג' => vec!["g"],
        'ד' => vec!["d"],
        'ה' | 'ח' => vec!["h"],
        'ז' => vec!["z"],
        'ט' | 'ת' => vec!["t"],
        'י' => vec!["I"],
        'כ' if first => vec!["k"],
        'כ' => vec!["k", "h"],
        'ך' => vec!["h", "k"],
        'ל' => vec!["l"],
        'מ' | 'ם' => vec!["m"],
        'נ' | 'ן' => vec!["n"],
        'ס' => vec!["s"],
        // The name of a foreigner may begin with f, that of a Jew does not; a final one is always written so.
        'פ' if last => vec!["p"],
        'פ' => vec!["p", "f"],
        'ף' => vec!["F"],
        'צ' | 'ץ' => vec!["Q"],
        'ק' => vec!["k"],
        'ר' => vec!["r"],
        'ש' => vec!["S", "s"],
        _ => vec![any_ascii::any_ascii_char(c)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(word: &str, skeleton: &str) -> bool {
        readings(word, "")
            .iter()
            .any(|known| known.strip_prefix(HEBREW) == Some(skeleton))
    }

    #[test]
    fn letters_that_are_two_sounds_give_both() {
        for (word, skeleton) in [
            ("דוד", "dvd"),
            ("בנימין", "bnImIn"),
            ("אביב", "VbIv"),
            ("שרה", "srH"),
            ("יצחק", "IQhk"),
            ("וולדמאר", "vldm'r"),
            ("ג׳ון", "JUn"),
            ("צ׳רלי", "CrlI"),
            ("אייל", "VIl"),
        ] {
            assert!(has(word, skeleton), "{word} {:?}", readings(word, ""));
        }
    }

    #[test]
    fn a_first_bet_is_no_v() {
        assert!(!has("בנימין", "vnImIn"));
    }

    #[test]
    fn vowel_points_change_nothing() {
        assert_eq!(readings("דָּוִד", ""), readings("דוד", ""));
        assert_eq!(latinize("דָּוִד"), latinize("דוד"));
    }
}
