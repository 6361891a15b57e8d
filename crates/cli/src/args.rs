//! The command line as clap reads it.

use crate::behind::BehindArgs;
use crate::bundle::args as bundle;
use crate::freshness::FreshnessArgs;
use crate::log::args as log;
use crate::ownership::args::OwnershipArgs;
use crate::stakes::StakesArgs;
use crate::successors::args as successors;
use crate::update::args as update;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use tamis::model::{
    Activity, BirthDate, EntityKind, Gender, Identifier, IdentifierKind, Score, jurisdiction,
};

/// What the exit codes mean; part of every help page.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  everything was screened, and nothing alerts
  1  everything was screened, and something alerts (grep's sense is the opposite)
  2  something was not screened, a list is missing or corrupt, or the run failed;
     2 outranks 1, and a run that could not screen never exits with 0
  --exit-zero turns 1 into 0 and leaves 2 as it is";

/// Screens customers, names and pairs of names against sanctions lists, and shows why.
#[derive(Debug, Parser)]
#[command(name = "tamis", version, after_help = EXIT_CODES, max_term_width = 100)]
#[command(
    arg_required_else_help = true,
    subcommand_required = true,
    propagate_version = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every verb takes.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every remark, note and failure
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Threads to screen with [default: one per core]; the output is the same for any number
    #[arg(long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Exit with 0 when something alerts; a failure still exits with 2
    #[arg(long, global = true)]
    pub exit_zero: bool,
    /// Colours; 'auto' means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorWhen,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Screen files of customers
    #[command(after_help = EXIT_CODES)]
    Screen(ScreenArgs),
    /// Check one name, and show the evidence
    #[command(after_help = EXIT_CODES)]
    Check(Box<CheckArgs>),
    /// Show who owns and controls a party, whom it owns, and what follows under each rule
    #[command(after_help = crate::ownership::args::EXIT_CODES)]
    Ownership(OwnershipArgs),
    /// Score pairs of names, as for model testing
    #[command(after_help = PAIRS_EXIT_CODES)]
    Pairs(PairsArgs),
    /// Test how well this configuration works on these lists, and at what alert load
    #[command(after_help = SELFTEST_EXIT_CODES)]
    Selftest(SelftestArgs),
    /// Find companies of a register that may continue listed ones: leads for an analyst, never alerts
    #[command(after_help = successors::EXIT_CODES)]
    Successors(successors::SuccessorsArgs),
    /// Fetch, compile, describe and verify lists
    #[command(subcommand)]
    List(ListCommand),
    /// Show, check and describe policies: what asks for which action
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// List, show and decide the alerts of a decision log
    #[command(subcommand, after_help = ALERTS_EXIT_CODES)]
    Alerts(crate::alerts::args::AlertsCommand),
    /// Clear pairs of customer and entry that are two parties, and review them
    #[command(subcommand, after_help = ALERTS_EXIT_CODES)]
    Cleared(crate::cleared::args::ClearedCommand),
    /// Verify, show, export and keep the decision log
    #[command(subcommand, after_help = LOG_EXIT_CODES)]
    Log(log::LogCommand),
    /// Make a decision of the log again, from the lists and the policy that it rests on
    #[command(after_help = REPLAY_EXIT_CODES)]
    Replay(log::ReplayArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual: to standard output, or one page a verb into a folder
    Man {
        /// The folder; it must exist
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

/// What the exit codes of `pairs` mean.
pub const PAIRS_EXIT_CODES: &str = "\
Exit codes:
  0  every pair was scored, whether or not it alerts
  2  a pair could not be scored, no pair has a label for --suggest-threshold, or the run failed";

/// What the exit codes of `log` mean.
pub const LOG_EXIT_CODES: &str = "\
Exit codes:
  0  done; for verify: the log is sound
  2  the log is not sound, or the run failed";

/// What the exit codes of `alerts` and `cleared` mean.
pub const ALERTS_EXIT_CODES: &str = "\
Exit codes:
  0  done, whatever was found or decided
  2  refused, or the run failed; an attempt to be both pairs of eyes is put on record";

/// What the exit codes of `replay` mean.
pub const REPLAY_EXIT_CODES: &str = "\
Exit codes:
  0  the same answer, byte for byte
  2  another answer, or it cannot be made again";

/// Which lists to screen against.
#[derive(Clone, Debug, Args)]
pub struct ListArgs {
    /// A list: builtin:kaspersky, FILE.tamis (compiled), FORMAT:PATH (formats: docs/lists.md), or a PATH
    /// whose format is detected; a PATH may be a folder. Give the option once for each list
    #[arg(
        short,
        long = "list",
        value_name = "LIST",
        default_value = "builtin:kaspersky",
        value_parser = parse_list
    )]
    pub lists: Vec<String>,
}

/// What a verb that screens needs beside the names.
#[derive(Clone, Debug, Args)]
pub struct Against {
    #[command(flatten)]
    pub lists: ListArgs,
    #[command(flatten)]
    pub policy: PolicyArgs,
    #[command(flatten)]
    pub freshness: FreshnessArgs,
}

/// What makes a match an alert.
#[derive(Clone, Debug, Args)]
pub struct PolicyArgs {
    /// Matches from this score on alert, 0 to 1, on every list [default: 0.80, or what the policy says]
    #[arg(long, value_name = "T")]
    pub threshold: Option<Score>,
    /// The day for which the answer holds, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<Date>,
    /// Only measures of these regimes alert, such as us,un, beside those of private lists [default: all]
    #[arg(long = "regime", value_name = "REGIME", value_delimiter = ',')]
    pub regimes: Vec<String>,
    /// Let facts alert that are not verified; otherwise they are shown as information
    #[arg(long)]
    pub unverified: bool,
    /// Let a weak alias alert by itself; otherwise it is shown as information
    #[arg(long)]
    pub weak_aliases: bool,
    /// A policy: a TOML file (docs/policy.md), or one of the examples us, eu, uk and strict; options outrank it
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
}

/// How input files are written.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// The delimiter between cells: one character, or 'tab' [default: detected]
    #[arg(long, value_name = "CHAR", value_parser = parse_delimiter)]
    pub delimiter: Option<u8>,
    /// The encoding, such as utf-8, utf-16le or windows-1251 [default: detected]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Which column holds a field, as in name=CLIENT_NAME; give the option once for each field
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = parse_mapping)]
    pub mapping: Vec<(String, String)>,
    /// The format of the input [default: detected]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    /// Whether a change of columns that are not screened is to be told later: for the cleared pairs of a log
    #[arg(skip)]
    pub other_columns: bool,
}

/// Formats of customer files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Comma-separated values, or with another delimiter
    Csv,
    /// One JSON object a line
    Jsonl,
}

/// Where rows go, and how.
#[derive(Clone, Debug, Args)]
pub struct OutputArgs {
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// The format of the output [default: by the ending of the output file, else csv]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<RowFormat>,
}

impl OutputArgs {
    /// The format asked for, or the one that the output file's ending names, or CSV.
    pub fn row_format(&self) -> RowFormat {
        let ending = self.output.extension().and_then(|ending| ending.to_str());
        self.format.unwrap_or(match ending {
            Some("jsonl" | "ndjson") => RowFormat::Jsonl,
            Some("json") => RowFormat::Json,
            _ => RowFormat::Csv,
        })
    }
}

/// Formats of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// One row for each record and hit
    Csv,
    /// One JSON object a record and line
    Jsonl,
    /// One JSON array of records
    Json,
}

/// `tamis screen`.
#[derive(Debug, Args)]
pub struct ScreenArgs {
    /// Files of customers (CSV or JSON Lines); '-' is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub against: Against,
    /// Screen only against entries that are new or changed since this earlier version of the lists, named as for
    /// --list, and mark each alert NEW_ENTRY or CHANGED_ENTRY; repeatable
    #[arg(long, value_name = "OLD", value_parser = parse_list)]
    pub since: Vec<String>,
    /// With --since: screen against entries that were removed, too, and tell as information whose alerts may lapse
    #[arg(long, requires = "since")]
    pub removed: bool,
    #[command(flatten)]
    pub stakes: StakesArgs,
    #[command(flatten)]
    pub reading: InputArgs,
    #[command(flatten)]
    pub writing: OutputArgs,
    /// Leave out records that are clear; those that were not screened stay
    #[arg(long)]
    pub hits_only: bool,
    /// Write the summary, as JSON, to FILE [default: beside the output file, OUT.summary.json]
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    #[command(flatten)]
    pub log: log::LogArgs,
    /// Go on with the last run of the same request that the log holds; the output is written whole, as if there had
    /// been one run
    #[arg(long, requires = "log", conflicts_with = "request")]
    pub resume: bool,
}

/// `tamis check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The name, in quotes when it has spaces
    pub name: String,
    /// Another name of the same party; repeatable
    #[arg(long = "alias", value_name = "NAME")]
    pub aliases: Vec<String>,
    /// What the party is: person, organization, vessel or aircraft
    #[arg(long, value_parser = parse_kind)]
    pub kind: Option<EntityKind>,
    /// When the person was born: a day, a month, a year, 'circa 1970'
    #[arg(long, value_name = "DATE", value_parser = parse_born)]
    pub born: Option<BirthDate>,
    /// Where the person was born
    #[arg(long, value_name = "PLACE")]
    pub birth_place: Option<String>,
    /// male or female
    #[arg(long, value_parser = parse_gender)]
    pub gender: Option<Gender>,
    /// A country of the party, by name or code; repeatable
    #[arg(long = "country", value_name = "COUNTRY")]
    pub countries: Vec<String>,
    /// An identifier, as in passport=750123456 or imo=9187629; repeatable
    #[arg(long = "id", value_name = "TYPE=VALUE", value_parser = parse_identifier)]
    pub ids: Vec<Identifier>,
    /// What is to be done: payment, sale, resale, update, export or procurement [default: the strictest answer]
    #[arg(long, value_parser = parse_activity)]
    pub activity: Option<Activity>,
    /// The jurisdictions that bind the deal, such as us or pl; those of the EU and the UN come with a country
    /// [default: all]
    #[arg(long = "jurisdiction", value_name = "JURISDICTION", value_delimiter = ',', value_parser = parse_jurisdiction)]
    pub jurisdictions: Vec<String>,
    /// What the policy calls this type of customer, such as retail
    #[arg(long, value_name = "TYPE")]
    pub customer_type: Option<String>,
    #[command(flatten)]
    pub behind: BehindArgs,
    #[command(flatten)]
    pub stakes: StakesArgs,
    /// Show near misses too: matches below the threshold, down to FLOOR
    #[arg(long, value_name = "FLOOR", num_args = 0..=1, default_missing_value = "0.60")]
    pub near: Option<Score>,
    #[command(flatten)]
    pub against: Against,
    #[command(flatten)]
    pub writing: PageArgs,
    #[command(flatten)]
    pub log: log::LogArgs,
    /// The customer's id, for the log and for --stakes
    #[arg(long, value_name = "ID")]
    pub customer: Option<String>,
}

/// Where a page goes, and how.
#[derive(Clone, Debug, Args)]
pub struct PageArgs {
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// JSON for machines instead of a page for people
    #[arg(long)]
    pub json: bool,
}

/// `tamis pairs`.
#[derive(Debug, Args)]
pub struct PairsArgs {
    /// A file with the columns query, candidate and, if known, kind and is_match; '-' is standard input
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// Pairs from this score on alert, 0 to 1 [default: 0.80, or what the policy says]
    #[arg(long, value_name = "T")]
    pub threshold: Option<Score>,
    /// A policy, for its threshold: a TOML file, or one of the examples us, eu, uk and strict
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Add a column with the reasons
    #[arg(long)]
    pub explain: bool,
    /// Write which threshold the labels (a column is_match, true or false) speak for, in place of the pairs: a page,
    /// or JSON with --format json
    #[arg(long, conflicts_with = "explain")]
    pub suggest_threshold: bool,
    /// Suggest, too, the threshold with the best recall at this precision, 0 to 1
    #[arg(long, value_name = "P", requires = "suggest_threshold", value_parser = parse_share)]
    pub min_precision: Option<f64>,
    /// Suggest, too, the threshold with the best precision at this recall, 0 to 1
    #[arg(long, value_name = "R", requires = "suggest_threshold", value_parser = parse_share)]
    pub min_recall: Option<f64>,
    /// What the resamples follow from that show how certain a suggestion is
    #[arg(long, value_name = "N", default_value_t = 1, requires = "suggest_threshold")]
    pub seed: u64,
    #[command(flatten)]
    pub reading: InputArgs,
    #[command(flatten)]
    pub writing: OutputArgs,
}

/// What the exit codes of `selftest` mean.
pub const SELFTEST_EXIT_CODES: &str = "\
Exit codes:
  0  the test was made, and the limits that were set are kept
  2  a limit is not kept, a name could not be screened, or the run failed";

/// `tamis selftest`.
#[derive(Debug, Args)]
pub struct SelftestArgs {
    #[command(flatten)]
    pub against: Against,
    /// What the drawn names follow from: the same lists and seed give the same names
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Changed names for each class of manipulation
    #[arg(long, value_name = "N", default_value = "60")]
    pub names: NonZeroUsize,
    /// Names of each sort that are not listed
    #[arg(long, value_name = "N", default_value = "1000")]
    pub unlisted: NonZeroUsize,
    /// Say of each name whether it is a person's or a company's, as files with such a column do
    #[arg(long)]
    pub with_kind: bool,
    /// Show the changed names that are missed, worst first, and the names that alert though they are not listed
    #[arg(long)]
    pub misses: bool,
    /// Fail when less than PCT of a hundred changed names are found
    #[arg(long, value_name = "PCT", value_parser = parse_percent)]
    pub fail_under: Option<f64>,
    /// Fail when more than N of a thousand ordinary names that are not listed alert
    #[arg(long, value_name = "N", value_parser = parse_per_thousand)]
    pub max_alerts: Option<f64>,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// The format of the report [default: by the ending of the output file, else table]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<ReportFormat>,
}

impl SelftestArgs {
    /// The format asked for, or the one that the output file's ending names, or a table.
    pub fn report_format(&self) -> ReportFormat {
        let ending = self.output.extension().and_then(|ending| ending.to_str());
        self.format.unwrap_or(match ending {
            Some("json") => ReportFormat::Json,
            Some("html" | "htm") => ReportFormat::Html,
            _ => ReportFormat::Table,
        })
    }
}

/// Formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Tables for people
    Table,
    /// One JSON object
    Json,
    /// One page with curves that needs nothing else
    Html,
}

/// `tamis list`.
#[derive(Debug, Subcommand)]
pub enum ListCommand {
    /// Say what the lists hold: version, hash, counts, remarks
    Info(ListInfoArgs),
    /// Say what changed between two versions of a list: entries added, removed and changed, field by field
    #[command(after_help = DIFF_EXIT_CODES)]
    Diff(ListDiffArgs),
    /// Put lists into one file that opens in milliseconds
    Compile(ListCompileArgs),
    /// Screen every name of every entry, which must find its own entry
    #[command(after_help = VERIFY_EXIT_CODES)]
    Verify(ListVerifyArgs),
    /// Fetch lists from their publishers into one compiled file; what cannot be fetched stays as it was
    #[command(after_help = update::EXIT_CODES)]
    Update(update::ListUpdateArgs),
    /// Put a compiled list into a signed bundle, for machines without a network
    Export(bundle::ListExportArgs),
    /// Take a compiled list from a signed bundle, if everything about it is right
    Import(bundle::ListImportArgs),
    /// Make the keys with which bundles are signed and checked
    Keygen(bundle::ListKeygenArgs),
}

/// `tamis policy`.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Print the configuration in force with its hash, and what it means
    Show(PolicyShowArgs),
    /// Print the JSON schema of policy files
    Schema,
    /// Say of policy files whether they can be used
    #[command(after_help = POLICY_EXIT_CODES)]
    Check {
        /// The files, or names of the examples
        #[arg(required = true, value_name = "POLICY")]
        policies: Vec<String>,
    },
}

/// What the exit codes of `policy check` mean.
pub const POLICY_EXIT_CODES: &str = "\
Exit codes:
  0  every policy can be used
  2  one cannot, or the run failed";

/// `tamis policy show`.
#[derive(Debug, Args)]
pub struct PolicyShowArgs {
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// Print the canonical text that the hash is taken of, and nothing else
    #[arg(long, conflicts_with = "json")]
    pub canonical: bool,
    #[command(flatten)]
    pub writing: PageArgs,
}

/// What the exit codes of `list verify` mean.
pub const VERIFY_EXIT_CODES: &str = "\
Exit codes:
  0  every name finds its own entry, with the highest score
  2  a name does not, or the run failed";

/// What the exit codes of `list diff` mean.
pub const DIFF_EXIT_CODES: &str = "\
Exit codes:
  0  the versions were compared, whether or not they differ
  2  a list is missing or corrupt, or the run failed";

/// `tamis list diff`.
#[derive(Debug, Args)]
pub struct ListDiffArgs {
    /// The earlier version, named as for --list; a compiled file may be of another build
    #[arg(value_parser = parse_list)]
    pub old: String,
    /// The later version, named likewise
    #[arg(value_parser = parse_list)]
    pub new: String,
    /// Leave out changes that change no answer about a customer: addresses, relations, positions, notes
    #[arg(long)]
    pub screening_only: bool,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// The format of the report [default: by the ending of the output file, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<DiffFormat>,
    /// JSON for machines: the same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

impl ListDiffArgs {
    /// The format asked for, or the one that the output file's ending names, or text.
    pub fn diff_format(&self) -> DiffFormat {
        let ending = self.output.extension().and_then(|ending| ending.to_str());
        let asked = self.json.then_some(DiffFormat::Json).or(self.format);
        asked.unwrap_or(match ending {
            Some("json") => DiffFormat::Json,
            Some("csv") => DiffFormat::Csv,
            _ => DiffFormat::Text,
        })
    }
}

/// Formats of what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Tables for people
    Text,
    /// One JSON object, with every entry whole
    Json,
    /// One row for each entry added or removed, and for each value changed
    Csv,
}

/// `tamis list info`.
#[derive(Debug, Args)]
pub struct ListInfoArgs {
    #[command(flatten)]
    pub lists: ListArgs,
    #[command(flatten)]
    pub writing: PageArgs,
}

/// `tamis list compile`.
#[derive(Debug, Args)]
pub struct ListCompileArgs {
    /// Lists, each named as for --list
    #[arg(required = true, value_name = "SOURCE", value_parser = parse_list)]
    pub sources: Vec<String>,
    /// The file to write, by custom with the ending .tamis
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// `tamis list verify`.
#[derive(Debug, Args)]
pub struct ListVerifyArgs {
    #[command(flatten)]
    pub against: Against,
    #[command(flatten)]
    pub writing: PageArgs,
}

/// An empty word is mostly an unset variable of a script, never a list.
fn parse_list(text: &str) -> Result<String, String> {
    match text.trim().is_empty() {
        true => Err("the list has no name: write builtin:kaspersky, FORMAT:PATH or a PATH".to_owned()),
        false => Ok(text.to_owned()),
    }
}

fn parse_day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("'{text}' is not a date: write YYYY-MM-DD, such as 2026-11-23"))
}

fn parse_born(text: &str) -> Result<BirthDate, String> {
    BirthDate::parse(text).ok_or_else(|| {
        format!("'{text}' is not a birth date: write YYYY-MM-DD, YYYY-MM, YYYY, '9 Nov 1966' or 'circa 1970'")
    })
}

fn parse_kind(text: &str) -> Result<EntityKind, String> {
    EntityKind::parse(text)
        .ok_or_else(|| format!("'{text}' is not a kind: write person, organization, vessel or aircraft"))
}

fn parse_activity(text: &str) -> Result<Activity, String> {
    let known = Activity::ALL.map(Activity::as_str).join(", ");
    Activity::parse(text).ok_or_else(|| format!("'{text}' is not an activity: write one of {known}"))
}

fn parse_jurisdiction(text: &str) -> Result<String, String> {
    jurisdiction(text)
        .ok_or_else(|| format!("'{text}' is not a jurisdiction: write a country by name or code, eu or un"))
}

fn parse_gender(text: &str) -> Result<Gender, String> {
    Gender::parse(text).ok_or_else(|| format!("'{text}' is not a gender: write male or female"))
}

fn parse_identifier(text: &str) -> Result<Identifier, String> {
    let (kind, value) = text
        .split_once('=')
        .ok_or_else(|| format!("'{text}' is not TYPE=VALUE, such as passport=750123456"))?;
    let label = kind;
    let kind = IdentifierKind::parse(label).ok_or_else(|| {
        format!(
            "'{label}' is not a type of identifier: write passport, national_id, tax_id, registration, imo, mmsi, \
             call_sign, tail_number, aircraft_serial, bic, account, lei, duns, wallet, email, website, phone or \
             other"
        )
    })?;
    if value.trim().is_empty() {
        return Err(format!("'{text}' has no value after '='"));
    }
    // The word says which system of numbers is meant: `inn`, `iban`.
    Ok(Identifier {
        label: Some(label.trim().to_owned()),
        ..Identifier::new(kind, value.trim())
    })
}

fn parse_mapping(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, column)) if !field.trim().is_empty() && !column.is_empty() => {
            Ok((field.trim().to_owned(), column.to_owned()))
        }
        _ => Err(format!("'{text}' is not FIELD=COLUMN, such as name=CLIENT_NAME")),
    }
}

fn parse_share(text: &str) -> Result<f64, String> {
    number_up_to(text, 1.0).ok_or_else(|| format!("'{text}' is not a share: write a number from 0 to 1"))
}

fn parse_percent(text: &str) -> Result<f64, String> {
    number_up_to(text, 100.0)
        .ok_or_else(|| format!("'{text}' is not a percentage: write a number from 0 to 100"))
}

fn parse_per_thousand(text: &str) -> Result<f64, String> {
    number_up_to(text, 1_000.0)
        .ok_or_else(|| format!("'{text}' is not a number of a thousand: write one from 0 to 1000"))
}

fn number_up_to(text: &str, most: f64) -> Option<f64> {
    let number: f64 = text.trim_end_matches('%').trim().parse().ok()?;
    (0.0..=most).contains(&number).then_some(number)
}

fn parse_delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
        b"tab" | b"\\t" => Ok(b'\t'),
        _ => Err(format!(
            "'{text}' is not a delimiter: write one ASCII character, or 'tab'"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_names_the_default_threshold() {
        let stated = format!("{:.2}", tamis::DEFAULT_THRESHOLD.as_f64());
        let mut command = Cli::command();
        let screen = command.find_subcommand_mut("screen").unwrap();
        assert!(
            screen
                .render_long_help()
                .to_string()
                .contains(&format!("default: {stated}"))
        );
    }

    #[test]
    fn bad_values_name_the_remedy() {
        assert!(parse_day("23.11.2026").unwrap_err().contains("YYYY-MM-DD"));
        assert!(parse_born("soon").unwrap_err().contains("YYYY"));
        assert!(parse_activity("dealing").unwrap_err().contains("payment"));
        assert!(parse_jurisdiction("Atlantis").unwrap_err().contains("country"));
        assert!(parse_identifier("passport").unwrap_err().contains("TYPE=VALUE"));
        assert!(parse_identifier("shoe=42").unwrap_err().contains("passport"));
        assert!(parse_identifier("passport= ").unwrap_err().contains("no value"));
        assert!(parse_mapping("name").unwrap_err().contains("FIELD=COLUMN"));
        assert!(parse_list(" ").unwrap_err().contains("no name"));
        assert!(parse_delimiter("ab").unwrap_err().contains("one ASCII"));
    }

    #[test]
    fn good_values_are_taken() {
        assert_eq!(parse_delimiter("tab"), Ok(b'\t'));
        assert_eq!(parse_delimiter(";"), Ok(b';'));
        assert_eq!(
            parse_mapping("name=A=B"),
            Ok(("name".to_owned(), "A=B".to_owned()))
        );
        assert_eq!(parse_identifier("imo=9187629").unwrap().kind, IdentifierKind::Imo);
    }
}
