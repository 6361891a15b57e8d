//! Coarse keys within a few edits of another, by a walk over a tree of all of them.
//!
//! The tree lies in flat arrays in the order of a walk that takes each node before its children, so that a branch
//! is left by one jump. The walk keeps, for each number of edits, the set of places in the pattern that the path so
//! far may have reached, as bits of one number (Wu and Manber, "Fast text searching allowing errors", 1992, with
//! transpositions added as in Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
//! 2003); a branch in which no place is left cannot hold a key that is near.

/// The edits that a walk allows at most: those of the largest budget.
pub(crate) const MOST_EDITS: usize = 2;
/// The longest pattern: one bit is needed beyond its letters.
const LONGEST: usize = 63;
/// The longest key.
const MOST_DEPTH: usize = 255;
/// Of a node at which no key ends.
const NO_KEY: u32 = u32::MAX;

/// The arrays of a tree.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub(crate) letters: Vec<u8>,
    pub(crate) depths: Vec<u8>,
    /// The next node outside the node's branch.
    pub(crate) skips: Vec<u32>,
    /// Which key ends at the node.
    pub(crate) keys: Vec<u32>,
}

/// A tree of `keys`, which are sorted, each once, none longer than [`MOST_DEPTH`] letters; the empty key has no node.
pub(crate) fn build(keys: &[Vec<u8>]) -> Built {
    let mut built = Built::default();
    let mut open: Vec<usize> = Vec::new();
    let mut before: &[u8] = &[];
    for (at, key) in keys.iter().enumerate() {
        let shared = before.iter().zip(key).take_while(|(a, b)| a == b).count();
        close(&mut built, &mut open, shared);
        for (depth, &letter) in key.iter().enumerate().skip(shared) {
            open.push(built.letters.len());
            built.letters.push(letter);
            built.depths.push(u8::try_from(depth).unwrap_or(u8::MAX));
            built.skips.push(0);
            built.keys.push(NO_KEY);
        }
        if let Some(&last) = open.last() {
            built.keys[last] = u32::try_from(at).unwrap_or(NO_KEY);
        }
        before = key;
    }
    close(&mut built, &mut open, 0);
    built
}

/// Ends the branches of `open` beyond the first `keep`.
fn close(built: &mut Built, open: &mut Vec<usize>, keep: usize) {
    let end = u32::try_from(built.letters.len()).unwrap_or(u32::MAX);
    for node in open.drain(keep..) {
        built.skips[node] = end;
    }
}

/// Of each node the longest of what ends in its branch, by what `of_key` tells of a key and of its letters.
pub(crate) fn longest_below(depths: &[u8], keys: &[u32], of_key: impl Fn(u32, usize) -> usize) -> Box<[u8]> {
    let mut longest = vec![0u8; depths.len()];
    // Backwards, so that a node comes after its children; theirs is kept at their depth until it does.
    let mut open = [0u8; MOST_DEPTH + 2];
    for (node, (&depth, &key)) in depths.iter().zip(keys).enumerate().rev() {
        let depth = usize::from(depth);
        let own = if key == NO_KEY { 0 } else { of_key(key, depth + 1) };
        let below = std::mem::take(&mut open[depth + 1]);
        longest[node] = u8::try_from(own).unwrap_or(u8::MAX).max(below);
        open[depth] = open[depth].max(longest[node]);
    }
    longest.into()
}

/// A tree, read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trie<'a> {
    pub(crate) letters: &'a [u8],
    pub(crate) depths: &'a [u8],
    pub(crate) skips: &'a [u32],
    pub(crate) keys: &'a [u32],
    /// See [`longest_below`].
    pub(crate) longest: &'a [u8],
}

/// How far a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reach {
    pub(crate) edits: usize,
    /// What [`Trie::longest`] must say of a branch that is walked for the sake of the last edit alone, where that is not
    /// the only one.
    pub(crate) least: u8,
}

/// The places in the pattern that a path may have reached with up to so many edits: bit n stands for n letters.
type Reached = [u64; MOST_EDITS + 1];

/// The letters of a pattern, and the working memory of walks.
#[derive(Debug)]
pub(crate) struct Walk {
    /// The places at which each letter stands.
    places: Box<[u64; 256]>,
    /// What each letter of the path has reached, after what the start has.
    reached: Box<[Reached; MOST_DEPTH + 1]>,
    path: Box<[u8; MOST_DEPTH]>,
}

impl Default for Walk {
    fn default() -> Walk {
        Walk {
            places: Box::new([0; 256]),
            reached: Box::new([[0; MOST_EDITS + 1]; MOST_DEPTH + 1]),
            path: Box::new([0; MOST_DEPTH]),
        }
    }
}

impl Trie<'_> {
    /// Calls `found` with the number of each key within `edits` edits of `pattern` (insertion, deletion, substitution,
    /// exchange of neighbours, no letter edited twice), with how many it takes, and with the key.
    ///
    /// Keys that take the last of several edits may be left out in branches in which none is as long as `reach` asks.
    ///
    /// A pattern beyond the bits of a number has no neighbours here; its equal is found by another look-up.
    pub(crate) fn near(
        &self,
        walk: &mut Walk,
        pattern: &[u8],
        reach: Reach,
        mut found: impl FnMut(u32, u32, &[u8]),
    ) {
        if pattern.len() > LONGEST {
            return;
        }
        let reach = Reach {
            edits: reach.edits.min(MOST_EDITS),
            ..reach
        };
        for (at, &letter) in pattern.iter().enumerate() {
            walk.places[usize::from(letter)] |= 1 << at;
        }
        self.run(walk, pattern.len(), reach, &mut found);
        for &letter in pattern {
            walk.places[usize::from(letter)] = 0;
        }
    }

    fn run(&self, walk: &mut Walk, length: usize, reach: Reach, found: &mut impl FnMut(u32, u32, &[u8])) {
        let edits = reach.edits;
        let all = u64::MAX >> (LONGEST - length);
        let mut start: Reached = [0; MOST_EDITS + 1];
        for (edits, reached) in start.iter_mut().enumerate() {
            *reached = all & (u64::MAX >> (LONGEST - edits));
        }
        walk.reached[0] = start;
        let mut node = 0;
        while let Some(&letter) = self.letters.get(node) {
            let depth = usize::from(self.depths[node]);
            let turned = depth.checked_sub(1).map(|before| {
                let previous = walk.path[before];
                (&walk.reached[before], walk.places[usize::from(previous)])
            });
            let next = step(
                &walk.reached[depth],
                walk.places[usize::from(letter)],
                turned,
                all,
                edits,
            );
            let needs_all = edits > 1 && next[edits - 1] == 0;
            if next[edits] == 0 || (needs_all && self.longest[node] < reach.least) {
                node = self.skips[node] as usize;
                continue;
            }
            walk.reached[depth + 1] = next;
            walk.path[depth] = letter;
            let key = self.keys[node];
            if key != NO_KEY
                && let Some(took) = next[..=edits]
                    .iter()
                    .position(|reached| reached >> length & 1 == 1)
            {
                found(key, took as u32, &walk.path[..=depth]);
            }
            node += 1;
        }
    }
}

/// The places reached after one more letter, of which `places` are those in the pattern. `turned` are the places
/// reached before the letter before it, and the places of that letter.
fn step(before: &Reached, places: u64, turned: Option<(&Reached, u64)>, all: u64, edits: usize) -> Reached {
    let mut next: Reached = [0; MOST_EDITS + 1];
    next[0] = (before[0] & places) << 1 & all;
    for at in 1..=edits {
        let matched = (before[at] & places) << 1;
        let inserted = before[at - 1];
        let substituted = before[at - 1] << 1;
        let deleted = next[at - 1] << 1;
        let exchanged = turned.map_or(0, |(reached, previous)| {
            (reached[at - 1] & places & (previous >> 1)) << 2
        });
        next[at] = (matched | inserted | substituted | deleted | exchanged) & all;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Optimal string alignment by its definition.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let swap = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut best = swap.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(rows[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        rows[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn finds_each_key_within_reach_once(
            mut keys in proptest::collection::vec("[abc]{1,7}", 0..60),
            patterns in proptest::collection::vec("[abcd]{0,8}", 1..8),
            edits in 0usize..=MOST_EDITS,
            least in 0u8..=7,
        ) {
            keys.sort_unstable();
            keys.dedup();
            let keys: Vec<Vec<u8>> = keys.into_iter().map(String::into_bytes).collect();
            let built = build(&keys);
            let longest = longest_below(&built.depths, &built.keys, |_, letters| letters);
            let trie = Trie {
                letters: &built.letters,
                depths: &built.depths,
                skips: &built.skips,
                keys: &built.keys,
                longest: &longest,
            };
            let mut walk = Walk::default();
            for pattern in patterns {
                let mut found = Vec::new();
                trie.near(&mut walk, pattern.as_bytes(), Reach { edits, least }, |key, took, text| {
                    assert_eq!(text, keys[key as usize]);
                    found.push((key as usize, took as usize));
                });
                let within = |(at, key): (usize, &Vec<u8>)| {
                    let took = distance(key, pattern.as_bytes());
                    (took <= edits).then_some((at, took))
                };
                let mut expected: Vec<_> = keys.iter().enumerate().filter_map(within).collect();
                let optional = |&(at, took): &(usize, usize)| took == MOST_EDITS && keys[at].len() < usize::from(least);
                found.retain(|one| !optional(one));
                expected.retain(|one| !optional(one));
                prop_assert_eq!(found, expected);
            }
        }
    }
}
