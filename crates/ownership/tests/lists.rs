//! Relations of listed entities as ties, and who is meant by a name.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{DAY, measure, rules_of, words};
use tamis_model::{Entity, EntityKind, Name, NameRole, Relation, RelationRole};
use tamis_ownership::{Builder, Graph, Named, Party, Problem, Row, Share, plain_key};

fn entity(id: &str, name: &str, relations: Vec<Relation>) -> Entity {
    let mut entity = Entity::new("list", id, EntityKind::Organization);
    entity.names.push(Name::new(name, NameRole::Primary));
    entity
        .names
        .push(Name::new(format!("{name} alias"), NameRole::StrongAlias));
    entity
        .names
        .push(Name::new(format!("{name} weak"), NameRole::WeakAlias));
    entity.relations = relations;
    entity
}

fn relation(role: RelationRole, other: &str, other_id: Option<&str>, share: Option<&str>) -> Relation {
    Relation {
        role,
        other: other.to_owned(),
        other_id: other_id.map(str::to_owned),
        share: share.map(str::to_owned),
        from: None,
        to: None,
        note: None,
        source: None,
    }
}

fn built(entities: &[Entity], rows: Vec<Row>) -> (Graph, Vec<Problem>) {
    let mut builder = Builder::new(&plain_key);
    entities.iter().for_each(|entity| builder.add_entity(entity));
    rows.into_iter().for_each(|row| builder.add(row));
    builder.finish()
}

/// The verdicts on a party where only the entity `list:x` is blocked.
fn verdict(graph: &Graph, id: &str) -> String {
    let is_listed = |party: &Party| match party.id.as_deref() {
        Some("list:x") => vec![measure("us.sdn.block")],
        _ => Vec::new(),
    };
    words(&graph.findings(graph.by_id(id).unwrap(), DAY, &rules_of("ofac"), &is_listed))
}

#[test]
fn both_ends_may_tell_of_one_stake_and_it_counts_once() {
    let owns = relation(RelationRole::Owns, "A", Some("list:a"), Some("30"));
    let owned = relation(RelationRole::OwnedBy, "X", Some("x"), Some("30"));
    let (graph, problems) = built(
        &[entity("x", "X", vec![owns]), entity("a", "A", vec![owned])],
        Vec::new(),
    );
    assert_eq!(problems, Vec::new());
    assert_eq!(graph.owners(graph.by_id("list:a").unwrap()).count(), 1);
    assert_eq!(verdict(&graph, "list:a"), "RELATED_CONTROL");
}

#[test]
fn each_relation_is_the_tie_that_it_says() {
    for (role, share, expected) in [
        (RelationRole::Owns, Some("50.00"), "OWNED"),
        (RelationRole::Owns, Some("49.99"), "RELATED_CONTROL"),
        (RelationRole::Owns, None, "POSSIBLY_OWNED"),
        (RelationRole::Director, None, "RELATED_CONTROL"),
        (RelationRole::Officer, None, "RELATED_CONTROL"),
        // C11: "Linked To" is no ownership and no control, and never blocks by itself.
        (RelationRole::LinkedTo, None, "CLEAR"),
        (RelationRole::Family, None, "CLEAR"),
        (RelationRole::Founder, None, "CLEAR"),
        (RelationRole::DistributorOf, None, "CLEAR"),
        (RelationRole::SuccessorOf, None, "CLEAR"),
        (RelationRole::Other, None, "CLEAR"),
        (RelationRole::OwnedBy, Some("100"), "CLEAR"),
    ] {
        let relations = vec![relation(role, "A", Some("a"), share)];
        let (graph, problems) = built(
            &[entity("x", "X", relations), entity("a", "A", Vec::new())],
            Vec::new(),
        );
        assert_eq!(
            (verdict(&graph, "list:a").as_str(), problems.len()),
            (expected, 0),
            "{role:?} {share:?}"
        );
    }
    let affiliate = vec![relation(RelationRole::Affiliate, "X", Some("x"), None)];
    let (graph, _) = built(
        &[entity("x", "X", Vec::new()), entity("a", "A", affiliate)],
        Vec::new(),
    );
    assert_eq!(
        verdict(&graph, "list:a"),
        "POSSIBLY_OWNED",
        "a member of the group of X"
    );
    assert_eq!(verdict(&graph, "list:x"), "LISTED");
}

#[test]
fn a_share_on_a_list_that_is_not_understood_is_told_and_unknown() {
    let relations = vec![relation(RelationRole::Owns, "A", Some("a"), Some("most"))];
    let (graph, problems) = built(&[entity("x", "X", relations)], Vec::new());
    assert_eq!(verdict(&graph, "list:a"), "POSSIBLY_OWNED");
    assert!(
        problems[0]
            .to_string()
            .starts_with("list:x: share of 'A': 'most' is not a number"),
        "{problems:?}"
    );
}

#[test]
fn a_name_means_the_id_that_rows_give_it_then_the_one_entity_of_that_name() {
    let half = || Share::parse("50").unwrap();
    let stake = |owner, owned| Row::stake(owner, owned, half());
    let x = entity("x", "X", Vec::new());
    for (name, expected) in [
        ("x", "OWNED"),
        ("X  ALIAS", "OWNED"),
        ("X weak", "CLEAR"),
        ("Y", "CLEAR"),
    ] {
        let rows = vec![stake(Named::new(name), Named::with_id("A", "reg:a"))];
        let (graph, problems) = built(std::slice::from_ref(&x), rows);
        assert_eq!(
            (verdict(&graph, "reg:a").as_str(), problems.len()),
            (expected, 0),
            "{name}"
        );
    }
    let stated = vec![
        stake(Named::with_id("X", "reg:other"), Named::with_id("B", "reg:b")),
        stake(Named::new("X"), Named::with_id("A", "reg:a")),
    ];
    let (graph, _) = built(std::slice::from_ref(&x), stated);
    assert_eq!(
        verdict(&graph, "reg:a"),
        "CLEAR",
        "the file says which X it means"
    );
}

#[test]
fn a_name_of_several_ids_is_told_and_stands_for_itself() {
    let unknown = |owner, owned| Row {
        place: "f.csv line 4".to_owned(),
        ..Row::stake(owner, owned, None)
    };
    let rows = vec![
        unknown(Named::with_id("Same", "reg:1"), Named::new("A")),
        unknown(Named::with_id("Same", "reg:2"), Named::new("A")),
        unknown(Named::new("Same"), Named::new("B")),
    ];
    let (graph, problems) = built(&[], rows);
    assert_eq!(graph.by_key("same").len(), 3);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].used && problems[0].to_string().contains("may be any of reg:1, reg:2"),
        "{problems:?}"
    );
}

#[test]
fn an_id_beside_a_strange_name_and_a_repeated_row_are_told() {
    let at = |line: u32, name: &str| Row {
        place: format!("f.csv line {line}"),
        ..Row::stake(
            Named::with_id(name, "list:x"),
            Named::new("A"),
            Share::parse("25").unwrap(),
        )
    };
    let (graph, problems) = built(
        &[entity("x", "X", Vec::new())],
        vec![at(2, "X"), at(3, "X alias"), at(4, "Zed")],
    );
    let texts: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert!(problems.iter().all(|problem| problem.used), "{texts:?}");
    assert!(
        texts
            .iter()
            .any(|t| t.starts_with("f.csv line 4: 'Zed' is no name of list:x, which is X")),
        "{texts:?}"
    );
    assert_eq!(
        texts
            .iter()
            .filter(|t| t.contains("repeats f.csv line 2, and is counted once"))
            .count(),
        2,
        "{texts:?}"
    );
    assert_eq!(graph.owners(graph.by_key("a")[0]).count(), 1);
}
