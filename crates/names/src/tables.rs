//! The reference tables, compiled in and read once.
//!
//! Every entry goes through the same folding and romanisation as names do, so that a table may be written in
//! any script. The tables are part of the crate's fingerprint: another table is another engine.

use crate::token::{self, Raw};
use foldhash::{HashMap, HashMapExt, HashSet};
use std::sync::OnceLock;

const LEGAL_FORMS: &str = include_str!("../../../data/tables/legal_forms.csv");
const TITLES: &str = include_str!("../../../data/tables/titles.csv");
const PARTICLES: &str = include_str!("../../../data/tables/particles.csv");
const GENERIC_WORDS: &str = include_str!("../../../data/tables/generic_words.csv");
const GEOGRAPHIC_WORDS: &str = include_str!("../../../data/tables/geographic_words.csv");
const NICKNAMES: &str = include_str!("../../../data/tables/nicknames.csv");
const ABBREVIATIONS: &str = include_str!("../../../data/tables/abbreviations.csv");
const NUMBER_WORDS: &str = include_str!("../../../data/tables/number_words.csv");
pub(crate) const NAME_FREQUENCIES: &str = include_str!("../../../data/tables/name_frequencies.csv");
pub(crate) const WORD_FREQUENCIES: &str = include_str!("../../../data/tables/word_frequencies.csv");

/// Han characters with their readings; see `sounds/han.rs`.
pub(crate) const HAN_CHARACTERS: &str = include_str!("../../../data/tables/han_characters.csv");
pub(crate) const CHINESE_SURNAMES: &str = include_str!("../../../data/tables/chinese_surnames.csv");
pub(crate) const KOREAN_SURNAMES: &str = include_str!("../../../data/tables/korean_surnames.csv");
pub(crate) const JAPANESE_SURNAMES: &str = include_str!("../../../data/tables/japanese_surnames.csv");
pub(crate) const JAPANESE_GIVEN_NAMES: &str = include_str!("../../../data/tables/japanese_given_names.csv");
pub(crate) const JAPANESE_CHARACTERS: &str =
    include_str!("../../../data/tables/japanese_name_characters.csv");

/// The text of every table, in a fixed order, for the fingerprint.
pub(crate) const ALL: [&str; 16] = [
    LEGAL_FORMS,
    ABBREVIATIONS,
    TITLES,
    PARTICLES,
    GENERIC_WORDS,
    GEOGRAPHIC_WORDS,
    NICKNAMES,
    NUMBER_WORDS,
    NAME_FREQUENCIES,
    WORD_FREQUENCIES,
    HAN_CHARACTERS,
    CHINESE_SURNAMES,
    KOREAN_SURNAMES,
    JAPANESE_SURNAMES,
    JAPANESE_GIVEN_NAMES,
    JAPANESE_CHARACTERS,
];

/// Phrases of one or more words, each with what it stands for.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_words: HashMap<String, String>,
    longest: usize,
}

impl Phrases {
    /// Whether `word` is a phrase by itself.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.by_words.contains_key(word)
    }

    /// Every word of every phrase.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.by_words.keys().flat_map(|phrase| phrase.split(' '))
    }

    /// The longest phrase that begins at `words[0]`: how many words it has, and what it stands for.
    pub(crate) fn longest_at(&self, words: &[Raw]) -> Option<(usize, &str)> {
        let most = self.longest.min(words.len());
        (1..=most).rev().find_map(|n| {
            let key = join(&words[..n]);
            self.by_words.get(&key).map(|value| (n, value.as_str()))
        })
    }

    fn insert(&mut self, phrase: &str, value: &str) {
        let words = token::words(phrase);
        if words.is_empty() {
            return;
        }
        self.longest = self.longest.max(words.len());
        self.by_words
            .entry(join(&words))
            .or_insert_with(|| value.to_owned());
    }
}

fn join(words: &[Raw]) -> String {
    let latin: Vec<&str> = words.iter().map(|w| w.latin.as_str()).collect();
    latin.join(" ")
}

/// Every table, ready for look-up.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// Written legal form → class.
    pub(crate) legal_forms: Phrases,
    /// Title → position (`before`, `after`, `either`, `vessel`).
    pub(crate) titles: Phrases,
    /// Particle → the form under which its spellings are one.
    pub(crate) particles: HashMap<String, String>,
    /// Generic word → the English word that stands for it.
    pub(crate) generic: HashMap<String, String>,
    /// Country, city or direction → its code.
    pub(crate) geographic: Phrases,
    /// Given name → the name it is a form of.
    pub(crate) nicknames: HashMap<String, String>,
    /// Number word → value.
    pub(crate) numbers: HashMap<String, u32>,
    /// Long words of legal forms of several words, which say nothing where the form is broken up.
    pub(crate) form_words: HashSet<String>,
    /// Written abbreviation → generic word, where a dot follows it.
    pub(crate) abbreviations: HashMap<String, String>,
}

/// A word of a legal form with fewer letters may be a name.
const FORM_WORD: usize = 5;

/// The tables; read on first use.
pub(crate) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(read)
}

fn read() -> Tables {
    Tables {
        form_words: form_words(),
        abbreviations: rows(ABBREVIATIONS)
            .map(|(short, word)| (latin(&short), latin(&word)))
            .collect(),
        legal_forms: phrases(LEGAL_FORMS),
        titles: phrases(TITLES),
        // Parts of compounds (Abd, Abu) bind to the next word and carry identity: they stay words.
        particles: rows(PARTICLES)
            .filter(|(_, language)| language != "ar-compound")
            .map(|(word, language)| particle(&word, &language))
            .collect(),
        generic: map(GENERIC_WORDS),
        geographic: phrases(GEOGRAPHIC_WORDS),
        nicknames: nicknames(),
        numbers: rows(NUMBER_WORDS)
            .filter_map(|(word, value)| Some((latin(&word), value.parse().ok()?)))
            .collect(),
    }
}

fn phrases(table: &str) -> Phrases {
    let mut phrases = Phrases::default();
    for (phrase, value) in rows(table) {
        phrases.insert(&phrase, &value);
    }
    phrases
}

fn form_words() -> HashSet<String> {
    let phrases = rows(LEGAL_FORMS).map(|(phrase, _)| token::words(&phrase));
    let words = phrases.filter(|words| words.len() > 1).flatten().map(|w| w.latin);
    words.filter(|word| word.len() >= FORM_WORD).collect()
}

fn map(table: &str) -> HashMap<String, String> {
    let mut map = HashMap::new();
    for (word, value) in rows(table) {
        map.entry(latin(&word)).or_insert_with(|| latin(&value));
    }
    map
}

/// Every name of a group stands for the group's name, and so does that name itself.
fn nicknames() -> HashMap<String, String> {
    let mut names = map(NICKNAMES);
    let groups: Vec<String> = names.values().cloned().collect();
    for group in groups {
        names.entry(group.clone()).or_insert(group);
    }
    names
}

/// The spellings of the Arabic article, and of "son of", are one particle each.
fn particle(word: &str, language: &str) -> (String, String) {
    let word = latin(word);
    let canonical = match (language, word.as_str()) {
        (
            "ar",
            "al" | "el" | "ul" | "ol" | "as" | "ad" | "ar" | "an" | "az" | "at" | "ash" | "esh" | "ez"
            | "adh" | "ath" | "ur" | "ud" | "us",
        ) => "al",
        ("ar", "bin" | "ibn" | "ben" | "bn" | "abn") => "bin",
        ("ar", "bint" | "binti" | "bent" | "binte" | "bnt" | "abnt") => "bint",
        _ => &word,
    };
    (word.clone(), canonical.to_owned())
}

fn latin(text: &str) -> String {
    join(&token::words(text)).replace(' ', "")
}

/// The first two columns of every row after the header; comment lines are skipped.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = (String, String)> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(table.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    records
        .into_iter()
        .filter_map(|r| Some((r.get(0)?.to_owned(), r.get(1)?.to_owned())))
}

/// The first three columns of every row after the header; comment lines are skipped.
pub(crate) fn rows3(table: &str) -> impl Iterator<Item = (String, String, String)> {
    let third = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(table.as_bytes())
        .into_records()
        .map(|r| {
            r.ok()
                .and_then(|r| r.get(2).map(str::to_owned))
                .unwrap_or_default()
        })
        .collect::<Vec<_>>();
    rows(table)
        .zip(third)
        .map(|((one, two), three)| (one, two, three))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::LONGEST_PIECE;
    use crate::script::Script;

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
                assert!(!token::words(&record[0]).is_empty(), "{record:?}");
            }
        }
    }

    #[test]
    fn no_entry_without_spaces_is_longer_than_is_looked_for() {
        let tables = [LEGAL_FORMS, GENERIC_WORDS, GEOGRAPHIC_WORDS];
        let phrases = tables.into_iter().flat_map(rows).map(|(phrase, _)| phrase);
        let in_characters = |word: &Raw| matches!(word.script, Script::Han | Script::Hangul);
        let unsegmented =
            |phrase: &String| matches!(token::words(phrase).as_slice(), [one] if in_characters(one));
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
    fn legal_forms_are_found_in_every_script() {
        for (text, class) in [
            ("ooo", "llc"),
            ("ООО", "llc"),
            ("d.o.o.", "llc"),
            ("Limited Liability Company", "llc"),
            ("общество с ограниченной ответственностью", "llc"),
            ("GmbH", "llc"),
            ("joint stock company", "jsc"),
        ] {
            let words = token::words(text);
            assert_eq!(
                tables().legal_forms.longest_at(&words),
                Some((words.len(), class)),
                "{text}"
            );
        }
    }
}
