//! From the word after `--list` to a list.

use crate::clock;
use crate::failure::Failure;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use tamis::lists::{self, File, Format};
use tamis::model::List;
use tamis::{Policy, Screener};

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
    match named_format(word) {
        Some((format, path)) => {
            let files = files_at(&path, word)?;
            lists::read(format, &files).map_err(|e| refused(word, &path, &e))
        }
        None => {
            let files = files_at(Path::new(word), word)?;
            lists::load(&files).map_err(|e| refused(word, Path::new(word), &e))
        }
    }
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

/// The file at `path`, or all files of the folder there.
fn files_at(path: &Path, word: &str) -> Result<Vec<File>, Failure> {
    let about = fs::metadata(path).map_err(|e| {
        let failure = Failure::reading(word, &e);
        match e.kind() {
            std::io::ErrorKind::NotFound => failure.help(FORMS),
            _ => failure,
        }
    })?;
    if !about.is_dir() {
        return Ok(vec![read(path)?]);
    }
    let files = folder(path)?
        .iter()
        .map(|path| read(path))
        .collect::<Result<Vec<File>, Failure>>()?;
    match files.is_empty() {
        true => Err(Failure::at(word, "the folder holds no files").help(FORMS)),
        false => Ok(files),
    }
}

/// The files of a folder by name, without hidden ones and folders: those are no part of a published list.
fn folder(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e: std::io::Error| Failure::reading(path.display(), &e);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read(path: &Path) -> Result<File, Failure> {
    let bytes = fs::read(path).map_err(|e| Failure::reading(path.display(), &e))?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(File { name, bytes })
}
