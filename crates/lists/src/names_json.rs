//! Lists of bare names as JSON: an array of records with `id`, `full_name`, `source` and `aliases`, as some gatherers of lists keep them.
//!
//! Such a file says who is listed by whom, and nothing else: not what is prohibited, and not what kind of party it is. An asset freeze is
//! assumed unless the source's words say otherwise. Take the publisher's own file where there is one.

use crate::beside;
use crate::contents::Contents;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::json::Json;
use crate::json_file;
use crate::us_record::spaced;
use crate::{Error, ErrorKind, File, Format};
use std::collections::HashSet;
use tamis_model::{Entity, EntityKind, List, Measure, Name, NameRole, Prohibition, Remark};

/// Whether a file begins like one of these.
pub(crate) fn is_list(text: &str) -> bool {
    text.starts_with('[')
        && ["\"full_name\"", "\"source\"", "\"aliases\""]
            .iter()
            .all(|name| text.contains(name))
}

/// Reads one file, or a folder of them.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (read, mut remarks) = beside::every(Format::NamesJson, "json", files)?;
    let contents = Contents::of(files)?;
    contents.all_there(&read.iter().map(|file| stem(file).to_owned()).collect())?;
    let mut entities = Vec::new();
    let mut ids = HashSet::new();
    for file in read.iter().copied() {
        let text = "bare names: the file says neither what is prohibited nor what kind of party it is";
        remarks.push(remark(file.name.as_str(), text));
        let count = json_file::entries(file, None, |number, json| {
            let Some(entity) = entity(file, number, &json, &mut remarks)? else {
                return Ok(());
            };
            let entry = entity.native_id.clone();
            if !ids.insert(entry.clone()) {
                return Err(file.error(ErrorKind::DuplicateId { entry }));
            }
            entities.push(entity);
            Ok(())
        })?;
        contents.count(file, stem(file), count)?;
    }
    let title = Title {
        id: "names",
        title: "Bare names",
        format: "names-json",
        published: None,
    };
    Ok(finish(title, &read, entities, remarks))
}

fn stem(file: &File) -> &str {
    file.name.strip_suffix(".json").unwrap_or(&file.name)
}

fn entity(
    file: &File,
    place: usize,
    value: &Json,
    remarks: &mut Vec<Remark>,
) -> Result<Option<Entity>, Error> {
    let text = |name: &str| {
        value
            .member(name)
            .and_then(Json::text)
            .map(spaced)
            .filter(|text| !text.is_empty())
    };
    let stem = stem(file);
    let Some(number) = text("id") else {
        let (field, entry, problem) = ("id", format!("number {place}"), "which must not be empty");
        let value = String::new();
        return Err(file.error(ErrorKind::Field {
            field,
            entry,
            value,
            problem,
        }));
    };
    let mut entity = Entity::new("names", format!("{stem}/{number}"), EntityKind::Organization);
    let aliases = value
        .member("aliases")
        .cloned()
        .map(Json::into_values)
        .unwrap_or_default();
    let names = text("full_name")
        .into_iter()
        .chain(aliases.iter().map(|alias| spaced(&alias.to_string())));
    for name in names.filter(|name| usable_name(name)) {
        if entity.names.is_empty() {
            entity.kind = crate::guess::kind(&name);
        }
        let role = if entity.names.is_empty() {
            NameRole::Primary
        } else {
            NameRole::StrongAlias
        };
        if !entity.names.iter().any(|known| known.text == name) {
            entity.names.push(Name::new(name, role));
        }
    }
    if entity.names.is_empty() {
        remarks.push(remark(
            entity.id(),
            format!("{WARNING}an entry without a name, which nothing can match"),
        ));
        return Ok(None);
    }
    if let Json::Object(members) = value {
        for (name, value) in members
            .iter()
            .filter(|(name, _)| !["id", "full_name", "aliases", "source"].contains(&name.as_str()))
        {
            entity.notes.push(format!("{name}: {value}"));
        }
    }
    let source = text("source").unwrap_or_else(|| stem.to_owned());
    let lower = source.to_lowercase();
    let (effect, prohibits) = match () {
        () if lower.contains("alert") || lower.contains("warning") => ("caution", Prohibition::Caution),
        () if lower.contains("travel") => ("travel-ban", Prohibition::TravelBan),
        () => ("freeze", Prohibition::AssetFreeze),
    };
    let mut measure = Measure::new(
        format!("names.{}.{effect}", stem.to_lowercase()),
        source,
        prohibits,
    );
    measure.detail = Some("assumed: the file holds bare names".to_owned());
    entity.measures.push(measure);
    Ok(Some(entity))
}
