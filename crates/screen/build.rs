//! What this build is: one number over everything that reads, scores or decides.
//!
//! Records are kept for ten years and made again, so two builds that may decide otherwise must not sign alike. Crates above this
//! one decide, too (who owns a customer, what a list says), hence their sources count. Where they do not lie beside this crate it
//! was published, and its version says which they are.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::path::{Path, PathBuf};

/// What decides: the sources of crates, the tables that they are built with, the versions of libraries.
const DECIDING: [&str; 11] = [
    "../names/src",
    "../model/src",
    "../policy/src",
    "../snapshot/src",
    "../screen/src",
    "../ownership/src",
    "../related/src",
    "../lists/src",
    "../successors/src",
    "../../data/tables",
    "../../Cargo.lock",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for root in DECIDING.map(Path::new).into_iter().filter(|root| root.exists()) {
        println!("cargo:rerun-if-changed={}", root.display());
        collect(root, &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        #[expect(clippy::disallowed_methods, reason = "a build script reads what is built")]
        let bytes = std::fs::read(&file)?;
        // A checkout may have other ends of lines.
        let content: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
        hash.update(name_of(&file).as_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    let stamp: String = hash
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo:rustc-env=TAMIS_STAMP={stamp}");
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}

/// The file's name with `/` on every system.
fn name_of(file: &Path) -> String {
    let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
