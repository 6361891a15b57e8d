//! Who owns and controls whom, and what follows from it under the rules of each regime.
//!
//! Rows of a file ([`read_stakes`]) and relations of listed entities ([`Builder::add_entity`]) make a [`Graph`] of parties: stakes
//! with exact [`Share`]s, roles and other ties, each with days and a source. [`rules`] are a table, by day. An [`Assessment`] finds the
//! least set of companies that listed owners own under each rule, and gives each answer with the steps that prove it.
//!
//! A share that is not known is never zero: it gives [`Verdict::PossiblyOwned`]. Leadership and control are
//! [`Verdict::RelatedControl`], a caution, where the rule does not count them as ownership. What an owner is listed for decides which rules
//! count it, so that an entry on the Entity List alone blocks nobody.
//!
//! No clock, no files, no matching of names: days, bytes, keys of names and the measures against a party are arguments.
//!
//! The example of [`Graph::findings`] shows all of it.

mod assess;
mod cycles;
mod error;
mod finding;
mod graph;
mod holdings;
mod parted;
mod proof;
mod reach;
mod read;
mod related;
mod relations;
mod resolve;
mod rule;
mod share;
mod tie;

pub use assess::{Assessment, Listing};
pub use error::{Error, Problem};
pub use finding::{ControlBy, ListedOwner, OwnershipFinding, Step, StepTie, Verdict};
pub use graph::{Builder, Graph, NameKey, Party, PartyId, Tie, plain_key};
pub use holdings::is_open;
pub use read::read_stakes;
pub use relations::rows_of;
pub use rule::{Effect, Rule, Trigger, rules};
pub use share::{Scale, Share, ShareError};
pub use tie::{Interest, Link, Named, Role, Row, TieKind};
