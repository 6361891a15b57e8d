//! The options of cleared pairs.

use crate::alerts::args::{InLog, OnAlert, Who, parse_reason};
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;
use tamis_review::ReasonCode;

/// Verbs of cleared pairs.
#[derive(Debug, Subcommand)]
pub enum ClearedCommand {
    /// List pairs, with owner, approver, expiry and standing
    List(ListArgs),
    /// Propose the customer and the entry of a false positive as two parties
    Propose(ProposeArgs),
    /// Approve a proposed pair, as somebody else than who proposed or owns it
    Approve(OnPair),
    /// End a pair
    Revoke(OnPair),
    /// List the pairs that expire soon, for the periodic review
    Review(ReviewArgs),
}

/// `tamis cleared list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub log: InLog,
    /// Only pairs of this owner
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// A table for people, JSON, or CSV
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: PairFormat,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
}

/// `tamis cleared review`.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    #[command(flatten)]
    pub list: ListArgs,
    /// Pairs that expire within so many days, and those that expired
    #[arg(long, value_name = "DAYS", default_value_t = 60)]
    pub within: u16,
}

/// Formats of lists of pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PairFormat {
    /// A table for people
    #[default]
    Text,
    /// A JSON array
    Json,
    /// A row for each pair
    Csv,
}

/// `tamis cleared propose`.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    #[command(flatten)]
    pub on: OnAlert,
    /// Why they are two parties [default: the first reason code of the decision]
    #[arg(long = "reason-code", value_name = "CODE", value_parser = parse_reason)]
    pub reason: Option<ReasonCode>,
    /// Why, in words
    #[arg(long, value_name = "TEXT")]
    pub rationale: String,
    /// Who answers for the pair and reviews it [default: who proposes it]
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// The last day on which the pair holds, at most twelve months off [default: twelve months]
    #[arg(long, value_name = "DATE")]
    pub expires: Option<Date>,
}

/// `tamis cleared approve` and `revoke`.
#[derive(Debug, Args)]
pub struct OnPair {
    /// The pair, by the number that `tamis cleared list` shows
    #[arg(value_name = "PAIR")]
    pub pair: u64,
    #[command(flatten)]
    pub log: InLog,
    #[command(flatten)]
    pub who: Who,
    /// Why, in words
    #[arg(long, value_name = "TEXT")]
    pub rationale: String,
}

/// How a screening uses cleared pairs.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct ClearingArgs {
    /// Suppress no alert, whatever pairs the log has cleared
    #[arg(long, requires = "log")]
    pub no_cleared: bool,
    /// Show the alerts that cleared pairs suppress: in the reasons, and as `cleared` in JSON
    #[arg(long, requires = "log")]
    pub show_cleared: bool,
}
