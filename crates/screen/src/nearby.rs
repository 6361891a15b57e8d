//! The coarse keys near another, remembered: many keys have the same coarse key.

use crate::recent::{Held, Recent};
use crate::slips;
use crate::store::{Tables, filed_under};
use crate::trie::{Reach, Walk};
use std::rc::Rc;
use tamis_names::{Apart, Vowels, budget, full_edits};

/// The most coarse keys that are remembered, and the most that is near them.
const MOST_REMEMBERED: usize = 1 << 15;
const MOST_NEARBY: usize = 1 << 21;

/// A coarse key of the list, near another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// The first of its sets, the first of those that have longer keys than the [`slips`](crate::slips), or skeletons, and the
    /// end: noted here, since looking them up again for each key would cost as much as what is done with them.
    pub(crate) first: u32,
    pub(crate) longer: u32,
    pub(crate) end: u32,
    /// The letters of the coarse key: the tree is less deep than a byte counts.
    pub(crate) length: u8,
    edits: u8,
    letters: u8,
}

impl Group {
    fn of(tables: &Tables<'_>, number: u32, length: usize, apart: Apart) -> Group {
        let sets = tables.sets.range(number as usize);
        // Sets are ordered by their number of vowels, skeletons last.
        let short = tables.sets.row(number as usize).partition_point(|&bits| {
            let vowels = Vowels::from_bits(bits);
            !vowels.of_skeleton() && length + vowels.count() <= slips::LONGEST
        });
        Group {
            first: sets.start as u32,
            longer: (sets.start + short) as u32,
            end: sets.end as u32,
            length: length as u8,
            edits: apart.edits as u8,
            letters: apart.letters as u8,
        }
    }

    pub(crate) fn apart(&self) -> Apart {
        Apart {
            edits: u32::from(self.edits),
            letters: u32::from(self.letters),
        }
    }
}

/// Working memory of the search for coarse keys in one list.
#[derive(Debug, Default)]
pub(crate) struct Nearby {
    walk: Walk,
    known: Recent<(Vec<u8>, Reach), Rc<[Group]>>,
}

impl Held for Rc<[Group]> {
    fn held(&self) -> usize {
        self.len()
    }
}

impl Nearby {
    /// The groups in which keys may be near `key`.
    pub(crate) fn groups(&mut self, tables: &Tables<'_>, key: &str) -> Rc<[Group]> {
        let asked = (filed_under(key), reach(key));
        if self.known.is_full(MOST_REMEMBERED, MOST_NEARBY) {
            self.known.age();
        }
        if let Some(known) = self.known.read(&asked, Rc::clone) {
            return known;
        }
        let found = self.walk(tables, &asked.0, asked.1);
        self.known.put(asked, Rc::clone(&found));
        found
    }

    fn walk(&mut self, tables: &Tables<'_>, coarse: &[u8], reach: Reach) -> Rc<[Group]> {
        let group = |number: u32, edits: u32, other: &[u8]| {
            Group::of(tables, number, other.len(), apart(coarse, other, edits))
        };
        // Keys of vowels alone are filed under nothing, first of all; the tree has no node for them.
        let are_there = tables.key(0).is_some_and(|key| filed_under(key).is_empty());
        let mut found = Vec::new();
        if are_there && coarse.len() <= reach.edits {
            found.push(group(0, coarse.len() as u32, &[]));
        }
        tables
            .coarse
            .near(&mut self.walk, coarse, reach, |number, edits, other| {
                found.push(group(number, edits, other));
            });
        found.into()
    }
}

/// How far coarse keys may be from that of `key`. Two full edits need a budget of four or more, and where `key` itself is
/// too short for that, the other is long enough. Skeletons bear no two.
fn reach(key: &str) -> Reach {
    let bears_two = |length: usize| budget(length) >= 4;
    let lengths = || (0..=u8::MAX).find(|&length| bears_two(usize::from(length)));
    Reach {
        edits: full_edits(key),
        least: if bears_two(key.len()) {
            0
        } else {
            lengths().unwrap_or(0)
        },
    }
}

/// How far apart two coarse keys are, between which so many edits lie.
fn apart(one: &[u8], two: &[u8], edits: u32) -> Apart {
    let mut unmatched = one.to_vec();
    let mut missing = 0;
    for letter in two {
        match unmatched.iter().position(|other| other == letter) {
            Some(at) => _ = unmatched.swap_remove(at),
            None => missing += 1,
        }
    }
    Apart {
        edits,
        letters: missing + unmatched.len() as u32,
    }
}
