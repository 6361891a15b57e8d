//! Korean syllables.
//!
//! A Korean name is compared by its syllables (`sounds/korean.rs`). The readings here are those of foreign names
//! written in Hangul by ear, where ㅡ only parts consonants, and one letter serves for p and f, b and v, j and z.

use crate::reading;

/// The places of a syllable's initial, vowel and final in the order of Unicode.
pub(crate) fn jamo(c: char) -> Option<(usize, usize, usize)> {
    let at = u32::from(c).checked_sub(0xac00).filter(|&at| at < 11_172)?;
    let at = usize::try_from(at).ok()?;
    Some((at / 588, at % 588 / 28, at % 28))
}

pub(super) fn latinize(word: &str) -> String {
    super::any_ascii(word)
}

pub(super) fn readings(word: &str, latin: &str) -> Vec<String> {
    let mut all: Vec<String> = EARS.iter().filter_map(|ear| by_ear(word, *ear)).collect();
    all.sort_unstable();
    all.dedup();
    if all.is_empty() {
        return reading::readings(latin, None);
    }
    all
}

/// Which of two foreign sounds each letter stands for.
#[derive(Clone, Copy)]
struct Ear {
    /// f for ㅍ.
    f: bool,
    /// v for ㅂ.
    v: bool,
    /// z for ㅈ.
    z: bool,
    /// l for a single ㄹ.
    l: bool,
}

const EARS: [Ear; 16] = {
    let mut ears = [Ear {
        f: false,
        v: false,
        z: false,
        l: false,
    }; 16];
    let mut at = 0;
    while at < 16 {
        ears[at] = Ear {
            f: at & 1 > 0,
            v: at & 2 > 0,
            z: at & 4 > 0,
            l: at & 8 > 0,
        };
        at += 1;
    }
    ears
};

const INITIALS: [&str; 19] = [
    "g", "k", "n", "d", "t", "r", "m", "b", "p", "s", "s", "", "j", "j", "C", "k", "t", "p", "h",
];
const VOWELS: [&str; 21] = [
    "a", "e", "ia", "e", "o", "e", "io", "e", "o", "va", "ve", "e", "io", "u", "vo", "ve", "vi", "iu", "",
    "i", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p", "t", "t",
    "n", "t", "t", "k", "t", "p", "t",
];
fn by_ear(word: &str, ear: Ear) -> Option<String> {
    let mut sounds = String::with_capacity(word.len());
    for c in word.chars() {
        let (initial, vowel, last) = jamo(c)?;
        sounds.push_str(match INITIALS[initial] {
            "p" if ear.f => "f",
            "b" if ear.v => "v",
            "j" if ear.z => "z",
            // A doubled one is an l whatever the ear.
            "r" if ear.l || sounds.ends_with('l') => "l",
            other => other,
        });
        sounds.push_str(VOWELS[vowel]);
        sounds.push_str(FINALS[last]);
    }
    let mut settled = String::with_capacity(sounds.len());
    for c in sounds.chars() {
        if !settled.ends_with(c) {
            settled.push(c);
        }
    }
    Some(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_names_are_read_by_ear() {
        for (hangul, reading) in [
            ("마를렌", "marlen"),
            ("세드릭", "sedrik"),
            ("빅토르", "viktor"),
            ("프란츠", "franC"),
        ] {
            let all = readings(hangul, "");
            assert!(all.iter().any(|r| r == reading), "{hangul} {all:?}");
        }
    }
}
