//! `successors`: `tamis successors` over a register with planted successors, as a process.

use crate::answer::Answer;
use crate::commands::{Bench, row};
use crate::outcome::Row;
use crate::process::Ended;
use crate::register::{self, Planted};
use crate::{DAY, Error, ListSource};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

pub(crate) fn run(bench: &Bench<'_>) -> Result<(Answer, Vec<Row>), Error> {
    let definition = bench.definition;
    let (file, report) = (bench.folder.join("register.csv"), bench.folder.join("leads.csv"));
    let planted = register::write(&file, definition.subjects, bench.list, definition.seed)?;
    let mut runs = vec![successors(bench, &file, &report)?];
    let answer = answer(&planted, &register::grades(&report)?);
    if !answer.faults.is_empty() {
        return Ok((answer, Vec::new()));
    }
    for _ in 1..bench.options.runs {
        runs.push(successors(bench, &file, &report)?);
    }
    let size = std::fs::metadata(&file).map_err(|e| Error::file(&file, e))?.len();
    let row = row("tamis successors", definition.threads, planted.rows, runs);
    let noted = row.map(|row| row.noted(&format!("a register of {} MB, read twice", size / 1_000_000)));
    Ok((answer, noted.into_iter().collect()))
}

fn successors(bench: &Bench<'_>, file: &Path, report: &Path) -> Result<Ended, Error> {
    let (day, jobs) = (DAY.to_string(), bench.definition.threads.to_string());
    let list = match &bench.definition.list {
        ListSource::Builtin(name) => format!("builtin:{name}").into(),
        ListSource::Generated(_) => bench.source.clone().into_os_string(),
    };
    let words = [
        "successors",
        "-q",
        "--as-of",
        &day,
        "--jobs",
        &jobs,
        "--format",
        "csv",
    ]
    .map(OsStr::new);
    let files = [
        "-l".as_ref(),
        &*list,
        "-o".as_ref(),
        report.as_os_str(),
        file.as_os_str(),
    ];
    bench.tamis(&[&words[..], &files].concat(), &[0])
}

/// Every planted company has its grade, and no other is a strong or likely lead. Weak leads by chance are counted.
fn answer(planted: &Planted, grades: &BTreeMap<String, String>) -> Answer {
    let of = |id: &str| grades.get(id).map_or("none", String::as_str);
    let wrong = planted.expected.iter().filter(|(id, grade)| of(id) != **grade);
    let mut faults: Vec<String> = wrong
        .map(|(id, grade)| format!("{id} is {}, and was planted as {grade}", of(id)))
        .collect();
    let others = grades
        .iter()
        .filter(|(id, _)| !planted.expected.contains_key(*id));
    let (weak, more): (Vec<_>, Vec<_>) = others.partition(|(_, grade)| *grade == "C");
    faults.extend(
        more.iter()
            .map(|(id, grade)| format!("{id} is {grade}, and nothing was planted there")),
    );
    let count = |grade: &str| {
        planted
            .expected
            .values()
            .filter(|planted| **planted == grade)
            .count()
    };
    let text = format!(
        "planted and found: {} A, {} B, {} C, {} listed records; {} of too little, none a lead; of the other companies {} \
         are weak leads by chance",
        count("A"),
        count("B"),
        count("C"),
        count("LISTED"),
        count("none"),
        weak.len()
    );
    Answer::new(text, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_company_that_is_missed_or_a_lead_that_is_none_is_wrong() {
        let planted = Planted {
            rows: 3,
            expected: [("1", "A"), ("2", "none"), ("3", "LISTED")]
                .map(|(id, grade)| (id.to_owned(), grade))
                .into(),
        };
        let faults = |grades: &[(&str, &str)]| {
            let grades = grades
                .iter()
                .map(|(id, grade)| ((*id).to_owned(), (*grade).to_owned()));
            answer(&planted, &grades.collect()).faults.len()
        };
        assert_eq!(faults(&[("1", "A"), ("3", "LISTED")]), 0);
        assert_eq!(faults(&[("1", "A"), ("3", "LISTED"), ("9", "C")]), 0);
        assert_eq!(faults(&[("1", "B"), ("3", "LISTED")]), 1);
        assert_eq!(faults(&[("3", "LISTED")]), 1);
        assert_eq!(faults(&[("1", "A"), ("2", "C")]), 2);
        assert_eq!(faults(&[("1", "A"), ("3", "LISTED"), ("9", "B")]), 1);
    }
}
