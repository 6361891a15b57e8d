//! From the record of a party to its entry.

use crate::births;
use crate::eu_entity::is_latin;
use crate::file::usable_name;
use crate::os_record::{Record, Records};
use crate::tables::{OS_PROPERTIES, cell, find};
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind, Name,
    NameRole, Place, Relation, RelationRole, country_code,
};

/// The list's id, the first part of the ids of its entries.
pub(crate) const LIST: &str = "opensanctions";

/// Adds `item` unless it is there.
pub(crate) fn once<T: PartialEq>(items: &mut Vec<T>, item: T) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// The kind that a schema's part means.
pub(crate) fn kind(part: &str) -> Option<EntityKind> {
    EntityKind::parse(part)
}

/// The entry of a record, with the properties that are not known, and what is to be told of it. `None` when no name can be matched.
pub(crate) fn entry(
    record: &Record,
    kind: EntityKind,
    records: &Records,
) -> (Entity, Vec<String>, Vec<String>) {
    let mut reading = Reading {
        entity: Entity::new(LIST, record.id.as_str(), kind),
        unknown: Vec::new(),
        problems: Vec::new(),
        records,
    };
    for (property, values) in &record.properties {
        for value in values {
            reading.property(property, value.trim());
        }
    }
    reading.primary(record);
    let entity = &mut reading.entity;
    if record.schema != "Person" {
        entity.notes.push(format!("schema: {}", record.schema));
    }
    if !record.datasets.is_empty() {
        entity
            .notes
            .push(format!("datasets: {}", record.datasets.join(", ")));
    }
    entity.notes.extend(record.beside.iter().cloned());
    (reading.entity, reading.unknown, reading.problems)
}

struct Reading<'a> {
    entity: Entity,
    unknown: Vec<String>,
    problems: Vec<String>,
    records: &'a Records,
}

impl Reading<'_> {
    fn note(&mut self, property: &str, value: &str) {
        once(&mut self.entity.notes, format!("{property}: {value}"));
    }

    fn property(&mut self, property: &str, value: &str) {
        let Some(row) = find(&OS_PROPERTIES, property) else {
            // The other end of a link that says so itself.
            if self.records.get(value).is_none_or(is_party) {
                self.unknown.push(property.to_owned());
                self.note(property, value);
            }
            return;
        };
        let field = cell(row, 1).unwrap_or("note");
        if !self.typed(field, property, value) {
            self.note(property, value);
        }
    }

    /// Puts a value into its field; `false` when it does not fit there.
    fn typed(&mut self, field: &str, property: &str, value: &str) -> bool {
        match field {
            "name" | "alias" => self.name(property, value, NameRole::StrongAlias),
            "weak_alias" => self.name(property, value, NameRole::WeakAlias),
            "former_name" => self.name(property, value, NameRole::Former),
            "birth_date" => {
                let told = births::put(property, value, &mut self.entity);
                self.problems.extend(told);
                true
            }
            "birth_place" => {
                let place = Place {
                    text: value.to_owned(),
                    country: country_code(value),
                };
                once(&mut self.entity.birth_places, place);
                true
            }
            "gender" => {
                let gender = Gender::parse(value);
                let fits = gender.is_some() && self.entity.gender.is_none_or(|known| Some(known) == gender);
                if fits {
                    self.entity.gender = gender;
                }
                fits
            }
            "nationality" => self.country(CountryRelation::Nationality, value, ""),
            "citizenship" => self.country(CountryRelation::Citizenship, value, ""),
            "residence" => self.country(CountryRelation::Residence, value, ""),
            "registration" => self.country(CountryRelation::Registration, value, ""),
            "country" => self.country(CountryRelation::Unspecified, value, ""),
            "flag" => self.country(CountryRelation::Flag, value, ""),
            "past_flag" => self.country(CountryRelation::Flag, value, "Previous flag: "),
            "address" => {
                let address = Address {
                    lines: vec![value.to_owned()],
                    ..Address::default()
                };
                once(&mut self.entity.addresses, address);
                true
            }
            "address_ref" => self.address(value),
            "position" => {
                once(&mut self.entity.positions, value.to_owned());
                true
            }
            "owned_by" => self.relation(RelationRole::OwnedBy, property, value),
            "related" => self.relation(RelationRole::Other, property, value),
            // Topics are read as measures as well.
            "topic" | "note" => false,
            _ => self.identifier(field, property, value),
        }
    }

    fn name(&mut self, property: &str, text: &str, role: NameRole) -> bool {
        if !usable_name(text) {
            return false;
        }
        let role = match role {
            NameRole::StrongAlias if !is_latin(text) => NameRole::OriginalScript,
            role => role,
        };
        let mut known = self.entity.names.iter_mut();
        match known.find(|name| name.text == text) {
            // What is a name is no weak alias.
            Some(known) => known.role = known.role.min(role),
            None => {
                let mut name = Name::new(text, role);
                name.label = (property != "name").then(|| property.to_owned());
                self.entity.names.push(name);
            }
        }
        true
    }

    fn country(&mut self, relation: CountryRelation, text: &str, before: &str) -> bool {
        let mut link = CountryLink::new(relation, text);
        link.text.insert_str(0, before);
        once(&mut self.entity.countries, link);
        true
    }

    fn address(&mut self, id: &str) -> bool {
        let Some(record) = self.records.get(id) else {
            return false;
        };
        if !self.records.unfolding.add(record.size()) {
            return true;
        }
        once(&mut self.entity.addresses, address(record));
        if let Some(country) = record.first("country") {
            self.country(CountryRelation::Address, country, "");
        }
        true
    }

    fn relation(&mut self, role: RelationRole, property: &str, value: &str) -> bool {
        let other = self.records.get(value).filter(|other| is_party(other));
        let name = other.and_then(display_name).unwrap_or(value);
        if !self.records.unfolding.add(name.len()) {
            return true;
        }
        let relation = Relation {
            role,
            other: name.to_owned(),
            other_id: other.map(|other| format!("{LIST}:{}", other.id)),
            share: None,
            from: None,
            to: None,
            note: Some(property.to_owned()),
            source: None,
        };
        once(&mut self.entity.relations, relation);
        true
    }

    fn identifier(&mut self, field: &str, property: &str, value: &str) -> bool {
        let kind = match (field, self.entity.kind) {
            ("registration_id", EntityKind::Aircraft) => Some(IdentifierKind::TailNumber),
            ("other_id", _) => Some(IdentifierKind::Other),
            (field, _) => IdentifierKind::parse(field),
        };
        let Some(kind) = kind.filter(|_| usable_name(value)) else {
            return false;
        };
        let mut id = Identifier::new(kind, value);
        id.label = Some(property.to_owned());
        once(&mut self.entity.identifiers, id);
        true
    }

    /// Makes the name that the record goes by the primary one. A record without names goes by its caption, then by
    /// the parts of a name, then by a number that the kind of asset is known by.
    fn primary(&mut self, record: &Record) {
        let caption = record.caption.as_deref().map(str::trim);
        let caption = caption.filter(|caption| *caption != record.schema && usable_name(caption));
        if self.entity.names.is_empty() {
            let parts = ["firstName", "middleName", "lastName"].into_iter();
            let parts: Vec<&str> = parts.filter_map(|part| record.first(part)).collect();
            let numbers = [
                "publicKey",
                "registrationNumber",
                "imoNumber",
                "isin",
                "accountNumber",
            ];
            let number = numbers.into_iter().find_map(|number| record.first(number));
            let made = Some(parts.join(" ")).filter(|made| usable_name(made));
            let person = self.entity.kind == EntityKind::Person;
            let number = number.filter(|number| !person && usable_name(number));
            let text = caption.map(str::to_owned).or(made).or(number.map(str::to_owned));
            self.entity
                .names
                .extend(text.map(|text| Name::new(text, NameRole::Primary)));
        }
        let names = &mut self.entity.names;
        let by_caption = names
            .iter()
            .position(|name| Some(name.text.as_str()) == caption && name.role.is_strong());
        let by_role = names.iter().position(|name| name.role == NameRole::StrongAlias);
        let by_order = names.iter().position(|name| name.role.is_strong());
        if let Some(at) = by_caption
            .or(by_role)
            .or(by_order)
            .or((!names.is_empty()).then_some(0))
        {
            let mut name = names.remove(at);
            name.role = NameRole::Primary;
            names.insert(0, name);
        }
        let shown = caption.filter(|caption| !names.iter().any(|name| name.text == *caption));
        if let Some(caption) = shown {
            self.note("caption", caption);
        }
    }
}

/// Whether a record is of a party, as far as its schema is known.
pub(crate) fn is_party(record: &Record) -> bool {
    match record.part() {
        Some(row) => cell(row, 1).and_then(kind).is_some(),
        None => record.first("name").is_some(),
    }
}

/// The name that a record goes by.
pub(crate) fn display_name(record: &Record) -> Option<&str> {
    let caption = record.caption.as_deref().map(str::trim);
    let caption = caption.filter(|caption| !caption.is_empty() && *caption != record.schema);
    caption
        .or_else(|| record.first("name"))
        .or_else(|| record.first("alias"))
}

fn address(record: &Record) -> Address {
    let text = |property| {
        let values: Vec<&str> = record.values(property).collect();
        Some(values.join("; ")).filter(|text| !text.is_empty())
    };
    let box_number = text("postOfficeBox");
    let parts = ["street", "street2", "street3"]
        .into_iter()
        .filter_map(text)
        .chain(box_number);
    let lines: Vec<String> = parts.collect();
    let whole = text("full").or_else(|| text("name"));
    let split = !lines.is_empty() || record.first("city").is_some();
    let read = [
        "street",
        "street2",
        "street3",
        "postOfficeBox",
        "city",
        "region",
        "state",
        "postalCode",
        "country",
    ];
    let beside = record
        .properties
        .iter()
        .filter(|(name, _)| !read.contains(&name.as_str()));
    let beside = beside.filter(|(name, _)| split || !["full", "name"].contains(&name.as_str()));
    let note: Vec<String> = beside
        .map(|(name, values)| format!("{name}: {}", values.join(", ")))
        .collect();
    Address {
        lines: if split { lines } else { whole.into_iter().collect() },
        city: text("city"),
        region: text("region").or_else(|| text("state")),
        postal_code: text("postalCode"),
        country: text("country"),
        note: (!note.is_empty()).then(|| note.join("; ")),
    }
}
