//! `score-pair`: two names compared by themselves, in turn those of one party and those of two.

use crate::answer::{Answer, percent};
use crate::outcome::Row;
use crate::reference::sample;
use crate::{Definition, Error, Options, Outcome, hits, inputs, timing};
use tamis::model::{EntityKind, Evidence};
use tamis::selftest::Selftest;
use tamis::{Comparison, DEFAULT_THRESHOLD, compare};

#[derive(Clone)]
struct Pair {
    query: String,
    listed: String,
    kind: EntityKind,
    /// Whether both are names of one party.
    one: bool,
}

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let pairs = pairs(&hits::selftest(definition, &list)?);
    let mut outcome = Outcome::new(definition, &list, answer(definition, &pairs));
    if outcome.holds() {
        outcome.rows = time(definition, options.runs, &pairs);
    }
    Ok(outcome)
}

/// Every changed name beside its listed name, and every one beside the listed name of the next.
fn pairs(selftest: &Selftest) -> Vec<Pair> {
    let entities = selftest.entities();
    let named = selftest.probes().iter().filter_map(|probe| {
        let (entity, name, _) = hits::target(probe, entities)?;
        Some((probe, entity, entity.names.get(name)?.text.as_str()))
    });
    let next = named.clone().cycle().skip(1);
    let both = named
        .zip(next)
        .flat_map(|((probe, entity, own), (_, other, text))| {
            let pair = |listed: &str, one: bool| Pair {
                query: probe.text.clone(),
                listed: listed.to_owned(),
                kind: entity.kind,
                one,
            };
            let two = (other.id() != entity.id()).then(|| pair(text, false));
            std::iter::once(pair(own, true)).chain(two)
        });
    both.collect()
}

fn score(pair: &Pair) -> Comparison {
    compare(&pair.query, &pair.listed, Some(pair.kind))
}

fn answer(definition: &Definition, pairs: &[Pair]) -> Answer {
    let mut faults = Vec::new();
    let (mut found, mut missed, mut alerts) = (Vec::new(), Vec::new(), 0);
    for pair in pairs {
        let comparison = score(pair);
        faults.extend(fault(pair, &comparison));
        let reaches = comparison.score >= DEFAULT_THRESHOLD;
        if pair.one {
            found.push(reaches);
            missed.extend((!reaches).then(|| format!("'{}' is not '{}'", pair.query, pair.listed)));
        } else {
            alerts += usize::from(reaches);
        }
    }
    faults.extend(hits::too_few(definition, &found, missed.into_iter()));
    let recall = percent(found.iter().filter(|found| **found).count(), found.len());
    let false_alerts = percent(alerts, pairs.len() - found.len());
    Answer::new(format!("recall {recall}, false alerts {false_alerts}"), faults)
}

/// What breaks the law of the score: that reasons add up to it, and that it is symmetric.
fn fault(pair: &Pair, comparison: &Comparison) -> Option<String> {
    let points: i32 = comparison.evidence.iter().map(Evidence::points).sum();
    let back = compare(&pair.listed, &pair.query, Some(pair.kind)).score;
    let lawful = points == i32::from(comparison.score.ten_thousandths()) && back == comparison.score;
    (!lawful).then(|| {
        format!(
            "'{}' and '{}' score {}, the reasons add up to {points}, and the other way round it is {back}",
            pair.query, pair.listed, comparison.score
        )
    })
}

fn time(definition: &Definition, runs: usize, pairs: &[Pair]) -> Vec<Row> {
    let ours = (0..runs).map(|_| timing::each(pairs, |pair| score(pair).score >= DEFAULT_THRESHOLD));
    let tamis = Row::new("tamis", 1, pairs.len(), ours.collect());
    let few = sample(pairs, definition.reference_subjects);
    let references = definition.references.iter().filter_map(|reference| {
        let same = |pair: &Pair| reference.same(&pair.query, &pair.listed);
        let share = |one: bool| {
            let of = few.iter().filter(|pair| pair.one == one);
            percent(of.clone().filter(|pair| same(pair)).count(), of.count())
        };
        let row = Row::new(
            reference.pair(),
            1,
            few.len(),
            (0..runs).map(|_| timing::each(&few, same)).collect(),
        );
        let answer = format!("recall {}, false alerts {}", share(true), share(false));
        Some(row?.beside(tamis.as_ref()).noted(&answer))
    });
    let references: Vec<Row> = references.collect();
    tamis.iter().cloned().chain(references).collect()
}
