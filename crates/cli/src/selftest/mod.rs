//! `tamis selftest`: how well this configuration works on these lists, and at what alert load.

mod html;
mod table;

use crate::args::{Global, ReportFormat, SelftestArgs};
use crate::clock::Stopwatch;
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::Style;
use crate::progress::Progress;
use crate::warnings;
use rayon::prelude::*;
use tamis::selftest::{Outcome, Plan, Report, Selftest};

/// Names screened between two steps of the progress bar.
const STEP: usize = 256;

/// Runs `tamis selftest`.
pub fn run(args: &SelftestArgs, global: &Global) -> Result<Exit, Failure> {
    let screener = engine::ready(&args.against)?;
    warnings::tell(screener.lists(), global);
    let plan = Plan {
        seed: args.seed,
        names: args.names.get(),
        unlisted: args.unlisted.get(),
        with_kind: args.with_kind,
        ..Plan::default()
    };
    let selftest = Selftest::new(screener, plan).map_err(Failure::new)?;
    let report = selftest.report(&screen(&selftest, global)?);
    let text = match args.report_format() {
        ReportFormat::Json => output::json(&report)?,
        ReportFormat::Html => html::page(&report),
        ReportFormat::Table => table::page(
            &report,
            Style::of(global.color, &args.output),
            args.misses,
            global.verbose,
        ),
    };
    output::write_document(&args.output, &text)?;
    let faults = faults(&report, args);
    for fault in &faults {
        fault.tell();
    }
    Ok(if faults.is_empty() {
        Exit::Clear
    } else {
        Exit::Failed
    })
}

/// The outcome of every probe, in order.
fn screen(selftest: &Selftest, global: &Global) -> Result<Vec<Outcome>, Failure> {
    let probes = selftest.probes();
    let progress = Progress::new(Some(probes.len() as u64), "names", global.quiet);
    let watch = Stopwatch::start();
    let pool = engine::threads(global.jobs)?;
    let mut outcomes = Vec::with_capacity(probes.len());
    for step in probes.chunks(STEP) {
        let screened: Vec<Outcome> = pool.install(|| {
            step.par_iter()
                .map(|probe| engine::with_scratch(|scratch| selftest.screen(probe, scratch)))
                .collect()
        });
        outcomes.extend(screened);
        let done = outcomes.len() as u64;
        progress.at(done, done, watch.seconds());
    }
    Ok(outcomes)
}

/// The limits that are not kept, and names that could not be screened.
fn faults(report: &Report, args: &SelftestArgs) -> Vec<Failure> {
    let mut faults = Vec::new();
    let found = report.effectiveness.percent();
    if let Some(least) = args.fail_under.filter(|&least| found < least) {
        let what = format!("{found:.1} % of the changed names are found, less than {least} %");
        faults.push(Failure::new(what).help("--misses shows which are not"));
    }
    let alerting = report.efficiency().per_thousand();
    if let Some(most) = args.max_alerts.filter(|&most| alerting > most) {
        let what = format!("{alerting:.1} of 1,000 names that are not listed alert, more than {most}");
        faults.push(Failure::new(what).help("--misses shows which do"));
    }
    if !report.unscreened.is_empty() {
        let what = format!("{} names could not be screened", report.unscreened.len());
        faults.push(Failure::new(what).help("--format json names them, and says why"));
    }
    faults
}
