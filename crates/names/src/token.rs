//! Folded text → words, with letters kept apart and digits for letters undone.

use crate::fold::{self, fold};
use crate::script::{self, Script};
use crate::signal::{Signal, Signals};
use unicode_normalization::char::is_combining_mark;

/// One word as it stands in a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    /// The folded word in its own script.
    pub(crate) folded: String,
    /// The word in Latin letters.
    pub(crate) latin: String,
    /// Its script.
    pub(crate) script: Script,
    /// A comma follows it.
    pub(crate) comma: bool,
    /// Only a dot parts it from the next word.
    pub(crate) dotted: bool,
}

impl Raw {
    pub(crate) fn new(folded: String) -> Raw {
        let latin = script::latinize(&folded);
        let script = script::script_of_word(&folded);
        Raw {
            folded,
            latin,
            script,
            comma: false,
            dotted: false,
        }
    }

    pub(crate) fn is_letter(&self) -> bool {
        self.folded.chars().filter(|&c| !is_combining_mark(c)).count() == 1
            && self.latin.bytes().all(|b| b.is_ascii_alphabetic())
            && !matches!(self.script, Script::Han | Script::Hangul)
    }
}

/// The words of a table entry: as those of a company name.
pub(crate) fn words(text: &str) -> Vec<Raw> {
    let folded = fold(text);
    let mut signals = folded.signals;
    join_letters(split(&folded.text, &mut signals), false, &mut signals)
}

/// Splits folded text into words. Apostrophes stay within a word and vanish; every other sign parts words.
pub(crate) fn split(text: &str, signals: &mut Signals) -> Vec<Raw> {
    let mut words: Vec<Raw> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || is_combining_mark(c) || is_leet_sign(c, &word, chars.peek()) {
            word.push(c);
            continue;
        }
        if fold::is_apostrophe(c) || is_hebrew_sign(c) {
            let of_letter = word.chars().next_back().and_then(script::apostrophe_of);
            if let Some(sign) = of_letter.filter(|_| c != '״') {
                word.push(sign);
            } else if is_possessive(&word, &mut chars) {
                chars.next();
            }
            continue;
        }
        finish(&mut word, &mut words, signals);
        match (c, words.last_mut()) {
            (',' | '،' | '、', Some(last)) => last.comma = true,
            ('.', Some(last)) => last.dotted = true,
            (' ', Some(_)) => {}
            ('&' | '+', _) => words.push(Raw::new("and".to_owned())),
            _ => {}
        }
    }
    finish(&mut word, &mut words, signals);
    words
}

/// The signs of Hebrew that stand within a word: a foreign sound, an acronym.
const fn is_hebrew_sign(c: char) -> bool {
    matches!(c, '׳' | '״')
}

/// `Kaspersky's`: the s after the apostrophe is no part of the name.
fn is_possessive(word: &str, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut ahead = chars.clone();
    word.chars().count() > 2 && ahead.next() == Some('s') && ahead.next().is_none_or(|c| !c.is_alphanumeric())
}

fn is_leet_sign(c: char, word: &str, next: Option<&char>) -> bool {
    matches!(c, '@' | '$' | '!') && !word.is_empty() && next.is_some_and(|n| n.is_alphabetic())
}

fn finish(word: &mut String, words: &mut Vec<Raw>, signals: &mut Signals) {
    if word.is_empty() {
        return;
    }
    let mut text = std::mem::take(word);
    script::undo_lookalikes(&mut text, signals);
    undo_leet(&mut text, signals);
    for part in parts(&text).flat_map(compound_parts) {
        let raw = Raw::new(part.to_owned());
        if !raw.latin.is_empty() {
            words.push(raw);
        }
    }
}

/// A word whose letters run on into a number (`AR16`) is a word and a number.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let digits_at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (head, tail) = text.split_at(digits_at);
    let whole = head.is_empty() || !tail.bytes().all(|b| b.is_ascii_digit());
    let pieces = if whole { [text, ""] } else { [head, tail] };
    pieces.into_iter().filter(|piece| !piece.is_empty())
}

/// Compound names that some write as one word and some as two (عبدالرحمن) are two.
fn compound_parts(word: &str) -> impl Iterator<Item = &str> {
    let ends = script::compound(word, script::script_of_word(word)).unwrap_or(word.len());
    let (head, tail) = word.split_at(ends);
    [head, tail].into_iter().filter(|piece| !piece.is_empty())
}

/// Digits and signs in place of letters, within a word that is mostly letters (`K4sp3rsky`, `Ig0r`).
fn undo_leet(word: &mut String, signals: &mut Signals) {
    if !word
        .bytes()
        .any(|b| b.is_ascii_digit() || matches!(b, b'@' | b'$' | b'!'))
        || !word.is_ascii()
    {
        return;
    }
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let last_letter = word.bytes().rposition(|b| b.is_ascii_alphabetic());
    let first_other = word.bytes().position(|b| !b.is_ascii_alphabetic());
    let inside = matches!((first_other, last_letter), (Some(first), Some(last)) if first < last);
    let others = word.len() - letters;
    if !inside || letters < 2 || letters <= others || is_ordinal(word) {
        return;
    }
    signals.set(Signal::Leet);
    *word = word.chars().map(letter_meant).collect();
}

/// `1st`, `22nd`, `44th`: a number written in full, not a word written in digits.
pub(crate) fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.get(digits.len()..).unwrap_or_default();
    !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(suffix, "st" | "nd" | "rd" | "th")
}

fn letter_meant(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => c,
    }
}

/// From how many single letters in a row a person's name is one spaced word and not initials.
const SPACED_LETTERS: usize = 4;

/// Joins single letters that belong together: `d.o.o.`, `A.B.C.` in companies, `Z.e.n.k.i.n` in persons.
pub(crate) fn join_letters(words: Vec<Raw>, person: bool, signals: &mut Signals) -> Vec<Raw> {
    let mut joined: Vec<Raw> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, tail)) = rest.split_first() {
        let run = rest.iter().take_while(|w| w.is_letter()).count();
        if run >= if person { SPACED_LETTERS } else { 2 } {
            if run >= SPACED_LETTERS {
                signals.set(Signal::SpacedLetters);
            }
            let text: String = rest[..run].iter().map(|w| w.folded.as_str()).collect();
            let mut word = Raw::new(text);
            word.comma = rest[run - 1].comma;
            joined.push(word);
            rest = &rest[run..];
        } else {
            joined.push(first.clone());
            rest = tail;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(text: &str, person: bool) -> (Vec<String>, Signals) {
        let folded = fold(text);
        let mut signals = folded.signals;
        let words = join_letters(split(&folded.text, &mut signals), person, &mut signals);
        (words.into_iter().map(|w| w.latin).collect(), signals)
    }

    #[test]
    fn splits_at_signs_but_not_at_apostrophes() {
        assert_eq!(latin("AL-QA'IDA", true).0, ["al", "qaida"]);
        assert_eq!(
            latin("Kaspersky's Laboratory", false).0,
            ["kaspersky", "laboratory"]
        );
        assert_eq!(
            latin("JPMorgan Chase & Co.", false).0,
            ["jpmorgan", "chase", "and", "co"]
        );
        assert_eq!(latin("Trust 2005-AR16", false).0, ["trust", "2005", "ar", "16"]);
    }

    #[test]
    fn joins_letters_kept_apart() {
        assert_eq!(latin("SIS d.o.o.", false).0, ["sis", "doo"]);
        assert_eq!(latin("A.G. Tikhonov", true).0, ["a", "g", "tikhonov"]);
        let (words, signals) = latin("Z.e.n.k.i.n Denis", true);
        assert_eq!(words, ["zenkin", "denis"]);
        assert!(signals.has(Signal::SpacedLetters));
    }

    #[test]
    fn undoes_digits_in_place_of_letters() {
        for (text, word) in [
            ("K4sp3rsky", "kaspersky"),
            ("Ig0r", "igor"),
            ("0liver", "oliver"),
            ("L4b", "lab"),
        ] {
            let (words, signals) = latin(text, false);
            assert_eq!(words, [word]);
            assert!(signals.has(Signal::Leet), "{text}");
        }
        assert_eq!(
            latin("1st Brigade 44 A300", false).0,
            ["1st", "brigade", "44", "a", "300"]
        );
    }
}
