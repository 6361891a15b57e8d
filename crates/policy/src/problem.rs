/// Why a policy file was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text is not TOML, or has a key that policies do not know, or a value that no such key can have.
    #[error("{0}")]
    Form(Box<toml::de::Error>),
    /// A setting cannot stand as it is written.
    #[error("line {line}, {place}, field `{field}`: {problem}")]
    Setting {
        /// The line on which the row begins, from 1.
        line: usize,
        /// Which row it is: `rules[2]`.
        place: String,
        /// The field.
        field: &'static str,
        /// What is wrong, and what to do.
        problem: Problem,
    },
}

/// What is wrong with a setting of a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A word with nothing in it.
    #[error("a word is empty; fill it or delete it: a list without words stands for all")]
    Empty,
    /// The rule would call parties blocked whose property is not frozen.
    #[error(
        "only an asset freeze blocks; add prohibits = [\"asset_freeze\"], or write \"review\": an export licence, a \
         transaction ban or a procurement ban freezes nothing"
    )]
    BlocksTooMuch,
    /// The rule would call a company blocked that nobody listed owns.
    #[error("only ownership blocks a company for its owners; write via = \"owned\", or action = \"review\"")]
    BlocksRelated,
    /// An earlier row takes in all that this one is about, and the first that applies is taken.
    #[error(
        "never reached: row {0} takes in all that this one is about; put this one before it, or delete it"
    )]
    NeverReached(usize),
    /// A requirement without fields is met by nothing.
    #[error("no field is named; name one of birth_date, birth_place, gender, country, identifier, kind")]
    NoFields,
    /// What an alert is reduced to cannot be the strictest action.
    #[error("an alert that lacks evidence is reduced; write \"inform\" or \"review\"")]
    BlocksOtherwise,
}
