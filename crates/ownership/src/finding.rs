//! What is found of a party.

use crate::{Effect, Interest, Party, Role, Share};
use jiff::civil::Date;
use serde::Serialize;

/// What a finding says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", tag = "verdict")]
pub enum Verdict {
    /// The party itself is listed as an owner that counts under the rule.
    Listed,
    /// Listed owners hold enough of it, directly or through what they own.
    Owned {
        /// What they hold together; `None` where a role makes it theirs.
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<Share>,
        /// Of what: shares or votes.
        of: &'static str,
    },
    /// They may hold enough: a share on the way is not known.
    PossiblyOwned {
        /// What is known of it.
        known: Share,
    },
    /// A listed party, or a company that counts as owned, controls, leads or holds a part of it. Never ownership.
    RelatedControl {
        /// How.
        by: ControlBy,
    },
    /// A listed person may sign for it.
    Representative,
}

impl Verdict {
    /// `LISTED`, `OWNED`, `POSSIBLY_OWNED`, `RELATED_CONTROL` or `REPRESENTATIVE`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Verdict::Listed => "LISTED",
            Verdict::Owned { .. } => "OWNED",
            Verdict::PossiblyOwned { .. } => "POSSIBLY_OWNED",
            Verdict::RelatedControl { .. } => "RELATED_CONTROL",
            Verdict::Representative => "REPRESENTATIVE",
        }
    }
}

/// How a party is related to a listed one without being owned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlBy {
    /// By a role.
    Role(Role),
    /// By a stake that is not enough; `None` is not known.
    Stake(Option<Share>),
    /// Through a company that is itself related, and that owns or controls this one.
    Chain,
}

/// One link of a proof: who holds what of whom, as which sources say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Who owns, leads or represents.
    pub owner: Party,
    /// Whom.
    pub owned: Party,
    /// As what: a stake or a role.
    pub tie: StepTie,
    /// Whether there is more, or something, of which the share is not known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// How the owner is written elsewhere, where those names count as one owner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What a stake comes to if the spellings of its owner, which count as one, are several owners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Share>,
    /// The joint arrangement that a stake is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joint: Option<String>,
    /// First day, of the first statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Who says so.
    pub sources: Vec<String>,
    /// Where that was read.
    pub places: Vec<String>,
}

/// What a step of a proof consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepTie {
    /// A stake; `None` is a share that is not known.
    Stake(Interest, Option<Share>),
    /// A role.
    Role(Role),
}

impl Step {
    /// `50.00 % (shares)`, `shares: share unknown`, `director`.
    pub fn words(&self) -> String {
        let mut words = match self.tie {
            StepTie::Stake(interest, Some(share)) if self.open => {
                format!("{share} % ({}), and a share that is not known", interest.as_str())
            }
            StepTie::Stake(interest, Some(share)) => format!("{share} % ({})", interest.as_str()),
            StepTie::Stake(interest, None) => format!("{}: share unknown", interest.as_str()),
            StepTie::Role(role) => role.as_str().to_owned(),
        };
        if !self.also.is_empty() {
            words += &format!(", also as {}", self.also.join(", "));
        }
        if let Some(most) = self.most {
            words += &format!(", {most} % if these are several owners");
        }
        words
    }
}

/// A listed party that a finding goes back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedOwner {
    /// Who.
    pub party: Party,
    /// The codes of its measures that count under the rule.
    pub measures: Vec<String>,
}

/// One answer about a party under one rule, with its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnershipFinding {
    /// The rule's id.
    pub rule: String,
    /// What is found.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What follows: `None` for what is a caution only, which is everything but [`Verdict::Owned`] and [`Verdict::Listed`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// Whether the rule is suspended on the day, so that the finding alerts nobody.
    pub suspended: bool,
    /// From the listed owners to the party: every step that the finding rests on.
    pub path: Vec<Step>,
    /// The listed owners at the beginning of the path.
    pub owners: Vec<ListedOwner>,
    /// What it means, in a sentence.
    pub meaning: String,
    /// The text that the rule rests on.
    pub basis: String,
}

impl OwnershipFinding {
    /// Whether the finding asks for somebody's attention: all but those under a suspended rule.
    pub const fn alerts(&self) -> bool {
        !self.suspended
    }
}
