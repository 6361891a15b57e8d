//! Names of people, put together from a vocabulary.

use crate::Seeded;
use crate::vocabulary::{Culture, Order, Ranked, Vocabulary};

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

    /// Somebody of a culture as lists name them: men, nine times of ten.
    pub(crate) fn listed(culture: &Culture, seeded: &mut Seeded) -> Person {
        let woman = seeded.chance(10);
        Person::new(culture, woman, seeded)
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

    /// The same person under another family name.
    pub(crate) fn renamed(&self, culture: &Culture, seeded: &mut Seeded) -> Person {
        Person {
            family: family(culture, seeded),
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

/// The form of a Russian family name that women bear.
fn feminine(family: &str) -> String {
    if let Some(root) = family.strip_suffix("sky") {
        return format!("{root}skaya");
    }
    let changes = family.ends_with("ov") || family.ends_with("in");
    format!("{family}{}", if changes { "a" } else { "" })
}

/// An endless row of customers' names: persons mostly, one company in ten.
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
            return Some(company(self.vocabulary, |culture| culture.customers, seeded));
        }
        let culture = self.vocabulary.culture(|culture| culture.customers, seeded)?;
        Some(Person::any(culture, seeded).everyday(seeded))
    }
}

/// A company's name: after a family half of the time, such as `Keller Logistics GmbH`.
pub(crate) fn company(vocabulary: &Vocabulary, weight: fn(&Culture) -> usize, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    let own = vocabulary.culture(weight, seeded).filter(|_| seeded.chance(50));
    let first = match own {
        Some(culture) => family(culture, seeded),
        None => coined(words.first.pick(seeded), words.first.pick(seeded)),
    };
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
    fn women_bear_the_feminine_form() {
        assert_eq!(feminine("Ivanov"), "Ivanova");
        assert_eq!(feminine("Belovsky"), "Belovskaya");
        assert_eq!(feminine("Petrenko"), "Petrenko");
    }
}
