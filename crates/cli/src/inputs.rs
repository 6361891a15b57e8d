//! Input files: opened, measured and hashed while they are read, one after the other.

use crate::args::{self, InputArgs};
use crate::failure::Failure;
use crate::source::{Meter, Metered, Source};
use crate::stream::Feed;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use tamis::feeds::{Error, InputFormat, Options, Pair, PairReader, Reader, Unscreened};
use tamis::model::Subject;

/// Records of a JSON Lines input that are looked at for the names of its columns; what other keys come later
/// stands in a column of its own.
const PEEKED: usize = 256;

/// A record as it came.
#[derive(Debug)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, for CSV.
    pub cells: Vec<String>,
    /// Its object, for JSON Lines, where the line holds one.
    pub raw: Option<Map<String, Value>>,
}

/// A reader of the library: of customers, or of pairs of names.
pub trait Records: Sized + Send {
    /// What a record is about.
    type Content: Send + Sync;

    /// Reads the header.
    fn open(bytes: Metered, name: &str, options: Options) -> Result<Self, Error>;

    /// The columns of a CSV input.
    fn columns(&self) -> &[String];

    /// How the input was understood.
    fn notes(&self) -> &[String];

    /// The form of the input.
    fn format(&self) -> InputFormat;

    /// The next record, with what it is about or why that is not known.
    fn next(&mut self) -> Option<(Row, Result<Self::Content, Unscreened>)>;
}

/// Both readers have the same methods and no trait in common.
macro_rules! records {
    ($reader:ident, $content:ty, $field:ident) => {
        impl Records for $reader<Metered> {
            type Content = $content;

            fn open(bytes: Metered, name: &str, options: Options) -> Result<Self, Error> {
                $reader::new(bytes, name, options)
            }

            fn columns(&self) -> &[String] {
                $reader::columns(self)
            }

            fn notes(&self) -> &[String] {
                $reader::notes(self)
            }

            fn format(&self) -> InputFormat {
                $reader::format(self)
            }

            fn next(&mut self) -> Option<(Row, Result<$content, Unscreened>)> {
                let record = self.next_record()?;
                let row = Row {
                    line: record.line,
                    cells: record.cells,
                    raw: record.raw,
                };
                Some((row, record.$field))
            }
        }
    };
}

records!(Reader, Subject, subject);
records!(PairReader, Pair, pair);

/// A record with the number of its input.
#[derive(Debug)]
pub struct Item<T> {
    /// The number of its input.
    pub input: usize,
    /// The record as it came.
    pub row: Row,
    /// What it is about, or why that is not known.
    pub content: Result<T, Unscreened>,
}

/// What a summary says of an input.
#[derive(Clone, Debug, Serialize)]
pub struct InputReport {
    /// Its name as given.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Its records.
    pub records: u64,
    /// Its columns.
    pub columns: Vec<String>,
    /// How it was understood, and what else the reader noticed.
    pub notes: Vec<String>,
}

/// One input.
struct Open<R: Records> {
    name: String,
    size: Option<u64>,
    meter: Meter,
    reader: R,
    columns: Vec<String>,
    peeked: VecDeque<(Row, Result<R::Content, Unscreened>)>,
    records: u64,
}

/// All inputs of a run, one after the other.
pub struct Inputs<R: Records> {
    open: Vec<Open<R>>,
    current: usize,
}

impl<R: Records> Inputs<R> {
    /// Opens every input and reads its header, so that a bad one is known before anything is written.
    pub fn open(paths: &[PathBuf], args: &InputArgs) -> Result<Inputs<R>, Failure> {
        let open = paths
            .iter()
            .map(|path| Open::new(path, args))
            .collect::<Result<_, _>>()?;
        Ok(Inputs { open, current: 0 })
    }

    /// The columns of every input.
    pub fn columns(&self) -> Vec<Vec<String>> {
        self.open.iter().map(|open| open.columns.clone()).collect()
    }

    /// Whether an input is JSON Lines, so that later records may bring keys that are no columns.
    pub fn any_json(&self) -> bool {
        self.open
            .iter()
            .any(|open| open.reader.format() == InputFormat::JsonLines)
    }

    /// The names of the inputs.
    pub fn names(&self) -> Vec<String> {
        self.open.iter().map(|open| open.name.clone()).collect()
    }

    /// The bytes of all inputs, where all are known.
    pub fn size(&self) -> Option<u64> {
        self.open.iter().map(|open| open.size).sum()
    }

    /// The bytes read so far.
    pub fn position(&self) -> u64 {
        self.open.iter().map(|open| open.meter.bytes()).sum()
    }

    /// What a summary says of each, after checks that all were read whole.
    pub fn reports(&self) -> Result<Vec<InputReport>, Failure> {
        self.open.iter().map(Open::report).collect()
    }
}

impl<R: Records> Open<R> {
    fn new(path: &Path, args: &InputArgs) -> Result<Open<R>, Failure> {
        let source = Source::open(path)?;
        let mut reader = R::open(source.bytes, &source.name, options(args)).map_err(Failure::new)?;
        let mut peeked = VecDeque::new();
        if reader.format() == InputFormat::JsonLines {
            peeked.extend(std::iter::from_fn(|| reader.next()).take(PEEKED));
        }
        let mut columns = reader.columns().to_vec();
        for key in peeked
            .iter()
            .filter_map(|(row, _)| row.raw.as_ref())
            .flat_map(Map::keys)
        {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
        Ok(Open {
            name: source.name,
            size: source.size,
            meter: source.meter,
            reader,
            columns,
            peeked,
            records: 0,
        })
    }

    /// The end of the input, checked: it had records, and was read whole.
    fn report(&self) -> Result<InputReport, Failure> {
        if self.records == 0 {
            return Err(Failure::at(&self.name, "there are no records to screen")
                .help("a file must hold at least one record below its header"));
        }
        let bytes = self.meter.bytes();
        // A file may grow while it is read; it must never be read short.
        if self.size.is_some_and(|size| bytes < size) {
            let size = self.size.unwrap_or_default();
            return Err(
                Failure::at(&self.name, format!("only {bytes} of its {size} bytes were read")).help(
                    "the file may have changed, or the disk may have failed, during the run: run it again",
                ),
            );
        }
        Ok(InputReport {
            name: self.name.clone(),
            bytes,
            sha256: self.meter.sha256(),
            records: self.records,
            columns: self.columns.clone(),
            notes: self.reader.notes().to_vec(),
        })
    }
}

impl<R: Records> Feed for Inputs<R> {
    type Record = Item<R::Content>;

    fn next_record(&mut self) -> Result<Option<Item<R::Content>>, Failure> {
        while let Some(open) = self.open.get_mut(self.current) {
            if let Some((row, content)) = open.peeked.pop_front().or_else(|| open.reader.next()) {
                open.records += 1;
                let input = self.current;
                return Ok(Some(Item { input, row, content }));
            }
            if open.records == 0 {
                open.report()?;
            }
            self.current += 1;
        }
        Ok(None)
    }

    fn weight(record: &Item<R::Content>) -> usize {
        let value = |value: &Value| value.as_str().map_or(16, str::len);
        let object = record
            .row
            .raw
            .iter()
            .flatten()
            .map(|(key, v)| key.len() + value(v));
        record.row.cells.iter().map(String::len).sum::<usize>() + object.sum::<usize>()
    }
}

/// The options of the library's readers.
fn options(args: &InputArgs) -> Options {
    Options {
        delimiter: args.delimiter,
        encoding: args.encoding.clone(),
        mapping: args.mapping.clone(),
        format: args.input_format.map(|format| match format {
            args::InputFormat::Csv => InputFormat::Csv,
            args::InputFormat::Jsonl => InputFormat::JsonLines,
        }),
        ..Options::default()
    }
}
