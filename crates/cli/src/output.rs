//! Where bytes go: standard output as they come, a file whole or not at all.

use crate::failure::Failure;
use crate::leftovers;
use sha2::{Digest, Sha256};
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The path that means standard output.
pub const STANDARD: &str = "-";

/// Output that counts and hashes what it is given.
pub struct Sink {
    name: String,
    target: Target,
    hash: Sha256,
    bytes: u64,
}

enum Target {
    /// Standard output, or something that is not a regular file, such as a device or a pipe.
    Stream(BufWriter<Box<dyn Write>>),
    /// A file beside the final one, renamed to it at the end. An aborted run leaves the old file or none,
    /// never a half one that looks complete.
    Staged(BufWriter<NamedTempFile>, PathBuf),
}

/// Output that is complete, and not yet under its final name.
pub struct Sealed {
    name: String,
    staged: Option<(NamedTempFile, PathBuf)>,
    /// What was written.
    pub written: Written,
}

/// What was written.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Written {
    /// The file's name as given; `-` is standard output.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

impl Sink {
    /// Opens `path` for writing.
    pub fn open(path: &Path) -> Result<Sink, Failure> {
        let target = target(path).map_err(|e| not_opened(path, &e))?;
        Ok(Sink {
            name: path.display().to_string(),
            target,
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// A file without a name for what is to be written later, on the disk of the output. It goes when it is closed.
    pub fn spool(&self) -> Result<fs::File, Failure> {
        let file = match &self.target {
            Target::Stream(_) => tempfile::tempfile(),
            Target::Staged(_, path) => tempfile::tempfile_in(folder_of(path)),
        };
        file.map_err(|e| Failure::writing(format!("a temporary file for {}", self.name), &e))
    }

    /// Takes bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        let writer: &mut dyn Write = match &mut self.target {
            Target::Stream(writer) => writer,
            Target::Staged(writer, _) => writer,
        };
        writer
            .write_all(bytes)
            .map_err(|e| Failure::writing(&self.name, &e))
    }

    /// Hands everything to the system; after this only the final name is missing.
    pub fn seal(self) -> Result<Sealed, Failure> {
        let failed = |e: io::Error| Failure::writing(&self.name, &e);
        let staged = match self.target {
            Target::Stream(mut writer) => {
                writer.flush().map_err(failed)?;
                None
            }
            Target::Staged(writer, path) => {
                let file = writer.into_inner().map_err(|e| failed(e.into_error()))?;
                file.as_file().sync_data().map_err(failed)?;
                Some((file, path))
            }
        };
        let written = Written {
            name: self.name.clone(),
            bytes: self.bytes,
            sha256: hexadecimal(self.hash),
        };
        Ok(Sealed {
            name: self.name,
            staged,
            written,
        })
    }
}

impl Sealed {
    /// Gives a staged file its final name.
    pub fn publish(self) -> Result<(), Failure> {
        match self.staged {
            Some((file, path)) => file
                .persist(&path)
                .map(drop)
                .map_err(|e| Failure::writing(&self.name, &e.error)),
            None => Ok(()),
        }
    }
}

/// Writes a whole document at once.
pub fn write_document(path: &Path, text: &str) -> Result<(), Failure> {
    let mut sink = Sink::open(path)?;
    sink.write(text.as_bytes())?;
    sink.seal()?.publish()
}

/// A document for machines, as readable JSON with a line end.
pub fn json(document: &impl serde::Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(document).map_err(Failure::internal)?;
    text.push('\n');
    Ok(text)
}

/// Whether `path` means standard output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// Refuses an output that would replace one of its inputs.
pub fn refuse_overwriting(output: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let Ok(output_path) = fs::canonicalize(output) else {
        return Ok(());
    };
    let same = |input: &&PathBuf| fs::canonicalize(input).is_ok_and(|path| path == output_path);
    match inputs.iter().find(same) {
        Some(input) if output_path.is_file() => Err(Failure::at(
            output.display(),
            format!("would replace the input {}", input.display()),
        )
        .help("choose another name for the output")),
        _ => Ok(()),
    }
}

/// The digest of a hash in lower-case hexadecimal.
pub fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn not_opened(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::writing(path.display(), error);
    match error.kind() {
        io::ErrorKind::NotFound => failure.help("the folder does not exist: create it, or name another"),
        io::ErrorKind::NotADirectory => failure.help("what stands before the last '/' is not a folder"),
        _ => failure,
    }
}

/// The error without the name of the temporary file, which the user has never heard of.
fn without_path(error: &io::Error) -> io::Error {
    let text = error.to_string();
    let said = text
        .rsplit_once(" at path ")
        .map_or(text.as_str(), |(said, _)| said);
    io::Error::new(error.kind(), said)
}

fn target(path: &Path) -> io::Result<Target> {
    if is_standard(path) {
        return Ok(Target::Stream(BufWriter::new(Box::new(io::stdout().lock()))));
    }
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => Err(io::Error::other("is a folder: name a file in it")),
        // A device or a pipe is written to, not replaced.
        Ok(about) if !about.is_file() => {
            let file = OpenOptions::new().write(true).open(path)?;
            Ok(Target::Stream(BufWriter::new(Box::new(file))))
        }
        // What a symbolic link points to is replaced, not the link.
        Ok(_) => staged(&fs::canonicalize(path)?),
        Err(_) => staged(path),
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn staged(path: &Path) -> io::Result<Target> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = leftovers::staged(folder_of(path), &name).map_err(|e| without_path(&e))?;
    Ok(Target::Staged(BufWriter::new(file), path.to_owned()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test may read files")]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut sink = Sink::open(&path).unwrap();
        sink.write(b"half").unwrap();
        drop(sink);
        assert_eq!(
            names_in(folder.path()),
            Vec::<String>::new(),
            "an aborted run leaves nothing"
        );

        let mut sink = Sink::open(&path).unwrap();
        sink.write(b"whole").unwrap();
        let sealed = sink.seal().unwrap();
        assert!(!path.exists(), "not before it is published");
        assert_eq!(sealed.written.bytes, 5);
        sealed.publish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(names_in(folder.path()), ["out.csv"]);
    }

    #[test]
    fn an_output_that_cannot_be_made_is_named_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nowhere").join("x.csv");
        let Err(Failure::Told { what, help }) = Sink::open(&path) else {
            panic!("a file in a folder that does not exist was opened")
        };
        assert!(what.starts_with(&path.display().to_string()), "{what}");
        assert!(!what.contains("partial"), "{what}");
        assert!(help.unwrap().contains("the folder does not exist"));
    }

    #[test]
    fn an_output_never_replaces_an_input() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in.csv");
        fs::write(&path, "name\n").unwrap();
        let other = folder.path().join("other.csv");
        assert!(refuse_overwriting(&path, &[other.clone(), path.clone()]).is_err());
        assert!(refuse_overwriting(&other, &[path]).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        let mut sink = Sink::open(Path::new("/dev/null")).unwrap();
        sink.write(b"gone").unwrap();
        sink.seal().unwrap().publish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
