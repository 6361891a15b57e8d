//! The readers of private lists: samples whole, with every kind of mistake, and mutilated.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use tamis_lists::{ErrorKind, File, Format, detect, load, read};
use tamis_model::{List, NameRole, Prohibition};

const TABLE: &str = include_str!("../../../data/samples/lists/private_csv/deny.csv");
const TOML: &str = include_str!("../../../data/samples/lists/private_toml/deny.toml");

fn files(text: &str) -> [File; 1] {
    [File {
        name: "list".into(),
        bytes: text.into(),
    }]
}

fn check(list: &List) {
    assert!(!list.entities.is_empty());
    assert_eq!(list.meta.counts, tamis_model::Counts::of(&list.entities));
    for entity in &list.entities {
        assert_eq!(entity.names[0].role, NameRole::Primary);
        assert!(entity.measures[0].code.starts_with("private."));
    }
}

#[test]
fn each_form_is_recognised_and_read_whole() {
    for (text, format, golden) in [
        (TABLE, Format::PrivateCsv, "private_csv.txt"),
        (TOML, Format::PrivateToml, "private_toml.txt"),
    ] {
        assert_eq!(detect(&files(text)).unwrap(), format);
        assert_eq!(Format::parse(format.as_str()), Some(format));
        let list = load(&files(text)).unwrap();
        check(&list);
        golden::check(&list, golden);
    }
}

#[test]
fn both_forms_give_the_same_entry() {
    let (mut one, mut other) = (load(&files(TABLE)).unwrap(), load(&files(TOML)).unwrap());
    let (mut one, mut other) = (one.entities.swap_remove(0), other.entities.swap_remove(0));
    for entity in [&mut one, &mut other] {
        // The table has an address as one text, and no relations.
        entity.addresses.clear();
        entity.relations.clear();
    }
    assert_eq!(one, other);
    assert_eq!(one.measures[0].code, "private.house.deny");
    assert_eq!(one.measures[0].prohibits, Prohibition::TransactionBan);
}

#[test]
fn what_is_not_understood_is_refused_with_its_field_and_line() {
    for (text, from, to, line, field) in [
        (TABLE, "1961-11-07", "1961-31-07", 2, "birth_dates"),
        // The 6th of July, or the 7th of June.
        (TABLE, "1961-11-07", "06/07/1961", 2, "birth_dates"),
        (TABLE, "2024-05-06", "03/04/2024", 2, "from"),
        (TOML, "2026-08-01", "08/01/2026", 1, "list.published"),
        (TABLE, ",person,", ",persona,", 2, "kind"),
        (TABLE, ",H-2,", ",,", 3, "id"),
        (TABLE, ",RU,CY,", ",RU,Atlantis,", 2, "countries"),
        (TABLE, ",RU,CY,", ",Utopia,CY,", 2, "nationalities"),
        (TABLE, ",male,", ",unsure,", 2, "gender"),
        (TABLE, "passport@RU=", "pasport@RU=", 2, "identifiers"),
        (TABLE, "imo=9999993", "imo", 4, "identifiers"),
        (TABLE, "watch", "whatch", 3, "effect"),
        (TABLE, "2024-05-06", "May 2024", 2, "from"),
        (TABLE, "2034-05-05", "2014-05-05", 2, "to"),
        (TABLE, "|Иван Мустерманов,", "|...,", 2, "aliases"),
        (TABLE, "house,H-3", "other,H-3", 4, "list"),
        (TABLE, "house,H-1", "The House,H-1", 2, "list"),
        (TOML, "1961-11-07", "1961-31-07", 8, "birth_dates"),
        (TOML, "\"company\"", "\"conpany\"", 33, "kind"),
        (TOML, "id = \"house\"", "id = \"Our House\"", 1, "list.id"),
        (TOML, "2026-08-01", "soon", 1, "list.published"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let error = load(&files(&changed)).unwrap_err();
        match error.kind() {
            ErrorKind::Field { field: found, .. } => assert_eq!(*found, field, "{error}"),
            other => panic!("{from}: {other}"),
        }
        assert_eq!(error.line(), Some(line), "{error}");
    }
}

#[test]
fn a_name_that_is_not_known_is_refused_and_not_ignored() {
    let kind = |text: &str| load(&files(text)).unwrap_err().kind().clone();
    let titled = TABLE.replacen("weak_aliases", "weak aliases", 1);
    assert!(matches!(kind(&titled), ErrorKind::UnknownColumn { column, .. } if column == "weak aliases"));
    let doubled = TABLE.replacen("weak_aliases", "aliases", 1);
    assert!(matches!(kind(&doubled), ErrorKind::UnknownColumn { column, .. } if column == "aliases (twice)"));
    let keyed = TOML.replacen("weak_aliases", "weakaliases", 1);
    let error = load(&files(&keyed)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Toml { .. }), "{error}");
    assert_eq!(error.line(), Some(13), "{error}");
    assert!(matches!(
        kind(&TABLE.replacen("H-2", "H-1", 1)),
        ErrorKind::DuplicateId { .. }
    ));
    assert!(matches!(
        kind(&TOML.replacen("H-2\"\nkind", "H-1\"\nkind", 1)),
        ErrorKind::DuplicateId { .. }
    ));
    assert!(matches!(
        kind(&TABLE.replacen("BEISPIEL STAR", "-", 1)),
        ErrorKind::NoName { .. }
    ));
    assert!(matches!(
        kind(&TABLE.replacen(",,,DE", ",,DE", 1)),
        ErrorKind::Field { .. } | ErrorKind::Fields { .. }
    ));
    let titles = TABLE.lines().next().unwrap();
    assert_eq!(kind(&format!("{titles}\n")), ErrorKind::NoEntries);
    assert!(matches!(
        kind(&format!("{TABLE}house,\"H-4")),
        ErrorKind::Truncated { .. }
    ));
}

#[test]
fn a_table_of_empty_rows_has_no_entries() {
    let empty = "list,id,kind,name,effect\n,,,,\n,,,,\n";
    assert_eq!(*load(&files(empty)).unwrap_err().kind(), ErrorKind::NoEntries);
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let files = [File { name: "x".into(), bytes }];
        for format in [Format::PrivateCsv, Format::PrivateToml] {
            prop_assert!(read(format, &files).is_err());
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        toml in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut bytes = if toml { TOML } else { TABLE }.as_bytes().to_vec();
        for (place, length, new) in edits {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.into_iter().take(8));
        }
        if let Ok(list) = load(&[File { name: "x".into(), bytes }]) {
            check(&list);
        }
    }
}
