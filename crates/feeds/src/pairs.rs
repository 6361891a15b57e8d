use crate::block::Block;
use crate::feed::Feed;
use crate::field::Field;
use crate::reader::owned;
use crate::subject::why_not;
use crate::values::Values;
use crate::words::{self, is_absent, is_comparable};
use crate::{Error, InputFormat, Options, Unscreened, field};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::Read;
use tamis_model::EntityKind;

/// Two names to score against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name looked for.
    pub query: String,
    /// The name it is compared with.
    pub candidate: String,
    /// What both are, where the input says.
    pub kind: Option<EntityKind>,
    /// Whether both are one party, where somebody judged that (a column such as `is_match`).
    pub label: Option<bool>,
    /// Fields that were not understood and so not used.
    pub unused: Vec<String>,
}

/// One record of a file of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRecord<'a> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The cells as they came, exactly as many as there are columns; empty for JSON Lines.
    pub cells: Vec<Cow<'a, str>>,
    /// The object as it came (JSON Lines, when the line holds one).
    pub raw: Option<Cow<'a, Map<String, Value>>>,
    /// What to score, or why it cannot be scored.
    pub pair: Result<Pair, Unscreened>,
}

/// Records of one input of pairs, cut off and not yet understood, as [`Batch`](crate::Batch) is for customers.
pub struct PairBatch(Block);

impl PairBatch {
    /// How many records it has; at least one.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    pub fn len(&self) -> usize {
        self.0.cuts.len()
    }

    /// Record number `at`, from 0.
    pub fn get(&self, at: usize) -> Option<PairRecord<'_>> {
        let row = self.0.row(at)?;
        let pair = self.0.layout().values(&row).and_then(|values| pair(&values));
        Some(PairRecord {
            line: row.line,
            raw: row.object.map(|object| Cow::Borrowed(&object.raw)),
            cells: row.cells,
            pair,
        })
    }
}

/// Reads pairs of names (columns `query`, `candidate` and optionally `kind` and `is_match`), with the same care for encodings,
/// delimiters and damaged records as [`Reader`](crate::Reader).
///
/// # Example
/// ```
/// use tamis_feeds::{Options, PairReader};
/// let input = "query,candidate,kind\nIgor Chekunov,\"CHEKUNOV, Igor Gennadyevich\",person\n";
/// let mut pairs = PairReader::new(input.as_bytes(), "pairs.csv", Options::default())?;
/// let pair = pairs.next_record().unwrap().pair.unwrap();
/// assert_eq!(pair.candidate, "CHEKUNOV, Igor Gennadyevich");
/// # Ok::<(), tamis_feeds::Error>(())
/// ```
pub struct PairReader<R> {
    feed: Feed<R>,
}

impl<R: Read> PairReader<R> {
    /// Opens an input, as [`Reader::new`](crate::Reader::new) does.
    ///
    /// # Errors
    /// As [`Reader::new`](crate::Reader::new), when `query` or `candidate` is not there.
    pub fn new(input: R, name: &str, options: Options) -> Result<PairReader<R>, Error> {
        let feed = Feed::open(input, name, &options, field::PAIR)?;
        Ok(PairReader { feed })
    }

    /// The form of the input.
    pub fn format(&self) -> InputFormat {
        self.feed.format()
    }

    /// The columns, in order; none for JSON Lines.
    pub fn columns(&self) -> &[String] {
        self.feed.columns()
    }

    /// What was detected and decided.
    pub fn notes(&self) -> &[String] {
        self.feed.notes()
    }

    /// Records returned so far.
    pub fn records(&self) -> u64 {
        self.feed.records()
    }

    /// The next record; `None` at the end.
    pub fn next_record(&mut self) -> Option<PairRecord<'static>> {
        let batch = self.next_batch(1, 1)?;
        let record = batch.get(0)?;
        Some(PairRecord {
            line: record.line,
            cells: record.cells.into_iter().map(owned).collect(),
            raw: record.raw.map(owned),
            pair: record.pair,
        })
    }

    /// The next records, as [`Reader::next_batch`](crate::Reader::next_batch) gives them.
    pub fn next_batch(&mut self, records: usize, bytes: usize) -> Option<PairBatch> {
        self.feed.next(records, bytes).map(PairBatch)
    }
}

impl<R: Read> Iterator for PairReader<R> {
    type Item = PairRecord<'static>;

    fn next(&mut self) -> Option<PairRecord<'static>> {
        self.next_record()
    }
}

fn pair(values: &Values<'_>) -> Result<Pair, Unscreened> {
    let mut unused = values.unused.clone();
    Ok(Pair {
        query: name(values, Field::Query, "query")?,
        candidate: name(values, Field::Candidate, "candidate")?,
        kind: kind(values, &mut unused),
        label: label(values),
        unused,
    })
}

fn name(values: &Values<'_>, field: Field, column: &str) -> Result<String, Unscreened> {
    let mut found = values.list.iter().filter(|value| value.spec.field == field);
    let Some(value) = found.next() else {
        return Err(values.unscreened(column, why_not("")));
    };
    let text = value.text.trim();
    if found.next().is_some() {
        return Err(values.unscreened(value.column, "there is more than one value".to_owned()));
    }
    match is_comparable(text) {
        true => Ok(text.to_owned()),
        false => Err(values.unscreened(value.column, why_not(text))),
    }
}

fn kind(values: &Values<'_>, unused: &mut Vec<String>) -> Option<EntityKind> {
    let value = values.list.iter().find(|value| value.spec.field == Field::Kind)?;
    let kind = words::kind(&value.text);
    if kind.is_none() && !is_absent(&value.text) {
        unused.push(format!(
            "kind '{}' is not a known kind: not used",
            value.text.trim()
        ));
    }
    kind
}

/// A word that is no label is left alone: the column may mean something else.
fn label(values: &Values<'_>) -> Option<bool> {
    let value = values
        .list
        .iter()
        .find(|value| value.spec.field == Field::Label)?;
    match value.text.trim().to_lowercase().as_str() {
        "true" | "1" | "1.0" | "yes" | "y" | "t" | "match" | "positive" | "same" => Some(true),
        "false" | "0" | "0.0" | "no" | "n" | "f" | "nonmatch" | "non-match" | "no match" | "negative"
        | "different" => Some(false),
        _ => None,
    }
}
