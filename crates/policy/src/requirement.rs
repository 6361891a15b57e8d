use crate::scope;
use serde::{Deserialize, Serialize};
use tamis_model::{Action, Entity, EntityKind, Evidence, FieldName, FieldVerdict, Hit, Subject};

/// What becomes of an alert whose fields could not be compared, because the record or the list does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// It stays: a gap in the data clears nobody.
    #[default]
    Keep,
    /// It is reduced as if the fields had been compared and did not agree.
    Reduce,
}

/// Secondary evidence that an alert needs beside the name. What is left empty means all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Ids of lists; `*` stands for any text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// Kinds of list entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<EntityKind>,
    /// Types of customers, in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customer_types: Vec<String>,
    /// One of these must agree, or be close.
    pub fields: Vec<FieldName>,
    /// What becomes of an alert for which none does, [`Action::Inform`] or [`Action::Review`].
    pub otherwise: Action,
    /// What becomes of one whose fields could not be compared.
    #[serde(default)]
    pub unknown: Unknown,
}

impl Requirement {
    /// Why an alert does not meet it; `None` when it does, or when it is about another.
    pub(crate) fn unmet(&self, hit: &Hit, subject: &Subject, entity: &Entity) -> Option<String> {
        let about = scope::is_customer(&self.customer_types, subject)
            && scope::is_entry(&self.lists, &self.kinds, entity);
        let verdicts: Vec<FieldVerdict> = hit.evidence.iter().filter_map(|e| self.verdict(e)).collect();
        let agrees = verdicts
            .iter()
            .any(|v| matches!(v, FieldVerdict::Agree | FieldVerdict::Close));
        let conflicts = verdicts.contains(&FieldVerdict::Conflict);
        let told = match (conflicts, self.unknown) {
            (true, _) => "none does",
            (false, Unknown::Reduce) => "none could be compared",
            (false, Unknown::Keep) => return None,
        };
        (about && !agrees).then(|| format!("the policy wants {} to agree, and {told}", self.wanted()))
    }

    fn verdict(&self, evidence: &Evidence) -> Option<FieldVerdict> {
        match evidence {
            Evidence::Field { field, verdict, .. } if self.fields.contains(field) => Some(*verdict),
            _ => None,
        }
    }

    /// The fields in words: `birth date or country`.
    pub fn wanted(&self) -> String {
        let fields: Vec<&str> = self.fields.iter().map(|field| field.as_str()).collect();
        fields.join(" or ")
    }
}
