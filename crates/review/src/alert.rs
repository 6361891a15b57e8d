use crate::{Disposition, Error, Identity, ReasonCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that people did about an alert. Events are appended and never changed; what an alert is now is the fold over
/// them ([`Alert::take`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event", deny_unknown_fields)]
#[non_exhaustive]
pub enum AlertEvent {
    /// Somebody is to look at it.
    Assigned {
        /// Who.
        to: Identity,
    },
    /// Somebody decided.
    Decided {
        /// What.
        disposition: Disposition,
        /// Why, in words that can be counted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<ReasonCode>,
        /// Why, for readers.
        rationale: String,
    },
    /// Somebody else approved what was recommended: the true match, or its release.
    Approved {
        /// Why, for readers.
        rationale: String,
    },
    /// Somebody else sent what was recommended back.
    Returned {
        /// Why, for readers.
        rationale: String,
    },
}

/// An event, with who and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step<E> {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Identity,
    /// What.
    pub event: E,
}

/// What became of one alert: one customer beside one entry in one screening.
///
/// # Example
/// ```
/// use jiff::Timestamp;
/// use tamis_review::{Alert, AlertEvent, Disposition, Error, Identity, Step};
///
/// let step = |actor: &str, event| Step { at: Timestamp::UNIX_EPOCH, actor: Identity::new(actor).unwrap(), event };
/// let recommended = AlertEvent::Decided {
///     disposition: Disposition::TrueMatchRecommended,
///     reasons: Vec::new(),
///     rationale: "Name, birth date and passport agree.".into(),
/// };
/// let approved = AlertEvent::Approved { rationale: "Seen, too.".into() };
///
/// let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
/// alert.take(step("ann", recommended))?;
/// assert!(matches!(alert.take(step("ANN", approved.clone())), Err(Error::SamePerson { .. })));
/// alert.take(step("ben", approved))?;
/// assert_eq!(alert.disposition, Disposition::TrueMatchConfirmed);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// When the screening was logged.
    pub opened: Timestamp,
    /// What it is now.
    pub disposition: Disposition,
    /// Who works on it.
    pub assignee: Option<Identity>,
    /// When it was closed; `None` while it is open.
    pub closed: Option<Timestamp>,
    /// Everything that was done, in order.
    pub steps: Vec<Step<AlertEvent>>,
}

impl Alert {
    /// An alert that nobody has looked at.
    pub fn new(opened: Timestamp) -> Alert {
        Alert {
            opened,
            disposition: Disposition::New,
            assignee: None,
            closed: None,
            steps: Vec::new(),
        }
    }

    /// Whether `step` is allowed now, without taking it.
    ///
    /// # Errors
    /// As [`Alert::take`].
    pub fn allows(&self, step: &Step<AlertEvent>) -> Result<Disposition, Error> {
        self.allows_beside(step, None)
    }

    /// As [`Alert::allows`], where `beside` names another alert of the same customer and entry that two people confirmed.
    pub(crate) fn allows_beside(
        &self,
        step: &Step<AlertEvent>,
        beside: Option<&str>,
    ) -> Result<Disposition, Error> {
        match &step.event {
            AlertEvent::Assigned { .. } => self.assigned(),
            AlertEvent::Decided {
                disposition,
                reasons,
                rationale,
            } => {
                self.may_release(*disposition, beside)?;
                self.decided(*disposition, reasons, rationale)
            }
            AlertEvent::Approved { rationale } => {
                self.second_pair_of_eyes(&step.actor, rationale)?;
                match self.disposition {
                    Disposition::ReleaseRecommended => Ok(Disposition::FalsePositive),
                    _ => Ok(Disposition::TrueMatchConfirmed),
                }
            }
            AlertEvent::Returned { rationale } => {
                self.second_pair_of_eyes(&step.actor, rationale)?;
                Ok(Disposition::InReview)
            }
        }
    }

    /// Adds a step. It looks at this alert alone; a [`Docket`](crate::Docket) looks at the others of the same customer and entry, too.
    ///
    /// # Errors
    /// The step is refused, and the alert stays as it was: a move that the table of dispositions does not have, no rationale,
    /// no reason code, or one person for both pairs of eyes.
    pub fn take(&mut self, step: Step<AlertEvent>) -> Result<(), Error> {
        self.take_beside(step, None)
    }

    /// As [`Alert::take`], where `beside` names another alert of the same customer and entry that two people confirmed.
    pub(crate) fn take_beside(&mut self, step: Step<AlertEvent>, beside: Option<&str>) -> Result<(), Error> {
        let next = self.allows_beside(&step, beside)?;
        if let AlertEvent::Assigned { to } = &step.event {
            self.assignee = Some(to.clone());
        }
        self.closed = match (next.is_closed(), self.closed) {
            (true, known) => known.or(Some(step.at)),
            (false, _) => None,
        };
        self.disposition = next;
        self.steps.push(step);
        Ok(())
    }

    /// Who recommended the true match, or the release, that waits for approval.
    pub fn recommended_by(&self) -> Option<&Identity> {
        let recommended = |step: &&Step<AlertEvent>| matches!(step.event, AlertEvent::Decided { disposition, .. } if disposition == self.disposition);
        self.disposition
            .waits_for_approval()
            .then(|| self.steps.iter().rev().find(recommended))
            .flatten()
            .map(|step| &step.actor)
    }

    /// Whether two people confirmed it as a true match, and no two have released it since. Opening it again does not.
    pub fn is_confirmed(&self) -> bool {
        let (mut recommended, mut confirmed) = (Disposition::New, false);
        for step in &self.steps {
            match &step.event {
                AlertEvent::Decided { disposition, .. } => recommended = *disposition,
                AlertEvent::Approved { .. } => confirmed = recommended == Disposition::TrueMatchRecommended,
                AlertEvent::Assigned { .. } | AlertEvent::Returned { .. } => {}
            }
        }
        confirmed
    }

    /// Whether people doubt that customer and entry are two parties: since it was last closed as a false positive, or ever, somebody took
    /// them for one, opened the alert again, gave it to a higher level, or closed it without an answer. What one person takes back was
    /// said all the same.
    pub fn is_in_doubt(&self) -> bool {
        let said = self.steps.iter().filter_map(|step| match &step.event {
            AlertEvent::Decided { disposition, .. } => Some(*disposition),
            _ => None,
        });
        let doubts = |doubted, said: Disposition| match said {
            Disposition::FalsePositive => false,
            said => doubted || said.is_doubt(),
        };
        self.disposition != Disposition::FalsePositive && said.fold(false, doubts)
    }

    /// Seconds from the screening to the decision that closed it.
    pub fn seconds_to_decision(&self) -> Option<i64> {
        Some(self.closed?.as_second().saturating_sub(self.opened.as_second()))
    }

    fn assigned(&self) -> Result<Disposition, Error> {
        match self.disposition {
            Disposition::New | Disposition::Reopened => Ok(Disposition::InReview),
            open if !open.is_closed() => Ok(open),
            closed => Err(Error::NoMove {
                from: closed,
                to: Disposition::InReview,
            }),
        }
    }

    fn decided(
        &self,
        to: Disposition,
        reasons: &[ReasonCode],
        rationale: &str,
    ) -> Result<Disposition, Error> {
        if !self.disposition.moves().contains(&to) {
            return Err(Error::NoMove {
                from: self.disposition,
                to,
            });
        }
        if to.needs_reason() && reasons.is_empty() {
            return Err(Error::NoReason(to));
        }
        if let Some(wrong) = reasons.iter().find(|reason| !reason.speaks_for(to)) {
            return Err(Error::WrongReason(to, *wrong));
        }
        said(rationale)?;
        Ok(to)
    }

    /// What two people confirmed, no single one closes as something else.
    fn may_release(&self, to: Disposition, beside: Option<&str>) -> Result<(), Error> {
        use Disposition::{FalsePositive, Inconclusive, ReleaseRecommended};
        match (to, self.is_confirmed(), beside) {
            (FalsePositive | Inconclusive, true, _) => Err(Error::Confirmed),
            (FalsePositive | Inconclusive, false, Some(alert)) => Err(Error::ConfirmedBeside {
                alert: alert.to_owned(),
            }),
            (ReleaseRecommended, false, None) => Err(Error::NotConfirmed),
            _ => Ok(()),
        }
    }

    fn second_pair_of_eyes(&self, who: &Identity, rationale: &str) -> Result<(), Error> {
        let Some(first) = self.recommended_by() else {
            return Err(Error::NothingToApprove(format!(
                "the alert is {}",
                self.disposition
            )));
        };
        if first.is(who) {
            return Err(Error::SamePerson {
                who: who.clone(),
                did: match self.disposition {
                    Disposition::ReleaseRecommended => "recommended the release",
                    _ => "recommended the true match",
                },
            });
        }
        said(rationale)
    }
}

/// A rationale must say something.
pub(crate) fn said(rationale: &str) -> Result<(), Error> {
    match rationale.chars().any(char::is_alphanumeric) {
        true => Ok(()),
        false => Err(Error::NoRationale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHO: [&str; 3] = ["ann", "ben", "Ann "];

    fn event() -> impl Strategy<Value = AlertEvent> {
        let disposition = prop::sample::select(Disposition::ALL.to_vec());
        let reasons = prop::collection::vec(prop::sample::select(ReasonCode::ALL.to_vec()), 0..2);
        let rationale =
            || prop_oneof![4 => Just("Because of the passport.".to_owned()), 1 => Just(" ".to_owned())];
        prop_oneof![
            1 => (0..WHO.len()).prop_map(|who| AlertEvent::Assigned { to: Identity::new(WHO[who]).unwrap() }),
            6 => (disposition, reasons, rationale())
                .prop_map(|(disposition, reasons, rationale)| AlertEvent::Decided { disposition, reasons, rationale }),
            3 => rationale().prop_map(|rationale| AlertEvent::Approved { rationale }),
            1 => rationale().prop_map(|rationale| AlertEvent::Returned { rationale }),
        ]
    }

    fn steps() -> impl Strategy<Value = Vec<Step<AlertEvent>>> {
        let step = (0..WHO.len(), event(), 0i64..1_000_000).prop_map(|(who, event, second)| Step {
            at: Timestamp::from_second(second).unwrap(),
            actor: Identity::new(WHO[who]).unwrap(),
            event,
        });
        prop::collection::vec(step, 0..40)
    }

    proptest! {
        #[test]
        fn whatever_people_try_a_confirmed_match_has_two_of_them(steps in steps()) {
            let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
            for step in steps {
                let before = alert.clone();
                let approves = matches!(step.event, AlertEvent::Approved { .. });
                let first = alert.recommended_by().cloned();
                let actor = step.actor.clone();
                match alert.take(step) {
                    Err(_) => prop_assert_eq!(&alert, &before, "a refused step changes nothing"),
                    Ok(()) if approves => {
                        prop_assert!(first.is_some_and(|first| !first.is(&actor)));
                        let recommended = before.disposition == Disposition::TrueMatchRecommended;
                        prop_assert_eq!(alert.is_confirmed(), recommended, "a release is none, and a second one is one");
                    }
                    Ok(()) => {
                        prop_assert!(
                            alert.disposition != Disposition::TrueMatchConfirmed || before.disposition == alert.disposition
                        );
                        prop_assert_eq!(alert.is_confirmed(), before.is_confirmed(), "one person changed it");
                        let closed = alert.disposition.is_closed() && alert.disposition != Disposition::TrueMatchConfirmed;
                        prop_assert!(!(closed && alert.is_confirmed()), "one person released it");
                    }
                }
                prop_assert_eq!(alert.closed.is_some(), alert.disposition.is_closed());
            }
        }

        #[test]
        fn the_fold_over_the_events_is_the_alert(steps in steps()) {
            let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
            for step in steps {
                let _refused = alert.take(step);
            }
            let text = serde_json::to_string(&alert.steps).unwrap();
            let read: Vec<Step<AlertEvent>> = serde_json::from_str(&text).unwrap();
            let mut again = Alert::new(alert.opened);
            for step in read {
                again.take(step).unwrap();
            }
            prop_assert_eq!(again, alert);
        }
    }

    fn decided(disposition: Disposition) -> AlertEvent {
        let reasons = match disposition {
            Disposition::Reopened => Vec::new(),
            _ => vec![ReasonCode::DataError],
        };
        AlertEvent::Decided {
            disposition,
            reasons,
            rationale: "Seen.".into(),
        }
    }

    fn by(alert: &mut Alert, who: &str, event: AlertEvent) -> Result<(), Error> {
        let (at, actor) = (Timestamp::UNIX_EPOCH, Identity::new(who).unwrap());
        alert.take(Step { at, actor, event })
    }

    #[test]
    fn a_confirmed_match_is_released_by_two_people() {
        use Disposition::{FalsePositive, InReview, Inconclusive, ReleaseRecommended, Reopened};
        let approved = || AlertEvent::Approved {
            rationale: "Yes.".into(),
        };
        let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
        by(&mut alert, "ann", decided(InReview)).unwrap();
        assert_eq!(
            by(&mut alert, "ann", decided(ReleaseRecommended)),
            Err(Error::NotConfirmed)
        );
        by(&mut alert, "ann", decided(Disposition::TrueMatchRecommended)).unwrap();
        by(&mut alert, "ben", approved()).unwrap();
        by(&mut alert, "zed", decided(Reopened)).unwrap();
        for alone in [FalsePositive, Inconclusive] {
            assert_eq!(
                by(&mut alert, "zed", decided(alone)),
                Err(Error::Confirmed),
                "{alone}"
            );
        }
        by(&mut alert, "zed", decided(ReleaseRecommended)).unwrap();
        assert!(alert.is_in_doubt() && alert.closed.is_none());
        assert!(matches!(
            by(&mut alert, "ZED", approved()),
            Err(Error::SamePerson { .. })
        ));
        let returned = AlertEvent::Returned {
            rationale: "No.".into(),
        };
        by(&mut alert, "ann", returned).unwrap();
        assert_eq!(
            by(&mut alert, "ann", decided(FalsePositive)),
            Err(Error::Confirmed)
        );
        by(&mut alert, "zed", decided(ReleaseRecommended)).unwrap();
        by(&mut alert, "ann", approved()).unwrap();
        assert_eq!((alert.disposition, alert.is_in_doubt()), (FalsePositive, false));
        by(&mut alert, "ann", decided(Reopened)).unwrap();
        by(&mut alert, "ann", decided(FalsePositive)).unwrap();
    }

    #[test]
    fn an_alert_is_in_doubt_from_the_first_doubt_until_it_is_false() {
        use Disposition::{
            Escalated, FalsePositive, InReview, Inconclusive, InfoRequested, Reopened, TrueMatchRecommended,
        };
        let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
        for (next, doubted) in [
            (InReview, false),
            (InfoRequested, false),
            (FalsePositive, false),
            (Reopened, true),
            (InReview, true),
            (FalsePositive, false),
            (Reopened, true),
            (Inconclusive, true),
            (Reopened, true),
            (TrueMatchRecommended, true),
            (InReview, true),
            (FalsePositive, false),
        ] {
            by(&mut alert, "ann", decided(next)).unwrap();
            assert_eq!(alert.is_in_doubt(), doubted, "{next}");
        }
        for doubt in [Escalated, Inconclusive, TrueMatchRecommended] {
            let mut alert = Alert::new(Timestamp::UNIX_EPOCH);
            by(&mut alert, "ann", decided(doubt)).unwrap();
            assert!(alert.is_in_doubt(), "{doubt}");
            let back = if doubt == Inconclusive { Reopened } else { InReview };
            by(&mut alert, "ann", decided(back)).unwrap();
            assert!(alert.is_in_doubt(), "{doubt}, taken back");
            by(&mut alert, "ann", decided(FalsePositive)).unwrap();
            assert!(!alert.is_in_doubt(), "{doubt}, and false");
        }
    }

    #[test]
    fn a_rationale_and_a_reason_are_mandatory() {
        let alert = Alert::new(Timestamp::UNIX_EPOCH);
        let tried = |disposition, reasons: &[ReasonCode], rationale: &str| {
            alert.allows(&Step {
                at: Timestamp::UNIX_EPOCH,
                actor: Identity::new("ann").unwrap(),
                event: AlertEvent::Decided {
                    disposition,
                    reasons: reasons.to_vec(),
                    rationale: rationale.into(),
                },
            })
        };
        let conflict = [ReasonCode::BirthDateConflict];
        assert_eq!(
            tried(Disposition::FalsePositive, &conflict, "Born in 1985."),
            Ok(Disposition::FalsePositive)
        );
        assert_eq!(
            tried(Disposition::FalsePositive, &conflict, "…"),
            Err(Error::NoRationale)
        );
        assert_eq!(
            tried(Disposition::FalsePositive, &[], "Born in 1985."),
            Err(Error::NoReason(Disposition::FalsePositive))
        );
        assert_eq!(
            tried(Disposition::TrueMatchRecommended, &conflict, "Passport."),
            Err(Error::WrongReason(Disposition::TrueMatchRecommended, conflict[0]))
        );
        let skipped = tried(Disposition::TrueMatchConfirmed, &[], "Passport.").unwrap_err();
        assert!(skipped.to_string().contains("choose IN_REVIEW"), "{skipped}");
    }
}
