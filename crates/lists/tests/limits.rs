//! What a file says once and refers to a million times is refused before it fills the memory.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, and so do its helpers"
)]

use std::io::{Cursor, Write};
use tamis_lists::{ErrorKind, File, load};
use zip::{ZipWriter, write::SimpleFileOptions};

const ADVANCED: &str = include_str!("../../../data/samples/lists/ofac_advanced/sdn_advanced.xml");
const SWISS: &str = include_str!("../../../data/samples/lists/ch_xml/consolidated-list.xml");

/// By which Australia's list is recognised.
const TITLES: &str = "Name of Individual or Entity, Name Type, Control Date";

fn limit_of(name: &str, bytes: Vec<u8>) -> &'static str {
    let name = name.to_owned();
    let read = load(&[File { name, bytes }]).map(|list| list.meta.counts);
    let error = read.expect_err("it is too much");
    match error.kind() {
        ErrorKind::Limit { what, .. } => what,
        _ => unreachable!("{error}"),
    }
}

/// A text of two megabytes; forty of them are more than a file of that size may unfold to.
fn long(text: &str) -> String {
    format!("{text} {}", "x".repeat(2 << 20))
}

#[test]
fn a_text_of_the_advanced_form_may_not_be_referred_to_without_end() {
    let line = ADVANCED
        .lines()
        .find(|line| line.contains("<VersionLocation LocationID=\"25\""))
        .expect("a sample with a location");
    let with = |times: usize| {
        ADVANCED
            .replace("1 Sample Street", &long("1 Sample Street"))
            .replace(line, &line.repeat(times))
    };
    assert!(
        load(&[File {
            name: "sdn_advanced.xml".into(),
            bytes: with(2).into()
        }])
        .is_ok()
    );
    let what = limit_of("sdn_advanced.xml", with(40).into());
    assert_eq!(what, "what the file says by reference");
}

#[test]
fn a_place_of_the_swiss_list_may_not_be_referred_to_without_end() {
    let address = r#"<address ssid="109" place-id="900">"#;
    let addresses: String = (0..40)
        .map(|n| format!("<address place-id=\"900\"><zip-code>{n}</zip-code></address>"))
        .collect();
    let text = SWISS
        .replace(
            "Sampletown</location>",
            &format!("{}</location>", long("Sampletown")),
        )
        .replace(address, &format!("{addresses}{address}"));
    let what = limit_of("consolidated-list.xml", text.into());
    assert_eq!(what, "what the file says by reference");
}

/// A name is written once, and stands in each of the languages in which a part of it is spelled.
#[test]
fn a_swiss_name_may_not_have_languages_without_end() {
    let variants: String = (0..4_000)
        .map(|n| format!(r#"<spelling-variant lang="l{n}">Иван</spelling-variant>"#))
        .collect();
    let value = "<value>Ivan</value>";
    let text = SWISS.replacen(value, &format!("{value}{variants}"), 1).replacen(
        "<value>Mustermanov</value>",
        &format!("<value>{}</value>", "Mustermanov ".repeat(80)),
        1,
    );
    let what = limit_of("consolidated-list.xml", text.into());
    assert_eq!(what, "what the file says by reference");
}

#[test]
fn records_may_not_name_each_other_without_end() {
    let party = |id: usize| {
        format!(
            "{{\"id\":\"p{id}\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Beispiel {id}\"]}}}}\n"
        )
    };
    let ids: Vec<String> = (0..900).map(|id| format!("\"p{id}\"")).collect();
    let ends = ids.join(",");
    let link = format!(
        "{{\"id\":\"o\",\"schema\":\"Ownership\",\"properties\":{{\"owner\":[{ends}],\"asset\":[{ends}]}}}}\n"
    );
    let parties: String = (0..900).map(party).collect();
    let what = limit_of("entities.ftm.json", format!("{parties}{link}").into());
    assert_eq!(what, "what the file says by reference");
}

#[test]
fn an_address_may_not_be_named_by_everybody() {
    let party = |id: usize| {
        format!(
            "{{\"id\":\"p{id}\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Beispiel {id}\"],\"addressEntity\":[\"a\"]}}}}\n"
        )
    };
    let parties: String = (0..40).map(party).collect();
    let address = format!(
        "{{\"id\":\"a\",\"schema\":\"Address\",\"properties\":{{\"full\":[\"{}\"]}}}}\n",
        long("1 Sample Street")
    );
    let what = limit_of("entities.ftm.json", format!("{parties}{address}").into());
    assert_eq!(what, "what the file says by reference");
}

#[test]
fn a_text_that_cells_share_may_not_fill_the_memory() {
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(80);
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    let shared = format!("<sst><si><t>{}</t></si></sst>", long(TITLES));
    let bytes = workbook(&["sheet1.xml"], &sheet, &shared);
    assert_eq!(limit_of("list.xlsx", bytes), "the text of the workbook");
}

#[test]
fn sheets_may_not_share_a_file() {
    let sheet = "<worksheet><sheetData/></worksheet>";
    let shared = format!("<sst><si><t>{TITLES}</t></si></sst>");
    let bytes = workbook(&["sheet1.xml", "sheet1.xml"], sheet, &shared);
    let name = "list.xlsx".to_owned();
    let error = load(&[File { name, bytes }]).expect_err("a file of two sheets");
    assert!(error.to_string().contains("is the file of another"), "{error}");
}

/// A workbook with sheets in these files, and the same content in each.
fn workbook(sheets: &[&str], sheet: &str, shared: &str) -> Vec<u8> {
    let mut names = String::new();
    let mut targets = String::new();
    for (at, file) in sheets.iter().enumerate() {
        names += &format!("<sheet name=\"{at}\" id=\"r{at}\"/>");
        targets += &format!("<Relationship Id=\"r{at}\" Target=\"worksheets/{file}\"/>");
    }
    let files = [
        (
            "xl/workbook.xml",
            format!("<workbook><sheets>{names}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{targets}</Relationships>"),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ("xl/sharedStrings.xml", shared.to_owned()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Beginnings by which the formats of JSON are recognised, up to the entries, and what ends them.
const JSON_FORMS: [(&str, &str, &str); 3] = [
    (
        "entity_list.json",
        r#"{"list_id":"bis-entity-list","federal_register":null,"entities":["#,
        "]}",
    ),
    (
        "consolidated.json",
        r#"{"source":null,"federal_register_notice":null,"results":["#,
        "]}",
    ),
    (
        "names.json",
        r#"[{"id":1,"full_name":"Jan Beispiel","source":"x","aliases":[]},"#,
        "]",
    ),
];

/// Entries that take much more memory than room in a file: lists of lists, of numbers, of nothing.
#[test]
fn json_may_not_unfold_in_memory() {
    let many = |text: &str| vec![text; 500_000].join(",");
    for (name, start, end) in JSON_FORMS {
        for entry in ["0", "[]", "{}", "null", "\"\""] {
            let bytes = format!("{start}{}{end}", many(entry)).into_bytes();
            let error = load(&[File {
                name: name.into(),
                bytes,
            }])
            .expect_err("no entry");
            // The first of them ends it.
            let kind = error.kind();
            let first = matches!(kind, ErrorKind::NoName { .. } | ErrorKind::Field { .. });
            assert!(first, "{name}: {entry}: {error}");
            assert!(error.to_string().contains("number "), "{error}");
            let bytes = format!("{start}{{\"name\":\"Jan\",\"x\":[{}]}}{end}", many(entry));
            assert_eq!(
                limit_of(name, bytes.into()),
                "an entry in memory",
                "{name}: {entry}"
            );
        }
    }
    let beside = format!(
        "{{\"list_id\":\"x\",\"entities\":[],\"federal_register\":[{}]}}",
        many("0")
    );
    assert_eq!(limit_of("list.json", beside.into()), "an entry in memory");
    let line = format!(
        "{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":[{}]}}}}",
        vec!["0"; 2_000_000].join(",")
    );
    assert_eq!(limit_of("entities.ftm.json", line.into()), "an entry in memory");
}

#[test]
fn json_of_another_shape_is_refused_with_its_line() {
    let json = |text: &str| {
        let (name, bytes) = ("list.json".to_owned(), text.as_bytes().to_vec());
        load(&[File { name, bytes }]).expect_err(text).to_string()
    };
    let start = "{\"list_id\": \"x\",\n \"federal_register\": null,\n";
    for (rest, says) in [
        (
            "\"entities\": {}}",
            "line 3: the JSON is broken (invalid type: map",
        ),
        (
            "\"entities\": [1,]}",
            "line 3: the JSON is broken (trailing comma",
        ),
        ("\"entities\": [1", "line 3: the file is cut off"),
        (
            "\"entities\": [],\n\"entities\": []}",
            "the array 'entities' stands there twice",
        ),
        (
            "\"entities\": []}\n}",
            "line 4: the JSON is broken (trailing characters",
        ),
        ("\"x\": {\"entities\": 1}}", "the array 'entities' is missing"),
    ] {
        let error = json(&format!("{start}{rest}"));
        assert!(error.contains(says), "{rest}: {error}");
        assert!(!error.contains("at line"), "{error}");
    }
}

/// A thousand entries of one name, many times over: each gets an id of its own, and that takes no time.
#[test]
fn entries_of_one_name_are_told_apart_quickly() {
    let entry = r#"{"name":"Beispiel"}"#;
    let start = r#"{"list_id":"bis-entity-list","federal_register":null,"entities":["#;
    let bytes = format!("{start}{}]}}", vec![entry; 100_000].join(",")).into_bytes();
    let name = "entity_list.json".to_owned();
    let list = load(&[File { name, bytes }]).expect("a list");
    assert_eq!(list.entities[99_999].native_id, "EL/Beispiel#100000");
}
