//! A listed name as it stands before it is changed.

use crate::Seeded;
use crate::text;
use tamis_model::EntityKind;

/// A listed name, in one of the ways in which customer files write it.
#[derive(Clone, Debug)]
pub(crate) struct Original {
    /// The name.
    pub(crate) text: String,
    /// What bears it.
    pub(crate) kind: EntityKind,
    /// The parts of a person's name, in the letter case of `text`.
    pub(crate) person: Person,
}

/// The two parts of a person's name, as far as a list tells them apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) given: Vec<String>,
    pub(crate) family: Vec<String>,
}

impl Person {
    /// Reads `FAMILY, Given Middle`; without a comma the last word is taken for the family name.
    pub(crate) fn read(name: &str) -> Person {
        match name.split_once(',') {
            Some((family, given)) => Person {
                given: text::words(given),
                family: text::words(family),
            },
            None => {
                let mut given = text::words(name);
                let family = given.pop().into_iter().collect();
                Person { given, family }
            }
        }
    }

    /// `Given Middle Family`
    pub(crate) fn natural(&self) -> String {
        let parts: Vec<&str> = self
            .given
            .iter()
            .chain(&self.family)
            .map(String::as_str)
            .collect();
        parts.join(" ")
    }

    /// `Family, Given Middle`
    pub(crate) fn filed(&self) -> String {
        format!("{}, {}", self.family.join(" "), self.given.join(" "))
    }

    /// Every word, given names first.
    pub(crate) fn words(&self) -> Vec<String> {
        self.given.iter().chain(&self.family).cloned().collect()
    }

    fn title_case(&self) -> Person {
        let all = |words: &[String]| words.iter().map(|word| text::title_case(word)).collect();
        Person {
            given: all(&self.given),
            family: all(&self.family),
        }
    }
}

impl Original {
    /// The name letter for letter.
    pub(crate) fn verbatim(name: &str, kind: EntityKind) -> Original {
        Original {
            text: name.to_owned(),
            kind,
            person: Person::read(name),
        }
    }

    /// The name as a customer file may write it: as listed, given names first, or without the capitals of a list.
    pub(crate) fn styled(name: &str, kind: EntityKind, seeded: &mut Seeded) -> Original {
        let listed = Original::verbatim(name, kind);
        let natural = kind == EntityKind::Person && !listed.person.given.is_empty();
        let title = |name: &str| {
            name.split(' ')
                .map(title_unless_short)
                .collect::<Vec<_>>()
                .join(" ")
        };
        match (seeded.below(3), natural) {
            (0, _) => listed,
            (1, true) => Original {
                text: listed.person.natural(),
                ..listed
            },
            (_, true) => {
                let person = listed.person.title_case();
                Original {
                    text: person.natural(),
                    person,
                    kind,
                }
            }
            (_, false) => Original::verbatim(&title(name), kind),
        }
    }
}

/// Short words of companies are mostly abbreviations, and keep their capitals.
fn title_unless_short(word: &str) -> String {
    if word.chars().count() <= 3 {
        word.to_owned()
    } else {
        text::title_case(word)
    }
}
