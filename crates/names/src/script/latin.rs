//! Latin letters with marks.

use super::latinize;
use crate::reading;

pub(super) fn readings(word: &str, latin: &str) -> Vec<String> {
    reading::latin_readings(latin, spell_out(word).as_deref())
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
    fn spells_out_scholarly_letters() {
        assert_eq!(spell_out("borŝev").as_deref(), Some("borshchev"));
        assert_eq!(spell_out("ûrevič").as_deref(), Some("yurevich"));
        assert_eq!(spell_out("müller").as_deref(), Some("mueller"));
        assert_eq!(spell_out("peter"), None);
    }
}
