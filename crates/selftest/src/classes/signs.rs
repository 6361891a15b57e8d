//! Accents and punctuation, added and lost.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::Original;
use crate::text::{core, letters, places, with_core, words};

pub(super) const CLASSES: &[Class] = &[
    class!(
        "accents-added",
        Any,
        accents_added,
        "letters with accents where the list has none"
    ),
    class!(
        "accents-lost",
        Any,
        accents_lost,
        "accents lost on the way through old systems"
    ),
    class!(
        "punctuation-lost",
        Any,
        punctuation_lost,
        "commas, hyphens, dots and apostrophes left out"
    ),
    class!(
        "punctuation-added",
        Any,
        punctuation_added,
        "dots, commas, quotes or apostrophes that the list has not"
    ),
    class!(
        "other-apostrophe",
        Any,
        other_apostrophe,
        "a typographic apostrophe, quote or dash for a plain one"
    ),
];

const ACCENTS: [(char, &str); 12] = [
    ('a', "áàâäãåā"),
    ('e', "éèêëēě"),
    ('i', "íìîïī"),
    ('o', "óòôöõō"),
    ('u', "úùûüūů"),
    ('c', "çčć"),
    ('n', "ñńň"),
    ('s', "šśş"),
    ('z', "žźż"),
    ('y', "ýÿ"),
    ('r', "ř"),
    ('g', "ğ"),
];

fn accents_added(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let chars: Vec<char> = original.text.chars().collect();
    let bare = |c: char| {
        ACCENTS
            .iter()
            .find(|(letter, _)| *letter == c.to_ascii_lowercase())
    };
    let places: Vec<usize> = (0..chars.len()).filter(|&at| bare(chars[at]).is_some()).collect();
    let mut changed: Vec<String> = chars.iter().map(|&c| c.to_string()).collect();
    for _ in 0..=seeded.below(3) {
        let at = *seeded.pick(&places)?;
        let (_, accented) = bare(chars[at])?;
        let accented: Vec<char> = accented.chars().collect();
        let letter = seeded.pick(&accented)?.to_string();
        changed[at] = if chars[at].is_uppercase() {
            letter.to_uppercase()
        } else {
            letter
        };
    }
    Some(changed.concat())
}

fn accents_lost(original: &Original, _: &mut Seeded) -> Option<String> {
    let plain = |c: char| {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let bare = ACCENTS
            .iter()
            .find(|(_, accented)| accented.contains(lower))
            .map_or(c, |(bare, _)| *bare);
        if c.is_uppercase() {
            bare.to_ascii_uppercase()
        } else {
            bare
        }
    };
    Some(original.text.chars().map(plain).collect())
}

fn punctuation_lost(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let space = seeded.chance(50);
    let sign = |c: char| match c {
        '\'' | '’' | '`' => None,
        '-' | '.' | '/' if !space => None,
        c if c.is_alphanumeric() || c.is_whitespace() || c == '&' => Some(c),
        _ => Some(' '),
    };
    let text: String = original.text.chars().filter_map(sign).collect();
    Some(words(&text).join(" "))
}

fn punctuation_added(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(&original.text);
    let at = *seeded.pick(&places(&words, |word| letters(word) > 3))?;
    let word = core(&words[at]).to_owned();
    let middle: Vec<(usize, char)> = word.char_indices().skip(1).collect();
    let changed = match seeded.below(5) {
        0 => format!("{word}."),
        1 => format!("\"{word}\""),
        2 => format!("({word})"),
        3 => format!("{word},"),
        _ => {
            let (cut, _) = *seeded.pick(&middle)?;
            format!("{}'{}", &word[..cut], &word[cut..])
        }
    };
    words[at] = with_core(&words[at], &changed);
    Some(words.join(" "))
}

fn other_apostrophe(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let apostrophe = *seeded.pick(&["’", "`", "ʼ", "´"])?;
    let dash = *seeded.pick(&["‐", "–", "‑"])?;
    Some(original.text.replace('\'', apostrophe).replace('-', dash))
}
