//! `tamis log export`: records as JSON Lines from which others can recompute every hash.

use super::args::ExportArgs;
use super::show::value;
use super::{filter, open};
use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, Sink};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use tamis_log::{Hash, Part, Record, Text};

/// A line of the export.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    /// What records refer to by its hash; stands before the first of them.
    Context { sha256: Hash, text: &'a str },
    /// The same of headings.
    Heading { sha256: Hash, text: &'a str },
    /// A record.
    Record {
        sequence: u64,
        time: String,
        /// The bytes that are hashed after the hash of the record before.
        canonical: String,
        sha256: Hash,
        heading: Value,
        #[serde(skip_serializing_if = "Option::is_none")]
        subject: Option<Personal<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        details: Option<Personal<'a>>,
    },
}

/// Personal data: the hash of salt and text stands in the record.
#[derive(Serialize)]
struct Personal<'a> {
    salt: String,
    text: &'a str,
}

/// Runs `tamis log export`.
pub fn run(args: &ExportArgs, global: &Global) -> Result<Exit, Failure> {
    output::refuse_overwriting(&args.output, std::slice::from_ref(&args.file))?;
    let log = open(&args.file)?;
    let mut sink = Sink::open(&args.output)?;
    let (mut told, mut count) = (HashSet::new(), 0_u64);
    for record in log.read(&filter(&args.which)).map_err(Failure::new)? {
        let record = record.map_err(Failure::new)?;
        for line in lines(&record, &mut told, !args.without_personal)? {
            let mut line = serde_json::to_vec(&line).map_err(Failure::internal)?;
            line.push(b'\n');
            sink.write(&line)?;
        }
        count += 1;
    }
    sink.seal()?.publish()?;
    if !global.quiet {
        eprintln!("exported {count} records of {}", args.file.display());
    }
    Ok(Exit::Clear)
}

fn lines<'a>(record: &'a Record, told: &mut HashSet<Hash>, personal: bool) -> Result<Vec<Line<'a>>, Failure> {
    let part = |part: &'a Option<Part>| part.as_ref().filter(|_| personal).and_then(shown);
    let mut fresh = |text: &Text| told.insert(text.sha256);
    let mut lines = Vec::new();
    if let Some(context) = record.context.as_ref().filter(|text| fresh(text)) {
        lines.push(Line::Context {
            sha256: context.sha256,
            text: &context.text,
        });
    }
    if fresh(&record.heading) {
        lines.push(Line::Heading {
            sha256: record.heading.sha256,
            text: &record.heading.text,
        });
    }
    lines.push(Line::Record {
        sequence: record.sequence,
        time: record.timestamp().map_err(Failure::new)?.to_string(),
        canonical: record.canonical_text(),
        sha256: record.sha256,
        heading: value(&record.heading.text),
        subject: part(&record.subject),
        details: part(&record.details),
    });
    Ok(lines)
}

fn shown(part: &Part) -> Option<Personal<'_>> {
    let (salt, text) = part.content.as_ref()?;
    Some(Personal {
        salt: salt.iter().map(|byte| format!("{byte:02x}")).collect(),
        text,
    })
}
