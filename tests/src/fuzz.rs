//! What must hold of any input: each function takes bytes, does with them what a user could, and panics where
//! something does not hold. `tests/tests/fuzz.rs` calls them with seeded bytes, the targets in `fuzz/` with those that
//! a fuzzer finds.

pub mod lists;
pub mod seeds;

use crate::sections::{put_together, taken_apart};
use crate::{builtin, entity, lenient, list, screener};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tamis::model::{Decision, EntityKind, Identifier, IdentifierKind, List, Score, Status, Subject};
use tamis::{Scratch, Screener, compare, unfit};

/// The longest text that [`screen_any_text`] takes, in bytes: time grows with the square of the words.
pub const LONGEST_TEXT: usize = 600;

/// Names in every kind and several scripts, for a list that is small and has something in each section.
const NAMES: [(EntityKind, &[&str]); 7] = [
    (
        EntityKind::Person,
        &[
            "TIKHONOV, Andrei Gennadyevich",
            "TIKHONOV, Andrey",
            "Тихонов Андрей",
        ],
    ),
    (EntityKind::Person, &["Mahmoud al-Qadhafi", "محمود القذافي"]),
    (EntityKind::Person, &["金正恩", "Kim Jong Un"]),
    (EntityKind::Person, &["J. Smith", "Smith Smith"]),
    (
        EntityKind::Organization,
        &["Kaspersky Lab OOO", "Casper Sky Group"],
    ),
    (
        EntityKind::Organization,
        &[
            "National Bank of Iran",
            "Open Joint Stock Company Almaz Antey Concern",
        ],
    ),
    (EntityKind::Vessel, &["Lady Fortune 7"]),
];

/// A small list with something in each section.
pub fn small_list() -> List {
    let numbered = (0..).zip(NAMES);
    let entities = numbered.map(|(at, (kind, names)): (u32, _)| {
        let mut entity = entity("small", &at.to_string(), kind, names);
        entity
            .identifiers
            .push(Identifier::new(IdentifierKind::Passport, format!("AB12345{at}")));
        entity
    });
    list("small", entities.collect())
}

/// Subjects that the [`small_list`] should be asked for; the first of each entry's names alerts.
pub fn small_subjects() -> Vec<Subject> {
    let names = NAMES.iter().flat_map(|(_, names)| names.iter());
    let slips = [
        "Tichonow Andrej",
        "KasperskyLab",
        "Mahmud Gaddafi",
        "Kim Chong-un",
        "NBI",
        "Nobody Else",
    ];
    let mut subjects: Vec<Subject> = names.chain(&slips).map(|name| Subject::named(*name)).collect();
    let mut numbered = Subject::named("Somebody Different");
    numbered
        .identifiers
        .push(Identifier::new(IdentifierKind::Passport, "AB123450"));
    subjects.push(numbered);
    subjects
}

fn compiled(list: List) -> Vec<u8> {
    tamis::screen::compile(vec![list]).unwrap_or_else(|error| panic!("{error}"))
}

fn threshold() -> Score {
    Score::from_ten_thousandths(8_000)
}

/// Any bytes are opened or refused with a reason. Returns whether they were opened.
pub fn snapshot_open(bytes: &[u8]) -> bool {
    match Screener::from_bytes(bytes, lenient(threshold())) {
        Ok(screener) => {
            ask(&screener);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// A compiled list whose sections are changed as `script` says, with a right checksum, is refused, or answers without a
/// panic. Returns whether it was opened.
pub fn snapshot_sections(script: &[u8]) -> bool {
    static SECTIONS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    let mut sections = SECTIONS
        .get_or_init(|| taken_apart(&compiled(small_list())))
        .clone();
    for step in script.chunks(6) {
        change(&mut sections, step);
    }
    snapshot_open(&put_together(&sections))
}

/// Changes one section: which, how, where (two bytes), and with what (two bytes).
fn change(sections: &mut [(String, Vec<u8>)], step: &[u8]) {
    let byte = |at: usize| step.get(at).copied().unwrap_or_default();
    let place = u16::from_le_bytes([byte(2), byte(3)]);
    let which = usize::from(byte(0)) % sections.len();
    let other = sections[usize::from(byte(4)) % sections.len()].1.clone();
    let content = &mut sections[which].1;
    let at = usize::from(place) % content.len().max(1);
    let word = at / 4 * 4;
    match byte(1) % 10 {
        0 => content.truncate(at),
        1 => content.truncate(word),
        2 => content.clear(),
        3 => content.extend(step),
        4 => *content = other,
        5 if content.len() >= word + 4 => drop(content.drain(word..word + 4)),
        6 if content.len() >= word + 4 => {
            let number = u32::from_le_bytes([byte(4), byte(5), 0, 0]);
            content[word..word + 4].copy_from_slice(&number.to_le_bytes());
        }
        7 if content.len() >= word + 4 => content[word..word + 4].fill(u8::MAX),
        8 => content
            .iter_mut()
            .skip(at)
            .step_by(usize::from(byte(5)) + 1)
            .for_each(|b| *b = byte(4)),
        _ => content
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|b| *b ^= byte(4).max(1)),
    }
}

/// Asks whatever can be asked.
fn ask(screener: &Screener) {
    let mut scratch = Scratch::default();
    for subject in small_subjects() {
        let decision = screener.screen_with(&subject, &mut scratch);
        explained(&decision);
        let _ = screener.near_misses(&subject, Score::from_ten_thousandths(6_000));
    }
    let _ = screener.near_misses(&Subject::named("Tikhonov"), Score::ZERO);
    let _ = screener.to_lists();
    assert_eq!(screener.entities().count(), screener.entity_count());
    for id in ["small:0", "small:6", "nothing"] {
        assert!(screener.entity(id).is_none_or(|entity| entity.id() == id));
    }
}

/// What is not clear says why; what is not screened has no findings.
fn explained(decision: &Decision) {
    match decision.status {
        Status::Unscreened => {
            assert!(
                !decision.notes.is_empty() && decision.alerts.is_empty(),
                "{decision:?}"
            );
        }
        Status::Hit => assert!(!decision.alerts.is_empty(), "{decision:?}"),
        Status::Clear => assert!(decision.alerts.is_empty(), "{decision:?}"),
    }
}

/// The entries of one to three listed names that screening finds for a subject are those that reach the threshold when
/// everything is compared. `input` is text: a line for the subject, then a line a name; a line's first sign says of what
/// kind an entry is, and `+` that it is another name of the entry before. Returns how many entries reach a threshold.
pub fn candidates(input: &[u8]) -> usize {
    let text = String::from_utf8_lossy(input);
    let mut lines = text
        .lines()
        .map(|line| line.chars().take(120).collect::<String>());
    let Some(subject) = lines.next().filter(|line| unfit(line).is_none()) else {
        return 0;
    };
    let entities = entries(lines.filter(|line| unfit(line).is_none()).take(3));
    // A list with a name that cannot be compared is refused, which is not asked here.
    let Ok(all) = Screener::new(vec![list("few", entities.clone())], lenient(Score::ONE)) else {
        return 0;
    };
    let subject = Subject::named(subject.as_str());
    let expected = everything(&all, &subject);
    assert_eq!(
        expected.len(),
        entities.len(),
        "not everything was compared: {text:?}"
    );
    for entity in &entities {
        let of =
            |name: &tamis::model::Name| compare(&subject.names[0].text, &name.text, Some(entity.kind)).score;
        let alone = entity.names.iter().map(of).max().unwrap_or_default();
        let screened = expected[&entity.id()];
        // Another name may give a patronymic that contradicts the subject's, which lowers a short name's score.
        let holds = screened == alone || (entity.names.len() > 1 && screened < alone);
        assert!(holds, "alone {alone}, screened {screened}: {text:?}");
    }
    let mut screener = all;
    let mut reached = 0;
    for cutoff in [5_000, 6_500, 7_500, 8_000, 9_000].map(Score::from_ten_thousandths) {
        screener = screener.under(lenient(cutoff));
        let fast = found(&screener.screen(&subject));
        let slow: Found = expected
            .iter()
            .filter(|(_, score)| **score >= cutoff)
            .map(|(id, score)| (id.clone(), *score))
            .collect();
        reached += slow.len();
        assert_eq!(fast, slow, "at {cutoff}: {text:?}");
    }
    reached
}

fn entries(lines: impl Iterator<Item = String>) -> Vec<tamis::model::Entity> {
    let mut entities: Vec<tamis::model::Entity> = Vec::new();
    for line in lines {
        let own = entity(
            "few",
            &entities.len().to_string(),
            kind(&line),
            &[line.trim_start_matches(['+', '@', '#'])],
        );
        match entities.last_mut() {
            Some(last) if line.starts_with('+') => last.names.extend(own.names),
            _ => entities.push(own),
        }
    }
    entities
}

fn kind(line: &str) -> EntityKind {
    match line.chars().next() {
        Some('@') => EntityKind::Organization,
        Some('#') => EntityKind::Vessel,
        _ => EntityKind::Person,
    }
}

type Found = BTreeMap<String, Score>;

fn found(decision: &Decision) -> Found {
    let findings = decision.alerts.iter().chain(&decision.information);
    findings.map(|f| (f.hit.entity_id.clone(), f.hit.score)).collect()
}

/// The best score of each entry: a floor of zero proposes every name, and full scores are no near misses.
fn everything(all: &Screener, subject: &Subject) -> Found {
    let below = all.near_misses(subject, Score::ZERO).into_iter();
    let mut best: Found = below.map(|hit| (hit.entity_id, hit.score)).collect();
    best.extend(found(&all.screen(subject)));
    best
}

/// Any text as a name is screened, or refused with a reason, and always the same; a name with something to compare is
/// its own full match. Returns whether it was screened.
pub fn screen_any_text(input: &[u8]) -> bool {
    static SCREENER: OnceLock<Screener> = OnceLock::new();
    let screener = SCREENER.get_or_init(|| screener(vec![builtin()], lenient(threshold())));
    let input = input.get(..LONGEST_TEXT).unwrap_or(input);
    let text = String::from_utf8_lossy(input);
    let subject = Subject::named(&*text);
    let mut scratch = Scratch::default();
    let decision = screener.screen_with(&subject, &mut scratch);
    explained(&decision);
    assert_eq!(
        decision.status == Status::Unscreened,
        unfit(&text).is_some(),
        "{text:?}"
    );
    assert_eq!(decision, screener.screen_with(&subject, &mut scratch), "{text:?}");
    decision.status != Status::Unscreened
}
