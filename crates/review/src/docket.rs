use crate::{Alert, AlertEvent, Disposition, Error, PairKey, Step};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Display;

/// The alerts of a log, each by its name. Alerts of one customer and entry bear on one another: every screening makes a new one, and
/// what two people said about one of them, no single person says otherwise about the next.
///
/// # Example
/// ```
/// use jiff::Timestamp;
/// use tamis_review::{AlertEvent, Disposition, Docket, Error, Identity, PairKey, ReasonCode, Step};
///
/// let step = |actor: &str, event| Step { at: Timestamp::UNIX_EPOCH, actor: Identity::new(actor).unwrap(), event };
/// let decided = |disposition, reason| AlertEvent::Decided { disposition, reasons: vec![reason], rationale: "Seen.".into() };
/// let key = || PairKey::new(Some("C-1"), "un:7").ok();
///
/// let mut docket = Docket::default();
/// docket.take(&"1/un:7", key(), step("ann", decided(Disposition::TrueMatchRecommended, ReasonCode::FactsAgree)))?;
/// docket.take(&"1/un:7", key(), step("ben", AlertEvent::Approved { rationale: "Seen, too.".into() }))?;
/// docket.open("6/un:7", key(), Timestamp::UNIX_EPOCH); // the next day's screening
/// let alone = step("zed", decided(Disposition::FalsePositive, ReasonCode::DataError));
/// assert!(matches!(docket.allows(&"6/un:7", &alone), Err(Error::ConfirmedBeside { .. })));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Docket<I> {
    alerts: BTreeMap<I, Filed>,
    by_key: BTreeMap<PairKey, Vec<I>>,
}

#[derive(Clone, Debug)]
struct Filed {
    alert: Alert,
    /// `None`: the customer has no id, and nothing tells which alerts are its.
    key: Option<PairKey>,
}

impl<I> Default for Docket<I> {
    fn default() -> Docket<I> {
        Docket {
            alerts: BTreeMap::new(),
            by_key: BTreeMap::new(),
        }
    }
}

impl<I: Ord + Clone + Display> Docket<I> {
    /// Adds an alert that nobody has looked at; one that is there already stays as it is.
    pub fn open(&mut self, id: I, key: Option<PairKey>, opened: Timestamp) {
        if self.alerts.contains_key(&id) {
            return;
        }
        if let Some(key) = &key {
            self.by_key.entry(key.clone()).or_default().push(id.clone());
        }
        let alert = Alert::new(opened);
        self.alerts.insert(id, Filed { alert, key });
    }

    /// The alert with this name.
    pub fn get(&self, id: &I) -> Option<&Alert> {
        self.alerts.get(id).map(|filed| &filed.alert)
    }

    /// Another alert of the same customer and entry that two people confirmed, and no two have released.
    pub fn confirmed_beside(&self, id: &I) -> Option<&I> {
        let key = self.alerts.get(id)?.key.as_ref()?;
        let confirmed = |other: &&I| *other != id && self.get(other).is_some_and(Alert::is_confirmed);
        self.by_key.get(key)?.iter().find(confirmed)
    }

    /// Whether `step` is allowed now on this alert, without taking it. An alert that is not there is one that nobody has looked at.
    ///
    /// # Errors
    /// As [`Docket::take`].
    pub fn allows(&self, id: &I, step: &Step<AlertEvent>) -> Result<Disposition, Error> {
        let beside = self.beside(id, step);
        match self.get(id) {
            Some(alert) => alert.allows_beside(step, beside.as_deref()),
            None => Alert::new(step.at).allows_beside(step, beside.as_deref()),
        }
    }

    /// Adds a step to an alert. One that is not there, since its screening is not at hand, begins with the step.
    ///
    /// # Errors
    /// As [`Alert::take`]; and [`Error::ConfirmedBeside`] where one person would close an alert of a customer and entry of which
    /// another alert is a confirmed true match.
    pub fn take(&mut self, id: &I, key: Option<PairKey>, step: Step<AlertEvent>) -> Result<(), Error> {
        self.open(id.clone(), key, step.at);
        let beside = self.beside(id, &step);
        match self.alerts.get_mut(id) {
            Some(filed) => filed.alert.take_beside(step, beside.as_deref()),
            None => Ok(()),
        }
    }

    /// Only decisions ask.
    fn beside(&self, id: &I, step: &Step<AlertEvent>) -> Option<String> {
        matches!(step.event, AlertEvent::Decided { .. })
            .then(|| self.confirmed_beside(id).map(I::to_string))
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Identity, ReasonCode};
    use proptest::prelude::*;

    fn step(who: &str, event: AlertEvent) -> Step<AlertEvent> {
        Step {
            at: Timestamp::UNIX_EPOCH,
            actor: Identity::new(who).unwrap(),
            event,
        }
    }

    fn decided(disposition: Disposition) -> AlertEvent {
        AlertEvent::Decided {
            disposition,
            reasons: vec![ReasonCode::DataError],
            rationale: "Seen.".into(),
        }
    }

    fn approved() -> AlertEvent {
        AlertEvent::Approved {
            rationale: "Yes.".into(),
        }
    }

    fn key(customer: &str) -> Option<PairKey> {
        PairKey::new(Some(customer), "un:7").ok()
    }

    /// Alert 1 of a customer, confirmed by two people.
    fn confirmed(customer: Option<PairKey>) -> Docket<u8> {
        let mut docket = Docket::default();
        let recommended = step("ann", decided(Disposition::TrueMatchRecommended));
        docket.take(&1, customer.clone(), recommended).unwrap();
        docket.take(&1, customer, step("ben", approved())).unwrap();
        docket
    }

    #[test]
    fn what_two_confirmed_on_one_alert_two_release_on_the_next() {
        use Disposition::{FalsePositive, Inconclusive, ReleaseRecommended};
        let mut docket = confirmed(key("C-1"));
        for alone in [FalsePositive, Inconclusive] {
            let refused = docket.take(&2, key("C-1"), step("zed", decided(alone)));
            let told = Error::ConfirmedBeside { alert: "1".into() };
            assert_eq!(refused, Err(told), "{alone}");
        }
        let release = step("zed", decided(ReleaseRecommended));
        docket.take(&2, key("C-1"), release).unwrap();
        let same = docket.take(&2, key("C-1"), step("Zed", approved()));
        assert!(matches!(same, Err(Error::SamePerson { .. })), "{same:?}");
        docket.take(&2, key("C-1"), step("ann", approved())).unwrap();
        assert_eq!(docket.get(&2).unwrap().disposition, FalsePositive);
        let third = docket.allows(&3, &step("zed", decided(FalsePositive)));
        assert_eq!(
            third,
            Ok(FalsePositive),
            "an alert that is in no docket has no key"
        );
        docket.open(3, key("C-1"), Timestamp::UNIX_EPOCH);
        let third = docket.allows(&3, &step("zed", decided(FalsePositive)));
        assert!(third.is_err(), "the first alert is confirmed still");
    }

    #[test]
    fn it_binds_the_customer_and_no_other() {
        for (first, second, bound) in [
            (key("C-1"), key("C-1"), true),
            (key("C-1"), key(" C-1 "), true),
            (key("C-1"), key("C-2"), false),
            (key("C-1"), PairKey::new(Some("C-1"), "un:8").ok(), false),
            (None, None, false),
        ] {
            let mut docket = confirmed(first.clone());
            let closed = docket.take(
                &2,
                second.clone(),
                step("zed", decided(Disposition::FalsePositive)),
            );
            assert_eq!(closed.is_err(), bound, "{first:?} {second:?}");
        }
    }

    fn acts() -> impl Strategy<Value = Vec<(u8, usize, AlertEvent)>> {
        let event = prop_oneof![
            4 => prop::sample::select(Disposition::ALL.to_vec()).prop_map(decided),
            2 => Just(approved()),
        ];
        prop::collection::vec((0..3u8, 0..3usize, event), 0..80)
    }

    proptest! {
        #[test]
        fn no_single_person_closes_an_alert_while_another_one_is_confirmed(acts in acts()) {
            let mut docket = Docket::default();
            for (id, who, event) in acts {
                docket.open(id, key("C-1"), Timestamp::UNIX_EPOCH);
                let beside = docket.confirmed_beside(&id).is_some();
                let alone = matches!(event, AlertEvent::Decided { .. });
                let step = step(["ann", "ben", "Ann "][who], event);
                let allowed = docket.allows(&id, &step);
                let taken = docket.take(&id, key("C-1"), step);
                prop_assert_eq!(allowed.is_ok(), taken.is_ok());
                let now = docket.get(&id).unwrap().disposition;
                let released = matches!(now, Disposition::FalsePositive | Disposition::Inconclusive);
                prop_assert!(!(taken.is_ok() && alone && beside && released), "{now} by one person");
            }
        }
    }
}
