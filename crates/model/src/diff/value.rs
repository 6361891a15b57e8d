use super::EntryField;
use crate::{
    Address, BirthDate, Confidence, CountryLink, Entity, EntityKind, Gender, Identifier, Measure, Name,
    NotListed, Place, Relation, Source,
};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt;

/// One value of a field of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A kind that the list states; one that is assumed is a text.
    Kind(EntityKind),
    /// A name.
    Name(Name),
    /// A date of birth.
    BirthDate(BirthDate),
    /// A place of birth.
    Place(Place),
    /// A link with a country.
    Country(CountryLink),
    /// A gender.
    Gender(Gender),
    /// A document, number or wallet.
    Identifier(Identifier),
    /// A measure.
    Measure(Measure),
    /// An address.
    Address(Address),
    /// A relation.
    Relation(Relation),
    /// A regime that does not list the party.
    NotListed(NotListed),
    /// A country of an address, a position, a note, a kind that is assumed.
    Text(String),
}

/// The values of a field. Every field of an entry but its id is taken apart here, so that one that is added to
/// [`Entity`] has to be compared, too, before this compiles.
pub(super) fn of(entity: &Entity, field: EntryField) -> Vec<FieldValue> {
    let Entity {
        list: _,
        native_id: _,
        kind,
        kind_is_assumed,
        names,
        birth_dates,
        birth_places,
        countries,
        gender,
        identifiers,
        addresses,
        measures,
        relations,
        positions,
        not_listed,
        notes,
    } = entity;
    match field {
        // A guess speaks against no match, and the kind that a list states does.
        EntryField::Kind if *kind_is_assumed => {
            vec![FieldValue::Text(format!("{} (assumed)", kind.as_str()))]
        }
        EntryField::Kind => vec![FieldValue::Kind(*kind)],
        EntryField::Names => all(names, FieldValue::Name),
        EntryField::BirthDates => all(birth_dates, FieldValue::BirthDate),
        EntryField::BirthPlaces => all(birth_places, FieldValue::Place),
        EntryField::Countries => all(countries, FieldValue::Country),
        EntryField::AddressCountries => countries_of(addresses),
        EntryField::Gender => gender.map(FieldValue::Gender).into_iter().collect(),
        EntryField::Identifiers => all(identifiers, FieldValue::Identifier),
        EntryField::Measures => all(measures, FieldValue::Measure),
        EntryField::Addresses => all(addresses, FieldValue::Address),
        EntryField::Relations => all(relations, FieldValue::Relation),
        EntryField::Positions => all(positions, FieldValue::Text),
        EntryField::NotListed => all(not_listed, FieldValue::NotListed),
        EntryField::Notes => all(notes, FieldValue::Text),
    }
}

fn all<T: Clone>(values: &[T], made: fn(T) -> FieldValue) -> Vec<FieldValue> {
    values.iter().cloned().map(made).collect()
}

/// Each country once: two addresses in one country say no more than one does.
fn countries_of(addresses: &[Address]) -> Vec<FieldValue> {
    let mut countries: Vec<&String> = addresses.iter().filter_map(|a| a.country.as_ref()).collect();
    countries.sort_unstable();
    countries.dedup();
    countries.into_iter().cloned().map(FieldValue::Text).collect()
}

impl FieldValue {
    /// What makes two values versions of one: the text of a name, the number of a document.
    pub(super) fn key(&self) -> Option<(&str, &str)> {
        match self {
            FieldValue::Name(name) => Some((&name.text, "")),
            FieldValue::Identifier(identifier) => Some((identifier.kind.as_str(), &identifier.value)),
            FieldValue::Measure(m) => Some((&m.code, m.programme.as_deref().unwrap_or_default())),
            FieldValue::Relation(relation) => Some((&relation.other, "")),
            FieldValue::NotListed(statement) => Some((&statement.regime, "")),
            FieldValue::Place(place) => Some((&place.text, "")),
            FieldValue::Country(link) => Some((&link.text, "")),
            FieldValue::BirthDate(date) => Some((&date.text, "")),
            FieldValue::Kind(_) | FieldValue::Gender(_) | FieldValue::Address(_) | FieldValue::Text(_) => {
                None
            }
        }
    }
}

/// One line for people, with everything that is compared.
impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldValue::Kind(kind) => f.write_str(kind.as_str()),
            FieldValue::Gender(gender) => f.write_str(gender.as_str()),
            FieldValue::Text(text) => f.write_str(text),
            FieldValue::Name(name) => {
                let more = [
                    Some(name.role.as_str().to_owned()),
                    name.label.clone(),
                    of_source(&name.source),
                ];
                f.write_str(&with(&name.text, more))
            }
            FieldValue::BirthDate(date) => f.write_str(&with(&date.text, [span(date)])),
            FieldValue::Place(place) => {
                f.write_str(&with(&place.text, [place.country.map(|c| c.to_string())]))
            }
            FieldValue::Country(link) => {
                let more = [Some(word(&link.relation)), link.code.map(|c| c.to_string())];
                f.write_str(&with(&link.text, more))
            }
            FieldValue::Identifier(id) => {
                let more = [id.label.clone(), id.country.clone(), of_source(&id.source)];
                f.write_str(&with(&format!("{} {}", id.kind.as_str(), id.value), more))
            }
            FieldValue::Measure(measure) => f.write_str(&of_measure(measure)),
            FieldValue::Address(address) => f.write_str(&with(&address.one_line(), [address.note.clone()])),
            FieldValue::Relation(relation) => f.write_str(&of_relation(relation)),
            FieldValue::NotListed(not) => {
                let more = [of_source(&Some(not.source.clone()))];
                f.write_str(&with(&format!("{}: {}", not.regime, not.statement), more))
            }
        }
    }
}

fn with<const N: usize>(text: &str, more: [Option<String>; N]) -> String {
    let more: Vec<String> = more
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    match more.is_empty() {
        true => text.to_owned(),
        false => format!("{text} ({})", more.join("; ")),
    }
}

fn of_source(source: &Option<Source>) -> Option<String> {
    let source = source.as_ref()?;
    let known = match source.confidence {
        Confidence::Verified => "",
        Confidence::Press => ", press",
        Confidence::Unverified => ", not verified",
    };
    Some(format!("{}{known}", source.title))
}

/// How a date was read, where its text does not say so itself.
fn span(date: &BirthDate) -> Option<String> {
    if !date.is_read() {
        return Some("not read".to_owned());
    }
    let (from, to) = (date.from, date.to);
    let read = if from == to {
        from.to_string()
    } else {
        format!("{from} to {to}")
    };
    let circa = if date.circa { "circa " } else { "" };
    (read != date.text).then(|| format!("{circa}{read}"))
}

fn day(word: &str, date: Option<Date>) -> Option<String> {
    date.map(|date| format!("{word} {date}"))
}

fn of_measure(measure: &Measure) -> String {
    let more = [
        measure.programme.clone(),
        measure.legal_basis.clone(),
        Some(measure.authority.clone()),
        Some(measure.prohibits.meaning().to_owned()),
        Some(activities(measure)),
        measure.detail.clone(),
        day("from", measure.from),
        day("to", measure.to),
        of_source(&measure.source),
    ];
    with(&measure.code, more)
}

fn activities(measure: &Measure) -> String {
    let named: Vec<&str> = measure
        .activities
        .iter()
        .map(|activity| activity.as_str())
        .collect();
    named.join(", ")
}

fn of_relation(relation: &Relation) -> String {
    let more = [
        relation.other_id.clone(),
        relation.share.clone(),
        day("from", relation.from),
        day("to", relation.to),
        relation.note.clone(),
        of_source(&relation.source),
    ];
    with(&format!("{} {}", word(&relation.role), relation.other), more)
}

/// The name of a variant in words: `OwnedBy` is `owned by`.
fn word(variant: &impl fmt::Debug) -> String {
    let mut words = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
