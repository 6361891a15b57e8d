//! The law of `--since` for subjects with parties behind them: the decision against what changed is that against the whole lists, with
//! the findings about entries that did not change left out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{TODAY, any_party, decided, entities, lists_of};
use proptest::prelude::*;
use std::cell::Cell;
use tamis_model::{
    Decision, Entity, Finding, Measure, Name, NameRole, Prohibition, RelatedParty, RelatedRole, Status,
    Subject,
};
use tamis_policy::Policy;
use tamis_related::{Assessor, status_without_alerts};
use tamis_screen::{Delta, Scratch, Screener};

/// What becomes of an entry from one version of the lists to the next.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Same,
    New,
    Gone,
    Measure,
    Renamed,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        3 => Just(Fate::Same),
        2 => Just(Fate::New),
        1 => Just(Fate::Gone),
        1 => Just(Fate::Measure),
        1 => Just(Fate::Renamed),
    ];
    prop::collection::vec(fate, entities().len())
}

/// The entries before and after.
fn versions(fates: &[Fate]) -> (Vec<Entity>, Vec<Entity>) {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for (entity, fate) in entities().into_iter().zip(fates) {
        let mut later = entity.clone();
        match fate {
            Fate::Measure => {
                let licence = Measure::new("us.bis.entity-list", "BIS", Prohibition::ExportLicence);
                later.measures.push(licence);
            }
            Fate::Renamed => later.names.push(Name::new("Zlatousty", NameRole::StrongAlias)),
            Fate::Same | Fate::New | Fate::Gone => {}
        }
        if !matches!(fate, Fate::New) {
            old.push(entity);
        }
        if !matches!(fate, Fate::Gone) {
            new.push(later);
        }
    }
    (old, new)
}

fn customer() -> impl Strategy<Value = Subject> {
    let names = [
        "Silverbrook Logistics Ltd",
        "Viktor Sdnov",
        "Granit Antivirus AO",
        "***",
    ];
    let unfit = RelatedParty::read("***", RelatedRole::Director);
    let parties = prop::collection::vec(prop_oneof![9 => any_party(), 1 => Just(unfit)], 0..5);
    (prop::sample::select(names.to_vec()), parties).prop_map(|(name, related)| Subject {
        related,
        ..Subject::named(name)
    })
}

/// The decision against the whole lists, with what did not change left out.
fn restricted(delta: &Delta, subject: &Subject, mut full: Decision) -> Decision {
    let is_marked = |finding: &Finding| delta.mark(&finding.hit.entity_id).is_some();
    full.alerts.retain(is_marked);
    full.information.retain(is_marked);
    if full.status == Status::Hit && full.alerts.is_empty() {
        full.status = status_without_alerts(subject, &full.notes);
    }
    full
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_changes_are_those_of_the_whole_lists(
        fates in fates(),
        customers in prop::collection::vec(customer(), 1..12),
    ) {
        let (old, new) = versions(&fates);
        let (old, new) = (lists_of(&old), lists_of(&new));
        let new: Vec<_> = new.into_iter().filter(|list| !list.entities.is_empty()).collect();
        prop_assume!(!new.is_empty());
        let policy = Policy::new(TODAY);
        let delta = Delta::new(&old, &new, policy.clone(), false).unwrap();
        let whole = Screener::new(new, policy).unwrap();
        let assessor = Assessor::new().unwrap();
        for customer in &customers {
            let asked = Cell::new(false);
            let lists = || {
                asked.set(true);
                Ok(&whole)
            };
            let since = assessor.decide_since(delta.excerpt(), lists, customer, &mut Scratch::default());
            let full = decided(&whole, customer);
            prop_assert_eq!(&since, &restricted(&delta, customer, full), "{:?}", customer);
            let through = since.alerts.iter().chain(&since.information).any(|finding| finding.via.is_some());
            prop_assert_eq!(asked.get(), through, "the whole lists are read where a party matches a change, and only there");
        }
    }
}
