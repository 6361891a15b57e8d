//! Cantonese as the registry of Hong Kong spells it, which marks neither tone nor aspiration.
//!
//! Made from Jyutping by rule; both sides are folded once more, since the spelling varies (`ts`/`ch`, `sh`/`s`,
//! `ow`/`au`, `ee`/`i`, `oo`/`u`). Sources: Jyutping (LSHK 1993), the customary spelling of Hong Kong.

use super::{Sound, Tradition, at_an_end, han, mandarin};
use foldhash::HashSet;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The most syllables that a name has.
const IN_NAME: usize = 4;
/// The letters of two long syllables.
const LONGEST: usize = 14;

/// The customary spelling of a Jyutping syllable, folded.
pub(super) fn spell(jyutping: &str) -> String {
    let at = jyutping.find(['a', 'e', 'i', 'o', 'u', 'y']);
    let Some(at) = at else {
        return jyutping.to_owned();
    };
    let (initial, last) = jyutping.split_at(at);
    let start = match initial {
        "b" => "p",
        "d" => "t",
        "g" => "k",
        "gw" => "kw",
        "z" | "c" => "ch",
        "j" => "y",
        other => other,
    };
    let end = match last {
        "aa" => "a".to_owned(),
        "oe" => "eu".to_owned(),
        "oeng" => "eung".to_owned(),
        "oek" => "euk".to_owned(),
        "eoi" => "ui".to_owned(),
        "eon" => "un".to_owned(),
        "eot" => "ut".to_owned(),
        "ou" => "o".to_owned(),
        "yu" => "u".to_owned(),
        "yun" => "uen".to_owned(),
        "yut" => "uet".to_owned(),
        other => other.replace("aa", "a"),
    };
    fold(&format!("{start}{end}"))
}

fn fold(spelt: &str) -> String {
    let mut folded = spelt.to_owned();
    for (from, to) in [
        ("tsz", "chi"),
        ("sze", "si"),
        ("ts", "ch"),
        ("sh", "s"),
        ("ow", "au"),
        ("ee", "i"),
        ("oo", "u"),
        ("oy", "oi"),
        ("ay", "ei"),
        ("oh", "o"),
    ] {
        folded = folded.replace(from, to);
    }
    folded
}

fn syllables() -> &'static HashSet<String> {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    ALL.get_or_init(|| han::cantonese_syllables().map(spell).collect())
}

/// The sounds of each word of a Cantonese name in Latin letters; none at all for another name.
pub(super) fn of_latin(words: &[&str]) -> Vec<Vec<Sound>> {
    // Most names fail at their first word.
    let read = words
        .iter()
        .map(|w| Some(parse(&fold(w))).filter(|r| !r.is_empty()));
    let Some(read) = read.collect::<Option<Vec<BTreeSet<String>>>>() else {
        return Vec::new();
    };
    let least = |one: &BTreeSet<String>| one.iter().map(|s| s.split('.').count()).min().unwrap_or(0);
    let count: usize = read.iter().map(least).sum();
    let cantonese =
        (2..=IN_NAME).contains(&count) && at_an_end(words, |w| !mandarin::of_surname(w).is_empty());
    if !cantonese {
        return Vec::new();
    }
    let sounds = |(word, read): (&&str, BTreeSet<String>)| {
        let here = read.into_iter().map(|s| Sound::new(Tradition::Cantonese, s));
        let there = mandarin::of_surname(word).iter();
        here.chain(there.map(|s| Sound::new(Tradition::Mandarin, s.clone()).weak()))
            .collect()
    };
    words.iter().zip(read).map(sounds).collect()
}

fn parse(word: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let known = |part: &str| syllables().contains(part);
    if known(word) {
        found.insert(word.to_owned());
    }
    if word.is_ascii() && word.len() <= LONGEST {
        for at in 1..word.len() {
            let (one, two) = word.split_at(at);
            if known(one) && known(two) {
                found.insert(format!("{one}.{two}"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jyutping_is_spelt_as_in_hong_kong() {
        for (jyutping, spelt) in [
            ("can", "chan"),
            ("zoeng", "cheung"),
            ("gwok", "kwok"),
            ("heoi", "hui"),
            ("ng", "ng"),
            ("jip", "yip"),
            ("daai", "tai"),
            ("man", "man"),
            ("ze", "tse"),
            ("zau", "chow"),
        ] {
            assert_eq!(spell(jyutping), fold(spelt));
        }
    }
}
