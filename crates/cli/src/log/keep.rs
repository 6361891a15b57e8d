//! `tamis log purge` and `tamis log erase`: what may go, and what must.

use super::args::{EraseArgs, PurgeArgs};
use super::{open, snapshots};
use crate::actor;
use crate::alerts::{Case, Cases};
use crate::exit::Exit;
use crate::failure::Failure;
use std::path::Path;
use tamis_log::{Log, Whose};

/// Runs `tamis log purge`.
pub fn purge(args: &PurgeArgs) -> Result<Exit, Failure> {
    let actor = actor::known(args.by.actor.as_ref())?;
    let mut log = open(&args.file)?;
    let purged = log.purge(args.through, args.retention, &actor, &args.by.reason);
    match purged.map_err(Failure::new)? {
        Some(purged) => println!("purged {} records, up to record {}", purged.count, purged.through),
        None => println!("no record is {} years old: nothing was purged", args.retention),
    }
    clear_snapshots(&args.file, &log)?;
    Ok(Exit::Clear)
}

/// What records rested on goes with the last of them.
fn clear_snapshots(path: &Path, log: &Log) -> Result<(), Failure> {
    match snapshots::clear(path, log)? {
        Some(cleared) => println!(
            "removed {} snapshots that no record names, {} bytes",
            cleared.files, cleared.bytes
        ),
        None => println!(
            "snapshots that no record names stay, since another process is screening into this log: purge again once it \
             has ended"
        ),
    }
    Ok(())
}

/// An open alert is decided by what would be erased, and may have a deadline.
fn none_open(log: &Log, whose: &Whose) -> Result<(), Failure> {
    let touched = |case: &&Case| match whose {
        Whose::Customer(customer) => case.customer.as_deref() == Some(customer),
        Whose::Record(record) => case.id.record == *record,
    };
    let cases = Cases::read(log.store())?;
    let open = cases
        .all
        .iter()
        .filter(|case| !case.alert.disposition.is_closed());
    let names: Vec<String> = open.filter(touched).map(|case| case.id.to_string()).collect();
    match names.is_empty() {
        true => Ok(()),
        false => Err(Failure::new(format!(
            "nothing was erased: alerts are open: {}",
            names.join(", ")
        ))
        .help(
            "decide them first, or erase all the same with --even-if-open: deadlines stay, evidence does not",
        )),
    }
}

/// Runs `tamis log erase`.
pub fn erase(args: &EraseArgs) -> Result<Exit, Failure> {
    let whose = match (&args.customer, args.record) {
        (Some(customer), _) => Whose::Customer(customer.clone()),
        (None, Some(record)) => Whose::Record(record),
        (None, None) => return Err(Failure::new("whose data? name --customer or --record")),
    };
    let actor = actor::known(args.by.actor.as_ref())?;
    let mut log = open(&args.file)?;
    if !args.even_if_open {
        none_open(&log, &whose)?;
    }
    let erased = log.erase(&whose, &actor, &args.by.reason).map_err(Failure::new)?;
    println!(
        "erased {} personal parts; ids, answers and hashes stay",
        erased.parts.len()
    );
    Ok(Exit::Clear)
}
