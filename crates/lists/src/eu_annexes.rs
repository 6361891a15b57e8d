//! The annexes of the EU's regulations as CSV: a folder of files, one for each regulation, or one of them. A row
//! is a party of an annex. Beside those who are frozen there are those under the sectoral regulations: exports,
//! banks, vessels, ports.
//!
//! Fields hold free text as the Official Journal has it, often with several values; see [`crate::eu_text`]. What
//! is taken out of a text is put into fields, and the text is kept in the notes where it says more.

use crate::beside;
use crate::births;
use crate::csv_rows::{Rows, check_quotes, check_width, is_empty, titled};
use crate::eu_programmes::annex_measure;
use crate::eu_text::{names, numbers, pieces};
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::ofac_csv::put_address;
use crate::remarks as items;
use crate::{Error, ErrorKind, File, Format};
use csv::StringRecord;
use std::collections::HashSet;
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind,
    List, Name, NameRole, Place, Precision, Remark, country_code,
};

const LIST: &str = "eu-annexes";

/// Columns without which the file is not one of these.
const NEEDED: [&str; 5] = ["celex", "annex", "measure", "schema", "name"];

/// Whether the first line of a file is the header of this format.
pub(crate) fn is_header(line: &str) -> bool {
    let columns: Vec<&str> = line
        .trim_start_matches('\u{feff}')
        .trim_end()
        .split(',')
        .collect();
    columns.first() == Some(&"celex") && NEEDED.iter().all(|name| columns.contains(name))
}

pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (mut lists, remarks) = beside::every(Format::EuAnnexes, "csv", files)?;
    lists.sort_by(|one, two| one.name.cmp(&two.name));
    let mut reading = Reading {
        remarks,
        ..Reading::default()
    };
    for file in &lists {
        reading.file(file)?;
    }
    let title = Title {
        id: LIST,
        title: "Annexes of the European Union's regulations on restrictive measures",
        format: "eu-annexes-csv",
        published: None,
    };
    Ok(finish(title, &lists, reading.entities, reading.remarks))
}

#[derive(Default)]
struct Reading {
    ids: HashSet<String>,
    entities: Vec<Entity>,
    kinds: UnknownKinds,
    remarks: Vec<Remark>,
}

/// A row with the names of its columns.
struct Row<'a> {
    columns: &'a [String],
    fields: &'a StringRecord,
}

impl<'a> Row<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let at = self.columns.iter().position(|column| column == name)?;
        self.fields.get(at).map(str::trim).filter(|text| !text.is_empty())
    }
}

impl Reading {
    fn file(&mut self, file: &File) -> Result<(), Error> {
        let text = file.utf8()?;
        let mut rows = Rows::new(file, text, b',');
        let mut fields = StringRecord::new();
        let first = rows.next(&mut fields)?.unwrap_or(1);
        check_quotes(file, first, &fields, b',', |_| "a title".to_owned())?;
        let columns: Vec<String> = fields.iter().map(|name| name.trim().to_owned()).collect();
        let before = self.entities.len();
        while let Some(line) = rows.next(&mut fields)? {
            if is_empty(&fields) {
                continue;
            }
            check_width(file, line, &fields, columns.len())?;
            check_quotes(file, line, &fields, b',', |at| titled(&columns, at))?;
            let row = Row {
                columns: &columns,
                fields: &fields,
            };
            self.entry(file, line, &row)?;
        }
        let kinds = std::mem::take(&mut self.kinds);
        let added = self.entities.get(before..).unwrap_or_default();
        kinds.settle(file, added, &mut self.remarks)?;
        if added.is_empty() {
            self.remarks
                .push(remark(file.name.as_str(), "its annexes name no party"));
        }
        if !text.ends_with('\n') {
            let text = "the last line does not end: it may be cut off, and rows after it may be missing";
            self.remarks
                .push(remark(file.name.as_str(), format!("{WARNING}{text}")));
        }
        Ok(())
    }

    fn entry(&mut self, file: &File, line: u64, row: &Row<'_>) -> Result<(), Error> {
        let error = |kind| Error::at(file.name.as_str(), line, kind);
        let missing = |field: &'static str| ErrorKind::Field {
            field,
            entry: row.get("name").unwrap_or("-").to_owned(),
            value: String::new(),
            problem: "missing",
        };
        let celex = row.get("celex").ok_or_else(|| error(missing("celex")))?;
        let annex = row.get("annex").ok_or_else(|| error(missing("annex")))?;
        let name = row.get("name").unwrap_or_default();
        let id = self.id(celex, annex, row.get("recordId"), name);
        if !usable_name(name) {
            let name = name.to_owned();
            return Err(error(ErrorKind::NoName { entry: id, name }));
        }
        let word = row.get("schema").unwrap_or_default();
        let kind = kind_of(word);
        let mut party = Party {
            entity: Entity::new(LIST, id, kind.unwrap_or(EntityKind::Organization)),
            remarks: &mut self.remarks,
        };
        party.measure(celex, annex, row);
        for (column, text) in row.columns.iter().zip(row.fields) {
            let text = text.trim();
            if !text.is_empty() {
                party.put(column, text);
            }
        }
        let mut entity = party.entity;
        entity.names.sort_by_key(|name| name.role != NameRole::Primary);
        if kind.is_none() {
            let place = format!("{}, line {line}", file.name);
            let text = format!("the schema '{word}' is not known");
            self.remarks.push(remark(place, text));
            self.kinds.add(word, &mut entity);
        }
        self.entities.push(entity);
        Ok(())
    }

    /// Regulation, annex and the number in it. An annex without numbers goes by names, and one that stands there
    /// twice is counted.
    fn id(&mut self, celex: &str, annex: &str, record: Option<&str>, name: &str) -> String {
        let last = record.map_or_else(|| slug(name), |number| number.split_whitespace().collect());
        let id = format!("{celex}/{annex}/{last}");
        let numbered = (2..).map(|n| format!("{id}#{n}"));
        let free = std::iter::once(id.clone())
            .chain(numbered)
            .find(|id| !self.ids.contains(id));
        let free = free.unwrap_or(id);
        self.ids.insert(free.clone());
        free
    }
}

fn kind_of(word: &str) -> Option<EntityKind> {
    match word {
        "Person" => Some(EntityKind::Person),
        "LegalEntity" | "Company" | "Organization" | "PublicBody" => Some(EntityKind::Organization),
        "Vessel" => Some(EntityKind::Vessel),
        "Airplane" | "Aircraft" => Some(EntityKind::Aircraft),
        "Asset" | "Security" | "CryptoWallet" => Some(EntityKind::Asset),
        _ => None,
    }
}

/// `Russian, Ukrainian` and `Syrian/Iranian` are two countries each; `Russia (since 2014)` is what it is.
fn each_country(text: &str) -> Vec<&str> {
    let split = |by: &str| text.split(by).map(str::trim).collect::<Vec<_>>();
    let known = |parts: &Vec<&str>| parts.iter().all(|part| country_code(part).is_some());
    let mut ways = [", ", " and ", "/"].into_iter().map(split).filter(known);
    match country_code(text) {
        Some(_) => vec![text],
        None => ways.next().unwrap_or_else(|| vec![text]),
    }
}

/// Letters and digits of a name in lower case, with `-` between its words.
fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

struct Party<'a> {
    entity: Entity,
    remarks: &'a mut Vec<Remark>,
}

impl Party<'_> {
    fn note(&mut self, what: &str, text: &str) {
        self.entity.notes.push(format!("{what}: {text}"));
    }

    fn remark(&mut self, text: String) {
        self.remarks.push(remark(self.entity.id(), text));
    }

    fn measure(&mut self, celex: &str, annex: &str, row: &Row<'_>) {
        let word = row.get("measure").unwrap_or_default();
        let (mut measure, known) = annex_measure(celex, annex, word);
        if !known {
            self.remark(format!(
                "the measure '{word}' is not known; an asset freeze is assumed"
            ));
        }
        let programme = row.get("programKey");
        measure.programme = programme.map(|key| key.strip_prefix("EU-").unwrap_or(key).to_owned());
        if let Some(text) = row.get("startDate") {
            let day = BirthDate::parse(text).filter(|date| date.precision == Precision::Day);
            measure.from = day.map(|day| day.from);
            if measure.from.is_none() {
                self.remark(format!("startDate '{text}' is not a day; kept as a note"));
                self.note("Start date", text);
            }
        }
        self.entity.measures.push(measure);
    }

    fn put(&mut self, column: &str, text: &str) {
        match column {
            "celex" | "recordId" | "programKey" | "annex" | "measure" | "startDate" | "schema" => {}
            "name" => self.names(text, NameRole::Primary),
            "alias" => self.aliases(text, NameRole::StrongAlias),
            "weakAlias" => self.aliases(text, NameRole::WeakAlias),
            "previousName" => self.aliases(text, NameRole::Former),
            "country" => self.countries(CountryRelation::Unspecified, text),
            "nationality" => self.countries(CountryRelation::Nationality, text),
            "jurisdiction" => self.countries(CountryRelation::Registration, text),
            "flag" => self.countries(CountryRelation::Flag, text),
            "birthDate" | "incorporationDate" => self.dates(text),
            "birthPlace" => self.birth_places(text),
            "position" => self.entity.positions.push(text.to_owned()),
            "gender" => self.gender(text),
            "address" => self.addresses(text),
            "phone" => self.contacts(IdentifierKind::Phone, text),
            "email" => self.contacts(IdentifierKind::Email, text),
            "website" => self.contacts(IdentifierKind::Website, text),
            "swiftBic" => self.bics(text),
            _ => match identifier_kind(column) {
                Some(kind) => self.numbers(kind, column, text),
                None => self.note(title(column), text),
            },
        }
    }

    /// The primary name, and the spellings that stand in it.
    fn names(&mut self, text: &str, role: NameRole) {
        let found = names(text);
        let whole = found.len() < 2;
        if whole || found.iter().any(|called| called.name.is_empty()) {
            self.entity.names.push(Name::new(text, role));
            return;
        }
        self.note("Name as written", text);
        self.aliases_of(text, role);
    }

    fn aliases(&mut self, text: &str, role: NameRole) {
        for piece in pieces(text) {
            let before = self.entity.names.len();
            self.aliases_of(piece, role);
            if self.entity.names.len() == before && !self.entity.names.iter().any(|name| name.text == piece) {
                self.note("Alias", piece);
            }
        }
    }

    fn aliases_of(&mut self, text: &str, role: NameRole) {
        for (at, called) in names(text).into_iter().enumerate() {
            let role = match role {
                NameRole::Primary if at == 0 => NameRole::Primary,
                NameRole::WeakAlias => NameRole::WeakAlias,
                _ if called.native => NameRole::OriginalScript,
                _ if called.former => NameRole::Former,
                NameRole::Primary => NameRole::StrongAlias,
                role => role,
            };
            if self.entity.names.iter().any(|name| name.text == called.name) {
                continue;
            }
            let mut name = Name::new(called.name, role);
            name.label = called.words;
            self.entity.names.push(name);
        }
    }

    fn countries(&mut self, relation: CountryRelation, text: &str) {
        for piece in pieces(text).into_iter().flat_map(each_country) {
            let link = CountryLink::new(relation, piece);
            if !self.entity.countries.contains(&link) {
                self.entity.countries.push(link);
            }
        }
    }

    fn dates(&mut self, text: &str) {
        for told in births::put("Date of birth or foundation", text, &mut self.entity) {
            self.remark(told);
        }
    }

    fn birth_places(&mut self, text: &str) {
        for piece in pieces(text) {
            let mut place: Place = items::place(piece);
            // `Tyumen Oblast, former USSR (now Russian Federation)`
            let now = piece
                .split_once("(now ")
                .and_then(|(_, rest)| rest.split(')').next());
            place.country = now.and_then(country_code).or(place.country);
            if !self.entity.birth_places.contains(&place) {
                self.entity.birth_places.push(place);
            }
        }
    }

    fn gender(&mut self, text: &str) {
        self.entity.gender = Gender::parse(text.trim_end_matches('.'));
        if self.entity.gender.is_none() {
            self.remark(format!("gender '{text}' is not known; kept as a note"));
            self.note("Gender", text);
        }
    }

    fn addresses(&mut self, text: &str) {
        for piece in pieces(text) {
            put_address(address(piece), &mut self.entity);
        }
    }

    fn contacts(&mut self, kind: IdentifierKind, text: &str) {
        let pieces = pieces(text).into_iter().flat_map(|piece| piece.split(" and "));
        for value in pieces.flat_map(|piece| piece.split(", ")) {
            let value = value.trim_matches([',', ';', ' ']);
            let value = value.strip_prefix("and ").unwrap_or(value);
            let id = Identifier::new(kind.clone(), value);
            if value.is_empty() || self.entity.identifiers.contains(&id) {
                continue;
            }
            self.entity.identifiers.push(id);
        }
    }

    /// Codes of eight or eleven letters and digits; whatever else stands there is kept as a note.
    fn bics(&mut self, text: &str) {
        let is_code =
            |word: &str| [8, 11].contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
        let words = text.split(|c: char| c.is_whitespace() || [',', ';'].contains(&c));
        let (codes, others): (Vec<&str>, Vec<&str>) =
            words.filter(|w| !w.is_empty()).partition(|word| is_code(word));
        let ids = codes
            .into_iter()
            .map(|code| Identifier::new(IdentifierKind::Bic, code));
        self.entity.identifiers.extend(ids);
        if !others.is_empty() {
            self.note(title("swiftBic"), text);
        }
    }

    fn numbers(&mut self, kind: IdentifierKind, column: &str, text: &str) {
        for piece in pieces(text) {
            let found = numbers(piece);
            let more = found.is_empty() || found.iter().any(|number| says_kpp(&number.words));
            if more {
                self.note(title(column), piece);
            }
            for number in found.into_iter().filter(|number| !says_kpp(&number.words)) {
                let kind = said_kind(&number.words).unwrap_or_else(|| kind.clone());
                let mut id = Identifier::new(kind, number.number);
                id.country = number_country(&number.words);
                id.label = Some(
                    format!("{} {}", title(column), number.words)
                        .trim_end()
                        .to_owned(),
                );
                if !self.entity.identifiers.contains(&id) {
                    self.entity.identifiers.push(id);
                }
            }
        }
    }
}

/// The kind of identifier that a column holds. `kppCode` is none: a tax office gives it to many.
fn identifier_kind(column: &str) -> Option<IdentifierKind> {
    Some(match column {
        "passportNumber" => IdentifierKind::Passport,
        "idNumber" => IdentifierKind::NationalId,
        "taxNumber" | "innCode" => IdentifierKind::TaxId,
        "registrationNumber" | "ogrnCode" | "okpoCode" => IdentifierKind::Registration,
        "leiCode" => IdentifierKind::Lei,
        "imoNumber" => IdentifierKind::Imo,
        "mmsi" => IdentifierKind::Mmsi,
        _ => return None,
    })
}

fn says_kpp(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.eq_ignore_ascii_case("kpp"))
}

/// The kind that the words beside a number name, where it differs from the column's.
fn said_kind(words: &str) -> Option<IdentifierKind> {
    let lower = words.to_lowercase();
    let has = |needles: &[&str]| needles.iter().any(|needle| lower.contains(needle));
    let mut tokens = lower.split(|c: char| !c.is_alphanumeric());
    let mut token = |names: &[&str]| tokens.any(|word| names.contains(&word));
    match () {
        () if has(&["passport"]) => Some(IdentifierKind::Passport),
        () if has(&["identity card", "national id", "identification card", "id card"]) => {
            Some(IdentifierKind::NationalId)
        }
        () if has(&["tax id", "fiscal", "tax number"]) || token(&["inn", "tin"]) => {
            Some(IdentifierKind::TaxId)
        }
        () if has(&["ogrn", "okpo", "psrn"]) => Some(IdentifierKind::Registration),
        () => None,
    }
}

/// The country in the words around a number: `(Russia)`, `Iraqi passport No`, `(Pakistan passport, expires …)`.
fn number_country(words: &str) -> Option<String> {
    let mut fragments = words.split([',', '(', ')', ';', ':']);
    let country = |fragment: &str| {
        let known = |word: &&str| !DOCUMENT_WORDS.contains(&word.to_lowercase().as_str());
        let words: Vec<&str> = fragment.split_whitespace().filter(known).collect();
        let text = words.join(" ");
        (text.len() > 2 && country_code(&text).is_some()).then_some(text)
    };
    fragments.find_map(country)
}

/// Words that stand between a country and a number.
const DOCUMENT_WORDS: [&str; 12] = [
    "passport",
    "number",
    "no",
    "no.",
    "national",
    "identity",
    "card",
    "expired",
    "provisional",
    "issued",
    "in",
    "identification",
];

/// An address in one line: its country is behind its last comma, or before its first one.
fn address(text: &str) -> Address {
    let (plain, said) = match text.strip_suffix(')').and_then(|body| body.rsplit_once(" (")) {
        // `Iran (Islamic Republic of)` is a country.
        Some((head, inner)) if country_code(text).is_none() => (head.trim(), Some(inner.trim().to_owned())),
        _ => (text, None),
    };
    let is_country = |part: &str| part.chars().count() > 2 && country_code(part).is_some();
    let split = plain.rsplit_once(',').map(|(rest, tail)| (tail.trim(), rest));
    let split = split.filter(|(tail, _)| is_country(tail));
    let first = plain.split_once(',').map(|(head, rest)| (head.trim(), rest));
    let (country, rest) = match split.or(first.filter(|(head, _)| is_country(head))) {
        Some((country, rest)) => (Some(country), rest.trim()),
        None if is_country(plain) => (Some(plain), ""),
        None => (None, plain),
    };
    Address {
        lines: Some(rest.to_owned())
            .filter(|line| !line.is_empty())
            .into_iter()
            .collect(),
        country: country.map(str::to_owned),
        note: said,
        ..Address::default()
    }
}

/// The words for a column in labels and notes; a column that is not known stands for itself.
fn title(column: &str) -> &str {
    match column {
        "reason" => "Reason",
        "appearance" => "Appearance",
        "ethnicity" => "Ethnicity",
        "fatherName" => "Father's name",
        "motherName" => "Mother's name",
        "legalForm" => "Legal form",
        "sector" => "Sector",
        "notes" => "Notes",
        "ticker" => "Ticker",
        "kppCode" => "KPP",
        "passportNumber" => "Passport",
        "idNumber" => "Identity number",
        "taxNumber" => "Tax number",
        "innCode" => "INN",
        "registrationNumber" => "Registration number",
        "ogrnCode" => "OGRN",
        "okpoCode" => "OKPO",
        "leiCode" => "LEI",
        "swiftBic" => "SWIFT/BIC",
        "imoNumber" => "IMO",
        "mmsi" => "MMSI",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_country_at_its_end_or_its_beginning() {
        let read = |text| {
            let address = address(text);
            (
                address.lines.join("|"),
                address.country.unwrap_or_default(),
                address.note.unwrap_or_default(),
            )
        };
        let own =
            |line: &str, country: &str, note: &str| (line.to_owned(), country.to_owned(), note.to_owned());
        assert_eq!(
            read("1 Sample St, Moscow, Russia"),
            own("1 Sample St, Moscow", "Russia", "")
        );
        assert_eq!(
            read("Russian Federation, 456770, Sample"),
            own("456770, Sample", "Russian Federation", "")
        );
        assert_eq!(
            read("Libya (last known location)"),
            own("", "Libya", "last known location")
        );
        assert_eq!(
            read("Iran (Islamic Republic of)"),
            own("", "Iran (Islamic Republic of)", "")
        );
        assert_eq!(
            read("Sampleton, Sample District"),
            own("Sampleton, Sample District", "", "")
        );
    }

    #[test]
    fn several_countries_are_several() {
        assert_eq!(each_country("Russian, Ukrainian"), ["Russian", "Ukrainian"]);
        assert_eq!(each_country("Syrian/Iranian"), ["Syrian", "Iranian"]);
        for one in [
            "Myanmar/Burma",
            "Korea, North",
            "Trinidad and Tobago",
            "Italian since 1990",
        ] {
            assert_eq!(each_country(one), [one]);
        }
    }

    #[test]
    fn the_words_beside_a_number_may_name_its_kind_and_country() {
        assert_eq!(said_kind("(Tax ID/INN)"), Some(IdentifierKind::TaxId));
        assert_eq!(
            said_kind("(Russian national passport number)"),
            Some(IdentifierKind::Passport)
        );
        assert_eq!(said_kind("OGRN:"), Some(IdentifierKind::Registration));
        assert_eq!(said_kind("(Kuwait)"), None);
        assert_eq!(
            number_country("(Pakistan passport, expires on 11 Aug. 2013)").as_deref(),
            Some("Pakistan")
        );
        assert_eq!(
            number_country("Jordan (issued in 2009)").as_deref(),
            Some("Jordan")
        );
        assert_eq!(number_country("issued on 21 Feb. 2013"), None);
        assert!(says_kpp("KPP") && says_kpp("OKPO, KPP:") && !says_kpp("OKPO"));
    }
}
