//! What a subject's other fields say about a match: they raise it, lower it, or say nothing.
//!
//! Agreement closes part of the gap to a full score; a conflict takes points away. A field that either side
//! lacks is neutral. No field vetoes: a conflict that keeps a match from alerting still shows as a near miss.

use crate::score::{BELOW_EQUAL, to_score};
use tamis_model::{
    BirthDate, CountryCode, DateAgreement, Entity, EntityKind, Evidence, FieldName, FieldVerdict, Identifier,
    IdentifierKind, Precision, Score, Subject,
};

/// Shares of the gap to a full score that agreement closes, in thousandths.
mod gain {
    /// Two strangers share a birthday once in about 20,000 pairs.
    pub(super) const BIRTH_DATE: u32 = 350;
    /// A year alone is shared by one pair in about sixty.
    pub(super) const BIRTH_DATE_CLOSE: u32 = 100;
    pub(super) const BIRTH_PLACE: u32 = 50;
    /// Customers of a bank mostly share a country with its neighbours on a list, so this is little.
    pub(super) const COUNTRY: u32 = 20;
}

/// Points that a conflict takes, in ten-thousandths.
mod loss {
    /// Clears an equal two-word name at the default threshold: Anton Ivanov born another day is another one.
    pub(super) const BIRTH_DATE: u32 = 2_500;
    /// Names of three words or more that agree fully are rarely shared, and birth dates are often wrong: the
    /// match stays above the default threshold.
    pub(super) const BIRTH_DATE_FULL_NAME: u32 = 1_500;
    /// A person is not a company (OFAC FAQ 5, step 2).
    pub(super) const KIND: u32 = 3_000;
    pub(super) const GENDER: u32 = 1_000;
    pub(super) const COUNTRY: u32 = 300;
    /// People and companies have several numbers, so this says little.
    pub(super) const IDENTIFIER: u32 = 500;
}

/// The least score once a number that belongs to one party only is shared.
const SAME_IDENTIFIER: u32 = 9_000;

/// The score at which three-word names count as agreeing fully.
const FULL_NAME: u32 = 9_500;

/// The largest share of the gap, in thousandths, that a subject's fields can close: what candidate search must
/// allow for.
pub(crate) fn most_gain(subject: &Subject) -> u32 {
    let birth = if subject.birth_date.is_some() {
        gain::BIRTH_DATE
    } else {
        0
    };
    let place = if subject.birth_place.is_some() {
        gain::BIRTH_PLACE
    } else {
        0
    };
    let country = if subject.countries.is_empty() {
        0
    } else {
        gain::COUNTRY
    };
    birth + place + country
}

/// One field compared: its evidence, and its effect.
struct Verdict {
    field: FieldName,
    verdict: FieldVerdict,
    query: String,
    listed: String,
    /// Thousandths of the gap.
    gain: u32,
    /// Ten-thousandths.
    loss: u32,
}

/// The score of a match once the other fields are weighed; with `EXPLAIN` their evidence is added to `reasons`.
///
/// `words` is the number of words and patronymics that both names have at least.
pub(crate) fn weigh<const EXPLAIN: bool>(
    subject: &Subject,
    entity: &Entity,
    name: Score,
    words: usize,
    reasons: &mut Vec<Evidence>,
) -> Score {
    let start = u32::from(name.ten_thousandths());
    let mut value = start;
    let verdicts = [
        kind(subject, entity),
        birth_date(subject, entity, start >= FULL_NAME && words >= 3),
        birth_place(subject, entity),
        gender(subject, entity),
        country(subject, entity),
    ];
    for verdict in verdicts.into_iter().flatten() {
        let raised = value + 10_000u32.saturating_sub(value) * verdict.gain / 1_000;
        // Only equal names score 1, whatever else agrees.
        let raised = if verdict.gain > 0 && value < 10_000 {
            raised.min(BELOW_EQUAL).max(value)
        } else {
            raised
        };
        let after = raised.saturating_sub(verdict.loss);
        push::<EXPLAIN>(reasons, verdict, value, after);
        value = after;
    }
    if let Some(verdict) = identifier(subject, entity) {
        let after = match verdict.verdict {
            FieldVerdict::Agree => value.max(SAME_IDENTIFIER),
            FieldVerdict::Conflict => value.saturating_sub(verdict.loss),
            _ => value,
        };
        push::<EXPLAIN>(reasons, verdict, value, after);
        value = after;
    }
    to_score(value)
}

fn push<const EXPLAIN: bool>(reasons: &mut Vec<Evidence>, verdict: Verdict, before: u32, after: u32) {
    if EXPLAIN {
        let points = i32::try_from(after).unwrap_or(0) - i32::try_from(before).unwrap_or(0);
        let Verdict {
            field,
            verdict,
            query,
            listed,
            ..
        } = verdict;
        reasons.push(Evidence::Field {
            field,
            verdict,
            query,
            listed,
            points,
        });
    }
}

/// A field that at least one side has; `compare` is asked only when both have it.
fn field(
    field: FieldName,
    query: String,
    listed: String,
    compare: impl FnOnce() -> (FieldVerdict, u32, u32),
) -> Option<Verdict> {
    let (verdict, gain, loss) = match (query.is_empty(), listed.is_empty()) {
        (true, true) => return None,
        (true, false) => (FieldVerdict::MissingHere, 0, 0),
        (false, true) => (FieldVerdict::MissingThere, 0, 0),
        (false, false) => compare(),
    };
    Some(Verdict {
        field,
        verdict,
        query,
        listed,
        gain,
        loss,
    })
}

fn kind(subject: &Subject, entity: &Entity) -> Option<Verdict> {
    let query = subject.kind.map_or_else(String::new, |k| k.as_str().to_owned());
    field(FieldName::Kind, query, entity.kind.as_str().to_owned(), || {
        if subject.kind.is_some_and(|k| kinds_conflict(k, entity.kind)) {
            (FieldVerdict::Conflict, 0, loss::KIND)
        } else {
            (FieldVerdict::Agree, 0, 0)
        }
    })
}

/// Wallets are listed by themselves and held by anybody, so an asset conflicts with nothing.
fn kinds_conflict(one: EntityKind, two: EntityKind) -> bool {
    one != two && one != EntityKind::Asset && two != EntityKind::Asset
}

fn birth_date(subject: &Subject, entity: &Entity, full_name: bool) -> Option<Verdict> {
    let listed: Vec<&str> = entity.birth_dates.iter().map(|d| d.text.as_str()).collect();
    let query = subject.birth_date.as_ref();
    let text = query.map_or_else(String::new, |d| d.text.clone());
    field(FieldName::BirthDate, text, listed.join("; "), || {
        let best = query.and_then(|born| best_date(born, &entity.birth_dates));
        match best {
            Some((DateAgreement::Agree, _)) => (FieldVerdict::Agree, gain::BIRTH_DATE, 0),
            // Both sides know a year or a range only, and it is the same: as close as it gets.
            Some((DateAgreement::Close, _)) => (FieldVerdict::Close, gain::BIRTH_DATE_CLOSE, 0),
            Some((DateAgreement::Conflict, _)) if full_name => {
                (FieldVerdict::Conflict, 0, loss::BIRTH_DATE_FULL_NAME)
            }
            Some((DateAgreement::Conflict, _)) => (FieldVerdict::Conflict, 0, loss::BIRTH_DATE),
            None => (FieldVerdict::MissingThere, 0, 0),
        }
    })
}

fn best_date(born: &BirthDate, listed: &[BirthDate]) -> Option<(DateAgreement, Precision)> {
    listed
        .iter()
        .map(|date| (born.compare(date), date.precision))
        .min_by_key(|(agreement, _)| *agreement)
}

fn birth_place(subject: &Subject, entity: &Entity) -> Option<Verdict> {
    let query = subject
        .birth_place
        .as_ref()
        .map_or_else(String::new, |p| p.text.clone());
    let listed: Vec<&str> = entity.birth_places.iter().map(|p| p.text.as_str()).collect();
    let listed = listed.join("; ");
    let shared = shares_word(&query, &listed);
    field(FieldName::BirthPlace, query, listed, || {
        // A place is written in too many ways (village, district, country) for a difference to say anything.
        if shared {
            (FieldVerdict::Agree, gain::BIRTH_PLACE, 0)
        } else {
            (FieldVerdict::Close, 0, 0)
        }
    })
}

/// Whether two places share a word of four letters or more.
fn shares_word(one: &str, two: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() >= 4)
            .map(str::to_owned)
            .collect()
    };
    let others = words(two);
    words(one).iter().any(|word| others.contains(word))
}

fn gender(subject: &Subject, entity: &Entity) -> Option<Verdict> {
    let text = |g: Option<tamis_model::Gender>| g.map_or_else(String::new, |g| g.as_str().to_owned());
    field(
        FieldName::Gender,
        text(subject.gender),
        text(entity.gender),
        || {
            if subject.gender == entity.gender {
                (FieldVerdict::Agree, 0, 0)
            } else {
                (FieldVerdict::Conflict, 0, loss::GENDER)
            }
        },
    )
}

fn country(subject: &Subject, entity: &Entity) -> Option<Verdict> {
    let mine: Vec<CountryCode> = subject.countries.iter().filter_map(|c| c.code).collect();
    let theirs = countries_of(entity);
    let text = |codes: &[CountryCode]| {
        codes
            .iter()
            .map(CountryCode::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    field(FieldName::Country, text(&mine), text(&theirs), || {
        if mine.iter().any(|code| theirs.contains(code)) {
            (FieldVerdict::Agree, gain::COUNTRY, 0)
        } else {
            (FieldVerdict::Conflict, 0, loss::COUNTRY)
        }
    })
}

/// Every country that an entry belongs to in any way.
fn countries_of(entity: &Entity) -> Vec<CountryCode> {
    let links = entity.countries.iter().filter_map(|c| c.code);
    let births = entity.birth_places.iter().filter_map(|p| p.country);
    let addresses = entity
        .addresses
        .iter()
        .filter_map(|a| tamis_model::country_code(a.country.as_deref()?));
    let mut codes: Vec<CountryCode> = links.chain(births).chain(addresses).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn identifier(subject: &Subject, entity: &Entity) -> Option<Verdict> {
    if subject.identifiers.is_empty() {
        return None;
    }
    let text = |i: &Identifier| format!("{} {}", i.kind.as_str(), i.value);
    let pairs = || {
        subject
            .identifiers
            .iter()
            .flat_map(|q| entity.identifiers.iter().map(move |l| (q, l)))
    };
    let verdict = |q: &Identifier, l: &Identifier, verdict, loss| {
        let (query, listed) = (text(q), text(l));
        Some(Verdict {
            field: FieldName::Identifier,
            verdict,
            query,
            listed,
            gain: 0,
            loss,
        })
    };
    if let Some((q, l)) = pairs().find(|(q, l)| same_identifier(q, l)) {
        return verdict(q, l, FieldVerdict::Agree, 0);
    }
    if let Some((q, l)) = pairs().find(|(q, l)| other_identifier(q, l)) {
        return verdict(q, l, FieldVerdict::Conflict, loss::IDENTIFIER);
    }
    let query = subject
        .identifiers
        .iter()
        .map(text)
        .collect::<Vec<_>>()
        .join("; ");
    field(FieldName::Identifier, query, String::new(), || {
        (FieldVerdict::MissingThere, 0, 0)
    })
}

/// The same number of the same sort; the issuing countries, where both are known, must be the same. A long document
/// number counts under another document's name too: files mix passports, identity cards and tax numbers up.
pub(crate) fn same_identifier(query: &Identifier, listed: &Identifier) -> bool {
    let number = query.comparable();
    let mixed_up = is_document(query) && is_document(listed) && number.len() >= 8;
    is_unique(query)
        && (query.kind == listed.kind || mixed_up)
        && number == listed.comparable()
        && same_country(query, listed)
}

fn is_document(identifier: &Identifier) -> bool {
    use IdentifierKind::{NationalId, Passport, Registration, TaxId};
    matches!(identifier.kind, Passport | NationalId | TaxId | Registration)
}

/// Whether a number identifies one party, and is long enough not to be a slip.
pub(crate) fn is_unique(identifier: &Identifier) -> bool {
    let shared = matches!(
        identifier.kind,
        IdentifierKind::Phone | IdentifierKind::Website | IdentifierKind::Other
    );
    !shared && identifier.comparable().len() >= 5
}

/// Another number where one party has only one.
fn other_identifier(query: &Identifier, listed: &Identifier) -> bool {
    let only_one = matches!(
        query.kind,
        IdentifierKind::TaxId | IdentifierKind::Lei | IdentifierKind::Imo | IdentifierKind::Registration
    );
    let known = query.country.is_some() && listed.country.is_some();
    let worldwide = matches!(query.kind, IdentifierKind::Lei | IdentifierKind::Imo);
    only_one
        && query.kind == listed.kind
        && (worldwide || known)
        && same_country(query, listed)
        && query.comparable() != listed.comparable()
}

fn same_country(query: &Identifier, listed: &Identifier) -> bool {
    match (&query.country, &listed.country) {
        (Some(one), Some(two)) => match (tamis_model::country_code(one), tamis_model::country_code(two)) {
            (Some(one), Some(two)) => one == two,
            _ => one.eq_ignore_ascii_case(two),
        },
        _ => true,
    }
}
