//! What a database must do to keep a log. Nothing of the chain is in here: a store keeps what it is given.

use crate::record::{Canonical, Text};
use crate::{Action, Error, Hash, Headed, Record};

/// A random number that makes the hash of a personal part tell nothing once the part is erased.
pub type Salt = [u8; 16];

/// Where salts come from.
pub type Salts<'a> = &'a mut dyn FnMut() -> Result<Salt, String>;

/// Where a log begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The last record; 0 where there is none.
    pub sequence: u64,
    /// Its time, in microseconds since 1970.
    pub time: i64,
    /// Its hash.
    pub sha256: Hash,
    /// The last record that was purged; 0 where none was.
    pub purged: u64,
    /// Its hash, to which the first record that is left is chained.
    pub purged_sha256: Hash,
}

/// A personal part in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartRef {
    /// The store's own number for it.
    pub id: i64,
    /// The salted hash.
    pub sha256: Hash,
}

/// A record, sealed: ready to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Sealed<'a> {
    pub(crate) canonical: Canonical<'a>,
    pub(crate) heading: &'a Headed,
    pub(crate) subject: Option<PartRef>,
    pub(crate) details: Option<PartRef>,
    pub(crate) sha256: Hash,
}

/// Which records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// From this sequence on.
    pub from: Option<u64>,
    /// Up to this one.
    pub to: Option<u64>,
    /// Of this action.
    pub action: Option<Action>,
    /// Of this customer.
    pub customer: Option<String>,
    /// Of this request.
    pub request: Option<String>,
    /// Of requests with this hash.
    pub request_sha256: Option<Hash>,
    /// Written at this moment, in microseconds since 1970, or later.
    pub since: Option<i64>,
    /// Written before this moment.
    pub before: Option<i64>,
}

/// Whose personal data is to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// All of a customer's.
    Customer(String),
    /// That of one record, and of every other that shares it.
    Record(u64),
}

/// A record that cannot be read as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Which.
    pub sequence: u64,
    /// What is wrong.
    pub why: String,
}

/// A database that keeps a log. All writing happens between [`Store::begin`] and [`Store::commit`], in a
/// transaction that no other writer can enter, so that the head that `begin` returns is the head to chain to.
pub trait Store {
    /// Enters the transaction that writes, waiting for other writers.
    ///
    /// # Errors
    /// The database cannot be written, or stays busy.
    fn begin(&mut self) -> Result<State, Error>;

    /// Keeps `state` and everything since [`Store::begin`], for good: it is on the disk when this returns.
    ///
    /// # Errors
    /// Nothing was kept.
    fn commit(&mut self, state: &State) -> Result<(), Error>;

    /// Forgets everything since [`Store::begin`].
    fn roll_back(&mut self);

    /// Where the log begins and ends.
    ///
    /// # Errors
    /// The database cannot be read.
    fn state(&self) -> Result<State, Error>;

    /// The part of a customer with this text; a new one is salted and kept.
    ///
    /// # Errors
    /// The database refuses, or there is no salt.
    fn part(&mut self, customer: Option<&str>, text: &str, salts: Salts<'_>) -> Result<PartRef, Error>;

    /// Keeps a record, and its heading and context unless they are kept already.
    ///
    /// # Errors
    /// The database refuses.
    fn put(&mut self, record: &Sealed<'_>) -> Result<(), Error>;

    /// The next records after `after` that `filter` asks for, by sequence, `most` of them at most; none are left
    /// where there are fewer. `Filter::since` and `before` are as good as the times in the records.
    ///
    /// # Errors
    /// The database cannot be read; a single record that cannot be is a [`Damage`] in its place.
    fn page(&self, filter: &Filter, after: u64, most: usize) -> Result<Vec<Result<Record, Damage>>, Error>;

    /// The last record that `filter` asks for.
    ///
    /// # Errors
    /// As [`Store::page`].
    fn last(&self, filter: &Filter) -> Result<Option<Result<Record, Damage>>, Error>;

    /// How many records `filter` asks for.
    ///
    /// # Errors
    /// The database cannot be read.
    fn count(&self, filter: &Filter) -> Result<u64, Error>;

    /// Erases personal parts and notes the record that says why; their hashes stay, and are returned.
    ///
    /// # Errors
    /// The database refuses.
    fn erase(&mut self, whose: &Whose, why: u64) -> Result<Vec<Hash>, Error>;

    /// Removes the records up to `through` and whatever no other record refers to.
    ///
    /// # Errors
    /// The database refuses.
    fn purge(&mut self, through: u64) -> Result<(), Error>;

    /// Every context, as it stands.
    ///
    /// # Errors
    /// The database cannot be read, or one of them.
    fn contexts(&self) -> Result<Vec<Text>, Error>;

    /// Everything until [`Store::end_reading`] is read as of now, whatever others write.
    ///
    /// # Errors
    /// The database cannot be read.
    fn begin_reading(&self) -> Result<(), Error>;

    /// Ends what [`Store::begin_reading`] began.
    fn end_reading(&self);

    /// What the database finds wrong with itself, such as an index that does not show every record.
    ///
    /// # Errors
    /// The database cannot be read.
    fn complaints(&self) -> Result<Vec<String>, Error>;
}
