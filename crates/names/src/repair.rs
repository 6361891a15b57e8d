//! Words of tables that were misspelt, cut off or abbreviated: `Limited Liabi1ity Company`, `JOINT STOCK COMPAN`,
//! `Dev.`. Only words that many companies share are repaired; names are compared as they are.

use crate::frequency;
use crate::tables::tables;
use crate::token::Raw;
use foldhash::{HashMap, HashMapExt, HashSet};
use std::sync::OnceLock;

/// Table words with fewer letters lie one slip from too many names.
const SHORTEST: usize = 6;
/// The fewest letters of a word that was cut off at the end of a line.
const CUT: usize = 4;

/// `words` with table words in the place of their misspellings; a word that means itself stays as it is.
pub(crate) fn meant(words: &[Raw]) -> Vec<Raw> {
    let last = words.len().saturating_sub(1);
    let repaired = words.iter().enumerate().map(|(at, word)| {
        let mut meant = word.clone();
        if let Some(table_word) = table_word(word, at > 0 && at == last) {
            table_word.clone_into(&mut meant.latin);
        }
        meant
    });
    repaired.collect()
}

fn table_word(word: &Raw, last: bool) -> Option<&'static str> {
    let latin = word.latin.as_str();
    if word.dotted
        && let Some(full) = tables().abbreviations.get(latin)
    {
        return Some(full);
    }
    let vocabulary = vocabulary();
    // `Schulz & Co.` is no school, and `Carter` charters nothing.
    if latin.len() < CUT || vocabulary.all.contains(latin) || tables().geographic.has(latin) || is_name(latin)
    {
        return None;
    }
    let whole = vocabulary.nearest(latin);
    if last {
        whole.or_else(|| vocabulary.completion(latin))
    } else {
        whole
    }
}

/// Whether people or companies are called so: Fisher is no slip in `fishery`, and Mahmoud none in `mahdoud`
/// (limited).
fn is_name(latin: &str) -> bool {
    frequency::level(latin, &[]) > 0 || frequency::level_of_word(latin, &[]) > 0
}

/// The words of legal forms and the generic words that are long enough to be told when misspelt.
#[derive(Debug, Default)]
struct Vocabulary {
    /// Every word of the tables, of any length.
    all: HashSet<&'static str>,
    /// The long ones, sorted.
    long: Vec<&'static str>,
    /// A long word with one letter left out → places in `long`.
    shortened: HashMap<String, Vec<u32>>,
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let words = tables()
            .legal_forms
            .words()
            .chain(tables().generic.keys().map(String::as_str));
        Vocabulary::of(words.collect())
    })
}

impl Vocabulary {
    fn of(all: HashSet<&'static str>) -> Vocabulary {
        let mut long: Vec<&str> = all
            .iter()
            .copied()
            .filter(|word| word.len() >= SHORTEST)
            .collect();
        long.sort_unstable();
        let mut shortened: HashMap<String, Vec<u32>> = HashMap::new();
        for (place, word) in (0u32..).zip(&long) {
            for short in without_one(word) {
                shortened.entry(short).or_default().push(place);
            }
        }
        Vocabulary { all, long, shortened }
    }

    /// The first long word that is one slip away: a letter missing, added, changed or two exchanged.
    fn nearest(&self, word: &str) -> Option<&'static str> {
        let missing = self.shortened.get(word).into_iter().flatten();
        let shorter: Vec<String> = without_one(word).collect();
        let changed = shorter
            .iter()
            .filter_map(|short| self.shortened.get(short))
            .flatten();
        let listed = |&place: &u32| self.long.get(place as usize).copied();
        let added = shorter
            .iter()
            .filter_map(|short| self.all.get(short.as_str()).copied());
        let found = missing.chain(changed).filter_map(listed);
        found
            .chain(added.filter(|word| word.len() >= SHORTEST))
            .filter(|found| strsim::osa_distance(found, word) == 1)
            .min()
    }

    /// The shortest long word that begins with `start`, of those the first.
    fn completion(&self, start: &str) -> Option<&'static str> {
        let from = self.long.partition_point(|word| *word < start);
        let words = self.long.iter().skip(from).copied();
        words
            .take_while(|word| word.starts_with(start))
            .min_by_key(|word| word.len())
    }
}

/// `word` with each of its letters left out in turn.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    word.char_indices().map(move |(at, letter)| {
        let mut short = word.to_owned();
        short.replace_range(at..at + letter.len_utf8(), "");
        short
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token;

    fn repaired(text: &str) -> Vec<String> {
        meant(&token::words(text)).into_iter().map(|w| w.latin).collect()
    }

    #[test]
    fn table_words_are_read_through_slips() {
        assert_eq!(
            repaired("Limited Lyability Compny Veloria"),
            ["limited", "liability", "company", "veloria"]
        );
        assert_eq!(
            repaired("Veloria Joint Stock Compa"),
            ["veloria", "joint", "stock", "company"]
        );
        assert_eq!(repaired("Veloria Trad. Ltd"), ["veloria", "trading", "ltd"]);
    }

    #[test]
    fn names_stay_as_they_are() {
        assert_eq!(repaired("Kaspersky Labs"), ["kaspersky", "labs"]);
        assert_eq!(repaired("Limi Veloria"), ["limi", "veloria"]);
        for names in [
            ["mahmoud", "holding"],
            ["fisher", "trading"],
            ["sharma", "bank"],
            ["veloria", "fabrice"],
            ["veloria", "marti"],
        ] {
            assert_eq!(repaired(&names.join(" ")), names);
        }
    }

    #[test]
    fn every_abbreviation_stands_for_a_table_word() {
        for word in tables().abbreviations.values() {
            assert!(vocabulary().all.contains(word.as_str()), "{word}");
        }
    }
}
