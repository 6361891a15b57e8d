//! What is special to names of persons: titles, suffixes, nicknames, forms by gender.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::Original;
use crate::tables::{self, Kind};
use crate::text::{capital_first, core, in_case_of, places, with_core, words};

pub(super) const CLASSES: &[Class] = &[
    class!("title-before", Person, title, "a title before the name"),
    class!(
        "suffix-after",
        Person,
        suffix,
        "a degree or generation after the name"
    ),
    class!(
        "nickname",
        Person,
        nickname,
        "the usual short form of a given name, or its cognate"
    ),
    class!(
        "gendered-surname",
        Person,
        gendered,
        "a Slavic family name in the other gender's form, as clerks abroad write it"
    ),
    class!(
        "honorific-dropped",
        Person,
        honorific_dropped,
        "Haji, Mullah, Sheikh and the like left out"
    ),
];

fn title(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let row = seeded.pick(tables::rows(Kind::Title))?;
    let text = if original.text.contains(',') {
        original.person.natural()
    } else {
        original.text.clone()
    };
    Some(format!("{} {text}", row.from))
}

fn suffix(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let row = seeded.pick(tables::rows(Kind::Suffix))?;
    let comma = if seeded.chance(50) { "," } else { "" };
    Some(format!("{}{comma} {}", original.person.natural(), row.from))
}

fn nickname(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let mut person = original.person.clone();
    let has_form = |word: &str| !tables::of(Kind::Nickname, core(word)).is_empty();
    let at = *seeded.pick(&places(&person.given, has_form))?;
    let form = *seeded.pick(&tables::of(Kind::Nickname, core(&person.given[at])))?;
    person.given[at] = with_core(
        &person.given[at],
        &in_case_of(&person.given[at], &capital_first(form)),
    );
    (person.words().len() > 1).then(|| person.natural())
}

fn gendered(original: &Original, _: &mut Seeded) -> Option<String> {
    const FORMS: [(&str, &str); 10] = [
        ("skaya", "skiy"),
        ("skiy", "skaya"),
        ("sky", "skaya"),
        ("ova", "ov"),
        ("eva", "ev"),
        ("ov", "ova"),
        ("ev", "eva"),
        ("ina", "in"),
        ("ski", "ska"),
        ("ska", "ski"),
    ];
    let mut person = original.person.clone();
    let family = person.family.last_mut()?;
    let lower = core(family).to_lowercase();
    let (ending, other) = FORMS.iter().find(|(ending, _)| lower.ends_with(ending))?;
    let stem = lower.strip_suffix(ending).filter(|stem| stem.len() > 2)?;
    *family = with_core(family, &in_case_of(core(family), &format!("{stem}{other}")));
    (!person.given.is_empty()).then(|| person.natural())
}

fn honorific_dropped(original: &Original, _: &mut Seeded) -> Option<String> {
    const HONORIFICS: [&str; 16] = [
        "haji", "hajji", "hajj", "mullah", "mawlawi", "maulvi", "maulana", "sheikh", "shaykh", "dr",
        "general", "colonel", "sayyid", "qari", "alhaji", "prof",
    ];
    let all = words(&original.text);
    let kept: Vec<&str> = all
        .iter()
        .filter(|word| !HONORIFICS.contains(&core(word).to_lowercase().as_str()))
        .map(String::as_str)
        .collect();
    (kept.len() > 1 && kept.len() < all.len()).then(|| kept.join(" "))
}
