//! `tamis policy`: the configuration in force and what it means, the schema of policy files, checks of them.

use crate::args::{Global, PolicyShowArgs};
use crate::clock;
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::{Page, Style, Tone};
use serde::Serialize;
use std::path::Path;
use tamis::Policy;
use tamis::model::{Action, Activity, EntityKind, Measure, Prohibition, Subject};
use tamis::policy::{Requirement, Rule, SCHEMA, ThresholdRule, Unknown};

/// What a policy is measured with on the page.
const PROHIBITIONS: [(&str, Prohibition); 8] = [
    ("asset freeze", Prohibition::AssetFreeze),
    ("transaction ban", Prohibition::TransactionBan),
    ("sectoral restriction", Prohibition::SectoralRestriction),
    ("export licence", Prohibition::ExportLicence),
    ("procurement ban", Prohibition::ProcurementBan),
    ("travel ban", Prohibition::TravelBan),
    ("arms embargo", Prohibition::ArmsEmbargo),
    ("caution", Prohibition::Caution),
];

/// The answer for machines.
#[derive(Serialize)]
struct Document<'a> {
    policy: &'a Policy,
    policy_sha256: String,
    /// What the hash is taken of.
    canonical: String,
}

/// Runs `tamis policy show`.
pub fn show(args: &PolicyShowArgs, global: &Global) -> Result<Exit, Failure> {
    let policy = engine::policy_of(&args.policy)?;
    let text = match (args.canonical, args.writing.json) {
        (true, _) => policy.to_toml(),
        (_, true) => output::json(&Document {
            policy_sha256: policy.sha256(),
            canonical: policy.to_toml(),
            policy: &policy,
        })?,
        _ => page(&policy, Style::of(global.color, &args.writing.output)),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

/// Runs `tamis policy schema`.
pub fn schema() -> Result<Exit, Failure> {
    output::write_document(Path::new("-"), SCHEMA)?;
    Ok(Exit::Clear)
}

/// Runs `tamis policy check`: every policy is read, whatever is wrong with another.
pub fn check(policies: &[String], global: &Global) -> Result<Exit, Failure> {
    let mut exit = Exit::Clear;
    for word in policies {
        match engine::policy_named(word, clock::today()) {
            Ok(policy) if !global.quiet => {
                output::write_document(Path::new("-"), &format!("{word}: sha256 {}\n", policy.sha256()))?;
            }
            Ok(_) => {}
            Err(failure) => {
                failure.tell();
                exit = Exit::Failed;
            }
        }
    }
    Ok(exit)
}

fn page(policy: &Policy, style: Style) -> String {
    let mut page = Page::new(style);
    page.heading(
        Tone::Plain,
        policy.title.as_deref().unwrap_or("The policy in force"),
    );
    page.pairs(&settings(policy));
    if !policy.thresholds.is_empty() {
        page.heading(
            Tone::Plain,
            "Thresholds of their own; the first that applies is taken",
        );
        let rows: Vec<Vec<String>> = policy.thresholds.iter().map(threshold).collect();
        page.table(&["lists", "kinds", "customers", "threshold"], &rows);
    }
    rules(&mut page, policy);
    if !policy.evidence.is_empty() {
        page.heading(
            Tone::Plain,
            "Evidence beside the name; all that apply must be met",
        );
        let rows: Vec<Vec<String>> = policy.evidence.iter().map(requirement).collect();
        let header = [
            "lists",
            "kinds",
            "customers",
            "one must agree",
            "otherwise",
            "if unknown",
        ];
        page.table(&header, &rows);
        page.paragraph("A document or number that agrees is evidence enough.");
    }
    outcome(&mut page, policy);
    page.finish()
}

fn settings(policy: &Policy) -> Vec<(&'static str, String)> {
    let regimes = match policy.regimes.is_empty() {
        true => "all, unless a record names the jurisdictions of its deal".to_owned(),
        false => format!(
            "{}, those of the deal's jurisdictions, and private lists",
            policy.regimes.join(", ")
        ),
    };
    let alert = |alerts| if alerts { "alert" } else { "are information" };
    vec![
        ("sha256", policy.sha256()),
        ("as of", policy.as_of.to_string()),
        ("threshold", policy.threshold.to_string()),
        ("regimes", regimes),
        ("unverified facts", alert(policy.unverified_alerts).to_owned()),
        ("weak aliases", alert(policy.weak_alias_alerts).to_owned()),
    ]
}

fn any<T>(values: &[T], word: impl Fn(&T) -> &str) -> String {
    let words: Vec<&str> = values.iter().map(word).collect();
    if words.is_empty() {
        "any".to_owned()
    } else {
        words.join(", ")
    }
}

fn kinds(kinds: &[EntityKind]) -> String {
    any(kinds, |kind| kind.as_str())
}

fn threshold(rule: &ThresholdRule) -> Vec<String> {
    vec![
        any(&rule.lists, |list| list),
        kinds(&rule.kinds),
        any(&rule.customer_types, |word| word),
        rule.threshold.to_string(),
    ]
}

fn rules(page: &mut Page, policy: &Policy) {
    page.heading(Tone::Plain, "Rules; the first that applies is taken");
    let rows: Vec<Vec<String>> = policy
        .rules
        .iter()
        .enumerate()
        .map(|(at, one)| rule(at, one))
        .collect();
    page.table(
        &["rule", "measures", "activities", "customers", "action", "why"],
        &rows,
    );
    page.paragraph(
        "Where no rule applies, an asset freeze blocks, any other measure is reviewed, and a measure that does not reach \
         the activity informs. Where the activity is not stated, the strictest of all holds.",
    );
}

fn rule(at: usize, rule: &Rule) -> Vec<String> {
    let activities = match rule.activities.as_slice() {
        [] => "what is reached".to_owned(),
        named => any(named, |activity| activity.as_str()),
    };
    let about = [
        (!rule.regimes.is_empty()).then(|| format!("of {}", rule.regimes.join(", "))),
        (!rule.measures.is_empty()).then(|| rule.measures.join(", ")),
        (!rule.prohibits.is_empty()).then(|| any(&rule.prohibits, |p| named(*p))),
        rule.via
            .map(|kind| format!("behind customers, as {}", kind.as_str())),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    vec![
        (at + 1).to_string(),
        if about.is_empty() {
            "any".to_owned()
        } else {
            about.join("; ")
        },
        activities,
        any(&rule.customer_types, |word| word),
        rule.action.as_str().to_owned(),
        rule.why.clone().unwrap_or_default(),
    ]
}

fn named(prohibits: Prohibition) -> &'static str {
    let known = PROHIBITIONS.iter().find(|(_, one)| *one == prohibits);
    known.map_or("", |(name, _)| *name)
}

fn requirement(one: &Requirement) -> Vec<String> {
    let unknown = match one.unknown {
        Unknown::Keep => "stays",
        Unknown::Reduce => "is reduced",
    };
    vec![
        any(&one.lists, |list| list),
        kinds(&one.kinds),
        any(&one.customer_types, |word| word),
        one.wanted(),
        one.otherwise.as_str().to_owned(),
        unknown.to_owned(),
    ]
}

/// What the rules come to, measured by asking them.
fn outcome(page: &mut Page, policy: &Policy) {
    page.heading(Tone::Plain, "What it comes to");
    let mut header = vec!["measure", "not stated"];
    header.extend(Activity::ALL.map(Activity::as_str));
    let rows: Vec<Vec<String>> = PROHIBITIONS
        .iter()
        .map(|(name, prohibits)| {
            let measure = Measure::new("any", "any", *prohibits);
            let stated = Activity::ALL.map(Some);
            let all = [None].into_iter().chain(stated);
            let actions = all.map(|activity| asked(policy, &measure, activity).as_str().to_owned());
            [(*name).to_owned()].into_iter().chain(actions).collect()
        })
        .collect();
    page.table(&header, &rows);
    page.paragraph(
        "For a customer of unknown type and a measure that names no activities; rules about single regimes, measures or \
         types of customers are not in this table.",
    );
    let meanings = Action::ALL.map(|action| (action.as_str(), action.meaning().to_owned()));
    page.pairs(&meanings);
}

fn asked(policy: &Policy, measure: &Measure, activity: Option<Activity>) -> Action {
    let subject = Subject {
        activity,
        ..Subject::default()
    };
    policy.verdict(measure, &subject).action
}
