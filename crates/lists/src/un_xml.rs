//! The consolidated list of the UN Security Council as XML, after its schema.
//!
//! Five fields are not kept, because they say nothing of the party: `VERSIONNUM`, `SORT_KEY` and
//! `SORT_KEY_LAST_MOD` (the publisher's database), `LIST_TYPE` ("UN List" everywhere) and `HAS_INTERPOL_LINK`
//! (whether `INTERPOL_LINK`, which is kept, is there).

use crate::births;
use crate::detect::choose;
use crate::file::{Title, finish, remark, usable_name};
use crate::ofac_csv::put_address;
use crate::programmes::un_measure;
use crate::un_alias::{self, says_former};
use crate::xml::{self, Node, Part};
use crate::xml_elements;
use crate::{Error, ErrorKind, File, Format};
use jiff::civil::Date;
use std::collections::HashSet;
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind, List,
    Name, NameRole, Place, Remark, country_code,
};

const LIST: &str = "un";

const SECTIONS: [&str; 2] = ["INDIVIDUALS", "ENTITIES"];

/// Beside a section of more entries than this the other must hold some too. The official list has always had
/// both sections, as its schema demands; the copies of February and August 2026 have more than 700 persons and
/// more than 270 entities.
const ONE_SIDED: usize = 50;

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, remarks) = choose(Format::UnXml, &["consolidated.xml"], files)?;
    let mut reading = Reading {
        file,
        published: None,
        sections: HashSet::new(),
        ids: HashSet::new(),
        entities: Vec::new(),
        remarks,
    };
    let wanted = ["INDIVIDUAL", "ENTITY"];
    xml::read(file, "CONSOLIDATED_LIST", &SECTIONS, &wanted, |part| {
        reading.part(part)
    })?;
    if reading.entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    reading.both_sections()?;
    let title = "United Nations Security Council Consolidated List";
    let title = Title {
        id: LIST,
        title,
        format: "un-xml",
        published: reading.published,
    };
    Ok(finish(title, &[file], reading.entities, reading.remarks))
}

struct Reading<'a> {
    file: &'a File,
    published: Option<Date>,
    sections: HashSet<String>,
    ids: HashSet<String>,
    entities: Vec<Entity>,
    remarks: Vec<Remark>,
}

impl Reading<'_> {
    fn error(&self, line: u64, kind: ErrorKind) -> Error {
        Error::at(self.file.name.as_str(), line, kind)
    }

    fn part(&mut self, part: Part) -> Result<(), Error> {
        match part {
            Part::Root(attributes) => {
                let generated = attributes.iter().find(|(name, _)| name == "dateGenerated");
                self.published = generated.and_then(|(_, text)| text.get(..10)?.parse().ok());
                if self.published.is_none() {
                    let text = "the list has no readable dateGenerated";
                    self.remarks.push(remark(self.file.name.as_str(), text));
                }
                Ok(())
            }
            Part::Section(name) => {
                self.sections.insert(name);
                Ok(())
            }
            Part::Element(node) => {
                xml_elements::check(self.file, &node, xml_elements::UN)?;
                self.entry(&node)
            }
        }
    }

    fn both_sections(&self) -> Result<(), Error> {
        let persons = self.entities.iter().filter(|e| e.kind == EntityKind::Person);
        let persons = persons.count();
        let entries = [persons, self.entities.len() - persons];
        for (section, entries) in SECTIONS.into_iter().zip(entries) {
            let problem = match entries {
                _ if !self.sections.contains(section) => "missing",
                0 if self.entities.len() > ONE_SIDED => "empty",
                _ => continue,
            };
            return Err(self.file.error(ErrorKind::MissingSection { section, problem }));
        }
        Ok(())
    }

    fn entry(&mut self, node: &Node) -> Result<(), Error> {
        let reference = node.get("REFERENCE_NUMBER").or_else(|| node.get("DATAID"));
        let Some(id) = reference else {
            let (entry, value) = (format!("number {}", self.entities.len() + 1), String::new());
            let problem = "missing, and so is DATAID";
            let kind = ErrorKind::Field {
                field: "REFERENCE_NUMBER",
                entry,
                value,
                problem,
            };
            return Err(self.error(node.line, kind));
        };
        if !self.ids.insert(id.clone()) {
            return Err(self.error(node.line, ErrorKind::DuplicateId { entry: id }));
        }
        let name = full_name(node);
        if !usable_name(&name) {
            return Err(self.error(node.line, ErrorKind::NoName { entry: id, name }));
        }
        let kind = if node.name == "ENTITY" {
            EntityKind::Organization
        } else {
            EntityKind::Person
        };
        let mut entity = Entity::new(LIST, id, kind);
        entity.names.push(Name::new(name, NameRole::Primary));
        self.measure(node, &mut entity);
        for child in &node.children {
            put(child, &mut entity, &mut self.remarks);
        }
        self.entities.push(entity);
        Ok(())
    }

    fn measure(&mut self, node: &Node, entity: &mut Entity) {
        let list_type = node.get("UN_LIST_TYPE").unwrap_or_default();
        let (mut measure, known) = un_measure(&list_type);
        if !known {
            let text = format!("committee '{list_type}' is not known; an asset freeze is assumed");
            self.remarks.push(remark(entity.id(), text));
        }
        if let Some(text) = node.get("LISTED_ON") {
            measure.from = text.get(..10).and_then(|day| day.parse().ok());
            if measure.from.is_none() {
                entity.notes.push(format!("Listed on: {text}"));
                self.remarks.push(remark(
                    entity.id(),
                    format!("LISTED_ON '{text}' is not a date; kept as a note"),
                ));
            }
        }
        entity.measures.push(measure);
    }
}

fn full_name(node: &Node) -> String {
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    // The older schema gives "na" for a part that does not apply.
    let parts = parts
        .iter()
        .filter_map(|part| node.get(part))
        .filter(|part| part != "na");
    parts.collect::<Vec<_>>().join(" ")
}

fn put(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    match node.name.as_str() {
        "FIRST_NAME" | "SECOND_NAME" | "THIRD_NAME" | "FOURTH_NAME" | "UN_LIST_TYPE" | "REFERENCE_NUMBER"
        | "LISTED_ON" => {}
        "VERSIONNUM" | "SORT_KEY" | "SORT_KEY_LAST_MOD" | "LIST_TYPE" | "HAS_INTERPOL_LINK" => {}
        "DATAID" => note("Data id", node.words(), entity),
        "NAME_ORIGINAL_SCRIPT" => original_script(node, entity),
        "GENDER" => gender(node, entity, remarks),
        "TITLE" | "DESIGNATION" => entity
            .positions
            .extend(node.children.iter().filter_map(Node::words)),
        "NATIONALITY" => node.children.iter().for_each(|value| nationality(value, entity)),
        "NATIONALITY2" => nationality(node, entity),
        "INDIVIDUAL_ALIAS" | "ENTITY_ALIAS" => alias(node, entity, remarks),
        "INDIVIDUAL_ADDRESS" | "ENTITY_ADDRESS" => address(node, entity),
        "INDIVIDUAL_DATE_OF_BIRTH" => birth_date(node, entity, remarks),
        "INDIVIDUAL_PLACE_OF_BIRTH" => birth_place(node, entity),
        "INDIVIDUAL_DOCUMENT" => document(node, entity),
        "LAST_DAY_UPDATED" => {
            let days: Vec<String> = node.children.iter().filter_map(Node::words).collect();
            note("Updated on", Some(days.join(", ")), entity);
        }
        "COMMENTS1" => comment(node.text.trim(), entity),
        "INTERPOL_LINK" => note("INTERPOL", node.words(), entity),
        "SUBMITTED_BY" => note("Submitted by", node.words(), entity),
        "DELISTED_ON" => note("Delisted on", node.words(), entity),
        "SUBMITTED_ON" => note("Submitted on", node.words(), entity),
        other => note(other, all_text(node), entity),
    }
}

/// All text of an element: its own or that of its children.
fn all_text(node: &Node) -> Option<String> {
    let own = node.words().into_iter();
    let texts: Vec<String> = own.chain(node.children.iter().filter_map(all_text)).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

fn note(what: &str, text: Option<String>, entity: &mut Entity) {
    let text = text.filter(|text| !text.is_empty());
    entity.notes.extend(text.map(|text| format!("{what}: {text}")));
}

fn original_script(node: &Node, entity: &mut Entity) {
    let text = node.words().unwrap_or_default();
    let names = text.split(';').map(str::trim).filter(|name| usable_name(name));
    entity
        .names
        .extend(names.map(|name| Name::new(name, NameRole::OriginalScript)));
}

fn gender(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let Some(word) = node.words() else { return };
    entity.gender = Gender::parse(&word);
    if entity.gender.is_none() {
        remarks.push(remark(
            entity.id(),
            format!("gender '{word}' is not known; kept as a note"),
        ));
        note("Gender", Some(word), entity);
    }
}

/// Keeps a comment, with its line breaks, and takes the gender from it: of the 109 genders that the list of
/// August 2026 gives, 48 stand in a comment only.
fn comment(text: &str, entity: &mut Entity) {
    let lower = text.to_lowercase();
    let stated = lower
        .split_once("gender:")
        .map_or("", |(_, after)| after.trim_start());
    let word = stated.split(|c: char| !c.is_alphabetic()).next();
    entity.gender = entity.gender.or_else(|| word.and_then(Gender::parse));
    entity
        .notes
        .extend(Some(text.to_owned()).filter(|text| !text.is_empty()));
}

fn nationality(node: &Node, entity: &mut Entity) {
    let link = node
        .words()
        .map(|text| CountryLink::new(CountryRelation::Nationality, text));
    entity.countries.extend(link);
}

/// The role of an alias by its quality: persons have `Good` and `Low`, entities `a.k.a.` and `f.k.a.`.
fn role(quality: &str, entity: &Entity, remarks: &mut Vec<Remark>) -> NameRole {
    match quality {
        "Good" | "a.k.a." | "" => NameRole::StrongAlias,
        "f.k.a." => NameRole::Former,
        "Low" => NameRole::WeakAlias,
        other => {
            let text = format!("alias quality '{other}' is not known; taken as a strong alias");
            remarks.push(remark(entity.id(), text));
            NameRole::StrongAlias
        }
    }
}

fn alias(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let quality = node.get("QUALITY").unwrap_or_default();
    let text = node.get("ALIAS_NAME").unwrap_or_default();
    let said = node.get("NOTE");
    if usable_name(&text) {
        let role = role(&quality, entity, remarks);
        for part in un_alias::split(&text)
            .into_iter()
            .filter(|part| usable_name(&part.name))
        {
            let former = part.is_former() || says_former(said.as_deref().unwrap_or_default());
            let mut name = Name::new(part.name, alias_role(role, part.native, former));
            let label = [Some(quality.clone()), part.words, said.clone()]
                .into_iter()
                .flatten();
            let label: Vec<String> = label.filter(|words| !words.is_empty()).collect();
            name.label = (!label.is_empty()).then(|| label.join("; "));
            entity.names.push(name);
        }
    } else {
        note("Alias note", said, entity);
    }
    alias_birth(node, &text, entity, remarks);
}

/// A former name is former even where its quality is good; a weak one stays weak in every script.
fn alias_role(role: NameRole, native: bool, former: bool) -> NameRole {
    match role {
        NameRole::WeakAlias => NameRole::WeakAlias,
        _ if native => NameRole::OriginalScript,
        _ if former => NameRole::Former,
        role => role,
    }
}

/// Date and place of birth that belong to an alias: the date and the place count for the entry, and a note
/// keeps with which alias they go.
fn alias_birth(node: &Node, alias: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let (date, city) = (node.get("DATE_OF_BIRTH"), node.get("CITY_OF_BIRTH"));
    let country = node.get("COUNTRY_OF_BIRTH");
    if let Some(text) = &date {
        let told = births::put(&format!("Alias {alias}, date of birth"), text, entity).into_iter();
        remarks.extend(told.map(|text| remark(entity.id(), text)));
    }
    let place = [city, country.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    if !place.is_empty() {
        let place = Place {
            text: place.clone(),
            country: country.as_deref().and_then(country_code),
        };
        if !entity.birth_places.contains(&place) {
            entity.birth_places.push(place);
        }
    }
    let born = [date, Some(place)]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty());
    let born = born.collect::<Vec<_>>().join(", ");
    note(&format!("Alias {alias}, born"), Some(born), entity);
}

fn address(node: &Node, entity: &mut Entity) {
    let address = Address {
        lines: node.get("STREET").into_iter().collect(),
        city: node.get("CITY"),
        region: node.get("STATE_PROVINCE"),
        postal_code: node.get("ZIP_CODE"),
        country: node.get("COUNTRY"),
        note: node.get("NOTE"),
    };
    if address != Address::default() {
        put_address(address, entity);
    }
}

/// `TYPE_OF_DATE` with `DATE`, `YEAR` or `FROM_YEAR` and `TO_YEAR`, and a note that may hold the date itself.
fn birth_date(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let range = match (node.get("FROM_YEAR"), node.get("TO_YEAR")) {
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        // One end says when it was at the earliest, or the latest: that is no year of birth.
        (from, to) => from
            .map(|year| format!("from {year}"))
            .or(to.map(|year| format!("to {year}"))),
    };
    let said = node.get("NOTE");
    let approximate = node
        .get("TYPE_OF_DATE")
        .is_some_and(|kind| kind.starts_with("APPROX"))
        || said.as_deref().is_some_and(|said| said.starts_with("Approx"));
    for text in [node.get("DATE"), node.get("YEAR"), range].into_iter().flatten() {
        let text = if approximate {
            format!("approximately {text}")
        } else {
            text
        };
        born(&text, entity, remarks);
    }
    // `Nov. 1973` and the like stand in the note alone.
    match said {
        Some(text) if births::is_dated(&text) => born(&text, entity, remarks),
        said => note("Date of birth", said, entity),
    }
}

fn born(text: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let told = births::put("Date of birth", text, entity).into_iter();
    remarks.extend(told.map(|text| remark(entity.id(), text)));
}

fn birth_place(node: &Node, entity: &mut Entity) {
    let country = node.get("COUNTRY");
    let parts = ["STREET", "CITY", "STATE_PROVINCE", "COUNTRY"]
        .iter()
        .filter_map(|name| node.get(name));
    let text = parts.collect::<Vec<_>>().join(", ");
    if !text.is_empty() {
        let country = country.as_deref().and_then(country_code);
        entity.birth_places.push(Place { text, country });
    }
    note("Place of birth", node.get("NOTE"), entity);
}

fn document(node: &Node, entity: &mut Entity) {
    let types = [node.get("TYPE_OF_DOCUMENT"), node.get("TYPE_OF_DOCUMENT2")];
    let types = types.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let details = [
        ("issued", node.get("DATE_OF_ISSUE")),
        ("expires", node.get("DATE_OF_EXPIRY")),
        ("issued in", node.get("CITY_OF_ISSUE")),
        ("issued in", node.get("COUNTRY_OF_ISSUE")),
        ("note:", node.get("NOTE")),
    ];
    let details = details
        .into_iter()
        .filter_map(|(word, text)| Some(format!("{word} {}", text?)));
    let label: Vec<String> = Some(types.clone())
        .filter(|t| !t.is_empty())
        .into_iter()
        .chain(details)
        .collect();
    let label = label.join("; ");
    let country = node
        .get("ISSUING_COUNTRY")
        .or_else(|| node.get("COUNTRY_OF_ISSUE"));
    match node.get("NUMBER").filter(|number| usable_name(number)) {
        Some(number) => {
            let mut id = Identifier::new(document_kind(&types), number);
            id.country = country;
            id.label = (!label.is_empty()).then_some(label);
            entity.identifiers.push(id);
        }
        None => {
            let country = country.map(|country| format!("({country})")).unwrap_or_default();
            note(
                "Document",
                Some(format!("{label} {country}").trim().to_owned()),
                entity,
            );
        }
    }
}

/// The kinds of document in the three languages that the list mixes.
fn document_kind(types: &str) -> IdentifierKind {
    let lower = types.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if has(&["passport", "passeport", "pasaporte"]) => IdentifierKind::Passport,
        () if has(&["fiscal", "tax"]) => IdentifierKind::TaxId,
        () if has(&["identi", "national", "personal", "social security", "id card"]) => {
            IdentifierKind::NationalId
        }
        () => IdentifierKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gender_in_a_comment_is_read_and_the_comment_kept() {
        let mut entity = Entity::new(LIST, "QDi.1", EntityKind::Person);
        comment("Gender: Female. Review of 2010.", &mut entity);
        assert_eq!(entity.gender, Some(Gender::Female));
        assert_eq!(entity.notes, ["Gender: Female. Review of 2010."]);
        // The field of its own outranks a comment.
        comment("Gender: male", &mut entity);
        assert_eq!(entity.gender, Some(Gender::Female));
    }

    #[test]
    fn documents_are_known_in_three_languages() {
        for (types, kind) in [
            ("Numéro de passeport", IdentifierKind::Passport),
            ("Número de pasaporte", IdentifierKind::Passport),
            ("National Identification Number", IdentifierKind::NationalId),
            ("Italian Fiscal Code:", IdentifierKind::TaxId),
            ("Ration card no.", IdentifierKind::Other),
        ] {
            assert_eq!(document_kind(types), kind, "{types}");
        }
    }

    #[test]
    fn birth_dates_are_read_in_every_combination_of_fields() {
        let read = |fields: &[(&str, &str)]| {
            let child = |(name, text): &(&str, &str)| Node {
                name: (*name).into(),
                text: (*text).into(),
                ..Node::default()
            };
            let node = Node {
                children: fields.iter().map(child).collect(),
                ..Node::default()
            };
            let mut entity = Entity::new(LIST, "QDi.1", EntityKind::Person);
            let mut remarks = Vec::new();
            birth_date(&node, &mut entity, &mut remarks);
            let dates: Vec<String> = entity.birth_dates.iter().map(|d| d.text.clone()).collect();
            (dates.join("|"), entity.notes.join("|"), remarks.len())
        };
        let none = String::new;
        assert_eq!(
            read(&[("TYPE_OF_DATE", "EXACT"), ("DATE", "1965-03-03")]),
            ("1965-03-03".into(), none(), 0)
        );
        assert_eq!(
            read(&[("TYPE_OF_DATE", "APPROXIMATELY"), ("YEAR", "1960")]),
            ("approximately 1960".into(), none(), 0)
        );
        assert_eq!(
            read(&[("FROM_YEAR", "1958"), ("TO_YEAR", "1960")]),
            ("1958 to 1960".into(), none(), 0)
        );
        // From 1958 on is not in 1958.
        assert_eq!(read(&[("FROM_YEAR", "1958")]), ("from 1958".into(), none(), 1));
        assert_eq!(
            read(&[("YEAR", "1961"), ("NOTE", "from false passport")]),
            ("1961".into(), "Date of birth: from false passport".into(), 0)
        );
        assert_eq!(read(&[("DATE", "1961-13-01")]), ("1961-13-01".into(), none(), 1));
        assert_eq!(read(&[("TYPE_OF_DATE", "")]), (none(), none(), 0));
    }
}
