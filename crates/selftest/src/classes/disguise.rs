//! What somebody does to be overlooked, and people would still read.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::Original;
use crate::text::{change_one, core, is_latin, letters, words};

pub(super) const CLASSES: &[Class] = &[
    class!(
        "homoglyph",
        Person,
        homoglyph,
        "Cyrillic or Greek letters that look like Latin ones"
    ),
    class!(
        "homoglyph-company",
        Organization,
        homoglyph,
        "the same in a company's name"
    ),
    class!(
        "homoglyph-whole-word",
        Any,
        homoglyph_word,
        "every letter of a word that can be, replaced by its look-alike"
    ),
    class!(
        "invisible",
        Any,
        invisible,
        "characters that are not shown: zero-width space and joiner, soft hyphen, mark"
    ),
    class!(
        "full-width",
        Any,
        full_width,
        "full-width letters, as typed with an East Asian keyboard"
    ),
    class!("leet", Person, leet, "digits and signs for letters"),
    class!("leet-company", Organization, leet, "the same in a company's name"),
];

const LOOK_ALIKES: [(char, &str); 22] = [
    ('a', "а"),
    ('c', "с"),
    ('e', "е"),
    ('i', "і"),
    ('j', "ј"),
    ('o', "оο"),
    ('p', "р"),
    ('s', "ѕ"),
    ('x', "х"),
    ('y', "у"),
    ('A', "АΑ"),
    ('B', "ВΒ"),
    ('C', "С"),
    ('E', "ЕΕ"),
    ('H', "НΗ"),
    ('I', "ІΙ"),
    ('K', "КΚ"),
    ('M', "МΜ"),
    ('O', "ОΟ"),
    ('P', "РΡ"),
    ('T', "ТΤ"),
    ('X', "ХΧ"),
];

fn look_alike(letter: char, seeded: &mut Seeded) -> Option<char> {
    let (_, others) = LOOK_ALIKES.iter().find(|(latin, _)| *latin == letter)?;
    let others: Vec<char> = others.chars().collect();
    seeded.pick(&others).copied()
}

fn places_in(text: &str, fits: impl Fn(char) -> bool) -> Vec<usize> {
    text.chars()
        .enumerate()
        .filter(|&(_, c)| fits(c))
        .map(|(at, _)| at)
        .collect()
}

fn has_look_alike(c: char) -> bool {
    LOOK_ALIKES.iter().any(|(latin, _)| *latin == c)
}

fn homoglyph(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut chars: Vec<char> = original.text.chars().collect();
    let places = places_in(&original.text, has_look_alike);
    for _ in 0..=seeded.below(3) {
        let at = *seeded.pick(&places)?;
        // A place drawn twice has its look-alike already.
        chars[at] = look_alike(chars[at], seeded).unwrap_or(chars[at]);
    }
    Some(chars.into_iter().collect())
}

fn homoglyph_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let fits = |word: &str| letters(word) > 3 && word.chars().filter(|&c| has_look_alike(c)).count() > 1;
    change_one(&original.text, seeded, fits, |word, seeded| {
        Some(word.chars().map(|c| look_alike(c, seeded).unwrap_or(c)).collect())
    })
}

fn invisible(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const SIGNS: [char; 6] = [
        '\u{200b}', '\u{200d}', '\u{ad}', '\u{feff}', '\u{2060}', '\u{200c}',
    ];
    let mut chars: Vec<char> = original.text.chars().collect();
    for _ in 0..=seeded.below(3) {
        let at = seeded.below(chars.len() + 1);
        chars.insert(at, *seeded.pick(&SIGNS)?);
    }
    Some(chars.into_iter().collect())
}

fn full_width(original: &Original, _: &mut Seeded) -> Option<String> {
    let wide = |c: char| match c {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        c => c,
    };
    Some(original.text.chars().map(wide).collect())
}

fn leet(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const SIGNS: [(char, &str); 8] = [
        ('a', "4@"),
        ('e', "3"),
        ('i', "1!"),
        ('o', "0"),
        ('s', "5$"),
        ('t', "7"),
        ('b', "8"),
        ('l', "1"),
    ];
    let sign = |c: char| SIGNS.iter().find(|(letter, _)| *letter == c.to_ascii_lowercase());
    if !is_latin(&original.text) || words(&original.text).iter().all(|word| letters(core(word)) < 3) {
        return None;
    }
    let places = places_in(&original.text, |c| sign(c).is_some());
    let mut chars: Vec<char> = original.text.chars().collect();
    for _ in 0..=seeded.below(3) {
        let at = *seeded.pick(&places)?;
        if let Some((_, signs)) = sign(chars[at]) {
            let signs: Vec<char> = signs.chars().collect();
            chars[at] = *seeded.pick(&signs)?;
        }
    }
    Some(chars.into_iter().collect())
}
