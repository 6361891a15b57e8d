//! `tamis list compile`, and what the command does with compiled lists, whole and not.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, LISTED, Run};
use std::fs;

const DAY: [&str; 2] = ["--as-of", "2026-11-23"];

/// A folder with a list and the same list compiled.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    let run = folder.tamis(&["list", "compile", "list.xml", "-o", "list.tamis"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    folder
}

fn check(folder: &Folder, name: &str, list: &str) -> Run {
    folder.tamis(&["check", name, "-l", list, DAY[0], DAY[1]])
}

#[test]
fn a_compiled_list_prints_what_its_list_prints() {
    let folder = folder();
    folder.file(
        "customers.csv",
        "id,name\n1,Jan Przykladowy\n2,Ewa Wzorova\n3,Zlotousty\n4,Oleg Petrov\n5,***\n",
    );
    for args in [
        &["check", "Jan Przykladowy", "--json", "--near=0.3", "-l"][..],
        &["check", "Ewa Wzorova", "-l"],
        &["check", "Zlotousty", "-l"],
        &["screen", "customers.csv", "-l"],
        &["list", "info", "--json", "-l"],
        &["list", "verify", "--json", "-l"],
    ] {
        let with = |list: &str, more: &[&str]| folder.tamis(&[args, &[list], more].concat());
        let day: &[&str] = if args[0] == "list" { &[] } else { &DAY };
        let (plain, compiled) = (with("list.xml", day), with("list.tamis", day));
        assert_eq!(compiled.code, plain.code, "{args:?}: {}", compiled.err);
        assert!(!plain.out.is_empty(), "{args:?}: {}", plain.err);
        assert_eq!(compiled.out, plain.out, "{args:?}");
    }
}

#[test]
fn compiling_again_gives_the_same_bytes_whatever_the_number_of_threads() {
    let folder = folder();
    let first = fs::read(folder.path("list.tamis")).unwrap();
    for (jobs, source) in [("1", "list.xml"), ("4", "list.xml"), ("2", "list.tamis")] {
        let run = folder.tamis(&["list", "compile", source, "-o", "again.tamis", "--jobs", jobs]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(
            fs::read(folder.path("again.tamis")).unwrap() == first,
            "{jobs} threads, {source}"
        );
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_left_of_the_entries_that_waited_to_be_written() {
    let folder = folder();
    assert_eq!(folder.names(), ["list.tamis", "list.xml"]);
    let run = folder.tamis(&["list", "compile", "list.xml", "-o", "/dev/null"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = folder.tamis(&["list", "compile", "list.xml", "-o", "nowhere/list.tamis"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("the folder does not exist"), "{}", run.err);
    assert_eq!(folder.names(), ["list.tamis", "list.xml"]);
}

#[test]
fn a_compiled_list_stands_beside_others_and_is_verified() {
    let folder = folder();
    let both = ["-l", "list.tamis", "-l", "builtin:kaspersky", DAY[0], DAY[1]];
    for name in ["Jan Przykladowy", LISTED] {
        let run = folder.tamis(&[&["check", name][..], &both].concat());
        assert_eq!(run.code, 1, "{}", run.err);
    }
    let run = folder.tamis(&[
        "list",
        "compile",
        "list.tamis",
        "builtin:kaspersky",
        "-o",
        "both.tamis",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(check(&folder, LISTED, "both.tamis").code, 1);
    assert_eq!(folder.tamis(&["list", "verify", "-l", "list.tamis"]).code, 0);
    let twice = folder.tamis(&["check", LISTED, "-l", "list.tamis", "-l", "list.xml"]);
    assert_eq!(twice.code, 2, "{}", twice.out);
    assert!(twice.err.contains("given twice"), "{}", twice.err);
}

/// Whatever is wrong with a file, the run fails, names the file and says what to do.
fn refused(folder: &Folder, file: &str, why: &str) {
    folder.file("customers.csv", "id,name\n1,Jan Przykladowy\n");
    for args in [
        &["check", "Jan Przykladowy", "-l", file][..],
        &["check", "Jan Przykladowy", "-l", "builtin:kaspersky", "-l", file],
        &["screen", "customers.csv", "-o", "out.csv", "-l", file],
        &["list", "info", "-l", file],
        &["list", "verify", "-l", file],
        &["list", "compile", file, "-o", "other.tamis"],
    ] {
        let run = folder.tamis(args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.out);
        assert!(!run.out.contains("CLEAR"), "{args:?}: {}", run.out);
        assert!(
            run.err.contains(file) && run.err.contains(why),
            "{args:?}: {}",
            run.err
        );
        assert!(
            run.err.contains("help: ") || run.err.contains("compile it again"),
            "{args:?}: {}",
            run.err
        );
        assert!(
            !folder.path("out.csv").exists() && !folder.path("other.tamis").exists(),
            "{args:?}"
        );
    }
}

#[test]
fn a_compiled_list_that_is_not_whole_fails_the_run_by_name() {
    let folder = folder();
    let good = fs::read(folder.path("list.tamis")).unwrap();
    let broken = |name: &str, bytes: &[u8], why: &str| {
        fs::write(folder.path(name), bytes).unwrap();
        refused(&folder, name, why);
    };
    broken("short.tamis", &good[..good.len() - 1], "cut off");
    broken("shorter.tamis", &good[..100], "cut off");
    broken("grown.tamis", &[&good[..], b"x"].concat(), "added to");
    broken("empty.tamis", b"", "not a compiled list");
    broken(
        "page.tamis",
        b"<html><body>Sign in</body></html>",
        "not a compiled list",
    );
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 16;
    broken("flipped.tamis", &flipped, "damaged");
    // The ending is not what tells a compiled list.
    broken("flipped.list", &flipped, "damaged");
    let mut newer = good.clone();
    newer[8] += 1;
    broken("newer.tamis", &newer, "format version");
    refused(&folder, "missing.tamis", "No such file");
    fs::create_dir(folder.path("folder.tamis")).unwrap();
    refused(&folder, "folder.tamis", "folder.tamis");
}

#[test]
fn a_kept_file_of_another_build_is_opened_or_refused_and_never_clears() {
    let folder = Folder::new();
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/snapshots/v1.tamis");
    fs::copy(kept, folder.path("v1.tamis")).unwrap();
    let run = check(&folder, LISTED, "v1.tamis");
    assert!(
        run.code == 1 || run.err.contains("compile it again"),
        "{}",
        run.err
    );
    assert!(run.code > 0 && !run.out.contains("CLEAR"), "{}", run.out);
}
