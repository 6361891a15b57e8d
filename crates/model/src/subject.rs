use crate::{Activity, BirthDate, CountryLink, EntityKind, Gender, Identifier, Place, RelatedParty};
use serde::{Deserialize, Serialize};

/// The tagged parts of a name, where a record keeps them apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameParts {
    /// Given name or names.
    pub given: Option<String>,
    /// Middle name or patronymic.
    pub middle: Option<String>,
    /// Family name.
    pub family: Option<String>,
}

/// One name of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectName {
    /// The whole name as received; for split names the parts joined by spaces.
    pub text: String,
    /// The parts, where the record has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<NameParts>,
}

/// A customer or counterparty to screen: one or more names, and whatever else is known.
///
/// Only a name is needed; every other field helps to tell namesakes apart, and its absence is neutral.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The caller's own key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its names; at least one.
    pub names: Vec<SubjectName>,
    /// What it is; `None` is screened against every kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EntityKind>,
    /// Its birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<BirthDate>,
    /// Its place of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_place: Option<Place>,
    /// Its gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Its countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryLink>,
    /// Its documents and numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// What is to be done with it; `None`: not stated, and every measure is taken to reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<Activity>,
    /// The jurisdictions that bind the deal, as [`jurisdiction`](crate::jurisdiction()) gives them (`us`, `pl`); empty:
    /// not stated, and all do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jurisdictions: Vec<String>,
    /// What the caller calls its type of customer (`retail`, `correspondent`), in lower case; rules of a policy may
    /// name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_type: Option<String>,
    /// Who owns, leads and signs for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedParty>,
    /// Fields of the record that were not understood and so not used; shown beside the result. Screening
    /// without them can only add alerts, never remove one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused: Vec<String>,
    /// SHA-256, in hexadecimal, of what the record says in columns that are no fields of a subject, such as an address: enough to tell
    /// later that it says something else. No part of screening; `None`: nothing, or nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_columns: Option<String>,
}

impl Subject {
    /// A subject known by one name only.
    pub fn named(name: impl Into<String>) -> Subject {
        Subject {
            names: vec![SubjectName {
                text: name.into(),
                parts: None,
            }],
            ..Subject::default()
        }
    }

    /// The same subject of a known kind.
    #[must_use]
    pub fn of_kind(mut self, kind: EntityKind) -> Subject {
        self.kind = Some(kind);
        self
    }
}
