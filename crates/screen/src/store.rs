//! A compiled list: what is in its sections, and how it is read where it lies.

use crate::bound::HEAVIEST;
use crate::check::check;
use crate::fields::Facts;
use crate::lookup::{Absent, Lookup};
use crate::slips::Slips;
use crate::trie::{self, Trie};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;
use tamis_model::{Entity, ListMeta};
use tamis_names::{Class, MAX_READING, NameForm, Token, Vowels, coarse_key};
use tamis_snapshot::{Section, Snapshot, Spool, Stamp, Writer};

/// The version of the sections below. Raise it whenever one of them, or what is put into it, changes; files of
/// every version are kept in `data/snapshots`, where tests see to it that each is opened or refused by name.
pub const FORMAT_VERSION: u32 = 3;

/// What a file must have been written by to be read.
pub(crate) fn stamp() -> Stamp {
    Stamp {
        version: FORMAT_VERSION,
        fingerprint: tamis_names::fingerprint(),
    }
}

/// What concerns the lists as a whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) lists: Vec<ListMeta>,
    /// How many entries each list has.
    pub(crate) entities: Vec<usize>,
    /// The regimes that have a measure against any entry, in order.
    pub(crate) regimes: Vec<String>,
    /// The names of domain d, in the order of [`Domain`](tamis_names::Domain), are `domains[d]..domains[d + 1]`.
    pub(crate) domains: [u32; 4],
    /// The build that compiled the lists.
    pub(crate) engine: String,
}

/// Rows of a table, each as long as it needs to be: `content[starts[row]..starts[row + 1]]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows<'a, T> {
    pub(crate) starts: &'a [u32],
    pub(crate) content: &'a [T],
}

impl<'a, T> Rows<'a, T> {
    pub(crate) fn row(self, at: usize) -> &'a [T] {
        self.between(at, at + 1)
    }

    /// Where in the content row `at` lies.
    pub(crate) fn range(self, at: usize) -> Range<usize> {
        let ends = self.starts.get(at).zip(self.starts.get(at + 1));
        ends.map_or(0..0, |(&start, &end)| start as usize..end as usize)
    }

    /// The content from the start of row `from` up to that of row `to`.
    pub(crate) fn between(self, from: usize, to: usize) -> &'a [T] {
        let range = || {
            let (start, end) = (*self.starts.get(from)? as usize, *self.starts.get(to)? as usize);
            self.content.get(start..end)
        };
        range().unwrap_or_default()
    }
}

/// What [`Sections`] are made of: field, name in the file, type.
macro_rules! sections {
    ($($(#[$doc:meta])* $field:ident: $name:literal $of:ty,)*) => {
        /// Where each section lies.
        #[derive(Clone, Copy, Debug)]
        struct Sections { $($field: Section<$of>,)* }

        impl Sections {
            fn of(file: &Snapshot) -> Result<Sections, tamis_snapshot::Error> {
                Ok(Sections { $($field: file.find($name)?,)* })
            }
        }

        /// The sections, as what is put into a file.
        #[derive(Debug, Default)]
        pub(crate) struct Contents { $($(#[$doc])* pub(crate) $field: Vec<$of>,)* }

        impl Contents {
            /// The section that has more content than numbers of 32 bits can point at, if any.
            pub(crate) fn beyond(&self) -> Option<&'static str> {
                let sizes = [$(($name, self.$field.len()),)*];
                let beyond = |(name, size): &(&str, usize)| *name != "ent" && u32::try_from(*size).is_err();
                sizes.into_iter().find(beyond).map(|(name, _)| name)
            }

            /// The file, to be written, with the entities' texts, which are in a spool.
            pub(crate) fn into_file(self, entities: Box<dyn Spool>, size: usize) -> Writer<'static> {
                let (mut writer, mut entities) = (Writer::new(stamp()), Some(entities));
                $(match entities.take_if(|_| $name == "ent") {
                    Some(entities) => writer.spooled($name, entities, size),
                    None => writer.section($name, self.$field),
                })*
                writer
            }
        }

        /// The sections, read.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Slices<'a> { $(pub(crate) $field: &'a [$of],)* }

        impl Sections {
            fn slices(self, file: &Snapshot) -> Slices<'_> {
                Slices { $($field: file.get(self.$field),)* }
            }
        }
    };
}

sections! {
    /// [`About`], as JSON.
    about: "about" u8,
    /// Where each entity begins.
    entity_starts: "ent.at" u64,
    /// Each entity, as JSON.
    entities: "ent" u8,
    /// Of each name: its entity, which of the entity's names, and [`flags`].
    name_entity: "nam.ent" u32,
    name_number: "nam.no" u32,
    name_flags: "nam.flag" u32,
    /// Its tokens, and the patronymics that the entity's other names give.
    name_token_starts: "nam.t.at" u32,
    name_tokens: "nam.t" u32,
    name_implied_starts: "nam.i.at" u32,
    name_implied: "nam.i" u32,
    /// Each distinct token, whole, and in [`brief`].
    token_starts: "tok.at" u32,
    tokens: "tok" u8,
    token_term: "tok.term" u32,
    token_brief: "tok.brf" u32,
    /// A token of each term.
    term_token: "trm.tok" u32,
    /// The names that have a term, three rows a term, one for each domain.
    post_starts: "pst.at" u32,
    posts: "pst" u32,
    /// Those of them that have no word, one row a term.
    wordless_starts: "wls.at" u32,
    wordless: "wls" u32,
    /// Text → terms; text → names; identifier or id → entities.
    term_buckets: "x.trm.at" u32,
    term_rows: "x.trm" [u64; 2],
    name_buckets: "x.nam.at" u32,
    name_rows: "x.nam" [u64; 2],
    entity_buckets: "x.ent.at" u32,
    entity_rows: "x.ent" [u64; 2],
    /// The coarse keys as a tree.
    coarse_letters: "crs.l" u8,
    coarse_depths: "crs.d" u8,
    coarse_skips: "crs.s" u32,
    coarse_keys: "crs.k" u32,
    /// The sets of keys of each coarse key: those that have the same vowels, one after the other.
    group_starts: "grp.at" u32,
    /// Of each set its [`Vowels`](tamis_names::Vowels), which ascend in a group, and the keys.
    set_vowels: "set.vow" u64,
    set_starts: "set.at" u32,
    key_starts: "key.at" u32,
    keys: "key" u8,
    /// Short keys by what is left of them without one of their sounds: see `slips.rs`.
    slip_starts: "slp.at" u32,
    slips: "slp" u64,
    /// The terms that have a key.
    key_term_starts: "key.t.at" u32,
    key_terms: "key.t" u32,
}

/// What is kept of a name beside its tokens.
pub(crate) mod flags {
    pub(crate) const PART: u32 = 1;
    pub(crate) const HAS_WORD: u32 = 2;
    pub(crate) const HAS_INITIAL: u32 = 4;
    /// Some of its tokens have the same text.
    pub(crate) const REPEATS: u32 = 8;
    /// Signals stand in the bits from this one on.
    pub(crate) const SIGNALS: u32 = 8;
}

/// Which tokens of a name a look-up found, in one number.
pub(crate) mod part {
    use crate::align::Run;

    /// A run's end stands above its start; a rotation has no end.
    const END: u32 = 16;

    pub(crate) fn of_run(run: Run) -> u32 {
        (run.start as u32) | (run.end as u32) << END
    }

    pub(crate) const fn of_rotation(first: usize) -> u32 {
        first as u32
    }

    /// The run, or else the first token of a rotation.
    pub(crate) const fn read(part: u32) -> Result<Run, usize> {
        let (start, end) = ((part & 0xffff) as usize, (part >> END) as usize);
        if end == 0 {
            Err(start)
        } else {
            Ok(Run { start, end })
        }
    }
}

/// What candidate search needs of a token, in one number.
pub(crate) mod brief {
    use tamis_names::{Class, Token};

    pub(crate) fn of(token: &Token) -> u32 {
        let small = |n: u16| u32::from(n.min(255));
        small(token.weight) | small(token.bits) << 8 | (token.class as u32) << 16
    }

    pub(crate) const fn weight(brief: u32) -> u32 {
        brief & 255
    }

    pub(crate) const fn bits(brief: u32) -> u32 {
        brief >> 8 & 255
    }

    pub(crate) fn class(brief: u32) -> Class {
        let class = CLASSES.get((brief >> 16) as usize);
        class.copied().unwrap_or(Class::Word)
    }

    /// Every class, in order.
    const CLASSES: [Class; 9] = [
        Class::Word,
        Class::Patronymic,
        Class::Initial,
        Class::Particle,
        Class::Title,
        Class::LegalForm,
        Class::Generic,
        Class::Geographic,
        Class::Number,
    ];
}

/// The sections in the shape in which they are used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables<'a> {
    pub(crate) name_entity: &'a [u32],
    pub(crate) name_number: &'a [u32],
    pub(crate) name_flags: &'a [u32],
    pub(crate) name_tokens: Rows<'a, u32>,
    pub(crate) token_term: &'a [u32],
    pub(crate) token_brief: &'a [u32],
    pub(crate) term_token: &'a [u32],
    pub(crate) posts: Rows<'a, u32>,
    pub(crate) wordless: Rows<'a, u32>,
    pub(crate) terms: Lookup<'a>,
    pub(crate) names: Lookup<'a>,
    pub(crate) entities: Lookup<'a>,
    pub(crate) coarse: Trie<'a>,
    pub(crate) sets: Rows<'a, u64>,
    pub(crate) keys: Rows<'a, u8>,
    pub(crate) set_starts: &'a [u32],
    pub(crate) slips: Slips<'a>,
    pub(crate) key_terms: Rows<'a, u32>,
}

impl<'a> Tables<'a> {
    /// The keys of a set.
    pub(crate) fn keys_of_set(&self, set: usize) -> Range<usize> {
        let ends = self.set_starts.get(set).zip(self.set_starts.get(set + 1));
        ends.map_or(0..0, |(&start, &end)| start as usize..end as usize)
    }

    pub(crate) fn key(&self, at: usize) -> Option<&'a str> {
        std::str::from_utf8(self.keys.row(at)).ok()
    }

    /// The entity of a name, and which of its names it is.
    pub(crate) fn entity_of(&self, name: u32) -> Result<(u32, u32), Damaged> {
        let at = name as usize;
        let found = self.name_entity.get(at).zip(self.name_number.get(at));
        found.map(|(&entity, &number)| (entity, number)).ok_or(Damaged)
    }
}

/// A name of an entry, ready to be compared.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) form: NameForm,
    /// Patronymics that other names of the entity give and this one does not.
    pub(crate) implied: Vec<Token>,
}

/// An entry, with what is read from its fields.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) entity: Entity,
    pub(crate) facts: Facts,
}

/// A compiled list, open. Entries, names and tokens are read when they are first needed and kept.
#[derive(Debug)]
pub(crate) struct Store {
    file: Snapshot,
    sections: Sections,
    pub(crate) about: About,
    entries: Box<[OnceLock<Box<Entry>>]>,
    names: Box<[OnceLock<Box<Listed>>]>,
    /// What the words of each name weigh together; nought where one repeats another, since then some may be free.
    words: Box<[u8]>,
    tokens: Box<[OnceLock<Box<Token>>]>,
    /// Of each node of the tree of coarse keys, the length of the longest reading in its branch.
    longest: Box<[u8]>,
    /// What the tables of terms and of names do not have, once enough is asked of them.
    absent: OnceLock<[Absent; 2]>,
}

/// Something in the file that its checksum says is whole cannot be read: no answer can rest on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damaged;

/// What is found out about a file when it is opened.
struct Opened {
    sections: Sections,
    about: About,
    /// How many entities, names and tokens there are.
    counts: [usize; 3],
    words: Box<[u8]>,
    longest: Box<[u8]>,
}

impl Opened {
    fn of(file: &Snapshot) -> Result<Opened, tamis_snapshot::Error> {
        let sections = Sections::of(file)?;
        let slices = sections.slices(file);
        let malformed = |name: &str| tamis_snapshot::Error::Section(name.to_owned());
        let about: About = serde_json::from_slice(slices.about).map_err(|_| malformed("about"))?;
        check(&slices, &about).map_err(malformed)?;
        let rows = |starts: usize| starts.saturating_sub(1);
        Ok(Opened {
            about,
            counts: [
                rows(slices.entity_starts.len()),
                slices.name_entity.len(),
                rows(slices.token_starts.len()),
            ],
            words: words(&slices),
            longest: longest(&slices),
            sections,
        })
    }
}

impl Store {
    pub(crate) fn open(path: &Path) -> Result<Store, tamis_snapshot::Error> {
        // Whether the sections fit together is found out beside whether they are what was written.
        let (file, opened) = Snapshot::open_while(path, stamp(), Opened::of)?;
        Ok(Store::with(file, opened?))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Store, tamis_snapshot::Error> {
        Store::new(Snapshot::from_bytes(bytes, stamp())?)
    }

    /// As [`Store::from_bytes`], for bytes that need not be copied.
    pub(crate) fn from_vec(bytes: Vec<u8>) -> Result<Store, tamis_snapshot::Error> {
        Store::new(Snapshot::from_vec(bytes, stamp())?)
    }

    fn new(file: Snapshot) -> Result<Store, tamis_snapshot::Error> {
        let opened = Opened::of(&file)?;
        Ok(Store::with(file, opened))
    }

    fn with(file: Snapshot, opened: Opened) -> Store {
        let [entities, names, tokens] = opened.counts;
        Store {
            file,
            sections: opened.sections,
            about: opened.about,
            entries: empty(entities),
            names: empty(names),
            words: opened.words,
            tokens: empty(tokens),
            longest: opened.longest,
            absent: OnceLock::new(),
        }
    }

    pub(crate) fn tables(&self) -> Tables<'_> {
        let s = self.sections.slices(&self.file);
        let rows = |starts, content| Rows { starts, content };
        let [terms, names] = match self.absent.get() {
            Some([terms, names]) => [Some(terms), Some(names)],
            None => [None, None],
        };
        let lookup = |starts, rows, absent| Lookup { starts, rows, absent };
        Tables {
            name_entity: s.name_entity,
            name_number: s.name_number,
            name_flags: s.name_flags,
            name_tokens: rows(s.name_token_starts, s.name_tokens),
            token_term: s.token_term,
            token_brief: s.token_brief,
            term_token: s.term_token,
            posts: rows(s.post_starts, s.posts),
            wordless: rows(s.wordless_starts, s.wordless),
            terms: lookup(s.term_buckets, s.term_rows, terms),
            names: lookup(s.name_buckets, s.name_rows, names),
            entities: lookup(s.entity_buckets, s.entity_rows, None),
            coarse: Trie {
                letters: s.coarse_letters,
                depths: s.coarse_depths,
                skips: s.coarse_skips,
                keys: s.coarse_keys,
                longest: &self.longest,
            },
            sets: Rows {
                starts: s.group_starts,
                content: s.set_vowels,
            },
            set_starts: s.set_starts,
            slips: Slips {
                starts: s.slip_starts,
                rows: s.slips,
            },
            keys: Rows {
                starts: s.key_starts,
                content: s.keys,
            },
            key_terms: rows(s.key_term_starts, s.key_terms),
        }
    }

    /// Has the tables tell by a few bits what they do not have, which pays after some dozens of questions.
    pub(crate) fn learn_what_is_absent(&self) {
        let s = self.sections.slices(&self.file);
        self.absent
            .get_or_init(|| [Absent::of(s.term_rows), Absent::of(s.name_rows)]);
    }

    /// Tells these lists from others.
    pub(crate) fn checksum(&self) -> u128 {
        self.file.checksum()
    }

    /// The domain by whose rules a name is read.
    pub(crate) fn domain_of(&self, name: u32) -> usize {
        let [_, persons, organizations, _] = self.about.domains;
        usize::from(name >= persons) + usize::from(name >= organizations)
    }

    pub(crate) fn entity_count(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn entry(&self, at: u32) -> Result<&Entry, Damaged> {
        remembered(&self.entries, at, || self.read_entry(at as usize))
    }

    fn read_entry(&self, at: usize) -> Option<Entry> {
        let slices = self.sections.slices(&self.file);
        let start = usize::try_from(*slices.entity_starts.get(at)?).ok()?;
        let end = usize::try_from(*slices.entity_starts.get(at + 1)?).ok()?;
        let entity: Entity = serde_json::from_slice(slices.entities.get(start..end)?).ok()?;
        Some(Entry {
            id: entity.id(),
            facts: Facts::of_entity(&entity),
            entity,
        })
    }

    pub(crate) fn name(&self, at: u32) -> Result<&Listed, Damaged> {
        remembered(&self.names, at, || self.read_name(at as usize))
    }

    /// What the words of each name weigh together at least.
    pub(crate) fn words(&self) -> &[u8] {
        &self.words
    }

    fn read_name(&self, at: usize) -> Option<Listed> {
        let slices = self.sections.slices(&self.file);
        let tokens = |starts, content| -> Option<Vec<Token>> {
            let row = Rows { starts, content }.row(at).iter();
            row.map(|&token| self.token(token).ok().cloned()).collect()
        };
        let own = tokens(slices.name_token_starts, slices.name_tokens)?;
        let flags = *slices.name_flags.get(at)?;
        let texts: Vec<&str> = own.iter().map(|token| token.folded.as_str()).collect();
        Some(Listed {
            form: NameForm {
                normal: texts.join(" "),
                tokens: own,
                signals: postcard::from_bytes(&[(flags >> flags::SIGNALS) as u8]).ok()?,
                part: flags & flags::PART != 0,
            },
            implied: tokens(slices.name_implied_starts, slices.name_implied)?,
        })
    }

    /// A distinct token of the listed names.
    pub(crate) fn token(&self, at: u32) -> Result<&Token, Damaged> {
        remembered(&self.tokens, at, || {
            let slices = self.sections.slices(&self.file);
            let rows = Rows {
                starts: slices.token_starts,
                content: slices.tokens,
            };
            let (token, rest): (Token, &[u8]) = postcard::take_from_bytes(rows.row(at as usize)).ok()?;
            let as_in_brief = slices.token_brief.get(at as usize) == Some(&brief::of(&token));
            let weighable = u32::from(token.weight) <= HEAVIEST;
            (rest.is_empty() && as_in_brief && weighable).then_some(token)
        })
    }

    /// A token of a term.
    pub(crate) fn term(&self, tables: &Tables<'_>, term: u32) -> Result<&Token, Damaged> {
        self.token(*tables.term_token.get(term as usize).ok_or(Damaged)?)
    }

    /// The names of the sections of the file with their sizes in bytes.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.file.sections()
    }

    /// The file.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.file.bytes()
    }
}

fn words(slices: &Slices<'_>) -> Box<[u8]> {
    let tokens = Rows {
        starts: slices.name_token_starts,
        content: slices.name_tokens,
    };
    let weight = |&token: &u32| {
        let brief = slices
            .token_brief
            .get(token as usize)
            .copied()
            .unwrap_or_default();
        if brief::class(brief) == Class::Word {
            brief::weight(brief)
        } else {
            0
        }
    };
    let words = |(at, flags): (usize, &u32)| {
        let all: u32 = tokens.row(at).iter().map(weight).sum();
        let counts = flags & flags::REPEATS == 0;
        if counts {
            u8::try_from(all).unwrap_or(u8::MAX)
        } else {
            0
        }
    };
    slices.name_flags.iter().enumerate().map(words).collect()
}

/// Of each node of the tree of coarse keys, the length of the longest reading in its branch, as far as a byte tells it.
fn longest(s: &Slices<'_>) -> Box<[u8]> {
    let groups = Rows {
        starts: s.group_starts,
        content: s.set_vowels,
    };
    let of_group = |group: u32, coarse: usize| {
        // Sets are ordered by their number of vowels; those of skeletons come last.
        let sets = groups.row(group as usize).iter().rev();
        let mut readings = sets
            .map(|&bits| Vowels::from_bits(bits))
            .skip_while(|vowels| vowels.of_skeleton());
        readings.next().map_or(0, |vowels| coarse + vowels.count())
    };
    trie::longest_below(s.coarse_depths, s.coarse_keys, of_group)
}

fn empty<T>(slots: usize) -> Box<[OnceLock<Box<T>>]> {
    std::iter::repeat_with(OnceLock::new).take(slots).collect()
}

fn remembered<T>(
    slots: &[OnceLock<Box<T>>],
    at: u32,
    read: impl FnOnce() -> Option<T>,
) -> Result<&T, Damaged> {
    let slot = slots.get(at as usize).ok_or(Damaged)?;
    if let Some(known) = slot.get() {
        return Ok(known);
    }
    let value = Box::new(read().ok_or(Damaged)?);
    Ok(slot.get_or_init(|| value))
}

/// The coarse key under which a key is filed. Keys beyond the reach of edits agree with their equals only, so that
/// the beginnings of theirs are enough.
pub(crate) fn filed_under(key: &str) -> Vec<u8> {
    let mut coarse = coarse_key(key);
    coarse.truncate(MAX_READING);
    coarse
}

/// Whether a class is looked up by more than its text; the others are allowed for in the bound.
pub(crate) const fn can_be_found(class: Class) -> bool {
    matches!(
        class,
        Class::Word | Class::Patronymic | Class::Generic | Class::Geographic | Class::Number
    )
}
