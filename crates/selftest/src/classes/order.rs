//! The same words, in another case or order.

use super::class;
use crate::class::Class;
use crate::original::Original;
use crate::tables::{self, Kind};
use crate::{Seeded, text};
use tamis_model::EntityKind;

pub(super) const CLASSES: &[Class] = &[
    class!(
        "exact",
        Any,
        exact,
        "the name letter for letter: the test of the test"
    ),
    class!(
        "lower-case",
        Any,
        lower_case,
        "systems that keep names without capitals"
    ),
    class!(
        "upper-case",
        Any,
        upper_case,
        "payment messages and mainframes, all in capitals"
    ),
    class!(
        "given-first",
        Person,
        given_first,
        "'FAMILY, Given' typed as 'Given Family'"
    ),
    class!(
        "family-first",
        Person,
        family_first,
        "family name first, without the comma that would say so"
    ),
    class!(
        "comma-form",
        Person,
        comma_form,
        "'Given Family' filed as 'Family, Given'"
    ),
    class!(
        "shuffled",
        Person,
        shuffled,
        "three words or more, columns joined in another order"
    ),
    class!(
        "shuffled-company",
        Organization,
        shuffled,
        "a company's words in another order, as translations have them"
    ),
    class!(
        "word-moved-last",
        Organization,
        first_word_last,
        "the first word of a company moved to its end, as indexes file it"
    ),
];

fn exact(original: &Original, _: &mut Seeded) -> Option<String> {
    Some(original.text.clone())
}

fn lower_case(original: &Original, _: &mut Seeded) -> Option<String> {
    Some(original.text.to_lowercase())
}

fn upper_case(original: &Original, _: &mut Seeded) -> Option<String> {
    Some(original.text.to_uppercase())
}

fn given_first(original: &Original, _: &mut Seeded) -> Option<String> {
    let person = &original.person;
    (!person.given.is_empty()).then(|| person.natural())
}

fn family_first(original: &Original, _: &mut Seeded) -> Option<String> {
    let person = &original.person;
    let words: Vec<String> = person.family.iter().chain(&person.given).cloned().collect();
    (words.len() > 1 && !person.given.is_empty()).then(|| words.join(" "))
}

fn comma_form(original: &Original, _: &mut Seeded) -> Option<String> {
    let person = &original.person;
    (!person.given.is_empty()).then(|| person.filed())
}

fn shuffled(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut words = match original.kind {
        EntityKind::Person => original.person.words(),
        _ => with_forms_whole(&original.text),
    };
    if words.len() < 3 - usize::from(original.kind != EntityKind::Person) {
        return None;
    }
    for at in (1..words.len()).rev() {
        words.swap(at, seeded.below(at + 1));
    }
    Some(words.join(" "))
}

/// The words of a company's name, a legal form of several words taken for one: nobody tears it apart.
fn with_forms_whole(text: &str) -> Vec<String> {
    let mut words = text::words(text);
    for form in tables::find(text, Kind::LegalForm).into_iter().rev() {
        let whole = words[form.words.clone()].join(" ");
        words.splice(form.words, [whole]);
    }
    words
}

fn first_word_last(original: &Original, _: &mut Seeded) -> Option<String> {
    let mut words = with_forms_whole(&original.text);
    if words.len() < 2 {
        return None;
    }
    words.rotate_left(1);
    Some(words.join(" "))
}
