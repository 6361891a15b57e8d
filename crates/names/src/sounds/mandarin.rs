//! Mandarin: Hanyu Pinyin, and Wade-Giles with its apostrophes lost.
//!
//! The alphabet of sounds is pinyin, with `v` for ü. Wade-Giles is made from pinyin by rule; without apostrophes one of
//! its syllables may stand for two. Sources: ISO 7098, the tables of Wade-Giles, `data/tables/chinese_surnames.csv`.

use super::{Heard, Sound, Tradition};
use crate::tables::PINYIN;
use crate::texts::{CHINESE_SURNAMES, rows};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The most syllables that a word has.
const IN_WORD: usize = 2;

/// A spelt syllable → what it may stand for.
type Syllables = HashMap<String, Vec<String>>;

struct Tables {
    pinyin: Syllables,
    wade: Syllables,
    /// Family names in pinyin.
    surnames: HashSet<String>,
    /// Characters of a family name → its reading as a name.
    readings: HashMap<String, String>,
    /// Another spelling of a family name → pinyin.
    elsewhere: HashMap<String, Vec<String>>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let (mut pinyin, mut wade) = (Syllables::default(), Syllables::default());
        let vowels = ['a', 'e', 'i', 'o', 'u', 'v'];
        for syllable in PINYIN.iter().filter(|s| s.contains(vowels)) {
            for (spelt, table) in plain(syllable)
                .into_iter()
                .map(|s| (s, 0))
                .chain(wade_giles(syllable).into_iter().map(|s| (s, 1)))
            {
                let table = if table == 0 { &mut pinyin } else { &mut wade };
                add(table, &spelt, syllable);
            }
        }
        let mut all = Tables {
            pinyin,
            wade,
            surnames: HashSet::default(),
            readings: HashMap::default(),
            elsewhere: HashMap::default(),
        };
        for [characters, reading, others] in rows(CHINESE_SURNAMES) {
            for other in others.split(' ').filter(|o| !o.is_empty()) {
                add(
                    &mut all.elsewhere,
                    other,
                    &dotted(&reading, characters.chars().count(), &all.pinyin),
                );
            }
            all.surnames.insert(reading.clone());
            all.readings.insert(characters, reading);
        }
        all
    })
}

fn add(table: &mut Syllables, spelt: &str, means: &str) {
    let all = table.entry(spelt.to_owned()).or_default();
    if !all.iter().any(|known| known == means) {
        all.push(means.to_owned());
    }
}

/// A family name's reading with its syllables parted.
fn dotted(reading: &str, syllables: usize, pinyin: &Syllables) -> String {
    let found = parse(reading, pinyin);
    found
        .into_iter()
        .find(|s| s.split('.').count() == syllables)
        .unwrap_or_else(|| reading.to_owned())
}

/// The spellings of a pinyin syllable: ü is written `v`, `yu` (passports), or loses its dots.
fn plain(syllable: &str) -> Vec<String> {
    match syllable.strip_suffix('v') {
        Some(initial) => vec![syllable.to_owned(), format!("{initial}yu"), format!("{initial}u")],
        None => vec![syllable.replace('v', "u"), syllable.to_owned()],
    }
}

/// How Wade-Giles spells a pinyin syllable, without apostrophes, breves and dots.
fn wade_giles(syllable: &str) -> Vec<String> {
    let listed: &[&str] = match syllable {
        "zhi" | "chi" => &["chih"],
        "shi" => &["shih"],
        "ri" => &["jih"],
        "zi" | "ci" => &["tzu"],
        "si" => &["ssu", "szu"],
        "you" => &["yu"],
        "yan" => &["yen"],
        "ye" => &["yeh"],
        "yong" => &["yung"],
        "yi" => &["i", "yi"],
        "er" => &["erh"],
        "ge" => &["ko", "ke"],
        "ke" => &["ko", "ke"],
        "he" => &["ho"],
        "e" => &["o", "e"],
        "gui" | "kui" => &["kuei"],
        "guo" | "kuo" => &["kuo"],
        "huo" => &["huo"],
        "shuo" => &["shuo"],
        "yue" => &["yueh"],
        _ => &[],
    };
    if !listed.is_empty() {
        return listed.iter().map(|&s| s.to_owned()).collect();
    }
    let (initial, last) = initial_of(syllable);
    let start = match initial {
        "b" => "p",
        "d" => "t",
        "g" => "k",
        "j" | "q" | "zh" => "ch",
        "x" => "hs",
        "r" => "j",
        "z" | "c" => "ts",
        other => other,
    };
    let palatal = matches!(initial, "j" | "q" | "x");
    let end = match last {
        "ian" => "ien".to_owned(),
        "ie" => "ieh".to_owned(),
        "ue" | "ve" => "ueh".to_owned(),
        "uo" => "o".to_owned(),
        "ong" => "ung".to_owned(),
        "iong" => "iung".to_owned(),
        "v" if !palatal => "u".to_owned(),
        other => other.to_owned(),
    };
    vec![format!("{start}{end}")]
}

fn initial_of(syllable: &str) -> (&str, &str) {
    let two = ["zh", "ch", "sh"].iter().find(|i| syllable.starts_with(**i));
    let length = match two {
        Some(initial) => initial.len(),
        None => syllable.find(['a', 'e', 'i', 'o', 'u', 'v']).unwrap_or(0),
    };
    syllable.split_at(length)
}

/// Every way to read `word` as syllables of `table`, parted by dots.
fn parse(word: &str, table: &Syllables) -> Vec<String> {
    let mut found = BTreeSet::new();
    if word.is_ascii() && word.len() <= 6 * IN_WORD {
        read_from(word, table, 0, String::new(), &mut found);
    }
    found.into_iter().take(super::MOST).collect()
}

fn read_from(rest: &str, table: &Syllables, syllables: usize, so_far: String, found: &mut BTreeSet<String>) {
    if rest.is_empty() {
        found.insert(so_far);
        return;
    }
    if syllables == IN_WORD {
        return;
    }
    for length in 1..=rest.len().min(6) {
        let (spelt, after) = rest.split_at(length);
        for means in table.get(spelt).into_iter().flatten() {
            let parting = if so_far.is_empty() { "" } else { "." };
            read_from(
                after,
                table,
                syllables + 1,
                format!("{so_far}{parting}{means}"),
                found,
            );
        }
    }
}

/// How a word in Latin letters is heard.
///
/// Many syllables belong to both systems (`chang`, `ping`). They are read by Wade-Giles only beside one that is no
/// pinyin, or `Wang Ping` would be `Wang Bing`.
pub(super) fn hear(word: &str) -> Option<Heard> {
    let tables = tables();
    let (pinyin, wade) = (parse(word, &tables.pinyin), parse(word, &tables.wade));
    let elsewhere = of_surname(word);
    let all = pinyin.iter().chain(&wade).chain(elsewhere);
    let syllables = all
        .map(|s| s.split('.').count())
        .min()
        .filter(|&least| least > 0)?;
    let of_family = |s: &String| tables.surnames.contains(&s.replace('.', ""));
    let is_family = !elsewhere.is_empty() || pinyin.iter().chain(&wade).any(of_family);
    let new = |letters: String| Sound::new(Tradition::Mandarin, letters);
    let only_wade = pinyin.is_empty() && !wade.is_empty();
    let weak = elsewhere.iter().map(|s| new(s.clone()).weak());
    Some(Heard {
        syllables,
        is_family,
        sounds: pinyin.into_iter().map(new).chain(weak).collect(),
        wade: wade.into_iter().map(new).collect(),
        only_wade,
    })
}

/// The pinyin of a family name in another spelling.
pub(super) fn of_surname(word: &str) -> &'static [String] {
    tables().elsewhere.get(word).map_or(&[], Vec::as_slice)
}

/// The reading of characters (in their folded form) as a family name.
pub(super) fn family_reading(characters: &str) -> Option<&'static str> {
    tables().readings.get(characters).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wade(word: &str) -> Vec<String> {
        parse(word, &tables().wade)
    }

    #[test]
    fn wade_giles_is_read_as_pinyin() {
        for (spelt, pinyin) in [
            ("hsi", "xi"),
            ("chinping", "jin.ping"),
            ("tsetung", "ze.dong"),
            ("chou", "zhou"),
            ("enlai", "en.lai"),
            ("teng", "deng"),
            ("hsiaoping", "xiao.ping"),
            ("chiang", "jiang"),
            ("tsemin", "ze.min"),
            ("shih", "shi"),
            ("kuo", "guo"),
            ("chung", "zhong"),
        ] {
            assert!(
                wade(spelt).contains(&pinyin.to_owned()),
                "{spelt} {:?}",
                wade(spelt)
            );
        }
    }

    #[test]
    fn both_systems_only_beside_a_word_that_is_no_pinyin() {
        let of_latin = |words: &[&str]| super::super::of_latin(0, words);
        let plain = of_latin(&["wang", "ping"]);
        assert_eq!(plain[1].len(), 1);
        let wade = of_latin(&["hsu", "ping"]);
        assert!(wade[1].iter().any(|s| s.letters == "bing"));
        assert!(of_latin(&["marie", "lou"]).is_empty());
    }
}
