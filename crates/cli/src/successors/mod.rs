//! `tamis successors`: companies of a register that may continue the business of listed ones.

pub mod args;
mod read;
mod report;
mod table;

use crate::args::Global;
use crate::clock::Stopwatch;
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::Style;
use crate::warnings;
use args::{GradeWord, LeadsFormat, SuccessorsArgs};
use read::{Register, Run};
use report::{Document, csv};
use std::io::{Write, stderr};
use tamis::successors::{Counts, Grade, Lead};

/// Runs `tamis successors`.
pub fn run(args: &SuccessorsArgs, global: &Global) -> Result<Exit, Failure> {
    check_paths(args)?;
    let screener = engine::ready(&args.against)?;
    warnings::tell(screener.lists(), global);
    let watch = Stopwatch::start();
    let mut run = Register::new(args, global)?.examine(&screener)?;
    let fails = args
        .fail_on
        .is_some_and(|grade| has(&run.report.leads, grade.grade()));
    let hidden = hide(&mut run.report.leads, args.min_grade);
    let document = Document::new(&screener, &run, hidden, watch.seconds());
    let text = match args.leads_format() {
        LeadsFormat::Json => output::json(&document)?,
        LeadsFormat::Csv => csv(&run.report, screener.context())?,
        LeadsFormat::Text => table::page(&document, Style::of(global.color, &args.output)),
    };
    output::write_document(&args.output, &text)?;
    if !global.quiet {
        tell(&run, hidden, global);
    }
    Ok(Exit::of(u64::from(fails), run.report.counts.not_examined()))
}

fn check_paths(args: &SuccessorsArgs) -> Result<(), Failure> {
    let seekable = !output::is_standard(&args.register);
    let is_file = args.register.metadata().map_or(seekable, |about| about.is_file());
    if !seekable || !is_file && args.register.exists() {
        return Err(Failure::at(
            args.register.display(),
            "a register is read twice, so it cannot be a stream or a folder",
        )
        .help("write it to a file first"));
    }
    output::refuse_overwriting(&args.output, std::slice::from_ref(&args.register))
}

/// Whether a lead has this grade or a better one. Grades are in order, the best first.
fn has(leads: &[Lead], grade: Grade) -> bool {
    leads.iter().any(|lead| lead.grade <= grade)
}

/// Takes out the leads below a grade; how many.
fn hide(leads: &mut Vec<Lead>, least: GradeWord) -> usize {
    let all = leads.len();
    leads.retain(|lead| lead.grade <= least.grade());
    all - leads.len()
}

fn tell(run: &Run, hidden: usize, global: &Global) {
    let mut text = format!("{} records: {}\n", run.records, counts(&run.report.counts));
    if hidden > 0 {
        text.push_str(&format!("{hidden} leads below --min-grade are not shown\n"));
    }
    let not_examined = run.report.counts.not_examined();
    if not_examined > 0 {
        text.push_str(&format!(
            "{not_examined} records or companies were NOT examined: the report names each\n"
        ));
    }
    if global.verbose {
        text.extend(run.notes.iter().map(|note| format!("note: {note}\n")));
    }
    // A courtesy; the output and the exit code say what matters.
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// The counts in a line: what stands behind the semicolon adds up to what stands before it.
fn counts(counts: &Counts) -> String {
    let refused = match counts.refused {
        0 => String::new(),
        refused => format!(" and {refused} records that are part of none"),
    };
    format!(
        "{} companies{refused}; leads: {} strong (A), {} likely (B), {} weak (C); {} with too little in common, {} with nothing, \
         {} listed themselves, {} not examined",
        counts.companies,
        counts.a,
        counts.b,
        counts.c,
        counts.below,
        counts.nothing,
        counts.listed,
        counts.not_examined()
    )
}
