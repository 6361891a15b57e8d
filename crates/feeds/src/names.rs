//! Whole names, parts and aliases of one record -> its names.
//!
//! Files disagree on what a column called `name` holds: the whole name, the family name (`Name`, `Vorname`), the
//! given name (`Name`, `Surname`), one of several lines (`name_1`, `name_2`) or the company. A wrong guess would
//! let a listed party pass, so a record gets every reading as a name of its own: one too many can only add alerts.

use crate::words::is_comparable;
use tamis_model::{NameParts, SubjectName};

/// A value of a column that is read as a whole name.
pub(crate) struct Whole<'a> {
    pub column: &'a str,
    pub text: &'a str,
}

/// All names of a record, the fullest reading first, no text twice.
pub(crate) fn assemble(wholes: &[Whole<'_>], parts: &NameParts, aliases: Vec<String>) -> Vec<SubjectName> {
    if let ([only], true, true) = (wholes, present(parts).next().is_none(), aliases.is_empty()) {
        // Most records: there is one reading, and nothing to put together.
        return vec![plain(only.text.to_owned())];
    }
    let mut texts: Vec<String> = wholes.iter().map(|whole| whole.text.to_owned()).collect();
    texts.extend(lines(wholes));
    let mut names = main(texts.first(), parts);
    for text in &texts {
        names.push(plain(text.clone()));
        names.extend(joined(parts).filter(|joined| !is_one_part(parts) || !holds_all(text, &joined.text)));
        names.extend(combinations(text, parts));
    }
    names.extend(joined(parts).filter(|_| texts.is_empty()));
    names.extend(aliases.into_iter().map(plain));
    distinct(names)
}

/// The reading that stands for the record in the output: the fuller of the whole name and the parts.
///
/// A name column beside a given name and no family name is most often the family name, as in French (`nom`,
/// `prénom`) and German (`Name`, `Vorname`) files, unless it holds the given name too.
fn main(first: Option<&String>, parts: &NameParts) -> Vec<SubjectName> {
    let Some(name) = first else {
        return joined(parts).into_iter().collect();
    };
    if let (Some(given), None) = (&parts.given, &parts.family)
        && !holds_all(name, given)
    {
        return before(name, parts).into_iter().collect();
    }
    let found = joined(parts).map(|joined| match holds_all(name, &joined.text) {
        true => SubjectName {
            text: name.clone(),
            ..joined
        },
        false if holds_all(&joined.text, name) => joined,
        false => plain(name.clone()),
    });
    found.into_iter().collect()
}

/// The whole name as the given name, and as the family name, where the record does not have that part or has it
/// outside the whole name.
fn combinations(name: &str, parts: &NameParts) -> Vec<SubjectName> {
    let outside = |part: &Option<String>| part.as_deref().is_none_or(|part| !holds_all(name, part));
    let as_given = outside(&parts.family).then(|| NameParts {
        given: Some(name.to_owned()),
        middle: parts.middle.clone().filter(|middle| !holds_all(name, middle)),
        family: parts.family.clone(),
    });
    let as_given = as_given.as_ref().and_then(joined);
    let as_family = outside(&parts.given).then(|| before(name, parts)).flatten();
    as_given.into_iter().chain(as_family).collect()
}

/// The given and middle name before `name`.
fn before(name: &str, parts: &NameParts) -> Option<SubjectName> {
    joined(&NameParts {
        given: parts.given.clone(),
        middle: parts.middle.clone().filter(|middle| !holds_all(name, middle)),
        family: Some(name.to_owned()),
    })
}

/// The lines of a name that stands in numbered columns, as `name_1`, `name_2` of SAP: the first two together,
/// the first three, and so on, because the last ones often hold a department or "care of".
fn lines(wholes: &[Whole<'_>]) -> Vec<String> {
    let mut stems: Vec<String> = Vec::new();
    for whole in wholes.iter().filter(|whole| is_numbered(whole.column)) {
        let stem = stem(whole.column);
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems.iter().flat_map(|stem| lines_of(wholes, stem)).collect()
}

fn lines_of(wholes: &[Whole<'_>], wanted: &str) -> Vec<String> {
    let mut columns: Vec<&str> = Vec::new();
    let mut text = String::new();
    let mut found = Vec::new();
    for whole in wholes.iter().filter(|whole| stem(whole.column) == wanted) {
        // A second value of one JSON key is another name, not another line.
        if columns.contains(&whole.column) {
            continue;
        }
        columns.push(whole.column);
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(whole.text);
        found.extend((columns.len() > 1).then(|| text.clone()));
    }
    found
}

fn is_numbered(column: &str) -> bool {
    column.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

fn stem(column: &str) -> String {
    let folded = crate::field::fold(column);
    folded.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
}

fn distinct(names: Vec<SubjectName>) -> Vec<SubjectName> {
    let mut seen = std::collections::HashSet::new();
    names
        .into_iter()
        .filter(|name| seen.insert(name.text.clone()))
        .collect()
}

fn plain(text: String) -> SubjectName {
    SubjectName { text, parts: None }
}

/// The parts as one text, as far as there are any.
pub(crate) fn joined(parts: &NameParts) -> Option<SubjectName> {
    let text = text(parts);
    is_comparable(&text).then(|| SubjectName {
        text,
        parts: Some(parts.clone()),
    })
}

/// The parts as they stand, comparable or not.
pub(crate) fn text(parts: &NameParts) -> String {
    let words: Vec<&str> = present(parts).collect();
    words.join(" ")
}

fn present(parts: &NameParts) -> impl Iterator<Item = &str> {
    [&parts.given, &parts.middle, &parts.family]
        .into_iter()
        .flatten()
        .map(String::as_str)
}

fn is_one_part(parts: &NameParts) -> bool {
    present(parts).count() == 1
}

/// Whether `name` holds every word of `other`.
fn holds_all(name: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let name = words(name);
    words(other).iter().all(|word| name.contains(word))
}
