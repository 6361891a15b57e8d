//! `tamis list update`: lists from their publishers, compared with the last copies, into one compiled file.
//!
//! The file changes whole or not at all, and it never loses a list: one that cannot be brought up to date
//! stays as it was, and one without a last copy keeps the file from being written.

mod addresses;
pub mod args;
mod config;
pub mod copy;
pub mod guard;
mod report;
mod step;

use crate::args::Global;
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::state::{self, Origin, State};
use crate::swap;
use crate::warnings;
use args::{ListUpdateArgs, accepts};
use config::{EXAMPLE, Plan, Source};
use copy::LastCopy;
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;
use step::{Asking, Outcome};
use tamis::model::{List, ListMeta};
use tamis_fetch::Fetcher;

/// A list of the file, and what came of it.
#[derive(Debug)]
struct Entry {
    /// Its name in the configuration, or its id.
    name: String,
    verdict: Verdict,
    /// What the last copy says of itself.
    before: Option<ListMeta>,
    /// Where the content that stays or comes is from, where that is known.
    origin: Option<Origin>,
}

/// What came of a list.
#[derive(Debug)]
enum Verdict {
    /// A new version is taken.
    New(Box<List>),
    /// The last copy is the publisher's version.
    Unchanged,
    /// The last copy stays: why.
    Kept(String),
    /// There is none to stay: why.
    Missing(String),
    /// The list is let go on purpose.
    Removed,
}

/// Runs `tamis list update`.
pub fn run(args: &ListUpdateArgs, global: &Global) -> Result<Exit, Failure> {
    if args.example {
        output::write_document(Path::new(output::STANDARD), EXAMPLE)?;
        return Ok(Exit::Clear);
    }
    let plan = Plan::of(args)?;
    if output::is_standard(&plan.output) {
        return Err(Failure::new("-o: a compiled list is a file: name one"));
    }
    let copy = LastCopy::open(&plan.output)?;
    if !global.quiet {
        for problem in &copy.problems {
            eprintln!("warning: {problem}; every list is fetched anew");
        }
    }
    let mut entries = ask(&plan, &copy, args, global)?;
    leftovers(&mut entries, &copy, args);
    refuse_twins(&entries)?;
    withhold(&mut entries, &copy);
    write(&plan.output, &entries, &copy, global)?;
    report::tell(&plan.output, &entries, args.json, global)
}

/// Asks for every list of the plan.
fn ask(plan: &Plan, copy: &LastCopy, args: &ListUpdateArgs, global: &Global) -> Result<Vec<Entry>, Failure> {
    let fetcher = Fetcher::new(&plan.settings).map_err(Failure::new)?;
    let mut wait = |source: &Source, pause: Duration| {
        if !global.quiet {
            let shown = crate::duration::show(SignedDuration::try_from(pause).unwrap_or_default());
            eprintln!("{}: no whole answer, asking again in {shown}", source.name);
        }
        std::thread::sleep(pause);
    };
    let mut asking = Asking {
        fetcher: &fetcher,
        copy,
        wait: &mut wait,
    };
    let entry = |source: &Source| {
        let limits = step::limits(
            source,
            accepts(&args.accept_shrink, &source.name),
            accepts(&args.accept_older, &source.name),
        );
        let mut entry = Entry::of(&source.name, asking.ask(source, limits), copy);
        if let Some(origin) = &mut entry.origin {
            origin.max_age_seconds = source.max_age.map(|age| age.as_secs());
        }
        entry
    };
    Ok(plan.sources.iter().map(entry).collect())
}

impl Entry {
    fn of(name: &str, outcome: Outcome, copy: &LastCopy) -> Entry {
        let (verdict, origin) = match outcome {
            Outcome::New(list, origin) => (Verdict::New(list), origin),
            Outcome::Unchanged(origin) => (Verdict::Unchanged, origin),
            Outcome::Failed(why) => return Entry::kept(name, copy.named(name), copy, why),
        };
        Entry {
            name: name.to_owned(),
            before: copy.meta(&origin.id).cloned(),
            verdict,
            origin: Some(origin),
        }
    }

    /// The last copy, if there is one, which stays.
    fn kept(name: &str, last: Option<&ListMeta>, copy: &LastCopy, why: String) -> Entry {
        let tried = |origin: &Origin| Origin {
            tried: state::now(),
            failure: Some(why.clone()),
            ..origin.clone()
        };
        Entry {
            name: name.to_owned(),
            before: last.cloned(),
            origin: last.and_then(|meta| copy.origin(meta)).map(tried),
            verdict: match last {
                Some(_) => Verdict::Kept(why),
                None => Verdict::Missing(why),
            },
        }
    }

    /// What the file says of the list from now on.
    fn meta(&self) -> Option<&ListMeta> {
        match &self.verdict {
            Verdict::New(list) => Some(&list.meta),
            Verdict::Unchanged | Verdict::Kept(_) => self.before.as_ref(),
            Verdict::Missing(_) | Verdict::Removed => None,
        }
    }

    /// Why the list is not the publisher's version.
    fn failure(&self) -> Option<&str> {
        match &self.verdict {
            Verdict::Kept(why) | Verdict::Missing(why) => Some(why),
            _ => None,
        }
    }
}

/// Lists of the last copy that the configuration no longer names: they stay until they are let go on purpose.
fn leftovers(entries: &mut Vec<Entry>, copy: &LastCopy, args: &ListUpdateArgs) {
    let ids: BTreeSet<String> = entries
        .iter()
        .filter_map(|entry| entry.before.as_ref().or(entry.meta()))
        .map(|meta| meta.id.clone())
        .collect();
    for meta in copy.metas().iter().filter(|meta| !ids.contains(&meta.id)) {
        let why = format!(
            "the configuration does not name it: name it, or let it go with --accept-shrink={}",
            meta.id
        );
        let mut entry = Entry::kept(&meta.id, Some(meta), copy, why);
        if accepts(&args.accept_shrink, &meta.id) {
            entry.verdict = Verdict::Removed;
        }
        entries.push(entry);
    }
}

/// Two entries of the configuration that turn out to be one list.
fn refuse_twins(entries: &[Entry]) -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    let twin = entries
        .iter()
        .find(|entry| entry.meta().is_some_and(|meta| !seen.insert(&meta.id)));
    match twin {
        None => Ok(()),
        Some(entry) => Err(Failure::at(
            &entry.name,
            "is a list that the configuration names under another name too: nothing is written",
        )
        .help("name each list once")),
    }
}

/// Where a list has no copy at all, the others wait for it: a file without it would clear people that it
/// names.
fn withhold(entries: &mut [Entry], copy: &LastCopy) {
    let missing = entries
        .iter()
        .find(|entry| matches!(entry.verdict, Verdict::Missing(_)))
        .map(|entry| entry.name.clone());
    let Some(missing) = missing else { return };
    for entry in entries {
        if matches!(entry.verdict, Verdict::New(_) | Verdict::Removed) {
            let why = format!("fetched, but not taken while there is no copy of {missing}");
            *entry = Entry::kept(&entry.name, entry.before.as_ref(), copy, why);
        }
    }
}

/// Writes what changed.
fn write(path: &Path, entries: &[Entry], copy: &LastCopy, global: &Global) -> Result<(), Failure> {
    let present: Vec<&Entry> = entries.iter().filter(|entry| entry.meta().is_some()).collect();
    if present.is_empty() {
        return Ok(());
    }
    let compiled = match entries.iter().any(Entry::changes) {
        true => Some(compile(path, entries, copy, global)?),
        false => None,
    };
    let state = State::new(present.iter().filter_map(|entry| entry.origin.clone()).collect());
    swap::swap(path, compiled.as_deref(), &state)
}

impl Entry {
    fn changes(&self) -> bool {
        matches!(self.verdict, Verdict::New(_) | Verdict::Removed)
    }
}

/// The bytes of the new file.
fn compile(path: &Path, entries: &[Entry], copy: &LastCopy, global: &Global) -> Result<Vec<u8>, Failure> {
    let last = copy.lists()?;
    let list = |entry: &Entry| match &entry.verdict {
        Verdict::New(list) => Some(List::clone(list)),
        _ => {
            let id = &entry.meta()?.id;
            last.iter().find(|list| list.meta.id == *id).cloned()
        }
    };
    let lists: Vec<List> = entries.iter().filter_map(list).collect();
    let metas: Vec<ListMeta> = lists.iter().map(|list| list.meta.clone()).collect();
    warnings::tell(&metas, global);
    let pool = engine::threads(global.jobs)?;
    let bytes = pool.install(|| tamis::screen::compile(lists));
    bytes.map_err(|e| Failure::at(path.display(), e).help("the old file stays as it is"))
}
