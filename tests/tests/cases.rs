//! The cases of `data/cases`, through every way of asking: two names compared, and a subject screened.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use tamis::model::{
    BirthDate, CountryLink, CountryRelation, Decision, EntityKind, Finding, Score, Status, Subject,
};
use tamis::names::Domain;
use tamis::{DEFAULT_THRESHOLD, Policy, Scratch, Screener, compare};
use tamis_tests::{TODAY, builtin, cases, entity, lenient, list, screener};

/// Whether a case must hold now, or only counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Since {
    Now,
    Later,
}

/// What became of the cases of one file.
#[derive(Default)]
struct Report {
    table: String,
    failed: usize,
    held: usize,
    later_held: usize,
    later_failed: usize,
}

impl Report {
    fn add(&mut self, since: Since, line: u64, what: &str, problems: &[String]) {
        match (since, problems.is_empty()) {
            (Since::Now, true) => self.held += 1,
            (Since::Later, true) => self.later_held += 1,
            (Since::Later, false) => self.later_failed += 1,
            (Since::Now, false) => {
                self.failed += 1;
                let _ = writeln!(
                    self.table,
                    "line {line:>4}  {what}\n           {}",
                    problems.join("; ")
                );
            }
        }
    }

    /// Prints the counts; the text of the failures, empty when there is none.
    #[must_use]
    fn finish(self, file: &str) -> String {
        let Report {
            table,
            failed,
            held,
            later_held,
            later_failed,
        } = self;
        println!("{file}: {held} cases hold; of those for later {later_held} hold and {later_failed} do not");
        if failed == 0 {
            String::new()
        } else {
            format!("{file}: {failed} cases that must hold do not:\n{table}")
        }
    }
}

// ---- pairs of names ----

#[derive(Debug, Deserialize)]
struct Pair {
    phenomenon: String,
    query: String,
    candidate: String,
    kind: String,
    expect: Expect,
    since: Since,
    note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Expect {
    /// Must alert.
    M,
    /// Must not alert.
    N,
    /// Free: both answers can be defended.
    W,
}

/// An empty cell is an unknown kind; any other must be one.
fn kind_of(cell: &str) -> Option<EntityKind> {
    let known = || EntityKind::parse(cell).unwrap_or_else(|| panic!("'{cell}' is no kind"));
    (!cell.is_empty()).then(known)
}

/// The kind by whose rules `compare` reads a pair of unknown kind.
fn guessed(pair: &Pair) -> EntityKind {
    match Domain::guess(&[&pair.query, &pair.candidate]) {
        Domain::Person => EntityKind::Person,
        Domain::Organization => EntityKind::Organization,
        Domain::Object => EntityKind::Vessel,
    }
}

#[test]
fn every_pair_of_names_gets_its_verdict_by_every_way_of_asking() {
    let (mut report, mut differ) = (Report::default(), Report::default());
    for (line, pair) in cases::<Pair>("phenomena.csv") {
        let kind = kind_of(&pair.kind);
        let score = compare(&pair.query, &pair.candidate, kind).score;
        let alert = score >= DEFAULT_THRESHOLD;
        let mut problems = Vec::new();
        match pair.expect {
            Expect::M if !alert => problems.push(format!("must alert, scores {score}")),
            Expect::N if alert => problems.push(format!("must not alert, scores {score}")),
            _ => {}
        }
        let what = format!(
            "{} {:?} '{}' / '{}' ({})",
            pair.phenomenon, pair.expect, pair.query, pair.candidate, pair.note
        );
        report.add(pair.since, line, &what, &problems);
        // The two ways must agree whatever the case says, and for cases of later as well.
        differ.add(Since::Now, line, &what, &differences(&pair, kind, score));
    }
    let failures = [
        differ.finish("phenomena.csv, screened and compared"),
        report.finish("phenomena.csv"),
    ];
    assert!(failures.iter().all(String::is_empty), "{}", failures.concat());
}

/// What screening against a list of the one candidate says otherwise than comparing.
fn differences(pair: &Pair, kind: Option<EntityKind>, score: Score) -> Vec<String> {
    let listed = entity(
        "one",
        "1",
        kind.unwrap_or_else(|| guessed(pair)),
        &[&pair.candidate],
    );
    let subject = Subject {
        kind,
        ..Subject::named(pair.query.as_str())
    };
    let screen =
        |threshold| screener(vec![list("one", vec![listed.clone()])], lenient(threshold)).screen(&subject);
    let at_default = screen(DEFAULT_THRESHOLD);
    if at_default.status == Status::Unscreened {
        let told = if score == Score::ZERO {
            None
        } else {
            Some(format!("unscreened, compared {score}"))
        };
        return told.into_iter().collect();
    }
    let mut found = Vec::new();
    if (at_default.status == Status::Hit) != (score >= DEFAULT_THRESHOLD) {
        found.push(format!(
            "screening says {}, comparing {score}",
            at_default.status.as_str()
        ));
    }
    // At a threshold of exactly the score the candidate must be found, and just above it must not.
    let at_score = screen(score);
    if at_score.alerts.first().map(|f| f.hit.score) != Some(score) {
        found.push(format!("lost by screening at the threshold {score}"));
    }
    let above = Score::from_ten_thousandths(score.ten_thousandths() + 1);
    if above > score && screen(above).status != Status::Clear {
        found.push(format!("alerts at the threshold {above}, compared {score}"));
    }
    found
}

/// What the requirements call P55 to P58 is about numbers and dates, P59 about roles of names: other tests.
const NOT_ABOUT_NAMES: [usize; 5] = [55, 56, 57, 58, 59];

#[test]
fn every_phenomenon_has_its_cases() {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (line, pair) in cases::<Pair>("phenomena.csv") {
        assert!(
            seen.insert((pair.query.clone(), pair.candidate.clone(), pair.kind.clone())),
            "line {line}: a second time"
        );
        *count.entry(pair.phenomenon).or_default() += 1;
    }
    for number in (1..=60).filter(|number| !NOT_ABOUT_NAMES.contains(number)) {
        let key = format!("P{number:02}");
        let cases = count.remove(&key).unwrap_or_default();
        assert!(cases >= 4, "{key} has only {cases} cases");
    }
    assert!(count.is_empty(), "not phenomena: {count:?}");
}

// ---- subjects against the built-in list ----

#[derive(Debug, Deserialize)]
struct Customer {
    query: String,
    kind: String,
    born: String,
    country: String,
    as_of: Option<Date>,
    /// Separated by `|`; empty: every regime.
    regimes: String,
    expect: Verdict,
    /// Entity ids separated by `|`: one of them must be among the alerts, or, where nothing may alert, among
    /// the information. An id after `!` must not be among the alerts.
    entities: String,
    since: Since,
    why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Verdict {
    Hit,
    Clear,
    Unscreened,
}

impl Verdict {
    const fn status(self) -> Status {
        match self {
            Verdict::Hit => Status::Hit,
            Verdict::Clear => Status::Clear,
            Verdict::Unscreened => Status::Unscreened,
        }
    }
}

impl Customer {
    fn subject(&self) -> Subject {
        let mut subject = Subject {
            kind: kind_of(&self.kind),
            ..Subject::named(self.query.as_str())
        };
        if !self.born.is_empty() {
            let born = BirthDate::parse(&self.born).unwrap_or_else(|| panic!("'{}' is no date", self.born));
            subject.birth_date = Some(born);
        }
        if !self.country.is_empty() {
            let link = CountryLink::new(CountryRelation::Unspecified, self.country.as_str());
            assert!(link.code.is_some(), "'{}' is no country", self.country);
            subject.countries.push(link);
        }
        subject
    }

    fn policy(&self) -> Policy {
        let regimes = self.regimes.split('|').filter(|regime| !regime.is_empty());
        let regimes = regimes.map(str::to_owned).collect();
        Policy {
            regimes,
            ..Policy::new(self.as_of.unwrap_or(TODAY))
        }
    }

    fn problems(&self, decision: &Decision) -> Vec<String> {
        let mut problems = Vec::new();
        let ids = |findings: &[Finding]| -> Vec<String> {
            findings
                .iter()
                .map(|f| format!("{} {}", f.hit.entity_id, f.hit.score))
                .collect()
        };
        let is = |findings: &[Finding], id: &str| findings.iter().any(|f| f.hit.entity_id == id);
        if decision.status != self.expect.status() {
            problems.push(format!("says {}", decision.status.as_str()));
        }
        let (not, wanted): (Vec<&str>, Vec<&str>) = self
            .entities
            .split('|')
            .filter(|id| !id.is_empty())
            .partition(|id| id.starts_with('!'));
        let place = if self.expect == Verdict::Hit {
            &decision.alerts
        } else {
            &decision.information
        };
        if !wanted.is_empty() && !wanted.iter().any(|id| is(place, id)) {
            problems.push(format!("none of {} found", wanted.join(", ")));
        }
        for id in not
            .iter()
            .filter(|id| is(&decision.alerts, id.trim_start_matches('!')))
        {
            problems.push(format!("alerts on {}", id.trim_start_matches('!')));
        }
        if !problems.is_empty() {
            let (alerts, information) = (ids(&decision.alerts), ids(&decision.information));
            problems.push(format!("alerts {alerts:?}, information {information:?}"));
        }
        problems
    }
}

#[test]
fn every_customer_gets_its_verdict_against_the_builtin_list() {
    let mut report = Report::default();
    let mut scratch = Scratch::default();
    let list = builtin();
    let kinds: BTreeMap<String, EntityKind> = list.entities.iter().map(|e| (e.id(), e.kind)).collect();
    let mut screeners: BTreeMap<String, Screener> = BTreeMap::new();
    for (line, customer) in cases::<Customer>("kaspersky.csv") {
        let named = customer.entities.split('|').map(|id| id.trim_start_matches('!'));
        for id in named.filter(|id| !id.is_empty()) {
            assert!(kinds.contains_key(id), "line {line}: no entity '{id}'");
        }
        let subject = customer.subject();
        let policy = customer.policy();
        let key = format!("{} {}", policy.as_of, policy.sha256());
        let screener = screeners
            .entry(key)
            .or_insert_with(|| screener(vec![list.clone()], policy));
        let decision = screener.screen_with(&subject, &mut scratch);
        for finding in decision.alerts.iter().chain(&decision.information) {
            same_as_compared(&customer, finding, kinds.get(&finding.hit.entity_id).copied());
        }
        let what = format!("{:?} '{}' ({})", customer.expect, customer.query, customer.why);
        report.add(customer.since, line, &what, &customer.problems(&decision));
    }
    let failures = report.finish("kaspersky.csv");
    assert!(failures.is_empty(), "{failures}");
}

/// The name score of a finding is what comparing its two names gives.
fn same_as_compared(customer: &Customer, finding: &Finding, kind: Option<EntityKind>) {
    let hit = &finding.hit;
    let compared = compare(&customer.query, &hit.matched_name, kind).score;
    assert_eq!(
        compared, hit.name_score,
        "'{}' / '{}'",
        customer.query, hit.matched_name
    );
}

#[test]
fn the_cases_name_every_entity_of_the_builtin_list_that_can_alert() {
    let named: BTreeSet<String> = cases::<Customer>("kaspersky.csv")
        .into_iter()
        .flat_map(|(_, c)| c.entities.split('|').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let verified = |e: &tamis::model::Entity| {
        e.measures
            .iter()
            .any(|m| m.confidence() > tamis::model::Confidence::Unverified)
    };
    for entity in builtin().entities.iter().filter(|e| verified(e)) {
        assert!(named.contains(&entity.id()), "no case for {}", entity.id());
    }
}
