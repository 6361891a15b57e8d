//! Benchmarks of tamis: what they are made of, and how they are run.
//!
//! A benchmark is a [`Definition`] in `definitions.toml`. [`run`] makes its inputs from its seed, checks the answer,
//! and only then takes the time, beside what a user would write otherwise. The results are [`Outcome`]s, which
//! [`report`] renders.
//!
//! `BIAS.md` says what is unfair about the figures.

mod answer;
mod batch;
mod builds;
mod commands;
mod definition;
mod error;
mod hits;
mod inputs;
mod logged;
mod lost;
mod misses;
mod options;
mod outcome;
mod pairs;
mod peers;
mod process;
mod reference;
mod register;
pub mod report;
mod successors;
mod timing;
mod worst;

pub use answer::Answer;
pub use commands::copy_csv;
pub use definition::{Definition, Kind, ListSource, Reference, definitions};
pub use error::Error;
pub use options::Options;
pub use outcome::{Outcome, Row};
pub use process::measure;
pub use timing::{Figures, Times};

use jiff::civil::{Date, date};
use std::ffi::OsStr;

/// The day for which the benchmarks ask; the same in every run, as a measure may end.
pub const DAY: Date = date(2026, 11, 23);

/// Checks a benchmark's answer, then takes its time.
///
/// # Errors
/// A list, file or program that cannot be used. A wrong answer is no error: it stands in the outcome, which then
/// fails; so does a command that does not end well.
pub fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    match definition.kind {
        Kind::ScreenMiss => misses::run(definition, options),
        Kind::ScreenHit => hits::run(definition, options),
        Kind::ScorePair => pairs::run(definition, options),
        Kind::Build => builds::run(definition, options),
        Kind::Batch => batch::run(definition, options),
        Kind::Worst => worst::run(definition, options),
        Kind::Lost => lost::run(definition, options),
        Kind::Compile | Kind::Check | Kind::ScreenFile | Kind::ScreenLog | Kind::Successors => {
            commands::run(definition, options)
        }
        Kind::Peers => peers::run(definition, options),
    }
}

/// As [`run`], in a process of its own: what one benchmark leaves in memory and caches is no part of the next.
///
/// # Errors
/// As those of [`run`], in the words of the other process.
pub fn run_apart(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let folder = tempfile::tempdir_in(&options.work).map_err(|e| Error::file(&options.work, e))?;
    let (answer, runs) = (folder.path().join("outcome.json"), options.runs.to_string());
    let mut words: Vec<&OsStr> = vec!["--apart".as_ref(), definition.name.as_ref()];
    words.extend([
        "--json".as_ref(),
        answer.as_os_str(),
        "--runs".as_ref(),
        runs.as_ref(),
    ]);
    words.extend(["--work".as_ref(), options.work.as_os_str()]);
    words.extend(["--tamis".as_ref(), options.tamis.as_os_str()]);
    for (option, path) in [("--list", &options.list), ("--names", &options.names)] {
        words.extend(path.iter().flat_map(|path| [option.as_ref(), path.as_os_str()]));
    }
    process::run_well(&options.runner, &options.runner, &words, folder.path(), &[0, 1])?;
    serde_json::from_slice(&inputs::read(&answer)?).map_err(|e| Error::file(&answer, e))
}
