//! Every benchmark of the project, made small: its answer is right and its times are taken.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tamis_benches::{Definition, Kind, ListSource, Options, Outcome, definitions, report, run, run_apart};

/// The same benchmark over a small list and a few subjects.
fn small(definition: Definition) -> Definition {
    let list = match definition.list {
        ListSource::Generated(_) => ListSource::Generated(150),
        builtin @ ListSource::Builtin(_) => builtin,
    };
    let most = match definition.kind {
        // Words of one name, or processes.
        Kind::Worst | Kind::Check => 6,
        _ => 60,
    };
    Definition {
        list,
        subjects: definition.subjects.min(most),
        recombined: definition.recombined.min(120),
        reference_subjects: definition.reference_subjects.min(12),
        oracle_subjects: definition.oracle_subjects.min(3),
        ..definition
    }
}

fn options() -> Options {
    Options {
        tamis: tamis().to_owned(),
        runs: 3,
        ..Options::beside(PathBuf::from(env!("CARGO_BIN_EXE_tamis-benches")))
    }
}

/// The command, which is built where it does not stand beside the runner yet.
fn tamis() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let options = Options::beside(PathBuf::from(env!("CARGO_BIN_EXE_tamis-benches")));
        if !options.tamis.exists() {
            let cargo = Command::new(env!("CARGO"))
                .args(["build", "--quiet", "-p", "tamis-cli"])
                .status();
            assert!(cargo.unwrap().success());
        }
        options.tamis
    })
}

/// The benchmarks that need no network, made small.
fn benchmarks() -> impl Iterator<Item = Definition> {
    let offline = |definition: &Definition| definition.kind != Kind::Peers;
    definitions().unwrap().into_iter().filter(offline).map(small)
}

fn of_kind(kind: Kind) -> Definition {
    benchmarks().find(|definition| definition.kind == kind).unwrap()
}

/// Whether the command can compile lists.
fn compiles() -> bool {
    let help = Command::new(tamis()).args(["list", "--help"]).output().unwrap();
    String::from_utf8_lossy(&help.stdout).contains("compile")
}

fn needs_compiled(definition: &Definition) -> bool {
    definition.compiled || definition.kind == Kind::Compile
}

#[test]
fn every_benchmark_answers_rightly_and_is_timed() {
    let can_compile = compiles();
    for definition in benchmarks() {
        let outcome = run(&definition, &options()).unwrap();
        let name = &definition.name;
        if needs_compiled(&definition) && !can_compile {
            // A command that fails is told and has no times.
            assert!(!outcome.holds() && outcome.rows.is_empty(), "{name}: {outcome:?}");
            continue;
        }
        assert!(outcome.holds(), "{name}: {:?}", outcome.answer);
        assert!(!outcome.rows.is_empty(), "{name}");
        for row in &outcome.rows {
            let figures = &row.figures;
            assert!(
                figures.slowest > 0.0 && figures.slowest <= figures.speed,
                "{name}, {row:?}"
            );
            assert!(
                figures.speed <= figures.fastest && row.items > 0,
                "{name}, {row:?}"
            );
            if let Some(times) = figures.times {
                assert!(
                    times.p50 <= times.p99 && times.p99 <= times.longest,
                    "{name}, {row:?}"
                );
                assert_eq!(
                    figures.histogram.iter().sum::<usize>(),
                    row.items,
                    "{name}, {row:?}"
                );
            }
        }
        let references: Vec<_> = outcome
            .rows
            .iter()
            .filter(|row| row.note.contains("tamis is"))
            .collect();
        assert_eq!(references.len(), definition.references.len(), "{name}");
    }
}

#[test]
fn an_answer_is_the_same_in_every_run() {
    let in_process = benchmarks().filter(|definition| !definition.kind.is_process());
    for definition in in_process {
        let answer = || run(&definition, &options()).unwrap().answer;
        assert_eq!(answer(), answer());
    }
}

#[test]
fn a_benchmark_runs_in_a_process_of_its_own_against_the_list_that_was_named() {
    let missing = Options {
        list: Some(PathBuf::from("no-such-list")),
        ..options()
    };
    let error = run_apart(&of_kind(Kind::Lost), &missing).unwrap_err();
    assert!(error.to_string().contains("no-such-list"), "{error}");
}

#[test]
fn a_wrong_answer_is_told_and_not_timed() {
    // More than everything cannot be found.
    let definition = Definition {
        least_recall: 1.1,
        ..of_kind(Kind::ScreenHit)
    };
    let outcome = run(&definition, &options()).unwrap();
    assert!(!outcome.holds() && outcome.rows.is_empty());
    let table = report::table(&[outcome]);
    assert!(
        table.contains("WRONG: ") && table.contains("not timed"),
        "{table}"
    );
}

#[test]
fn a_command_that_cannot_be_run_is_a_wrong_answer() {
    let options = Options {
        tamis: PathBuf::from("no-such-command"),
        ..options()
    };
    let outcome = run(&of_kind(Kind::ScreenFile), &options).unwrap();
    assert!(!outcome.holds() && outcome.rows.is_empty());
    assert!(
        outcome.answer.faults[0].contains("no-such-command"),
        "{outcome:?}"
    );
}

#[test]
fn a_list_and_names_from_files_are_used() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("sdn.csv"),
        "7,\"PRZYKLADOWY, Jan\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("alt.csv"),
        "7,1,\"aka\",\"PRZYKLADOWY, Johann\",-0- \n",
    )
    .unwrap();
    std::fs::write(folder.path().join("add.csv"), "7,1,-0- ,-0- ,-0- ,-0- \n").unwrap();
    let names = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    std::fs::write(
        names.path(),
        "id,name\n1,Jan Przykladowy\n2,Mary Miller\n3,Mary Miller\n4,Xu\n",
    )
    .unwrap();
    let options = Options {
        list: Some(folder.path().to_owned()),
        names: Some(names.path().to_owned()),
        ..options()
    };
    let outcome = run(&of_kind(Kind::ScreenMiss), &options).unwrap();
    assert_eq!((outcome.entries, outcome.names), (1, 2));
    // Three different names, of which one is listed.
    assert!(
        outcome.answer.text.starts_with("of 3 names 33.3 % alert"),
        "{:?}",
        outcome.answer
    );
}

#[test]
fn a_list_that_does_not_exist_is_refused_by_name() {
    let definition = Definition {
        list: ListSource::Builtin("nobody".to_owned()),
        ..of_kind(Kind::ScreenMiss)
    };
    let error = run(&definition, &options()).unwrap_err();
    assert!(error.to_string().contains("'nobody'"));
}

/// The register of a million rows, with a hundredth of its rows.
#[test]
fn all_that_is_planted_in_a_register_of_10000_rows_is_found() {
    tamis();
    let whole = definitions().unwrap();
    let definition = whole
        .into_iter()
        .find(|definition| definition.name == "successors-1m")
        .unwrap();
    let (definition, options) = (
        Definition {
            subjects: 10_000,
            ..definition
        },
        Options { runs: 1, ..options() },
    );
    let outcome = run(&definition, &options).unwrap();
    assert!(outcome.holds(), "{:?}", outcome.answer);
    // 20 clusters: one in 500 rows.
    let found = "planted and found: 40 A, 100 B, 20 C, 20 listed records; 140 of too little";
    assert!(outcome.answer.text.starts_with(found), "{}", outcome.answer.text);
    let row = &outcome.rows[0];
    assert!(row.items == 10_000 && row.peak_memory > Some(1 << 20), "{row:?}");
    println!("{}", report::table(&[outcome]));
}

#[test]
fn a_record_has_a_line_for_each_row() {
    let outcome = run(&of_kind(Kind::ScreenMiss), &options()).unwrap();
    let rows = outcome.rows.len();
    let outcomes: [Outcome; 2] = [outcome.clone(), outcome];
    let record = report::markdown(&outcomes, &options());
    let lines: Vec<&str> = record.lines().filter(|line| line.starts_with('|')).collect();
    // A head, a rule and rows of as many columns.
    assert_eq!(lines.len(), 2 + 2 * rows, "{record}");
    assert!(
        lines.iter().all(|line| line.matches('|').count() == 13),
        "{record}"
    );
    assert!(record.contains("tamis, warm: <"), "{record}");
    let json: serde_json::Value = serde_json::from_str(&report::json(&outcomes).unwrap()).unwrap();
    assert_eq!(json[0]["rows"].as_array().unwrap().len(), rows);
}
