//! OFAC's advanced form (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`): the United Nations' advanced sanctions data
//! model, in which all is said once and referred to by id. The parties are those of OFAC's other forms, with the
//! same ids.
//!
//! Parties are read one at a time; of the rest the reference sets, the locations, and the documents of parties
//! yet to come are kept. A reference to what is not defined is kept as its id, with a warning.
//!
//! Not kept, because they say nothing of the party: ids of the publisher's database, the identity that a feature
//! was seen with, and the status of scripts and names.

use crate::advanced_dates::{period, whole_day, written};
use crate::advanced_party::{Documents, Reader};
use crate::advanced_tables::{Tables, flat};
use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark};
use crate::kinds::UnknownKinds;
use crate::programmes::OfacList;
use crate::xml::{self, Node, Part};
use crate::{Error, ErrorKind, File, Format};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use tamis_model::{Entity, EntityKind, List, NameRole, Relation, RelationRole, Remark};

/// The names under which OFAC publishes the file.
const OFFICIAL: [&str; 2] = ["sdn_advanced.xml", "cons_advanced.xml"];

const WRAPPERS: [&str; 6] = [
    "Locations",
    "IDRegDocuments",
    "DistinctParties",
    "ProfileRelationships",
    "SanctionsEntries",
    "SanctionsEntryLinks",
];

const WANTED: [&str; 8] = [
    "DateOfIssue",
    "ReferenceValueSets",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "ProfileRelationship",
    "SanctionsEntry",
    "SanctionsEntryLink",
];

/// Whether a file with the root `Sanctions` is this one.
pub(crate) fn is_advanced(head: &str) -> bool {
    head.contains("ReferenceValueSets") || head.contains("DateOfIssue") || head.contains("ADVANCED_XML")
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, others) = choose(Format::OfacAdvanced, &OFFICIAL, files)?;
    let mut reading = Reading::new(file);
    reading.remarks = others;
    xml::read(file, "Sanctions", &WRAPPERS, &WANTED, |part| reading.part(part))?;
    reading.finish()
}

/// What a `SanctionsEntry` says of its party.
#[derive(Debug, Default)]
struct Listing {
    list: Option<OfacList>,
    programmes: Vec<String>,
    /// Days of listing, with the programme of the legal text where it names one, and the text itself.
    events: Vec<Event>,
    /// Other measures than programmes.
    measures: Vec<String>,
}

#[derive(Debug)]
struct Event {
    day: Date,
    programme: Option<String>,
    basis: Option<String>,
}

struct Reading<'a> {
    file: &'a File,
    published: Option<Date>,
    sections: HashSet<String>,
    tables: Tables,
    documents: Documents,
    ids: HashSet<String>,
    /// The place of each profile's party.
    profiles: HashMap<String, usize>,
    entities: Vec<Entity>,
    listings: Vec<Listing>,
    /// Relations with the profile that they lead to, by the place of the party that they are of.
    relations: Vec<(usize, String, Relation)>,
    kinds: UnknownKinds,
    remarks: Vec<Remark>,
}

impl<'a> Reading<'a> {
    fn new(file: &'a File) -> Reading<'a> {
        Reading {
            file,
            published: None,
            sections: HashSet::new(),
            tables: Tables::of(file),
            documents: Documents::new(),
            ids: HashSet::new(),
            profiles: HashMap::new(),
            entities: Vec::new(),
            listings: Vec::new(),
            relations: Vec::new(),
            kinds: UnknownKinds::default(),
            remarks: Vec::new(),
        }
    }

    fn error(&self, line: u64, kind: ErrorKind) -> Error {
        Error::at(self.file.name.as_str(), line, kind)
    }

    /// A warning at a line of the file.
    fn warn(&mut self, line: u64, text: &str) {
        let place = format!("{}, line {line}", self.file.name);
        self.remarks.push(remark(place, format!("{WARNING}{text}")));
    }

    fn part(&mut self, part: Part) -> Result<(), Error> {
        match part {
            Part::Root(_) => Ok(()),
            Part::Section(name) => {
                self.sections.insert(name);
                Ok(())
            }
            Part::Element(node) => self.element(&node),
        }
    }

    fn element(&mut self, node: &Node) -> Result<(), Error> {
        match node.name.as_str() {
            "DateOfIssue" => self.issued(node)?,
            "ReferenceValueSets" => self.tables.read_sets(node),
            "Location" => {
                if self.tables.read_location(node).is_none() {
                    self.warn(node.line, "a location has no ID; not kept");
                }
            }
            "IDRegDocument" => self.document(node),
            "DistinctParty" => self.party(node)?,
            "ProfileRelationship" => self.relationship(node),
            "SanctionsEntry" => self.entry(node),
            _ => self.warn(node.line, &format!("<{}> is not read: {}", node.name, flat(node))),
        }
        self.tables.check(self.file)
    }

    fn issued(&mut self, node: &Node) -> Result<(), Error> {
        self.published = whole_day(node);
        if self.published.is_some() {
            return Ok(());
        }
        let kind = ErrorKind::Field {
            field: "DateOfIssue",
            entry: "-".into(),
            value: flat(node),
            problem: "no date",
        };
        Err(self.error(node.line, kind))
    }

    /// Keeps a document, in the elements of OFAC's other XML form, for the identity that it belongs to.
    fn document(&mut self, node: &Node) {
        let Some(identity) = node.attribute("IdentityID") else {
            let text = format!("a document belongs to no identity; not kept: {}", flat(node));
            return self.warn(node.line, &text);
        };
        let document = document(node, &mut self.tables);
        self.documents.entry(identity).or_default().push(document);
    }

    fn party(&mut self, node: &Node) -> Result<(), Error> {
        if self.tables.is_empty() {
            let (section, problem) = ("ReferenceValueSets", "missing");
            return Err(self.error(node.line, ErrorKind::MissingSection { section, problem }));
        }
        let Some(id) = node.attribute("FixedRef") else {
            let (entry, value) = (format!("number {}", self.entities.len() + 1), String::new());
            let kind = ErrorKind::Field {
                field: "FixedRef",
                entry,
                value,
                problem: "missing",
            };
            return Err(self.error(node.line, kind));
        };
        if !self.ids.insert(id.clone()) {
            return Err(self.error(node.line, ErrorKind::DuplicateId { entry: id }));
        }
        // The list is known when the entries are read; until then the id is the SDN list's.
        let mut reader = Reader {
            tables: &mut self.tables,
            documents: &mut self.documents,
            remarks: &mut self.remarks,
            unknown_kind: Some(String::new()),
            entity: Entity::new(OfacList::Sdn.id(), id.clone(), EntityKind::Organization),
        };
        for child in &node.children {
            match child.name.as_str() {
                "Profile" => {
                    if let Some(profile) = child.attribute("ID") {
                        self.profiles.insert(profile, self.entities.len());
                    }
                    reader.profile(child);
                }
                "Comment" => reader.entity.notes.extend(child.words()),
                other => reader.entity.notes.push(format!("{other}: {}", flat(child))),
            }
        }
        let unknown_kind = reader.unknown_kind;
        let mut entity = reader.entity;
        if !primary_first(&mut entity) {
            let name = String::new();
            return Err(self.error(node.line, ErrorKind::NoName { entry: id, name }));
        }
        if let Some(word) = unknown_kind {
            self.kinds.add(&word, &mut entity);
        }
        self.entities.push(entity);
        self.listings.push(Listing::default());
        Ok(())
    }

    fn relationship(&mut self, node: &Node) {
        let ends = ["From-ProfileID", "To-ProfileID"].map(|name| node.attribute(name).unwrap_or_default());
        let kind = self
            .tables
            .named("RelationType", node, "RelationTypeID")
            .unwrap_or_default();
        let [from, to] = ends;
        let Some(at) = self.profiles.get(&from).copied() else {
            let text = format!("a relation ({kind}) of profile {from}, which no party has; not kept");
            return self.warn(node.line, &text);
        };
        let former = node.attribute("Former").as_deref() == Some("true");
        let quality = self.tables.named("RelationQuality", node, "RelationQualityID");
        let mut words = vec![kind.clone()];
        words.extend(former.then(|| "former".to_owned()));
        words.extend(quality.filter(|word| word != "Unknown"));
        for child in &node.children {
            match child.name.as_str() {
                "DatePeriod" => words.extend(period(child).or_else(|| Some(flat(child)))),
                _ => words.extend(Some(flat(child)).filter(|text| !text.is_empty())),
            }
        }
        let relation = Relation {
            role: if former { RelationRole::Other } else { role(&kind) },
            other: String::new(),
            other_id: None,
            share: None,
            from: None,
            to: None,
            note: Some(words.join("; ")),
            source: None,
        };
        self.relations.push((at, to, relation));
    }

    fn entry(&mut self, node: &Node) {
        let profile = node.attribute("ProfileID").unwrap_or_default();
        let Some(at) = self.profiles.get(&profile).copied() else {
            let text = format!("a sanctions entry of profile {profile}, which no party has; not kept");
            return self.warn(node.line, &text);
        };
        let mut listing = Listing::default();
        let mut notes = Vec::new();
        if let Some(name) = self.tables.named("List", node, "ListID") {
            listing.list = which_list(&name);
            if name != "SDN List" {
                notes.push(format!("List: {name}"));
            }
        }
        for child in &node.children {
            match child.name.as_str() {
                "EntryEvent" => self.event(child, &mut listing, &mut notes),
                "SanctionsMeasure" => self.measure(child, &mut listing, &mut notes),
                other => notes.extend(
                    Some(flat(child))
                        .filter(|t| !t.is_empty())
                        .map(|t| format!("{other}: {t}")),
                ),
            }
        }
        if let Some(entity) = self.entities.get_mut(at) {
            entity.notes.append(&mut notes);
        }
        if let Some(known) = self.listings.get_mut(at) {
            known.list = stricter(known.list, listing.list);
            known.programmes.append(&mut listing.programmes);
            known.events.append(&mut listing.events);
            known.measures.append(&mut listing.measures);
        }
    }

    fn event(&mut self, node: &Node, listing: &mut Listing, notes: &mut Vec<String>) {
        let kind = self
            .tables
            .named("EntryEventType", node, "EntryEventTypeID")
            .unwrap_or_default();
        let day = node.child("Date").and_then(whole_day);
        let basis = node.attribute("LegalBasisID");
        let programme = basis
            .as_deref()
            .and_then(|id| self.tables.attribute("LegalBasis", id, "SanctionsProgramID"));
        let programme = programme.map(|id| self.tables.text("SanctionsProgram", &id));
        let basis = basis.map(|id| self.tables.text("LegalBasis", &id));
        let words = [
            Some(kind.clone()),
            day.map(written).or_else(|| node.child("Date").map(flat)),
            basis.clone(),
            node.get("Comment"),
        ];
        notes.push(words.into_iter().flatten().collect::<Vec<_>>().join(", "));
        // The day of another event, such as a change, is not the day from which a party is blocked.
        if let Some(day) = day.filter(|_| kind == "Created") {
            let event = Event {
                day,
                programme,
                basis,
            };
            listing.events.push(event);
        }
    }

    /// A measure of the type `Program` names a programme in its comment; of other types the type itself counts.
    fn measure(&mut self, node: &Node, listing: &mut Listing, notes: &mut Vec<String>) {
        let kind = self
            .tables
            .named("SanctionsType", node, "SanctionsTypeID")
            .unwrap_or_default();
        let text = node.get("Comment");
        let period = node
            .child("DatePeriod")
            .map(|dates| period(dates).unwrap_or_else(|| flat(dates)));
        if let Some(period) = period {
            let what = [Some(kind.clone()), text.clone()].into_iter().flatten();
            notes.push(format!("{}: {period}", what.collect::<Vec<_>>().join(" ")));
        }
        match text {
            Some(programme) if kind == "Program" => listing.programmes.push(programme),
            text => {
                let words = [Some(kind), text].into_iter().flatten();
                listing.measures.push(words.collect::<Vec<_>>().join(" "));
            }
        }
    }

    fn finish(mut self) -> Result<List, Error> {
        for section in ["DistinctParties", "SanctionsEntries"] {
            if !self.sections.contains(section) {
                let problem = "missing";
                return Err(self.file.error(ErrorKind::MissingSection { section, problem }));
            }
        }
        if self.entities.is_empty() {
            return Err(self.file.error(ErrorKind::NoEntries));
        }
        self.kinds.settle(self.file, &self.entities, &mut self.remarks)?;
        let list = self.list();
        for entity in &mut self.entities {
            entity.list = list.id().to_owned();
        }
        for place in self.remarks.iter_mut().map(|remark| &mut remark.place) {
            if let Some(id) = place.strip_prefix("ofac-sdn:") {
                *place = format!("{}:{id}", list.id());
            }
        }
        self.relate();
        self.impose(list);
        self.leftovers();
        let title = Title {
            id: list.id(),
            title: list.title(),
            format: "ofac-advanced",
            published: self.published,
        };
        Ok(finish(title, &[self.file], self.entities, self.remarks))
    }

    /// The list that the entries name; where they name none, that of their programmes.
    fn list(&self) -> OfacList {
        let named = self.listings.iter().filter_map(|listing| listing.list);
        let named = named.fold(None, |list, next| stricter(list, Some(next)));
        let programmes: Vec<Vec<String>> = self.listings.iter().map(|l| l.programmes.clone()).collect();
        named.unwrap_or_else(|| OfacList::of_programmes(&programmes))
    }

    fn relate(&mut self) {
        for (at, profile, mut relation) in std::mem::take(&mut self.relations) {
            let other = self
                .profiles
                .get(&profile)
                .and_then(|other| self.entities.get(*other));
            let other = other.map(|other| (other.primary_name().to_owned(), other.id()));
            let known = other.is_some();
            let (name, id) = other.map_or((format!("profile {profile}"), None), |(name, id)| {
                (name, Some(id))
            });
            relation.other = name;
            relation.other_id = id;
            let Some(entity) = self.entities.get_mut(at) else {
                continue;
            };
            if !known {
                let text = format!("{WARNING}a relation leads to profile {profile}, which no party has");
                self.remarks.push(remark(entity.id(), text));
            }
            entity.relations.push(relation);
        }
    }

    fn impose(&mut self, list: OfacList) {
        for (entity, listing) in self.entities.iter_mut().zip(&self.listings) {
            if listing.programmes.is_empty() {
                let text = format!(
                    "{WARNING}no entry names a programme for this party; {}",
                    list.title()
                );
                self.remarks.push(remark(entity.id(), text));
            }
            let mut measures = listing.list.unwrap_or(list).measures(&listing.programmes, entity);
            for measure in &mut measures {
                let programme = measure.programme.as_deref();
                let mine = |event: &&Event| programme.is_some() && event.programme.as_deref() == programme;
                let by_day = |event: &&Event| event.day;
                let own = listing.events.iter().filter(mine).min_by_key(by_day);
                let event = own.or_else(|| listing.events.iter().min_by_key(by_day));
                measure.from = event.map(|event| event.day);
                if measure.legal_basis.is_none() {
                    measure.legal_basis = own.and_then(|event| event.basis.clone());
                }
                if !listing.measures.is_empty() {
                    let said = listing.measures.join("; ");
                    let detail = measure.detail.take().into_iter().chain([said]);
                    measure.detail = Some(detail.collect::<Vec<_>>().join("; "));
                }
            }
            entity.measures = measures;
        }
    }

    fn leftovers(&mut self) {
        self.remarks.extend(self.tables.remarks(&self.file.name));
        let mut left: Vec<&Node> = self.documents.values().flatten().collect();
        left.sort_by_key(|document| document.line);
        for document in left {
            let number = document.get("idNumber").unwrap_or_default();
            let text =
                format!("{WARNING}document {number} belongs to an identity that no party has; not kept");
            let place = format!("{}, line {}", self.file.name, document.line);
            self.remarks.push(remark(place, text));
        }
    }
}

/// A document in the elements of OFAC's other XML form; what that form has no element for is `beside`.
fn document(node: &Node, tables: &mut Tables) -> Node {
    let mut named = |set, attribute| tables.named(set, node, attribute);
    let kind = named("IDRegDocType", "IDRegDocTypeID").unwrap_or_default();
    let country = named("Country", "IssuedBy-CountryID");
    let validity =
        named("Validity", "ValidityID").filter(|word| !["Valid", "Unknown"].contains(&word.as_str()));
    let number = node.get("IDRegistrationNo").unwrap_or_default();
    let issued_in = tables
        .location(node, "IssuedIn-LocationID")
        .map(|place| place.one_line());
    let beside = |what: &str, text: Option<String>| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(element("beside", format!("{kind} {number}, {what}: {text}")))
    };
    let mut children = vec![
        element("idType", kind.clone()),
        element("idNumber", number.clone()),
    ];
    children.extend(country.map(|text| element("idCountry", text)));
    children.extend(beside("issued in", issued_in));
    children.extend(beside("validity", validity));
    for child in &node.children {
        children.extend(match child.name.as_str() {
            "IDRegistrationNo" | "DocumentedNameReference" | "ProfileSubsetReference" => None,
            "Comment" => beside("comment", child.words()),
            "IssuingAuthority" => beside("issued by", child.words()),
            "DocumentDate" => {
                let kind = tables
                    .named("IDRegDocDateType", child, "IDRegDocDateTypeID")
                    .unwrap_or_default();
                match (kind.as_str(), child.child("DatePeriod").and_then(period)) {
                    ("Issue Date", Some(date)) => Some(element("issueDate", date)),
                    ("Expiration Date", Some(date)) => Some(element("expirationDate", date)),
                    (_, date) => beside(&kind, date.or_else(|| Some(flat(child)))),
                }
            }
            other => beside(other, Some(flat(child))),
        });
    }
    Node {
        name: "id".to_owned(),
        line: node.line,
        children,
        ..Node::default()
    }
}

fn element(name: &str, text: String) -> Node {
    Node {
        name: name.to_owned(),
        text,
        ..Node::default()
    }
}

/// Puts the primary name first; a party without one gets the first strong name, or else the first.
fn primary_first(entity: &mut Entity) -> bool {
    let place = |role| entity.names.iter().position(|name| name.role == role);
    let strong = entity.names.iter().position(|name| name.role.is_strong());
    let Some(at) = place(NameRole::Primary)
        .or(strong)
        .or((!entity.names.is_empty()).then_some(0))
    else {
        return false;
    };
    let mut name = entity.names.remove(at);
    name.role = NameRole::Primary;
    for other in entity
        .names
        .iter_mut()
        .filter(|other| other.role == NameRole::Primary)
    {
        other.role = NameRole::StrongAlias;
    }
    entity.names.insert(0, name);
    true
}

/// The list of that name, `None` when the name is not known.
fn which_list(name: &str) -> Option<OfacList> {
    const OTHERS: [&str; 8] = [
        "consolidated",
        "non-sdn",
        "sectoral",
        "evaders",
        "capta",
        "cmic",
        "menu-based",
        "palestinian",
    ];
    let lower = name.to_lowercase();
    match () {
        () if OTHERS.iter().any(|word| lower.contains(word)) => Some(OfacList::Consolidated),
        () if lower.contains("sdn") || lower.contains("specially designated") => Some(OfacList::Sdn),
        () => None,
    }
}

/// The SDN list before the other: it blocks.
fn stricter(one: Option<OfacList>, two: Option<OfacList>) -> Option<OfacList> {
    match (one, two) {
        (Some(OfacList::Sdn), _) | (_, Some(OfacList::Sdn)) => Some(OfacList::Sdn),
        (one, two) => one.or(two),
    }
}

/// What a party is to another, by the words of the relation's type. What is neither ownership nor kinship is
/// what OFAC's other forms call "Linked To".
fn role(kind: &str) -> RelationRole {
    let lower = kind.to_lowercase();
    match () {
        () if lower.contains("owned") && lower.contains("by") => RelationRole::OwnedBy,
        () if lower.starts_with("owns") => RelationRole::Owns,
        () if lower.contains("family") => RelationRole::Family,
        () if lower.contains("leader or official") || lower.contains("executive officer") => {
            RelationRole::Officer
        }
        () => RelationRole::LinkedTo,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_by_their_names() {
        assert_eq!(which_list("SDN List"), Some(OfacList::Sdn));
        for name in [
            "Consolidated List",
            "Non-SDN Menu-Based Sanctions List",
            "Sectoral Sanctions Identifications List",
        ] {
            assert_eq!(which_list(name), Some(OfacList::Consolidated), "{name}");
        }
        assert_eq!(which_list("List 7"), None);
    }

    #[test]
    fn a_relation_is_a_link_unless_it_says_more() {
        assert_eq!(role("Owned or Controlled By"), RelationRole::OwnedBy);
        assert_eq!(role("Owns, controls, or operates"), RelationRole::Owns);
        assert_eq!(role("Family member of"), RelationRole::Family);
        assert_eq!(role("Leader or official of"), RelationRole::Officer);
        assert_eq!(role("Acting for or on behalf of"), RelationRole::LinkedTo);
    }
}
