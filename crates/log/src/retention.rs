//! How long records must be kept.

use crate::Error;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Years that records must be kept: OFAC's rule since 12 March 2025 (31 CFR 501.601, 89 FR 74832).
pub const LEAST_YEARS: i16 = 10;

/// From when on a record of `time` may be purged: after whole years by the calendar, in UTC. A record of 29 February
/// is kept through the whole of the last 28 February.
///
/// # Errors
/// [`Error::Retention`] for fewer years than [`LEAST_YEARS`], [`Error::Time`] where the calendar ends before.
///
/// # Example
/// ```
/// let due = tamis_log::due("2016-02-29T12:00:00Z".parse()?, 10)?;
/// assert_eq!(due.to_string(), "2026-03-01T12:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn due(time: Timestamp, years: i16) -> Result<Timestamp, Error> {
    if years < LEAST_YEARS {
        return Err(Error::Retention {
            least: LEAST_YEARS,
            asked: years,
        });
    }
    let failed = |_| Error::Time(time);
    let begun = TimeZone::UTC.to_datetime(time);
    let day = anniversary(begun.date(), years).map_err(failed)?;
    TimeZone::UTC
        .to_timestamp(day.to_datetime(begun.time()))
        .map_err(failed)
}

fn anniversary(day: Date, years: i16) -> Result<Date, jiff::Error> {
    let later = day.checked_add(Span::new().try_years(years)?)?;
    match later.day() == day.day() {
        true => Ok(later),
        false => later.tomorrow(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_years_by_the_calendar() {
        let cases = [
            ("2025-03-12T00:00:00Z", 10, "2035-03-12T00:00:00Z"),
            ("2024-02-29T23:59:59Z", 10, "2034-03-01T23:59:59Z"),
            ("2024-02-29T08:00:00Z", 12, "2036-02-29T08:00:00Z"),
            ("2023-12-31T23:59:59.999999Z", 10, "2033-12-31T23:59:59.999999Z"),
            ("2026-02-28T00:00:00Z", 10, "2036-02-28T00:00:00Z"),
        ];
        for (time, years, expected) in cases {
            let expected: Timestamp = expected.parse().unwrap();
            assert_eq!(due(time.parse().unwrap(), years).unwrap(), expected, "{time}");
        }
    }

    #[test]
    fn fewer_years_are_refused_and_so_is_the_end_of_the_calendar() {
        let now: Timestamp = "2026-11-29T00:00:00Z".parse().unwrap();
        assert!(matches!(
            due(now, 9),
            Err(Error::Retention { least: 10, asked: 9 })
        ));
        assert!(matches!(due(now, -10), Err(Error::Retention { .. })));
        assert!(matches!(due(now, i16::MAX), Err(Error::Time(_))));
    }
}
