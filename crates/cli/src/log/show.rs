//! `tamis log show`.

use super::args::ShowArgs;
use super::{filter, open};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, STANDARD, Sink};
use crate::page::in_a_line;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;
use tamis_log::{Action, Answer, Part, Record};

/// A record in full.
#[derive(Serialize)]
pub struct Full {
    record: u64,
    time: String,
    action: Action,
    actor: String,
    request: Option<String>,
    request_sha256: Option<tamis_log::Hash>,
    customer: Option<String>,
    body: Value,
    subject: Value,
    details: Value,
    context: Value,
    sha256: tamis_log::Hash,
}

impl Full {
    /// Everything that a record says.
    fn of(record: &Record) -> Result<Full, Failure> {
        let heading = record.heading().map_err(Failure::new)?;
        Ok(Full {
            record: record.sequence,
            time: record.timestamp().map_err(Failure::new)?.to_string(),
            action: heading.action,
            actor: heading.actor,
            request: heading.request,
            request_sha256: heading.request_sha256,
            customer: record.customer.as_deref().map(str::to_owned),
            body: value(&record.body),
            subject: personal(record.subject.as_ref()),
            details: personal(record.details.as_ref()),
            context: record
                .context
                .as_ref()
                .map_or(Value::Null, |context| value(&context.text)),
            sha256: record.sha256,
        })
    }
}

/// Runs `tamis log show`.
pub fn run(args: &ShowArgs) -> Result<Exit, Failure> {
    let log = open(&args.file)?;
    if let Some(sequence) = args.record {
        let record = log.get(sequence).map_err(Failure::new)?;
        output::write_document(Path::new(STANDARD), &output::json(&Full::of(&record)?)?)?;
        return Ok(Exit::Clear);
    }
    let mut sink = Sink::open(Path::new(STANDARD))?;
    for record in log.read(&filter(&args.which)).map_err(Failure::new)? {
        sink.write(line(&record.map_err(Failure::new)?)?.as_bytes())?;
    }
    sink.seal()?.publish()?;
    Ok(Exit::Clear)
}

/// A record in a line, parted by tabs: number, time, action, actor, customer, and what was answered.
fn line(record: &Record) -> Result<String, Failure> {
    let heading = record.heading().map_err(Failure::new)?;
    let time = record.timestamp().map_err(Failure::new)?;
    let said = match heading.action {
        Action::Screening => record
            .body::<Answer>()
            .map_or_else(|_| record.body.clone(), |answer| answered(&answer)),
        _ => record.body.clone(),
    };
    let customer = record.customer.as_deref().unwrap_or("-");
    let cells = [heading.action.as_str(), &heading.actor, customer, &said].map(in_a_line);
    Ok(format!("{}\t{time}\t{}\n", record.sequence, cells.join("\t")))
}

fn answered(answer: &Answer) -> String {
    let alerts = answer
        .alerts
        .iter()
        .map(|found| format!("{} {}", found.entity, found.score));
    let suppressed = match answer.cleared.len() {
        0 => None,
        count => Some(format!("+{count} suppressed")),
    };
    std::iter::once(answer.status.as_str().to_owned())
        .chain(alerts)
        .chain(suppressed)
        .collect::<Vec<_>>()
        .join(" ")
}

fn personal(part: Option<&Part>) -> Value {
    match part {
        None => Value::Null,
        Some(part) => match (part.text(), part.erased) {
            (Some(text), _) => value(text),
            (None, Some(by)) => Value::from(format!("erased: record {by} says why")),
            (None, None) => Value::from("gone"),
        },
    }
}

/// JSON as a value, or the text where it is none.
pub fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}
