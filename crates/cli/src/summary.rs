//! The numbers of a run, which must reconcile, and everything needed to repeat it.

use crate::answer;
use crate::cleared::Ruling;
use crate::failure::Failure;
use crate::freshness;
use crate::inputs::InputReport;
use crate::output::Written;
use crate::ownership::load::StakesFile;
use crate::page::{Page, Style, Tone};
use crate::progress::rate;
use crate::since;
use crate::state::Origin;
use crate::warnings;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Write, stderr};
use tamis::Screener;
use tamis::model::{Decision, Finding, ListFile, ListMeta, Status};

/// What became of the records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Records answered.
    pub answered: u64,
    /// Records with at least one alert.
    pub hit: u64,
    /// Records screened in full, with none.
    pub clear: u64,
    /// Records that were not screened.
    pub unscreened: u64,
    /// Alerts; a record may have several.
    pub alerts: u64,
    /// Matches that do not alert.
    pub information: u64,
    /// Rows written, without the header.
    pub rows: u64,
    /// Alerts by list.
    pub alerts_by_list: BTreeMap<String, u64>,
    /// Alerts by measure code.
    pub alerts_by_measure: BTreeMap<String, u64>,
    /// Alerts by what is to be done.
    pub alerts_by_action: BTreeMap<String, u64>,
    /// Alerts by how the customer is related to the entry: `direct` where it matches itself, else `OWNED` and the like.
    pub alerts_by_relation: BTreeMap<String, u64>,
    /// Alerts that cleared pairs suppress; no record counts as hit for them.
    pub suppressed: u64,
    /// Alerts that a cleared pair would have suppressed, had it not lapsed.
    pub lapsed: u64,
}

impl Tally {
    /// Counts one answer, which took `rows` rows.
    pub fn count(&mut self, decision: &Decision, rows: u64) {
        self.answer(decision.status, rows);
        self.alerts += decision.alerts.len() as u64;
        self.information += decision.information.len() as u64;
        for finding in &decision.alerts {
            let list = crate::rows::list_of(&finding.hit.entity_id);
            increase(&mut self.alerts_by_list, list, 1);
            increase(&mut self.alerts_by_action, finding.action.as_str(), 1);
            increase(&mut self.alerts_by_relation, relation(finding), 1);
            for code in crate::rows::codes(&finding.measures) {
                increase(&mut self.alerts_by_measure, code, 1);
            }
        }
    }

    /// Counts what cleared pairs said of an answer.
    pub fn rule(&mut self, ruling: &Ruling) {
        self.suppressed += ruling.cleared.len() as u64;
        self.lapsed += ruling.lapsed.len() as u64;
    }

    /// Counts one record by its status alone.
    pub fn answer(&mut self, status: Status, rows: u64) {
        self.answered += 1;
        self.rows += rows;
        match status {
            Status::Hit => self.hit += 1,
            Status::Clear => self.clear += 1,
            Status::Unscreened => self.unscreened += 1,
        }
    }

    /// Adds the counts of another part of the run.
    pub fn add(&mut self, other: &Tally) {
        self.answered += other.answered;
        self.hit += other.hit;
        self.clear += other.clear;
        self.unscreened += other.unscreened;
        self.alerts += other.alerts;
        self.information += other.information;
        self.rows += other.rows;
        self.suppressed += other.suppressed;
        self.lapsed += other.lapsed;
        for (list, alerts) in &other.alerts_by_list {
            increase(&mut self.alerts_by_list, list, *alerts);
        }
        for (code, alerts) in &other.alerts_by_measure {
            increase(&mut self.alerts_by_measure, code, *alerts);
        }
        for (action, alerts) in &other.alerts_by_action {
            increase(&mut self.alerts_by_action, action, *alerts);
        }
        for (relation, alerts) in &other.alerts_by_relation {
            increase(&mut self.alerts_by_relation, relation, *alerts);
        }
    }

    /// Checks that every record that was read has an answer: `read` is counted by the reader, everything else
    /// where rows are made.
    pub fn reconcile(&self, read: u64) -> Result<(), Failure> {
        let sum = self.hit + self.clear + self.unscreened;
        if read == self.answered && read == sum {
            return Ok(());
        }
        Err(Failure::internal(format!(
            "{read} records were read and {} answered: {} hit, {} clear, {} unscreened",
            self.answered, self.hit, self.clear, self.unscreened
        )))
    }
}

/// The word for an alert about the customer itself, beside those for relations.
const DIRECT: &str = "direct";

fn relation(finding: &Finding) -> &'static str {
    finding.via.as_ref().map_or(DIRECT, |via| via.kind.as_str())
}

fn increase(counts: &mut BTreeMap<String, u64>, key: &str, by: u64) {
    match counts.get_mut(key) {
        Some(count) => *count += by,
        None => {
            counts.insert(key.to_owned(), by);
        }
    }
}

/// When a run was made and how long it took.
#[derive(Clone, Debug, Serialize)]
pub struct Timing {
    /// The first moment, in UTC.
    pub started: String,
    /// The last moment, in UTC.
    pub finished: String,
    /// Seconds spent reading, screening and writing, without loading the lists.
    pub seconds: f64,
    /// Records in a second of these.
    pub records_per_second: f64,
}

impl Timing {
    /// Timing of `records` in `seconds`.
    pub fn new(started: jiff::Timestamp, finished: jiff::Timestamp, seconds: f64, records: u64) -> Timing {
        Timing {
            started: started.to_string(),
            finished: finished.to_string(),
            seconds: (seconds * 1e3).round() / 1e3,
            records_per_second: rate(records, seconds).round(),
        }
    }
}

/// A run, summed up.
#[derive(Serialize)]
pub struct Summary<'a> {
    records: Records<'a>,
    inputs: &'a [InputReport],
    output: &'a Written,
    notes: &'a [String],
    lists: Vec<ListSummary<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a since::Report>,
    #[serde(skip_serializing_if = "<[StakesFile]>::is_empty")]
    stakes: &'a [StakesFile],
    policy: &'a tamis::Policy,
    policy_sha256: &'a str,
    engine: &'a str,
    as_of: Date,
    timing: &'a Timing,
}

/// The counts, with the sum that must come out.
#[derive(Serialize)]
struct Records<'a> {
    #[serde(rename = "in")]
    read: u64,
    #[serde(flatten)]
    tally: &'a Tally,
}

#[derive(Serialize)]
struct ListSummary<'a> {
    id: &'a str,
    title: &'a str,
    format: &'a str,
    published: Option<Date>,
    sha256: &'a str,
    entries: usize,
    names: usize,
    remarks: usize,
    warnings: Vec<String>,
    files: &'a [ListFile],
    /// Where the list was fetched and when its source was asked, where that is known.
    source: Option<&'a Origin>,
}

/// What a summary is made from.
pub struct Run<'a> {
    /// What was screened against.
    pub screener: &'a Screener,
    /// The lists, whole.
    pub lists: &'a [ListMeta],
    /// What changed, where only that was screened against.
    pub since: Option<&'a since::Report>,
    /// The files of stakes.
    pub stakes: &'a [StakesFile],
    /// The counts.
    pub tally: &'a Tally,
    /// Records read.
    pub read: u64,
    /// The inputs.
    pub inputs: &'a [InputReport],
    /// The output.
    pub output: &'a Written,
    /// What was renamed, and what was accepted on purpose.
    pub notes: &'a [String],
    /// Where lists come from.
    pub origins: &'a [Origin],
    /// How long it took.
    pub timing: &'a Timing,
}

impl<'a> Summary<'a> {
    /// The summary of a run.
    pub fn of(run: &Run<'a>) -> Summary<'a> {
        let context = run.screener.context();
        let list = |meta: &'a ListMeta| ListSummary {
            id: &meta.id,
            title: &meta.title,
            format: &meta.format,
            published: meta.published,
            sha256: &meta.sha256,
            entries: meta.counts.entities,
            names: meta.counts.names,
            remarks: meta.remarks.len(),
            warnings: warnings::of(meta),
            files: &meta.files,
            source: freshness::of(run.origins, meta),
        };
        Summary {
            records: Records {
                read: run.read,
                tally: run.tally,
            },
            inputs: run.inputs,
            output: run.output,
            notes: run.notes,
            lists: run.lists.iter().map(list).collect(),
            since: run.since,
            stakes: run.stakes,
            policy: run.screener.policy(),
            policy_sha256: &context.policy_sha256,
            engine: &context.engine,
            as_of: context.as_of,
            timing: run.timing,
        }
    }
}

/// The same for people, on standard error.
pub fn tell(run: &Run<'_>, style: Style) {
    let mut page = Page::new(style);
    page.heading(Tone::Plain, "Summary");
    let tally = run.tally;
    let mut rows = vec![
        (
            "records",
            format!(
                "{} read = {} hit + {} clear + {} unscreened",
                run.read, tally.hit, tally.clear, tally.unscreened
            ),
        ),
        (
            "alerts",
            format!("{} in {} rows{}", tally.alerts, tally.rows, by_list(tally)),
        ),
    ];
    if tally.alerts_by_relation.keys().any(|relation| relation != DIRECT) {
        rows.push(("relations", counts(&tally.alerts_by_relation)));
    }
    if tally.information > 0 {
        let text = format!("{}, no alert (the reasons say why)", tally.information);
        rows.push(("information", text));
    }
    if tally.suppressed + tally.lapsed > 0 {
        let text = format!(
            "{} suppressed by pairs (--show-cleared shows them), {} lapsed",
            tally.suppressed, tally.lapsed
        );
        rows.push(("cleared", text));
    }
    for list in run.lists {
        let published = list
            .published
            .map_or(String::new(), |day| format!(", published {day}"));
        let hash = answer::short(&list.sha256);
        rows.push((
            "list",
            format!(
                "{}{published}, {} entries, sha256 {hash}",
                list.id, list.counts.entities
            ),
        ));
    }
    rows.extend(run.stakes.iter().map(|file| ("stakes", file.line())));
    rows.extend(since_lines(run));
    let policy = run.screener.policy();
    rows.push((
        "policy",
        format!("threshold {}, as of {}", policy.threshold, policy.as_of),
    ));
    let timing = run.timing;
    rows.push((
        "time",
        format!("{} s, {} records/s", timing.seconds, timing.records_per_second),
    ));
    let notes = run.inputs.iter().flat_map(|input| &input.notes).chain(run.notes);
    rows.extend(notes.map(|note| ("note", note.clone())));
    page.pairs(&rows);
    // The summary is a courtesy here; if standard error is closed, the output and the exit code still stand.
    let _ = stderr().lock().write_all(page.finish().as_bytes());
}

fn since_lines<'a>(run: &Run<'a>) -> Vec<(&'a str, String)> {
    let Some(since) = run.since else { return Vec::new() };
    let screened = since.screened;
    let mut rows: Vec<(&str, String)> = since.lines().into_iter().map(|line| ("since", line)).collect();
    rows.push((
        "against",
        format!(
            "{} new and {} changed entries only",
            screened.new_entries, screened.changed_entries
        ),
    ));
    rows.extend(since.notes.iter().map(|note| ("note", note.clone())));
    rows
}

fn by_list(tally: &Tally) -> String {
    match tally.alerts_by_list.is_empty() {
        true => String::new(),
        false => format!(" ({})", counts(&tally.alerts_by_list)),
    }
}

/// `OWNED 3, direct 5`.
fn counts(counts: &BTreeMap<String, u64>) -> String {
    let texts: Vec<String> = counts
        .iter()
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    texts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_do_not_reconcile_are_an_error() {
        let mut tally = Tally::default();
        tally.answer(Status::Hit, 3);
        tally.answer(Status::Clear, 1);
        tally.answer(Status::Unscreened, 1);
        assert!(tally.reconcile(3).is_ok());
        assert!(tally.reconcile(4).unwrap_err().text().contains("internal error"));
        tally.hit += 1;
        assert!(tally.reconcile(3).is_err());
    }

    #[test]
    fn information_is_counted_and_is_no_alert() {
        let finding = tamis::model::Finding {
            hit: crate::fixtures::hit(Vec::new()),
            measures: Vec::new(),
            why: "the names agree, another field conflicts: birth date 1985 / 1990".to_owned(),
            action: tamis::model::Action::Inform,
            aside: Vec::new(),
            via: None,
        };
        let mut tally = Tally::default();
        let decision = Decision {
            status: Status::Clear,
            alerts: Vec::new(),
            information: vec![finding],
            signals: Vec::new(),
            notes: Vec::new(),
        };
        tally.count(&decision, 1);
        assert_eq!((tally.clear, tally.information, tally.alerts), (1, 1, 0));
    }

    #[test]
    fn parts_of_a_run_add_up() {
        let mut one = Tally::default();
        one.answer(Status::Hit, 2);
        increase(&mut one.alerts_by_list, "un", 2);
        increase(&mut one.alerts_by_relation, DIRECT, 2);
        let mut two = one.clone();
        two.add(&one);
        assert_eq!((two.answered, two.hit, two.rows), (2, 2, 4));
        assert_eq!((two.alerts_by_list["un"], two.alerts_by_relation[DIRECT]), (4, 4));
    }
}
