//! Folded text → words, with letters kept apart and digits for letters undone.

use crate::fold;
use crate::script::{self, Script};
use crate::signal::{Signal, Signals};
use unicode_normalization::char::is_combining_mark;

/// A word that may be a single letter.
pub(crate) trait Letter {
    /// Whether it is one.
    fn is_letter(&self) -> bool;
    /// The word in its own script, folded.
    fn folded(&self) -> &str;
}

/// Whether a word is one letter that may stand for a name.
pub(crate) fn is_letter(folded: &str, latin: &str, script: Script) -> bool {
    folded.chars().filter(|&c| !is_combining_mark(c)).count() == 1
        && latin.bytes().all(|b| b.is_ascii_alphabetic())
        && !matches!(script, Script::Han | Script::Hangul)
}

/// What a folded text is made of, in its order.
pub(crate) enum Part<'a> {
    /// Letters, digits and signs that stand together.
    Word(&'a str),
    /// A comma behind the last word.
    Comma,
    /// A dot behind the last word.
    Dot,
    /// A sign that is read as a word.
    And,
}

/// Splits folded text into words. Apostrophes stay within a word and vanish; every other sign parts words.
pub(crate) fn split(text: &str, mut take: impl FnMut(Part<'_>)) {
    let mut rest = text;
    let mut word = String::new();
    while !rest.is_empty() {
        if word.is_empty()
            && let Some((plain, after)) = plain_word(rest)
        {
            take(Part::Word(plain));
            rest = after;
            continue;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if c.is_alphanumeric() || is_combining_mark(c) || is_leet_sign(c, &word, rest) {
            word.push(c);
            continue;
        }
        if fold::is_apostrophe(c) || is_hebrew_sign(c) {
            let of_letter = word.chars().next_back().and_then(script::apostrophe_of);
            if let Some(sign) = of_letter.filter(|_| c != '״') {
                word.push(sign);
            } else if let Some(after) = after_possessive(&word, rest) {
                rest = after;
            }
            continue;
        }
        if !word.is_empty() {
            take(Part::Word(&word));
            word.clear();
        }
        match c {
            ',' | '،' | '、' => take(Part::Comma),
            '.' => take(Part::Dot),
            '&' | '+' => take(Part::And),
            _ => {}
        }
    }
    if !word.is_empty() {
        take(Part::Word(&word));
    }
}

/// A word of Latin letters and digits at the start of `rest` that ends before a space or a plain sign, as most do.
fn plain_word(rest: &str) -> Option<(&str, &str)> {
    let bytes = rest.as_bytes();
    let end = bytes
        .iter()
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or(bytes.len());
    let plain = matches!(bytes.get(end), None | Some(b' ' | b',' | b'.' | b'-'));
    (end > 0 && plain).then(|| rest.split_at(end))
}

/// The signs of Hebrew that stand within a word: a foreign sound, an acronym.
const fn is_hebrew_sign(c: char) -> bool {
    matches!(c, '׳' | '״')
}

/// `Kaspersky's`: the s after the apostrophe is no part of the name. What follows it.
fn after_possessive<'a>(word: &str, rest: &'a str) -> Option<&'a str> {
    let after = rest.strip_prefix('s')?;
    let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (ends && word.chars().count() > 2).then_some(after)
}

fn is_leet_sign(c: char, word: &str, rest: &str) -> bool {
    matches!(c, '@' | '$' | '!') && !word.is_empty() && rest.starts_with(char::is_alphabetic)
}

/// The words that letters which stand together make up, look-alikes and digits for letters undone.
pub(crate) fn parts(word: &str, signals: &mut Signals) -> Vec<String> {
    let mut text = word.to_owned();
    script::undo_lookalikes(&mut text, signals);
    undo_leet(&mut text, signals);
    let parts = without_number(&text).flat_map(compound_parts);
    parts.map(str::to_owned).collect()
}

/// A word whose letters run on into a number (`AR16`) is a word and a number.
fn without_number(text: &str) -> impl Iterator<Item = &str> {
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

/// Joins single letters that belong together: `d.o.o.`, `A.B.C.` in companies, `Z.e.n.k.i.n` in persons. `read` makes
/// a word of the letters and of the last of those that gave them. `None` where no letters belong together.
pub(crate) fn join_letters<W: Letter + Clone>(
    words: &[W],
    person: bool,
    signals: &mut Signals,
    mut read: impl FnMut(String, &W) -> W,
) -> Option<Vec<W>> {
    let least = if person { SPACED_LETTERS } else { 2 };
    let all_letters = |run: &[W]| run.iter().all(W::is_letter);
    if !words.windows(least).any(all_letters) {
        return None;
    }
    let mut joined: Vec<W> = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, tail)) = rest.split_first() {
        let run = rest.iter().take_while(|w| w.is_letter()).count();
        let (letters, after) = rest.split_at(run);
        match letters.last() {
            Some(last) if run >= least => {
                if run >= SPACED_LETTERS {
                    signals.set(Signal::SpacedLetters);
                }
                let text: String = letters.iter().map(W::folded).collect();
                joined.push(read(text, last));
                rest = after;
            }
            _ => {
                joined.push(first.clone());
                rest = tail;
            }
        }
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use crate::form::{Domain, NameForm};
    use crate::signal::{Signal, Signals};

    fn latin(text: &str, person: bool) -> (Vec<String>, Signals) {
        let domain = if person { Domain::Person } else { Domain::Object };
        let form = NameForm::new(text, domain);
        let words = form.tokens.iter().map(|token| token.latin.clone());
        (words.collect(), form.signals)
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
