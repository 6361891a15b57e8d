//! Lists and files of stakes, made into a graph.

use super::{entities, key};
use crate::answer;
use crate::failure::Failure;
use crate::source::Source;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tamis::Screener;
use tamis::ownership::{Builder, Graph, Named, PartyId, Problem, Row, Tie, TieKind, read_stakes};
use tamis::related::{unlike_names, words};

/// The graph, and what it is made from.
pub struct Loaded {
    /// Who owns whom.
    pub graph: Graph,
    /// What could not be used, and what must be told.
    pub problems: Vec<Problem>,
    /// The files of stakes.
    pub files: Vec<StakesFile>,
    /// Rows of the files of which nobody knows what they say.
    pub unused_rows: u64,
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
    let builder = Builder::new(&key).part_unlike(&words);
    let mut builder = builder.count_unverified(screener.policy().unverified_alerts);
    let (mut files, mut masked) = (Vec::new(), Vec::new());
    for path in stakes {
        files.push(read(screener, path, &mut builder, &mut masked)?);
    }
    for entity in entities(screener)? {
        builder.add_entity(entity);
    }
    let (graph, mut problems) = builder.finish();
    let unused_rows = rows_of(screener, &problems);
    problems.extend(masked);
    problems.extend(nameless(screener, &graph));
    let is_entry = |id: &str| screener.entity(id).is_some();
    problems.extend(unlike_names(&graph, screener.policy().threshold, &is_entry));
    problems.sort();
    problems.dedup();
    Ok(Loaded {
        graph,
        problems,
        files,
        unused_rows,
    })
}

/// How many rows of files these problems kept out; what is wrong with a relation on a list is no row.
fn rows_of(screener: &Screener, problems: &[Problem]) -> u64 {
    let unused = problems.iter().filter(|problem| !problem.used);
    let rows: BTreeSet<&str> = unused.map(|problem| problem.place.as_str()).collect();
    let rows = rows.into_iter().filter(|place| screener.entity(place).is_none());
    rows.count() as u64
}

/// Puts the rows of a file into the graph. Owners whose names cannot be screened go to `masked`: what their rows say is known, and
/// a customer behind whom they stand is not screened whole.
fn read(
    screener: &Screener,
    path: &Path,
    builder: &mut Builder<'_>,
    masked: &mut Vec<Problem>,
) -> Result<StakesFile, Failure> {
    let source = Source::open(path)?;
    let (mut statements, mut problems) = (0, Vec::new());
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    let each = |row: Row| {
        statements += 1;
        match slip(screener, &row) {
            Some(problem) => problems.push(problem),
            None => rows.push(row),
        }
    };
    let name = source.name.clone();
    read_stakes(BufReader::new(source.bytes), &name, each, |problem| {
        unread.push(problem)
    })
    .map_err(Failure::new)?;
    let unfit = unfit_names(&rows);
    masked.extend(rows.iter().filter_map(|row| unreadable(screener, row, &unfit)));
    for row in &mut rows {
        part(row, &unfit);
    }
    rows.into_iter().for_each(|row| builder.add(row));
    if statements == 0 && problems.is_empty() && unread.is_empty() {
        unread.push(Problem {
            used: true,
            ..wrong(
                &name,
                "",
                "has titles and no row: nothing follows from it".to_owned(),
            )
        });
    }
    for problem in problems.into_iter().chain(unread) {
        builder.add_problem(problem);
    }
    Ok(StakesFile {
        name,
        statements,
        sha256: source.meter.sha256(),
    })
}

fn wrong(place: &str, field: &str, text: String) -> Problem {
    Problem {
        place: place.to_owned(),
        field: field.to_owned(),
        text,
        used: false,
    }
}

/// What is to come of a party whom nobody can screen.
pub const BEHIND: &str = "a customer behind whom this party stands is UNSCREENED where nothing else is found";

/// The names that cannot be screened, and why.
fn unfit_names(rows: &[Row]) -> HashMap<String, String> {
    let names = rows.iter().flat_map(|row| [&row.owner, &row.owned]);
    let names: HashSet<&str> = names.map(|named| named.name.as_str()).collect();
    let unfit = |name: &str| Some((name.to_owned(), tamis::unfit(name)?));
    names.into_par_iter().filter_map(unfit).collect()
}

/// Why nobody can be screened by what a row calls its owner.
fn unreadable(screener: &Screener, row: &Row, unfit: &HashMap<String, String>) -> Option<Problem> {
    let id = row.owner.id.as_deref();
    let is_entry = id.is_some_and(|id| screener.entity(id).is_some());
    let why = unfit.get(&row.owner.name).filter(|_| !is_entry)?;
    Some(wrong(&row.place, "owner", format!("{why}; {BEHIND}")))
}

/// Names that cannot be read are no common name: each row's is a party of its own, known by where it stands.
fn part(row: &mut Row, unfit: &HashMap<String, String>) {
    for (named, field) in [(&mut row.owner, "owner"), (&mut row.owned, "owned")] {
        if named.id.is_none() && unfit.contains_key(&named.name) {
            named.id = Some(format!("{} {field}", row.place));
        }
    }
}

/// An id of a row that names a list and none of its entries.
fn slip(screener: &Screener, row: &Row) -> Option<Problem> {
    let strange = |named: &Named, field: &str| {
        let id = named.id.as_deref().filter(|id| is_strange(screener, id))?;
        let text = format!("'{id}' is the id of no entry of this list: correct it, or leave it out");
        Some(wrong(&row.place, field, text))
    };
    strange(&row.owner, "owner_id").or_else(|| strange(&row.owned, "owned_id"))
}

/// Whether an id names a list and none of its entries.
fn is_strange(screener: &Screener, id: &str) -> bool {
    is_of_list(screener, id) && screener.entity(id).is_none()
}

fn is_of_list(screener: &Screener, id: &str) -> bool {
    let list = id.split_once(':').map(|(list, _)| list);
    screener.lists().iter().any(|meta| Some(meta.id.as_str()) == list)
}

/// Parties that own or lead, of whom the files give an id and no name, and which are no entry of a list: nobody can screen them.
fn nameless(screener: &Screener, graph: &Graph) -> Vec<Problem> {
    let row = |party: PartyId| -> Option<&Tie> {
        let mut ties = graph.owned(party).iter();
        ties.find(|tie| !matches!(tie.kind, TieKind::Link { .. }) && screener.entity(&tie.place).is_none())
    };
    let parties = graph.parties().filter(|(party, _)| graph.is_nameless(*party));
    let unknown = parties.filter_map(|(party, own)| {
        let id = own.id.as_deref().filter(|id| screener.entity(id).is_none())?;
        Some((id, row(party)?))
    });
    let problem = |(id, tie): (&str, &Tie)| {
        let list = id.split_once(':').map_or_else(String::new, |(list, _)| {
            format!(", or add the list '{list}' if it is one, which is not in use")
        });
        let text = format!(
            "'{id}' is an id without a name, and no entry of a list in use: give the name{list}; {BEHIND}"
        );
        wrong(&tie.place, "owner", text)
    };
    unknown.map(problem).collect()
}
