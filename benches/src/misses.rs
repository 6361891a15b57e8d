//! `screen-miss`: customers who are not on the list.

use crate::answer::{Answer, oracle, percent};
use crate::reference::{Scan, sample};
use crate::{Definition, Error, Outcome, RUNS, Timed, timing};
use tamis::model::{Status, Subject};
use tamis::selftest::{Customers, Vocabulary};
use tamis::{Scratch, Screener};

pub(crate) fn run(definition: &Definition) -> Result<Outcome, Error> {
    let vocabulary = Vocabulary::read()?;
    let list = crate::list(definition, &vocabulary)?;
    let screener = crate::screener(&list)?;
    let customers = Customers::new(&vocabulary, definition.seed).take(definition.subjects);
    let subjects: Vec<Subject> = customers.map(Subject::named).collect();

    let mut outcome = Outcome::new(definition, &list, answer(definition, &screener, &subjects));
    if outcome.holds() {
        time(&mut outcome, &screener, &Scan::new(&list), &subjects)?;
    }
    Ok(outcome)
}

fn answer(definition: &Definition, screener: &Screener, subjects: &[Subject]) -> Answer {
    let mut scratch = Scratch::default();
    let mut faults = oracle(screener, &sample(subjects, definition.oracle_subjects));
    let mut hits = 0;
    for subject in subjects {
        match screener.screen_with(subject, &mut scratch).status {
            Status::Hit => hits += 1,
            Status::Clear => {}
            Status::Unscreened => faults.push(format!("not screened: {subject:?}")),
        }
    }
    Answer::new(format!("alerts {}", percent(hits, subjects.len())), faults)
}

fn time(outcome: &mut Outcome, screener: &Screener, scan: &Scan, subjects: &[Subject]) -> Result<(), Error> {
    let pool = timing::pool(outcome.definition.threads)?;
    let few = sample(subjects, outcome.definition.reference_subjects);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // In turn, so that what else the machine does disturbs both alike.
    for _ in 0..RUNS {
        ours.push(timing::time(
            &pool,
            subjects,
            Scratch::default,
            |scratch, subject| screener.screen_with(subject, scratch).status == Status::Hit,
        ));
        theirs.push(timing::time(
            &pool,
            &few,
            || (),
            |(), subject| alerts(scan, subject),
        ));
    }
    outcome.figures = timing::figures(ours, subjects.len());
    let hits = few.iter().filter(|subject| alerts(scan, subject)).count();
    let answer = Answer::new(format!("alerts {}", percent(hits, few.len())), Vec::new());
    outcome.reference = timing::figures(theirs, few.len()).map(|figures| Timed { answer, figures });
    Ok(())
}

fn alerts(scan: &Scan, subject: &Subject) -> bool {
    subject
        .names
        .iter()
        .any(|name| !scan.found(&name.text).is_empty())
}
