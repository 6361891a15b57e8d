use crate::{Action, EvasionSignal, Hit, Measure, Via};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// At least one alert.
    Hit,
    /// Screened in full, no alert.
    Clear,
    /// Not screened; the reasons say why. Never to be read as clear.
    Unscreened,
}

impl Status {
    /// `HIT`, `CLEAR` or `UNSCREENED`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Hit => "HIT",
            Status::Clear => "CLEAR",
            Status::Unscreened => "UNSCREENED",
        }
    }
}

/// Which version of a list an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListStamp {
    /// The list's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its publication date, where it states one.
    pub published: Option<Date>,
    /// The hash over its files.
    pub sha256: String,
    /// How many entries it has.
    pub entities: usize,
}

/// What an answer rests on; with it the answer can be reproduced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The lists.
    pub lists: Vec<ListStamp>,
    /// The hash of everything that can be configured.
    pub policy_sha256: String,
    /// The engine's version.
    pub engine: String,
    /// The day for which the answer holds.
    pub as_of: Date,
}

/// A hit with the measures that make it matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The match.
    pub hit: Hit,
    /// The measures that count on the day in question, under the regimes in question.
    pub measures: Vec<Measure>,
    /// Why the finding is where it is: "removed from the list", "weak alias only", "other regime", …; empty
    /// for a plain alert.
    pub why: String,
    /// What is to be done: [`Action::Inform`] exactly where this is no alert.
    pub action: Action,
    /// Measures in force that do not count for this deal, each with the reason: `us.fcc.covered does not reach an
    /// export`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<String>,
    /// Through whom, where not the subject itself matched but a party behind it, whose match [`Finding::hit`] is then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Box<Via>>,
}

/// The answer for one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The answer in one word.
    pub status: Status,
    /// Alerts, best first.
    pub alerts: Vec<Finding>,
    /// Matches whose names reach the threshold and that do not alert: another field conflicts, delisted, not yet
    /// listed, weak alias only, other regime, unverified, named but not listed. Best first.
    pub information: Vec<Finding>,
    /// Tricks that were undone in the subject's names, whether or not anything matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<EvasionSignal>,
    /// Why the record was not screened, or which fields were not used.
    pub notes: Vec<String>,
}

impl Decision {
    /// The strictest action that a finding asks for; `None` where nothing was found, which is no all-clear for a
    /// record that was not screened.
    pub fn action(&self) -> Option<Action> {
        self.alerts
            .iter()
            .chain(&self.information)
            .map(|finding| finding.action)
            .max()
    }
}
