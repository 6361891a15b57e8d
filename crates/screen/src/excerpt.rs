//! Part of the lists: the entries that a change touched, and what is told of those that are gone.

use crate::screener::{Scratch, Screener};
use std::collections::BTreeSet;
use tamis_model::{Action, Decision, Finding, Status, Subject};

/// A screener over the entries that a change of the lists touched. [`Delta`](crate::Delta) makes one of two versions of
/// the lists; from the compiled lists of its screener, [`Excerpt::removed`] and [`Excerpt::is_empty`] the same one is made
/// again, so that its answers can be repeated without the earlier version.
#[derive(Debug)]
pub struct Excerpt {
    screener: Screener,
    removed: BTreeSet<String>,
    is_empty: bool,
}

impl Excerpt {
    /// The entries of `screener`, of which those of `removed` are gone from the lists. There is no screener over nothing:
    /// where no entry is touched one stands in, and `is_empty` says so.
    pub fn new(screener: Screener, removed: BTreeSet<String>, is_empty: bool) -> Excerpt {
        Excerpt {
            screener,
            removed,
            is_empty,
        }
    }

    /// The screener over the entries.
    pub fn screener(&self) -> &Screener {
        &self.screener
    }

    /// The ids of entries that are gone from the lists, in order.
    pub fn removed(&self) -> &BTreeSet<String> {
        &self.removed
    }

    /// Whether no entry is touched.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Whether the entry with this id is one of those.
    pub fn concerns(&self, entity_id: &str) -> bool {
        !self.is_empty && self.screener.entity(entity_id).is_some()
    }

    /// Whether the entry with this id is gone from the lists.
    pub fn is_removed(&self, entity_id: &str) -> bool {
        self.removed.contains(entity_id)
    }

    /// The answer for one subject: findings about entries that are gone are information, never alerts.
    pub fn screen_with(&self, subject: &Subject, scratch: &mut Scratch) -> Decision {
        let decision = self.screener.screen_with(subject, scratch);
        match decision.status {
            Status::Unscreened => decision,
            _ => self.restricted(decision),
        }
    }

    fn restricted(&self, decision: Decision) -> Decision {
        let is_removed = |finding: &Finding| self.is_removed(&finding.hit.entity_id);
        let known = |findings: Vec<Finding>| findings.into_iter().filter(|_| !self.is_empty);
        let (removed, alerts): (Vec<_>, Vec<_>) = known(decision.alerts).partition(is_removed);
        let (gone, mut information): (Vec<_>, Vec<_>) = known(decision.information).partition(is_removed);
        information.extend(removed.into_iter().chain(gone).map(lapsed));
        Decision {
            status: match alerts.is_empty() {
                true => Status::Clear,
                false => Status::Hit,
            },
            alerts,
            information,
            ..decision
        }
    }
}

fn lapsed(finding: Finding) -> Finding {
    let before = match finding.why.is_empty() {
        true => String::new(),
        false => format!("; {}", finding.why),
    };
    Finding {
        why: format!("removed from the list: an earlier alert may lapse{before}"),
        action: Action::Inform,
        ..finding
    }
}
