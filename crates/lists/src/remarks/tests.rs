use super::*;
use proptest::prelude::*;
use tamis_model::{BirthDate, EntityKind, Precision};

fn read(text: &str) -> (Entity, Vec<Remark>, Tally) {
    let mut entity = Entity::new("ofac-sdn", "1", EntityKind::Person);
    let mut remarks = Vec::new();
    let tally = put(text, &mut entity, &mut remarks);
    (entity, remarks, tally)
}

fn ids(entity: &Entity) -> Vec<(&str, &str, Option<&str>, &str)> {
    let row = |id| {
        let id: &Identifier = id;
        (
            id.kind.as_str(),
            id.value.as_str(),
            id.country.as_deref(),
            id.label.as_deref().unwrap_or(""),
        )
    };
    entity.identifiers.iter().map(row).collect()
}

#[test]
fn every_form_of_birth_date_is_read() {
    let text = "DOB 12 Mar 1951; alt. DOB Apr 1962; alt. DOB 1951 to 1953; DOB circa 1951; DOB 01 Jan 1960 to 31 Dec 1961; DOB circa 1951-1953.";
    let (entity, remarks, tally) = read(text);
    assert_eq!(remarks, []);
    assert_eq!(
        tally,
        Tally {
            items: 6,
            typed: 6,
            noted: 0
        }
    );
    let read: Vec<_> = entity
        .birth_dates
        .iter()
        .map(|d| (d.text.as_str(), d.precision, d.circa))
        .collect();
    assert_eq!(
        read,
        [
            ("12 Mar 1951", Precision::Day, false),
            ("Apr 1962", Precision::Month, false),
            ("1951 to 1953", Precision::Range, false),
            ("circa 1951", Precision::Year, true),
            ("01 Jan 1960 to 31 Dec 1961", Precision::Range, false),
            ("circa 1951-1953", Precision::Range, true),
        ]
    );
}

#[test]
fn several_dates_in_one_item_are_all_read() {
    let (entity, _, _) = read("DOB 1950 or 12 Jan 1952.");
    let texts: Vec<_> = entity.birth_dates.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(texts, ["1950", "12 Jan 1952"]);
}

#[test]
fn a_date_that_is_not_understood_is_kept_unread_and_a_remark() {
    let (entity, remarks, tally) = read("DOB 31 Feb 1970; POB Tver, Russia.");
    assert_eq!(entity.birth_dates, [BirthDate::unread("31 Feb 1970")]);
    assert!(remarks[0].text.contains("31 Feb 1970"));
    assert_eq!(remarks[0].place, "ofac-sdn:1");
    assert_eq!(
        tally,
        Tally {
            items: 2,
            typed: 2,
            noted: 0
        }
    );
}

#[test]
fn documents_keep_country_dates_and_the_words_of_the_label() {
    let (entity, _, _) = read(
        "Passport C123456 (Exampleland) issued 09 May 2001 expires 08 May 2011; alt. Passport 77; \
         Tax ID No. 7702070139 (Russia); File Number 12 (Delaware) (United States); \
         Identification Number 1-85-09 (Congo, Democratic Republic of the); NIT # 800-1; \
         Moroccan Personal ID No. E 427689 (Morocco) issued 20 Mar 2001.",
    );
    assert_eq!(
        ids(&entity),
        [
            (
                "passport",
                "C123456",
                Some("Exampleland"),
                "Passport issued 09 May 2001 expires 08 May 2011"
            ),
            ("passport", "77", None, "Passport"),
            ("tax_id", "7702070139", Some("Russia"), "Tax ID No."),
            ("other", "12", Some("United States"), "File Number (Delaware)"),
            (
                "national_id",
                "1-85-09",
                Some("Congo, Democratic Republic of the"),
                "Identification Number"
            ),
            ("tax_id", "800-1", None, "NIT #"),
            (
                "national_id",
                "E 427689",
                Some("Morocco"),
                "Moroccan Personal ID No. issued 20 Mar 2001"
            ),
        ]
    );
    assert!(entity.notes.is_empty());
}

#[test]
fn ships_aircraft_banks_and_wallets_have_kinds_of_their_own() {
    let (entity, _, _) = read(
        "Vessel Registration Identification IMO 9187629; MMSI 572469210; Aircraft Tail Number EP-MMH; \
         Aircraft Manufacturer's Serial Number (MSN) 2079; SWIFT/BIC HAVIGB2L; \
         Aircraft Construction Number (also called L/N or S/N or F/N) 550; D-U-N-S Number 33-843-5672; \
         Legal Entity Number 253400V1H6ART1UQ0N98 (Russia); Legal Entity Number 34201 (Netherlands); \
         alt. Digital Currency Address - XBT 1AbC; Email Address a@b.example; Website www.b.example/x;y; \
         Telephone (963)(11); Fax No. (963) 12.",
    );
    let kinds: Vec<_> = ids(&entity)
        .into_iter()
        .map(|(kind, value, _, _)| (kind, value))
        .collect();
    assert_eq!(
        kinds,
        [
            ("imo", "9187629"),
            ("mmsi", "572469210"),
            ("tail_number", "EP-MMH"),
            ("aircraft_serial", "2079"),
            ("bic", "HAVIGB2L"),
            ("aircraft_serial", "550"),
            ("duns", "33-843-5672"),
            ("lei", "253400V1H6ART1UQ0N98"),
            ("registration", "34201"),
            ("wallet", "1AbC"),
            ("email", "a@b.example"),
            ("website", "www.b.example/x;y"),
            ("phone", "(963)(11)"),
            ("phone", "(963) 12"),
        ]
    );
    assert_eq!(
        entity.identifiers[9].label.as_deref(),
        Some("Digital Currency Address - XBT")
    );
    assert!(entity.notes.is_empty());
}

#[test]
fn a_sentence_that_begins_like_a_label_stays_a_note() {
    let (entity, _, tally) =
        read("Passport issued under another name; License suspended by the ministry of trade.");
    assert_eq!(entity.notes.len(), 2);
    assert_eq!(tally.typed, 0);
}

#[test]
fn quoted_aliases_are_weak_and_may_hold_apostrophes() {
    let (entity, _, _) = read("a.k.a. 'D'AVILA'; f.k.a. 'KO; LTD'; alt. n.k.a. 'THE 'FOX''; POB Rome.");
    let names: Vec<_> = entity
        .names
        .iter()
        .map(|n| (n.text.as_str(), n.role, n.label.as_deref().unwrap()))
        .collect();
    assert_eq!(
        names,
        [
            ("D'AVILA", NameRole::WeakAlias, "a.k.a."),
            ("KO; LTD", NameRole::WeakAlias, "f.k.a."),
            ("THE 'FOX'", NameRole::WeakAlias, "n.k.a."),
        ]
    );
    assert_eq!(entity.birth_places[0].text, "Rome");
}

#[test]
fn an_alias_without_its_closing_quote_is_a_note_and_swallows_nothing() {
    let (entity, remarks, _) = read("a.k.a. 'CUT OF; a.k.a. 'WHOLE'; a.k.a. 'WHOIS HACKIN");
    assert_eq!(entity.names.len(), 1);
    assert_eq!(entity.names[0].text, "WHOLE");
    assert_eq!(entity.notes, ["a.k.a. 'CUT OF", "a.k.a. 'WHOIS HACKIN"]);
    assert_eq!(remarks.len(), 2);
}

#[test]
fn links_countries_flags_and_gender_go_to_their_fields() {
    let (entity, remarks, _) = read(
        "Linked To: FIRST OIL CO., LTD.; (Linked To: HAMAS); nationality Korea, North; alt. citizen Malta; \
         Gender Female; Former Vessel Flag Malta; Aircraft Operator Air Example; Gender Male; \
         Nationality of Registration Russia.",
    );
    let relations: Vec<_> = entity
        .relations
        .iter()
        .map(|r| (r.role, r.other.as_str()))
        .collect();
    assert_eq!(
        relations,
        [
            (RelationRole::LinkedTo, "FIRST OIL CO., LTD."),
            (RelationRole::LinkedTo, "HAMAS"),
            (RelationRole::Other, "Air Example")
        ]
    );
    let countries: Vec<_> = entity
        .countries
        .iter()
        .map(|c| (c.relation, c.text.as_str()))
        .collect();
    assert_eq!(
        countries,
        [
            (CountryRelation::Nationality, "Korea, North"),
            (CountryRelation::Citizenship, "Malta"),
            (CountryRelation::Flag, "Former Vessel Flag Malta"),
            (CountryRelation::Registration, "Russia"),
        ]
    );
    assert_eq!(entity.gender, Some(Gender::Female));
    assert_eq!(entity.notes, ["Gender Male"]);
    assert_eq!(remarks.len(), 1);
}

#[test]
fn usual_posts_and_ranks_are_positions_word_for_word() {
    let (entity, _, tally) =
        read("Colonel; Member of the State Duma; headmaster; Brigadier General, retired.");
    assert_eq!(
        entity.positions,
        [
            "Colonel",
            "Member of the State Duma",
            "Brigadier General, retired"
        ]
    );
    assert_eq!(entity.notes, ["headmaster"]);
    assert_eq!(tally.typed, 3);
}

#[test]
fn a_parenthesised_passage_is_one_note() {
    let (entity, _, tally) = read(
        "DOB 1969; (Data of another passport: Alt. DOB: 10 October 1969; Alt. POB: Keren); a.k.a. 'ABU X'.",
    );
    assert_eq!(
        entity.notes,
        ["(Data of another passport: Alt. DOB: 10 October 1969; Alt. POB: Keren)"]
    );
    assert_eq!(tally.items, 3);
}

#[test]
fn an_open_parenthesis_swallows_nothing() {
    assert_eq!(
        split("(see above; DOB 1969; a.k.a. 'X'."),
        ["(see above", "DOB 1969", "a.k.a. 'X'"]
    );
}

#[test]
fn only_the_last_full_stop_is_taken_off() {
    assert_eq!(
        split("Linked To: X LTD.; Linked To: Y LTD.."),
        ["Linked To: X LTD.", "Linked To: Y LTD."]
    );
    assert_eq!(
        split("nationality possibly X;arrested 2002."),
        ["nationality possibly X", "arrested 2002"]
    );
    assert!(split("").is_empty() && split(".").is_empty() && split(" ; ;").is_empty());
}

/// All that an entity holds, as one text.
fn everything(entity: &Entity) -> String {
    let mut texts: Vec<String> = entity.notes.clone();
    texts.extend(
        entity
            .names
            .iter()
            .flat_map(|n| [n.label.clone().unwrap_or_default(), n.text.clone()]),
    );
    texts.extend(entity.positions.clone());
    texts.extend(entity.birth_dates.iter().map(|d| d.text.clone()));
    texts.extend(entity.birth_places.iter().map(|p| p.text.clone()));
    texts.extend(entity.countries.iter().map(|c| c.text.clone()));
    texts.extend(entity.gender.map(|g| g.as_str().to_owned()));
    texts.extend(
        entity
            .relations
            .iter()
            .flat_map(|r| [r.other.clone(), r.note.clone().unwrap_or_default()]),
    );
    for id in &entity.identifiers {
        texts.extend(
            [id.label.clone(), Some(id.value.clone()), id.country.clone()]
                .into_iter()
                .flatten(),
        );
    }
    texts.join(" ").to_lowercase()
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Checks the law on one text: items are counted once, gaps hold nothing, and every word of every value is
/// found in the entity.
fn check_law(text: &str) {
    let (entity, _, tally) = read(text);
    assert_eq!(tally.items, tally.typed + tally.noted);
    assert_eq!(tally.noted, entity.notes.len());
    let items = split(text);
    assert_eq!(tally.items, items.len());
    let mut rest = text;
    for item in &items {
        let (gap, after) = rest.split_once(item).expect("items stand in the text, in order");
        assert!(gap.chars().all(|c| c == ';' || c.is_whitespace()), "gap {gap:?}");
        rest = after;
    }
    assert!(
        rest.chars().all(|c| ";.".contains(c) || c.is_whitespace()),
        "rest {rest:?}"
    );
    let kept = words(&everything(&entity));
    for item in items {
        // A typed label lives on as the field's name; its value must be there word for word.
        let value = labels::find(item).map_or(item, |found| found.value);
        for word in words(value) {
            let label = ["alt", "linked", "to", "or", "and"].contains(&word.as_str());
            // A gender is kept as a word of ours.
            let gender = item.starts_with("Gender");
            assert!(
                label || gender || kept.contains(&word),
                "'{word}' of '{item}' is lost"
            );
        }
    }
}

fn any_item() -> impl Strategy<Value = String> {
    let label = prop::sample::select(vec![
        "DOB ",
        "alt. DOB ",
        "POB ",
        "nationality ",
        "Passport ",
        "alt. Tax ID No. ",
        "Linked To: ",
        "a.k.a. '",
        "f.k.a. '",
        "Gender ",
        "Digital Currency Address - ",
        "Website ",
        "Telephone ",
        "(Linked To: ",
        "",
        "Legal Entity Number ",
        "Former Vessel Flag ",
        "Organization Established Date ",
        "IMO ",
    ]);
    let end = prop::sample::select(vec!["", "'", ")", ".", " (Iran)", " issued 1 May 2001"]);
    (label, "[A-Za-z0-9 .,;'()é漢-]{0,24}", end)
        .prop_map(|(label, value, end)| format!("{label}{value}{end}"))
}

proptest! {
    #[test]
    fn no_word_of_any_remark_is_lost(items in prop::collection::vec(any_item(), 0..6)) {
        check_law(&items.join("; "));
    }

    #[test]
    fn any_text_whatever_obeys_the_law(text in any::<String>()) {
        let (_, _, tally) = read(&text);
        prop_assert_eq!(tally.items, tally.typed + tally.noted);
    }
}
