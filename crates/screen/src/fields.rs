//! What a subject's other fields say about a match: they raise it, lower it, or say nothing.
//!
//! Agreement closes part of the gap to a full score; a conflict takes points away. A field that either side
//! lacks is neutral. No field vetoes: a conflict that keeps a match from alerting still shows as a near miss.

mod birth;
mod number;
mod place;

use crate::score::{BELOW_EQUAL, to_score};
use jiff::civil::Date;
pub(crate) use number::{is_same, look_up, warnings};
use tamis_model::{
    CountryCode, Entity, EntityKind, Evidence, FieldName, FieldVerdict, Gender, Identifier, Number, Score,
    Subject,
};

/// The share of the gap to a full score, in thousandths, that the same gender closes: it halves the strangers.
const GENDER_GAIN: u32 = 10;
/// Points, in ten-thousandths, that another gender takes: records are wrong more often than people change.
const GENDER_LOSS: u32 = 1_000;
/// Points that another kind takes: a person is not a company (OFAC FAQ 5, step 2).
const KIND_LOSS: u32 = 3_000;

/// The least score once a number that belongs to one party only is shared.
const SAME_IDENTIFIER: u32 = 9_000;
/// The share of the gap that it closes where the names agree better than that.
const SAME_IDENTIFIER_GAIN: u32 = 500;

/// The score at which three-word names count as agreeing fully.
const FULL_NAME: u32 = 9_500;

/// The largest share of the gap, in thousandths, that a subject's fields can close: what candidate search must
/// allow for. A shared number closes more; those who share one are looked up by it.
pub(crate) fn most_gain(subject: &Subject) -> u32 {
    let birth = subject.birth_date.as_ref().map_or(0, |_| birth::gain::DAY);
    let place = subject
        .birth_place
        .as_ref()
        .map_or(0, |_| place::gain::BIRTH_PLACE);
    let country = if subject.countries.is_empty() {
        0
    } else {
        place::gain::COUNTRY
    };
    let gender = subject.gender.map_or(0, |_| GENDER_GAIN);
    birth + place + country + gender
}

/// What is read from the fields of a party once, before it is compared with many.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Its identifiers, in their order.
    pub(crate) numbers: Vec<Number>,
    /// The words of its places of birth.
    places: Vec<String>,
    /// Its countries; of a list entry only.
    countries: Vec<CountryCode>,
}

impl Facts {
    pub(crate) fn of_subject(subject: &Subject) -> Facts {
        Facts {
            numbers: subject.identifiers.iter().map(Identifier::number).collect(),
            places: subject.birth_place.iter().flat_map(place::words).collect(),
            countries: Vec::new(),
        }
    }

    pub(crate) fn of_entity(entity: &Entity) -> Facts {
        Facts {
            numbers: entity.identifiers.iter().map(Identifier::number).collect(),
            places: entity.birth_places.iter().flat_map(place::words).collect(),
            countries: place::countries_of(entity),
        }
    }
}

/// How well the fields agree, for two matches with equal scores: identifier, birth date, place of birth, country,
/// gender, kind, in this order. Less is better.
pub(crate) type Ties = [u8; 6];

/// A match with its fields weighed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighed {
    pub(crate) score: Score,
    pub(crate) ties: Ties,
}

/// What a comparison does to the score.
#[derive(Clone, Copy)]
struct Effect {
    verdict: FieldVerdict,
    /// Thousandths of the gap.
    gain: u32,
    /// Ten-thousandths.
    loss: u32,
}

impl Effect {
    /// A verdict without effect.
    const fn new(verdict: FieldVerdict) -> Effect {
        Effect {
            verdict,
            gain: 0,
            loss: 0,
        }
    }

    const fn gain(verdict: FieldVerdict, gain: u32) -> Effect {
        Effect {
            verdict,
            gain,
            loss: 0,
        }
    }

    const fn loss(loss: u32) -> Effect {
        Effect {
            verdict: FieldVerdict::Conflict,
            gain: 0,
            loss,
        }
    }

    fn after(self, field: FieldName, before: u32) -> u32 {
        let same_number = field == FieldName::Identifier && self.verdict == FieldVerdict::Agree;
        let gain = if same_number {
            SAME_IDENTIFIER_GAIN
        } else {
            self.gain
        };
        let least = if same_number { SAME_IDENTIFIER } else { 0 };
        let raised = before + 10_000u32.saturating_sub(before) * gain / 1_000;
        // Only equal names score 1, whatever else agrees.
        raised
            .max(least)
            .min(BELOW_EQUAL.max(before))
            .saturating_sub(self.loss)
    }
}

/// One field compared, with both values as they are shown.
struct Compared {
    field: FieldName,
    query: String,
    listed: String,
    effect: Effect,
}

/// The score of a match once the other fields are weighed; with `EXPLAIN` their evidence is added to `reasons`.
///
/// `words` is the number of words and patronymics that both names have at least, `today` the day of the screening.
pub(crate) fn weigh<const EXPLAIN: bool>(
    (subject, mine, today): (&Subject, &Facts, Date),
    (entity, theirs): (&Entity, &Facts),
    name: Score,
    words: usize,
    reasons: &mut Vec<Evidence>,
) -> Weighed {
    let mut value = u32::from(name.ten_thousandths());
    let full_name = value >= FULL_NAME && words >= 3;
    // The number comes last: what it lifts a match to, nothing lowers.
    let all = [
        kind(subject, entity),
        birth::compare(subject, entity, full_name, today),
        place::birth_place((subject, mine), (entity, theirs)),
        gender(subject, entity),
        place::country(subject, (entity, theirs)),
        number::compare((subject, mine), (entity, theirs)),
    ];
    let [kind, born, place, gender, country, number] = all.each_ref().map(rank);
    for compared in all.into_iter().flatten() {
        let after = compared.effect.after(compared.field, value);
        if EXPLAIN {
            reasons.push(evidence(compared, value, after));
        }
        value = after;
    }
    Weighed {
        score: to_score(value),
        ties: [number, born, place, country, gender, kind],
    }
}

fn rank(compared: &Option<Compared>) -> u8 {
    match compared.as_ref().map(|c| c.effect.verdict) {
        Some(FieldVerdict::Agree) => 0,
        Some(FieldVerdict::Close) => 1,
        Some(FieldVerdict::MissingHere | FieldVerdict::MissingThere) | None => 2,
        Some(FieldVerdict::Conflict) => 3,
    }
}

fn evidence(compared: Compared, before: u32, after: u32) -> Evidence {
    let points = i32::try_from(after).unwrap_or(0) - i32::try_from(before).unwrap_or(0);
    Evidence::Field {
        field: compared.field,
        verdict: compared.effect.verdict,
        query: compared.query,
        listed: compared.listed,
        points,
    }
}

/// A field that at least one side has; `compare` is asked only when both have it.
fn field(
    field: FieldName,
    query: String,
    listed: String,
    compare: impl FnOnce() -> Effect,
) -> Option<Compared> {
    let effect = match (query.is_empty(), listed.is_empty()) {
        (true, true) => return None,
        (true, false) => Effect::new(FieldVerdict::MissingHere),
        (false, true) => Effect::new(FieldVerdict::MissingThere),
        (false, false) => compare(),
    };
    Some(Compared {
        field,
        query,
        listed,
        effect,
    })
}

fn kind(subject: &Subject, entity: &Entity) -> Option<Compared> {
    if entity.kind_is_assumed {
        return None;
    }
    let query = subject.kind.map_or_else(String::new, |k| k.as_str().to_owned());
    field(FieldName::Kind, query, entity.kind.as_str().to_owned(), || {
        if subject.kind.is_some_and(|k| kinds_conflict(k, entity.kind)) {
            Effect::loss(KIND_LOSS)
        } else {
            Effect::new(FieldVerdict::Agree)
        }
    })
}

/// Wallets are listed by themselves and held by anybody, so an asset conflicts with nothing.
fn kinds_conflict(one: EntityKind, two: EntityKind) -> bool {
    one != two && one != EntityKind::Asset && two != EntityKind::Asset
}

fn gender(subject: &Subject, entity: &Entity) -> Option<Compared> {
    let text = |g: Option<Gender>| g.map_or_else(String::new, |g| g.as_str().to_owned());
    field(
        FieldName::Gender,
        text(subject.gender),
        text(entity.gender),
        || {
            if subject.gender == entity.gender {
                Effect::gain(FieldVerdict::Agree, GENDER_GAIN)
            } else {
                Effect::loss(GENDER_LOSS)
            }
        },
    )
}
