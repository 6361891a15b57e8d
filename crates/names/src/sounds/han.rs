//! Han characters: one form for their variants, and their readings in four languages.
//!
//! Source: `data/tables/han_characters.csv`.

use super::{Sound, Tradition, cantonese, combinations, japanese, korean, mandarin};
use crate::script::{Script, script_of_word};
use crate::tables::CHARACTERS;

/// A character, as the table has it.
struct Character {
    /// The form under which its variants are one.
    form: char,
    mandarin: &'static str,
    /// In Jyutping.
    cantonese: &'static str,
    korean: &'static str,
}

fn character(c: char) -> Option<Character> {
    let (_, fields) = CHARACTERS.get(c.encode_utf8(&mut [0; 4]))?;
    let mut fields = fields.split('\t');
    Some(Character {
        form: fields.next()?.chars().next().unwrap_or(c),
        mandarin: fields.next()?,
        cantonese: fields.next()?,
        korean: fields.next()?,
    })
}

/// The readings in a field of the table.
fn readings(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(' ').filter(|reading| !reading.is_empty())
}

/// The character under which all its variants are one: simplified, traditional and Japanese.
fn form(c: char) -> char {
    character(c).map_or(c, |known| known.form)
}

/// A word in the form under which its variants are one.
pub(super) fn folded(word: &str) -> String {
    word.chars().map(form).collect()
}

/// Longer words are no names of persons: only their characters are compared.
const LONGEST: usize = 4;

/// The sounds of a word with Han characters.
pub(super) fn sounds(word: &str) -> Vec<Sound> {
    let characters = folded(word);
    let mut all = vec![Sound::new(Tradition::Characters, characters.clone())];
    all.extend(
        japanese::of_kanji(word)
            .into_iter()
            .map(|s| Sound::new(Tradition::Japanese, s)),
    );
    let known: Option<Vec<Character>> = word.chars().map(character).collect();
    let Some(known) = known.filter(|k| k.len() <= LONGEST) else {
        return all;
    };
    let new = |tradition| move |letters| Sound::new(tradition, letters);
    all.extend(
        in_mandarin(&known, &characters)
            .into_iter()
            .map(new(Tradition::Mandarin)),
    );
    let cantonese: Vec<Vec<String>> = known
        .iter()
        .map(|k| vec![cantonese::spell(k.cantonese)])
        .collect();
    all.extend(
        combinations(&cantonese, ".")
            .into_iter()
            .map(new(Tradition::Cantonese)),
    );
    let korean: Vec<Vec<&str>> = known.iter().map(|k| readings(k.korean).collect()).collect();
    let hangul = combinations(&korean, "").into_iter();
    let sounds = hangul.flat_map(|word| korean::readings(&word));
    all.extend(sounds.map(|s| Sound::new(Tradition::Korean, s).weak()));
    all
}

/// Pinyin, the reading as a family name too.
fn in_mandarin(known: &[Character], characters: &str) -> Vec<String> {
    let mut places: Vec<Vec<String>> = known
        .iter()
        .map(|k| readings(k.mandarin).map(str::to_owned).collect())
        .collect();
    let family = characters.chars().next().map(String::from);
    let reading = family.and_then(|c| mandarin::family_reading(&c));
    if let (Some(first), Some(reading)) = (places.first_mut(), reading) {
        // The reading as a name comes first, so that it stays where the sounds are too many.
        first.retain(|r| r != reading);
        first.insert(0, reading.to_owned());
    }
    combinations(&places, ".")
}

/// Where the family name of an unsegmented name may end: the places, in characters, best first. Family names of two
/// characters go before those of one.
///
/// `习近平` is 习 近平, `欧阳娜娜` is 欧阳 娜娜, `田中花子` is 田中 花子, `김정은` is 김 정은.
pub(crate) fn split_family(word: &str) -> Vec<usize> {
    let length = word.chars().count();
    if !(2..=LONGEST + 1).contains(&length) {
        return Vec::new();
    }
    let script = script_of_word(word);
    let is_family = |at: &usize| {
        let family: String = word.chars().take(*at).collect();
        match script {
            Script::Hangul => length <= LONGEST && korean::is_family_name(&family),
            Script::Han => {
                japanese::is_family_name(&family)
                    || (length <= LONGEST && mandarin::family_reading(&folded(&family)).is_some())
            }
            _ => false,
        }
    };
    (1..length.min(LONGEST)).rev().filter(is_family).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{HAN_CHARACTERS, rows};

    #[test]
    fn variants_of_a_character_are_one() {
        for (one, two) in [
            ("習近平", "习近平"),
            ("渡邊", "渡辺"),
            ("黃國龍", "黄国竜"),
            ("高﨑", "髙崎"),
            ("大澤", "大沢"),
        ] {
            assert_eq!(folded(one), folded(two));
        }
    }

    #[test]
    fn a_character_has_its_form_in_the_table_and_the_form_is_its_own() {
        let rows: Vec<[String; 5]> = rows(HAN_CHARACTERS).collect();
        assert!(rows.len() > 5_000);
        for [spelt, shape, mandarin, ..] in rows {
            let c = spelt.chars().next().unwrap();
            let known = character(c).unwrap();
            assert_eq!(known.form, shape.chars().next().unwrap_or(c));
            assert_eq!(known.mandarin, mandarin);
            assert_eq!(form(known.form), known.form);
        }
    }

    #[test]
    fn family_names_are_read_as_such() {
        for (characters, pinyin) in [
            ("单", "shan"),
            ("解", "xie"),
            ("曾", "zeng"),
            ("仇", "qiu"),
            ("翟", "zhai"),
            ("朴", "piao"),
        ] {
            let found = sounds(characters);
            assert!(
                found
                    .iter()
                    .any(|s| s.same(&Sound::new(Tradition::Mandarin, pinyin.to_owned()))),
                "{characters}"
            );
        }
    }

    #[test]
    fn an_unsegmented_name_is_split_after_its_family_name() {
        assert_eq!(split_family("习近平"), [1]);
        assert_eq!(split_family("欧阳娜娜"), [2, 1]);
        assert_eq!(split_family("田中花子"), [2, 1]);
        assert_eq!(split_family("김정은"), [1]);
        assert_eq!(split_family("남궁민"), [2, 1]);
        assert!(split_family("마이크로소프트").is_empty());
    }
}
