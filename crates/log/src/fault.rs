/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// A record is not what it was when it was written.
    Changed,
    /// Records are gone.
    Missing,
    /// A record stands in another's place.
    Reordered,
    /// A record was put in.
    Inserted,
    /// Records at the end are gone.
    Truncated,
    /// A record's time lies before that of the record before it.
    BackDated,
    /// A record's time lies in the future.
    Ahead,
    /// Personal data is not what was screened, or was erased without a record of it.
    Personal,
    /// A heading or a context is not what it was.
    Heading,
    /// The log is not the one whose head was exported.
    OtherHead,
    /// The database contradicts itself.
    Database,
}

impl FaultKind {
    /// In a word or two.
    pub const fn as_str(self) -> &'static str {
        match self {
            FaultKind::Changed => "changed",
            FaultKind::Missing => "missing",
            FaultKind::Reordered => "re-ordered",
            FaultKind::Inserted => "inserted",
            FaultKind::Truncated => "truncated",
            FaultKind::BackDated => "back-dated",
            FaultKind::Ahead => "ahead of the clock",
            FaultKind::Personal => "personal data",
            FaultKind::Heading => "heading",
            FaultKind::OtherHead => "other head",
            FaultKind::Database => "database",
        }
    }
}

/// What happened to which record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The record; 0 where none can be named.
    pub sequence: u64,
    /// What happened.
    pub kind: FaultKind,
    /// The same for people.
    pub why: String,
}
