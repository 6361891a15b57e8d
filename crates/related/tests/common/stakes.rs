//! Rows of stakes in short, and what is decided on a customer by them.

use super::{decided_by, entities, shared, told};
use tamis_model::{Decision, Subject};
use tamis_ownership::{Builder, Named, Row, Share};
use tamis_related::Assessor;
use tamis_screen::normal_form;

/// One row: the owner and the owned with their ids, the share.
pub type Stake<'a> = ((&'a str, &'a str), (&'a str, &'a str), &'a str);

fn named((name, id): (&str, &str)) -> Named {
    match id {
        "" => Named::new(name),
        id => Named::with_id(name, id),
    }
}

pub fn with(rows: &[Stake<'_>]) -> Assessor {
    let key = |name: &str| normal_form(name, None);
    let mut builder = Builder::new(&key).part_unlike(&tamis_related::words);
    entities().iter().for_each(|entity| builder.add_entity(entity));
    for (owner, owned, share) in rows {
        builder.add(Row::stake(
            named(*owner),
            named(*owned),
            Share::parse(share).unwrap(),
        ));
    }
    Assessor::new().unwrap().with_stakes(builder.finish().0)
}

pub fn customer(name: &str, id: &str) -> Subject {
    Subject {
        id: (!id.is_empty()).then(|| id.to_owned()),
        ..Subject::named(name)
    }
}

pub fn answer(rows: &[Stake<'_>], subject: &Subject) -> (String, Decision) {
    let decision = decided_by(&with(rows), shared(), subject);
    let mut all: Vec<String> = decision.alerts.iter().map(told).collect();
    all.sort();
    (all.join(", "), decision)
}
