//! The command `tamis`: screens customers, names and pairs of names against sanctions lists.
//!
//! Every verb is thin: it reads its input, asks the library, and writes the answer. The command is the one
//! place that reads the clock, the environment and files.

mod actor;
mod alerts;
mod answer;
mod args;
mod behind;
mod bundle;
mod check;
mod cleared;
mod clock;
mod columns;
mod compile;
mod cover;
mod duration;
mod editions;
mod engine;
mod exit;
mod failure;
#[cfg(test)]
mod fixtures;
mod footnotes;
mod formula;
mod frame;
mod freshness;
mod inputs;
mod leftovers;
mod list;
mod list_diff;
mod log;
mod manual;
mod output;
mod ownership;
mod page;
mod pairs;
mod policy;
mod progress;
mod reasons;
mod repeats;
mod rows;
mod screen;
mod selftest;
mod since;
mod source;
mod sources;
mod stakes;
mod state;
mod stream;
mod successors;
mod suggest;
mod summary;
mod swap;
mod tables;
mod update;
mod verify;
mod warnings;

use args::{Cli, Command, ListCommand, PolicyCommand};
use clap::Parser;
use exit::Exit;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let exit = run(&cli).unwrap_or_else(|failure| {
        failure.tell();
        Exit::Failed
    });
    exit.code(cli.global.exit_zero)
}

fn run(cli: &Cli) -> Result<Exit, Failure> {
    let global = &cli.global;
    match &cli.command {
        Command::Screen(args) => screen::run(args, global),
        Command::Check(args) => check::run(args, global),
        Command::Ownership(args) => ownership::run(args, global),
        Command::Pairs(args) if args.suggest_threshold => suggest::run(args, global),
        Command::Pairs(args) => pairs::run(args, global),
        Command::Selftest(args) => selftest::run(args, global),
        Command::Successors(args) => successors::run(args, global),
        Command::List(ListCommand::Info(args)) => list::info(args, global),
        Command::List(ListCommand::Diff(args)) => list_diff::run(args, global),
        Command::List(ListCommand::Compile(args)) => compile::run(args, global),
        Command::List(ListCommand::Verify(args)) => verify::run(args, global),
        Command::List(ListCommand::Update(args)) => update::run(args, global),
        Command::List(ListCommand::Export(args)) => bundle::export(args, global),
        Command::List(ListCommand::Import(args)) => bundle::import(args, global),
        Command::List(ListCommand::Keygen(args)) => bundle::keygen(args, global),
        Command::Policy(PolicyCommand::Show(args)) => policy::show(args, global),
        Command::Policy(PolicyCommand::Schema) => policy::schema(),
        Command::Policy(PolicyCommand::Check { policies }) => policy::check(policies, global),
        Command::Alerts(command) => alerts::run(command, global),
        Command::Cleared(command) => cleared::run(command, global),
        Command::Log(command) => log::run(command, global),
        Command::Replay(args) => log::replay(args),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { directory } => manual::man(directory.as_deref()),
    }
}
