//! The rows of the tables on a page: evidence, fields, measures, and an entry in full.

use crate::footnotes::Footnotes;
use crate::reasons;
use jiff::civil::Date;
use tamis::model::{
    Address, CountryLink, CountryRelation, Entity, Evidence, FieldVerdict, Hit, Identifier, Measure, Name,
    Relation, RelationRole,
};

/// The evidence that carries points for the name, with a last row that adds everything up.
pub fn evidence(hit: &Hit) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = hit.evidence.iter().filter_map(evidence_row).collect();
    if !rows.is_empty() {
        let total: i32 = hit.evidence.iter().map(Evidence::points).sum();
        rows.push(row(["", "", "", "total", &reasons::points(total)]));
    }
    rows
}

/// The header of [`evidence`].
pub const EVIDENCE: [&str; 5] = ["record", "list", "part", "agreement", "points"];

fn evidence_row(evidence: &Evidence) -> Option<Vec<String>> {
    let points = reasons::points(evidence.points());
    Some(match evidence {
        Evidence::Token {
            query,
            listed,
            role,
            matched,
            ..
        } => row([
            query,
            listed,
            reasons::role(*role),
            reasons::agreement(query, listed, *matched),
            &points,
        ]),
        Evidence::ExtraInQuery { token, role, .. } => {
            row([token, "", reasons::role(*role), "only in the record", &points])
        }
        Evidence::MissingInQuery { token, role, .. } => {
            row(["", token, reasons::role(*role), "only on the list", &points])
        }
        Evidence::Contradiction {
            query, listed, role, ..
        } => row([query, listed, reasons::role(*role), "contradiction", &points]),
        Evidence::Whole { reason, .. } => row(["", "", "whole name", reason, &points]),
        Evidence::Field {
            field,
            verdict,
            query,
            listed,
            ..
        } if evidence.points() != 0 => row([query, listed, field.as_str(), verdict.as_str(), &points]),
        Evidence::Field { .. } | Evidence::Evasion { .. } => return None,
    })
}

/// The header of [`fields`].
pub const FIELDS: [&str; 4] = ["field", "record", "list", "comparison"];

/// The fields beside the name, side by side.
pub fn fields(hit: &Hit) -> Vec<Vec<String>> {
    let one = |evidence: &Evidence| match evidence {
        Evidence::Field {
            field,
            verdict,
            query,
            listed,
            ..
        } => Some(row([field.as_str(), query, listed, &comparison(*verdict)])),
        _ => None,
    };
    hit.evidence.iter().filter_map(one).collect()
}

fn comparison(verdict: FieldVerdict) -> String {
    match verdict {
        FieldVerdict::MissingHere => "missing in the record".to_owned(),
        FieldVerdict::MissingThere => "missing on the list".to_owned(),
        other => other.as_str().to_owned(),
    }
}

/// The header of [`measures`].
pub const MEASURES: [&str; 4] = [
    "measure",
    "from",
    "to",
    "what it means; by whom and on what ground",
];

/// Measures with what they mean.
pub fn measures(measures: &[Measure], notes: &mut Footnotes) -> Vec<Vec<String>> {
    measures.iter().map(|m| measure(m, notes)).collect()
}

fn measure(measure: &Measure, notes: &mut Footnotes) -> Vec<String> {
    let mut text = measure.prohibits.meaning().to_owned();
    if let Some(detail) = &measure.detail {
        text = format!("{text}. {detail}");
    }
    let mut ground = vec![measure.authority.as_str()];
    ground.extend(measure.programme.as_deref());
    ground.extend(measure.legal_basis.as_deref());
    text = format!(
        "{text}\n{}",
        notes.mark(&ground.join(", "), measure.source.as_ref())
    );
    let date = |day: Option<Date>, none: &str| day.map_or(none.to_owned(), |d| d.to_string());
    vec![
        measure.code.clone(),
        date(measure.from, "not stated"),
        date(measure.to, "no end stated"),
        text,
    ]
}

/// An entry in full, as pairs of a label and a text. Where it says that it is *not* listed stands with the
/// regimes, once.
pub fn entry(entity: &Entity, notes: &mut Footnotes) -> Vec<(&'static str, String)> {
    let mut rows = vec![("kind", entity.kind.as_str().to_owned())];
    rows.extend(entity.names.iter().map(|n| ("name", name(n, notes))));
    rows.extend(entity.birth_dates.iter().map(|d| ("born", d.text.clone())));
    rows.extend(
        entity
            .birth_places
            .iter()
            .map(|p| ("birth place", p.text.clone())),
    );
    rows.extend(entity.gender.map(|g| ("gender", g.as_str().to_owned())));
    let country = |c: &CountryLink| format!("{} ({})", c.text, country_relation(c.relation));
    rows.extend(entity.countries.iter().map(|c| ("country", country(c))));
    rows.extend(
        entity
            .identifiers
            .iter()
            .map(|i| ("identifier", identifier(i, notes))),
    );
    rows.extend(entity.addresses.iter().map(|a| ("address", address(a))));
    rows.extend(entity.relations.iter().map(|r| ("relation", relation(r, notes))));
    rows.extend(entity.positions.iter().map(|p| ("position", p.clone())));
    rows.extend(entity.notes.iter().map(|n| ("note", n.clone())));
    rows
}

fn name(name: &Name, notes: &mut Footnotes) -> String {
    let label = name
        .label
        .as_ref()
        .map_or(String::new(), |label| format!(", {label}"));
    let text = format!("{} ({}{label})", name.text, reasons::name_role(name.role));
    notes.mark(&text, name.source.as_ref())
}

fn address(address: &Address) -> String {
    match &address.note {
        Some(note) => format!("{} ({note})", address.one_line()),
        None => address.one_line(),
    }
}

fn identifier(identifier: &Identifier, notes: &mut Footnotes) -> String {
    let mut text = format!("{} {}", identifier.kind.as_str(), identifier.value);
    let beside = [&identifier.country, &identifier.label].into_iter().flatten();
    let beside: Vec<&str> = beside.map(String::as_str).collect();
    if !beside.is_empty() {
        text = format!("{text} ({})", beside.join(", "));
    }
    notes.mark(&text, identifier.source.as_ref())
}

fn relation(relation: &Relation, notes: &mut Footnotes) -> String {
    let mut text = format!("{} {}", relation_role(relation.role), relation.other);
    if let Some(id) = &relation.other_id {
        text = format!("{text} ({id})");
    }
    let owns = matches!(relation.role, RelationRole::OwnedBy | RelationRole::Owns);
    match &relation.share {
        Some(share) => text = format!("{text}, {share} %"),
        None if owns => text.push_str(", share unknown"),
        None => {}
    }
    if let Some(from) = relation.from {
        text = format!("{text}, from {from}");
    }
    if let Some(to) = relation.to {
        text = format!("{text}, to {to}");
    }
    if let Some(note) = &relation.note {
        text = format!("{text}: {note}");
    }
    notes.mark(&text, relation.source.as_ref())
}

const fn country_relation(relation: CountryRelation) -> &'static str {
    match relation {
        CountryRelation::Nationality => "nationality",
        CountryRelation::Citizenship => "citizenship",
        CountryRelation::Address => "address",
        CountryRelation::Residence => "residence",
        CountryRelation::Registration => "registration",
        CountryRelation::Flag => "flag",
        CountryRelation::Unspecified => "not said how",
    }
}

const fn relation_role(role: RelationRole) -> &'static str {
    match role {
        RelationRole::OwnedBy => "owned by",
        RelationRole::Owns => "owns",
        RelationRole::Director => "director of",
        RelationRole::Officer => "officer of",
        RelationRole::Affiliate => "affiliate of",
        RelationRole::SuccessorOf => "successor of",
        RelationRole::PredecessorOf => "predecessor of",
        RelationRole::DistributorOf => "distributor of",
        RelationRole::LinkedTo => "linked to",
        RelationRole::Family => "family of",
        RelationRole::Founder => "founder of",
        RelationRole::Other => "related to",
    }
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::hit;
    use jiff::civil::date;
    use tamis::model::{Confidence, EntityKind, FieldName, Prohibition, Role, Source, TokenMatch};

    fn anna() -> Hit {
        hit(vec![
            Evidence::Token {
                query: "anna".to_owned(),
                listed: "anna".to_owned(),
                role: Role::Word,
                matched: TokenMatch::Equal,
                points: 10_000,
            },
            Evidence::Field {
                field: FieldName::BirthDate,
                verdict: FieldVerdict::Conflict,
                query: "1970".to_owned(),
                listed: "1980".to_owned(),
                points: -1_000,
            },
            Evidence::Field {
                field: FieldName::Gender,
                verdict: FieldVerdict::MissingHere,
                query: String::new(),
                listed: "female".to_owned(),
                points: 0,
            },
        ])
    }

    #[test]
    fn the_points_add_up_to_the_score() {
        let rows = evidence(&anna());
        assert_eq!(rows.len(), 3, "a token, a field with points, the total: {rows:?}");
        assert_eq!(rows[2], ["", "", "", "total", "+0.9000"]);
    }

    #[test]
    fn words_that_differ_in_script_only_are_equal_once_romanised() {
        let token = Evidence::Token {
            query: "anna".to_owned(),
            listed: "anna".to_owned(),
            role: Role::Word,
            matched: TokenMatch::Variant,
            points: 9_900,
        };
        assert_eq!(evidence(&hit(vec![token]))[0][3], "equal once romanised");
    }

    #[test]
    fn fields_stand_side_by_side_whether_or_not_they_count() {
        let rows = fields(&anna());
        assert_eq!(rows[0], ["birth date", "1970", "1980", "conflict"]);
        assert_eq!(rows[1], ["gender", "", "female", "missing in the record"]);
    }

    #[test]
    fn a_measure_says_what_it_means_and_how_it_is_known() {
        let mut m = Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze);
        m.from = Some(date(2024, 6, 21));
        m.source = Some(Source {
            title: "a paper".to_owned(),
            confidence: Confidence::Press,
        });
        let row = measure(&m, &mut Footnotes::default());
        assert_eq!(row[..3], ["us.sdn.block", "2024-06-21", "no end stated"]);
        assert!(row[3].starts_with("blocked"));
        assert!(row[3].ends_with("\nOFAC [1, press report]"), "{}", row[3]);
    }

    #[test]
    fn an_unknown_share_is_never_shown_as_nothing() {
        let mut entity = Entity::new("un", "1", EntityKind::Organization);
        entity.relations.push(Relation {
            role: RelationRole::OwnedBy,
            other: "B".to_owned(),
            other_id: None,
            share: None,
            from: None,
            to: None,
            note: None,
            source: None,
        });
        assert!(
            entry(&entity, &mut Footnotes::default())
                .contains(&("relation", "owned by B, share unknown".to_owned()))
        );
    }
}
