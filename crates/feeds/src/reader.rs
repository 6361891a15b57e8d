use crate::block::Block;
use crate::feed::Feed;
use crate::{Error, InputFormat, Options, field, subject};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::Read;
use tamis_model::Subject;

/// A record that is not screened: where it stands and why. It belongs in the output, never left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscreened {
    /// The line on which the record begins, from 1.
    pub line: u64,
    /// The customer's id, where the record is in order but for another of its values: of customer files alone.
    pub id: Option<String>,
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
pub struct Record<'a> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The cells as they came, exactly as many as there are columns; empty for JSON Lines. Missing cells are
    /// empty; what a ragged record has too much stands in the last cell, joined by the delimiter.
    pub cells: Vec<Cow<'a, str>>,
    /// The object as it came, keys in order (JSON Lines, when the line holds one).
    pub raw: Option<Cow<'a, Map<String, Value>>>,
    /// What to screen, or why it cannot be screened.
    pub subject: Result<Subject, Unscreened>,
}

/// Records of one input, cut off and not yet understood, which is most of the work: threads can share it.
///
/// # Example
/// ```
/// use tamis_feeds::{Options, Reader};
///
/// let mut reader = Reader::new("name\nAnna\nBen\n".as_bytes(), "customers.csv", Options::default())?;
/// let batch = reader.next_batch(1_000, 1 << 20).unwrap();
/// assert_eq!(batch.len(), 2);
/// assert_eq!(batch.get(1).unwrap().cells, ["Ben"]);
/// assert!(reader.next_batch(1_000, 1 << 20).is_none());
/// # Ok::<(), tamis_feeds::Error>(())
/// ```
pub struct Batch(Block);

impl Batch {
    /// How many records it has; at least one.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    pub fn len(&self) -> usize {
        self.0.cuts.len()
    }

    /// Record number `at`, from 0.
    pub fn get(&self, at: usize) -> Option<Record<'_>> {
        let row = self.0.row(at)?;
        let layout = self.0.layout();
        let subject = layout.values(&row).and_then(subject::subject);
        let subject = subject.map_err(|unscreened| Unscreened {
            id: layout.id(&row),
            ..unscreened
        });
        Some(Record {
            line: row.line,
            raw: row.object.map(|object| Cow::Borrowed(&object.raw)),
            cells: row.cells,
            subject,
        })
    }
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
    pub fn next_record(&mut self) -> Option<Record<'static>> {
        let batch = self.next_batch(1, 1)?;
        let record = batch.get(0)?;
        Some(Record {
            line: record.line,
            cells: record.cells.into_iter().map(owned).collect(),
            raw: record.raw.map(owned),
            subject: record.subject,
        })
    }

    /// The next records, `records` of them: fewer at the end of the input, or when they hold `bytes` already.
    /// `None` at the end.
    ///
    /// The same records as from [`Reader::next_record`], in the same order. Reading on does not touch a batch,
    /// so that one can be understood while the next is read.
    pub fn next_batch(&mut self, records: usize, bytes: usize) -> Option<Batch> {
        self.feed.next(records, bytes).map(Batch)
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Record<'static>;

    fn next(&mut self) -> Option<Record<'static>> {
        self.next_record()
    }
}

/// The same, independent of the batch.
pub(crate) fn owned<T: ToOwned + ?Sized>(borrowed: Cow<'_, T>) -> Cow<'static, T> {
    Cow::Owned(borrowed.into_owned())
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
