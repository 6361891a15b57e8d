use crate::Error;
use crate::probes::{self, Plan, Probe, Target};
use crate::report::{self, Report};
use tamis_model::{Context, Entity, Hit, Score, Status, Subject};
use tamis_policy::Policy;
use tamis_screen::{Scratch, Screener};

/// An entry with the names that alert by themselves.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) entity: usize,
    pub(crate) names: Vec<usize>,
}

/// An alert, as far as a report needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The entry.
    pub entity_id: String,
    /// Its name that matched.
    pub matched_name: String,
    /// How well.
    pub score: Score,
}

/// What screening a probe gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The alert for the entry that the name was made of; `None` where it does not score even the lowest threshold.
    pub right: Option<Found>,
    /// The best alert for any entry, the same or another.
    pub best: Option<Found>,
    /// Entries that alert at the policy's threshold.
    pub alerts: usize,
    /// Why the name was not screened, if it was not.
    pub unscreened: Option<String>,
}

/// A test of a screener: what to screen, and what to make of the answers.
#[derive(Debug)]
pub struct Selftest {
    screener: Screener,
    /// Every entry, in the order of the lists.
    entities: Vec<Entity>,
    /// What the screener is used with; the test itself screens at a lower threshold.
    policy: Policy,
    context: Context,
    plan: Plan,
    probes: Vec<Probe>,
    names: report::Names,
}

impl Selftest {
    /// Draws the names to test `screener` with, as it is used.
    ///
    /// # Errors
    /// When no listed name alerts under its policy.
    pub fn new(screener: Screener, plan: Plan) -> Result<Selftest, Error> {
        let (policy, context) = (screener.policy().clone(), screener.context().clone());
        let entities: Vec<Entity> = screener
            .entities()
            .map(|entity| entity.cloned())
            .collect::<Result<_, _>>()?;
        let listed = listed(&entities, &policy);
        if listed.is_empty() {
            return Err(Error::NothingAlerts);
        }
        let probes = probes::probes(&entities, &listed, &plan)?;
        let names = report::Names::count(&entities, &listed);
        let threshold = plan.floor.min(policy.lowest_threshold(&Subject::default()));
        // One threshold for all while it is screened; each match is counted at the policy's own.
        let screener = screener.under(Policy {
            threshold,
            thresholds: Vec::new(),
            ..policy.clone()
        });
        Ok(Selftest {
            screener,
            entities,
            policy,
            context,
            plan,
            probes,
            names,
        })
    }

    /// The names to screen, each with [`Selftest::screen`], in this order.
    pub fn probes(&self) -> &[Probe] {
        &self.probes
    }

    /// Every entry, in the order of the lists; probes of listed names say which by its place here.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The lists in use, with what was noticed when they were read.
    pub fn screener(&self) -> &Screener {
        &self.screener
    }

    /// Screens one of the [`Selftest::probes`], by the same steps as any other name.
    pub fn screen(&self, probe: &Probe, scratch: &mut Scratch) -> Outcome {
        let mut subject = Subject::named(probe.text.as_str());
        subject.kind = self.plan.with_kind.then_some(probe.kind);
        let decision = self.screener.screen_with(&subject, scratch);
        if decision.status == Status::Unscreened {
            let unscreened = Some(decision.notes.join("; "));
            return Outcome {
                unscreened,
                ..Outcome::default()
            };
        }
        let right = match probe.target {
            Target::Listed { entity, .. } => self.entities.get(entity).map(Entity::id),
            Target::Unlisted(_) => None,
        };
        let hits = || decision.alerts.iter().map(|finding| &finding.hit);
        Outcome {
            right: hits()
                .find(|hit| Some(&hit.entity_id) == right.as_ref())
                .map(found),
            best: hits().next().map(found),
            alerts: hits().filter(|hit| self.alerts(hit, &subject)).count(),
            unscreened: None,
        }
    }

    fn alerts(&self, hit: &Hit, subject: &Subject) -> bool {
        let entity = self.screener.entity(&hit.entity_id);
        entity.is_none_or(|entity| hit.score >= self.policy.threshold_for(subject, entity))
    }

    /// What the outcomes show. `outcomes` belong to [`Selftest::probes`], in the same order.
    pub fn report(&self, outcomes: &[Outcome]) -> Report {
        let input = report::Input {
            entities: &self.entities,
            probes: &self.probes,
            outcomes,
            threshold: self.policy.threshold,
            plan: &self.plan,
        };
        Report::new(&input, self.names, self.context.clone())
    }
}

fn found(hit: &Hit) -> Found {
    Found {
        entity_id: hit.entity_id.clone(),
        matched_name: hit.matched_name.clone(),
        score: hit.score,
    }
}

/// The entries with the names that alert by themselves under the policy: a weak alias, a name that is not verified, a
/// measure that has ended cannot be found, and are not to be.
fn listed(entities: &[Entity], policy: &Policy) -> Vec<Listed> {
    let names = |entity: &Entity| {
        (0..entity.names.len())
            .filter(|&at| alerts(entity, at, policy))
            .collect()
    };
    let all = entities.iter().enumerate().map(|(at, entity)| Listed {
        entity: at,
        names: names(entity),
    });
    all.filter(|listed| !listed.names.is_empty()).collect()
}

fn alerts(entity: &Entity, at: usize, policy: &Policy) -> bool {
    let Some(name) = entity.names.get(at) else {
        return false;
    };
    let hit = Hit {
        entity_id: String::new(),
        entity_name: String::new(),
        query_name: 0,
        matched_name: name.text.clone(),
        matched_role: name.role,
        score: Score::ONE,
        name_score: Score::ONE,
        evidence: Vec::new(),
    };
    policy.decide(&Subject::default(), [(hit, entity)]).status == Status::Hit
}
