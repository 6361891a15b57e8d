//! What OFAC's advanced XML says once and refers to by id: the reference value sets, and the locations.

use crate::file::{WARNING, remark};
use crate::unfolding::Unfolding;
use crate::xml::Node;
use crate::{Error, File};
use std::collections::{BTreeMap, HashMap};
use tamis_model::{Address, Remark};

/// A value of a reference set: its text, and ids of other sets.
#[derive(Debug, Default)]
struct Value {
    text: String,
    attributes: Vec<(String, String)>,
}

/// The tables of one file.
#[derive(Debug)]
pub(crate) struct Tables {
    sets: HashMap<String, HashMap<String, Value>>,
    locations: HashMap<String, Address>,
    /// References to what is not defined, with how often they are used.
    missing: BTreeMap<(String, String), usize>,
    unfolding: Unfolding,
}

impl Tables {
    pub(crate) fn of(file: &File) -> Tables {
        Tables {
            sets: HashMap::new(),
            locations: HashMap::new(),
            missing: BTreeMap::new(),
            unfolding: Unfolding::of(file),
        }
    }

    /// Refuses a file that says too much by reference.
    pub(crate) fn check(&self, file: &File) -> Result<(), Error> {
        self.unfolding.check(file)
    }

    /// Reads `ReferenceValueSets`: in it sets, in each set values with an `ID`.
    pub(crate) fn read_sets(&mut self, node: &Node) {
        for value in node.children.iter().flat_map(|set| &set.children) {
            let Some(id) = value.attribute("ID") else { continue };
            let kept = Value {
                text: value.words().unwrap_or_default(),
                attributes: value.attributes.clone(),
            };
            self.sets.entry(value.name.clone()).or_default().insert(id, kept);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The text of a value. Where there is none, set and id stand for it, so that what refers to it is kept.
    pub(crate) fn text(&mut self, set: &str, id: &str) -> String {
        let value = self.sets.get(set).and_then(|values| values.get(id));
        if let Some(text) = value.map(|value| &value.text).filter(|text| !text.is_empty()) {
            return if self.unfolding.add(text.len()) {
                text.clone()
            } else {
                String::new()
            };
        }
        *self.missing.entry((set.to_owned(), id.to_owned())).or_default() += 1;
        format!("{set} {id}")
    }

    /// The text of the value that an attribute of `node` refers to; `None` without the attribute.
    pub(crate) fn named(&mut self, set: &str, node: &Node, attribute: &str) -> Option<String> {
        let id = node.attribute(attribute)?;
        Some(self.text(set, &id))
    }

    /// An attribute of a value, such as the `PartyTypeID` of a `PartySubType`.
    pub(crate) fn attribute(&self, set: &str, id: &str, name: &str) -> Option<String> {
        let value = self.sets.get(set)?.get(id)?;
        let (_, text) = value.attributes.iter().find(|(own, _)| own == name)?;
        self.unfolding.add(text.len()).then(|| text.clone())
    }

    /// Reads a `Location`.
    pub(crate) fn read_location(&mut self, node: &Node) -> Option<()> {
        let id = node.attribute("ID")?;
        let mut address = Address::default();
        for child in &node.children {
            self.read_part(child, &mut address);
        }
        self.locations.insert(id, address);
        Some(())
    }

    fn read_part(&mut self, node: &Node, address: &mut Address) {
        match node.name.as_str() {
            "LocationCountry" => {
                let country = self.named("Country", node, "CountryID").unwrap_or_default();
                match address.country {
                    None => address.country = Some(country),
                    Some(_) => add_note(address, "country", &country),
                }
            }
            "LocationAreaCode" => {
                let code = node.attribute("AreaCodeID").unwrap_or_default();
                let described = self.attribute("AreaCode", &code, "Description");
                let area = described.unwrap_or_else(|| self.text("AreaCode", &code));
                add_note(address, "area", &area);
            }
            "LocationPart" => {
                let kind = self
                    .named("LocPartType", node, "LocPartTypeID")
                    .unwrap_or_default();
                for value in &node.children {
                    put_part(&kind, value, address);
                }
            }
            // What the location belongs to says so itself.
            "FeatureVersionReference" | "IDRegDocumentReference" => {}
            other => add_note(address, other, &flat(node)),
        }
    }

    /// The location that an attribute refers to.
    pub(crate) fn location(&mut self, node: &Node, attribute: &str) -> Option<Address> {
        let id = node.attribute(attribute)?;
        let Some(found) = self.locations.get(&id) else {
            *self.missing.entry(("Location".to_owned(), id)).or_default() += 1;
            return None;
        };
        self.unfolding.add(size(found)).then(|| found.clone())
    }

    /// One remark for each id that is referred to and not defined.
    pub(crate) fn remarks(&self, file: &str) -> Vec<Remark> {
        let missing = self.missing.iter();
        let text = missing.map(|((set, id), times)| {
            remark(
                file,
                format!("{WARNING}{set} {id} is not defined; referred to {times} time(s)"),
            )
        });
        text.collect()
    }
}

/// The bytes of an address.
fn size(address: &Address) -> usize {
    let fields = [
        &address.city,
        &address.region,
        &address.postal_code,
        &address.country,
        &address.note,
    ];
    let lines = address.lines.iter().chain(fields.into_iter().flatten());
    std::mem::size_of::<Address>() + lines.map(String::len).sum::<usize>()
}

fn put_part(kind: &str, node: &Node, address: &mut Address) {
    let text = node.get("Value").unwrap_or_default();
    if let Some(comment) = node.get("Comment") {
        add_note(address, kind, &comment);
    }
    if text.is_empty() {
        return;
    }
    let field = match kind.to_uppercase().as_str() {
        "CITY" => &mut address.city,
        "STATE/PROVINCE" => &mut address.region,
        "POSTAL CODE" => &mut address.postal_code,
        "REGION" => return add_note(address, "region", &text),
        _ => return address.lines.push(text),
    };
    match field {
        None => *field = Some(text),
        Some(_) => add_note(address, kind, &text),
    }
}

fn add_note(address: &mut Address, what: &str, text: &str) {
    let note = address.note.get_or_insert_default();
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(&format!("{what}: {text}"));
}

/// All text of an element: its own, its attributes', and that of its children.
pub(crate) fn flat(node: &Node) -> String {
    let attributes = node
        .attributes
        .iter()
        .map(|(name, value)| format!("{name} {value}"));
    let inner = node.children.iter().map(flat);
    let parts = node.words().into_iter().chain(attributes).chain(inner);
    parts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
