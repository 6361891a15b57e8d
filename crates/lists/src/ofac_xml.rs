//! OFAC's XML form (`SDN.XML`, `CONSOLIDATED.XML`), after OFAC's schema. Its namespace has changed over the
//! years and is not looked at; `publshInformation` is really spelt so.
//!
//! The file does not say which list it is: the programmes do, see [`OfacList::of_programmes`].

use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::ofac_csv::{Vessel, kind_of, put_address};
use crate::programmes::OfacList;
use crate::xml::{self, Node, Part};
use crate::xml_elements;
use crate::{Error, ErrorKind, File, Format, labels, remarks as items};
use jiff::civil::Date;
use std::collections::HashSet;
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Identifier, List, Name, NameRole, Remark,
};

/// The names under which OFAC publishes the file.
const OFFICIAL: [&str; 5] = [
    "sdn.xml",
    "consolidated.xml",
    "cons.xml",
    "sdn_xml.xml",
    "cons_xml.xml",
];

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, others) = choose(Format::OfacXml, &OFFICIAL, files)?;
    let mut reading = Reading::new(file);
    reading.remarks = others;
    xml::read(file, "sdnList", &[], &["publshInformation", "sdnEntry"], |part| {
        reading.part(part)
    })?;
    reading.finish()
}

struct Reading<'a> {
    file: &'a File,
    published: Option<Date>,
    stated: Option<usize>,
    ids: HashSet<String>,
    entities: Vec<Entity>,
    programmes: Vec<Vec<String>>,
    kinds: UnknownKinds,
    remarks: Vec<Remark>,
}

impl<'a> Reading<'a> {
    fn new(file: &'a File) -> Reading<'a> {
        Reading {
            file,
            published: None,
            stated: None,
            ids: HashSet::new(),
            entities: Vec::new(),
            programmes: Vec::new(),
            kinds: UnknownKinds::default(),
            remarks: Vec::new(),
        }
    }

    fn error(&self, line: u64, kind: ErrorKind) -> Error {
        Error::at(self.file.name.as_str(), line, kind)
    }

    fn part(&mut self, part: Part) -> Result<(), Error> {
        match part {
            Part::Root(_) | Part::Section(_) => Ok(()),
            Part::Element(node) => {
                xml_elements::check(self.file, &node, xml_elements::OFAC)?;
                if node.name == "sdnEntry" {
                    self.entry(&node)
                } else {
                    self.information(&node)
                }
            }
        }
    }

    fn information(&mut self, node: &Node) -> Result<(), Error> {
        let field = |field, value: String, problem| ErrorKind::Field {
            field,
            entry: "-".into(),
            value,
            problem,
        };
        if let Some(text) = node.get("Publish_Date") {
            let date = month_first(&text);
            let problem = "no date as month/day/year";
            self.published =
                Some(date.ok_or_else(|| self.error(node.line, field("Publish_Date", text, problem)))?);
        }
        if let Some(text) = node.get("Record_Count") {
            let count = text.parse().ok();
            self.stated =
                Some(count.ok_or_else(|| self.error(node.line, field("Record_Count", text, "no number")))?);
        }
        Ok(())
    }

    fn entry(&mut self, node: &Node) -> Result<(), Error> {
        let uid = node.get("uid").unwrap_or_default();
        if uid.is_empty() {
            let (entry, value) = (format!("number {}", self.entities.len() + 1), uid);
            let kind = ErrorKind::Field {
                field: "uid",
                entry,
                value,
                problem: "missing",
            };
            return Err(self.error(node.line, kind));
        }
        if !self.ids.insert(uid.clone()) {
            return Err(self.error(node.line, ErrorKind::DuplicateId { entry: uid }));
        }
        let name = full_name(node);
        if !usable_name(&name) {
            return Err(self.error(node.line, ErrorKind::NoName { entry: uid, name }));
        }
        let word = node.get("sdnType").unwrap_or_default();
        let kind = kind_of(&word);
        // The list is known when the last entry is read; until then the id is the SDN list's.
        let mut entity = Entity::new(OfacList::Sdn.id(), uid, kind.unwrap_or(EntityKind::Organization));
        entity.names.push(Name::new(name, NameRole::Primary));
        if kind.is_none() {
            let place = format!("{}, line {}", self.file.name, node.line);
            let text = format!("entry {} is of the unknown type '{word}'", entity.native_id);
            self.remarks.push(remark(place, text));
            self.kinds.add(&word, &mut entity);
        }
        let mut programmes = Vec::new();
        for child in &node.children {
            self.field(child, &mut entity, &mut programmes);
        }
        self.entities.push(entity);
        self.programmes.push(programmes);
        Ok(())
    }

    fn field(&mut self, node: &Node, entity: &mut Entity, programmes: &mut Vec<String>) {
        let remarks = &mut self.remarks;
        match node.name.as_str() {
            "uid" | "firstName" | "lastName" | "sdnType" => {}
            "title" => entity.positions.extend(node.words()),
            "remarks" => {
                items::put(&node.words().unwrap_or_default(), entity, remarks);
            }
            "programList" => programmes.extend(node.children.iter().filter_map(Node::words)),
            "idList" => each(node, |id| put_id(id, entity, remarks)),
            "akaList" => each(node, |aka| put_alias(aka, entity, remarks)),
            "addressList" => each(node, |address| put_postal(address, entity)),
            "nationalityList" => each(node, |n| put_country(n, CountryRelation::Nationality, entity)),
            "citizenshipList" => each(node, |n| put_country(n, CountryRelation::Citizenship, entity)),
            "dateOfBirthList" => each(node, |item| {
                let text = item.get("dateOfBirth").unwrap_or_default();
                if !text.is_empty() && !items::put_dates(&text, entity, remarks) {
                    entity.notes.push(format!("DOB {text}"));
                }
            }),
            "placeOfBirthList" => each(node, |item| {
                let place = item.get("placeOfBirth").map(|text| items::place(&text));
                entity.birth_places.extend(place);
            }),
            "vesselInfo" => put_vessel(node, entity),
            other => {
                let text = flat_text(node);
                if !text.is_empty() {
                    entity.notes.push(format!("{other}: {text}"));
                }
            }
        }
    }

    fn finish(mut self) -> Result<List, Error> {
        let read = self.entities.len();
        if read == 0 && self.stated.unwrap_or(0) == 0 {
            return Err(self.file.error(ErrorKind::NoEntries));
        }
        match self.stated {
            Some(stated) if stated != read => {
                return Err(self.file.error(ErrorKind::RecordCount { stated, read }));
            }
            None => {
                let text = "the list states no Record_Count: nothing shows that it is complete";
                self.remarks
                    .push(remark(self.file.name.as_str(), format!("{WARNING}{text}")));
            }
            _ => {}
        }
        self.kinds.settle(self.file, &self.entities, &mut self.remarks)?;
        let list = self.list();
        for (entity, programmes) in self.entities.iter_mut().zip(&self.programmes) {
            entity.list = list.id().to_owned();
            entity.measures = list.measures(programmes, entity);
        }
        for remark in &mut self.remarks {
            if let Some(uid) = remark.place.strip_prefix("ofac-sdn:") {
                remark.place = format!("{}:{uid}", list.id());
            }
        }
        let title = Title {
            id: list.id(),
            title: list.title(),
            format: "ofac-xml",
            published: self.published,
        };
        Ok(finish(title, &[self.file], self.entities, self.remarks))
    }

    /// The list by its programmes; where the file's name says otherwise, the stricter one and a remark.
    fn list(&mut self) -> OfacList {
        let by_programmes = OfacList::of_programmes(&self.programmes);
        let name = self.file.lower_name();
        let said = match () {
            () if name.starts_with("sdn") => OfacList::Sdn,
            () if name.starts_with("cons") => OfacList::Consolidated,
            () => by_programmes,
        };
        if said == by_programmes {
            return said;
        }
        let text = "the file's name and the programmes disagree on which OFAC list this is; taken as the SDN list, \
                    which blocks";
        self.remarks
            .push(remark(self.file.name.as_str(), format!("{WARNING}{text}")));
        OfacList::Sdn
    }
}

fn each(node: &Node, put: impl FnMut(&Node)) {
    node.children.iter().for_each(put);
}

/// All text of an element and its children.
fn flat_text(node: &Node) -> String {
    let own = node.words().into_iter();
    let inner = node
        .children
        .iter()
        .map(flat_text)
        .filter(|text| !text.is_empty());
    own.chain(inner).collect::<Vec<_>>().join(" ")
}

/// `LAST, First`; organisations have a last name only.
fn full_name(node: &Node) -> String {
    let last = node.get("lastName").unwrap_or_default();
    match node.get("firstName") {
        Some(first) if last.is_empty() => first,
        Some(first) => format!("{last}, {first}"),
        None => last,
    }
}

fn put_alias(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let label = node.get("type").unwrap_or_default();
    let name = full_name(node);
    if !usable_name(&name) {
        remarks.push(remark(
            entity.id(),
            format!("{WARNING}alias '{name}' is no usable name; not kept"),
        ));
        return;
    }
    let role = match node.get("category").as_deref() {
        Some("weak") => NameRole::WeakAlias,
        category => {
            if category != Some("strong") {
                let text = format!("alias '{name}' has no known category; taken as a strong alias");
                remarks.push(remark(entity.id(), text));
            }
            if label.starts_with("f.k.a") {
                NameRole::Former
            } else {
                NameRole::StrongAlias
            }
        }
    };
    let mut alias = Name::new(name, role);
    alias.label = Some(label).filter(|label| !label.is_empty());
    entity.names.push(alias);
}

/// An id reads like an item of the remarks (`<type> <number>`), and is put into the same fields.
pub(crate) fn put_id(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    let part = |name| node.get(name).unwrap_or_default();
    let item = format!("{} {}", part("idType"), part("idNumber"))
        .trim()
        .to_owned();
    let beside = id_details(node);
    if item.is_empty() && beside.is_empty() {
        return;
    }
    let typed = labels::find(&item).is_some_and(|found| {
        let before = entity.identifiers.len();
        let put = items::put_labelled(&found, &item, entity, remarks);
        if let Some(id) = entity.identifiers.get_mut(before) {
            complete(id, node);
        } else if put && !beside.is_empty() {
            entity.notes.push(format!("{item} {beside}"));
        }
        put
    });
    if !typed {
        entity.notes.push(format!("{item} {beside}").trim().to_owned());
    }
}

/// Country and dates of an id, as the remarks write them.
fn id_details(node: &Node) -> String {
    let country = node.get("idCountry").map(|country| format!("({country})"));
    let issued = node.get("issueDate").map(|date| format!("issued {date}"));
    let expires = node.get("expirationDate").map(|date| format!("expires {date}"));
    [country, issued, expires]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn complete(id: &mut Identifier, node: &Node) {
    let dates = [("issued", "issueDate"), ("expires", "expirationDate")];
    for (word, date) in dates
        .iter()
        .filter_map(|(word, name)| Some((word, node.get(name)?)))
    {
        let label = id.label.get_or_insert_default();
        label.push_str(&format!(" {word} {date}"));
    }
    let stated = node.get("idCountry");
    // A parenthesis inside the number is a part of what is written there, not the issuing country.
    if let (Some(inner), Some(_)) = (&id.country, &stated) {
        let label = id.label.get_or_insert_default();
        label.push_str(&format!(" ({inner})"));
    }
    id.country = stated.or(id.country.take());
}

fn put_postal(node: &Node, entity: &mut Entity) {
    let lines = ["address1", "address2", "address3"];
    let address = Address {
        lines: lines.iter().filter_map(|name| node.get(name)).collect(),
        city: node.get("city"),
        region: node.get("stateOrProvince"),
        postal_code: node.get("postalCode"),
        country: node.get("country"),
        note: node.get("region").map(|region| format!("region: {region}")),
    };
    if address != Address::default() {
        put_address(address, entity);
    }
}

fn put_country(node: &Node, relation: CountryRelation, entity: &mut Entity) {
    let link = node
        .get("country")
        .map(|country| CountryLink::new(relation, country));
    entity.countries.extend(link);
}

fn put_vessel(node: &Node, entity: &mut Entity) {
    let text = |name| node.get(name);
    let (sign, flag) = (text("callSign"), text("vesselFlag"));
    let (kind, tonnage) = (text("vesselType"), text("tonnage"));
    let (gross, owner) = (text("grossRegisteredTonnage"), text("vesselOwner"));
    let vessel = Vessel {
        call_sign: sign.as_deref(),
        flag: flag.as_deref(),
        notes: [
            ("Vessel type", kind.as_deref()),
            ("Tonnage", tonnage.as_deref()),
            ("Gross registered tonnage", gross.as_deref()),
            ("Vessel owner", owner.as_deref()),
        ],
    };
    vessel.put(entity);
}

/// `01/08/2026` is the eighth of January.
fn month_first(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let mut next = || parts.next()?.trim().parse::<i16>().ok();
    let (month, day, year) = (next()?, next()?, next()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
