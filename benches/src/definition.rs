use crate::Error;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a benchmark measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Customers who are not on the list.
    ScreenMiss,
    /// Listed persons under a manipulated name.
    ScreenHit,
    /// Two names, compared by themselves.
    ScorePair,
    /// A list made ready for screening.
    Build,
}

/// Whose Jaro-Winkler two names are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The crate `strsim`.
    #[default]
    Strsim,
    /// The crate `rapidfuzz`.
    Rapidfuzz,
}

/// Where a benchmark's list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// A list that tamis brings along, by name.
    Builtin(String),
    /// As many generated entries.
    Generated(usize),
}

/// One benchmark, as `definitions.toml` describes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name on the command line and in the table.
    pub name: String,
    /// What it measures.
    pub kind: Kind,
    /// Its list.
    pub list: ListSource,
    /// Customers or pairs; for a build the listed names that are looked up to check the answer.
    pub subjects: usize,
    /// What the reference compares two names by; a scan of a list uses `strsim`.
    #[serde(default)]
    pub reference: Measure,
    /// How many of the subjects the reference is given.
    pub reference_subjects: usize,
    /// How many of the subjects are also held against every entry of the list.
    pub oracle_subjects: usize,
    /// The share of entries, from 0 to 1, below which the run fails.
    #[serde(default)]
    pub least_recall: f64,
    /// What the inputs follow from.
    pub seed: u64,
    /// Threads, for tamis and the reference alike.
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
/// A field that is missing, unknown or of another type; two benchmarks of one name; sizes of zero.
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
    let file = toml::from_str(text).map_err(|cause| Error::Data {
        file: "definitions.toml",
        cause,
    });
    let definitions: Vec<Definition> = file.map(|file: File| file.bench)?;
    let mut names = BTreeSet::new();
    for definition in &definitions {
        if !names.insert(&definition.name) {
            return Err(refuse(definition, "the name is given twice"));
        }
        check(definition)?;
    }
    Ok(definitions)
}

fn check(definition: &Definition) -> Result<(), Error> {
    let most = definition.subjects;
    if most == 0 || definition.threads == 0 || definition.list == ListSource::Generated(0) {
        return Err(refuse(
            definition,
            "'subjects', 'threads' and the list's size are at least 1",
        ));
    }
    if definition.reference_subjects > most || definition.oracle_subjects > most {
        return Err(refuse(
            definition,
            "the reference and the oracle cannot have more subjects than there are: lower them",
        ));
    }
    if !(0.0..=1.0).contains(&definition.least_recall) {
        return Err(refuse(definition, "'least_recall' is a share from 0 to 1"));
    }
    if definition.reference != Measure::Strsim && definition.kind != Kind::ScorePair {
        return Err(refuse(definition, "another 'reference' is for pairs only"));
    }
    if definition.kind == Kind::Build {
        // Making a list ready has no part that could be compared, and runs on one thread.
        let none = definition.reference_subjects == 0 && definition.oracle_subjects == 0;
        return (none && definition.threads == 1).then_some(()).ok_or_else(|| {
            refuse(
                definition,
                "a build has one thread, and no subjects for reference and oracle",
            )
        });
    }
    if definition.reference_subjects == 0 {
        return Err(refuse(definition, "give the reference at least one subject"));
    }
    Ok(())
}

fn refuse(definition: &Definition, why: &str) -> Error {
    Error::Definition(definition.name.clone(), why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[[bench]]\nname = 'a'\nkind = 'screen-miss'\nlist = { generated = 10 }\nsubjects = 10\n\
        reference_subjects = 1\noracle_subjects = 1\nseed = 1\nthreads = 1\nshows = 'x'\n";

    #[test]
    fn the_definitions_of_the_project_parse() {
        let definitions = definitions().unwrap();
        for kind in [Kind::ScreenMiss, Kind::ScreenHit, Kind::ScorePair, Kind::Build] {
            assert!(definitions.iter().any(|d| d.kind == kind), "{kind:?}");
        }
        assert!(definitions.iter().all(|d| !d.shows.is_empty()));
    }

    #[test]
    fn what_cannot_be_run_is_refused() {
        assert_eq!(parse(GOOD).unwrap().len(), 1);
        assert!(parse(&GOOD.repeat(2)).unwrap_err().to_string().contains("twice"));
        let changes = [
            ("subjects = 10", "subjects = 0"),
            ("threads = 1", "threads = 0"),
            ("generated = 10", "generated = 0"),
            ("reference_subjects = 1", "reference_subjects = 0"),
            ("reference_subjects = 1", "reference_subjects = 11"),
            ("oracle_subjects = 1", "oracle_subjects = 11"),
            ("seed = 1", "seed = 1\nleast_recall = 1.5"),
            ("seed = 1", "seed = 1\nsed = 2"),
            ("seed = 1", "seed = 1\nreference = 'rapidfuzz'"),
            ("screen-miss", "build"),
            ("screen-miss", "sreen-miss"),
        ];
        for (from, to) in changes {
            assert!(parse(&GOOD.replace(from, to)).is_err(), "{to}");
        }
    }
}
