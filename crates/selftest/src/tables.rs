//! `data/tables/selftest_words.csv`: what words are exchanged for. Of its own, and not the tables that names are read
//! by: a test that draws on what is tested finds only what is known already.

use crate::text::{core, words};
use std::ops::Range;
use std::sync::OnceLock;

const WORDS: &str = include_str!("../../../data/tables/selftest_words.csv");

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A legal form and how else it is written in its language.
    LegalForm,
    /// A legal form and its equivalents elsewhere.
    Equivalent,
    /// A common word and its abbreviations, or an abbreviation and its word.
    Abbreviation,
    /// A common word in other languages.
    Translation,
    /// A number and how else it is written.
    Number,
    /// A given name and its short forms and cognates.
    Nickname,
    /// A title before a name.
    Title,
    /// A suffix after a name.
    Suffix,
    /// A word that branches and daughters of companies add.
    ExtraWord,
}

impl Kind {
    const ALL: [(Kind, &'static str); 9] = [
        (Kind::LegalForm, "legal-form"),
        (Kind::Equivalent, "equivalent"),
        (Kind::Abbreviation, "abbreviation"),
        (Kind::Translation, "translation"),
        (Kind::Number, "number"),
        (Kind::Nickname, "nickname"),
        (Kind::Title, "title"),
        (Kind::Suffix, "suffix"),
        (Kind::ExtraWord, "extra-word"),
    ];
}

/// A word or phrase, and what it is exchanged for.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
}

/// The rows of a kind, in the order of the table.
pub(crate) fn rows(kind: Kind) -> &'static [Row] {
    static TABLE: OnceLock<Vec<Vec<Row>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kind::ALL.map(|(_, name)| read(name)).to_vec());
    table.get(kind as usize).map_or(&[], Vec::as_slice)
}

fn read(kind: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(WORDS.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    let fits = records.iter().filter(|record| record.get(0) == Some(kind));
    fits.filter_map(|record| {
        let to = record
            .get(2)?
            .split('|')
            .filter(|to| !to.is_empty())
            .map(str::to_owned)
            .collect();
        Some(Row {
            from: record.get(1)?.to_owned(),
            to,
        })
    })
    .collect()
}

/// What a word is exchanged for; nothing for most.
pub(crate) fn of(kind: Kind, word: &str) -> Vec<&'static str> {
    let lower = word.to_lowercase();
    let found = rows(kind).iter().filter(|row| row.from == lower);
    found.flat_map(|row| row.to.iter().map(String::as_str)).collect()
}

/// A phrase of a table, found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The words that it takes.
    pub(crate) words: Range<usize>,
    /// What it is exchanged for.
    pub(crate) to: &'static [String],
}

/// The phrases of a kind in a text, the longest at each place.
pub(crate) fn find(text: &str, kind: Kind) -> Vec<Span> {
    let words: Vec<String> = words(text).iter().map(|word| bare(word)).collect();
    let mut spans = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let here = |row: &&Row| {
            let phrase: Vec<&str> = row.from.split(' ').collect();
            words[start..].len() >= phrase.len() && words[start..start + phrase.len()] == phrase[..]
        };
        match rows(kind).iter().filter(here).max_by_key(|row| row.from.len()) {
            Some(row) => {
                let end = start + row.from.split(' ').count();
                spans.push(Span {
                    words: start..end,
                    to: &row.to,
                });
                start = end;
            }
            None => start += 1,
        }
    }
    spans
}

/// The legal form of a company, where it stands at an end of its name.
pub(crate) fn legal_form(text: &str) -> Option<Span> {
    let last = words(text).len();
    let at_an_end = |span: &Span| (span.words.start == 0) != (span.words.end == last);
    let mut forms: Vec<Span> = find(text, Kind::LegalForm)
        .into_iter()
        .filter(at_an_end)
        .collect();
    forms.pop()
}

/// Whether a word is one that many companies share: a legal form or a common word.
pub(crate) fn is_common(word: &str) -> bool {
    const KINDS: [Kind; 5] = [
        Kind::LegalForm,
        Kind::Equivalent,
        Kind::Abbreviation,
        Kind::Translation,
        Kind::ExtraWord,
    ];
    let word = bare(word);
    let has = |row: &Row| row.from.split(' ').any(|part| part == word);
    KINDS.iter().any(|&kind| rows(kind).iter().any(has))
}

/// `L.L.C.,` as `llc`
fn bare(word: &str) -> String {
    core(word).replace('.', "").to_lowercase()
}

/// Whether a word is a legal form.
pub(crate) fn is_legal_form(word: &str) -> bool {
    let word = bare(word);
    rows(Kind::LegalForm).iter().any(|row| row.from == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_of_the_table_is_of_a_known_kind_and_well_formed() {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(WORDS.as_bytes());
        let mut keys = BTreeSet::new();
        for record in reader.records() {
            let record = record.unwrap();
            let kind = Kind::ALL.iter().find(|(_, name)| *name == &record[0]);
            let (kind, _) = kind.unwrap_or_else(|| panic!("{record:?}"));
            let alone = matches!(kind, Kind::Title | Kind::Suffix | Kind::ExtraWord);
            assert_eq!(record[2].is_empty(), alone, "{record:?}");
            assert!(record[2].split('|').all(|to| to != &record[1]), "{record:?}");
            assert!(
                keys.insert((record[0].to_owned(), record[1].to_owned())),
                "twice: {record:?}"
            );
        }
        assert!(Kind::ALL.iter().all(|(kind, _)| !rows(*kind).is_empty()));
    }

    #[test]
    fn the_longest_phrase_is_found_whatever_its_dots() {
        let spans = find("COMERCIALIZADORA ALFA S.A. DE C.V.", Kind::LegalForm);
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0].words, 2..5);
        assert!(legal_form("ALFA LLC BETA").is_none(), "in the middle");
        assert_eq!(
            legal_form("JOINT STOCK COMPANY ALFA").map(|span| span.words),
            Some(0..3)
        );
        assert!(legal_form("LLC").is_none(), "nothing beside it");
    }
}
