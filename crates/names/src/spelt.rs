//! The words of table entries, which are read before there are tables.

use crate::fold::fold;
use crate::script;
use crate::token::{self, Letter, Part};

/// A word of a table, in its own letters and in Latin ones.
#[derive(Clone, Debug)]
pub(crate) struct Spelt {
    pub(crate) folded: String,
    pub(crate) latin: String,
}

impl Letter for Spelt {
    fn is_letter(&self) -> bool {
        token::is_letter(&self.folded, &self.latin, script::script_of_word(&self.folded))
    }

    fn folded(&self) -> &str {
        &self.folded
    }
}

impl Spelt {
    fn new(folded: String) -> Spelt {
        let latin = script::latinize(&folded);
        Spelt { folded, latin }
    }
}

/// The words of a table entry: as those of a company name.
pub(crate) fn words(text: &str) -> Vec<Spelt> {
    let folded = fold(text);
    let mut signals = folded.signals;
    let mut words: Vec<Spelt> = Vec::new();
    token::split(&folded.text, |part| match part {
        Part::Word(word) => {
            let parts = token::parts(word, &mut signals).into_iter().map(Spelt::new);
            words.extend(parts.filter(|word| !word.latin.is_empty()));
        }
        Part::And => words.push(Spelt::new("and".to_owned())),
        Part::Comma | Part::Dot => {}
    });
    token::join_letters(&words, false, &mut signals, |text, _| Spelt::new(text)).unwrap_or(words)
}
