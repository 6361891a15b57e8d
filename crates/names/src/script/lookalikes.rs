//! Letters of one script that look like those of another.
//!
//! Skeletons of Unicode TS 39 are not used as they are: they also merge letters of one script (`rn` and `m`, `l` and
//! `I`), which names must keep apart, and they are defined before case folding.

use super::{Script, script_of};
use crate::signal::{Signal, Signals};

/// Latin letters and the letters of Cyrillic, Greek, Armenian and Cherokee that look like them in either case, after
/// case folding. Source: Unicode TS 39 confusables, the pairs that look alike in common fonts.
const LOOKALIKES: [(char, &str); 26] = [
    ('a', "аαᎪ"),
    ('b', "вьβᏏᏴ"),
    ('c', "сϲᏟ"),
    ('d', "ԁᎠᏧ"),
    ('e', "еёεᎬҽ"),
    ('f', "ϝ"),
    ('g', "ցᏀ"),
    ('h', "нһհᎻᏂ"),
    ('i', "іїιᎥ"),
    ('j', "јյᎫ"),
    ('k', "кκᏦ"),
    ('l', "ӏլᏞ"),
    ('m', "мᎷ"),
    ('n', "пηոռ"),
    ('o', "оοօ"),
    ('p', "рρᏢ"),
    ('q', "ԛզ"),
    ('r', "гᎡᏒ"),
    ('s', "ѕտᏚ"),
    ('t', "тτᎢ"),
    ('u', "υս"),
    ('v', "ѵνᏙ"),
    ('w', "ԝωᏔᎳ"),
    ('x', "хχ"),
    ('y', "уүγᎩᎽ"),
    ('z', "Ꮓζ"),
];

/// Greek capitals whose small forms look like other letters than they do; the rest keep their look.
const GREEK_CAPITALS: [(char, char); 5] = [('Η', 'H'), ('Ν', 'N'), ('Υ', 'Y'), ('Ζ', 'Z'), ('Μ', 'M')];

/// Latin small capitals and phonetic letters: Latin letters in another dress, whatever stands beside them. Letters of
/// living alphabets (`ə`, `ɛ`, `ɔ`) are not among them.
const DRESSED: [(char, &str); 26] = [
    ('a', "ᴀɑ"),
    ('b', "ʙᴃ"),
    ('c', "ᴄ"),
    ('d', "ᴅ"),
    ('e', "ᴇ"),
    ('f', "ꜰ"),
    ('g', "ɢɡ"),
    ('h', "ʜ"),
    ('i', "ɪɩ"),
    ('j', "ᴊ"),
    ('k', "ᴋ"),
    ('l', "ʟ"),
    ('m', "ᴍ"),
    ('n', "ɴ"),
    ('o', "ᴏ"),
    ('p', "ᴘ"),
    ('q', "ꞯ"),
    ('r', "ʀ"),
    ('s', "ꜱ"),
    ('t', "ᴛ"),
    ('u', "ᴜ"),
    ('v', "ᴠʋ"),
    ('w', "ᴡ"),
    ('x', "ⅹ"),
    ('y', "ʏ"),
    ('z', "ᴢ"),
];

/// Undoes look-alikes in a word that mixes Latin with letters of another script: the script that has letters of its
/// own, not to be had in the other, wins; Latin where both have or neither has.
pub(crate) fn undo_lookalikes(word: &mut String, signals: &mut Signals) {
    if word.is_ascii() {
        return;
    }
    undress(word, signals);
    let latin = word
        .chars()
        .any(|c| c.is_alphabetic() && script_of(c) == Script::Latin);
    if !latin || !word.chars().any(is_foreign) {
        return;
    }
    signals.set(Signal::MixedScript);
    let own_latin = word
        .chars()
        .any(|c| c.is_ascii_alphabetic() && foreign_form(c, Script::Cyrillic).is_none());
    let own_foreign = word
        .chars()
        .find(|&c| is_foreign(c) && latin_form(c).is_none())
        .map(script_of);
    *word = match own_foreign {
        Some(script) if !own_latin => word
            .chars()
            .map(|c| foreign_form(c, script).unwrap_or(c))
            .collect(),
        _ => word.chars().map(|c| latin_form(c).unwrap_or(c)).collect(),
    };
}

/// Replaces Greek capitals in words of mixed script by the Latin capitals that they look like. Case folding loses
/// their look (`Ν` is an N, `ν` a v), so this comes before it.
pub(crate) fn undo_capitals(text: String, signals: &mut Signals) -> String {
    if !text.contains(GREEK_CAPITALS.map(|pair| pair.0)) {
        return text;
    }
    let mixed = |word: &str| {
        word.contains(|c: char| c.is_ascii_alphabetic())
            && word
                .chars()
                .any(|c| GREEK_CAPITALS.iter().any(|pair| pair.0 == c))
            && word
                .chars()
                .all(|c| script_of(c) != Script::Greek || c.is_uppercase())
    };
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        if !mixed(word) {
            return word.to_owned();
        }
        signals.set(Signal::MixedScript);
        let latin = |c| {
            GREEK_CAPITALS
                .iter()
                .find(|pair| pair.0 == c)
                .map_or(c, |pair| pair.1)
        };
        word.chars().map(latin).collect()
    });
    words.collect()
}

/// `text` (folded) with each word that consists of look-alikes of one other script put into Latin letters, where a
/// Latin word stands beside it: `АВЕО Trading`, its first word Cyrillic. `None` where there is no such word.
pub(crate) fn in_latin(text: &str) -> Option<String> {
    let has_latin = || text.contains(|c: char| c.is_ascii_alphabetic());
    (!text.is_ascii() && has_latin())
        .then(|| in_other_dress(text))
        .flatten()
}

/// As [`in_latin`], whatever stands beside the word.
pub(crate) fn in_other_dress(text: &str) -> Option<String> {
    if !text.chars().any(is_foreign) {
        return None;
    }
    let is_sign = |c: char| !c.is_alphanumeric();
    let words = text.split_inclusive(is_sign).map(|word| {
        let letters = word.trim_end_matches(is_sign);
        let latin: Option<String> = letters.chars().map(latin_form).collect();
        latin.filter(|latin| latin.len() > 1).map_or_else(
            || word.to_owned(),
            |latin| latin + word.get(letters.len()..).unwrap_or_default(),
        )
    });
    let out: String = words.collect();
    (out != text).then_some(out)
}

fn undress(word: &mut String, signals: &mut Signals) {
    let plain = |c: char| {
        DRESSED
            .iter()
            .find(|(_, dressed)| dressed.contains(c))
            .map(|row| row.0)
    };
    if word.chars().any(|c| plain(c).is_some()) {
        signals.set(Signal::MixedScript);
        *word = word.chars().map(|c| plain(c).unwrap_or(c)).collect();
    }
}

/// Greek, Cyrillic, Armenian and Cherokee letters.
const fn is_foreign(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}')
}

/// The Latin letter that `c` (folded) looks like: a letter of another script, or a Latin one in another dress.
///
/// # Example
/// ```
/// assert_eq!(tamis_names::latin_lookalike('а'), Some('a')); // the first is Cyrillic
/// assert_eq!(tamis_names::latin_lookalike('a'), None);
/// ```
pub fn latin_lookalike(c: char) -> Option<char> {
    let dressed = || DRESSED.iter().find(|(_, dressed)| dressed.contains(c));
    latin_form(c).or_else(|| dressed().map(|row| row.0))
}

fn latin_form(c: char) -> Option<char> {
    LOOKALIKES
        .iter()
        .find(|(_, foreign)| foreign.contains(c))
        .map(|row| row.0)
}

fn foreign_form(c: char, script: Script) -> Option<char> {
    let (_, foreign) = LOOKALIKES.iter().find(|row| row.0 == c)?;
    foreign.chars().find(|&f| script_of(f) == script)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(word: &str) -> (String, bool) {
        let mut signals = Signals::default();
        let mut word = word.to_owned();
        undo_lookalikes(&mut word, &mut signals);
        (word, signals.has(Signal::MixedScript))
    }

    #[test]
    fn undoes_lookalikes_in_mixed_words_only() {
        for (word, meant) in [
            ("kаsperskу", "kaspersky"),
            ("раураl", "paypal"),
            ("кaсперский", "касперский"),
            ("ꜱarah", "sarah"),
            ("ᴋᴀꜱᴘᴇʀꜱᴋʏ", "kaspersky"),
            ("gοοɡle", "google"),
            ("ᎪlexᎪnder", "alexander"),
            ("jօհnson", "johnson"),
            ("παπαδοπoυλος", "παπαδοπουλος"),
        ] {
            assert_eq!(undone(word), (meant.to_owned(), true));
        }
        for word in ["касперский", "αθηνα", "müller", "həsən"] {
            assert_eq!(undone(word), (word.to_owned(), false));
        }
    }

    #[test]
    fn keeps_the_look_of_greek_capitals() {
        let mut signals = Signals::default();
        assert_eq!(undo_capitals("JOHΝ SΜITH".to_owned(), &mut signals), "JOHN SMITH");
        assert!(signals.has(Signal::MixedScript));
        let mut none = Signals::default();
        assert_eq!(undo_capitals("ΝΙΚΟΣ Smith".to_owned(), &mut none), "ΝΙΚΟΣ Smith");
        assert_eq!(none, Signals::default());
    }

    #[test]
    fn reads_a_word_of_lookalikes_beside_latin_words() {
        assert_eq!(in_latin("авео trading").as_deref(), Some("abeo trading"));
        assert_eq!(in_latin("сара коэн"), None, "no Latin word beside it");
        assert_eq!(in_latin("игорь smith"), None, "letters of its own");
    }
}
