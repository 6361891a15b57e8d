//! A line -> cells, with what was odd about its quotes.

/// Splits the lines of one record. RFC 4180, and lenient where it does no harm: a quote inside an unquoted
/// cell is a character, and text after a closing quote belongs to the cell (`stray` says so).
///
/// The `csv` crate reads the same cells (a test compares them), but cannot say whether a quote was left open
/// or text followed a closing one: that is how a forgotten quote is found before it swallows other records.
pub(crate) struct Splitter {
    delimiter: u8,
    cells: Vec<String>,
    cell: Vec<u8>,
    open: bool,
    stray: bool,
    carriage_return: bool,
}

impl Splitter {
    pub fn new(delimiter: u8, columns: usize) -> Splitter {
        Splitter {
            delimiter,
            cells: Vec::with_capacity(columns),
            cell: Vec::new(),
            open: false,
            stray: false,
            carriage_return: false,
        }
    }

    /// Splits one line; a quote left open by the line before goes on.
    pub fn line(&mut self, line: &[u8]) {
        let mut rest = if self.open {
            self.quoted(line)
        } else {
            self.cell(line)
        };
        while let Some(line) = rest {
            rest = self.cell(line);
        }
    }

    /// Adds the line end that lies inside a quoted cell.
    pub fn line_end(&mut self, bytes: &[u8]) {
        self.cell.extend_from_slice(bytes);
    }

    /// Whether the quote of the last cell is still open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether text followed a closing quote.
    pub fn is_stray(&self) -> bool {
        self.stray
    }

    /// Whether a carriage return stands outside quotes: the end of a line for some programs.
    pub fn has_carriage_return(&self) -> bool {
        self.carriage_return
    }

    /// The cells; one left open ends here.
    pub fn into_cells(mut self) -> Vec<String> {
        if self.open {
            self.finish();
        }
        self.cells
    }

    /// Reads the cell at the start of `line`; what follows its delimiter, `None` when the line is used up.
    fn cell<'a>(&mut self, line: &'a [u8]) -> Option<&'a [u8]> {
        match line.split_first() {
            Some((b'"', rest)) => self.quoted(rest),
            _ => self.plain(line),
        }
    }

    fn plain<'a>(&mut self, line: &'a [u8]) -> Option<&'a [u8]> {
        let (cell, rest) = cut(line, self.delimiter);
        self.carriage_return |= cell.contains(&b'\r');
        if self.cell.is_empty() {
            self.cells.push(String::from_utf8_lossy(cell).into_owned());
        } else {
            self.cell.extend_from_slice(cell);
            self.finish();
        }
        rest
    }

    fn quoted<'a>(&mut self, line: &'a [u8]) -> Option<&'a [u8]> {
        self.open = true;
        let mut line = line;
        loop {
            let (part, rest) = cut(line, b'"');
            self.cell.extend_from_slice(part);
            let rest = rest?;
            match rest.split_first() {
                Some((b'"', after)) => {
                    self.cell.push(b'"');
                    line = after;
                }
                next => {
                    self.open = false;
                    self.stray |= next.is_some_and(|(b, _)| *b != self.delimiter);
                    return self.plain(rest);
                }
            }
        }
    }

    fn finish(&mut self) {
        let bytes = std::mem::take(&mut self.cell);
        let text = String::from_utf8(bytes);
        self.cells
            .push(text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()));
    }
}

/// `line` before and after the first `mark`; no rest when there is none.
fn cut(line: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    match line.iter().position(|b| *b == mark) {
        Some(at) => (&line[..at], Some(&line[at + 1..])),
        None => (line, None),
    }
}
