//! A compiled list answers as the lists it was made of, or not at all.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads and writes files"
)]

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tamis::model::{EntityKind, List, Score, Status, Subject};
use tamis::screen::{Archive, Compiled, compile};
use tamis::{Policy, Screener};
use tamis_tests::fuzz::{small_list, small_subjects};
use tamis_tests::sections::{put_together, stamp, taken_apart};
use tamis_tests::{TODAY, builtin, entity, list, policy_at, text_of, workspace};

fn policy() -> Policy {
    Policy::new(TODAY)
}

fn compiled(lists: Vec<List>) -> Vec<u8> {
    compile(lists).unwrap_or_else(|error| panic!("{error}"))
}

fn opened(bytes: &[u8]) -> Screener {
    Screener::from_bytes(bytes, policy()).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(bytes: &[u8]) -> String {
    match Screener::from_bytes(bytes, policy()) {
        Ok(_) => panic!("opened {} bytes that are no compiled list", bytes.len()),
        Err(error) => error.to_string(),
    }
}

/// A list large enough to be prepared in several batches.
fn large_list() -> List {
    const SYLLABLES: [&str; 12] = [
        "ba", "ko", "ri", "ten", "shu", "mar", "lo", "vic", "za", "gor", "en", "pid",
    ];
    let word = |number: usize| -> String {
        let digits = [number % 12, number / 12 % 12, number / 144 % 12];
        digits.into_iter().map(|at| SYLLABLES[at]).collect()
    };
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Vessel];
    let entities = (0..9_000).map(|at| {
        let names = [format!("{} {}", word(at), word(at * 7 + 5)), word(at * 5 + 11)];
        entity("large", &at.to_string(), kinds[at % 3], &[&names[0], &names[1]])
    });
    list("large", entities.collect())
}

/// Subjects of all sorts: listed names whole and cut, fields, numbers, texts that cannot be screened.
fn subjects(list: &List) -> Vec<Subject> {
    let mut subjects = small_subjects();
    for entity in list.entities.iter().take(60) {
        for name in &entity.names {
            subjects.push(Subject::named(name.text.as_str()).of_kind(entity.kind));
            subjects.push(Subject::named(
                name.text.chars().skip(1).collect::<String>().as_str(),
            ));
        }
        let mut numbered = Subject::named("Somebody Different");
        numbered.identifiers.clone_from(&entity.identifiers);
        numbered.birth_date = entity.birth_dates.first().cloned();
        subjects.push(numbered);
    }
    subjects.push(Subject::named("***"));
    subjects.push(Subject::default());
    subjects
}

/// A file in a folder of its own, removed at the end.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, bytes: &[u8]) -> Written {
        let path = std::env::temp_dir().join(format!("tamis-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Written(path)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_compiled_list_answers_as_the_lists_it_was_made_of() {
    let lists = || vec![builtin(), small_list()];
    let bytes = compiled(lists());
    let file = Written::new("answers.tamis", &bytes);
    let mapped = Screener::open(&file.0, policy()).unwrap_or_else(|error| panic!("{error}"));
    let made = Screener::new(lists(), policy()).unwrap_or_else(|error| panic!("{error}"));
    let (mut hits, mut told) = (0, 0);
    for subject in subjects(&builtin()) {
        let expected = made.screen(&subject);
        hits += usize::from(expected.status == Status::Hit);
        told += expected.information.len();
        assert_eq!(mapped.screen(&subject), expected, "{subject:?}");
        let floor = Score::from_ten_thousandths(5_000);
        assert_eq!(
            mapped.near_misses(&subject, floor),
            made.near_misses(&subject, floor),
            "{subject:?}"
        );
    }
    assert!(
        hits > 50 && told > 0,
        "{hits} hits, {told} findings: too few to prove anything"
    );
    assert_eq!(mapped.context(), made.context());
    assert_eq!(mapped.regimes(), made.regimes());
}

#[test]
fn an_answer_rests_on_nothing_that_was_asked_before() {
    let screener = opened(&compiled(vec![builtin(), small_list()]));
    let mut scratch = tamis::Scratch::default();
    let other = opened(&compiled(vec![small_list()]));
    for subject in subjects(&builtin()) {
        let expected = screener.screen(&subject);
        assert_eq!(
            screener.screen_with(&subject, &mut scratch),
            expected,
            "{subject:?}"
        );
        // The same memory for another list in between.
        assert_eq!(
            other.screen_with(&subject, &mut scratch),
            other.screen(&subject),
            "{subject:?}"
        );
    }
}

#[test]
fn equal_lists_give_equal_bytes_whatever_the_number_of_threads() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.unwrap_or_else(|error| panic!("{error}"));
        pool.install(|| compiled(vec![builtin(), large_list(), small_list()]))
    };
    let one = with(1);
    assert!(one == with(1), "another run gives other bytes");
    for threads in [2, 3, 8] {
        assert!(
            one == with(threads),
            "{threads} threads give other bytes than one"
        );
    }
    let screener = opened(&one);
    let last = Subject::named(large_list().entities[8_999].names[0].text.as_str());
    assert_eq!(screener.screen(&last).status, Status::Hit);
}

#[test]
fn the_lists_come_back_as_they_were_and_compile_to_the_same_bytes() {
    let lists = vec![builtin(), small_list()];
    let bytes = compiled(lists.clone());
    let back = opened(&bytes)
        .to_lists()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back, lists);
    assert!(compiled(back) == bytes);
}

#[test]
fn a_file_cut_short_grown_or_changed_is_refused() {
    let good = compiled(vec![small_list()]);
    for length in (0..good.len()).step_by(53).chain(good.len() - 70..good.len()) {
        let why = refusal(&good[..length]);
        assert!(
            ["cut off", "not a compiled list"].iter().any(|w| why.contains(w)),
            "{length}: {why}"
        );
    }
    for bit in (0..good.len() * 8).step_by(331).chain(0..48 * 8) {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(!refusal(&bad).is_empty());
    }
    assert!(refusal(&[good.as_slice(), b"\n"].concat()).contains("added to"));
    assert!(
        refusal(b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>").contains("not a compiled list")
    );
    assert!(refusal(b"").contains("not a compiled list"));
}

#[test]
fn a_file_of_another_version_or_build_is_refused_by_name() {
    let written = |stamp| {
        let mut writer = tamis_snapshot::Writer::new(stamp);
        for (name, content) in taken_apart(&compiled(vec![small_list()])) {
            writer.section::<u8>(&name, content);
        }
        writer.finish().unwrap()
    };
    let version = tamis_snapshot::Stamp {
        version: stamp().version + 1,
        ..stamp()
    };
    let why = refusal(&written(version));
    assert!(
        why.contains("format version") && why.contains("compile it again"),
        "{why}"
    );
    let build = tamis_snapshot::Stamp {
        fingerprint: !stamp().fingerprint,
        ..stamp()
    };
    let why = refusal(&written(build));
    assert!(
        why.contains("fingerprint") && why.contains("compile it again"),
        "{why}"
    );
    opened(&written(stamp()));
}

#[test]
fn entries_are_read_from_files_of_other_builds_and_from_no_damaged_one() {
    let written = |stamp| {
        let mut writer = tamis_snapshot::Writer::new(stamp);
        for (name, content) in taken_apart(&compiled(vec![small_list()])) {
            writer.section::<u8>(&name, content);
        }
        writer.finish().unwrap()
    };
    let build = tamis_snapshot::Stamp {
        fingerprint: !stamp().fingerprint,
        ..stamp()
    };
    let bytes = written(build);
    let file = Written::new("archive.tamis", &bytes);
    let archive = Archive::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(archive.lists, [small_list()]);
    assert_eq!(archive.engine, tamis::engine());
    let version = tamis_snapshot::Stamp {
        version: stamp().version + 1,
        ..stamp()
    };
    let why = |bytes: &[u8]| {
        let file = Written::new("archive-refused.tamis", bytes);
        Archive::open(&file.0).map_or_else(|error| error.to_string(), |_| "opened".to_owned())
    };
    assert!(why(&written(version)).contains("format version"));
    assert!(why(&bytes[..bytes.len() / 2]).contains("cut off"));
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    assert!(why(&changed).contains("checksum"));
    let no_entries = |section: &str| {
        let sections = taken_apart(&compiled(vec![small_list()]));
        let kept: Vec<_> = sections.into_iter().filter(|(name, _)| name != section).collect();
        why(&put_together(&kept))
    };
    assert!(no_entries("ent").contains("'ent'") && no_entries("about").contains("'about'"));
}

/// Whether any subject that the whole list alerts for is clear: the one thing that must not be.
fn hides_somebody(bytes: &[u8], alerting: &[Subject]) -> Option<Subject> {
    let screener = Screener::from_bytes(bytes, policy()).ok()?;
    let clear = |subject: &&Subject| screener.screen(subject).status == Status::Clear;
    alerting.iter().find(clear).cloned()
}

fn alerting(bytes: &[u8]) -> Vec<Subject> {
    let screener = opened(bytes);
    let alerts = |subject: &Subject| screener.screen(subject).status == Status::Hit;
    small_subjects().into_iter().filter(alerts).collect()
}

/// Every section in turn, changed by `change`, in a file with a right checksum.
fn each_section_changed(change: impl Fn(&str, &mut Vec<u8>)) {
    let good = compiled(vec![small_list()]);
    let alerting = alerting(&good);
    assert!(alerting.len() > 10, "too few to prove anything");
    let sections = taken_apart(&good);
    assert!(put_together(&sections) == good);
    for at in 0..sections.len() {
        let mut sections = sections.clone();
        let (name, content) = &mut sections[at];
        let (name, before) = (name.clone(), content.clone());
        change(&name, content);
        if *content == before {
            continue;
        }
        let hidden = hides_somebody(&put_together(&sections), &alerting);
        assert!(
            hidden.is_none(),
            "with another section '{name}', clear is {hidden:?}"
        );
    }
}

#[test]
fn a_section_that_is_too_short_hides_nobody() {
    each_section_changed(|_, content| content.clear());
    for part in 1..8 {
        each_section_changed(|_, content| content.truncate(content.len() * part / 8));
        each_section_changed(|_, content| content.truncate(content.len() * part / 128 * 16));
    }
    for end in [1, 4, 8, 16] {
        each_section_changed(|_, content| content.truncate(content.len().saturating_sub(end)));
    }
}

#[test]
fn a_section_that_is_too_long_hides_nobody() {
    for more in [1, 4, 8, 16] {
        each_section_changed(|_, content| content.extend(vec![0; more]));
        each_section_changed(|_, content| content.extend(vec![u8::MAX; more]));
    }
    each_section_changed(|_, content| content.extend(content.clone()));
}

#[test]
fn numbers_that_point_nowhere_hide_nobody() {
    // What these hold cannot be told from other content: the letters of keys, and hashes.
    let is_content = |name: &str| matches!(name, "key" | "set.vow" | "slp") || name.starts_with("x.");
    for at in [0, 1, 2, 5, 9] {
        each_section_changed(|name, content| {
            if is_content(name) {
                return;
            }
            if let Some(word) = content.chunks_exact_mut(4).nth(at) {
                word.fill(u8::MAX);
            }
        });
    }
    each_section_changed(|name, content| {
        if !name.starts_with("x.") || name.ends_with(".at") {
            return;
        }
        for row in content.chunks_exact_mut(16) {
            row[8..12].fill(u8::MAX);
        }
    });
    each_section_changed(|name, content| {
        let rows = content.chunks_exact_mut(8).filter(|_| name == "slp");
        rows.for_each(|row| row[..4].fill(u8::MAX));
    });
}

#[test]
fn entries_and_tokens_that_cannot_be_read_hide_nobody() {
    for (section, noise) in [
        ("ent", b'{'),
        ("ent", 0),
        ("tok", 0xff),
        ("tok", 0),
        ("about", b'}'),
        ("about", b'0'),
    ] {
        each_section_changed(|name, content| {
            if name == section {
                content.fill(noise);
            }
        });
    }
}

#[test]
fn an_entry_that_is_not_the_one_that_was_indexed_is_not_screened() {
    let mut sections = taken_apart(&compiled(vec![small_list()]));
    let entities = sections.iter_mut().find(|(name, _)| name == "ent");
    let Some((_, json)) = entities else {
        panic!("no entities")
    };
    let text = String::from_utf8_lossy(json).replace("TIKHONOV, Andrei", "SOMEBODY, Entire");
    *json = text.into_bytes();
    let decision = opened(&put_together(&sections)).screen(&Subject::named("TIKHONOV, Andrei Gennadyevich"));
    assert_eq!(decision.status, Status::Unscreened, "{decision:?}");
    assert!(
        decision.notes[0].contains("compile it again"),
        "{:?}",
        decision.notes
    );
}

// ---- files of earlier builds ----

#[test]
fn every_file_ever_written_is_opened_or_refused_by_name() {
    let folder = workspace().join("data/snapshots");
    let about = text_of(&folder.join("README.md"));
    let mut versions = Vec::new();
    for path in files(&folder) {
        let name = path
            .file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        if !name.ends_with(".tamis") {
            continue;
        }
        assert!(about.contains(&format!("`{name}`")), "{name} is not described");
        versions.push(stated_version(&path));
        assert_eq!(name, format!("v{}.tamis", versions[versions.len() - 1]));
        match Screener::open(&path, policy_at(Score::from_ten_thousandths(8_000))) {
            Ok(screener) => {
                let asked = Subject::named("TIKHONOV, Andrei Gennadyevich");
                assert_eq!(screener.screen(&asked).status, Status::Hit, "{name}");
            }
            Err(error) => {
                let why = error.to_string();
                let by_name = why.contains("format version") || why.contains("fingerprint");
                assert!(by_name && why.contains("compile it again"), "{name}: {why}");
            }
        }
    }
    versions.sort_unstable();
    let all: Vec<u32> = (1..=tamis::screen::FORMAT_VERSION).collect();
    assert_eq!(
        versions, all,
        "keep a file of every version: see the README there"
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// The version in a file's header.
fn stated_version(path: &Path) -> u32 {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(tamis::screen::is_compiled(&bytes), "{}", path.display());
    u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]])
}

/// Writes the file of the present version; run it when the version is raised.
#[test]
#[ignore = "writes data/snapshots"]
fn write_the_file_of_this_version() {
    let path = workspace().join(format!("data/snapshots/v{}.tamis", tamis::screen::FORMAT_VERSION));
    let bytes = compiled(vec![small_list()]);
    std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// A spool whose disk is full after so many bytes, and which can be read if it `reads`.
struct Faulty {
    kept: Cursor<Vec<u8>>,
    room: usize,
    reads: bool,
}

impl Faulty {
    fn new(room: usize, reads: bool) -> Faulty {
        let kept = Cursor::default();
        Faulty { kept, room, reads }
    }
}

impl Write for Faulty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.kept.get_ref().len() + bytes.len() <= self.room {
            true => self.kept.write(bytes),
            false => Err(io::Error::other("no space left")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Faulty {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.reads {
            true => self.kept.read(buffer),
            false => Err(io::Error::other("the disk is gone")),
        }
    }
}

impl Seek for Faulty {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.kept.seek(to)
    }
}

fn written(compiled: Compiled) -> io::Result<Vec<u8>> {
    let (size, mut file) = (compiled.size(), Vec::new());
    compiled.write(|bytes| file.write_all(bytes))?;
    assert_eq!(file.len(), size);
    Ok(file)
}

#[test]
fn the_file_is_the_same_wherever_its_entries_were_kept_meanwhile() {
    let lists = || vec![builtin(), large_list()];
    let in_memory = compiled(lists());
    let spool = tempfile::tempfile().unwrap();
    assert!(written(Compiled::spooled(lists(), spool).unwrap()).unwrap() == in_memory);
    let spool = Faulty::new(usize::MAX, true);
    assert!(written(Compiled::spooled(lists(), spool).unwrap()).unwrap() == in_memory);
}

#[test]
fn a_spool_that_fails_is_an_error_wherever_it_does() {
    let list = small_list();
    let full = Compiled::spooled(vec![list.clone()], Faulty::new(10, true)).unwrap_err();
    let text = "'entries' cannot be written into a compiled list: no space left";
    assert_eq!(full.to_string(), text);
    let gone = Compiled::spooled(vec![list], Faulty::new(usize::MAX, false)).unwrap();
    assert_eq!(written(gone).unwrap_err().to_string(), "the disk is gone");
}
