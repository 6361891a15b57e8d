//! What every row has in common: the input's columns passed through, the columns that are added, the policy, the format.

use crate::answer;
use crate::args::RowFormat;
use crate::columns::Columns;
use crate::failure::Failure;
use crate::formula;
use crate::inputs::{Inputs, Records, Row};
use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::iter;

/// The column that tells inputs apart where there are several.
const SOURCE: &str = "source_file";

/// The column for keys of a JSON Lines record that are no columns.
const OTHERS: &str = "other_fields";

/// The column that ties a row to its configuration: the first digits of the policy's hash, as pages show them.
pub const POLICY: &str = "policy_hash";

/// The key with the whole hash.
const POLICY_KEY: &str = "policy_sha256";

/// Rows on their way out.
pub enum Pen {
    /// Lines of CSV.
    Csv(Box<csv::Writer<Vec<u8>>>),
    /// JSON objects, each ended by a line end.
    Jsonl(Vec<u8>),
    /// JSON objects, each with a comma before it; the very first comma is taken away by the caller.
    Json(Vec<u8>),
}

impl Pen {
    /// An empty pen.
    pub fn new(format: RowFormat) -> Pen {
        match format {
            RowFormat::Csv => Pen::Csv(Box::new(csv::Writer::from_writer(Vec::new()))),
            RowFormat::Jsonl => Pen::Jsonl(Vec::new()),
            RowFormat::Json => Pen::Json(Vec::new()),
        }
    }

    /// Adds a line of CSV, with every cell neutralised; JSON has no such lines.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
        let Pen::Csv(writer) = self else { return Ok(()) };
        for cell in cells {
            writer
                .write_field(formula::neutral(cell).as_bytes())
                .map_err(Failure::internal)?;
        }
        writer.write_record(None::<&[u8]>).map_err(Failure::internal)
    }

    /// Adds a JSON object; CSV has none.
    pub fn object(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        match self {
            Pen::Csv(_) => Ok(()),
            Pen::Jsonl(out) => {
                serde_json::to_writer(&mut *out, object).map_err(Failure::internal)?;
                out.push(b'\n');
                Ok(())
            }
            Pen::Json(out) => {
                out.extend_from_slice(b",\n");
                serde_json::to_writer(out, object).map_err(Failure::internal)
            }
        }
    }

    /// What was written.
    pub fn bytes(self) -> Result<Vec<u8>, Failure> {
        match self {
            Pen::Csv(writer) => writer.into_inner().map_err(|e| Failure::internal(e.error())),
            Pen::Jsonl(bytes) | Pen::Json(bytes) => Ok(bytes),
        }
    }
}

/// What every row has in common.
pub struct Frame {
    /// CSV or JSON.
    pub format: RowFormat,
    /// The columns passed through.
    columns: Columns,
    /// The columns of each input, under its own names.
    own: Vec<Vec<String>>,
    /// The columns or keys that are added.
    added: Vec<&'static str>,
    /// The inputs' names, where there are several.
    sources: Option<Vec<String>>,
    /// Whether there is a column for keys that are no columns.
    others: bool,
    /// The hash of the policy in force, in hexadecimal digits.
    policy_sha256: String,
}

impl Frame {
    /// The frame for `inputs` with the columns (or, in JSON, keys) that are `added`, under the policy with this hash.
    pub fn new<R: Records>(
        inputs: &Inputs<R>,
        format: RowFormat,
        added: &[&'static str],
        policy_sha256: String,
    ) -> Frame {
        let names = inputs.names();
        let several = names.len() > 1;
        let others = format == RowFormat::Csv && inputs.any_json();
        let mut added = added.to_vec();
        added.push(if format == RowFormat::Csv {
            POLICY
        } else {
            POLICY_KEY
        });
        added.extend(others.then_some(OTHERS));
        added.extend(several.then_some(SOURCE));
        let own = inputs.columns();
        Frame {
            columns: Columns::union(&own, &added, format != RowFormat::Csv),
            format,
            own,
            added,
            sources: several.then_some(names),
            others,
            policy_sha256,
        }
    }

    /// What was renamed, and why.
    pub fn notes(&self) -> &[String] {
        &self.columns.notes
    }

    /// What stands before the first record.
    pub fn head(&self) -> Result<Vec<u8>, Failure> {
        match self.format {
            RowFormat::Csv => {
                let mut pen = Pen::new(self.format);
                let names = self.columns.names.iter().map(String::as_str);
                pen.row(names.chain(self.added.iter().copied()))?;
                pen.bytes()
            }
            RowFormat::Jsonl => Ok(Vec::new()),
            RowFormat::Json => Ok(b"[".to_vec()),
        }
    }

    /// What stands after the last record.
    pub const fn foot(&self) -> &'static [u8] {
        match self.format {
            RowFormat::Csv | RowFormat::Jsonl => b"",
            RowFormat::Json => b"\n]\n",
        }
    }

    /// Adds a line of CSV: the cells passed through, `added`, and what the frame adds itself.
    pub fn csv(&self, pen: &mut Pen, input: usize, row: &Row<'_>, added: &[&str]) -> Result<(), Failure> {
        let own = self.own.get(input).map(Vec::as_slice).unwrap_or_default();
        let flat = row.raw.as_ref().map(|raw| flat(raw, own));
        let others = self.others.then(|| other_fields(row, own));
        let passed = self.columns.cells(input, flat.as_deref().unwrap_or(&row.cells));
        let policy = iter::once(answer::short(&self.policy_sha256));
        let last = policy.chain(others.as_deref()).chain(self.source(input));
        pen.row(passed.chain(added.iter().copied()).chain(last))
    }

    /// Writes the input's cells as the first entries of a JSON object.
    pub fn pass<M: SerializeMap>(&self, map: &mut M, input: usize, row: &Row<'_>) -> Result<(), M::Error> {
        match &row.raw {
            Some(raw) => {
                for (key, value) in raw.iter() {
                    map.serialize_entry(&self.free_key(key, raw), value)?;
                }
            }
            // A line that holds no object has nothing to pass.
            None if row.cells.is_empty() => {}
            None => {
                for (name, cell) in self
                    .columns
                    .names
                    .iter()
                    .zip(self.columns.cells(input, &row.cells))
                {
                    map.serialize_entry(name, cell)?;
                }
            }
        }
        Ok(())
    }

    /// Writes what the frame adds itself as the last entries of a JSON object.
    pub fn close<M: SerializeMap>(&self, map: &mut M, input: usize, row: &Row<'_>) -> Result<(), M::Error> {
        map.serialize_entry("line", &row.line)?;
        map.serialize_entry(POLICY_KEY, &self.policy_sha256)?;
        match self.source(input) {
            Some(source) => map.serialize_entry(SOURCE, source),
            None => Ok(()),
        }
    }

    fn source(&self, input: usize) -> Option<&str> {
        let sources = self.sources.as_ref()?;
        sources.get(input).map(String::as_str)
    }

    /// The key of an input's object, renamed where it would stand beside an added one of the same name.
    fn free_key<'a>(&self, key: &'a str, raw: &Map<String, Value>) -> Cow<'a, str> {
        let mut free = Cow::Borrowed(key);
        while self.added.contains(&&*free) || (free != key && raw.contains_key(&*free)) {
            free = Cow::Owned(format!("input_{free}"));
        }
        free
    }
}

/// The values of an object in the order of `columns`.
fn flat<'a>(raw: &'a Map<String, Value>, columns: &[String]) -> Vec<Cow<'a, str>> {
    let text = |value: Option<&'a Value>| match value {
        None | Some(Value::Null) => Cow::Borrowed(""),
        Some(Value::String(text)) => Cow::Borrowed(text.as_str()),
        Some(other) => Cow::Owned(other.to_string()),
    };
    columns.iter().map(|column| text(raw.get(column))).collect()
}

/// The keys of an object that are no columns, as an object; empty where there are none.
fn other_fields(row: &Row<'_>, columns: &[String]) -> String {
    let all = row.raw.iter().flat_map(|raw| raw.iter());
    let others = all.filter(|(key, _)| !columns.contains(key));
    let others: Map<String, Value> = others.map(|(key, value)| (key.clone(), value.clone())).collect();
    match others.is_empty() {
        true => String::new(),
        false => Value::Object(others).to_string(),
    }
}
