//! The compiled lists that decisions rest on, kept beside the log under their hash, once each.

use crate::failure::Failure;
use crate::output::Sink;
use std::fs;
use std::path::{Path, PathBuf};
use tamis::Screener;
use tamis_log::Hash;

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
