//! The reader of OFAC's advanced XML on the sample list: whole, altered and mutilated.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use tamis_lists::{Error, ErrorKind, File, Format, detect, load, read};
use tamis_model::{Entity, List, NameRole};

const ADVANCED: &str = include_str!("../../../data/samples/lists/ofac_advanced/sdn_advanced.xml");
const SIMPLE: &str = include_str!("../../../data/samples/lists/ofac.xml");

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File {
        name: name.into(),
        bytes: bytes.into(),
    }
}

fn xml(text: impl Into<String>) -> Result<List, Error> {
    load(&[file("sdn_advanced.xml", text.into())])
}

fn list(text: impl Into<String>) -> List {
    xml(text).unwrap_or_else(|error| panic!("{error}"))
}

fn kind(text: impl Into<String>) -> ErrorKind {
    match xml(text) {
        Ok(list) => panic!("{} entities are read", list.entities.len()),
        Err(error) => error.kind().clone(),
    }
}

fn warnings(list: &List) -> Vec<&str> {
    let texts = list.meta.remarks.iter().map(|remark| remark.text.as_str());
    texts.filter(|text| text.starts_with("WARNING: ")).collect()
}

/// A list that is read satisfies what the model promises.
fn check(list: &List) {
    assert!(!list.entities.is_empty());
    assert_eq!(list.meta.counts, tamis_model::Counts::of(&list.entities));
    let mut ids: Vec<String> = list.entities.iter().map(Entity::id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), list.entities.len(), "ids are unique");
    for entity in &list.entities {
        assert_eq!(entity.names[0].role, NameRole::Primary);
        let usable = |text: &str| text.chars().any(char::is_alphanumeric);
        assert!(entity.names.iter().all(|name| usable(&name.text)));
        assert!(!entity.measures.is_empty());
    }
}

#[test]
fn the_sample_is_read_whole() {
    assert_eq!(detect(&[file("x", ADVANCED)]).ok(), Some(Format::OfacAdvanced));
    assert_eq!(Format::parse("OFAC-Advanced"), Some(Format::OfacAdvanced));
    let list = list(ADVANCED);
    golden::check(&list, "ofac_advanced.txt");
    assert_eq!(warnings(&list), Vec::<&str>::new());
    check(&list);
}

#[test]
fn a_party_is_the_same_as_in_the_other_xml_form() {
    let (advanced, simple) = (list(ADVANCED), load(&[file("sdn.xml", SIMPLE)]));
    let simple = simple.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(advanced.meta.id, simple.meta.id);
    assert_eq!(advanced.meta.published, simple.meta.published);
    for (one, two) in advanced.entities.iter().zip(&simple.entities) {
        assert_eq!((one.id(), one.kind), (two.id(), two.kind));
        assert_eq!((one.primary_name(), one.gender), (two.primary_name(), two.gender));
        for date in &two.birth_dates {
            assert!(one.birth_dates.contains(date), "{}: {date}", one.id());
        }
        for link in &two.countries {
            assert!(one.countries.contains(link), "{}: {link:?}", one.id());
        }
        for id in &two.identifiers {
            assert!(
                one.identifiers.contains(id),
                "{}: {id:?} of {:?}",
                one.id(),
                one.identifiers
            );
        }
        for note in &two.notes {
            assert!(one.notes.contains(note), "{}: {note}", one.id());
        }
        let measures = |entity: &Entity| {
            let measures = entity.measures.iter();
            let said = measures.map(|m| {
                (
                    m.code.clone(),
                    m.programme.clone(),
                    m.legal_basis.clone(),
                    m.prohibits,
                )
            });
            said.collect::<Vec<_>>()
        };
        assert_eq!(measures(one), measures(two));
    }
}

#[test]
fn the_consolidated_list_is_told_by_the_name_of_the_list() {
    let cons = list(ADVANCED.replace("ListID=\"1550\"", "ListID=\"91512\""));
    assert_eq!(cons.meta.id, "ofac-cons");
    let ids: Vec<String> = cons.entities.iter().map(Entity::id).collect();
    assert_eq!(ids, ["ofac-cons:201", "ofac-cons:202", "ofac-cons:203"]);
    assert_eq!(cons.entities[1].measures[0].code, "us.ns-mbs.sectoral");
    assert_eq!(
        cons.entities[1].relations[0].other_id.as_deref(),
        Some("ofac-cons:201")
    );
    // One entry of the SDN list makes it that list; the others stay what they are.
    let mixed = list(ADVANCED.replacen("ListID=\"1550\"", "ListID=\"91512\"", 1));
    assert_eq!(mixed.meta.id, "ofac-sdn");
    assert_eq!(mixed.entities[0].measures[0].code, "us.cons.sectoral");
    assert_eq!(mixed.entities[1].measures[0].code, "us.sdn.block");
}

#[test]
fn an_id_that_is_not_defined_is_kept_and_warned_of() {
    for (old, new, warning) in [
        (
            "FeatureTypeID=\"26\"",
            "FeatureTypeID=\"27\"",
            "FeatureType 27 is not defined; referred to 1 time(s)",
        ),
        (
            "LocationID=\"25\" />",
            "LocationID=\"99\" />",
            "Location 99 is not defined; referred to 1 time(s)",
        ),
        (
            "AliasTypeID=\"1401\"",
            "AliasTypeID=\"1\"",
            "AliasType 1 is not defined; referred to 1 time(s)",
        ),
        (
            "PartySubTypeID=\"1\"",
            "PartySubTypeID=\"9\"",
            "PartySubType 9 is not defined; referred to 1 time(s)",
        ),
        (
            "IdentityID=\"2021\"",
            "IdentityID=\"2\"",
            "document 7707083893 belongs to an identity that no party has; not kept",
        ),
        (
            "To-ProfileID=\"202\"",
            "To-ProfileID=\"9\"",
            "a relation leads to profile 9, which no party has",
        ),
        (
            "From-ProfileID=\"203\"",
            "From-ProfileID=\"9\"",
            "a relation (Owned or Controlled By) of profile 9, which no party has; not kept",
        ),
        (
            "ProfileID=\"203\" ListID",
            "ProfileID=\"9\" ListID",
            "a sanctions entry of profile 9, which no party has; not kept",
        ),
    ] {
        assert!(ADVANCED.contains(old), "{old}");
        let list = list(ADVANCED.replacen(old, new, 1));
        let warning = format!("WARNING: {warning}");
        assert!(
            warnings(&list).contains(&warning.as_str()),
            "{warning}: {:?}",
            warnings(&list)
        );
        check(&list);
    }
    // The title is not lost with its type.
    let titled = list(ADVANCED.replacen("FeatureTypeID=\"26\"", "FeatureTypeID=\"27\"", 1));
    assert!(
        titled.entities[0]
            .notes
            .contains(&"FeatureType 27 Director".to_owned())
    );
}

#[test]
fn a_party_without_an_entry_is_blocked_with_a_warning() {
    let list = list(ADVANCED.replacen("ProfileID=\"203\" ListID", "ProfileID=\"9\" ListID", 1));
    assert_eq!(list.entities[2].measures[0].code, "us.sdn.block");
    assert!(
        warnings(&list)
            .iter()
            .any(|text| text.starts_with("WARNING: no entry names a programme for this party")),
        "{:?}",
        warnings(&list)
    );
}

#[test]
fn a_list_that_is_not_whole_is_refused_by_name() {
    let missing = ADVANCED.replacen("<DistinctParty FixedRef=\"202\"", "<DistinctParty", 1);
    assert!(matches!(
        kind(missing),
        ErrorKind::Field {
            field: "FixedRef",
            ..
        }
    ));
    let twice = ADVANCED.replacen(
        "<DistinctParty FixedRef=\"202\"",
        "<DistinctParty FixedRef=\"201\"",
        1,
    );
    assert_eq!(kind(twice), ErrorKind::DuplicateId { entry: "201".into() });
    let nameless = ADVANCED.replace("SAMPLE STAR", "-");
    assert!(matches!(kind(nameless), ErrorKind::NoName { entry, .. } if entry == "203"));
    let undated = ADVANCED.replacen("<Month>8</Month>", "<Month>13</Month>", 1);
    assert!(matches!(
        kind(undated),
        ErrorKind::Field {
            field: "DateOfIssue",
            ..
        }
    ));
    for (section, close) in [
        ("ReferenceValueSets", "ReferenceValueSets"),
        ("SanctionsEntries", "SanctionsEntries"),
    ] {
        let start = ADVANCED.find(&format!("<{section}>")).unwrap_or_default();
        let close = format!("</{close}>");
        let end = ADVANCED.find(&close).unwrap_or_default() + close.len();
        let cut = format!("{}{}", &ADVANCED[..start], &ADVANCED[end..]);
        let problem = "missing";
        assert_eq!(kind(cut), ErrorKind::MissingSection { section, problem });
    }
    let other = ADVANCED.replace("<SanctionsEntryLinks />", "<NewThings />");
    let (element, parent) = ("NewThings".to_owned(), "Sanctions".to_owned());
    assert_eq!(kind(other), ErrorKind::UnknownElement { element, parent });
}

#[test]
fn an_element_of_a_party_that_is_not_known_is_kept_and_warned_of() {
    for (old, new, parent) in [
        ("SanctionsEntryReference", "Nickname", "Profile"),
        ("ExternalReference", "Nickname", "Profile"),
        ("VersionDetail", "Nickname", "FeatureVersion"),
    ] {
        let list = list(ADVANCED.replace(old, new));
        let warning = format!("WARNING: <Nickname> in <{parent}> is not known; kept as a note");
        assert!(
            warnings(&list).contains(&warning.as_str()),
            "{:?}",
            warnings(&list)
        );
        assert!(
            list.entities[0]
                .notes
                .iter()
                .any(|note| note.starts_with("Nickname: "))
        );
    }
}

#[test]
fn a_list_cut_anywhere_is_refused() {
    let whole = ADVANCED.trim_end();
    for end in (0..whole.len())
        .filter(|end| whole.is_char_boundary(*end))
        .step_by(31)
    {
        assert!(xml(&whole[..end]).is_err(), "cut at {end}");
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        if let Ok(list) = read(Format::OfacAdvanced, &[file("sdn_advanced.xml", bytes)]) {
            check(&list);
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut bytes = ADVANCED.as_bytes().to_vec();
        for (place, length, new) in edits {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.into_iter().take(8));
        }
        if let Ok(list) = load(&[file("sdn_advanced.xml", bytes)]) {
            check(&list);
        }
    }

    /// Digits are what references are made of.
    #[test]
    fn changed_ids_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), b'0'..=b'9'), 1..20),
    ) {
        let mut bytes = ADVANCED.as_bytes().to_vec();
        let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
        for (place, digit) in edits {
            bytes[*place.get(&digits)] = digit;
        }
        if let Ok(list) = load(&[file("sdn_advanced.xml", bytes)]) {
            check(&list);
        }
    }
}
