//! `tamis log verify`.

use super::args::VerifyArgs;
use super::{head, open};
use crate::bundle::keys;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use serde::Serialize;
use std::path::Path;
use tamis_log::{Head, Verification};

/// What came of it, for machines.
#[derive(Serialize)]
struct Report<'a> {
    sound: bool,
    head: &'a Head,
    records: u64,
    purged: u64,
    faults: Vec<Line<'a>>,
    more_faults: u64,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Line<'a> {
    record: u64,
    kind: &'a str,
    why: &'a str,
}

/// Runs `tamis log verify`. A log with a fault exits with 2.
pub fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let key = args.key.as_deref().map(keys::public).transpose()?;
    let heads = args.heads.iter().map(|path| head::read(path, key.as_ref()));
    let heads = heads.collect::<Result<Vec<_>, _>>()?;
    let verification = open(&args.file)?.verify(&heads).map_err(Failure::new)?;
    let text = match args.json {
        true => output::json(&report(&verification))?,
        false => page(&args.file, &verification, heads.len()),
    };
    output::write_document(Path::new(output::STANDARD), &text)?;
    Ok(match verification.faults.is_empty() {
        true => Exit::Clear,
        false => Exit::Failed,
    })
}

fn report(verification: &Verification) -> Report<'_> {
    let faults = verification.faults.iter();
    Report {
        sound: verification.faults.is_empty(),
        head: &verification.head,
        records: verification.records,
        purged: verification.purged,
        faults: faults
            .map(|fault| Line {
                record: fault.sequence,
                kind: fault.kind.as_str(),
                why: &fault.why,
            })
            .collect(),
        more_faults: verification.untold,
        notes: &verification.notes,
    }
}

fn page(file: &Path, verification: &Verification, heads: usize) -> String {
    let Verification {
        head,
        records,
        purged,
        faults,
        untold,
        notes,
    } = verification;
    let mut lines: Vec<String> = faults
        .iter()
        .map(|fault| {
            format!(
                "record {}: {}: {}",
                fault.sequence,
                fault.kind.as_str(),
                fault.why
            )
        })
        .collect();
    if *untold > 0 {
        lines.push(format!("and {untold} faults more"));
    }
    lines.extend(notes.iter().map(|note| format!("note: {note}")));
    if *purged > 0 {
        lines.push(format!("note: the records up to {purged} were purged"));
    }
    let compared = match heads {
        0 => "no head was compared, so records cut off at the end together with what the log states of itself would not show".to_owned(),
        heads => format!("{heads} heads compared"),
    };
    lines.push(match faults.is_empty() {
        true => format!(
            "{}: sound, {records} records up to {} of {}, sha256 {}; {compared}",
            file.display(),
            head.sequence,
            head.time,
            head.sha256
        ),
        false => format!(
            "{}: NOT SOUND, {} faults in {records} records",
            file.display(),
            faults.len() as u64 + untold
        ),
    });
    lines.join("\n") + "\n"
}
