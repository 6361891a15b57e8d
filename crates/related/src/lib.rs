//! What the owners, directors and signatories of a customer mean for it.
//!
//! Each [`RelatedParty`](tamis_model::RelatedParty) of a subject is screened under the same policy. What `tamis-ownership` makes of
//! those that alert becomes findings about the subject, each with the party through whom it concerns the subject, and the grounds
//! ([`Finding::via`](tamis_model::Finding)). A listed party behind a customer always gives a finding of its own: where no rule of
//! ownership speaks of its measures, that says so.
//!
//! A graph of stakes ([`Assessor::with_stakes`]) adds the ties that no record names: a subject that is a party of it is judged by
//! all who stand behind it there, over any number of steps, together with those whom its record names.
//!
//! Who a subject is there has two grades: what is sure, and what only may be ([`Names`]), which is examined too and never blocks.
//!
//! Only ownership under a rule that blocks can block. Everything else asks for a review, unless the policy says otherwise.
//!
//! The example of [`Assessor`] shows all of it.

mod alike;
mod assessor;
mod behind;
mod beyond;
mod customer;
mod doubt;
mod found;
mod grounds;
mod ids;
mod listed;
mod may_be;
mod own;
mod raised;
mod same_id;
mod similar;
mod since;
mod spellings;
mod stakes;

pub use alike::{Alikes, Called, words};
pub use assessor::{Assessor, status_without_alerts};
pub use listed::decision_on;
pub use may_be::{Likeness, Names, Others, Whom};
pub use same_id::unlike_names;
pub use similar::Similar;
pub use spellings::{Spelled, close_entries, joined_ids, one_party};
