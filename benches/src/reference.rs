//! What a user would write without tamis: Jaro-Winkler over every name of the list.

use crate::Measure;
use tamis::model::List;

/// The similarity from which the reference calls a name found: the cutoff that users of Jaro-Winkler start from.
pub(crate) const CUTOFF: f64 = 0.85;

/// The names of a list in lower case, each with the place of its entry.
pub(crate) struct Scan {
    names: Vec<(String, usize)>,
    ids: Vec<String>,
}

impl Scan {
    pub(crate) fn new(list: &List) -> Scan {
        let names = list.entities.iter().enumerate();
        let names = names.flat_map(|(at, e)| e.names.iter().map(move |name| (name.text.to_lowercase(), at)));
        Scan {
            names: names.collect(),
            ids: list.entities.iter().map(|entity| entity.id()).collect(),
        }
    }

    /// The ids of the entries with a name that is similar to `name`: every name is compared, as a list may hold
    /// several that must be seen.
    pub(crate) fn found(&self, name: &str) -> Vec<&str> {
        let name = name.to_lowercase();
        let similar = |(listed, _): &&(String, usize)| strsim::jaro_winkler(&name, listed) >= CUTOFF;
        let entries = self.names.iter().filter(similar);
        entries
            .filter_map(|(_, at)| self.ids.get(*at).map(String::as_str))
            .collect()
    }
}

/// Whether the reference calls two names one.
pub(crate) fn same(measure: Measure, one: &str, two: &str) -> bool {
    let (one, two) = (one.to_lowercase(), two.to_lowercase());
    let similarity = match measure {
        Measure::Strsim => strsim::jaro_winkler(&one, &two),
        Measure::Rapidfuzz => rapidfuzz::distance::jaro_winkler::similarity(one.chars(), two.chars()),
    };
    similarity >= CUTOFF
}

/// About `count` of `items`, evenly spread, so that the reference gets the same mixture.
pub(crate) fn sample<T: Clone>(items: &[T], count: usize) -> Vec<T> {
    let count = count.min(items.len());
    // An odd stride meets every manipulation and every kind of pair, which come in turn.
    let stride = items.len().checked_div(count).map_or(1, |n| (n.max(2) - 1) | 1);
    items.iter().step_by(stride).take(count).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis::selftest::{Vocabulary, made_up_list};

    #[test]
    fn the_scan_finds_a_listed_name_in_any_case() {
        let list = made_up_list(50, &Vocabulary::read().unwrap(), 1);
        let scan = Scan::new(&list);
        for entity in &list.entities {
            let found = scan.found(&entity.primary_name().to_lowercase());
            assert!(found.contains(&entity.id().as_str()));
        }
        assert!(scan.found("qqq").is_empty());
    }

    #[test]
    fn both_measures_call_the_same_names_one() {
        for measure in [Measure::Strsim, Measure::Rapidfuzz] {
            assert!(same(measure, "Chekunov, Igor", "CHEKUNOV, Ivan"), "{measure:?}");
            assert!(!same(measure, "Chekunov, Igor", "Igor Chekunov"), "{measure:?}");
        }
    }

    #[test]
    fn a_sample_is_spread_and_of_the_size_asked_for() {
        let items: Vec<usize> = (0..4_000).collect();
        for count in [1, 39, 40, 1_500, 4_000] {
            assert_eq!(sample(&items, count).len(), count);
        }
        assert_eq!(sample(&items, 0), Vec::<usize>::new());
        let kinds = sample(&items, 40).iter().filter(|at| **at % 4 == 3).count();
        assert_eq!(kinds, 10);
    }
}
