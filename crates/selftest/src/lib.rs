//! How well a configuration works on a list, and at what alert load: what supervisors ask of a screening model.
//!
//! A [`Selftest`] takes a [`Screener`](tamis_screen::Screener) as it is used, changes listed names in the ways in which
//! they are changed in life (one [`Class`] each), and makes up names that are not listed: of ordinary people and
//! companies, and look-alikes put together from parts of listed names. Each is a [`Probe`]; the caller screens them, in
//! as many threads as it likes, and gets a [`Report`]: *effectiveness*, the share of the changed names that alert for
//! the right entry, and *efficiency*, the alerts for each thousand names that are not listed, over thresholds.
//!
//! Everything follows from the lists, the configuration and a seed. The crate reads no clock and no file.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use tamis_model::{Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition};
//! use tamis_policy::Policy;
//! use tamis_screen::{Scratch, Screener};
//! use tamis_selftest::{Plan, Selftest};
//!
//! let mut entity = Entity::new("demo", "1", EntityKind::Person);
//! entity.names.push(Name::new("TIKHONOV, Andrei Gennadyevich", NameRole::Primary));
//! entity.measures.push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
//! let meta = ListMeta::new("demo", "A demonstration", "demo", &[entity.clone()]);
//! let screener = Screener::new(vec![List { meta, entities: vec![entity] }], Policy::new(date(2026, 11, 23)))?;
//!
//! let selftest = Selftest::new(screener, Plan { names: 2, unlisted: 10, ..Plan::default() })?;
//! let mut scratch = Scratch::default();
//! let results: Vec<_> = selftest.probes().iter().map(|probe| selftest.screen(probe, &mut scratch)).collect();
//! let report = selftest.report(&results);
//! assert_eq!(report.classes[0].class, "exact");
//! assert_eq!(report.classes[0].rate.part, report.classes[0].rate.whole);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod class;
mod classes;
mod companies;
mod error;
mod made_up;
mod names;
mod original;
mod probes;
mod rate;
mod report;
mod seeded;
mod selftest;
mod tables;
mod tail;
mod text;
mod threshold;
mod unlisted;
mod vocabulary;

pub use class::{Class, Scope};
pub use error::Error;
pub use made_up::made_up_list;
pub use names::{Customers, Person};
pub use probes::{Plan, Probe, Sort, Target};
pub use rate::Rate;
pub use report::{Alert, ClassReport, Miss, Names, Report, UnlistedReport, Unscreened};
pub use seeded::Seeded;
pub use selftest::{Found, Outcome, Selftest};
pub use threshold::{Choice, Goals, Judged, Performance, Suggestion, suggest_threshold};
pub use vocabulary::Vocabulary;
