use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// How alike two parties are, from 0 (nothing in common) to 1 (equal normalised names).
///
/// Held as an integer number of ten-thousandths, so that a score is the same on every machine, in every
/// thread, and prints exactly: `0.8731` is `Score::from_ten_thousandths(8731)`.
///
/// # Example
/// ```
/// use tamis_model::Score;
/// let score: Score = "0.75".parse().unwrap();
/// assert_eq!(score.ten_thousandths(), 7500);
/// assert_eq!(score.to_string(), "0.7500");
/// assert!("1.5".parse::<Score>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u16);

impl Score {
    /// No agreement at all.
    pub const ZERO: Score = Score(0);
    /// Equal normalised names.
    pub const ONE: Score = Score(10_000);

    /// A score of `n / 10,000`; values above 10,000 become 10,000.
    pub const fn from_ten_thousandths(n: u16) -> Score {
        if n > 10_000 { Score::ONE } else { Score(n) }
    }

    /// The score in ten-thousandths, 0 to 10,000.
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// The score as a fraction, 0.0 to 1.0, for people and charts; compare the integers instead.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }

    /// The score nearest to `value`, or `None` unless it lies in 0.0..=1.0.
    pub fn from_f64(value: f64) -> Option<Score> {
        // The cast cannot truncate: the range is checked, and 10,000 fits.
        (0.0..=1.0)
            .contains(&value)
            .then(|| Score((value * 10_000.0).round() as u16))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl std::str::FromStr for Score {
    type Err = String;

    fn from_str(text: &str) -> Result<Score, String> {
        text.trim()
            .parse()
            .ok()
            .and_then(Score::from_f64)
            .ok_or_else(|| format!("'{text}' is not a score: give a number from 0 to 1, such as 0.75"))
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Score, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Score::from_f64(value)
            .ok_or_else(|| serde::de::Error::custom(format!("score {value} is not between 0 and 1")))
    }
}
