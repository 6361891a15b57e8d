//! The parties behind a customer: as options name them, and as pages and rows tell of them.

use crate::failure::Failure;
use tamis::model::{Ground, RelatedParty, RelatedRole, Subject, Via, ViaStep};
use tamis::ownership::Share;
use tamis::related::Assessor;

/// What decides on customers and the parties behind them.
pub fn assessor() -> Result<Assessor, Failure> {
    Assessor::new().map_err(Failure::internal)
}

/// Options that name the parties behind a customer.
#[derive(Clone, Debug, clap::Args)]
pub struct BehindArgs {
    /// An owner, with the share in per cent where it is known, as in "Anton Ivanov=25"; repeatable
    #[arg(long = "owner", value_name = "NAME[=SHARE]", value_parser = parse_owner)]
    pub owners: Vec<RelatedParty>,
    /// A beneficial owner, with the share where it is known; repeatable
    #[arg(long = "beneficial-owner", value_name = "NAME[=SHARE]", value_parser = parse_beneficial)]
    pub beneficial_owners: Vec<RelatedParty>,
    /// A member of the board; repeatable
    #[arg(long = "director", value_name = "NAME", value_parser = parse_director)]
    pub directors: Vec<RelatedParty>,
    /// An executive; repeatable
    #[arg(long = "officer", value_name = "NAME", value_parser = parse_officer)]
    pub officers: Vec<RelatedParty>,
    /// Somebody who may sign for the party; repeatable
    #[arg(long = "signatory", value_name = "NAME", value_parser = parse_signatory)]
    pub signatories: Vec<RelatedParty>,
}

impl BehindArgs {
    /// All of them.
    pub fn parties(&self) -> Vec<RelatedParty> {
        let all = [
            &self.owners,
            &self.beneficial_owners,
            &self.directors,
            &self.officers,
            &self.signatories,
        ];
        all.into_iter().flatten().cloned().collect()
    }
}

fn parse_owner(text: &str) -> Result<RelatedParty, String> {
    holding(text, RelatedRole::Owner)
}

fn parse_beneficial(text: &str) -> Result<RelatedParty, String> {
    holding(text, RelatedRole::BeneficialOwner)
}

fn parse_director(text: &str) -> Result<RelatedParty, String> {
    named(text, RelatedRole::Director)
}

fn parse_officer(text: &str) -> Result<RelatedParty, String> {
    named(text, RelatedRole::Officer)
}

fn parse_signatory(text: &str) -> Result<RelatedParty, String> {
    named(text, RelatedRole::Signatory)
}

/// `NAME=SHARE`, or `NAME [SHARE]` as in files.
fn holding(text: &str, role: RelatedRole) -> Result<RelatedParty, String> {
    let party = match text.rsplit_once('=') {
        Some((name, share)) => RelatedParty {
            name: name.trim().to_owned(),
            role,
            share: Some(share.trim().to_owned()).filter(|share| !share.is_empty()),
        },
        None => RelatedParty::read(text, role),
    };
    if text.contains('=') && RelatedParty::read(&party.name, role).share.is_some() {
        return Err(format!("'{text}' has two shares: write the one that is held"));
    }
    let share = party.share.as_deref().unwrap_or_default();
    Share::parse(share).map_err(|error| format!("the share '{share}' {error}"))?;
    fit(party)
}

fn named(text: &str, role: RelatedRole) -> Result<RelatedParty, String> {
    fit(RelatedParty {
        name: text.trim().to_owned(),
        role,
        share: None,
    })
}

fn fit(party: RelatedParty) -> Result<RelatedParty, String> {
    tamis::unfit(&party.name).map_or(Ok(party), Err)
}

/// The parties behind a customer in a line each: `owner`, `Anton Ivanov, 25 %`.
pub fn lines(subject: &Subject) -> Vec<(&'static str, String)> {
    let line = |party: &RelatedParty| {
        let share = match (&party.share, party.role.owns()) {
            (Some(share), _) => format!(", {} %", share.trim_end_matches('%').trim_end()),
            (None, true) => ", share not known".to_owned(),
            (None, false) => String::new(),
        };
        (party.role.as_str(), format!("{}{share}", party.name))
    };
    subject.related.iter().map(line).collect()
}

/// Through whom a finding concerns a customer, in one line.
pub fn line(via: &Via) -> String {
    let grounds: Vec<String> = via.grounds.iter().map(ground).collect();
    format!(
        "{} through {}: {}",
        via.kind.as_str(),
        via.party,
        grounds.join("; ")
    )
}

/// What one rule says, with the steps that prove it.
pub fn ground(ground: &Ground) -> String {
    let rule = match &ground.rule {
        Some(rule) => format!("{rule} {}: ", ground.kind.as_str()),
        None => String::new(),
    };
    let steps: Vec<String> = ground.path.iter().map(step).collect();
    match steps.is_empty() {
        true => format!("{rule}{}", ground.meaning),
        false => format!("{rule}{} [{}]", ground.meaning, steps.join(", ")),
    }
}

fn step(step: &ViaStep) -> String {
    let mut text = format!("{} > {} > {}", step.owner, step.tie, step.owned);
    let days = [("from", step.from), ("to", step.to)];
    for (word, day) in days.iter().filter_map(|(word, day)| Some((word, (*day)?))) {
        text.push_str(&format!(" {word} {day}"));
    }
    text
}
