use crate::Error;

/// The two forms of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// Rows of cells under a header.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// How to read an input. The default detects everything.
///
/// # Example
/// ```
/// use tamis_feeds::Options;
/// let options = Options {
///     delimiter: Some(b';'),
///     encoding: Some("windows-1251".into()),
///     mapping: vec![("name".into(), "Kunde".into())],
///     ..Options::default()
/// };
/// assert_eq!(options.max_record_bytes, 1 << 20);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What separates cells; default: detected among `,` `;` tab and `|`, or named by a `sep=` line.
    pub delimiter: Option<u8>,
    /// The label of the encoding (`windows-1251`, `utf-16le`, …); default: detected. A byte order mark wins.
    pub encoding: Option<String>,
    /// Pairs of field and column that replace the recognition by name for these fields. The field `ignore`
    /// makes a column pass through unused. Default: none.
    pub mapping: Vec<(String, String)>,
    /// The longest record, in bytes of UTF-8, that is read; default: 1 MiB. A longer one is reported as
    /// [`Unscreened`](crate::Unscreened), and no more than this much of it is ever held.
    pub max_record_bytes: usize,
    /// The form of the input; default: JSON Lines when the first character is `{` or the name ends in
    /// `.jsonl` or `.ndjson`, else CSV.
    pub format: Option<InputFormat>,
    /// Whether each subject bears a hash of the columns that are no fields of it, `ignore`d ones aside; default: no.
    pub other_columns: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            delimiter: None,
            encoding: None,
            mapping: Vec::new(),
            max_record_bytes: 1 << 20,
            format: None,
            other_columns: false,
        }
    }
}

impl Options {
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.delimiter {
            Some(b) if !b.is_ascii() || b.is_ascii_alphanumeric() || b"\"\r\n\0".contains(&b) => {
                Err(Error::BadDelimiter {
                    delimiter: char::from(b),
                })
            }
            _ => Ok(()),
        }
    }
}
