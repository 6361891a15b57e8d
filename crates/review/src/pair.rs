use crate::alert::{Step, said};
use crate::{Disposition, Error, Identity, Print, ReasonCode};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How long a pair holds at the most, and unless something else is said: twelve months. OFAC asks that such lists be reviewed
/// periodically ("Guidance on the provision of false hit lists", 21 October 2015), and a pair without an end never is.
pub const LONGEST_MONTHS: i32 = 12;

/// Which customer beside which entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairKey {
    /// The caller's own id of the customer.
    pub customer: String,
    /// The id of the entry, `<list>:<native id>`.
    pub entity: String,
}

impl PairKey {
    /// The key of a customer and an entry.
    ///
    /// # Errors
    /// [`Error::NoCustomerId`]: nothing would tell whose pair it is.
    pub fn new(customer: Option<&str>, entity: impl Into<String>) -> Result<PairKey, Error> {
        let customer = customer.map(str::trim).filter(|id| !id.is_empty());
        Ok(PairKey {
            customer: customer.ok_or(Error::NoCustomerId)?.to_owned(),
            entity: entity.into(),
        })
    }
}

impl fmt::Display for PairKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.customer, self.entity)
    }
}

/// A customer and an entry that somebody takes for two parties (a *good-guy* or *false-hit* pair).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Which pair.
    pub key: PairKey,
    /// What the customer said then.
    pub customer: Print,
    /// What the entry said then.
    pub entry: Print,
    /// Why they are two, in a word.
    pub reason: ReasonCode,
    /// Why, for readers.
    pub rationale: String,
    /// Who answers for the pair and reviews it.
    pub owner: Identity,
    /// The last day on which it holds.
    pub expires: Date,
}

impl Proposal {
    /// The last day that a pair proposed on `day` may hold.
    ///
    /// # Errors
    /// [`Error::Calendar`] at its end.
    pub fn latest(day: Date) -> Result<Date, Error> {
        day.checked_add(LONGEST_MONTHS.months())
            .map_err(|_| Error::Calendar)
    }

    /// Whether it may be proposed on `day`.
    ///
    /// # Errors
    /// No rationale, a reason that does not speak for two parties, or an expiry that is past or too far off.
    pub fn check(&self, day: Date) -> Result<(), Error> {
        if !self.reason.speaks_for(Disposition::FalsePositive) {
            return Err(Error::WrongReason(Disposition::FalsePositive, self.reason));
        }
        let latest = Proposal::latest(day)?;
        if self.expires <= day || self.expires > latest {
            return Err(Error::Expiry {
                expires: self.expires,
                from: day,
                latest,
            });
        }
        said(&self.rationale)
    }
}

/// Something that people did about a pair. The pair is named by the id of its proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event", deny_unknown_fields)]
#[non_exhaustive]
pub enum PairEvent {
    /// Somebody proposed it.
    Proposed(Box<Proposal>),
    /// Somebody else approved it: it holds from now on.
    Approved {
        /// Why, for readers.
        rationale: String,
    },
    /// It holds no longer.
    Revoked {
        /// Why, for readers.
        rationale: String,
    },
}

/// A pair and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// Its id: that of the record that proposed it.
    pub id: String,
    /// What was proposed.
    pub proposal: Proposal,
    /// When, and by whom.
    pub proposed: (Timestamp, Identity),
    /// Who approved it, and when.
    pub approved: Option<(Timestamp, Identity)>,
    /// The approval that counted until people came to doubt it, and the last alert on which they did.
    pub outdated: Option<Outdated>,
    /// Who revoked it, when, and why.
    pub revoked: Option<(Timestamp, Identity, String)>,
    /// Whether the prints were erased, so that nothing tells whether the pair still fits: it clears nothing.
    pub erased: bool,
}

/// An approval that counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outdated {
    /// Who approved it, and when.
    pub approved: (Timestamp, Identity),
    /// The alert on which people came to doubt it.
    pub alert: String,
}

/// Why a pair that was approved holds no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "lapse")]
pub enum Lapse {
    /// What customer and entry said was erased.
    Erased,
    /// Its last day is past.
    Expired {
        /// That day.
        on: Date,
    },
    /// The customer says something else now.
    CustomerChanged {
        /// In which fields.
        fields: Vec<String>,
    },
    /// The entry says something else now.
    EntryChanged {
        /// In which fields.
        fields: Vec<String>,
    },
    /// People doubt that customer and entry are two ([`Alert::is_in_doubt`](crate::Alert::is_in_doubt)).
    Doubted {
        /// The alert in question.
        alert: String,
        /// What it is now.
        disposition: Disposition,
    },
    /// They did, after it was approved.
    Outdated {
        /// The alert on which they did.
        alert: String,
    },
}

impl fmt::Display for Lapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lapse::Erased => f.write_str("its personal data was erased"),
            Lapse::Expired { on } => write!(f, "it expired after {on}"),
            Lapse::CustomerChanged { fields } => write!(f, "the customer changed: {}", fields.join(", ")),
            Lapse::EntryChanged { fields } => write!(f, "the entry changed: {}", fields.join(", ")),
            Lapse::Doubted { alert, disposition } => {
                write!(f, "the alert {alert} of this customer and entry is {disposition}")
            }
            Lapse::Outdated { alert } => {
                write!(
                    f,
                    "it was doubted on the alert {alert}, and nobody has approved it since"
                )
            }
        }
    }
}

/// What a pair is worth for one customer, one entry and one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has approved it.
    Proposed,
    /// It holds: the alert is suppressed, counted and kept.
    Holds,
    /// It held once.
    Lapsed(Vec<Lapse>),
    /// It was revoked.
    Revoked,
}

impl Pair {
    /// A pair that was proposed.
    pub fn new(id: impl Into<String>, at: Timestamp, actor: Identity, proposal: Proposal) -> Pair {
        Pair {
            id: id.into(),
            proposal,
            proposed: (at, actor),
            approved: None,
            outdated: None,
            revoked: None,
            erased: false,
        }
    }

    /// Adds an approval or a revocation. It looks at this pair alone; [`Pairs`](crate::Pairs) looks at the others of the same customer and
    /// entry, too.
    ///
    /// # Errors
    /// The step is refused and the pair stays as it was: the same person proposed it, it is approved or revoked already, or the
    /// rationale is empty.
    pub fn take(&mut self, step: Step<PairEvent>) -> Result<(), Error> {
        match step.event {
            PairEvent::Approved { rationale } => {
                self.may_be_approved(&step.actor)?;
                said(&rationale)?;
                (self.approved, self.outdated) = (Some((step.at, step.actor)), None);
            }
            PairEvent::Revoked { rationale } => {
                self.is_open()?;
                said(&rationale)?;
                self.revoked = Some((step.at, step.actor, rationale));
            }
            PairEvent::Proposed(_) => {
                return Err(Error::NothingToApprove(format!(
                    "the pair {} is proposed already",
                    self.id
                )));
            }
        }
        Ok(())
    }

    /// People doubt it on this alert: whoever approved it did not know of that, and his word counts no more.
    pub(crate) fn doubt(&mut self, alert: &str) {
        if let Some(approved) = self.approved.take() {
            let alert = alert.to_owned();
            self.outdated = Some(Outdated { approved, alert });
        }
    }

    fn is_open(&self) -> Result<(), Error> {
        match &self.revoked {
            Some((_, who, _)) => Err(Error::NothingToApprove(format!(
                "{who} revoked the pair {}",
                self.id
            ))),
            None => Ok(()),
        }
    }

    /// Neither who proposed a pair nor who owns it approves it.
    fn may_be_approved(&self, who: &Identity) -> Result<(), Error> {
        self.is_open()?;
        if let Some((_, first)) = &self.approved {
            return Err(Error::NothingToApprove(format!(
                "{first} approved the pair {} already",
                self.id
            )));
        }
        let same = |did| Error::SamePerson {
            who: who.clone(),
            did,
        };
        if self.proposed.1.is(who) {
            return Err(same("proposed the pair"));
        }
        match self.proposal.owner.is(who) {
            true => Err(same("owns the pair")),
            false => Ok(()),
        }
    }

    /// What it alone is worth on `day`, where customer and entry say what `customer` and `entry` print. Both are printed with the salts of
    /// the proposal.
    pub fn standing(&self, day: Date, customer: &Print, entry: &Print) -> Standing {
        match (&self.revoked, &self.approved, &self.outdated) {
            (Some(_), ..) => Standing::Revoked,
            (None, None, None) => Standing::Proposed,
            (None, _, outdated) => {
                let outdated = outdated.iter().map(|one| Lapse::Outdated {
                    alert: one.alert.clone(),
                });
                match outdated
                    .chain(self.lapses(day, customer, entry))
                    .collect::<Vec<_>>()
                {
                    lapses if lapses.is_empty() => Standing::Holds,
                    lapses => Standing::Lapsed(lapses),
                }
            }
        }
    }

    /// Why it would not hold on `day`, whoever approved it; none where it would.
    pub(crate) fn lapses(&self, day: Date, customer: &Print, entry: &Print) -> Vec<Lapse> {
        if self.erased {
            return vec![Lapse::Erased];
        }
        let fields = |old: &Print, new: &Print| -> Vec<String> {
            old.changes(new).into_iter().map(str::to_owned).collect()
        };
        let expires = self.proposal.expires;
        let expired = (day > expires).then_some(Lapse::Expired { on: expires });
        let customer = fields(&self.proposal.customer, customer);
        let entry = fields(&self.proposal.entry, entry);
        let customer = (!customer.is_empty()).then_some(Lapse::CustomerChanged { fields: customer });
        let entry = (!entry.is_empty()).then_some(Lapse::EntryChanged { fields: entry });
        [expired, customer, entry].into_iter().flatten().collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use tamis_model::{Entity, EntityKind, Name, NameRole, Subject};

    pub(crate) const DAY: Date = date(2026, 11, 29);

    pub(crate) fn who(name: &str) -> Identity {
        Identity::new(name).unwrap()
    }

    pub(crate) fn customer(salt: &str) -> Print {
        Print::of_customer(&Subject::named("Anton Ivanov"), salt)
    }

    pub(crate) fn entry(salt: &str) -> Print {
        let mut entity = Entity::new("demo", "1", EntityKind::Person);
        entity.names.push(Name::new("IVANOV, Anton", NameRole::Primary));
        Print::of_entry(&entity, salt)
    }

    fn proposal() -> Proposal {
        Proposal {
            key: PairKey::new(Some("C-1"), "demo:1").unwrap(),
            customer: customer("one"),
            entry: entry("two"),
            reason: ReasonCode::BirthDateConflict,
            rationale: "Born in 1985, not in 1990.".into(),
            owner: who("olga"),
            expires: date(2027, 11, 29),
        }
    }

    pub(crate) fn pair() -> Pair {
        Pair::new("7", Timestamp::UNIX_EPOCH, who("ann"), proposal())
    }

    pub(crate) fn approved_by(name: &str) -> Step<PairEvent> {
        Step {
            at: Timestamp::UNIX_EPOCH,
            actor: who(name),
            event: PairEvent::Approved {
                rationale: "Seen.".into(),
            },
        }
    }

    pub(crate) fn revoked() -> Step<PairEvent> {
        Step {
            at: Timestamp::UNIX_EPOCH,
            actor: who("ann"),
            event: PairEvent::Revoked {
                rationale: "A new passport turned up.".into(),
            },
        }
    }

    #[test]
    fn a_proposal_has_an_owner_a_reason_and_an_end() {
        assert_eq!(proposal().check(DAY), Ok(()));
        let with = |change: fn(&mut Proposal)| {
            let mut proposal = proposal();
            change(&mut proposal);
            proposal.check(DAY)
        };
        assert!(matches!(
            with(|p| p.expires = date(2027, 11, 30)),
            Err(Error::Expiry { .. })
        ));
        assert!(matches!(with(|p| p.expires = DAY), Err(Error::Expiry { .. })));
        assert_eq!(with(|p| p.rationale = " . ".into()), Err(Error::NoRationale));
        assert!(matches!(
            with(|p| p.reason = ReasonCode::FactsAgree),
            Err(Error::WrongReason(..))
        ));
        assert_eq!(PairKey::new(Some(" "), "demo:1"), Err(Error::NoCustomerId));
    }

    #[test]
    fn neither_who_proposed_a_pair_nor_who_owns_it_approves_it() {
        for (name, may) in [("ANN", false), ("Olga ", false), ("ben", true)] {
            let mut pair = pair();
            assert_eq!(pair.take(approved_by(name)).is_ok(), may, "{name}");
            assert_eq!(pair.approved.is_some(), may, "{name}");
        }
        let mut pair = pair();
        pair.take(approved_by("ben")).unwrap();
        assert!(pair.take(approved_by("carl")).is_err(), "approved twice");
    }

    #[test]
    fn a_pair_holds_from_its_approval_to_its_last_day_or_to_its_end() {
        let standing = |pair: &Pair, day| pair.standing(day, &customer("one"), &entry("two"));
        let mut pair = pair();
        assert_eq!(standing(&pair, DAY), Standing::Proposed);
        pair.take(approved_by("ben")).unwrap();
        assert_eq!(standing(&pair, DAY), Standing::Holds);
        assert_eq!(standing(&pair, date(2027, 11, 29)), Standing::Holds);
        let expired = vec![Lapse::Expired {
            on: date(2027, 11, 29),
        }];
        assert_eq!(standing(&pair, date(2027, 11, 30)), Standing::Lapsed(expired));
        pair.take(revoked()).unwrap();
        assert_eq!(standing(&pair, DAY), Standing::Revoked);
        assert!(pair.take(revoked()).is_err(), "revoked twice");
    }

    #[test]
    fn a_change_on_either_side_ends_it_and_is_named() {
        let mut pair = pair();
        pair.take(approved_by("ben")).unwrap();
        let other = Print::of_customer(&Subject::named("Anton Ivanov").of_kind(EntityKind::Person), "one");
        let Standing::Lapsed(lapses) = pair.standing(DAY, &other, &entry("two")) else {
            panic!("the customer changed");
        };
        assert_eq!(lapses[0].to_string(), "the customer changed: kind");
        let listed = Print::of_entry(&Entity::new("demo", "1", EntityKind::Person), "two");
        assert!(matches!(
            pair.standing(DAY, &customer("one"), &listed),
            Standing::Lapsed(_)
        ));
    }

    #[test]
    fn a_pair_whose_prints_were_erased_clears_nothing() {
        let mut pair = Pair {
            erased: true,
            ..pair()
        };
        pair.take(approved_by("ben")).unwrap();
        let erased = pair.standing(DAY, &customer("one"), &entry("two"));
        assert_eq!(erased, Standing::Lapsed(vec![Lapse::Erased]));
    }
}
