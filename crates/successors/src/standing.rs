use serde::Serialize;
use tamis_model::{Confidence, Entity, Measure, Subject};
use tamis_policy::Policy;

/// Whether a party is listed, on the day and under the regimes of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A measure is in force.
    Listed,
    /// A measure is known and not yet in force.
    NotYet,
    /// A measure is in force by a source that is not verified.
    Unverified,
    /// Its measures have ended.
    Delisted,
}

impl Standing {
    /// The standing of an entry; `None` where no measure of the regimes in question was ever taken against it: it is
    /// named, and not listed.
    pub(crate) fn of(entity: &Entity, policy: &Policy) -> Option<Standing> {
        let covered = || covered(entity, policy);
        let sure = |m: &Measure| policy.unverified_alerts || m.confidence() > Confidence::Unverified;
        covered().next()?;
        Some(if covered().any(|m| m.in_force(policy.as_of) && sure(m)) {
            Standing::Listed
        } else if covered().any(|m| m.in_force(policy.as_of)) {
            Standing::Unverified
        } else if covered().any(|m| !m.ended_before(policy.as_of)) {
            Standing::NotYet
        } else {
            Standing::Delisted
        })
    }

    /// The words used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Listed => "listed",
            Standing::NotYet => "not yet listed",
            Standing::Unverified => "not verified",
            Standing::Delisted => "delisted",
        }
    }

    /// Why signals of such a party are worth less, where they are.
    pub(crate) const fn fades(self) -> Option<&'static str> {
        match self {
            Standing::Listed | Standing::NotYet => None,
            Standing::Unverified => Some("half, as the measure is not verified"),
            Standing::Delisted => Some("half, as the party is no longer listed"),
        }
    }
}

/// The measures of the regimes in question. There is no deal yet, so none brings jurisdictions of its own.
pub(crate) fn covered<'e>(entity: &'e Entity, policy: &'e Policy) -> impl Iterator<Item = &'e Measure> {
    let nobody = Subject::default();
    let counts = move |measure: &&Measure| policy.covers(measure.regime(), &nobody);
    entity.measures.iter().filter(counts)
}
