//! What is screened: listed names as each class changes them, and names that are not listed.

use crate::Error;
use crate::class::Class;
use crate::selftest::Listed;
use crate::{Seeded, unlisted};
use serde::Serialize;
use std::collections::BTreeSet;
use tamis_model::{Entity, EntityKind, Score};

/// How much is tested, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What every drawn name follows from. Default: 1.
    pub seed: u64,
    /// Changed names for each class. Default: 60.
    pub names: usize,
    /// Names of each sort that are not listed. Default: 1,000.
    pub unlisted: usize,
    /// Whether to say of each name what bears it, as customer files with a column for it do. Default: false, the
    /// name alone.
    pub with_kind: bool,
    /// The lowest threshold of the report. Default: 0.50.
    pub floor: Score,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            seed: 1,
            names: 60,
            unlisted: 1_000,
            with_kind: false,
            floor: Score::from_ten_thousandths(5_000),
        }
    }
}

/// What sort of names that are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Ordinary people of many countries, as customers of a European bank are.
    People,
    /// Ordinary people of the cultures that lists name most.
    PeopleOfListedCultures,
    /// Companies with invented names.
    Companies,
    /// The given names of one listed person with the family name of another: the harshest.
    LookAlikePeople,
    /// Half of the words of one listed company with half of those of another.
    LookAlikeCompanies,
}

impl Sort {
    /// Every sort, in the order of the report.
    pub const ALL: [Sort; 5] = [
        Sort::People,
        Sort::PeopleOfListedCultures,
        Sort::Companies,
        Sort::LookAlikePeople,
        Sort::LookAlikeCompanies,
    ];

    /// The words used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sort::People => "people not listed",
            Sort::PeopleOfListedCultures => "people of cultures often listed",
            Sort::Companies => "companies not listed",
            Sort::LookAlikePeople => "look-alike people",
            Sort::LookAlikeCompanies => "look-alike companies",
        }
    }

    /// What the names are.
    pub const fn about(self) -> &'static str {
        match self {
            Sort::People => "ordinary people of many countries, as customers of a European bank are",
            Sort::PeopleOfListedCultures => "ordinary people of the cultures that sanctions lists name most",
            Sort::Companies => "companies with invented names",
            Sort::LookAlikePeople => "the given names of one listed person with the family name of another",
            Sort::LookAlikeCompanies => {
                "half of the words of one listed company with half of those of another"
            }
        }
    }

    /// What bears the name.
    pub const fn kind(self) -> EntityKind {
        match self {
            Sort::Companies | Sort::LookAlikeCompanies => EntityKind::Organization,
            _ => EntityKind::Person,
        }
    }

    /// Whether the names are such as most customers have. The others are chosen to be hard.
    pub const fn is_ordinary(self) -> bool {
        matches!(self, Sort::People | Sort::Companies)
    }
}

/// What should come of a probe.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// An alert for this entry, by place among the screener's entries; the name by place among the entry's.
    Listed {
        /// How the name was changed.
        class: &'static Class,
        /// The entry.
        entity: usize,
        /// The name.
        name: usize,
    },
    /// No alert.
    Unlisted(Sort),
}

/// A name to screen, and what should come of it.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The name as a customer file has it.
    pub text: String,
    /// What bears it.
    pub kind: EntityKind,
    /// What should come of it.
    pub target: Target,
}

/// Names drawn for each one wanted, before a class is content with fewer.
const TRIES: usize = 400;

pub(crate) fn probes(entities: &[Entity], listed: &[Listed], plan: &Plan) -> Result<Vec<Probe>, Error> {
    let mut probes: Vec<Probe> = Class::all()
        .flat_map(|class| changed(class, entities, listed, plan))
        .collect();
    probes.extend(unlisted::probes(entities, listed, plan.unlisted, plan.seed)?);
    Ok(probes)
}

/// As many names as the plan asks for, changed by one class; fewer where the lists have too few that it applies to.
fn changed(class: &'static Class, entities: &[Entity], listed: &[Listed], plan: &Plan) -> Vec<Probe> {
    // Each class has numbers of its own, so that a new class leaves the names of the others as they are.
    let mut seeded = Seeded::new(plan.seed ^ hash(class.id));
    let fits: Vec<&Listed> = listed
        .iter()
        .filter(|listed| {
            entities
                .get(listed.entity)
                .is_some_and(|entity| class.scope.holds(entity.kind))
        })
        .collect();
    let mut seen = BTreeSet::new();
    let mut probes = Vec::new();
    for _ in 0..plan.names * TRIES {
        if probes.len() == plan.names {
            break;
        }
        let Some(probe) = one(class, entities, &fits, &mut seeded) else {
            continue;
        };
        if let (Target::Listed { entity, .. }, true) =
            (probe.target, tamis_screen::unfit(&probe.text).is_none())
            && seen.insert((entity, probe.text.clone()))
        {
            probes.push(probe);
        }
    }
    probes
}

fn one(class: &'static Class, entities: &[Entity], fits: &[&Listed], seeded: &mut Seeded) -> Option<Probe> {
    let listed = seeded.pick(fits)?;
    let entity = entities.get(listed.entity)?;
    let name = *seeded.pick(&listed.names)?;
    let text = class.apply(&entity.names.get(name)?.text, entity.kind, seeded)?;
    let target = Target::Listed {
        class,
        entity: listed.entity,
        name,
    };
    Some(Probe {
        text,
        kind: entity.kind,
        target,
    })
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
