//! A compiled list and the facts beside it, put in the place of others.

use crate::failure::Failure;
use crate::output::{self, Sealed, Sink};
use crate::state::State;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes `state` beside `path`, and `compiled`, if there is any, to it. Each file appears whole or not at
/// all, and none before all of them are on the disk.
pub fn swap(path: &Path, compiled: Option<&[u8]>, state: &State) -> Result<(), Failure> {
    let compiled = compiled.map(|bytes| staged(path, bytes)).transpose()?;
    let facts = staged(&State::path(path), output::json(state)?.as_bytes())?;
    if let Some(compiled) = compiled {
        keep_previous(path)?;
        compiled.publish()?;
    }
    facts.publish()
}

fn staged(path: &Path, bytes: &[u8]) -> Result<Sealed, Failure> {
    let mut sink = Sink::open(path)?;
    sink.write(bytes)?;
    sink.seal()
}

/// The version before stays beside the new one: what changed can be seen, and customers screened against that
/// alone.
#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn keep_previous(path: &Path) -> Result<(), Failure> {
    match fs::read(path) {
        Ok(bytes) => staged(&previous(path), &bytes)?.publish(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::reading(path.display(), &error)),
    }
}

/// Where the version before stays.
fn previous(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".previous");
    PathBuf::from(name)
}
