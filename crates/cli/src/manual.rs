//! Completion scripts and manual pages.

use crate::args::Cli;
use crate::exit::Exit;
use crate::failure::Failure;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};
use std::path::Path;

/// Prints the completion script for `shell`.
pub fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tamis", &mut script);
    print(&script)
}

/// Prints the manual page of the command, or writes one page a verb into `directory`.
pub fn man(directory: Option<&Path>) -> Result<Exit, Failure> {
    match directory {
        Some(directory) => {
            clap_mangen::generate_to(Cli::command(), directory)
                .map_err(|e| Failure::writing(directory.display(), &e))?;
            Ok(Exit::Clear)
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut page)
                .map_err(|e| Failure::writing("the manual", &e))?;
            print(&page)
        }
    }
}

fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    io::stdout()
        .write_all(bytes)
        .map_err(|e| Failure::writing("standard output", &e))?;
    Ok(Exit::Clear)
}
