//! Writes what the fuzz targets for lists begin with into a folder: `fuzz_seeds fuzz/corpus`.

#![expect(clippy::panic, reason = "a tool of the tests fails by panicking, as they do")]

use std::path::Path;
use tamis_tests::fuzz::seeds::{sample_files, seeds};

fn main() {
    let Some(folder) = std::env::args_os().nth(1) else {
        panic!("name the folder for the seeds: fuzz/corpus");
    };
    let folder = Path::new(&folder);
    for seed in seeds() {
        write(&folder.join(seed.family.name), &seed.name, &seed.bytes);
    }
    for (number, bytes) in sample_files().iter().enumerate() {
        write(&folder.join("load"), &format!("sample-{number}"), bytes);
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(folder.join(name), bytes));
    written.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}
