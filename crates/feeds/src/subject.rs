//! Values of one record -> `Subject`.

use crate::Unscreened;
use crate::feed::{Value, Values};
use crate::field::Field;
use crate::words::{self, is_absent, is_comparable, is_placeholder, is_symbol};
use tamis_model::{
    BirthDate, CountryLink, CountryRelation, Identifier, IdentifierKind, NameParts, Place, Subject,
    SubjectName, country_code,
};

/// Names longer than this are shortened in messages.
const SHOWN: usize = 60;

/// Puts a record together. A name that cannot be compared leaves the record unscreened; any other field that
/// is not understood is left out and said so.
pub(crate) fn subject(values: Values<'_>) -> Result<Subject, Unscreened> {
    let mut draft = Draft {
        line: values.line,
        ..Draft::default()
    };
    draft.subject.unused = values.unused;
    for value in &values.list {
        draft.add(value);
    }
    draft.finish()
}

#[derive(Default)]
struct Draft {
    line: u64,
    subject: Subject,
    /// Whole names, with the column of the first.
    names: Vec<String>,
    column: Option<String>,
    parts: NameParts,
    aliases: Vec<String>,
    birth_country: Option<String>,
}

impl Draft {
    fn add(&mut self, value: &Value<'_>) {
        let text = value.text.trim();
        match &value.spec.field {
            Field::Name => self.add_name(value, text),
            Field::Given | Field::Middle | Field::Family => self.add_part(value, text),
            Field::Alias => {
                let aliases = several(text).filter(|alias| is_comparable(alias) && !is_placeholder(alias));
                self.aliases.extend(aliases.map(str::to_owned));
            }
            Field::Id if !text.is_empty() => {
                let id = &mut self.subject.id;
                set(id, text.to_owned(), value, &mut self.subject.unused);
            }
            _ if is_absent(text) => {}
            Field::Kind => self.understood(value, words::kind(text), |s| &mut s.kind, "a known kind"),
            Field::Gender => self.understood(value, words::gender(text), |s| &mut s.gender, "a known gender"),
            Field::BirthDate => {
                self.understood(value, BirthDate::parse(text), |s| &mut s.birth_date, "a date")
            }
            Field::BirthPlace => self.understood(value, Some(place(text)), |s| &mut s.birth_place, "a place"),
            Field::BirthCountry => set(
                &mut self.birth_country,
                text.to_owned(),
                value,
                &mut self.subject.unused,
            ),
            Field::Country(relation) => self.add_countries(value, *relation, text),
            Field::Identifier(kind) => self.add_identifiers(kind, text),
            Field::Id | Field::Query | Field::Candidate => {}
        }
    }

    fn add_name(&mut self, value: &Value<'_>, text: &str) {
        self.column.get_or_insert_with(|| value.column.to_owned());
        if !text.is_empty() {
            self.names.push(text.to_owned());
        }
    }

    fn add_part(&mut self, value: &Value<'_>, text: &str) {
        self.column.get_or_insert_with(|| value.column.to_owned());
        if is_symbol(text) {
            let note = format!("{} '{text}' is a placeholder: not used", value.spec.name);
            return self.subject.unused.push(note);
        }
        let part = match value.spec.field {
            Field::Given => &mut self.parts.given,
            Field::Middle => &mut self.parts.middle,
            _ => &mut self.parts.family,
        };
        if !text.is_empty() {
            set(part, text.to_owned(), value, &mut self.subject.unused);
        }
    }

    /// Sets a field that has one value, or notes why its text is not used.
    fn understood<T>(
        &mut self,
        value: &Value<'_>,
        parsed: Option<T>,
        field: impl Fn(&mut Subject) -> &mut Option<T>,
        what: &str,
    ) {
        let name = value.spec.name;
        match parsed {
            None => {
                let note = format!("{name} '{}' is not {what}: not used", shown(&value.text));
                self.subject.unused.push(note);
            }
            Some(_) if field(&mut self.subject).is_some() => self.subject.unused.push(second(value)),
            parsed => *field(&mut self.subject) = parsed,
        }
    }

    fn add_countries(&mut self, value: &Value<'_>, relation: CountryRelation, text: &str) {
        for country in several(text).filter(|country| !is_absent(country)) {
            let link = CountryLink::new(relation, country);
            if link.code.is_none() {
                let note = format!(
                    "{} '{}' is not a known country: not used",
                    value.spec.name,
                    shown(country)
                );
                self.subject.unused.push(note);
            }
            self.subject.countries.push(link);
        }
    }

    fn add_identifiers(&mut self, kind: &IdentifierKind, text: &str) {
        let values = several(text).filter(|value| !is_absent(value));
        self.subject
            .identifiers
            .extend(values.map(|value| Identifier::new(kind.clone(), value)));
    }

    fn finish(mut self) -> Result<Subject, Unscreened> {
        self.add_birth_country();
        self.drop_placeholders()?;
        let mut names = std::mem::take(&mut self.names).into_iter();
        let first = names.next();
        let main = combine(first, std::mem::take(&mut self.parts));
        let others = names.chain(std::mem::take(&mut self.aliases));
        for name in main.into_iter().chain(others.map(whole)) {
            if !self.subject.names.iter().any(|known| known.text == name.text) {
                self.subject.names.push(name);
            }
        }
        Ok(self.subject)
    }

    fn add_birth_country(&mut self) {
        let Some(country) = self.birth_country.take() else {
            return;
        };
        let code = country_code(&country);
        if code.is_none() {
            let note = format!(
                "birth_country '{}' is not a known country: not used",
                shown(&country)
            );
            self.subject.unused.push(note);
        }
        match &mut self.subject.birth_place {
            Some(place) => place.country = code.or(place.country),
            None => {
                self.subject.birth_place = Some(Place {
                    text: country,
                    country: code,
                })
            }
        }
    }

    /// Takes out names with nothing to compare; what remains must be at least one whole or split name.
    fn drop_placeholders(&mut self) -> Result<(), Unscreened> {
        let split = [&self.parts.given, &self.parts.middle, &self.parts.family];
        let joined: Vec<&str> = split.into_iter().flatten().map(String::as_str).collect();
        let joined = joined.join(" ");
        let usable = |name: &str| is_comparable(name) && !is_placeholder(name);
        let (good, bad): (Vec<String>, Vec<String>) = std::mem::take(&mut self.names)
            .into_iter()
            .partition(|name| usable(name));
        if good.is_empty() && !usable(&joined) {
            let bad = bad.first().map_or(joined.as_str(), String::as_str);
            return Err(Unscreened {
                line: self.line,
                field: self.column.clone(),
                reason: why_not(bad),
            });
        }
        let notes = bad
            .iter()
            .map(|name| format!("name '{}' is not used: {}", shown(name), why_not(name)));
        self.subject.unused.extend(notes);
        self.names = good;
        Ok(())
    }
}

/// Why a name cannot be screened.
pub(crate) fn why_not(name: &str) -> String {
    if name.trim().is_empty() {
        "the name is empty".to_owned()
    } else if is_placeholder(name) {
        format!("'{}' is a placeholder, not a name", name.trim())
    } else {
        format!(
            "nothing to compare in the name '{}': it has no letters or digits",
            shown(name)
        )
    }
}

/// The main name. Where a record has a whole name and its parts, the fuller of the two stands for both when
/// one holds all words of the other; else both are names (a maiden name beside the legal one).
///
/// A name column beside a given name and no family name is the family name, as in French (`nom`, `prénom`) and
/// German (`Name`, `Vorname`) files, unless it holds the given name too.
fn combine(whole_name: Option<String>, mut parts: NameParts) -> Vec<SubjectName> {
    let Some(name) = whole_name else {
        return join(parts).into_iter().collect();
    };
    if let (Some(given), None) = (&parts.given, &parts.family)
        && !holds_all(&name, given)
    {
        parts.family = Some(name);
        return join(parts).into_iter().collect();
    }
    let Some(joined) = join(parts) else {
        return vec![whole(name)];
    };
    if holds_all(&name, &joined.text) {
        vec![SubjectName { text: name, ..joined }]
    } else if holds_all(&joined.text, &name) {
        vec![joined]
    } else {
        vec![whole(name), joined]
    }
}

fn whole(text: String) -> SubjectName {
    SubjectName { text, parts: None }
}

fn join(parts: NameParts) -> Option<SubjectName> {
    let words: Vec<&str> = [&parts.given, &parts.middle, &parts.family]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let text = words.join(" ");
    is_comparable(&text).then_some(SubjectName {
        text,
        parts: Some(parts),
    })
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

fn set<T>(field: &mut Option<T>, new: T, value: &Value<'_>, unused: &mut Vec<String>) {
    match field {
        None => *field = Some(new),
        Some(_) => unused.push(second(value)),
    }
}

/// JSON records can hold two keys, or an array, for a field that has one value.
fn second(value: &Value<'_>) -> String {
    let name = value.spec.name;
    format!(
        "a second {name} '{}' ({}) is not used",
        shown(&value.text),
        value.column
    )
}

/// The values in a cell that lists several.
fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn place(text: &str) -> Place {
    let country = text.rsplit(',').next().and_then(country_code);
    Place {
        text: text.to_owned(),
        country,
    }
}

fn shown(text: &str) -> String {
    let text = text.trim();
    match text.chars().count() > SHOWN {
        true => text.chars().take(SHOWN).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
