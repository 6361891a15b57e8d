//! The head of a log: a few fields from which everything before it follows, to be kept where nobody who can write the
//! log can write.

use crate::{Error, Hash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The last record of a log at some moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The last record; 0 where there is none.
    pub sequence: u64,
    /// Its hash, which holds every record before it.
    pub sha256: Hash,
    /// When it was written.
    pub time: Timestamp,
    /// How many records the log holds; fewer than `sequence` once some were purged.
    pub count: u64,
}

impl Head {
    /// Reads an exported head; `place` names it in errors.
    ///
    /// # Errors
    /// [`Error::Document`] with line and column where the JSON is not that of a head.
    pub fn parse(text: &str, place: &str) -> Result<Head, Error> {
        serde_json::from_str(text).map_err(|e| Error::Document {
            place: place.to_owned(),
            why: format!("not the head of a log: {e}; `tamis log head` writes one"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_was_written_and_nothing_else_is() {
        let head = Head {
            sequence: 3,
            sha256: Hash::of(&[b"x"]),
            time: Timestamp::UNIX_EPOCH,
            count: 2,
        };
        let text = serde_json::to_string(&head).unwrap();
        assert_eq!(Head::parse(&text, "head.json").unwrap(), head);
        for bad in [
            "",
            "{}",
            &text.replace("count", "number"),
            &text.replace(":3", ":-3"),
            &text[..40],
        ] {
            let error = Head::parse(bad, "head.json").unwrap_err().to_string();
            assert!(error.contains("head.json") && error.contains("line 1"), "{error}");
        }
    }
}
