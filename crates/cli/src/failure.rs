//! The one error of the command: what went wrong, and what to do about it.

use std::fmt::Display;
use std::io::{self, Write};

/// Why a run ends without an answer.
#[derive(Debug)]
pub enum Failure {
    /// Something to tell the user.
    Told {
        /// What went wrong and where.
        what: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// Whoever read our output has closed it, as `head` does. There is nobody to tell.
    ClosedPipe,
}

impl Failure {
    /// A failure with no more to say than what went wrong.
    pub fn new(what: impl Display) -> Failure {
        Failure::Told {
            what: what.to_string(),
            help: None,
        }
    }

    /// A failure that belongs to a file or an option.
    pub fn at(place: impl Display, what: impl Display) -> Failure {
        Failure::new(format!("{place}: {what}"))
    }

    /// A count that does not add up: a fault of this program.
    pub fn internal(what: impl Display) -> Failure {
        Failure::new(format!("internal error: {what}"))
            .help("please report this; do not use the output of this run")
    }

    /// The same failure with a remedy.
    #[must_use]
    pub fn help(mut self, remedy: impl Display) -> Failure {
        if let Failure::Told { help, .. } = &mut self {
            *help = Some(remedy.to_string());
        }
        self
    }

    /// Output that could not be written.
    pub fn writing(place: impl Display, error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::at(place, format!("cannot be written: {error}")),
        }
    }

    /// Input that could not be read.
    pub fn reading(place: impl Display, error: &io::Error) -> Failure {
        let failure = Failure::at(place, format!("cannot be read: {error}"));
        match error.kind() {
            io::ErrorKind::NotFound => failure.help("check the path; '-' reads standard input"),
            _ => failure,
        }
    }

    /// Writes the message to standard error.
    pub fn tell(&self) {
        let Failure::Told { what, help } = self else {
            return;
        };
        // If even standard error is closed there is nobody left to tell; the exit code still says it.
        let mut stderr = io::stderr().lock();
        let _ = writeln!(stderr, "error: {what}");
        if let Some(help) = help {
            let _ = writeln!(stderr, "  help: {help}");
        }
    }

    /// What went wrong, to be told in another place.
    pub fn what(&self) -> &str {
        match self {
            Failure::Told { what, .. } => what,
            Failure::ClosedPipe => "",
        }
    }

    /// The message, for tests and wrappers.
    pub fn text(&self) -> String {
        match self {
            Failure::Told { what, .. } => what.clone(),
            Failure::ClosedPipe => String::new(),
        }
    }
}

impl From<tamis_log::Error> for Failure {
    fn from(error: tamis_log::Error) -> Failure {
        Failure::new(error)
    }
}

impl From<tamis_review::Error> for Failure {
    fn from(error: tamis_review::Error) -> Failure {
        Failure::new(error)
    }
}
