//! A customer that is, by its id or name, a party to which the stakes also give the name or the id of somebody listed.
//!
//! An id that stands beside two names is a slip, or says that both are one. Whichever it is, it is asked of.

use crate::doubt::Gathered;
use crate::listed::{decision_on, in_deal_of};
use crate::same_id::{is_unlike, place};
use crate::stakes::Stakes;
use std::collections::BTreeSet;
use tamis_model::{Action, Decision, Finding, Ground, Subject, Via, ViaKind};
use tamis_ownership::PartyId;
use tamis_screen::{Screener, unfit};

/// A customer that the stakes know, and what is decided on it by its own names.
pub(crate) struct Own<'a> {
    pub stakes: &'a Stakes,
    pub screener: &'a Screener,
    pub subject: &'a Subject,
    pub direct: &'a Decision,
    /// The parties that it is taken for; others it only may be.
    pub named: &'a BTreeSet<PartyId>,
}

impl Own<'_> {
    /// What is found on the parties that the customer is taken for, and not on its own names: a review at most.
    pub fn found(
        &self,
        parties: &BTreeSet<PartyId>,
        screen: &mut dyn FnMut(&Subject) -> Decision,
    ) -> Gathered {
        let mut all = Gathered::default();
        let of_rows = parties
            .iter()
            .filter(|party| self.stakes.graph().party(**party).id.is_some());
        for &party in of_rows {
            let alerts = self.alerts(party, screen).into_iter();
            let found: Vec<Finding> = alerts
                .filter(|finding| !self.is_judged(finding) && !is_told(&all.found, finding))
                .map(|finding| self.doubted(finding, party))
                .collect();
            if !found.is_empty() {
                all.notes.push(self.said(party));
            }
            all.found.extend(found);
        }
        all
    }

    /// What alerts on a party by its id, and by names that are none of the customer's.
    fn alerts(&self, party: PartyId, screen: &mut dyn FnMut(&Subject) -> Decision) -> Vec<Finding> {
        let graph = self.stakes.graph();
        let id = graph.party(party).id.as_deref();
        let is_stated = |id: &&str| self.subject.id.as_deref() == Some(*id) || graph.by_id(id) != Some(party);
        let is_entry = |id: &str| self.screener.entity(id).is_some();
        if id.filter(is_stated).is_some_and(is_entry) {
            return decision_on(self.screener, graph, party, self.subject, screen).alerts;
        }
        let names = graph.names_of(party).filter(|name| Some(*name) != id);
        let asked = in_deal_of(
            self.subject,
            names.filter(|name| unfit(name).is_none() && self.is_another(name)),
        );
        match asked.names.is_empty() {
            true => Vec::new(),
            false => screen(&asked).alerts,
        }
    }

    /// Whether a name is none of the customer's, in whatever spelling.
    fn is_another(&self, name: &str) -> bool {
        let threshold = self.screener.policy().threshold;
        let mut own = self.subject.names.iter();
        own.all(|own| own.text != name && is_unlike(&own.text, name, threshold))
    }

    /// Whether the decision on the customer's own names speaks of this entry.
    fn is_judged(&self, finding: &Finding) -> bool {
        let mut own = self.direct.alerts.iter().chain(&self.direct.information);
        own.any(|own| own.hit.entity_id == finding.hit.entity_id)
    }

    fn doubted(&self, mut finding: Finding, party: PartyId) -> Finding {
        let policy = self.screener.policy();
        let kind = ViaKind::PossiblyOwned;
        let verdicts = finding
            .measures
            .iter()
            .map(|measure| policy.verdict_via(measure, self.subject, kind));
        let strictest = verdicts.reduce(|best, next| if next.action > best.action { next } else { best });
        if let Some(strictest) = strictest {
            finding.action = finding.action.min(strictest.action).min(Action::Review);
            if !finding.action.alerts() {
                finding.why = strictest.why;
            }
        }
        finding.via = Some(Box::new(Via {
            kind,
            party: self.stakes.graph().party(party).name.clone(),
            grounds: vec![Ground {
                rule: None,
                kind,
                suspended: false,
                total: None,
                meaning: self.said(party),
                basis: None,
                path: Vec::new(),
            }],
        }));
        finding
    }

    fn said(&self, party: PartyId) -> String {
        let graph = self.stakes.graph();
        let place = Some(place(graph, party)).filter(|place| !place.is_empty());
        let whom = match self.named.contains(&party) {
            true => "the customer",
            false => "one that the customer may be",
        };
        format!(
            "the stakes say that {whom} is '{}'{}, who is listed: check the id",
            graph.party(party).label(),
            place.map_or_else(String::new, |place| format!(" ({place})"))
        )
    }
}

fn is_told(found: &[Finding], finding: &Finding) -> bool {
    found
        .iter()
        .any(|known| known.hit.entity_id == finding.hit.entity_id)
}
