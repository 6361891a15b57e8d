//! The law of screening what is new or changed only: its answer is that of the whole new lists, with the findings about
//! entries that did not change left out. And what was left out is what it was before.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tamis::Policy;
use tamis::model::{
    Address, BirthDate, CountryLink, CountryRelation, Decision, Entity, EntityKind, Finding, Gender,
    Identifier, IdentifierKind, List, ListDiff, Name, NameRole, Place, Status, Subject,
};
use tamis::screen::{Change, Delta};
use tamis_tests::{TODAY, builtin, entity, list, screener};

/// The same inputs in every run.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 150,
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const NAMES: &[&str] = &[
    "TIKHONOV, Andrei Gennadyevich",
    "Тихонов Андрей",
    "Anton Ivanov",
    "Ivanov Anton Mikhaylovich",
    "Ivanova, Anna",
    "Marina Ivanova",
    "Gerber, Mikhail",
    "Muhammad Abd al-Rahman",
    "محمد عبد الرحمن",
    "Zarya Trading LLC",
    "OOO Zarya",
    "National Bank of Iran",
    "Kim Jong Un",
    "Li Wei",
    "Zhou Enlai",
    "Sheikh Hassan Ghul",
    "A. Ivanov",
    "Iran Shipping 44",
];

const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Vessel];

/// One entry: names, kind, and numbers from which its other fields follow.
type Drawn = (Vec<usize>, usize, [u8; 5]);

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        proptest::collection::vec(0..NAMES.len(), 1..4),
        0..KINDS.len(),
        any::<[u8; 5]>(),
    )
}

fn made(id: usize, (names, kind, [born, place, country, number, gender]): &Drawn) -> Entity {
    let names: Vec<&str> = names.iter().map(|&at| NAMES[at]).collect();
    let mut entity = entity("test", &id.to_string(), KINDS[*kind], &names);
    let born = (born % 3 > 0)
        .then(|| BirthDate::parse(&format!("{}", 1950 + i16::from(born % 4))))
        .flatten();
    entity.birth_dates.extend(born);
    if place % 3 == 0 {
        entity.birth_places.push(Place {
            text: "Moscow, Russia".into(),
            country: None,
        });
    }
    let country = ["Russia", "Iran", "Iraq"][usize::from(country % 3)];
    entity
        .countries
        .push(CountryLink::new(CountryRelation::Nationality, country));
    if number % 2 == 0 {
        let number = format!("75012345{}", number % 5);
        entity
            .identifiers
            .push(Identifier::new(IdentifierKind::Passport, number));
    }
    entity.kind_is_assumed = gender % 5 == 0;
    entity.gender = [None, Some(Gender::Male), Some(Gender::Female)][usize::from(gender % 3)];
    entity
}

/// What the later version does to an entry.
#[derive(Clone, Debug)]
enum Step {
    Keep,
    Remove,
    Renumber,
    Rename(usize),
    Alias(usize),
    Weaken,
    Turn,
    Delist,
    Born,
    /// The list no longer says what kind of party it is, or says it now.
    Assume,
    Note,
    House,
    Move,
    Label,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Keep),
        1 => Just(Step::Remove),
        1 => Just(Step::Renumber),
        1 => (0..NAMES.len()).prop_map(Step::Rename),
        1 => (0..NAMES.len()).prop_map(Step::Alias),
        1 => Just(Step::Weaken),
        1 => Just(Step::Turn),
        1 => Just(Step::Delist),
        1 => Just(Step::Born),
        1 => Just(Step::Assume),
        1 => Just(Step::Note),
        1 => Just(Step::House),
        1 => Just(Step::Move),
        1 => Just(Step::Label),
    ]
}

fn stepped(entity: &Entity, step: &Step) -> Option<Entity> {
    let mut next = entity.clone();
    match step {
        Step::Keep => {}
        Step::Remove => return None,
        Step::Renumber => next.native_id = format!("9{}", next.native_id),
        Step::Rename(at) => next.names[0].text = NAMES[*at].to_owned(),
        Step::Alias(at) => next.names.push(Name::new(NAMES[*at], NameRole::StrongAlias)),
        Step::Weaken => {
            if let Some(last) = next.names.last_mut() {
                last.role = NameRole::WeakAlias;
            }
        }
        Step::Turn => next.names.reverse(),
        Step::Delist => next.measures[0].to = TODAY.yesterday().ok(),
        Step::Born => next.birth_dates = BirthDate::parse("1971-02-03").into_iter().collect(),
        Step::Assume => next.kind_is_assumed = !next.kind_is_assumed,
        Step::Note => next.notes.push("Reworded.".into()),
        Step::House => next.addresses.push(Address {
            lines: vec!["1 Street".into()],
            ..Address::default()
        }),
        Step::Move => {
            let country = Some("Iraq".to_owned());
            next.addresses.push(Address {
                country,
                ..Address::default()
            });
        }
        Step::Label => {
            for name in &mut next.names {
                name.label = Some("Good".into());
            }
            for number in &mut next.identifiers {
                number.label = Some("expires 2030-01-01".into());
            }
            next.positions.push("Head".into());
        }
    }
    Some(next)
}

/// Subjects that resemble entries: by name, by parts of names, with and without other fields.
fn subjects() -> Vec<Subject> {
    let mut subjects: Vec<Subject> = NAMES.iter().map(|name| Subject::named(*name)).collect();
    subjects.push(Subject::named("Oleg Petrov"));
    subjects.push(Subject::named("***"));
    subjects.push(Subject::default());
    for (at, name) in NAMES.iter().enumerate() {
        let mut subject = Subject::named(name.replace('i', "y")).of_kind(KINDS[at % KINDS.len()]);
        subject.birth_date = BirthDate::parse("1951");
        subject.gender = Some(Gender::Male);
        subject
            .countries
            .push(CountryLink::new(CountryRelation::Unspecified, "Iraq"));
        subject.identifiers.push(Identifier::new(
            IdentifierKind::Passport,
            format!("75012345{}", at % 5),
        ));
        subjects.push(subject);
    }
    subjects
}

fn policy() -> Policy {
    Policy::new(TODAY)
}

/// A decision with the findings about some entries only.
fn restricted(decision: Decision, keep: impl Fn(&str) -> bool) -> Decision {
    if decision.status == Status::Unscreened {
        return decision;
    }
    let kept = |findings: Vec<Finding>| -> Vec<Finding> {
        findings
            .into_iter()
            .filter(|finding| keep(&finding.hit.entity_id))
            .collect()
    };
    let alerts = kept(decision.alerts);
    Decision {
        status: if alerts.is_empty() {
            Status::Clear
        } else {
            Status::Hit
        },
        information: kept(decision.information),
        alerts,
        ..decision
    }
}

/// What a decision says, without the texts beside a name that may be another of equally good ones.
fn said(decision: &Decision) -> Vec<(String, String, u16, u16)> {
    let findings = decision.alerts.iter().chain(&decision.information);
    findings
        .map(|finding| {
            let hit = &finding.hit;
            let (score, name) = (hit.score.ten_thousandths(), hit.name_score.ten_thousandths());
            (hit.entity_id.clone(), finding.why.clone(), score, name)
        })
        .collect()
}

/// Holds the law for each subject; returns how many alerts there were.
fn hold(old: &List, new: &List, subjects: &[Subject]) -> Result<usize, TestCaseError> {
    let lists = |list: &List| [list.clone()];
    let (before, after) = (
        screener(vec![old.clone()], policy()),
        screener(vec![new.clone()], policy()),
    );
    let delta = |removed| {
        Delta::new(&lists(old), &lists(new), policy(), removed).unwrap_or_else(|error| panic!("{error}"))
    };
    let (delta, with_removed) = (delta(false), delta(true));
    let is_marked = |id: &str| delta.mark(id).is_some();
    let is_removed = |id: &str| {
        with_removed
            .mark(id)
            .is_some_and(|mark| mark.change == Change::RemovedEntry)
    };
    let mut alerts = 0;
    for subject in subjects {
        let whole = after.screen(subject);
        let found = delta.screen(subject);
        prop_assert_eq!(&found, &restricted(whole.clone(), is_marked), "{:?}", subject);
        let earlier = before.screen(subject);
        let untouched = |id: &str| !is_marked(id) && !is_removed(id);
        prop_assert_eq!(
            said(&restricted(earlier.clone(), untouched)),
            said(&restricted(whole, untouched)),
            "{:?}",
            subject
        );
        let lapsing = with_removed.screen(subject);
        prop_assert_eq!(&lapsing.alerts, &found.alerts);
        prop_assert_eq!(lapsing.status, found.status);
        let mut told: Vec<String> = said(&restricted(lapsing, is_removed))
            .into_iter()
            .map(|f| f.0)
            .collect();
        let mut gone: Vec<String> = said(&restricted(earlier, is_removed))
            .into_iter()
            .map(|f| f.0)
            .collect();
        told.sort();
        gone.sort();
        prop_assert_eq!(told, gone);
        alerts += found.alerts.len();
    }
    Ok(alerts)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn screening_the_changes_is_screening_the_whole_for_them(
        entries in proptest::collection::vec((drawn(), step()), 1..12),
        added in proptest::collection::vec(drawn(), 0..4),
    ) {
        let old: Vec<Entity> = entries.iter().enumerate().map(|(id, (drawn, _))| made(id, drawn)).collect();
        let next = old.iter().zip(&entries).filter_map(|(entity, (_, step))| stepped(entity, step));
        let added = added.iter().enumerate().map(|(id, drawn)| made(100 + id, drawn));
        let new: Vec<Entity> = next.chain(added).collect();
        prop_assume!(!new.is_empty());
        hold(&list("test", old), &list("test", new), &subjects())?;
    }
}

#[test]
fn the_law_holds_for_the_built_in_list_and_its_delistings() {
    let old = builtin();
    let mut new = old.clone();
    new.entities.remove(0);
    new.entities[0].names.truncate(1);
    new.entities[1].measures.clear();
    new.entities[2].notes.push("Reworded.".to_owned());
    let mut added = new.entities[3].clone();
    added.native_id = "new".to_owned();
    new.entities.push(added);
    let names = old.entities.iter().flat_map(|entity| &entity.names);
    let subjects: Vec<Subject> = names.map(|name| Subject::named(name.text.as_str())).collect();
    let alerts = hold(&old, &new, &subjects).unwrap_or_else(|error| panic!("{error}"));
    assert!(alerts > 0, "something alerts");
}

#[test]
fn one_alias_more_returns_exactly_the_customers_that_it_hits() {
    let old = list(
        "test",
        vec![entity("test", "1", EntityKind::Person, &["Anton Ivanov"])],
    );
    let mut new = old.clone();
    new.entities[0]
        .names
        .push(Name::new("Zhou Enlai", NameRole::StrongAlias));
    new.entities
        .push(entity("test", "2", EntityKind::Person, &["Marina Gerber"]));
    let delta = Delta::new(&[old], &[new], policy(), false).unwrap_or_else(|error| panic!("{error}"));
    let hits = |name: &str| {
        let alerts = delta.screen(&Subject::named(name)).alerts.into_iter();
        alerts.map(|finding| finding.hit.entity_id).collect::<Vec<_>>()
    };
    assert_eq!(hits("Zhou Enlai"), ["test:1"]);
    assert_eq!(hits("Marina Gerber"), ["test:2"]);
    assert!(hits("Oleg Petrov").is_empty());
    let mark = |id: &str| {
        delta
            .mark(id)
            .map(|mark| (mark.change.as_str(), mark.fields.len()))
    };
    assert_eq!(mark("test:1"), Some(("CHANGED_ENTRY", 1)));
    assert_eq!(mark("test:2"), Some(("NEW_ENTRY", 0)));
}

#[test]
fn where_nothing_changed_everybody_that_can_be_screened_is_clear() {
    let same = builtin();
    let listed = same.entities[0].names[0].text.clone();
    let delta = Delta::new(
        std::slice::from_ref(&same),
        std::slice::from_ref(&same),
        policy(),
        true,
    )
    .unwrap_or_else(|e| panic!("{e}"));
    let decision = delta.screen(&Subject::named(listed));
    assert_eq!((decision.status, decision.information.len()), (Status::Clear, 0));
    assert_eq!(delta.screen(&Subject::named("***")).status, Status::Unscreened);
    assert_eq!(delta.regimes(), screener(vec![same], policy()).regimes());
}

#[test]
fn an_empty_new_list_is_refused_and_an_empty_old_one_makes_everything_new() {
    let (full, empty) = (
        builtin(),
        List {
            entities: Vec::new(),
            ..builtin()
        },
    );
    assert!(
        Delta::new(
            std::slice::from_ref(&full),
            std::slice::from_ref(&empty),
            policy(),
            false
        )
        .is_err()
    );
    assert!(Delta::new(std::slice::from_ref(&full), &[], policy(), false).is_err());
    let all = full.entities.len();
    let delta = Delta::new(&[empty], &[full], policy(), false).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(delta.marked(Change::NewEntry), all);
}

#[test]
fn every_step_but_those_beside_the_point_touches_screening() {
    let before = made(1, &(vec![0, 1], 0, [1, 0, 0, 0, 1]));
    let touches = |step: Step| {
        let Some(after) = stepped(&before, &step) else {
            return true;
        };
        let (old, new) = ([before.clone()], [after]);
        let diff = ListDiff::between(&old, &new);
        diff.touched().next().is_some()
    };
    for step in [
        Step::Renumber,
        Step::Rename(5),
        Step::Alias(5),
        Step::Weaken,
        Step::Delist,
        Step::Born,
        Step::Move,
    ] {
        assert!(touches(step.clone()), "{step:?}");
    }
    for step in [Step::Keep, Step::Turn, Step::Note, Step::House, Step::Label] {
        assert!(!touches(step.clone()), "{step:?}");
    }
}
