//! The parties of a graph whose names are similar to one: found by the engine itself, so that a name which would alert against a list is
//! found among the stakes too.

use crate::listed::in_deal_of;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;
use tamis_model::{Entity, EntityKind, Finding, List, ListMeta, Name, NameRole, Score, Subject};
use tamis_ownership::{Graph, PartyId, TieKind};
use tamis_policy::Policy;
use tamis_screen::{Error, Scratch, Screener, unfit};

/// The id of the list that is made of the parties.
const STAKES: &str = "stakes";

/// The names of those parties of a graph that bring something to whoever is one of them: somebody stands behind them, their id is a
/// list entry's, or it stands beside the name of somebody listed.
#[derive(Debug)]
pub struct Similar {
    /// `None` where there is no such party.
    screener: Option<Screener>,
    /// Those that can be found by a name.
    parties: Vec<PartyId>,
    /// All of them, in order.
    bringing: Vec<PartyId>,
}

thread_local! {
    /// What a thread has looked up among the stakes; that of the lists is the caller's, and would be lost in turn.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Similar {
    /// Reads the names of `graph`; names are similar from the threshold of the policy of `listed` on, which also says which ids are
    /// entries.
    ///
    /// # Errors
    /// As [`Screener::new`]: more names than one list can hold.
    ///
    /// # Example
    /// ```
    /// # use tamis_model::{Entity, EntityKind, List, ListMeta, Name, NameRole};
    /// # let mut entity = Entity::new("demo", "1", EntityKind::Person);
    /// # entity.names.push(Name::new("TIKHONOV, Andrei", NameRole::Primary));
    /// # let list = List { meta: ListMeta::new("demo", "Demo", "demo", &[entity.clone()]), entities: vec![entity] };
    /// # let policy = tamis_policy::Policy::new(jiff::civil::date(2026, 11, 29));
    /// # let listed = tamis_screen::Screener::new(vec![list], policy)?;
    /// use tamis_ownership::{Builder, Named, Row, plain_key};
    ///
    /// let mut builder = Builder::new(&plain_key);
    /// builder.add(Row::stake(Named::new("Jane Roe"), Named::new("Зелёный город ООО"), None));
    /// let similar = tamis_related::Similar::of(&builder.finish().0, &listed)?;
    /// assert_eq!(similar.to(&["OOO Zelenyi Gorod"]).len(), 1);
    /// assert_eq!(similar.to(&["OOO Krasnyi Gorod"]).len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(graph: &Graph, listed: &Screener) -> Result<Similar, Error> {
        let id = |party| graph.party(party).id.as_deref();
        let is_entry = |party| id(party).is_some_and(|id| listed.entity(id).is_some());
        let bringing = graph.parties().map(|(party, _)| party);
        let beside = beside_listed(graph, listed);
        // An entry behind whom nobody stands is found on its list, where its names are.
        let is_named = |party: PartyId| has_owners(graph, party) || beside.contains(&party);
        let bringing: Vec<PartyId> = bringing
            .filter(|party| is_named(*party) || is_entry(*party))
            .collect();
        let named = bringing.par_iter().copied().filter(|party| is_named(*party));
        let named = named.map(|party| (party, names_of(graph, party)));
        let named: Vec<(PartyId, Vec<Name>)> = named.filter(|(_, names)| !names.is_empty()).collect();
        let (parties, names): (Vec<PartyId>, Vec<Vec<Name>>) = named.into_iter().unzip();
        let entities: Vec<Entity> = (0..).zip(names).map(|(at, names)| entity_of(names, at)).collect();
        let policy = Policy {
            threshold: listed.policy().threshold,
            ..Policy::new(listed.policy().as_of)
        };
        let screener = match entities.is_empty() {
            true => None,
            false => Some(Screener::new(vec![list_of(entities)], policy)?),
        };
        Ok(Similar {
            screener,
            parties,
            bringing,
        })
    }

    /// The parties that have a name similar to one of these, each with the best score, in order. Names that cannot be screened find
    /// nobody.
    pub fn to(&self, names: &[&str]) -> Vec<(PartyId, Score)> {
        let fit = names.iter().copied().filter(|name| unfit(name).is_none());
        let asked = in_deal_of(&Subject::default(), fit);
        let Some(screener) = self.screener.as_ref().filter(|_| !asked.names.is_empty()) else {
            return Vec::new();
        };
        let decision = SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
            Ok(mut scratch) => screener.screen_with(&asked, &mut scratch),
            Err(_) => screener.screen(&asked),
        });
        // No measure stands against a party of the stakes, so all that is found is information.
        let found = decision.alerts.iter().chain(&decision.information);
        let mut found: Vec<(PartyId, Score)> = found.filter_map(|finding| self.party(finding)).collect();
        found.sort_unstable_by_key(|(party, _)| *party);
        found
    }

    /// Whether a party brings something to whoever is it: somebody stands behind it, its id is a list entry's, or it stands beside the
    /// name of somebody listed.
    pub fn brings(&self, party: PartyId) -> bool {
        self.bringing.binary_search(&party).is_ok()
    }

    fn party(&self, finding: &Finding) -> Option<(PartyId, Score)> {
        let (_, number) = finding.hit.entity_id.split_once(':')?;
        let party = self.parties.get(number.parse::<usize>().ok()?)?;
        Some((*party, finding.hit.score))
    }
}

/// The parties whose id rows give to another name too, where one of these names is somebody's who is listed.
fn beside_listed(graph: &Graph, listed: &Screener) -> BTreeSet<PartyId> {
    let all = graph.parties().map(|(party, _)| party);
    let several: Vec<PartyId> = all.filter(|party| !graph.same_id(*party).is_empty()).collect();
    let is_listed = |party: &PartyId| {
        let names = graph.names_of(*party).filter(|name| unfit(name).is_none());
        let asked = in_deal_of(&Subject::default(), names);
        !asked.names.is_empty() && {
            let decision = listed.screen(&asked);
            !decision.alerts.is_empty() || !decision.information.is_empty()
        }
    };
    let found: Vec<PartyId> = several.into_par_iter().filter(is_listed).collect();
    let ids = found
        .into_iter()
        .flat_map(|party| graph.same_id(party).iter().copied());
    ids.collect()
}

/// Whether somebody owns, leads or represents a party, or another one of its id.
fn has_owners(graph: &Graph, party: PartyId) -> bool {
    let all = graph.same_id(party).iter().copied().chain([party]);
    let mut ties = all.flat_map(|party| graph.owners(party));
    ties.any(|tie| !matches!(tie.kind, TieKind::Link { .. }))
}

/// The names of a party that can be screened.
fn names_of(graph: &Graph, party: PartyId) -> Vec<Name> {
    let names = graph.names_of(party).filter(|name| unfit(name).is_none());
    names.map(|name| Name::new(name, NameRole::Primary)).collect()
}

/// A party by its names. What kind it is of nobody said, so that speaks against no match.
fn entity_of(names: Vec<Name>, at: usize) -> Entity {
    let mut entity = Entity::new(STAKES, at.to_string(), EntityKind::Organization);
    entity.kind_is_assumed = true;
    entity.names = names;
    entity
}

fn list_of(entities: Vec<Entity>) -> List {
    List {
        meta: ListMeta::new(STAKES, "parties of the stakes", STAKES, &entities),
        entities,
    }
}
