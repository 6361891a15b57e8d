//! Makes the tables that are searched without being read first (`src/lookup.rs`) from those that people edit.
//!
//! Every entry goes through the same folding and romanisation as names do, so the modules that do this are part of
//! this program too.

#![allow(
    dead_code,
    unused_imports,
    reason = "the modules are the crate's, which uses more of them"
)]
#![allow(missing_docs, reason = "the modules are the crate's")]

#[path = "src/distance.rs"]
mod distance;
#[path = "src/fold.rs"]
mod fold;
#[path = "src/lookup.rs"]
mod lookup;
#[path = "src/reading.rs"]
mod reading;
#[path = "src/script/mod.rs"]
mod script;
#[path = "src/signal.rs"]
mod signal;
#[path = "src/skeleton.rs"]
mod skeleton;
#[path = "src/spelling.rs"]
mod spelling;
#[path = "src/spelt.rs"]
mod spelt;
#[path = "src/texts.rs"]
mod texts;
#[path = "src/token.rs"]
mod token;
#[path = "src/vowels.rs"]
mod vowels;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;

/// The fields of each word, by their tag; see `Facts` in `src/tables.rs`.
#[derive(Default)]
struct Words(BTreeMap<String, BTreeMap<char, String>>);

impl Words {
    /// Keeps the first of two values.
    fn first(&mut self, key: String, tag: char, value: &str) {
        if !key.is_empty() {
            let fields = self.0.entry(key).or_default();
            fields.entry(tag).or_insert_with(|| value.to_owned());
        }
    }

    /// Keeps the last of two values.
    fn last(&mut self, key: String, tag: char, value: String) {
        if !key.is_empty() {
            self.0.entry(key).or_default().insert(tag, value);
        }
    }

    /// Keeps the highest of two values.
    fn most(&mut self, key: &str, tag: char, value: usize) {
        let fields = self.0.entry(key.to_owned()).or_default();
        let known = fields.get(&tag).and_then(|known| known.parse().ok()).unwrap_or(0);
        fields.insert(tag, value.max(known).to_string());
    }

    /// Phrases, and with each first word how many words the longest has.
    fn phrases(&mut self, table: &str, tag: char) {
        for [phrase, value] in texts::rows(table) {
            let words = latin_words(&phrase);
            if let Some(first) = words.first() {
                self.most(first, tag.to_ascii_uppercase(), words.len());
                self.first(words.join(" "), tag, &value);
            }
        }
    }

    fn levels(&mut self, table: &str, by_letters: char, by_reading: char) {
        for [word, level] in texts::rows(table) {
            if let Ok(level) = level.parse() {
                self.most(&reading::of_romanisation(&word), by_reading, level);
                self.most(&word, by_letters, level);
            }
        }
    }

    fn with(&self, tag: char) -> impl Iterator<Item = &str> {
        let tagged = self.0.iter().filter(move |(_, fields)| fields.contains_key(&tag));
        tagged.map(|(key, _)| key.as_str())
    }

    fn lines(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.iter().map(|(key, fields)| {
            let fields: Vec<String> = fields
                .iter()
                .map(|(tag, value)| format!("{tag}{value}"))
                .collect();
            (key.as_str(), fields.join("\t"))
        })
    }
}

fn latin_words(text: &str) -> Vec<String> {
    spelt::words(text).into_iter().map(|word| word.latin).collect()
}

fn latin(text: &str) -> String {
    latin_words(text).concat()
}

/// A word of a legal form with fewer letters may be a name.
const FORM_WORD: usize = 5;

fn words() -> Words {
    let mut words = Words::default();
    words.phrases(texts::LEGAL_FORMS, 'l');
    words.phrases(texts::TITLES, 't');
    words.phrases(texts::GEOGRAPHIC_WORDS, 'g');
    for [word, canonical] in texts::rows(texts::GENERIC_WORDS) {
        words.first(latin(&word), 'c', &latin(&canonical));
    }
    nicknames(&mut words);
    for [word, language] in texts::rows(texts::PARTICLES) {
        // Parts of compounds (Abd, Abu) bind to the next word and carry identity: they stay words.
        if language != "ar-compound" {
            let word = latin(&word);
            let canonical = particle(&word, &language).to_owned();
            words.last(word, 'p', canonical);
        }
    }
    for [word, value] in texts::rows(texts::NUMBER_WORDS) {
        if let Ok(value) = value.parse::<u32>() {
            words.last(latin(&word), 'n', value.to_string());
        }
    }
    for [short, word] in texts::rows(texts::ABBREVIATIONS) {
        words.last(latin(&short), 'a', latin(&word));
    }
    for [phrase, _] in texts::rows(texts::LEGAL_FORMS) {
        let parts = latin_words(&phrase);
        for word in parts
            .iter()
            .filter(|word| parts.len() > 1 && word.len() >= FORM_WORD)
        {
            words.first(word.clone(), 'f', "");
        }
    }
    let phrases: BTreeSet<String> = words
        .with('l')
        .chain(words.with('c'))
        .map(str::to_owned)
        .collect();
    for word in phrases.iter().flat_map(|phrase| phrase.split(' ')) {
        words.first(word.to_owned(), 'v', "");
    }
    words.levels(texts::NAME_FREQUENCIES, 'm', 'M');
    words.levels(texts::WORD_FREQUENCIES, 'o', 'O');
    words
}

/// Every name of a group stands for the group's name, and so does that name itself.
fn nicknames(words: &mut Words) {
    let rows = || texts::rows(texts::NICKNAMES);
    for [name, group] in rows() {
        words.first(latin(&name), 'd', &latin(&group));
    }
    for [_, group] in rows() {
        let group = latin(&group);
        words.first(group.clone(), 'd', &group);
    }
}

/// The spellings of the Arabic article, and of "son of", are one particle each.
fn particle<'a>(word: &'a str, language: &str) -> &'a str {
    match (language, word) {
        (
            "ar",
            "al" | "el" | "ul" | "ol" | "as" | "ad" | "ar" | "an" | "az" | "at" | "ash" | "esh" | "ez"
            | "adh" | "ath" | "ur" | "ud" | "us",
        ) => "al",
        ("ar", "bin" | "ibn" | "ben" | "bn" | "abn") => "bin",
        ("ar", "bint" | "binti" | "bent" | "binte" | "bnt" | "abnt") => "bint",
        _ => word,
    }
}

/// Table words with fewer letters lie one slip from too many names.
const SHORTEST: usize = 6;

/// Each long word with one letter left out → its places among the long words.
fn shortened(long: &[&str]) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, word) in long.iter().enumerate() {
        for (at, letter) in word.char_indices() {
            let mut short = (*word).to_owned();
            short.replace_range(at..at + letter.len_utf8(), "");
            all.entry(short).or_default().push(place);
        }
    }
    all
}

/// A static of the type `Lookup` with these lines.
fn lookup<'a>(name: &str, lines: impl Iterator<Item = (&'a str, String)>) -> Result<String, Box<dyn Error>> {
    let (mut text, mut starts) = (String::new(), Vec::new());
    for (key, fields) in lines {
        starts.push((lookup::hash(key), u32::try_from(text.len() + 1)?));
        writeln!(text, "{key}\t{fields}")?;
    }
    let size = (starts.len() * 2 + 1).next_power_of_two();
    let mut slots = vec![0u32; size];
    for (hash, start) in starts {
        let mut at = hash as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = start;
    }
    Ok(format!(
        "pub(crate) static {name}: Lookup = Lookup {{ text: {text:?}, slots: &{slots:?} }};\n"
    ))
}

/// Every syllable in one column of the table of characters.
fn syllables(column: usize) -> Vec<String> {
    let rows = texts::rows::<5>(texts::HAN_CHARACTERS);
    let all = rows.flat_map(|row| row[column].split(' ').map(str::to_owned).collect::<Vec<_>>());
    let different: BTreeSet<String> = all.filter(|syllable| !syllable.is_empty()).collect();
    different.into_iter().collect()
}

/// A number that changes with the version, with every table and with the crate's code (FNV-1a, 64 bits).
fn fingerprint() -> Result<u64, Box<dyn Error>> {
    let mut sources: Vec<PathBuf> = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                sources.push(path)
            }
        }
    }
    sources.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |text: &str| {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    add(env!("CARGO_PKG_VERSION"));
    texts::ALL.into_iter().for_each(&mut add);
    for source in &sources {
        #[expect(clippy::disallowed_methods, reason = "a build script reads what is built")]
        let code = std::fs::read_to_string(source)?;
        // A checkout may have other ends of lines.
        add(&code.replace('\r', ""));
    }
    Ok(hash)
}

fn main() -> Result<(), Box<dyn Error>> {
    let words = words();
    let vocabulary = words.with('v').filter(|word| word.len() >= SHORTEST);
    let long: Vec<&str> = vocabulary.collect();
    let places = |places: &Vec<usize>| places.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    let shortened = shortened(&long);
    let mut code = lookup("WORDS", words.lines())?;
    code += &lookup(
        "SHORTENED",
        shortened.iter().map(|(short, at)| (short.as_str(), places(at))),
    )?;
    let characters: Vec<[String; 5]> = texts::rows(texts::HAN_CHARACTERS).collect();
    let characters = characters
        .iter()
        .map(|[character, readings @ ..]| (character.as_str(), readings.join("\t")));
    code += &lookup("CHARACTERS", characters)?;
    writeln!(code, "pub(crate) static LONG: &[&str] = &{long:?};")?;
    let longest = long.iter().map(|word| word.len()).max().unwrap_or(0);
    writeln!(code, "pub(crate) const LONGEST: usize = {longest};")?;
    writeln!(code, "pub(crate) static PINYIN: &[&str] = &{:?};", syllables(2))?;
    writeln!(code, "pub(crate) static JYUTPING: &[&str] = &{:?};", syllables(3))?;
    writeln!(code, "pub(crate) const FINGERPRINT: u64 = {};", fingerprint()?)?;
    #[expect(clippy::disallowed_methods, reason = "a build script is told where to write")]
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    std::fs::write(PathBuf::from(out).join("tables.rs"), code)?;
    Ok(())
}
