//! Numbers in names: digits, words, ordinals, Roman numerals.

use crate::form::{Class, Token};
use crate::token;
use std::sync::Arc;

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

/// Roman numerals up to 39: beyond that they are words in practice (`mix`, `civil`).
pub(crate) fn roman(word: &str) -> Option<u32> {
    const TENS: [&str; 4] = ["", "x", "xx", "xxx"];
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = word.bytes().take_while(|&b| b == b'x').count();
    let units = UNITS.iter().position(|&unit| word.get(tens..) == Some(unit))?;
    let value = u32::try_from(tens * 10 + units).ok()?;
    (tens < TENS.len() && value > 0).then_some(value)
}

/// `forty four` is one number.
pub(crate) fn join_tens(tokens: &mut Vec<Token>) {
    if !tokens
        .windows(2)
        .any(|pair| pair.iter().all(|t| t.class == Class::Number))
    {
        return;
    }
    let mut at = 0;
    while at + 1 < tokens.len() {
        if let Some(sum) = sum(&tokens[at], &tokens[at + 1]) {
            let unit = tokens.remove(at + 1);
            let tens = &mut tokens[at];
            tens.meaning = sum.to_string().into();
            tens.known = false;
            let word = Arc::make_mut(&mut tens.word);
            word.folded = format!("{} {}", word.folded, unit.folded);
            word.latin = format!("{} {}", word.latin, unit.latin);
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
}
