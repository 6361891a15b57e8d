//! Outcomes as a table for the terminal, as a record to keep, and as JSON.

use crate::{Options, Outcome, Row, timing};

const HEAD: [&str; 12] = [
    "benchmark",
    "listed names",
    "who",
    "threads",
    "items",
    "seconds",
    "items/s",
    "items/CPU s",
    "p50 µs",
    "p99 µs",
    "longest µs",
    "peak MB",
];

/// A table with a line for each row, below it what else there is to say, and the answers.
pub fn table(outcomes: &[Outcome]) -> String {
    let rows = cells(outcomes);
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |row: &[String; 12]| {
        let cell = |(column, text): (usize, &String)| {
            let width = widths[column];
            match column {
                0 | 2 => format!("{text:<width$}"),
                _ => format!("{text:>width$}"),
            }
        };
        row.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ")
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    format!(
        "{}\n\n{}\n{}",
        lines.join("\n"),
        notes(outcomes),
        answers(outcomes)
    )
}

/// A record in Markdown: the day, the machine as far as the program knows it, the table, what else there is to say, the
/// answers, and how the times of single names are spread.
pub fn markdown(outcomes: &[Outcome], options: &Options) -> String {
    let rows = cells(outcomes);
    let line = |row: &[String; 12]| format!("| {} |", row.join(" | "));
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1.min(lines.len()), format!("|{}", "---|".repeat(HEAD.len())));
    format!(
        "# {}, {}, {} threads available, {} {}\n\nMedians of {} runs.\n\n{}\n\n## Beside each other\n\n{}\n\
        ## Answers\n\n{}\n## Times of single names\n\nMicroseconds; names that took less, and not less than half of it.\n\
        \n{}",
        timing::today(),
        processor(),
        std::thread::available_parallelism().map_or(1, usize::from),
        std::env::consts::OS,
        std::env::consts::ARCH,
        options.runs,
        lines.join("\n"),
        notes(outcomes),
        answers(outcomes),
        histograms(outcomes)
    )
}

/// One outcome in full, as `--json` writes it of one and [`json`] of all.
///
/// # Errors
/// A number that JSON cannot hold, such as a speed that is not finite.
pub fn json_of_one(outcome: &Outcome) -> Result<String, serde_json::Error> {
    serde_json::to_string(outcome)
}

/// Every outcome in full.
///
/// # Errors
/// A number that JSON cannot hold, such as a speed that is not finite.
pub fn json(outcomes: &[Outcome]) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(outcomes).map(|text| text + "\n")
}

/// The processor, where the system tells.
#[expect(clippy::disallowed_methods, reason = "a record names the machine")]
fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map(|rest| rest.trim_start_matches([' ', '\t', ':']));
    model.unwrap_or("unknown processor").to_owned()
}

/// The head and a line for each row; one for an outcome without any.
fn cells(outcomes: &[Outcome]) -> Vec<[String; 12]> {
    let mut cells = vec![HEAD.map(str::to_owned)];
    for outcome in outcomes {
        let start = [outcome.definition.name.clone(), grouped(outcome.names as f64)];
        let rows = outcome.rows.iter().map(|row| line(start.clone(), row));
        cells.extend(rows);
        if outcome.rows.is_empty() {
            let [name, names] = start;
            let mut empty = [const { String::new() }; 12];
            (empty[0], empty[1], empty[2]) = (name, names, "not timed".to_owned());
            cells.push(empty);
        }
    }
    cells
}

fn line([name, names]: [String; 2], row: &Row) -> [String; 12] {
    let figures = &row.figures;
    let micros = |time: Option<f64>| time.map_or("-".to_owned(), |t| format!("{t:.1}"));
    let per_cpu = row.items as f64 / figures.cpu_seconds;
    [
        name,
        names,
        row.who.clone(),
        row.threads.to_string(),
        grouped(row.items as f64),
        format!("{:.4}", figures.seconds),
        speed(figures.speed),
        if per_cpu.is_finite() {
            speed(per_cpu)
        } else {
            "-".to_owned()
        },
        micros(figures.times.map(|times| times.p50)),
        micros(figures.times.map(|times| times.p99)),
        micros(figures.times.map(|times| times.longest)),
        row.peak_memory
            .map_or("-".to_owned(), |bytes| grouped(bytes as f64 / 1e6)),
    ]
}

fn speed(speed: f64) -> String {
    if speed < 100.0 {
        format!("{speed:.2}")
    } else {
        grouped(speed)
    }
}

/// What else there is to say of each row: the slowest and fastest run, and its note.
fn notes(outcomes: &[Outcome]) -> String {
    let rows = outcomes
        .iter()
        .flat_map(|outcome| outcome.rows.iter().map(move |row| (outcome, row)));
    let note = |(outcome, row): (&Outcome, &Row)| {
        let (slowest, fastest) = (speed(row.figures.slowest), speed(row.figures.fastest));
        let comma = if row.note.is_empty() { "" } else { "; " };
        let name = &outcome.definition.name;
        format!(
            "- {name}, {}: {slowest} to {fastest}/s{comma}{}\n",
            row.who, row.note
        )
    };
    rows.map(note).collect()
}

fn answers(outcomes: &[Outcome]) -> String {
    outcomes.iter().map(answer).collect()
}

fn answer(outcome: &Outcome) -> String {
    let (name, entries) = (&outcome.definition.name, grouped(outcome.entries as f64));
    let mut text = format!(
        "- {name} ({}, {entries} entries): {}\n",
        outcome.list, outcome.answer.text
    );
    for fault in &outcome.answer.faults {
        text.push_str(&format!("  - WRONG: {fault}\n"));
    }
    text
}

fn histograms(outcomes: &[Outcome]) -> String {
    let rows = outcomes
        .iter()
        .flat_map(|outcome| outcome.rows.iter().map(move |row| (outcome, row)));
    let many = rows.filter(|(_, row)| row.figures.histogram.iter().sum::<usize>() > 100);
    let histogram = |(outcome, row): (&Outcome, &Row)| {
        let bins = row
            .figures
            .histogram
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0);
        let bins: Vec<String> = bins
            .map(|(bin, count)| format!("<{}: {}", grouped(2_f64.powi(bin as i32)), grouped(*count as f64)))
            .collect();
        format!(
            "- {}, {}: {}\n",
            outcome.definition.name,
            row.who,
            bins.join(", ")
        )
    };
    many.map(histogram).collect()
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
