//! `tamis pairs`: two names a record in, their score out.

use crate::args::{Global, PairsArgs, RowFormat};
use crate::clock::{self, Stopwatch};
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::frame::{Frame, Pen};
use crate::inputs::{Inputs, Item};
use crate::output::{self, Sink};
use crate::progress::Progress;
use crate::reasons;
use crate::source::Metered;
use crate::stream::{self, Part};
use crate::summary::Tally;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::io::{Write, stderr};
use std::slice;
use tamis::feeds::{Pair, PairReader};
use tamis::model::{Score, Status};
use tamis::policy::Policy;
use tamis::{Comparison, compare, unfit};

/// The columns that are added; `reasons` only when asked for, or when a pair could not be scored.
const COLUMNS: [&str; 3] = ["score", "alert", "reasons"];

/// The keys that a JSON record adds.
const KEYS: [&str; 5] = ["score", "alert", "evidence", "notes", "line"];

/// How pairs are written.
struct Layout {
    frame: Frame,
    threshold: Score,
    explain: bool,
}

/// A pair with its score, or without one and the reason.
struct Scored<'a> {
    layout: &'a Layout,
    item: &'a Item<'a, Pair>,
    comparison: Option<Comparison>,
    notes: Vec<String>,
}

/// Runs `tamis pairs`.
pub fn run(args: &PairsArgs, global: &Global) -> Result<Exit, Failure> {
    let inputs = slice::from_ref(&args.input);
    output::refuse_overwriting(&args.writing.output, inputs)?;
    let mut inputs: Inputs<PairReader<Metered>> = Inputs::open(inputs, &args.reading)?;
    let layout = layout(args, &inputs)?;
    let mut sink = Sink::open(&args.writing.output)?;
    let tally = stream(&mut inputs, &layout, &mut sink, global)?;
    let reports = inputs.reports()?;
    sink.seal()?.publish()?;
    if !global.quiet {
        tell(
            &tally,
            layout.threshold,
            reports.iter().flat_map(|r| &r.notes).chain(layout.frame.notes()),
        );
    }
    if tally.unscreened > 0 && !args.explain {
        let pairs = if tally.unscreened == 1 { "pair" } else { "pairs" };
        Failure::new(format!("{} {pairs} could not be scored", tally.unscreened))
            .help("--explain adds a column that says why")
            .tell();
    }
    // A pair that alerts is a measurement here, not a finding.
    Ok(Exit::of(0, tally.unscreened))
}

fn layout(args: &PairsArgs, inputs: &Inputs<PairReader<Metered>>) -> Result<Layout, Failure> {
    let format = args.writing.row_format();
    let added = match format {
        RowFormat::Csv if args.explain => COLUMNS.as_slice(),
        RowFormat::Csv => &COLUMNS[..2],
        RowFormat::Jsonl | RowFormat::Json => &KEYS,
    };
    let policy = policy(args)?;
    Ok(Layout {
        frame: Frame::new(inputs, format, added, policy.sha256()),
        threshold: policy.threshold,
        explain: args.explain,
    })
}

/// The policy named, with the threshold asked for. Only that for all lists counts: a pair belongs to none.
pub fn policy(args: &PairsArgs) -> Result<Policy, Failure> {
    let named = |word: &String| engine::policy_named(word, clock::today());
    let mut policy = match &args.policy {
        Some(word) => named(word)?,
        None => Policy::new(clock::today()),
    };
    if let Some(threshold) = args.threshold {
        policy.threshold = threshold;
        policy.thresholds.clear();
    }
    Ok(policy)
}

fn stream(
    inputs: &mut Inputs<PairReader<Metered>>,
    layout: &Layout,
    sink: &mut Sink,
    global: &Global,
) -> Result<Tally, Failure> {
    let watch = Stopwatch::start();
    let progress = Progress::new(inputs.size(), "pairs", global.quiet);
    let pool = engine::threads(global.jobs)?;
    let after = |inputs: &Inputs<_>, read| progress.at(inputs.position(), read, watch.seconds());
    sink.write(&layout.frame.head()?)?;
    let answer = |items: &mut dyn Iterator<Item = Item<'_, Pair>>| answer(layout, items);
    let (tally, read) = stream::run(
        inputs,
        &pool,
        answer,
        layout.frame.format,
        sink,
        |_| Ok(()),
        after,
    )?;
    sink.write(layout.frame.foot())?;
    tally.reconcile(read)?;
    Ok(tally)
}

fn answer<'a>(layout: &Layout, items: impl Iterator<Item = Item<'a, Pair>>) -> Result<Part, Failure> {
    let mut pen = Pen::new(layout.frame.format);
    let mut tally = Tally::default();
    for item in items {
        let scored = layout.score(&item);
        match layout.frame.format {
            RowFormat::Csv => scored.csv(&mut pen)?,
            RowFormat::Jsonl | RowFormat::Json => pen.object(&scored)?,
        }
        tally.answer(scored.status(), 1);
    }
    let bytes = pen.bytes()?;
    let records = Vec::new();
    Ok(Part {
        bytes,
        tally,
        records,
    })
}

impl Layout {
    fn score<'a>(&'a self, item: &'a Item<'a, Pair>) -> Scored<'a> {
        let (comparison, notes) = match &item.content {
            Ok(pair) => match unfit(&pair.query).or_else(|| unfit(&pair.candidate)) {
                Some(reason) => (None, vec![reason]),
                None => {
                    let comparison = compare(&pair.query, &pair.candidate, pair.kind);
                    (Some(comparison), pair.unused.clone())
                }
            },
            Err(unscreened) => (None, vec![unscreened.to_string()]),
        };
        Scored {
            layout: self,
            item,
            comparison,
            notes,
        }
    }
}

impl Scored<'_> {
    fn alerts(&self) -> Option<bool> {
        let comparison = self.comparison.as_ref()?;
        Some(comparison.score >= self.layout.threshold)
    }

    fn status(&self) -> Status {
        match self.alerts() {
            Some(true) => Status::Hit,
            Some(false) => Status::Clear,
            None => Status::Unscreened,
        }
    }

    /// Score and verdict stay empty where there are none: neither 0 nor `false` was found.
    fn csv(&self, pen: &mut Pen) -> Result<(), Failure> {
        let score = self.comparison.as_ref().map(|c| c.score.to_string());
        let alert = self.alerts().map(|alerts| alerts.to_string());
        let reasons = self.layout.explain.then(|| self.reasons());
        let cells = [
            score.unwrap_or_default(),
            alert.unwrap_or_default(),
            reasons.unwrap_or_default(),
        ];
        let cells = cells.each_ref().map(String::as_str);
        let added = if self.layout.explain {
            cells.as_slice()
        } else {
            &cells[..2]
        };
        self.layout.frame.csv(pen, self.item.input, &self.item.row, added)
    }

    fn reasons(&self) -> String {
        let evidence = self.comparison.iter().map(|c| reasons::of(&c.evidence));
        let all: Vec<String> = evidence
            .filter(|line| !line.is_empty())
            .chain(self.notes.iter().cloned())
            .collect();
        all.join("; ")
    }
}

impl Serialize for Scored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let frame = &self.layout.frame;
        frame.pass(&mut map, self.item.input, &self.item.row)?;
        map.serialize_entry("score", &self.comparison.as_ref().map(|c| c.score))?;
        map.serialize_entry("alert", &self.alerts())?;
        if self.layout.explain {
            map.serialize_entry("evidence", &self.comparison.as_ref().map(|c| &c.evidence))?;
        }
        map.serialize_entry("notes", &self.notes)?;
        frame.close(&mut map, self.item.input, &self.item.row)?;
        map.end()
    }
}

fn tell<'a>(tally: &Tally, threshold: Score, notes: impl Iterator<Item = &'a String>) {
    let mut text = format!(
        "{} pairs: {} alert at {threshold}, {} do not, {} not scored\n",
        tally.answered, tally.hit, tally.clear, tally.unscreened
    );
    for note in notes {
        text.push_str(&format!("note: {note}\n"));
    }
    // A courtesy; the output and the exit code say what matters.
    let _ = stderr().lock().write_all(text.as_bytes());
}
