//! Parties and the ties between them.

use crate::parted::Entities;
use crate::resolve::{Known, Resolved};
use crate::{Problem, Row, TieKind, rows_of};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tamis_model::Entity;

/// The number of a party in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub(crate) u32);

impl PartyId {
    /// The number, from 0.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The number as an index.
    pub(crate) const fn at(self) -> usize {
        self.0 as usize
    }
}

/// Somebody who owns or is owned.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Party {
    /// The id by which rows and lists know the party, where they give one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A name, as written.
    pub name: String,
}

impl Party {
    /// `NAME (ID)`, or the name alone.
    pub fn label(&self) -> String {
        match &self.id {
            Some(id) if *id != self.name => format!("{} ({id})", self.name),
            _ => self.name.clone(),
        }
    }
}

/// A tie between two parties of a graph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// Who owns, leads or represents.
    pub owner: PartyId,
    /// Whom.
    pub owned: PartyId,
    /// How.
    pub kind: TieKind,
    /// First day, where it is known.
    pub from: Option<Date>,
    /// Last day, where it ended.
    pub to: Option<Date>,
    /// Who says so.
    pub source: String,
    /// Where it was read.
    pub place: String,
    /// Whether it is known no better than from memory or one weak source.
    pub unverified: bool,
    /// The owner and the owned as the row writes them: other parties than these where several names were joined.
    pub written: (PartyId, PartyId),
}

impl Tie {
    /// Whether the tie holds on `day`; a missing day counts as holding.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// What makes two statements the same one: all but where they were read.
    fn said(&self) -> Said<'_> {
        (
            self.written,
            self.owned,
            &self.kind,
            self.from,
            self.to,
            &self.source,
        )
    }
}

/// Who, of whom, what, from when to when, says who.
type Said<'t> = (
    (PartyId, PartyId),
    PartyId,
    &'t TieKind,
    Option<Date>,
    Option<Date>,
    &'t str,
);

/// From a name as written to the form by which names are the same.
pub type NameKey<'k> = dyn Fn(&str) -> String + Sync + 'k;

/// The plainest of keys: lower case, single spaces. Front ends give the normal form of their screener instead.
pub fn plain_key(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Gathers rows, and makes a [`Graph`] of them.
///
/// A row that names a party without an id means the party with an id that other rows give this name to; where they give it to
/// several, that is a [`Problem`] and the name stands for itself. Failing that it means the one listed entity of exactly that name. Names
/// are the same where their keys are. The order of rows changes nothing.
pub struct Builder<'k> {
    key: &'k NameKey<'k>,
    words: Option<&'k NameKey<'k>>,
    rows: Vec<Row>,
    entities: Entities,
    problems: Vec<Problem>,
    unverified: bool,
}

impl<'k> Builder<'k> {
    /// Nothing yet; `key` says which names are the same.
    pub fn new(key: &'k NameKey<'k>) -> Builder<'k> {
        Builder {
            key,
            words: None,
            rows: Vec::new(),
            entities: BTreeMap::new(),
            problems: Vec::new(),
            unverified: false,
        }
    }

    /// Parts the names of an id that are not alike, as those of equal `words` are: each is a party of its own with this id
    /// ([`Graph::same_id`]), and so are all names of an id, however alike, where as one party it would own a part of itself. Ids slip;
    /// a row that gives a company's id to the name of its owner must not make the two one.
    ///
    /// Without it an id means one party, whatever names stand beside it. So it may be where ids are given by a program.
    ///
    /// # Example
    /// ```
    /// use tamis_ownership::{Builder, Named, Row, plain_key};
    ///
    /// let rows = [
    ///     Row::stake(Named::new("Jane Roe"), Named::with_id("Meadow Ltd", "M-1"), None),
    ///     Row::stake(Named::with_id("Jane Roe", "M-1"), Named::new("Other Ltd"), None),
    /// ];
    /// let mut builder = Builder::new(&plain_key).part_unlike(&plain_key);
    /// rows.into_iter().for_each(|row| builder.add(row));
    /// let graph = builder.finish().0;
    /// let (jane, meadow) = (graph.by_key("jane roe")[0], graph.by_key("meadow ltd")[0]);
    /// assert_eq!(graph.owners(meadow).map(|tie| tie.owner).collect::<Vec<_>>(), [jane]);
    /// assert_eq!(graph.same_id(meadow), [jane, meadow]);
    /// ```
    #[must_use]
    pub fn part_unlike(mut self, words: &'k NameKey<'k>) -> Builder<'k> {
        self.words = Some(words);
        self
    }

    /// Whether ties that are not verified count. Default: false, they are in the graph, and nothing follows from them.
    #[must_use]
    pub fn count_unverified(mut self, count: bool) -> Builder<'k> {
        self.unverified = count;
        self
    }

    /// Takes a statement.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Takes something that could not be used, to be told with the rest.
    pub fn add_problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Takes an entity of a list with its relations. Its strong names, and no weak alias, stand for it.
    pub fn add_entity(&mut self, entity: &Entity) {
        let strong = entity.names.iter().filter(|name| name.role.is_strong());
        let names = strong.map(|name| (self.key)(&name.text)).collect();
        let known = (entity.primary_name().to_owned(), names);
        self.entities.insert(entity.id(), known);
        self.rows.extend(rows_of(entity, &mut self.problems));
    }

    /// The graph, and what could not be used or was understood in a way that must be told, in order.
    pub fn finish(self) -> (Graph, Vec<Problem>) {
        let mut problems = self.problems;
        let known = Known::of(&self.rows, &self.entities, self.key, self.words);
        let resolved = Resolved::of(&self.rows, &known, &mut problems);
        let mut graph = Graph::of(resolved, self.rows, &mut problems);
        graph.unverified = self.unverified;
        problems.sort();
        problems.dedup();
        (graph, problems)
    }
}

/// Who owns, leads and represents whom. Immutable; parties and ties stand in an order that follows from what they are, not from the
/// order of the rows.
#[derive(Clone, Debug)]
pub struct Graph {
    parties: Vec<Party>,
    /// By owner, then owned.
    pub(crate) ties: Vec<Tie>,
    /// Where the ties of each owner begin.
    starts: Vec<u32>,
    /// Numbers of ties by owned party.
    into: Vec<u32>,
    into_starts: Vec<u32>,
    ids: HashMap<String, PartyId>,
    same_id: HashMap<PartyId, Vec<PartyId>>,
    stated_at: HashMap<PartyId, String>,
    by_name: BTreeSet<PartyId>,
    names: HashMap<String, Vec<PartyId>>,
    others: HashMap<PartyId, Vec<String>>,
    /// Parties that are another one, written otherwise.
    pub(crate) spellings: BTreeMap<PartyId, PartyId>,
    /// Whether ties that are not verified count.
    unverified: bool,
}

impl Graph {
    fn of(resolved: Resolved, rows: Vec<Row>, problems: &mut Vec<Problem>) -> Graph {
        let Resolved {
            parties,
            ends,
            written,
            spellings,
            ids,
            same_id,
            stated_at,
            by_name,
            names,
            others,
        } = resolved;
        let parties_count = parties.len();
        let rows = (0..).zip(rows).zip(ends);
        let ties = rows.map(|((at, row), (owner, owned))| Tie {
            owner,
            owned,
            kind: row.kind,
            from: row.from,
            to: row.to,
            source: row.source,
            place: row.place,
            unverified: row.unverified,
            written: (written.get(&at).copied().unwrap_or(owner), owned),
        });
        let mut ties: Vec<Tie> = ties.collect();
        ties.sort_unstable();
        ties.dedup_by(|again, first| repeats(again, first, problems));
        Graph {
            parties,
            ids,
            same_id,
            stated_at,
            by_name,
            names,
            others,
            spellings,
            ..Graph::of_ties(ties, parties_count)
        }
    }

    /// The ties in their order, with where those of each party begin; they belong to `parties` parties.
    fn of_ties(ties: Vec<Tie>, parties: usize) -> Graph {
        let starts = starts_of(parties, ties.iter().map(|tie| tie.owner));
        let mut into: Vec<u32> = (0..).take(ties.len()).collect();
        into.sort_by_key(|&at| ties[at as usize].owned);
        let into_starts = starts_of(parties, into.iter().map(|&at| ties[at as usize].owned));
        Graph {
            parties: Vec::new(),
            ties,
            starts,
            into,
            into_starts,
            ids: HashMap::new(),
            same_id: HashMap::new(),
            stated_at: HashMap::new(),
            by_name: BTreeSet::new(),
            names: HashMap::new(),
            others: HashMap::new(),
            spellings: BTreeMap::new(),
            unverified: false,
        }
    }

    /// The same graph, where some parties are one that is written in several ways: `one` has each of them with that one, which takes over
    /// their ties, ids and names, and is listed for what any of them is listed for.
    ///
    /// Whether two spellings are one party is never certain. What is sure counts them as one: equal statements of a source once, and
    /// the larger of several sources. What may be counts them as parties of their own; where only that is enough, the verdict is
    /// [`Verdict::PossiblyOwned`](crate::Verdict::PossiblyOwned).
    #[must_use]
    pub fn joined(mut self, one: BTreeMap<PartyId, PartyId>) -> Graph {
        let counted = |party: PartyId| one.get(&party).copied().unwrap_or(party);
        for tie in &mut self.ties {
            (tie.owner, tie.owned) = (counted(tie.owner), counted(tie.owned));
        }
        self.ties.sort_unstable();
        self.ids.values_mut().for_each(|party| *party = counted(*party));
        for named in self.names.values_mut() {
            named.iter_mut().for_each(|party| *party = counted(*party));
            named.sort_unstable();
            named.dedup();
        }
        let parties = self.parties.len();
        let known = self.spellings.iter();
        let mut spellings: BTreeMap<PartyId, PartyId> = known
            .map(|(spelling, party)| (*spelling, counted(*party)))
            .collect();
        spellings.extend(&one);
        Graph {
            parties: self.parties,
            ids: self.ids,
            same_id: self.same_id,
            stated_at: self.stated_at,
            by_name: self.by_name,
            names: self.names,
            others: self.others,
            spellings,
            unverified: self.unverified,
            ..Graph::of_ties(self.ties, parties)
        }
    }

    /// The party that takes over for one that is another spelling of it; else the party itself.
    pub fn counted_as(&self, party: PartyId) -> PartyId {
        self.spellings.get(&party).copied().unwrap_or(party)
    }

    /// Whether a tie counts on `day`: it holds, and is known well enough.
    pub fn counts(&self, tie: &Tie, day: Date) -> bool {
        tie.holds_on(day) && (self.unverified || !tie.unverified)
    }

    /// How many parties there are.
    pub fn len(&self) -> usize {
        self.parties.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// All parties, in order.
    pub fn parties(&self) -> impl Iterator<Item = (PartyId, &Party)> {
        (0..).map(PartyId).zip(&self.parties)
    }

    /// A party of this graph.
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.at()]
    }

    /// The party with this id; the first where rows give it to unlike names ([`Graph::same_id`] has them all).
    pub fn by_id(&self, id: &str) -> Option<PartyId> {
        self.ids.get(id).copied()
    }

    /// The parties to which rows give the id of this one, itself among them, in order; none where it has its id alone. They are one if the
    /// id is right, and several if it slipped ([`Builder::part_unlike`]).
    pub fn same_id(&self, party: PartyId) -> &[PartyId] {
        self.same_id.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The first row that gives a party its id, where rows give this id to unlike names.
    pub fn id_stated_at(&self, party: PartyId) -> Option<&str> {
        self.stated_at.get(&party).map(String::as_str)
    }

    /// Whether any id stands beside unlike names.
    pub fn has_same_ids(&self) -> bool {
        !self.same_id.is_empty()
    }

    /// Whether some row names this party without the id that others give to this name. Whether that row means the id is likely, and not
    /// stated.
    pub fn is_named_without_id(&self, party: PartyId) -> bool {
        self.by_name.contains(&party)
    }

    /// The parties that a name with this key stands for.
    pub fn by_key(&self, key: &str) -> &[PartyId] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }

    /// The names that rows and lists give a party, its own first.
    pub fn names_of(&self, party: PartyId) -> impl Iterator<Item = &str> {
        let others = self.others.get(&party).into_iter().flatten();
        [&self.party(party).name]
            .into_iter()
            .chain(others)
            .map(String::as_str)
    }

    /// Whether rows and lists give a party an id and never a name.
    pub fn is_nameless(&self, party: PartyId) -> bool {
        let id = self.party(party).id.as_deref();
        self.names_of(party).all(|name| Some(name) == id)
    }

    /// What a party owns, leads or represents, at whatever time.
    pub fn owned(&self, party: PartyId) -> &[Tie] {
        let range = self.starts[party.at()] as usize..self.starts[party.at() + 1] as usize;
        &self.ties[range]
    }

    /// Who owns, leads or represents a party, at whatever time.
    pub fn owners(&self, party: PartyId) -> impl Iterator<Item = &Tie> {
        let range = self.into_starts[party.at()] as usize..self.into_starts[party.at() + 1] as usize;
        self.into[range].iter().map(|&at| &self.ties[at as usize])
    }
}

/// Whether a tie says what the one before it said. Two rows of a file that agree in everything are counted once, and told.
fn repeats(again: &mut Tie, first: &mut Tie, problems: &mut Vec<Problem>) -> bool {
    let same = again.said() == first.said();
    let rows = again.place.contains(" line ") && again.place != first.place;
    if same && rows && matches!(again.kind, TieKind::Stake { share: Some(_), .. }) {
        let text = format!(
            "repeats {}, and is counted once: leave one out, or write the sum if both are meant",
            first.place
        );
        problems.push(Problem {
            used: true,
            ..Problem::new(&again.place, "", text)
        });
    }
    same
}

/// Where the run of each party begins in a sequence sorted by party, and where the last one ends.
pub(crate) fn starts_of(parties: usize, sorted: impl Iterator<Item = PartyId>) -> Vec<u32> {
    let mut starts = vec![0; parties + 1];
    for party in sorted {
        starts[party.at() + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}
