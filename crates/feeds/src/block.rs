//! Records cut off an input -> their cells and the values in them that are used.
//!
//! Nothing here depends on what was read before or after, so that any thread can understand any record.

use crate::columns::{self, Part};
use crate::field::Field;
use crate::other::Others;
use crate::row::{Content, Cut, Fault, Object, Row};
use crate::values::Values;
use crate::{Unscreened, split};
use serde_json::Value;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// What is known of all records of a CSV input; of JSON Lines nothing is.
#[derive(Default)]
pub(crate) struct Layout {
    delimiter: u8,
    columns: Vec<String>,
    parts: Vec<Part>,
    /// The columns in lower case and sorted.
    folded: Vec<String>,
    others: Others,
}

/// Records of one input.
pub(crate) struct Block {
    layout: Arc<Layout>,
    /// The text of all records (CSV).
    pub text: Vec<u8>,
    pub cuts: Vec<Cut>,
    /// How much was read for them.
    pub bytes: usize,
}

impl Layout {
    /// The layout of JSON Lines.
    pub fn of_objects(others: Others) -> Layout {
        Layout {
            others,
            ..Layout::default()
        }
    }

    pub fn new(delimiter: u8, columns: Vec<String>, parts: Vec<Part>, others: Others) -> Layout {
        Layout {
            delimiter,
            folded: folded(&columns),
            columns,
            parts,
            others,
        }
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The columns that are passed through only, with their places.
    pub fn unused(&self) -> impl Iterator<Item = (usize, &String)> {
        let columns = self.columns.iter().enumerate().zip(&self.parts);
        columns
            .filter(|(_, part)| part.is_none())
            .map(|(column, _)| column)
    }

    /// Takes a record apart.
    fn row<'a>(&self, cut: &'a Cut, text: &'a [u8]) -> Row<'a> {
        let record = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let (cells, object, fault) = match &cut.content {
            Content::Text(range) => {
                let (cells, fault) = self.whole(record(range));
                (cells, None, fault)
            }
            Content::Start(range) => (self.start(record(range)), None, None),
            Content::Object(object) => (Vec::new(), Some(object), None),
            Content::Nothing => (vec![Cow::default(); self.columns.len()], None, None),
        };
        Row {
            line: cut.line,
            cells,
            object,
            fault: cut.fault.as_deref().cloned().or(fault),
        }
    }

    /// The cells of a record, as many as there are columns, and what is wrong with them.
    fn whole<'a>(&self, record: &'a [u8]) -> (Vec<Cow<'a, str>>, Option<Fault>) {
        let found = split::cells(record, self.delimiter, self.columns.len());
        let fault = match found.carriage_return {
            true => Some(Fault::carriage_return()),
            false => self.check(&found.list),
        };
        let mut cells = found.list;
        self.fit(&mut cells);
        (cells, fault)
    }

    /// The cells that are complete before a record was too long.
    fn start<'a>(&self, record: &'a [u8]) -> Vec<Cow<'a, str>> {
        let mut cells = split::cells(record, self.delimiter, self.columns.len()).list;
        cells.pop();
        self.fit(&mut cells);
        cells
    }

    fn check(&self, cells: &[Cow<'_, str>]) -> Option<Fault> {
        if let Some(at) = cells.iter().position(|cell| cell.contains('\0')) {
            return Some(Fault {
                column: self.columns.get(at).cloned(),
                reason: "it holds a NUL byte".to_owned(),
            });
        }
        if cells.len() != self.columns.len() {
            let (has, wants) = (cells.len(), self.columns.len());
            let hint = match has > wants {
                true => ": a cell that holds the delimiter must stand in quotes",
                false => "",
            };
            return Some(Fault::new(format!("{has} fields, header has {wants}{hint}")));
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Some(Fault::new("every cell is empty"));
        }
        self.repeats_header(cells)
            .then(|| Fault::new("the record repeats the header: is it that of another table?"))
    }

    /// Whether the cells are those of the header, in any order: a second table with its own order of columns
    /// may follow.
    fn repeats_header(&self, cells: &[Cow<'_, str>]) -> bool {
        cells.iter().all(|cell| self.is_column(cell)) && folded(cells) == self.folded
    }

    fn is_column(&self, cell: &str) -> bool {
        match cell.is_ascii() {
            // No need for a copy in lower case.
            true => {
                let cell = cell.trim();
                self.folded.iter().any(|column| column.eq_ignore_ascii_case(cell))
            }
            false => self.folded.binary_search(&fold(cell)).is_ok(),
        }
    }

    /// Brings a record to the number of columns; what is too much goes into the last cell, so that nothing
    /// is lost.
    fn fit(&self, cells: &mut Vec<Cow<'_, str>>) {
        let columns = self.columns.len();
        if cells.len() > columns {
            let delimiter = char::from(self.delimiter).to_string();
            let rest = cells.split_off(columns.saturating_sub(1)).join(&delimiter);
            cells.push(Cow::Owned(rest));
        }
        cells.resize(columns, Cow::default());
    }

    fn other_columns(&self, row: &Row<'_>) -> Option<String> {
        if let Some(object) = row.object {
            let keys = object.raw.iter().zip(&object.parts);
            return self
                .others
                .hash(keys.map(|((key, value), part)| (key.as_str(), *part, text_of(value))));
        }
        let columns = self.columns.iter().zip(&self.parts).zip(&row.cells);
        self.others
            .hash(columns.map(|((column, part), cell)| (column.as_str(), *part, Cow::Borrowed(&**cell))))
    }

    /// The values of `row` that are used.
    pub fn values<'a>(&'a self, row: &'a Row<'a>) -> Result<Values<'a>, Unscreened> {
        if let Some(Fault { column, reason }) = &row.fault {
            return Err(Unscreened {
                line: row.line,
                id: None,
                field: column.clone(),
                reason: reason.clone(),
            });
        }
        let mut values = Values {
            list: Vec::with_capacity(self.columns.len()),
            other_columns: self.other_columns(row),
            ..Values::of(row.line)
        };
        for ((column, part), cell) in self.columns.iter().zip(&self.parts).zip(&row.cells) {
            values.add(*part, column, Cow::Borrowed(cell))?;
        }
        if let Some(object) = row.object {
            object.values(&mut values)?;
        }
        Ok(values)
    }

    /// The customer's id in a record that cannot be screened. Where not one value is at fault but the record, its cells may stand under
    /// other columns than their own, and the id may be another customer's.
    pub fn id(&self, row: &Row<'_>) -> Option<String> {
        if row.fault.as_ref().is_some_and(|fault| fault.column.is_none()) {
            return None;
        }
        let is_id = |part: &Part| part.is_some_and(|spec| spec.field == Field::Id);
        let mut values = Values::of(row.line);
        let cells = self.columns.iter().zip(&self.parts).zip(&row.cells);
        for ((column, part), cell) in cells.filter(|((_, part), _)| is_id(part)) {
            values.add(*part, column, Cow::Borrowed(cell)).ok()?;
        }
        let keys = row.object.map(|object| object.raw.iter().zip(&object.parts));
        for ((key, value), part) in keys.into_iter().flatten().filter(|(_, part)| is_id(part)) {
            values.add_json((*part)?, key, value).ok()?;
        }
        let mut ids = values.list.iter().map(|value| value.text.trim());
        ids.find(|id| !id.is_empty()).map(str::to_owned)
    }
}

impl Object {
    fn values<'a>(&'a self, values: &mut Values<'a>) -> Result<(), Unscreened> {
        for ((key, value), part) in self.raw.iter().zip(&self.parts) {
            if let Some(spec) = part {
                values.add_json(spec, key, value)?;
            }
        }
        match self.named {
            true => Ok(()),
            false => Err(no_name_key(values.line, self.raw.keys())),
        }
    }
}

impl Block {
    pub fn new(layout: Arc<Layout>) -> Block {
        Block {
            layout,
            text: Vec::new(),
            cuts: Vec::new(),
            bytes: 0,
        }
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Record number `at`.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        self.cuts.get(at).map(|cut| self.layout.row(cut, &self.text))
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.cuts.iter().map(|cut| self.layout.row(cut, &self.text))
    }
}

/// A value as text; what is null says nothing.
fn text_of(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::default(),
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

fn no_name_key<'a>(line: u64, keys: impl Iterator<Item = &'a String>) -> Unscreened {
    let keys: Vec<String> = keys.cloned().collect();
    Unscreened {
        line,
        id: None,
        field: None,
        reason: format!(
            "no key is recognised as a name; the keys are: {}. Say which one it is with --map name=KEY",
            columns::list(&keys)
        ),
    }
}

fn folded(cells: &[impl AsRef<str>]) -> Vec<String> {
    let mut folded: Vec<String> = cells.iter().map(|cell| fold(cell.as_ref())).collect();
    folded.sort_unstable();
    folded
}

fn fold(cell: &str) -> String {
    cell.trim().to_lowercase()
}
