//! Large generated graphs with planted answers: all of them are found, and nothing else.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, and measures itself"
)]

mod common;

use common::{DAY, Listed, measure, rules_of, words};
use std::fmt::Write;
use std::time::Instant;
use tamis_ownership::{Assessment, Builder, Graph, Party, plain_key, read_stakes};

/// Parties in one planted family, at most.
const FAMILY: usize = 12;

/// A file of stakes, who is listed, and the verdict on each planted party; every other company is clear.
struct Planted {
    file: String,
    listed: Listed,
    expected: Vec<(String, &'static str)>,
}

/// Numbers that follow from a seed (Knuth's constants).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

impl Planted {
    fn new(companies: usize, families: usize, seed: u64) -> Planted {
        let mut draw = Draw(seed);
        let mut planted = Planted {
            file: "owner,owned,share,role,from,to,source\n".to_owned(),
            listed: Listed::new(),
            expected: Vec::new(),
        };
        for at in 0..companies.saturating_sub(families * FAMILY) {
            planted.unlisted(at, companies, &mut draw);
        }
        for at in 0..families {
            planted.family(at, &mut draw);
        }
        planted
    }

    fn row(&mut self, owner: &str, owned: &str, share: &str, role: &str) {
        let _ = writeln!(self.file, "{owner},{owned},{share},{role},2020-01-01,,register");
    }

    /// A company of unlisted people and companies; they hold each other, too, some all in a ring.
    fn unlisted(&mut self, at: usize, companies: usize, draw: &mut Draw) {
        let company = format!("company {at}");
        self.row(&format!("person {}", draw.below(companies)), &company, "40", "");
        self.row(&format!("company {}", draw.below(at + 1)), &company, "35.5", "");
        self.row(
            &format!("company {}", (at + 1) % 1000 + at / 1000 * 1000),
            &company,
            "60",
            "",
        );
        if draw.below(5) == 0 {
            self.row(
                &format!("person {}", draw.below(companies)),
                &company,
                "",
                "director",
            );
        }
    }

    /// One of the ways to be owned, or nearly.
    fn family(&mut self, at: usize, draw: &mut Draw) {
        let listed = format!("listed {at}");
        self.listed.insert(listed.clone(), "us.sdn.block".to_owned());
        let company = |n: usize| format!("family {at} {n}");
        let mut expect = |n: usize, verdict| self.expected.push((company(n), verdict));
        match at % 6 {
            0 => (0..8).for_each(|n| expect(n, "OWNED")),
            1 => (0..4).for_each(|n| expect(n, "OWNED")),
            2 => (0..2).for_each(|n| expect(n, "RELATED_CONTROL")),
            3 => (0..2).for_each(|n| expect(n, "POSSIBLY_OWNED")),
            4 => ["RELATED_CONTROL", "REPRESENTATIVE", "RELATED_CONTROL"]
                .into_iter()
                .enumerate()
                .for_each(|(n, verdict)| expect(n, verdict)),
            _ => (0..FAMILY).for_each(|n| expect(n, "OWNED")),
        }
        self.family_rows(at, &listed, draw);
    }

    fn family_rows(&mut self, at: usize, listed: &str, draw: &mut Draw) {
        let company = |n: usize| format!("family {at} {n}");
        match at % 6 {
            // A chain of halves.
            0 => (0..8).for_each(|n| {
                let owner = if n == 0 { listed.to_owned() } else { company(n - 1) };
                self.row(&owner, &company(n), "50", "");
                self.row(&format!("person {}", draw.below(1000)), &company(n), "50", "");
            }),
            // Quarters, of two listed owners and of two of their companies.
            1 => {
                self.row(listed, &company(0), "50.00", "");
                self.row(listed, &company(1), "75", "");
                self.row(&company(0), &company(2), "25", "");
                self.row(&company(1), &company(2), "25", "");
                self.row(&company(2), &company(3), "49.99", "");
                self.row(listed, &company(3), "0.01", "");
            }
            2 => {
                self.row(listed, &company(0), "49.99", "");
                self.row(&company(0), &company(1), "100", "");
            }
            3 => {
                self.row(listed, &company(0), "", "");
                self.row(&company(0), &company(1), "50", "");
            }
            4 => {
                self.row(listed, &company(0), "", "officer");
                self.row(listed, &company(1), "", "signatory");
                self.row(&company(0), &company(2), "51", "");
            }
            // A ring in which each holds the next, and one of them is held from outside.
            _ => {
                self.row(listed, &company(0), "50", "");
                (0..FAMILY).for_each(|n| self.row(&company(n), &company((n + 1) % FAMILY), "50", ""));
            }
        }
    }
}

fn graph_of(file: &str) -> Graph {
    let mut builder = Builder::new(&plain_key);
    let mut problems = Vec::new();
    read_stakes(
        file.as_bytes(),
        "generated",
        |row| builder.add(row),
        |p| problems.push(p),
    )
    .unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    builder.finish().0
}

/// Reads, assesses and asks for every party; gives the seconds that each step took.
fn check(planted: &Planted) -> (usize, [f64; 3]) {
    let start = Instant::now();
    let graph = graph_of(&planted.file);
    let read = start.elapsed();
    let rules = rules_of("ofac");
    let is_listed = |party: &Party| {
        planted
            .listed
            .get(&party.name)
            .map(|code| measure(code))
            .into_iter()
            .collect()
    };
    let assessment = Assessment::of(&graph, DAY, &rules, &is_listed);
    let assessed = start.elapsed();
    let mut alerts = 0;
    for (id, party) in graph.parties() {
        alerts += usize::from(!assessment.findings(id).is_empty());
        assert_eq!(graph.by_key(&plain_key(&party.name)), [id]);
    }
    let asked = start.elapsed();
    for (party, verdict) in &planted.expected {
        let found = assessment.findings(graph.by_key(party)[0]);
        assert_eq!(words(&found), *verdict, "{party}: {found:#?}");
    }
    assert_eq!(
        alerts,
        planted.expected.len() + planted.listed.len(),
        "and nothing else"
    );
    let seconds = [read, assessed - read, asked - assessed].map(|time| time.as_secs_f64());
    (graph.len(), seconds)
}

#[test]
fn all_that_is_planted_in_a_graph_of_5000_companies_is_found_and_nothing_else() {
    check(&Planted::new(5_000, 120, 7));
}

/// The figures of docs/ownership.md:
/// `cargo test --release -p tamis-ownership --test planted -- --ignored --nocapture`.
#[test]
#[ignore = "full size; for figures, in a release build"]
fn all_that_is_planted_in_a_graph_of_100000_companies_is_found_in_the_stated_time() {
    let planted = Planted::new(100_000, 2_000, 2026);
    let rows = planted.file.lines().count() - 1;
    let (parties, [read, assess, ask]) = check(&planted);
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM: not known here");
    println!(
        "{rows} rows, {parties} parties, {} planted answers",
        planted.expected.len()
    );
    println!("read and build {read:.2} s, assess {assess:.2} s, ask for every party {ask:.2} s; {peak}");
}

/// One owner per closure: rules that do not add owners together cost no more than what each owner reaches.
#[test]
fn a_long_chain_and_many_listed_owners_are_no_trouble() {
    let mut planted = Planted {
        file: "owner,owned,share\n".to_owned(),
        listed: Listed::new(),
        expected: Vec::new(),
    };
    for n in 0..20_000 {
        let _ = writeln!(planted.file, "link {n},link {},100", n + 1);
    }
    let graph = graph_of(&planted.file);
    let rules = rules_of("ofac");
    let assessment = Assessment::of(&graph, DAY, &rules, &|party: &Party| match party.name.as_str() {
        "link 0" => vec![measure("us.sdn.block")],
        _ => Vec::new(),
    });
    let found = assessment.findings(graph.by_key("link 20000")[0]);
    assert_eq!((words(&found).as_str(), found[0].path.len()), ("OWNED", 20_000));
}
