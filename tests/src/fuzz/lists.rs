//! What must hold of any bytes that are given out as a list: they are read, or refused with a reason.
//!
//! The formats are asked for by *family*, so that no reader is passed over because the bytes look like another's. A list of
//! several files, and a workbook, is written as its files one after the other, parted by [`BETWEEN`].

use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use tamis::lists::{Error, File, Format, read};
use tamis::model::{Counts, List};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Formats that are read from the same kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// The name of the target.
    pub name: &'static str,
    /// Its formats.
    pub formats: &'static [Format],
    /// The names of the files that the parts of the input stand for.
    files: &'static [&'static str],
}

/// Lists in XML.
pub const XML: Family = Family {
    name: "load_xml",
    formats: &[
        Format::OfacXml,
        Format::OfacAdvanced,
        Format::UnXml,
        Format::EuXml,
        Format::UkXml,
        Format::ChXml,
        Format::CaXml,
    ],
    files: &["list.xml"],
};

/// Lists of rows; the four files of OFAC's are the parts of the input.
pub const CSV: Family = Family {
    name: "load_csv",
    formats: &[
        Format::OfacCsv,
        Format::EuCsv,
        Format::EuAnnexes,
        Format::UkCsv,
        Format::UkConlist,
        Format::OpenSanctionsCsv,
        Format::UsCslCsv,
        Format::UsDpl,
        Format::UsFcc,
    ],
    files: &["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"],
};

/// Lists in JSON.
pub const JSON: Family = Family {
    name: "load_json",
    formats: &[
        Format::OpenSanctionsFtm,
        Format::OpenSanctionsNested,
        Format::UsCslJson,
        Format::UsJson,
        Format::NamesJson,
    ],
    files: &["one.json", "two.json"],
};

/// Private lists.
pub const PRIVATE: Family = Family {
    name: "load_private",
    formats: &[Format::PrivateCsv, Format::PrivateToml],
    files: &["own"],
};

/// Workbooks, by the files inside them.
pub const WORKBOOK: Family = Family {
    name: "load_workbook",
    formats: &[Format::AuXlsx, Format::UaXlsx],
    files: &[
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/sharedStrings.xml",
    ],
};

/// All families; every format is in one of them.
pub const FAMILIES: [Family; 5] = [XML, CSV, JSON, PRIVATE, WORKBOOK];

/// Parts the files of an input; no list holds this sign.
pub const BETWEEN: u8 = 0x1c;

/// Bytes are read as lists of the formats of a family, or refused with a reason each. Returns in which formats they were read.
pub fn load_as(family: Family, bytes: &[u8]) -> Vec<Format> {
    let files = match family {
        WORKBOOK => vec![workbook(bytes)],
        _ => parts(family, bytes),
    };
    let formats = family.formats.iter().copied();
    formats.filter(|format| holds(read(*format, &files))).collect()
}

/// Bytes are read as a list of the format that they look like, or refused with a reason, and packed they are what they are
/// unpacked. Returns whether they were read.
pub fn load(bytes: &[u8]) -> bool {
    let plain = tamis::lists::load(&[file("list", bytes.to_vec())]);
    if !is_packed(bytes) {
        let packed = tamis::lists::load(&[file("list.gz", gzip(bytes))]);
        let text = |answer: &Result<List, Error>| match answer {
            Ok(list) => format!("{list:?}"),
            Err(error) => error.to_string(),
        };
        assert_eq!(text(&plain), text(&packed));
    }
    holds(plain)
}

/// A list that is read holds what the model promises; one that is refused says why.
fn holds(answer: Result<List, Error>) -> bool {
    let list = match answer {
        Ok(list) => list,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return false;
        }
    };
    assert!(!list.entities.is_empty());
    assert_eq!(list.meta.counts, Counts::of(&list.entities));
    let ids: BTreeSet<String> = list.entities.iter().map(|entity| entity.id()).collect();
    assert_eq!(ids.len(), list.entities.len(), "ids are unique");
    for entity in &list.entities {
        let usable = |text: &str| text.chars().any(char::is_alphanumeric);
        assert!(!entity.names.is_empty(), "{} has a name", entity.id());
        assert!(entity.names.iter().all(|name| usable(&name.text)), "{entity:?}");
    }
    true
}

fn file(name: &str, bytes: Vec<u8>) -> File {
    let name = name.to_owned();
    File { name, bytes }
}

/// The files that an input stands for; what comes after the last name is ignored.
fn parts(family: Family, bytes: &[u8]) -> Vec<File> {
    let parts = bytes.split(|byte| *byte == BETWEEN);
    family
        .files
        .iter()
        .zip(parts)
        .map(|(name, part)| file(name, part.to_vec()))
        .collect()
}

/// An input that stands for these files of a list; those that the family has no name for are left out.
pub fn joined(family: Family, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let own = |name: &str| {
        files
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, bytes)| bytes.clone())
    };
    let known = family.files.iter().any(|name| own(name).is_some());
    let parts: Vec<Vec<u8>> = match known {
        true => family
            .files
            .iter()
            .map(|name| own(name).unwrap_or_default())
            .collect(),
        false => files.iter().map(|(_, bytes)| bytes.clone()).collect(),
    };
    parts.join(&BETWEEN)
}

/// The files of a workbook, as `joined` takes them.
///
/// # Panics
/// When it is no ZIP archive.
pub fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{error}"));
    let count = archive.len();
    let mut member = |at| {
        let mut member = archive.by_index(at)?;
        let name = member.name()?.into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut member, &mut bytes)?;
        Ok((name, bytes))
    };
    let files: zip::result::ZipResult<Vec<_>> = (0..count).map(&mut member).collect();
    files.unwrap_or_else(|error| panic!("{error}"))
}

/// A workbook of these parts, not compressed: a fuzzer gets past no check sum.
fn workbook(bytes: &[u8]) -> File {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    // A part that is empty is a file that the workbook has not.
    for part in parts(WORKBOOK, bytes)
        .into_iter()
        .filter(|part| !part.bytes.is_empty())
    {
        let begun = archive.start_file(part.name, stored);
        let written = begun.map_err(std::io::Error::from);
        written
            .and_then(|()| archive.write_all(&part.bytes))
            .unwrap_or_else(|error| panic!("{error}"));
    }
    let bytes = archive.finish().unwrap_or_else(|error| panic!("{error}"));
    file("list.xlsx", bytes.into_inner())
}

fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"PK\x03\x04")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::none());
    let written = out.write_all(bytes).and_then(|()| out.finish());
    written.unwrap_or_else(|error| panic!("{error}"))
}
