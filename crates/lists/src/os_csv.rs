//! OpenSanctions as a table of targets: `targets.simple.csv` (opensanctions.org).
//!
//! A field with several values parts them by semicolons, and quotes them as a row of its own would. The table says
//! that there is a sanction and under which programme, but neither by whom nor with what effect: a freeze is assumed.
//! A row without a sanction is a target for another reason, a politically exposed person for example, and has a
//! measure that only warns. The file states no number of rows.

use crate::births;
use crate::columns::{self, Row, Titles};
use crate::detect::choose;
use crate::eu_entity::is_latin;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::os_measures::{own, regime};
use crate::os_party::{LIST, kind, once};
use crate::tables::{OS_SCHEMATA, cell, find};
use crate::{Error, ErrorKind, File, Format};
use csv::StringRecord;
use std::collections::HashSet;
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Identifier, IdentifierKind, List,
    Measure, Name, NameRole, Prohibition, Remark,
};

/// Columns without which the file is not this one.
const NEEDED: [&str; 5] = ["id", "schema", "name", "aliases", "sanctions"];

/// Columns that tell of the file and not of the row.
const LAST_SEEN: &str = "last_seen";

/// Whether the first line of a file is the header of this format.
pub(crate) fn is_header(line: &str) -> bool {
    let titles: Vec<&str> = line
        .split(',')
        .map(|title| title.trim_matches(['"', ' ', '\r', '\u{feff}']))
        .collect();
    NEEDED.iter().all(|title| titles.contains(title)) && titles.first() == NEEDED.first()
}

fn is_header_row(row: &StringRecord) -> bool {
    NEEDED
        .iter()
        .all(|title| row.iter().any(|own| own.trim() == *title))
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, others) = choose(Format::OpenSanctionsCsv, &["targets.simple.csv"], files)?;
    let mut reading = Reading {
        file,
        entities: Vec::new(),
        ids: HashSet::new(),
        last_seen: None,
        kinds: UnknownKinds::default(),
        remarks: Vec::new(),
    };
    reading.remarks.extend(others);
    let mut remarks = Vec::new();
    columns::read(file, is_header_row, &mut remarks, |titles, row| {
        reading.row(titles, row)
    })?;
    remarks.append(&mut reading.remarks);
    reading.kinds.settle(file, &reading.entities, &mut remarks)?;
    let day = reading
        .last_seen
        .as_deref()
        .and_then(|text| BirthDate::parse(text.get(..10)?));
    let title = Title {
        id: LIST,
        title: "OpenSanctions",
        format: "opensanctions-csv",
        published: day.map(|date| date.from),
    };
    Ok(finish(title, &[file], reading.entities, remarks))
}

struct Reading<'a> {
    file: &'a File,
    entities: Vec<Entity>,
    ids: HashSet<String>,
    last_seen: Option<String>,
    kinds: UnknownKinds,
    remarks: Vec<Remark>,
}

impl Reading<'_> {
    fn row(&mut self, titles: &Titles, row: &Row<'_>) -> Result<(), Error> {
        let get = |title: &str| {
            let mut columns = titles.titles.iter().zip(row.fields);
            columns
                .find(|(own, _)| *own == title)
                .map_or("", |(_, text)| text.trim())
        };
        let refused = |kind| Error::at(self.file.name.as_str(), row.line, kind);
        let (id, name) = (get("id"), get("name"));
        if id.is_empty() {
            let (entry, value) = ("?".to_owned(), String::new());
            let (field, problem) = ("id", "missing");
            return Err(refused(ErrorKind::Field {
                field,
                entry,
                value,
                problem,
            }));
        }
        if !usable_name(name) {
            let (entry, name) = (id.to_owned(), name.to_owned());
            return Err(refused(ErrorKind::NoName { entry, name }));
        }
        if !self.ids.insert(id.to_owned()) {
            return Err(refused(ErrorKind::DuplicateId { entry: id.to_owned() }));
        }
        let schema = find(&OS_SCHEMATA, get("schema"));
        let kind = schema.and_then(|row| cell(row, 1)).and_then(kind);
        let mut entity = Entity::new(LIST, id, kind.unwrap_or(EntityKind::Organization));
        entity.names.push(Name::new(name, NameRole::Primary));
        if kind.is_none() {
            self.kinds.add(get("schema"), &mut entity);
        }
        for (title, text) in titles.titles.iter().zip(row.fields) {
            self.field(&mut entity, title, text.trim());
        }
        entity.measures = measures(get("sanctions"), get("program_ids"));
        self.entities.push(entity);
        Ok(())
    }

    fn field(&mut self, entity: &mut Entity, title: &str, text: &str) {
        let number = |kind: IdentifierKind, value: &str| {
            let mut id = Identifier::new(kind.clone(), value);
            id.label = (kind == IdentifierKind::Other).then(|| title.to_owned());
            id
        };
        if text.is_empty() {
            return;
        }
        match title {
            "id" | "name" | "sanctions" => {}
            "schema" if text == "Person" => {}
            LAST_SEEN => {
                let seen = self.last_seen.take().unwrap_or_default();
                self.last_seen = Some(seen.max(text.to_owned()));
            }
            "aliases" => values(text).iter().for_each(|alias| alias_of(entity, alias)),
            "birth_date" => {
                for value in values(text) {
                    let told = births::put(title, &value, entity).into_iter();
                    self.remarks.extend(told.map(|text| remark(entity.id(), text)));
                }
            }
            "countries" => {
                for value in values(text) {
                    once(
                        &mut entity.countries,
                        CountryLink::new(CountryRelation::Unspecified, value),
                    );
                }
            }
            "addresses" => {
                for value in values(text) {
                    let lines = vec![value];
                    once(
                        &mut entity.addresses,
                        Address {
                            lines,
                            ..Address::default()
                        },
                    );
                }
            }
            "identifiers" | "phones" | "emails" => {
                for value in values(text) {
                    let kind = match title {
                        "phones" => IdentifierKind::Phone,
                        "emails" => IdentifierKind::Email,
                        // A number with its kind before it; the others are of any kind.
                        _ if value.starts_with("IMO") => IdentifierKind::Imo,
                        _ => IdentifierKind::Other,
                    };
                    match usable_name(&value) {
                        true => once(&mut entity.identifiers, number(kind, &value)),
                        false => entity.notes.push(format!("{title}: {value}")),
                    }
                }
            }
            "schema" | "dataset" | "program_ids" | "first_seen" | "last_change" => {
                entity.notes.push(format!("{title}: {text}"));
            }
            _ => {
                let told =
                    format!("{WARNING}the column '{title}' is not known; its fields are kept as notes");
                once(&mut self.remarks, remark(self.file.name.as_str(), told));
                entity.notes.push(format!("{title}: {text}"));
            }
        }
    }
}

fn alias_of(entity: &mut Entity, alias: &str) {
    if !usable_name(alias) {
        entity.notes.push(format!("aliases: {alias}"));
        return;
    }
    if entity.names.iter().any(|name| name.text == alias) {
        return;
    }
    let role = if is_latin(alias) {
        NameRole::StrongAlias
    } else {
        NameRole::OriginalScript
    };
    entity.names.push(Name::new(alias, role));
}

/// The values of a field, which is a row of its own parted by semicolons.
fn values(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut row = StringRecord::new();
    let mut found = Vec::new();
    // Text that is already in memory and is valid does not fail to be read.
    while reader.read_record(&mut row).unwrap_or(false) {
        found.extend(
            row.iter()
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(str::to_owned),
        );
    }
    found
}

/// A freeze for each programme; a warning where the row names neither a sanction nor a programme.
fn measures(sanctions: &str, programmes: &str) -> Vec<Measure> {
    if sanctions.is_empty() && programmes.is_empty() {
        let detail = "a target of the file, which records no sanction of it";
        return vec![own("target", Prohibition::Caution, detail)];
    }
    let mut detail = values(sanctions);
    detail.push("the file does not state the effect; a freeze is assumed".to_owned());
    let freeze = own("freeze", Prohibition::AssetFreeze, &detail.join("; "));
    let programmes = values(programmes);
    if programmes.is_empty() {
        return vec![freeze];
    }
    let by_programme = programmes.into_iter().map(|programme| {
        let code = format!("{}.{LIST}.freeze", regime(None, Some(&programme)));
        let programme = Some(programme);
        Measure {
            code,
            programme,
            ..freeze.clone()
        }
    });
    by_programme.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_a_row_of_its_own() {
        assert_eq!(values("a;b c; d"), ["a", "b c", "d"]);
        assert_eq!(values(r#""He said ""x; y""";z"#), [r#"He said "x; y""#, "z"]);
        assert!(values(r#""""#).is_empty());
        assert_eq!(values("one\ntwo"), ["one", "two"]);
    }

    #[test]
    fn programmes_say_whose_measure_it_is() {
        let codes = |sanctions: &str, programmes: &str| {
            let found = measures(sanctions, programmes).into_iter();
            found.map(|m| (m.code, m.prohibits)).collect::<Vec<_>>()
        };
        let freeze = |code: &str| (code.to_owned(), Prohibition::AssetFreeze);
        assert_eq!(
            codes(r#""""#, "EU-UKR;GB-RUS"),
            [
                freeze("eu.opensanctions.freeze"),
                freeze("uk.opensanctions.freeze")
            ]
        );
        assert_eq!(codes("Reason", ""), [freeze("int.opensanctions.freeze")]);
        assert_eq!(
            codes("", ""),
            [("int.opensanctions.target".to_owned(), Prohibition::Caution)]
        );
    }
}
