//! `lost`: every pair of subject and entry compared by brute force, and held against what screening reports.

use crate::answer::Answer;
use crate::outcome::Row;
use crate::reference::sample;
use crate::{Definition, Error, Options, Outcome, hits, inputs, timing};
use rayon::prelude::*;
use std::collections::BTreeSet;
use tamis::model::{Entity, List, ListMeta, Score, Status, Subject};
use tamis::{Screener, compare};

/// What holding one subject against every entry shows.
#[derive(Default)]
struct Held {
    pairs: usize,
    reached: usize,
    faults: Vec<String>,
}

impl Held {
    fn and(mut self, other: Held) -> Held {
        self.pairs += other.pairs;
        self.reached += other.reached;
        self.faults.extend(other.faults);
        self
    }
}

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let screener = inputs::screener(&list)?;
    let names = names(definition, options, &list)?;
    let pool = timing::pool(definition.threads)?;
    let (run, held) = timing::whole(|| {
        pool.install(|| {
            let held = names.par_iter().map(|name| hold(&screener, name));
            held.reduce(Held::default, Held::and)
        })
    });
    let text = format!(
        "{} pairs compared, {} reach the threshold, {} of them lost",
        held.pairs,
        held.reached,
        held.faults.len()
    );
    let mut outcome = Outcome::new(definition, &list, Answer::new(text, held.faults));
    if outcome.holds() {
        // The comparison is the answer: it is made once, and its time tells what brute force costs.
        let row = Row::new("every pair compared", definition.threads, held.pairs, vec![run]);
        outcome.rows.extend(row);
    }
    Ok(outcome)
}

/// Customers and changed listed names, as many of each.
fn names(definition: &Definition, options: &Options, list: &List) -> Result<Vec<String>, Error> {
    let half = definition.subjects.div_ceil(2);
    let mut names = inputs::customers(definition, options, half)?;
    let changed = hits::selftest(definition, list)?;
    let changed = sample(changed.probes(), definition.subjects - half);
    names.extend(changed.into_iter().map(|probe| probe.text));
    Ok(names)
}

/// Compares a name with every name of every entry. What reaches the threshold must be among the findings.
fn hold(screener: &Screener, name: &str) -> Held {
    let subject = Subject::named(name);
    let decision = screener.screen(&subject);
    let found = decision.alerts.iter().chain(&decision.information);
    let found: BTreeSet<&str> = found.map(|finding| finding.hit.entity_id.as_str()).collect();
    let mut held = Held::default();
    if decision.status == Status::Unscreened {
        held.faults
            .push(format!("'{name}' is not screened: {:?}", decision.notes));
    }
    for entity in screener.entities() {
        held.pairs += 1;
        let Ok(entity) = entity else {
            held.faults.push("an entry cannot be read".to_owned());
            continue;
        };
        let Some(score) = best(name, entity).filter(|score| *score >= screener.policy().threshold) else {
            continue;
        };
        held.reached += 1;
        let id = entity.id();
        if !found.contains(id.as_str()) && !is_excused(screener, &subject, entity) {
            held.faults.push(format!(
                "'{name}' scores {score} with {id}, but screening misses it"
            ));
        }
    }
    held
}

fn best(name: &str, entity: &Entity) -> Option<Score> {
    let scores = entity
        .names
        .iter()
        .map(|listed| compare(name, &listed.text, Some(entity.kind)).score);
    scores.max()
}

/// Whether the score of the entry as a whole is lower than that of its names one by one: a short alias inherits the
/// patronymic of the fuller ones, which two names by themselves cannot show.
fn is_excused(screener: &Screener, subject: &Subject, entity: &Entity) -> bool {
    let entities = vec![entity.clone()];
    let meta = ListMeta::new("one", "one entry", "one", &entities);
    let alone = Screener::new(vec![List { meta, entities }], screener.policy().clone());
    let below = |alone: Screener| !alone.near_misses(subject, Score::ZERO).is_empty();
    alone.is_ok_and(below)
}
