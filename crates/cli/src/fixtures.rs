//! What the unit tests share.

use tamis::model::{Evidence, Hit, NameRole, Score};

/// A hit on the entry `un:1`, by its primary name, for the reasons that a test gives.
pub fn hit(evidence: Vec<Evidence>) -> Hit {
    Hit {
        entity_id: "un:1".to_owned(),
        entity_name: "A".to_owned(),
        query_name: 0,
        matched_name: "A B".to_owned(),
        matched_role: NameRole::Primary,
        score: Score::from_ten_thousandths(9_000),
        name_score: Score::ONE,
        evidence,
    }
}
