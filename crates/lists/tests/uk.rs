//! The reader of the UK's CSV lists: samples whole, altered and mutilated, and a real copy where one is at hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "the helpers of a test may fail it"
)]

use proptest::prelude::*;
use tamis_lists::{ErrorKind, File, Format, detect, load, read};
use tamis_model::{CountryRelation, Entity, EntityKind, Gender, IdentifierKind, List, NameRole, Prohibition};

const LIST: &str = include_str!("../../../data/samples/lists/uk_csv/uk-sanctions-list.csv");
const CONLIST: &str = include_str!("../../../data/samples/lists/uk_conlist/ConList.csv");

fn files(text: &str) -> [File; 1] {
    [File {
        name: "list.csv".into(),
        bytes: text.into(),
    }]
}

fn refused(text: &str) -> ErrorKind {
    load(&files(text)).unwrap_err().kind().clone()
}

fn entity<'a>(list: &'a List, id: &str) -> &'a Entity {
    let mut found = list.entities.iter().filter(|e| e.id() == id);
    found.next().unwrap_or_else(|| panic!("no entity {id}"))
}

fn names(entity: &Entity) -> Vec<(&str, NameRole)> {
    entity.names.iter().map(|n| (n.text.as_str(), n.role)).collect()
}

fn numbers(entity: &Entity) -> Vec<(IdentifierKind, &str)> {
    let ids = entity.identifiers.iter();
    ids.map(|id| (id.kind.clone(), id.value.as_str())).collect()
}

#[test]
fn the_rows_of_a_party_are_put_together() {
    assert_eq!(detect(&files(LIST)).unwrap(), Format::UkCsv);
    let list = load(&files(LIST)).unwrap();
    assert_eq!(
        (list.meta.id.as_str(), list.meta.format.as_str()),
        ("uk", "uk-csv")
    );
    assert_eq!(list.meta.published.unwrap().to_string(), "2026-02-13");
    assert_eq!(list.entities.len(), 3);
    let ivan = entity(&list, "uk:RUS9001");
    assert_eq!(ivan.kind, EntityKind::Person);
    assert_eq!(
        names(ivan),
        [
            ("MUSTERMANOV, Ivan Petrovich", NameRole::Primary),
            ("Иван Петрович МУСТЕРМАНОВ", NameRole::OriginalScript),
            ("MUSTERMANOW, Iwan", NameRole::StrongAlias),
            ("VANYA", NameRole::WeakAlias),
            ("MUSTERMANOV, Ivan", NameRole::StrongAlias),
        ]
    );
    let births: Vec<String> = ivan
        .birth_dates
        .iter()
        .map(|date| date.from.to_string())
        .collect();
    assert_eq!(births, ["1961-11-07", "1962-01-01"]);
    assert_eq!(ivan.gender, Some(Gender::Male));
    assert_eq!(ivan.birth_places[0].text, "Sampletown, Russia");
    assert_eq!(ivan.addresses.len(), 1, "what two rows say is kept once");
    assert_eq!(
        ivan.addresses[0].one_line(),
        "1 Sample Street, Sampletown, 10001, Russia"
    );
    assert_eq!(
        numbers(ivan),
        [
            (IdentifierKind::Passport, "00 1234567"),
            (IdentifierKind::NationalId, "998877")
        ]
    );
    assert_eq!(ivan.identifiers[0].country.as_deref(), Some("Russia"));
    assert_eq!(ivan.positions, ["Dr", "Director of Beispiel Bank"]);
    for note in [
        "Date of birth: unknown",
        "Statement of reasons: An invented reason, \"quoted\".",
    ] {
        assert!(ivan.notes.iter().any(|own| own == note), "{:?}", ivan.notes);
    }
    assert_eq!(list.meta.remarks, [], "'unknown' says nothing");
}

#[test]
fn each_effect_is_a_measure_with_its_regulations() {
    let list = load(&files(LIST)).unwrap();
    let measures: Vec<_> = entity(&list, "uk:RUS9001").measures.iter().collect();
    let codes: Vec<_> = measures.iter().map(|m| (m.code.as_str(), m.prohibits)).collect();
    assert_eq!(
        codes,
        [
            ("uk.sl.freeze", Prohibition::AssetFreeze),
            ("uk.sl.travel-ban", Prohibition::TravelBan),
            ("uk.sl.trust-services", Prohibition::TransactionBan),
            ("uk.sl.director-disqualification", Prohibition::TransactionBan),
        ]
    );
    for measure in measures {
        assert_eq!(measure.programme.as_deref(), Some("Russia"));
        let basis = "The Russia (Sanctions) (EU Exit) Regulations 2019 (S.I. 2019/855)";
        assert_eq!(measure.legal_basis.as_deref(), Some(basis));
        assert_eq!(measure.from.unwrap().to_string(), "2022-02-24");
    }
    let altered = LIST.replace("Specified Ship", "Ban on Kites");
    let list = load(&files(&altered)).unwrap();
    assert_eq!(
        entity(&list, "uk:RUS9003").measures[0].prohibits,
        Prohibition::AssetFreeze
    );
    assert!(
        list.meta
            .remarks
            .iter()
            .any(|r| r.text.contains("'Ban on Kites' is not known"))
    );
}

#[test]
fn companies_and_ships_have_numbers_relations_and_flags() {
    let list = load(&files(LIST)).unwrap();
    let company = entity(&list, "uk:AFG9002");
    assert_eq!(company.kind, EntityKind::Organization);
    assert_eq!(
        numbers(company),
        [
            (IdentifierKind::Phone, "+000 111"),
            (IdentifierKind::Website, "www.example.com"),
            (IdentifierKind::Email, "info@example.com"),
            (IdentifierKind::TaxId, "7700000000 (Russia)"),
            (IdentifierKind::Registration, "123"),
        ]
    );
    let others: Vec<&str> = company.relations.iter().map(|r| r.other.as_str()).collect();
    assert_eq!(others, ["Beispiel One", "Beispiel Two", "Beispiel Holding"]);
    assert!(
        company
            .notes
            .contains(&"An invented\nremark on two lines.".to_owned())
    );
    let ship = entity(&list, "uk:RUS9003");
    assert_eq!(ship.kind, EntityKind::Vessel);
    assert_eq!(
        numbers(ship),
        [
            (IdentifierKind::Imo, "9999993"),
            (IdentifierKind::Other, "HIN0001")
        ]
    );
    let flags: Vec<&str> = ship.countries.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(
        flags,
        ["Panama", "Previous flag: Malta", "Previous flag: Liberia"]
    );
    assert!(
        ship.countries
            .iter()
            .all(|c| c.relation == CountryRelation::Flag && c.code.is_some())
    );
    assert_eq!(ship.measures[0].code, "uk.sl.specified-ship");
}

#[test]
fn the_old_consolidated_list_goes_by_group_id() {
    assert_eq!(detect(&files(CONLIST)).unwrap(), Format::UkConlist);
    let list = load(&files(CONLIST)).unwrap();
    assert_eq!(list.meta.published.unwrap().to_string(), "2025-01-09");
    assert_eq!(list.entities.len(), 2);
    let ivan = entity(&list, "uk-ofsi:90001");
    assert_eq!(
        names(ivan),
        [
            ("MUSTERMANOV, Ivan Petrovich", NameRole::Primary),
            ("MUSTERMANOFF, Ivan", NameRole::WeakAlias),
            ("ALTMANOV, Ivan", NameRole::Former),
        ]
    );
    let countries: Vec<&str> = ivan.countries.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(countries, ["Russia", "Cyprus"]);
    assert_eq!(
        (ivan.gender, ivan.identifiers[0].value.as_str()),
        (Some(Gender::Male), "www.example.com")
    );
    let measure = &ivan.measures[0];
    assert_eq!(
        (measure.code.as_str(), measure.prohibits),
        ("uk.sl.freeze", Prohibition::AssetFreeze)
    );
    assert_eq!(
        measure.from.unwrap().to_string(),
        "2022-02-24",
        "the designation, not the listing"
    );
    assert!(ivan.notes.contains(&"Listed on: 25/02/2022".to_owned()));
    assert_eq!(list.meta.remarks, []);
}

#[test]
fn rows_that_contradict_each_other_are_kept_and_remarked() {
    let other = LIST.replacen("Alias,Low quality a.k.a", "Primary Name,", 1);
    let list = load(&files(&other)).unwrap();
    let found = |text: &str| list.meta.remarks.iter().any(|r| r.text.contains(text));
    assert!(found("names called primary beside the first: 1"));
    let titled = LIST.replacen("Position,Gender", "Position,Colour", 1);
    let list = load(&files(&titled)).unwrap();
    assert!(
        entity(&list, "uk:RUS9001")
            .notes
            .contains(&"Colour: Male".to_owned())
    );
    assert!(list.meta.remarks[0].text.contains("column 'Colour' is not known"));
}

#[test]
fn a_column_that_is_missing_or_not_known_is_a_warning() {
    for title in [
        "D.O.B",
        "Alias strength",
        "Sanctions Imposed",
        "Name non-latin script",
        "Passport number",
    ] {
        let other = LIST.replacen(&format!(",{title},"), ",Colour,", 1);
        let list = load(&files(&other)).unwrap();
        let said = |text: String| list.meta.remarks.iter().any(|remark| remark.text == text);
        assert!(
            said("WARNING: the column 'Colour' is not known; kept as notes".to_owned()),
            "{title}"
        );
        assert!(
            said(format!(
                "WARNING: the column '{title}' is missing, and what it holds with it"
            )),
            "{title}: {:#?}",
            list.meta.remarks
        );
    }
    let kind = refused(&LIST.replacen(",Designation Type,", ",Colour,", 1));
    assert!(
        matches!(
            &kind,
            ErrorKind::Field {
                field: "Designation Type",
                ..
            }
        ),
        "{kind:?}"
    );
    let whole = load(&files(LIST)).unwrap();
    let told = |text: &str| whole.meta.remarks.iter().any(|remark| remark.text.contains(text));
    assert!(!told("the column"), "{:#?}", whole.meta.remarks);
}

#[test]
fn what_cannot_be_read_is_refused_by_its_name() {
    let missing = LIST.replacen("AFG9002", "", 1);
    assert!(matches!(
        refused(&missing),
        ErrorKind::Field {
            field: "Unique ID",
            ..
        }
    ));
    let nameless = LIST.replacen("BEISPIEL STAR", "...", 1);
    assert!(matches!(refused(&nameless), ErrorKind::NoName { entry, .. } if entry == "RUS9003"));
    let line = LIST.lines().nth(2).unwrap();
    let wide = LIST.replacen(line, &format!("{line},x"), 1);
    assert!(matches!(
        refused(&wide),
        ErrorKind::Fields {
            expected: 58,
            found: 59
        }
    ));
    let titles: String = LIST.split_inclusive('\n').take(2).collect();
    assert_eq!(refused(&titles), ErrorKind::NoEntries);
    assert!(matches!(
        refused(&LIST.replacen("Report", "\"Report", 1)),
        ErrorKind::Unknown { .. }
    ));
    let error = read(Format::UkConlist, &files(LIST)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WrongFormat { .. }));
}

#[test]
fn a_row_that_is_cut_is_refused_or_warned_of() {
    for text in [LIST, CONLIST] {
        let last = text.trim_end().rfind("\r\n").unwrap() + 2;
        for end in (last + 1..text.len()).filter(|end| text.is_char_boundary(*end)) {
            match load(&files(&text[..end])) {
                Err(_) => {}
                Ok(list) => {
                    let warned = |r: &tamis_model::Remark| {
                        r.text.starts_with("WARNING: the last line has no line end")
                    };
                    let whole = text[end..].trim().is_empty() && text[..end].ends_with('\n');
                    assert!(whole || list.meta.remarks.iter().any(warned), "cut at {end}");
                }
            }
        }
    }
}

/// The sample of the official columns in the folder `TAMIS_SHARED`, or in `../shared` beside the workspace.
/// Counted by hand: a date, titles and two rows, of two parties; the second row has 57 fields.
#[test]
fn a_real_sample_is_read_whole() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("TAMIS_SHARED").unwrap_or(beside.to_owned());
    let path = format!("{shared}/lists/uk_sample/uk_sanctions_list_sample.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: no copy at {path}: set TAMIS_SHARED to test with one");
        return;
    };
    let list = load(&files(&text)).unwrap();
    assert_eq!((list.meta.id.as_str(), list.entities.len()), ("uk", 2));
    let measures: Vec<usize> = list.entities.iter().map(|e| e.measures.len()).collect();
    assert_eq!(measures, [1, 2]);
    let remarks = list.meta.remarks.iter();
    let warned = remarks.filter(|r| r.text.starts_with("WARNING: the row has 57"));
    assert_eq!(warned.count(), 1);
}

fn check(list: &List) {
    assert_eq!(list.meta.counts, tamis_model::Counts::of(&list.entities));
    for entity in &list.entities {
        assert_eq!(entity.names[0].role, NameRole::Primary);
        assert!(!entity.measures.is_empty());
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let files = [File { name: "x.csv".into(), bytes }];
        for format in [Format::UkCsv, Format::UkConlist] {
            if let Ok(list) = read(format, &files) {
                check(&list);
            }
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        old in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut bytes = if old { CONLIST } else { LIST }.as_bytes().to_vec();
        for (place, length, new) in edits {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.into_iter().take(8));
        }
        if let Ok(list) = load(&[File { name: "x.csv".into(), bytes }]) {
            check(&list);
        }
    }
}
