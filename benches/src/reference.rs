//! What a user would write without tamis: Jaro-Winkler over every name of the list.

use crate::definition::Reference;
use crate::outcome::Row;
use crate::timing;
use rapidfuzz::distance::jaro_winkler::{Args, BatchComparator};
use tamis::model::List;

/// The similarity from which a reference calls a name found: the cutoff that users of Jaro-Winkler start from.
pub(crate) const CUTOFF: f64 = 0.85;

impl Reference {
    /// The words used in tables.
    pub(crate) const fn scan(self) -> &'static str {
        match self {
            Reference::Strsim => "strsim scan",
            Reference::Rapidfuzz => "rapidfuzz batch scan",
        }
    }

    pub(crate) const fn pair(self) -> &'static str {
        match self {
            Reference::Strsim => "strsim",
            Reference::Rapidfuzz => "rapidfuzz",
        }
    }

    /// Whether it calls two names one.
    pub(crate) fn same(self, one: &str, two: &str) -> bool {
        let (one, two) = (one.to_lowercase(), two.to_lowercase());
        match self {
            Reference::Strsim => strsim::jaro_winkler(&one, &two) >= CUTOFF,
            Reference::Rapidfuzz => {
                rapidfuzz::distance::jaro_winkler::similarity(one.chars(), two.chars()) >= CUTOFF
            }
        }
    }
}

/// A name of a list in the forms in which the references take it.
struct Listed {
    text: String,
    letters: Vec<char>,
    entity: usize,
}

/// The names of a list in lower case, each with the place of its entry.
pub(crate) struct Scan {
    names: Vec<Listed>,
    ids: Vec<String>,
}

impl Scan {
    pub(crate) fn new(list: &List) -> Scan {
        let entities = list.entities.iter().enumerate();
        let names = entities.flat_map(|(at, e)| e.names.iter().map(move |name| (&name.text, at)));
        let listed = |(text, entity): (&String, usize)| {
            let text = text.to_lowercase();
            let letters = text.chars().collect();
            Listed {
                text,
                letters,
                entity,
            }
        };
        Scan {
            names: names.map(listed).collect(),
            ids: list.entities.iter().map(|entity| entity.id()).collect(),
        }
    }

    /// The ids of the entries with a name that is similar to `name`: every name is compared, as a list may hold
    /// several that must be seen.
    pub(crate) fn found(&self, reference: Reference, name: &str) -> Vec<&str> {
        let name = name.to_lowercase();
        match reference {
            Reference::Strsim => self.similar(|listed| strsim::jaro_winkler(&name, &listed.text) >= CUTOFF),
            Reference::Rapidfuzz => {
                let name: Vec<char> = name.chars().collect();
                let comparator = BatchComparator::new(name.iter().copied());
                let args = Args::default().score_cutoff(CUTOFF);
                self.similar(|listed| {
                    let letters = listed.letters.iter().copied();
                    comparator.similarity_with_args(letters, &args).is_some()
                })
            }
        }
    }

    fn similar(&self, is: impl Fn(&Listed) -> bool) -> Vec<&str> {
        let names = self.names.iter().filter(|listed| is(listed));
        names
            .filter_map(|listed| self.ids.get(listed.entity).map(String::as_str))
            .collect()
    }
}

/// Takes the time of a reference, name by name, on one thread.
pub(crate) fn time_scan(scan: &Scan, reference: Reference, names: &[String], runs: usize) -> Option<Row> {
    let one = |name: &String| !scan.found(reference, name).is_empty();
    let runs = (0..runs).map(|_| timing::each(names, one)).collect();
    Row::new(reference.scan(), 1, names.len(), runs)
}

/// About `count` of `items`, evenly spread, so that a reference gets the same mixture.
pub(crate) fn sample<T: Clone>(items: &[T], count: usize) -> Vec<T> {
    let count = count.min(items.len());
    // An odd stride meets every kind of item, where two or four kinds come in turn.
    let stride = items.len().checked_div(count).map_or(1, |n| (n.max(2) - 1) | 1);
    items.iter().step_by(stride).take(count).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis::selftest::{Vocabulary, made_up_list};

    const BOTH: [Reference; 2] = [Reference::Strsim, Reference::Rapidfuzz];

    #[test]
    fn both_scans_find_a_listed_name_in_any_case_and_the_same_others() {
        let list = made_up_list(50, &Vocabulary::read().unwrap(), 1);
        let scan = Scan::new(&list);
        for entity in &list.entities {
            let [one, two] =
                BOTH.map(|reference| scan.found(reference, &entity.primary_name().to_lowercase()));
            assert!(one.contains(&entity.id().as_str()));
            assert_eq!(one, two);
        }
        assert!(
            BOTH.iter()
                .all(|reference| scan.found(*reference, "qqq").is_empty())
        );
    }

    #[test]
    fn both_measures_call_the_same_names_one() {
        for reference in BOTH {
            assert!(
                reference.same("Chekunov, Igor", "CHEKUNOV, Ivan"),
                "{reference:?}"
            );
            assert!(
                !reference.same("Chekunov, Igor", "Igor Chekunov"),
                "{reference:?}"
            );
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
