//! Small tools for changing names: words with their punctuation, letter case, substitution by a table.

use crate::Seeded;

/// The words of a name, with the punctuation that clings to them.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// A word without the punctuation around it.
pub(crate) fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The letters of a word without those around it that are none.
pub(crate) fn letters(word: &str) -> usize {
    let core = core(word);
    if core.chars().all(char::is_alphabetic) {
        core.chars().count()
    } else {
        0
    }
}

/// The word with its core replaced; the punctuation around it stays.
pub(crate) fn with_core(word: &str, new: &str) -> String {
    let old = core(word);
    match word.find(old) {
        Some(at) if !old.is_empty() => format!("{}{new}{}", &word[..at], &word[at + old.len()..]),
        _ => new.to_owned(),
    }
}

/// Whether every letter is a Latin one, and there is at least one.
pub(crate) fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| u32::from(c) < 0x250)
}

/// `new` in the letter case of `old`: all capitals, or a capital first, or as it is.
pub(crate) fn in_case_of(old: &str, new: &str) -> String {
    let mut cased = old.chars().filter(|c| c.is_alphabetic());
    let first = cased.next().is_some_and(char::is_uppercase);
    // One capital letter says nothing about the rest of the word.
    let all = first && cased.clone().count() > 0 && cased.all(char::is_uppercase);
    match (all, first) {
        (true, _) => new.to_uppercase(),
        (_, true) => capital_first(new),
        _ => new.to_owned(),
    }
}

/// The word with a capital first letter and the others as they are.
pub(crate) fn capital_first(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `AL-QADIR` as `Al-Qadir`: a capital after every sign that is not a letter, but for an apostrophe.
pub(crate) fn title_case(text: &str) -> String {
    let mut start = true;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    }
    out
}

/// The places of the words for which `fits` holds.
pub(crate) fn places(words: &[String], fits: impl Fn(&str) -> bool) -> Vec<usize> {
    (0..words.len()).filter(|&at| fits(&words[at])).collect()
}

/// The text with the core of one word that `fits` changed by `change`; `None` where no word fits.
pub(crate) fn change_one(
    text: &str,
    seeded: &mut Seeded,
    fits: impl Fn(&str) -> bool,
    change: impl FnOnce(&str, &mut Seeded) -> Option<String>,
) -> Option<String> {
    let mut words = words(text);
    let at = *seeded.pick(&places(&words, |word| fits(core(word))))?;
    let changed = change(core(&words[at]), seeded)?;
    words[at] = with_core(&words[at], &changed);
    Some(words.join(" "))
}

/// The text with every letter group of `table` replaced, longest first, keeping the letter case of each word.
pub(crate) fn respell(text: &str, table: &[(&str, &str)]) -> String {
    let word = |word: &str| in_case_of(word, &replace(&word.to_lowercase(), table));
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The lower-case word with every group replaced; the first row that fits goes first.
fn replace(word: &str, table: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        match table.iter().find(|(from, _)| rest.starts_with(from)) {
            Some((from, to)) => {
                out.push_str(to);
                rest = &rest[from.len()..];
            }
            None => {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

/// The text with one or two of the rules applied that can be, each at one place.
pub(crate) fn respell_some(text: &str, rules: &[(&str, &str)], seeded: &mut Seeded) -> Option<String> {
    let once = respell_once(text, rules, seeded, 3)?;
    if seeded.chance(50) {
        return Some(once);
    }
    Some(
        respell_once(&once, rules, seeded, 3)
            .filter(|twice| twice != text)
            .unwrap_or(once),
    )
}

/// The text with one of the rules applied at one place, in a word of at least `fewest` letters.
pub(crate) fn respell_once(
    text: &str,
    rules: &[(&str, &str)],
    seeded: &mut Seeded,
    fewest: usize,
) -> Option<String> {
    let mut words = words(text);
    let fit = |word: &str| {
        let lower = word.to_lowercase();
        rules
            .iter()
            .filter(|(from, _)| lower.contains(from))
            .copied()
            .collect::<Vec<_>>()
    };
    let at = *seeded.pick(&places(&words, |word| {
        letters(word) >= fewest && !fit(word).is_empty()
    }))?;
    let (from, to) = *seeded.pick(&fit(&words[at]))?;
    let lower = words[at].to_lowercase();
    let starts: Vec<usize> = lower.match_indices(from).map(|(start, _)| start).collect();
    let start = *seeded.pick(&starts)?;
    let changed = format!("{}{to}{}", &lower[..start], &lower[start + from.len()..]);
    words[at] = in_case_of(&words[at], &changed);
    Some(words.join(" "))
}
