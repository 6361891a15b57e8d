//! Lists of single US agencies: JSON files of one shape for each list (`list_id`, `count`, `entities`), the *Denied Persons List* of
//! the Bureau of Industry and Security (`dpl.txt`, tabs), and the *Covered List* of the Federal Communications Commission as CSV.
//!
//! A folder of JSON files is read as one list. `data/tables/us_lists.csv` says what each prohibits.

use crate::beside;
use crate::contents::Contents;
use crate::csv_rows::{self, Rows};
use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark};
use crate::json::Json;
use crate::json_file;
use crate::us_record::{self, Ids, Record};
use crate::{Error, ErrorKind, File, Format};
use jiff::civil::Date;
use std::collections::BTreeSet;
use tamis_model::{Entity, List, Remark};

/// The array of the JSON that holds the entries.
const ENTITIES: &str = "entities";

/// The format of a file that begins with `text`, where it is one of these.
pub(crate) fn look(text: &str) -> Option<Format> {
    let first = text.lines().next().unwrap_or_default();
    let has = |titles: &[&str]| titles.iter().all(|title| first.contains(title));
    match () {
        () if text.starts_with('{') => {
            let has = ["\"list_id\"", "\"entities\"", "\"federal_register\""]
                .iter()
                .all(|name| text.contains(name));
            has.then_some(Format::UsJson)
        }
        () if has(&["Name\"\t", "Effective_Date", "Standard_Order"]) => Some(Format::UsDpl),
        () if has(&["covered_equipment_or_services", "date_of_inclusion"]) => Some(Format::UsFcc),
        () => None,
    }
}

/// Reads one file, or a folder of them, as JSON.
pub(crate) fn read_json(files: &[File]) -> Result<List, Error> {
    let (read, mut remarks) = beside::every(Format::UsJson, "json", files)?;
    let mut entities = Vec::new();
    let mut ids = Ids::default();
    let mut published: Option<Date> = None;
    let mut named = BTreeSet::new();
    for file in read.iter().copied() {
        let (about, read) = json_file::beside(file, ENTITIES)?;
        let text = |name: &str| about.member(name).and_then(Json::text);
        let day = text("extracted").and_then(us_record::date);
        // The oldest of them says how old the answers can be.
        published = match (published, day) {
            (Some(known), Some(day)) => Some(known.min(day)),
            (known, day) => known.or(day),
        };
        json_file::stated(file, &about, "count", read)?;
        let id = text("list_id").unwrap_or_default();
        named.insert(id.to_owned());
        json_file::entries(file, Some(ENTITIES), |number, json| {
            let record = Record {
                place: number,
                ..of_json(id, json)
            };
            entities.push(record.entity(file, "us", &mut ids, &mut remarks)?);
            Ok(())
        })?;
    }
    let title = Title {
        id: "us",
        title: "Lists of US agencies",
        format: "us-json",
        published,
    };
    Contents::of(files)?.all_there(&named)?;
    Ok(finish(title, &read, entities, remarks))
}

fn of_json(list: &str, value: Json) -> Record {
    let mut record = Record {
        list: list.to_owned(),
        ..Record::default()
    };
    let Json::Object(members) = value else {
        return record;
    };
    for (name, value) in members {
        let texts: Vec<String> = value
            .into_values()
            .iter()
            .map(|value| us_record::spaced(&value.to_string()))
            .collect();
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            continue;
        }
        let text = texts.join("; ");
        match name.as_str() {
            "name" => record.name = text,
            "aliases" => record.aliases = texts,
            "country" => record.countries = texts,
            "address" => record.addresses = us_record::address(&text).into_iter().collect(),
            "status" => record.status = Some(text),
            "effective_date" => record.from = Some(text),
            "federal_register" => record.notice = Some(text),
            "notes" => record.terms.push(text),
            other => record.notes.push((other.to_owned(), text)),
        }
    }
    record
}

/// Calls `each` for every row, with its fields by title.
fn rows(
    file: &File,
    delimiter: u8,
    remarks: &mut Vec<Remark>,
    mut each: impl FnMut(u64, Vec<(String, String)>),
) -> Result<(), Error> {
    let text = file.text(remarks)?;
    if text.matches('"').count() % 2 == 1 {
        let detail = "a quote is opened and never closed".to_owned();
        return Err(file.error(ErrorKind::Truncated { detail }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut rows = Rows::new(file, text, delimiter);
    let mut row = csv::StringRecord::new();
    let mut titles: Vec<String> = Vec::new();
    while let Some(line) = rows.next(&mut row)? {
        if csv_rows::is_empty(&row) {
            continue;
        }
        if titles.is_empty() {
            csv_rows::check_quotes(file, line, &row, delimiter, |_| "a title".to_owned())?;
            titles = row.iter().map(|title| title.trim().to_lowercase()).collect();
            continue;
        }
        csv_rows::check_width(file, line, &row, titles.len())?;
        csv_rows::check_quotes(file, line, &row, delimiter, |at| csv_rows::titled(&titles, at))?;
        let fields = titles
            .iter()
            .zip(&row)
            .map(|(title, text)| (title.clone(), us_record::spaced(text)));
        each(line, fields.filter(|(_, text)| !text.is_empty()).collect());
    }
    if !text.ends_with('\n') {
        let text = "the last line has no line end: nothing shows that it is complete";
        remarks.push(remark(file.name.as_str(), format!("{WARNING}{text}")));
    }
    Ok(())
}

/// Reads `dpl.txt`. Rows that differ in their address only are one denial.
pub(crate) fn read_dpl(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::UsDpl, &["dpl.txt"], files)?;
    let mut records: Vec<Record> = Vec::new();
    rows(file, b'\t', &mut remarks, |line, fields| {
        let record = denial(line, fields);
        let key = |record: &Record| {
            (
                record.name.clone(),
                record.from.clone(),
                record.to.clone(),
                record.notice.clone(),
            )
        };
        match records.iter_mut().find(|known| key(known) == key(&record)) {
            Some(known) => {
                known.addresses.extend(record.addresses);
                for note in record.notes {
                    crate::sheet_fields::once(&mut known.notes, note);
                }
            }
            None => records.push(record),
        }
    })?;
    end(
        file,
        "us-dpl",
        "US Denied Persons List (BIS)",
        "us-dpl",
        records,
        remarks,
    )
}

fn denial(line: u64, fields: Vec<(String, String)>) -> Record {
    let mut record = Record {
        line,
        list: "DPL".to_owned(),
        ..Record::default()
    };
    let mut address = tamis_model::Address::default();
    for (title, text) in fields {
        match title.as_str() {
            "name" => record.name = text,
            "street_address" => address.lines = vec![text],
            "city" => address.city = Some(text),
            "state" => address.region = Some(text),
            "country" => address.country = Some(text),
            "postal_code" => address.postal_code = Some(text),
            "effective_date" => record.from = Some(text),
            "expiration_date" => record.to = Some(text),
            "fr_citation" => record.notice = Some(text),
            "standard_order" => record.notes.push(("Standard order".to_owned(), text)),
            "last_update" => record.notes.push(("Last update".to_owned(), text)),
            "action" => record.notes.push(("Action".to_owned(), text)),
            _ => record.notes.push((title, text)),
        }
    }
    if address != tamis_model::Address::default() {
        record.addresses.push(address);
    }
    record
}

fn end(
    file: &File,
    id: &'static str,
    title: &'static str,
    format: &'static str,
    records: Vec<Record>,
    mut remarks: Vec<Remark>,
) -> Result<List, Error> {
    let mut ids = Ids::default();
    let mut entities: Vec<Entity> = Vec::new();
    for record in records {
        entities.push(record.entity(file, id, &mut ids, &mut remarks)?);
    }
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    Ok(finish(
        Title {
            id,
            title,
            format,
            published: None,
        },
        &[file],
        entities,
        remarks,
    ))
}

/// Reads the Covered List. Its rows are sentences; a row that names no party covers a kind of product, and is a remark.
pub(crate) fn read_fcc(files: &[File]) -> Result<List, Error> {
    let (file, mut remarks) = choose(Format::UsFcc, &["table.csv"], files)?;
    let mut records = Vec::new();
    let mut products = Vec::new();
    rows(file, b',', &mut remarks, |line, fields| {
        let get = |start: &str| {
            fields
                .iter()
                .find(|(title, _)| title.starts_with(start))
                .map(|(_, text)| text.clone())
        };
        let covered = get("covered_equipment").unwrap_or_default();
        let parties = parties(&covered);
        if parties.is_empty() {
            products.push(remark(
                format!("{}, line {line}", file.name),
                format!("covers no party but a product: {covered}"),
            ));
        }
        for name in parties {
            records.push(Record {
                line,
                list: "FCC".to_owned(),
                name,
                from: get("date_of_inclusion"),
                terms: vec![covered.clone()],
                ..Record::default()
            });
        }
    })?;
    remarks.extend(products);
    end(
        file,
        "us-fcc",
        "US Covered List (FCC)",
        "us-fcc",
        records,
        remarks,
    )
}

/// The parties that a sentence of the Covered List names: what stands behind the words for making or providing.
fn parties(text: &str) -> Vec<String> {
    let starts = [
        "produced or provided by ",
        "directly or indirectly, by ",
        "produced by ",
        "provided by ",
    ];
    let found = starts
        .iter()
        .filter_map(|start| text.find(start).map(|at| (at, at + start.len())));
    let Some((_, at)) = found.min() else {
        return Vec::new();
    };
    let rest = text.get(at..).unwrap_or_default();
    let ends = [
        ", including",
        ", to the extent",
        " subject to",
        ", subject to",
        " or any of its ",
        " or any of their ",
        "; ",
    ];
    let end = ends
        .iter()
        .filter_map(|end| rest.find(end))
        .min()
        .unwrap_or(rest.len());
    let named = rest.get(..end).unwrap_or(rest);
    let parts = named
        .split(" and its wholly-owned subsidiary ")
        .map(|name| name.trim().trim_end_matches([',', '.', ' ']));
    // `services provided by such entity` names nobody.
    parts
        .filter(|name| name.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_their_parties() {
        let all = |text: &str| parties(text).join("|");
        assert_eq!(
            all("Equipment produced by Beispiel Technologies Company, including services provided by it."),
            "Beispiel Technologies Company"
        );
        assert_eq!(
            all("Products supplied, directly or indirectly, by AO Sample or any of its successors."),
            "AO Sample"
        );
        assert_eq!(
            all("Software produced or provided by Sample, Inc. or any of its successors and assignees."),
            "Sample, Inc"
        );
        assert_eq!(
            all(
                "Services provided by One Corp and its wholly-owned subsidiary Two LLC subject to section 214."
            ),
            "One Corp|Two LLC"
        );
        assert_eq!(all("Routers produced in a foreign country."), "");
    }
}
