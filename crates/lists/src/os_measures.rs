//! Measures by sanction records, provisions and topics of OpenSanctions.

use crate::effects::prohibition;
use crate::os_links::{first_day, last_day};
use crate::os_record::Record;
use crate::tables::{OS_EFFECTS, OS_TOPICS, cell, find};
use tamis_model::{BirthDate, Entity, Measure, Prohibition};

/// Who gathers what has no authority of its own.
const AUTHORITY: &str = "OpenSanctions";

/// What the topics of an entry are called in its notes.
const TOPIC: &str = "topics: ";

/// The regime by the country of a record, else by its programme (`GB-RUS`), else `int`.
pub(crate) fn regime(country: Option<&str>, programme: Option<&str>) -> String {
    let known = country.map(str::to_lowercase).filter(|code| code != "zz");
    let prefix = || {
        programme
            .and_then(|id| id.split_once('-'))
            .map(|(prefix, _)| prefix.to_lowercase())
    };
    let prefix = || prefix().filter(|code| code == "seco" || code.len() == 2 && code != "zz");
    match known.or_else(prefix).as_deref() {
        Some("gb") => "uk".to_owned(),
        Some("seco") => "ch".to_owned(),
        Some(code) if code.bytes().all(|b| b.is_ascii_alphanumeric()) && !code.is_empty() => code.to_owned(),
        _ => "int".to_owned(),
    }
}

/// The measures of a sanction record on an entry, one for each effect.
pub(crate) fn measures(record: &Record, entity: &Entity) -> Vec<Measure> {
    let authorities: Vec<&str> = record.values("authority").collect();
    let programmes: Vec<&str> = record.values("programId").collect();
    let united = authorities
        .iter()
        .any(|name| name.to_lowercase().contains("united nations"));
    let regime = match united {
        true => "un".to_owned(),
        false => regime(record.first("country"), programmes.first().copied()),
    };
    let (effects, assumed) = effects(record, entity);
    let texts: Vec<&str> = record.values("program").collect();
    let detail = detail(record, assumed);
    let measures = effects.into_iter().map(|(code, prohibits)| {
        let authority = match authorities.is_empty() {
            true => AUTHORITY.to_owned(),
            false => authorities.join("; "),
        };
        let mut measure = Measure::new(
            format!("{regime}.{}.{code}", crate::os_party::LIST),
            authority,
            prohibits,
        );
        measure.programme = Some(programmes.join(", ")).filter(|text| !text.is_empty());
        measure.legal_basis = Some(texts.join("; ")).filter(|text| !text.is_empty());
        measure.from = first_day(record).or_else(|| listed(record));
        measure.to = last_day(record);
        measure.detail = Some(detail.clone()).filter(|text| !text.is_empty());
        measure
    });
    measures.collect()
}

fn listed(record: &Record) -> Option<jiff::civil::Date> {
    let days = record.values("listingDate").filter_map(BirthDate::parse);
    days.map(|date| date.from).min()
}

/// Everything that a sanction record says and that has no field of its own.
fn detail(record: &Record, assumed: bool) -> String {
    let read = ["entity", "authority", "programId", "program"];
    let said = record
        .properties
        .iter()
        .filter(|(name, _)| !read.contains(&name.as_str()));
    let mut said: Vec<String> = said
        .map(|(name, values)| format!("{name}: {}", values.join("; ")))
        .collect();
    if assumed {
        said.push("the effect is not stated in words that are known; it is assumed".to_owned());
    }
    said.join("; ")
}

/// The effects of a record: those that its provisions name, else those of the party's topics, else a freeze; and
/// whether they had to be assumed.
fn effects(record: &Record, entity: &Entity) -> (Vec<(&'static str, Prohibition)>, bool) {
    let mut found: Vec<(&'static str, Prohibition)> = Vec::new();
    for provision in record.values("provisions") {
        let provision = provision.to_lowercase();
        let known = OS_EFFECTS
            .iter()
            .filter(|row| cell(row, 0).is_some_and(|words| provision.contains(words)));
        for row in known {
            let effect = cell(row, 1).zip(cell(row, 2).and_then(prohibition));
            found.extend(effect.filter(|effect| !found.contains(effect)));
        }
    }
    if !found.is_empty() {
        return (found, false);
    }
    let topics: Vec<(&'static str, Prohibition, Option<&'static str>)> = topics(entity).collect();
    let strict = topics
        .into_iter()
        .filter(|(_, prohibits, _)| *prohibits != Prohibition::Caution);
    // A party under several topics: which one the record is about is not said.
    let strictest = strict.min_by_key(|(_, prohibits, _)| *prohibits);
    let effect = strictest.map_or(("freeze", Prohibition::AssetFreeze), |(code, prohibits, _)| {
        (code, prohibits)
    });
    (vec![effect], true)
}

/// Code, effect and detail of the topics that an entry has, as far as they are known.
fn topics(entity: &Entity) -> impl Iterator<Item = (&'static str, Prohibition, Option<&'static str>)> {
    let topics = entity.notes.iter().filter_map(|note| note.strip_prefix(TOPIC));
    topics.filter_map(|topic| {
        let row = find(&OS_TOPICS, topic)?;
        Some((cell(row, 1)?, prohibition(cell(row, 2)?)?, cell(row, 3)))
    })
}

/// Adds the measures of an entry's topics: those that only warn, and the others where no record imposes any. A target
/// without both is one to be cautious of.
pub(crate) fn by_topics(entity: &mut Entity, target: bool) {
    let imposed = !entity.measures.is_empty();
    let found: Vec<(&'static str, Prohibition, Option<&'static str>)> = topics(entity).collect();
    for (code, prohibits, detail) in found {
        if imposed && prohibits != Prohibition::Caution {
            continue;
        }
        let measure = own(
            code,
            prohibits,
            detail.unwrap_or("sanctioned, as OpenSanctions says; no record tells by whom"),
        );
        if !entity
            .measures
            .iter()
            .any(|known| known.code == measure.code && known.detail == measure.detail)
        {
            entity.measures.push(measure);
        }
    }
    if target && entity.measures.is_empty() {
        let detail = "a target of the file, which records no sanction of it";
        entity.measures.push(own("target", Prohibition::Caution, detail));
    }
}

/// A measure that no record imposes.
pub(crate) fn own(code: &str, prohibits: Prohibition, detail: &str) -> Measure {
    let code = format!("int.{}.{code}", crate::os_party::LIST);
    let mut measure = Measure::new(code, AUTHORITY, prohibits);
    measure.detail = Some(detail.to_owned());
    measure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regimes_are_those_of_other_lists() {
        assert_eq!(regime(Some("gb"), None), "uk");
        assert_eq!(regime(Some("zz"), Some("US-RUSHAR")), "us");
        assert_eq!(regime(None, Some("SECO-UKRAINE")), "ch");
        assert_eq!(regime(None, Some("nothing")), "int");
        assert_eq!(regime(Some("x.y"), None), "int");
    }

    #[test]
    fn every_effect_of_the_tables_is_known() {
        let words = OS_EFFECTS
            .iter()
            .chain(OS_TOPICS.iter())
            .filter_map(|row| cell(row, 2));
        assert!(words.into_iter().all(|word| prohibition(word).is_some()));
    }
}
