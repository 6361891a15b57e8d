//! Lists → the file in which they are searched.
//!
//! Entries are read in batches: what concerns one entry alone is done by all threads, then numbers are given in
//! order, so that equal lists give equal bytes whatever the number of threads.

use crate::Error;
use crate::align::{rotations, runs};
use crate::distinct::{Distinct, Ragged, index};
use crate::entry::{self, EntryName, domain_of};
use crate::fields::{self, Facts};
use crate::lookup::{self, Row, Tag, hash};
use crate::score::LINE;
use crate::slips;
use crate::store::{About, Contents, brief, can_be_found, filed_under, flags, part};
use crate::trie;
use rayon::prelude::*;
use std::io::{Cursor, Error as IoError};
use tamis_model::{Entity, List, ListMeta};
use tamis_names::{Class, NameForm, Reader, Token, Vowels, acronyms, join_keys};
use tamis_snapshot::Spool;

/// Entries that are read before any of them is numbered: enough to keep every thread busy, few enough to stay small.
const BATCH: usize = 4_096;

/// Lists, compiled and not yet written: what takes least memory where they are large.
///
/// # Example
/// ```
/// use tamis_model::{Entity, EntityKind, List, ListMeta, Name, NameRole};
/// let mut entity = Entity::new("demo", "1", EntityKind::Person);
/// entity.names.push(Name::new("TIKHONOV, Andrei", NameRole::Primary));
/// let list = List { meta: ListMeta::new("demo", "Demo", "demo", &[entity.clone()]), entities: vec![entity] };
/// let compiled = tamis_screen::Compiled::of(vec![list.clone()])?;
/// let (size, mut file) = (compiled.size(), Vec::new());
/// compiled.write(|bytes| std::io::Write::write_all(&mut file, bytes))?;
/// assert_eq!((file.len(), &file), (size, &tamis_screen::compile(vec![list])?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Compiled(tamis_snapshot::Writer<'static>);

impl Compiled {
    /// Compiles `lists`; equal lists give equal files.
    ///
    /// # Errors
    /// Refuses no list, an empty list, duplicate ids, and a name that cannot be compared.
    pub fn of(lists: Vec<List>) -> Result<Compiled, Error> {
        Compiled::spooled(lists, Cursor::new(Vec::new()))
    }

    /// As [`Compiled::of`], with the entries themselves kept in `spool`, which is empty, until they are written: a third of the
    /// file that need not be in memory. The file is the same.
    ///
    /// # Errors
    /// As [`Compiled::of`]; and [`Error::NotWritten`] where the spool takes no more.
    pub fn spooled(lists: Vec<List>, spool: impl Spool + 'static) -> Result<Compiled, Error> {
        if lists.is_empty() {
            return Err(Error::NoList);
        }
        if let Some(empty) = lists.iter().find(|list| list.entities.is_empty()) {
            return Err(Error::EmptyList(empty.meta.id.clone()));
        }
        let mut build = Build::new(Box::new(spool));
        let (mut read, mut metas) = (Vec::new(), Vec::new());
        for list in lists {
            metas.push((list.meta, list.entities.len()));
            for batch in batches(list.entities) {
                // Numbers are given to one batch while the next is read.
                let (next, added) = rayon::join(|| prepare_all(batch), || build.add_all(read));
                added?;
                read = next;
            }
        }
        build.add_all(read)?;
        build.finish(metas).map(Compiled)
    }

    /// The size of the file in bytes.
    pub fn size(&self) -> usize {
        self.0.size()
    }

    /// Gives the bytes of the file to `take`, piece by piece, from the first to the last.
    ///
    /// # Errors
    /// The first that `take` gives, or that of a spool which cannot be read.
    pub fn write<E: From<IoError>>(self, take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.0.write(take)
    }

    pub(crate) fn into_bytes(self) -> Result<Vec<u8>, Error> {
        self.0.finish().map_err(|e| not_written("entries", &e))
    }
}

/// The entities in their order, some at a time. What was handed out is not held on to: a list of a million entries takes
/// half a gigabyte by the entries' own size alone.
fn batches(mut entities: Vec<Entity>) -> impl Iterator<Item = Vec<Entity>> {
    let mut batches = Vec::with_capacity(entities.len().div_ceil(BATCH));
    while !entities.is_empty() {
        let last = (entities.len() - 1) / BATCH * BATCH;
        batches.push(entities.split_off(last));
        entities.shrink_to_fit();
    }
    std::iter::from_fn(move || batches.pop())
}

/// Reads the entries of a batch, in all threads. A reader that is kept from batch to batch would save little time, and
/// hold some seventy megabytes in each thread.
fn prepare_all(entities: Vec<Entity>) -> Vec<Result<Prepared, Error>> {
    // Each goes as soon as it was read, while it is at hand, and by the thread that read it.
    let entities = entities.into_par_iter();
    let prepare = |reader: &mut Reader, entity| prepare(&entity, reader);
    entities.map_init(Reader::default, prepare).collect()
}

/// An entry, as far as it can be read by itself.
struct Prepared {
    id: String,
    json: Vec<u8>,
    regimes: Vec<String>,
    /// Hashes of the keys of its numbers.
    numbers: Vec<u64>,
    domain: usize,
    names: Vec<PreparedName>,
}

struct PreparedName {
    number: u32,
    form: NameForm,
    implied: Vec<Token>,
    /// What it is found by as a whole, or by which [`part`].
    found_by: Vec<(u64, u32)>,
}

fn prepare(entity: &Entity, reader: &mut Reader) -> Result<Prepared, Error> {
    let id = entity.id();
    if entity.names.is_empty() {
        return Err(Error::NoName(id, String::new()));
    }
    let mut names = Vec::new();
    for listed in entry::names(entity, reader) {
        if listed.form.tokens.is_empty() {
            return Err(Error::NoName(id, entity.names[listed.name as usize].text.clone()));
        }
        names.push(prepare_name(listed));
    }
    let facts = Facts::of_entity(entity);
    let numbers = facts.numbers.iter().filter_map(fields::look_up);
    Ok(Prepared {
        json: serde_json::to_vec(entity).map_err(|e| not_written(&id, &e))?,
        regimes: entity.measures.iter().map(|m| m.regime().to_owned()).collect(),
        numbers: numbers.map(|key| hash(Tag::Identifier, key.as_bytes())).collect(),
        domain: domain_of(entity.kind) as usize,
        id,
        names,
    })
}

fn prepare_name(listed: EntryName) -> PreparedName {
    let mut found_by = Vec::new();
    let mut joined = |tokens: &[Token], part: u32| {
        let keys = join_keys(tokens);
        found_by.extend(keys.iter().map(|key| (hash(Tag::Joined, key.as_bytes()), part)));
    };
    let tokens = listed.form.tokens.as_slice();
    for run in runs(tokens.len()) {
        joined(run.of(tokens), part::of_run(run));
    }
    if tokens.len() > 1 {
        for (first, turned) in rotations(tokens).enumerate() {
            joined(&turned, part::of_rotation(first));
        }
    }
    let acronyms = acronyms(tokens);
    found_by.extend(acronyms.iter().map(|a| (hash(Tag::Acronym, a.as_bytes()), 0)));
    let normal = listed.form.normal.as_bytes();
    found_by.push((hash(Tag::Normal, normal), 0));
    found_by.extend(normal.get(..LINE).map(|line| (hash(Tag::Line, line), 0)));
    PreparedName {
        number: listed.name,
        form: listed.form,
        implied: listed.implied,
        found_by,
    }
}

/// The names of one domain, column by column.
#[derive(Default)]
struct Names {
    entity: Vec<u32>,
    number: Vec<u32>,
    flags: Vec<u32>,
    tokens: Ragged<u32>,
    implied: Ragged<u32>,
}

impl Names {
    fn append(&mut self, mut other: Names) {
        self.entity.append(&mut other.entity);
        self.number.append(&mut other.number);
        self.flags.append(&mut other.flags);
        self.tokens.append(other.tokens);
        self.implied.append(other.implied);
    }
}

struct Build {
    entity_starts: Vec<u64>,
    /// The entities' texts, and how many bytes they have.
    entities: Box<dyn Spool>,
    entities_size: u64,
    /// Those of the batch that is being added.
    unspooled: Vec<u8>,
    regimes: std::collections::BTreeSet<String>,
    ids: Distinct,
    entity_rows: Vec<Row>,
    names: [Names; 3],
    /// The domain of each name, in the order in which names come.
    name_domains: Vec<u8>,
    /// Hash, place of a name in that order, and [`part`].
    found_by: Vec<Row>,
    /// Tokens as they are kept.
    tokens: Distinct,
    token_term: Vec<u32>,
    token_brief: Vec<u32>,
    /// Tokens as they are kept, but for weight and rarity.
    terms: Distinct,
    term_token: Vec<u32>,
    term_rows: Vec<Row>,
    /// The keys of each term, and the term.
    keys: Ragged<u8>,
    key_terms: Vec<u32>,
    /// For a token as it is kept.
    buffer: Vec<u8>,
}

impl Build {
    fn new(entities: Box<dyn Spool>) -> Build {
        Build {
            entity_starts: Vec::new(),
            entities,
            entities_size: 0,
            unspooled: Vec::new(),
            regimes: Default::default(),
            ids: Distinct::default(),
            entity_rows: Vec::new(),
            names: Default::default(),
            name_domains: Vec::new(),
            found_by: Vec::new(),
            tokens: Distinct::default(),
            token_term: Vec::new(),
            token_brief: Vec::new(),
            terms: Distinct::default(),
            term_token: Vec::new(),
            term_rows: Vec::new(),
            keys: Ragged::default(),
            key_terms: Vec::new(),
            buffer: Vec::new(),
        }
    }

    fn add_all(&mut self, prepared: Vec<Result<Prepared, Error>>) -> Result<(), Error> {
        prepared
            .into_iter()
            .try_for_each(|prepared| self.add(prepared?))?;
        let spooled = self.entities.write_all(&self.unspooled);
        self.unspooled.clear();
        spooled.map_err(|e| not_written("entries", &e))
    }

    fn add(&mut self, prepared: Prepared) -> Result<(), Error> {
        let entity = index(self.entity_starts.len());
        self.entity_starts.push(self.entities_size);
        self.entities_size += prepared.json.len() as u64;
        self.unspooled.extend(&prepared.json);
        self.regimes.extend(prepared.regimes);
        let id = hash(Tag::Id, prepared.id.as_bytes());
        self.entity_rows.push((id, entity, 0));
        self.entity_rows
            .extend(prepared.numbers.into_iter().map(|number| (number, entity, 0)));
        if !self.ids.number(prepared.id.as_bytes()).1 {
            return Err(Error::DuplicateId(prepared.id));
        }
        for name in prepared.names {
            self.add_name(entity, prepared.domain, name)?;
        }
        Ok(())
    }

    fn add_name(&mut self, entity: u32, domain: usize, name: PreparedName) -> Result<(), Error> {
        let tokens = self.number_all(&name.form.tokens)?;
        let implied = self.number_all(&name.implied)?;
        let names = &mut self.names[domain];
        names.entity.push(entity);
        names.number.push(name.number);
        names.flags.push(flags_of(&name.form)?);
        names.tokens.push(tokens);
        names.implied.push(implied);
        let place = index(self.name_domains.len());
        self.name_domains.push(domain as u8);
        let rows = name.found_by.into_iter();
        self.found_by.extend(rows.map(|(hash, part)| (hash, place, part)));
        Ok(())
    }

    fn number_all(&mut self, tokens: &[Token]) -> Result<Vec<u32>, Error> {
        tokens.iter().map(|token| self.number(token)).collect()
    }

    /// The number of a distinct token.
    fn number(&mut self, token: &Token) -> Result<u32, Error> {
        let encoded = encode(token, &mut self.buffer)?;
        let (number, is_new) = self.tokens.number(encoded);
        if is_new {
            let term = self.term(token, number)?;
            self.token_term.push(term);
            self.token_brief.push(brief::of(token));
        }
        Ok(number)
    }

    /// The term of a token: tokens of one term may differ in weight and rarity, never in what they agree with.
    fn term(&mut self, token: &Token, number: u32) -> Result<u32, Error> {
        let bare = Token {
            weight: 0,
            bits: 0,
            ..token.clone()
        };
        let encoded = encode(&bare, &mut self.buffer)?;
        let (term, is_new) = self.terms.number(encoded);
        if !is_new {
            return Ok(term);
        }
        self.term_token.push(number);
        let mut found_by = |tag: Tag, text: &str| self.term_rows.push((hash(tag, text.as_bytes()), term, 0));
        // Equal text agrees whatever its class; the other ways are for words and numbers.
        found_by(Tag::Folded, &token.folded);
        if can_be_found(token.class) {
            found_by(Tag::Latin, &token.latin);
            for key in join_keys(std::slice::from_ref(token)) {
                found_by(Tag::Spelt, &key);
            }
            if !token.meaning.is_empty() {
                found_by(Tag::Meaning, &token.meaning);
            }
            for key in &token.keys {
                self.keys.push(key.bytes());
                self.key_terms.push(term);
            }
        }
        Ok(term)
    }

    /// Makes the sections. What takes most memory beside them comes first, and each part goes as it was used.
    fn finish(self, lists: Vec<(ListMeta, usize)>) -> Result<tamis_snapshot::Writer<'static>, Error> {
        if u32::try_from(self.keys.content.len()).is_err() {
            return Err(Error::TooLarge("key"));
        }
        drop((self.ids, self.terms));
        let tokens = self.tokens.into_texts();
        let mut contents = Contents::default();
        add_keys(&mut contents, &self.keys, &self.key_terms);
        drop((self.keys, self.key_terms));
        let (names, domains) = one_after_another(self.names);
        let found_by = numbered(self.found_by, &self.name_domains, &domains);
        (contents.name_buckets, contents.name_rows) = lookup::arrays(found_by);
        (contents.term_buckets, contents.term_rows) = lookup::arrays(self.term_rows);
        (contents.entity_buckets, contents.entity_rows) = lookup::arrays(self.entity_rows);
        let terms = self.term_token.len();
        (contents.post_starts, contents.posts) = postings(&names, &self.token_term, terms, &domains);
        (contents.wordless_starts, contents.wordless) = wordless(&names, &self.token_term, terms);
        let (lists, entities) = lists.into_iter().unzip();
        let about = About {
            lists,
            entities,
            regimes: self.regimes.into_iter().collect(),
            domains,
            engine: crate::engine(),
        };
        let about = serde_json::to_vec(&about);
        let mut entity_starts = self.entity_starts;
        entity_starts.push(self.entities_size);
        let entities_size = usize::try_from(self.entities_size).map_err(|_| Error::TooLarge("ent"))?;
        let contents = Contents {
            about: about.map_err(|e| not_written("about", &e))?,
            entity_starts,
            name_entity: names.entity,
            name_number: names.number,
            name_flags: names.flags,
            name_token_starts: names.tokens.starts,
            name_tokens: names.tokens.content,
            name_implied_starts: names.implied.starts,
            name_implied: names.implied.content,
            token_starts: tokens.starts,
            tokens: tokens.content,
            token_term: self.token_term,
            token_brief: self.token_brief,
            term_token: self.term_token,
            ..contents
        };
        match contents.beyond() {
            None => Ok(contents.into_file(self.entities, entities_size)),
            Some(section) => Err(Error::TooLarge(section)),
        }
    }
}

/// The names of all domains, and where those of each begin and the last end.
fn one_after_another(names: [Names; 3]) -> (Names, [u32; 4]) {
    let (mut all, mut domains) = (Names::default(), [0; 4]);
    for (domain, names) in names.into_iter().enumerate() {
        all.append(names);
        domains[domain + 1] = index(all.entity.len());
    }
    (all, domains)
}

/// The rows with the numbers of names in place of when these came.
fn numbered(mut rows: Vec<Row>, name_domains: &[u8], domains: &[u32; 4]) -> Vec<Row> {
    let mut next = *domains;
    let number = |&domain: &u8| {
        let next = &mut next[usize::from(domain)];
        *next += 1;
        *next - 1
    };
    let numbers: Vec<u32> = name_domains.iter().map(number).collect();
    rows.iter_mut()
        .for_each(|(_, name, _)| *name = numbers[*name as usize]);
    rows
}

/// A token as it is kept, in the front of a buffer that grows where it is too small.
fn encode<'b>(token: &Token, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Error> {
    loop {
        match postcard::to_slice(token, buffer).map(|written| written.len()) {
            Ok(length) => return Ok(&buffer[..length]),
            Err(postcard::Error::SerializeBufferFull) => buffer.resize(2 * buffer.len().max(64), 0),
            Err(error) => return Err(not_written(&token.folded, &error)),
        }
    }
}

fn not_written(what: &str, why: &dyn std::fmt::Display) -> Error {
    Error::NotWritten(what.to_owned(), why.to_string())
}

fn flags_of(form: &NameForm) -> Result<u32, Error> {
    let has = |class: Class| form.tokens.iter().any(|t| t.class == class);
    let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
    let signals = postcard::to_stdvec(&form.signals)
        .ok()
        .and_then(|bytes| <[u8; 1]>::try_from(bytes).ok())
        .ok_or_else(|| Error::NotWritten(form.normal.clone(), "more signals than a byte holds".to_owned()))?;
    Ok(flag(form.part, flags::PART)
        | flag(has(Class::Word), flags::HAS_WORD)
        | flag(has(Class::Initial), flags::HAS_INITIAL)
        | flag(repeats(form), flags::REPEATS)
        | u32::from(signals[0]) << flags::SIGNALS)
}

fn repeats(form: &NameForm) -> bool {
    let mut texts: Vec<&str> = form.tokens.iter().map(|t| t.folded.as_str()).collect();
    texts.sort_unstable();
    texts.windows(2).any(|pair| pair[0] == pair[1])
}

/// The names that have each term, one row for each term and domain.
fn postings(names: &Names, token_term: &[u32], terms: usize, domains: &[u32; 4]) -> (Vec<u32>, Vec<u32>) {
    let all = || {
        (0..names.flags.len()).flat_map(|name| {
            let domain = (1..3).filter(|&d| index(name) >= domains[d]).count();
            terms_of(names, token_term, name).map(move |term| (3 * term + domain, index(name)))
        })
    };
    inverted(all, 3 * terms)
}

fn wordless(names: &Names, token_term: &[u32], terms: usize) -> (Vec<u32>, Vec<u32>) {
    let without = || {
        let names_without = (0..names.flags.len()).filter(|&name| names.flags[name] & flags::HAS_WORD == 0);
        names_without.flat_map(|name| terms_of(names, token_term, name).map(move |term| (term, index(name))))
    };
    inverted(without, terms)
}

/// The distinct terms of a name.
fn terms_of<'a>(names: &'a Names, token_term: &'a [u32], name: usize) -> impl Iterator<Item = usize> + 'a {
    let (start, end) = (
        names.tokens.starts[name] as usize,
        names.tokens.starts[name + 1] as usize,
    );
    let tokens = &names.tokens.content[start..end];
    let term = |token: u32| token_term[token as usize] as usize;
    let first = move |&(at, &token): &(usize, &u32)| tokens[..at].iter().all(|&t| term(t) != term(token));
    tokens
        .iter()
        .enumerate()
        .filter(first)
        .map(move |(_, &token)| term(token))
}

/// Values by row, each row in the order in which its values come.
fn inverted<I: Iterator<Item = (usize, u32)>>(values: impl Fn() -> I, rows: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; rows + 1];
    for (row, _) in values() {
        starts[row + 1] += 1;
    }
    for row in 1..starts.len() {
        starts[row] += starts[row - 1];
    }
    let mut next = starts.clone();
    let mut content = vec![0; starts.last().map_or(0, |&end| end as usize)];
    for (row, value) in values() {
        content[next[row] as usize] = value;
        next[row] += 1;
    }
    (starts, content)
}

/// The keys by their coarse keys and vowels, the coarse keys as a tree.
fn add_keys(contents: &mut Contents, keys: &Ragged<u8>, of_terms: &[u32]) {
    let text = |at: u32| std::str::from_utf8(keys.row(at)).unwrap_or_default();
    let all = 0..index(of_terms.len());
    let mut filed = Ragged::default();
    all.clone().for_each(|at| filed.push(filed_under(text(at))));
    let vowels: Vec<Vowels> = all.clone().map(|at| Vowels::of(text(at))).collect();
    let vowels = |at: u32| vowels[at as usize];
    let mut order: Vec<u32> = all.collect();
    order.par_sort_unstable_by_key(|&at| (filed.row(at), vowels(at), keys.row(at), of_terms[at as usize]));
    let mut coarse: Vec<Vec<u8>> = Vec::new();
    let (mut texts, mut terms) = (Ragged::default(), Ragged::default());
    let one_key = order.chunk_by(|&one, &two| keys.row(one) == keys.row(two));
    for (at, same) in one_key.enumerate() {
        let (group, vowels) = (filed.row(same[0]), vowels(same[0]));
        let first = coarse.last().map(Vec::as_slice) != Some(group);
        if first {
            coarse.push(group.to_vec());
            contents.group_starts.push(index(contents.set_vowels.len()));
        }
        if first || contents.set_vowels.last() != Some(&vowels.to_bits()) {
            contents.set_vowels.push(vowels.to_bits());
            contents.set_starts.push(index(at));
        }
        texts.push(keys.row(same[0]).iter().copied());
        terms.push(same.iter().map(|&at| of_terms[at as usize]));
    }
    contents.group_starts.push(index(contents.set_vowels.len()));
    contents.set_starts.push(index(terms.starts.len() - 1));
    let each = texts
        .starts
        .windows(2)
        .map(|ends| &texts.content[ends[0] as usize..ends[1] as usize]);
    (contents.slip_starts, contents.slips) = slips::arrays(each);
    (contents.key_starts, contents.keys) = (texts.starts, texts.content);
    (contents.key_term_starts, contents.key_terms) = (terms.starts, terms.content);
    let tree = trie::build(&coarse);
    contents.coarse_letters = tree.letters;
    contents.coarse_depths = tree.depths;
    contents.coarse_skips = tree.skips;
    contents.coarse_keys = tree.keys;
}
