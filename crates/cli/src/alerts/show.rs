//! `tamis alerts show`: one screen with everything that a decision needs.

use super::args::ShowArgs;
use super::case::{Case, Cases};
use super::checklist::{self, Question};
use super::id::AlertId;
use super::screened::Screened;
use crate::answer::{self, InFull};
use crate::args::Global;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::footnotes::Footnotes;
use crate::log;
use crate::output;
use crate::page::{Page, Style, Tone};
use serde::Serialize;
use std::path::Path;
use tamis::model::{Context, Decision, Entity, Finding, Subject, ViaKind};
use tamis_log::{Details, Log};
use tamis_review::{Alert, AlertEvent, Disposition, Duty, Identity, ReasonCode, Step};

/// An alert for machines.
#[derive(Serialize)]
struct Document<'a> {
    alert: String,
    customer: Option<&'a str>,
    #[serde(flatten)]
    state: &'a Alert,
    level: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_beside: Option<String>,
    duties: &'a [Duty],
    subject: &'a Subject,
    finding: &'a Finding,
    entity: Option<&'a Entity>,
    checklist: &'a [Question],
    earlier: &'a [Earlier],
    context: &'a Context,
    /// `None`: this build reads it otherwise.
    policy: Option<&'a tamis::Policy>,
    /// What is to be known where another build made the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// An earlier alert of the same customer and entry.
#[derive(Serialize)]
struct Earlier {
    alert: String,
    disposition: Disposition,
    steps: Vec<Step<AlertEvent>>,
    /// What changed since.
    changed: String,
}

/// What the page is made from.
struct Shown<'a> {
    case: &'a Case,
    screened: &'a Screened,
    decision: &'a Decision,
    finding: &'a Finding,
    checklist: Vec<Question>,
    earlier: Vec<Earlier>,
}

/// Runs `tamis alerts show`.
pub fn run(args: &ShowArgs, global: &Global) -> Result<Exit, Failure> {
    let path = &args.log.log;
    let log = log::open(path)?;
    let id = AlertId::resolve(&log, &args.alert)?;
    let cases = Cases::read(log.store())?;
    cases.warn();
    let none = || Failure::new(format!("there is no alert {id}"));
    let case = cases.all.iter().find(|case| case.id == id).ok_or_else(none)?;
    let screened = Screened::of(path, &log, id.record)?;
    let decision = decision_of(&screened)?;
    let finding = id.finding(&decision.alerts).ok_or_else(none)?;
    let shown = Shown {
        checklist: checklist::questions(&screened.subject, finding, screened.entity(&id.entity).ok()),
        earlier: earlier(path, &log, &cases, case, &screened),
        case,
        screened: &screened,
        decision: &decision,
        finding,
    };
    let text = match args.writing.json {
        true => output::json(&shown.document())?,
        false => shown.page(Style::of(global.color, &args.writing.output)),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

fn decision_of(screened: &Screened) -> Result<Decision, Failure> {
    let part = screened.record.details.as_ref().and_then(|part| part.text());
    let missing = || {
        Failure::at(
            format!("record {}", screened.record.sequence),
            "its evidence is not there",
        )
        .help("it was erased: `tamis log show` names the record that says why")
    };
    let details = serde_json::from_str::<Details>(part.ok_or_else(missing)?);
    let other = |e| {
        let place = format!("record {}", screened.record.sequence);
        Failure::at(place, format!("this build cannot read its evidence: {e}"))
            .help(format!("use {}, which wrote it", screened.context.engine))
    };
    Ok(details.map_err(other)?.decision)
}

/// Earlier alerts on which somebody worked. Only the latest is compared with this one: it is what a decision is measured against.
fn earlier(path: &Path, log: &Log, cases: &Cases, case: &Case, now: &Screened) -> Vec<Earlier> {
    let worked = |one: &&Case| !one.alert.steps.is_empty();
    let found: Vec<&Case> = cases.earlier(case).filter(worked).collect();
    let last = found.last().map(|one| one.id.clone());
    let changed = |one: &Case| match last.as_ref() == Some(&one.id) {
        false => "see the later one".to_owned(),
        true => Screened::of(path, log, one.id.record)
            .and_then(|then| now.changed_since(&then, &one.id.entity))
            .unwrap_or_else(|failure| format!("cannot be told: {}", failure.what())),
    };
    let earlier = |one: &Case| Earlier {
        alert: one.id.to_string(),
        disposition: one.alert.disposition,
        steps: one.alert.steps.clone(),
        changed: changed(one),
    };
    found.into_iter().map(earlier).collect()
}

impl Shown<'_> {
    fn document(&self) -> Document<'_> {
        Document {
            alert: self.case.id.to_string(),
            customer: self.case.customer.as_deref(),
            state: &self.case.alert,
            level: self.case.alert.disposition.level(),
            confirmed_beside: self.case.confirmed_beside.as_ref().map(AlertId::to_string),
            duties: &self.case.duties,
            subject: &self.screened.subject,
            finding: self.finding,
            entity: self.screened.entity(&self.case.id.entity).ok(),
            checklist: &self.checklist,
            earlier: &self.earlier,
            context: &self.screened.context,
            policy: self.screened.policy.as_ref(),
            note: self.screened.note(),
        }
    }

    fn page(&self, style: Style) -> String {
        let mut page = Page::new(style);
        let mut notes = Footnotes::default();
        let subject = &self.screened.subject;
        let found = InFull {
            finding: self.finding,
            subject,
            policy: self.screened.policy.as_ref(),
            entity: self.screened.entity(&self.case.id.entity).ok(),
        };
        self.head(&mut page);
        if let Some(note) = self.screened.note() {
            page.paragraph(&note);
        }
        answer::compared(&mut page, subject, &self.decision.signals);
        answer::in_full(&mut page, &found, Tone::Bad, "Found", &mut notes);
        page.heading(Tone::Plain, "What to ask (OFAC, FAQ 5), and what the data says");
        let asked: Vec<(&str, String)> = self
            .checklist
            .iter()
            .map(|q| (q.question, q.answer.clone()))
            .collect();
        page.pairs(&asked);
        self.history(&mut page);
        answer::sources(&mut page, &notes);
        let Screened { context, policy, .. } = self.screened;
        answer::rested_on(&mut page, context, policy.as_ref(), self.screened.metas());
        page.finish()
    }

    fn head(&self, page: &mut Page) {
        let Case {
            id,
            customer,
            alert,
            duties,
            confirmed_beside,
            ..
        } = self.case;
        let name = self
            .screened
            .subject
            .names
            .first()
            .map_or("", |name| name.text.as_str());
        page.heading(Tone::Bad, &format!("Alert {id}  {}  {name}", alert.disposition));
        let mut rows = vec![
            ("customer", customer.as_deref().unwrap_or("no id").to_owned()),
            ("screened", clock::told(alert.opened)),
            ("queue", format!("level {}", alert.disposition.level())),
            (
                "assignee",
                alert
                    .assignee
                    .as_ref()
                    .map_or("nobody".to_owned(), Identity::to_string),
            ),
        ];
        if let Some(other) = confirmed_beside {
            rows.push((
                "confirmed",
                format!("alert {other} of this customer and entry: two people release"),
            ));
        }
        rows.extend(duties.iter().map(|duty| ("if true", owed(duty))));
        if duties.is_empty() {
            rows.push(("if true", owes_nothing(id.relation).to_owned()));
        }
        page.pairs(&rows);
    }

    fn history(&self, page: &mut Page) {
        let rows = steps(&self.case.alert.steps);
        if !rows.is_empty() {
            page.heading(Tone::Plain, "What was done");
            page.table(&["when", "who", "what", "why"], &rows);
        }
        for earlier in &self.earlier {
            page.heading(
                Tone::Plain,
                &format!("Earlier alert {}: {}", earlier.alert, earlier.disposition),
            );
            page.paragraph(&format!("since then: {}", earlier.changed));
            page.table(&["when", "who", "what", "why"], &steps(&earlier.steps));
        }
    }
}

/// Why no report is owed by the match alone.
const fn owes_nothing(relation: Option<ViaKind>) -> &'static str {
    match relation {
        None => "no measure here that is known to owe a report",
        Some(_) => {
            "no report of blocked property: no rule here blocks the customer by this relation; a transaction that is \
             rejected for it may have to be reported"
        }
    }
}

/// A duty in a line.
fn owed(duty: &Duty) -> String {
    let due = duty.due.map_or(String::new(), |day| {
        format!("; the last day is {day}, counted from the day of the screening (UTC-12)")
    });
    format!("to {}: {}{due}", duty.to, duty.what)
}

fn steps(steps: &[Step<AlertEvent>]) -> Vec<Vec<String>> {
    let row = |step: &Step<AlertEvent>| {
        let (what, why) = said(&step.event);
        vec![clock::told(step.at), step.actor.to_string(), what, why]
    };
    steps.iter().map(row).collect()
}

fn said(event: &AlertEvent) -> (String, String) {
    match event {
        AlertEvent::Assigned { to } => (format!("assigned to {to}"), String::new()),
        AlertEvent::Decided {
            disposition,
            reasons,
            rationale,
        } => {
            let codes: Vec<&str> = reasons.iter().map(|code| ReasonCode::as_str(*code)).collect();
            (
                format!("{disposition} {}", codes.join(", "))
                    .trim_end()
                    .to_owned(),
                rationale.clone(),
            )
        }
        AlertEvent::Approved { rationale } => ("approved".to_owned(), rationale.clone()),
        AlertEvent::Returned { rationale } => ("sent back".to_owned(), rationale.clone()),
        other => (format!("{other:?}"), String::new()),
    }
}
