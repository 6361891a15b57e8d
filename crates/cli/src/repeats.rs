//! Parties that were decided on already: files of customers and of payments repeat them.
//!
//! A subject that equals an earlier one of the run in everything but its id has the same decision, since a
//! decision depends on nothing else, unless files of stakes know the id; then it counts like everything else. It is remembered by its whole content, not by a hash of it, so that no
//! party ever gets the decision on another. Memory is bounded: there are so many slots, each with room for one
//! subject, and together they hold about [`MOST_BYTES`] at most; what has no room is screened again. A bound
//! that is hit costs time and changes no answer.

use std::hash::{DefaultHasher, Hasher};
use std::mem::size_of;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tamis::model::{Decision, EntityKind, Status, Subject, SubjectName};

/// Slots for a run. Subjects of a name and a kind, of the length usual in files of customers, fill most of
/// [`MOST_BYTES`] when every slot is taken.
pub const SLOTS: usize = 1 << 16;

/// About how many bytes are remembered at most.
const MOST_BYTES: usize = 12 << 20;

/// About how many bytes a finding takes, with its evidence and its measures.
const FINDING_BYTES: usize = 4 << 10;

/// About how many bytes a step of a proof takes.
const STEP_BYTES: usize = 512;

/// What the texts of a ground take, in steps.
const GROUND_STEPS: usize = 2;

/// Decisions by subject, shared by all threads.
pub struct Repeats {
    slots: Vec<Mutex<Option<Known>>>,
    /// What the slots hold.
    bytes: AtomicUsize,
    /// The decision on most subjects, held once.
    clear: Arc<Decision>,
}

/// A subject with the decision on it.
struct Known {
    /// The hash of the subject, so that the memory of another one need not be touched to tell it apart.
    hash: u64,
    /// The subject as [`write_key`] writes it, which tells all subjects apart.
    subject: Box<[u8]>,
    decision: Arc<Decision>,
}

impl Repeats {
    /// Room for so many subjects; with none, nothing is remembered.
    pub fn new(slots: usize) -> Repeats {
        Repeats {
            slots: (0..slots).map(|_| Mutex::default()).collect(),
            bytes: AtomicUsize::new(0),
            clear: Arc::new(clear()),
        }
    }

    /// The decision on `subject`; its id plays a part in it only where `counts` says so of it. `decide` is asked where the decision
    /// is not known. `key` is working memory.
    pub fn decide(
        &self,
        mut subject: Subject,
        counts: impl FnOnce(&str) -> bool,
        key: &mut Vec<u8>,
        decide: impl FnOnce(&Subject) -> Decision,
    ) -> Arc<Decision> {
        subject.id = subject.id.filter(|id| counts(id));
        subject.other_columns = None;
        key.clear();
        let is_written = write_key(&subject, key);
        let hash = hash(key);
        let Some(slot) = self.slot(hash).filter(|_| is_written) else {
            return self.shared(decide(&subject));
        };
        let known = lock(slot).as_ref().and_then(|known| known.decision_on(hash, key));
        known.unwrap_or_else(|| {
            let decision = self.shared(decide(&subject));
            self.keep(
                slot,
                Known {
                    hash,
                    subject: key.as_slice().into(),
                    decision: Arc::clone(&decision),
                },
            );
            decision
        })
    }

    fn slot(&self, hash: u64) -> Option<&Mutex<Option<Known>>> {
        let at = hash.checked_rem(self.slots.len() as u64)?;
        self.slots.get(usize::try_from(at).ok()?)
    }

    fn shared(&self, decision: Decision) -> Arc<Decision> {
        match decision == *self.clear {
            true => Arc::clone(&self.clear),
            false => Arc::new(decision),
        }
    }

    /// Puts `new` in the place of what the slot held, if there is room.
    fn keep(&self, slot: &Mutex<Option<Known>>, new: Known) {
        let mut slot = lock(slot);
        let freed = slot.as_ref().map_or(0, Known::bytes);
        let held = self.bytes.load(Ordering::Relaxed).saturating_sub(freed);
        if held + new.bytes() > MOST_BYTES {
            return;
        }
        self.bytes.fetch_add(new.bytes(), Ordering::Relaxed);
        self.bytes.fetch_sub(freed, Ordering::Relaxed);
        *slot = Some(new);
    }
}

impl Known {
    fn decision_on(&self, hash: u64, subject: &[u8]) -> Option<Arc<Decision>> {
        let same = self.hash == hash && *self.subject == *subject;
        same.then(|| Arc::clone(&self.decision))
    }

    fn bytes(&self) -> usize {
        let findings = self.decision.alerts.len() + self.decision.information.len();
        let all = self.decision.alerts.iter().chain(&self.decision.information);
        let grounds = all
            .filter_map(|finding| finding.via.as_ref())
            .flat_map(|via| &via.grounds);
        let steps: usize = grounds.map(|ground| GROUND_STEPS + ground.path.len()).sum();
        let notes: usize = self.decision.notes.iter().map(String::len).sum();
        size_of::<Known>()
            + size_of::<Decision>()
            + self.subject.len()
            + notes
            + findings * FINDING_BYTES
            + steps * STEP_BYTES
    }
}

/// The first byte of a key that is no JSON.
const SHORT: u8 = b'=';

/// Writes what tells a subject from all others, and says whether that could be done: its JSON, or the kind and the name
/// of one who has nothing else, as most customers of large files do.
fn write_key(subject: &Subject, key: &mut Vec<u8>) -> bool {
    let Some((kind, name)) = kind_and_name(subject) else {
        return serde_json::to_writer(key, subject).is_ok();
    };
    key.push(SHORT);
    key.extend_from_slice(kind.map_or("", EntityKind::as_str).as_bytes());
    key.push(0);
    key.extend_from_slice(name.as_bytes());
    true
}

/// The kind and the name of a subject that has nothing else.
fn kind_and_name(subject: &Subject) -> Option<(Option<EntityKind>, &str)> {
    // Every field is named, so that a new one cannot be forgotten here.
    let Subject {
        id: None,
        names,
        kind,
        birth_date: None,
        birth_place: None,
        gender: None,
        countries,
        identifiers,
        activity: None,
        jurisdictions,
        customer_type: None,
        related,
        unused,
        other_columns: None,
    } = subject
    else {
        return None;
    };
    let [SubjectName { text, parts: None }] = names.as_slice() else {
        return None;
    };
    let is_bare =
        related.is_empty() && countries.is_empty() && identifiers.is_empty() && jurisdictions.is_empty();
    (is_bare && unused.is_empty()).then_some((*kind, text))
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn clear() -> Decision {
    Decision {
        status: Status::Clear,
        alerts: Vec::new(),
        information: Vec::new(),
        signals: Vec::new(),
        notes: Vec::new(),
    }
}

fn lock(slot: &Mutex<Option<Known>>) -> MutexGuard<'_, Option<Known>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;
    use tamis::model::{BirthDate, Finding};

    fn subject(id: &str, name: &str, born: Option<&str>) -> Subject {
        Subject {
            id: Some(id.to_owned()),
            birth_date: born.and_then(BirthDate::parse),
            ..Subject::named(name)
        }
    }

    /// A decision that tells everything of its subject.
    fn telling(subject: &Subject) -> Decision {
        Decision {
            notes: vec![format!("{subject:?}")],
            ..clear()
        }
    }

    /// A decision with so many findings.
    fn alerts(findings: usize) -> Decision {
        let finding = || Finding {
            hit: crate::fixtures::hit(Vec::new()),
            measures: Vec::new(),
            why: String::new(),
            action: tamis::model::Action::Inform,
            aside: Vec::new(),
            via: None,
        };
        Decision {
            status: Status::Hit,
            alerts: std::iter::repeat_with(finding).take(findings).collect(),
            ..clear()
        }
    }

    #[test]
    fn a_party_is_screened_once_whatever_its_id() {
        let (repeats, asked) = (Repeats::new(SLOTS), Cell::new(0));
        let decide = |subject: Subject| {
            repeats.decide(
                subject,
                |_| false,
                &mut Vec::new(),
                |_| {
                    asked.set(asked.get() + 1);
                    alerts(2)
                },
            )
        };
        let first = decide(subject("1", "Anton Ivanov", None));
        let again = decide(subject("2", "Anton Ivanov", None));
        assert!(Arc::ptr_eq(&first, &again));
        assert_eq!((asked.get(), first.alerts.len()), (1, 2));
        decide(subject("2", "Anton Ivanov", Some("1990-01-26")));
        decide(subject("2", "Anton Ivanov", Some("1985-03-03")));
        decide(subject("2", "Anton Ivanof", None));
        decide(subject("2", "Anton Ivanov", None).of_kind(tamis::model::EntityKind::Person));
        assert_eq!(asked.get(), 5, "what differs in any other field is another party");
    }

    #[test]
    fn every_subject_has_a_key_of_its_own() {
        let parts = tamis::model::NameParts {
            given: Some("Anton".to_owned()),
            ..Default::default()
        };
        let named = |text: &str| Subject::named(text);
        let mut split = named("Anton");
        split.names[0].parts = Some(parts);
        let mut unused = named("Anton");
        unused
            .unused
            .push("gender 'x' is not a known gender: not used".to_owned());
        let mut several = named("Anton");
        several.names.push(named("Ivan").names[0].clone());
        let subjects = [
            named("Anton"),
            named("person\0Anton"),
            named("{}"),
            named("").of_kind(EntityKind::Person),
            named("Anton").of_kind(EntityKind::Person),
            named("Anton").of_kind(EntityKind::Vessel),
            Subject::default(),
            split,
            unused,
            several,
        ];
        let key = |subject: &Subject| {
            let mut key = Vec::new();
            assert!(write_key(subject, &mut key));
            key
        };
        for (at, one) in subjects.iter().enumerate() {
            for (other, two) in subjects.iter().enumerate() {
                assert_eq!(key(one) == key(two), at == other, "{one:?} {two:?}");
            }
        }
    }

    #[test]
    fn without_slots_every_subject_is_screened() {
        let (repeats, asked) = (Repeats::new(0), Cell::new(0));
        for _ in 0..2 {
            repeats.decide(
                subject("1", "Anton Ivanov", None),
                |_| false,
                &mut Vec::new(),
                |_| {
                    asked.set(asked.get() + 1);
                    clear()
                },
            );
        }
        assert_eq!(asked.get(), 2);
    }

    #[test]
    fn what_is_remembered_stays_within_the_bound() {
        let repeats = Repeats::new(1 << 10);
        let findings = MOST_BYTES / FINDING_BYTES / 100;
        for id in 0..1_000 {
            let decision = repeats.decide(
                subject("1", &id.to_string(), None),
                |_| false,
                &mut Vec::new(),
                |_| alerts(findings),
            );
            assert_eq!(decision.alerts.len(), findings);
        }
        let held: usize = repeats
            .slots
            .iter()
            .map(|slot| lock(slot).as_ref().map_or(0, Known::bytes))
            .sum();
        assert_eq!(held, repeats.bytes.load(Ordering::Relaxed));
        assert!((MOST_BYTES / 2..=MOST_BYTES).contains(&held), "{held}");
    }

    proptest! {
        #[test]
        fn no_size_changes_a_decision(
            parties in proptest::collection::vec((0_u8..9, "[ab]{1,2}", proptest::option::of("19[78]0")), 1..60),
            slots in 0_usize..9,
        ) {
            let several = [Repeats::new(slots), Repeats::new(1), Repeats::new(1 << 10)];
            let mut key = Vec::new();
            for (id, name, born) in parties {
                let subject = subject(&id.to_string(), &name, born.as_deref());
                // Ids below 3 are known to stakes.
                let counts = |id: &str| id < "3";
                let expected = telling(&Subject { id: subject.id.clone().filter(|id| counts(id)), ..subject.clone() });
                for repeats in &several {
                    prop_assert_eq!(&*repeats.decide(subject.clone(), counts, &mut key, telling), &expected);
                }
            }
        }
    }
}
