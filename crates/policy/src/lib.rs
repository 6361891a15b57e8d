//! From a match to a decision.
//!
//! A [`Hit`](tamis_model::Hit) says that a list entry resembles a subject. Whether that is an alert depends on facts that have
//! nothing to do with names: which measures are in force on the day, under which regimes, how well they are
//! known, whether only a weak alias matched. This crate decides that, and never changes a score. It reads no
//! clock: the day is part of the [`Policy`].
//!
//! A policy is a file ([`Policy::from_toml`]) or built by a program. It maps measures and activities to actions, sets
//! thresholds, and says which evidence an alert needs beside the name. `docs/policy.md` describes the file.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use tamis_policy::Policy;
//!
//! let policy = Policy::new(date(2026, 11, 23));
//! assert_eq!(policy.threshold.to_string(), "0.8000");
//! assert_eq!(policy.sha256().len(), 64);
//! ```

mod decide;
mod form;
mod policy;
mod problem;
mod requirement;
mod rule;
mod scope;
mod shipped;
mod threshold;

pub use policy::{DEFAULT_THRESHOLD, Policy};
pub use problem::{PolicyError, Problem};
pub use requirement::{Requirement, Unknown};
pub use rule::{Rule, Verdict};
pub use shipped::{SCHEMA, SHIPPED, shipped};
pub use threshold::ThresholdRule;
