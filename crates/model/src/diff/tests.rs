use super::*;
use crate::{
    Address, BirthDate, EntityKind, Identifier, IdentifierKind, Measure, Name, NameRole, Prohibition,
};

fn entity(id: &str, names: &[&str]) -> Entity {
    let mut entity = Entity::new("test", id, EntityKind::Person);
    entity.names = names
        .iter()
        .map(|name| Name::new(*name, NameRole::Primary))
        .collect();
    entity
}

/// The one change between two versions of an entry.
fn change_of(old: &Entity, new: &Entity) -> FieldChange {
    let changes = changes(old, new);
    assert_eq!(changes.len(), 1, "{changes:?}");
    changes.into_iter().next().unwrap()
}

#[test]
fn entries_are_added_removed_changed_or_the_same_and_the_numbers_reconcile() {
    let old = [
        entity("1", &["A B"]),
        entity("2", &["C D"]),
        entity("3", &["E F"]),
    ];
    let new = [
        entity("3", &["E F"]),
        entity("2", &["C Q"]),
        entity("4", &["G H"]),
    ];
    let diff = ListDiff::between(&old, &new);
    let ids = |entries: &[OneSided<'_>]| entries.iter().map(|e| e.entity.id()).collect::<Vec<_>>();
    assert_eq!(ids(&diff.added), ["test:4"]);
    assert_eq!(ids(&diff.removed), ["test:1"]);
    assert_eq!(diff.changed[0].id, "test:2");
    let counts = diff.counts["test"];
    assert_eq!((counts.old, counts.new), (3, 3));
    assert_eq!(counts.old, counts.removed + counts.changed + counts.unchanged);
    assert_eq!(counts.new, counts.added + counts.changed + counts.unchanged);
    let touched: Vec<String> = diff.touched().map(Entity::id).collect();
    assert_eq!(touched, ["test:4", "test:2"]);
}

#[test]
fn the_order_of_values_says_nothing_and_their_number_does() {
    let old = entity("1", &["A", "B"]);
    assert_eq!(changes(&old, &entity("1", &["B", "A"])), []);
    let twice = change_of(&old, &entity("1", &["A", "B", "B"]));
    assert_eq!(
        (twice.added.len(), twice.removed.len(), twice.replaced.len()),
        (1, 0, 0)
    );
}

#[test]
fn a_name_with_another_role_is_replaced_and_another_name_is_added() {
    let old = entity("1", &["A", "B"]);
    let mut new = entity("1", &["A", "C", "D"]);
    new.names[0].role = NameRole::WeakAlias;
    let change = change_of(&old, &new);
    assert_eq!(change.field, EntryField::Names);
    assert_eq!(change.replaced[0].old.to_string(), "A (primary)");
    assert_eq!(change.replaced[0].new.to_string(), "A (weak alias)");
    assert_eq!(change.removed[0].to_string(), "B (primary)");
    assert_eq!(change.added.len(), 2);
}

#[test]
fn one_value_out_and_one_in_is_one_replaced() {
    let mut old = entity("1", &["A"]);
    old.birth_dates = vec![BirthDate::parse("1950").unwrap()];
    let mut new = old.clone();
    new.birth_dates = vec![BirthDate::parse("circa 1951").unwrap()];
    let change = change_of(&old, &new);
    assert_eq!(
        change.replaced[0].old.to_string(),
        "1950 (1950-01-01 to 1950-12-31)"
    );
    assert_eq!(
        change.replaced[0].new.to_string(),
        "circa 1951 (circa 1951-01-01 to 1951-12-31)"
    );
    assert!(change.removed.is_empty() && change.added.is_empty());
}

#[test]
fn a_note_is_wording_an_address_a_fact_and_its_country_touches_screening() {
    let effect = |old: &Entity, new: &Entity| {
        let (old, new) = ([old.clone()], [new.clone()]);
        ListDiff::between(&old, &new).changed[0].effect()
    };
    let old = entity("1", &["A"]);
    let mut noted = old.clone();
    noted.notes.push("Other words.".into());
    assert_eq!(effect(&old, &noted), ChangeEffect::Wording);
    let mut housed = noted.clone();
    housed.addresses.push(Address {
        lines: vec!["1 Street".into()],
        ..Address::default()
    });
    assert_eq!(effect(&old, &housed), ChangeEffect::Facts);
    housed.addresses[0].country = Some("Iraq".into());
    assert_eq!(effect(&old, &housed), ChangeEffect::Screening);
}

#[test]
fn every_field_is_compared_and_told_by_one_name() {
    let mut names: Vec<&str> = EntryField::ALL.iter().map(|field| field.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), EntryField::ALL.len());
    let json = |field: EntryField| serde_json::to_string(&field).unwrap();
    for field in EntryField::ALL {
        assert_eq!(json(field), format!("\"{}\"", field.as_str()));
    }
}

#[test]
fn an_entry_under_another_id_is_added_and_removed_with_a_hint() {
    let mut old = entity("1", &["A B", "C D"]);
    old.identifiers
        .push(Identifier::new(IdentifierKind::Passport, "123"));
    let mut new = Entity {
        native_id: "9".into(),
        ..old.clone()
    };
    new.names.reverse();
    new.notes.push("renumbered".into());
    let (before, after) = ([old.clone()], [new.clone()]);
    let diff = ListDiff::between(&before, &after);
    assert_eq!(diff.added[0].same_content_as.as_deref(), Some("test:1"));
    assert_eq!(diff.removed[0].same_content_as.as_deref(), Some("test:9"));
    new.identifiers.clear();
    let after = [new];
    assert_eq!(
        ListDiff::between(&before, &after).added[0].same_content_as,
        None,
        "a namesake is no hint"
    );
}

#[test]
fn an_id_that_stands_twice_is_compared_in_order() {
    let old = [entity("1", &["A"]), entity("1", &["B"])];
    let new = [entity("1", &["A"])];
    let diff = ListDiff::between(&old, &new);
    assert_eq!((diff.changed.len(), diff.counts["test"].unchanged), (0, 1));
    assert_eq!(diff.removed[0].entity.names[0].text, "B");
}

#[test]
fn a_kind_that_becomes_a_guess_touches_screening() {
    let old = entity("1", &["A"]);
    let mut new = old.clone();
    new.kind_is_assumed = true;
    let change = change_of(&old, &new);
    assert_eq!(
        (change.field, change.effect),
        (EntryField::Kind, ChangeEffect::Screening)
    );
    assert_eq!(change.replaced[0].new.to_string(), "person (assumed)");
}

#[test]
fn a_measure_that_ends_is_replaced() {
    let mut old = entity("1", &["A"]);
    old.measures
        .push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
    let mut new = old.clone();
    new.measures[0].to = Some(jiff::civil::date(2026, 1, 2));
    let change = change_of(&old, &new);
    assert_eq!(
        (change.field, change.effect),
        (EntryField::Measures, ChangeEffect::Screening)
    );
    assert!(change.replaced[0].new.to_string().ends_with("to 2026-01-02)"));
}

#[test]
fn what_is_said_beside_a_name_or_a_number_does_not_touch_screening() {
    let mut old = entity("1", &["A"]);
    old.identifiers
        .push(Identifier::new(IdentifierKind::Passport, "123"));
    let mut new = old.clone();
    new.names[0].label = Some("Good".into());
    new.identifiers[0].label = Some("Passport; expires 2030-01-01".into());
    assert!(
        changes(&old, &new)
            .iter()
            .all(|change| change.effect == ChangeEffect::Facts)
    );
    new.identifiers[0].country = Some("Iraq".into());
    let of_identifiers = changes(&old, &new).pop().unwrap();
    assert_eq!(
        (of_identifiers.field, of_identifiers.effect),
        (EntryField::Identifiers, ChangeEffect::Screening)
    );
}
