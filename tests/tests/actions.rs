//! What is to be done about whom, in which deal, on which day: the Kaspersky case, with its legal sources.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use tamis::model::{
    Action, Activity, BirthDate, Decision, Entity, EntityKind, Finding, Measure, Name, NameRole, Prohibition,
    Relation, RelationRole, Status, Subject,
};
use tamis::policy::{Rule, SHIPPED, shipped};
use tamis::{Policy, Screener};
use tamis_tests::{TODAY, builtin, cases, list, screener};

#[derive(Debug, Deserialize)]
struct Case {
    party: String,
    born: String,
    policy: String,
    regimes: String,
    jurisdiction: String,
    activity: String,
    customer_type: String,
    as_of: Date,
    expect: Action,
    entity: String,
    measures: String,
    told: String,
    source: String,
}

fn parts(cell: &str) -> Vec<String> {
    let parts = cell.split('|').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn example(name: &str, day: Date) -> Policy {
    let text = shipped(name).unwrap_or_else(|| panic!("no policy '{name}'"));
    Policy::from_toml(text, day).unwrap_or_else(|error| panic!("{name}: {error}"))
}

impl Case {
    fn subject(&self) -> Subject {
        let activity = Activity::parse(&self.activity);
        assert_eq!(
            activity.is_none(),
            self.activity.is_empty(),
            "no activity '{}'",
            self.activity
        );
        Subject {
            birth_date: BirthDate::parse(&self.born),
            activity,
            jurisdictions: parts(&self.jurisdiction),
            customer_type: (!self.customer_type.is_empty()).then(|| self.customer_type.clone()),
            ..Subject::named(self.party.as_str())
        }
    }

    fn policy(&self) -> Policy {
        let mut policy = match self.policy.as_str() {
            "" => Policy::new(self.as_of),
            name => example(name, self.as_of),
        };
        if !self.regimes.is_empty() {
            policy.regimes = parts(&self.regimes);
        }
        policy
    }

    /// What is otherwise than the case says.
    fn problem(&self, decision: &Decision) -> Option<String> {
        let mut all = decision.alerts.iter().chain(&decision.information);
        let Some(finding) = all.find(|finding| finding.hit.entity_id == self.entity) else {
            return Some("not found".to_owned());
        };
        let found = (finding.action, codes(finding));
        let wanted = (self.expect, parts(&self.measures));
        let told = format!("{}; {}", finding.why, finding.aside.join("; "));
        let alerts = decision.alerts.contains(finding);
        let right = found == wanted && told.contains(&self.told) && alerts == self.expect.alerts();
        (!right).then(|| format!("{} {:?}, told '{told}'", found.0.as_str(), found.1))
    }
}

/// The codes that make an alert, each once; what only informs has none.
fn codes(finding: &Finding) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for measure in finding.measures.iter().filter(|_| finding.action.alerts()) {
        if !codes.contains(&measure.code) {
            codes.push(measure.code.clone());
        }
    }
    codes
}

#[test]
fn every_party_activity_and_day_of_the_kaspersky_case_has_its_action() {
    let list = builtin();
    let mut screeners: BTreeMap<String, Screener> = BTreeMap::new();
    let mut wrong = Vec::new();
    let all = cases::<Case>("kaspersky-actions.csv");
    assert!(all.len() >= 40, "only {} cases", all.len());
    for (line, case) in &all {
        assert!(!case.source.trim().is_empty(), "line {line} has no legal source");
        let policy = case.policy();
        let key = format!("{} {}", policy.as_of, policy.sha256());
        let screener = screeners
            .entry(key)
            .or_insert_with(|| screener(vec![list.clone()], policy));
        let decision = screener.screen(&case.subject());
        if let Some(problem) = case.problem(&decision) {
            wrong.push(format!(
                "line {line}, {} {} {}: {problem}",
                case.party, case.activity, case.as_of
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases are wrong:\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_cases_know_every_action_and_activity_and_every_example() {
    let all = cases::<Case>("kaspersky-actions.csv");
    let actions: BTreeSet<Action> = all.iter().map(|(_, case)| case.expect).collect();
    assert_eq!(actions.len(), Action::ALL.len());
    for activity in Activity::ALL.map(Activity::as_str) {
        assert!(
            all.iter().any(|(_, case)| case.activity == activity),
            "no case of {activity}"
        );
    }
    for name in SHIPPED {
        assert!(
            all.iter().any(|(_, case)| case.policy == name),
            "no case under {name}"
        );
    }
}

/// Every policy that the project knows, and one that asks to block whatever it can.
fn policies(day: Date) -> Vec<Policy> {
    let blocking = Rule {
        regimes: Vec::new(),
        measures: Vec::new(),
        prohibits: Vec::new(),
        activities: Activity::ALL.to_vec(),
        customer_types: Vec::new(),
        via: None,
        action: Action::Block,
        why: None,
    };
    let any = Policy {
        rules: vec![blocking],
        unverified_alerts: true,
        ..Policy::new(day)
    };
    let shipped = SHIPPED.map(|name| example(name, day));
    [Policy::new(day), any].into_iter().chain(shipped).collect()
}

/// C12: neither the Entity List nor the ICTS determination ever yields "blocked", whatever a policy asks for.
#[test]
fn only_an_asset_freeze_ever_blocks() {
    let mut blocked = 0;
    for day in [date(2022, 5, 1), TODAY] {
        for policy in policies(day) {
            let screener = screener(vec![builtin()], policy);
            for entity in builtin().entities {
                for activity in [None].into_iter().chain(Activity::ALL.map(Some)) {
                    let subject = Subject {
                        activity,
                        ..Subject::named(entity.primary_name())
                    };
                    let decision = screener.screen(&subject);
                    let blocks = |finding: &&Finding| finding.action == Action::Block;
                    for finding in decision.alerts.iter().filter(blocks) {
                        let freezes =
                            |m: &Measure| m.prohibits == Prohibition::AssetFreeze && m.in_force(day);
                        assert!(finding.measures.iter().any(freezes), "{finding:?}");
                        blocked += 1;
                    }
                }
            }
        }
    }
    assert!(blocked > 100, "only {blocked} blocked: the test tests little");
}

/// TN16: a company that AO Kaspersky Lab owns whole is no SDN's company. Its own measures are Commerce's.
#[test]
fn what_ao_kaspersky_lab_owns_is_not_blocked_in_the_u_s() {
    let mut owned = Entity::new("owned", "1", EntityKind::Organization);
    owned.names = vec![Name::new("Beispiel Antivirus OOO", NameRole::Primary)];
    owned.relations = vec![Relation {
        role: RelationRole::OwnedBy,
        other: "AO Kaspersky Lab".to_owned(),
        other_id: Some("kaspersky:ao-kaspersky-lab".to_owned()),
        share: Some("100".to_owned()),
        from: None,
        to: None,
        note: None,
        source: None,
    }];
    let mut ban = Measure::new("us.icts.ban", "BIS", Prohibition::TransactionBan);
    ban.activities = vec![Activity::Sale, Activity::Procurement];
    owned.measures = vec![ban];
    for (activity, action) in [
        (None, Action::Review),
        (Some(Activity::Sale), Action::Review),
        (Some(Activity::Payment), Action::Inform),
    ] {
        let policy = Policy {
            regimes: vec!["us".into()],
            ..Policy::new(TODAY)
        };
        let screener = screener(vec![builtin(), list("owned", vec![owned.clone()])], policy);
        let subject = Subject {
            activity,
            ..Subject::named("Beispiel Antivirus OOO")
        };
        let decision = screener.screen(&subject);
        assert_eq!(decision.action(), Some(action), "{decision:?}");
        assert_eq!(decision.status == Status::Hit, action.alerts());
    }
}

// ---- thresholds of their own, required evidence, rules by type of customer ----

fn alerts(screener: &Screener, subject: &Subject) -> Vec<String> {
    let decision = screener.screen(subject);
    let told = |finding: &Finding| format!("{} {}", finding.hit.entity_id, finding.hit.score);
    decision.alerts.iter().map(told).collect()
}

/// The same entries as a list of another name.
fn renamed(id: &str) -> tamis::model::List {
    let entities = builtin().entities.into_iter().map(|entity| Entity {
        list: id.to_owned(),
        ..entity
    });
    list(id, entities.collect())
}

/// Screening under thresholds by list is screening each list under its own: the search goes down to the lowest, and
/// nothing that reaches only another list's threshold comes through.
#[test]
fn a_threshold_of_a_list_alerts_as_if_the_list_were_alone() {
    let low = tamis::model::Score::from_ten_thousandths(6_000);
    let high = tamis::model::Score::from_ten_thousandths(9_500);
    let text =
        "threshold = 0.95\n[[thresholds]]\nlists = [\"l*\"]\ncustomer_types = [\"bank\"]\nthreshold = 0.6";
    let policy = Policy::from_toml(text, TODAY).unwrap_or_else(|error| panic!("{error}"));
    let both = screener(vec![renamed("high"), renamed("low")], policy);
    let alone = |id: &str, threshold| screener(vec![renamed(id)], tamis_tests::policy_at(threshold));
    let (alone_high, alone_low, low_at_high) = (alone("high", high), alone("low", low), alone("low", high));
    let mut between = 0;
    for name in [
        "Igor Chekunov",
        "Igor Tschekunow",
        "Andrei Efremov",
        "Andrey Suvorov",
        "Anton Iwanow",
        "Denis Zenkyn",
        "Kaspersky Labs",
        "Kasperski",
        "Mikhail Gerber",
        "Marina Alekseyeva",
        "Anna Kulashova",
        "Daniil Borsch",
    ] {
        let bank = Subject {
            customer_type: Some("bank".to_owned()),
            ..Subject::named(name)
        };
        let sorted = |mut told: Vec<String>| {
            told.sort();
            told
        };
        let wanted = [alerts(&alone_high, &bank), alerts(&alone_low, &bank)].concat();
        assert_eq!(sorted(alerts(&both, &bank)), sorted(wanted), "{name}");
        let other = Subject::named(name);
        let wanted = [alerts(&alone_high, &other), alerts(&low_at_high, &other)].concat();
        assert_eq!(
            sorted(alerts(&both, &other)),
            sorted(wanted),
            "{name}, another customer"
        );
        between += alerts(&alone_low, &bank).len() - alerts(&low_at_high, &bank).len();
    }
    assert!(
        between >= 10,
        "only {between} alerts hang on the threshold: the test tests little"
    );
}

#[test]
fn what_lacks_the_evidence_that_a_policy_wants_is_reduced_and_told() {
    let text = |unknown: &str| {
        format!(
            "regimes = [\"us\"]\n[[evidence]]\nkinds = [\"person\"]\nfields = [\"birth_place\", \"gender\"]\n\
             otherwise = \"inform\"\nunknown = \"{unknown}\""
        )
    };
    let gender = |gender| Subject {
        gender,
        ..Subject::named("Andrei Gennadyevich Tikhonov")
    };
    use tamis::model::Gender::{Female, Male};
    for (unknown, given, action, told) in [
        ("keep", None, Action::Block, ""),
        (
            "reduce",
            None,
            Action::Inform,
            "birth place or gender to agree, and none could be compared",
        ),
        ("keep", Some(Male), Action::Block, ""),
        ("reduce", Some(Male), Action::Block, ""),
        (
            "keep",
            Some(Female),
            Action::Inform,
            "birth place or gender to agree, and none does",
        ),
    ] {
        let policy = Policy::from_toml(&text(unknown), TODAY).unwrap_or_else(|error| panic!("{error}"));
        // At a low threshold, so that it is the requirement that decides and not the conflict.
        let policy = Policy {
            threshold: tamis::model::Score::from_ten_thousandths(6_000),
            ..policy
        };
        let decision = screener(vec![builtin()], policy).screen(&gender(given));
        let mut all = decision.alerts.iter().chain(&decision.information);
        let Some(found) = all.find(|f| f.hit.entity_id == "kaspersky:45815") else {
            panic!("not found: {decision:?}");
        };
        assert_eq!(
            (found.action, decision.alerts.contains(found)),
            (action, action.alerts()),
            "{unknown} {given:?}"
        );
        assert!(found.why.contains(told), "{}", found.why);
    }
}

#[test]
fn a_shared_number_is_evidence_enough() {
    let text = "[[evidence]]\nfields = [\"birth_place\"]\notherwise = \"inform\"\nunknown = \"reduce\"";
    let policy = Policy::from_toml(text, TODAY).unwrap_or_else(|error| panic!("{error}"));
    let mut subject = Subject::named("Igor Chekunov");
    let screener = screener(vec![builtin()], policy);
    assert_eq!(screener.screen(&subject).status, Status::Clear);
    subject.identifiers.push(tamis::model::Identifier::new(
        tamis::model::IdentifierKind::Passport,
        "530176384",
    ));
    assert_eq!(screener.screen(&subject).action(), Some(Action::Block));
}

#[test]
fn a_private_list_counts_whatever_regimes_are_chosen() {
    let mut denied = Entity::new("private-house", "1", EntityKind::Organization);
    denied.names = vec![Name::new("Mustermann Handel GmbH", NameRole::Primary)];
    denied.measures = vec![Measure::new(
        "private.private-house.deny",
        "the house",
        Prohibition::TransactionBan,
    )];
    let policy = Policy {
        regimes: vec!["us".into()],
        ..Policy::new(TODAY)
    };
    let screener = screener(vec![builtin(), list("private-house", vec![denied])], policy);
    let mut subject = Subject::named("Mustermann Handel GmbH");
    assert_eq!(screener.screen(&subject).action(), Some(Action::Review));
    subject.jurisdictions = vec!["pl".into()];
    assert_eq!(screener.screen(&subject).action(), Some(Action::Review));
}
