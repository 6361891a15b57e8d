//! Sources of facts, told once at the end of the page and named by number where they count.

use tamis::model::{Confidence, Source};

/// How well a fact is known, in a word.
pub const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Unverified => "unverified",
        Confidence::Press => "press report",
        Confidence::Verified => "verified",
    }
}

/// The sources named so far, each once.
#[derive(Debug, Default)]
pub struct Footnotes(Vec<Source>);

impl Footnotes {
    /// `text` with the number of its source, and a word where the fact is less than verified.
    pub fn mark(&mut self, text: &str, source: Option<&Source>) -> String {
        let Some(source) = source else {
            return text.to_owned();
        };
        let number = self.number(source);
        match source.confidence {
            Confidence::Verified => format!("{text} [{number}]"),
            other => format!("{text} [{number}, {}]", confidence(other)),
        }
    }

    /// Every source with its number.
    pub fn rows(&self) -> Vec<(String, String)> {
        let row = |(at, source): (usize, &Source)| {
            let text = format!("{} ({})", source.title, confidence(source.confidence));
            (format!("[{}]", at + 1), text)
        };
        self.0.iter().enumerate().map(row).collect()
    }

    fn number(&mut self, source: &Source) -> usize {
        let known = self.0.iter().position(|s| s == source);
        known.unwrap_or_else(|| {
            self.0.push(source.clone());
            self.0.len() - 1
        }) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_told_once_and_doubt_is_told_every_time() {
        let source = |title: &str, confidence| Source {
            title: title.to_owned(),
            confidence,
        };
        let (list, press) = (
            source("a list", Confidence::Verified),
            source("a paper", Confidence::Press),
        );
        let mut notes = Footnotes::default();
        assert_eq!(notes.mark("x", Some(&list)), "x [1]");
        assert_eq!(notes.mark("y", Some(&press)), "y [2, press report]");
        assert_eq!(notes.mark("z", Some(&list)), "z [1]");
        assert_eq!(notes.mark("plain", None), "plain");
        assert_eq!(
            notes.rows(),
            [
                ("[1]".to_owned(), "a list (verified)".to_owned()),
                ("[2]".to_owned(), "a paper (press report)".to_owned())
            ]
        );
    }
}
