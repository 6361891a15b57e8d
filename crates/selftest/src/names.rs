//! Names of people, put together from a vocabulary.

use crate::Seeded;
use crate::companies::customer_company;
use crate::tail::{Known, Law, ranked, respelt};
use crate::vocabulary::{Culture, Order, Ranked, Vocabulary};

/// Given names grow more slowly with a list than family names do; see [`made_up_list`](crate::made_up_list) for what
/// both follow from.
const GIVEN: Law = Law { shift: 9, halves: 5 };
const FAMILY: Law = Law { shift: 20, halves: 8 };

/// Of a hundred given names and family names, how many are known ones of any culture: customers bear names from all
/// over the world, while listed names are seldom those of the countries for which names are counted.
#[derive(Clone, Copy, Debug)]
struct Mix {
    given: usize,
    family: usize,
}
const CUSTOMERS: Mix = Mix {
    given: 30,
    family: 25,
};
const LISTED: Mix = Mix { given: 2, family: 1 };

/// A person's name in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    given: String,
    /// The patronymic, or the father's name.
    father: Option<String>,
    family: String,
    family_first: bool,
}

impl Person {
    /// Somebody of a culture.
    pub(crate) fn any(culture: &Culture, seeded: &mut Seeded) -> Person {
        let woman = seeded.chance(50);
        Person::new(culture, woman, seeded)
    }

    /// A customer of a culture; every other one has a second given name.
    pub(crate) fn customer(culture: &Culture, known: &Known, seeded: &mut Seeded) -> Person {
        let woman = seeded.chance(50);
        let mut person = Person::rarer(culture, woman, (known, CUSTOMERS), seeded);
        if seeded.chance(50) {
            let second = given(culture, woman, (known, CUSTOMERS), seeded);
            person.given = format!("{} {second}", person.given);
        }
        person
    }

    /// Somebody of a culture as lists name them: men, nine times of ten.
    pub(crate) fn listed(culture: &Culture, known: &Known, seeded: &mut Seeded) -> Person {
        let woman = seeded.chance(10);
        let mut person = Person::rarer(culture, woman, (known, LISTED), seeded);
        if person.father.is_none() && seeded.chance(30) {
            let second = given(culture, woman, (known, LISTED), seeded);
            person.given = format!("{} {second}", person.given);
        }
        person
    }

    /// Somebody whose names need not be common.
    fn rarer(culture: &Culture, woman: bool, (known, mix): (&Known, Mix), seeded: &mut Seeded) -> Person {
        let person = Person::new(culture, woman, seeded);
        let mut family = family_name(culture, (known, mix), seeded);
        if culture.order == Order::GivenFamilyFamily {
            family = format!("{family} {}", family_name(culture, (known, mix), seeded));
        }
        if is_slavic(culture) && woman {
            family = feminine(&family);
        }
        // A father's name with an ending of its own is of a common name as a rule; another is a given name as any.
        let father = person.father.map(|father| {
            if is_slavic(culture) {
                father
            } else {
                given(culture, false, (known, mix), seeded)
            }
        });
        Person {
            given: given(culture, woman, (known, mix), seeded),
            father,
            family,
            family_first: person.family_first,
        }
    }

    fn new(culture: &Culture, woman: bool, seeded: &mut Seeded) -> Person {
        let given = if woman { &culture.women } else { &culture.men };
        let given = given.pick(seeded).to_owned();
        let slavic = is_slavic(culture);
        let father = culture.fathers.as_ref().map(|fathers| {
            let ending = match (slavic, woman) {
                (false, _) => "",
                (true, false) => "ich",
                (true, true) => "na",
            };
            format!("{}{ending}", fathers.pick(seeded))
        });
        let mut family = family(culture, seeded);
        if culture.order == Order::GivenFamilyFamily {
            family = format!("{family} {}", culture.family.pick(seeded));
        }
        Person {
            given,
            father,
            family: if slavic && woman {
                feminine(&family)
            } else {
                family
            },
            family_first: culture.order == Order::FamilyGiven,
        }
    }

    /// The name as its bearer writes it; people leave out the father's name half of the time.
    pub(crate) fn everyday(&self, seeded: &mut Seeded) -> String {
        let father = self.father.as_deref().filter(|_| seeded.chance(50));
        let parts = match (self.family_first, father) {
            (true, _) => vec![self.family.as_str(), &self.given],
            (false, None) => vec![self.given.as_str(), &self.family],
            (false, Some(father)) => vec![self.given.as_str(), father, &self.family],
        };
        parts.join(" ")
    }

    /// The name as lists file it: `FAMILY, Given Father`.
    pub(crate) fn filed(&self) -> String {
        let father = self.father.as_ref().map_or(String::new(), |f| format!(" {f}"));
        format!("{}, {}{father}", self.family.to_uppercase(), self.given)
    }

    /// The same listed person under another name: written by another table, under another family name, without the
    /// father's.
    pub(crate) fn alias(&self, culture: &Culture, known: &Known, seeded: &mut Seeded) -> Person {
        let spelt = |name: &str, seeded: &mut Seeded| {
            if seeded.chance(40) {
                respelt(name, seeded)
            } else {
                name.to_owned()
            }
        };
        let father = self.father.as_ref().filter(|_| seeded.chance(80));
        Person {
            given: spelt(&self.given, seeded),
            father: father.map(|father| spelt(father, seeded)),
            family: if seeded.chance(15) {
                family_name(culture, (known, LISTED), seeded)
            } else {
                spelt(&self.family, seeded)
            },
            family_first: self.family_first,
        }
    }
}

fn is_slavic(culture: &Culture) -> bool {
    culture.name == "russian"
}

/// A given name that need not be common.
fn given(culture: &Culture, woman: bool, (known, mix): (&Known, Mix), seeded: &mut Seeded) -> String {
    if seeded.chance(mix.given) {
        return known.pick(seeded);
    }
    let common = if woman { &culture.women } else { &culture.men };
    ranked(common, &culture.syllables, GIVEN.rank(seeded))
}

/// One family name that need not be common, with what stands before it.
pub(crate) fn rare_family(culture: &Culture, seeded: &mut Seeded) -> String {
    if culture.closed {
        return family(culture, seeded);
    }
    // Each root is met with each ending, and no ending is for common roots only.
    let (rank, endings) = (FAMILY.rank(seeded), culture.endings.words());
    let (root, turn) = (rank / endings.len() as u64, rank % endings.len() as u64);
    let ending = &endings[((root + turn) % endings.len() as u64) as usize];
    let root = ranked(&culture.family, &culture.syllables, root);
    format!("{}{root}{ending}", before(culture, seeded))
}

fn family_name(culture: &Culture, (known, mix): (&Known, Mix), seeded: &mut Seeded) -> String {
    if seeded.chance(mix.family) {
        known.pick(seeded)
    } else {
        rare_family(culture, seeded)
    }
}

fn before<'a>(culture: &'a Culture, seeded: &mut Seeded) -> &'a str {
    culture
        .before
        .as_ref()
        .map_or("", |words: &Ranked| words.pick(seeded))
}

/// A common family name.
pub(crate) fn family(culture: &Culture, seeded: &mut Seeded) -> String {
    let before = before(culture, seeded);
    let root = culture.family.pick(seeded);
    format!("{before}{root}{}", culture.endings.pick(seeded))
}

/// The form of a Russian family name that women bear.
fn feminine(family: &str) -> String {
    if let Some(root) = family.strip_suffix("sky") {
        return format!("{root}skaya");
    }
    let changes = family.ends_with("ov") || family.ends_with("in");
    format!("{family}{}", if changes { "a" } else { "" })
}

/// An endless row of customers' names: persons mostly, one company in ten. They and a made-up list share common names,
/// as real ones do, and most of the rare ones stand in one of the two only.
///
/// # Example
/// ```
/// use tamis_selftest::{Customers, Vocabulary};
/// let vocabulary = Vocabulary::read().unwrap();
/// let names: Vec<String> = Customers::new(&vocabulary, 1).take(3).collect();
/// assert_eq!(names, Customers::new(&vocabulary, 1).take(3).collect::<Vec<_>>());
/// ```
#[derive(Clone, Debug)]
pub struct Customers<'a> {
    vocabulary: &'a Vocabulary,
    seeded: Seeded,
}

impl<'a> Customers<'a> {
    /// The customers that follow from `seed`.
    pub fn new(vocabulary: &'a Vocabulary, seed: u64) -> Customers<'a> {
        // Lists are made from the same seed; customers must not be their entries over again.
        let seeded = Seeded::new(seed ^ 0xc0ff_ee00);
        Customers { vocabulary, seeded }
    }
}

impl Iterator for Customers<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let seeded = &mut self.seeded;
        if seeded.chance(10) {
            return Some(customer_company(self.vocabulary, seeded));
        }
        let culture = self.vocabulary.culture(|culture| culture.customers, seeded)?;
        Some(Person::customer(culture, &self.vocabulary.known, seeded).everyday(seeded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_follow_from_the_seed() {
        let vocabulary = Vocabulary::read().unwrap();
        let names = |seed| Customers::new(&vocabulary, seed).take(500).collect::<Vec<_>>();
        assert_eq!(names(7), names(7));
        assert_ne!(names(7), names(8));
    }

    #[test]
    fn customers_can_be_screened_and_are_of_many_names() {
        let vocabulary = Vocabulary::read().unwrap();
        let names: Vec<String> = Customers::new(&vocabulary, 7).take(2_000).collect();
        assert!(names.iter().all(|name| tamis_screen::unfit(name).is_none()));
        let different: std::collections::BTreeSet<&String> = names.iter().collect();
        assert!(different.len() > 1_700, "{}", different.len());
    }

    #[test]
    fn customers_share_common_words_with_a_list_and_seldom_all_of_theirs() {
        let vocabulary = Vocabulary::read().unwrap();
        let words = |text: &str| {
            let words = text.split([' ', ',']).filter(|word| !word.is_empty());
            words.map(str::to_lowercase).collect::<Vec<_>>()
        };
        let list = crate::made_up_list(19_000, &vocabulary, 7);
        let names = list.entities.iter().flat_map(|entity| &entity.names);
        let listed: std::collections::BTreeSet<String> = names.flat_map(|name| words(&name.text)).collect();
        let mut seeded = Seeded::new(7);
        let mut person = || {
            let culture = vocabulary
                .culture(|culture| culture.customers, &mut seeded)
                .unwrap();
            let person = Person::customer(culture, &vocabulary.known, &mut seeded);
            words(&person.everyday(&mut seeded))
        };
        let customers: Vec<Vec<String>> = (0..20_000).map(|_| person()).collect();
        let of = |part: usize, whole: usize| 100 * part / whole;
        let all: Vec<&String> = customers.iter().flatten().collect();
        let shared = of(
            all.iter().filter(|word| listed.contains(**word)).count(),
            all.len(),
        );
        let whole = customers
            .iter()
            .filter(|name| name.iter().all(|word| listed.contains(word)));
        let whole = of(whole.count(), customers.len());
        let different: std::collections::BTreeSet<&&String> = all.iter().collect();
        let different = of(different.len(), all.len());
        let told =
            format!("{shared} % of words listed, {whole} % of names, {different} % of words different");
        println!("{told}");
        // Of 40,000 people who are not listed, 19 % (all over the world) to 37 % (in the USA) of the words stand on the OFAC
        // list, and 7 % to 13 % of the names consist of such words.
        assert!((25..=45).contains(&shared), "{told}");
        assert!((5..=15).contains(&whole), "{told}");
        assert!(different >= 15, "{told}");
    }

    #[test]
    fn women_bear_the_feminine_form() {
        assert_eq!(feminine("Ivanov"), "Ivanova");
        assert_eq!(feminine("Belovsky"), "Belovskaya");
        assert_eq!(feminine("Petrenko"), "Petrenko");
    }
}
