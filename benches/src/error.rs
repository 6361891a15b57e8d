use std::path::Path;

/// What keeps a benchmark from being run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// `definitions.toml` is not what the runner reads.
    #[error("definitions.toml: {0}")]
    Data(#[from] toml::de::Error),
    /// A definition that cannot be run: its name, and why.
    #[error("definitions.toml: benchmark '{0}': {1}")]
    Definition(String, String),
    /// A benchmark asks for a built-in list that does not exist: its name, and the list's.
    #[error("definitions.toml: benchmark '{0}': there is no built-in list '{1}'; 'kaspersky' is one")]
    UnknownList(String, String),
    /// Names cannot be made up.
    #[error(transparent)]
    Names(#[from] tamis::selftest::Error),
    /// The built-in list cannot be read.
    #[error(transparent)]
    Builtin(#[from] tamis::lists::BuiltinError),
    /// The list that was named cannot be read.
    #[error(transparent)]
    List(#[from] tamis::lists::Error),
    /// The list cannot be screened against.
    #[error(transparent)]
    Screener(#[from] tamis::Error),
    /// The file of customers' names cannot be read.
    #[error(transparent)]
    Customers(#[from] tamis::feeds::Error),
    /// No threads can be had.
    #[error("cannot start threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A file that cannot be read or written, and why.
    #[error("{0}: {1}")]
    File(String, String),
    /// A program that the benchmark needs does not run as it should: the program, and what it said.
    #[error("{0}: {1}")]
    Program(String, String),
}

impl Error {
    /// For a file that cannot be read or written.
    pub(crate) fn file(path: &Path, cause: impl ToString) -> Error {
        Error::File(path.display().to_string(), cause.to_string())
    }
}
