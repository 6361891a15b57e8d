use crate::Policy;
use jiff::civil::Date;
use tamis_model::{
    Action, Confidence, Decision, Entity, Evidence, FieldName, FieldVerdict, Finding, Hit, Measure, Status,
    Subject,
};

impl Policy {
    /// Decides what hits mean for a subject: alerts, or information with the reason why it is no alert.
    ///
    /// `hits` come with the entity each belongs to, best first, each with a name score or a score at or above the
    /// threshold; the order is
    /// kept. The decision is [`Status::Hit`] when anything alerts, else [`Status::Clear`].
    pub fn decide<'a>(
        &self,
        subject: &Subject,
        hits: impl IntoIterator<Item = (Hit, &'a Entity)>,
    ) -> Decision {
        let mut alerts = Vec::new();
        let mut information = Vec::new();
        for (hit, entity) in hits {
            let finding = self.weigh(hit, subject, entity);
            if finding.action.alerts() {
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
            signals: Vec::new(),
            notes: subject.unused.clone(),
        }
    }

    /// What keeps a hit below the threshold although the names reach it.
    fn conflict(&self, hit: &Hit, subject: &Subject, entity: &Entity) -> Option<String> {
        let conflicts = hit.evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Field {
                field,
                verdict: FieldVerdict::Conflict,
                query,
                listed,
                points: ..0,
            } => Some(format!("{} {query} / {listed}", field.as_str())),
            _ => None,
        });
        let conflicts: Vec<String> = conflicts.collect();
        (hit.score < self.threshold_for(subject, entity)).then(|| {
            format!(
                "the names agree, another field conflicts: {}",
                conflicts.join(", ")
            )
        })
    }

    /// One hit with the measures that count; `why` says what keeps it from being an alert.
    fn weigh(&self, hit: Hit, subject: &Subject, entity: &Entity) -> Finding {
        let counts = |m: &&Measure| self.alerts_on(m, subject);
        let active: Vec<Measure> = entity.measures.iter().filter(counts).cloned().collect();
        if active.is_empty() {
            let why = self.why_no_measure(subject, entity);
            return informing(hit, entity.measures.clone(), why);
        }
        let conflict = self.conflict(&hit, subject, entity);
        let why = conflict.unwrap_or_else(|| self.why_name_does_not_count(&hit, entity));
        match why.is_empty() {
            true => self.act(hit, subject, entity, active),
            false => informing(hit, active, why),
        }
    }

    /// What the measures in force ask for, in a match that is good enough.
    fn act(&self, hit: Hit, subject: &Subject, entity: &Entity, active: Vec<Measure>) -> Finding {
        let (mut measures, mut aside, mut action) = (Vec::new(), Vec::new(), Action::Inform);
        for measure in &active {
            let verdict = self.verdict(measure, subject);
            action = action.max(verdict.action);
            match verdict.action.alerts() {
                true => measures.push(measure.clone()),
                false if !aside.contains(&verdict.why) => aside.push(verdict.why),
                false => {}
            }
        }
        if !action.alerts() {
            return informing(hit, active, aside.join("; "));
        }
        let finding = Finding {
            hit,
            measures,
            why: String::new(),
            action,
            aside,
            via: None,
        };
        self.require(finding, subject, entity)
    }

    /// Reduces an alert that lacks the evidence that the policy wants; a shared number is evidence enough.
    fn require(&self, mut finding: Finding, subject: &Subject, entity: &Entity) -> Finding {
        if shares_identifier(&finding.hit) {
            return finding;
        }
        for requirement in &self.evidence {
            let unmet = requirement.unmet(&finding.hit, subject, entity);
            if let Some(unmet) = unmet.filter(|_| requirement.otherwise < finding.action) {
                finding.action = requirement.otherwise;
                finding.aside.push(unmet);
            }
        }
        if !finding.action.alerts() {
            finding.why = finding.aside.join("; ");
            finding.aside.clear();
        }
        finding
    }

    fn alerts_on(&self, measure: &Measure, subject: &Subject) -> bool {
        self.covers(measure.regime(), subject)
            && measure.in_force(self.as_of)
            && (self.unverified_alerts || measure.confidence() > Confidence::Unverified)
    }

    fn why_no_measure(&self, subject: &Subject, entity: &Entity) -> String {
        if entity.measures.is_empty() {
            return "named, and not listed".to_owned();
        }
        let covered: Vec<&Measure> = entity
            .measures
            .iter()
            .filter(|m| self.covers(m.regime(), subject))
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
        // The next one to begin: an earlier one may have ended.
        let begins = covered.iter().filter_map(|m| m.from);
        let first = begins.filter(|from| *from > self.as_of).min();
        format!(
            "not yet in force{}",
            first.map_or_else(String::new, |day| format!(" before {day}"))
        )
    }

    fn why_name_does_not_count(&self, hit: &Hit, entity: &Entity) -> String {
        // A shared number is the evidence then, so it does not matter how well the name beside it is known.
        if shares_identifier(hit) {
            return String::new();
        }
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

fn informing(hit: Hit, measures: Vec<Measure>, why: String) -> Finding {
    Finding {
        hit,
        measures,
        why,
        action: Action::Inform,
        aside: Vec::new(),
        via: None,
    }
}

fn shares_identifier(hit: &Hit) -> bool {
    hit.evidence.iter().any(|evidence| {
        matches!(
            evidence,
            Evidence::Field {
                field: FieldName::Identifier,
                verdict: FieldVerdict::Agree,
                ..
            }
        )
    })
}

fn regimes_of(entity: &Entity) -> String {
    let mut regimes: Vec<&str> = entity.measures.iter().map(Measure::regime).collect();
    regimes.sort_unstable();
    regimes.dedup();
    regimes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use tamis_model::{EntityKind, Name, NameRole, Prohibition, Score, Source};

    fn unverified() -> Option<Source> {
        Some(Source {
            title: "hearsay".into(),
            confidence: Confidence::Unverified,
        })
    }

    fn measure(code: &str, from: Option<Date>, to: Option<Date>, source: Option<Source>) -> Measure {
        Measure {
            from,
            to,
            source,
            ..Measure::new(code, "somebody", Prohibition::AssetFreeze)
        }
    }

    /// Decides on one hit of one entity with one strong, one weak and one unverified name.
    fn decided(policy: &Policy, measures: Vec<Measure>, matched: &str) -> Decision {
        let mut entity = Entity::new("test", "1", EntityKind::Person);
        entity.names = vec![
            Name::new("Strong", NameRole::Primary),
            Name::new("Weak", NameRole::WeakAlias),
            Name {
                source: unverified(),
                ..Name::new("Hearsay", NameRole::StrongAlias)
            },
        ];
        entity.measures = measures;
        let role = entity
            .names
            .iter()
            .find(|n| n.text == matched)
            .map_or(NameRole::Primary, |n| n.role);
        let hit = Hit {
            entity_id: entity.id(),
            entity_name: "Strong".into(),
            query_name: 0,
            matched_name: matched.into(),
            matched_role: role,
            score: Score::ONE,
            name_score: Score::ONE,
            evidence: Vec::new(),
        };
        policy.decide(&Subject::named("x"), [(hit, &entity)])
    }

    fn why(decision: &Decision) -> &str {
        decision
            .information
            .first()
            .map_or("", |finding| finding.why.as_str())
    }

    #[test]
    fn a_measure_alerts_from_its_first_day_to_its_last() {
        let dated = vec![measure(
            "us.sdn.block",
            Some(date(2024, 6, 21)),
            Some(date(2025, 12, 23)),
            None,
        )];
        for (day, status, reason) in [
            (
                date(2024, 6, 20),
                Status::Clear,
                "not yet in force before 2024-06-21",
            ),
            (date(2024, 6, 21), Status::Hit, ""),
            (date(2025, 12, 23), Status::Hit, ""),
            (
                date(2025, 12, 24),
                Status::Clear,
                "history: no longer listed after 2025-12-23",
            ),
        ] {
            let decision = decided(&Policy::new(day), dated.clone(), "Strong");
            assert_eq!((decision.status, why(&decision)), (status, reason), "{day}");
        }
    }

    #[test]
    fn only_the_regimes_asked_for_alert_and_only_their_measures_are_named() {
        let both = vec![
            measure("us.sdn.block", None, None, None),
            measure("pl.mswia.freeze", None, None, None),
        ];
        let mut policy = Policy::new(date(2026, 1, 1));
        assert_eq!(
            decided(&policy, both.clone(), "Strong").alerts[0].measures.len(),
            2
        );
        policy.regimes = vec!["pl".into()];
        let alerts = decided(&policy, both.clone(), "Strong").alerts;
        assert_eq!(
            alerts[0]
                .measures
                .iter()
                .map(|m| m.code.as_str())
                .collect::<Vec<_>>(),
            ["pl.mswia.freeze"]
        );
        policy.regimes = vec!["eu".into()];
        assert_eq!(why(&decided(&policy, both, "Strong")), "listed under pl, us only");
        assert_eq!(
            why(&decided(&policy, Vec::new(), "Strong")),
            "named, and not listed"
        );
    }

    #[test]
    fn what_is_weak_or_not_verified_alerts_only_when_asked() {
        let day = date(2026, 1, 1);
        let sure = vec![measure("us.sdn.block", None, None, None)];
        let unsure = vec![measure("us.sdn.block", None, None, unverified())];
        let strict = Policy::new(day);
        assert_eq!(why(&decided(&strict, sure.clone(), "Weak")), "weak alias only");
        assert_eq!(
            why(&decided(&strict, sure.clone(), "Hearsay")),
            "the name is not verified"
        );
        assert_eq!(
            why(&decided(&strict, unsure.clone(), "Strong")),
            "the measure is not verified"
        );
        let lenient = Policy {
            unverified_alerts: true,
            weak_alias_alerts: true,
            ..strict
        };
        for (measures, name) in [(sure.clone(), "Weak"), (sure, "Hearsay"), (unsure, "Strong")] {
            assert_eq!(decided(&lenient, measures, name).status, Status::Hit, "{name}");
        }
    }

    #[test]
    fn the_policy_hash_follows_the_policy_and_not_the_day() {
        let one = Policy::new(date(2026, 1, 1));
        assert_eq!(one.sha256(), Policy::new(date(2027, 1, 1)).sha256());
        let us = Policy {
            regimes: vec!["us".into(), "un".into()],
            ..one.clone()
        };
        assert_ne!(one.sha256(), us.sha256());
        let turned = Policy {
            regimes: vec!["un".into(), "us".into()],
            ..us.clone()
        };
        assert_eq!(us.sha256(), turned.sha256(), "the order of regimes means nothing");
    }
}
