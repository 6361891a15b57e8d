//! The dependencies between the crates are those of the drawing, and the maps show every crate.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use tamis_tests::{text_of, workspace};

/// Every crate of the workspace with the crates of the workspace that it may use; `None`: any.
const DRAWING: [(&str, Option<&[&str]>); 18] = [
    ("tamis-names", Some(&[])),
    ("tamis-model", Some(&[])),
    ("tamis-lists", Some(&["tamis-model"])),
    ("tamis-feeds", Some(&["tamis-model"])),
    ("tamis-policy", Some(&["tamis-model"])),
    ("tamis-ownership", Some(&["tamis-model"])),
    ("tamis-snapshot", Some(&[])),
    (
        "tamis-screen",
        Some(&["tamis-model", "tamis-names", "tamis-policy", "tamis-snapshot"]),
    ),
    ("tamis-log", Some(&["tamis-model"])),
    ("tamis-review", Some(&["tamis-model", "tamis-names"])),
    (
        "tamis-selftest",
        Some(&["tamis-model", "tamis-names", "tamis-policy", "tamis-screen"]),
    ),
    (
        "tamis-related",
        Some(&[
            "tamis-model",
            "tamis-names",
            "tamis-ownership",
            "tamis-policy",
            "tamis-screen",
        ]),
    ),
    (
        "tamis-successors",
        Some(&["tamis-model", "tamis-names", "tamis-policy", "tamis-screen"]),
    ),
    (
        "tamis",
        Some(&[
            "tamis-names",
            "tamis-model",
            "tamis-lists",
            "tamis-feeds",
            "tamis-policy",
            "tamis-ownership",
            "tamis-screen",
            "tamis-selftest",
            "tamis-related",
            "tamis-successors",
        ]),
    ),
    ("tamis-fetch", Some(&[])),
    (
        "tamis-cli",
        Some(&["tamis", "tamis-fetch", "tamis-log", "tamis-review"]),
    ),
    ("tamis-tests", None),
    ("tamis-benches", None),
];

/// A crate of the workspace.
struct Member {
    name: String,
    /// Its folder, from the workspace: `crates/names`.
    folder: String,
    /// What it uses of the workspace, in its code or its build; development dependencies do not count.
    uses: BTreeSet<String>,
}

fn members() -> Vec<Member> {
    let metadata = metadata();
    let Some(packages) = metadata["packages"].as_array() else {
        panic!("no packages: {metadata}")
    };
    let names: BTreeSet<String> = packages.iter().map(|p| text(&p["name"])).collect();
    let root = text(&metadata["workspace_root"]);
    packages
        .iter()
        .map(|package| member(package, &names, &root))
        .collect()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
            "--manifest-path",
        ])
        .arg(workspace().join("Cargo.toml"))
        .output()
        .unwrap_or_else(|error| panic!("cargo metadata: {error}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {complaint}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("cargo metadata: {error}"))
}

fn member(package: &Value, names: &BTreeSet<String>, root: &str) -> Member {
    let manifest = text(&package["manifest_path"]).replace('\\', "/");
    let folder = manifest
        .trim_start_matches(&root.replace('\\', "/"))
        .trim_end_matches("Cargo.toml");
    let dependencies = package["dependencies"].as_array().cloned().unwrap_or_default();
    let counts = |d: &&Value| d["kind"] != "dev" && names.contains(&text(&d["name"]));
    Member {
        name: text(&package["name"]),
        folder: folder.trim_matches('/').to_owned(),
        uses: dependencies
            .iter()
            .filter(counts)
            .map(|d| text(&d["name"]))
            .collect(),
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a text: {value}"))
        .to_owned()
}

#[test]
fn crates_depend_on_each_other_only_as_drawn() {
    let drawing: BTreeMap<&str, Option<&[&str]>> = DRAWING.into_iter().collect();
    for member in members() {
        let Some(allowed) = drawing.get(member.name.as_str()) else {
            panic!(
                "the crate {} is not in the drawing: add it on purpose",
                member.name
            )
        };
        let Some(allowed) = allowed else { continue };
        for used in &member.uses {
            assert!(
                allowed.contains(&used.as_str()),
                "{} may not use {used}: the drawing allows {allowed:?}",
                member.name
            );
        }
    }
}

#[test]
fn the_drawing_has_no_crate_that_does_not_exist() {
    let names: BTreeSet<String> = members().into_iter().map(|m| m.name).collect();
    for (name, _) in DRAWING {
        assert!(names.contains(name), "{name}");
    }
}

/// The file format is for the crate that screens; users open compiled lists through it.
#[test]
fn the_facade_hands_on_every_library_crate() {
    let facade = members()
        .into_iter()
        .find(|m| m.name == "tamis")
        .map(|m| m.uses)
        .unwrap_or_default();
    assert_eq!(facade.len(), 10, "{facade:?}");
}

#[test]
fn the_maps_of_the_readme_and_the_architecture_show_every_crate() {
    for file in ["README.md", "ARCHITECTURE.md"] {
        let map = text_of(&workspace().join(file));
        for member in members() {
            assert!(
                shows(&map, &member.folder),
                "{file} does not show {}",
                member.folder
            );
        }
    }
}

/// Whether a text names a folder in full, or as a line of a tree (`names/`) or of a table (`| names |`).
fn shows(map: &str, folder: &str) -> bool {
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let decoration = |c: char| !c.is_alphanumeric();
    let leads = |line: &str| {
        let rest = line.trim_start_matches(decoration).strip_prefix(last);
        rest.is_some_and(|rest| rest.starts_with(decoration))
    };
    map.contains(&format!("{folder}/")) || map.contains(&format!("`{folder}`")) || map.lines().any(leads)
}
