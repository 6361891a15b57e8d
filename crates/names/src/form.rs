//! A name as it is compared: tokens with their part in the name, their readings and their weight.

use crate::agree::join_key;
use crate::fold::{self, fold};
use crate::numeral;
use crate::parties;
use crate::rarity;
use crate::repair;
use crate::rewrite;
use crate::script::{self, Script};
use crate::signal::{Signal, Signals};
use crate::sounds::{self, Sound};
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
    /// How it sounds as a word of a Chinese, Korean or Japanese name; none for other names.
    pub sounds: Vec<Sound>,
    /// Its part in the name.
    pub class: Class,
    /// What a number, legal form, place, generic word, particle or nickname stands for; empty for most words.
    pub meaning: String,
    /// How much it says about identity, 0 to 10.
    pub weight: u16,
    /// How much agreement on it says, in bits: the binary logarithm of how many people share it by chance.
    pub bits: u16,
    /// Whether the table of frequencies knows it as a name.
    pub known: bool,
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

/// The weight of a generic word in a name that has no word of its own (`National Bank of Iran`) and must be carried by
/// such; places weigh more there, and neither weighs as much elsewhere.
pub const GENERIC_ALONE: u16 = 7;

/// Weights by class. A word weighs by its length, since a short one says less: two letters 7, five or more 10.
mod weight {
    pub(super) const NUMBER: u16 = 8;
    pub(super) const NUMBER_OF_PERSON: u16 = 1;
    /// Below a word, so that a shared given name and patronymic do not outweigh the family name.
    pub(super) const PATRONYMIC: u16 = 6;
    pub(super) const GEOGRAPHIC: u16 = 5;
    pub(super) const GENERIC: u16 = 4;
    pub(super) use super::GENERIC_ALONE;
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
        sounds::mark(&mut tokens, domain == Domain::Person);
        tokens.iter_mut().for_each(|token| {
            (token.bits, token.known) = (rarity::bits(token, domain), rarity::known(token))
        });
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
    /// a Chinese, Korean or Japanese name without spaces as family name and given name, then the whole with words that
    /// only look Latin in Latin letters.
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
        let stored = fold::stored_order(raw).map(|text| (text, None));
        let parties = parties::split(raw, domain == Domain::Person);
        let texts = stored
            .into_iter()
            .chain(rewrite::others(raw))
            .chain(parties.into_iter().map(|text| (text, None)))
            .chain(
                family_apart(&forms[0], domain)
                    .into_iter()
                    .map(|text| (text, None)),
            );
        for (text, signal) in texts {
            let mut form = NameForm {
                part: true,
                ..NameForm::new(&text, domain)
            };
            form.signals.add(signals);
            if let Some(signal) = signal {
                form.signals.set(signal);
            }
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

/// Whether a name in Latin letters is a Chinese, Korean or Japanese person's name as a whole.
fn is_eastern(name: &str) -> bool {
    let tokens = NameForm::new(name, Domain::Person).tokens;
    let eastern = |t: &Token| t.script == Script::Latin && !t.sounds.is_empty();
    !tokens.is_empty() && tokens.iter().all(eastern)
}

/// The ways to part an unsegmented name of a person after its family name.
fn family_apart(form: &NameForm, domain: Domain) -> Vec<String> {
    let [token] = form.tokens.as_slice() else {
        return Vec::new();
    };
    if domain != Domain::Person || token.class != Class::Word {
        return Vec::new();
    }
    let part = |at: usize| {
        let (family, given): (Vec<_>, Vec<_>) = token.folded.chars().enumerate().partition(|(i, _)| *i < at);
        let text = |letters: Vec<(usize, char)>| letters.into_iter().map(|(_, c)| c).collect::<String>();
        format!("{} {}", text(family), text(given))
    };
    sounds::split_family(&token.folded)
        .into_iter()
        .map(part)
        .collect()
}

impl Domain {
    /// The domain by which two names of unknown kind are compared: that of companies when either has a legal
    /// form, a generic word or a number, else that of persons.
    pub fn guess(names: &[&str]) -> Domain {
        let company = names.iter().any(|name| {
            let form = NameForm::new(name, Domain::Organization);
            // `Park Ji-sung` is no park.
            let eastern = is_eastern(name);
            form.tokens.iter().any(|t| {
                matches!(t.class, Class::LegalForm | Class::Number)
                    || (!eastern && t.class == Class::Generic && t.weight > weight::FUNCTION_WORD)
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
    /// Tells tokens of equal class and text apart that sound differently, since the rest of their names does
    /// (`Chang` beside `Hsiao-ping` may be Zhang).
    pub fn sounds_as(&self) -> u64 {
        let keys = sounds::keys(std::slice::from_ref(self));
        keys.iter()
            .flat_map(|key| key.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            })
    }

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
            sounds: Vec::new(),
            class,
            meaning,
            weight: 0,
            bits: 0,
            known: false,
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
            sounds: Vec::new(),
            class,
            meaning,
            weight: 0,
            bits: 0,
            known: false,
        }
    }
}

/// The readings of a word, its letters as they stand with doubled ones written once, and its join key.
fn keys(raw: &Raw) -> Vec<String> {
    let mut keys = script::readings(&raw.folded, &raw.latin, raw.script);
    if raw.script.is_unvocalised() {
        return keys;
    }
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
            } else if at > 0
                && words
                    .get(at + 1)
                    .is_some_and(|next| is_assimilated_article(word, next))
            {
                Token::new(word, Class::Particle, "al".to_owned())
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

/// `Salah ed Din`, `Harun er Rashid`: the Arabic article, its consonant that of the next word.
fn is_assimilated_article(word: &Raw, next: &Raw) -> bool {
    let consonant = word.latin.strip_prefix(['a', 'e', 'u']).unwrap_or_default();
    matches!(consonant, "d" | "n" | "r" | "s" | "t" | "z" | "sh" | "dh" | "th")
        && next.latin.starts_with(consonant)
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
    let words: Vec<Raw> = words.into_iter().flat_map(unsegmented).collect();
    let words = without_domain(words);
    let mut tokens = Vec::with_capacity(words.len());
    let meant = repair::meant(&words);
    let mut at = 0;
    while at < words.len() {
        let (token, step) = organization_token(&words, &meant, at);
        tokens.push(token);
        at += step;
    }
    numeral::join_tens(&mut tokens);
    discount_own_acronym(&mut tokens);
    if tokens.iter().all(|t| matches!(t.class, Class::LegalForm)) {
        tokens = words
            .iter()
            .map(|w| Token::new(w, Class::Word, String::new()))
            .collect();
    }
    tokens
}

/// `www.veloria.com` → `veloria`: what every web address has says nothing.
fn without_domain(mut words: Vec<Raw>) -> Vec<Raw> {
    if words.len() > 1 && words[0].dotted && words[0].latin == "www" {
        words.remove(0);
    }
    let last = words.len().saturating_sub(1);
    let ends_address = |word: &Raw| TOP_LEVEL.contains(&word.latin.as_str());
    if last > 0 && words[last - 1].dotted && words[last - 1].latin.len() > 1 && ends_address(&words[last]) {
        words.truncate(last);
    }
    words
}

/// The ends of web addresses that are no legal forms.
const TOP_LEVEL: [&str; 16] = [
    "com", "net", "org", "info", "biz", "io", "ru", "su", "by", "kz", "cn", "ir", "tr", "uk", "de", "eu",
];

/// `Alfa Machinery Group (AMG)`: an acronym of the name beside it says nothing new.
fn discount_own_acronym(tokens: &mut [Token]) {
    let Some((last, name)) = tokens.split_last_mut() else {
        return;
    };
    let firsts: String = name
        .iter()
        .flat_map(|t| t.latin.split(' '))
        .filter_map(|word| word.chars().next())
        .collect();
    let mut left = firsts.chars();
    let of_name = |letter| left.any(|first| first == letter);
    if last.class == Class::Word && last.latin.len() >= ACRONYM && last.latin.chars().all(of_name) {
        (last.class, last.weight) = (Class::Generic, weight::FUNCTION_WORD);
    }
}

/// The fewest letters of an acronym.
const ACRONYM: usize = 3;

/// The acronyms that `name` gives: the first letters of its words, with and without its legal forms and its articles
/// and prepositions. None for fewer than three words, and for names of persons.
pub(crate) fn acronyms(name: &[Token]) -> Vec<String> {
    let mut all = Vec::new();
    // People go by initials, but by no acronym: only a name with a word of companies has one.
    let of_company = |t: &Token| matches!(t.class, Class::LegalForm | Class::Generic | Class::Geographic);
    if !name.iter().any(of_company) {
        return all;
    }
    for (forms, small) in [(false, false), (false, true), (true, false), (true, true)] {
        let tokens = name.iter().filter(|t| forms || t.class != Class::LegalForm);
        let words = tokens.flat_map(|t| t.latin.split(' '));
        let said = words.filter(|word| small || !FUNCTION_WORDS.contains(word));
        let letters: String = said.filter_map(|word| word.chars().next()).collect();
        if letters.len() >= ACRONYM && !all.contains(&letters) {
            all.push(letters);
        }
    }
    all
}

/// A company's name in characters without spaces: its place and its legal form at the edges become words of their own,
/// and so do generic words after its name (`上海`, `贸易`, `有限公司`).
fn unsegmented(word: Raw) -> Vec<Raw> {
    if !matches!(word.script, Script::Han | Script::Hangul) {
        return vec![word];
    }
    let whole: Vec<char> = word.folded.chars().collect();
    let piece = |from: usize, to: usize| Raw::new(whole[from..to].iter().collect());
    let is_form = |raw: &Raw| {
        tables()
            .legal_forms
            .longest_at(std::slice::from_ref(raw))
            .is_some()
    };
    let known_place = |raw: &Raw| {
        tables()
            .geographic
            .longest_at(std::slice::from_ref(raw))
            .is_some()
    };
    // `深圳市`, `广东省`: city and province are no part of the place's name.
    let is_place = |raw: &Raw| {
        let bare = raw.folded.strip_suffix(['市', '省']);
        known_place(raw) || bare.is_some_and(|place| known_place(&Raw::new(place.to_owned())))
    };
    let is_generic = |raw: &Raw| tables().generic.contains_key(&raw.latin);
    let (mut start, mut end) = (0, whole.len());
    let mut before = Vec::new();
    let mut after = Vec::new();
    // Two characters at least, since one may mean anything, and two of the name stay.
    let left =
        |start: usize, end: usize| (start + 2..=end.saturating_sub(2).min(start + LONGEST_PIECE)).rev();
    while let Some(to) = left(start, end).find(|&to| {
        let raw = piece(start, to);
        is_place(&raw) || (before.is_empty() && is_form(&raw))
    }) {
        let raw = piece(start, to);
        let bare = raw
            .folded
            .strip_suffix(['市', '省'])
            .filter(|_| !known_place(&raw));
        before.push(bare.map_or_else(|| raw.clone(), |place| Raw::new(place.to_owned())));
        start = to;
    }
    let right = |start: usize, end: usize| {
        let longest = end.saturating_sub(LONGEST_PIECE);
        (start + 2).max(longest)..=end.saturating_sub(2)
    };
    while let Some(from) = right(start, end).find(|&from| {
        let raw = piece(from, end);
        is_form(&raw) || is_generic(&raw)
    }) {
        after.push(piece(from, end));
        end = from;
    }
    if before.is_empty() && after.is_empty() {
        return vec![word];
    }
    before.push(piece(start, end));
    before.extend(after.into_iter().rev());
    if let Some(last) = before.last_mut() {
        (last.comma, last.dotted) = (word.comma, word.dotted);
    }
    before
}

/// The most characters of a place, a legal form or a generic word that is written without spaces: beyond them no
/// table has an entry, and trying them all would take the cube of a text's length.
pub(crate) const LONGEST_PIECE: usize = 12;

/// Short legal forms are also words and letters of names, so they count only at the edges of a name.
const SHORT_FORM: usize = 3;

/// `meant` are the words with slips of spelling in table words undone, by which the tables are searched.
fn organization_token(words: &[Raw], meant: &[Raw], at: usize) -> (Token, usize) {
    let (rest, meant) = (&words[at..], &meant[at..]);
    if let Some((n, class)) = tables().legal_forms.longest_at(meant) {
        let short = n == 1 && rest[0].latin.len() <= SHORT_FORM;
        if !short || at == 0 || only_legal_forms(&meant[n..]) {
            return (Token::phrase(&rest[..n], Class::LegalForm, class.to_owned()), n);
        }
    }
    if let Some((n, code)) = tables().geographic.longest_at(meant) {
        let token = match n {
            1 => Token::new(&rest[0], Class::Geographic, code.to_owned()),
            _ => Token::phrase(&rest[..n], Class::Geographic, code.to_owned()),
        };
        return (token, n);
    }
    (single(&rest[0], &meant[0].latin, at == 0, rest.len() == 1), 1)
}

fn only_legal_forms(mut words: &[Raw]) -> bool {
    while let Some((n, _)) = tables().legal_forms.longest_at(words) {
        words = &words[n..];
    }
    words.is_empty()
}

fn single(word: &Raw, meant: &str, first: bool, last: bool) -> Token {
    if let Some(value) = numeral::value(&word.latin, first, last) {
        return Token::new(word, Class::Number, value);
    }
    if let Some(meaning) = tables().generic.get(meant) {
        return Token::new(word, Class::Generic, meaning.clone());
    }
    if tables().form_words.contains(meant) {
        return Token {
            weight: weight::FUNCTION_WORD,
            ..Token::new(word, Class::Generic, meant.to_owned())
        };
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
