//! Outcomes as a table for the terminal, and as a record to keep.

use crate::{Figures, Outcome, RUNS, timing};

const HEAD: [&str; 10] = [
    "benchmark",
    "listed names",
    "subjects",
    "threads",
    "names/s",
    "p50 µs",
    "p99 µs",
    "reference names/s",
    "reference p50 µs",
    "ratio",
];

/// A table with a line for each outcome, and below it the answers.
pub fn table(outcomes: &[Outcome]) -> String {
    let rows: Vec<[String; 10]> = rows(outcomes);
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |row: &[String; 10]| {
        let cell = |(column, text): (usize, &String)| {
            let width = widths[column];
            if column == 0 {
                format!("{text:<width$}")
            } else {
                format!("{text:>width$}")
            }
        };
        row.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ")
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    format!("{}\n\n{}", lines.join("\n"), answers(outcomes))
}

/// A record in Markdown: the day, the machine as far as the program knows it, the table, the spread, the answers.
pub fn markdown(outcomes: &[Outcome]) -> String {
    let rows = rows(outcomes);
    let line = |row: &[String; 10]| format!("| {} |", row.join(" | "));
    let rule = format!("|{}", "---|".repeat(HEAD.len()));
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1.min(lines.len()), rule);
    let spread = outcomes.iter().map(spread).collect::<Vec<_>>().join("\n");
    format!(
        "# {}, {} threads available, {} {}\n\nMedians of {RUNS} runs.\n\n{}\n\n## Slowest and fastest run\n\n{spread}\n\
        \n## Answers\n\n{}",
        timing::today(),
        std::thread::available_parallelism().map_or(1, usize::from),
        std::env::consts::OS,
        std::env::consts::ARCH,
        lines.join("\n"),
        answers(outcomes)
    )
}

/// The head and a row for each outcome.
fn rows(outcomes: &[Outcome]) -> Vec<[String; 10]> {
    let head = HEAD.map(str::to_owned);
    std::iter::once(head).chain(outcomes.iter().map(row)).collect()
}

fn row(outcome: &Outcome) -> [String; 10] {
    let ours = outcome.figures.as_ref();
    let theirs = outcome.reference.as_ref().map(|reference| &reference.figures);
    let speed = |figures: Option<&Figures>| figures.map_or("-".to_owned(), |f| grouped(f.speed));
    let micros = |time: Option<f64>| time.map_or("-".to_owned(), |t| format!("{t:.1}"));
    [
        outcome.definition.name.clone(),
        grouped(outcome.names as f64),
        grouped(outcome.definition.subjects as f64),
        outcome.definition.threads.to_string(),
        speed(ours),
        micros(ours.and_then(|f| f.p50)),
        micros(ours.and_then(|f| f.p99)),
        speed(theirs),
        micros(theirs.and_then(|f| f.p50)),
        outcome
            .ratio()
            .map_or("-".to_owned(), |ratio| format!("{ratio:.2}")),
    ]
}

fn spread(outcome: &Outcome) -> String {
    let range = |f: &Figures| format!("{} to {}", grouped(f.slowest), grouped(f.fastest));
    let ours = outcome.figures.as_ref().map_or("not timed".to_owned(), range);
    let theirs = outcome.reference.as_ref();
    let theirs = theirs.map_or(String::new(), |r| format!("; reference {}", range(&r.figures)));
    format!("- {}: {ours}{theirs}", outcome.definition.name)
}

fn answers(outcomes: &[Outcome]) -> String {
    outcomes.iter().map(answer).collect()
}

fn answer(outcome: &Outcome) -> String {
    let theirs = outcome.reference.as_ref();
    let theirs = theirs.map_or(String::new(), |reference| {
        format!(
            "; reference, of {}: {}",
            outcome.definition.reference_subjects, reference.answer.text
        )
    });
    let entries = grouped(outcome.entries as f64);
    let oracle = match outcome.definition.oracle_subjects {
        0 => String::new(),
        n if outcome.holds() => format!("; {n} held against all {entries} entries, nothing lost"),
        n => format!("; {n} held against all {entries} entries"),
    };
    let name = &outcome.definition.name;
    let mut text = format!("- {name}: {}{oracle}{theirs}\n", outcome.answer.text);
    for fault in &outcome.answer.faults {
        text.push_str(&format!("  - WRONG: {fault}\n"));
    }
    text
}

/// A number in groups of three digits: `20,000`.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(0.4), "0");
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(1_000.0), "1,000");
        assert_eq!(grouped(1_234_567.0), "1,234,567");
    }
}
