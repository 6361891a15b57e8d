//! Files of stakes in screening: read once, and what stands behind each customer in them.

use crate::behind;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::ownership::load::{self, StakesFile};
use std::path::{Path, PathBuf};
use tamis::Screener;
use tamis::ownership::Problem;
use tamis::related::Assessor;

/// Option that names files of stakes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct StakesArgs {
    /// A CSV file of stakes and roles with the columns owner,owned,share,from,to,source (docs/ownership.md): customers are
    /// judged by who stands behind them there too, over any number of steps; repeatable; '-' is standard input
    #[arg(long = "stakes", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// What decides on customers and those behind them, and the files that it knows.
pub struct Stakes {
    /// What decides.
    pub assessor: Assessor,
    /// The files.
    pub files: Vec<StakesFile>,
    /// What could not be used, and what must be told.
    pub problems: Vec<Problem>,
    unused_rows: u64,
}

impl Stakes {
    /// Reads the files, and the relations of the lists; without a file, neither.
    pub fn load(screener: &Screener, args: &StakesArgs) -> Result<Stakes, Failure> {
        let assessor = behind::assessor()?;
        if args.files.is_empty() {
            return Ok(Stakes {
                assessor,
                files: Vec::new(),
                problems: Vec::new(),
                unused_rows: 0,
            });
        }
        let loaded = load::load(screener, &args.files)?;
        Ok(Stakes {
            assessor: assessor
                .with_stakes(loaded.graph)
                .with_unused_rows(loaded.unused_rows),
            files: loaded.files,
            problems: loaded.problems,
            unused_rows: loaded.unused_rows,
        })
    }

    /// The hashes of the files.
    pub fn hashes(&self) -> Vec<String> {
        self.files.iter().map(|file| file.sha256.clone()).collect()
    }

    /// How many rows of the files could not be used; `None` without a file.
    pub fn unused_rows(&self) -> Option<u64> {
        (!self.files.is_empty()).then_some(self.unused_rows)
    }

    /// What could not be used or screened, for those who read the summary.
    pub fn unused(&self) -> Vec<String> {
        let told = |problem: &Problem| match problem.text.ends_with(load::BEHIND) {
            true => format!("not screened: {problem}"),
            false => format!("not used: {problem}"),
        };
        let unused = self.problems.iter().filter(|problem| !problem.used);
        unused.map(told).collect()
    }

    /// How a run ends: what was screened without a row that could not be used was not screened whole.
    pub fn exit(&self, exit: Exit) -> Exit {
        match self.problems.iter().all(|problem| problem.used) {
            true => exit,
            false => Exit::Failed,
        }
    }
}

impl StakesArgs {
    /// Refuses files that an output would replace, and a second use of standard input beside `inputs`.
    pub fn check(&self, output: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
        output::refuse_overwriting(output, &self.files)?;
        let standard = |paths: &[PathBuf]| paths.iter().filter(|path| output::is_standard(path)).count();
        match standard(&self.files) + standard(inputs) {
            0 | 1 => Ok(()),
            _ => Err(
                Failure::new("'-' is given twice: standard input can be read only once")
                    .help("name a file for one of them"),
            ),
        }
    }
}
