//! The report for machines.

use super::read::Run;
use crate::answer;
use crate::args::RowFormat;
use crate::failure::Failure;
use crate::frame::{self, Pen};
use crate::inputs::InputReport;
use serde::Serialize;
use tamis::Screener;
use tamis::model::Context;
use tamis::successors::{Lead, ListedHere, Report, Signal, Unexamined};

/// What every report says first.
pub const MEANING: &str = "Leads for an analyst, no alerts: that a company stands here does not say that it is listed, \
                           owned or controlled by a listed party, or that it continues one.";

/// The JSON form, and what the page is made from.
#[derive(Serialize)]
pub struct Document<'a> {
    meaning: &'static str,
    /// Records read.
    pub records: u64,
    /// Everything found.
    #[serde(flatten)]
    pub report: &'a Report,
    /// Leads that were not asked for.
    pub below_min_grade: usize,
    /// The register.
    pub register: &'a [InputReport],
    /// Lists with hashes, policy hash, engine, day.
    pub context: &'a Context,
    seconds: f64,
}

impl<'a> Document<'a> {
    /// The document of a run.
    pub fn new(screener: &'a Screener, run: &'a Run, hidden: usize, seconds: f64) -> Document<'a> {
        Document {
            meaning: MEANING,
            records: run.records,
            report: &run.report,
            below_min_grade: hidden,
            register: &run.input,
            context: screener.context(),
            seconds: (seconds * 1e3).round() / 1e3,
        }
    }
}

/// The columns of the CSV form.
const COLUMNS: [&str; 19] = [
    "grade",
    "points",
    "company_id",
    "company_name",
    "country",
    "founded",
    "dissolved",
    "families",
    "signal",
    "signal_points",
    "entity_id",
    "entity_name",
    "standing",
    "register_says",
    "list_says",
    "name_score",
    "reason",
    "line",
    frame::POLICY,
];

/// One row for each lead and signal, then the listed companies themselves, then what was not examined.
pub fn csv(report: &Report, context: &Context) -> Result<String, Failure> {
    let mut pen = Pen::new(RowFormat::Csv);
    pen.row(COLUMNS.into_iter())?;
    let signals = |lead: &'_ Lead| {
        lead.signals
            .iter()
            .map(|signal| lead_row(lead, signal))
            .collect::<Vec<_>>()
    };
    let leads = report.leads.iter().flat_map(signals);
    let listed = report.listed.iter().map(listed_row);
    let unexamined = report.unexamined.iter().map(unexamined_row);
    let policy = answer::short(&context.policy_sha256);
    for row in leads.chain(listed).chain(unexamined) {
        pen.row(row.iter().map(String::as_str).chain([policy]))?;
    }
    String::from_utf8(pen.bytes()?).map_err(Failure::internal)
}

/// The families in one cell.
pub fn families(lead: &Lead) -> String {
    let words: Vec<&str> = lead.families.iter().map(|family| family.as_str()).collect();
    words.join("|")
}

fn lead_row(lead: &Lead, signal: &Signal) -> [String; 18] {
    [
        lead.grade.as_str().to_owned(),
        lead.points.to_string(),
        lead.company_id.clone(),
        lead.company_name.clone(),
        lead.about.country.clone(),
        lead.about.founded.clone(),
        lead.about.dissolved.clone(),
        families(lead),
        signal.kind.as_str().to_owned(),
        signal.points.to_string(),
        signal.entity_id.clone(),
        signal.entity_name.clone(),
        signal.standing.as_str().to_owned(),
        signal.here.clone(),
        signal.there.clone(),
        signal.score.map_or(String::new(), |score| score.to_string()),
        signal.reason.clone(),
        lead.line.to_string(),
    ]
}

fn listed_row(listed: &ListedHere) -> [String; 18] {
    let mut row: [String; 18] = Default::default();
    row[0] = "LISTED".to_owned();
    row[2] = listed.company_id.clone();
    row[3] = listed.company_name.clone();
    row[4] = listed.about.country.clone();
    row[5] = listed.about.founded.clone();
    row[6] = listed.about.dissolved.clone();
    row[10] = listed.entity_id.clone();
    row[11] = listed.entity_name.clone();
    row[12] = listed.standing.as_str().to_owned();
    row[16] = listed.how.clone();
    row[17] = listed.line.to_string();
    row
}

fn unexamined_row(unexamined: &Unexamined) -> [String; 18] {
    let mut row: [String; 18] = Default::default();
    row[0] = "UNEXAMINED".to_owned();
    row[16] = unexamined.reason.clone();
    row[17] = unexamined.line.to_string();
    row
}
