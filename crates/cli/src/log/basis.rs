//! What answers rest on: the context of records, kept once for each run. With it, and the snapshot that it names, a
//! decision can be repeated.

use crate::cleared::Stamp;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tamis::model::{Context, Score};
use tamis::{Policy, Screener, engine};
use tamis_log::{Hash, Record};

/// The context of a screening.
#[derive(Debug, Serialize, Deserialize)]
pub struct Basis {
    /// Lists, policy hash, engine, day.
    #[serde(flatten)]
    pub context: Context,
    /// The policy in full but for the day, as canonical TOML: what its hash is taken of.
    pub policy: String,
    /// The compiled lists, by the SHA-256 of their bytes.
    pub snapshot: Hash,
    /// From which score on near misses are kept.
    pub floor: Option<Score>,
    /// Whether lists that were too old were accepted on purpose.
    pub accept_stale: bool,
    /// The lists, by id and hash, since which only new and changed entries were screened against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub since: Vec<(String, String)>,
    /// The files of stakes, by the SHA-256 of their bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stakes: Vec<String>,
    /// What a screening against changes rests on besides; `None` of one against whole lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
    /// Which cleared pairs were applied; `None` where the log had none, or they were not to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared: Option<Stamp>,
}

/// What a screening against changes rests on, beside the compiled entries that changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Changes {
    /// The whole new lists, by id and hash, also those of which no entry changed.
    pub lists: Vec<(String, String)>,
    /// The same, compiled: what owners behind a customer hold together may depend on entries that did not change.
    pub whole: Hash,
    /// Entries that are gone, where they were asked for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub removed: BTreeSet<String>,
    /// Whether nothing changed that touches screening.
    pub nothing: bool,
}

impl Basis {
    /// What the answers of `screener` rest on.
    pub fn of(screener: &Screener, snapshot: Hash, floor: Option<Score>) -> Basis {
        Basis {
            context: screener.context().clone(),
            policy: screener.policy().to_toml(),
            snapshot,
            floor,
            accept_stale: false,
            since: Vec::new(),
            stakes: Vec::new(),
            changes: None,
            cleared: None,
        }
    }

    /// What a record rests on.
    pub fn read(record: &Record) -> Result<Basis, Failure> {
        let failed = |why: String| Failure::at(format!("record {}", record.sequence), why);
        let Some(context) = &record.context else {
            return Err(failed("it rests on no lists".to_owned()));
        };
        serde_json::from_str(&context.text).map_err(|e| {
            failed(format!("what it rests on cannot be read by this version: {e}")).help(format!(
                "use the engine that it names: {}",
                engine_in(&context.text)
            ))
        })
    }

    /// The policy, which must be the one whose hash stands beside it.
    pub fn policy(&self) -> Result<Policy, Failure> {
        let Context {
            engine: made_by,
            as_of,
            policy_sha256,
            ..
        } = &self.context;
        let other = || {
            format!(
                "the decision was made by {made_by}, and this is {}: replay it with that one",
                engine()
            )
        };
        let policy = Policy::from_toml(&self.policy, *as_of)
            .map_err(|e| Failure::at("its policy", e).help(other()))?;
        match policy.sha256() == *policy_sha256 {
            true => Ok(policy),
            false => Err(Failure::new("its policy is another one to this version").help(other())),
        }
    }

    /// As it is kept.
    pub fn text(&self) -> Result<String, Failure> {
        serde_json::to_string(self).map_err(Failure::internal)
    }
}

/// The engine that a context names, however the rest of it is written.
fn engine_in(context: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(context).unwrap_or_default();
    value["engine"].as_str().unwrap_or("it names none").to_owned()
}
