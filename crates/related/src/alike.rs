//! Which parties of a graph are called alike: one name, in another script or spelling, with its legal form elsewhere, written out or left
//! out.
//!
//! A graph takes names for one where their normal forms are equal. That is not enough to call a customer clear: `Silverbrook Ltd`
//! and `Silverbrook Limited`, `OOO Romashka` and `Ромашка ООО` are one name to everybody. Here names are alike where their words
//! have one reading, whatever their order. It is a look-up, and no comparison with every party.

use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tamis_names::{Class, Domain, NameForm, Token};
use tamis_ownership::{Graph, PartyId};

/// A legal form that says nothing of the kind of company.
const ANY_FORM: &str = "company";

/// A name as it is looked up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    /// The readings of its words, in the order of the alphabet.
    words: String,
    /// The class of its legal form, where it has one that says something.
    form: Option<String>,
}

impl Written {
    fn of(name: &str) -> Written {
        let tokens = NameForm::new(name, Domain::Organization).tokens;
        let says = |token: &&Token| token.class == Class::LegalForm && token.meaning != ANY_FORM;
        let form = tokens.iter().find(says).map(|token| token.meaning.to_string());
        let mut words: Vec<String> = tokens.iter().filter(|token| is_own(token)).map(reading).collect();
        if words.is_empty() {
            words = tokens.iter().map(reading).collect();
        }
        words.sort_unstable();
        Written {
            words: words.join(" "),
            form,
        }
    }

    /// Whether the legal forms do not say that these are two companies.
    fn fits(&self, form: Option<&str>) -> bool {
        self.form.is_none() || form.is_none() || self.form.as_deref() == form
    }
}

/// The words by which names are called alike, in the order of the alphabet and without a legal form: `gorod zelenyi`. Empty where a name
/// has none to read.
///
/// # Example
/// ```
/// use tamis_related::words;
///
/// assert_eq!(words("OOO Romashka"), words("Ромашка ООО"));
/// assert_ne!(words("Romashka OOO"), words("Igor Romashov"));
/// assert_eq!(words("***"), "");
/// ```
pub fn words(name: &str) -> String {
    Written::of(name).words
}

/// Whether a word belongs to the name itself: no legal form, and no `the` or `and`.
fn is_own(token: &Token) -> bool {
    token.class != Class::LegalForm && !(token.class == Class::Generic && token.weight <= 1)
}

/// How a word is read, with umlauts as plain vowels (`Mueller`, `Müller`); a number by its value.
fn reading(token: &Token) -> String {
    if token.class == Class::Number && !token.meaning.is_empty() {
        return token.meaning.to_string();
    }
    let reading = token.keys.first().unwrap_or(&token.latin);
    reading.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// The parties of a graph by how they are called.
#[derive(Debug, Default)]
pub struct Alikes {
    by_words: HashMap<String, Vec<(Option<String>, PartyId)>>,
    /// Parties that are taken for one, by each of them, in order.
    one: HashMap<PartyId, BTreeSet<PartyId>>,
}

/// The parties that a name may stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Those that are called so.
    pub alike: BTreeSet<PartyId>,
    /// Those whose legal form is of another class.
    pub other_form: BTreeSet<PartyId>,
}

impl Alikes {
    /// Reads the names of all parties that are tied to others.
    ///
    /// # Example
    /// ```
    /// use tamis_ownership::{Builder, Named, Row, plain_key};
    /// use tamis_related::Alikes;
    ///
    /// let mut builder = Builder::new(&plain_key);
    /// builder.add(Row::stake(Named::new("Jane Roe"), Named::new("OOO Romashka"), None));
    /// let graph = builder.finish().0;
    /// let alikes = Alikes::of(&graph);
    /// assert_eq!(alikes.called("Ромашка ООО").alike.len(), 1);
    /// assert_eq!(alikes.called("Romashka AO").other_form.len(), 1);
    /// ```
    pub fn of(graph: &Graph) -> Alikes {
        let mut alikes = Alikes::default();
        let tied = |party: PartyId| !graph.owned(party).is_empty() || graph.owners(party).next().is_some();
        let parties: Vec<PartyId> = graph
            .parties()
            .map(|(party, _)| party)
            .filter(|p| tied(*p))
            .collect();
        let written = |party: &PartyId| graph.names_of(*party).map(Written::of).collect();
        let written: Vec<BTreeSet<Written>> = parties.par_iter().map(written).collect();
        for (party, written) in parties.into_iter().zip(written) {
            for Written { words, form } in written {
                alikes.by_words.entry(words).or_default().push((form, party));
            }
        }
        let groups = alikes.by_words.iter().filter(|(_, group)| group.len() > 1);
        let mut groups: Vec<_> = groups
            .map(|(words, group)| (words.clone(), group.clone()))
            .collect();
        // Parties with several names join groups, and whether they may depends on what was joined before.
        groups.sort_unstable();
        groups.iter().for_each(|(_, group)| alikes.join(graph, group));
        alikes
    }

    /// The parties that `name` may stand for.
    pub fn called(&self, name: &str) -> Called {
        let written = Written::of(name);
        let all = self.by_words.get(&written.words).into_iter().flatten();
        let (alike, other): (Vec<_>, Vec<_>) = all.partition(|(form, _)| written.fits(form.as_deref()));
        let parties =
            |some: Vec<&(Option<String>, PartyId)>| some.into_iter().map(|(_, party)| *party).collect();
        let mut called = Called {
            alike: parties(alike),
            other_form: parties(other),
        };
        called.other_form.retain(|party| !called.alike.contains(party));
        called
    }

    /// The parties that are taken for one with `party`, and the party itself, in order.
    pub fn one_with(&self, party: PartyId) -> BTreeSet<PartyId> {
        self.one
            .get(&party)
            .cloned()
            .unwrap_or_else(|| BTreeSet::from([party]))
    }

    /// The first of those that are taken for one with `party`.
    pub fn first_of(&self, party: PartyId) -> PartyId {
        let first = self.one.get(&party).and_then(|all| all.first());
        first.copied().unwrap_or(party)
    }

    /// Takes parties of one name for one, where neither two ids nor two legal forms nor a tie between them says that they are several. What
    /// is left open by these is what a party may be ([`Names::others`](crate::Names::others)).
    fn join(&mut self, graph: &Graph, group: &[(Option<String>, PartyId)]) {
        let mut forms: BTreeMap<Option<&str>, BTreeSet<PartyId>> = BTreeMap::new();
        for (form, party) in group {
            forms.entry(form.as_deref()).or_default().insert(*party);
        }
        if forms.keys().flatten().count() <= 1 {
            let all = forms.into_values().flatten().collect();
            forms = BTreeMap::from([(None, all)]);
        }
        for cluster in forms.values() {
            self.take_for_one(graph, cluster);
        }
    }

    /// A party with several names may join those that are called by each, unless these are several.
    fn take_for_one(&mut self, graph: &Graph, cluster: &BTreeSet<PartyId>) {
        let all: BTreeSet<PartyId> = cluster.iter().flat_map(|&party| self.one_with(party)).collect();
        if is_one(graph, &all) {
            for &party in &all {
                self.one.insert(party, all.clone());
            }
        }
    }
}

fn is_one(graph: &Graph, cluster: &BTreeSet<PartyId>) -> bool {
    let ids = cluster.iter().filter(|party| graph.party(**party).id.is_some());
    let apart = |party: &PartyId| {
        graph
            .owned(*party)
            .iter()
            .any(|tie| cluster.contains(&tie.owned) && tie.owned != *party)
    };
    cluster.len() > 1 && ids.count() <= 1 && !cluster.iter().any(apart)
}
