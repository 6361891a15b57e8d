//! The clock and the log: times never go back, but for a record that says so.

use crate::log::{Writing, head_of, says_why};
use crate::store::{Filter, State, Store};
use crate::{Action, Entry, Error, Headed, Heading, Log, Record, Records};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How far the clock may stand before the last record's time. Clocks are set back by seconds when they are
/// corrected; records are then given the last record's time, so that times never go back within a log.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The body of a record of [`Action::ClockCorrected`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The time of the record before it, which a clock gave that was ahead.
    pub last: Timestamp,
    /// Why this clock is the right one.
    pub reason: String,
}

impl<S: Store> Log<S> {
    /// Goes on with a log whose last record a clock wrote that was ahead: appends a record with the time of this clock, which is before
    /// that of the record before it, and says so. The times before it stay as they are; [`Log::verify`] tells of both.
    ///
    /// # Errors
    /// [`Error::ClockRight`] where the last record does not lie more than [`TOLERANCE`] ahead, [`Error::NoReason`] without a word of why.
    pub fn correct_clock(&mut self, actor: &str, reason: &str) -> Result<Corrected, Error> {
        says_why(reason)?;
        self.write_at(corrected, |writing: &mut Writing<'_, S>| {
            let corrected = Corrected {
                last: writing.last()?,
                reason: reason.to_owned(),
            };
            let heading = Headed::new(Heading::new(Action::ClockCorrected, actor))?;
            writing.put(&Entry::new(heading, &corrected)?)?;
            Ok(corrected)
        })
    }
}

/// The time of records written at `now`: never before the last record.
pub(crate) fn time_of(now: Timestamp, state: &State) -> Result<Timestamp, Error> {
    if state.sequence == 0 {
        return Ok(now);
    }
    let last = head_of(state)?.time;
    match is_behind(now, last) {
        true => Err(Error::ClockBehind { now, last }),
        false => Ok(now.max(last)),
    }
}

/// The time of a record that corrects the clock.
fn corrected(now: Timestamp, state: &State) -> Result<Timestamp, Error> {
    let last = head_of(state)?.time;
    match state.sequence > 0 && is_behind(now, last) {
        true => Ok(now),
        false => Err(Error::ClockRight { now }),
    }
}

fn is_behind(now: Timestamp, last: Timestamp) -> bool {
    now.checked_add(TOLERANCE).is_ok_and(|latest| latest < last)
}

/// The records that correct the clock. Where there is none, times never go back.
pub(crate) fn corrections<S: Store>(store: &S) -> Result<Vec<u64>, Error> {
    let records = corrected_by(store)?;
    records.map(|record| Ok(record?.sequence)).collect()
}

/// The same of a log that may be damaged: what cannot be read corrects nothing.
pub(crate) fn readable_corrections<S: Store>(store: &S) -> Result<Vec<u64>, Error> {
    let records = corrected_by(store)?;
    Ok(records.flatten().map(|record| record.sequence).collect())
}

fn corrected_by<S: Store>(store: &S) -> Result<Records<'_, S>, Error> {
    let filter = Filter {
        action: Some(Action::ClockCorrected),
        ..Filter::default()
    };
    Records::of(store, &filter)
}

/// Whether a record says that the one before it, of this time, was written by a clock that was ahead.
pub(crate) fn corrects(record: &Record, before: i64) -> bool {
    let is_correction = record
        .heading()
        .is_ok_and(|heading| heading.action == Action::ClockCorrected);
    let says = |body: Corrected| body.last.as_microsecond() == before;
    is_correction && record.body().is_ok_and(says)
}
