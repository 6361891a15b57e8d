use crate::Policy;
use crate::scope;
use serde::{Deserialize, Serialize};
use tamis_model::{Action, Activity, Measure, Prohibition, Subject, ViaKind};

/// What is to be done about some measures. What is left empty means all.
///
/// A rule that names activities speaks of these, whether or not a measure reaches them. One that names none speaks of
/// what the measure itself reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Regimes: `us`, `eu`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<String>,
    /// Codes of measures; `*` stands for any text: `us.icts.*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// What the measure prohibits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prohibits: Vec<Prohibition>,
    /// What is to be done with the party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Types of customers, in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customer_types: Vec<String>,
    /// How the customer is related to the listed party. `None`: the rule is about customers who are listed themselves, and
    /// about related ones where no rule of their own applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<ViaKind>,
    /// What is to be done; for measures that freeze nothing never more than [`Action::Review`].
    pub action: Action,
    /// Why, for whoever reads the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Rule {
    fn applies(
        &self,
        measure: &Measure,
        subject: &Subject,
        activity: Option<Activity>,
        via: Option<ViaKind>,
    ) -> bool {
        let regime = measure.regime();
        self.via == via
            && (self.regimes.is_empty() || self.regimes.iter().any(|own| own == regime))
            && scope::among(&self.measures, &measure.code)
            && (self.prohibits.is_empty() || self.prohibits.contains(&measure.prohibits))
            && scope::is_customer(&self.customer_types, subject)
            && match self.activities.as_slice() {
                [] => measure.reaches(activity),
                named => activity.is_some_and(|activity| named.contains(&activity)),
            }
    }

    pub(crate) fn takes_in(&self, other: &Rule) -> bool {
        self.via == other.via
            && scope::takes_in(&self.regimes, &other.regimes)
            && scope::takes_in(&self.measures, &other.measures)
            && scope::takes_in(&self.prohibits, &other.prohibits)
            && scope::takes_in(&self.customer_types, &other.customer_types)
            // Without activities a rule speaks of those that are reached, so it takes in no rule that names some.
            && (self.activities.is_empty() == other.activities.is_empty())
            && scope::takes_in(&self.activities, &other.activities)
    }
}

/// What a policy says about one measure, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What is to be done.
    pub action: Action,
    /// Why: the code of the measure, and what rule or fact decides. Never empty.
    pub why: String,
}

impl Policy {
    /// What is to be done about a measure that is in force and counts, in a deal with `subject`.
    ///
    /// The first rule that applies says it. Without one a measure that does not reach the activity informs, and any
    /// other asks for the strictest that it can. Where the activity is not stated, the strictest of all activities holds.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{Action, Activity, Measure, Prohibition, Subject};
    /// use tamis_policy::Policy;
    ///
    /// let policy = Policy::new(jiff::civil::date(2026, 11, 23));
    /// let listed = Measure::new("us.bis.entity-list", "BIS", Prohibition::ExportLicence);
    /// let buying = Subject { activity: Some(Activity::Procurement), ..Subject::named("x") };
    /// assert_eq!(policy.verdict(&listed, &buying).action, Action::Inform);
    /// assert_eq!(policy.verdict(&listed, &Subject::named("x")).action, Action::Review);
    /// ```
    pub fn verdict(&self, measure: &Measure, subject: &Subject) -> Verdict {
        self.strictest(measure, subject, None)
    }

    /// What is to be done about a measure against a party behind `subject`.
    ///
    /// The first rule about this kind of relation says it. Without one it is the strictest of what is asked for the party itself and
    /// of the rules about weaker relations; for a subject that may be owned, of those about owned ones, too. Only ownership
    /// can block; anything else asks for a review at most.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{Action, Measure, Prohibition, Subject, ViaKind};
    /// use tamis_policy::Policy;
    ///
    /// let policy = Policy::new(jiff::civil::date(2026, 11, 23));
    /// let freeze = Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze);
    /// let company = Subject::named("x");
    /// assert_eq!(policy.verdict_via(&freeze, &company, ViaKind::Owned).action, Action::Block);
    /// assert_eq!(policy.verdict_via(&freeze, &company, ViaKind::RelatedControl).action, Action::Review);
    /// ```
    pub fn verdict_via(&self, measure: &Measure, subject: &Subject, kind: ViaKind) -> Verdict {
        let verdict = self.strictest(measure, subject, Some(kind));
        match kind {
            ViaKind::Owned => verdict,
            _ => Verdict {
                action: verdict.action.min(Action::Review),
                ..verdict
            },
        }
    }

    fn strictest(&self, measure: &Measure, subject: &Subject, via: Option<ViaKind>) -> Verdict {
        if subject.activity.is_some() {
            return self.verdict_on(measure, subject, subject.activity, via);
        }
        let unstated = self.verdict_on(measure, subject, None, via);
        let each = Activity::ALL.map(|activity| self.verdict_on(measure, subject, Some(activity), via));
        let stricter = each
            .into_iter()
            .filter(|verdict| verdict.action > unstated.action);
        // The first of the strictest, so that the answer does not depend on how a maximum breaks ties.
        stricter.fold(None, stricter_of).unwrap_or(unstated)
    }

    fn verdict_on(
        &self,
        measure: &Measure,
        subject: &Subject,
        activity: Option<Activity>,
        via: Option<ViaKind>,
    ) -> Verdict {
        let most = measure.prohibits.strictest_action();
        let ruled = |via: Option<ViaKind>| {
            let mut rules = self.rules.iter().enumerate();
            let (at, rule) = rules.find(|(_, rule)| rule.applies(measure, subject, activity, via))?;
            Some(Verdict::on(measure, rule.action.min(most), &because(at, rule)))
        };
        if let Some(verdict) = via.and_then(|kind| ruled(Some(kind))) {
            return verdict;
        }
        let own = ruled(None).unwrap_or_else(|| unruled(measure, activity));
        let near = via
            .into_iter()
            .flat_map(bearing_on)
            .filter_map(|kind| ruled(Some(kind)));
        near.fold(Some(own), stricter_of)
            .unwrap_or_else(|| unruled(measure, activity))
    }
}

impl Verdict {
    fn on(measure: &Measure, action: Action, why: &str) -> Verdict {
        Verdict {
            action,
            why: format!("{}: {why}", measure.code),
        }
    }
}

/// The answer where no rule says one.
fn unruled(measure: &Measure, activity: Option<Activity>) -> Verdict {
    match activity {
        Some(activity) if !measure.reaches(Some(activity)) => {
            let why = format!("does not reach the activity {}", activity.as_str());
            Verdict::on(measure, Action::Inform, &why)
        }
        _ => Verdict::on(
            measure,
            measure.prohibits.strictest_action(),
            measure.prohibits.meaning(),
        ),
    }
}

/// The other relations whose rules bear on one that has no rule: a stricter relation is never less than a weaker one, and what may be
/// owned is treated as owned as far as it can be.
fn bearing_on(kind: ViaKind) -> impl Iterator<Item = ViaKind> {
    let may_be_owned = (kind == ViaKind::PossiblyOwned).then_some(ViaKind::Owned);
    let weaker = ViaKind::ALL.into_iter().filter(move |other| *other < kind);
    weaker.chain(may_be_owned)
}

fn stricter_of(best: Option<Verdict>, next: Verdict) -> Option<Verdict> {
    match best {
        Some(best) if best.action >= next.action => Some(best),
        _ => Some(next),
    }
}

fn because(at: usize, rule: &Rule) -> String {
    let said = rule.why.as_deref().unwrap_or("without a reason");
    format!("{said} (policy, rule {})", at + 1)
}
