//! From names and ids in rows to parties.

use crate::graph::NameKey;
use crate::parted::{Entities, Parted};
use crate::{Named, Party, PartyId, Problem, Row, TieKind, cycles};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What stands for a party: an id, with which of its parties where it has several, or the key of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Mark {
    Id(String, Option<String>),
    Name(String),
}

impl Mark {
    fn id(&self) -> Option<&str> {
        match self {
            Mark::Id(id, _) => Some(id),
            Mark::Name(_) => None,
        }
    }
}

/// Which names belong to which ids.
pub(crate) struct Known<'a> {
    key: &'a NameKey<'a>,
    /// The keys of the names in rows.
    keys: HashMap<&'a str, String>,
    /// Keys of names that rows give to ids.
    stated: HashMap<String, BTreeSet<&'a str>>,
    /// Keys of names of listed entities.
    listed: HashMap<&'a str, BTreeSet<&'a str>>,
    entities: &'a Entities,
    parted: Parted<'a>,
}

impl<'a> Known<'a> {
    pub(crate) fn of(
        rows: &'a [Row],
        entities: &'a Entities,
        key: &'a NameKey<'a>,
        words: Option<&'a NameKey<'a>>,
    ) -> Known<'a> {
        let mut known = Known {
            key,
            keys: HashMap::new(),
            stated: HashMap::new(),
            listed: HashMap::new(),
            entities,
            parted: Parted::default(),
        };
        for (id, (_, keys)) in entities {
            for key in keys {
                known.listed.entry(key).or_default().insert(id);
            }
        }
        known.keys = known.keys_of(rows);
        let mut names: Vec<(&str, String, &str)> = Vec::new();
        for named in rows.iter().flat_map(|row| [&row.owner, &row.owned]) {
            if let Some(id) = &named.id {
                let key = known.key_of(&named.name);
                if words.is_some() {
                    names.push((id, key.clone(), &named.name));
                }
                known.stated.entry(key).or_default().insert(id);
            }
        }
        known.parted = Parted::of(words, names, entities);
        if known.parted.has_several() {
            let tied = known.within_cycles(rows);
            known.parted.part_by_key(&tied);
        }
        known
    }

    /// The ids that stand in a cycle of owners, if each is one party.
    fn within_cycles(&self, rows: &'a [Row]) -> HashSet<String> {
        let is_tie = |row: &&Row| !matches!(row.kind, TieKind::Link { .. });
        let end = |named: &'a Named| match self.only_id(named) {
            Some(id) => format!("id {id}"),
            None => format!("name {}", self.key_of(&named.name)),
        };
        let pairs: Vec<[String; 2]> = rows
            .iter()
            .filter(is_tie)
            .map(|row| [end(&row.owner), end(&row.owned)])
            .collect();
        let pairs: Vec<[&str; 2]> = pairs
            .iter()
            .map(|pair| pair.each_ref().map(String::as_str))
            .collect();
        let within = cycles::within(&pairs).into_iter();
        within
            .filter_map(|end| end.strip_prefix("id ").map(str::to_owned))
            .collect()
    }

    /// The id of a party, or the one that rows give to its name.
    fn only_id(&self, named: &'a Named) -> Option<&'a str> {
        let by_name = || self.stated.get(&self.key_of(&named.name)).and_then(only);
        named.id.as_deref().or_else(by_name)
    }

    /// The keys of the names of rows, each made once, by all threads.
    fn keys_of(&self, rows: &'a [Row]) -> HashMap<&'a str, String> {
        let names = rows.iter().flat_map(|row| [&row.owner, &row.owned]);
        let names: HashSet<&str> = names.map(|named| named.name.as_str()).collect();
        let names = names.into_par_iter();
        names.map(|name| (name, self.key_of(name))).collect()
    }

    /// The key of a name; a name of which the key has nothing left stands for itself.
    fn key_of(&self, name: &str) -> String {
        if let Some(key) = self.keys.get(name) {
            return key.clone();
        }
        Some((self.key)(name))
            .filter(|key| !key.is_empty())
            .unwrap_or_else(|| name.to_owned())
    }

    /// Tells of ids of listed entities that rows give to names which are none of theirs: the id decides, and may be a slip.
    fn tell_strange_names(&self, rows: &[Row], problems: &mut Vec<Problem>) {
        let mut told = BTreeSet::new();
        // What a list says of its own entries is its own affair.
        for row in rows.iter().filter(|row| !self.entities.contains_key(&row.place)) {
            for Named { name, id } in [&row.owner, &row.owned] {
                let entity = id.as_ref().and_then(|id| Some((id, self.entities.get(id)?)));
                let Some((id, (primary, keys))) = entity else {
                    continue;
                };
                if *name != *id && !keys.contains(&self.key_of(name)) && told.insert((id, name)) {
                    let text = format!(
                        "'{name}' is no name of {id}, which is {primary}: check that the id is right"
                    );
                    problems.push(Problem {
                        used: true,
                        ..Problem::new(&row.place, "", text)
                    });
                }
            }
        }
    }

    fn mark(&self, named: &Named, row: &Row, problems: &mut Vec<Problem>) -> Mark {
        let key = self.key_of(&named.name);
        let of_id = |id: &str| {
            Mark::Id(
                id.to_owned(),
                self.parted.part(id, &named.name, &key, self.entities),
            )
        };
        if let Some(id) = &named.id {
            return of_id(id);
        }
        match (self.stated.get(&key), self.listed.get(key.as_str())) {
            (Some(ids), _) => match only(ids) {
                Some(id) => of_id(id),
                None => {
                    let ids = Vec::from_iter(ids.iter().copied()).join(", ");
                    let text = format!(
                        "'{}' may be any of {ids}: give the id of the one that is meant",
                        named.name
                    );
                    problems.push(Problem {
                        used: true,
                        ..Problem::new(&row.place, "", text)
                    });
                    Mark::Name(key.clone())
                }
            },
            // The same name on several lists: whoever screens the name finds them all.
            (None, ids) => ids
                .and_then(only)
                .map_or_else(|| Mark::Name(key.clone()), |id| Mark::Id(id.to_owned(), None)),
        }
    }

    /// Whether a party has its id from rows, and not from a list that has its name.
    fn is_of_rows(&self, mark: &Mark) -> bool {
        match mark {
            Mark::Id(id, part) => part.is_some() || !self.entities.contains_key(id),
            Mark::Name(_) => false,
        }
    }

    /// The key of a name by which alone a row means an entry; `None` where an id says so. An entry has several names, and whether two of
    /// them are one owner is likely and never certain.
    fn spelling(&self, named: &Named) -> Option<String> {
        let key = named.id.is_none().then(|| self.key_of(&named.name))?;
        let is_entry = self.listed.get(key.as_str()).and_then(only).is_some();
        (is_entry && !self.stated.contains_key(&key)).then_some(key)
    }
}

fn only<'a>(ids: &BTreeSet<&'a str>) -> Option<&'a str> {
    ids.first().copied().filter(|_| ids.len() == 1)
}

/// Parties in order, and the two of each row.
pub(crate) struct Resolved {
    pub(crate) parties: Vec<Party>,
    pub(crate) ends: Vec<(PartyId, PartyId)>,
    /// The owners of rows that are written otherwise than in another row on the same stake, by the number of the row.
    pub(crate) written: HashMap<usize, PartyId>,
    /// What these spellings are spellings of.
    pub(crate) spellings: BTreeMap<PartyId, PartyId>,
    pub(crate) ids: HashMap<String, PartyId>,
    /// The parties of one id, by each of them, where it has several.
    pub(crate) same_id: HashMap<PartyId, Vec<PartyId>>,
    /// Where rows give each of these its id.
    pub(crate) stated_at: HashMap<PartyId, String>,
    /// Parties with an id that some row names without it.
    pub(crate) by_name: BTreeSet<PartyId>,
    pub(crate) names: HashMap<String, Vec<PartyId>>,
    /// What else rows call a party, beside its name.
    pub(crate) others: HashMap<PartyId, Vec<String>>,
}

/// Parties as they are met, each with its names.
#[derive(Default)]
struct Met<'a> {
    numbers: HashMap<Mark, usize>,
    found: Vec<(Mark, BTreeSet<&'a str>)>,
    /// Those with an id that some row names without it.
    by_name: BTreeSet<usize>,
    /// Where rows give an id that has several parties to each of these, in the order of lines.
    stated_at: HashMap<usize, (usize, &'a str)>,
}

impl<'a> Met<'a> {
    /// Takes up a party as a row names it.
    fn take(&mut self, named: &'a Named, mark: Mark, row: &'a Row, is_of_rows: bool) -> usize {
        let is_part = matches!(mark, Mark::Id(_, Some(_)));
        let at = self.number(mark);
        self.found[at].1.insert(&named.name);
        match named.id {
            None if is_of_rows => drop(self.by_name.insert(at)),
            Some(_) if is_part => {
                let place = (row.place.len(), row.place.as_str());
                let first = self.stated_at.entry(at).or_insert(place);
                *first = place.min(*first);
            }
            _ => {}
        }
        at
    }

    /// The number of a party, new or known.
    fn number(&mut self, mark: Mark) -> usize {
        let next = self.found.len();
        let at = *self.numbers.entry(mark.clone()).or_insert(next);
        if at == next {
            self.found.push((mark, BTreeSet::new()));
        }
        at
    }
}

/// Where rows on one stake write its owner in several ways, the rows with all but the first of these, each with its key.
fn spelled(rows: &[Row], ends: &[[usize; 2]], known: &Known<'_>) -> Vec<(usize, String)> {
    let keys: Vec<(usize, String)> = (0..)
        .zip(rows)
        .filter_map(|(at, row)| Some((at, known.spelling(&row.owner)?)))
        .collect();
    let mut ways: HashMap<[usize; 2], BTreeSet<Option<String>>> = HashMap::new();
    for (at, key) in &keys {
        ways.entry(ends[*at]).or_default().insert(Some(key.clone()));
    }
    let by_name: BTreeSet<usize> = keys.iter().map(|(at, _)| *at).collect();
    for (at, pair) in (0..).zip(ends).filter(|(at, _)| !by_name.contains(at)) {
        if let (Some(ways), TieKind::Stake { .. }) = (ways.get_mut(pair), &rows[at].kind) {
            ways.insert(None);
        }
    }
    let is_another = |(at, key): &(usize, String)| {
        ways[&ends[*at]]
            .first()
            .is_some_and(|first| first.as_ref() != Some(key))
    };
    keys.into_iter().filter(is_another).collect()
}

impl Resolved {
    pub(crate) fn of(rows: &[Row], known: &Known<'_>, problems: &mut Vec<Problem>) -> Resolved {
        known.tell_strange_names(rows, problems);
        let mut met = Met::default();
        let mut ends = Vec::with_capacity(rows.len());
        for row in rows {
            let pair = [&row.owner, &row.owned].map(|named| {
                let mark = known.mark(named, row, problems);
                let is_of_rows = known.is_of_rows(&mark);
                met.take(named, mark, row, is_of_rows)
            });
            ends.push(pair);
        }
        for id in known.entities.keys() {
            met.number(Mark::Id(id.clone(), None));
        }
        let spelled: Vec<(usize, usize)> = spelled(rows, &ends, known)
            .into_iter()
            .map(|(row, key)| {
                let at = met.number(Mark::Name(key));
                met.found[at].1.insert(&rows[row].owner.name);
                (row, at)
            })
            .collect();
        Resolved::sorted(met, &ends, &spelled, known)
    }

    /// Numbers the parties anew in the order of what stands for them.
    fn sorted(met: Met<'_>, ends: &[[usize; 2]], spelled: &[(usize, usize)], known: &Known<'_>) -> Resolved {
        let found = met.found;
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by(|&one, &two| found[one].0.cmp(&found[two].0));
        let mut place = vec![PartyId(0); found.len()];
        for (new, &old) in (0..).map(PartyId).zip(&order) {
            place[old] = new;
        }
        let mut resolved = Resolved {
            parties: Vec::with_capacity(found.len()),
            ends: ends.iter().map(|[one, two]| (place[*one], place[*two])).collect(),
            written: spelled.iter().map(|&(row, at)| (row, place[at])).collect(),
            spellings: spelled
                .iter()
                .map(|&(row, at)| (place[at], place[ends[row][0]]))
                .collect(),
            ids: HashMap::new(),
            same_id: HashMap::new(),
            stated_at: HashMap::new(),
            by_name: met.by_name.iter().map(|&at| place[at]).collect(),
            names: HashMap::new(),
            others: HashMap::new(),
        };
        let at = met.stated_at.iter();
        resolved.stated_at = at
            .map(|(&old, (_, row))| (place[old], (*row).to_owned()))
            .collect();
        let id = |old: usize| found[old].0.id();
        for several in order.chunk_by(|&one, &two| id(one).is_some() && id(one) == id(two)) {
            let parties: Vec<PartyId> = several.iter().map(|&old| place[old]).collect();
            if parties.len() > 1 {
                let each = parties.iter().map(|&party| (party, parties.clone()));
                resolved.same_id.extend(each);
            }
        }
        for old in order {
            resolved.push(&found[old], known);
        }
        resolved
    }

    fn push(&mut self, (mark, names): &(Mark, BTreeSet<&str>), known: &Known<'_>) {
        let at = PartyId(u32::try_from(self.parties.len()).unwrap_or(u32::MAX));
        let first = names.first().copied().unwrap_or_default();
        let mut keys: BTreeSet<String> = names.iter().map(|name| known.key_of(name)).collect();
        let party = match mark {
            Mark::Name(_) => Party {
                id: None,
                name: first.to_owned(),
            },
            Mark::Id(id, part) => {
                self.ids.entry(id.clone()).or_insert(at);
                let entity = known.entities.get(id).filter(|_| part.is_none());
                // A row without a name has the id in its place.
                let first = names.iter().copied().find(|name| name != id).unwrap_or(first);
                keys.extend(entity.into_iter().flat_map(|(_, keys)| keys.iter().cloned()));
                let name = entity.map_or(first, |(name, _)| name.as_str());
                Party {
                    id: Some(id.clone()),
                    name: name.to_owned(),
                }
            }
        };
        // The name of a spelling stands for what it is a spelling of.
        if !self.spellings.contains_key(&at) {
            for key in keys {
                self.names.entry(key).or_default().push(at);
            }
        }
        let is_other = |name: &&&str| **name != party.name && Some(**name) != party.id.as_deref();
        let others: Vec<String> = names
            .iter()
            .filter(is_other)
            .map(|name| (*name).to_owned())
            .collect();
        if !others.is_empty() {
            self.others.insert(at, others);
        }
        self.parties.push(party);
    }
}
