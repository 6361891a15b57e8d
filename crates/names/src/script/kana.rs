//! Japanese kana.

use crate::reading;

/// Hiragana in the order of Unicode from ぁ to ゖ, in Hepburn.
const KANA: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko",
    "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu",
    "zu", "te", "de", "to", "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu",
    "bu", "pu", "he", "be", "pe", "ho", "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu",
    "yo", "yo", "ra", "ri", "ru", "re", "ro", "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
];
const SMALL_TSU: char = 'っ';

/// Hiragana for a kana; `None` for what is none.
pub(crate) fn hiragana(c: char) -> Option<char> {
    match c {
        'ぁ'..='ゖ' => Some(c),
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60),
        _ => None,
    }
}

/// A small vowel or glide, which changes the syllable before it.
const fn small(c: char) -> bool {
    matches!(c, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ')
}

/// Kana in Hepburn; other letters are left out. `ー` repeats the vowel before it.
pub(crate) fn romaji(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut doubled = false;
    for c in word.chars() {
        let Some(kana) = hiragana(c) else {
            if c == 'ー' {
                let vowel = latin.chars().last().filter(|v| "aiueo".contains(*v));
                latin.extend(vowel);
            }
            continue;
        };
        if kana == SMALL_TSU {
            doubled = true;
            continue;
        }
        let at = usize::try_from(u32::from(kana) - u32::from('ぁ')).unwrap_or(0);
        let syllable = KANA.get(at).copied().unwrap_or_default();
        if small(kana) {
            glide(&mut latin, syllable);
        } else {
            if doubled {
                // Hepburn doubles ch as tch.
                latin.extend(
                    syllable
                        .chars()
                        .next()
                        .map(|first| if first == 'c' { 't' } else { first }),
                );
            }
            latin.push_str(syllable);
        }
        doubled = false;
    }
    latin
}

/// `ki` and small `ya` are `kya`; `shi` and `ya` are `sha`; `fu` and small `a` are `fa`.
fn glide(latin: &mut String, small: &str) {
    let glided = small.strip_prefix('y');
    match latin.chars().last() {
        Some('i') if glided.is_some() || small == "e" => {
            latin.pop();
            let sibilant = latin.ends_with("sh") || latin.ends_with("ch") || latin.ends_with('j');
            match glided {
                Some(vowel) if sibilant => latin.push_str(vowel),
                _ => latin.push_str(small),
            }
        }
        Some('u' | 'e' | 'o') if latin.len() > 1 && glided.is_none() => {
            // `u` and `e` are ウェ, we.
            let bare = latin.len() == 1 || latin.chars().rev().nth(1).is_some_and(|c| "aiueo".contains(c));
            latin.pop();
            latin.push_str(if bare { "w" } else { "" });
            latin.push_str(small);
        }
        Some('u') if glided.is_none() => {
            latin.pop();
            latin.push('w');
            latin.push_str(small);
        }
        _ => latin.push_str(small),
    }
}

pub(super) fn latinize(word: &str) -> String {
    romaji(word)
}

pub(super) fn readings(_word: &str, latin: &str) -> Vec<String> {
    reading::readings(latin, None)
}
