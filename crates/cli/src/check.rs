//! `tamis check`: one name, with everything that an analyst needs to decide.

use crate::answer::{self, Answer};
use crate::args::{CheckArgs, Global};
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::freshness;
use crate::log;
use crate::output;
use crate::ownership;
use crate::ownership::load::StakesFile;
use crate::page::Style;
use crate::stakes::Stakes;
use crate::state::Origin;
use crate::warnings;
use serde::Serialize;
use std::collections::BTreeMap;
use tamis::model::{
    Action, Context, CountryLink, CountryRelation, Decision, Entity, Hit, Place, Score, Status, Subject,
    SubjectName,
};
use tamis::{Policy, Scratch, Screener};

/// Where near misses are looked for when the answer is clear and nobody asked: the nearest one says how
/// close it was.
const NEAREST_FLOOR: Score = Score::from_ten_thousandths(6_000);

/// The answer for machines.
#[derive(Serialize)]
struct Document<'a> {
    subject: &'a Subject,
    decision: &'a Decision,
    /// What is to be done: the strictest of all findings.
    action: Option<Action>,
    near_misses: &'a [Hit],
    entities: BTreeMap<String, &'a Entity>,
    context: &'a Context,
    policy: &'a Policy,
    /// Where the lists come from, as far as that is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<&'a Origin>,
    #[serde(skip_serializing_if = "<[StakesFile]>::is_empty")]
    stakes: &'a [StakesFile],
}

/// Runs `tamis check`.
pub fn run(args: &CheckArgs, global: &Global) -> Result<Exit, Failure> {
    args.stakes.check(&args.writing.output, &[])?;
    let subject = subject_of(args)?;
    let screener = engine::ready(&args.against)?;
    warnings::tell(screener.lists(), global);
    let stakes = Stakes::load(&screener, &args.stakes)?;
    ownership::tell(&stakes.problems, global);
    let decision = stakes
        .assessor
        .decide(&screener, &subject, &mut Scratch::default());
    let ruling = log::check(args, &screener, &stakes, &subject, &decision)?;
    let decision = ruling.map_or(decision, |ruling| ruling.told(true));
    let mut near = match (args.near, decision.status) {
        (Some(floor), _) => screener.near_misses(&subject, floor),
        (None, Status::Clear) if !args.writing.json => screener.near_misses(&subject, NEAREST_FLOOR),
        _ => Vec::new(),
    };
    near.retain(|hit| !is_told(hit, &decision));
    let text = if args.writing.json {
        let origins = freshness::origins(&args.against.lists.lists)?;
        document(&screener, &subject, &decision, &near, &origins, &stakes.files)?
    } else {
        let style = Style::of(global.color, &args.writing.output);
        let answer = Answer {
            screener: &screener,
            subject: &subject,
            decision: &decision,
            near: &near,
            near_floor: args.near,
            stakes: &stakes.files,
        };
        answer::page(&answer, style)
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(stakes.exit(match decision.status {
        Status::Clear => Exit::Clear,
        Status::Hit => Exit::Hits,
        Status::Unscreened => Exit::Failed,
    }))
}

/// A match below the threshold whose names reach it is information already, and told once.
fn is_told(hit: &Hit, decision: &Decision) -> bool {
    decision
        .information
        .iter()
        .any(|finding| finding.via.is_none() && finding.hit.entity_id == hit.entity_id)
}

fn subject_of(args: &CheckArgs) -> Result<Subject, Failure> {
    let named = |text: &String| SubjectName {
        text: text.clone(),
        parts: None,
    };
    // A decision depends on the id only where stakes may know it; for the log it stands elsewhere.
    let id = args.customer.clone().filter(|_| !args.stakes.files.is_empty());
    if args.customer.is_some() && id.is_none() && args.log.log.is_none() {
        return Err(
            Failure::new("--customer: the id of a customer is for --log or --stakes")
                .help("give one of them, or leave it out"),
        );
    }
    let countries: Result<Vec<CountryLink>, Failure> = args.countries.iter().map(|c| country(c)).collect();
    Ok(Subject {
        id,
        names: [&args.name].into_iter().chain(&args.aliases).map(named).collect(),
        kind: args.kind,
        birth_date: args.born.clone(),
        birth_place: args.birth_place.as_deref().map(place),
        gender: args.gender,
        countries: countries?,
        identifiers: args.ids.clone(),
        activity: args.activity,
        jurisdictions: args.jurisdictions.clone(),
        customer_type: args.customer_type.as_ref().map(|word| word.trim().to_lowercase()),
        related: args.behind.parties(),
        ..Subject::default()
    })
}

fn country(text: &str) -> Result<CountryLink, Failure> {
    let link = CountryLink::new(CountryRelation::Unspecified, text);
    match link.code {
        Some(_) => Ok(link),
        None => Err(
            Failure::new(format!("--country: '{text}' is not a country that is known here"))
                .help("write its English name or its two-letter code"),
        ),
    }
}

/// A place as written; its country is what stands after the last comma, or all of it.
fn place(text: &str) -> Place {
    let last = text.rsplit(',').next().unwrap_or(text);
    Place {
        text: text.to_owned(),
        country: tamis::model::country_code(last.trim()),
    }
}

fn document(
    screener: &Screener,
    subject: &Subject,
    decision: &Decision,
    near_misses: &[Hit],
    origins: &[Origin],
    stakes: &[StakesFile],
) -> Result<String, Failure> {
    let findings = decision
        .alerts
        .iter()
        .chain(&decision.information)
        .map(|f| &f.hit);
    let ids = findings.chain(near_misses).map(|hit| &hit.entity_id);
    let document = Document {
        subject,
        decision,
        action: decision.action(),
        near_misses,
        entities: ids
            .filter_map(|id| Some((id.clone(), screener.entity(id)?)))
            .collect(),
        context: screener.context(),
        policy: screener.policy(),
        sources: screener
            .lists()
            .iter()
            .filter_map(|list| freshness::of(origins, list))
            .collect(),
        stakes,
    };
    output::json(&document)
}
