//! Arabic letters.

use crate::reading;

pub(super) fn latinize(word: &str) -> String {
    super::any_ascii(word)
}

pub(super) fn readings(_word: &str, latin: &str) -> Vec<String> {
    reading::readings(latin, None)
}
