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
    let texts: Vec<&str> = record.values("program").collect();
    let measures = effects(record, entity).into_iter().map(|effect| {
        let Effect {
            code,
            prohibits,
            assumed_for,
        } = effect;
        let detail = detail(record, assumed_for);
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
        measure.detail = Some(detail).filter(|text| !text.is_empty());
        measure
    });
    measures.collect()
}

fn listed(record: &Record) -> Option<jiff::civil::Date> {
    let days = record.values("listingDate").filter_map(BirthDate::parse);
    days.map(|date| date.from).min()
}

/// Everything that a sanction record says and that has no field of its own.
fn detail(record: &Record, assumed_for: Option<String>) -> String {
    let read = ["entity", "authority", "programId", "program"];
    let said = record
        .properties
        .iter()
        .filter(|(name, _)| !read.contains(&name.as_str()));
    let mut said: Vec<String> = said
        .map(|(name, values)| format!("{name}: {}", values.join("; ")))
        .collect();
    if let Some(words) = assumed_for {
        let stated = if words.is_empty() {
            String::new()
        } else {
            format!(" ('{words}')")
        };
        said.push(format!(
            "the effect is not stated in words that are known{stated}; it is assumed"
        ));
    }
    said.join("; ")
}

/// An effect of a record.
struct Effect {
    code: &'static str,
    prohibits: Prohibition,
    /// The provision that no table knows, for which it is assumed; empty where the record states none.
    assumed_for: Option<String>,
}

/// The effects of a record: those that its provisions name. What a provision says in other words is assumed, also beside
/// those that are known: a freeze must not be lost since a travel ban was understood.
fn effects(record: &Record, entity: &Entity) -> Vec<Effect> {
    let mut found: Vec<Effect> = Vec::new();
    let mut unknown: Option<String> = None;
    for provision in record.values("provisions") {
        let words = provision.to_lowercase();
        let mut known = false;
        for row in OS_EFFECTS
            .iter()
            .filter(|row| cell(row, 0).is_some_and(|own| words.contains(own)))
        {
            let effect = cell(row, 1).zip(cell(row, 2).and_then(prohibition));
            known |= effect.is_some();
            found.extend(effect.map(|(code, prohibits)| Effect {
                code,
                prohibits,
                assumed_for: None,
            }));
        }
        if !known {
            unknown.get_or_insert_with(|| provision.to_owned());
        }
    }
    if found.is_empty() || unknown.is_some() {
        let (code, prohibits) = assumed(entity);
        let assumed_for = Some(unknown.unwrap_or_default());
        found.push(Effect {
            code,
            prohibits,
            assumed_for,
        });
    }
    let mut seen: Vec<(&str, Prohibition)> = Vec::new();
    found.retain(|effect| {
        let key = (effect.code, effect.prohibits);
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    found
}

/// What a record is taken to impose that does not say so: the strictest of what the party's topics tell, else a freeze.
fn assumed(entity: &Entity) -> (&'static str, Prohibition) {
    let strict = topics(entity).filter(|(_, prohibits, _)| *prohibits != Prohibition::Caution);
    // A party under several topics: which one the record is about is not said.
    let strictest = strict.min_by_key(|(_, prohibits, _)| *prohibits);
    strictest.map_or(("freeze", Prohibition::AssetFreeze), |(code, prohibits, _)| {
        (code, prohibits)
    })
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
