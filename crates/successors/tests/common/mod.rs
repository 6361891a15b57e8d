//! What the tests share: the built-in list, and both readings of a register.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

use jiff::civil::date;
use std::sync::OnceLock;
use tamis_feeds::{Options, RegisterReader};
use tamis_model::Company;
use tamis_policy::Policy;
use tamis_screen::Screener;
use tamis_successors::{Entry, Examiner, Groups, Known, Leads, Memory, Report};

/// A file of the project.
#[expect(clippy::disallowed_methods, reason = "a test may read its files")]
pub fn file(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    std::fs::read_to_string(format!("{root}{path}")).unwrap()
}

/// The companies of the sample register.
pub fn sample() -> &'static [Entry] {
    static SAMPLE: OnceLock<Vec<Entry>> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let text = file("data/samples/register.csv");
        let reader = RegisterReader::new(text.as_bytes(), "register.csv", Options::default()).unwrap();
        let mut groups = Groups::default();
        let mut entries = Vec::new();
        for record in reader {
            let company = record.company.unwrap();
            assert_eq!(company.unused, Vec::<String>::new());
            entries.extend(groups.push(record.line, company).unwrap());
        }
        entries.extend(groups.finish());
        entries
    })
}

/// The built-in list on a day on which most of its parties are listed.
pub fn screener() -> &'static Screener {
    static SCREENER: OnceLock<Screener> = OnceLock::new();
    SCREENER.get_or_init(|| {
        let list = tamis_lists::builtin("kaspersky").unwrap().unwrap();
        Screener::new(vec![list], Policy::new(date(2026, 11, 23))).unwrap()
    })
}

/// Both readings of a register.
pub fn report(entries: &[Entry]) -> Report {
    let mut known = Known::of(screener()).unwrap();
    let listed: Vec<Company> = entries
        .iter()
        .map(|entry| entry.company.clone())
        .filter(|company| known.scout().is_listed(company))
        .collect();
    known.learn(listed);
    let examiner = Examiner::new(screener(), known).unwrap();
    let (mut leads, mut memory) = (Leads::default(), Memory::default());
    for entry in entries {
        leads.add(examiner.examine(entry, &mut memory));
    }
    let report = leads.finish();
    assert!(report.counts.reconcile(), "{:?}", report.counts);
    assert_eq!(report.counts.companies, entries.len() as u64);
    report
}
