//! A page for people: headings, paragraphs and tables that fit the terminal.

use crate::args::ColorWhen;
use crate::output;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle, presets};
use std::borrow::Cow;
use std::env;
use std::fmt::Write;
use std::io::{IsTerminal, stderr, stdout};
use std::path::Path;

/// The width of a page that no terminal asks for: a file, a pipe.
const PLAIN_WIDTH: u16 = 100;

/// The narrowest page that still holds a table.
const NARROWEST: u16 = 40;

/// How a page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// Columns on a line.
    pub width: u16,
}

/// What a heading says by its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Plain,
    /// An alert.
    Bad,
    /// All clear.
    Good,
    /// Not screened.
    Unsure,
}

impl Style {
    /// The style for what is written to `output`.
    pub fn of(when: ColorWhen, output: &Path) -> Style {
        Style::on(when, output::is_standard(output) && stdout().is_terminal())
    }

    /// The style for what is written to standard error.
    pub fn of_stderr(when: ColorWhen) -> Style {
        Style::on(when, stderr().is_terminal())
    }

    fn on(when: ColorWhen, terminal: bool) -> Style {
        let color = match when {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => terminal && !no_color(),
        };
        let width = Table::new().width().filter(|_| terminal);
        Style {
            color,
            width: width.unwrap_or(PLAIN_WIDTH).max(NARROWEST),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command is where the environment is read"
)]
fn no_color() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// A page as it grows.
#[derive(Debug)]
pub struct Page {
    style: Style,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(style: Style) -> Page {
        Page {
            style,
            text: String::new(),
        }
    }

    /// The finished page.
    pub fn finish(self) -> String {
        self.text
    }

    /// A heading; an empty line goes before it unless it is the first.
    pub fn heading(&mut self, tone: Tone, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let text = visible(text);
        let code = match tone {
            Tone::Plain => "1",
            Tone::Bad => "1;31",
            Tone::Good => "1;32",
            Tone::Unsure => "1;33",
        };
        // Writing to a string cannot fail.
        let _ = match self.style.color {
            true => writeln!(self.text, "\x1b[{code}m{text}\x1b[0m"),
            false => writeln!(self.text, "{text}"),
        };
    }

    /// A paragraph, indented and wrapped.
    pub fn paragraph(&mut self, text: &str) {
        self.rows(&[], &[vec![text.to_owned()]], presets::NOTHING);
    }

    /// Pairs of a label and a text, in two columns.
    pub fn pairs(&mut self, pairs: &[(&str, String)]) {
        let rows: Vec<Vec<String>> = pairs
            .iter()
            .map(|(label, text)| vec![(*label).to_owned(), text.clone()])
            .collect();
        self.rows(&[], &rows, presets::NOTHING);
    }

    /// A table with a header; nothing where there are no rows.
    pub fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.rows(header, rows, presets::UTF8_FULL_CONDENSED);
    }

    fn rows(&mut self, header: &[&str], rows: &[Vec<String>], look: TableStyle) {
        if rows.is_empty() {
            return;
        }
        let mut table = Table::new();
        table
            .load_style(look)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.style.width.saturating_sub(1));
        if !header.is_empty() {
            table.set_header(header.iter().copied());
        }
        for row in rows {
            table.add_row(row.iter().map(|cell| visible(cell).into_owned()));
        }
        for (at, name) in header.iter().enumerate() {
            if let (true, Some(column)) = (is_number_column(name), table.column_mut(at)) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            // What is to be copied stays in one piece.
            if let ("alert", Some(column)) = (*name, table.column_mut(at)) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        for line in table.lines() {
            let _ = writeln!(self.text, " {}", line.trim_end());
        }
    }
}

fn is_number_column(name: &str) -> bool {
    matches!(
        name,
        "points" | "score" | "entries" | "names" | "bytes" | "checked" | "found" | "failed"
    ) || name.starts_with(|c: char| c.is_ascii_digit())
}

/// The text with every character that cannot be seen, or that would move the cursor or turn the text
/// around, written as its code point: a name must not be able to hide on the page.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for c in text.chars() {
        if is_unseen(c) {
            let _ = write!(shown, "<U+{:04X}>", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same without line breaks: where a line is one record, a text must not be able to begin another.
pub fn in_a_line(text: &str) -> String {
    visible(text).replace('\n', "<U+000A>")
}

fn is_unseen(c: char) -> bool {
    let bidi_or_zero_width = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{2028}' | '\u{2029}'
            | '\u{e0000}'..='\u{e007f}'
    );
    bidi_or_zero_width || (c.is_control() && c != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style {
        color: false,
        width: 60,
    };

    #[test]
    fn what_cannot_be_seen_is_spelt_out() {
        assert_eq!(visible("Ivan"), "Ivan");
        assert_eq!(visible("I\u{200b}van"), "I<U+200B>van");
        assert_eq!(visible("\u{1b}[31mred"), "<U+001B>[31mred");
        assert_eq!(visible("\u{202e}nav"), "<U+202E>nav");
        assert_eq!(
            in_a_line("a\n7\tb\r\u{2028}"),
            "a<U+000A>7<U+0009>b<U+000D><U+2028>"
        );
    }

    #[test]
    fn a_page_keeps_to_its_width() {
        let mut page = Page::new(PLAIN);
        page.heading(Tone::Plain, "Heading");
        page.paragraph(&"many words ".repeat(30));
        page.table(&["one", "two"], &[vec!["word ".repeat(20), "other ".repeat(20)]]);
        let text = page.finish();
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
        assert!(text.starts_with("Heading\n"));
    }

    #[test]
    fn colours_are_written_only_when_asked_for() {
        let mut page = Page::new(PLAIN);
        page.heading(Tone::Bad, "HIT");
        assert_eq!(page.finish(), "HIT\n");
        let mut page = Page::new(Style { color: true, ..PLAIN });
        page.heading(Tone::Bad, "HIT");
        assert_eq!(page.finish(), "\x1b[1;31mHIT\x1b[0m\n");
    }

    #[test]
    fn a_table_without_rows_is_nothing() {
        let mut page = Page::new(PLAIN);
        page.table(&["one"], &[]);
        assert_eq!(page.finish(), "");
    }
}
