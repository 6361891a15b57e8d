//! The forms of a name, those together by which one search finds the same names.

use crate::learned::same_text;
use std::sync::Arc;
use tamis_names::{Class, Domain, Forms, NameForm, Token};

/// A form of a name, and the domains that read it so, but for the rarity of its words.
#[derive(Debug)]
pub(crate) struct Alike<'a> {
    /// The form of the first of them.
    pub(crate) first: &'a NameForm,
    /// Which they are.
    pub(crate) domains: [bool; 3],
    /// The most bits that each token has in any of them.
    pub(crate) bits: Vec<u16>,
    own: Own<'a>,
}

/// The form of each domain.
#[derive(Debug)]
enum Own<'a> {
    Each([Option<&'a NameForm>; 3]),
    /// One that all domains share, made for a domain when a listed name is compared by it.
    Shared(&'a Forms),
}

const DOMAINS: [Domain; 3] = [Domain::Person, Domain::Organization, Domain::Object];

/// The forms of a name in all domains, those that are alike together.
pub(crate) fn read_alike(forms: &Forms) -> Vec<Alike<'_>> {
    if let Some((first, bits)) = forms.shared() {
        let (bits, own) = (bits.collect(), Own::Shared(forms));
        return vec![Alike {
            first,
            domains: [true; 3],
            bits,
            own,
        }];
    }
    let mut groups: Vec<Alike<'_>> = Vec::new();
    for (at, domain) in DOMAINS.into_iter().enumerate() {
        for form in forms.of(domain) {
            let mut groups_without = groups.iter_mut().filter(|group| !group.domains[at]);
            match groups_without.find(|group| alike(group.first, form)) {
                Some(group) => group.add(at, form),
                None => groups.push(Alike::new(at, form)),
            }
        }
    }
    groups
}

impl<'a> Alike<'a> {
    fn new(domain: usize, form: &'a NameForm) -> Alike<'a> {
        let is_first = |at: usize| at == domain;
        Alike {
            first: form,
            domains: std::array::from_fn(is_first),
            bits: form.tokens.iter().map(|token| token.bits).collect(),
            own: Own::Each(std::array::from_fn(|at| is_first(at).then_some(form))),
        }
    }

    fn add(&mut self, domain: usize, form: &'a NameForm) {
        self.domains[domain] = true;
        for (bits, token) in self.bits.iter_mut().zip(&form.tokens) {
            *bits = token.bits.max(*bits);
        }
        if let Own::Each(forms) = &mut self.own {
            forms[domain] = Some(form);
        }
    }

    /// The form by which names of a domain are compared.
    pub(crate) fn form(&self, domain: usize) -> Option<&'a NameForm> {
        match self.own {
            Own::Each(forms) => *forms.get(domain)?,
            Own::Shared(forms) => forms.of(*DOMAINS.get(domain)?).first(),
        }
    }
}

/// Whether the second form finds no names but those that the first one finds too, with the same bounds: they are equal
/// but for the rarity of their words, and for given names of persons, which agree with more.
fn alike(one: &NameForm, two: &NameForm) -> bool {
    let same = |(one, two): (&Token, &Token)| {
        Arc::ptr_eq(&one.word, &two.word)
            && one.class == two.class
            && one.weight == two.weight
            && one.known == two.known
            && (same_text(&one.meaning, &two.meaning) || (one.class == Class::Word && two.meaning.is_empty()))
            && one.sounds == two.sounds
    };
    one.tokens.len() == two.tokens.len() && one.tokens.iter().zip(&two.tokens).all(same)
}
