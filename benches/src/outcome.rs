use crate::{Answer, Definition, Figures};
use tamis::model::List;

/// Times, with the answer to which they belong.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// The answer.
    pub answer: Answer,
    /// The times.
    pub figures: Figures,
}

/// A benchmark, run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its definition.
    pub definition: Definition,
    /// Entries of the list.
    pub entries: usize,
    /// Names of the list.
    pub names: usize,
    /// What tamis answered, and how fast; figures are missing where the answer is wrong.
    pub answer: Answer,
    /// How fast tamis was; `None` where the answer is wrong, as a wrong answer has no speed.
    pub figures: Option<Figures>,
    /// What the reference answered, and how fast; `None` where there is nothing to compare with.
    pub reference: Option<Timed>,
}

impl Outcome {
    pub(crate) fn new(definition: &Definition, list: &List, answer: Answer) -> Outcome {
        Outcome {
            definition: definition.clone(),
            entries: list.entities.len(),
            names: list.meta.counts.names,
            answer,
            figures: None,
            reference: None,
        }
    }

    /// Whether the answer was right.
    pub fn holds(&self) -> bool {
        self.answer.faults.is_empty()
    }

    /// How many times as many names tamis does in the same time as the reference.
    pub fn ratio(&self) -> Option<f64> {
        let reference = self.reference.as_ref()?.figures.speed;
        self.figures.as_ref().map(|figures| figures.speed / reference)
    }
}
