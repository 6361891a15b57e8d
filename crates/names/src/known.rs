//! What a reader remembers of a word, whatever name it stands in.

use crate::form::{self, Class, Domain, Token};
use crate::frequency::Levels;
use crate::numeral;
use crate::rarity;
use crate::repair::Repair;
use crate::script::Script;
use crate::sounds::{self, Sounds, Syllables};
use crate::tables::{Asked, Facts};
use crate::token::{self, Letter};
use crate::word::Word;
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A word, what the tables say about it, and what it could be in a name. What only some names ask for is found
/// when it is asked for.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) word: Arc<Word>,
    bare: OnceLock<Arc<Word>>,
    pub(crate) facts: Facts,
    pub(crate) is_letter: bool,
    /// Its value, where it is a number in digits.
    pub(crate) digits: Option<String>,
    /// Its value, where it is a Roman numeral.
    pub(crate) roman: Option<u32>,
    /// Whether it ends as patronymics do.
    pub(crate) is_patronymic: bool,
    /// What agreement on it as a word says, for persons, organisations and objects.
    bits: [u16; 3],
    repair: OnceLock<Repair>,
    /// Its sounds, where its script gives them.
    sounds: OnceLock<Sounds>,
    /// Its sounds in names that are East Asian as a whole.
    pub(crate) syllables: Syllables,
    /// The words that it is in a company's name, where it is several.
    segments: OnceLock<Option<Vec<String>>>,
}

impl Known {
    pub(crate) fn new(folded: &str) -> Known {
        let word = Word::read(folded);
        let facts = Facts::of(&word.latin);
        let levels = Levels::of(&facts, &word.keys);
        let bits = [Domain::Person, Domain::Organization, Domain::Object];
        Known {
            bare: OnceLock::new(),
            is_letter: token::is_letter(folded, &word.latin, word.script),
            digits: numeral::digits(&word.latin),
            roman: numeral::roman(&word.latin),
            is_patronymic: word
                .keys
                .iter()
                .any(|k| PATRONYMIC.iter().any(|e| k.ends_with(e))),
            bits: bits.map(|domain| rarity::of_word(&word.latin, levels, domain)),
            repair: OnceLock::new(),
            sounds: OnceLock::new(),
            syllables: Syllables::default(),
            segments: OnceLock::new(),
            facts,
            word: Arc::new(word),
        }
    }

    /// A token of this word.
    pub(crate) fn token(&self, class: Class, meaning: impl Into<Cow<'static, str>>, domain: Domain) -> Token {
        let without_keys = matches!(class, Class::LegalForm | Class::Number | Class::Title);
        let word = if without_keys { self.bare() } else { &self.word };
        Token {
            word: Arc::clone(word),
            sounds: if sounds::has_sounds(class) {
                self.sounds().clone()
            } else {
                Sounds::default()
            },
            class,
            meaning: meaning.into(),
            weight: 0,
            bits: self.bits[domain as usize],
            known: self.facts.name > 0,
        }
    }

    fn bare(&self) -> &Arc<Word> {
        if self.word.keys.is_empty() {
            return &self.word;
        }
        self.bare.get_or_init(|| Arc::new(self.word.bare()))
    }

    fn sounds(&self) -> &Sounds {
        self.sounds
            .get_or_init(|| sounds::of_script(&self.word.folded, self.word.script))
    }

    /// The table word that it was meant to be; at the end of a name it may be cut off.
    pub(crate) fn meant(&self, dotted: bool, last: bool) -> Option<&'static str> {
        if dotted && self.facts.abbreviation.is_some() {
            return self.facts.abbreviation;
        }
        let repair = self
            .repair
            .get_or_init(|| Repair::of(&self.word.latin, &self.facts));
        if last { repair.cut } else { repair.slip }
    }

    /// The value of any number in a company's or thing's name. Roman numerals of one letter count only at the end,
    /// longer ones anywhere but at the start (`Xi`, `Vi` and `Di` begin names).
    pub(crate) fn number(&self, first: bool, last: bool) -> Option<Cow<'static, str>> {
        if let Some(digits) = &self.digits {
            return Some(Cow::Owned(digits.clone()));
        }
        if let Some(number) = self.facts.number {
            return Some(Cow::Borrowed(number));
        }
        let wanted = !first && (self.word.latin.len() > 1 || last);
        let roman = self.roman.filter(|_| wanted)?;
        Some(Cow::Owned(roman.to_string()))
    }

    /// Its bits as a word, for persons, organisations and objects.
    pub(crate) const fn bits(&self) -> [u16; 3] {
        self.bits
    }

    /// Whether it is no more than a word in the names of all domains, wherever it stands in them, as long as no sign
    /// follows it: no table has it, but as a given name, and it is no number, letter, patronymic or article, and not in
    /// characters that are parted. What follows from all words of a name together is left to them.
    pub(crate) fn is_plain(&self) -> bool {
        let facts = &self.facts;
        let in_tables = facts.title.begins()
            || facts.legal_form.begins()
            || facts.place.begins()
            || facts.particle.is_some()
            || facts.generic.is_some()
            || facts.number.is_some()
            || facts.form_word.is_some();
        let is_number = self.digits.is_some() || self.roman.is_some();
        let latin = &self.word.latin;
        let is_small =
            self.is_letter || form::function_word(latin).is_some() || form::article(latin).is_some();
        let in_characters = matches!(self.word.script, Script::Han | Script::Hangul);
        let is_other = in_tables || is_number || is_small || in_characters || self.is_patronymic;
        !is_other && self.meant(false, true).is_none() && self.meant(false, false).is_none()
    }

    /// The words that it is in a company's name, if it is several that `part` finds.
    pub(crate) fn segments(&self, part: impl FnOnce(&Word) -> Option<Vec<String>>) -> Option<&[String]> {
        self.segments.get_or_init(|| part(&self.word)).as_deref()
    }
}

/// Endings of patronymics, in readings.
const PATRONYMIC: [&str; 7] = ["oviC", "eviC", "ovna", "evna", "iCna", "iliC", "miniC"];

/// A word in its place in a text.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) known: Arc<Known>,
    /// A comma follows it.
    pub(crate) comma: bool,
    /// Only a dot parts it from the next word.
    pub(crate) dotted: bool,
}

impl Raw {
    pub(crate) const fn new(known: Arc<Known>) -> Raw {
        Raw {
            known,
            comma: false,
            dotted: false,
        }
    }
}

impl Deref for Raw {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

impl Letter for Raw {
    fn is_letter(&self) -> bool {
        self.is_letter
    }

    fn folded(&self) -> &str {
        &self.word.folded
    }
}

impl Asked for Raw {
    fn latin(&self) -> &str {
        &self.word.latin
    }

    fn facts(&self) -> &Facts {
        &self.facts
    }
}

impl Asked for Arc<Known> {
    fn latin(&self) -> &str {
        &self.word.latin
    }

    fn facts(&self) -> &Facts {
        &self.facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roman_numeral_needs_its_place() {
        let value = |word: &str, first, last| Known::new(word).number(first, last);
        assert_eq!(value("xi", true, false), None);
        assert_eq!(value("xi", false, true).as_deref(), Some("11"));
        assert_eq!(value("v", false, false), None);
        assert_eq!(value("007", true, true).as_deref(), Some("7"));
    }

    #[test]
    fn an_abbreviation_needs_its_dot() {
        let short = Known::new("trad");
        assert_eq!(short.meant(true, false), Some("trading"));
        assert_eq!(short.meant(false, false), None);
    }
}
