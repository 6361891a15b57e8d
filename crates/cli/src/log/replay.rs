//! `tamis replay`: a decision, made again from what it rested on, and compared byte for byte.

use super::args::ReplayArgs;
use super::basis::Basis;
use super::show::value;
use super::{open, snapshots};
use crate::alerts::frozen;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::stakes::{Stakes, StakesArgs};
use serde_json::Value;
use std::path::Path;
use tamis::model::{Decision, Subject};
use tamis::related::{Assessor, status_without_alerts};
use tamis::screen::Excerpt;
use tamis::{Scratch, Screener, engine};
use tamis_log::{Action, Answer, Hash, Part, Record, details};

/// Runs `tamis replay`. Another answer exits with 2.
pub fn run(args: &ReplayArgs) -> Result<Exit, Failure> {
    let record = open(&args.log)?.get(args.record).map_err(Failure::new)?;
    let basis = basis_of(&record)?;
    let subject = subject_of(&record)?;
    let target = Then::of(&args.log, &basis, &subject)?;
    let stakes = stakes_of(&record, &basis, target.screener(), &args.stakes)?;
    let (body, evidence) = answer(&record, &basis, &subject, &target, &stakes)?;
    let kept = record
        .details
        .as_ref()
        .map(|part| text_of(&record, part))
        .transpose()?;
    let difference = difference("answer", &record.body, &body).or_else(|| {
        difference(
            "evidence",
            kept.unwrap_or("null"),
            evidence.as_deref().unwrap_or("null"),
        )
    });
    let made = format!(
        "record {}: {} as of {}",
        record.sequence, basis.context.engine, basis.context.as_of
    );
    match difference {
        None => {
            println!(
                "{made}: same, {} bytes of answer and {} of evidence",
                body.len(),
                evidence.map_or(0, |text| text.len())
            );
            Ok(Exit::Clear)
        }
        Some(difference) => {
            println!("{made}: DIFFERENT now, by {}: {difference}", engine());
            Ok(Exit::Failed)
        }
    }
}

fn refused(record: &Record, why: impl std::fmt::Display) -> Failure {
    Failure::at(format!("record {}", record.sequence), why)
}

fn basis_of(record: &Record) -> Result<Basis, Failure> {
    let action = record.heading().map_err(Failure::new)?.action;
    if action != Action::Screening {
        return Err(refused(
            record,
            format!(
                "is no screening but '{}': there is nothing to make again",
                action.as_str()
            ),
        ));
    }
    let basis = Basis::read(record)?;
    match basis.since.is_empty() || basis.changes.is_some() {
        true => Ok(basis),
        false => Err(refused(
            record,
            format!(
                "was screened against changes only (--since), by {}, which did not keep the whole lists",
                basis.context.engine
            ),
        )
        .help("screen again with the lists, and --since, that the record names")),
    }
}

/// The subject of a screening, as it was screened.
pub fn subject_of(record: &Record) -> Result<Subject, Failure> {
    let Some(part) = &record.subject else {
        return Err(refused(
            record,
            "was not screened, since it could not be read: there is nothing to make again",
        ));
    };
    serde_json::from_str(text_of(record, part)?)
        .map_err(|e| refused(record, format!("its subject cannot be read: {e}")))
}

fn text_of<'a>(record: &Record, part: &'a Part) -> Result<&'a str, Failure> {
    part.text().ok_or_else(|| match part.erased {
        Some(by) => refused(
            record,
            format!("its personal data was erased: record {by} says why"),
        ),
        None => refused(record, "its personal data is gone")
            .help("`tamis log verify` tells what happened to the log"),
    })
}

/// What the decision was made by: the lists and the policy of that day.
fn screener_of(log: &Path, basis: &Basis) -> Result<Screener, Failure> {
    opened(log, basis, basis.snapshot)
}

fn opened(log: &Path, basis: &Basis, snapshot: Hash) -> Result<Screener, Failure> {
    let bytes = snapshots::read(log, snapshot)?;
    Screener::from_bytes(bytes, basis.policy()?).map_err(|e| {
        Failure::at(snapshots::path(log, snapshot).display(), e).help(format!(
            "the decision was made by {}, and this is {}: replay it with that one",
            basis.context.engine,
            engine()
        ))
    })
}

/// The stakes that the decision rests on: the very files, in any order, and no others.
fn stakes_of(
    record: &Record,
    basis: &Basis,
    screener: &Screener,
    args: &StakesArgs,
) -> Result<Stakes, Failure> {
    let stakes = Stakes::load(screener, args)?;
    let given = stakes.hashes();
    let wanted = basis.stakes.join(", ");
    let strange = stakes
        .files
        .iter()
        .find(|file| !basis.stakes.contains(&file.sha256));
    if let Some(file) = strange {
        let why = match basis.stakes.is_empty() {
            true => "it rests on no file of stakes: leave out --stakes".to_owned(),
            false => format!("it rests on the files of stakes with the sha256 {wanted}"),
        };
        return Err(refused(
            record,
            format!("{} (sha256 {}) is none of its files", file.name, file.sha256),
        )
        .help(why));
    }
    match basis.stakes.iter().find(|hash| !given.contains(hash)) {
        None => Ok(stakes),
        Some(missing) => Err(refused(
            record,
            format!("rests on a file of stakes that is not given: sha256 {missing}"),
        )
        .help("give each file of stakes that it was screened with by --stakes FILE")),
    }
}

/// What a subject was screened against then.
enum Then {
    Whole(Box<Screener>),
    /// Entries that changed, and the whole lists where parties behind the customer ask for them.
    Changes(Box<Excerpt>, Option<Box<Screener>>),
}

impl Then {
    fn of(log: &Path, basis: &Basis, subject: &Subject) -> Result<Then, Failure> {
        let screener = screener_of(log, basis)?;
        let Some(changes) = &basis.changes else {
            return Ok(Then::Whole(Box::new(screener)));
        };
        let excerpt = Excerpt::new(screener, changes.removed.clone(), changes.nothing);
        let whole = match subject.related.is_empty() {
            true => None,
            false => Some(Box::new(opened(log, basis, changes.whole)?)),
        };
        Ok(Then::Changes(Box::new(excerpt), whole))
    }

    fn screener(&self) -> &Screener {
        match self {
            Then::Whole(screener) => screener,
            Then::Changes(excerpt, _) => excerpt.screener(),
        }
    }

    fn decide(&self, assessor: &Assessor, subject: &Subject) -> Decision {
        let scratch = &mut Scratch::default();
        match self {
            Then::Whole(screener) => assessor.decide(screener, subject, scratch),
            Then::Changes(excerpt, whole) => {
                // They are there whenever they are asked for: a customer with parties behind it has them.
                let missing = || "the whole lists are not at hand".to_owned();
                let whole = || whole.as_deref().ok_or_else(missing);
                assessor.decide_since(excerpt, whole, subject, scratch)
            }
        }
    }
}

/// The answer made again, as it would be kept.
fn answer(
    record: &Record,
    basis: &Basis,
    subject: &Subject,
    target: &Then,
    stakes: &Stakes,
) -> Result<(String, Option<String>), Failure> {
    // The id stands in the chain, not with the subject; stakes may know the customer by it.
    let named = Subject {
        id: record.customer.as_deref().map(str::to_owned),
        ..subject.clone()
    };
    let decision = target.decide(&stakes.assessor, &named);
    let near = basis
        .floor
        .map(|floor| target.screener().near_misses(subject, floor))
        .unwrap_or_default();
    let before: Answer = record.body().map_err(Failure::new)?;
    // Which pairs held is a fact of that day; what they suppress follows from it.
    let cleared: Vec<(String, String)> = before
        .cleared
        .iter()
        .map(|one| (one.found.entity.clone(), one.pair.clone()))
        .collect();
    let mut answer = Answer {
        input: before.input,
        line: before.line,
        lapsed: before.lapsed,
        ..Answer::of(&decision, &near)
    };
    let mut alerts = before
        .alerts
        .iter()
        .chain(before.cleared.iter().map(|one| &one.found));
    // Earlier versions did not keep it.
    if alerts.any(|found| found.frozen.is_some()) {
        frozen::keep(&mut answer, &decision)?;
    }
    answer.suppress(&cleared, status_without_alerts(subject, &decision.notes));
    let body = serde_json::to_string(&answer).map_err(Failure::internal)?;
    Ok((body, details(&decision, &near).map_err(Failure::new)?))
}

/// Where two texts differ first; `None` where they are the same, byte for byte.
fn difference(what: &str, then: &str, now: &str) -> Option<String> {
    if then == now {
        return None;
    }
    let found = first_difference(what, &value(then), &value(now));
    Some(found.unwrap_or_else(|| format!("{what}: the same, written otherwise")))
}

fn first_difference(place: &str, then: &Value, now: &Value) -> Option<String> {
    match (then, now) {
        (Value::Object(one), Value::Object(two)) => {
            let keys = one.keys().chain(two.keys().filter(|key| !one.contains_key(*key)));
            let null = Value::Null;
            let side = |object: &'_ serde_json::Map<String, Value>, key: &str| {
                object.get(key).cloned().unwrap_or(null.clone())
            };
            keys.into_iter()
                .find_map(|key| first_difference(&format!("{place}.{key}"), &side(one, key), &side(two, key)))
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => {
            let mut pairs = one.iter().zip(two).enumerate();
            pairs.find_map(|(at, (one, two))| first_difference(&format!("{place}[{at}]"), one, two))
        }
        (one, two) if one == two => None,
        (one, two) => Some(format!("{place}: {one} then, {two} now")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_told_by_its_place() {
        let then = r#"{"status":"HIT","alerts":[{"score":0.9,"entity":"un:1"}]}"#;
        let cases = [
            (then, None),
            (
                r#"{"status":"CLEAR"}"#,
                Some(r#"answer.status: "HIT" then, "CLEAR" now"#),
            ),
            (
                r#"{"status":"HIT","alerts":[{"score":0.8,"entity":"un:1"}]}"#,
                Some("answer.alerts[0].score: 0.9 then, 0.8 now"),
            ),
            (
                r#"{"status":"HIT","alerts":[{"score":0.9,"entity":"un:1","x":1}]}"#,
                Some("answer.alerts[0].x: null then, 1 now"),
            ),
            (
                r#"{"alerts":[{"score":0.9,"entity":"un:1"}],"status":"HIT"}"#,
                Some("answer: the same, written otherwise"),
            ),
        ];
        for (now, expected) in cases {
            assert_eq!(difference("answer", then, now).as_deref(), expected, "{now}");
        }
    }
}
