//! `build`: a list made ready for screening.

use crate::answer::{Answer, alerts_on};
use crate::reference::sample;
use crate::{DAY, Definition, Error, Outcome, RUNS, timing};
use tamis::model::{List, Subject};
use tamis::selftest::Vocabulary;
use tamis::{Policy, Scratch, Screener};

pub(crate) fn run(definition: &Definition) -> Result<Outcome, Error> {
    let list = crate::list(definition, &Vocabulary::read()?)?;
    let answer = answer(definition, &list, &crate::screener(&list)?);
    let mut outcome = Outcome::new(definition, &list, answer);
    if outcome.holds() {
        let runs = (0..RUNS).map(|_| time(&list)).collect();
        outcome.figures = timing::figures(runs, outcome.names);
    }
    Ok(outcome)
}

/// Every entry is there, and the looked-up names find theirs.
fn answer(definition: &Definition, list: &List, screener: &Screener) -> Answer {
    let strong = |entity: &tamis::model::Entity| {
        let names = entity.names.iter().filter(|name| name.role.is_strong());
        names
            .map(|name| (entity.id(), name.text.clone()))
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
    Answer::new(
        format!("{} names looked up find their entries", names.len()),
        faults,
    )
}

fn time(list: &List) -> timing::Run {
    // The copy is not part of the work, nor is taking it down again.
    let (lists, policy) = (vec![list.clone()], Policy::new(DAY));
    let mut built = None;
    let run = timing::time_once(|| built = Some(Screener::new(lists, policy)));
    drop(std::hint::black_box(built));
    run
}
