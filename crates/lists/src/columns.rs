//! Rows of a CSV file whose columns have titles, in any order, below lines that tell of the file.

use crate::csv_rows::{check_quotes, closed, titled};
use crate::file::{WARNING, remark};
use crate::ofac_rows::Lines;
use crate::{Error, ErrorKind, File};
use tamis_model::Remark;

/// Lines above the titles that are looked at.
const PREAMBLE: usize = 5;

/// A file's titles, and what stands above them.
pub(crate) struct Titles {
    /// The lines above the titles, each as its fields.
    pub preamble: Vec<csv::StringRecord>,
    pub titles: Vec<String>,
}

/// One row and the line it begins at.
pub(crate) struct Row<'a> {
    pub line: u64,
    pub fields: &'a csv::StringRecord,
}

/// Whether the first lines of `text` hold a row that `is_header` knows.
pub(crate) fn has_header(text: &str, is_header: fn(&csv::StringRecord) -> bool) -> bool {
    let mut rows = reader(text).into_records().take(PREAMBLE + 1);
    rows.any(|row| row.is_ok_and(|row| is_header(&row)))
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Reads a file: calls `each` for every row below the titles, and gives their number.
///
/// A row that lacks its last field only is read, with a warning: files that went through other hands have such.
pub(crate) fn read(
    file: &File,
    is_header: fn(&csv::StringRecord) -> bool,
    remarks: &mut Vec<Remark>,
    mut each: impl FnMut(&Titles, &Row<'_>) -> Result<(), Error>,
) -> Result<usize, Error> {
    let text = file.utf8()?;
    whole(file, text)?;
    let mut reader = reader(text);
    let mut found: Option<Titles> = None;
    let mut preamble = Vec::new();
    let mut fields = csv::StringRecord::new();
    let mut lines = Lines::new(text);
    let mut rows = 0;
    loop {
        let more = reader.read_record(&mut fields).map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            let detail = error.to_string();
            Error::at(file.name.as_str(), line, ErrorKind::NotText { detail })
        })?;
        if !more {
            break;
        }
        let start = fields.position().map_or(0, csv::Position::byte);
        let line = lines.of(start);
        closed(file, line, text, start, reader.position().byte())?;
        match &found {
            Some(titles) => {
                width(file, line, titles.titles.len(), &fields, remarks)?;
                check_quotes(file, line, &fields, b',', |at| titled(&titles.titles, at))?;
                each(
                    titles,
                    &Row {
                        line,
                        fields: &fields,
                    },
                )?;
                rows += 1;
            }
            None if is_header(&fields) => {
                check_quotes(file, line, &fields, b',', |_| "a title".to_owned())?;
                let titles = fields.iter().map(|title| title.trim().to_owned()).collect();
                found = Some(Titles {
                    preamble: std::mem::take(&mut preamble),
                    titles,
                });
            }
            None if preamble.len() < PREAMBLE => preamble.push(std::mem::take(&mut fields)),
            None => break,
        }
    }
    if rows == 0 {
        return Err(file.error(ErrorKind::NoEntries));
    }
    if !text.ends_with('\n') {
        let text = "the last line has no line end: nothing shows that it is complete";
        remarks.push(remark(file.name.as_str(), format!("{WARNING}{text}")));
    }
    Ok(rows)
}

fn width(
    file: &File,
    line: u64,
    expected: usize,
    fields: &csv::StringRecord,
    remarks: &mut Vec<Remark>,
) -> Result<(), Error> {
    let found = fields.len();
    if found == expected {
        return Ok(());
    }
    if found + 1 != expected {
        let kind = ErrorKind::Fields { expected, found };
        return Err(Error::at(file.name.as_str(), line, kind));
    }
    let text =
        format!("{WARNING}the row has {found} fields instead of {expected}; the last is taken as empty");
    remarks.push(remark(format!("{}, line {line}", file.name), text));
    Ok(())
}

/// Refuses a file with an odd number of quotes, one of which swallows rows.
fn whole(file: &File, text: &str) -> Result<(), Error> {
    if text.matches('"').count() % 2 == 1 {
        let detail = "a quote is opened and never closed".to_owned();
        return Err(file.error(ErrorKind::Truncated { detail }));
    }
    Ok(())
}
