//! Canada's *Consolidated Canadian Autonomous Sanctions List* (Global Affairs Canada, `sema-lmes.xml`): listings under the Special
//! Economic Measures Act and the Justice for Victims of Corrupt Foreign Officials Act.
//!
//! One `record` for each listing, known by regulations, schedule and item. The file says neither what is prohibited (dealings are, by
//! the regulations) nor when it was made.

use crate::births;
use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::guess::is_legal_form;
use crate::sheet_fields::once;
use crate::xml::{self, Node, Part};
use crate::xml_elements::{self, Known};
use crate::{Error, ErrorKind, File, Format};
use std::collections::HashSet;
use tamis_model::{
    Entity, EntityKind, Identifier, IdentifierKind, List, Measure, Name, NameRole, Prohibition, Remark,
};
use unicode_script::{Script, UnicodeScript};

const AUTHORITY: &str = "Canada, Global Affairs Canada";
const ROOT: &str = "data-set";

const KNOWN: &Known = &[(
    "record",
    &[
        "Country",
        "LastName",
        "GivenName",
        "EntityOrShip",
        "TitleOrShip",
        "Aliases",
        "DateOfBirthOrShipBuildDate",
        "ShipIMONumber",
        "Schedule",
        "Item",
        "DateOfListing",
    ],
)];

/// Whether a file whose root is `data-set` is this list.
pub(crate) fn is_list(text: &str) -> bool {
    text.contains("<record>") && text.contains("<DateOfListing>")
}

/// Reads the list.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::CaXml, &["sema-lmes.xml"], files)?;
    let mut entities = Vec::new();
    let mut ids = HashSet::new();
    xml::read(file, ROOT, &[], &["record"], |part| {
        if let Part::Element(node) = part {
            xml_elements::check(file, &node, KNOWN)?;
            let entity = entity(file, &node, &mut remarks)?;
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
        Ok(())
    })?;
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    let title = Title {
        id: "ca",
        title: "Consolidated Canadian Autonomous Sanctions List",
        format: "ca-xml",
        published: None,
    };
    Ok(finish(title, &[file], entities, remarks))
}

fn entity(file: &File, node: &Node, remarks: &mut Vec<Remark>) -> Result<Entity, Error> {
    let text = |name: &str| node.get(name);
    let regulations = text("Country").unwrap_or_default();
    let english = regulations.split(" / ").next().unwrap_or_default().trim();
    let (schedule, item) = (text("Schedule"), text("Item"));
    let id = [Some(english.to_owned()), schedule.clone(), item.clone()];
    let id: Vec<String> = id.into_iter().flatten().collect();
    let id = id.join("/");
    let imo = text("ShipIMONumber");
    let (family, given) = (text("LastName"), text("GivenName"));
    let kind = match () {
        () if family.is_some() || given.is_some() => EntityKind::Person,
        () if imo.is_some() => EntityKind::Vessel,
        () => EntityKind::Organization,
    };
    let mut entity = Entity::new("ca", &id, kind);
    let mut problems = Vec::new();
    let name = match (family, given) {
        (Some(family), Some(given)) => format!("{family}, {given}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => text("EntityOrShip").unwrap_or_default(),
    };
    if !usable_name(&name) {
        return Err(Error::at(
            file.name.as_str(),
            node.line,
            ErrorKind::NoName { entry: id, name },
        ));
    }
    entity.names.push(Name::new(name, NameRole::Primary));
    for alias in text("Aliases").iter().flat_map(|text| aliases(text)) {
        if usable_name(&alias) && !is_legal_form(&alias) {
            let latin = alias.chars().any(|c| c.script() == Script::Latin);
            let role = if latin {
                NameRole::StrongAlias
            } else {
                NameRole::OriginalScript
            };
            once(&mut entity.names, Name::new(alias, role));
        } else {
            problems.push(format!("{WARNING}'{alias}' is no usable name; kept as a note"));
            entity.notes.push(format!("Alias: {alias}"));
        }
    }
    if kind != EntityKind::Person
        && let Some(other) =
            text("EntityOrShip").filter(|own| *own != entity.names.first().map_or("", |n| &n.text))
    {
        entity.notes.push(format!("Entity or ship: {other}"));
    }
    if let Some(title) = text("TitleOrShip") {
        match kind {
            EntityKind::Person => entity.positions.push(title),
            _ => entity.notes.push(format!("Type of ship: {title}")),
        }
    }
    if let Some(imo) = imo {
        entity.identifiers.push(Identifier::new(IdentifierKind::Imo, imo));
    }
    if let Some(day) = text("DateOfBirthOrShipBuildDate") {
        match kind {
            EntityKind::Person => problems.extend(births::put("Date of birth", &day, &mut entity)),
            EntityKind::Vessel => entity.notes.push(format!("Built: {day}")),
            _ => entity.notes.push(format!("Date: {day}")),
        }
    }
    let mut measure = Measure::new("ca.sema.freeze", AUTHORITY, Prohibition::AssetFreeze);
    measure.programme = Some(english.to_owned()).filter(|text| !text.is_empty());
    measure.legal_basis = Some(basis(english, schedule.as_deref(), item.as_deref()));
    measure.from = text("DateOfListing").and_then(|day| crate::xlsx::day(&day));
    if let (None, Some(day)) = (measure.from, text("DateOfListing")) {
        problems.push(format!("the date '{day}' is not understood; kept as a note"));
        entity.notes.push(format!("Date of listing: {day}"));
    }
    measure.detail = Some("dealings with the party's property, and services to or for it".to_owned());
    entity.measures.push(measure);
    remarks.extend(problems.into_iter().map(|text| remark(entity.id(), text)));
    Ok(entity)
}

/// The act that the regulations rest on. The corruption regulations rest on an act of their own.
fn basis(regulations: &str, schedule: Option<&str>, item: Option<&str>) -> String {
    let act = match regulations.contains("JVCFOR") || regulations.contains("Corrupt Foreign") {
        true => "Justice for Victims of Corrupt Foreign Officials Act (S.C. 2017, c. 21)",
        false => "Special Economic Measures Act (S.C. 1992, c. 17)",
    };
    let mut text = format!("{act}, regulations: {regulations}");
    for (what, part) in [("schedule", schedule), ("item", item)] {
        if let Some(part) = part {
            text.push_str(&format!(", {what} {part}"));
        }
    }
    text
}

/// Aliases are parted by semicolons, or by commas; the language may stand before one (`Russian: …`).
///
/// A comma also stands before a legal form (`Рембаза, АО`), which is part of the name: as an alias, it matches thousands.
/// So does one within parentheses.
fn aliases(text: &str) -> Vec<String> {
    text.split(';')
        .flat_map(|part| names_of(without_language(part)))
        .collect()
}

fn names_of(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in split_outside_parentheses(text) {
        let piece = without_language(piece);
        match names.last_mut() {
            Some(before) if is_legal_form(piece) || is_legal_form(before) => {
                before.push_str(", ");
                before.push_str(piece);
            }
            _ if piece.is_empty() => {}
            _ => names.push(piece.to_owned()),
        }
    }
    names
}

fn without_language(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(": ") {
        Some((language, name)) if language.chars().all(char::is_alphabetic) => name.trim(),
        _ => text,
    }
}

/// The parts between `, `. Where parentheses are not closed, they say nothing of where a name ends.
fn split_outside_parentheses(text: &str) -> Vec<&str> {
    if text.matches('(').count() != text.matches(')').count() {
        return text.split(", ").collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(", ") {
        let before = text.get(start..at).unwrap_or_default();
        if before.matches('(').count() == before.matches(')').count() {
            parts.push(before);
            start = at + 2;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_lose_the_language_they_are_in() {
        assert_eq!(
            aliases("Kolya One, Belarusian: Міколя; Иван"),
            ["Kolya One", "Міколя", "Иван"]
        );
    }

    #[test]
    fn a_legal_form_is_part_of_the_name_before_it() {
        assert_eq!(aliases("Рембаза, АО"), ["Рембаза, АО"]);
        assert_eq!(
            aliases("SSC Trinity, JSC; Тринити, АО"),
            ["SSC Trinity, JSC", "Тринити, АО"]
        );
        assert_eq!(
            aliases("VSC, VSK, Стивидорная Компания, ООО, ООО “ВСК”"),
            ["VSC", "VSK", "Стивидорная Компания, ООО", "ООО “ВСК”"]
        );
        assert_eq!(aliases("ОАО, БЭТО"), ["ОАО, БЭТО"]);
        assert_eq!(
            aliases("Институт (ЦНИИ, АО), ЦНИИ"),
            ["Институт (ЦНИИ, АО)", "ЦНИИ"]
        );
        assert_eq!(aliases("Институт (ЦНИИ, АО"), ["Институт (ЦНИИ, АО"]);
        assert_eq!(aliases(" ; "), [""; 0]);
    }
}
