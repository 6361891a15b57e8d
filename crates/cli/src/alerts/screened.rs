//! A screening as it was made: who was screened, against which lists, under which policy.

use crate::failure::Failure;
use crate::log::{Basis, screener_of, subject_of};
use std::path::Path;
use tamis::Screener;
use tamis::model::{Entity, Subject};
use tamis_log::{Log, Record};
use tamis_review::Print;

/// A screening of the log with what it rests on.
pub struct Screened {
    /// Its record.
    pub record: Record,
    /// Who was screened, with the id.
    pub subject: Subject,
    /// The lists and the policy of that day.
    pub screener: Screener,
}

impl Screened {
    /// The screening with this record, from the log at `path`.
    pub fn of(path: &Path, log: &Log, sequence: u64) -> Result<Screened, Failure> {
        let record = log.get(sequence)?;
        let basis = Basis::read(&record)?;
        let subject = Subject {
            id: record.customer.as_deref().map(str::to_owned),
            ..subject_of(&record)?
        };
        Ok(Screened {
            screener: screener_of(path, &basis)?,
            subject,
            record,
        })
    }

    /// An entry as it was then.
    pub fn entity(&self, id: &str) -> Result<&Entity, Failure> {
        self.screener.entity(id).ok_or_else(|| {
            Failure::at(
                format!("record {}", self.record.sequence),
                format!("'{id}' is not on its lists"),
            )
        })
    }

    /// What the customer and an entry said then, to be compared with the same of another screening.
    pub fn prints(&self, entity: &str, salt: &str) -> Result<(Print, Print), Failure> {
        let listed = Print::of_entry(self.entity(entity)?, salt);
        Ok((Print::of_customer(&self.subject, salt), listed))
    }

    /// What changed about the customer and the entry since an earlier screening, in words.
    pub fn changed_since(&self, earlier: &Screened, entity: &str) -> Result<String, Failure> {
        let (customer, listed) = self.prints(entity, "")?;
        let (old_customer, old_listed) = earlier.prints(entity, "")?;
        let said = |what: &str, fields: Vec<&str>| match fields.is_empty() {
            true => format!("the {what} says the same"),
            false => format!("the {what} changed: {}", fields.join(", ")),
        };
        Ok(format!(
            "{}; {}",
            said("customer", old_customer.changes(&customer)),
            said("entry", old_listed.changes(&listed))
        ))
    }
}
