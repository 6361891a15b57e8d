//! The names that a token finds, in little memory.

use crate::sieve::Sieve;
use crate::store::{Store, Tables, flags};

/// Bits for each name of its sieve: one in eight of others is taken for its own.
const SIEVE_BITS: usize = 8;

/// Names, each once, in their order.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The lower halves of their numbers, block by block.
    lower: Vec<u16>,
    blocks: Vec<Block>,
    /// Those of them that have an initial.
    pub(crate) with_initial: Vec<u32>,
    /// Tells most names that are none of them.
    sieve: Sieve,
}

/// Names of one domain whose numbers have the same upper half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    domain: u8,
    upper: u16,
    /// Where they end; they begin where those of the block before end.
    end: u32,
}

impl Block {
    const fn order(domain: usize, name: u32) -> (u8, u16) {
        (domain as u8, (name >> 16) as u16)
    }
}

impl Names {
    /// The names of these rows.
    pub(crate) fn of<'a>(rows: impl Iterator<Item = &'a [u32]>, store: &Store, tables: &Tables<'_>) -> Names {
        let mut all: Vec<u32> = rows.flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let flags = |name: u32| tables.name_flags.get(name as usize).copied().unwrap_or_default();
        let has_initial = |name: &u32| flags(*name) & flags::HAS_INITIAL != 0;
        Names {
            with_initial: all.iter().copied().filter(has_initial).collect(),
            sieve: Sieve::of(all.iter().copied(), SIEVE_BITS),
            ..Names::in_blocks(&all, |name| store.domain_of(name))
        }
    }

    /// `names`, which are in order, by what domain each is of.
    fn in_blocks(names: &[u32], domain_of: impl Fn(u32) -> usize) -> Names {
        let order = |name: u32| Block::order(domain_of(name), name);
        let mut blocks: Vec<Block> = Vec::new();
        for names in names.chunk_by(|&one, &two| order(one) == order(two)) {
            let (domain, upper) = order(names[0]);
            let end = blocks.last().map_or(0, |block| block.end) + names.len() as u32;
            blocks.push(Block { domain, upper, end });
        }
        blocks.shrink_to_fit();
        Names {
            lower: names.iter().map(|&name| name as u16).collect(),
            blocks,
            ..Names::default()
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lower.len()
    }

    /// Those of the domains, block by block: the number that is added to each, and what it is added to.
    pub(crate) fn of_domains(&self, domains: [bool; 3]) -> impl Iterator<Item = (u32, &[u16])> {
        let own = move |(_, block): &(usize, &Block)| domains[usize::from(block.domain)];
        let own = self.blocks.iter().enumerate().filter(own);
        own.map(|(at, block)| (u32::from(block.upper) << 16, self.block(at)))
    }

    fn block(&self, at: usize) -> &[u16] {
        let begin = at.checked_sub(1).map_or(0, |before| self.blocks[before].end);
        &self.lower[begin as usize..self.blocks[at].end as usize]
    }

    /// Whether the name, which is of this domain, is one of them.
    pub(crate) fn have(&self, name: u32, domain: usize) -> bool {
        self.sieve.may_hold(name) && {
            let order = Block::order(domain, name);
            let block = self
                .blocks
                .binary_search_by_key(&order, |block| (block.domain, block.upper));
            block.is_ok_and(|at| self.block(at).binary_search(&(name as u16)).is_ok())
        }
    }

    /// How many bytes they take.
    pub(crate) fn size(&self) -> usize {
        size_of_val(&*self.lower)
            + size_of_val(&*self.blocks)
            + size_of_val(&*self.with_initial)
            + self.sieve.size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn blocks_hold_what_was_put_in_domain_by_domain(
            names in proptest::collection::btree_set(0_u32..400_000, 0..300),
            ends in [0_u32..400_000, 0_u32..400_000],
            domains: [bool; 3],
            others in proptest::collection::vec(0_u32..400_000, 100),
        ) {
            let (first, second) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let domain_of = |name: u32| usize::from(name >= first) + usize::from(name >= second);
            let all: Vec<u32> = names.iter().copied().collect();
            let found = Names {
                sieve: Sieve::of(all.iter().copied(), SIEVE_BITS),
                ..Names::in_blocks(&all, domain_of)
            };
            let own: BTreeSet<u32> = names.iter().copied().filter(|&name| domains[domain_of(name)]).collect();
            let told = found.of_domains(domains);
            let told: Vec<u32> = told.flat_map(|(upper, lower)| lower.iter().map(move |&low| upper | u32::from(low))).collect();
            prop_assert_eq!(told, Vec::from_iter(own));
            for name in others.into_iter().chain(all) {
                prop_assert_eq!(found.have(name, domain_of(name)), names.contains(&name));
            }
        }
    }
}
