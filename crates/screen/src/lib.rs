//! Candidates, score and evidence.
//!
//! A [`Screener`] holds lists in the form in which they are compared, and answers for one [`Subject`] at a
//! time. It is `Send + Sync`, has no global state, reads no clock and no file.
//!
//! # Example
//! ```
//! use jiff::civil::date;
//! use tamis_model::{Counts, Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition, Status, Subject};
//! use tamis_policy::Policy;
//! use tamis_screen::Screener;
//!
//! let mut entity = Entity::new("demo", "1", EntityKind::Person);
//! entity.names.push(Name::new("TIKHONOV, Andrei Gennadyevich", NameRole::Primary));
//! entity.measures.push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
//! let list = List {
//!     meta: ListMeta::new("demo", "A demonstration", "demo", &[entity.clone()]),
//!     entities: vec![entity],
//! };
//! let screener = Screener::new(vec![list], Policy::new(date(2026, 11, 23)))?;
//! assert_eq!(screener.screen(&Subject::named("Тихонов Андрей")).status, Status::Hit);
//! assert_eq!(screener.screen(&Subject::named("Oleg Petrov")).status, Status::Clear);
//! # Ok::<(), tamis_screen::Error>(())
//! ```

mod align;
mod alike;
mod archive;
mod bound;
mod candidates;
mod check;
mod compile;
mod delta;
mod distinct;
mod entry;
mod evidence;
mod excerpt;
mod fields;
mod found;
mod learned;
mod lookup;
mod nearby;
mod recent;
mod score;
mod screener;
mod sieve;
mod similar;
mod slips;
mod store;
mod trie;

pub use archive::Archive;
pub use compile::Compiled;
pub use delta::{Change, Delta, Mark};
pub use excerpt::Excerpt;
pub use screener::{
    Comparison, Error, MOST_WORDS, Scratch, Screener, compare, compile, engine, is_compiled, normal_form,
    unfit,
};
pub use store::FORMAT_VERSION;
