/// What keeps a self-test from being made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No listed name alerts under the policy: there is nothing that could be found.
    #[error(
        "no name on these lists alerts under this policy: check the regimes and the day that it asks for"
    )]
    NothingAlerts,
    /// An entry of the compiled list cannot be read.
    #[error(transparent)]
    Screener(#[from] tamis_screen::Error),
    /// `vocabulary.toml` is not of the form that its head describes.
    #[error("vocabulary.toml: {0}")]
    Vocabulary(#[from] toml::de::Error),
}
