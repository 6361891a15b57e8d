use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Nobody who is screened was born before this year: a date before it is another number, a slip, or of another calendar.
pub const EARLIEST_BIRTH_YEAR: i16 = 1850;

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Between two dates.
    Range,
    /// Not at all: there is a date, and its text was not read whole, or is of another calendar.
    Unread,
}

/// A birth date as lists and customers give it: a day, a month, a year, a range, or "circa" one of these.
///
/// # Example
/// ```
/// use tamis_model::{BirthDate, DateAgreement, Precision};
/// let listed = BirthDate::parse("circa 1966").unwrap();
/// assert_eq!(listed.precision, Precision::Year);
/// let born = BirthDate::parse("1967-03-27").unwrap();
/// assert_eq!(born.compare(&listed), DateAgreement::Near);
/// assert_eq!(born.compare(&BirthDate::parse("27 Mar 1967").unwrap()), DateAgreement::SameDay);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthDate {
    /// The earliest day it can be.
    pub from: Date,
    /// The latest day it can be.
    pub to: Date,
    /// How exactly it is known.
    pub precision: Precision,
    /// Whether the source says "circa" or "approximately".
    #[serde(default)]
    pub circa: bool,
    /// The text as written.
    pub text: String,
}

/// How two birth dates compare, from the same to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateAgreement {
    /// The same day.
    SameDay,
    /// One is known to the month only, and it is the same.
    SameMonth,
    /// Day and month exchanged, as between `06/05/1970` and `05/06/1970`.
    Swapped,
    /// A slip apart: the next day, month or year with the rest equal, one digit, or two digits exchanged.
    Slip,
    /// One is known to the year only, and it is the same. The first of January counts as such a date.
    SameYear,
    /// They can be the same or nearly so: a range, a "circa" up to two years off, or years next to each other.
    Near,
    /// One of them was not read, so that nothing speaks for or against them.
    Unread,
    /// Two days or months of one year that no slip explains.
    OtherDay,
    /// They cannot be the same.
    Different,
}

/// Years either way that a date given as "circa" may be off.
const CIRCA_YEARS: i16 = 2;

/// Years that can be meant. What is outside is another number in the wrong column, or a year of another calendar:
/// Hijri years are about 1300 to 1450, Buddhist ones about 2400 to 2600.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

impl BirthDate {
    /// A date known to the day.
    pub fn day(date: Date) -> BirthDate {
        BirthDate {
            from: date,
            to: date,
            precision: Precision::Day,
            circa: false,
            text: date.to_string(),
        }
    }

    /// A date of which the text alone is known. It can be any day, so that it never speaks against a match.
    pub fn unread(text: &str) -> BirthDate {
        BirthDate {
            from: jiff::civil::date(1, 1, 1),
            to: jiff::civil::date(9999, 12, 31),
            precision: Precision::Unread,
            circa: false,
            text: text.trim().to_owned(),
        }
    }

    /// Whether it was read.
    pub fn is_read(&self) -> bool {
        self.precision != Precision::Unread
    }

    /// Whether somebody who is screened on `today` can have this birth date: not in the future, and not before 1850.
    ///
    /// # Example
    /// ```
    /// use jiff::civil::date;
    /// use tamis_model::BirthDate;
    /// let can_be = |text| BirthDate::parse(text).is_some_and(|born| born.can_be(date(2026, 8, 1)));
    /// assert!(can_be("1966-11-09"));
    /// assert!(!can_be("1843") && !can_be("2066-11-09"));
    /// ```
    pub fn can_be(&self, today: Date) -> bool {
        self.to.year() >= EARLIEST_BIRTH_YEAR && self.from <= today
    }

    /// Compares two dates, in either order.
    pub fn compare(&self, other: &BirthDate) -> DateAgreement {
        if !self.is_read() || !other.is_read() {
            return DateAgreement::Unread;
        }
        let days = self.is_day() && other.is_day();
        if let Some(agreement) = compare_days(self.from, other.from).filter(|_| days) {
            return agreement;
        }
        let (one, two) = (self.as_known(), other.as_known());
        let overlap = one.from <= two.to && two.from <= one.to;
        let plain = [one, two]
            .iter()
            .all(|d| d.precision != Precision::Range && !d.circa);
        let months = [one, two].iter().all(|d| d.precision != Precision::Year);
        match overlap {
            true if plain && months => DateAgreement::SameMonth,
            true if plain => DateAgreement::SameYear,
            true => DateAgreement::Near,
            false if one.is_within(&two) => DateAgreement::Near,
            false if one.from.year() == two.from.year() => DateAgreement::OtherDay,
            false => DateAgreement::Different,
        }
    }

    fn is_day(&self) -> bool {
        self.precision == Precision::Day && !self.circa
    }

    /// What is really known. Where only the year is, lists and banks write its first day.
    fn as_known(&self) -> Span {
        let first = self.is_day() && self.from.day_of_year() == 1;
        Span {
            from: self.from,
            to: if first { self.from.last_of_year() } else { self.to },
            precision: if first { Precision::Year } else { self.precision },
            circa: self.circa,
        }
    }

    /// Reads a date as lists and customers write it: `1966-11-09`, `09 Nov 1966`, `09/11/1966` and
    /// `09.11.1966` (day first unless the second number is above 12), `19661109`, `Nov 1966`, `1966-11`,
    /// `1966`, `1951 to 1953`, `1951-1953`, each also after `circa`, `approximately`, `about` or `~`.
    ///
    /// `None` when the text is not a date, the date does not exist, or its year is none of 1800 to 2200.
    pub fn parse(text: &str) -> Option<BirthDate> {
        let trimmed = text.trim().trim_end_matches('.');
        let (circa, core) = strip_circa(trimmed);
        let (from, to, precision) = parse_core(core)?;
        (from <= to).then(|| BirthDate {
            from,
            to,
            precision,
            circa,
            text: text.trim().to_owned(),
        })
    }
}

/// A birth date as far as it is known.
#[derive(Clone, Copy)]
struct Span {
    from: Date,
    to: Date,
    precision: Precision,
    circa: bool,
}

impl Span {
    /// Whether two dates that do not overlap are so near that they can be meant for one. Days are compared as days.
    fn is_within(&self, other: &Span) -> bool {
        let (early, late) = if self.to < other.from {
            (self, other)
        } else {
            (other, self)
        };
        let apart = late.from.year() - early.to.year();
        let circa = self.circa || other.circa;
        let vague = |span: &Span| matches!(span.precision, Precision::Year | Precision::Range);
        apart <= CIRCA_YEARS && circa || apart <= 1 && (vague(self) || vague(other))
    }
}

/// Two days, where they are the same, or a slip apart.
fn compare_days(one: Date, two: Date) -> Option<DateAgreement> {
    if one == two {
        return Some(DateAgreement::SameDay);
    }
    let swapped = one.year() == two.year() && (one.month(), one.day()) == (two.day(), two.month());
    if swapped {
        return Some(DateAgreement::Swapped);
    }
    let next_day = one.tomorrow().ok() == Some(two) || two.tomorrow().ok() == Some(one);
    let next_month =
        one.year() == two.year() && one.day() == two.day() && one.month().abs_diff(two.month()) == 1;
    let next_year =
        (one.month(), one.day()) == (two.month(), two.day()) && one.year().abs_diff(two.year()) == 1;
    (next_day || next_month || next_year || mistyped(one, two)).then_some(DateAgreement::Slip)
}

/// One digit of the day, the month or the year is another, or two neighbouring digits change places.
fn mistyped(one: Date, two: Date) -> bool {
    let (one, two) = (one.to_string().into_bytes(), two.to_string().into_bytes());
    let pairs = one.iter().zip(&two).enumerate();
    let differ: Vec<usize> = pairs.filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    match *differ {
        [_] => true,
        [at, next] => next == at + 1 && one.get(at) == two.get(next) && one.get(next) == two.get(at),
        _ => false,
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn strip_circa(text: &str) -> (bool, &str) {
    let lower = text.to_lowercase();
    for word in [
        "circa ",
        "circa",
        "approximately ",
        "approx. ",
        "approx ",
        "about ",
        "c. ",
        "ca. ",
        "ca ",
        "~",
    ] {
        if lower.starts_with(word) && lower.len() == text.len() {
            return (true, text.get(word.len()..).unwrap_or_default().trim());
        }
    }
    (false, text)
}

fn parse_core(text: &str) -> Option<(Date, Date, Precision)> {
    if let Some((from, to)) = split_range(text) {
        let (from, _, _) = parse_core(from)?;
        let (_, to, _) = parse_core(to)?;
        return Some((from, to, Precision::Range));
    }
    if let Some(date) = parse_day(text) {
        return Some((date, date, Precision::Day));
    }
    let (year, month) = parse_month(text).filter(|(year, _)| YEARS.contains(year))?;
    match month {
        Some(month) => {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month(), Precision::Month))
        }
        None => Some((
            Date::new(year, 1, 1).ok()?,
            Date::new(year, 12, 31).ok()?,
            Precision::Year,
        )),
    }
}

fn split_range(text: &str) -> Option<(&str, &str)> {
    if let Some(halves) = text.split_once(" to ") {
        return Some((halves.0.trim(), halves.1.trim()));
    }
    let (from, to) = text.split_once(['-', '–', '/'])?;
    let is_year = |s: &str| s.trim().len() == 4 && s.trim().bytes().all(|b| b.is_ascii_digit());
    (is_year(from) && is_year(to)).then(|| (from.trim(), to.trim()))
}

fn parse_day(text: &str) -> Option<Date> {
    // A time of day after the date says nothing about the birth date.
    let text = match text.split_once(['T', ' ']) {
        Some((date, time)) if date.len() >= 8 && is_time(time) => date,
        _ => text,
    };
    let fields: Vec<&str> = text
        .split(|c: char| c == '-' || c == '/' || c == '.' || c == ',' || c.is_whitespace())
        .filter(|field| !field.is_empty())
        .collect();
    match fields.as_slice() {
        [whole] if whole.len() == 8 => {
            let number = |range| whole.get(range).and_then(digits);
            date(number(0..4)?, number(4..6)?, number(6..8)?)
        }
        [first, second, third] => match (month_of(first), month_of(second)) {
            (Some(month), _) => date(digits(third)?, month, digits(second)?),
            (_, Some(month)) if first.len() == 4 => date(digits(first)?, month, digits(third)?),
            (_, Some(month)) => date(digits(third)?, month, digits(first)?),
            _ if first.len() == 4 => date(digits(first)?, digits(second)?, digits(third)?),
            _ if third.len() == 4 => {
                let (one, two) = (digits(first)?, digits(second)?);
                let (day, month) = if two > 12 { (two, one) } else { (one, two) };
                date(digits(third)?, month, day)
            }
            _ => None,
        },
        _ => None,
    }
}

/// `00:00:00`, `10:30:00.000Z`, `9:30 AM`: whatever else is behind a date may be another one.
fn is_time(text: &str) -> bool {
    text.contains(':')
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || b":.+- ZAPM".contains(&b))
}

fn parse_month(text: &str) -> Option<(i16, Option<i8>)> {
    let fields: Vec<&str> = text
        .split(|c: char| c == '-' || c == '/' || c == '.' || c.is_whitespace())
        .filter(|f| !f.is_empty())
        .collect();
    match fields.as_slice() {
        [year] if year.len() == 4 => Some((digits(year)?, None)),
        [month, year] if year.len() == 4 => {
            let month = month_of(month).or_else(|| digits(month))?;
            Some((digits(year)?, Some(i8::try_from(month).ok()?)))
        }
        [year, month] if year.len() == 4 => Some((digits(year)?, Some(i8::try_from(digits(month)?).ok()?))),
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let known = YEARS.contains(&year);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|_| known)
}

fn digits(text: &str) -> Option<i16> {
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())?
}

fn month_of(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, String, Precision, bool) {
        let date = BirthDate::parse(text).unwrap_or_else(|| panic!("'{text}' is a date"));
        (
            date.from.to_string(),
            date.to.to_string(),
            date.precision,
            date.circa,
        )
    }

    #[test]
    fn reads_every_way_of_writing_a_day() {
        for text in [
            "1966-11-09",
            "09 Nov 1966",
            "9 November 1966",
            "09/11/1966",
            "09.11.1966",
            "1966/11/09",
            "19661109",
            "November 9, 1966",
            "1966-11-09T00:00:00",
            "1966-11-09 00:00:00",
            "1966 Nov 09",
            "09-Nov-1966",
        ] {
            assert_eq!(
                parsed(text),
                ("1966-11-09".into(), "1966-11-09".into(), Precision::Day, false),
                "{text}"
            );
        }
        assert_eq!(
            parsed("11/29/1966").0,
            "1966-11-29",
            "the second number cannot be a month"
        );
    }

    #[test]
    fn reads_months_years_ranges_and_circa() {
        assert_eq!(
            parsed("Nov 1966"),
            ("1966-11-01".into(), "1966-11-30".into(), Precision::Month, false)
        );
        assert_eq!(
            parsed("1966-11"),
            ("1966-11-01".into(), "1966-11-30".into(), Precision::Month, false)
        );
        assert_eq!(
            parsed("1966"),
            ("1966-01-01".into(), "1966-12-31".into(), Precision::Year, false)
        );
        assert_eq!(
            parsed("1951 to 1953"),
            ("1951-01-01".into(), "1953-12-31".into(), Precision::Range, false)
        );
        assert_eq!(
            parsed("1951-1953"),
            ("1951-01-01".into(), "1953-12-31".into(), Precision::Range, false)
        );
        assert_eq!(
            parsed("28 Jul 1955 to 30 Jul 1955"),
            ("1955-07-28".into(), "1955-07-30".into(), Precision::Range, false)
        );
        assert_eq!(
            parsed("circa 1951"),
            ("1951-01-01".into(), "1951-12-31".into(), Precision::Year, true)
        );
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "unknown",
            "31 Feb 1970",
            "1970-13-01",
            "0000-00-00",
            "12",
            "1953 to 1951",
            "13/13/1970",
            "1343",
            "1343-05",
            "20.8.1963 POB: Tokmak",
            "1343 to 1345",
            "2509",
            "é",
            "circa",
        ] {
            assert_eq!(BirthDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_that_was_not_read_agrees_and_conflicts_with_nothing() {
        let (unread, born) = (
            BirthDate::unread(" 1343 (Iranian) "),
            BirthDate::parse("1964").unwrap(),
        );
        assert_eq!(unread.text, "1343 (Iranian)");
        for (one, two) in [(&unread, &born), (&born, &unread), (&unread, &unread)] {
            assert_eq!(one.compare(two), DateAgreement::Unread);
        }
        assert!(
            DateAgreement::Near < DateAgreement::Unread && DateAgreement::Unread < DateAgreement::OtherDay
        );
    }

    #[test]
    fn compares_as_documented() {
        use DateAgreement::{Different, Near, OtherDay, SameDay, SameMonth, SameYear, Slip, Swapped};
        let cases = [
            ("1966-11-09", "09 Nov 1966", SameDay),
            ("1966-11-09", "Nov 1966", SameMonth),
            ("Nov 1966", "1966-11", SameMonth),
            ("1966-11-09", "1966", SameYear),
            ("1966", "1966", SameYear),
            ("1966-11-09", "1966-01-01", SameYear),
            ("1966-01-01", "1966-01-01", SameDay),
            ("1966-11-09", "1967-01-01", Near),
            ("1966-11-09", "1966-09-11", Swapped),
            ("1966-11-09", "1967-11-09", Slip),
            ("1966-11-09", "1966-11-10", Slip),
            ("1966-10-31", "1966-11-01", Slip),
            ("1966-11-09", "1966-10-09", Slip),
            ("1966-11-09", "1986-11-09", Slip),
            ("1966-11-09", "1966-11-29", Slip),
            ("1966-11-12", "1966-11-21", Slip),
            ("1967-11-09", "1976-11-09", Slip),
            ("1966-11-09", "1967", Near),
            ("1966", "1967", Near),
            ("1952", "1951 to 1953", Near),
            ("1952-04-05", "1951 to 1953", Near),
            ("1954-04-05", "1951 to 1953", Near),
            ("1955-04-05", "1951 to 1953", Different),
            ("1966-11-09", "circa 1966", Near),
            ("1966-11-09", "circa 1968", Near),
            ("1962", "circa 1960", Near),
            ("1966-11-09", "circa 1969", Different),
            ("1966-11-09", "1968", Different),
            ("1966-11-09", "Dec 1966", OtherDay),
            ("1966-11-09", "1966-11-11", OtherDay),
            ("1966-11-09", "1966-10-10", OtherDay),
            ("1966-11-09", "1967-11-10", Different),
        ];
        for (one, two, expected) in cases {
            let (a, b) = (BirthDate::parse(one).unwrap(), BirthDate::parse(two).unwrap());
            assert_eq!(a.compare(&b), expected, "{one} / {two}");
            assert_eq!(b.compare(&a), expected, "{two} / {one}");
        }
    }
}
