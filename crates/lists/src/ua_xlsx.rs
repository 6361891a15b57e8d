//! The sanctions of Ukraine's National Security and Defence Council, as the workbook that the Council's open data had: a sheet of
//! natural persons (*Фізичні особи*) and one of legal persons (*Юридичні особи*).
//!
//! Each row is a restriction that a decree of the President imposes on one party; a party of several decrees has a row in each and is
//! an entry in each. The entry's id is the decree and the number in its annex. The kinds of restriction are free text, numbered;
//! `data/tables/ua_effects.csv` has the words that tell them apart. A restriction that is none of them bans transactions.

use crate::births;
use crate::detect::choose;
use crate::effects::prohibition;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::sheet_fields::{Fields, Table, fold, once};
use crate::tables::{UA_EFFECTS, cell};
use crate::{Error, ErrorKind, File, Format, xlsx};
use jiff::civil::Date;
use std::collections::HashSet;
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Identifier, IdentifierKind, List,
    Measure, Name, NameRole, Place, Prohibition, Remark, country_code,
};
use unicode_script::{Script, UnicodeScript};

const AUTHORITY: &str = "Ukraine, National Security and Defence Council";

/// The columns that are understood, as they are compared.
const TITLES: [&str; 23] = [
    "row",
    "№ указу",
    "дата указу",
    "дія щодо об'єкту санкцій",
    "зміни",
    "п/н",
    "тип обмеження",
    "термін обмеження",
    "дата закінчення обмеження",
    "назва укр.",
    "назва ориг.",
    "назва альт.",
    "дата народження",
    "громадянство",
    "місце народження",
    "зайнятість",
    "місце проживання",
    "додатково",
    "відповідальний орган",
    "окпо/єдрпоу",
    "іпн",
    "місце діяльності",
    "місце діяльності додатково",
];

/// The columns without which there is no list.
const NEEDED: [&str; 4] = ["№ указу", "тип обмеження", "назва укр.", "назва ориг."];

/// The column that only natural persons have.
const PERSONS: &str = "дата народження";

/// Whether the texts of a workbook are those of this list.
pub(crate) fn is_list(texts: &str) -> bool {
    ["Тип обмеження", "Назва укр.", "Назва ориг."]
        .iter()
        .all(|title| texts.contains(title))
}

/// Reads the list.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::UaXlsx, &["sanctions.xlsx"], files)?;
    let mut entities = Vec::new();
    let mut ids = HashSet::new();
    for sheet in &xlsx::read(file)? {
        let Some(mut table) = Table::of(sheet, &NEEDED) else {
            remarks.push(remark(
                sheet.name.as_str(),
                "this sheet is no part of the list; not read",
            ));
            continue;
        };
        table.check(file, &TITLES, &mut remarks);
        let kind = if table.has(PERSONS) {
            EntityKind::Person
        } else {
            EntityKind::Organization
        };
        for row in table.rows() {
            let id = free(&id(&row, kind), &mut ids);
            entities.extend(entity(&row, kind, &id, &mut remarks));
        }
    }
    if entities.is_empty() {
        let detail = "no sheet has the titles and rows of the list".to_owned();
        return Err(file.error(ErrorKind::Workbook { detail }));
    }
    let title = Title {
        id: "ua",
        title: "Ukraine, sanctions of the National Security and Defence Council",
        format: "ua-xlsx",
        published: None,
    };
    Ok(finish(title, &[file], entities, remarks))
}

fn id(row: &Fields<'_>, kind: EntityKind) -> String {
    let decree = row.get("№ указу").unwrap_or("-");
    match row.get("п/н") {
        Some(number) => format!("{decree}/{}-{number}", kind.as_str()),
        None => format!("{decree}/{}-row-{}", kind.as_str(), row.line),
    }
}

/// An annex may use a number twice; the second one is told apart by its place.
fn free(id: &str, ids: &mut HashSet<String>) -> String {
    let mut own = id.to_owned();
    let mut number = 2;
    while !ids.insert(own.clone()) {
        own = format!("{id}#{number}");
        number += 1;
    }
    own
}

/// The entry of a row; `None`, with a warning, for a row that names nobody.
fn entity(row: &Fields<'_>, kind: EntityKind, id: &str, remarks: &mut Vec<Remark>) -> Option<Entity> {
    let mut party = Party {
        entity: Entity::new("ua", id, kind),
        problems: Vec::new(),
    };
    party.names(row);
    if party.entity.names.is_empty() {
        let said: Vec<String> = row
            .iter()
            .map(|(title, text)| format!("{title}: {}", spaced(text)))
            .collect();
        let text = format!(
            "{WARNING}a row without a name, which nothing can match; it says: {}",
            said.join("; ")
        );
        remarks.push(remark(format!("line {}, {}", row.line, party.entity.id()), text));
        return None;
    }
    party.measures(row);
    for (title, text) in row.iter() {
        party.field(title, text);
    }
    remarks.extend(
        party
            .problems
            .into_iter()
            .map(|text| remark(party.entity.id(), text)),
    );
    Some(party.entity)
}

struct Party {
    entity: Entity,
    problems: Vec<String>,
}

impl Party {
    fn problem(&mut self, text: String) {
        once(&mut self.problems, text);
    }

    fn note(&mut self, what: &str, text: &str) {
        once(&mut self.entity.notes, format!("{what}: {text}"));
    }

    /// The name in Ukrainian is the primary one; the original and others stand beside it.
    fn names(&mut self, row: &Fields<'_>) {
        for title in ["назва укр.", "назва ориг.", "назва альт."] {
            let Some(text) = row.get(title) else { continue };
            for text in text
                .split([';', '\n'])
                .map(str::trim)
                .filter(|text| !text.is_empty())
            {
                self.name(title, text);
            }
        }
    }

    fn name(&mut self, title: &str, text: &str) {
        let text = spaced(text);
        if !usable_name(&text) {
            self.problem(format!("{WARNING}'{text}' is no usable name; kept as a note"));
            self.note(title, &text);
            return;
        }
        let latin = text.chars().any(|c| c.script() == Script::Latin);
        let role = match title {
            _ if self.entity.names.is_empty() => NameRole::Primary,
            "назва ориг." if !latin => NameRole::OriginalScript,
            _ => NameRole::StrongAlias,
        };
        if !self.entity.names.iter().any(|name| name.text == text) {
            let mut name = Name::new(text, role);
            name.label = Some(title.to_owned());
            self.entity.names.push(name);
        }
    }

    fn day(&mut self, row: &Fields<'_>, title: &str) -> Option<Date> {
        let text = row.get(title)?;
        let day = xlsx::day(text);
        if day.is_none() {
            self.problem(format!("'{text}' in '{title}' is no day; kept as a note"));
            self.note(title, text);
        }
        day
    }

    fn measures(&mut self, row: &Fields<'_>) {
        let (from, to) = (
            self.day(row, "дата указу"),
            self.day(row, "дата закінчення обмеження"),
        );
        let decree = row.get("№ указу");
        let text = row.get("тип обмеження").unwrap_or_default();
        if let Some(action) = row
            .get("дія щодо об'єкту санкцій")
            .filter(|action| fold(action) != "застосування")
        {
            self.problem(format!(
                "{WARNING}the action '{action}' is not known; the restriction is taken to be in force"
            ));
            self.note("Дія", action);
        }
        for (code, prohibits, item) in self.effects(text) {
            let mut measure = Measure::new(code, AUTHORITY, prohibits);
            measure.programme = decree.map(str::to_owned);
            measure.legal_basis = decree.map(|decree| {
                let day = from.map(|day| format!(" of {day}")).unwrap_or_default();
                format!(
                    "Decree of the President of Ukraine No. {}{day}; Law 1644-VII",
                    decree.replace('-', "/")
                )
            });
            measure.detail = Some(item);
            (measure.from, measure.to) = (from, to);
            self.entity.measures.push(measure);
        }
    }

    /// Each restriction once, with the first item that names it.
    fn effects(&mut self, text: &str) -> Vec<(String, Prohibition, String)> {
        let mut effects: Vec<(String, Prohibition, String)> = Vec::new();
        for item in items(text) {
            let words = fold(&item);
            let mut found = false;
            for row in UA_EFFECTS.iter() {
                let (Some(own), Some(code), Some(effect)) = (cell(row, 0), cell(row, 1), cell(row, 2)) else {
                    continue;
                };
                if words.contains(own) {
                    found = true;
                    if !effects.iter().any(|(known, ..)| known == code) {
                        let prohibits = prohibition(effect).unwrap_or(Prohibition::TransactionBan);
                        effects.push((code.to_owned(), prohibits, item.clone()));
                    }
                }
            }
            if !found {
                self.problem(format!(
                    "the restriction '{item}' is not known; a ban on transactions is assumed"
                ));
                effects.push(("ua.nsdc.other".to_owned(), Prohibition::TransactionBan, item));
            }
        }
        if effects.is_empty() {
            let detail = "no restriction is named: an asset freeze is assumed".to_owned();
            self.problem(detail.clone());
            effects.push(("ua.nsdc.freeze".to_owned(), Prohibition::AssetFreeze, detail));
        }
        effects
    }

    fn field(&mut self, title: &str, text: &str) {
        match title {
            // Taken together with others, above, or no more than the place of the row.
            "row" | "№ указу" | "дата указу" | "дія щодо об'єкту санкцій" | "п/н" | "тип обмеження" =>
                {}
            "дата закінчення обмеження" | "назва укр." | "назва ориг." | "назва альт." =>
                {}
            "дата народження" => self.birth_date(text),
            "громадянство" => self.citizenships(text),
            "місце народження" => {
                let place = Place {
                    text: spaced(text),
                    country: country_code(text),
                };
                once(&mut self.entity.birth_places, place);
            }
            "зайнятість" => once(&mut self.entity.positions, spaced(text)),
            "місце проживання" | "місце діяльності" | "місце діяльності додатково" =>
            {
                let address = Address {
                    lines: vec![spaced(text)],
                    ..Address::default()
                };
                once(&mut self.entity.addresses, address);
            }
            "окпо/єдрпоу" => self.numbers(&IdentifierKind::Registration, text),
            "іпн" => self.numbers(&IdentifierKind::TaxId, text),
            "зміни" if fold(text) == "ні" => {}
            _ => self.note(title, text),
        }
    }

    fn birth_date(&mut self, text: &str) {
        if let Some(day) = xlsx::serial(text) {
            return once(&mut self.entity.birth_dates, BirthDate::day(day));
        }
        for told in births::put("дата народження", text, &mut self.entity) {
            self.problem(told);
        }
    }

    fn citizenships(&mut self, text: &str) {
        for part in text
            .split([',', ';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            once(
                &mut self.entity.countries,
                CountryLink::new(CountryRelation::Citizenship, part),
            );
        }
    }

    fn numbers(&mut self, kind: &IdentifierKind, text: &str) {
        let mut rest = Vec::new();
        for part in text
            .split([',', ';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match number(part) {
                Some((label, value)) => {
                    let mut id = Identifier::new(kind.clone(), value);
                    id.label = (!label.is_empty()).then(|| label.to_owned());
                    once(&mut self.entity.identifiers, id);
                }
                None => rest.push(part),
            }
        }
        if !rest.is_empty() {
            self.note(kind.as_str(), &rest.join("; "));
        }
    }
}

/// A text with single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The items of a text that numbers them: `1) …; 2) …`.
fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut next = 1;
    for word in text.split_whitespace() {
        let after = word.strip_prefix(&format!("{next})"));
        if after.is_some() {
            items.push(String::new());
            next += 1;
        }
        let word = after.unwrap_or(word);
        if let Some(item) = items.last_mut().filter(|_| !word.is_empty()) {
            if !item.is_empty() {
                item.push(' ');
            }
            item.push_str(word);
        }
    }
    let trimmed = items
        .iter()
        .map(|item| item.trim_end_matches([';', '.', ',', ' ']).to_owned());
    trimmed.filter(|item| !item.is_empty()).collect()
}

/// A number and what stands before it: `ЄДРПОУ00039002`. One letter before a number is a part of it.
fn number(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let (label, value) = text.split_at(digit);
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    if label.chars().count() == 1 {
        return Some(("", text));
    }
    Some((label, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restrictions_are_parted_by_their_numbers() {
        assert_eq!(
            items("1) блокування активів – А;\n 2)\tзаборона Б."),
            ["блокування активів – А", "заборона Б"]
        );
        assert_eq!(
            items("блокування (стаття 4) активів"),
            ["блокування (стаття 4) активів"]
        );
        assert_eq!(items(" "), [""; 0]);
    }

    #[test]
    fn numbers_lose_their_labels_only() {
        assert_eq!(number("ЄДРПОУ00039002"), Some(("ЄДРПОУ", "00039002")));
        assert_eq!(number("КПП 781301001)"), Some(("КПП", "781301001")));
        assert_eq!(number("С193010"), Some(("", "С193010")));
        assert_eq!(number("200710130N"), Some(("", "200710130N")));
        assert_eq!(number("номер – 117"), Some(("номер", "117")));
        assert_eq!(number("немає"), None);
    }
}
