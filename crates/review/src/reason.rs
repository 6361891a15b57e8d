use crate::Disposition;
use serde::{Deserialize, Serialize};

/// Why an alert was decided so, in a word that can be counted. The words in full stand in the rationale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// Only a part of the name agrees.
    NameOnlyPartial,
    /// A person, a company or a ship on one side and something else on the other.
    KindDiffers,
    /// The birth dates contradict each other.
    BirthDateConflict,
    /// Documents or numbers contradict each other.
    IdentifierConflict,
    /// The countries contradict each other.
    CountryConflict,
    /// The genders contradict each other.
    GenderConflict,
    /// The listed person is dead.
    Deceased,
    /// The customer is only related to the listed party.
    RelationOnly,
    /// Only a weak alias agrees.
    WeakAliasOnly,
    /// The customer's record, or the list, is wrong.
    DataError,
    /// It is the listed party, and a licence covers the deal.
    LicenceApplies,
    /// Name and other facts agree.
    FactsAgree,
    /// What would tell them apart cannot be had.
    DataNotAvailable,
}

use ReasonCode::{
    BirthDateConflict, CountryConflict, DataError, DataNotAvailable, Deceased, FactsAgree, GenderConflict,
    IdentifierConflict, KindDiffers, LicenceApplies, NameOnlyPartial, RelationOnly, WeakAliasOnly,
};

impl ReasonCode {
    /// All of them.
    pub const ALL: [ReasonCode; 13] = [
        NameOnlyPartial,
        KindDiffers,
        BirthDateConflict,
        IdentifierConflict,
        CountryConflict,
        GenderConflict,
        Deceased,
        RelationOnly,
        WeakAliasOnly,
        DataError,
        LicenceApplies,
        FactsAgree,
        DataNotAvailable,
    ];

    /// `name_only_partial`, `kind_differs`, …
    pub const fn as_str(self) -> &'static str {
        match self {
            NameOnlyPartial => "name_only_partial",
            KindDiffers => "kind_differs",
            BirthDateConflict => "birth_date_conflict",
            IdentifierConflict => "identifier_conflict",
            CountryConflict => "country_conflict",
            GenderConflict => "gender_conflict",
            Deceased => "deceased",
            RelationOnly => "relation_only",
            WeakAliasOnly => "weak_alias_only",
            DataError => "data_error",
            LicenceApplies => "licence_applies",
            FactsAgree => "facts_agree",
            DataNotAvailable => "data_not_available",
        }
    }

    /// Reads the word, whatever its case, with `_`, `-` or spaces.
    pub fn parse(word: &str) -> Option<ReasonCode> {
        let word = word.trim().to_lowercase().replace(['-', ' '], "_");
        ReasonCode::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// All words, for messages.
    pub fn words() -> String {
        ReasonCode::ALL.map(ReasonCode::as_str).join(", ")
    }

    /// The words that can speak for a disposition, for messages.
    pub fn words_for(disposition: Disposition) -> String {
        let speaking = ReasonCode::ALL
            .into_iter()
            .filter(|one| one.speaks_for(disposition));
        speaking.map(ReasonCode::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Whether it can speak for a disposition. A false positive is not licensed, and a true match has no conflict.
    pub const fn speaks_for(self, disposition: Disposition) -> bool {
        match disposition {
            Disposition::FalsePositive | Disposition::ReleaseRecommended => {
                !matches!(self, LicenceApplies | FactsAgree | DataNotAvailable)
            }
            Disposition::TrueMatchRecommended | Disposition::TrueMatchConfirmed => {
                matches!(self, FactsAgree | LicenceApplies | DataError)
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_back_and_are_those_of_serde() {
        for one in ReasonCode::ALL {
            assert_eq!(
                ReasonCode::parse(&one.as_str().replace('_', " ").to_uppercase()),
                Some(one)
            );
            assert_eq!(
                serde_json::to_string(&one).unwrap(),
                format!("\"{}\"", one.as_str())
            );
        }
    }

    #[test]
    fn the_words_that_are_offered_are_those_that_are_taken() {
        for disposition in Disposition::ALL {
            let words = ReasonCode::words_for(disposition);
            let offered: Vec<ReasonCode> = words.split(", ").filter_map(ReasonCode::parse).collect();
            let taken = ReasonCode::ALL
                .into_iter()
                .filter(|one| one.speaks_for(disposition));
            assert_eq!(offered, taken.collect::<Vec<_>>(), "{disposition}");
            assert!(crate::Error::NoReason(disposition).to_string().contains(&words));
        }
    }

    #[test]
    fn a_false_positive_is_never_a_licensed_match() {
        assert!(!LicenceApplies.speaks_for(Disposition::FalsePositive));
        assert!(LicenceApplies.speaks_for(Disposition::TrueMatchRecommended));
        assert!(!BirthDateConflict.speaks_for(Disposition::TrueMatchRecommended));
    }
}
