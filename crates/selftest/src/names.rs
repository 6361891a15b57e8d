//! Names of people, put together from a vocabulary.

use crate::Seeded;
use crate::tail::{self, Known, Mix, splice};
use crate::vocabulary::{Culture, Order, Ranked, Vocabulary};

/// Customers bear common names and rare ones of their culture, and names from all over the world.
const CUSTOMERS: [Mix; 2] = [
    Mix {
        common: 20,
        known: 45,
    },
    Mix { common: 5, known: 35 },
];
/// The same of lists, whose names are seldom those of the countries for which names are counted.
const LISTED: [Mix; 2] = [Mix { common: 60, known: 2 }, Mix { common: 25, known: 1 }];

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

    /// A customer of a culture.
    pub(crate) fn customer(culture: &Culture, known: &Known, seeded: &mut Seeded) -> Person {
        let woman = seeded.chance(50);
        Person::new(culture, woman, seeded).rarer(culture, woman, (known, CUSTOMERS), seeded)
    }

    /// Somebody of a culture as lists name them: men, nine times of ten.
    pub(crate) fn listed(culture: &Culture, known: &Known, seeded: &mut Seeded) -> Person {
        let woman = seeded.chance(10);
        Person::new(culture, woman, seeded).rarer(culture, woman, (known, LISTED), seeded)
    }

    /// The same person, whose given name and first family name need not be common.
    fn rarer(
        self,
        culture: &Culture,
        woman: bool,
        (known, [given, family]): (&Known, [Mix; 2]),
        seeded: &mut Seeded,
    ) -> Person {
        let firsts = if woman { &culture.women } else { &culture.men };
        Person {
            given: tail::name(firsts, known, given, seeded),
            family: rarer_family(&self.family, culture, (known, family), seeded),
            ..self
        }
    }

    fn new(culture: &Culture, woman: bool, seeded: &mut Seeded) -> Person {
        let given = if woman { &culture.women } else { &culture.men };
        let given = given.pick(seeded).to_owned();
        let slavic = culture.name == "russian";
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

    /// The same listed person under another family name.
    pub(crate) fn renamed(&self, culture: &Culture, known: &Known, seeded: &mut Seeded) -> Person {
        let common = family(culture, seeded);
        let [_, mix] = LISTED;
        Person {
            family: rarer_family(&common, culture, (known, mix), seeded),
            ..self.clone()
        }
    }
}

fn family(culture: &Culture, seeded: &mut Seeded) -> String {
    let before = culture
        .before
        .as_ref()
        .map_or("", |words: &Ranked| words.pick(seeded));
    let root = culture.family.pick(seeded);
    format!("{before}{root}{}", culture.endings.pick(seeded))
}

/// A family name that need not be as common as `common` is; every word but the first stays.
fn rarer_family(common: &str, culture: &Culture, (known, mix): (&Known, Mix), seeded: &mut Seeded) -> String {
    let (first, rest) = common.split_once(' ').unwrap_or((common, ""));
    let draw = seeded.below(100);
    let first = if draw < mix.common {
        first.to_owned()
    } else if draw < mix.common + mix.known {
        known.pick(seeded)
    } else {
        // What stands at the beginning changes, so that the endings of a language stay.
        splice(culture.family.pick(seeded), first)
    };
    format!("{first} {rest}").trim_end().to_owned()
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
            return Some(rarer_company(
                self.vocabulary,
                |culture| culture.customers,
                seeded,
            ));
        }
        let culture = self.vocabulary.culture(|culture| culture.customers, seeded)?;
        Some(Person::customer(culture, &self.vocabulary.known, seeded).everyday(seeded))
    }
}

/// A company's name: after a family half of the time, such as `Keller Logistics GmbH`.
pub(crate) fn company(vocabulary: &Vocabulary, weight: fn(&Culture) -> usize, seeded: &mut Seeded) -> String {
    let first = company_word(vocabulary, weight, seeded);
    named_company(&first, vocabulary, seeded)
}

/// A company's name whose own word is mostly one that no other company has.
pub(crate) fn rarer_company(
    vocabulary: &Vocabulary,
    weight: fn(&Culture) -> usize,
    seeded: &mut Seeded,
) -> String {
    let first = company_word(vocabulary, weight, seeded);
    let first = if seeded.chance(20) {
        first
    } else {
        splice(&first, &company_word(vocabulary, weight, seeded))
    };
    named_company(&first, vocabulary, seeded)
}

fn company_word(vocabulary: &Vocabulary, weight: fn(&Culture) -> usize, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    let own = vocabulary.culture(weight, seeded).filter(|_| seeded.chance(50));
    match own {
        Some(culture) => family(culture, seeded),
        None => coined(words.first.pick(seeded), words.first.pick(seeded)),
    }
}

fn named_company(first: &str, vocabulary: &Vocabulary, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    format!(
        "{first} {} {}",
        words.middle.pick(seeded),
        words.forms.pick(seeded)
    )
}

/// A word coined of two: `Baltnord`, `Alfatrans`.
fn coined(first: &str, second: &str) -> String {
    format!("{first}{}", second.to_lowercase())
}

/// A ship's name: two words, and a number at times.
pub(crate) fn ship(vocabulary: &Vocabulary, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    let name = format!("{} {}", words.first.pick(seeded), words.ships.pick(seeded));
    if seeded.chance(30) {
        return format!("{} {}", name.to_uppercase(), 1 + seeded.below(99));
    }
    name.to_uppercase()
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
        let customers: Vec<Vec<String>> = Customers::new(&vocabulary, 7)
            .take(20_000)
            .map(|name| words(&name))
            .collect();
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
        assert!((15..=45).contains(&shared), "{told}");
        assert!((2..=15).contains(&whole), "{told}");
        assert!(different >= 15, "{told}");
    }

    #[test]
    fn women_bear_the_feminine_form() {
        assert_eq!(feminine("Ivanov"), "Ivanova");
        assert_eq!(feminine("Belovsky"), "Belovskaya");
        assert_eq!(feminine("Petrenko"), "Petrenko");
    }
}
