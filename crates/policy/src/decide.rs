use crate::Policy;
use jiff::civil::Date;
use tamis_model::{Confidence, Decision, Entity, Finding, Hit, Measure, Status, Subject};

impl Policy {
    /// Decides what hits mean for a subject: alerts, or information with the reason why it is no alert.
    ///
    /// `hits` come with the entity each belongs to, all at or above the threshold, best first; the order is
    /// kept. The decision is [`Status::Hit`] when anything alerts, else [`Status::Clear`].
    pub fn decide<'a>(
        &self,
        subject: &Subject,
        hits: impl IntoIterator<Item = (Hit, &'a Entity)>,
    ) -> Decision {
        let mut alerts = Vec::new();
        let mut information = Vec::new();
        for (hit, entity) in hits {
            let finding = self.weigh(hit, entity);
            if finding.why.is_empty() {
                alerts.push(finding);
            } else {
                information.push(finding);
            }
        }
        let status = if alerts.is_empty() {
            Status::Clear
        } else {
            Status::Hit
        };
        Decision {
            status,
            alerts,
            information,
            notes: subject.unused.clone(),
        }
    }

    /// One hit with the measures that count; `why` says what keeps it from being an alert.
    fn weigh(&self, hit: Hit, entity: &Entity) -> Finding {
        let counts = |m: &&Measure| self.alerts_on(m);
        let active: Vec<Measure> = entity.measures.iter().filter(counts).cloned().collect();
        let why = if active.is_empty() {
            self.why_no_measure(entity)
        } else {
            self.why_name_does_not_count(&hit, entity)
        };
        let measures = if active.is_empty() {
            entity.measures.clone()
        } else {
            active
        };
        Finding { hit, measures, why }
    }

    fn alerts_on(&self, measure: &Measure) -> bool {
        self.covers(measure.regime())
            && measure.in_force(self.as_of)
            && (self.unverified_alerts || measure.confidence() > Confidence::Unverified)
    }

    fn why_no_measure(&self, entity: &Entity) -> String {
        if entity.measures.is_empty() {
            return "named, and not listed".to_owned();
        }
        let covered: Vec<&Measure> = entity
            .measures
            .iter()
            .filter(|m| self.covers(m.regime()))
            .collect();
        let Some(latest) = covered.iter().max_by_key(|m| m.to.unwrap_or(Date::MAX)) else {
            return format!("listed under {} only", regimes_of(entity));
        };
        if covered.iter().all(|m| m.ended_before(self.as_of)) {
            let to = latest.to.map_or_else(String::new, |day| format!(" after {day}"));
            return format!("history: no longer listed{to}");
        }
        if covered.iter().any(|m| m.in_force(self.as_of)) {
            return "the measure is not verified".to_owned();
        }
        let first = covered.iter().filter_map(|m| m.from).min();
        format!(
            "not yet in force{}",
            first.map_or_else(String::new, |day| format!(" before {day}"))
        )
    }

    fn why_name_does_not_count(&self, hit: &Hit, entity: &Entity) -> String {
        if !hit.matched_role.is_strong() && !self.weak_alias_alerts {
            return "weak alias only".to_owned();
        }
        let name = entity
            .names
            .iter()
            .find(|n| n.text == hit.matched_name && n.role == hit.matched_role);
        let unverified = name.is_some_and(|n| n.confidence() == Confidence::Unverified);
        if unverified && !self.unverified_alerts {
            return "the name is not verified".to_owned();
        }
        String::new()
    }
}

fn regimes_of(entity: &Entity) -> String {
    let mut regimes: Vec<&str> = entity.measures.iter().map(Measure::regime).collect();
    regimes.sort_unstable();
    regimes.dedup();
    regimes.join(", ")
}
