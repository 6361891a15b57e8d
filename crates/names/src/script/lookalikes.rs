//! Letters of one script that look like those of another.

use super::{Script, script_of};
use crate::signal::{Signal, Signals};

/// Cyrillic and Greek letters that look like Latin ones (after case folding), in both directions.
/// Source: Unicode TS 39 confusables, the pairs that look alike in common fonts.
const LOOKALIKES: [(char, char); 38] = [
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('ё', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ї', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('һ', 'h'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('ѵ', 'v'),
    ('ӏ', 'l'),
    ('г', 'r'),
    ('п', 'n'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'n'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('ϲ', 'c'),
];

/// Undoes look-alikes in a word that mixes Latin with Cyrillic or Greek letters: the script that has letters
/// of its own, not to be had in the other, wins; Latin where both have or neither has.
pub(crate) fn undo_lookalikes(word: &mut String, signals: &mut Signals) {
    let latin = word
        .chars()
        .any(|c| c.is_alphabetic() && script_of(c) == Script::Latin);
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    if !latin || !word.chars().any(foreign) {
        return;
    }
    signals.set(Signal::MixedScript);
    let own_latin = word
        .chars()
        .any(|c| c.is_ascii_alphabetic() && !LOOKALIKES.iter().any(|p| p.1 == c));
    let own_foreign = word
        .chars()
        .any(|c| foreign(c) && !LOOKALIKES.iter().any(|p| p.0 == c));
    let to_foreign = own_foreign && !own_latin;
    *word = word
        .chars()
        .map(|c| if to_foreign { to_cyrillic(c) } else { to_latin(c) })
        .collect();
}

fn to_latin(c: char) -> char {
    LOOKALIKES
        .iter()
        .find(|pair| pair.0 == c)
        .map_or(c, |pair| pair.1)
}

fn to_cyrillic(c: char) -> char {
    LOOKALIKES
        .iter()
        .find(|pair| pair.1 == c)
        .map_or(c, |pair| pair.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_lookalikes_in_mixed_words_only() {
        let mut signals = Signals::default();
        let mut word = "kаsperskу".to_owned();
        undo_lookalikes(&mut word, &mut signals);
        assert_eq!(word, "kaspersky");
        assert!(signals.has(Signal::MixedScript));
        let mut pure = "касперский".to_owned();
        let mut none = Signals::default();
        undo_lookalikes(&mut pure, &mut none);
        assert_eq!((pure.as_str(), none), ("касперский", Signals::default()));
    }
}
