//! What is known of listed parties: by the lists, and by records of the register that are listed companies.

use crate::address::{AddressForm, Addresses, Places, Same};
use crate::contact;
use crate::examine::Memory;
use crate::identity::{Identities, Identity, name_key};
use crate::signal::{Signal, SignalKind};
use crate::standing::{Standing, covered};
use crate::words::Words;
use foldhash::HashMap;
use jiff::civil::Date;
use tamis_model::{
    BirthDate, Company, CountryCode, Entity, EntityKind, Identifier, List, ListMeta, Name, NameRole,
    Prohibition,
};
use tamis_names::{Domain, NameForm};
use tamis_policy::Policy;
use tamis_screen::{Error, Screener, unfit};

/// The id of the list that is made of people the register names.
const REGISTER: &str = "register";

/// A listed person or company.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub id: String,
    pub name: String,
    pub kind: EntityKind,
    pub standing: Standing,
    /// The first days of its measures that are known on the day in question, in order.
    pub measures: Vec<Date>,
    /// Whether its property is frozen.
    pub frozen: bool,
    /// Where it is registered, as far as the list says.
    pub countries: Vec<CountryCode>,
    pub identifiers: Vec<Identifier>,
}

/// Something known of a party.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub party: usize,
    pub text: String,
}

/// Somebody who leads or owns a listed company, as the register says.
#[derive(Clone, Debug)]
struct KnownPerson {
    party: usize,
    name: String,
    born: Option<BirthDate>,
    record: String,
}

/// What is known of listed parties. Made from lists, and then taught the records of the register that are listed
/// companies themselves: their people, addresses, domains, telephones and products.
#[derive(Debug, Default)]
pub struct Known {
    parties: Vec<Party>,
    by_id: HashMap<String, usize>,
    identities: Identities,
    domains: HashMap<String, Vec<Fact>>,
    phones: HashMap<String, Vec<Fact>>,
    products: HashMap<String, Vec<Fact>>,
    addresses: Addresses,
    placed: Vec<Fact>,
    words: Words,
    worded: Vec<Fact>,
    people: Vec<KnownPerson>,
    policy: Option<Policy>,
    places: Places,
}

/// Looks through a register for records that are listed companies: the first of its two readings.
pub struct Scout<'k> {
    known: &'k Known,
}

impl Scout<'_> {
    /// Whether the company is a listed one itself, so that [`Known::learn`] should have it.
    pub fn is_listed(&self, company: &Company) -> bool {
        self.known.identify(company).is_some()
    }
}

impl Known {
    /// What the lists of a screener know. Parties against whom no measure of the policy's regimes was ever taken
    /// ("named, and not listed") have no successors, and are left out.
    ///
    /// # Errors
    /// Where an entry of a compiled list cannot be read.
    pub fn of(screener: &Screener) -> Result<Known, Error> {
        let mut known = Known {
            policy: Some(screener.policy().clone()),
            ..Known::default()
        };
        for entity in screener.entities() {
            known.add(entity?, screener.policy());
        }
        Ok(known)
    }

    /// For the first reading of a register.
    pub fn scout(&self) -> Scout<'_> {
        Scout { known: self }
    }

    /// How many parties are listed.
    pub fn parties(&self) -> usize {
        self.parties.len()
    }

    fn add(&mut self, entity: &Entity, policy: &Policy) {
        let is_party = matches!(entity.kind, EntityKind::Person | EntityKind::Organization);
        let Some(standing) = Standing::of(entity, policy).filter(|_| is_party) else {
            return;
        };
        let party = self.parties.len();
        self.by_id.insert(entity.id(), party);
        self.parties.push(party_of(entity, standing, policy));
        if entity.kind == EntityKind::Organization {
            self.add_names(party, entity);
        }
        self.add_contacts(party, &entity.identifiers, "");
        for address in &entity.addresses {
            let form = AddressForm::listed(address, &mut self.places);
            self.add_address(party, form, address.one_line());
        }
    }

    fn add_names(&mut self, party: usize, entity: &Entity) {
        let strong = entity.names.iter().filter(|name| name.role.is_strong());
        let texts: Vec<String> = strong.map(|name| name.text.clone()).collect();
        for text in &texts {
            for at in self.words.add(&NameForm::new(text, Domain::Organization)) {
                self.add_word(at, party, text);
            }
        }
        self.identities.add(party, &texts, &entity.identifiers);
    }

    /// A word of several names belongs to the party that is most surely listed, of equals to the first.
    fn add_word(&mut self, at: usize, party: usize, text: &str) {
        let standing = |party: usize| self.parties.get(party).map(|party| party.standing);
        let fact = Fact {
            party,
            text: text.to_owned(),
        };
        match self
            .worded
            .get(at)
            .map(|known| standing(known.party) > standing(party))
        {
            None => self.worded.push(fact),
            Some(true) => self.worded[at] = fact,
            Some(false) => {}
        }
    }

    fn add_contacts(&mut self, party: usize, identifiers: &[Identifier], by: &str) {
        for identifier in identifiers {
            let fact = || Fact {
                party,
                text: format!("{}{by}", identifier.value.trim()),
            };
            // The first is the whole domain; those above it belong to a provider, perhaps.
            if let Some(domain) = contact::domains(identifier).into_iter().next() {
                self.domains.entry(domain).or_default().push(fact());
            }
            if let Some(number) = contact::phone(identifier) {
                self.phones.entry(number).or_default().push(fact());
            }
        }
    }

    fn add_address(&mut self, party: usize, form: AddressForm, text: String) {
        if self.addresses.add(form).is_some() {
            self.placed.push(Fact { party, text });
        }
    }

    /// Learns from records of the register that are listed companies what lists do not say. Others are left alone.
    pub fn learn(&mut self, mut companies: Vec<Company>) {
        companies.sort_by(|one, two| one.id.cmp(&two.id));
        for company in &companies {
            if let Some(identity) = self.identify(company) {
                self.learn_one(identity.party, company);
            }
        }
    }

    fn learn_one(&mut self, party: usize, company: &Company) {
        let by = format!(" (record {} of the register)", company.id);
        self.add_contacts(party, &company.identifiers, &by);
        for address in &company.addresses {
            let form = AddressForm::read(address, &mut self.places);
            self.add_address(party, form, format!("{address}{by}"));
        }
        for product in &company.products {
            if let Some(key) = name_key(product) {
                let text = format!("{product}{by}");
                self.products.entry(key).or_default().push(Fact { party, text });
            }
        }
        let officers = company
            .officers
            .iter()
            .map(|officer| (&officer.name, &officer.born));
        let owners = company.owners.iter().map(|owner| (&owner.name, &owner.born));
        let people = officers.chain(owners).filter(|(name, _)| unfit(name).is_none());
        self.people.extend(people.map(|(name, born)| KnownPerson {
            party,
            name: name.clone(),
            born: born.clone(),
            record: company.id.clone(),
        }));
    }

    pub(crate) fn identify(&self, company: &Company) -> Option<Identity> {
        self.identities.find(company, self)
    }

    pub(crate) fn party(&self, at: usize) -> Option<&Party> {
        self.parties.get(at)
    }

    pub(crate) fn party_named(&self, id: &str) -> Option<(usize, &Party)> {
        let at = *self.by_id.get(id)?;
        Some((at, self.parties.get(at)?))
    }

    /// A screener over the people whom the register names at listed companies; `None` where there are none.
    pub(crate) fn people(&self) -> Result<Option<Screener>, Error> {
        let Some(policy) = self.policy.clone().filter(|_| !self.people.is_empty()) else {
            return Ok(None);
        };
        let entities: Vec<Entity> = self
            .people
            .iter()
            .enumerate()
            .map(|(at, person)| entity_of(at, person))
            .collect();
        let meta = ListMeta::new(REGISTER, "People of listed companies", REGISTER, &entities);
        Screener::new(vec![List { meta, entities }], policy).map(Some)
    }

    /// The party that such a person belongs to, and the record that says so.
    pub(crate) fn person(&self, native_id: &str) -> Option<(usize, &str)> {
        let person = self.people.get(native_id.parse::<usize>().ok()?)?;
        Some((person.party, &person.record))
    }

    /// A signal about a party.
    pub(crate) fn signal(&self, kind: SignalKind, party: usize, here: &str, there: &str) -> Option<Signal> {
        let party = self.parties.get(party)?;
        Some(Signal {
            kind,
            entity_id: party.id.clone(),
            entity_name: party.name.clone(),
            standing: party.standing,
            here: here.to_owned(),
            there: there.to_owned(),
            score: None,
            points: 0,
            reason: String::new(),
            shared_by: None,
            key: None,
        })
    }

    /// The first of several facts that are one, with the best standing.
    pub(crate) fn best<'f>(&self, facts: &'f [Fact]) -> Option<&'f Fact> {
        let standing = |fact: &&Fact| self.parties.get(fact.party).map(|party| party.standing);
        facts.iter().min_by_key(standing)
    }

    pub(crate) fn at_domain(&self, domain: &str) -> Option<&Fact> {
        self.best(self.domains.get(domain)?)
    }

    pub(crate) fn at_phone(&self, number: &str) -> Option<&Fact> {
        self.best(self.phones.get(number)?)
    }

    pub(crate) fn of_product(&self, key: &str) -> Option<&Fact> {
        self.best(self.products.get(key)?)
    }

    /// The known addresses that agree with this one: what is known, what it is counted by, and how they agree.
    pub(crate) fn at_address(&self, text: &str, memory: &mut Memory) -> Vec<(&Fact, String, Same)> {
        let found = self.addresses.find(text, &mut memory.places).into_iter();
        found
            .filter_map(|(at, same)| Some((self.placed.get(at)?, self.addresses.form(at)?.key(), same)))
            .collect()
    }

    /// The rare words of listed names in a name: the name they come from, the listed word and the name's own.
    pub(crate) fn words_in(&self, form: &NameForm) -> Vec<(&Fact, &str, String)> {
        let found = self.words.find(form).into_iter();
        found
            .filter_map(|(at, word)| Some((self.worded.get(at)?, self.words.text(at), word)))
            .collect()
    }
}

fn party_of(entity: &Entity, standing: Standing, policy: &Policy) -> Party {
    let covered = || covered(entity, policy);
    let mut measures: Vec<Date> = covered()
        .filter_map(|m| m.from)
        .filter(|from| *from <= policy.as_of)
        .collect();
    measures.sort_unstable();
    Party {
        id: entity.id(),
        name: entity.primary_name().to_owned(),
        kind: entity.kind,
        standing,
        measures,
        frozen: covered().any(|m| m.prohibits == Prohibition::AssetFreeze && m.in_force(policy.as_of)),
        countries: entity.countries.iter().filter_map(|link| link.code).collect(),
        identifiers: entity.identifiers.clone(),
    }
}

/// A register seldom says whether an owner is a person, so the kind is a guess, which never speaks against a match.
fn entity_of(at: usize, person: &KnownPerson) -> Entity {
    let company = Domain::guess(&[&person.name]) == Domain::Organization;
    let kind = if company {
        EntityKind::Organization
    } else {
        EntityKind::Person
    };
    let mut entity = Entity::new(REGISTER, at.to_string(), kind);
    entity.kind_is_assumed = true;
    entity.names.push(Name::new(&person.name, NameRole::Primary));
    entity.birth_dates.extend(person.born.clone());
    entity
}
