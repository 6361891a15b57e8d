//! `batch`: a file's worth of customers, with one thread and more.

use crate::answer::{Answer, percent};
use crate::outcome::{Row, number};
use crate::reference::{Scan, sample};
use crate::{Definition, Error, Options, Outcome, inputs, timing};
use rayon::prelude::*;
use std::cell::RefCell;
use tamis::model::{List, Status, Subject};
use tamis::{Scratch, Screener};

/// Passes after which each thread has met most words: which names it gets differs from pass to pass.
const WARMING: usize = 2;

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
        outcome.rows = time(definition, options.runs, &list, &subjects)?;
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

fn time(definition: &Definition, runs: usize, list: &List, subjects: &[Subject]) -> Result<Vec<Row>, Error> {
    let mut rows: Vec<Row> = Vec::new();
    let mut warm: Vec<Row> = Vec::new();
    let doubled = std::iter::successors(Some(1), |threads| Some(threads * 2));
    for threads in doubled.take_while(|threads| *threads <= definition.threads) {
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            // What is known of tokens belongs to the screener, so that only a new one is cold.
            let screener = inputs::screener(list)?;
            let pool = timing::pool(threads)?;
            first.push(timing::whole(|| hits(&pool, &screener, subjects)).0);
            for _ in 0..WARMING {
                hits(&pool, &screener, subjects);
            }
            last.push(timing::whole(|| hits(&pool, &screener, subjects)).0);
        }
        add(&mut rows, Row::new("tamis, cold", threads, subjects.len(), first));
        add(&mut warm, Row::new("tamis, warm", threads, subjects.len(), last));
    }
    rows.extend(warm);
    Ok(rows)
}

/// Adds a row, with its ratio to the first one.
fn add(rows: &mut Vec<Row>, row: Option<Row>) {
    let one = rows.first().map(|one| one.figures.speed);
    let noted = row.map(|row| match one {
        Some(one) => {
            let ratio = number(row.figures.speed / one);
            row.noted(&format!("{ratio} times one thread"))
        }
        None => row,
    });
    rows.extend(noted);
}
