//! Private lists (deny lists, watch lists) as TOML: a form of our own, described in `docs/lists.md`.
//!
//! A table `[list]` says which list it is, and each `[[entry]]` is a party. A key or a value that is not understood is
//! refused with its line.

use crate::detect::choose;
use crate::file::{Title, finish, newlines};
use crate::ofac_rows::Lines;
use crate::private_entry::{AUTHORITY, Entry, Written, field_error, is_list_id, list_id, written_date};
use crate::{Error, ErrorKind, File, Format};
use serde::Deserialize;
use std::collections::HashSet;
use tamis_model::{Address, List, Relation, RelationRole};

/// Whether `text` is of this form.
pub(crate) fn is_private(text: &str) -> bool {
    let has = |table: &str| text.lines().any(|line| line.trim() == table);
    has("[list]") && has("[[entry]]")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    list: About,
    #[serde(default)]
    entry: Vec<toml::Spanned<Party>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    authority: String,
    #[serde(default)]
    published: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    id: String,
    kind: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    weak_aliases: Vec<String>,
    #[serde(default)]
    former_names: Vec<String>,
    #[serde(default)]
    birth_dates: Vec<String>,
    #[serde(default)]
    birth_places: Vec<String>,
    #[serde(default)]
    nationalities: Vec<String>,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    gender: String,
    #[serde(default)]
    identifiers: Vec<Number>,
    #[serde(default)]
    addresses: Vec<Postal>,
    #[serde(default)]
    positions: Vec<String>,
    #[serde(default)]
    relations: Vec<Tie>,
    effect: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    notes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Number {
    kind: String,
    value: String,
    #[serde(default)]
    country: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Postal {
    #[serde(default)]
    lines: Vec<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tie {
    role: RelationRole,
    other: String,
    other_id: Option<String>,
    share: Option<String>,
    note: Option<String>,
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, remarks) = choose(Format::PrivateToml, &[], files)?;
    let text = file.utf8()?;
    let document: Document = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = 1 + newlines(text.as_bytes().get(..start).unwrap_or_default());
        let detail = error.message().to_owned();
        Error::at(file.name.as_str(), line, ErrorKind::Toml { detail })
    })?;
    let about = document.list;
    let mut place = Written {
        file,
        list: &about.id,
        authority: if about.authority.is_empty() {
            AUTHORITY
        } else {
            &about.authority
        },
        line: 1,
    };
    if !is_list_id(&about.id) {
        let problem = "not an id of small letters, digits and hyphens";
        return Err(field_error(&place, "-", "list.id", &about.id, problem));
    }
    let published = match about.published.as_str() {
        "" => None,
        text => {
            let date = written_date(text);
            let problem = "not a day that is read in one way only: write 2026-08-01";
            let wrong = || field_error(&place, "-", "list.published", text, problem);
            Some(date.ok_or_else(wrong)?.from)
        }
    };
    let mut entities = Vec::new();
    let mut ids = HashSet::new();
    let mut lines = Lines::new(text);
    for party in document.entry {
        place.line = lines.of(party.span().start as u64);
        let entity = party.into_inner().entry().entity(&place)?;
        if !ids.insert(entity.native_id.clone()) {
            let entry = entity.native_id;
            return Err(Error::at(
                file.name.as_str(),
                place.line,
                ErrorKind::DuplicateId { entry },
            ));
        }
        entities.push(entity);
    }
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    let title = Title {
        id: "private",
        title: "Private list",
        format: "private-toml",
        published,
    };
    let mut list = finish(title, &[file], entities, remarks);
    list.meta.id = list_id(&about.id);
    list.meta.title = match about.title.is_empty() {
        true => format!("Private list {}", about.id),
        false => about.title,
    };
    Ok(list)
}

impl Party {
    fn entry(self) -> Entry {
        let address = |postal: Postal| Address {
            lines: postal.lines,
            city: postal.city,
            region: postal.region,
            postal_code: postal.postal_code,
            country: postal.country,
            note: postal.note,
        };
        let relation = |tie: Tie| Relation {
            role: tie.role,
            other: tie.other,
            other_id: tie.other_id,
            share: tie.share,
            from: None,
            to: None,
            note: tie.note,
            source: None,
        };
        let number = |number: Number| (number.kind, number.country, number.value);
        Entry {
            id: self.id,
            kind: self.kind,
            name: self.name,
            aliases: self.aliases,
            weak_aliases: self.weak_aliases,
            former_names: self.former_names,
            birth_dates: self.birth_dates,
            birth_places: self.birth_places,
            nationalities: self.nationalities,
            countries: self.countries,
            gender: self.gender,
            identifiers: self.identifiers.into_iter().map(number).collect(),
            addresses: self.addresses.into_iter().map(address).collect(),
            positions: self.positions,
            relations: self.relations.into_iter().map(relation).collect(),
            effect: self.effect,
            reason: self.reason,
            from: self.from,
            to: self.to,
            notes: self.notes,
        }
    }
}
