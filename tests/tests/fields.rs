//! What fields beside the name do to a match: identifiers, dates, countries, and the order of equals.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use tamis::model::{
    BirthDate, Confidence, CountryLink, CountryRelation, Decision, Entity, EntityKind, Evidence, FieldName,
    FieldVerdict, Gender, Hit, Identifier, IdentifierKind, Name, NameRole, Place, Score, Source, Status,
    Subject,
};
use tamis::{Policy, Screener};
use tamis_tests::{TODAY, entity, list, screener};

fn against(entity: Entity) -> Screener {
    screener(vec![list("made", vec![entity])], Policy::new(TODAY))
}

fn number(kind: &IdentifierKind, text: &str) -> Identifier {
    // `INN 7707083893 @ Russia`: label, value, country.
    let (text, country) = text
        .split_once(" @ ")
        .map_or((text, None), |(t, c)| (t, Some(c.to_owned())));
    let (label, value) = text
        .split_once(": ")
        .map_or((None, text), |(l, v)| (Some(l.to_owned()), v));
    Identifier {
        label,
        country,
        ..Identifier::new(kind.clone(), value)
    }
}

/// The only hit, near or not, of a subject against one entry.
fn hit(subject: &Subject, entity: Entity) -> Option<Hit> {
    let screener = against(entity);
    let decision = screener.screen(subject);
    let findings = decision
        .alerts
        .into_iter()
        .chain(decision.information)
        .map(|f| f.hit);
    findings.chain(screener.near_misses(subject, Score::ZERO)).next()
}

fn of_field(hit: &Hit, wanted: FieldName) -> (FieldVerdict, i32) {
    let found = hit.evidence.iter().find_map(|evidence| match evidence {
        Evidence::Field {
            field,
            verdict,
            points,
            ..
        } if *field == wanted => Some((*verdict, *points)),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no {wanted:?} in {:?}", hit.evidence))
}

/// What a number of the customer does against a number of an entry of another name.
fn by_number(kind: &IdentifierKind, query: &str, other: &IdentifierKind, listed: &str) -> Hit {
    let mut entity = entity("made", "1", EntityKind::Organization, &["Zarya Shipping LLC"]);
    entity.identifiers.push(number(other, listed));
    let mut subject = Subject::named("Velkova Brothers");
    subject.identifiers.push(number(kind, query));
    let Some(hit) = hit(&subject, entity) else {
        panic!("{query}: nothing at a cutoff of zero")
    };
    hit
}

#[test]
fn the_same_number_identifies_whatever_the_names_are() {
    use IdentifierKind::*;
    for (kind, query, other, listed) in [
        (
            TaxId,
            "inn: 77 0708-3893",
            TaxId,
            "Tax ID No.: 7707083893 @ Russia",
        ),
        (TaxId, "инн: 7707O83893", TaxId, "7707083893 @ Russia"),
        (
            Registration,
            "ogrn: 1027700132195",
            TaxId,
            "1027700132195 @ Russia",
        ),
        (Lei, "5493 001K JTII GC8Y 1R12", Lei, "5493001KJTIIGC8Y1R12"),
        (Imo, "IMO 9074729", Imo, "9074729"),
        (Bic, "DEUTDEFF", Bic, "DEUTDEFFXXX"),
        (Bic, "DEUTDEFF500", Bic, "DEUTDEFF"),
        (
            Account,
            "GB82 WEST 1234 5698 7654 32",
            Account,
            "GB82WEST12345698765432",
        ),
        (
            Wallet,
            "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            Wallet,
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        ),
        (
            Wallet,
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            Wallet,
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        ),
        (Passport, "A 123 4567", Passport, "A1234567 @ Iran"),
        (Passport, "2680351", Passport, "002680351 @ Syria"),
        (NationalId, "499370899 @ Iran", NationalId, "0499370899 @ Iran"),
        (Passport, "530193947", NationalId, "530193947 @ Russia"),
        (Other, "530193947", Passport, "530193947 @ Russia"),
        (TailNumber, "EP-MNE", TailNumber, "EPMNE"),
    ] {
        let hit = by_number(&kind, query, &other, listed);
        assert_eq!(
            of_field(&hit, FieldName::Identifier).0,
            FieldVerdict::Agree,
            "{query} / {listed}"
        );
        assert!(
            hit.score >= Score::from_ten_thousandths(9_000),
            "{query} / {listed}: {}",
            hit.score
        );
        assert_ne!(hit.score, Score::ONE, "{query}: only equal names score 1");
    }
}

/// The number is the evidence then, and a weak alias or an unverified name nearby must not hide it.
#[test]
fn the_same_number_alerts_beside_whichever_name() {
    let mut listed = entity("made", "1", EntityKind::Person, &["Radomir Velkovski"]);
    listed.names.push(Name::new("El Zorro", NameRole::WeakAlias));
    listed.names.push(Name {
        source: Some(Source {
            title: "a guess".to_owned(),
            confidence: Confidence::Unverified,
        }),
        ..Name::new("Rado Belov", NameRole::StrongAlias)
    });
    listed
        .identifiers
        .push(number(&IdentifierKind::Passport, "A1234567"));
    let screener = against(listed);
    for name in [
        "Radomir Velkovski",
        "El Zorro",
        "Rado Belov",
        "Zorro",
        "Belova",
        "Somebody Else",
    ] {
        let mut subject = Subject::named(name);
        let bare = screener.screen(&subject).status;
        subject
            .identifiers
            .push(number(&IdentifierKind::Passport, "A1234567"));
        assert_eq!(screener.screen(&subject).status, Status::Hit, "{name}");
        assert_eq!(bare == Status::Hit, name == "Radomir Velkovski", "{name}");
    }
}

#[test]
fn equal_signs_that_do_not_identify_are_told_and_lift_nothing() {
    use IdentifierKind::*;
    for (kind, query, other, listed) in [
        // Check digits fail.
        (TaxId, "inn: 7707083892", TaxId, "inn: 7707083892"),
        (Lei, "5493001KJTIIGC8Y1R13", Lei, "5493001KJTIIGC8Y1R13"),
        (Imo, "9074728", Imo, "9074728"),
        (
            Wallet,
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            Wallet,
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        ),
        // Too short or too general.
        (Passport, "12345 @ Iran", Passport, "12345 @ Iran"),
        (Passport, "1234", Passport, "1234"),
        (Passport, "0000123 @ Iran", Passport, "0000123 @ Iran"),
        (NationalId, "777777777", NationalId, "777777777"),
        (Registration, "48962", Registration, "48962 @ Iran"),
        // Another country, another type.
        (Passport, "A1234567 @ Syria", Passport, "A1234567 @ Iran"),
        (Passport, "750123", Imo, "750123"),
        (Passport, "530193947", Account, "530193947"),
        // Shared.
        (Phone, "982188526300", Phone, "982188526300"),
        (Other, "kpp: 770701001", Other, "kpp: 770701001"),
        (Bic, "DEUTDEFF", Bic, "DEUTDEBB"),
    ] {
        let hit = by_number(&kind, query, &other, listed);
        assert_eq!(
            of_field(&hit, FieldName::Identifier),
            (FieldVerdict::Close, 0),
            "{query} / {listed}"
        );
        assert!(
            hit.score < Score::from_ten_thousandths(5_000),
            "{query} / {listed}: {}",
            hit.score
        );
    }
}

/// What other numbers cost a match of equal names.
fn other_number(kind: &IdentifierKind, query: &str, listed: &str) -> (FieldVerdict, i32, Status) {
    let party = if *kind == IdentifierKind::Imo {
        EntityKind::Vessel
    } else {
        EntityKind::Organization
    };
    let mut entity = entity("made", "1", party, &["Zarya Vostok"]);
    entity.identifiers.push(number(kind, listed));
    let mut subject = Subject::named("Zarya Vostok").of_kind(party);
    subject.identifiers.push(number(kind, query));
    let status = against(entity.clone()).screen(&subject).status;
    let Some(hit) = hit(&subject, entity) else {
        panic!("{query}: equal names")
    };
    let (verdict, points) = of_field(&hit, FieldName::Identifier);
    (verdict, points, status)
}

#[test]
fn another_number_lowers_where_a_party_has_one_only_and_never_vetoes_an_equal_name() {
    use FieldVerdict::{Conflict, MissingThere};
    use IdentifierKind::*;
    for (kind, query, listed, verdict, points) in [
        (TaxId, "inn: 7707083893", "7736050003 @ Russia", Conflict, -1_500),
        (
            Lei,
            "5493001KJTIIGC8Y1R12",
            "5493000IBP32UQZ0KL24",
            Conflict,
            -1_500,
        ),
        (Imo, "9074729", "9187629", Conflict, -2_000),
        // Another number of a country, of an unknown system.
        (Registration, "4896231 @ Iran", "8371123 @ Iran", Conflict, -500),
        // A mistyped number is no other number, and people have several passports.
        (TaxId, "inn: 7707083892", "7736050003 @ Russia", Conflict, 0),
        (Imo, "9074728", "9187629", Conflict, 0),
        (Passport, "A1234567 @ Iran", "B7654321 @ Iran", Conflict, 0),
        (TaxId, "inn: 7707083893", "100000000000 @ Iran", MissingThere, 0),
    ] {
        let found = other_number(&kind, query, listed);
        assert_eq!(found, (verdict, points, Status::Hit), "{query} / {listed}");
    }
}

#[test]
fn a_renamed_ship_is_found_by_its_number_and_another_ship_of_the_name_is_lower() {
    let mut ship = entity("made", "1", EntityKind::Vessel, &["OCEAN GLORY"]);
    ship.identifiers.push(number(&IdentifierKind::Imo, "9074729"));
    let with = |name: &str, imo: &str| {
        let mut subject = Subject::named(name).of_kind(EntityKind::Vessel);
        subject.identifiers.push(number(&IdentifierKind::Imo, imo));
        let hit = hit(&subject, ship.clone());
        hit.map_or(0, |hit| hit.score.ten_thousandths())
    };
    assert!(with("LADY MARIA", "IMO9074729") >= 9_000);
    assert_eq!(with("OCEAN GLORY", "IMO9074729"), 10_000);
    assert_eq!(with("OCEAN GLORY", "9187629"), 8_000);
}

#[test]
fn a_number_whose_check_digits_fail_is_said_so_though_nothing_is_found() {
    let listed = entity("made", "1", EntityKind::Person, &["Piotr Nowak"]);
    let mut subject = Subject::named("Anybody Else");
    subject
        .identifiers
        .push(number(&IdentifierKind::TaxId, "inn: 7707083892"));
    subject
        .identifiers
        .push(number(&IdentifierKind::Passport, "A1234567"));
    let decision: Decision = against(listed).screen(&subject);
    assert_eq!(decision.status, Status::Clear);
    assert_eq!(decision.notes.len(), 1, "{:?}", decision.notes);
    assert!(
        decision
            .notes
            .iter()
            .all(|note| note.contains("7707083892") && note.contains("INN"))
    );
}

// ---- dates, places, countries, gender ----

fn person() -> (Subject, Entity) {
    let entity = entity("made", "1", EntityKind::Person, &["Piotr Nowak"]);
    // One letter off, so that there is a gap to close.
    (Subject::named("Pyotr Novak").of_kind(EntityKind::Person), entity)
}

fn date(text: &str) -> BirthDate {
    BirthDate::parse(text).unwrap_or_else(|| panic!("'{text}' is no date"))
}

#[test]
fn birth_dates_raise_by_how_rarely_strangers_agree_so_and_lower_by_how_surely_they_differ() {
    let points = |born: &str, listed: &str| {
        let (mut subject, mut entity) = person();
        subject.birth_date = Some(date(born));
        entity.birth_dates = listed.split(" | ").map(date).collect();
        let Some(hit) = hit(&subject, entity) else {
            panic!("{born} / {listed}")
        };
        of_field(&hit, FieldName::BirthDate).1
    };
    let rising = [
        points("1966-11-09", "1990-03-27"),
        points("1966-11-09", "1966-03-27"),
        points("1966-11-09", "circa 1967"),
        points("1966-11-09", "1966"),
        points("1966-11-09", "1986-11-09"),
        points("1966-11-09", "Nov 1966"),
        points("1966-11-09", "1966-11-09"),
    ];
    assert!(rising.is_sorted_by(|a, b| a < b), "{rising:?}");
    assert!(rising.iter().filter(|p| **p < 0).count() == 2, "{rising:?}");
    // Of several listed dates the best counts, in any order.
    assert_eq!(
        points("1966-11-09", "1990-03-27 | 1966"),
        points("1966-11-09", "1966 | 1990-03-27")
    );
    assert_eq!(
        points("1966-11-09", "1990-03-27 | 1966"),
        points("1966-11-09", "1966")
    );
}

#[test]
fn countries_and_places_raise_a_little_and_moving_house_lowers_nothing() {
    use CountryRelation::{Address, Nationality, Residence, Unspecified};
    let country = |mine: (CountryRelation, &str), theirs: (CountryRelation, &str)| {
        let (mut subject, mut entity) = person();
        subject.countries.push(CountryLink::new(mine.0, mine.1));
        entity.countries.push(CountryLink::new(theirs.0, theirs.1));
        let Some(hit) = hit(&subject, entity) else {
            panic!("{mine:?}")
        };
        of_field(&hit, FieldName::Country)
    };
    assert!(country((Nationality, "Poland"), (Nationality, "PL")).1 > 0);
    assert!(country((Residence, "Poland"), (Nationality, "PL")).1 > 0);
    assert!(country((Nationality, "Russia"), (Nationality, "Soviet Union")).1 > 0);
    let conflict = |points| (FieldVerdict::Conflict, points);
    assert_eq!(
        country((Nationality, "Poland"), (Nationality, "Iran")),
        conflict(-500)
    );
    assert_eq!(
        country((Unspecified, "Poland"), (Nationality, "Iran")),
        conflict(-300)
    );
    assert_eq!(country((Residence, "Poland"), (Nationality, "Iran")), conflict(0));
    assert_eq!(country((Address, "Poland"), (Address, "Iran")), conflict(0));

    let born = |mine: &str, theirs: &str| {
        let (mut subject, mut entity) = person();
        let place = |text: &str| Place {
            text: text.to_owned(),
            country: tamis::model::country_code(text.rsplit(',').next().unwrap_or_default().trim()),
        };
        subject.birth_place = Some(place(mine));
        entity.birth_places.push(place(theirs));
        let Some(hit) = hit(&subject, entity) else {
            panic!("{mine}")
        };
        of_field(&hit, FieldName::BirthPlace)
    };
    assert_eq!(born("Tver", "TVER, Russia").0, FieldVerdict::Agree);
    assert_eq!(born("Тверь, Россия", "Tver, Russia").0, FieldVerdict::Agree);
    let (same_country, points) = born(
        "Kabul, Afghanistan",
        "Gelan District, Ghazni Province, Afghanistan",
    );
    assert!(same_country == FieldVerdict::Close && points > 0);
    assert_eq!(
        born("Kunduz District", "Gelan District"),
        (FieldVerdict::Close, 0),
        "a district is no place"
    );
    assert_eq!(born("Lyon, France", "Kandahar, Afghanistan"), conflict(-300));
}

#[test]
fn every_field_that_one_side_has_is_told_with_both_values() {
    let (mut subject, mut entity) = person();
    entity.gender = Some(Gender::Male);
    entity.birth_dates.push(date("1966-11-09"));
    entity
        .identifiers
        .push(number(&IdentifierKind::Passport, "A1234567"));
    let bare = hit(&subject, entity.clone());
    let verdicts = |hit: &Option<Hit>, field| hit.as_ref().map(|hit| of_field(hit, field).0);
    for field in [FieldName::Gender, FieldName::BirthDate, FieldName::Identifier] {
        assert_eq!(
            verdicts(&bare, field),
            Some(FieldVerdict::MissingHere),
            "{field:?}"
        );
    }
    subject.birth_place = Some(Place {
        text: "Tver".into(),
        country: None,
    });
    subject.identifiers.push(number(&IdentifierKind::Wallet, "0x12"));
    let told = hit(&subject, entity);
    for field in [FieldName::BirthPlace, FieldName::Identifier] {
        assert_eq!(
            verdicts(&told, field),
            Some(FieldVerdict::MissingThere),
            "{field:?}"
        );
    }
}

// ---- the order of equals ----

/// B12: of a hundred entries of one name, those whose fields agree better stand first, whatever order they came in.
#[test]
fn a_hundred_entries_of_one_name_rank_by_their_other_fields_in_a_fixed_order() {
    let mut subject = Subject::named("Piotr Nowak").of_kind(EntityKind::Person);
    subject.birth_date = Some(date("1966-11-09"));
    subject
        .countries
        .push(CountryLink::new(CountryRelation::Nationality, "Poland"));
    subject
        .identifiers
        .push(number(&IdentifierKind::Passport, "AB1234567 @ Poland"));
    // Ten entries of each sort, best last by id, so that the id alone would turn the order round.
    let make = |at: usize| {
        let mut entity = entity("made", &format!("{at:03}"), EntityKind::Person, &["Piotr Nowak"]);
        let sort = at / 10;
        let passport = ["", "ZZ7654321 @ Poland", "AB1234567 @ Iran", "AB1234567 @ Poland"];
        let born = ["", "1966", "1966-11-09"];
        let (passport, born) = match sort {
            9 => (passport[3], born[2]),
            8 => (passport[3], born[1]),
            7 => (passport[2], born[2]),
            6 => (passport[2], born[0]),
            5 | 4 => (passport[0], born[2]),
            3 | 2 => (passport[0], born[1]),
            1 => (passport[0], born[0]),
            _ => (passport[1], born[0]),
        };
        entity.birth_dates = born.split('|').filter_map(BirthDate::parse).collect();
        if !passport.is_empty() {
            entity
                .identifiers
                .push(number(&IdentifierKind::Passport, passport));
        }
        if matches!(sort, 5 | 3) {
            entity
                .countries
                .push(CountryLink::new(CountryRelation::Nationality, "Poland"));
        }
        entity
    };
    let ranked = |order: Vec<usize>| -> Vec<String> {
        let entities = order.into_iter().map(make).collect();
        let decision = screener(vec![list("made", entities)], Policy::new(TODAY)).screen(&subject);
        assert!(
            decision
                .alerts
                .iter()
                .all(|f| f.hit.score == Score::ONE && f.hit.name_score == Score::ONE)
        );
        decision.alerts.into_iter().map(|f| f.hit.entity_id).collect()
    };
    let sorts = (0..10).rev();
    let expected: Vec<String> = sorts
        .flat_map(|sort| (0..10).map(move |n| format!("made:{:03}", sort * 10 + n)))
        .collect();
    assert_eq!(ranked((0..100).collect()), expected);
    assert_eq!(ranked((0..100).rev().collect()), expected);
}

/// What a list writes and nobody could read, and what cannot be, never makes a conflict: neither alone nor beside others.
#[test]
fn a_birth_date_that_was_not_read_or_cannot_be_speaks_against_no_match() {
    let unread = || BirthDate::unread("1343 (Iranian Hijri calendar)");
    let read = |text: &str| BirthDate::parse(text).unwrap_or_else(|| panic!("{text}"));
    let born = |mine: &str, theirs: Vec<BirthDate>| {
        let mut entity = entity("made", "1", EntityKind::Person, &["Radomir Velkovski"]);
        entity.birth_dates = theirs;
        let mut subject = Subject::named("Radomir Velkovski");
        subject.birth_date = Some(read(mine));
        let Some(hit) = hit(&subject, entity) else {
            panic!("{mine}")
        };
        of_field(&hit, FieldName::BirthDate)
    };
    let neutral = (FieldVerdict::MissingThere, 0);
    assert_eq!(born("1964", vec![read("1971")]).0, FieldVerdict::Conflict);
    assert_eq!(born("1964", vec![unread()]), neutral);
    assert_eq!(born("1964", vec![read("1971"), unread()]), neutral);
    assert_eq!(born("1964-05-06", vec![read("1964-09-11"), unread()]), neutral);
    assert_eq!(born("1964", vec![read("1964"), unread()]).0, FieldVerdict::Close);
    for impossible in ["1843", "1 Jan 1801", "2066-05-04"] {
        assert_eq!(born("1964", vec![read(impossible)]), neutral, "{impossible}");
        assert_eq!(
            born(impossible, vec![read("1964")]),
            neutral,
            "{impossible} of the customer"
        );
    }
}
