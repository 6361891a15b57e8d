//! A name as it is compared: tokens with their part in the name, their readings and their weight.

use crate::agree::join_key;
use crate::fold::{self, fold};
use crate::numeral;
use crate::parties;
use crate::script::{self, Script};
use crate::signal::{Signal, Signals};
use crate::tables::{self, tables};
use crate::token::{self, Raw};

/// By whose rules a name is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Domain {
    /// A natural person: titles, particles, patronymics, initials.
    Person,
    /// A company or other body: legal forms, generic and geographic words, numbers.
    Organization,
    /// A vessel, an aircraft or another thing: its name and its numbers.
    Object,
}

/// What part a token plays in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A word that identifies.
    Word,
    /// A patronymic.
    Patronymic,
    /// A letter that stands for a name.
    Initial,
    /// `bin`, `al`, `de`, `van`.
    Particle,
    /// A title, honorific or generation suffix.
    Title,
    /// A legal form; its meaning is the class of company.
    LegalForm,
    /// A word that many companies share; its meaning is the English word for it.
    Generic,
    /// A place; its meaning is a code.
    Geographic,
    /// A number; its meaning is its value.
    Number,
}

/// One token of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The token in its own script, folded.
    pub folded: String,
    /// The token in Latin letters.
    pub latin: String,
    /// Its own script.
    pub script: Script,
    /// Its readings (see the crate's documentation), and its letters as they stand, doubled ones written once.
    pub keys: Vec<String>,
    /// Its part in the name.
    pub class: Class,
    /// What a number, legal form, place, generic word, particle or nickname stands for; empty for most words.
    pub meaning: String,
    /// How much it says about identity, 0 to 10.
    pub weight: u16,
}

/// A name in the form in which it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameForm {
    /// Its tokens, `FAMILY, Given` turned to `given family`.
    pub tokens: Vec<Token>,
    /// The tokens in their own script, joined by spaces: two names are equal when these are.
    pub normal: String,
    /// What was undone to read it.
    pub signals: Signals,
    /// Whether it is only a part of the text, or another reading of it: such a form never scores 1.
    pub part: bool,
}

/// Weights by class. A word weighs by its length, since a short one says less: two letters 7, five or more 10.
mod weight {
    pub(super) const NUMBER: u16 = 8;
    pub(super) const NUMBER_OF_PERSON: u16 = 1;
    /// Below a word, so that a shared given name and patronymic do not outweigh the family name.
    pub(super) const PATRONYMIC: u16 = 6;
    pub(super) const GEOGRAPHIC: u16 = 5;
    pub(super) const GENERIC: u16 = 4;
    /// Where a company has no word of its own (`National Bank of Iran`), its generic words must carry it.
    pub(super) const GENERIC_ALONE: u16 = 7;
    pub(super) const GEOGRAPHIC_ALONE: u16 = 9;
    pub(super) const INITIAL: u16 = 3;
    pub(super) const LEGAL_FORM: u16 = 2;
    pub(super) const PARTICLE: u16 = 2;
    pub(super) const TITLE: u16 = 1;
    pub(super) const FUNCTION_WORD: u16 = 1;

    pub(super) const fn word(letters: usize) -> u16 {
        match letters {
            0 | 1 => 4,
            2 => 7,
            3 => 8,
            4 => 9,
            _ => 10,
        }
    }
}

const FUNCTION_WORDS: [&str; 18] = [
    "the", "of", "and", "for", "in", "et", "und", "y", "i", "e", "de", "la", "le", "du", "des", "do", "da",
    "fur",
];

impl NameForm {
    /// Reads `raw` by the rules of `domain`. Never fails; a name without letters or digits has no tokens.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Class, Domain, NameForm};
    /// let name = NameForm::new("Чекунов, Игорь Г.", Domain::Person);
    /// let tokens: Vec<_> = name.tokens.iter().map(|t| (t.latin.as_str(), t.class)).collect();
    /// assert_eq!(tokens, [("igor", Class::Word), ("g", Class::Initial), ("chekunov", Class::Word)]);
    /// ```
    pub fn new(raw: &str, domain: Domain) -> NameForm {
        let folded = fold(raw);
        let mut signals = folded.signals;
        let words = token::split(&folded.text, &mut signals);
        let words = token::join_letters(words, domain == Domain::Person, &mut signals);
        let mut tokens = match domain {
            Domain::Person => person(words),
            Domain::Organization => organization(words),
            Domain::Object => object(words),
        };
        tokens
            .iter_mut()
            .filter(|t| t.weight == 0)
            .for_each(|token| token.weight = weigh(token));
        carry_by_generic_words(&mut tokens);
        let folded: Vec<&str> = tokens.iter().map(|t| t.folded.as_str()).collect();
        NameForm {
            normal: folded.join(" "),
            tokens,
            signals,
            part: false,
        }
    }

    /// Every form in which `raw` is compared: the whole first, then the text in stored order where an override
    /// makes it look otherwise, then each party of a text that names several (`A or B`, `A c/o B`, `A t/a B`), then
    /// the whole with words that only look Latin in Latin letters.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Domain, NameForm};
    /// let forms = NameForm::all("Igor Chekunov & Margaret Holloway", Domain::Person);
    /// assert_eq!(forms[1].normal, "igor chekunov");
    /// assert!(forms[1].part && !forms[0].part);
    /// ```
    pub fn all(raw: &str, domain: Domain) -> Vec<NameForm> {
        let mut forms = vec![NameForm::new(raw, domain)];
        let signals = forms[0].signals;
        let texts = fold::stored_order(raw)
            .into_iter()
            .chain(parties::split(raw, domain == Domain::Person));
        for text in texts {
            let form = NameForm {
                part: true,
                signals,
                ..NameForm::new(&text, domain)
            };
            if !form.tokens.is_empty() && forms.iter().all(|known| known.normal != form.normal) {
                forms.push(form);
            }
        }
        if let Some(latin) = script::in_latin(&fold(raw).text) {
            let mut form = NameForm {
                part: true,
                signals,
                ..NameForm::new(&latin, domain)
            };
            form.signals.set(Signal::MixedScript);
            forms.push(form);
        }
        forms
    }
}

impl Domain {
    /// The domain by which two names of unknown kind are compared: that of companies when either has a legal
    /// form, a generic word or a number, else that of persons.
    pub fn guess(names: &[&str]) -> Domain {
        let company = names.iter().any(|name| {
            let form = NameForm::new(name, Domain::Organization);
            form.tokens.iter().any(|t| {
                matches!(t.class, Class::LegalForm | Class::Number)
                    || (t.class == Class::Generic && t.weight > weight::FUNCTION_WORD)
            })
        });
        if company {
            Domain::Organization
        } else {
            Domain::Person
        }
    }
}

impl Token {
    fn new(raw: &Raw, class: Class, meaning: String) -> Token {
        let keys = match class {
            Class::LegalForm | Class::Number | Class::Title => Vec::new(),
            _ => keys(raw),
        };
        Token {
            folded: raw.folded.clone(),
            latin: raw.latin.clone(),
            script: raw.script,
            keys,
            class,
            meaning,
            weight: 0,
        }
    }

    /// A token made of several words, such as a legal form written in full.
    fn phrase(words: &[Raw], class: Class, meaning: String) -> Token {
        let join = |part: fn(&Raw) -> &str| words.iter().map(part).collect::<Vec<_>>().join(" ");
        Token {
            folded: join(|w| &w.folded),
            latin: join(|w| &w.latin),
            script: words.iter().map(|w| w.script).max().unwrap_or(Script::Latin),
            keys: Vec::new(),
            class,
            meaning,
            weight: 0,
        }
    }
}

/// The readings of a word, its letters as they stand with doubled ones written once, and its join key.
fn keys(raw: &Raw) -> Vec<String> {
    let mut keys = script::readings(&raw.folded, &raw.latin, raw.script);
    let mut letters = raw.latin.clone().into_bytes();
    letters.dedup();
    let letters = String::from_utf8(letters).unwrap_or_default();
    for key in [letters, join_key(&raw.latin)] {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn weigh(token: &Token) -> u16 {
    match token.class {
        Class::Word => weight::word(token.latin.len()),
        Class::Patronymic => weight::PATRONYMIC,
        Class::Initial => weight::INITIAL,
        Class::Particle => weight::PARTICLE,
        Class::Title => weight::TITLE,
        Class::LegalForm => weight::LEGAL_FORM,
        Class::Generic if FUNCTION_WORDS.contains(&token.latin.as_str()) => weight::FUNCTION_WORD,
        Class::Generic => weight::GENERIC,
        Class::Geographic => weight::GEOGRAPHIC,
        Class::Number => weight::NUMBER,
    }
}

fn carry_by_generic_words(tokens: &mut [Token]) {
    if tokens.iter().any(|t| t.class == Class::Word) {
        return;
    }
    for token in tokens {
        match token.class {
            Class::Generic if token.weight > weight::FUNCTION_WORD => token.weight = weight::GENERIC_ALONE,
            Class::Geographic => token.weight = weight::GEOGRAPHIC_ALONE,
            _ => {}
        }
    }
}

fn person(words: Vec<Raw>) -> Vec<Token> {
    let words = given_first(words);
    let titled = titles(&words);
    let last = words.len().saturating_sub(1);
    let mut tokens: Vec<Token> = words
        .iter()
        .zip(titled)
        .enumerate()
        .map(|(at, (word, title))| {
            if title {
                Token::new(word, Class::Title, String::new())
            } else {
                person_token(word, at == 0, at == last)
            }
        })
        .collect();
    if tokens
        .iter()
        .all(|t| matches!(t.class, Class::Title | Class::Particle | Class::Initial))
    {
        // A name that consists of such words only must be compared by them.
        tokens = words
            .iter()
            .map(|w| Token::new(w, Class::Word, String::new()))
            .collect();
    }
    mark_patronymic(&mut tokens);
    tokens
}

/// `TIKHONOV, Andrei Gennadyevich` → `Andrei Gennadyevich TIKHONOV`.
fn given_first(mut words: Vec<Raw>) -> Vec<Raw> {
    if let Some(comma) = words.iter().position(|w| w.comma) {
        words.rotate_left(comma + 1);
    }
    words
}

/// Which words are titles: those that stand before a name at its start, or after it; a name is left over.
fn titles(words: &[Raw]) -> Vec<bool> {
    let mut titled = vec![false; words.len()];
    let mut at = 0;
    let mut at_start = true;
    while at < words.len() {
        let found = tables().titles.longest_at(&words[at..]);
        let counts = found.filter(|(_, position)| match *position {
            "before" => at_start,
            "after" => at > 0,
            "either" => at_start || at > 0,
            _ => false,
        });
        let step = counts.map_or(1, |(n, _)| n);
        titled[at..at + step].fill(counts.is_some());
        at_start &= counts.is_some();
        at += step;
    }
    let generation = |w: &Raw| matches!(w.latin.as_str(), "ii" | "iii" | "iv");
    if words.len() > 2 && words.last().is_some_and(generation) {
        titled[words.len() - 1] = true;
    }
    titled
}

fn person_token(word: &Raw, first: bool, last: bool) -> Token {
    if let Some(value) = numeral::digits(&word.latin) {
        // A date or document number that ran into the name says nothing about whose name it is.
        return Token {
            weight: weight::NUMBER_OF_PERSON,
            ..Token::new(word, Class::Number, value)
        };
    }
    if let Some(canonical) = tables().particles.get(&word.latin) {
        let always = matches!(canonical.as_str(), "al" | "bin") && word.latin != "ben";
        let initial = word.is_letter() && (word.dotted || first || last);
        if !initial && (always || !(first || last)) {
            return Token::new(word, Class::Particle, canonical.clone());
        }
    }
    // `Yu.`, `Zh.`: one Cyrillic letter takes two Latin ones.
    let two_letters = word.dotted
        && matches!(
            word.latin.as_str(),
            "yu" | "ya" | "ye" | "zh" | "kh" | "ch" | "sh" | "ts"
        );
    if word.is_letter() || two_letters {
        return Token::new(word, Class::Initial, String::new());
    }
    let nickname = tables().nicknames.get(&word.latin).cloned().unwrap_or_default();
    Token::new(word, Class::Word, nickname)
}

/// Endings of patronymics, in readings.
const PATRONYMIC: [&str; 7] = ["oviC", "eviC", "ovna", "evna", "iCna", "iliC", "miniC"];

/// The first token with such an ending, in a name of three words or more, other than its first: surnames such
/// as Abramovich or Milošević end alike.
fn mark_patronymic(tokens: &mut [Token]) {
    let words = tokens
        .iter()
        .filter(|t| matches!(t.class, Class::Word | Class::Initial))
        .count();
    if words < 3 {
        return;
    }
    let is_patronymic = |t: &&mut Token| {
        t.class == Class::Word && t.keys.iter().any(|k| PATRONYMIC.iter().any(|e| k.ends_with(e)))
    };
    if let Some(token) = tokens.iter_mut().skip(1).find(is_patronymic) {
        token.class = Class::Patronymic;
    }
}

fn organization(words: Vec<Raw>) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let (token, step) = organization_token(&words, at);
        tokens.push(token);
        at += step;
    }
    numeral::join_tens(&mut tokens);
    if tokens.iter().all(|t| matches!(t.class, Class::LegalForm)) {
        tokens = words
            .iter()
            .map(|w| Token::new(w, Class::Word, String::new()))
            .collect();
    }
    tokens
}

/// Short legal forms are also words and letters of names, so they count only at the edges of a name.
const SHORT_FORM: usize = 3;

fn organization_token(words: &[Raw], at: usize) -> (Token, usize) {
    let rest = &words[at..];
    if let Some((n, class)) = tables().legal_forms.longest_at(rest) {
        let short = n == 1 && rest[0].latin.len() <= SHORT_FORM;
        if !short || at == 0 || only_legal_forms(&rest[n..]) {
            return (Token::phrase(&rest[..n], Class::LegalForm, class.to_owned()), n);
        }
    }
    if let Some((n, code)) = tables().geographic.longest_at(rest) {
        let token = match n {
            1 => Token::new(&rest[0], Class::Geographic, code.to_owned()),
            _ => Token::phrase(&rest[..n], Class::Geographic, code.to_owned()),
        };
        return (token, n);
    }
    (single(&rest[0], at == 0, rest.len() == 1), 1)
}

fn only_legal_forms(mut words: &[Raw]) -> bool {
    while let Some((n, _)) = tables().legal_forms.longest_at(words) {
        words = &words[n..];
    }
    words.is_empty()
}

fn single(word: &Raw, first: bool, last: bool) -> Token {
    if let Some(value) = numeral::value(&word.latin, first, last) {
        return Token::new(word, Class::Number, value);
    }
    if let Some(meaning) = tables().generic.get(&word.latin) {
        return Token::new(word, Class::Generic, meaning.clone());
    }
    if FUNCTION_WORDS.contains(&word.latin.as_str()) {
        return Token::new(word, Class::Generic, word.latin.clone());
    }
    Token::new(word, Class::Word, String::new())
}

fn object(words: Vec<Raw>) -> Vec<Token> {
    let prefix = match tables().titles.longest_at(&words) {
        Some((n, "vessel")) if n < words.len() => n,
        _ => 0,
    };
    let last = words.len().saturating_sub(1);
    let mut tokens: Vec<Token> = words
        .iter()
        .enumerate()
        .map(|(at, word)| match at {
            _ if at < prefix => Token::new(word, Class::Title, String::new()),
            _ => match numeral::value(&word.latin, at == 0, at == last) {
                Some(value) => Token::new(word, Class::Number, value),
                None => Token::new(word, Class::Word, String::new()),
            },
        })
        .collect();
    numeral::join_tens(&mut tokens);
    tokens
}

/// The text by which tables and normal forms can be told apart between builds.
pub(crate) fn table_texts() -> impl Iterator<Item = &'static str> {
    tables::ALL.into_iter()
}
