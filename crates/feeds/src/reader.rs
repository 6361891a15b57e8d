use crate::feed::Feed;
use crate::{Error, InputFormat, Options, field, subject};
use serde_json::{Map, Value};
use std::io::Read;
use tamis_model::Subject;

/// A record that is not screened: where it stands and why. It belongs in the output, never left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscreened {
    /// The line on which the record begins, from 1.
    pub line: u64,
    /// The column or key at fault, where it is one.
    pub field: Option<String>,
    /// What is wrong, in words.
    pub reason: String,
}

impl std::fmt::Display for Unscreened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.field {
            Some(field) => write!(f, "line {}, {field}: {}", self.line, self.reason),
            None => write!(f, "line {}: {}", self.line, self.reason),
        }
    }
}

/// One record of a customer file.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The cells as they came, exactly as many as there are columns; empty for JSON Lines. Missing cells are
    /// empty; what a ragged record has too much stands in the last cell, joined by the delimiter.
    pub cells: Vec<String>,
    /// The object as it came, keys in order (JSON Lines, when the line holds one).
    pub raw: Option<Map<String, Value>>,
    /// What to screen, or why it cannot be screened.
    pub subject: Result<Subject, Unscreened>,
}

/// Reads customers from CSV or JSON Lines.
///
/// Every record of the input comes out exactly once and in order, as a [`Subject`] or as [`Unscreened`].
/// Memory stays flat: no more than one record ([`Options::max_record_bytes`]) and a window of some hundred
/// kilobytes is held. The result does not depend on how the input is cut into reads. No bytes cause a panic.
///
/// # Example
/// ```
/// use tamis_feeds::{Options, Reader};
///
/// let input = "id;full name;dob\n1;Чекунов Игорь Геннадьевич;27.03.1966\n2;;\n";
/// let mut reader = Reader::new(input.as_bytes(), "customers.csv", Options::default())?;
/// assert_eq!(reader.columns(), ["id", "full name", "dob"]);
///
/// let first = reader.next_record().unwrap();
/// let subject = first.subject.unwrap();
/// assert_eq!(subject.names[0].text, "Чекунов Игорь Геннадьевич");
/// assert_eq!(subject.birth_date.unwrap().from.to_string(), "1966-03-27");
///
/// let second = reader.next_record().unwrap().subject.unwrap_err();
/// assert_eq!((second.line, second.reason.as_str()), (3, "the name is empty"));
/// assert!(reader.next_record().is_none());
/// # Ok::<(), tamis_feeds::Error>(())
/// ```
pub struct Reader<R> {
    feed: Feed<R>,
}

impl<R: Read> Reader<R> {
    /// Opens an input: detects encoding, format and delimiter, reads the header and recognises the columns.
    ///
    /// `name` is the file's name, for messages and for the ending that tells the format. At most 64 KiB and
    /// the header are read. A `BufReader` around `input` is not needed.
    ///
    /// # Errors
    /// When there is nothing to read, or it is another kind of file, or no column holds a name, or the options
    /// name a field, column, encoding or delimiter that is not there. The text says what to do.
    pub fn new(input: R, name: &str, options: Options) -> Result<Reader<R>, Error> {
        let feed = Feed::open(input, name, &options, field::SUBJECT)?;
        Ok(Reader { feed })
    }

    /// The form of the input.
    pub fn format(&self) -> InputFormat {
        self.feed.format()
    }

    /// The columns, in order, as the header writes them; none for JSON Lines, where each record has its own.
    pub fn columns(&self) -> &[String] {
        self.feed.columns()
    }

    /// What was detected and decided: encoding, delimiter, which column is read as what, which are not used.
    /// More is added while reading and at the end (blank lines, damaged columns that are not screened).
    pub fn notes(&self) -> &[String] {
        self.feed.notes()
    }

    /// Records returned so far; after the last one, how many there are. None is not an error.
    pub fn records(&self) -> u64 {
        self.feed.records()
    }

    /// The next record; `None` at the end. When reading fails in the middle, the last record is an
    /// [`Unscreened`] that says so.
    pub fn next_record(&mut self) -> Option<Record> {
        let row = self.feed.next()?;
        let subject = self.feed.values(&row).and_then(subject::subject);
        Some(Record {
            line: row.line,
            cells: row.cells,
            raw: row.raw,
            subject,
        })
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.next_record()
    }
}

/// The fields that [`Options::mapping`] knows for customers, each with the column names it is recognised by.
///
/// # Example
/// ```
/// assert!(tamis_feeds::fields().any(|(field, columns)| field == "birth_date" && columns.contains(&"dob")));
/// ```
pub fn fields() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    field::SUBJECT.iter().map(|spec| (spec.name, spec.columns))
}
