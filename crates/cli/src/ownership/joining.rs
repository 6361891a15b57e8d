//! Which parties of the graph are taken for one, written in several ways or with one id.

use super::listing::{self, Listing};
use std::collections::BTreeMap;
use tamis::ownership::{Graph, OwnershipFinding, Party, PartyId, Problem, Verdict};
use tamis::related::Alikes;

/// What there is to join around a party.
pub struct Joining<'a> {
    pub around: (&'a Graph, &'a Alikes),
    pub party: PartyId,
    pub listings: &'a BTreeMap<Party, Listing>,
}

/// The graph with what is one joined.
pub struct Joined {
    pub graph: Graph,
    /// What has to be told of it.
    pub told: Vec<Problem>,
    /// Whether the party is taken for one with the others of its id.
    pub by_id: bool,
}

impl Joining<'_> {
    /// An id that stands beside unlike names is right, or it slipped. Who asks by the id means all of them; who asks by a name is told the
    /// graver of the two, with what else it may be among the doubts.
    pub fn chosen(
        &self,
        is_asked_by_id: bool,
        findings: impl Fn(&Graph, PartyId) -> Vec<OwnershipFinding>,
    ) -> Joined {
        let same_id = self.around.0.same_id(self.party);
        let as_one = self.joined(&[]);
        if same_id.is_empty() || is_asked_by_id {
            return as_one;
        }
        let several = self.joined(same_id);
        let gravest = |joined: &Joined| {
            let party = joined.graph.counted_as(self.party);
            gravest(&findings(&joined.graph, party))
        };
        match gravest(&as_one) > gravest(&several) {
            true => as_one,
            false => several,
        }
    }

    /// Parties of one id are one, but for those that are `apart`.
    fn joined(&self, apart: &[PartyId]) -> Joined {
        let mut told = Vec::new();
        let one = listing::joined(self.around, self.party, self.listings, apart, &mut told);
        Joined {
            graph: self.around.0.clone().joined(one),
            told,
            by_id: apart.is_empty(),
        }
    }
}

/// How grave the gravest of what is found is, beside that the party is listed itself.
fn gravest(findings: &[OwnershipFinding]) -> u8 {
    let in_force = findings.iter().filter(|finding| !finding.suspended);
    let rank = |finding: &OwnershipFinding| match finding.verdict {
        Verdict::Listed => 0,
        Verdict::Representative => 1,
        Verdict::RelatedControl { .. } => 2,
        Verdict::PossiblyOwned { .. } => 3,
        Verdict::Owned { .. } => 4,
    };
    in_force.map(rank).max().unwrap_or_default()
}
