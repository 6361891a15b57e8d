//! What an alert is called.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::fmt;
use tamis_log::{Answer, Log, Record};

/// An alert: the record of the screening, and the entry that was found. Records are never numbered anew, so that the name
/// stands for good.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlertId {
    /// The record of the screening.
    pub record: u64,
    /// The entry.
    pub entity: String,
}

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.record, self.entity)
    }
}

impl AlertId {
    /// The alert that `text` names: `12/un:6908555`, or `12` where that record has one alert.
    pub fn resolve(log: &Log, text: &str) -> Result<AlertId, Failure> {
        let (number, entity) = match text.split_once('/') {
            Some((number, entity)) => (number, Some(entity)),
            None => (text, None),
        };
        let wrong = || {
            Failure::new(format!("'{text}' names no alert"))
                .help("write RECORD/ENTRY, such as 12/un:6908555; `tamis alerts list` names them")
        };
        let record: u64 = number.trim().parse().map_err(|_| wrong())?;
        let found = alerts_of(&log.get(record)?);
        let known = |id: &&AlertId| entity.is_none_or(|entity| id.entity == entity.trim());
        let fitting: Vec<&AlertId> = found.iter().filter(known).collect();
        match fitting.as_slice() {
            [one] => Ok((*one).clone()),
            _ => Err(none_of(record, entity, &found)),
        }
    }
}

fn none_of(record: u64, entity: Option<&str>, found: &[AlertId]) -> Failure {
    let what = match (entity, found.len()) {
        (_, 0) => "has no alert".to_owned(),
        (Some(entity), _) => format!("has no alert on '{entity}'"),
        (None, several) => format!("has {several} alerts, and each is decided by itself"),
    };
    let known: Vec<String> = found.iter().map(AlertId::to_string).collect();
    let help = match known.is_empty() {
        true => "`tamis alerts list` names the alerts".to_owned(),
        false => format!("name one of {}", known.join(", ")),
    };
    Failure::at(format!("record {record}"), what).help(help)
}

/// The alerts of a record; none where it is no screening.
pub fn alerts_of(record: &Record) -> Vec<AlertId> {
    let answer: Option<Answer> = record.body().ok();
    let alerts = answer.map(|answer| answer.alerts).unwrap_or_default();
    let id = |found: tamis_log::Found| AlertId {
        record: record.sequence,
        entity: found.entity,
    };
    alerts.into_iter().map(id).collect()
}
