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
use crate::known::Raw;
use crate::script::Script;
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub(crate) use han::split_family;

/// By whose rules a word is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Tradition {
    /// The characters themselves, variants folded together.
    Characters,
    Mandarin,
    Cantonese,
    Korean,
    Japanese,
}

/// One way in which a word sounds. Two words with an equal sound may be one word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sound {
    tradition: Tradition,
    /// Syllables in the alphabet of the tradition, parted by dots (Japanese: not parted).
    letters: String,
    /// Reached by a reading in another language, which is a looser link.
    weak: bool,
}

/// The sounds of a token, shared by its clones; none for most.
#[derive(Clone, Debug, Default, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Sound>", into = "Vec<Sound>")]
pub struct Sounds(Option<Arc<[Sound]>>);

impl PartialEq for Sounds {
    fn eq(&self, other: &Sounds) -> bool {
        match (&self.0, &other.0) {
            // Clones share theirs.
            (Some(one), Some(two)) => Arc::ptr_eq(one, two) || one == two,
            (None, None) => true,
            _ => false,
        }
    }
}

impl Deref for Sounds {
    type Target = [Sound];

    fn deref(&self) -> &[Sound] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl From<Vec<Sound>> for Sounds {
    fn from(sounds: Vec<Sound>) -> Sounds {
        Sounds((!sounds.is_empty()).then(|| sounds.into()))
    }
}

impl From<Sounds> for Vec<Sound> {
    fn from(sounds: Sounds) -> Vec<Sound> {
        sounds.to_vec()
    }
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
    let mut sounds = first.sounds.to_vec();
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

/// The sounds of a word of any name, where its script gives them.
pub(crate) fn of_script(word: &str, script: Script) -> Sounds {
    let mut sounds = match script {
        Script::Han => han::sounds(word),
        Script::Hangul => korean::of_hangul(word),
        Script::Kana => japanese::of_kana(word),
        _ => return Sounds::default(),
    };
    settle(&mut sounds);
    sounds.into()
}

/// Whether tokens of this class have sounds.
pub(crate) const fn has_sounds(class: Class) -> bool {
    matches!(class, Class::Word | Class::Generic | Class::Geographic)
}

/// How a word in Latin letters is heard in one tradition.
#[derive(Debug)]
struct Heard {
    /// How many syllables it has at least.
    syllables: usize,
    /// Whether it is a family name.
    is_family: bool,
    sounds: Vec<Sound>,
    /// Further sounds in names that are spelt by Wade-Giles.
    wade: Vec<Sound>,
    /// Whether it must be spelt by Wade-Giles.
    only_wade: bool,
}

/// How a word is heard in each tradition, and what it sounds like in names of several; found when it is asked for.
#[derive(Debug, Default)]
pub(crate) struct Syllables {
    heard: [OnceLock<Option<Box<Heard>>>; TRADITIONS.len()],
    together: Mutex<Vec<(u8, Sounds)>>,
}

/// How each tradition hears a word; nothing for a word that cannot be one of the tradition's.
const TRADITIONS: [fn(&str) -> Option<Heard>; 4] =
    [mandarin::hear, cantonese::hear, korean::hear, japanese::hear];
/// The place of Japanese, whose names may have any number of syllables.
const JAPANESE: usize = 3;
/// The bit of names that are spelt by Wade-Giles, beside those of the traditions.
const WADE: u8 = 1 << TRADITIONS.len();
/// The most syllables of a Chinese or Korean name, with a family name of two.
const MOST_SYLLABLES: usize = 4;

impl Syllables {
    fn heard(&self, tradition: usize, latin: &str) -> Option<&Heard> {
        let heard = self.heard[tradition].get_or_init(|| TRADITIONS[tradition](latin).map(Box::new));
        heard.as_deref()
    }

    /// The sounds in names of these traditions, a bit each.
    fn together(&self, traditions: u8, latin: &str) -> Sounds {
        let mut known = self.together.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sounds)) = known.iter().find(|(known, _)| *known == traditions) {
            return sounds.clone();
        }
        let mut all: Vec<Sound> = Vec::new();
        for tradition in (0..TRADITIONS.len()).filter(|at| traditions & 1 << at != 0) {
            if let Some(heard) = self.heard(tradition, latin) {
                all.extend(heard.sounds.iter().cloned());
                let wade = heard.wade.iter().filter(|_| traditions & WADE != 0);
                all.extend(wade.cloned());
            }
        }
        settle(&mut all);
        let sounds = Sounds::from(all);
        known.push((traditions, sounds.clone()));
        sounds
    }
}

impl Syllables {
    /// The traditions that hear a word, a bit each.
    pub(crate) fn heard_by(&self, latin: &str) -> u8 {
        let hear = |tradition: &usize| self.heard(*tradition, latin).is_some();
        (0..TRADITIONS.len())
            .filter(hear)
            .fold(0, |found, tradition| found | 1 << tradition)
    }
}

/// A name has at most so many words in Latin letters when it is read by syllables.
const MOST_WORDS: usize = 4;

/// Whether a name of so many words may be read by syllables.
pub(crate) const fn may_be_heard(words: usize) -> bool {
    2 <= words && words <= MOST_WORDS
}

/// Gives the tokens of a person's name in Latin letters their sounds; `words` are theirs, one each.
pub(crate) fn mark_latin(tokens: &mut [Token], words: &[Raw]) {
    let is_title = |t: &Token| t.class == Class::Title;
    let latin = |t: &Token| t.class == Class::Word && t.script == Script::Latin;
    let named = tokens.iter().filter(|t| !is_title(t)).count();
    if !may_be_heard(named) || !tokens.iter().all(|t| is_title(t) || latin(t)) {
        return;
    }
    let traditions = traditions(tokens, words);
    if traditions == 0 {
        return;
    }
    for (token, word) in tokens.iter_mut().zip(words).filter(|(t, _)| !is_title(t)) {
        token.sounds = word.syllables.together(traditions, &word.word.latin);
    }
}

/// The traditions of which the name is one as a whole, a bit each.
fn traditions(tokens: &[Token], words: &[Raw]) -> u8 {
    let named = || {
        let pairs = tokens.iter().zip(words);
        pairs.filter(|(t, _)| t.class != Class::Title).map(|(_, w)| w)
    };
    let mut found = 0;
    for tradition in 0..TRADITIONS.len() {
        let hear = |word: &Raw| word.known.syllables.heard(tradition, &word.word.latin).is_some();
        // Most names fail at their first word.
        if !named().all(hear) {
            continue;
        }
        let heard: Vec<&Heard> = named()
            .filter_map(|word| word.known.syllables.heard(tradition, &word.word.latin))
            .collect();
        if is_name(&heard, tradition) {
            found |= 1 << tradition;
            let wade = heard.iter().any(|heard| heard.only_wade);
            found |= if wade { WADE } else { 0 };
        }
    }
    found
}

/// Whether words are a name of a tradition: one at an end is a family name.
fn is_name(heard: &[&Heard], tradition: usize) -> bool {
    let syllables: usize = heard.iter().map(|heard| heard.syllables).sum();
    let ends = [heard.first(), heard.last()];
    let has_family = ends.into_iter().flatten().any(|heard| heard.is_family);
    has_family && (tradition == JAPANESE || (2..=MOST_SYLLABLES).contains(&syllables))
}

/// The sounds of each of `words` where they are a name of the tradition that hears them with `hear`.
#[cfg(test)]
fn of_latin(tradition: usize, words: &[&str]) -> Vec<Vec<Sound>> {
    let heard: Option<Vec<Heard>> = words.iter().map(|word| TRADITIONS[tradition](word)).collect();
    let Some(heard) = heard else { return Vec::new() };
    if !is_name(&heard.iter().collect::<Vec<_>>(), tradition) {
        return Vec::new();
    }
    let wade = heard.iter().any(|heard| heard.only_wade);
    let sounds = |one: Heard| {
        let further = one.wade.into_iter().filter(|_| wade);
        one.sounds.into_iter().chain(further).collect()
    };
    heard.into_iter().map(sounds).collect()
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
