//! Lists as they stood at some time, to be compared with another time.

use crate::failure::Failure;
use crate::sources;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;
use tamis::model::{Entity, List, ListFile};
use tamis::screen::Archive;

/// Lists with what is known of how they came to be read.
pub struct Edition {
    /// The lists.
    pub lists: Vec<List>,
    /// The builds that compiled those of them that were compiled.
    engines: Vec<String>,
}

/// Which version of which list, as reports name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The list's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The format it was read from.
    pub format: String,
    /// The publication date that it states.
    pub published: Option<Date>,
    /// The hash over its files.
    pub sha256: String,
    /// How many entries it has.
    pub entries: usize,
    /// The files it was read from.
    pub files: Vec<ListFile>,
}

impl Edition {
    /// Reads the lists that `words` name, each as for `--list`. A compiled file may be of another build, since it is
    /// read for its entries alone.
    pub fn load(words: &[String]) -> Result<Edition, Failure> {
        let mut edition = Edition {
            lists: Vec::new(),
            engines: Vec::new(),
        };
        for word in words {
            if sources::is_compiled(word) {
                let archive = Archive::open(Path::new(word)).map_err(|e| sources::not_opened(word, &e))?;
                edition.lists.extend(archive.lists);
                edition.engines.push(archive.engine);
            } else {
                edition.lists.extend(sources::load(std::slice::from_ref(word))?);
            }
        }
        Ok(edition)
    }

    /// All entries.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.lists.iter().flat_map(|list| &list.entities)
    }

    /// The builds, other than this one, that compiled files of the edition.
    pub fn other_engines(&self) -> Vec<&str> {
        let own = tamis::engine();
        let engines = self.engines.iter().map(String::as_str);
        engines.filter(|engine| *engine != own).collect()
    }
}

/// The versions of lists, as reports name them.
pub fn versions(lists: &[List]) -> Vec<Version> {
    let version = |list: &List| Version {
        id: list.meta.id.clone(),
        title: list.meta.title.clone(),
        format: list.meta.format.clone(),
        published: list.meta.published,
        sha256: list.meta.sha256.clone(),
        entries: list.entities.len(),
        files: list.meta.files.clone(),
    };
    lists.iter().map(version).collect()
}

/// What to know about two editions before their difference is relied on.
pub fn notes(old: &[Version], new: &[Version]) -> Vec<String> {
    let on = |side: &[Version], id: &str| side.iter().any(|version| version.id == id);
    let mut notes = Vec::new();
    for version in new.iter().filter(|version| !on(old, &version.id)) {
        let entries = version.entries;
        notes.push(format!(
            "the list '{}' is not among the old ones: all its {entries} entries count as added",
            version.id
        ));
    }
    for version in old.iter().filter(|version| !on(new, &version.id)) {
        let entries = version.entries;
        notes.push(format!(
            "the list '{}' is not among the new ones: all its {entries} entries count as removed",
            version.id
        ));
    }
    let same = |one: &Version| new.iter().any(|two| two.id == one.id && two.sha256 == one.sha256);
    for version in old.iter().filter(|version| same(version)) {
        notes.push(format!(
            "the list '{}' is the same file on both sides",
            version.id
        ));
    }
    let older = |one: &&Version| {
        new.iter()
            .any(|two| two.id == one.id && two.published < one.published)
    };
    for version in old.iter().filter(older) {
        notes.push(format!(
            "the list '{}' was published later on the old side than on the new one: are the two the wrong way round?",
            version.id
        ));
    }
    notes
}
