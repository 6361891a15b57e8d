//! The names of one domain, and where to look for those that resemble a token.

use crate::align::{rotations, runs};
use crate::score::LINE;
use foldhash::HashMap;
use tamis_names::{
    Agreement, Class, MAX_READING, NameForm, Signature, Similarity, Token, acronyms, agree, budget,
    coarse_key, full_edits, join_keys, near,
};

/// A name of an entry, ready to be compared.
#[derive(Debug)]
pub(crate) struct Listed {
    /// Which entity, and which of its names.
    pub(crate) entity: u32,
    pub(crate) name: u32,
    pub(crate) form: NameForm,
    /// Patronymics that other names of the entity give and this one does not.
    pub(crate) implied: Vec<Token>,
    /// Whether it has a word.
    pub(crate) has_word: bool,
    /// The weight of the words that it has once.
    pub(crate) word_weight: u32,
    /// How many initials it has.
    pub(crate) initials: u32,
}

/// One distinct token of the listed names, and the names that have it.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) token: Token,
    pub(crate) names: Vec<u32>,
    /// Those of the names that have no word.
    pub(crate) wordless: Vec<u32>,
}

/// A term that agrees with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Similar {
    pub(crate) term: u32,
    pub(crate) similarity: Similarity,
}

/// The listed names of one domain.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) names: Vec<Listed>,
    pub(crate) terms: Vec<Term>,
    by_token: HashMap<(Class, String, u64), u32>,
    by_folded: HashMap<String, Vec<u32>>,
    by_latin: HashMap<String, Vec<u32>>,
    /// Join key, or key of a sound → term.
    by_join_key: HashMap<String, Vec<u32>>,
    by_meaning: HashMap<String, Vec<u32>>,
    by_key: HashMap<String, Vec<u32>>,
    /// Hash of a coarse key with sounds deleted → key, sorted.
    near: Vec<(u64, u32)>,
    keys: Vec<(String, Signature)>,
    /// Join key of a run of tokens → names that have such a run, with the run's weight.
    pub(crate) joined: HashMap<String, Vec<(u32, u32)>>,
    /// Acronym → names that it stands for, each with its weight.
    pub(crate) acronyms: HashMap<String, Vec<(u32, u32)>>,
    pub(crate) by_normal: HashMap<String, Vec<u32>>,
    /// The first bytes of long normal forms, as many as a [`LINE`] has at least → names.
    pub(crate) by_line: HashMap<Vec<u8>, Vec<u32>>,
}

impl Index {
    pub(crate) fn add(&mut self, entity: u32, name: u32, form: NameForm, implied: Vec<Token>) {
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let has_word = form.tokens.iter().any(|t| t.class == Class::Word);
        for token in &form.tokens {
            let at = self.term(token);
            let term = &mut self.terms[at as usize];
            if term.names.last() != Some(&id) {
                term.names.push(id);
                term.wordless.extend((!has_word).then_some(id));
            }
        }
        self.add_joins(id, &form);
        self.by_normal.entry(form.normal.clone()).or_default().push(id);
        if let Some(line) = form.normal.as_bytes().get(..LINE) {
            self.by_line.entry(line.to_vec()).or_default().push(id);
        }
        let of = |class: Class| form.tokens.iter().filter(move |t| t.class == class);
        let once = |t: &&Token| {
            form.tokens
                .iter()
                .filter(|other| other.folded == t.folded)
                .count()
                == 1
        };
        let word_weight = of(Class::Word).filter(once).map(|t| u32::from(t.weight)).sum();
        let initials = u32::try_from(of(Class::Initial).count()).unwrap_or(u32::MAX);
        self.names.push(Listed {
            entity,
            name,
            form,
            implied,
            has_word,
            word_weight,
            initials,
        });
    }

    fn term(&mut self, token: &Token) -> u32 {
        let key = (token.class, token.folded.clone(), token.sounds_as());
        // A token's weight may differ from name to name (a generic word that has to carry a name), which the
        // bounds allow for; everything else follows from its class and its text.
        if let Some(&term) = self.by_token.get(&key) {
            let known = &mut self.terms[term as usize].token.weight;
            *known = token.weight.max(*known);
            return term;
        }
        let term = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.by_token.insert(key, term);
        // Equal text agrees whatever its class; the other ways are for words and numbers.
        self.by_folded.entry(token.folded.clone()).or_default().push(term);
        if can_be_found(token.class) {
            self.by_latin.entry(token.latin.clone()).or_default().push(term);
            for key in join_keys(std::slice::from_ref(token)) {
                self.by_join_key.entry(key).or_default().push(term);
            }
            if !token.meaning.is_empty() {
                self.by_meaning
                    .entry(token.meaning.clone())
                    .or_default()
                    .push(term);
            }
            for key in &token.keys {
                self.by_key.entry(key.clone()).or_default().push(term);
            }
        }
        self.terms.push(Term {
            token: token.clone(),
            names: Vec::new(),
            wordless: Vec::new(),
        });
        term
    }

    fn add_joins(&mut self, id: u32, form: &NameForm) {
        let parts = runs(form.tokens.len()).map(|run| run.of(&form.tokens));
        for tokens in parts {
            let weight = tokens.iter().map(|t| u32::from(t.weight)).sum();
            for key in join_keys(tokens) {
                self.joined.entry(key).or_default().push((id, weight));
            }
        }
        let weight = form.tokens.iter().map(|t| u32::from(t.weight)).sum();
        for turned in rotations(&form.tokens) {
            for key in join_keys(&turned) {
                self.joined.entry(key).or_default().push((id, weight));
            }
        }
        for acronym in acronyms(&form.tokens) {
            self.acronyms.entry(acronym).or_default().push((id, weight));
        }
    }

    /// Prepares the search for near readings; call once, after the last name.
    pub(crate) fn finish(&mut self) {
        self.keys = self
            .by_key
            .keys()
            .map(|key| (key.clone(), Signature::of(key)))
            .collect();
        self.keys.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
        let mut near = Vec::new();
        for (at, (key, _)) in self.keys.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            near.extend(deletions(key).into_iter().map(|hash| (hash, at)));
        }
        near.sort_unstable();
        near.dedup();
        near.shrink_to_fit();
        self.near = near;
    }

    /// Every term that agrees with `token` otherwise than as an initial, with how much. Nothing is left out:
    /// `agree` says what agrees, and each way it can say so has its own look-up here.
    pub(crate) fn similar(&self, token: &Token) -> Vec<Similar> {
        let mut found: Vec<u32> = Vec::new();
        found.extend(self.by_folded.get(&token.folded).into_iter().flatten());
        found.extend(self.by_latin.get(&token.latin).into_iter().flatten());
        for key in join_keys(std::slice::from_ref(token)) {
            found.extend(self.spelt(&key));
        }
        if !token.meaning.is_empty() {
            found.extend(self.by_meaning.get(&token.meaning).into_iter().flatten());
        }
        let mut keys: Vec<u32> = Vec::new();
        for key in &token.keys {
            keys.clear();
            for hash in deletions(key) {
                let from = self.near.partition_point(|&(h, _)| h < hash);
                let same = self.near[from..].iter().take_while(|&&(h, _)| h == hash);
                keys.extend(same.map(|&(_, at)| at));
            }
            keys.sort_unstable();
            keys.dedup();
            let signature = Signature::of(key);
            let others = keys.iter().map(|&at| &self.keys[at as usize]);
            let near = others.filter(|(other, theirs)| is_near(key, &signature, other, theirs));
            found.extend(near.filter_map(|(other, _)| self.by_key.get(other)).flatten());
        }
        found.sort_unstable();
        found.dedup();
        let agrees = |&term: &u32| {
            let (how, similarity) = agree(token, &self.terms[term as usize].token)?;
            (how != Agreement::Initial).then_some(Similar { term, similarity })
        };
        found.iter().filter_map(agrees).collect()
    }

    /// The terms with these Latin letters.
    pub(crate) fn by_latin(&self, latin: &str) -> &[u32] {
        self.by_latin.get(latin).map_or(&[], Vec::as_slice)
    }

    /// The terms that a run of tokens with this join key makes up.
    pub(crate) fn spelt(&self, join_key: &str) -> &[u32] {
        self.by_join_key.get(join_key).map_or(&[], Vec::as_slice)
    }
}

fn is_near(one: &str, mine: &Signature, two: &str, theirs: &Signature) -> bool {
    let limit = budget(one.len().max(two.len()));
    mine.least_cost(theirs) <= u32::from(limit) && near(one, two).is_some()
}

/// Classes that are looked up; the others are allowed for in the bound.
const fn can_be_found(class: Class) -> bool {
    matches!(
        class,
        Class::Word | Class::Patronymic | Class::Generic | Class::Geographic | Class::Number
    )
}

/// The hashes of a reading's coarse key with up to [`full_edits`] sounds deleted.
///
/// None for a reading beyond [`MAX_READING`], which agrees with its equal only; deleting from it would never end.
fn deletions(reading: &str) -> Vec<u64> {
    if reading.len() > MAX_READING {
        return Vec::new();
    }
    let key = coarse_key(reading);
    let mut forms = vec![key];
    let mut level = 0..1;
    for _ in 0..full_edits(reading) {
        for at in level.clone() {
            for drop in 0..forms[at].len() {
                let mut shorter = forms[at].clone();
                shorter.remove(drop);
                forms.push(shorter);
            }
        }
        level = level.end..forms.len();
    }
    let mut hashes: Vec<u64> = forms.iter().map(|form| fnv(form)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// FNV-1a, 64 bits: a collision only brings one more term to check.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
