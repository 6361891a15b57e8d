//! Letters of any script → Latin letters.

use crate::signal::{Signal, Signals};

/// The scripts that are treated differently from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// Latin letters, digits and anything that is neither.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Han characters.
    Han,
    /// Korean syllables.
    Hangul,
    /// Any other script, read by a general table.
    Other,
}

pub(crate) fn script_of(c: char) -> Script {
    match c {
        '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{250}'..='\u{36f}' => Script::Latin,
        '\u{400}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{2de0}'..='\u{2dff}'
        | '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
        '\u{2e80}'..='\u{2fdf}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
        _ => Script::Other,
    }
}

/// Cyrillic and Greek letters that look like Latin ones (after case folding), in both directions.
/// Source: Unicode TS 39 confusables, the pairs that look alike in common fonts.
const LOOKALIKES: [(char, char); 38] = [
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('ё', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ї', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('һ', 'h'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('ѵ', 'v'),
    ('ӏ', 'l'),
    ('г', 'r'),
    ('п', 'n'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'n'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('ϲ', 'c'),
];

/// Undoes look-alikes in a word that mixes Latin with Cyrillic or Greek letters: the script that has letters
/// of its own, not to be had in the other, wins; Latin where both have or neither has.
pub(crate) fn undo_lookalikes(word: &mut String, signals: &mut Signals) {
    let latin = word
        .chars()
        .any(|c| c.is_alphabetic() && script_of(c) == Script::Latin);
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    if !latin || !word.chars().any(foreign) {
        return;
    }
    signals.set(Signal::MixedScript);
    let own_latin = word
        .chars()
        .any(|c| c.is_ascii_alphabetic() && !LOOKALIKES.iter().any(|p| p.1 == c));
    let own_foreign = word
        .chars()
        .any(|c| foreign(c) && !LOOKALIKES.iter().any(|p| p.0 == c));
    let to_foreign = own_foreign && !own_latin;
    *word = word
        .chars()
        .map(|c| if to_foreign { to_cyrillic(c) } else { to_latin(c) })
        .collect();
}

fn to_latin(c: char) -> char {
    LOOKALIKES
        .iter()
        .find(|pair| pair.0 == c)
        .map_or(c, |pair| pair.1)
}

fn to_cyrillic(c: char) -> char {
    LOOKALIKES
        .iter()
        .find(|pair| pair.1 == c)
        .map_or(c, |pair| pair.0)
}

/// A word in Latin letters, lower case, letters and digits only.
pub(crate) fn latinize(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    let ukrainian = word.contains(['і', 'ї', 'є', 'ґ']);
    for c in word.chars() {
        match script_of(c) {
            Script::Cyrillic => latin.push_str(cyrillic(c, ukrainian)),
            _ if c.is_ascii() => latin.push(c),
            _ => latin.extend(
                any_ascii::any_ascii_char(c)
                    .chars()
                    .map(|c| c.to_ascii_lowercase()),
            ),
        }
    }
    latin.retain(|c| c.is_ascii_alphanumeric());
    latin
}

/// BGN/PCGN romanisation without its soft and hard signs; `ё` as passports write it. Source: BGN/PCGN 1947
/// (Russian), 2019 (Ukrainian), 1979 (Belarusian), and the usual forms of the other letters.
fn cyrillic(c: char, ukrainian: bool) -> &'static str {
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
        // Kazakh, Kyrgyz, Tatar, Mongolian, Tajik, Chechen
        'ә' => "a",
        'ғ' => "g",
        'қ' => "k",
        'ң' => "n",
        'ө' => "o",
        'ү' | 'ұ' => "u",
        'һ' | 'ҳ' => "h",
        'ҷ' => "j",
        'ӣ' => "i",
        'ӯ' => "u",
        'җ' => "j",
        'ӏ' => "",
        _ => any_ascii::any_ascii_char(c),
    }
}

/// Latin letters with marks that stand for a sound of their own, spelt out: the scholarly and ISO 9 letters of
/// Slavic names, German and Nordic vowels, Turkish and Romanian consonants. `None` without such a letter.
pub(crate) fn spell_out(word: &str) -> Option<String> {
    let mut changed = false;
    let mut out = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        let spelt = match c {
            'č' | 'ć' | 'ç' => "ch",
            'š' | 'ş' | 'ș' | 'ś' => "sh",
            'ž' | 'ź' | 'ż' => "zh",
            'ŝ' => "shch",
            'û' => "yu",
            'â' => "ya",
            'ě' => "ie",
            'ö' | 'ø' => "oe",
            'ü' => "ue",
            'ä' => "ae",
            'å' => "aa",
            'ţ' | 'ț' => "ts",
            'ñ' => "ny",
            'đ' => "dj",
            _ => {
                out.push(c);
                continue;
            }
        };
        changed = true;
        out.push_str(spelt);
    }
    changed.then(|| latinize(&out))
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
            ("тоқаев", "tokaev"),
        ] {
            assert_eq!(latinize(native), latin);
        }
    }

    #[test]
    fn undoes_lookalikes_in_mixed_words_only() {
        let mut signals = Signals::default();
        let mut word = "kаsperskу".to_owned();
        undo_lookalikes(&mut word, &mut signals);
        assert_eq!(word, "kaspersky");
        assert!(signals.has(Signal::MixedScript));
        let mut pure = "касперский".to_owned();
        let mut none = Signals::default();
        undo_lookalikes(&mut pure, &mut none);
        assert_eq!((pure.as_str(), none), ("касперский", Signals::default()));
    }

    #[test]
    fn spells_out_scholarly_letters() {
        assert_eq!(spell_out("borŝev").as_deref(), Some("borshchev"));
        assert_eq!(spell_out("ûrevič").as_deref(), Some("yurevich"));
        assert_eq!(spell_out("müller").as_deref(), Some("mueller"));
        assert_eq!(spell_out("peter"), None);
    }
}
