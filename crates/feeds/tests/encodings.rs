//! Encodings: what is detected, what is asked for, and what cannot be decoded.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use tamis_feeds::{Options, Reader};

const TABLE: &str = "id;ФИО;Дата рождения\r\n\
    1;Чекунов Игорь Геннадьевич;27.03.1966\r\n\
    2;Тихонов Андрей Геннадьевич;09.11.1966\r\n\
    3;Алексеева Марина Михайловна;15.06.1978\r\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    text.encode_utf16().flat_map(bytes).collect()
}

/// Windows-1251 of what these tests use: ASCII and А to я.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'А'..='я' => u8::try_from(u32::from(c) - 0x410 + 0xc0).unwrap(),
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn with_mark(mark: &[u8], rest: &[u8]) -> Vec<u8> {
    [mark, rest].concat()
}

fn asked(label: &str) -> Options {
    Options {
        encoding: Some(label.to_owned()),
        ..Options::default()
    }
}

fn names(input: &[u8], options: Options) -> (String, Vec<String>) {
    let mut reader = Reader::new(input, "input", options).unwrap_or_else(|error| panic!("{error}"));
    let names = reader.by_ref().map(|record| match record.subject {
        Ok(subject) => subject.names[0].text.clone(),
        Err(why) => format!("! {why}"),
    });
    let names = names.collect();
    (reader.notes()[0].clone(), names)
}

#[test]
fn every_encoding_of_the_same_table_gives_the_same_names() {
    let expected = [
        "Чекунов Игорь Геннадьевич",
        "Тихонов Андрей Геннадьевич",
        "Алексеева Марина Михайловна",
    ];
    let none = Options::default;
    for (input, options, note) in [
        (TABLE.as_bytes().to_vec(), none(), "encoding: UTF-8 (valid)"),
        (
            with_mark(b"\xef\xbb\xbf", TABLE.as_bytes()),
            none(),
            "encoding: UTF-8 (byte order mark)",
        ),
        (
            with_mark(b"\xff\xfe", &utf16(TABLE, true)),
            none(),
            "encoding: UTF-16LE (byte order mark)",
        ),
        (
            with_mark(b"\xfe\xff", &utf16(TABLE, false)),
            none(),
            "encoding: UTF-16BE (byte order mark)",
        ),
        (utf16(TABLE, true), none(), "encoding: UTF-16LE (detected)"),
        (utf16(TABLE, false), none(), "encoding: UTF-16BE (detected)"),
        (
            utf16(TABLE, false),
            asked("utf-16be"),
            "encoding: UTF-16BE (as asked for)",
        ),
        (windows_1251(TABLE), none(), "encoding: windows-1251 (detected)"),
        (
            windows_1251(TABLE),
            asked("cp1251"),
            "encoding: windows-1251 (as asked for)",
        ),
        (
            with_mark(b"\xef\xbb\xbf", TABLE.as_bytes()),
            asked("cp1251"),
            "encoding: UTF-8 (byte order mark)",
        ),
    ] {
        let (how, names) = names(&input, options);
        assert_eq!(
            (how.as_str(), names.as_slice()),
            (note, &expected.map(str::to_owned)[..])
        );
    }
}

#[test]
fn western_text_in_one_byte_is_detected() {
    let (how, names) = names(
        b"name;city\nJos\xe9 Garc\xeda;M\xe1laga\nMu\xf1oz, Jos\xe9;C\xf3rdoba\n",
        Options::default(),
    );
    assert_eq!(how, "encoding: windows-1252 (detected)");
    assert_eq!(names, ["José García", "Muñoz, José"]);
}

#[test]
fn an_encoding_that_does_not_exist_is_refused() {
    for label in ["klingon", "", "replacement"] {
        let error = Reader::new(&b"name\nA\n"[..], "input", asked(label))
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains("is not a known encoding"), "{error}");
    }
}

#[test]
fn damaged_utf_8_leaves_the_record_unscreened_and_not_the_file_misread() {
    let input = b"name,note\nM\xc3\xbcller,x\nM\xfcller,y\nJos\xc3\xa9,\xff\xff\n\xef\xbf\xbdvan,z\n";
    let mut reader = Reader::new(&input[..], "input", Options::default()).unwrap();
    let all: Vec<_> = reader.by_ref().collect();
    assert_eq!(all[0].subject.as_ref().unwrap().names[0].text, "Müller");
    for at in [1, 3] {
        let why = all[at].subject.as_ref().unwrap_err();
        assert_eq!(why.field.as_deref(), Some("name"));
        assert!(why.reason.contains("cannot be decoded"), "{why}");
    }
    assert!(
        all[2].subject.is_ok(),
        "the damage is in a column that is not screened"
    );
    assert!(
        reader
            .notes()
            .last()
            .unwrap()
            .contains("column 'note', which is not screened")
    );
    assert!(reader.notes()[0].contains("damaged"));
}

#[test]
fn bytes_that_turn_up_after_the_sample_are_found_too() {
    let mut input = b"name\n".to_vec();
    input.extend(b"Jane Roe\n".repeat(20_000));
    input.extend(b"Andr\xe9\n");
    let (how, names) = names(&input, Options::default());
    assert_eq!(how, "encoding: UTF-8 (valid)");
    assert_eq!(names.len(), 20_001);
    assert!(names[20_000].starts_with("! line 20002, name: it holds characters that cannot be decoded"));
}

#[test]
fn a_character_on_the_edge_of_the_sample_is_not_damage() {
    for shift in 0..4 {
        let mut input = format!("name\n{}", "x".repeat(shift)).into_bytes();
        input.extend("ж".repeat(70_000).as_bytes());
        let (how, names) = names(&input, Options::default());
        assert_eq!(how, "encoding: UTF-8 (valid)");
        assert_eq!(names[0].chars().count(), 70_000 + shift);
    }
}

#[test]
fn a_nul_in_plain_text_is_not_taken_for_utf_16() {
    let (how, names) = names(b"name\nA\0B\nC\n", Options::default());
    assert_eq!(how, "encoding: UTF-8 (valid)");
    assert_eq!(names, ["! line 2, name: it holds a NUL byte", "C"]);
}
