//! The UK's lists as CSV.
//!
//! The *UK Sanctions List* (Foreign, Commonwealth and Development Office, `UK-Sanctions-List.csv`): a line with
//! the date of the report, 58 titles, and for each Unique ID as many rows as it has names, addresses or
//! documents. It takes the place of the *consolidated list of asset freeze targets* of HM Treasury's OFSI
//! (`ConList.csv`), whose rows belong together by their Group ID, and which was published up to January 2026.
//!
//! Rows of a party may stand apart. The files state no number of parties: a copy that is cut off between two
//! rows cannot be told from a whole one.

use crate::columns::{self, Row, Titles};
use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark};
use crate::kinds::UnknownKinds;
use crate::ofac_rows::Account;
use crate::uk_fields::{self, Field, Said};
use crate::uk_party::{self, Party};
use crate::{Error, ErrorKind, File, Format};
use jiff::civil::Date;
use std::collections::HashMap;
use tamis_model::{List, Remark};

/// What tells the two files apart.
pub(crate) struct Edition {
    format: Format,
    /// The column whose rows belong together.
    id: Field,
    /// Its title, for errors.
    id_title: &'static str,
    official: &'static [&'static str],
    /// The titles of the official file.
    titles: &'static [&'static str],
    is_header: fn(&csv::StringRecord) -> bool,
    title: Title,
    pub authority: &'static str,
}

/// Who imposes the measures of the UK Sanctions List.
pub(crate) const FCDO: &str = "UK, Foreign, Commonwealth and Development Office";

const SANCTIONS_LIST: Edition = Edition {
    format: Format::UkCsv,
    id: Field::UniqueId,
    id_title: "Unique ID",
    official: &["uk-sanctions-list.csv", "uk_sanctions_list.csv"],
    titles: &SANCTIONS_LIST_TITLES,
    is_header,
    title: Title {
        id: "uk",
        title: "UK Sanctions List",
        format: "uk-csv",
        published: None,
    },
    authority: FCDO,
};

const CONSOLIDATED: Edition = Edition {
    format: Format::UkConlist,
    id: Field::GroupId,
    id_title: "Group ID",
    official: &["conlist.csv"],
    titles: &CONSOLIDATED_TITLES,
    is_header: is_conlist_header,
    title: Title {
        id: "uk-ofsi",
        title: "UK Consolidated List of Financial Sanctions Targets (OFSI)",
        format: "uk-conlist",
        published: None,
    },
    authority: "UK, HM Treasury, OFSI",
};

/// The titles of the UK Sanctions List (FCDO, file of February 2026).
const SANCTIONS_LIST_TITLES: [&str; 58] = [
    "Last Updated",
    "Unique ID",
    "OFSI Group ID",
    "UN Reference Number",
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Name type",
    "Alias strength",
    "Title",
    "Name non-latin script",
    "Non-latin script type",
    "Non-latin script language",
    "Regime Name",
    "Designation Type",
    "Designation source",
    "Sanctions Imposed",
    "Other Information",
    "UK Statement of Reasons",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Address Line 6",
    "Address Postal Code",
    "Address Country",
    "Phone number",
    "Website",
    "Email address",
    "Date Designated",
    "D.O.B",
    "Nationality(/ies)",
    "National Identifier number",
    "National Identifier additional information",
    "Passport number",
    "Passport additional information",
    "Position",
    "Gender",
    "Town of birth",
    "Country of birth",
    "Type of entity",
    "Subsidiaries",
    "Parent company",
    "Business registration number (s)",
    "IMO number",
    "Current owner/operator (s)",
    "Previous owner/operator (s)",
    "Current believed flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year Built",
    "Hull identification number (HIN)",
];

/// The titles of OFSI's consolidated list (file of January 2025).
const CONSOLIDATED_TITLES: [&str; 36] = [
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Title",
    "Name Non-Latin Script",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Passport Number",
    "Passport Details",
    "National Identification Number",
    "National Identification Details",
    "Position",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Regime",
    "Listed On",
    "UK Sanctions List Date Designated",
    "Last Updated",
    "Group ID",
];

/// Without it a party would be of no certain kind: persons would not be compared as persons.
const KIND_TITLE: &str = "Designation Type";

/// Titles that the UK Sanctions List cannot be without, as they are compared.
pub(crate) fn is_header(row: &csv::StringRecord) -> bool {
    has(row, &["uniqueid", "name1", "name6", "nametype", "regimename"])
}

/// Titles that the old consolidated list cannot be without.
pub(crate) fn is_conlist_header(row: &csv::StringRecord) -> bool {
    has(
        row,
        &["groupid", "grouptype", "name1", "name6", "aliastype", "regime"],
    )
}

fn has(row: &csv::StringRecord, titles: &[&str]) -> bool {
    let all: Vec<String> = row.iter().map(uk_fields::fold).collect();
    titles.iter().all(|title| all.iter().any(|own| own == title))
}

/// The format of a file that begins with `text`, where it is one of these.
pub(crate) fn look(text: &str) -> Option<Format> {
    let of = |edition: &Edition| columns::has_header(text, edition.is_header).then_some(edition.format);
    of(&SANCTIONS_LIST).or_else(|| of(&CONSOLIDATED))
}

/// Reads the UK Sanctions List.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    read_edition(SANCTIONS_LIST, files)
}

/// Reads the old consolidated list.
pub(crate) fn read_conlist(files: &[File]) -> Result<List, Error> {
    read_edition(CONSOLIDATED, files)
}

fn read_edition(edition: Edition, files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(edition.format, edition.official, files)?;
    let mut reading = Reading {
        file,
        edition: &edition,
        columns: Vec::new(),
        parties: Vec::new(),
        index: HashMap::new(),
        account: Account::default(),
        published: None,
        remarks: Vec::new(),
    };
    reading.account.rows = columns::read(file, edition.is_header, &mut remarks, |titles, row| {
        reading.row(titles, row)
    })?;
    reading.account.settle(file)?;
    let Reading {
        parties,
        published,
        remarks: more,
        ..
    } = reading;
    remarks.extend(more);
    let mut entities = Vec::new();
    let mut kinds = UnknownKinds::default();
    for party in parties {
        let (line, entry) = (party.line, party.entity.native_id.clone());
        let entity = party.finish(edition.authority, &mut kinds, &mut remarks);
        let nameless = || {
            let kind = ErrorKind::NoName {
                entry,
                name: String::new(),
            };
            Error::at(file.name.as_str(), line, kind)
        };
        entities.push(entity.ok_or_else(nameless)?);
    }
    kinds.settle(file, &entities, &mut remarks)?;
    let title = Title {
        published,
        ..edition.title
    };
    Ok(finish(title, &[file], entities, remarks))
}

struct Reading<'a> {
    file: &'a File,
    edition: &'a Edition,
    /// What each column holds; found at the first row.
    columns: Vec<Option<Field>>,
    parties: Vec<Party>,
    index: HashMap<String, usize>,
    account: Account,
    published: Option<Date>,
    remarks: Vec<Remark>,
}

impl Reading<'_> {
    fn titles(&mut self, titles: &Titles, line: u64) -> Result<(), Error> {
        self.columns = titles
            .titles
            .iter()
            .map(|title| uk_fields::field(title))
            .collect();
        self.strange_titles(titles, line)?;
        let mut seen: Vec<Field> = Vec::new();
        for (title, field) in titles.titles.iter().zip(&self.columns) {
            match field {
                Some(field) if seen.contains(field) => {
                    let text =
                        format!("{WARNING}the column '{title}' stands in the file twice; both are read");
                    self.remarks.push(remark(self.file.name.as_str(), text));
                }
                Some(field) => seen.push(*field),
                None => {}
            }
        }
        // `Report Date: 13-Feb-2026` in one field, or `Last Updated,09/01/2025` in two.
        let cells = titles.preamble.iter().flat_map(csv::StringRecord::iter);
        let texts = cells.map(|cell| cell.rsplit(": ").next().unwrap_or(cell));
        self.published = texts.filter_map(|text| uk_party::day(text.trim())).next();
        if self.published.is_none() {
            let text = "no readable date stands above the titles";
            self.remarks.push(remark(self.file.name.as_str(), text));
        }
        Ok(())
    }

    /// Warns of columns that the official file has not, and of those that it has and this one lacks: what they hold is lost for
    /// the comparison. Without the kind of party the file is refused.
    fn strange_titles(&mut self, titles: &Titles, line: u64) -> Result<(), Error> {
        let unknown = titles.titles.iter().zip(&self.columns);
        let unknown = unknown.filter(|(title, field)| field.is_none() && !title.is_empty());
        let unknown = unknown.map(|(title, _)| format!("the column '{title}' is not known; kept as notes"));
        let there = |title: &&&str| self.columns.contains(&uk_fields::field(title));
        let missing: Vec<&str> = self
            .edition
            .titles
            .iter()
            .filter(|title| !there(title))
            .copied()
            .collect();
        if missing.contains(&KIND_TITLE) {
            let (entry, value) = ("-".to_owned(), String::new());
            let kind = ErrorKind::Field {
                field: KIND_TITLE,
                entry,
                value,
                problem: "not among the columns",
            };
            return Err(Error::at(self.file.name.as_str(), line, kind));
        }
        let missing = missing
            .into_iter()
            .map(|title| format!("the column '{title}' is missing, and what it holds with it"));
        let told: Vec<String> = unknown.chain(missing).collect();
        for text in told {
            self.remarks
                .push(remark(self.file.name.as_str(), format!("{WARNING}{text}")));
        }
        Ok(())
    }

    fn row(&mut self, titles: &Titles, row: &Row<'_>) -> Result<(), Error> {
        if self.columns.is_empty() {
            self.titles(titles, row.line)?;
        }
        let mut said = Said::default();
        let mut unknown = Vec::new();
        for ((field, title), text) in self.columns.iter().zip(&titles.titles).zip(row.fields) {
            match field {
                Some(field) => said.push(*field, text),
                None if text.trim().is_empty() => {}
                None => unknown.push((title, text.trim())),
            }
        }
        let Some(id) = said.get(self.edition.id) else {
            let kind = ErrorKind::Field {
                field: self.edition.id_title,
                entry: format!("number {}", self.parties.len() + 1),
                value: String::new(),
                problem: "missing",
            };
            return Err(Error::at(self.file.name.as_str(), row.line, kind));
        };
        let at = self.index.get(id).copied().unwrap_or(self.parties.len());
        if at == self.parties.len() {
            self.index.insert(id.to_owned(), at);
            self.parties.push(Party::new(self.edition.title.id, id, row.line));
        }
        if let Some(party) = self.parties.get_mut(at) {
            party.take(&said);
            for (title, text) in unknown {
                party.note(title, text);
            }
            self.account.kept += 1;
        }
        Ok(())
    }
}
