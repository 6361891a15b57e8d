//! The *UK Sanctions List* as XML (Foreign, Commonwealth and Development Office, `UK-Sanctions-List.xml`).
//!
//! A `Designation` says of one party what the rows of the CSV say, and the same words stand for the same things: elements without
//! elements inside are fields, those beside each other belong together (a name with its type, an address with its lines). The elements
//! around them only gather, and are not told apart.

use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark};
use crate::kinds::UnknownKinds;
use crate::uk_csv::FCDO;
use crate::uk_fields::{self, Field, Said};
use crate::uk_party::{self, Party};
use crate::xml::{self, Node, Part};
use crate::{Error, ErrorKind, File, Format};
use std::collections::{BTreeMap, HashSet};
use tamis_model::List;

const ROOT: &str = "Designations";

/// Reads the list.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(
        Format::UkXml,
        &["uk-sanctions-list.xml", "uk_sanctions_list.xml"],
        files,
    )?;
    let mut entities = Vec::new();
    let mut ids = HashSet::new();
    let mut kinds = UnknownKinds::default();
    let mut published = None;
    let mut unknown = BTreeMap::new();
    xml::read(file, ROOT, &[], &["DateGenerated", "Designation"], |part| {
        let Part::Element(node) = part else { return Ok(()) };
        if node.name == "DateGenerated" {
            let text = node.words().unwrap_or_default();
            published = uk_party::day(text.get(..10).unwrap_or(&text));
            return Ok(());
        }
        let party = party(file, &node, &mut unknown)?;
        let entry = party.entity.native_id.clone();
        if !ids.insert(entry.clone()) {
            return Err(Error::at(
                file.name.as_str(),
                node.line,
                ErrorKind::DuplicateId { entry },
            ));
        }
        let nameless = || {
            let (entry, name) = (entry, String::new());
            Error::at(file.name.as_str(), node.line, ErrorKind::NoName { entry, name })
        };
        let entity = party.finish(FCDO, &mut kinds, &mut remarks);
        entities.push(entity.ok_or_else(nameless)?);
        Ok(())
    })?;
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    kinds.settle(file, &entities, &mut remarks)?;
    if published.is_none() {
        remarks.push(remark(
            file.name.as_str(),
            "the list has no readable DateGenerated",
        ));
    }
    for (element, count) in unknown {
        let text = format!("{WARNING}the element <{element}> is not known; {count} values are kept as notes");
        remarks.push(remark(file.name.as_str(), text));
    }
    let title = Title {
        id: "uk",
        title: "UK Sanctions List",
        format: "uk-xml",
        published,
    };
    Ok(finish(title, &[file], entities, remarks))
}

/// How often elements occur that are not known.
type Unknown = BTreeMap<String, usize>;

fn party(file: &File, node: &Node, unknown: &mut Unknown) -> Result<Party, Error> {
    let id = node
        .children
        .iter()
        .find(|child| uk_fields::field(&child.name) == Some(Field::UniqueId));
    let Some(id) = id.and_then(Node::words) else {
        let (entry, value, problem) = ("?".to_owned(), String::new(), "missing");
        let kind = ErrorKind::Field {
            field: "UniqueID",
            entry,
            value,
            problem,
        };
        return Err(Error::at(file.name.as_str(), node.line, kind));
    };
    let mut party = Party::new("uk", &id, node.line);
    take(&mut party, node, None, unknown);
    Ok(party)
}

/// Takes in the fields of an element, then those of the elements inside it: what kind of party it is stands outside, and how names are put
/// together depends on it.
fn take(party: &mut Party, node: &Node, gathered: Option<&str>, unknown: &mut Unknown) {
    let mut said = Said::default();
    let mut notes = Vec::new();
    for child in node.children.iter().filter(|child| child.children.is_empty()) {
        let Some(text) = child.words() else { continue };
        match uk_fields::field(&child.name) {
            Some(field) => said.push(field, &text),
            // The same measures as flags, beside the words for them.
            None if text.eq_ignore_ascii_case("false") => {}
            None if gathered.is_some_and(|name| name.contains("Indicators")) => {
                notes.push((child.name.as_str(), text))
            }
            None => {
                *unknown.entry(child.name.clone()).or_default() += 1;
                notes.push((child.name.as_str(), text));
            }
        }
    }
    party.take(&said);
    for (name, text) in notes {
        party.note(name, &text);
    }
    for child in node.children.iter().filter(|child| !child.children.is_empty()) {
        take(party, child, Some(&child.name), unknown);
    }
}
