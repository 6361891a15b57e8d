//! Who leads and owns a company.

use crate::examine::{Examiner, Memory};
use crate::known::Party;
use crate::signal::{Signal, SignalKind};
use crate::standing::Standing;
use crate::weight;
use tamis_model::{
    BirthDate, Company, Decision, Entity, EntityKind, Evidence, FieldName, FieldVerdict, Finding, Hit, Owner,
    RelationRole, Score, Status, Subject,
};
use tamis_names::{Class, Domain, NameForm};
use tamis_screen::Screener;

/// How surely somebody is a listed party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Certainty {
    /// The birth date agrees, or a company's name does.
    Sure,
    /// A rare name agrees.
    RareName,
    /// A name that many bear agrees.
    CommonName,
    /// A name agrees so well that it alerts although the birth date is another.
    OtherBirth,
}

/// What a signal is worth by certainty.
struct Worth {
    sure: i32,
    rare: i32,
    common: i32,
}

const OFFICER: Worth = Worth {
    sure: weight::OFFICER,
    rare: weight::OFFICER_BY_NAME,
    common: weight::OFFICER_BY_COMMON_NAME,
};
const KNOWN_PERSON: Worth = Worth {
    sure: weight::KNOWN_PERSON,
    rare: weight::KNOWN_PERSON_BY_NAME,
    common: weight::KNOWN_PERSON_BY_COMMON_NAME,
};

impl Worth {
    fn of(&self, certainty: Certainty) -> i32 {
        match certainty {
            Certainty::Sure => self.sure,
            Certainty::RareName => self.rare,
            Certainty::CommonName | Certainty::OtherBirth => self.common,
        }
    }

    fn of_owner(owner: &Owner) -> Worth {
        let sure = match owner.share.as_ref().map(|share| share.least) {
            Some(5_000..) => weight::OWNER_OF_HALF,
            Some(2_500..) => weight::OWNER_OF_QUARTER,
            _ => weight::OWNER,
        };
        Worth {
            sure,
            rare: sure.min(weight::OWNER_BY_NAME),
            common: sure.min(weight::OWNER_BY_COMMON_NAME),
        }
    }
}

/// Somebody whom the register names, and what for.
struct Asked<'a> {
    name: &'a str,
    born: Option<&'a BirthDate>,
    kind: SignalKind,
    /// What is shown of them.
    shown: String,
    worth: Worth,
    majority: bool,
}

/// The signals of a company's officers and owners; the error is a name that cannot be compared.
pub(crate) fn signals(
    examiner: &Examiner<'_>,
    company: &Company,
    memory: &mut Memory,
) -> Result<Vec<Signal>, String> {
    let mut found = Vec::new();
    for asked in asked(company) {
        found.extend(examine(examiner, &asked, memory)?);
    }
    Ok(found)
}

fn asked(company: &Company) -> impl Iterator<Item = Asked<'_>> {
    let officers = company.officers.iter().map(|officer| Asked {
        name: &officer.name,
        born: officer.born.as_ref(),
        kind: SignalKind::Officer,
        shown: shown(&officer.name, officer.born.as_ref(), officer.role.as_deref()),
        worth: OFFICER,
        majority: false,
    });
    let owners = company.owners.iter().map(|owner| Asked {
        name: &owner.name,
        born: owner.born.as_ref(),
        kind: SignalKind::Owner,
        shown: shown(&owner.name, owner.born.as_ref(), Some(&share(owner))),
        worth: Worth::of_owner(owner),
        majority: owner.share.as_ref().is_some_and(|share| share.least >= 5_000),
    });
    officers.chain(owners)
}

fn share(owner: &Owner) -> String {
    match &owner.share {
        Some(share) => format!("{} %", share.text.trim_end_matches(['%', ' '])),
        None => "share not known".to_owned(),
    }
}

fn shown(name: &str, born: Option<&BirthDate>, more: Option<&str>) -> String {
    let born = born.map(|born| format!("born {}", born.text));
    let parts = [Some(name.to_owned()), born, more.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn examine(examiner: &Examiner<'_>, asked: &Asked<'_>, memory: &mut Memory) -> Result<Vec<Signal>, String> {
    let subject = subject(asked);
    let decision = examiner.screener.screen_with(&subject, &mut memory.listed);
    readable(&decision, asked.name)?;
    let (others, same): (Vec<&Finding>, Vec<&Finding>) =
        all(&decision).partition(|finding| conflicts(examiner.screener, &subject, finding));
    let listed = same.iter().filter_map(|finding| listed(examiner, asked, finding));
    // The first of equals, in the order of the screener.
    let best = listed.reduce(|best, next| if next.points > best.points { next } else { best });
    if let Some(best) = best {
        return Ok(vec![best]);
    }
    let known = match examiner.people.as_ref() {
        Some(people) => {
            let decision = people.screen_with(&subject, &mut memory.people);
            readable(&decision, asked.name)?;
            let same = all(&decision).filter(|finding| !conflicts(people, &subject, finding));
            same.filter_map(|finding| known(examiner, asked, finding))
                .reduce(|best, next| if next.points > best.points { next } else { best })
        }
        None => None,
    };
    let another = others
        .iter()
        .find_map(|finding| another(examiner, asked, finding));
    Ok(known.into_iter().chain(another).collect())
}

fn subject(asked: &Asked<'_>) -> Subject {
    let kind = match Domain::guess(&[asked.name]) {
        Domain::Organization => EntityKind::Organization,
        _ => EntityKind::Person,
    };
    let mut subject = Subject::named(asked.name).of_kind(kind);
    if asked.kind == SignalKind::Owner && kind == EntityKind::Person {
        // An owner may be a company without a legal form in its name.
        subject.kind = None;
    }
    subject.birth_date = asked.born.cloned();
    subject
}

fn readable(decision: &Decision, name: &str) -> Result<(), String> {
    match decision.status {
        Status::Unscreened => Err(format!("'{name}': {}", decision.notes.join("; "))),
        Status::Hit | Status::Clear => Ok(()),
    }
}

fn all(decision: &Decision) -> impl Iterator<Item = &Finding> {
    decision.alerts.iter().chain(&decision.information)
}

/// Whether the names agree and another field says that it is somebody else.
fn conflicts(screener: &Screener, subject: &Subject, finding: &Finding) -> bool {
    let policy = screener.policy();
    let entity = screener.entity(&finding.hit.entity_id);
    let threshold = entity.map_or(policy.threshold, |entity| policy.threshold_for(subject, entity));
    finding.hit.score < threshold
}

/// A listed party, or a person who is tied to one by the list.
fn listed(examiner: &Examiner<'_>, asked: &Asked<'_>, finding: &Finding) -> Option<Signal> {
    let hit = &finding.hit;
    let certainty = certainty(hit, asked);
    let party = examiner.known.party_named(&hit.entity_id);
    match party {
        Some((at, party)) => {
            let signal = examiner
                .known
                .signal(asked.kind, at, &asked.shown, &hit.matched_name)?;
            let what = said(party.standing);
            let points = asked.worth.of(certainty);
            let reason = format!(
                "{} {what} {}{}",
                verb(asked.kind),
                basis(hit, certainty),
                half(asked, party)
            );
            Some(with(signal, hit.name_score, points, reason, certainty).faded())
        }
        None => tied(examiner, asked, hit, certainty),
    }
}

/// What a reason says of a party. That a measure is not verified is said with what it costs.
const fn said(standing: Standing) -> &'static str {
    match standing {
        Standing::Listed | Standing::Unverified => Standing::Listed.as_str(),
        other => other.as_str(),
    }
}

fn verb(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::Owner => "owned by somebody who is",
        _ => "led by somebody who is",
    }
}

fn half(asked: &Asked<'_>, party: &Party) -> &'static str {
    match asked.majority && party.frozen {
        true => {
            "; half or more is owned by a party whose property is frozen: ask whether the company is frozen with it"
        }
        false => "",
    }
}

/// A person whom the regimes in question do not list, and whom the list ties to a listed company.
fn tied(examiner: &Examiner<'_>, asked: &Asked<'_>, hit: &Hit, certainty: Certainty) -> Option<Signal> {
    let entity = examiner.screener.entity(&hit.entity_id)?;
    let (at, role) = leads(entity, examiner)?;
    let there = format!("{} ({})", hit.matched_name, role);
    let signal = examiner
        .known
        .signal(SignalKind::KnownPerson, at, &asked.shown, &there)?;
    let reason = format!(
        "the list ties this person to the company, and does not list them {}",
        basis(hit, certainty)
    );
    Some(
        with(
            signal,
            hit.name_score,
            KNOWN_PERSON.of(certainty),
            reason,
            certainty,
        )
        .faded(),
    )
}

fn leads(entity: &Entity, examiner: &Examiner<'_>) -> Option<(usize, &'static str)> {
    entity.relations.iter().find_map(|relation| {
        let role = match relation.role {
            RelationRole::Director => "director",
            RelationRole::Officer => "officer",
            RelationRole::Founder => "founder",
            RelationRole::Owns => "owner",
            _ => return None,
        };
        let (at, _) = examiner.known.party_named(relation.other_id.as_deref()?)?;
        Some((at, role))
    })
}

/// Somebody whom the register names at a listed company.
fn known(examiner: &Examiner<'_>, asked: &Asked<'_>, finding: &Finding) -> Option<Signal> {
    let hit = &finding.hit;
    let native_id = hit.entity_id.rsplit(':').next()?;
    let (at, record) = examiner.known.person(native_id)?;
    let certainty = certainty(hit, asked);
    let there = format!("{} (record {record} of the register)", hit.matched_name);
    let signal = examiner
        .known
        .signal(SignalKind::KnownPerson, at, &asked.shown, &there)?;
    let reason = format!(
        "the register names this person at the listed company too {}",
        basis(hit, certainty)
    );
    Some(
        with(
            signal,
            hit.name_score,
            KNOWN_PERSON.of(certainty),
            reason,
            certainty,
        )
        .faded(),
    )
}

fn another(examiner: &Examiner<'_>, asked: &Asked<'_>, finding: &Finding) -> Option<Signal> {
    let hit = &finding.hit;
    let (at, _) = examiner.known.party_named(&hit.entity_id)?;
    let signal = examiner
        .known
        .signal(SignalKind::AnotherPerson, at, &asked.shown, &hit.matched_name)?;
    Some(Signal {
        score: Some(hit.name_score),
        reason: format!("another person: {}", finding.why),
        ..signal
    })
}

/// By name alone a person can be any namesake, so that many companies with one say that the name is common.
fn with(signal: Signal, score: Score, points: i32, reason: String, certainty: Certainty) -> Signal {
    let party = signal.entity_id.clone();
    let signal = Signal {
        score: Some(score),
        points,
        reason,
        ..signal
    };
    match certainty {
        Certainty::Sure => signal,
        Certainty::RareName | Certainty::CommonName | Certainty::OtherBirth => signal.counted(&party),
    }
}

fn basis(hit: &Hit, certainty: Certainty) -> String {
    match certainty {
        Certainty::Sure if agrees_on_birth(hit) => "(name and birth date)".to_owned(),
        Certainty::Sure => "(name)".to_owned(),
        Certainty::RareName => "by a rare name alone".to_owned(),
        Certainty::CommonName => "by a common name alone: namesakes are likely".to_owned(),
        Certainty::OtherBirth => {
            "by the whole name, though the birth date is another: probably a namesake".to_owned()
        }
    }
}

fn certainty(hit: &Hit, asked: &Asked<'_>) -> Certainty {
    let company = Domain::guess(&[asked.name]) == Domain::Organization;
    let same = hit.name_score.ten_thousandths() >= weight::SAME_NAME;
    if on_birth(hit, FieldVerdict::Conflict) {
        Certainty::OtherBirth
    } else if agrees_on_birth(hit) || company && same {
        Certainty::Sure
    } else if hit.matched_role.is_strong() && (company || bits(asked.name) >= weight::RARE_NAME_BITS) {
        Certainty::RareName
    } else {
        Certainty::CommonName
    }
}

fn agrees_on_birth(hit: &Hit) -> bool {
    on_birth(hit, FieldVerdict::Agree)
}

/// Whether comparing the birth dates gave this.
fn on_birth(hit: &Hit, wanted: FieldVerdict) -> bool {
    let gave = |evidence: &Evidence| match evidence {
        Evidence::Field { field, verdict, .. } => *field == FieldName::BirthDate && *verdict == wanted,
        _ => false,
    };
    hit.evidence.iter().any(gave)
}

/// How much a name says: the bits of its words and patronymic.
fn bits(name: &str) -> u32 {
    let form = NameForm::new(name, Domain::Person);
    let says = |class: Class| matches!(class, Class::Word | Class::Patronymic);
    form.tokens
        .iter()
        .filter(|token| says(token.class))
        .map(|token| u32::from(token.bits))
        .sum()
}
