//! Alert work: what people do about the alerts of a decision log, as events of the same log.

mod act;
pub mod args;
mod case;
mod checklist;
pub mod event;
pub mod frozen;
mod id;
mod list;
mod report;
pub mod screened;
mod show;

pub use act::{Outcome, identity, told};
pub use case::{Case, Cases};
pub use id::AlertId;

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use args::AlertsCommand;

/// Runs a verb of `tamis alerts`.
pub fn run(command: &AlertsCommand, global: &Global) -> Result<Exit, Failure> {
    match command {
        AlertsCommand::List(args) => list::run(args, global),
        AlertsCommand::Show(args) => show::run(args, global),
        AlertsCommand::Report(args) => report::run(args, global),
        AlertsCommand::Assign(args) => act::assign(args),
        AlertsCommand::Decide(args) => act::decide(args),
        AlertsCommand::Approve(args) => act::approve(args),
        AlertsCommand::Refuse(args) => act::refuse(args),
        AlertsCommand::Reopen(args) => act::reopen(args),
    }
}
