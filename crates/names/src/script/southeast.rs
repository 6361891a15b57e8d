//! Thai, Lao, Burmese, Khmer.
//!
//! Thai and Lao after the Royal Thai General System, by rules and without a dictionary; Burmese syllables as the press
//! spells them; Khmer by the general table.

use super::{Letters, spell};
use crate::reading::{of_romanisations, readings as read_romanised};

pub(super) fn latinize(word: &str) -> String {
    match word.chars().map(u32::from).max() {
        Some(0xe00..=0xeff) => thai(word, false),
        Some(0x1000..=0x109f) => burmese(word),
        _ => super::any_ascii(word),
    }
}

pub(super) fn readings(word: &str, latin: &str) -> Vec<String> {
    match word.chars().map(u32::from).max() {
        Some(0xe00..=0xeff) => of_romanisations([latin, &thai(word, true)]),
        Some(0x1000..=0x109f) => of_romanisations([latin]),
        _ => read_romanised(latin, None),
    }
}

/// Lao letters stand 0x80 after their Thai equals; the few that have none are spelt in Thai.
fn in_thai(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ໜ' => out.push_str("หน"),
            'ໝ' => out.push_str("หม"),
            'ຽ' => out.push_str("ัย"),
            'ົ' => out.push('ั'),
            'ຼ' => out.push('ล'),
            '\u{e80}'..='\u{eff}' => out.extend(char::from_u32(u32::from(c) - 0x80)),
            _ => out.push(c),
        }
    }
    out
}

/// What is not heard: tone marks, and letters under the sign of silence.
fn audible(word: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for c in in_thai(word).chars() {
        match c {
            '์' => {
                out.pop_if(|last| is_mark(*last));
                if out.pop() == Some('ร') {
                    // จันทร์, ศาสตร์: the stop before it is silent too.
                    out.pop_if(|last| matches!(last, 'ท' | 'ต' | 'ด' | 'ธ'));
                }
            }
            '\u{e48}'..='\u{e4b}' | 'ๆ' | '\u{e4e}' | 'ฺ' => {}
            _ => out.push(c),
        }
    }
    out
}

/// Thai in RTGS. With `sounded`, a consonant that closes a syllable already closed has a vowel (ชินวัตร, Shinawatra),
/// otherwise it is silent.
fn thai(word: &str, sounded: bool) -> String {
    let letters = audible(word);
    let mut out = String::new();
    let mut closed = true;
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let rest = &letters[at..];
        if let Some((taken, spelt)) = led_syllable(rest).or_else(|| marked_syllable(rest)) {
            out.push_str(&spelt);
            at += taken;
            closed = false;
            continue;
        }
        at += 1;
        if !is_consonant(c) {
            out.push_str(any_ascii::any_ascii_char(c));
        } else if !closed {
            out.push_str(final_sound(c));
            closed = true;
        } else if rest.len() > 1 || sounded {
            out.push_str(initial_sound(c));
            let closes = rest.get(1).is_some_and(|&next| is_consonant(next))
                && marked_syllable(&rest[1..]).is_none()
                && !out.is_empty();
            out.push(if closes { 'o' } else { 'a' });
            closed = !closes;
        }
    }
    out.make_ascii_lowercase();
    if out.is_empty() {
        super::any_ascii(word)
    } else {
        out
    }
}

/// How many letters the consonants at the start of `rest` take, and their sound: one, or a cluster with r, l or w, or
/// a silent h before a sonorant.
fn onset(rest: &[char], may_cluster: bool) -> Option<(usize, String)> {
    let first = *rest.first().filter(|c| is_consonant(**c))?;
    let second = rest.get(1).copied().filter(|_| may_cluster);
    match (first, second) {
        ('ห', Some(second @ ('ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว'))) => {
            Some((2, initial_sound(second).to_owned()))
        }
        ('ท', Some('ร')) => Some((2, "s".to_owned())),
        ('ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'ผ' | 'พ' | 'ศ' | 'ส', Some(second @ ('ร' | 'ล'))) => {
            Some((2, format!("{}{}", initial_sound(first), initial_sound(second))))
        }
        _ => Some((1, initial_sound(first).to_owned())),
    }
}

/// A syllable whose vowel is written before its consonant.
fn led_syllable(rest: &[char]) -> Option<(usize, String)> {
    let lead = *rest
        .first()
        .filter(|c| matches!(c, 'เ' | 'แ' | 'โ' | 'ไ' | 'ใ'))?;
    let clusters = rest.get(3).is_some_and(|&c| is_mark(c) || is_consonant(c)) || lead != 'เ';
    let (taken, sound) = onset(rest.get(1..)?, clusters && rest.len() > 3)?;
    let after: String = rest.iter().skip(1 + taken).take(2).collect();
    let (more, vowel) = match lead {
        'แ' => (usize::from(after.starts_with(['ะ', '็'])), "ae"),
        'โ' => (usize::from(after.starts_with('ะ')), "o"),
        'เ' => after_e(&after),
        _ => (usize::from(after.starts_with('ย')), "ai"),
    };
    Some((1 + taken + more, sound + vowel))
}

fn after_e(after: &str) -> (usize, &'static str) {
    const RHYMES: [(&str, &str); 9] = [
        ("ีย", "ia"),
        ("ือ", "uea"),
        ("าะ", "o"),
        ("า", "ao"),
        ("อ", "oe"),
        ("ิ", "oe"),
        ("ย", "oei"),
        ("็", "e"),
        ("ะ", "e"),
    ];
    let found = RHYMES.iter().find(|(rhyme, _)| after.starts_with(rhyme));
    found.map_or((0, "e"), |(rhyme, vowel)| (rhyme.chars().count(), vowel))
}

/// A syllable whose vowel is written at or after its consonant.
fn marked_syllable(rest: &[char]) -> Option<(usize, String)> {
    const RHYMES: [(&str, &str); 17] = [
        ("ํา", "am"),
        ("ัวะ", "ua"),
        ("ัว", "ua"),
        ("ัย", "ai"),
        ("ัน", "an"),
        ("รร", "an"),
        ("ือ", "ue"),
        ("ะ", "a"),
        ("ั", "a"),
        ("า", "a"),
        ("ิ", "i"),
        ("ี", "i"),
        ("ึ", "ue"),
        ("ื", "ue"),
        ("ุ", "u"),
        ("ู", "u"),
        ("็อ", "o"),
    ];
    [true, false].into_iter().find_map(|cluster| {
        let (taken, sound) = onset(rest, cluster)?;
        let after: String = rest.iter().skip(taken).take(3).collect();
        let (rhyme, vowel) = RHYMES.iter().find(|(rhyme, _)| after.starts_with(rhyme))?;
        Some((taken + rhyme.chars().count(), sound + vowel))
    })
}

const fn is_consonant(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e2e}')
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{e30}'..='\u{e3a}' | '\u{e47}' | '\u{e4d}')
}

const fn initial_sound(c: char) -> &'static str {
    match c {
        'ก' => "k",
        'ข' | 'ฃ' | 'ค' | 'ฅ' | 'ฆ' => "k",
        'ง' => "ng",
        'จ' | 'ฉ' | 'ช' | 'ฌ' => "ch",
        'ซ' | 'ศ' | 'ษ' | 'ส' => "s",
        'ญ' | 'ย' => "y",
        'ฎ' | 'ด' => "d",
        'ฏ' | 'ต' => "t",
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => "th",
        'ณ' | 'น' => "n",
        'บ' => "b",
        'ป' => "p",
        'ผ' | 'พ' | 'ภ' => "ph",
        'ฝ' | 'ฟ' => "f",
        'ม' => "m",
        'ร' => "r",
        'ฤ' => "rue",
        'ล' | 'ฬ' => "l",
        'ว' => "w",
        'ห' | 'ฮ' => "h",
        // A carrier of vowels; by itself it is one.
        _ => "",
    }
}

const fn final_sound(c: char) -> &'static str {
    match c {
        'ก' | 'ข' | 'ค' | 'ฆ' => "k",
        'ง' => "ng",
        'น' | 'ณ' | 'ญ' | 'ร' | 'ล' | 'ฬ' => "n",
        'บ' | 'ป' | 'พ' | 'ภ' | 'ฟ' => "p",
        'ม' => "m",
        'ย' => "i",
        'ว' => "o",
        'อ' => "o",
        'ห' | 'ฮ' => "",
        _ => "t",
    }
}

/// Burmese as the press spells it; tones are not written.
fn burmese(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(|c| !matches!(c, 'း' | '့')).collect();
    let mut with_vowels = String::with_capacity(word.len());
    for (at, &c) in letters.iter().enumerate() {
        with_vowels.push(c);
        let next = letters.get(at + 1).copied();
        let begins = |c: char| matches!(c, '\u{1000}'..='\u{102a}' | '\u{103f}');
        let closes = matches!(letters.get(at + 2), Some('်' | '္'));
        let open = next.is_none_or(|next| begins(next) && !closes);
        if open && matches!(c, '\u{1000}'..='\u{1021}' | '\u{103b}'..='\u{103f}') {
            with_vowels.push('ာ');
        }
    }
    spell(&with_vowels, &[BURMESE_RHYMES, BURMESE])
}

/// Rhymes of Burmese syllables, with the sign that silences the final consonant.
const BURMESE_RHYMES: Letters = &[
    ("ောင်", "aung"),
    ("ောက်", "auk"),
    ("ိုင်", "aing"),
    ("ိုက်", "aik"),
    ("ိန်", "ein"),
    ("ိမ်", "ein"),
    ("ိတ်", "eik"),
    ("ိပ်", "eik"),
    ("ုန်", "on"),
    ("ုမ်", "on"),
    ("ုတ်", "ok"),
    ("ုပ်", "ok"),
    ("ွန်", "un"),
    ("ွမ်", "un"),
    ("ွတ်", "ut"),
    ("ွင်", "win"),
    ("ုံ", "on"),
    ("ိံ", "ein"),
    ("ော်", "aw"),
    ("ော", "aw"),
    ("ို", "o"),
    ("ွေ", "we"),
    ("ွဲ", "we"),
    ("ွယ်", "we"),
    ("ွာ", "wa"),
    ("င်္", "in"),
    ("င်", "in"),
    ("က်", "et"),
    ("စ်", "it"),
    ("တ်", "at"),
    ("ပ်", "at"),
    ("န်", "an"),
    ("မ်", "an"),
    ("ဉ်", "in"),
    ("ည်", "i"),
    ("ယ်", "e"),
    ("ံ", "an"),
    ("ာ", "a"),
    ("ါ", "a"),
    ("ိ", "i"),
    ("ီ", "i"),
    ("ု", "u"),
    ("ူ", "u"),
    ("ေ", "ay"),
    ("ဲ", "e"),
    ("ချ", "ch"),
    ("ခြ", "ch"),
    ("ရှ", "sh"),
    ("လှ", "hl"),
    ("မှ", "hm"),
    ("နှ", "hn"),
    ("ညှ", "hny"),
    ("ဝှ", "hw"),
    // Signs of stacking and silence.
    ("်", ""),
    ("္", ""),
];

const BURMESE: Letters = &[
    ("က", "k"),
    ("ခ", "kh"),
    ("ဂ", "g"),
    ("ဃ", "g"),
    ("င", "ng"),
    ("စ", "s"),
    ("ဆ", "s"),
    ("ဇ", "z"),
    ("ဈ", "z"),
    ("ည", "ny"),
    ("ဉ", "ny"),
    ("ဋ", "t"),
    ("ဌ", "ht"),
    ("ဍ", "d"),
    ("ဎ", "d"),
    ("ဏ", "n"),
    ("တ", "t"),
    ("ထ", "ht"),
    ("ဒ", "d"),
    ("ဓ", "d"),
    ("န", "n"),
    ("ပ", "p"),
    ("ဖ", "ph"),
    ("ဗ", "b"),
    ("ဘ", "b"),
    ("မ", "m"),
    ("ယ", "y"),
    ("ရ", "y"),
    ("လ", "l"),
    ("ဝ", "w"),
    ("သ", "th"),
    ("ဿ", "th"),
    ("ဟ", "h"),
    ("ဠ", "l"),
    ("အ", ""),
    ("ဣ", "i"),
    ("ဤ", "i"),
    ("ဥ", "u"),
    ("ဦ", "u"),
    ("ဧ", "ay"),
    ("ဩ", "aw"),
    ("ဪ", "aw"),
    ("ျ", "y"),
    ("ြ", "y"),
    ("ွ", "w"),
    ("ှ", "h"),
];
