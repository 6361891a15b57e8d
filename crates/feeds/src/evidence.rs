//! Whether a guessed encoding is certain.
//!
//! The same bytes are text in many encodings: `ГЕРБЕР` of Windows-1251 is `цептеп` in KOI8-R and six letters
//! make three Chinese characters in GBK. A wrong guess makes every name nonsense, and nonsense is never on a list. So
//! the guess must explain the words of the sample clearly better than every other encoding that reads them
//! differently: by [`MARGIN`] nats of log-likelihood, under a rough model of each script.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_5, KOI8_R, KOI8_U, SHIFT_JIS, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    X_MAC_CYRILLIC,
};
use std::collections::BTreeSet;

const OTHERS: [&Encoding; 19] = [
    WINDOWS_1251,
    WINDOWS_1252,
    WINDOWS_1250,
    WINDOWS_1253,
    WINDOWS_1254,
    WINDOWS_1255,
    WINDOWS_1256,
    WINDOWS_1257,
    KOI8_R,
    KOI8_U,
    ISO_8859_5,
    IBM866,
    X_MAC_CYRILLIC,
    GBK,
    BIG5,
    SHIFT_JIS,
    EUC_JP,
    EUC_KR,
    encoding_rs::GB18030,
];

/// Odds of a thousand to one. All four Cyrillic encodings read back three full names in mixed case; two words in
/// capitals are refused.
const MARGIN: f64 = 7.0;

/// Distinct words beyond ASCII that are looked at, and how many of them settle which of two Latin encodings
/// it is: those differ in a few letters only.
const WORDS: usize = 2_000;
const LATIN_WORDS: usize = 4;

/// What a letter costs, in nats, that no text would hold there.
const ODD: f64 = -8.0;

/// Russian letters with their rough frequency in per mille (general knowledge, in groups; only orders matter), and
/// the letters of Ukrainian and Belarusian.
const CYRILLIC: [(&str, f64); 13] = [
    ("ое", 97.0),
    ("аи", 77.0),
    ("нт", 65.0),
    ("срв", 49.0),
    ("лк", 39.0),
    ("мдпу", 29.0),
    ("яыь", 19.0),
    ("гзб", 16.0),
    ("чй", 13.0),
    ("хж", 10.0),
    ("шю", 7.0),
    ("цщэф", 4.0),
    ("ёъіїєґў", 2.0),
];

/// The accented letters usual in Western and Central Europe.
const LATIN: &str = "áàâäãåæąăçćčďđéèêëęěíìîïłľñńňóòôöőõøœřśšşșťţțúùûüűůýźžżßğıß";

struct Reading {
    encoding: &'static Encoding,
    words: Vec<String>,
    score: f64,
}

/// The encodings between which the sample leaves a doubt, the guess first; none when the guess is certain.
pub(crate) fn doubts(sample: &[u8], guess: &'static Encoding) -> Vec<&'static str> {
    let guessed = read(sample, guess);
    let rivals = OTHERS
        .into_iter()
        .filter(|encoding| *encoding != guess)
        .map(|encoding| read(sample, encoding))
        .filter(|other| other.words != guessed.words && is_rival(&guessed, other));
    let mut names: Vec<&str> = rivals.map(|other| other.encoding.name()).collect();
    // A reading that is nonsense is wrong even where no other encoding known here is better.
    let beyond_ascii = guessed
        .words
        .iter()
        .flat_map(|word| word.chars())
        .filter(|c| !c.is_ascii());
    let bytes: f64 = beyond_ascii.map(|c| width(c, guess)).sum();
    if names.is_empty() && guessed.score > ODD * 0.8 * bytes.max(1.0) {
        return names;
    }
    names.insert(0, guess.name());
    names
}

fn is_rival(guess: &Reading, other: &Reading) -> bool {
    let same_letters = guess.words.len() == other.words.len()
        && guess
            .words
            .iter()
            .zip(&other.words)
            .all(|(one, two)| plain(one) == plain(two));
    if same_letters {
        return false;
    }
    let near = guess.score - other.score < MARGIN;
    let settled = is_latin(guess) && is_latin(other) && guess.words.len() >= LATIN_WORDS;
    near && !(settled && guess.score > other.score - MARGIN)
}

fn is_latin(reading: &Reading) -> bool {
    let mut letters = reading.words.iter().flat_map(|word| word.chars());
    letters.all(|c| !c.is_alphabetic() || script(c) == Script::Latin)
}

fn read(sample: &[u8], encoding: &'static Encoding) -> Reading {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let mut seen = BTreeSet::new();
    let words: Vec<String> = text
        .split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic())
        .filter(|word| !word.is_ascii() && seen.insert(*word))
        .take(WORDS)
        .map(str::to_owned)
        .collect();
    let score = words.iter().map(|word| cost(word, encoding)).sum();
    Reading {
        encoding,
        words,
        score,
    }
}

fn beyond_ascii(word: &str) -> usize {
    word.chars().filter(|c| !c.is_ascii()).count()
}

/// The log-likelihood of a word: that of its letters, or that of nonsense where they do not go together.
fn cost(word: &str, encoding: &'static Encoding) -> f64 {
    let core = word.trim_matches(is_punctuation);
    let outside = (word.chars().count() - core.chars().count()) as f64 * -3.0;
    let each = |c: char| match c.is_ascii() {
        true => 0.0,
        false => letter(c, encoding),
    };
    let odd = !core.is_empty() && !goes_together(core);
    let letters = core.chars().map(|c| match odd && !c.is_ascii() {
        true => ODD * width(c, encoding),
        false => each(c),
    });
    outside + letters.sum::<f64>()
}

/// How many bytes a character takes, so that the readings of the same bytes are compared.
fn width(c: char, encoding: &'static Encoding) -> f64 {
    let mut text = [0; 4];
    encoding.encode(c.encode_utf8(&mut text)).0.len().min(4) as f64
}

fn is_punctuation(c: char) -> bool {
    "’‘“”„«»–—…№°·\u{a0}ªº¿¡€£§©®™、。，；：（）・".contains(c)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    EastAsian,
    Hangul,
    Other,
}

fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Script::Latin,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' => Script::Arabic,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::EastAsian,
        _ => Script::Other,
    }
}

/// Whether the letters of a word can stand together: of one script, in one of the usual cases, and with the
/// accents that a Latin word has.
fn goes_together(word: &str) -> bool {
    let Some(first) = word.chars().next() else {
        return true;
    };
    let one_script = word
        .chars()
        .all(|c| is_punctuation(c) || (script(c) == script(first) && is_letter(c)));
    let accents = script(first) != Script::Latin || beyond_ascii(word) * 2 <= word.chars().count() + 1;
    one_script && is_letter(first) && script(first) != Script::Other && accents && is_regular(word)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{591}'..='\u{5c7}').contains(&c) || ('\u{64b}'..='\u{652}').contains(&c)
}

/// All small, all capital, or a capital before small letters, also after punctuation inside.
fn is_regular(word: &str) -> bool {
    word.split(is_punctuation).all(|part| {
        let mut letters = part.chars();
        let first = letters.next();
        let rest = letters.as_str();
        let small = rest.chars().all(|c| !c.is_uppercase());
        small || (first.is_some_and(|c| !c.is_lowercase()) && rest.chars().all(|c| !c.is_lowercase()))
    })
}

/// The log-likelihood of a letter beyond ASCII among those of its script.
fn letter(c: char, encoding: &'static Encoding) -> f64 {
    let small = c.to_lowercase().next().unwrap_or(c);
    match script(c) {
        Script::Cyrillic => {
            let known = CYRILLIC.iter().find(|(letters, _)| letters.contains(small));
            known.map_or(-9.0, |(_, share)| (share / 1000.0).ln())
        }
        Script::Latin if LATIN.contains(small) => -3.5,
        Script::Latin => -5.5,
        Script::Greek | Script::Arabic => -3.2,
        // Niqqud is not written in names.
        Script::Hebrew if c < '\u{5d0}' => ODD,
        Script::Hebrew => -3.0,
        Script::Hangul => -6.5,
        Script::EastAsian => east_asian(c, encoding),
        Script::Other if is_punctuation(c) => -3.0,
        Script::Other => ODD * width(c, encoding),
    }
}

/// Kana are few; the characters in daily use stand in the first part of each national table, by their lead byte.
fn east_asian(c: char, encoding: &'static Encoding) -> f64 {
    if ('\u{3040}'..='\u{30ff}').contains(&c) {
        return -5.0;
    }
    let mut text = [0; 4];
    let (bytes, ..) = encoding.encode(c.encode_utf8(&mut text));
    let (lead, trail) = match *bytes {
        [lead, trail] => (lead, trail),
        _ => return ODD * 2.0,
    };
    let daily = match encoding.name() {
        "GBK" | "gb18030" => (0xb0..=0xd7).contains(&lead) && trail >= 0xa1,
        "Big5" => (0xa4..=0xc6).contains(&lead),
        "Shift_JIS" => (0x88..=0x98).contains(&lead),
        "EUC-JP" => (0xb0..=0xcf).contains(&lead),
        _ => false,
    };
    if daily { -7.5 } else { -11.0 }
}

/// A Latin word without its accents, as far as screening does not tell them apart.
fn plain(word: &str) -> String {
    const BASES: [(char, &str); 13] = [
        ('a', "áàâäãåąăā"),
        ('c', "çćčĉċ"),
        ('d', "ďđ"),
        ('e', "éèêëęěēė"),
        ('g', "ğģĝ"),
        ('i', "íìîïīįı"),
        ('l', "łľĺļ"),
        ('n', "ñńňņ"),
        ('o', "óòôöőõøō"),
        ('r', "řŕŗ"),
        ('s', "śšşș"),
        ('t', "ťţț"),
        ('u', "úùûüűůūų"),
    ];
    let base = |c: char| {
        BASES
            .iter()
            .find(|(_, letters)| letters.contains(c))
            .map_or(c, |(base, _)| *base)
    };
    word.chars().flat_map(char::to_lowercase).map(base).collect()
}
