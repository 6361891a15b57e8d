//! A subject and its related parties in, one decision out.

use crate::behind::{Behind, Parties, TieClass, named_only};
use crate::customer::{Doubt, Matched};
use crate::doubt::{Gathered, add_grounds};
use crate::found::Tied;
use crate::grounds::{self, Said};
use crate::listed::in_deal_of;
use crate::own::Own;
use crate::raised::counts;
use crate::spellings::{Spelled, among, close_entries, joined_ids, one_party};
use crate::stakes::Stakes;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tamis_model::{Decision, Finding, Measure, Status, Subject};
use tamis_ownership::{Error, Graph, Row, Rule, rules};
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
    stakes: Option<Arc<Stakes>>,
    unused_rows: u64,
}

/// The stakes with the screener that says who of their parties is listed.
type Beyond<'a> = Option<(&'a Stakes, &'a Screener)>;

impl Assessor {
    /// With the rules of ownership that come with this version.
    ///
    /// # Errors
    /// A row of their table that is not understood; a test holds that there is none.
    pub fn new() -> Result<Assessor, Error> {
        Ok(Assessor {
            rules: rules()?,
            stakes: None,
            unused_rows: 0,
        })
    }

    /// With a graph of stakes, in which a subject is looked up by its id and by its names: what stands behind it
    /// there, over any number of steps, counts beside what the record says. Names of the graph are keys by
    /// [`normal_form`](tamis_screen::normal_form); where people wrote the rows, unlike names of one id are parted by
    /// [`words`](crate::words()), so that an id beside a wrong name makes nobody one with its owner. What a name only may be gives a review at most; which names are similar enough for that
    /// is decided by the threshold of the first screener with which a decision is made.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{Action, Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition, Subject};
    /// use tamis_ownership::{Builder, Named, Row, Share};
    /// use tamis_screen::{Scratch, Screener, normal_form};
    ///
    /// let mut entity = Entity::new("demo", "1", EntityKind::Person);
    /// entity.names.push(Name::new("TIKHONOV, Andrei", NameRole::Primary));
    /// entity.measures.push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
    /// let list = List { meta: ListMeta::new("demo", "Demo", "demo", &[entity.clone()]), entities: vec![entity] };
    /// let screener = Screener::new(vec![list], tamis_policy::Policy::new(jiff::civil::date(2026, 11, 29)))?;
    ///
    /// let key = |name: &str| normal_form(name, None);
    /// let mut builder = Builder::new(&key).part_unlike(&tamis_related::words);
    /// let half = Share::parse("50")?;
    /// builder.add(Row::stake(Named::new("Andrei Tikhonov"), Named::new("Nordwind GmbH"), half));
    /// builder.add(Row::stake(Named::new("Nordwind GmbH"), Named::with_id("Silverbrook Ltd", "C-17"), half));
    /// let assessor = tamis_related::Assessor::new()?.with_stakes(builder.finish().0);
    ///
    /// let customer = Subject { id: Some("C-17".into()), ..Subject::named("Silverbrook Ltd") };
    /// let decision = assessor.decide(&screener, &customer, &mut Scratch::default());
    /// assert_eq!(decision.action(), Some(Action::Block), "owned by one who is owned");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_stakes(mut self, graph: Graph) -> Assessor {
        self.stakes = Some(Arc::new(Stakes::new(graph)));
        self
    }

    /// With so many rows of the stakes that could not be used. What they say is not known, nor of whom: no subject is clear, and one
    /// without alerts is [`Status::Unscreened`].
    #[must_use]
    pub fn with_unused_rows(mut self, rows: u64) -> Assessor {
        self.unused_rows = rows;
        self
    }

    /// Whether a decision depends on this id of a subject: the stakes know it.
    pub fn knows(&self, id: &str) -> bool {
        let stakes = self.stakes.as_ref();
        stakes.is_some_and(|stakes| stakes.graph().by_id(id).is_some())
    }

    /// The decision on `subject` and on the parties behind it.
    pub fn decide(&self, screener: &Screener, subject: &Subject, scratch: &mut Scratch) -> Decision {
        let direct = screener.screen_with(subject, scratch);
        let beyond = self.stakes.as_deref().map(|stakes| (stakes, screener));
        let decision = self.through(screener.policy(), subject, direct, beyond, &mut |party| {
            screener.screen_with(party, scratch)
        });
        match self.unused_rows {
            0 => decision,
            rows => without_rows(decision, rows),
        }
    }

    /// Adds to the decision on a subject what is found through the parties that its record names; `screen` gives the decision on each.
    /// Stakes play no part. Nothing is taken away: findings come after those about the subject itself.
    ///
    /// A party that cannot be screened leaves a subject without alerts [`Status::Unscreened`]; a note says why.
    pub fn with_related(
        &self,
        policy: &Policy,
        subject: &Subject,
        direct: Decision,
        mut screen: impl FnMut(&Subject) -> Decision,
    ) -> Decision {
        self.through(policy, subject, direct, None, &mut screen)
    }

    fn through(
        &self,
        policy: &Policy,
        subject: &Subject,
        direct: Decision,
        beyond: Beyond<'_>,
        screen: &mut dyn FnMut(&Subject) -> Decision,
    ) -> Decision {
        let mut all = Gathered::default();
        let names = beyond.and_then(|(stakes, screener)| all.or_unscreened(stakes.names(screener)));
        let matched = beyond.map_or_else(Matched::default, |(stakes, _)| {
            stakes.matched(subject, names.as_ref())
        });
        all.notes.extend(matched.notes.iter().cloned());
        let own = beyond.map(|(stakes, screener)| Own {
            stakes,
            screener,
            subject,
            direct: &direct,
            named: &matched.named,
        });
        let own = own.map_or_else(Gathered::default, |own| own.found(&matched.asked, screen));
        if subject.related.is_empty() && matched.is_empty() {
            all.take_unknown(own);
            return joined(direct, all);
        }
        let readings = matched.readings();
        for reading in &readings {
            let behind = match beyond {
                Some((stakes, _)) => {
                    let names = names.as_ref().filter(|_| reading.doubt.is_some());
                    if reading.is_apart && !stakes.graph().has_same_ids() {
                        continue;
                    }
                    stakes.behind(subject, reading, policy.as_of, names)
                }
                None if reading.is_apart => continue,
                None => Parties::of(subject, &named_only),
            };
            let adds_nothing = match reading.doubt {
                Some(Doubt::InTheWay) => !behind.is_doubtful,
                _ => reading.is_apart && !behind.has_same_ids,
            };
            if adds_nothing {
                continue;
            }
            let found = self.one(policy, subject, behind, beyond, screen, reading.doubt.is_none());
            match reading.doubt {
                None if reading.is_apart => all.take_besides(found),
                None => all.take(found),
                Some(doubt) => all.take_doubtful(found, doubt),
            }
        }
        all.take_unknown(own);
        joined(direct, all)
    }

    /// What is found through the parties behind a subject that is one party; `sure` says whether it, and all in the way, is what it is
    /// taken for.
    fn one(
        &self,
        policy: &Policy,
        subject: &Subject,
        mut parties: Parties,
        beyond: Beyond<'_>,
        screen: &mut dyn FnMut(&Subject) -> Decision,
        sure: bool,
    ) -> Gathered {
        let screened = screened(&parties, subject, beyond, screen);
        let mut all = Gathered {
            unscreened: unscreened(&parties, &screened),
            ..Gathered::default()
        };
        if screened
            .values()
            .any(|decision| findings(decision).next().is_some())
        {
            let listed = |key: &str| {
                screened
                    .get(key)
                    .map_or_else(Vec::new, |own| measures(policy, subject, own))
            };
            let rows = std::mem::take(&mut parties.rows);
            let spelled = one_party(&spelled(&parties, &screened, beyond));
            let ids: BTreeSet<&str> = rows.iter().flat_map(ids_of).collect();
            let one = joined_ids(spelled, &parties.one);
            let one = among(one, |id| ids.contains(id.as_str()));
            let (mut said, notes) = grounds::said(rows, &self.rules, policy, listed, &one);
            if !sure {
                said = said.into_iter().map(grounds::doubted).collect();
            }
            all.found = found(policy, subject, &parties, &screened, (&said, &one));
            parties.notes.extend(notes);
        }
        all.notes = parties.notes;
        all
    }
}

/// The ids of the parties of a row.
fn ids_of(row: &Row) -> impl Iterator<Item = &str> {
    [&row.owner, &row.owned]
        .into_iter()
        .filter_map(|party| party.id.as_deref())
}

/// The parties as they are written, for those that may be one.
fn spelled(
    parties: &Parties,
    screened: &BTreeMap<String, Decision>,
    beyond: Beyond<'_>,
) -> Vec<Spelled<String>> {
    let ids = |behind: &Behind| {
        let known = behind
            .parties
            .iter()
            .filter_map(|&party| Some(beyond?.0.graph().party(party)));
        known.filter_map(|party| party.id.clone()).collect()
    };
    let all = parties.by_key.iter();
    let spelled = all.filter_map(|(key, behind)| {
        Some(Spelled {
            key: key.clone(),
            ids: ids(behind),
            entries: close_entries(screened.get(key)?),
        })
    });
    spelled.collect()
}

/// The finding about the subject that each finding about a party gives, for each way in which they are tied. Spellings of one party
/// give one.
fn found(
    policy: &Policy,
    subject: &Subject,
    parties: &Parties,
    screened: &BTreeMap<String, Decision>,
    (said, one): (&[Said], &BTreeMap<String, String>),
) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut met: BTreeMap<(&str, TieClass, &str), usize> = BTreeMap::new();
    for (key, behind) in &parties.by_key {
        let own: Vec<&Finding> = screened.get(key).into_iter().flat_map(findings).collect();
        let counted = one.get(key).unwrap_or(key);
        for class in classes([key, counted], behind, said) {
            let tied = Tied {
                policy,
                subject,
                key,
                counted,
                behind,
                class,
                said,
            };
            for own in &own {
                let Some(through) = tied.through(own) else {
                    continue;
                };
                let at = *met
                    .entry((counted, class, &own.hit.entity_id))
                    .or_insert(found.len());
                match found.get_mut(at) {
                    Some(known) => add_grounds(known, through),
                    None => found.push(through),
                }
            }
        }
    }
    found
}

/// How a party is tied to the subject: itself, and as the rules see it over any number of steps.
fn classes(keys: [&String; 2], behind: &Behind, said: &[Said]) -> BTreeSet<TieClass> {
    let goes_back = |said: &&Said| said.owners.iter().any(|(owner, _)| keys.contains(&owner));
    let by_rule = said.iter().filter(goes_back).map(|said| said.class);
    by_rule.chain(behind.classes.iter().copied()).collect()
}

/// The decision on each party, for the same deal and type of customer.
fn screened(
    parties: &Parties,
    subject: &Subject,
    beyond: Beyond<'_>,
    screen: &mut dyn FnMut(&Subject) -> Decision,
) -> BTreeMap<String, Decision> {
    let mut decide = |behind: &Behind| {
        let mut decision = behind
            .is_named
            .then(|| screen(&in_deal_of(subject, [behind.name.as_str()].into_iter())));
        for (&party, (stakes, screener)) in behind.parties.iter().filter_map(|party| Some((party, beyond?))) {
            if let Some(more) = stakes.decision(screener, party, subject, screen) {
                decision = Some(decision.map_or_else(|| (*more).clone(), |own| of_both(own, &more)));
            }
        }
        decision
    };
    let all = parties.by_key.iter();
    all.filter_map(|(key, behind)| Some((key.clone(), decide(behind)?)))
        .collect()
}

/// What is found of one party under its name and as a party of the stakes; an entry that both find is told once.
fn of_both(mut own: Decision, more: &Decision) -> Decision {
    let entities = |findings: &[Finding]| -> BTreeSet<String> {
        findings
            .iter()
            .map(|finding| finding.hit.entity_id.clone())
            .collect()
    };
    let alerts = entities(&own.alerts);
    let new = more
        .alerts
        .iter()
        .filter(|finding| !alerts.contains(&finding.hit.entity_id));
    own.alerts.extend(new.cloned());
    let alerts = entities(&own.alerts);
    own.information
        .retain(|finding| !alerts.contains(&finding.hit.entity_id));
    let told = entities(&own.information);
    let new = more
        .information
        .iter()
        .filter(|finding| !alerts.contains(&finding.hit.entity_id) && !told.contains(&finding.hit.entity_id));
    own.information.extend(new.cloned());
    if more.status == Status::Unscreened {
        own.status = Status::Unscreened;
        own.notes.extend(more.notes.iter().cloned());
    }
    own
}

/// The measures that count for a subject that is related to the party.
fn measures(policy: &Policy, subject: &Subject, decision: &Decision) -> Vec<Measure> {
    let counting = findings(decision).filter(|finding| counts(policy, finding, subject));
    counting
        .flat_map(|finding| finding.measures.iter().cloned())
        .collect()
}

fn findings(decision: &Decision) -> impl Iterator<Item = &Finding> {
    decision.alerts.iter().chain(&decision.information)
}

/// How the note on a party that was not screened goes on behind its name.
const NOT_SCREENED: &str = " was not screened: ";

/// How the note on rows that were not used begins behind their number.
const NOT_USED: &str = " of the stakes could not be used: what stands there is not known";

/// The answer for a subject none of whose alerts stands: it was not screened whole where it or a party behind it cannot be, or where
/// rows of the stakes were not used. `told` are the notes of the decision, which say so of what stands in no record.
///
/// # Example
/// ```
/// use tamis_model::{Status, Subject};
/// assert_eq!(tamis_related::status_without_alerts(&Subject::named("Anton Ivanov"), &[]), Status::Clear);
/// assert_eq!(tamis_related::status_without_alerts(&Subject::named("***"), &[]), Status::Unscreened);
/// ```
pub fn status_without_alerts(subject: &Subject, told: &[String]) -> Status {
    let own = subject.names.iter().map(|name| &name.text);
    let mut all = own.chain(subject.related.iter().map(|party| &party.name));
    let mut told = told.iter();
    let gaps = told.any(|note| note.contains(NOT_SCREENED) || note.contains(NOT_USED));
    match subject.names.is_empty() || gaps || all.any(|name| unfit(name).is_some()) {
        true => Status::Unscreened,
        false => Status::Clear,
    }
}

/// A decision that rests on stakes of which rows are missing.
fn without_rows(mut decision: Decision, rows: u64) -> Decision {
    let count = if rows == 1 {
        "1 row".to_owned()
    } else {
        format!("{rows} rows")
    };
    decision.notes.push(format!("{count}{NOT_USED}"));
    if decision.status == Status::Clear {
        decision.status = Status::Unscreened;
    }
    decision
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
        format!("the related party '{}'{NOT_SCREENED}{why}", behind.name)
    };
    failed.map(why).collect()
}

fn joined(mut decision: Decision, mut all: Gathered) -> Decision {
    all.found.sort_by(|one, two| order(one).cmp(&order(two)));
    let (alerts, information): (Vec<_>, Vec<_>) = all.found.into_iter().partition(|f| f.action.alerts());
    decision.alerts.extend(alerts);
    decision.information.extend(information);
    decision.status = match decision.status {
        _ if !decision.alerts.is_empty() => Status::Hit,
        Status::Clear if !all.unscreened.is_empty() => Status::Unscreened,
        status => status,
    };
    all.notes.extend(all.unscreened);
    noted(decision, all.notes)
}

fn noted(mut decision: Decision, notes: Vec<String>) -> Decision {
    decision.notes.extend(notes);
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
