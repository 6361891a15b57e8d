use std::fmt;

/// Why a list was refused: what is wrong, in which file, at which line, and what to do about it.
///
/// A list that cannot be read whole is not read at all: a list with a hole clears people it should stop.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    file: String,
    line: Option<u64>,
}

/// What is wrong with a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No file was given.
    #[error("no list file was given: name a file, or a folder that holds one")]
    NoFiles,
    /// A file without content.
    #[error("the file is empty: download it again")]
    Empty,
    /// A web page in place of a list.
    #[error("this is a web page, not a list: download the data file itself, not the page that links to it")]
    Html,
    /// An error message of the download server in place of a list.
    #[error("this is an error message of the download server ({code}), not a list: download it again")]
    ErrorPage {
        /// The code that the message gives.
        code: String,
    },
    /// Bytes that are not text.
    #[error("this is not text ({detail}): unpack or convert it first, or download it again")]
    NotText {
        /// What was seen.
        detail: String,
    },
    /// The file ends too early.
    #[error("the file is cut off ({detail}): download it again")]
    Truncated {
        /// What is missing.
        detail: String,
    },
    /// A file among those of a list that is damaged, or is no list.
    #[error("{problem}; if it is no part of the list, move it out of this folder or archive")]
    Damaged {
        /// What is wrong with it.
        problem: String,
    },
    /// A list that the table of contents beside it names, and that lies nowhere.
    #[error(
        "it names the list '{list}', which is not here, and with it all its entries: put its file beside this one"
    )]
    NotThere {
        /// The list.
        list: String,
    },
    /// A file that was asked for as a part of the list, and is none.
    #[error(
        "{found}: nothing of it is a part of the list, which is {expected}: correct its address, or leave it out"
    )]
    LeftOver {
        /// What the content looks like.
        found: String,
        /// The format of the list.
        expected: String,
    },
    /// Content that is no known list format, or not the one that was asked for.
    #[error("{found}, but {expected} is expected: name another file, or let the format be detected")]
    WrongFormat {
        /// What the content looks like.
        found: String,
        /// What was asked for.
        expected: String,
    },
    /// No file has a known list format.
    #[error("no known list format ({found}); docs/lists.md has those that are known: name the data file")]
    Unknown {
        /// What the content looks like.
        found: String,
    },
    /// Several lists in one folder.
    #[error("several lists lie here ({files}): name the one file, or keep each list in a folder of its own")]
    Ambiguous {
        /// The files in question.
        files: String,
    },
    /// A file that belongs to the list is not there.
    #[error("{missing} is missing, and with it {loss}: put it beside this file")]
    MissingFile {
        /// The file that is missing.
        missing: String,
        /// What would be lost.
        loss: String,
    },
    /// The rows of one file do not belong to the entries of the other.
    #[error(
        "{orphans} of {rows} rows belong to no entry: the files are of different versions, download all of them"
    )]
    FilesDisagree {
        /// Rows without an entry.
        orphans: usize,
        /// All rows of the file.
        rows: usize,
    },
    /// Rows that are neither kept nor remarked upon; a defect of this program.
    #[error(
        "{rows} rows were read, {kept} kept and {remarked} remarked upon: this is a defect, please report it"
    )]
    Unaccounted {
        /// Rows read.
        rows: usize,
        /// Rows that became part of an entry.
        kept: usize,
        /// Rows that became part of a remark.
        remarked: usize,
    },
    /// A list without entries.
    #[error("the list has no entries: download it again")]
    NoEntries,
    /// The number of entries is not the one that the list states.
    #[error("the list states {stated} entries but holds {read}: it is cut off or altered, download it again")]
    RecordCount {
        /// `Record_Count`.
        stated: usize,
        /// Entries read.
        read: usize,
    },
    /// A row with too many or too few fields.
    #[error(
        "the row has {found} fields instead of {expected}: correct its quotes and commas, or download again"
    )]
    Fields {
        /// How many there must be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A field that holds the end of its row and the beginning of another.
    #[error(
        "field {field} ({column}) goes on in the rows below, which are lost in it: there is a quote too many before or behind it; \
         correct the quotes, or download again"
    )]
    SwallowedRows {
        /// The number of the field, counted from 1.
        field: usize,
        /// The title of its column.
        column: String,
    },
    /// A field without which a row or an entry cannot be used.
    #[error("{field} of entry {entry} is '{value}', {problem}: correct the file, or download it again")]
    Field {
        /// The field.
        field: &'static str,
        /// The entry's id, as far as it is known.
        entry: String,
        /// The field as written.
        value: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// An entry whose name is missing or holds no letter and no digit.
    #[error("entry {entry} has no usable name ('{name}'): nothing could match it; correct the file")]
    NoName {
        /// The entry's id.
        entry: String,
        /// The name as written.
        name: String,
    },
    /// Two entries of an XML list with the same id.
    #[error("entry {entry} stands in the list twice: download it again")]
    DuplicateId {
        /// The id.
        entry: String,
    },
    /// A list of which most entries are of a kind that is not known.
    #[error(
        "the kind of {unknown} of {entries} entries is not known ({words}): columns are exchanged, or the format has \
         changed; take an official file, or a version of this program that knows it"
    )]
    UnknownKinds {
        /// Entries of an unknown kind.
        unknown: usize,
        /// All entries.
        entries: usize,
        /// The words, with how often each stands there.
        words: String,
    },
    /// XML that is not well formed.
    #[error("the XML is broken ({detail}): download it again")]
    Xml {
        /// The parser's words.
        detail: String,
    },
    /// A private list that is no TOML, or has a key that is not known.
    #[error("the TOML is not understood ({detail}): correct it, docs/lists.md tells of the form")]
    Toml {
        /// The parser's words.
        detail: String,
    },
    /// A private list with a title that is not known.
    #[error("the column '{column}' is not known: correct it; known are {known}")]
    UnknownColumn {
        /// The title.
        column: String,
        /// All titles that are known.
        known: String,
    },
    /// A workbook that is not understood.
    #[error("the workbook is broken ({detail}): download it again")]
    Workbook {
        /// What is wrong.
        detail: String,
    },
    /// An archive that cannot be unpacked whole.
    #[error("the archive cannot be unpacked ({detail}): download it again")]
    Archive {
        /// What is wrong.
        detail: String,
    },
    /// A line that is no JSON.
    #[error("the JSON is broken ({detail}): download it again")]
    Json {
        /// The parser's words.
        detail: String,
    },
    /// An element that the format is not known to have: what it holds could be aliases.
    #[error(
        "the element <{element}> in <{parent}> is not known, the format has changed: take an official file, or a \
         version of this program that knows it"
    )]
    UnknownElement {
        /// The element.
        element: String,
        /// The element it stands in.
        parent: String,
    },
    /// A section that the list has always had is not there, or holds nothing beside a full one.
    #[error("the section {section} is {problem}: the list is cut or altered, download it again")]
    MissingSection {
        /// The section's element.
        section: &'static str,
        /// `missing` or `empty`.
        problem: &'static str,
    },
    /// XML with a document type declaration.
    #[error("the XML has a DOCTYPE, which no sanctions list has: it is refused, use the official file")]
    Doctype,
    /// XML that is nested or grown beyond what any list needs.
    #[error("{what} is larger than {limit}: no official list is like that, use the official file")]
    Limit {
        /// What grew.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
}

impl Error {
    /// An error about a whole file.
    pub(crate) fn new(file: impl Into<String>, kind: ErrorKind) -> Error {
        let file = file.into();
        Error(Box::new(Inner {
            kind,
            file,
            line: None,
        }))
    }

    /// An error at a line of a file, counted from 1; 0 where it is not known.
    pub(crate) fn at(file: impl Into<String>, line: u64, kind: ErrorKind) -> Error {
        let file = file.into();
        Error(Box::new(Inner {
            kind,
            file,
            line: (line > 0).then_some(line),
        }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The file's name; empty when the error is about no file in particular.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line, counted from 1, where it is known.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.file.as_str(), self.0.line) {
            ("", _) => write!(f, "{}", self.0.kind),
            (file, None) => write!(f, "{file}: {}", self.0.kind),
            (file, Some(line)) => write!(f, "{file}, line {line}: {}", self.0.kind),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.kind)
    }
}
