//! Is this company of the register a listed one itself?

use crate::known::{Known, Party};
use foldhash::{HashMap, HashSet};
use tamis_model::{Company, CountryCode, EntityKind, Identifier, IdentifierKind};
use tamis_names::{Class, Domain, NameForm};

/// Shorter numbers are no keys of a register.
const LEAST_DIGITS: usize = 6;

/// Numbers and names of listed companies.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    numbers: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
}

/// Why a company is taken for a listed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub party: usize,
    pub how: String,
}

impl Identities {
    pub(crate) fn add(&mut self, party: usize, names: &[String], identifiers: &[Identifier]) {
        for number in identifiers.iter().filter_map(number) {
            self.numbers.entry(number).or_default().push(party);
        }
        let keys: HashSet<String> = names.iter().filter_map(|name| name_key(name)).collect();
        for key in keys {
            self.names.entry(key).or_default().push(party);
        }
    }

    /// The listed company that this one is: by a number, or by an equal name where neither number, country nor
    /// founding speaks against it.
    pub(crate) fn find(&self, company: &Company, known: &Known) -> Option<Identity> {
        self.by_number(company, known)
            .or_else(|| self.by_name(company, known))
    }

    fn by_number(&self, company: &Company, known: &Known) -> Option<Identity> {
        let home = |party: &usize| {
            known
                .party(*party)
                .is_some_and(|party| may_be_home(company, party))
        };
        company.identifiers.iter().find_map(|identifier| {
            let party = self
                .numbers
                .get(&number(identifier)?)?
                .iter()
                .find(|party| home(party))?;
            let how = format!(
                "the number {} is that of the listed company",
                identifier.value.trim()
            );
            Some(Identity { party: *party, how })
        })
    }

    fn by_name(&self, company: &Company, known: &Known) -> Option<Identity> {
        company.names.iter().find_map(|name| {
            let parties = keys(name).into_iter().filter_map(|key| self.names.get(&key));
            let fits = |at: &&usize| known.party(**at).is_some_and(|party| fits(company, party));
            let party = parties.flatten().find(fits)?;
            let how = format!(
                "'{name}' is the name of the listed company, and nothing contradicts that it is the same"
            );
            Some(Identity { party: *party, how })
        })
    }
}

/// Whether an equal name is enough: same country as far as known, no other number of the same kind, and no founding
/// after the first measure, when there would be two.
fn fits(company: &Company, party: &Party) -> bool {
    let after = match (&company.founded, party.measures.first()) {
        (Some(founded), Some(measure)) => founded.from > *measure,
        _ => false,
    };
    party.kind == EntityKind::Organization
        && may_be_home(company, party)
        && !after
        && !other_number(company, party)
}

fn may_be_home(company: &Company, party: &Party) -> bool {
    let here: Vec<CountryCode> = company.countries.iter().filter_map(|link| link.code).collect();
    here.is_empty() || party.countries.is_empty() || here.iter().any(|code| party.countries.contains(code))
}

fn other_number(company: &Company, party: &Party) -> bool {
    let of = |identifiers: &[Identifier], kind: &IdentifierKind| -> Vec<String> {
        let same = identifiers.iter().filter(|identifier| identifier.kind == *kind);
        same.filter_map(number).collect()
    };
    [
        IdentifierKind::Registration,
        IdentifierKind::TaxId,
        IdentifierKind::Lei,
    ]
    .iter()
    .any(|kind| {
        let (here, there) = (of(&company.identifiers, kind), of(&party.identifiers, kind));
        !here.is_empty() && !there.is_empty() && !here.iter().any(|number| there.contains(number))
    })
}

/// A number as it is compared. Registers and lists file tax and registration numbers under each other's names, so the
/// kind is no part of it.
fn number(identifier: &Identifier) -> Option<String> {
    let counts = matches!(
        identifier.kind,
        IdentifierKind::Registration | IdentifierKind::TaxId | IdentifierKind::Lei
    );
    let number = counts.then(|| identifier.number())?;
    Some(number.key().to_owned()).filter(|key| key.len() >= LEAST_DIGITS)
}

/// A name by its words in any order, legal forms by their meaning; `None` where no word identifies.
pub(crate) fn name_key(name: &str) -> Option<String> {
    key(&NameForm::new(name, Domain::Organization), |_| true)
}

/// The keys by which a company is looked up: its name, and its name without legal forms, which lists leave out of some.
fn keys(name: &str) -> Vec<String> {
    let form = NameForm::new(name, Domain::Organization);
    let whole = key(&form, |_| true);
    let bare = key(&form, |class| class != Class::LegalForm);
    whole.into_iter().chain(bare).collect()
}

fn key(form: &NameForm, counts: impl Fn(Class) -> bool) -> Option<String> {
    form.tokens.iter().find(|token| token.class == Class::Word)?;
    let counting = form.tokens.iter().filter(|token| counts(token.class));
    let mut words: Vec<&str> = counting
        .map(|token| match token.class {
            Class::LegalForm => token.meaning.as_ref(),
            _ => token.folded.as_str(),
        })
        .collect();
    words.sort_unstable();
    Some(words.join(" "))
}
