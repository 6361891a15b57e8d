//! What the tests share: a log in a folder of its own, a clock that is set, and the database behind the log's back.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

use jiff::Timestamp;
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tamis_log::{Action, Entry, Headed, Heading, Log, Salt, SqliteStore, Surroundings};
use tempfile::TempDir;

/// The moment at which the clock stands at first: 2026-11-29T12:00:00Z.
pub const NOON: i64 = 1_795_953_600;

/// A log in a folder of its own.
pub struct Place {
    folder: TempDir,
    clock: Arc<AtomicI64>,
}

impl Place {
    /// An empty folder, and the clock at [`NOON`].
    pub fn new() -> Place {
        Place {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(AtomicI64::new(NOON)),
        }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("log.db")
    }

    /// Sets the clock.
    pub fn set(&self, second: i64) {
        self.clock.store(second, Ordering::SeqCst);
    }

    /// Sets the clock to a time in words.
    pub fn at(&self, time: &str) {
        self.set(time.parse::<Timestamp>().unwrap().as_second());
    }

    /// The log.
    pub fn log(&self) -> Log {
        let clock = Arc::clone(&self.clock);
        let surroundings = Surroundings {
            clock: Box::new(move || Timestamp::from_second(clock.load(Ordering::SeqCst)).unwrap()),
            salt: Box::new(salts()),
        };
        Log::new(SqliteStore::create(&self.path()).unwrap(), surroundings)
    }

    /// Runs SQL behind the log's back and says how many rows it touched.
    pub fn sql(&self, sql: &str) -> usize {
        let connection = Connection::open(self.path()).unwrap();
        connection.execute(sql, []).unwrap()
    }

    /// Runs statements of SQL behind the log's back.
    pub fn batch(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    /// A number that SQL says.
    pub fn ask(&self, sql: &str) -> i64 {
        Connection::open(self.path())
            .unwrap()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }
}

/// Salts that no two calls share.
fn salts() -> impl FnMut() -> Result<Salt, String> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    || {
        let mut salt = [0; 16];
        salt[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::SeqCst).to_le_bytes());
        Ok(salt)
    }
}

/// A heading of a run.
pub fn heading(actor: &str) -> Arc<Headed> {
    let heading = Heading {
        request: Some("r1".to_owned()),
        ..Heading::new(Action::Screening, actor)
    };
    Headed::within(heading, r#"{"lists":["un"],"engine":"tamis 0"}"#).unwrap()
}

/// The screening of a customer.
pub fn screening(heading: &Arc<Headed>, customer: &str) -> Entry {
    Entry {
        heading: Arc::clone(heading),
        customer: Some(customer.into()),
        body: r#"{"status":"CLEAR"}"#.to_owned(),
        subject: Some(format!(r#"{{"names":["{customer} of Somewhere"]}}"#)),
        details: None,
    }
}

/// So many customers, screened one at a time, a minute apart.
pub fn filled(count: i64) -> Place {
    let place = Place::new();
    let (mut log, heading) = (place.log(), heading("anna"));
    for at in 1..=count {
        place.set(NOON + 60 * at);
        log.append(&[screening(&heading, &format!("C{at}"))]).unwrap();
    }
    place
}
