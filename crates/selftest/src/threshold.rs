//! A threshold chosen by labelled pairs, with how certain the choice is.

use crate::Seeded;
use serde::Serialize;
use tamis_model::Score;

/// A pair of names that somebody judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What the two names score.
    pub score: Score,
    /// Whether they are one party.
    pub is_match: bool,
}

/// What is asked of a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goals {
    /// The share of alerts, 0 to 1, that must be right.
    pub precision: Option<f64>,
    /// The share of matches, 0 to 1, that must alert.
    pub recall: Option<f64>,
    /// What the resamples follow from.
    pub seed: u64,
}

/// How a threshold does on the judged pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Performance {
    /// The threshold.
    pub threshold: Score,
    /// Matches that alert.
    pub true_alerts: usize,
    /// Pairs that alert and are no match.
    pub false_alerts: usize,
    /// Matches that do not alert.
    pub missed: usize,
    /// The share of alerts that are right; 0 where nothing alerts.
    pub precision: f64,
    /// The share of matches that alert.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

/// A threshold that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// How it does on the pairs that it was chosen by.
    pub at: Performance,
    /// The lower end of the interval that holds 95 % of the choices from resampled pairs.
    pub low: Score,
    /// Its upper end.
    pub high: Score,
    /// The F1 of the resamples' choices on pairs that were not among them: what to expect of new pairs.
    pub expected_f1: f64,
}

/// What the judged pairs say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// Judged pairs.
    pub pairs: usize,
    /// Those that are one party.
    pub matches: usize,
    /// The threshold in use.
    pub current: Performance,
    /// The one with the best F1; `None` where the pairs are all of one sort.
    pub best_f1: Option<Choice>,
    /// The one with the best recall among those that reach the precision asked for.
    pub min_precision: Option<Choice>,
    /// The one with the best precision among those that reach the recall asked for.
    pub min_recall: Option<Choice>,
    /// Why not to trust it.
    pub warnings: Vec<String>,
}

/// Matches, or others, below which a choice is told to be uncertain.
const FEW: usize = 50;

/// Resamples for the interval of a choice.
const RESAMPLES: usize = 400;

/// A step between two thresholds, in ten-thousandths: people set no finer ones.
const STEP: u16 = 100;

const STEPS: usize = 101;

/// Suggests thresholds.
///
/// Thresholds are tried in steps of 0.01. Of equally good ones the middle is taken, which is the furthest from doing
/// worse. The time grows with the number of pairs times the number of resamples, some hundreds.
///
/// # Example
/// ```
/// use tamis_model::Score;
/// use tamis_selftest::{Goals, Judged, suggest_threshold};
/// let pair = |score: u16, is_match| Judged { score: Score::from_ten_thousandths(score), is_match };
/// let pairs = [pair(9_500, true), pair(9_000, true), pair(7_000, false), pair(2_000, false)];
/// let goals = Goals { precision: None, recall: None, seed: 1 };
/// let suggestion = suggest_threshold(&pairs, Score::from_ten_thousandths(5_000), &goals);
/// let best = suggestion.best_f1.unwrap();
/// assert_eq!(best.at.threshold.to_string(), "0.8000");
/// assert_eq!((suggestion.current.f1, best.at.f1), (0.8, 1.0));
/// assert_eq!(suggestion.warnings.len(), 1, "four pairs are few");
/// ```
pub fn suggest_threshold(pairs: &[Judged], current: Score, goals: &Goals) -> Suggestion {
    let matches = pairs.iter().filter(|pair| pair.is_match).count();
    let both = matches > 0 && matches < pairs.len();
    let choose = |rule: Rule| both.then(|| choice(pairs, rule, goals.seed)).flatten();
    let min_precision = goals.precision.and_then(|least| choose(Rule::Precision(least)));
    let min_recall = goals.recall.and_then(|least| choose(Rule::Recall(least)));
    let mut warnings = warnings(matches, pairs.len() - matches);
    if both && goals.precision.is_some() && min_precision.is_none() {
        warnings.push("no threshold reaches the precision asked for".to_owned());
    }
    if both && goals.recall.is_some() && min_recall.is_none() {
        warnings.push("no threshold reaches the recall asked for".to_owned());
    }
    Suggestion {
        pairs: pairs.len(),
        matches,
        current: performance_at(pairs, current),
        best_f1: choose(Rule::F1),
        min_precision,
        min_recall,
        warnings,
    }
}

fn warnings(matches: usize, others: usize) -> Vec<String> {
    let mut warnings = Vec::new();
    match (matches, others) {
        (_, 0) => warnings.push(
            "every labelled pair is a match: nothing says which pairs must not alert, so no threshold is suggested"
                .to_owned(),
        ),
        (0, _) => warnings.push(
            "no labelled pair is a match: nothing says which pairs must alert, so no threshold is suggested".to_owned(),
        ),
        _ if matches < FEW || others < FEW => warnings.push(format!(
            "{matches} matches and {others} others are few: label at least {FEW} of each before you rely on this"
        )),
        _ => {}
    }
    warnings
}

/// By what a threshold is chosen.
#[derive(Clone, Copy, Debug)]
enum Rule {
    F1,
    Precision(f64),
    Recall(f64),
}

impl Rule {
    /// What is to be as large as possible; `None` where a threshold does not do at all.
    fn value(self, at: &Performance) -> Option<(f64, f64)> {
        match self {
            Rule::F1 => Some((at.f1, 0.0)),
            Rule::Precision(least) => {
                (at.precision >= least && at.true_alerts > 0).then_some((at.recall, at.precision))
            }
            Rule::Recall(least) => (at.recall >= least).then_some((at.precision, at.recall)),
        }
    }
}

/// Pairs by score, in steps; a pair alerts at the thresholds up to its step.
#[derive(Clone, Debug)]
struct Counts {
    matches: [usize; STEPS],
    others: [usize; STEPS],
}

impl Counts {
    fn of<'a>(pairs: impl Iterator<Item = &'a Judged>) -> Counts {
        let mut counts = Counts {
            matches: [0; STEPS],
            others: [0; STEPS],
        };
        for pair in pairs {
            let step = usize::from(pair.score.ten_thousandths() / STEP);
            let kind = if pair.is_match {
                &mut counts.matches
            } else {
                &mut counts.others
            };
            kind[step] += 1;
        }
        counts
    }

    /// How every threshold does, ascending.
    fn performances(&self) -> Vec<Performance> {
        (1..STEPS)
            .zip((STEP..=10_000).step_by(usize::from(STEP)))
            .map(|(step, threshold)| {
                let true_alerts = self.matches[step..].iter().sum();
                let false_alerts = self.others[step..].iter().sum();
                let missed = self.matches[..step].iter().sum();
                performance(
                    Score::from_ten_thousandths(threshold),
                    true_alerts,
                    false_alerts,
                    missed,
                )
            })
            .collect()
    }

    /// The threshold that the rule prefers, the middle one of equals.
    fn best(&self, rule: Rule) -> Option<Performance> {
        let all = self.performances();
        let values: Vec<Option<(f64, f64)>> = all.iter().map(|at| rule.value(at)).collect();
        let most = values
            .iter()
            .flatten()
            .copied()
            .reduce(|one, two| if two > one { two } else { one })?;
        let equals: Vec<&Performance> = all
            .iter()
            .zip(values)
            .filter(|(_, value)| *value == Some(most))
            .map(|(at, _)| at)
            .collect();
        equals.get(equals.len().saturating_sub(1) / 2).copied().copied()
    }
}

fn performance(threshold: Score, true_alerts: usize, false_alerts: usize, missed: usize) -> Performance {
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            0.0
        } else {
            part as f64 / whole as f64
        }
    };
    Performance {
        threshold,
        true_alerts,
        false_alerts,
        missed,
        precision: share(true_alerts, true_alerts + false_alerts),
        recall: share(true_alerts, true_alerts + missed),
        f1: share(2 * true_alerts, 2 * true_alerts + false_alerts + missed),
    }
}

fn performance_at<'a>(pairs: impl IntoIterator<Item = &'a Judged>, threshold: Score) -> Performance {
    let (mut true_alerts, mut false_alerts, mut missed) = (0, 0, 0);
    for pair in pairs {
        match (pair.is_match, pair.score >= threshold) {
            (true, true) => true_alerts += 1,
            (false, true) => false_alerts += 1,
            (true, false) => missed += 1,
            (false, false) => {}
        }
    }
    performance(threshold, true_alerts, false_alerts, missed)
}

/// The choice of a rule; how far it depends on these very pairs is seen by choosing from resamples (the bootstrap of
/// Efron 1979), each of as many pairs drawn with replacement, and held against the pairs that were not drawn.
fn choice(pairs: &[Judged], rule: Rule, seed: u64) -> Option<Choice> {
    let at = Counts::of(pairs.iter()).best(rule)?;
    let mut seeded = Seeded::new(seed);
    let mut thresholds = Vec::new();
    let (mut true_alerts, mut false_alerts, mut missed) = (0, 0, 0);
    for _ in 0..RESAMPLES {
        let mut drawn = vec![false; pairs.len()];
        let draw = |_| {
            let at = seeded.below(pairs.len());
            drawn[at] = true;
            &pairs[at]
        };
        let Some(chosen) = Counts::of((0..pairs.len()).map(draw)).best(rule) else {
            continue;
        };
        thresholds.push(chosen.threshold);
        let others = pairs
            .iter()
            .zip(&drawn)
            .filter(|(_, drawn)| !**drawn)
            .map(|(pair, _)| pair);
        let held_out = performance_at(others, chosen.threshold);
        true_alerts += held_out.true_alerts;
        false_alerts += held_out.false_alerts;
        missed += held_out.missed;
    }
    thresholds.sort_unstable();
    let quantile = |share: usize| {
        thresholds
            .get((thresholds.len().saturating_sub(1) * share).div_ceil(1_000))
            .copied()
            .unwrap_or(at.threshold)
    };
    Some(Choice {
        at,
        low: quantile(25),
        high: quantile(975),
        expected_f1: performance(at.threshold, true_alerts, false_alerts, missed).f1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(score: u16, is_match: bool) -> Judged {
        Judged {
            score: Score::from_ten_thousandths(score),
            is_match,
        }
    }

    /// Two hundred pairs whose scores overlap between 0.70 and 0.80.
    fn overlapping() -> Vec<Judged> {
        let matches = (0..100).map(|n| judged(7_000 + 30 * n, true));
        matches
            .chain((0..100).map(|n| judged(8_000 - 50 * n, false)))
            .collect()
    }

    fn suggest(pairs: &[Judged], precision: Option<f64>, recall: Option<f64>) -> Suggestion {
        let goals = Goals {
            precision,
            recall,
            seed: 7,
        };
        suggest_threshold(pairs, Score::from_ten_thousandths(8_000), &goals)
    }

    #[test]
    fn the_best_threshold_is_no_worse_than_any_other() {
        let pairs = overlapping();
        let best = suggest(&pairs, None, None).best_f1.unwrap();
        for step in 1..=100 {
            let other = performance_at(&pairs, Score::from_ten_thousandths(step * 100));
            assert!(best.at.f1 >= other.f1, "{other:?}");
        }
        assert!(
            best.low <= best.at.threshold && best.at.threshold <= best.high,
            "{best:?}"
        );
        assert!(best.low < best.high, "overlapping pairs leave a doubt");
        assert!(best.expected_f1 <= best.at.f1 + 0.02, "{best:?}");
    }

    #[test]
    fn goals_are_reached_or_told_to_be_out_of_reach() {
        let pairs = overlapping();
        let suggestion = suggest(&pairs, Some(0.99), Some(0.98));
        let (precise, complete) = (suggestion.min_precision.unwrap(), suggestion.min_recall.unwrap());
        assert!(precise.at.precision >= 0.99 && complete.at.recall >= 0.98);
        assert!(precise.at.threshold > complete.at.threshold);
        let wrong_way: Vec<Judged> = pairs
            .iter()
            .map(|pair| Judged {
                is_match: !pair.is_match,
                ..*pair
            })
            .collect();
        let none = suggest(&wrong_way, Some(0.99), None);
        assert_eq!(none.min_precision, None);
        assert_eq!(none.warnings, ["no threshold reaches the precision asked for"]);
    }

    #[test]
    fn the_same_seed_gives_the_same_answer() {
        assert_eq!(
            suggest(&overlapping(), Some(0.9), None),
            suggest(&overlapping(), Some(0.9), None)
        );
    }

    #[test]
    fn labels_of_one_sort_suggest_nothing() {
        for is_match in [true, false] {
            let suggestion = suggest(
                &[judged(9_000, is_match), judged(5_000, is_match)],
                Some(0.5),
                None,
            );
            assert_eq!((suggestion.best_f1, suggestion.min_precision), (None, None));
            assert!(suggestion.warnings[0].contains("no threshold is suggested"));
        }
        assert_eq!(suggest(&[], None, None).best_f1, None);
    }

    #[test]
    fn few_labels_are_warned_about() {
        let few: Vec<Judged> = (0..20).map(|n| judged(n * 500, n > 10)).collect();
        assert!(suggest(&few, None, None).warnings[0].contains("few"));
        assert_eq!(suggest(&overlapping(), None, None).warnings, Vec::<String>::new());
    }
}
