//! From a match to a decision.
//!
//! A [`Hit`](tamis_model::Hit) says that a list entry resembles a subject. Whether that is an alert depends on facts that have
//! nothing to do with names: which measures are in force on the day, under which regimes, how well they are
//! known, whether only a weak alias matched. This crate decides that, and never changes a score. It reads no
//! clock: the day is part of the [`Policy`].
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
mod policy;

pub use policy::{DEFAULT_THRESHOLD, Policy};
