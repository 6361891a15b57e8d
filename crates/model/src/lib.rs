//! The nouns of sanctions screening.
//!
//! A [`List`] holds [`Entity`] values: who is listed, under which names, by which [`Measure`]s. A
//! [`Subject`] is a customer or counterparty to screen. Comparing the two gives a [`Hit`] with its
//! [`Evidence`], and a policy turns hits into a [`Decision`].
//!
//! This crate knows nothing of files, formats or matching; the nouns are plain data and (de)serialise with
//! `serde`. An [`Identifier`] can be read as a [`Number`]: its system, and whether its check digits hold.
//!
//! # Example
//! ```
//! use tamis_model::{Entity, EntityKind, Name, NameRole};
//!
//! let mut entity = Entity::new("ofac-sdn", "45815", EntityKind::Person);
//! entity.names.push(Name::new("TIKHONOV, Andrei Gennadyevich", NameRole::Primary));
//! assert_eq!(entity.id(), "ofac-sdn:45815");
//! assert_eq!(entity.primary_name(), "TIKHONOV, Andrei Gennadyevich");
//! ```

mod action;
mod activity;
mod company;
mod country;
mod date;
mod decision;
mod diff;
mod entity;
mod hit;
mod identifier;
mod jurisdiction;
mod list;
mod measure;
mod related;
mod score;
mod subject;

pub use action::Action;
pub use activity::Activity;
pub use company::{Company, Officer, Owner, Share};
pub use country::{CountryCode, country_code, country_name};
pub use date::{BirthDate, DateAgreement, EARLIEST_BIRTH_YEAR, Precision};
pub use decision::{Context, Decision, Finding, ListStamp, Status};
pub use diff::{
    ChangeEffect, ChangedEntry, DiffCounts, EntryField, FieldChange, FieldValue, ListDiff, OneSided, Replaced,
};
pub use entity::{
    Address, Confidence, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier,
    IdentifierKind, Name, NameRole, NotListed, Place, Relation, RelationRole, Source,
};
pub use hit::{EvasionSignal, Evidence, FieldName, FieldVerdict, Hit, Role, TokenMatch};
pub use identifier::{CheckDigits, Holder, Number, Scheme};
pub use jurisdiction::{binds, jurisdiction};
pub use list::{Counts, List, ListFile, ListMeta, Remark};
pub use measure::{Measure, Prohibition};
pub use related::{Ground, RelatedParty, RelatedRole, Via, ViaKind, ViaStep};
pub use score::Score;
pub use subject::{NameParts, Subject, SubjectName};
