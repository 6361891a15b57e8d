//! Cyrillic.
//!
//! A Cyrillic word has one sound value, or a few where its letters have several in the languages that use them, or
//! where it transcribes a foreign name: Russian writes `г` for h, `у` for w, and Japanese and Chinese syllables by
//! the systems of Polivanov and Palladius.

use crate::reading::{of_romanisation, settle};

/// Letters that only South Slavic languages have.
const SOUTH_SLAVIC: [char; 9] = ['ђ', 'ј', 'љ', 'њ', 'ћ', 'џ', 'ѓ', 'ќ', 'ѕ'];

pub(super) fn latinize(word: &str) -> String {
    let ukrainian = word.contains(['і', 'ї', 'є', 'ґ']);
    let south_slavic = word.contains(SOUTH_SLAVIC);
    let mut latin = String::with_capacity(word.len());
    for c in read_hard_sign(word, 'а').chars() {
        let spelt = match c {
            // The Latin alphabet of Serbian, as it stands once its marks are gone.
            'ж' if south_slavic => "z",
            'х' if south_slavic => "h",
            'ц' | 'ч' if south_slavic => "c",
            'ш' if south_slavic => "s",
            'и' if south_slavic => "i",
            _ => letter(c, ukrainian),
        };
        latin.push_str(&spelt.to_ascii_lowercase());
    }
    latin
}

pub(super) fn readings(word: &str, _latin: &str) -> Vec<String> {
    let base = sounds(&read_hard_sign(word, 'а'));
    let mut all = vec![base];
    let spellings = OTHER_VALUES
        .iter()
        .filter(|(letter, _)| word.contains(letter))
        .map(|(letter, value)| word.replace(letter, value));
    let others = spellings
        .chain([read_hard_sign(word, 'у')])
        .chain(latin_ending(word))
        .chain(w_before_vowel(word))
        .chain(japanese(word));
    for reading in others
        .map(|spelling| sounds(&read_hard_sign(&spelling, 'а')))
        .chain(chinese(word).map(|pinyin| of_romanisation(&pinyin)))
    {
        if !reading.is_empty() && !all.contains(&reading) {
            all.push(reading);
        }
    }
    all.retain(|reading| !reading.is_empty());
    all
}

/// Letters with a second value: Ukrainian and foreign h, `ё` written as е in passports, Bulgarian щ, Belarusian and
/// Uzbek ў, đ without its stroke, Turkish c.
const OTHER_VALUES: [(&str, &str); 8] = [
    ("г", "һ"),
    ("ё", "е"),
    ("щ", "шт"),
    ("ў", "о"),
    ("оў", "у"),
    ("аў", "ау"),
    ("ђ", "д"),
    ("дж", "к"),
];

/// BGN/PCGN romanisation without its soft and hard signs; `ё` as passports write it. Source: BGN/PCGN 1947
/// (Russian), 2019 (Ukrainian), 1979 (Belarusian), and the usual forms of the other letters.
fn letter(c: char, ukrainian: bool) -> &'static str {
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' if ukrainian => "h",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' => "e",
        'ё' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' if ukrainian => "y",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'э' => "e",
        'ю' => "yu",
        'я' => "ya",
        // Serbian and Macedonian
        'ђ' => "dj",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        'ѓ' => "gj",
        'ќ' => "kj",
        'ѕ' => "dz",
        // Kazakh, Kyrgyz, Tatar, Mongolian, Tajik, Azerbaijani, Chechen
        'ә' => "a",
        'ғ' | 'ҝ' => "g",
        'қ' => "k",
        'ң' | 'ҥ' => "n",
        'ө' => "o",
        'ү' | 'ұ' => "u",
        'һ' | 'ҳ' => "h",
        'ҷ' | 'җ' | 'ҹ' => "j",
        'ӣ' => "i",
        'ӯ' => "u",
        'ӏ' => "",
        _ => any_ascii::any_ascii_char(c),
    }
}

/// The sounds of a word (see `reading.rs`).
fn sounds(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = ' ';
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('д', Some('ж')) => {
                out.push('j');
                rest.next();
            }
            ('т', Some('с' | 'ц')) => {
                out.push('T');
                rest.next();
            }
            ('ё', _) if is_sibilant(before) => out.push('o'),
            ('ю', _) if is_sibilant(before) => out.push('u'),
            _ => push_sound(&mut out, c),
        }
        before = c;
    }
    settle(&out)
}

fn push_sound(out: &mut String, c: char) {
    let sound = match c {
        'х' | 'һ' | 'ҳ' => "h",
        'ц' => "T",
        'ч' | 'ћ' | 'ќ' => "C",
        'ш' => "S",
        'щ' => "W",
        'ж' => "Z",
        'џ' | 'ђ' | 'ѓ' | 'ҷ' | 'җ' | 'ҹ' => "j",
        'е' | 'э' | 'є' => "e",
        'ё' => "io",
        'ю' => "iu",
        'я' => "ia",
        'и' | 'і' | 'ї' | 'й' | 'ы' | 'ј' | 'ӣ' => "i",
        'љ' => "l",
        'њ' => "n",
        'ў' => "v",
        _ => return out.push_str(&letter(c, false).to_ascii_lowercase()),
    };
    out.push_str(sound);
}

const fn is_sibilant(c: char) -> bool {
    matches!(c, 'ж' | 'ч' | 'ш' | 'щ')
}

const fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'а' | 'е'
            | 'ё'
            | 'и'
            | 'о'
            | 'у'
            | 'ы'
            | 'э'
            | 'ю'
            | 'я'
            | 'і'
            | 'ї'
            | 'є'
            | 'ө'
            | 'ү'
            | 'ұ'
            | 'ә'
    )
}

/// Bulgarian writes a vowel of its own as `ъ`, between consonants, where Russian has none: `a` by law, once `u`.
fn read_hard_sign(word: &str, vowel: char) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = ' ';
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let between = !is_vowel(before) && rest.peek().is_some_and(|&next| !is_vowel(next));
        out.push(if c == 'ъ' && between { vowel } else { c });
        before = c;
    }
    out
}

/// Russian gives Latin names in -ius the ending -ий: Евгений is Eugenius.
fn latin_ending(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ий")?;
    let adjective = stem.ends_with("ск") || stem.ends_with("цк");
    (stem.chars().count() > 2 && !adjective).then(|| format!("{stem}иус"))
}

/// English w is transcribed as `у` before a vowel: Уэллс is Wells.
fn w_before_vowel(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    let mut changed = false;
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let w = c == 'у' && rest.peek().is_some_and(|&next| is_vowel(next));
        changed |= w;
        out.push(if w { 'в' } else { c });
    }
    changed.then_some(out)
}

/// A word made of Japanese syllables in Polivanov's system, spelt by Hepburn's sounds: си is shi, дзи is ji.
fn japanese(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    let mut rest = word.trim_start_matches('й');
    while !rest.is_empty() {
        let (taken, spelt) = mora(rest)?;
        out.push_str(&spelt);
        rest = rest.get(taken..)?;
    }
    (out != word).then_some(out)
}

/// The first mora of `rest`: how many bytes it takes, and its Hepburn sounds in Cyrillic.
fn mora(rest: &str) -> Option<(usize, String)> {
    let onset = [
        "дз", "к", "г", "с", "т", "д", "н", "х", "ф", "б", "п", "м", "р", "в", "ц", "й",
    ]
    .into_iter()
    .find(|onset| rest.starts_with(onset))
    .unwrap_or_default();
    let after = rest.get(onset.len()..)?;
    let vowel = after.chars().next();
    let Some(vowel @ ('а' | 'и' | 'у' | 'э' | 'о' | 'я' | 'ю' | 'ё')) = vowel else {
        // A nasal, a doubled consonant or a short i.
        let closes = matches!(onset, "н" | "м" | "й") || (!onset.is_empty() && after.starts_with(onset));
        return closes.then(|| (onset.len(), onset.to_owned()));
    };
    let palatal = matches!(vowel, 'и' | 'я' | 'ю' | 'ё');
    let onset_spelt = match (onset, palatal) {
        ("с", true) => "ш",
        ("т", true) => "ч",
        ("дз", true) => "дж",
        ("дз", false) => "з",
        _ => onset,
    };
    // Hepburn writes sha and ja where Polivanov writes ся and дзя.
    let vowel = match (onset, vowel) {
        ("с" | "т" | "дз", 'я') => 'а',
        ("с" | "т" | "дз", 'ю') => 'у',
        ("с" | "т" | "дз", 'ё') => 'о',
        _ => vowel,
    };
    let taken = rest
        .chars()
        .take(onset.chars().count() + 1)
        .map(char::len_utf8)
        .sum();
    Some((taken, format!("{onset_spelt}{vowel}")))
}

/// The longest word that is tried as Chinese syllables.
const LONGEST_CHINESE: usize = 20;

/// A word made of Chinese syllables in Palladius' system, in pinyin: ван is wang, вань is wan.
fn chinese(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().filter(|&c| c != 'ъ').collect();
    if letters.len() > LONGEST_CHINESE {
        return None;
    }
    // From the end: the pinyin of each tail that is made of syllables, the longest first syllable preferred.
    let mut tails: Vec<Option<String>> = vec![None; letters.len() + 1];
    tails[letters.len()] = Some(String::new());
    for at in (0..letters.len()).rev() {
        tails[at] = (1..=6.min(letters.len() - at)).rev().find_map(|length| {
            let tail = tails[at + length].as_ref()?;
            let syllable: String = letters[at..at + length].iter().collect();
            Some(pinyin(&syllable)? + tail)
        });
    }
    tails.swap_remove(0)
}

const INITIALS: [(&str, &str); 21] = [
    ("чж", "zh"),
    ("цз", "z"),
    ("б", "b"),
    ("п", "p"),
    ("м", "m"),
    ("ф", "f"),
    ("д", "d"),
    ("т", "t"),
    ("н", "n"),
    ("л", "l"),
    ("г", "g"),
    ("к", "k"),
    ("х", "h"),
    ("ц", "c"),
    ("с", "s"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("ж", "r"),
    ("в", "w"),
    ("р", "r"),
    ("", ""),
];

/// Finals of Palladius and pinyin; `true` for those that begin with a glide or front vowel.
const FINALS: [(&str, &str, bool); 37] = [
    ("а", "a", false),
    ("ай", "ai", false),
    ("ань", "an", false),
    ("ан", "ang", false),
    ("ао", "ao", false),
    ("э", "e", false),
    ("эй", "ei", false),
    ("энь", "en", false),
    ("эн", "eng", false),
    ("эр", "er", false),
    ("о", "o", false),
    ("оу", "ou", false),
    ("у", "u", false),
    ("уа", "ua", false),
    ("уай", "uai", false),
    ("уань", "uan", false),
    ("уан", "uang", false),
    ("уй", "ui", false),
    ("уэй", "ui", false),
    ("унь", "un", false),
    ("ун", "ong", false),
    ("ы", "i", false),
    ("и", "i", true),
    ("я", "ia", true),
    ("янь", "ian", true),
    ("ян", "iang", true),
    ("яо", "iao", true),
    ("е", "ie", true),
    ("инь", "in", true),
    ("ин", "ing", true),
    ("ю", "iu", true),
    ("юй", "u", true),
    ("юань", "uan", true),
    ("юэ", "ue", true),
    ("юнь", "un", true),
    ("юн", "iong", true),
    ("ё", "io", true),
];

fn pinyin(syllable: &str) -> Option<String> {
    INITIALS.iter().find_map(|(native, initial)| {
        let rest = syllable.strip_prefix(native)?;
        let &(_, last, front) = FINALS.iter().find(|(native, ..)| *native == rest)?;
        let initial = match (*initial, front) {
            ("z", true) => "j",
            ("c", true) => "q",
            ("s", true) => "x",
            ("", true) => return Some(iotated(last)),
            // Only чжи, чи, ши, жи have и beside such an initial.
            ("zh" | "ch" | "sh" | "r", true) if last != "i" => return None,
            ("w", true) => return None,
            (initial, _) => initial,
        };
        Some(format!("{initial}{last}"))
    })
}

/// A syllable without an initial: `ian` is written yan, `u` (юй) yu.
fn iotated(last: &str) -> String {
    match (last, last.strip_prefix('i')) {
        ("i" | "in" | "ing", _) => format!("y{last}"),
        ("iu", _) => "you".to_owned(),
        (_, Some(rest)) => format!("y{rest}"),
        _ => format!("y{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanises_cyrillic_of_several_languages() {
        for (native, latin) in [
            ("борщев", "borshchev"),
            ("юрьевич", "yurevich"),
            ("андрій", "andriy"),
            ("зеленський", "zelenskiy"),
            ("лукашэнка", "lukashenka"),
            ("ђоковић", "djokovic"),
            ("милошевић", "milosevic"),
            ("гълъбов", "galabov"),
            ("тоқаев", "tokaev"),
        ] {
            assert_eq!(latinize(native), latin);
        }
    }

    #[test]
    fn reads_asian_syllables() {
        assert_eq!(japanese("дзюндзи").as_deref(), Some("джунджи"));
        assert_eq!(japanese("ситиро").as_deref(), Some("шичиро"));
        assert_eq!(japanese("петров"), None);
        assert_eq!(chinese("цзиньпин").as_deref(), Some("jinping"));
        assert_eq!(chinese("чжицзюань").as_deref(), Some("zhijuan"));
        assert_eq!(chinese("синхай").as_deref(), Some("xinghai"));
        assert_eq!(chinese("петров"), None);
    }
}
