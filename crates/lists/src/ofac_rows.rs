//! The rows of one OFAC CSV file: no header, CRLF, `-0- ` for nothing, and a 0x1A byte at the end.

use crate::file::newlines;
use crate::{Error, ErrorKind, File};
use tamis_model::Remark;

/// The end-of-file mark of old systems, which OFAC still writes.
pub(crate) const END_MARK: u8 = 0x1a;

/// The rows of a file, their texts one after the other: a file may have millions of rows, and most fields are short.
#[derive(Default)]
pub(crate) struct Rows {
    text: String,
    /// Where each field ends in the text, and where each row does among the fields.
    ends: Vec<usize>,
    rows: Vec<usize>,
    /// The line that each row begins at.
    lines: Vec<u64>,
}

impl Rows {
    pub(crate) fn push(&mut self, line: u64, fields: &csv::StringRecord) {
        for field in fields {
            self.text.push_str(field);
            self.ends.push(self.text.len());
        }
        self.rows.push(self.ends.len());
        self.lines.push(line);
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|at| self.row(at))
    }

    /// The row of this number, from 0; one without fields where there is none.
    pub(crate) fn row(&self, at: usize) -> Row<'_> {
        let end = |of: &[usize], at: Option<usize>| at.and_then(|at| of.get(at)).copied().unwrap_or_default();
        let first = end(&self.rows, at.checked_sub(1));
        Row {
            line: self.lines.get(at).copied().unwrap_or_default(),
            fields: Fields {
                text: &self.text,
                start: end(&self.ends, first.checked_sub(1)),
                ends: self
                    .ends
                    .get(first..end(&self.rows, Some(at)))
                    .unwrap_or_default(),
            },
        }
    }
}

/// One row and the line it begins at.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub line: u64,
    pub fields: Fields<'a>,
}

/// The fields of a row.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    text: &'a str,
    /// Where the first begins, and where each ends.
    start: usize,
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        let end = *self.ends.get(column)?;
        let before = column.checked_sub(1).and_then(|before| self.ends.get(before));
        self.text.get(before.copied().unwrap_or(self.start)..end)
    }
}

impl PartialEq for Fields<'_> {
    fn eq(&self, other: &Self) -> bool {
        let same = |column| self.get(column) == other.get(column);
        self.ends.len() == other.ends.len() && (0..self.ends.len()).all(same)
    }
}

impl<'a> Row<'a> {
    /// A field without the spaces around it; `None` when it is empty or OFAC's null.
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        let text = self.fields.get(column)?.trim();
        (!text.is_empty() && text != "-0-").then_some(text)
    }

    /// A field exactly as it stands, for text that is continued elsewhere.
    pub(crate) fn raw(self, column: usize) -> &'a str {
        let text = self.fields.get(column).unwrap_or_default();
        if text.trim() == "-0-" { "" } else { text }
    }

    /// The entry's number in the first column.
    pub(crate) fn id(self, file: &File) -> Result<&'a str, Error> {
        let value = self.fields.get(0).unwrap_or_default().trim();
        if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(value);
        }
        let value = value.chars().take(40).collect();
        let (entry, problem) = ("?".to_owned(), "not a number");
        let kind = ErrorKind::Field {
            field: "ent_num",
            entry,
            value,
            problem,
        };
        Err(Error::at(file.name.as_str(), self.line, kind))
    }
}

/// Reads the rows of `file`, each of which must have `expected` fields.
pub(crate) fn read(file: &File, expected: usize, remarks: &mut Vec<Remark>) -> Result<Rows, Error> {
    let text = file.text(remarks)?;
    let data = up_to_end_mark(file, &text)?;
    whole(file, data)?;
    parse(file, data, expected)
}

/// The text before the end mark, if there is one; nothing but line ends may stand behind it.
fn up_to_end_mark<'a>(file: &File, text: &'a str) -> Result<&'a str, Error> {
    let mark = char::from(END_MARK);
    let Some((data, after)) = text.split_once(mark) else {
        return Ok(text);
    };
    if after.trim_matches([mark, '\r', '\n', ' ']).is_empty() {
        return Ok(data);
    }
    let line = 1 + newlines(data.as_bytes());
    let detail = "text stands behind the end-of-file mark".to_owned();
    Err(Error::at(file.name.as_str(), line, ErrorKind::NotText { detail }))
}

/// Refuses a file whose last row is cut: an odd number of quotes, or no line end at the end.
fn whole(file: &File, data: &str) -> Result<(), Error> {
    let line = newlines(data.as_bytes()) + u64::from(!data.ends_with('\n'));
    let cut = |detail: &str| {
        let detail = detail.to_owned();
        Err(Error::at(
            file.name.as_str(),
            line,
            ErrorKind::Truncated { detail },
        ))
    };
    if data.matches('"').count() % 2 == 1 {
        return cut("a quote is opened and never closed");
    }
    if !data.is_empty() && !data.ends_with('\n') {
        return cut("its last line has no line end");
    }
    Ok(())
}

fn parse(file: &File, data: &str, expected: usize) -> Result<Rows, Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(data.as_bytes());
    let mut rows = Rows::default();
    let mut fields = csv::StringRecord::new();
    let mut lines = Lines::new(data);
    loop {
        let more = reader.read_record(&mut fields).map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            let detail = error.to_string();
            Error::at(file.name.as_str(), line, ErrorKind::NotText { detail })
        })?;
        if !more {
            return Ok(rows);
        }
        let line = lines.of(fields.position().map_or(0, csv::Position::byte));
        if fields.len() != expected {
            let found = fields.len();
            return Err(Error::at(
                file.name.as_str(),
                line,
                ErrorKind::Fields { expected, found },
            ));
        }
        rows.push(line, &fields);
    }
}

/// Counts lines on from row to row. The parser's own count is one too low where lines end in CRLF: it takes the
/// position of a row before the LF that ends the line above.
pub(crate) struct Lines<'a> {
    data: &'a str,
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(data: &'a str) -> Lines<'a> {
        Lines { data, at: 0, line: 1 }
    }

    /// The line that the row at `byte` begins at; rows must be asked for in order.
    pub(crate) fn of(&mut self, byte: u64) -> u64 {
        let bytes = self.data.as_bytes();
        let mut start = usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        self.line += newlines(bytes.get(self.at..start).unwrap_or_default());
        self.at = start.max(self.at);
        self.line
    }
}

/// Where the rows of a file went: each is kept or remarked upon, so the numbers must add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    pub rows: usize,
    pub kept: usize,
    pub remarked: usize,
}

impl Account {
    pub(crate) fn settle(&self, file: &File) -> Result<(), Error> {
        let Account { rows, kept, remarked } = *self;
        if rows == kept + remarked {
            return Ok(());
        }
        Err(file.error(ErrorKind::Unaccounted { rows, kept, remarked }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], expected: usize) -> Result<(usize, Vec<Remark>), ErrorKind> {
        let file = File {
            name: "alt.csv".into(),
            bytes: bytes.into(),
        };
        let mut remarks = Vec::new();
        let rows = read(&file, expected, &mut remarks).map_err(|e| e.kind().clone())?;
        Ok((rows.len(), remarks))
    }

    #[test]
    fn the_end_mark_is_no_row() {
        assert_eq!(rows(b"1,2,aka,X,-0- \r\n\x1a", 5).unwrap(), (1, vec![]));
        assert_eq!(rows(b"1,2,aka,X,-0- \r\n\x1a\r\n", 5).unwrap(), (1, vec![]));
        assert_eq!(rows(b"1,2,aka,X,-0- \n", 5).unwrap(), (1, vec![]));
        assert!(matches!(
            rows(b"1,2,aka,X,\n\x1amore", 5),
            Err(ErrorKind::NotText { .. })
        ));
    }

    #[test]
    fn a_cut_file_is_refused_wherever_it_is_cut() {
        let whole = b"1,2,\"aka\",\"X, Y\",-0- \n1,3,\"aka\",\"Z\"\"Z\",-0- \n";
        for end in 1..whole.len() {
            let cut = rows(&whole[..end], 5);
            let at_line_end = whole[..end].ends_with(b"\n");
            assert_eq!(
                cut.is_ok(),
                at_line_end,
                "{end}: {:?}",
                String::from_utf8_lossy(&whole[..end])
            );
        }
    }

    #[test]
    fn a_row_with_other_fields_than_expected_is_refused_with_its_line() {
        let file = File {
            name: "alt.csv".into(),
            bytes: b"1,2,aka,X,-0- \n1,2,aka,X\n".into(),
        };
        let error = read(&file, 5, &mut Vec::new()).err().unwrap();
        assert_eq!(
            *error.kind(),
            ErrorKind::Fields {
                expected: 5,
                found: 4
            }
        );
        assert_eq!((error.file(), error.line()), ("alt.csv", Some(2)));
    }

    #[test]
    fn lines_are_counted_with_either_line_end_and_inside_quotes() {
        for text in ["1,a\r\n\r\n2,\"b\r\nb\"\r\n3,c\r\n", "1,a\n\n2,\"b\nb\"\n3,c\n"] {
            let file = File {
                name: "x.csv".into(),
                bytes: text.into(),
            };
            let rows = read(&file, 2, &mut Vec::new()).unwrap();
            assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3, 5]);
        }
    }

    #[test]
    fn windows_1252_is_read_and_remarked() {
        let (count, remarks) = rows(b"1,2,aka,Jos\xe9,-0- \n\x1a", 5).unwrap();
        assert_eq!(count, 1);
        assert!(remarks[0].text.contains("Windows-1252"));
    }
}
