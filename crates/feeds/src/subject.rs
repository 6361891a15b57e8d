//! Values of one record -> `Subject`.

use crate::Unscreened;
use crate::field::Field;
use crate::names::{self, Whole, assemble};
use crate::values::{Value, Values};
use crate::words::{self, is_absent, is_comparable, is_placeholder, is_symbol};
use crate::{aliases, dates};
use tamis_model::{
    Activity, BirthDate, CountryLink, CountryRelation, EntityKind, Identifier, IdentifierKind, NameParts,
    Place, RelatedParty, RelatedRole, Subject, country_code, jurisdiction,
};

/// Names longer than this are shortened in messages.
const SHOWN: usize = 60;

/// The name of a party whose share is stated and whose name is left out.
const NOT_KNOWN: &str = "?";

/// Puts a record together. A name that cannot be compared leaves the record unscreened; any other field that
/// is not understood is left out and said so.
pub(crate) fn subject(values: Values<'_>) -> Result<Subject, Unscreened> {
    let mut draft = Draft {
        line: values.line,
        ..Draft::default()
    };
    draft.subject.unused = values.unused;
    draft.subject.other_columns = values.other_columns;
    for value in &values.list {
        draft.add(value)?;
    }
    draft.finish()
}

#[derive(Default)]
struct Draft<'a> {
    line: u64,
    subject: Subject,
    /// Whole names, with the column of the first.
    names: Vec<Whole<'a>>,
    column: Option<&'a str>,
    parts: NameParts,
    aliases: Vec<String>,
    birth_dates: Vec<BirthDate>,
    birth_country: Option<String>,
    issuing_country: Option<String>,
    activities: Vec<String>,
    jurisdictions: Vec<String>,
}

impl<'a> Draft<'a> {
    fn add(&mut self, value: &'a Value<'a>) -> Result<(), Unscreened> {
        let text = value.text.trim();
        match &value.spec.field {
            Field::Name => self.add_name(value, text),
            Field::Given | Field::Middle | Field::Family => return self.add_part(value, text),
            Field::Alias => {
                let aliases = aliases::split(text).into_iter();
                self.aliases
                    .extend(aliases.filter(|alias| is_comparable(alias) && !is_placeholder(alias)));
            }
            Field::Id if !text.is_empty() => {
                let id = &mut self.subject.id;
                set(id, text.to_owned(), value, &mut self.subject.unused);
            }
            Field::Related(role) => self.add_related(value, *role, text),
            _ if is_absent(text) => {}
            Field::Kind => self.understood(value, words::kind(text), |s| &mut s.kind, "a known kind"),
            Field::Gender => self.understood(value, words::gender(text), |s| &mut s.gender, "a known gender"),
            Field::BirthDate => self.add_birth_date(value, text),
            Field::BirthPlace => self.understood(value, Some(place(text)), |s| &mut s.birth_place, "a place"),
            Field::BirthCountry => set(
                &mut self.birth_country,
                text.to_owned(),
                value,
                &mut self.subject.unused,
            ),
            Field::Country(relation) => self.add_countries(value, *relation, text),
            Field::Identifier(kind) => self.add_identifiers(value, kind, text),
            Field::IssuingCountry => set(
                &mut self.issuing_country,
                text.to_owned(),
                value,
                &mut self.subject.unused,
            ),
            Field::Activity => {
                self.activities.push(shown(text));
            }
            Field::Jurisdiction => {
                let words = text.split([',', ';', '|']).map(str::trim);
                self.jurisdictions
                    .extend(words.filter(|word| !word.is_empty()).map(shown));
            }
            Field::CustomerType => {
                let word = text.to_lowercase();
                set(
                    &mut self.subject.customer_type,
                    word,
                    value,
                    &mut self.subject.unused,
                );
            }
            // An empty id, and the fields of pairs and registers.
            _ => {}
        }
        Ok(())
    }

    fn add_name(&mut self, value: &'a Value<'a>, text: &'a str) {
        self.column.get_or_insert(value.column);
        if !text.is_empty() {
            self.names.push(Whole {
                column: value.column,
                text,
            });
        }
    }

    /// Parties are parted by `;`, `|` or line ends, never by a comma, which stands inside names. A party without a readable name
    /// (`*****`, `???`, `[60]`) is one all the same: it stays, so that whoever screens the record finds it cannot be screened whole.
    fn add_related(&mut self, value: &Value<'_>, role: RelatedRole, text: &str) {
        let cells = text.split([';', '|', '\n', '\r']).map(str::trim);
        for cell in cells.filter(|cell| !names_nobody(cell)) {
            let mut party = RelatedParty::read(cell, role);
            if names_nobody(&party.name) {
                let (name, cell) = (value.spec.name, shown(cell));
                let note =
                    format!("{name} '{cell}' has a share and no name: somebody holds it who is not known");
                self.subject.unused.push(note);
                NOT_KNOWN.clone_into(&mut party.name);
            }
            self.subject.related.push(party);
        }
    }

    fn add_part(&mut self, value: &'a Value<'a>, text: &str) -> Result<(), Unscreened> {
        self.column.get_or_insert(value.column);
        if is_symbol(text) {
            let note = format!("{} '{text}' is a placeholder: not used", value.spec.name);
            self.subject.unused.push(note);
            return Ok(());
        }
        let part = match value.spec.field {
            Field::Given => &mut self.parts.given,
            Field::Middle => &mut self.parts.middle,
            _ => &mut self.parts.family,
        };
        // Which of two given names is meant cannot be known, and the wrong one would pass as clear.
        match part {
            Some(first) if !text.is_empty() && *first != text => Err(Unscreened {
                line: self.line,
                id: None,
                field: Some(value.column.to_owned()),
                reason: format!(
                    "there are two values of {}: '{}' and '{}'",
                    value.spec.name,
                    shown(first),
                    shown(text)
                ),
            }),
            None if !text.is_empty() => {
                *part = Some(text.to_owned());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn add_birth_date(&mut self, value: &Value<'_>, text: &str) {
        let (name, text) = (value.spec.name, shown(text));
        match BirthDate::parse(&value.text) {
            None => self
                .subject
                .unused
                .push(format!("{name} '{text}' is not a date: not used")),
            Some(date) if dates::is_placeholder(&date) => self
                .subject
                .unused
                .push(format!("{name} '{text}' is a placeholder: not used")),
            Some(date) => self.birth_dates.push(date),
        }
    }

    /// Takes the birth date, when the record has one and does not contradict itself.
    fn choose_birth_date(&mut self) {
        self.subject.birth_date = dates::agreed(&self.birth_dates).cloned();
        if self.subject.birth_date.is_none() && !self.birth_dates.is_empty() {
            let all: Vec<String> = self.birth_dates.iter().map(|date| shown(&date.text)).collect();
            let note = format!("birth_date has different values ({}): not used", all.join(", "));
            self.subject.unused.push(note);
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

    /// Takes the activity, when there is one and it is known: of two, either may be the one that is prohibited.
    fn choose_activity(&mut self) {
        let activity = match self.activities.as_slice() {
            [] => return,
            [one] => Activity::parse(one),
            _ => None,
        };
        self.subject.activity = activity;
        if activity.is_none() {
            self.subject.unused.push(format!(
                "activity '{}' is not one of payment, sale, resale, update, export, procurement: not used, the strictest \
                 answer is given",
                self.activities.join("', '")
            ));
        }
    }

    /// Takes the jurisdictions, when every one of them is known: one that is not may be the one that prohibits.
    fn choose_jurisdictions(&mut self) {
        let known: Option<Vec<String>> = self.jurisdictions.iter().map(|word| jurisdiction(word)).collect();
        match known {
            Some(known) => self.subject.jurisdictions = known,
            None => self.subject.unused.push(format!(
                "deal_jurisdiction '{}' is not made of known countries, eu and un: not used, every regime counts",
                self.jurisdictions.join(", ")
            )),
        }
    }

    /// The column says which system of numbers is meant (`inn`, `pesel`), so it is kept as the label.
    fn add_identifiers(&mut self, value: &Value<'_>, kind: &IdentifierKind, text: &str) {
        let numbers = several(text).filter(|number| !is_absent(number));
        let identifier = |number: &str| {
            let (number, country) = with_country(number);
            Identifier {
                country,
                label: Some(value.column.to_owned()).filter(|column| !column.is_empty()),
                ..Identifier::new(kind.clone(), number)
            }
        };
        self.subject.identifiers.extend(numbers.map(identifier));
    }

    /// Gives the country of issue to the documents that have none of their own.
    fn add_issuing_country(&mut self) {
        let Some(country) = self.issuing_country.take() else {
            return;
        };
        let document =
            |kind: &IdentifierKind| matches!(kind, IdentifierKind::Passport | IdentifierKind::NationalId);
        let documents = self.subject.identifiers.iter_mut().filter(|i| document(&i.kind));
        for identifier in documents {
            identifier.country.get_or_insert_with(|| country.clone());
        }
    }

    fn finish(mut self) -> Result<Subject, Unscreened> {
        self.add_birth_country();
        self.add_issuing_country();
        self.choose_birth_date();
        self.take_kind_from_type();
        self.choose_activity();
        self.choose_jurisdictions();
        self.drop_placeholders()?;
        self.subject.names = assemble(&self.names, &self.parts, std::mem::take(&mut self.aliases));
        Ok(self.subject)
    }

    /// Many files say in their column of customer types which are persons and which companies.
    fn take_kind_from_type(&mut self) {
        let word = self.subject.customer_type.as_deref();
        let kind = word.and_then(words::kind);
        self.subject.kind = self.subject.kind.or(kind);
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
        let kind = self.subject.kind;
        if !self.names.is_empty() && self.names.iter().all(|name| is_usable(name.text, kind)) {
            return Ok(());
        }
        let whole = names::text(&self.parts);
        let (good, bad): (Vec<Whole<'_>>, Vec<Whole<'_>>) = std::mem::take(&mut self.names)
            .into_iter()
            .partition(|name| is_usable(name.text, kind));
        if good.is_empty() && !is_usable(&whole, kind) {
            let bad = bad.first().map_or(whole.as_str(), |name| name.text);
            return Err(Unscreened {
                line: self.line,
                id: None,
                field: self.column.map(str::to_owned),
                reason: why_not(bad),
            });
        }
        let notes = bad
            .iter()
            .map(|name| format!("name '{}' is not used: {}", shown(name.text), why_not(name.text)));
        self.subject.unused.extend(notes);
        self.names = good;
        Ok(())
    }
}

/// Whether a related party is left out: nothing, dashes, or a placeholder.
fn names_nobody(name: &str) -> bool {
    name.chars().all(|c| matches!(c, '-' | '–' | '—')) || is_placeholder(name)
}

/// Whether a name can be screened. A number is the name of a company at most; in the record of a person it is a
/// value of another column.
fn is_usable(name: &str, kind: Option<EntityKind>) -> bool {
    let numeric = matches!(kind, None | Some(EntityKind::Person)) && is_number(name);
    is_comparable(name) && !is_placeholder(name) && !numeric
}

fn is_number(name: &str) -> bool {
    !name.chars().any(char::is_alphabetic)
}

/// Why a name cannot be screened.
pub(crate) fn why_not(name: &str) -> String {
    if name.trim().is_empty() {
        "the name is empty".to_owned()
    } else if is_placeholder(name) {
        format!("'{}' is a placeholder, not a name", name.trim())
    } else if is_comparable(name) {
        format!("the name has no letters: '{}'", shown(name))
    } else {
        format!(
            "nothing to compare in the name '{}': it has no letters or digits",
            shown(name)
        )
    }
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

/// `A1234567 (Iran)`: the number, and the country where it is one.
fn with_country(text: &str) -> (&str, Option<String>) {
    let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let known =
        parts.filter(|(number, country)| !number.trim().is_empty() && country_code(country).is_some());
    known.map_or((text, None), |(number, country)| {
        (number.trim(), Some(country.trim().to_owned()))
    })
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
