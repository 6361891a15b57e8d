//! Business days of the U.S. federal government, in which reports to OFAC are due.
//!
//! Holidays are those of 5 U.S.C. 6103(a). One that falls on a Saturday is kept on the Friday before, one on a Sunday on the Monday
//! after (6103(b) and Executive Order 11582). Inauguration Day (6103(c)) is a holiday in and around Washington only and is
//! not counted, nor are days on which offices close by order of the President: a deadline reckoned without them is never too late.

use crate::Error;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A legal public holiday: how its day is found.
#[derive(Clone, Copy)]
enum Rule {
    /// A day of a month.
    Fixed(i8, i8),
    /// The n-th such weekday of a month, from the end where it is negative.
    Nth(i8, i8, Weekday),
}

/// The holidays: name, the first year in which it is one under the law in force, rule.
const HOLIDAYS: [(&str, i16, Rule); 11] = [
    ("New Year's Day", 1971, Rule::Fixed(1, 1)),
    (
        "Birthday of Martin Luther King, Jr.",
        1986,
        Rule::Nth(1, 3, Weekday::Monday),
    ),
    ("Washington's Birthday", 1971, Rule::Nth(2, 3, Weekday::Monday)),
    ("Memorial Day", 1971, Rule::Nth(5, -1, Weekday::Monday)),
    ("Juneteenth National Independence Day", 2021, Rule::Fixed(6, 19)),
    ("Independence Day", 1971, Rule::Fixed(7, 4)),
    ("Labor Day", 1971, Rule::Nth(9, 1, Weekday::Monday)),
    ("Columbus Day", 1971, Rule::Nth(10, 2, Weekday::Monday)),
    ("Veterans Day", 1978, Rule::Fixed(11, 11)),
    ("Thanksgiving Day", 1971, Rule::Nth(11, 4, Weekday::Thursday)),
    ("Christmas Day", 1971, Rule::Fixed(12, 25)),
];

impl Rule {
    /// The day of the holiday itself in `year`.
    fn day(self, year: i16) -> Option<Date> {
        match self {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
            Rule::Nth(month, nth, weekday) => {
                let first = Date::new(year, month, 1).ok()?;
                first.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }
}

/// The day on which a holiday is kept.
fn kept(day: Date) -> Option<Date> {
    match day.weekday() {
        Weekday::Saturday => day.yesterday().ok(),
        Weekday::Sunday => day.tomorrow().ok(),
        _ => Some(day),
    }
}

/// The federal holiday that is kept on `day`, by name.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use tamis_review::business_day::holiday;
/// assert_eq!(holiday(date(2026, 7, 3)), Some("Independence Day")); // 4 July 2026 is a Saturday
/// assert_eq!(holiday(date(2021, 12, 31)), Some("New Year's Day")); // so is 1 January 2022
/// assert_eq!(holiday(date(2026, 7, 4)), None);
/// ```
pub fn holiday(day: Date) -> Option<&'static str> {
    // New Year's Day may be kept in the year before.
    let years = [Some(day.year()), day.year().checked_add(1)];
    let kept_on =
        |year: i16, since: i16, rule: Rule| (year >= since).then(|| rule.day(year).and_then(kept)).flatten();
    HOLIDAYS
        .iter()
        .find(|(_, since, rule)| {
            years
                .iter()
                .flatten()
                .any(|year| kept_on(*year, *since, *rule) == Some(day))
        })
        .map(|(name, ..)| *name)
}

/// Whether federal offices work on `day`.
pub fn is_business_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none()
}

/// The `days`-th business day after `day`, which itself is not counted.
///
/// # Errors
/// [`Error::Calendar`] where the calendar ends first (the year 9999).
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use tamis_review::business_day::after;
/// // Blocked on the day of the designation: Juneteenth is past, Independence Day lies between.
/// assert_eq!(after(date(2024, 6, 21), 10)?, date(2024, 7, 8));
/// # Ok::<(), tamis_review::Error>(())
/// ```
pub fn after(day: Date, days: u32) -> Result<Date, Error> {
    let mut day = day;
    let mut left = days;
    while left > 0 {
        day = day.checked_add(1.day()).map_err(|_| Error::Calendar)?;
        left -= u32::from(is_business_day(day));
    }
    Ok(day)
}

/// Business days after `from`, up to and with `to`; none where `to` is not later.
pub fn between(from: Date, to: Date) -> u32 {
    let mut day = from;
    let mut count = 0;
    while day < to {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        count += u32::from(is_business_day(day));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Days as published for federal employees, year by year; weekdays counted in a printed calendar.
    #[test]
    fn holidays_of_seven_years() {
        let kept: [(i16, [(i8, i8); 11]); 7] = [
            (
                2024,
                [
                    (1, 1),
                    (1, 15),
                    (2, 19),
                    (5, 27),
                    (6, 19),
                    (7, 4),
                    (9, 2),
                    (10, 14),
                    (11, 11),
                    (11, 28),
                    (12, 25),
                ],
            ),
            (
                2025,
                [
                    (1, 1),
                    (1, 20),
                    (2, 17),
                    (5, 26),
                    (6, 19),
                    (7, 4),
                    (9, 1),
                    (10, 13),
                    (11, 11),
                    (11, 27),
                    (12, 25),
                ],
            ),
            (
                2026,
                [
                    (1, 1),
                    (1, 19),
                    (2, 16),
                    (5, 25),
                    (6, 19),
                    (7, 3),
                    (9, 7),
                    (10, 12),
                    (11, 11),
                    (11, 26),
                    (12, 25),
                ],
            ),
            (
                2027,
                [
                    (1, 1),
                    (1, 18),
                    (2, 15),
                    (5, 31),
                    (6, 18),
                    (7, 5),
                    (9, 6),
                    (10, 11),
                    (11, 11),
                    (11, 25),
                    (12, 24),
                ],
            ),
            (
                2028,
                [
                    (12, 31),
                    (1, 17),
                    (2, 21),
                    (5, 29),
                    (6, 19),
                    (7, 4),
                    (9, 4),
                    (10, 9),
                    (11, 10),
                    (11, 23),
                    (12, 25),
                ],
            ),
            (
                2029,
                [
                    (1, 1),
                    (1, 15),
                    (2, 19),
                    (5, 28),
                    (6, 19),
                    (7, 4),
                    (9, 3),
                    (10, 8),
                    (11, 12),
                    (11, 22),
                    (12, 25),
                ],
            ),
            (
                2030,
                [
                    (1, 1),
                    (1, 21),
                    (2, 18),
                    (5, 27),
                    (6, 19),
                    (7, 4),
                    (9, 2),
                    (10, 14),
                    (11, 11),
                    (11, 28),
                    (12, 25),
                ],
            ),
        ];
        for (year, days) in kept {
            for (month, day) in days {
                // 1 January 2028 is a Saturday and is kept in 2027.
                let in_year = if (year, month) == (2028, 12) && day == 31 {
                    2027
                } else {
                    year
                };
                let day = date(in_year, month, day);
                assert!(holiday(day).is_some(), "{day}");
                assert!(!is_business_day(day), "{day}");
            }
            let count = days_of(year).filter(|day| holiday(*day).is_some()).count();
            let expected = match year {
                2027 => 12,
                2028 => 10,
                _ => 11,
            };
            assert_eq!(count, expected, "{year}");
        }
    }

    fn days_of(year: i16) -> impl Iterator<Item = Date> {
        date(year, 1, 1)
            .series(1.day())
            .take_while(move |day| day.year() == year)
    }

    #[test]
    fn deadlines() {
        for (from, days, due) in [
            (date(2024, 6, 21), 10, date(2024, 7, 8)),
            (date(2024, 12, 20), 10, date(2025, 1, 7)),
            (date(2025, 11, 20), 10, date(2025, 12, 5)),
            (date(2026, 11, 29), 10, date(2026, 12, 11)),
            (date(2027, 12, 23), 1, date(2027, 12, 27)),
            (date(2026, 11, 29), 0, date(2026, 11, 29)),
        ] {
            assert_eq!(after(from, days), Ok(due), "{days} after {from}");
        }
        assert_eq!(after(Date::MAX, 1), Err(Error::Calendar));
        assert_eq!(
            holiday(date(2020, 6, 19)),
            None,
            "Juneteenth is a holiday since 2021"
        );
    }

    proptest! {
        #[test]
        fn counting_back_gives_the_same(offset in 0i64..20_000, days in 0u32..60) {
            let from = date(1980, 1, 1).checked_add(offset.days()).unwrap();
            let due = after(from, days).unwrap();
            prop_assert_eq!(between(from, due), days);
            prop_assert!(days == 0 || is_business_day(due));
        }
    }
}
