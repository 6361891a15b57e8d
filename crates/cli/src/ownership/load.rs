//! Lists and files of stakes, made into a graph.

use super::{entities, key};
use crate::answer;
use crate::failure::Failure;
use crate::source::Source;
use serde::Serialize;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tamis::Screener;
use tamis::ownership::{Builder, Graph, Named, Problem, Row, read_stakes};

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

impl StakesFile {
    /// The file in a line.
    pub fn line(&self) -> String {
        let hash = answer::short(&self.sha256);
        format!("{}, {} statements, sha256 {hash}", self.name, self.statements)
    }
}

/// Reads every file, and takes the relations of every listed entity.
pub fn load(screener: &Screener, stakes: &[PathBuf]) -> Result<Loaded, Failure> {
    let mut builder = Builder::new(&key).count_unverified(screener.policy().unverified_alerts);
    let mut files = Vec::new();
    for path in stakes {
        files.push(read(screener, path, &mut builder)?);
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

fn read(screener: &Screener, path: &Path, builder: &mut Builder<'_>) -> Result<StakesFile, Failure> {
    let source = Source::open(path)?;
    let (mut statements, mut problems) = (0, Vec::new());
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    let each = |row: Row| {
        statements += 1;
        match unfit(screener, &row) {
            Some(problem) => problems.push(problem),
            None => rows.push(row),
        }
    };
    let name = source.name.clone();
    read_stakes(BufReader::new(source.bytes), &name, each, |problem| {
        unread.push(problem)
    })
    .map_err(Failure::new)?;
    rows.into_iter().for_each(|row| builder.add(row));
    for problem in problems.into_iter().chain(unread) {
        builder.add_problem(problem);
    }
    Ok(StakesFile {
        name,
        statements,
        sha256: source.meter.sha256(),
    })
}

/// Why a row cannot be used although it can be read: nobody can be screened by what it calls its owner, or an id is a slip.
fn unfit(screener: &Screener, row: &Row) -> Option<Problem> {
    let wrong = |field: &str, text: String| Problem {
        place: row.place.clone(),
        field: field.to_owned(),
        text,
        used: false,
    };
    let strange = |named: &Named, field: &str| {
        let id = named.id.as_deref().filter(|id| is_strange(screener, id))?;
        let text = format!("'{id}' is the id of no entry of this list: correct it, or leave it out");
        Some(wrong(field, text))
    };
    let ids = || strange(&row.owner, "owner_id").or_else(|| strange(&row.owned, "owned_id"));
    let is_entry = row
        .owner
        .id
        .as_deref()
        .is_some_and(|id| screener.entity(id).is_some());
    let name = tamis::unfit(&row.owner.name).filter(|_| !is_entry);
    name.map(|why| wrong("owner", why)).or_else(ids)
}

/// Whether an id names a list and none of its entries.
fn is_strange(screener: &Screener, id: &str) -> bool {
    let list = id.split_once(':').map(|(list, _)| list);
    let known = screener.lists().iter().any(|meta| Some(meta.id.as_str()) == list);
    known && screener.entity(id).is_none()
}
