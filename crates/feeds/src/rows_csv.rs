//! Decoded lines -> records, each with its text.

use crate::row::{Content, Cut, Fault, is_blank, size};
use crate::split::Quotes;
use crate::text::{End, Text};
use std::io::{self, Read};
use std::ops::Range;

/// The records of a CSV input, the header first.
pub(crate) struct CsvRows<R> {
    text: Text<R>,
    delimiter: u8,
    limit: usize,
    /// The line at the start of the window.
    line: u64,
    blank: u64,
    /// Bytes used up so far, and up to where a closing quote was already looked for in vain.
    used: u64,
    searched: u64,
    failed: bool,
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

    /// Cuts off the next record and adds its text to `into`. An input that cannot be read further ends with a
    /// record that says so.
    pub fn next(&mut self, into: &mut Vec<u8>) -> Option<Cut> {
        if self.failed {
            return None;
        }
        self.cut(into).unwrap_or_else(|error| {
            self.failed = true;
            Some(Cut {
                line: self.line,
                content: Content::Nothing,
                fault: Some(Box::new(Fault::unreadable(&error))),
            })
        })
    }

    /// As [`CsvRows::next`], for a caller that cannot do without the record.
    pub fn cut(&mut self, into: &mut Vec<u8>) -> io::Result<Option<Cut>> {
        let line = loop {
            match self.text.line_end(0, self.limit)? {
                End::TooLong => return self.oversized(into).map(Some),
                End::Input { content } if self.is_blank(content) => return Ok(None),
                End::Input { content } => {
                    break Line {
                        content,
                        next: content,
                    };
                }
                End::Line { content, next } if self.is_blank(content) => {
                    self.blank += 1;
                    self.advance(next, 1);
                }
                End::Line { content, next } => break Line { content, next },
            }
        };
        let mut quotes = Quotes::new(self.delimiter);
        quotes.line(without_return(&self.text.window()[..line.content]));
        match quotes.is_open() {
            true => self.continued(quotes, line, into).map(Some),
            false => Ok(Some(self.take(line, 1, into))),
        }
    }

    fn is_blank(&self, content: usize) -> bool {
        is_blank(&self.text.window()[..content])
    }

    /// Takes a record of so many `lines`, of which `last` is the last one.
    fn take(&mut self, last: Line, lines: u64, into: &mut Vec<u8>) -> Cut {
        let cut = Cut {
            line: self.line,
            content: Content::Text(copy(without_return(&self.text.window()[..last.content]), into)),
            fault: None,
        };
        self.advance(last.next, lines);
        cut
    }

    /// Reads the lines of a record whose quoted cell holds line ends.
    fn continued(&mut self, mut quotes: Quotes, first: Line, into: &mut Vec<u8>) -> io::Result<Cut> {
        if self.used < self.searched {
            // This text was searched for a closing quote once. Searching it again from every line would
            // take quadratic time, so in here a record is one line.
            return Ok(self.unclosed(first, first.next, "on this line".into(), into));
        }
        let (mut lines, mut last) = (1, first);
        loop {
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
                    return Ok(self.unclosed(first, from, within, into));
                }
                End::Input { content } if content == from => {
                    let (searched, place) = at_end(content);
                    return Ok(self.unclosed(first, searched, place, into));
                }
                End::Input { content } => Line {
                    content,
                    next: content,
                },
                End::Line { content, next } => Line { content, next },
            };
            lines += 1;
            quotes.line(without_return(&self.text.window()[from..last.content]));
            if !quotes.is_open() && quotes.is_stray() {
                let place = format!("before another quote begins, {so_far} lines on");
                return Ok(self.unclosed(first, last.next, place, into));
            }
            if !quotes.is_open() {
                return Ok(self.take(last, lines, into));
            }
        }
    }

    /// Gives up on the first line of a record whose quote is not closed, and only on that one: the lines that
    /// the quote would swallow are read as records of their own.
    fn unclosed(&mut self, first: Line, searched: usize, place: String, into: &mut Vec<u8>) -> Cut {
        self.searched = self.searched.max(self.used + searched as u64);
        let reason = format!(
            "a quote is opened and not closed {place}; the lines after it are read as records of their own"
        );
        Cut {
            fault: Some(Box::new(Fault::new(reason))),
            ..self.take(first, 1, into)
        }
    }

    /// Skips a line that is too long, keeping its beginning.
    fn oversized(&mut self, into: &mut Vec<u8>) -> io::Result<Cut> {
        let line = self.line;
        let kept = self.text.window().len().min(self.limit);
        let length = into.len();
        let start = copy(&self.text.window()[..kept], into);
        let (bytes, _) = self.text.discard_line().inspect_err(|_| into.truncate(length))?;
        self.used += bytes + 1;
        self.line += 1;
        Ok(Cut {
            line,
            content: Content::Start(start),
            fault: Some(Box::new(Fault::too_long(bytes, self.limit))),
        })
    }

    fn advance(&mut self, bytes: usize, lines: u64) {
        self.text.consume(bytes);
        self.used += bytes as u64;
        self.line += lines;
    }
}

/// Adds `text` to `into`: where it stands there.
fn copy(text: &[u8], into: &mut Vec<u8>) -> Range<usize> {
    let start = into.len();
    into.extend_from_slice(text);
    start..into.len()
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
