//! The log in a SQLite database.

use crate::record::Text;
use crate::store::{Damage, Filter, PartRef, Salts, Sealed, State, Store, Whose};
use crate::{Error, Hash, Heading, Part, Record, begin, tables};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, params};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// A log in a file of SQLite.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    file: String,
    /// The numbers of headings that this transaction knows.
    headings: HashMap<Hash, i64>,
    /// Whether this transaction removes something that must not stay behind in the write-ahead log.
    wipe: bool,
}

impl SqliteStore {
    /// Opens the log at `path`, or begins one there.
    ///
    /// # Errors
    /// The file cannot be written, is no database, or is none of ours.
    pub fn create(path: &Path) -> Result<SqliteStore, Error> {
        SqliteStore::connect(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )
    }

    /// Opens the log at `path`.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none; otherwise as [`SqliteStore::create`].
    pub fn open(path: &Path) -> Result<SqliteStore, Error> {
        if !path.exists() {
            return Err(Error::Missing {
                file: path.display().to_string(),
            });
        }
        SqliteStore::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<SqliteStore, Error> {
        let file = path.display().to_string();
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| refused(&file, &e))?;
        begin::prepare(&connection, &file).map_err(|e| refused(&file, &e))??;
        Ok(SqliteStore {
            connection,
            file,
            headings: HashMap::new(),
            wipe: false,
        })
    }

    /// A new record must never come to rest on it.
    fn changed_part(&self) -> Error {
        let why =
            "a personal part is not what was written; `tamis log verify` tells what happened to the log";
        Error::Database {
            file: self.file.clone(),
            why: why.to_owned(),
        }
    }

    fn refused(&self, error: &rusqlite::Error) -> Error {
        refused(&self.file, error)
    }

    fn heading(&mut self, record: &Sealed<'_>) -> rusqlite::Result<i64> {
        let (text, context) = (&record.heading.text, &record.heading.context);
        if let Some(&known) = self.headings.get(&text.sha256) {
            return Ok(known);
        }
        if let Some(context) = context {
            self.interned("contexts", context)?;
        }
        let id = self.interned("headings", text)?;
        self.headings.insert(text.sha256, id);
        Ok(id)
    }

    fn interned(&self, table: &str, text: &Text) -> rusqlite::Result<i64> {
        let known = format!("SELECT id FROM {table} WHERE sha256 = ?1");
        let known = self
            .connection
            .prepare_cached(&known)?
            .query_row([text.sha256], |row| row.get(0))
            .optional()?;
        let new = format!("INSERT INTO {table} (sha256, text) VALUES (?1, ?2)");
        known.map_or_else(
            || {
                self.connection
                    .prepare_cached(&new)?
                    .insert(params![text.sha256, &*text.text])
            },
            Ok,
        )
    }

    fn customer(&self, customer: &str) -> rusqlite::Result<i64> {
        let known = self
            .connection
            .prepare_cached("SELECT id FROM customers WHERE customer = ?1")?
            .query_row([customer], |row| row.get(0))
            .optional()?;
        let new = "INSERT INTO customers (customer) VALUES (?1)";
        known.map_or_else(|| self.connection.prepare_cached(new)?.insert([customer]), Ok)
    }

    fn insert(&mut self, record: &Sealed<'_>) -> rusqlite::Result<()> {
        let heading = self.heading(record)?;
        let canonical = &record.canonical;
        let customer = canonical
            .customer
            .map(|customer| self.customer(customer))
            .transpose()?;
        let id = |part: Option<PartRef>| part.map(|part| part.id);
        let sql = "INSERT INTO records (sequence, time, heading, customer, subject, details, body, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.connection.prepare_cached(sql)?.execute(params![
            number(canonical.sequence),
            canonical.time,
            heading,
            customer,
            id(record.subject),
            id(record.details),
            canonical.body,
            record.sha256
        ])?;
        Ok(())
    }

    /// The part with this key and whether it really has this text.
    fn known_part(&self, key: Hash, text: &str) -> rusqlite::Result<Option<(PartRef, bool)>> {
        let mut known = self
            .connection
            .prepare_cached("SELECT id, sha256, text FROM parts WHERE key = ?1")?;
        let part = |row: &Row<'_>| {
            let same = row.get_ref(2)?.as_str().is_ok_and(|kept| kept == text);
            Ok((
                PartRef {
                    id: row.get(0)?,
                    sha256: row.get(1)?,
                },
                same,
            ))
        };
        known.query_row([key], part).optional()
    }

    /// The first rows after `after`, or the last of all, in this `order`.
    fn rows(
        &self,
        filter: &Filter,
        after: u64,
        order: &str,
        most: usize,
    ) -> rusqlite::Result<Vec<Result<Record, Damage>>> {
        let (conditions, values) = conditions(filter, after);
        let sql = format!("{SELECT} WHERE {conditions} ORDER BY r.sequence {order} LIMIT {most}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        let (mut headings, mut records) = (HashMap::new(), Vec::new());
        while let Some(row) = rows.next()? {
            records.push(self.record(row, &mut headings)?);
        }
        Ok(records)
    }

    /// A row as a record. Whoever changed the file may have put anything into it, so that every cell is doubted.
    fn record(&self, row: &Row<'_>, headings: &mut Headings) -> rusqlite::Result<Result<Record, Damage>> {
        let sequence = row.get::<_, i64>(0)?.unsigned_abs();
        let damage = |why: String| Damage { sequence, why };
        let heading = match row.get::<_, i64>(2) {
            Ok(id) => self.headings(id, headings)?,
            Err(_) => Err("its heading is missing".to_owned()),
        };
        let read = || -> Result<Record, String> {
            let (heading, context) = heading?;
            Ok(Record {
                sequence,
                time: cell(row, 1, "time")?,
                heading,
                context,
                customer: customer(row)?,
                subject: part(row, 5, "subject")?,
                details: part(row, 11, "details")?,
                body: cell(row, 17, "body")?,
                sha256: cell(row, 18, "hash")?,
            })
        };
        Ok(read().map_err(damage))
    }

    /// A heading with its context; read once a page.
    fn headings(
        &self,
        id: i64,
        known: &mut Headings,
    ) -> rusqlite::Result<Result<(Text, Option<Text>), String>> {
        if let Some(found) = known.get(&id) {
            return Ok(found.clone());
        }
        let found = match self.text("SELECT text, sha256 FROM headings WHERE id = ?1", id)? {
            Ok(text) => self.context(&text)?.map(|context| (text, context)),
            Err(why) => Err(format!("its heading {why}")),
        };
        known.insert(id, found.clone());
        Ok(found)
    }

    fn context(&self, heading: &Text) -> rusqlite::Result<Result<Option<Text>, String>> {
        let named = serde_json::from_str::<Heading>(&heading.text)
            .ok()
            .and_then(|heading| heading.context);
        let Some(named) = named else { return Ok(Ok(None)) };
        let text = self.text("SELECT text, sha256 FROM contexts WHERE sha256 = ?1", named)?;
        Ok(text.map(Some).map_err(|why| format!("its context {why}")))
    }

    fn text(&self, sql: &str, key: impl ToSql) -> rusqlite::Result<Result<Text, String>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([key])?;
        let Some(row) = rows.next()? else {
            return Ok(Err("is missing".to_owned()));
        };
        let read = || -> Result<Text, String> {
            let text: String = cell(row, 0, "text")?;
            Ok(Text {
                text: text.into(),
                sha256: cell(row, 1, "hash")?,
            })
        };
        Ok(read().map_err(|why| format!("cannot be read: {why}")))
    }

    fn erased(&self, whose: &Whose, why: u64) -> rusqlite::Result<Vec<Hash>> {
        let (of, key) = match whose {
            Whose::Customer(customer) => (
                "customer = (SELECT id FROM customers WHERE customer = ?1)",
                Value::from(customer.clone()),
            ),
            Whose::Record(sequence) => ("sequence = ?1", Value::from(number(*sequence))),
        };
        let sql = format!(
            "UPDATE parts SET key = NULL, salt = NULL, text = NULL, erased = ?2 WHERE text IS NOT NULL AND id IN \
             (SELECT subject FROM records WHERE {of} UNION SELECT details FROM records WHERE {of}) RETURNING sha256"
        );
        let mut statement = self.connection.prepare(&sql)?;
        statement
            .query_map(params![key, number(why)], |row| row.get(0))?
            .collect()
    }

    /// Takes what the write-ahead log holds over into the file, and empties it. While another process reads an older
    /// state, or where this fails, that is left to whoever closes the file last: the transaction is kept already.
    fn empty_write_ahead_log(&self) {
        let _ = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }

    fn complained(&self) -> rusqlite::Result<Vec<String>> {
        let mut check = self.connection.prepare("PRAGMA integrity_check")?;
        let said: rusqlite::Result<Vec<String>> = check.query_map([], |row| row.get(0))?.collect();
        let mut said = said?;
        said.retain(|said| said != "ok");
        said.extend(tables::complaints(&self.connection)?);
        let sql = "SELECT count(*) FROM records WHERE sequence <= (SELECT purged FROM state)";
        let before: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
        if before > 0 {
            said.push(format!(
                "{before} records stand before the first record of the log"
            ));
        }
        Ok(said)
    }

    fn removed(&self, through: u64) -> rusqlite::Result<()> {
        self.connection
            .execute("DELETE FROM records WHERE sequence <= ?1", [number(through)])?;
        self.connection.execute_batch(
            "DELETE FROM parts WHERE id NOT IN (SELECT subject FROM records WHERE subject IS NOT NULL \
                 UNION SELECT details FROM records WHERE details IS NOT NULL); \
             DELETE FROM customers WHERE id NOT IN (SELECT customer FROM records WHERE customer IS NOT NULL); \
             DELETE FROM headings WHERE id NOT IN (SELECT heading FROM records); \
             DELETE FROM contexts WHERE lower(hex(sha256)) NOT IN (SELECT json_extract(text, '$.context') FROM headings \
                 WHERE json_extract(text, '$.context') IS NOT NULL);",
        )
    }
}

impl Store for SqliteStore {
    fn begin(&mut self) -> Result<State, Error> {
        // Another process may have purged what this one knew.
        self.headings.clear();
        self.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(|e| self.refused(&e))?;
        self.state().inspect_err(|_| roll_back(&self.connection))
    }

    fn commit(&mut self, state: &State) -> Result<(), Error> {
        let sql = "UPDATE state SET sequence = ?1, time = ?2, sha256 = ?3, purged = ?4, purged_sha256 = ?5";
        let values = params![
            number(state.sequence),
            state.time,
            state.sha256,
            number(state.purged),
            state.purged_sha256
        ];
        let done = self
            .connection
            .execute(sql, values)
            .and_then(|_| self.connection.execute_batch("COMMIT"));
        done.map_err(|e| self.refused(&e))
            .inspect_err(|_| roll_back(&self.connection))?;
        if std::mem::take(&mut self.wipe) {
            self.empty_write_ahead_log();
        }
        Ok(())
    }

    fn roll_back(&mut self) {
        self.wipe = false;
        roll_back(&self.connection);
    }

    fn state(&self) -> Result<State, Error> {
        let sql = "SELECT sequence, time, sha256, purged, purged_sha256 FROM state WHERE id = 1";
        let state = |row: &Row<'_>| {
            Ok(State {
                sequence: row.get::<_, i64>(0)?.unsigned_abs(),
                time: row.get(1)?,
                sha256: row.get(2)?,
                purged: row.get::<_, i64>(3)?.unsigned_abs(),
                purged_sha256: row.get(4)?,
            })
        };
        self.connection
            .query_row(sql, [], state)
            .map_err(|e| self.refused(&e))
    }

    fn part(&mut self, customer: Option<&str>, text: &str, salts: Salts<'_>) -> Result<PartRef, Error> {
        let key = part_key(customer, text);
        match self.known_part(key, text).map_err(|e| self.refused(&e))? {
            Some((known, true)) => return Ok(known),
            Some((_, false)) => return Err(self.changed_part()),
            None => {}
        }
        let salt = salts().map_err(Error::Salt)?;
        let sha256 = Hash::of(&[&salt, text.as_bytes()]);
        let new = || {
            let sql = "INSERT INTO parts (sha256, key, salt, text) VALUES (?1, ?2, ?3, ?4)";
            self.connection
                .prepare_cached(sql)?
                .insert(params![sha256, key, salt, text])
        };
        let id = new().map_err(|e| self.refused(&e))?;
        Ok(PartRef { id, sha256 })
    }

    fn put(&mut self, record: &Sealed<'_>) -> Result<(), Error> {
        self.insert(record).map_err(|e| self.refused(&e))
    }

    fn page(&self, filter: &Filter, after: u64, most: usize) -> Result<Vec<Result<Record, Damage>>, Error> {
        self.rows(filter, after, "ASC", most)
            .map_err(|e| self.refused(&e))
    }

    fn last(&self, filter: &Filter) -> Result<Option<Result<Record, Damage>>, Error> {
        let last = self.rows(filter, 0, "DESC", 1).map_err(|e| self.refused(&e))?;
        Ok(last.into_iter().next())
    }

    fn count(&self, filter: &Filter) -> Result<u64, Error> {
        let (conditions, values) = conditions(filter, 0);
        let sql = format!("SELECT count(*) FROM records r WHERE {conditions}");
        let count = self
            .connection
            .query_row(&sql, rusqlite::params_from_iter(values), |row| {
                row.get::<_, i64>(0)
            });
        count.map(i64::unsigned_abs).map_err(|e| self.refused(&e))
    }

    fn erase(&mut self, whose: &Whose, why: u64) -> Result<Vec<Hash>, Error> {
        self.wipe = true;
        self.erased(whose, why).map_err(|e| self.refused(&e))
    }

    fn purge(&mut self, through: u64) -> Result<(), Error> {
        self.headings.clear();
        self.wipe = true;
        self.removed(through).map_err(|e| self.refused(&e))
    }

    fn contexts(&self) -> Result<Vec<Text>, Error> {
        let read = || -> rusqlite::Result<Vec<Text>> {
            let mut all = self.connection.prepare("SELECT text, sha256 FROM contexts")?;
            let text = |row: &Row<'_>| {
                Ok(Text {
                    text: row.get::<_, String>(0)?.into(),
                    sha256: row.get(1)?,
                })
            };
            all.query_map([], text)?.collect()
        };
        read().map_err(|e| self.refused(&e))
    }

    fn begin_reading(&self) -> Result<(), Error> {
        self.connection
            .execute_batch("BEGIN")
            .map_err(|e| self.refused(&e))
    }

    fn end_reading(&self) {
        roll_back(&self.connection);
    }

    fn complaints(&self) -> Result<Vec<String>, Error> {
        self.complained().map_err(|e| self.refused(&e))
    }
}

/// Headings by their number, with their contexts, or why they cannot be had.
type Headings = HashMap<i64, Result<(Text, Option<Text>), String>>;

const SELECT: &str = "SELECT r.sequence, r.time, r.heading, r.customer, c.customer, \
    r.subject, s.id, s.sha256, s.salt, s.text, s.erased, \
    r.details, d.id, d.sha256, d.salt, d.text, d.erased, r.body, r.sha256 \
    FROM records r LEFT JOIN customers c ON c.id = r.customer \
    LEFT JOIN parts s ON s.id = r.subject LEFT JOIN parts d ON d.id = r.details";

/// What a filter asks for, in SQL, with the values in the order of the question marks.
fn conditions(filter: &Filter, after: u64) -> (String, Vec<Value>) {
    let text = |text: String| Value::from(text);
    let heading =
        |key: &str| format!("r.heading IN (SELECT id FROM headings WHERE json_extract(text, '$.{key}') = ?)");
    let first = filter
        .from
        .map_or(after, |from| after.max(from.saturating_sub(1)));
    let optional = [
        (
            filter.to.map(|to| Value::from(number(to))),
            "r.sequence <= ?".to_owned(),
        ),
        (filter.since.map(Value::from), "r.time >= ?".to_owned()),
        (filter.before.map(Value::from), "r.time < ?".to_owned()),
        (
            filter.action.clone().map(|action| text(action.into())),
            heading("action"),
        ),
        (filter.request.clone().map(text), heading("request")),
        (
            filter.request_sha256.map(|hash| text(hash.to_string())),
            heading("request_sha256"),
        ),
        (
            filter.customer.clone().map(text),
            "r.customer = (SELECT id FROM customers WHERE customer = ?)".to_owned(),
        ),
    ];
    let asked = optional
        .into_iter()
        .filter_map(|(value, sql)| Some((value?, sql)));
    let all = std::iter::once((Value::from(number(first)), "r.sequence > ?".to_owned())).chain(asked);
    let (values, sql): (Vec<Value>, Vec<String>) = all.unzip();
    (sql.join(" AND "), values)
}

fn customer(row: &Row<'_>) -> Result<Option<Arc<str>>, String> {
    let customer: Option<String> = cell(row, 4, "customer")?;
    match (customer, row.get_ref(3)) {
        (None, Ok(ValueRef::Null)) => Ok(None),
        (Some(customer), _) => Ok(Some(customer.into())),
        (None, _) => Err("its customer is missing".to_owned()),
    }
}

/// The part whose reference stands in column `at`, and which itself stands in the five columns after it.
fn part(row: &Row<'_>, at: usize, what: &str) -> Result<Option<Part>, String> {
    if matches!(row.get_ref(at), Ok(ValueRef::Null)) {
        return Ok(None);
    }
    if matches!(row.get_ref(at + 1), Ok(ValueRef::Null)) {
        return Err(format!("its {what} is missing"));
    }
    let salt: Option<Vec<u8>> = cell(row, at + 3, what)?;
    let text: Option<String> = cell(row, at + 4, what)?;
    let erased: Option<i64> = cell(row, at + 5, what)?;
    Ok(Some(Part {
        sha256: cell(row, at + 2, what)?,
        content: salt.zip(text),
        erased: erased.map(i64::unsigned_abs),
    }))
}

fn cell<T: FromSql>(row: &Row<'_>, at: usize, what: &str) -> Result<T, String> {
    row.get(at)
        .map_err(|_| format!("its {what} is not of the kind that was written"))
}

/// By what a part is found; the customer is in it, so that nobody's data hangs on another's.
fn part_key(customer: Option<&str>, text: &str) -> Hash {
    let (known, name) = (u8::from(customer.is_some()), customer.unwrap_or_default());
    Hash::of(&[
        &[known],
        &(name.len() as u64).to_le_bytes(),
        name.as_bytes(),
        text.as_bytes(),
    ])
}

/// SQLite counts in `i64`; no log comes near its end.
fn number(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

/// An error here means that there is no transaction left to forget.
pub(crate) fn roll_back(connection: &Connection) {
    let _ = connection.execute_batch("ROLLBACK");
}

fn refused(file: &str, error: &rusqlite::Error) -> Error {
    let remedy = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process has been writing for a minute: wait for it, or end it"
        }
        Some(ErrorCode::NotADatabase) => "the file is no log: name another",
        Some(ErrorCode::DatabaseCorrupt) => "the file is damaged: keep it as it is, and go back to a copy",
        Some(ErrorCode::DiskFull) => "make room on the disk",
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            "its folder must exist, and file and folder must be writable"
        }
        _ => "see that the file and its folder can be written",
    };
    Error::Database {
        file: file.to_owned(),
        why: format!("{error}; {remedy}"),
    }
}

impl ToSql for Hash {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.as_slice()))
    }
}

impl FromSql for Hash {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Hash> {
        let bytes = value.as_blob()?;
        bytes.try_into().map(Hash).map_err(|_| FromSqlError::InvalidType)
    }
}
