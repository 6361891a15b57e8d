//! Cleared pairs: customer and entry that two people took for two parties, as events of the decision log.

pub mod args;
mod event;
mod list;
mod propose;
mod ruling;

pub use event::Book;
pub use ruling::{ClearedFinding, Clearing, Ruling, Stamp};

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use args::ClearedCommand;

/// Runs a verb of `tamis cleared`.
pub fn run(command: &ClearedCommand, global: &Global) -> Result<Exit, Failure> {
    match command {
        ClearedCommand::List(args) => list::list(args, global),
        ClearedCommand::Propose(args) => propose::propose(args),
        ClearedCommand::Approve(args) => propose::approve(args),
        ClearedCommand::Revoke(args) => propose::revoke(args),
        ClearedCommand::Review(args) => list::review(args, global),
    }
}
