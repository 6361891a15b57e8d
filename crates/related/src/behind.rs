//! The parties behind a subject, each once, and the rows that they make.

use std::collections::{BTreeMap, BTreeSet};
use tamis_model::{RelatedParty, RelatedRole, Subject};
use tamis_ownership::{Interest, Named, PartyId, Role, Row, Scale, Share, TieKind, is_open};
use tamis_screen::normal_form;

/// The id of the subject in the graph.
pub(crate) const CUSTOMER: &str = "customer";

/// Who says what columns say.
const RECORD: &str = "the record";

/// The id of a party that only the record names, by the normal form of its name.
pub(crate) fn named_only(key: &str) -> String {
    format!("party {key}")
}

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
#[derive(Default)]
pub(crate) struct Behind {
    /// Its name as first written, in the order of names.
    pub name: String,
    /// Whether the record names it.
    pub is_named: bool,
    /// The parties of the stakes that it is.
    pub parties: BTreeSet<PartyId>,
    /// How it is tied to the subject itself, each way once.
    pub classes: BTreeSet<TieClass>,
    /// What it owns of the subject: each kind and source with whether a share is known.
    stated: BTreeSet<(Interest, String, bool)>,
}

impl Behind {
    /// A party of this name, not tied to anything yet.
    pub fn called(name: &str) -> Behind {
        Behind {
            name: name.to_owned(),
            ..Behind::default()
        }
    }

    /// Whether it owns a share that is not known.
    pub fn is_open(&self) -> bool {
        let stated = self.stated.iter();
        is_open(
            &stated
                .map(|(kind, source, knows)| (*kind, source.as_str(), *knows))
                .collect(),
        )
    }

    /// Takes up a tie to the subject, with who says so.
    pub fn tie(&mut self, kind: &TieKind, source: &str) {
        let class = match kind {
            TieKind::Stake {
                share: Some(share), ..
            } if *share == Share::ZERO => return,
            TieKind::Stake { interest, share, .. } => {
                self.stated
                    .insert((*interest, source.to_owned(), share.is_some()));
                TieClass::Stake
            }
            TieKind::Role {
                role: Role::Signatory,
            } => TieClass::Sign,
            TieKind::Role { .. } => TieClass::Lead,
            TieKind::Link { .. } => return,
        };
        self.classes.insert(class);
    }
}

/// The parties by their ids in the graph, with the rows of the graph and what has to be told.
#[derive(Default)]
pub(crate) struct Parties {
    pub by_key: BTreeMap<String, Behind>,
    pub rows: Vec<Row>,
    pub notes: Vec<String>,
    /// Pairs of ids that are one party, called alike.
    pub one: Vec<(String, String)>,
    /// Whether some of these pairs only may be one party.
    pub is_doubtful: bool,
    /// Whether one of them has an id that stands beside unlike names.
    pub has_same_ids: bool,
}

impl Parties {
    /// Reads the related parties of a subject, in an order that does not depend on theirs; `id_of` gives the id for the normal form of
    /// a name.
    pub fn of(subject: &Subject, id_of: &dyn Fn(&str) -> String) -> Parties {
        let mut sorted: Vec<&RelatedParty> = subject.related.iter().collect();
        sorted.sort();
        let mut parties = Parties::default();
        for pair in sorted.windows(2) {
            parties.tell_repeated(pair);
        }
        sorted.dedup();
        let unsure = parties.tell_unit(&sorted);
        for party in sorted {
            let id = id_of(&normal_form(&party.name, None));
            let share = party.share.as_deref().unwrap_or_default();
            parties.add(party, id, subject, unsure && Scale::is_small(share));
        }
        parties
    }

    /// The id of a party behind the subject.
    pub fn key_of(id: Option<&str>) -> Option<&str> {
        id.filter(|id| *id != CUSTOMER)
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

    /// Whether the shares of the record may be parts of one, which is told.
    fn tell_unit(&mut self, parties: &[&RelatedParty]) -> bool {
        let mut scale = Scale::default();
        let shares = || parties.iter().filter_map(|party| party.share.as_deref());
        shares().for_each(|share| scale.take(share));
        let small = shares().find(|share| scale.looks_like_parts_of_one() && Scale::is_small(share));
        if let Some(share) = small {
            self.notes.push(format!(
                "the share '{share}' may be a part of one, as no share of the record is above 1: how much is held is taken as not known; write per \
                 cent (60), a fraction (3/5), or the sign where so little is meant (0.6 %)"
            ));
        }
        small.is_some()
    }

    /// Takes up a party; where `unsure`, its share is what is known, and more may be held.
    fn add(&mut self, party: &RelatedParty, id: String, subject: &Subject, unsure: bool) {
        let share = self.share_of(party);
        let behind = self.by_key.entry(id.clone());
        let behind = behind.or_insert_with(|| Behind::called(&party.name));
        behind.is_named = true;
        let owner = Named::with_id(&behind.name, id);
        let stake = party.role.owns() || party.share.is_some();
        let kinds = [
            stake.then(|| stake_of(party.role, share)),
            unsure.then(|| stake_of(party.role, None)),
            role_of(party.role),
        ];
        for kind in kinds.into_iter().flatten() {
            behind.tie(&kind, RECORD);
            self.rows.push(Row {
                source: RECORD.to_owned(),
                place: RECORD.to_owned(),
                ..Row::new(owner.clone(), customer(subject), kind)
            });
        }
    }

    /// A share that stands in the name is not read, which must not look as if there were none.
    fn tell_unread(&mut self, party: &RelatedParty) {
        let end = party
            .name
            .trim_end_matches(|c: char| c.is_whitespace() || c == ')');
        if end.ends_with('%') && end.contains(|c: char| c.is_ascii_digit()) {
            self.notes.push(format!(
                "the share in '{}' was not read and is taken as not known: write it in square brackets, NAME [50 %]",
                party.name
            ));
        }
    }

    /// The share; one that cannot be read is told and taken as not known, which is never zero.
    fn share_of(&mut self, party: &RelatedParty) -> Option<Share> {
        let Some(text) = party.share.as_deref() else {
            self.tell_unread(party);
            return None;
        };
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

/// The subject as a party of the graph.
pub(crate) fn customer(subject: &Subject) -> Named {
    let name = subject.names.first().map_or("", |name| name.text.as_str());
    Named::with_id(name, CUSTOMER)
}

fn stake_of(role: RelatedRole, share: Option<Share>) -> TieKind {
    let interest = match role {
        RelatedRole::BeneficialOwner => Interest::Beneficial,
        _ => Interest::Shares,
    };
    TieKind::Stake {
        interest,
        share,
        joint: None,
    }
}

fn role_of(role: RelatedRole) -> Option<TieKind> {
    let role = match role {
        RelatedRole::Owner | RelatedRole::BeneficialOwner => return None,
        RelatedRole::Director => Role::Director,
        RelatedRole::Officer => Role::Officer,
        RelatedRole::Signatory => Role::Signatory,
    };
    Some(TieKind::Role { role })
}
