//! Input files: opened, measured and hashed while they are read, one after the other.

use crate::args::{self, InputArgs};
use crate::failure::Failure;
use crate::source::{Meter, Metered, Source};
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use tamis::feeds::{Batch, Error, InputFormat, Options, Pair, PairBatch, PairReader, Reader, Unscreened};
use tamis::model::Subject;

/// Records of a JSON Lines input that are looked at for the names of its columns; what other keys come later
/// stands in a column of its own.
const PEEKED: usize = 256;

/// Bytes of them after which no more are looked at.
const PEEKED_BYTES: usize = 4 << 20;

/// A record as it came.
#[derive(Debug)]
pub struct Row<'a> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, for CSV.
    pub cells: Vec<Cow<'a, str>>,
    /// Its object, for JSON Lines, where the line holds one.
    pub raw: Option<Cow<'a, Map<String, Value>>>,
}

/// A reader of the library: of customers, or of pairs of names.
pub trait Records: Sized + Send {
    /// What a record is about.
    type Content;

    /// Records cut off the input, which any thread can understand.
    type Batch: Send + Sync;

    /// Reads the header.
    fn open(bytes: Metered, name: &str, options: Options) -> Result<Self, Error>;

    /// The columns of a CSV input.
    fn columns(&self) -> &[String];

    /// How the input was understood.
    fn notes(&self) -> &[String];

    /// The form of the input.
    fn format(&self) -> InputFormat;

    /// The next records, so many or of so many bytes.
    fn next_batch(&mut self, records: usize, bytes: usize) -> Option<Self::Batch>;

    /// How many records there are in a batch.
    fn len(batch: &Self::Batch) -> usize;

    /// Record number `at`, with what it is about or why that is not known.
    fn get(batch: &Self::Batch, at: usize) -> Option<(Row<'_>, Result<Self::Content, Unscreened>)>;
}

/// Both readers have the same methods and no trait in common.
macro_rules! records {
    ($reader:ident, $batch:ident, $content:ty, $field:ident) => {
        impl Records for $reader<Metered> {
            type Content = $content;
            type Batch = $batch;

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

            fn next_batch(&mut self, records: usize, bytes: usize) -> Option<$batch> {
                $reader::next_batch(self, records, bytes)
            }

            fn len(batch: &$batch) -> usize {
                batch.len()
            }

            fn get(batch: &$batch, at: usize) -> Option<(Row<'_>, Result<$content, Unscreened>)> {
                let record = batch.get(at)?;
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

records!(Reader, Batch, Subject, subject);
records!(PairReader, PairBatch, Pair, pair);

/// A record with the number of its input.
#[derive(Debug)]
pub struct Item<'a, T> {
    /// The number of its input.
    pub input: usize,
    /// The record as it came.
    pub row: Row<'a>,
    /// What it is about, or why that is not known.
    pub content: Result<T, Unscreened>,
}

/// Records that follow one another in one input.
pub struct Portion<R: Records> {
    input: usize,
    batch: R::Batch,
}

impl<R: Records> Portion<R> {
    /// How many there are.
    pub fn len(&self) -> usize {
        R::len(&self.batch)
    }

    /// Those of them in `range`, understood one by one.
    pub fn items(&self, range: Range<usize>) -> impl Iterator<Item = Item<'_, R::Content>> {
        let input = self.input;
        let items = range.filter_map(|at| R::get(&self.batch, at));
        items.map(move |(row, content)| Item { input, row, content })
    }
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
    peeked: Option<R::Batch>,
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

    /// The next records: so many, or of so many bytes, or as many as are left in one input.
    pub fn next_portion(&mut self, records: usize, bytes: usize) -> Result<Option<Portion<R>>, Failure> {
        while let Some(open) = self.open.get_mut(self.current) {
            let batch = open.peeked.take();
            if let Some(batch) = batch.or_else(|| open.reader.next_batch(records, bytes)) {
                open.records += R::len(&batch) as u64;
                let input = self.current;
                return Ok(Some(Portion { input, batch }));
            }
            if open.records == 0 {
                open.report()?;
            }
            self.current += 1;
        }
        Ok(None)
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
        let peeked = match reader.format() {
            InputFormat::JsonLines => reader.next_batch(PEEKED, PEEKED_BYTES),
            InputFormat::Csv => None,
        };
        let mut columns = reader.columns().to_vec();
        if let Some(batch) = &peeked {
            add_keys::<R>(batch, &mut columns);
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

/// Adds the keys of the objects in `batch` to `columns`, each once.
fn add_keys<R: Records>(batch: &R::Batch, columns: &mut Vec<String>) {
    let objects = (0..R::len(batch)).filter_map(|at| R::get(batch, at)?.0.raw);
    for object in objects {
        for key in object.keys() {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
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
        other_columns: args.other_columns,
        ..Options::default()
    }
}
