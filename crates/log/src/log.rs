//! The log: appends in one transaction, reads by filter, purges and erases.

use crate::clock::{corrections, time_of};
use crate::record::{Canonical, Text};
use crate::retention::due;
use crate::store::{Filter, PartRef, Salt, Sealed, State, Store, Whose};
use crate::{Action, Entry, Error, Hash, Head, Headed, Heading, Record, SqliteStore};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Records read at a time.
const PAGE: usize = 512;

/// The clock and the random numbers that a log needs.
pub struct Surroundings {
    /// This moment. Asked once for each append, within the transaction.
    pub clock: Box<dyn FnMut() -> Timestamp + Send>,
    /// Sixteen bytes that nobody can guess.
    pub salt: Box<dyn FnMut() -> Result<Salt, String> + Send>,
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Surroundings")
    }
}

/// A decision log in a store.
///
/// # Example
/// ```
/// use tamis_log::{Action, Entry, Filter, Headed, Heading, Log, SqliteStore, Surroundings};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("log.db");
/// let surroundings = Surroundings {
///     clock: Box::new(|| "2026-11-29T12:00:00Z".parse().unwrap()),
///     salt: Box::new(|| Ok([7; 16])), // of a generator that nobody can guess, in earnest
/// };
/// let mut log = Log::new(SqliteStore::create(&path)?, surroundings);
/// let heading = Headed::new(Heading::new(Action::AlertDecided, "anna"))?;
/// let entry = Entry::new(heading, &serde_json::json!({"alert": 1, "decision": "false positive"}))?;
/// let head = log.append(&[entry])?;
/// assert_eq!(head.sequence, 1);
/// assert_eq!(log.read(&Filter::default())?.count(), 1);
/// assert!(log.verify(&[])?.faults.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Log<S = SqliteStore> {
    store: S,
    surroundings: Surroundings,
}

/// The body of a record of [`Action::Purge`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purged {
    /// The last record that was purged.
    pub through: u64,
    /// Its hash, to which the first record that is left is chained.
    pub sha256: Hash,
    /// How many records were purged.
    pub count: u64,
    /// For how many years they were kept at least.
    pub years: i16,
    /// Why.
    pub reason: String,
}

/// The body of a record of [`Action::Erasure`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// The one record that was asked for, if not a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// The hashes of the parts that were erased.
    pub parts: Vec<Hash>,
    /// Why.
    pub reason: String,
}

impl<S: Store> Log<S> {
    /// The log that `store` keeps.
    pub fn new(store: S, surroundings: Surroundings) -> Log<S> {
        Log { store, surroundings }
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// This moment, by the clock that the log was given.
    pub fn now(&mut self) -> Timestamp {
        (self.surroundings.clock)()
    }

    /// Appends `entries` in one transaction: all of them are on the disk when this returns, or none is. Writers of
    /// other processes wait; the time of the records is taken within the transaction.
    ///
    /// # Errors
    /// The store refuses, or the clock stands more than [`TOLERANCE`](crate::TOLERANCE) before the last record.
    pub fn append(&mut self, entries: &[Entry]) -> Result<Head, Error> {
        self.append_with(|_| Ok(entries.to_vec()))
    }

    /// As [`Log::append`], of what `make` makes of the log as it is within the transaction, so that what it rests on
    /// cannot change before it is written: that an alert is still open, that nobody else has decided.
    ///
    /// # Errors
    /// As [`Log::append`], and what `make` returns; nothing is written then.
    pub fn append_with<E: From<Error>>(
        &mut self,
        make: impl FnOnce(&S) -> Result<Vec<Entry>, E>,
    ) -> Result<Head, E> {
        self.write(|writing| {
            let entries = make(writing.store)?;
            entries
                .iter()
                .try_for_each(|entry| writing.put(entry))
                .map_err(E::from)
        })?;
        Ok(self.head()?)
    }

    fn write<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Writing<'_, S>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_at(time_of, work)
    }

    /// One transaction, whose records have the time that `time` makes of the clock and of the log.
    pub(crate) fn write_at<T, E: From<Error>>(
        &mut self,
        time: impl FnOnce(Timestamp, &State) -> Result<Timestamp, Error>,
        work: impl FnOnce(&mut Writing<'_, S>) -> Result<T, E>,
    ) -> Result<T, E> {
        let state = self.store.begin()?;
        let time = time((self.surroundings.clock)(), &state).map_err(E::from);
        let done = time.map(|time| Writing::begin(&mut self.store, &mut self.surroundings, state, time));
        let done = done.and_then(|mut writing| work(&mut writing).map(|made| (made, writing.state)));
        match done {
            Ok((made, state)) => self.store.commit(&state).map(|()| made).map_err(E::from),
            Err(error) => {
                self.store.roll_back();
                Err(error)
            }
        }
    }

    /// The last record, to be exported and kept elsewhere.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn head(&self) -> Result<Head, Error> {
        head_of(&self.store.state()?)
    }

    /// The records that `filter` asks for, in order.
    ///
    /// # Errors
    /// The store cannot be read; so may each record.
    pub fn read(&self, filter: &Filter) -> Result<Records<'_, S>, Error> {
        Records::of(&self.store, filter)
    }

    /// The record with this sequence.
    ///
    /// # Errors
    /// [`Error::NoRecord`] says which there are.
    pub fn get(&self, sequence: u64) -> Result<Record, Error> {
        let filter = Filter {
            from: Some(sequence),
            to: Some(sequence),
            ..Filter::default()
        };
        let state = self.store.state()?;
        let none = Error::NoRecord {
            sequence,
            first: state.purged + 1,
            last: state.sequence,
        };
        self.read(&filter)?.next().unwrap_or(Err(none))
    }

    /// The last record that `filter` asks for.
    ///
    /// # Errors
    /// As [`Log::read`].
    pub fn last(&self, filter: &Filter) -> Result<Option<Record>, Error> {
        let found = self.store.last(&bounded(&self.store, filter)?)?;
        found.transpose().map_err(|damage| Error::Damaged {
            sequence: damage.sequence,
            why: damage.why,
        })
    }

    /// How many records `filter` asks for.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn count(&self, filter: &Filter) -> Result<u64, Error> {
        self.store.count(&bounded(&self.store, filter)?)
    }

    /// What the records rest on: their contexts, each once, each the text whose hash it states.
    ///
    /// # Errors
    /// The store cannot be read; [`Error::Context`] where one is not what was written.
    pub fn contexts(&self) -> Result<Vec<Text>, Error> {
        let contexts = self.store.contexts()?;
        let changed = |text: &&Text| Hash::of(&[text.text.as_bytes()]) != text.sha256;
        match contexts.iter().find(changed) {
            Some(text) => Err(Error::Context(text.sha256)),
            None => Ok(contexts),
        }
    }

    /// Removes records that were kept for `years`: all of them, or those up to `through`. What is left stays
    /// chained to what was purged, and a record says so. `None` where no record is old enough.
    ///
    /// # Errors
    /// [`Error::TooEarly`] says from when on `through` may go; [`Error::Retention`] refuses fewer years than the law's,
    /// [`Error::NoReason`] a reason without a word.
    pub fn purge(
        &mut self,
        through: Option<u64>,
        years: i16,
        actor: &str,
        reason: &str,
    ) -> Result<Option<Purged>, Error> {
        due(Timestamp::UNIX_EPOCH, years)?;
        says_why(reason)?;
        self.write(|writing| writing.purge(through, years, actor, reason))
    }

    /// Erases personal data: subjects and details go, with the salts that tie them to the chain; ids, answers and hashes
    /// stay, and a record says so.
    ///
    /// # Errors
    /// [`Error::NothingToErase`] where there is none; [`Error::NoReason`] without a word of why.
    pub fn erase(&mut self, whose: &Whose, actor: &str, reason: &str) -> Result<Erased, Error> {
        says_why(reason)?;
        self.write(|writing| writing.erase(whose, actor, reason))
    }
}

/// What is removed for good is removed for a reason.
pub(crate) fn says_why(reason: &str) -> Result<(), Error> {
    match reason.chars().any(char::is_alphanumeric) {
        true => Ok(()),
        false => Err(Error::NoReason),
    }
}

pub(crate) fn head_of(state: &State) -> Result<Head, Error> {
    let time = Timestamp::from_microsecond(state.time);
    let damaged = |e: jiff::Error| Error::Damaged {
        sequence: state.sequence,
        why: format!("its time is none: {e}"),
    };
    Ok(Head {
        sequence: state.sequence,
        sha256: state.sha256,
        time: time.map_err(damaged)?,
        count: state.sequence.saturating_sub(state.purged),
    })
}

/// A transaction that writes.
pub(crate) struct Writing<'a, S> {
    store: &'a mut S,
    surroundings: &'a mut Surroundings,
    state: State,
    /// The time of all records of this transaction.
    time: Timestamp,
    buffer: String,
}

impl<'a, S: Store> Writing<'a, S> {
    fn begin(store: &'a mut S, surroundings: &'a mut Surroundings, state: State, time: Timestamp) -> Self {
        Writing {
            store,
            surroundings,
            state,
            time,
            buffer: String::new(),
        }
    }

    /// The time of the last record.
    pub(crate) fn last(&self) -> Result<Timestamp, Error> {
        Ok(head_of(&self.state)?.time)
    }

    pub(crate) fn put(&mut self, entry: &Entry) -> Result<(), Error> {
        let customer = entry.customer.as_deref();
        let subject = self.part(customer, entry.subject.as_deref())?;
        let details = self.part(customer, entry.details.as_deref())?;
        let canonical = Canonical {
            sequence: self.state.sequence + 1,
            time: self.time.as_microsecond(),
            heading: entry.heading.text.sha256,
            customer,
            subject: subject.map(|part| part.sha256),
            details: details.map(|part| part.sha256),
            body: &entry.body,
        };
        let sha256 = canonical.chained(self.state.sha256, &mut self.buffer);
        self.store.put(&Sealed {
            canonical,
            heading: &entry.heading,
            subject,
            details,
            sha256,
        })?;
        self.state = State {
            sequence: canonical.sequence,
            time: canonical.time,
            sha256,
            ..self.state
        };
        Ok(())
    }

    fn part(&mut self, customer: Option<&str>, text: Option<&str>) -> Result<Option<PartRef>, Error> {
        text.map(|text| self.store.part(customer, text, &mut *self.surroundings.salt))
            .transpose()
    }

    fn purge(
        &mut self,
        through: Option<u64>,
        years: i16,
        actor: &str,
        reason: &str,
    ) -> Result<Option<Purged>, Error> {
        let last = match through {
            Some(through) => Some(self.may_go(through, years)?),
            None => self.last_due(years)?,
        };
        let Some(last) = last else { return Ok(None) };
        let purged = Purged {
            through: last.sequence,
            sha256: last.sha256,
            count: last.sequence.saturating_sub(self.state.purged),
            years,
            reason: reason.to_owned(),
        };
        let heading = Headed::new(Heading::new(Action::Purge, actor))?;
        self.put(&Entry::new(heading, &purged)?)?;
        self.store.purge(last.sequence)?;
        self.state = State {
            purged: last.sequence,
            purged_sha256: last.sha256,
            ..self.state
        };
        Ok(Some(purged))
    }

    /// The record up to which all may go. Where the clock was corrected times go back, and each record is asked for its own.
    fn may_go(&self, sequence: u64, years: i16) -> Result<Record, Error> {
        if !corrections(&*self.store)?.is_empty() {
            let up_to = Filter {
                to: Some(sequence),
                ..Filter::default()
            };
            for record in Records::of(&*self.store, &up_to)? {
                self.is_due(&record?, years)?;
            }
        }
        let record = self.record(sequence)?;
        self.is_due(&record, years).map(|()| record)
    }

    fn is_due(&self, record: &Record, years: i16) -> Result<(), Error> {
        let (time, allowed) = (record.timestamp()?, due(record.timestamp()?, years)?);
        match allowed <= self.time {
            true => Ok(()),
            false => Err(Error::TooEarly {
                sequence: record.sequence,
                time,
                years,
                allowed,
            }),
        }
    }

    /// The last record that is old enough, with all before it. The longer the range the less of it is due, so halving finds it.
    fn last_due(&self, years: i16) -> Result<Option<Record>, Error> {
        let (mut least, mut most) = (self.state.purged, self.state.sequence);
        while least < most {
            let middle = least + (most - least).div_ceil(2);
            match self.may_go(middle, years) {
                Ok(_) => least = middle,
                Err(Error::TooEarly { .. }) => most = middle - 1,
                Err(error) => return Err(error),
            }
        }
        (least > self.state.purged)
            .then(|| self.record(least))
            .transpose()
    }

    fn record(&self, sequence: u64) -> Result<Record, Error> {
        let State {
            purged,
            sequence: last,
            ..
        } = self.state;
        let none = Error::NoRecord {
            sequence,
            first: purged + 1,
            last,
        };
        let filter = Filter {
            from: Some(sequence),
            to: Some(sequence),
            ..Filter::default()
        };
        Records::of(&*self.store, &filter)?.next().unwrap_or(Err(none))
    }

    fn erase(&mut self, whose: &Whose, actor: &str, reason: &str) -> Result<Erased, Error> {
        let (what, record) = match whose {
            Whose::Customer(customer) => (format!("customer '{customer}'"), None),
            Whose::Record(sequence) => (format!("record {sequence}"), Some(*sequence)),
        };
        let mut parts = self.store.erase(whose, self.state.sequence + 1)?;
        if parts.is_empty() {
            return Err(Error::NothingToErase { what });
        }
        parts.sort_unstable();
        let erased = Erased {
            record,
            parts,
            reason: reason.to_owned(),
        };
        let heading = Headed::new(Heading::new(Action::Erasure, actor))?;
        let customer = match whose {
            Whose::Customer(customer) => Some(Arc::from(customer.as_str())),
            Whose::Record(_) => None,
        };
        self.put(&Entry {
            customer,
            ..Entry::new(heading, &erased)?
        })?;
        Ok(erased)
    }
}

/// Records in order, read a page at a time.
#[derive(Debug)]
pub struct Records<'a, S> {
    store: &'a S,
    filter: Filter,
    after: u64,
    page: std::vec::IntoIter<Result<Record, Error>>,
    more: bool,
}

impl<'a, S: Store> Records<'a, S> {
    /// The records of `store` that `filter` asks for; for use within [`Log::append_with`].
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn of(store: &'a S, filter: &Filter) -> Result<Records<'a, S>, Error> {
        let filter = bounded(store, filter)?;
        Ok(Records {
            store,
            filter,
            after: 0,
            page: Vec::new().into_iter(),
            more: true,
        })
    }

    fn turn(&mut self) -> Result<(), Error> {
        let page = self.store.page(&self.filter, self.after, PAGE)?;
        self.more = page.len() == PAGE;
        let read = page.into_iter().map(|record| {
            record.map_err(|damage| Error::Damaged {
                sequence: damage.sequence,
                why: damage.why,
            })
        });
        self.page = read.collect::<Vec<_>>().into_iter();
        Ok(())
    }
}

impl<S: Store> Iterator for Records<'_, S> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Result<Record, Error>> {
        if self.page.len() == 0
            && self.more
            && let Err(error) = self.turn()
        {
            self.more = false;
            return Some(Err(error));
        }
        let record = self.page.next()?;
        self.after = match &record {
            Ok(record) => record.sequence,
            Err(Error::Damaged { sequence, .. }) => *sequence,
            Err(_) => self.after,
        };
        Some(record)
    }
}

/// Moments as sequences: times never go back, so that halving the range finds where a time begins. Where the clock was
/// corrected they do, and the store looks at each record's own.
fn bounded<S: Store>(store: &S, filter: &Filter) -> Result<Filter, Error> {
    let mut filter = filter.clone();
    let asks_for_time = filter.since.is_some() || filter.before.is_some();
    if asks_for_time && !corrections(store)?.is_empty() {
        return Ok(filter);
    }
    if let Some(since) = filter.since.take() {
        let first = first_at(store, since)?;
        filter.from = Some(filter.from.map_or(first, |from| from.max(first)));
    }
    if let Some(before) = filter.before.take() {
        let last = first_at(store, before)?.saturating_sub(1);
        filter.to = Some(filter.to.map_or(last, |to| to.min(last)));
    }
    Ok(filter)
}

/// The first record written at `time` or later; one past the last where there is none.
fn first_at<S: Store>(store: &S, time: i64) -> Result<u64, Error> {
    let state = store.state()?;
    let (mut least, mut most) = (state.purged + 1, state.sequence + 1);
    while least < most {
        let middle = least + (most - least) / 2;
        let found = store.page(
            &Filter {
                from: Some(middle),
                ..Filter::default()
            },
            0,
            1,
        )?;
        match found.first() {
            Some(Ok(record)) if record.time < time => least = middle + 1,
            Some(Err(damage)) => {
                return Err(Error::Damaged {
                    sequence: damage.sequence,
                    why: damage.why.clone(),
                });
            }
            _ => most = middle,
        }
    }
    Ok(least)
}
