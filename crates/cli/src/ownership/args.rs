//! The options of `tamis ownership`.

use crate::args::Against;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What the exit codes of `ownership` mean.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  nothing is found under any of the rules, and the party is not listed
  1  the party is listed, owned, possibly owned, related by control or role, or has a listed signatory
  2  a row could not be used, the party is not known or not certain, a list is missing or corrupt,
     or the run failed; 2 outranks 1";

/// `tamis ownership`.
#[derive(Debug, Args)]
pub struct OwnershipArgs {
    /// The party: its name, in quotes when it has spaces, or its id, as in kaspersky:45815
    pub name: String,
    /// A CSV file of stakes and roles with the columns owner,owned,share,from,to,source (docs/ownership.md);
    /// repeatable; '-' is standard input
    #[arg(long, value_name = "FILE")]
    pub stakes: Vec<PathBuf>,
    /// Only these rules, such as ofac,uk; 'all' is every rule [default: all]
    #[arg(long = "rule", value_name = "RULE", value_delimiter = ',')]
    pub rules: Vec<String>,
    #[command(flatten)]
    pub against: Against,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// The format of the output [default: by the ending of the output file, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TreeFormat>,
}

impl OwnershipArgs {
    /// The format asked for, or the one that the output file's ending names, or text.
    pub fn tree_format(&self) -> TreeFormat {
        let ending = self.output.extension().and_then(|ending| ending.to_str());
        self.format.unwrap_or(match ending {
            Some("json") => TreeFormat::Json,
            Some("dot" | "gv") => TreeFormat::Dot,
            _ => TreeFormat::Text,
        })
    }
}

/// Formats of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TreeFormat {
    /// A page for people
    Text,
    /// JSON for machines
    Json,
    /// A graph for Graphviz
    Dot,
}
