//! The built-in list, and the readable TOML form it is written in.
//!
//! The form is meant for human editors: a `[list]` header, the sources and the measures once each by a key,
//! then one `[[entity]]` after the other. Every fact names a source, its own or its entity's; a fact without
//! one is refused, and so is everything else that an editor can get wrong without noticing.

use crate::file::hex;
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::{
    Activity, Address, BirthDate, Confidence, CountryLink, CountryRelation, Counts, Entity, EntityKind,
    Gender, Identifier, IdentifierKind, List, ListFile, ListMeta, Measure, Name, NameRole, NotListed, Place,
    Prohibition, Relation, RelationRole, Remark, Source, country_code,
};
use toml::{Spanned, Value};

/// The ids that [`builtin`] knows.
pub const BUILTIN_IDS: &[&str] = &["kaspersky"];

const KASPERSKY: &str = include_str!("../../../data/builtin/kaspersky.toml");

/// The compiled-in list with this id, `None` when there is none.
///
/// # Errors
/// As [`read_builtin`]. The tests read the compiled-in lists, so an error here means that the binary was
/// built without them.
///
/// # Example
/// ```
/// let list = tamis_lists::builtin("kaspersky").unwrap().unwrap();
/// assert_eq!(list.meta.id, "kaspersky");
/// assert!(tamis_lists::builtin("unheard-of").is_none());
/// ```
pub fn builtin(id: &str) -> Option<Result<List, BuiltinError>> {
    (id == "kaspersky").then(|| read_builtin(KASPERSKY))
}

/// Reads a list in the form of the built-in one, from its whole text.
///
/// Dates are TOML dates or `YYYY-MM-DD` strings; a birth date may also be anything that
/// [`BirthDate::parse`] reads. Ids in relations are those of the same file, or `<list>:<id>` of another list.
/// A source that no fact uses is kept as a remark, and so is the header's note.
///
/// # Errors
/// [`BuiltinError::Form`] when the text is not TOML of this form (an unknown field counts),
/// [`BuiltinError::Fact`] when a fact in it cannot stand: no source, an unknown key, two entities with one
/// id, a date that does not exist. The first one found is reported, with its line.
///
/// # Example
/// ```
/// let list = tamis_lists::read_builtin(r#"
///     [list]
///     id = "house"
///     title = "Our own deny list"
///     published = 2026-11-23
///
///     [sources.file]
///     title = "Credit committee, minutes"
///     date = "2026-11-20"
///     confidence = "verified"
///
///     [[entity]]
///     id = "7"
///     kind = "organization"
///     source = "file"
///     names = [{ text = "Example Trading", role = "primary" }]
/// "#).unwrap();
/// assert_eq!(list.entities[0].id(), "house:7");
/// ```
pub fn read_builtin(toml_text: &str) -> Result<List, BuiltinError> {
    let form: Form = toml::from_str(toml_text).map_err(|error| BuiltinError::Form(Box::new(error)))?;
    let reader = Reader::new(toml_text, &form)?;
    let entities = form
        .entity
        .iter()
        .map(|row| reader.at(row).entity())
        .collect::<Result<Vec<Entity>, BuiltinError>>()?;
    let meta = meta(toml_text, &form.list, &entities, reader.remarks(&form.list));
    Ok(List { meta, entities })
}

/// Why a list in the built-in form was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuiltinError {
    /// The text is not TOML, or has a field that the form does not know, or lacks one that it needs.
    #[error("the list is not in the built-in form: {0}")]
    Form(Box<toml::de::Error>),
    /// A fact cannot stand as it is written.
    #[error("line {line}, {place}, field `{field}`: {problem}")]
    Fact {
        /// The line on which the entity, source or measure kind begins, from 1.
        line: usize,
        /// Which it is: `entity '45815'`, `source 'sdn'`, `measure kind 'entity-list'`, `the list`.
        place: String,
        /// The field.
        field: String,
        /// What is wrong, and what to do.
        problem: Problem,
    },
}

impl BuiltinError {
    /// What is wrong with the fact; `None` when the text is not in the form at all.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            BuiltinError::Form(_) => None,
            BuiltinError::Fact { problem, .. } => Some(problem),
        }
    }
}

/// What is wrong with a fact of a list in the built-in form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Neither the fact nor its entity names a source.
    #[error("no source; give the fact a `source`, or its entity one that all its facts share")]
    MissingSource,
    /// The source key is not defined.
    #[error("the source '{0}' is not defined; add a [sources.{0}] table or correct the key")]
    UnknownSource(String),
    /// The measure kind is not defined.
    #[error("the measure kind '{0}' is not defined; add a [measure_kinds.{0}] table or correct the key")]
    UnknownMeasureKind(String),
    /// Another entity has the same id.
    #[error("the id '{0}' is taken; ids are unique within a list")]
    DuplicateId(String),
    /// The id cannot be part of `<list>:<id>`.
    #[error("'{0}' cannot be an id; use ASCII letters, digits, '-', '_' and '.'")]
    BadId(String),
    /// No name has the role `primary`, or several have, or it is not the first.
    #[error("{0} names have the role 'primary' or it is not the first; exactly one is needed, on top")]
    Primary(usize),
    /// The same name twice with the same role.
    #[error("the name '{0}' is given twice")]
    DuplicateName(String),
    /// A text with nothing in it.
    #[error("the text is empty; fill it or delete the line")]
    Empty,
    /// Not a date, or one that does not exist.
    #[error("'{0}' is not a date; write 2026-11-23 (birth dates also: \"Nov 1966\", \"circa 1966\")")]
    BadDate(String),
    /// A period that ends before it begins.
    #[error("the first day {from} is after the last day {to}; exchange or correct them")]
    FromAfterTo {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// The measure's code does not follow the pattern.
    #[error(
        "'{0}' is not a measure code; write <country>.<list>.<effect> in lower case, such as us.sdn.block"
    )]
    BadCode(String),
    /// The regime does not follow the pattern.
    #[error("'{0}' is not a regime; write a country such as 'us', or one of its lists such as 'us.sdn'")]
    BadRegime(String),
    /// The record says both that a regime lists the party and that it does not.
    #[error("'{regime}' is said not to list this party, but the measure {code} has no end")]
    ListedAfterAll {
        /// The regime in `not_listed`.
        regime: String,
        /// The measure that contradicts it.
        code: String,
    },
    /// A relation points to an id that this list does not have.
    #[error("no entity has the id '{0}'; correct `other_id`, or write '<list>:<id>' for another list")]
    UnknownEntity(String),
    /// Not a share in per cent.
    #[error("'{0}' is not a share; write per cent from 0 to 100 as an exact decimal, such as \"49.99\"")]
    BadShare(String),
}

// ---- the form, as written ----

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    list: Header,
    sources: BTreeMap<String, Spanned<SourceRow>>,
    #[serde(default)]
    measure_kinds: BTreeMap<String, Spanned<MeasureKind>>,
    #[serde(default)]
    entity: Vec<Spanned<EntityRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    id: String,
    title: String,
    published: Value,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRow {
    title: String,
    /// The day of what was read, as exactly as it is known: `2026-08-20`, `2024-06`.
    date: Value,
    confidence: Confidence,
    citation: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureKind {
    code: String,
    authority: String,
    prohibits: Prohibition,
    programme: Option<String>,
    legal_basis: Option<String>,
    /// What it reaches, where that does not follow from what it prohibits.
    #[serde(default)]
    activities: Vec<Activity>,
    detail: Option<String>,
    from: Option<Value>,
    to: Option<Value>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityRow {
    id: String,
    kind: EntityKind,
    source: Option<String>,
    names: Vec<NameRow>,
    // What is compared with a customer and has no place for a source in the model takes the entity's source:
    // a birth date from memory must not pass for one from the list.
    #[serde(default)]
    born: Vec<Value>,
    #[serde(default)]
    birth_places: Vec<String>,
    #[serde(default)]
    countries: Vec<CountryRow>,
    gender: Option<Gender>,
    #[serde(default)]
    identifiers: Vec<IdentifierRow>,
    #[serde(default)]
    addresses: Vec<AddressRow>,
    #[serde(default)]
    positions: Vec<NoteRow>,
    #[serde(default)]
    measures: Vec<MeasureRow>,
    #[serde(default)]
    relations: Vec<RelationRow>,
    #[serde(default)]
    not_listed: Vec<NotListedRow>,
    #[serde(default)]
    notes: Vec<NoteRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameRow {
    text: String,
    role: NameRole,
    label: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryRow {
    relation: CountryRelation,
    country: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentifierRow {
    kind: IdentifierKind,
    value: String,
    country: Option<String>,
    label: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressRow {
    #[serde(default)]
    lines: Vec<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    note: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureRow {
    kind: String,
    detail: Option<String>,
    from: Option<Value>,
    to: Option<Value>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationRow {
    role: RelationRole,
    other: String,
    other_id: Option<String>,
    share: Option<String>,
    from: Option<Value>,
    to: Option<Value>,
    note: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotListedRow {
    regime: String,
    statement: String,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteRow {
    text: String,
    source: Option<String>,
}

// ---- from the form to the model ----

/// What all entities share.
struct Reader<'a> {
    text: &'a str,
    list_id: &'a str,
    sources: BTreeMap<&'a str, Source>,
    kinds: BTreeMap<&'a str, &'a MeasureKind>,
    ids: BTreeSet<&'a str>,
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, form: &'a Form) -> Result<Reader<'a>, BuiltinError> {
        check_header(&form.list)?;
        let mut reader = Reader {
            text,
            list_id: &form.list.id,
            sources: BTreeMap::new(),
            kinds: BTreeMap::new(),
            ids: BTreeSet::new(),
            used: RefCell::default(),
        };
        for (key, row) in &form.sources {
            let source = source(row.get_ref()).map_err(|(field, problem)| {
                refuse(line_of(text, row), format!("source '{key}'"), field, problem)
            })?;
            reader.sources.insert(key, source);
        }
        for (key, row) in &form.measure_kinds {
            check_kind(row.get_ref()).map_err(|(field, problem)| {
                refuse(
                    line_of(text, row),
                    format!("measure kind '{key}'"),
                    field,
                    problem,
                )
            })?;
            reader.kinds.insert(key, row.get_ref());
        }
        for row in &form.entity {
            reader.take_id(row)?;
        }
        Ok(reader)
    }

    fn take_id(&mut self, row: &'a Spanned<EntityRow>) -> Result<(), BuiltinError> {
        let id = row.get_ref().id.as_str();
        if !is_id(id) {
            return Err(self.at(row).refuse("id", Problem::BadId(id.to_owned())));
        }
        if !self.ids.insert(id) {
            return Err(self.at(row).refuse("id", Problem::DuplicateId(id.to_owned())));
        }
        Ok(())
    }

    fn at<'r>(&'r self, row: &'r Spanned<EntityRow>) -> At<'r> {
        At {
            reader: self,
            row: row.get_ref(),
            line: line_of(self.text, row),
        }
    }

    fn remarks(&self, header: &Header) -> Vec<Remark> {
        let used = self.used.borrow();
        let note = header.note.iter().map(|note| Remark {
            place: "note on the list".to_owned(),
            text: note.clone(),
        });
        let unused = self.sources.keys().filter(|key| !used.contains(**key));
        let unused = unused.map(|key| Remark {
            place: format!("source '{key}'"),
            text: "no fact uses this source".to_owned(),
        });
        note.chain(unused).collect()
    }
}

/// One entity of the form, with what is needed to read it.
struct At<'r> {
    reader: &'r Reader<'r>,
    row: &'r EntityRow,
    line: usize,
}

type Read<T> = Result<T, BuiltinError>;

impl At<'_> {
    fn refuse(&self, field: impl Into<String>, problem: Problem) -> BuiltinError {
        refuse(self.line, format!("entity '{}'", self.row.id), field, problem)
    }

    fn entity(&self) -> Read<Entity> {
        let row = self.row;
        let mut entity = Entity::new(self.reader.list_id, &row.id, row.kind);
        entity.names = self.names()?;
        self.person(&mut entity)?;
        entity.identifiers = self.each("identifiers", &row.identifiers, Self::identifier)?;
        entity.addresses = self.each("addresses", &row.addresses, Self::address)?;
        entity.measures = self.each("measures", &row.measures, Self::measure)?;
        entity.relations = self.each("relations", &row.relations, Self::relation)?;
        entity.not_listed = self.each("not_listed", &row.not_listed, Self::not_listed)?;
        self.contradictions(&entity)?;
        entity.positions = self.each("positions", &row.positions, |at, field, position| {
            at.text(field, &position.text)
        })?;
        entity.notes = self.position_sources()?;
        entity.notes.extend(self.each("notes", &row.notes, Self::note)?);
        Ok(entity)
    }

    /// Reads the rows of one field; `read` gets the field with the number of the row, from 1.
    fn each<R, T>(&self, field: &str, rows: &[R], read: impl Fn(&Self, &str, &R) -> Read<T>) -> Read<Vec<T>> {
        let numbered = rows.iter().enumerate();
        numbered
            .map(|(at, row)| read(self, &format!("{field}[{}]", at + 1), row))
            .collect()
    }

    /// The fact's own source, else the entity's.
    fn source(&self, field: &str, own: Option<&String>) -> Read<Source> {
        let key = own
            .or(self.row.source.as_ref())
            .ok_or_else(|| self.refuse(field, Problem::MissingSource))?;
        let found = self.reader.sources.get(key.as_str()).cloned();
        self.reader.used.borrow_mut().insert(key.clone());
        found.ok_or_else(|| self.refuse(field, Problem::UnknownSource(key.clone())))
    }

    fn text(&self, field: &str, text: &str) -> Read<String> {
        filled(text).map_err(|problem| self.refuse(field, problem))
    }

    fn names(&self) -> Read<Vec<Name>> {
        let names = self.each("names", &self.row.names, Self::name)?;
        let primary = names.iter().filter(|n| n.role == NameRole::Primary).count();
        if primary != 1 || names.first().is_none_or(|n| n.role != NameRole::Primary) {
            return Err(self.refuse("names", Problem::Primary(primary)));
        }
        let mut seen = BTreeSet::new();
        for name in &names {
            if !seen.insert((&name.text, name.role)) {
                return Err(self.refuse("names", Problem::DuplicateName(name.text.clone())));
            }
        }
        Ok(names)
    }

    fn name(&self, field: &str, row: &NameRow) -> Read<Name> {
        let mut name = Name::new(self.text(field, &row.text)?, row.role);
        name.label.clone_from(&row.label);
        name.source = Some(self.source(field, row.source.as_ref())?);
        Ok(name)
    }

    /// The fields that take the entity's own source.
    fn person(&self, entity: &mut Entity) -> Read<()> {
        let row = self.row;
        entity.birth_dates = self.each("born", &row.born, Self::birth_date)?;
        entity.birth_places = self.each("birth_places", &row.birth_places, |at, field, text| {
            at.birth_place(field, text)
        })?;
        entity.countries = self.each("countries", &row.countries, |at, field, link| {
            at.source(field, None)?;
            Ok(CountryLink::new(link.relation, at.text(field, &link.country)?))
        })?;
        if row.gender.is_some() {
            self.source("gender", None)?;
        }
        entity.gender = row.gender;
        Ok(())
    }

    fn birth_date(&self, field: &str, value: &Value) -> Read<BirthDate> {
        self.source(field, None)?;
        let parsed = match value {
            Value::String(text) => BirthDate::parse(text),
            other => day(other).map(BirthDate::day),
        };
        parsed.ok_or_else(|| self.refuse(field, Problem::BadDate(shown(value))))
    }

    fn birth_place(&self, field: &str, text: &str) -> Read<Place> {
        self.source(field, None)?;
        let text = self.text(field, text)?;
        let country = text.rsplit(',').next().and_then(|last| country_code(last.trim()));
        Ok(Place { text, country })
    }

    fn identifier(&self, field: &str, row: &IdentifierRow) -> Read<Identifier> {
        Ok(Identifier {
            kind: row.kind.clone(),
            value: self.text(field, &row.value)?,
            country: row.country.clone(),
            label: row.label.clone(),
            source: Some(self.source(field, row.source.as_ref())?),
        })
    }

    /// The model has no place for an address's source, so one that differs from the entity's is written out.
    fn address(&self, field: &str, row: &AddressRow) -> Read<Address> {
        let source = self.source(field, row.source.as_ref())?;
        let credit = row.source.is_some().then(|| credit(&source));
        let note: Vec<String> = row.note.iter().cloned().chain(credit).collect();
        let address = Address {
            lines: row.lines.clone(),
            city: row.city.clone(),
            region: row.region.clone(),
            postal_code: row.postal_code.clone(),
            country: row.country.clone(),
            note: (!note.is_empty()).then(|| note.join("; ")),
        };
        self.text(field, &address.one_line())?;
        Ok(address)
    }

    fn measure(&self, field: &str, row: &MeasureRow) -> Read<Measure> {
        let kind = self
            .reader
            .kinds
            .get(row.kind.as_str())
            .ok_or_else(|| self.refuse(field, Problem::UnknownMeasureKind(row.kind.clone())))?;
        let detail: Vec<&str> = [&kind.detail, &row.detail]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let (from, to) = self.period(
            field,
            row.from.as_ref().or(kind.from.as_ref()),
            row.to.as_ref().or(kind.to.as_ref()),
        )?;
        let mut measure = Measure::new(&kind.code, &kind.authority, kind.prohibits);
        measure.programme.clone_from(&kind.programme);
        measure.legal_basis.clone_from(&kind.legal_basis);
        measure.activities.clone_from(&kind.activities);
        measure.detail = (!detail.is_empty()).then(|| detail.join(" "));
        measure.from = from;
        measure.to = to;
        measure.source = Some(self.source(field, row.source.as_ref().or(kind.source.as_ref()))?);
        Ok(measure)
    }

    fn relation(&self, field: &str, row: &RelationRow) -> Read<Relation> {
        let (from, to) = self.period(field, row.from.as_ref(), row.to.as_ref())?;
        if let Some(share) = row.share.as_ref().filter(|share| !is_share(share)) {
            return Err(self.refuse(field, Problem::BadShare(share.clone())));
        }
        Ok(Relation {
            role: row.role,
            other: self.text(field, &row.other)?,
            other_id: row
                .other_id
                .as_ref()
                .map(|id| self.other_id(field, id))
                .transpose()?,
            share: row.share.clone(),
            from,
            to,
            note: row.note.clone(),
            source: Some(self.source(field, row.source.as_ref())?),
        })
    }

    fn other_id(&self, field: &str, id: &str) -> Read<String> {
        let own = match id.split_once(':') {
            Some((list, native)) if list == self.reader.list_id => native,
            Some((list, native)) if is_list_id(list) && !native.is_empty() => return Ok(id.to_owned()),
            _ => id,
        };
        if !self.reader.ids.contains(own) {
            return Err(self.refuse(field, Problem::UnknownEntity(id.to_owned())));
        }
        Ok(format!("{}:{own}", self.reader.list_id))
    }

    fn not_listed(&self, field: &str, row: &NotListedRow) -> Read<NotListed> {
        if !is_regime(&row.regime) {
            return Err(self.refuse(field, Problem::BadRegime(row.regime.clone())));
        }
        Ok(NotListed {
            regime: row.regime.clone(),
            statement: self.text(field, &row.statement)?,
            source: self.source(field, row.source.as_ref())?,
        })
    }

    /// A party cannot be free of a regime that has an open measure against it. A caution lists nobody, and
    /// what is unverified may turn out wrong.
    fn contradictions(&self, entity: &Entity) -> Read<()> {
        let open = entity.measures.iter().filter(|measure| {
            measure.to.is_none()
                && measure.prohibits != Prohibition::Caution
                && measure.confidence() > Confidence::Unverified
        });
        for measure in open {
            let denied = |row: &&NotListed| measure.code.starts_with(&format!("{}.", row.regime));
            if let Some(row) = entity.not_listed.iter().find(denied) {
                let (regime, code) = (row.regime.clone(), measure.code.clone());
                return Err(self.refuse("not_listed", Problem::ListedAfterAll { regime, code }));
            }
        }
        Ok(())
    }

    /// The model has no place for a position's source; those that differ from the entity's become a note.
    fn position_sources(&self) -> Read<Vec<String>> {
        let mut by_key: BTreeMap<&String, Vec<&str>> = BTreeMap::new();
        for row in &self.row.positions {
            let key = row.source.as_ref().or(self.row.source.as_ref());
            let key = key.ok_or_else(|| self.refuse("positions", Problem::MissingSource))?;
            by_key.entry(key).or_default().push(&row.text);
        }
        by_key.retain(|key, _| Some(*key) != self.row.source.as_ref());
        by_key
            .into_iter()
            .map(|(key, texts)| {
                let source = self.source("positions", Some(key))?;
                Ok(format!(
                    "Source of '{}': {}.",
                    texts.join("', '"),
                    credit(&source)
                ))
            })
            .collect()
    }

    fn note(&self, field: &str, row: &NoteRow) -> Read<String> {
        let text = self.text(field, &row.text)?;
        let source = self.source(field, row.source.as_ref())?;
        Ok(match &row.source {
            Some(_) => format!("{text} [{}]", credit(&source)),
            None => text,
        })
    }

    fn period(
        &self,
        field: &str,
        from: Option<&Value>,
        to: Option<&Value>,
    ) -> Read<(Option<Date>, Option<Date>)> {
        period(from, to).map_err(|problem| self.refuse(field, problem))
    }
}

// ---- checks and small conversions ----

fn refuse(line: usize, place: String, field: impl Into<String>, problem: Problem) -> BuiltinError {
    BuiltinError::Fact {
        line,
        place,
        field: field.into(),
        problem,
    }
}

/// The line on which `row` begins, from 1.
fn line_of<T>(text: &str, row: &Spanned<T>) -> usize {
    let before = text.as_bytes().get(..row.span().start).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn check_header(header: &Header) -> Read<()> {
    let refuse = |field: &str, problem| refuse(1, "the list".to_owned(), field, problem);
    if !is_list_id(&header.id) {
        return Err(refuse("id", Problem::BadId(header.id.clone())));
    }
    filled(&header.title).map_err(|problem| refuse("title", problem))?;
    match day(&header.published) {
        Some(_) => Ok(()),
        None => Err(refuse("published", Problem::BadDate(shown(&header.published)))),
    }
}

fn source(row: &SourceRow) -> Result<Source, (&'static str, Problem)> {
    let title = filled(&row.title).map_err(|problem| ("title", problem))?;
    let date = shown(&row.date);
    if BirthDate::parse(&date).is_none() {
        return Err(("date", Problem::BadDate(date)));
    }
    let citation = row.citation.iter().map(|citation| format!(" ({citation})"));
    let title = format!("{title}, {date}{}", citation.collect::<String>());
    let confidence = row.confidence;
    Ok(Source { title, confidence })
}

fn check_kind(kind: &MeasureKind) -> Result<(), (&'static str, Problem)> {
    if !is_code(&kind.code) {
        return Err(("code", Problem::BadCode(kind.code.clone())));
    }
    filled(&kind.authority).map_err(|problem| ("authority", problem))?;
    period(kind.from.as_ref(), kind.to.as_ref()).map_err(|problem| ("from", problem))?;
    Ok(())
}

fn period(from: Option<&Value>, to: Option<&Value>) -> Result<(Option<Date>, Option<Date>), Problem> {
    let read = |value: &Value| day(value).ok_or_else(|| Problem::BadDate(shown(value)));
    let (from, to) = (from.map(read).transpose()?, to.map(read).transpose()?);
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(Problem::FromAfterTo { from, to }),
        _ => Ok((from, to)),
    }
}

/// A TOML date without a time, or a text of the same form. The calendar is checked in both.
fn day(value: &Value) -> Option<Date> {
    let text = match value {
        Value::Datetime(date) if date.time.is_none() && date.offset.is_none() => date.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    (text.len() == "2026-11-23".len())
        .then(|| text.parse().ok())
        .flatten()
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn filled(text: &str) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem::Empty),
        _ => Ok(text.to_owned()),
    }
}

fn credit(source: &Source) -> String {
    let confidence = match source.confidence {
        Confidence::Unverified => "unverified",
        Confidence::Press => "press",
        Confidence::Verified => "verified",
    };
    format!("{}; {confidence}", source.title)
}

fn is_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !id.is_empty() && id.bytes().all(allowed)
}

fn is_list_id(id: &str) -> bool {
    is_label(id) && id.bytes().any(|b| b.is_ascii_lowercase())
}

fn is_label(part: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !part.is_empty() && part.bytes().all(allowed)
}

fn is_country(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase())
}

/// `^[a-z]{2}\.[a-z0-9-]+\.[a-z-]+$`
fn is_code(code: &str) -> bool {
    let effect = |part: &str| is_label(part) && !part.bytes().any(|b| b.is_ascii_digit());
    match code.split('.').collect::<Vec<_>>().as_slice() {
        [country, list, last] => is_country(country) && is_label(list) && effect(last),
        _ => false,
    }
}

/// `^[a-z]{2}(\.[a-z0-9-]+)?$`
fn is_regime(regime: &str) -> bool {
    match regime.split_once('.') {
        Some((country, list)) => is_country(country) && is_label(list),
        None => is_country(regime),
    }
}

/// Per cent as an exact decimal: text, because 49.99 and 50.00 decide whether a company is blocked.
fn is_share(share: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = share.split_once('.').unwrap_or((share, "0"));
    let nothing_left = fraction.bytes().all(|b| b == b'0');
    digits(whole)
        && digits(fraction)
        && whole
            .parse::<u8>()
            .is_ok_and(|n| n < 100 || (n == 100 && nothing_left))
}

fn meta(text: &str, header: &Header, entities: &[Entity], remarks: Vec<Remark>) -> ListMeta {
    let file = ListFile {
        name: format!("{}.toml", header.id),
        bytes: text.len() as u64,
        sha256: sha256(text),
    };
    ListMeta {
        id: header.id.clone(),
        title: header.title.clone(),
        format: "builtin".to_owned(),
        published: day(&header.published),
        sha256: sha256(&format!("{}  {}\n", file.sha256, file.name)),
        files: vec![file],
        counts: Counts::of(entities),
        remarks,
    }
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
