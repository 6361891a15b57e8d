//! `tamis screen`: files of customers in, a file of results out.

use crate::args::{Global, InputArgs, ScreenArgs};
use crate::cleared::{Clearing, Ruling};
use crate::clock::{self, Stopwatch};
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::frame::{Frame, Pen};
use crate::freshness;
use crate::inputs::{Inputs, Item};
use crate::log::{Ledger, Scribe};
use crate::output::{self, Sealed, Sink};
use crate::ownership;
use crate::page::Style;
use crate::progress::Progress;
use crate::repeats::{Repeats, SLOTS};
use crate::rows::{self, Layout};
use crate::since::Target;
use crate::source::Metered;
use crate::stakes::Stakes;
use crate::stream::{self, Part};
use crate::summary::{self, Run, Summary, Tally, Timing};
use crate::warnings;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tamis::Screener;
use tamis::feeds::{Reader, Unscreened};
use tamis::model::{Decision, Status, Subject};
use tamis::related::Assessor;

/// The inputs of a run.
type Customers = Inputs<Reader<Metered>>;

/// Runs `tamis screen`.
pub fn run(args: &ScreenArgs, global: &Global) -> Result<Exit, Failure> {
    check_paths(args)?;
    let target = Target::of(args)?;
    let stale = freshness::check(&args.against, target.lists())?;
    let origins = freshness::origins(&args.against.lists.lists)?;
    warnings::tell(target.lists(), global);
    let stakes = Stakes::load(target.screener(), &args.stakes)?;
    ownership::tell(&stakes.problems, global);
    let mut inputs = Customers::open(&args.inputs, &reading(args))?;
    let layout = layout(args, &inputs, &target);
    let mut ledger = Ledger::of(args, &target, &stakes)?;
    let mut sink = Sink::open(&args.writing.output)?;

    let started = clock::now();
    let watch = Stopwatch::start();
    let (tally, read) = stream(
        (&target, &stakes.assessor),
        &mut inputs,
        &layout,
        &mut sink,
        &mut ledger,
        global,
        watch,
    )?;
    sink.write(layout.frame.foot())?;
    tally.reconcile(read)?;
    let reports = inputs.reports()?;
    let sealed = sink.seal()?;
    if let Some(ledger) = &mut ledger {
        ledger.finish(&tally, read, &reports, &sealed.written)?;
    }
    let timing = Timing::new(started, clock::now(), watch.seconds(), read);

    let run = Run {
        screener: target.screener(),
        lists: target.lists(),
        since: target.report(),
        tally: &tally,
        read,
        inputs: &reports,
        output: &sealed.written.clone(),
        stakes: &stakes.files,
        notes: &[layout.frame.notes(), &stale, &stakes.unused()].concat(),
        origins: &origins,
        timing: &timing,
    };
    publish(args, &run, sealed)?;
    if !global.quiet {
        summary::tell(&run, Style::of_stderr(global.color));
    }
    Ok(stakes.exit(Exit::of(tally.hit, tally.unscreened)))
}

/// How inputs are read. Cleared pairs lapse with a change of any column, and pairs belong to a log.
fn reading(args: &ScreenArgs) -> InputArgs {
    InputArgs {
        other_columns: args.log.log.is_some(),
        ..args.reading.clone()
    }
}

/// Names that would destroy something are refused before any work is done.
fn check_paths(args: &ScreenArgs) -> Result<(), Failure> {
    let output = &args.writing.output;
    output::refuse_overwriting(output, &args.inputs)?;
    args.stakes.check(output, &args.inputs)?;
    let Some(summary) = summary_path(args) else {
        return Ok(());
    };
    if summary == *output {
        return Err(
            Failure::at(summary.display(), "is both the output and the summary")
                .help("choose another name for the summary"),
        );
    }
    output::refuse_overwriting(&summary, &args.stakes.files)?;
    output::refuse_overwriting(&summary, &args.inputs)
}

/// Where the summary goes: where it was asked for, or beside the output file.
fn summary_path(args: &ScreenArgs) -> Option<PathBuf> {
    let output = &args.writing.output;
    let beside = || {
        let mut name = output.as_os_str().to_owned();
        name.push(".summary.json");
        // Beside a device or a pipe there is no place for a file.
        let special = fs::metadata(output).is_ok_and(|about| !about.is_file());
        (!output::is_standard(output) && !special).then(|| PathBuf::from(name))
    };
    args.summary.clone().or_else(beside)
}

fn layout(args: &ScreenArgs, inputs: &Customers, target: &Target) -> Layout {
    let format = args.writing.row_format();
    let marks = target.marks();
    let show_cleared = args.log.clearing.show_cleared;
    Layout {
        frame: Frame::new(
            inputs,
            format,
            &rows::added(format, marks.is_some(), show_cleared),
            target.screener().context().policy_sha256.clone(),
        ),
        marks,
        hits_only: args.hits_only,
        show_cleared,
    }
}

fn stream(
    (target, assessor): (&Target, &Assessor),
    inputs: &mut Customers,
    layout: &Layout,
    sink: &mut Sink,
    ledger: &mut Option<Ledger>,
    global: &Global,
    watch: Stopwatch,
) -> Result<(Tally, u64), Failure> {
    let progress = Progress::new(inputs.size(), "records", global.quiet);
    let pool = engine::threads(global.jobs)?;
    let repeats = Repeats::new(SLOTS);
    let decide = |subject: Subject, key: &mut Vec<u8>| {
        let screen = |subject: &Subject| {
            engine::with_scratch(|scratch| target.screen_with(assessor, subject, scratch))
        };
        repeats.decide(subject, |id| assessor.knows(id), key, screen)
    };
    let scribe = ledger.as_ref().map(Ledger::scribe);
    let clearing = ledger.as_ref().and_then(Ledger::clearing);
    let keep = scribe.as_deref().map(|scribe| Keeping {
        scribe,
        clearing: clearing.as_deref(),
        screener: target.screener(),
    });
    let answer = |items: &mut dyn Iterator<Item = Item<'_, Subject>>| answer(layout, keep, items, decide);
    let commit =
        |parts: &mut [Result<Part, Failure>]| ledger.as_mut().map_or(Ok(()), |ledger| ledger.commit(parts));
    let after = |inputs: &Customers, read| progress.at(inputs.position(), read, watch.seconds());
    sink.write(&layout.frame.head()?)?;
    stream::run(inputs, &pool, answer, layout.frame.format, sink, commit, after)
}

/// What a log makes of answers: records, and what its cleared pairs say.
#[derive(Clone, Copy)]
struct Keeping<'a> {
    scribe: &'a Scribe,
    clearing: Option<&'a Clearing>,
    screener: &'a Screener,
}

impl Keeping<'_> {
    /// The subject of a record whose customer has pairs.
    fn party(&self, content: &Result<Subject, Unscreened>) -> Option<Subject> {
        let subject = content.as_ref().ok()?;
        self.clearing?.concerns(subject).then(|| subject.clone())
    }

    fn ruling(&self, party: Option<Subject>, decision: &Decision) -> Option<Ruling> {
        self.clearing?.ruling(&party?, decision, self.screener)
    }
}

fn answer<'a>(
    layout: &Layout,
    log: Option<Keeping<'_>>,
    items: impl Iterator<Item = Item<'a, Subject>>,
    decide: impl Fn(Subject, &mut Vec<u8>) -> Arc<Decision>,
) -> Result<Part, Failure> {
    let mut pen = Pen::new(layout.frame.format);
    let mut tally = Tally::default();
    let (mut key, mut records) = (Vec::new(), Vec::new());
    for Item { input, row, content } in items {
        let kept = log
            .map(|log| log.scribe.keep(&content, log.screener))
            .transpose()?;
        let party = log.and_then(|log| log.party(&content));
        let decision = match content {
            Ok(subject) => decide(subject, &mut key),
            Err(unscreened) => Arc::new(not_screened(&unscreened)),
        };
        let ruling = log.and_then(|log| log.ruling(party, &decision));
        let told = ruling.as_ref().map(|ruling| ruling.told(layout.show_cleared));
        let cleared = ruling
            .as_ref()
            .map_or(&[][..], |ruling| ruling.cleared.as_slice());
        let shown = told.as_ref().unwrap_or(&decision);
        let rows = layout.render(&mut pen, input, &row, shown, cleared)?;
        tally.count(shown, rows);
        if let Some(ruling) = &ruling {
            tally.rule(ruling);
        }
        if let Some((log, kept)) = log.zip(kept) {
            records.push(
                log.scribe
                    .entry(kept, input, row.line, &decision, ruling.as_ref())?,
            );
        }
    }
    let bytes = pen.bytes()?;
    Ok(Part {
        bytes,
        tally,
        records,
    })
}

fn not_screened(unscreened: &Unscreened) -> Decision {
    Decision {
        status: Status::Unscreened,
        alerts: Vec::new(),
        information: Vec::new(),
        signals: Vec::new(),
        notes: vec![unscreened.to_string()],
    }
}

/// Gives the output its name once the summary that belongs to it is written too.
fn publish(args: &ScreenArgs, run: &Run<'_>, output: Sealed) -> Result<(), Failure> {
    let summary = summary_path(args)
        .map(|path| write_summary(&path, run))
        .transpose()?;
    output.publish()?;
    summary.map_or(Ok(()), Sealed::publish)
}

fn write_summary(path: &Path, run: &Run<'_>) -> Result<Sealed, Failure> {
    let mut sink = Sink::open(path)?;
    sink.write(output::json(&Summary::of(run))?.as_bytes())?;
    sink.seal()
}
