//! Statements that a company continues another: `legal successor of Kaspersky Lab Polska`.

use crate::examine::{Examiner, Memory};
use crate::names::{listed, stated};
use crate::signal::{Signal, SignalKind};
use crate::tables::continuation;
use tamis_model::Company;

/// The most words of a name that is looked for behind such a statement.
const MOST_WORDS: usize = 8;

/// Words that turn a statement around, when one of them stands among the few before it.
const NEGATIONS: [&str; 12] = [
    "not", "no", "never", "nor", "non", "nicht", "kein", "keine", "pas", "не", "нет", "nie",
];
const WORDS_BEFORE: usize = 3;

/// The first listed company that each remark names as a predecessor.
pub(crate) fn signals(
    examiner: &Examiner<'_>,
    company: &Company,
    memory: &mut Memory,
) -> Result<Vec<Signal>, String> {
    let mut found = Vec::new();
    for remark in &company.remarks {
        for rest in statements(remark) {
            found.extend(predecessor(examiner, remark, rest, memory)?);
        }
    }
    Ok(found)
}

/// What follows each statement of a remark, to the end of its clause.
fn statements(remark: &str) -> Vec<&str> {
    let lower = remark.to_lowercase();
    // Lower case can be longer or shorter; such rare remarks are searched as they stand.
    let text = if lower.len() == remark.len() {
        lower.as_str()
    } else {
        remark
    };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for phrase in continuation() {
        for (at, _) in text.match_indices(phrase.as_str()) {
            let end = at + phrase.len();
            let covered = found.iter().any(|(start, stop)| at < *stop && *start < end);
            if !covered && is_whole(text, at, end, phrase) && !is_denied(text, at) {
                found.push((at, end));
            }
        }
    }
    found.sort_unstable();
    let rest = |(_, end): (usize, usize)| remark.get(end..).map(clause);
    found
        .into_iter()
        .filter_map(rest)
        .filter(|rest| !rest.is_empty())
        .collect()
}

/// Whether a phrase stands by itself and not within a word; `ex-` binds to the word behind it.
fn is_whole(text: &str, at: usize, end: usize, phrase: &str) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    free(before) && (free(after) || phrase.ends_with('-'))
}

fn is_denied(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let words = before
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let last: Vec<&str> = words.rev().take(WORDS_BEFORE).collect();
    last.iter().any(|word| NEGATIONS.contains(word))
}

fn clause(rest: &str) -> &str {
    let rest = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '"' | '«' | '“' | '„' | '('));
    let end = rest.find([';', ')', '\n', '(']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or(rest).trim()
}

/// The listed company whose name a clause begins with: the longest run of its words that is one.
fn predecessor(
    examiner: &Examiner<'_>,
    remark: &str,
    clause: &str,
    memory: &mut Memory,
) -> Result<Option<Signal>, String> {
    let words: Vec<&str> = clause.split_whitespace().take(MOST_WORDS).collect();
    for count in (1..=words.len()).rev() {
        let name = words.get(..count).unwrap_or_default().join(" ");
        if tamis_screen::unfit(&name).is_some() {
            continue;
        }
        let best = listed(examiner, &name, memory)?.into_iter().next();
        if let Some((at, hit)) = best {
            return Ok(stated(examiner, SignalKind::Continuation, at, remark, &hit));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_with_their_clause_and_can_be_denied() {
        for (remark, expected) in [
            (
                "Legal successor of Kaspersky Lab Polska; since 2022",
                vec!["Kaspersky Lab Polska"],
            ),
            (
                "formerly known as \"Kaspersky Store\" (Poland)",
                vec!["Kaspersky Store\""],
            ),
            ("Правопреемник ООО «Ромашка»", vec!["ООО «Ромашка»"]),
            ("It is not a successor of Kaspersky Lab", vec![]),
            ("Informerly Ltd", vec![]),
            ("took over customers of Kaspersky Lab, Inc.", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(statements(remark), expected, "{remark}");
        }
    }
}
