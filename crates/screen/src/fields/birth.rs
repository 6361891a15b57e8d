//! Birth dates: what each way of agreeing or not is worth.

use super::{Compared, Effect, field};
use jiff::civil::Date;
use tamis_model::{BirthDate, DateAgreement, Entity, FieldName, FieldVerdict, Subject};

/// Shares of the gap to a full score, in thousandths.
pub(super) mod gain {
    /// Two strangers share a birthday once in about 20,000 pairs.
    pub(in super::super) const DAY: u32 = 350;
    /// A month is shared by one pair in about seven hundred.
    pub(super) const MONTH: u32 = 200;
    /// Day and month of one date come in two orders; strangers differ so as rarely as they share a day.
    pub(super) const SWAPPED: u32 = 200;
    /// About twenty dates are one slip away from any other.
    pub(super) const SLIP: u32 = 150;
    /// A year alone is shared by one pair in about sixty.
    pub(super) const YEAR: u32 = 100;
    /// A range, a "circa", or the next year: as many as one pair in ten.
    pub(super) const NEAR: u32 = 50;
}

/// Points that a conflict takes, in ten-thousandths.
mod loss {
    /// Clears an equal two-word name at the default threshold: Anton Ivanov born another day is another one.
    pub(super) const DIFFERENT: u32 = 2_500;
    /// Names of three words or more that agree fully are rarely shared, and birth dates are often wrong: the
    /// match stays above the default threshold.
    pub(super) const FULL_NAME: u32 = 1_500;
    /// Of strangers one pair in sixty shares the year, while lists and customers often have only that right: an
    /// equal name still alerts.
    pub(super) const OTHER_DAY: u32 = 1_500;
}

/// The best agreement of the subject's date with any listed one. `full_name`: three words or more agree fully.
///
/// A date that was not read, or that nobody screened on `today` can have, never speaks against a match: not by itself,
/// and not beside others, since any of them may be the right one.
pub(super) fn compare(subject: &Subject, entity: &Entity, full_name: bool, today: Date) -> Option<Compared> {
    let listed: Vec<&str> = entity.birth_dates.iter().map(|d| d.text.as_str()).collect();
    let query = subject.birth_date.as_ref();
    let text = query.map_or_else(String::new, |d| d.text.clone());
    field(FieldName::BirthDate, text, listed.join("; "), || {
        let all = entity.birth_dates.iter();
        let best = query.and_then(|born| all.map(|date| agreement(born, date, today)).min());
        best.map_or(NEUTRAL, |best| effect(best, full_name))
    })
}

fn agreement(born: &BirthDate, listed: &BirthDate, today: Date) -> DateAgreement {
    match born.compare(listed) {
        DateAgreement::OtherDay | DateAgreement::Different
            if !born.can_be(today) || !listed.can_be(today) =>
        {
            DateAgreement::Unread
        }
        agreement => agreement,
    }
}

/// Nothing that could be compared.
const NEUTRAL: Effect = Effect::new(FieldVerdict::MissingThere);

fn effect(agreement: DateAgreement, full_name: bool) -> Effect {
    match agreement {
        DateAgreement::SameDay => Effect::gain(FieldVerdict::Agree, gain::DAY),
        // Both sides know a month or a year only, and it is the same: as close as it gets.
        DateAgreement::SameMonth => Effect::gain(FieldVerdict::Close, gain::MONTH),
        DateAgreement::Swapped => Effect::gain(FieldVerdict::Close, gain::SWAPPED),
        DateAgreement::Slip => Effect::gain(FieldVerdict::Close, gain::SLIP),
        DateAgreement::SameYear => Effect::gain(FieldVerdict::Close, gain::YEAR),
        DateAgreement::Near => Effect::gain(FieldVerdict::Close, gain::NEAR),
        DateAgreement::Unread => NEUTRAL,
        DateAgreement::OtherDay => Effect::loss(loss::OTHER_DAY),
        DateAgreement::Different if full_name => Effect::loss(loss::FULL_NAME),
        DateAgreement::Different => Effect::loss(loss::DIFFERENT),
    }
}
