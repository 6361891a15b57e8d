/// What keeps a benchmark from being run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// `definitions.toml` is not what the runner reads.
    #[error("{file}: {cause}")]
    Data {
        /// The file.
        file: &'static str,
        /// Where in it, and what.
        cause: toml::de::Error,
    },
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
    List(#[from] tamis::lists::BuiltinError),
    /// The list cannot be screened against.
    #[error(transparent)]
    Screener(#[from] tamis::Error),
    /// No threads can be had.
    #[error("cannot start threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}
