//! The terms that agree with a token.

use crate::lookup::{Tag, hash};
use crate::nearby::{Group, Nearby};
use crate::slips;
use crate::store::{Damaged, Store, Tables};
use tamis_names::{
    Agreement, Similarity, Spelling, Token, Vowels, agree, bearable, budget, is_skeleton, join_keys, near,
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
    nearby: &mut Nearby,
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
        near_keys(tables, nearby, key, |at| terms.extend(tables.key_terms.row(at)));
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

/// Calls `found` with every listed key that is near `key`; with some of them more than once.
fn near_keys(tables: &Tables<'_>, nearby: &mut Nearby, key: &str, mut found: impl FnMut(usize)) {
    let sought = Sought::of(key);
    let slips = tables.slips.near(key);
    slips
        .filter(|&at| sought.is_near(tables, at, MANY))
        .for_each(&mut found);
    for group in nearby.groups(tables, key).iter() {
        sought.find_in(tables, group, &mut found);
    }
}

/// A key whose neighbours are sought.
struct Sought<'a> {
    key: &'a str,
    vowels: Vowels,
    /// Of a reading.
    spelling: Option<Spelling>,
}

/// From how many edits on a comparison in full takes no longer than counting them.
const MANY: u32 = 4;

impl<'a> Sought<'a> {
    fn of(key: &'a str) -> Sought<'a> {
        let spelling = Spelling::of(key.as_bytes(), 0..key.len());
        Sought {
            key,
            vowels: Vowels::of(key),
            spelling: spelling.filter(|_| !is_skeleton(key)),
        }
    }

    /// Calls `found` with the keys of a group that are near, but for those that are a slip away.
    #[inline]
    fn find_in(&self, tables: &Tables<'_>, group: &Group, found: &mut impl FnMut(usize)) {
        // Short readings of another coarse key are a slip away, or not near.
        let known = group.apart().edits > 0 && self.key.len() <= slips::LONGEST && !self.vowels.of_skeleton();
        let first = if known { group.longer } else { group.first } as usize;
        let sets = tables.sets.content.get(first..group.end as usize);
        for (set, &bits) in (first..).zip(sets.unwrap_or_default()) {
            if let Some(few) = self.may_be_in(tables, group, set, Vowels::from_bits(bits)) {
                let near = |at: &usize| self.is_near(tables, *at, few);
                tables.keys_of_set(set).filter(near).for_each(&mut *found);
            }
        }
    }

    /// Within how many edits keys of the set are that are near; `None` where none can be.
    #[inline]
    fn may_be_in(&self, tables: &Tables<'_>, group: &Group, set: usize, vowels: Vowels) -> Option<u32> {
        let apart = group.apart();
        if self.vowels.of_skeleton() || vowels.of_skeleton() {
            let limit = bearable(self.key, tables.key(tables.keys_of_set(set).start)?)?;
            let least = apart.letters.max(2 * apart.edits);
            return (least <= u32::from(limit)).then_some(MANY);
        }
        let limit = u32::from(budget(
            self.key.len().max(usize::from(group.length) + vowels.count()),
        ));
        let least = self.vowels.least_cost(vowels, apart);
        // Edits cost one at least, and full ones two.
        (least <= limit).then(|| limit - apart.edits)
    }

    /// Whether the listed key is near.
    #[inline]
    fn is_near(&self, tables: &Tables<'_>, at: usize, few: u32) -> bool {
        let theirs = || Spelling::of(tables.keys.content, tables.keys.range(at));
        if few < MANY
            && let Some((mine, theirs)) = self.spelling.zip(theirs())
            && !mine.within(theirs, few)
        {
            return false;
        }
        tables
            .key(at)
            .is_some_and(|other| near(self.key, other).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::Compiled;
    use proptest::prelude::*;
    use tamis_model::{Entity, EntityKind, List, ListMeta, Name, NameRole};
    use tamis_names::{Domain, NameForm};

    fn store_of(words: &[String]) -> Store {
        let entity = |(at, word): (usize, &String)| {
            let mut entity = Entity::new("words", at.to_string(), EntityKind::Person);
            entity.names = vec![Name::new(word.as_str(), NameRole::Primary)];
            entity
        };
        let entities: Vec<Entity> = words.iter().enumerate().map(entity).collect();
        let meta = ListMeta::new("words", "words of a test", "test", &entities);
        Store::from_vec(
            Compiled::of(vec![List { meta, entities }])
                .unwrap()
                .into_bytes()
                .unwrap(),
        )
        .unwrap()
    }

    /// Words near each other: of few letters, in Latin and in two scripts without vowels.
    fn words() -> impl Strategy<Value = Vec<String>> {
        let word = prop_oneof![
            6 => "[aeiou]{0,1}([bdkmnrst][aeiouh]{0,2}){1,3}",
            3 => "([dkmnst][aeo]{0,1}){2,4}",
            2 => "([bmnrst][ai]){3,6}[bmnrst]{0,2}",
            1 => "[aeiouh]{2,5}",
            2 => "[محدسنرباوي]{2,7}",
            1 => "[אבדמנרסשוי]{2,7}",
        ];
        proptest::collection::vec(word, 1..150)
    }

    /// The listed keys that are found near `key`, and those that are.
    fn found_and_near(store: &Store, nearby: &mut Nearby, key: &str) -> [Vec<usize>; 2] {
        let tables = store.tables();
        let mut found = Vec::new();
        near_keys(&tables, nearby, key, |at| found.push(at));
        found.sort_unstable();
        found.dedup();
        let is_near = |at: &usize| tables.key(*at).is_some_and(|other| near(key, other).is_some());
        [found, (0..tables.keys.starts.len() - 1).filter(is_near).collect()]
    }

    #[test]
    fn a_short_skeleton_is_near_a_short_reading_of_another_coarse_key() {
        let store = store_of(&["ndod".to_owned()]);
        let [found, near] = found_and_near(&store, &mut Nearby::default(), "^ndUdr");
        assert_eq!(found, near);
        assert!(!near.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn every_near_key_is_found_and_no_other(listed in words(), asked in words()) {
            let store = store_of(&listed);
            let mut nearby = Nearby::default();
            for word in asked.iter().take(40).chain(&listed) {
                let form = NameForm::new(word, Domain::Person);
                for key in form.tokens.iter().flat_map(|token| &token.keys) {
                    let [found, near] = found_and_near(&store, &mut nearby, key);
                    prop_assert_eq!(found, near, "{}", key);
                }
            }
        }
    }
}
