//! How a word of a Chinese, Korean or Japanese name sounds, syllable by syllable.
//!
//! One name reaches a file in characters, in several romanisations, and in the readings of three languages. Each
//! way of writing is read into one alphabet per *tradition*; words agree that share a *sound*. A word in
//! Latin letters has sounds only within a name that is one of the tradition's as a whole: all its words are syllables
//! of the tradition, and one at an end is a family name. `Marie Lou` has none, `Lou Wei` has.

mod cantonese;
mod han;
mod japanese;
mod korean;
mod mandarin;

use crate::agree::Similarity;
use crate::form::{Class, Token};
use crate::script::Script;

pub(crate) use han::split_family;
pub(crate) use japanese::romaji;
pub(crate) use korean::jamo;

/// By whose rules a word is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tradition {
    /// The characters themselves, variants folded together.
    Characters,
    Mandarin,
    Cantonese,
    Korean,
    Japanese,
}

/// One way in which a word sounds. Two words with an equal sound may be one word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sound {
    tradition: Tradition,
    /// Syllables in the alphabet of the tradition, parted by dots (Japanese: not parted).
    letters: String,
    /// Reached by a reading in another language, which is a looser link.
    weak: bool,
}

/// Words that have more sounds than this in a tradition keep the first ones.
const MOST: usize = 32;

/// Equal characters once variants are folded: nothing is in doubt.
const SAME: Similarity = 9_900;
/// What equal toneless syllables are worth: there are some four hundred in Mandarin, so that one says little, and
/// three in a row say much.
const ONE_SYLLABLE: Similarity = 8_700;
/// `영철 순옥 김` must stay below the threshold beside `Kim Yong Chol`.
const TWO_SYLLABLES: Similarity = 8_900;
const MORE_SYLLABLES: Similarity = 9_500;
/// A syllable through the reading of another language (`Cheung` for 張, `Zhang`).
const WEAK: Similarity = 8_500;
/// A Chinese character in its Korean reading: `玲 强` must stay below the threshold beside `Kang Ryong`.
const SINO_KOREAN: Similarity = 8_000;

/// What `syllables` toneless syllables are worth.
pub(crate) const fn worth(syllables: usize) -> Similarity {
    match syllables {
        0 | 1 => ONE_SYLLABLE,
        2 => TWO_SYLLABLES,
        _ => MORE_SYLLABLES,
    }
}

impl Sound {
    fn new(tradition: Tradition, letters: String) -> Sound {
        Sound {
            tradition,
            letters,
            weak: false,
        }
    }

    fn weak(self) -> Sound {
        Sound { weak: true, ..self }
    }

    /// What equal sounds have in common, as a key for look-up; the first sign keeps it apart from letters.
    fn key(&self) -> String {
        let sign = match self.tradition {
            Tradition::Characters => "=",
            Tradition::Mandarin => "m:",
            Tradition::Cantonese => "c:",
            Tradition::Korean => "k:",
            Tradition::Japanese => "j:",
        };
        format!("{sign}{}", self.letters)
    }

    fn syllables(&self) -> usize {
        match self.tradition {
            Tradition::Characters => self.letters.chars().count(),
            Tradition::Japanese => self.letters.bytes().filter(|b| b"aiueo".contains(b)).count(),
            _ => self.letters.split('.').count(),
        }
    }

    fn same(&self, other: &Sound) -> bool {
        self.tradition == other.tradition && self.letters == other.letters
    }

    /// How alike two words are that share this sound.
    fn similarity(&self, other: &Sound) -> Similarity {
        if self.tradition == Tradition::Characters {
            SAME
        } else if (self.weak || other.weak) && self.syllables() <= 1 {
            if self.tradition == Tradition::Korean {
                SINO_KOREAN
            } else {
                WEAK
            }
        } else if self.weak || other.weak {
            worth(self.syllables() - 1)
        } else {
            worth(self.syllables())
        }
    }
}

/// Whether both have the same characters, variants apart.
pub(crate) fn same_characters(one: &[Sound], two: &[Sound]) -> bool {
    let characters = |all: &[Sound]| {
        let found = all.iter().find(|s| s.tradition == Tradition::Characters);
        found.map(|s| s.letters.clone())
    };
    let mine = characters(one);
    mine.is_some() && mine == characters(two)
}

/// The best of what two lists of sounds share.
pub(crate) fn alike(one: &[Sound], two: &[Sound]) -> Option<Similarity> {
    let pairs = one.iter().flat_map(|a| two.iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| a.same(b))
        .map(|(a, b)| a.similarity(b))
        .max()
}

/// The keys of every sound of `run` written together.
pub(crate) fn keys(run: &[Token]) -> Vec<String> {
    together(run).iter().map(Sound::key).collect()
}

/// The sounds of several words written together: in each tradition in which all of them have sounds.
pub(crate) fn together(run: &[Token]) -> Vec<Sound> {
    let Some((first, rest)) = run.split_first() else {
        return Vec::new();
    };
    let mut sounds = first.sounds.clone();
    for token in rest {
        sounds = sounds
            .iter()
            .flat_map(|start| token.sounds.iter().filter_map(move |end| join(start, end)))
            .collect();
        settle(&mut sounds);
    }
    sounds
}

fn join(start: &Sound, end: &Sound) -> Option<Sound> {
    let parted = !matches!(start.tradition, Tradition::Characters | Tradition::Japanese);
    (start.tradition == end.tradition).then(|| Sound {
        tradition: start.tradition,
        letters: format!(
            "{}{}{}",
            start.letters,
            if parted { "." } else { "" },
            end.letters
        ),
        weak: start.weak || end.weak,
    })
}

/// Orders sounds, each once (the stronger link first), and keeps the first of each tradition.
fn settle(sounds: &mut Vec<Sound>) {
    sounds.sort_unstable();
    sounds.dedup_by(|later, kept| later.same(kept));
    let mut counted = [0usize; 5];
    sounds.retain(|sound| {
        let count = &mut counted[sound.tradition as usize];
        *count += 1;
        *count <= MOST
    });
}

/// Every combination of one alternative a place, joined by `with`, up to [`MOST`].
fn combinations<S: AsRef<str>>(places: &[Vec<S>], with: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for (at, alternatives) in places.iter().enumerate() {
        let parting = if at == 0 { "" } else { with };
        all = all
            .iter()
            .flat_map(|start| {
                alternatives
                    .iter()
                    .map(move |end| format!("{start}{parting}{}", end.as_ref()))
            })
            .take(MOST)
            .collect();
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Gives the tokens of a name their sounds.
pub(crate) fn mark(tokens: &mut [Token], person: bool) {
    for token in tokens.iter_mut().filter(|t| is_word(t)) {
        let mut sounds = match token.script {
            Script::Han => han::sounds(&token.folded),
            Script::Hangul => korean::of_hangul(&token.folded),
            Script::Kana => japanese::of_kana(&token.folded),
            _ => continue,
        };
        settle(&mut sounds);
        token.sounds = sounds;
    }
    if person {
        mark_latin(tokens);
    }
}

const fn is_word(token: &Token) -> bool {
    matches!(token.class, Class::Word | Class::Generic | Class::Geographic)
}

/// A name has at most so many words in Latin letters when it is read by syllables.
const MOST_WORDS: usize = 4;

fn mark_latin(tokens: &mut [Token]) {
    let places: Vec<usize> = (0..tokens.len())
        .filter(|&at| tokens[at].class != Class::Title)
        .collect();
    let latin = |t: &Token| t.class == Class::Word && t.script == Script::Latin;
    if !(2..=MOST_WORDS).contains(&places.len()) || !places.iter().all(|&at| latin(&tokens[at])) {
        return;
    }
    let words: Vec<String> = places.iter().map(|&at| tokens[at].latin.clone()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    for read in [
        mandarin::of_latin,
        cantonese::of_latin,
        korean::of_latin,
        japanese::of_latin,
    ] {
        for (&at, sounds) in places.iter().zip(read(&words)) {
            tokens[at].sounds.extend(sounds);
        }
    }
    places.iter().for_each(|&at| settle(&mut tokens[at].sounds));
}

/// Whether one of the ends of a name satisfies `is_family`.
fn at_an_end(words: &[&str], is_family: impl Fn(&str) -> bool) -> bool {
    words.first().is_some_and(|w| is_family(w)) || words.last().is_some_and(|w| is_family(w))
}

/// Whether both tokens are words of Chinese names in the Latin letters of the mainland, and differ as such: then
/// no rule of another language makes them one (`Zhou` is no `Zhu`).
pub(crate) fn differ_in_pinyin(a: &Token, b: &Token) -> bool {
    let pinyin = |t: &Token| t.script == Script::Latin && t.sounds.iter().any(is_pinyin);
    pinyin(a) && pinyin(b) && !a.sounds.iter().any(|s| b.sounds.iter().any(|o| s.same(o)))
}

/// Whether both are words of Korean names.
pub(crate) fn both_korean(a: &Token, b: &Token) -> bool {
    let korean = |t: &Token| t.sounds.iter().any(|s| s.tradition == Tradition::Korean);
    korean(a) && korean(b)
}

fn is_pinyin(sound: &Sound) -> bool {
    sound.tradition == Tradition::Mandarin && !sound.weak
}
