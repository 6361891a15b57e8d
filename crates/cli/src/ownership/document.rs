//! The answer for machines.

use super::doubts::Doubt;
use super::listing::Listing;
use super::load::StakesFile;
use super::picture::{Picture, verdicts};
use crate::failure::Failure;
use crate::output;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tamis::model::Context;
use tamis::ownership::{OwnershipFinding, Party, PartyId, Problem, Rule, Tie, TieKind};

#[derive(Serialize)]
struct Document<'a> {
    party: &'a Party,
    found: &'a str,
    as_of: Date,
    listed: Option<&'a Listing>,
    findings: &'a [OwnershipFinding],
    /// Whom the party, and those behind it, may be and were not taken for.
    doubts: &'a [Doubt],
    /// The parties of the tree, with the verdicts on them.
    parties: Vec<Node<'a>>,
    /// The ties of the tree.
    ties: Vec<Line<'a>>,
    rules: Vec<&'a Rule>,
    problems: &'a [Problem],
    stakes: &'a [StakesFile],
    context: &'a Context,
}

#[derive(Serialize)]
struct Node<'a> {
    #[serde(flatten)]
    party: &'a Party,
    listed: Option<&'a [String]>,
    verdicts: String,
}

#[derive(Serialize)]
struct Line<'a> {
    owner: &'a Party,
    owned: &'a Party,
    #[serde(flatten)]
    kind: &'a TieKind,
    from: Option<Date>,
    to: Option<Date>,
    /// Why it counts for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    unused: Option<&'static str>,
    source: &'a str,
    place: &'a str,
}

/// The answer as JSON.
pub fn json(picture: &Picture<'_>) -> Result<String, Failure> {
    let ties = picture.tree();
    let ends = ties.iter().flat_map(|tie| [tie.owner, tie.owned]);
    let mut parties: BTreeSet<PartyId> = ends.collect();
    parties.insert(picture.found.party);
    output::json(&Document {
        party: picture.party(),
        found: &picture.found.how,
        as_of: picture.screener.policy().as_of,
        listed: picture.listings.get(picture.party()),
        findings: &picture.findings,
        doubts: picture.doubts,
        parties: parties.into_iter().map(|party| node(picture, party)).collect(),
        ties: ties.into_iter().map(|tie| line(picture, tie)).collect(),
        rules: picture.assessment.rules().collect(),
        problems: &picture.loaded.problems,
        stakes: &picture.loaded.files,
        context: picture.screener.context(),
    })
}

fn node<'a>(picture: &'a Picture<'_>, party: PartyId) -> Node<'a> {
    let listings: &BTreeMap<Party, Listing> = picture.listings;
    let verdicts = verdicts(&picture.assessment.findings(party));
    let party = picture.graph().party(party);
    Node {
        party,
        listed: listings.get(party).map(|listing| listing.entries.as_slice()),
        verdicts,
    }
}

fn line<'a>(picture: &'a Picture<'_>, tie: &'a Tie) -> Line<'a> {
    Line {
        owner: picture.graph().party(tie.owner),
        owned: picture.graph().party(tie.owned),
        kind: &tie.kind,
        from: tie.from,
        to: tie.to,
        unused: picture.unused(tie),
        source: &tie.source,
        place: &tie.place,
    }
}
