use crate::timing::Run;
use crate::{Answer, Definition, Figures, timing};
use serde::{Deserialize, Serialize};
use tamis::model::List;

/// One contender of a benchmark, with its times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who: `tamis, warm` or `strsim scan`.
    pub who: String,
    /// Threads in use.
    pub threads: usize,
    /// Names, pairs, rows or processes in one run.
    pub items: usize,
    /// The times.
    pub figures: Figures,
    /// The most memory in use, in bytes, where it was measured.
    pub peak_memory: Option<u64>,
    /// What else there is to say: a ratio, a recall, the size of a file.
    pub note: String,
}

impl Row {
    /// A row over `runs` of `items` items each; `None` without a run.
    pub(crate) fn new(who: &str, threads: usize, items: usize, runs: Vec<Run>) -> Option<Row> {
        Some(Row {
            who: who.to_owned(),
            threads,
            items,
            figures: timing::figures(runs, items)?,
            peak_memory: None,
            note: String::new(),
        })
    }

    /// Adds to the note.
    #[must_use]
    pub(crate) fn noted(mut self, note: &str) -> Row {
        let comma = if self.note.is_empty() { "" } else { ", " };
        self.note = format!("{}{comma}{note}", self.note);
        self
    }

    /// Says how many times as fast `tamis` is.
    #[must_use]
    pub(crate) fn beside(self, tamis: Option<&Row>) -> Row {
        let Some(tamis) = tamis else { return self };
        let ratio = tamis.figures.speed / self.figures.speed;
        self.noted(&format!("tamis is {} times as fast", number(ratio)))
    }
}

/// With as many digits as tell something.
pub(crate) fn number(value: f64) -> String {
    let digits = if value < 1.0 {
        4
    } else if value < 100.0 {
        2
    } else {
        0
    };
    format!("{value:.digits$}")
}

/// A benchmark, run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its definition.
    pub definition: Definition,
    /// The list's title.
    pub list: String,
    /// Entries of the list.
    pub entries: usize,
    /// Names of the list.
    pub names: usize,
    /// What was answered before the time was taken.
    pub answer: Answer,
    /// The times; empty where the answer is wrong, as a wrong answer has no speed.
    pub rows: Vec<Row>,
}

impl Outcome {
    pub(crate) fn new(definition: &Definition, list: &List, answer: Answer) -> Outcome {
        Outcome {
            definition: definition.clone(),
            list: list.meta.title.clone(),
            entries: list.entities.len(),
            names: list.meta.counts.names,
            answer,
            rows: Vec::new(),
        }
    }

    /// Whether the answer was right.
    pub fn holds(&self) -> bool {
        self.answer.faults.is_empty()
    }

    /// The first row whose `who` begins so.
    pub fn row(&self, who: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.who.starts_with(who))
    }
}
