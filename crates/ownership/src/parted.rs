//! Which of the names that rows give to one id are one party's.
//!
//! Ids slip: a row may give a company's id to its owner, or to anybody. If both were taken for one party, a stake between the two would
//! become a loop, and would end in silence. So the names of an id are one party only where they are alike; otherwise each is a party of
//! its own with this id, as are all that a cycle of owners would tie to each other, and whoever asks decides both as if they were one and as if they were not ([`Graph::same_id`](crate::Graph)).

use crate::graph::NameKey;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The names of an entity: the first, and the keys of all that stand for it.
pub(crate) type Entities = BTreeMap<String, (String, Vec<String>)>;

/// How the names of ids are parted.
#[derive(Default)]
pub(crate) struct Parted<'a> {
    /// The words by which names are alike; `None` where an id decides whatever name stands beside it.
    words: Option<&'a NameKey<'a>>,
    /// Ids of which rows give names that are not alike.
    unlike: HashSet<&'a str>,
    /// Ids with several names.
    several: HashSet<&'a str>,
    /// Those of them that would own a part of themselves: one of the names may own another.
    tied: HashSet<&'a str>,
    /// The words of the names of listed entities to which rows give other names.
    own: HashMap<&'a str, BTreeSet<String>>,
}

impl<'a> Parted<'a> {
    /// `stated` holds ids of the rows, each with the key of a name beside it and the name.
    pub(crate) fn of(
        words: Option<&'a NameKey<'a>>,
        mut stated: Vec<(&'a str, String, &'a str)>,
        entities: &'a Entities,
    ) -> Parted<'a> {
        let mut parted = Parted {
            words,
            ..Parted::default()
        };
        stated.sort_unstable();
        stated.dedup_by(|next, first| (next.0, &next.1) == (first.0, &first.1));
        for names in stated.chunk_by(|one, two| one.0 == two.0) {
            parted.add(names, entities);
        }
        parted
    }

    /// Takes up the names of one id, each key once.
    fn add(&mut self, names: &[(&'a str, String, &'a str)], entities: &'a Entities) {
        let (Some(words), Some(&(id, ..))) = (self.words, names.first()) else {
            return;
        };
        if let Some((_, keys)) = entities.get(id) {
            if names.iter().any(|(_, key, _)| !keys.contains(key)) {
                self.several.insert(id);
                self.own.insert(id, keys.iter().map(|key| words(key)).collect());
            }
        } else if names.len() > 1 {
            self.several.insert(id);
            let of_names = names.iter().filter(|(.., name)| *name != id);
            let said: BTreeSet<String> = of_names.map(|(.., name)| words(name)).collect();
            if said.iter().filter(|words| !words.is_empty()).count() > 1 {
                self.unlike.insert(id);
            }
        }
    }

    /// Whether any id has several names.
    pub(crate) fn has_several(&self) -> bool {
        !self.several.is_empty()
    }

    /// Makes each name of those of these ids that have several a party, however alike they are.
    pub(crate) fn part_by_key(&mut self, ids: &HashSet<String>) {
        let tied = self.several.iter().filter(|id| ids.contains(**id));
        self.tied = tied.copied().collect();
    }

    /// Which of the parties of an id a name with this key stands for; `None` where it has one alone, and for an entity under a name of
    /// its own.
    pub(crate) fn part(&self, id: &str, name: &str, key: &str, entities: &Entities) -> Option<String> {
        let words = self.words?;
        let is_tied = self.tied.contains(id);
        if let Some((_, keys)) = entities.get(id) {
            let own = self.own.get(id)?;
            let is_own = name == id || keys.iter().any(|own| own == key);
            return match is_tied {
                _ if is_own => None,
                true => Some(key.to_owned()),
                false => Some(words(name)).filter(|said| !own.contains(said)),
            };
        }
        match (is_tied, self.unlike.contains(id)) {
            (true, _) => Some(key.to_owned()),
            (false, true) if name == id => Some(String::new()),
            (false, true) => Some(words(name)),
            (false, false) => None,
        }
    }
}
