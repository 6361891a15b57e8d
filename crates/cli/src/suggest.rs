//! `tamis pairs --suggest-threshold`: what threshold labelled pairs speak for.

use crate::args::{Global, PairsArgs, RowFormat};
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::output;
use crate::page::{Page, Style, Tone};
use crate::pairs;
use crate::source::Metered;
use rayon::prelude::*;
use serde::Serialize;
use std::slice;
use tamis::feeds::{Pair, PairReader, Unscreened};
use tamis::model::Score;
use tamis::selftest::{Choice, Goals, Judged, Performance, Suggestion, suggest_threshold};
use tamis::{compare, unfit};

/// The document, as JSON.
#[derive(Debug, Serialize)]
struct Document {
    #[serde(flatten)]
    suggestion: Suggestion,
    /// The lines of the pairs whose label is neither true nor false, which were left out.
    unlabelled: Vec<u64>,
    /// Pairs with a label that could not be scored.
    not_scored: usize,
    engine: String,
    policy_sha256: String,
    seed: u64,
}

/// Runs `tamis pairs --suggest-threshold`.
pub fn run(args: &PairsArgs, global: &Global) -> Result<Exit, Failure> {
    let as_json = match (args.writing.format, args.writing.row_format()) {
        (_, RowFormat::Json) => true,
        (None, RowFormat::Csv) => false,
        _ => {
            return Err(Failure::new("--suggest-threshold writes a page or JSON, no rows")
                .help("leave --format out for a page, or write --format json"));
        }
    };
    output::refuse_overwriting(&args.writing.output, slice::from_ref(&args.input))?;
    let document = document(args, global)?;
    let style = Style::of(global.color, &args.writing.output);
    let text = if as_json {
        output::json(&document)?
    } else {
        page(&document, style)
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(if document.not_scored == 0 {
        Exit::Clear
    } else {
        Exit::Failed
    })
}

fn document(args: &PairsArgs, global: &Global) -> Result<Document, Failure> {
    let read = read(args)?;
    let is_labelled = |pair: &Pair| pair.label.is_some();
    let labelled = read
        .iter()
        .map(|(_, pair)| pair)
        .filter(|pair| pair.as_ref().ok().is_none_or(is_labelled));
    let labelled: Vec<&Read> = labelled.collect();
    let pool = engine::threads(global.jobs)?;
    let judged: Vec<Option<Judged>> = pool.install(|| labelled.par_iter().map(|pair| judge(pair)).collect());
    let not_scored = judged.iter().filter(|judged| judged.is_none()).count();
    let judged: Vec<Judged> = judged.into_iter().flatten().collect();
    if judged.is_empty() {
        return Err(Failure::at(
            args.input.display(),
            "no pair has a label, so no threshold can be chosen by them",
        )
        .help(
            "add a column 'is_match' with true where both names are one party and false where they are not, \
                 or name yours with --map is_match=COLUMN",
        ));
    }
    let goals = Goals {
        precision: args.min_precision,
        recall: args.min_recall,
        seed: args.seed,
    };
    let policy = pairs::policy(args)?;
    let suggestion = suggest_threshold(&judged, policy.threshold, &goals);
    Ok(Document {
        suggestion,
        unlabelled: read
            .iter()
            .filter(|(_, pair)| pair.as_ref().is_ok_and(|pair| !is_labelled(pair)))
            .map(|(line, _)| *line)
            .collect(),
        not_scored,
        engine: tamis::engine(),
        policy_sha256: policy.sha256(),
        seed: args.seed,
    })
}

/// The most lines that are told one by one; the JSON form has them all.
const MOST_LINES: usize = 10;

/// ` (lines 3, 7 and 12 more)`.
fn lines(lines: &[u64]) -> String {
    let told: Vec<String> = lines.iter().take(MOST_LINES).map(u64::to_string).collect();
    match (told.is_empty(), lines.len() - told.len()) {
        (true, _) => String::new(),
        (false, 0) => format!(" (lines {})", told.join(", ")),
        (false, more) => format!(" (lines {} and {more} more)", told.join(", ")),
    }
}

/// A pair, or why there is none.
type Read = Result<Pair, Unscreened>;

/// Records read at a time, and the bytes after which that is enough.
const PORTION: (usize, usize) = (8_192, 8 << 20);

/// The pairs, each with its line.
fn read(args: &PairsArgs) -> Result<Vec<(u64, Read)>, Failure> {
    let mut inputs: Inputs<PairReader<Metered>> = Inputs::open(slice::from_ref(&args.input), &args.reading)?;
    let mut pairs = Vec::new();
    while let Some(portion) = inputs.next_portion(PORTION.0, PORTION.1)? {
        let items = portion.items(0..portion.len());
        pairs.extend(items.map(|item| (item.row.line, item.content)));
    }
    inputs.reports()?;
    Ok(pairs)
}

/// The score of a labelled pair; `None` where it has none.
fn judge(pair: &Read) -> Option<Judged> {
    let pair = pair.as_ref().ok()?;
    if unfit(&pair.query).or_else(|| unfit(&pair.candidate)).is_some() {
        return None;
    }
    let score = compare(&pair.query, &pair.candidate, pair.kind).score;
    Some(Judged {
        score,
        is_match: pair.label?,
    })
}

fn page(document: &Document, style: Style) -> String {
    let mut page = Page::new(style);
    let suggestion = &document.suggestion;
    page.heading(Tone::Plain, &headline(suggestion));
    let mut rows = vec![row("in use", &suggestion.current, None)];
    let choices = [
        ("best F1", &suggestion.best_f1),
        ("precision asked for", &suggestion.min_precision),
        ("recall asked for", &suggestion.min_recall),
    ];
    rows.extend(choices.iter().filter_map(|(what, choice)| {
        let choice = choice.as_ref()?;
        Some(row(what, &choice.at, Some(choice)))
    }));
    page.table(
        &[
            "for",
            "threshold",
            "precision",
            "recall",
            "F1",
            "false alerts",
            "missed",
            "95 % of choices",
            "F1 expected",
        ],
        &rows,
    );
    page.paragraph(
        "The last two columns say how certain a choice is: where the choices from resampled pairs lie, and the F1 of \
         those choices on pairs that were left out.",
    );
    for warning in &suggestion.warnings {
        page.heading(Tone::Unsure, &format!("warning: {warning}"));
    }
    page.heading(Tone::Plain, "What this rests on");
    let others = suggestion.pairs - suggestion.matches;
    page.pairs(&[
        (
            "pairs",
            format!(
                "{} labelled: {} matches, {others} others",
                suggestion.pairs, suggestion.matches
            ),
        ),
        (
            "left out",
            format!(
                "{} with a label that is neither true nor false{}, {} not scored",
                document.unlabelled.len(),
                lines(&document.unlabelled),
                document.not_scored
            ),
        ),
        ("policy", format!("sha256 {}", document.policy_sha256)),
        ("engine", document.engine.clone()),
        ("seed", document.seed.to_string()),
    ]);
    page.finish()
}

fn headline(suggestion: &Suggestion) -> String {
    let now = suggestion.current;
    match &suggestion.best_f1 {
        None => format!(
            "No threshold is suggested; at {} in use F1 is {:.3}",
            now.threshold, now.f1
        ),
        Some(best) if now.f1 >= best.at.f1 => {
            format!(
                "No threshold has a better F1 than {} in use: {:.3}",
                now.threshold, now.f1
            )
        }
        Some(best) => format!(
            "The best F1, {:.3}, is at the threshold {}; at {} in use it is {:.3}",
            best.at.f1, best.at.threshold, now.threshold, now.f1
        ),
    }
}

fn row(what: &str, at: &Performance, choice: Option<&Choice>) -> Vec<String> {
    let short = |score: Score| format!("{:.2}", score.as_f64());
    let range = choice.map_or_else(String::new, |c| format!("{} to {}", short(c.low), short(c.high)));
    vec![
        what.to_owned(),
        at.threshold.to_string(),
        format!("{:.3}", at.precision),
        format!("{:.3}", at.recall),
        format!("{:.3}", at.f1),
        at.false_alerts.to_string(),
        at.missed.to_string(),
        range,
        choice.map_or_else(String::new, |c| format!("{:.3}", c.expected_f1)),
    ]
}
