//! The readers of workbooks, and of lists that come packed: samples whole, with mistakes, and mutilated.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

mod golden;

use proptest::prelude::*;
use std::io::Write;
use tamis_lists::{ErrorKind, File, Format, detect, load, read};
use tamis_model::{List, NameRole};

const AU: &[u8] = include_bytes!("../../../data/samples/lists/au_xlsx/consolidated.xlsx");
const AU_OLD: &[u8] = include_bytes!("../../../data/samples/lists/au_xlsx_old/regulation8_consolidated.xlsx");
const UA: &[u8] = include_bytes!("../../../data/samples/lists/ua_xlsx/sanctions.xlsx");

fn files(bytes: &[u8]) -> [File; 1] {
    [File {
        name: "list.xlsx".into(),
        bytes: bytes.to_vec(),
    }]
}

fn check(list: &List) {
    assert!(!list.entities.is_empty());
    assert_eq!(list.meta.counts, tamis_model::Counts::of(&list.entities));
    for entity in &list.entities {
        assert_eq!(entity.names[0].role, NameRole::Primary);
        assert!(!entity.measures.is_empty());
    }
}

#[test]
fn each_workbook_is_recognised_and_read_whole() {
    for (bytes, format, golden) in [
        (AU, Format::AuXlsx, "au_xlsx.txt"),
        (AU_OLD, Format::AuXlsx, "au_xlsx_old.txt"),
        (UA, Format::UaXlsx, "ua_xlsx.txt"),
    ] {
        assert_eq!(detect(&files(bytes)).unwrap(), format);
        assert_eq!(Format::parse(format.as_str()), Some(format));
        let list = load(&files(bytes)).unwrap();
        check(&list);
        golden::check(&list, golden);
    }
}

#[test]
fn packed_lists_read_as_those_that_are_not() {
    let xml = include_bytes!("../../../data/samples/lists/un.xml");
    let plain = load(&[File {
        name: "un.xml".into(),
        bytes: xml.to_vec(),
    }])
    .unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(xml).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("folder/un.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(xml).unwrap();
    for (name, bytes) in [
        ("un.xml.gz", gzip.finish().unwrap()),
        ("un.zip", zip.finish().unwrap().into_inner()),
    ] {
        let packed = [File {
            name: name.into(),
            bytes,
        }];
        assert_eq!(detect(&packed).unwrap(), Format::UnXml);
        assert_eq!(load(&packed).unwrap(), plain);
        assert_eq!(read(Format::UnXml, &packed).unwrap(), plain);
    }
}

#[test]
fn what_is_no_known_workbook_is_refused() {
    for end in [4, 100, AU.len() / 2, AU.len() - 1] {
        let error = load(&files(&AU[..end])).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Archive { .. }), "{error}");
    }
    let error = read(Format::UaXlsx, &files(AU)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::WrongFormat { .. }), "{error}");
}

/// Copies in the folder `TAMIS_SHARED`, or in `../shared` beside the workspace. Counted apart by openpyxl, with
/// `len({int(re.match(r"\d+", str(r[0]))[0]) for r in rows if r[0]})` for Australia, and rows below the titles for Ukraine, one
/// of which has no name, with a warning.
#[test]
fn real_copies_are_read_whole() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("TAMIS_SHARED").unwrap_or(beside.to_owned());
    for (path, entities, names) in [
        ("au_dfat_2024-12/regulation8_consolidated.xlsx", 3_062, 9_500),
        ("au_dfat_2026-08/dfat.xlsx", 3_846, 11_000),
        ("ua_nsdc_2021/sanctions.xlsx", 3_969 + 1_774 - 1, 5_742),
    ] {
        let Ok(bytes) = std::fs::read(format!("{shared}/lists/{path}")) else {
            println!("SKIPPED: no copy of {path} in {shared}: set TAMIS_SHARED to test with one");
            continue;
        };
        let list = load(&files(&bytes)).unwrap();
        check(&list);
        assert_eq!(list.entities.len(), entities, "{path}");
        let read: usize = list.entities.iter().map(|entity| entity.names.len()).sum();
        assert!(read >= names, "{path}: {read} names");
    }
}

proptest! {
    #[test]
    fn mutated_workbooks_are_read_or_refused(
        which in 0usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = [AU, AU_OLD, UA][which].to_vec();
        for (place, new) in edits {
            let at = place.index(bytes.len());
            bytes[at] = new;
        }
        if let Ok(list) = load(&files(&bytes)) {
            check(&list);
        }
    }

    #[test]
    fn texts_of_sheets_are_read_or_refused(
        which in 0usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[a-zA-Z0-9<>/&;=\" ]{0,8}"), 1..4),
    ) {
        let bytes = edited([AU, AU_OLD, UA][which], &edits);
        if let Ok(list) = load(&files(&bytes)) {
            check(&list);
        }
    }
}

/// A workbook whose sheets and texts are altered, packed anew.
fn edited(workbook: &[u8], edits: &[(prop::sample::Index, usize, String)]) -> Vec<u8> {
    use std::io::Read;
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut member = from.by_index(at).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if name.contains("sheet") || name.contains("Strings") {
            for (place, length, new) in edits {
                let start = place.index(bytes.len().max(1)).min(bytes.len());
                let end = (start + length).min(bytes.len());
                bytes.splice(start..end, new.bytes());
            }
        }
        to.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}
