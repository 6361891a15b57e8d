//! The addresses at which publishers offer their lists.

use crate::failure::Failure;
use serde::Deserialize;

/// Edited by people; `data/tables/README.md` describes it.
const TABLE: &str = include_str!("../../../../data/tables/list_addresses.csv");

/// A file of a list that is known.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Row {
    publisher: String,
    list: String,
    format: String,
    address: String,
    note: String,
}

/// A list that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The word for its format, where one is needed.
    pub format: Option<String>,
    /// Its files.
    pub addresses: Vec<String>,
}

/// The list of this name.
pub fn known(name: &str) -> Result<Option<Known>, Failure> {
    let rows = rows()?;
    let own: Vec<Row> = rows.into_iter().filter(|row| row.list == name).collect();
    Ok(own.first().map(|first| Known {
        format: Some(first.format.clone()).filter(|format| !format.is_empty()),
        addresses: own.iter().map(|row| row.address.clone()).collect(),
    }))
}

/// The names of all lists, in the order of the table.
pub fn names() -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = rows()?.into_iter().map(|row| row.list).collect();
    names.dedup();
    Ok(names)
}

fn rows() -> Result<Vec<Row>, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(TABLE.as_bytes());
    let rows = reader.deserialize().collect::<Result<_, csv::Error>>();
    rows.map_err(|e| Failure::internal(format!("list_addresses.csv: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use tamis::lists::Format;
    use tamis_fetch::Address;

    #[test]
    fn every_row_is_an_address_to_be_asked_and_a_format_to_be_read() {
        let rows = rows().unwrap();
        for row in &rows {
            assert!(Address::parse(&row.address, false).is_ok(), "{row:?}");
            assert!(row.address.starts_with("https://"), "{row:?}");
            assert!(
                row.format.is_empty() || Format::parse(&row.format).is_some(),
                "{row:?}"
            );
            assert!(!row.publisher.is_empty() && !row.note.is_empty(), "{row:?}");
        }
        let addresses: BTreeSet<&str> = rows.iter().map(|row| row.address.as_str()).collect();
        assert_eq!(addresses.len(), rows.len(), "an address stands twice");
    }

    #[test]
    fn the_files_of_a_list_stand_together_and_have_one_format() {
        let names = names().unwrap();
        let distinct: BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
        for row in rows().unwrap() {
            let known = known(&row.list).unwrap().unwrap();
            assert_eq!(known.format.unwrap_or_default(), row.format, "{row:?}");
        }
        assert_eq!(known("ofac-sdn-csv").unwrap().unwrap().addresses.len(), 4);
        assert_eq!(known("nobody").unwrap(), None);
    }

    #[test]
    fn the_example_names_every_list() {
        for name in names().unwrap() {
            assert!(super::super::config::EXAMPLE.contains(&name), "{name}");
        }
    }
}
