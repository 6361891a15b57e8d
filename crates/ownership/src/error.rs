//! What is wrong with a file or a table.

use serde::Serialize;
use std::fmt;

/// Why a file of stakes, or a table of rules, cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No rows, not even a header.
    #[error("{file}: the file is empty: begin it with the titles owner,owned,share,from,to,source")]
    Empty {
        /// The file.
        file: String,
    },
    /// A title that must be there is not.
    #[error(
        "{file} line {line}: there is no column '{column}': begin the file with the titles owner,owned,share,from,to,source"
    )]
    NoColumn {
        /// The file.
        file: String,
        /// The line of the titles.
        line: u64,
        /// The title.
        column: &'static str,
    },
    /// A title that is not known or stands twice: what is below it would be lost.
    #[error(
        "{file} line {line}: the column '{column}' is not known or stands twice: the titles are owner, owned, share, from, to, source, owner_id, owned_id, role, kind, joint"
    )]
    UnknownColumn {
        /// The file.
        file: String,
        /// The line of the titles.
        line: u64,
        /// The title.
        column: String,
    },
    /// Shares that are per cent by the rule, and so little everywhere that parts of one must be meant.
    #[error(
        "{file} line {line}: share: '{share}' looks like a part of one, as no share of the file is above 1: write per cent (60) or fractions \
         (3/5); where so little is meant, write the sign (0.6 %)"
    )]
    PartsOfOne {
        /// The file.
        file: String,
        /// The line of the first of them.
        line: u64,
        /// That share.
        share: String,
    },
    /// The file cannot be read on.
    #[error("{file} line {line}: cannot be read: {detail}")]
    Unreadable {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// What the system says.
        detail: String,
    },
    /// A row of the table of rules is not understood.
    #[error("table of rules, line {line}: {field} is '{value}', which is not understood: correct the table")]
    Rule {
        /// The line.
        line: u64,
        /// The column.
        field: &'static str,
        /// What stands there.
        value: String,
    },
}

/// Something in one row that could not be used. The other rows were.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where: file and line, or entity.
    pub place: String,
    /// Which column or property; empty: the row as a whole.
    pub field: String,
    /// What, and what to do about it.
    pub text: String,
    /// Whether the row was used all the same, in a way that is certain and must be told.
    pub used: bool,
}

impl Problem {
    pub(crate) fn new(place: &str, field: &str, text: impl fmt::Display) -> Problem {
        Problem {
            place: place.to_owned(),
            field: field.to_owned(),
            text: text.to_string(),
            used: false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.is_empty() {
            true => write!(f, "{}: {}", self.place, self.text),
            false => write!(f, "{}: {}: {}", self.place, self.field, self.text),
        }
    }
}
