//! Cantonese as the registry of Hong Kong spells it, which marks neither tone nor aspiration.
//!
//! Made from Jyutping by rule; both sides are folded once more, since the spelling varies (`ts`/`ch`, `sh`/`s`,
//! `ow`/`au`, `ee`/`i`, `oo`/`u`). Sources: Jyutping (LSHK 1993), the customary spelling of Hong Kong.

use super::{Heard, Sound, Tradition, mandarin};
use crate::tables::JYUTPING;
use foldhash::HashSet;
use std::collections::BTreeSet;
use std::sync::OnceLock;

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
    ALL.get_or_init(|| JYUTPING.iter().map(|syllable| spell(syllable)).collect())
}

/// How a word in Latin letters is heard.
pub(super) fn hear(word: &str) -> Option<Heard> {
    let read = parse(&fold(word));
    let syllables = read.iter().map(|s| s.split('.').count()).min()?;
    let there = mandarin::of_surname(word);
    let here = read.into_iter().map(|s| Sound::new(Tradition::Cantonese, s));
    let weak = there
        .iter()
        .map(|s| Sound::new(Tradition::Mandarin, s.clone()).weak());
    Some(Heard {
        syllables,
        is_family: !there.is_empty(),
        sounds: here.chain(weak).collect(),
        wade: Vec::new(),
        only_wade: false,
    })
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
