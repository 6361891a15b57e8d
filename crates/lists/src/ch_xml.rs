//! Switzerland's sanctions (SECO, *Gesamtliste*, `swiss-sanctions-list` XML).
//!
//! Targets name the sanction sets that they are in; a set belongs to a programme, which is told of in up to four languages before the
//! targets, and its name says what it is (*Financial measures, annex 2*; *Travel ban*). Places stand by themselves and are referred to.
//! A target whose last modification is a removal is an entry no more.

use crate::births;
use crate::ch_names;
use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::sheet_fields::once;
use crate::unfolding::Unfolding;
use crate::xml::{self, Node, Part};
use crate::{Error, ErrorKind, File, Format};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind,
    List, Measure, Name, NameRole, Place, Prohibition, Relation, RelationRole, Remark,
};
use unicode_script::{Script, UnicodeScript};

const AUTHORITY: &str = "Switzerland, State Secretariat for Economic Affairs";
const ROOT: &str = "swiss-sanctions-list";

/// Reads the list.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, remarks) = choose(Format::ChXml, &["consolidated-list.xml"], files)?;
    let mut reading = Reading {
        file,
        published: None,
        sets: HashMap::new(),
        places: HashMap::new(),
        unfolding: Unfolding::of(file),
        targets: Vec::new(),
        remarks,
    };
    // Places and programmes may stand behind the targets that name them; elements that are not known are told of.
    let known = ["sanctions-program", "target", "place"];
    xml::read(file, ROOT, &[], &known, |part| reading.part(part))?;
    let title = Title {
        id: "ch",
        title: "Swiss Sanctions List (SECO)",
        format: "ch-xml",
        published: reading.published,
    };
    let mut ids = HashSet::new();
    let mut entities = Vec::new();
    let mut remarks = std::mem::take(&mut reading.remarks);
    for node in &reading.targets {
        if let Some(entity) = reading.entity(node, &mut remarks)? {
            if !ids.insert(entity.native_id.clone()) {
                let entry = entity.native_id;
                return Err(Error::at(
                    file.name.as_str(),
                    node.line,
                    ErrorKind::DuplicateId { entry },
                ));
            }
            entities.push(entity);
        }
    }
    reading.unfolding.check(file)?;
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    Ok(finish(title, &[file], entities, remarks))
}

/// A set of sanctions: its name, and the programme that it belongs to.
struct Set {
    name: String,
    programme: String,
    title: String,
}

struct Reading<'a> {
    file: &'a File,
    published: Option<Date>,
    sets: HashMap<String, Set>,
    places: HashMap<String, Node>,
    unfolding: Unfolding,
    targets: Vec<Node>,
    remarks: Vec<Remark>,
}

/// The text of the children of that name, in English, else in the first language there is.
fn spoken(node: &Node, name: &str) -> Option<String> {
    let own = || node.children.iter().filter(|child| child.name == name);
    let english = own().find(|child| child.attribute("lang").as_deref() == Some("eng"));
    english.or_else(|| own().next()).and_then(Node::words)
}

impl Reading<'_> {
    fn part(&mut self, part: Part) -> Result<(), Error> {
        match part {
            Part::Root(attributes) => {
                let date = attributes.iter().find(|(name, _)| name == "date");
                self.published = date.and_then(|(_, text)| text.get(..10)?.parse().ok());
                let kind = attributes
                    .iter()
                    .find(|(name, _)| name == "list-type")
                    .map(|(_, kind)| kind.as_str());
                if !matches!(
                    kind,
                    None | Some("whole-list" | "full-list" | "consolidated-list")
                ) {
                    let kind = kind.unwrap_or_default();
                    let text = format!(
                        "{WARNING}this is a list of the type '{kind}': it may hold a part of all targets only"
                    );
                    self.remarks.push(remark(self.file.name.as_str(), text));
                }
            }
            Part::Element(node) => match node.name.as_str() {
                "sanctions-program" => self.programme(&node),
                "place" => {
                    if let Some(id) = node.attribute("ssid") {
                        self.places.insert(id, node);
                    }
                }
                "target" => self.targets.push(node),
                _ => {}
            },
            Part::Section(_) => {}
        }
        Ok(())
    }

    fn programme(&mut self, node: &Node) {
        let programme = spoken(node, "program-key").unwrap_or_default();
        let title = spoken(node, "program-name").unwrap_or_default();
        for child in node.children.iter().filter(|child| child.name == "sanctions-set") {
            let Some(id) = child.attribute("ssid") else {
                continue;
            };
            let english = child.attribute("lang").as_deref() == Some("eng");
            if english || !self.sets.contains_key(&id) {
                let name = child.words().unwrap_or_default();
                if !self.unfolding.add(programme.len() + title.len()) {
                    return;
                }
                let (programme, title) = (programme.clone(), title.clone());
                self.sets.insert(
                    id,
                    Set {
                        name,
                        programme,
                        title,
                    },
                );
            }
        }
    }

    fn entity(&self, node: &Node, remarks: &mut Vec<Remark>) -> Result<Option<Entity>, Error> {
        let field = |value: Option<String>, problem: &'static str| {
            let (field, entry, value) = ("target", "?".to_owned(), value.unwrap_or_default());
            Error::at(
                self.file.name.as_str(),
                node.line,
                ErrorKind::Field {
                    field,
                    entry,
                    value,
                    problem,
                },
            )
        };
        let Some(id) = node.attribute("ssid") else {
            return Err(field(None, "without its ssid"));
        };
        let Some((kind, party)) = node
            .children
            .iter()
            .find_map(|child| Some((kind(&child.name)?, child)))
        else {
            return Err(field(
                Some(id),
                "neither an individual nor an entity nor an object",
            ));
        };
        let mut target = Target {
            reading: self,
            entity: Entity::new("ch", &id, kind),
            problems: Vec::new(),
        };
        target.party(party);
        let removed = target.modifications(node);
        if removed {
            remarks.push(remark(
                target.entity.id(),
                "removed from the list, by its last modification; no entry",
            ));
            return Ok(None);
        }
        target.measures(node);
        for child in &node.children {
            let known = ["sanctions-set-id", "modification"].contains(&child.name.as_str()) || kind_of(child);
            match child.name.as_str() {
                "foreign-identifier" => target.note("Foreign identifier", child),
                "generic-attribute" => target.generic(child),
                _ if known => {}
                _ => target.unknown(child),
            }
        }
        let entity = target.entity;
        if entity.names.is_empty() {
            let (entry, name) = (id, String::new());
            return Err(Error::at(
                self.file.name.as_str(),
                node.line,
                ErrorKind::NoName { entry, name },
            ));
        }
        remarks.extend(target.problems.into_iter().map(|text| remark(entity.id(), text)));
        Ok(Some(entity))
    }
}

fn kind(element: &str) -> Option<EntityKind> {
    Some(match element {
        "individual" => EntityKind::Person,
        "entity" => EntityKind::Organization,
        "object" => EntityKind::Vessel,
        _ => return None,
    })
}

fn kind_of(node: &Node) -> bool {
    kind(&node.name).is_some()
}

struct Target<'a> {
    reading: &'a Reading<'a>,
    entity: Entity,
    problems: Vec<String>,
}

/// All that an element says, in one line.
fn line(node: &Node) -> String {
    let own = node.words().into_iter();
    let attributes = node.attributes.iter().filter(|(name, _)| !name.contains("ssid"));
    let attributes = attributes.map(|(name, value)| format!("{name} {value}"));
    let below = node
        .children
        .iter()
        .map(|child| format!("{}: {}", child.name, line(child)));
    own.chain(attributes)
        .chain(below)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

impl Target<'_> {
    fn note(&mut self, what: &str, node: &Node) {
        let text = line(node);
        if !text.is_empty() {
            once(&mut self.entity.notes, format!("{what}: {text}"));
        }
    }

    fn unknown(&mut self, node: &Node) {
        once(
            &mut self.problems,
            format!("{WARNING}<{}> is not known; kept as a note", node.name),
        );
        self.note(&node.name.clone(), node);
    }

    /// An individual, an entity or an object.
    fn party(&mut self, node: &Node) {
        if let Some(sex) = node.attribute("sex") {
            match Gender::parse(&sex) {
                Some(gender) => self.entity.gender = Some(gender),
                None => self.entity.notes.push(format!("Sex: {sex}")),
            }
        }
        if let Some(word) = node.attribute("object-type") {
            self.entity.kind = match word.as_str() {
                "vessel" => EntityKind::Vessel,
                "aircraft" => EntityKind::Aircraft,
                _ => EntityKind::Asset,
            };
            self.entity.notes.push(format!("Type of object: {word}"));
        }
        for child in &node.children {
            match child.name.as_str() {
                "identity" => self.identity(child),
                "justification" => self.note("Justification", child),
                "other-information" => self.other(child),
                "relation" => self.relation(child),
                "generic-attribute" => self.generic(child),
                _ => self.unknown(child),
            }
        }
        self.entity
            .names
            .sort_by_key(|name| name.role != NameRole::Primary);
        if let Some(first) = self
            .entity
            .names
            .first_mut()
            .filter(|first| first.role != NameRole::Primary)
        {
            first.role = NameRole::Primary;
        }
    }

    fn identity(&mut self, node: &Node) {
        for child in &node.children {
            match child.name.as_str() {
                "name" => self.name(child),
                "nationality" => self.nationality(child),
                "day-month-year" => self.birth_date(child),
                "place-of-birth" => self.birth_place(child),
                "address" => self.address(child),
                "identification-document" => self.document(child),
                _ => self.unknown(child),
            }
        }
    }

    /// A name has parts in an order; parts may be spelled in several scripts.
    fn name(&mut self, node: &Node) {
        let mut parts: Vec<&Node> = node
            .children
            .iter()
            .filter(|child| child.name == "name-part")
            .collect();
        parts.sort_by_key(|part| {
            part.attribute("order")
                .and_then(|order| order.parse::<u32>().ok())
                .unwrap_or(u32::MAX)
        });
        let written: Vec<String> = parts.iter().filter_map(|part| part.get("value")).collect();
        let role = self.role(node);
        self.put_name(&written.join(" "), role, None);
        let role = match role {
            NameRole::Primary => NameRole::StrongAlias,
            role => role,
        };
        for spelled in ch_names::spelled(&parts, &self.reading.unfolding) {
            let language = spelled.language;
            for name in spelled.names {
                self.put_name(&name, role, Some(&language));
            }
            for word in &spelled.left {
                let note = format!("Spelling of a part of the name ({language}): {word}");
                once(&mut self.entity.notes, note);
            }
            if !spelled.left.is_empty() {
                self.problems.push(format!(
                    "{WARNING}a name has more than {} spellings ({language}); some are kept as notes",
                    ch_names::MOST
                ));
            }
        }
    }

    fn put_name(&mut self, text: &str, role: NameRole, label: Option<&str>) {
        if !usable_name(text) {
            if !text.is_empty() {
                self.problems
                    .push(format!("{WARNING}'{text}' is no usable name; kept as a note"));
                self.entity.notes.push(format!("Name: {text}"));
            }
            return;
        }
        let latin = text.chars().any(|c| c.script() == Script::Latin);
        let role = match role {
            NameRole::StrongAlias if !latin => NameRole::OriginalScript,
            NameRole::Primary
                if self
                    .entity
                    .names
                    .iter()
                    .any(|name| name.role == NameRole::Primary) =>
            {
                NameRole::StrongAlias
            }
            role => role,
        };
        if !self.entity.names.iter().any(|name| name.text == text) {
            let mut name = Name::new(text, role);
            name.label = label.map(str::to_owned).filter(|label| !label.is_empty());
            self.entity.names.push(name);
        }
    }

    fn role(&mut self, node: &Node) -> NameRole {
        let weak = node.attribute("quality").is_some_and(|quality| quality == "low");
        match node.attribute("name-type").as_deref() {
            Some("primary-name") => NameRole::Primary,
            Some("formerly-known-as") => NameRole::Former,
            _ if weak => NameRole::WeakAlias,
            Some("alias" | "maiden-name") | None => NameRole::StrongAlias,
            Some(other) => {
                self.problems.push(format!(
                    "the name type '{other}' is not known; taken as a strong alias"
                ));
                NameRole::StrongAlias
            }
        }
    }

    fn nationality(&mut self, node: &Node) {
        if let Some(country) = country(node) {
            once(
                &mut self.entity.countries,
                CountryLink::new(CountryRelation::Nationality, country),
            );
        }
    }

    fn birth_date(&mut self, node: &Node) {
        let number = |name: &str| node.attribute(name).and_then(|text| text.parse::<u32>().ok());
        let text = match (number("year"), number("month"), number("day")) {
            (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
            (Some(year), None, _) => format!("{year:04}"),
            _ => String::new(),
        };
        let to = number("year-to")
            .filter(|_| text.len() == 4)
            .map(|to| format!("{text} to {to:04}"));
        let gregorian = node
            .attribute("calendar")
            .is_none_or(|calendar| calendar == "Gregorian");
        match BirthDate::parse(to.as_deref().unwrap_or(&text)).filter(|_| gregorian) {
            Some(mut date) => {
                date.circa = node.attribute("quality").is_some_and(|quality| quality == "low");
                once(&mut self.entity.birth_dates, date);
            }
            None => {
                let told = births::put_unread(&line(node), &mut self.entity);
                self.problems.push(told);
            }
        }
    }

    /// What a place that is referred to is called, and its country.
    fn place(&self, node: &Node) -> (Vec<String>, Option<String>) {
        let id = node.attribute("place-id");
        let Some(place) = id.and_then(|id| self.reading.places.get(&id)) else {
            return (Vec::new(), None);
        };
        let parts = ["location", "area"]
            .into_iter()
            .filter_map(|name| place.get(name));
        let (parts, country): (Vec<String>, _) = (parts.collect(), country(place));
        let size = parts.iter().chain(&country).map(String::len).sum();
        match self.reading.unfolding.add(size) {
            true => (parts, country),
            false => (Vec::new(), None),
        }
    }

    fn birth_place(&mut self, node: &Node) {
        let (mut parts, country) = self.place(node);
        parts.extend(country.clone());
        if !parts.is_empty() {
            let country = country.as_deref().and_then(tamis_model::country_code);
            once(
                &mut self.entity.birth_places,
                Place {
                    text: parts.join(", "),
                    country,
                },
            );
        }
    }

    fn address(&mut self, node: &Node) {
        let (parts, country) = self.place(node);
        let lines = ["c-o", "address-details", "p-o-box"]
            .into_iter()
            .filter_map(|name| node.get(name));
        let address = Address {
            lines: lines.collect(),
            city: Some(parts.join(", ")).filter(|text| !text.is_empty()),
            postal_code: node.get("zip-code"),
            country: country.clone(),
            note: node.get("remark"),
            ..Address::default()
        };
        if let Some(country) = country {
            once(
                &mut self.entity.countries,
                CountryLink::new(CountryRelation::Address, country),
            );
        }
        if address != Address::default() {
            once(&mut self.entity.addresses, address);
        }
    }

    fn document(&mut self, node: &Node) {
        let Some(number) = node.get("number").filter(|number| usable_name(number)) else {
            self.note("Document", node);
            return;
        };
        let word = node.attribute("document-type").unwrap_or_default();
        let kind = match word.as_str() {
            "passport" | "diplomatic-passport" => IdentifierKind::Passport,
            "id-card" | "national-identification-number" => IdentifierKind::NationalId,
            _ => IdentifierKind::Other,
        };
        let mut id = Identifier::new(kind, number);
        id.country = node
            .child("issuer")
            .and_then(|issuer| issuer.words().or_else(|| issuer.attribute("code")));
        let rest: Vec<String> = ["date-of-issue", "expiry-date", "remark"]
            .into_iter()
            .filter_map(|name| node.get(name))
            .collect();
        let label: Vec<String> = [word]
            .into_iter()
            .chain(rest)
            .filter(|text| !text.is_empty())
            .collect();
        id.label = (!label.is_empty()).then(|| label.join("; "));
        once(&mut self.entity.identifiers, id);
    }

    fn other(&mut self, node: &Node) {
        let Some(text) = node.words() else { return };
        let number = text.split_once("IMO number:").map(|(_, rest)| rest);
        if let Some(number) = number {
            let digits: String = number
                .trim_start()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            if !digits.is_empty() {
                once(
                    &mut self.entity.identifiers,
                    Identifier::new(IdentifierKind::Imo, digits),
                );
            }
        }
        once(&mut self.entity.notes, format!("Other information: {text}"));
    }

    fn relation(&mut self, node: &Node) {
        let word = node.attribute("relation-type").unwrap_or_default();
        let role = match word.as_str() {
            "child-of" | "brother-of" | "sister-of" | "spouse-of" | "parent-of" | "family-of" => {
                RelationRole::Family
            }
            "owned-by" | "subsidiary-of" => RelationRole::OwnedBy,
            "parent-company-of" | "owner-of" => RelationRole::Owns,
            _ => RelationRole::LinkedTo,
        };
        let id = node.attribute("target-id");
        let relation = Relation {
            role,
            other: id.as_ref().map_or_else(|| line(node), |id| format!("ch:{id}")),
            other_id: id.map(|id| format!("ch:{id}")),
            share: None,
            note: Some(word).filter(|word| !word.is_empty()),
            from: None,
            to: None,
            source: None,
        };
        once(&mut self.entity.relations, relation);
    }

    fn generic(&mut self, node: &Node) {
        let what = node.attribute("name").unwrap_or_else(|| "Attribute".to_owned());
        let text = node.words().unwrap_or_default();
        once(&mut self.entity.notes, format!("{what}: {text}"));
    }

    /// Whether the target has left the list; the other modifications are notes.
    fn modifications(&mut self, node: &Node) -> bool {
        let mut last: Option<(String, bool)> = None;
        for child in node.children.iter().filter(|child| child.name == "modification") {
            let word = child.attribute("modification-type").unwrap_or_default();
            let day = ["effective-date", "enactment-date", "publication-date"]
                .into_iter()
                .find_map(|name| child.attribute(name));
            let day = day.unwrap_or_default();
            if last.as_ref().is_none_or(|(known, _)| *known <= day) {
                last = Some((day, word == "de-listed"));
            }
            self.note("Modification", child);
        }
        last.is_some_and(|(_, removed)| removed)
    }

    fn measures(&mut self, node: &Node) {
        let listed = node.children.iter().filter(|child| {
            child.name == "modification" && child.attribute("modification-type").as_deref() == Some("listed")
        });
        let from = listed
            .filter_map(|child| child.attribute("effective-date")?.parse().ok())
            .min();
        for id in node
            .children
            .iter()
            .filter(|child| child.name == "sanctions-set-id")
            .filter_map(Node::words)
        {
            let set = self.reading.sets.get(&id);
            if set.is_none() {
                self.problems.push(format!(
                    "{WARNING}the sanctions set {id} is not in the list; an asset freeze is assumed"
                ));
            }
            let size = set.map_or(0, |set| set.name.len() + set.programme.len() + set.title.len());
            if !self.reading.unfolding.add(size) {
                return;
            }
            let name = set.map(|set| set.name.to_lowercase()).unwrap_or_default();
            let (code, prohibits) = effect(&name);
            let mut measure = Measure::new(code, AUTHORITY, prohibits);
            measure.programme = set
                .map(|set| set.programme.clone())
                .filter(|text| !text.is_empty());
            measure.legal_basis = set.map(|set| set.title.clone()).filter(|text| !text.is_empty());
            measure.detail = set.map(|set| set.name.clone());
            measure.from = from;
            once(&mut self.entity.measures, measure);
        }
        if self.entity.measures.is_empty() {
            self.problems.push(format!(
                "{WARNING}no sanctions set is named; an asset freeze is assumed"
            ));
            self.entity.measures.push(Measure::new(
                "ch.seco.freeze",
                AUTHORITY,
                Prohibition::AssetFreeze,
            ));
        }
    }
}

/// What a sanctions set prohibits, by its name. What is not known freezes.
fn effect(name: &str) -> (&'static str, Prohibition) {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if has(&["financ", "asset", "freez", "funds"]) => ("ch.seco.freeze", Prohibition::AssetFreeze),
        () if has(&["travel", "entry", "transit"]) => ("ch.seco.travel-ban", Prohibition::TravelBan),
        () if has(&["arms", "weapon", "military"]) => ("ch.seco.arms-embargo", Prohibition::ArmsEmbargo),
        () if has(&["export", "goods", "dual-use"]) => ("ch.seco.goods", Prohibition::ExportLicence),
        () if has(&["securit", "capital market", "loan", "banking"]) => {
            ("ch.seco.sectoral", Prohibition::SectoralRestriction)
        }
        () => ("ch.seco.freeze", Prohibition::AssetFreeze),
    }
}

/// The country that an element names, by its word or by its code.
fn country(node: &Node) -> Option<String> {
    let country = node.child("country")?;
    country.words().or_else(|| country.attribute("iso-code"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_known_by_their_names() {
        assert_eq!(effect("financial measures, annex 2").1, Prohibition::AssetFreeze);
        assert_eq!(effect("travel ban, annex 1").1, Prohibition::TravelBan);
        assert_eq!(effect("something else").1, Prohibition::AssetFreeze);
    }
}
