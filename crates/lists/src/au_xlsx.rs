//! Australia's *Consolidated List* of the Department of Foreign Affairs and Trade, as a workbook.
//!
//! There are two layouts. The older one (`regulation8_consolidated.xlsx`, up to 2025) has a column *Name Type* with many
//! spellings and does not say which measures apply: the list was one of targeted financial sanctions, so an asset freeze is
//! assumed. The newer one adds *Alias Strength*, *IMO Number*, *Instrument of Designation* and four columns of flags, a measure
//! each.
//!
//! A party has a row for each name, told apart by letters behind its number (`2`, `2a`, `34c1`). Rows repeat what is known
//! beside the name; what they say differently is kept whole. The file states no number of parties and no date.

use crate::births;
use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::ofac_rows::Account;
use crate::sheet_fields::{Fields, Table, once, parts};
use crate::{Error, ErrorKind, File, Format, xlsx};
use std::collections::HashMap;
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Identifier, IdentifierKind, List,
    Measure, Name, NameRole, Place, Prohibition, Remark, country_code,
};

const AUTHORITY: &str = "Australia, Department of Foreign Affairs and Trade";

/// The columns that are understood, as they are compared.
const TITLES: [&str; 19] = [
    "reference",
    "name of individual or entity",
    "type",
    "name type",
    "alias strength",
    "date of birth",
    "place of birth",
    "citizenship",
    "address",
    "additional information",
    "listing information",
    "imo number",
    "committees",
    "control date",
    "instrument of designation",
    "targeted financial sanction",
    "travel ban",
    "arms embargo",
    "maritime restriction",
];

/// The columns without which there is no list.
const NEEDED: [&str; 4] = ["reference", "name of individual or entity", "type", "name type"];

/// Columns of flags, with the measure that each stands for.
const FLAGS: [(&str, &str, Prohibition); 4] = [
    (
        "targeted financial sanction",
        "au.dfat.freeze",
        Prohibition::AssetFreeze,
    ),
    ("travel ban", "au.dfat.travel-ban", Prohibition::TravelBan),
    ("arms embargo", "au.dfat.arms-embargo", Prohibition::ArmsEmbargo),
    (
        "maritime restriction",
        "au.dfat.maritime",
        Prohibition::TransactionBan,
    ),
];

/// Whether the texts of a workbook are those of this list.
pub(crate) fn is_list(texts: &str) -> bool {
    ["Name of Individual or Entity", "Name Type", "Control Date"]
        .iter()
        .all(|title| texts.contains(title))
}

/// Reads the list.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let official = [
        "regulation8_consolidated.xlsx",
        "australian_sanctions_consolidated_list.xlsx",
    ];
    let (file, mut remarks) = choose(Format::AuXlsx, &official, files)?;
    let mut reading = Reading {
        file,
        parties: Vec::new(),
        index: HashMap::new(),
        flags: false,
    };
    let mut account = Account::default();
    let mut found = false;
    for sheet in &xlsx::read(file)? {
        let Some(mut table) = Table::of(sheet, &NEEDED) else {
            remarks.push(remark(
                sheet.name.as_str(),
                "this sheet is no part of the list; not read",
            ));
            continue;
        };
        found = true;
        table.check(file, &TITLES, &mut remarks);
        reading.flags = FLAGS.iter().any(|(title, ..)| table.has(title));
        for row in table.rows() {
            account.rows += 1;
            match reading.row(&row)? {
                true => account.kept += 1,
                false => {
                    account.remarked += 1;
                    let place = format!("{}, line {}", sheet.name, row.line);
                    let text: Vec<String> = row
                        .iter()
                        .map(|(title, text)| format!("{title}: {text}"))
                        .collect();
                    remarks.push(remark(
                        place,
                        format!("a row without a reference: {}", text.join("; ")),
                    ));
                }
            }
        }
    }
    account.settle(file)?;
    let mut entities = Vec::new();
    let mut kinds = UnknownKinds::default();
    for party in reading.parties {
        entities.push(party.finish(file, &mut kinds, &mut remarks)?);
    }
    kinds.settle(file, &entities, &mut remarks)?;
    if entities.is_empty() {
        let detail = if found {
            "no rows"
        } else {
            "no sheet has the titles of the list"
        };
        return Err(file.error(ErrorKind::Workbook {
            detail: detail.to_owned(),
        }));
    }
    let title = Title {
        id: "au",
        title: "Australian Consolidated Sanctions List (DFAT)",
        format: "au-xlsx",
        published: None,
    };
    Ok(finish(title, &[file], entities, remarks))
}

struct Reading<'a> {
    file: &'a File,
    parties: Vec<Party>,
    index: HashMap<String, usize>,
    /// Whether the file says which measures apply.
    flags: bool,
}

impl Reading<'_> {
    /// Takes in a row; `false` for one that speaks of no party.
    fn row(&mut self, row: &Fields<'_>) -> Result<bool, Error> {
        let name = row.get("name of individual or entity");
        let Some(reference) = row.get("reference") else {
            let Some(name) = name else { return Ok(false) };
            return Err(self.field(row, "Reference", name, "", "which must not be empty"));
        };
        let number: String = reference.chars().take_while(char::is_ascii_digit).collect();
        if number.is_empty() {
            return Err(self.field(row, "Reference", reference, reference, "not a number"));
        }
        let at = *self.index.entry(number).or_insert_with_key(|number| {
            self.parties.push(Party::new(number, row.line));
            self.parties.len() - 1
        });
        let flags = self.flags;
        if let Some(party) = self.parties.get_mut(at) {
            party.take(row, flags);
        }
        Ok(true)
    }

    fn field(
        &self,
        row: &Fields<'_>,
        field: &'static str,
        entry: &str,
        value: &str,
        problem: &'static str,
    ) -> Error {
        let (entry, value) = (entry.chars().take(80).collect(), value.chars().take(80).collect());
        Error::at(
            self.file.name.as_str(),
            row.line,
            ErrorKind::Field {
                field,
                entry,
                value,
                problem,
            },
        )
    }
}

struct Party {
    entity: Entity,
    line: u64,
    kind: Option<EntityKind>,
    /// A word for the kind that is not known.
    unknown_kind: String,
    problems: Vec<String>,
}

impl Party {
    fn new(number: &str, line: u64) -> Party {
        let entity = Entity::new("au", number, EntityKind::Organization);
        Party {
            entity,
            line,
            kind: None,
            unknown_kind: String::new(),
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, text: impl Into<String>) {
        once(&mut self.problems, text.into());
    }

    fn note(&mut self, what: &str, text: &str) {
        once(&mut self.entity.notes, format!("{what}: {text}"));
    }

    fn take(&mut self, row: &Fields<'_>, flags: bool) {
        self.name(row);
        self.measures(row, flags);
        for (title, text) in row.iter() {
            if !blank(text) {
                self.field(title, text);
            }
        }
    }

    fn name(&mut self, row: &Fields<'_>) {
        let Some(text) = row.get("name of individual or entity") else {
            return;
        };
        if !usable_name(text) {
            self.problem(format!("{WARNING}'{text}' is no usable name; kept as a note"));
            self.note("Name", text);
            return;
        }
        let word = row.get("name type").unwrap_or_default();
        let strength = row.get("alias strength").unwrap_or_default();
        let role = self.role(&word.to_lowercase(), &strength.to_lowercase());
        let label: Vec<&str> = [word, strength]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let mut name = Name::new(text, role);
        name.label = (!label.is_empty()).then(|| label.join("; "));
        once(&mut self.entity.names, name);
    }

    fn role(&mut self, word: &str, strength: &str) -> NameRole {
        if !["", "strong", "weak"].contains(&strength) {
            self.problem(format!("the strength '{strength}' is not known; taken as strong"));
        }
        match word {
            "primary name" => NameRole::Primary,
            "original script" => NameRole::OriginalScript,
            _ if strength == "weak" => NameRole::WeakAlias,
            "aka" | "alias" => NameRole::StrongAlias,
            "formerly known as" | "previously listed as" | "fka" => NameRole::Former,
            _ => {
                self.problem(format!(
                    "the name type '{word}' is not known; taken as a strong alias"
                ));
                NameRole::StrongAlias
            }
        }
    }

    fn measures(&mut self, row: &Fields<'_>, flags: bool) {
        let basis = row
            .get("instrument of designation")
            .or(row.get("listing information"));
        let set = |title: &str| row.get(title).map(|text| text.to_lowercase());
        let mut imposed = Vec::new();
        for (title, code, prohibits) in FLAGS {
            match set(title).as_deref() {
                Some("true" | "yes" | "1") => imposed.push((code, prohibits, None)),
                None | Some("false" | "no" | "0") => {}
                Some(other) => {
                    self.problem(format!(
                        "{WARNING}'{other}' in '{title}' is not understood; taken as imposed"
                    ));
                    imposed.push((code, prohibits, None));
                }
            }
        }
        if imposed.is_empty() {
            let assumed = if flags {
                "no measure is marked"
            } else {
                "the file does not say which measures apply"
            };
            let detail = format!("{assumed}: targeted financial sanctions are assumed");
            imposed.push(("au.dfat.freeze", Prohibition::AssetFreeze, Some(detail)));
        }
        for (code, prohibits, detail) in imposed {
            let mut measure = Measure::new(code, AUTHORITY, prohibits);
            measure.programme = row.get("committees").map(str::to_owned);
            measure.legal_basis = basis.map(str::to_owned);
            measure.detail = detail;
            let known =
                |other: &Measure| (&other.code, &other.programme) == (&measure.code, &measure.programme);
            if !self.entity.measures.iter().any(known) {
                self.entity.measures.push(measure);
            }
        }
    }

    fn field(&mut self, title: &str, text: &str) {
        match title {
            // Taken together with others, above.
            "reference" | "name of individual or entity" | "name type" | "alias strength" => {}
            "targeted financial sanction" | "travel ban" | "arms embargo" | "maritime restriction" => {}
            "committees" | "instrument of designation" => {}
            "type" => self.kind(text),
            "date of birth" => self.birth_dates(text),
            "place of birth" => parts(text).into_iter().for_each(|part| self.birth_place(part)),
            "citizenship" => parts(text).into_iter().for_each(|part| self.citizenship(part)),
            "address" => parts(text).into_iter().for_each(|part| self.address(part)),
            "additional information" => self.note("Additional information", text),
            "listing information" => self.note("Listing information", text),
            "control date" => match xlsx::day(text) {
                Some(day) => self.note("Control date", &day.to_string()),
                None => self.note("Control date", text),
            },
            "imo number" => once(
                &mut self.entity.identifiers,
                Identifier::new(IdentifierKind::Imo, text),
            ),
            other => {
                let other = other.to_owned();
                self.note(&other, text);
            }
        }
    }

    fn kind(&mut self, word: &str) {
        let kind = match word.to_lowercase().as_str() {
            "individual" => EntityKind::Person,
            "entity" => EntityKind::Organization,
            "vessel" | "ship" => EntityKind::Vessel,
            "aircraft" => EntityKind::Aircraft,
            _ => {
                word.clone_into(&mut self.unknown_kind);
                return self.note("Type", word);
            }
        };
        if self.kind.is_some_and(|known| known != kind) {
            self.problem(format!(
                "{WARNING}the rows give several types; '{word}' is kept as a note"
            ));
            self.note("Type", word);
            self.entity.kind_is_assumed = true;
            return;
        }
        self.kind = Some(kind);
        self.entity.kind = kind;
    }

    fn birth_dates(&mut self, text: &str) {
        if let Some(day) = xlsx::serial(text) {
            return once(&mut self.entity.birth_dates, BirthDate::day(day));
        }
        for told in births::put("Date of birth", text, &mut self.entity) {
            self.problem(told);
        }
    }

    fn birth_place(&mut self, text: &str) {
        let country = country_of(text);
        once(
            &mut self.entity.birth_places,
            Place {
                text: text.to_owned(),
                country,
            },
        );
    }

    fn citizenship(&mut self, text: &str) {
        let several: Vec<&str> = text.split(", ").flat_map(|part| part.split(" and ")).collect();
        let known = country_code(text).is_some() || several.iter().any(|part| country_code(part).is_none());
        let texts = if known { vec![text] } else { several };
        for text in texts {
            once(
                &mut self.entity.countries,
                CountryLink::new(CountryRelation::Citizenship, text.trim()),
            );
        }
    }

    fn address(&mut self, text: &str) {
        let mut address = Address::default();
        match country_code(text) {
            Some(_) => address.country = Some(text.to_owned()),
            None => address.lines = vec![text.to_owned()],
        }
        if let Some(country) = text
            .rsplit(',')
            .next()
            .map(str::trim)
            .filter(|last| country_code(last).is_some())
        {
            once(
                &mut self.entity.countries,
                CountryLink::new(CountryRelation::Address, country),
            );
        }
        once(&mut self.entity.addresses, address);
    }

    fn finish(
        mut self,
        file: &File,
        kinds: &mut UnknownKinds,
        remarks: &mut Vec<Remark>,
    ) -> Result<Entity, Error> {
        let names = &mut self.entity.names;
        if names.is_empty() {
            let (entry, name) = (self.entity.native_id.clone(), String::new());
            return Err(Error::at(
                file.name.as_str(),
                self.line,
                ErrorKind::NoName { entry, name },
            ));
        }
        names.sort_by_key(|name| name.role != NameRole::Primary);
        if let Some(first) = names.first_mut().filter(|first| first.role != NameRole::Primary) {
            first.role = NameRole::Primary;
            self.problems
                .push("no name is marked as primary; the first one is taken".to_owned());
        }
        for name in names
            .iter_mut()
            .skip(1)
            .filter(|name| name.role == NameRole::Primary)
        {
            name.role = NameRole::StrongAlias;
            self.problems.push(format!(
                "a second primary name: '{}' is taken as a strong alias",
                name.text
            ));
        }
        if self.kind.is_none() {
            kinds.add(&self.unknown_kind, &mut self.entity);
        }
        remarks.extend(
            self.problems
                .into_iter()
                .map(|text| remark(self.entity.id(), text)),
        );
        Ok(self.entity)
    }
}

/// What the older layout writes for nothing.
fn blank(text: &str) -> bool {
    ["na", "n/a", "-"].contains(&text.to_lowercase().as_str())
}

/// The country that a place ends with, or is.
fn country_of(text: &str) -> Option<tamis_model::CountryCode> {
    country_code(text).or_else(|| country_code(text.rsplit(',').next()?.trim()))
}
