//! How old the lists are that are screened against, and when that is too old.
//!
//! There are two clocks. *Asked*: when the source last said that this version is the one it has. *Published*:
//! how old the version itself is. A list that seldom changes is old by the second clock and fresh by the
//! first.

use crate::args::Against;
use crate::duration;
use crate::failure::Failure;
use crate::sources;
use crate::state::{self, Origin, State};
use clap::Args;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::time::Duration;
use tamis::model::ListMeta;

/// How old lists may be.
#[derive(Clone, Debug, Default, Args)]
pub struct FreshnessArgs {
    /// Refuse lists whose source did not confirm them within DURATION, such as 26h or 3d; `tamis list update`
    /// asks it [default: what its configuration says for the list]
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub max_age: Option<Duration>,
    /// Refuse lists that were published longer ago than DURATION, whenever their source confirmed them
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub max_published_age: Option<Duration>,
    /// Screen against lists that are too old all the same; a warning and the summary say so
    #[arg(long)]
    pub accept_stale: bool,
}

/// Refuses lists that are too old, unless they are accepted on purpose: then the texts say which are.
pub fn check(against: &Against, lists: &[ListMeta]) -> Result<Vec<String>, Failure> {
    let args = &against.freshness;
    let origins = origins(&against.lists.lists)?;
    let stale: Vec<String> = lists
        .iter()
        .filter_map(|list| too_old(list, of(&origins, list), args, state::now()))
        .collect();
    match stale.is_empty() {
        false if !args.accept_stale => Err(Failure::new(stale.join("; "))
            .help("run `tamis list update` and look at what it tells; --accept-stale screens all the same")),
        _ => Ok(stale
            .iter()
            .map(|why| format!("accepted on purpose: {why}"))
            .collect()),
    }
}

/// Where the lists that these words name come from, as far as that is known.
pub fn origins(words: &[String]) -> Result<Vec<Origin>, Failure> {
    let compiled = words.iter().filter(|word| sources::is_compiled(word));
    let states = compiled.map(|word| State::beside(Path::new(word)));
    let states: Vec<Option<State>> = states.collect::<Result<_, _>>()?;
    Ok(states
        .into_iter()
        .flatten()
        .flat_map(|state| state.lists)
        .collect())
}

/// Of the facts, those about this very version of the list; of several, the latest.
pub fn of<'a>(origins: &'a [Origin], list: &ListMeta) -> Option<&'a Origin> {
    origins
        .iter()
        .filter(|origin| origin.id == list.id && origin.sha256 == list.sha256)
        .max_by_key(|origin| origin.asked)
}

/// What is known of where a list comes from, for people.
pub fn facts(origins: &[Origin], list: &ListMeta) -> Vec<(&'static str, String)> {
    let Some(origin) = of(origins, list) else {
        return Vec::new();
    };
    let mut facts: Vec<(&str, String)> = origin
        .files
        .iter()
        .map(|file| ("address", file.address.clone()))
        .collect();
    facts.push(("fetched", origin.fetched.to_string()));
    facts.push((
        "asked",
        format!("{}, and was the publisher's version", origin.asked),
    ));
    let failed = origin.failure.iter();
    facts.extend(failed.map(|why| ("failed", format!("{}: {why}", origin.tried))));
    facts
}

/// Why a list is too old, by either clock; both are named.
fn too_old(list: &ListMeta, origin: Option<&Origin>, args: &FreshnessArgs, now: Timestamp) -> Option<String> {
    let asked = origin.map(|origin| now.duration_since(origin.asked));
    let published = list
        .published
        .and_then(|day| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok())
        .map(|start| now.duration_since(start));
    let configured = origin.and_then(|origin| origin.max_age_seconds);
    let max_age = args.max_age.or(configured.map(Duration::from_secs));
    let (clock, limit) = match (max_age, args.max_published_age) {
        (Some(limit), _) if beyond(asked, limit) => match args.max_age {
            Some(_) => ("--max-age", limit),
            None => ("max_age of the configuration", limit),
        },
        (_, Some(limit)) if beyond(published, limit) => ("--max-published-age", limit),
        _ => return None,
    };
    let limit = duration::show(SignedDuration::try_from(limit).unwrap_or(SignedDuration::MAX));
    Some(format!(
        "the list {} is older than {clock} allows ({limit}): {}; {}",
        list.id,
        asked_text(origin, asked),
        published_text(list, published)
    ))
}

/// Whether an age is beyond the limit; one that is not known is. A time in the future is a clock that was
/// wrong.
fn beyond(age: Option<SignedDuration>, limit: Duration) -> bool {
    let limit = SignedDuration::try_from(limit).unwrap_or(SignedDuration::MAX);
    age.is_none_or(|age| age > limit || age < -SKEW)
}

/// How far two clocks may be apart; a day that begins elsewhere earlier is within it.
const SKEW: SignedDuration = SignedDuration::from_hours(26);

fn asked_text(origin: Option<&Origin>, asked: Option<SignedDuration>) -> String {
    let Some((origin, asked)) = origin.zip(asked) else {
        return "nobody knows when its source was asked, since `tamis list update` did not fetch it"
            .to_owned();
    };
    let failed = match &origin.failure {
        Some(why) => format!("; tried on {} and failed: {why}", origin.tried),
        None => String::new(),
    };
    let ago = duration::show(asked);
    format!(
        "its source was last asked on {} ({ago} ago){failed}",
        origin.asked
    )
}

fn published_text(list: &ListMeta, published: Option<SignedDuration>) -> String {
    match list.published.zip(published) {
        Some((day, age)) => format!("published {day} ({} ago)", duration::show(age)),
        None => "it does not say when it was published".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HOUR: u64 = 3_600;

    fn list() -> ListMeta {
        ListMeta {
            published: Some(date(2026, 11, 20)),
            sha256: "ab".to_owned(),
            ..ListMeta::new("un", "A list", "un-xml", &[])
        }
    }

    fn origin(asked: &str) -> Origin {
        state::tests::origin("un", "ab", asked)
    }

    fn verdict(asked: Option<&str>, max_age: Option<u64>, max_published_age: Option<u64>) -> Option<String> {
        let hours = |hours: u64| Duration::from_secs(hours * HOUR);
        let args = FreshnessArgs {
            max_age: max_age.map(hours),
            max_published_age: max_published_age.map(hours),
            accept_stale: false,
        };
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        too_old(&list(), asked.map(origin).as_ref(), &args, now)
    }

    #[test]
    fn the_first_clock_is_when_the_source_was_asked() {
        assert_eq!(
            verdict(Some("2026-11-23T10:00:00Z"), Some(26), None),
            None,
            "to the second"
        );
        let why = verdict(Some("2026-11-23T09:59:59Z"), Some(26), None).unwrap();
        assert!(
            why.contains("last asked on 2026-11-23T09:59:59Z (26 h ago)"),
            "{why}"
        );
        assert!(why.contains("published 2026-11-20 (4 d 12 h ago)"), "{why}");
    }

    #[test]
    fn the_second_clock_is_when_the_list_was_published() {
        assert_eq!(verdict(None, None, Some(108)), None);
        let why = verdict(Some("2026-11-24T11:00:00Z"), Some(26), Some(107)).unwrap();
        assert!(why.contains("--max-published-age"), "{why}");
    }

    #[test]
    fn the_configuration_sets_the_limit_where_no_option_does() {
        let origin = Origin {
            max_age_seconds: Some(24 * HOUR),
            ..origin("2026-11-23T11:00:00Z")
        };
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let verdict = |max_age| {
            let args = FreshnessArgs {
                max_age,
                ..FreshnessArgs::default()
            };
            too_old(&list(), Some(&origin), &args, now)
        };
        assert!(verdict(None).unwrap().contains("max_age of the configuration"));
        assert_eq!(
            verdict(Some(Duration::from_secs(26 * HOUR))),
            None,
            "the option outranks it"
        );
    }

    #[test]
    fn an_age_that_nobody_knows_is_too_old() {
        let why = verdict(None, Some(1_000_000), None).unwrap();
        assert!(why.contains("nobody knows"), "{why}");
        let why = verdict(Some("2026-11-26T12:00:00Z"), Some(26), None).unwrap();
        assert!(why.contains("2026-11-26"), "two days in the future: {why}");
    }

    #[test]
    fn facts_about_another_version_say_nothing() {
        let other = state::tests::origin("un", "cd", "2026-11-24T11:00:00Z");
        assert!(of(&[other], &list()).is_none());
        let (one, two) = (origin("2026-11-23T11:00:00Z"), origin("2026-11-24T11:00:00Z"));
        assert_eq!(of(&[one, two.clone()], &list()), Some(&two));
    }
}
