//! What is special to names of companies and ships: legal forms, generic words, numbers, prefixes.

use super::class;
use crate::Seeded;
use crate::class::Class;
use crate::original::Original;
use crate::tables::{self, Kind, Span};
use crate::text::{core, in_case_of, is_latin, letters, words};
use tamis_model::EntityKind;

pub(super) const CLASSES: &[Class] = &[
    class!(
        "legal-form-dropped",
        Organization,
        form_dropped,
        "the legal form left out"
    ),
    class!(
        "legal-form-added",
        Organization,
        form_added,
        "a legal form where the list has none"
    ),
    class!(
        "legal-form-swapped",
        Organization,
        form_swapped,
        "the equivalent legal form of another country"
    ),
    class!(
        "legal-form-spelt",
        Organization,
        form_spelt,
        "the legal form spelt out, or abbreviated"
    ),
    class!(
        "word-abbreviated",
        Organization,
        abbreviated,
        "a common word abbreviated, or written out: Company and Co"
    ),
    class!(
        "word-translated",
        Organization,
        translated,
        "a common word in another language: Bank Melli, Zavod, Factory"
    ),
    class!(
        "and-sign",
        Organization,
        and_sign,
        "'and' for '&', or the other way round"
    ),
    class!(
        "article-changed",
        Organization,
        article,
        "'The' before a company's name, or lost"
    ),
    class!(
        "number-written",
        Any,
        number_written,
        "a number in words or Roman figures, or the other way round"
    ),
    class!(
        "acronym-added",
        Organization,
        acronym_added,
        "the company's initials in brackets behind its name"
    ),
    class!(
        "vessel-prefix",
        Object,
        vessel_prefix,
        "M/V, MT or the like before a ship's name"
    ),
    class!(
        "vessel-spacing",
        Object,
        vessel_spacing,
        "a ship's words written together, or with a hyphen"
    ),
];

fn form_dropped(original: &Original, _: &mut Seeded) -> Option<String> {
    let form = tables::legal_form(&original.text)?;
    let mut words = words(&original.text);
    words.drain(form.words);
    let left = words.join(" ");
    let left = left.trim_matches([',', ' ']).to_owned();
    (letters_of(&left) > 3).then_some(left)
}

fn letters_of(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn form_added(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let row = seeded.pick(tables::rows(Kind::LegalForm))?;
    let none = tables::find(&original.text, Kind::LegalForm).is_empty();
    (none && is_latin(&original.text)).then(|| format!("{} {}", original.text, row.from.to_uppercase()))
}

/// The words of a span replaced by what they are exchanged for.
fn replaced(text: &str, span: &Span, seeded: &mut Seeded) -> Option<String> {
    let mut words = words(text);
    let old = words.get(span.words.clone())?.join(" ");
    let new = in_case_of(&old, seeded.pick(span.to)?);
    words.splice(span.words.clone(), [new]);
    Some(words.join(" "))
}

fn form_swapped(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let form = tables::legal_form(&original.text)?;
    let spans = tables::find(&original.text, Kind::Equivalent);
    let span = spans.into_iter().find(|span| span.words == form.words)?;
    replaced(&original.text, &span, seeded)
}

fn form_spelt(original: &Original, seeded: &mut Seeded) -> Option<String> {
    replaced(&original.text, &tables::legal_form(&original.text)?, seeded)
}

/// A word replaced that is no part of a legal form.
fn word_replaced(original: &Original, kind: Kind, seeded: &mut Seeded) -> Option<String> {
    let forms = tables::find(&original.text, Kind::LegalForm);
    let apart = |span: &Span| {
        forms
            .iter()
            .all(|form| span.words.end <= form.words.start || form.words.end <= span.words.start)
    };
    let spans: Vec<Span> = tables::find(&original.text, kind)
        .into_iter()
        .filter(apart)
        .collect();
    replaced(&original.text, seeded.pick(&spans)?, seeded)
}

fn abbreviated(original: &Original, seeded: &mut Seeded) -> Option<String> {
    word_replaced(original, Kind::Abbreviation, seeded)
}

fn translated(original: &Original, seeded: &mut Seeded) -> Option<String> {
    word_replaced(original, Kind::Translation, seeded)
}

fn and_sign(original: &Original, _: &mut Seeded) -> Option<String> {
    let text = &original.text;
    let padded = format!(" {text} ");
    let other = match (padded.contains(" & "), padded.contains(" AND ")) {
        (true, _) => padded.replace(" & ", " and "),
        (_, true) => padded.replace(" AND ", " & "),
        _ => padded.replace(" and ", " & ").replace(" And ", " & "),
    };
    Some(other.trim().to_owned())
}

fn article(original: &Original, _: &mut Seeded) -> Option<String> {
    let lower = original.text.to_lowercase();
    match lower.strip_prefix("the ") {
        Some(_) => original.text.get(4..).map(str::to_owned),
        None => is_latin(&original.text).then(|| format!("The {}", original.text)),
    }
}

fn number_written(original: &Original, seeded: &mut Seeded) -> Option<String> {
    // A person called Ten is not called 10.
    let named = original.kind != EntityKind::Person;
    named.then(|| word_replaced(original, Kind::Number, seeded))?
}

fn acronym_added(original: &Original, _: &mut Seeded) -> Option<String> {
    let mut own = words(&original.text);
    for form in tables::find(&original.text, Kind::LegalForm).into_iter().rev() {
        own.drain(form.words);
    }
    let own = own.iter().filter(|word| letters(word) > 2);
    let acronym: String = own
        .filter_map(|word| core(word).chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    (is_latin(&original.text) && acronym.chars().count() >= 3)
        .then(|| format!("{} ({acronym})", original.text))
}

fn vessel_prefix(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const PREFIXES: [&str; 8] = ["M/V", "MV", "M/T", "MT", "M.V.", "SS", "M.T.", "LPG/C"];
    let prefix = seeded.pick(&PREFIXES)?;
    let has_letters = letters_of(&original.text) > 3;
    has_letters.then(|| format!("{prefix} {}", original.text))
}

fn vessel_spacing(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let sign = if seeded.chance(50) { "" } else { "-" };
    Some(original.text.replace(' ', sign))
}
