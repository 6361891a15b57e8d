//! Rare words of listed names, to be found in other names.

use foldhash::HashMap;
use tamis_names::{Class, NameForm, Token, agree, coarse_key};

/// The bits of a word that tells its bearer: a long one that no table of common words or names knows has 19.
const RARE_BITS: u16 = 17;

/// The shortest word that counts, and the shortest that counts as the beginning of another (`KasperskyOS`). Shorter
/// ones stand in many names by chance.
const LEAST_LETTERS: usize = 6;
const LEAST_START: usize = 7;

/// From this similarity on two words are spellings of one.
const SPELLING: u16 = 9_000;

/// Rare words of listed names.
#[derive(Debug, Default)]
pub(crate) struct Words {
    tokens: Vec<Token>,
    by_key: HashMap<Vec<u8>, Vec<u32>>,
    by_start: HashMap<String, Vec<u32>>,
    known: HashMap<String, Vec<u32>>,
}

impl Words {
    /// Adds the rare words of a listed name; the numbers of those that are new or known, each once.
    pub(crate) fn add(&mut self, form: &NameForm) -> Vec<usize> {
        form.tokens
            .iter()
            .filter(|token| is_rare(token))
            .filter_map(|token| self.add_word(token))
            .collect()
    }

    fn add_word(&mut self, token: &Token) -> Option<usize> {
        if let Some(at) = self.known.get(&token.folded).and_then(|list| list.first()) {
            return usize::try_from(*at).ok();
        }
        let at = u32::try_from(self.tokens.len()).ok()?;
        self.known.entry(token.folded.clone()).or_default().push(at);
        for key in coarse_keys(token) {
            self.by_key.entry(key).or_default().push(at);
        }
        if token.latin.len() >= LEAST_START {
            self.by_start.entry(start(token)).or_default().push(at);
        }
        self.tokens.push(token.clone());
        usize::try_from(at).ok()
    }

    /// The listed word with this number, in Latin letters.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.latin.as_str())
    }

    /// The listed words that a name holds, each with the name's own word.
    pub(crate) fn find(&self, form: &NameForm) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for token in form
            .tokens
            .iter()
            .filter(|token| token.latin.len() >= LEAST_LETTERS && token.class == Class::Word)
        {
            let equal = coarse_keys(token)
                .into_iter()
                .filter_map(|key| self.by_key.get(&key))
                .flatten();
            let longer = self.by_start.get(&start(token)).into_iter().flatten();
            let holds = |at: &u32| {
                let at = usize::try_from(*at).ok()?;
                let listed = self.tokens.get(at)?;
                let alike = agree(token, listed).is_some_and(|(_, similarity)| similarity >= SPELLING);
                (alike || begins(token, listed)).then(|| (at, token.folded.clone()))
            };
            found.extend(equal.chain(longer).filter_map(holds));
        }
        found.sort_unstable();
        found.dedup_by(|one, two| one.0 == two.0);
        found
    }
}

fn is_rare(token: &Token) -> bool {
    token.class == Class::Word
        && token.bits >= RARE_BITS
        && !token.known
        && token.latin.len() >= LEAST_LETTERS
}

fn begins(token: &Token, listed: &Token) -> bool {
    listed.latin.len() >= LEAST_START && token.latin.starts_with(&listed.latin)
}

fn start(token: &Token) -> String {
    token.latin.chars().take(LEAST_START).collect()
}

fn coarse_keys(token: &Token) -> Vec<Vec<u8>> {
    let mut keys: Vec<Vec<u8>> = token.keys.iter().map(|key| coarse_key(key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis_names::Domain;

    fn found(name: &str) -> Vec<String> {
        let mut words = Words::default();
        for listed in ["AO Kaspersky Lab", "AO Laboratoriya Kasperskogo"] {
            words.add(&NameForm::new(listed, Domain::Organization));
        }
        let form = NameForm::new(name, Domain::Organization);
        words
            .find(&form)
            .into_iter()
            .map(|(at, _)| words.text(at).to_owned())
            .collect()
    }

    #[test]
    fn rare_words_are_found_in_any_spelling_and_as_beginnings() {
        assert_eq!(found("Kaspersky Digital Solutions LLC"), ["kaspersky"]);
        assert_eq!(found("ООО Лаборатория Касперского Плюс"), ["kasperskogo"]);
        assert_eq!(found("KasperskyOS Nordic AB"), ["kaspersky"]);
        for other in [
            "Casper Sky Ltd",
            "Laboratory of Sleep",
            "Kasper Bakery",
            "Digital Solutions LLC",
        ] {
            assert_eq!(found(other), Vec::<String>::new(), "{other}");
        }
    }
}
