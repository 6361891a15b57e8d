//! Words left out, added, cut or repeated.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::{Original, Person};
use crate::tables::{self, Kind};
use crate::text::{self, core, in_case_of, letters, places, words};

pub(super) const CLASSES: &[Class] = &[
    class!(
        "dropped-middle",
        Person,
        dropped_middle,
        "a middle name left out, as most forms do"
    ),
    class!(
        "dropped-patronymic",
        Person,
        dropped_patronymic,
        "a patronymic left out outside its country"
    ),
    class!(
        "dropped-first-given",
        Person,
        dropped_first_given,
        "the first of several given names left out"
    ),
    class!(
        "dropped-second-family",
        Person,
        dropped_second_family,
        "the second of two family names left out, as outside Spain"
    ),
    class!(
        "dropped-company-word",
        Organization,
        dropped_company_word,
        "one of three words or more of a company left out"
    ),
    class!(
        "extra-middle",
        Person,
        extra_middle,
        "a middle name that the list does not know"
    ),
    class!(
        "extra-initial",
        Person,
        extra_initial,
        "a middle initial that the list does not know"
    ),
    class!(
        "extra-company-word",
        Organization,
        extra_company_word,
        "a word such as 'Trading' or 'Branch' added to a company"
    ),
    class!(
        "given-initial",
        Person,
        given_initial,
        "the given name as an initial"
    ),
    class!(
        "middle-initial",
        Person,
        middle_initial,
        "the middle names as initials"
    ),
    class!(
        "repeated-word",
        Any,
        repeated_word,
        "a word typed twice, or joined from two columns that both hold it"
    ),
    class!(
        "truncated-35",
        Any,
        truncated,
        "cut after 35 characters, a line of a payment message"
    ),
    class!(
        "truncated-word",
        Any,
        truncated_word,
        "the last word cut short, as short columns do"
    ),
];

fn dropped_middle(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut person = original.person.clone();
    let more = person.given.len().checked_sub(2)?;
    person.given.remove(1 + seeded.below(more + 1));
    (person.given.iter().any(|word| letters(word) > 1)).then(|| person.natural())
}

fn dropped_first_given(original: &Original, _: &mut Seeded) -> Option<String> {
    let mut person = original.person.clone();
    let called_by = |word: &String| letters(word) > 2 && !is_patronymic(word);
    person.given.get(1).is_some_and(called_by).then(|| {
        person.given.remove(0);
        person.natural()
    })
}

fn dropped_patronymic(original: &Original, _: &mut Seeded) -> Option<String> {
    let mut person = original.person.clone();
    let before = person.given.len();
    person.given.retain(|word| !is_patronymic(word));
    (!person.given.is_empty() && person.given.len() < before).then(|| person.natural())
}

/// Whether a given name is a patronymic, in the usual romanisations.
pub(super) fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "ovich", "evich", "yich", "ovna", "evna", "yevna", "ichna", "ovych", "ivna", "oglu",
    ];
    let lower = core(word).to_lowercase();
    ENDINGS
        .iter()
        .any(|ending| lower.ends_with(ending) && lower.len() > ending.len() + 1)
}

fn dropped_second_family(original: &Original, _: &mut Seeded) -> Option<String> {
    let mut person = original.person.clone();
    let two = person.family.len() == 2 && person.family.iter().all(|word| letters(word) > 3);
    (two && !person.given.is_empty()).then(|| {
        person.family.truncate(1);
        person.natural()
    })
}

fn dropped_company_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(&original.text);
    // What is left must still tell the company from others: of its own words only one of three may go.
    let own = own_words(&words);
    let droppable = |word: &str| letters(word) > 2 && (own > 2 || tables::is_common(word));
    let at = *seeded.pick(&places(&words, droppable))?;
    (words.len() > 2 && own > 0).then(|| {
        words.remove(at);
        words.join(" ")
    })
}

/// How many words are a company's own: not short, and not common to many.
fn own_words(words: &[String]) -> usize {
    words
        .iter()
        .filter(|word| letters(word) > 2 && !tables::is_common(word))
        .count()
}

/// A given name from the table of nicknames: an ordinary one, that many people bear.
fn any_given(seeded: &mut Seeded, like: &str) -> Option<String> {
    let row = seeded.pick(tables::rows(Kind::Nickname))?;
    Some(in_case_of(like, &text::capital_first(&row.from)))
}

fn extra_middle(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut person = original.person.clone();
    let middle = any_given(seeded, person.given.first()?)?;
    if person
        .words()
        .iter()
        .any(|word| core(word).eq_ignore_ascii_case(&middle))
    {
        return None;
    }
    person.given.insert(1, middle);
    Some(person.natural())
}

fn extra_initial(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const LETTERS: [&str; 20] = [
        "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "R", "S", "T", "V",
    ];
    let mut person = original.person.clone();
    let dot = if seeded.chance(50) { "." } else { "" };
    let initial = format!("{}{dot}", seeded.pick(&LETTERS)?);
    if person.given.is_empty() {
        return None;
    }
    person.given.insert(1, initial);
    Some(person.natural())
}

fn extra_company_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let row = seeded.pick(tables::rows(Kind::ExtraWord))?;
    let mut words = words(&original.text);
    if words
        .iter()
        .any(|word| core(word).eq_ignore_ascii_case(&row.from))
    {
        return None;
    }
    let cased = in_case_of(words.first()?, &row.from);
    // Before a legal form at the end where there is one.
    let form = tables::legal_form(&original.text).filter(|form| form.words.start > 0);
    words.insert(form.map_or(words.len(), |form| form.words.start), cased);
    Some(words.join(" "))
}

fn initial_of(word: &str, dot: bool) -> String {
    let letter: String = core(word).chars().take(1).flat_map(char::to_uppercase).collect();
    if dot { format!("{letter}.") } else { letter }
}

/// With initials for the given names from `from` on.
fn with_initials(person: &Person, from: usize, until: usize, dot: bool) -> Option<String> {
    let mut person = person.clone();
    let until = until.min(person.given.len());
    let words = person.given.get_mut(from..until)?;
    if words.is_empty() || words.iter().any(|word| core(word).chars().count() < 2) {
        return None;
    }
    for word in words {
        *word = initial_of(word, dot);
    }
    Some(person.natural())
}

fn given_initial(original: &Original, seeded: &mut Seeded) -> Option<String> {
    // A single short family name beside an initial is borne by too many to be a fair case.
    if !original.person.family.iter().any(|word| letters(word) >= 4) {
        return None;
    }
    with_initials(&original.person, 0, 1, seeded.chance(50))
}

fn middle_initial(original: &Original, seeded: &mut Seeded) -> Option<String> {
    with_initials(&original.person, 1, usize::MAX, seeded.chance(50))
}

fn repeated_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(&original.text);
    let at = *seeded.pick(&places(&words, |word| letters(word) > 2))?;
    let again = core(&words[at]).to_owned();
    let end = if seeded.chance(50) { at + 1 } else { words.len() };
    words.insert(end, again);
    Some(words.join(" "))
}

/// The characters of a line of a payment message (SWIFT field 50 and 59).
const LINE: usize = 35;

fn truncated(original: &Original, _: &mut Seeded) -> Option<String> {
    let cut: String = original.text.chars().take(LINE).collect();
    // Where most of what is special to the name is cut off, nobody could tell whose it is.
    let (all, left) = (own_words(&words(&original.text)), own_words(&words(&cut)));
    (original.text.chars().count() > LINE && left > 1 && 2 * left > all).then(|| cut.trim().to_owned())
}

fn truncated_word(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(&original.text);
    let last = words.last_mut().filter(|last| letters(last) >= 7)?;
    let keep = letters(last) - 1 - seeded.below(2);
    *last = core(last).chars().take(keep).collect();
    (words.len() > 1).then(|| words.join(" "))
}
