//! The only place that reads the clock: the libraries take the day as an argument.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::time::Instant;

/// This moment, in UTC.
#[expect(clippy::disallowed_methods, reason = "the command is where the clock is read")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A moment for people: to the second, in UTC.
pub fn told(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Today's date in UTC, so that one run gives one answer wherever it is made.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(now()).date()
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "the command is where the clock is read")]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// The seconds since the start.
    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
