//! A progress bar on standard error, for people only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};

/// A bar over bytes or names; silent unless standard error is a terminal.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar of length `total`; without a total, or when asked to be quiet, nothing is drawn.
    pub fn new(total: Option<u64>, unit: &str, quiet: bool) -> Progress {
        let Some(total) = total.filter(|_| !quiet && stderr().is_terminal()) else {
            return Progress {
                bar: ProgressBar::hidden(),
            };
        };
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
        let template = format!("{{bar:30}} {{percent:>3}} %  {{msg}} {unit}  {{eta}} left");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// Moves the bar to `position`, with `done` of what is counted behind it after `seconds`.
    pub fn at(&self, position: u64, done: u64, seconds: f64) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(position);
        self.bar
            .set_message(format!("{done} ({:.0}/s)", rate(done, seconds)));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// So many a second; zero before any time has passed.
pub fn rate(done: u64, seconds: f64) -> f64 {
    // Counts stay far below 2^53, where this would lose precision.
    if seconds > 0.0 { done as f64 / seconds } else { 0.0 }
}
