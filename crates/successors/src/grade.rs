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
