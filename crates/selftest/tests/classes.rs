//! Each class changes names, and changes no more than it says.
#![expect(clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;
use tamis_model::EntityKind::{self, Organization, Person, Vessel};
use tamis_selftest::{Class, Scope, Seeded};

/// A name for each class to which it applies.
const NAMES: &[(&str, EntityKind, &str)] = &[
    (
        "exact lower-case given-first family-first comma-form shuffled",
        Person,
        "TIKHONOV, Andrei Gennadyevich",
    ),
    (
        "typo-insert typo-delete typo-substitute typo-transpose typo-double typo-keyboard",
        Person,
        "TIKHONOV, Andrei",
    ),
    (
        "typo-first-letter two-typos ocr dropped-patronymic",
        Person,
        "TIKHONOV, Andrei Gennadyevich",
    ),
    ("typo-short-word", Person, "LUN, Anna"),
    (
        "typo-company two-typos-company shuffled-company word-moved-last",
        Organization,
        "NORTHWIND TRADERS LLC",
    ),
    (
        "typo-vessel vessel-spacing vessel-prefix",
        Vessel,
        "POLAR EXAMPLE",
    ),
    (
        "upper-case invisible full-width accents-added homoglyph homoglyph-whole-word leet",
        Person,
        "Novak, Peter",
    ),
    (
        "homoglyph-company leet-company article-changed",
        Organization,
        "Blue Heron Shipping",
    ),
    (
        "dropped-middle middle-initial extra-middle extra-initial given-initial",
        Person,
        "HOLLOWAY, Margaret Ann",
    ),
    (
        "dropped-first-given title-before suffix-after",
        Person,
        "HOLLOWAY, Margaret Ann",
    ),
    ("dropped-second-family", Person, "CASTILLO ROMERO, Pedro"),
    (
        "dropped-company-word acronym-added extra-company-word",
        Organization,
        "BLUE HERON NAVIGATION LTD",
    ),
    (
        "repeated-word joined-two joined-all hyphenated split-word",
        Person,
        "WEISSMUELLER, Peter",
    ),
    (
        "spaced-letters dotted-letters punctuation-added",
        Person,
        "GROMILOV, Andrey",
    ),
    (
        "punctuation-lost truncated-word",
        Person,
        "WEISSMUELLER, Anne-Marie Holloway",
    ),
    (
        "truncated-35",
        Organization,
        "BLUE HERON NORTHWIND NAVIGATION AND TRADING COMPANY",
    ),
    (
        "hyphen-lost other-apostrophe particles-dropped particles-joined",
        Person,
        "AL-HARRANI, Yusuf",
    ),
    ("accents-lost umlaut", Person, "Weißmüller, Jürgen"),
    (
        "phonetic slavic-casual slavic-german slavic-french slavic-scholarly",
        Person,
        "CHEKUNOV, Yuriy Gennadyevich",
    ),
    (
        "slavic-passport cyrillic gendered-surname",
        Person,
        "CHEKUNOV, Yuriy Gennadyevich",
    ),
    (
        "phonetic-company cyrillic-company",
        Organization,
        "ZAVOD KOMPRESSOR",
    ),
    ("arabic-spelling mohammed", Person, "AL-HARRANI, Mohammed Yusuf"),
    ("abd", Person, "AL-HARRANI, Abd al-Karim"),
    ("nickname", Person, "GROMILOV, Mikhail"),
    ("honorific-dropped", Person, "HARRANI, Haji Yusuf"),
    (
        "legal-form-dropped legal-form-swapped legal-form-spelt",
        Organization,
        "SEVERTEST LLC",
    ),
    ("legal-form-added", Organization, "SEVERTEST KOMPRESSOR"),
    (
        "word-abbreviated word-translated",
        Organization,
        "SEVERTEST INTERNATIONAL",
    ),
    ("and-sign", Organization, "HERON & SONS"),
    ("number-written", Organization, "FACTORY 12"),
];

fn samples() -> impl Iterator<Item = (&'static Class, &'static str, EntityKind)> {
    NAMES.iter().flat_map(|&(ids, kind, name)| {
        ids.split(' ').map(move |id| {
            (
                Class::named(id).unwrap_or_else(|| panic!("no class {id}")),
                name,
                kind,
            )
        })
    })
}

/// What comes of a name under fifty seeds.
fn changes(class: &Class, name: &str, kind: EntityKind) -> Vec<String> {
    (0..50)
        .filter_map(|seed| class.apply(name, kind, &mut Seeded::new(seed)))
        .collect()
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort();
    words
}

/// The letters alone, in order of the alphabet.
fn letters(text: &str) -> String {
    let mut letters: Vec<char> = text
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// Errors between two names, whichever way round the listed one is written.
fn errors(name: &str, changed: &str) -> usize {
    let natural = name
        .split_once(", ")
        .map_or(name.to_owned(), |(family, given)| format!("{given} {family}"));
    let distance = |form: &str| strsim::osa_distance(&form.to_lowercase(), &changed.to_lowercase());
    distance(name).min(distance(&natural))
}

#[test]
fn every_class_has_a_sample_that_it_changes() {
    let sampled: BTreeSet<&str> = samples().map(|(class, _, _)| class.id).collect();
    let all: BTreeSet<&str> = Class::all().map(|class| class.id).collect();
    assert_eq!(sampled, all);
    assert!(all.len() >= 42, "{}", all.len());
    for (class, name, kind) in samples() {
        let changed = changes(class, name, kind);
        assert!(!changed.is_empty(), "{} never applies to {name}", class.id);
        if class.id != "exact" {
            assert!(
                changed.iter().all(|text| text != name),
                "{}: {changed:?}",
                class.id
            );
        }
    }
}

#[test]
fn the_seed_decides() {
    for (class, name, kind) in samples() {
        assert_eq!(
            changes(class, name, kind),
            changes(class, name, kind),
            "{}",
            class.id
        );
    }
}

#[test]
fn what_is_made_can_be_screened() {
    for (class, name, kind) in samples() {
        for text in changes(class, name, kind) {
            assert_eq!(tamis_screen::unfit(&text), None, "{}: {text}", class.id);
        }
    }
}

#[test]
fn a_class_leaves_other_kinds_of_parties_alone() {
    for class in Class::all().filter(|class| class.scope == Scope::Person) {
        assert_eq!(
            changes(class, "BLUE HERON NAVIGATION LTD", Organization),
            Vec::<String>::new(),
            "{}",
            class.id
        );
    }
    for class in Class::all().filter(|class| class.scope == Scope::Organization) {
        assert_eq!(
            changes(class, "TIKHONOV, Andrei", Person),
            Vec::<String>::new(),
            "{}",
            class.id
        );
    }
}

#[test]
fn a_changed_order_keeps_every_word() {
    for id in [
        "given-first",
        "family-first",
        "comma-form",
        "shuffled",
        "shuffled-company",
        "word-moved-last",
    ] {
        for (class, name, kind) in samples().filter(|(class, _, _)| class.id == id) {
            for text in changes(class, name, kind) {
                assert_eq!(words(&text), words(name), "{id}: {text}");
            }
        }
    }
}

#[test]
fn an_error_is_one_error() {
    let single = [
        "insert",
        "delete",
        "substitute",
        "transpose",
        "double",
        "keyboard",
        "first-letter",
        "short-word",
    ];
    let single = single.map(|error| format!("typo-{error}"));
    for (class, name, kind) in samples() {
        let most = match class.id {
            id if single.iter().any(|single| single == id) => 1,
            "typo-company" | "typo-vessel" => 1,
            "two-typos" | "two-typos-company" => 2,
            _ => continue,
        };
        for text in changes(class, name, kind) {
            let errors = errors(name, &text);
            assert!((1..=most).contains(&errors), "{}: {text}: {errors}", class.id);
        }
    }
}

#[test]
fn what_is_dropped_is_dropped_and_nothing_else() {
    let ids = [
        "dropped-middle",
        "dropped-patronymic",
        "dropped-first-given",
        "dropped-second-family",
        "dropped-company-word",
        "honorific-dropped",
        "legal-form-dropped",
    ];
    for (class, name, kind) in samples().filter(|(class, _, _)| ids.contains(&class.id)) {
        let before = words(name);
        for text in changes(class, name, kind) {
            let left = words(&text);
            assert_eq!(left.len() + 1, before.len(), "{}: {text}", class.id);
            assert!(
                left.iter().all(|word| before.contains(word)),
                "{}: {text}",
                class.id
            );
        }
    }
}

#[test]
fn what_is_added_leaves_the_rest() {
    let ids = [
        "extra-middle",
        "extra-initial",
        "extra-company-word",
        "repeated-word",
        "title-before",
        "suffix-after",
        "legal-form-added",
        "acronym-added",
        "vessel-prefix",
    ];
    for (class, name, kind) in samples().filter(|(class, _, _)| ids.contains(&class.id)) {
        for text in changes(class, name, kind) {
            let after = words(&text);
            assert!(
                words(name).iter().all(|word| after.contains(word)),
                "{}: {text}",
                class.id
            );
            assert!(after.len() > words(name).len(), "{}: {text}", class.id);
        }
    }
}

#[test]
fn spacing_and_signs_keep_the_letters() {
    let ids = [
        "joined-two",
        "joined-all",
        "split-word",
        "hyphenated",
        "spaced-letters",
        "dotted-letters",
        "punctuation-lost",
        "punctuation-added",
        "hyphen-lost",
        "other-apostrophe",
        "particles-joined",
        "vessel-spacing",
        "invisible",
        "upper-case",
        "lower-case",
    ];
    for (class, name, kind) in samples().filter(|(class, _, _)| ids.contains(&class.id)) {
        for text in changes(class, name, kind) {
            // A letter-like apostrophe counts as a letter.
            assert_eq!(
                letters(&text.replace('ʼ', "")),
                letters(name),
                "{}: {text}",
                class.id
            );
        }
    }
}

#[test]
fn some_changes_letter_for_letter() {
    let all = |id: &str, name: &str, kind| changes(Class::named(id).unwrap(), name, kind);
    assert!(
        all("cyrillic", "CHEKUNOV, Igor Gennadyevich", Person)
            .contains(&"Игор Геннадьевич Чекунов".to_owned())
    );
    assert!(all("slavic-german", "CHEKUNOV, Igor", Person).contains(&"TSCHEKUNOW, Igor".to_owned()));
    assert!(all("gendered-surname", "CHEKUNOV, Igor", Person).contains(&"Igor Chekunova".to_owned()));
    assert!(all("legal-form-swapped", "SEVERTEST LLC", Organization).contains(&"SEVERTEST OOO".to_owned()));
    assert!(
        all("legal-form-spelt", "SEVERTEST LLC", Organization)
            .contains(&"SEVERTEST LIMITED LIABILITY COMPANY".to_owned())
    );
    assert!(
        all("middle-initial", "HOLLOWAY, Margaret Ann", Person).contains(&"Margaret A. HOLLOWAY".to_owned())
    );
    assert!(all("number-written", "FACTORY 12", Organization).contains(&"FACTORY twelve".to_owned()));
    assert!(all("and-sign", "HERON & SONS", Organization).contains(&"HERON and SONS".to_owned()));
    assert!(all("hyphen-lost", "AL-HARRANI, Yusuf", Person).contains(&"Yusuf ALHARRANI".to_owned()));
    assert!(all("full-width", "Li, Na", Person).contains(&"Ｌｉ，\u{3000}Ｎａ".to_owned()));
    assert_eq!(
        all("dropped-middle", "HOLLOWAY, Margaret", Person),
        Vec::<String>::new()
    );
    assert_eq!(all("cyrillic", "SMITH, John", Person), Vec::<String>::new());
    assert_eq!(
        all("truncated-35", "SHORT NAME LTD", Organization),
        Vec::<String>::new()
    );
}

#[test]
fn no_name_makes_a_class_fail() {
    let names = [
        "",
        " ",
        ",",
        "A",
        "-",
        "A,",
        ", B",
        "'",
        "é",
        "Иванов",
        "李 明",
        "A B C D E F G",
        "I",
        "LLC",
        "12",
        "\u{200b}",
    ];
    for class in Class::all() {
        for name in names {
            for kind in [Person, Organization, Vessel] {
                changes(class, name, kind);
            }
        }
    }
}
