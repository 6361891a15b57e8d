//! Letters of any script → Latin letters and sounds. One file a script; what has no file is read by a general table.

mod arabic;
mod armenian;
mod cyrillic;
mod georgian;
mod greek;
mod han;
mod hangul;
mod hebrew;
mod indic;
mod kana;
mod latin;
mod lookalikes;
mod southeast;

pub(crate) use hangul::jamo;
pub(crate) use kana::{hiragana, romaji};
pub use lookalikes::latin_lookalike;
pub(crate) use lookalikes::{in_latin, in_other_dress, undo_capitals, undo_lookalikes};

use crate::reading;
use serde::{Deserialize, Serialize};

/// The scripts that are read differently from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Script {
    /// Latin letters, digits and anything that is neither.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Arabic letters, of any language: Arabic, Persian, Urdu, Pashto, Kurdish.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// The scripts of India and its neighbours, Devanagari to Sinhala.
    Indic,
    /// Thai, Lao, Burmese, Khmer.
    Southeast,
    /// Japanese kana.
    Kana,
    /// Korean syllables.
    Hangul,
    /// Han characters.
    Han,
    /// Any other script.
    Other,
}

impl Script {
    /// Whether short vowels are not written, so that words have skeletons in place of readings.
    pub(crate) const fn is_unvocalised(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }

    /// Whether vowels are not written, or romanised in several ways.
    pub(crate) const fn guesses_vowels(self) -> bool {
        !matches!(self, Script::Latin | Script::Han | Script::Hangul)
    }
}

pub(crate) fn script_of(c: char) -> Script {
    match c {
        '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{250}'..='\u{36f}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{2de0}'..='\u{2dff}'
        | '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' | '\u{fb13}'..='\u{fb17}' => Script::Armenian,
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{870}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
        '\u{900}'..='\u{dff}' => Script::Indic,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Script::Southeast,
        '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{2d00}'..='\u{2d2f}' => Script::Georgian,
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => Script::Kana,
        '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        _ => Script::Other,
    }
}

/// The script of a word: where it mixes several, the last of them in the order of [`Script`].
pub(crate) fn script_of_word(word: &str) -> Script {
    word.chars().map(script_of).max().unwrap_or(Script::Latin)
}

/// A word in Latin letters, lower case, letters and digits only.
pub(crate) fn latinize(word: &str) -> String {
    let mut latin = match script_of_word(word) {
        Script::Cyrillic => cyrillic::latinize(word),
        Script::Greek => greek::latinize(word),
        Script::Armenian => armenian::latinize(word),
        Script::Georgian => georgian::latinize(word),
        Script::Arabic => arabic::latinize(word),
        Script::Hebrew => hebrew::latinize(word),
        Script::Indic => indic::latinize(word),
        Script::Southeast => southeast::latinize(word),
        Script::Kana => kana::latinize(word),
        Script::Hangul => hangul::latinize(word),
        Script::Han => han::latinize(word),
        Script::Latin | Script::Other => any_ascii(word),
    };
    latin.retain(|c| c.is_ascii_alphanumeric());
    if latin.is_empty() {
        // A word must not vanish because a table of ours lacks its letters.
        latin = any_ascii(word);
        latin.retain(|c| c.is_ascii_alphanumeric());
    }
    latin
}

/// The readings of a word (see the crate's documentation), the likeliest first; `latin` is [`latinize`] of it.
pub(crate) fn readings(word: &str, latin: &str, script: Script) -> Vec<String> {
    match script {
        Script::Latin => latin::readings(word, latin),
        Script::Cyrillic => cyrillic::readings(word, latin),
        Script::Greek => greek::readings(word, latin),
        Script::Armenian => armenian::readings(word, latin),
        Script::Georgian => georgian::readings(word, latin),
        Script::Arabic => arabic::readings(word, latin),
        Script::Hebrew => hebrew::readings(word, latin),
        Script::Indic => indic::readings(word, latin),
        Script::Southeast => southeast::readings(word, latin),
        Script::Kana => kana::readings(word, latin),
        Script::Hangul => hangul::readings(word, latin),
        Script::Han => han::readings(word, latin),
        Script::Other => reading::readings(latin, None),
    }
}

/// Where a word ends that is written together with the next one, as some compounds are.
pub(crate) fn compound(word: &str, script: Script) -> Option<usize> {
    (script == Script::Arabic)
        .then(|| arabic::compound(word))
        .flatten()
}

/// The sign that an apostrophe is after this letter, where it belongs to the letter.
pub(crate) fn apostrophe_of(letter: char) -> Option<char> {
    (script_of(letter) == Script::Hebrew).then_some(hebrew::GERESH)
}

/// Letters of a script and how they are spelt, longest first; `^` stands for the start of the word.
pub(crate) type Letters = &'static [(&'static str, &'static str)];

/// Spells `word` by the first of `tables` that has the letters at hand, else by the general table.
pub(crate) fn spell(word: &str, tables: &[Letters]) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let at_start = rest.len() == word.len();
        let found = tables
            .iter()
            .flat_map(|table| table.iter())
            .find_map(|(letters, spelt)| {
                let here = letters.trim_start_matches('^');
                (here.len() == letters.len() || at_start)
                    .then(|| rest.strip_prefix(here))
                    .flatten()
                    .map(|after| (after, *spelt))
            });
        let (after, spelt) = found.unwrap_or_else(|| {
            let after = rest.get(first.len_utf8()..).unwrap_or_default();
            (after, any_ascii::any_ascii_char(first))
        });
        out.push_str(spelt);
        rest = after;
    }
    out.make_ascii_lowercase();
    out
}

/// Lower-case ASCII by the general table.
fn any_ascii(word: &str) -> String {
    any_ascii::any_ascii(word).to_ascii_lowercase()
}
