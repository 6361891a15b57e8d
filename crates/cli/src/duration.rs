//! Spans of time on the command line and in files: `26h`, `3d`, `90s`.

use jiff::{SignedDuration, Span, SpanRelativeTo};
use std::time::Duration;

/// Reads a span of time; a day has 24 hours.
pub fn parse(text: &str) -> Result<Duration, String> {
    let wrong =
        || format!("'{text}' is not a span of time: write a number and s, m, h or d, such as 26h or 3d");
    let span: Span = text.trim().parse().map_err(|_| wrong())?;
    let duration = span
        .to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| wrong())?;
    Duration::try_from(duration).map_err(|_| wrong())
}

/// A span of time for people, in its two largest units: `3 d 4 h`, `26 h`, `5 s`.
pub fn show(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let (days, hours) = (seconds / 86_400, seconds / 3_600);
    let (minutes, hour, minute) = (seconds / 60, hours % 24, seconds / 60 % 60);
    let two = |large: i64, unit: &str, small: i64, smaller: &str| match small {
        0 => format!("{large} {unit}"),
        small => format!("{large} {unit} {small} {smaller}"),
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0..=1, hours, _) => two(hours, "h", minute, "min"),
        (days, ..) => two(days, "d", hour, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        let seconds = |text: &str| parse(text).map(|d| d.as_secs());
        assert_eq!(seconds("26h"), Ok(26 * 3_600));
        assert_eq!(seconds("3d"), Ok(3 * 86_400));
        assert_eq!(seconds(" 90s "), Ok(90));
        assert_eq!(seconds("1d 12h"), Ok(36 * 3_600));
        assert_eq!(seconds("5m"), Ok(300));
        assert_eq!(seconds("2w"), Ok(14 * 86_400));
        assert_eq!(seconds("0s"), Ok(0));
    }

    #[test]
    fn what_is_no_span_of_time_is_refused() {
        for bad in ["", "26", "h", "-3d", "1 month", "3 days ago", "tomorrow"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn people_read_two_units() {
        let shown = |seconds| show(SignedDuration::from_secs(seconds));
        assert_eq!(shown(-5), "0 s");
        assert_eq!(shown(59), "59 s");
        assert_eq!(shown(600), "10 min");
        assert_eq!(shown(26 * 3_600 + 60), "26 h 1 min");
        assert_eq!(shown(47 * 3_600), "47 h");
        assert_eq!(shown(3 * 86_400 + 4 * 3_600), "3 d 4 h");
    }
}
