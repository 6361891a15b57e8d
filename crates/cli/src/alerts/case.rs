//! Alerts with what became of them: the fold over the events of a log.

use super::id::AlertId;
use super::{event, frozen};
use crate::failure::Failure;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use tamis::model::Finding;
use tamis_log::{Action, Answer, Details, Filter, Found, Record, Records, SqliteStore};
use tamis_review::{Alert, Docket, Duty, PairKey, duties, earliest_day};

/// One alert.
pub struct Case {
    /// Its name.
    pub id: AlertId,
    /// The customer's id, where the record had one.
    pub customer: Option<Arc<str>>,
    /// What was found, as the chain keeps it.
    pub found: Found,
    /// The name of the entry; `None` where the personal part was erased.
    pub name: Option<String>,
    /// The party behind the customer that was found, where it was not the customer itself; `None` also where that was erased.
    pub party: Option<String>,
    /// What is owed if it is true, counted from the day of the screening.
    pub duties: Vec<Duty>,
    /// What became of it.
    pub alert: Alert,
    /// Another alert of the same customer and entry that two people confirmed as a true match.
    pub confirmed_beside: Option<AlertId>,
}

/// All alerts of a log.
pub struct Cases {
    /// The alerts, by record and, within it, best first.
    pub all: Vec<Case>,
    /// Records of alert work that do not fit, each with the reason; they count for nothing.
    pub faults: Vec<String>,
}

impl Case {
    /// The alerts of a screening, as nobody has looked at them.
    fn of(record: &Record) -> Result<Vec<Case>, Failure> {
        let answer: Answer = record.body()?;
        if answer.alerts.is_empty() {
            return Ok(Vec::new());
        }
        let findings = findings(record);
        let opened = record.timestamp()?;
        let day = earliest_day(opened);
        let ids = AlertId::all(record.sequence, &answer);
        let case = |(id, found): (AlertId, Found)| -> Result<Case, Failure> {
            let finding = id.finding(&findings);
            let regimes = frozen::of(&found, finding)?;
            Ok(Case {
                id,
                customer: record.customer.clone(),
                name: finding.map(|one| one.hit.entity_name.clone()),
                party: finding
                    .and_then(|one| one.via.as_ref())
                    .map(|via| via.party.clone()),
                duties: duties(day, &regimes)?,
                found,
                alert: Alert::new(opened),
                confirmed_beside: None,
            })
        };
        ids.into_iter().zip(answer.alerts).map(case).collect()
    }

    /// One alert with what became of it.
    pub fn one(store: &SqliteStore, id: &AlertId) -> Result<Case, Failure> {
        Case::among(store, id).map(|(case, _)| case)
    }

    /// As [`Case::one`], with the alerts on which somebody worked.
    pub fn among(store: &SqliteStore, id: &AlertId) -> Result<(Case, Docket<AlertId>), Failure> {
        let filter = Filter {
            from: Some(id.record),
            to: Some(id.record),
            ..Filter::default()
        };
        let none = || Failure::new(format!("there is no alert {id}"));
        let record = Records::of(store, &filter)?.next().ok_or_else(none)??;
        let cases = Case::of(&record)?;
        let mut docket = Docket::default();
        cases.iter().for_each(|case| case.open(&mut docket));
        let ids: Vec<AlertId> = cases.iter().map(|case| case.id.clone()).collect();
        for record in event::records(store)? {
            // What does not fit counts for nothing; `tamis alerts list` tells it.
            let _ = event::take(&mut docket, &record, |named| named.of(&ids).cloned())?;
        }
        let found = cases.into_iter().find(|case| case.id == *id);
        let mut case = found.ok_or_else(none)?;
        case.heed(&docket);
        Ok((case, docket))
    }

    fn open(&self, docket: &mut Docket<AlertId>) {
        let key = PairKey::new(self.customer.as_deref(), self.id.entity.clone()).ok();
        docket.open(self.id.clone(), key, self.alert.opened);
    }

    /// Takes over what became of it.
    fn heed(&mut self, docket: &Docket<AlertId>) {
        if let Some(alert) = docket.get(&self.id) {
            self.alert.clone_from(alert);
        }
        self.confirmed_beside = docket.confirmed_beside(&self.id).cloned();
    }

    /// The last day for a report, where the law counts days.
    pub fn due(&self) -> Option<Date> {
        self.duties.iter().filter_map(|duty| duty.due).min()
    }

    /// Whether it is still open on `today` though a report would have been due before.
    pub fn overdue(&self, today: Date) -> bool {
        !self.alert.disposition.is_closed() && self.due().is_some_and(|due| due < today)
    }

    /// The list that the entry is on.
    pub fn list(&self) -> &str {
        crate::rows::list_of(&self.id.entity)
    }
}

/// The alerts of a screening in full; none where they were erased.
pub fn findings(record: &Record) -> Vec<Finding> {
    let text = record.details.as_ref().and_then(|part| part.text());
    let details = text.and_then(|text| serde_json::from_str::<Details>(text).ok());
    details.map(|details| details.decision.alerts).unwrap_or_default()
}

impl Cases {
    /// The alerts of a log.
    pub fn read(store: &SqliteStore) -> Result<Cases, Failure> {
        let filter = Filter {
            action: Some(Action::Screening),
            ..Filter::default()
        };
        let mut all = Vec::new();
        for record in Records::of(store, &filter)? {
            all.extend(Case::of(&record?)?);
        }
        let mut cases = Cases {
            all,
            faults: Vec::new(),
        };
        cases.replay(store)?;
        Ok(cases)
    }

    fn replay(&mut self, store: &SqliteStore) -> Result<(), Failure> {
        let mut by_record: HashMap<u64, Vec<AlertId>> = HashMap::new();
        let mut docket = Docket::default();
        for case in &self.all {
            by_record.entry(case.id.record).or_default().push(case.id.clone());
            case.open(&mut docket);
        }
        for record in event::records(store)? {
            let named = |id: &AlertId| id.of(by_record.get(&id.record)?).cloned();
            let (id, taken) = event::take(&mut docket, &record, named)?;
            // Where the screening was purged the first steps may be gone, too.
            if let (Err(why), true) = (taken, by_record.contains_key(&id.record)) {
                self.faults
                    .push(format!("record {} on alert {id}: {why}", record.sequence));
            }
        }
        self.all.iter_mut().for_each(|case| case.heed(&docket));
        Ok(())
    }

    /// Earlier alerts of the same customer and entry: on the customer itself, or on the same party behind it, as far as that is
    /// known.
    pub fn earlier<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = &'a Case> {
        let party = |other: &Case| match (&case.party, &other.party) {
            (Some(one), Some(two)) => one == two,
            _ => case.id.relation.is_some() == other.id.relation.is_some(),
        };
        let same = move |other: &&Case| {
            other.id.record < case.id.record
                && other.id.entity == case.id.entity
                && case.customer.is_some()
                && other.customer == case.customer
                && party(other)
        };
        self.all.iter().filter(same)
    }

    /// Tells what does not fit.
    pub fn warn(&self) {
        for fault in &self.faults {
            eprintln!("warning: {fault}; it counts for nothing");
        }
    }
}
