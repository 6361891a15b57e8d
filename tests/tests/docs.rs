//! What the documents point to exists.

use std::path::{Path, PathBuf};
use tamis_tests::{text_of, workspace};

/// `README.md`, `ARCHITECTURE.md`, and every `.md` file below `docs` and `data`, from the workspace.
fn documents() -> Vec<PathBuf> {
    let root = workspace();
    let mut found = vec![root.join("README.md"), root.join("ARCHITECTURE.md")];
    for folder in ["docs", "data"] {
        collect(&root.join(folder), &mut found);
    }
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
}

/// The targets of links within the project, without their anchors: `](target)` and `[name]: target`.
fn links(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        let inline = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', ' ']).next());
        found.extend(inline);
        let reference = line
            .trim_start()
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]: "));
        found.extend(reference.and_then(|(_, target)| target.split_whitespace().next()));
    }
    let within = |target: &&str| !target.contains("://") && !target.starts_with("mailto:");
    let file = |target: &'_ str| target.split('#').next().map_or(0, str::len);
    found
        .into_iter()
        .filter(within)
        .map(|t| t.get(..file(t)).unwrap_or(t))
        .filter(|t| !t.is_empty())
        .collect()
}

/// The paths of the project that a text names in code style, such as `docs/matching.md`; patterns and
/// examples with placeholders are none.
fn paths(text: &str) -> Vec<&str> {
    const FOLDERS: [&str; 5] = ["crates/", "data/", "docs/", "tests/", "benches/"];
    let code = text.split('`').skip(1).step_by(2);
    let named = |c: &&str| FOLDERS.iter().any(|folder| c.starts_with(folder));
    let plain = |c: &&str| {
        c.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b))
    };
    code.filter(named).filter(plain).collect()
}

#[test]
fn paths_are_read_from_code_style() {
    let text = "`docs/a.md` and `cargo run`, `data/*.csv`, `crates/NAME/src`, docs/b.md";
    assert_eq!(paths(text), ["docs/a.md", "crates/NAME/src"]);
}

#[test]
fn every_path_of_the_project_that_a_document_names_exists() {
    let mut missing = Vec::new();
    for document in documents() {
        let text = text_of(&document);
        let gone = |path: &&str| !workspace().join(path).exists();
        missing.extend(
            paths(&text)
                .into_iter()
                .filter(gone)
                .map(|p| format!("{}: {p}", document.display())),
        );
    }
    assert!(
        missing.is_empty(),
        "paths that do not exist:\n{}",
        missing.join("\n")
    );
}

#[test]
fn links_are_read_from_text_and_not_from_examples() {
    let text =
        "see [a](docs/a.md#top), [b](https://example.org) and [c](#here)\n```\n[d](d.md)\n```\n[e]: e.md";
    assert_eq!(links(text), ["docs/a.md", "e.md"]);
}

#[test]
fn every_link_of_every_document_points_to_a_file() {
    let mut broken = Vec::new();
    let mut checked = 0;
    for document in documents() {
        let text = text_of(&document);
        let folder = document.parent().unwrap_or(Path::new("."));
        for target in links(&text) {
            checked += 1;
            if !folder.join(target).exists() {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "{} of {checked} links lead nowhere:\n{}",
        broken.len(),
        broken.join("\n")
    );
}
