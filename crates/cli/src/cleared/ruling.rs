//! What cleared pairs make of a decision: it is made first, and no score is touched; then alerts that a pair clears move aside.

use super::event::Book;
use crate::failure::Failure;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tamis::Screener;
use tamis::model::{Decision, Finding, Status, Subject};
use tamis::related::status_without_alerts;
use tamis_log::{Lapsed, Log};
use tamis_review::{Cleared, Identity, Lapse, Pair, PairKey, Pairs, Print, ReasonCode};

/// The pairs that a screening applies.
pub struct Clearing {
    pairs: Pairs,
    stamp: Stamp,
}

/// What a ruling rests on, beside the lists: part of the context of a run, so that a run is never gone on with under
/// other pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The last record about pairs.
    pub through: u64,
    /// The day on which expiry is judged.
    pub day: Date,
}

/// An alert that a pair clears, with who answers for that.
#[derive(Clone, Debug, Serialize)]
pub struct ClearedFinding {
    /// The alert.
    pub finding: Finding,
    /// The record that proposed the pair.
    pub pair: String,
    /// Why they are two parties.
    pub reason: ReasonCode,
    /// Who answers for the pair.
    pub owner: Identity,
    /// Who approved it.
    pub approver: Option<Identity>,
    /// Its last day.
    pub expires: Date,
}

/// What pairs make of one decision.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// Alerts that pairs clear.
    pub cleared: Vec<ClearedFinding>,
    /// Alerts that a pair cleared once.
    pub lapsed: Vec<Lapsed>,
    /// The decision without the alerts that are cleared.
    pub decision: Decision,
}

impl Clearing {
    /// The pairs of a log; `None` where it has none. Expiry is judged on the later of the day in question and today, so
    /// that no pair is revived by asking for a day in the past.
    pub fn of(log: &Log, as_of: Date, today: Date) -> Result<Option<Clearing>, Failure> {
        let book = Book::read(log.store())?;
        book.warn();
        let stamp = Stamp {
            through: book.last,
            day: as_of.max(today),
        };
        let clearing = Clearing {
            pairs: book.pairs,
            stamp,
        };
        Ok((!clearing.pairs.is_empty()).then_some(clearing))
    }

    /// What rulings rest on.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Whether there is any pair of this customer, so that the subject must be at hand.
    pub fn concerns(&self, subject: &Subject) -> bool {
        let id = subject.id.as_deref().map(str::trim);
        id.is_some_and(|id| self.pairs.concerns(id))
    }

    /// What the pairs make of a decision; `None` where they say nothing.
    pub fn ruling(&self, subject: &Subject, decision: &Decision, screener: &Screener) -> Option<Ruling> {
        let mut ruling = Ruling {
            cleared: Vec::new(),
            lapsed: Vec::new(),
            decision: decision.clone(),
        };
        ruling.decision.alerts.clear();
        for finding in &decision.alerts {
            match self.on(subject, finding, screener) {
                Some(Cleared::By(pair)) => ruling.cleared.push(cleared(finding, pair)),
                Some(Cleared::Lapsed(pair, why)) => {
                    ruling.lapsed.push(lapsed(finding, pair, &why));
                    ruling.decision.alerts.push(finding.clone());
                }
                _ => ruling.decision.alerts.push(finding.clone()),
            }
        }
        if ruling.decision.status == Status::Hit && ruling.decision.alerts.is_empty() {
            ruling.decision.status = status_without_alerts(subject, &decision.notes);
        }
        let said = !ruling.cleared.is_empty() || !ruling.lapsed.is_empty();
        said.then_some(ruling)
    }

    fn on(&self, subject: &Subject, finding: &Finding, screener: &Screener) -> Option<Cleared<'_>> {
        // A pair says that the customer is not the entry; a party behind it is not what was looked at.
        if finding.via.is_some() {
            return None;
        }
        let entity = screener.entity(&finding.hit.entity_id)?;
        let key = PairKey::new(subject.id.as_deref(), finding.hit.entity_id.clone()).ok()?;
        let customer = |salt: &str| Print::of_customer(subject, salt);
        let entry = |salt: &str| Print::of_entry(entity, salt);
        Some(self.pairs.cleared(&key, self.stamp.day, customer, entry))
    }
}

fn cleared(finding: &Finding, pair: &Pair) -> ClearedFinding {
    ClearedFinding {
        finding: finding.clone(),
        pair: pair.id.clone(),
        reason: pair.proposal.reason,
        owner: pair.proposal.owner.clone(),
        approver: pair.approved.as_ref().map(|(_, who)| who.clone()),
        expires: pair.proposal.expires,
    }
}

fn lapsed(finding: &Finding, pair: &Pair, why: &[Lapse]) -> Lapsed {
    Lapsed {
        entity: finding.hit.entity_id.clone(),
        pair: pair.id.clone(),
        why: why.iter().map(Lapse::to_string).collect(),
    }
}

impl Ruling {
    /// The decision as it is told: lapses always, what is cleared where that was asked for.
    pub fn told(&self, show_cleared: bool) -> Decision {
        let mut decision = self.decision.clone();
        decision.notes.extend(self.lapsed.iter().map(lapse_line));
        if show_cleared {
            decision
                .notes
                .extend(self.cleared.iter().map(ClearedFinding::line));
        }
        decision
    }

    /// The entries that are cleared, each with its pair.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pair = |one: &ClearedFinding| (one.finding.hit.entity_id.clone(), one.pair.clone());
        self.cleared.iter().map(pair).collect()
    }
}

fn lapse_line(lapsed: &Lapsed) -> String {
    format!(
        "a cleared pair lapsed: {}: {} (pair {})",
        lapsed.entity,
        lapsed.why.join("; "),
        lapsed.pair
    )
}

impl ClearedFinding {
    fn line(&self) -> String {
        let hit = &self.finding.hit;
        format!(
            "cleared: {} {} {} by pair {} ({}; owner {}, approved by {}, until {})",
            hit.entity_id,
            hit.entity_name,
            hit.score,
            self.pair,
            self.reason.as_str(),
            self.owner,
            self.approver.as_ref().map_or("nobody", Identity::as_str),
            self.expires
        )
    }
}
