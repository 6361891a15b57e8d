//! The page that `tamis check` shows: verdict, what was compared, each alert in full, what it rests on.

use crate::behind;
use crate::cover;
use crate::footnotes::Footnotes;
use crate::ownership::load::StakesFile;
use crate::page::{Page, Style, Tone};
use crate::reasons;
use crate::tables;
use crate::warnings;
use tamis::model::{
    Activity, Context, Decision, Entity, EvasionSignal, Evidence, Finding, Hit, ListMeta, ListStamp, Score,
    Status, Subject,
};
use tamis::screen::normal_form;
use tamis::{Policy, Screener};

/// How many characters of a hash are shown to people; the full one is in the JSON.
const SHORT_HASH: usize = 16;

/// Everything the page is made from.
pub struct Answer<'a> {
    /// What was asked.
    pub screener: &'a Screener,
    /// Of whom.
    pub subject: &'a Subject,
    /// The answer.
    pub decision: &'a Decision,
    /// Matches below the threshold.
    pub near: &'a [Hit],
    /// Down to where near misses were asked for; `None`: only the nearest is told, when all is clear.
    pub near_floor: Option<Score>,
    /// The files of stakes that it rests on.
    pub stakes: &'a [StakesFile],
}

/// A finding with what it is told by.
pub struct InFull<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Who was screened.
    pub subject: &'a Subject,
    /// The policy; `None` where this build does not know it.
    pub policy: Option<&'a Policy>,
    /// The entry, where it is at hand.
    pub entity: Option<&'a Entity>,
}

impl<'a> Answer<'a> {
    fn about(&self, finding: &'a Finding) -> InFull<'a> {
        InFull {
            finding,
            subject: self.subject,
            policy: Some(self.screener.policy()),
            entity: self.screener.entity(&finding.hit.entity_id),
        }
    }
}

/// The page.
pub fn page(answer: &Answer<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let mut notes = Footnotes::default();
    verdict(&mut page, answer);
    compared(&mut page, answer.subject, &answer.decision.signals);
    for (at, finding) in answer.decision.alerts.iter().enumerate() {
        let head = format!("Alert {} of {}", at + 1, answer.decision.alerts.len());
        in_full(&mut page, &answer.about(finding), Tone::Bad, &head, &mut notes);
    }
    for finding in &answer.decision.information {
        in_full(
            &mut page,
            &answer.about(finding),
            Tone::Plain,
            "Information, no alert",
            &mut notes,
        );
    }
    regimes(&mut page, answer, &mut notes);
    near_misses(&mut page, answer);
    sources(&mut page, &notes);
    rests_on(&mut page, answer.screener);
    let stakes = answer.stakes.iter().map(|file| ("stakes", file.line()));
    page.pairs(&stakes.collect::<Vec<_>>());
    next_steps(&mut page, answer.decision);
    page.finish()
}

/// The sources that the page refers to by number.
pub fn sources(page: &mut Page, notes: &Footnotes) {
    let rows = notes.rows();
    if !rows.is_empty() {
        page.heading(Tone::Plain, "Sources");
        let rows: Vec<(&str, String)> = rows.iter().map(|(n, text)| (n.as_str(), text.clone())).collect();
        page.pairs(&rows);
    }
}

fn verdict(page: &mut Page, answer: &Answer<'_>) {
    let policy = answer.screener.policy();
    let name = answer.subject.names.first().map_or("", |name| name.text.as_str());
    let alerts = answer.decision.alerts.len();
    let (tone, count) = match answer.decision.status {
        Status::Hit => (
            Tone::Bad,
            format!("  {alerts} {}", if alerts == 1 { "alert" } else { "alerts" }),
        ),
        Status::Clear => (Tone::Good, String::new()),
        Status::Unscreened => (Tone::Unsure, "  this is not an all-clear".to_owned()),
    };
    let status = answer.decision.status.as_str();
    page.heading(tone, &format!("{status}{count}  {name}"));
    let regimes = match policy.regimes.is_empty() {
        true => "all regimes on the lists".to_owned(),
        false => format!("regimes: {}", policy.regimes.join(", ")),
    };
    page.paragraph(&format!(
        "as of {}, threshold {}, {regimes}",
        policy.as_of, policy.threshold
    ));
    if let Some(line) = deal(answer.subject) {
        page.paragraph(&line);
    }
    for note in &answer.decision.notes {
        page.paragraph(note);
    }
}

/// What was said of the deal; what was not is taken for the strictest, which the policy's page explains.
fn deal(subject: &Subject) -> Option<String> {
    let jurisdictions = subject.jurisdictions.join(", ");
    let said = [
        ("activity", subject.activity.map_or("", Activity::as_str)),
        ("jurisdiction", &jurisdictions),
        (
            "customer type",
            subject.customer_type.as_deref().unwrap_or_default(),
        ),
    ];
    let said: Vec<String> = said
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| format!("{what} {value}"))
        .collect();
    (!said.is_empty()).then(|| format!("for a deal with {}", said.join(", ")))
}

/// The subject as received and as normalised.
pub fn compared(page: &mut Page, subject: &Subject, signals: &[EvasionSignal]) {
    page.heading(Tone::Plain, "What was compared");
    let given = |text: Option<String>| text.unwrap_or_else(|| "not given".to_owned());
    let joined = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
    let mut rows: Vec<(&str, String)> = Vec::new();
    for name in &subject.names {
        rows.push(("name", name.text.clone()));
        rows.push(("normal form", normal_form(&name.text, subject.kind)));
    }
    let kind = subject.kind.map(|kind| kind.as_str().to_owned());
    rows.push((
        "kind",
        kind.unwrap_or_else(|| "not given: every kind was searched".to_owned()),
    ));
    rows.push((
        "birth date",
        given(subject.birth_date.as_ref().map(|d| d.text.clone())),
    ));
    rows.push((
        "birth place",
        given(subject.birth_place.as_ref().map(|p| p.text.clone())),
    ));
    rows.push(("gender", given(subject.gender.map(|g| g.as_str().to_owned()))));
    let countries = subject.countries.iter().map(|c| c.text.clone()).collect();
    rows.push(("country", given(joined(countries))));
    let ids = subject.identifiers.iter();
    let ids = ids
        .map(|id| format!("{} {}", id.kind.as_str(), id.value))
        .collect();
    rows.push(("identifier", given(joined(ids))));
    rows.extend(behind::lines(subject));
    if !signals.is_empty() {
        rows.push(("flags", undone(signals)));
    }
    page.pairs(&rows);
}

fn undone(signals: &[EvasionSignal]) -> String {
    let signals: Vec<&str> = signals.iter().map(|signal| signal.as_str()).collect();
    format!("{} (undone before comparing)", signals.join(", "))
}

/// A finding with its evidence, its measures and the entry in full.
pub fn in_full(page: &mut Page, found: &InFull<'_>, tone: Tone, head: &str, notes: &mut Footnotes) {
    let finding = found.finding;
    let hit = &finding.hit;
    page.heading(tone, &format!("{head}: {} {}", hit.entity_id, hit.entity_name));
    page.pairs(&summary(found));
    page.table(&tables::EVIDENCE, &tables::evidence(hit));
    page.table(&tables::FIELDS, &tables::fields(hit));
    page.table(&tables::MEASURES, &tables::measures(&finding.measures, notes));
    if let Some(entity) = found.entity {
        page.paragraph("The entry in full");
        page.pairs(&tables::entry(entity, notes));
    }
}

/// The threshold that was to be reached, as far as it is known.
fn threshold(found: &InFull<'_>) -> String {
    match (found.policy, found.entity) {
        (None, _) => "not known to this build".to_owned(),
        (Some(policy), None) => policy.threshold.to_string(),
        (Some(policy), Some(entity)) => policy.threshold_for(found.subject, entity).to_string(),
    }
}

fn summary(found: &InFull<'_>) -> Vec<(&'static str, String)> {
    let (finding, subject) = (found.finding, found.subject);
    let hit = &finding.hit;
    let threshold = threshold(found);
    let action = finding.action;
    let mut rows = vec![
        ("action", format!("{}: {}", action.as_str(), action.meaning())),
        (
            "score",
            format!(
                "{} (threshold {threshold}; names alone {})",
                hit.score, hit.name_score
            ),
        ),
        (
            "matched",
            format!("{} ({})", hit.matched_name, reasons::name_role(hit.matched_role)),
        ),
    ];
    if let Some(via) = &finding.via {
        rows.push(("relation", format!("{} through {}", via.kind.as_str(), via.party)));
        rows.extend(
            via.grounds
                .iter()
                .map(|ground| ("ground", behind::ground(ground))),
        );
        let bases = via.grounds.iter().filter_map(|ground| ground.basis.clone());
        rows.extend(bases.map(|basis| ("basis", basis)));
    } else if subject.names.len() > 1 {
        let name = subject.names.get(hit.query_name);
        rows.push(("by", name.map_or(String::new(), |name| name.text.clone())));
    }
    if !finding.why.is_empty() {
        rows.push(("why no alert", finding.why.clone()));
    }
    rows.extend(finding.aside.iter().map(|why| ("set aside", why.clone())));
    for evidence in &hit.evidence {
        if let Evidence::Evasion { signal } = evidence {
            rows.push((
                "evasion sign",
                format!("{} (undone before comparing)", signal.as_str()),
            ));
        }
    }
    rows
}

fn regimes(page: &mut Page, answer: &Answer<'_>, notes: &mut Footnotes) {
    if answer.decision.status == Status::Unscreened {
        return;
    }
    page.heading(Tone::Plain, "By regime");
    let lines = cover::by_regime(answer.screener, answer.subject, answer.decision, notes);
    let rows: Vec<(&str, String)> = lines.iter().map(|(r, text)| (r.as_str(), text.clone())).collect();
    page.pairs(&rows);
    page.paragraph("Regimes that are not named here are on none of these lists and were not checked.");
}

fn near_misses(page: &mut Page, answer: &Answer<'_>) {
    let shown = match answer.near_floor {
        Some(floor) => {
            page.heading(
                Tone::Plain,
                &format!("Near misses, from {floor} to below the threshold"),
            );
            if answer.near.is_empty() {
                page.paragraph("none");
            }
            answer.near
        }
        None if answer.decision.status == Status::Clear && !answer.near.is_empty() => {
            page.heading(Tone::Plain, "Nearest below the threshold (--near shows all)");
            answer.near.get(..1).unwrap_or_default()
        }
        None => return,
    };
    let row = |hit: &Hit| {
        vec![
            hit.score.to_string(),
            hit.entity_id.clone(),
            hit.matched_name.clone(),
            reasons::line(hit),
        ]
    };
    let rows: Vec<Vec<String>> = shown.iter().map(row).collect();
    page.table(&["score", "entry", "matched name", "reasons"], &rows);
}

/// What an answer rests on: lists, policy, engine, day.
pub fn rests_on(page: &mut Page, screener: &Screener) {
    rested_on(
        page,
        screener.context(),
        Some(screener.policy()),
        screener.lists(),
    );
}

/// What an answer rested on when it was given.
pub fn rested_on<'a>(
    page: &mut Page,
    context: &Context,
    policy: Option<&Policy>,
    lists: impl IntoIterator<Item = &'a ListMeta>,
) {
    page.heading(Tone::Plain, "What this rests on");
    let mut rows: Vec<(&str, String)> = context.lists.iter().map(|l| ("list", stamp(l))).collect();
    for meta in lists {
        let told = |text| ("warning", format!("{}: {text}", meta.id));
        rows.extend(warnings::of(meta).into_iter().map(told));
    }
    let sha256 = short(&context.policy_sha256);
    rows.push((
        "policy",
        policy.map_or_else(
            || format!("sha256 {sha256}, which this build does not know"),
            |policy| policy_line(policy, sha256),
        ),
    ));
    rows.push(("engine", context.engine.clone()));
    rows.push(("as of", context.as_of.to_string()));
    page.pairs(&rows);
}

fn policy_line(policy: &Policy, sha256: &str) -> String {
    let title = policy.title.as_ref();
    format!(
        "{}sha256 {sha256}, threshold {}, unverified facts {}, weak aliases {}",
        title.map_or(String::new(), |title| format!("{title}, ")),
        policy.threshold,
        alert(policy.unverified_alerts),
        alert(policy.weak_alias_alerts)
    )
}

fn stamp(list: &ListStamp) -> String {
    let published = list
        .published
        .map_or("no publication date".to_owned(), |d| format!("published {d}"));
    format!(
        "{} ({}), {published}, {} entries, sha256 {}",
        list.id,
        list.title,
        list.entities,
        short(&list.sha256)
    )
}

/// The first characters of a hash.
pub fn short(hash: &str) -> &str {
    hash.get(..SHORT_HASH).unwrap_or(hash)
}

const fn alert(alerts: bool) -> &'static str {
    if alerts { "alert" } else { "do not alert" }
}

fn next_steps(page: &mut Page, decision: &Decision) {
    if decision.status != Status::Hit {
        return;
    }
    page.heading(Tone::Plain, "Next steps");
    page.pairs(&[
        (
            "1",
            "Whose measure is it? Ask the authority named above; a licence question goes to who licenses."
                .to_owned(),
        ),
        (
            "2",
            "Is it the same kind of party: a person, a company, a vessel?".to_owned(),
        ),
        (
            "3",
            "How much of the name agrees? One shared word of several is not a match by itself.".to_owned(),
        ),
        (
            "4",
            "Compare the entry in full with all you know; get what is missing in the record.".to_owned(),
        ),
        (
            "5",
            "Several agreements: hold, and ask the authority. Else record why it is somebody else."
                .to_owned(),
        ),
    ]);
}
