//! Whether the CSV files of one OFAC list are whole: no file blank or a web page, none without the end mark that
//! the others have, none with a hole.

use crate::detect::Look;
use crate::file::{WARNING, remark};
use crate::ofac_rows::{END_MARK, Row, Rows};
use crate::{Error, ErrorKind, File};
use std::collections::HashSet;
use tamis_model::Remark;

/// A list of up to this many entries is not looked at for holes: chance makes long ones there.
const HOLE_FROM: usize = 1000;

/// The longest run of entries without a row, one in so many entries. The longest runs in the SDN list, entries
/// in the order of their numbers: 324 of 19,249 without an alias and 78 without an address (August 2026), 272 of
/// 9,044 and none (January 2022). So the limit of 10 % leaves more than three times the worst that was seen,
/// 3.0 %; a hole below the limit, such as the last twentieth of the aliases, is not seen by this rule.
const HOLE_SHARE: usize = 10;

/// Refuses a file beside the main one that holds nothing, or a web page or an archive in place of rows. A
/// comments file may hold its end mark alone: few lists have remarks that go on there.
pub(crate) fn side_file(file: &File, may_be_empty: bool) -> Result<(), Error> {
    match Look::at(file) {
        _ if may_be_empty && has_no_comments(file) => Ok(()),
        Look::Refused(kind) => Err(file.error(kind)),
        _ => Ok(()),
    }
}

/// Refuses a file without end mark where the main file has it, or more files have it than lack it; otherwise a
/// missing mark is a warning. All four files of August 2026 have it; of the three of January 2022, a copy that
/// went through other hands, only the addresses do, so one marked file does not suffice.
pub(crate) fn end_marks(main: &File, files: &[&File], remarks: &mut Vec<Remark>) -> Result<(), Error> {
    let with = files.iter().filter(|file| marked(file)).count();
    let expected = marked(main) || with * 2 > files.len();
    for file in files.iter().filter(|file| !marked(file)) {
        if expected {
            let detail = "it ends without the end mark 0x1A that the other files have".to_owned();
            return Err(file.error(ErrorKind::Truncated { detail }));
        }
        let text =
            "the end-of-file mark of OFAC's own files is missing: nothing shows that the file is complete";
        remarks.push(remark(file.name.as_str(), format!("{WARNING}{text}")));
    }
    Ok(())
}

/// Whether a file holds the end mark and nothing else.
pub(crate) fn has_no_comments(file: &File) -> bool {
    Look::at(file) == Look::Refused(ErrorKind::Empty) && marked(file)
}

fn marked(file: &File) -> bool {
    file.bytes.contains(&END_MARK)
}

/// Refuses aliases or addresses that leave out a long stretch of the entries, as a file cut between two rows
/// does at its end; the order of the rows does not matter.
pub(crate) fn holes(file: &File, entries: &Rows, rows: &Rows) -> Result<(), Error> {
    let mut ids: Vec<u64> = entries.iter().filter_map(number).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() <= HOLE_FROM {
        return Ok(());
    }
    let used: HashSet<u64> = rows.iter().filter_map(number).collect();
    let runs = ids.chunk_by(|a, b| !used.contains(a) && !used.contains(b));
    let longest = runs.max_by_key(|run| run.len()).unwrap_or_default();
    if longest.len() * HOLE_SHARE <= ids.len() {
        return Ok(());
    }
    let (first, last) = (
        longest.first().copied().unwrap_or_default(),
        longest.last().copied().unwrap_or_default(),
    );
    let detail = format!(
        "it has a row for none of the {} entries from {first} to {last} of {}",
        longest.len(),
        ids.len()
    );
    Err(file.error(ErrorKind::Truncated { detail }))
}

fn number(row: Row<'_>) -> Option<u64> {
    row.get(0)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: impl IntoIterator<Item = u64>) -> Rows {
        let mut rows = Rows::default();
        let records = ids
            .into_iter()
            .map(|id| csv::StringRecord::from(vec![id.to_string()]));
        records.for_each(|record| rows.push(1, &record));
        rows
    }

    fn hole(entries: u64, used: impl IntoIterator<Item = u64>) -> bool {
        let file = File {
            name: "alt.csv".into(),
            bytes: Vec::new(),
        };
        holes(&file, &rows(1..=entries), &rows(used)).is_err()
    }

    #[test]
    fn a_hole_of_more_than_a_tenth_is_seen_at_either_end_and_in_the_middle() {
        assert!(!hole(2000, 1..=1800));
        assert!(hole(2000, 1..=1799));
        assert!(!hole(2000, 201..=2000));
        assert!(hole(2000, 202..=2000));
        assert!(hole(2000, (1..=600).chain(802..=2000)));
        assert!(!hole(2000, (1..=600).chain(801..=2000)));
        // A number far beyond the entries covers nothing.
        assert!(hole(2000, (1..=1000).chain([99_999])));
        assert!(!hole(2000, (1..=2000).rev().step_by(3)));
    }

    #[test]
    fn a_small_list_has_no_holes() {
        assert!(!hole(1000, [1]));
        assert!(hole(1001, [1]));
        assert!(hole(1001, []));
    }
}
