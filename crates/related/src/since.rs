//! Subjects with parties behind them, against what changed on the lists.

use crate::{Assessor, status_without_alerts};
use tamis_model::{Decision, Finding, Status, Subject};
use tamis_screen::{Excerpt, Scratch, Screener};

impl Assessor {
    /// The decision on `subject` and on the parties that its record names, against what is new or changed: that against the whole lists,
    /// with the findings about entries that did not change left out. Stakes play no part.
    ///
    /// `whole` gives the whole new lists under the same policy. It is asked once a party matches an entry that changed: what this party
    /// owns together with others depends on entries that did not. Where it fails, the grounds rest on the changed entries alone, and a
    /// note says so.
    pub fn decide_since<'w>(
        &self,
        changes: &Excerpt,
        whole: impl FnOnce() -> Result<&'w Screener, String>,
        subject: &Subject,
        scratch: &mut Scratch,
    ) -> Decision {
        let policy = changes.screener().policy();
        let direct = changes.screen_with(subject, scratch);
        if subject.related.is_empty() {
            return direct;
        }
        let changed = self.with_related(policy, subject, direct.clone(), |party| {
            changes.screen_with(party, scratch)
        });
        let mut found = changed.alerts.iter().chain(&changed.information);
        if !found.any(|finding| finding.via.is_some()) {
            return changed;
        }
        match whole() {
            Ok(whole) => {
                let scratch = &mut Scratch::default();
                let full =
                    self.with_related(policy, subject, direct, |party| whole.screen_with(party, scratch));
                of_both(changes, subject, full, changed)
            }
            Err(why) => told(changed, &why),
        }
    }
}

/// Alerts as the whole lists give them; what is known of removed entries is known from the change alone.
fn of_both(changes: &Excerpt, subject: &Subject, mut full: Decision, changed: Decision) -> Decision {
    let concerned = |finding: &Finding| finding.via.is_none() || changes.concerns(&finding.hit.entity_id);
    full.alerts.retain(concerned);
    full.information.retain(concerned);
    let removed = |finding: &Finding| finding.via.is_some() && changes.is_removed(&finding.hit.entity_id);
    let gone = changed.information.into_iter().filter(removed);
    full.information.extend(gone);
    if full.status == Status::Hit && full.alerts.is_empty() {
        full.status = status_without_alerts(subject, &full.notes);
    }
    full
}

/// An alert whose grounds rest on the changed entries alone.
fn told(mut decision: Decision, why: &str) -> Decision {
    decision.notes.push(format!(
        "what the parties behind it own together was counted for new and changed entries only ({why}): screen it in full"
    ));
    decision
}
