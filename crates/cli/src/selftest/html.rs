//! The report as one page that needs nothing else: no script, no font, no picture from elsewhere.

use crate::page::visible;
use std::fmt::{Display, Write};
use tamis::model::{ListStamp, Score};
use tamis::selftest::{Alert, ClassReport, Miss, Rate, Report, UnlistedReport};

/// Missed names on the page; how many more there are is said.
const MISSES: usize = 300;

/// Colours by role, for light and dark screens; on paper, always the light ones.
const STYLE: &str = "\
:root{--ink:#1a1a1a;--soft:#666;--line:#d0d0d0;--page:#fff;--found:#0b6e4f;--alert:#b3261e}\
@media screen and (prefers-color-scheme:dark){:root{--ink:#e8e8e8;--soft:#a0a0a0;--line:#444;--page:#161616;\
--found:#5fcf9f;--alert:#ff8a80}}\
body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:70rem;margin:2rem auto;\
padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}\
.key{display:flex;flex-wrap:wrap;gap:2rem}.key b{display:block;font-size:2rem}\
.key .found b{color:var(--found)}.key .alert b{color:var(--alert)}\
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border-bottom:1px solid var(--line);\
padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
small,.soft{color:var(--soft)}svg{display:block}\
.axis{stroke:var(--line)}.mark{stroke:var(--soft);stroke-dasharray:3 3}.found{stroke:var(--found)}\
.alert{stroke:var(--alert)}polyline{fill:none;stroke-width:2}svg text{fill:var(--soft);font-size:11px;stroke:none}\
tr,svg{break-inside:avoid}@media print{body{margin:0;max-width:none;font-size:11px}}";

/// The whole page.
pub fn page(report: &Report) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str(
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Self-test of tamis</title>\n",
    );
    write(
        &mut html,
        format_args!(
            "<style>{STYLE}</style>\n</head>\n<body>\n<h1>Self-test of a screening configuration</h1>\n"
        ),
    );
    key_figures(&mut html, report);
    curves(&mut html, report);
    classes(&mut html, report);
    unlisted(&mut html, report);
    misses(&mut html, report);
    alerts(&mut html, report);
    rests_on(&mut html, report);
    html.push_str("</body>\n</html>\n");
    html
}

/// Writing to a string cannot fail.
fn write(html: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = html.write_fmt(text);
}

/// The text with nothing that a browser would take for markup, and nothing that cannot be seen.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

fn key_figures(html: &mut String, report: &Report) {
    let (found, alerting) = (report.effectiveness, report.efficiency());
    html.push_str("<div class=\"key\">\n");
    key(
        html,
        "found",
        &format!("{:.1} %", found.percent()),
        &format!("of {} changed names found at {}", found.whole, report.threshold),
        &format!(
            "95 % confidence: {:.1} to {:.1} %",
            found.low * 100.0,
            found.high * 100.0
        ),
    );
    key(
        html,
        "alert",
        &format!("{:.1}", alerting.per_thousand()),
        &format!(
            "of 1,000 ordinary names that are not listed alert ({} screened)",
            alerting.whole
        ),
        &format!(
            "95 % confidence: {:.1} to {:.1}",
            alerting.low * 1_000.0,
            alerting.high * 1_000.0
        ),
    );
    html.push_str("</div>\n");
}

fn key(html: &mut String, class: &str, figure: &str, what: &str, sure: &str) {
    write(
        html,
        format_args!("<div class=\"{class}\"><b>{figure}</b>{what}<br><small>{sure}</small></div>\n"),
    );
}

/// A curve over the thresholds.
struct Curve<'a> {
    /// `found` or `alert`.
    class: &'a str,
    /// A share for each threshold.
    shares: Vec<f64>,
    /// The share at the top of the picture.
    top: f64,
}

/// How large a picture is.
#[derive(Clone, Copy)]
struct Size {
    width: f64,
    height: f64,
    /// Whether axes are labelled.
    labelled: bool,
}

const LARGE: Size = Size {
    width: 560.0,
    height: 220.0,
    labelled: true,
};
const SMALL: Size = Size {
    width: 150.0,
    height: 34.0,
    labelled: false,
};

impl Size {
    fn margin(self) -> f64 {
        if self.labelled { 36.0 } else { 2.0 }
    }

    /// Where a threshold stands, from left to right.
    fn x(self, report: &Report, threshold: Score) -> f64 {
        let first = report.thresholds.first().map_or(0.0, |score| score.as_f64());
        let share = (threshold.as_f64() - first) / (1.0 - first).max(0.01);
        self.margin() + share * (self.width - 2.0 * self.margin())
    }

    /// Where a share stands, from the top down.
    fn y(self, share: f64) -> f64 {
        let room = self.height - 2.0 * self.margin().min(20.0);
        self.margin().min(20.0) + (1.0 - share.clamp(0.0, 1.0)) * room
    }
}

fn picture(html: &mut String, report: &Report, size: Size, label: &str, curve: &Curve<'_>) {
    let (width, height) = (size.width, size.height);
    write(
        html,
        format_args!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
            escape(label)
        ),
    );
    let (left, right) = (size.margin(), width - size.margin());
    let (bottom, mark) = (size.y(0.0), size.x(report, report.threshold));
    write(
        html,
        format_args!(
            "<line class=\"axis\" x1=\"{left:.1}\" y1=\"{bottom:.1}\" x2=\"{right:.1}\" y2=\"{bottom:.1}\"/>"
        ),
    );
    write(
        html,
        format_args!(
            "<line class=\"mark\" x1=\"{mark:.1}\" y1=\"{:.1}\" x2=\"{mark:.1}\" y2=\"{bottom:.1}\"/>",
            size.y(1.0)
        ),
    );
    if size.labelled {
        labels(html, report, size, curve.top);
    }
    write(
        html,
        format_args!("<polyline class=\"{}\" points=\"", curve.class),
    );
    for (&threshold, share) in report.thresholds.iter().zip(&curve.shares) {
        write(
            html,
            format_args!(
                "{:.1},{:.1} ",
                size.x(report, threshold),
                size.y(share / curve.top)
            ),
        );
    }
    html.push_str("\"/></svg>\n");
}

fn labels(html: &mut String, report: &Report, size: Size, top: f64) {
    let below = size.y(0.0) + 14.0;
    let tenths = report
        .thresholds
        .iter()
        .filter(|score| score.ten_thousandths().is_multiple_of(1_000));
    for &score in tenths {
        let x = size.x(report, score);
        write(
            html,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{below:.1}\" text-anchor=\"middle\">{:.1}</text>",
                score.as_f64()
            ),
        );
    }
    for share in [0.0, 0.5, 1.0] {
        let percent = 100.0 * share * top;
        write(
            html,
            format_args!(
                "<text x=\"0\" y=\"{:.1}\">{percent:.0} %</text>",
                size.y(share) + 4.0
            ),
        );
    }
}

fn shares(parts: &[usize], whole: usize) -> Vec<f64> {
    parts.iter().map(|&part| Rate::new(part, whole).share).collect()
}

/// A round share that no share of the curve exceeds.
fn top_of(shares: &[f64]) -> f64 {
    let most = shares.iter().copied().fold(0.0, f64::max);
    [0.02, 0.05, 0.1, 0.2, 0.5]
        .into_iter()
        .find(|&top| most <= top)
        .unwrap_or(1.0)
}

fn curves(html: &mut String, report: &Report) {
    heading(html, "Effectiveness over thresholds");
    let found = shares(&report.found, report.effectiveness.whole);
    let curve = Curve {
        class: "found",
        shares: found,
        top: 1.0,
    };
    picture(html, report, LARGE, "changed names found over thresholds", &curve);
    heading(html, "Efficiency over thresholds: ordinary names that alert");
    let ordinary = || {
        report
            .unlisted
            .iter()
            .filter(|unlisted| unlisted.sort.is_ordinary())
    };
    let whole = ordinary().map(|unlisted| unlisted.rate.whole).sum();
    let sum = |at: usize| ordinary().filter_map(|unlisted| unlisted.alerting.get(at)).sum();
    let parts: Vec<usize> = (0..report.thresholds.len()).map(sum).collect();
    let alerting = shares(&parts, whole);
    let curve = Curve {
        class: "alert",
        top: top_of(&alerting),
        shares: alerting,
    };
    picture(
        html,
        report,
        LARGE,
        "names that are not listed and alert, over thresholds",
        &curve,
    );
    html.push_str("<p class=\"soft\">The dashed line is the threshold of the policy.</p>\n");
}

fn heading(html: &mut String, text: &str) {
    write(html, format_args!("<h2>{}</h2>\n", escape(text)));
}

/// The head of a table; columns whose name begins with `#` hold numbers.
fn table(html: &mut String, columns: &[&str]) {
    html.push_str("<table>\n<tr>");
    for column in columns {
        match column.strip_prefix('#') {
            Some(name) => write(html, format_args!("<th class=\"n\">{name}</th>")),
            None => write(html, format_args!("<th>{column}</th>")),
        }
    }
    html.push_str("</tr>\n");
}

fn cell(html: &mut String, text: &str) {
    write(html, format_args!("<td>{}</td>", escape(text)));
}

fn number(html: &mut String, value: impl Display) {
    write(html, format_args!("<td class=\"n\">{value}</td>"));
}

fn classes(html: &mut String, report: &Report) {
    heading(html, "Changed names, by class");
    table(
        html,
        &[
            "class",
            "what it imitates",
            "of",
            "#names",
            "#found",
            "#%",
            "#95 % confidence",
            "over thresholds",
        ],
    );
    for class in &report.classes {
        class_row(html, report, class);
    }
    html.push_str("</table>\n");
    if !report.not_applicable.is_empty() {
        let none = report.not_applicable.join(", ");
        write(
            html,
            format_args!(
                "<p class=\"soft\">No name of these lists for: {}</p>\n",
                escape(&none)
            ),
        );
    }
}

fn class_row(html: &mut String, report: &Report, class: &ClassReport) {
    let rate = &class.rate;
    html.push_str("<tr>");
    cell(html, class.class);
    cell(html, class.about);
    cell(html, class.scope.as_str());
    number(html, rate.whole);
    number(html, rate.part);
    number(html, format_args!("{:.1}", rate.percent()));
    number(
        html,
        format_args!("{:.0}–{:.0}", rate.low * 100.0, rate.high * 100.0),
    );
    html.push_str("<td>");
    let curve = Curve {
        class: "found",
        shares: shares(&class.found, rate.whole),
        top: 1.0,
    };
    picture(html, report, SMALL, class.class, &curve);
    html.push_str("</td></tr>\n");
}

fn unlisted(html: &mut String, report: &Report) {
    heading(html, "Names that are not listed");
    table(
        html,
        &[
            "sort",
            "what it is",
            "#names",
            "#alerting",
            "#of 1,000",
            "#95 % confidence",
            "#alerts",
            "over thresholds",
        ],
    );
    for unlisted in &report.unlisted {
        unlisted_row(html, report, unlisted);
    }
    html.push_str("</table>\n");
}

fn unlisted_row(html: &mut String, report: &Report, unlisted: &UnlistedReport) {
    let rate = &unlisted.rate;
    html.push_str("<tr>");
    cell(html, unlisted.sort.as_str());
    cell(html, unlisted.about);
    number(html, rate.whole);
    number(html, rate.part);
    number(html, format_args!("{:.1}", rate.per_thousand()));
    number(
        html,
        format_args!("{:.1}–{:.1}", rate.low * 1_000.0, rate.high * 1_000.0),
    );
    number(html, unlisted.alerts);
    html.push_str("<td>");
    let curve = Curve {
        class: "alert",
        shares: shares(&unlisted.alerting, rate.whole),
        top: 1.0,
    };
    picture(html, report, SMALL, unlisted.about, &curve);
    html.push_str("</td></tr>\n");
}

fn misses(html: &mut String, report: &Report) {
    heading(
        html,
        &format!(
            "Changed names that are missed: {}, worst first",
            report.misses.len()
        ),
    );
    table(html, &["class", "changed name", "listed name", "entry", "#score"]);
    for miss in report.misses.iter().take(MISSES) {
        miss_row(html, report, miss);
    }
    html.push_str("</table>\n");
    if report.misses.len() > MISSES {
        let more = report.misses.len() - MISSES;
        write(
            html,
            format_args!("<p class=\"soft\">and {more} more, which the report as JSON holds</p>\n"),
        );
    }
}

fn miss_row(html: &mut String, report: &Report, miss: &Miss) {
    html.push_str("<tr>");
    for text in [miss.class, &miss.name, &miss.listed, &miss.entity_id] {
        cell(html, text);
    }
    let floor = report
        .thresholds
        .first()
        .map_or_else(String::new, Score::to_string);
    number(
        html,
        miss.score
            .map_or_else(|| format!("&lt; {floor}"), |score| score.to_string()),
    );
    html.push_str("</tr>\n");
}

fn alerts(html: &mut String, report: &Report) {
    heading(
        html,
        "Names that are not listed and alert: the highest of each sort",
    );
    table(html, &["sort", "name", "listed name", "entry", "#score"]);
    for alert in &report.alerts {
        alert_row(html, alert);
    }
    html.push_str("</table>\n");
}

fn alert_row(html: &mut String, alert: &Alert) {
    html.push_str("<tr>");
    for text in [
        alert.sort.as_str(),
        &alert.name,
        &alert.matched_name,
        &alert.entity_id,
    ] {
        cell(html, text);
    }
    number(html, alert.score);
    html.push_str("</tr>\n");
}

fn rests_on(html: &mut String, report: &Report) {
    heading(html, "What this rests on");
    html.push_str("<table>\n");
    for list in &report.context.lists {
        row(html, "list", &list_text(list));
    }
    row(
        html,
        "policy",
        &format!(
            "sha256 {}, threshold {}",
            report.context.policy_sha256, report.threshold
        ),
    );
    row(html, "engine", &report.context.engine);
    row(html, "day", &report.context.as_of.to_string());
    let given = if report.with_kind {
        "name and kind"
    } else {
        "the name alone"
    };
    let test = format!(
        "seed {}, {} names a class, screened by {given}",
        report.seed, report.names_per_class
    );
    row(html, "test", &test);
    let names = format!(
        "{} alert by themselves and were drawn from; {} do not (weak alias, not verified, not in force)",
        report.names.drawn_from, report.names.left_out
    );
    row(html, "names", &names);
    html.push_str("</table>\n");
}

fn list_text(list: &ListStamp) -> String {
    let date = list
        .published
        .map_or_else(String::new, |day| format!(" of {day}"));
    format!(
        "{}{date}, {} entries, sha256 {}",
        list.id, list.entities, list.sha256
    )
}

fn row(html: &mut String, label: &str, text: &str) {
    html.push_str("<tr>");
    cell(html, label);
    cell(html, text);
    html.push_str("</tr>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_is_markup() {
        assert_eq!(escape("<b a=\"1\">&'"), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;");
        assert_eq!(escape("A\u{200b}B"), "A&lt;U+200B&gt;B");
    }

    #[test]
    fn the_top_of_a_picture_is_round_and_high_enough() {
        assert_eq!(top_of(&[0.0, 0.04]), 0.05);
        assert_eq!(top_of(&[0.7]), 1.0);
        assert_eq!(top_of(&[]), 0.02);
    }
}
