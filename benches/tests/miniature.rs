//! Every benchmark of the project, made small: its answer is right and its times are taken.

use tamis_benches::{Definition, Kind, ListSource, definitions, report, run};

/// The same benchmark over a small list and a few subjects.
fn small(definition: Definition) -> Definition {
    let build = definition.kind == Kind::Build;
    let list = match definition.list {
        ListSource::Generated(_) => ListSource::Generated(150),
        builtin @ ListSource::Builtin(_) => builtin,
    };
    Definition {
        list,
        subjects: 60,
        reference_subjects: if build { 0 } else { 12 },
        oracle_subjects: if build { 0 } else { 3 },
        // Of so few subjects one miss weighs more than the definition allows for.
        least_recall: definition.least_recall.min(0.95),
        ..definition
    }
}

#[test]
fn every_benchmark_answers_rightly_and_is_timed() {
    for definition in definitions().unwrap() {
        let build = definition.kind == Kind::Build;
        let outcome = run(&small(definition)).unwrap();
        let name = &outcome.definition.name;
        assert!(outcome.holds(), "{name}: {:?}", outcome.answer);
        let figures = outcome.figures.as_ref().unwrap();
        assert!(
            figures.slowest > 0.0 && figures.slowest <= figures.speed,
            "{name}"
        );
        assert!(figures.speed <= figures.fastest, "{name}");
        assert_eq!(figures.p50.is_some(), !build, "{name}");
        assert!(figures.p50 <= figures.p99, "{name}");
        assert_eq!(outcome.ratio().is_some(), !build, "{name}");
    }
}

#[test]
fn an_answer_is_the_same_in_every_run() {
    for definition in definitions().unwrap().into_iter().map(small) {
        let (one, two) = (run(&definition).unwrap(), run(&definition).unwrap());
        assert_eq!(one.answer, two.answer);
        let reference = |outcome: tamis_benches::Outcome| outcome.reference.map(|timed| timed.answer);
        assert_eq!(reference(one), reference(two));
    }
}

#[test]
fn a_wrong_answer_is_told_and_not_timed() {
    let hit = |d: &Definition| d.kind == Kind::ScreenHit;
    let definition = small(definitions().unwrap().into_iter().find(hit).unwrap());
    // More than everything cannot be found.
    let outcome = run(&Definition {
        least_recall: 1.1,
        ..definition
    });
    let outcome = outcome.unwrap();
    assert!(!outcome.holds());
    assert_eq!((&outcome.figures, &outcome.reference), (&None, &None));
    assert!(report::table(&[outcome]).contains("WRONG: "));
}

#[test]
fn a_list_that_does_not_exist_is_refused_by_name() {
    let definition = definitions().unwrap().remove(0);
    let unknown = ListSource::Builtin("nobody".to_owned());
    let error = run(&Definition {
        list: unknown,
        ..definition
    });
    assert!(error.unwrap_err().to_string().contains("'nobody'"));
}

#[test]
fn a_record_has_a_row_for_each_outcome() {
    let definition = small(definitions().unwrap().remove(0));
    let outcome = run(&definition).unwrap();
    let record = report::markdown(&[outcome.clone(), outcome]);
    let rows = record.lines().filter(|line| line.starts_with("| miss-20k |"));
    assert_eq!(rows.count(), 2, "{record}");
    // A head, a rule and rows of as many columns.
    let columns = |line: &str| line.matches('|').count();
    let table: Vec<&str> = record.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(table.len(), 4);
    assert!(table.iter().all(|line| columns(line) == 11), "{record}");
}
