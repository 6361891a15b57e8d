//! Bundles: a compiled list with the facts about it, signed, for machines without a network.

mod archive;
pub mod args;
pub mod keys;

use crate::args::Global;
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, Sink};
use crate::state::{self, Origin, State};
use crate::swap;
use crate::update::args::accepts;
use crate::update::copy::LastCopy;
use crate::update::guard::{self, Limits, Past};
use archive::Contents;
use args::{ListExportArgs, ListImportArgs, ListKeygenArgs};
use std::fs;
use std::path::Path;
use tamis::model::ListMeta;
use tamis::{Policy, Screener};

/// Runs `tamis list keygen`.
pub fn keygen(args: &ListKeygenArgs, global: &Global) -> Result<Exit, Failure> {
    let (secret, public) = keys::generate(&args.output)?;
    if !global.quiet {
        eprintln!(
            "wrote {} (secret, for `tamis list export`) and {} (for `tamis list import`)",
            secret.display(),
            public.display()
        );
    }
    Ok(Exit::Clear)
}

/// Runs `tamis list export`. A list that this build cannot use is not exported.
pub fn export(args: &ListExportArgs, global: &Global) -> Result<Exit, Failure> {
    output::refuse_overwriting(&args.output, &[args.list.clone(), args.key.clone()])?;
    let key = keys::secret(&args.key)?;
    let list = read(&args.list)?;
    let screener = opened(&list, &args.list)?;
    let known = State::beside(&args.list)?;
    let origins = known
        .iter()
        .flat_map(|state| screener.lists().iter().filter_map(|list| state.of(list)));
    let state = State::new(origins.cloned().collect());
    let contents = Contents {
        engine: tamis::screen::engine(),
        exported: state::now(),
        list,
        state: output::json(&state)?.into_bytes(),
    };
    let bundle = contents
        .pack(&key)
        .map_err(|why| Failure::at(args.key.display(), why))?;
    let mut sink = Sink::open(&args.output)?;
    sink.write(&bundle)?;
    sink.seal()?.publish()?;
    tell(&args.output, "exported", screener.lists(), &state, global);
    Ok(Exit::Clear)
}

/// Runs `tamis list import`. Everything is checked before anything is written.
pub fn import(args: &ListImportArgs, global: &Global) -> Result<Exit, Failure> {
    output::refuse_overwriting(&args.output, std::slice::from_ref(&args.bundle))?;
    let place = args.bundle.display().to_string();
    let refused = |why: String| {
        Failure::at(&place, why).help(format!(
            "nothing was written; {} is as it was",
            args.output.display()
        ))
    };
    let key = keys::public(&args.key)?;
    let contents = Contents::unpack(&read(&args.bundle)?, &key).map_err(refused)?;
    let policy = Policy::new(clock::today());
    let screener = Screener::from_bytes(&contents.list, policy).map_err(|e| {
        refused(format!(
            "its list is {e}; it was exported by {}, and this is {}",
            contents.engine,
            tamis::screen::engine()
        ))
    })?;
    let state = State::read(&contents.state, &place)?;
    let copy = LastCopy::open(&args.output)?;
    for list in screener.lists() {
        compare(list, &state, &copy, args).map_err(|why| refused(format!("the list {}: {why}", list.id)))?;
    }
    gone(screener.lists(), &copy, args).map_err(refused)?;
    swap::swap(&args.output, Some(&contents.list), &state)?;
    tell(&args.output, "imported", screener.lists(), &state, global);
    Ok(Exit::Clear)
}

/// A list must stand up to what a list that is fetched does, and its source was not asked earlier than that
/// of the last copy: an old bundle is not a new one.
fn compare(list: &ListMeta, state: &State, copy: &LastCopy, args: &ListImportArgs) -> Result<(), String> {
    let limits = Limits {
        list: &list.id,
        most_shrink: guard::MOST_SHRINK,
        accept_shrink: accepts(&args.accept_shrink, &list.id),
        accept_older: accepts(&args.accept_older, &list.id),
        today: clock::today(),
    };
    guard::check(&Past::of(list), copy.past(&list.id).as_ref(), limits)?;
    let asked = |origin: &Origin| origin.asked;
    let (new, old) = (
        state.of(list).map(asked),
        copy.meta(&list.id).and_then(|old| copy.origin(old)).map(asked),
    );
    match (new, old) {
        (Some(new), Some(old)) if new < old && !limits.accept_older => Err(format!(
            "its source was asked on {new}, and for the last copy on {old}: this bundle is older; \
             --accept-older={} takes it",
            list.id
        )),
        _ => Ok(()),
    }
}

/// A list of the last copy that the bundle does not have.
fn gone(lists: &[ListMeta], copy: &LastCopy, args: &ListImportArgs) -> Result<(), String> {
    let missing = copy.metas().iter().find(|old| {
        let there = lists.iter().any(|list| list.id == old.id);
        !there && !accepts(&args.accept_shrink, &old.id)
    });
    missing.map_or(Ok(()), |old| {
        Err(format!(
            "the list {} of the last copy is not in it; --accept-shrink={} lets it go",
            old.id, old.id
        ))
    })
}

fn opened(bytes: &[u8], path: &Path) -> Result<Screener, Failure> {
    Screener::from_bytes(bytes, Policy::new(clock::today())).map_err(|e| Failure::at(path.display(), e))
}

fn tell(path: &Path, done: &str, lists: &[ListMeta], state: &State, global: &Global) {
    if global.quiet {
        return;
    }
    for list in lists {
        let published = list
            .published
            .map_or(String::new(), |day| format!(", published {day}"));
        let asked = state
            .of(list)
            .map_or(String::new(), |origin| format!(", asked {}", origin.asked));
        eprintln!(
            "{done} {}: {}, {} entries{published}{asked}",
            path.display(),
            list.id,
            list.counts.entities
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|e| Failure::reading(path.display(), &e))
}
