//! Numbers in names: digits, words, ordinals, Roman numerals.

use crate::form::{Class, Token};
use crate::tables::tables;
use crate::token;

/// The value of a word of digits or an ordinal in digits (`044`, `1st`), without leading zeros.
pub(crate) fn digits(word: &str) -> Option<String> {
    let ordinal = token::is_ordinal(word);
    let digits = if ordinal {
        word.trim_end_matches(|c: char| c.is_ascii_alphabetic())
    } else {
        word
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = digits.trim_start_matches('0');
    Some(if value.is_empty() { "0" } else { value }.to_owned())
}

/// The value of any number in a company's or thing's name. Roman numerals of one letter count only at the end,
/// longer ones anywhere but at the start (`Xi`, `Vi` and `Di` begin names).
pub(crate) fn value(word: &str, first: bool, last: bool) -> Option<String> {
    if let Some(value) = digits(word) {
        return Some(value);
    }
    if let Some(value) = tables().numbers.get(word) {
        return Some(value.to_string());
    }
    let wanted = !first && (word.len() > 1 || last);
    wanted
        .then(|| roman(word))
        .flatten()
        .map(|value| value.to_string())
}

/// Roman numerals up to 39: beyond that they are words in practice (`mix`, `civil`).
fn roman(word: &str) -> Option<u32> {
    const TENS: [&str; 4] = ["", "x", "xx", "xxx"];
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = word.bytes().take_while(|&b| b == b'x').count();
    let units = UNITS.iter().position(|&unit| word.get(tens..) == Some(unit))?;
    let value = u32::try_from(tens * 10 + units).ok()?;
    (tens < TENS.len() && value > 0).then_some(value)
}

/// `forty four` is one number.
pub(crate) fn join_tens(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        if let Some(sum) = sum(&tokens[at], &tokens[at + 1]) {
            let unit = tokens.remove(at + 1);
            let tens = &mut tokens[at];
            tens.meaning = sum.to_string();
            tens.folded = format!("{} {}", tens.folded, unit.folded);
            tens.latin = format!("{} {}", tens.latin, unit.latin);
        }
        at += 1;
    }
}

fn sum(tens: &Token, unit: &Token) -> Option<u32> {
    let spelt = |t: &Token| t.class == Class::Number && t.latin.bytes().all(|b| b.is_ascii_alphabetic());
    if !spelt(tens) || !spelt(unit) {
        return None;
    }
    let (tens, unit): (u32, u32) = (tens.meaning.parse().ok()?, unit.meaning.parse().ok()?);
    (tens % 10 == 0 && (20..=90).contains(&tens) && (1..=9).contains(&unit)).then_some(tens + unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digits_ordinals_and_roman_numerals() {
        for (word, value) in [
            ("1st", Some("1")),
            ("044", Some("44")),
            ("0", Some("0")),
            ("a1", None),
            ("", None),
        ] {
            assert_eq!(digits(word).as_deref(), value, "{word}");
        }
        for (word, value) in [
            ("iv", Some(4)),
            ("xviii", Some(18)),
            ("xxxix", Some(39)),
            ("x", Some(10)),
            ("iix", None),
            ("mix", None),
            ("", None),
        ] {
            assert_eq!(roman(word), value, "{word}");
        }
    }

    #[test]
    fn a_roman_numeral_needs_its_place() {
        assert_eq!(value("xi", true, false), None);
        assert_eq!(value("xi", false, true).as_deref(), Some("11"));
        assert_eq!(value("v", false, false), None);
    }
}
