//! First lines -> delimiter.

use crate::split::{self, Quotes};
use std::borrow::Cow;

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Records looked at: enough to outvote a stray comma in a header of names.
const RECORDS: usize = 40;

/// The delimiter under which the first records look most like a table; the comma when none of the candidates
/// occurs in the header. `has_name` says whether a header has a column to screen, which outweighs all else.
pub(crate) fn detect(sample: &[u8], terminator: u8, has_name: impl Fn(&[String]) -> bool) -> u8 {
    let mut best = (b',', (false, 0, 1));
    for delimiter in CANDIDATES {
        let records = records(sample, terminator, delimiter);
        let Some(header) = records.first().filter(|header| header.len() > 1) else {
            continue;
        };
        let even = records
            .iter()
            .filter(|record| record.len() == header.len())
            .count();
        let fit = (has_name(header), even, header.len());
        if fit > best.1 {
            best = (delimiter, fit);
        }
    }
    best.0
}

/// The delimiter that a first line `sep=;` names, as spreadsheets write it.
pub(crate) fn named(line: &[u8]) -> Option<u8> {
    match line.trim_ascii_end() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some(*delimiter),
        // `trim_ascii_end` takes a tab for white space.
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] if line.get(4) == Some(&b'\t') => Some(b'\t'),
        _ => None,
    }
}

fn records(sample: &[u8], terminator: u8, delimiter: u8) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut quotes = Quotes::new(delimiter);
    let (mut first, mut next) = (0, 0);
    for line in sample.split(|b| *b == terminator) {
        let start = next;
        next += line.len() + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        if !quotes.is_open() {
            first = start;
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        quotes.line(line);
        if !quotes.is_open() {
            let record = &sample[first..start + line.len()];
            let cells = split::cells(record, delimiter, 0).list;
            records.push(cells.into_iter().map(Cow::into_owned).collect());
            quotes = Quotes::new(delimiter);
        }
        if records.len() == RECORDS {
            break;
        }
    }
    records
}
