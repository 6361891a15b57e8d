//! What a change of the lists means for customers who were screened before.

use crate::excerpt::Excerpt;
use crate::screener::{Error, Scratch, Screener};
use std::collections::{BTreeMap, HashMap};
use tamis_model::{
    ChangeEffect, ChangedEntry, Decision, DiffCounts, Entity, EntryField, List, ListDiff, Subject,
};
use tamis_policy::Policy;

/// What happened to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It is in the new version only.
    NewEntry,
    /// It is in both, and differs in a field that touches screening.
    ChangedEntry,
    /// It is in the old version only.
    RemovedEntry,
}

impl Change {
    /// The word used in columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Change::NewEntry => "NEW_ENTRY",
            Change::ChangedEntry => "CHANGED_ENTRY",
            Change::RemovedEntry => "REMOVED_ENTRY",
        }
    }
}

/// An entry against which customers are screened again, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What happened to it.
    pub change: Change,
    /// For a changed entry: the fields that touch screening and differ.
    pub fields: Vec<EntryField>,
}

/// A screener over the entries that are new or changed since an earlier version of the lists.
///
/// The law: the decision about a subject is that of a [`Screener`] over the whole new lists, with the findings about
/// entries that did not change left out. It holds because no score depends on another entry of a list. An entry that
/// did not change gives what it gave before, as long as policy, day, engine and subject are the same; where one of
/// these is another, screen against the whole lists.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use tamis_model::{Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition, Status, Subject};
/// use tamis_policy::Policy;
/// use tamis_screen::{Change, Delta};
///
/// let entity = |id: &str, name: &str| {
///     let mut entity = Entity::new("demo", id, EntityKind::Person);
///     entity.names.push(Name::new(name, NameRole::Primary));
///     entity.measures.push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
///     entity
/// };
/// let list = |entities: Vec<Entity>| List { meta: ListMeta::new("demo", "Demo", "demo", &entities), entities };
/// let old = [list(vec![entity("1", "TIKHONOV, Andrei")])];
/// let new = [list(vec![entity("1", "TIKHONOV, Andrei"), entity("2", "CHEKUNOV, Igor")])];
/// let delta = Delta::new(&old, &new, Policy::new(date(2026, 11, 23)), false)?;
/// assert_eq!(delta.screen(&Subject::named("Andrei Tikhonov")).status, Status::Clear);
/// assert_eq!(delta.screen(&Subject::named("Igor Chekunov")).status, Status::Hit);
/// assert_eq!(delta.mark("demo:2").unwrap().change, Change::NewEntry);
/// # Ok::<(), tamis_screen::Error>(())
/// ```
#[derive(Debug)]
pub struct Delta {
    excerpt: Excerpt,
    marks: HashMap<String, Mark>,
    counts: BTreeMap<String, DiffCounts>,
    regimes: Vec<String>,
}

impl Delta {
    /// Compares `old` with `new` and prepares what is new or changed for screening under `policy`. With `removed`,
    /// entries that are gone are prepared too: whoever matches one is told so as information, never as an alert.
    ///
    /// # Errors
    /// As [`compile`](crate::compile); an old list may be empty.
    pub fn new(old: &[List], new: &[List], policy: Policy, removed: bool) -> Result<Delta, Error> {
        if let Some(empty) = new.iter().find(|list| list.entities.is_empty()) {
            return Err(Error::EmptyList(empty.meta.id.clone()));
        }
        let diff = ListDiff::between(entities(old), entities(new));
        let mut marks: HashMap<String, Mark> = HashMap::new();
        for entry in &diff.added {
            marks.insert(entry.entity.id(), Mark::of(Change::NewEntry));
        }
        for entry in diff.changed.iter().filter(|entry| entry.touches_screening()) {
            marks.insert(entry.id.clone(), Mark::changed(entry));
        }
        for entry in diff.removed.iter().filter(|_| removed) {
            // An id that is in both versions, twice in the old one, stays what it is in the new one.
            let mark = Mark::of(Change::RemovedEntry);
            marks.entry(entry.entity.id()).or_insert(mark);
        }
        Ok(Delta {
            excerpt: excerpt(old, new, &marks, policy)?,
            counts: diff.counts,
            regimes: regimes(new),
            marks,
        })
    }

    /// The answer for one subject, with evidence.
    pub fn screen(&self, subject: &Subject) -> Decision {
        self.screen_with(subject, &mut Scratch::default())
    }

    /// As [`Delta::screen`], with working memory that the caller keeps.
    pub fn screen_with(&self, subject: &Subject, scratch: &mut Scratch) -> Decision {
        self.excerpt.screen_with(subject, scratch)
    }

    /// What happened to the entry with this id; `None` where nothing did that touches screening.
    pub fn mark(&self, entity_id: &str) -> Option<&Mark> {
        self.marks.get(entity_id)
    }

    /// Every entry that is screened against because of a change, by id, in no order.
    pub fn marks(&self) -> impl Iterator<Item = (&str, &Mark)> {
        self.marks.iter().map(|(id, mark)| (id.as_str(), mark))
    }

    /// How many entries are screened against because of a change.
    pub fn marked(&self, change: Change) -> usize {
        self.marks.values().filter(|mark| mark.change == change).count()
    }

    /// The numbers of entries, by list, that reconcile.
    pub fn counts(&self) -> &BTreeMap<String, DiffCounts> {
        &self.counts
    }

    /// The regimes that have a measure against any entry of the new lists, changed or not, in order.
    pub fn regimes(&self) -> &[String] {
        &self.regimes
    }

    /// The screener over the entries that are screened against.
    pub fn screener(&self) -> &Screener {
        self.excerpt.screener()
    }

    /// What screening needs of the change once the versions were compared.
    pub fn excerpt(&self) -> &Excerpt {
        &self.excerpt
    }
}

impl Mark {
    fn of(change: Change) -> Mark {
        Mark {
            change,
            fields: Vec::new(),
        }
    }

    fn changed(entry: &ChangedEntry<'_>) -> Mark {
        let touching = entry
            .fields
            .iter()
            .filter(|change| change.effect == ChangeEffect::Screening);
        Mark {
            change: Change::ChangedEntry,
            fields: touching.map(|change| change.field).collect(),
        }
    }
}

fn entities(lists: &[List]) -> impl Iterator<Item = &Entity> {
    lists.iter().flat_map(|list| &list.entities)
}

fn excerpt(
    old: &[List],
    new: &[List],
    marks: &HashMap<String, Mark>,
    policy: Policy,
) -> Result<Excerpt, Error> {
    let removed = marks
        .iter()
        .filter(|(_, mark)| mark.change == Change::RemovedEntry);
    Ok(Excerpt::new(
        Screener::new(kept(old, new, marks)?, policy)?,
        removed.map(|(id, _)| id.clone()).collect(),
        marks.is_empty(),
    ))
}

/// The lists with the marked entries only, each under the description of the version it is from. Where none is marked
/// one entry stands in, since there is no screener over nothing; what is found of it is left out as of any other.
fn kept(old: &[List], new: &[List], marks: &HashMap<String, Mark>) -> Result<Vec<List>, Error> {
    let with = |list: &List, wanted: &dyn Fn(Change) -> bool| {
        let is_wanted = |entity: &&Entity| marks.get(&entity.id()).is_some_and(|mark| wanted(mark.change));
        List {
            meta: list.meta.clone(),
            entities: list.entities.iter().filter(is_wanted).cloned().collect(),
        }
    };
    let now = new
        .iter()
        .map(|list| with(list, &|change| change != Change::RemovedEntry));
    let gone = old
        .iter()
        .map(|list| with(list, &|change| change == Change::RemovedEntry));
    let lists: Vec<List> = now.chain(gone).filter(|list| !list.entities.is_empty()).collect();
    if !lists.is_empty() {
        return Ok(lists);
    }
    let first = new.first().ok_or(Error::NoList)?;
    Ok(vec![List {
        meta: first.meta.clone(),
        entities: first.entities.iter().take(1).cloned().collect(),
    }])
}

fn regimes(lists: &[List]) -> Vec<String> {
    let measures = entities(lists).flat_map(|entity| &entity.measures);
    let regimes: std::collections::BTreeSet<&str> = measures.map(|measure| measure.regime()).collect();
    regimes.into_iter().map(str::to_owned).collect()
}
