//! The options of `tamis successors`.

use crate::args::{Against, InputArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use tamis::successors::Grade;

/// What the exit codes mean.
pub const EXIT_CODES: &str = "\
A lead is a reason to look, never an alert: none of these companies is listed because it stands here.

Exit codes:
  0  every record was examined, whether or not there are leads
  1  the same, and a lead has the grade of --fail-on, or a better one
  2  a record was not examined, a list is missing or corrupt, or the run failed; 2 outranks 1";

/// `tamis successors`.
#[derive(Debug, Args)]
pub struct SuccessorsArgs {
    /// A company register (CSV or JSON Lines; columns: docs/successors.md); it is read twice, so it must be a file
    #[arg(value_name = "REGISTER")]
    pub register: PathBuf,
    #[command(flatten)]
    pub against: Against,
    /// Show leads of this grade and better: A (strong), B (likely) or C (weak)
    #[arg(long, value_enum, value_name = "GRADE", default_value_t = GradeWord::C, ignore_case = true)]
    pub min_grade: GradeWord,
    /// Exit with 1 when there is a lead of this grade or better
    #[arg(long, value_enum, value_name = "GRADE", ignore_case = true)]
    pub fail_on: Option<GradeWord>,
    #[command(flatten)]
    pub reading: InputArgs,
    /// Write to FILE, whole or not at all; '-' is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// The format of the report [default: by the ending of the output file, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<LeadsFormat>,
}

impl SuccessorsArgs {
    /// The format asked for, or the one that the output file's ending names, or text.
    pub fn leads_format(&self) -> LeadsFormat {
        let ending = self.output.extension().and_then(|ending| ending.to_str());
        self.format.unwrap_or(match ending {
            Some("json") => LeadsFormat::Json,
            Some("csv") => LeadsFormat::Csv,
            _ => LeadsFormat::Text,
        })
    }
}

/// Formats of leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LeadsFormat {
    /// A page for people
    Text,
    /// One JSON object, with everything
    Json,
    /// One row for each lead and signal
    Csv,
}

/// A grade as it is written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GradeWord {
    /// Strong
    A,
    /// Likely
    B,
    /// Weak
    C,
}

impl GradeWord {
    /// The grade.
    pub const fn grade(self) -> Grade {
        match self {
            GradeWord::A => Grade::A,
            GradeWord::B => Grade::B,
            GradeWord::C => Grade::C,
        }
    }
}
