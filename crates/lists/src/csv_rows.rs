//! Rows of a CSV file with a header, one at a time, each with its line.

use crate::ofac_rows::Lines;
use crate::{Error, ErrorKind, File};
use csv::StringRecord;

pub(crate) struct Rows<'a> {
    file: &'a File,
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
        Ok(more.then(|| self.lines.of(start)))
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
