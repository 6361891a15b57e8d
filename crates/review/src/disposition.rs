use serde::{Deserialize, Serialize};
use std::fmt;

/// What people have decided about an alert so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Disposition {
    /// Nobody has looked yet.
    New,
    /// Somebody looks at it.
    InReview,
    /// Data was asked for.
    InfoRequested,
    /// The customer is not the listed party.
    FalsePositive,
    /// The first pair of eyes takes it for the listed party.
    TrueMatchRecommended,
    /// The second pair of eyes does, too.
    TrueMatchConfirmed,
    /// Neither can be shown.
    Inconclusive,
    /// Given to a higher level.
    Escalated,
    /// Closed once, and open again.
    Reopened,
    /// The first pair of eyes takes a confirmed match for somebody else.
    ReleaseRecommended,
}

use Disposition::{
    Escalated, FalsePositive, InReview, Inconclusive, InfoRequested, New, ReleaseRecommended, Reopened,
    TrueMatchConfirmed, TrueMatchRecommended,
};

/// The moves that one person makes alone: from, to. [`TrueMatchConfirmed`] is missing on purpose: only an approval by
/// somebody else leads there, and whatever a person decides about one alert decides no other.
const MOVES: [(Disposition, &[Disposition]); 10] = [
    (
        New,
        &[
            InReview,
            InfoRequested,
            FalsePositive,
            TrueMatchRecommended,
            Inconclusive,
            Escalated,
            ReleaseRecommended,
        ],
    ),
    (
        Reopened,
        &[
            InReview,
            InfoRequested,
            FalsePositive,
            TrueMatchRecommended,
            Inconclusive,
            Escalated,
            ReleaseRecommended,
        ],
    ),
    (
        InReview,
        &[
            InfoRequested,
            FalsePositive,
            TrueMatchRecommended,
            Inconclusive,
            Escalated,
            ReleaseRecommended,
        ],
    ),
    (
        InfoRequested,
        &[
            InReview,
            FalsePositive,
            TrueMatchRecommended,
            Inconclusive,
            Escalated,
            ReleaseRecommended,
        ],
    ),
    (
        Escalated,
        &[
            InReview,
            InfoRequested,
            FalsePositive,
            TrueMatchRecommended,
            Inconclusive,
            ReleaseRecommended,
        ],
    ),
    (Inconclusive, &[Reopened]),
    (FalsePositive, &[Reopened]),
    // Who recommended it may take that back; somebody else approves it or sends it back.
    (TrueMatchRecommended, &[InReview]),
    (TrueMatchConfirmed, &[Reopened]),
    (ReleaseRecommended, &[InReview]),
];

impl Disposition {
    /// All of them, in the order of work.
    pub const ALL: [Disposition; 10] = [
        New,
        InReview,
        InfoRequested,
        FalsePositive,
        TrueMatchRecommended,
        TrueMatchConfirmed,
        Inconclusive,
        Escalated,
        Reopened,
        ReleaseRecommended,
    ];

    /// `NEW`, `IN_REVIEW`, …
    pub const fn as_str(self) -> &'static str {
        match self {
            New => "NEW",
            InReview => "IN_REVIEW",
            InfoRequested => "INFO_REQUESTED",
            FalsePositive => "FALSE_POSITIVE",
            TrueMatchRecommended => "TRUE_MATCH_RECOMMENDED",
            TrueMatchConfirmed => "TRUE_MATCH_CONFIRMED",
            Inconclusive => "INCONCLUSIVE",
            Escalated => "ESCALATED",
            Reopened => "REOPENED",
            ReleaseRecommended => "RELEASE_RECOMMENDED",
        }
    }

    /// Reads the word, whatever its case, with `_`, `-` or spaces.
    pub fn parse(word: &str) -> Option<Disposition> {
        let word = word.trim().to_uppercase().replace(['-', ' '], "_");
        Disposition::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// What one person may make of it.
    pub fn moves(self) -> &'static [Disposition] {
        let row = MOVES.iter().find(|(from, _)| *from == self);
        row.map_or(&[], |(_, to)| to)
    }

    /// Whether work on the alert is done.
    pub const fn is_closed(self) -> bool {
        matches!(self, FalsePositive | TrueMatchConfirmed | Inconclusive)
    }

    /// Whether it says that customer and entry are, or may well be, one party.
    pub const fn is_true_match(self) -> bool {
        matches!(self, TrueMatchRecommended | TrueMatchConfirmed)
    }

    /// The level of staff whose queue it stands in: 1 closes evident false positives, 2 whatever needs evidence or
    /// other data, 3 suspected true matches.
    pub const fn level(self) -> u8 {
        match self {
            New | InReview | FalsePositive => 1,
            InfoRequested | Inconclusive | Escalated | Reopened => 2,
            TrueMatchRecommended | TrueMatchConfirmed | ReleaseRecommended => 3,
        }
    }

    /// Whether who decides so doubts that customer and entry are two parties.
    pub const fn is_doubt(self) -> bool {
        matches!(
            self,
            TrueMatchRecommended
                | TrueMatchConfirmed
                | Inconclusive
                | Escalated
                | Reopened
                | ReleaseRecommended
        )
    }

    /// Whether deciding so needs a reason code.
    pub const fn needs_reason(self) -> bool {
        matches!(self, FalsePositive | Inconclusive | ReleaseRecommended)
    }

    /// Whether the first pair of eyes decided, and a second one is waited for.
    pub const fn waits_for_approval(self) -> bool {
        matches!(self, TrueMatchRecommended | ReleaseRecommended)
    }

    /// What can be done instead of a move that is refused.
    pub(crate) fn hint(self) -> String {
        let moves: Vec<&str> = self.moves().iter().map(|to| to.as_str()).collect();
        let approval = match self.waits_for_approval() {
            true => "; or somebody else approves it",
            false => "",
        };
        format!("choose {}{approval}", moves.join(", "))
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_disposition_has_a_row_and_a_word_that_is_read_back() {
        for one in Disposition::ALL {
            assert!(!one.moves().is_empty(), "{one} is a dead end");
            assert_eq!(
                Disposition::parse(&one.as_str().to_lowercase().replace('_', "-")),
                Some(one)
            );
            assert_eq!(serde_json::to_string(&one).unwrap(), format!("\"{one}\""));
        }
    }

    #[test]
    fn no_single_person_confirms_a_match() {
        assert!(
            Disposition::ALL
                .iter()
                .all(|from| !from.moves().contains(&TrueMatchConfirmed))
        );
    }

    #[test]
    fn what_is_closed_can_only_be_opened_again() {
        for one in Disposition::ALL.into_iter().filter(|one| one.is_closed()) {
            assert_eq!(one.moves(), [Reopened]);
        }
    }
}
