//! `tamis cleared propose`, `approve` and `revoke`.

use super::args::{OnPair, ProposeArgs};
use super::event::{self, Book};
use crate::alerts::event::attempt;
use crate::alerts::screened::Screened;
use crate::alerts::{AlertId, Case, Outcome, identity, told};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::log;
use crate::page::in_a_line;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tamis_log::{Action, Entry, SqliteStore};
use tamis_review::{
    AlertEvent, Disposition, Error, Identity, PairEvent, PairKey, Print, Proposal, ReasonCode, Step,
};

/// Runs `tamis cleared propose`.
pub fn propose(args: &ProposeArgs) -> Result<Exit, Failure> {
    let actor = identity(&args.on.who)?;
    let path = &args.on.log.log;
    let mut log = log::open(path)?;
    let id = AlertId::resolve(&log, &args.on.alert)?;
    let today = day(log.now());
    let screened = Screened::of(path, &log, id.record)?;
    let mut proposal = proposal(args, &id, &screened, &actor, today)?;
    let head = log.append_with(|store| {
        let case = Case::one(store, &id)?;
        on_the_customer(&case)?;
        let decided = false_positive(&case)?;
        proposal.reason = args
            .reason
            .or(decided)
            .ok_or(Error::NoReason(Disposition::FalsePositive))?;
        proposal.check(today)?;
        none_stands(&Book::read(store)?, &proposal.key, &screened, today)?;
        Ok::<_, Failure>(vec![event::proposal(&id, &actor, &proposal)?])
    })?;
    println!(
        "pair {}: {}, proposed by {actor}, until {}; somebody else must approve it",
        head.sequence,
        in_a_line(&proposal.key.to_string()),
        proposal.expires
    );
    Ok(Exit::Clear)
}

/// The day of a moment, in UTC.
fn day(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

fn proposal(
    args: &ProposeArgs,
    id: &AlertId,
    screened: &Screened,
    actor: &Identity,
    today: Date,
) -> Result<Proposal, Failure> {
    let key = PairKey::new(screened.subject.id.as_deref(), id.entity.clone())?;
    let (customer, entry) = screened.prints(&id.entity, &salt()?)?;
    Ok(Proposal {
        key,
        customer,
        entry,
        reason: ReasonCode::DataNotAvailable,
        rationale: args.rationale.clone(),
        owner: args
            .owner
            .as_deref()
            .map_or_else(|| Ok(actor.clone()), Identity::new)?,
        expires: args.expires.map_or_else(|| Proposal::latest(today), Ok)?,
    })
}

/// Who would revoke the one of two pairs might take the other's clearing for ended.
fn none_stands(book: &Book, key: &PairKey, screened: &Screened, today: Date) -> Result<(), Failure> {
    let listed = screened.entity(&key.entity)?;
    let customer = |salt: &str| Print::of_customer(&screened.subject, salt);
    let entry = |salt: &str| Print::of_entry(listed, salt);
    Ok(book.pairs.may_propose(key, today, customer, entry)?)
}

/// A salt that nobody can guess.
fn salt() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Failure::new)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A pair says that the customer is not the entry, which an alert on a party behind the customer does not.
fn on_the_customer(case: &Case) -> Result<(), Failure> {
    match case.found.relation {
        None => Ok(()),
        Some(_) => Err(Failure::at(
            &case.id,
            "the alert is on a party behind the customer, and a pair clears the customer itself",
        )
        .help("decide such alerts one by one; nothing suppresses them")),
    }
}

/// A pair follows from a decision: the alert must be a false positive. Returns its first reason.
fn false_positive(case: &Case) -> Result<Option<ReasonCode>, Failure> {
    let now = case.alert.disposition;
    if now != Disposition::FalsePositive {
        return Err(Failure::at(&case.id, format!("the alert is {now}")).help(
            "a pair follows from an alert that is decided: `tamis alerts decide ALERT --disposition FALSE_POSITIVE`",
        ));
    }
    let reason = |step: &Step<AlertEvent>| match &step.event {
        AlertEvent::Decided { reasons, .. } => reasons.first().copied(),
        _ => None,
    };
    Ok(case.alert.steps.iter().rev().find_map(reason))
}

/// Runs `tamis cleared approve`.
pub fn approve(args: &OnPair) -> Result<Exit, Failure> {
    let rationale = args.rationale.clone();
    act(
        args,
        Action::PairApproved,
        PairEvent::Approved { rationale },
        "approved",
    )
}

/// Runs `tamis cleared revoke`.
pub fn revoke(args: &OnPair) -> Result<Exit, Failure> {
    let rationale = args.rationale.clone();
    act(
        args,
        Action::PairRevoked,
        PairEvent::Revoked { rationale },
        "revoked",
    )
}

fn act(args: &OnPair, action: Action, event: PairEvent, done: &str) -> Result<Exit, Failure> {
    let actor = identity(&args.who)?;
    let mut log = log::open(&args.log.log)?;
    let step = Step {
        at: log.now(),
        actor: actor.clone(),
        event,
    };
    let id = args.pair.to_string();
    let (mut refused, mut with) = (None, String::new());
    let head = log.append_with(|store| {
        let mut book = Book::read(store)?;
        let before = ended(&book, &id);
        let outcome = outcome(&mut book, &id, step, action.clone(), &args.rationale)?;
        if let (Outcome::Done(_), Action::PairApproved) = (&outcome, &action) {
            still_false_positive(store, &book, &id)?;
        }
        with = with_it(&before, &ended(&book, &id), &id);
        Ok::<_, Failure>(outcome.entries(&mut refused))
    })?;
    told(
        refused,
        head.sequence,
        &format!("pair {id}: {done} by {actor}{with}"),
    )
}

/// The pairs of the same customer and entry that are revoked.
fn ended(book: &Book, id: &str) -> Vec<String> {
    let pairs = book
        .pairs
        .get(id)
        .map_or(&[][..], |pair| book.pairs.on(&pair.proposal.key));
    let revoked = pairs.iter().filter(|pair| pair.revoked.is_some());
    revoked.map(|pair| pair.id.clone()).collect()
}

/// A revocation ends the other pairs of its customer and entry, too, and says so.
fn with_it(before: &[String], after: &[String], id: &str) -> String {
    let others = after.iter().filter(|one| *one != id && !before.contains(one));
    let named: Vec<&str> = others.map(String::as_str).collect();
    match named.is_empty() {
        true => String::new(),
        false => format!(
            ", and with it pair {} of the same customer and entry",
            named.join(", ")
        ),
    }
}

/// What was a false positive when a pair was proposed may be doubted since.
fn still_false_positive(store: &SqliteStore, book: &Book, pair: &str) -> Result<(), Failure> {
    let none = || Failure::internal(format!("pair {pair} follows from no alert"));
    let case = Case::one(store, book.alert_of(pair).ok_or_else(none)?)?;
    false_positive(&case).map(drop)
}

fn outcome(
    book: &mut Book,
    id: &str,
    step: Step<PairEvent>,
    action: Action,
    rationale: &str,
) -> Result<Outcome, Failure> {
    let actor = step.actor.clone();
    let taken = book.pairs.take(id, step);
    let pair = book.pairs.get(id).ok_or_else(|| Error::NoPair(id.to_owned()))?;
    let customer = || Some(std::sync::Arc::from(pair.proposal.key.customer.as_str()));
    Outcome::of(
        taken,
        || -> Result<Entry, Failure> { event::step(action.clone(), pair, &actor, rationale) },
        |why| attempt(&action, Err(id), customer(), &actor, why),
    )
}
