use crate::examine::{About, Found, Outcome};
use crate::grade::{self, Grade};
use crate::signal::{Family, Signal};
use crate::standing::Standing;
use foldhash::{HashMap, HashSet};
use serde::Serialize;
use std::cmp::Reverse;

/// A company that may continue a listed one, with every reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lead {
    /// How strong it is.
    pub grade: Grade,
    /// The points of all signals.
    pub points: i32,
    /// The register's key.
    pub company_id: String,
    /// The company's name.
    pub company_name: String,
    /// What else is shown of it.
    #[serde(flatten)]
    pub about: About,
    /// The families of its signals: how many independent kinds there are.
    pub families: Vec<Family>,
    /// Its signals, the best first.
    pub signals: Vec<Signal>,
    /// Fields that were not understood.
    pub unused: Vec<String>,
    /// The line on which its records begin.
    pub line: u64,
}

/// A company of the register that is a listed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedHere {
    /// The register's key.
    pub company_id: String,
    /// The company's name.
    pub company_name: String,
    /// What else is shown of it.
    #[serde(flatten)]
    pub about: About,
    /// The entry.
    pub entity_id: String,
    /// Its primary name.
    pub entity_name: String,
    /// Whether it is listed on the day in question.
    pub standing: Standing,
    /// By what it was recognised.
    pub how: String,
    /// The line on which its records begin.
    pub line: u64,
}

/// A record or company that was not examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unexamined {
    /// The line on which it begins.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// What became of the companies; the parts add up to [`Counts::companies`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Companies read.
    pub companies: u64,
    /// Strong leads.
    pub a: u64,
    /// Likely leads.
    pub b: u64,
    /// Weak leads.
    pub c: u64,
    /// Companies with signals that are worth too little to be a lead.
    pub below: u64,
    /// Companies that have nothing in common with a listed party.
    pub nothing: u64,
    /// Listed companies.
    pub listed: u64,
    /// Companies that could not be examined.
    pub unexamined: u64,
    /// Records that could not be examined and are in none of the companies.
    pub refused: u64,
    /// Companies with fields that were not understood and so not used.
    pub with_unused_fields: u64,
}

impl Counts {
    /// Everything that was not examined, records and companies.
    pub const fn not_examined(&self) -> u64 {
        self.unexamined + self.refused
    }

    /// Whether the parts add up.
    pub const fn reconcile(&self) -> bool {
        self.companies == self.a + self.b + self.c + self.below + self.nothing + self.listed + self.unexamined
    }
}

/// The result of a register: leads in order of grade, points and id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The counts.
    pub counts: Counts,
    /// The leads.
    pub leads: Vec<Lead>,
    /// The listed companies themselves, by id.
    pub listed: Vec<ListedHere>,
    /// What was not examined, by line.
    pub unexamined: Vec<Unexamined>,
}

/// Collects what was found, company by company in any order, and grades it at the end.
///
/// Holds the companies that have any signal, and one count for each thing that is shared.
#[derive(Debug, Default)]
pub struct Leads {
    candidates: Vec<(Found, Vec<Signal>)>,
    shared: HashMap<u64, u32>,
    report: Report,
}

impl Leads {
    /// Adds a company.
    pub fn add(&mut self, mut found: Found) {
        let counts = &mut self.report.counts;
        counts.companies += 1;
        counts.with_unused_fields += u64::from(!found.unused.is_empty());
        match std::mem::replace(&mut found.outcome, Outcome::Signals(Vec::new())) {
            Outcome::Signals(signals) if signals.is_empty() => counts.nothing += 1,
            Outcome::Signals(signals) => self.candidate(found, signals),
            Outcome::Unexamined(reason) => {
                counts.unexamined += 1;
                self.unexamined(found.line, format!("company {}: {reason}", found.id));
            }
            Outcome::Listed {
                entity_id,
                entity_name,
                standing,
                how,
            } => {
                counts.listed += 1;
                self.report.listed.push(ListedHere {
                    company_id: found.id,
                    company_name: found.name,
                    about: found.about,
                    entity_id,
                    entity_name,
                    standing,
                    how,
                    line: found.line,
                });
            }
        }
    }

    /// Adds a record that could not be examined, and that is no company of its own.
    pub fn refuse(&mut self, line: u64, reason: String) {
        self.report.counts.refused += 1;
        self.unexamined(line, reason);
    }

    fn unexamined(&mut self, line: u64, reason: String) {
        self.report.unexamined.push(Unexamined { line, reason });
    }

    fn candidate(&mut self, found: Found, signals: Vec<Signal>) {
        let keys: HashSet<u64> = signals.iter().filter_map(|signal| signal.key).collect();
        for key in keys {
            let count = self.shared.entry(key).or_default();
            *count = count.saturating_add(1);
        }
        self.candidates.push((found, signals));
    }

    /// Grades and ranks.
    pub fn finish(mut self) -> Report {
        for (found, signals) in std::mem::take(&mut self.candidates) {
            match self.lead(found, signals) {
                Some(lead) => {
                    match lead.grade {
                        Grade::A => self.report.counts.a += 1,
                        Grade::B => self.report.counts.b += 1,
                        Grade::C => self.report.counts.c += 1,
                    }
                    self.report.leads.push(lead);
                }
                None => self.report.counts.below += 1,
            }
        }
        let rank = |lead: &Lead| {
            (
                lead.grade,
                Reverse(lead.points),
                Reverse(lead.families.len()),
                lead.company_id.clone(),
            )
        };
        self.report.leads.sort_by_cached_key(rank);
        self.report
            .listed
            .sort_by(|one, two| one.company_id.cmp(&two.company_id));
        self.report.unexamined.sort_by_key(|unexamined| unexamined.line);
        self.report
    }

    fn lead(&self, found: Found, signals: Vec<Signal>) -> Option<Lead> {
        let mut signals: Vec<Signal> = signals.into_iter().map(|signal| self.weigh(signal)).collect();
        signals.sort_by(|one, two| order(one).cmp(&order(two)));
        let points = grade::points(&signals);
        Some(Lead {
            grade: Grade::of(points, &signals)?,
            points,
            company_id: found.id,
            company_name: found.name,
            about: found.about,
            families: grade::families(&signals),
            signals,
            unused: found.unused,
            line: found.line,
        })
    }

    fn weigh(&self, signal: Signal) -> Signal {
        match signal.key.and_then(|key| self.shared.get(&key)) {
            Some(companies) => signal.shared(*companies),
            None => signal,
        }
    }
}

/// Best first; contradictions come last by their points.
fn order(signal: &Signal) -> (Reverse<i32>, crate::SignalKind, &str, &str) {
    (
        Reverse(signal.points),
        signal.kind,
        &signal.entity_id,
        &signal.here,
    )
}
