use crate::{Alert, Disposition};
use jiff::Timestamp;
use serde::Serialize;

/// Seconds in a day, by which a backlog ages.
const DAY: i64 = 86_400;

/// What became of a set of alerts, in numbers for management.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Work {
    /// Alerts.
    pub alerts: u64,
    /// Those that are closed.
    pub decided: u64,
    /// Closed as somebody else.
    pub false_positive: u64,
    /// Closed as the listed party, by two people.
    pub true_match: u64,
    /// Closed without an answer.
    pub inconclusive: u64,
    /// True matches of those that were decided either way; `None` where none was.
    pub true_share: Option<f64>,
    /// From the screening to the decision that closed the alert; `None` where none was closed.
    pub seconds_to_decision: Option<Spread>,
    /// Open alerts, by age.
    pub backlog: Backlog,
}

/// The middle and the tail of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Half of them took no longer.
    pub median: i64,
    /// Nine of ten took no longer.
    pub p90: i64,
}

/// Open alerts, by the time since the screening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backlog {
    /// All of them.
    pub open: u64,
    /// One day at the most.
    pub up_to_1_day: u64,
    /// Older, and seven days at the most.
    pub up_to_7_days: u64,
    /// Older, and thirty days at the most.
    pub up_to_30_days: u64,
    /// Older.
    pub over_30_days: u64,
}

impl Work {
    /// The numbers of `alerts`, as they stand at `now`.
    pub fn of<'a>(alerts: impl IntoIterator<Item = &'a Alert>, now: Timestamp) -> Work {
        let mut work = Work::default();
        let mut seconds = Vec::new();
        for alert in alerts {
            work.count(alert, now);
            seconds.extend(alert.seconds_to_decision());
        }
        seconds.sort_unstable();
        work.seconds_to_decision = Spread::of(&seconds);
        let either = work.false_positive + work.true_match;
        work.true_share = (either > 0).then(|| work.true_match as f64 / either as f64);
        work
    }

    fn count(&mut self, alert: &Alert, now: Timestamp) {
        self.alerts += 1;
        let closed = match alert.disposition {
            Disposition::FalsePositive => &mut self.false_positive,
            Disposition::TrueMatchConfirmed => &mut self.true_match,
            Disposition::Inconclusive => &mut self.inconclusive,
            _ => {
                let age = now.as_second().saturating_sub(alert.opened.as_second());
                return self.backlog.add(age);
            }
        };
        *closed += 1;
        self.decided += 1;
    }
}

impl Backlog {
    fn add(&mut self, age: i64) {
        self.open += 1;
        let class = match age {
            ..=DAY => &mut self.up_to_1_day,
            _ if age <= 7 * DAY => &mut self.up_to_7_days,
            _ if age <= 30 * DAY => &mut self.up_to_30_days,
            _ => &mut self.over_30_days,
        };
        *class += 1;
    }
}

impl Spread {
    /// Of sorted values, by the nearest rank.
    fn of(sorted: &[i64]) -> Option<Spread> {
        let rank = |tenths: usize| {
            sorted
                .get((sorted.len() * tenths).div_ceil(10).checked_sub(1)?)
                .copied()
        };
        Some(Spread {
            median: rank(5)?,
            p90: rank(9)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AlertEvent, Identity, ReasonCode, Step};
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn decided(after: i64, disposition: Disposition) -> Alert {
        let mut alert = Alert::new(at(0));
        let event = AlertEvent::Decided {
            disposition,
            reasons: vec![ReasonCode::DataError],
            rationale: "Seen.".into(),
        };
        let step = Step {
            at: at(after),
            actor: Identity::new("ann").unwrap(),
            event,
        };
        alert.take(step).unwrap();
        alert
    }

    #[test]
    fn the_numbers_of_a_few_alerts() {
        let mut alerts: Vec<Alert> = (1..=10)
            .map(|hour| decided(hour * 3_600, Disposition::FalsePositive))
            .collect();
        alerts.push(decided(5, Disposition::Inconclusive));
        alerts.push(decided(5, Disposition::TrueMatchRecommended));
        alerts.push(Alert::new(at(40 * DAY)));
        let work = Work::of(&alerts, at(41 * DAY));
        assert_eq!(
            (work.alerts, work.decided, work.false_positive, work.inconclusive),
            (13, 11, 10, 1)
        );
        assert_eq!(work.true_share, Some(0.0), "a recommendation is no match yet");
        let spread = Spread {
            median: 5 * 3_600,
            p90: 9 * 3_600,
        };
        assert_eq!(work.seconds_to_decision, Some(spread));
        assert_eq!(
            (
                work.backlog.open,
                work.backlog.up_to_1_day,
                work.backlog.over_30_days
            ),
            (2, 1, 1)
        );
        assert_eq!(Work::of(&[], at(0)), Work::default());
    }

    proptest! {
        #[test]
        fn the_numbers_reconcile(ages in prop::collection::vec((0i64..90 * DAY, any::<bool>()), 0..50)) {
            let alert = |&(age, closed): &(i64, bool)| match closed {
                true => decided(age, Disposition::FalsePositive),
                false => Alert::new(at(age)),
            };
            let alerts: Vec<Alert> = ages.iter().map(alert).collect();
            let work = Work::of(&alerts, at(90 * DAY));
            let Backlog { open, up_to_1_day, up_to_7_days, up_to_30_days, over_30_days } = work.backlog;
            prop_assert_eq!(work.alerts, work.decided + open);
            prop_assert_eq!(open, up_to_1_day + up_to_7_days + up_to_30_days + over_30_days);
            prop_assert!(work.seconds_to_decision.is_none_or(|spread| spread.median <= spread.p90));
        }
    }
}
