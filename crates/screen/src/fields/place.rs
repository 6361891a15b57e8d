//! Places of birth, and countries.

use super::{Compared, Effect, Facts, field};
use tamis_model::{
    CountryCode, CountryLink, CountryRelation, Entity, FieldName, FieldVerdict, Place, Subject, country_code,
};
use tamis_names::{Domain, NameForm};

/// Shares of the gap to a full score, in thousandths.
pub(super) mod gain {
    /// A town or district; large towns are shared by many.
    pub(in super::super) const BIRTH_PLACE: u32 = 50;
    /// Customers of a bank mostly share a country with its neighbours on a list, so this is little.
    pub(in super::super) const COUNTRY: u32 = 20;
}

/// Points that a conflict takes, in ten-thousandths.
mod loss {
    /// Villages, provinces and borders are written in many ways, whole countries less so.
    pub(super) const BIRTH_COUNTRY: u32 = 300;
    /// Nationality is kept for life by most; some have two, and lists name the one they know.
    pub(super) const NATIONALITY: u32 = 500;
    /// A record's country, with no word on whether it is home or address.
    pub(super) const COUNTRY: u32 = 300;
}

/// Words that say what a place is and not which.
const GENERAL: [&str; 24] = [
    "area",
    "autonomous",
    "central",
    "city",
    "county",
    "department",
    "district",
    "division",
    "governorate",
    "municipality",
    "near",
    "north",
    "oblast",
    "prefecture",
    "province",
    "region",
    "republic",
    "south",
    "state",
    "subdistrict",
    "town",
    "township",
    "village",
    "western",
];

/// States that were, and those that came after them; and parts of a state with a code of their own.
const RELATED: [(&str, &str); 8] = [
    ("SU", "RU UA BY KZ UZ TM TJ KG GE AM AZ MD LT LV EE"),
    ("YU", "RS HR BA SI MK ME XK"),
    ("CS", "CZ SK RS ME"),
    ("DD", "DE"),
    ("YD", "YE"),
    ("AN", "CW SX BQ"),
    ("CN", "HK MO"),
    ("RS", "XK"),
];

/// Whether two codes can mean one country.
pub(super) fn same_country(one: CountryCode, two: CountryCode) -> bool {
    let related = |a: CountryCode, b: CountryCode| {
        let mut known = RELATED.iter().filter(|(code, _)| *code == a.as_str());
        known.any(|(_, others)| others.split(' ').any(|code| code == b.as_str()))
    };
    one == two || related(one, two) || related(two, one)
}

/// The words of a place that name a town, a district or a region, in Latin letters.
pub(super) fn words(place: &Place) -> Vec<String> {
    let form = NameForm::new(without_country(&place.text), Domain::Person);
    let words = form.tokens.into_iter().map(|token| token.latin.clone());
    let names = |word: &String| word.chars().count() >= 4 && !GENERAL.contains(&word.as_str());
    words
        .filter(names)
        .filter(|word| country_code(word).is_none())
        .collect()
}

/// `Tver, Russia` without the country; `Pyongyang, Korea, North` has it in its last two parts.
fn without_country(text: &str) -> &str {
    let commas = text.rmatch_indices(',').take(2);
    let cut = commas.filter(|(at, _)| {
        text.get(at + 1..)
            .is_some_and(|tail| country_code(tail.trim()).is_some())
    });
    let start = cut.map(|(at, _)| at).min();
    start.and_then(|at| text.get(..at)).unwrap_or(text)
}

pub(super) fn birth_place(subject: (&Subject, &Facts), entity: (&Entity, &Facts)) -> Option<Compared> {
    let query = subject.0.birth_place.as_ref();
    let text = query.map_or_else(String::new, |p| p.text.clone());
    let listed: Vec<&str> = entity.0.birth_places.iter().map(|p| p.text.as_str()).collect();
    field(FieldName::BirthPlace, text, listed.join("; "), || {
        if subject.1.places.iter().any(|word| entity.1.places.contains(word)) {
            return Effect::gain(FieldVerdict::Agree, gain::BIRTH_PLACE);
        }
        let theirs: Vec<CountryCode> = entity.0.birth_places.iter().filter_map(|p| p.country).collect();
        match query.and_then(|place| place.country) {
            Some(mine) if theirs.iter().any(|code| same_country(mine, *code)) => {
                Effect::gain(FieldVerdict::Close, gain::COUNTRY)
            }
            Some(_) if !theirs.is_empty() => Effect::loss(loss::BIRTH_COUNTRY),
            // A place is written in too many ways (village, district) for a difference to say anything.
            _ => Effect::new(FieldVerdict::Close),
        }
    })
}

/// Countries: any that is shared agrees. Two nationalities conflict; residence and addresses do not, since people
/// move.
pub(super) fn country(subject: &Subject, entity: (&Entity, &Facts)) -> Option<Compared> {
    let mut mine: Vec<CountryCode> = subject.countries.iter().filter_map(|c| c.code).collect();
    mine.sort_unstable();
    mine.dedup();
    let theirs = &entity.1.countries;
    let text = |codes: &[CountryCode]| {
        codes
            .iter()
            .map(CountryCode::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    };
    field(FieldName::Country, text(&mine), text(theirs), || {
        let shared = mine
            .iter()
            .any(|one| theirs.iter().any(|two| same_country(*one, *two)));
        let mut links = subject.countries.iter().filter(|link| link.code.is_some());
        if shared {
            Effect::gain(FieldVerdict::Agree, gain::COUNTRY)
        } else if subject.countries.iter().any(is_home) && entity.0.countries.iter().any(is_home) {
            Effect::loss(loss::NATIONALITY)
        } else if links.any(|link| is_home(link) || link.relation == CountryRelation::Unspecified) {
            Effect::loss(loss::COUNTRY)
        } else {
            Effect::new(FieldVerdict::Conflict)
        }
    })
}

/// Whether a country is more than a place to stay: a person's nationality, a company's register.
fn is_home(link: &CountryLink) -> bool {
    use CountryRelation::{Citizenship, Nationality, Registration};
    link.code.is_some() && matches!(link.relation, Nationality | Citizenship | Registration)
}

/// Every country that an entry belongs to in any way.
pub(super) fn countries_of(entity: &Entity) -> Vec<CountryCode> {
    let links = entity.countries.iter().filter_map(|c| c.code);
    let births = entity.birth_places.iter().filter_map(|p| p.country);
    let addresses = entity
        .addresses
        .iter()
        .filter_map(|a| country_code(a.country.as_deref()?));
    let mut codes: Vec<CountryCode> = links.chain(births).chain(addresses).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
