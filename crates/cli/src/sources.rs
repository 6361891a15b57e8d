//! From the word after `--list` to a list.

use crate::clock;
use crate::failure::Failure;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use tamis::lists::{self, File, Format};
use tamis::model::{List, Remark};
use tamis::{Policy, Screener};

/// The most bytes of a file of a list, which is read whole.
const MOST: u64 = 2 << 30;

/// How to name a list, for error messages.
const FORMS: &str = "write builtin:kaspersky, FORMAT:PATH (ofac-sdn, un, eu-xml, uk-xml, us-csl-csv, …: docs/lists.md), FILE.tamis or a PATH";

/// A screener over every list that `words` name. One compiled file is used as it is; lists of several words are
/// put together.
pub fn screener(words: &[String], policy: Policy) -> Result<Screener, Failure> {
    match words {
        [word] if is_compiled(word) => open(word, policy),
        _ => Screener::new(load(words)?, policy).map_err(Failure::new),
    }
}

/// Reads every list that `words` name.
pub fn load(words: &[String]) -> Result<Vec<List>, Failure> {
    let lists = words.iter().map(|word| load_one(word));
    Ok(lists
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// Whether the word names a compiled list: by its ending, or by its first bytes.
pub fn is_compiled(word: &str) -> bool {
    word.ends_with(".tamis") || starts_compiled(Path::new(word)).unwrap_or(false)
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn starts_compiled(path: &Path) -> std::io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(16).read_to_end(&mut start)?;
    Ok(tamis::screen::is_compiled(&start))
}

fn open(word: &str, policy: Policy) -> Result<Screener, Failure> {
    Screener::open(Path::new(word), policy).map_err(|e| not_opened(word, &e))
}

/// A compiled list that cannot be used, with the remedy.
pub fn not_opened(word: &str, error: &tamis::Error) -> Failure {
    Failure::at(word, error).help("`tamis list compile SOURCE... -o FILE.tamis` makes a compiled list")
}

fn load_one(word: &str) -> Result<Vec<List>, Failure> {
    if is_compiled(word) {
        let screener = open(word, Policy::new(clock::today()))?;
        return screener.to_lists().map_err(|e| Failure::at(word, e));
    }
    read_one(word).map(|list| vec![list])
}

fn read_one(word: &str) -> Result<List, Failure> {
    if let Some(id) = word.strip_prefix("builtin:") {
        return builtin(id);
    }
    let (format, path) = match named_format(word) {
        Some((format, path)) => (Some(format), path),
        None => (None, PathBuf::from(word)),
    };
    let found = files_at(&path, word)?;
    let list = match format {
        Some(format) => lists::read(format, &found.files),
        None => lists::load(&found.files),
    };
    let mut list = list.map_err(|e| refused(word, &path, &e))?;
    list.meta.remarks.extend(found.passed_over);
    Ok(list)
}

/// Where the word names the file itself, the word stands in place of the file's name, which the message
/// begins with; in a folder the message still has to say which file it is.
fn refused(word: &str, path: &Path, error: &lists::Error) -> Failure {
    let text = error.to_string();
    let itself = !error.file().is_empty() && path.file_name().is_some_and(|name| *name == *error.file());
    match text.strip_prefix(error.file()) {
        Some(rest) if itself => Failure::new(format!("{word}{rest}")),
        _ => Failure::at(word, text),
    }
}

fn builtin(id: &str) -> Result<List, Failure> {
    lists::builtin(id)
        .ok_or_else(|| {
            Failure::new(format!("there is no built-in list '{id}'"))
                .help("this version has one: builtin:kaspersky")
        })?
        .map_err(|e| Failure::at(format!("builtin:{id}"), e))
}

/// `FORMAT:PATH`, unless a file of that very name exists.
fn named_format(word: &str) -> Option<(Format, PathBuf)> {
    let (format, path) = word.split_once(':')?;
    let format = Format::parse(format)?;
    (!Path::new(word).exists()).then(|| (format, PathBuf::from(path)))
}

/// What lies at a path.
#[derive(Default)]
struct Found {
    files: Vec<File>,
    /// Warnings of what is no file.
    passed_over: Vec<Remark>,
}

/// The file at `path`, or all files of the folder there.
fn files_at(path: &Path, word: &str) -> Result<Found, Failure> {
    let about = fs::metadata(path).map_err(|e| {
        let failure = Failure::reading(word, &e);
        match e.kind() {
            std::io::ErrorKind::NotFound => failure.help(FORMS),
            _ => failure,
        }
    })?;
    if !about.is_dir() {
        return Ok(Found {
            files: vec![read(path)?],
            ..Found::default()
        });
    }
    let mut found = Found::default();
    for path in folder(path)? {
        match path.is_file() || path.is_symlink() && !path.is_dir() {
            true => found.files.push(read(&path)?),
            false => found.passed_over.push(passed_over(&path)),
        }
    }
    match found.files.is_empty() {
        true => Err(Failure::at(word, "the folder holds no files").help(FORMS)),
        false => Ok(found),
    }
}

/// A list may lie in it, so that it is told without being asked.
fn passed_over(path: &Path) -> Remark {
    let name = path.file_name().unwrap_or_default();
    Remark {
        place: name.to_string_lossy().into_owned(),
        text: "WARNING: a folder in the folder of the list; nothing in it is read".to_owned(),
    }
}

/// What lies in a folder, by name, without hidden files: those are no part of a published list.
fn folder(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e: std::io::Error| Failure::reading(path.display(), &e);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read(path: &Path) -> Result<File, Failure> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
        .map_err(|e| Failure::reading(path.display(), &e))?;
    if bytes.len() as u64 > MOST {
        let text = format!("larger than {} GiB, which no official list is", MOST >> 30);
        return Err(Failure::at(path.display(), text).help("name the file of a list"));
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(File { name, bytes })
}
