//! When a company was founded and dissolved, beside the measures against the parties it has something in common with.

use crate::known::Known;
use crate::signal::{Signal, SignalKind};
use crate::weight;
use jiff::civil::Date;
use tamis_model::{BirthDate, Company};

/// A measure, and the party that it is against.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    measure: Date,
    party: usize,
}

/// What dates add to `signals`: nothing where there are none, since being young says nothing.
pub(crate) fn signals(known: &Known, company: &Company, signals: &[Signal]) -> Vec<Signal> {
    let days = days(known, signals);
    let Some(first) = days.first() else {
        return Vec::new();
    };
    let founded = company.founded.as_ref();
    let founded =
        founded.and_then(|date| soon(known, date, &days).or_else(|| long_before(known, date, *first)));
    let dissolved = company
        .dissolved
        .as_ref()
        .and_then(|date| over_before(known, date, *first));
    founded.into_iter().chain(dissolved).collect()
}

/// The measures against all parties of the signals, in order.
fn days(known: &Known, signals: &[Signal]) -> Vec<Day> {
    let counting = signals.iter().filter(|signal| signal.points > 0);
    let parties = counting.filter_map(|signal| known.party_named(&signal.entity_id));
    let mut days: Vec<Day> = parties
        .flat_map(|(at, party)| {
            party
                .measures
                .iter()
                .map(move |&measure| Day { measure, party: at })
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Founded soon after a measure, the last before the founding. A year or month is taken at its beginning, so that what
/// is not known exactly is not taken for a coincidence.
fn soon(known: &Known, founded: &BirthDate, days: &[Day]) -> Option<Signal> {
    let day = days.iter().rev().find(|day| day.measure <= founded.from)?;
    let apart = between(day.measure, founded.from);
    let there = format!("measure of {}", day.measure);
    let signal = known.signal(
        SignalKind::FoundedAfter,
        day.party,
        &format!("founded {}", founded.text),
        &there,
    )?;
    (apart <= weight::SOON_DAYS).then(|| Signal {
        points: weight::FOUNDED_AFTER,
        reason: format!("founded {apart} days after a measure"),
        ..signal
    })
}

fn long_before(known: &Known, founded: &BirthDate, first: Day) -> Option<Signal> {
    let there = format!("first measure of {}", first.measure);
    let here = format!("founded {}", founded.text);
    let signal = known.signal(SignalKind::FoundedBefore, first.party, &here, &there)?;
    (between(founded.to, first.measure) > weight::LONG_BEFORE_DAYS).then(|| Signal {
        points: weight::FOUNDED_BEFORE,
        reason: "not made to continue anything; an old company can be bought for it, though".to_owned(),
        ..signal
    })
}

fn over_before(known: &Known, dissolved: &BirthDate, first: Day) -> Option<Signal> {
    let there = format!("first measure of {}", first.measure);
    let here = format!("dissolved {}", dissolved.text);
    let signal = known.signal(SignalKind::DissolvedBefore, first.party, &here, &there)?;
    (dissolved.to < first.measure).then(|| Signal {
        points: weight::DISSOLVED_BEFORE,
        reason: "when it ended there was nothing to continue yet".to_owned(),
        ..signal
    })
}

/// Days from `one` to `two`; negative where `two` is earlier.
fn between(one: Date, two: Date) -> i32 {
    one.until(two).map_or(0, |span| span.get_days())
}
