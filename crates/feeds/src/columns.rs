//! A header and the mappings -> which column is read as which field.

use crate::field::{self, Field, Spec, fold};
use crate::{Error, Options};
use std::collections::HashMap;

/// The mappings, checked against the known fields.
pub(crate) struct Mapping {
    specs: &'static [Spec],
    entries: Vec<Entry>,
}

struct Entry {
    column: String,
    /// `None`: ignore the column.
    spec: Option<&'static Spec>,
}

/// A column's part in the record; `None`: passed through only.
pub(crate) type Part = Option<&'static Spec>;

impl Mapping {
    pub fn new(specs: &'static [Spec], options: &Options) -> Result<Mapping, Error> {
        let mut entries: Vec<Entry> = Vec::new();
        for (name, column) in &options.mapping {
            let spec = spec_named(specs, name)?;
            let same_column = entries.iter().any(|entry| entry.column.trim() == column.trim());
            let same_field = |entry: &Entry| match (entry.spec, spec) {
                (Some(a), Some(b)) => a.field == b.field && !b.many,
                _ => false,
            };
            if same_column || entries.iter().any(same_field) {
                let what = if same_column { column } else { name };
                return Err(Error::MappedTwice { what: what.clone() });
            }
            entries.push(Entry {
                column: column.clone(),
                spec,
            });
        }
        Ok(Mapping { specs, entries })
    }

    /// Whether these columns hold what cannot be done without; to choose a delimiter by.
    pub fn suffices(&self, columns: &[String]) -> bool {
        let parts: Vec<Part> = columns.iter().map(|column| self.part(column)).collect();
        missing(self.specs, &parts).is_none()
    }

    /// What a single column or key is read as, others aside.
    pub fn part(&self, column: &str) -> Part {
        match self.entries.iter().find(|entry| same(&entry.column, column)) {
            Some(entry) => entry.spec,
            None => self.automatic(column),
        }
    }

    /// Recognition by name, for the fields that no mapping claims.
    fn automatic(&self, column: &str) -> Part {
        let spec = field::recognise(self.specs, column)?;
        let claimed = self
            .entries
            .iter()
            .filter_map(|entry| entry.spec)
            .any(|s| s.field == spec.field);
        (!claimed).then_some(spec)
    }

    /// Gives every column its part, and says so in `notes`.
    pub fn parts(&self, columns: &[String], name: &str, notes: &mut Vec<String>) -> Result<Vec<Part>, Error> {
        let mut parts: Vec<Option<Part>> = vec![None; columns.len()];
        for entry in &self.entries {
            let at = position(columns, &entry.column).ok_or_else(|| entry.unknown(name, columns))?;
            if parts[at].replace(entry.spec).is_some() {
                return Err(Error::MappedTwice {
                    what: columns[at].clone(),
                });
            }
        }
        let mut seen = HashMap::new();
        let mut chosen = Vec::with_capacity(columns.len());
        for (column, mapped) in columns.iter().zip(parts) {
            let part = mapped.unwrap_or_else(|| self.automatic(column));
            if let Some(error) = part.and_then(|spec| two_columns(spec, &seen, column, name)) {
                return Err(error);
            }
            chosen.push(part.filter(|spec| is_free(spec, &mut seen, column, notes)));
        }
        describe(columns, &chosen, notes);
        Ok(chosen)
    }
}

impl Entry {
    fn unknown(&self, name: &str, columns: &[String]) -> Error {
        Error::UnknownColumn {
            name: name.to_owned(),
            field: self.spec.map_or("ignore", |spec| spec.name).to_owned(),
            column: self.column.clone(),
            columns: list(columns),
        }
    }
}

fn spec_named(specs: &'static [Spec], name: &str) -> Result<Part, Error> {
    if is_ignore(name) {
        return Ok(None);
    }
    field::named(specs, name).map(Some).ok_or_else(|| {
        let known: Vec<&str> = specs.iter().map(|spec| spec.name).chain(["ignore"]).collect();
        Error::UnknownField {
            field: name.to_owned(),
            known: known.join(", "),
        }
    })
}

/// Whether a mapping says that its column is none of ours.
pub(crate) fn is_ignore(field: &str) -> bool {
    fold(field) == "ignore"
}

/// The column of this name: to the letter, or but for case, spaces and punctuation.
fn position(columns: &[String], wanted: &str) -> Option<usize> {
    let exact = columns.iter().position(|column| column.trim() == wanted.trim());
    exact.or_else(|| columns.iter().position(|column| same(wanted, column)))
}

pub(crate) fn same(one: &str, other: &str) -> bool {
    one.trim() == other.trim() || (!fold(one).is_empty() && fold(one) == fold(other))
}

/// Two columns of the same part of a name: the wrong choice would let a listed party pass.
fn two_columns(spec: &Spec, seen: &HashMap<&str, &str>, column: &str, name: &str) -> Option<Error> {
    let first = seen.get(spec.name).filter(|_| spec.field.is_part())?;
    Some(Error::TwoColumns {
        name: name.to_owned(),
        field: spec.name,
        first: (*first).to_owned(),
        second: column.to_owned(),
    })
}

/// Whether the field can take this column. A field that has one value keeps the first, and a note says so.
fn is_free<'a>(
    spec: &Spec,
    seen: &mut HashMap<&'static str, &'a str>,
    column: &'a str,
    notes: &mut Vec<String>,
) -> bool {
    let free = seen.insert(spec.name, column).is_none() || spec.many;
    if !free {
        notes.push(format!(
            "column '{column}' is not used: another column is read as {} (choose with --map {}=COLUMN)",
            spec.name, spec.name
        ));
    }
    free
}

fn describe(columns: &[String], parts: &[Part], notes: &mut Vec<String>) {
    let mut unused = Vec::new();
    for (column, part) in columns.iter().zip(parts) {
        match part {
            Some(spec) => notes.push(format!("column '{column}' is read as {}", spec.name)),
            None => unused.push(column.as_str()),
        }
    }
    if !unused.is_empty() {
        notes.push(format!("columns not used for screening: {}", unused.join(", ")));
    }
}

/// Columns for a message: a header of a thousand columns, or a file that is no table, must not fill the screen.
pub(crate) fn list(columns: &[String]) -> String {
    const SHOWN: usize = 40;
    let short = |column: &String| match column.chars().count() > SHOWN {
        true => column.chars().take(SHOWN).chain(['…']).collect(),
        false => column.clone(),
    };
    let mut shown: Vec<String> = columns.iter().take(SHOWN).map(short).collect();
    if columns.len() > SHOWN {
        shown.push(format!("and {} more", columns.len() - SHOWN));
    }
    shown.join(", ")
}

/// What to try when a header of one column looks like several.
pub(crate) fn delimiter_hint(columns: &[String]) -> &'static str {
    let looks_split = |column: &String| column.trim().contains(['~', ':', '^', '!', '#', '\u{1f}']);
    match columns {
        [only] if looks_split(only) => {
            "; if another character separates the columns, name it with --delimiter"
        }
        _ => "",
    }
}

/// The name of a field that must be there and is not.
pub(crate) fn missing(specs: &'static [Spec], parts: &[Part]) -> Option<&'static str> {
    let has = |wanted: &[Field]| parts.iter().flatten().any(|spec| wanted.contains(&spec.field));
    let knows = |field: Field| specs.iter().any(|spec| spec.field == field);
    let needs: &[(&[Field], &'static str)] = if knows(Field::Query) {
        &[(&[Field::Query], "query"), (&[Field::Candidate], "candidate")]
    } else if knows(Field::Founded) {
        &[(&[Field::Id], "id"), (&[Field::Name], "name")]
    } else {
        &[(&[Field::Name, Field::Family], "name")]
    };
    needs
        .iter()
        .find(|(wanted, _)| !has(wanted))
        .map(|(_, name)| *name)
}
