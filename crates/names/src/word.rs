//! A word as it is written and read, whatever name it stands in.

use crate::agree::join_key;
use crate::distance::{Range, Signature};
use crate::script::{self, Script};
use serde::{Deserialize, Serialize};

/// A word, or several that are one token, in its own letters, in Latin letters and as it is read.
///
/// Tokens share their words: a [`Reader`](crate::Reader) gives equal words of equal use one allocation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Word {
    /// The word in its own script, folded.
    pub folded: String,
    /// The word in Latin letters.
    pub latin: String,
    /// Its own script.
    pub script: Script,
    /// Its readings (see the crate's documentation), and its letters as they stand, doubled ones written once; none
    /// for numbers, legal forms, titles and tokens of several words.
    pub keys: Vec<String>,
    /// What tells most pairs of words apart before their keys are compared.
    #[serde(skip_serializing)]
    pub(crate) sketch: Sketch,
}

/// The signatures of a word's keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sketch {
    /// One each.
    pub(crate) signatures: Vec<Signature>,
    /// Between which counts all of them lie.
    pub(crate) range: Range,
    /// The length of the longest key.
    pub(crate) longest: usize,
}

impl Sketch {
    fn of(keys: &[String]) -> Sketch {
        let signatures: Vec<Signature> = keys.iter().map(|key| Signature::of(key)).collect();
        Sketch {
            range: Range::of(&signatures),
            longest: keys.iter().map(String::len).max().unwrap_or(0),
            signatures,
        }
    }
}

/// A word as it is stored: what follows from the rest is left out.
#[derive(Deserialize)]
struct Stored {
    folded: String,
    latin: String,
    script: Script,
    keys: Vec<String>,
}

impl From<Stored> for Word {
    fn from(stored: Stored) -> Word {
        Word::new(stored.folded, stored.latin, stored.script, stored.keys)
    }
}

impl Word {
    fn new(folded: String, latin: String, script: Script, keys: Vec<String>) -> Word {
        Word {
            sketch: Sketch::of(&keys),
            folded,
            latin,
            script,
            keys,
        }
    }

    /// The word with its keys.
    pub(crate) fn read(folded: &str) -> Word {
        let (latin, script) = (script::latinize(folded), script::script_of_word(folded));
        let keys = keys(folded, &latin, script);
        Word::new(folded.to_owned(), latin, script, keys)
    }

    /// The word without its keys.
    pub(crate) fn bare(&self) -> Word {
        Word::new(self.folded.clone(), self.latin.clone(), self.script, Vec::new())
    }

    /// Several words that are one token, such as a legal form written in full.
    pub(crate) fn phrase<'a>(words: impl Iterator<Item = &'a Word> + Clone) -> Word {
        let join = |part: fn(&Word) -> &str| words.clone().map(part).collect::<Vec<_>>().join(" ");
        let script = words.clone().map(|w| w.script).max().unwrap_or(Script::Latin);
        Word::new(join(|w| &w.folded), join(|w| &w.latin), script, Vec::new())
    }
}

/// The readings of a word, its letters as they stand with doubled ones written once, and its join key.
fn keys(folded: &str, latin: &str, script: Script) -> Vec<String> {
    let mut keys = script::readings(folded, latin, script);
    if script.is_unvocalised() {
        return keys;
    }
    let mut letters = latin.to_owned().into_bytes();
    letters.dedup();
    let letters = String::from_utf8(letters).unwrap_or_default();
    for key in [letters, join_key(latin)] {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
