//! The built-in list says what it should, and its form refuses what an editor can get wrong.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use tamis_lists::{BUILTIN_IDS, BuiltinError, Problem, builtin, read_builtin};
use tamis_model::{Confidence, Entity, EntityKind, IdentifierKind, List, Measure, NameRole, RelationRole};

const TODAY: Date = date(2026, 11, 23);

/// Number, name as the SDN list spells it, birth date, passport; from SDN.CSV of 2025-08-11.
#[rustfmt::skip]
const EXECUTIVES: [(&str, &str, &str, &str); 12] = [
    ("45815", "TIKHONOV, Andrei Gennadyevich", "1966-11-09", "530193947"),
    ("45817", "EFREMOV, Andrei Anatolyevich", "1978-09-06", "530144516"),
    ("45818", "ASTRAKHAN, Kirill Aleksandrovich", "1987-11-17", "721242410"),
    ("45821", "SUVOROV, Andrei Anatolyevich", "1967-10-12", "727372914"),
    ("45849", "CHEKUNOV, Igor Gennadyevich", "1966-03-27", "530176384"),
    ("45854", "ALESKEEVA, Marina Mikhaylovna", "1978-06-15", "726049373"),
    ("45856", "GERBER, Mikhail Yuyevich", "1983-01-25", "530012175"),
    ("45858", "IVANOV, Anton Mikhaylovich", "1990-01-26", "726716892"),
    ("45860", "KULASHOVA, Anna Vladimirovna", "1971-04-29", "727209099"),
    ("45862", "BORSHCHEV, Daniil Sergeyevich", "1975-12-04", "530309650"),
    ("45863", "DUKHVALOV, Andrey Petrovich", "1957-12-03", "531133295"),
    ("45864", "ZENKIN, Denis Vladimirovich", "1974-09-02", "530425561"),
];

/// The aliases of ALT.CSV of 2025-02-27, which still had number 45818.
const ALIASES: [(&str, &str); 15] = [
    ("45815", "TIKHONOV, Andrey"),
    ("45817", "EFREMOV, Andrey"),
    ("45818", "ASTRAKHAN, Kirill"),
    ("45821", "SUVOROV, Andrey"),
    ("45849", "CHEKUNOV, Igor"),
    ("45854", "ALEKSEYEVA, Marina Mikhaylovna"),
    ("45854", "ALEKSEEVA, Marina"),
    ("45856", "GERBER, Mikhail"),
    ("45858", "IVANOV, Anton Mihaylovich"),
    ("45858", "IVANOV, Anton"),
    ("45860", "KULASHOVA, Anna"),
    ("45860", "DUDORINA, Anna"),
    ("45862", "BORSHCHEV, Daniil"),
    ("45862", "BORSCHEV, Daniil"),
    ("45863", "DOUKHVALOV, Andrey"),
];

fn list() -> List {
    builtin("kaspersky").unwrap().unwrap()
}

fn entity<'l>(list: &'l List, native_id: &str) -> &'l Entity {
    let found = list.entities.iter().find(|e| e.native_id == native_id);
    found.unwrap_or_else(|| panic!("no entity {native_id}"))
}

fn regimes(entity: &Entity, at_least: Confidence) -> BTreeSet<&str> {
    let known = |m: &&Measure| m.in_force(TODAY) && m.confidence() >= at_least;
    entity
        .measures
        .iter()
        .filter(known)
        .map(Measure::regime)
        .collect()
}

fn codes(entity: &Entity) -> BTreeSet<&str> {
    entity.measures.iter().map(|m| m.code.as_str()).collect()
}

// ---- what the list says ----

#[test]
fn the_header_counts_and_hashes_are_filled() {
    let list = list();
    assert_eq!(list.meta.id, "kaspersky");
    assert_eq!(list.meta.format, "builtin");
    assert_eq!(list.meta.published, Some(date(2026, 11, 23)));
    assert_eq!(list.meta.counts.entities, list.entities.len());
    assert_eq!(list.meta.counts.kinds["person"], 14);
    assert_eq!(list.meta.counts.measures["us.sdn.block"], 12);
    assert_eq!(list.meta.counts.measures["us.bis.entity-list"], 3);
    assert_eq!(list.meta.files.len(), 1);
    assert_eq!(list.meta.files[0].sha256.len(), 64);
    assert_eq!(list.meta.sha256.len(), 64);
    assert_ne!(list.meta.sha256, list.meta.files[0].sha256);
}

#[test]
fn every_announced_list_can_be_read_under_its_id() {
    for id in BUILTIN_IDS {
        assert_eq!(builtin(id).unwrap().unwrap().meta.id, *id);
    }
    assert!(builtin("Kaspersky").is_none());
}

#[test]
fn no_source_is_unused() {
    let remarks = list().meta.remarks;
    let places: Vec<&str> = remarks.iter().map(|r| r.place.as_str()).collect();
    assert_eq!(places, ["note on the list"]);
}

#[test]
fn the_twelve_executives_stand_as_the_sdn_list_spells_them() {
    let list = list();
    for (id, name, born, passport) in EXECUTIVES {
        let found = entity(&list, id);
        assert_eq!(found.id(), format!("kaspersky:{id}"));
        assert_eq!(found.kind, EntityKind::Person);
        assert_eq!(found.primary_name(), name);
        assert_eq!(found.birth_dates.len(), 1, "{name}");
        assert_eq!(found.birth_dates[0].from.to_string(), born, "{name}");
        assert_eq!(found.birth_dates[0].to.to_string(), born, "{name}");
        let passports = found
            .identifiers
            .iter()
            .filter(|i| i.kind == IdentifierKind::Passport);
        assert_eq!(
            passports.map(|i| i.value.as_str()).collect::<Vec<_>>(),
            [passport]
        );
        assert!(found.gender.is_some(), "{name}");
        assert_eq!(codes(found), BTreeSet::from(["us.sdn.block"]));
    }
    let blocked = list.entities.iter().filter(|e| codes(e).contains("us.sdn.block"));
    assert_eq!(blocked.count(), EXECUTIVES.len());
}

#[test]
fn the_list_s_own_aliases_are_strong_and_verified() {
    let list = list();
    for (id, alias) in ALIASES {
        let names = &entity(&list, id).names;
        let found = names.iter().find(|n| n.text == alias).unwrap();
        assert_eq!(
            (found.role, found.confidence()),
            (NameRole::StrongAlias, Confidence::Verified)
        );
    }
    let labelled = list.entities.iter().flat_map(|e| &e.names);
    let labelled = labelled.filter(|n| n.label.as_deref() == Some("aka"));
    assert_eq!(labelled.count(), ALIASES.len());
}

#[test]
fn the_list_s_slips_have_the_right_spelling_beside_them() {
    let list = list();
    for (id, right) in [
        ("45854", "ALEKSEEVA, Marina Mikhaylovna"),
        ("45856", "GERBER, Mikhail Yuryevich"),
    ] {
        let found = entity(&list, id).names.iter().find(|n| n.text == right).unwrap();
        assert_eq!(found.role, NameRole::StrongAlias);
        assert_eq!(found.confidence(), Confidence::Press);
    }
}

#[test]
fn every_executive_has_a_russian_name_from_the_press_and_a_derived_one_with_patronymic() {
    let list = list();
    for (id, name, ..) in EXECUTIVES {
        let names = &entity(&list, id).names;
        let russian: Vec<_> = names
            .iter()
            .filter(|n| n.role == NameRole::OriginalScript)
            .collect();
        let with = |words: usize, confidence| {
            russian
                .iter()
                .any(|n| n.text.split(' ').count() == words && n.confidence() == confidence)
        };
        assert!(with(2, Confidence::Press), "{name}");
        assert!(with(3, Confidence::Unverified), "{name}");
    }
}

#[test]
fn eleven_executives_are_blocked_today_and_one_is_history() {
    let list = list();
    for (id, name, ..) in EXECUTIVES {
        let measure = &entity(&list, id).measures[0];
        assert!(!measure.in_force(date(2024, 6, 20)), "{name}");
        assert!(measure.in_force(date(2024, 6, 21)), "{name}");
        assert_eq!(measure.in_force(TODAY), id != "45818", "{name}");
        assert_eq!(measure.confidence(), Confidence::Verified, "{name}");
    }
    let removed = &entity(&list, "45818").measures[0];
    assert_eq!(removed.to, Some(date(2025, 12, 23)));
    assert!(removed.ended_before(TODAY));
    assert!(removed.detail.as_ref().unwrap().contains("2025-11-08"));
}

#[test]
fn every_fact_has_a_source() {
    for found in &list().entities {
        let names = found.names.iter().map(|n| &n.source);
        let rest = found.identifiers.iter().map(|i| &i.source);
        let measures = found.measures.iter().map(|m| &m.source);
        let relations = found.relations.iter().map(|r| &r.source);
        for source in names.chain(rest).chain(measures).chain(relations) {
            let title = &source.as_ref().unwrap_or_else(|| panic!("{}", found.id())).title;
            assert!(title.len() > 10, "{}: '{title}'", found.id());
        }
        for row in &found.not_listed {
            assert!(row.source.confidence > Confidence::Unverified, "{}", found.id());
        }
    }
}

#[test]
fn every_entity_has_one_primary_name_on_top_and_an_id_of_its_own() {
    let list = list();
    let ids: BTreeSet<String> = list.entities.iter().map(Entity::id).collect();
    assert_eq!(ids.len(), list.entities.len());
    for found in &list.entities {
        let primary = found.names.iter().filter(|n| n.role == NameRole::Primary);
        assert_eq!(primary.count(), 1, "{}", found.id());
        assert_eq!(found.names[0].role, NameRole::Primary, "{}", found.id());
    }
}

#[test]
fn every_relation_within_the_list_finds_its_other_end() {
    let list = list();
    let ids: BTreeSet<String> = list.entities.iter().map(Entity::id).collect();
    let ends = list.entities.iter().flat_map(|e| &e.relations);
    for end in ends.filter_map(|r| r.other_id.as_ref()) {
        assert!(ids.contains(end), "{end}");
    }
}

#[test]
fn no_company_is_called_blocked_by_the_united_states() {
    for found in &list().entities {
        if found.kind == EntityKind::Organization {
            assert!(
                !codes(found).iter().any(|c| c.starts_with("us.sdn")),
                "{}",
                found.id()
            );
        }
    }
}

#[test]
fn the_three_companies_of_the_entity_list_have_every_alias_and_address() {
    let list = list();
    for (id, aliases, address) in [
        (
            "ao-kaspersky-lab",
            12,
            "39A Leningradskoe Highway, Business Center Olimpiya Park, Building 2, Moscow, 125212, Russia",
        ),
        (
            "ooo-kaspersky-group",
            8,
            "39A Leningradskoe Highway, Business Center Olimpiya Park, Building 2, Moscow, 125212, Russia",
        ),
        (
            "kaspersky-labs-limited",
            2,
            "2 Kingdom Street, Paddington Basin, London, England, W2 6BD, United Kingdom",
        ),
    ] {
        let found = entity(&list, id);
        let listed = found
            .names
            .iter()
            .filter(|n| n.label.as_deref() == Some("a.k.a."));
        assert_eq!(listed.count(), aliases, "{id}");
        assert_eq!(found.addresses[0].one_line(), address);
        let measure = found
            .measures
            .iter()
            .find(|m| m.code == "us.bis.entity-list")
            .unwrap();
        assert_eq!(measure.from, Some(date(2024, 6, 24)));
        assert_eq!(measure.confidence(), Confidence::Verified);
    }
}

#[test]
fn the_commerce_determination_has_both_of_its_dates() {
    let list = list();
    let found = entity(&list, "kaspersky-lab-inc");
    let bans = found.measures.iter().filter(|m| m.code == "us.icts.ban");
    let days: Vec<_> = bans.map(|m| m.from.unwrap()).collect();
    assert_eq!(days, [date(2024, 7, 20), date(2024, 9, 29)]);
}

#[test]
fn answers_about_the_two_kasperskys_differ_by_regime() {
    let list = list();
    let (he, she) = (
        entity(&list, "kaspersky-yevgeny"),
        entity(&list, "kasperskaya-natalya"),
    );
    assert_eq!(regimes(he, Confidence::Unverified), BTreeSet::from(["pl"]));
    assert_eq!(regimes(she, Confidence::Unverified), BTreeSet::from(["ca"]));
    for person in [he, she] {
        assert!(
            person.not_listed.iter().any(|n| n.regime == "us"),
            "{}",
            person.id()
        );
    }
    assert!(
        !she.measures[0].in_force(date(2025, 5, 1)),
        "absent from the copy of May 2025"
    );
    assert!(she.measures[0].in_force(date(2026, 6, 9)));
}

#[test]
fn the_ukrainian_freezes_are_history_and_say_what_was_not_checked() {
    let list = list();
    for id in ["ao-kaspersky-lab", "tov-kaspersky-lab-ukraine"] {
        let freezes = entity(&list, id)
            .measures
            .iter()
            .filter(|m| m.code == "ua.nsdc.freeze");
        let freezes: Vec<_> = freezes.collect();
        assert_eq!(freezes.len(), 2, "{id}");
        assert!(freezes.iter().all(|m| m.ended_before(TODAY)), "{id}");
        assert!(
            !freezes.iter().any(|m| m.in_force(date(2021, 5, 20))),
            "the gap between the two"
        );
        assert!(freezes[1].detail.as_ref().unwrap().contains("not verified"));
    }
}

#[test]
fn poland_freezes_the_moscow_company_and_only_excludes_the_polish_ones() {
    let list = list();
    assert!(codes(entity(&list, "ao-kaspersky-lab")).contains("pl.mswia.freeze"));
    for id in ["kaspersky-lab-polska", "k-dystrybucja", "kaspersky-store-pl"] {
        let found = codes(entity(&list, id));
        assert!(found.contains("pl.mswia.procurement"), "{id}");
        assert!(!found.contains("pl.mswia.freeze"), "{id}");
    }
    let successor = &entity(&list, "k-dystrybucja").relations;
    assert!(
        successor
            .iter()
            .any(|r| r.role == RelationRole::SuccessorOf && r.share.is_none())
    );
}

#[test]
fn what_comes_from_memory_is_marked_and_brings_no_measure_that_alerts() {
    let list = list();
    let from_memory: Vec<&Entity> = list
        .entities
        .iter()
        .filter(|e| e.names[0].confidence() == Confidence::Unverified)
        .collect();
    assert_eq!(from_memory.len(), 20);
    for found in from_memory {
        assert!(regimes(found, Confidence::Press).is_empty(), "{}", found.id());
    }
}

#[test]
fn parties_named_without_being_listed_carry_a_statement_and_no_measure() {
    let list = list();
    for id in ["ultraav", "ultravpn", "pango-group", "infowatch"] {
        let found = entity(&list, id);
        assert!(found.measures.is_empty(), "{id}");
        assert!(found.not_listed.iter().any(|n| n.regime == "us"), "{id}");
        assert!(!found.relations.is_empty(), "{id}");
    }
    let silent = list
        .entities
        .iter()
        .filter(|e| e.measures.is_empty() && e.not_listed.is_empty());
    assert_eq!(silent.count(), 0, "a record must say something");
}

// ---- check digits ----

fn digits(text: &str) -> Vec<u32> {
    text.chars().map(|c| c.to_digit(10).unwrap()).collect()
}

fn control(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>() % 11 % 10
}

/// Russian tax number: ten digits for companies, twelve for persons.
fn inn_is_valid(inn: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let d = digits(inn);
    match d.len() {
        10 => control(&d, &WEIGHTS[2..]) == d[9],
        12 => control(&d[..10], &WEIGHTS[1..]) == d[10] && control(&d[..11], &WEIGHTS) == d[11],
        _ => false,
    }
}

/// Russian company number: the first twelve digits modulo 11, modulo 10.
fn ogrn_is_valid(ogrn: &str) -> bool {
    let d = digits(ogrn);
    let number = d[..12].iter().fold(0_u64, |n, d| n * 10 + u64::from(*d));
    d.len() == 13 && number % 11 % 10 == u64::from(d[12])
}

/// Ukrainian company number between 30 and 60 million: weights 7, 1 to 6, and 9, 3 to 8 when those give 10.
fn edrpou_is_valid(edrpou: &str) -> bool {
    let d = digits(edrpou);
    let sum = |weights: [u32; 7]| d.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>() % 11;
    let first = sum([7, 1, 2, 3, 4, 5, 6]);
    let last = if first == 10 {
        sum([9, 3, 4, 5, 6, 7, 8]) % 10
    } else {
        first
    };
    d.len() == 8 && last == d[7]
}

#[test]
fn check_digits_of_every_tax_and_company_number_are_right() {
    let list = list();
    let all: Vec<_> = list.entities.iter().flat_map(|e| &e.identifiers).collect();
    let of = |kind: IdentifierKind, label: &str| -> Vec<&str> {
        let picked = all
            .iter()
            .filter(|i| i.kind == kind && i.label.as_ref().unwrap().starts_with(label));
        picked.map(|i| i.value.as_str()).collect()
    };
    let taxes = of(IdentifierKind::TaxId, "");
    assert_eq!(taxes.len(), 5, "four executives and AO Kaspersky Lab");
    for inn in taxes {
        assert!(inn_is_valid(inn), "{inn}");
    }
    assert_eq!(of(IdentifierKind::Registration, "OGRN"), ["1027739867473"]);
    assert!(ogrn_is_valid("1027739867473"));
    assert_eq!(of(IdentifierKind::Registration, "EDRPOU"), ["37027604"]);
    assert!(edrpou_is_valid("37027604"));
    assert!(
        !inn_is_valid("7713140468") && !inn_is_valid("774334095918"),
        "the test can fail"
    );
    assert!(!ogrn_is_valid("1027739867474") && !edrpou_is_valid("37027605"));
}

// ---- what the form refuses ----

const SMALL: &str = r#"
[list]
id = "house"
title = "Our own"
published = 2026-11-23

[sources.file]
title = "Our own file"
date = 2026-11-20
confidence = "verified"

[measure_kinds.deny]
code = "xx.house.deny"
authority = "Risk committee"
prohibits = "transaction_ban"
from = 2026-01-01

[[entity]]
id = "one"
kind = "organization"
source = "file"
names = [{ text = "One Trading", role = "primary" }]
measures = [{ kind = "deny" }]
relations = [{ role = "owned_by", other = "Two", other_id = "two", share = "50.00" }]

[[entity]]
id = "two"
kind = "person"
source = "file"
names = [{ text = "Two, Person", role = "primary" }, { text = "Person Two", role = "strong_alias" }]
born = ["circa 1966", 1967-03-27]
positions = [{ text = "Owner" }]
"#;

/// What `read_builtin` says once `from` is replaced by `to` in the small list.
fn refused(from: &str, to: &str) -> (String, Problem) {
    assert!(SMALL.contains(from), "{from}");
    let error = read_builtin(&SMALL.replacen(from, to, 1)).unwrap_err();
    let problem = error.problem().unwrap_or_else(|| panic!("{error}")).clone();
    (error.to_string(), problem)
}

#[test]
fn a_small_list_of_one_s_own_is_read() {
    let list = read_builtin(SMALL).unwrap();
    assert_eq!(list.entities[0].id(), "house:one");
    assert_eq!(
        list.entities[0].relations[0].other_id.as_deref(),
        Some("house:two")
    );
    assert_eq!(list.entities[0].measures[0].from, Some(date(2026, 1, 1)));
    assert!(list.entities[1].birth_dates[0].circa);
    assert_eq!(list.entities[1].positions, ["Owner"]);
    assert_eq!(list.meta.files[0].name, "house.toml");
    assert_eq!(list.meta.files[0].bytes, SMALL.len() as u64);
}

#[test]
fn a_changed_byte_changes_both_hashes() {
    let (one, two) = (
        read_builtin(SMALL).unwrap(),
        read_builtin(&format!("{SMALL} ")).unwrap(),
    );
    assert_ne!(one.meta.files[0].sha256, two.meta.files[0].sha256);
    assert_ne!(one.meta.sha256, two.meta.sha256);
}

#[test]
fn a_source_that_nobody_defined_is_refused_with_line_entity_and_field() {
    let (text, problem) = refused(
        r#"role = "strong_alias""#,
        r#"role = "strong_alias", source = "nowhere""#,
    );
    assert_eq!(problem, Problem::UnknownSource("nowhere".into()));
    assert!(
        text.starts_with("line 26, entity 'two', field `names[2]`: "),
        "{text}"
    );
}

#[test]
fn a_fact_without_any_source_is_refused() {
    let source = "kind = \"person\"\nsource = \"file\"\n";
    assert_eq!(refused(source, "kind = \"person\"\n").1, Problem::MissingSource);
    let named = format!("{SMALL}\n[[entity]]\nid = \"three\"\nkind = \"person\"\n")
        + "names = [{ text = \"Three\", role = \"primary\", source = \"file\" }]\n";
    read_builtin(&named).expect("a name with a source of its own needs no other");
    for fact in [
        "born = [1970-01-01]",
        "birth_places = [\"Tver\"]",
        "countries = [{ relation = \"nationality\", country = \"Russia\" }]",
        "gender = \"male\"",
        "identifiers = [{ kind = \"passport\", value = \"1\" }]",
        "addresses = [{ city = \"Tver\" }]",
        "positions = [{ text = \"Director\" }]",
        "measures = [{ kind = \"deny\" }]",
        "relations = [{ role = \"other\", other = \"Two\" }]",
        "not_listed = [{ regime = \"us\", statement = \"Not listed\" }]",
        "notes = [{ text = \"A note\" }]",
    ] {
        let error = read_builtin(&format!("{named}{fact}\n")).expect_err(fact);
        assert_eq!(error.problem(), Some(&Problem::MissingSource), "{fact}");
    }
}

#[test]
fn ids_are_unique_and_fit_into_an_entity_id() {
    assert_eq!(
        refused("id = \"two\"\nkind", "id = \"one\"\nkind").1,
        Problem::DuplicateId("one".into())
    );
    for bad in ["", "a b", "a:b", "ö"] {
        let to = format!("id = \"{bad}\"\nkind");
        assert_eq!(
            refused("id = \"two\"\nkind", &to).1,
            Problem::BadId(bad.into()),
            "{bad}"
        );
    }
    assert_eq!(
        refused("id = \"house\"", "id = \"Our House\"").1,
        Problem::BadId("Our House".into())
    );
}

#[test]
fn a_name_is_missing_doubled_empty_or_not_primary() {
    let names = r#"[{ text = "One Trading", role = "primary" }]"#;
    assert_eq!(refused(names, "[]").1, Problem::Primary(0));
    assert_eq!(
        refused(names, r#"[{ text = "One Trading", role = "weak_alias" }]"#).1,
        Problem::Primary(0)
    );
    assert_eq!(
        refused(r#"role = "strong_alias""#, r#"role = "primary""#).1,
        Problem::Primary(2)
    );
    let twice = r#"[{ text = "One", role = "primary" }, { text = "1", role = "former" }, { text = "1", role = "former" }]"#;
    assert_eq!(refused(names, twice).1, Problem::DuplicateName("1".into()));
    assert_eq!(refused("\"One Trading\"", "\" \"").1, Problem::Empty);
}

#[test]
fn dates_that_do_not_exist_or_run_backwards_are_refused() {
    assert_eq!(
        refused("circa 1966", "31 Feb 1966").1,
        Problem::BadDate("31 Feb 1966".into())
    );
    for bad in [
        "\"2026-02-30\"",
        "\"20260101\"",
        "\"soon\"",
        "2026-01-01T00:00:00Z",
        "2026",
    ] {
        let to = format!("{{ kind = \"deny\", from = {bad} }}");
        let (_, problem) = refused("{ kind = \"deny\" }", &to);
        assert_eq!(problem, Problem::BadDate(bad.trim_matches('"').into()));
    }
    let (_, problem) = refused("{ kind = \"deny\" }", "{ kind = \"deny\", to = 2025-12-31 }");
    let (from, to) = (date(2026, 1, 1), date(2025, 12, 31));
    assert_eq!(
        problem,
        Problem::FromAfterTo { from, to },
        "from the kind, to the entity"
    );
    assert_eq!(
        refused("published = 2026-11-23", "published = \"today\"").1,
        Problem::BadDate("today".into())
    );
    assert_eq!(
        refused("date = 2026-11-20", "date = \"lately\"").1,
        Problem::BadDate("lately".into())
    );
}

#[test]
fn measures_relations_and_shares_must_fit() {
    for bad in [
        "us.sdn",
        "US.sdn.block",
        "usa.sdn.block",
        "us.sdn.block.more",
        "us..block",
        "us.sdn.b1",
    ] {
        assert_eq!(
            refused("xx.house.deny", bad).1,
            Problem::BadCode(bad.into()),
            "{bad}"
        );
    }
    assert_eq!(
        refused("{ kind = \"deny\" }", "{ kind = \"dney\" }").1,
        Problem::UnknownMeasureKind("dney".into())
    );
    let other = "other_id = \"two\"";
    assert_eq!(
        refused(other, "other_id = \"three\"").1,
        Problem::UnknownEntity("three".into())
    );
    assert_eq!(
        refused(other, "other_id = \"house:three\"").1,
        Problem::UnknownEntity("house:three".into())
    );
    read_builtin(&SMALL.replace(other, "other_id = \"kaspersky:ao-kaspersky-lab\"")).unwrap();
    for bad in [
        "half", "50 %", "50,00", "100.01", "101", "-1", "", "5.", ".5", "+5", "1e1",
    ] {
        assert_eq!(refused("50.00", bad).1, Problem::BadShare(bad.into()), "{bad}");
    }
    for good in ["0", "49.99", "100", "100.00"] {
        read_builtin(&SMALL.replace("50.00", good)).expect(good);
    }
}

#[test]
fn a_party_cannot_be_listed_and_not_listed_by_one_regime() {
    let with = |row: &str| format!("measures = [{{ kind = \"deny\" }}]\nnot_listed = [{row}]");
    let whole = with(r#"{ regime = "xx", statement = "Not listed" }"#);
    let (regime, code) = ("xx".to_owned(), "xx.house.deny".to_owned());
    assert_eq!(
        refused("measures = [{ kind = \"deny\" }]", &whole).1,
        Problem::ListedAfterAll { regime, code }
    );
    let other_list = with(r#"{ regime = "xx.other", statement = "Not on that list" }"#);
    read_builtin(&SMALL.replace("measures = [{ kind = \"deny\" }]", &other_list)).unwrap();
    let bad = with(r#"{ regime = "Europe", statement = "Not listed" }"#);
    assert_eq!(
        refused("measures = [{ kind = \"deny\" }]", &bad).1,
        Problem::BadRegime("Europe".into())
    );
}

#[test]
fn a_field_that_the_form_does_not_know_is_refused_with_its_line() {
    for (from, to) in [
        ("title = \"Our own\"", "titel = \"Our own\""),
        ("kind = \"person\"", "kind = \"persom\""),
        ("role = \"strong_alias\"", "role = \"aka\""),
        ("born =", "birthdays ="),
    ] {
        let error = read_builtin(&SMALL.replacen(from, to, 1)).unwrap_err();
        assert!(matches!(error, BuiltinError::Form(_)), "{error}");
        assert!(error.to_string().contains("line "), "{error}");
        assert!(error.problem().is_none());
    }
}

#[test]
fn a_source_that_differs_from_the_entity_s_is_written_out_where_the_model_has_no_place_for_it() {
    let second = "[sources.paper]\ntitle = \"A newspaper\"\ndate = \"2026-10\"\nconfidence = \"press\"\n";
    let text = SMALL
        .replacen("[measure_kinds", &format!("{second}\n[measure_kinds"), 1)
        .replacen(
            "{ text = \"Owner\" }",
            "{ text = \"Owner\", source = \"paper\" }",
            1,
        )
        + "addresses = [{ city = \"Tver\", source = \"paper\" }]\n"
        + "notes = [{ text = \"Seen there.\", source = \"paper\" }, { text = \"Plain.\" }]\n";
    let list = read_builtin(&text).unwrap();
    let two = &list.entities[1];
    assert_eq!(
        two.addresses[0].note.as_deref(),
        Some("A newspaper, 2026-10; press")
    );
    assert_eq!(
        two.notes,
        [
            "Source of 'Owner': A newspaper, 2026-10; press.",
            "Seen there. [A newspaper, 2026-10; press]",
            "Plain."
        ]
    );
}

#[test]
fn a_source_that_nobody_uses_becomes_a_remark() {
    let unused = "[sources.idle]\ntitle = \"Idle\"\ndate = \"2026\"\nconfidence = \"press\"\n";
    let list = read_builtin(&format!("{SMALL}\n{unused}")).unwrap();
    assert_eq!(list.meta.remarks.len(), 1);
    assert_eq!(list.meta.remarks[0].place, "source 'idle'");
}

#[test]
fn broken_text_is_an_error_and_never_a_panic() {
    let cut = SMALL.char_indices().map(|(at, _)| SMALL[..at].to_owned());
    let changed = (0..SMALL.len()).map(|at| {
        let with = if &SMALL[at..=at] == "\"" { "9" } else { "\"" };
        format!("{}{with}{}", &SMALL[..at], &SMALL[at + 1..])
    });
    let refused = cut.chain(changed).filter(|text| read_builtin(text).is_err());
    // What is left is whole: a cut between two fields, a quote within a comment or a text.
    assert!(refused.count() > SMALL.len() * 3 / 2);
}

// ---- the guide for editors ----

#[test]
fn the_worked_example_of_the_guide_can_be_added_to_the_list() {
    let guide = include_str!("../../../docs/adding-a-successor.md");
    let example: String = guide
        .split("```toml\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    let own = include_str!("../../../data/builtin/kaspersky.toml");
    let list = read_builtin(&format!("{own}\n{example}")).unwrap();
    let added = entity(&list, "example-security");
    assert_eq!(list.entities.len(), self::list().entities.len() + 1);
    let owner = added
        .relations
        .iter()
        .find(|r| r.role == RelationRole::OwnedBy)
        .unwrap();
    assert_eq!(owner.share.as_deref(), Some("62.50"));
    assert_eq!(owner.other_id.as_deref(), Some("kaspersky:ao-kaspersky-lab"));
    assert!(owner.from.is_some() && owner.source.is_some());
    assert_eq!(regimes(added, Confidence::Press), BTreeSet::from(["us"]));
}
