//! Two stray quotes in a table make one field of all that stands between them. No row may be lost in it without a word.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

use std::path::Path;
use tamis_lists::{File, load};

fn sample(path: &str) -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples/lists");
    std::fs::read_to_string(samples.join(path)).unwrap()
}

/// `line` with a quote before its field `at`, or behind it; `None` where it has quotes already.
fn quoted(line: &str, delimiter: char, at: usize, before: bool) -> Option<String> {
    let mut fields: Vec<String> = line.split(delimiter).map(str::to_owned).collect();
    let field = fields.get_mut(at).filter(|_| !line.contains('"'))?;
    *field = match before {
        true => format!("\"{field}"),
        false => format!("{field}\""),
    };
    Some(fields.join(&delimiter.to_string()))
}

#[test]
fn no_row_is_lost_between_two_stray_quotes() {
    for (path, delimiter) in [
        ("us_csl_csv/consolidated.csv", ','),
        ("uk_csv/uk-sanctions-list.csv", ','),
        ("uk_conlist/ConList.csv", ','),
        ("private_csv/deny.csv", ','),
        ("eu_csv/eu.csv", ';'),
        ("eu_annexes/32014R0833.csv", ','),
    ] {
        let name = path.rsplit('/').next().unwrap();
        let text = sample(path);
        let entries = |lines: &[String]| {
            let bytes = (lines.join("\n") + "\n").into_bytes();
            let files = [File {
                name: name.into(),
                bytes,
            }];
            load(&files).map(|list| list.entities.len())
        };
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let whole = entries(&lines).unwrap();
        let columns = lines
            .iter()
            .map(|line| line.split(delimiter).count())
            .max()
            .unwrap();
        let mut tried = 0;
        for first in 0..lines.len() {
            for last in first + 1..lines.len() {
                for at in (0..columns).step_by(1 + columns / 30) {
                    let (Some(one), Some(two)) = (
                        quoted(&lines[first], delimiter, at, true),
                        quoted(&lines[last], delimiter, at, false),
                    ) else {
                        continue;
                    };
                    let (own, other) = (lines[first].clone(), lines[last].clone());
                    (lines[first], lines[last]) = (one, two);
                    let read = entries(&lines);
                    let lost = read.as_ref().is_ok_and(|count| *count != whole);
                    assert!(!lost, "{name}: {read:?} of {whole} entries: {lines:#?}");
                    (lines[first], lines[last]) = (own, other);
                    tried += 1;
                }
            }
        }
        assert!(tried > 10, "{name}: {tried}");
    }
}
