//! `score-pair`: two names compared by themselves, in turn those of one person and those of two.

use crate::answer::{Answer, percent};
use crate::manipulate::{Disguised, disguised};
use crate::reference::{same, sample};
use crate::{Definition, Error, Outcome, RUNS, Timed, hits, timing};
use tamis::model::{EntityKind, Evidence};
use tamis::selftest::Vocabulary;
use tamis::{Comparison, DEFAULT_THRESHOLD, compare};

#[derive(Clone)]
struct Pair {
    query: String,
    listed: String,
    /// The manipulated name, where both belong to one person.
    one: Option<Disguised>,
}

pub(crate) fn run(definition: &Definition) -> Result<Outcome, Error> {
    let vocabulary = Vocabulary::read()?;
    let list = crate::list(definition, &vocabulary)?;
    let names = disguised(&list, definition.subjects, definition.seed);
    let pairs = pairs(&names);
    let mut outcome = Outcome::new(definition, &list, answer(definition, &pairs));
    if outcome.holds() {
        time(&mut outcome, &pairs)?;
    }
    Ok(outcome)
}

/// In turn four manipulated names beside their own listed name and four beside that of another person, so that each
/// manipulation comes in both.
fn pairs(names: &[Disguised]) -> Vec<Pair> {
    let others = names.iter().cycle().skip(1);
    let pairs = names.iter().zip(others).enumerate();
    pairs
        .map(|(at, (name, other))| {
            let together = at % 8 < 4 || name.entity == other.entity;
            Pair {
                query: name.name.clone(),
                listed: if together { &name.listed } else { &other.listed }.clone(),
                one: together.then(|| name.clone()),
            }
        })
        .collect()
}

fn score(pair: &Pair) -> Comparison {
    compare(&pair.query, &pair.listed, Some(EntityKind::Person))
}

fn answer(definition: &Definition, pairs: &[Pair]) -> Answer {
    let mut faults = Vec::new();
    let (mut found, mut alerts) = (Vec::new(), 0);
    for pair in pairs {
        let comparison = score(pair);
        faults.extend(fault(pair, &comparison));
        let reaches = comparison.score >= DEFAULT_THRESHOLD;
        match pair.one {
            Some(_) => found.push(reaches),
            None => alerts += usize::from(reaches),
        }
    }
    let one = pairs.iter().filter_map(|pair| pair.one.as_ref());
    faults.extend(hits::too_few(definition, one, &found));
    let recall = percent(found.iter().filter(|found| **found).count(), found.len());
    let false_alerts = percent(alerts, pairs.len() - found.len());
    Answer::new(format!("recall {recall}, false alerts {false_alerts}"), faults)
}

/// What breaks the law of the score: that reasons add up to it, and that it is symmetric.
fn fault(pair: &Pair, comparison: &Comparison) -> Option<String> {
    let points: i32 = comparison.evidence.iter().map(Evidence::points).sum();
    let back = compare(&pair.listed, &pair.query, Some(EntityKind::Person)).score;
    let lawful = points == i32::from(comparison.score.ten_thousandths()) && back == comparison.score;
    (!lawful).then(|| {
        format!(
            "'{}' and '{}' score {}, the reasons add up to {points}, and the other way round it is {back}",
            pair.query, pair.listed, comparison.score
        )
    })
}

fn time(outcome: &mut Outcome, pairs: &[Pair]) -> Result<(), Error> {
    let pool = timing::pool(outcome.definition.threads)?;
    let few = sample(pairs, outcome.definition.reference_subjects);
    let measure = outcome.definition.reference;
    let reference = |pair: &Pair| same(measure, &pair.query, &pair.listed);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(timing::time(
            &pool,
            pairs,
            || (),
            |(), pair| score(pair).score >= DEFAULT_THRESHOLD,
        ));
        theirs.push(timing::time(&pool, &few, || (), |(), pair| reference(pair)));
    }
    outcome.figures = timing::figures(ours, pairs.len());
    let share = |one: bool| {
        let of = few.iter().filter(|pair| pair.one.is_some() == one);
        percent(of.clone().filter(|pair| reference(pair)).count(), of.count())
    };
    let text = format!("recall {}, false alerts {}", share(true), share(false));
    let answer = Answer::new(text, Vec::new());
    outcome.reference = timing::figures(theirs, few.len()).map(|figures| Timed { answer, figures });
    Ok(())
}
