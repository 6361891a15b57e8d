use crate::{Disposition, Error, Lapse, Pair, PairEvent, PairKey, Print, Proposal, Standing, Step};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// All pairs, by key.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    by_key: BTreeMap<PairKey, Vec<Pair>>,
    doubts: BTreeMap<PairKey, Lapse>,
}

/// What the pairs say about one alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cleared<'a> {
    /// Nothing.
    No,
    /// This pair holds.
    By(&'a Pair),
    /// A pair held once, and why not any more: the latest one.
    Lapsed(&'a Pair, Vec<Lapse>),
}

impl Pairs {
    /// Whether there is none, so that nothing need be asked.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Whether there is any pair of this customer.
    pub fn concerns(&self, customer: &str) -> bool {
        let first = PairKey {
            customer: customer.to_owned(),
            entity: String::new(),
        };
        let next = self.by_key.range(first..).next();
        next.is_some_and(|(key, _)| key.customer == customer)
    }

    /// All of them, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Pair> {
        self.by_key.values().flatten()
    }

    /// Adds a pair that was proposed.
    pub fn add(&mut self, pair: Pair) {
        self.by_key
            .entry(pair.proposal.key.clone())
            .or_default()
            .push(pair);
    }

    /// Tells that an alert of this customer and entry is in doubt: none of their pairs holds.
    pub fn doubt(&mut self, key: PairKey, alert: impl Into<String>, disposition: Disposition) {
        let alert = alert.into();
        self.doubts.insert(key, Lapse::Doubted { alert, disposition });
    }

    /// Why no pair of this customer and entry holds, where an alert of theirs is in doubt.
    pub fn doubted(&self, key: &PairKey) -> Option<&Lapse> {
        self.doubts.get(key)
    }

    /// The pair with this id.
    pub fn get(&self, id: &str) -> Option<&Pair> {
        self.iter().find(|pair| pair.id == id)
    }

    /// The pairs of a customer and an entry, in the order of their proposals.
    pub fn on(&self, key: &PairKey) -> &[Pair] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether a pair may be proposed that fits what `customer` and `entry` print, with the salt they are given: of two that fit, a
    /// revocation of the one could be taken for the end of both.
    ///
    /// # Errors
    /// [`Error::PairStands`]: a pair of this customer and entry that fits both on `day` waits for approval, or holds.
    pub fn may_propose(
        &self,
        key: &PairKey,
        day: Date,
        customer: impl Fn(&str) -> Print,
        entry: impl Fn(&str) -> Print,
    ) -> Result<(), Error> {
        let stands = |pair: &&Pair| pair.revoked.is_none() && fits(pair, day, &customer, &entry);
        match self.on(key).iter().find(stands) {
            None => Ok(()),
            Some(pair) => Err(Error::PairStands {
                pair: pair.id.clone(),
                stands: match pair.approved {
                    Some(_) => "holds",
                    None => "waits for approval",
                },
            }),
        }
    }

    /// Adds an approval or a revocation of the pair with this id. A revocation says that customer and entry may be one party, so it ends
    /// every pair of theirs that was proposed before it.
    ///
    /// # Errors
    /// [`Error::NoPair`]; else as [`Pair::take`], and nothing is changed.
    pub fn take(&mut self, id: &str, step: Step<PairEvent>) -> Result<(), Error> {
        let none = || Error::NoPair(id.to_owned());
        let key = self.get(id).ok_or_else(none)?.proposal.key.clone();
        let pairs = self.by_key.get_mut(&key).ok_or_else(none)?;
        let pair = pairs.iter_mut().find(|pair| pair.id == id).ok_or_else(none)?;
        pair.take(step)?;
        if let Some(revoked) = pair.revoked.clone() {
            let open = pairs.iter_mut().filter(|pair| pair.revoked.is_none());
            open.for_each(|pair| pair.revoked = Some(revoked.clone()));
        }
        Ok(())
    }

    /// Whether a pair clears the alert `key` on `day`. `customer` and `entry` print what both say now, with the salt they
    /// are given; they are asked only where there is a pair with this key.
    pub fn cleared(
        &self,
        key: &PairKey,
        day: Date,
        customer: impl Fn(&str) -> Print,
        entry: impl Fn(&str) -> Print,
    ) -> Cleared<'_> {
        let mut said = Cleared::No;
        let doubt = self.doubted(key).cloned();
        for pair in self.by_key.get(key).into_iter().flatten() {
            let Proposal {
                customer: old,
                entry: listed,
                ..
            } = &pair.proposal;
            let lapses = match pair.standing(day, &customer(old.salt()), &entry(listed.salt())) {
                Standing::Holds if doubt.is_none() => return Cleared::By(pair),
                Standing::Holds => Vec::new(),
                Standing::Lapsed(lapses) => lapses,
                Standing::Proposed | Standing::Revoked => continue,
            };
            said = Cleared::Lapsed(pair, lapses.into_iter().chain(doubt.clone()).collect());
        }
        said
    }
}

/// Whether a pair would hold on `day` once it is approved.
fn fits(pair: &Pair, day: Date, customer: impl Fn(&str) -> Print, entry: impl Fn(&str) -> Print) -> bool {
    let salts = (pair.proposal.customer.salt(), pair.proposal.entry.salt());
    pair.lapses(day, &customer(salts.0), &entry(salts.1)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair::tests::{DAY, approved_by, customer, entry, pair, revoked, who};
    use jiff::Timestamp;
    use proptest::prelude::*;
    use tamis_model::{EntityKind, Subject};

    fn key() -> PairKey {
        PairKey::new(Some("C-1"), "demo:1").unwrap()
    }

    fn numbered(id: &str) -> Pair {
        let proposal = pair().proposal;
        Pair::new(id, Timestamp::UNIX_EPOCH, who("ann"), proposal)
    }

    fn holds(pairs: &Pairs) -> bool {
        matches!(pairs.cleared(&key(), DAY, customer, entry), Cleared::By(_))
    }

    #[test]
    fn a_pair_covers_no_other_entry_and_no_other_customer() {
        let mut pairs = Pairs::default();
        let mut pair = pair();
        pair.take(approved_by("ben")).unwrap();
        pairs.add(pair);
        let cleared = |customer_id: &str, entity: &str| {
            let key = PairKey::new(Some(customer_id), entity).unwrap();
            matches!(pairs.cleared(&key, DAY, customer, entry), Cleared::By(_))
        };
        assert!(cleared("C-1", "demo:1"));
        assert!(!cleared("C-1", "demo:2"));
        assert!(!cleared("C-2", "demo:1"));
        assert!(pairs.concerns("C-1"));
        assert!(!pairs.concerns("C-") && !pairs.concerns("C-2") && !pairs.concerns(""));
    }

    #[test]
    fn a_doubt_ends_the_pairs_of_its_customer_and_entry_and_no_other() {
        let mut pairs = Pairs::default();
        let mut pair = pair();
        pair.take(approved_by("ben")).unwrap();
        pairs.add(pair);
        let key = PairKey::new(Some("C-1"), "demo:1").unwrap();
        let other = PairKey::new(Some("C-1"), "demo:2").unwrap();
        pairs.doubt(other, "3/demo:2", Disposition::TrueMatchConfirmed);
        assert!(matches!(
            pairs.cleared(&key, DAY, customer, entry),
            Cleared::By(_)
        ));
        pairs.doubt(key.clone(), "3/demo:1", Disposition::Reopened);
        let Cleared::Lapsed(_, lapses) = pairs.cleared(&key, DAY, customer, entry) else {
            panic!("the pair is in doubt");
        };
        let told: Vec<String> = lapses.iter().map(Lapse::to_string).collect();
        assert_eq!(
            told,
            ["the alert 3/demo:1 of this customer and entry is REOPENED"]
        );
    }

    #[test]
    fn a_revocation_ends_every_pair_of_its_customer_and_entry_that_was_there() {
        let mut pairs = Pairs::default();
        for id in ["7", "8", "9"] {
            pairs.add(numbered(id));
        }
        for id in ["7", "8"] {
            pairs.take(id, approved_by("ben")).unwrap();
        }
        pairs.take("7", revoked()).unwrap();
        assert!(!holds(&pairs), "pair 8 was laid by");
        for (id, step) in [("8", revoked()), ("9", approved_by("ben")), ("7", revoked())] {
            assert!(
                matches!(pairs.take(id, step), Err(Error::NothingToApprove(_))),
                "{id}"
            );
        }
        pairs.add(numbered("10"));
        pairs.take("10", approved_by("ben")).unwrap();
        assert!(holds(&pairs), "proposed and approved since");
        assert_eq!(pairs.take("99", revoked()), Err(Error::NoPair("99".into())));
    }

    #[test]
    fn no_second_pair_is_proposed_beside_one_that_fits() {
        let mut pairs = Pairs::default();
        let may = |pairs: &Pairs| pairs.may_propose(&key(), DAY, customer, entry);
        let stands = |stands| {
            Err(Error::PairStands {
                pair: "7".into(),
                stands,
            })
        };
        assert_eq!(may(&pairs), Ok(()));
        pairs.add(numbered("7"));
        assert_eq!(may(&pairs), stands("waits for approval"));
        pairs.take("7", approved_by("ben")).unwrap();
        assert_eq!(may(&pairs), stands("holds"));
        let person = |salt: &str| {
            Print::of_customer(&Subject::named("Anton Ivanov").of_kind(EntityKind::Person), salt)
        };
        assert_eq!(
            pairs.may_propose(&key(), DAY, person, entry),
            Ok(()),
            "it fits no longer"
        );
        let late = jiff::civil::date(2027, 11, 30);
        assert_eq!(
            pairs.may_propose(&key(), late, customer, entry),
            Ok(()),
            "it expired"
        );
        pairs.take("7", revoked()).unwrap();
        assert_eq!(may(&pairs), Ok(()));
    }

    /// What people do, in any order, allowed or not.
    #[derive(Clone, Debug)]
    enum Act {
        Propose,
        Approve(usize, &'static str),
        Revoke(usize),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let who = prop::sample::select(vec!["ann", "ben", "olga", "Ann "]);
        let act = prop_oneof![
            3 => Just(Act::Propose),
            5 => (0..12usize, who).prop_map(|(pair, who)| Act::Approve(pair, who)),
            2 => (0..12usize).prop_map(Act::Revoke),
        ];
        prop::collection::vec(act, 0..60)
    }

    proptest! {
        #[test]
        fn after_a_revocation_nothing_clears_until_a_new_pair_is_proposed_and_approved(acts in acts()) {
            let (mut pairs, mut proposed) = (Pairs::default(), 0usize);
            // The pairs of since the last revocation, and whether one of them was approved.
            let (mut new_from, mut approved) = (0usize, false);
            for act in acts {
                match act {
                    Act::Propose => {
                        pairs.add(numbered(&proposed.to_string()));
                        proposed += 1;
                    }
                    Act::Approve(pair, who) => {
                        let taken = pairs.take(&pair.to_string(), approved_by(who));
                        prop_assert!(taken.is_err() || pair >= new_from, "an old pair was approved");
                        approved |= taken.is_ok();
                    }
                    Act::Revoke(pair) if pairs.take(&pair.to_string(), revoked()).is_ok() => {
                        (new_from, approved) = (proposed, false);
                    }
                    Act::Revoke(_) => {}
                }
                prop_assert_eq!(holds(&pairs), approved);
            }
        }
    }
}
