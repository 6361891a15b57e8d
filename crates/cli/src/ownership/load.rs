//! Lists and files of stakes, made into a graph.

use super::{entities, key};
use crate::failure::Failure;
use crate::source::Source;
use serde::Serialize;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tamis::Screener;
use tamis::ownership::{Builder, Graph, Problem, read_stakes};

/// The graph, and what it is made from.
pub struct Loaded {
    /// Who owns whom.
    pub graph: Graph,
    /// What could not be used, and what must be told.
    pub problems: Vec<Problem>,
    /// The files of stakes.
    pub files: Vec<StakesFile>,
}

/// A file of stakes as it was read.
#[derive(Debug, Serialize)]
pub struct StakesFile {
    /// Its name as given.
    pub name: String,
    /// Its statements: a row with a share and a role makes two.
    pub statements: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// Reads every file, and takes the relations of every listed entity.
pub fn load(screener: &Screener, stakes: &[PathBuf]) -> Result<Loaded, Failure> {
    let mut builder = Builder::new(&key).count_unverified(screener.policy().unverified_alerts);
    let mut files = Vec::new();
    for path in stakes {
        files.push(read(path, &mut builder)?);
    }
    for entity in entities(screener)? {
        builder.add_entity(entity);
    }
    let (graph, problems) = builder.finish();
    Ok(Loaded {
        graph,
        problems,
        files,
    })
}

fn read(path: &Path, builder: &mut Builder<'_>) -> Result<StakesFile, Failure> {
    let source = Source::open(path)?;
    let (mut statements, mut problems) = (0, Vec::new());
    let each = |row| {
        statements += 1;
        builder.add(row);
    };
    let name = source.name.clone();
    read_stakes(BufReader::new(source.bytes), &name, each, |problem| {
        problems.push(problem)
    })
    .map_err(Failure::new)?;
    for problem in problems {
        builder.add_problem(problem);
    }
    Ok(StakesFile {
        name,
        statements,
        sha256: source.meter.sha256(),
    })
}
