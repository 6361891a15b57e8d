//! The terms that agree with a token.

use crate::lookup::{Tag, hash};
use crate::store::{Damaged, Store, Tables, filed_under};
use crate::trie::Walk;
use tamis_names::{Agreement, Signature, Similarity, Token, agree, budget, full_edits, join_keys, near};

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

/// Calls `found` with every listed key that is near `key`.
fn near_keys(tables: &Tables<'_>, walk: &mut Walk, key: &str, mut found: impl FnMut(usize)) {
    let mine = Signature::of(key);
    let coarse = filed_under(key);
    let edits = full_edits(key);
    let mut group = |group: u32| {
        let group = group as usize;
        let (Some(&start), Some(&end)) = (tables.groups.get(group), tables.groups.get(group + 1)) else {
            return;
        };
        for at in start as usize..end as usize {
            let Some(&theirs) = tables.signatures.get(at) else {
                return;
            };
            let other = tables.keys.row(at);
            let limit = u32::from(budget(key.len().max(other.len())));
            if mine.least_cost(&Signature::from_bytes(theirs)) <= limit
                && std::str::from_utf8(other).is_ok_and(|other| near(key, other).is_some())
            {
                found(at);
            }
        }
    };
    // Keys of vowels alone are filed under nothing, first of all.
    let first = tables.groups.first().map(|&at| tables.keys.row(at as usize));
    let vowels_only = |key: &[u8]| std::str::from_utf8(key).is_ok_and(|key| filed_under(key).is_empty());
    if coarse.len() <= edits && first.is_some_and(vowels_only) {
        group(0);
    }
    tables.coarse.near(walk, &coarse, edits, |found, _| group(found));
}
