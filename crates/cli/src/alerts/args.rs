//! The options of alert work.

use crate::args::PageArgs;
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;
use tamis_review::{Disposition, ReasonCode};

/// Verbs of alert work.
#[derive(Debug, Subcommand)]
pub enum AlertsCommand {
    /// List alerts: the open ones, or those that the options ask for
    List(ListArgs),
    /// Show one alert with everything that a decision needs
    Show(ShowArgs),
    /// Give an alert to somebody
    Assign(AssignArgs),
    /// Decide what an alert is
    Decide(DecideArgs),
    /// Approve a recommended true match, as somebody else than who recommended it
    Approve(SecondArgs),
    /// Send a recommended true match back to review, as somebody else than who recommended it
    Refuse(SecondArgs),
    /// Open a closed alert again
    Reopen(SecondArgs),
    /// Write the draft of a report to OFAC on a confirmed match that is blocked; nothing is ever filed
    Report(ReportArgs),
}

/// The log that holds the alerts.
#[derive(Clone, Debug, Args)]
pub struct InLog {
    /// The decision log that `tamis screen --log` or `tamis check --log` wrote
    #[arg(long, value_name = "FILE.db")]
    pub log: PathBuf,
}

/// Which alert, by whom.
#[derive(Clone, Debug, Args)]
pub struct OnAlert {
    /// The alert, as `tamis alerts list` names it: RECORD/ENTRY, or RECORD alone where it has one alert
    #[arg(value_name = "ALERT")]
    pub alert: String,
    #[command(flatten)]
    pub log: InLog,
    #[command(flatten)]
    pub who: Who,
}

/// Who acts.
#[derive(Clone, Debug, Args)]
pub struct Who {
    /// Who acts, by an id that tells people apart [default: TAMIS_ACTOR; nobody is assumed]
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
}

/// `tamis alerts list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub log: InLog,
    /// Only alerts of this disposition, such as NEW or FALSE_POSITIVE; repeatable [default: all that are open]
    #[arg(long = "status", value_name = "DISPOSITION", value_parser = parse_disposition)]
    pub status: Vec<Disposition>,
    /// Closed alerts, too
    #[arg(long, conflicts_with = "status")]
    pub all: bool,
    /// Only alerts in the queue of this level: 1 closes evident false positives, 2 needs evidence or other data, 3 suspects
    /// a true match; repeatable
    #[arg(long = "level", value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub levels: Vec<u8>,
    /// Only alerts that are given to this person
    #[arg(long, value_name = "NAME")]
    pub assignee: Option<String>,
    /// Only alerts that are given to nobody
    #[arg(long, conflicts_with = "assignee")]
    pub unassigned: bool,
    /// Only alerts on entries of this list, by its id
    #[arg(long = "list", value_name = "LIST")]
    pub list: Option<String>,
    /// Only alerts of this customer
    #[arg(long, value_name = "ID")]
    pub customer: Option<String>,
    /// Only alerts whose report, if they turned out to be true, is due before this day
    #[arg(long, value_name = "DATE")]
    pub due_before: Option<Date>,
    /// Only open alerts whose report would be overdue if they turned out to be true
    #[arg(long)]
    pub overdue: bool,
    #[command(flatten)]
    pub writing: PageArgs,
}

/// `tamis alerts show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The alert, as `tamis alerts list` names it: RECORD/ENTRY, or RECORD alone where it has one alert
    #[arg(value_name = "ALERT")]
    pub alert: String,
    #[command(flatten)]
    pub log: InLog,
    #[command(flatten)]
    pub writing: PageArgs,
}

/// `tamis alerts assign`.
#[derive(Debug, Args)]
pub struct AssignArgs {
    #[command(flatten)]
    pub on: OnAlert,
    /// Who is to look at it
    #[arg(long, value_name = "NAME")]
    pub to: String,
}

/// `tamis alerts decide`.
#[derive(Debug, Args)]
pub struct DecideArgs {
    #[command(flatten)]
    pub on: OnAlert,
    /// IN_REVIEW, INFO_REQUESTED, FALSE_POSITIVE, TRUE_MATCH_RECOMMENDED, INCONCLUSIVE, ESCALATED or, of a
    /// confirmed match that is open again or has another alert, RELEASE_RECOMMENDED
    #[arg(long, value_name = "DISPOSITION", value_parser = parse_disposition)]
    pub disposition: Disposition,
    /// Why, in a word that can be counted, such as birth_date_conflict; repeatable
    #[arg(long = "reason-code", value_name = "CODE", value_parser = parse_reason)]
    pub reasons: Vec<ReasonCode>,
    /// Why, in words
    #[arg(long, value_name = "TEXT")]
    pub rationale: String,
}

/// `tamis alerts approve`, `refuse` and `reopen`.
#[derive(Debug, Args)]
pub struct SecondArgs {
    #[command(flatten)]
    pub on: OnAlert,
    /// Why, in words
    #[arg(long, value_name = "TEXT")]
    pub rationale: String,
}

/// Which report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    /// Of blocked property (31 CFR 501.603)
    #[default]
    Blocked,
    /// Of a rejected transaction (31 CFR 501.604)
    Rejected,
}

/// `tamis alerts report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The alert, as `tamis alerts list` names it: RECORD/ENTRY, or RECORD alone where it has one alert
    #[arg(value_name = "ALERT")]
    pub alert: String,
    #[command(flatten)]
    pub log: InLog,
    /// Which report
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub kind: ReportKind,
    /// The day of the blocking or rejection, from which the deadline counts [default: that of the screening, in UTC-12]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// The account, as it is to be reported
    #[arg(long, value_name = "TEXT")]
    pub account: Option<String>,
    /// What the property or the transaction is
    #[arg(long, value_name = "TEXT")]
    pub property: Option<String>,
    /// Its value, with the currency
    #[arg(long, value_name = "TEXT")]
    pub value: Option<String>,
    #[command(flatten)]
    pub writing: PageArgs,
}

fn parse_disposition(text: &str) -> Result<Disposition, String> {
    Disposition::parse(text).ok_or_else(|| {
        let known = Disposition::ALL.map(Disposition::as_str).join(", ");
        format!("'{text}' is no disposition: write one of {known}")
    })
}

/// A word for why; also for `tamis cleared`.
pub fn parse_reason(text: &str) -> Result<ReasonCode, String> {
    ReasonCode::parse(text)
        .ok_or_else(|| format!("'{text}' is no reason code: write one of {}", ReasonCode::words()))
}
