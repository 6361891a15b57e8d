//! The decision log: what screening puts into it, and the verbs that read and keep it.

pub mod args;
mod basis;
mod export;
mod head;
mod hold;
mod keep;
mod ledger;
mod replay;
mod request;
mod show;
pub mod snapshots;
mod stats;
mod verify;

pub use basis::Basis;
pub use ledger::{Ledger, Scribe, check};
pub use replay::{run as replay, subject_of};

use crate::actor;
use crate::args::Global;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use args::{ClockArgs, LogCommand, WhichArgs};
use std::path::Path;
use tamis_log::{Action, Filter, Log, SqliteStore, Surroundings};

/// Runs a verb of `tamis log`.
pub fn run(command: &LogCommand, global: &Global) -> Result<Exit, Failure> {
    match command {
        LogCommand::Verify(args) => verify::run(args),
        LogCommand::Show(args) => show::run(args),
        LogCommand::Export(args) => export::run(args, global),
        LogCommand::Head(args) => head::run(args),
        LogCommand::Stats(args) => stats::run(args, global),
        LogCommand::Purge(args) => keep::purge(args),
        LogCommand::Erase(args) => keep::erase(args),
        LogCommand::CorrectClock(args) => correct_clock(args),
    }
}

/// Runs `tamis log correct-clock`.
fn correct_clock(args: &ClockArgs) -> Result<Exit, Failure> {
    let actor = actor::known(args.by.actor.as_ref())?;
    let mut log = open(&args.file)?;
    let corrected = log.correct_clock(&actor, &args.by.reason)?;
    let head = log.head()?;
    println!(
        "record {}: the log goes on from {}; the record before it bears {}, by a clock that was ahead",
        head.sequence, head.time, corrected.last
    );
    Ok(Exit::Clear)
}

/// The log at `path`, which must be there.
pub fn open(path: &Path) -> Result<Log, Failure> {
    let store = SqliteStore::open(path).map_err(Failure::new)?;
    Ok(Log::new(store, surroundings()))
}

/// The log at `path`, begun where there is none, and tried: a log that cannot be written must be known before
/// anything is screened.
fn begin(path: &Path) -> Result<Log, Failure> {
    let unlogged = |e: tamis_log::Error| {
        Failure::new(e).help("nothing was screened: what cannot be logged is not screened")
    };
    let store = SqliteStore::create(path).map_err(unlogged)?;
    let mut log = Log::new(store, surroundings());
    log.append(&[]).map_err(unlogged)?;
    Ok(log)
}

fn surroundings() -> Surroundings {
    let salt = || {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)
            .map(|()| salt)
            .map_err(|e| e.to_string())
    };
    Surroundings {
        clock: Box::new(clock::now),
        salt: Box::new(salt),
    }
}

fn filter(which: &WhichArgs) -> Filter {
    Filter {
        customer: which.customer.clone(),
        action: which.action.clone().map(Action::from),
        request: which.request.clone(),
        since: which.since.map(|time| time.as_microsecond()),
        before: which.before.map(|time| time.as_microsecond()),
        ..Filter::default()
    }
}
