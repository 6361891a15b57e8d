//! Names of companies and products that are, or derive from, listed ones.

use crate::examine::{Examiner, Memory};
use crate::identity::name_key;
use crate::signal::{Signal, SignalKind};
use crate::weight;
use tamis_model::{Company, EntityKind, Evidence, Finding, Hit, Status, Subject, TokenMatch};
use tamis_names::Domain;

/// The signals of a company's names, former names and products; the error is a name that cannot be compared.
pub(crate) fn signals(
    examiner: &Examiner<'_>,
    company: &Company,
    memory: &mut Memory,
) -> Result<Vec<Signal>, String> {
    let mut found = Vec::new();
    for name in &company.names {
        found.extend(name_signal(examiner, name, memory)?);
    }
    for name in &company.former_names {
        found.extend(former(examiner, name, memory)?);
    }
    for product in &company.products {
        found.extend(product_signal(examiner, product, memory));
    }
    Ok(found)
}

/// The listed companies whose names reach the threshold, best first.
pub(crate) fn listed(
    examiner: &Examiner<'_>,
    name: &str,
    memory: &mut Memory,
) -> Result<Vec<(usize, Hit)>, String> {
    let subject = Subject::named(name).of_kind(EntityKind::Organization);
    let decision = examiner.screener.screen_with(&subject, &mut memory.listed);
    if decision.status == Status::Unscreened {
        return Err(format!("'{name}': {}", decision.notes.join("; ")));
    }
    let party = |finding: Finding| {
        let (at, party) = examiner.known.party_named(&finding.hit.entity_id)?;
        (party.kind == EntityKind::Organization).then_some((at, finding.hit))
    };
    Ok(decision
        .alerts
        .into_iter()
        .chain(decision.information)
        .filter_map(party)
        .collect())
}

fn name_signal(examiner: &Examiner<'_>, name: &str, memory: &mut Memory) -> Result<Option<Signal>, String> {
    let hits = listed(examiner, name, memory)?;
    let engine = hits
        .first()
        .and_then(|(at, hit)| by_engine(examiner, name, *at, hit, hits.len() - 1));
    // An acronym is worth less than a word, so the better of both is shown.
    Ok(match engine {
        Some(signal) if signal.points >= weight::NAME_WORD => Some(signal),
        engine => by_word(examiner, name, SignalKind::Name, weight::NAME_WORD, memory).or(engine),
    })
}

fn by_engine(examiner: &Examiner<'_>, name: &str, at: usize, hit: &Hit, more: usize) -> Option<Signal> {
    let signal = examiner
        .known
        .signal(SignalKind::Name, at, name, &hit.matched_name)?;
    let (points, reason) = match hit.name_score.ten_thousandths() {
        _ if is_acronym(hit) => (weight::NAME_ACRONYM, "the name is an acronym of a listed one"),
        weight::SAME_NAME.. if hit.matched_role.is_strong() => (weight::NAME, "the name is a listed one"),
        _ => (weight::NAME_ALIKE, "the name is like a listed one"),
    };
    let more = match more {
        0 => String::new(),
        more => format!("; {more} more listed names agree"),
    };
    let signal = Signal {
        score: Some(hit.name_score),
        points,
        reason: format!("{reason}{more}"),
        ..signal
    };
    Some(signal.faded())
}

fn is_acronym(hit: &Hit) -> bool {
    hit.evidence.iter().any(|evidence| {
        matches!(
            evidence,
            Evidence::Token {
                matched: TokenMatch::Acronym,
                ..
            }
        )
    })
}

fn by_word(
    examiner: &Examiner<'_>,
    name: &str,
    kind: SignalKind,
    points: i32,
    memory: &mut Memory,
) -> Option<Signal> {
    let form = memory.form(name, Domain::Organization)?;
    let (fact, listed, own) = examiner.known.words_in(&form).into_iter().next()?;
    let signal = examiner.known.signal(kind, fact.party, name, &fact.text)?;
    let signal = Signal {
        points,
        reason: format!("'{own}' is, or begins with, the rare word '{listed}' of a listed name"),
        ..signal
    };
    Some(signal.counted(listed).faded())
}

fn former(examiner: &Examiner<'_>, name: &str, memory: &mut Memory) -> Result<Option<Signal>, String> {
    let hits = listed(examiner, name, memory)?;
    let found = hits.into_iter().find(|(_, hit)| !is_acronym(hit));
    Ok(found.and_then(|(at, hit)| stated(examiner, SignalKind::FormerName, at, name, &hit)))
}

/// A signal of a name that the register itself ties to the company.
pub(crate) fn stated(
    examiner: &Examiner<'_>,
    kind: SignalKind,
    at: usize,
    here: &str,
    hit: &Hit,
) -> Option<Signal> {
    let signal = examiner.known.signal(kind, at, here, &hit.matched_name)?;
    let whole = match kind {
        SignalKind::FormerName => weight::FORMER_NAME,
        _ => weight::CONTINUATION,
    };
    let what = match kind {
        SignalKind::FormerName => "it had before",
        _ => "it is said to continue",
    };
    let same = hit.name_score.ten_thousandths() >= weight::SAME_NAME;
    let signal = Signal {
        score: Some(hit.name_score),
        points: if same { whole } else { weight::STATED_ALIKE },
        reason: format!(
            "{} listed name {what}",
            if same { "a" } else { "a name that is like a" }
        ),
        ..signal
    };
    Some(signal.faded())
}

fn product_signal(examiner: &Examiner<'_>, product: &str, memory: &mut Memory) -> Option<Signal> {
    let key = name_key(product);
    let same = key
        .as_deref()
        .and_then(|key| Some((examiner.known.of_product(key)?, key)));
    let Some((fact, key)) = same else {
        return by_word(
            examiner,
            product,
            SignalKind::Product,
            weight::PRODUCT_WORD,
            memory,
        );
    };
    let signal = examiner
        .known
        .signal(SignalKind::Product, fact.party, product, &fact.text)?;
    let signal = Signal {
        points: weight::PRODUCT,
        reason: "the same product or trade name".to_owned(),
        ..signal
    };
    Some(signal.counted(key).faded())
}
