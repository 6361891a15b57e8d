//! The columns of a record that are no fields of a subject -> one hash, by which a change of any of them is told.

use crate::columns::same;
use crate::{Options, columns::Part};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Which columns count: all that are read as nothing, but for those that the caller says to ignore. `None`: none does.
#[derive(Clone, Default)]
pub(crate) struct Others(Option<Vec<String>>);

impl Others {
    pub fn new(options: &Options) -> Others {
        let ignored = options
            .mapping
            .iter()
            .filter(|(field, _)| crate::columns::is_ignore(field));
        let ignored = ignored.map(|(_, column)| column.clone());
        Others(options.other_columns.then(|| ignored.collect()))
    }

    /// The hash of the columns that count and say something, whatever their order; `None` where there is none.
    pub fn hash<'a>(&self, columns: impl Iterator<Item = (&'a str, Part, Cow<'a, str>)>) -> Option<String> {
        let ignored = self.0.as_ref()?;
        let counts =
            |column: &str, part: Part| part.is_none() && !ignored.iter().any(|one| same(one, column));
        let mut said: Vec<(&str, Cow<'a, str>)> = columns
            .filter(|(column, part, text)| counts(column, *part) && !text.trim().is_empty())
            .map(|(column, _, text)| (column.trim(), text))
            .collect();
        said.sort_unstable();
        (!said.is_empty()).then(|| hash(&said))
    }
}

/// Each part is preceded by its length, so that no two different records run together to the same bytes.
fn hash(said: &[(&str, Cow<'_, str>)]) -> String {
    let mut hasher = Sha256::new();
    for part in said.iter().flat_map(|(column, text)| [*column, text.trim()]) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let bytes = hasher.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash_of(columns: &[(&str, &str)]) -> Option<String> {
        let options = Options {
            mapping: vec![("Ignore".into(), "balance".into())],
            other_columns: true,
            ..Options::default()
        };
        let columns = columns
            .iter()
            .map(|(column, text)| (*column, None, Cow::Borrowed(*text)));
        Others::new(&options).hash(columns)
    }

    #[test]
    fn what_says_the_same_has_the_same_hash() {
        let hash = hash_of(&[("street", "Pikk 1"), ("town", "Tallinn")]);
        assert!(hash.is_some());
        let more = [
            ("Balance", "7"),
            ("town", " Tallinn"),
            ("flat", " "),
            ("street ", "Pikk 1"),
        ];
        assert_eq!(hash_of(&more), hash);
        for other in [
            &[("street", "Pikk 1Tallinn"), ("town", "")][..],
            &[("street", "Tallinn"), ("town", "Pikk 1")],
            &[("street", "Pikk 1")],
        ] {
            assert_ne!(hash_of(other), hash, "{other:?}");
        }
        assert_eq!(hash_of(&[("balance", "7"), ("flat", "")]), None);
    }

    #[test]
    fn nothing_is_hashed_where_nobody_asks() {
        let columns = std::iter::once(("street", None, Cow::Borrowed("Pikk 1")));
        assert_eq!(Others::new(&Options::default()).hash(columns), None);
    }
}
