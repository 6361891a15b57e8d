//! Leads to successors: companies of a register that may continue the business of listed ones.
//!
//! Measures against a company end where the company ends; its people, offices, addresses, domains and products move on
//! under another name. [`Examiner`] compares each [`Company`](tamis_model::Company) of a register with what lists, and
//! the register itself, know of listed parties, and [`Leads`] grades what was found. A lead is a reason for an analyst
//! to look, **never an alert**: nothing here says that a company is listed, owned or controlled by anybody.
//!
//! ```text
//!            ┌─ first reading ─▶ Known: lists, and records that ARE listed companies ─▶ Examiner
//! Company ──▶│                                                                             │
//!            └─ second reading ───────────────────────▶ examine ─▶ Found{signals} ─▶ Leads ─▶ Report{graded, ranked}
//! ```
//!
//! Names are compared by the [`Screener`](tamis_screen::Screener) alone, so that spellings, scripts and birth dates
//! count here as they do in screening. A register is read twice and never held: what is kept follows from how many of
//! its companies touch a listed party. The order of companies does not matter.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use tamis_model::{BirthDate, Company, Officer};
//! use tamis_policy::Policy;
//! use tamis_screen::Screener;
//! use tamis_successors::{Entry, Examiner, Grade, Known, Leads};
//!
//! let list = tamis_lists::builtin("kaspersky").unwrap().unwrap();
//! let screener = Screener::new(vec![list], Policy::new(date(2026, 11, 23))).unwrap();
//! let examiner = Examiner::new(&screener, Known::of(&screener)?)?;
//!
//! let mut company = Company::named("77-1", "Severny Veter LLC");
//! company.founded = BirthDate::parse("2024-09-02");
//! company.officers.push(Officer {
//!     name: "Игорь Чекунов".to_owned(),
//!     role: Some("director".to_owned()),
//!     born: BirthDate::parse("1966-03-27"),
//! });
//! let mut leads = Leads::default();
//! leads.add(examiner.examine(&Entry { line: 2, company }, &mut Default::default()));
//! let report = leads.finish();
//! assert_eq!(report.leads[0].grade, Grade::B);
//! assert_eq!(report.leads[0].signals[0].entity_id, "kaspersky:45849");
//! # Ok::<(), tamis_screen::Error>(())
//! ```

mod address;
mod contact;
mod continuation;
mod examine;
mod grade;
mod group;
mod identity;
mod known;
mod leads;
mod names;
mod people;
mod signal;
mod standing;
mod tables;
mod timing;
pub mod weight;
mod words;

pub use examine::{About, Entry, Examiner, Found, Memory, Outcome};
pub use grade::Grade;
pub use group::Groups;
pub use known::{Known, Scout};
pub use leads::{Counts, Lead, Leads, ListedHere, Report, Unexamined};
pub use signal::{Family, Signal, SignalKind};
pub use standing::Standing;
