//! A subject and its related parties in, one decision out.

use crate::behind::{Behind, Parties};
use crate::found::Tied;
use crate::grounds;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tamis_model::{Decision, Finding, Measure, Status, Subject};
use tamis_ownership::{Error, Rule, rules};
use tamis_policy::Policy;
use tamis_screen::{Scratch, Screener, unfit};

/// Screens subjects together with the parties behind them.
///
/// # Example
/// ```
/// use tamis_model::{Action, Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition, RelatedParty, RelatedRole, Subject, ViaKind};
/// use tamis_policy::Policy;
/// use tamis_screen::{Scratch, Screener};
///
/// let mut entity = Entity::new("demo", "1", EntityKind::Person);
/// entity.names.push(Name::new("TIKHONOV, Andrei", NameRole::Primary));
/// entity.measures.push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
/// let list = List { meta: ListMeta::new("demo", "Demo", "demo", &[entity.clone()]), entities: vec![entity] };
/// let screener = Screener::new(vec![list], Policy::new(jiff::civil::date(2026, 11, 29)))?;
///
/// let mut company = Subject::named("Silverbrook Logistics Ltd");
/// company.related = vec![RelatedParty::read("Andrei Tikhonov [50.00 %]", RelatedRole::Owner)];
/// let assessor = tamis_related::Assessor::new()?;
/// let decision = assessor.decide(&screener, &company, &mut Scratch::default());
/// assert_eq!(decision.action(), Some(Action::Block));
/// assert_eq!(decision.alerts[0].via.as_ref().map(|via| via.kind), Some(ViaKind::Owned));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Assessor {
    rules: Vec<Rule>,
}

impl Assessor {
    /// With the rules of ownership that come with this version.
    ///
    /// # Errors
    /// A row of their table that is not understood; a test holds that there is none.
    pub fn new() -> Result<Assessor, Error> {
        Ok(Assessor { rules: rules()? })
    }

    /// The decision on `subject` and on the parties behind it.
    pub fn decide(&self, screener: &Screener, subject: &Subject, scratch: &mut Scratch) -> Decision {
        let direct = screener.screen_with(subject, scratch);
        self.with_related(screener.policy(), subject, direct, |party| {
            screener.screen_with(party, scratch)
        })
    }

    /// Adds to the decision on a subject what is found through the parties behind it; `screen` gives the decision on each. Nothing is
    /// taken away: findings come after those about the subject itself.
    ///
    /// A party that cannot be screened leaves a subject without alerts [`Status::Unscreened`]; a note says why.
    pub fn with_related(
        &self,
        policy: &Policy,
        subject: &Subject,
        direct: Decision,
        screen: impl FnMut(&Subject) -> Decision,
    ) -> Decision {
        if subject.related.is_empty() {
            return direct;
        }
        let mut parties = Parties::of(subject);
        let screened = screened(&parties, subject, screen);
        let listed = |key: &str| screened.get(key).map_or_else(Vec::new, measures);
        let rows = std::mem::take(&mut parties.rows);
        let (said, notes) = grounds::said(rows, &self.rules, policy, listed);
        let mut found = Vec::new();
        for (key, behind) in &parties.by_key {
            let own = screened.get(key).into_iter().flat_map(findings);
            let own: Vec<&Finding> = own.collect();
            for &class in &behind.classes {
                let tied = Tied {
                    policy,
                    subject,
                    key,
                    behind,
                    class,
                    said: &said,
                };
                found.extend(own.iter().map(|finding| tied.through(finding)));
            }
        }
        let unscreened = unscreened(&parties, &screened);
        let told = parties.notes.into_iter().chain(notes);
        joined(direct, found, told, unscreened)
    }
}

/// The decision on each party, for the same deal and type of customer.
fn screened(
    parties: &Parties,
    subject: &Subject,
    mut screen: impl FnMut(&Subject) -> Decision,
) -> BTreeMap<String, Decision> {
    let mut decide = |behind: &Behind| {
        screen(&Subject {
            activity: subject.activity,
            jurisdictions: subject.jurisdictions.clone(),
            customer_type: subject.customer_type.clone(),
            ..Subject::named(&behind.name)
        })
    };
    let all = parties.by_key.iter();
    all.map(|(key, behind)| (key.clone(), decide(behind))).collect()
}

fn measures(decision: &Decision) -> Vec<Measure> {
    let alerts = decision.alerts.iter();
    alerts
        .flat_map(|finding| finding.measures.iter().cloned())
        .collect()
}

fn findings(decision: &Decision) -> impl Iterator<Item = &Finding> {
    decision.alerts.iter().chain(&decision.information)
}

/// The answer for a subject none of whose alerts stands: it was not screened whole where a party behind it cannot be.
///
/// # Example
/// ```
/// use tamis_model::{Status, Subject};
/// assert_eq!(tamis_related::status_without_alerts(&Subject::named("Anton Ivanov")), Status::Clear);
/// ```
pub fn status_without_alerts(subject: &Subject) -> Status {
    match subject.related.iter().any(|party| unfit(&party.name).is_some()) {
        true => Status::Unscreened,
        false => Status::Clear,
    }
}

/// Why parties were not screened.
fn unscreened(parties: &Parties, screened: &BTreeMap<String, Decision>) -> Vec<String> {
    let failed = parties
        .by_key
        .iter()
        .filter_map(|(key, behind)| Some((behind, screened.get(key)?)))
        .filter(|(_, decision)| decision.status == Status::Unscreened);
    let why = |(behind, decision): (&Behind, &Decision)| {
        let why = unfit(&behind.name).unwrap_or_else(|| decision.notes.join("; "));
        format!("the related party '{}' was not screened: {why}", behind.name)
    };
    failed.map(why).collect()
}

fn joined(
    mut decision: Decision,
    mut found: Vec<Finding>,
    told: impl Iterator<Item = String>,
    unscreened: Vec<String>,
) -> Decision {
    found.sort_by(|one, two| order(one).cmp(&order(two)));
    let (alerts, information): (Vec<_>, Vec<_>) = found.into_iter().partition(|f| f.action.alerts());
    decision.alerts.extend(alerts);
    decision.information.extend(information);
    decision.status = match decision.status {
        _ if !decision.alerts.is_empty() => Status::Hit,
        Status::Clear if !unscreened.is_empty() => Status::Unscreened,
        status => status,
    };
    decision.notes.extend(told.chain(unscreened));
    decision
}

/// The strictest first, then the best match, then by name.
fn order(finding: &Finding) -> impl Ord + '_ {
    let via = finding.via.as_ref();
    (
        Reverse(finding.action),
        Reverse(via.map(|via| via.kind)),
        Reverse((finding.hit.score, finding.hit.name_score)),
        &finding.hit.entity_id,
        via.map(|via| &via.party),
    )
}
