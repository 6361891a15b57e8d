//! What a new version of a list must stand up to before it takes the place of the last copy.

use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use tamis::model::ListMeta;

/// How many of a hundred entries or names a list may lose at once: enough for a day of delistings, and less
/// than a file that is cut off, or one without its aliases, loses.
pub const MOST_SHRINK: u8 = 5;

/// What is known of the last copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The day on which it was published.
    pub published: Option<Date>,
    /// Its entries.
    pub entries: usize,
    /// Their names.
    pub names: usize,
    /// How many entries each measure has; empty where nobody knows.
    pub measures: BTreeMap<String, usize>,
}

impl Past {
    /// Of a list that is there.
    pub fn of(list: &ListMeta) -> Past {
        Past {
            published: list.published,
            entries: list.counts.entities,
            names: list.counts.names,
            measures: list.counts.measures.clone(),
        }
    }
}

/// What is let through on purpose, and how much without.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// The list's name, for the remedy.
    pub list: &'a str,
    /// How many of a hundred entries or names the list may lose.
    pub most_shrink: u8,
    /// Whether it may lose any number.
    pub accept_shrink: bool,
    /// Whether it may be older than the last copy.
    pub accept_older: bool,
    /// Today.
    pub today: Date,
}

/// Why `new` is not taken, with what to do about it.
pub fn check(new: &Past, old: Option<&Past>, limits: Limits<'_>) -> Result<(), String> {
    future(new, limits)?;
    let Some(old) = old else { return Ok(()) };
    older(new, old, limits)?;
    shrunken("entries", new.entries, old.entries, limits)?;
    shrunken("names", new.names, old.names, limits)?;
    measures(new, old, limits)
}

/// A list of many lists can lose one of them whole and be hardly smaller. One entry less is nothing of the kind, unless it was
/// the last one.
fn measures(new: &Past, old: &Past, limits: Limits<'_>) -> Result<(), String> {
    for (code, before) in &old.measures {
        let now = new.measures.get(code).copied().unwrap_or_default();
        if now == 0 || now + 1 < *before {
            shrunken(&format!("entries under {code}"), now, *before, limits)?;
        }
    }
    Ok(())
}

/// A source that serves another list than before is not its new version: nothing that is known of the last copy would be compared
/// with it, and the last copy would be asked to be let go.
pub fn same_list(name: &str, new: &str, old: Option<&str>) -> Result<(), String> {
    match old {
        Some(old) if old != new => Err(format!(
            "it reads as the list {new}, and the last copy of {name} is {old}: correct the address; if the other list is \
             meant, give it a name of its own in the configuration"
        )),
        _ => Ok(()),
    }
}

/// A date in the future would make every later version look older than it. One day is for the zones of the
/// earth.
fn future(new: &Past, limits: Limits<'_>) -> Result<(), String> {
    let tomorrow = limits.today.saturating_add(1.day());
    match new.published {
        Some(day) if day > tomorrow => Err(format!(
            "it says that it is published on {day}, and today is {}: check the clock, or ask the publisher",
            limits.today
        )),
        _ => Ok(()),
    }
}

fn older(new: &Past, old: &Past, limits: Limits<'_>) -> Result<(), String> {
    let Some(before) = old.published else {
        return Ok(());
    };
    if limits.accept_older || new.published.is_some_and(|day| day >= before) {
        return Ok(());
    }
    let now = match new.published {
        Some(day) => format!("it is of {day}"),
        None => "it does not say when it was published".to_owned(),
    };
    Err(format!(
        "{now}, and the last copy is of {before}: a source that goes back serves an old copy; \
         --accept-older={} takes it",
        limits.list
    ))
}

fn shrunken(what: &str, new: usize, old: usize, limits: Limits<'_>) -> Result<(), String> {
    let lost = old.saturating_sub(new);
    if limits.accept_shrink || lost * 100 <= old * usize::from(limits.most_shrink) {
        return Ok(());
    }
    Err(format!(
        "it has {new} {what}, and the last copy has {old}: more than {} of a hundred would be lost; \
         if the publisher confirms it, --accept-shrink={} takes it",
        limits.most_shrink, limits.list
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const LIMITS: Limits<'_> = Limits {
        list: "un",
        most_shrink: 5,
        accept_shrink: false,
        accept_older: false,
        today: date(2026, 11, 24),
    };

    fn past(published: Option<Date>, entries: usize, names: usize) -> Past {
        Past {
            published,
            entries,
            names,
            measures: BTreeMap::new(),
        }
    }

    /// A list of a thousand entries, so many of which are under two measures.
    fn under(a: usize, b: usize) -> Past {
        let measures = [("us.sdn.freeze", a), ("us.bis.unverified", b)];
        Past {
            measures: measures.map(|(code, count)| (code.to_owned(), count)).into(),
            ..past(None, 1000, 1000)
        }
    }

    #[test]
    fn a_list_may_lose_its_share_and_no_more() {
        let old = past(None, 100, 300);
        let new = |entries, names| check(&past(None, entries, names), Some(&old), LIMITS);
        assert_eq!(new(95, 285), Ok(()));
        assert_eq!(new(150, 900), Ok(()));
        assert!(new(94, 300).unwrap_err().contains("94 entries"));
        assert!(
            new(100, 284).unwrap_err().contains("284 names"),
            "aliases are guarded too"
        );
        let accepted = Limits {
            accept_shrink: true,
            ..LIMITS
        };
        assert_eq!(check(&past(None, 1, 1), Some(&old), accepted), Ok(()));
    }

    #[test]
    fn no_measure_loses_more_than_the_list_may() {
        let old = under(960, 40);
        let new = |a, b| check(&under(a, b), Some(&old), LIMITS);
        assert_eq!(new(930, 70), Ok(()));
        assert_eq!(new(960, 38), Ok(()));
        let why = new(963, 37).unwrap_err();
        assert!(why.contains("37 entries under us.bis.unverified"), "{why}");
        assert!(why.contains("--accept-shrink=un"), "{why}");
        assert!(new(1000, 0).unwrap_err().contains("0 entries under"));
        let mut without = old.clone();
        without.measures.remove("us.bis.unverified");
        assert!(
            check(&without, Some(&old), LIMITS)
                .unwrap_err()
                .contains("unverified")
        );
        // One of few is no sign, unless it is the last one.
        assert_eq!(check(&under(999, 1), Some(&under(998, 2)), LIMITS), Ok(()));
        assert!(check(&under(999, 0), Some(&under(998, 1)), LIMITS).is_err());
        let accepted = Limits {
            accept_shrink: true,
            ..LIMITS
        };
        assert_eq!(check(&without, Some(&old), accepted), Ok(()));
        assert_eq!(check(&old, Some(&without), LIMITS), Ok(()), "a new one");
    }

    #[test]
    fn a_list_does_not_go_back_in_time() {
        let old = past(Some(date(2026, 11, 20)), 100, 300);
        let new = |day| check(&past(day, 100, 300), Some(&old), LIMITS);
        assert_eq!(new(Some(date(2026, 11, 20))), Ok(()));
        assert_eq!(new(Some(date(2026, 11, 24))), Ok(()));
        assert!(
            new(Some(date(2026, 11, 19)))
                .unwrap_err()
                .contains("--accept-older=un")
        );
        assert!(new(None).unwrap_err().contains("does not say"));
        let accepted = Limits {
            accept_older: true,
            ..LIMITS
        };
        assert_eq!(check(&past(None, 100, 300), Some(&old), accepted), Ok(()));
    }

    #[test]
    fn a_list_is_not_from_the_future_whatever_is_accepted() {
        let day = |day| check(&past(Some(day), 1, 1), None, LIMITS);
        assert_eq!(
            day(date(2026, 11, 25)),
            Ok(()),
            "elsewhere it is tomorrow already"
        );
        assert!(day(date(2026, 11, 26)).unwrap_err().contains("2026-11-26"));
        assert_eq!(day(Date::MAX).unwrap_err().matches("9999").count(), 1);
    }

    #[test]
    fn the_first_copy_is_taken_as_it_is() {
        assert_eq!(check(&past(None, 1, 1), None, LIMITS), Ok(()));
    }
}
