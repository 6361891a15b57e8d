//! Words joined, split, spaced and dotted.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::Original;
use crate::text::{core, is_latin, letters, places, with_core, words};
use tamis_model::EntityKind;

pub(super) const CLASSES: &[Class] = &[
    class!("joined-two", Any, joined_two, "two words written together"),
    class!(
        "joined-all",
        Any,
        joined_all,
        "all words written together, as in e-mail and account names"
    ),
    class!("split-word", Any, split_word, "a long word written as two"),
    class!("hyphenated", Any, hyphenated, "two words joined by a hyphen"),
    class!(
        "hyphen-lost",
        Any,
        hyphen_lost,
        "a hyphen left out or written as a space"
    ),
    class!(
        "spaced-letters",
        Any,
        spaced_letters,
        "a word written with a space after every letter"
    ),
    class!(
        "dotted-letters",
        Any,
        dotted_letters,
        "a word written with a dot after every letter"
    ),
];

fn spaced_words(original: &Original) -> Vec<String> {
    let words = match original.kind {
        EntityKind::Person => original.person.words(),
        _ => words(&original.text),
    };
    words
        .iter()
        .map(|word| word.trim_end_matches(',').to_owned())
        .collect()
}

fn joined_at(original: &Original, sign: &str, seeded: &mut Seeded) -> Option<String> {
    let mut words = spaced_words(original);
    let pairs = words.len().checked_sub(1)?;
    let places: Vec<usize> = (0..pairs)
        .filter(|&at| letters(&words[at]) > 1 && letters(&words[at + 1]) > 1)
        .collect();
    let at = *seeded.pick(&places)?;
    let second = words.remove(at + 1);
    words[at] = format!("{}{sign}{second}", words[at]);
    Some(words.join(" "))
}

fn joined_two(original: &Original, seeded: &mut Seeded) -> Option<String> {
    joined_at(original, "", seeded)
}

fn hyphenated(original: &Original, seeded: &mut Seeded) -> Option<String> {
    joined_at(original, "-", seeded)
}

fn joined_all(original: &Original, _: &mut Seeded) -> Option<String> {
    let words = spaced_words(original);
    // Longer names than these nobody writes in one.
    let fits = (2..=4).contains(&words.len()) && words.iter().map(|w| letters(w)).sum::<usize>() <= 30;
    fits.then(|| words.concat())
}

fn split_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(&original.text);
    let at = *seeded.pick(&places(&words, |word| letters(word) >= 7))?;
    let chars: Vec<char> = core(&words[at]).chars().collect();
    let cut = 3 + seeded.below(chars.len() - 5);
    let (one, two): (String, String) = (chars[..cut].iter().collect(), chars[cut..].iter().collect());
    words[at] = with_core(&words[at], &format!("{one} {two}"));
    Some(words.join(" "))
}

fn hyphen_lost(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let to = if seeded.chance(50) { "" } else { " " };
    Some(original.text.replace('-', to))
}

fn with_sign_after_letters(original: &Original, sign: &str, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(&original.text);
    let fits = |word: &str| (4..=14).contains(&letters(word)) && is_latin(word);
    let at = *seeded.pick(&places(&words, fits))?;
    let apart: Vec<String> = core(&words[at]).chars().map(String::from).collect();
    words[at] = with_core(&words[at], &apart.join(sign));
    Some(words.join(" "))
}

fn spaced_letters(original: &Original, seeded: &mut Seeded) -> Option<String> {
    with_sign_after_letters(original, " ", seeded)
}

fn dotted_letters(original: &Original, seeded: &mut Seeded) -> Option<String> {
    with_sign_after_letters(original, ".", seeded)
}
