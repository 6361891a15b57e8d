use crate::address::{Places, Same};
use crate::contact;
use crate::known::Known;
use crate::signal::{Signal, SignalKind};
use crate::standing::Standing;
use crate::{continuation, names, people, timing, weight};
use serde::Serialize;
use tamis_model::Company;
use tamis_names::{Domain, NameForm, Reader};
use tamis_screen::{Error, Scratch, Screener};

/// A company of a register, and the line on which its records begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line, from 1.
    pub line: u64,
    /// The company.
    pub company: Company,
}

/// Working memory of one thread: words are read and looked up once.
#[derive(Debug, Default)]
pub struct Memory {
    pub(crate) listed: Scratch,
    pub(crate) people: Scratch,
    pub(crate) places: Places,
    reader: Reader,
}

impl Memory {
    pub(crate) fn form(&mut self, name: &str, domain: Domain) -> Option<NameForm> {
        self.reader.all(name, domain).into_iter().next()
    }
}

/// What became of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a listed company itself: no successor.
    Listed {
        /// The entry, `<list>:<native id>`.
        entity_id: String,
        /// Its primary name.
        entity_name: String,
        /// Whether it is listed on the day in question.
        standing: Standing,
        /// By what it was recognised.
        how: String,
    },
    /// What it has in common with listed parties; [`Leads`](crate::Leads) grades that.
    Signals(Vec<Signal>),
    /// It could not be examined, for this reason.
    Unexamined(String),
}

/// A company with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line on which its records begin.
    pub line: u64,
    /// The register's key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is shown of it beside the name.
    pub about: About,
    /// Fields that were not understood.
    pub unused: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What is shown of a company beside its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// Where it is registered.
    pub country: String,
    /// When it was founded.
    pub founded: String,
    /// When it was dissolved.
    pub dissolved: String,
}

/// Compares companies of a register with what is known of listed parties. `Send + Sync`.
pub struct Examiner<'s> {
    pub(crate) screener: &'s Screener,
    pub(crate) known: Known,
    /// Over the people whom the register names at listed companies.
    pub(crate) people: Option<Screener>,
}

impl<'s> Examiner<'s> {
    /// An examiner with what is `known` of the parties of `screener`.
    ///
    /// # Errors
    /// As [`Screener::new`], for the people whom the register names at listed companies.
    pub fn new(screener: &'s Screener, known: Known) -> Result<Examiner<'s>, Error> {
        let people = known.people()?;
        Ok(Examiner {
            screener,
            known,
            people,
        })
    }

    /// What a company has in common with listed parties.
    ///
    /// Costs about one screening for each of its names, former names, officers and owners.
    pub fn examine(&self, entry: &Entry, memory: &mut Memory) -> Found {
        let company = &entry.company;
        Found {
            line: entry.line,
            id: company.id.clone(),
            name: company.name().to_owned(),
            about: About::of(company),
            unused: company.unused.clone(),
            outcome: self.outcome(company, memory),
        }
    }

    fn outcome(&self, company: &Company, memory: &mut Memory) -> Outcome {
        if let Some(listed) = self.listed(company) {
            return listed;
        }
        match self.signals(company, memory) {
            Ok(signals) => Outcome::Signals(signals),
            Err(reason) => Outcome::Unexamined(reason),
        }
    }

    fn listed(&self, company: &Company) -> Option<Outcome> {
        let identity = self.known.identify(company)?;
        let party = self.known.party(identity.party)?;
        Some(Outcome::Listed {
            entity_id: party.id.clone(),
            entity_name: party.name.clone(),
            standing: party.standing,
            how: identity.how,
        })
    }

    fn signals(&self, company: &Company, memory: &mut Memory) -> Result<Vec<Signal>, String> {
        let mut signals = people::signals(self, company, memory)?;
        signals.extend(names::signals(self, company, memory)?);
        signals.extend(continuation::signals(self, company, memory)?);
        signals.extend(self.contacts(company));
        signals.extend(self.addresses(company, memory));
        signals.extend(timing::signals(&self.known, company, &signals));
        Ok(signals)
    }

    fn contacts(&self, company: &Company) -> Vec<Signal> {
        let mut found: Vec<Signal> = Vec::new();
        for identifier in &company.identifiers {
            let domain = contact::domains(identifier)
                .into_iter()
                .find_map(|domain| self.domain(&domain, &identifier.value));
            let phone = contact::phone(identifier).and_then(|number| self.phone(&number, &identifier.value));
            found.extend(domain.into_iter().chain(phone));
        }
        found
    }

    fn domain(&self, domain: &str, here: &str) -> Option<Signal> {
        let fact = self.known.at_domain(domain)?;
        let signal = self
            .known
            .signal(SignalKind::Domain, fact.party, here, &fact.text)?;
        let signal = Signal {
            points: weight::DOMAIN,
            reason: format!("the same domain, {domain}"),
            ..signal
        };
        Some(signal.counted(domain).faded())
    }

    fn phone(&self, number: &str, here: &str) -> Option<Signal> {
        let fact = self.known.at_phone(number)?;
        let signal = self
            .known
            .signal(SignalKind::Phone, fact.party, here, &fact.text)?;
        let signal = Signal {
            points: weight::PHONE,
            reason: "the same telephone number".to_owned(),
            ..signal
        };
        Some(signal.counted(number).faded())
    }

    fn addresses(&self, company: &Company, memory: &mut Memory) -> Vec<Signal> {
        let mut found = Vec::new();
        for here in &company.addresses {
            let at = self.known.at_address(here, memory);
            let signals = at.into_iter().filter_map(|(fact, key, same)| {
                let signal = self
                    .known
                    .signal(SignalKind::Address, fact.party, here, &fact.text)?;
                let (points, reason) = match same {
                    Same::Building => (weight::ADDRESS, "the same building"),
                    Same::Unit => (weight::ADDRESS_UNIT, "the same building, and room or floor"),
                };
                let reason = reason.to_owned();
                Some(
                    Signal {
                        points,
                        reason,
                        ..signal
                    }
                    .counted(&key)
                    .faded(),
                )
            });
            // The first of equals: parties of one group share their addresses.
            found.extend(signals.reduce(|best, next| if next.points > best.points { next } else { best }));
        }
        found
    }
}

impl About {
    fn of(company: &Company) -> About {
        let text = |date: &Option<tamis_model::BirthDate>| {
            date.as_ref().map_or(String::new(), |date| date.text.clone())
        };
        let countries: Vec<&str> = company.countries.iter().map(|link| link.text.as_str()).collect();
        About {
            country: countries.join("; "),
            founded: text(&company.founded),
            dissolved: text(&company.dissolved),
        }
    }
}
