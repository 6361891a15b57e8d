//! Rows of a CSV file with a header, one at a time, each with its line.

use crate::ofac_rows::Lines;
use crate::{Error, ErrorKind, File};
use csv::StringRecord;

pub(crate) struct Rows<'a> {
    file: &'a File,
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    lines: Lines<'a>,
}

impl<'a> Rows<'a> {
    /// The rows of `text`, which is the file's.
    pub(crate) fn new(file: &'a File, text: &'a str, delimiter: u8) -> Rows<'a> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Rows {
            file,
            text,
            reader,
            lines: Lines::new(text),
        }
    }

    /// Reads the next row into `row` and gives its line; `None` at the end.
    pub(crate) fn next(&mut self, row: &mut StringRecord) -> Result<Option<u64>, Error> {
        let more = self.reader.read_record(row).map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            let detail = error.to_string();
            Error::at(self.file.name.as_str(), line, ErrorKind::NotText { detail })
        })?;
        let start = row.position().map_or(0, csv::Position::byte);
        let line = self.lines.of(start);
        if more {
            closed(self.file, line, self.text, start, self.reader.position().byte())?;
        }
        Ok(more.then_some(line))
    }
}

/// Refuses a row with an odd number of quotes. Two stray ones are an even number for the file, and where fields between them are
/// quoted too, each makes another row of its own.
pub(crate) fn closed(file: &File, line: u64, text: &str, start: u64, end: u64) -> Result<(), Error> {
    let [start, end] = [start, end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
    let row = text.as_bytes().get(start..end).unwrap_or_default();
    match row.iter().filter(|byte| **byte == b'"').count() % 2 {
        0 => Ok(()),
        _ => {
            let detail = "a quote is opened and never closed".to_owned();
            Err(Error::at(
                file.name.as_str(),
                line,
                ErrorKind::Truncated { detail },
            ))
        }
    }
}

/// Whether a row holds nothing: an empty line, or separators only.
pub(crate) fn is_empty(row: &StringRecord) -> bool {
    row.iter().all(|field| field.trim().is_empty())
}

/// Refuses a row of too many or too few fields.
pub(crate) fn check_width(file: &File, line: u64, row: &StringRecord, expected: usize) -> Result<(), Error> {
    let found = row.len();
    if found == expected {
        return Ok(());
    }
    let kind = ErrorKind::Fields { expected, found };
    Err(Error::at(file.name.as_str(), line, kind))
}

/// Titles of columns that hold one line: ids, names, and the list or kind of an entry.
const ONE_LINE: [&str; 9] = [
    "id",
    "unique id",
    "group id",
    "entity_number",
    "source",
    "list",
    "kind",
    "schema",
    "celex",
];

/// Refuses a row of which a field holds other rows. A quote too many before a field and one behind another, further down, make one
/// text of all that stands between, and the row keeps its number of fields.
///
/// Such a text ends its own row and begins another: its first line has the delimiters that the row still lacks, its last one those
/// that come before the field. A name or an id with both a line break and a delimiter is no name.
pub(crate) fn check_quotes(
    file: &File,
    line: u64,
    row: &StringRecord,
    delimiter: u8,
    title: impl Fn(usize) -> String,
) -> Result<(), Error> {
    let delimiter = char::from(delimiter);
    let swallows = |(at, text): (usize, &str)| {
        let (first, last) = (text.lines().next()?, text.rsplit(['\n', '\r']).next()?);
        if !text.contains(['\n', '\r']) || !text.contains(delimiter) {
            return None;
        }
        let count = |text: &str| text.matches(delimiter).count();
        let rows = count(first) + at + 1 == row.len() && count(last) == at;
        (rows || is_one_line(&title(at))).then_some(at)
    };
    match row.iter().enumerate().find_map(swallows) {
        None => Ok(()),
        Some(at) => {
            let (field, column) = (at + 1, title(at));
            let kind = ErrorKind::SwallowedRows { field, column };
            Err(Error::at(file.name.as_str(), line, kind))
        }
    }
}

/// The title of a column, by its number from 0.
pub(crate) fn titled(titles: &[String], at: usize) -> String {
    titles.get(at).cloned().unwrap_or_default()
}

fn is_one_line(title: &str) -> bool {
    let title = title.trim().trim_start_matches('\u{feff}').to_lowercase();
    let number = title
        .strip_prefix("name")
        .map(|rest| rest.trim_start_matches([' ', '_']));
    let is_name = number.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    is_name || ONE_LINE.contains(&title.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a text of three columns with `id` first.
    fn check(text: &str) -> Result<(), Error> {
        let file = File {
            name: "a.csv".into(),
            bytes: text.into(),
        };
        let titles = ["id", "name", "notes"];
        let mut rows = Rows::new(&file, text, b',');
        let mut row = StringRecord::new();
        while let Some(line) = rows.next(&mut row)? {
            check_width(&file, line, &row, titles.len())?;
            check_quotes(&file, line, &row, b',', |at| titles[at].to_owned())?;
        }
        Ok(())
    }

    #[test]
    fn rows_between_two_stray_quotes_are_seen_in_every_column() {
        for (text, place) in [
            // Before one field and behind the same field of the next row, or of a later one.
            ("1,\"A,x\n2,B\",y\n", "line 1"),
            ("1,A,x\n2,\"B,x\n3,C,y\n4,D\",y\n", "line 2"),
            ("1,A,\"x\r\n2,B,y\"\r\n", "line 1"),
            ("\"1,A,x\n2\",B,y\n", "line 1"),
            // The name is closed elsewhere than a row would have it.
            ("1,\"A,x,z\n2,B\",y\n", "line 1"),
        ] {
            let error = check(text).unwrap_err().to_string();
            assert!(
                error.contains(place) && error.contains("a quote too many"),
                "{text:?}: {error}"
            );
        }
    }

    #[test]
    fn a_stray_quote_in_a_row_with_quoted_fields_is_seen() {
        let error = check("1,\"A,\"x, y\"\n2,B,z\n3,\"C,\"x, y\"\n").unwrap_err();
        assert!(error.to_string().contains("line 1: "), "{error}");
        assert!(error.to_string().contains("a quote is opened"), "{error}");
    }

    #[test]
    fn texts_of_several_lines_are_read() {
        for text in [
            "1,A,\"one, two\nthree\"\n",
            "1,A,\"one\ntwo\nthree\"\n",
            "1,\"A\nB\",x\n",
            "1,\"A, B\",\"x, y\"\n",
        ] {
            assert!(check(text).is_ok(), "{text:?}");
        }
    }
}
