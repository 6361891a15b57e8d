//! What a self-test shows.

use crate::Class;
use crate::class::Scope;
use crate::probes::{Plan, Probe, Sort, Target};
use crate::rate::Rate;
use crate::selftest::{Listed, Outcome};
use serde::Serialize;
use tamis_model::{Context, Entity, Score};

/// Alerts for names that are not listed, kept as examples of each sort.
const EXAMPLES: usize = 20;

/// Listed names, by whether they alert by themselves under the policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Names {
    /// Names that alert, of which the changed ones are drawn.
    pub drawn_from: usize,
    /// Names that do not: weak aliases, names that are not verified, parties no longer listed.
    pub left_out: usize,
}

impl Names {
    pub(crate) fn count(entities: &[Entity], listed: &[Listed]) -> Names {
        let all: usize = entities.iter().map(|entity| entity.names.len()).sum();
        let drawn_from = listed.iter().map(|listed| listed.names.len()).sum();
        Names {
            drawn_from,
            left_out: all - drawn_from,
        }
    }
}

/// One class of changed names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassReport {
    /// Its name.
    pub class: &'static str,
    /// Whose names it changes.
    pub scope: Scope,
    /// The behaviour that it imitates.
    pub about: &'static str,
    /// Names for which the right entry alerts at the policy's threshold.
    pub rate: Rate,
    /// Names for which it would alert, at each of the report's thresholds.
    pub found: Vec<usize>,
}

/// One sort of names that are not listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnlistedReport {
    /// The sort.
    pub sort: Sort,
    /// What the names are.
    pub about: &'static str,
    /// Names that alert at the policy's threshold.
    pub rate: Rate,
    /// Entries that alert, over all names.
    pub alerts: usize,
    /// Names that would alert, at each of the report's thresholds.
    pub alerting: Vec<usize>,
}

/// A changed name for which the right entry does not alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// How it was changed.
    pub class: &'static str,
    /// The changed name.
    pub name: String,
    /// The listed name that it was made of.
    pub listed: String,
    /// Whose it is.
    pub entity_id: String,
    /// What it scores; `None` below the report's lowest threshold.
    pub score: Option<Score>,
    /// Another entry that alerts instead, if any does.
    pub instead: Option<String>,
}

/// A name that is not listed, and alerts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// What sort of name.
    pub sort: Sort,
    /// The name.
    pub name: String,
    /// The entry for which it alerts.
    pub entity_id: String,
    /// The name of it that matched.
    pub matched_name: String,
    /// How well.
    pub score: Score,
}

/// A name that could not be screened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unscreened {
    /// The name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// How well a configuration works on a list, and at what alert load.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Names asked for, for each class.
    pub names_per_class: usize,
    /// Whether each name was screened with the kind of its bearer.
    pub with_kind: bool,
    /// The policy's threshold, at which `rate` is given everywhere.
    pub threshold: Score,
    /// The thresholds of the curves, ascending.
    pub thresholds: Vec<Score>,
    /// The listed names.
    pub names: Names,
    /// All classes together.
    pub effectiveness: Rate,
    /// All classes together, at each threshold.
    pub found: Vec<usize>,
    /// The classes for which the lists have names.
    pub classes: Vec<ClassReport>,
    /// The classes that apply to no name of these lists.
    pub not_applicable: Vec<&'static str>,
    /// The names that are not listed.
    pub unlisted: Vec<UnlistedReport>,
    /// Changed names that are missed, worst first.
    pub misses: Vec<Miss>,
    /// Names that are not listed and alert, highest score first; a few of each sort.
    pub alerts: Vec<Alert>,
    /// Names that could not be screened; none, in a sound run.
    pub unscreened: Vec<Unscreened>,
    /// Lists, policy, engine, day.
    pub context: Context,
}

/// What a report is made of.
pub(crate) struct Input<'a> {
    pub(crate) entities: &'a [Entity],
    pub(crate) probes: &'a [Probe],
    pub(crate) outcomes: &'a [Outcome],
    pub(crate) threshold: Score,
    pub(crate) plan: &'a Plan,
}

impl Report {
    pub(crate) fn new(input: &Input<'_>, names: Names, context: Context) -> Report {
        let thresholds = thresholds(input.plan.floor, input.threshold);
        let classes: Vec<ClassReport> = Class::all()
            .filter_map(|class| input.class(class, &thresholds))
            .collect();
        let part = classes.iter().map(|class| class.rate.part).sum();
        let whole = classes.iter().map(|class| class.rate.whole).sum();
        let sum = |at: usize| classes.iter().filter_map(|class| class.found.get(at)).sum();
        let applies = |id: &str| classes.iter().any(|class| class.class == id);
        Report {
            seed: input.plan.seed,
            names_per_class: input.plan.names,
            with_kind: input.plan.with_kind,
            threshold: input.threshold,
            names,
            effectiveness: Rate::new(part, whole),
            found: (0..thresholds.len()).map(sum).collect(),
            not_applicable: Class::all()
                .map(|class| class.id)
                .filter(|id| !applies(id))
                .collect(),
            unlisted: Sort::ALL
                .into_iter()
                .filter_map(|sort| input.sort(sort, &thresholds))
                .collect(),
            misses: input.misses(),
            alerts: Sort::ALL
                .into_iter()
                .flat_map(|sort| input.alerts(sort))
                .collect(),
            unscreened: input.unscreened(),
            classes,
            thresholds,
            context,
        }
    }

    /// The ordinary people and companies that are not listed and alert at the policy's threshold.
    pub fn efficiency(&self) -> Rate {
        let ordinary = || {
            self.unlisted
                .iter()
                .filter(|unlisted| unlisted.sort.is_ordinary())
        };
        Rate::new(
            ordinary().map(|unlisted| unlisted.rate.part).sum(),
            ordinary().map(|unlisted| unlisted.rate.whole).sum(),
        )
    }
}

/// From the floor up to 1: steps of 0.05, of 0.01 between 0.70 and 0.95, and the policy's threshold.
fn thresholds(floor: Score, threshold: Score) -> Vec<Score> {
    let fine = |n: &u16| (7_000..=9_500).contains(n) || n.is_multiple_of(500);
    let steps = (0..=100)
        .map(|n| n * 100)
        .filter(fine)
        .map(Score::from_ten_thousandths);
    let mut thresholds: Vec<Score> = steps.chain([threshold]).filter(|&step| step >= floor).collect();
    thresholds.sort_unstable();
    thresholds.dedup();
    thresholds
}

impl<'a> Input<'a> {
    fn all(&self) -> impl Iterator<Item = (&'a Probe, &'a Outcome)> + use<'a> {
        self.probes.iter().zip(self.outcomes)
    }

    fn class(&self, class: &'static Class, thresholds: &[Score]) -> Option<ClassReport> {
        let of = |probe: &Probe| matches!(probe.target, Target::Listed { class: c, .. } if c.id == class.id);
        let scores: Vec<Option<Score>> = self
            .all()
            .filter(|(probe, _)| of(probe))
            .map(|(_, outcome)| right(outcome))
            .collect();
        (!scores.is_empty()).then(|| ClassReport {
            class: class.id,
            scope: class.scope,
            about: class.about,
            rate: Rate::new(reaching(&scores, self.threshold), scores.len()),
            found: thresholds.iter().map(|&step| reaching(&scores, step)).collect(),
        })
    }

    fn sort(&self, sort: Sort, thresholds: &[Score]) -> Option<UnlistedReport> {
        let outcomes: Vec<&Outcome> = self
            .all()
            .filter(|(probe, _)| is(probe, sort))
            .map(|(_, outcome)| outcome)
            .collect();
        let scores: Vec<Option<Score>> = outcomes
            .iter()
            .map(|outcome| outcome.best.as_ref().map(|found| found.score))
            .collect();
        (!scores.is_empty()).then(|| UnlistedReport {
            sort,
            about: sort.about(),
            rate: Rate::new(reaching(&scores, self.threshold), scores.len()),
            alerts: outcomes.iter().map(|outcome| outcome.alerts).sum(),
            alerting: thresholds.iter().map(|&step| reaching(&scores, step)).collect(),
        })
    }

    fn misses(&self) -> Vec<Miss> {
        let mut misses: Vec<Miss> = self
            .all()
            .filter_map(|(probe, outcome)| self.miss(probe, outcome))
            .collect();
        misses.sort_by(|one, two| (one.score, one.class, &one.name).cmp(&(two.score, two.class, &two.name)));
        misses
    }

    fn miss(&self, probe: &Probe, outcome: &Outcome) -> Option<Miss> {
        let Target::Listed { class, entity, name } = probe.target else {
            return None;
        };
        let score = right(outcome);
        if score >= Some(self.threshold) {
            return None;
        }
        let entity = self.entities.get(entity)?;
        let instead = outcome
            .best
            .as_ref()
            .filter(|found| found.score >= self.threshold);
        Some(Miss {
            class: class.id,
            name: probe.text.clone(),
            listed: entity.names.get(name)?.text.clone(),
            entity_id: entity.id(),
            score,
            instead: instead.map(|found| found.entity_id.clone()),
        })
    }

    fn alerts(&self, sort: Sort) -> Vec<Alert> {
        let alert = |(probe, outcome): (&Probe, &Outcome)| {
            let found = outcome
                .best
                .as_ref()
                .filter(|found| found.score >= self.threshold)?;
            Some(Alert {
                sort,
                name: probe.text.clone(),
                entity_id: found.entity_id.clone(),
                matched_name: found.matched_name.clone(),
                score: found.score,
            })
        };
        let mut alerts: Vec<Alert> = self
            .all()
            .filter(|(probe, _)| is(probe, sort))
            .filter_map(alert)
            .collect();
        alerts.sort_by(|one, two| two.score.cmp(&one.score).then_with(|| one.name.cmp(&two.name)));
        alerts.truncate(EXAMPLES);
        alerts
    }

    fn unscreened(&self) -> Vec<Unscreened> {
        let one = |(probe, outcome): (&Probe, &Outcome)| {
            let why = outcome.unscreened.clone()?;
            Some(Unscreened {
                name: probe.text.clone(),
                why,
            })
        };
        self.all().filter_map(one).collect()
    }
}

fn is(probe: &Probe, sort: Sort) -> bool {
    matches!(probe.target, Target::Unlisted(own) if own == sort)
}

fn right(outcome: &Outcome) -> Option<Score> {
    outcome.right.as_ref().map(|found| found.score)
}

fn reaching(scores: &[Option<Score>], threshold: Score) -> usize {
    scores
        .iter()
        .filter(|score| score.is_some_and(|score| score >= threshold))
        .count()
}
