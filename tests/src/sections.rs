//! Compiled lists, taken apart and put together again with a right checksum.

use tamis_snapshot::{Snapshot, Stamp, Writer};

/// What this build's compiled lists are stamped with.
pub fn stamp() -> Stamp {
    Stamp {
        version: tamis::screen::FORMAT_VERSION,
        fingerprint: tamis::names::fingerprint(),
    }
}

/// The sections of a compiled list, by name, in the order of the file.
///
/// # Panics
/// When `file` is none, or is not of this build.
pub fn taken_apart(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let snapshot = Snapshot::from_bytes(file, stamp()).unwrap_or_else(|error| panic!("{error}"));
    let content = |name: &str| match snapshot.section::<u8>(name) {
        Ok(content) => content.to_vec(),
        Err(error) => panic!("{error}"),
    };
    let names: Vec<&str> = snapshot.sections().map(|(name, _)| name).collect();
    names
        .into_iter()
        .map(|name| (name.to_owned(), content(name)))
        .collect()
}

/// The file of these sections, with this build's stamp and a right checksum.
pub fn put_together(sections: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = Writer::new(stamp());
    for (name, content) in sections {
        writer.section::<u8>(name, content);
    }
    writer.finish().unwrap_or_else(|error| panic!("{error}"))
}
