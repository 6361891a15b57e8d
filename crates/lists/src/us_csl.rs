//! The *Consolidated Screening List* of the US Departments of Commerce, State and the Treasury (trade.gov), as CSV and as JSON.
//!
//! Both say the same: for each listing its list, number, names, addresses, documents, notice and terms. In the CSV, several things
//! stand in one field, parted by semicolons. Lists are told apart by the letters in parentheses (`Entity List (EL) - …`);
//! `data/tables/us_lists.csv` says what each prohibits.

use crate::columns::{self, Row, Titles};
use crate::detect::choose;
use crate::file::{Title, finish};
use crate::json::Json;
use crate::json_file;
use crate::us_record::{self, Ids, Record};
use crate::{Error, ErrorKind, File, Format};
use tamis_model::{Address, Entity, List, Remark};

const TITLE: &str = "US Consolidated Screening List";
const LIST: &str = "us-csl";

/// The array of the JSON that holds the listings.
const RESULTS: &str = "results";

pub(crate) fn is_header(row: &csv::StringRecord) -> bool {
    let has = |title: &str| {
        row.iter()
            .any(|own| own.trim().trim_start_matches('\u{feff}') == title)
    };
    [
        "source",
        "entity_number",
        "name",
        "federal_register_notice",
        "alt_names",
    ]
    .into_iter()
    .all(has)
}

/// The format of a file that begins with `text`, where it is one of these.
pub(crate) fn look(text: &str) -> Option<Format> {
    if text.starts_with('{') {
        let has = ["\"source\"", "\"federal_register_notice\""]
            .iter()
            .all(|name| text.contains(name));
        return (has && text.contains("\"results\"")).then_some(Format::UsCslJson);
    }
    columns::has_header(text, is_header).then_some(Format::UsCslCsv)
}

/// Reads the CSV.
pub(crate) fn read_csv(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::UsCslCsv, &["consolidated.csv"], files)?;
    let mut entities = Vec::new();
    let mut ids = Ids::default();
    let mut more = Vec::new();
    columns::read(file, is_header, &mut remarks, |titles, row| {
        let record = of_row(titles, row);
        entities.push(record.entity(file, LIST, &mut ids, &mut more)?);
        Ok(())
    })?;
    remarks.extend(more);
    ids.settle(file, &entities, &mut remarks)?;
    end(file, "us-csl-csv", entities, remarks)
}

fn end(
    file: &File,
    format: &'static str,
    entities: Vec<Entity>,
    remarks: Vec<Remark>,
) -> Result<List, Error> {
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    let title = Title {
        id: LIST,
        title: TITLE,
        format,
        published: None,
    };
    Ok(finish(title, &[file], entities, remarks))
}

/// The things of a field that holds several.
fn several(text: &str) -> Vec<String> {
    let parts = text.split(';').map(us_record::spaced);
    parts.filter(|part| !part.is_empty()).collect()
}

fn of_row(titles: &Titles, row: &Row<'_>) -> Record {
    let mut record = Record {
        line: row.line,
        ..Record::default()
    };
    for (title, text) in titles.titles.iter().zip(row.fields) {
        let text = us_record::spaced(text);
        let title = title.trim_start_matches('\u{feff}');
        if text.is_empty() {
            continue;
        }
        match title {
            "addresses" => {
                record.addresses = several(&text)
                    .iter()
                    .filter_map(|text| us_record::address(text))
                    .collect()
            }
            "ids" => {
                record.documents = several(&text)
                    .iter()
                    .map(|text| us_record::document(text))
                    .collect()
            }
            _ => record.field(title, several(&text), text),
        }
    }
    record
}

impl Record {
    /// A field that both files have, as its things and as one text.
    fn field(&mut self, title: &str, things: Vec<String>, text: String) {
        match title {
            "source" => self.list = text,
            "entity_number" => self.number = Some(text),
            "_id" | "id" => {}
            "type" => self.kind = Some(text),
            "name" => self.name = text,
            "title" => self.positions.push(text),
            "programs" => self.programmes = things,
            "alt_names" => self.aliases = things,
            "citizenships" => self.citizenships = things,
            "nationalities" => self.nationalities = things,
            "country" => self.countries = things,
            "dates_of_birth" => self.birth_dates = things,
            "places_of_birth" => self.birth_places = things,
            "federal_register_notice" => self.notice = Some(text),
            "start_date" => self.from = Some(text),
            "end_date" => self.to = Some(text),
            "license_requirement" => self.terms.push(format!("licence requirement: {text}")),
            "license_policy" => self.terms.push(format!("licence policy: {text}")),
            "source_list_url" | "source_information_url" => {}
            other => self.notes.push((other.to_owned(), text)),
        }
    }
}

/// Reads the JSON.
pub(crate) fn read_json(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::UsCslJson, &["consolidated.json"], files)?;
    let (about, read) = json_file::beside(file, RESULTS)?;
    json_file::stated(file, &about, "total", read)?;
    let mut entities = Vec::new();
    let mut ids = Ids::default();
    json_file::entries(file, Some(RESULTS), |number, json| {
        let record = Record {
            place: number,
            ..of_json(json)
        };
        entities.push(record.entity(file, LIST, &mut ids, &mut remarks)?);
        Ok(())
    })?;
    ids.settle(file, &entities, &mut remarks)?;
    end(file, "us-csl-json", entities, remarks)
}

/// The texts of a value that holds one or several.
fn texts(value: Json) -> Vec<String> {
    let texts = value
        .into_values()
        .into_iter()
        .map(|value| us_record::spaced(&value.to_string()));
    texts.filter(|text| !text.is_empty()).collect()
}

fn of_json(value: Json) -> Record {
    let mut record = Record::default();
    let Json::Object(members) = value else {
        return record;
    };
    for (name, value) in members {
        match name.as_str() {
            "addresses" => record.addresses = value.into_values().iter().filter_map(address).collect(),
            "ids" => record.documents = value.into_values().iter().map(document).collect(),
            _ => {
                let texts = texts(value);
                if !texts.is_empty() {
                    let text = texts.join("; ");
                    record.field(&name, texts, text);
                }
            }
        }
    }
    record
}

fn text(value: &Json, name: &str) -> Option<String> {
    let text = us_record::spaced(value.member(name)?.text()?);
    (!text.is_empty()).then_some(text)
}

fn address(value: &Json) -> Option<Address> {
    let address = Address {
        lines: text(value, "address").into_iter().collect(),
        city: text(value, "city"),
        region: text(value, "state"),
        postal_code: text(value, "postal_code"),
        country: text(value, "country"),
        ..Address::default()
    };
    (address != Address::default()).then_some(address)
}

fn document(value: &Json) -> [String; 3] {
    let of = |name| text(value, name).unwrap_or_default();
    [of("type"), of("number"), of("country")]
}
