//! What came of an update, for people and for machines.

use super::{Entry, Verdict};
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::{Page, Style, Tone};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;
use tamis::model::ListMeta;

/// The whole report.
#[derive(Debug, Serialize)]
struct Report {
    /// Whether every list is the one that its publisher has.
    complete: bool,
    output: String,
    lists: Vec<Line>,
}

/// One list.
#[derive(Debug, Serialize)]
struct Line {
    list: String,
    outcome: &'static str,
    reason: Option<String>,
    entries_before: Option<usize>,
    entries_after: Option<usize>,
    published: Option<Date>,
    /// When the source last confirmed what is there.
    asked: Option<Timestamp>,
}

/// Tells what came of it, failures on standard error too.
pub fn tell(path: &Path, entries: &[Entry], json: bool, global: &Global) -> Result<Exit, Failure> {
    let report = Report {
        complete: entries.iter().all(|entry| entry.failure().is_none()),
        output: path.display().to_string(),
        lists: entries.iter().map(line).collect(),
    };
    let standard = Path::new(output::STANDARD);
    if json {
        output::write_document(standard, &output::json(&report)?)?;
    } else if !global.quiet {
        output::write_document(standard, &page(&report, Style::of(global.color, standard)))?;
    }
    for entry in entries {
        if let Some(why) = entry.failure() {
            Failure::at(&entry.name, format!("{}: {why}", outcome(&entry.verdict))).tell();
        }
    }
    Ok(if report.complete {
        Exit::Clear
    } else {
        Exit::Failed
    })
}

fn line(entry: &Entry) -> Line {
    let count = |meta: &ListMeta| meta.counts.entities;
    let after = entry.meta();
    Line {
        list: entry.name.clone(),
        outcome: outcome(&entry.verdict),
        reason: entry.failure().map(str::to_owned),
        entries_before: entry.before.as_ref().map(count),
        entries_after: after.map(count),
        published: after.and_then(|meta| meta.published),
        asked: entry.origin.as_ref().map(|origin| origin.asked),
    }
}

const fn outcome(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::New(_) => "new",
        Verdict::Unchanged => "unchanged",
        Verdict::Kept(_) => "kept old",
        Verdict::Missing(_) => "missing",
        Verdict::Removed => "removed",
    }
}

fn page(report: &Report, style: Style) -> String {
    let mut page = Page::new(style);
    let failed = report.lists.iter().filter(|line| line.reason.is_some()).count();
    match failed {
        0 => page.heading(Tone::Good, &format!("UP TO DATE  {}", report.output)),
        _ => page.heading(
            Tone::Bad,
            &format!(
                "FAILED  {failed} of {} lists: {}",
                report.lists.len(),
                report.output
            ),
        ),
    }
    let rows: Vec<Vec<String>> = report.lists.iter().map(row).collect();
    let header = ["list", "outcome", "before", "after", "published", "asked"];
    page.table(&header, &rows);
    let reasons = report.lists.iter().filter_map(|line| {
        let reason = line.reason.clone()?;
        Some((line.list.as_str(), reason))
    });
    page.pairs(&reasons.collect::<Vec<_>>());
    page.finish()
}

fn row(line: &Line) -> Vec<String> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    vec![
        line.list.clone(),
        line.outcome.to_owned(),
        or_none(line.entries_before.map(|n| n.to_string())),
        or_none(line.entries_after.map(|n| n.to_string())),
        or_none(line.published.map(|day| day.to_string())),
        or_none(line.asked.map(|time| time.to_string())),
    ]
}
