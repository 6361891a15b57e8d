//! A field with birth dates -> the dates.
//!
//! Lists write several dates into one field, with words around them: `Approximately 1963, 30/01/1972`,
//! `3.5.1977 (15.4.1974 for the alias)`, `1343 (Iranian Hijri calendar), 1964 or 1965 (Gregorian calendar)`. Whatever may
//! be a date and is not understood stays a date that is not read ([`BirthDate::unread`]): what is left out here would
//! make a conflict of a birth date that the list gives, and clear the party.

use tamis_model::{BirthDate, Entity};

/// What a field says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Births {
    /// Its dates, those that were not read last.
    pub dates: Vec<BirthDate>,
    /// Whether words stand beside them.
    pub words: bool,
    /// Whether letters number them: `a) 1964 b) 1965`.
    pub numbered: bool,
}

/// The dates of a field.
pub(crate) fn read(text: &str) -> Births {
    if says_nothing(text) {
        return Births::default();
    }
    let mut reading = Reading::default();
    reading.parts(text, 0);
    reading.finish(text)
}

/// Puts the dates of a field into an entry; gives back what is to be told of those that were not read. Words beside them
/// become a note.
pub(crate) fn put(what: &str, text: &str, entity: &mut Entity) -> Vec<String> {
    let found = read(text);
    let note = format!("{what}: {text}");
    if (found.words || found.dates.is_empty()) && !entity.notes.contains(&note) {
        entity.notes.push(note);
    }
    put_all(found.dates, entity)
}

/// The same without the note: `false` where anything but dates stands in the field.
pub(crate) fn put_dates(text: &str, entity: &mut Entity) -> (bool, Vec<String>) {
    let found = read(text);
    let whole = !found.words && !found.numbered && !found.dates.is_empty();
    (whole, put_all(found.dates, entity))
}

fn put_all(dates: Vec<BirthDate>, entity: &mut Entity) -> Vec<String> {
    let not_read = dates.iter().filter(|date| !date.is_read());
    let told = not_read.map(|date| not_read_text(&date.text)).collect();
    dates.into_iter().for_each(|date| put_one(date, entity));
    told
}

/// Puts a date that was not read into an entry; gives back what is to be told of it.
pub(crate) fn put_unread(text: &str, entity: &mut Entity) -> String {
    put_one(BirthDate::unread(text), entity);
    not_read_text(text)
}

fn put_one(date: BirthDate, entity: &mut Entity) {
    if !entity.birth_dates.contains(&date) {
        entity.birth_dates.push(date);
    }
}

fn not_read_text(text: &str) -> String {
    format!("birth date '{text}' is not understood; kept as written, and speaks against no match")
}

/// How deep a field may be parted: no field needs more, and what is deeper is not read.
const DEPTH: usize = 16;

/// More dates than any field has. One with more stays text.
const MOST: usize = 256;

#[derive(Default)]
struct Reading {
    dates: Vec<BirthDate>,
    /// Dates of another calendar.
    foreign: Vec<BirthDate>,
    /// Since which date a calendar may be named.
    since: usize,
    words: bool,
    numbered: bool,
}

impl Reading {
    fn parts(&mut self, text: &str, depth: usize) {
        if self.dates.len() > MOST {
            return;
        }
        if let Some(date) = date(text) {
            return self.dates.push(date);
        }
        match apart(text).filter(|_| depth < DEPTH) {
            Some(parts) => parts.into_iter().for_each(|part| self.parts(part, depth + 1)),
            None => self.leaf(text),
        }
    }

    /// Dates one behind another, and words behind them.
    fn leaf(&mut self, text: &str) {
        let mut rest = trimmed(text);
        while let Some((date, behind)) = first_date(rest).filter(|_| self.dates.len() <= MOST) {
            self.dates.push(date);
            rest = trimmed(behind);
        }
        if is_dated(rest) {
            self.dates.push(BirthDate::unread(rest));
        } else if rest.chars().count() == 1 {
            self.numbered = true;
        } else if !rest.is_empty() {
            self.words = true;
        }
        if is_doubt(rest) {
            self.dates
                .last_mut()
                .into_iter()
                .for_each(|date| date.circa = true);
        }
        self.calendar(text);
    }

    /// `(Hijri calendar)` speaks of the dates before it.
    fn calendar(&mut self, text: &str) {
        let lower = text.to_lowercase();
        let gregorian = lower.contains("gregorian");
        if OTHER_CALENDARS.iter().any(|word| lower.contains(word)) && !gregorian {
            let spoken_of = self.dates.split_off(self.since.min(self.dates.len()));
            // `19.4.1982, 24.6.1402 (Hijri)`: the first of them is none of that calendar.
            let told_apart = spoken_of.iter().any(|date| !date.is_read());
            let (ours, foreign) = spoken_of
                .into_iter()
                .partition(|date| told_apart && date.is_read());
            self.dates.extend::<Vec<BirthDate>>(ours);
            let foreign: Vec<BirthDate> = foreign;
            self.foreign
                .extend(foreign.iter().map(|date| BirthDate::unread(&date.text)));
            self.words = true;
        } else if !gregorian {
            return;
        }
        self.since = self.dates.len();
    }

    /// A date of another calendar beside one of ours is the same day once more.
    fn finish(mut self, text: &str) -> Births {
        if !self.dates.iter().any(BirthDate::is_read) {
            self.dates.append(&mut self.foreign);
        }
        if self.dates.is_empty() || self.dates.len() > MOST {
            self.dates = vec![BirthDate::unread(text)];
            self.words = false;
        }
        self.dates.sort_by_key(|date| !date.is_read());
        Births {
            dates: self.dates,
            words: self.words,
            numbered: self.numbered,
        }
    }
}

/// Words of calendars other than the Gregorian.
const OTHER_CALENDARS: [&str; 6] = ["calendar", "hijri", "hijra", "hegira", "shamsi", "jalali"];

/// The parts of a text that is no date: by what parts it most clearly. `None` where nothing does.
fn apart(text: &str) -> Option<Vec<&str>> {
    let lower = text.to_ascii_lowercase();
    if text.contains([';', '|', '(', ')', '\n']) {
        return Some(text.split([';', '|', '(', ')', '\n']).collect());
    }
    for word in [" or ", " and "] {
        if let Some(at) = lower.find(word) {
            let behind = text.get(at + word.len()..)?;
            return Some(vec![text.get(..at)?, behind]);
        }
    }
    if text.contains(',') {
        return Some(text.split(',').collect());
    }
    // `1.2.1994/6.3.2000` are two dates, `31/02/1970` is one that cannot be.
    let parts: Vec<&str> = text.split('/').collect();
    (parts.len() > 1 && parts.iter().all(|part| has_year_or_month(part))).then_some(parts)
}

fn has_year_or_month(text: &str) -> bool {
    let digits = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    words_of(text).any(|word| digits(word) || is_month(word))
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn trimmed(text: &str) -> &str {
    const AROUND: [char; 3] = [',', ':', '"'];
    let around = |c: char| c.is_whitespace() || AROUND.contains(&c);
    let text = text.trim_matches(around);
    // `25.7.1978 (or 23.3.1975)`
    text.strip_prefix("or ").unwrap_or(text).trim_start()
}

/// The longest date that the text begins with, and what is behind it.
fn first_date(text: &str) -> Option<(BirthDate, &str)> {
    // Longer runs of words are no date; and texts of many words are not tried in all lengths.
    const LONGEST: usize = 8;
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.chain([text.len()]).take(LONGEST).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let (head, behind) = text.split_at_checked(end)?;
        Some((date(head)?, behind))
    })
}

/// Whether a text that is no date may be one, or be part of one.
pub(crate) fn is_dated(text: &str) -> bool {
    text.chars().any(char::is_numeric) || words_of(text).any(is_month)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let short = |month: &str| word == "sept" || month.get(..3) == Some(word.as_str());
    MONTHS.contains(&word.as_str()) || MONTHS.iter().any(|month| short(month))
}

/// `(Approximately)`, `(presumed)`: what is before it is not certain.
fn is_doubt(text: &str) -> bool {
    const DOUBT: [&str; 8] = [
        "approximately",
        "approx",
        "approx.",
        "circa",
        "presumed",
        "probably",
        "possibly",
        "estimated",
    ];
    DOUBT.contains(&text.to_lowercase().as_str())
}

/// Whether a text says no more than that nothing is known: `N/D`, `00/00/0000`, `unknown`.
fn says_nothing(text: &str) -> bool {
    const NOTHING: [&str; 11] = [
        "n", "a", "d", "na", "nd", "dd", "mm", "yyyy", "unknown", "not", "known",
    ];
    let nought =
        |word: &str| word.chars().all(|c| c == '0') || NOTHING.contains(&word.to_lowercase().as_str());
    words_of(text).all(nought)
}

/// A text that is one date and nothing else: as [`BirthDate::parse`] reads them, `between 1968 and 1970`, `1960s`,
/// `probably 1973`, `11 Apr. 1963`.
pub(crate) fn date(text: &str) -> Option<BirthDate> {
    let text = trimmed(text);
    let joined = text.replace(". ", " ").replace("- ", "-").replace(" -", "-");
    let lower = joined.to_lowercase();
    let words = range_of(&lower).or_else(|| uncertain(&lower));
    let founded = ["established ", "born "]
        .iter()
        .find_map(|word| lower.strip_prefix(word));
    let read = words.as_deref().or(founded).unwrap_or(&joined);
    let mut date = BirthDate::parse(text).or_else(|| BirthDate::parse(read))?;
    text.clone_into(&mut date.text);
    Some(date)
}

fn uncertain(lower: &str) -> Option<String> {
    let vague = ["probably ", "possibly ", "on or around ", "around "];
    let date = vague.iter().find_map(|word| lower.strip_prefix(word));
    let date = date.or_else(|| lower.strip_suffix(" circa"))?;
    Some(format!("circa {date}"))
}

/// `between 1968 and 1970`, and `1960s`.
fn range_of(lower: &str) -> Option<String> {
    let between = lower.strip_prefix("between ");
    if let Some((from, to)) = between.and_then(|rest| rest.split_once(" and ")) {
        return Some(format!("{from} to {to}"));
    }
    let decade: u32 = lower.strip_suffix("0s")?.parse().ok()?;
    Some(format!("{decade}0 to {decade}9"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The dates in brief, `?text` for one that was not read; `+` where words stand beside.
    fn brief(text: &str) -> String {
        let found = read(text);
        let shown = |date: &BirthDate| {
            let circa = if date.circa { "~" } else { "" };
            match (date.is_read(), date.from == date.to) {
                (false, _) => format!("?{}", date.text),
                (true, true) => format!("{circa}{}", date.from),
                (true, false) => format!("{circa}{}/{}", date.from, date.to),
            }
        };
        let dates: Vec<String> = found.dates.iter().map(shown).collect();
        format!("{}{}", dates.join(" "), if found.words { " +" } else { "" })
    }

    #[test]
    fn every_date_of_a_field_is_read_or_said_to_be_unread() {
        let year = |year: u32| format!("{year}-01-01/{year}-12-31");
        for (text, expected) in [
            ("26.11.1972", "1972-11-26".to_owned()),
            ("7.8. 1978", "1978-08-07".to_owned()),
            ("11 Apr. 1963", "1963-04-11".to_owned()),
            ("November 9, 1966", "1966-11-09".to_owned()),
            ("1955- 1958", "1955-01-01/1958-12-31".to_owned()),
            ("between 1968 and 1970", "1968-01-01/1970-12-31".to_owned()),
            ("1960s", "1960-01-01/1969-12-31".to_owned()),
            ("Probably 1973", format!("~{}", year(1973))),
            ("1970 circa", format!("~{}", year(1970))),
            ("1980 (presumed)", format!("~{} +", year(1980))),
            ("established 2001", year(2001)),
            // Several.
            ("1979, 1980 or 1981", [1979, 1980, 1981].map(year).join(" ")),
            ("25.7.1978 (or 23.3.1975)", "1978-07-25 1975-03-23".to_owned()),
            ("15.4.1957, 22.2.1958", "1957-04-15 1958-02-22".to_owned()),
            ("06/10/1956 20/06/1956", "1956-10-06 1956-06-20".to_owned()),
            ("1.2.1994/6.3.2000", "1994-02-01 2000-03-06".to_owned()),
            ("1965-07-15 OR 1969-09-28", "1965-07-15 1969-09-28".to_owned()),
            ("a) 1964 b) 28.8.1962", format!("{} 1962-08-28", year(1964))),
            (
                "Approximately 1963, 30/01/1972,",
                format!("~{} 1972-01-30", year(1963)),
            ),
            (
                "3.5.1977 (15.4.1974 for the alias Mikhail Stepanov)",
                "1977-05-03 1974-04-15 +".to_owned(),
            ),
            ("20.8.1963 POB: Tokmak", "1963-08-20 +".to_owned()),
            // Another calendar, alone and beside ours.
            (
                "1343 (Iranian Hijri calendar), 1964 or 1965 (Gregorian calendar)",
                format!("{} {} +", year(1964), year(1965)),
            ),
            ("24/06/1402 (Hijri Calendar)", "?24/06/1402 +".to_owned()),
            ("1957 (Ethiopian calendar)", "?1957 +".to_owned()),
            ("19.4.1982, 24.6.1402 (Hijri Calendar)", "1982-04-19 +".to_owned()),
            // What is not understood.
            ("31/02/1970", "?31/02/1970".to_owned()),
            ("before 1964", "?before 1964".to_owned()),
            (
                "1964 (possibly: 21 April)",
                format!("{} ?possibly: 21 April", year(1964)),
            ),
            ("March/April 1965", "1965-04-01/1965-04-30 ?March".to_owned()),
            ("1964 or 65", format!("{} ?65", year(1964))),
            (
                "born in the early seventies",
                "?born in the early seventies".to_owned(),
            ),
            ("10 October (year unknown)", "?10 October +".to_owned()),
            ("۱۳۴۳", "?۱۳۴۳".to_owned()),
            // What says nothing.
            ("N/D", String::new()),
            ("00/00/0000", String::new()),
            ("dd/mm/yyyy", String::new()),
            ("", String::new()),
        ] {
            assert_eq!(brief(text), expected, "{text}");
        }
    }

    proptest! {
        /// No number is lost: where the dates that were read do not hold it, one that was not read does.
        #[test]
        fn what_has_a_number_beside_the_dates_has_a_date_that_is_not_read(
            year in 1900u32..2020, junk in 1u32..99, words in "[p-z ]{0,12}"
        ) {
            let found = read(&format!("{year}, {words} {junk} {words}"));
            let unread = found.dates.iter().any(|date| !date.is_read());
            let years: Vec<i16> = found.dates.iter().filter(|d| d.is_read()).map(|d| d.from.year()).collect();
            prop_assert!(unread || years.len() > 1, "{found:?}");
        }

        #[test]
        fn any_text_is_read_without_panic_and_without_losing_itself(text in "\\PC{0,60}") {
            let found = read(&text);
            prop_assert!(!found.dates.is_empty() || says_nothing(&text), "{text}");
        }
    }
}
