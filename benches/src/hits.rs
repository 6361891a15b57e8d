//! `screen-hit`: listed names, changed in every way that the self-test knows.

use crate::answer::{Answer, oracle, percent};
use crate::outcome::Row;
use crate::reference::{Scan, sample, time_scan};
use crate::{DAY, Definition, Error, Options, Outcome, inputs, timing};
use std::collections::BTreeMap;
use tamis::model::{Entity, List, Subject};
use tamis::selftest::{Class, Plan, Probe, Selftest, Target};
use tamis::{DEFAULT_THRESHOLD, Policy, Scratch, Screener};

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let selftest = selftest(definition, &list)?;
    let answer = answer(definition, &selftest);
    let mut outcome = Outcome::new(definition, &list, answer);
    if outcome.holds() {
        outcome.rows = time(definition, options.runs, &list, &selftest);
    }
    Ok(outcome)
}

/// Changed names of a list, the same number of each class, at the default threshold and without a kind.
pub(crate) fn selftest(definition: &Definition, list: &List) -> Result<Selftest, Error> {
    let plan = Plan {
        seed: definition.seed,
        names: definition.subjects.div_ceil(Class::all().count()),
        unlisted: 0,
        with_kind: false,
        floor: DEFAULT_THRESHOLD,
    };
    let screener = Screener::new(vec![list.clone()], Policy::new(DAY))?;
    Ok(Selftest::new(screener, plan)?)
}

/// The entry that a changed name is of, and the class of the change.
pub(crate) fn target<'a>(probe: &Probe, entities: &'a [Entity]) -> Option<(&'a Entity, usize, &'static str)> {
    match probe.target {
        Target::Listed { class, entity, name } => Some((entities.get(entity)?, name, class.id)),
        Target::Unlisted(_) => None,
    }
}

fn answer(definition: &Definition, selftest: &Selftest) -> Answer {
    let mut scratch = Scratch::default();
    let screener = selftest.screener();
    let probes = selftest.probes();
    let found: Vec<bool> = probes
        .iter()
        .map(|probe| selftest.screen(probe, &mut scratch).right.is_some())
        .collect();
    let few: Vec<Subject> = sample(probes, definition.oracle_subjects)
        .iter()
        .map(|probe| Subject::named(probe.text.as_str()))
        .collect();
    let mut faults = oracle(screener, &few);
    let missed = probes.iter().zip(&found).filter(|(_, found)| !**found);
    let missed = missed.filter_map(|(probe, _)| {
        let (entity, name, class) = target(probe, selftest.entities())?;
        let listed = entity.names.get(name)?;
        Some(format!(
            "{class}: '{}' does not find '{}'",
            probe.text, listed.text
        ))
    });
    faults.extend(too_few(definition, &found, missed));
    let mut classes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (probe, found) in probes.iter().zip(&found) {
        let class = target(probe, selftest.entities()).map_or("", |(_, _, class)| class);
        let (hits, all) = classes.entry(class).or_default();
        *hits += usize::from(*found);
        *all += 1;
    }
    let hits = found.iter().filter(|found| **found).count();
    let text = format!(
        "recall {} of {} names in {} classes; the weakest: {}",
        percent(hits, found.len()),
        found.len(),
        classes.len(),
        weakest(classes)
    );
    Answer::new(text, faults)
}

fn weakest(classes: BTreeMap<&str, (usize, usize)>) -> String {
    /// Classes that are told.
    const TOLD: usize = 5;
    let mut classes: Vec<(&str, (usize, usize))> = classes.into_iter().collect();
    classes.sort_by_key(|(_, (hits, all))| hits * 1_000_000 / (*all).max(1));
    let told = classes.iter().take(TOLD);
    let told: Vec<String> = told
        .map(|(class, (hits, all))| format!("{class} {}", percent(*hits, *all)))
        .collect();
    told.join(", ")
}

/// The faults of a run that finds less than its definition demands: how many, and what was missed.
pub(crate) fn too_few(
    definition: &Definition,
    found: &[bool],
    missed: impl Iterator<Item = String>,
) -> Vec<String> {
    let hits = found.iter().filter(|found| **found).count();
    // No name at all is no recall, whatever the definition demands.
    if !found.is_empty() && hits as f64 >= definition.least_recall * found.len() as f64 {
        return Vec::new();
    }
    let (all, due) = (found.len(), definition.least_recall);
    let head = format!("{hits} of {all} found, a share of at least {due} is due");
    std::iter::once(head).chain(missed).collect()
}

fn time(definition: &Definition, runs: usize, list: &List, selftest: &Selftest) -> Vec<Row> {
    let probes = selftest.probes();
    let ours = (0..runs).map(|_| {
        let mut scratch = Scratch::default();
        timing::each(probes, |probe| {
            selftest.screen(probe, &mut scratch).right.is_some()
        })
    });
    let tamis = Row::new("tamis", 1, probes.len(), ours.collect());
    let scan = Scan::new(list);
    let few = sample(probes, definition.reference_subjects);
    let names: Vec<String> = few.iter().map(|probe| probe.text.clone()).collect();
    let references = definition.references.iter().filter_map(|reference| {
        let finds = |probe: &&Probe| {
            let right = target(probe, selftest.entities()).map(|(entity, _, _)| entity.id());
            right.is_some_and(|id| scan.found(*reference, &probe.text).contains(&id.as_str()))
        };
        let recall = percent(few.iter().filter(finds).count(), few.len());
        let row = time_scan(&scan, *reference, &names, runs)?;
        Some(row.beside(tamis.as_ref()).noted(&format!("recall {recall}")))
    });
    let references: Vec<Row> = references.collect();
    tamis.iter().cloned().chain(references).collect()
}
