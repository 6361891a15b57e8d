//! Rarer names than a vocabulary spells out: customer files and lists are full of them, and it is by them that the
//! two differ.

use crate::Seeded;
use crate::text::capital_first;
use crate::vocabulary::Ranked;

/// Of a hundred names, how many are common ones of their culture, and how many are known ones of any culture. The
/// others are rare, and made up of two common ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mix {
    pub(crate) common: usize,
    pub(crate) known: usize,
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

/// A name, common or not, as `mix` says.
pub(crate) fn name(common: &Ranked, known: &Known, mix: Mix, seeded: &mut Seeded) -> String {
    let draw = seeded.below(100);
    if draw < mix.common {
        common.pick(seeded).to_owned()
    } else if draw < mix.common + mix.known {
        known.pick(seeded)
    } else {
        let (one, two) = (common.pick(seeded).to_owned(), common.pick(seeded));
        splice(&one, two)
    }
}

/// The beginning of one name with the end of another, as `Hof` and `mann` make `Hofmann`. Names of fewer than four
/// letters stay: languages that have them have few.
pub(crate) fn splice(one: &str, two: &str) -> String {
    let (first, second): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    if first.len() < 4 || second.len() < 4 {
        return one.to_owned();
    }
    let beginning = first.iter().take(first.len().div_ceil(2));
    let end: String = second.iter().skip(second.len() / 2).collect();
    beginning.collect::<String>() + &end.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_rare_name_is_made_of_two() {
        assert_eq!(splice("Hofer", "Hartmann"), "Hofmann");
        assert_eq!(splice("Li", "Hartmann"), "Li");
    }
}
