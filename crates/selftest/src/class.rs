use crate::original::Original;
use crate::{Seeded, classes};
use serde::Serialize;
use tamis_model::EntityKind;

/// Whose names a class changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every kind of party.
    Any,
    /// Persons.
    Person,
    /// Companies and other bodies.
    Organization,
    /// Vessels, aircraft and other things with names.
    Object,
}

impl Scope {
    /// The word used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::Any => "any",
            Scope::Person => "person",
            Scope::Organization => "organization",
            Scope::Object => "object",
        }
    }

    /// Whether a kind of party belongs to it.
    pub const fn holds(self, kind: EntityKind) -> bool {
        match self {
            Scope::Any => true,
            Scope::Person => matches!(kind, EntityKind::Person),
            Scope::Organization => matches!(kind, EntityKind::Organization),
            Scope::Object => matches!(
                kind,
                EntityKind::Vessel | EntityKind::Aircraft | EntityKind::Asset
            ),
        }
    }
}

/// One way in which a listed party's name comes to be written otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// Its name in tables: `typo-insert`.
    pub id: &'static str,
    /// Whose names it changes.
    pub scope: Scope,
    /// The behaviour that it imitates.
    pub about: &'static str,
    pub(crate) change: fn(&Original, &mut Seeded) -> Option<String>,
}

impl Class {
    /// Every class, in the order of the report.
    pub fn all() -> impl Iterator<Item = &'static Class> {
        classes::ALL.iter().copied().flatten()
    }

    /// The class of this name.
    ///
    /// # Example
    /// ```
    /// use tamis_selftest::Class;
    /// assert!(Class::named("typo-insert").is_some());
    /// ```
    pub fn named(id: &str) -> Option<&'static Class> {
        Class::all().find(|class| class.id == id)
    }

    /// A listed name, changed as the class does; `None` where it does not apply to the name, or would leave it as
    /// it is. The name is first written in one of the ways of customer files: as listed, given names first, or
    /// without the capitals of lists.
    ///
    /// # Example
    /// ```
    /// use tamis_model::EntityKind;
    /// use tamis_selftest::{Class, Seeded};
    /// let class = Class::named("dropped-patronymic").unwrap();
    /// let name = class.apply("IVANOV, Igor Petrovich", EntityKind::Person, &mut Seeded::new(1)).unwrap();
    /// assert!(!name.contains("Petrovich"));
    /// assert_eq!(class.apply("IVANOV, Igor", EntityKind::Person, &mut Seeded::new(1)), None);
    /// ```
    pub fn apply(&self, name: &str, kind: EntityKind, seeded: &mut Seeded) -> Option<String> {
        if !self.scope.holds(kind) {
            return None;
        }
        if self.id == EXACT {
            return Some(name.to_owned());
        }
        let original = Original::styled(name, kind, seeded);
        let changed = (self.change)(&original, seeded)?;
        (changed != original.text && changed != name && !changed.trim().is_empty()).then_some(changed)
    }
}

/// The class that changes nothing: the test of the test.
pub(crate) const EXACT: &str = "exact";
