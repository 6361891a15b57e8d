//! The page for people: verdict, proof under each rule, the tree, what it rests on.

use super::picture::{Picture, Way, days, far, verdicts, words};
use crate::answer;
use crate::page::{Page, Style, Tone};
use std::collections::BTreeSet;
use tamis::ownership::{OwnershipFinding, PartyId, Step, Tie, Verdict};

/// The page.
pub fn page(picture: &Picture<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    verdict(&mut page, picture);
    listed(&mut page, picture);
    for finding in &picture.findings {
        proof(&mut page, finding);
    }
    doubts(&mut page, picture);
    clear_rules(&mut page, picture);
    tree(&mut page, picture, Way::Up, "Who owns, leads or represents it");
    tree(&mut page, picture, Way::Down, "What it owns, leads or represents");
    problems(&mut page, picture);
    files(&mut page, picture);
    answer::rests_on(&mut page, picture.screener);
    page.finish()
}

fn verdict(page: &mut Page, picture: &Picture<'_>) {
    let all = verdicts(&picture.findings);
    let grave =
        |finding: &OwnershipFinding| matches!(finding.verdict, Verdict::Listed | Verdict::Owned { .. });
    let alerts = || picture.findings.iter().filter(|finding| finding.alerts());
    let (tone, word) = match (alerts().any(grave) || picture.is_listed(), all.as_str()) {
        (true, "") => (Tone::Bad, "LISTED"),
        (true, words) => (Tone::Bad, words),
        (false, "") if picture.is_doubtful() => (Tone::Unsure, "NOT SURE"),
        (false, "") if picture.is_incomplete() => (Tone::Unsure, "UNSCREENED"),
        (false, "") => (Tone::Good, "CLEAR"),
        (false, words) => (Tone::Unsure, words),
    };
    page.heading(tone, &format!("{word}  {}", picture.party().label()));
    let rules: Vec<&str> = picture.assessment.rules().map(|rule| rule.id.as_str()).collect();
    let day = picture.screener.policy().as_of;
    page.paragraph(&format!(
        "as of {day}, found {}; rules in force: {}",
        picture.found.how,
        rules.join(", ")
    ));
}

/// The measures against the party itself.
fn listed(page: &mut Page, picture: &Picture<'_>) {
    let Some(listing) = picture.listings.get(picture.party()) else {
        return;
    };
    page.heading(Tone::Bad, "It is listed itself");
    let measures: BTreeSet<&str> = listing.measures.iter().map(|m| m.code.as_str()).collect();
    let measures: Vec<&str> = measures.into_iter().collect();
    page.pairs(&[
        ("entries", listing.entries.join("; ")),
        ("measures", measures.join(", ")),
        ("details", "tamis check NAME shows the entry".to_owned()),
    ]);
}

/// A finding with the steps that prove it.
fn proof(page: &mut Page, finding: &OwnershipFinding) {
    let tone = match finding.verdict {
        _ if finding.suspended => Tone::Plain,
        Verdict::Listed | Verdict::Owned { .. } => Tone::Bad,
        _ => Tone::Unsure,
    };
    page.heading(
        tone,
        &format!("{} under {}", finding.verdict.as_str(), finding.rule),
    );
    page.paragraph(&finding.meaning);
    let owner = |owner: &tamis::ownership::ListedOwner| {
        (
            "listed",
            format!("{}: {}", owner.party.label(), owner.measures.join(", ")),
        )
    };
    let mut rows: Vec<(&str, String)> = finding.owners.iter().map(owner).collect();
    rows.push(("basis", finding.basis.clone()));
    page.pairs(&rows);
    let steps: Vec<Vec<String>> = finding.path.iter().map(step).collect();
    page.table(&["owner", "tie", "of", "days", "source"], &steps);
}

fn step(step: &Step) -> Vec<String> {
    vec![
        step.owner.label(),
        step.words(),
        step.owned.label(),
        days(step.from, step.to),
        step.sources.join("; "),
    ]
}

/// Whom it, and those behind it, may be: what stands behind these is not in the verdicts.
fn doubts(page: &mut Page, picture: &Picture<'_>) {
    if picture.doubts.is_empty() {
        return;
    }
    page.heading(
        Tone::Unsure,
        "It, or a party behind it, may be another one of the stakes",
    );
    page.paragraph(
        "None of this is in the verdicts: find out which are one, and give them one id, or each its own. Screening counts it for a review.",
    );
    for doubt in picture.doubts {
        page.paragraph(&doubt.words());
    }
}

fn clear_rules(page: &mut Page, picture: &Picture<'_>) {
    let found: BTreeSet<&str> = picture.findings.iter().map(|f| f.rule.as_str()).collect();
    let rules = picture.assessment.rules().map(|rule| rule.id.as_str());
    let clear: Vec<&str> = rules.filter(|id| !found.contains(id)).collect();
    if !clear.is_empty() {
        let (tone, sure) = match picture.is_doubtful() {
            true => (Tone::Unsure, "Nothing is sure"),
            false => (Tone::Good, "Nothing is found"),
        };
        page.heading(tone, &format!("{sure} under {}", clear.join(", ")));
        page.paragraph("This says no more than the lists and stakes that were read; regimes of which none of these lists is have no owners to find.");
    }
}

/// A tree, drawn with lines. A party that was drawn before is named, and not drawn again.
fn tree(page: &mut Page, picture: &Picture<'_>, way: Way, title: &str) {
    page.heading(Tone::Plain, title);
    let mut lines = Vec::new();
    branch(picture, way, &mut lines);
    if lines.is_empty() {
        page.paragraph("nothing is known");
    }
    for line in lines {
        page.paragraph(&line);
    }
}

/// What of the tree is still to be drawn: the tie, the prefix of its line, whether it is the last below its party.
struct Twig<'t> {
    tie: &'t Tie,
    prefix: String,
    last: bool,
}

fn branch(picture: &Picture<'_>, way: Way, lines: &mut Vec<String>) {
    let mut drawn = BTreeSet::from([picture.found.party]);
    let mut open = twigs(picture, picture.found.party, way, "");
    while let Some(Twig { tie, prefix, last }) = open.pop() {
        let next = far(tie, way);
        let again = !drawn.insert(next);
        let corner = if last { "└─" } else { "├─" };
        lines.push(format!("{prefix}{corner} {}", line(picture, tie, next, again)));
        if !again {
            let below = if last { "·  " } else { "│  " };
            open.extend(twigs(picture, next, way, &format!("{prefix}{below}")));
        }
    }
}

/// The ties of a party, last first, so that the first is drawn next.
fn twigs<'p>(picture: &'p Picture<'_>, party: PartyId, way: Way, prefix: &str) -> Vec<Twig<'p>> {
    let ties = picture.ties(party, way).into_iter().rev().enumerate();
    let twig = |(at, tie)| Twig {
        tie,
        prefix: prefix.to_owned(),
        last: at == 0,
    };
    ties.map(twig).collect()
}

fn line(picture: &Picture<'_>, tie: &Tie, next: PartyId, again: bool) -> String {
    let party = picture.graph().party(next);
    let mut text = format!("{} · {}", party.label(), words(tie));
    let days = days(tie.from, tie.to);
    for part in [days.as_str(), tie.source.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
    {
        text = format!("{text} · {part}");
    }
    if let Some(why) = picture.unused(tie) {
        text = format!("{text} · {why}");
    }
    if let Some(listing) = picture.listings.get(party) {
        text = format!("{text} · listed: {}", listing.entries.join("; "));
    }
    let verdicts = picture.verdicts(next);
    if !verdicts.is_empty() {
        text = format!("{text} · {verdicts}");
    }
    if again {
        text.push_str(" · drawn above");
    }
    text
}

fn problems(page: &mut Page, picture: &Picture<'_>) {
    let problems = &picture.loaded.problems;
    if problems.is_empty() {
        return;
    }
    page.heading(Tone::Unsure, "What could not be used, or must be told");
    for problem in problems {
        page.paragraph(&problem.to_string());
    }
}

fn files(page: &mut Page, picture: &Picture<'_>) {
    let files = picture.loaded.files.iter();
    let rows: Vec<(&str, String)> = files.map(|file| ("stakes", file.line())).collect();
    if !rows.is_empty() {
        page.heading(Tone::Plain, "Files of stakes");
        page.pairs(&rows);
    }
}
