use crate::names::{Person, rarer_company, ship};
use crate::{Seeded, Vocabulary};
use tamis_model::{Entity, EntityKind, List, ListMeta, Measure, Name, NameRole, Prohibition};

/// Of a hundred entries: persons, then companies; the rest are ships. The shares of the OFAC SDN list, rounded.
const PERSONS: usize = 45;
const COMPANIES: usize = 47;

/// A list of the shape of an official one with made-up names: `entries` entries that follow from `seed`.
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

/// A person's names: the filed one; for six of ten an alias under another family name, for half of those a second.
fn person(vocabulary: &Vocabulary, seeded: &mut Seeded) -> Vec<String> {
    let Some(culture) = vocabulary.culture(|culture| culture.listed, seeded) else {
        return Vec::new();
    };
    let person = Person::listed(culture, &vocabulary.known, seeded);
    let mut names = vec![person.filed()];
    let mut more = 60;
    while names.len() < 3 && seeded.chance(more) {
        names.push(person.renamed(culture, &vocabulary.known, seeded).filed());
        more = 50;
    }
    names
}

/// A company's names: half of them have a second one.
fn organization(vocabulary: &Vocabulary, seeded: &mut Seeded) -> Vec<String> {
    let count = 1 + usize::from(seeded.chance(50));
    let upper = |name: String| name.to_uppercase();
    (0..count)
        .map(|_| upper(rarer_company(vocabulary, |culture| culture.listed, seeded)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_follows_from_the_seed() {
        let vocabulary = Vocabulary::read().unwrap();
        let list = made_up_list(300, &vocabulary, 5);
        assert_eq!(list, made_up_list(300, &vocabulary, 5));
        assert_ne!(list, made_up_list(300, &vocabulary, 6));
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
