//! `compile`, `check`, `screen-file`, and what else runs the command `tamis` as whole processes.

use crate::answer::{Answer, percent};
use crate::outcome::{Row, number};
use crate::process::{Ended, run_well, together};
use crate::{DAY, Definition, Error, Kind, Options, Outcome, inputs, logged, successors};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use tamis::Scratch;
use tamis::model::{List, Status, Subject};

/// Rows of a file whose answers are held against those of the library before the time is taken.
const COMPARED: usize = 500;

/// A benchmark of the command, with what it needs.
pub(crate) struct Bench<'a> {
    pub definition: &'a Definition,
    pub options: &'a Options,
    pub folder: &'a Path,
    pub list: &'a List,
    /// The list as the command is given it.
    pub source: PathBuf,
}

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let mut outcome = Outcome::new(definition, &list, Answer::default());
    match measure(definition, options, &list) {
        Ok((answer, rows)) => {
            outcome.rows = if answer.faults.is_empty() {
                rows
            } else {
                Vec::new()
            };
            outcome.answer = answer;
        }
        // A command that fails gives a wrong answer; the other benchmarks are run all the same.
        Err(error @ Error::Program(..)) => {
            outcome.answer = Answer::new(String::new(), vec![error.to_string()])
        }
        Err(error) => return Err(error),
    }
    Ok(outcome)
}

fn measure(definition: &Definition, options: &Options, list: &List) -> Result<(Answer, Vec<Row>), Error> {
    let folder = tempfile::Builder::new()
        .prefix("tamis-bench-")
        .tempdir_in(&options.work)
        .map_err(|e| Error::file(&options.work, e))?;
    let mut bench = Bench {
        definition,
        options,
        folder: folder.path(),
        list,
        source: inputs::source(list, options, folder.path())?,
    };
    if definition.compiled {
        bench.source = bench.compile()?.1;
    }
    match definition.kind {
        Kind::Compile => compile(&bench),
        Kind::Check => check(&bench),
        Kind::ScreenLog => logged::run(&bench),
        Kind::Successors => successors::run(&bench),
        _ => screen_file(&bench),
    }
}

impl Bench<'_> {
    /// Runs `tamis` with these words; exit codes 0 and 1 say that everything was screened.
    pub fn tamis(&self, words: &[&OsStr], allowed: &[i32]) -> Result<Ended, Error> {
        run_well(
            &self.options.runner,
            &self.options.tamis,
            words,
            self.folder,
            allowed,
        )
    }

    fn compile(&self) -> Result<(Ended, PathBuf), Error> {
        let file = self.folder.join("list.tamis");
        let words = ["list", "compile", "-q"].map(OsStr::new);
        let words = [
            &words[..],
            &[self.source.as_os_str(), "-o".as_ref(), file.as_os_str()],
        ]
        .concat();
        Ok((self.tamis(&words, &[0])?, file))
    }

    fn check(&self, name: &str, list: &Path) -> Result<Ended, Error> {
        let day = DAY.to_string();
        let words = ["check", "-q", "--as-of", &day, name, "-l"].map(OsStr::new);
        self.tamis(&[&words[..], &[list.as_os_str()]].concat(), &[0, 1])
    }

    /// Screens a file, with further options.
    pub fn screen(&self, customers: &Path, output: &Path, more: &[&OsStr]) -> Result<Ended, Error> {
        let (day, jobs) = (DAY.to_string(), self.definition.threads.to_string());
        let words = ["screen", "-q", "--as-of", &day, "--jobs", &jobs, "-l"].map(OsStr::new);
        let files = [
            self.source.as_os_str(),
            "-o".as_ref(),
            output.as_os_str(),
            customers.as_os_str(),
        ];
        self.tamis(&[&words[..], &files, more].concat(), &[0, 1])
    }

    /// What is wrong where a listed name does not alert.
    fn listed_name_alerts(&self, list: &Path) -> Result<Option<String>, Error> {
        let names = self.list.entities.iter().flat_map(|entity| &entity.names);
        let name = names
            .filter(|name| name.role.is_strong())
            .map(|name| name.text.as_str())
            .next();
        let name = name.unwrap_or_default();
        let ended = self.check(name, list)?;
        Ok((ended.code != 1)
            .then(|| format!("'{name}' is listed, and 'tamis check' ends with {}", ended.code)))
    }
}

fn compile(bench: &Bench) -> Result<(Answer, Vec<Row>), Error> {
    let (_, file) = bench.compile()?;
    let fault = bench.listed_name_alerts(&file)?;
    let answer = Answer::new(
        "a listed name alerts against the compiled list".to_owned(),
        fault.into_iter().collect(),
    );
    let runs: Result<Vec<Ended>, Error> = (0..bench.options.runs).map(|_| Ok(bench.compile()?.0)).collect();
    let size = std::fs::metadata(&file).map_err(|e| Error::file(&file, e))?.len();
    let row = row("tamis list compile", 1, bench.list.meta.counts.names, runs?);
    let size = format!("file of {} MB", number(size as f64 / 1e6));
    Ok((answer, row.into_iter().map(|row| row.noted(&size)).collect()))
}

/// A row of runs that are one process over `items` items each.
pub(crate) fn row(who: &str, threads: usize, items: usize, runs: Vec<Ended>) -> Option<Row> {
    let (_, peak) = together(&runs);
    let runs = runs.into_iter().map(|ended| ended.run).collect();
    let mut row = Row::new(who, threads, items, runs)?;
    row.peak_memory = peak;
    Some(row)
}

fn check(bench: &Bench) -> Result<(Answer, Vec<Row>), Error> {
    let fault = bench.listed_name_alerts(&bench.source)?;
    let names = inputs::customers(bench.definition, bench.options, bench.definition.subjects)?;
    let answer = Answer::new("a listed name alerts".to_owned(), fault.into_iter().collect());
    let many =
        |one: &dyn Fn(&String) -> Result<Ended, Error>| names.iter().map(one).collect::<Result<Vec<_>, _>>();
    let checks = many(&|name| bench.check(name, &bench.source))?;
    let starts = many(&|_| bench.tamis(&["--version".as_ref()], &[0]))?;
    let row = |who: &str, ended: &[Ended]| {
        let (run, peak) = together(ended);
        let mut row = Row::new(who, 1, ended.len(), vec![run])?;
        row.peak_memory = peak;
        Some(row)
    };
    let rows = [row("tamis check", &checks), row("tamis --version", &starts)];
    Ok((answer, rows.into_iter().flatten().collect()))
}

fn screen_file(bench: &Bench) -> Result<(Answer, Vec<Row>), Error> {
    let names = inputs::customers(bench.definition, bench.options, bench.definition.subjects)?;
    let (few, all) = (bench.folder.join("few.csv"), bench.folder.join("all.csv"));
    let compared = names.iter().take(COMPARED).cloned().collect::<Vec<_>>();
    write_customers(&few, &compared)?;
    write_customers(&all, &names)?;
    let answer = answer(bench, &few, &compared)?;
    if !answer.faults.is_empty() {
        return Ok((answer, Vec::new()));
    }
    let (screened, copied) = (bench.folder.join("screened.csv"), bench.folder.join("copied.csv"));
    let (mut ours, mut copies) = (Vec::new(), Vec::new());
    for _ in 0..bench.options.runs {
        ours.push(bench.screen(&all, &screened, &[])?);
        let words = ["copy".as_ref(), all.as_os_str(), copied.as_os_str()];
        copies.push(run_well(
            &bench.options.runner,
            &bench.options.runner,
            &words,
            bench.folder,
            &[0],
        )?);
    }
    let rows = statuses(&screened)?.len();
    let fault = (rows != names.len()).then(|| format!("{rows} customers came of {}", names.len()));
    let answer = Answer::new(answer.text, fault.into_iter().collect());
    let ours = row("tamis screen", bench.definition.threads, names.len(), ours);
    let copies = row("csv read and written", 1, names.len(), copies);
    Ok((answer, ours.into_iter().chain(copies).collect()))
}

pub(crate) fn write_customers(path: &Path, names: &[String]) -> Result<(), Error> {
    let mut rows = inputs::Rows::create(path)?;
    rows.write(&["id", "name"])?;
    for (name, id) in names.iter().zip(1_usize..) {
        rows.write(&[&id.to_string(), name])?;
    }
    rows.finish()
}

/// The command gives every customer the status that the library gives.
fn answer(bench: &Bench, file: &Path, names: &[String]) -> Result<Answer, Error> {
    let output = bench.folder.join("few.screened.csv");
    bench.screen(file, &output, &[])?;
    let screener = inputs::screener(bench.list)?;
    let mut scratch = Scratch::default();
    let expected = names.iter().map(|name| {
        match screener
            .screen_with(&Subject::named(name.as_str()), &mut scratch)
            .status
        {
            Status::Hit => "HIT",
            Status::Clear => "CLEAR",
            Status::Unscreened => "UNSCREENED",
        }
    });
    let expected: Vec<&str> = expected.collect();
    let got = statuses(&output)?;
    let differ = names
        .iter()
        .zip(&got)
        .zip(&expected)
        .filter(|((_, got), expected)| got != *expected);
    let mut faults: Vec<String> = differ
        .map(|((name, got), expected)| {
            format!("'{name}' is {got} by the command and {expected} by the library")
        })
        .collect();
    if got.len() != expected.len() {
        faults.push(format!("{} customers came of {}", got.len(), expected.len()));
    }
    let hits = expected.iter().filter(|status| **status == "HIT").count();
    let alerts = percent(hits, expected.len());
    let text = format!(
        "{} customers as the library answers, {alerts} alert",
        expected.len()
    );
    Ok(Answer::new(text, faults))
}

/// The status of each customer of a screened file, which has a row for each alert.
fn statuses(path: &Path) -> Result<Vec<String>, Error> {
    let failed = |e: csv::Error| Error::file(path, e);
    let mut reader = csv::Reader::from_path(path).map_err(failed)?;
    let columns = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| {
        let at = columns.iter().position(|column| column == name);
        at.ok_or_else(|| Error::file(path, format!("there is no column '{name}'")))
    };
    let (id, status) = (column("id")?, column("status")?);
    let mut statuses: Vec<(String, String)> = Vec::new();
    for row in reader.records() {
        let row = row.map_err(failed)?;
        let cell = |at| row.get(at).unwrap_or_default();
        if statuses.last().is_none_or(|(last, _)| last != cell(id)) {
            statuses.push((cell(id).to_owned(), cell(status).to_owned()));
        }
    }
    Ok(statuses.into_iter().map(|(_, status)| status).collect())
}

/// Reads a CSV file and writes it again, row by row: the least that any program does that adds a column.
///
/// # Errors
/// A file that cannot be read or written.
pub fn copy_csv(from: &Path, to: &Path) -> Result<(), Error> {
    let read = |e: csv::Error| Error::file(from, e);
    let write = |e: csv::Error| Error::file(to, e);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(from)
        .map_err(read)?;
    let mut writer = csv::Writer::from_path(to).map_err(write)?;
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(read)? {
        writer.write_record(&row).map_err(write)?;
    }
    writer.flush().map_err(|e| Error::file(to, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_with_several_alerts_counts_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("screened.csv");
        std::fs::write(&path, "id,name,status\n1,A,HIT\n1,A,HIT\n2,B,CLEAR\n3,B,CLEAR\n").unwrap();
        assert_eq!(statuses(&path).unwrap(), ["HIT", "CLEAR", "CLEAR"]);
        std::fs::write(&path, "id,name\n1,A\n").unwrap();
        assert!(statuses(&path).unwrap_err().to_string().contains("'status'"));
    }

    #[test]
    fn a_copied_file_has_the_same_rows() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from.csv"), folder.path().join("to.csv"));
        write_customers(&from, &["Anna".to_owned(), "Berger, \"Carl\"".to_owned()]).unwrap();
        copy_csv(&from, &to).unwrap();
        assert_eq!(inputs::read(&from).unwrap(), inputs::read(&to).unwrap());
        assert!(copy_csv(&folder.path().join("missing.csv"), &to).is_err());
    }
}
