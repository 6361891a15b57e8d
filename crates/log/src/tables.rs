//! Whether a file has the tables that a log begins with, and nothing else. The chain speaks of records only: without its
//! constraints a table may hold two rows under one hash, and a trigger may change what is appended.

use crate::begin::SCHEMA;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// Tables, indexes, views and triggers by kind and name, each with the SQL that made it.
type Objects = BTreeMap<(String, String), String>;

/// What differs, in words.
pub(crate) fn complaints(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let model = Connection::open_in_memory()?;
    model.execute_batch(SCHEMA)?;
    let (made, found) = (objects(&model)?, objects(connection)?);
    let told = |((kind, name), sql): (&(String, String), &String)| {
        let what = format!("the {kind} {name}");
        match found.get(&(kind.clone(), name.clone())) {
            None => Some(format!("{what} is gone")),
            Some(now) if now != sql => Some(format!("{what} is not as a log makes it")),
            Some(_) => None,
        }
    };
    let foreign = found.keys().filter(|key| !made.contains_key(*key));
    let foreign = foreign.map(|(kind, name)| format!("the {kind} {name} is no part of a log"));
    Ok(made.iter().filter_map(told).chain(foreign).collect())
}

/// Whoever changed the file may have put anything into each cell, so that it is read as SQL would write it. Statistics, by which
/// SQLite plans queries, change no answer.
fn objects(connection: &Connection) -> rusqlite::Result<Objects> {
    let sql = "SELECT quote(type), quote(name), quote(sql) FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat[0-9]'";
    let object = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), row.get(2)?));
    connection.prepare(sql)?.query_map([], object)?.collect()
}
