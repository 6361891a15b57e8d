//! The readers of OpenSanctions' files: samples whole, altered and mutilated.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use tamis_lists::{ErrorKind, File, Format, detect, load, read};
use tamis_model::{BirthDate, Entity, List, NameRole};

const FTM: &str = include_str!("../../../data/samples/lists/opensanctions_ftm/entities.ftm.json");
const NESTED: &str = include_str!("../../../data/samples/lists/opensanctions_nested/targets.nested.json");
const TABLE: &str = include_str!("../../../data/samples/lists/opensanctions_csv/targets.simple.csv");

const FORMATS: [Format; 3] = [
    Format::OpenSanctionsFtm,
    Format::OpenSanctionsNested,
    Format::OpenSanctionsCsv,
];

fn files(text: &str) -> [File; 1] {
    [File {
        name: "list".into(),
        bytes: text.into(),
    }]
}

fn refused(text: &str) -> ErrorKind {
    load(&files(text)).unwrap_err().kind().clone()
}

fn entity<'a>(list: &'a List, id: &str) -> &'a Entity {
    let mut found = list.entities.iter().filter(|e| e.native_id == id);
    found.next().unwrap_or_else(|| panic!("no entity {id}"))
}

fn check(list: &List) {
    assert!(!list.entities.is_empty());
    assert_eq!(list.meta.counts, tamis_model::Counts::of(&list.entities));
    for entity in &list.entities {
        assert_eq!(entity.names[0].role, NameRole::Primary);
    }
}

#[test]
fn each_sample_is_recognised_and_read_whole() {
    for (text, format, golden) in [
        (FTM, Format::OpenSanctionsFtm, "opensanctions_ftm.txt"),
        (NESTED, Format::OpenSanctionsNested, "opensanctions_nested.txt"),
        (TABLE, Format::OpenSanctionsCsv, "opensanctions_csv.txt"),
    ] {
        assert_eq!(detect(&files(text)).unwrap(), format);
        assert_eq!(Format::parse(format.as_str()), Some(format));
        let list = load(&files(text)).unwrap();
        check(&list);
        golden::check(&list, golden);
    }
}

#[test]
fn every_value_of_the_records_is_kept_somewhere() {
    let list = load(&files(FTM)).unwrap();
    let measures = list.entities.iter().flat_map(|entity| &entity.measures);
    let authorities: String = measures.map(|measure| measure.authority.as_str()).collect();
    let read = golden::text(&list) + &authorities;
    let reading = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let mut checked = 0;
    for line in FTM.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        // Records without a name, or about nobody, are told of by their ids.
        let schema = record["schema"].as_str().unwrap();
        let told = ["NK-None", "san-9"].contains(&record["id"].as_str().unwrap());
        // Where a thing is a position, its own country is not the holder's.
        for (property, values) in record["properties"].as_object().unwrap() {
            let known = told || property == "full" || schema == "Position" && property == "country";
            for value in values
                .as_array()
                .unwrap()
                .iter()
                .filter_map(reading)
                .filter(|_| !known)
            {
                let shown =
                    value.strip_prefix("addr-").is_some() || value == "pos-1" || read.contains(&value);
                assert!(shown, "{schema} {property}: {value}");
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn records_inside_others_are_read_as_those_beside_them() {
    let (flat, nested) = (load(&files(FTM)).unwrap(), load(&files(NESTED)).unwrap());
    let (one, other) = (entity(&flat, "NK-Ivan"), entity(&nested, "NK-Ivan"));
    assert_eq!(
        (&one.names, &one.addresses, &one.positions),
        (&other.names, &other.addresses, &other.positions)
    );
    assert_eq!(one.measures, other.measures);
    assert!(
        one.relations.contains(&other.relations[0]),
        "{:?}",
        other.relations
    );
    assert_eq!(
        nested.entities.len(),
        4,
        "three targets, and one that stands beside them"
    );
}

#[test]
fn what_cannot_be_read_is_refused_by_its_name() {
    let first = FTM.lines().next().unwrap();
    assert!(matches!(
        refused(&FTM[..first.len() - 9]),
        ErrorKind::Truncated { .. }
    ));
    assert!(matches!(
        refused(&first.replace("\"caption\":", "caption:")),
        ErrorKind::Json { .. }
    ));
    let doubled = format!("{FTM}{first}\n");
    assert!(matches!(refused(&doubled), ErrorKind::DuplicateId { entry } if entry == "NK-Ivan"));
    let nameless = first.replace("\"id\": \"NK-Ivan\"", "\"id\": \" \"");
    assert!(matches!(refused(&nameless), ErrorKind::Field { field: "id", .. }));
    let target = r#"{"id": "x", "schema": "Person", "properties": {"topics": ["sanction"]}}"#;
    assert!(matches!(refused(target), ErrorKind::NoName { entry, .. } if entry == "x"));
    let nobody = r#"{"id": "x", "schema": "Payment", "properties": {"amount": ["1"]}}"#;
    assert_eq!(refused(nobody), ErrorKind::NoEntries);
    let row = TABLE.lines().nth(2).unwrap();
    assert!(matches!(
        refused(&format!("{TABLE}{row}\n")),
        ErrorKind::DuplicateId { .. }
    ));
    assert!(matches!(
        refused(&TABLE.replace("BEISPIEL STAR", "...")),
        ErrorKind::NoName { .. }
    ));
    assert!(matches!(
        refused(&TABLE.replace("\"NK-Ship\"", "")),
        ErrorKind::Field { field: "id", .. }
    ));
    let error = read(Format::OpenSanctionsCsv, &files(FTM)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WrongFormat { .. }));
}

#[test]
fn a_bad_date_is_kept_as_one_that_was_not_read() {
    let list = load(&files(&FTM.replace("1961-11-07", "1961-31-07"))).unwrap();
    let ivan = entity(&list, "NK-Ivan");
    let (unread, born) = (BirthDate::unread("1961-31-07"), &ivan.birth_dates);
    assert_eq!((born.len(), born.contains(&unread)), (2, true), "{born:?}");
}

/// A travel ban that is understood must not hide a freeze that is not.
#[test]
fn a_provision_in_unknown_words_is_assumed_beside_known_ones() {
    let measures = |provisions: &str| {
        let list = load(&files(
            &FTM.replace(r#""Asset freeze", "Travel Ban""#, provisions),
        ))
        .unwrap();
        let ivan = entity(&list, "NK-Ivan").measures.clone();
        let ours = ivan.into_iter().filter(|measure| measure.code.starts_with("uk."));
        let brief = |measure: tamis_model::Measure| {
            let assumed = measure
                .detail
                .is_some_and(|text| text.contains("('Vermögenssperre'); it is assumed"));
            (measure.code, assumed)
        };
        ours.map(brief).collect::<Vec<_>>()
    };
    let of = |effect: &str, assumed| (format!("uk.opensanctions.{effect}"), assumed);
    let both = [of("travel-ban", false), of("freeze", true)];
    assert_eq!(measures(r#""Travel Ban", "Vermögenssperre""#), both);
    assert_eq!(
        measures(r#""Vermögenssperre", "Travel Ban", "Nothing known""#),
        both
    );
    assert_eq!(
        measures(r#""Asset freeze", "Vermögenssperre""#),
        [of("freeze", false)]
    );
    assert_eq!(measures(r#""Vermögenssperre""#), [of("freeze", true)]);
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let files = [File { name: "x".into(), bytes }];
        for format in FORMATS {
            if let Ok(list) = read(format, &files) {
                check(&list);
            }
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        which in 0usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut bytes = [FTM, NESTED, TABLE][which].as_bytes().to_vec();
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
