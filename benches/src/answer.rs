use serde::{Deserialize, Serialize};
use tamis::model::{Decision, Score, Status, Subject};
use tamis::{Scratch, Screener};

/// What a benchmark's answer was found to be, before its time was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// In a few words: recall, alert rate.
    pub text: String,
    /// What is wrong with it; nothing, in a run that counts.
    pub faults: Vec<String>,
}

/// Faults that are told one by one; of more, the number.
const TOLD: usize = 5;

impl Answer {
    /// An answer with faults, of which the first few are kept and the others counted.
    pub(crate) fn new(text: String, mut faults: Vec<String>) -> Answer {
        let more = faults.len().saturating_sub(TOLD);
        faults.truncate(TOLD);
        if more > 0 {
            faults.push(format!("and {more} more"));
        }
        Answer { text, faults }
    }
}

/// Whether an entry is among the alerts of a decision.
pub(crate) fn alerts_on(decision: &Decision, entity: &str) -> bool {
    decision
        .alerts
        .iter()
        .any(|finding| finding.hit.entity_id == entity)
}

/// Holds subjects against every entry of the list: an entry that is not found must score below the threshold, and
/// every entry must be found or scored.
pub(crate) fn oracle(screener: &Screener, subjects: &[Subject]) -> Vec<String> {
    let mut scratch = Scratch::default();
    let faults = |subject| lost(screener, subject, &screener.screen_with(subject, &mut scratch));
    subjects.iter().flat_map(faults).collect()
}

fn lost(screener: &Screener, subject: &Subject, decision: &Decision) -> Vec<String> {
    let name = subject.names.first().map_or("", |name| name.text.as_str());
    if decision.status == Status::Unscreened {
        return vec![format!("'{name}' is not screened: {:?}", decision.notes)];
    }
    let below = screener.near_misses(subject, Score::ZERO);
    let threshold = screener.policy().threshold;
    let lost = below.iter().filter(|hit| hit.score >= threshold);
    let mut faults: Vec<String> = lost
        .map(|hit| {
            format!(
                "'{name}' scores {} with {}, but screening misses it",
                hit.score, hit.entity_id
            )
        })
        .collect();
    let seen = decision.alerts.len() + decision.information.len() + below.len();
    if seen != screener.entities().len() {
        let entries = screener.entities().len();
        faults.push(format!("'{name}' was held against {seen} of {entries} entries"));
    }
    faults
}

/// `97.5 %`
pub(crate) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    let share = 100.0 * part as f64 / whole as f64;
    // A share that is not the whole, or not nothing, must not be rounded to it.
    if part == 0 || part == whole || (0.1..99.95).contains(&share) {
        format!("{share:.1} %")
    } else {
        format!("{share:.3} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_not_the_whole_is_not_shown_as_it() {
        assert_eq!(percent(3_999, 4_000), "99.975 %");
        assert_eq!(percent(4_000, 4_000), "100.0 %");
        assert_eq!(percent(999, 1_000), "99.9 %");
        assert_eq!(percent(1, 5_000), "0.020 %");
        assert_eq!(percent(1, 40), "2.5 %");
        assert_eq!(percent(0, 0), "-");
    }

    #[test]
    fn many_faults_are_counted() {
        let answer = Answer::new(String::new(), vec!["x".to_owned(); 12]);
        assert_eq!(answer.faults.len(), 6);
        assert_eq!(answer.faults.last().map(String::as_str), Some("and 7 more"));
    }
}
