//! The EU's consolidated list of financial sanctions as CSV: `csvFullSanctionsList_1_1` of the European Commission.
//!
//! Fields are parted by semicolons. Each row repeats the fields of its entity and gives one detail: a name, an
//! address, a birth date, a document or a citizenship. A row is read as the elements that the XML form has for
//! it, so both forms give the same entities; this one lacks the quality of names and delisting dates.

use crate::csv_rows::{Rows, check_quotes, check_width, is_empty, titled};
use crate::detect::choose;
use crate::eu_entity::{self, Entry};
use crate::eu_xml::{Ids, is_attribute};
use crate::file::{Title, WARNING, finish, remark};
use crate::kinds::UnknownKinds;
use crate::xml::Node;
use crate::{Error, ErrorKind, File, Format};
use csv::StringRecord;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use tamis_model::{List, Remark};

/// Columns without which the file is not this one.
const NEEDED: [&str; 3] = [
    "Entity_LogicalId",
    "NameAlias_WholeName",
    "Entity_Regulation_Programme",
];

/// What the columns of a detail begin with, and the element that the XML form has for it.
const DETAILS: [(&str, &str); 5] = [
    ("NameAlias_", "nameAlias"),
    ("Address_", "address"),
    ("BirthDate_", "birthdate"),
    ("Identification_", "identification"),
    ("Citizenship_", "citizenship"),
];

/// Whether the first line of a file is the header of this format.
pub(crate) fn is_header(line: &str) -> bool {
    let mut columns = line
        .trim_start_matches('\u{feff}')
        .split(';')
        .map(|column| column.trim_matches(['"', ' ']));
    let first = columns
        .next()
        .is_some_and(|column| column.eq_ignore_ascii_case("fileGenerationDate"));
    first && columns.any(|column| column.eq_ignore_ascii_case(NEEDED[0]))
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, others) = choose(Format::EuCsv, &["csvfullsanctionslist_1_1.csv"], files)?;
    let text = file.utf8()?;
    let mut rows = Rows::new(file, text, b';');
    let mut row = StringRecord::new();
    if rows.next(&mut row)?.is_none() {
        return Err(file.error(ErrorKind::Empty));
    }
    check_quotes(file, 1, &row, b';', |_| "a title".to_owned())?;
    let mut reading = Reading::new(file, &row)?;
    reading.remarks.extend(others);
    while let Some(line) = rows.next(&mut row)? {
        if !is_empty(&row) {
            reading.row(&row, line)?;
        }
    }
    if !text.ends_with('\n') {
        let text = "the last line does not end: it may be cut off, and rows after it may be missing";
        reading
            .remarks
            .push(remark(file.name.as_str(), format!("{WARNING}{text}")));
    }
    reading.finish()
}

/// Where a column's fields go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Generated,
    /// An attribute of the entity, or of an element in it.
    Entity(&'static str, String),
    EntityRemark,
    /// An attribute of the detail of that place in [`DETAILS`].
    Detail(usize, String),
    /// An attribute of the regulation that a detail was taken from.
    Summary(usize, String),
    Remark(usize),
    Contact(usize),
    Unknown(String),
}

impl Column {
    fn of(name: &str) -> Column {
        let detail = DETAILS.iter().enumerate();
        let mut found = detail.filter_map(|(at, (prefix, _))| Some((at, name.strip_prefix(prefix)?)));
        if let Some((at, field)) = found.next() {
            return Column::of_detail(at, field, name);
        }
        match name {
            "fileGenerationDate" => Column::Generated,
            "Entity_Remark" => Column::EntityRemark,
            "Entity_SubjectType" => Column::Entity("subjectType", "code".to_owned()),
            "Entity_SubjectType_ClassificationCode" => {
                Column::Entity("subjectType", "classificationCode".to_owned())
            }
            "Entity_Regulation_PublicationUrl" => Column::Entity("regulation", "publicationUrl".to_owned()),
            _ => {
                let regulation = name
                    .strip_prefix("Entity_Regulation_")
                    .map(|field| ("regulation", field));
                let entity = name
                    .strip_prefix("Entity_")
                    .map(|field| ("sanctionEntity", field));
                let column = regulation
                    .or(entity)
                    .map(|(element, field)| (element, attribute(element, field)));
                let known = column.filter(|(element, attribute)| is_attribute(element, attribute));
                known.map_or(Column::Unknown(name.to_owned()), |(element, field)| {
                    Column::Entity(element, field)
                })
            }
        }
    }

    fn of_detail(at: usize, field: &str, name: &str) -> Column {
        let element = DETAILS.get(at).map_or("", |(_, element)| *element);
        if let Some(field) = field.strip_prefix("Regulation_") {
            let field = attribute("regulationSummary", field);
            return Column::Summary(at, field);
        }
        let field = attribute(element, field);
        match field.as_str() {
            "remark" => Column::Remark(at),
            "contactInfo" => Column::Contact(at),
            _ if is_attribute(element, &field) => Column::Detail(at, field),
            _ => Column::Unknown(name.to_owned()),
        }
    }
}

/// The attribute that the XML form has for a column.
fn attribute(element: &str, field: &str) -> String {
    let fixed = match (element, field) {
        ("sanctionEntity", "EU_ReferenceNumber") => Some("euReferenceNumber"),
        ("birthdate", "BirthDate") => Some("birthdate"),
        ("birthdate", "Day") => Some("dayOfMonth"),
        ("birthdate", "Month") => Some("monthOfYear"),
        ("identification", "IssuedDate") => Some("issueDate"),
        ("identification", "TypeCode") => Some("identificationTypeCode"),
        ("identification", "TypeDescription") => Some("identificationTypeDescription"),
        ("regulation" | "regulationSummary", "Type") => Some("regulationType"),
        _ => None,
    };
    let mut letters = field.chars();
    let lower = letters.next().map(|first| first.to_ascii_lowercase());
    fixed.map_or_else(|| lower.into_iter().chain(letters).collect(), str::to_owned)
}

/// An entity while its rows are read.
struct Pending {
    line: u64,
    entry: Entry,
    id: String,
    /// Fields of the entity, and whole details, that have been read.
    seen: HashSet<(usize, String)>,
}

struct Reading<'a> {
    file: &'a File,
    columns: Vec<Column>,
    names: Vec<String>,
    published: Option<Date>,
    ids: Ids,
    places: HashMap<String, usize>,
    pending: Vec<Pending>,
    remarks: Vec<Remark>,
}

impl<'a> Reading<'a> {
    fn new(file: &'a File, header: &StringRecord) -> Result<Reading<'a>, Error> {
        let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        for field in NEEDED {
            if !names.iter().any(|name| name == field) {
                let (entry, value) = ("-".to_owned(), String::new());
                let problem = "not among the columns";
                let kind = ErrorKind::Field {
                    field,
                    entry,
                    value,
                    problem,
                };
                return Err(Error::at(file.name.as_str(), 1, kind));
            }
        }
        let columns: Vec<Column> = names.iter().map(|name| Column::of(name)).collect();
        let unknown = columns.iter().filter_map(|column| match column {
            Column::Unknown(name) if !name.is_empty() => Some(name),
            _ => None,
        });
        let remarks = unknown.map(|name| {
            let text = format!("{WARNING}the column {name} is not known; its fields are kept as notes");
            remark(file.name.as_str(), text)
        });
        Ok(Reading {
            file,
            remarks: remarks.collect(),
            columns,
            names,
            published: None,
            ids: Ids::default(),
            places: HashMap::new(),
            pending: Vec::new(),
        })
    }

    fn row(&mut self, row: &StringRecord, line: u64) -> Result<(), Error> {
        check_width(self.file, line, row, self.columns.len())?;
        check_quotes(self.file, line, row, b';', |at| titled(&self.names, at))?;
        let entity = self.entity_nodes(row, line);
        let Some(logical) = entity.first().and_then(|node| node.attribute("logicalId")) else {
            let (entry, value) = ("-".to_owned(), String::new());
            let kind = ErrorKind::Field {
                field: NEEDED[0],
                entry,
                value,
                problem: "missing",
            };
            return Err(Error::at(self.file.name.as_str(), line, kind));
        };
        self.generated(row);
        let at = match self.places.get(&logical) {
            Some(at) => *at,
            None => self.begin(&entity, logical, line),
        };
        self.notes(at, row);
        let [_, regulation, _] = entity;
        let details = self.detail_nodes(row, line);
        for node in std::iter::once(regulation).chain(details).filter(says_something) {
            self.detail(at, &node);
        }
        Ok(())
    }

    fn generated(&mut self, row: &StringRecord) {
        let columns = self.columns.iter().zip(row);
        let mut texts = columns.filter(|(column, _)| **column == Column::Generated);
        let day = texts.next().and_then(|(_, text)| eu_entity::day(text.trim()));
        self.published = self.published.or(day);
    }

    /// The `sanctionEntity` of a row, and the elements in it that each entity has once.
    fn entity_nodes(&self, row: &StringRecord, line: u64) -> [Node; 3] {
        let mut nodes = ["sanctionEntity", "regulation", "subjectType"].map(|name| node(name, line));
        for (column, text) in self.columns.iter().zip(row) {
            let Column::Entity(element, field) = column else {
                continue;
            };
            if let Some(node) = nodes.iter_mut().find(|node| node.name == *element) {
                match field.as_str() {
                    "publicationUrl" => node.children.push(with_text(field, text, line)),
                    _ => node.attributes.push((field.clone(), text.to_owned())),
                }
            }
        }
        nodes
    }

    fn begin(&mut self, nodes: &[Node; 3], logical: String, line: u64) -> usize {
        let [entity, _, subject] = nodes;
        let id = self
            .ids
            .of(entity.attribute("euReferenceNumber"), &logical, &mut self.remarks);
        let mut entry = Entry::of(entity, &id, &mut self.remarks);
        entry.put(subject, &mut self.remarks);
        let seen = HashSet::new();
        self.places.insert(logical, self.pending.len());
        self.pending.push(Pending {
            line,
            entry,
            id,
            seen,
        });
        self.pending.len() - 1
    }

    /// Keeps fields of the entity that differ from those of its first row, its remarks, and unknown columns.
    fn notes(&mut self, at: usize, row: &StringRecord) {
        let Some(pending) = self.pending.get_mut(at) else {
            return;
        };
        let first = pending.seen.is_empty();
        for (place, (column, text)) in self.columns.iter().zip(row).enumerate() {
            let text = text.trim();
            let what = match column {
                Column::Entity("regulation", _) => continue,
                Column::Entity(..) => self.names.get(place).cloned(),
                Column::Unknown(name) => Some(name.clone()),
                Column::EntityRemark => None,
                _ => continue,
            };
            if text.is_empty() || !pending.seen.insert((place, text.to_owned())) {
                continue;
            }
            let mut note = node("remark", 0);
            note.text = match (&what, column) {
                (Some(_), Column::Entity(..)) if first => continue,
                (Some(what), _) => format!("{what}: {text}"),
                (None, _) => text.to_owned(),
            };
            pending.entry.put(&note, &mut self.remarks);
        }
    }

    /// The details that a row gives: one, or none for an entity of which nothing is known.
    fn detail_nodes(&self, row: &StringRecord, line: u64) -> Vec<Node> {
        let mut nodes = DETAILS.map(|(_, element)| node(element, line));
        let mut summaries = DETAILS.map(|_| node("regulationSummary", line));
        for (column, text) in self
            .columns
            .iter()
            .zip(row)
            .filter(|(_, text)| !text.trim().is_empty())
        {
            let (at, child) = match column {
                Column::Detail(at, field) => {
                    if let Some(node) = nodes.get_mut(*at) {
                        node.attributes.push((field.clone(), text.to_owned()));
                    }
                    continue;
                }
                Column::Summary(at, field) => {
                    if let Some(node) = summaries.get_mut(*at) {
                        node.attributes.push((field.clone(), text.to_owned()));
                    }
                    continue;
                }
                Column::Remark(at) => (at, vec![with_text("remark", text, line)]),
                Column::Contact(at) => (at, contacts(text, line)),
                _ => continue,
            };
            if let Some(node) = nodes.get_mut(*at) {
                node.children.extend(child);
            }
        }
        let pairs = nodes.into_iter().zip(summaries);
        let joined = pairs.map(|(mut node, summary)| {
            node.children
                .extend(Some(summary).filter(|summary| !summary.attributes.is_empty()));
            node
        });
        joined.collect()
    }

    /// Puts a detail into its entity, unless an earlier row has given it.
    fn detail(&mut self, at: usize, node: &Node) {
        let Some(pending) = self.pending.get_mut(at) else {
            return;
        };
        let children = node
            .children
            .iter()
            .map(|child| format!("{}{:?}", child.text, child.attributes));
        let key = format!(
            "{}{:?}{}",
            node.name,
            node.attributes,
            children.collect::<String>()
        );
        if pending.seen.insert((usize::MAX, key)) {
            pending.entry.put(node, &mut self.remarks);
        }
    }

    fn finish(mut self) -> Result<List, Error> {
        if self.pending.is_empty() {
            return Err(self.file.error(ErrorKind::NoEntries));
        }
        let text =
            "this form tells weak aliases by remarks only; a name without one is taken for a strong one";
        self.remarks.push(remark(self.file.name.as_str(), text));
        if self.published.is_none() {
            let text = "the list has no readable fileGenerationDate";
            self.remarks.push(remark(self.file.name.as_str(), text));
        }
        let mut entities = Vec::with_capacity(self.pending.len());
        let mut kinds = UnknownKinds::default();
        for pending in self.pending {
            let finished = pending.entry.finish(&mut kinds, &mut self.remarks);
            entities.push(finished.map_err(|name| {
                let entry = pending.id;
                Error::at(
                    self.file.name.as_str(),
                    pending.line,
                    ErrorKind::NoName { entry, name },
                )
            })?);
        }
        kinds.settle(self.file, &entities, &mut self.remarks)?;
        let title = Title {
            id: eu_entity::LIST,
            title: eu_entity::TITLE,
            format: "eu-csv",
            published: self.published,
        };
        Ok(finish(title, &[self.file], entities, self.remarks))
    }
}

/// Whether a detail is there: flags may say "no" where there is none.
fn says_something(node: &Node) -> bool {
    let no = |value: &str| ["", "false", "no", "0"].contains(&value.trim());
    !node.children.is_empty() || node.attributes.iter().any(|(_, value)| !no(value))
}

fn node(name: &str, line: u64) -> Node {
    Node {
        name: name.to_owned(),
        line,
        ..Node::default()
    }
}

fn with_text(name: &str, text: &str, line: u64) -> Node {
    Node {
        text: text.to_owned(),
        ..node(name, line)
    }
}

/// `EMAIL[a@b.example] PHONE[+1 2]`; what is not written so is kept under its column's name.
fn contacts(text: &str, line: u64) -> Vec<Node> {
    let contact = |key: &str, value: &str| Node {
        attributes: vec![
            ("key".to_owned(), key.to_owned()),
            ("value".to_owned(), value.to_owned()),
        ],
        ..node("contactInfo", line)
    };
    let mut found = Vec::new();
    for piece in text
        .split(']')
        .map(|piece| piece.trim_matches([' ', ',', ';', '\n', '\r']))
    {
        match piece.split_once('[') {
            Some((key, value)) => found.push(contact(key.trim(), value.trim())),
            None if piece.is_empty() => {}
            None => found.push(contact("CONTACT INFO", piece)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_the_attributes_of_the_xml_form() {
        let entity = |element, field: &str| Column::Entity(element, field.to_owned());
        assert_eq!(
            Column::of("Entity_LogicalId"),
            entity("sanctionEntity", "logicalId")
        );
        assert_eq!(
            Column::of("Entity_EU_ReferenceNumber"),
            entity("sanctionEntity", "euReferenceNumber")
        );
        assert_eq!(
            Column::of("Entity_Regulation_Programme"),
            entity("regulation", "programme")
        );
        assert_eq!(
            Column::of("NameAlias_WholeName"),
            Column::Detail(0, "wholeName".to_owned())
        );
        assert_eq!(Column::of("Address_ContactInfo"), Column::Contact(1));
        assert_eq!(
            Column::of("BirthDate_Month"),
            Column::Detail(2, "monthOfYear".to_owned())
        );
        assert_eq!(
            Column::of("Identification_Regulation_NumberTitle"),
            Column::Summary(3, "numberTitle".to_owned())
        );
        assert_eq!(Column::of("Citizenship_Remark"), Column::Remark(4));
        for unknown in ["Entity_Nickname", "NameAlias_Nickname", "Nickname"] {
            assert_eq!(Column::of(unknown), Column::Unknown(unknown.to_owned()));
        }
    }

    #[test]
    fn contacts_are_keys_with_values_in_brackets() {
        let read = |text| {
            let nodes = contacts(text, 1).into_iter();
            let pairs =
                nodes.map(|n| [n.attribute("key"), n.attribute("value")].map(Option::unwrap_or_default));
            pairs.collect::<Vec<_>>()
        };
        assert_eq!(
            read("PHONE[+1 2], EMAIL[a@b.example]"),
            [["PHONE", "+1 2"], ["EMAIL", "a@b.example"]]
        );
        assert_eq!(read("+1 2"), [["CONTACT INFO", "+1 2"]]);
        assert!(read(" ").is_empty());
    }
}
