//! The questions of OFAC's FAQ 5, in its order, answered as far as a machine can.

use serde::Serialize;
use tamis::model::{Entity, Evidence, FieldName, FieldVerdict, Finding, Role, Subject};

/// A question with what the data says.
#[derive(Serialize)]
pub struct Question {
    /// The question.
    pub question: &'static str,
    /// What the data says; what is left is for the analyst.
    pub answer: String,
}

/// The questions about one finding.
pub fn questions(subject: &Subject, finding: &Finding, entity: Option<&Entity>) -> Vec<Question> {
    let ask = |question, answer| Question { question, answer };
    vec![
        ask("Which list is it?", list(finding)),
        ask("Is it the same kind of party?", kind(subject, entity)),
        ask("How much of the name agrees?", name(finding)),
        ask(
            "What does the entry in full say beside the record?",
            fields(finding),
        ),
        ask("Are there several similarities?", similarities(finding)),
    ]
}

fn list(finding: &Finding) -> String {
    let mut authorities: Vec<&str> = finding.measures.iter().map(|m| m.authority.as_str()).collect();
    authorities.sort_unstable();
    authorities.dedup();
    let asked = match authorities.is_empty() {
        true => "no measure counts".to_owned(),
        false => format!("ask {}", authorities.join(", ")),
    };
    format!("{}: {asked}", crate::rows::list_of(&finding.hit.entity_id))
}

fn kind(subject: &Subject, entity: Option<&Entity>) -> String {
    match (subject.kind, entity.map(|entity| entity.kind)) {
        (Some(one), Some(other)) if one == other => format!("yes: {}", one.as_str()),
        (Some(one), Some(other)) => format!("no: {} here, {} on the list", one.as_str(), other.as_str()),
        (None, Some(other)) => format!("the record does not say; the list has a {}", other.as_str()),
        (_, None) => "the entry is not at hand".to_owned(),
    }
}

fn name(finding: &Finding) -> String {
    let hit = &finding.hit;
    let carries = |role: Role| !matches!(role, Role::Title | Role::LegalForm | Role::Particle);
    let count = |of: &dyn Fn(&Evidence) -> bool| hit.evidence.iter().filter(|one| of(one)).count();
    let both = count(&|e| matches!(e, Evidence::Token { role, .. } if carries(*role)));
    let only_list = count(&|e| matches!(e, Evidence::MissingInQuery { role, .. } if carries(*role)));
    let only_here = count(&|e| matches!(e, Evidence::ExtraInQuery { role, .. } if carries(*role)));
    let against = count(&|e| matches!(e, Evidence::Contradiction { .. }));
    format!(
        "{both} words agree, {only_list} only on the list, {only_here} only in the record, {against} contradict; \
         names alone {}",
        hit.name_score
    )
}

/// The fields with a verdict, by name.
fn with(finding: &Finding, wanted: FieldVerdict) -> Vec<&'static str> {
    let field = |evidence: &Evidence| match evidence {
        Evidence::Field { field, verdict, .. } if *verdict == wanted => Some(FieldName::as_str(*field)),
        _ => None,
    };
    finding.hit.evidence.iter().filter_map(field).collect()
}

fn fields(finding: &Finding) -> String {
    let said = [
        ("agree", FieldVerdict::Agree),
        ("close", FieldVerdict::Close),
        ("conflict", FieldVerdict::Conflict),
        ("get from the customer", FieldVerdict::MissingHere),
        ("not on the list", FieldVerdict::MissingThere),
    ];
    let said: Vec<String> = said
        .iter()
        .map(|(word, verdict)| (word, with(finding, *verdict)))
        .filter(|(_, fields)| !fields.is_empty())
        .map(|(word, fields)| format!("{word}: {}", fields.join(", ")))
        .collect();
    match said.is_empty() {
        true => "nothing can be compared beside the name".to_owned(),
        false => said.join("; "),
    }
}

fn similarities(finding: &Finding) -> String {
    let agree = with(finding, FieldVerdict::Agree).len() + with(finding, FieldVerdict::Close).len();
    let conflict = with(finding, FieldVerdict::Conflict).len();
    let told = format!("{agree} beside the name, {conflict} conflicts");
    match (agree, conflict) {
        (0, 1..) => format!("{told}: say why it is somebody else, and decide"),
        (2.., 0) => format!("{told}: hold, escalate, and ask the authority"),
        _ => format!("{told}: get what is missing before deciding"),
    }
}
