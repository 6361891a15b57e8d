//! How alike two names are, and why: one function for both.
//!
//! The score is the share of the weight of both names that agrees:
//!
//! ```text
//!            Σ over pairs        similarity × weight of both sides
//! score = ─────────────────────────────────────────────────────────────────
//!          Σ over pairs weight of both sides  +  Σ over leftovers cost × weight
//! ```
//!
//! What a leftover costs depends on what it means: a missing patronymic little, another patronymic much. The
//! terms are integers, so the score is the same everywhere, and symmetric by construction.

use crate::align::{Pair, Pairs, align};
use crate::evidence;
use tamis_model::{Evidence, Score};
use tamis_names::{Agreement, Class, EQUAL, GENERIC_ALONE, NameForm, Token, agree};

/// The score of two names that are not equal stays below this.
pub(crate) const BELOW_EQUAL: u32 = 9_990;
/// The score of two names in which nothing that identifies agrees (`Lab Group LLC` and `Kaspersky Lab`).
pub(crate) const NOTHING_IDENTIFIES: u32 = 3_000;
/// What another order of the same words costs: it breaks ties and no more.
const WORD_ORDER: u32 = 50;
/// The score of a name that is cut off at the end of a line: so much agrees letter by letter, and the rest is lost.
const CUT_OFF: u32 = 8_500;
/// The fewest characters of a line that cuts names off; payment messages have lines of 35 before punctuation goes.
pub(crate) const LINE: usize = 30;
/// What it costs when father and son change places around `bin`: `Omar bin Abdullah` is not `Abdullah bin Omar`.
const FATHER_IS_SON: u32 = 3_000;

/// What the bits of the words that agree mean for the words that do not.
pub(crate) mod information {
    /// Bits beyond which agreement is no chance, on lists of some ten thousand names.
    const ENOUGH: u32 = 27;
    /// What each bit below that adds to the cost of a missing word, in thousandths.
    const PER_BIT: u32 = 150;
    /// The most that a missing word counts, in thousandths.
    pub(crate) const MOST: u32 = 2_667;
    /// Bits below which a difference counts more, as in companies of one short word (`Miller`, `Milur`).
    pub(super) const LEAST: u32 = 14;
    /// What each bit below that adds to every difference, in thousandths.
    pub(super) const PER_THIN_BIT: u32 = 80;
    /// The bits of a word that few bear.
    pub(crate) const RARE: u32 = 16;
    /// A similarity that says nothing.
    pub(crate) const NOTHING: u32 = 4_000;

    /// How much a missing word counts, in thousandths, where so many bits agree: the fewer, the likelier by chance.
    pub(crate) fn scale(known: u32) -> u32 {
        let missing = ENOUGH.saturating_sub(known);
        (1_000 + missing * PER_BIT).min(MOST)
    }
}

/// Costs of leftovers, in thousandths of their weight.
pub(crate) mod cost {
    use tamis_names::Class;

    /// A token that only one side has.
    pub(crate) const fn omission(class: Class) -> u32 {
        match class {
            Class::Word => 450,
            Class::Patronymic => 250,
            Class::Initial => 500,
            Class::Particle => 100,
            Class::Title => 0,
            Class::LegalForm => 200,
            Class::Generic => 400,
            Class::Geographic => 600,
            Class::Number => 800,
        }
    }

    /// A token that repeats one that agrees (`Denis Denis Zenkin`) says nothing new, however often it does.
    pub(crate) const REPEATED: u32 = 0;

    /// A token beside which the other side has another of the same sort: a contradiction.
    pub(crate) const fn contradiction(class: Class) -> u32 {
        match class {
            Class::Word | Class::Patronymic => 1_500,
            // Forms are exchanged and mistaken more often than names; they count against a match and never veto it.
            Class::LegalForm => 900,
            // An initial weighs little, yet another one names another person: Frost, William G. and William W.
            Class::Initial => 2_500,
            Class::Number => 2_000,
            Class::Geographic => 1_200,
            Class::Generic => 1_000,
            Class::Particle => 100,
            Class::Title => 0,
        }
    }
}

/// Tokens of one slot answer one question, so two different ones contradict each other.
pub(crate) const SLOTS: [&[Class]; 5] = [
    &[Class::Word, Class::Patronymic, Class::Initial],
    &[Class::Number],
    &[Class::Geographic],
    &[Class::LegalForm],
    &[Class::Generic],
];

/// A token with nothing beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leftover<'a> {
    pub(crate) token: &'a Token,
    pub(crate) in_query: bool,
    /// The token on the other side that it contradicts.
    pub(crate) against: Option<&'a Token>,
    /// Its cost: thousandths times weight.
    pub(crate) cost: u32,
}

/// Two names laid side by side.
#[derive(Clone, Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) query: &'a NameForm,
    pub(crate) listed: &'a NameForm,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) leftovers: Vec<Leftover<'a>>,
    /// Σ weight of pairs, times 1,000.
    pub(crate) paired: u64,
    /// Σ cost of leftovers.
    pub(crate) lost: u64,
    /// Σ similarity × weight of pairs.
    pub(crate) agreed: u64,
    pub(crate) order_differs: bool,
    /// The bits that agree.
    pub(crate) known: u32,
    pub(crate) father_is_son: bool,
    pub(crate) cut_off: bool,
    pub(crate) identifies: bool,
}

/// The score of two names; with `EXPLAIN`, the reasons too, whose points add up to it.
///
/// `implied` are the patronymics that other names of the listed person give: a short alias does not say less
/// about whom it names, so another patronymic contradicts it too.
pub(crate) fn score<const EXPLAIN: bool>(
    query: &NameForm,
    listed: &NameForm,
    implied: &[Token],
    tried: Pairs,
) -> (Score, Vec<Evidence>) {
    if query.tokens.is_empty() || listed.tokens.is_empty() {
        return (Score::ZERO, Vec::new());
    }
    let comparison = compare(query, listed, implied, tried);
    let value = comparison.value();
    let reasons = if EXPLAIN {
        evidence::of_names(&comparison)
    } else {
        Vec::new()
    };
    (to_score(value), reasons)
}

pub(crate) fn to_score(value: u32) -> Score {
    Score::from_ten_thousandths(u16::try_from(value).unwrap_or(u16::MAX))
}

fn compare<'a>(
    query: &'a NameForm,
    listed: &'a NameForm,
    implied: &'a [Token],
    tried: Pairs,
) -> Comparison<'a> {
    let pairs = align(query, listed, tried);
    let known = pairs.iter().map(|pair| pair_bits(query, listed, pair)).sum();
    let mut leftovers = leftovers(query, listed, &pairs, information::scale(known));
    contradict(&mut leftovers, implied);
    Comparison {
        paired: pairs.iter().map(|p| u64::from(p.weight) * 1_000).sum(),
        agreed: pairs
            .iter()
            .map(|p| u64::from(p.weight) * u64::from(p.similarity))
            .sum(),
        lost: leftovers.iter().map(|l| u64::from(l.cost)).sum(),
        order_differs: order_differs(&pairs),
        known,
        father_is_son: father_is_son(query, listed, &pairs),
        cut_off: is_cut_off(query, listed) || is_cut_off(listed, query),
        identifies: identifies(query, listed, &pairs),
        query,
        listed,
        pairs,
        leftovers,
    }
}

impl Comparison<'_> {
    pub(crate) fn equal(&self) -> bool {
        self.query.normal == self.listed.normal
    }

    /// The score in ten-thousandths: the last of [`Comparison::steps`].
    pub(crate) fn value(&self) -> u32 {
        self.steps().last().map_or(0, |&(_, value)| value)
    }

    /// What the names as a whole make of the share that agrees: each rule with the score after it.
    pub(crate) fn steps(&self) -> Vec<(&'static str, u32)> {
        if self.equal() {
            let whole = !self.query.part && !self.listed.part;
            let value = if whole { 10_000 } else { BELOW_EQUAL };
            return vec![("a part of the text, or another reading of it", value)];
        }
        let share = self.share();
        let lost = BELOW_EQUAL.saturating_sub(share) * self.thin() * information::PER_THIN_BIT / 1_000;
        let certain = share.saturating_sub(lost);
        let (order, penalty) = self.order();
        let ordered = certain.saturating_sub(penalty);
        let capped = ordered.min(BELOW_EQUAL);
        let identified = if self.identifies {
            capped
        } else {
            capped.min(NOTHING_IDENTIFIES)
        };
        let whole = if self.cut_off {
            capped.max(CUT_OFF)
        } else {
            identified
        };
        vec![
            ("little agrees, so that differences count more", certain),
            (order, ordered),
            ("not equal", capped),
            (
                if self.cut_off {
                    "cut off at the end of a line"
                } else {
                    "nothing that identifies agrees"
                },
                whole,
            ),
        ]
    }

    const fn order(&self) -> (&'static str, u32) {
        if self.father_is_son {
            ("father and son exchanged", FATHER_IS_SON)
        } else if self.order_differs {
            ("another order of words", WORD_ORDER)
        } else {
            ("the same order of words", 0)
        }
    }

    /// How many bits the agreement lacks of what tells a name from chance.
    ///
    /// Only among companies, whose generic words and legal forms agree by chance; a person's single name says what it
    /// says.
    fn thin(&self) -> u32 {
        let of_company = |t: &Token| matches!(t.class, Class::LegalForm | Class::Generic);
        let mut tokens = self.query.tokens.iter().chain(&self.listed.tokens);
        if tokens.any(of_company) {
            information::LEAST.saturating_sub(self.known)
        } else {
            0
        }
    }

    /// The share of the weight that agrees, before order and caps.
    pub(crate) fn share(&self) -> u32 {
        let whole = self.paired + self.lost;
        (self.agreed * 1_000)
            .checked_div(whole)
            .and_then(|share| u32::try_from(share).ok())
            .unwrap_or(0)
    }
}

/// The bits that a pair agrees on: those of its commoner side, less the more its similarity leaves open.
fn pair_bits(query: &NameForm, listed: &NameForm, pair: &Pair) -> u32 {
    let bits = |tokens: &[Token]| tokens.iter().map(|t| u32::from(t.bits)).sum::<u32>();
    let (mine, theirs) = (
        bits(pair.query.of(&query.tokens)),
        bits(pair.listed.of(&listed.tokens)),
    );
    // An acronym says what its letters say, however generic the words are that it stands for.
    let shared = if pair.how == Agreement::Acronym {
        mine.max(theirs)
    } else {
        mine.min(theirs)
    };
    let certain = u32::from(pair.similarity).saturating_sub(information::NOTHING);
    shared * certain / (u32::from(EQUAL) - information::NOTHING)
}

/// Whether `short` is what a line of so many characters holds of `long`.
fn is_cut_off(short: &NameForm, long: &NameForm) -> bool {
    let says = |t: &Token| t.class != Class::LegalForm && t.weight > 1;
    short.normal.len() < long.normal.len()
        && long.normal.starts_with(short.normal.as_str())
        && short.normal.chars().count() >= LINE
        && short.tokens.iter().filter(|t| says(t)).count() > 1
}

/// Whether the names before and after the same `bin` change places.
fn father_is_son(query: &NameForm, listed: &NameForm, pairs: &[Pair]) -> bool {
    let of = |form: &NameForm| {
        let at = form
            .tokens
            .iter()
            .position(|t| t.class == Class::Particle && is_descent(&t.meaning));
        at.filter(|&at| at > 0 && at + 1 < form.tokens.len())
    };
    let (Some(mine), Some(theirs)) = (of(query), of(listed)) else {
        return false;
    };
    let pairs_up = |q: usize, l: usize| pairs.iter().any(|p| p.query.has(q) && p.listed.has(l));
    pairs_up(mine - 1, theirs + 1) && pairs_up(mine + 1, theirs - 1)
}

fn is_descent(particle: &str) -> bool {
    matches!(particle, "bin" | "bint")
}

fn order_differs(pairs: &[Pair]) -> bool {
    let mut places: Vec<(usize, usize)> = pairs.iter().map(|p| (p.query.start, p.listed.start)).collect();
    places.sort_unstable();
    !places.is_sorted_by_key(|&(_, listed)| listed)
}

/// Whether something that identifies agrees: a word, where both names have one; else a generic word, a place or a
/// number.
fn identifies(query: &NameForm, listed: &NameForm, pairs: &[Pair]) -> bool {
    let has_word = |form: &NameForm| form.tokens.iter().any(|t| t.class == Class::Word);
    let both_have_words = has_word(query) && has_word(listed);
    pairs.iter().any(|pair| {
        let (q, l) = (pair.query.of(&query.tokens), pair.listed.of(&listed.tokens));
        let carried = |t: &Token| t.class == Class::Word || carries(t.class);
        pair.how == Agreement::Acronym
            || is_word_pair(q, l)
            || (!both_have_words && q.iter().chain(l).all(carried))
    })
}

pub(crate) const fn carries(class: Class) -> bool {
    matches!(class, Class::Generic | Class::Geographic | Class::Number)
}

/// Two words, or a word and the run of tokens that make it up.
pub(crate) fn is_word_pair(query: &[Token], listed: &[Token]) -> bool {
    let word = |tokens: &[Token]| tokens.iter().any(|t| t.class == Class::Word);
    word(query) && word(listed)
}

/// Whether one word alone agrees, which is no match (OFAC FAQ 5, step 3). A patronymic makes up for a second word
/// beside a rare one, a family name as a rule: `Andrei Anatolyevich` names nobody.
fn is_sole(query: &NameForm, listed: &NameForm, pairs: &[Pair]) -> bool {
    let mut words = 0;
    let mut patronymics = 0;
    let mut rarest = 0;
    for pair in pairs {
        let (q, l) = (pair.query.of(&query.tokens), pair.listed.of(&listed.tokens));
        let father = |tokens: &[Token]| tokens.iter().all(|t| t.class == Class::Patronymic);
        if is_word_pair(q, l) {
            // A run written together counts as all the words in it.
            words += q.len().max(l.len());
            rarest = rarest.max(pair_bits(query, listed, pair));
        } else if father(q) || father(l) {
            patronymics += 1;
        }
    }
    words + patronymics <= 1 || (words == 1 && rarest < information::RARE)
}

fn leftovers<'a>(query: &'a NameForm, listed: &'a NameForm, pairs: &[Pair], scale: u32) -> Vec<Leftover<'a>> {
    let scale = if is_sole(query, listed, pairs) {
        information::MOST
    } else {
        scale
    };
    let mut q = unpaired(&query.tokens, pairs.iter().map(|p| p.query));
    let mut l = unpaired(&listed.tokens, pairs.iter().map(|p| p.listed));
    let mut all = Vec::with_capacity(q.len() + l.len());
    let (mine, theirs) = (q.clone(), l.clone());
    all.extend(repeated(&query.tokens, &mut q, &theirs, true));
    all.extend(repeated(&listed.tokens, &mut l, &mine, false));
    for slot in SLOTS {
        let of_slot = |tokens: &mut Vec<&'a Token>| -> Vec<&'a Token> {
            let mut taken: Vec<&Token> = tokens.extract_if(.., |t| slot.contains(&t.class)).collect();
            // The heaviest stand against each other; the text settles ties so that the order of names does not.
            taken.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.folded.cmp(&b.folded)));
            taken
        };
        let (mine, theirs) = (of_slot(&mut q), of_slot(&mut l));
        all.extend(one_side(&mine, &theirs, true, scale));
        all.extend(one_side(&theirs, &mine, false, scale));
    }
    all.extend(one_side(&q, &[], true, scale));
    all.extend(one_side(&l, &[], false, scale));
    all
}

/// Sets a patronymic or initial that the listed name lacks against the one that the person's other names give.
fn contradict<'a>(leftovers: &mut Vec<Leftover<'a>>, implied: &'a [Token]) {
    let Some(known) = implied.first() else { return };
    let lacks = |l: &&mut Leftover<'_>| {
        l.in_query && l.against.is_none() && matches!(l.token.class, Class::Patronymic | Class::Initial)
    };
    let Some(left) = leftovers.iter_mut().find(lacks) else {
        return;
    };
    if implied.iter().any(|token| agree(left.token, token).is_some()) {
        return;
    }
    left.against = Some(known);
    left.cost = cost::contradiction(left.token.class) * u32::from(left.token.weight);
    let (token, against) = (known, Some(left.token));
    let cost = cost::contradiction(known.class) * u32::from(known.weight);
    leftovers.push(Leftover {
        token,
        in_query: false,
        against,
        cost,
    });
}

/// Takes out of `free` the tokens that only repeat a paired one of the same name, beside which the other name has
/// nothing else: `Chang Chang Ha` is not `Chang Su Ha`.
fn repeated<'a>(
    tokens: &'a [Token],
    free: &mut Vec<&'a Token>,
    others: &[&Token],
    in_query: bool,
) -> Vec<Leftover<'a>> {
    if others.iter().any(|t| t.class == Class::Word) {
        return Vec::new();
    }
    let is_free = |token: &Token, free: &[&Token]| free.iter().any(|f| std::ptr::eq(*f, token));
    let paired: Vec<&Token> = tokens.iter().filter(|t| !is_free(t, free)).collect();
    let repeats = |t: &mut &Token| t.class != Class::Number && paired.iter().any(|p| p.folded == t.folded);
    let taken = free.extract_if(.., repeats);
    taken
        .map(|token| Leftover {
            token,
            in_query,
            against: None,
            cost: cost::REPEATED * u32::from(token.weight),
        })
        .collect()
}

fn one_side<'a>(mine: &[&'a Token], theirs: &[&'a Token], in_query: bool, scale: u32) -> Vec<Leftover<'a>> {
    let against = |at: usize| theirs.get(at).copied();
    mine.iter()
        .enumerate()
        .map(|(at, &token)| {
            let thousandths = match against(at) {
                Some(_) => cost::contradiction(token.class),
                None => cost::omission(token.class) * scale_of(token, scale) / 1_000,
            };
            Leftover {
                token,
                in_query,
                against: against(at),
                cost: thousandths * u32::from(token.weight),
            }
        })
        .collect()
}

/// Only the omission of words, and of what stands for words in a name without any, depends on what agrees.
const fn scale_of(token: &Token, scale: u32) -> u32 {
    let carrying = matches!(token.class, Class::Generic | Class::Geographic) && token.weight >= GENERIC_ALONE;
    if matches!(token.class, Class::Word) || carrying {
        scale
    } else {
        1_000
    }
}

fn unpaired(tokens: &[Token], runs: impl Iterator<Item = crate::align::Run>) -> Vec<&Token> {
    let mut free = vec![true; tokens.len()];
    runs.for_each(|run| free[run.start..run.end].fill(false));
    tokens
        .iter()
        .zip(free)
        .filter(|(_, free)| *free)
        .map(|(token, _)| token)
        .collect()
}
