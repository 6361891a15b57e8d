//! An entry of a private list, whatever form it was written in.
//!
//! Private lists are written by hand, and their writer can correct them: what is not understood is refused with
//! its place, and nothing is guessed.

use crate::effects::prohibition;
use crate::eu_entity::is_latin;
use crate::file::usable_name;
use crate::{Error, ErrorKind, File};
use jiff::civil::Date;
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind,
    Measure, Name, NameRole, Place, Precision, Prohibition, Relation, country_code,
};

/// Who imposes the measures of a list that does not say.
pub(crate) const AUTHORITY: &str = "private list";

/// Which list an entry stands on, and where it is written.
pub(crate) struct Written<'a> {
    pub file: &'a File,
    /// The list's own id, such as `house`.
    pub list: &'a str,
    pub authority: &'a str,
    pub line: u64,
}

/// What is written of an entry. Empty texts are as good as none.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub weak_aliases: Vec<String>,
    pub former_names: Vec<String>,
    pub birth_dates: Vec<String>,
    pub birth_places: Vec<String>,
    pub nationalities: Vec<String>,
    pub countries: Vec<String>,
    pub gender: String,
    /// Kind, country and value.
    pub identifiers: Vec<(String, String, String)>,
    pub addresses: Vec<Address>,
    pub positions: Vec<String>,
    pub relations: Vec<Relation>,
    pub effect: String,
    pub reason: String,
    pub from: String,
    pub to: String,
    pub notes: Vec<String>,
}

/// The id of a list in ids of its entries: `private-house`.
pub(crate) fn list_id(own: &str) -> String {
    format!("private-{own}")
}

/// Whether a text can be the id of a list: part of ids and of measure codes.
pub(crate) fn is_list_id(text: &str) -> bool {
    let ends = [text.chars().next(), text.chars().next_back()];
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= 40
        && text.chars().all(|c| plain(c) || c == '-')
        && ends.iter().all(|c| c.is_some_and(plain))
}

/// A date that can be read in one way only. `06/07/1961` is the 6th of July to some and the 7th of June to others; a date of
/// numbers begins with the year.
pub(crate) fn written_date(text: &str) -> Option<BirthDate> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let year_last = words
        .windows(3)
        .any(|three| three.iter().all(number) && three.first().is_some_and(|word| word.len() < 4));
    BirthDate::parse(text).filter(|_| !year_last)
}

/// The error of a field whose value cannot be used.
pub(crate) fn field_error(
    place: &Written<'_>,
    entry: &str,
    field: &'static str,
    value: &str,
    problem: &'static str,
) -> Error {
    let kind = ErrorKind::Field {
        field,
        entry: entry.to_owned(),
        value: value.chars().take(80).collect(),
        problem,
    };
    Error::at(place.file.name.as_str(), place.line, kind)
}

impl Entry {
    fn error(&self, place: &Written<'_>, field: &'static str, value: &str, problem: &'static str) -> Error {
        let id = if self.id.is_empty() { "?" } else { &self.id };
        field_error(place, id, field, value, problem)
    }

    /// The entity that the entry describes.
    pub(crate) fn entity(self, place: &Written<'_>) -> Result<Entity, Error> {
        if self.id.trim().is_empty() {
            return Err(self.error(place, "id", "", "missing"));
        }
        let kind = EntityKind::parse(&self.kind);
        let no_kind = "not a kind: write person, organization, vessel, aircraft or asset";
        let kind = kind.ok_or_else(|| self.error(place, "kind", &self.kind, no_kind))?;
        let mut entity = Entity::new(list_id(place.list), self.id.trim(), kind);
        entity.names = self.names(place)?;
        for text in &self.birth_dates {
            let date = written_date(text);
            let date = date.ok_or_else(|| {
                self.error(
                    place,
                    "birth_dates",
                    text,
                    "not a date that is read in one way only: write 1961-11-07",
                )
            })?;
            entity.birth_dates.push(date);
        }
        let birth_place = |text: &String| Place {
            text: text.clone(),
            country: country_code(text.rsplit(',').next().unwrap_or(text)),
        };
        entity.birth_places = self.birth_places.iter().map(birth_place).collect();
        self.countries_of(place, &mut entity)?;
        if !self.gender.is_empty() {
            let gender = Gender::parse(&self.gender);
            let gender =
                gender.ok_or_else(|| self.error(place, "gender", &self.gender, "neither male nor female"))?;
            entity.gender = Some(gender);
        }
        entity.identifiers = self.numbers(place)?;
        entity.measures = vec![self.measure(place)?];
        entity.addresses = self.addresses;
        entity.relations = self.relations;
        entity.positions = self.positions;
        entity.notes = self.notes;
        Ok(entity)
    }

    fn names(&self, place: &Written<'_>) -> Result<Vec<Name>, Error> {
        if !usable_name(&self.name) {
            let (entry, name) = (self.id.clone(), self.name.clone());
            return Err(Error::at(
                place.file.name.as_str(),
                place.line,
                ErrorKind::NoName { entry, name },
            ));
        }
        let mut names = vec![Name::new(self.name.trim(), NameRole::Primary)];
        for (field, texts, role) in [
            ("aliases", &self.aliases, NameRole::StrongAlias),
            ("weak_aliases", &self.weak_aliases, NameRole::WeakAlias),
            ("former_names", &self.former_names, NameRole::Former),
        ] {
            for text in texts {
                if !usable_name(text) {
                    return Err(self.error(
                        place,
                        field,
                        text,
                        "not a name: it has neither letter nor digit",
                    ));
                }
                let native = role == NameRole::StrongAlias && !is_latin(text);
                let role = if native { NameRole::OriginalScript } else { role };
                names.push(Name::new(text.trim(), role));
            }
        }
        Ok(names)
    }

    fn countries_of(&self, place: &Written<'_>, entity: &mut Entity) -> Result<(), Error> {
        for (field, texts, relation) in [
            ("nationalities", &self.nationalities, CountryRelation::Nationality),
            ("countries", &self.countries, CountryRelation::Unspecified),
        ] {
            for text in texts {
                let link = CountryLink::new(relation, text.as_str());
                if link.code.is_none() {
                    return Err(self.error(
                        place,
                        field,
                        text,
                        "not a country that is known: write its code",
                    ));
                }
                entity.countries.push(link);
            }
        }
        Ok(())
    }

    fn numbers(&self, place: &Written<'_>) -> Result<Vec<Identifier>, Error> {
        let mut found = Vec::new();
        for (word, country, value) in &self.identifiers {
            let kind = IdentifierKind::parse(word);
            let kind =
                kind.ok_or_else(|| self.error(place, "identifiers", word, "not a kind: see docs/lists.md"))?;
            if !usable_name(value) {
                return Err(self.error(place, "identifiers", value, "not a number"));
            }
            let mut id = Identifier::new(kind, value.trim());
            id.country = (!country.is_empty()).then(|| country.clone());
            found.push(id);
        }
        Ok(found)
    }

    fn measure(&self, place: &Written<'_>) -> Result<Measure, Error> {
        let effect = if self.effect.is_empty() {
            "deny"
        } else {
            &self.effect
        };
        let (prohibits, word, detail) = match effect {
            "deny" => (
                Prohibition::TransactionBan,
                "deny",
                "own rule: no business with this party",
            ),
            "watch" => (
                Prohibition::Caution,
                "watch",
                "own rule: look closer at this party",
            ),
            other => {
                let known = prohibition(other);
                let problem = "not an effect: write deny, watch, or a word of docs/lists.md";
                let known = known.ok_or_else(|| self.error(place, "effect", other, problem))?;
                (known, other, "")
            }
        };
        let code = format!("private.{}.{}", place.list, word.replace('_', "-"));
        let mut measure = Measure::new(code, place.authority, prohibits);
        let texts = [detail, self.reason.as_str()];
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        measure.detail = (!texts.is_empty()).then(|| texts.join("; "));
        measure.from = self.day(place, "from", &self.from)?;
        measure.to = self.day(place, "to", &self.to)?;
        if measure.ends_first() {
            return Err(self.error(place, "to", &self.to, "before the first day"));
        }
        Ok(measure)
    }

    fn day(&self, place: &Written<'_>, field: &'static str, text: &str) -> Result<Option<Date>, Error> {
        if text.is_empty() {
            return Ok(None);
        }
        let date = written_date(text).filter(|date| date.precision == Precision::Day && !date.circa);
        let date = date.ok_or_else(|| {
            self.error(
                place,
                field,
                text,
                "not a day that is read in one way only: write 2026-08-01",
            )
        })?;
        Ok(Some(date.from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_numbers_begins_with_the_year() {
        for good in [
            "1961-11-07",
            "1961/11/07",
            "19611107",
            "7 Nov 1961",
            "11-1961",
            "1960 to 1962",
            "circa 1961",
            "1961-11-07 to 1961-11-09",
        ] {
            assert!(written_date(good).is_some(), "{good}");
        }
        for bad in [
            "06/07/1961",
            "13/07/1961",
            "06.07.1961",
            "06-07-1961",
            "6 7 1961",
            "circa 06/07/1961",
            "01/02/1960 to 03/04/1961",
            "31-02",
        ] {
            assert_eq!(written_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_id_of_a_list_is_part_of_codes() {
        for good in ["house", "deny-2", "a"] {
            assert!(is_list_id(good), "{good}");
        }
        for bad in ["", "House", "a.b", "-a", "a-", "a b", "é"] {
            assert!(!is_list_id(bad), "{bad}");
        }
    }
}
