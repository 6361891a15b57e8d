//! What the two formats have in common: a record before its cells are understood.

use serde_json::{Map, Value};
use std::io;

/// A record as it stands in the input.
pub(crate) struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// As many cells as there are columns (CSV).
    pub cells: Vec<String>,
    /// The object (JSON Lines), when the line holds one.
    pub raw: Option<Map<String, Value>>,
    /// Why it cannot be screened, whatever its cells say.
    pub fault: Option<Fault>,
}

pub(crate) struct Fault {
    /// The column at fault, where it is one.
    pub column: Option<String>,
    pub reason: String,
}

/// What stands on a line, with its number.
pub(crate) type Numbered<T> = (u64, Result<T, Fault>);

impl Fault {
    pub fn new(reason: impl Into<String>) -> Fault {
        Fault {
            column: None,
            reason: reason.into(),
        }
    }

    /// Reading failed in the middle: the rest of the input is lost, and the output must say so.
    pub fn unreadable(error: &io::Error) -> Fault {
        Fault::new(format!(
            "the input cannot be read further ({error}): nothing from this line on is screened"
        ))
    }

    pub fn too_long(bytes: u64, limit: usize) -> Fault {
        Fault::new(format!(
            "the record has {bytes} bytes, more than the limit of {} for one record: split it",
            size(limit)
        ))
    }
}

/// A limit as people say it.
pub(crate) fn size(bytes: usize) -> String {
    const MIB: usize = 1 << 20;
    match bytes {
        0 => "0 bytes".to_owned(),
        whole if whole % MIB == 0 => format!("{} MiB", whole / MIB),
        other => format!("{other} bytes"),
    }
}

/// Whether a line holds nothing: white space, or the end-of-file mark of DOS.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| matches!(b, b' ' | b'\r' | 0x1a))
}
