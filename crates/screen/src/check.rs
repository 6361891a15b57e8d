//! Whether the sections of a compiled list fit together.
//!
//! A checksum says that a file is what was written, not that what was written makes sense. A row that ends too early
//! or a number that points nowhere would make an entry vanish from the answers, so it is looked for once, when the
//! file is opened, and whoever reads the sections may rely on it: each number points at something, rows cover what
//! they divide, and walks end. What is stored whole (entries, tokens) is looked at when it is read.

use crate::lookup;
use crate::slips;
use crate::store::{About, Slices, brief, flags};
use tamis_names::{Class, MAX_READING};

/// The name of a section that contradicts the others, and so cannot be used.
pub(crate) type Contradiction = &'static str;

type Checked<T = ()> = Result<T, Contradiction>;

/// Finds out whether the sections fit together.
pub(crate) fn check(sections: &Slices<'_>, about: &About) -> Checked {
    let counts = Counts {
        entities: entities(sections, about)?,
        names: sections.name_entity.len(),
        tokens: rows("tok.at", sections.token_starts, sections.tokens.len())?,
        terms: sections.term_token.len(),
    };
    names(sections, counts)?;
    tokens(sections, counts)?;
    flags_of_names(sections)?;
    postings(sections, about, counts)?;
    table("x.trm", sections.term_buckets, sections.term_rows, counts.terms)?;
    table("x.nam", sections.name_buckets, sections.name_rows, counts.names)?;
    table(
        "x.ent",
        sections.entity_buckets,
        sections.entity_rows,
        counts.entities,
    )?;
    keys(sections, counts)?;
    tree(sections)
}

/// How many there are of what other sections point at.
#[derive(Clone, Copy)]
struct Counts {
    entities: usize,
    names: usize,
    tokens: usize,
    terms: usize,
}

fn entities(s: &Slices<'_>, about: &About) -> Checked<usize> {
    let starts = s.entity_starts;
    let ends = starts.last().is_some_and(|&end| end == s.entities.len() as u64);
    ensure("ent.at", starts.first() == Some(&0) && ends && starts.is_sorted())?;
    let count = starts.len() - 1;
    let of_lists = about
        .entities
        .iter()
        .try_fold(0usize, |sum, &n| sum.checked_add(n));
    let own = about.lists.len() == about.entities.len() && !about.entities.contains(&0);
    let domains = about.domains[0] == 0
        && about.domains.is_sorted()
        && about.domains[3] as usize == s.name_entity.len();
    ensure("about", own && count > 0 && of_lists == Some(count) && domains)?;
    Ok(count)
}

fn names(s: &Slices<'_>, counts: Counts) -> Checked {
    ensure("nam.no", s.name_number.len() == counts.names)?;
    ensure("nam.flag", s.name_flags.len() == counts.names)?;
    below("nam.ent", s.name_entity, counts.entities)?;
    // An entry that no name leads to would never be found.
    let mut named = vec![false; counts.entities];
    for &entity in s.name_entity {
        named[entity as usize] = true;
    }
    ensure("nam.ent", named.into_iter().all(|named| named))?;
    let with_tokens = rows("nam.t.at", s.name_token_starts, s.name_tokens.len())?;
    let none_empty = s.name_token_starts.is_sorted_by(|one, two| one < two);
    ensure("nam.t.at", with_tokens == counts.names && none_empty)?;
    below("nam.t", s.name_tokens, counts.tokens)?;
    let with_implied = rows("nam.i.at", s.name_implied_starts, s.name_implied.len())?;
    ensure("nam.i.at", with_implied == counts.names)?;
    below("nam.i", s.name_implied, counts.tokens)
}

fn tokens(s: &Slices<'_>, counts: Counts) -> Checked {
    ensure("tok.term", s.token_term.len() == counts.tokens)?;
    below("tok.term", s.token_term, counts.terms)?;
    ensure("tok.brf", s.token_brief.len() == counts.tokens)?;
    below("trm.tok", s.term_token, counts.tokens)?;
    let own = |(term, &token): (usize, &u32)| s.token_term[token as usize] as usize == term;
    ensure("trm.tok", s.term_token.iter().enumerate().all(own))
}

/// What is kept of each name's tokens beside them.
fn flags_of_names(s: &Slices<'_>) -> Checked {
    for (name, &flags) in s.name_flags.iter().enumerate() {
        let has = |class: Class| {
            let mut tokens = tokens_of(s, name).iter();
            tokens.any(|&token| brief::class(s.token_brief[token as usize]) == class)
        };
        let word = has(Class::Word) == (flags & flags::HAS_WORD != 0);
        ensure(
            "nam.flag",
            word && has(Class::Initial) == (flags & flags::HAS_INITIAL != 0),
        )?;
    }
    Ok(())
}

fn tokens_of<'a>(s: &Slices<'a>, name: usize) -> &'a [u32] {
    let (start, end) = (s.name_token_starts[name], s.name_token_starts[name + 1]);
    &s.name_tokens[start as usize..end as usize]
}

fn has_term(s: &Slices<'_>, tokens: &[u32], term: u32) -> bool {
    tokens.iter().any(|&token| s.token_term[token as usize] == term)
}

/// Each name is in the row of each of its terms, and nowhere else: as many are there as there should be, none twice,
/// and each rightly.
fn complete(s: &Slices<'_>, counts: Counts) -> bool {
    let distinct = |name: usize| {
        let tokens = tokens_of(s, name);
        let first = |at: &usize| !has_term(s, &tokens[..*at], s.token_term[tokens[*at] as usize]);
        (0..tokens.len()).filter(first).count()
    };
    let rows = s.post_starts.windows(2).enumerate();
    let mut posted = rows.flat_map(|(row, ends)| {
        let names = &s.posts[ends[0] as usize..ends[1] as usize];
        names.iter().map(move |&name| (row / 3, name as usize))
    });
    (0..counts.names).map(distinct).sum::<usize>() == s.posts.len()
        && posted.all(|(term, name)| has_term(s, tokens_of(s, name), term as u32))
}

fn postings(s: &Slices<'_>, about: &About, counts: Counts) -> Checked {
    let rows_of_posts = rows("pst.at", s.post_starts, s.posts.len())?;
    ensure("pst.at", rows_of_posts == 3 * counts.terms)?;
    for (row, ends) in s.post_starts.windows(2).enumerate() {
        let domain = row % 3;
        let (first, end) = (about.domains[domain], about.domains[domain + 1]);
        let names = &s.posts[ends[0] as usize..ends[1] as usize];
        ensure("pst", ascending(names, first, end))?;
    }
    ensure("pst", complete(s, counts))?;
    let rows_of_wordless = rows("wls.at", s.wordless_starts, s.wordless.len())?;
    ensure("wls.at", rows_of_wordless == counts.terms)?;
    let all = about.domains[3];
    let rows = s.wordless_starts.windows(2);
    let sound = |ends: &[u32]| ascending(&s.wordless[ends[0] as usize..ends[1] as usize], 0, all);
    ensure("wls", rows.into_iter().all(sound))
}

/// A table of [`lookup`]: each row is in the bucket in which it is looked for, and its value is below `limit`.
fn table(name: Contradiction, buckets: &[u32], content: &[[u64; 2]], limit: usize) -> Checked {
    let count = rows(name, buckets, content.len())?;
    ensure(name, count.is_power_of_two())?;
    let bits = count.trailing_zeros();
    let mut bucket = 0;
    for (at, &[hash, value]) in content.iter().enumerate() {
        let own = lookup::bucket(hash, bits);
        ensure(name, own >= bucket && (value as u32 as usize) < limit)?;
        bucket = own;
        ensure(
            name,
            (buckets[own] as usize..buckets[own + 1] as usize).contains(&at),
        )?;
    }
    Ok(())
}

fn keys(s: &Slices<'_>, counts: Counts) -> Checked {
    let count = s.set_vowels.len();
    rows("grp.at", s.group_starts, count)?;
    ensure("grp.at", s.group_starts.is_sorted_by(|one, two| one < two))?;
    let in_order =
        |group: &[u32]| s.set_vowels[group[0] as usize..group[1] as usize].is_sorted_by(|a, b| a < b);
    ensure("set.vow", s.group_starts.windows(2).all(in_order))?;
    let texts = rows("key.at", s.key_starts, s.keys.len())?;
    let of_sets = rows("set.at", s.set_starts, texts)?;
    let none_empty = s.set_starts.is_sorted_by(|one, two| one < two);
    ensure("set.at", of_sets == count && none_empty)?;
    let text = std::str::from_utf8(s.keys).map_err(|_| "key")?;
    let parted = |&start: &u32| text.is_char_boundary(start as usize);
    ensure("key.at", s.key_starts.iter().all(parted))?;
    let buckets = rows("slp.at", s.slip_starts, s.slips.len())?;
    ensure("slp.at", buckets.is_power_of_two())?;
    ensure("slp", s.slips.iter().all(|&row| slips::key_of(row) < texts))?;
    let of_terms = rows("key.t.at", s.key_term_starts, s.key_terms.len())?;
    ensure("key.t.at", of_terms == texts)?;
    below("key.t", s.key_terms, counts.terms)
}

/// The tree of coarse keys is one: each node's branch ends where its `skip` says, each key that ends is there.
fn tree(s: &Slices<'_>) -> Checked {
    let nodes = s.coarse_letters.len();
    let of_each = [s.coarse_depths.len(), s.coarse_skips.len(), s.coarse_keys.len()];
    ensure("crs.l", of_each == [nodes; 3])?;
    let groups = s.group_starts.len() - 1;
    let known = |&key: &u32| key == u32::MAX || (key as usize) < groups;
    ensure("crs.k", s.coarse_keys.iter().all(known))?;
    let mut open: Vec<usize> = Vec::new();
    for (node, &depth) in s.coarse_depths.iter().enumerate() {
        let depth = usize::from(depth);
        ensure("crs.d", depth <= open.len() && depth < MAX_READING)?;
        let closed = open
            .drain(depth..)
            .all(|node_before| s.coarse_skips[node_before] as usize == node);
        ensure("crs.s", closed)?;
        open.push(node);
    }
    ensure(
        "crs.s",
        open.into_iter()
            .all(|node| s.coarse_skips[node] as usize == nodes),
    )
}

fn ensure(name: Contradiction, holds: bool) -> Checked {
    if holds { Ok(()) } else { Err(name) }
}

/// The number of rows, which divide `content` without a gap.
fn rows(name: Contradiction, starts: &[u32], content: usize) -> Checked<usize> {
    let ends = starts.last().is_some_and(|&end| end as usize == content);
    ensure(name, starts.first() == Some(&0) && ends && starts.is_sorted())?;
    Ok(starts.len() - 1)
}

fn below(name: Contradiction, numbers: &[u32], limit: usize) -> Checked {
    let most = numbers.iter().max();
    ensure(name, most.is_none_or(|&most| (most as usize) < limit))
}

/// Whether `names` ascend within `first..end`.
fn ascending(names: &[u32], first: u32, end: u32) -> bool {
    names.is_sorted_by(|one, two| one < two)
        && names.first().is_none_or(|&name| name >= first)
        && names.last().is_none_or(|&name| name < end)
}
