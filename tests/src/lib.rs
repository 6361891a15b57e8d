//! What the tests over the whole of tamis share: reading cases, and building small lists.
//!
//! The tests stand in `tests/tests`, one file for each question they answer. This crate depends on the facade
//! only, as users do; for compiled lists that are damaged on purpose also on the crate that writes them.

#![expect(clippy::panic, reason = "a test fails by panicking, and so do its helpers")]

pub mod fuzz;
pub mod sections;

use jiff::civil::{Date, date};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
pub use tamis::selftest::Seeded;

use tamis::model::{Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition, Score};
use tamis::{Policy, Screener};

/// The day for which the tests ask: that of the built-in list.
pub const TODAY: Date = date(2026, 11, 23);

/// The folder of the workspace, which holds `Cargo.toml`, `data` and `docs`.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of the workspace as text.
///
/// # Panics
/// When it cannot be read.
#[expect(clippy::disallowed_methods, reason = "tests read their cases from files")]
pub fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of `data/cases/<name>`, each with its line; lines that begin with `#` are comments.
///
/// # Panics
/// When the file or one of its rows cannot be read: a case that is not run is a case that always holds.
pub fn cases<T: DeserializeOwned>(name: &str) -> Vec<(u64, T)> {
    let text = text_of(&workspace().join("data/cases").join(name));
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let read = |record: csv::Result<csv::StringRecord>| {
        let record = record.unwrap_or_else(|error| panic!("{name}: {error}"));
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize(Some(&headers));
        (
            line,
            row.unwrap_or_else(|error| panic!("{name}, line {line}: {error}")),
        )
    };
    reader.records().map(read).collect()
}

/// An entity of the list `list` with a measure of the regime `us` in force, and with `names` as primary name
/// and strong aliases.
pub fn entity(list: &str, id: &str, kind: EntityKind, names: &[&str]) -> Entity {
    let mut entity = Entity::new(list, id, kind);
    let role = |at: usize| {
        if at == 0 {
            NameRole::Primary
        } else {
            NameRole::StrongAlias
        }
    };
    entity.names = names
        .iter()
        .enumerate()
        .map(|(at, text)| Name::new(*text, role(at)))
        .collect();
    entity
        .measures
        .push(Measure::new("us.sdn.block", "test", Prohibition::AssetFreeze));
    entity
}

/// A list of these entities.
pub fn list(id: &str, entities: Vec<Entity>) -> List {
    List {
        meta: ListMeta::new(id, "a list made by a test", "test", &entities),
        entities,
    }
}

/// A policy for [`TODAY`] with another threshold.
pub fn policy_at(threshold: Score) -> Policy {
    Policy {
        threshold,
        ..Policy::new(TODAY)
    }
}

/// A policy under which every name and measure alerts, whatever is known of it: what is left is the score.
pub fn lenient(threshold: Score) -> Policy {
    Policy {
        unverified_alerts: true,
        weak_alias_alerts: true,
        ..policy_at(threshold)
    }
}

/// A screener over these lists.
///
/// # Panics
/// When the lists are refused.
pub fn screener(lists: Vec<List>, policy: Policy) -> Screener {
    Screener::new(lists, policy).unwrap_or_else(|error| panic!("{error}"))
}

/// The built-in list.
///
/// # Panics
/// When it cannot be read.
pub fn builtin() -> List {
    match tamis::lists::builtin("kaspersky") {
        Some(Ok(list)) => list,
        Some(Err(error)) => panic!("{error}"),
        None => panic!("the built-in list is gone"),
    }
}

/// One of `items`.
///
/// # Panics
/// When there are none.
pub fn pick<'a, T>(items: &'a [T], seeded: &mut Seeded) -> &'a T {
    seeded
        .pick(items)
        .unwrap_or_else(|| panic!("nothing to pick from"))
}
