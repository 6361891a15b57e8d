//! The birth dates of one record -> the one that is used, if any.

use tamis_model::BirthDate;

/// Dates that systems write where they know none: the first day of a calendar or of a clock, and their like.
/// A real person born on one of them is screened without a birth date, which can only add alerts.
const PLACEHOLDERS: [&str; 9] = [
    "1800-01-01",
    "1899-12-30",
    "1899-12-31",
    "1900-01-01",
    "1901-01-01",
    "1904-01-01",
    "1970-01-01",
    "2099-12-31",
    "2100-01-01",
];

/// Whether a date says "not known".
pub(crate) fn is_placeholder(date: &BirthDate) -> bool {
    let (from, to) = (date.from.to_string(), date.to.to_string());
    if from == to {
        return PLACEHOLDERS.contains(&from.as_str());
    }
    from == "1900-01-01" && ["1900-01-31", "1900-12-31"].contains(&to.as_str())
}

/// The narrowest of several dates, when it lies within all others (`1966` and `1966-03-27` are one date);
/// `None` when they contradict one another.
pub(crate) fn agreed(dates: &[BirthDate]) -> Option<&BirthDate> {
    let within = |inner: &BirthDate, outer: &BirthDate| outer.from <= inner.from && inner.to <= outer.to;
    dates
        .iter()
        .find(|date| dates.iter().all(|other| within(date, other)))
}
