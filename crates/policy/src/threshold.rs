use crate::scope;
use serde::{Deserialize, Serialize};
use tamis_model::{Entity, EntityKind, Score, Subject};

/// A threshold of its own for some lists, kinds of entries or types of customers. What is left empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdRule {
    /// Ids of lists; `*` stands for any text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// Kinds of list entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<EntityKind>,
    /// Types of customers, in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customer_types: Vec<String>,
    /// Matches from this score on alert.
    pub threshold: Score,
}

impl ThresholdRule {
    /// Whether it is the threshold of `subject` and `entity`.
    pub fn applies(&self, subject: &Subject, entity: &Entity) -> bool {
        self.may_apply(subject) && scope::is_entry(&self.lists, &self.kinds, entity)
    }

    /// Whether it is the threshold of `subject` and some entity.
    pub fn may_apply(&self, subject: &Subject) -> bool {
        scope::is_customer(&self.customer_types, subject)
    }

    pub(crate) fn takes_in(&self, other: &ThresholdRule) -> bool {
        scope::takes_in(&self.lists, &other.lists)
            && scope::takes_in(&self.kinds, &other.kinds)
            && scope::takes_in(&self.customer_types, &other.customer_types)
    }
}
