//! A list with a damaged file among its files is refused: nobody is clear because a part of it was not read.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::Folder;
use std::fs;
use std::path::Path;

/// A copy of a sample in a folder `list`, with `damaged` as one of its files.
fn damaged(sample: &str, name: &str, content: &str) -> Folder {
    let folder = Folder::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/samples/lists")
        .join(sample);
    fs::create_dir(folder.path("list")).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path("list").join(entry.file_name())).unwrap();
    }
    folder.file(&format!("list/{name}"), content);
    folder
}

#[test]
fn a_folder_in_the_folder_of_a_list_is_a_warning() {
    let folder = damaged("us_json", "wro.json", "{");
    fs::remove_file(folder.path("list/wro.json")).unwrap();
    fs::create_dir(folder.path("list/more")).unwrap();
    fs::create_dir(folder.path("list/.hidden")).unwrap();
    folder.file("list/more/wro.json", "{");
    let run = folder.tamis(&["check", "Nobody Here", "-l", "list", "--as-of", "2026-11-24"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let warning = "warning: us: more: a folder in the folder of the list; nothing in it is read";
    assert!(run.err.contains(warning), "{}", run.err);
    assert!(!run.err.contains("hidden"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let folder = damaged("us_json", "more.json", "{");
    fs::remove_file(folder.path("list/more.json")).unwrap();
    std::os::unix::fs::symlink("nowhere.json", folder.path("list/more.json")).unwrap();
    let run = folder.tamis(&["check", "Nobody Here", "-l", "list", "--as-of", "2026-11-24"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("more.json"), "{}", run.err);
}

#[test]
fn a_denied_persons_list_with_nul_bytes_is_refused() {
    let folder = Folder::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples/lists/us_dpl/dpl.txt");
    let text = fs::read_to_string(from).unwrap();
    folder.file("dpl.txt", &format!("{text}{}", "\0".repeat(70_000)));
    let run = folder.tamis(&["list", "info", "-l", "dpl.txt"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("NUL bytes"), "{}", run.err);
}

#[test]
fn nobody_is_clear_beside_a_web_page_in_place_of_a_file() {
    for (sample, name, party) in [
        ("eu_annexes", "32014R0269.csv", "Primo Obrazets Musterman"),
        ("us_json", "entity_list.json", "Beispiel Electronics"),
        ("names_json", "atlantis_travel.json", "Ivan Mustermanov"),
    ] {
        for content in ["", "<html>403</html>", "an error occurred"] {
            let folder = damaged(sample, name, content);
            let run = folder.tamis(&["check", party, "-l", "list", "--as-of", "2026-11-24"]);
            assert_eq!(run.code, 2, "{sample}: {}{}", run.out, run.err);
            assert!(run.err.contains(&format!("list: {name}: ")), "{}", run.err);
            assert!(!run.out.contains("CLEAR"), "{}", run.out);
        }
    }
}
