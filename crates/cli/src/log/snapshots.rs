//! The compiled lists that decisions rest on, kept beside the log under their hash, once each.

use super::hold::NobodyKeeps;
use crate::failure::Failure;
use crate::output::Sink;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};
use tamis::Screener;
use tamis_log::{Hash, Log, Text};

/// The folder beside a log.
fn folder(log: &Path) -> PathBuf {
    let mut name = log.as_os_str().to_owned();
    name.push(".snapshots");
    PathBuf::from(name)
}

/// Where a snapshot stands, or would.
pub fn path(log: &Path, snapshot: Hash) -> PathBuf {
    folder(log).join(format!("{snapshot}.tamis"))
}

/// Keeps the lists of `screener`, unless they are kept already. They are written, not linked: a file of somebody
/// else's may be changed in place.
pub fn keep(log: &Path, screener: &Screener) -> Result<Hash, Failure> {
    let bytes = screener.compiled();
    let snapshot = Hash::of(&[bytes]);
    let path = path(log, snapshot);
    if fs::metadata(&path).is_ok_and(|about| about.len() == bytes.len() as u64) {
        return Ok(snapshot);
    }
    let folder = folder(log);
    fs::create_dir_all(&folder).map_err(|e| Failure::writing(folder.display(), &e))?;
    let mut sink = Sink::open(&path)?;
    sink.write(bytes)?;
    sink.seal()?.publish()?;
    Ok(snapshot)
}

/// The bytes of a snapshot, which are those that its name says, or nothing.
#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
pub fn read(log: &Path, snapshot: Hash) -> Result<Vec<u8>, Failure> {
    let path = path(log, snapshot);
    let bytes = fs::read(&path).map_err(|e| {
        Failure::reading(path.display(), &e)
            .help("the lists that the decision rests on are kept beside the log: put them back")
    })?;
    match Hash::of(&[&bytes]) == snapshot {
        true => Ok(bytes),
        false => {
            Err(Failure::at(path.display(), "is not the file that its name says")
                .help("put the right one back"))
        }
    }
}

/// What was cleared away.
#[derive(Default)]
pub struct Cleared {
    /// How many files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Removes what no record names any more, and what a crash left half written; `None` while another process keeps
/// snapshots, which no record may name yet. Files that are named by no hash are somebody else's and stay.
pub fn clear(path: &Path, log: &Log) -> Result<Option<Cleared>, Failure> {
    let folder = folder(path);
    if !folder.is_dir() {
        return Ok(Some(Cleared::default()));
    }
    let Some(_alone) = NobodyKeeps::of(path)? else {
        return Ok(None);
    };
    let named = named(log)?;
    let failed = |e: io::Error| Failure::writing(folder.display(), &e);
    let mut cleared = Cleared::default();
    for file in fs::read_dir(&folder).map_err(failed)? {
        let file = file.map_err(failed)?;
        if is_left(&file.file_name().to_string_lossy(), &named) {
            cleared.bytes += file.metadata().map_err(failed)?.len();
            fs::remove_file(file.path()).map_err(failed)?;
            cleared.files += 1;
        }
    }
    Ok(Some(cleared))
}

/// Every hash that stands anywhere in what a record rests on, whichever version wrote it.
fn named(log: &Log) -> Result<HashSet<String>, Failure> {
    let contexts = log.contexts().map_err(Failure::new)?;
    let words = |text: &Text| -> Vec<String> {
        let words = text.text.split(|c: char| !c.is_ascii_alphanumeric());
        words.filter(|word| is_hash(word)).map(str::to_owned).collect()
    };
    Ok(contexts.iter().flat_map(words).collect())
}

fn is_hash(word: &str) -> bool {
    word.parse::<Hash>().is_ok()
}

/// Whether a file is a snapshot without a record, or half of one.
fn is_left(name: &str, named: &HashSet<String>) -> bool {
    let half = name.starts_with('.') && name.ends_with(".partial");
    let hash = name.trim_start_matches('.').split('.').next().unwrap_or_default();
    is_hash(hash) && (half || !named.contains(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_by_a_hash_that_no_record_names_is_left() {
        let (one, two) = ("ab".repeat(32), "cd".repeat(32));
        let named = HashSet::from([one.clone()]);
        let cases = [
            (format!("{one}.tamis"), false),
            (format!("{two}.tamis"), true),
            (format!("{two}.csv"), true),
            (format!(".{one}.tamis.Xy12.partial"), true),
            (format!(".{two}.tamis.Xy12.partial"), true),
            (format!("{one}.csv"), false),
            ("notes.txt".to_owned(), false),
            (format!("{}.tamis", &two[1..]), false),
            (format!("x{two}.tamis"), false),
            (String::new(), false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_left(&name, &named), expected, "{name}");
        }
    }
}
