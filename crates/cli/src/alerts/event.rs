//! Events of alert work as records of the log. What is said of people (the rationale quotes customers) is the personal part
//! of a record, which erasure reaches; what was decided stays.

use super::id::AlertId;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tamis_log::{Action, Entry, Filter, Headed, Heading, Record, Records, SqliteStore};
use tamis_review::{AlertEvent, Disposition, Docket, Identity, PairKey, ReasonCode, Step};

/// The actions of alert work.
const ACTIONS: [Action; 4] = [
    Action::AlertAssigned,
    Action::AlertDecided,
    Action::AlertApproved,
    Action::AlertRefused,
];

/// The body of a record of alert work.
#[derive(Serialize, Deserialize)]
struct Done {
    #[serde(flatten)]
    alert: AlertId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Identity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    disposition: Option<Disposition>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<ReasonCode>,
}

/// The personal part: why, in words.
#[derive(Serialize, Deserialize)]
struct Words {
    rationale: String,
}

/// The body of a record of an attempt that was refused since one person would have been both pairs of eyes.
#[derive(Serialize)]
struct Attempt<'a> {
    attempted: &'a Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    alert: Option<&'a AlertId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<&'a str>,
    refused: String,
}

/// What an event is called in the log.
pub fn action_of(event: &AlertEvent) -> Result<Action, Failure> {
    Ok(match event {
        AlertEvent::Assigned { .. } => Action::AlertAssigned,
        AlertEvent::Decided { .. } => Action::AlertDecided,
        AlertEvent::Approved { .. } => Action::AlertApproved,
        AlertEvent::Returned { .. } => Action::AlertRefused,
        other => return Err(Failure::internal(format!("an event without a name: {other:?}"))),
    })
}

/// The record of an event.
pub fn entry(
    id: &AlertId,
    customer: Option<Arc<str>>,
    actor: &Identity,
    event: &AlertEvent,
) -> Result<Entry, Failure> {
    let mut done = Done {
        alert: id.clone(),
        to: None,
        disposition: None,
        reasons: Vec::new(),
    };
    let rationale = match event {
        AlertEvent::Assigned { to } => {
            done.to = Some(to.clone());
            None
        }
        AlertEvent::Decided {
            disposition,
            reasons,
            rationale,
        } => {
            (done.disposition, done.reasons) = (Some(*disposition), reasons.clone());
            Some(rationale)
        }
        AlertEvent::Approved { rationale } | AlertEvent::Returned { rationale } => Some(rationale),
        _ => None,
    };
    Ok(Entry {
        customer,
        details: rationale.map(|text| words(text)).transpose()?,
        ..Entry::new(heading(action_of(event)?, actor)?, &done)?
    })
}

/// The record of an attempt that was refused.
pub fn attempt(
    action: &Action,
    on: Result<&AlertId, &str>,
    customer: Option<Arc<str>>,
    actor: &Identity,
    why: &tamis_review::Error,
) -> Result<Entry, Failure> {
    let attempt = Attempt {
        attempted: action,
        alert: on.ok(),
        pair: on.err(),
        refused: why.to_string(),
    };
    let entry = Entry::new(heading(Action::AttemptRefused, actor)?, &attempt)?;
    Ok(Entry { customer, ..entry })
}

/// A heading of an act of a person.
pub fn heading(action: Action, actor: &Identity) -> Result<Arc<Headed>, Failure> {
    Ok(Headed::new(Heading::new(action, actor.as_str()))?)
}

fn words(rationale: &str) -> Result<String, Failure> {
    let words = Words {
        rationale: rationale.to_owned(),
    };
    serde_json::to_string(&words).map_err(Failure::internal)
}

/// The rationale of a record, or that it was erased.
pub fn rationale(record: &Record) -> String {
    let part = record.details.as_ref();
    let read = part.and_then(|part| serde_json::from_str::<Words>(part.text()?).ok());
    let erased = || match part.and_then(|part| part.erased) {
        Some(by) => format!("(erased: record {by} says why)"),
        None => "(not there)".to_owned(),
    };
    read.map_or_else(erased, |words| words.rationale)
}

/// Who acted.
pub fn actor(record: &Record) -> Result<Identity, Failure> {
    Ok(Identity::new(&record.heading()?.actor)?)
}

/// The event that a record holds.
pub fn read(record: &Record) -> Result<(AlertId, Step<AlertEvent>), Failure> {
    let done: Done = record.body()?;
    let missing = |what: &str| {
        Failure::at(
            format!("record {}", record.sequence),
            format!("{what} is missing"),
        )
    };
    let rationale = rationale(record);
    let event = match record.heading()?.action {
        Action::AlertAssigned => AlertEvent::Assigned {
            to: done.to.ok_or_else(|| missing("who is to look at the alert"))?,
        },
        Action::AlertDecided => AlertEvent::Decided {
            disposition: done.disposition.ok_or_else(|| missing("the disposition"))?,
            reasons: done.reasons,
            rationale,
        },
        Action::AlertApproved => AlertEvent::Approved { rationale },
        _ => AlertEvent::Returned { rationale },
    };
    let step = Step {
        at: record.timestamp()?,
        actor: actor(record)?,
        event,
    };
    Ok((done.alert, step))
}

/// Takes the event of a record into a docket, under the name that `known` gives the alert; where the screening was purged nothing
/// is known of it, and what was decided about it counts until it goes, too. Returns the name, and why the event does not fit.
pub fn take(
    docket: &mut Docket<AlertId>,
    record: &Record,
    known: impl Fn(&AlertId) -> Option<AlertId>,
) -> Result<(AlertId, Result<(), tamis_review::Error>), Failure> {
    let (named, step) = read(record)?;
    let id = known(&named).unwrap_or(named);
    let key = PairKey::new(record.customer.as_deref(), id.entity.clone()).ok();
    let taken = docket.take(&id, key, step);
    Ok((id, taken))
}

/// All records of alert work, in order.
pub fn records(store: &SqliteStore) -> Result<Vec<Record>, Failure> {
    of_actions(store, &ACTIONS)
}

/// All records of these actions, in order.
pub fn of_actions(store: &SqliteStore, actions: &[Action]) -> Result<Vec<Record>, Failure> {
    let mut all = Vec::new();
    for action in actions {
        let filter = Filter {
            action: Some(action.clone()),
            ..Filter::default()
        };
        for record in Records::of(store, &filter)? {
            all.push(record?);
        }
    }
    all.sort_by_key(|record| record.sequence);
    Ok(all)
}
