//! Errors of the hand and of optical readers.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::Original;
use crate::text::{change_one, core, is_latin, letters, places, respell_once, words};

pub(super) const CLASSES: &[Class] = &[
    class!(
        "typo-insert",
        Person,
        insert,
        "a letter too many in a word of five letters or more"
    ),
    class!("typo-delete", Person, delete, "a letter lost"),
    class!(
        "typo-substitute",
        Person,
        substitute,
        "a letter replaced by any other"
    ),
    class!(
        "typo-transpose",
        Person,
        transpose,
        "two neighbouring letters exchanged"
    ),
    class!(
        "typo-double",
        Person,
        double,
        "a letter doubled, or a double one written once"
    ),
    class!("typo-keyboard", Person, keyboard, "the key beside the right one"),
    class!(
        "typo-first-letter",
        Person,
        first_letter,
        "the first letter wrong"
    ),
    class!(
        "typo-short-word",
        Person,
        short_word,
        "an error in a word of three or four letters"
    ),
    class!(
        "two-typos",
        Person,
        two_typos,
        "two errors, in two words or one long one"
    ),
    class!(
        "ocr",
        Any,
        optical,
        "what optical readers take for something else: rn for m, 1 for l, 0 for o"
    ),
    class!(
        "typo-company",
        Organization,
        any_error,
        "one error in a company's word"
    ),
    class!(
        "two-typos-company",
        Organization,
        two_typos,
        "two errors in a company's name"
    ),
    class!("typo-vessel", Object, any_error, "one error in a vessel's name"),
];

/// The fewest letters of a word in which an error is still an error and not another name.
const LONG: usize = 5;

/// The same where another word has an error too.
const FOR_TWO: usize = 6;

/// The same for a word with two errors.
const FOR_BOTH: usize = 9;

fn long(word: &str) -> bool {
    letters(word) >= LONG && is_latin(word)
}

fn in_long_word(
    original: &Original,
    seeded: &mut Seeded,
    error: fn(&[char], usize, &mut Seeded) -> Option<Vec<char>>,
) -> Option<String> {
    change_one(&original.text, seeded, long, |word, seeded| {
        at_a_place(word, seeded, error)
    })
}

/// One error at a place after the first letter, where typists seldom err.
fn at_a_place(
    word: &str,
    seeded: &mut Seeded,
    error: fn(&[char], usize, &mut Seeded) -> Option<Vec<char>>,
) -> Option<String> {
    let chars: Vec<char> = word.chars().collect();
    let at = 1 + seeded.below(chars.len().saturating_sub(1));
    let changed: String = error(&chars, at, seeded)?.into_iter().collect();
    (changed != word).then_some(changed)
}

fn insert(original: &Original, seeded: &mut Seeded) -> Option<String> {
    in_long_word(original, seeded, inserted)
}

fn delete(original: &Original, seeded: &mut Seeded) -> Option<String> {
    in_long_word(original, seeded, deleted)
}

fn substitute(original: &Original, seeded: &mut Seeded) -> Option<String> {
    in_long_word(original, seeded, substituted)
}

fn transpose(original: &Original, seeded: &mut Seeded) -> Option<String> {
    in_long_word(original, seeded, transposed)
}

fn double(original: &Original, seeded: &mut Seeded) -> Option<String> {
    in_long_word(original, seeded, doubled)
}

fn keyboard(original: &Original, seeded: &mut Seeded) -> Option<String> {
    in_long_word(original, seeded, beside)
}

fn first_letter(original: &Original, seeded: &mut Seeded) -> Option<String> {
    change_one(&original.text, seeded, long, |word, seeded| {
        let chars: Vec<char> = word.chars().collect();
        Some(substituted(&chars, 0, seeded)?.into_iter().collect())
    })
}

fn short_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let short = |word: &str| (3..=4).contains(&letters(word)) && is_latin(word);
    // Alone, a short word with an error is another name.
    if words(&original.text).len() < 2 {
        return None;
    }
    change_one(&original.text, seeded, short, one_error)
}

fn any_error(original: &Original, seeded: &mut Seeded) -> Option<String> {
    change_one(&original.text, seeded, long, one_error)
}

fn two_typos(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let long_words = places(&words(&original.text), |word| {
        letters(word) >= FOR_TWO && is_latin(word)
    })
    .len();
    // One word must be long to bear both errors.
    let fewest = if long_words > 1 { FOR_TWO } else { FOR_BOTH };
    let fits = move |word: &str| letters(word) >= fewest && is_latin(word);
    let once = change_one(&original.text, seeded, fits, one_error)?;
    let untouched: Vec<String> = words(&original.text);
    let second = |word: &str| {
        letters(word) >= LONG && (long_words < 2 || untouched.iter().any(|other| core(other) == word))
    };
    change_one(&once, seeded, second, one_error)
}

/// Any of the errors, as often as typists make them: losses and wrong keys before exchanges and doublings.
fn one_error(word: &str, seeded: &mut Seeded) -> Option<String> {
    let error = match seeded.below(10) {
        0..3 => deleted,
        3..5 => beside,
        5 => substituted,
        6..8 => transposed,
        8 => inserted,
        _ => doubled,
    };
    at_a_place(word, seeded, error)
}

fn inserted(chars: &[char], at: usize, seeded: &mut Seeded) -> Option<Vec<char>> {
    let letter = any_letter(chars[at], seeded);
    let mut chars = chars.to_vec();
    chars.insert(at, letter);
    Some(chars)
}

fn deleted(chars: &[char], at: usize, _: &mut Seeded) -> Option<Vec<char>> {
    let mut chars = chars.to_vec();
    chars.remove(at);
    Some(chars)
}

fn substituted(chars: &[char], at: usize, seeded: &mut Seeded) -> Option<Vec<char>> {
    let mut chars = chars.to_vec();
    chars[at] = any_letter(chars[at], seeded);
    Some(chars)
}

fn transposed(chars: &[char], at: usize, _: &mut Seeded) -> Option<Vec<char>> {
    let mut chars = chars.to_vec();
    let before = at.max(2) - 1;
    if before + 1 < chars.len() {
        chars.swap(before, before + 1);
    }
    Some(chars)
}

fn doubled(chars: &[char], at: usize, _: &mut Seeded) -> Option<Vec<char>> {
    let mut chars = chars.to_vec();
    match (1..chars.len()).find(|&at| chars[at] == chars[at - 1]) {
        Some(double) => drop(chars.remove(double)),
        None => chars.insert(at, chars[at]),
    }
    Some(chars)
}

fn beside(chars: &[char], at: usize, seeded: &mut Seeded) -> Option<Vec<char>> {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let key = chars[at].to_ascii_lowercase();
    let row = ROWS.iter().find(|row| row.contains(key))?;
    let place = row.find(key)?;
    let neighbours = [place.checked_sub(1), Some(place + 1)];
    let keys: Vec<char> = neighbours
        .into_iter()
        .flatten()
        .filter_map(|at| row.as_bytes().get(at))
        .map(|&byte| char::from(byte))
        .collect();
    let mut chars = chars.to_vec();
    chars[at] = cased(chars[at], *seeded.pick(&keys)?);
    Some(chars)
}

/// A letter other than this one, in its case.
fn any_letter(letter: char, seeded: &mut Seeded) -> char {
    const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let own = LETTERS
        .iter()
        .position(|&b| char::from(b) == letter.to_ascii_lowercase());
    let drawn = seeded.below(25);
    let at = drawn + usize::from(own.is_some_and(|own| drawn >= own));
    cased(letter, char::from(LETTERS[at]))
}

fn cased(like: char, letter: char) -> char {
    if like.is_uppercase() {
        letter.to_ascii_uppercase()
    } else {
        letter
    }
}

fn optical(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const MISREAD: [(&str, &str); 12] = [
        ("m", "rn"),
        ("rn", "m"),
        ("l", "1"),
        ("o", "0"),
        ("i", "l"),
        ("cl", "d"),
        ("d", "cl"),
        ("w", "vv"),
        ("h", "b"),
        ("e", "c"),
        ("u", "v"),
        ("g", "q"),
    ];
    respell_once(&original.text, &MISREAD, seeded, LONG)
}
