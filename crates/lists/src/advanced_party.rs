//! One party of OFAC's advanced XML: its identities with their names and documents, and its features.

use crate::advanced_dates::period;
use crate::advanced_tables::{Tables, flat};
use crate::births;
use crate::file::{WARNING, remark, usable_name};
use crate::ofac_csv::{Vessel, put_address};
use crate::xml::Node;
use crate::{labels, remarks as items};
use std::collections::HashMap;
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Name, NameRole, Place, Remark, country_code,
};

/// The documents of each identity, as the elements that OFAC's other XML form has.
pub(crate) type Documents = HashMap<String, Vec<Node>>;

/// What a party is read with.
pub(crate) struct Reader<'a> {
    pub tables: &'a mut Tables,
    pub documents: &'a mut Documents,
    pub remarks: &'a mut Vec<Remark>,
    /// The word for its kind, as long as none is known.
    pub unknown_kind: Option<String>,
    pub entity: Entity,
}

impl Reader<'_> {
    fn note(&mut self, what: &str, text: Option<String>) {
        let text = text.filter(|text| !text.is_empty());
        self.entity
            .notes
            .extend(text.map(|text| format!("{what}: {text}")));
    }

    /// An element that is not known is kept as a note: what it holds may matter.
    fn unknown(&mut self, node: &Node, parent: &str) {
        let text = format!(
            "{WARNING}<{}> in <{parent}> is not known; kept as a note",
            node.name
        );
        self.remarks.push(remark(self.entity.id(), text));
        self.note(&node.name, Some(flat(node)));
    }

    pub(crate) fn profile(&mut self, node: &Node) {
        self.kind(node);
        for child in &node.children {
            match child.name.as_str() {
                "Comment" => self.note("Comment", child.words()),
                "Identity" => self.identity(child),
                "Feature" => self.feature(child),
                "ExternalReference" => self.note("External reference", Some(flat(child))),
                // The entries name the profile themselves.
                "SanctionsEntryReference" => {}
                _ => self.unknown(child, "Profile"),
            }
        }
    }

    fn kind(&mut self, node: &Node) {
        let id = node.attribute("PartySubTypeID").unwrap_or_default();
        let kind = self.tables.text("PartySubType", &id);
        let group = self.tables.attribute("PartySubType", &id, "PartyTypeID");
        let group = group
            .map(|id| self.tables.text("PartyType", &id))
            .unwrap_or_default();
        let known = match (kind.to_lowercase().as_str(), group.to_lowercase().as_str()) {
            ("vessel", _) => Some(EntityKind::Vessel),
            ("aircraft", _) => Some(EntityKind::Aircraft),
            ("individual", _) | (_, "individual") => Some(EntityKind::Person),
            ("entity", _) | (_, "entity") => Some(EntityKind::Organization),
            _ => None,
        };
        match known {
            Some(kind) => {
                self.entity.kind = kind;
                self.unknown_kind = None;
            }
            None => {
                let text = format!("a party of the unknown type '{kind}' ({group})");
                self.remarks.push(remark(self.entity.id(), text));
                self.unknown_kind = self.unknown_kind.take().map(|_| kind);
            }
        }
    }

    fn identity(&mut self, node: &Node) {
        let groups = part_types(node, self.tables);
        let primary = node.attribute("Primary").as_deref() != Some("false");
        let invented = node.attribute("False").as_deref() == Some("true");
        for child in &node.children {
            match child.name.as_str() {
                "Alias" => self.alias(child, &groups, primary, invented),
                "Comment" => self.note("Identity", child.words()),
                "NamePartGroups" => {}
                _ => self.unknown(child, "Identity"),
            }
        }
        let id = node.attribute("ID").unwrap_or_default();
        for document in self.documents.remove(&id).unwrap_or_default() {
            crate::ofac_xml::put_id(&document, &mut self.entity, self.remarks);
            for text in document.children.iter().filter(|child| child.name == "beside") {
                self.note("Document", text.words());
            }
        }
    }

    fn alias(&mut self, node: &Node, groups: &HashMap<String, String>, primary: bool, invented: bool) {
        let label = self
            .tables
            .named("AliasType", node, "AliasTypeID")
            .unwrap_or_default();
        let is = |name| node.attribute(name).as_deref() == Some("true");
        let alias = Alias {
            label: label.to_lowercase(),
            weak: is("LowQuality"),
            first: is("Primary") && primary,
            invented,
        };
        for child in &node.children {
            match child.name.as_str() {
                "DocumentedName" => {
                    let written = self.documented_name(child, groups);
                    self.name(written, &alias);
                }
                "Comment" => self.note("Alias", child.words()),
                _ => self.unknown(child, "Alias"),
            }
        }
    }

    fn name(&mut self, written: Written, alias: &Alias) {
        if !usable_name(&written.text) {
            let text = format!("{WARNING}alias '{}' is no usable name; not kept", written.text);
            self.remarks.push(remark(self.entity.id(), text));
            return;
        }
        let role = match () {
            () if alias.weak => NameRole::WeakAlias,
            () if !written.latin => NameRole::OriginalScript,
            () if alias.first => NameRole::Primary,
            () if alias.label.starts_with("f.k.a") => NameRole::Former,
            () => NameRole::StrongAlias,
        };
        let label = Some(alias.label.clone()).filter(|label| !label.is_empty() && label != "name");
        let script = written.script.filter(|_| !written.latin);
        let invented = alias.invented.then(|| "false identity".to_owned());
        let words: Vec<String> = [label, script, invented].into_iter().flatten().collect();
        let mut name = Name::new(written.text, role);
        name.label = (!words.is_empty()).then(|| words.join(", "));
        self.entity.names.push(name);
    }

    fn documented_name(&mut self, node: &Node, groups: &HashMap<String, String>) -> Written {
        let mut written = Written {
            latin: true,
            ..Written::default()
        };
        let (mut family, mut given) = (Vec::new(), Vec::new());
        for part in &node.children {
            match part.name.as_str() {
                "DocumentedNamePart" => {}
                "Comment" => self.note("Name", part.words()),
                _ => self.unknown(part, "DocumentedName"),
            }
            if part.name != "DocumentedNamePart" {
                continue;
            }
            for value in &part.children {
                let Some(text) = value.words() else { continue };
                let group = value.attribute("NamePartGroupID").unwrap_or_default();
                let kind = groups.get(&group).map_or("", String::as_str);
                let family_name = ["last name", "maiden name", "matronymic"].contains(&kind);
                if family_name { &mut family } else { &mut given }.push(text);
                if let Some(id) = value.attribute("ScriptID") {
                    let code = self.tables.attribute("Script", &id, "ScriptCode");
                    let script = self.tables.text("Script", &id);
                    written.latin &= code.as_deref().is_none_or(|code| code == "Latn") || script == "Latin";
                    written.script = Some(script);
                }
            }
        }
        let joined = |parts: &[String]| parts.join(" ");
        written.text = match (family.is_empty(), given.is_empty()) {
            (false, false) if written.is_east_asian() => format!("{}{}", family.concat(), given.concat()),
            (false, false) => format!("{}, {}", joined(&family), joined(&given)),
            (false, true) => joined(&family),
            (true, _) => joined(&given),
        };
        written
    }

    fn feature(&mut self, node: &Node) {
        let kind = self
            .tables
            .named("FeatureType", node, "FeatureTypeID")
            .unwrap_or_default();
        for child in &node.children {
            match child.name.as_str() {
                "FeatureVersion" => self.version(&kind, child),
                "Comment" => self.note(&kind, child.words()),
                // Which of the party's identities it was seen with.
                "IdentityReference" => {}
                _ => self.unknown(child, "Feature"),
            }
        }
    }

    fn version(&mut self, kind: &str, node: &Node) {
        let reliability = self.tables.named("Reliability", node, "ReliabilityID");
        let mut values = 0;
        for child in &node.children {
            match child.name.as_str() {
                "DatePeriod" => self.dated(kind, child),
                "VersionDetail" => {
                    let looked_up = self.tables.named("DetailReference", child, "DetailReferenceID");
                    let text = [child.words(), looked_up]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" ");
                    if text.is_empty() {
                        continue;
                    }
                    self.put(kind, &text);
                }
                "VersionLocation" => {
                    let Some(place) = self.tables.location(child, "LocationID") else {
                        continue;
                    };
                    self.located(kind, place);
                }
                "Comment" => {
                    self.note(kind, child.words());
                    continue;
                }
                _ => {
                    self.unknown(child, "FeatureVersion");
                    continue;
                }
            }
            values += 1;
        }
        let doubtful =
            reliability.filter(|word| !["Unknown", "Reliable", "Confirmed"].contains(&word.as_str()));
        self.note(&format!("{kind}, reliability"), doubtful.filter(|_| values > 0));
    }

    fn dated(&mut self, kind: &str, node: &Node) {
        let calendar = self.tables.named("CalendarType", node, "CalendarTypeID");
        let other = calendar.filter(|name| name != "Gregorian");
        let text = period(node).filter(|_| other.is_none());
        let Some(text) = text else {
            return self.undated(kind, other, node);
        };
        match is_birth(kind) {
            true => {
                let told = births::put(kind, &text, &mut self.entity);
                self.born(told);
            }
            false => self.put(kind, &text),
        }
    }

    /// A date of another calendar, or of no days.
    fn undated(&mut self, kind: &str, calendar: Option<String>, node: &Node) {
        let words: Vec<String> = [calendar.clone(), Some(flat(node))]
            .into_iter()
            .flatten()
            .collect();
        let words = words.join(" ");
        if is_birth(kind) {
            let said = period(node)
                .zip(calendar)
                .map(|(text, name)| format!("{text}, calendar {name}"));
            let told = births::put_unread(said.as_ref().unwrap_or(&words), &mut self.entity);
            self.born(vec![told]);
        } else {
            let text = format!("the date of '{kind}' is not understood; kept as a note");
            self.remarks.push(remark(self.entity.id(), text));
        }
        self.note(kind, Some(words));
    }

    fn born(&mut self, told: Vec<String>) {
        let told = told.into_iter().map(|text| remark(self.entity.id(), text));
        self.remarks.extend(told);
    }

    fn located(&mut self, kind: &str, place: Address) {
        let country = || place.country.clone();
        match (kind, country()) {
            ("Location", _) => put_address(place, &mut self.entity),
            ("Place of Birth", country) => {
                self.note(kind, place.note.clone());
                self.entity.birth_places.push(Place {
                    text: place.one_line(),
                    country: country.as_deref().and_then(country_code),
                });
            }
            (_, Some(country)) if place.one_line() == country => self.put(kind, &country),
            _ => self.put(kind, &place.one_line()),
        }
    }

    /// A feature is put where an item of OFAC's remarks with the same label would be.
    fn put(&mut self, kind: &str, text: &str) {
        let relation = match kind {
            "Nationality Country" => Some(CountryRelation::Nationality),
            "Citizenship Country" => Some(CountryRelation::Citizenship),
            _ => None,
        };
        if let Some(relation) = relation {
            let link = CountryLink::new(relation, text);
            if !self.entity.countries.contains(&link) {
                self.entity.countries.push(link);
            }
            return;
        }
        match kind.to_lowercase().as_str() {
            "title" => self.entity.positions.push(text.to_owned()),
            "place of birth" => self.entity.birth_places.push(items::place(text)),
            "vessel call sign"
            | "vessel flag"
            | "vessel type"
            | "vessel owner"
            | "vessel tonnage"
            | "vessel gross registered tonnage" => self.vessel(kind, text),
            _ => {
                let item = format!("{kind} {text}");
                let found = labels::find(&item);
                let put = found
                    .is_some_and(|found| items::put_labelled(&found, &item, &mut self.entity, self.remarks));
                if !put {
                    self.entity.notes.push(item);
                }
            }
        }
    }

    fn vessel(&mut self, kind: &str, text: &str) {
        let kind = kind.to_lowercase();
        let only = |name: &str| (kind == name).then_some(text);
        let vessel = Vessel {
            call_sign: only("vessel call sign"),
            flag: only("vessel flag"),
            notes: [
                ("Vessel type", only("vessel type")),
                ("Tonnage", only("vessel tonnage")),
                (
                    "Gross registered tonnage",
                    only("vessel gross registered tonnage"),
                ),
                ("Vessel owner", only("vessel owner")),
            ],
        };
        vessel.put(&mut self.entity);
    }
}

/// What an `Alias` says of all its names.
struct Alias {
    label: String,
    weak: bool,
    first: bool,
    invented: bool,
}

/// A name as it is put together from its parts.
#[derive(Default)]
struct Written {
    text: String,
    latin: bool,
    script: Option<String>,
}

impl Written {
    /// Chinese, Japanese and Korean names are written without a gap, family name first.
    fn is_east_asian(&self) -> bool {
        let script = self.script.as_deref().unwrap_or_default();
        ["Chinese", "Han", "Japanese", "Korean", "Hangul"]
            .iter()
            .any(|word| script.contains(word))
    }
}

/// The kind of each part of an identity's names, in lower case, by the id of its group.
fn part_types(node: &Node, tables: &mut Tables) -> HashMap<String, String> {
    let groups = node
        .children
        .iter()
        .filter(|child| child.name == "NamePartGroups");
    let masters = groups.flat_map(|groups| &groups.children);
    let mut types = HashMap::new();
    for group in masters.flat_map(|master| &master.children) {
        if let (Some(id), Some(kind)) = (
            group.attribute("ID"),
            tables.named("NamePartType", group, "NamePartTypeID"),
        ) {
            types.insert(id, kind.to_lowercase());
        }
    }
    types
}

/// Whether the dates of a feature are those of a birth or a foundation.
fn is_birth(kind: &str) -> bool {
    ["Birthdate", "Organization Established Date"].contains(&kind)
}
