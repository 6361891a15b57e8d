//! Files among those of a list that are damaged: a list is never read without them, in whatever form they come.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

use std::io::{Cursor, Write};
use std::path::Path;
use tamis_lists::{Error, ErrorKind, File, Format, load, read, read_every};
use zip::{ZipWriter, write::SimpleFileOptions};

fn sample(folder: &str) -> Vec<File> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/samples/lists")
        .join(folder);
    let paths = std::fs::read_dir(path).unwrap();
    let mut files: Vec<File> = paths
        .map(|entry| entry.unwrap().path())
        .map(|path| File {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: std::fs::read(&path).unwrap(),
        })
        .collect();
    files.sort_by(|one, two| one.name.cmp(&two.name));
    files
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File {
        name: name.into(),
        bytes: bytes.into(),
    }
}

fn zipped(files: &[File]) -> File {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        out.start_file(file.name.as_str(), SimpleFileOptions::default())
            .unwrap();
        out.write_all(&file.bytes).unwrap();
    }
    file("list.zip", out.finish().unwrap().into_inner())
}

/// What may stand where a file of a list should be: what it is, and its content.
const DAMAGES: [(&str, &[u8]); 7] = [
    ("empty", b""),
    ("blank", b"\r\n \n"),
    ("a web page", b"<html><body>403</body></html>"),
    (
        "an error message",
        b"<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>",
    ),
    ("bytes", b"\x00\x01\x02\x03"),
    ("UTF-16", b"\xff\xfe<\x00a\x00>\x00"),
    ("a document", b"%PDF-1.7 ..."),
];

/// Text in place of a list: nothing says that it is none.
const TEXTS: [(&str, &[u8]); 3] = [
    (
        "without its header",
        b"32014R0269,1,EU-UKR,I.PERSONS,Asset freeze\n",
    ),
    ("a message", b"Service temporarily unavailable"),
    ("JSON of another kind", b"{\"error\": \"rate limit\"}"),
];

/// Reads a folder as it is, packed, and with its format named.
fn each_way(format: Format, files: &[File]) -> [Result<usize, Error>; 3] {
    let zip = zipped(files);
    [load(files), load(&[zip]), read(format, files)].map(|list| list.map(|list| list.entities.len()))
}

#[test]
fn a_folder_with_a_damaged_file_is_refused_however_it_comes() {
    for (folder, format) in [
        ("eu_annexes", Format::EuAnnexes),
        ("us_json", Format::UsJson),
        ("names_json", Format::NamesJson),
        ("ofac_sdn", Format::OfacCsv),
    ] {
        let whole = sample(folder);
        for at in 0..whole.len() {
            for (what, bytes) in DAMAGES.iter().chain(&TEXTS) {
                let mut files = whole.clone();
                files[at].bytes = bytes.to_vec();
                for result in each_way(format, &files) {
                    let error = result.expect_err(&format!("{folder}: {} is {what}", files[at].name));
                    assert_eq!(error.file(), files[at].name, "{folder}: {what}: {error}");
                }
            }
        }
    }
}

#[test]
fn a_damaged_file_beside_a_list_of_one_file_is_refused() {
    let un = include_str!("../../../data/samples/lists/un.xml");
    for (what, bytes) in DAMAGES {
        let files = [file("consolidated.xml", un), file("sdn.xml", bytes)];
        for result in each_way(Format::UnXml, &files) {
            let error = result.expect_err(what);
            assert_eq!(error.file(), "sdn.xml", "{what}: {error}");
            assert!(matches!(error.kind(), ErrorKind::Damaged { .. }), "{error}");
            assert!(
                error.to_string().contains("move it out of this folder"),
                "{error}"
            );
        }
    }
}

#[test]
fn what_may_be_another_list_is_a_warning_and_what_explains_one_is_none() {
    let un = include_str!("../../../data/samples/lists/un.xml");
    let said = |name: &str, bytes: &[u8]| {
        let files = [file("consolidated.xml", un), file(name, bytes)];
        let list = load(&files).unwrap();
        let own = list.meta.remarks.iter().find(|remark| remark.place == name);
        own.unwrap().text.clone()
    };
    for (name, bytes) in [
        ("consolidated-old.xml", un.as_bytes()),
        ("more.xml", b"<other/>"),
        ("more.csv", b"a,b\n1,2\n"),
        ("page.html", b"<html>"),
        ("guide.pdf", b"%PDF-1.7"),
    ] {
        let warning = "WARNING: not a part of this list; not read";
        assert_eq!(said(name, bytes), warning, "{name}");
    }
    for name in ["README.txt", "LICENSE", "manifest.json", "notes.md"] {
        assert_eq!(
            said(name, b"some words"),
            "not a part of this list; not read",
            "{name}"
        );
    }
}

#[test]
fn a_comments_file_of_ofac_may_hold_its_end_mark_alone() {
    let mut files = sample("ofac_sdn");
    let comments = files
        .iter_mut()
        .find(|file| file.name == "sdn_comments.csv")
        .unwrap();
    comments.bytes = b"\x1a".to_vec();
    assert!(load(&files).is_ok());
    assert!(read_every(Some(Format::OfacCsv), &files).is_ok());
}

#[test]
fn a_folder_has_every_list_that_its_table_of_contents_names() {
    let with = |folder: &str, name: &str, text: &str| {
        let mut files = sample(folder);
        files.push(file(name, text));
        load(&files).map(|list| list.entities.len())
    };
    let names = |text: &str| with("names_json", "manifest.json", text);
    let both = r#"[{"key": "atlantis_travel", "count": 2}, {"key": "investor_alerts", "count": 1}]"#;
    assert_eq!(names(both).unwrap(), 2);
    let error = names(&both.replace("\"count\": 2", "\"count\": 3")).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::RecordCount { stated: 3, read: 2 });
    assert_eq!(error.file(), "atlantis_travel.json");
    let error = names(&both.replace("investor_alerts", "atlantis_freeze")).unwrap_err();
    assert!(
        error.to_string().contains("'atlantis_freeze', which is not here"),
        "{error}"
    );
    let agencies = |text: &str| with("us_json", "lists.json", text);
    let both = r#"{"lists": [{"id": "bis-entity-list"}, {"id": "cbp-wro"}]}"#;
    assert_eq!(agencies(both).unwrap(), 3);
    let error = agencies(&both.replace("cbp-wro", "bis-meu")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NotThere { .. }), "{error}");
}

#[test]
fn a_file_that_was_asked_for_is_not_left_over() {
    let un = file(
        "consolidated.xml",
        include_str!("../../../data/samples/lists/un.xml"),
    );
    let words = file("terms.txt", "Terms of use");
    assert!(load(&[un.clone(), words.clone()]).is_ok());
    let error = read_every(None, &[un.clone(), words.clone()]).unwrap_err();
    assert_eq!(error.file(), "terms.txt");
    assert!(matches!(error.kind(), ErrorKind::LeftOver { .. }), "{error}");
    // What lies in an archive beside a list may explain it.
    let archive = zipped(&[un, words]);
    assert!(read_every(None, std::slice::from_ref(&archive)).is_ok());
    let annexes = sample("eu_annexes");
    assert!(read_every(None, &[zipped(&annexes[..1]), annexes[1].clone()]).is_ok());
}
