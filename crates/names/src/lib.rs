//! Names of persons and companies: normal form, tokens, readings, distances.
//!
//! This crate is a leaf: pure functions of text and of the reference tables that are compiled into it. It runs
//! twice, when a list is prepared and when a subject is screened, and both must agree: [`fingerprint`] tells
//! two builds of it apart.
//!
//! ```text
//! text ─ fold ─ split ─ classify ─▶ NameForm{ tokens } ─ agree ─▶ (how, similarity)
//! ```
//!
//! A [`Reader`] remembers the words that it has read, for names by the thousand; [`NameForm::all`] reads one.
//!
//! # Example
//! ```
//! use tamis_names::{Domain, NameForm, Signal};
//!
//! let listed = NameForm::new("TIKHONOV, Andrei Gennadyevich", Domain::Person);
//! assert_eq!(listed.normal, "andrei gennadyevich tikhonov");
//!
//! let disguised = NameForm::new("Kаspersky L4b", Domain::Organization); // a Cyrillic а, and a digit
//! assert_eq!(disguised.normal, "kaspersky lab");
//! assert!(disguised.signals.has(Signal::MixedScript) && disguised.signals.has(Signal::Leet));
//! ```

mod agree;
mod chunk;
mod distance;
mod fold;
mod form;
mod forms;
mod frequency;
mod known;
mod lookup;
mod numeral;
mod parties;
mod rarity;
mod reader;
mod reading;
mod repair;
mod rewrite;
mod script;
mod signal;
mod skeleton;
mod sounds;
mod spelling;
#[cfg(test)]
mod spelt;
mod tables;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "most are read when the crate is built")
)]
mod texts;
mod token;
mod vowels;
mod word;

pub use agree::{
    Agreement, EQUAL, Similarity, acronyms, agree, agree_acronym, agree_joined, agree_whole, each_join_key,
    join_keys,
};
pub use distance::{MAX_READING, Signature, bearable, budget, coarse_key, distance, full_edits, near};
pub use form::{Class, Domain, GENERIC_ALONE, NameForm, Token};
pub use forms::Forms;
pub use reader::{Reader, Reading};
pub use script::{Script, latin_lookalike};
pub use signal::{Signal, Signals};
pub use skeleton::is_skeleton;
pub use sounds::{Sound, Sounds};
pub use spelling::Spelling;
pub use vowels::{Apart, Vowels};
pub use word::Word;

/// A number that changes whenever the crate's version, its code or a reference table does (FNV-1a, 64 bits). Two builds
/// with different fingerprints may score the same pair differently.
pub const fn fingerprint() -> u64 {
    tables::FINGERPRINT
}
