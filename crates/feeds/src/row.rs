//! What the two formats have in common: a record before its cells are understood.

use crate::columns::Part;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io;
use std::ops::Range;

/// A record cut off its input.
pub(crate) struct Cut {
    /// The line on which it begins, from 1.
    pub line: u64,
    pub content: Content,
    /// Why it cannot be screened, whatever it says. In a box, since few records have one.
    pub fault: Option<Box<Fault>>,
}

/// What a record is made of.
pub(crate) enum Content {
    /// CSV: where its text stands in the text of its block.
    Text(Range<usize>),
    /// The same, of a record that is too long: the text breaks off in its last cell.
    Start(Range<usize>),
    /// JSON Lines.
    Object(Object),
    /// A line that is no object, or could not be read.
    Nothing,
}

/// An object with what its keys are read as.
pub(crate) struct Object {
    pub raw: Map<String, Value>,
    /// One for each key.
    pub parts: Vec<Part>,
    /// Whether it, or an object before it, has a key that is read as a name.
    pub named: bool,
}

/// A record with its cells taken apart.
pub(crate) struct Row<'a> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// As many cells as there are columns (CSV).
    pub cells: Vec<Cow<'a, str>>,
    /// The object (JSON Lines), when the line holds one.
    pub object: Option<&'a Object>,
    /// Why it cannot be screened, whatever its cells say.
    pub fault: Option<Fault>,
}

#[derive(Clone)]
pub(crate) struct Fault {
    /// The column at fault, where it is one.
    pub column: Option<String>,
    pub reason: String,
}

impl Fault {
    pub fn new(reason: impl Into<String>) -> Fault {
        Fault {
            column: None,
            reason: reason.into(),
        }
    }

    pub fn carriage_return() -> Fault {
        Fault::new("a carriage return stands inside the record: two lines may have run together")
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
