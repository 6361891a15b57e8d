//! Words for the kind of party that a reader does not know.
//!
//! A wrong kind clears: a person is no company. So a kind that is not known is a guess, which speaks against no match
//! ([`Entity::kind_is_assumed`]), and a list in which most are unknown is not the list that it seems to be: its columns are
//! exchanged, or its format has changed.

use crate::file::{WARNING, remark};
use crate::{Error, ErrorKind, File, guess};
use std::collections::BTreeMap;
use tamis_model::{Entity, Remark};

/// How many words an error or a warning names.
const SHOWN: usize = 5;

/// The words, each with the number of entries of that kind.
#[derive(Debug, Default)]
pub(crate) struct UnknownKinds(BTreeMap<String, usize>);

impl UnknownKinds {
    /// Guesses the kind of an entry from its names, since the list says `word` and no more.
    pub(crate) fn add(&mut self, word: &str, entity: &mut Entity) {
        entity.kind = guess::kind(entity.primary_name());
        entity.kind_is_assumed = true;
        *self.0.entry(word.chars().take(40).collect()).or_default() += 1;
    }

    /// Warns of the words.
    ///
    /// # Errors
    /// Refuses a list in which more kinds are unknown than known. Entries of which the list says no kind at all, as some
    /// lists never do, count on neither side.
    pub(crate) fn settle(
        &self,
        file: &File,
        entities: &[Entity],
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Error> {
        let unknown = self.0.values().sum::<usize>();
        if unknown == 0 {
            return Ok(());
        }
        let known = entities.iter().filter(|entity| !entity.kind_is_assumed).count();
        let (words, entries) = (self.words(), entities.len());
        if unknown > known {
            return Err(file.error(ErrorKind::UnknownKinds {
                unknown,
                entries,
                words,
            }));
        }
        let text = format!(
            "{WARNING}the kind of {unknown} of {entries} entries is not known ({words}): it is guessed from their names, \
             and speaks against no match"
        );
        remarks.push(remark(file.name.as_str(), text));
        Ok(())
    }

    /// The most frequent words first.
    fn words(&self) -> String {
        let mut words: Vec<(&String, &usize)> = self.0.iter().collect();
        words.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let shown = words.iter().take(SHOWN).map(|(word, count)| match word.as_str() {
            "" => format!("none, {count} times"),
            word => format!("'{word}', {count} times"),
        });
        let shown: Vec<String> = shown.collect();
        let more = words.len().saturating_sub(SHOWN);
        let more = (more > 0).then(|| format!("; and {more} words more"));
        format!("{}{}", shown.join("; "), more.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis_model::{EntityKind, Name, NameRole};

    #[test]
    fn a_few_unknown_kinds_are_warned_of_and_most_are_refused() {
        let file = File {
            name: "a.csv".into(),
            bytes: Vec::new(),
        };
        let mut kinds = UnknownKinds::default();
        let mut remarks = Vec::new();
        let mut entities = vec![Entity::new("a", "0", EntityKind::Person); 3];
        assert!(kinds.settle(&file, &entities, &mut remarks).is_ok() && remarks.is_empty());
        for word in ["Person", "Person", ""] {
            let mut entity = Entity::new("a", "1", EntityKind::Organization);
            entity.names.push(Name::new("Jan Przykladowy", NameRole::Primary));
            kinds.add(word, &mut entity);
            assert!(entity.kind_is_assumed && entity.kind == EntityKind::Person);
            entities.push(entity);
        }
        assert!(kinds.settle(&file, &entities, &mut remarks).is_ok());
        let told = &remarks[0].text;
        assert!(told.starts_with(WARNING) && told.contains("3 of 6"), "{told}");
        let refused = kinds
            .settle(&file, &entities[1..], &mut remarks)
            .unwrap_err()
            .to_string();
        let named = "('Person', 2 times; none, 1 times)";
        assert!(
            refused.starts_with("a.csv: ") && refused.contains(named),
            "{refused}"
        );
    }
}
