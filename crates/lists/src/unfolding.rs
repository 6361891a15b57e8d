//! How much a file may say by reference: a text that stands in it once can be referred to a million times.

use crate::{Error, ErrorKind, File};
use std::cell::Cell;

/// The most times that a file's references may unfold to its own size, beyond what is small anyway. In official lists they stay
/// below it once.
const RATIO: usize = 20;
const SMALL: usize = 64 << 20;

/// How many bytes the references of a file may still unfold to.
#[derive(Debug)]
pub(crate) struct Unfolding {
    limit: usize,
    used: Cell<usize>,
}

impl Unfolding {
    pub(crate) fn of(file: &File) -> Unfolding {
        let limit = SMALL.max(RATIO.saturating_mul(file.bytes.len()));
        let used = Cell::new(0);
        Unfolding { limit, used }
    }

    /// Counts what a reference unfolds to; `false` where it is too much, and must be left out. [`Unfolding::check`] then refuses the
    /// file, so that nothing is lost in silence.
    pub(crate) fn add(&self, bytes: usize) -> bool {
        self.used.set(self.used.get().saturating_add(bytes));
        self.used.get() <= self.limit
    }

    /// Refuses a file whose references unfold to too much.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`].
    pub(crate) fn check(&self, file: &File) -> Result<(), Error> {
        if self.used.get() <= self.limit {
            return Ok(());
        }
        let (what, limit) = ("what the file says by reference", self.limit);
        Err(file.error(ErrorKind::Limit { what, limit }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_left_out_and_told_of() {
        let file = File {
            name: "x".into(),
            bytes: vec![0; 10],
        };
        let unfolding = Unfolding::of(&file);
        assert!(unfolding.add(SMALL));
        assert!(unfolding.check(&file).is_ok());
        assert!(!unfolding.add(1) && !unfolding.add(usize::MAX));
        let error = unfolding.check(&file).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{error}");
    }
}
