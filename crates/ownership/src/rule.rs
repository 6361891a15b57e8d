//! What each regime says of ownership, by day: `data/tables/ownership_rules.csv`.

use crate::{Error, Role, Share};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use tamis_model::{Measure, Prohibition};

const TABLE: &str = include_str!("../../../data/tables/ownership_rules.csv");

/// What follows for a company that is owned as a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Its property is blocked as its owners' is.
    Blocked,
    /// The sectoral restrictions of its owners are its own.
    Restricted,
    /// The licence requirements of its owners have to be checked for it; never more.
    Check,
    /// The owners' regime has no rule of its own here: examine it. Never more.
    Examine,
    /// The rule is suspended on the day: shown, and nothing follows from it.
    Suspended,
}

impl Effect {
    fn parse(word: &str) -> Option<Effect> {
        Some(match word {
            "blocked" => Effect::Blocked,
            "restricted" => Effect::Restricted,
            "check" => Effect::Check,
            "examine" => Effect::Examine,
            "suspended" => Effect::Suspended,
            _ => return None,
        })
    }

    /// What a reader must know, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Effect::Blocked => "blocked as its owners are",
            Effect::Restricted => "restricted as its owners are",
            Effect::Check => "check licence requirements; not blocked",
            Effect::Examine => "no rule of its regime is known here: examine it; not blocked by this",
            Effect::Suspended => "the rule is suspended on this day",
        }
    }
}

/// Whose measures make an owner count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A measure with this code.
    Code(String),
    /// Any measure that prohibits this, of a regime that no other rule names for it: `but` are those.
    AnyOther {
        /// What it prohibits.
        prohibits: Prohibition,
        /// The regimes that have rules.
        but: Vec<String>,
    },
    /// Any measure of a regime that prohibits this.
    Prohibits(String, Prohibition),
}

/// The rule of a regime from one day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// `ofac`, `uk`, …: the word for `--rule`.
    pub id: String,
    /// The first day of this row; `None` is always.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
    /// What follows.
    pub effect: Effect,
    /// The share that counts.
    pub threshold: Share,
    /// Whether exactly that share is enough.
    pub at_least: bool,
    /// Whether the shares of all listed owners are added together; otherwise those of one owner and what it owns, and of parties to a joint
    /// arrangement.
    pub aggregate: bool,
    /// Whether votes count as shares do (the two are never added to each other).
    pub votes: bool,
    /// Roles that count as ownership.
    pub roles: Vec<Role>,
    /// Which measures make an owner count.
    pub owners: Vec<Trigger>,
    /// The text it rests on.
    pub basis: String,
    /// Where the row is from, and how far it can be trusted.
    pub source: String,
}

impl Rule {
    /// Whether the row is in force on `day`.
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether so much is enough.
    pub fn reached(&self, share: Share) -> bool {
        share > self.threshold || (self.at_least && share == self.threshold)
    }

    /// Whether a measure makes its party an owner that counts.
    pub fn counts(&self, measure: &Measure) -> bool {
        self.owners.iter().any(|trigger| match trigger {
            Trigger::Code(code) => measure.code == *code,
            Trigger::AnyOther { prohibits, but } => {
                measure.prohibits == *prohibits && !but.iter().any(|regime| regime == measure.regime())
            }
            Trigger::Prohibits(regime, what) => measure.regime() == regime && measure.prohibits == *what,
        })
    }

    /// The threshold in words: `50.00 % or more`.
    pub fn bound(&self) -> String {
        match self.at_least {
            true => format!("{} % or more", self.threshold),
            false => format!("more than {} %", self.threshold),
        }
    }
}

/// The rules of the table that come with this version.
///
/// # Errors
/// A row of the table that is not understood; a test holds that there is none.
///
/// # Example
/// ```
/// use jiff::civil::date;
///
/// let rules = tamis_ownership::rules()?;
/// let day = date(2026, 11, 29);
/// let ofac = rules.iter().find(|rule| rule.id == "ofac" && rule.in_force(day)).unwrap();
/// assert_eq!(ofac.bound(), "50.00 % or more");
/// # Ok::<(), tamis_ownership::Error>(())
/// ```
pub fn rules() -> Result<Vec<Rule>, Error> {
    let mut rules = read(TABLE)?;
    leave_to_others(&mut rules);
    Ok(rules)
}

/// Tells the rule about any other regime which ones have rules.
fn leave_to_others(rules: &mut [Rule]) {
    let named: BTreeSet<(String, Prohibition)> = rules
        .iter()
        .flat_map(|rule| &rule.owners)
        .filter_map(named)
        .collect();
    for trigger in rules.iter_mut().flat_map(|rule| &mut rule.owners) {
        if let Trigger::AnyOther { prohibits, but } = trigger {
            let own = named.iter().filter(|(_, what)| what == prohibits);
            *but = own.map(|(regime, _)| regime.clone()).collect();
        }
    }
}

fn named(trigger: &Trigger) -> Option<(String, Prohibition)> {
    match trigger {
        Trigger::Prohibits(regime, what) => Some((regime.clone(), *what)),
        Trigger::Code(_) | Trigger::AnyOther { .. } => None,
    }
}

fn read(table: &str) -> Result<Vec<Rule>, Error> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader
        .records()
        .map(|record| {
            let wrong = |e: csv::Error| Error::Rule {
                line: e.position().map_or(0, csv::Position::line),
                field: "row",
                value: e.to_string(),
            };
            row(&record.map_err(wrong)?)
        })
        .collect()
}

/// The columns: `rule,from,to,effect,threshold,at_least,aggregate,votes,roles,owners,basis,source`.
fn row(record: &csv::StringRecord) -> Result<Rule, Error> {
    let cell = |at: usize| record.get(at).unwrap_or_default().trim();
    let wrong = |field: &'static str, at: usize| Error::Rule {
        line: record.position().map_or(0, csv::Position::line),
        field,
        value: cell(at).to_owned(),
    };
    let day = |field, at: usize| match cell(at) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| wrong(field, at)),
    };
    let flag = |field, at: usize| match cell(at) {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(wrong(field, at)),
    };
    let parts = |at: usize| cell(at).split('|').map(str::trim).filter(|part| !part.is_empty());
    let roles: Option<Vec<Role>> = parts(8).map(Role::parse).collect();
    let owners: Option<Vec<Trigger>> = parts(9).map(trigger).collect();
    Ok(Rule {
        id: Some(cell(0))
            .filter(|id| !id.is_empty())
            .ok_or_else(|| wrong("rule", 0))?
            .to_owned(),
        from: day("from", 1)?,
        to: day("to", 2)?,
        effect: Effect::parse(cell(3)).ok_or_else(|| wrong("effect", 3))?,
        threshold: Share::parse(cell(4))
            .ok()
            .flatten()
            .ok_or_else(|| wrong("threshold", 4))?,
        at_least: flag("at_least", 5)?,
        aggregate: flag("aggregate", 6)?,
        votes: flag("votes", 7)?,
        roles: roles.ok_or_else(|| wrong("roles", 8))?,
        owners: owners
            .filter(|o| !o.is_empty())
            .ok_or_else(|| wrong("owners", 9))?,
        basis: cell(10).to_owned(),
        source: Some(cell(11))
            .filter(|s| !s.is_empty())
            .ok_or_else(|| wrong("source", 11))?
            .to_owned(),
    })
}

/// `us/asset_freeze`, `*/asset_freeze` for any regime that no row names, or a measure's code.
fn trigger(word: &str) -> Option<Trigger> {
    let Some((regime, prohibits)) = word.split_once('/') else {
        return Some(Trigger::Code(word.to_owned()));
    };
    let prohibits = match prohibits {
        "asset_freeze" => Prohibition::AssetFreeze,
        "sectoral_restriction" => Prohibition::SectoralRestriction,
        "export_licence" => Prohibition::ExportLicence,
        _ => return None,
    };
    Some(match regime {
        "*" => Trigger::AnyOther {
            prohibits,
            but: Vec::new(),
        },
        _ => Trigger::Prohibits(regime.to_owned(), prohibits),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_row_is_understood_and_no_two_of_a_rule_are_in_force_together() {
        let rules = rules().unwrap();
        for (at, one) in rules.iter().enumerate() {
            for two in rules.iter().take(at).filter(|two| two.id == one.id) {
                let (earlier, later) = if two.from < one.from {
                    (two, one)
                } else {
                    (one, two)
                };
                assert!(
                    earlier.to < later.from && earlier.to.is_some(),
                    "{}: {one:?} {two:?}",
                    one.id
                );
            }
        }
        for id in ["ofac", "ofac-ssi", "eu", "uk", "ca", "bis", "other"] {
            assert!(rules.iter().any(|r| r.id == id), "{id}");
        }
    }

    /// An owner that only needs export licences, or only is under a transaction ban, blocks nobody (C12).
    #[test]
    fn only_a_freeze_of_its_own_regime_makes_an_owner_block() {
        for rule in rules().unwrap().iter().filter(|r| r.effect == Effect::Blocked) {
            for code in [
                "us.bis.entity-list",
                "us.icts.ban",
                "us.fcc.covered",
                "xx.any.freeze",
            ] {
                for prohibits in [
                    Prohibition::ExportLicence,
                    Prohibition::TransactionBan,
                    Prohibition::ProcurementBan,
                ] {
                    assert!(
                        !rule.counts(&Measure::new(code, "a", prohibits)),
                        "{} {code}",
                        rule.id
                    );
                }
            }
            assert!(!rule.counts(&Measure::new("xx.any.freeze", "a", Prohibition::AssetFreeze)));
        }
    }

    /// A freeze of a regime without a row is examined, and blocks nobody.
    #[test]
    fn every_freeze_counts_under_some_rule() {
        let rules = rules().unwrap();
        for code in ["un.sc.freeze", "pl.freeze", "ch.seco.freeze", "own.list"] {
            let measure = Measure::new(code, "a", Prohibition::AssetFreeze);
            let counts: Vec<&Rule> = rules.iter().filter(|rule| rule.counts(&measure)).collect();
            assert!(
                matches!(counts.as_slice(), [rule] if rule.effect == Effect::Examine),
                "{code}: {counts:?}"
            );
        }
        let us = Measure::new("us.sdn.block", "a", Prohibition::AssetFreeze);
        assert!(
            !rules
                .iter()
                .any(|rule| rule.effect == Effect::Examine && rule.counts(&us))
        );
    }

    #[test]
    fn a_row_that_is_not_understood_is_named() {
        let header = "rule,from,to,effect,threshold,at_least,aggregate,votes,roles,owners,basis,source\n";
        for (row, field) in [
            ("x,soon,,blocked,50,yes,yes,no,,us/asset_freeze,b,s", "from"),
            ("x,,,killed,50,yes,yes,no,,us/asset_freeze,b,s", "effect"),
            ("x,,,blocked,,yes,yes,no,,us/asset_freeze,b,s", "threshold"),
            ("x,,,blocked,50,ja,yes,no,,us/asset_freeze,b,s", "at_least"),
            ("x,,,blocked,50,yes,yes,no,king,us/asset_freeze,b,s", "roles"),
            ("x,,,blocked,50,yes,yes,no,,us/nothing,b,s", "owners"),
            ("x,,,blocked,50,yes,yes,no,,,b,s", "owners"),
            ("x,,,blocked,50,yes,yes,no,,us/asset_freeze,b,", "source"),
        ] {
            let found = read(&format!("{header}{row}\n"));
            assert!(
                matches!(found, Err(Error::Rule { line: 2, field: f, .. }) if f == field),
                "{row}: {found:?}"
            );
        }
    }

    #[test]
    fn the_affiliates_rule_goes_on_and_off_by_day() {
        let rules = rules().unwrap();
        for (day, effect) in [
            (date(2025, 9, 28), None),
            (date(2025, 9, 29), Some(Effect::Check)),
            (date(2025, 11, 9), Some(Effect::Check)),
            (date(2025, 11, 10), Some(Effect::Suspended)),
            (date(2026, 11, 9), Some(Effect::Suspended)),
            (date(2026, 11, 10), Some(Effect::Check)),
        ] {
            let row = rules.iter().find(|r| r.id == "bis" && r.in_force(day));
            assert_eq!(row.map(|r| r.effect), effect, "{day}");
        }
    }
}
