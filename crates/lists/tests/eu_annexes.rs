//! The reader of the annexes of EU regulations on the sample folder: whole, altered and mutilated.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use tamis_lists::{Error, ErrorKind, File, Format, detect, load, read};
use tamis_model::{Entity, List, NameRole};

const FREEZE: &str = include_str!("../../../data/samples/lists/eu_annexes/32014R0269.csv");
const SECTORAL: &str = include_str!("../../../data/samples/lists/eu_annexes/32014R0833.csv");
const EMPTY: &str = include_str!("../../../data/samples/lists/eu_annexes/32011D0173.csv");

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File {
        name: name.into(),
        bytes: bytes.into(),
    }
}

/// Not in the order of their names.
fn samples() -> Vec<File> {
    vec![
        file("32014R0833.csv", SECTORAL),
        file("32011D0173.csv", EMPTY),
        file("32014R0269.csv", FREEZE),
    ]
}

fn error(result: Result<List, Error>) -> Error {
    match result {
        Ok(list) => panic!("{} entities are read", list.entities.len()),
        Err(error) => error,
    }
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
fn the_sample_folder_is_read_whole() {
    assert_eq!(detect(&samples()).ok(), Some(Format::EuAnnexes));
    assert_eq!(Format::parse("EU-Annexes"), Some(Format::EuAnnexes));
    assert_eq!(Format::EuAnnexes.as_str(), "eu-annexes");
    let list = load(&samples()).unwrap_or_else(|error| panic!("{error}"));
    let files: Vec<&str> = list.meta.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, ["32011D0173.csv", "32014R0269.csv", "32014R0833.csv"]);
    golden::check(&list, "eu_annexes.txt");
    check(&list);
}

#[test]
fn the_order_of_the_files_changes_nothing_and_others_are_remarked() {
    let mut files = samples();
    files.reverse();
    files.push(file("README.txt", "read me"));
    let [one, two] =
        [load(&samples()), load(&files)].map(|list| list.unwrap_or_else(|error| panic!("{error}")));
    assert_eq!(one.entities, two.entities);
    assert_eq!(one.meta.sha256, two.meta.sha256);
    let remarks = &two.meta.remarks;
    assert!(
        remarks
            .iter()
            .any(|r| r.place == "README.txt" && r.text == "not a part of this list; not read")
    );
}

#[test]
fn a_row_that_cannot_be_used_is_refused_by_name_and_line() {
    let load = |text: String| load(&[file("32014R0833.csv", text)]);
    let short = error(load(SECTORAL.replacen(",SAMPLE STAR", "", 1)));
    assert!(
        matches!(
            short.kind(),
            ErrorKind::Fields {
                expected: 45,
                found: 44
            }
        ),
        "{short}"
    );
    assert_eq!((short.file(), short.line()), ("32014R0833.csv", Some(2)));
    let nameless = error(load(SECTORAL.replacen("MUSTERBANK", "-", 1)));
    assert!(matches!(nameless.kind(), ErrorKind::NoName { entry, .. } if entry == "32014R0833/III/1"));
    assert_eq!(nameless.line(), Some(4));
    let homeless = error(load(SECTORAL.replacen("32014R0833,1,", ",1,", 1)));
    assert!(
        matches!(homeless.kind(), ErrorKind::Field { field: "celex", .. }),
        "{homeless}"
    );
    assert!(matches!(
        error(load(EMPTY.to_owned())).kind(),
        ErrorKind::NoEntries
    ));
    let renamed = error(load(SECTORAL.replacen(",annex,", ",part,", 1)));
    assert!(matches!(renamed.kind(), ErrorKind::Unknown { .. }), "{renamed}");
    let other = error(read(Format::EuAnnexes, &[file("x.xml", "<sdnList/>")]));
    assert!(matches!(other.kind(), ErrorKind::WrongFormat { .. }), "{other}");
}

#[test]
fn a_column_that_is_not_known_is_kept_as_a_note() {
    let renamed = SECTORAL.replacen(",gender,", ",nickname,", 1);
    let list = load(&[file("32014R0833.csv", renamed)]).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        list.entities[2].notes.contains(&"nickname: unknown".to_owned()),
        "{:?}",
        list.entities[2].notes
    );
}

#[test]
fn a_file_cut_inside_a_row_is_refused_or_warned_of() {
    let whole = FREEZE.trim_end();
    let header = whole.find('\n').unwrap_or_default() + 1;
    for end in (header + 1..whole.len())
        .filter(|end| whole.is_char_boundary(*end))
        .step_by(7)
    {
        let text = &whole[..end];
        match load(&[file("32014R0269.csv", text)]) {
            Ok(list) if !text.ends_with('\n') => {
                let warned =
                    |r: &tamis_model::Remark| r.text.starts_with("WARNING: the last line does not end");
                assert!(list.meta.remarks.iter().any(warned), "cut at {end}");
            }
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), header in any::<bool>()) {
        let text = if header { [EMPTY.as_bytes(), &bytes].concat() } else { bytes };
        if let Ok(list) = read(Format::EuAnnexes, &[file("x.csv", text)]) {
            check(&list);
        }
    }

    /// Any text in a field that is taken apart.
    #[test]
    fn arbitrary_fields_are_read(field in "[a-cA-C0-9 ();,./:а-я\"]{0,40}", column in 8usize..45) {
        let row = (0..45).map(|at| match at {
            0 => "32014R0269".to_owned(),
            3 => "I".to_owned(),
            _ if at == column => format!("\"{}\"", field.replace('"', "\"\"")),
            8 => "Muster".to_owned(),
            _ => String::new(),
        });
        let text = format!("{EMPTY}{}\n", row.collect::<Vec<_>>().join(","));
        if let Ok(list) = load(&[file("x.csv", text)]) {
            check(&list);
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        at in 0usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut files = samples();
        let bytes = &mut files[at].bytes;
        for (place, length, new) in edits {
            let start = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.into_iter().take(8));
        }
        if let Ok(list) = load(&files) {
            check(&list);
        }
    }
}
