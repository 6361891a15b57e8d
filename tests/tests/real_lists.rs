//! The readers and the screener on whole official lists, where a folder with copies is at hand: the one named
//! by `TAMIS_SHARED`, or `../shared` beside the workspace. The lists are not part of the project.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tamis::Scratch;
use tamis::lists::{File, load};
use tamis::model::{CheckDigits, Counts, EntityKind, EntryField, List, ListDiff, NameRole, Score, Subject};
use tamis::screen::Delta;
use tamis_tests::{cases, lenient, screener, workspace};

/// The folder with lists; `None`, loudly, where there is none.
fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("TAMIS_SHARED").map(PathBuf::from);
    let folder = named
        .unwrap_or_else(|| workspace().join("../shared"))
        .join("lists");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "SKIPPED: no official lists at {}: set TAMIS_SHARED to test with them",
        folder.display()
    );
    None
}

/// The list in the files of `folder`.
fn read(folder: &str, only: &[&str]) -> Option<List> {
    let folder = shared()?.join(folder);
    let mut paths = files_below(&folder).unwrap_or_else(|| panic!("{} is not there", folder.display()));
    paths.retain(|path| only.is_empty() || only.contains(&name_of(path).as_str()));
    let files: Vec<File> = paths.iter().map(|path| file(path)).collect();
    Some(load(&files).unwrap_or_else(|error| panic!("{}: {error}", folder.display())))
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn file(path: &Path) -> File {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    File {
        name: name_of(path),
        bytes,
    }
}

fn un(folder: &str) -> Option<List> {
    read(folder, &["consolidated.xml"])
}

fn count(list: &List, kind: EntityKind) -> usize {
    list.entities.iter().filter(|e| e.kind == kind).count()
}

/// A row of `data/cases/official-lists.csv`.
#[derive(serde::Deserialize)]
struct Copy {
    path: String,
    files: String,
    format: String,
    entries: usize,
    counted: String,
}

/// The files below a folder, as paths from it; `None` where there is neither a folder nor a file.
fn files_below(path: &Path) -> Option<Vec<PathBuf>> {
    if path.is_file() {
        return Some(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).ok()?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Some(
        paths
            .iter()
            .filter_map(|path| files_below(path))
            .flatten()
            .collect(),
    )
}

#[test]
fn every_list_has_as_many_entries_as_another_program_counts() {
    let Some(folder) = shared() else { return };
    let mut left: BTreeSet<PathBuf> = files_below(&folder).unwrap_or_default().into_iter().collect();
    for (line, copy) in cases::<Copy>("official-lists.csv") {
        let Some(mut paths) = files_below(&folder.join(&copy.path)) else {
            println!("SKIPPED: no copy of {} in {}", copy.path, folder.display());
            continue;
        };
        paths.retain(|path| copy.files.is_empty() || name_of(path) == copy.files);
        for path in &paths {
            left.remove(path);
        }
        let files: Vec<File> = paths.iter().map(|path| file(path)).collect();
        let place = format!("line {line}, {} {}", copy.path, copy.files);
        match load(&files) {
            Err(error) => assert!(copy.format.is_empty(), "{place}: {error}"),
            Ok(list) => {
                let counted = (copy.format.as_str(), copy.entries);
                assert_eq!(
                    (list.meta.format.as_str(), list.entities.len()),
                    counted,
                    "{place}: {}",
                    copy.counted
                );
                whole(&list, &place);
            }
        }
    }
    assert!(
        left.is_empty(),
        "data/cases/official-lists.csv says nothing of {left:#?}"
    );
}

/// What is true of every list: its counts are those of its entries, ids are there once, and each entry has a primary name.
fn whole(list: &List, place: &str) {
    assert_eq!(list.meta.counts, Counts::of(&list.entities), "{place}");
    let ids: BTreeSet<String> = list.entities.iter().map(tamis::model::Entity::id).collect();
    assert_eq!(ids.len(), list.entities.len(), "{place}: ids are unique");
    let primary = |entity: &tamis::model::Entity| {
        entity
            .names
            .first()
            .is_some_and(|name| name.role == NameRole::Primary)
    };
    assert!(
        list.entities.iter().all(primary),
        "{place}: each entry has a primary name"
    );
}

#[test]
fn the_un_lists_have_as_many_persons_and_bodies_as_their_files() {
    for (folder, persons, bodies) in [("un_2026-08", 736, 275), ("un_2026-02", 730, 273)] {
        let Some(list) = un(folder) else { return };
        assert_eq!(count(&list, EntityKind::Person), persons, "{folder}");
        assert_eq!(list.entities.len(), persons + bodies, "{folder}");
    }
}

/// Counted by another program: `csv.DictReader` of Python over all files of the folder, by the column `schema`.
#[test]
fn the_annexes_of_the_eu_have_as_many_parties_as_their_files_have_rows() {
    let Some(list) = read("eu_annexes_2026-08", &[]) else {
        return;
    };
    for (kind, rows) in [
        (EntityKind::Person, 4_500),
        (EntityKind::Organization, 2_553 + 200 + 27),
        (EntityKind::Vessel, 708),
        (EntityKind::Asset, 29),
    ] {
        assert_eq!(count(&list, kind), rows, "{kind:?}");
    }
    assert_eq!((list.entities.len(), list.meta.files.len()), (8_017, 45));
    let measures = &list.meta.counts.measures;
    assert_eq!(measures.get("eu.annexes.freeze"), Some(&6_199), "{measures:?}");
    assert_eq!(measures.get("eu.annexes.export"), Some(&947), "{measures:?}");
    // Birth dates and names of all rows that have the column.
    let born = list
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person && !e.birth_dates.is_empty());
    println!(
        "{} persons with a date, {} remarks",
        born.count(),
        list.meta.remarks.len()
    );
}

/// Screens every `step`-th name of the list against the list: it must find its own entry with a full score.
fn self_screen(list: List, step: usize) {
    let names: Vec<(String, EntityKind, String)> = list
        .entities
        .iter()
        .flat_map(|e| e.names.iter().map(|n| (e.id(), e.kind, n.text.clone())))
        .step_by(step)
        .collect();
    let id = list.meta.id.clone();
    let screener = screener(vec![list], lenient(Score::ONE));
    let mut scratch = Scratch::default();
    let mut lost = Vec::new();
    for (id, kind, name) in &names {
        let subject = Subject::named(name.as_str()).of_kind(*kind);
        let decision = screener.screen_with(&subject, &mut scratch);
        if !decision
            .alerts
            .iter()
            .any(|f| f.hit.entity_id == *id && f.hit.score == Score::ONE)
        {
            lost.push(format!("{id} '{name}'"));
        }
    }
    println!(
        "{id}: {} names screened against their own list, {} lost",
        names.len(),
        lost.len()
    );
    assert!(
        lost.is_empty(),
        "{} of {} names lost:\n{}",
        lost.len(),
        names.len(),
        lost.join("\n")
    );
}

#[test]
fn every_name_of_the_un_list_finds_its_own_entry() {
    if let Some(list) = un("un_2026-08") {
        self_screen(list, 1);
    }
}

#[test]
fn every_twentieth_name_of_the_ofac_list_finds_its_own_entry() {
    if let Some(list) = read("ofac_sdn_2026-08", &[]) {
        self_screen(list, 20);
    }
}

/// Where check digits fail on an official list, it is nearly always the rule, or the reading, that is wrong.
#[test]
fn the_check_digits_of_the_ofac_list_hold() {
    let Some(list) = read("ofac_sdn_2026-08", &[]) else {
        return;
    };
    let mut counts: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    for identifier in list.entities.iter().flat_map(|e| &e.identifiers) {
        let number = identifier.number();
        let name = number
            .scheme
            .map_or_else(|| number.kind.as_str(), |scheme| scheme.name);
        if number.check != CheckDigits::None {
            let (hold, fail) = counts.entry(name.to_owned()).or_default();
            match number.check {
                CheckDigits::Fail => fail.push(identifier.value.clone()),
                _ => *hold += 1,
            }
        }
    }
    for (name, (hold, fail)) in &counts {
        println!(
            "{name}: {hold} hold, {} fail {:?}",
            fail.len(),
            fail.iter().take(8).collect::<Vec<_>>()
        );
    }
    let checked: usize = counts.values().map(|(hold, _)| hold).sum();
    let failed: usize = counts.values().map(|(_, fail)| fail.len()).sum();
    assert!(failed * 50 <= checked, "{failed} of {checked} fail");
}

/// The numbers of entries reconcile with those of the two versions.
fn compared<'a>(old: &'a List, new: &'a List) -> ListDiff<'a> {
    let diff = ListDiff::between(&old.entities, &new.entities);
    let counts = diff.counts[&new.meta.id];
    println!("{}: {counts:?}", new.meta.id);
    assert_eq!((counts.old, counts.new), (old.entities.len(), new.entities.len()));
    assert_eq!(counts.old, counts.removed + counts.changed + counts.unchanged);
    assert_eq!(counts.new, counts.added + counts.changed + counts.unchanged);
    diff
}

#[test]
fn eleven_of_the_twelve_executives_of_2024_are_new_between_2022_and_2026() {
    let (Some(old), Some(new)) = (read("ofac_sdn_2022-01", &[]), read("ofac_sdn_2026-08", &[])) else {
        return;
    };
    let diff = compared(&old, &new);
    let added: Vec<&str> = diff
        .added
        .iter()
        .map(|entry| entry.entity.native_id.as_str())
        .collect();
    let executives = [
        "45815", "45817", "45818", "45821", "45849", "45854", "45856", "45858", "45860", "45862", "45863",
        "45864",
    ];
    let missing: Vec<&str> = executives.into_iter().filter(|id| !added.contains(id)).collect();
    assert_eq!(missing, ["45818"], "the one who was delisted");
}

#[test]
fn the_un_list_of_august_has_other_entries_than_that_of_february() {
    let (Some(old), Some(new)) = (un("un_2026-02"), un("un_2026-08")) else {
        return;
    };
    let diff = compared(&old, &new);
    let ids = |entries: &[tamis::model::OneSided<'_>]| {
        entries
            .iter()
            .map(|e| e.entity.native_id.clone())
            .collect::<Vec<_>>()
    };
    let (added, removed) = (ids(&diff.added), ids(&diff.removed));
    assert!(added.contains(&"SDi.011".to_owned()) && removed.contains(&"QDe.137".to_owned()));
    let changed = |id: &str, field: EntryField| {
        let entry = diff.changed.iter().find(|entry| entry.id == id);
        entry.is_some_and(|entry| entry.fields.iter().any(|change| change.field == field))
    };
    assert!(changed("un:CDi.001", EntryField::Notes));
}

/// Every `step`-th name of both versions, screened against the whole new one and against its changes: the alerts about
/// entries that changed are the same, and there are no others.
fn screened_alike(old: &List, new: &List, step: usize) {
    let policy = || lenient(Score::from_ten_thousandths(8_000));
    let whole = screener(vec![new.clone()], policy());
    let delta = Delta::new(
        std::slice::from_ref(old),
        std::slice::from_ref(new),
        policy(),
        false,
    );
    let delta = delta.unwrap_or_else(|error| panic!("{error}"));
    let entities = old.entities.iter().chain(&new.entities);
    let names = entities.flat_map(|entity| entity.names.iter().map(move |name| (entity.kind, &name.text)));
    let (mut for_whole, mut for_delta) = (Scratch::default(), Scratch::default());
    let (mut screened, mut alerts) = (0, 0);
    for (kind, name) in names.step_by(step) {
        let subject = Subject::named(name.as_str()).of_kind(kind);
        let mut full = whole.screen_with(&subject, &mut for_whole).alerts;
        full.retain(|finding| delta.mark(&finding.hit.entity_id).is_some());
        let found = delta.screen_with(&subject, &mut for_delta).alerts;
        assert_eq!(found, full, "{name}");
        screened += 1;
        alerts += found.len();
    }
    println!(
        "{}: {screened} names, {alerts} alerts about what changed, the same in full",
        new.meta.id
    );
    assert!(alerts > 0, "something changed");
}

#[test]
fn screening_what_changed_in_the_un_list_is_screening_the_whole_for_it() {
    let (Some(old), Some(new)) = (un("un_2026-02"), un("un_2026-08")) else {
        return;
    };
    screened_alike(&old, &new, 7);
}
