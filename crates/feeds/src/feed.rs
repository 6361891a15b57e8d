//! An input of either format -> blocks of records, cut off and not yet understood.

use crate::block::{Block, Layout};
use crate::columns::{self, Mapping, Part};
use crate::field::Spec;
use crate::other::Others;
use crate::row::{Content, Cut, Fault, Object};
use crate::rows_csv::CsvRows;
use crate::rows_json::JsonRows;
use crate::text::{Sample, Text};
use crate::{Error, InputFormat, Options, delimiter, detect, split};
use memchr::memmem;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::sync::Arc;

/// Distinct JSON keys remembered, so that an input with ever new keys does not grow the memory.
const KEYS: usize = 4096;

/// What stands for characters that could not be decoded, in UTF-8.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// What a reader of subjects and a reader of pairs share.
pub(crate) struct Feed<R> {
    rows: Rows<R>,
    mapping: Mapping,
    layout: Arc<Layout>,
    keys: HashMap<String, Part>,
    /// Whether one of the keys is read as a name.
    named: bool,
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
        let rows = Rows::Json(JsonRows::new(text, options.max_record_bytes));
        Feed {
            layout: Arc::new(Layout::of_objects(Others::new(options))),
            ..Feed::new(rows, mapping, notes)
        }
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
        let mut header = Vec::new();
        let cut = rows.cut(&mut header).map_err(|source| read_error(name, source))?;
        let cut = cut.ok_or_else(|| Error::Empty {
            name: name.to_owned(),
        })?;
        let line = cut.line;
        let columns = columns_of(&header, delimiter, cut.fault).map_err(|fault| Error::Header {
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
        let layout = Layout::new(delimiter, columns, parts, Others::new(options));
        Ok(Feed {
            layout: Arc::new(layout),
            ..Feed::new(Rows::Csv(rows), mapping, notes)
        })
    }

    fn new(rows: Rows<R>, mapping: Mapping, notes: Vec<String>) -> Feed<R> {
        Feed {
            rows,
            mapping,
            layout: Arc::default(),
            keys: HashMap::new(),
            named: false,
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
        self.layout.columns()
    }

    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    pub fn records(&self) -> u64 {
        self.records
    }

    /// The next records: so `many`, fewer at the end of the input or when they hold so many `bytes`; `None`
    /// where there are none.
    pub fn next(&mut self, many: usize, bytes: usize) -> Option<Block> {
        let mut block = Block::new(Arc::clone(&self.layout));
        let mut ended = false;
        while !ended && block.cuts.len() < many && block.bytes < bytes {
            match self.cut(&mut block) {
                Some(cut) => block.cuts.push(cut),
                None => ended = true,
            }
        }
        self.records += block.cuts.len() as u64;
        self.look_for_damage(&block);
        if ended {
            self.finish();
        }
        (!block.cuts.is_empty()).then_some(block)
    }

    fn cut(&mut self, block: &mut Block) -> Option<Cut> {
        let line = match &mut self.rows {
            Rows::Csv(rows) => {
                let cut = rows.next(&mut block.text);
                block.bytes = block.text.len();
                return cut;
            }
            Rows::Json(rows) => rows.next()?,
        };
        block.bytes += line.bytes;
        let (content, fault) = match line.object {
            Ok(raw) => (Content::Object(self.learn(raw)), None),
            Err(fault) => (Content::Nothing, Some(Box::new(fault))),
        };
        Some(Cut {
            line: line.line,
            content,
            fault,
        })
    }

    /// Gives every key its part. What a key is read as is said once, and looked up once.
    fn learn(&mut self, raw: Map<String, Value>) -> Object {
        let parts: Vec<Part> = raw.keys().map(|key| self.part(key)).collect();
        self.named |= parts.iter().flatten().any(|spec| spec.field.is_name());
        Object {
            raw,
            parts,
            named: self.named,
        }
    }

    fn part(&mut self, key: &str) -> Part {
        if let Some(part) = self.keys.get(key) {
            return *part;
        }
        let part = self.mapping.part(key);
        if self.keys.len() < KEYS {
            let note = part.map(|spec| format!("key '{key}' is read as {}", spec.name));
            self.notes.extend(note);
            self.keys.insert(key.to_owned(), part);
        }
        part
    }

    /// Counts the records with characters that could not be decoded in columns that are not used.
    fn look_for_damage(&mut self, block: &Block) {
        if memmem::find(&block.text, REPLACEMENT).is_none() {
            return;
        }
        for row in block.rows() {
            let is_damaged = |at: usize| {
                let cell = row.cells.get(at);
                cell.is_some_and(|cell| cell.contains(char::REPLACEMENT_CHARACTER))
            };
            for (_, column) in self.layout.unused().filter(|(at, _)| is_damaged(*at)) {
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

/// The cells of a header, which must be whole.
fn columns_of(header: &[u8], delimiter: u8, fault: Option<Box<Fault>>) -> Result<Vec<String>, Fault> {
    if let Some(fault) = fault {
        return Err(*fault);
    }
    let cells = split::cells(header, delimiter, 0);
    if cells.carriage_return {
        return Err(Fault::carriage_return());
    }
    if header.contains(&0) {
        return Err(Fault::new("it holds a NUL byte"));
    }
    Ok(cells.list.into_iter().map(Cow::into_owned).collect())
}
