use crate::Hash;
use jiff::Timestamp;

/// Why the log could not do what was asked. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no log.
    #[error("{file}: there is no log: `tamis screen --log` and `tamis check --log` begin one")]
    Missing {
        /// The file.
        file: String,
    },
    /// The database refused.
    #[error("{file}: the log cannot be used: {why}")]
    Database {
        /// The file.
        file: String,
        /// What the database says, and what to do.
        why: String,
    },
    /// The file is a database, or a log of another version.
    #[error(
        "{file}: not a log that this version reads ({found}): name another file, or use the tamis that wrote it"
    )]
    Version {
        /// The file.
        file: String,
        /// What it is.
        found: String,
    },
    /// The clock stands before the last record.
    #[error(
        "the clock reads {now}, and the last record of the log was written at {last}: set the clock right; if it is right, that \
         record was written by a clock that was ahead: `tamis log correct-clock` puts this on record, and the log goes on"
    )]
    ClockBehind {
        /// What the clock reads.
        now: Timestamp,
        /// The time of the last record.
        last: Timestamp,
    },
    /// A correction of a clock that is right.
    #[error(
        "the clock reads {now}, and no record lies more than five minutes ahead of it: there is nothing to correct"
    )]
    ClockRight {
        /// What the clock reads.
        now: Timestamp,
    },
    /// A record that is not what it was when it was written.
    #[error("record {sequence}: {why}; `tamis log verify` tells what happened to the log")]
    Damaged {
        /// Which.
        sequence: u64,
        /// What is wrong.
        why: String,
    },
    /// A context that is not what it was when it was written.
    #[error("the context {0} is not what was written; `tamis log verify` tells what happened to the log")]
    Context(Hash),
    /// There is no such record.
    #[error("there is no record {sequence}: the log holds {first} to {last}")]
    NoRecord {
        /// Which was asked for.
        sequence: u64,
        /// The first that is there.
        first: u64,
        /// The last.
        last: u64,
    },
    /// Records must be kept longer.
    #[error(
        "record {sequence} of {time} must be kept for {years} years and may be purged from {allowed} on, not before; \
         nothing was purged"
    )]
    TooEarly {
        /// The last record that was to go.
        sequence: u64,
        /// Its time.
        time: Timestamp,
        /// How long it must be kept.
        years: i16,
        /// When it may be purged.
        allowed: Timestamp,
    },
    /// A shorter retention than the law's.
    #[error(
        "records must be kept for {least} years at least (31 CFR 501.601), not {asked}: name as many or more"
    )]
    Retention {
        /// The least number of years.
        least: i16,
        /// What was asked for.
        asked: i16,
    },
    /// A purge or an erasure without a reason.
    #[error("the reason is empty: say why in words, for those who read it in ten years; nothing was removed")]
    NoReason,
    /// Nothing that could be erased.
    #[error("{what}: no personal data is kept under it: nothing was erased")]
    NothingToErase {
        /// What was asked for.
        what: String,
    },
    /// A date that no calendar has.
    #[error("{0} cannot be reckoned with: name a nearer one")]
    Time(Timestamp),
    /// A document that does not say what it must.
    #[error("{place}: {why}")]
    Document {
        /// Where it comes from, with line and column where known.
        place: String,
        /// What is wrong and what to do.
        why: String,
    },
    /// The caller's source of random numbers or its clock failed.
    #[error("no random number for a salt could be had: {0}")]
    Salt(String),
}
