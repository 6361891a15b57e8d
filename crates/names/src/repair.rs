//! Words of tables that were misspelt, cut off or abbreviated: `Limited Liabi1ity Company`, `JOINT STOCK COMPAN`,
//! `Dev.`. Only words that many companies share are repaired; names are compared as they are.

use crate::tables::{Facts, LONG, LONGEST, SHORTENED};

/// Table words with fewer letters lie one slip from too many names.
const SHORTEST: usize = 6;
/// The fewest letters of a word that was cut off at the end of a line.
const CUT: usize = 4;

/// What a misspelt word of the tables was meant to be.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Repair {
    /// The table word that is one slip away.
    pub(crate) slip: Option<&'static str>,
    /// … or that begins so, where the word may be cut off.
    pub(crate) cut: Option<&'static str>,
}

impl Repair {
    /// For `latin`, of which the tables say `facts`; nothing for a word that means itself.
    pub(crate) fn of(latin: &str, facts: &Facts) -> Repair {
        // `Schulz & Co.` is no school, and `Carter` charters nothing.
        let itself = facts.vocabulary.is_some() || facts.place.alone.is_some() || is_name(facts);
        if latin.len() < CUT || itself {
            return Repair::default();
        }
        let slip = nearest(latin);
        Repair {
            slip,
            cut: slip.or_else(|| completion(latin)),
        }
    }
}

/// Whether people or companies are called so: Fisher is no slip in `fishery`, and Mahmoud none in `mahdoud`
/// (limited).
const fn is_name(facts: &Facts) -> bool {
    facts.name > 0 || facts.company > 0
}

/// The first long word that is one slip away: a letter missing, added, changed or two exchanged.
fn nearest(word: &str) -> Option<&'static str> {
    // A slip adds one letter at most, and words behind the longest of the table are near none of it.
    if word.len() > LONGEST + 1 {
        return None;
    }
    let mut best = None;
    let mut try_word = |found: &'static str| {
        let better = best.is_none_or(|best| found < best);
        if better && strsim::osa_distance(found, word) == 1 {
            best = Some(found);
        }
    };
    shortened(word).for_each(&mut try_word);
    let mut short = String::with_capacity(word.len());
    for (at, letter) in word.char_indices() {
        short.clear();
        short.push_str(word.get(..at).unwrap_or_default());
        short.push_str(word.get(at + letter.len_utf8()..).unwrap_or_default());
        shortened(&short).for_each(&mut try_word);
        if short.len() >= SHORTEST
            && let Some(added) = Facts::of(&short).vocabulary
        {
            try_word(added);
        }
    }
    best
}

/// The long words that are `word` with one letter left out.
fn shortened(word: &str) -> impl Iterator<Item = &'static str> {
    let places = SHORTENED.get(word).map_or("", |(_, places)| places);
    places
        .split(' ')
        .filter_map(|place| LONG.get(place.parse::<usize>().ok()?).copied())
}

/// The shortest long word that begins with `start`, of those the first.
fn completion(start: &str) -> Option<&'static str> {
    let from = LONG.partition_point(|word| *word < start);
    let words = LONG.iter().skip(from).copied();
    words
        .take_while(|word| word.starts_with(start))
        .min_by_key(|word| word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spelt;
    use crate::texts::{ABBREVIATIONS, rows};

    fn repaired(text: &str) -> Vec<String> {
        let words: Vec<String> = spelt::words(text).into_iter().map(|w| w.latin).collect();
        let last = words.len() - 1;
        let meant = words.into_iter().enumerate().map(|(at, word)| {
            let repair = Repair::of(&word, &Facts::of(&word));
            let meant = if at > 0 && at == last {
                repair.cut
            } else {
                repair.slip
            };
            meant.map_or(word, str::to_owned)
        });
        meant.collect()
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
        for [short, word] in rows(ABBREVIATIONS) {
            assert!(Facts::of(&word).vocabulary.is_some(), "{word}");
            assert_eq!(Facts::of(&short).abbreviation, Some(word.as_str()), "{short}");
        }
    }
}
