use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tamis_model::Score;

/// The score from which a match alerts unless the caller says otherwise.
///
/// Chosen on labelled data, see `docs/matching.md`.
pub const DEFAULT_THRESHOLD: Score = Score::from_ten_thousandths(8_000);

/// Everything that can be configured about an answer. Two runs with equal policies, lists and engine give
/// equal answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Matches from this score on alert. Default: [`DEFAULT_THRESHOLD`].
    pub threshold: Score,
    /// The day for which the answer holds.
    pub as_of: Date,
    /// The regimes that count (`us`, `un`, `eu`, `pl`, …). Default: empty, every regime.
    pub regimes: Vec<String>,
    /// Whether facts that are not verified alert too. Default: false, they are shown as information.
    pub unverified_alerts: bool,
    /// Whether a weak alias alerts by itself. Default: false, it is shown as information (OFAC FAQ 122).
    pub weak_alias_alerts: bool,
}

impl Policy {
    /// The defaults, for the day `as_of`.
    pub fn new(as_of: Date) -> Policy {
        Policy {
            threshold: DEFAULT_THRESHOLD,
            as_of,
            regimes: Vec::new(),
            unverified_alerts: false,
            weak_alias_alerts: false,
        }
    }

    /// Whether a regime counts.
    pub fn covers(&self, regime: &str) -> bool {
        self.regimes.is_empty() || self.regimes.iter().any(|r| r == regime)
    }

    /// The SHA-256, in lower-case hexadecimal, of the policy as canonical text: what every output names. The
    /// day is not part of it; outputs state it beside the hash.
    pub fn sha256(&self) -> String {
        let mut regimes = self.regimes.clone();
        regimes.sort_unstable();
        regimes.dedup();
        let text = format!(
            "tamis policy 1\nthreshold={}\nregimes={}\nunverified_alerts={}\nweak_alias_alerts={}\n",
            self.threshold,
            regimes.join(","),
            self.unverified_alerts,
            self.weak_alias_alerts
        );
        Sha256::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
