//! What is found of a customer that is sure, and what beside it only may be.

use crate::customer::Doubt;
use tamis_model::{Finding, ViaKind};

/// What is found through the parties behind a subject.
#[derive(Default)]
pub(crate) struct Gathered {
    pub found: Vec<Finding>,
    pub notes: Vec<String>,
    pub unscreened: Vec<String>,
}

impl Gathered {
    /// What could be made, or a reason why the subject was not screened whole.
    pub fn or_unscreened<T>(&mut self, made: Result<T, String>) -> Option<T> {
        made.map_err(|why| self.unscreened.push(why)).ok()
    }

    /// Takes up what is found where the subject is another party; what is the same is told once.
    pub fn take(&mut self, other: Gathered) {
        let known = self.found.len();
        for finding in other.found {
            let mut before = self.found.iter_mut().take(known);
            match before.find(|own| same(own, &finding)) {
                None => self.found.push(finding),
                Some(own) => add_grounds(own, finding),
            }
        }
        tell(&mut self.notes, other.notes);
        tell(&mut self.unscreened, other.unscreened);
    }

    /// Takes up what is found on entries of which nothing alerts yet.
    pub fn take_unknown(&mut self, other: Gathered) {
        let alerts = |entity: &str| {
            let mut known = self.found.iter().filter(|own| own.action.alerts());
            known.any(|own| own.hit.entity_id == entity)
        };
        let new = other
            .found
            .into_iter()
            .filter(|finding| !alerts(&finding.hit.entity_id));
        let found = new.collect();
        self.take(Gathered { found, ..other });
    }

    /// Takes up what another reading finds beside this; what is known as gravely is not told again.
    pub fn take_besides(&mut self, other: Gathered) {
        let is_new = |finding: &Finding| {
            let mut known = self.found.iter();
            !known.any(|own| about_one(own, finding) && is_as_grave(own, finding))
        };
        let found = other.found.into_iter().filter(is_new).collect();
        self.take(Gathered { found, ..other });
    }

    /// Takes up what is found only if the subject, or a party behind it, is what it may be: what is new says under which condition it holds.
    pub fn take_doubtful(&mut self, other: Gathered, doubt: Doubt<'_>) {
        let found = other.found.into_iter();
        let found = found.map(|finding| doubted(finding, doubt.words())).collect();
        self.take_besides(Gathered { found, ..other });
    }
}

fn doubted(mut finding: Finding, doubt: &str) -> Finding {
    let grounds = finding.via.iter_mut().flat_map(|via| &mut via.grounds);
    for ground in grounds {
        ground.meaning = format!("only if {doubt}: {}", ground.meaning);
    }
    finding
}

fn tell(own: &mut Vec<String>, notes: Vec<String>) {
    for note in notes {
        if !own.contains(&note) {
            own.push(note);
        }
    }
}

fn kind_of(finding: &Finding) -> Option<ViaKind> {
    finding.via.as_ref().map(|via| via.kind)
}

/// Whether two findings are about one entry, through one party.
fn about_one(one: &Finding, two: &Finding) -> bool {
    let party = |finding: &Finding| finding.via.as_ref().map(|via| via.party.clone());
    one.hit.entity_id == two.hit.entity_id && party(one) == party(two)
}

fn is_as_grave(own: &Finding, other: &Finding) -> bool {
    own.action >= other.action && kind_of(own) >= kind_of(other)
}

/// Whether two findings are about one entry, through one party, of one kind.
fn same(one: &Finding, two: &Finding) -> bool {
    about_one(one, two) && kind_of(one) == kind_of(two)
}

/// Joins two findings about one entry: the stricter one stands, with the grounds of both.
pub(crate) fn add_grounds(own: &mut Finding, mut other: Finding) {
    let strength = |finding: &Finding| (finding.action, finding.via.as_ref().map(|via| via.kind));
    if strength(&other) > strength(own) {
        std::mem::swap(own, &mut other);
    }
    let Some((own, other)) = own.via.as_mut().zip(other.via) else {
        return;
    };
    for ground in other.grounds {
        let says_nothing = ground.rule.is_none() && own.grounds.iter().any(|known| known.rule.is_some());
        if !says_nothing && !own.grounds.contains(&ground) {
            own.grounds.push(ground);
        }
    }
}
