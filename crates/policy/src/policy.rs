use crate::form;
use crate::requirement::Requirement;
use crate::rule::Rule;
use crate::threshold::ThresholdRule;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tamis_model::{Entity, Score, Subject};

/// The score from which a match alerts unless the caller says otherwise.
///
/// Chosen on labelled data, see `docs/matching.md`.
pub const DEFAULT_THRESHOLD: Score = Score::from_ten_thousandths(8_000);

/// The regime of private lists. Who gives a list of his own has decided already that it counts.
const OWN: &str = "private";

/// Everything that can be configured about an answer. Two runs with equal policies, lists and engine give
/// equal answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What it is called, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Matches from this score on alert. Default: [`DEFAULT_THRESHOLD`].
    pub threshold: Score,
    /// The day for which the answer holds.
    pub as_of: Date,
    /// The regimes that bind every deal (`us`, `un`, `eu`, `pl`, …); a subject's jurisdictions add those that bind its
    /// own. Default: empty, every regime counts unless the subject names its jurisdictions.
    pub regimes: Vec<String>,
    /// Whether facts that are not verified alert too. Default: false, they are shown as information.
    pub unverified_alerts: bool,
    /// Whether a weak alias alerts by itself. Default: false, it is shown as information (OFAC FAQ 122).
    pub weak_alias_alerts: bool,
    /// Thresholds of lists, kinds and types of customers; the first that applies is taken. Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<ThresholdRule>,
    /// What is to be done about which measure; the first rule that applies is taken. Default: none, so that each
    /// measure asks for the strictest that it can, where it reaches the activity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What must agree beside the name; all that apply must be met. Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Requirement>,
}

impl Policy {
    /// The defaults, for the day `as_of`.
    pub fn new(as_of: Date) -> Policy {
        Policy {
            title: None,
            threshold: DEFAULT_THRESHOLD,
            as_of,
            regimes: Vec::new(),
            unverified_alerts: false,
            weak_alias_alerts: false,
            thresholds: Vec::new(),
            rules: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// Whether measures of `regime` count for a deal with `subject`: all do, unless the policy names regimes or the
    /// subject its jurisdictions. Private lists always count.
    ///
    /// # Example
    /// ```
    /// use tamis_model::Subject;
    /// use tamis_policy::Policy;
    ///
    /// let day = jiff::civil::date(2026, 11, 23);
    /// let us = Policy { regimes: vec!["us".into()], ..Policy::new(day) };
    /// let polish = Subject { jurisdictions: vec!["pl".into()], ..Subject::named("x") };
    /// assert!(us.covers("us", &polish) && us.covers("eu", &polish) && !us.covers("uk", &polish));
    /// assert!(!us.covers("eu", &Subject::named("x")));
    /// ```
    pub fn covers(&self, regime: &str, subject: &Subject) -> bool {
        let all = self.regimes.is_empty() && subject.jurisdictions.is_empty();
        let always = || regime == OWN || self.regimes.iter().any(|own| own == regime);
        let deal = || {
            subject
                .jurisdictions
                .iter()
                .any(|j| tamis_model::binds(regime, j))
        };
        all || always() || deal()
    }

    /// The score from which a match of `subject` with `entity` alerts.
    pub fn threshold_for(&self, subject: &Subject, entity: &Entity) -> Score {
        let mut rules = self.thresholds.iter();
        let own = rules.find(|rule| rule.applies(subject, entity));
        own.map_or(self.threshold, |rule| rule.threshold)
    }

    /// The lowest score from which a match of `subject` with any entity can alert: what a search must go down to.
    pub fn lowest_threshold(&self, subject: &Subject) -> Score {
        let rules = self.thresholds.iter().filter(|rule| rule.may_apply(subject));
        rules.map(|rule| rule.threshold).fold(self.threshold, Score::min)
    }

    /// The whole configuration but the day as canonical TOML: what [`Policy::from_toml`] reads back as an equal policy,
    /// and what the hash is taken of. Sets are sorted; the order of rules, which counts, is kept.
    pub fn to_toml(&self) -> String {
        form::write(self)
    }

    /// The SHA-256, in lower-case hexadecimal, of [`Policy::to_toml`]: what every output names. The day is not part of
    /// it; outputs state it beside the hash.
    pub fn sha256(&self) -> String {
        Sha256::digest(self.to_toml().as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
