//! Laws that hold for every name: of the score, of its explanation, and of screening.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::cell::RefCell;
use tamis::model::{
    BirthDate, CountryLink, CountryRelation, Decision, Entity, EntityKind, Evidence, FieldName, FieldVerdict,
    Finding, Gender, Identifier, IdentifierKind, Name, NameRole, Place, Score, Status, Subject,
};
use tamis::screen::normal_form;
use tamis::{Policy, Scratch, Screener, compare};
use tamis_tests::{TODAY, builtin, entity, lenient, list, policy_at, screener};

/// The same inputs in every run: a law that fails on one machine fails on all.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const WORDS: &[&str] = &[
    "Andrei",
    "Andrey",
    "Андрей",
    "Anton",
    "Mikhail",
    "Misha",
    "Marina",
    "TIKHONOV,",
    "Tikhonov",
    "Tichonow",
    "Тихонов",
    "Ivanov",
    "Ivanova",
    "Gerber",
    "Guerber",
    "Kaspersky",
    "Kasperskaya",
    "Касперский",
    "Kаspersky",
    "Gennadyevich",
    "Mikhaylovich",
    "Юрьевич",
    "Ann",
    "Anne",
    "Li",
    "Lu",
    "Wei",
    "Abd",
    "al-Rahman",
    "Abdulrahman",
    "bin",
    "ibn",
    "al",
    "Mr",
    "Dr.",
    "Sheikh",
    "Jr",
    "A.",
    "G.",
    "Yu.",
    "M",
    "O'Brien",
    "Jean-Luc",
    "Müller",
    "Mueller",
    "LLC",
    "OOO",
    "ООО",
    "GmbH",
    "AO",
    "Ltd.",
    "S.A.",
    "d.o.o.",
    "Lab",
    "Labs",
    "Group",
    "Bank",
    "of",
    "the",
    "&",
    "International",
    "Moscow",
    "Iran",
    "1",
    "44",
    "forty",
    "four",
    "II",
    "1st",
    "First",
    "Zarya",
    "K4spersky",
    "卡巴斯基",
    "李",
    "محمد",
    "カスペルスキー",
    "박",
    "Γεώργιος",
    "恩来",
    "周恩来",
    "정은",
    "Zhou",
    "Chou",
    "En-lai",
    "Kim",
    "Jong-un",
    "National",
    "Trading",
    "Tradng",
    "Compa",
    "Dev.",
    "NIOC",
    "Iraq",
    "上海贸易有限公司",
    "عبدالرحمن",
    "نور",
    "الدين",
    "דוד",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => "[A-Z][a-z]{2,6}[A-Z][a-z]{2,6}",
        1 => "[a-z]{2,4}[0134579][a-z]{1,3}",
        1 => "[\u{4e00}-\u{9fa5}]{1,5}",
        1 => "[\u{ac00}-\u{d7a3}]{1,4}",
        1 => "[ابتجحدرسعفقكلمنهوي]{2,8}",
        1 => "[a-z]{1,9}",
        1 => "[а-яё]{2,9}",
    ]
}

/// Names as they occur, and as they do not.
fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..6).prop_map(|words| words.join(" "))
}

/// Any text at all, and texts of characters that have made trouble elsewhere.
fn anything() -> impl Strategy<Value = String> {
    const TROUBLE: &[&str] = &[
        "\u{202e}",
        "\u{202c}",
        "\u{202d}",
        "\u{200b}",
        "\u{200d}",
        "\u{ad}",
        "\u{feff}",
        "\u{0}",
        "\u{1a}",
        "\u{307}",
        "i\u{307}",
        "İ",
        "ı",
        "ß",
        "ﬁ",
        "ﷺ",
        "㍿",
        "㈱",
        "Ⅷ",
        "①",
        "½",
        "\u{1f600}",
        "\u{10ffff}",
        "\u{e0041}",
        "ก็",
        "각",
        "ᄒ",
        "\u{fdfa}",
        "'",
        "''",
        "’s",
        "@",
        "$",
        "!",
        ".",
        ",",
        "&",
        "-",
        " ",
        "\t",
        "\r\n",
        "a",
        "0",
        "З",
        "я",
        "卡",
        "上海",
        "有限公司",
        "市",
        "김",
        "ア",
        "ー",
        "عبد",
        "ال",
        "دين",
        "و",
        "ך",
        "က",
        "្",
        "क्ष",
        "ä",
        "Mc",
        "Abd",
        "www.",
        ".com",
        "1st",
        "'",
    ];
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(proptest::sample::select(TROUBLE), 0..20).prop_map(|parts| parts.concat()),
        proptest::collection::vec(any::<char>(), 0..200).prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn kind() -> impl Strategy<Value = EntityKind> {
    proptest::sample::select(vec![
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Vessel,
    ])
}

fn points(evidence: &[Evidence]) -> i32 {
    evidence.iter().map(Evidence::points).sum()
}

fn findings(decision: &Decision) -> impl Iterator<Item = &Finding> {
    decision.alerts.iter().chain(&decision.information)
}

/// Long names of few and similar words: the worst case for laying words side by side.
fn crowd() -> impl Strategy<Value = String> {
    const ALIKE: &[&str] = &[
        "Mohammed", "Muhammad", "Mohamad", "Ahmed", "Ahmad", "Hamad", "Abd", "Abdul", "al", "Rahman", "A",
        "Ivanov", "Ivanova", "Iwanow", "LLC", "AO", "2",
    ];
    proptest::collection::vec(proptest::sample::select(ALIKE), 6..75).prop_map(|words| words.join(" "))
}

// ---- the score of two names ----

proptest! {
    #![proptest_config(config())]

    #[test]
    fn comparing_is_symmetric(one in name(), two in name(), kind in proptest::option::of(kind())) {
        prop_assert_eq!(compare(&one, &two, kind).score, compare(&two, &one, kind).score);
    }

    #[test]
    fn comparing_is_symmetric_for_crowds_of_similar_words_too(one in crowd(), two in crowd(), kind in kind()) {
        let score = compare(&one, &two, Some(kind)).score;
        prop_assert_eq!(score, compare(&two, &one, Some(kind)).score);
    }

    #[test]
    fn the_full_score_is_for_equal_normal_forms_only(one in name(), two in name(), kind in kind()) {
        let (first, second) = (normal_form(&one, Some(kind)), normal_form(&two, Some(kind)));
        let equal = first == second && !first.is_empty();
        prop_assert_eq!(compare(&one, &two, Some(kind)).score == Score::ONE, equal);
        let same = compare(&one, &one, Some(kind)).score;
        prop_assert_eq!(same == Score::ONE, !first.is_empty());
    }

    #[test]
    fn the_points_of_a_comparison_add_up_to_its_score(one in name(), two in name(), kind in proptest::option::of(kind())) {
        let comparison = compare(&one, &two, kind);
        prop_assert_eq!(points(&comparison.evidence), i32::from(comparison.score.ten_thousandths()));
    }

    #[test]
    fn no_text_makes_reading_or_comparing_fail(one in anything(), two in anything(), kind in proptest::option::of(kind())) {
        let comparison = compare(&one, &two, kind);
        prop_assert_eq!(points(&comparison.evidence), i32::from(comparison.score.ten_thousandths()));
        prop_assert_eq!(comparison.score, compare(&two, &one, kind).score);
        if normal_form(&one, kind).is_empty() {
            prop_assert_eq!(comparison.score, Score::ZERO);
        }
    }

    #[test]
    fn capitals_and_small_letters_score_alike_and_mixing_them_only_adds_readings(
        one in name(), two in name(), kind in kind(),
    ) {
        let small = compare(&one.to_lowercase(), &two, Some(kind)).score;
        prop_assert_eq!(compare(&one.to_uppercase(), &two, Some(kind)).score, small);
        prop_assert!(compare(&one, &two, Some(kind)).score >= small);
    }

    #[test]
    fn signs_that_part_no_words_never_change_a_score(
        one in name(), two in name(), kind in kind(),
        signs in proptest::sample::select(vec![("\"", "\""), ("«", "»"), ("(", ")"), ("  ", " "), ("– ", ";"), ("", "?")]),
        gap in proptest::sample::select(vec!["  ", " - ", " / ", "\u{a0}", "\t", "; "]),
    ) {
        let score = compare(&one, &two, Some(kind)).score;
        let dressed = format!("{}{}{}", signs.0, one.replace(' ', gap), signs.1);
        prop_assert_eq!(compare(&dressed, &two, Some(kind)).score, score, "{}", dressed);
    }
}

#[test]
fn a_legal_form_is_the_same_with_dots_without_and_in_another_case() {
    for (one, two) in [
        ("SIS d.o.o.", "SIS DOO"),
        ("Veloria S.A.", "VELORIA SA"),
        ("Brantex G.m.b.H.", "Brantex GmbH"),
        ("Ostrava Kovo s. r. o.", "Ostrava Kovo s.r.o."),
        ("Marlowe Finch L.L.C.", "Marlowe Finch llc"),
    ] {
        for listed in [one, two, "SIS Holding", "Veloria", "Brantex Limited"] {
            let kind = Some(EntityKind::Organization);
            let verdict = |query| compare(query, listed, kind).score >= tamis::DEFAULT_THRESHOLD;
            assert_eq!(verdict(one), verdict(two), "{one} / {two} against {listed}");
        }
    }
}

/// A contradiction must cost clearly more than an omission (B13): at least 0.15 for patronymics.
#[test]
fn another_patronymic_costs_clearly_more_than_none() {
    const PATRONYMICS: [&str; 8] = [
        "Gennadyevich",
        "Anatolyevich",
        "Petrovich",
        "Sergeyevich",
        "Vladimirovich",
        "Aleksandrovich",
        "Yuryevich",
        "Mikhaylovich",
    ];
    for (given, family) in [
        ("Andrei", "Tikhonov"),
        ("Igor", "Chekunov"),
        ("Ян", "Цой"),
        ("Lev", "Ge"),
    ] {
        for listed in PATRONYMICS {
            let full = format!("{family}, {given} {listed}");
            let score = |query: &str| {
                compare(query, &full, Some(EntityKind::Person))
                    .score
                    .ten_thousandths()
            };
            let omitted = score(&format!("{given} {family}"));
            for other in PATRONYMICS.into_iter().filter(|&other| other != listed) {
                let contradicted = score(&format!("{given} {other} {family}"));
                assert!(
                    omitted >= contradicted + 1_500,
                    "{full}: omitted {omitted}, {other} instead {contradicted}"
                );
            }
        }
    }
}

// ---- screening ----

/// A subject with or without more fields than its name.
fn subject() -> impl Strategy<Value = Subject> {
    let fields = (
        proptest::option::of(kind()),
        proptest::option::of(proptest::sample::select(vec![
            "1966-11-09",
            "1990-01-26",
            "1978",
            "1967-12-10",
        ])),
        proptest::option::of(proptest::sample::select(vec!["Russia", "Poland"])),
        proptest::option::of(proptest::sample::select(vec![
            "530193947",
            "7713140469",
            "7713140468",
            "000000001",
        ])),
        proptest::option::of(proptest::sample::select(vec!["Moscow, Russia", "Tver", "Kabul"])),
        proptest::option::of(proptest::sample::select(vec![Gender::Male, Gender::Female])),
    );
    (name(), fields).prop_map(|(name, (kind, born, country, number, place, gender))| {
        let mut subject = Subject {
            kind,
            gender,
            ..Subject::named(name)
        };
        subject.birth_date = born.and_then(BirthDate::parse);
        subject
            .countries
            .extend(country.map(|c| CountryLink::new(CountryRelation::Nationality, c)));
        subject.birth_place = place.map(|text| Place {
            text: text.to_owned(),
            country: None,
        });
        let identifier = |n| [IdentifierKind::Passport, IdentifierKind::TaxId].map(|k| Identifier::new(k, n));
        subject
            .identifiers
            .extend(number.into_iter().flat_map(identifier));
        subject
    })
}

/// The built-in list and a small one of the words above.
fn lists() -> Vec<tamis::model::List> {
    let entities = WORDS.chunks(3).enumerate().map(|(at, words)| {
        let kind = if at % 2 == 0 {
            EntityKind::Person
        } else {
            EntityKind::Organization
        };
        entity("made", &at.to_string(), kind, &[&words.join(" ")])
    });
    vec![builtin(), list("made", entities.collect())]
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.hit.entity_id.as_str()).collect()
}

#[test]
fn the_points_of_a_hit_add_up_to_its_score_with_every_field() {
    let screener = screener(lists(), lenient(Score::from_ten_thousandths(6_000)));
    proptest!(config(), |(subject in subject())| {
        for finding in findings(&screener.screen(&subject)) {
            let hit = &finding.hit;
            prop_assert_eq!(points(&hit.evidence), i32::from(hit.score.ten_thousandths()), "{:?}", hit);
        }
        for hit in screener.near_misses(&subject, Score::from_ten_thousandths(3_000)) {
            prop_assert_eq!(points(&hit.evidence), i32::from(hit.score.ten_thousandths()), "{:?}", hit);
        }
    });
}

/// How well the fields agree, in the order in which they break ties; a missing field stands before a conflict.
fn ties(evidence: &[Evidence]) -> Vec<u8> {
    use FieldName::{BirthDate, BirthPlace, Country, Gender, Identifier, Kind};
    let rank = |wanted: FieldName| {
        let verdict = evidence.iter().find_map(|evidence| match evidence {
            Evidence::Field { field, verdict, .. } if *field == wanted => Some(*verdict),
            _ => None,
        });
        match verdict {
            Some(FieldVerdict::Agree) => 0,
            Some(FieldVerdict::Close) => 1,
            Some(FieldVerdict::Conflict) => 3,
            _ => 2,
        }
    };
    [Identifier, BirthDate, BirthPlace, Country, Gender, Kind]
        .map(rank)
        .to_vec()
}

#[test]
fn findings_stand_in_total_order() {
    let screener = screener(lists(), lenient(Score::from_ten_thousandths(4_000)));
    proptest!(config(), |(subject in subject())| {
        let decision = screener.screen(&subject);
        for list in [&decision.alerts, &decision.information] {
            let key = |f: &Finding| (
                std::cmp::Reverse(f.hit.score),
                std::cmp::Reverse(f.hit.name_score),
                ties(&f.hit.evidence),
                f.hit.entity_id.clone(),
            );
            prop_assert!(list.is_sorted_by_key(key));
        }
    });
}

#[test]
fn a_higher_threshold_alerts_on_a_part_of_what_a_lower_one_does() {
    let at = |threshold| screener(lists(), policy_at(Score::from_ten_thousandths(threshold)));
    let (low, high) = (at(8_000), at(9_000));
    proptest!(config(), |(subject in subject())| {
        let (more, fewer) = (low.screen(&subject), high.screen(&subject));
        let more = ids(&more.alerts);
        prop_assert!(ids(&fewer.alerts).iter().all(|id| more.contains(id)));
    });
}

#[test]
fn another_alias_never_lowers_an_entity() {
    proptest!(config(), |(query in name(), names in proptest::collection::vec(name(), 1..4), alias in name())| {
        let comparable = |n: &String| !normal_form(n, Some(EntityKind::Person)).is_empty();
        prop_assume!(names.iter().all(comparable) && comparable(&alias) && comparable(&query));
        let score = |names: &[String]| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let made = list("made", vec![entity("made", "1", EntityKind::Person, &names)]);
            let screener = screener(vec![made], lenient(Score::from_ten_thousandths(1)));
            let decision = screener.screen(&Subject::named(query.as_str()));
            decision.alerts.first().map(|f| f.hit.score)
        };
        let mut more = names.clone();
        more.push(alias);
        prop_assert!(score(&more) >= score(&names));
    });
}

#[test]
fn screening_does_not_depend_on_what_was_screened_before() {
    let one = screener(lists(), policy_at(Score::from_ten_thousandths(7_000)));
    let made = entity("other", "1", EntityKind::Person, &["Andrei Tichonow", "Zarya"]);
    let two = screener(
        vec![list("other", vec![made])],
        policy_at(Score::from_ten_thousandths(7_000)),
    );
    let kept = RefCell::new(Scratch::default());
    proptest!(config(), |(subject in subject(), between in subject())| {
        let fresh = one.screen(&subject);
        prop_assert_eq!(&one.screen(&subject), &fresh);
        prop_assert_eq!(&one.screen_with(&subject, &mut kept.borrow_mut()), &fresh);
        prop_assert_eq!(two.screen_with(&between, &mut kept.borrow_mut()), two.screen(&between));
        prop_assert_eq!(&one.screen_with(&subject, &mut kept.borrow_mut()), &fresh);
    });
}

#[test]
fn no_text_makes_screening_fail_and_one_without_letters_is_never_clear() {
    let screener = screener(lists(), Policy::new(TODAY));
    proptest!(config(), |(text in anything())| {
        let decision = screener.screen(&Subject::named(text.as_str()));
        if normal_form(&text, Some(EntityKind::Person)).is_empty() {
            prop_assert_eq!(decision.status, Status::Unscreened);
            prop_assert!(!decision.notes.is_empty());
        }
    });
}

#[test]
fn case_never_changes_a_decision() {
    let screener = screener(lists(), Policy::new(TODAY));
    proptest!(config(), |(subject in subject())| {
        let answer = |change: fn(&str) -> String| {
            let mut changed = subject.clone();
            for name in &mut changed.names {
                name.text = change(&name.text);
            }
            let decision = screener.screen(&changed);
            let alerts = decision.alerts.iter().map(|f| (f.hit.entity_id.clone(), f.hit.score));
            (decision.status, alerts.collect::<Vec<_>>())
        };
        prop_assert_eq!(answer(str::to_uppercase), answer(str::to_owned));
        prop_assert_eq!(answer(str::to_lowercase), answer(str::to_owned));
    });
}

/// P59: OFAC FAQ 122.
#[test]
fn a_weak_alias_alone_is_information_unless_the_policy_says_otherwise() {
    let mut listed: Entity = entity("made", "1", EntityKind::Person, &["Radomir Velkovski"]);
    listed.names.push(Name::new("El Zorro", NameRole::WeakAlias));
    let with = |policy| screener(vec![list("made", vec![listed.clone()])], policy);
    let subject = Subject::named("El Zorro");
    let default = with(Policy::new(TODAY)).screen(&subject);
    assert_eq!((default.status, default.information.len()), (Status::Clear, 1));
    let asked = with(Policy {
        weak_alias_alerts: true,
        ..Policy::new(TODAY)
    })
    .screen(&subject);
    assert_eq!(asked.status, Status::Hit);
    // The strong name beside it still alerts.
    assert_eq!(
        with(Policy::new(TODAY))
            .screen(&Subject::named("Radomir Velkovski"))
            .status,
        Status::Hit
    );
}

/// B12: the same name a hundred times ranks by id, every time.
#[test]
fn a_hundred_entries_of_one_name_all_alert_and_rank_by_id() {
    let make = |at: usize| entity("made", &format!("{at:03}"), EntityKind::Person, &["Piotr Nowak"]);
    let screener: Screener = screener(
        vec![list("made", (0..100).rev().map(make).collect())],
        Policy::new(TODAY),
    );
    let decision = screener.screen(&Subject::named("Piotr Nowak"));
    let expected: Vec<String> = (0..100).map(|at| format!("made:{at:03}")).collect();
    assert_eq!(ids(&decision.alerts), expected);
    let Some(first) = decision.alerts.first() else {
        panic!("no alert")
    };
    assert_eq!(first.hit.score, Score::ONE);
}

#[test]
fn the_worst_names_are_screened_or_refused_and_never_run_away() {
    let screener = screener(vec![builtin()], policy_at(tamis::DEFAULT_THRESHOLD));
    let most = tamis::screen::MOST_WORDS;
    let repeated = |word: &str, times: usize| vec![word; times].join(" ");
    for (name, status) in [
        ("x".repeat(10_000), Status::Clear),
        ("Kaspersky".repeat(1_000), Status::Clear),
        (repeated("Kaspersky", most), Status::Hit),
        (repeated("Kaspersky", most + 1), Status::Unscreened),
        (repeated("M", most), Status::Clear),
        (repeated("1", 100_000), Status::Unscreened),
        ("上海".repeat(10_000), Status::Clear),
        ("贸易有限公司".repeat(5_000), Status::Clear),
        ("서울무역".repeat(5_000), Status::Clear),
    ] {
        let decision = screener.screen(&Subject::named(&name));
        let start: String = name.chars().take(30).collect();
        assert_eq!(decision.status, status, "{start}… {:?}", decision.notes);
    }
}
