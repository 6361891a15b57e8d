//! `batch`: a file's worth of customers, with one thread and more.

use crate::answer::{Answer, percent};
use crate::outcome::{Row, number};
use crate::reference::{Scan, sample};
use crate::{Definition, Error, Options, Outcome, inputs, timing};
use rayon::prelude::*;
use std::cell::RefCell;
use tamis::model::{Status, Subject};
use tamis::{Scratch, Screener};

/// Names that a thread takes at a time.
const CHUNK: usize = 512;

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let screener = inputs::screener(&list)?;
    let names = inputs::customers(definition, options, definition.subjects)?;
    let subjects: Vec<Subject> = names.iter().map(|name| Subject::named(name.as_str())).collect();

    let one = hits(&timing::pool(1)?, &screener, &subjects);
    let many = hits(&timing::pool(definition.threads)?, &screener, &subjects);
    let wrong = (one != many).then(|| format!("alerts with one thread: {one}, with more: {many}"));
    let text = format!(
        "{} alert, with any number of threads",
        percent(one, subjects.len())
    );
    let answer = Answer::new(text, wrong.into_iter().collect());
    let mut outcome = Outcome::new(definition, &list, answer);
    if outcome.holds() {
        outcome.rows = time(definition, options.runs, &screener, &subjects)?;
        let scan = Scan::new(&list);
        let few = sample(&names, definition.reference_subjects);
        let tamis = outcome.rows.last().cloned();
        for reference in &definition.references {
            let pool = timing::pool(definition.threads)?;
            let alerts = || {
                few.par_iter()
                    .filter(|name| !scan.found(*reference, name).is_empty())
                    .count()
            };
            let runs = (0..options.runs).map(|_| timing::whole(|| pool.install(alerts)).0);
            let row = Row::new(reference.scan(), definition.threads, few.len(), runs.collect());
            outcome.rows.extend(row.map(|row| row.beside(tamis.as_ref())));
        }
    }
    Ok(outcome)
}

thread_local! {
    /// What a thread has looked up already.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// How many of the subjects alert. Each thread of the pool has a memory of its own; that of a new pool is empty.
fn hits(pool: &rayon::ThreadPool, screener: &Screener, subjects: &[Subject]) -> usize {
    let hit = |subject: &&Subject, scratch: &mut Scratch| {
        screener.screen_with(subject, scratch).status == Status::Hit
    };
    let chunk = |chunk: &[Subject]| {
        SCRATCH.with_borrow_mut(|scratch| chunk.iter().filter(|subject| hit(subject, scratch)).count())
    };
    pool.install(|| subjects.par_chunks(CHUNK).map(chunk).sum())
}

fn time(
    definition: &Definition,
    runs: usize,
    screener: &Screener,
    subjects: &[Subject],
) -> Result<Vec<Row>, Error> {
    let mut rows: Vec<Row> = Vec::new();
    let doubled = std::iter::successors(Some(1), |threads| Some(threads * 2));
    for threads in doubled.take_while(|threads| *threads <= definition.threads) {
        let one = |_| {
            let pool = timing::pool(threads)?;
            Ok(timing::whole(|| hits(&pool, screener, subjects)).0)
        };
        let runs: Result<Vec<timing::Run>, Error> = (0..runs).map(one).collect();
        let row = Row::new("tamis", threads, subjects.len(), runs?);
        let ratio = |row: &Row| rows.first().map(|one| row.figures.speed / one.figures.speed);
        let noted = row.map(|row| match ratio(&row) {
            Some(ratio) => row.noted(&format!("{} times one thread", number(ratio))),
            None => row,
        });
        rows.extend(noted);
    }
    Ok(rows)
}
