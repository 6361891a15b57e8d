//! Shares in per cent, exact.

use serde::{Serialize, Serializer};
use std::fmt;

/// Decimal places that a share may have.
const PLACES: usize = 12;

/// 10 to the power of [`PLACES`].
const DECIMAL: u128 = 1_000_000_000_000;

/// What the powers of ten lack so that every denominator up to 28, and products such as 63, 81 or 99, divide a per cent.
const ODD: u128 = 81 * 7 * 11 * 13 * 17 * 19 * 23;

/// Units of one per cent.
const PER_CENT: u128 = DECIMAL * ODD;

/// A share of a company, exact: a whole number of units so small that decimals of twelve places and the usual
/// fractions (thirds, sevenths, …) are whole numbers of them.
///
/// Integers of a fixed scale and not decimals, because `33 1/3` and `16 2/3` must make 50 and not 49.99…; and not
/// fractions of any denominator, because sums of these grow without bound. A share that is no whole number of units is refused
/// when it is read, never rounded. A sum cannot overflow before 10¹⁵ owners; it saturates.
///
/// # Example
/// ```
/// use tamis_ownership::Share;
///
/// let third = Share::parse("33 1/3")?.unwrap();
/// let sixth = Share::parse("1/6")?.unwrap();
/// assert_eq!(third.plus(sixth), Share::percent(50));
/// assert_eq!(Share::parse("49,99 %")?.unwrap().to_string(), "49.99");
/// assert_eq!(Share::parse("")?, None, "unknown, and never zero");
/// # Ok::<(), tamis_ownership::ShareError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share(u128);

/// Why a text is no share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// Something else than a number.
    #[error(
        "is not a number: write per cent (50, 49.99, 33 1/3) or a fraction of the whole (1/3), or leave it empty if it is not known"
    )]
    NotANumber,
    /// Less than nothing.
    #[error("is below 0: write the share that is held, in per cent")]
    Negative,
    /// More than everything.
    #[error("is above 100: write the share in per cent of the whole")]
    OverWhole,
    /// More decimal places than are kept.
    #[error("has more than 12 decimal places: write it with 12 or as a fraction")]
    TooFine,
    /// A fraction whose denominator does not divide the scale.
    #[error(
        "has a denominator that is not kept exactly: write per cent with up to 12 decimal places, on the side that you answer for"
    )]
    NotExact,
}

impl Share {
    /// Nothing.
    pub const ZERO: Share = Share(0);

    /// Everything, 100 per cent.
    pub const WHOLE: Share = Share(100 * PER_CENT);

    /// So many per cent.
    pub const fn percent(percent: u32) -> Share {
        Share(percent as u128 * PER_CENT)
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Share) -> Share {
        Share(self.0.saturating_add(other.0))
    }

    /// Reads a share as people write it: per cent (`50`, `50.00`, `50,00 %`, `33 1/3`), or a fraction of the whole
    /// (`1/3`; with a sign, `1/3 %` is a third of one per cent). `None`: it is not known (empty, `?`, `-`, `unknown`, `n/a`).
    ///
    /// # Errors
    /// Anything else, and what is below 0 or above 100.
    pub fn parse(text: &str) -> Result<Option<Share>, ShareError> {
        let text = text.trim();
        if ["", "?", "-", "unknown", "n/a"].contains(&text.to_lowercase().as_str()) {
            return Ok(None);
        }
        if text.starts_with(['-', '\u{2212}']) {
            return Err(ShareError::Negative);
        }
        let number = text.strip_suffix('%').map_or(text, str::trim_end);
        let share = match (number.contains('/'), number.split_once(char::is_whitespace)) {
            (false, _) => decimal(number)?,
            (true, Some((whole, part))) => mixed(whole, part.trim_start())?,
            (true, None) if number.len() < text.len() => fraction(number, PER_CENT)?,
            (true, None) => fraction(number, Share::WHOLE.0)?,
        };
        match share > Share::WHOLE {
            true => Err(ShareError::OverWhole),
            false => Ok(Some(share)),
        }
    }
}

/// What tells in which unit somebody writes shares. Many exports have parts of one (`0.6`, `1.0`) where per cent are wanted, and every
/// such share is a valid one of next to nothing.
///
/// # Example
/// ```
/// use tamis_ownership::Scale;
///
/// let looks = |shares: &[&str]| {
///     let mut scale = Scale::default();
///     shares.iter().for_each(|share| scale.take(share));
///     scale.looks_like_parts_of_one()
/// };
/// assert!(looks(&["0.6", "1.0", "", "1/3"]));
/// assert!(!looks(&["0.6", "60"]), "60 can be per cent only");
/// assert!(!looks(&["0.6 %"]), "the sign says it");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Scale {
    small: bool,
    per_cent: bool,
}

impl Scale {
    /// Takes a share as it is written; what is none tells nothing.
    pub fn take(&mut self, text: &str) {
        let text = text.trim();
        let share = Share::parse(text).ok().flatten();
        if share.is_none_or(|share| share == Share::ZERO) {
            return;
        }
        let small = Scale::is_small(text);
        let is_fraction = text.contains('/') && !text.ends_with('%');
        self.small |= small;
        // `1/3` is a fraction of the whole and `33 1/3` is per cent.
        self.per_cent |= !small && (!is_fraction || text.contains(char::is_whitespace));
    }

    /// Whether all bare numbers are at most 1, some is above 0, and no sign says that they are per cent.
    pub const fn looks_like_parts_of_one(self) -> bool {
        self.small && !self.per_cent
    }

    /// Whether a share is a bare number above 0 and at most 1: per cent by the rule, and maybe a part of one.
    pub fn is_small(text: &str) -> bool {
        let share = Share::parse(text).ok().flatten();
        let small = share.is_some_and(|share| share > Share::ZERO && share <= Share::percent(1));
        small && !text.contains(['%', '/'])
    }
}

/// `49.99` or `49,99`.
fn decimal(text: &str) -> Result<Share, ShareError> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    if part.len() > PLACES && part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ShareError::TooFine);
    }
    let part = match part.is_empty() {
        true => 0,
        false => integer(&format!("{part:0<PLACES$}"))?,
    };
    let whole = integer(whole)?
        .checked_mul(PER_CENT)
        .ok_or(ShareError::OverWhole)?;
    Ok(Share(whole.saturating_add(part.saturating_mul(ODD))))
}

/// `33 1/3`.
fn mixed(whole: &str, part: &str) -> Result<Share, ShareError> {
    let whole = integer(whole)?
        .checked_mul(PER_CENT)
        .ok_or(ShareError::OverWhole)?;
    Ok(Share(whole).plus(fraction(part, PER_CENT)?))
}

/// `1/3` of `of` units.
fn fraction(text: &str, of: u128) -> Result<Share, ShareError> {
    let (top, bottom) = text.split_once('/').ok_or(ShareError::NotANumber)?;
    let (top, bottom) = (integer(top.trim_end())?, integer(bottom.trim_start())?);
    let units = top.checked_mul(of).ok_or(ShareError::NotExact)?;
    match units.checked_rem(bottom) {
        None => Err(ShareError::NotANumber),
        Some(0) => Ok(Share(units / bottom)),
        Some(_) if top > bottom => Err(ShareError::OverWhole),
        Some(_) => Err(ShareError::NotExact),
    }
}

fn integer(digits: &str) -> Result<u128, ShareError> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain {
        return Err(ShareError::NotANumber);
    }
    digits.parse().map_err(|_| ShareError::OverWhole)
}

impl fmt::Display for Share {
    /// Per cent with two decimal places, with as many more as are needed, or as a fraction (`33 1/3`) where none are enough.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / PER_CENT, self.0 % PER_CENT);
        if rest % ODD != 0 {
            let shared = common(rest, PER_CENT);
            return write!(f, "{whole} {}/{}", rest / shared, PER_CENT / shared);
        }
        let places = format!("{:0>PLACES$}", rest / ODD);
        let places = places.trim_end_matches('0');
        write!(f, "{whole}.{places:0<2}")
    }
}

/// The greatest common divisor.
const fn common(mut one: u128, mut two: u128) -> u128 {
    while two != 0 {
        (one, two) = (two, one % two);
    }
    one
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_read_and_written_exactly() {
        for (text, expected) in [
            ("50", "50.00"),
            ("50.00", "50.00"),
            ("50,00 %", "50.00"),
            ("50\u{a0}%", "50.00"),
            ("49.999999999999", "49.999999999999"),
            ("33 1/3", "33 1/3"),
            ("33 1/3 %", "33 1/3"),
            ("1/3", "33 1/3"),
            ("1 / 3 %", "refused"),
            ("1/3 %", "0 1/3"),
            ("1/8", "12.50"),
            ("0", "0.00"),
            ("0.5", "0.50"),
            ("100", "100.00"),
            ("7/7", "100.00"),
            ("3.10", "3.10"),
        ] {
            let share = Share::parse(text).map(|s| s.map(|s| s.to_string()));
            let expected = (expected != "refused").then(|| Some(expected.to_owned()));
            assert_eq!(share.ok(), expected, "{text}");
        }
        for unknown in ["", "  ", "?", "-", "Unknown", "n/a"] {
            assert_eq!(Share::parse(unknown), Ok(None), "{unknown}");
        }
    }

    #[test]
    fn what_is_no_share_is_refused_with_the_reason() {
        use ShareError::{Negative, NotANumber, NotExact, OverWhole, TooFine};
        for (text, error) in [
            ("120", OverWhole),
            ("100.01", OverWhole),
            ("4/3", OverWhole),
            ("99 4/3", OverWhole),
            ("999999999999999999999999999999999999999999", OverWhole),
            ("-1", Negative),
            ("\u{2212}1", Negative),
            ("half", NotANumber),
            (">50", NotANumber),
            ("25-50", NotANumber),
            ("1/0", NotANumber),
            ("1.2.3", NotANumber),
            ("%", NotANumber),
            ("1/", NotANumber),
            (".5", NotANumber),
            ("5e1", NotANumber),
            ("49.9999999999999", TooFine),
            ("1/9876543", NotExact),
        ] {
            assert_eq!(Share::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn thirds_and_sixths_make_fifty() {
        let read = |text| Share::parse(text).unwrap().unwrap();
        assert_eq!(read("33 1/3").plus(read("16 2/3")), Share::percent(50));
        assert!(read("33.33").plus(read("16.66")) < Share::percent(50));
        for bottom in 1..=28 {
            assert!(Share::parse(&format!("1/{bottom}")).is_ok(), "{bottom}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(units in 0..=Share::WHOLE.0) {
            // A unit is finer than what may be written; a thousandth of a per cent and thirds of it are not.
            let share = Share(units / (PER_CENT / 3000) * (PER_CENT / 3000));
            prop_assert_eq!(Share::parse(&share.to_string()), Ok(Some(share)));
        }

        #[test]
        fn no_text_panics(text in ".{0,30}|[0-9/., %-]{0,20}") {
            if let Ok(Some(share)) = Share::parse(&text) {
                prop_assert!(share <= Share::WHOLE);
            }
        }
    }
}
