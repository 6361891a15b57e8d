use std::path::PathBuf;

/// What is given at run time rather than by a definition.
#[derive(Clone, Debug)]
pub struct Options {
    /// A list, file or folder, in place of every generated list. Default: none.
    pub list: Option<PathBuf>,
    /// A file of customers in place of the generated ones. Default: none.
    pub names: Option<PathBuf>,
    /// The command `tamis`. Default: `tamis` beside this program.
    pub tamis: PathBuf,
    /// This program, which also copies a file as a plain program would. Default: itself.
    pub runner: PathBuf,
    /// Where files are written; a folder of its own for each benchmark. Default: the folder for such files of the
    /// system.
    pub work: PathBuf,
    /// How often the time is taken; the median counts. Default: 5.
    pub runs: usize,
}

impl Options {
    /// The defaults for a program that stands at `runner`.
    pub fn beside(runner: PathBuf) -> Options {
        Options {
            list: None,
            names: None,
            tamis: runner.with_file_name(format!("tamis{}", std::env::consts::EXE_SUFFIX)),
            runner,
            work: std::env::temp_dir(),
            runs: 5,
        }
    }
}
