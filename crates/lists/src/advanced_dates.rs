//! The dates of OFAC's advanced XML, as OFAC's other forms write them.

use crate::xml::Node;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A `DatePeriod` in words: `04 Mar 1962`, `Mar 1962`, `1962`, `1962 to 1964`, each also after `circa`.
///
/// The period begins with the start's earliest day and ends with the end's latest. `None` when its days are none.
pub(crate) fn period(node: &Node) -> Option<String> {
    let bound = |name, which| {
        node.child(name)
            .and_then(|bound| bound.child(which))
            .and_then(day)
    };
    let from = bound("Start", "From").or_else(|| bound("Start", "To"));
    let to = bound("End", "To").or_else(|| bound("End", "From"));
    let last = to.or_else(|| bound("Start", "To"));
    let (from, to) = (from.or(to)?, last.or(from)?);
    let is_circa = |name| node.child(name).and_then(|bound| bound.attribute("Approximate"));
    let circa = ["Start", "End"]
        .into_iter()
        .filter_map(is_circa)
        .any(|word| word == "true");
    Some(format!(
        "{}{}",
        if circa { "circa " } else { "" },
        words(from, to)
    ))
}

fn words(from: Partial, to: Partial) -> String {
    let (first, last) = (from.first(), to.last());
    match () {
        () if first == last => written(first),
        () if first.year() != last.year() && whole_years(first, last) => {
            format!("{} to {}", first.year(), last.year())
        }
        () if whole_years(first, last) => first.year().to_string(),
        () if first.first_of_month() == first && first.last_of_month() == last => month(first),
        () => format!("{} to {}", written(first), written(last)),
    }
}

fn whole_years(first: Date, last: Date) -> bool {
    first.first_of_year() == first && last.last_of_year() == last
}

/// `04 Mar 1962`.
pub(crate) fn written(day: Date) -> String {
    format!("{:02} {}", day.day(), month(day))
}

fn month(day: Date) -> String {
    let at = usize::try_from(day.month() - 1).unwrap_or_default();
    let name = MONTHS.get(at).copied().unwrap_or_default();
    format!("{name} {}", day.year())
}

/// A day whose month and day may be missing.
#[derive(Clone, Copy)]
struct Partial {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Partial {
    /// Its earliest day. `day` has made sure that there is one.
    fn first(self) -> Date {
        let day = Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        day.unwrap_or(Date::ZERO)
    }

    fn last(self) -> Date {
        match (self.month, self.day) {
            (None, _) => self.first().last_of_year(),
            (Some(_), None) => self.first().last_of_month(),
            _ => self.first(),
        }
    }
}

fn day(node: &Node) -> Option<Partial> {
    let partial = Partial {
        year: node.get("Year")?.parse().ok()?,
        month: optional(node, "Month")?,
        day: optional(node, "Day")?,
    };
    let date = Date::new(partial.year, partial.month.unwrap_or(1), partial.day.unwrap_or(1));
    date.is_ok().then_some(partial)
}

/// A number that may be missing; the outer `None` is one that cannot be read.
fn optional(node: &Node, name: &str) -> Option<Option<i8>> {
    match node.get(name) {
        None => Some(None),
        Some(text) => text.parse().ok().map(Some),
    }
}

/// A whole day: `Year`, `Month` and `Day` of `DateOfIssue` and of an event.
pub(crate) fn whole_day(node: &Node) -> Option<Date> {
    let partial = day(node)?;
    Date::new(partial.year, partial.month?, partial.day?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str, children: Vec<Node>) -> Node {
        Node {
            name: name.into(),
            children,
            ..Node::default()
        }
    }

    fn point(name: &str, date: &str) -> Node {
        let names = ["Year", "Month", "Day"].into_iter();
        let parts = names.zip(date.split('-')).map(|(name, text)| Node {
            name: name.into(),
            text: text.into(),
            ..Node::default()
        });
        node(name, parts.collect())
    }

    fn read(start: &[&str], end: &[&str]) -> Option<String> {
        let bound = |name, days: &[&str]| {
            let points = ["From", "To"].into_iter().zip(days);
            node(name, points.map(|(name, day)| point(name, day)).collect())
        };
        period(&node(
            "DatePeriod",
            vec![bound("Start", start), bound("End", end)],
        ))
    }

    #[test]
    fn periods_are_days_months_years_or_ranges() {
        let cases: [(&[&str], &[&str], Option<&str>); 9] = [
            (
                &["1962-3-4", "1962-3-4"],
                &["1962-3-4", "1962-3-4"],
                Some("04 Mar 1962"),
            ),
            (
                &["1962-3-1", "1962-3-1"],
                &["1962-3-31", "1962-3-31"],
                Some("Mar 1962"),
            ),
            (
                &["1962-1-1", "1962-1-1"],
                &["1962-12-31", "1962-12-31"],
                Some("1962"),
            ),
            (&["1962-1-1"], &["1964-12-31"], Some("1962 to 1964")),
            (&["1962-3-4"], &["1962-3-9"], Some("04 Mar 1962 to 09 Mar 1962")),
            (&["1962", "1962"], &[], Some("1962")),
            (&["1962-3"], &[], Some("Mar 1962")),
            (&["1962-2-30"], &[], None),
            (&[], &[], None),
        ];
        for (start, end, expected) in cases {
            assert_eq!(read(start, end).as_deref(), expected, "{start:?} {end:?}");
        }
    }
}
