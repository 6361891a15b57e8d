use crate::companies::{Company, ship};
use crate::names::Person;
use crate::vocabulary::Culture;
use crate::{Seeded, Vocabulary};
use tamis_model::{Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition};

/// Of a hundred entries: persons, then companies; the rest are ships. The shares of the OFAC SDN list, rounded.
const PERSONS: usize = 39;
const COMPANIES: usize = 51;
/// More than nearly every listed entry has.
const MOST_ALIASES: usize = 20;

/// A list of the shape of an official one with made-up names: `entries` entries that follow from `seed`.
///
/// Its words follow the OFAC SDN list of August 2026, as counted on it (letters folded, every other sign parts words):
///
/// | of 19,249 entries | entries | names each | words a name | words | distinct | of these once |
/// |---|---|---|---|---|---|---|
/// | persons | 7,502 | 2.16 | 3.04 | 49,212 | 14,223 | 8,432 |
/// | companies and others | 9,871 | 2.14 | 4.47 | 94,464 | 16,331 | 9,135 |
/// | ships and aircraft | 1,876 | 1.12 | 1.81 | 3,795 | 2,208 | 1,913 |
/// | all | 19,249 | 2.05 | 3.74 | 147,471 | 30,941 | 17,976 |
///
/// Of random entries, 1,000 have 3,051 distinct words, 4,000 have 9,252 and 16,000 have 26,965. Counted once for each
/// entry, the distinct words grow as the words to the power of 0.71 (given names), 0.84 (family names), 0.75 (words of
/// companies) and 0.86 (of ships), and the share of them that occurs once is the same number. Both follow from one law, by
/// which this list is made: the word of rank r is met in proportion to (r + shift)^(−1/d), with d for each slot as counted
/// and the shift so that the first ten words are as frequent as those of the list (in a thousand words: 28, 22, 19, 10 and
/// 8 for the ranks 1, 2, 3, 5 and 10). The first ranks are words of the vocabulary; beyond, words are made of syllables of
/// the culture. Half of the persons and companies have one name, a quarter two, and so on; aliases spell or draw some
/// words anew. Cultures have the shares that the list's nationalities have, roughly: Russia, Ukraine and Belarus 36 %, Latin
/// America 16 %, Arab countries 16 %, Iran 9 %, East Asia and others the rest.
///
/// # Example
/// ```
/// use tamis_selftest::{Vocabulary, made_up_list};
/// let list = made_up_list(100, &Vocabulary::read()?, 1);
/// assert_eq!(list.entities.len(), 100);
/// # Ok::<(), tamis_selftest::Error>(())
/// ```
pub fn made_up_list(entries: usize, vocabulary: &Vocabulary, seed: u64) -> List {
    let mut seeded = Seeded::new(seed);
    let entities: Vec<Entity> = (0..entries)
        .map(|at| entity(at, vocabulary, &mut seeded))
        .collect();
    List {
        meta: ListMeta::new("generated", "a list of made-up names", "generated", &entities),
        entities,
    }
}

fn entity(at: usize, vocabulary: &Vocabulary, seeded: &mut Seeded) -> Entity {
    let draw = seeded.below(100);
    let (kind, names) = if draw < PERSONS {
        (EntityKind::Person, person(vocabulary, seeded))
    } else if draw < PERSONS + COMPANIES {
        (EntityKind::Organization, organization(vocabulary, seeded))
    } else {
        (EntityKind::Vessel, vec![ship(vocabulary, seeded)])
    };
    let mut entity = Entity::new("generated", (at + 1).to_string(), kind);
    entity.names = names.into_iter().enumerate().map(role).collect();
    entity
        .measures
        .push(Measure::new("us.sdn.block", "made up", Prohibition::AssetFreeze));
    entity
}

fn role((at, text): (usize, String)) -> Name {
    let role = if at == 0 {
        NameRole::Primary
    } else {
        NameRole::StrongAlias
    };
    Name::new(text, role)
}

/// A person's names: the filed one, and aliases.
fn person(vocabulary: &Vocabulary, seeded: &mut Seeded) -> Vec<String> {
    let Some(culture) = vocabulary.culture(|culture| culture.entries, seeded) else {
        return Vec::new();
    };
    let person = Person::listed(culture, &vocabulary.known, seeded);
    let mut names = vec![person.filed()];
    let more = aliases(seeded);
    names.extend((0..more).map(|_| person.alias(culture, &vocabulary.known, seeded).filed()));
    names
}

/// A company's names.
fn organization(vocabulary: &Vocabulary, seeded: &mut Seeded) -> Vec<String> {
    let listed = |culture: &Culture| culture.entries;
    let company = Company::new(vocabulary, listed, seeded);
    let mut names = vec![company.whole().to_uppercase()];
    let more = aliases(seeded);
    let alias = |_| company.alias(vocabulary, listed, seeded).whole().to_uppercase();
    names.extend((0..more).map(alias));
    names
}

/// How many names an entry has beside its first: none for half of the entries, one for half of the rest, and so on.
fn aliases(seeded: &mut Seeded) -> usize {
    let mut more = 0;
    while more < MOST_ALIASES && seeded.chance(53) {
        more += 1;
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_list_follows_from_the_seed() {
        let vocabulary = Vocabulary::read().unwrap();
        let list = made_up_list(300, &vocabulary, 5);
        assert_eq!(list, made_up_list(300, &vocabulary, 5));
        assert_ne!(list, made_up_list(300, &vocabulary, 6));
    }

    /// The words of names of these kinds, how many of them are distinct, and how many of these occur once.
    fn words(list: &List, kinds: &[EntityKind]) -> [usize; 3] {
        let own = list.entities.iter().filter(|entity| kinds.contains(&entity.kind));
        let names = own.flat_map(|entity| &entity.names);
        let words = names.flat_map(|name| name.text.split(|c: char| !c.is_alphanumeric()));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for word in words.filter(|word| !word.is_empty()) {
            *seen.entry(word.to_lowercase()).or_default() += 1;
        }
        let once = seen.values().filter(|&&times| times == 1).count();
        [seen.values().sum(), seen.len(), once]
    }

    /// The figures of the real list that `made_up_list` tells, and no more than a quarter beside them.
    #[test]
    fn words_are_as_many_as_those_of_a_real_list_and_grow_as_they_do() {
        use EntityKind::{Organization, Person, Vessel};
        let all = [Person, Organization, Vessel];
        let real = [
            (19_249, &[Person][..], [49_212, 14_223, 8_432]),
            (19_249, &[Organization], [94_464, 16_331, 9_135]),
            (19_249, &[Vessel], [3_795, 2_208, 1_913]),
            (19_249, &all, [147_471, 30_941, 17_976]),
            (4_000, &all, [30_983, 9_252, 5_588]),
            (1_000, &all, [8_040, 3_051, 1_916]),
        ];
        let vocabulary = Vocabulary::read().unwrap();
        for (entries, kinds, real) in real {
            let made = words(&made_up_list(entries, &vocabulary, 5), kinds);
            println!("{entries} {kinds:?}: {made:?}, real {real:?}");
            for (made, real) in made.into_iter().zip(real) {
                assert!(
                    made.abs_diff(real) * 4 <= real,
                    "{entries} {kinds:?}: {made} beside {real}"
                );
            }
        }
    }

    #[test]
    fn the_list_has_persons_companies_and_ships_with_names_that_can_be_screened() {
        let list = made_up_list(300, &Vocabulary::read().unwrap(), 5);
        for kind in ["person", "organization", "vessel"] {
            assert!(list.meta.counts.kinds[kind] > 10, "{:?}", list.meta.counts);
        }
        let mut names = list.entities.iter().flat_map(|entity| &entity.names);
        assert!(names.all(|name| tamis_screen::unfit(&name.text).is_none()));
    }
}
