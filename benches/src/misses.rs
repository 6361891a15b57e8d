//! `screen-miss`: customers who are not on the list, one at a time.

use crate::answer::{Answer, oracle, percent};
use crate::outcome::Row;
use crate::reference::{Scan, sample};
use crate::{Definition, Error, Options, Outcome, inputs, timing};
use tamis::model::{List, Score, Status, Subject};
use tamis::{DEFAULT_THRESHOLD, Policy, Scratch, Screener};

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let before = timing::memory_in_use();
    let screener = inputs::screener(&list)?;
    let policy = Policy {
        threshold: definition
            .threshold
            .and_then(Score::from_f64)
            .unwrap_or(DEFAULT_THRESHOLD),
        ..screener.policy().clone()
    };
    let screener = screener.under(policy);
    let memory = timing::memory_in_use()
        .zip(before)
        .map(|(now, then)| now.saturating_sub(then));
    let names = inputs::customers(definition, options, definition.subjects)?;
    let more = inputs::recombined(&names, definition.recombined, definition.seed);

    let mut outcome = Outcome::new(definition, &list, answer(definition, &screener, &names));
    if outcome.holds() {
        outcome.rows = time(definition, options.runs, (&list, &screener), (&names, &more))?;
    }
    if let (Some(memory), Some(first)) = (memory, outcome.rows.first_mut()) {
        *first = first
            .clone()
            .noted(&format!("the screener takes {} MB", memory / 1_000_000));
    }
    Ok(outcome)
}

fn answer(definition: &Definition, screener: &Screener, names: &[String]) -> Answer {
    let mut scratch = Scratch::default();
    let few = sample(names, definition.oracle_subjects);
    let few: Vec<Subject> = few.into_iter().map(Subject::named).collect();
    let mut faults = oracle(screener, &few);
    let mut hits = 0;
    for name in names {
        match screener
            .screen_with(&Subject::named(name.as_str()), &mut scratch)
            .status
        {
            Status::Hit => hits += 1,
            Status::Clear => {}
            Status::Unscreened => faults.push(format!("not screened: {name}")),
        }
    }
    let held = format!("{} held against every entry, nothing lost", few.len());
    let held = if faults.is_empty() { held } else { String::new() };
    let text = format!(
        "of {} names {} alert; {held}",
        names.len(),
        percent(hits, names.len())
    );
    Answer::new(text, faults)
}

/// Cold is the first pass over the names by a screener that has met none of them; warm are names of the same words after it,
/// with the same memory.
fn time(
    definition: &Definition,
    runs: usize,
    (list, screener): (&List, &Screener),
    (names, more): (&[String], &[String]),
) -> Result<Vec<Row>, Error> {
    let subjects = |names: &[String]| names.iter().map(|n| Subject::named(n.as_str())).collect();
    let (first, then): (Vec<Subject>, Vec<Subject>) = (subjects(names), subjects(more));
    let scan = Scan::new(list);
    let few = sample(names, definition.reference_subjects);
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    let mut others: Vec<Vec<timing::Run>> = vec![Vec::new(); definition.references.len()];
    for _ in 0..runs {
        // What is known of tokens belongs to the screener, so that only a new one is cold.
        let screener = Screener::from_bytes(screener.compiled(), screener.policy().clone())?;
        let mut scratch = Scratch::default();
        let mut hits = |subject: &Subject| screener.screen_with(subject, &mut scratch).status == Status::Hit;
        cold.push(timing::each(&first, &mut hits));
        if !then.is_empty() {
            warm.push(timing::each(&then, &mut hits));
        }
        // In turn, so that what else the machine does disturbs all alike.
        for (runs, reference) in others.iter_mut().zip(&definition.references) {
            let one = |name: &String| !scan.found(*reference, name).is_empty();
            runs.push(timing::each(&few, one));
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(Row::new("tamis, cold", 1, first.len(), cold));
    rows.extend(Row::new("tamis, warm", 1, then.len(), warm));
    let best = rows.last().cloned();
    for (runs, reference) in others.into_iter().zip(&definition.references) {
        let alerts = few
            .iter()
            .filter(|name| !scan.found(*reference, name).is_empty())
            .count();
        let row = Row::new(reference.scan(), 1, few.len(), runs);
        let alerts = format!("{} alert", percent(alerts, few.len()));
        rows.extend(row.map(|row| row.beside(best.as_ref()).noted(&alerts)));
    }
    Ok(rows)
}
