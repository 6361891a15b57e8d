//! What stands between two spaces of a name. Nearly all of it is read alike wherever it stands, so it is read once.

use crate::form::{self, NameForm, Token};
use crate::forms::Forms;
use crate::known::{Known, Raw};
use crate::script::{self, Script};
use crate::signal::Signals;
use crate::{fold, parties, rewrite, sounds};
use std::sync::Arc;

/// A text as its words.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) words: Vec<Raw>,
    pub(crate) signals: Signals,
    /// Whether a comma, or a dot, stands before the first word: it belongs to whatever word is before the text.
    pub(crate) comma_first: bool,
    pub(crate) dot_first: bool,
}

/// What letters and signs without a space among them are read as.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) glance: Glance,
    pub(crate) content: Content,
}

/// What a chunk consists of.
#[derive(Debug)]
pub(crate) enum Content {
    /// One word that is no more than a word in the names of all domains.
    Plain(Plain),
    /// Anything else.
    Text(Box<Text>),
}

/// A word that is no more than a word by the rules of each domain, wherever in the name it stands: see
/// [`Known::is_plain`]. What names of such words need is kept together, so that reading one touches little memory.
#[derive(Debug)]
pub(crate) struct Plain {
    known: Arc<Known>,
    /// It in a person's name.
    token: Token,
    /// Its bits in each domain.
    bits: [u16; 3],
    /// The traditions that hear it, a bit each.
    heard: u8,
}

/// What tells by a glance whether a text has another reading, see [`rewrite::others`]; that of a text is that of
/// its chunks together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Glance {
    letters: u32,
    vowels: u32,
    /// Whether a chunk by itself is a reason to look closer.
    odd: bool,
    /// Whether a chunk is not written backwards.
    forwards: bool,
    beyond_ascii: bool,
    russian: bool,
    /// Whether there are Latin letters, and words that only look so.
    latin: bool,
    lookalike: bool,
}

impl Text {
    /// Adds what stands behind a space.
    pub(crate) fn add(&mut self, next: &Text) {
        match self.words.last_mut() {
            Some(last) => {
                last.comma |= next.comma_first;
                last.dotted |= next.dot_first;
            }
            None => {
                self.comma_first |= next.comma_first;
                self.dot_first |= next.dot_first;
            }
        }
        self.signals.add(next.signals);
        self.words.extend_from_slice(&next.words);
    }
}

impl Chunk {
    /// The chunk `raw`, which is `text` and, folded, `folded`.
    pub(crate) fn new(raw: &str, folded: &str, text: Text) -> Chunk {
        Chunk {
            glance: Glance::of(raw, folded),
            content: Plain::of(&text).map_or_else(|| Content::Text(Box::new(text)), Content::Plain),
        }
    }

    /// Adds its words to a text of which it is the next chunk.
    pub(crate) fn add_to(&self, text: &mut Text) {
        match &self.content {
            Content::Plain(plain) => text.words.push(Raw::new(Arc::clone(&plain.known))),
            Content::Text(next) => text.add(next),
        }
    }
}

impl Plain {
    fn of(text: &Text) -> Option<Plain> {
        let [word] = text.words.as_slice() else {
            return None;
        };
        let signs = word.comma || word.dotted || text.comma_first || text.dot_first;
        if signs || text.signals != Signals::default() || !word.is_plain() {
            return None;
        }
        let latin = word.word.script == Script::Latin;
        Some(Plain {
            known: Arc::clone(&word.known),
            token: form::plain_token(word),
            bits: word.bits(),
            heard: if latin {
                word.syllables.heard_by(&word.word.latin)
            } else {
                0
            },
        })
    }
}

/// A name of plain words alone, as it is put together.
#[derive(Debug)]
pub(crate) struct PlainName {
    form: NameForm,
    bits: Vec<[u16; 3]>,
    /// The traditions that hear all of its words.
    heard: u8,
}

impl PlainName {
    pub(crate) fn new(raw: &str) -> PlainName {
        PlainName {
            form: NameForm {
                tokens: Vec::with_capacity(4),
                normal: String::with_capacity(raw.len()),
                ..NameForm::default()
            },
            bits: Vec::with_capacity(4),
            heard: u8::MAX,
        }
    }

    pub(crate) fn add(&mut self, word: &Plain) {
        let normal = &mut self.form.normal;
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&word.token.folded);
        self.form.tokens.push(word.token.clone());
        self.bits.push(word.bits);
        self.heard &= word.heard;
    }

    /// Its forms in all domains; `None` where the words together may be more than words.
    pub(crate) fn forms(self) -> Option<Forms> {
        let tokens = self.form.tokens.as_slice();
        let last = tokens.last()?;
        let eastern = self.heard != 0 && sounds::may_be_heard(tokens.len());
        let is_more = eastern || form::may_be_acronym(last, tokens.len() - 1);
        (!is_more).then(|| Forms::alike(self.form, self.bits))
    }
}

impl Glance {
    fn of(raw: &str, folded: &str) -> Glance {
        let (letters, vowels) = rewrite::letters_and_vowels(raw);
        let lower = raw.to_lowercase();
        Glance {
            letters: u32::try_from(letters).unwrap_or(u32::MAX),
            vowels: u32::try_from(vowels).unwrap_or(u32::MAX),
            odd: raw.contains(char::is_whitespace)
                || parties::may_be_several(raw)
                || fold::stored_order(raw).is_some()
                || rewrite::is_odd_word(raw),
            forwards: !rewrite::is_backwards(raw),
            beyond_ascii: !lower.is_ascii(),
            russian: rewrite::has_russian(&lower),
            latin: folded.contains(|c: char| c.is_ascii_alphabetic()),
            lookalike: script::in_other_dress(folded).is_some(),
        }
    }

    /// That of a text and what stands behind a space.
    pub(crate) fn and(self, next: Glance) -> Glance {
        Glance {
            letters: self.letters.saturating_add(next.letters),
            vowels: self.vowels.saturating_add(next.vowels),
            odd: self.odd | next.odd,
            forwards: self.forwards | next.forwards,
            beyond_ascii: self.beyond_ascii | next.beyond_ascii,
            russian: self.russian | next.russian,
            latin: self.latin | next.latin,
            lookalike: self.lookalike | next.lookalike,
        }
    }

    /// Whether the text may be read otherwise than word by word. Where it says no, it is not; where it says yes, one
    /// must look.
    pub(crate) fn reads_otherwise(self) -> bool {
        let typed = rewrite::is_sparse(self.letters as usize, self.vowels as usize)
            && (self.russian || !self.beyond_ascii);
        self.odd || !self.forwards || typed || (self.latin && self.lookalike)
    }
}
