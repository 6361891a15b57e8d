//! From the records that tie others together to relations, measures, documents and positions of entries.

use crate::os_measures;
use crate::os_party::{LIST, display_name, once};
use crate::os_record::{Record, Records};
use crate::tables::cell;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use tamis_model::{BirthDate, Entity, Identifier, IdentifierKind, Relation, RelationRole};

/// The entries, and what is known of the records that tie them.
pub(crate) struct Links<'a> {
    pub records: &'a Records,
    pub entities: Vec<Entity>,
    /// The place of the entry of a record.
    pub index: HashMap<&'a str, usize>,
    /// The addresses and positions that are read where others name them.
    pub named: HashSet<&'a str>,
    /// Records that became part of an entry.
    pub kept: usize,
    /// Records that concern no entry, with the first of them, by schema.
    pub orphans: BTreeMap<&'a str, (usize, &'a str)>,
    /// Ends of links that are not in the file.
    pub outside: usize,
}

impl<'a> Links<'a> {
    /// Takes in a record that is no party itself.
    pub(crate) fn take(&mut self, record: &'a Record) {
        let part = record.part().and_then(|row| cell(row, 1));
        let used = match part {
            Some("sanction") => self.on_entries(record, |entity, record| {
                let measures = os_measures::measures(record, entity);
                measures
                    .into_iter()
                    .for_each(|measure| once(&mut entity.measures, measure));
            }),
            Some("document") => self.on_entries(record, document),
            Some("occupancy") => self.occupancy(record),
            Some("link") => self.link(record),
            // Addresses and positions are read where they are named.
            Some("address" | "position") => self.named.contains(record.id.as_str()),
            _ => self.other(record),
        };
        if used {
            self.kept += 1;
        } else {
            let orphans = self.orphans.entry(record.schema.as_str());
            orphans.or_insert((0, record.id.as_str())).0 += 1;
        }
    }

    /// The places of the entries that an end of a link names.
    fn places(&self, record: &Record, end: Option<&str>) -> Vec<usize> {
        let ids = end.into_iter().flat_map(|end| record.values(end));
        ids.filter_map(|id| self.index.get(id).copied()).collect()
    }

    fn on_entries(&mut self, record: &Record, mut each: impl FnMut(&mut Entity, &Record)) -> bool {
        let [end, _] = record.ends();
        let places = self.places(record, end);
        for at in &places {
            let fits = self.records.unfolding.add(record.size());
            if let Some(entity) = self.entities.get_mut(*at).filter(|_| fits) {
                each(entity, record);
            }
        }
        !places.is_empty()
    }

    fn occupancy(&mut self, record: &'a Record) -> bool {
        let records = self.records;
        self.on_entries(record, |entity, record| {
            let [holder, post] = record.ends();
            let posts = post.into_iter().flat_map(|post| record.values(post));
            let names = posts.map(|id| records.get(id).and_then(display_name).unwrap_or(id));
            let names: Vec<&str> = names.filter(|name| records.unfolding.add(name.len())).collect();
            for name in &names {
                once(&mut entity.positions, (*name).to_owned());
            }
            let said = beside(record, &[holder, post]);
            if !said.is_empty() || names.is_empty() {
                let said = format!("{} {}: {said}", record.schema, names.join(", "));
                once(&mut entity.notes, said);
            }
        })
    }

    fn link(&mut self, record: &'a Record) -> bool {
        let row = record.part();
        let words = [4, 5].map(|column| row.and_then(|row| cell(row, column)).unwrap_or("other"));
        let [from, to] = record.ends();
        let there = self.tie(record, from, to, role(words[0]));
        let back = self.tie(record, to, from, role(words[1]));
        there || back
    }

    /// Adds the relation to the entries at one end of a link.
    fn tie(
        &mut self,
        record: &Record,
        own: Option<&'static str>,
        far: Option<&'static str>,
        role: RelationRole,
    ) -> bool {
        let places = self.places(record, own);
        let others: Vec<&str> = far.into_iter().flat_map(|far| record.values(far)).collect();
        let said = beside(record, &[own, far]);
        let part = format!("{}, as {}", record.schema, own.unwrap_or_default());
        let note = Some(said)
            .filter(|said| !said.is_empty())
            .map_or(part.clone(), |said| format!("{part}; {said}"));
        for at in &places {
            let Some(entity) = self.entities.get_mut(*at) else {
                continue;
            };
            if others.is_empty() {
                once(&mut entity.notes, note.clone());
            }
            for other in &others {
                let known = self.records.get(other);
                self.outside += usize::from(known.is_none());
                let name = known.and_then(display_name).unwrap_or(other);
                if !self
                    .records
                    .unfolding
                    .add(std::mem::size_of::<Relation>() + name.len() + note.len())
                {
                    return true;
                }
                let relation = Relation {
                    role,
                    other: name.to_owned(),
                    other_id: self.index.contains_key(other).then(|| format!("{LIST}:{other}")),
                    share: share(record),
                    from: first_day(record),
                    to: last_day(record),
                    note: Some(note.clone()),
                    source: None,
                };
                once(&mut entity.relations, relation);
            }
        }
        !places.is_empty()
    }

    /// A record of another schema is a note on every party that it names.
    fn other(&mut self, record: &Record) -> bool {
        let values = record.properties.iter().flat_map(|(_, values)| values);
        let mut places: Vec<usize> = values
            .filter_map(|id| self.index.get(id.as_str()).copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        let note = format!("{}: {}", record.schema, beside(record, &[]));
        for at in &places {
            let fits = self.records.unfolding.add(note.len());
            if let Some(entity) = self.entities.get_mut(*at).filter(|_| fits) {
                once(&mut entity.notes, note.clone());
            }
        }
        !places.is_empty()
    }
}

/// What a record says beside its ends, as `name: value; name: value`.
fn beside(record: &Record, ends: &[Option<&str>]) -> String {
    let said = record
        .properties
        .iter()
        .filter(|(name, _)| !ends.contains(&Some(name.as_str())));
    let said = said.map(|(name, values)| format!("{name}: {}", values.join(", ")));
    said.collect::<Vec<_>>().join("; ")
}

/// The role that a table's word names.
fn role(word: &str) -> RelationRole {
    match word {
        "owns" => RelationRole::Owns,
        "owned_by" => RelationRole::OwnedBy,
        "director" => RelationRole::Director,
        "family" => RelationRole::Family,
        "linked_to" => RelationRole::LinkedTo,
        "predecessor_of" => RelationRole::PredecessorOf,
        "successor_of" => RelationRole::SuccessorOf,
        _ => RelationRole::Other,
    }
}

/// The share in per cent, where the record states one and no other.
fn share(record: &Record) -> Option<String> {
    let mut values = record.values("percentage");
    let text = values.next()?.trim().trim_end_matches('%').trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let most = whole
        .parse::<u8>()
        .is_ok_and(|whole| whole < 100 || whole == 100 && part.bytes().all(|b| b == b'0'));
    (digits(whole) && digits(part) && most && values.next().is_none()).then(|| text.to_owned())
}

fn days<'r>(record: &'r Record, property: &'static str) -> impl Iterator<Item = BirthDate> + 'r {
    record.values(property).filter_map(BirthDate::parse)
}

/// The first day that a record can be meant for.
pub(crate) fn first_day(record: &Record) -> Option<Date> {
    days(record, "startDate").map(|date| date.from).min()
}

/// The last day, unless one of several dates is not understood: a gap ends nothing.
pub(crate) fn last_day(record: &Record) -> Option<Date> {
    let read: Vec<Date> = days(record, "endDate").map(|date| date.to).collect();
    let all = read.len() == record.values("endDate").count();
    read.into_iter().max().filter(|_| all)
}

fn document(entity: &mut Entity, record: &Record) {
    let kind = match record.schema.as_str() {
        "Passport" => IdentifierKind::Passport,
        _ => {
            let kinds = record.first("type").and_then(IdentifierKind::parse);
            kinds.unwrap_or(IdentifierKind::NationalId)
        }
    };
    let said = beside(record, &[Some("holder"), Some("number"), Some("country")]);
    let label = Some(said).filter(|said| !said.is_empty());
    let label = label.map_or(record.schema.clone(), |said| format!("{}; {said}", record.schema));
    let countries: Vec<&str> = record.values("country").collect();
    let numbers: Vec<&str> = record
        .values("number")
        .filter(|n| crate::file::usable_name(n))
        .collect();
    for number in &numbers {
        let mut id = Identifier::new(kind.clone(), *number);
        id.country = (!countries.is_empty()).then(|| countries.join(", "));
        id.label = Some(label.clone());
        // The record says more than a number alone.
        entity
            .identifiers
            .retain(|known| known.kind != kind || known.value != *number || known.country.is_some());
        once(&mut entity.identifiers, id);
    }
    if numbers.is_empty() && record.properties.len() > 1 {
        once(
            &mut entity.notes,
            format!("{}: {}", record.schema, beside(record, &[Some("holder")])),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(property: &str, values: &[&str]) -> Record {
        Record {
            properties: vec![(
                property.to_owned(),
                values.iter().map(|&v| v.to_owned()).collect(),
            )],
            ..Record::default()
        }
    }

    #[test]
    fn a_share_is_an_exact_decimal_or_unknown() {
        for (text, expected) in [
            ("49", Some("49")),
            ("50.00", Some("50.00")),
            ("33.3 %", Some("33.3")),
        ] {
            assert_eq!(share(&record("percentage", &[text])).as_deref(), expected);
        }
        for text in ["", "all", "100.01", "101", "1.2.3", "-5", "about 50", "50."] {
            assert_eq!(share(&record("percentage", &[text])), None, "{text}");
        }
        assert_eq!(share(&record("percentage", &["10", "20"])), None);
    }

    #[test]
    fn an_end_that_is_not_understood_ends_nothing() {
        let end = |values: &[&str]| last_day(&record("endDate", values)).map(|day| day.to_string());
        assert_eq!(end(&["2020", "2021-05"]).as_deref(), Some("2021-05-31"));
        assert_eq!(end(&["2020", "soon"]), None);
        assert_eq!(
            first_day(&record("startDate", &["2020", "2019-02-03"]))
                .unwrap()
                .to_string(),
            "2019-02-03"
        );
    }
}
