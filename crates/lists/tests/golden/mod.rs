//! A list as text, one line for each fact, to be held against a file that people have read.

use std::fmt::Write as _;
use std::path::Path;
use tamis_model::{Address, Entity, List, Relation};

/// Everything that was read, but for hashes.
pub fn text(list: &List) -> String {
    let meta = &list.meta;
    let published = meta.published.map(|day| day.to_string()).unwrap_or_default();
    let mut out = format!("{} | {} | {} | {published}\n", meta.id, meta.title, meta.format);
    for remark in &meta.remarks {
        let _ = writeln!(out, "remark: {}: {}", remark.place, remark.text);
    }
    for entity in &list.entities {
        out.push_str(&entry(entity));
    }
    out
}

fn entry(entity: &Entity) -> String {
    let assumed = if entity.kind_is_assumed { " (assumed)" } else { "" };
    let mut out = format!("\n{} {}{assumed}\n", entity.id(), entity.kind.as_str());
    let mut line = |what: &str, parts: Vec<String>| {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let _ = writeln!(out, "  {what}: {}", parts.join(" | "));
    };
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    for name in &entity.names {
        line(name.role.as_str(), vec![name.text.clone(), or_empty(&name.label)]);
    }
    for date in &entity.birth_dates {
        let circa = if date.circa { "circa" } else { "" };
        line(
            "born",
            vec![
                format!("{} to {}", date.from, date.to),
                circa.into(),
                date.text.clone(),
            ],
        );
    }
    for place in &entity.birth_places {
        let code = place.country.map(|code| code.as_str().to_owned());
        line("birth place", vec![place.text.clone(), code.unwrap_or_default()]);
    }
    for link in &entity.countries {
        let code = link.code.map(|code| code.as_str().to_owned());
        line(
            "country",
            vec![
                format!("{:?}", link.relation),
                link.text.clone(),
                code.unwrap_or_default(),
            ],
        );
    }
    if let Some(gender) = entity.gender {
        line("gender", vec![gender.as_str().to_owned()]);
    }
    for id in &entity.identifiers {
        line(
            id.kind.as_str(),
            vec![id.value.clone(), or_empty(&id.country), or_empty(&id.label)],
        );
    }
    for address in &entity.addresses {
        line("address", postal(address));
    }
    for measure in &entity.measures {
        let day = |day: Option<jiff::civil::Date>| day.map_or("…".to_owned(), |day| day.to_string());
        line(
            "measure",
            vec![
                format!("{} {:?}", measure.code, measure.prohibits),
                or_empty(&measure.programme),
                or_empty(&measure.legal_basis),
                format!("{} to {}", day(measure.from), day(measure.to)),
                or_empty(&measure.detail),
            ],
        );
    }
    for relation in &entity.relations {
        line("relation", tie(relation));
    }
    for position in &entity.positions {
        line("position", vec![position.clone()]);
    }
    for note in &entity.notes {
        line("note", vec![note.clone()]);
    }
    out
}

fn postal(address: &Address) -> Vec<String> {
    let note = address.note.clone().unwrap_or_default();
    vec![address.one_line(), note]
}

fn tie(relation: &Relation) -> Vec<String> {
    let optional =
        [&relation.other_id, &relation.share, &relation.note].map(|text| text.clone().unwrap_or_default());
    let mut parts = vec![format!("{:?}", relation.role), relation.other.clone()];
    parts.extend(optional);
    let days = [relation.from, relation.to].map(|day| day.map_or("…".to_owned(), |day| day.to_string()));
    parts.push(days.join(" to "));
    parts
}

/// Fails unless the list reads like the file of that name beside this module.
pub fn check(list: &List, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let found = text(list);
    if found != expected {
        panic!("{} differs; the list reads:\n{found}", path.display());
    }
}
