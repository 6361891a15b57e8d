//! `vocabulary.toml`: what names are made of.

use crate::tail::{Known, Syllables};
use crate::{Error, Seeded};
use serde::{Deserialize, Deserializer};

/// Words in the order of their frequency, which falls as the inverse of the rank plus 20.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    words: Vec<String>,
    /// The sum of the weights up to each word.
    sums: Vec<usize>,
}

impl Ranked {
    fn new(words: Vec<String>) -> Ranked {
        // Zipf's law as Mandelbrot bent it. Without the shift the first of 50 given names would be borne by every
        // fifth person, and two customers of five would bear a listed name.
        const SHIFT: usize = 20;
        // Large enough that the weights of neighbours differ among the first 300 words.
        const TOP: usize = 1_000_000;
        let weights = (1..=words.len()).map(|rank| TOP / (rank + SHIFT));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        let sums = sums.collect();
        Ranked { words, sums }
    }

    /// The words, most frequent first.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// A word; the empty text where there is none.
    pub(crate) fn pick(&self, seeded: &mut Seeded) -> &str {
        let at = seeded.below(self.sums.last().copied().unwrap_or(0));
        let rank = self.sums.partition_point(|&sum| sum <= at);
        self.words.get(rank).map_or("", String::as_str)
    }
}

impl<'de> Deserialize<'de> for Ranked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ranked, D::Error> {
        /// Words with spaces between them, or a list where a word may be empty or hold a space.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Words {
            Text(String),
            List(Vec<String>),
        }
        let words = match Words::deserialize(deserializer)? {
            Words::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
            Words::List(list) => list,
        };
        if words.is_empty() {
            return Err(serde::de::Error::custom("no words: give at least one"));
        }
        Ok(Ranked::new(words))
    }
}

/// The order in which a culture writes the parts of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    GivenFamily,
    GivenFatherFamily,
    FamilyGiven,
    GivenFamilyFamily,
}

/// How the people of one culture are called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Culture {
    pub(crate) name: String,
    pub(crate) customers: usize,
    pub(crate) listed: usize,
    pub(crate) entries: usize,
    pub(crate) order: Order,
    pub(crate) men: Ranked,
    pub(crate) women: Ranked,
    pub(crate) fathers: Option<Ranked>,
    pub(crate) family: Ranked,
    pub(crate) endings: Ranked,
    pub(crate) before: Option<Ranked>,
    pub(crate) syllables: Syllables,
    /// Whether everybody bears one of the family names of the vocabulary.
    #[serde(default)]
    pub(crate) closed: bool,
}

/// What companies and ships are called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Companies {
    pub(crate) first: Ranked,
    pub(crate) middle: Ranked,
    pub(crate) forms: Ranked,
    pub(crate) ships: Ranked,
    pub(crate) dealings: Ranked,
    pub(crate) binders: Ranked,
    pub(crate) full_forms: Ranked,
    pub(crate) syllables: Syllables,
}

/// What generated names are made of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    #[serde(rename = "culture")]
    pub(crate) cultures: Vec<Culture>,
    pub(crate) companies: Companies,
    /// Names that are known, of any culture; not part of the file.
    #[serde(skip)]
    pub(crate) known: Known,
}

impl Vocabulary {
    /// The words of `vocabulary.toml`.
    ///
    /// # Errors
    /// When the file is not of the form that its head describes.
    pub fn read() -> Result<Vocabulary, Error> {
        let vocabulary: Vocabulary = toml::from_str(include_str!("../vocabulary.toml"))?;
        Ok(Vocabulary {
            known: Known::read(),
            ..vocabulary
        })
    }

    /// A culture, as often as `weight` says.
    pub(crate) fn culture(
        &self,
        weight: impl Fn(&Culture) -> usize,
        seeded: &mut Seeded,
    ) -> Option<&Culture> {
        let mut at = seeded.below(self.cultures.iter().map(&weight).sum());
        self.cultures.iter().find(|culture| {
            let weight = weight(culture);
            let found = at < weight;
            at = at.saturating_sub(weight);
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_culture_has_what_its_order_needs() {
        for culture in Vocabulary::read().unwrap().cultures {
            let father = culture.order == Order::GivenFatherFamily;
            assert_eq!(culture.fathers.is_some(), father, "{}", culture.name);
            assert!(culture.customers + culture.listed > 0, "{}", culture.name);
        }
    }

    #[test]
    fn words_are_as_frequent_as_their_rank_says() {
        let ranked = Ranked::new((1..=30).map(|rank| rank.to_string()).collect());
        let mut seeded = Seeded::new(1);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..20_000 {
            *counts
                .entry(ranked.pick(&mut seeded).to_owned())
                .or_insert(0_usize) += 1;
        }
        // 1/21 : 1/30 : 1/40 : 1/50 of 20,000.
        for (word, expected) in [("1", 1060), ("10", 740), ("20", 550), ("30", 440)] {
            assert!(counts[word].abs_diff(expected) < 120, "{counts:?}");
        }
    }
}
