//! Names of companies and ships, put together from a vocabulary.

use crate::Seeded;
use crate::names::{family, rare_family};
use crate::tail::{Law, ranked, respelt};
use crate::text::capital_first;
use crate::vocabulary::{Culture, Ranked, Vocabulary};

/// Own words of companies, and words of ships, of which few come twice.
const OWN: Law = Law {
    shift: 16,
    halves: 10,
};
/// Own words of companies among customers: hardly any is that of a listed company.
const UNLISTED: Law = Law {
    shift: 20_000,
    halves: 8,
};
/// Ranks below have words of one syllable and an end, each of which lies near others: too short to tell companies apart.
const LONGER: u64 = 20_000;
const SHIP: Law = Law { shift: 9, halves: 12 };

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

/// A customer that is a company: named as listed ones are, by people of the customers' cultures.
pub(crate) fn customer_company(vocabulary: &Vocabulary, seeded: &mut Seeded) -> String {
    let customers = |culture: &Culture| culture.customers;
    let words = &vocabulary.companies;
    let mut company = Company::new(vocabulary, customers, seeded);
    if let Some(first) = company.own.first_mut() {
        *first = capital_first(&words.syllables.word(LONGER + UNLISTED.rank(seeded)));
    }
    company.whole()
}

/// A company's name in parts.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    own: Vec<String>,
    dealings: Vec<String>,
    form: String,
}

impl Company {
    /// One that is named by people of the cultures that `weight` prefers.
    pub(crate) fn new(
        vocabulary: &Vocabulary,
        weight: fn(&Culture) -> usize,
        seeded: &mut Seeded,
    ) -> Company {
        let own = 1 + usize::from(seeded.chance(50)) + usize::from(seeded.chance(20));
        let own: Vec<String> = if own == 1 {
            vec![sole_word(vocabulary, weight, seeded)]
        } else {
            (0..own).map(|_| own_word(vocabulary, weight, seeded)).collect()
        };
        Company {
            own,
            dealings: dealings(vocabulary, seeded),
            form: form(vocabulary, seeded),
        }
    }

    /// The same company under another name: written by another table, in another language, in short.
    pub(crate) fn alias(
        &self,
        vocabulary: &Vocabulary,
        weight: fn(&Culture) -> usize,
        seeded: &mut Seeded,
    ) -> Company {
        let own = self.own.iter().map(|word| match seeded.below(100) {
            0..20 => sole_word(vocabulary, weight, seeded),
            20..45 => respelt(word, seeded),
            _ => word.clone(),
        });
        Company {
            own: own.collect(),
            dealings: if seeded.chance(40) {
                dealings(vocabulary, seeded)
            } else {
                self.dealings.clone()
            },
            form: if seeded.chance(60) {
                form(vocabulary, seeded)
            } else {
                self.form.clone()
            },
        }
    }

    pub(crate) fn whole(&self) -> String {
        let words = self.own.iter().chain(&self.dealings).chain([&self.form]);
        let words: Vec<&str> = words
            .map(String::as_str)
            .filter(|word| !word.is_empty())
            .collect();
        words.join(" ")
    }
}

fn own_word(vocabulary: &Vocabulary, weight: fn(&Culture) -> usize, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    match vocabulary.culture(weight, seeded).filter(|_| seeded.chance(35)) {
        Some(culture) => rare_family(culture, seeded),
        None => ranked(&words.first, &words.syllables, OWN.rank(seeded)),
    }
}

/// A word by which a company may be known without another: no company is called `Golden Trading` alone.
fn sole_word(vocabulary: &Vocabulary, weight: fn(&Culture) -> usize, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    match vocabulary.culture(weight, seeded).filter(|_| seeded.chance(35)) {
        Some(culture) => rare_family(culture, seeded),
        None => capital_first(&words.syllables.word(OWN.rank(seeded))),
    }
}

/// Up to two words of trade, of which another binds the last one to the others at times.
fn dealings(vocabulary: &Vocabulary, seeded: &mut Seeded) -> Vec<String> {
    let words = &vocabulary.companies;
    let count = [1, 1, 2, 0, 1, 1, 2].get(seeded.below(7)).copied().unwrap_or(1);
    let mut dealings: Vec<String> = (0..count)
        .map(|_| words.dealings.pick(seeded).to_owned())
        .collect();
    if count > 0 && seeded.chance(25) {
        dealings.insert(count - 1, words.binders.pick(seeded).to_owned());
    }
    dealings
}

/// The legal form, shortened or in full; one in four names has none.
fn form(vocabulary: &Vocabulary, seeded: &mut Seeded) -> String {
    let forms: &Ranked = &vocabulary.companies.full_forms;
    let form = seeded.chance(75).then(|| forms.pick(seeded));
    form.unwrap_or_default().to_owned()
}

/// A ship's name: one word or two, seldom three, and a number at times.
pub(crate) fn ship(vocabulary: &Vocabulary, seeded: &mut Seeded) -> String {
    let words = &vocabulary.companies;
    let count = 1 + usize::from(seeded.chance(55)) + usize::from(seeded.chance(8));
    let mut name: Vec<String> = (0..count)
        .map(|_| ranked(&words.ships, &words.syllables, SHIP.rank(seeded)))
        .collect();
    if seeded.chance(12) {
        name.push((1 + seeded.below(99)).to_string());
    }
    name.join(" ").to_uppercase()
}
