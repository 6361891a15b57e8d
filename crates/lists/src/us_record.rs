//! A listing of one of the many lists of US agencies, however it was written, on its way to an entry.

use crate::births;
use crate::effects::prohibition;
use crate::file::{WARNING, remark, usable_name};
use crate::guess;
use crate::kinds::UnknownKinds;
use crate::labels;
use crate::ofac_csv::kind_of;
use crate::programmes;
use crate::sheet_fields::once;
use crate::tables::{US_LISTS, cell};
use crate::{Error, ErrorKind, File, xlsx};
use std::collections::{HashMap, HashSet};
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, Measure, Name, NameRole,
    Place, Prohibition, Remark, country_code,
};

/// What a listing says.
#[derive(Default)]
pub(crate) struct Record {
    /// Where it stands: its line, or its place in the file where that has no lines.
    pub line: u64,
    pub place: usize,
    /// The list that it is of, as the file names it.
    pub list: String,
    /// Its number there, where it has one.
    pub number: Option<String>,
    /// The word for the kind of party.
    pub kind: Option<String>,
    pub name: String,
    pub aliases: Vec<String>,
    pub programmes: Vec<String>,
    pub addresses: Vec<Address>,
    pub positions: Vec<String>,
    pub citizenships: Vec<String>,
    pub nationalities: Vec<String>,
    pub countries: Vec<String>,
    pub birth_dates: Vec<String>,
    pub birth_places: Vec<String>,
    /// Each with its kind, its number and its country.
    pub documents: Vec<[String; 3]>,
    /// The notice in the Federal Register.
    pub notice: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// What the measure demands in this case.
    pub terms: Vec<String>,
    pub status: Option<String>,
    pub notes: Vec<(String, String)>,
}

/// Gives each record an id of its own, and counts the kinds that are not known.
#[derive(Default)]
pub(crate) struct Ids {
    given: HashSet<String>,
    /// How often an id was asked for: to try all numbers each time takes forever where there are many.
    asked: HashMap<String, usize>,
    unknown: UnknownKinds,
}

impl Ids {
    fn free(&mut self, id: &str) -> String {
        let asked = self.asked.entry(id.to_owned()).or_default();
        loop {
            *asked += 1;
            let own = match *asked {
                1 => id.to_owned(),
                number => format!("{id}#{number}"),
            };
            if self.given.insert(own.clone()) {
                return own;
            }
        }
    }

    /// Warns of the kinds that are not known, or refuses the list.
    pub(crate) fn settle(
        &self,
        file: &File,
        entities: &[Entity],
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Error> {
        self.unknown.settle(file, entities, remarks)
    }
}

/// The row of the table for a list: by its letters in parentheses, or by its id.
fn known(list: &str) -> Option<&'static Vec<String>> {
    let letters = list
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map_or(list, |(letters, _)| letters);
    let letters = letters
        .rsplit('-')
        .next()
        .filter(|_| list.contains('('))
        .unwrap_or(letters);
    // `Non-SDN Menu-Based Sanctions List (NS-MBS List)`
    let letters = letters.trim_end_matches("List").trim_end();
    let is = |row: &&Vec<String>| [0, 1].iter().any(|column| cell(row, *column) == Some(letters));
    US_LISTS.iter().find(is)
}

impl Record {
    /// The entry. One without a name is refused.
    pub(crate) fn entity(
        self,
        file: &File,
        list_id: &str,
        ids: &mut Ids,
        remarks: &mut Vec<Remark>,
    ) -> Result<Entity, Error> {
        let name = spaced(&self.name);
        if !usable_name(&name) {
            let entry = self.number.clone().unwrap_or_else(|| match self.place {
                0 => "?".to_owned(),
                place => format!("number {place}"),
            });
            return Err(Error::at(
                file.name.as_str(),
                self.line,
                ErrorKind::NoName { entry, name },
            ));
        }
        let table = known(&self.list);
        let short = table
            .and_then(|row| cell(row, 0).or(cell(row, 1)))
            .unwrap_or(&self.list);
        let id = ids.free(&format!("{short}/{}", self.number.as_deref().unwrap_or(&name)));
        let mut problems = Vec::new();
        let kind = self.kind();
        let mut entity = Entity::new(list_id, &id, kind.unwrap_or_else(|| guess::kind(&name)));
        entity.kind_is_assumed = kind.is_none();
        self.names(&name, &mut entity, &mut problems);
        if let (None, Some(word)) = (kind, self.kind.as_ref().filter(|word| *word != "-0-")) {
            ids.unknown.add(word, &mut entity);
            entity.notes.push(format!("Type: {word}"));
        }
        self.particulars(&mut entity, &mut problems);
        self.identifiers(&mut entity);
        let measure = self.measure(table, &mut entity, &mut problems);
        entity.measures = self.by_programme(&measure, table);
        for (what, text) in &self.notes {
            once(&mut entity.notes, format!("{what}: {text}"));
        }
        remarks.extend(problems.into_iter().map(|text| remark(entity.id(), text)));
        Ok(entity)
    }

    /// The kind, where the list says it.
    fn kind(&self) -> Option<EntityKind> {
        self.kind.as_deref().and_then(kind_of)
    }

    fn names(&self, name: &str, entity: &mut Entity, problems: &mut Vec<String>) {
        let main = without_tail(name);
        entity.names.push(Name::new(main, NameRole::Primary));
        if main != name {
            entity.notes.push(format!("Name in full: {name}"));
        }
        for alias in &self.aliases {
            let alias = spaced(alias);
            let own = alias.strip_prefix("and ").unwrap_or(&alias);
            if !usable_name(own) {
                problems.push(format!("{WARNING}'{own}' is no usable name; kept as a note"));
                entity.notes.push(format!("Alias: {own}"));
                continue;
            }
            if !entity.names.iter().any(|known| known.text == own) {
                entity.names.push(Name::new(own, NameRole::StrongAlias));
            }
        }
    }

    fn particulars(&self, entity: &mut Entity, problems: &mut Vec<String>) {
        for address in &self.addresses {
            if let Some(country) = &address.country {
                once(
                    &mut entity.countries,
                    CountryLink::new(CountryRelation::Address, country),
                );
            }
            once(&mut entity.addresses, address.clone());
        }
        for (relation, texts) in [
            (CountryRelation::Citizenship, &self.citizenships),
            (CountryRelation::Nationality, &self.nationalities),
            (CountryRelation::Unspecified, &self.countries),
        ] {
            for text in texts {
                once(&mut entity.countries, CountryLink::new(relation, text));
            }
        }
        for position in &self.positions {
            once(&mut entity.positions, position.clone());
        }
        for text in &self.birth_dates {
            problems.extend(births::put("Date of birth", text, entity));
        }
        for text in &self.birth_places {
            let country = country_code(text).or_else(|| country_code(text.rsplit(',').next()?.trim()));
            once(
                &mut entity.birth_places,
                Place {
                    text: text.clone(),
                    country,
                },
            );
        }
    }

    fn identifiers(&self, entity: &mut Entity) {
        for [label, number, country] in &self.documents {
            let kind = labels::find(label).map(|found| found.field.clone());
            match kind {
                Some(labels::Field::Gender) => entity.gender = Gender::parse(number).or(entity.gender),
                Some(labels::Field::Id(kind)) if usable_name(number) => {
                    let mut id = Identifier::new(kind, number.as_str());
                    id.country = Some(country.clone()).filter(|text| !text.is_empty());
                    id.label = Some(label.clone());
                    once(&mut entity.identifiers, id);
                }
                _ => {
                    let parts: Vec<&str> = [label, number, country].into_iter().map(String::as_str).collect();
                    let parts: Vec<&str> = parts.into_iter().filter(|text| !text.is_empty()).collect();
                    once(&mut entity.notes, format!("Identification: {}", parts.join(", ")));
                }
            }
        }
    }

    fn measure(
        &self,
        table: Option<&'static Vec<String>>,
        entity: &mut Entity,
        problems: &mut Vec<String>,
    ) -> Measure {
        let text = |column| table.and_then(|row| cell(row, column));
        if table.is_none() {
            problems.push(format!(
                "{WARNING}the list '{}' is not known; a ban on transactions is assumed",
                self.list
            ));
        }
        let prohibits = text(3)
            .and_then(prohibition)
            .unwrap_or(Prohibition::TransactionBan);
        let mut measure = Measure::new(
            text(2).unwrap_or("us.other.ban"),
            text(4).unwrap_or(&self.list),
            prohibits,
        );
        let mut details: Vec<String> = text(6)
            .map(str::to_owned)
            .into_iter()
            .chain(self.terms.iter().cloned())
            .collect();
        if let Some(status) = &self.status {
            details.push(format!("status: {status}"));
            if status.to_lowercase().starts_with("inactive") || status.to_lowercase().starts_with("revoked") {
                measure.prohibits = Prohibition::Caution;
            }
        }
        measure.detail = (!details.is_empty()).then(|| details.join("; "));
        for (what, text, day) in [
            ("Start date", &self.from, &mut measure.from),
            ("End date", &self.to, &mut measure.to),
        ] {
            let Some(text) = text else { continue };
            *day = date(text);
            if day.is_none() {
                problems.push(format!("the date '{text}' is not understood; kept as a note"));
                entity.notes.push(format!("{what}: {text}"));
            }
        }
        measure
    }

    /// The measure under each programme, with the legal text of the programme; where no table knows one, with that of
    /// the list.
    fn by_programme(&self, measure: &Measure, table: Option<&'static Vec<String>>) -> Vec<Measure> {
        let of_list = table.and_then(|row| cell(row, 5)).map(str::to_owned);
        let under = |programme: Option<&String>| {
            let own = programme.and_then(|programme| programmes::legal_basis(programme));
            let basis = [own.or_else(|| of_list.clone()), self.notice.clone()];
            let basis: Vec<String> = basis.into_iter().flatten().collect();
            let mut measure = measure.clone();
            measure.programme = programme.cloned();
            measure.legal_basis = (!basis.is_empty()).then(|| basis.join("; "));
            measure
        };
        match self.programmes.as_slice() {
            [] => vec![under(None)],
            programmes => programmes
                .iter()
                .map(|programme| under(Some(programme)))
                .collect(),
        }
    }
}

/// A text with single spaces.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without the words that extend it to whoever follows, which are no part of it.
fn without_tail(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    let tails = [
        "; and any successor",
        ", and any successor",
        " and any successor",
        " or any of its ",
        " and any of its ",
    ];
    let at = tails.iter().filter_map(|tail| lower.find(tail)).min();
    let main = at.and_then(|at| name.get(..at)).unwrap_or(name).trim();
    if usable_name(main) { main } else { name }
}

/// A day: `2026-06-10`, `10/16/2017` (month first, as in these lists) or `June 21, 2022`.
pub(crate) fn date(text: &str) -> Option<jiff::civil::Date> {
    let parts: Vec<&str> = text.split('/').collect();
    if let [month, day, year] = parts.as_slice() {
        let (year, month, day) = (
            year.trim().parse().ok()?,
            month.trim().parse().ok()?,
            day.trim().parse().ok()?,
        );
        return jiff::civil::Date::new(year, month, day).ok();
    }
    if let Some((day, year)) = text.split_once(',')
        && let Some((month, day)) = day.trim().rsplit_once(' ')
    {
        return xlsx::day(&format!("{day} {month} {}", year.trim()));
    }
    xlsx::day(text)
}

/// A document's kind for its words, for files that put the country first: `US, 80-0890696, Tax ID No.`.
pub(crate) fn document(text: &str) -> [String; 3] {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let named = |part: &&str| {
        let found = labels::find(part).map(|found| found.field);
        matches!(found, Some(labels::Field::Id(_) | labels::Field::Gender))
    };
    let own = |text: &str| text.to_owned();
    match parts.as_slice() {
        [kind, number, country] if named(kind) && country_code(country).is_some() => {
            [own(kind), own(number), own(country)]
        }
        [kind, rest @ ..] if named(kind) && !rest.is_empty() => [own(kind), rest.join(", "), String::new()],
        [country, number, kind] if named(kind) => [own(kind), own(number), own(country)],
        [number, kind] if named(kind) => [own(kind), own(number), String::new()],
        _ => [own(text), String::new(), String::new()],
    }
}

/// An address as one text, with the country that it ends with.
pub(crate) fn address(text: &str) -> Option<Address> {
    let text = spaced(text);
    let (before, last) = text.rsplit_once(',').unwrap_or(("", &text));
    let country = Some(last.trim()).filter(|last| country_code(last).is_some());
    let lines = if country.is_some() {
        before.trim()
    } else {
        text.as_str()
    };
    let address = Address {
        lines: Some(lines.to_owned())
            .filter(|lines| !lines.is_empty())
            .into_iter()
            .collect(),
        country: country.map(str::to_owned),
        ..Address::default()
    };
    (address != Address::default()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_letters_and_by_ids() {
        let code = |list: &str| known(list).and_then(|row| cell(row, 2));
        assert_eq!(
            code("Entity List (EL) - Bureau of Industry and Security"),
            Some("us.bis.entity-list")
        );
        assert_eq!(code("bis-dpl"), Some("us.bis.denied"));
        assert_eq!(
            code("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department"),
            Some("us.ns-mbs.sectoral")
        );
        assert_eq!(
            code("Menu-Based Sanctions (NS-MBS) - Treasury Department"),
            Some("us.ns-mbs.sectoral")
        );
        assert_eq!(code("Atlantis"), None);
    }

    #[test]
    fn names_dates_and_documents_are_understood() {
        assert_eq!(
            without_tail("A Company; and any successor, sub-unit, or subsidiary thereof"),
            "A Company"
        );
        for text in ["2022-06-21", "06/21/2022", "June 21, 2022"] {
            assert_eq!(
                date(text).map(|day| day.to_string()).as_deref(),
                Some("2022-06-21"),
                "{text}"
            );
        }
        assert_eq!(document("Passport, X1, KP"), ["Passport", "X1", "KP"]);
        assert_eq!(document("US, 80-1, Tax ID No."), ["Tax ID No.", "80-1", "US"]);
        assert_eq!(document("Something else"), ["Something else", "", ""]);
    }
}
