//! The European Commission's consolidated list of financial sanctions (FSF) as XML:
//! `xmlFullSanctionsList_1_1`, after its schema 1.1 of 12 October 2017. The file states no number of entries.
//!
//! An element that the schema has not is refused, since it could hold names; an attribute that it has not is
//! kept as a note, with a warning.

use crate::detect::choose;
use crate::eu_entity::{self, Entry};
use crate::file::{Title, WARNING, finish, remark};
use crate::kinds::UnknownKinds;
use crate::xml::{self, Node, Part};
use crate::{Error, ErrorKind, File, Format, xml_elements};
use jiff::civil::Date;
use std::collections::HashSet;
use tamis_model::{Entity, List, Remark};

/// The names under which the Commission publishes the file.
const OFFICIAL: [&str; 2] = ["xmlfullsanctionslist_1_1.xml", "xmlfullsanctionslist.xml"];

/// Whether a file with the root `export` is this one: by its namespace, or by its entries.
pub(crate) fn is_export(head: &str) -> bool {
    head.contains("/fsd/export") || head.contains("sanctionEntity")
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, others) = choose(Format::EuXml, &OFFICIAL, files)?;
    let mut reading = Reading::new(file);
    reading.remarks.extend(others);
    xml::read(file, "export", &[], &["sanctionEntity"], |part| {
        reading.part(part)
    })?;
    if reading.entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    reading
        .kinds
        .settle(file, &reading.entities, &mut reading.remarks)?;
    let title = Title {
        id: eu_entity::LIST,
        title: eu_entity::TITLE,
        format: "eu-xml",
        published: reading.published,
    };
    Ok(finish(title, &[file], reading.entities, reading.remarks))
}

struct Reading<'a> {
    file: &'a File,
    published: Option<Date>,
    logical_ids: HashSet<String>,
    ids: Ids,
    entities: Vec<Entity>,
    kinds: UnknownKinds,
    remarks: Vec<Remark>,
}

impl<'a> Reading<'a> {
    fn new(file: &'a File) -> Reading<'a> {
        Reading {
            file,
            published: None,
            logical_ids: HashSet::new(),
            ids: Ids::default(),
            entities: Vec::new(),
            kinds: UnknownKinds::default(),
            remarks: Vec::new(),
        }
    }

    fn part(&mut self, part: Part) -> Result<(), Error> {
        match part {
            Part::Root(attributes) => {
                self.root(&attributes);
                Ok(())
            }
            Part::Section(_) => Ok(()),
            Part::Element(node) => {
                xml_elements::check(self.file, &node, ELEMENTS)?;
                self.entry(&node)
            }
        }
    }

    fn root(&mut self, attributes: &[(String, String)]) {
        let generated = attributes.iter().find(|(name, _)| name == "generationDate");
        self.published = generated.and_then(|(_, text)| eu_entity::day(text));
        if self.published.is_none() {
            let text = "the list has no readable generationDate";
            self.remarks.push(remark(self.file.name.as_str(), text));
        }
    }

    fn entry(&mut self, node: &Node) -> Result<(), Error> {
        let error = |kind| Error::at(self.file.name.as_str(), node.line, kind);
        let Some(logical) = node.attribute("logicalId") else {
            let entry = format!("number {}", self.entities.len() + 1);
            return Err(error(ErrorKind::Field {
                field: "logicalId",
                entry,
                value: String::new(),
                problem: "missing",
            }));
        };
        if !self.logical_ids.insert(logical.clone()) {
            return Err(error(ErrorKind::DuplicateId { entry: logical }));
        }
        let reference = node.attribute("euReferenceNumber");
        let id = self.ids.of(reference, &logical, &mut self.remarks);
        let mut entry = Entry::of(node, &id, &mut self.remarks);
        for child in &node.children {
            entry.put(child, &mut self.remarks);
        }
        let finished = entry.finish(&mut self.kinds, &mut self.remarks);
        let mut entity = finished.map_err(|name| {
            let kind = ErrorKind::NoName { entry: id, name };
            Error::at(self.file.name.as_str(), node.line, kind)
        })?;
        note_unknown_attributes(node, &mut entity, &mut self.remarks);
        self.entities.push(entity);
        Ok(())
    }
}

/// The ids that entries have been given.
#[derive(Debug, Default)]
pub(crate) struct Ids(HashSet<String>);

impl Ids {
    /// The EU reference number, which the list for readers has too; the logical id where
    /// there is none, or another entry has it.
    pub(crate) fn of(
        &mut self,
        reference: Option<String>,
        logical: &str,
        remarks: &mut Vec<Remark>,
    ) -> String {
        let Some(reference) = reference else {
            let id = logical.to_owned();
            self.0.insert(id.clone());
            return id;
        };
        if self.0.insert(reference.clone()) {
            return reference;
        }
        let id = format!("{reference}#{logical}");
        let text = format!("the reference number {reference} was used before; this entry is {id}");
        remarks.push(remark(format!("{}:{id}", eu_entity::LIST), text));
        self.0.insert(id.clone());
        id
    }
}

/// The schema's elements; one that is not named on the left holds text only.
const ELEMENTS: &xml_elements::Known = &[
    (
        "sanctionEntity",
        &[
            "remark",
            "additionalInformation",
            "regulation",
            "subjectType",
            "nameAlias",
            "citizenship",
            "birthdate",
            "address",
            "identification",
        ],
    ),
    (
        "regulation",
        &["remark", "additionalInformation", "publicationUrl", "corrigendum"],
    ),
    ("nameAlias", DETAIL),
    ("citizenship", DETAIL),
    ("birthdate", DETAIL),
    (
        "address",
        &[
            "remark",
            "additionalInformation",
            "regulationSummary",
            "contactInfo",
        ],
    ),
    ("identification", DETAIL),
];

const DETAIL: &[&str] = &["remark", "additionalInformation", "regulationSummary"];

const ACT: &[&str] = &[
    "regulationType",
    "publicationDate",
    "numberTitle",
    "publicationUrl",
];

/// The schema's attributes by element. Details have besides those in [`EVERYWHERE`].
const ATTRIBUTES: &xml_elements::Known = &[
    (
        "sanctionEntity",
        &[
            "delistingDate",
            "designationDate",
            "designationDetails",
            "unitedNationId",
            "euReferenceNumber",
        ],
    ),
    (
        "regulation",
        &[
            "regulationType",
            "organisationType",
            "publicationDate",
            "entryIntoForceDate",
            "numberTitle",
            "programme",
        ],
    ),
    ("regulationSummary", ACT),
    ("corrigendum", ACT),
    ("subjectType", &["code", "classificationCode"]),
    (
        "nameAlias",
        &[
            "firstName",
            "middleName",
            "lastName",
            "wholeName",
            "function",
            "gender",
            "title",
            "nameLanguage",
            "strong",
        ],
    ),
    ("citizenship", &["acquisitionDate", "disenfranchisementDate"]),
    (
        "birthdate",
        &[
            "circa",
            "calendarType",
            "city",
            "zipCode",
            "birthdate",
            "dayOfMonth",
            "monthOfYear",
            "year",
            "yearRangeFrom",
            "yearRangeTo",
            "place",
        ],
    ),
    (
        "address",
        &["city", "street", "poBox", "zipCode", "place", "asAtListingTime"],
    ),
    (
        "identification",
        &[
            "diplomatic",
            "knownExpired",
            "knownFalse",
            "reportedLost",
            "revokedByIssuer",
            "issueDate",
            "issuedBy",
            "latinNumber",
            "nameOnDocument",
            "number",
            "validFrom",
            "validTo",
            "identificationTypeCode",
            "identificationTypeDescription",
        ],
    ),
    ("contactInfo", &["key", "value"]),
    ("additionalInformation", &["key", "value"]),
];

/// The identity of a detail, the language it was taken from, and where it lies.
const EVERYWHERE: &[&str] = &[
    "logicalId",
    "regulationLanguage",
    "region",
    "countryIso2Code",
    "countryDescription",
];

/// Whether the schema has an attribute for an element.
pub(crate) fn is_attribute(element: &str, name: &str) -> bool {
    let row = ATTRIBUTES.iter().find(|(known, _)| *known == element);
    let names = row.map_or(&[][..], |(_, names)| *names);
    names.contains(&name) || EVERYWHERE.contains(&name)
}

fn note_unknown_attributes(node: &Node, entity: &mut Entity, remarks: &mut Vec<Remark>) {
    for (name, value) in &node.attributes {
        if is_attribute(&node.name, name) {
            continue;
        }
        let element = &node.name;
        let text = format!("{WARNING}the attribute {name} of <{element}> is not known; kept as a note");
        remarks.push(remark(entity.id(), text));
        entity.notes.push(format!("{element}, {name}: {value}"));
    }
    for child in &node.children {
        note_unknown_attributes(child, entity, remarks);
    }
}
