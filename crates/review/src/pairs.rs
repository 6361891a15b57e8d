use crate::{Alert, Disposition, Error, Lapse, Pair, PairEvent, PairKey, Print, Standing, Step};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// All pairs, by key.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    by_key: BTreeMap<PairKey, Vec<Pair>>,
    /// Alerts that are in doubt, each with what it is; the one that somebody spoke of last is the last.
    doubts: BTreeMap<PairKey, Vec<(String, Disposition)>>,
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

    /// Tells what became of an alert of this customer and entry: to be told of every step, in the order of the steps of all. While it is
    /// in doubt ([`Alert::is_in_doubt`]) none of their pairs holds, nor is one approved; and a pair that was approved before needs a new
    /// approval, since whoever settles a doubt alone must not clear alone.
    pub fn heed(&mut self, key: &PairKey, alert: impl Into<String>, now: &Alert) {
        let alert = alert.into();
        let doubts = self.doubts.entry(key.clone()).or_default();
        doubts.retain(|(other, _)| *other != alert);
        if now.is_in_doubt() {
            let pairs = self.by_key.get_mut(key);
            pairs.into_iter().flatten().for_each(|pair| pair.doubt(&alert));
            doubts.push((alert, now.disposition));
        }
    }

    /// Why no pair of this customer and entry holds now, where an alert of theirs is in doubt.
    pub fn doubted(&self, key: &PairKey) -> Option<Lapse> {
        let (alert, disposition) = self.doubts.get(key)?.last()?.clone();
        Some(Lapse::Doubted { alert, disposition })
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
    /// [`Error::NoPair`]; [`Error::PairDoubted`] of an approval while an alert of the two is in doubt; else as [`Pair::take`]. Nothing is
    /// changed then.
    pub fn take(&mut self, id: &str, step: Step<PairEvent>) -> Result<(), Error> {
        let none = || Error::NoPair(id.to_owned());
        let key = self.get(id).ok_or_else(none)?.proposal.key.clone();
        if let (PairEvent::Approved { .. }, Some(doubt)) = (&step.event, self.doubted(&key)) {
            return Err(Error::PairDoubted {
                pair: id.to_owned(),
                why: doubt.to_string(),
            });
        }
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
        let doubt = self.doubted(key);
        for pair in self.on(key) {
            let salts = (pair.proposal.customer.salt(), pair.proposal.entry.salt());
            let mut lapses = match pair.standing(day, &customer(salts.0), &entry(salts.1)) {
                Standing::Holds => return Cleared::By(pair),
                Standing::Lapsed(lapses) => lapses,
                Standing::Proposed | Standing::Revoked => continue,
            };
            if let Some(doubt) = &doubt {
                lapses.retain(|lapse| !matches!(lapse, Lapse::Outdated { .. }));
                lapses.push(doubt.clone());
            }
            said = Cleared::Lapsed(pair, lapses);
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
    use crate::{AlertEvent, ReasonCode};
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
        let other = PairKey::new(Some("C-1"), "demo:2").unwrap();
        pairs.heed(&other, "3/demo:2", &alert(&[Disposition::TrueMatchRecommended]));
        assert!(holds(&pairs));
        pairs.heed(&key(), "3/demo:1", &alert(&[Disposition::Escalated]));
        assert_eq!(
            lapses(&pairs),
            ["the alert 3/demo:1 of this customer and entry is ESCALATED"]
        );
    }

    /// An alert of which one person said this, one after the other.
    fn alert(said: &[Disposition]) -> Alert {
        let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
        for disposition in said {
            let event = AlertEvent::Decided {
                disposition: *disposition,
                reasons: vec![ReasonCode::DataError],
                rationale: "Seen.".into(),
            };
            let (at, actor) = (Timestamp::UNIX_EPOCH, who("zed"));
            alert.take(Step { at, actor, event }).unwrap();
        }
        alert
    }

    fn lapses(pairs: &Pairs) -> Vec<String> {
        match pairs.cleared(&key(), DAY, customer, entry) {
            Cleared::Lapsed(_, lapses) => lapses.iter().map(Lapse::to_string).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_pair_that_was_doubted_holds_again_once_somebody_else_approves_it_anew() {
        use Disposition::{FalsePositive, Inconclusive};
        let mut pairs = Pairs::default();
        pairs.add(numbered("7"));
        pairs.take("7", approved_by("ben")).unwrap();
        pairs.heed(&key(), "3/demo:1", &alert(&[Inconclusive]));
        assert!(matches!(
            pairs.take("7", approved_by("ben")),
            Err(Error::PairDoubted { .. })
        ));
        let settled = alert(&[Inconclusive, Disposition::Reopened, FalsePositive]);
        pairs.heed(&key(), "3/demo:1", &settled);
        assert_eq!(
            lapses(&pairs),
            ["it was doubted on the alert 3/demo:1, and nobody has approved it since"]
        );
        assert!(
            matches!(
                pairs.may_propose(&key(), DAY, customer, entry),
                Err(Error::PairStands { .. })
            ),
            "it waits for approval"
        );
        for same in ["ann", "olga"] {
            assert!(matches!(
                pairs.take("7", approved_by(same)),
                Err(Error::SamePerson { .. })
            ));
        }
        pairs.take("7", approved_by("ben")).unwrap();
        assert!(holds(&pairs));
        pairs.heed(&key(), "3/demo:1", &settled);
        assert!(holds(&pairs), "no doubt is left");
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
        /// Of one of two alerts.
        Decide(usize, Disposition),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let who = prop::sample::select(vec!["ann", "ben", "olga", "Ann "]);
        let act = prop_oneof![
            3 => Just(Act::Propose),
            5 => (0..12usize, who).prop_map(|(pair, who)| Act::Approve(pair, who)),
            2 => (0..12usize).prop_map(Act::Revoke),
            3 => (0..2usize, prop::sample::select(Disposition::ALL.to_vec())).prop_map(|(at, to)| Act::Decide(at, to)),
        ];
        prop::collection::vec(act, 0..60)
    }

    proptest! {
        #[test]
        fn nothing_clears_after_a_revocation_or_a_doubt_until_two_people_say_so_anew(acts in acts()) {
            let (mut pairs, mut proposed) = (Pairs::default(), 0usize);
            let mut alerts = [const { Vec::new() }; 2];
            // The pairs of since the last revocation, and those of them that were approved since the last doubt.
            let (mut new_from, mut approved) = (0usize, 0usize);
            for act in acts {
                match act {
                    Act::Propose => {
                        pairs.add(numbered(&proposed.to_string()));
                        proposed += 1;
                    }
                    Act::Approve(pair, who) => {
                        let doubted = alerts.iter().any(|said| alert(said).is_in_doubt());
                        let taken = pairs.take(&pair.to_string(), approved_by(who));
                        prop_assert!(taken.is_err() || pair >= new_from, "an old pair was approved");
                        prop_assert!(taken.is_err() || !doubted, "it was approved in doubt");
                        approved += usize::from(taken.is_ok());
                    }
                    Act::Revoke(pair) => {
                        if pairs.take(&pair.to_string(), revoked()).is_ok() {
                            (new_from, approved) = (proposed, 0);
                        }
                    }
                    Act::Decide(at, to) => {
                        let now = alert(&alerts[at]).disposition;
                        if !now.moves().contains(&to) || to == Disposition::ReleaseRecommended {
                            continue;
                        }
                        alerts[at].push(to);
                        let now = alert(&alerts[at]);
                        pairs.heed(&key(), at.to_string(), &now);
                        approved *= usize::from(!now.is_in_doubt());
                    }
                }
                prop_assert_eq!(holds(&pairs), approved > 0);
            }
        }
    }
}
