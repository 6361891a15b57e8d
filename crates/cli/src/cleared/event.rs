//! Events of pairs as records of the log. Prints (salted hashes of what customer and entry said) and rationales are the personal
//! part: once it is erased, nothing tells whether the pair still fits, and it clears nothing any more.

use crate::alerts::event::{actor, heading, of_actions, rationale};
use crate::alerts::{self, AlertId};
use crate::failure::Failure;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tamis_log::{Action, Entry, Record, SqliteStore};
use tamis_review::{Docket, Identity, Pair, PairEvent, PairKey, Pairs, Print, Proposal, ReasonCode, Step};

/// The actions of pairs.
const PAIRS: [Action; 3] = [Action::PairProposed, Action::PairApproved, Action::PairRevoked];

/// The body of a proposal.
#[derive(Serialize, Deserialize)]
struct Proposed {
    alert: AlertId,
    reason: ReasonCode,
    owner: Identity,
    expires: Date,
}

/// Its personal part.
#[derive(Serialize, Deserialize)]
struct Kept {
    rationale: String,
    customer: Print,
    entry: Print,
}

/// The body of an approval or a revocation.
#[derive(Serialize, Deserialize)]
struct OnPair {
    pair: String,
}

/// The personal part of one.
#[derive(Serialize)]
struct Words<'a> {
    rationale: &'a str,
}

/// The pairs of a log.
#[derive(Default)]
pub struct Book {
    /// All of them, with the doubts about them.
    pub pairs: Pairs,
    /// The alert that each was proposed from, by the id of the pair.
    alerts: BTreeMap<String, AlertId>,
    /// The last record about pairs, or that raised or settled a doubt; 0 where there is none.
    pub last: u64,
    /// Records that do not fit, each with the reason; they count for nothing.
    pub faults: Vec<String>,
}

/// The record of a proposal.
pub fn proposal(alert: &AlertId, actor: &Identity, proposal: &Proposal) -> Result<Entry, Failure> {
    let body = Proposed {
        alert: alert.clone(),
        reason: proposal.reason,
        owner: proposal.owner.clone(),
        expires: proposal.expires,
    };
    let kept = Kept {
        rationale: proposal.rationale.clone(),
        customer: proposal.customer.clone(),
        entry: proposal.entry.clone(),
    };
    Ok(Entry {
        customer: Some(Arc::from(proposal.key.customer.as_str())),
        details: Some(serde_json::to_string(&kept).map_err(Failure::internal)?),
        ..Entry::new(heading(Action::PairProposed, actor)?, &body)?
    })
}

/// The record of an approval or a revocation.
pub fn step(action: Action, pair: &Pair, actor: &Identity, rationale: &str) -> Result<Entry, Failure> {
    let body = OnPair {
        pair: pair.id.clone(),
    };
    Ok(Entry {
        customer: Some(Arc::from(pair.proposal.key.customer.as_str())),
        details: Some(serde_json::to_string(&Words { rationale }).map_err(Failure::internal)?),
        ..Entry::new(heading(action, actor)?, &body)?
    })
}

impl Book {
    /// The pairs of a log, with what people came to doubt: the fold over the events of both, in the order of the log.
    pub fn read(store: &SqliteStore) -> Result<Book, Failure> {
        let mut book = Book::default();
        let mut records = of_actions(store, &PAIRS)?;
        if records.is_empty() {
            return Ok(book);
        }
        records.extend(alerts::event::records(store)?);
        records.sort_by_key(|record| record.sequence);
        let mut docket = Docket::default();
        for record in records {
            match PAIRS.contains(&record.heading()?.action) {
                true => book.take(&record)?,
                false => book.heed(&mut docket, &record)?,
            }
        }
        Ok(book)
    }

    /// What somebody did about an alert. The events alone bear the customer and the entry. Of a party behind the customer the same is
    /// said; where in doubt, a pair clears nothing.
    fn heed(&mut self, docket: &mut Docket<AlertId>, record: &Record) -> Result<(), Failure> {
        // What does not fit counts for nothing; `tamis alerts list` tells it.
        let (id, _) = alerts::event::take(docket, record, |_| None)?;
        let key = PairKey::new(record.customer.as_deref(), id.entity.clone());
        let (Ok(key), Some(alert)) = (key, docket.get(&id)) else {
            return Ok(());
        };
        let before = self.pairs.doubted(&key);
        self.pairs.heed(&key, id.to_string(), alert);
        if self.pairs.doubted(&key) != before {
            self.last = self.last.max(record.sequence);
        }
        Ok(())
    }

    /// The alert that a pair was proposed from.
    pub fn alert_of(&self, pair: &str) -> Option<&AlertId> {
        self.alerts.get(pair)
    }

    fn take(&mut self, record: &Record) -> Result<(), Failure> {
        self.last = record.sequence;
        if record.heading()?.action == Action::PairProposed {
            let (pair, alert) = proposed(record)?;
            self.alerts.insert(pair.id.clone(), alert);
            self.pairs.add(pair);
            return Ok(());
        }
        let on: OnPair = record.body()?;
        let step = step_of(record)?;
        if let Err(why) = self.pairs.take(&on.pair, step) {
            self.faults
                .push(format!("record {} on pair {}: {why}", record.sequence, on.pair));
        }
        Ok(())
    }

    /// The pairs on a customer and an entry that are not revoked.
    pub fn on(&self, customer: &str, entity: &str) -> impl Iterator<Item = &Pair> {
        let key = PairKey::new(Some(customer), entity).ok();
        let pairs = key.map_or(&[][..], |key| self.pairs.on(&key));
        pairs.iter().filter(|pair| pair.revoked.is_none())
    }

    /// Whether an alert of its customer and entry is in doubt.
    pub fn is_doubted(&self, pair: &Pair) -> bool {
        self.pairs.doubted(&pair.proposal.key).is_some()
    }

    /// Tells what does not fit.
    pub fn warn(&self) {
        for fault in &self.faults {
            eprintln!("warning: {fault}; it counts for nothing");
        }
    }
}

fn step_of(record: &Record) -> Result<Step<PairEvent>, Failure> {
    let rationale = rationale(record);
    let event = match record.heading()?.action {
        Action::PairApproved => PairEvent::Approved { rationale },
        _ => PairEvent::Revoked { rationale },
    };
    Ok(Step {
        at: record.timestamp()?,
        actor: actor(record)?,
        event,
    })
}

fn proposed(record: &Record) -> Result<(Pair, AlertId), Failure> {
    let body: Proposed = record.body()?;
    let key = PairKey::new(record.customer.as_deref(), body.alert.entity.clone())?;
    let text = record.details.as_ref().and_then(|part| part.text());
    let kept = text.map(serde_json::from_str::<Kept>).transpose();
    let kept = kept.map_err(|e| Failure::at(format!("record {}", record.sequence), e))?;
    let erased = kept.is_none();
    let kept = kept.unwrap_or_else(|| Kept {
        rationale: rationale(record),
        customer: Print::erased(),
        entry: Print::erased(),
    });
    let proposal = Proposal {
        key,
        customer: kept.customer,
        entry: kept.entry,
        reason: body.reason,
        rationale: kept.rationale,
        owner: body.owner,
        expires: body.expires,
    };
    let pair = Pair::new(
        record.sequence.to_string(),
        record.timestamp()?,
        actor(record)?,
        proposal,
    );
    Ok((Pair { erased, ..pair }, body.alert))
}
