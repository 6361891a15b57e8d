//! What is found of a customer that is sure, and what beside it only may be.

use tamis_model::{Finding, Ground, ViaKind};

/// The doubt about parties in the way.
pub(crate) const IN_THE_WAY: &str = "the parties in the way that may be one are one, as the notes say";

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

    /// Takes up what is found only if the subject, or a party behind it, is what it may be. What is known without that is not told
    /// again; the rest says under which condition it holds.
    pub fn take_doubtful(&mut self, other: Gathered, doubt: &str) {
        let new = other
            .found
            .into_iter()
            .filter_map(|finding| self.beside_known(finding));
        let found = new.map(|finding| doubted(finding, doubt)).collect();
        self.take(Gathered { found, ..other });
    }

    /// A finding without the grounds that are known; `None` where it says nothing new.
    fn beside_known(&self, mut finding: Finding) -> Option<Finding> {
        let known = self.found.iter().filter(|own| about_one(own, &finding));
        let known: Vec<&Finding> = known.collect();
        let kind = kind_of(&finding);
        let owned = |own: &&Finding| kind_of(own) == Some(ViaKind::Owned);
        if kind == Some(ViaKind::PossiblyOwned) && known.iter().any(owned) {
            return None;
        }
        let said = known.iter().filter_map(|own| own.via.as_ref());
        let said: Vec<&Ground> = said.flat_map(|via| &via.grounds).collect();
        let via = finding.via.as_mut()?;
        via.grounds.retain(|ground| !said.contains(&ground));
        (!via.grounds.is_empty()).then_some(finding)
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
