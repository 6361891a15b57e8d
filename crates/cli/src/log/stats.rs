//! `tamis log stats`: what management and supervisors ask of a log.

use super::args::StatsArgs;
use super::basis::Basis;
use crate::alerts::{Case, Cases};
use crate::args::Global;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::{Page, Style, Tone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use tamis::model::Status;
use tamis_log::{Action, Answer, Filter, Hash, Log, Record};
use tamis_review::Work;

/// The numbers of a log.
#[derive(Serialize)]
struct Stats {
    /// From this moment on; `None`: from the first record.
    from: Option<Timestamp>,
    /// Up to before this moment; `None`: to the last.
    to: Option<Timestamp>,
    screenings: Screenings,
    /// What became of the alerts of these screenings.
    alerts: Work,
    by_list: BTreeMap<String, Work>,
    /// How old each version of a list was when it was first used.
    lists: Vec<Lag>,
}

/// Screenings, which reconcile: all of them are hit, clear or unscreened.
#[derive(Default, Serialize)]
struct Screenings {
    records: u64,
    hit: u64,
    clear: u64,
    unscreened: u64,
    /// Alerts that cleared pairs suppressed.
    suppressed: u64,
    /// Alerts that came back since a cleared pair lapsed.
    lapsed: u64,
}

/// A version of a list.
#[derive(Serialize)]
struct Lag {
    list: String,
    sha256: String,
    published: Option<Date>,
    /// The first screening of the log that rests on it.
    first_used: Timestamp,
    /// Days between; `None` where the list states no date.
    lag_days: Option<i32>,
}

/// Runs `tamis log stats`.
pub fn run(args: &StatsArgs, global: &Global) -> Result<Exit, Failure> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from >= to
    {
        return Err(Failure::new(format!(
            "--to {to} is not after --from {from}: no time lies between"
        )));
    }
    let log = super::open(&args.file)?;
    let cases = Cases::read(log.store())?;
    cases.warn();
    let (screenings, lists) = screenings(&log, args)?;
    let asked: Vec<&Case> = cases
        .all
        .iter()
        .filter(|case| within(args, case.alert.opened))
        .collect();
    let now = clock::now();
    let stats = Stats {
        from: args.from,
        to: args.to,
        screenings,
        alerts: Work::of(asked.iter().map(|case| &case.alert), now),
        by_list: by_list(&asked, now),
        lists,
    };
    let text = match args.writing.json {
        true => output::json(&stats)?,
        false => page(&stats, Style::of(global.color, &args.writing.output)),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

fn within(args: &StatsArgs, at: Timestamp) -> bool {
    args.from.is_none_or(|from| from <= at) && args.to.is_none_or(|to| at < to)
}

fn by_list(cases: &[&Case], now: Timestamp) -> BTreeMap<String, Work> {
    let mut lists: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        lists.entry(case.list().to_owned()).or_default().push(case);
    }
    let work =
        |(list, cases): (String, Vec<&Case>)| (list, Work::of(cases.iter().map(|case| &case.alert), now));
    lists.into_iter().map(work).collect()
}

/// Counts the screenings in question, and finds the first use of each list in the whole log.
fn screenings(log: &Log, args: &StatsArgs) -> Result<(Screenings, Vec<Lag>), Failure> {
    let filter = Filter {
        action: Some(Action::Screening),
        ..Filter::default()
    };
    let (mut counts, mut lags) = (Screenings::default(), Vec::new());
    let mut contexts: HashSet<Hash> = HashSet::new();
    for record in log.read(&filter)? {
        let record = record?;
        let at = record.timestamp()?;
        if within(args, at) {
            counts.count(&record.body()?);
        }
        if record
            .context
            .as_ref()
            .is_some_and(|context| contexts.insert(context.sha256))
        {
            first_uses(&record, at, &mut lags)?;
        }
    }
    Ok((counts, lags))
}

fn first_uses(record: &Record, at: Timestamp, lags: &mut Vec<Lag>) -> Result<(), Failure> {
    for list in Basis::read(record)?.context.lists {
        if lags
            .iter()
            .any(|one| one.list == list.id && one.sha256 == list.sha256)
        {
            continue;
        }
        let day = TimeZone::UTC.to_datetime(at).date();
        lags.push(Lag {
            lag_days: list.published.map(|published| (day - published).get_days()),
            list: list.id,
            sha256: list.sha256,
            published: list.published,
            first_used: at,
        });
    }
    Ok(())
}

impl Screenings {
    fn count(&mut self, answer: &Answer) {
        self.records += 1;
        match answer.status {
            Status::Hit => self.hit += 1,
            Status::Clear => self.clear += 1,
            Status::Unscreened => self.unscreened += 1,
        }
        self.suppressed += answer.cleared.len() as u64;
        self.lapsed += answer.lapsed.len() as u64;
    }
}

fn page(stats: &Stats, style: Style) -> String {
    let mut page = Page::new(style);
    let moment = |at: Option<Timestamp>, none: &str| at.map_or(none.to_owned(), clock::told);
    page.heading(Tone::Plain, "Screenings");
    let s = &stats.screenings;
    page.pairs(&[
        (
            "period",
            format!(
                "{} to {}",
                moment(stats.from, "the first record"),
                moment(stats.to, "now")
            ),
        ),
        (
            "records",
            format!(
                "{} = {} hit + {} clear + {} unscreened",
                s.records, s.hit, s.clear, s.unscreened
            ),
        ),
        (
            "cleared pairs",
            format!("{} alerts suppressed, {} lapsed", s.suppressed, s.lapsed),
        ),
    ]);
    page.heading(Tone::Plain, "Alerts");
    page.pairs(&work(&stats.alerts));
    let rows: Vec<Vec<String>> = stats
        .by_list
        .iter()
        .map(|(list, work)| by_list_row(list, work))
        .collect();
    page.table(
        &["list", "alerts", "open", "false", "true", "inconclusive"],
        &rows,
    );
    page.heading(Tone::Plain, "Lists, from publication to first use");
    let rows: Vec<Vec<String>> = stats.lists.iter().map(lag_row).collect();
    page.table(&["list", "published", "first used", "days"], &rows);
    page.finish()
}

fn work(work: &Work) -> Vec<(&'static str, String)> {
    let share = work
        .true_share
        .map_or("none decided either way".to_owned(), |share| {
            format!("{:.1} % true matches", share * 100.0)
        });
    let time = work.seconds_to_decision.map_or("none".to_owned(), |spread| {
        format!(
            "median {}, nine of ten within {}",
            span(spread.median),
            span(spread.p90)
        )
    });
    let b = work.backlog;
    vec![
        (
            "alerts",
            format!("{} = {} decided + {} open", work.alerts, work.decided, b.open),
        ),
        (
            "decided",
            format!(
                "{} false positives, {} true matches, {} inconclusive; {share}",
                work.false_positive, work.true_match, work.inconclusive
            ),
        ),
        ("time to decision", time),
        (
            "open, by age",
            format!(
                "{} up to 1 day, {} up to 7, {} up to 30, {} older",
                b.up_to_1_day, b.up_to_7_days, b.up_to_30_days, b.over_30_days
            ),
        ),
    ]
}

/// Seconds in the largest unit that gives a number of some size.
fn span(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn by_list_row(list: &str, work: &Work) -> Vec<String> {
    let counts = [
        work.alerts,
        work.backlog.open,
        work.false_positive,
        work.true_match,
        work.inconclusive,
    ];
    std::iter::once(list.to_owned())
        .chain(counts.map(|n| n.to_string()))
        .collect()
}

fn lag_row(lag: &Lag) -> Vec<String> {
    vec![
        lag.list.clone(),
        lag.published
            .map_or("not stated".to_owned(), |day| day.to_string()),
        clock::told(lag.first_used),
        lag.lag_days.map_or("-".to_owned(), |days| days.to_string()),
    ]
}
