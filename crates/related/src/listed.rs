//! What screening says of a party of a graph.

use tamis_model::{
    Decision, Entity, Evidence, FieldName, FieldVerdict, Finding, Hit, NameRole, Score, Status, Subject,
    SubjectName,
};
use tamis_ownership::{Graph, PartyId};
use tamis_screen::{Screener, unfit};

/// A party by its names, for the same deal and type of customer as `subject`.
pub(crate) fn in_deal_of<'n>(subject: &Subject, names: impl Iterator<Item = &'n str>) -> Subject {
    let named = |name: &str| SubjectName {
        text: name.to_owned(),
        parts: None,
    };
    Subject {
        names: names.map(named).collect(),
        activity: subject.activity,
        jurisdictions: subject.jurisdictions.clone(),
        customer_type: subject.customer_type.clone(),
        ..Subject::default()
    }
}

/// The decision on a party of a graph, for the deal of `subject`; `screen` gives the decision on a name.
///
/// A party with the id of an entry is that entry and no other of its list, unless a row gives the id to a name that is none of the entry's; on other lists, and without such an id, it is whatever its
/// names alert on. Names that cannot be screened are left out where another one can. A party without a name is looked for by its id,
/// and not screened where that finds nothing.
pub fn decision_on(
    screener: &Screener,
    graph: &Graph,
    party: PartyId,
    subject: &Subject,
    screen: impl FnOnce(&Subject) -> Decision,
) -> Decision {
    let mut asked = in_deal_of(
        subject,
        graph.names_of(party).filter(|name| unfit(name).is_none()),
    );
    let entity = graph
        .party(party)
        .id
        .as_deref()
        .and_then(|id| screener.entity(id));
    if asked.names.is_empty() {
        let all = graph.names_of(party);
        asked.names = in_deal_of(subject, all).names;
    }
    let mut decision = screen(&asked);
    if let Some(entity) = entity {
        // Where a row gives the id to a name that is none of the entry's, either may be the slip.
        let is_strange = graph.by_id(&entity.id()) != Some(party);
        let own = |finding: &Finding| finding.hit.entity_id == entity.id();
        let of_list = |finding: &Finding| finding.hit.entity_id.starts_with(&format!("{}:", entity.list));
        let others = |finding: &Finding| match is_strange {
            true => !own(finding),
            false => !of_list(finding),
        };
        decision.alerts.retain(others);
        decision.information.retain(others);
        let own = screener.policy().decide(&asked, [(stated(entity), entity)]);
        decision.alerts.splice(0..0, own.alerts);
        decision.information.splice(0..0, own.information);
    }
    if entity.is_none() && decision.alerts.is_empty() && graph.is_nameless(party) {
        decision.status = Status::Unscreened;
        let text =
            "only an id is known, which is no entry of a list in use: give the name in the file of stakes";
        decision.notes.push(text.to_owned());
    }
    decision.status = match decision.status {
        Status::Unscreened => Status::Unscreened,
        _ if decision.alerts.is_empty() => Status::Clear,
        _ => Status::Hit,
    };
    decision
}

/// The match of an entry whose id is stated: certain, and by nothing else.
fn stated(entity: &Entity) -> Hit {
    let id = entity.id();
    Hit {
        entity_name: entity.primary_name().to_owned(),
        query_name: 0,
        matched_name: entity.primary_name().to_owned(),
        matched_role: NameRole::Primary,
        score: Score::ONE,
        name_score: Score::ONE,
        evidence: vec![Evidence::Field {
            field: FieldName::Identifier,
            verdict: FieldVerdict::Agree,
            query: id.clone(),
            listed: id.clone(),
            points: i32::from(Score::ONE.ten_thousandths()),
        }],
        entity_id: id,
    }
}
