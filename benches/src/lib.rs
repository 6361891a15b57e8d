//! Benchmarks of tamis: what they are made of, and how they are run.
//!
//! A benchmark is a [`Definition`] in `definitions.toml`. [`run`] makes its inputs from its seed, checks the answer,
//! and only then takes the time, beside a reference that does what a user would write otherwise: a Jaro-Winkler scan
//! over every name of the list. The results are [`Outcome`]s, which `report` renders.
//!
//! `BIAS.md` says what is unfair about the figures.

mod answer;
mod builds;
mod definition;
mod error;
mod hits;
mod manipulate;
mod misses;
mod outcome;
mod pairs;
mod reference;
pub mod report;
mod timing;

pub use answer::Answer;
pub use definition::{Definition, Kind, ListSource, Measure, definitions};
pub use error::Error;
pub use manipulate::Manipulation;
pub use outcome::{Outcome, Timed};
pub use timing::{Figures, RUNS};

use jiff::civil::{Date, date};
use tamis::model::List;
use tamis::selftest::{Vocabulary, made_up_list};
use tamis::{Policy, Screener};

/// The day for which the benchmarks ask; the same in every run, as a measure may end.
pub const DAY: Date = date(2026, 11, 23);

/// Checks a benchmark's answer, then takes its time.
///
/// # Errors
/// A list that is not known or cannot be screened against. A wrong answer is no error: it stands in the outcome,
/// which then fails.
pub fn run(definition: &Definition) -> Result<Outcome, Error> {
    match definition.kind {
        Kind::ScreenMiss => misses::run(definition),
        Kind::ScreenHit => hits::run(definition),
        Kind::ScorePair => pairs::run(definition),
        Kind::Build => builds::run(definition),
    }
}

/// The list that a definition asks for.
fn list(definition: &Definition, vocabulary: &Vocabulary) -> Result<List, Error> {
    match &definition.list {
        ListSource::Generated(entries) => Ok(made_up_list(*entries, vocabulary, definition.seed)),
        ListSource::Builtin(name) => match tamis::lists::builtin(name) {
            Some(list) => Ok(list?),
            None => Err(Error::UnknownList(definition.name.clone(), name.clone())),
        },
    }
}

/// A screener with the default policy.
fn screener(list: &List) -> Result<Screener, Error> {
    Ok(Screener::new(vec![list.clone()], Policy::new(DAY))?)
}
