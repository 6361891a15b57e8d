//! Armenian, with its Eastern and its Western values.

use super::{Letters, spell};
use crate::reading::of_romanisations;

pub(super) fn latinize(word: &str) -> String {
    spell(word, &[START, EASTERN, COMMON])
}

pub(super) fn readings(word: &str, latin: &str) -> Vec<String> {
    let western = spell(word, &[START, WESTERN, COMMON]);
    of_romanisations([latin, &western])
}

/// At the start of a word `ե` and `ո` have a glide.
const START: Letters = &[
    ("^և", "yev"),
    ("^եւ", "yev"),
    ("^ե", "ye"),
    ("^ով", "ov"),
    ("^ու", "u"),
    ("^ո", "vo"),
];

/// BGN/PCGN 1981 without its signs.
const EASTERN: Letters = &[
    ("բ", "b"),
    ("գ", "g"),
    ("դ", "d"),
    ("ծ", "ts"),
    ("կ", "k"),
    ("ձ", "dz"),
    ("ճ", "ch"),
    ("պ", "p"),
    ("ջ", "j"),
    ("տ", "t"),
];

/// Western Armenian exchanges voiced and voiceless stops.
const WESTERN: Letters = &[
    ("բ", "p"),
    ("գ", "k"),
    ("դ", "t"),
    ("ծ", "dz"),
    ("կ", "g"),
    ("ձ", "ts"),
    ("ճ", "j"),
    ("պ", "b"),
    ("ջ", "ch"),
    ("տ", "d"),
];

const COMMON: Letters = &[
    ("եան", "yan"),
    ("եւ", "ev"),
    ("ու", "u"),
    ("իւ", "yu"),
    ("և", "ev"),
    ("ա", "a"),
    ("ե", "e"),
    ("զ", "z"),
    ("է", "e"),
    ("ը", "y"),
    ("թ", "t"),
    ("ժ", "zh"),
    ("ի", "i"),
    ("լ", "l"),
    ("խ", "kh"),
    ("հ", "h"),
    ("ղ", "gh"),
    ("մ", "m"),
    ("յ", "y"),
    ("ն", "n"),
    ("շ", "sh"),
    ("ո", "o"),
    ("չ", "ch"),
    ("ռ", "r"),
    ("ս", "s"),
    ("վ", "v"),
    ("ր", "r"),
    ("ց", "ts"),
    ("ւ", "v"),
    ("փ", "p"),
    ("ք", "k"),
    ("օ", "o"),
    ("ֆ", "f"),
];
