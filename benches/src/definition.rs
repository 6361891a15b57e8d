use crate::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tamis::model::Score;

/// What a benchmark measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Customers who are not on the list, one at a time: cold, then warm.
    ScreenMiss,
    /// Listed names, changed in every way that the self-test knows.
    ScreenHit,
    /// Two names, compared by themselves.
    ScorePair,
    /// A list in memory made ready for screening.
    Build,
    /// Customers as a whole, with one thread and more.
    Batch,
    /// Names that are as hard to screen as names can be.
    Worst,
    /// Every pair of subject and entry compared by brute force, and held against what screening reports.
    Lost,
    /// `tamis list compile`, as a process.
    Compile,
    /// `tamis check` of one name, as a process.
    Check,
    /// `tamis screen` of a file, as a process.
    ScreenFile,
    /// `tamis screen` of a file with a decision log, beside the same without one, as processes.
    ScreenLog,
    /// `tamis successors` over a register with planted successors, as a process.
    Successors,
    /// What Python programs use, on the same names.
    Peers,
}

impl Kind {
    /// Whether it runs the command `tamis` as a process, and so needs [`Options::tamis`](crate::Options::tamis).
    pub const fn is_process(self) -> bool {
        matches!(
            self,
            Kind::Compile | Kind::Check | Kind::ScreenFile | Kind::ScreenLog | Kind::Successors
        )
    }

    /// Whether it has a reference that a user would write in Rust.
    const fn has_references(self) -> bool {
        matches!(
            self,
            Kind::ScreenMiss | Kind::ScreenHit | Kind::ScorePair | Kind::Batch
        )
    }
}

/// What a user would compare names with otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// `jaro_winkler` of the crate `strsim`.
    Strsim,
    /// The batch comparator of the crate `rapidfuzz`, with a cutoff.
    Rapidfuzz,
}

/// Where a benchmark's list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// A list that tamis brings along, by name.
    Builtin(String),
    /// As many generated entries.
    Generated(usize),
}

/// One benchmark, as `definitions.toml` describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name on the command line and in the table.
    pub name: String,
    /// What it measures.
    pub kind: Kind,
    /// Its list.
    pub list: ListSource,
    /// Names, pairs, rows, or runs of a process.
    pub subjects: usize,
    /// Names put together from the words of the subjects and screened after them.
    #[serde(default)]
    pub recombined: usize,
    /// What it is compared with.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// How many of the subjects each reference is given.
    #[serde(default)]
    pub reference_subjects: usize,
    /// How many of the subjects are also held against every entry of the list.
    #[serde(default)]
    pub oracle_subjects: usize,
    /// The share of entries, from 0 to 1, below which the run fails.
    #[serde(default)]
    pub least_recall: f64,
    /// The score, from 0 to 1, at which a name alerts; by default that of the default policy (screen-miss).
    #[serde(default)]
    pub threshold: Option<f64>,
    /// Whether the command is given the compiled list, not its source.
    #[serde(default)]
    pub compiled: bool,
    /// Run only when it is named.
    #[serde(default)]
    pub on_request: bool,
    /// What the inputs follow from.
    pub seed: u64,
    /// Threads: for tamis and the references alike, and at most for a batch.
    pub threads: usize,
    /// What it shows, in a few words.
    pub shows: String,
}

/// The file `definitions.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bench: Vec<Definition>,
}

/// The benchmarks of `definitions.toml`, in its order.
///
/// # Errors
/// A field that is missing, unknown, of another type or of no use to the kind; two benchmarks of one name.
///
/// # Example
/// ```
/// let definitions = tamis_benches::definitions().unwrap();
/// assert!(definitions.iter().any(|d| d.name == "miss-20k"));
/// ```
pub fn definitions() -> Result<Vec<Definition>, Error> {
    parse(include_str!("../definitions.toml"))
}

pub(crate) fn parse(text: &str) -> Result<Vec<Definition>, Error> {
    let file: File = toml::from_str(text)?;
    let mut names = BTreeSet::new();
    for definition in &file.bench {
        if !names.insert(&definition.name) {
            return Err(refuse(definition, "the name is given twice"));
        }
        if let Some(why) = fault(definition) {
            return Err(refuse(definition, why));
        }
    }
    Ok(file.bench)
}

/// Why a definition cannot be run.
fn fault(definition: &Definition) -> Option<&'static str> {
    let (kind, most) = (definition.kind, definition.subjects);
    let faults = [
        (
            most == 0 || definition.threads == 0 || definition.list == ListSource::Generated(0),
            "'subjects', 'threads' and the list's size are at least 1",
        ),
        (
            definition.reference_subjects > most || definition.oracle_subjects > most,
            "the references and the oracle cannot have more subjects than there are: lower them",
        ),
        (
            !(0.0..=1.0).contains(&definition.least_recall),
            "'least_recall' is a share from 0 to 1",
        ),
        (
            definition
                .threshold
                .is_some_and(|score| Score::from_f64(score).is_none())
                || (definition.threshold.is_some() && kind != Kind::ScreenMiss),
            "'threshold' is a score from 0 to 1, for screen-miss",
        ),
        (
            definition.references.is_empty() != (definition.reference_subjects == 0),
            "'references' and 'reference_subjects' belong together",
        ),
        (
            !definition.references.is_empty() && !kind.has_references(),
            "this kind has no references",
        ),
        (
            definition.recombined > 0 && kind != Kind::ScreenMiss,
            "'recombined' is for screen-miss",
        ),
        (
            definition.compiled && !kind.is_process(),
            "'compiled' is for the command",
        ),
        (
            kind == Kind::Successors && matches!(definition.list, ListSource::Generated(_)),
            "successors are planted of the parties of a built-in list: generated ones have no companies to continue",
        ),
        (
            definition.threads > 1
                && !matches!(
                    kind,
                    Kind::Batch | Kind::Lost | Kind::ScreenFile | Kind::ScreenLog | Kind::Successors
                ),
            "this kind has one thread",
        ),
    ];
    faults.into_iter().find(|(wrong, _)| *wrong).map(|(_, why)| why)
}

fn refuse(definition: &Definition, why: &str) -> Error {
    Error::Definition(definition.name.clone(), why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[[bench]]\nname = 'a'\nkind = 'screen-miss'\nlist = { generated = 10 }\nsubjects = 10\n\
        references = ['strsim']\nreference_subjects = 1\noracle_subjects = 1\nseed = 1\nthreads = 1\nshows = 'x'\n";

    #[test]
    fn the_definitions_of_the_project_parse_and_cover_every_kind() {
        let definitions = definitions().unwrap();
        let kinds: BTreeSet<String> = definitions.iter().map(|d| format!("{:?}", d.kind)).collect();
        assert_eq!(kinds.len(), 13, "{kinds:?}");
        assert!(definitions.iter().all(|d| !d.shows.is_empty()));
    }

    #[test]
    fn what_cannot_be_run_is_refused() {
        assert_eq!(parse(GOOD).unwrap().len(), 1);
        assert!(parse(&GOOD.repeat(2)).unwrap_err().to_string().contains("twice"));
        let changes = [
            ("subjects = 10", "subjects = 0"),
            ("threads = 1", "threads = 0"),
            ("threads = 1", "threads = 2"),
            ("generated = 10", "generated = 0"),
            ("reference_subjects = 1", "reference_subjects = 0"),
            ("reference_subjects = 1", "reference_subjects = 11"),
            ("oracle_subjects = 1", "oracle_subjects = 11"),
            ("seed = 1", "seed = 1\nleast_recall = 1.5"),
            ("seed = 1", "seed = 1\nthreshold = 1.5"),
            ("seed = 1", "seed = 1\ncompiled = true"),
            ("seed = 1", "seed = 1\nsed = 2"),
            ("'strsim'", "'string'"),
            ("screen-miss", "build"),
            ("screen-miss", "successors"),
            ("screen-miss", "sreen-miss"),
        ];
        for (from, to) in changes {
            assert!(parse(&GOOD.replacen(from, to, 1)).is_err(), "{to}");
        }
    }
}
