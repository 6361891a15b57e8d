//! A file of named sections that is written once and then only read, through a memory map.
//!
//! This crate knows nothing of what the sections hold. It sees to it that what is read is what was written: a
//! file of another format version, built by other code (see [`Stamp`]), cut short, grown, or with a bit flipped is
//! refused with an [`Error`] that says which and what to do. Equal sections give equal bytes.
//!
//! ```text
//! 0   magic            8 bytes, "tamis" 0x1A CR LF: text transfers and truncation to seven bits break it
//! 8   format version   u32, little-endian like every number here
//! 12  sections         u32
//! 16  fingerprint      u64, of the code and tables that wrote it
//! 24  length           u64, of the whole file
//! 32  checksum         u128, XXH3 of every other byte of the file
//! 48  section table    per section: name 8 bytes, offset u64, length u64
//! ..  sections         each at a multiple of 64
//! ```
//!
//! The checksum finds accidents, not forgers: who can write the file can write a list too.
//!
//! # Example
//! ```
//! use tamis_snapshot::{Snapshot, Stamp, Writer};
//! let stamp = Stamp { version: 1, fingerprint: 7 };
//! let mut writer = Writer::new(stamp);
//! writer.section("numbers", &[1u32, 2, 3]);
//! let snapshot = Snapshot::from_bytes(&writer.finish()?, stamp)?;
//! assert_eq!(snapshot.section::<u32>("numbers")?, [1, 2, 3]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bytes;
mod error;
mod read;
mod write;

pub use error::Error;
pub use read::{Section, Snapshot};
pub use write::{Spool, Writer};

/// What a file was written by: files of another stamp are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The version of the format: of the sections, and of what they hold.
    pub version: u32,
    /// A fingerprint of the code and tables whose results the sections hold.
    pub fingerprint: u64,
}

const MAGIC: [u8; 8] = *b"tamis\x1a\r\n";
/// Where the fields of the header stand.
mod at {
    pub(crate) const VERSION: usize = 8;
    pub(crate) const SECTIONS: usize = 12;
    pub(crate) const FINGERPRINT: usize = 16;
    pub(crate) const LENGTH: usize = 24;
    pub(crate) const CHECKSUM: usize = 32;
    pub(crate) const TABLE: usize = 48;
}
/// The size of an entry of the section table, and of a section's name in it.
const ENTRY: usize = 24;
const NAME: usize = 8;
/// What sections are aligned to: a cache line, and more than any number needs.
const ALIGNMENT: usize = 64;

/// The checksum of a file: of every byte but those that hold it.
fn checksum(file: &[u8]) -> u128 {
    let before = file.get(..at::CHECKSUM).unwrap_or_default();
    let after = file.get(at::TABLE..).unwrap_or_default();
    let mut hash = xxhash_rust::xxh3::Xxh3Default::new();
    [before, after].into_iter().for_each(|bytes| hash.update(bytes));
    hash.digest128()
}
