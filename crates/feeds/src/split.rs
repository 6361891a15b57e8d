//! A record -> cells, and a line -> whether its record goes on.
//!
//! RFC 4180, and lenient where it does no harm: a quote inside an unquoted cell is a character, and text after a
//! closing quote belongs to the cell.
//!
//! The `csv` crate reads the same cells (a test compares them), but cannot say whether a quote was left open
//! or text followed a closing one: that is how a forgotten quote is found before it swallows other records.

use memchr::memchr;
use std::borrow::Cow;

/// Follows the quotes of a record line by line, without looking at its cells.
pub(crate) struct Quotes {
    delimiter: u8,
    open: bool,
    stray: bool,
}

/// The cells of a record.
pub(crate) struct Cells<'a> {
    pub list: Vec<Cow<'a, str>>,
    /// Whether a carriage return stands outside quotes: the end of a line for some programs.
    pub carriage_return: bool,
}

/// A cell with what stands around it.
struct Cell<'a> {
    quoted: Option<Quoted<'a>>,
    /// What stands outside quotes.
    plain: &'a [u8],
    /// What follows the delimiter; `None` when the cell is the last one.
    rest: Option<&'a [u8]>,
}

/// What stands between quotes.
struct Quoted<'a> {
    text: &'a [u8],
    /// Whether a doubled quote in it stands for a quote.
    doubled: bool,
    /// What follows the closing quote; `None` when the quote is left open.
    after: Option<&'a [u8]>,
}

impl Quotes {
    pub fn new(delimiter: u8) -> Quotes {
        Quotes {
            delimiter,
            open: false,
            stray: false,
        }
    }

    /// Follows one line; a quote left open by the line before goes on.
    pub fn line(&mut self, line: &[u8]) {
        if memchr(b'"', line).is_none() {
            return;
        }
        let mut rest = match self.open {
            true => self.follow(from_quote(line, self.delimiter)),
            false => Some(line),
        };
        while let Some(line) = rest {
            rest = self.follow(cell(line, self.delimiter));
        }
    }

    fn follow<'a>(&mut self, cell: Cell<'a>) -> Option<&'a [u8]> {
        if let Some(quoted) = &cell.quoted {
            self.open = quoted.after.is_none();
            self.stray |= !cell.plain.is_empty();
        }
        cell.rest
    }

    /// Whether the quote of the last cell is still open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether text followed a closing quote.
    pub fn is_stray(&self) -> bool {
        self.stray
    }
}

/// Splits a record, which may have line ends in its quoted cells; a quote left open ends with the record.
pub(crate) fn cells(record: &[u8], delimiter: u8, columns: usize) -> Cells<'_> {
    let returns = memchr(b'\r', record).is_some();
    let mut cells = Cells {
        list: Vec::with_capacity(columns),
        carriage_return: false,
    };
    let mut rest = Some(record);
    while let Some(text) = rest {
        let cell = cell(text, delimiter);
        cells.carriage_return |= returns && memchr(b'\r', cell.plain).is_some();
        rest = cell.rest;
        cells.list.push(cell.into_text());
    }
    cells
}

impl<'a> Cell<'a> {
    fn into_text(self) -> Cow<'a, str> {
        let Some(quoted) = self.quoted else {
            return String::from_utf8_lossy(self.plain);
        };
        let text = String::from_utf8_lossy(quoted.text);
        let text = match quoted.doubled {
            true => Cow::Owned(text.replace("\"\"", "\"")),
            false => text,
        };
        match self.plain.is_empty() {
            true => text,
            false => text + String::from_utf8_lossy(self.plain),
        }
    }
}

/// The cell at the start of `text`.
fn cell(text: &[u8], delimiter: u8) -> Cell<'_> {
    match text.split_first() {
        Some((b'"', inside)) => from_quote(inside, delimiter),
        _ => outside(None, text, delimiter),
    }
}

/// The cell whose opening quote stands before `text`.
fn from_quote(text: &[u8], delimiter: u8) -> Cell<'_> {
    let quoted = quoted(text);
    let after = quoted.after;
    match after {
        Some(after) => outside(Some(quoted), after, delimiter),
        None => Cell {
            quoted: Some(quoted),
            plain: b"",
            rest: None,
        },
    }
}

fn outside<'a>(quoted: Option<Quoted<'a>>, text: &'a [u8], delimiter: u8) -> Cell<'a> {
    match memchr(delimiter, text) {
        Some(at) => Cell {
            quoted,
            plain: &text[..at],
            rest: Some(&text[at + 1..]),
        },
        None => Cell {
            quoted,
            plain: text,
            rest: None,
        },
    }
}

fn quoted(text: &[u8]) -> Quoted<'_> {
    let (mut from, mut doubled) = (0, false);
    while let Some(found) = memchr(b'"', &text[from..]) {
        let at = from + found;
        let after = &text[at + 1..];
        if after.first() != Some(&b'"') {
            return Quoted {
                text: &text[..at],
                doubled,
                after: Some(after),
            };
        }
        doubled = true;
        from = at + 2;
    }
    Quoted {
        text,
        doubled,
        after: None,
    }
}
