//! Locks on files beside the log, which the system releases however the process ends: one process at a time writes a run,
//! and no snapshot goes while a process may yet name it.

use super::args::LogArgs;
use crate::failure::Failure;
use crate::{actor, clock};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;
use tamis_log::Hash;

/// A run that this process alone writes.
pub struct Hold {
    /// Locked for as long as it is open.
    _file: File,
    path: PathBuf,
}

impl Hold {
    /// Takes the run with the id `run`, or says who has it. What the log holds of the run is to be asked after this.
    pub fn of(log: &Path, run: &str, args: &LogArgs) -> Result<Hold, Failure> {
        let path = path_of(log, run).map_err(|e| unlocked(log, &e))?;
        let mut file = open(&path).map_err(|e| unlocked(&path, &e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(taken(log, run, &mut file)),
            Err(TryLockError::Error(e)) => return Err(unlocked(&path, &e)),
        }
        let who = actor::known(args.actor.as_ref())?;
        sign(&mut file, &who).map_err(|e| unlocked(&path, &e))?;
        Ok(Hold { _file: file, path })
    }

    /// The end of the run is on record. Whoever still takes the file that is removed here finds that, and adds nothing.
    /// After a crash the file stays, unlocked, for whoever goes on. What cannot be removed does no harm.
    pub fn finish(&self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// That this process keeps snapshots which no record may name yet.
pub struct Keeping {
    _file: File,
}

/// That no process does.
pub struct NobodyKeeps {
    _file: File,
}

impl Keeping {
    /// Waits while another process clears snapshots away.
    pub fn of(log: &Path) -> Result<Keeping, Failure> {
        let file = snapshots(log).and_then(|file| file.lock_shared().map(|()| file));
        file.map(|_file| Keeping { _file }).map_err(|e| unlocked(log, &e))
    }
}

impl NobodyKeeps {
    /// `None` while somebody does.
    pub fn of(log: &Path) -> Result<Option<NobodyKeeps>, Failure> {
        let file = snapshots(log).map_err(|e| unlocked(log, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(NobodyKeeps { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(unlocked(log, &e)),
        }
    }
}

/// The file of that lock; it stays, so that all lock the same one.
fn snapshots(log: &Path) -> io::Result<File> {
    open(&folder(log)?.join("snapshots.lock"))
}

/// The log may be named by several paths; the locks must not.
fn folder(log: &Path) -> io::Result<PathBuf> {
    let mut folder = fs::canonicalize(log)?.into_os_string();
    folder.push(".runs");
    fs::create_dir_all(&folder)?;
    Ok(PathBuf::from(folder))
}

fn path_of(log: &Path, run: &str) -> io::Result<PathBuf> {
    // Ids are the user's: they may hold what no file name may.
    let name = format!("{}.lock", Hash::of(&[run.as_bytes()]));
    Ok(folder(log)?.join(name))
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Not truncated: it may be another's, who stands in it.
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

fn sign(file: &mut File, who: &str) -> io::Result<()> {
    file.set_len(0)?;
    let since = clock::told(clock::now());
    file.write_all(format!("{who}, process {}, since {since}", process::id()).as_bytes())
}

fn taken(log: &Path, run: &str, file: &mut File) -> Failure {
    let mut who = String::new();
    // Some systems let nobody read a locked file.
    if file.read_to_string(&mut who).is_err() || who.is_empty() {
        "another process".clone_into(&mut who);
    }
    Failure::at(log.display(), format!("the run '{run}' is being written by {who}")).help(
        "two processes would put its records into the log twice: wait until that one has ended, or end it; then go on \
         with --resume",
    )
}

fn unlocked(place: &Path, error: &io::Error) -> Failure {
    Failure::at(
        place.display(),
        format!("the run cannot be locked for this process: {error}"),
    )
    .help("nothing was screened: keep the log in a folder that you can write, on a file system with locks")
}
