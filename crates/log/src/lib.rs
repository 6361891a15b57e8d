//! The decision log: every screening, hits and clears, and everything that was decided about alerts, appended to one
//! file, each record chained to the one before by SHA-256.
//!
//! ```text
//! Entry ─ Log::append ─▶ sequence, time, hash ─▶ Store (SQLite)
//!                                                  │
//!               Log::verify ◀── records ◀──────────┤
//!               Log::read   ◀── records by action, customer, request, time
//! ```
//!
//! - **Chained.** The hash of a record covers the hash before it. [`Log::verify`] says which record was changed, taken
//!   out, put in, moved or back-dated. What nobody who can write the file can hide is a [`Head`] that was exported.
//! - **Personal data apart.** The chain holds the salted hash of a personal part, not the part: erasing it leaves the
//!   chain as it was.
//! - **Kept.** [`Log::purge`] refuses records that are younger than the law's ten years.
//! - **Small.** What records share is kept once: headings, contexts, and the parts of a customer who is screened daily.
//!
//! `docs/decision-log.md` specifies the bytes that are hashed, so that others can recompute them. This crate reads no
//! clock and makes no random numbers: both are [`Surroundings`] that the caller gives.

mod begin;
mod clock;
mod error;
mod fault;
mod hash;
mod head;
mod log;
mod record;
mod retention;
mod screening;
mod sqlite;
mod store;
mod tables;
mod verify;

pub use clock::{Corrected, TOLERANCE};
pub use error::Error;
pub use fault::{Fault, FaultKind};
pub use hash::Hash;
pub use head::Head;
pub use log::{Erased, Log, Purged, Records, Surroundings};
pub use record::{Action, Entry, Headed, Heading, Part, Record, Text};
pub use retention::{LEAST_YEARS, due};
pub use screening::{Answer, Details, Finished, Found, Lapsed, Suppressed, details};
pub use sqlite::SqliteStore;
pub use store::{Damage, Filter, PartRef, Salt, Salts, Sealed, State, Store, Whose};
pub use verify::{MOST_TOLD, Verification};
