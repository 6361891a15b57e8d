//! What is owed, to whom and by when, if an alert turns out to be true.

use crate::{Error, business_day};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

/// Business days for a report to OFAC of blocked property (31 CFR 501.603) or of a rejected transaction (501.604).
pub const OFAC_DAYS: u32 = 10;

/// The day on which a deadline begins that a moment sets off: the earliest that any clock on Earth showed at that moment (UTC−12), so
/// that the deadline is never too late, wherever the moment was. In the evening of the Americas the day of UTC is the next one.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// let monday_evening_in_new_york = "2026-11-23T20:30:00-05:00".parse()?;
/// assert_eq!(tamis_review::earliest_day(monday_evening_in_new_york), date(2026, 11, 23));
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn earliest_day(at: Timestamp) -> Date {
    TimeZone::fixed(Offset::constant(-12)).to_datetime(at).date()
}

/// A report that a true match owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// To whom.
    pub to: &'static str,
    /// What, by what law.
    pub what: &'static str,
    /// The last day; `None` where the law names no number of days, and none is invented.
    pub due: Option<Date>,
}

/// What is owed for what was blocked or rejected on `day`, where the party's property is frozen under the regimes `frozen` (`us`, `uk`,
/// …). Only a freeze of assets gives rise to a report; who bans dealings or asks for a licence is told nothing by law.
///
/// # Errors
/// [`Error::Calendar`] at its end.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// let duties = tamis_review::duties(date(2026, 11, 23), &["us"])?;
/// assert_eq!(duties[0].due, Some(date(2026, 12, 8))); // Thanksgiving lies between
/// # Ok::<(), tamis_review::Error>(())
/// ```
pub fn duties(day: Date, frozen: &[impl AsRef<str>]) -> Result<Vec<Duty>, Error> {
    let freezes = |regime: &str| frozen.iter().any(|one| one.as_ref() == regime);
    let mut duties = Vec::new();
    if freezes("us") {
        duties.push(Duty {
            to: "OFAC",
            what: "report of blocked property (31 CFR 501.603) or of a rejected transaction (501.604), within 10 business days",
            due: Some(business_day::after(day, OFAC_DAYS)?),
        });
    }
    if freezes("uk") {
        duties.push(Duty {
            to: "OFSI",
            what: "report of a designated person and of the funds held, as soon as practicable",
            due: None,
        });
    }
    if freezes("eu") {
        duties.push(Duty {
            to: "the national competent authority",
            what: "information on frozen funds, when the regulation in question says",
            due: None,
        });
    }
    Ok(duties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn no_deadline_is_later_than_that_of_the_place_where_it_happened() {
        for hour in 0..24 * 14 {
            let at = Timestamp::from_second(1_796_000_000 + hour * 3_600).unwrap();
            for offset in -12..=14 {
                let there = TimeZone::fixed(Offset::constant(offset)).to_datetime(at).date();
                let due = |day| business_day::after(day, OFAC_DAYS).unwrap();
                assert!(due(earliest_day(at)) <= due(there), "{at} at {offset}");
            }
        }
    }

    #[test]
    fn only_the_united_states_count_days() {
        let cases: [(&str, Option<Option<Date>>); 4] = [
            ("us", Some(Some(date(2026, 1, 5)))),
            ("uk", Some(None)),
            ("eu", Some(None)),
            ("ua", None),
        ];
        for (regime, expected) in cases {
            // Christmas on a Thursday, and New Year's Day, lie between.
            let found = duties(date(2025, 12, 18), &[regime]).unwrap();
            assert_eq!(found.first().map(|duty| duty.due), expected, "{regime}");
        }
        assert_eq!(duties(date(2025, 12, 18), &[] as &[&str]), Ok(Vec::new()));
    }
}
