//! A match of a party behind the subject, as a finding about the subject.

use crate::behind::{Behind, TieClass};
use crate::grounds::Said;
use tamis_model::{Action, Finding, Ground, Measure, Subject, Via, ViaKind};
use tamis_ownership::Effect;
use tamis_policy::{Policy, Verdict};

/// A party behind the subject, and one way in which it is tied to it.
pub(crate) struct Tied<'a> {
    pub policy: &'a Policy,
    pub subject: &'a Subject,
    pub key: &'a str,
    /// The key under which it is counted, where it is another spelling of that party.
    pub counted: &'a str,
    pub behind: &'a Behind,
    pub class: TieClass,
    pub said: &'a [Said],
}

impl Tied<'_> {
    /// The finding about the subject that a finding about the party gives. A party that is not tied to the subject itself gives one
    /// only where a rule speaks of it.
    pub fn through(&self, own: &Finding) -> Option<Finding> {
        let said: Vec<&Said> = self
            .said
            .iter()
            .filter(|said| self.speaks_of(said, own))
            .collect();
        let kind = self.kind(&said)?;
        let mut finding = Finding {
            via: Some(Box::new(Via {
                kind,
                party: self.behind.name.clone(),
                grounds: self.grounds(&said, own),
            })),
            ..own.clone()
        };
        if own.action.alerts() {
            self.act(&mut finding, kind, &said);
        }
        if !self.is_direct() && said.iter().all(|said| said.ground.suspended) {
            finding.action = Action::Inform;
            finding.why = "the rule is suspended".to_owned();
        }
        Some(finding)
    }

    fn is_owner(&self, key: &str) -> bool {
        key == self.key || key == self.counted
    }

    fn is_direct(&self) -> bool {
        self.behind.classes.contains(&self.class)
    }

    /// Whether a rule speaks of this tie of the party, on account of a measure of the entry that was found.
    fn speaks_of(&self, said: &Said, own: &Finding) -> bool {
        let counted = |codes: &[String]| own.measures.iter().any(|m| codes.contains(&m.code));
        let mut owners = said.owners.iter();
        own.action.alerts()
            && said.class == self.class
            && owners.any(|(key, codes)| self.is_owner(key) && counted(codes))
    }

    /// The strictest of what the rules in force say, and never less than the tie itself; `None` where there is neither.
    fn kind(&self, said: &[&Said]) -> Option<ViaKind> {
        let in_force = said.iter().filter(|said| !said.ground.suspended);
        let tie = self.is_direct().then(|| self.least());
        let strictest = in_force.map(|said| said.ground.kind).chain(tie).max();
        strictest.or_else(|| said.iter().map(|said| said.ground.kind).max())
    }

    /// What the tie is where no rule speaks of it.
    fn least(&self) -> ViaKind {
        match self.class {
            TieClass::Sign => ViaKind::Representative,
            TieClass::Stake if self.behind.is_open() => ViaKind::PossiblyOwned,
            TieClass::Stake | TieClass::Lead => ViaKind::RelatedControl,
        }
    }

    fn grounds(&self, said: &[&Said], own: &Finding) -> Vec<Ground> {
        match said.is_empty() {
            true => vec![self.without_rule(own)],
            false => said.iter().map(|said| said.ground.clone()).collect(),
        }
    }

    fn without_rule(&self, own: &Finding) -> Ground {
        let tie = match self.class {
            TieClass::Stake if self.behind.is_open() => "holds a share of it that is not known",
            TieClass::Stake => "holds a part of it",
            TieClass::Lead => "leads it",
            TieClass::Sign => "signs for it",
        };
        let why = match own.action.alerts() {
            true => "no rule of ownership speaks of these measures; not blocked by this",
            false => "whose match is no alert",
        };
        Ground {
            rule: None,
            kind: self.least(),
            suspended: false,
            total: None,
            meaning: format!("{} {tie}: {why}", self.behind.name),
            basis: None,
            path: Vec::new(),
        }
    }

    /// What is to be done: the strictest of what the policy asks for under the kind, for each measure that this relation passes on.
    fn act(&self, finding: &mut Finding, kind: ViaKind, said: &[&Said]) {
        let verdicts = finding
            .measures
            .iter()
            .map(|measure| self.verdict(measure, kind, said));
        let strictest = verdicts.reduce(|best, next| if next.action > best.action { next } else { best });
        let Some(strictest) = strictest else { return };
        finding.action = strictest.action.min(finding.action);
        if !finding.action.alerts() {
            finding.why = strictest.why;
        }
    }

    /// What a measure against the party asks of the subject: only one that makes it owned, under a rule that blocks, can block.
    fn verdict(&self, measure: &Measure, kind: ViaKind, said: &[&Said]) -> Verdict {
        let owned = said
            .iter()
            .filter(|said| said.ground.kind == ViaKind::Owned && !said.ground.suspended);
        let passed: Vec<&&Said> = owned.filter(|said| self.counts(said, measure)).collect();
        let blocks = passed.iter().any(|said| said.effect == Some(Effect::Blocked));
        // A measure that no rule passes on by ownership is a matter of control at most.
        let under = match kind {
            ViaKind::Owned if passed.is_empty() => ViaKind::RelatedControl,
            kind => kind,
        };
        let verdict = self.policy.verdict_via(measure, self.subject, under);
        let most = if blocks { Action::Block } else { Action::Review };
        Verdict {
            action: verdict.action.min(most),
            ..verdict
        }
    }

    fn counts(&self, said: &Said, measure: &Measure) -> bool {
        let mut owners = said.owners.iter();
        owners.any(|(key, codes)| self.is_owner(key) && codes.contains(&measure.code))
    }
}
