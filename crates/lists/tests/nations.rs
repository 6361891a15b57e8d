//! The readers of the lists of Canada, Switzerland and the agencies of the US, and of bare names: samples whole, and mutilated.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use std::path::Path;
use tamis_lists::{ErrorKind, File, Format, detect, load};
use tamis_model::{List, NameRole, Prohibition};

/// Folders of samples, which are the goldens' names too, with their formats.
const SAMPLES: [(&str, Format); 9] = [
    ("ca_xml", Format::CaXml),
    ("ch_xml", Format::ChXml),
    ("us_csl_csv", Format::UsCslCsv),
    ("us_csl_json", Format::UsCslJson),
    ("us_json", Format::UsJson),
    ("us_dpl", Format::UsDpl),
    ("us_fcc", Format::UsFcc),
    ("names_json", Format::NamesJson),
    ("uk_xml", Format::UkXml),
];

fn folder(path: &Path) -> Option<Vec<File>> {
    let mut files: Vec<File> = std::fs::read_dir(path)
        .ok()?
        .map(|entry| {
            let path = entry.unwrap_or_else(|error| panic!("{error}")).path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            File { name, bytes }
        })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Some(files)
}

fn sample(name: &str) -> Vec<File> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/samples/lists")
        .join(name);
    folder(&path).unwrap_or_else(|| panic!("{} is missing", path.display()))
}

fn check(list: &List) {
    assert!(!list.entities.is_empty());
    assert_eq!(list.meta.counts, tamis_model::Counts::of(&list.entities));
    let ids: std::collections::HashSet<&str> = list.entities.iter().map(|e| e.native_id.as_str()).collect();
    assert_eq!(ids.len(), list.entities.len(), "ids are unique");
    for entity in &list.entities {
        assert_eq!(entity.names[0].role, NameRole::Primary);
        assert!(!entity.measures.is_empty());
    }
}

#[test]
fn each_format_is_recognised_and_read_whole() {
    for (name, format) in SAMPLES {
        let files = sample(name);
        assert_eq!(detect(&files).unwrap(), format);
        assert_eq!(Format::parse(format.as_str()), Some(format));
        let list = load(&files).unwrap();
        assert_eq!(list.meta.format, format.as_str());
        check(&list);
        golden::check(&list, &format!("{name}.txt"));
    }
}

#[test]
fn a_count_that_is_not_met_is_refused() {
    let mut files = sample("us_json");
    let text = String::from_utf8(files[0].bytes.clone())
        .unwrap()
        .replace("\"count\": 2", "\"count\": 3");
    files[0].bytes = text.into();
    let error = load(&files).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::RecordCount { stated: 3, read: 2 });
    let mut files = sample("us_csl_json");
    let text = String::from_utf8(files[0].bytes.clone())
        .unwrap()
        .replace("\"total\": 2", "\"total\": 9");
    files[0].bytes = text.into();
    let error = load(&files).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::RecordCount { stated: 9, read: 2 });
}

#[test]
fn an_element_that_the_uk_has_not_is_a_warning() {
    let mut files = sample("uk_xml");
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let text = text.replace(
        "<RegimeName>",
        "<CryptoWallets><CryptoWalletAddress>bc1q</CryptoWalletAddress></CryptoWallets><RegimeName>",
    );
    files[0].bytes = text.into();
    let list = load(&files).unwrap();
    let warning = "WARNING: the element <CryptoWalletAddress> is not known; 3 values are kept as notes";
    assert!(
        list.meta.remarks.iter().any(|remark| remark.text == warning),
        "{:#?}",
        list.meta.remarks
    );
    let note = "CryptoWalletAddress: bc1q".to_owned();
    assert!(list.entities.iter().all(|entity| entity.notes.contains(&note)));
    let told = |note: &String| note.contains("WARNING");
    assert!(!list.entities.iter().any(|entity| entity.notes.iter().any(told)));
}

#[test]
fn an_element_that_canada_has_not_and_an_id_twice_are_refused() {
    let with = |from: &str, to: &str| {
        let mut files = sample("ca_xml");
        files[0].bytes = String::from_utf8(files[0].bytes.clone())
            .unwrap()
            .replace(from, to)
            .into();
        load(&files).unwrap_err().kind().clone()
    };
    assert!(matches!(
        with("TitleOrShip>", "Epithet>"),
        ErrorKind::UnknownElement { .. }
    ));
    assert!(matches!(
        with("1, Part 2", "1, Part 1"),
        ErrorKind::DuplicateId { .. }
    ));
    assert!(matches!(with("</data-set>", ""), ErrorKind::Truncated { .. }));
}

/// Each part of a name may be spelled never, once or several times in another script: no name is lost by that.
#[test]
fn spellings_of_some_parts_make_names() {
    let names = |given: &str, family: &str| {
        let mut files = sample("ch_xml");
        let text = String::from_utf8_lossy(&files[0].bytes).into_owned();
        let spelled = |words: &str| -> String {
            let each = words.split_whitespace();
            each.map(|word| {
                format!(r#"<spelling-variant lang="rus" script="Cyrl">{word}</spelling-variant>"#)
            })
            .collect()
        };
        let [ivan, mustermanov] = ["Иван", "Мустерманов"].map(spelled);
        files[0].bytes = text
            .replacen(&ivan, &spelled(given), 1)
            .replacen(&mustermanov, &spelled(family), 1)
            .into();
        let list = load(&files).unwrap_or_else(|error| panic!("{error}"));
        let names = list.entities[0].names.iter();
        let spelled = names.filter(|name| name.label.as_deref() == Some("rus Cyrl"));
        spelled.map(|name| name.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("Иван", "Мустерманов"), ["Мустерманов Иван"]);
    assert_eq!(names("", "Мустерманов"), ["Мустерманов Ivan"]);
    assert_eq!(names("Иван Иоанн", ""), ["Mustermanov Иван", "Mustermanov Иоанн"]);
    let both = [
        "Мустерманов Иван",
        "Мустерманов Иоанн",
        "Мустерман Иван",
        "Мустерман Иоанн",
    ];
    assert_eq!(names("Иван Иоанн", "Мустерманов Мустерман"), both);
    let many: Vec<String> = (0..90).map(|n| format!("Имя{n}")).collect();
    assert_eq!(names(&many.join(" "), "Мустерманов").len(), 32);
}

/// As OFAC's own lists have them: a measure for each programme, with its legal text.
#[test]
fn each_programme_of_the_screening_list_is_a_measure_with_its_ground() {
    let list = load(&sample("us_csl_csv")).unwrap_or_else(|error| panic!("{error}"));
    let ivan = &list.entities[0].measures;
    let brief = |m: &tamis_model::Measure| (m.programme.clone(), m.legal_basis.clone());
    let of = |programme: &str, basis: &str| (Some(programme.to_owned()), Some(basis.to_owned()));
    assert_eq!(
        ivan.iter().map(brief).collect::<Vec<_>>(),
        [of("RUSSIA-EO14024", "E.O. 14024"), of("NPWMD", "E.O. 13382")]
    );
}

#[test]
fn the_covered_list_forbids_procurement() {
    let list = load(&sample("us_fcc")).unwrap();
    for entity in &list.entities {
        assert_eq!(entity.measures[0].code, "us.fcc.covered");
        assert_eq!(entity.measures[0].prohibits, Prohibition::ProcurementBan);
    }
}

proptest! {
    #[test]
    fn mutated_samples_are_read_or_refused(
        which in 0usize..9,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut files = sample(SAMPLES[which].0);
        let bytes = &mut files[0].bytes;
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
