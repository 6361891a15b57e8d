//! The options of `tamis list update`.

use crate::duration;
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;

/// What the exit codes of `list update` mean.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  every list is the one that its publisher has
  2  a list could not be brought up to date, its old copy is kept, and the reason is told; or the run failed";

/// `tamis list update`.
#[derive(Debug, Args)]
pub struct ListUpdateArgs {
    /// A TOML file that names the lists; --example prints one [default: what --example prints]
    #[arg(value_name = "CONFIG")]
    pub config: Option<PathBuf>,
    /// The compiled list to write [default: what CONFIG says, else lists.tamis]. Facts about its sources are
    /// kept beside it in FILE.state.json, the version before it in FILE.previous
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Take a list that has far fewer entries or names than the last copy, or let a list go that CONFIG no
    /// longer names: this LIST, or all
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, default_missing_value = ALL)]
    pub accept_shrink: Vec<String>,
    /// Take a list that was published before the last copy was: this LIST, or all
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, default_missing_value = ALL)]
    pub accept_older: Vec<String>,
    /// The most time for one attempt to fetch one file, such as 90s or 5m [default: what CONFIG says, else
    /// 5m]
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub timeout: Option<Duration>,
    /// Who asks; some publishers refuse unknown programs [default: what CONFIG says, else tamis and its
    /// version]
    #[arg(long, value_name = "TEXT")]
    pub user_agent: Option<String>,
    /// Print a configuration with every setting, and end
    #[arg(long)]
    pub example: bool,
    /// Report as JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What stands for every list.
pub const ALL: &str = "*";

/// Whether `accepted` names the list, or all.
pub fn accepts(accepted: &[String], list: &str) -> bool {
    accepted.iter().any(|name| name == list || name == ALL)
}
