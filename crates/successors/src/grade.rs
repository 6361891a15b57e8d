use crate::signal::{Family, Signal, SignalKind};
use crate::weight;
use serde::Serialize;
use std::collections::BTreeMap;

/// How strong a lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Grade {
    /// Strong: [`Grade::STRONG`] points, of two families at least.
    A,
    /// Likely: [`Grade::LIKELY`] points, of two families or with one decisive signal ([`weight::DECISIVE`]).
    B,
    /// Weak: [`Grade::WEAK`] points.
    C,
}

impl Grade {
    /// The points of a strong lead: a listed director at a listed address.
    pub const STRONG: i32 = 60;
    /// The points of a likely lead: a name and an address, or a listed director.
    pub const LIKELY: i32 = 35;
    /// The points of a weak lead; what has less is counted, and not shown.
    pub const WEAK: i32 = 10;

    /// `A`, `B` or `C`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
        }
    }

    /// What it means, in a word.
    pub const fn meaning(self) -> &'static str {
        match self {
            Grade::A => "strong",
            Grade::B => "likely",
            Grade::C => "weak",
        }
    }

    /// The grade of such signals; `None` below [`Grade::WEAK`].
    pub(crate) fn of(points: i32, signals: &[Signal]) -> Option<Grade> {
        let several = families(signals).len() > 1;
        let decisive = signals.iter().any(|signal| signal.points >= weight::DECISIVE);
        match points {
            Grade::STRONG.. if several => Some(Grade::A),
            Grade::LIKELY.. if several || decisive => Some(Grade::B),
            Grade::WEAK.. => Some(Grade::C),
            _ => None,
        }
    }
}

/// Fewer points do not make a family of signals count as another, independent one: a mass-registration address.
const LEAST_OF_FAMILY: i32 = 5;

/// The families that count.
pub(crate) fn families(signals: &[Signal]) -> Vec<Family> {
    let counting = signals.iter().filter(|signal| signal.points >= LEAST_OF_FAMILY);
    let mut families: Vec<Family> = counting.filter_map(|signal| signal.kind.family()).collect();
    families.sort_unstable();
    families.dedup();
    families
}

/// The points of all signals: of each kind the best, a little for further parties, and what speaks against it, once.
pub(crate) fn points(signals: &[Signal]) -> i32 {
    let mut kinds: BTreeMap<SignalKind, Vec<&Signal>> = BTreeMap::new();
    for signal in signals {
        kinds.entry(signal.kind).or_default().push(signal);
    }
    kinds.iter().map(|(kind, signals)| of_kind(*kind, signals)).sum()
}

fn of_kind(kind: SignalKind, signals: &[&Signal]) -> i32 {
    let points = |signal: &&Signal| signal.points;
    if kind.is_contradiction() {
        return signals.iter().map(points).min().unwrap_or(0);
    }
    // Of each party the best: one director who owns under two spellings is one.
    let mut parties: BTreeMap<(&str, &str), i32> = BTreeMap::new();
    for signal in signals {
        let best = parties
            .entry((signal.entity_id.as_str(), person(kind, signal)))
            .or_insert(0);
        *best = signal.points.max(*best);
    }
    let mut best: Vec<i32> = parties.into_values().collect();
    best.sort_unstable_by(|one, two| two.cmp(one));
    let more = if is_of_people(kind) {
        weight::MOST_OTHERS
    } else {
        0
    };
    let others = best
        .iter()
        .skip(1)
        .take(more)
        .map(|points| weight::ANOTHER.min(*points));
    best.first().copied().unwrap_or(0) + others.sum::<i32>()
}

/// Several people of one listed company are several.
fn person(kind: SignalKind, signal: &Signal) -> &str {
    match kind {
        SignalKind::KnownPerson => &signal.there,
        _ => "",
    }
}

const fn is_of_people(kind: SignalKind) -> bool {
    matches!(
        kind,
        SignalKind::Officer | SignalKind::Owner | SignalKind::KnownPerson
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::Standing;
    use proptest::prelude::*;

    const KINDS: [SignalKind; 14] = [
        SignalKind::Owner,
        SignalKind::Officer,
        SignalKind::KnownPerson,
        SignalKind::FormerName,
        SignalKind::Continuation,
        SignalKind::Address,
        SignalKind::Phone,
        SignalKind::Domain,
        SignalKind::Name,
        SignalKind::Product,
        SignalKind::FoundedAfter,
        SignalKind::FoundedBefore,
        SignalKind::DissolvedBefore,
        SignalKind::AnotherPerson,
    ];

    fn signal() -> impl Strategy<Value = Signal> {
        let kind = prop::sample::select(KINDS.to_vec());
        (kind, 0_i32..60, 0..4_u8, 0..3_u8).prop_map(|(kind, points, party, person)| Signal {
            kind,
            entity_id: format!("list:{party}"),
            entity_name: String::new(),
            standing: Standing::Listed,
            here: String::new(),
            there: format!("person {person}"),
            score: None,
            points: if kind.is_contradiction() { -points } else { points },
            reason: String::new(),
            shared_by: None,
            key: None,
        })
    }

    /// None is the last.
    fn rank(signals: &[Signal]) -> u8 {
        Grade::of(points(signals), signals).map_or(u8::MAX, |grade| grade as u8)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_signal_never_lowers_a_lead_nor_a_contradiction_raises_it(
            signals in prop::collection::vec(signal(), 0..12), another in signal()
        ) {
            let with = [&signals[..], std::slice::from_ref(&another)].concat();
            let (before, after) = ((points(&signals), rank(&signals)), (points(&with), rank(&with)));
            match another.kind.is_contradiction() {
                true => prop_assert!(after.0 <= before.0 && after.1 >= before.1),
                false => prop_assert!(after.0 >= before.0 && after.1 <= before.1),
            }
        }

        #[test]
        fn more_points_for_a_signal_never_lower_a_lead(
            signals in prop::collection::vec(signal(), 1..12), at in any::<prop::sample::Index>(), more in 0..40
        ) {
            let mut better = signals.clone();
            better[at.index(signals.len())].points += more;
            prop_assert!(points(&better) >= points(&signals) && rank(&better) <= rank(&signals));
        }

        #[test]
        fn the_order_of_signals_says_nothing(
            (signals, shuffled) in prop::collection::vec(signal(), 0..12)
                .prop_flat_map(|signals| (Just(signals.clone()), Just(signals).prop_shuffle()))
        ) {
            prop_assert_eq!((points(&signals), families(&signals)), (points(&shuffled), families(&shuffled)));
        }
    }
}
