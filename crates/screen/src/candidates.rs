//! Which listed names can reach a score at all.
//!
//! The law: every listed name that scores at least `need` against the query is a candidate. It rests on the
//! score's being linear once a cutoff is given (see `score.rs`): with s the similarity and w the weight of a pair,
//! both sides together, and c the cost of a leftover,
//!
//! ```text
//! score ≥ need   ⟺   Σ over pairs w (s − need)  −  need Σ over leftovers c  ≥  0
//! ```
//!
//! Every look-up that finds a token's terms also says how similar they are, so the sum over pairs can be bounded
//! from above token by token, and the cost of what is left over from below, without comparing the names. Three steps,
//! each cheaper by name than the next:
//!
//! 1. *Mark* the names that the words of the query find, with which of them. Where these cannot reach `need`, whatever
//!    else they meet in the listed name, it goes no further.
//! 2. *Bound* those: the best that each token of the query can bring, less what is surely left over.
//! 3. What is left is compared in full.
//!
//! Runs of tokens written together and acronyms are looked up beside the words and bounded on their own. Equal names
//! and names cut off at the end of a line score by other rules and are looked up as wholes.

use crate::align::{LONGEST_JOIN, Pairs, runs, turns};
use crate::alike::Alike;
use crate::bound::{Bound, HEAVIEST, Join, Query, Reach};
use crate::found::Names;
use crate::learned::{Known, Learned, asks_the_same};
use crate::lookup::{Tag, hash};
use crate::nearby::Nearby;
use crate::recent::{Held, Recent};
use crate::score::{LINE, NOTHING_IDENTIFIES};
use crate::store::{Damaged, Store, Tables, flags};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;
use tamis_names::{Class, NameForm, Token, acronyms, agree_acronym, agree_joined, each_join_key};

/// The most tokens that are remembered, and the most bytes of terms and names for them, so that memory stays flat on files of
/// any size.
pub(crate) const MOST_REMEMBERED: usize = 1 << 16;
const MOST_BYTES: usize = 1 << 25;

/// The most bytes of terms and names that are remembered for tokens of a list of so many names: the names that have a
/// common word grow with the list, and where few tokens can be remembered, each is found again and again.
pub(crate) fn most_bytes(names: usize) -> usize {
    MOST_BYTES.max(192 * names)
}

/// The most runs of tokens that are remembered.
const MOST_RUNS: usize = 1 << 17;

/// A list this many times as long as the names to be found in it is searched name by name, not read through.
const CHEAPER_SEARCHED: usize = 2;

/// Searches after which a thread has its tables tell what they do not have: fewer are over before that has paid.
const SEVERAL: u32 = 64;

/// The most that whole names written together are taken to weigh, in tokens: more than any that is screened.
const MOST_JOINED: u32 = 1 << 10;

/// Marks of a name while candidates are gathered: which tokens found it, by their places in the order in which they
/// mark, and, for good, whether it has an initial, which may stand for any word of the query.
mod mark {
    /// Tokens from the last of these places on share a mark.
    pub(super) const PLACES: usize = 7;
    pub(super) const TOKENS: u8 = 0x7f;
    pub(super) const INITIAL: u8 = 0x80;

    pub(super) fn of(place: usize) -> u8 {
        1 << place.min(PLACES - 1)
    }
}

/// A token that this thread has asked for, and what is known of it. Counting who holds it touches no memory that other
/// threads read.
#[derive(Debug)]
pub(crate) struct Asked {
    token: Token,
    known: Arc<Known>,
    /// Another token of its word and class.
    next: Option<Rc<Asked>>,
}

impl Deref for Asked {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

impl Asked {
    /// The token that asks for the same, in a chain of tokens of one word and class.
    fn find<'a>(mut self: &'a Rc<Self>, token: &Token) -> Option<&'a Rc<Asked>> {
        while !asks_the_same(&self.token, token) {
            self = self.next.as_ref()?;
        }
        Some(self)
    }
}

impl Held for Rc<Asked> {
    fn held(&self) -> usize {
        self.size() + self.next.as_ref().map_or(0, Held::held)
    }
}

impl Held for Rc<[u32]> {
    fn held(&self) -> usize {
        size_of_val(&**self)
    }
}

/// Working memory of candidate search over one store.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    /// What is known of tokens, by the address of their word, which the token keeps alive, and their class.
    remembered: Recent<(usize, Class), Rc<Asked>>,
    /// The terms with which runs of tokens agree, by the addresses of what is known of these. Who asks for a run has asked for
    /// its tokens, so they are remembered as long as it is, and no other token has their addresses.
    runs: Recent<Vec<usize>, Rc<[u32]>>,
    none: Rc<[u32]>,
    nearby: Nearby,
    marks: Vec<u8>,
    touched: Vec<u32>,
    going_on: Vec<u32>,
    joined: Vec<(u32, Join)>,
    bound: Bound,
    /// Letters of a run, and hashes of its keys.
    letters: String,
    hashes: Vec<u64>,
    /// Names to compare, and by which pairs.
    pub(crate) found: Vec<(u32, Pairs)>,
    known: Vec<Rc<Asked>>,
    plan: Query,
    /// The tokens that mark, in their order, and what their marks allow.
    places: Vec<usize>,
    reach: Reach,
    /// How many searches there were, up to [`SEVERAL`].
    searches: u32,
}

/// A query, and where to look: in the names of each domain in which it reads alike.
#[derive(Clone, Copy)]
pub(crate) struct Search<'a> {
    pub(crate) store: &'a Store,
    /// What all threads know of tokens.
    pub(crate) learned: &'a Learned,
    pub(crate) tables: &'a Tables<'a>,
    /// The query as the domains read it in which it is looked for.
    pub(crate) alike: &'a Alike<'a>,
    /// The score to reach, in ten-thousandths.
    pub(crate) need: u32,
}

impl<'a> Search<'a> {
    /// The form by which a listed name is compared.
    pub(crate) fn form_for(&self, name: u32) -> Option<&'a NameForm> {
        self.alike.form(self.store.domain_of(name))
    }

    fn tokens(&self) -> &'a [Token] {
        &self.alike.first.tokens
    }

    /// The names that have a term, domain by domain.
    fn posts(&self, term: u32) -> [&'a [u32]; 3] {
        let (posts, row) = (self.tables.posts, 3 * term as usize);
        match self.alike.domains {
            [true, true, true] => [posts.between(row, row + 3), &[], &[]],
            domains => std::array::from_fn(|at| if domains[at] { posts.row(row + at) } else { &[] }),
        }
    }

    /// Those of `names`, which are in order, that are read in one of the query's domains.
    fn own<'n>(&self, names: &'n [u32]) -> [&'n [u32]; 3] {
        if self.alike.domains == [true; 3] {
            return [names, &[], &[]];
        }
        let domains = &self.store.about.domains;
        let from = |domain: usize| names.partition_point(|&name| name < domains[domain]);
        std::array::from_fn(|domain| match self.alike.domains[domain] {
            true => names.get(from(domain)..from(domain + 1)).unwrap_or_default(),
            false => &[],
        })
    }

    fn has(&self, name: u32) -> bool {
        self.alike.domains[self.store.domain_of(name)]
    }
}

impl Gather {
    /// Fills `found` with every name of the domain that may reach the score.
    pub(crate) fn run(&mut self, search: &Search<'_>) -> Result<(), Damaged> {
        self.found.clear();
        if search.tokens().is_empty() {
            return Ok(());
        }
        if search.need <= NOTHING_IDENTIFIES {
            let names = search.store.about.domains[3];
            let all = (0..names).filter(|&name| search.has(name));
            self.found.extend(all.map(|name| (name, Pairs::All)));
            return Ok(());
        }
        self.begin(search.tables);
        if self.searches < SEVERAL {
            self.searches += 1;
        } else if search.tables.terms.absent.is_none() {
            search.store.learn_what_is_absent();
        }
        let mut known = std::mem::take(&mut self.known);
        let gathered = self.gather(search, &mut known);
        known.clear();
        self.known = known;
        gathered?;
        // All pairs before single ones: a name found both ways is compared once, in full.
        self.found.sort_unstable();
        self.found.dedup_by_key(|&mut (name, _)| name);
        Ok(())
    }

    fn gather(&mut self, search: &Search<'_>, known: &mut Vec<Rc<Asked>>) -> Result<(), Damaged> {
        for token in search.tokens() {
            known.push(self.known(search, token)?);
        }
        let mut plan = std::mem::take(&mut self.plan);
        plan.set(search.alike, search.need);
        self.mark_names(search, &plan, known);
        let joined = self.find_joins(search, known);
        self.choose(search, &plan, known);
        self.find_wholes(search);
        self.plan = plan;
        joined
    }

    fn begin(&mut self, tables: &Tables<'_>) {
        if self.marks.len() != tables.name_flags.len() {
            let initial = |flags: &u32| {
                if flags & flags::HAS_INITIAL != 0 {
                    mark::INITIAL
                } else {
                    0
                }
            };
            self.marks = tables.name_flags.iter().map(initial).collect();
        }
        let most = most_bytes(self.marks.len());
        // Runs may be forgotten before their tokens, and never after them: others could have their addresses.
        let is_full = self.remembered.is_full(MOST_REMEMBERED, most);
        if is_full {
            self.remembered.age();
        }
        if is_full || self.runs.is_full(MOST_RUNS, most) {
            self.runs.age();
        }
        self.touched.clear();
        self.going_on.clear();
        self.joined.clear();
    }

    fn known(&mut self, search: &Search<'_>, token: &Token) -> Result<Rc<Asked>, Damaged> {
        let key = (Arc::as_ptr(&token.word).addr(), token.class);
        let find = |chain: &Rc<Asked>| chain.find(token).cloned().ok_or_else(|| Rc::clone(chain));
        let chain = match self.remembered.read(&key, find) {
            Some(Ok(asked)) => return Ok(asked),
            Some(Err(chain)) => Some(chain),
            None => None,
        };
        let asked = Rc::new(Asked {
            token: token.clone(),
            known: search
                .learned
                .known(search.store, search.tables, &mut self.nearby, token)?,
            next: chain,
        });
        self.remembered.put(key, Rc::clone(&asked));
        Ok(asked)
    }

    /// Marks the names that the query's words find, and whatever carries names without words; those that may reach the
    /// score by the tokens that found them go on.
    fn mark_names(&mut self, search: &Search<'_>, plan: &Query, known: &[Rc<Asked>]) {
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        places.extend((0..known.len()).filter(|&at| names_for(plan, at, &known[at]).is_some()));
        // The more names a token finds, the later: the last ones need to leave no marks where no other found the name.
        places.sort_by_key(|&at| names_for(plan, at, &known[at]).map_or(0, |names| names.len()));
        let mut reach = std::mem::take(&mut self.reach);
        reach.set(plan, search.tables, known, &places, mark::PLACES);
        let marking = places.iter().filter_map(|&at| names_for(plan, at, &known[at]));
        for (place, names) in marking.enumerate() {
            if reach.needs(place) {
                self.mark(search, names, mark::of(place));
            } else {
                self.mark_again(search, names, mark::of(place));
            }
        }
        self.go_on(search, &reach);
        (self.places, self.reach) = (places, reach);
    }

    /// Marks the names that a token finds.
    fn mark(&mut self, search: &Search<'_>, names: &Names, mark: u8) {
        for (upper, lower) in names.of_domains(search.alike.domains) {
            let block = &mut self.marks[upper as usize..];
            for &low in lower {
                let marks = &mut block[usize::from(low)];
                if *marks & mark::TOKENS == 0 {
                    self.touched.push(upper | u32::from(low));
                }
                *marks |= mark;
            }
        }
    }

    /// As [`Gather::mark`], but for names that no token found before and that have no initial.
    fn mark_again(&mut self, search: &Search<'_>, names: &Names, mark: u8) {
        if self.touched.len() * CHEAPER_SEARCHED < names.len() {
            let found = |name: u32| names.have(name, search.store.domain_of(name));
            let both = self.touched.iter().filter(|&&name| found(name));
            both.for_each(|&name| self.marks[name as usize] |= mark);
        } else {
            for (upper, lower) in names.of_domains(search.alike.domains) {
                let block = &mut self.marks[upper as usize..];
                for &low in lower {
                    let marks = &mut block[usize::from(low)];
                    // Without a branch, which no machine could foresee.
                    *marks |= mark * u8::from(*marks & mark::TOKENS != 0);
                }
            }
        }
        for &name in search.own(&names.with_initial).into_iter().flatten() {
            let marks = &mut self.marks[name as usize];
            if *marks & mark::TOKENS == 0 {
                self.touched.push(name);
            }
            *marks |= mark;
        }
    }

    /// Takes the marks away again; the names that may reach the score by them go on.
    fn go_on(&mut self, search: &Search<'_>, reach: &Reach) {
        let words = search.store.words();
        for &name in &self.touched {
            let at = name as usize;
            let marks = self.marks[at];
            self.marks[at] = marks & mark::INITIAL;
            let weight = words.get(at).copied().unwrap_or_default();
            if marks & mark::INITIAL != 0 || reach.allows(marks & mark::TOKENS, weight) {
                self.going_on.push(name);
            }
        }
    }

    /// Finds names in which runs of query tokens are one, and runs that are one in the query. The look-ups by keys
    /// find more than agrees, so what they find is compared.
    fn find_joins(&mut self, search: &Search<'_>, known: &[Rc<Asked>]) -> Result<(), Damaged> {
        let tokens = search.tokens();
        for run in runs(tokens.len()) {
            let known = known.get(run.start..run.end).unwrap_or_default();
            let run = run.of(tokens);
            let agree = self.terms_of_run(search, (run, &[]), (known, &[]))?;
            self.join_terms(search, &agree, || (weight(run), taken(tokens, run)));
        }
        for (at, known) in known.iter().enumerate() {
            let own = u32::from(tokens[at].weight);
            for &(name, other) in &known.apart {
                self.join(search, name, own + other, bit(at));
            }
        }
        if tokens.len() > 1 {
            self.find_whole_joins(search, known)?;
        }
        Ok(())
    }

    /// Finds names with which the whole query agrees as one.
    fn find_whole_joins(&mut self, search: &Search<'_>, known: &[Rc<Asked>]) -> Result<(), Damaged> {
        let tokens = search.tokens();
        let all = || (weight(tokens), u64::MAX);
        self.hash_keys((tokens, &[]), Tag::Joined);
        for hash in std::mem::take(&mut self.hashes) {
            for (name, _) in search.tables.names.find(hash) {
                self.join(search, name, HEAVIEST * MOST_JOINED, u64::MAX);
            }
        }
        // The first is the name as it stands; a short one was among the runs.
        let tried = usize::from(tokens.len() <= LONGEST_JOIN);
        for first in (0..turns(tokens)).skip(tried) {
            let ((end, start), (known_end, known_start)) = (tokens.split_at(first), known.split_at(first));
            let agree = self.terms_of_run(search, (start, end), (known_start, known_end))?;
            self.join_terms(search, &agree, all);
        }
        for acronym in acronyms(tokens) {
            let mut agree = Vec::new();
            for (term, _) in search.tables.terms.find(hash(Tag::Latin, acronym.as_bytes())) {
                let one = search.store.term(search.tables, term)?;
                agree.extend(agree_acronym(one, tokens).map(|_| term));
            }
            self.join_terms(search, &agree, all);
        }
        Ok(())
    }

    /// The terms with which `start` and `end`, written together, agree. What takes comparing is remembered: runs
    /// without vowels share their keys with many terms.
    fn terms_of_run(
        &mut self,
        search: &Search<'_>,
        (start, end): (&[Token], &[Token]),
        (known_start, known_end): (&[Rc<Asked>], &[Rc<Asked>]),
    ) -> Result<Rc<[u32]>, Damaged> {
        self.hash_keys((start, end), Tag::Spelt);
        let mut terms: Vec<u32> = Vec::new();
        for &hash in &self.hashes {
            terms.extend(search.tables.terms.find(hash).map(|(term, _)| term));
        }
        if terms.is_empty() {
            return Ok(Rc::clone(&self.none));
        }
        let known = known_start.iter().chain(known_end);
        let key: Vec<usize> = known.map(|asked| Arc::as_ptr(&asked.known).addr()).collect();
        if let Some(agree) = self.runs.read(&key, Rc::clone) {
            return Ok(agree);
        }
        terms.sort_unstable();
        terms.dedup();
        let run = [start, end].concat();
        let mut agree = Vec::new();
        for term in terms {
            let one = search.store.term(search.tables, term)?;
            agree.extend(agree_joined(&run, one).map(|_| term));
        }
        let agree: Rc<[u32]> = agree.into();
        self.runs.put(key, Rc::clone(&agree));
        Ok(agree)
    }

    /// The hashes of the keys of `start` and `end` written together.
    fn hash_keys(&mut self, (start, end): (&[Token], &[Token]), tag: Tag) {
        self.hashes.clear();
        let hashes = &mut self.hashes;
        each_join_key(start, end, &mut self.letters, |key| {
            hashes.push(hash(tag, key.as_bytes()))
        });
    }

    /// Joins the names that have one of the terms that agree with tokens of this weight as one.
    fn join_terms(&mut self, search: &Search<'_>, agree: &[u32], weight_taken: impl Fn() -> (u32, u64)) {
        if agree.is_empty() {
            return;
        }
        let (weight, taken) = weight_taken();
        for name in agree.iter().flat_map(|&term| search.posts(term)).flatten() {
            // The weight of a term's tokens may differ from name to name.
            self.join(search, *name, weight + HEAVIEST, taken);
        }
    }

    fn join(&mut self, search: &Search<'_>, name: u32, weight: u32, taken: u64) {
        if search.has(name) {
            self.joined.push((name, Join { weight, taken }));
        }
    }

    /// Keeps the names whose bound reaches the score.
    fn choose(&mut self, search: &Search<'_>, plan: &Query, known: &[Rc<Asked>]) {
        self.joined.sort_unstable_by_key(|&(name, _)| name);
        for names in self.joined.chunk_by(|one, two| one.0 == two.0) {
            let joins = names.iter().map(|(_, join)| *join);
            let all = joins.reduce(Join::and).unwrap_or_default();
            if self
                .bound
                .reaches_joined(plan, search.tables, known, names[0].0, all)
            {
                self.found.push((names[0].0, Pairs::All));
            }
        }
        for &name in &self.going_on {
            if self.bound.reaches(plan, search.tables, known, name) {
                // Where a run agrees, whatever it brings, the best pairs may be others than the best single ones.
                let joined = self.joined.binary_search_by_key(&name, |&(name, _)| name);
                let tried = if joined.is_ok() { Pairs::All } else { Pairs::Single };
                self.found.push((name, tried));
            }
        }
    }

    /// Finds names that are equal as wholes, or as far as a line goes.
    fn find_wholes(&mut self, search: &Search<'_>) {
        let normal = search.alike.first.normal.as_bytes();
        let line = normal.get(..LINE).map(|line| hash(Tag::Line, line));
        for hash in std::iter::once(hash(Tag::Normal, normal)).chain(line) {
            let names = search.tables.names.find(hash).map(|(name, _)| name);
            let own = names.filter(|&name| search.has(name));
            self.found.extend(own.map(|name| (name, Pairs::All)));
        }
    }
}

/// The names that a token of the query marks, if any.
fn names_for<'k>(plan: &Query, at: usize, known: &'k Known) -> Option<&'k Names> {
    if plan.finds(at) {
        Some(&known.names)
    } else {
        plan.carries(at).then_some(&known.wordless)
    }
}

pub(crate) fn weight(tokens: &[Token]) -> u32 {
    tokens.iter().map(|t| u32::from(t.weight)).sum()
}

/// The bits of `tokens`, and of every token of the query that repeats one of them.
fn taken(query: &[Token], tokens: &[Token]) -> u64 {
    let same = |one: &Token, two: &Token| std::ptr::eq(one, two) || one.folded == two.folded;
    let repeats = |t: &Token| tokens.iter().any(|other| same(other, t));
    let places = query.iter().enumerate().filter(|(_, t)| repeats(t));
    places.fold(0, |bits, (at, _)| bits | bit(at))
}

/// Tokens from the 64th on share a bit: taking them all for matched only loosens the bound.
pub(crate) const fn bit(at: usize) -> u64 {
    1 << if at > 63 { 63 } else { at }
}
