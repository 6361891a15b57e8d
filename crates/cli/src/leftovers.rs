//! Half-written outputs: no two runs write one, and those of runs that were killed are cleared away.
//!
//! A file that is being written is locked by its process, and the system takes the lock away however that process ends. What is not
//! locked has nobody who will finish it. It holds customers' data, and stands under a hidden name, so that nobody would find it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write, stderr};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// How a file is called that is being written: `.NAME.`, so many letters, and this.
const ENDING: &str = ".partial";
const LETTERS: usize = 6;

/// A file for what is to be called `name`, in the folder where it is to be, locked until it is closed.
pub fn staged(folder: &Path, name: &str) -> io::Result<NamedTempFile> {
    clear(folder, name);
    let mut builder = Builder::new();
    let prefix = format!(".{name}.");
    builder.prefix(&prefix).suffix(ENDING).rand_bytes(LETTERS);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: the user's mask decides who may read it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    loop {
        let file = builder.tempfile_in(folder)?;
        // Where there are no locks, nothing is ever taken for a leftover. Where there are, somebody may have taken this for one
        // before it was locked.
        if file.as_file().lock().is_err() || file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes what killed runs left of `name`, and says so.
fn clear(folder: &Path, name: &str) {
    let Ok(files) = fs::read_dir(folder) else {
        return;
    };
    let half = files.flatten().filter(|file| {
        is_half(&file.file_name().to_string_lossy(), name)
            && file.file_type().is_ok_and(|kind| kind.is_file())
    });
    for told in half.filter_map(|file| removed(&file.path())) {
        // A courtesy.
        let _ = writeln!(stderr().lock(), "note: {told}");
    }
}

/// What became of a file that nobody writes any more; `None` where somebody does.
fn removed(path: &Path) -> Option<String> {
    let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
    file.try_lock().ok()?;
    let place = path.display();
    Some(match fs::remove_file(path) {
        Ok(()) => format!("{place}: half an output, left by a run that was killed; removed"),
        Err(error) => format!(
            "{place}: half an output, left by a run that was killed; remove it, for tamis cannot: {error}"
        ),
    })
}

/// Whether a file is called like a half-written `name`.
fn is_half(file: &str, name: &str) -> bool {
    let rest = file.strip_prefix('.').and_then(|file| file.strip_prefix(name));
    let letters = rest.and_then(|rest| rest.strip_prefix('.')?.strip_suffix(ENDING));
    letters
        .is_some_and(|letters| letters.len() == LETTERS && letters.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_half_an_output_of_that_name_is_one() {
        for (file, expected) in [
            (".out.csv.Ab12Cd.partial", true),
            (".out.csv.partial", false),
            (".out.csv.Ab12C.partial", false),
            (".out.csv.Ab12Cde.partial", false),
            (".out.csv.Ab.2Cd.partial", false),
            (".out.csv.summary.json.Ab12Cd.partial", false),
            ("out.csv.Ab12Cd.partial", false),
            (".other.csv.Ab12Cd.partial", false),
            (".out.csv.Ab12Cd", false),
        ] {
            assert_eq!(is_half(file, "out.csv"), expected, "{file}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = staged(folder.path(), "out.csv").unwrap();
        assert!(
            is_half(&file.path().file_name().unwrap().to_string_lossy(), "out.csv"),
            "the names agree"
        );
    }

    #[test]
    fn what_is_being_written_stays_and_what_is_not_goes() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(".out.csv.Ab12Cd.partial");
        fs::write(&left, "half").unwrap();
        let first = staged(folder.path(), "out.csv").unwrap();
        assert!(!left.exists());
        let second = staged(folder.path(), "out.csv").unwrap();
        assert!(first.path().exists() && second.path().exists());
        assert_ne!(first.path(), second.path());
        drop(first);
        assert!(second.path().exists());
    }
}
