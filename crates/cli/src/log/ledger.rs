//! What `tamis screen` and `tamis check` put on record.

use super::args::LogArgs;
use super::basis::{Basis, Changes};
use super::hold::{Hold, Keeping};
use super::request::Request;
use super::{begin, snapshots};
use crate::actor;
use crate::alerts::frozen;
use crate::args::{CheckArgs, ScreenArgs};
use crate::cleared::{Clearing, Ruling};
use crate::clock;
use crate::editions::Version;
use crate::failure::Failure;
use crate::inputs::InputReport;
use crate::output::{self, Written};
use crate::since::Target;
use crate::stakes::Stakes;
use crate::stream::Part;
use crate::summary::Tally;
use std::path::Path;
use std::sync::Arc;
use tamis::Screener;
use tamis::feeds::Unscreened;
use tamis::model::{Decision, Hit, ListMeta, Score, Subject};
use tamis_log::{Action, Answer, Entry, Filter, Finished, Hash, Headed, Heading, Log, Record, details};

/// A run that is put on record.
pub struct Ledger {
    log: Log,
    scribe: Arc<Scribe>,
    clearing: Option<Arc<Clearing>>,
    request: Request,
    unused_rows: Option<u64>,
    hold: Hold,
    _keeping: Keeping,
    /// What an interrupted run of the same request committed and this one has not come to again.
    done: Done,
}

/// Records of an interrupted run; none of a new one.
#[derive(Default)]
struct Done {
    filter: Filter,
    left: u64,
    /// Whether that run was finished.
    finished: bool,
}

/// Writes records; threads share it.
pub struct Scribe {
    heading: Arc<Headed>,
    floor: Option<Score>,
    several: bool,
}

/// What is kept of a subject before it is screened.
pub struct Kept {
    customer: Option<Arc<str>>,
    subject: Option<String>,
    near: Vec<Hit>,
}

impl Ledger {
    /// The ledger of a run; `None` where nobody asked for a log.
    pub fn of(args: &ScreenArgs, target: &Target, stakes: &Stakes) -> Result<Option<Ledger>, Failure> {
        let Some(path) = &args.log.log else {
            return Ok(None);
        };
        output::refuse_overwriting(&args.writing.output, std::slice::from_ref(path))?;
        let log = begin(path)?;
        let keeping = Keeping::of(path)?;
        let clearing = clearing(&log, &args.log, target.screener())?.map(Arc::new);
        let basis = Basis {
            cleared: clearing.as_deref().map(Clearing::stamp),
            stakes: stakes.hashes(),
            ..run_basis(path, args, target)?
        };
        let context = basis.text()?;
        let request = Request::of(args, &context)?;
        let id = match args.resume {
            true => interrupted(&log, &request, path)?,
            false => named(&args.log)?,
        };
        let hold = Hold::of(path, &id, &args.log)?;
        let done = match args.resume {
            true => Done::of(&log, &request, &id)?,
            false => unused(&log, &id).map(|()| Done::default())?,
        };
        let scribe = Scribe {
            heading: heading(&args.log, id, request.sha256, &context)?,
            floor: args.log.log_floor,
            several: args.inputs.len() > 1,
        };
        Ok(Some(Ledger {
            log,
            scribe: Arc::new(scribe),
            clearing,
            request,
            unused_rows: stakes.unused_rows(),
            hold,
            _keeping: keeping,
            done,
        }))
    }

    /// Who writes the records.
    pub fn scribe(&self) -> Arc<Scribe> {
        Arc::clone(&self.scribe)
    }

    /// The pairs that are applied.
    pub fn clearing(&self) -> Option<Arc<Clearing>> {
        self.clearing.clone()
    }

    /// Puts the records of a portion into the log, for good. Only then may its rows be written.
    pub fn commit(&mut self, parts: &mut [Result<Part, Failure>]) -> Result<(), Failure> {
        // A part that failed ends the run; it says why itself.
        if parts.iter().any(Result::is_err) {
            return Ok(());
        }
        let parts = parts.iter_mut().flatten();
        let mut entries: Vec<Entry> = parts.flat_map(|part| std::mem::take(&mut part.records)).collect();
        let known = self.done.repeat(&self.log, &entries)?;
        entries.drain(..known);
        if !entries.is_empty() {
            self.log.append(&entries).map_err(Failure::new)?;
        }
        Ok(())
    }

    /// Puts the end of the run on record: its counts, and the hashes of what was read and written.
    pub fn finish(
        &mut self,
        tally: &Tally,
        read: u64,
        inputs: &[InputReport],
        written: &Written,
    ) -> Result<(), Failure> {
        if self.done.left > 0 {
            return Err(
                Failure::internal("the log holds more records of this request than the inputs")
                    .help("`tamis log show` shows them"),
            );
        }
        self.unchanged(inputs)?;
        if !self.done.finished {
            self.record_end(tally, read, inputs, written)?;
        }
        self.hold.finish();
        Ok(())
    }

    fn record_end(
        &mut self,
        tally: &Tally,
        read: u64,
        inputs: &[InputReport],
        written: &Written,
    ) -> Result<(), Failure> {
        let hash = |text: &str| text.parse().map_err(Failure::internal);
        let finished = Finished {
            records: read,
            hit: tally.hit,
            clear: tally.clear,
            unscreened: tally.unscreened,
            unused_rows: self.unused_rows,
            inputs: inputs
                .iter()
                .map(|input| hash(&input.sha256))
                .collect::<Result<_, _>>()?,
            output: hash(&written.sha256)?,
        };
        let heading = Heading {
            action: Action::ScreeningFinished,
            ..self.scribe.heading.heading().clone()
        };
        let heading = self.scribe.heading.renamed(heading).map_err(Failure::new)?;
        let entry = Entry::new(heading, &finished).map_err(Failure::new)?;
        self.log.append(&[entry]).map(drop).map_err(Failure::new)
    }

    /// The inputs must be those whose hash is on record.
    fn unchanged(&self, inputs: &[InputReport]) -> Result<(), Failure> {
        let changed = |(report, hash): &(&InputReport, &Option<Hash>)| {
            hash.is_some_and(|hash| hash.to_string() != report.sha256)
        };
        match inputs.iter().zip(&self.request.inputs).find(changed) {
            Some((report, _)) => Err(
                Failure::at(&report.name, "the file changed while it was screened")
                    .help("the log says what was screened; run it again"),
            ),
            None => Ok(()),
        }
    }
}

impl Kept {
    /// That a customer was not screened must be found under its id, and be erased with it.
    fn of_unscreened(unscreened: &Unscreened) -> Kept {
        Kept {
            customer: unscreened.id.as_deref().map(Arc::from),
            subject: None,
            near: Vec::new(),
        }
    }
}

impl Scribe {
    /// What is to be kept of a subject, before it is screened.
    pub fn keep(&self, content: &Result<Subject, Unscreened>, screener: &Screener) -> Result<Kept, Failure> {
        let subject = match content {
            Ok(subject) => subject,
            Err(unscreened) => return Ok(Kept::of_unscreened(unscreened)),
        };
        let near = self
            .floor
            .map(|floor| screener.near_misses(subject, floor))
            .unwrap_or_default();
        Ok(Kept {
            customer: subject.id.as_deref().map(Arc::from),
            subject: Some(without_id(subject)?),
            near,
        })
    }

    /// The record of an answer.
    pub fn entry(
        &self,
        kept: Kept,
        input: usize,
        line: u64,
        decision: &Decision,
        ruling: Option<&Ruling>,
    ) -> Result<Entry, Failure> {
        let place = Answer {
            input: self.several.then_some(input as u64),
            line: Some(line),
            ..ruled(decision, ruling, &kept.near)?
        };
        self.record(kept, &place, decision)
    }

    fn record(&self, kept: Kept, answer: &Answer, decision: &Decision) -> Result<Entry, Failure> {
        let details = details(decision, &kept.near).map_err(Failure::new)?;
        let entry = Entry::new(Arc::clone(&self.heading), answer).map_err(Failure::new)?;
        Ok(Entry {
            customer: kept.customer,
            subject: kept.subject,
            details,
            ..entry
        })
    }
}

/// What the chain keeps of a decision and of what cleared pairs made of it.
fn ruled(decision: &Decision, ruling: Option<&Ruling>, near: &[Hit]) -> Result<Answer, Failure> {
    let mut answer = Answer::of(decision, near);
    frozen::keep(&mut answer, decision)?;
    if let Some(ruling) = ruling {
        answer.suppress(&ruling.pairs(), ruling.decision.status);
        answer.lapsed.clone_from(&ruling.lapsed);
    }
    Ok(answer)
}

/// The pairs of a log that are to be applied.
fn clearing(log: &Log, args: &LogArgs, screener: &Screener) -> Result<Option<Clearing>, Failure> {
    match args.clearing.no_cleared {
        true => Ok(None),
        false => Clearing::of(log, screener.context().as_of, clock::today()),
    }
}

/// The subject as it was screened. Its id is the customer's and stands in the chain.
fn without_id(subject: &Subject) -> Result<String, Failure> {
    let text = match subject.id {
        None => serde_json::to_string(subject),
        Some(_) => serde_json::to_string(&Subject {
            id: None,
            ..subject.clone()
        }),
    };
    text.map_err(Failure::internal)
}

impl Done {
    /// What the run `id` of a request has put on record.
    fn of(log: &Log, request: &Request, id: &str) -> Result<Done, Failure> {
        let of_run = |action| Filter {
            action: Some(action),
            request: Some(id.to_owned()),
            request_sha256: request.sha256,
            ..Filter::default()
        };
        let (screenings, finished) = (of_run(Action::Screening), of_run(Action::ScreeningFinished));
        let count = |filter: &Filter| log.count(filter).map_err(Failure::new);
        Ok(Done {
            left: count(&screenings)?,
            finished: count(&finished)? > 0,
            filter: screenings,
        })
    }

    /// How many of `entries`, from the first on, are on record already. They must say what they said then: the same
    /// request gives the same answers, or something is wrong with the engine or with the log.
    fn repeat(&mut self, log: &Log, entries: &[Entry]) -> Result<usize, Failure> {
        if self.left == 0 {
            return Ok(0);
        }
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(entries.len());
        let records = log.read(&self.filter).map_err(Failure::new)?;
        for (entry, record) in entries.iter().zip(records).take(most) {
            let record = record.map_err(Failure::new)?;
            same(entry, &record)?;
            self.filter.from = Some(record.sequence + 1);
            self.left -= 1;
        }
        Ok(most)
    }
}

fn same(entry: &Entry, record: &Record) -> Result<(), Failure> {
    let text = |part: &Option<tamis_log::Part>| part.as_ref().and_then(|part| part.text().map(str::to_owned));
    let erased = [&record.subject, &record.details]
        .into_iter()
        .flatten()
        .any(|part| part.content.is_none());
    let personal = erased
        || (text(&record.subject), text(&record.details)) == (entry.subject.clone(), entry.details.clone());
    match entry.body == record.body && entry.customer == record.customer && personal {
        true => Ok(()),
        false => Err(Failure::at(format!("record {}", record.sequence), "the same request gives another answer now")
            .help("`tamis log verify` tells whether the log was changed; without --resume everything is screened anew")),
    }
}

/// The run that is to be gone on with: the last one of this request.
fn interrupted(log: &Log, request: &Request, path: &Path) -> Result<String, Failure> {
    let Some(sha256) = request.sha256 else {
        return Err(Failure::new("--resume: what is read only once cannot be read again").help("name files"));
    };
    let screenings = Filter {
        action: Some(Action::Screening),
        request_sha256: Some(sha256),
        ..Filter::default()
    };
    last_request(log, &screenings)?.ok_or_else(|| {
        Failure::at(path.display(), "there is no run to go on with: none asked the same").help(
            "inputs, options, lists, policy, engine and day must be the same (name the day of the run with --as-of); \
             without --resume a new run begins",
        )
    })
}

fn last_request(log: &Log, filter: &Filter) -> Result<Option<String>, Failure> {
    let last = log.last(filter).map_err(Failure::new)?;
    let heading = last
        .map(|record| record.heading())
        .transpose()
        .map_err(Failure::new)?;
    Ok(heading.and_then(|heading| heading.request))
}

/// The id of a new request.
fn named(args: &LogArgs) -> Result<String, Failure> {
    if let Some(named) = &args.request {
        return Ok(named.clone());
    }
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(Failure::new)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// No two requests share an id.
fn unused(log: &Log, id: &str) -> Result<(), Failure> {
    let filter = Filter {
        request: Some(id.to_owned()),
        ..Filter::default()
    };
    match log.last(&filter).map_err(Failure::new)? {
        None => Ok(()),
        Some(record) => Err(Failure::at(
            format!("--request {id}"),
            format!("the log has it already, at record {}", record.sequence),
        )
        .help("name another id, or go on with that run by --resume")),
    }
}

fn basis_of(path: &Path, screener: &Screener, args: &LogArgs) -> Result<Basis, Failure> {
    let snapshot = snapshots::keep(path, screener)?;
    Ok(Basis::of(screener, snapshot, args.log_floor))
}

fn run_basis(path: &Path, args: &ScreenArgs, target: &Target) -> Result<Basis, Failure> {
    let version = |version: &Version| (version.id.clone(), version.sha256.clone());
    let since = target
        .report()
        .map(|report| report.old.iter().map(version).collect());
    Ok(Basis {
        accept_stale: args.against.freshness.accept_stale,
        since: since.unwrap_or_default(),
        changes: changes(path, target)?,
        ..basis_of(path, target.screener(), &args.log)?
    })
}

fn changes(path: &Path, target: &Target) -> Result<Option<Changes>, Failure> {
    let Some((changes, whole)) = target.changes()? else {
        return Ok(None);
    };
    let named = |list: &ListMeta| (list.id.clone(), list.sha256.clone());
    Ok(Some(Changes {
        lists: target.lists().iter().map(named).collect(),
        whole: snapshots::keep(path, whole)?,
        removed: changes.removed().clone(),
        nothing: changes.is_empty(),
    }))
}

fn heading(
    args: &LogArgs,
    request: String,
    sha256: Option<Hash>,
    context: &str,
) -> Result<Arc<Headed>, Failure> {
    let heading = Heading {
        request: Some(request),
        request_sha256: sha256,
        ..Heading::new(Action::Screening, actor::known(args.actor.as_ref())?)
    };
    Headed::within(heading, context).map_err(Failure::new)
}

/// Puts one check on record, before its answer is shown. Returns what the cleared pairs of the log make of it.
pub fn check(
    args: &CheckArgs,
    screener: &Screener,
    stakes: &Stakes,
    subject: &Subject,
    decision: &Decision,
) -> Result<Option<Ruling>, Failure> {
    let Some(path) = &args.log.log else {
        return Ok(None);
    };
    let mut log = begin(path)?;
    let _keeping = Keeping::of(path)?;
    let clearing = clearing(&log, &args.log, screener)?;
    let basis = Basis {
        accept_stale: args.against.freshness.accept_stale,
        cleared: clearing.as_ref().map(Clearing::stamp),
        stakes: stakes.hashes(),
        ..basis_of(path, screener, &args.log)?
    };
    let request = named(&args.log)?;
    unused(&log, &request)?;
    let scribe = Scribe {
        heading: heading(&args.log, request, None, &basis.text()?)?,
        floor: args.log.log_floor,
        several: false,
    };
    let named = Subject {
        id: args.customer.clone(),
        ..subject.clone()
    };
    let ruling = clearing.and_then(|clearing| clearing.ruling(&named, decision, screener));
    let kept = scribe.keep(&Ok(named), screener)?;
    let answer = ruled(decision, ruling.as_ref(), &kept.near)?;
    let entry = scribe.record(kept, &answer, decision)?;
    log.append(&[entry])?;
    Ok(ruling)
}
