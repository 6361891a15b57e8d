//! Evidence in words.

use std::fmt::Write;
use tamis::model::{EvasionSignal, Evidence, FieldVerdict, Finding, Hit, NameRole, Role, TokenMatch};

/// The part a token plays, in a word.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Word => "word",
        Role::Patronymic => "patronymic",
        Role::Initial => "initial",
        Role::Particle => "particle",
        Role::Title => "title",
        Role::LegalForm => "legal form",
        Role::Generic => "common word",
        Role::Geographic => "place",
        Role::Number => "number",
    }
}

/// How two tokens agree, in a few words. Two spellings that are shown alike differ only in their script, and
/// calling them variants would puzzle whoever reads it.
pub fn agreement(query: &str, listed: &str, matched: TokenMatch) -> &'static str {
    match matched {
        TokenMatch::Variant if query == listed => "equal once romanised",
        TokenMatch::Equal => "equal",
        TokenMatch::Variant => "spelling variant",
        TokenMatch::Joined => "written together",
        TokenMatch::Nickname => "nickname",
        TokenMatch::Phonetic => "sounds alike",
        TokenMatch::Typo => "typing error",
        TokenMatch::Initial => "initial",
        TokenMatch::Acronym => "acronym",
    }
}

/// What a name is to its owner, in words that stand by themselves.
pub const fn name_role(role: NameRole) -> &'static str {
    match role {
        NameRole::Primary => "primary name",
        NameRole::OriginalScript => "name in its own script",
        other => other.as_str(),
    }
}

/// Points in ten-thousandths as a signed score, such as `+0.4500`.
pub fn points(points: i32) -> String {
    let sign = if points < 0 { '-' } else { '+' };
    let size = points.unsigned_abs();
    format!("{sign}{}.{:04}", size / 10_000, size % 10_000)
}

/// The evidence of a hit in one line; never empty.
pub fn line(hit: &Hit) -> String {
    let mut line = of(&hit.evidence);
    let strong = hit.matched_role.is_strong();
    if line.is_empty() {
        line = format!("matched on the {}", name_role(hit.matched_role));
    } else if !strong {
        line.push_str("; weak alias");
    }
    line
}

/// Evidence in one line: what agreed, what was left over, what conflicted, what was missing.
pub fn of(all: &[Evidence]) -> String {
    let mut parts = Vec::new();
    push(&mut parts, "name: ", all.iter().filter_map(agreeing), ", ");
    push(
        &mut parts,
        "extra in the record: ",
        all.iter().filter_map(extra),
        ", ",
    );
    push(
        &mut parts,
        "not in the record: ",
        all.iter().filter_map(missing),
        ", ",
    );
    push(&mut parts, "", as_a_whole(all).iter(), "; ");
    push(&mut parts, "", all.iter().filter_map(field), "; ");
    let blanks = |verdict| all.iter().filter_map(move |e| blank(e, verdict));
    push(
        &mut parts,
        "record does not say: ",
        blanks(FieldVerdict::MissingHere),
        ", ",
    );
    push(
        &mut parts,
        "list does not say: ",
        blanks(FieldVerdict::MissingThere),
        ", ",
    );
    parts.join("; ")
}

/// A match that does not alert, in one line: which entry, and why it does not.
pub fn information(finding: &Finding) -> String {
    let hit = &finding.hit;
    let via = finding.via.as_ref();
    let via = via.map_or_else(String::new, |via| {
        format!(", {} through {}", via.kind.as_str(), via.party)
    });
    format!(
        "information: {} {}{via}: {}",
        hit.entity_id, hit.matched_name, finding.why
    )
}

/// The tricks that were undone, joined by `|`.
pub fn flags(signals: &[EvasionSignal]) -> String {
    let signals: Vec<&str> = signals.iter().map(|signal| signal.as_str()).collect();
    signals.join("|")
}

fn push<S: AsRef<str>>(parts: &mut Vec<String>, head: &str, items: impl Iterator<Item = S>, joint: &str) {
    let mut text = String::new();
    for item in items {
        text.push_str(if text.is_empty() { head } else { joint });
        text.push_str(item.as_ref());
    }
    if !text.is_empty() {
        parts.push(text);
    }
}

fn agreeing(evidence: &Evidence) -> Option<String> {
    let Evidence::Token {
        query,
        listed,
        matched,
        ..
    } = evidence
    else {
        return None;
    };
    Some(match matched {
        TokenMatch::Equal => query.clone(),
        TokenMatch::Variant if query == listed => format!("{query} (romanised)"),
        _ => format!("{query} ~ {listed} ({})", agreement(query, listed, *matched)),
    })
}

fn extra(evidence: &Evidence) -> Option<String> {
    match evidence {
        Evidence::ExtraInQuery { token, role, .. } => Some(with_role(token, *role)),
        _ => None,
    }
}

fn missing(evidence: &Evidence) -> Option<String> {
    match evidence {
        Evidence::MissingInQuery { token, role, .. } => Some(with_role(token, *role)),
        _ => None,
    }
}

/// The role is worth a word only where it is not the usual one.
fn with_role(token: &str, part: Role) -> String {
    match part {
        Role::Word => token.to_owned(),
        _ => format!("{token} ({})", role(part)),
    }
}

/// Each remark once: two words that contradict each other are charged on both sides, as two reasons that read
/// alike.
fn as_a_whole(all: &[Evidence]) -> Vec<String> {
    let mut remarks = Vec::new();
    for remark in all.iter().filter_map(remark) {
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
    remarks
}

fn remark(evidence: &Evidence) -> Option<String> {
    match evidence {
        Evidence::Contradiction {
            query,
            listed,
            role: r,
            ..
        } => Some(format!("{} contradicts: {query} / {listed}", role(*r))),
        Evidence::Whole { reason, .. } => Some(reason.clone()),
        _ => None,
    }
}

fn field(evidence: &Evidence) -> Option<String> {
    let Evidence::Field {
        field,
        verdict,
        query,
        listed,
        ..
    } = evidence
    else {
        return None;
    };
    let mut text = field.as_str().to_owned();
    match verdict {
        FieldVerdict::Agree => text.push_str(" agrees"),
        FieldVerdict::Close => text.push_str(" is close"),
        FieldVerdict::Conflict => text.push_str(" conflicts"),
        FieldVerdict::MissingHere | FieldVerdict::MissingThere => return None,
    }
    // Writing to a string cannot fail.
    let _ = match query == listed {
        true => write!(text, " ({query})"),
        false => write!(text, " ({query} / {listed})"),
    };
    Some(text)
}

fn blank(evidence: &Evidence, wanted: FieldVerdict) -> Option<&'static str> {
    match evidence {
        Evidence::Field { field, verdict, .. } if *verdict == wanted => Some(field.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::hit;
    use tamis::model::FieldName;

    fn token(query: &str, listed: &str, matched: TokenMatch) -> Evidence {
        Evidence::Token {
            query: query.to_owned(),
            listed: listed.to_owned(),
            role: Role::Word,
            matched,
            points: 5000,
        }
    }

    fn field_of(field: FieldName, verdict: FieldVerdict, query: &str, listed: &str) -> Evidence {
        Evidence::Field {
            field,
            verdict,
            query: query.to_owned(),
            listed: listed.to_owned(),
            points: 0,
        }
    }

    #[test]
    fn a_line_says_what_agreed_conflicted_and_was_missing() {
        let hit = hit(vec![
            token("andrei", "andrei", TokenMatch::Equal),
            token("tichonow", "tikhonov", TokenMatch::Variant),
            Evidence::MissingInQuery {
                token: "gennadyevich".to_owned(),
                role: Role::Patronymic,
                points: -200,
            },
            field_of(FieldName::BirthDate, FieldVerdict::Conflict, "1970", "1966-11-09"),
            field_of(FieldName::Country, FieldVerdict::Agree, "RU", "RU"),
            field_of(FieldName::Gender, FieldVerdict::MissingHere, "", "male"),
        ]);
        assert_eq!(
            line(&hit),
            "name: andrei, tichonow ~ tikhonov (spelling variant); not in the record: gennadyevich (patronymic); \
             birth date conflicts (1970 / 1966-11-09); country agrees (RU); record does not say: gender"
        );
    }

    #[test]
    fn words_that_differ_in_script_only_are_not_called_variants() {
        let hit = hit(vec![token("chekunov", "chekunov", TokenMatch::Variant)]);
        assert_eq!(line(&hit), "name: chekunov (romanised)");
    }

    #[test]
    fn information_names_the_entry_and_what_conflicts() {
        let finding = Finding {
            hit: hit(Vec::new()),
            measures: Vec::new(),
            why: "the names agree, another field conflicts: birth date 1985 / 1990".to_owned(),
            action: tamis::model::Action::Inform,
            aside: Vec::new(),
            via: None,
        };
        assert_eq!(
            information(&finding),
            "information: un:1 A B: the names agree, another field conflicts: birth date 1985 / 1990"
        );
    }

    #[test]
    fn a_line_is_never_empty() {
        assert_eq!(line(&hit(Vec::new())), "matched on the primary name");
    }

    #[test]
    fn contradictions_and_remarks_on_the_whole_name_are_told() {
        let hit = hit(vec![
            Evidence::Contradiction {
                query: "petrovich".to_owned(),
                listed: "ivanovich".to_owned(),
                role: Role::Patronymic,
                points: -900,
            },
            Evidence::Whole {
                reason: "one name only".to_owned(),
                points: -10,
            },
            Evidence::ExtraInQuery {
                token: "dr".to_owned(),
                role: Role::Title,
                points: 0,
            },
        ]);
        assert_eq!(
            line(&hit),
            "extra in the record: dr (title); patronymic contradicts: petrovich / ivanovich; one name only"
        );
    }

    #[test]
    fn a_contradiction_that_is_charged_on_both_sides_is_told_once() {
        let contradiction = Evidence::Contradiction {
            query: "gromilov".to_owned(),
            listed: "petrushin".to_owned(),
            role: Role::Word,
            points: -3_000,
        };
        let hit = hit(vec![contradiction.clone(), contradiction]);
        assert_eq!(line(&hit), "word contradicts: gromilov / petrushin");
    }

    #[test]
    fn tricks_are_flags_of_their_own() {
        let signals = [EvasionSignal::Invisible, EvasionSignal::Leet];
        assert_eq!(flags(&signals), "invisible characters|digits in place of letters");
        assert_eq!(flags(&[]), "");
    }

    #[test]
    fn points_carry_their_sign() {
        assert_eq!(points(4500), "+0.4500");
        assert_eq!(points(-75), "-0.0075");
        assert_eq!(points(0), "+0.0000");
        assert_eq!(points(10_000), "+1.0000");
    }
}
