//! Rows of an Excel workbook (`.xlsx`, ECMA-376): the text of each cell.
//!
//! A workbook is a ZIP archive of XML files: names of sheets, texts that cells share, and cells. They are read by the same walk as the lists
//! in XML, with its refusals, since the libraries for workbooks that there are panic on addresses that are too long. Formats are not
//! read: a day is the number of days that the cell holds, and [`day`] reads it as one where a list has a day.

use crate::archive::{self, Allowance};
use crate::xml::{self, Token};
use crate::{Error, ErrorKind, File};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// The most bytes that all files of a workbook may unpack to.
const UNPACKED: u64 = 512 << 20;

/// The most columns of a sheet; the most cells of a workbook, and the most bytes of their texts. Many cells can share a text, and
/// many sheets a file, so that the size of the file says nothing of these.
const COLUMNS: usize = 500;
const CELLS: usize = 20_000_000;
const TEXT: usize = 1 << 27;

/// A sheet with its rows that hold anything, each with its number.
pub(crate) struct Sheet {
    pub name: String,
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Whether a file is a workbook.
pub(crate) fn is_workbook(file: &File) -> bool {
    let mut archive = match archive::open(file) {
        Ok(archive) if file.bytes.starts_with(archive::ZIP) => archive,
        _ => return false,
    };
    archive.by_name(WORKBOOK).is_ok()
}

/// The file of a ZIP archive that makes it a workbook.
const WORKBOOK: &str = "xl/workbook.xml";

/// The beginning of a workbook's texts, where formats are told apart by their titles; `None` where it is no workbook.
pub(crate) fn texts(file: &File) -> Option<String> {
    if !is_workbook(file) {
        return None;
    }
    let mut archive = archive::open(file).ok()?;
    let mut bytes = Vec::new();
    for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        if let Ok(member) = archive.by_name(name) {
            // What cannot be unpacked is told of when the workbook is read.
            let _ = member.take(SNIFFED).read_to_end(&mut bytes);
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// How far into its texts a format is looked for.
const SNIFFED: u64 = 8 << 20;

/// Reads all sheets.
pub(crate) fn read(file: &File) -> Result<Vec<Sheet>, Error> {
    let files = members(file)?;
    let member = |name: &str| files.iter().find(|member| member.name == name);
    let broken = |detail: &str| {
        file.error(ErrorKind::Workbook {
            detail: detail.to_owned(),
        })
    };
    let workbook = member(WORKBOOK).ok_or_else(|| broken("it has no xl/workbook.xml"))?;
    let names = names(file, workbook)?;
    let targets = match member("xl/_rels/workbook.xml.rels") {
        Some(relations) => targets(relations)?,
        None => return Err(broken("it has no xl/_rels/workbook.xml.rels")),
    };
    let shared = member("xl/sharedStrings.xml").map_or(Ok(Vec::new()), texts_of)?;
    let mut sheets = Vec::new();
    let (mut spent, mut seen) = (Spent::default(), HashSet::new());
    for (id, name) in names {
        let target = targets.get(&id).map(String::as_str).unwrap_or_default();
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("xl/{target}"),
        };
        let sheet = member(&path).ok_or_else(|| broken(&format!("the sheet {name} is missing")))?;
        if !seen.insert(path) {
            return Err(broken(&format!("the sheet {name} is the file of another")));
        }
        let rows = rows(sheet, &shared, &mut spent)?;
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

/// The XML files of a workbook, named by the workbook and their path, and refused where they unpack to too much.
fn members(file: &File) -> Result<Vec<File>, Error> {
    let mut archive = archive::open(file)?;
    let mut allowance = Allowance::of(file, UNPACKED);
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let member = archive
            .by_index(at)
            .map_err(|error| archive::broken(file, &error))?;
        let name = member
            .name()
            .map_err(|error| archive::broken(file, &error))?
            .into_owned();
        let mut bytes = Vec::new();
        let read = name == WORKBOOK
            || ["xl/_rels/", "xl/worksheets/", "xl/sharedStrings"]
                .iter()
                .any(|start| name.starts_with(start));
        if read {
            allowance.read(file, member, &mut bytes)?;
            files.push(File { name, bytes });
        }
    }
    Ok(files)
}

/// The value of an attribute.
fn attribute<'t>(attributes: &'t [(String, String)], name: &str) -> Option<&'t str> {
    attributes
        .iter()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value.as_str())
}

/// The sheets in order: the id of each in the relations, and its name.
fn names(file: &File, workbook: &File) -> Result<Vec<(String, String)>, Error> {
    let mut names = Vec::new();
    xml::scan(workbook, |token| {
        let Token::Open(element, attributes) = token else {
            return Ok(());
        };
        if element == "workbookPr" && matches!(attribute(attributes, "date1904"), Some("1" | "true")) {
            let detail = "its days are counted from 1904".to_owned();
            return Err(file.error(ErrorKind::Workbook { detail }));
        }
        if element == "sheet" {
            let text = |name| attribute(attributes, name).unwrap_or_default().to_owned();
            names.push((text("id"), text("name")));
        }
        Ok(())
    })?;
    Ok(names)
}

/// Where the files are that the workbook names.
fn targets(relations: &File) -> Result<HashMap<String, String>, Error> {
    let mut targets = HashMap::new();
    xml::scan(relations, |token| {
        if let Token::Open("Relationship", attributes) = token
            && let (Some(id), Some(target)) = (attribute(attributes, "Id"), attribute(attributes, "Target"))
        {
            targets.insert(id.to_owned(), target.to_owned());
        }
        Ok(())
    })?;
    Ok(targets)
}

/// The texts that cells share. Readings that stand above a text (`rPh`) are no part of it.
fn texts_of(shared: &File) -> Result<Vec<String>, Error> {
    let mut texts: Vec<String> = Vec::new();
    let (mut in_text, mut above) = (false, false);
    xml::scan(shared, |token| {
        match token {
            Token::Open("si", _) => texts.push(String::new()),
            Token::Open("t", _) => in_text = true,
            Token::Close("t") => in_text = false,
            Token::Open("rPh", _) => above = true,
            Token::Close("rPh") => above = false,
            Token::Text(text) if in_text && !above => {
                if let Some(last) = texts.last_mut() {
                    last.push_str(text);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(texts)
}

/// What the sheets that have been read hold.
#[derive(Default)]
struct Spent {
    cells: usize,
    bytes: usize,
}

/// The rows of a sheet while it is read.
struct Cells<'a> {
    sheet: &'a File,
    shared: &'a [String],
    rows: Vec<(u64, Vec<String>)>,
    /// The row and the column that is read, or was read last, counted from 1.
    row: u64,
    column: usize,
    kind: String,
    text: String,
    in_text: bool,
    spent: &'a mut Spent,
}

fn rows(sheet: &File, shared: &[String], spent: &mut Spent) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let mut cells = Cells {
        sheet,
        shared,
        rows: Vec::new(),
        row: 0,
        column: 0,
        kind: String::new(),
        text: String::new(),
        in_text: false,
        spent,
    };
    xml::scan(sheet, |token| {
        match token {
            Token::Open("row", attributes) => cells.begin_row(attribute(attributes, "r"))?,
            Token::Open("c", attributes) => cells.begin_cell(attributes)?,
            Token::Open("v" | "t", _) => cells.in_text = true,
            Token::Close("v" | "t") => cells.in_text = false,
            Token::Text(text) if cells.in_text => cells.text.push_str(text),
            Token::Close("c") => cells.end_cell()?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(cells.rows)
}

impl Cells<'_> {
    fn error(&self, kind: ErrorKind) -> Error {
        Error::at(self.sheet.name.as_str(), self.row, kind)
    }

    fn broken(&self, detail: String) -> Error {
        self.error(ErrorKind::Workbook { detail })
    }

    fn begin_row(&mut self, number: Option<&str>) -> Result<(), Error> {
        let next = self.row.saturating_add(1);
        let row = number.map_or(Some(next), |text| text.parse().ok());
        match row.filter(|row| *row >= next) {
            Some(row) => self.row = row,
            None => return Err(self.broken(format!("a row has the number '{}'", number.unwrap_or_default()))),
        }
        self.column = 0;
        Ok(())
    }

    fn begin_cell(&mut self, attributes: &[(String, String)]) -> Result<(), Error> {
        let address = attribute(attributes, "r");
        let next = self.column + 1;
        let column = address.map_or(Some(next), column);
        match column.filter(|column| *column >= next) {
            Some(column) if column <= COLUMNS => self.column = column,
            Some(_) => return Err(self.limit("the number of columns", COLUMNS)),
            None => {
                return Err(self.broken(format!(
                    "a cell has the address '{}'",
                    address.unwrap_or_default()
                )));
            }
        }
        self.kind = attribute(attributes, "t").unwrap_or_default().to_owned();
        self.text.clear();
        Ok(())
    }

    fn limit(&self, what: &'static str, limit: usize) -> Error {
        self.error(ErrorKind::Limit { what, limit })
    }

    fn end_cell(&mut self) -> Result<(), Error> {
        let text = match self.kind.as_str() {
            "s" => {
                let at: Option<usize> = self.text.trim().parse().ok();
                let text = at.and_then(|at| self.shared.get(at));
                let text =
                    text.ok_or_else(|| self.broken(format!("a cell has the text number '{}'", self.text)))?;
                clean(text)
            }
            "b" => if self.text.trim() == "1" { "true" } else { "false" }.to_owned(),
            // A computation that failed.
            "e" => String::new(),
            _ => clean(&self.text),
        };
        if text.is_empty() {
            return Ok(());
        }
        if self.rows.last().is_none_or(|(last, _)| *last != self.row) {
            self.rows.push((self.row, Vec::new()));
        }
        self.spent.bytes += text.len();
        let Some((_, fields)) = self.rows.last_mut() else {
            return Ok(());
        };
        self.spent.cells += self.column.saturating_sub(fields.len());
        if fields.len() < self.column {
            fields.resize(self.column, String::new());
        }
        if let Some(field) = fields.last_mut() {
            *field = text;
        }
        match () {
            () if self.spent.cells > CELLS => Err(self.limit("the number of cells", CELLS)),
            () if self.spent.bytes > TEXT => Err(self.limit("the text of the workbook", TEXT)),
            () => Ok(()),
        }
    }
}

/// The column of an address such as `AB12`, counted from 1.
fn column(address: &str) -> Option<usize> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    let digit = |letter: u8| usize::from(letter - b'A') + 1;
    let number = letters.map(digit).try_fold(0_usize, |number, digit| {
        number.checked_mul(26)?.checked_add(digit)
    });
    number.filter(|number| *number > 0)
}

/// A text without the escapes of line ends, and with plain spaces.
fn clean(text: &str) -> String {
    let text = text.replace("_x005F_", "_").replace("_x000D_", "");
    text.replace('\u{a0}', " ").trim().to_owned()
}

/// A day: written as one, or as the number of days since the end of 1899.
pub(crate) fn day(text: &str) -> Option<Date> {
    if let Some(day) = serial(text) {
        return Some(day);
    }
    let date = tamis_model::BirthDate::parse(text)?;
    (date.precision == tamis_model::Precision::Day && !date.circa).then_some(date.from)
}

/// A day as workbooks hold it: days since the end of 1899, from 1909 on (smaller numbers are years) and maybe with a part of a day.
pub(crate) fn serial(text: &str) -> Option<Date> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let days: i32 = whole
        .parse()
        .ok()
        .filter(|days| (3_500..=80_000).contains(days))?;
    jiff::civil::date(1899, 12, 30)
        .checked_add(jiff::Span::new().days(days))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_and_without_a_format() {
        for text in ["2018-06-21", "43272", "21/06/2018"] {
            assert_eq!(day(text).unwrap().to_string(), "2018-06-21", "{text}");
        }
        for text in ["1935", "", "soon", "-5", "999999999999"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn columns_are_counted_by_letters() {
        for (address, number) in [("A1", 1), ("Z9", 26), ("AA1", 27), ("AB12", 28), ("ZZ", 702)] {
            assert_eq!(column(address), Some(number), "{address}");
        }
        for address in ["", "1", "a1", &"Z".repeat(40)] {
            assert_eq!(column(address), None, "{address}");
        }
    }

    #[test]
    fn escapes_of_line_ends_are_no_text() {
        assert_eq!(clean(" a;_x005F_x000D_\nb_x000D_\u{a0}c "), "a;\nb c");
    }
}
