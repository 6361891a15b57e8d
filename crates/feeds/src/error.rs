/// Why an input cannot be read at all. What is wrong with one record only is an [`Unscreened`](crate::Unscreened).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading the first bytes failed.
    #[error("{name}: cannot be read: {source}")]
    Read {
        /// The input's name.
        name: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no header and no record.
    #[error("{name}: the input is empty: there is no header and no record to screen")]
    Empty {
        /// The input's name.
        name: String,
    },
    /// The first bytes are those of another kind of file.
    #[error("{name}: this is {what}, not CSV or JSON Lines: {remedy}")]
    WrongFile {
        /// The input's name.
        name: String,
        /// What it is.
        what: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
    /// The header itself is damaged.
    #[error("{name}, line {line}: the header cannot be read: {reason}")]
    Header {
        /// The input's name.
        name: String,
        /// The line of the header.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// No column holds what cannot be done without.
    #[error(
        "{name}, line {line}: no column is recognised as {field}; the columns are: {columns}. \
         Say which one it is with --map {field}=COLUMN{hint}"
    )]
    NoColumn {
        /// The input's name.
        name: String,
        /// The line of the header.
        line: u64,
        /// The field that is missing.
        field: &'static str,
        /// The columns there are.
        columns: String,
        /// What else to try, or nothing.
        hint: &'static str,
    },
    /// Two columns are read as the same part of a name, which has one value.
    #[error(
        "{name}: the columns '{first}' and '{second}' are both read as {field}: \
         say which one it is with --map {field}=COLUMN"
    )]
    TwoColumns {
        /// The input's name.
        name: String,
        /// The part of the name.
        field: &'static str,
        /// The first column read as it.
        first: String,
        /// The second one.
        second: String,
    },
    /// The bytes make sense in more than one encoding.
    #[error("{name}: the encoding is not certain ({candidates}): say which with --encoding")]
    UncertainEncoding {
        /// The input's name.
        name: String,
        /// The encodings it can be, the first guess first.
        candidates: String,
    },
    /// A mapping names a field that does not exist.
    #[error("'{field}' is not a field; the fields are: {known}")]
    UnknownField {
        /// The field asked for.
        field: String,
        /// The fields there are.
        known: String,
    },
    /// A mapping names a column that the input does not have.
    #[error("{name}: there is no column '{column}' to read as {field}; the columns are: {columns}")]
    UnknownColumn {
        /// The input's name.
        name: String,
        /// The field asked for.
        field: String,
        /// The column asked for.
        column: String,
        /// The columns there are.
        columns: String,
    },
    /// A column is mapped to two fields, or a field that has one value to two columns.
    #[error("'{what}' is mapped twice: keep one of the two mappings")]
    MappedTwice {
        /// The column or field.
        what: String,
    },
    /// The encoding asked for does not exist.
    #[error(
        "'{label}' is not a known encoding; try utf-8, utf-16le, windows-1251, windows-1252, gbk or shift_jis"
    )]
    UnknownEncoding {
        /// The encoding asked for.
        label: String,
    },
    /// The delimiter asked for cannot be one.
    #[error(
        "{delimiter:?} cannot be the delimiter: give one ASCII character that is no letter, digit, quote or line end"
    )]
    BadDelimiter {
        /// The delimiter asked for.
        delimiter: char,
    },
}
