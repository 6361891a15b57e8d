//! Names that are not listed: ordinary ones, and look-alikes made of parts of listed names.

use crate::original::Person;
use crate::probes::{Probe, Sort, Target};
use crate::selftest::Listed;
use crate::text::{letters, title_case, words};
use crate::{Error, Seeded, Vocabulary};
use crate::{companies, names, tables};
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::{Entity, EntityKind};
use tamis_names::{Domain, NameForm};

/// How often another name is drawn for each one wanted, before fewer are taken.
const TRIES: usize = 50;

/// What tells two names apart here: their words, in any order.
fn key(name: &str) -> Vec<String> {
    let form = NameForm::new(name, Domain::Person);
    let mut words: Vec<String> = form.tokens.into_iter().map(|token| token.latin.clone()).collect();
    words.sort_unstable();
    words
}

/// The words of every name of every entry, whether or not it alerts.
#[derive(Debug, Default)]
struct Known {
    by_word: BTreeMap<String, BTreeSet<usize>>,
}

impl Known {
    fn new(entities: &[Entity]) -> Known {
        let mut known = Known::default();
        for (at, name) in entities.iter().flat_map(|entity| &entity.names).enumerate() {
            for word in key(&name.text) {
                known.by_word.entry(word).or_default().insert(at);
            }
        }
        known
    }

    /// Whether a listed name has all these words: then it is no other party's name, but a listed one shortened.
    fn has_all(&self, words: &[String]) -> bool {
        let mut with = words.iter().map(|word| self.by_word.get(word));
        let Some(Some(first)) = with.next() else {
            return false;
        };
        let rest: Option<Vec<&BTreeSet<usize>>> = with.collect();
        rest.is_some_and(|rest| first.iter().any(|at| rest.iter().all(|names| names.contains(at))))
    }
}

/// `count` names of each sort; fewer where a list is too small to make so many look-alikes of.
pub(crate) fn probes(
    entities: &[Entity],
    listed: &[Listed],
    count: usize,
    seed: u64,
) -> Result<Vec<Probe>, Error> {
    let vocabulary = Vocabulary::read()?;
    let known = Known::new(entities);
    let mut probes = Vec::new();
    for (at, sort) in Sort::ALL.into_iter().enumerate() {
        let mut seeded = Seeded::new(seed ^ (0x0bad_cafe + at as u64));
        let mut taken = BTreeSet::new();
        let mut found = 0;
        for _ in 0..count * TRIES {
            if found == count {
                break;
            }
            let Some(name) = name(sort, &vocabulary, entities, listed, &mut seeded) else {
                continue;
            };
            let words = key(&name);
            if !known.has_all(&words) && taken.insert(words) {
                found += 1;
                let kind = sort.kind();
                probes.push(Probe {
                    text: name,
                    kind,
                    target: Target::Unlisted(sort),
                });
            }
        }
    }
    Ok(probes)
}

fn name(
    sort: Sort,
    vocabulary: &Vocabulary,
    entities: &[Entity],
    listed: &[Listed],
    seeded: &mut Seeded,
) -> Option<String> {
    match sort {
        Sort::People => {
            let culture = vocabulary.culture(|culture| culture.customers, seeded)?;
            Some(names::Person::any(culture, seeded).everyday(seeded))
        }
        Sort::PeopleOfListedCultures => {
            let culture = vocabulary.culture(|culture| culture.listed, seeded)?;
            Some(names::Person::any(culture, seeded).everyday(seeded))
        }
        Sort::Companies => Some(companies::company(
            vocabulary,
            |culture| culture.customers,
            seeded,
        )),
        Sort::LookAlikePeople => look_alike(entities, listed, EntityKind::Person, person, seeded),
        Sort::LookAlikeCompanies => look_alike(entities, listed, EntityKind::Organization, company, seeded),
    }
}

/// A name made of the parts of two listed ones.
fn look_alike(
    entities: &[Entity],
    listed: &[Listed],
    kind: EntityKind,
    mix: fn(&str, &str, &mut Seeded) -> Option<String>,
    seeded: &mut Seeded,
) -> Option<String> {
    let mut draw = || {
        let drawn = seeded.pick(listed)?;
        let entity = entities.get(drawn.entity).filter(|entity| entity.kind == kind)?;
        let name = seeded.pick(&drawn.names).and_then(|&at| entity.names.get(at))?;
        Some((drawn.entity, name.text.as_str()))
    };
    let ((one, first), (two, second)) = (draw()?, draw()?);
    if one == two {
        return None;
    }
    mix(first, second, seeded).map(|name| title_case(&name))
}

/// The given names of one with the family name of another.
fn person(one: &str, two: &str, _: &mut Seeded) -> Option<String> {
    let (one, two) = (Person::read(one), Person::read(two));
    let whole =
        !one.given.is_empty() && !two.given.is_empty() && two.family.iter().any(|word| letters(word) > 2);
    whole.then(|| {
        Person {
            given: one.given,
            family: two.family,
        }
        .natural()
    })
}

/// The first half of the words of one with the second half of the words of another.
fn company(one: &str, two: &str, _: &mut Seeded) -> Option<String> {
    let (one, two) = (words(one), words(two));
    if one.len() < 2 || two.len() < 2 || tables::is_legal_form(&one[0]) {
        return None;
    }
    let first = &one[..one.len().div_ceil(2)];
    let second = &two[two.len() / 2..];
    Some(
        first
            .iter()
            .chain(second)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
    )
}
