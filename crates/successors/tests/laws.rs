//! Laws of the leads over generated registers: what is in common never lowers a lead, what speaks against one never raises it,
//! and the order of the register says nothing.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{report, sample};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::collections::{BTreeMap, BTreeSet};
use tamis_model::{BirthDate, Company, Identifier, IdentifierKind, Officer, Owner, Share};
use tamis_successors::{Entry, Grade, Lead, Report};

/// The records of the sample that are listed companies: a register knows these, and teaches what lists do not say.
const LISTED: [&str; 4] = ["R001", "R002", "R003", "R004"];

/// People: listed with rare and common names, tied to listed companies, delisted, in several scripts, and nobody.
const PEOPLE: [(&str, &str); 12] = [
    ("CHEKUNOV, Igor Gennadyevich", "1966-03-27"),
    ("Чекунов Игорь", ""),
    ("TIKHONOV Andrei", "1966-11-09"),
    ("Anton Ivanov", ""),
    ("Anton Ivanov", "1985-03-03"),
    ("Андрей Духвалов", "1957-12-03"),
    ("Kirill Astrakhan", "1987-11-17"),
    ("Oleg Vymyslov", "1970-01-15"),
    ("Zenon Zmyslony", ""),
    ("Anna Kulashova", ""),
    ("AO Kaspersky Lab", ""),
    ("Mary Wombat", "1990-01-01"),
];

/// Something that a company may have in common with a listed one, or that looks so.
#[derive(Clone, Debug)]
enum Trait {
    Officer(usize),
    Owner(usize, &'static str),
    Contact(IdentifierKind, &'static str),
    FormerName(&'static str),
    Product(&'static str),
    Address(&'static str),
    Remark(&'static str),
    Name(&'static str),
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(texts)
}

fn a_trait() -> impl Strategy<Value = Trait> {
    let shares = one_of(&["", "10", "25-50", "50", "100"]);
    prop_oneof![
        (0..PEOPLE.len()).prop_map(Trait::Officer),
        (0..PEOPLE.len(), shares).prop_map(|(who, share)| Trait::Owner(who, share)),
        one_of(&[
            "+7 495 010 20 30",
            "8 (495) 010-20-30",
            "+48 34 000 11 22",
            "+61 3 5555 0000"
        ])
        .prop_map(|text| Trait::Contact(IdentifierKind::Phone, text)),
        one_of(&[
            "info@kaspersky.ru",
            "a@kaspersky-polska.example",
            "a@wombat.example",
            "kaspersky@gmail.com"
        ])
        .prop_map(|text| Trait::Contact(IdentifierKind::Email, text)),
        one_of(&["Kaspersky Store", "Kaspersky Lab Polska", "Wombat Gardening"]).prop_map(Trait::FormerName),
        one_of(&["Zashchita Online", "Kaspersky Tools", "Lawn Care"]).prop_map(Trait::Product),
        one_of(&[
            "125212, г. Москва, Ленинградское шоссе, д. 39А, стр. 2",
            "Leningradskoye sh. 39A bld. 2, Moscow 125212, office 5",
            "2 Kingdom Street, London W2 6BD",
            "42-200 Czestochowa, Zmyslona 5, lok. 12",
            "Wombat Lane 7, Ballarat",
        ])
        .prop_map(Trait::Address),
        one_of(&[
            "Legal successor of Kaspersky Lab Polska",
            "formerly Wombat Ltd",
            "not a successor of Kaspersky Lab"
        ])
        .prop_map(Trait::Remark),
        one_of(&[
            "Kaspersky Nordic AB",
            "KasperskyOS Systems FZE",
            "Zashchita Plus OOO"
        ])
        .prop_map(Trait::Name),
    ]
}

fn give(company: &mut Company, what: &Trait) {
    let born = |at: &usize| BirthDate::parse(PEOPLE[*at].1);
    let name = |at: &usize| PEOPLE[*at].0.to_owned();
    match what {
        Trait::Officer(at) => company.officers.push(Officer {
            name: name(at),
            role: None,
            born: born(at),
        }),
        Trait::Owner(at, share) => company.owners.push(Owner {
            name: name(at),
            share: Share::parse(share),
            born: born(at),
        }),
        Trait::Contact(kind, text) => company.identifiers.push(Identifier::new(kind.clone(), *text)),
        Trait::FormerName(text) => company.former_names.push((*text).to_owned()),
        Trait::Product(text) => company.products.push((*text).to_owned()),
        Trait::Address(text) => company.addresses.push((*text).to_owned()),
        Trait::Remark(text) => company.remarks.push((*text).to_owned()),
        Trait::Name(text) => company.names.push((*text).to_owned()),
    }
}

/// Days before all measures, between them, and after the last; and none.
fn a_day() -> impl Strategy<Value = &'static str> {
    one_of(&[
        "",
        "1995-05-05",
        "2016-06-06",
        "2022-06-01",
        "2024-08-01",
        "2025",
        "2026-10",
    ])
}

fn a_company() -> impl Strategy<Value = Company> {
    let traits = prop::collection::vec(a_trait(), 0..5);
    (traits, a_day(), a_day()).prop_map(|(traits, founded, dissolved)| {
        let mut company = Company::named("", "Wombat Gardening Ltd");
        traits.iter().for_each(|what| give(&mut company, what));
        company.founded = BirthDate::parse(founded);
        // Most companies live.
        company.dissolved = BirthDate::parse(dissolved).filter(|_| dissolved > founded);
        company
    })
}

/// A register with the listed companies' own records; so many companies that some things are shared by more than five.
fn a_register() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(a_company(), 1..24).prop_map(|companies| {
        let listed = sample()
            .iter()
            .filter(|entry| LISTED.contains(&entry.company.id.as_str()));
        let numbered = companies.into_iter().zip(100_u64..).map(|(company, line)| Entry {
            line,
            company: Company {
                id: format!("G{line}"),
                ..company
            },
        });
        listed.cloned().chain(numbered).collect()
    })
}

/// A register, and one of its generated companies.
fn a_company_of_a_register() -> impl Strategy<Value = (Vec<Entry>, usize)> {
    a_register().prop_flat_map(|entries| {
        let companies = LISTED.len()..entries.len();
        (Just(entries), companies)
    })
}

/// What became of a company: its points and grade, nothing (0 points), or that it is a listed one.
#[derive(Debug)]
struct Fate {
    points: i32,
    grade: Option<Grade>,
    listed: bool,
}

impl Fate {
    fn of(report: &Report, id: &str) -> Fate {
        let lead = report.leads.iter().find(|lead| lead.company_id == id);
        Fate {
            points: lead.map_or(0, |lead| lead.points),
            grade: lead.map(|lead| lead.grade),
            listed: report.listed.iter().any(|listed| listed.company_id == id),
        }
    }

    /// Whether this is no stronger a lead than `other`. Grades are in order, the best first; none is the last.
    fn is_no_more_than(&self, other: &Fate) -> bool {
        let rank = |fate: &Fate| fate.grade.map_or(u8::MAX, |grade| grade as u8);
        self.points <= other.points && rank(self) >= rank(other)
    }
}

/// What the register says with one of its companies changed, before and after.
fn changed(entries: &[Entry], at: usize, change: impl FnOnce(&mut Company)) -> (Fate, Fate) {
    let id = entries[at].company.id.clone();
    let mut after = entries.to_vec();
    change(&mut after[at].company);
    (Fate::of(&report(entries), &id), Fate::of(&report(&after), &id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What a company has in common besides never lowers its lead, but where it shows that it is a listed company itself.
    #[test]
    fn more_in_common_never_lowers_a_lead((entries, at) in a_company_of_a_register(), what in a_trait()) {
        let (before, after) = changed(&entries, at, |company| give(company, &what));
        prop_assert!(after.listed || before.is_no_more_than(&after), "{what:?}: {before:?} {after:?}");
    }

    #[test]
    fn an_end_before_the_first_measure_never_raises_a_lead((entries, at) in a_company_of_a_register()) {
        let (before, after) = changed(&entries, at, |company| company.dissolved = BirthDate::parse("1995-01-01"));
        prop_assert!(before.listed || after.is_no_more_than(&before), "{before:?} {after:?}");
    }

    #[test]
    fn a_beginning_long_before_never_raises_a_lead((entries, at) in a_company_of_a_register()) {
        let (before, after) = changed(&entries, at, |company| company.founded = BirthDate::parse("1990-01-01"));
        prop_assert!(before.listed || after.is_no_more_than(&before), "{before:?} {after:?}");
    }

    /// A birth date that nobody on the lists has.
    #[test]
    fn another_birth_date_never_raises_a_lead((entries, at) in a_company_of_a_register(), who in 0..PEOPLE.len()) {
        let with = |born: &'static str| {
            let mut entries = entries.clone();
            let officer = Officer { name: PEOPLE[who].0.to_owned(), role: None, born: BirthDate::parse(born) };
            entries[at].company.officers.push(officer);
            Fate::of(&report(&entries), &entries[at].company.id)
        };
        let (right, none, wrong) = (with(PEOPLE[who].1), with(""), with("1911-11-11"));
        for before in [right, none] {
            prop_assert!(wrong.is_no_more_than(&before), "{who}: {before:?} {wrong:?}");
        }
    }

    /// What others share makes a lead weaker, never stronger.
    #[test]
    fn what_more_companies_share_never_raises_a_lead((entries, at) in a_company_of_a_register(), copies in 1_usize..8) {
        let copy = |number: usize| {
            let mut copy = entries[at].clone();
            copy.company.id = format!("H{number}");
            copy
        };
        let id = &entries[at].company.id;
        let more: Vec<Entry> = entries.iter().cloned().chain((0..copies).map(copy)).collect();
        let (before, after) = (Fate::of(&report(&entries), id), Fate::of(&report(&more), id));
        prop_assert!(before.listed || after.is_no_more_than(&before), "{before:?} {after:?}");
    }

    /// Rows in any order, and the people, addresses and whatever else a row lists in any order, give the same leads.
    #[test]
    fn order_says_nothing((entries, shuffled) in a_register().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle()))) {
        let plain = report(&entries);
        prop_assert_eq!(&report(&shuffled), &plain);
        let mut turned = shuffled;
        for company in turned.iter_mut().map(|entry| &mut entry.company) {
            company.officers.reverse();
            company.owners.reverse();
            company.identifiers.reverse();
            company.former_names.reverse();
            company.products.reverse();
            company.remarks.reverse();
        }
        prop_assert_eq!(strengths(&report(&turned)), strengths(&plain));
    }
}

fn strengths(report: &Report) -> BTreeMap<String, (i32, Grade)> {
    let strength = |lead: &Lead| (lead.company_id.clone(), (lead.points, lead.grade));
    report.leads.iter().map(strength).collect()
}

/// The generator must make what the laws speak of, or they say nothing.
#[test]
fn generated_registers_have_leads_of_every_grade_and_signals_of_every_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut grades, mut kinds, mut shared) = (BTreeSet::new(), BTreeSet::new(), 0);
    for _ in 0..40 {
        let entries = a_register().new_tree(&mut runner).unwrap().current();
        for lead in report(&entries).leads {
            grades.insert(lead.grade);
            kinds.extend(lead.signals.iter().map(|signal| signal.kind));
            shared = lead
                .signals
                .iter()
                .filter_map(|signal| signal.shared_by)
                .fold(shared, u32::max);
        }
    }
    assert_eq!(grades.len(), 3, "{grades:?}");
    // Who was dissolved before the first measure is seldom a lead, and a namesake beside one is seldom, too.
    assert!(kinds.len() >= 12, "{kinds:?}");
    assert!(shared > 5, "{shared}");
}
