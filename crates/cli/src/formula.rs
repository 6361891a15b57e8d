//! Cells that a spreadsheet would run.

use std::borrow::Cow;

/// The first characters that make a spreadsheet read a cell as a formula, with their full-width forms, which
/// East Asian editions accept too; tab and line ends are stripped on import and bring the next one forward.
const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cell as it may stand in a CSV file: one that a spreadsheet would run as a formula gets a leading `'`,
/// which spreadsheets read as "this is text". Plain numbers (`-12.5`, `+49123`) and a lone sign, as some
/// files write for "none", stay as they are.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    // Most cells begin with a letter or digit, which is the cheapest thing to see.
    let plain = cell
        .bytes()
        .next()
        .is_none_or(|first| first.is_ascii_alphanumeric());
    let runs = !plain && cell.starts_with(STARTS) && !is_number(cell) && !matches!(cell, "-" | "+");
    if runs {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A sign, digits, and at most one decimal point or comma.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part) && digits.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text() {
        for cell in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "+49 123 456",
            "-1e",
            "--",
            "-1.2.3",
        ] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn numbers_and_plain_text_stay() {
        for cell in [
            "", "-", "+", "-12.5", "+49123", "-0,5", "-.5", "12", "Ivan", "a=b", "'=x", " =1", "É",
        ] {
            assert_eq!(neutral(cell), cell);
        }
    }
}
