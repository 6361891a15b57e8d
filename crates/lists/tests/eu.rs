//! The readers of the EU's lists on the sample lists: whole, altered and mutilated.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use tamis_lists::{Error, ErrorKind, File, Format, detect, load, read};
use tamis_model::{BirthDate, Entity, List, NameRole};

const EU_XML: &str = include_str!("../../../data/samples/lists/eu_xml/eu.xml");
const EU_CSV: &str = include_str!("../../../data/samples/lists/eu_csv/eu.csv");

/// The formats of this file.
const FORMATS: &[Format] = &[Format::EuXml, Format::EuCsv];

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File {
        name: name.into(),
        bytes: bytes.into(),
    }
}

fn xml(text: impl Into<String>) -> Result<List, Error> {
    load(&[file("eu.xml", text.into())])
}

fn kind(result: Result<List, Error>) -> ErrorKind {
    match result {
        Ok(list) => panic!("{} entities are read", list.entities.len()),
        Err(error) => error.kind().clone(),
    }
}

fn remarks(list: &List) -> Vec<String> {
    let remarks = list.meta.remarks.iter();
    remarks.map(|r| format!("{}: {}", r.place, r.text)).collect()
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
fn the_xml_sample_is_read_whole() {
    assert_eq!(detect(&[file("sdn.csv", EU_XML)]).ok(), Some(Format::EuXml));
    let list = xml(EU_XML).unwrap_or_else(|error| panic!("{error}"));
    golden::check(&list, "eu_xml.txt");
}

#[test]
fn every_text_and_attribute_of_the_xml_sample_is_kept_somewhere() {
    let list = xml(EU_XML).unwrap_or_else(|error| panic!("{error}"));
    let read = golden::text(&list).to_lowercase();
    let ids = [
        "logicalid=",
        "regulationlanguage=",
        "globalfileid=",
        "xmlns=",
        "version=",
        "encoding=",
    ];
    // Values that are read as something else: flags, codes, and dates that a whole date stands beside.
    let read_otherwise = [
        "true",
        "false",
        "en",
        "p",
        "e",
        "m",
        "f",
        "00",
        "unknown",
        "gregorian",
        "iq",
        "sy",
        "ru",
        "4",
        "7",
        "28",
        "enterprise",
        "fiscalcode",
        "regnumber",
        "swiftbic",
        "id",
        "other",
        "2026-12-31",
    ];
    for piece in EU_XML
        .to_lowercase()
        .split(['<', '>'])
        .filter(|piece| piece.contains("=\""))
    {
        let fields: Vec<&str> = piece.split('"').collect();
        for pair in fields.chunks(2) {
            let [name, value] = pair else { continue };
            let value = value.replace("&amp;", "&");
            let skipped = ids.iter().any(|id| name.trim().ends_with(id)) || value.is_empty();
            let value = value
                .split('t')
                .next()
                .filter(|_| name.contains("generationdate"))
                .unwrap_or(&value)
                .to_owned();
            if !skipped && !read_otherwise.contains(&value.as_str()) {
                assert!(read.contains(&value), "{name}{value} of <{piece}>");
            }
        }
    }
}

#[test]
fn an_entry_that_cannot_be_used_is_refused_by_name_and_line() {
    let first = r#"euReferenceNumber="EU.9001.1" logicalId="9001""#;
    let without = EU_XML.replace(first, r#"euReferenceNumber="EU.9001.1""#);
    let Err(error) = xml(without) else {
        panic!("an entry without logicalId is read")
    };
    assert!(
        matches!(
            error.kind(),
            ErrorKind::Field {
                field: "logicalId",
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(error.line(), Some(3));
    let twice = EU_XML.replace(r#"logicalId="9002""#, r#"logicalId="9001""#);
    assert_eq!(kind(xml(twice)), ErrorKind::DuplicateId { entry: "9001".into() });
    let nameless = EU_XML.replace("SAMPLE STAR", " - ");
    assert!(matches!(kind(xml(nameless)), ErrorKind::NoName { entry, .. } if entry == "9003"));
    let none = r#"<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-20"/>"#;
    assert_eq!(kind(xml(none)), ErrorKind::NoEntries);
}

#[test]
fn a_reference_number_used_twice_gives_two_entries_and_a_remark() {
    let same = EU_XML.replace("EU.9002.2", "EU.9001.1");
    let list = xml(same).unwrap_or_else(|error| panic!("{error}"));
    let ids: Vec<String> = list.entities.iter().map(Entity::id).collect();
    assert_eq!(ids, ["eu:EU.9001.1", "eu:EU.9001.1#9002", "eu:9003"]);
    assert!(
        remarks(&list).contains(
            &"eu:EU.9001.1#9002: the reference number EU.9001.1 was used before; this entry is EU.9001.1#9002"
                .to_owned()
        ),
        "{:?}",
        remarks(&list)
    );
}

#[test]
fn a_date_that_is_none_is_kept_as_written_and_remarked() {
    let bad = EU_XML
        .replace(r#"designationDate="2004-05-06""#, r#"designationDate="6 May""#)
        .replace(r#"birthdate="1937-04-28""#, r#"birthdate="1937-02-30""#);
    let list = xml(bad).unwrap_or_else(|error| panic!("{error}"));
    let notes = &list.entities[0].notes;
    assert!(notes.contains(&"designationDate: 6 May".to_owned()), "{notes:?}");
    let unread = BirthDate::unread("1937-02-30");
    assert!(list.entities[0].birth_dates.contains(&unread));
    let from = list.entities[0].measures[0].from.map(|day| day.to_string());
    assert_eq!(from.as_deref(), Some("2004-05-08"), "the day of the regulation");
    assert_eq!(remarks(&list).len(), 6, "{:?}", remarks(&list));
}

#[test]
fn what_the_xml_schema_has_not_is_refused_or_noted() {
    for (old, element, parent) in [
        ("nameAlias", "alias", "sanctionEntity"),
        ("contactInfo", "contact", "address"),
        ("remark", "comment", "sanctionEntity"),
        ("sanctionEntity", "entity", "export"),
    ] {
        let changed = EU_XML
            .replace(&format!("<{old}"), &format!("<{element}"))
            .replace(&format!("</{old}"), &format!("</{element}"));
        let (element, parent) = (element.to_owned(), parent.to_owned());
        assert_eq!(kind(xml(changed)), ErrorKind::UnknownElement { element, parent });
    }
    let list = xml(EU_XML.replacen("firstName=\"Primer\"", "nickName=\"Prim\"", 1));
    let list = list.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        list.entities[0]
            .notes
            .contains(&"nameAlias, nickName: Prim".to_owned())
    );
    let warning = "eu:EU.9001.1: WARNING: the attribute nickName of <nameAlias> is not known; kept as a note";
    assert!(
        remarks(&list).contains(&warning.to_owned()),
        "{:?}",
        remarks(&list)
    );
}

#[test]
fn another_export_is_not_taken_for_the_list() {
    assert!(matches!(
        kind(xml("<export><row/></export>")),
        ErrorKind::Unknown { .. }
    ));
    let other = [file("eu.xml", "<sdnList></sdnList>")];
    assert!(matches!(
        kind(read(Format::EuXml, &other)),
        ErrorKind::WrongFormat { .. }
    ));
}

#[test]
fn a_list_cut_anywhere_is_refused() {
    let whole = EU_XML.trim_end();
    for end in (0..whole.len())
        .filter(|end| whole.is_char_boundary(*end))
        .step_by(7)
    {
        assert!(xml(&whole[..end]).is_err(), "cut at {end}");
    }
}

fn samples() -> Vec<File> {
    vec![file("eu.xml", EU_XML), file("eu.csv", EU_CSV)]
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), name in "(eu|x)\\.(csv|xml)") {
        let files = [file(&name, bytes)];
        let _ = detect(&files);
        for format in FORMATS.iter().copied() {
            if let Ok(list) = read(format, &files) {
                check(&list);
            }
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        sample in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut files = samples();
        let at = sample.index(files.len());
        let mut file = files.swap_remove(at);
        let bytes = &mut file.bytes;
        for (place, length, new) in edits {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.into_iter().take(8));
        }
        if let Ok(list) = load(&[file]) {
            check(&list);
        }
    }
}

#[test]
fn the_words_for_the_formats_are_read_back() {
    for format in FORMATS.iter().copied() {
        assert_eq!(Format::parse(format.as_str()), Some(format));
    }
    assert_eq!(Format::parse("EU"), Some(Format::EuXml));
}

fn csv(text: impl Into<String>) -> Result<List, Error> {
    load(&[file("eu.csv", text.into())])
}

#[test]
fn the_csv_sample_is_read_whole() {
    assert_eq!(detect(&[file("list", EU_CSV)]).ok(), Some(Format::EuCsv));
    let list = csv(EU_CSV).unwrap_or_else(|error| panic!("{error}"));
    golden::check(&list, "eu_csv.txt");
}

#[test]
fn both_forms_give_the_same_entities() {
    let [one, two] = [xml(EU_XML), csv(EU_CSV)].map(|list| list.unwrap_or_else(|error| panic!("{error}")));
    assert_eq!(
        (&one.meta.id, one.meta.published),
        (&two.meta.id, two.meta.published)
    );
    assert_eq!(one.entities.len(), two.entities.len());
    for (one, two) in one.entities.iter().zip(&two.entities) {
        assert_eq!((one.id(), one.kind, one.gender), (two.id(), two.kind, two.gender));
        let texts = |entity: &Entity| {
            entity
                .names
                .iter()
                .map(|name| name.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(one), texts(two));
        assert_eq!(one.birth_dates, two.birth_dates);
        assert_eq!(one.birth_places, two.birth_places);
        assert_eq!(one.addresses, two.addresses);
        assert_eq!(one.identifiers, two.identifiers);
        assert_eq!(one.positions, two.positions);
        assert_eq!(one.countries.len(), two.countries.len());
        let measures = |entity: &Entity| {
            let measures = entity.measures.iter();
            let said = measures.map(|m| (m.code.clone(), m.programme.clone(), m.legal_basis.clone(), m.from));
            said.collect::<Vec<_>>()
        };
        assert_eq!(measures(one), measures(two));
    }
}

#[test]
fn rows_of_an_entity_need_not_follow_each_other() {
    let mut lines: Vec<&str> = EU_CSV.split_inclusive('\n').collect();
    let last = lines.pop().unwrap_or_default();
    lines.insert(2, last);
    // A row that is there twice says nothing new.
    lines.push(lines[1]);
    let list = csv(lines.concat()).unwrap_or_else(|error| panic!("{error}"));
    let ids: Vec<String> = list.entities.iter().map(Entity::id).collect();
    assert_eq!(ids, ["eu:EU.9001.1", "eu:9003", "eu:EU.9002.2"]);
    assert_eq!(list.entities[0].names.len(), 5);
    assert_eq!(list.entities[1].names[0].text, "SAMPLE STAR");
}

#[test]
fn a_csv_row_that_cannot_be_used_is_refused_by_name_and_line() {
    let short = EU_CSV.replacen("9001;EU.9001.1;", "9001;", 1);
    let Err(error) = csv(short) else {
        panic!("a row of too few fields is read")
    };
    assert!(matches!(error.kind(), ErrorKind::Fields { .. }), "{error}");
    assert_eq!(error.line(), Some(2));
    let missing = EU_CSV.replacen("9001;EU.9001.1;", ";EU.9001.1;", 1);
    assert!(matches!(
        kind(csv(missing)),
        ErrorKind::Field {
            field: "Entity_LogicalId",
            ..
        }
    ));
    let column = EU_CSV.replacen("NameAlias_WholeName", "NameAlias_Whole", 1);
    assert!(matches!(
        kind(csv(column)),
        ErrorKind::Field {
            field: "NameAlias_WholeName",
            ..
        }
    ));
    let nameless = EU_CSV.replace("SAMPLE STAR", "-");
    assert!(matches!(kind(csv(nameless)), ErrorKind::NoName { entry, .. } if entry == "9003"));
    let header = EU_CSV.lines().next().unwrap_or_default();
    assert_eq!(kind(csv(header)), ErrorKind::NoEntries);
}

#[test]
fn a_csv_column_that_is_not_known_is_kept_and_warned_of() {
    let list = csv(EU_CSV.replacen("NameAlias_FirstName", "NameAlias_NickName", 1));
    let list = list.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        list.entities[0]
            .notes
            .contains(&"NameAlias_NickName: Primer".to_owned())
    );
    let warning = "eu.csv: WARNING: the column NameAlias_NickName is not known; its fields are kept as notes";
    assert!(
        remarks(&list).contains(&warning.to_owned()),
        "{:?}",
        remarks(&list)
    );
}

#[test]
fn a_csv_list_cut_inside_a_row_is_refused_or_warned_of() {
    let whole = EU_CSV.trim_end();
    let after_header = whole.find('\n').unwrap_or_default() + 1;
    for end in (after_header..whole.len())
        .filter(|end| whole.is_char_boundary(*end))
        .step_by(13)
    {
        if whole[..end].ends_with('\n') {
            continue;
        }
        match csv(&whole[..end]) {
            Err(_) => {}
            Ok(list) => assert!(
                remarks(&list)
                    .iter()
                    .any(|text| text.contains("WARNING: the last line does not end")),
                "cut at {end}"
            ),
        }
    }
}

#[test]
fn a_party_under_two_programmes_has_two_measures_in_both_forms() {
    let second = r#"<regulation regulationType="regulation" organisationType="council" publicationDate="2014-03-17"
        entryIntoForceDate="2014-03-17" numberTitle="269/2014 (OJ L78)" programme="BLR" logicalId="709"/>"#;
    let subject = r#"<subjectType code="enterprise""#;
    let one = xml(EU_XML.replacen(subject, &format!("{second}{subject}"), 1));
    let rows: Vec<&str> = EU_CSV.split_inclusive('\n').collect();
    let row = rows
        .iter()
        .find(|row| row.contains("EU.9002.2"))
        .copied()
        .unwrap_or_default();
    let row = row
        .replace(";UKR;", ";BLR;")
        .replacen("2022-04-08", "2014-03-17", 1);
    let two = csv(format!("{EU_CSV}{row}"));
    for list in [one, two].map(|list| list.unwrap_or_else(|error| panic!("{error}"))) {
        let measures: Vec<_> = list.entities[1]
            .measures
            .iter()
            .map(|m| m.programme.as_deref())
            .collect();
        assert_eq!(measures, [Some("UKR"), Some("BLR")]);
        let from = list.entities[1].measures[1].from.map(|day| day.to_string());
        assert_eq!(from.as_deref(), Some("2014-03-17"), "the earliest day");
        assert_eq!(list.entities[1].names.len(), 2);
    }
}
