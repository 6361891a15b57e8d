//! Records: what is appended, what is kept, and the exact bytes that are hashed.

use crate::Hash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::sync::Arc;

/// What a record is about. The list is open: a name that this version does not know is [`Action::Other`].
#[derive(Clone, Debug, PartialEq, Eq, std::hash::Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum Action {
    /// A subject was screened.
    Screening,
    /// A run over files ended: the counts, which must reconcile with the records of its request.
    ScreeningFinished,
    /// An alert was given to somebody.
    AlertAssigned,
    /// Somebody decided on an alert.
    AlertDecided,
    /// A second person approved the decision.
    AlertApproved,
    /// A second person refused it.
    AlertRefused,
    /// A pair of customer and entry was proposed as cleared.
    PairProposed,
    /// A second person approved it.
    PairApproved,
    /// It holds no longer.
    PairRevoked,
    /// Somebody wanted to be both pairs of eyes, or to undo alone what two did, and was refused.
    AttemptRefused,
    /// Records were purged after their retention.
    Purge,
    /// Personal data was erased.
    Erasure,
    /// A clock that was ahead was set right.
    ClockCorrected,
    /// An action of a later version.
    Other(String),
}

/// Actions with their names.
const NAMES: [(Action, &str); 13] = [
    (Action::Screening, "screening"),
    (Action::ScreeningFinished, "screening.finished"),
    (Action::AlertAssigned, "alert.assigned"),
    (Action::AlertDecided, "alert.decided"),
    (Action::AlertApproved, "alert.approved"),
    (Action::AlertRefused, "alert.refused"),
    (Action::PairProposed, "pair.proposed"),
    (Action::PairApproved, "pair.approved"),
    (Action::PairRevoked, "pair.revoked"),
    (Action::AttemptRefused, "attempt.refused"),
    (Action::Purge, "purge"),
    (Action::Erasure, "erasure"),
    (Action::ClockCorrected, "clock.corrected"),
];

impl Action {
    /// Its name: `screening`, `alert.assigned`, …
    pub fn as_str(&self) -> &str {
        match self {
            Action::Other(name) => name,
            known => NAMES
                .iter()
                .find(|(one, _)| one == known)
                .map_or("", |(_, name)| name),
        }
    }
}

impl From<String> for Action {
    fn from(name: String) -> Action {
        let known = NAMES.iter().find(|(_, known)| **known == *name);
        known.map_or(Action::Other(name), |(action, _)| action.clone())
    }
}

impl From<Action> for String {
    fn from(action: Action) -> String {
        action.as_str().to_owned()
    }
}

/// What many records have in common, which is kept once: who did what, on which request, against which context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// What was done.
    pub action: Action,
    /// Who did it.
    pub actor: String,
    /// The hash of the context that the answers rest on (see [`Headed::within`]).
    pub context: Option<Hash>,
    /// The id of the request: of one run, or of one call.
    pub request: Option<String>,
    /// The hash of what was asked, where it is known before it is answered: inputs, options and context.
    pub request_sha256: Option<Hash>,
}

impl Heading {
    /// A heading of an action that no request belongs to.
    pub fn new(action: Action, actor: impl Into<String>) -> Heading {
        Heading {
            action,
            actor: actor.into(),
            context: None,
            request: None,
            request_sha256: None,
        }
    }
}

/// A heading, or a context, as the text that is kept and hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// JSON without blanks.
    pub text: Arc<str>,
    /// The SHA-256 of it.
    pub sha256: Hash,
}

impl Text {
    /// The text with its hash.
    pub fn new(text: impl Into<Arc<str>>) -> Text {
        let text = text.into();
        Text {
            sha256: Hash::of(&[text.as_bytes()]),
            text,
        }
    }
}

/// A heading, ready to be shared by records, with the context it names.
#[derive(Clone, Debug)]
pub struct Headed {
    pub(crate) heading: Heading,
    pub(crate) text: Text,
    pub(crate) context: Option<Text>,
}

impl Headed {
    /// `heading` without a context.
    ///
    /// # Errors
    /// The heading cannot be written as JSON, which no heading of this crate gives rise to.
    pub fn new(heading: Heading) -> Result<Arc<Headed>, crate::Error> {
        Headed::of(
            Heading {
                context: None,
                ..heading
            },
            None,
        )
    }

    /// `heading` within a context: JSON that says what the answers rest on, such as lists, policy and engine, and
    /// holds no personal data. It is kept once, however many records refer to it.
    ///
    /// # Errors
    /// As [`Headed::new`].
    pub fn within(heading: Heading, context: &str) -> Result<Arc<Headed>, crate::Error> {
        let context = Text::new(context);
        Headed::of(
            Heading {
                context: Some(context.sha256),
                ..heading
            },
            Some(context),
        )
    }

    fn of(heading: Heading, context: Option<Text>) -> Result<Arc<Headed>, crate::Error> {
        let text = Text::new(json(&heading)?);
        Ok(Arc::new(Headed {
            heading,
            text,
            context,
        }))
    }

    /// Another heading within the same context.
    ///
    /// # Errors
    /// As [`Headed::new`].
    pub fn renamed(&self, heading: Heading) -> Result<Arc<Headed>, crate::Error> {
        let context = self.context.clone();
        let named = context.as_ref().map(|context| context.sha256);
        Headed::of(
            Heading {
                context: named,
                ..heading
            },
            context,
        )
    }

    /// The heading.
    pub fn heading(&self) -> &Heading {
        &self.heading
    }
}

/// JSON without blanks.
pub(crate) fn json(value: &impl Serialize) -> Result<String, crate::Error> {
    serde_json::to_string(value).map_err(|e| crate::Error::Document {
        place: "a record".to_owned(),
        why: format!("cannot be written as JSON: {e}"),
    })
}

/// What is to be appended.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who, what, on which request.
    pub heading: Arc<Headed>,
    /// The customer's id, a reference that stays when personal data is erased.
    pub customer: Option<Arc<str>>,
    /// JSON without blanks and without personal data.
    pub body: String,
    /// Personal: the subject as it was screened.
    pub subject: Option<String>,
    /// Personal: the decision in full with its evidence, or the words of a workflow event.
    pub details: Option<String>,
}

impl Entry {
    /// An entry with a body alone.
    ///
    /// # Errors
    /// The body cannot be written as JSON.
    pub fn new(heading: Arc<Headed>, body: &impl Serialize) -> Result<Entry, crate::Error> {
        let body = json(body)?;
        Ok(Entry {
            heading,
            customer: None,
            body,
            subject: None,
            details: None,
        })
    }
}

/// A personal part as it is kept, apart from the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// SHA-256 of the salt and the text: what the chain holds.
    pub sha256: Hash,
    /// Salt and text; `None` once they were erased.
    pub content: Option<(Vec<u8>, String)>,
    /// The record that says why they were erased.
    pub erased: Option<u64>,
}

impl Part {
    /// The text, unless it was erased.
    pub fn text(&self) -> Option<&str> {
        self.content.as_ref().map(|(_, text)| text.as_str())
    }
}

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log, from 1.
    pub sequence: u64,
    /// When it was written, in microseconds since 1970, UTC.
    pub time: i64,
    /// The heading's text and hash, as kept.
    pub heading: Text,
    /// The context's text and hash, where the heading names one.
    pub context: Option<Text>,
    /// The customer's id.
    pub customer: Option<Arc<str>>,
    /// JSON without personal data.
    pub body: String,
    /// Personal: the subject.
    pub subject: Option<Part>,
    /// Personal: evidence, words.
    pub details: Option<Part>,
    /// The hash that chains it to the record before.
    pub sha256: Hash,
}

impl Record {
    /// When it was written.
    ///
    /// # Errors
    /// [`Error::Damaged`](crate::Error::Damaged) where the number is no time.
    pub fn timestamp(&self) -> Result<Timestamp, crate::Error> {
        Timestamp::from_microsecond(self.time).map_err(|e| self.damaged(format!("its time is none: {e}")))
    }

    /// Who did what.
    ///
    /// # Errors
    /// [`Error::Damaged`](crate::Error::Damaged) where the heading is not one.
    pub fn heading(&self) -> Result<Heading, crate::Error> {
        serde_json::from_str(&self.heading.text)
            .map_err(|e| self.damaged(format!("its heading cannot be read: {e}")))
    }

    /// The body as `T`, such as [`Finished`](crate::Finished) or an event of a workflow.
    ///
    /// # Errors
    /// [`Error::Damaged`](crate::Error::Damaged) where the body is not a `T`.
    pub fn body<'a, T: Deserialize<'a>>(&'a self) -> Result<T, crate::Error> {
        serde_json::from_str(&self.body).map_err(|e| self.damaged(format!("its body cannot be read: {e}")))
    }

    /// The bytes that are hashed after the hash of the record before, as `docs/decision-log.md` specifies them.
    pub fn canonical_text(&self) -> String {
        let mut text = String::new();
        self.canonical().write(&mut text);
        text
    }

    pub(crate) fn damaged(&self, why: String) -> crate::Error {
        crate::Error::Damaged {
            sequence: self.sequence,
            why,
        }
    }

    pub(crate) fn canonical(&self) -> Canonical<'_> {
        Canonical {
            sequence: self.sequence,
            time: self.time,
            heading: self.heading.sha256,
            customer: self.customer.as_deref(),
            subject: self.subject.as_ref().map(|part| part.sha256),
            details: self.details.as_ref().map(|part| part.sha256),
            body: &self.body,
        }
    }
}

/// What is hashed of a record. `docs/decision-log.md` specifies the bytes; they are never to change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Canonical<'a> {
    pub(crate) sequence: u64,
    pub(crate) time: i64,
    pub(crate) heading: Hash,
    pub(crate) customer: Option<&'a str>,
    pub(crate) subject: Option<Hash>,
    pub(crate) details: Option<Hash>,
    pub(crate) body: &'a str,
}

impl Canonical<'_> {
    /// The hash that chains the record to the one before.
    pub(crate) fn chained(&self, previous: Hash, buffer: &mut String) -> Hash {
        buffer.clear();
        self.write(buffer);
        Hash::of(&[&previous.0, buffer.as_bytes()])
    }

    fn write(&self, out: &mut String) {
        let text = |customer: &str| serde_json::Value::from(customer).to_string();
        let hash = |hash: Option<Hash>| hash.map_or_else(|| "null".to_owned(), |hash| format!("\"{hash}\""));
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            r#"{{"body":{},"customer":{},"details":{},"heading":"{}","sequence":{},"subject":{},"time":{}}}"#,
            self.body,
            self.customer.map_or_else(|| "null".to_owned(), text),
            hash(self.details),
            self.heading,
            self.sequence,
            hash(self.subject),
            self.time
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_bytes_are_those_of_the_specification() {
        let record = Canonical {
            sequence: 7,
            time: 1_796_000_000_000_000,
            heading: Hash::ZERO,
            customer: Some("C\"1\u{1}é"),
            subject: Some(Hash([0xab; 32])),
            details: None,
            body: r#"{"status":"CLEAR"}"#,
        };
        let mut bytes = String::new();
        let hash = record.chained(Hash::ZERO, &mut bytes);
        let (zero, ab) = ("0".repeat(64), "ab".repeat(32));
        let expected = [
            r#"{"body":{"status":"CLEAR"},"customer":"C\"1\u0001é","details":null,"heading":""#,
            &zero,
            r#"","sequence":7,"subject":""#,
            &ab,
            r#"","time":1796000000000000}"#,
        ];
        assert_eq!(bytes, expected.concat());
        assert_eq!(hash, Hash::of(&[&[0; 32], expected.concat().as_bytes()]));
    }

    #[test]
    fn actions_keep_their_names_and_unknown_ones_stay() {
        for (action, name) in NAMES {
            assert_eq!(Action::from(name.to_owned()), action);
            assert_eq!(action.as_str(), name);
        }
        assert_eq!(Action::from("case.opened".to_owned()).as_str(), "case.opened");
    }
}
