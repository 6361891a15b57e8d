//! A name as it is compared: tokens with their part in the name, their readings and their weight.

use crate::known::{Known, Raw};
use crate::numeral;
use crate::rarity;
use crate::reader::Reader;
use crate::script::{self, Script};
use crate::signal::Signals;
use crate::sounds::{self, Sounds};
use crate::tables::{Asked, Facts, longest_at};
use crate::word::Word;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

/// By whose rules a name is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Domain {
    /// A natural person: titles, particles, patronymics, initials.
    Person,
    /// A company or other body: legal forms, generic and geographic words, numbers.
    Organization,
    /// A vessel, an aircraft or another thing: its name and its numbers.
    Object,
}

/// What part a token plays in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

/// One token of a name: its word, and what the word is in this name.
///
/// It dereferences to its [`Word`], so that `token.latin` is the word's. Cloning it copies no text, but for numbers'
/// meanings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The word.
    pub word: Arc<Word>,
    /// How it sounds as a word of a Chinese, Korean or Japanese name; none for other names.
    pub sounds: Sounds,
    /// Its part in the name.
    pub class: Class,
    /// What a number, legal form, place, generic word, particle or nickname stands for; empty for most words.
    pub meaning: Cow<'static, str>,
    /// How much it says about identity, 0 to 10.
    pub weight: u16,
    /// How much agreement on it says, in bits: the binary logarithm of how many people share it by chance.
    pub bits: u16,
    /// Whether the table of frequencies knows it as a name.
    pub known: bool,
}

/// A name in the form in which it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

pub(crate) fn function_word(latin: &str) -> Option<&'static str> {
    FUNCTION_WORDS.into_iter().find(|small| *small == latin)
}

impl NameForm {
    /// Reads `raw` by the rules of `domain`. Never fails; a name without letters or digits has no tokens.
    ///
    /// A [`Reader`] reads many names faster.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Class, Domain, NameForm};
    /// let name = NameForm::new("Чекунов, Игорь Г.", Domain::Person);
    /// let tokens: Vec<_> = name.tokens.iter().map(|t| (t.latin.as_str(), t.class)).collect();
    /// assert_eq!(tokens, [("igor", Class::Word), ("g", Class::Initial), ("chekunov", Class::Word)]);
    /// ```
    pub fn new(raw: &str, domain: Domain) -> NameForm {
        Reader::default().whole(raw, domain)
    }

    /// Every form in which `raw` is compared: the whole first, then the text in stored order where an override
    /// makes it look otherwise, then each party of a text that names several (`A or B`, `A c/o B`, `A t/a B`), then
    /// a Chinese, Korean or Japanese name without spaces as family name and given name, then the whole with words that
    /// only look Latin in Latin letters.
    ///
    /// A [`Reader`] reads many names faster.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Domain, NameForm};
    /// let forms = NameForm::all("Igor Chekunov & Margaret Holloway", Domain::Person);
    /// assert_eq!(forms[1].normal, "igor chekunov");
    /// assert!(forms[1].part && !forms[0].part);
    /// ```
    pub fn all(raw: &str, domain: Domain) -> Vec<NameForm> {
        Reader::default().all(raw, domain)
    }

    /// The form of a text that consists of these words.
    pub(crate) fn of(words: &[Raw], signals: Signals, domain: Domain, reader: &mut Reader) -> NameForm {
        let mut tokens = match domain {
            Domain::Person => {
                let words = given_first(words);
                let mut tokens = person(&words);
                sounds::mark_latin(&mut tokens, &words);
                tokens
            }
            Domain::Organization => organization(words, reader),
            Domain::Object => object(words),
        };
        for token in tokens.iter_mut().filter(|t| t.weight == 0) {
            token.weight = weigh(token);
        }
        carry_by_generic_words(&mut tokens);
        for token in &mut tokens {
            token.bits = rarity::bits(token, token.bits);
        }
        NameForm {
            normal: normal(&tokens),
            tokens,
            signals,
            part: false,
        }
    }
}

fn normal(tokens: &[Token]) -> String {
    let length = tokens.iter().map(|t| t.folded.len() + 1).sum();
    let mut normal = String::with_capacity(length);
    for token in tokens {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&token.folded);
    }
    normal
}

/// Whether a name in Latin letters is a Chinese, Korean or Japanese person's name as a whole.
fn is_eastern(name: &str) -> bool {
    let tokens = NameForm::new(name, Domain::Person).tokens;
    let eastern = |t: &Token| t.script == Script::Latin && !t.sounds.is_empty();
    !tokens.is_empty() && tokens.iter().all(eastern)
}

/// The ways to part an unsegmented name of a person after its family name.
pub(crate) fn family_apart(form: &NameForm, domain: Domain) -> Vec<String> {
    let [token] = form.tokens.as_slice() else {
        return Vec::new();
    };
    let in_characters = matches!(token.script, Script::Han | Script::Hangul);
    if domain != Domain::Person || token.class != Class::Word || !in_characters {
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
            let tokens = NameForm::new(name, Domain::Organization).tokens;
            let generic = |t: &Token| t.class == Class::Generic && t.weight > weight::FUNCTION_WORD;
            // `Park Ji-sung` is no park.
            tokens
                .iter()
                .any(|t| matches!(t.class, Class::LegalForm | Class::Number))
                || (tokens.iter().any(generic) && !is_eastern(name))
        });
        if company {
            Domain::Organization
        } else {
            Domain::Person
        }
    }
}

impl Deref for Token {
    type Target = Word;

    fn deref(&self) -> &Word {
        &self.word
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
}

fn weigh(token: &Token) -> u16 {
    match token.class {
        Class::Word => weight::word(token.latin.len()),
        Class::Patronymic => weight::PATRONYMIC,
        Class::Initial => weight::INITIAL,
        Class::Particle => weight::PARTICLE,
        Class::Title => weight::TITLE,
        Class::LegalForm => weight::LEGAL_FORM,
        Class::Generic if function_word(&token.latin).is_some() => weight::FUNCTION_WORD,
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

/// One token a word.
fn person(words: &[Raw]) -> Vec<Token> {
    let titled = titles(words);
    let last = words.len().saturating_sub(1);
    let mut tokens: Vec<Token> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let assimilated = || {
            at > 0
                && words
                    .get(at + 1)
                    .is_some_and(|next| is_assimilated_article(word, next))
        };
        tokens.push(if titled.get(at) == Some(&true) {
            word.token(Class::Title, "", Domain::Person)
        } else if assimilated() {
            word.token(Class::Particle, "al", Domain::Person)
        } else {
            person_token(word, at == 0, at == last)
        });
    }
    if tokens
        .iter()
        .all(|t| matches!(t.class, Class::Title | Class::Particle | Class::Initial))
    {
        // A name that consists of such words only must be compared by them.
        tokens = as_words(words, Domain::Person);
    }
    mark_patronymic(&mut tokens, words);
    tokens
}

fn as_words(words: &[Raw], domain: Domain) -> Vec<Token> {
    words.iter().map(|w| w.token(Class::Word, "", domain)).collect()
}

/// `TIKHONOV, Andrei Gennadyevich` → `Andrei Gennadyevich TIKHONOV`.
fn given_first(words: &[Raw]) -> Cow<'_, [Raw]> {
    match words.iter().position(|w| w.comma) {
        Some(comma) if comma + 1 < words.len() => {
            let (family, given) = words.split_at(comma + 1);
            Cow::Owned([given, family].concat())
        }
        _ => Cow::Borrowed(words),
    }
}

/// Which words are titles: those that stand before a name at its start, or after it; a name is left over. Empty where
/// there is none.
fn titles(words: &[Raw]) -> Vec<bool> {
    let generation = |w: &Raw| matches!(w.word.latin.as_str(), "ii" | "iii" | "iv");
    let generation = words.len() > 2 && words.last().is_some_and(generation);
    if !generation && !words.iter().any(|w| w.facts.title.begins()) {
        return Vec::new();
    }
    let mut titled = vec![false; words.len()];
    let mut at = 0;
    let mut at_start = true;
    while at < words.len() {
        let found = longest_at(&words[at..], |facts| facts.title);
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
    if generation && let Some(last) = titled.last_mut() {
        *last = true;
    }
    titled
}

/// `Salah ed Din`, `Harun er Rashid`: the Arabic article, its consonant that of the next word.
fn is_assimilated_article(word: &Raw, next: &Raw) -> bool {
    article(&word.word.latin).is_some_and(|consonant| next.word.latin.starts_with(consonant))
}

/// The consonant of a word that may be such an article.
pub(crate) fn article(latin: &str) -> Option<&str> {
    let consonant = latin.strip_prefix(['a', 'e', 'u'])?;
    matches!(consonant, "d" | "n" | "r" | "s" | "t" | "z" | "sh" | "dh" | "th").then_some(consonant)
}

/// The token of a person's name that consists of plain words.
pub(crate) fn plain_token(word: &Raw) -> Token {
    let token = person_token(word, false, false);
    Token {
        weight: weigh(&token),
        bits: rarity::bits(&token, token.bits),
        ..token
    }
}

/// Whether a word behind so many others may be their acronym, which takes a letter of each.
pub(crate) fn may_be_acronym(last: &Token, others: usize) -> bool {
    (ACRONYM..=others).contains(&last.latin.len())
}

fn person_token(word: &Raw, first: bool, last: bool) -> Token {
    let token = |class, meaning: &'static str| word.token(class, meaning, Domain::Person);
    let latin = word.word.latin.as_str();
    if let Some(value) = &word.digits {
        // A date or document number that ran into the name says nothing about whose name it is.
        return Token {
            weight: weight::NUMBER_OF_PERSON,
            ..word.token(Class::Number, value.clone(), Domain::Person)
        };
    }
    if let Some(canonical) = word.facts.particle {
        let always = matches!(canonical, "al" | "bin") && latin != "ben";
        let initial = word.is_letter && (word.dotted || first || last);
        if !initial && (always || !(first || last)) {
            return token(Class::Particle, canonical);
        }
    }
    // `Yu.`, `Zh.`: one Cyrillic letter takes two Latin ones.
    let two_letters = word.dotted && matches!(latin, "yu" | "ya" | "ye" | "zh" | "kh" | "ch" | "sh" | "ts");
    if word.is_letter || two_letters {
        return token(Class::Initial, "");
    }
    token(Class::Word, word.facts.nickname.unwrap_or_default())
}

/// The first token that ends as a patronymic, in a name of three words or more, other than its first: surnames such
/// as Abramovich or Milošević end alike.
fn mark_patronymic(tokens: &mut [Token], words: &[Raw]) {
    let is_patronymic = |(token, word): &(&mut Token, &Raw)| token.class == Class::Word && word.is_patronymic;
    let counts = |t: &&Token| matches!(t.class, Class::Word | Class::Initial);
    if tokens.iter().filter(counts).count() < 3 {
        return;
    }
    if let Some((token, _)) = tokens.iter_mut().zip(words).skip(1).find(is_patronymic) {
        token.class = Class::Patronymic;
        token.sounds = Sounds::default();
    }
}

fn organization(words: &[Raw], reader: &mut Reader) -> Vec<Token> {
    let words = segmented(words, reader);
    let words = without_domain(&words);
    let last = words.len().saturating_sub(1);
    let meant = |at: usize, word: &Raw| word.meant(word.dotted, at > 0 && at == last);
    let misspelt = words
        .iter()
        .enumerate()
        .any(|(at, word)| meant(at, word).is_some());
    let mut tokens = if misspelt {
        let repaired = words.iter().enumerate().map(|(at, word)| {
            let table_word = meant(at, word).map(|table_word| reader.know(table_word));
            table_word.unwrap_or_else(|| Arc::clone(&word.known))
        });
        let repaired: Vec<Arc<Known>> = repaired.collect();
        organization_tokens(words, &repaired, reader)
    } else {
        organization_tokens(words, words, reader)
    };
    numeral::join_tens(&mut tokens);
    discount_own_acronym(&mut tokens);
    if tokens.iter().all(|t| matches!(t.class, Class::LegalForm)) {
        tokens = as_words(words, Domain::Organization);
    }
    tokens
}

/// `meant` are the words with slips of spelling in table words undone, by which the tables are searched.
fn organization_tokens<W: Asked>(words: &[Raw], meant: &[W], reader: &mut Reader) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let (token, step) = organization_token(&words[at..], &meant[at..], at == 0, reader);
        tokens.push(token);
        at += step;
    }
    tokens
}

/// `www.veloria.com` → `veloria`: what every web address has says nothing.
fn without_domain(mut words: &[Raw]) -> &[Raw] {
    if let [www, rest @ ..] = words
        && !rest.is_empty()
        && www.dotted
        && www.word.latin == "www"
    {
        words = rest;
    }
    let ends_address = |word: &Raw| TOP_LEVEL.contains(&word.word.latin.as_str());
    match words {
        [site @ .., end] => match site.last() {
            Some(name) if name.dotted && name.word.latin.len() > 1 && ends_address(end) => site,
            _ => words,
        },
        [] => words,
    }
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
    let words = name.iter().flat_map(|t| t.latin.split(' '));
    let mut firsts = words.filter_map(|word| word.chars().next());
    let of_name = |letter| firsts.any(|first| first == letter);
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

/// `words` with names in characters without spaces parted, see [`segments`].
fn segmented<'w>(words: &'w [Raw], reader: &mut Reader) -> Cow<'w, [Raw]> {
    let whole = |word: &Raw| word.segments(segments).is_none();
    if words.iter().all(whole) {
        return Cow::Borrowed(words);
    }
    let mut parted = Vec::with_capacity(words.len() + 3);
    for word in words {
        let Some(pieces) = word.segments(segments) else {
            parted.push(word.clone());
            continue;
        };
        parted.extend(pieces.iter().map(|piece| Raw::new(reader.know(piece))));
        if let Some(last) = parted.last_mut() {
            (last.comma, last.dotted) = (word.comma, word.dotted);
        }
    }
    Cow::Owned(parted)
}

/// A company's name in characters without spaces: its place and its legal form at the edges become words of their own,
/// and so do generic words after its name (`上海`, `贸易`, `有限公司`).
fn segments(word: &Word) -> Option<Vec<String>> {
    if !matches!(word.script, Script::Han | Script::Hangul) {
        return None;
    }
    let whole: Vec<char> = word.folded.chars().collect();
    let piece = |from: usize, to: usize| -> String { whole[from..to].iter().collect() };
    let facts = |piece: &str| Facts::of(&script::latinize(piece));
    let is_form = |piece: &str| facts(piece).legal_form.alone.is_some();
    let known_place = |piece: &str| facts(piece).place.alone.is_some();
    // `深圳市`, `广东省`: city and province are no part of the place's name.
    let is_place = |piece: &str| {
        let bare = piece.strip_suffix(['市', '省']);
        known_place(piece) || bare.is_some_and(known_place)
    };
    let is_generic = |piece: &str| facts(piece).generic.is_some();
    let (mut start, mut end) = (0, whole.len());
    let mut before = Vec::new();
    let mut after = Vec::new();
    // Two characters at least, since one may mean anything, and two of the name stay.
    let left =
        |start: usize, end: usize| (start + 2..=end.saturating_sub(2).min(start + LONGEST_PIECE)).rev();
    while let Some(to) = left(start, end).find(|&to| {
        let piece = piece(start, to);
        is_place(&piece) || (before.is_empty() && is_form(&piece))
    }) {
        let piece = piece(start, to);
        let bare = piece.strip_suffix(['市', '省']).filter(|_| !known_place(&piece));
        before.push(bare.unwrap_or(&piece).to_owned());
        start = to;
    }
    let right = |start: usize, end: usize| {
        let longest = end.saturating_sub(LONGEST_PIECE);
        (start + 2).max(longest)..=end.saturating_sub(2)
    };
    while let Some(from) = right(start, end).find(|&from| {
        let piece = piece(from, end);
        is_form(&piece) || is_generic(&piece)
    }) {
        after.push(piece(from, end));
        end = from;
    }
    if before.is_empty() && after.is_empty() {
        return None;
    }
    before.push(piece(start, end));
    before.extend(after.into_iter().rev());
    Some(before)
}

/// The most characters of a place, a legal form or a generic word that is written without spaces: beyond them no
/// table has an entry, and trying them all would take the cube of a text's length.
pub(crate) const LONGEST_PIECE: usize = 12;

/// Short legal forms are also words and letters of names, so they count only at the edges of a name.
const SHORT_FORM: usize = 3;

/// The token that the first of `words` begin, and how many words it takes.
fn organization_token<W: Asked>(
    words: &[Raw],
    meant: &[W],
    first: bool,
    reader: &mut Reader,
) -> (Token, usize) {
    if let Some((n, class)) = longest_at(meant, |facts| facts.legal_form) {
        let short = n == 1 && words[0].word.latin.len() <= SHORT_FORM;
        if !short || first || only_legal_forms(&meant[n..]) {
            return (phrase(&words[..n], Class::LegalForm, class, reader), n);
        }
    }
    if let Some((n, code)) = longest_at(meant, |facts| facts.place) {
        return (phrase(&words[..n], Class::Geographic, code, reader), n);
    }
    (single(&words[0], meant[0].facts(), first, words.len() == 1), 1)
}

/// A token of one word or several.
fn phrase(words: &[Raw], class: Class, meaning: &'static str, reader: &mut Reader) -> Token {
    let [first, _, ..] = words else {
        return words[0].token(class, meaning, Domain::Organization);
    };
    let word = Word::phrase(words.iter().map(|w| w.word.as_ref()));
    let sounds = if sounds::has_sounds(class) {
        sounds::of_script(&word.folded, word.script)
    } else {
        Sounds::default()
    };
    Token {
        word: reader.share(word),
        sounds,
        known: false,
        ..first.token(class, meaning, Domain::Organization)
    }
}

fn only_legal_forms<W: Asked>(mut words: &[W]) -> bool {
    while let Some((n, _)) = longest_at(words, |facts| facts.legal_form) {
        words = &words[n..];
    }
    words.is_empty()
}

fn single(word: &Raw, meant: &Facts, first: bool, last: bool) -> Token {
    let generic = |meaning| word.token(Class::Generic, meaning, Domain::Organization);
    if let Some(value) = word.number(first, last) {
        return word.token(Class::Number, value, Domain::Organization);
    }
    if let Some(meaning) = meant.generic {
        return generic(meaning);
    }
    if let Some(form_word) = meant.form_word {
        return Token {
            weight: weight::FUNCTION_WORD,
            ..generic(form_word)
        };
    }
    if let Some(small) = function_word(&word.word.latin) {
        return generic(small);
    }
    word.token(Class::Word, "", Domain::Organization)
}

fn object(words: &[Raw]) -> Vec<Token> {
    let prefix = match longest_at(words, |facts| facts.title) {
        Some((n, "vessel")) if n < words.len() => n,
        _ => 0,
    };
    let last = words.len().saturating_sub(1);
    let mut tokens: Vec<Token> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        tokens.push(if at < prefix {
            word.token(Class::Title, "", Domain::Object)
        } else if let Some(value) = word.number(at == 0, at == last) {
            word.token(Class::Number, value, Domain::Object)
        } else {
            word.token(Class::Word, "", Domain::Object)
        });
    }
    numeral::join_tens(&mut tokens);
    tokens
}
