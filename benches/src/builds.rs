//! `build`: a list in memory made ready for screening.

use crate::answer::{Answer, alerts_on};
use crate::outcome::Row;
use crate::reference::sample;
use crate::{DAY, Definition, Error, Options, Outcome, inputs, timing};
use tamis::model::{Entity, List, Subject};
use tamis::{Policy, Scratch, Screener};

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    timing::forget_peak_memory();
    let before = timing::memory_in_use();
    let screener = inputs::screener(&list)?;
    let (peak, held) = (timing::peak_memory(), timing::memory_in_use());
    let held = held.zip(before).map(|(now, then)| now.saturating_sub(then));
    let answer = answer(definition, &list, &screener);
    drop(screener);
    let mut outcome = Outcome::new(definition, &list, answer);
    if outcome.holds() {
        let row = time(&list, outcome.names, options.runs);
        let note = format!("list and screener take {} MB", held.unwrap_or(0) / 1_000_000);
        let row = row.map(|row| Row {
            peak_memory: peak,
            ..row
        });
        outcome
            .rows
            .extend(row.map(|row| if held.is_some() { row.noted(&note) } else { row }));
    }
    Ok(outcome)
}

/// Every entry is there, and the looked-up names find theirs.
fn answer(definition: &Definition, list: &List, screener: &Screener) -> Answer {
    let strong = |entity: &Entity| {
        let id = entity.id();
        let names = entity.names.iter().filter(|name| name.role.is_strong());
        names
            .map(|name| (id.clone(), name.text.clone()))
            .collect::<Vec<_>>()
    };
    let names: Vec<(String, String)> = list.entities.iter().flat_map(strong).collect();
    let names = sample(&names, definition.subjects);
    let mut scratch = Scratch::default();
    let mut faults = Vec::new();
    if screener.entities().len() != list.entities.len() {
        faults.push(format!("{} entries in the screener", screener.entities().len()));
    }
    for (id, name) in &names {
        let decision = screener.screen_with(&Subject::named(name.as_str()), &mut scratch);
        if !alerts_on(&decision, id) {
            faults.push(format!("'{name}' does not find its entry {id}"));
        }
    }
    let text = format!("{} names looked up find their entries", names.len());
    Answer::new(text, faults)
}

fn time(list: &List, names: usize, runs: usize) -> Option<Row> {
    let one = |_| {
        // The copy is not part of the work, nor is taking it down again.
        let (lists, policy) = (vec![list.clone()], Policy::new(DAY));
        let (run, built) = timing::whole(|| Screener::new(lists, policy));
        drop(built);
        run
    };
    Row::new("tamis", 1, names, (0..runs).map(one).collect())
}
