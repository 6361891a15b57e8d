//! The report as tables for people.

use crate::page::{Page, Style, Tone};
use tamis::model::{Context, Score};
use tamis::selftest::{Alert, Miss, Rate, Report};

/// The thresholds that a table has room for, beside the policy's own.
const SHOWN: [u16; 5] = [7_000, 7_500, 8_500, 9_000, 9_500];

/// Missed names shown before `-v` is needed; how many more there are is always said.
const MISSES: usize = 100;

/// The whole report.
pub fn page(report: &Report, style: Style, misses: bool, verbose: bool) -> String {
    let mut page = Page::new(style);
    page.heading(Tone::Plain, &headline(report));
    let columns = columns(report);
    classes(&mut page, report, &columns);
    unlisted(&mut page, report, &columns);
    if misses {
        missed(&mut page, report, verbose);
        alerting(&mut page, report);
    }
    rests_on(&mut page, report);
    page.finish()
}

fn headline(report: &Report) -> String {
    let efficiency = report.efficiency();
    format!(
        "At the threshold {} {:.1} % of {} changed names are found; {:.1} of 1,000 names that are not listed alert",
        report.threshold,
        report.effectiveness.percent(),
        report.effectiveness.whole,
        efficiency.per_thousand(),
    )
}

/// The places, among the report's thresholds, of those that the table shows.
fn columns(report: &Report) -> Vec<usize> {
    let shown = |score: Score| score == report.threshold || SHOWN.contains(&score.ten_thousandths());
    (0..report.thresholds.len())
        .filter(|&at| shown(report.thresholds[at]))
        .collect()
}

fn header<'a>(first: [&'a str; 3], labels: &'a [String]) -> Vec<&'a str> {
    first
        .into_iter()
        .chain(labels.iter().map(String::as_str))
        .collect()
}

fn labels(report: &Report, columns: &[usize]) -> Vec<String> {
    let label = |&at: &usize| {
        let score = report.thresholds[at];
        let mark = if score == report.threshold { "*" } else { "" };
        format!("{:.2}{mark}", score.as_f64())
    };
    columns.iter().map(label).collect()
}

fn classes(page: &mut Page, report: &Report, columns: &[usize]) {
    page.heading(Tone::Plain, "Effectiveness: changed names found, in per cent");
    let labels = labels(report, columns);
    let row = |name: &str, of: &str, rate: &Rate, found: &[usize]| {
        let percent = |&at: &usize| percent(found[at], rate.whole);
        let first = [name.to_owned(), of.to_owned(), rate.whole.to_string()];
        first
            .into_iter()
            .chain(columns.iter().map(percent))
            .collect::<Vec<String>>()
    };
    let mut rows: Vec<Vec<String>> = report
        .classes
        .iter()
        .map(|class| row(class.class, class.scope.as_str(), &class.rate, &class.found))
        .collect();
    rows.push(row("all", "", &report.effectiveness, &report.found));
    page.table(&header(["class", "of", "names"], &labels), &rows);
    let rate = &report.effectiveness;
    page.paragraph(&format!(
        "* the policy's threshold; there {} of {} are found ({:.1} to {:.1} % with 95 % confidence)",
        rate.part,
        rate.whole,
        rate.low * 100.0,
        rate.high * 100.0
    ));
    if !report.not_applicable.is_empty() {
        page.paragraph(&format!(
            "No name of these lists for: {}",
            report.not_applicable.join(", ")
        ));
    }
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.1}", Rate::new(part, whole).percent())
}

fn unlisted(page: &mut Page, report: &Report, columns: &[usize]) {
    page.heading(
        Tone::Plain,
        "Efficiency: names that are not listed and alert, of 1,000",
    );
    let labels = labels(report, columns);
    let rows: Vec<Vec<String>> = report
        .unlisted
        .iter()
        .map(|unlisted| {
            let whole = unlisted.rate.whole;
            let of = |&at: &usize| format!("{:.1}", Rate::new(unlisted.alerting[at], whole).per_thousand());
            let first = [
                unlisted.sort.as_str().to_owned(),
                whole.to_string(),
                unlisted.alerts.to_string(),
            ];
            first.into_iter().chain(columns.iter().map(of)).collect()
        })
        .collect();
    page.table(&header(["sort", "names", "alerts"], &labels), &rows);
}

fn missed(page: &mut Page, report: &Report, verbose: bool) {
    page.heading(
        Tone::Plain,
        &format!(
            "Changed names that are missed: {}, worst first",
            report.misses.len()
        ),
    );
    let shown = if verbose { report.misses.len() } else { MISSES };
    let row = |miss: &Miss| {
        let score = miss
            .score
            .map_or_else(|| format!("< {}", floor(report)), |score| score.to_string());
        vec![
            miss.class.to_owned(),
            miss.name.clone(),
            miss.listed.clone(),
            score,
        ]
    };
    let rows: Vec<Vec<String>> = report.misses.iter().take(shown).map(row).collect();
    page.table(&["class", "changed name", "listed name", "score"], &rows);
    if report.misses.len() > shown {
        page.paragraph(&format!(
            "and {} more: -v shows them",
            report.misses.len() - shown
        ));
    }
}

fn floor(report: &Report) -> String {
    report
        .thresholds
        .first()
        .map_or_else(String::new, Score::to_string)
}

fn alerting(page: &mut Page, report: &Report) {
    page.heading(
        Tone::Plain,
        "Names that are not listed and alert: the highest of each sort",
    );
    let row = |alert: &Alert| {
        vec![
            alert.name.clone(),
            alert.matched_name.clone(),
            alert.entity_id.clone(),
            alert.score.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = report.alerts.iter().map(row).collect();
    page.table(&["name", "listed name", "entry", "score"], &rows);
}

fn rests_on(page: &mut Page, report: &Report) {
    page.heading(Tone::Plain, "What this rests on");
    let context: &Context = &report.context;
    let mut pairs: Vec<(&str, String)> = context
        .lists
        .iter()
        .map(|list| {
            let date = list
                .published
                .map_or_else(String::new, |day| format!(" of {day}"));
            (
                "list",
                format!(
                    "{}{date}, {} entries, sha256 {}",
                    list.id, list.entities, list.sha256
                ),
            )
        })
        .collect();
    pairs.push(("policy", format!("sha256 {}", context.policy_sha256)));
    pairs.push(("engine", context.engine.clone()));
    pairs.push(("day", context.as_of.to_string()));
    let given = if report.with_kind {
        "name and kind"
    } else {
        "the name alone"
    };
    pairs.push((
        "test",
        format!(
            "seed {}, {} names a class, screened by {given}",
            report.seed, report.names_per_class
        ),
    ));
    pairs.push((
        "names",
        format!(
            "{} alert by themselves and were drawn from; {} do not (weak alias, not verified, not in force)",
            report.names.drawn_from, report.names.left_out
        ),
    ));
    page.pairs(&pairs);
}
