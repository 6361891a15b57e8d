//! Georgian.

use super::{Letters, spell};
use crate::reading::of_romanisations;

pub(super) fn latinize(word: &str) -> String {
    spell(word, &[NATIONAL])
}

pub(super) fn readings(_word: &str, latin: &str) -> Vec<String> {
    of_romanisations([latin])
}

/// The national system of 2002 without its apostrophes.
const NATIONAL: Letters = &[
    ("ა", "a"),
    ("ბ", "b"),
    ("გ", "g"),
    ("დ", "d"),
    ("ე", "e"),
    ("ვ", "v"),
    ("ზ", "z"),
    ("თ", "t"),
    ("ი", "i"),
    ("კ", "k"),
    ("ლ", "l"),
    ("მ", "m"),
    ("ნ", "n"),
    ("ო", "o"),
    ("პ", "p"),
    ("ჟ", "zh"),
    ("რ", "r"),
    ("ს", "s"),
    ("ტ", "t"),
    ("უ", "u"),
    ("ფ", "p"),
    ("ქ", "k"),
    ("ღ", "gh"),
    ("ყ", "q"),
    ("შ", "sh"),
    ("ჩ", "ch"),
    ("ც", "ts"),
    ("ძ", "dz"),
    ("წ", "ts"),
    ("ჭ", "ch"),
    ("ხ", "kh"),
    ("ჯ", "j"),
    ("ჰ", "h"),
    // Letters of other Kartvelian languages and of old texts.
    ("ჲ", "y"),
    ("ჳ", "v"),
    ("ჴ", "q"),
    ("ჵ", "o"),
    ("ჱ", "e"),
    ("ჶ", "f"),
    ("ჷ", "i"),
];
