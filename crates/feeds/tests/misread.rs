//! Ways to misread a customer file so that a listed party would pass: each must give the name, or say that the
//! record is not screened.

#![expect(clippy::panic, reason = "tests")]

use encoding_rs::{Encoding, GBK, IBM866, ISO_8859_5, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use tamis_feeds::{Options, Reader, Record, Unscreened};
use tamis_model::{EntityKind, Subject};

fn records(input: &[u8]) -> Vec<Record<'static>> {
    Reader::new(input, "input", Options::default())
        .unwrap_or_else(|error| panic!("{error}"))
        .collect()
}

fn subject(input: &str) -> Subject {
    let record = records(input.as_bytes()).remove(0);
    record.subject.unwrap_or_else(|why| panic!("{input}: {why}"))
}

fn unscreened(input: &str) -> Unscreened {
    match records(input.as_bytes()).remove(0).subject {
        Ok(subject) => panic!("{input}: {subject:?}"),
        Err(why) => why,
    }
}

fn names(input: &str) -> Vec<String> {
    subject(input).names.into_iter().map(|name| name.text).collect()
}

fn refusal(input: &[u8]) -> String {
    match Reader::new(input, "input", Options::default()) {
        Ok(reader) => panic!("accepted: {:?}", reader.collect::<Vec<_>>()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn whatever_a_name_column_holds_beside_parts_the_full_name_is_among_the_readings() {
    for (input, wanted) in [
        (
            "Name,Surname\nIgor,Chekunov\n",
            &["Igor Chekunov", "Igor", "Chekunov"][..],
        ),
        ("Name;Surname;Country\nIgor;Chekunov;RU\n", &["Igor Chekunov"]),
        (
            "name,patronymic,surname\nIgor,G.,Chekunov\n",
            &["Igor G. Chekunov"],
        ),
        (
            "название;отчество;фамилия\nИгорь;Геннадьевич;Чекунов\n",
            &["Игорь Геннадьевич Чекунов"],
        ),
        (
            "{\"name\":\"Igor\",\"last_name\":\"Chekunov\"}\n",
            &["Igor Chekunov"],
        ),
        (
            "name,middle_name\nIgor Chekunov,G.\n",
            &["Igor Chekunov", "Igor Chekunov G."],
        ),
        (
            "name,first_name,last_name\nIvanova,Anna,Petrova\n",
            &["Ivanova Petrova", "Anna Ivanova", "Anna Petrova"],
        ),
        (
            "company_name,first_name\n\"Kaspersky Labs Limited\",John\n",
            &["Kaspersky Labs Limited", "John Kaspersky Labs Limited"],
        ),
        (
            "company_name,first_name,last_name\nKaspersky Labs Limited,John,\n",
            &["Kaspersky Labs Limited"],
        ),
        (
            "firma,vorname,name\nAcme GmbH,Igor,Chekunov\n",
            &["Acme GmbH", "Igor Chekunov"],
        ),
        (
            "company,first_name,name\nAcme,Igor,Chekunov\n",
            &["Acme", "Igor Chekunov"],
        ),
        (
            "name1,name2\nIgor,Chekunov\n",
            &["Igor", "Chekunov", "Igor Chekunov"],
        ),
        ("name_1,name_2\nChekunov,Igor\n", &["Chekunov Igor"]),
        (
            "name_1,name_2,name_3\nKaspersky,Labs,c/o Roe\n",
            &["Kaspersky Labs", "Kaspersky Labs c/o Roe"],
        ),
        ("name,name2\nChekunov,Igor\n", &["Chekunov Igor"]),
    ] {
        let found = names(input);
        for name in wanted {
            assert!(
                found.iter().any(|one| one == name),
                "{input}: no {name} in {found:?}"
            );
        }
        let distinct: std::collections::BTreeSet<&String> = found.iter().collect();
        assert_eq!(distinct.len(), found.len(), "{found:?}");
    }
}

#[test]
fn two_values_of_one_part_of_a_name_are_never_settled_in_silence() {
    let refused = refusal(b"first_name,first_name,last_name\nIgor,Oleg,Chekunov\n");
    assert!(
        refused.contains("'first_name' and 'first_name' are both read as first_name"),
        "{refused}"
    );
    let refused = refusal(b"last_name,surname\nA,B\n");
    assert!(refused.contains("'last_name' and 'surname'") && refused.contains("--map last_name=COLUMN"));
    let why = unscreened("{\"last_name\":\"A\",\"surname\":\"B\"}\n");
    assert_eq!(why.reason, "there are two values of last_name: 'A' and 'B'");
    assert_eq!(names("{\"last_name\":\"A\",\"surname\":\"A\"}\n"), ["A"]);
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

/// A guess gives the text as it was written, or is refused.
fn read_or_refused(text: &str, encoding: &'static Encoding) -> bool {
    let bytes = encoded(text, encoding);
    match Reader::new(&bytes[..], "input", Options::default()) {
        Err(error) => {
            let error = error.to_string();
            assert!(
                error.contains("the encoding is not certain (") && error.contains("--encoding"),
                "{error}"
            );
            false
        }
        Ok(reader) => {
            let lines: Vec<&str> = text.lines().skip(1).collect();
            for (record, line) in reader.zip(lines) {
                if let Ok(subject) = record.subject {
                    assert_eq!(subject.names[0].text, line, "{}", encoding.name());
                }
            }
            true
        }
    }
}

#[test]
fn a_short_file_in_a_legacy_encoding_is_read_as_written_or_refused() {
    for text in [
        "name\nГЕРБЕР МИХАИЛ\n",
        "name\nГербер Михаил\n",
        "name\nгербер михаил\n",
        "name\nЧекунов\n",
        "name\nЧЕКУНОВ\n",
        "name\nЧЕКУНОВ ИГОРЬ\nПУТИН ВЛАДИМИР\nТИХОНОВ АНДРЕЙ\n",
        "name\nИванов\nOOO Tver\n",
        "name\nЛи\n",
        "name\nШойгу Сергей Кужугетович\nСечин Игорь Иванович\nМиллер Алексей Борисович\n",
    ] {
        for encoding in [WINDOWS_1251, KOI8_R, ISO_8859_5, IBM866] {
            read_or_refused(text, encoding);
        }
    }
    for text in ["name\n张伟\n", "name\n李四\n王伟\n张三\n", "name\n习近平\n"] {
        read_or_refused(text, GBK);
    }
    for text in ["name\n山田太郎\n", "name\nヤマダ\n"] {
        read_or_refused(text, SHIFT_JIS);
    }
    for text in [
        "name\nHélène Dupont\n",
        "name\nBørge Åse\n",
        "name\nJosé\n",
        "name\nÉ\n",
    ] {
        read_or_refused(text, WINDOWS_1252);
    }
    assert!(refusal(&encoded("name\nГЕРБЕР МИХАИЛ\n", WINDOWS_1251)).contains("windows-1251"));
}

#[test]
fn a_file_with_enough_evidence_needs_no_option() {
    let rows = "Гербер Михаил Львович\nЧекунов Игорь Геннадьевич\nАлексеева Марина Михайловна\n";
    let capitals = rows.to_uppercase();
    for (text, encoding) in [
        (format!("name\n{rows}"), WINDOWS_1251),
        (format!("name\n{capitals}"), WINDOWS_1251),
        (format!("name\n{rows}"), KOI8_R),
        (format!("name\n{rows}"), ISO_8859_5),
        (format!("name\n{rows}"), IBM866),
        ("name\nJosé García\nMuñoz Peña\n".to_owned(), WINDOWS_1252),
        (
            "name\nHélène Béranger\nFrançois Lefèvre\nZoë Müller\nRenée Crête\n".to_owned(),
            WINDOWS_1252,
        ),
    ] {
        assert!(read_or_refused(&text, encoding), "{} {text}", encoding.name());
    }
}

#[test]
fn names_with_the_marks_of_a_wrong_encoding_are_unscreened() {
    for (input, said) in [
        ("name\n\u{1b}$B;3ED\u{1b}(B\n", "a control character (U+001B)"),
        ("name\nA\u{7}B\n", "a control character (U+0007)"),
        ("name\nA\u{85}B\n", "a control character (U+0085)"),
        ("name\nJosÃ© Sechin\n", "UTF-8 that was read as windows-1252"),
        ("name\nIgorâ€™s Trading\n", "UTF-8 that was read as windows-1252"),
        ("name\nР§РµРєСѓРЅРѕРІ\n", "UTF-8 that was read as windows-1251"),
        ("name\n╨з╨╡╨║╤Г╨╜╨╛╨▓\n", "UTF-8 that was read as IBM866"),
        ("name\nч╜ЧхЕ╡\n", "UTF-8 that was read as IBM866"),
        ("name\nÐ§ÐµÐºÑƒÐ½Ð¾Ð²\n", "UTF-8 that was read as windows-1252"),
        (
            "first_name,last_name\nA,MÃ¼ller\n",
            "UTF-8 that was read as windows-1252",
        ),
    ] {
        let why = unscreened(input);
        assert!(why.reason.contains(said) && why.field.is_some(), "{input}: {why}");
    }
    for name in [
        "São Paulo Máquinas",
        "CORPORAÇÃO ALIANÇA",
        "Nescafé®",
        "CAFÉ™",
        "L’Été d’Été’s",
        "РІЗНИК БОРИС",
        "СІРІЙ ІВАН",
        "Чекунов Игорь",
        "Суворов",
        "Clive Суворов",
        "А. Суворов-Зубарев",
        "НІКІТІН",
        "Đặng Văn Âu",
        "ÅNGSTRÖM",
        "ÑANDÚ",
        "Müller\u{a0}& Söhne",
        "王伟",
        "Ψαράς",
    ] {
        assert_eq!(names(&format!("name\n{name}\n"))[0], name);
    }
    let mixed = [
        encoded(
            "name\nГербер Михаил Львович\nЧекунов Игорь Геннадьевич\nМарина Алексеева\nТихонов Андрей\n",
            WINDOWS_1251,
        ),
        "Тихонов\n".into(),
    ];
    let last = records(&mixed.concat()).pop().unwrap();
    assert!(
        last.subject
            .unwrap_err()
            .reason
            .contains("UTF-8 that was read as windows-1251")
    );
}

#[test]
fn character_references_of_html_are_decoded_for_screening_only() {
    for (written, meant) in [
        ("Jos&eacute; Mu&ntilde;oz", "José Muñoz"),
        ("&Eacute;ric O&#39;Neil", "Éric O'Neil"),
        ("Roe &amp; Sons", "Roe & Sons"),
        ("O&amp;#x27;Neil", "O'Neil"),
        ("&#1063;екунов", "Чекунов"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("A & B &nosuch; C&", "A & B &nosuch; C&"),
    ] {
        let record = records(format!("name\n\"{written}\"\n").as_bytes()).remove(0);
        assert_eq!(record.subject.unwrap().names[0].text, meant);
        assert_eq!(record.cells, [written]);
    }
}

#[test]
fn a_birth_date_that_says_nothing_or_two_things_is_not_used() {
    for (input, wanted, note) in [
        ("name,dob\nA,1900-01-01\n", None, "is a placeholder"),
        ("name,dob\nA,01/01/1901\n", None, "is a placeholder"),
        ("name,dob\nA,1970-01-01\n", None, "is a placeholder"),
        ("name,dob\nA,1900\n", None, "is a placeholder"),
        ("name,dob\nA,1111-11-11\n", None, "is not a date"),
        ("name,dob\nA,9999-12-31\n", None, "is not a date"),
        ("name,dob\nA,01/01/0001\n", None, "is not a date"),
        (
            "name,dob,birth_date\nA,1966-03-27,1967-03-27\n",
            None,
            "different values (1966-03-27, 1967-03-27)",
        ),
        (
            "{\"name\":\"A\",\"dob\":[\"1966\",\"1967\"]}\n",
            None,
            "different values",
        ),
        (
            "name,dob,birth_date\nA,1966-03-27,27.03.1966\n",
            Some("1966-03-27"),
            "",
        ),
        (
            "name,year_of_birth,dob\nA,1966,1966-03-27\n",
            Some("1966-03-27"),
            "",
        ),
        (
            "name,dob,birth_date\nA,1966-03-27,1900-01-01\n",
            Some("1966-03-27"),
            "is a placeholder",
        ),
    ] {
        let found = subject(input);
        assert_eq!(
            found.birth_date.map(|date| date.from.to_string()).as_deref(),
            wanted,
            "{input}"
        );
        assert_eq!(found.unused.is_empty(), note.is_empty(), "{input}");
        assert!(
            found.unused.iter().all(|one| one.contains(note)),
            "{:?}",
            found.unused
        );
    }
}

#[test]
fn a_cell_of_aliases_is_taken_apart_in_every_usual_form() {
    for (cell, wanted) in [
        ("J. Roe\nJ. Doe", &["J. Roe", "J. Doe"][..]),
        ("J. Roe / J. Doe", &["J. Roe", "J. Doe"]),
        ("a) J. Roe b) J. Doe c) X", &["J. Roe", "J. Doe", "X"]),
        ("1. J. Roe 2. J. Doe", &["J. Roe", "J. Doe"]),
        ("(1) J. Roe (2) J. Doe", &["J. Roe", "J. Doe"]),
        ("J. Roe, J. Doe", &["J. Roe, J. Doe", "J. Roe", "J. Doe"]),
        ("A/B Trading", &["A/B Trading"]),
        ("Henry 2. Roe", &["Henry 2. Roe"]),
    ] {
        let found = names(&format!("name,aka\nMain,\"{cell}\"\n"));
        assert_eq!(found[1..], *wanted, "{cell}");
    }
}

#[test]
fn a_code_or_segment_is_no_kind() {
    for word in ["P", "C", "i", "business", "Corporate", "LEGAL", "retail"] {
        let found = subject(&format!("name,type\nA,{word}\n"));
        assert_eq!(found.kind, None);
        assert_eq!(
            found.unused,
            [format!("kind '{word}' is not a known kind: not used")]
        );
    }
    assert_eq!(subject("name,type\nA,person\n").kind, Some(EntityKind::Person));
}

#[test]
fn a_header_in_the_middle_or_a_number_for_a_name_is_unscreened() {
    let all = records(b"id,name\n1,A\nID, Name\nname,id\n2,name\n");
    let told: Vec<bool> = all.iter().map(|record| record.subject.is_ok()).collect();
    assert_eq!(told, [true, false, false, true]);
    assert!(
        all[1]
            .subject
            .as_ref()
            .unwrap_err()
            .reason
            .contains("repeats the header")
    );
    assert!(unscreened("name\n12345\n").reason.contains("no letters"));
    assert!(
        unscreened("name,type\n12345,person\n")
            .reason
            .contains("no letters")
    );
    assert_eq!(names("name,type\n1234,company\n"), ["1234"]);
}

#[test]
fn a_file_that_cannot_be_used_says_what_to_do() {
    let why = unscreened("{\"who\":\"A\",\"dob\":\"1966\"}\n");
    assert_eq!(
        why.reason,
        "no key is recognised as a name; the keys are: who, dob. Say which one it is with --map name=KEY"
    );
    for delimiter in ["~", ":", "^"] {
        let refused = refusal(format!("id{delimiter}name\n1{delimiter}A\n").as_bytes());
        assert!(refused.contains("name it with --delimiter"), "{refused}");
    }
    let why = unscreened("name\n\u{fffd}van\n");
    assert!(why.reason.contains("--encoding"), "{why}");
}
