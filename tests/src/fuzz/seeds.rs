//! What the fuzz targets for lists begin with: the samples in `data/samples/lists`.

use super::lists::{FAMILIES, Family, WORKBOOK, joined, unzipped};
use crate::workspace;
use std::path::{Path, PathBuf};
use tamis::lists::{File, detect};

/// An input for a family of formats.
#[derive(Debug)]
pub struct Seed {
    /// Whose formats it is meant for.
    pub family: Family,
    /// The sample that it was made of.
    pub name: String,
    /// The input.
    pub bytes: Vec<u8>,
}

/// An input for each list of the samples.
///
/// # Panics
/// When a sample cannot be read, or is of no known format.
pub fn seeds() -> Vec<Seed> {
    let (folders, files) = content(&samples());
    let alone = files.into_iter().map(|file| vec![file]);
    let lists = folders.iter().map(|folder| content(folder).1).chain(alone);
    lists.map(|files| seed(&files)).collect()
}

/// Every file of the samples.
///
/// # Panics
/// When one cannot be read.
pub fn sample_files() -> Vec<Vec<u8>> {
    let (folders, files) = content(&samples());
    let inner = folders.iter().flat_map(|folder| content(folder).1);
    let all = files.into_iter().chain(inner);
    all.map(|path| bytes_of(&path)).collect()
}

fn samples() -> PathBuf {
    workspace().join("data/samples/lists")
}

fn seed(paths: &[PathBuf]) -> Seed {
    let file = |path: &PathBuf| File {
        name: name_of(path),
        bytes: bytes_of(path),
    };
    let files: Vec<File> = paths.iter().map(file).collect();
    let format = detect(&files).unwrap_or_else(|error| panic!("{paths:?}: {error}"));
    let family = FAMILIES
        .into_iter()
        .find(|family| family.formats.contains(&format));
    let family = family.unwrap_or_else(|| panic!("{format} is in no family"));
    let parts: Vec<(String, Vec<u8>)> = match family {
        WORKBOOK => files.iter().flat_map(|file| unzipped(&file.bytes)).collect(),
        _ => files.into_iter().map(|file| (file.name, file.bytes)).collect(),
    };
    let name = paths
        .first()
        .map_or_else(|| format.to_string(), |path| seed_name(path));
    let bytes = joined(family, &parts);
    Seed { family, name, bytes }
}

/// The folder and the name of a sample.
fn seed_name(path: &Path) -> String {
    let folder = path.parent().map(name_of).unwrap_or_default();
    format!("{folder}-{}", name_of(path))
}

fn name_of(path: impl AsRef<Path>) -> String {
    path.as_ref()
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The folders and the files in a folder, in order.
fn content(folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.into_iter().partition(|path| path.is_dir())
}

#[expect(clippy::disallowed_methods, reason = "reads the samples")]
fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
