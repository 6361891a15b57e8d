//! The terms that agree with a token.

use crate::lookup::{Tag, hash};
use crate::store::{Damaged, Store, Tables, filed_under};
use crate::trie::Walk;
use tamis_names::{
    Agreement, Edits, Signature, Similarity, Token, agree, budget, full_edits, is_skeleton, join_keys, near,
};

/// A term that agrees with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Similar {
    pub(crate) term: u32,
    pub(crate) similarity: Similarity,
}

/// Every term that agrees with `token` otherwise than as an initial, with how much, in the order of terms. Nothing
/// is left out: [`agree`] says what agrees, and each way it can say so has its own look-up here. Legal forms and
/// particles of one meaning are the exception; the bound allows for them.
pub(crate) fn similar(
    store: &Store,
    tables: &Tables<'_>,
    walk: &mut Walk,
    token: &Token,
) -> Result<Vec<Similar>, Damaged> {
    let mut terms: Vec<u32> = Vec::new();
    let mut look = |tag: Tag, text: &str| {
        let found = tables.terms.find(hash(tag, text.as_bytes()));
        terms.extend(found.map(|(term, _)| term));
    };
    look(Tag::Folded, &token.folded);
    look(Tag::Latin, &token.latin);
    if !token.meaning.is_empty() {
        look(Tag::Meaning, &token.meaning);
    }
    if !token.sounds.is_empty() {
        for key in join_keys(std::slice::from_ref(token)) {
            look(Tag::Spelt, &key);
        }
    }
    for key in &token.keys {
        near_keys(tables, walk, key, |at| terms.extend(tables.key_terms.row(at)));
    }
    terms.sort_unstable();
    terms.dedup();
    let mut found = Vec::with_capacity(terms.len());
    for term in terms {
        if let Some((how, similarity)) = agree(token, store.term(tables, term)?)
            && how != Agreement::Initial
        {
            found.push(Similar { term, similarity });
        }
    }
    Ok(found)
}

/// The least that so many edits of coarse keys cost: each is a full one.
const fn full_cost(edits: u32) -> u32 {
    2 * edits
}

/// Calls `found` with every listed key that is near `key`.
fn near_keys(tables: &Tables<'_>, walk: &mut Walk, key: &str, mut found: impl FnMut(usize)) {
    let mine = Signature::of(key);
    let ways = Edits::of(key).filter(|_| !is_skeleton(key));
    let coarse = filed_under(key);
    let edits = full_edits(key);
    let is_near = |other: &str, limit: u32, full: u32| {
        // Edits cost one at least, and full ones two.
        let few = |ways: &Edits| ways.to(other) + full <= limit;
        (is_skeleton(other) || ways.as_ref().is_none_or(few)) && near(key, other).is_some()
    };
    let mut group = |group: u32, edits: u32| {
        let group = group as usize;
        let (Some(&start), Some(&end)) = (tables.groups.get(group), tables.groups.get(group + 1)) else {
            return;
        };
        let longest = tables
            .group_longest
            .get(group)
            .map_or(0, |&length| usize::from(length));
        if full_cost(edits) > u32::from(budget(key.len().max(longest))) {
            return;
        }
        let (start, end) = (start as usize, end as usize);
        let signatures = tables.signatures.get(start..end).unwrap_or_default();
        for (at, &theirs) in (start..end).zip(signatures) {
            let limit = u32::from(budget(key.len().max(tables.keys.length(at))));
            if full_cost(edits) <= limit
                && mine.least_cost_after(&Signature::from_bytes(theirs), edits) <= limit
                && std::str::from_utf8(tables.keys.row(at)).is_ok_and(|other| is_near(other, limit, edits))
            {
                found(at);
            }
        }
    };
    // Keys of vowels alone are filed under nothing, first of all.
    let first = tables.groups.first().map(|&at| tables.keys.row(at as usize));
    let vowels_only = |key: &[u8]| std::str::from_utf8(key).is_ok_and(|key| filed_under(key).is_empty());
    if coarse.len() <= edits && first.is_some_and(vowels_only) {
        group(0, 0);
    }
    tables.coarse.near(walk, &coarse, edits, group);
}
