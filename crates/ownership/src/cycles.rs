//! Who may own a part of itself, over whatever steps.

use std::collections::{HashMap, HashSet};

/// Those who stand in a cycle of owners, or between two: what is left once all who own nobody that is left, or are owned by nobody that is
/// left, are taken away, again and again. `pairs` are owners with what they own.
pub(crate) fn within<'a>(pairs: &[[&'a str; 2]]) -> HashSet<&'a str> {
    let mut left = vec![true; pairs.len()];
    for way in [0, 1] {
        peel(pairs, way, &mut left);
    }
    let pairs = pairs.iter().zip(left).filter(|(_, left)| *left);
    pairs.flat_map(|(pair, _)| *pair).collect()
}

/// Takes away the pairs whose end on this side is at no other side of a pair that is left.
fn peel(pairs: &[[&str; 2]], way: usize, left: &mut [bool]) {
    let (mut out, mut into) = (HashMap::<&str, Vec<usize>>::new(), HashMap::<&str, usize>::new());
    for (at, pair) in pairs.iter().enumerate().filter(|(at, _)| left[*at]) {
        out.entry(pair[way]).or_default().push(at);
        *into.entry(pair[1 - way]).or_default() += 1;
    }
    let ends = out.keys().copied();
    let mut open: Vec<&str> = ends.filter(|end| !into.contains_key(end)).collect();
    while let Some(end) = open.pop() {
        for &at in out.get(end).into_iter().flatten() {
            left[at] = false;
            let next = pairs[at][1 - way];
            let count = into.entry(next).or_default();
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.push(next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_hangs_on_a_cycle_is_not_in_it() {
        let pairs = [
            ["x", "a"],
            ["a", "b"],
            ["b", "c"],
            ["c", "a"],
            ["c", "d"],
            ["e", "e"],
        ];
        assert_eq!(within(&pairs), HashSet::from(["a", "b", "c", "e"]));
        assert_eq!(within(&pairs[..3]), HashSet::new());
        assert_eq!(within(&[]), HashSet::new());
    }

    const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

    fn reached<'a>(pairs: &[[&'a str; 2]], from: &'a str) -> BTreeSet<&'a str> {
        let mut met = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            let next = pairs.iter().filter(|pair| pair[0] == at).map(|pair| pair[1]);
            open.extend(next.filter(|next| met.insert(*next)));
        }
        met
    }

    proptest! {
        /// Whoever reaches itself is found, and so is only who lies between two of these.
        #[test]
        fn every_cycle_is_found(pairs in prop::collection::vec([prop::sample::select(&NAMES[..]), prop::sample::select(&NAMES[..])], 0..14)) {
            let found = within(&pairs);
            let in_cycle = |name: &&str| reached(&pairs, name).contains(*name);
            for name in NAMES {
                let after = reached(&pairs, name).into_iter().any(|next| in_cycle(&next));
                let before = NAMES.iter().any(|first| in_cycle(first) && reached(&pairs, first).contains(name));
                prop_assert_eq!(found.contains(name), in_cycle(&name) || (after && before), "{}", name);
            }
        }
    }
}
