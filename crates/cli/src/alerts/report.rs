//! `tamis alerts report`: the draft of a report to OFAC, filled with what is on record. It is never filed.

use super::args::{ReportArgs, ReportKind};
use super::case::{Case, findings};
use super::frozen;
use super::id::AlertId;
use super::screened::Screened;
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::log;
use crate::output;
use crate::page::{Page, Style, Tone};
use jiff::civil::Date;
use serde::Serialize;
use tamis::model::{Entity, Finding, Measure, Prohibition, Subject};
use tamis_review::{AlertEvent, Disposition, Error, Identity, OFAC_DAYS, business_day, earliest_day};

/// What stands above every draft.
const DRAFT: &str = "DRAFT. Not filed. Check every line and add what is missing; reports are filed by people, with OFAC, by its own system.";

/// A draft.
#[derive(Serialize)]
struct Draft<'a> {
    draft: &'static str,
    report: &'static str,
    legal_ground: &'static str,
    /// The last day to file.
    due: Date,
    due_counted_from: Date,
    alert: String,
    customer: Option<&'a str>,
    party: &'a Subject,
    listed: &'a Entity,
    measures: Vec<&'a Measure>,
    account: Option<&'a str>,
    property: Option<&'a str>,
    value: Option<&'a str>,
    recommended_by: Option<&'a Identity>,
    approved_by: Option<&'a Identity>,
    lists: Vec<String>,
    /// What a report needs and nobody gave.
    missing: Vec<&'static str>,
}

impl ReportKind {
    const fn title(self) -> &'static str {
        match self {
            ReportKind::Blocked => "report of blocked property",
            ReportKind::Rejected => "report of a rejected transaction",
        }
    }

    const fn ground(self) -> &'static str {
        match self {
            ReportKind::Blocked => "31 CFR 501.603",
            ReportKind::Rejected => "31 CFR 501.604",
        }
    }
}

/// Runs `tamis alerts report`.
pub fn run(args: &ReportArgs, global: &Global) -> Result<Exit, Failure> {
    let path = &args.log.log;
    let log = log::open(path)?;
    let id = AlertId::resolve(&log, &args.alert)?;
    let case = Case::one(log.store(), &id)?;
    let screened = Screened::of(path, &log, id.record)?;
    let found = findings(&screened.record);
    let finding = id
        .finding(&found)
        .ok_or_else(|| Failure::new(format!("the evidence of {id} is not there")))?;
    let measures = freezes(args.kind, finding)?;
    owed(args.kind, &case, &measures)?;
    let draft = draft(args, &case, &screened, measures)?;
    let text = match args.writing.json {
        true => output::json(&draft)?,
        false => page(&draft, Style::of(global.color, &args.writing.output)),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

/// The measures of the United States that freeze: the customer, for a report of what was blocked; the entry at least, for one of a
/// transaction that was rejected on account of it.
fn freezes(kind: ReportKind, finding: &Finding) -> Result<Vec<&Measure>, Failure> {
    let of_entry = |m: &&Measure| m.prohibits == Prohibition::AssetFreeze;
    let measures = match kind {
        ReportKind::Blocked => frozen::freezes(finding)?,
        ReportKind::Rejected => finding.measures.iter().filter(of_entry).collect(),
    };
    Ok(measures.into_iter().filter(|m| m.regime() == "us").collect())
}

fn owed(kind: ReportKind, case: &Case, freezes: &[&Measure]) -> Result<(), Error> {
    if case.alert.disposition != Disposition::TrueMatchConfirmed {
        return Err(Error::NoReport(format!(
            "it is {}, and only a match that two people confirmed is reported",
            case.alert.disposition
        )));
    }
    if !freezes.is_empty() {
        return Ok(());
    }
    Err(Error::NoReport(match (kind, case.id.relation) {
        (ReportKind::Blocked, Some(relation)) => format!(
            "it is {} of a listed party, by which the United States block nothing; a transaction that was rejected is \
             reported with --kind rejected",
            relation.as_str()
        ),
        _ => "no measure of the United States here freezes assets; what others ask for, `tamis alerts show` says".into(),
    }))
}

fn draft<'a>(
    args: &'a ReportArgs,
    case: &'a Case,
    screened: &'a Screened,
    measures: Vec<&'a Measure>,
) -> Result<Draft<'a>, Failure> {
    let screened_on = earliest_day(case.alert.opened);
    let from = args.on.unwrap_or(screened_on);
    let list = |list: &tamis::model::ListStamp| {
        let published = list
            .published
            .map_or("date not stated".to_owned(), |day| day.to_string());
        format!("{} ({published}), sha256 {}", list.id, list.sha256)
    };
    Ok(Draft {
        draft: DRAFT,
        report: args.kind.title(),
        legal_ground: args.kind.ground(),
        due: business_day::after(from, OFAC_DAYS)?,
        due_counted_from: from,
        alert: case.id.to_string(),
        customer: case.customer.as_deref(),
        party: &screened.subject,
        listed: screened.entity(&case.id.entity)?,
        measures,
        account: args.account.as_deref(),
        property: args.property.as_deref(),
        value: args.value.as_deref(),
        recommended_by: actor(case, |event| {
            matches!(
                event,
                AlertEvent::Decided {
                    disposition: Disposition::TrueMatchRecommended,
                    ..
                }
            )
        }),
        approved_by: actor(case, |event| matches!(event, AlertEvent::Approved { .. })),
        lists: screened.context.lists.iter().map(list).collect(),
        missing: missing(args),
    })
}

/// Who did the last such thing.
fn actor(case: &Case, such: impl Fn(&AlertEvent) -> bool) -> Option<&Identity> {
    let last = case.alert.steps.iter().rev().find(|step| such(&step.event));
    last.map(|step| &step.actor)
}

fn missing(args: &ReportArgs) -> Vec<&'static str> {
    let given = [
        (args.account.is_some(), "account (--account)"),
        (
            args.property.is_some(),
            "description of the property or transaction (--property)",
        ),
        (args.value.is_some(), "value (--value)"),
        (
            args.on.is_some(),
            "the day of the blocking or rejection (--on); that of the screening is taken",
        ),
    ];
    let left = given.into_iter().filter(|(given, _)| !given);
    left.map(|(_, what)| what)
        .chain(["name and address of the filer", "who can be asked"])
        .collect()
}

fn page(draft: &Draft<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let said = |text: Option<&str>| text.unwrap_or("NOT GIVEN").to_owned();
    page.heading(
        Tone::Unsure,
        &format!("DRAFT: {} ({})", draft.report, draft.legal_ground),
    );
    page.paragraph(draft.draft);
    let mut rows = vec![
        (
            "due",
            format!(
                "{}, {OFAC_DAYS} business days after {}",
                draft.due, draft.due_counted_from
            ),
        ),
        ("alert", draft.alert.clone()),
        ("customer", said(draft.customer)),
    ];
    rows.extend(party(draft.party));
    rows.extend([
        ("account", said(draft.account)),
        ("property", said(draft.property)),
        ("value", said(draft.value)),
    ]);
    page.pairs(&rows);
    page.heading(Tone::Plain, &format!("Listed as {}", draft.listed.id()));
    let mut notes = crate::footnotes::Footnotes::default();
    page.pairs(&crate::tables::entry(draft.listed, &mut notes));
    let measures: Vec<Measure> = draft.measures.iter().map(|m| (*m).clone()).collect();
    page.table(
        &crate::tables::MEASURES,
        &crate::tables::measures(&measures, &mut notes),
    );
    crate::answer::sources(&mut page, &notes);
    page.heading(Tone::Plain, "How it was found");
    let mut found: Vec<(&str, String)> = draft.lists.iter().map(|list| ("list", list.clone())).collect();
    found.push(("recommended by", said(draft.recommended_by.map(Identity::as_str))));
    found.push(("approved by", said(draft.approved_by.map(Identity::as_str))));
    page.pairs(&found);
    page.heading(Tone::Unsure, "Missing");
    let missing: Vec<(&str, String)> = draft
        .missing
        .iter()
        .map(|what| ("-", (*what).to_owned()))
        .collect();
    page.pairs(&missing);
    page.finish()
}

fn party(subject: &Subject) -> Vec<(&'static str, String)> {
    let mut rows: Vec<(&str, String)> = subject
        .names
        .iter()
        .map(|name| ("party", name.text.clone()))
        .collect();
    rows.extend(subject.birth_date.iter().map(|born| ("born", born.text.clone())));
    rows.extend(
        subject
            .countries
            .iter()
            .map(|country| ("country", country.text.clone())),
    );
    let ids = subject.identifiers.iter();
    rows.extend(ids.map(|id| ("identifier", format!("{} {}", id.kind.as_str(), id.value))));
    rows
}
