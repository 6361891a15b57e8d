//! Whether a log is as it was written, and if not, what happened to which record.

use crate::clock::{TOLERANCE, corrects, readable_corrections};
use crate::log::head_of;
use crate::record::Text;
use crate::store::{Damage, Filter, State, Store};
use crate::{Action, Erased, Error, Fault, FaultKind, Hash, Head, Log, Part, Purged, Record};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Faults that are told one by one; more are counted.
pub const MOST_TOLD: usize = 100;

/// Records out of the chain that are compared with one another to see which were moved. The comparisons grow with
/// the third power.
const MOST_SUSPECTS: usize = 24;

/// Records read at a time.
const PAGE: usize = 1_024;

/// What came of a verification.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The head that the log states.
    pub head: Head,
    /// Records read.
    pub records: u64,
    /// The last record that was purged; 0 where none was.
    pub purged: u64,
    /// What is wrong, by record. Empty: nothing is.
    pub faults: Vec<Fault>,
    /// Faults beyond [`MOST_TOLD`].
    pub untold: u64,
    /// What could not be compared, such as a head whose record was purged.
    pub notes: Vec<String>,
}

impl<S: Store> Log<S> {
    /// Reads every record, recomputes every hash, and compares with heads that were exported earlier. Reads the log
    /// as it is when this is called, whatever others append.
    ///
    /// # Errors
    /// The store cannot be read. Faults are no errors.
    pub fn verify(&mut self, heads: &[Head]) -> Result<Verification, Error> {
        let now = self.now();
        self.store().begin_reading()?;
        let verified = verify(self.store(), heads, now);
        self.store().end_reading();
        verified
    }
}

fn verify<S: Store>(store: &S, heads: &[Head], now: Timestamp) -> Result<Verification, Error> {
    let state = store.state()?;
    let mut verifier = Verifier::new(&state, heads, now);
    verifier.corrections = readable_corrections(store)?;
    for complaint in store.complaints()? {
        verifier.fault(0, FaultKind::Database, complaint);
    }
    loop {
        let page = store.page(&Filter::default(), verifier.last, PAGE)?;
        let more = page.len() == PAGE;
        page.into_iter().for_each(|record| verifier.take(record));
        if !more {
            break;
        }
    }
    verifier.finish(&state)
}

/// A record out of the chain.
struct Suspect {
    record: Record,
    /// The hash that stands in the record before it.
    previous: Hash,
    /// Where its fault stands in the list of faults.
    fault: usize,
}

struct Verifier<'a> {
    heads: &'a [Head],
    latest: i64,
    /// What the next record may be chained to: the hash that the last one states, and the one that it should.
    /// Empty where the last one could not be read.
    previous: Vec<Hash>,
    /// The sequence and the time of the last record.
    last: u64,
    time: i64,
    /// The last record that was purged.
    purged: u64,
    /// The records that say that a clock was ahead, and the first and the last record that it wrote, as far as they still lie ahead.
    corrections: Vec<u64>,
    ahead: Option<(u64, u64)>,
    /// By how much the records' own sequences differ from their places, once one was put in or taken out.
    shift: i64,
    records: u64,
    faults: Vec<Fault>,
    untold: u64,
    notes: Vec<String>,
    suspects: Vec<Suspect>,
    /// Headings and contexts that are what their hashes say. A hash alone tells nothing: another row may claim it.
    texts: HashMap<Hash, Arc<str>>,
    /// Those that are not, by the hash that they claim and the one that they have.
    forged: HashSet<(Hash, Hash)>,
    /// Parts that were erased, with the first record that lacks them and the record that should say why.
    erased: HashMap<Hash, (u64, u64)>,
    /// The purges on record.
    purges: Vec<(u64, Hash)>,
    buffer: String,
}

impl<'a> Verifier<'a> {
    fn new(state: &State, heads: &'a [Head], now: Timestamp) -> Verifier<'a> {
        let latest = now.checked_add(TOLERANCE).unwrap_or(Timestamp::MAX);
        Verifier {
            heads,
            latest: latest.as_microsecond(),
            previous: vec![state.purged_sha256],
            last: 0,
            time: i64::MIN,
            purged: 0,
            corrections: Vec::new(),
            ahead: None,
            shift: 0,
            records: 0,
            faults: Vec::new(),
            untold: 0,
            notes: Vec::new(),
            suspects: Vec::new(),
            texts: HashMap::new(),
            forged: HashSet::new(),
            erased: HashMap::new(),
            purges: Vec::new(),
            buffer: String::new(),
        }
        .after(state.purged)
    }

    /// Begins after the records that were purged.
    fn after(mut self, purged: u64) -> Self {
        (self.last, self.purged) = (purged, purged);
        self
    }

    fn fault(&mut self, sequence: u64, kind: FaultKind, why: impl Into<String>) {
        match self.faults.len() < MOST_TOLD {
            true => self.faults.push(Fault {
                sequence,
                kind,
                why: why.into(),
            }),
            false => self.untold += 1,
        }
    }

    fn take(&mut self, record: Result<Record, Damage>) {
        self.records += 1;
        match record {
            Ok(record) => self.record(record),
            Err(damage) => {
                self.gap(damage.sequence);
                self.fault(damage.sequence, FaultKind::Changed, damage.why);
                self.previous.clear();
                self.last = damage.sequence;
            }
        }
    }

    fn record(&mut self, record: Record) {
        self.gap(record.sequence);
        self.times(&record);
        self.texts(&record);
        self.part(&record, record.subject.as_ref(), "subject");
        self.part(&record, record.details.as_ref(), "details");
        self.workflow(&record);
        self.compare_heads(&record);
        self.chain(record);
    }

    fn gap(&mut self, sequence: u64) {
        let expected = self.last + 1;
        if sequence == expected {
            return;
        }
        let missing = match sequence - expected {
            1 => format!("record {expected} is missing"),
            _ => format!("records {expected} to {} are missing", sequence - 1),
        };
        self.fault(expected, FaultKind::Missing, missing);
        self.previous.clear();
    }

    fn times(&mut self, record: &Record) {
        if record.time > self.latest {
            self.ahead(record.sequence);
        }
        if record.time >= self.time {
            self.time = record.time;
        } else if corrects(record, self.time) {
            self.corrected(record);
        } else {
            let why = "its time lies before that of the record before it";
            self.fault(record.sequence, FaultKind::BackDated, why);
        }
    }

    /// A record in the future is a fault, unless a later one says that the clock was ahead.
    fn ahead(&mut self, sequence: u64) {
        if self.corrections.last().is_none_or(|last| *last < sequence) {
            return self.fault(sequence, FaultKind::Ahead, "its time lies in the future");
        }
        let first = self.ahead.map_or(sequence, |(first, _)| first);
        self.ahead = Some((first, sequence));
    }

    fn corrected(&mut self, record: &Record) {
        let told = |time: i64| {
            Timestamp::from_microsecond(time).map_or_else(|_| "no time".to_owned(), |time| time.to_string())
        };
        let number = record.sequence;
        let (from, to) = (told(self.time), told(record.time));
        self.notes.push(format!(
            "record {number} sets the time back from {from} to {to}, and says why: records before it may bear times to come"
        ));
        if let Some((first, last)) = self.ahead.take() {
            self.notes.push(format!(
                "records {first} to {last} lie ahead of the clock, as record {number} says"
            ));
        }
        self.time = record.time;
    }

    fn texts(&mut self, record: &Record) {
        let context = record.context.iter().map(|text| (text, "context"));
        for (text, what) in std::iter::once((&record.heading, "heading")).chain(context) {
            if self.is_first_forgery(text) {
                let why = format!("its {what} was changed, and so that of every record that shares it");
                self.fault(record.sequence, FaultKind::Heading, why);
            }
        }
    }

    /// Whether a text is not what its hash says, and no record before had this text under this hash.
    fn is_first_forgery(&mut self, text: &Text) -> bool {
        if self
            .texts
            .get(&text.sha256)
            .is_some_and(|known| *known == text.text)
        {
            return false;
        }
        let sha256 = Hash::of(&[text.text.as_bytes()]);
        if sha256 == text.sha256 {
            self.texts.insert(sha256, Arc::clone(&text.text));
            return false;
        }
        self.forged.insert((text.sha256, sha256))
    }

    fn part(&mut self, record: &Record, part: Option<&Part>, what: &str) {
        let Some(part) = part else { return };
        match (&part.content, part.erased) {
            (Some((salt, text)), _) if Hash::of(&[salt, text.as_bytes()]) == part.sha256 => {}
            (Some(_), _) => {
                self.fault(
                    record.sequence,
                    FaultKind::Personal,
                    format!("its {what} is not what was written"),
                );
            }
            (None, Some(by)) => {
                self.erased.entry(part.sha256).or_insert((record.sequence, by));
            }
            (None, None) => {
                self.fault(
                    record.sequence,
                    FaultKind::Personal,
                    format!("its {what} is gone, and no record says why"),
                );
            }
        }
    }

    /// What purges and erasures say they did.
    fn workflow(&mut self, record: &Record) {
        match record.heading().map(|heading| heading.action) {
            Ok(Action::Purge) => {
                let purged = record
                    .body::<Purged>()
                    .map(|purged| (purged.through, purged.sha256));
                self.purges.extend(purged.ok());
            }
            Ok(Action::Erasure) => {
                for part in record
                    .body::<Erased>()
                    .map(|erased| erased.parts)
                    .unwrap_or_default()
                {
                    if self
                        .erased
                        .get(&part)
                        .is_some_and(|(_, by)| *by == record.sequence)
                    {
                        self.erased.remove(&part);
                    }
                }
            }
            _ => {}
        }
    }

    fn compare_heads(&mut self, record: &Record) {
        let heads = self.heads;
        for head in heads.iter().filter(|head| head.sequence == record.sequence) {
            if let Some(why) = self.differs(head, record) {
                self.fault(record.sequence, FaultKind::OtherHead, why);
            }
        }
    }

    fn differs(&self, head: &Head, record: &Record) -> Option<String> {
        if head.sha256 != record.sha256 {
            return Some(format!(
                "its hash was {} when the head was exported: the log was rewritten up to here",
                head.sha256
            ));
        }
        let changed = |what: String| Some(format!("the head says that {what}: the head was changed"));
        if head.time.as_microsecond() != record.time {
            return changed(format!("it was written at {}", head.time));
        }
        // A purge up to here is on record; where its record was purged, too, it is known only up to where.
        let known = self.purges.last().map(|(through, _)| *through);
        let (most, least) = (known.unwrap_or(self.purged), known.unwrap_or_default());
        let held = head.sequence.saturating_sub(most)..=head.sequence.saturating_sub(least);
        match held.contains(&head.count) {
            true => None,
            false => changed(format!("the log held {} records then", head.count)),
        }
    }

    fn chain(&mut self, record: Record) {
        let before = std::mem::take(&mut self.previous);
        let shift = self.shift;
        let hashes: Vec<Hash> = before
            .iter()
            .map(|&previous| self.hash(&record, shift, previous))
            .collect();
        let sound = hashes.is_empty() || hashes.contains(&record.sha256);
        let stated = record.sha256;
        self.last = record.sequence;
        if !sound && !self.moved_along(&record) {
            self.suspect(record, before.first().copied().unwrap_or(Hash::ZERO));
        }
        self.previous = vec![stated];
        // Where a hash alone was changed, what follows is chained to the one that it should be.
        self.previous.extend(hashes.into_iter().filter(|_| !sound));
    }

    /// The hash of a record whose own sequence differs from its place by `shift`.
    fn hash(&mut self, record: &Record, shift: i64, previous: Hash) -> Hash {
        let mut canonical = record.canonical();
        canonical.sequence = record.sequence.saturating_add_signed(shift);
        canonical.chained(previous, &mut self.buffer)
    }

    /// Whether this record and all after it stand one place off, because one was put in or taken out before them.
    fn moved_along(&mut self, record: &Record) -> bool {
        let Some(last) = self
            .suspects
            .pop_if(|last| last.record.sequence + 1 == record.sequence)
        else {
            return false;
        };
        let follows = |verifier: &mut Self, by: i64| {
            let shift = verifier.shift + by;
            verifier.hash(record, shift, last.record.sha256) == record.sha256
        };
        if follows(self, 1) {
            self.shift += 1;
            self.retell(
                last.fault,
                FaultKind::Missing,
                "the record that stood here is gone, and those after it moved up",
            );
            return true;
        }
        // Two exchanged neighbours look like one put in, up to the record after them.
        if follows(self, -1) && self.was_pushed_down(&last) {
            self.shift -= 1;
            return true;
        }
        self.suspects.push(last);
        false
    }

    /// Whether `moved` stood where the suspect before it stands, which then was put in.
    fn was_pushed_down(&mut self, moved: &Suspect) -> bool {
        let Some(put_in) = self
            .suspects
            .pop_if(|one| one.record.sequence + 1 == moved.record.sequence)
        else {
            return false;
        };
        if self.hash(&moved.record, self.shift - 1, put_in.previous) != moved.record.sha256 {
            self.suspects.push(put_in);
            return false;
        }
        self.retell(
            put_in.fault,
            FaultKind::Inserted,
            "it was put in: the records after it moved down",
        );
        if moved.fault < self.faults.len() {
            self.faults.remove(moved.fault);
        }
        true
    }

    fn retell(&mut self, fault: usize, kind: FaultKind, why: &str) {
        if let Some(fault) = self.faults.get_mut(fault) {
            (fault.kind, fault.why) = (kind, why.to_owned());
        }
    }

    fn suspect(&mut self, record: Record, previous: Hash) {
        let sequence = record.sequence;
        let fault = self.faults.len();
        let why = format!(
            "it does not follow from the record before it: record {sequence} was changed, or what stands before it"
        );
        self.fault(sequence, FaultKind::Changed, why);
        self.suspects.push(Suspect {
            record,
            previous,
            fault,
        });
        // The last one is needed to tell what moved; the first ones to tell which were exchanged.
        if self.suspects.len() > MOST_SUSPECTS {
            self.suspects.remove(MOST_SUSPECTS - 1);
        }
    }

    /// Finds suspects that are sound in the place of another one.
    fn find_moved(&mut self) {
        let suspects = std::mem::take(&mut self.suspects);
        let mut before: Vec<Hash> = suspects
            .iter()
            .flat_map(|one| [one.previous, one.record.sha256])
            .collect();
        before.sort_unstable();
        before.dedup();
        let mut fits = |record: &Record, place: u64| {
            let mut canonical = record.canonical();
            canonical.sequence = place;
            before
                .iter()
                .any(|&previous| canonical.chained(previous, &mut self.buffer) == record.sha256)
        };
        let mut told: Vec<(usize, Option<u64>)> = Vec::new();
        for one in &suspects {
            let places = suspects.iter().map(|other| other.record.sequence);
            let place = places
                .filter(|&place| place != one.record.sequence)
                .find(|&place| fits(&one.record, place));
            match place {
                Some(place) => told.push((one.fault, Some(place))),
                None if fits(&one.record, one.record.sequence) => told.push((one.fault, None)),
                None => {}
            }
        }
        if told.iter().any(|(_, place)| place.is_some()) {
            self.tell_moved(told);
        }
    }

    /// A record that was moved is a fault; one that only follows from it in its old place is none.
    fn tell_moved(&mut self, told: Vec<(usize, Option<u64>)>) {
        let mut innocent = Vec::new();
        for (fault, place) in told {
            match place {
                Some(place) => {
                    let why = format!("it was record {place}: the records were re-ordered");
                    self.retell(fault, FaultKind::Reordered, &why);
                }
                None => innocent.push(fault),
            }
        }
        innocent.sort_unstable();
        for fault in innocent.into_iter().rev() {
            if fault < self.faults.len() {
                self.faults.remove(fault);
            }
        }
    }

    fn finish(mut self, state: &State) -> Result<Verification, Error> {
        self.find_moved();
        self.end(state);
        self.unexplained(state);
        self.faults.sort_by_key(|fault| (fault.sequence, fault.kind));
        Ok(Verification {
            head: head_of(state)?,
            records: self.records,
            purged: state.purged,
            faults: self.faults,
            untold: self.untold,
            notes: self.notes,
        })
    }

    /// The end of the log, compared with what it states and with the heads that were exported.
    fn end(&mut self, state: &State) {
        let last = self.last;
        let gone = |to: u64| format!("records {} to {to} at the end are gone", last + 1);
        if state.sequence > last {
            self.fault(last + 1, FaultKind::Truncated, gone(state.sequence));
        } else if state.sequence < last {
            let why = "it stands after the last record that the log states";
            self.fault(state.sequence + 1, FaultKind::Inserted, why);
        } else if !self.previous.contains(&state.sha256) && !self.previous.is_empty() {
            self.fault(
                last,
                FaultKind::Changed,
                "its hash is not the one that the log states for its last record",
            );
        }
        if state.sequence == last && self.time != state.time && self.records > 0 {
            self.fault(
                last,
                FaultKind::Changed,
                "its time is not the one that the log states for its last record",
            );
        }
        for head in self.heads {
            match head.sequence {
                sequence if sequence > last => {
                    let why = format!("{}: they were there when the head was exported", gone(sequence));
                    self.fault(last + 1, FaultKind::Truncated, why);
                }
                sequence if sequence == state.purged && head.sha256 != state.purged_sha256 => {
                    self.fault(
                        sequence,
                        FaultKind::OtherHead,
                        "the purge states another hash than the head",
                    );
                }
                sequence if sequence < state.purged => {
                    let note =
                        format!("the record {sequence} of an exported head was purged: it was not compared");
                    self.notes.push(note);
                }
                _ => {}
            }
        }
    }

    /// What is gone and no record says why.
    fn unexplained(&mut self, state: &State) {
        if state.purged > 0 && !self.purges.contains(&(state.purged, state.purged_sha256)) {
            let why = format!(
                "records up to {} are gone, and no record of a purge says so",
                state.purged
            );
            self.fault(1, FaultKind::Missing, why);
        }
        let mut erased: Vec<(u64, u64)> = self.erased.drain().map(|(_, about)| about).collect();
        erased.sort_unstable();
        for (sequence, by) in erased {
            let why = format!("personal data is gone, and record {by} does not say that it was erased");
            self.fault(sequence, FaultKind::Personal, why);
        }
    }
}
