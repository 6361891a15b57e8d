//! The sample register, whose answers are known: `data/cases/successors.csv` says each company's grade, and why.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod common;

use common::{file, report, sample, screener};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tamis_model::{BirthDate, Company, Identifier, IdentifierKind, Officer};
use tamis_policy::Policy;
use tamis_screen::Screener;
use tamis_successors::{Entry, Examiner, Known, Lead, Leads, Memory, Report, SignalKind};

/// Each company with its grade, `LISTED` or `none`.
fn answers(report: &Report) -> BTreeMap<String, &'static str> {
    let leads = report
        .leads
        .iter()
        .map(|lead| (lead.company_id.clone(), lead.grade.as_str()));
    let listed = report
        .listed
        .iter()
        .map(|listed| (listed.company_id.clone(), "LISTED"));
    leads.chain(listed).collect()
}

fn lead<'r>(report: &'r Report, id: &str) -> &'r Lead {
    report
        .leads
        .iter()
        .find(|lead| lead.company_id == id)
        .unwrap_or_else(|| panic!("no lead {id}"))
}

#[test]
fn every_company_of_the_sample_has_the_grade_that_is_known() {
    let report = report(sample());
    let answers = answers(&report);
    let cases = file("data/cases/successors.csv");
    let mut wrong = Vec::new();
    let mut cases_seen = 0;
    for case in csv::Reader::from_reader(cases.as_bytes()).records() {
        let case = case.unwrap();
        let (id, expected, why) = (&case[0], &case[1], &case[2]);
        let found = answers.get(id).copied().unwrap_or("none");
        cases_seen += 1;
        if found != expected {
            let lead = report.leads.iter().find(|lead| lead.company_id == id);
            wrong.push(format!("{id}: {found}, expected {expected} ({why})\n{lead:#?}"));
        }
    }
    assert_eq!(cases_seen, sample().len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_signal_stands_in_the_sample() {
    use SignalKind::*;
    let report = report(sample());
    let kinds = [
        Owner,
        Officer,
        KnownPerson,
        FormerName,
        Continuation,
        Address,
        Phone,
        Domain,
        Name,
        Product,
        FoundedAfter,
        FoundedBefore,
    ];
    for kind in kinds {
        let stands = report
            .leads
            .iter()
            .any(|lead| lead.signals.iter().any(|signal| signal.kind == kind));
        assert!(stands, "{kind:?}");
    }
}

#[test]
fn every_signal_says_which_party_what_and_why() {
    for lead in &report(sample()).leads {
        assert!(!lead.signals.is_empty());
        for signal in &lead.signals {
            assert!(screener().entity(&signal.entity_id).is_some(), "{signal:?}");
            assert!(
                !signal.here.is_empty() && !signal.there.is_empty() && !signal.reason.is_empty(),
                "{signal:?}"
            );
        }
    }
}

#[test]
fn a_listed_director_counts_in_any_script_and_a_namesake_does_not() {
    let of = |name: &str, born: &str| {
        let mut company = Company::named("1", "Rassvet OOO");
        company.officers.push(Officer {
            name: name.to_owned(),
            role: None,
            born: BirthDate::parse(born),
        });
        let report = report(&[Entry { line: 1, company }]);
        report.leads.first().map(|lead| lead.points)
    };
    for name in [
        "CHEKUNOV, Igor Gennadyevich",
        "Чекунов Игорь",
        "Tschekunow Igor",
        "Ігор Чекунов",
    ] {
        assert_eq!(of(name, "1966-03-27"), Some(40), "{name}");
        // A whole name still stands out with another birth date; as a weak lead, and that is said.
        let other = of(name, "1991-12-01");
        assert!(other.is_none_or(|points| points <= 10), "{name}: {other:?}");
    }
}

#[test]
fn the_day_decides_who_is_listed() {
    let before = screener_of(date(2024, 1, 1));
    let known = Known::of(&before).unwrap();
    let examiner = Examiner::new(&before, known).unwrap();
    let entry = sample().iter().find(|entry| entry.company.id == "R010").unwrap();
    let mut leads = Leads::default();
    leads.add(examiner.examine(entry, &mut Memory::default()));
    let report = leads.finish();
    let officer = lead(&report, "R010")
        .signals
        .iter()
        .find(|signal| signal.kind == SignalKind::Officer)
        .unwrap();
    assert_eq!(officer.standing.as_str(), "not yet listed");
    assert!(
        officer.reason.contains("somebody who is not yet listed"),
        "{}",
        officer.reason
    );
}

fn screener_of(day: jiff::civil::Date) -> Screener {
    let list = tamis_lists::builtin("kaspersky").unwrap().unwrap();
    Screener::new(vec![list], Policy::new(day)).unwrap()
}

/// A company that has nothing in common with anybody.
fn unrelated(number: usize) -> Entry {
    let mut company = Company::named(format!("X{number:04}"), format!("Wombat Gardening {number} Ltd"));
    company.addresses.push(format!("Wombat Lane {number}, Ballarat"));
    Entry { line: 1, company }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_companies_does_not_matter(entries in Just(sample().to_vec()).prop_shuffle()) {
        prop_assert_eq!(report(&entries), report(sample()));
    }

    #[test]
    fn unrelated_companies_change_no_lead(count in 1_usize..40) {
        let mut entries = sample().to_vec();
        entries.extend((0..count).map(unrelated));
        prop_assert_eq!(report(&entries).leads, report(sample()).leads);
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}", id in "\\PC{1,8}") {
        let mut company = Company::named(id, text.clone());
        company.former_names.push(text.clone());
        company.addresses.push(text.clone());
        company.products.push(text.clone());
        company.remarks.push(format!("formerly {text}"));
        company.identifiers.push(Identifier::new(IdentifierKind::Website, text.clone()));
        company.officers.push(Officer { name: text, role: None, born: None });
        report(&[Entry { line: 1, company }]);
    }
}
