//! The options of the decision log.

use crate::args::PageArgs;
use crate::cleared::args::ClearingArgs;
use crate::stakes::StakesArgs;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;
use tamis::model::Score;

/// How a screening is put on record.
#[derive(Clone, Debug, Default, Args)]
pub struct LogArgs {
    /// Append every answer to the decision log FILE.db, which is begun where there is none; what cannot be logged is
    /// not screened
    #[arg(long, value_name = "FILE.db")]
    pub log: Option<PathBuf>,
    /// Who screens, for the log [default: TAMIS_ACTOR, else the name under which you are logged in]
    #[arg(long, value_name = "NAME", requires = "log")]
    pub actor: Option<String>,
    /// The id of this request, for the log [default: a random one]
    #[arg(long, value_name = "ID", requires = "log")]
    pub request: Option<String>,
    /// Log near misses too: matches from FLOOR up to the threshold. Every record is then searched twice
    #[arg(long, value_name = "FLOOR", requires = "log")]
    pub log_floor: Option<Score>,
    #[command(flatten)]
    pub clearing: ClearingArgs,
}

/// Verbs of the decision log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Recompute every hash, and say which record was changed, taken out, put in, moved or back-dated
    Verify(VerifyArgs),
    /// Show records: a line each, or one in full
    Show(ShowArgs),
    /// Write records as JSON Lines, with the bytes that are hashed
    Export(ExportArgs),
    /// Write the head: a small JSON object from which all records follow, to be kept elsewhere
    Head(HeadArgs),
    /// Count screenings, alerts, decisions, times to decision, backlog and the lag of lists
    Stats(StatsArgs),
    /// Remove records that were kept as long as they must be
    Purge(PurgeArgs),
    /// Erase the personal data of a customer or of a record; the chain of hashes stays
    Erase(EraseArgs),
    /// Go on with a log whose last record was written by a clock that was ahead: a record says so, and the times before it stay
    CorrectClock(ClockArgs),
}

/// `tamis log verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// Compare with a head that `tamis log head` wrote earlier; repeatable
    #[arg(long = "head", value_name = "HEAD")]
    pub heads: Vec<PathBuf>,
    /// Take heads only with a signature (HEAD.minisig) by this public key: a file, or the key itself (RW...)
    #[arg(long, value_name = "KEY", requires = "heads")]
    pub key: Option<String>,
    /// JSON for machines
    #[arg(long)]
    pub json: bool,
}

/// Which records.
#[derive(Clone, Debug, Default, Args)]
pub struct WhichArgs {
    /// Of this customer
    #[arg(long, value_name = "ID")]
    pub customer: Option<String>,
    /// Of this action, such as screening, alert.decided or purge
    #[arg(long, value_name = "ACTION")]
    pub action: Option<String>,
    /// Of this request
    #[arg(long, value_name = "ID")]
    pub request: Option<String>,
    /// Written on this day (YYYY-MM-DD, UTC) or at this moment, or later
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub since: Option<Timestamp>,
    /// Written before this day or moment
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub before: Option<Timestamp>,
}

/// `tamis log show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// The one record to show in full
    #[arg(value_name = "RECORD")]
    pub record: Option<u64>,
    #[command(flatten)]
    pub which: WhichArgs,
}

/// `tamis log export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Leave out subjects and evidence; the hashes stay
    #[arg(long)]
    pub without_personal: bool,
    #[command(flatten)]
    pub which: WhichArgs,
}

/// `tamis log head`.
#[derive(Debug, Args)]
pub struct HeadArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Sign it, into FILE.minisig, with the secret key of `tamis list keygen` or of minisign
    #[arg(long, value_name = "FILE.key", requires = "output")]
    pub key: Option<PathBuf>,
}

/// `tamis log stats`.
#[derive(Debug, Args)]
pub struct StatsArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// Screenings of this day (YYYY-MM-DD, UTC) or moment, or later, with the alerts they raised
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub from: Option<Timestamp>,
    /// Screenings before this day or moment
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub to: Option<Timestamp>,
    #[command(flatten)]
    pub writing: PageArgs,
}

/// `tamis log purge`.
#[derive(Debug, Args)]
pub struct PurgeArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// Remove the records up to this one, or nothing [default: all that may go]
    #[arg(long, value_name = "RECORD")]
    pub through: Option<u64>,
    /// For how many years records are kept: 10, which is the least, or more
    #[arg(long, value_name = "YEARS", default_value_t = tamis_log::LEAST_YEARS)]
    pub retention: i16,
    #[command(flatten)]
    pub by: ByArgs,
}

/// `tamis log erase`.
#[derive(Debug, Args)]
pub struct EraseArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    /// The customer whose data is erased from every record
    #[arg(
        long,
        value_name = "ID",
        required_unless_present = "record",
        conflicts_with = "record"
    )]
    pub customer: Option<String>,
    /// The record whose data is erased, as of a check without a customer's id
    #[arg(long, value_name = "RECORD")]
    pub record: Option<u64>,
    /// Erase although alerts on it are open: they stay open, with their deadlines, and what they rest on cannot be shown any more
    #[arg(long)]
    pub even_if_open: bool,
    #[command(flatten)]
    pub by: ByArgs,
}

/// `tamis log correct-clock`.
#[derive(Debug, Args)]
pub struct ClockArgs {
    /// The log
    #[arg(value_name = "FILE.db")]
    pub file: PathBuf,
    #[command(flatten)]
    pub by: ByArgs,
}

/// Who does it, and why.
#[derive(Clone, Debug, Args)]
pub struct ByArgs {
    /// Who does it, for the log [default: TAMIS_ACTOR, else the name under which you are logged in]
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Why, for the log
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `tamis replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The record of the screening
    #[arg(value_name = "RECORD")]
    pub record: u64,
    /// The log
    #[arg(long, value_name = "FILE.db")]
    pub log: PathBuf,
    #[command(flatten)]
    pub stakes: StakesArgs,
}

/// A day, which begins at midnight UTC, or a moment.
fn moment(text: &str) -> Result<Timestamp, String> {
    let day = || {
        let midnight = text.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0);
        jiff::tz::TimeZone::UTC.to_timestamp(midnight).ok()
    };
    text.parse().or_else(|_| {
        let wrong = || format!("'{text}' is no day and no moment: write 2026-11-29 or 2026-11-29T12:00:00Z");
        day().ok_or_else(wrong)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_read() {
        let noon: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        assert_eq!(moment("2026-11-29T13:00:00+01:00"), Ok(noon));
        assert_eq!(moment("2026-11-29"), Ok("2026-11-29T00:00:00Z".parse().unwrap()));
        assert!(moment("yesterday").unwrap_err().contains("2026-11-29"));
    }
}
