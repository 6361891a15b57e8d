//! Japanese kana.

use crate::reading;

pub(super) fn latinize(word: &str) -> String {
    crate::sounds::romaji(word)
}

pub(super) fn readings(_word: &str, latin: &str) -> Vec<String> {
    reading::readings(latin, None)
}
