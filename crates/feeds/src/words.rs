//! The words of cells: placeholders, kinds, genders.

use tamis_model::{EntityKind, Gender};

/// Cells that spreadsheets and exports write for "nothing here".
const SYMBOLS: [&str; 8] = [
    "n/a", "#n/a", "#ref!", "#value!", "#name?", "#null!", "#div/0!", "n.a.",
];

/// Words that say so too, but are also names of people: placeholders only as a whole name.
const WORDS: [&str; 6] = ["null", "none", "nan", "nil", "undefined", "unknown"];

/// Whether there is a letter or digit to compare.
pub(crate) fn is_comparable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether `text` stands for "nothing" in any column.
pub(crate) fn is_symbol(text: &str) -> bool {
    among(&SYMBOLS, text)
}

/// Whether a whole name stands for "nothing".
pub(crate) fn is_placeholder(text: &str) -> bool {
    is_symbol(text) || among(&WORDS, text)
}

/// Whether a field other than a name is left out.
pub(crate) fn is_absent(text: &str) -> bool {
    !is_comparable(text) || is_placeholder(text)
}

fn among(list: &[&str], text: &str) -> bool {
    let text = text.trim();
    list.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Words that [`EntityKind::parse`] knows, and that exports use for something else: a segment, a product, a tariff
/// or a code of their own. A sole trader is a `business` customer of many banks, and stays a person.
const SEGMENTS: [&str; 8] = [
    "business",
    "corporate",
    "legal",
    "retail",
    "entity",
    "firm",
    "asset",
    "people",
];

/// Reads a kind: the words of [`EntityKind::parse`], and more that exports use. Only words that leave no doubt
/// are known, because a wrong kind would rule out true matches.
pub(crate) fn kind(text: &str) -> Option<EntityKind> {
    let letters = text.trim().chars().count();
    if letters <= 1 || among(&SEGMENTS, text) {
        return None;
    }
    EntityKind::parse(text).or_else(|| match text.trim().to_lowercase().as_str() {
        "natural"
        | "naturalperson"
        | "natürliche person"
        | "personne physique"
        | "persona física"
        | "persona fisica"
        | "физическое лицо"
        | "фл"
        | "физ. лицо"
        | "фізична особа"
        | "private individual" => Some(EntityKind::Person),
        "legalperson"
        | "legal person"
        | "legalentity"
        | "juristische person"
        | "personne morale"
        | "persona jurídica"
        | "persona juridica"
        | "юридическое лицо"
        | "юл"
        | "юр. лицо"
        | "юридична особа"
        | "unternehmen"
        | "société"
        | "empresa"
        | "компания"
        | "организация"
        | "public body"
        | "bank" => Some(EntityKind::Organization),
        "судно" => Some(EntityKind::Vessel),
        _ => None,
    })
}

/// Reads a gender: the words of [`Gender::parse`], and those of other languages.
pub(crate) fn gender(text: &str) -> Option<Gender> {
    Gender::parse(text).or_else(|| match text.trim().to_lowercase().as_str() {
        "м" | "муж" | "муж." | "мужской" | "чол" | "männlich" | "mann" | "homme" | "masculin" | "hombre"
        | "masculino" => Some(Gender::Male),
        "ж" | "жен" | "жен." | "женский" | "жін" | "weiblich" | "frau" | "femme" | "féminin" | "mujer"
        | "femenino" => Some(Gender::Female),
        _ => None,
    })
}
