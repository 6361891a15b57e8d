//! What is kept of a screening: the answer without personal data in the chain, the evidence apart.

use crate::record::json;
use crate::{Error, Hash};
use serde::{Deserialize, Serialize};
use tamis_model::{Action, Decision, Finding, Hit, Score, Status, ViaKind};

/// The body of a record of [`Action::Screening`](crate::Action::Screening): who on the lists was found, and nothing
/// about the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The number of the input, from 0, where a run has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<u64>,
    /// The line of the input on which the record begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The answer in one word.
    pub status: Status,
    /// Alerts, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Found>,
    /// Matches that do not alert.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub information: Vec<Found>,
    /// Matches below the threshold and above the floor, where near misses are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Found>,
    /// Alerts that cleared pairs suppress; the status and the alerts are those without them, the details hold them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Suppressed>,
    /// Alerts that a pair cleared once and does not any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapsed>,
}

/// An alert that a cleared pair suppresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The alert.
    #[serde(flatten)]
    pub found: Found,
    /// The record that proposed the pair.
    pub pair: String,
}

/// An alert that a pair cleared once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapsed {
    /// The entry's id.
    pub entity: String,
    /// The record that proposed the pair.
    pub pair: String,
    /// Why it holds no longer: names of fields, never what they say.
    pub why: Vec<String>,
}

/// An entry that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The entry's id.
    pub entity: String,
    /// How alike the parties are.
    pub score: Score,
    /// How alike the names are.
    pub name_score: Score,
    /// The codes of the measures that count, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// What is to be done under the policy; a near miss asks for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// How the customer is related to the entry, where not it but a party behind it matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<ViaKind>,
    /// The regimes under which the customer's property is frozen if an alert is true, so that its deadline outlives the erasure of the
    /// details; `None` where that is not kept, as by earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Vec<String>>,
}

/// The personal part of a screening: everything the answer says, with the evidence, which quotes the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The decision.
    pub decision: Decision,
    /// Near misses, where they are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Hit>,
}

/// The body of a record of [`Action::ScreeningFinished`](crate::Action::ScreeningFinished).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// Records read.
    pub records: u64,
    /// Those with an alert.
    pub hit: u64,
    /// Those without.
    pub clear: u64,
    /// Those that were not screened.
    pub unscreened: u64,
    /// Rows of the files of stakes that could not be used; `None` where there was no such file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unused_rows: Option<u64>,
    /// The hashes of the inputs, in their order.
    pub inputs: Vec<Hash>,
    /// The hash of the output.
    pub output: Hash,
}

impl Answer {
    /// What the chain keeps of a decision; place it in its input by setting `input` and `line`.
    pub fn of(decision: &Decision, near: &[Hit]) -> Answer {
        Answer {
            input: None,
            line: None,
            status: decision.status,
            alerts: decision.alerts.iter().map(Found::of).collect(),
            information: decision.information.iter().map(Found::of).collect(),
            near: near.iter().map(Found::near).collect(),
            cleared: Vec::new(),
            lapsed: Vec::new(),
        }
    }

    /// Moves the alerts on entries that pairs clear, named by entry and pair, from the alerts to the cleared ones. A pair
    /// clears the customer's own match, never one of a party behind the customer. Where no alert is left the answer is
    /// `otherwise`.
    pub fn suppress(&mut self, cleared: &[(String, String)], otherwise: Status) {
        for (entity, pair) in cleared {
            let own = |found: &Found| found.entity == *entity && found.relation.is_none();
            let Some(at) = self.alerts.iter().position(own) else {
                continue;
            };
            let found = self.alerts.remove(at);
            let pair = pair.clone();
            self.cleared.push(Suppressed { found, pair });
        }
        if self.status == Status::Hit && self.alerts.is_empty() {
            self.status = otherwise;
        }
    }
}

impl Found {
    fn of(finding: &Finding) -> Found {
        let mut measures: Vec<String> = Vec::new();
        for measure in &finding.measures {
            if !measures.contains(&measure.code) {
                measures.push(measure.code.clone());
            }
        }
        Found {
            measures,
            action: Some(finding.action),
            relation: finding.via.as_ref().map(|via| via.kind),
            ..Found::near(&finding.hit)
        }
    }

    fn near(hit: &Hit) -> Found {
        Found {
            entity: hit.entity_id.clone(),
            score: hit.score,
            name_score: hit.name_score,
            measures: Vec::new(),
            action: None,
            relation: None,
            frozen: None,
        }
    }
}

/// The personal part, as text; `None` where the answer alone says everything, as for most customers.
///
/// # Errors
/// The decision cannot be written as JSON.
pub fn details(decision: &Decision, near: &[Hit]) -> Result<Option<String>, Error> {
    let Decision {
        alerts,
        information,
        signals,
        notes,
        ..
    } = decision;
    if alerts.is_empty()
        && information.is_empty()
        && signals.is_empty()
        && notes.is_empty()
        && near.is_empty()
    {
        return Ok(None);
    }
    json(&Details {
        decision: decision.clone(),
        near: near.to_vec(),
    })
    .map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read from JSON, as a finding that an earlier version wrote.
    fn finding() -> Finding {
        let measure = r#"{"code":"un.freeze","authority":"un","prohibits":"asset_freeze"}"#;
        let evidence = r#"{"type":"field","field":"birth_date","verdict":"conflict","query":"1985-03-03","listed":"1990","points":-877}"#;
        let hit = format!(
            r#"{{"entity_id":"un:1","entity_name":"A B","query_name":0,"matched_name":"A. B.","matched_role":"primary",
               "score":0.9123,"name_score":1.0,"evidence":[{evidence}]}}"#
        );
        let text = format!(
            r#"{{"hit":{hit},"measures":[{measure},{measure}],"why":"born 1985-03-03","action":"block"}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn decision(status: Status, alerts: Vec<Finding>) -> Decision {
        Decision {
            status,
            alerts,
            information: Vec::new(),
            signals: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn the_answer_holds_nothing_of_the_customer_and_the_details_hold_all() {
        let hit = decision(Status::Hit, vec![finding()]);
        let answer = json(&Answer::of(&hit, &[])).unwrap();
        let expected = r#"{"status":"HIT","alerts":[{"entity":"un:1","score":0.9123,"name_score":1.0,"measures":["un.freeze"],"action":"block"}]}"#;
        assert_eq!(answer, expected);
        let kept: Details = serde_json::from_str(&details(&hit, &[]).unwrap().unwrap()).unwrap();
        assert_eq!(kept.decision, hit);
    }

    #[test]
    fn a_suppressed_alert_is_moved_and_kept() {
        let hit = decision(Status::Hit, vec![finding()]);
        let mut answer = Answer::of(&hit, &[]);
        answer.suppress(&[("un:2".into(), "7".into())], Status::Clear);
        assert_eq!(
            (answer.status, answer.alerts.len()),
            (Status::Hit, 1),
            "another entry"
        );
        answer.suppress(&[("un:1".into(), "7".into())], Status::Clear);
        let expected = r#"{"status":"CLEAR","cleared":[{"entity":"un:1","score":0.9123,"name_score":1.0,"measures":["un.freeze"],"action":"block","pair":"7"}]}"#;
        assert_eq!(json(&answer).unwrap(), expected);
        assert_eq!(serde_json::from_str::<Answer>(expected).unwrap(), answer);
    }

    #[test]
    fn a_pair_clears_no_party_behind_the_customer_and_never_more_than_it_says() {
        let hit = decision(Status::Hit, vec![finding(), finding()]);
        let mut answer = Answer::of(&hit, &[]);
        answer.alerts[0].relation = Some(tamis_model::ViaKind::Representative);
        answer.suppress(&[("un:1".into(), "7".into())], Status::Unscreened);
        assert_eq!((answer.status, answer.alerts.len()), (Status::Hit, 1));
        assert!(answer.alerts[0].relation.is_some());
        answer.alerts[0].relation = None;
        answer.suppress(&[("un:1".into(), "7".into())], Status::Unscreened);
        assert_eq!(
            answer.status,
            Status::Unscreened,
            "what is left was not screened whole"
        );
    }

    #[test]
    fn a_clear_customer_takes_a_few_bytes() {
        let clear = decision(Status::Clear, Vec::new());
        let answer = Answer {
            line: Some(17),
            ..Answer::of(&clear, &[])
        };
        assert_eq!(json(&answer).unwrap(), r#"{"line":17,"status":"CLEAR"}"#);
        assert_eq!(details(&clear, &[]).unwrap(), None);
    }
}
