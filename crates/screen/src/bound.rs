//! The most that a listed name can score, by what is known of its tokens without comparing them.
//!
//! All sums are in ten-thousandths times thousandths of weight, so that they are exact.

use crate::alike::Alike;
use crate::candidates::{Asked, bit};
use crate::learned::Known;
use crate::score::{carries, cost, information};
use crate::store::{Tables, brief, flags};
use std::rc::Rc;
use tamis_names::{Class, EQUAL, GENERIC_ALONE, Token};

/// The heaviest a token can be.
pub(crate) const HEAVIEST: u32 = 10;
/// The most that tokens agree which no look-up finds: an initial and a word, and two legal forms or particles of one
/// meaning.
const INITIAL: u32 = 7_000;
const SAME_MEANING: u32 = 9_900;
/// The most that a run written together agrees.
const JOINED: u32 = 9_700;

/// A token as the bound sees it.
#[derive(Clone, Copy, Debug)]
struct Part {
    class: Class,
    weight: u32,
    bits: u32,
    /// Whether its being left over surely costs something: another token of its text may make it free.
    costs: bool,
}

impl Part {
    /// The least that it costs to be left over where words that are left over count `scale` thousandths.
    fn least_cost(&self, scale: u32) -> i64 {
        if !self.costs {
            return 0;
        }
        let omission = cost::omission(self.class);
        let carrying = matches!(self.class, Class::Generic | Class::Geographic)
            && self.weight >= u32::from(GENERIC_ALONE);
        let omission = if self.class == Class::Word || carrying {
            omission * scale / 1_000
        } else {
            omission
        };
        i64::from(omission.min(cost::contradiction(self.class)) * self.weight)
    }
}

/// The least that a word costs for each of its weight where words that are left over count `scale` thousandths.
fn word_cost(scale: u32) -> u32 {
    let omission = cost::omission(Class::Word) * scale / 1_000;
    omission.min(cost::contradiction(Class::Word))
}

/// A query as the bound sees it.
#[derive(Debug, Default)]
pub(crate) struct Query {
    parts: Vec<Part>,
    need: i64,
    has_word: bool,
}

/// What a listed name without initials may weigh to reach the score, by the tokens of the query that find it.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// The most that its words may weigh together, by the marks of the tokens; below nought where it cannot be.
    most: Vec<i64>,
    /// The marks of each token of the query.
    marks: Vec<usize>,
    /// How many tokens, from the first place on, have to leave marks of their own.
    needed: usize,
}

impl Reach {
    /// Makes it that of `query`, whose tokens mark in the order `places`; those from the last of `marks` marks on share it.
    pub(crate) fn set(
        &mut self,
        query: &Query,
        tables: &Tables<'_>,
        known: &[Rc<Asked>],
        places: &[usize],
        marks: usize,
    ) {
        let silent = query.silent(tables, known);
        let mark = |place: usize| 1_usize << place.min(marks - 1);
        self.marks.clear();
        self.marks.resize(query.parts.len(), 0);
        for (place, &at) in places.iter().enumerate() {
            self.marks[at] = mark(place);
        }
        let sets = 0..1_usize << places.len().min(marks);
        let marks_of = &self.marks;
        self.most.clear();
        self.most
            .extend(sets.map(|set| query.most_words(|at| marks_of[at] & set != 0, &silent)));
        let from = |first: usize| (first..places.len()).fold(0, |set, place| set | mark(place));
        let needed = (0..places.len()).find(|&first| self.most[from(first)] < 0);
        self.needed = needed.unwrap_or(places.len());
    }

    /// Whether the token at this place may find names that reach the score and that none before it finds.
    pub(crate) const fn needs(&self, place: usize) -> bool {
        place < self.needed
    }

    /// Whether a name may reach the score that the tokens of these marks find and whose words weigh so much.
    pub(crate) fn allows(&self, marks: u8, words: u8) -> bool {
        let most = self.most.get(usize::from(marks)).copied().unwrap_or(i64::MAX);
        most >= i64::from(words)
    }
}

/// What tokens that find nothing by themselves may add to any name.
struct Silent {
    count: i64,
    gain: i64,
    bits: u32,
    /// Whether one of them may agree with a patronymic.
    fathers: bool,
}

/// Tokens that are taken together as one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Join {
    /// The weight of both sides.
    pub(crate) weight: u32,
    /// The query's tokens in it, as bits.
    pub(crate) taken: u64,
}

impl Join {
    /// Both.
    pub(crate) const fn and(self, other: Join) -> Join {
        Join {
            weight: self.weight.saturating_add(other.weight),
            taken: self.taken | other.taken,
        }
    }
}

impl Query {
    /// Makes it the query that is read as `alike`, whose domains differ in the rarity of its words only: the most counts.
    pub(crate) fn set(&mut self, alike: &Alike<'_>, need: u32) {
        let tokens = alike.first.tokens.as_slice();
        let is_other = |one: &Token, two: &Token| std::ptr::eq(one, two) || one.folded != two.folded;
        let part = |(token, &bits): (&Token, &u16)| Part {
            class: token.class,
            weight: u32::from(token.weight),
            bits: u32::from(bits),
            costs: tokens.iter().all(|other| is_other(other, token)),
        };
        self.parts.clear();
        self.parts.extend(tokens.iter().zip(&alike.bits).map(part));
        self.need = i64::from(need);
        self.has_word = tokens.iter().any(|t| t.class == Class::Word);
    }

    /// The most that the words of a listed name without initials may weigh that no other token finds than those that
    /// have `found` it; below nought where it cannot reach the score.
    fn most_words(&self, found: impl Fn(usize) -> bool, silent: &Silent) -> i64 {
        let finding = || (0..self.parts.len()).filter(|&at| found(at));
        let count = finding().count() as i64;
        // One word that agrees is none, unless a patronymic makes up for the second: words left over count most.
        let scale = if count <= 1 && !silent.fathers {
            information::MOST
        } else {
            let bits: u32 = finding().map(|at| self.parts[at].bits).sum();
            information::scale(bits + silent.bits)
        };
        let lost = (0..self.parts.len()).filter(|&at| self.finds(at) && !found(at));
        let lost: i64 = lost.map(|at| self.parts[at].least_cost(scale)).sum();
        let gain: i64 = finding().map(|at| self.most_gain(at)).sum();
        let left = gain + silent.gain - self.need * lost;
        if left < 0 {
            return -1;
        }
        // Each token takes one word at most; the others of the name are left over.
        let word = self.need * i64::from(word_cost(scale));
        (count + silent.count) * i64::from(HEAVIEST) + left.checked_div(word).unwrap_or(i64::MAX / 2)
    }

    fn silent(&self, tables: &Tables<'_>, known: &[Rc<Asked>]) -> Silent {
        let silent = || (0..self.parts.len()).filter(|&at| !self.finds(at));
        Silent {
            count: silent().count() as i64,
            gain: silent().map(|at| self.silent_gain(at, &known[at])).sum(),
            bits: silent().map(|at| self.parts[at].bits).sum(),
            fathers: silent().any(|at| self.may_be_father(tables, at, &known[at])),
        }
    }

    /// The most that a token brings which finds no names by itself.
    fn silent_gain(&self, at: usize, known: &Known) -> i64 {
        let part = &self.parts[at];
        let gain = |weight: u32, similarity: u32| {
            i64::from(part.weight + weight) * (i64::from(similarity) - self.need) * 1_000
        };
        let found = known.similar.iter().map(|similar| u32::from(similar.similarity));
        let found = found.max().map_or(0, |similarity| gain(HEAVIEST, similarity));
        let other = match part.class {
            Class::Initial => gain(HEAVIEST, INITIAL),
            // Tokens of these classes weigh the same in every name.
            Class::LegalForm | Class::Particle => gain(part.weight, SAME_MEANING),
            _ => 0,
        };
        found.max(other).max(0)
    }

    /// Whether a token may agree with a patronymic, though it is none.
    fn may_be_father(&self, tables: &Tables<'_>, at: usize, known: &Known) -> bool {
        let class_of = |term: u32| {
            let token = *tables.term_token.get(term as usize)?;
            Some(brief::class(*tables.token_brief.get(token as usize)?))
        };
        self.parts[at].class == Class::Initial
            || known
                .similar
                .iter()
                .any(|similar| class_of(similar.term) == Some(Class::Patronymic))
    }

    /// Whether a token's terms find names: words and patronymics do, and in a query without words whatever carries it.
    pub(crate) fn finds(&self, at: usize) -> bool {
        let class = self.parts[at].class;
        if self.has_word {
            matches!(class, Class::Word | Class::Patronymic)
        } else {
            carries(class) || class == Class::Patronymic
        }
    }

    /// Whether a token's terms find names that have no word.
    pub(crate) fn carries(&self, at: usize) -> bool {
        carries(self.parts[at].class)
    }

    /// The most that a token brings.
    fn most_gain(&self, at: usize) -> i64 {
        i64::from(self.parts[at].weight + HEAVIEST) * (i64::from(EQUAL) - self.need) * 1_000
    }
}

/// Working memory of the bound.
#[derive(Debug, Default)]
pub(crate) struct Bound {
    listed: Vec<Part>,
    terms: Vec<u32>,
    /// Similarity of each token of the query with each of the listed name; nought where they do not agree.
    similarity: Vec<u32>,
    /// What each token of the listed name costs at least.
    costs: Vec<i64>,
}

impl Bound {
    /// Whether the listed name may reach the score by tokens that agree one by one.
    pub(crate) fn reaches(
        &mut self,
        query: &Query,
        tables: &Tables<'_>,
        known: &[Rc<Asked>],
        name: u32,
    ) -> bool {
        let flags = self.read(query, tables, known, name);
        let met = self.met(query);
        if query.has_word && flags & flags::HAS_WORD != 0 && met.words == 0 {
            return false;
        }
        let scale = met.scale();
        self.costs.clear();
        self.costs
            .extend(self.listed.iter().map(|part| part.least_cost(scale)));
        let mut sum = -query.need * self.costs.iter().sum::<i64>();
        for at in 0..query.parts.len() {
            let own = query.parts[at].least_cost(scale);
            let left = -query.need * own;
            let best = self
                .pairs(query, at)
                .map(|(other, gain)| gain + query.need * self.costs[other]);
            sum += best.max().map_or(left, |best| best.max(left));
        }
        sum >= 0
    }

    /// Whether the listed name may reach the score by the `join` and what else agrees. A join takes several words at
    /// once, and repetitions of them cost next to nothing: no listed word is counted as left over beside one.
    pub(crate) fn reaches_joined(
        &mut self,
        query: &Query,
        tables: &Tables<'_>,
        known: &[Rc<Asked>],
        name: u32,
        join: Join,
    ) -> bool {
        self.read(query, tables, known, name);
        let gain = i64::from(join.weight) * (i64::from(JOINED) - query.need) * 1_000;
        let mut sum = gain.max(0);
        for at in 0..query.parts.len() {
            let own = if join.taken & bit(at) == 0 {
                query.parts[at].least_cost(1_000)
            } else {
                0
            };
            let left = -query.need * own;
            let best = self.pairs(query, at).map(|(_, gain)| gain).max();
            sum += best.map_or(left, |best| best.max(left));
        }
        sum >= 0
    }

    /// Reads the tokens of a listed name, and how similar each token of the query is to each; returns its flags.
    fn read(&mut self, query: &Query, tables: &Tables<'_>, known: &[Rc<Asked>], name: u32) -> u32 {
        let flags = tables.name_flags.get(name as usize).copied().unwrap_or_default();
        self.listed.clear();
        self.terms.clear();
        for &token in tables.name_tokens.row(name as usize) {
            let token = token as usize;
            let brief = tables.token_brief.get(token).copied().unwrap_or_default();
            self.listed.push(Part {
                class: brief::class(brief),
                weight: brief::weight(brief),
                bits: brief::bits(brief),
                costs: flags & flags::REPEATS == 0,
            });
            self.terms
                .push(tables.token_term.get(token).copied().unwrap_or(u32::MAX));
        }
        self.similarity.clear();
        for (part, known) in query.parts.iter().zip(known) {
            for (listed, &term) in self.listed.iter().zip(&self.terms) {
                self.similarity.push(similarity(part, known, listed, term));
            }
        }
        flags
    }

    /// What a token of the query can be paired with, and what that brings.
    fn pairs<'a>(&'a self, query: &'a Query, at: usize) -> impl Iterator<Item = (usize, i64)> + 'a {
        let width = self.listed.len();
        let row = &self.similarity[at * width..(at + 1) * width];
        let agree = row.iter().enumerate().filter(|(_, similarity)| **similarity > 0);
        agree.map(move |(other, &similarity)| {
            let weight = query.parts[at].weight + self.listed[other].weight;
            (
                other,
                i64::from(weight) * (i64::from(similarity) - query.need) * 1_000,
            )
        })
    }

    /// What of the query meets something in the listed name.
    fn met(&self, query: &Query) -> Met {
        let mut met = Met::default();
        for (at, part) in query.parts.iter().enumerate() {
            let (mut word, mut father, mut bits) = (false, false, 0);
            for (other, _) in self.pairs(query, at) {
                let listed = &self.listed[other];
                let shared = certain_bits(
                    part.bits.min(listed.bits),
                    self.similarity[at * self.listed.len() + other],
                );
                bits = bits.max(shared);
                if part.class == Class::Word && listed.class == Class::Word {
                    word = true;
                    met.rarest = met.rarest.max(shared);
                }
                father |= part.class == Class::Patronymic || listed.class == Class::Patronymic;
            }
            met.words += u32::from(word);
            met.fathers += u32::from(father);
            met.bits += bits;
        }
        met
    }
}

/// The most of the query that a listed name can meet.
#[derive(Default)]
struct Met {
    words: u32,
    fathers: u32,
    bits: u32,
    /// The most bits of a word.
    rarest: u32,
}

impl Met {
    /// The least that words left over count.
    fn scale(&self) -> u32 {
        let sole = self.words + self.fathers <= 1 || (self.words <= 1 && self.rarest < information::RARE);
        if sole {
            information::MOST
        } else {
            information::scale(self.bits)
        }
    }
}

/// The bits that are left of `shared` ones where the similarity leaves something open.
fn certain_bits(shared: u32, similarity: u32) -> u32 {
    let certain = similarity.saturating_sub(information::NOTHING);
    shared * certain / (u32::from(EQUAL) - information::NOTHING)
}

/// The most that a token and a listed one can agree.
fn similarity(part: &Part, known: &Known, listed: &Part, term: u32) -> u32 {
    let looked_up = known.similarity(term);
    let word = |class: Class| matches!(class, Class::Word | Class::Patronymic);
    let other = match (part.class, listed.class) {
        (Class::Initial, class) | (class, Class::Initial) if word(class) => INITIAL,
        (Class::LegalForm, Class::LegalForm) | (Class::Particle, Class::Particle) => SAME_MEANING,
        _ => 0,
    };
    looked_up.max(other)
}
