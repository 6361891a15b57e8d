//! `tamis list verify`: every name of every entry, screened by itself, must find its own entry.

use crate::args::{Against, Global, ListVerifyArgs};
use crate::clock::Stopwatch;
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::{Page, Style, Tone};
use crate::progress::Progress;
use crate::warnings;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use tamis::Screener;
use tamis::model::{Context, Entity, Name, Score, Status, Subject};

/// Names screened between two steps of the progress bar.
const STEP: usize = 2_048;

/// Failures shown before `-v` is needed; how many more there are is always said.
const SHOWN: usize = 20;

/// A name that does not find its own entry as it should.
#[derive(Debug, Serialize)]
struct Fault {
    entity_id: String,
    name: String,
    role: &'static str,
    problem: String,
}

/// Names of one list and one strength.
#[derive(Debug, Default, Serialize)]
struct Count {
    checked: u64,
    found: u64,
    failed: u64,
}

/// The whole result.
#[derive(Debug, Serialize)]
struct Report<'a> {
    passed: bool,
    counts: BTreeMap<String, Count>,
    failures: Vec<Fault>,
    context: &'a Context,
}

/// Runs `tamis list verify`.
pub fn run(args: &ListVerifyArgs, global: &Global) -> Result<Exit, Failure> {
    let screener = engine::ready(&every_name(&args.against))?;
    warnings::tell(screener.lists(), global);
    let report = verify(&screener, global)?;
    let text = match args.writing.json {
        true => output::json(&report)?,
        false => page(
            &report,
            Style::of(global.color, &args.writing.output),
            global.verbose,
        ),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(if report.passed { Exit::Clear } else { Exit::Failed })
}

/// The policy under which every name counts by itself. What is verified here is whether a name is found; that
/// an unverified name or a weak alias does not alert is another matter, and would hide behind a better name.
fn every_name(against: &Against) -> Against {
    let mut against = against.clone();
    against.policy.unverified = true;
    against.policy.weak_aliases = true;
    against
}

fn verify<'a>(screener: &'a Screener, global: &Global) -> Result<Report<'a>, Failure> {
    let entities: Vec<&Entity> = screener
        .entities()
        .collect::<Result<_, _>>()
        .map_err(Failure::new)?;
    let names: Vec<(&Entity, &Name)> = entities
        .into_iter()
        .flat_map(|entity| entity.names.iter().map(move |name| (entity, name)))
        .collect();
    let progress = Progress::new(Some(names.len() as u64), "names", global.quiet);
    let watch = Stopwatch::start();
    let pool = engine::threads(global.jobs)?;
    let mut report = Report {
        passed: false,
        counts: BTreeMap::new(),
        failures: Vec::new(),
        context: screener.context(),
    };
    let mut done = 0;
    for step in names.chunks(STEP) {
        let problems: Vec<Option<String>> = pool.install(|| {
            step.par_iter()
                .map(|(entity, name)| problem(screener, entity, name))
                .collect()
        });
        for ((entity, name), problem) in step.iter().zip(problems) {
            report.add(entity, name, problem);
        }
        done += step.len() as u64;
        progress.at(done, done, watch.seconds());
    }
    report.passed = report.failures.is_empty() && done > 0;
    Ok(report)
}

/// What is wrong when `name` is screened by itself. Whether the entry alerts or is only information, as
/// history is, does not matter here; whether it is found does.
fn problem(screener: &Screener, entity: &Entity, name: &Name) -> Option<String> {
    let subject = Subject::named(name.text.as_str()).of_kind(entity.kind);
    let decision = engine::with_scratch(|scratch| screener.screen_with(&subject, scratch));
    if decision.status == Status::Unscreened {
        return Some(format!("not screened: {}", decision.notes.join("; ")));
    }
    let id = entity.id();
    let hits = || {
        decision
            .alerts
            .iter()
            .chain(&decision.information)
            .map(|f| &f.hit)
    };
    let Some(own) = hits().find(|hit| hit.entity_id == id) else {
        return Some("its own entry is not found".to_owned());
    };
    match hits().max_by_key(|hit| hit.score) {
        Some(best) if best.score > own.score => Some(format!(
            "{} scores {}, its own entry {}",
            best.entity_id, best.score, own.score
        )),
        _ if own.score < Score::ONE => Some(format!("scores {} and not 1", own.score)),
        _ => None,
    }
}

impl Report<'_> {
    fn add(&mut self, entity: &Entity, name: &Name, problem: Option<String>) {
        let strength = if name.role.is_strong() {
            "strong names"
        } else {
            "weak aliases"
        };
        let count = self
            .counts
            .entry(format!("{} {strength}", entity.list))
            .or_default();
        count.checked += 1;
        match problem {
            None => count.found += 1,
            Some(problem) => {
                count.failed += 1;
                self.failures.push(Fault {
                    entity_id: entity.id(),
                    name: name.text.clone(),
                    role: name.role.as_str(),
                    problem,
                });
            }
        }
    }
}

fn page(report: &Report<'_>, style: Style, verbose: bool) -> String {
    let mut page = Page::new(style);
    match report.passed {
        true => page.heading(Tone::Good, "PASSED  every name finds its own entry"),
        false => page.heading(Tone::Bad, &format!("FAILED  {} names", report.failures.len())),
    }
    let rows: Vec<Vec<String>> = report
        .counts
        .iter()
        .map(|(what, c)| {
            vec![
                what.clone(),
                c.checked.to_string(),
                c.found.to_string(),
                c.failed.to_string(),
            ]
        })
        .collect();
    page.table(&["list", "checked", "found", "failed"], &rows);
    let shown = if verbose { report.failures.len() } else { SHOWN };
    let rows: Vec<Vec<String>> = report.failures.iter().take(shown).map(row).collect();
    page.table(&["entry", "name", "role", "problem"], &rows);
    if report.failures.len() > shown {
        page.paragraph(&format!(
            "and {} more: -v shows them",
            report.failures.len() - shown
        ));
    }
    page.finish()
}

fn row(fault: &Fault) -> Vec<String> {
    vec![
        fault.entity_id.clone(),
        fault.name.clone(),
        fault.role.to_owned(),
        fault.problem.clone(),
    ]
}
