//! The readers on the sample lists: whole, altered and mutilated.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of a test may fail it"
)]

use proptest::prelude::*;
use tamis_lists::{Error, ErrorKind, File, Format, detect, load, read};
use tamis_model::{CountryRelation, Entity, EntityKind, Gender, IdentifierKind, List, NameRole, Prohibition};

const SDN: &[u8] = include_bytes!("../../../data/samples/lists/ofac_sdn/sdn.csv");
const ALT: &[u8] = include_bytes!("../../../data/samples/lists/ofac_sdn/alt.csv");
const ADD: &[u8] = include_bytes!("../../../data/samples/lists/ofac_sdn/add.csv");
const COMMENTS: &[u8] = include_bytes!("../../../data/samples/lists/ofac_sdn/sdn_comments.csv");
const OFAC_XML: &str = include_str!("../../../data/samples/lists/ofac.xml");
const UN_XML: &str = include_str!("../../../data/samples/lists/un.xml");

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File {
        name: name.into(),
        bytes: bytes.into(),
    }
}

fn csv_files() -> Vec<File> {
    // In the order of a sorted folder.
    vec![
        file("add.csv", ADD),
        file("alt.csv", ALT),
        file("sdn.csv", SDN),
        file("sdn_comments.csv", COMMENTS),
    ]
}

fn entity<'a>(list: &'a List, id: &str) -> &'a Entity {
    list.entities
        .iter()
        .find(|e| e.id() == id)
        .unwrap_or_else(|| panic!("no entity {id}"))
}

fn names(entity: &Entity) -> Vec<(&str, NameRole)> {
    entity.names.iter().map(|n| (n.text.as_str(), n.role)).collect()
}

fn remarks(list: &List) -> Vec<String> {
    list.meta
        .remarks
        .iter()
        .map(|r| format!("{}: {}", r.place, r.text))
        .collect()
}

fn kind(result: Result<List, Error>) -> ErrorKind {
    result.unwrap_err().kind().clone()
}

#[test]
fn the_csv_sample_is_read_whole() {
    let list = load(&csv_files()).unwrap();
    assert_eq!(
        (list.meta.id.as_str(), list.meta.format.as_str()),
        ("ofac-sdn", "ofac-sdn-csv")
    );
    assert_eq!(list.meta.counts.entities, 6);
    // 6 primary names, 4 alias rows with an entry, 3 quoted aliases.
    assert_eq!(list.meta.counts.names, 13);
    assert_eq!(list.meta.counts.roles["weak alias"], 3);
    assert_eq!(list.meta.counts.roles["former name"], 1);
    let files: Vec<_> = list.meta.files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(files, ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]);
    assert_eq!(
        remarks(&list),
        [
            "alt.csv, line 5: WARNING: alias 'NOBODY'S ALIAS' of 999 belongs to no entry; not kept",
            "add.csv: rows that hold no address: 1"
        ]
    );
    let muster = entity(&list, "ofac-sdn:101");
    assert_eq!(muster.kind, EntityKind::Organization);
    assert_eq!(
        names(muster),
        [
            ("MUSTER TRADING LLC", NameRole::Primary),
            ("MUSTER TRADE COMPANY", NameRole::StrongAlias),
            ("BEISPIEL EXPORT LLC", NameRole::Former),
            ("MTL", NameRole::WeakAlias),
        ]
    );
    assert_eq!(muster.notes, ["all offices worldwide"]);
    assert_eq!(muster.measures.len(), 2);
    assert!(
        muster
            .measures
            .iter()
            .all(|m| m.code == "us.sdn.block" && m.prohibits == Prohibition::AssetFreeze)
    );
    assert_eq!(
        muster.addresses[0].one_line(),
        "1 Sample Street, Office 2, Sampleton 10001, Exampleland"
    );
    assert_eq!(
        entity(&list, "ofac-sdn:106").primary_name(),
        "BEISPIEL \"B & B\", S.A."
    );
}

#[test]
fn a_remark_of_a_thousand_characters_goes_on_in_the_comments_file() {
    let list = load(&csv_files()).unwrap();
    let jan = entity(&list, "ofac-sdn:102");
    let wallets: Vec<_> = jan
        .identifiers
        .iter()
        .filter(|id| id.kind == IdentifierKind::Wallet)
        .collect();
    assert_eq!(wallets.len(), 20);
    for (at, wallet) in wallets.iter().enumerate() {
        assert_eq!(
            wallet.value,
            format!("1Sample{at:02}NotARealAddress{at:02}AbCdEf")
        );
    }
    assert_eq!(jan.relations[0].other, "MUSTER TRADING LLC");
    assert_eq!(jan.positions, ["Director"]);
    assert!(jan.notes.is_empty());
}

#[test]
fn without_the_comments_file_a_cut_remark_is_remarked() {
    let files: Vec<File> = csv_files()
        .into_iter()
        .filter(|f| f.name != "sdn_comments.csv")
        .collect();
    let list = load(&files).unwrap();
    assert!(
        remarks(&list)
            .iter()
            .any(|r| r.contains("nothing to continue them: 1;")),
        "{:?}",
        remarks(&list)
    );
}

#[test]
fn vessels_and_aircraft_are_read_from_columns_and_remarks() {
    let list = load(&csv_files()).unwrap();
    let star = entity(&list, "ofac-sdn:104");
    assert_eq!(star.kind, EntityKind::Vessel);
    let ids: Vec<_> = star
        .identifiers
        .iter()
        .map(|id| (id.kind.as_str(), id.value.as_str()))
        .collect();
    assert_eq!(
        ids,
        [("call_sign", "X9TST"), ("imo", "9999993"), ("mmsi", "999000111")]
    );
    assert_eq!(star.countries[0].text, "Panama");
    assert_eq!(star.countries[1].text, "Former Vessel Flag Malta");
    assert_eq!(
        star.notes,
        [
            "Vessel type: Crude Oil Tanker",
            "Tonnage: 120,000",
            "Gross registered tonnage: 60,000"
        ]
    );
    let plane = entity(&list, "ofac-sdn:105");
    assert_eq!(plane.kind, EntityKind::Aircraft);
    assert_eq!(plane.relations[0].other, "Muster Air");
    assert_eq!(plane.notes, ["Aircraft Model T100"]);
}

#[test]
fn the_files_of_the_consolidated_list_make_another_list() {
    let names = [
        ("add.csv", "cons_add.csv"),
        ("alt.csv", "CONS_ALT.CSV"),
        ("sdn.csv", "cons_prim.csv"),
    ];
    let mut files = csv_files();
    for (from, to) in names {
        for file in files.iter_mut().filter(|f| f.name == from) {
            file.name = to.into();
        }
    }
    files.retain(|f| f.name != "sdn_comments.csv");
    let list = load(&files).unwrap();
    assert_eq!(list.meta.id, "ofac-cons");
    let measures: Vec<_> = list.entities[0]
        .measures
        .iter()
        .map(|m| (m.code.as_str(), m.prohibits))
        .collect();
    assert_eq!(
        measures,
        [
            ("us.cons.sectoral", Prohibition::SectoralRestriction),
            ("us.ns-mbs.sectoral", Prohibition::SectoralRestriction)
        ]
    );
}

#[test]
fn missing_aliases_are_an_error_in_a_folder_and_a_loud_remark_for_a_single_file() {
    let two = [file("sdn.csv", SDN), file("add.csv", ADD)];
    assert!(matches!(kind(load(&two)), ErrorKind::MissingFile { missing, .. } if missing == "alt.csv"));
    let one = load(&[file("SDN.CSV", SDN)]).unwrap();
    let all = remarks(&one);
    assert!(
        all[0].starts_with("SDN.CSV: WARNING: WITHOUT ALIASES: only"),
        "{all:?}"
    );
    assert!(
        all[1].starts_with("SDN.CSV: WARNING: add.csv is not there"),
        "{all:?}"
    );
    assert!(
        all[2].starts_with("SDN.CSV: WARNING: sdn_comments.csv is not"),
        "{all:?}"
    );
    assert!(matches!(
        kind(load(&[file("alt.csv", ALT)])),
        ErrorKind::MissingFile { .. }
    ));
}

#[test]
fn a_file_beside_the_main_one_that_holds_nothing_or_a_web_page_is_refused_by_its_name() {
    for at in [0, 1, 3] {
        let mut files = csv_files();
        for (bytes, expected) in [
            (&b""[..], ErrorKind::Empty),
            (b" \r\n\t\n", ErrorKind::Empty),
            (b"\xef\xbb\xbf\n", ErrorKind::Empty),
            (b"<!DOCTYPE html>\n<html></html>\n", ErrorKind::Html),
            (b"<html><body>Not found</body></html>", ErrorKind::Html),
        ] {
            files[at].bytes = bytes.to_vec();
            let error = load(&files).unwrap_err();
            assert_eq!((error.kind(), error.file()), (&expected, &*files[at].name));
        }
        // A comments file of no row is complete with its mark; no alias and no address at all is no list.
        files[at].bytes = b"\x1a".to_vec();
        assert_eq!(load(&files).is_ok(), at == 3, "{}", files[at].name);
    }
}

#[test]
fn a_file_without_the_end_mark_that_most_have_is_refused_and_otherwise_a_warning() {
    let unmark = |files: &mut [File], at: usize| {
        assert_eq!(files[at].bytes.pop(), Some(0x1a));
    };
    for at in 0..4 {
        let mut files = csv_files();
        unmark(&mut files, at);
        let error = load(&files).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Truncated { .. }));
        assert_eq!(error.file(), files[at].name);
        assert!(
            error.to_string().contains("end mark 0x1A that the other files"),
            "{error}"
        );
    }
    // Of three files only the addresses have it, as in the copy of January 2022.
    let mut files = csv_files();
    files.truncate(3);
    unmark(&mut files, 1);
    unmark(&mut files, 2);
    let list = load(&files).unwrap();
    let count = remarks(&list)
        .iter()
        .filter(|r| r.contains("WARNING: the end-of-file mark"))
        .count();
    assert_eq!(count, 2);
}

/// A list of 2,000 entries, each with one alias and one address.
fn long_csv() -> [String; 3] {
    let rows = |row: &dyn Fn(u32) -> String| (1..=2000).map(row).collect::<String>();
    [
        rows(&|n| format!("{n},NAME {n},-0- ,SDGT,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")),
        rows(&|n| format!("{n},{n},aka,ALIAS {n},-0- \r\n")),
        rows(&|n| format!("{n},{n},{n} Sample Street,-0- ,-0- ,-0- \r\n")),
    ]
}

#[test]
fn aliases_or_addresses_that_leave_out_a_tenth_of_a_long_list_are_refused() {
    let lines = |text: &str, range: std::ops::Range<usize>| {
        let rows = text.split_inclusive('\n').skip(range.start).take(range.len());
        rows.collect::<String>()
    };
    let [sdn, alt, add] = long_csv();
    let load = |alt: String, add: String| {
        load(&[
            file("sdn.csv", sdn.as_str()),
            file("alt.csv", alt),
            file("add.csv", add),
        ])
    };
    let list = load(lines(&alt, 0..1800), lines(&add, 200..2000)).unwrap();
    assert_eq!(list.meta.counts.names, 3800);
    for (alt, add, cut) in [
        (lines(&alt, 0..1000), add.clone(), "alt.csv"),
        (lines(&alt, 201..2000), add.clone(), "alt.csv"),
        (alt.clone(), lines(&add, 0..1799), "add.csv"),
    ] {
        let error = load(alt, add).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Truncated { .. }), "{error}");
        assert_eq!(error.file(), cut);
    }
    let error = load(lines(&alt, 0..1000), add).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("a row for none of the 1000 entries from 1001 to 2000 of 2000"),
        "{error}"
    );
}

#[test]
fn files_that_are_no_part_of_the_list_are_named_in_a_remark() {
    let mut files = csv_files();
    files.push(file("README.txt", "read me"));
    let list = load(&files).unwrap();
    assert!(remarks(&list).contains(&"README.txt: not a part of this list; not read".to_owned()));
    assert_eq!(list.meta.files.len(), 4);
}

#[test]
fn a_number_used_twice_gives_two_entries_and_a_remark() {
    let mut sdn = SDN.strip_suffix(b"\x1a").unwrap().to_vec();
    sdn.extend(b"101,\"HAMMER SAMPLE LIMITED\",-0- ,SDGT,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
    // A row that stands there twice word for word is one entry.
    sdn.extend(
        b"106,\"BEISPIEL \"\"B & B\"\", S.A.\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a",
    );
    let mut files = csv_files();
    files[2].bytes = sdn;
    let list = load(&files).unwrap();
    assert_eq!(list.meta.counts.entities, 7);
    assert_eq!(
        names(entity(&list, "ofac-sdn:101#2")),
        [("HAMMER SAMPLE LIMITED", NameRole::Primary)]
    );
    assert_eq!(entity(&list, "ofac-sdn:101").names.len(), 4);
    let all = remarks(&list);
    assert!(
        all[0].starts_with("sdn.csv, line 7: number 101 was used before"),
        "{all:?}"
    );
    assert!(
        all[1].starts_with("sdn.csv, line 8: entry 106 stands here a second time"),
        "{all:?}"
    );
}

#[test]
fn files_of_different_versions_are_refused() {
    let alt: String = (0..50)
        .map(|n| format!("{},1,aka,NAME {n},-0- \r\n", 5000 + n))
        .collect();
    let files = [file("sdn.csv", SDN), file("alt.csv", alt + "\u{1a}")];
    assert_eq!(
        kind(load(&files)),
        ErrorKind::FilesDisagree {
            orphans: 50,
            rows: 50
        }
    );
}

#[test]
fn an_entry_without_a_usable_name_is_refused_with_its_line() {
    let bad = b"1,A,-0- ,CUBA,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,...,-0- ,CUBA,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";
    let error = load(&[file("sdn.csv", &bad[..])]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoName { .. }));
    assert_eq!(error.line(), Some(2));
}

#[test]
fn a_name_never_decides_against_the_content() {
    assert!(matches!(
        kind(load(&[file("sdn.csv", "<html></html>")])),
        ErrorKind::Html
    ));
    let mixed = [
        file("alt.csv", ALT),
        file("sdn.csv", "<html></html>"),
        file("list.csv", SDN),
    ];
    assert!(matches!(kind(load(&mixed)), ErrorKind::Html));
}

#[test]
fn the_xml_sample_is_read_whole() {
    let list = load(&[file("anything.xml", OFAC_XML)]).unwrap();
    assert_eq!(list.meta.id, "ofac-sdn");
    assert_eq!(list.meta.published.unwrap().to_string(), "2026-08-20");
    assert_eq!(remarks(&list), Vec::<String>::new());
    let jan = entity(&list, "ofac-sdn:201");
    assert_eq!(
        names(jan),
        [
            ("PRZYKLADOWY, Jan", NameRole::Primary),
            ("PRZYKLADOWI, Johann", NameRole::StrongAlias),
            ("SAMPLE HAND", NameRole::WeakAlias)
        ]
    );
    assert_eq!(jan.gender, Some(Gender::Male));
    assert_eq!(jan.identifiers[0].country.as_deref(), Some("Exampleland"));
    assert_eq!(
        jan.identifiers[0].label.as_deref(),
        Some("Passport issued 02 Feb 2012 expires 01 Feb 2022")
    );
    assert_eq!(jan.birth_dates.len(), 2);
    assert_eq!(jan.birth_places[0].text, "Sampleton, Exampleland");
    let relations: Vec<_> = jan
        .countries
        .iter()
        .map(|c| (c.relation, c.text.as_str()))
        .collect();
    assert_eq!(
        relations,
        [
            (CountryRelation::Address, "Exampleland"),
            (CountryRelation::Nationality, "Exampleland"),
            (CountryRelation::Citizenship, "Otherland")
        ]
    );
    assert_eq!(
        jan.notes,
        ["Secondary sanctions risk: section 1(b) of Executive Order 13224"]
    );
    assert_eq!(jan.relations[0].other, "MUSTER & SONS CO., LTD.");
    assert_eq!(jan.measures.len(), 2);
    assert_eq!(
        entity(&list, "ofac-sdn:202").primary_name(),
        "MUSTER & SONS CO., LTD."
    );
    assert_eq!(entity(&list, "ofac-sdn:202").names[1].role, NameRole::Former);
    let star = entity(&list, "ofac-sdn:203");
    let ids: Vec<_> = star
        .identifiers
        .iter()
        .map(|id| (id.kind.as_str(), id.value.as_str()))
        .collect();
    assert_eq!(ids, [("imo", "9999993"), ("call_sign", "X9TST")]);
    assert_eq!(star.notes.len(), 4);
}

#[test]
fn the_list_of_an_xml_file_is_told_by_its_programmes() {
    let cons = OFAC_XML
        .replace("SDGT", "NS-PLC")
        .replace("IRAN-EO13902", "UKRAINE-EO13662");
    let list = load(&[file("x.xml", cons.as_str())]).unwrap();
    assert_eq!(list.meta.id, "ofac-cons");
    assert_eq!(list.entities[0].id(), "ofac-cons:201");
    assert_eq!(list.entities[0].measures[0].code, "us.ns-plc.sectoral");
    // Named as the SDN list it blocks, and says so.
    let named = load(&[file("sdn.xml", cons)]).unwrap();
    assert_eq!(named.meta.id, "ofac-sdn");
    assert!(
        named
            .entities
            .iter()
            .all(|e| e.measures.iter().all(|m| m.code == "us.sdn.block"))
    );
    assert_eq!(named.meta.remarks.len(), 1);
}

#[test]
fn a_record_count_that_does_not_hold_is_refused() {
    let wrong = OFAC_XML.replace("<Record_Count>3<", "<Record_Count>4<");
    assert_eq!(
        kind(load(&[file("sdn.xml", wrong)])),
        ErrorKind::RecordCount { stated: 4, read: 3 }
    );
    let twice = OFAC_XML.replace("<uid>202</uid>", "<uid>201</uid>");
    assert_eq!(
        kind(load(&[file("sdn.xml", twice)])),
        ErrorKind::DuplicateId { entry: "201".into() }
    );
    let empty = "<sdnList><publshInformation/></sdnList>";
    assert_eq!(kind(load(&[file("sdn.xml", empty)])), ErrorKind::NoEntries);
    let nameless = OFAC_XML.replace("<lastName>SAMPLE STAR</lastName>", "<lastName>-</lastName>");
    assert!(matches!(
        kind(load(&[file("sdn.xml", nameless)])),
        ErrorKind::NoName { .. }
    ));
}

#[test]
fn an_element_that_is_not_known_is_refused_at_every_depth() {
    let cases = [
        (OFAC_XML, "title", "newThing", "sdnEntry"),
        (OFAC_XML, "akaList", "aliasList", "sdnEntry"),
        (OFAC_XML, "aka", "alias", "akaList"),
        (OFAC_XML, "category", "strength", "aka"),
        (OFAC_XML, "Record_Count", "Records", "publshInformation"),
        (OFAC_XML, "sdnEntry", "entry", "sdnList"),
        (UN_XML, "INDIVIDUAL_ALIAS", "INDIVIDUAL_AKA", "INDIVIDUAL"),
        (UN_XML, "ENTITY_ALIAS", "ENTITY_AKA", "ENTITY"),
        (UN_XML, "ALIAS_NAME", "AKA_NAME", "INDIVIDUAL_ALIAS"),
        (UN_XML, "ENTITY", "GROUP", "ENTITIES"),
        (UN_XML, "ENTITIES", "GROUPS", "CONSOLIDATED_LIST"),
    ];
    for (text, old, element, parent) in cases {
        let changed = text
            .replace(&format!("<{old}>"), &format!("<{element}>"))
            .replace(&format!("</{old}>"), &format!("</{element}>"));
        let at = changed
            .lines()
            .position(|l| l.contains(&format!("<{element}>")))
            .unwrap();
        let error = load(&[file("list.xml", changed)]).unwrap_err();
        assert_eq!(
            *error.kind(),
            ErrorKind::UnknownElement {
                element: element.into(),
                parent: parent.into()
            }
        );
        assert_eq!(error.line(), Some(at as u64 + 1), "{element}");
    }
    // Nothing needs to be in it.
    let empty = UN_XML.replacen("<COMMENTS1>", "<ALIASES/><COMMENTS1>", 1);
    let error = load(&[file("un.xml", empty)]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("<ALIASES> in <INDIVIDUAL> is not known, the format has changed"),
        "{error}"
    );
}

#[test]
fn the_un_sample_is_read_whole() {
    let list = load(&[file("un.xml", UN_XML)]).unwrap();
    assert_eq!(
        (list.meta.id.as_str(), list.meta.format.as_str()),
        ("un", "un-xml")
    );
    assert_eq!(list.meta.published.unwrap().to_string(), "2026-08-01");
    assert_eq!(remarks(&list), Vec::<String>::new());
    let first = entity(&list, "un:QDi.901");
    assert_eq!(
        names(first),
        [
            ("PRIMER OBRAZETS MUSTERMAN", NameRole::Primary),
            ("пример образец мустерман", NameRole::OriginalScript),
            ("Primer Musterman", NameRole::StrongAlias),
            ("Prymer Musterman", NameRole::StrongAlias),
            ("The Engineer", NameRole::WeakAlias),
            ("Abd al-Primer", NameRole::Former),
        ]
    );
    assert_eq!(first.names[5].label.as_deref(), Some("Good; formerly listed as"));
    let dates: Vec<_> = first.birth_dates.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(
        dates,
        ["1968-05-25", "approximately 1971", "1968 to 1970", "Nov. 1969"]
    );
    assert!(first.birth_dates[1].circa);
    assert_eq!(first.birth_places.len(), 2);
    assert_eq!(first.positions, ["Dr.", "Head of the sample office"]);
    assert_eq!(first.addresses.len(), 1);
    assert_eq!(first.identifiers[0].kind, IdentifierKind::Passport);
    assert_eq!(
        first.identifiers[0].label.as_deref(),
        Some("Passport, diplomatic passport; issued 2010-02-18; note: expired")
    );
    assert_eq!(
        first.notes,
        [
            "Data id: 900001",
            "An invented person.\nSecond line of the comment.",
            "Updated on: 2016-10-13",
            "Alias Primer Musterman; Prymer Musterman, born: 1968-05-25, Sampleton, Exampleland",
            "Place of birth: near the mill",
        ]
    );
    let measure = &first.measures[0];
    assert_eq!(
        (measure.code.as_str(), measure.programme.as_deref()),
        ("un.sc.freeze", Some("Al-Qaida"))
    );
    assert_eq!(measure.from.unwrap().to_string(), "2010-05-04");
}

#[test]
fn a_un_entry_without_a_reference_number_goes_by_its_data_id() {
    let list = load(&[file("un.xml", UN_XML)]).unwrap();
    let second = entity(&list, "un:900002");
    assert_eq!(second.measures[0].prohibits, Prohibition::TravelBan);
    let entity = entity(&list, "un:KPe.901");
    assert_eq!(
        names(entity),
        [
            ("MUSTER & SAMPLE LOGISTICS", NameRole::Primary),
            ("Muster Logistics", NameRole::StrongAlias),
            ("样本物流", NameRole::OriginalScript),
            ("Beispiel Cargo", NameRole::Former),
        ]
    );
}

/// The sample with one section replaced.
fn un_with(section: &str, content: &str) -> String {
    let (open, close) = (format!("<{section}>"), format!("</{section}>"));
    let start = UN_XML.find(&open).unwrap();
    let end = UN_XML.find(&close).unwrap() + close.len();
    format!("{}{content}{}", &UN_XML[..start], &UN_XML[end..])
}

#[test]
fn a_un_list_without_one_of_its_sections_is_refused() {
    for section in ["INDIVIDUALS", "ENTITIES"] {
        let problem = "missing";
        assert_eq!(
            kind(load(&[file("un.xml", un_with(section, ""))])),
            ErrorKind::MissingSection { section, problem }
        );
        // An empty one is there.
        let empty = un_with(section, &format!("<{section}/>"));
        assert!(load(&[file("un.xml", empty)]).is_ok());
    }
}

#[test]
fn a_un_section_is_not_empty_beside_one_of_more_than_fifty_entries() {
    let list = |persons: usize, entities: &str| {
        let row = |n| {
            format!(
                "<INDIVIDUAL><FIRST_NAME>P{n}</FIRST_NAME><REFERENCE_NUMBER>QDi.{n}</REFERENCE_NUMBER></INDIVIDUAL>"
            )
        };
        let rows: String = (0..persons).map(row).collect();
        let text = format!(
            "<CONSOLIDATED_LIST><INDIVIDUALS>{rows}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
        );
        load(&[file("un.xml", text)])
    };
    let (section, problem) = ("ENTITIES", "empty");
    assert_eq!(list(50, "").unwrap().entities.len(), 50);
    assert_eq!(kind(list(51, "")), ErrorKind::MissingSection { section, problem });
    let one = "<ENTITY><FIRST_NAME>E</FIRST_NAME><REFERENCE_NUMBER>QDe.1</REFERENCE_NUMBER></ENTITY>";
    assert_eq!(list(51, one).unwrap().entities.len(), 52);
}

#[test]
fn of_several_xml_files_the_official_name_is_read_and_the_others_are_remarked() {
    let files = [file("consolidated.xml", UN_XML), file("un_sample.xml", UN_XML)];
    let list = read(Format::UnXml, &files).unwrap();
    assert_eq!(list.meta.files[0].name, "consolidated.xml");
    assert_eq!(
        remarks(&list),
        ["un_sample.xml: WARNING: not a part of this list; not read"]
    );
}

#[test]
fn a_list_cut_anywhere_is_refused() {
    for text in [OFAC_XML, UN_XML] {
        let whole = text.trim_end();
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert!(load(&[file("list.xml", &whole[..end])]).is_err(), "cut at {end}");
        }
    }
    for at in 0..4 {
        let whole = csv_files()[at].bytes.clone();
        for end in 0..whole.len() {
            let mut files = csv_files();
            files[at].bytes.truncate(end);
            let result = load(&files);
            assert!(result.is_err(), "{} cut at {end}", files[at].name);
        }
    }
    // Without its end mark a file that is alone and cut between two rows cannot be told from a whole one.
    for end in (0..SDN.len()).filter(|end| load(&[file("sdn.csv", &SDN[..*end])]).is_ok()) {
        let list = load(&[file("sdn.csv", &SDN[..end])]).unwrap();
        assert_eq!(SDN[end - 1], b'\n', "cut at {end}");
        let all = remarks(&list);
        assert!(
            all.iter()
                .any(|r| r.starts_with("sdn.csv: WARNING: the end-of-file mark")),
            "{all:?}"
        );
    }
}

fn samples() -> Vec<Vec<File>> {
    vec![
        csv_files(),
        vec![file("sdn.xml", OFAC_XML)],
        vec![file("un.xml", UN_XML)],
    ]
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
        assert!(
            entity
                .names
                .iter()
                .all(|n| n.text.chars().any(char::is_alphanumeric))
        );
        assert!(!entity.measures.is_empty());
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), name in "(sdn|alt|x)\\.(csv|xml)") {
        let files = [file(&name, bytes)];
        let _ = detect(&files);
        for format in [Format::OfacCsv, Format::OfacXml, Format::UnXml] {
            if let Ok(list) = read(format, &files) {
                check(&list);
            }
        }
    }

    #[test]
    fn mutated_samples_are_read_or_refused(
        sample in 0usize..3,
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, any::<Vec<u8>>()), 1..4),
    ) {
        let mut files = samples().swap_remove(sample);
        let at = which.index(files.len());
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
