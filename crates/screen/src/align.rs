//! Which token of one name goes with which of the other.

use tamis_names::{Agreement, NameForm, Similarity, Token, agree, agree_acronym, agree_joined, agree_whole};

/// A run of the subject's tokens beside a run of the entry's: one of them a single token, or both the whole names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) query: Run,
    pub(crate) listed: Run,
    pub(crate) how: Agreement,
    pub(crate) similarity: Similarity,
    /// The weights of all tokens in both runs.
    pub(crate) weight: u32,
}

/// Tokens `start..end` of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Run {
    const fn single(at: usize) -> Run {
        Run {
            start: at,
            end: at + 1,
        }
    }

    pub(crate) const fn has(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    pub(crate) fn of(self, tokens: &[Token]) -> &[Token] {
        tokens.get(self.start..self.end).unwrap_or_default()
    }

    const fn whole(tokens: &[Token]) -> Run {
        Run {
            start: 0,
            end: tokens.len(),
        }
    }

    fn weight(self, tokens: &[Token]) -> u32 {
        self.of(tokens).iter().map(|t| u32::from(t.weight)).sum()
    }
}

impl Pair {
    /// What the pair brings before normalisation.
    fn gain(&self) -> u32 {
        u32::from(self.similarity) * self.weight
    }
}

/// The most tokens that are tried as one word: `Plat Ono Vich` and a spare.
pub(crate) const LONGEST_JOIN: usize = 4;

/// Names with more tokens than this are aligned greedily; the longest on the OFAC and UN lists of August 2026 has 52.
const EXACT_TOKENS: usize = 64;

/// How many partial alignments are tried before the best so far is taken: what bounds the cost of
/// `Mohammed Mohammed Mohammed …`. The names are aligned in one order, so the cut is the same either way round.
const EXACT_STEPS: usize = 20_000;

/// Which pairs are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pairs {
    /// Single tokens, runs written together, and acronyms.
    All,
    /// Single tokens: the look-ups of runs and acronyms found that there are no others.
    Single,
}

/// The pairs that together bring the most, no token in two of them.
///
/// Symmetric in its arguments, also where the search is cut short: the names are always aligned in one order.
pub(crate) fn align(query: &NameForm, listed: &NameForm, tried: Pairs) -> Vec<Pair> {
    if query.normal <= listed.normal {
        return align_ordered(&query.tokens, &listed.tokens, tried);
    }
    let mut pairs = align_ordered(&listed.tokens, &query.tokens, tried);
    pairs
        .iter_mut()
        .for_each(|pair| std::mem::swap(&mut pair.query, &mut pair.listed));
    pairs
}

fn align_ordered(query: &[Token], listed: &[Token], tried: Pairs) -> Vec<Pair> {
    let mut pairs = possible(query, listed, tried);
    // The names come in one order whoever asks, so places settle ties.
    pairs.sort_unstable_by_key(|pair| {
        (
            std::cmp::Reverse(pair.gain()),
            pair.query.start,
            pair.listed.start,
            pair.query.end,
        )
    });
    if query.len() > EXACT_TOKENS || listed.len() > EXACT_TOKENS {
        return greedy(&pairs, query.len(), listed.len());
    }
    let mut search = Search {
        pairs: &pairs,
        best: Vec::new(),
        best_gain: 0,
        steps: 0,
    };
    search.run(0, Chosen::default());
    let best = search.best;
    best.into_iter().map(|at| pairs[at]).collect()
}

fn possible(query: &[Token], listed: &[Token], tried: Pairs) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (i, one) in query.iter().enumerate() {
        for (j, two) in listed.iter().enumerate() {
            let found = agree(one, two);
            pairs.extend(found.map(|found| pair((query, Run::single(i)), (listed, Run::single(j)), found)));
        }
    }
    if tried == Pairs::All {
        pairs.extend(joined(query, listed));
    }
    pairs
}

fn pair(
    (query, q): (&[Token], Run),
    (listed, l): (&[Token], Run),
    (how, similarity): (Agreement, Similarity),
) -> Pair {
    Pair {
        query: q,
        listed: l,
        how,
        similarity,
        weight: q.weight(query) + l.weight(listed),
    }
}

/// The pairs of which one side is a run of tokens.
fn joined(query: &[Token], listed: &[Token]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut add = |q: Run, l: Run, found: Option<(Agreement, Similarity)>| {
        pairs.extend(found.map(|found| pair((query, q), (listed, l), found)));
    };
    for run in runs(query.len()) {
        for (j, one) in listed.iter().enumerate() {
            add(run, Run::single(j), agree_joined(run.of(query), one));
        }
    }
    for run in runs(listed.len()) {
        for (i, one) in query.iter().enumerate() {
            add(Run::single(i), run, agree_joined(run.of(listed), one));
        }
    }
    // A space in another place: `IGORC HEKUNOV`.
    add(Run::whole(query), Run::whole(listed), agree_whole(query, listed));
    if query.len() == 1 {
        add(
            Run::single(0),
            Run::whole(listed),
            whole_as_one(&query[0], listed),
        );
    }
    if listed.len() == 1 {
        add(Run::whole(query), Run::single(0), whole_as_one(&listed[0], query));
    }
    for (i, one) in query.iter().enumerate() {
        add(Run::single(i), Run::whole(listed), agree_acronym(one, listed));
    }
    for (j, one) in listed.iter().enumerate() {
        add(Run::whole(query), Run::single(j), agree_acronym(one, query));
    }
    pairs
}

/// A whole name written as one word, whichever of its words comes first.
fn whole_as_one(one: &Token, name: &[Token]) -> Option<(Agreement, Similarity)> {
    if name.len() < 2 {
        return None;
    }
    let found = rotations(name).filter_map(|turned| agree_joined(&turned, one));
    found.max_by_key(|&(_, similarity)| similarity)
}

/// A name that begins with each of its words in turn; a long name only as it stands.
pub(crate) fn rotations(name: &[Token]) -> impl Iterator<Item = Vec<Token>> {
    (0..turns(name)).map(move |first| {
        let (end, start) = name.split_at(first);
        [start, end].concat()
    })
}

/// How many of its words a name is tried to begin with, from the first.
pub(crate) fn turns(name: &[Token]) -> usize {
    if name.len() > MOST_TURNED { 1 } else { name.len() }
}

/// The most words of a name that is tried in every rotation.
const MOST_TURNED: usize = 8;

/// Every run of two to [`LONGEST_JOIN`] tokens.
pub(crate) fn runs(tokens: usize) -> impl Iterator<Item = Run> {
    (0..tokens).flat_map(move |start| {
        (start + 2..=tokens.min(start + LONGEST_JOIN)).map(move |end| Run { start, end })
    })
}

fn greedy(pairs: &[Pair], query: usize, listed: usize) -> Vec<Pair> {
    let (mut q, mut l) = (vec![false; query], vec![false; listed]);
    let mut chosen = Vec::new();
    for pair in pairs {
        let free = |taken: &[bool], run: Run| !taken[run.start..run.end].iter().any(|&t| t);
        if free(&q, pair.query) && free(&l, pair.listed) {
            q[pair.query.start..pair.query.end].fill(true);
            l[pair.listed.start..pair.listed.end].fill(true);
            chosen.push(*pair);
        }
    }
    chosen
}

#[derive(Clone, Debug, Default)]
struct Chosen {
    pairs: Vec<usize>,
    query: u64,
    listed: u64,
    gain: u32,
}

struct Search<'a> {
    pairs: &'a [Pair],
    best: Vec<usize>,
    best_gain: u32,
    steps: usize,
}

impl Search<'_> {
    /// Takes or leaves pair after pair; gives up a branch when even taking all that is left cannot help.
    fn run(&mut self, from: usize, chosen: Chosen) {
        self.steps += 1;
        if chosen.gain > self.best_gain {
            self.best_gain = chosen.gain;
            self.best.clone_from(&chosen.pairs);
        }
        for at in from..self.pairs.len() {
            if self.steps > EXACT_STEPS || chosen.gain + self.still_possible(at, &chosen) <= self.best_gain {
                return;
            }
            let pair = &self.pairs[at];
            let (q, l) = (mask(pair.query), mask(pair.listed));
            if chosen.query & q == 0 && chosen.listed & l == 0 {
                let mut next = chosen.clone();
                next.pairs.push(at);
                next.query |= q;
                next.listed |= l;
                next.gain += pair.gain();
                self.run(at + 1, next);
            }
        }
    }

    /// An upper bound of what the pairs from `at` on can add: for each free token of the query the best of the
    /// pairs that hold it. Pairs come best first, so the first one that holds a token is its best.
    fn still_possible(&self, at: usize, chosen: &Chosen) -> u32 {
        let mut seen = chosen.query;
        let mut sum = 0u32;
        for pair in &self.pairs[at..] {
            let q = mask(pair.query);
            if chosen.listed & mask(pair.listed) == 0 && q & chosen.query == 0 {
                sum = sum.saturating_add((q & !seen).count_ones() * pair.gain());
                seen |= q;
            }
        }
        sum
    }
}

const fn mask(run: Run) -> u64 {
    let ones = run.end - run.start;
    let bits = if ones >= 64 { u64::MAX } else { (1 << ones) - 1 };
    bits << run.start
}
