//! Rarer names than a vocabulary spells out: customer files and lists are full of them, and it is by them that the
//! two differ.

use crate::Seeded;
use crate::text::capital_first;
use crate::vocabulary::Ranked;
use serde::Deserialize;

/// How often the words of one slot of a name occur, over words without end: Zipf's law as Mandelbrot bent it.
///
/// A word of rank r or rarer is drawn with the probability (`shift` / (r + `shift`))^(2 / `halves`). Of n words drawn,
/// some n^d are distinct (Heaps' law) and the share d of these occurs once, with d = `halves` / (`halves` + 2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Law {
    pub(crate) shift: u32,
    pub(crate) halves: u32,
}

impl Law {
    /// A rank, the most frequent word's being 0.
    pub(crate) fn rank(self, seeded: &mut Seeded) -> u64 {
        /// Ranks beyond are drawn evenly: words as rare as these come once.
        const RARE: u64 = 1 << 40;
        const STEPS: f64 = (1_u64 << 53) as f64;
        let fortune = STEPS / ((seeded.bits() >> 11) + 1) as f64;
        // By products and roots alone, which every machine rounds alike.
        let mut power = if self.halves % 2 == 1 { fortune.sqrt() } else { 1.0 };
        for _ in 0..self.halves / 2 {
            power *= fortune;
        }
        let rank = f64::from(self.shift) * (power - 1.0);
        if rank < RARE as f64 {
            rank as u64
        } else {
            RARE + seeded.bits() % RARE
        }
    }
}

/// What rare words of a language are made of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Syllables {
    onsets: Ranked,
    rimes: Ranked,
    ends: Ranked,
}

impl Syllables {
    /// The word of a rank, in small letters; ranks that are neighbours have words that are none. The first few thousand
    /// ranks have one syllable and an end, the next millions two, and so on; within each no two have the same parts.
    pub(crate) fn word(&self, rank: u64) -> String {
        /// A prime beyond every number of parts.
        const STRIDE: u128 = 1_000_003;
        let (onsets, rimes, ends) = (self.onsets.words(), self.rimes.words(), self.ends.words());
        let one = (onsets.len() * rimes.len()) as u128;
        let (mut rest, mut syllables, mut words) = (u128::from(rank), 1, one * ends.len() as u128);
        while rest >= words {
            rest -= words;
            words *= one;
            syllables += 1;
        }
        let mut parts = rest * STRIDE % words;
        let mut take = |from: &[String]| {
            let at = (parts % from.len() as u128) as usize;
            parts /= from.len() as u128;
            from[at].clone()
        };
        let end = take(ends);
        let syllables: Vec<String> = (0..syllables).map(|_| take(onsets) + &take(rimes)).collect();
        syllables.concat() + &end
    }
}

/// The word of a rank: one of `common`, or one made of syllables.
pub(crate) fn ranked(common: &Ranked, syllables: &Syllables, rank: u64) -> String {
    let known = common.words();
    match usize::try_from(rank).ok().and_then(|at| known.get(at)) {
        Some(word) => word.clone(),
        None => capital_first(&syllables.word(rank - known.len() as u64)),
    }
}

/// Letters that those who write a foreign name down by ear, or by another table, put for each other.
const SPELLINGS: [(&str, &str); 24] = [
    ("y", "i"),
    ("kh", "h"),
    ("ou", "u"),
    ("a", "e"),
    ("sh", "sch"),
    ("ee", "i"),
    ("l", "ll"),
    ("v", "w"),
    ("ei", "ey"),
    ("o", "u"),
    ("q", "k"),
    ("m", "mm"),
    ("i", "y"),
    ("h", ""),
    ("ov", "off"),
    ("s", "ss"),
    ("j", "dj"),
    ("u", "ou"),
    ("z", "s"),
    ("aa", "a"),
    ("c", "k"),
    ("ch", "tch"),
    ("e", "ie"),
    ("i", "e"),
];

/// A name as somebody else spells it; as it was where nothing in it can be spelt otherwise.
pub(crate) fn respelt(name: &str, seeded: &mut Seeded) -> String {
    let first = seeded.below(SPELLINGS.len());
    let mut rules = (0..SPELLINGS.len()).map(|at| SPELLINGS[(first + at) % SPELLINGS.len()]);
    let begin = name.chars().next().map_or(0, char::len_utf8);
    let (head, tail) = name.split_at(begin);
    let rule = rules.find(|(from, _)| tail.contains(from));
    rule.map_or_else(
        || name.to_owned(),
        |(from, to)| head.to_owned() + &tail.replacen(from, to, 1),
    )
}

/// The names of `name_frequencies.csv`, each as often as it has bearers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    names: Vec<&'static str>,
    /// The sum of the weights up to each name.
    sums: Vec<usize>,
}

impl Known {
    pub(crate) fn read() -> Known {
        let table = include_str!("../../../data/tables/name_frequencies.csv");
        let mut known = Known::default();
        let mut sum = 0;
        for (name, level) in table.lines().filter_map(|line| line.split_once(',')) {
            // The header is the one line whose level is no number.
            let Ok(level) = level.parse::<u32>() else { continue };
            // A level more is twice as many bearers.
            sum += 1 << level.min(20);
            known.names.push(name);
            known.sums.push(sum);
        }
        known
    }

    pub(crate) fn pick(&self, seeded: &mut Seeded) -> String {
        let at = seeded.below(self.sums.last().copied().unwrap_or(0));
        let rank = self.sums.partition_point(|&sum| sum <= at);
        self.names
            .get(rank)
            .map_or(String::new(), |name| capital_first(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Vocabulary;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn known_names_come_as_often_as_they_have_bearers() {
        let known = Known::read();
        assert!(known.names.len() > 10_000 && known.sums.len() == known.names.len());
        let mut seeded = Seeded::new(1);
        let drawn: Vec<String> = (0..20_000).map(|_| known.pick(&mut seeded)).collect();
        let times = |name: &str| drawn.iter().filter(|drawn| *drawn == name).count();
        assert!(
            times("Mohammed") > 20 * times("Aadan"),
            "{} {}",
            times("Mohammed"),
            times("Aadan")
        );
    }

    #[test]
    fn distinct_words_grow_as_the_law_says_and_as_large_a_share_occurs_once() {
        let law = Law { shift: 20, halves: 8 };
        let mut seeded = Seeded::new(3);
        let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
        let mut distinct = Vec::new();
        for count in [40_000, 160_000] {
            while seen.values().sum::<usize>() < count {
                for _ in 0..40_000 {
                    *seen.entry(law.rank(&mut seeded)).or_default() += 1;
                }
            }
            distinct.push(seen.len() as f64);
        }
        let growth = (distinct[1] / distinct[0]).log(4.0);
        let once = seen.values().filter(|&&times| times == 1).count() as f64 / distinct[1];
        assert!(
            (growth - 0.8).abs() < 0.03 && (once - 0.8).abs() < 0.03,
            "{growth} {once}"
        );
    }

    #[test]
    fn words_of_different_ranks_differ_but_for_few() {
        for culture in Vocabulary::read().unwrap().cultures {
            let words: BTreeSet<String> = (0..50_000).map(|rank| culture.syllables.word(rank)).collect();
            assert!(words.len() > 40_000, "{}: {}", culture.name, words.len());
        }
    }

    #[test]
    fn another_spelling_leaves_the_first_letter() {
        let mut seeded = Seeded::new(1);
        let spellings: BTreeSet<String> = (0..200).map(|_| respelt("Mikhaylov", &mut seeded)).collect();
        assert!(spellings.len() > 5 && spellings.iter().all(|name| name.starts_with('M')));
        assert_eq!(respelt("", &mut seeded), "");
    }
}
