//! What people decide about alerts.
//!
//! A [`Decision`](tamis_model::Decision) says that a customer resembles a list entry. Whether they are one party is for people to say, in
//! steps that others can follow: [`Alert`] is the course of one alert, [`Pair`] a customer and an entry that were found to be two
//! parties (OFAC: *false hit list*), [`business_day`] reckons when a report is due. Everything is an event, appended to a log by
//! the caller and never changed; this crate knows which events are allowed, and what follows from them. It reads no clock and no file.
//!
//! Three things need two people: a true match, its release, and a pair that suppresses alerts. [`Identity`] tells people apart.

mod alert;
pub mod business_day;
mod deadline;
mod disposition;
mod docket;
mod error;
mod identity;
mod pair;
mod pairs;
mod print;
mod reason;
mod work;

pub use alert::{Alert, AlertEvent, Step};
pub use deadline::{Duty, OFAC_DAYS, duties, earliest_day};
pub use disposition::Disposition;
pub use docket::Docket;
pub use error::Error;
pub use identity::Identity;
pub use pair::{LONGEST_MONTHS, Lapse, Outdated, Pair, PairEvent, PairKey, Proposal, Standing};
pub use pairs::{Cleared, Pairs};
pub use print::Print;
pub use reason::ReasonCode;
pub use work::{Backlog, Spread, Work};
