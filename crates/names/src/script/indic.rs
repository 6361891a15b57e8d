//! The scripts of India and its neighbours. Their Unicode blocks are parallel: one offset, one letter. Sinhala has an
//! order of its own.
//!
//! Source: the code charts of the Unicode Standard; romanisation after Hunter, as the press writes names.

use crate::reading::of_romanisations;

/// A script, by the number of its block from U+0900.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Bengali,
    Tamil,
    Malayalam,
    Sinhala,
    /// Telugu and Kannada.
    Southern,
    /// Devanagari, Gurmukhi, Gujarati, Odia.
    Northern,
}

impl Block {
    fn of(c: char) -> Block {
        match (u32::from(c).saturating_sub(0x900)) >> 7 {
            1 => Block::Bengali,
            5 => Block::Tamil,
            6 | 7 => Block::Southern,
            8 => Block::Malayalam,
            9 => Block::Sinhala,
            _ => Block::Northern,
        }
    }

    /// Whether an inherent vowel falls silent at the end of a word and between syllables.
    const fn deletes_schwa(self) -> bool {
        matches!(self, Block::Northern | Block::Bengali)
    }
}

/// What a character does to the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A consonant, which carries an inherent a.
    Consonant(&'static str),
    /// A consonant without a vowel.
    Bare(&'static str),
    /// An independent vowel.
    Vowel(&'static str),
    /// A vowel sign, in place of the inherent vowel.
    Mark(&'static str),
    /// Takes the inherent vowel away.
    Virama,
    /// Changes the consonant before it.
    Nukta,
    /// A nasal, of the place of what follows.
    Nasal,
    Digit(char),
    Silent,
}

/// A consonant, its vowel (`None` for the inherent one, empty where there is none) and a nasal after it.
#[derive(Clone, Debug)]
struct Syllable {
    onset: String,
    vowel: Option<&'static str>,
    nasal: &'static str,
}

pub(super) fn latinize(word: &str) -> String {
    romanise(word, true)
}

pub(super) fn readings(word: &str, latin: &str) -> Vec<String> {
    let full = romanise(word, false);
    let unaspirated = plain_stops(latin);
    // Tamil writes one letter for ch and s; zh is often written l.
    let tamil = word.contains('ச').then(|| latin.replace("ch", "s"));
    let lateral = latin.contains("zh").then(|| latin.replace("zh", "l"));
    let others = [tamil, lateral];
    let others = others.iter().flatten().map(String::as_str);
    of_romanisations([latin, &full, &unaspirated].into_iter().chain(others))
}

/// Aspirates are often written as plain stops.
fn plain_stops(latin: &str) -> String {
    let mut out = latin.to_owned();
    for (aspirate, plain) in [("kh", "k"), ("ph", "p"), ("bh", "b"), ("chh", "ch"), ("jh", "j")] {
        out = out.replace(aspirate, plain);
    }
    out
}

fn romanise(word: &str, drop_schwas: bool) -> String {
    let block = word.chars().map(Block::of).next_back().unwrap_or(Block::Northern);
    let mut syllables = syllables(word, block);
    if drop_schwas && block.deletes_schwa() {
        delete_schwas(&mut syllables);
    }
    syllables
        .iter()
        .flat_map(|s| [s.onset.as_str(), s.vowel.unwrap_or("a"), s.nasal])
        .collect::<String>()
        .to_ascii_lowercase()
}

fn syllables(word: &str, block: Block) -> Vec<Syllable> {
    let mut all: Vec<Syllable> = Vec::new();
    let mut rest = word.chars().peekable();
    let push = |all: &mut Vec<Syllable>, onset: &str, vowel| {
        all.push(Syllable {
            onset: onset.to_owned(),
            vowel,
            nasal: "",
        });
    };
    while let Some(c) = rest.next() {
        match sign(c) {
            Sign::Consonant(sound) => push(&mut all, sound, None),
            Sign::Bare(sound) => push(&mut all, sound, Some("")),
            Sign::Vowel(sound) => push(&mut all, "", Some(sound)),
            Sign::Mark(sound) => match all.last_mut() {
                Some(last) if last.vowel.is_none() => last.vowel = Some(sound),
                // A vowel written in two parts: the whole is told by the second.
                Some(last) if last.vowel != Some("") => last.vowel = Some(sound),
                _ => push(&mut all, "", Some(sound)),
            },
            Sign::Virama => {
                if let Some(last) = all.last_mut() {
                    last.vowel = Some("");
                }
                // Bengali writes a glide after a consonant that is not heard as such.
                if block == Block::Bengali && rest.peek() == Some(&'য') {
                    rest.next();
                    if let Some(last) = all.last_mut() {
                        last.vowel = None;
                    }
                }
            }
            Sign::Nukta => {
                if let Some(last) = all.last_mut() {
                    last.onset = with_nukta(&last.onset).to_owned();
                }
            }
            Sign::Nasal => {
                if let Some(last) = all.last_mut() {
                    last.nasal = nasal_before(rest.peek().copied(), block);
                }
            }
            Sign::Digit(digit) => push(&mut all, &digit.to_string(), Some("")),
            Sign::Silent if c.is_alphabetic() => push(&mut all, "", Some(any_ascii::any_ascii_char(c))),
            Sign::Silent => {}
        }
    }
    all
}

/// Hindi writes ज़ for z, फ़ for f, ड़ for r: the dot below.
fn with_nukta(onset: &str) -> &str {
    match onset {
        "j" => "z",
        "ph" => "f",
        "d" => "r",
        "dh" => "rh",
        "k" => "q",
        _ => onset,
    }
}

fn nasal_before(next: Option<char>, block: Block) -> &'static str {
    match next.map(sign) {
        Some(Sign::Consonant("p" | "ph" | "b" | "bh" | "m")) => "m",
        Some(_) => "n",
        None if matches!(block, Block::Southern | Block::Malayalam) => "m",
        None => "n",
    }
}

/// An inherent vowel is silent at the end after a single consonant, and inside between a vowel with one consonant
/// and a consonant with a vowel: नरेन्द्र is Narendra, राहुल Rahul, अमिताभ Amitabh, लखनऊ Lakhnau.
fn delete_schwas(syllables: &mut [Syllable]) {
    let heard = |s: &Syllable| s.vowel != Some("");
    let inherent = |s: &Syllable| s.vowel.is_none() && s.nasal.is_empty();
    let Some(last) = syllables.len().checked_sub(1) else {
        return;
    };
    if last > 0 && inherent(&syllables[last]) && heard(&syllables[last - 1]) {
        syllables[last].vowel = Some("");
    }
    // From the end, so that each deletion sees what the last one left.
    for at in (1..last).rev() {
        let silent = inherent(&syllables[at])
            && syllables[at - 1].nasal.is_empty()
            && !syllables[at].onset.is_empty()
            && heard(&syllables[at - 1])
            && heard(&syllables[at + 1])
            && !syllables[at + 1].onset.is_empty();
        if silent {
            syllables[at].vowel = Some("");
        }
    }
}

fn sign(c: char) -> Sign {
    let Some(at) = u32::from(c).checked_sub(0x900).filter(|&at| at < 0x500) else {
        return Sign::Silent;
    };
    match (Block::of(c), at & 0x7f) {
        (Block::Sinhala, at) => sinhala(at),
        (Block::Malayalam, at @ 0x7a..=0x7f) => {
            Sign::Bare(["n", "n", "r", "l", "l", "k"][(at - 0x7a) as usize])
        }
        (Block::Bengali, 0x4e) => Sign::Bare("t"),
        (Block::Bengali, 0x2f) => Sign::Consonant("j"),
        (Block::Bengali, 0x70) => Sign::Consonant("r"),
        (Block::Bengali, 0x71) => Sign::Consonant("v"),
        (Block::Tamil | Block::Malayalam, 0x34) => Sign::Consonant("zh"),
        // Gurmukhi tippi; its sign of doubling says nothing here.
        (Block::Northern, 0x70) if at >> 7 == 2 => Sign::Nasal,
        (_, at) => parallel(at),
    }
}

const CONSONANTS: [&str; 37] = [
    "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n", "t", "th", "d", "dh",
    "n", "n", "p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "l", "v", "sh", "sh", "s", "h",
];
const VOWELS: [&str; 16] = [
    "a", "a", "i", "i", "u", "u", "ri", "l", "e", "e", "e", "ai", "o", "o", "o", "au",
];
const MARKS: [&str; 15] = [
    "a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au",
];

/// The letters at the same place in every block but Sinhala's.
fn parallel(at: u32) -> Sign {
    let place = at as usize;
    match at {
        0x01 | 0x02 => Sign::Nasal,
        0x05..=0x14 => Sign::Vowel(VOWELS[place - 0x05]),
        0x15..=0x39 => Sign::Consonant(CONSONANTS[place - 0x15]),
        0x3c => Sign::Nukta,
        0x3e..=0x4c => Sign::Mark(MARKS[place - 0x3e]),
        0x4d => Sign::Virama,
        0x57 => Sign::Mark("au"),
        0x58..=0x5f => Sign::Consonant(["q", "kh", "gh", "z", "r", "rh", "f", "y"][place - 0x58]),
        0x66..=0x6f => char::from_digit(at - 0x66, 10).map_or(Sign::Silent, Sign::Digit),
        _ => Sign::Silent,
    }
}

fn sinhala(at: u32) -> Sign {
    const CONSONANTS: [&str; 45] = [
        "k", "kh", "g", "gh", "n", "ng", "ch", "chh", "j", "jh", "n", "gn", "nj", "t", "th", "d", "dh", "n",
        "nd", "t", "th", "d", "dh", "n", "", "nd", "p", "ph", "b", "bh", "m", "mb", "y", "r", "", "l", "",
        "", "v", "sh", "sh", "s", "h", "l", "f",
    ];
    const VOWELS: [&str; 18] = [
        "a", "a", "e", "e", "i", "i", "u", "u", "ri", "ri", "l", "l", "e", "e", "ai", "o", "o", "au",
    ];
    const MARKS: [&str; 17] = [
        "a", "e", "e", "i", "i", "u", "", "u", "", "ru", "e", "e", "ai", "o", "o", "au", "l",
    ];
    let place = at as usize;
    match at {
        0x02 => Sign::Nasal,
        0x05..=0x16 => Sign::Vowel(VOWELS[place - 0x05]),
        0x1a..=0x46 => Sign::Consonant(CONSONANTS[place - 0x1a]),
        0x4a => Sign::Virama,
        0x4f..=0x5f => Sign::Mark(MARKS[place - 0x4f]),
        _ => Sign::Silent,
    }
}
