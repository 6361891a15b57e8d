//! The report for people.

use super::counts;
use super::report::{Document, MEANING, families};
use crate::page::{Page, Style, Tone};
use tamis::successors::{Lead, ListedHere, Signal, Unexamined};

/// The page.
pub fn page(document: &Document<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let report = document.report;
    page.heading(Tone::Plain, "Leads to successors of listed companies");
    page.paragraph(MEANING);
    page.paragraph(&format!(
        "{} records: {}.",
        document.records,
        counts(&report.counts)
    ));
    if document.below_min_grade > 0 {
        page.paragraph(&format!(
            "{} leads below --min-grade are not shown.",
            document.below_min_grade
        ));
    }
    for lead in &report.leads {
        show(&mut page, lead);
    }
    listed(&mut page, &report.listed);
    unexamined(&mut page, &report.unexamined);
    rests_on(&mut page, document);
    page.finish()
}

fn show(page: &mut Page, lead: &Lead) {
    let grade = format!("{} ({})", lead.grade.as_str(), lead.grade.meaning());
    page.heading(
        Tone::Unsure,
        &format!("{grade}  {}  {}", lead.company_name, lead.company_id),
    );
    let dates = [
        ("founded", &lead.about.founded),
        ("dissolved", &lead.about.dissolved),
    ];
    let mut about = vec![format!(
        "{} points of {}",
        lead.points,
        families(lead).replace('|', ", ")
    )];
    about.extend(Some(lead.about.country.clone()).filter(|country| !country.is_empty()));
    about.extend(
        dates
            .iter()
            .filter(|(_, date)| !date.is_empty())
            .map(|(word, date)| format!("{word} {date}")),
    );
    about.push(format!("line {}", lead.line));
    page.paragraph(&about.join("; "));
    let rows: Vec<Vec<String>> = lead.signals.iter().map(signal_row).collect();
    page.table(&["signal", "register", "listed party", "points", "why"], &rows);
    for unused in &lead.unused {
        page.paragraph(&format!("Note: {unused}."));
    }
}

fn signal_row(signal: &Signal) -> Vec<String> {
    let score = signal
        .score
        .map_or(String::new(), |score| format!("; name score {score}"));
    vec![
        signal.kind.as_str().replace('_', " "),
        signal.here.clone(),
        format!(
            "{}\n{} ({})",
            signal.there,
            signal.entity_id,
            signal.standing.as_str()
        ),
        signal.points.to_string(),
        format!("{}{score}", signal.reason),
    ]
}

fn listed(page: &mut Page, listed: &[ListedHere]) {
    if listed.is_empty() {
        return;
    }
    page.heading(
        Tone::Bad,
        "Listed companies themselves: no successors, screen them",
    );
    let row = |here: &ListedHere| {
        vec![
            here.company_id.clone(),
            here.company_name.clone(),
            format!("{} ({})", here.entity_id, here.standing.as_str()),
            here.how.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = listed.iter().map(row).collect();
    page.table(&["id", "company", "entry", "recognised by"], &rows);
}

fn unexamined(page: &mut Page, unexamined: &[Unexamined]) {
    if unexamined.is_empty() {
        return;
    }
    page.heading(Tone::Unsure, "Not examined: nothing is known of these");
    let rows: Vec<Vec<String>> = unexamined
        .iter()
        .map(|one| vec![one.line.to_string(), one.reason.clone()])
        .collect();
    page.table(&["line", "reason"], &rows);
}

fn rests_on(page: &mut Page, document: &Document<'_>) {
    page.heading(Tone::Plain, "Rests on");
    let context = document.context;
    let mut rows: Vec<(&str, String)> = Vec::new();
    rows.extend(
        document
            .register
            .iter()
            .map(|input| ("register", format!("{}, sha256 {}", input.name, input.sha256))),
    );
    for list in &context.lists {
        let published = list.published.map_or(String::new(), |day| format!(" of {day}"));
        rows.push((
            "list",
            format!(
                "{}{published}, {} entries, sha256 {}",
                list.id, list.entities, list.sha256
            ),
        ));
    }
    rows.push(("policy", format!("sha256 {}", context.policy_sha256)));
    rows.push(("engine", context.engine.clone()));
    rows.push(("as of", context.as_of.to_string()));
    page.pairs(&rows);
}
