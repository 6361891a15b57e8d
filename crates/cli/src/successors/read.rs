//! A register, read twice: for the records that are listed companies, then for everything else.

use super::args::SuccessorsArgs;
use crate::args::Global;
use crate::clock::Stopwatch;
use crate::engine;
use crate::failure::Failure;
use crate::inputs::{InputReport, Inputs, Portion, Records, Row};
use crate::progress::Progress;
use crate::source::Metered;
use rayon::prelude::*;
use std::cell::RefCell;
use tamis::Screener;
use tamis::feeds::{Error, InputFormat, Options, RegisterBatch, RegisterReader, Unscreened};
use tamis::model::Company;
use tamis::successors::{Entry, Examiner, Found, Groups, Known, Leads, Memory, Report};

/// Records of a portion, and bytes after which one is full: some megabytes are held at a time.
const PORTION: usize = 4_096;
const PORTION_BYTES: usize = 8 << 20;

/// Companies that one thread examines at a stretch.
const STRETCH: usize = 64;

impl Records for RegisterReader<Metered> {
    type Content = Company;
    type Batch = RegisterBatch;

    fn open(bytes: Metered, name: &str, options: Options) -> Result<Self, Error> {
        RegisterReader::new(bytes, name, options)
    }

    fn columns(&self) -> &[String] {
        RegisterReader::columns(self)
    }

    fn notes(&self) -> &[String] {
        RegisterReader::notes(self)
    }

    fn format(&self) -> InputFormat {
        RegisterReader::format(self)
    }

    fn next_batch(&mut self, records: usize, bytes: usize) -> Option<RegisterBatch> {
        RegisterReader::next_batch(self, records, bytes)
    }

    fn len(batch: &RegisterBatch) -> usize {
        batch.len()
    }

    fn get(batch: &RegisterBatch, at: usize) -> Option<(Row<'_>, Result<Company, Unscreened>)> {
        let record = batch.get(at)?;
        let row = Row {
            line: record.line,
            cells: record.cells,
            raw: record.raw,
        };
        Some((row, record.company))
    }
}

type Inputted = Inputs<RegisterReader<Metered>>;

/// A register, and how it is read.
pub struct Register<'a> {
    args: &'a SuccessorsArgs,
    pool: rayon::ThreadPool,
    quiet: bool,
    watch: Stopwatch,
}

/// What a register gave.
pub struct Run {
    /// Records read.
    pub records: u64,
    /// What was found.
    pub report: Report,
    /// The register: name, size, hash.
    pub input: Vec<InputReport>,
    /// How it was understood.
    pub notes: Vec<String>,
}

thread_local! {
    /// What a thread has looked up already.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

fn with_memory<T>(work: impl FnOnce(&mut Memory) -> T) -> T {
    MEMORY.with(|memory| match memory.try_borrow_mut() {
        Ok(mut memory) => work(&mut memory),
        Err(_) => work(&mut Memory::default()),
    })
}

impl<'a> Register<'a> {
    /// A register that is not opened yet.
    pub fn new(args: &'a SuccessorsArgs, global: &Global) -> Result<Register<'a>, Failure> {
        Ok(Register {
            args,
            pool: engine::threads(global.jobs)?,
            quiet: global.quiet,
            watch: Stopwatch::start(),
        })
    }

    /// Reads the register twice.
    pub fn examine(&self, screener: &Screener) -> Result<Run, Failure> {
        let mut known = Known::of(screener).map_err(Failure::new)?;
        let mut listed: Vec<Company> = Vec::new();
        let first = self.read("records looked through", |entries| {
            let scout = known.scout();
            let found = entries
                .into_par_iter()
                .filter(|entry| scout.is_listed(&entry.company));
            listed.extend(
                self.pool
                    .install(|| found.map(|entry| entry.company).collect::<Vec<_>>()),
            );
        })?;
        known.learn(listed);
        let examiner = Examiner::new(screener, known).map_err(Failure::new)?;
        let mut leads = Leads::default();
        let second = self.read("records examined", |entries| {
            let examine = |entry: &Entry| with_memory(|memory| examiner.examine(entry, memory));
            let found = entries.par_iter().with_min_len(STRETCH).map(examine);
            let found: Vec<Found> = self.pool.install(|| found.collect());
            found.into_iter().for_each(|found| leads.add(found));
        })?;
        unchanged(&first, &second)?;
        for refused in second.refused {
            leads.refuse(refused.0, refused.1);
        }
        let report = leads.finish();
        reconcile(&report, second.companies)?;
        let notes = second
            .input
            .iter()
            .flat_map(|input| input.notes.clone())
            .collect();
        Ok(Run {
            records: second.records,
            report,
            input: second.input,
            notes,
        })
    }

    /// Reads the register once; `take` gets its companies, some thousand at a time.
    fn read(&self, unit: &str, mut take: impl FnMut(Vec<Entry>)) -> Result<Reading, Failure> {
        let mut inputs = Inputted::open(std::slice::from_ref(&self.args.register), &self.args.reading)?;
        let progress = Progress::new(inputs.size(), unit, self.quiet);
        let mut reading = Reading::default();
        while let Some(portion) = inputs.next_portion(PORTION, PORTION_BYTES)? {
            let entries = reading.companies(self.understood(&portion));
            take(entries);
            progress.at(inputs.position(), reading.records, self.watch.seconds());
        }
        let last: Vec<Entry> = reading.groups.finish().into_iter().collect();
        reading.companies += last.len() as u64;
        take(last);
        reading.input = inputs.reports()?;
        Ok(reading)
    }

    fn understood(
        &self,
        portion: &Portion<RegisterReader<Metered>>,
    ) -> Vec<(u64, Result<Company, Unscreened>)> {
        let starts = (0..portion.len()).into_par_iter().step_by(STRETCH);
        let stretch = |start: usize| start..portion.len().min(start + STRETCH);
        let items = starts.flat_map_iter(|start| {
            portion
                .items(stretch(start))
                .map(|item| (item.row.line, item.content))
        });
        self.pool.install(|| items.collect())
    }
}

/// One reading of a register.
#[derive(Default)]
struct Reading {
    records: u64,
    companies: u64,
    groups: Groups,
    refused: Vec<(u64, String)>,
    input: Vec<InputReport>,
}

impl Reading {
    /// Puts records together to companies.
    fn companies(&mut self, records: Vec<(u64, Result<Company, Unscreened>)>) -> Vec<Entry> {
        let mut whole = Vec::with_capacity(records.len());
        for (line, company) in records {
            self.records += 1;
            let pushed = match company {
                Ok(company) => self.groups.push(line, company),
                Err(unscreened) => Err(reason(unscreened)),
            };
            match pushed {
                Ok(entry) => whole.extend(entry),
                Err(reason) => self.refused.push((line, reason)),
            }
        }
        self.companies += whole.len() as u64;
        whole
    }
}

fn reason(unscreened: Unscreened) -> String {
    match unscreened.field {
        Some(field) => format!("{field}: {}", unscreened.reason),
        None => unscreened.reason,
    }
}

/// A register that changes between its readings would give leads of neither.
fn unchanged(first: &Reading, second: &Reading) -> Result<(), Failure> {
    let hash = |reading: &Reading| {
        reading
            .input
            .iter()
            .map(|input| input.sha256.clone())
            .collect::<Vec<_>>()
    };
    match hash(first) == hash(second) {
        true => Ok(()),
        false => Err(Failure::new("the register changed while it was read")
            .help("run again when nothing writes to it")),
    }
}

fn reconcile(report: &Report, companies: u64) -> Result<(), Failure> {
    let told = report.unexamined.len() as u64 == report.counts.not_examined();
    match told && report.counts.companies == companies && report.counts.reconcile() {
        true => Ok(()),
        false => Err(Failure::internal(format!(
            "{companies} companies were read, and the counts are {:?}",
            report.counts
        ))),
    }
}
