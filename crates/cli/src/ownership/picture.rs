//! Everything that an answer on ownership is made from.

use super::doubts::Doubt;
use super::find::Found;
use super::listing::Listing;
use super::load::Loaded;
use std::collections::{BTreeMap, BTreeSet};
use tamis::Screener;
use tamis::ownership::{Assessment, Graph, OwnershipFinding, Party, PartyId, Tie, TieKind};

/// The parts.
pub struct Picture<'a> {
    /// The lists.
    pub screener: &'a Screener,
    /// The graph.
    pub loaded: &'a Loaded,
    /// Who was asked for.
    pub found: &'a Found,
    /// Who is listed of those around.
    pub listings: &'a BTreeMap<Party, Listing>,
    /// Whom it, and those behind it, may be.
    pub doubts: &'a [Doubt],
    /// What the rules say of the party.
    pub findings: Vec<OwnershipFinding>,
    /// What they say of the others.
    pub assessment: &'a Assessment<'a>,
}

/// Which way ties are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To owners.
    Up,
    /// To what is owned.
    Down,
}

impl Picture<'_> {
    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.loaded.graph
    }

    /// Who was asked for.
    pub fn party(&self) -> &Party {
        self.graph().party(self.found.party)
    }

    /// Whether the party itself is listed.
    pub fn is_listed(&self) -> bool {
        self.listings.contains_key(self.party())
    }

    /// Whether somebody listed stands behind one that it, or a party behind it, may be.
    pub fn is_doubtful(&self) -> bool {
        self.doubts.iter().any(|doubt| !doubt.listed.is_empty())
    }

    /// Whether something of the stakes could not be used, so that nobody can say that nothing is there.
    pub fn is_incomplete(&self) -> bool {
        self.loaded.problems.iter().any(|problem| !problem.used)
    }

    /// The ties of a party in one direction, at whatever time.
    pub fn ties(&self, party: PartyId, way: Way) -> Vec<&Tie> {
        match way {
            Way::Up => self.graph().owners(party).collect(),
            Way::Down => self.graph().owned(party).iter().collect(),
        }
    }

    /// All ties on the way up from the party and down from it, each once, in order.
    pub fn tree(&self) -> BTreeSet<&Tie> {
        let mut ties = BTreeSet::new();
        for way in [Way::Up, Way::Down] {
            let mut met = BTreeSet::from([self.found.party]);
            let mut open = vec![self.found.party];
            while let Some(at) = open.pop() {
                for tie in self.ties(at, way) {
                    ties.insert(tie);
                    let next = far(tie, way);
                    if met.insert(next) {
                        open.push(next);
                    }
                }
            }
        }
        ties
    }

    /// The verdicts on a party, as words with their rules: `OWNED (ofac, eu)`; empty when clear.
    pub fn verdicts(&self, party: PartyId) -> String {
        verdicts(&self.assessment.findings(party))
    }

    /// Why a tie counts for nothing, where it does not hold on the day or is not verified.
    pub fn unused(&self, tie: &Tie) -> Option<&'static str> {
        let day = self.screener.policy().as_of;
        match (self.graph().counts(tie, day), tie.holds_on(day)) {
            (true, _) => None,
            (false, true) => Some("not verified, and not counted"),
            (false, false) => Some("not on this day"),
        }
    }
}

/// The party at the far end of a tie.
pub fn far(tie: &Tie, way: Way) -> PartyId {
    match way {
        Way::Up => tie.owner,
        Way::Down => tie.owned,
    }
}

/// Findings as words with their rules; those under a suspended rule say so.
pub fn verdicts(findings: &[OwnershipFinding]) -> String {
    let mut words: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for finding in findings {
        let rule = match finding.suspended {
            true => format!("{}, suspended", finding.rule),
            false => finding.rule.clone(),
        };
        words.entry(finding.verdict.as_str()).or_default().insert(rule);
    }
    let words = words.into_iter().map(|(word, rules)| {
        let rules: Vec<String> = rules.into_iter().collect();
        format!("{word} ({})", rules.join("; "))
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What a tie says: `50.00 % (shares)`, `director`, `linked to`.
pub fn words(tie: &Tie) -> String {
    match &tie.kind {
        TieKind::Stake {
            interest,
            share,
            joint,
        } => {
            let stake = match share {
                Some(share) => format!("{share} % ({})", interest.as_str()),
                None => format!("{}: share unknown", interest.as_str()),
            };
            match joint {
                Some(label) => format!("{stake}, jointly: {label}"),
                None => stake,
            }
        }
        TieKind::Role { role } => role.as_str().to_owned(),
        TieKind::Link { link } => link.as_str().to_owned(),
    }
}

/// From when to when: `from 2020-01-01 to 2024-12-31`; empty where neither is known.
pub fn days(from: Option<impl ToString>, to: Option<impl ToString>) -> String {
    let from = from.map(|day| format!("from {}", day.to_string()));
    let to = to.map(|day| format!("to {}", day.to_string()));
    from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
}
