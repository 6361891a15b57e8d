//! Which listed names can reach a score at all.
//!
//! The law: every listed name that scores at least `need` against the query is a candidate. It rests on two
//! facts about the score (see `score.rs`):
//!
//! 1. Above [`NOTHING_IDENTIFIES`] a word of the query agrees with a word of the listed name (or, where one of them
//!    has no word, whatever carries such names does); each way of agreeing has a look-up in the index.
//! 2. The score grows with what agrees and falls with what is left over. Counting everything that could agree,
//!    and only the words that surely are left over, gives an upper bound.

use crate::align::{rotations, runs};
use crate::index::{Index, Similar};
use crate::score::{LINE, NOTHING_IDENTIFIES, carries, cost, information, is_name};
use foldhash::HashMap;
use std::rc::Rc;
use tamis_names::{Class, EQUAL, NameForm, Token, acronyms, join_keys};

/// The heaviest a token can be.
const HEAVIEST: u32 = 10;
/// Remembered tokens beyond this are forgotten, so that memory stays flat on files of any size.
const MOST_REMEMBERED: usize = 1 << 17;

/// What is known of one listed name while candidates are gathered.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    round: u32,
    /// Σ similarity × weight of everything that may agree.
    agreed: u32,
    /// Query tokens that may agree.
    matched: u64,
    /// Query words that may agree with a word.
    words: u64,
    /// Weight of listed words that may agree.
    listed: u32,
    joined: bool,
}

/// Working memory of candidate search over one index.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    remembered: HashMap<(Class, String, u64), Rc<[Similar]>>,
    sums: Vec<Sum>,
    touched: Vec<u32>,
    round: u32,
    pub(crate) found: Vec<u32>,
}

impl Gather {
    /// Fills `found` with every name of `index` that may score at least `need` ten-thousandths against `query`.
    pub(crate) fn run(&mut self, index: &Index, query: &NameForm, need: u32) {
        self.found.clear();
        if query.tokens.is_empty() {
            return;
        }
        if need <= NOTHING_IDENTIFIES {
            self.found
                .extend(0..u32::try_from(index.names.len()).unwrap_or(u32::MAX));
            return;
        }
        self.begin(index);
        let by_words = query.tokens.iter().any(|t| t.class == Class::Word);
        self.sum_tokens(index, query, by_words);
        self.sum_joins(index, query);
        let bound = Bound::new(query, by_words);
        let touched = std::mem::take(&mut self.touched);
        let may_reach = |&&name: &&u32| bound.reaches(&self.sums[name as usize], index, name, need);
        self.found.extend(touched.iter().filter(may_reach));
        self.touched = touched;
        self.found
            .extend(index.by_normal.get(&query.normal).into_iter().flatten());
        let line = query.normal.as_bytes().get(..LINE);
        self.found.extend(
            line.and_then(|line| index.by_line.get(line))
                .into_iter()
                .flatten(),
        );
        self.found.sort_unstable();
        self.found.dedup();
    }

    fn begin(&mut self, index: &Index) {
        self.sums.resize(index.names.len(), Sum::default());
        self.touched.clear();
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.sums.fill(Sum::default());
            self.round = 1;
        }
        if self.remembered.len() > MOST_REMEMBERED {
            self.remembered.clear();
        }
    }

    fn sum(&mut self, name: u32) -> &mut Sum {
        let sum = &mut self.sums[name as usize];
        if sum.round != self.round {
            *sum = Sum {
                round: self.round,
                ..Sum::default()
            };
            self.touched.push(name);
        }
        sum
    }

    fn similar(&mut self, index: &Index, token: &Token) -> Rc<[Similar]> {
        let key = (token.class, token.folded.clone(), token.sounds_as());
        let found = self
            .remembered
            .entry(key)
            .or_insert_with(|| index.similar(token).into());
        Rc::clone(found)
    }

    /// Adds what every generating token of the query finds.
    fn sum_tokens(&mut self, index: &Index, query: &NameForm, by_words: bool) {
        for (at, token) in query.tokens.iter().enumerate() {
            if !generates(token.class) {
                continue;
            }
            for similar in self.similar(index, token).iter() {
                let term = &index.terms[similar.term as usize];
                let weight = u32::from(token.weight) + u32::from(term.token.weight);
                let gain = u32::from(similar.similarity) * weight;
                let word = term.token.class == Class::Word;
                let listed = if word { u32::from(term.token.weight) } else { 0 };
                // What carries a name without words finds such names; names with words are found by them.
                let names = if by_words && carries(token.class) {
                    &term.wordless
                } else {
                    &term.names
                };
                for &name in names {
                    let times = occurrences(index, name, similar.term);
                    let sum = self.sum(name);
                    sum.agreed = sum.agreed.saturating_add(gain);
                    sum.matched |= bit(at);
                    sum.words |= if is_name(term.token.class) { bit(at) } else { 0 };
                    sum.listed += listed * times;
                }
            }
        }
    }

    /// Adds runs of query tokens that make up a listed one, and listed runs that make up a query token.
    fn sum_joins(&mut self, index: &Index, query: &NameForm) {
        for run in runs(query.tokens.len()) {
            let tokens = run.of(&query.tokens);
            let weight: u32 = tokens.iter().map(|t| u32::from(t.weight)).sum();
            let bits = bits_of(query, tokens);
            for &term in join_keys(tokens).iter().flat_map(|key| index.spelt(key)) {
                let one = u32::from(index.terms[term as usize].token.weight);
                for &name in &index.terms[term as usize].names {
                    self.add_join(name, weight + one, bits);
                }
            }
        }
        let tokens = query.tokens.as_slice();
        for &(name, weight) in join_keys(tokens)
            .iter()
            .filter_map(|key| index.joined.get(key))
            .flatten()
        {
            let mine: u32 = tokens.iter().map(|t| u32::from(t.weight)).sum();
            self.add_join(name, weight + mine, u64::MAX);
        }
        for (at, token) in query.tokens.iter().enumerate() {
            let written_apart = join_keys(std::slice::from_ref(token));
            let apart = written_apart.iter().filter_map(|key| index.joined.get(key));
            for &(name, weight) in apart.chain(index.acronyms.get(&token.latin)).flatten() {
                self.add_join(name, weight + u32::from(token.weight), bit(at));
            }
        }
        let whole: u32 = tokens.iter().map(|t| u32::from(t.weight)).sum();
        for turned in rotations(tokens) {
            for &term in join_keys(&turned).iter().flat_map(|key| index.spelt(key)) {
                self.add_whole(index, term, whole);
            }
        }
        for acronym in acronyms(tokens) {
            for &term in index.by_latin(&acronym) {
                self.add_whole(index, term, whole);
            }
        }
    }

    /// Adds the names that have a term for which the whole query stands.
    fn add_whole(&mut self, index: &Index, term: u32, weight: u32) {
        let term = &index.terms[term as usize];
        for &name in &term.names {
            self.add_join(name, weight + u32::from(term.token.weight), u64::MAX);
        }
    }

    /// A join takes several words at once, and repetitions of them cost next to nothing: no listed word is
    /// counted as left over beside one.
    fn add_join(&mut self, name: u32, weight: u32, bits: u64) {
        let sum = self.sum(name);
        sum.agreed = sum.agreed.saturating_add(u32::from(EQUAL) * weight);
        sum.matched |= bits;
        sum.words |= bits;
        sum.joined = true;
    }
}

/// A query token matches at most one occurrence of a term, but two query tokens may match two.
fn occurrences(index: &Index, name: u32, term: u32) -> u32 {
    let token = &index.terms[term as usize].token;
    let same = |t: &&Token| t.class == token.class && t.folded == token.folded;
    u32::try_from(index.names[name as usize].form.tokens.iter().filter(same).count()).unwrap_or(u32::MAX)
}

/// The bits of `tokens`, and of every token of the query that repeats one of them.
fn bits_of(query: &NameForm, tokens: &[Token]) -> u64 {
    let repeats = |t: &Token| tokens.iter().any(|other| other.folded == t.folded);
    let places = query.tokens.iter().enumerate().filter(|(_, t)| repeats(t));
    places.fold(0, |bits, (at, _)| bits | bit(at))
}

/// Tokens from the 64th on share a bit: taking them all for matched only loosens the bound.
const fn bit(at: usize) -> u64 {
    1 << if at > 63 { 63 } else { at }
}

/// Words find candidates, and whatever carries a name that has none.
const fn generates(class: Class) -> bool {
    matches!(class, Class::Word) || carries(class)
}

/// The query's part of the bound.
struct Bound<'a> {
    query: &'a NameForm,
    by_words: bool,
    /// Whether it has a patronymic, which may agree without being looked up.
    patronymic: bool,
    /// What the tokens that find nothing by themselves could bring.
    slack: u32,
    /// The weight of listed words that such tokens could take.
    takes: u32,
}

impl Bound<'_> {
    fn new(query: &NameForm, by_words: bool) -> Bound<'_> {
        // Beside names with words, what carries names without brings nothing by itself.
        let finds = |class| {
            if by_words {
                class == Class::Word
            } else {
                carries(class)
            }
        };
        let silent = || query.tokens.iter().filter(|t| !finds(t.class));
        let slack = silent()
            .map(|t| u32::from(EQUAL) * (u32::from(t.weight) + HEAVIEST))
            .sum();
        let takes = silent().count();
        Bound {
            query,
            by_words,
            patronymic: query.tokens.iter().any(|t| t.class == Class::Patronymic),
            slack,
            takes: HEAVIEST * u32::try_from(takes).unwrap_or(u32::MAX / 100),
        }
    }

    fn reaches(&self, sum: &Sum, index: &Index, name: u32, need: u32) -> bool {
        let listed = &index.names[name as usize];
        if self.by_words && listed.has_word && sum.words == 0 {
            return false;
        }
        // An initial of the listed name may stand for any query word.
        let initials = listed.initials * HEAVIEST;
        let agreed = u64::from(sum.agreed)
            + u64::from(self.slack)
            + u64::from(listed.initials) * u64::from(EQUAL) * u64::from(2 * HEAVIEST);
        let left_here = self.unmatched(sum.matched).saturating_sub(initials);
        let left_there = if sum.joined {
            0
        } else {
            listed.word_weight.saturating_sub(sum.listed + self.takes)
        };
        let sole = sum.words.count_ones() <= 1 && !sum.joined && !self.patronymic;
        let scale = if sole { information::MOST } else { 1_000 };
        let lost = u64::from(left_here + left_there) * u64::from(cost::omission(Class::Word) * scale / 1_000);
        // score = agreed × 1,000 / (weight × 1,000 + lost), and weight ≥ agreed / 10,000.
        agreed * 1_000 / (agreed / 10 + lost).max(1) + 1 >= u64::from(need)
    }

    /// The weight of query words that surely are left over. A word that the query repeats may cost next to
    /// nothing once another of its kind is paired, so only words that stand once count.
    fn unmatched(&self, matched: u64) -> u32 {
        let tokens = &self.query.tokens;
        let once = |t: &Token| tokens.iter().filter(|other| other.folded == t.folded).count() == 1;
        let words = tokens.iter().enumerate().filter(|(_, t)| t.class == Class::Word);
        let left = words.filter(|(at, t)| matched & bit(*at) == 0 && once(t));
        left.map(|(_, t)| u32::from(t.weight)).sum()
    }
}
