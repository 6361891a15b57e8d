//! `tamis ownership`: who owns and controls a party, whom it owns, and what follows under each rule.

pub mod args;
mod document;
mod dot;
mod doubts;
mod find;
mod joining;
mod listing;
pub mod load;
mod picture;
mod text;

use crate::args::Global;
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::page::Style;
use crate::warnings;
use args::{OwnershipArgs, TreeFormat};
use joining::Joining;
use picture::Picture;
use std::io::{Write, stderr};
use tamis::Screener;
use tamis::ownership::{Assessment, Party, Problem, Rule, rules};
use tamis::related::{Alikes, Names, Similar};

/// Runs `tamis ownership`.
pub fn run(args: &OwnershipArgs, global: &Global) -> Result<Exit, Failure> {
    output::refuse_overwriting(&args.output, &args.stakes)?;
    let screener = engine::ready(&args.against)?;
    warnings::tell(screener.lists(), global);
    let rules = chosen(args)?;
    let mut loaded = load::load(&screener, &args.stakes)?;
    let alikes = Alikes::of(&loaded.graph);
    let mut found = find::party(&screener, (&loaded.graph, &alikes), &args.name)?;
    let similar = Similar::of(&loaded.graph, &screener).map_err(Failure::new)?;
    let names = Names {
        graph: &loaded.graph,
        alikes: &alikes,
        similar: &similar,
    };
    let pairs = doubts::pairs(&names, found.party, &args.name);
    let listings = engine::threads(global.jobs)?.install(|| {
        let concerned = doubts::concerned(&names, &pairs);
        listing::around(&screener, &names, (found.party, concerned), &mut loaded.problems)
    });
    let mut doubts = doubts::told(&names, &pairs, &listings);
    let is_listed = |party: &Party| {
        let listing = listings.get(party);
        listing.map_or_else(Vec::new, |listing| listing.measures.clone())
    };
    let as_of = screener.policy().as_of;
    let joining = Joining {
        around: (&loaded.graph, &alikes),
        party: found.party,
        listings: &listings,
    };
    let is_asked_by_id = loaded.graph.by_id(&args.name).is_some();
    let joined = joining.chosen(is_asked_by_id, |graph, party| {
        graph.findings(party, as_of, &rules, &is_listed)
    });
    doubts.retain(|doubt| !(joined.by_id && doubt.is_by_id));
    loaded.problems.extend(joined.told);
    loaded.graph = joined.graph;
    found.party = loaded.graph.counted_as(found.party);
    tell(&loaded.problems, global);
    let assessment = Assessment::of(&loaded.graph, as_of, &rules, &is_listed);
    let picture = Picture {
        screener: &screener,
        loaded: &loaded,
        found: &found,
        listings: &listings,
        doubts: &doubts,
        findings: assessment.findings(found.party),
        assessment: &assessment,
    };
    let text = render(args, global, &picture)?;
    output::write_document(&args.output, &text)?;
    Ok(exit(&picture))
}

fn render(args: &OwnershipArgs, global: &Global, picture: &Picture<'_>) -> Result<String, Failure> {
    match args.tree_format() {
        TreeFormat::Text => Ok(text::page(picture, Style::of(global.color, &args.output))),
        TreeFormat::Json => document::json(picture),
        TreeFormat::Dot => Ok(dot::graph(picture)),
    }
}

fn exit(picture: &Picture<'_>) -> Exit {
    let alerts = picture.is_listed()
        || picture.findings.iter().any(|finding| finding.alerts())
        || picture.is_doubtful();
    match (picture.is_incomplete(), alerts) {
        (true, _) => Exit::Failed,
        (false, true) => Exit::Hits,
        (false, false) => Exit::Clear,
    }
}

/// The rules that are asked for. One that is not known would silence its answer, so it is refused.
fn chosen(args: &OwnershipArgs) -> Result<Vec<Rule>, Failure> {
    let all = rules().map_err(Failure::internal)?;
    let wanted: Vec<String> = args.rules.iter().map(|word| word.trim().to_lowercase()).collect();
    let every = wanted.is_empty() || wanted.iter().any(|word| word == "all");
    let known = |word: &String| word == "all" || all.iter().any(|rule| rule.id == *word);
    if let Some(word) = wanted.iter().find(|word| !known(word)) {
        let mut ids: Vec<&str> = all.iter().map(|rule| rule.id.as_str()).collect();
        ids.dedup();
        return Err(Failure::new(format!("--rule: there is no rule '{word}'"))
            .help(format!("the rules are: {}, all", ids.join(", "))));
    }
    Ok(all
        .into_iter()
        .filter(|rule| every || wanted.contains(&rule.id))
        .collect())
}

/// Writes what could not be used to standard error, and, unless the run is to be quiet, what must be told.
pub fn tell(problems: &[Problem], global: &Global) {
    let mut stderr = stderr().lock();
    for problem in problems.iter().filter(|problem| !problem.used || !global.quiet) {
        let word = if problem.used { "warning" } else { "error" };
        // The page and the exit code say it too.
        let _ = writeln!(stderr, "{word}: {problem}");
    }
}

/// The normal form by which names of the graph are the same: the screener's own.
fn key(name: &str) -> String {
    tamis::screen::normal_form(name, None)
}

/// Every entity of the lists.
fn entities(screener: &Screener) -> Result<Vec<&tamis::model::Entity>, Failure> {
    screener
        .entities()
        .collect::<Result<_, _>>()
        .map_err(Failure::new)
}
