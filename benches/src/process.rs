//! A program run as a whole: its time on the wall and on the processor, and the most memory it held.

use crate::timing::{self, Run};
use crate::{Error, inputs};
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use wait4::Wait4;

/// A program that came to its end.
pub(crate) struct Ended {
    pub(crate) run: Run,
    /// The most memory it held, in bytes.
    pub(crate) peak_memory: u64,
    /// Its exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// What it said on standard error.
    pub(crate) said: String,
}

/// What [`measure`] writes down.
#[derive(Serialize, Deserialize)]
struct Measured {
    whole: Duration,
    cpu: Duration,
    peak_memory: u64,
    code: i32,
}

/// Runs a program to its end and writes to `answer` what it took.
///
/// This is for a process of its own: what a parent holds when it starts a child counts as held by the child.
///
/// # Errors
/// A program that cannot be started, an answer that cannot be written.
pub fn measure(answer: &Path, program: &OsStr, arguments: &[OsString]) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::Program(program.display().to_string(), e.to_string());
    let started = timing::now();
    let child = Command::new(program).args(arguments).spawn();
    let ended = child.and_then(|mut child| child.wait4()).map_err(failed)?;
    let measured = Measured {
        whole: started.elapsed(),
        cpu: ended.rusage.utime + ended.rusage.stime,
        peak_memory: ended.rusage.maxrss,
        code: ended.status.code().unwrap_or(-1),
    };
    let text = serde_json::to_vec(&measured).map_err(|e| Error::file(answer, e))?;
    std::fs::write(answer, text).map_err(|e| Error::file(answer, e))
}

/// Runs a program to its end, by way of `runner`. What it writes to standard output is thrown away; `folder` is for
/// what it says.
pub(crate) fn run(
    runner: &Path,
    program: &Path,
    arguments: &[&OsStr],
    folder: &Path,
) -> Result<Ended, Error> {
    let failed = |e: std::io::Error| Error::Program(runner.display().to_string(), e.to_string());
    let (said, answer) = (folder.join("stderr.txt"), folder.join("measured.json"));
    let errors = std::fs::File::create(&said).map_err(|e| Error::file(&said, e))?;
    let mut command = Command::new(runner);
    command.arg("measure").arg(&answer).arg(program).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors);
    let status = command.status().map_err(failed)?;
    let said = String::from_utf8_lossy(&inputs::read(&said)?).trim().to_owned();
    if !status.success() {
        return Err(Error::Program(program.display().to_string(), said));
    }
    let measured: Measured =
        serde_json::from_slice(&inputs::read(&answer)?).map_err(|e| Error::file(&answer, e))?;
    Ok(Ended {
        run: Run {
            whole: measured.whole,
            cpu: measured.cpu,
            each: Vec::new(),
        },
        peak_memory: measured.peak_memory,
        code: measured.code,
        said,
    })
}

/// As [`run`], but another exit code than those of `allowed` is an error.
pub(crate) fn run_well(
    runner: &Path,
    program: &Path,
    arguments: &[&OsStr],
    folder: &Path,
    allowed: &[i32],
) -> Result<Ended, Error> {
    let ended = run(runner, program, arguments, folder)?;
    if allowed.contains(&ended.code) {
        return Ok(ended);
    }
    let arguments: Vec<String> = arguments
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let what = format!("{} {}", program.display(), arguments.join(" "));
    Err(Error::Program(
        what,
        format!("ended with {}: {}", ended.code, ended.said),
    ))
}

/// Runs that were one process each, as one run of all.
pub(crate) fn together(runs: &[Ended]) -> (Run, Option<u64>) {
    let run = Run {
        whole: runs.iter().map(|ended| ended.run.whole).sum(),
        cpu: runs.iter().map(|ended| ended.run.cpu).sum(),
        each: runs.iter().map(|ended| ended.run.whole).collect(),
    };
    (run, runs.iter().map(|ended| ended.peak_memory).max())
}
