//! Policy files: what is read, what is refused and how it is said, and that the schema says the same.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tamis_model::{Action, Activity, EntityKind, FieldName, Prohibition, Score, ViaKind};
use tamis_policy::{Policy, Requirement, Rule, SCHEMA, SHIPPED, ThresholdRule, Unknown, shipped};

const DAY: Date = date(2026, 11, 23);

fn read(text: &str) -> Policy {
    Policy::from_toml(text, DAY).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn refused(text: &str) -> String {
    Policy::from_toml(text, DAY).unwrap_err().to_string()
}

#[test]
fn an_empty_file_is_the_defaults() {
    assert_eq!(read(""), Policy::new(DAY));
    assert_eq!(read("").sha256(), Policy::new(DAY).sha256());
}

#[test]
fn what_cannot_stand_is_refused_with_line_field_and_remedy() {
    for (text, wanted) in [
        ("treshold = 0.8", &["line 1", "treshold", "threshold"][..]),
        ("threshold = 8", &["line 1", "between 0 and 1"]),
        ("threshold = \"high\"", &["line 1", "threshold"]),
        ("regimes = [\" \"]", &["line 1", "regimes", "empty"]),
        ("\n[[rules]]\nregimes = [\"us\"]", &["line 2", "action"]),
        (
            "[[rules]]\naction = \"stop\"",
            &["line 2", "inform", "review", "block"],
        ),
        (
            "[[rules]]\nactivities = [\"dealing\"]\naction = \"review\"",
            &["line 2", "dealing", "payment"],
        ),
        (
            "[[rules]]\naction = \"inform\"\nmeasure = [\"us.*\"]",
            &["line 3", "measures"],
        ),
        (
            "\n\n[[rules]]\nregimes = [\"us\"]\naction = \"block\"",
            &[
                "line 3",
                "rules[1]",
                "`action`",
                "only an asset freeze blocks",
                "asset_freeze",
            ],
        ),
        (
            "[[rules]]\nregimes = [\"us\"]\naction = \"review\"\n[[rules]]\nregimes = [\"us\"]\nprohibits = [\"caution\"]\naction = \"inform\"",
            &["line 4", "rules[2]", "never reached: row 1"],
        ),
        (
            "[[thresholds]]\nthreshold = 0.9\n[[thresholds]]\nlists = [\"un\"]\nthreshold = 0.7",
            &["line 3", "thresholds[2]", "never reached: row 1"],
        ),
        (
            "[[thresholds]]\nlists = [\"\"]\nthreshold = 0.7",
            &["line 1", "`lists`", "empty"],
        ),
        (
            "[[evidence]]\nfields = []\notherwise = \"inform\"",
            &["evidence[1]", "`fields`", "birth_date"],
        ),
        (
            "[[evidence]]\nfields = [\"country\"]\notherwise = \"block\"",
            &["`otherwise`", "inform"],
        ),
    ] {
        let error = refused(text);
        for part in wanted {
            assert!(error.contains(part), "'{part}' is not in:\n{error}");
        }
    }
}

#[test]
fn a_rule_for_activities_is_reached_after_one_for_what_is_reached() {
    let policy = read(
        "[[rules]]\naction = \"review\"\n[[rules]]\nactivities = [\"payment\"]\naction = \"review\"\nwhy = \"in doubt\"",
    );
    assert_eq!(policy.rules.len(), 2);
}

#[test]
fn order_of_words_and_their_case_change_nothing_and_order_of_rules_does() {
    let one = read(
        "regimes = [\"US\", \"un\", \"us\"]\n[[rules]]\nprohibits = [\"caution\", \"travel_ban\"]\naction = \"inform\"",
    );
    let same = read(
        "regimes = [\"un\", \"us\"]\n[[rules]]\nprohibits = [\"travel_ban\", \"caution\"]\naction = \"inform\"",
    );
    assert_eq!(one.sha256(), same.sha256());
    let rules = [
        "prohibits = [\"caution\"]\naction = \"inform\"",
        "regimes = [\"us\"]\naction = \"review\"",
    ];
    let file =
        |first: usize, second: usize| format!("[[rules]]\n{}\n[[rules]]\n{}", rules[first], rules[second]);
    assert_ne!(read(&file(0, 1)).sha256(), read(&file(1, 0)).sha256());
}

// ---- any policy ----

fn some<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> BoxedStrategy<Vec<T>> {
    prop::sample::subsequence(all.to_vec(), 0..=all.len()).boxed()
}

fn words() -> BoxedStrategy<Vec<String>> {
    prop::collection::btree_set("[a-z*.]{1,6}", 0..3)
        .prop_map(|words| words.into_iter().collect())
        .boxed()
}

const KINDS: [EntityKind; 5] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Vessel,
    EntityKind::Aircraft,
    EntityKind::Asset,
];

const PROHIBITIONS: [Prohibition; 8] = [
    Prohibition::AssetFreeze,
    Prohibition::TransactionBan,
    Prohibition::SectoralRestriction,
    Prohibition::ExportLicence,
    Prohibition::ProcurementBan,
    Prohibition::TravelBan,
    Prohibition::ArmsEmbargo,
    Prohibition::Caution,
];

const FIELDS: [FieldName; 6] = [
    FieldName::Kind,
    FieldName::BirthDate,
    FieldName::BirthPlace,
    FieldName::Gender,
    FieldName::Country,
    FieldName::Identifier,
];

const VIAS: [ViaKind; 4] = [
    ViaKind::Representative,
    ViaKind::RelatedControl,
    ViaKind::PossiblyOwned,
    ViaKind::Owned,
];

prop_compose! {
    fn any_rule()(
        regimes in words(),
        measures in words(),
        prohibits in some(&PROHIBITIONS),
        activities in some(&Activity::ALL),
        customer_types in words(),
        via in prop::option::of(prop::sample::select(VIAS.to_vec())),
        action in prop::sample::select(Action::ALL.to_vec()),
        why in prop::option::of(".{0,12}"),
    ) -> Rule {
        let freezes = prohibits == [Prohibition::AssetFreeze];
        let owned = via.is_none_or(|kind| kind == ViaKind::Owned);
        let action = if freezes && owned { action } else { action.min(Action::Review) };
        Rule { regimes, measures, prohibits, activities, customer_types, via, action, why }
    }
}

prop_compose! {
    fn any_policy()(
        title in prop::option::of(".{0,12}"),
        score in 0_u16..=10_000,
        regimes in words(),
        flags in any::<(bool, bool)>(),
        own in prop::option::of((words(), some(&KINDS), words(), 0_u16..=10_000)),
        rule in prop::option::of(any_rule()),
        evidence in prop::option::of((words(), some(&KINDS), words(), any::<(bool, bool)>())),
    ) -> Policy {
        Policy {
            title,
            threshold: Score::from_ten_thousandths(score),
            regimes,
            unverified_alerts: flags.0,
            weak_alias_alerts: flags.1,
            thresholds: own.into_iter().map(|(lists, kinds, customer_types, score)| ThresholdRule {
                lists,
                kinds,
                customer_types,
                threshold: Score::from_ten_thousandths(score),
            }).collect(),
            rules: rule.into_iter().collect(),
            evidence: evidence.into_iter().map(|(lists, kinds, customer_types, (inform, keep))| Requirement {
                lists,
                kinds,
                customer_types,
                fields: FIELDS.to_vec(),
                otherwise: if inform { Action::Inform } else { Action::Review },
                unknown: if keep { Unknown::Keep } else { Unknown::Reduce },
            }).collect(),
            ..Policy::new(DAY)
        }
    }
}

/// Rules about relations, about freezes and licences, in any order.
fn relation_rules() -> impl Strategy<Value = Vec<Rule>> {
    let rule = (
        prop::option::of(prop::sample::select(VIAS.to_vec())),
        some(&[Prohibition::AssetFreeze, Prohibition::ExportLicence]),
        some(&[Activity::Payment, Activity::Export]),
        prop::sample::select(Action::ALL.to_vec()),
    );
    let rule = rule.prop_map(|(via, prohibits, activities, action)| {
        let freezes =
            prohibits == [Prohibition::AssetFreeze] && via.is_none_or(|kind| kind == ViaKind::Owned);
        Rule {
            regimes: Vec::new(),
            measures: Vec::new(),
            prohibits,
            activities,
            customer_types: Vec::new(),
            via,
            action: if freezes {
                action
            } else {
                action.min(Action::Review)
            },
            why: None,
        }
    });
    prop::collection::vec(rule, 0..5)
}

proptest! {
    /// A relation of which no rule speaks is treated no better than a weaker one, and one that may be ownership as ownership would be.
    #[test]
    fn a_stricter_relation_is_never_less_than_a_weaker_one(
        rules in relation_rules(),
        activity in prop::option::of(prop::sample::select(vec![Activity::Payment, Activity::Export])),
    ) {
        let policy = Policy { rules, ..Policy::new(DAY) };
        let subject = tamis_model::Subject { activity, ..tamis_model::Subject::named("x") };
        for prohibits in [Prohibition::AssetFreeze, Prohibition::ExportLicence] {
            let measure = tamis_model::Measure::new("us.x", "x", prohibits);
            let action = |kind| policy.verdict_via(&measure, &subject, kind).action;
            let unruled = |kind: &ViaKind| policy.rules.iter().all(|rule| rule.via != Some(*kind));
            for kind in ViaKind::ALL.into_iter().filter(unruled) {
                for weaker in ViaKind::ALL.into_iter().filter(|other| *other < kind) {
                    prop_assert!(action(kind) >= action(weaker), "{:?} {:?}", kind, weaker);
                }
            }
            if unruled(&ViaKind::PossiblyOwned) {
                prop_assert!(action(ViaKind::PossiblyOwned) >= action(ViaKind::Owned).min(Action::Review));
            }
        }
    }

    /// What the hash is taken of is the whole policy: it can be read back, and says the same.
    #[test]
    fn the_canonical_text_is_the_policy(policy in any_policy()) {
        let again = read(&policy.to_toml());
        prop_assert_eq!(again.to_toml(), policy.to_toml());
        prop_assert_eq!(again, policy);
    }

    /// A decision log keeps policies as JSON and screens again under them.
    #[test]
    fn a_policy_is_kept_as_json(policy in any_policy()) {
        let kept = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(serde_json::from_str::<Policy>(&kept).unwrap(), policy);
    }

    #[test]
    fn two_policies_with_one_hash_are_one(one in any_policy(), two in any_policy()) {
        prop_assert_eq!(one == two, one.sha256() == two.sha256());
    }

    /// The schema takes whatever the reader takes.
    #[test]
    fn every_policy_fits_the_schema(policy in any_policy()) {
        prop_assert_eq!(misfits(&as_json(&policy.to_toml())), Vec::<String>::new());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = Policy::from_toml(&text, DAY);
    }
}

// ---- the schema ----

fn as_json(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Value>(text).unwrap()).unwrap()
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// What of `document` does not fit the schema.
fn misfits(document: &Value) -> Vec<String> {
    let root = schema();
    let mut found = Vec::new();
    check(&root, &root, document, "", &mut found);
    found
}

/// The part of JSON schema that policies need; a keyword that is not known here fails the test.
fn check(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let mut wrong = |what: String| found.push(format!("{place}: {what}"));
    for (keyword, wanted) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "title" | "description" | "default" | "$defs" | "then" => {}
            "type" if !has_type(value, wanted.as_str().unwrap()) => wrong(format!("is no {wanted}")),
            "minimum" if value.as_f64() < wanted.as_f64() => wrong(format!("is under {wanted}")),
            "maximum" if value.as_f64() > wanted.as_f64() => wrong(format!("is over {wanted}")),
            "minItems" if (value.as_array().map_or(0, Vec::len) as u64) < wanted.as_u64().unwrap() => {
                wrong("is too short".to_owned());
            }
            "enum" if !wanted.as_array().unwrap().contains(value) => wrong(format!("is not of {wanted}")),
            "const" if value != wanted => wrong(format!("is not {wanted}")),
            "pattern" if value.as_str().is_some_and(|text| text.trim().is_empty()) => {
                assert_eq!(wanted, "\\S");
                wrong("is empty".to_owned());
            }
            "required" => {
                for key in wanted.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.get(key).is_none() {
                        wrong(format!("lacks {key}"));
                    }
                }
            }
            "additionalProperties" => {
                for key in value.as_object().into_iter().flat_map(Map::keys) {
                    if schema["properties"].get(key).is_none() {
                        wrong(format!("does not know {key}"));
                    }
                }
            }
            "type" | "minimum" | "maximum" | "minItems" | "enum" | "const" | "pattern" => {}
            "properties" | "items" | "$ref" | "if" => {}
            other => panic!("the check does not know '{other}'"),
        }
    }
    deeper(root, schema, value, place, found);
}

fn deeper(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let part = root.pointer(reference.trim_start_matches('#')).unwrap();
        check(root, part, value, place, found);
    }
    for (key, part) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if let Some(inner) = value.get(key) {
            check(root, part, inner, &format!("{place}/{key}"), found);
        }
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(part) = schema.get("items") {
            check(root, part, inner, &format!("{place}/{at}"), found);
        }
    }
    if let Some(condition) = schema.get("if") {
        let mut unmet = Vec::new();
        check(root, condition, value, place, &mut unmet);
        if unmet.is_empty() {
            check(root, &schema["then"], value, place, found);
        }
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("the check does not know the type '{other}'"),
    }
}

#[test]
fn the_examples_are_read_fit_the_schema_and_say_that_they_are_examples() {
    for name in SHIPPED {
        let text = shipped(name).unwrap();
        let policy = read(text);
        assert_eq!(misfits(&as_json(text)), Vec::<String>::new(), "{name}");
        assert!(policy.title.unwrap().starts_with("Example: "), "{name}");
        assert!(text.contains("no legal advice"), "{name}");
    }
    assert!(shipped("none").is_none());
}

/// What the reader refuses for its form, the schema refuses too.
#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    for text in [
        "treshold = 0.8",
        "threshold = 1.5",
        "threshold = \"high\"",
        "regimes = \"us\"",
        "regimes = [\" \"]",
        "unverified_alerts = 1",
        "[[rules]]\nregimes = [\"us\"]",
        "[[rules]]\naction = \"stop\"",
        "[[rules]]\naction = \"block\"",
        "[[rules]]\nactivities = [\"dealing\"]\naction = \"review\"",
        "[[rules]]\nprohibits = [\"freeze\"]\naction = \"review\"",
        "[[thresholds]]\nlists = [\"un\"]",
        "[[thresholds]]\nkinds = [\"ship\"]\nthreshold = 0.7",
        "[[evidence]]\nfields = []\notherwise = \"inform\"",
        "[[evidence]]\nfields = [\"name\"]\notherwise = \"inform\"",
        "[[evidence]]\nfields = [\"country\"]\notherwise = \"block\"",
        "[[evidence]]\nfields = [\"country\"]\notherwise = \"inform\"\nunknown = \"drop\"",
    ] {
        assert!(Policy::from_toml(text, DAY).is_err(), "read: {text}");
        assert!(!misfits(&as_json(text)).is_empty(), "fits: {text}");
    }
}

/// Every key that the schema names, the reader takes; the other way round is `every_policy_fits_the_schema`.
#[test]
fn the_reader_takes_every_key_and_word_of_the_schema() {
    let schema = schema();
    let example = |key: &str| match key {
        "threshold" => json!(0.9),
        "lists" | "regimes" | "measures" | "customer_types" => json!(["x"]),
        "unverified_alerts" | "weak_alias_alerts" => json!(true),
        "title" | "why" => json!("x"),
        "fields" => json!(["country"]),
        "kinds" => schema["$defs"]["kinds"]["items"]["enum"].clone(),
        "prohibits" | "activities" => schema["$defs"]["rule"]["properties"][key]["items"]["enum"].clone(),
        "action" => json!("review"),
        "otherwise" => json!("inform"),
        "via" => schema["$defs"]["rule"]["properties"]["via"]["enum"][0].clone(),
        "unknown" => json!("reduce"),
        "thresholds" | "rules" | "evidence" => json!([]),
        other => panic!("no example of '{other}'"),
    };
    let filled = |part: &Value| -> Map<String, Value> {
        let keys = part["properties"].as_object().unwrap().keys();
        keys.map(|key| (key.clone(), example(key))).collect()
    };
    let mut document = filled(&schema);
    for (table, part) in [
        ("thresholds", "threshold_rule"),
        ("rules", "rule"),
        ("evidence", "requirement"),
    ] {
        document.insert(table.to_owned(), json!([filled(&schema["$defs"][part])]));
    }
    let policy = read(&toml::to_string(&document).unwrap());
    assert_eq!(policy.rules[0].activities, Activity::ALL);
    assert_eq!(policy.rules[0].prohibits, PROHIBITIONS);
    assert_eq!(policy.evidence[0].unknown, Unknown::Reduce);
    let actions = &schema["$defs"]["rule"]["properties"]["action"]["enum"];
    assert_eq!(actions, &serde_json::to_value(Action::ALL).unwrap());
    let fields = &schema["$defs"]["requirement"]["properties"]["fields"]["items"]["enum"];
    assert_eq!(fields, &serde_json::to_value(FIELDS).unwrap());
}
