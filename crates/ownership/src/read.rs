//! Rows of a file of stakes: CSV with the titles `owner,owned,share,from,to,source`, in any order, and optionally `owner_id`,
//! `owned_id`, `role`, `kind`, `joint`. `docs/ownership.md` describes it for users.

use crate::{Error, Interest, Named, Problem, Role, Row, Scale, Share, TieKind};
use csv::StringRecord;
use jiff::civil::Date;
use std::io::{BufRead, Read};

const NEEDED: [&str; 3] = ["owner", "owned", "share"];
const OPTIONAL: [&str; 8] = [
    "from", "to", "source", "owner_id", "owned_id", "role", "kind", "joint",
];

/// Reads a file of stakes row by row, so that memory holds one row at a time beside what `each` keeps. A row that cannot be used goes to
/// `problem` with its line and field, and reading goes on.
///
/// # Errors
/// What concerns the whole file: no header, titles that are missing or unknown, shares that are all parts of one, a failure to read on. Rows
/// that were given before are not to be used then.
///
/// # Example
/// ```
/// use tamis_ownership::read_stakes;
///
/// let file = "owner,owned,share,from,to,source\nAnna,Alpha LLC,50.00,2024-01-01,,register\nBoris,Alpha LLC,120,,,register\n";
/// let (mut rows, mut problems) = (Vec::new(), Vec::new());
/// read_stakes(file.as_bytes(), "stakes.csv", |row| rows.push(row), |problem| problems.push(problem))?;
/// assert_eq!(rows[0].owned.name, "Alpha LLC");
/// assert!(problems[0].to_string().starts_with("stakes.csv line 3: share: '120' is above 100"));
/// # Ok::<(), tamis_ownership::Error>(())
/// ```
pub fn read_stakes(
    mut bytes: impl BufRead,
    file: &str,
    mut each: impl FnMut(Row),
    mut problem: impl FnMut(Problem),
) -> Result<(), Error> {
    let delimiter = delimiter(&mut bytes).map_err(|e| unreadable(file, 1, &e))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let titles = titles(&mut reader, file)?;
    let mut record = StringRecord::new();
    let mut unit = Unit::default();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => return unit.agreed(file),
            Ok(true) => {
                let line = record.position().map_or(line, csv::Position::line);
                unit.take(cell(&titles, &record, "share"), line);
                let place = format!("{file} line {line}");
                match understood(&titles, &record, &place) {
                    Ok(rows) => rows.into_iter().for_each(&mut each),
                    Err(wrong) => wrong.into_iter().for_each(&mut problem),
                }
            }
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                let line = error.position().map_or(line, csv::Position::line);
                let text = "is not UTF-8: save the file as UTF-8";
                problem(Problem::new(&format!("{file} line {line}"), "", text));
            }
            Err(error) => return Err(unreadable(file, line, &error)),
        }
    }
}

/// In which unit the shares of a file are written.
#[derive(Default)]
struct Unit {
    scale: Scale,
    /// The first share that may be a part of one, with its line.
    first: Option<(u64, String)>,
}

impl Unit {
    fn take(&mut self, share: &str, line: u64) {
        self.scale.take(share);
        if self.first.is_none() && Scale::is_small(share) {
            self.first = Some((line, share.to_owned()));
        }
    }

    fn agreed(self, file: &str) -> Result<(), Error> {
        match self.first {
            Some((line, share)) if self.scale.looks_like_parts_of_one() => Err(Error::PartsOfOne {
                file: file.to_owned(),
                line,
                share,
            }),
            _ => Ok(()),
        }
    }
}

fn cell<'r>(titles: &[String], record: &'r StringRecord, title: &str) -> &'r str {
    let at = titles.iter().position(|own| own == title);
    at.and_then(|at| record.get(at)).unwrap_or_default().trim()
}

fn unreadable(file: &str, line: u64, error: &impl std::fmt::Display) -> Error {
    Error::Unreadable {
        file: file.to_owned(),
        line,
        detail: error.to_string(),
    }
}

/// The delimiter that parts the titles, by which of three stands most often in the first line.
fn delimiter(bytes: &mut impl BufRead) -> std::io::Result<u8> {
    let start = bytes.fill_buf()?;
    let line = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|&&b| b == delimiter).count();
    let most = [b'\t', b';', b','].into_iter().max_by_key(|&d| count(d));
    Ok(most.unwrap_or(b','))
}

fn titles(reader: &mut csv::Reader<impl Read>, file: &str) -> Result<Vec<String>, Error> {
    let mut record = StringRecord::new();
    let more = reader
        .read_record(&mut record)
        .map_err(|e| unreadable(file, 1, &e))?;
    if !more {
        return Err(Error::Empty {
            file: file.to_owned(),
        });
    }
    let line = record.position().map_or(1, csv::Position::line);
    let title = |cell: &str| cell.trim_start_matches('\u{feff}').trim().to_lowercase();
    let titles: Vec<String> = record.iter().map(title).collect();
    if let Some(column) = NEEDED.into_iter().find(|n| !titles.iter().any(|t| t == n)) {
        return Err(Error::NoColumn {
            file: file.to_owned(),
            line,
            column,
        });
    }
    let wrong = titles.iter().enumerate().find(|(at, title)| {
        let known = NEEDED.contains(&title.as_str()) || OPTIONAL.contains(&title.as_str());
        !known || titles.iter().take(*at).any(|before| before == *title)
    });
    match wrong {
        Some((_, column)) => Err(Error::UnknownColumn {
            file: file.to_owned(),
            line,
            column: column.clone(),
        }),
        None => Ok(titles),
    }
}

/// A row with its titles, gathering what is wrong with it.
struct Cells<'a> {
    titles: &'a [String],
    record: &'a StringRecord,
    place: &'a str,
    problems: Vec<Problem>,
}

impl Cells<'_> {
    fn get(&self, title: &str) -> &str {
        cell(self.titles, self.record, title)
    }

    fn wrong(&mut self, field: &str, text: impl std::fmt::Display) {
        let text = format!("'{}' {text}", self.get(field));
        self.problems.push(Problem::new(self.place, field, text));
    }

    fn share(&mut self) -> Option<Share> {
        Share::parse(self.get("share")).unwrap_or_else(|error| {
            self.wrong("share", error);
            None
        })
    }

    fn day(&mut self, field: &str) -> Option<Date> {
        let text = self.get(field);
        let date = (!text.is_empty()).then(|| text.parse::<Date>());
        date.and_then(|date| {
            date.map_err(|_| self.wrong(field, "is not a day: write YYYY-MM-DD"))
                .ok()
        })
    }

    fn named(&mut self, field: &str) -> Named {
        let id = Some(self.get(&format!("{field}_id")).to_owned()).filter(|id| !id.is_empty());
        let name = self.get(field).to_owned();
        if name.is_empty() && id.is_none() {
            self.wrong(field, "is no name: name the party, or give its id");
        }
        Named {
            name: if name.is_empty() {
                id.clone().unwrap_or_default()
            } else {
                name
            },
            id,
        }
    }

    fn interest(&mut self) -> Interest {
        Interest::parse(self.get("kind")).unwrap_or_else(|| {
            self.wrong("kind", "is not known: write shares, votes or beneficial");
            Interest::Shares
        })
    }

    fn role(&mut self) -> Option<Said> {
        let word = self.get("role");
        if word.is_empty() || word.eq_ignore_ascii_case("owner") {
            return None;
        }
        if word.to_lowercase().replace([' ', '-'], "_") == "beneficial_owner" {
            return Some(Said::BeneficialOwner);
        }
        let role = Role::parse(word).map(Said::Role);
        if role.is_none() {
            self.wrong("role", "is not known: write director, officer, signatory, beneficial_owner, trustee, board_majority or control");
        }
        role
    }
}

/// What the column `role` says.
enum Said {
    BeneficialOwner,
    Role(Role),
}

/// The statements of a row: a stake, a role, or both.
fn understood(titles: &[String], record: &StringRecord, place: &str) -> Result<Vec<Row>, Vec<Problem>> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(Vec::new());
    }
    if record.len() != titles.len() {
        let text = format!(
            "the row has {} fields instead of {}: correct its quotes and delimiters",
            record.len(),
            titles.len()
        );
        return Err(vec![Problem::new(place, "", text)]);
    }
    let mut cells = Cells {
        titles,
        record,
        place,
        problems: Vec::new(),
    };
    let mut base = base(&mut cells);
    let kinds = kinds(&mut cells);
    if base.from.zip(base.to).is_some_and(|(from, to)| from > to) {
        cells.wrong("to", "is before the first day: exchange them");
    }
    if !cells.problems.is_empty() {
        return Err(cells.problems);
    }
    Ok(kinds
        .into_iter()
        .map(|kind| {
            base.kind = kind;
            base.clone()
        })
        .collect())
}

fn base(cells: &mut Cells<'_>) -> Row {
    let kind = TieKind::Role { role: Role::Control };
    Row {
        from: cells.day("from"),
        to: cells.day("to"),
        source: cells.get("source").to_owned(),
        place: cells.place.to_owned(),
        ..Row::new(cells.named("owner"), cells.named("owned"), kind)
    }
}

fn kinds(cells: &mut Cells<'_>) -> Vec<TieKind> {
    let (share, role, interest) = (cells.share(), cells.role(), cells.interest());
    let joint = Some(cells.get("joint").to_lowercase()).filter(|label| !label.is_empty());
    let stake = |interest| TieKind::Stake {
        interest,
        share,
        joint,
    };
    match role {
        None => vec![stake(interest)],
        Some(Said::BeneficialOwner) => vec![stake(Interest::Beneficial)],
        // A share beside a role is a stake as well; an empty one says nothing of a stake.
        Some(Said::Role(role)) if share.is_some() => vec![stake(interest), TieKind::Role { role }],
        Some(Said::Role(role)) => vec![TieKind::Role { role }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &[u8]) -> Result<(Vec<Row>, Vec<String>), Error> {
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        read_stakes(
            text,
            "f.csv",
            |row| rows.push(row),
            |p| problems.push(p.to_string()),
        )?;
        Ok((rows, problems))
    }

    #[test]
    fn a_bad_row_is_told_by_line_and_field_and_the_rest_is_read() {
        let text = "\u{feff}owner;owned;share;from;to;role;kind\n\
            A;B;50,00 %;;;;\n\
            A;B;-1;;;;\n\
            ;B;5;;;;\n\
            A;B;5;01.02.2024;;;\n\
            A;B;5;2024-02-01;2024-01-01;;\n\
            A;B;5;;;king;\n\
            A;B;5;;;;gold\n\
            A;B;5\n\
            \n\
            A;B;;;;director;\n\
            A;B;30;;;officer;votes\n\
            A;B;;;;beneficial owner;\n";
        let (rows, problems) = read(text.as_bytes()).unwrap();
        assert_eq!(rows.len(), 5, "{rows:?}");
        let starts = [
            "f.csv line 3: share: '-1' is below 0",
            "f.csv line 4: owner: '' is no name",
            "f.csv line 5: from: '01.02.2024' is not a day",
            "f.csv line 6: to: '2024-01-01' is before",
            "f.csv line 7: role: 'king' is not known",
            "f.csv line 8: kind: 'gold' is not known",
            "f.csv line 9: the row has 3 fields instead of 7",
        ];
        assert_eq!(problems.len(), starts.len(), "{problems:?}");
        for (problem, start) in problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem}");
        }
        let unknown = TieKind::Stake {
            interest: Interest::Beneficial,
            share: None,
            joint: None,
        };
        assert_eq!(
            rows[4].kind, unknown,
            "a beneficial owner owns a share that is not known"
        );
    }

    #[test]
    fn a_file_that_is_something_else_is_refused() {
        assert!(matches!(read(b""), Err(Error::Empty { .. })));
        assert!(matches!(
            read(b"name,dob\nA,1\n"),
            Err(Error::NoColumn { column: "owner", .. })
        ));
        let twice = read(b"owner,owned,share,share\n");
        assert!(
            matches!(twice, Err(Error::UnknownColumn { ref column, .. }) if column == "share"),
            "{twice:?}"
        );
        let (rows, problems) = read(b"owner,owned,share\n\xff\xfe,B,5\nA,B,6\n").unwrap();
        assert_eq!((rows.len(), problems.len()), (1, 1));
        assert!(
            problems[0].starts_with("f.csv line 2: is not UTF-8"),
            "{problems:?}"
        );
    }

    #[test]
    fn shares_that_are_all_parts_of_one_are_refused() {
        let shares = |shares: &str| {
            let rows: String = shares.split(';').map(|share| format!("A,B,{share}\n")).collect();
            read(format!("owner,owned,share\n{rows}").as_bytes())
        };
        for parts in ["0.6;1.0", "1", "0,25;;1/3", "0.5;0.5;0", "0.6;?;many"] {
            let refused = shares(&parts.replace("0,25", "\"0,25\""));
            assert!(
                matches!(refused, Err(Error::PartsOfOne { .. })),
                "{parts}: {refused:?}"
            );
        }
        for per_cent in [
            "0.6;60",
            "0.6 %;0.4",
            "1;99",
            "0;0",
            "1/3;1/2",
            "0.5;33 1/3",
            "",
            "?",
        ] {
            assert!(shares(per_cent).is_ok(), "{per_cent}");
        }
        let message = shares("50 %;0.6")
            .map(drop)
            .and(shares("0.6;0.4").map(drop))
            .unwrap_err();
        assert!(
            message
                .to_string()
                .starts_with("f.csv line 2: share: '0.6' looks like"),
            "{message}"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let _ = read(&[b"owner,owned,share,from,role\n".as_slice(), &bytes].concat());
        }
    }
}
