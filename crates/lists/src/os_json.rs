//! OpenSanctions as JSON lines: `entities.ftm.json`, in which records name each other by id, and
//! `targets.nested.json`, in which a target holds the records around it (opensanctions.org; FollowTheMoney model).
//!
//! A record of a party becomes an entry, whether it is a target or stands beside one; only what is sanctioned, or
//! warned of by a topic, has measures. Other records become part of the entries they name: sanctions become measures,
//! documents identifiers, links relations of both ends, and whatever else there is notes. The files state no number
//! of records: one that is cut between two lines cannot be told from a whole one.

use crate::detect::choose;
use crate::file::{Title, WARNING, finish, remark};
use crate::kinds::UnknownKinds;
use crate::ofac_rows::Account;
use crate::os_links::Links;
use crate::os_measures;
use crate::os_party::{self, LIST};
use crate::os_record::{Record, Records};
use crate::tables::cell;
use crate::{Error, ErrorKind, File, Format};
use std::collections::{BTreeMap, HashMap, HashSet};
use tamis_model::{BirthDate, EntityKind, List, Remark};

/// The format of a file that begins with `text`, if it is one of these.
pub(crate) fn look(text: &str) -> Option<Format> {
    let object_after = |name: &str, opening: char| {
        let mut places = text
            .match_indices(name)
            .map(|(at, _)| text.get(at + name.len()..).unwrap_or_default());
        places.any(|rest| {
            rest.trim_start()
                .strip_prefix(':')
                .is_some_and(|rest| rest.trim_start().starts_with(opening))
        })
    };
    let is_record =
        text.starts_with('{') && object_after("\"properties\"", '{') && object_after("\"schema\"", '"');
    let nested = text.match_indices('[').any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().trim_end().ends_with(':');
        before
            && text
                .get(at + 1..)
                .unwrap_or_default()
                .trim_start()
                .starts_with('{')
    });
    is_record.then_some(if nested {
        Format::OpenSanctionsNested
    } else {
        Format::OpenSanctionsFtm
    })
}

/// Reads `entities.ftm.json`.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let (file, others) = choose(Format::OpenSanctionsFtm, &["entities.ftm.json"], files)?;
    read_file(file, "opensanctions-ftm", others)
}

/// Reads `targets.nested.json`; one whose targets have nothing around them looks like the other.
pub(crate) fn read_nested(files: &[File]) -> Result<List, Error> {
    let official = ["targets.nested.json"];
    let nested = choose(Format::OpenSanctionsNested, &official, files);
    let chosen =
        nested.or_else(|error| choose(Format::OpenSanctionsFtm, &official, files).map_err(|_| error));
    let (file, others) = chosen?;
    read_file(file, "opensanctions-nested", others)
}

fn read_file(file: &File, format: &'static str, mut remarks: Vec<Remark>) -> Result<List, Error> {
    let records = records(file)?;
    let (mut links, nameless) = entries(file, &records, &mut remarks)?;
    let others = records.all.iter().filter(|record| !os_party::is_party(record));
    others.for_each(|record| links.take(record));
    records.unfolding.check(file)?;
    told(file, &links, &mut remarks);
    let reported = links.orphans.values().map(|(count, _)| count).sum::<usize>();
    let account = Account {
        rows: records.all.len(),
        kept: links.entities.len() + links.kept,
        remarked: nameless + reported,
    };
    account.settle(file)?;
    let mut entities = links.entities;
    if entities.is_empty() {
        return Err(file.error(ErrorKind::NoEntries));
    }
    for entity in &mut entities {
        let target = records.get(&entity.native_id).is_some_and(|record| record.target);
        os_measures::by_topics(entity, target);
    }
    let title = Title {
        id: LIST,
        title: "OpenSanctions",
        format,
        published: published(&records),
    };
    let mut list = finish(title, &[file], entities, remarks);
    list.meta.title = title_of(&records);
    Ok(list)
}

fn records(file: &File) -> Result<Records, Error> {
    let text = file.utf8()?;
    let mut records = Records::of(file);
    for (line, text) in (1..).zip(text.lines()) {
        if !text.trim().is_empty() {
            records.read(file, line, text)?;
        }
    }
    Ok(records)
}

/// The entries of all parties, and the number of parties that are no targets and have no name.
fn entries<'a>(
    file: &File,
    records: &'a Records,
    remarks: &mut Vec<Remark>,
) -> Result<(Links<'a>, usize), Error> {
    let mut links = Links {
        records,
        entities: Vec::new(),
        index: HashMap::new(),
        named: named(records),
        kept: 0,
        orphans: BTreeMap::new(),
        outside: 0,
    };
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds = UnknownKinds::default();
    let mut nameless = 0;
    for record in records.all.iter().filter(|record| os_party::is_party(record)) {
        let kind = kind(record);
        let assumed = kind.unwrap_or(EntityKind::Organization);
        let (mut entity, more, problems) = os_party::entry(record, assumed, records);
        if kind.is_none() {
            kinds.add(&record.schema, &mut entity);
        }
        remarks.extend(problems.into_iter().map(|text| remark(entity.id(), text)));
        for property in more {
            *unknown.entry(property).or_default() += 1;
        }
        if !entity.names.is_empty() {
            links.index.insert(record.id.as_str(), links.entities.len());
            links.entities.push(entity);
        } else if record.target || record.first("topics").is_some() {
            let (entry, name) = (record.id.clone(), String::new());
            return Err(Error::at(
                file.name.as_str(),
                record.line,
                ErrorKind::NoName { entry, name },
            ));
        } else {
            nameless += 1;
            let place = format!("{}, line {}", file.name, record.line);
            let text = format!(
                "{WARNING}{} {} has no name; it is no entry",
                record.schema, record.id
            );
            remarks.push(remark(place, text));
        }
    }
    for (property, count) in unknown {
        let text = format!("{WARNING}the property {property} is not known; {count} values are kept as notes");
        remarks.push(remark(file.name.as_str(), text));
    }
    kinds.settle(file, &links.entities, remarks)?;
    Ok((links, nameless))
}

/// What the addresses of parties and the positions of persons are named by.
fn named(records: &Records) -> HashSet<&str> {
    let all = records.all.iter();
    all.flat_map(|record| record.values("addressEntity").chain(record.values("post")))
        .collect()
}

fn kind(record: &Record) -> Option<EntityKind> {
    let row = record.part();
    row.and_then(|row| cell(row, 1)).and_then(os_party::kind)
}

fn told(file: &File, links: &Links<'_>, remarks: &mut Vec<Remark>) {
    for (schema, (count, first)) in &links.orphans {
        let text = format!("records of {schema} that concern no entry: {count}, the first of them {first}");
        remarks.push(remark(file.name.as_str(), format!("{WARNING}{text}")));
    }
    if links.outside > 0 {
        let text = format!(
            "ends of links that are not in the file: {}; they go by their ids",
            links.outside
        );
        remarks.push(remark(file.name.as_str(), text));
    }
}

/// The day on which the sources were last seen: that of the export.
fn published(records: &Records) -> Option<jiff::civil::Date> {
    let last = records
        .all
        .iter()
        .filter_map(|record| record.last_seen.as_deref())
        .max()?;
    BirthDate::parse(last.get(..10)?).map(|date| date.from)
}

fn title_of(records: &Records) -> String {
    let all = records.all.iter().flat_map(|record| &record.datasets);
    let mut datasets: Vec<&str> = all.map(String::as_str).collect();
    datasets.sort_unstable();
    datasets.dedup();
    match datasets.as_slice() {
        [one] => format!("OpenSanctions: {one}"),
        _ => "OpenSanctions".to_owned(),
    }
}
