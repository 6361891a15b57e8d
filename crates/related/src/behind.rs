//! The parties behind a subject, each once, and the rows that they make.

use std::collections::BTreeMap;
use tamis_model::{RelatedParty, RelatedRole, Subject};
use tamis_ownership::{Interest, Named, Role, Row, Share, TieKind};
use tamis_screen::normal_form;

/// The id of the subject in the graph.
pub(crate) const CUSTOMER: &str = "customer";

/// What makes the ids of the parties behind it differ from that of the subject.
const PREFIX: &str = "party ";

/// How a party is tied to the subject; each tie is a finding of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TieClass {
    /// It owns a part.
    Stake,
    /// It leads.
    Lead,
    /// It signs.
    Sign,
}

/// A party behind the subject, under every role in which it is named.
pub(crate) struct Behind {
    /// Its name as first written, in the order of names.
    pub name: String,
    /// How it is tied to the subject, each way once.
    pub classes: Vec<TieClass>,
    /// Whether it owns a share that is not known.
    pub open: bool,
}

/// The parties by the normal forms of their names, with the rows of the graph and what has to be told.
#[derive(Default)]
pub(crate) struct Parties {
    pub by_key: BTreeMap<String, Behind>,
    pub rows: Vec<Row>,
    pub notes: Vec<String>,
}

impl Parties {
    /// Reads the related parties of a subject, in an order that does not depend on theirs.
    pub fn of(subject: &Subject) -> Parties {
        let mut sorted: Vec<&RelatedParty> = subject.related.iter().collect();
        sorted.sort();
        let mut parties = Parties::default();
        for pair in sorted.windows(2) {
            parties.tell_repeated(pair);
        }
        sorted.dedup();
        let customer = subject.names.first().map_or("", |name| name.text.as_str());
        sorted.into_iter().for_each(|party| parties.add(party, customer));
        parties
    }

    /// The party with this id of the graph.
    pub fn key_of(id: Option<&str>) -> Option<&str> {
        id?.strip_prefix(PREFIX)
    }

    /// Two equal shares of one name may be two people, or one that is named twice.
    fn tell_repeated(&mut self, pair: &[&RelatedParty]) {
        if let [one, two] = pair
            && one == two
            && one.share.is_some()
        {
            self.notes.push(format!(
                "{} '{}' is named twice with the same share, which is counted once: write the sum if both are meant",
                one.role.as_str(),
                one.name
            ));
        }
    }

    fn add(&mut self, party: &RelatedParty, customer: &str) {
        let share = self.share_of(party);
        let key = normal_form(&party.name, None);
        let behind = self.by_key.entry(key.clone()).or_insert_with(|| Behind {
            name: party.name.clone(),
            classes: Vec::new(),
            open: false,
        });
        let owner = Named::with_id(&behind.name, format!("{PREFIX}{key}"));
        let stake = party.role.owns() || party.share.is_some();
        behind.open |= stake && share.is_none();
        let classes = [stake.then_some(TieClass::Stake), class_of(party.role)];
        for class in classes.into_iter().flatten() {
            if !behind.classes.contains(&class) {
                behind.classes.push(class);
            }
            let kind = tie_of(party.role, class, share);
            let owned = Named::with_id(customer, CUSTOMER);
            self.rows.push(Row {
                source: "the record".to_owned(),
                place: "the record".to_owned(),
                ..Row::new(owner.clone(), owned, kind)
            });
        }
    }

    /// The share; one that cannot be read is told and taken as not known, which is never zero.
    fn share_of(&mut self, party: &RelatedParty) -> Option<Share> {
        let text = party.share.as_deref()?;
        Share::parse(text).unwrap_or_else(|error| {
            self.notes.push(format!(
                "the share '{text}' of {} '{}' {error}; it is taken as not known",
                party.role.as_str(),
                party.name
            ));
            None
        })
    }
}

const fn class_of(role: RelatedRole) -> Option<TieClass> {
    match role {
        RelatedRole::Owner | RelatedRole::BeneficialOwner => None,
        RelatedRole::Director | RelatedRole::Officer => Some(TieClass::Lead),
        RelatedRole::Signatory => Some(TieClass::Sign),
    }
}

fn tie_of(role: RelatedRole, class: TieClass, share: Option<Share>) -> TieKind {
    let interest = match role {
        RelatedRole::BeneficialOwner => Interest::Beneficial,
        _ => Interest::Shares,
    };
    let role = match role {
        RelatedRole::Officer => Role::Officer,
        _ => Role::Director,
    };
    match class {
        TieClass::Stake => TieKind::Stake {
            interest,
            share,
            joint: None,
        },
        TieClass::Lead => TieKind::Role { role },
        TieClass::Sign => TieKind::Role {
            role: Role::Signatory,
        },
    }
}
