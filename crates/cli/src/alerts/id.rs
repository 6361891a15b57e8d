//! What an alert is called.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::fmt;
use tamis::model::{Finding, ViaKind};
use tamis_log::{Answer, Log, Record};

/// An alert: the record of the screening, and the entry that was found; where not the customer but a party behind it was found,
/// also how the two are related, and which of several it is. The party's name is no part of it, since names of alerts stand in
/// the chain. Records are never numbered anew nor changed, so that the name stands for good.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlertId {
    /// The record of the screening.
    pub record: u64,
    /// The entry.
    pub entity: String,
    /// How the customer is related to the entry; `None`: it may be the entry itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<ViaKind>,
    /// Which alert it is, of those that the record has on this entry by this relation: from 1, in the order of the record.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub number: u32,
}

const fn first() -> u32 {
    1
}

fn is_first(number: &u32) -> bool {
    *number == first()
}

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.record, self.entity)?;
        if let Some(relation) = self.relation {
            write!(f, "/{}", relation.as_str().to_ascii_lowercase())?;
        }
        match is_first(&self.number) {
            true => Ok(()),
            false => write!(f, "/{}", self.number),
        }
    }
}

impl AlertId {
    /// The alert that `text` names: `12/un:6908555`, `12/un:6908555/related_control`, or `12` where that record has one alert.
    pub fn resolve(log: &Log, text: &str) -> Result<AlertId, Failure> {
        let text = text.trim();
        let wrong = || {
            Failure::new(format!("'{text}' names no alert"))
                .help("write RECORD/ENTRY, such as 12/un:6908555; `tamis alerts list` names them")
        };
        let (number, entity) = match text.split_once('/') {
            Some((number, entity)) => (number, Some(entity)),
            None => (text, None),
        };
        let record: u64 = number.trim().parse().map_err(|_| wrong())?;
        let known = alerts_of(&log.get(record)?);
        let found = match entity {
            Some(entity) => named(&known, entity.trim()),
            None => only(known.iter()),
        };
        found.cloned().ok_or_else(|| none_of(record, entity, &known))
    }

    /// Which of the alerts of its record this is. Earlier versions named an alert by its entry alone, where no other was on that
    /// entry.
    pub fn of<'a>(&self, known: &'a [AlertId]) -> Option<&'a AlertId> {
        let alone = |id: &&AlertId| (id.record, &id.entity) == (self.record, &self.entity);
        let earlier = || match self.relation {
            None if is_first(&self.number) => only(known.iter().filter(alone)),
            _ => None,
        };
        known.iter().find(|id| *id == self).or_else(earlier)
    }

    /// Its finding, of those of its record.
    pub fn finding<'a>(&self, findings: &'a [Finding]) -> Option<&'a Finding> {
        let ids = numbered(self.record, findings.iter().map(key));
        ids.iter()
            .zip(findings)
            .find(|(id, _)| *id == self)
            .map(|(_, finding)| finding)
    }

    /// The names of the alerts of a screening, in its order.
    pub fn all(record: u64, answer: &Answer) -> Vec<AlertId> {
        let alerts = answer.alerts.iter();
        numbered(
            record,
            alerts.map(|found| (found.entity.as_str(), found.relation)),
        )
    }
}

fn key(finding: &Finding) -> (&str, Option<ViaKind>) {
    let relation = finding.via.as_ref().map(|via| via.kind);
    (&finding.hit.entity_id, relation)
}

fn numbered<'a>(record: u64, alerts: impl Iterator<Item = (&'a str, Option<ViaKind>)>) -> Vec<AlertId> {
    let mut ids: Vec<AlertId> = Vec::new();
    for (entity, relation) in alerts {
        let same = |id: &&AlertId| (id.entity.as_str(), id.relation) == (entity, relation);
        let number = ids.iter().rev().find(same).map_or(first(), |id| id.number + 1);
        ids.push(AlertId {
            record,
            entity: entity.to_owned(),
            relation,
            number,
        });
    }
    ids
}

/// The alert with this name, but for the number of the record; the entry alone will do where no other alert is on it.
fn named<'a>(known: &'a [AlertId], text: &str) -> Option<&'a AlertId> {
    let whole = |id: &&AlertId| {
        id.to_string()
            .split_once('/')
            .is_some_and(|(_, name)| name == text)
    };
    only(known.iter().filter(whole)).or_else(|| only(known.iter().filter(|id| id.entity == text)))
}

fn only<'a>(mut ids: impl Iterator<Item = &'a AlertId>) -> Option<&'a AlertId> {
    let one = ids.next()?;
    ids.next().is_none().then_some(one)
}

fn none_of(record: u64, entity: Option<&str>, known: &[AlertId]) -> Failure {
    let on = |entity: &str| known.iter().filter(|id| id.entity == entity).count();
    let several = |count: usize| format!("has {count} alerts, and each is decided by itself");
    let what = match (entity, known.len()) {
        (_, 0) => "has no alert".to_owned(),
        (None, count) => several(count),
        (Some(entity), _) if on(entity) > 1 => format!("on '{entity}' {}", several(on(entity))),
        (Some(entity), _) => format!("has no alert on '{entity}'"),
    };
    let names: Vec<String> = known.iter().map(AlertId::to_string).collect();
    let help = match names.is_empty() {
        true => "`tamis alerts list` names the alerts".to_owned(),
        false => format!("name one of {}", names.join(", ")),
    };
    Failure::at(format!("record {record}"), what).help(help)
}

/// The alerts of a record; none where it is no screening.
fn alerts_of(record: &Record) -> Vec<AlertId> {
    let answer: Option<Answer> = record.body().ok();
    answer.map_or_else(Vec::new, |answer| AlertId::all(record.sequence, &answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The alerts of record 2, as they are found.
    fn known() -> Vec<AlertId> {
        let direct = [("un:1", None), ("un:2", Some(ViaKind::Owned))];
        let led = [("un:1", Some(ViaKind::RelatedControl)); 2];
        let signed = [
            ("un:3", Some(ViaKind::Representative)),
            ("un:3", Some(ViaKind::RelatedControl)),
        ];
        numbered(2, direct.into_iter().chain(led).chain(signed))
    }

    #[test]
    fn every_alert_has_a_name_of_its_own_by_which_it_is_found() {
        let known = known();
        let names: Vec<String> = known.iter().map(AlertId::to_string).collect();
        let expected = [
            "2/un:1",
            "2/un:2/owned",
            "2/un:1/related_control",
            "2/un:1/related_control/2",
            "2/un:3/representative",
            "2/un:3/related_control",
        ];
        assert_eq!(names, expected);
        for id in &known {
            let name = id.to_string();
            assert_eq!(named(&known, name.split_once('/').unwrap().1), Some(id), "{name}");
            let text = serde_json::to_string(id).unwrap();
            let read: AlertId = serde_json::from_str(&text).unwrap();
            assert_eq!(read.of(&known), Some(id), "{text}");
        }
    }

    #[test]
    fn a_name_that_an_earlier_version_wrote_is_found_where_it_says_which() {
        let known = known();
        for (text, expected) in [
            (r#"{"record":2,"entity":"un:1"}"#, Some("2/un:1")),
            (r#"{"record":2,"entity":"un:2"}"#, Some("2/un:2/owned")),
            (r#"{"record":2,"entity":"un:3"}"#, None),
            (r#"{"record":3,"entity":"un:2"}"#, None),
        ] {
            let id: AlertId = serde_json::from_str(text).unwrap();
            assert_eq!(
                id.of(&known).map(AlertId::to_string).as_deref(),
                expected,
                "{text}"
            );
        }
        assert_eq!(
            named(&known, "un:2").map(AlertId::to_string).as_deref(),
            Some("2/un:2/owned")
        );
        assert_eq!(named(&known, "un:3"), None, "two alerts, and nothing says which");
    }
}
