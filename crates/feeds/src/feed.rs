//! An input of either format -> rows, and the values in them that are used.

use crate::columns::{self, Mapping, Part};
use crate::field::Spec;
use crate::row::{Fault, Row};
use crate::rows_csv::CsvRows;
use crate::rows_json::JsonRows;
use crate::text::{Sample, Text};
use crate::{Error, InputFormat, Options, Unscreened, delimiter, detect, entities, mojibake};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;

/// Distinct JSON keys remembered, so that an input with ever new keys does not grow the memory.
const KEYS: usize = 4096;

/// What a reader of subjects and a reader of pairs share.
pub(crate) struct Feed<R> {
    rows: Rows<R>,
    mapping: Mapping,
    columns: Vec<String>,
    parts: Vec<Part>,
    keys: HashMap<String, Part>,
    notes: Vec<String>,
    /// Columns that are not used and hold undecodable characters: how many records, and the first line.
    damaged: BTreeMap<String, (u64, u64)>,
    records: u64,
    done: bool,
}

enum Rows<R> {
    Csv(CsvRows<R>),
    Json(JsonRows<R>),
}

/// A cell or value that is used.
pub(crate) struct Value<'a> {
    pub spec: &'static Spec,
    pub column: &'a str,
    pub text: Cow<'a, str>,
}

/// The used values of one record, in the order of the input.
pub(crate) struct Values<'a> {
    pub line: u64,
    pub list: Vec<Value<'a>>,
    /// What is not used, and why.
    pub unused: Vec<String>,
}

impl<R: Read> Feed<R> {
    pub fn open(input: R, name: &str, options: &Options, specs: &'static [Spec]) -> Result<Feed<R>, Error> {
        options.check()?;
        let mapping = Mapping::new(specs, options)?;
        let sample = Sample::read(input).map_err(|source| read_error(name, source))?;
        detect::refuse_other_files(&sample.bytes, name)?;
        let detected = detect::encoding(&sample.bytes, sample.whole, name, options)?;
        let text = sample.decode(detected.encoding);
        let shown = String::from_utf8_lossy(text.window());
        if text.ended()
            && shown
                .chars()
                .all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{1a}')
        {
            return Err(Error::Empty {
                name: name.to_owned(),
            });
        }
        detect::refuse_other_texts(&shown, name)?;
        let format = format(&shown, name, options);
        let notes = vec![format!(
            "encoding: {} ({})",
            detected.encoding.name(),
            detected.how
        )];
        match format {
            InputFormat::JsonLines => Ok(Feed::json(text, options, mapping, notes)),
            InputFormat::Csv => Feed::csv(text, name, options, specs, mapping, notes),
        }
    }

    fn json(text: Text<R>, options: &Options, mapping: Mapping, mut notes: Vec<String>) -> Feed<R> {
        notes.push("format: JSON Lines".to_owned());
        Feed::new(
            Rows::Json(JsonRows::new(text, options.max_record_bytes)),
            mapping,
            notes,
        )
    }

    fn csv(
        mut text: Text<R>,
        name: &str,
        options: &Options,
        specs: &'static [Spec],
        mapping: Mapping,
        mut notes: Vec<String>,
    ) -> Result<Feed<R>, Error> {
        let (delimiter, line) = choose_delimiter(&mut text, options, &mapping, &mut notes);
        let mut rows = CsvRows::new(text, delimiter, options.max_record_bytes, line);
        let header = rows.header().map_err(|source| read_error(name, source))?;
        let (line, header) = header.ok_or_else(|| Error::Empty {
            name: name.to_owned(),
        })?;
        let columns = header.map_err(|fault| Error::Header {
            name: name.to_owned(),
            line,
            reason: fault.reason,
        })?;
        let parts = mapping.parts(&columns, name, &mut notes)?;
        if let Some(field) = columns::missing(specs, &parts) {
            return Err(Error::NoColumn {
                name: name.to_owned(),
                line,
                field,
                columns: columns::list(&columns),
                hint: columns::delimiter_hint(&columns),
            });
        }
        let mut feed = Feed::new(Rows::Csv(rows), mapping, notes);
        (feed.columns, feed.parts) = (columns, parts);
        Ok(feed)
    }

    fn new(rows: Rows<R>, mapping: Mapping, notes: Vec<String>) -> Feed<R> {
        Feed {
            rows,
            mapping,
            columns: Vec::new(),
            parts: Vec::new(),
            keys: HashMap::new(),
            notes,
            damaged: BTreeMap::new(),
            records: 0,
            done: false,
        }
    }

    pub fn format(&self) -> InputFormat {
        match self.rows {
            Rows::Csv(_) => InputFormat::Csv,
            Rows::Json(_) => InputFormat::JsonLines,
        }
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    pub fn records(&self) -> u64 {
        self.records
    }

    /// The next row.
    pub fn next(&mut self) -> Option<Row> {
        let row = match &mut self.rows {
            Rows::Csv(rows) => rows.next(),
            Rows::Json(rows) => rows.next(),
        };
        match &row {
            Some(row) => {
                self.records += 1;
                self.learn(row);
                self.look_for_damage(row);
            }
            None => self.finish(),
        }
        row
    }

    /// The values of `row` that are used.
    pub fn values<'a>(&'a self, row: &'a Row) -> Result<Values<'a>, Unscreened> {
        if let Some(Fault { column, reason }) = &row.fault {
            return Err(Unscreened {
                line: row.line,
                field: column.clone(),
                reason: reason.clone(),
            });
        }
        let mut values = Values {
            line: row.line,
            list: Vec::with_capacity(self.columns.len()),
            unused: Vec::new(),
        };
        for ((column, part), cell) in self.columns.iter().zip(&self.parts).zip(&row.cells) {
            values.add(*part, column, Cow::Borrowed(cell))?;
        }
        for (key, value) in row.raw.iter().flatten() {
            if let Some(spec) = self.key_part(key) {
                values.add_json(spec, key, value)?;
            }
        }
        if let Some(raw) = &row.raw
            && !values.list.iter().any(|value| value.spec.field.is_name())
            && !self.keys.values().flatten().any(|spec| spec.field.is_name())
        {
            return Err(no_name_key(row.line, raw.keys()));
        }
        Ok(values)
    }

    fn key_part(&self, key: &str) -> Part {
        match self.keys.get(key) {
            Some(part) => *part,
            None => self.mapping.part(key),
        }
    }

    fn learn(&mut self, row: &Row) {
        for key in row.raw.iter().flat_map(|raw| raw.keys()) {
            if self.keys.len() < KEYS && !self.keys.contains_key(key) {
                let part = self.mapping.part(key);
                if let Some(spec) = part {
                    self.notes.push(format!("key '{key}' is read as {}", spec.name));
                }
                self.keys.insert(key.clone(), part);
            }
        }
    }

    fn look_for_damage(&mut self, row: &Row) {
        for ((column, part), cell) in self.columns.iter().zip(&self.parts).zip(&row.cells) {
            if part.is_none() && cell.contains(char::REPLACEMENT_CHARACTER) {
                self.damaged.entry(column.clone()).or_insert((0, row.line)).0 += 1;
            }
        }
    }

    /// Adds the notes that can be known at the end only.
    fn finish(&mut self) {
        if std::mem::replace(&mut self.done, true) {
            return;
        }
        let blank = match &self.rows {
            Rows::Csv(rows) => rows.blank(),
            Rows::Json(rows) => rows.blank(),
        };
        if blank > 0 {
            self.notes.push(format!("blank lines skipped: {blank}"));
        }
        for (column, (records, line)) in std::mem::take(&mut self.damaged) {
            self.notes.push(format!(
                "column '{column}', which is not screened, holds characters that cannot be decoded \
                 in {records} records, first on line {line}"
            ));
        }
        let unused: Vec<String> = self
            .keys
            .iter()
            .filter(|(_, part)| part.is_none())
            .map(|(k, _)| k.clone())
            .collect();
        if !unused.is_empty() {
            let mut unused = unused;
            unused.sort_unstable();
            self.notes
                .push(format!("keys not used for screening: {}", columns::list(&unused)));
        }
    }
}

impl<'a> Values<'a> {
    fn add(&mut self, part: Part, column: &'a str, text: Cow<'a, str>) -> Result<(), Unscreened> {
        let Some(spec) = part else { return Ok(()) };
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let reason = "it holds characters that cannot be decoded: say the encoding with --encoding, or repair the record";
            return Err(self.unscreened(column, reason.to_owned()));
        }
        if text.contains('\0') {
            return Err(self.unscreened(column, "it holds a NUL byte".to_owned()));
        }
        let text = match spec.field.is_name() {
            true => self.name(column, text)?,
            false => text,
        };
        self.list.push(Value { spec, column, text });
        Ok(())
    }

    /// A name as it is meant, or why it cannot be what is meant.
    fn name(&self, column: &str, text: Cow<'a, str>) -> Result<Cow<'a, str>, Unscreened> {
        let text = match entities::decode(&text) {
            Cow::Owned(decoded) => Cow::Owned(decoded),
            Cow::Borrowed(_) => text,
        };
        // An escape is the mark of ISO-2022-JP, other control characters that of a wrong encoding.
        let control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        if let Some(c) = text.chars().find(control) {
            let reason = format!(
                "it holds a control character (U+{:04X}): say the encoding with --encoding, or repair the record",
                u32::from(c)
            );
            return Err(self.unscreened(column, reason));
        }
        if let Some(encoding) = mojibake::read_as(&text) {
            let reason = format!(
                "it looks like UTF-8 that was read as {encoding}: repair the record, or say the encoding of the file with --encoding"
            );
            return Err(self.unscreened(column, reason));
        }
        Ok(text)
    }

    fn add_json(
        &mut self,
        spec: &'static Spec,
        key: &'a str,
        value: &'a serde_json::Value,
    ) -> Result<(), Unscreened> {
        use serde_json::Value as Json;
        match value {
            Json::Null => Ok(()),
            Json::String(text) => self.add(Some(spec), key, Cow::Borrowed(text)),
            Json::Number(number) if is_exact(number) => {
                self.add(Some(spec), key, Cow::Owned(number.to_string()))
            }
            Json::Number(_) => {
                self.refuse(spec, key, "a number too long to be kept exactly; give it as text")
            }
            Json::Array(items) if items.iter().any(Json::is_array) => {
                self.refuse(spec, key, "an array of arrays")
            }
            Json::Array(items) => items.iter().try_for_each(|item| self.add_json(spec, key, item)),
            Json::Bool(_) => self.refuse(spec, key, "true or false, not text"),
            Json::Object(_) => self.refuse(spec, key, "an object, not text"),
        }
    }

    /// A value of the wrong type: without a name there is no screening, other fields are done without.
    fn refuse(&mut self, spec: &'static Spec, key: &str, what: &str) -> Result<(), Unscreened> {
        match spec.field {
            _ if spec.field.is_name() => Err(self.unscreened(key, format!("it is {what}"))),
            _ => {
                self.unused
                    .push(format!("{} ('{key}') is {what}: not used", spec.name));
                Ok(())
            }
        }
    }

    pub fn unscreened(&self, column: &str, reason: String) -> Unscreened {
        Unscreened {
            line: self.line,
            field: Some(column.to_owned()),
            reason,
        }
    }
}

/// Whether a JSON number keeps all its digits: above 2^53 a number that is no 64-bit integer was rounded.
fn is_exact(number: &serde_json::Number) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    !number.is_f64() || number.as_f64().is_some_and(|value| value.abs() < EXACT)
}

fn no_name_key<'a>(line: u64, keys: impl Iterator<Item = &'a String>) -> Unscreened {
    let keys: Vec<String> = keys.cloned().collect();
    Unscreened {
        line,
        field: None,
        reason: format!(
            "no key is recognised as a name; the keys are: {}. Say which one it is with --map name=KEY",
            columns::list(&keys)
        ),
    }
}

fn read_error(name: &str, source: std::io::Error) -> Error {
    Error::Read {
        name: name.to_owned(),
        source,
    }
}

fn format(text: &str, name: &str, options: &Options) -> InputFormat {
    let name = name.to_lowercase();
    let hinted = [".jsonl", ".ndjson"].iter().any(|end| name.ends_with(end));
    let found = match hinted || text.trim_start().starts_with('{') {
        true => InputFormat::JsonLines,
        false => InputFormat::Csv,
    };
    options.format.unwrap_or(found)
}

/// The delimiter, and the line on which the header is looked for.
fn choose_delimiter<R: Read>(
    text: &mut Text<R>,
    options: &Options,
    mapping: &Mapping,
    notes: &mut Vec<String>,
) -> (u8, u64) {
    let end = text.window().iter().position(|b| *b == text.terminator());
    let first = end.and_then(|end| text.window().get(..end)).unwrap_or_default();
    let named = delimiter::named(first.strip_suffix(b"\r").unwrap_or(first));
    let mut line = 1;
    if let (Some(_), Some(end)) = (named, end) {
        text.consume(end + 1);
        line = 2;
    }
    let (delimiter, how) = match (options.delimiter, named) {
        (Some(delimiter), _) => (delimiter, "as asked for"),
        (None, Some(delimiter)) => (delimiter, "named by the file"),
        (None, None) => (
            delimiter::detect(text.window(), text.terminator(), |header| {
                mapping.suffices(header)
            }),
            "detected",
        ),
    };
    let shown = match delimiter {
        b'\t' => "tab".to_owned(),
        other => char::from(other).to_string(),
    };
    notes.push(format!("format: CSV, delimiter: {shown} ({how})"));
    (delimiter, line)
}
