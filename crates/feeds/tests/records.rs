//! What a reader makes of CSV and JSON Lines, case by case.

#![expect(clippy::panic, reason = "tests")]

use std::io::{self, Read};
use tamis_feeds::{Error, InputFormat, Options, PairReader, Reader, Record};
use tamis_model::{CountryRelation, EntityKind, Gender, IdentifierKind, Subject};

fn open(input: &[u8], options: Options) -> Result<Reader<&[u8]>, Error> {
    Reader::new(input, "input", options)
}

fn records(input: &[u8]) -> Vec<Record<'static>> {
    open(input, Options::default())
        .unwrap_or_else(|error| panic!("{error}"))
        .collect()
}

fn subject(input: &str) -> Subject {
    let mut all = records(input.as_bytes());
    assert_eq!(all.len(), 1, "{input}");
    all.remove(0).subject.unwrap_or_else(|why| panic!("{why}"))
}

/// One line a record: the name, or the line and reason.
fn told(input: &[u8]) -> Vec<String> {
    let tell = |record: Record| match record.subject {
        Ok(subject) => subject.names[0].text.clone(),
        Err(why) => format!("! {why}"),
    };
    records(input).into_iter().map(tell).collect()
}

fn mapped(pairs: &[(&str, &str)]) -> Options {
    let own = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    Options {
        mapping: pairs.iter().map(own).collect(),
        ..Options::default()
    }
}

fn refusal(input: &[u8], options: Options) -> String {
    match open(input, options) {
        Ok(_) => panic!("{} was accepted", String::from_utf8_lossy(input)),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_field_of_a_record_reaches_the_subject() {
    let subject = subject(
        "id,name,type,dob,birth place,sex,country,nationality,citizenship,residence,incorporation country,\
         passport no,national id,INN,ogrn,LEI,swift,IMO,iban,e-mail,website,phone,wallet,aka\n\
         7,Igor Chekunov,individual,27.03.1966,\"Tver, Russia\",M,RU,Russian,Россия,DE,GB,530176384,45,\
         774334095919,1027739867473,L1,DEUTDEFF,IMO 9,DE89,a@b.c,b.c,+7 1,1BoatSLRHt,Chekhunov; I. Chekunov|Чекунов\n",
    );
    assert_eq!(subject.id.as_deref(), Some("7"));
    let names: Vec<&str> = subject.names.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(names, ["Igor Chekunov", "Chekhunov", "I. Chekunov", "Чекунов"]);
    assert_eq!(subject.kind, Some(EntityKind::Person));
    assert_eq!(subject.birth_date.unwrap().from.to_string(), "1966-03-27");
    assert_eq!(subject.gender, Some(Gender::Male));
    assert_eq!(subject.birth_place.unwrap().country.unwrap().as_str(), "RU");
    let countries: Vec<_> = subject
        .countries
        .iter()
        .map(|c| (c.relation, c.code.unwrap().to_string()))
        .collect();
    assert_eq!(
        countries,
        [
            (CountryRelation::Unspecified, "RU".to_owned()),
            (CountryRelation::Nationality, "RU".to_owned()),
            (CountryRelation::Citizenship, "RU".to_owned()),
            (CountryRelation::Residence, "DE".to_owned()),
            (CountryRelation::Registration, "GB".to_owned()),
        ]
    );
    let kinds: Vec<IdentifierKind> = subject.identifiers.iter().map(|id| id.kind.clone()).collect();
    use IdentifierKind::*;
    assert_eq!(
        kinds,
        [
            Passport,
            NationalId,
            TaxId,
            Registration,
            Lei,
            Bic,
            Imo,
            Account,
            Email,
            Website,
            Phone,
            Wallet
        ]
    );
    assert_eq!(subject.unused, Vec::<String>::new());
}

#[test]
fn names_are_put_together_from_what_the_record_has() {
    for (input, expected) in [
        (
            "first_name,middle_name,last_name\nIgor,G.,Chekunov\n",
            vec!["Igor G. Chekunov"],
        ),
        (
            "Фамилия;Имя;Отчество\nЧекунов;Игорь;Геннадьевич\n",
            vec!["Игорь Геннадьевич Чекунов"],
        ),
        (
            "Name;Vorname\nBorschtschew;Daniil\n",
            vec!["Daniil Borschtschew", "Borschtschew", "Daniil"],
        ),
        (
            "nom,prénom\nBorchtchev,Daniil\n",
            vec!["Daniil Borchtchev", "Borchtchev", "Daniil"],
        ),
        (
            "name,first_name\nDaniil Borschtschew,Daniil\n",
            vec!["Daniil Borschtschew"],
        ),
        (
            "name,first_name,last_name\nAnna Dudorina,Anna,Kulashova\n",
            vec!["Anna Dudorina", "Anna Kulashova", "Anna Dudorina Kulashova"],
        ),
        (
            "name,first_name,middle_name,last_name\nAnna Kulashova,Anna,V.,Kulashova\n",
            vec!["Anna V. Kulashova", "Anna Kulashova"],
        ),
        ("full_name,company_name\n,Acme Ltd\n", vec!["Acme Ltd"]),
        (
            "full_name,company_name\nJane Roe,Acme Ltd\n",
            vec!["Jane Roe", "Acme Ltd"],
        ),
        (
            "name,aka\n Jane Roe , J. Roe ;;Jane Roe|n/a\n",
            vec!["Jane Roe", "J. Roe"],
        ),
        ("first_name,middle_name,last_name\nLi,n/a,Null\n", vec!["Li Null"]),
    ] {
        let names: Vec<String> = subject(input).names.into_iter().map(|name| name.text).collect();
        assert_eq!(names, expected, "{input}");
    }
    let parts = subject("first_name,last_name\nIgor,Chekunov\n")
        .names
        .remove(0)
        .parts
        .unwrap();
    assert_eq!(
        (parts.given.as_deref(), parts.family.as_deref()),
        (Some("Igor"), Some("Chekunov"))
    );
}

#[test]
fn a_name_with_nothing_to_compare_leaves_the_record_unscreened() {
    assert_eq!(
        told("id,name\n1,\n2,  \n3,---\n4,N/A\n5,NULL\n6,张伟\n7,007\n8,3 Suisses\n".as_bytes()),
        [
            "! line 2, name: the name is empty",
            "! line 3, name: the name is empty",
            "! line 4, name: nothing to compare in the name '---': it has no letters or digits",
            "! line 5, name: 'N/A' is a placeholder, not a name",
            "! line 6, name: 'NULL' is a placeholder, not a name",
            "张伟",
            "! line 8, name: the name has no letters: '007'",
            "3 Suisses",
        ]
    );
    assert_eq!(
        told(b"first_name,last_name\n,\nA,\n-,n/a\n"),
        [
            "! line 2: every cell is empty",
            "A",
            "! line 4, first_name: nothing to compare in the name '-': it has no letters or digits",
        ]
    );
}

#[test]
fn a_field_that_is_not_understood_is_not_used_and_said_so() {
    let subject = subject("name,birth_date,kind,gender,country\nJane Roe,31/02/1980,robot,x1,Testland\n");
    assert_eq!(
        subject.unused,
        [
            "birth_date '31/02/1980' is not a date: not used",
            "kind 'robot' is not a known kind: not used",
            "gender 'x1' is not a known gender: not used",
            "country 'Testland' is not a known country: not used",
        ]
    );
    assert_eq!(
        (subject.birth_date, subject.kind, subject.gender),
        (None, None, None)
    );
    assert_eq!(subject.countries[0].code, None);
    assert_eq!(subject.countries[0].text, "Testland");
}

#[test]
fn cells_that_say_nothing_are_as_if_they_were_missing() {
    let subject = subject("name,birth_date,kind,gender,country,passport\nJane Roe,N/A,unknown,-,#N/A,null\n");
    assert_eq!(subject, Subject::named("Jane Roe"));
    let namibia = self::subject("name,country\nJane Roe,NA\n");
    assert_eq!(namibia.countries[0].code.unwrap().as_str(), "NA");
}

#[test]
fn a_number_keeps_its_column_and_the_country_that_issued_it() {
    let text = "name,inn,passport,passport_country\nJane Roe,7707083893,A1234567 (Iran); B7654321; C1 (copy),Syria\n";
    let subject = subject(text);
    let of = |at: usize| {
        let id: &tamis_model::Identifier = &subject.identifiers[at];
        (id.value.as_str(), id.label.as_deref(), id.country.as_deref())
    };
    assert_eq!(of(0), ("7707083893", Some("inn"), None));
    assert_eq!(of(1), ("A1234567", Some("passport"), Some("Iran")));
    assert_eq!(of(2), ("B7654321", Some("passport"), Some("Syria")));
    assert_eq!(of(3), ("C1 (copy)", Some("passport"), Some("Syria")));
    assert_eq!(subject.unused, Vec::<String>::new());
}

#[test]
fn cells_with_several_values_are_taken_apart() {
    let subject = subject("name,nationality,passport\nJane Roe,RU; DE|FR,A1;B2\n");
    let codes: Vec<String> = subject
        .countries
        .iter()
        .map(|c| c.code.unwrap().to_string())
        .collect();
    assert_eq!(codes, ["RU", "DE", "FR"]);
    assert_eq!(subject.identifiers.len(), 2);
}

#[test]
fn the_delimiter_is_detected_named_or_asked_for() {
    for (input, delimiter) in [
        ("name,country\nJane Roe,DE\n", ","),
        ("name;country\nRoe, Jane;DE\n", ";"),
        ("name\tcountry\nRoe, Jane\tDE\n", "tab"),
        ("name|country\nRoe, Jane|DE\n", "|"),
        ("name;amount;country\nJane;1,5;DE\nJohn;2,7;FR\n", ";"),
        ("sep=|\nname|country\nJane|DE\n", "|"),
        ("sep=\t\nname\tcountry\nJane\tDE\n", "tab"),
        ("\"full; name\",country\n\"Jane;\nRoe\",DE\n", ","),
        ("name\nJane Roe\n", ","),
    ] {
        let reader = open(input.as_bytes(), mapped(&[])).unwrap();
        let wanted = format!("format: CSV, delimiter: {delimiter} (");
        assert!(
            reader.notes().iter().any(|note| note.starts_with(&wanted)),
            "{input}: {:?}",
            reader.notes()
        );
        assert!(
            reader
                .collect::<Vec<_>>()
                .iter()
                .all(|record| record.subject.is_ok()),
            "{input}"
        );
    }
    let options = Options {
        delimiter: Some(b'!'),
        ..Options::default()
    };
    let record = open(b"name!id\na,b!c;d\n", options).unwrap().next().unwrap();
    assert_eq!(record.cells, ["a,b", "c;d"]);
    for bad in [b'a', b'"', b'\n', 0, 200] {
        let options = Options {
            delimiter: Some(bad),
            ..Options::default()
        };
        assert!(refusal(b"name\nx\n", options).contains("cannot be the delimiter"));
    }
}

#[test]
fn lines_are_those_on_which_records_begin() {
    let input = b"\r\nname,notes\r\n\r\nA,\"one\r\ntwo\r\n\r\nfour\"\r\nB,x\r\n\r\nC,y";
    let lines: Vec<u64> = records(input).iter().map(|record| record.line).collect();
    assert_eq!(lines, [4, 8, 10]);
    assert_eq!(records(input)[0].cells[1], "one\r\ntwo\r\n\r\nfour");
    let mut reader = open(input, Options::default()).unwrap();
    assert_eq!(reader.by_ref().count(), 3);
    assert!(reader.notes().contains(&"blank lines skipped: 3".to_owned()));
    assert_eq!(reader.records(), 3);
}

#[test]
fn line_ends_of_every_system_are_read() {
    for end in ["\n", "\r\n", "\r"] {
        let input = ["name,id", "A,1", "B,2", ""].join(end);
        assert_eq!(told(input.as_bytes()), ["A", "B"], "{end:?}");
    }
    assert_eq!(
        told(b"name\nA B\rC D\nE\n"),
        [
            "! line 2: a carriage return stands inside the record: two lines may have run together",
            "E"
        ]
    );
    assert_eq!(told(b"name\nA\n\x1a"), ["A"]);
}

#[test]
fn a_ragged_record_is_unscreened_and_keeps_all_its_text() {
    let all = records(b"name,id,note\nA,1\nB,2,x,y,z\nC,3,ok\n");
    assert_eq!(all[0].cells, ["A", "1", ""]);
    assert_eq!(
        all[0].subject.as_ref().unwrap_err().reason,
        "2 fields, header has 3"
    );
    assert_eq!(all[1].cells, ["B", "2", "x,y,z"]);
    assert_eq!(
        all[1].subject.as_ref().unwrap_err().to_string(),
        "line 3: 5 fields, header has 3: a cell that holds the delimiter must stand in quotes"
    );
    assert!(all[2].subject.is_ok());
}

#[test]
fn a_record_that_is_not_screened_keeps_its_id_where_that_is_sure() {
    let cases: [(&[u8], Option<&str>); 11] = [
        (b"id,name\nC-8,***\n", Some("C-8")),
        (b"name,id\n, C-8 \n", Some("C-8")),
        (b"id,name\nC-8,A\0B\n", Some("C-8")),
        (b"id,name\nC-8,A\xef\xbf\xbdB\n", Some("C-8")),
        (b"{\"id\": 8, \"name\": \"***\"}\n", Some("8")),
        (b"{\"id\": \"C-8\", \"name\": true}\n", Some("C-8")),
        // Whose it is is not sure.
        (b"name,id\nSmith, John,C-8\n", None),
        (b"id,name\nC\0-8,A\n", None),
        (b"id,name\nC-\xef\xbf\xbd8,A\n", None),
        (b"id,name\n ,***\n", None),
        (b"{\"id\": [[8]], \"name\": \"***\"}\n", None),
    ];
    for (input, expected) in cases {
        let told = records(input).remove(0).subject;
        let why = told.expect_err("it cannot be screened");
        assert_eq!(why.id.as_deref(), expected, "{}: {why}", input.escape_ascii());
    }
}

#[test]
fn a_forgotten_quote_takes_no_other_record_with_it() {
    let end = told(b"id,name\n1,A\n2,\"B\n3,C\n4,D\n");
    assert_eq!(
        end,
        [
            "A",
            "! line 3: a quote is opened and not closed before the end of the input, 3 lines on; \
             the lines after it are read as records of their own",
            "C",
            "D"
        ]
    );
    let before_another = told(b"id,name,note\n1,\"A,x\n2,\"B\",y\n3,C,\"two\nlines\"\n4,D,z\n");
    assert!(
        before_another[0].starts_with("! line 2: a quote is opened"),
        "{before_another:?}"
    );
    assert_eq!(before_another[1], "B");
    assert_eq!(before_another.last().unwrap(), "D");
    let record = records(b"id,name\n2,\"B\n").remove(0);
    assert_eq!(record.cells, ["2", "B"]);
}

#[test]
fn a_quote_left_open_on_every_line_takes_linear_time() {
    // 200,000 lines that each open a quote: searching to the end from each would be 10^10 steps and more.
    let input = format!("name,a\n{}", "a\",\"b\n".repeat(200_001));
    let all = records(input.as_bytes());
    assert!(all.len() >= 100_000);
}

#[test]
fn a_record_that_is_too_long_is_unscreened_and_the_rest_goes_on() {
    let options = || Options {
        max_record_bytes: 100,
        ..Options::default()
    };
    let long = "x".repeat(300_000);
    for (input, reason) in [
        (
            format!("id,name,note\n1,A,{long}\n2,B,y\n"),
            "the record has 300004 bytes, more than the limit of 100 bytes for one record: split it",
        ),
        (
            format!("id,name,note\n1,A,\"{long}\"\n2,B,y\n"),
            "the record has 300006 bytes, more than the limit of 100 bytes for one record: split it",
        ),
        (
            format!("{{\"id\":1,\"name\":\"{long}\"}}\n{{\"id\":2,\"name\":\"B\"}}\n"),
            "the record has 300018 bytes, more than the limit of 100 bytes for one record: split it",
        ),
    ] {
        let all: Vec<Record> = open(input.as_bytes(), options()).unwrap().collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].subject.as_ref().unwrap_err().reason, reason);
        assert_eq!(all[1].subject.as_ref().unwrap().names[0].text, "B");
        if !all[0].cells.is_empty() {
            assert_eq!(
                all[0].cells,
                ["1", "A", ""],
                "the cells before the long one are kept"
            );
        }
    }
    assert_eq!(
        told(format!("id,name\n1,{}\n", "x".repeat(20_000)).as_bytes())[0].len(),
        20_000
    );
}

#[test]
fn a_field_of_ten_megabytes_is_never_held() {
    /// Ten megabytes of `x` between two records, made as they are read.
    struct Long {
        sent: usize,
    }
    impl Read for Long {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            const HEAD: &[u8] = b"id,name\n1,A\n2,";
            const TAIL: &[u8] = b"\n3,B\n";
            let middle = HEAD.len() + 10_000_000;
            let part: &[u8] = match self.sent {
                at if at < HEAD.len() => &HEAD[at..],
                at if at < middle => &[b'x'; 4096][..(middle - at).min(4096)],
                at => TAIL.get(at - middle..).unwrap_or_default(),
            };
            let n = part.len().min(into.len());
            into[..n].copy_from_slice(&part[..n]);
            self.sent += n;
            Ok(n)
        }
    }
    let reader = Reader::new(Long { sent: 0 }, "input", Options::default()).unwrap();
    let all: Vec<Record> = reader.collect();
    assert_eq!(all.len(), 3);
    assert_eq!(
        all[1].subject.as_ref().unwrap_err().reason,
        "the record has 10000002 bytes, more than the limit of 1 MiB for one record: split it"
    );
    assert_eq!(all[2].line, 4);
    assert!(all[2].subject.is_ok());
}

#[test]
fn a_nul_byte_leaves_its_record_unscreened_and_no_other() {
    assert_eq!(
        told(b"id,name,note\n1,A\0B,x\n2,C,\0\n3,D,z\n"),
        [
            "! line 2, name: it holds a NUL byte",
            "! line 3, note: it holds a NUL byte",
            "D"
        ]
    );
    assert_eq!(
        told(b"{\"name\":\"A\\u0000\"}\n{\"name\":\"B\"}\n"),
        ["! line 1, name: it holds a NUL byte", "B"]
    );
}

#[test]
fn a_read_error_in_the_middle_is_the_last_record() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("disk on fire"))
        }
    }
    let good = format!("id,name\n{}", "1,Jane\n".repeat(20_000));
    let input = good.as_bytes().chain(Fails);
    let mut reader = Reader::new(input, "input", Options::default()).unwrap();
    let all: Vec<Record> = reader.by_ref().collect();
    let (last, others) = all.split_last().unwrap();
    assert_eq!(others.len(), 20_000);
    assert!(others.iter().all(|record| record.subject.is_ok()));
    assert_eq!(
        last.subject.as_ref().unwrap_err().to_string(),
        "line 20002: the input cannot be read further (disk on fire): nothing from this line on is screened"
    );
    assert!(reader.next_record().is_none());
}

#[test]
fn json_lines_are_read_by_the_same_names() {
    let input = "{\"customer_id\": 12, \"full_name\": \"Jane Roe\", \"aka\": [\"J. Roe\", \"Roe\"], \"dob\": \"1980-01-02\", \
                 \"nationality\": [\"DE\", \"FR\"], \"vip\": true, \"middle_name\": null, \"passport\": 123456789}\n";
    let mut reader = open(input.as_bytes(), Options::default()).unwrap();
    assert_eq!(reader.format(), InputFormat::JsonLines);
    let record = reader.next_record().unwrap();
    assert!(reader.next_record().is_none());
    assert!(
        reader
            .notes()
            .contains(&"keys not used for screening: vip".to_owned())
    );
    let keys: Vec<&String> = record.raw.as_ref().unwrap().keys().collect();
    assert_eq!(keys[..2], ["customer_id", "full_name"], "keys keep their order");
    let subject = record.subject.unwrap();
    assert_eq!(subject.id.as_deref(), Some("12"));
    assert_eq!(subject.names.len(), 3);
    assert_eq!(subject.countries.len(), 2);
    assert_eq!(subject.identifiers[0].value, "123456789");
    assert_eq!(subject.birth_date.unwrap().from.to_string(), "1980-01-02");
}

#[test]
fn a_bad_line_of_json_is_unscreened_and_the_rest_goes_on() {
    let input = "{\"name\":\"A\"}\n{\"name\":\n[1]\n\n{\"name\":\"B\",\"name\":\"C\"}\n{\"id\":1}\n{\"name\":{\"x\":1}}\n\
                 {\"name\":\"D\"} x\n{\"name\":\"E\"}\n{\"name\":true}\nnull\n";
    let all = told(input.as_bytes());
    assert_eq!(all.len(), 10);
    for (at, line, reason) in [
        (1, 2, "the line is not one JSON object: EOF while parsing a value"),
        (2, 3, "the line is not one JSON object: invalid type: sequence"),
        (3, 5, "the line is not one JSON object: key 'name' stands twice"),
        (4, 6, "the name is empty"),
        (5, 7, "it is an object, not text"),
        (6, 8, "the line is not one JSON object: trailing characters"),
        (8, 10, "it is true or false, not text"),
        (9, 11, "the line is not one JSON object: invalid type: null"),
    ] {
        assert!(
            all[at].starts_with(&format!("! line {line}")) && all[at].contains(reason),
            "{}",
            all[at]
        );
    }
    assert_eq!((all[0].as_str(), all[7].as_str()), ("A", "E"));
}

#[test]
fn json_values_that_would_lose_something_are_not_used_in_silence() {
    let subject = subject(
        "{\"name\":\"A\",\"dob\":\"1980\",\"birth_date\":\"1981\",\"passport\":123456789012345678901234,\"country\":{\"x\":1}}\n",
    );
    assert_eq!(subject.birth_date, None);
    assert_eq!(
        subject.unused,
        [
            "passport ('passport') is a number too long to be kept exactly; give it as text: not used",
            "country ('country') is an object, not text: not used",
            "birth_date has different values (1980, 1981): not used",
        ]
    );
}

#[test]
fn mappings_replace_recognition() {
    let input = b"name,Kunde,type\nclerk,Jane Roe,retail\n";
    let options = mapped(&[("name", "kunde"), ("ignore", "type")]);
    let mut reader = open(input, options).unwrap();
    let subject = reader.next_record().unwrap().subject.unwrap();
    assert_eq!(subject, Subject::named("Jane Roe"));
    assert!(
        reader
            .notes()
            .contains(&"columns not used for screening: name, type".to_owned())
    );

    let json = open(
        b"{\"who\":\"Jane Roe\",\"name\":\"x\"}\n",
        mapped(&[("name", "who")]),
    )
    .unwrap()
    .next()
    .unwrap();
    assert_eq!(json.subject.unwrap(), Subject::named("Jane Roe"));

    assert!(
        refusal(input, mapped(&[("nmae", "Kunde")]))
            .starts_with("'nmae' is not a field; the fields are: id, name,")
    );
    assert!(
        refusal(input, mapped(&[("name", "Kunden")]))
            .contains("no column 'Kunden' to read as name; the columns are: name, Kunde, type")
    );
    assert!(refusal(input, mapped(&[("name", "Kunde"), ("alias", "Kunde")])).contains("mapped twice"));
    assert!(refusal(input, mapped(&[("id", "Kunde"), ("id", "name")])).contains("'id' is mapped twice"));
    assert!(refusal(input, mapped(&[("name", "Kunde"), ("alias", "KUNDE")])).contains("mapped twice"));
}

#[test]
fn two_columns_for_one_value_are_settled_and_noted() {
    let mut reader = open(b"name,sex,gender\nA,M,F\n", Options::default()).unwrap();
    assert!(
        reader
            .notes()
            .iter()
            .any(|note| note.starts_with("column 'gender' is not used: another column is read as gender")),
        "{:?}",
        reader.notes()
    );
    assert_eq!(
        reader.next_record().unwrap().subject.unwrap().gender,
        Some(Gender::Male)
    );
    let second = open(b"name,sex,gender\nA,M,F\n", mapped(&[("gender", "gender")]))
        .unwrap()
        .next()
        .unwrap();
    assert_eq!(second.subject.unwrap().gender, Some(Gender::Female));
}

#[test]
fn an_input_that_is_no_table_of_customers_is_refused_with_the_remedy() {
    let utf16_mark: &[u8] = b"\xff\xfe";
    for (input, said) in [
        (&b""[..], "the input is empty"),
        (b"\xef\xbb\xbf", "the input is empty"),
        (utf16_mark, "the input is empty"),
        (b" \r\n\t\n \x1a", "the input is empty"),
        (
            b"id,country\n1,DE\n",
            "no column is recognised as name; the columns are: id, country. Say which one it is with --map name=COLUMN",
        ),
        (
            b"first_name,city\nJane,Berlin\n",
            "no column is recognised as name",
        ),
        (b"<!DOCTYPE html><html><body>404</body></html>", "a web page"),
        (b"\n <HTML><head>", "a web page"),
        (b"<?xml version=\"1.0\"?><a/>", "an XML document"),
        (b"PK\x03\x04rest", "a workbook or a ZIP archive"),
        (b"\x1f\x8b\x08", "gzip-compressed"),
        (b"%PDF-1.7", "a PDF"),
        (b"[ {\"name\":\"A\"} ]", "one JSON array"),
        (
            b"\"name,id\nA,1\n",
            "the header cannot be read: a quote is opened",
        ),
        (
            b"na\0me,id\nA,1\n",
            "the header cannot be read: it holds a NUL byte",
        ),
        (
            b"Jane Roe,1980\nJohn Doe,1990\n",
            "the columns are: Jane Roe, 1980",
        ),
    ] {
        let text = refusal(input, Options::default());
        assert!(text.starts_with("input") && text.contains(said), "{text}");
    }
    let wide = "x,".repeat(5_000);
    assert!(refusal(wide.as_bytes(), Options::default()).contains("and 4961 more"));
}

#[test]
fn a_header_without_records_is_no_error() {
    for input in ["name,id", "name,id\r\n\r\n"] {
        let mut reader = open(input.as_bytes(), Options::default()).unwrap();
        assert!(reader.next_record().is_none());
        assert!(reader.next_record().is_none());
        assert_eq!(reader.records(), 0);
        assert_eq!(reader.columns(), ["name", "id"]);
    }
}

#[test]
fn an_input_that_cannot_be_read_is_an_error() {
    struct Directory;
    impl Read for Directory {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("is a directory"))
        }
    }
    let Err(error) = Reader::new(Directory, "customers", Options::default()) else {
        panic!("a directory was opened");
    };
    assert_eq!(error.to_string(), "customers: cannot be read: is a directory");
}

#[test]
fn pairs_are_read_with_their_other_columns() {
    let input =
        b"Query,Candidate,kind,group\nJane Roe,\"ROE, Jane\",person,1\n,X,,2\nA,--,robot,3\nA,B,robot,4\n";
    let mut reader = PairReader::new(&input[..], "pairs.csv", Options::default()).unwrap();
    assert_eq!(reader.columns(), ["Query", "Candidate", "kind", "group"]);
    let all: Vec<_> = reader.by_ref().collect();
    assert_eq!(reader.records(), 4);
    let pair = all[0].pair.as_ref().unwrap();
    assert_eq!(
        (pair.query.as_str(), pair.candidate.as_str()),
        ("Jane Roe", "ROE, Jane")
    );
    assert_eq!(pair.kind, Some(EntityKind::Person));
    assert_eq!(all[0].cells[3], "1");
    assert_eq!(
        all[1].pair.as_ref().unwrap_err().to_string(),
        "line 3, Query: the name is empty"
    );
    assert!(
        all[2]
            .pair
            .as_ref()
            .unwrap_err()
            .reason
            .starts_with("nothing to compare")
    );
    assert_eq!(
        all[3].pair.as_ref().unwrap().unused,
        ["kind 'robot' is not a known kind: not used"]
    );

    let json = PairReader::new(
        &b"{\"query\":\"A\",\"candidate\":\"B\"}\n"[..],
        "-",
        Options::default(),
    )
    .unwrap();
    assert_eq!(
        json.map(|record| record.pair.unwrap().candidate)
            .collect::<Vec<_>>(),
        ["B"]
    );
    let missing = PairReader::new(&b"query,other\nA,B\n"[..], "pairs.csv", Options::default());
    assert!(
        missing
            .err()
            .unwrap()
            .to_string()
            .contains("no column is recognised as candidate")
    );
}
