//! What changed between two versions of lists: entries added, removed and changed, field by field.

mod field;
mod value;

use crate::{Entity, Name};
pub use field::{ChangeEffect, EntryField};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
pub use value::FieldValue;

/// A value that took the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// What stood there.
    pub old: FieldValue,
    /// What stands there now.
    pub new: FieldValue,
}

impl Replaced {
    /// Whether a name or a number is compared as before, so that only what is said beside it changed.
    fn is_beside(&self) -> bool {
        match (&self.old, &self.new) {
            (FieldValue::Name(old), FieldValue::Name(new)) => {
                let compared = |name: &Name| (name.role, name.confidence());
                old.text == new.text && compared(old) == compared(new)
            }
            (FieldValue::Identifier(old), FieldValue::Identifier(new)) => {
                old.value == new.value && old.number() == new.number()
            }
            _ => false,
        }
    }
}

/// A field of an entry that changed.
///
/// The values of a field are a set: their order says nothing, so a list that only turns them round did not change. A
/// value is *replaced* where both sides have one of the same text or number, or where one was taken out and one put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which field.
    pub field: EntryField,
    /// What its changes may do: that of the field, or less where names and identifiers stayed what they are and only
    /// what is said beside them changed.
    pub effect: ChangeEffect,
    /// Values that took the place of others.
    pub replaced: Vec<Replaced>,
    /// Values that are gone.
    pub removed: Vec<FieldValue>,
    /// Values that are new.
    pub added: Vec<FieldValue>,
}

/// An entry that is in one version only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OneSided<'a> {
    /// The entry.
    pub entity: &'a Entity,
    /// The id of an entry of the same list, in the other version only, that says the same about the party: the entry
    /// may have been renumbered. A hint, no more: both stay what they are, added and removed.
    pub same_content_as: Option<String>,
}

/// An entry that is in both versions, and differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedEntry<'a> {
    /// Its id in both, `<list>:<native id>`.
    pub id: String,
    /// The entry as it was.
    #[serde(skip)]
    pub old: &'a Entity,
    /// The entry as it is.
    #[serde(skip)]
    pub new: &'a Entity,
    /// The fields that differ, at least one, in the order of [`EntryField::ALL`].
    pub fields: Vec<FieldChange>,
}

impl ChangedEntry<'_> {
    /// The most that the changes may do.
    pub fn effect(&self) -> ChangeEffect {
        let effects = self.fields.iter().map(|change| change.effect);
        effects.max().unwrap_or(ChangeEffect::Wording)
    }

    /// Whether another answer about a customer may follow from the change.
    pub fn touches_screening(&self) -> bool {
        self.effect() == ChangeEffect::Screening
    }
}

/// The numbers of one list that must reconcile: `old = removed + changed + unchanged` and
/// `new = added + changed + unchanged`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DiffCounts {
    /// Entries of the old version.
    pub old: usize,
    /// Entries of the new version.
    pub new: usize,
    /// Entries of the new version only.
    pub added: usize,
    /// Entries of the old version only.
    pub removed: usize,
    /// Entries that differ.
    pub changed: usize,
    /// Those of them whose changes touch screening.
    pub changed_for_screening: usize,
    /// Entries that are the same.
    pub unchanged: usize,
}

/// What changed between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListDiff<'a> {
    /// The numbers, by list id.
    pub counts: BTreeMap<String, DiffCounts>,
    /// Entries of the new version only, in its order.
    pub added: Vec<OneSided<'a>>,
    /// Entries of the old version only, in its order.
    pub removed: Vec<OneSided<'a>>,
    /// Entries that differ, in the order of the new version.
    pub changed: Vec<ChangedEntry<'a>>,
}

impl<'a> ListDiff<'a> {
    /// Compares two versions, entry by entry of the same id. Takes time about linear in the entries; what is found
    /// borrows them. An id that stands twice in a version is compared in the order in which it stands there.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{Entity, EntityKind, EntryField, ListDiff, Name, NameRole};
    /// let mut old = Entity::new("demo", "1", EntityKind::Person);
    /// old.names.push(Name::new("TIKHONOV, Andrei", NameRole::Primary));
    /// let mut new = old.clone();
    /// new.names.push(Name::new("ТИХОНОВ, Андрей", NameRole::OriginalScript));
    /// let (old, new) = ([old], [new]);
    /// let diff = ListDiff::between(&old, &new);
    /// assert_eq!(diff.changed[0].fields[0].field, EntryField::Names);
    /// assert!(diff.changed[0].touches_screening());
    /// ```
    pub fn between(
        old: impl IntoIterator<Item = &'a Entity>,
        new: impl IntoIterator<Item = &'a Entity>,
    ) -> ListDiff<'a> {
        let mut diff = ListDiff::default();
        let old: Vec<&Entity> = old.into_iter().collect();
        let mut known: HashMap<(&str, &str), Vec<&Entity>> = HashMap::new();
        // The last of an id comes first, so that it is taken last.
        for entity in old.iter().rev() {
            known.entry(key(entity)).or_default().push(entity);
            diff.counts.entry(entity.list.clone()).or_default().old += 1;
        }
        for entity in new {
            match known.get_mut(&key(entity)).and_then(Vec::pop) {
                Some(before) => diff.compare(before, entity),
                None => diff.add(entity),
            }
        }
        for entity in old {
            let left = known.get(&key(entity)).is_some_and(|left| is_among(entity, left));
            if left {
                diff.remove(entity);
            }
        }
        diff.find_renumbered();
        diff
    }

    /// The entries of the new version about which another answer may be given than before: those that are new, and
    /// those that changed in a field that touches screening.
    pub fn touched(&self) -> impl Iterator<Item = &'a Entity> {
        let changed = self.changed.iter().filter(|entry| entry.touches_screening());
        let added = self.added.iter().map(|entry| entry.entity);
        added.chain(changed.map(|entry| entry.new))
    }

    /// How many entries changed in each field.
    pub fn fields(&self) -> BTreeMap<EntryField, usize> {
        let mut counts = BTreeMap::new();
        for change in self.changed.iter().flat_map(|entry| &entry.fields) {
            *counts.entry(change.field).or_default() += 1;
        }
        counts
    }

    fn counts_of(&mut self, entity: &Entity) -> &mut DiffCounts {
        self.counts.entry(entity.list.clone()).or_default()
    }

    fn compare(&mut self, old: &'a Entity, new: &'a Entity) {
        let fields = changes(old, new);
        let counts = self.counts_of(new);
        counts.new += 1;
        if fields.is_empty() {
            counts.unchanged += 1;
            return;
        }
        let entry = ChangedEntry {
            id: new.id(),
            old,
            new,
            fields,
        };
        counts.changed += 1;
        counts.changed_for_screening += usize::from(entry.touches_screening());
        self.changed.push(entry);
    }

    fn add(&mut self, entity: &'a Entity) {
        let counts = self.counts_of(entity);
        counts.new += 1;
        counts.added += 1;
        self.added.push(OneSided::new(entity));
    }

    fn remove(&mut self, entity: &'a Entity) {
        self.counts_of(entity).removed += 1;
        self.removed.push(OneSided::new(entity));
    }

    /// Pairs entries that were removed with entries that were added and say the same.
    fn find_renumbered(&mut self) {
        let mut by_names: HashMap<(&str, Vec<&str>), Vec<usize>> = HashMap::new();
        for (at, entry) in self.removed.iter().enumerate() {
            by_names.entry(names_of(entry.entity)).or_default().push(at);
        }
        for added in &mut self.added {
            let Some(candidates) = by_names.get_mut(&names_of(added.entity)) else {
                continue;
            };
            let removed = &self.removed;
            let same = |at: &usize| {
                removed
                    .get(*at)
                    .is_some_and(|r| says_the_same(r.entity, added.entity))
            };
            let Some(found) = candidates.iter().position(same) else {
                continue;
            };
            if let Some(entry) = self.removed.get_mut(candidates.remove(found)) {
                entry.same_content_as = Some(added.entity.id());
                added.same_content_as = Some(entry.entity.id());
            }
        }
    }
}

impl<'a> OneSided<'a> {
    fn new(entity: &'a Entity) -> OneSided<'a> {
        OneSided {
            entity,
            same_content_as: None,
        }
    }
}

fn key(entity: &Entity) -> (&str, &str) {
    (&entity.list, &entity.native_id)
}

fn is_among(entity: &Entity, entities: &[&Entity]) -> bool {
    entities.iter().any(|other| std::ptr::eq(*other, entity))
}

/// The list and the texts of the names, in order.
fn names_of(entity: &Entity) -> (&str, Vec<&str>) {
    let mut names: Vec<&str> = entity.names.iter().map(|name| name.text.as_str()).collect();
    names.sort_unstable();
    (&entity.list, names)
}

fn says_the_same(one: &Entity, two: &Entity) -> bool {
    let fields = EntryField::ALL.into_iter();
    fields
        .filter(|field| field.effect() == ChangeEffect::Screening)
        .filter_map(|field| change(one, two, field))
        .all(|change| change.effect < ChangeEffect::Screening)
}

/// The fields in which two versions of an entry differ, whatever their ids are.
fn changes(old: &Entity, new: &Entity) -> Vec<FieldChange> {
    if old == new {
        return Vec::new();
    }
    let fields = EntryField::ALL.into_iter();
    fields.filter_map(|field| change(old, new, field)).collect()
}

fn change(old: &Entity, new: &Entity, field: EntryField) -> Option<FieldChange> {
    let (mut removed, mut added) = (value::of(old, field), value::of(new, field));
    removed.retain(|value| !take(&mut added, value));
    if removed.is_empty() && added.is_empty() {
        return None;
    }
    let replaced = replaced(&mut removed, &mut added);
    let beside = removed.is_empty() && added.is_empty() && replaced.iter().all(Replaced::is_beside);
    Some(FieldChange {
        field,
        effect: match beside {
            true => field.effect().min(ChangeEffect::Facts),
            false => field.effect(),
        },
        replaced,
        removed,
        added,
    })
}

/// Takes one value equal to `value` out of `values`, if there is one.
fn take(values: &mut Vec<FieldValue>, value: &FieldValue) -> bool {
    let found = values.iter().position(|other| other == value);
    found.map(|at| values.remove(at)).is_some()
}

fn replaced(removed: &mut Vec<FieldValue>, added: &mut Vec<FieldValue>) -> Vec<Replaced> {
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for old in removed.drain(..) {
        let same = |new: &FieldValue| old.key().is_some_and(|key| new.key() == Some(key));
        match added.iter().position(same) {
            Some(at) => pairs.push(Replaced {
                new: added.remove(at),
                old,
            }),
            None => left.push(old),
        }
    }
    if let ([_], [_]) = (left.as_slice(), added.as_slice()) {
        let both = left.pop().zip(added.pop());
        pairs.extend(both.map(|(old, new)| Replaced { old, new }));
    }
    *removed = left;
    pairs
}

#[cfg(test)]
mod tests;
