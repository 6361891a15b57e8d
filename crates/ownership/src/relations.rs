//! Rows from the relations of listed entities: the built-in list, FollowTheMoney, private lists, `Linked To` of OFAC.

use crate::{Interest, Link, Named, Problem, Role, Row, Share, TieKind};
use tamis_model::{Confidence, Entity, Relation, RelationRole};

/// The statements that an entity's relations make, each with this entity or the other party as the owner.
///
/// A share that is not understood is a [`Problem`], and the stake stays, as unknown. An affiliate is in the group of the other
/// party: ownership of an unknown share.
pub fn rows_of(entity: &Entity, problems: &mut Vec<Problem>) -> Vec<Row> {
    let own = Named::with_id(entity.primary_name(), entity.id());
    let relations = entity.relations.iter();
    relations
        .map(|relation| row(&own, entity, relation, problems))
        .collect()
}

fn row(own: &Named, entity: &Entity, relation: &Relation, problems: &mut Vec<Problem>) -> Row {
    let other = Named {
        name: relation.other.clone(),
        id: relation.other_id.as_deref().map(|id| whole_id(entity, id)),
    };
    let stake = |interest, share| TieKind::Stake {
        interest,
        share,
        joint: None,
    };
    let kind = match relation.role {
        RelationRole::Owns | RelationRole::OwnedBy => stake(Interest::Shares, share(own, relation, problems)),
        RelationRole::Affiliate => stake(Interest::Group, share(own, relation, problems)),
        RelationRole::Director => TieKind::Role { role: Role::Director },
        RelationRole::Officer => TieKind::Role { role: Role::Officer },
        role => TieKind::Link {
            link: Link::of(role).unwrap_or(Link::Other),
        },
    };
    let from_other = matches!(relation.role, RelationRole::OwnedBy | RelationRole::Affiliate);
    let (owner, owned) = match from_other {
        true => (other, own.clone()),
        false => (own.clone(), other),
    };
    let source = relation.source.as_ref().map(|source| source.title.clone());
    Row {
        from: relation.from,
        to: relation.to,
        source: source.unwrap_or_else(|| entity.list.clone()),
        place: entity.id(),
        unverified: relation
            .source
            .as_ref()
            .is_some_and(|s| s.confidence == Confidence::Unverified),
        ..Row::new(owner, owned, kind)
    }
}

/// Ids in relations are whole, or those of the entity's own list.
fn whole_id(entity: &Entity, id: &str) -> String {
    match id.starts_with(&format!("{}:", entity.list)) {
        true => id.to_owned(),
        false if id.contains(':') => id.to_owned(),
        false => format!("{}:{id}", entity.list),
    }
}

fn share(own: &Named, relation: &Relation, problems: &mut Vec<Problem>) -> Option<Share> {
    let text = relation.share.as_deref()?;
    Share::parse(text).unwrap_or_else(|error| {
        let place = own.id.as_deref().unwrap_or(&own.name);
        let field = format!("share of '{}'", relation.other);
        problems.push(Problem::new(place, &field, format!("'{text}' {error}")));
        None
    })
}
