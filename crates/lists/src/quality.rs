//! What is odd about a list: entries that say less than they should, and facts that cannot be right.

use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use tamis_model::{BirthDate, CheckDigits, EARLIEST_BIRTH_YEAR, Entity, Identifier};
use unicode_script::{Script, UnicodeScript};

/// Something that is looked for in every entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QualityCheck {
    /// An entry without a name: nobody can be compared with it.
    NoName,
    /// A name that cannot be screened: without letters or digits, or too long.
    UnscreenableName,
    /// An entry of whose names none has Latin letters.
    NoLatinName,
    /// A name of one letter or digit.
    OneLetterName,
    /// An id that stands at several entries.
    DuplicateId,
    /// A birth after the day of the check.
    BirthInFuture,
    /// A birth before 1850.
    BirthLongAgo,
    /// A birth date that cannot be or is not understood, such as a 31 February: it is kept as text, and is compared with none.
    DateNotRead,
    /// An identifier whose check digits do not hold.
    CheckDigitsFail,
    /// An entry without a measure.
    NoMeasure,
    /// A measure that ends before it begins.
    MeasureEndsFirst,
    /// A measure under a programme of which the tables know no legal basis.
    ProgrammeUnknown,
}

impl QualityCheck {
    /// Every check, in the order in which results are told.
    pub const ALL: [QualityCheck; 12] = [
        QualityCheck::NoName,
        QualityCheck::UnscreenableName,
        QualityCheck::NoLatinName,
        QualityCheck::OneLetterName,
        QualityCheck::DuplicateId,
        QualityCheck::BirthInFuture,
        QualityCheck::BirthLongAgo,
        QualityCheck::DateNotRead,
        QualityCheck::CheckDigitsFail,
        QualityCheck::NoMeasure,
        QualityCheck::MeasureEndsFirst,
        QualityCheck::ProgrammeUnknown,
    ];

    /// What was found, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            QualityCheck::NoName => "entry without a name",
            QualityCheck::UnscreenableName => "name that cannot be screened",
            QualityCheck::NoLatinName => "entry without a name in Latin letters",
            QualityCheck::OneLetterName => "name of one letter",
            QualityCheck::DuplicateId => "id of several entries",
            QualityCheck::BirthInFuture => "birth in the future",
            QualityCheck::BirthLongAgo => "birth before 1850",
            QualityCheck::DateNotRead => "birth date that is kept as text",
            QualityCheck::CheckDigitsFail => "identifier whose check digits do not hold",
            QualityCheck::NoMeasure => "entry without a measure",
            QualityCheck::MeasureEndsFirst => "measure that ends before it begins",
            QualityCheck::ProgrammeUnknown => "programme without a legal basis in the tables",
        }
    }
}

/// Something that a check found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct QualityNote {
    /// The entry.
    pub entity_id: String,
    /// What is odd about it, as the list says it; empty where something is missing.
    pub value: String,
}

/// Looks at every entry, as of `today`; `unfit` says of a name why it cannot be screened, if it cannot.
///
/// Every check has its row, also where it found nothing. Takes time linear in the entries, and a call of `unfit` for
/// each name.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use tamis_lists::{QualityCheck, quality};
/// use tamis_model::{Entity, EntityKind};
///
/// let nobody = Entity::new("demo", "1", EntityKind::Person);
/// let found = quality(&[nobody], date(2026, 11, 23), |_| None);
/// assert_eq!(found[&QualityCheck::NoName][0].entity_id, "demo:1");
/// assert!(found[&QualityCheck::DuplicateId].is_empty());
/// ```
pub fn quality(
    entities: &[Entity],
    today: Date,
    unfit: impl Fn(&str) -> Option<String>,
) -> BTreeMap<QualityCheck, Vec<QualityNote>> {
    let mut found: BTreeMap<QualityCheck, Vec<QualityNote>> = QualityCheck::ALL
        .into_iter()
        .map(|check| (check, Vec::new()))
        .collect();
    let mut ids = HashSet::new();
    for entity in entities {
        let id = entity.id();
        let mut odd = odd_names(entity, &unfit);
        odd.extend(odd_births(entity, today));
        odd.extend(odd_facts(entity));
        if !ids.insert(id.clone()) {
            odd.push((QualityCheck::DuplicateId, entity.primary_name().to_owned()));
        }
        for (check, value) in odd {
            let entity_id = id.clone();
            found
                .entry(check)
                .or_default()
                .push(QualityNote { entity_id, value });
        }
    }
    found
}

/// What is odd, and the value that shows it.
type Odd = (QualityCheck, String);

fn odd_names(entity: &Entity, unfit: &impl Fn(&str) -> Option<String>) -> Vec<Odd> {
    if entity.names.is_empty() {
        return vec![(QualityCheck::NoName, String::new())];
    }
    let mut odd = Vec::new();
    let latin = |text: &str| text.chars().any(|c| c.script() == Script::Latin);
    if !entity.names.iter().any(|name| latin(&name.text)) {
        odd.push((QualityCheck::NoLatinName, entity.primary_name().to_owned()));
    }
    for name in &entity.names {
        let signs = name.text.chars().filter(|c| c.is_alphanumeric());
        if signs.take(2).count() == 1 {
            odd.push((QualityCheck::OneLetterName, name.text.clone()));
        }
        odd.extend(unfit(&name.text).map(|why| (QualityCheck::UnscreenableName, why)));
    }
    odd
}

fn odd_births(entity: &Entity, today: Date) -> impl Iterator<Item = Odd> {
    let check = move |date: &BirthDate| match date {
        date if !date.is_read() => Some(QualityCheck::DateNotRead),
        date if date.from > today => Some(QualityCheck::BirthInFuture),
        date if date.to.year() < EARLIEST_BIRTH_YEAR => Some(QualityCheck::BirthLongAgo),
        _ => None,
    };
    let dates = entity.birth_dates.iter();
    dates.filter_map(move |date| Some((check(date)?, date.text.clone())))
}

fn odd_facts(entity: &Entity) -> Vec<Odd> {
    let mut odd = Vec::new();
    if entity.measures.is_empty() {
        odd.push((QualityCheck::NoMeasure, entity.primary_name().to_owned()));
    }
    let fails = |identifier: &&Identifier| identifier.number().check == CheckDigits::Fail;
    for identifier in entity.identifiers.iter().filter(fails) {
        let system = identifier.number().scheme.map_or("", |scheme| scheme.name);
        let text = format!("{} {} {system}", identifier.kind.as_str(), identifier.value);
        odd.push((QualityCheck::CheckDigitsFail, text.trim_end().to_owned()));
    }
    for measure in entity.measures.iter().filter(|measure| measure.ends_first()) {
        odd.push((QualityCheck::MeasureEndsFirst, measure.code.clone()));
    }
    let unknown = entity
        .measures
        .iter()
        .filter(|measure| measure.legal_basis.is_none());
    let programmes: BTreeSet<&String> = unknown.filter_map(|measure| measure.programme.as_ref()).collect();
    let programmes = programmes.into_iter().cloned();
    odd.extend(programmes.map(|programme| (QualityCheck::ProgrammeUnknown, programme)));
    odd
}

/// How many names are written in which scripts (Unicode Standard Annex 24); a name in several counts once, under all of
/// them together, and one without letters under `none`.
///
/// # Example
/// ```
/// use tamis_lists::scripts;
/// use tamis_model::{Entity, EntityKind, Name, NameRole};
/// let mut entity = Entity::new("demo", "1", EntityKind::Organization);
/// entity.names.push(Name::new("Zarya", NameRole::Primary));
/// entity.names.push(Name::new("ООО Zarya", NameRole::StrongAlias));
/// let counts = scripts(&[entity]);
/// assert_eq!((counts["Latin"], counts["Cyrillic, Latin"]), (1, 1));
/// ```
pub fn scripts(entities: &[Entity]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in entities.iter().flat_map(|entity| &entity.names) {
        *counts.entry(scripts_of(&name.text)).or_default() += 1;
    }
    counts
}

fn scripts_of(text: &str) -> String {
    let shared = [Script::Common, Script::Inherited, Script::Unknown];
    let scripts = text.chars().filter(|c| c.is_alphabetic()).map(|c| c.script());
    let own = scripts.filter(|script| !shared.contains(script));
    let names: BTreeSet<&str> = own.map(|script| script.full_name()).collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.into_iter().collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use tamis_model::{EntityKind, IdentifierKind, Measure, Name, NameRole, Prohibition};

    const TODAY: Date = date(2026, 11, 23);

    fn sound(id: &str) -> Entity {
        let mut entity = Entity::new("test", id, EntityKind::Person);
        entity.names.push(Name::new("Anna Wzorowa", NameRole::Primary));
        entity
            .measures
            .push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
        entity.birth_dates.extend(BirthDate::parse("1960"));
        entity
    }

    /// What is found of one entry, with the values.
    fn found(change: impl FnOnce(&mut Entity)) -> Vec<(QualityCheck, String)> {
        let mut entity = sound("1");
        change(&mut entity);
        let unfit = |name: &str| (name == "***").then(|| "no letter".to_owned());
        let found = quality(&[sound("0"), entity], TODAY, unfit);
        let told = found
            .into_iter()
            .flat_map(|(check, notes)| notes.into_iter().map(move |n| (check, n)));
        told.map(|(check, note)| {
            assert_eq!(note.entity_id, "test:1");
            (check, note.value)
        })
        .collect()
    }

    #[test]
    fn a_sound_entry_has_nothing_odd() {
        assert_eq!(found(|_| {}), []);
    }

    #[test]
    fn names_that_say_too_little_are_found() {
        assert_eq!(
            found(|e| e.names.clear()),
            [(QualityCheck::NoName, String::new())]
        );
        let one = |text: &str, check| assert_eq!(found(|e| e.names[0].text = text.into())[0].0, check);
        one("Анна Взорова", QualityCheck::NoLatinName);
        one("A.", QualityCheck::OneLetterName);
        one("***", QualityCheck::UnscreenableName);
    }

    #[test]
    fn dates_that_cannot_be_are_found() {
        let born = |text: &str| found(|e| e.birth_dates = BirthDate::parse(text).into_iter().collect());
        assert_eq!(born("2027-01-01")[0].0, QualityCheck::BirthInFuture);
        assert_eq!(born("1 Jan 1849")[0].0, QualityCheck::BirthLongAgo);
        assert_eq!(born("2026-11-23"), [], "today is no future");
        let unread = found(|e| e.birth_dates.push(BirthDate::unread("31 Feb 1960")));
        assert_eq!(unread, [(QualityCheck::DateNotRead, "31 Feb 1960".to_owned())]);
    }

    #[test]
    fn numbers_and_measures_that_cannot_be_right_are_found() {
        let lei = Identifier::new(IdentifierKind::Lei, "5493001KJTIIGC8Y1R13");
        let fails = (
            QualityCheck::CheckDigitsFail,
            "lei 5493001KJTIIGC8Y1R13 LEI".to_owned(),
        );
        assert_eq!(found(|e| e.identifiers.push(lei)), [fails]);
        assert_eq!(found(|e| e.measures.clear())[0].0, QualityCheck::NoMeasure);
        let turned = found(|e| {
            e.measures[0].from = Some(TODAY);
            e.measures[0].to = TODAY.yesterday().ok();
        });
        assert_eq!(turned[0].0, QualityCheck::MeasureEndsFirst);
        let unknown = found(|e| e.measures[0].programme = Some("ATLANTIS".into()));
        assert_eq!(unknown, [(QualityCheck::ProgrammeUnknown, "ATLANTIS".to_owned())]);
        let known = found(|e| {
            e.measures[0].programme = Some("SDGT".into());
            e.measures[0].legal_basis = Some("E.O. 13224".into());
        });
        assert_eq!(known, []);
    }

    #[test]
    fn an_id_that_stands_twice_is_found_once() {
        let found = quality(&[sound("1"), sound("1")], TODAY, |_| None);
        assert_eq!(found[&QualityCheck::DuplicateId].len(), 1);
        assert_eq!(found.len(), QualityCheck::ALL.len(), "each check has its row");
    }

    #[test]
    fn scripts_are_told_apart_whatever_signs_stand_between() {
        assert_eq!(scripts_of("O'Brien-Müller 2"), "Latin");
        assert_eq!(scripts_of("上海 44"), "Han");
        assert_eq!(scripts_of("カスペルスキー"), "Katakana");
        assert_eq!(scripts_of("44 *"), "none");
    }
}
