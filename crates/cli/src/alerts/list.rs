//! `tamis alerts list`.

use super::args::ListArgs;
use super::case::{Case, Cases};
use crate::args::Global;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::log;
use crate::output;
use crate::page::{Page, Style, Tone};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use tamis::model::{Action, Score, ViaKind};
use tamis_review::{Disposition, Identity};

/// An alert in a list.
#[derive(Serialize)]
struct Line<'a> {
    alert: String,
    record: u64,
    entity: &'a str,
    name: Option<&'a str>,
    /// How the customer is related to the entry, where a party behind it was found.
    relation: Option<ViaKind>,
    party: Option<&'a str>,
    list: &'a str,
    customer: Option<&'a str>,
    score: Score,
    action: Option<Action>,
    measures: &'a [String],
    opened: Timestamp,
    disposition: Disposition,
    level: u8,
    assignee: Option<&'a Identity>,
    closed: Option<Timestamp>,
    /// The last day for a report to OFAC if the alert is true.
    due: Option<Date>,
    overdue: bool,
    /// Decided alerts of the same customer and entry before.
    decided_before: usize,
}

/// Runs `tamis alerts list`.
pub fn run(args: &ListArgs, global: &Global) -> Result<Exit, Failure> {
    let log = log::open(&args.log.log)?;
    let cases = Cases::read(log.store())?;
    cases.warn();
    let today = clock::today();
    let assignee = args.assignee.as_deref().map(Identity::new).transpose()?;
    let asked = |case: &&Case| asked(args, assignee.as_ref(), today, case);
    let lines: Vec<Line<'_>> = cases
        .all
        .iter()
        .filter(asked)
        .map(|case| line(&cases, case, today))
        .collect();
    let text = match args.writing.json {
        true => output::json(&lines)?,
        false => page(
            &lines,
            cases.all.len(),
            Style::of(global.color, &args.writing.output),
        ),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

fn asked(args: &ListArgs, assignee: Option<&Identity>, today: Date, case: &Case) -> bool {
    let disposition = case.alert.disposition;
    let status = match args.status.as_slice() {
        [] => args.all || !disposition.is_closed(),
        named => named.contains(&disposition),
    };
    let given = |who: &Identity| case.alert.assignee.as_ref().is_some_and(|one| one.is(who));
    let due = |before: Date| case.due().is_some_and(|due| due < before);
    status
        && (args.levels.is_empty() || args.levels.contains(&disposition.level()))
        && assignee.is_none_or(given)
        && (!args.unassigned || case.alert.assignee.is_none())
        && args.due_before.is_none_or(due)
        && args.list.as_deref().is_none_or(|list| list == case.list())
        && (args.customer.is_none() || args.customer.as_deref() == case.customer.as_deref())
        && (!args.overdue || case.overdue(today))
}

fn line<'a>(cases: &'a Cases, case: &'a Case, today: Date) -> Line<'a> {
    let decided = |earlier: &&Case| earlier.alert.disposition != Disposition::New;
    Line {
        alert: case.id.to_string(),
        record: case.id.record,
        entity: &case.id.entity,
        name: case.name.as_deref(),
        relation: case.id.relation,
        party: case.party.as_deref(),
        list: case.list(),
        customer: case.customer.as_deref(),
        score: case.found.score,
        action: case.found.action,
        measures: &case.found.measures,
        opened: case.alert.opened,
        disposition: case.alert.disposition,
        level: case.alert.disposition.level(),
        assignee: case.alert.assignee.as_ref(),
        closed: case.alert.closed,
        due: case.due(),
        overdue: case.overdue(today),
        decided_before: cases.earlier(case).filter(decided).count(),
    }
}

const HEADER: [&str; 9] = [
    "alert",
    "customer",
    "entry",
    "score",
    "action",
    "disposition",
    "assignee",
    "report due",
    "before",
];

fn page(lines: &[Line<'_>], all: usize, style: Style) -> String {
    let mut page = Page::new(style);
    page.heading(Tone::Plain, &format!("{} of {all} alerts", lines.len()));
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    page.table(&HEADER, &rows);
    page.finish()
}

/// The entry, and through whom it was found.
fn entry(line: &Line<'_>) -> String {
    let name = line.name.unwrap_or("(erased)");
    match line.relation {
        None => name.to_owned(),
        Some(relation) => {
            let party = line.party.unwrap_or("(erased)");
            format!("{name}, {} through {party}", relation.as_str())
        }
    }
}

fn row(line: &Line<'_>) -> Vec<String> {
    let due = line.due.map_or("-".to_owned(), |day| day.to_string());
    let due = match line.overdue {
        true => format!("{due} OVERDUE"),
        false => due,
    };
    let before = match line.decided_before {
        0 => "-".to_owned(),
        count => format!("{count} decided"),
    };
    vec![
        line.alert.clone(),
        line.customer.unwrap_or("no id").to_owned(),
        entry(line),
        line.score.to_string(),
        line.action.map_or("-", Action::as_str).to_owned(),
        line.disposition.to_string(),
        line.assignee.map_or("-".to_owned(), Identity::to_string),
        due,
        before,
    ]
}
