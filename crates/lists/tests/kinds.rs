//! A word for the kind of party that no reader knows: a guess where few have it, a refusal where most have it. Taken for a
//! certain organization, it cleared every person of the list.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a helper of a test may fail it, and reads samples"
)]

use std::path::{Path, PathBuf};
use tamis_lists::{ErrorKind, File, load};
use tamis_model::{EntityKind, List};

/// The files of a sample, which is one file or a folder of them.
fn sample(name: &str) -> Vec<File> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/samples/lists")
        .join(name);
    let mut paths: Vec<PathBuf> = match path.is_file() {
        true => vec![path],
        false => std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect(),
    };
    paths.sort();
    let read = |path: PathBuf| File {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(&path).unwrap(),
    };
    paths.into_iter().map(read).collect()
}

/// The sample with words replaced: in all places, or in the first only.
fn changed(name: &str, words: &[(&str, &str)], places: usize) -> Vec<File> {
    let mut files = sample(name);
    for file in &mut files {
        let mut text = String::from_utf8(file.bytes.clone()).unwrap();
        for (from, to) in words {
            text = text.replacen(from, to, places);
        }
        file.bytes = text.into();
    }
    files
}

fn warned(list: &List) -> bool {
    let text = |remark: &tamis_model::Remark| remark.text.clone();
    let all = list.meta.remarks.iter().map(text);
    all.into_iter()
        .any(|text| text.starts_with("WARNING: the kind of 1 of "))
}

#[test]
fn one_kind_that_is_not_known_is_guessed_and_warned_of() {
    for (name, word, id) in [
        ("ofac_sdn", (r#""individual""#, r#""human""#), "ofac-sdn:102"),
        (
            "ofac.xml",
            ("<sdnType>Individual<", "<sdnType>Human<"),
            "ofac-sdn:201",
        ),
        (
            "eu_xml",
            (
                r#"code="person" classificationCode="P""#,
                r#"code="human" classificationCode="H""#,
            ),
            "eu:EU.9001.1",
        ),
        (
            "uk_xml",
            (
                "<IndividualEntityShip>Individual<",
                "<IndividualEntityShip>Human<",
            ),
            "uk:RUS9001",
        ),
        (
            "opensanctions_csv",
            (r#""NK-Ivan","Person""#, r#""NK-Ivan","Human""#),
            "opensanctions:NK-Ivan",
        ),
        (
            "us_csl_csv",
            (",90001,Individual,", ",90001,Entity,"),
            "us-csl:Atlantis List (ATL) - Somewhere/Sample Star",
        ),
    ] {
        let list = load(&changed(name, &[word], 1)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let ids: Vec<String> = list.entities.iter().map(tamis_model::Entity::id).collect();
        let entity = list.entities.iter().find(|entity| entity.id() == id);
        let entity = entity.unwrap_or_else(|| panic!("{name}: {ids:?}"));
        assert!(entity.kind_is_assumed, "{name}");
        assert_eq!(entity.kind, EntityKind::Person, "{name}: guessed from the name");
        assert!(warned(&list), "{name}: {:?}", list.meta.remarks);
    }
}

#[test]
fn a_list_of_which_most_kinds_are_not_known_is_refused() {
    for (name, words) in [
        (
            "ofac_sdn",
            vec![
                (r#","individual",""#, r#","SDGT",""#),
                (r#","vessel","#, r#","IRAN","#),
                (r#","aircraft","#, r#","SYRIA","#),
                (r#",-0- ,"SDGT] [RUSSIA"#, r#","CUBA","SDGT] [RUSSIA"#),
            ],
        ),
        ("ofac.xml", vec![("<sdnType>", "<sdnType>Legal ")]),
        (
            "eu_xml",
            vec![
                (r#"subjectType code=""#, r#"subjectType code="a "#),
                (r#"classificationCode=""#, r#"classificationCode="x"#),
            ],
        ),
        (
            "eu_annexes",
            vec![
                (",Person,", ",Human,"),
                (",LegalEntity,", ",Body,"),
                (",Vessel,", ",Boat,"),
            ],
        ),
        (
            "uk_csv",
            vec![
                (",Individual,", ",Human,"),
                (",Entity,", ",Body,"),
                (",Ship,", ",Boat,"),
            ],
        ),
        (
            "uk_xml",
            vec![("<IndividualEntityShip>", "<IndividualEntityShip>No ")],
        ),
        (
            "opensanctions_csv",
            vec![
                (r#","Person","#, r#","Human","#),
                (r#","Vessel","#, r#","Boat","#),
            ],
        ),
        (
            "opensanctions_ftm",
            vec![
                (r#""schema": "Person""#, r#""schema": "Human""#),
                (r#""schema": "Company""#, r#""schema": "Firm""#),
                (r#""schema": "Vessel""#, r#""schema": "Boat""#),
            ],
        ),
        ("us_csl_csv", vec![(",Individual,", ",Human,")]),
        (
            "ofac_advanced",
            vec![
                (r#"<PartyType ID="1">Individual"#, r#"<PartyType ID="1">Human"#),
                (r#"<PartyType ID="2">Entity"#, r#"<PartyType ID="2">Body"#),
            ],
        ),
    ] {
        let error = load(&changed(name, &words, usize::MAX)).err();
        let error = error.unwrap_or_else(|| panic!("{name} is read"));
        let unknown = matches!(error.kind(), ErrorKind::UnknownKinds { .. });
        assert!(unknown && !error.file().is_empty(), "{name}: {error}");
        assert!(error.to_string().contains("take an official file"), "{error}");
    }
}
