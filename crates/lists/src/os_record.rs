//! The records of OpenSanctions, as *FollowTheMoney* has them: an id, a schema, and properties with values.
//!
//! In nested files a value may be a record itself; it is taken out, and its id stands in its place, so that nested
//! and flat files are read alike.

use crate::json::Json;
use crate::json_file;
use crate::tables::{OS_SCHEMATA, cell, find};
use crate::unfolding::Unfolding;
use crate::{Error, ErrorKind, File};
use std::collections::HashMap;

/// A record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub id: String,
    pub schema: String,
    pub caption: Option<String>,
    /// Whether the file calls it a target.
    pub target: bool,
    pub properties: Vec<(String, Vec<String>)>,
    pub datasets: Vec<String>,
    pub last_seen: Option<String>,
    /// What else is said, as notes.
    pub beside: Vec<String>,
    pub line: u64,
    /// Whether it has a line of its own.
    pub top: bool,
}

impl Record {
    /// The values of a property, never empty ones.
    pub(crate) fn values(&self, property: &str) -> impl Iterator<Item = &str> {
        let own = self.properties.iter().filter(move |(name, _)| name == property);
        own.flat_map(|(_, values)| values.iter().map(String::as_str))
    }

    pub(crate) fn first(&self, property: &str) -> Option<&str> {
        self.values(property).next()
    }

    /// The bytes of its properties.
    pub(crate) fn size(&self) -> usize {
        let values = self
            .properties
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| name.len() + value.len()));
        values.sum()
    }

    fn push(&mut self, property: &str, value: String) {
        if value.trim().is_empty() {
            return;
        }
        match self.properties.iter_mut().find(|(name, _)| name == property) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => self.properties.push((property.to_owned(), vec![value])),
        }
    }

    /// The row of the table for its schema.
    pub(crate) fn part(&self) -> Option<&'static Vec<String>> {
        find(&OS_SCHEMATA, &self.schema)
    }

    /// The properties by which a link names its two ends.
    pub(crate) fn ends(&self) -> [Option<&'static str>; 2] {
        let row = self.part();
        [2, 3].map(|column| row.and_then(|row| cell(row, column)))
    }
}

/// The records of a file, each once.
#[derive(Debug)]
pub(crate) struct Records {
    pub all: Vec<Record>,
    pub index: HashMap<String, usize>,
    /// Copies of a record inside others, which became part of it.
    pub merged: usize,
    /// What records say of others that name them.
    pub unfolding: Unfolding,
}

impl Records {
    pub(crate) fn of(file: &File) -> Records {
        Records {
            all: Vec::new(),
            index: HashMap::new(),
            merged: 0,
            unfolding: Unfolding::of(file),
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Record> {
        self.index.get(id).and_then(|at| self.all.get(*at))
    }

    /// Reads one line.
    pub(crate) fn read(&mut self, file: &File, line: u64, text: &str) -> Result<(), Error> {
        let json = json_file::line(file, line, text)?;
        for field in ["id", "schema"] {
            let given = json.member(field).and_then(Json::text);
            if given.is_none_or(|text| text.trim().is_empty()) {
                let id = json.member("id").and_then(Json::text).unwrap_or("?");
                let kind = ErrorKind::Field {
                    field,
                    entry: id.to_owned(),
                    value: String::new(),
                    problem: "missing",
                };
                return Err(Error::at(file.name.as_str(), line, kind));
            }
        }
        self.take(json, line, None)
            .map_err(|entry| Error::at(file.name.as_str(), line, ErrorKind::DuplicateId { entry }))?;
        Ok(())
    }

    /// Takes in a record with those inside it, and gives its id; the id that is there twice as an error.
    fn take(&mut self, json: Json, line: u64, parent: Option<&str>) -> Result<String, String> {
        let text = |name| {
            json.member(name)
                .and_then(Json::text)
                .map(|text| text.trim().to_owned())
        };
        let mut record = Record {
            id: text("id").unwrap_or_default(),
            schema: text("schema").unwrap_or_default(),
            line,
            top: parent.is_none(),
            ..Record::default()
        };
        let Json::Object(members) = json else {
            return Ok(record.id);
        };
        for (name, value) in members {
            self.member(&mut record, &name, value)?;
        }
        if let Some(parent) = parent {
            tie_to(&mut record, parent);
        }
        let id = record.id.clone();
        self.add(record)?;
        Ok(id)
    }

    fn member(&mut self, record: &mut Record, name: &str, value: Json) -> Result<(), String> {
        let text = value.text().map(str::to_owned);
        match (name, text) {
            ("id" | "schema", Some(_)) => {}
            ("caption", Some(text)) => record.caption = Some(text),
            ("target", Some(text)) => record.target = text == "true",
            ("last_seen", Some(text)) => record.last_seen = Some(text),
            ("properties", None) => {
                if let Json::Object(properties) = value {
                    for (property, value) in properties {
                        self.property(record, &property, value)?;
                    }
                }
            }
            ("datasets", None) => {
                let values = value.into_values();
                record.datasets.extend(values.iter().map(Json::to_string));
            }
            // One that was put in from several says what they were called.
            (_, _) => {
                let texts: Vec<String> = value.into_values().iter().map(Json::to_string).collect();
                let texts = texts.join(", ");
                if !texts.trim().is_empty() {
                    record.beside.push(format!("{name}: {texts}"));
                }
            }
        }
        Ok(())
    }

    fn property(&mut self, record: &mut Record, property: &str, value: Json) -> Result<(), String> {
        for value in value.into_values() {
            let is_record = ["id", "schema"].iter().all(|name| value.member(name).is_some());
            if is_record {
                let id = self.take(value, record.line, Some(&record.id.clone()))?;
                record.push(property, id);
            } else if value != Json::Null {
                record.push(property, value.to_string());
            }
        }
        Ok(())
    }

    /// Adds a record, or what it says beside an earlier copy of it.
    fn add(&mut self, record: Record) -> Result<(), String> {
        let Some(at) = self.index.get(&record.id).copied() else {
            self.index.insert(record.id.clone(), self.all.len());
            self.all.push(record);
            return Ok(());
        };
        let Some(known) = self.all.get_mut(at) else {
            return Ok(());
        };
        if known.top && record.top {
            return Err(record.id);
        }
        self.merged += 1;
        known.top |= record.top;
        known.target |= record.target;
        for (property, values) in record.properties {
            values.into_iter().for_each(|value| known.push(&property, value));
        }
        for dataset in record.datasets {
            if !known.datasets.contains(&dataset) {
                known.datasets.push(dataset);
            }
        }
        for note in record.beside {
            if !known.beside.contains(&note) {
                known.beside.push(note);
            }
        }
        known.last_seen = known.last_seen.take().max(record.last_seen);
        known.caption = known.caption.take().or(record.caption);
        Ok(())
    }
}

/// A link inside the record of one of its ends may leave out that end.
fn tie_to(record: &mut Record, parent: &str) {
    let ends = record.ends();
    let named = ends
        .iter()
        .flatten()
        .any(|end| record.values(end).any(|id| id == parent));
    let missing = ends.into_iter().flatten().find(|end| record.first(end).is_none());
    if let Some(end) = missing.filter(|_| !named) {
        record.push(end, parent.to_owned());
    }
}
