//! Parties that inform about themselves, and alert about those who are related to them, because the policy says so.

use tamis_model::{Finding, Subject, ViaKind};
use tamis_policy::Policy;

/// Whether a finding about a party counts for a subject that is related to it: it alerts, or nothing but the rules about its measures
/// keeps it from that, while rules about relations ask for more. `subject` is in the deal in which the party was screened.
pub(crate) fn counts(policy: &Policy, finding: &Finding, subject: &Subject) -> bool {
    finding.action.alerts() || is_raised(policy, finding, subject)
}

/// Whether rules about relations ask for more than to inform.
pub(crate) fn is_raised(policy: &Policy, finding: &Finding, subject: &Subject) -> bool {
    let has_rules = policy.rules.iter().any(|rule| rule.via.is_some());
    if !has_rules || finding.action.alerts() || finding.why != said(policy, finding, subject) {
        return false;
    }
    let mut measures = finding.measures.iter();
    measures.any(|measure| {
        let mut kinds = ViaKind::ALL.into_iter();
        kinds.any(|kind| policy.verdict_via(measure, subject, kind).action.alerts())
    })
}

/// What the rules say of the measures, as the decision on the party tells it. A finding that says something else informs for another
/// reason, such as a birth date that conflicts.
fn said(policy: &Policy, finding: &Finding, subject: &Subject) -> String {
    let mut said: Vec<String> = Vec::new();
    for measure in &finding.measures {
        let why = policy.verdict(measure, subject).why;
        if !said.contains(&why) {
            said.push(why);
        }
    }
    said.join("; ")
}
