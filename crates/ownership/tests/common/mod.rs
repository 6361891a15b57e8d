//! What the tests of ownership share: graphs from rows, measures from codes, and a checker of proofs.

#![allow(dead_code, reason = "each file of tests uses what it needs")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::{Measure, Prohibition};
use tamis_ownership::{
    Builder, Graph, OwnershipFinding, Party, Row, Rule, Share, StepTie, Verdict, plain_key, rules,
};

/// The day of most tests.
pub const DAY: Date = date(2026, 11, 29);

/// A measure of the kind that its code says.
pub fn measure(code: &str) -> Measure {
    let prohibits = match code.rsplit('.').next() {
        Some("block" | "freeze") => Prohibition::AssetFreeze,
        Some("sectoral") => Prohibition::SectoralRestriction,
        Some("entity-list") => Prohibition::ExportLicence,
        Some("ban") => Prohibition::TransactionBan,
        _ => Prohibition::Caution,
    };
    Measure::new(code, "a test", prohibits)
}

/// The rows of the table with this id.
pub fn rules_of(id: &str) -> Vec<Rule> {
    let rules = rules().unwrap().into_iter().filter(|rule| rule.id == id);
    rules.collect()
}

/// The graph of rows, which must have no problems.
pub fn graph(rows: impl IntoIterator<Item = Row>) -> Graph {
    let mut builder = Builder::new(&plain_key);
    rows.into_iter().for_each(|row| builder.add(row));
    builder.finish().0
}

/// Who is listed, from names to codes.
pub type Listed = BTreeMap<String, String>;

/// The measures against a party.
pub fn measures_of(listed: &Listed, party: &Party) -> Vec<Measure> {
    listed
        .get(&party.name)
        .map(|code| measure(code))
        .into_iter()
        .collect()
}

/// The verdicts on a party, each once, in order.
pub fn words(found: &[OwnershipFinding]) -> String {
    let words: BTreeSet<&str> = found.iter().map(|f| f.verdict.as_str()).collect();
    match words.is_empty() {
        true => "CLEAR".to_owned(),
        false => Vec::from_iter(words).join(" "),
    }
}

/// Replays a proof: starting from its owners, its steps must lead to the party.
pub fn replay(found: &OwnershipFinding, rule: &Rule, party: &str) {
    let mut members: BTreeSet<&str> = found.owners.iter().map(|o| o.party.name.as_str()).collect();
    assert!(
        !members.is_empty(),
        "{party}: a proof without a listed owner: {found:?}"
    );
    loop {
        let reached: Vec<&str> = found
            .path
            .iter()
            .map(|step| step.owned.name.as_str())
            .filter(|owned| !members.contains(owned) && enough(found, rule, &members, owned))
            .collect();
        if reached.is_empty() {
            break;
        }
        members.extend(reached);
    }
    assert!(
        members.contains(party),
        "{party}: the steps do not lead there: {found:?}"
    );
}

/// Whether the steps from members to a company are enough, by themselves.
fn enough(found: &OwnershipFinding, rule: &Rule, members: &BTreeSet<&str>, owned: &str) -> bool {
    let (mut property, mut votes) = (Share::ZERO, Share::ZERO);
    for step in found.path.iter().filter(|step| step.owned.name == owned) {
        // A joint arrangement counts the stakes of partners too; they stand beside a member's.
        let partner = |other: &&tamis_ownership::Step| {
            let same = step.joint.is_some() && other.joint == step.joint && other.owned == step.owned;
            same && !rule.aggregate && members.contains(other.owner.name.as_str())
        };
        if !members.contains(step.owner.name.as_str()) && !found.path.iter().any(|other| partner(&other)) {
            continue;
        }
        match step.tie {
            StepTie::Role(role) if rule.roles.contains(&role) => return true,
            StepTie::Stake(..) if step.open && matches!(found.verdict, Verdict::PossiblyOwned { .. }) => {
                return true;
            }
            StepTie::Stake(tamis_ownership::Interest::Votes, share) => {
                votes = votes.plus(share.unwrap_or_default())
            }
            StepTie::Stake(_, share) => property = property.plus(share.unwrap_or_default()),
            StepTie::Role(_) => {}
        }
    }
    rule.reached(property) || (rule.votes && rule.reached(votes))
}
