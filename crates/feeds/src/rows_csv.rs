//! Decoded lines -> records of cells.

use crate::row::{Fault, Numbered, Row, is_blank, size};
use crate::split::Splitter;
use crate::text::{End, Text};
use std::io::{self, Read};

/// The rows of a CSV input, header excluded.
pub(crate) struct CsvRows<R> {
    text: Text<R>,
    delimiter: u8,
    columns: Vec<String>,
    /// The columns in lower case and sorted.
    folded: Vec<String>,
    limit: usize,
    /// The line at the start of the window.
    line: u64,
    blank: u64,
    /// Bytes used up so far, and up to where a closing quote was already looked for in vain.
    used: u64,
    searched: u64,
    failed: bool,
}

/// The cells of a record, and what is wrong with its quotes or length.
struct Found {
    cells: Vec<String>,
    fault: Option<Fault>,
}

/// A line in the window: its text, and where the next one begins.
#[derive(Clone, Copy)]
struct Line {
    content: usize,
    next: usize,
}

impl<R: Read> CsvRows<R> {
    pub fn new(text: Text<R>, delimiter: u8, limit: usize, line: u64) -> CsvRows<R> {
        CsvRows {
            text,
            delimiter,
            columns: Vec::new(),
            folded: Vec::new(),
            limit,
            line,
            blank: 0,
            used: 0,
            searched: 0,
            failed: false,
        }
    }

    /// Blank lines skipped so far.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// Reads the header: its line and its cells; `None` when there is none.
    pub fn header(&mut self) -> io::Result<Option<Numbered<Vec<String>>>> {
        self.skip_blank()?;
        let line = self.line;
        let Some(found) = self.record()? else {
            return Ok(None);
        };
        let nul = found.cells.iter().any(|cell| cell.contains('\0'));
        let nul = nul.then(|| Fault::new("it holds a NUL byte"));
        if let Some(fault) = found.fault.or(nul) {
            return Ok(Some((line, Err(fault))));
        }
        self.columns.clone_from(&found.cells);
        self.folded = folded(&found.cells);
        Ok(Some((line, Ok(found.cells))))
    }

    /// The next record.
    pub fn next(&mut self) -> Option<Row> {
        if self.failed {
            return None;
        }
        let found = self.skip_blank().and_then(|()| {
            let line = self.line;
            Ok(self.record()?.map(|found| (line, found)))
        });
        match found {
            Ok(found) => found.map(|(line, found)| self.row(line, found)),
            Err(error) => {
                self.failed = true;
                Some(Row {
                    line: self.line,
                    cells: vec![String::new(); self.columns.len()],
                    raw: None,
                    fault: Some(Fault::unreadable(&error)),
                })
            }
        }
    }

    fn skip_blank(&mut self) -> io::Result<()> {
        while let End::Line { content, next } = self.text.line_end(0, self.limit)? {
            if !is_blank(&self.text.window()[..content]) {
                break;
            }
            self.blank += 1;
            self.advance(next, 1);
        }
        Ok(())
    }

    fn record(&mut self) -> io::Result<Option<Found>> {
        let line = match self.text.line_end(0, self.limit)? {
            End::TooLong => return self.oversized().map(Some),
            End::Input { content } if is_blank(&self.text.window()[..content]) => return Ok(None),
            End::Input { content } => Line {
                content,
                next: content,
            },
            End::Line { content, next } => Line { content, next },
        };
        let splitter = self.split(line);
        if splitter.is_open() {
            return self.continued(splitter, line).map(Some);
        }
        self.advance(line.next, 1);
        Ok(Some(finished(splitter)))
    }

    fn split(&self, line: Line) -> Splitter {
        let mut splitter = Splitter::new(self.delimiter, self.columns.len());
        splitter.line(without_return(&self.text.window()[..line.content]));
        splitter
    }

    /// Reads the lines of a record whose quoted cell holds line ends.
    fn continued(&mut self, mut splitter: Splitter, first: Line) -> io::Result<Found> {
        if self.used < self.searched {
            // This text was searched for a closing quote once. Searching it again from every line would
            // take quadratic time, so in here a record is one line.
            return Ok(self.unclosed(first, first.next, "on this line".into()));
        }
        let (mut lines, mut last) = (1, first);
        loop {
            let text_end = without_return(&self.text.window()[..last.content]).len();
            splitter.line_end(&self.text.window()[text_end..last.next]);
            let (from, so_far) = (last.next, lines);
            let at_end = |searched| {
                (
                    searched,
                    format!("before the end of the input, {so_far} lines on"),
                )
            };
            last = match self.text.line_end(from, self.limit)? {
                End::TooLong => {
                    let within = format!(
                        "within {}, the limit for one record, {so_far} lines on",
                        size(self.limit)
                    );
                    return Ok(self.unclosed(first, from, within));
                }
                End::Input { content } if content == from => {
                    let (searched, place) = at_end(content);
                    return Ok(self.unclosed(first, searched, place));
                }
                End::Input { content } => Line {
                    content,
                    next: content,
                },
                End::Line { content, next } => Line { content, next },
            };
            lines += 1;
            splitter.line(without_return(&self.text.window()[from..last.content]));
            if !splitter.is_open() && splitter.is_stray() {
                let place = format!("before another quote begins, {so_far} lines on");
                return Ok(self.unclosed(first, last.next, place));
            }
            if !splitter.is_open() {
                self.advance(last.next, lines);
                return Ok(finished(splitter));
            }
        }
    }

    /// Gives up on the first line of a record whose quote is not closed, and only on that one: the lines that
    /// the quote would swallow are read as records of their own.
    fn unclosed(&mut self, first: Line, searched: usize, place: String) -> Found {
        let cells = self.split(first).into_cells();
        self.searched = self.searched.max(self.used + searched as u64);
        self.advance(first.next, 1);
        let reason = format!(
            "a quote is opened and not closed {place}; the lines after it are read as records of their own"
        );
        Found {
            cells,
            fault: Some(Fault::new(reason)),
        }
    }

    /// Skips a line that is too long, keeping the cells that are complete before the limit.
    fn oversized(&mut self) -> io::Result<Found> {
        let kept = self.text.window().len().min(self.limit);
        let mut cells = self
            .split(Line {
                content: kept,
                next: kept,
            })
            .into_cells();
        cells.pop();
        cells.resize(self.columns.len(), String::new());
        let (bytes, _) = self.text.discard_line()?;
        self.used += bytes + 1;
        self.line += 1;
        Ok(Found {
            cells,
            fault: Some(Fault::too_long(bytes, self.limit)),
        })
    }

    fn advance(&mut self, bytes: usize, lines: u64) {
        self.text.consume(bytes);
        self.used += bytes as u64;
        self.line += lines;
    }

    fn row(&self, line: u64, found: Found) -> Row {
        let Found { mut cells, fault } = found;
        let fault = fault.or_else(|| self.check(&cells));
        self.fit(&mut cells);
        Row {
            line,
            cells,
            raw: None,
            fault,
        }
    }

    fn check(&self, cells: &[String]) -> Option<Fault> {
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
    fn repeats_header(&self, cells: &[String]) -> bool {
        let is_header = |cell: &String| self.folded.binary_search(&fold(cell)).is_ok();
        if !cells.iter().all(is_header) {
            return false;
        }
        folded(cells) == self.folded
    }

    /// Brings a record to the number of columns; what is too much goes into the last cell, so that nothing
    /// is lost.
    fn fit(&self, cells: &mut Vec<String>) {
        let columns = self.columns.len();
        if cells.len() > columns {
            let delimiter = char::from(self.delimiter).to_string();
            let rest = cells.split_off(columns.saturating_sub(1)).join(&delimiter);
            cells.push(rest);
        }
        cells.resize(columns, String::new());
    }
}

fn folded(cells: &[String]) -> Vec<String> {
    let mut folded: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    folded.sort_unstable();
    folded
}

fn fold(cell: &str) -> String {
    cell.trim().to_lowercase()
}

fn finished(splitter: Splitter) -> Found {
    let fault = splitter
        .has_carriage_return()
        .then(|| Fault::new("a carriage return stands inside the record: two lines may have run together"));
    Found {
        cells: splitter.into_cells(),
        fault,
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
