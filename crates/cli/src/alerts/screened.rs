//! A screening as it was made: who was screened, against which lists, under which policy.

use crate::failure::Failure;
use crate::log::{Basis, snapshots, subject_of};
use std::path::Path;
use tamis::model::{Context, Entity, ListMeta, Subject};
use tamis::screen::Archive;
use tamis::{Policy, Screener, engine};
use tamis_log::{Log, Record};
use tamis_review::Print;

/// A screening of the log with what it rests on.
pub struct Screened {
    /// Its record.
    pub record: Record,
    /// Who was screened, with the id.
    pub subject: Subject,
    /// Lists, policy hash, engine and day of the decision.
    pub context: Context,
    /// The policy of that day; `None` where this build reads it otherwise.
    pub policy: Option<Policy>,
    lists: Lists,
}

/// The lists of that day, as far as this build reads what another one may have compiled.
enum Lists {
    Searched(Box<Screener>),
    /// As they stand in the file; they cannot be searched.
    Read(Archive),
    /// Why they cannot even be read.
    Closed(String),
}

impl Lists {
    fn of(path: &Path, basis: &Basis, policy: Option<Policy>) -> Result<Lists, Failure> {
        // A file that is not there, or not the one that was kept, is no matter of versions.
        let bytes = snapshots::read(path, basis.snapshot)?;
        let searched = policy.and_then(|policy| Screener::from_bytes(bytes, policy).ok());
        Ok(match searched {
            Some(screener) => Lists::Searched(Box::new(screener)),
            None => match Archive::open(&snapshots::path(path, basis.snapshot)) {
                Ok(archive) => Lists::Read(archive),
                Err(why) => Lists::Closed(why.to_string()),
            },
        })
    }
}

impl Screened {
    /// The screening with this record, from the log at `path`.
    pub fn of(path: &Path, log: &Log, sequence: u64) -> Result<Screened, Failure> {
        let record = log.get(sequence)?;
        let basis = Basis::read(&record)?;
        let policy = basis.policy().ok();
        let subject = Subject {
            id: record.customer.as_deref().map(str::to_owned),
            ..subject_of(&record)?
        };
        Ok(Screened {
            lists: Lists::of(path, &basis, policy.clone())?,
            subject,
            record,
            policy,
            context: basis.context,
        })
    }

    /// An entry as it was then.
    pub fn entity(&self, id: &str) -> Result<&Entity, Failure> {
        let found = match &self.lists {
            Lists::Searched(screener) => screener.entity(id),
            Lists::Read(archive) => {
                let mut entities = archive.lists.iter().flat_map(|list| &list.entities);
                entities.find(|entity| entity.id() == id)
            }
            Lists::Closed(_) => return Err(self.closed()),
        };
        found.ok_or_else(|| Failure::at(self.place(), format!("'{id}' is not on its lists")))
    }

    /// The lists of that day, without their entries.
    pub fn metas(&self) -> Vec<&ListMeta> {
        match &self.lists {
            Lists::Searched(screener) => screener.lists().iter().collect(),
            Lists::Read(archive) => archive.lists.iter().map(|list| &list.meta).collect(),
            Lists::Closed(_) => Vec::new(),
        }
    }

    /// What is to be known where another build made the decision.
    pub fn note(&self) -> Option<String> {
        let (then, now) = (&self.context.engine, engine());
        match &self.lists {
            Lists::Searched(_) => None,
            Lists::Read(_) => Some(format!(
                "decided by {then}, shown by {now}: evidence and entry are those of that day, normal forms those of this build"
            )),
            Lists::Closed(_) => Some(format!(
                "decided by {then}, shown by {now}, which cannot read the lists of that day: evidence and measures are those on \
                 record, and the entry in full is left out"
            )),
        }
    }

    fn closed(&self) -> Failure {
        let Lists::Closed(why) = &self.lists else {
            return Failure::internal("lists that are open are closed");
        };
        Failure::at(self.place(), format!("this build cannot read its lists: {why}")).help(format!(
            "screen the customer again with --log and go on with the alert of the new record, or use {}",
            self.context.engine
        ))
    }

    fn place(&self) -> String {
        format!("record {}", self.record.sequence)
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
