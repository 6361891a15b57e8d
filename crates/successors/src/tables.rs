//! The reference tables of this crate.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

const CONTINUATION: &str = include_str!("../../../data/tables/continuation_words.csv");
const PUBLIC: &str = include_str!("../../../data/tables/public_mail_domains.csv");
const ADDRESS: &str = include_str!("../../../data/tables/address_words.csv");

/// What the number beside a word of an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressRole {
    /// A kind of street: the number is that of a house.
    Street,
    /// A house.
    House,
    /// One of several buildings.
    Block,
    /// A room or floor.
    Unit,
    /// Nothing.
    Noise,
}

impl AddressRole {
    fn parse(word: &str) -> Option<AddressRole> {
        Some(match word {
            "street" => AddressRole::Street,
            "house" => AddressRole::House,
            "block" => AddressRole::Block,
            "unit" => AddressRole::Unit,
            "noise" => AddressRole::Noise,
            _ => return None,
        })
    }
}

/// The first two cells of each row; the test below holds every row to have them.
fn rows(table: &'static str) -> Vec<(String, String)> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(table.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| Some((row.get(0)?.trim().to_owned(), row.get(1)?.trim().to_owned())))
        .collect()
}

/// Phrases after which the name of a predecessor stands, the longest first.
pub(crate) fn continuation() -> &'static [String] {
    static TABLE: OnceLock<Vec<String>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut phrases: Vec<String> = rows(CONTINUATION).into_iter().map(|(phrase, _)| phrase).collect();
        phrases.sort_by_key(|phrase| (std::cmp::Reverse(phrase.len()), phrase.clone()));
        phrases
    })
}

/// Whether anybody can have an address under this domain.
pub(crate) fn is_public_domain(domain: &str) -> bool {
    static TABLE: OnceLock<HashSet<String>> = OnceLock::new();
    TABLE
        .get_or_init(|| rows(PUBLIC).into_iter().map(|(domain, _)| domain).collect())
        .contains(domain)
}

/// What a word of an address is, unless it is part of a place's name.
pub(crate) fn address_role(word: &str) -> Option<AddressRole> {
    static TABLE: OnceLock<HashMap<String, AddressRole>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = rows(ADDRESS).into_iter();
        rows.filter_map(|(word, role)| Some((word, AddressRole::parse(&role)?)))
            .collect()
    });
    table.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole_lower_case_and_without_doubles() {
        for (table, known) in [
            (CONTINUATION, None),
            (PUBLIC, None),
            (
                ADDRESS,
                Some(AddressRole::parse as fn(&str) -> Option<AddressRole>),
            ),
        ] {
            let lines = table.lines().filter(|line| !line.starts_with('#')).count() - 1;
            let rows = rows(table);
            assert_eq!(rows.len(), lines);
            let keys: HashSet<&str> = rows.iter().map(|(key, _)| key.as_str()).collect();
            assert_eq!(keys.len(), rows.len(), "a key stands twice");
            for (key, value) in &rows {
                assert_eq!(*key, key.to_lowercase());
                assert!(known.is_none_or(|parse| parse(value).is_some()), "{key}: {value}");
            }
        }
    }
}
