//! `screen-hit`: listed persons under a manipulated name.

use crate::answer::{Answer, alerts_on, oracle, percent, shares};
use crate::manipulate::{Disguised, disguised};
use crate::reference::{Scan, sample};
use crate::{Definition, Error, Manipulation, Outcome, RUNS, Timed, timing};
use tamis::model::Subject;
use tamis::selftest::Vocabulary;
use tamis::{Scratch, Screener};

/// A manipulated name, ready to be screened.
#[derive(Clone)]
struct Case {
    disguised: Disguised,
    subject: Subject,
}

pub(crate) fn run(definition: &Definition) -> Result<Outcome, Error> {
    let vocabulary = Vocabulary::read()?;
    let list = crate::list(definition, &vocabulary)?;
    let screener = crate::screener(&list)?;
    let names = disguised(&list, definition.subjects, definition.seed);
    let cases: Vec<Case> = names.into_iter().map(case).collect();

    let mut outcome = Outcome::new(definition, &list, answer(definition, &screener, &cases));
    if outcome.holds() {
        time(&mut outcome, &screener, &Scan::new(&list), &cases)?;
    }
    Ok(outcome)
}

fn case(disguised: Disguised) -> Case {
    let subject = Subject::named(disguised.name.as_str());
    Case { disguised, subject }
}

fn answer(definition: &Definition, screener: &Screener, cases: &[Case]) -> Answer {
    let mut scratch = Scratch::default();
    let found: Vec<bool> = cases
        .iter()
        .map(|case| finds(screener, &mut scratch, case))
        .collect();
    let few: Vec<Subject> = sample(cases, definition.oracle_subjects)
        .into_iter()
        .map(|case| case.subject)
        .collect();
    let mut faults = oracle(screener, &few);
    faults.extend(too_few(
        definition,
        cases.iter().map(|case| &case.disguised),
        &found,
    ));
    let groups = Manipulation::ALL.map(|how| {
        let of = cases
            .iter()
            .zip(&found)
            .filter(|(case, _)| case.disguised.how == how);
        (
            how.as_str(),
            of.clone().filter(|(_, found)| **found).count(),
            of.count(),
        )
    });
    let all = percent(found.iter().filter(|found| **found).count(), found.len());
    Answer::new(format!("recall {all} ({})", shares(groups)), faults)
}

/// The faults of a run that finds less than its definition demands: the names that were missed.
pub(crate) fn too_few<'a>(
    definition: &Definition,
    cases: impl Iterator<Item = &'a Disguised>,
    found: &[bool],
) -> Vec<String> {
    let hits = found.iter().filter(|found| **found).count();
    // No name at all is no recall, whatever the definition demands.
    if !found.is_empty() && hits as f64 >= definition.least_recall * found.len() as f64 {
        return Vec::new();
    }
    let missed = cases.zip(found).filter(|(_, found)| !**found);
    let told = missed.map(|(case, _)| format!("'{}' does not find '{}'", case.name, case.listed));
    let head = format!(
        "{hits} of {} found, at least {} are due",
        found.len(),
        definition.least_recall
    );
    std::iter::once(head).chain(told).collect()
}

fn finds(screener: &Screener, scratch: &mut Scratch, case: &Case) -> bool {
    alerts_on(
        &screener.screen_with(&case.subject, scratch),
        &case.disguised.entity,
    )
}

fn time(outcome: &mut Outcome, screener: &Screener, scan: &Scan, cases: &[Case]) -> Result<(), Error> {
    let pool = timing::pool(outcome.definition.threads)?;
    let few = sample(cases, outcome.definition.reference_subjects);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(timing::time(&pool, cases, Scratch::default, |scratch, case| {
            finds(screener, scratch, case)
        }));
        theirs.push(timing::time(&pool, &few, || (), |(), case| scans(scan, case)));
    }
    outcome.figures = timing::figures(ours, cases.len());
    let hits = few.iter().filter(|case| scans(scan, case)).count();
    let answer = Answer::new(format!("recall {}", percent(hits, few.len())), Vec::new());
    outcome.reference = timing::figures(theirs, few.len()).map(|figures| Timed { answer, figures });
    Ok(())
}

fn scans(scan: &Scan, case: &Case) -> bool {
    scan.found(&case.disguised.name)
        .contains(&case.disguised.entity.as_str())
}
