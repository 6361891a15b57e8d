//! Greek: as ELOT 743 writes it, as it sounds, and as learned tradition has it.

use super::{Letters, spell};
use crate::reading::of_romanisations;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) fn latinize(word: &str) -> String {
    spell(&bare(word), &[ELOT, LETTERS])
}

pub(super) fn readings(word: &str, latin: &str) -> Vec<String> {
    let bare = bare(word);
    let nasal = spell(&bare, &[NASAL, BY_EAR, ELOT, LETTERS]);
    let by_ear = spell(&bare, &[BY_EAR, ELOT, LETTERS]);
    let learned = spell(&bare, &[LEARNED, LETTERS]);
    of_romanisations([latin, &by_ear, &nasal, &learned])
}

/// Lower case without accents and breathings; `ϊ` and `ϋ` begin no digraph, which `ι` and `υ` may.
fn bare(word: &str) -> String {
    word.replace(['ϊ', 'ΐ'], "\u{345}")
        .nfd()
        .map(|c| if c == '\u{345}' { 'ϊ' } else { c })
        .filter(|&c| !is_combining_mark(c))
        .collect()
}

/// ELOT 743 (ISO 843 type 2). `χ` is given as kh, since ch has other sounds too.
const ELOT: Letters = &[
    ("^μπ", "b"),
    ("^ντ", "d"),
    ("^γκ", "gk"),
    ("γγ", "ng"),
    ("γξ", "nx"),
    ("γχ", "nkh"),
    ("ου", "ou"),
    // αυ, ευ, ηυ are voiceless before voiceless consonants and at the end.
    ("αυθ", "afth"),
    ("αυκ", "afk"),
    ("αυξ", "afx"),
    ("αυπ", "afp"),
    ("αυσ", "afs"),
    ("αυτ", "aft"),
    ("αυφ", "aff"),
    ("αυχ", "afkh"),
    ("αυψ", "afps"),
    ("αυ", "av"),
    ("ευθ", "efth"),
    ("ευκ", "efk"),
    ("ευξ", "efx"),
    ("ευπ", "efp"),
    ("ευσ", "efs"),
    ("ευτ", "eft"),
    ("ευφ", "eff"),
    ("ευχ", "efkh"),
    ("ευψ", "efps"),
    ("ευ", "ev"),
    ("ηυ", "iv"),
];

/// What is heard: prenasal stops within a word, one i for five spellings, gamma as a glide.
const BY_EAR: Letters = &[
    ("γγ", "g"),
    ("γκ", "g"),
    ("μπ", "b"),
    ("ντ", "d"),
    ("γιου", "you"),
    ("γεω", "yo"),
    ("γιω", "yo"),
    ("γιο", "yo"),
    ("γιω", "yo"),
    ("για", "ya"),
    ("γε", "ye"),
    ("αι", "e"),
    ("ει", "i"),
    ("οι", "i"),
    ("υι", "i"),
];

/// Prenasal stops with their nasal, in the spelling of English readers.
const NASAL: Letters = &[("μπ", "mb"), ("ντ", "nd"), ("γκ", "ng"), ("γγ", "ng")];

/// The classical values: b for beta, e for eta, au, eu, y.
const LEARNED: Letters = &[
    ("γγ", "ng"),
    ("γκ", "nk"),
    ("γξ", "nx"),
    ("γχ", "nkh"),
    ("ου", "ou"),
    ("αυ", "au"),
    ("ευ", "eu"),
    ("β", "b"),
    ("η", "e"),
];

const LETTERS: Letters = &[
    ("α", "a"),
    ("β", "v"),
    ("γ", "g"),
    ("δ", "d"),
    ("ε", "e"),
    ("ζ", "z"),
    ("η", "i"),
    ("θ", "th"),
    ("ι", "i"),
    ("ϊ", "i"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "x"),
    ("ο", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("σ", "s"),
    ("ς", "s"),
    ("τ", "t"),
    ("υ", "y"),
    ("φ", "f"),
    ("χ", "kh"),
    ("ψ", "ps"),
    ("ω", "o"),
    ("ϲ", "s"),
    ("ϳ", "j"),
];
