//! `screen-log`: `tamis screen` of a file with a decision log beside the same without one.

use crate::answer::Answer;
use crate::commands::{Bench, row, write_customers};
use crate::outcome::{Row, number};
use crate::{Error, inputs};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The log, with the files beside it.
const LOG: [&str; 3] = ["log.db", "log.db-wal", "log.db-shm"];
const BESIDE: [&str; 2] = ["log.db.snapshots", "log.db.runs"];

pub(crate) fn run(bench: &Bench<'_>) -> Result<(Answer, Vec<Row>), Error> {
    let names = inputs::customers(bench.definition, bench.options, bench.definition.subjects)?;
    let customers = bench.folder.join("all.csv");
    write_customers(&customers, &names)?;
    let outputs = ["plain.csv", "logged.csv"].map(|name| bench.folder.join(name));
    let log = bench.folder.join(LOG[0]);
    let with = [
        "--log".as_ref(),
        log.as_os_str(),
        "--actor".as_ref(),
        "bench".as_ref(),
    ];
    let (mut plain, mut logged) = (Vec::new(), Vec::new());
    // In turns, each time into a new log.
    for _ in 0..bench.options.runs {
        plain.push(bench.screen(&customers, &outputs[0], &[])?);
        remove(bench.folder)?;
        logged.push(bench.screen(&customers, &outputs[1], &with)?);
    }
    let answer = answer(bench, &outputs, names.len())?;
    let threads = bench.definition.threads;
    let size = std::fs::metadata(&log).map_err(|e| Error::file(&log, e))?.len();
    let rows = [
        row("tamis screen", threads, names.len(), plain),
        row("tamis screen --log", threads, names.len(), logged),
    ];
    Ok((answer, compared(rows.into_iter().flatten().collect(), size)))
}

/// Both outputs are the same bytes, the log is sound, and it has a record for every customer and one for the end.
fn answer(bench: &Bench<'_>, outputs: &[PathBuf; 2], customers: usize) -> Result<Answer, Error> {
    let log = bench.folder.join(LOG[0]);
    let head = bench.folder.join("head.json");
    bench.tamis(
        &["log", "verify"]
            .map(OsStr::new)
            .into_iter()
            .chain([log.as_os_str()])
            .collect::<Vec<_>>(),
        &[0],
    )?;
    let words = [
        "log".as_ref(),
        "head".as_ref(),
        log.as_os_str(),
        "-o".as_ref(),
        head.as_os_str(),
    ];
    bench.tamis(&words, &[0])?;
    let told: serde_json::Value =
        serde_json::from_slice(&inputs::read(&head)?).map_err(|e| Error::file(&head, e))?;
    let records = told["count"].as_u64().unwrap_or_default();
    let mut faults = Vec::new();
    if inputs::read(&outputs[0])? != inputs::read(&outputs[1])? {
        faults.push("the output with a log is another than the one without".to_owned());
    }
    if records != customers as u64 + 1 {
        faults.push(format!(
            "{records} records are in the log, of {customers} customers and the end of the run"
        ));
    }
    let text = format!("{records} records, sound; the same output with and without a log");
    Ok(Answer::new(text, faults))
}

/// What a log costs, beside the rows.
fn compared(rows: Vec<Row>, size: u64) -> Vec<Row> {
    let cpu = |at: usize| rows.get(at).map_or(0.0, |row: &Row| row.figures.cpu_seconds);
    let (without, with) = (cpu(0), cpu(1));
    let note = |row: Row| {
        let each = 1.0 / row.items as f64;
        let (ratio, more) = (number(with / without), number((with - without) * each * 1e6));
        let bytes = number(size as f64 * each);
        row.noted(&format!(
            "{ratio} times the processor's time, {more} µs and {bytes} bytes a record"
        ))
    };
    let noted = |(at, row)| if at == 1 { note(row) } else { row };
    rows.into_iter().enumerate().map(noted).collect()
}

fn remove(folder: &Path) -> Result<(), Error> {
    for (name, is_folder) in LOG
        .map(|name| (name, false))
        .into_iter()
        .chain(BESIDE.map(|name| (name, true)))
    {
        let path = folder.join(name);
        let removed = match (path.exists(), is_folder) {
            (false, _) => Ok(()),
            (true, true) => std::fs::remove_dir_all(&path),
            (true, false) => std::fs::remove_file(&path),
        };
        removed.map_err(|e| Error::file(&path, e))?;
    }
    Ok(())
}
