//! What the reference tables say about a word.
//!
//! The tables are part of the crate's fingerprint: another table is another engine. They are looked up in the form
//! that `build.rs` makes of them; those of East Asian names, which few words need, are read on first use (`sounds/`).

use crate::lookup::Lookup;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// What the tables say about a word in Latin letters, or about several that are parted by spaces.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    /// Written legal form → class.
    pub(crate) legal_form: Phrase,
    /// Title → position (`before`, `after`, `either`, `vessel`).
    pub(crate) title: Phrase,
    /// Country, city or direction → its code.
    pub(crate) place: Phrase,
    /// Particle → the form under which its spellings are one.
    pub(crate) particle: Option<&'static str>,
    /// Generic word → the English word that stands for it.
    pub(crate) generic: Option<&'static str>,
    /// Given name → the name it is a form of.
    pub(crate) nickname: Option<&'static str>,
    /// Number word → value.
    pub(crate) number: Option<&'static str>,
    /// A long word of legal forms of several words, which says nothing where the form is broken up: itself.
    pub(crate) form_word: Option<&'static str>,
    /// Written abbreviation → generic word, where a dot follows it.
    pub(crate) abbreviation: Option<&'static str>,
    /// A generic word or a word of a legal form: itself.
    pub(crate) vocabulary: Option<&'static str>,
    /// How common a name in these letters is, see `frequency.rs`.
    pub(crate) name: u8,
    /// … a name that is read so by English rules.
    pub(crate) name_read: u8,
    /// How common a word in these letters is among companies.
    pub(crate) company: u8,
    /// … a word that is read so.
    pub(crate) company_read: u8,
}

/// An entry of a table of phrases.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Phrase {
    /// What the word stands for by itself.
    pub(crate) alone: Option<&'static str>,
    /// How many words the longest phrase has that begins with the word; 0 where none does.
    longest: usize,
}

impl Phrase {
    /// Whether a phrase of one word or several begins with the word.
    pub(crate) const fn begins(self) -> bool {
        self.longest > 0
    }
}

impl Facts {
    /// What the tables say about `latin`.
    pub(crate) fn of(latin: &str) -> Facts {
        let mut facts = Facts::default();
        if let Some((word, fields)) = WORDS.get(latin) {
            for field in fields.split('\t') {
                let (tag, value) = field.split_at_checked(1).unwrap_or_default();
                facts.set(tag, value, word);
            }
        }
        facts
    }

    /// The tags are those of `build.rs`.
    fn set(&mut self, tag: &str, value: &'static str, word: &'static str) {
        let level = || value.parse().unwrap_or(0);
        let words = || value.parse().unwrap_or(0);
        match tag {
            "l" => self.legal_form.alone = Some(value),
            "L" => self.legal_form.longest = words(),
            "t" => self.title.alone = Some(value),
            "T" => self.title.longest = words(),
            "g" => self.place.alone = Some(value),
            "G" => self.place.longest = words(),
            "p" => self.particle = Some(value),
            "c" => self.generic = Some(value),
            "d" => self.nickname = Some(value),
            "n" => self.number = Some(value),
            "f" => self.form_word = Some(word),
            "a" => self.abbreviation = Some(value),
            "v" => self.vocabulary = Some(word),
            "m" => self.name = level(),
            "M" => self.name_read = level(),
            "o" => self.company = level(),
            "O" => self.company_read = level(),
            _ => {}
        }
    }
}

/// A word for which the tables are asked.
pub(crate) trait Asked {
    /// It in Latin letters.
    fn latin(&self) -> &str;
    /// What the tables say about it.
    fn facts(&self) -> &Facts;
}

/// The longest phrase of one of the tables that begins at `words[0]`: how many words it has, and what it stands for.
pub(crate) fn longest_at<W: Asked>(
    words: &[W],
    table: impl Fn(&Facts) -> Phrase,
) -> Option<(usize, &'static str)> {
    let (first, rest) = words.split_first()?;
    let phrase = table(first.facts());
    let most = phrase.longest.min(words.len());
    let several = (2..=most).rev().find_map(|n| {
        let mut key = first.latin().to_owned();
        for word in rest.iter().take(n - 1) {
            key.push(' ');
            key.push_str(word.latin());
        }
        Some((n, table(&Facts::of(&key)).alone?))
    });
    several.or_else(|| Some((1, phrase.alone?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::LONGEST_PIECE;
    use crate::script::{Script, script_of_word};
    use crate::spelt::{self, Spelt};
    use crate::texts::{ALL, GENERIC_WORDS, GEOGRAPHIC_WORDS, HAN_CHARACTERS, LEGAL_FORMS, rows};

    #[test]
    fn every_row_of_every_table_is_well_formed() {
        for table in ALL {
            let mut reader = csv::ReaderBuilder::new()
                .comment(Some(b'#'))
                .from_reader(table.as_bytes());
            let columns = reader.headers().unwrap().len();
            for record in reader.records() {
                let record = record.unwrap();
                assert_eq!(record.len(), columns);
                let filled = if table == HAN_CHARACTERS { 1 } else { 2 };
                assert!(
                    record.iter().take(filled).all(|cell| !cell.trim().is_empty()),
                    "{record:?}"
                );
                assert!(!spelt::words(&record[0]).is_empty(), "{record:?}");
            }
        }
    }

    #[test]
    fn no_entry_without_spaces_is_longer_than_is_looked_for() {
        let tables = [LEGAL_FORMS, GENERIC_WORDS, GEOGRAPHIC_WORDS];
        let phrases = tables.into_iter().flat_map(rows::<2>).map(|[phrase, _]| phrase);
        let in_characters =
            |word: &Spelt| matches!(script_of_word(&word.folded), Script::Han | Script::Hangul);
        let unsegmented =
            |phrase: &String| matches!(spelt::words(phrase).as_slice(), [one] if in_characters(one));
        let longest = phrases
            .filter(unsegmented)
            .map(|phrase| phrase.chars().count())
            .max();
        // A city or a province may have one more character behind its name.
        assert!(
            longest.is_some_and(|longest| longest > 4 && longest < LONGEST_PIECE),
            "{longest:?}"
        );
    }

    #[test]
    fn every_row_is_found_by_its_words() {
        for [phrase, _] in rows(LEGAL_FORMS) {
            let words: Vec<String> = spelt::words(&phrase).into_iter().map(|w| w.latin).collect();
            assert!(Facts::of(&words.join(" ")).legal_form.alone.is_some(), "{phrase}");
            assert!(Facts::of(&words[0]).legal_form.longest >= words.len(), "{phrase}");
        }
        for [word, _] in rows(GENERIC_WORDS) {
            let latin: String = spelt::words(&word).into_iter().map(|w| w.latin).collect();
            assert!(
                Facts::of(&latin).generic.is_some() && Facts::of(&latin).vocabulary.is_some(),
                "{word}"
            );
        }
        assert!(Facts::of("").legal_form.alone.is_none());
        assert!(Facts::of("limited liability compan").legal_form.alone.is_none());
    }

    #[test]
    fn legal_forms_are_found_in_every_script() {
        struct Word(String, Facts);
        impl Asked for Word {
            fn latin(&self) -> &str {
                &self.0
            }
            fn facts(&self) -> &Facts {
                &self.1
            }
        }
        for (text, class) in [
            ("ooo", "llc"),
            ("ООО", "llc"),
            ("d.o.o.", "llc"),
            ("Limited Liability Company", "llc"),
            ("общество с ограниченной ответственностью", "llc"),
            ("GmbH", "llc"),
            ("joint stock company", "jsc"),
        ] {
            let words: Vec<Word> = spelt::words(text)
                .into_iter()
                .map(|w| Word(w.latin.clone(), Facts::of(&w.latin)))
                .collect();
            assert_eq!(
                longest_at(&words, |facts| facts.legal_form),
                Some((words.len(), class)),
                "{text}"
            );
        }
    }
}
