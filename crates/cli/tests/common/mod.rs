//! What the tests of the command share: a folder of its own for each test, and small files in it.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

pub mod logged;
pub mod server;

use assert_cmd::Command;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A name that the built-in list holds, letter for letter.
pub const LISTED: &str = "TIKHONOV, Andrei Gennadyevich";

/// Its entry.
pub const LISTED_ID: &str = "kaspersky:45815";

/// A list of two persons, one with a weak alias, made up for these tests.
pub const LIST: &str = r#"<sdnList xmlns="urn:any">
  <publshInformation><Publish_Date>08/20/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>7</uid><firstName>Jan</firstName><lastName>PRZYKLADOWY</lastName><sdnType>Individual</sdnType>
    <programList><program>SDGT</program></programList>
    <akaList><aka><uid>70</uid><type>a.k.a.</type><category>weak</category><lastName>ZLOTOUSTY</lastName></aka></akaList>
  </sdnEntry>
  <sdnEntry>
    <uid>8</uid><firstName>Ewa</firstName><lastName>WZOROWA</lastName><sdnType>Individual</sdnType>
    <programList><program>SDGT</program></programList>
  </sdnEntry>
</sdnList>
"#;

/// A folder for one test.
pub struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of all files.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The command, run in the folder on a fixed day.
    pub fn tamis(&self, args: &[&str]) -> Run {
        self.tamis_with(args, "")
    }

    /// The same with something on standard input.
    pub fn tamis_with(&self, args: &[&str], input: &str) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_tamis"))
            .current_dir(self.0.path())
            .args(args)
            .write_stdin(input)
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// What became of a run.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Standard output as CSV: one map of column and cell for each row.
    pub fn rows(&self) -> Vec<Vec<(String, String)>> {
        rows(&self.out)
    }

    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// CSV as maps of column and cell.
pub fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header
            .iter()
            .zip(record.iter())
            .map(|(column, cell)| (column.to_owned(), cell.to_owned()))
            .collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The cell of a column.
pub fn cell<'a>(row: &'a [(String, String)], column: &str) -> &'a str {
    let found = row.iter().find(|(name, _)| name == column);
    found.map(|(_, cell)| cell.as_str()).unwrap()
}

/// Hashes name the list and the tables, which change for other reasons than the output.
pub fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| {
        word.len() >= 12 && word.bytes().all(|b| b.is_ascii_hexdigit()) && word.contains(char::is_alphabetic)
    };
    text.split_inclusive(|c: char| !c.is_ascii_alphanumeric())
        .map(|word| {
            let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_hash(bare) {
                word.replace(bare, "HASH")
            } else {
                word.to_owned()
            }
        })
        .collect()
}
