//! What the exit code says.

use std::process::ExitCode;

/// How a run ended, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything was screened, and nothing alerts.
    Clear,
    /// Everything was screened, and something alerts.
    Hits,
    /// Something was not screened, or the run failed. It outranks a hit: a run that is not whole must not
    /// look as if it were.
    Failed,
}

impl Exit {
    /// The exit of a run with this many alerting and unscreened records.
    pub fn of(hits: u64, unscreened: u64) -> Exit {
        match (hits, unscreened) {
            (0, 0) => Exit::Clear,
            (_, 0) => Exit::Hits,
            _ => Exit::Failed,
        }
    }

    /// The number that the shell sees. `exit_zero` makes hits a success; a failure stays one.
    pub fn number(self, exit_zero: bool) -> u8 {
        match self {
            Exit::Clear => 0,
            Exit::Hits => u8::from(!exit_zero),
            Exit::Failed => 2,
        }
    }

    /// As [`Exit::number`], in the form that `main` returns.
    pub fn code(self, exit_zero: bool) -> ExitCode {
        ExitCode::from(self.number(exit_zero))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unscreened_record_outranks_a_hit() {
        assert_eq!(Exit::of(0, 0).number(false), 0);
        assert_eq!(Exit::of(3, 0).number(false), 1);
        assert_eq!(Exit::of(3, 1).number(false), 2);
        assert_eq!(Exit::of(0, 1).number(false), 2);
    }

    #[test]
    fn exit_zero_forgives_hits_and_nothing_else() {
        assert_eq!(Exit::of(3, 0).number(true), 0);
        assert_eq!(Exit::of(3, 1).number(true), 2);
    }
}
