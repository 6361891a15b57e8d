use crate::{Entity, EntityKind, NameRole};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file a list was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFile {
    /// The file's name, without its folder.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal: what `sha256sum` prints.
    pub sha256: String,
}

/// Something a reader noticed and could not put into a field: an impossible date, an unknown document type,
/// an alias without an entry. Counted and shown, never hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Where: file and line, or entry.
    pub place: String,
    /// What.
    pub text: String,
}

/// What was read: the numbers that must reconcile with the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Entries.
    pub entities: usize,
    /// Names and aliases of all entries.
    pub names: usize,
    /// Entries by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Names by role.
    pub roles: BTreeMap<String, usize>,
    /// Entries by programme.
    pub programmes: BTreeMap<String, usize>,
    /// Entries by measure code.
    pub measures: BTreeMap<String, usize>,
}

impl Counts {
    /// Counts `entities`.
    pub fn of(entities: &[Entity]) -> Counts {
        let mut counts = Counts {
            entities: entities.len(),
            ..Counts::default()
        };
        for entity in entities {
            counts.add(entity);
        }
        counts
    }

    fn add(&mut self, entity: &Entity) {
        self.names += entity.names.len();
        *self
            .kinds
            .entry(EntityKind::as_str(entity.kind).to_owned())
            .or_default() += 1;
        for name in &entity.names {
            *self
                .roles
                .entry(NameRole::as_str(name.role).to_owned())
                .or_default() += 1;
        }
        let mut codes: Vec<&str> = entity.measures.iter().map(|m| m.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *self.measures.entry(code.to_owned()).or_default() += 1;
        }
        let mut programmes: Vec<&str> = entity
            .measures
            .iter()
            .filter_map(|m| m.programme.as_deref())
            .collect();
        programmes.sort_unstable();
        programmes.dedup();
        for programme in programmes {
            *self.programmes.entry(programme.to_owned()).or_default() += 1;
        }
    }
}

/// Which list, which version: everything an answer must name to be reproducible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListMeta {
    /// The list's id, the first part of every entity id: `ofac-sdn`, `un`, `kaspersky`.
    pub id: String,
    /// Its title for people.
    pub title: String,
    /// The format it was read from: `ofac-sdn-csv`, `ofac-xml`, `un-xml`, `builtin`.
    pub format: String,
    /// The publication date the list states itself, where it does.
    pub published: Option<Date>,
    /// The files it was read from.
    pub files: Vec<ListFile>,
    /// One hash over all files: the SHA-256 of the lines `<sha256>  <name>\n` in the order of `files`.
    pub sha256: String,
    /// The numbers that must reconcile.
    pub counts: Counts,
    /// What the reader noticed.
    pub remarks: Vec<Remark>,
}

/// A list, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Which list, which version.
    pub meta: ListMeta,
    /// Its entries, in the order of the source.
    pub entities: Vec<Entity>,
}

impl ListMeta {
    /// A description of entries that were not read from a file, such as those built by a program: no files, no
    /// publication date, counts taken from `entities`, and the hash of nothing.
    pub fn new(id: &str, title: &str, format: &str, entities: &[Entity]) -> ListMeta {
        ListMeta {
            id: id.to_owned(),
            title: title.to_owned(),
            format: format.to_owned(),
            published: None,
            files: Vec::new(),
            sha256: String::new(),
            counts: Counts::of(entities),
            remarks: Vec::new(),
        }
    }
}
