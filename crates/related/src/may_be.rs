//! Which parties of a graph somebody may be, beside those that it is taken for.
//!
//! What is taken for sure must be sure; what only may be is never dropped because something better was found. Otherwise whoever adds a
//! row with a bare name or another legal form ends an alert.

use crate::alike::Alikes;
use crate::ids::one_system;
use crate::similar::Similar;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::Score;
use tamis_ownership::{Graph, PartyId};
use tamis_screen::{normal_form, unfit};

/// Why a party may be meant, in the order of how likely it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Rows give it the same id, beside another name.
    Id,
    /// It is called so; another id, or a tie between the two, leaves it open.
    Name,
    /// It is called so, with a legal form of another class.
    Form,
    /// A name that alerts in screening, with this score.
    Similar(Score),
}

impl Likeness {
    /// Whether only the engine's score says so.
    pub const fn is_similar(self) -> bool {
        matches!(self, Likeness::Similar(_))
    }

    fn rank(self) -> (u8, Reverse<Score>) {
        match self {
            Likeness::Id => (0, Reverse(Score::ONE)),
            Likeness::Name => (1, Reverse(Score::ONE)),
            Likeness::Form => (2, Reverse(Score::ONE)),
            Likeness::Similar(score) => (3, Reverse(score)),
        }
    }
}

impl Ord for Likeness {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Likeness {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Likeness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Likeness::Id => f.write_str("the same id under another name"),
            Likeness::Name => f.write_str("the same name, another id or a tie between the two"),
            Likeness::Form => f.write_str("the same name with another legal form"),
            Likeness::Similar(score) => write!(f, "a similar name, score {score}"),
        }
    }
}

/// A party with those that are taken for one with it, those of their ids as far as `counts` says, and so on.
pub(crate) fn all_of_one(
    graph: &Graph,
    alikes: &Alikes,
    party: PartyId,
    counts: &dyn Fn(PartyId) -> bool,
) -> BTreeSet<PartyId> {
    let mut all = alikes.one_with(party);
    let mut open: Vec<PartyId> = all.iter().copied().filter(|party| counts(*party)).collect();
    while let Some(at) = open.pop() {
        let same = graph.same_id(at).iter().copied();
        let more = same
            .filter(|party| counts(*party))
            .flat_map(|party| alikes.one_with(party));
        open.extend(more.filter(|party| all.insert(*party)));
    }
    all
}

/// Somebody who is looked for among the parties of a graph.
#[derive(Clone, Debug, Default)]
pub struct Whom<'a> {
    /// What it is called.
    pub names: Vec<&'a str>,
    /// Its ids, where all that it is called by state one. A party with another id of the system of each of them is another party.
    pub ids: Vec<&'a str>,
    /// The parties that it is taken for.
    pub sure: BTreeSet<PartyId>,
}

impl<'a> Whom<'a> {
    /// A party of the graph, with those that are taken for one with it and those of its id. Ids say who it is not only where every row
    /// that means any of these writes one: otherwise a row that gives one of the names an id would end what another row says.
    pub fn party(graph: &'a Graph, alikes: &Alikes, party: PartyId) -> Whom<'a> {
        let sure = all_of_one(graph, alikes, party, &|_| true);
        let ids: Option<Vec<&str>> = sure.iter().map(|one| stated_id(graph, *one)).collect();
        Whom {
            names: Vec::new(),
            ids: ids.unwrap_or_default(),
            sure,
        }
    }

    /// Whether a party is another one: every row that means it writes an id, which every id of `self` tells from it.
    fn is_another(&self, graph: &Graph, party: PartyId) -> bool {
        let is_another = |id: &str| self.ids.iter().all(|own| *own != id && one_system(own, id));
        !self.ids.is_empty() && stated_id(graph, party).is_some_and(is_another)
    }
}

/// The id of a party, if every row that means the party writes it.
fn stated_id(graph: &Graph, party: PartyId) -> Option<&str> {
    let id = graph.party(party).id.as_deref();
    id.filter(|_| !graph.is_named_without_id(party))
}

/// Who else somebody may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// The parties that it may be, and why.
    pub may_be: BTreeMap<PartyId, Likeness>,
    /// Parties of that name that it is not: they have another id of the same system.
    pub apart: BTreeSet<PartyId>,
}

/// The look-ups that say who may be whom.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The parties.
    pub graph: &'a Graph,
    /// What is one name.
    pub alikes: &'a Alikes,
    /// What is similar.
    pub similar: &'a Similar,
}

/// Names that are still to be looked up, and how likely it is that they are those of whom we look for.
struct Open<'a> {
    names: Vec<&'a str>,
    likely: Likeness,
}

impl Open<'_> {
    /// Similar names of a similar name are not looked for, or in a large file everybody may be anybody.
    fn may_be_similar(&self) -> bool {
        !self.likely.is_similar()
    }
}

impl<'a> Names<'a> {
    /// The parties that `whom` may be. A name leads to parties, and the other names of these to further ones, so that no chain of names
    /// that was once taken for one party is lost where a row makes a link of it doubtful.
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
    /// use tamis_related::{Alikes, Likeness, Names, Similar, Whom};
    ///
    /// let mut builder = Builder::new(&plain_key);
    /// builder.add(Row::stake(Named::new("Jane Roe"), Named::new("Nordwind GmbH"), None));
    /// let graph = builder.finish().0;
    /// let names = Names {
    ///     graph: &graph,
    ///     alikes: &Alikes::of(&graph),
    ///     similar: &Similar::of(&graph, &listed)?,
    /// };
    /// let others = names.others(&Whom { names: vec!["Nordwind AG"], ..Whom::default() });
    /// assert_eq!(others.may_be.into_values().collect::<Vec<_>>(), [Likeness::Form]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn others(&self, whom: &Whom<'a>) -> Others {
        let mut others = Others::default();
        let own = whom.sure.iter().flat_map(|&party| self.graph.names_of(party));
        let mut open = vec![Open {
            names: whom.names.iter().copied().chain(own).collect(),
            likely: Likeness::Name,
        }];
        while let Some(next) = open.pop() {
            for (party, why) in self.with_ids(self.called(&next)) {
                let is_another = whom.is_another(self.graph, party);
                if is_another && why.max(next.likely) == Likeness::Name {
                    others.apart.insert(party);
                }
                if is_another || whom.sure.contains(&party) {
                    continue;
                }
                let likely = why.max(next.likely);
                if others.may_be.get(&party).is_none_or(|known| likely < *known) {
                    others.may_be.insert(party, likely);
                    open.push(Open {
                        names: self.graph.names_of(party).collect(),
                        likely,
                    });
                }
            }
        }
        others
    }

    /// The same with the other parties of their ids.
    fn with_ids(&self, found: BTreeSet<(PartyId, Likeness)>) -> BTreeSet<(PartyId, Likeness)> {
        let others = found.iter().flat_map(|&(party, why)| {
            let all = self.graph.same_id(party).iter();
            all.map(move |&other| (other, why))
        });
        let others: Vec<(PartyId, Likeness)> = others.collect();
        found.into_iter().chain(others).collect()
    }

    /// The parties that names may stand for, and why, each reason once.
    fn called(&self, open: &Open<'_>) -> BTreeSet<(PartyId, Likeness)> {
        let mut found = BTreeSet::new();
        // Two masked names are equal, and say nothing.
        for name in open.names.iter().filter(|name| unfit(name).is_none()) {
            let called = self.alikes.called(name);
            let exact = self.graph.by_key(&normal_form(name, None)).iter().copied();
            found.extend(
                called
                    .alike
                    .into_iter()
                    .chain(exact)
                    .map(|party| (party, Likeness::Name)),
            );
            found.extend(called.other_form.into_iter().map(|party| (party, Likeness::Form)));
        }
        if open.may_be_similar() {
            let similar = self.similar.to(&open.names).into_iter();
            found.extend(similar.map(|(party, score)| (party, Likeness::Similar(score))));
        }
        found
    }
}
