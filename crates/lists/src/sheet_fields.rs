//! Rows of a sheet by the titles of their columns.

use crate::File;
use crate::file::{WARNING, remark};
use crate::xlsx::Sheet;
use tamis_model::Remark;

/// The fields of a row by title, never empty ones.
pub(crate) struct Fields<'a> {
    pub line: u64,
    titles: &'a [String],
    texts: &'a [String],
}

impl<'a> Fields<'a> {
    pub(crate) fn get(&self, title: &str) -> Option<&'a str> {
        self.iter().find(|(own, _)| *own == title).map(|(_, text)| text)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let pairs = self
            .titles
            .iter()
            .map(String::as_str)
            .zip(self.texts.iter().map(|text| text.trim()));
        pairs.filter(|(_, text)| !text.is_empty())
    }
}

/// The rows below the titles of a sheet.
pub(crate) struct Table<'a> {
    titles: Vec<String>,
    rows: &'a [(u64, Vec<String>)],
}

/// Rows above the titles that are looked at.
const PREAMBLE: usize = 5;

impl<'a> Table<'a> {
    /// The table of a sheet whose titles hold all of `needed`; `None` where there is none.
    pub(crate) fn of(sheet: &'a Sheet, needed: &[&str]) -> Option<Table<'a>> {
        let is_header = |row: &(u64, Vec<String>)| {
            needed
                .iter()
                .all(|title| row.1.iter().any(|own| fold(own) == *title))
        };
        let at = sheet.rows.iter().take(PREAMBLE + 1).position(is_header)?;
        let (_, titles) = sheet.rows.get(at)?;
        Some(Table {
            titles: titles.iter().map(|title| fold(title)).collect(),
            rows: sheet.rows.get(at + 1..).unwrap_or_default(),
        })
    }

    /// Tells of titles that are not known, and of fields beyond the titles.
    pub(crate) fn check(&mut self, file: &File, known: &[&str], remarks: &mut Vec<Remark>) {
        let widest = self
            .rows
            .iter()
            .map(|(_, texts)| texts.len())
            .max()
            .unwrap_or_default();
        for at in self.titles.len()..widest {
            self.titles.push(format!("column {}", at + 1));
        }
        for (at, title) in self.titles.iter().enumerate() {
            let twice = self.titles.iter().take(at).any(|other| other == title);
            if (twice || !known.contains(&title.as_str())) && !title.is_empty() {
                let what = if twice {
                    "stands in the sheet twice"
                } else {
                    "is not known"
                };
                let text = format!("{WARNING}the column '{title}' {what}; its fields are kept as notes");
                remarks.push(remark(file.name.as_str(), text));
            }
        }
    }

    /// Whether a column has this title.
    pub(crate) fn has(&self, title: &str) -> bool {
        self.titles.iter().any(|own| own == title)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Fields<'_>> {
        self.rows.iter().map(|(line, texts)| Fields {
            line: *line,
            titles: &self.titles,
            texts,
        })
    }
}

/// A title in lower case, with single spaces and plain apostrophes.
pub(crate) fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().replace(['’', 'ʼ', '`'], "'")
}

/// The parts of a text that letters its parts (`a) A b) B`) or sets semicolons or line ends between them.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for line in text.split([';', '\n']) {
        let mut rest = line.trim_start();
        if let Some((first, after)) = rest.split_once(')')
            && let [letter @ b'a'..=b'y'] = first.as_bytes()
        {
            rest = after;
            for next in (letter + 1)..=b'z' {
                let mark = format!(" {})", char::from(next));
                let Some((before, after)) = rest.split_once(mark.as_str()) else {
                    break;
                };
                parts.push(before);
                rest = after;
            }
        }
        parts.push(rest);
    }
    let trimmed = parts
        .into_iter()
        .map(|part| part.trim().trim_end_matches(',').trim_end());
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// Adds `item` unless it is there.
pub(crate) fn once<T: PartialEq>(items: &mut Vec<T>, item: T) {
    if !items.contains(&item) {
        items.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_things_in_one_text_are_parted() {
        assert_eq!(parts("a) Libya; b) Tunis, Tunisia,"), ["Libya", "Tunis, Tunisia"]);
        assert_eq!(parts("a) A b) B (formerly) c) C"), ["A", "B (formerly)", "C"]);
        assert_eq!(parts("Egypt;Malaysia"), ["Egypt", "Malaysia"]);
        assert_eq!(parts("Building b) 4"), ["Building b) 4"]);
        assert_eq!(parts(" ; "), [""; 0]);
    }
}
