/// Why a file is not used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not begin as such a file does.
    #[error("not a compiled list")]
    NotSnapshot,
    /// It was written in another version of the format.
    #[error(
        "a compiled list of format version {found}, and this build reads version {expected}: compile it again"
    )]
    Version {
        /// The file's version.
        found: u32,
        /// The version this build reads.
        expected: u32,
    },
    /// It was written by other code, or with other tables.
    #[error(
        "compiled by a build that reads names otherwise (fingerprint {found:016x}, this build has {expected:016x}): compile it again"
    )]
    Fingerprint {
        /// The file's fingerprint.
        found: u64,
        /// The fingerprint of this build.
        expected: u64,
    },
    /// It is shorter or longer than it says.
    #[error("{found} bytes long and should be {expected}: cut off or added to; copy or compile it again")]
    Length {
        /// Its length in bytes.
        found: u64,
        /// The length that it says it has.
        expected: u64,
    },
    /// Its bytes are not those that were written.
    #[error("its checksum is wrong: damaged; copy or compile it again")]
    Checksum,
    /// A section is missing, or lies or ends where it cannot.
    #[error("its section '{0}' is missing or malformed: compile it again")]
    Section(String),
    /// The file cannot be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}
