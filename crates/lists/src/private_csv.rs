//! Private lists (deny lists, watch lists) as CSV: a form of our own, described in `docs/lists.md`.
//!
//! The first row has the titles, in any order; `list`, `id`, `kind`, `name` and `effect` must be there. A row is an
//! entry. Several values in a field are parted by `|`. A title or a value that is not understood is refused.

use crate::columns::{self, Row, Titles};
use crate::detect::choose;
use crate::file::{Title, finish};
use crate::private_entry::{AUTHORITY, Entry, Written, field_error, is_list_id, list_id};
use crate::{Error, ErrorKind, File, Format};
use std::collections::HashSet;
use tamis_model::{Address, Entity, List};

/// Titles that must be there.
const NEEDED: [&str; 5] = ["list", "id", "kind", "name", "effect"];

/// The other titles.
const KNOWN: [&str; 16] = [
    "aliases",
    "weak_aliases",
    "former_names",
    "birth_dates",
    "birth_places",
    "nationalities",
    "countries",
    "gender",
    "identifiers",
    "addresses",
    "positions",
    "reason",
    "authority",
    "from",
    "to",
    "notes",
];

fn is_header_row(row: &csv::StringRecord) -> bool {
    NEEDED
        .iter()
        .all(|title| row.iter().any(|own| own.trim() == *title))
}

/// Whether `text` begins with the titles of this form.
pub(crate) fn is_header(text: &str) -> bool {
    columns::has_header(text, is_header_row)
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::PrivateCsv, &[], files)?;
    let mut reading = Reading {
        file,
        list: None,
        ids: HashSet::new(),
        entities: Vec::new(),
    };
    columns::read(file, is_header_row, &mut remarks, |titles, row| {
        reading.row(titles, row)
    })?;
    let own = reading.list.unwrap_or_default();
    let title = Title {
        id: "private",
        title: "Private list",
        format: "private-csv",
        published: None,
    };
    let mut list = finish(title, &[file], reading.entities, remarks);
    list.meta.id = list_id(&own);
    list.meta.title = format!("Private list {own}");
    Ok(list)
}

struct Reading<'a> {
    file: &'a File,
    list: Option<String>,
    ids: HashSet<String>,
    entities: Vec<Entity>,
}

impl Reading<'_> {
    /// Refuses a title that is not known, or is there twice: what stands below it would be lost.
    fn titles(&self, titles: &[String]) -> Result<(), Error> {
        for (at, title) in titles.iter().enumerate() {
            let own = title.as_str();
            let twice = titles.iter().take(at).any(|other| other == own);
            if !twice && (NEEDED.contains(&own) || KNOWN.contains(&own)) {
                continue;
            }
            let known = [&NEEDED[..], &KNOWN[..]].concat().join(", ");
            let column = if twice {
                format!("{own} (twice)")
            } else {
                own.to_owned()
            };
            return Err(self.file.error(ErrorKind::UnknownColumn { column, known }));
        }
        Ok(())
    }

    fn row(&mut self, titles: &Titles, row: &Row<'_>) -> Result<(), Error> {
        let refused = |kind| Error::at(self.file.name.as_str(), row.line, kind);
        if self.entities.is_empty() {
            self.titles(&titles.titles)?;
        }
        if row.fields.iter().all(|field| field.trim().is_empty()) {
            return Ok(());
        }
        let get = |title: &str| {
            let mut columns = titles.titles.iter().zip(row.fields);
            columns
                .find(|(own, _)| *own == title)
                .map_or("", |(_, text)| text.trim())
        };
        let own = self.list.get_or_insert_with(|| get("list").to_owned()).clone();
        let authority = Some(get("authority"))
            .filter(|text| !text.is_empty())
            .unwrap_or(AUTHORITY);
        let place = Written {
            file: self.file,
            list: &own,
            authority,
            line: row.line,
        };
        let problem = match () {
            () if !is_list_id(&own) => "not an id of small letters, digits and hyphens",
            () if own != get("list") => "another list than in the rows above: keep each in a file of its own",
            () => "",
        };
        if !problem.is_empty() {
            return Err(field_error(&place, get("id"), "list", get("list"), problem));
        }
        let entity = entry(get).entity(&place)?;
        if !self.ids.insert(entity.native_id.clone()) {
            return Err(refused(ErrorKind::DuplicateId {
                entry: entity.native_id,
            }));
        }
        self.entities.push(entity);
        Ok(())
    }
}

fn entry<'r>(get: impl Fn(&str) -> &'r str) -> Entry {
    let several = |title: &str| {
        let values = get(title).split('|').map(str::trim);
        values
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let one = |title: &str| get(title).to_owned();
    let address = |line: String| Address {
        lines: vec![line],
        ..Address::default()
    };
    Entry {
        id: one("id"),
        kind: one("kind"),
        name: one("name"),
        aliases: several("aliases"),
        weak_aliases: several("weak_aliases"),
        former_names: several("former_names"),
        birth_dates: several("birth_dates"),
        birth_places: several("birth_places"),
        nationalities: several("nationalities"),
        countries: several("countries"),
        gender: one("gender"),
        identifiers: several("identifiers")
            .iter()
            .map(|text| identifier(text))
            .collect(),
        addresses: several("addresses").into_iter().map(address).collect(),
        positions: several("positions"),
        relations: Vec::new(),
        effect: one("effect"),
        reason: one("reason"),
        from: one("from"),
        to: one("to"),
        notes: several("notes"),
    }
}

/// `passport=00 1234567`, or `passport@RU=00 1234567` with the country that issued it.
fn identifier(text: &str) -> (String, String, String) {
    let (kind, value) = text.split_once('=').unwrap_or((text, ""));
    let (kind, country) = kind.split_once('@').unwrap_or((kind, ""));
    let [kind, country, value] = [kind, country, value].map(|part| part.trim().to_owned());
    (kind, country, value)
}
