//! The tree as a graph for Graphviz.

use super::picture::{Picture, days, words};
use std::collections::BTreeSet;
use std::fmt::Write;
use tamis::ownership::{PartyId, Tie, TieKind};

/// The graph: listed parties red, owned ones orange, others with a finding yellow; ties that do not count dotted, roles dashed.
pub fn graph(picture: &Picture<'_>) -> String {
    let context = picture.screener.context();
    let mut text = format!(
        "digraph ownership {{\n  // policy sha256 {}, as of {}\n  rankdir=TB;\n  node [shape=box, style=filled, fillcolor=white];\n",
        context.policy_sha256, context.as_of
    );
    let ties = picture.tree();
    let mut parties: BTreeSet<PartyId> = ties.iter().flat_map(|tie| [tie.owner, tie.owned]).collect();
    parties.insert(picture.found.party);
    let numbers: Vec<PartyId> = parties.into_iter().collect();
    let number = |party: PartyId| numbers.binary_search(&party).unwrap_or_default();
    // Writing to a string cannot fail.
    for &party in &numbers {
        let _ = writeln!(text, "  n{} [{}];", number(party), node(picture, party));
    }
    for tie in ties {
        let _ = writeln!(
            text,
            "  n{} -> n{} [{}];",
            number(tie.owner),
            number(tie.owned),
            edge(picture, tie)
        );
    }
    text.push_str("}\n");
    text
}

fn node(picture: &Picture<'_>, id: PartyId) -> String {
    let party = picture.graph().party(id);
    let verdicts = picture.verdicts(id);
    let color = match picture.listings.contains_key(party) {
        true => "lightcoral",
        false if verdicts.is_empty() => "white",
        false if verdicts.starts_with("OWNED") => "orange",
        false => "khaki",
    };
    let bold = if id == picture.found.party {
        ", penwidth=3"
    } else {
        ""
    };
    let label = quoted(&[party.label(), verdicts]);
    format!("label={label}, fillcolor={color}{bold}")
}

fn edge(picture: &Picture<'_>, tie: &Tie) -> String {
    let style = match tie.kind {
        _ if picture.unused(tie).is_some() => "dotted",
        TieKind::Stake { .. } => "solid",
        TieKind::Role { .. } | TieKind::Link { .. } => "dashed",
    };
    let label = quoted(&[words(tie), days(tie.from, tie.to), tie.source.clone()]);
    format!("label={label}, style={style}")
}

/// The lines as a string of DOT, in which quotes and backslashes stand for themselves and nothing turns the text around.
fn quoted(lines: &[String]) -> String {
    let lines = lines.iter().filter(|line| !line.is_empty());
    let lines: Vec<String> = lines
        .map(|line| {
            crate::page::visible(line)
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', " ")
        })
        .collect();
    format!("\"{}\"", lines.join("\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_its_string() {
        let lines = [
            "A \"quoted\" \\ name".to_owned(),
            String::new(),
            "two\u{202e}".to_owned(),
        ];
        assert_eq!(quoted(&lines), r#""A \"quoted\" \\ name\ntwo<U+202E>""#);
    }
}
