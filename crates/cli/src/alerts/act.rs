//! Acts on one alert: each is checked against the alert as it is within the transaction that appends it.

use super::args::{AssignArgs, DecideArgs, OnAlert, SecondArgs, Who};
use super::case::Case;
use super::event;
use super::id::AlertId;
use crate::actor;
use crate::cleared::Book;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::log;
use std::sync::Arc;
use tamis_log::{Action, Entry, Log};
use tamis_review::{AlertEvent, Disposition, Error, Identity, Step};

/// Runs `tamis alerts assign`.
pub fn assign(args: &AssignArgs) -> Result<Exit, Failure> {
    let to = Identity::new(&args.to)?;
    act(&args.on, AlertEvent::Assigned { to })
}

/// Runs `tamis alerts decide`.
pub fn decide(args: &DecideArgs) -> Result<Exit, Failure> {
    let decided = AlertEvent::Decided {
        disposition: args.disposition,
        reasons: args.reasons.clone(),
        rationale: args.rationale.clone(),
    };
    act(&args.on, decided)
}

/// Runs `tamis alerts approve`.
pub fn approve(args: &SecondArgs) -> Result<Exit, Failure> {
    let rationale = args.rationale.clone();
    act(&args.on, AlertEvent::Approved { rationale })
}

/// Runs `tamis alerts refuse`.
pub fn refuse(args: &SecondArgs) -> Result<Exit, Failure> {
    let rationale = args.rationale.clone();
    act(&args.on, AlertEvent::Returned { rationale })
}

/// Runs `tamis alerts reopen`.
pub fn reopen(args: &SecondArgs) -> Result<Exit, Failure> {
    let reopened = AlertEvent::Decided {
        disposition: Disposition::Reopened,
        reasons: Vec::new(),
        rationale: args.rationale.clone(),
    };
    act(&args.on, reopened)
}

/// Who acts: whoever is named, by the option or by the environment; nobody is assumed, since four eyes rest on it.
pub fn identity(who: &Who) -> Result<Identity, Failure> {
    Identity::new(&actor::named(who.actor.as_ref()).unwrap_or_default())
        .map_err(|e| Failure::new(e).help("name yourself with --actor NAME, or set TAMIS_ACTOR"))
}

/// What came of an attempt.
pub enum Outcome {
    /// It is to be appended.
    Done(Entry),
    /// One person would be both pairs of eyes, or undo what two did: the attempt itself is put on record.
    Refused(Entry, Error),
}

impl Outcome {
    /// The outcome of a check: only the four-eyes rule leaves a trace, everything else is a slip.
    pub fn of<T>(
        checked: Result<T, Error>,
        done: impl FnOnce() -> Result<Entry, Failure>,
        attempt: impl FnOnce(&Error) -> Result<Entry, Failure>,
    ) -> Result<Outcome, Failure> {
        match checked {
            Ok(_) => done().map(Outcome::Done),
            Err(alone @ (Error::SamePerson { .. } | Error::Confirmed | Error::ConfirmedBeside { .. })) => {
                Ok(Outcome::Refused(attempt(&alone)?, alone))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// What is appended, with the refusal kept for the caller.
    pub fn entries(self, refused: &mut Option<Error>) -> Vec<Entry> {
        match self {
            Outcome::Done(entry) => vec![entry],
            Outcome::Refused(entry, why) => {
                *refused = Some(why);
                vec![entry]
            }
        }
    }
}

/// Tells what was appended, or fails where that is a refusal.
pub fn told(refused: Option<Error>, record: u64, done: &str) -> Result<Exit, Failure> {
    match refused {
        None => {
            println!("{done} (record {record})");
            Ok(Exit::Clear)
        }
        Some(why) => Err(Failure::new(why).help(format!("the attempt is on record, as record {record}"))),
    }
}

fn act(on: &OnAlert, event: AlertEvent) -> Result<Exit, Failure> {
    let actor = identity(&on.who)?;
    let mut log = log::open(&on.log.log)?;
    let id = AlertId::resolve(&log, &on.alert)?;
    let (at, action) = (log.now(), event::action_of(&event)?);
    let (mut refused, mut now) = (None, Disposition::New);
    let step = Step {
        at,
        actor: actor.clone(),
        event,
    };
    let head = log.append_with(|store| {
        let (case, docket) = Case::among(store, &id)?;
        let allowed = docket.allows(&id, &step);
        now = *allowed.as_ref().unwrap_or(&case.alert.disposition);
        let outcome = outcome(&id, case.customer, allowed, &step, &action)?;
        Ok::<_, Failure>(outcome.entries(&mut refused))
    })?;
    tell_pairs(&log, &id, now)?;
    told(refused, head.sequence, &format!("{id}: {now}, by {actor}"))
}

/// Whoever doubts that two parties are two must know that a pair still suppresses their alerts, and whoever settles a doubt that one waits
/// for a new approval. No pair is about a party behind the customer.
fn tell_pairs(log: &Log, id: &AlertId, now: Disposition) -> Result<(), Failure> {
    if id.relation.is_some() {
        return Ok(());
    }
    let Some(customer) = log.get(id.record)?.customer else {
        return Ok(());
    };
    let book = Book::read(log.store())?;
    for pair in book.on(&customer, &id.entity) {
        let number = &pair.id;
        if pair.approved.is_some() && !now.is_closed() {
            eprintln!(
                "warning: pair {number} still clears this customer and entry; `tamis cleared revoke {number}` ends it"
            );
        } else if pair.outdated.is_some() && now == Disposition::FalsePositive && !book.is_doubted(pair) {
            eprintln!("note: pair {number} was doubted, and clears nothing until somebody approves it anew");
        }
    }
    Ok(())
}

fn outcome(
    id: &AlertId,
    customer: Option<Arc<str>>,
    allowed: Result<Disposition, Error>,
    step: &Step<AlertEvent>,
    action: &Action,
) -> Result<Outcome, Failure> {
    Outcome::of(
        allowed,
        || event::entry(id, customer.clone(), &step.actor, &step.event),
        |why| event::attempt(action, Ok(id), customer.clone(), &step.actor, why),
    )
}
