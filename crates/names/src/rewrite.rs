//! Other readings of a whole text: words written together, digits for letters, words written backwards, the wrong
//! keyboard. Each is compared beside the text as it stands, so a reading that is wrong hides nothing.

use crate::signal::Signal;

/// Every other reading of `raw` that there is reason to try, with what had to be undone.
pub(crate) fn others(raw: &str) -> impl Iterator<Item = (String, Option<Signal>)> {
    let camel = apart(raw).map(|text| (text, None));
    let leet = ['i', 'l'].map(|one| without_digits(raw, one).map(|text| (text, Some(Signal::Leet))));
    let backwards = forwards(raw).map(|text| (text, Some(Signal::Backwards)));
    let keyboard = other_keyboard(raw).map(|text| (text, Some(Signal::Keyboard)));
    camel
        .into_iter()
        .chain(leet.into_iter().flatten())
        .chain(backwards)
        .chain(keyboard)
}

/// Whether a text without spaces has another reading by itself: written together, or with digits for letters.
pub(crate) fn is_odd_word(word: &str) -> bool {
    apart(word).is_some()
        || ['i', 'l']
            .into_iter()
            .any(|one| without_digits(word, one).is_some())
}

/// `AndreiTikhonov` → `Andrei Tikhonov`, `AHMADIANAliAkbar` → `AHMADIAN Ali Akbar`: parted where capitals show it.
fn apart(raw: &str) -> Option<String> {
    if raw.is_ascii() && !has_inner_capital(raw) {
        return None;
    }
    let chars: Vec<char> = raw.chars().collect();
    let begins_word = |at: usize| {
        let (Some(&before), Some(&here)) = (chars.get(at.wrapping_sub(1)), chars.get(at)) else {
            return false;
        };
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        let earlier = chars.get(at.wrapping_sub(2)).copied().unwrap_or(' ');
        let risen = before.is_lowercase() && here.is_uppercase() && !is_son_of(&chars[..at]);
        let fallen =
            earlier.is_uppercase() && before.is_uppercase() && here.is_uppercase() && after.is_lowercase();
        risen || fallen
    };
    let mut text = String::with_capacity(raw.len() + 4);
    let mut parted = 0;
    for (at, &c) in chars.iter().enumerate() {
        if begins_word(at) {
            text.push(' ');
            parted += 1;
        }
        text.push(c);
    }
    (1..=MOST_PARTED).contains(&parted).then_some(text)
}

/// Whether a capital follows a small letter, or a small letter three capitals.
fn has_inner_capital(ascii: &str) -> bool {
    let mut before = b' ';
    let mut capitals = 0;
    ascii.bytes().any(|here| {
        let found = here.is_ascii_uppercase() && before.is_ascii_lowercase()
            || here.is_ascii_lowercase() && capitals >= 3;
        capitals = if here.is_ascii_uppercase() {
            capitals + 1
        } else {
            0
        };
        before = here;
        found
    })
}

/// Whether a text ends in `Mc` or `Mac`, which are written together with the name that follows: `McDonald` is
/// not Donald.
fn is_son_of(before: &[char]) -> bool {
    let word = before.rsplit(|c| !c.is_alphabetic()).next();
    matches!(word, Some(['M', 'c'] | ['M', 'a', 'c']))
}

/// A text with more places to part it is no name written together.
const MOST_PARTED: usize = 16;

/// `H41a`, `1B R3form`: digits within and beside letters read as letters, `1` as `one`. Words in which digits prevail
/// are numbers.
fn without_digits(raw: &str, one: char) -> Option<String> {
    if !raw.bytes().any(is_odd) {
        return None;
    }
    let words = raw.split_inclusive(char::is_whitespace);
    let text: String = words.map(|word| letters_for_digits(word, one)).collect();
    (text != raw).then_some(text)
}

/// A digit or sign that may stand for a letter.
const fn is_odd(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'@' | b'$' | b'!')
}

fn letters_for_digits(word: &str, one: char) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let odd = word.bytes().filter(|&byte| is_odd(byte)).count();
    if odd == 0
        || letters == 0
        || letters < odd
        || crate::token::is_ordinal(word.trim_end().to_lowercase().as_str())
    {
        return word.to_owned();
    }
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' => one,
        '2' => 'z',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '6' => 'g',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        c => c,
    };
    word.chars().map(letter).collect()
}

/// `rimidalV nituP`: words whose only capital is their last letter are written backwards.
fn forwards(raw: &str) -> Option<String> {
    let mut words = raw.split_whitespace().peekable();
    words.peek()?;
    words.all(is_backwards).then(|| {
        let turned = raw
            .split_whitespace()
            .map(|word| word.chars().rev().collect::<String>());
        turned.collect::<Vec<_>>().join(" ")
    })
}

/// Whether a word's only capital is its last letter.
pub(crate) fn is_backwards(word: &str) -> bool {
    let mut letters = word.chars().rev();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(char::is_lowercase)
}

/// The keys of a Latin (QWERTY) and a Russian (ЙЦУКЕН) keyboard, in the same places.
const LATIN_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const RUSSIAN_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";

/// Words without vowels that the other keyboard gives vowels: `Rfcgthcrbq` → `Касперский`.
fn other_keyboard(raw: &str) -> Option<String> {
    if !has_few_vowels(raw) {
        return None;
    }
    let lower = raw.to_lowercase();
    let typed = |from: &str, to: &str| -> String {
        let key = |c: char| {
            from.chars()
                .position(|k| k == c)
                .and_then(|at| to.chars().nth(at))
                .unwrap_or(c)
        };
        lower.chars().map(key).collect()
    };
    let text = if has_russian(&lower) {
        typed(RUSSIAN_KEYS, LATIN_KEYS)
    } else if lower.is_ascii() {
        typed(LATIN_KEYS, RUSSIAN_KEYS)
    } else {
        return None;
    };
    let (letters, _) = letters_and_vowels(&text);
    (letters >= FEWEST_LETTERS && !has_few_vowels(&text)).then_some(text)
}

/// Whether there are Russian letters in a text in lower case.
pub(crate) fn has_russian(lower: &str) -> bool {
    lower.chars().any(|c| matches!(c, 'а'..='я' | 'ё'))
}

/// Names with no more vowels than this, in percent, were hardly meant so.
const SPARSE: usize = 20;
/// Abbreviations have no vowels either.
const FEWEST_LETTERS: usize = 6;

fn has_few_vowels(text: &str) -> bool {
    let (letters, vowels) = letters_and_vowels(text);
    is_sparse(letters, vowels)
}

/// Whether so many letters, of which so many are vowels, were hardly meant so.
pub(crate) const fn is_sparse(letters: usize, vowels: usize) -> bool {
    letters >= FEWEST_LETTERS && vowels * 100 / letters <= SPARSE
}

/// How many letters a text has, and how many of them are vowels of the two keyboards.
pub(crate) fn letters_and_vowels(text: &str) -> (usize, usize) {
    let (mut letters, mut vowels) = (0, 0);
    for c in text.chars() {
        letters += usize::from(c.is_alphabetic());
        vowels += usize::from(is_vowel(c));
    }
    (letters, vowels)
}

/// A vowel of these keyboards, small or capital.
const fn is_vowel(c: char) -> bool {
    let latin = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'A' | 'E' | 'I' | 'O' | 'U' | 'İ');
    let small = matches!(c, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я');
    latin || small || matches!(c, 'А' | 'Е' | 'Ё' | 'И' | 'О' | 'У' | 'Ы' | 'Э' | 'Ю' | 'Я')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_where_capitals_show_it() {
        assert_eq!(apart("AndreiTikhonov").as_deref(), Some("Andrei Tikhonov"));
        assert_eq!(apart("AHMADIANAliAkbar").as_deref(), Some("AHMADIAN Ali Akbar"));
        assert_eq!(apart("VeloriaAG").as_deref(), Some("Veloria AG"));
        for whole in ["TIKHONOV, Andrei", "John McDonald", "MacDonald"] {
            assert_eq!(apart(whole), None, "{whole}");
        }
    }

    #[test]
    fn capitals_count_as_their_small_letters_do() {
        for c in '\0'..=char::MAX {
            let lower = c.to_string().to_lowercase();
            assert_eq!(is_vowel(c), lower.contains(is_vowel), "{c:?}");
            let letters = lower.chars().filter(|c| c.is_alphabetic()).count();
            assert_eq!(usize::from(c.is_alphabetic()), letters, "{c:?}");
        }
    }

    #[test]
    fn digits_are_letters_where_letters_prevail() {
        assert_eq!(without_digits("H41a R3form", 'l').as_deref(), Some("Hala Reform"));
        assert_eq!(without_digits("1st Brigade A300 1234", 'i'), None);
    }

    #[test]
    fn backwards_and_the_other_keyboard_are_undone() {
        assert_eq!(forwards("rimidalV nituP").as_deref(), Some("Vladimir Putin"));
        assert_eq!(forwards("Vladimir nituP"), None);
        assert_eq!(other_keyboard("Rfcgthcrbq").as_deref(), Some("касперский"));
        assert_eq!(other_keyboard("Кгыдфт").as_deref(), Some("ruslan"));
        assert_eq!(other_keyboard("Kaspersky"), None);
        assert_eq!(other_keyboard("Тихонов"), None);
    }
}
