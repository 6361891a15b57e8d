//! `tamis ownership`: the party, the verdicts with their proofs, the tree, and what it refuses.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, Run};
use serde_json::Value;

/// The sample file of stakes.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/samples/stakes.csv");

fn ask(folder: &Folder, args: &[&str]) -> Run {
    let fixed = ["ownership", "--stakes", SAMPLE, "--as-of", "2026-11-29"];
    folder.tamis(&[&fixed[..], args].concat())
}

/// The verdicts of the findings of a JSON answer, with their rules.
fn verdicts(json: &Value) -> Vec<String> {
    let findings = json["findings"].as_array().unwrap();
    let word = |f: &Value| {
        format!(
            "{} {}",
            f["verdict"].as_str().unwrap(),
            f["rule"].as_str().unwrap()
        )
    };
    findings.iter().map(word).collect()
}

#[test]
fn each_company_of_the_sample_is_decided_under_every_rule() {
    let folder = Folder::new();
    for (name, code, expected) in [
        ("Nordwind Beratung GmbH", 1, &["OWNED ofac", "OWNED bis"][..]),
        ("Silverbrook Logistics Ltd.", 1, &["OWNED ofac", "OWNED bis"]),
        (
            "Quartz Harbour S.A.",
            1,
            &["RELATED_CONTROL ofac", "RELATED_CONTROL bis"],
        ),
        (
            "Quartz Harbour Services S.A.",
            1,
            &["RELATED_CONTROL ofac", "RELATED_CONTROL bis"],
        ),
        (
            "Bluefen Software Ltd",
            1,
            &["REPRESENTATIVE ofac", "REPRESENTATIVE bis"],
        ),
        (
            "Oakmere Analytics B.V.",
            1,
            &["RELATED_CONTROL ofac", "RELATED_CONTROL bis"],
        ),
        (
            "Greyfield Trading AG",
            1,
            &["POSSIBLY_OWNED ofac", "POSSIBLY_OWNED bis"],
        ),
        // Its owner is no blocked person, and is led by some.
        ("Tarnwood Security Oy", 1, &["RELATED_CONTROL ofac", "OWNED bis"]),
        ("Former Venture Ltd", 0, &[]),
        ("Alderwick Ltd", 0, &[]),
    ] {
        let run = ask(&folder, &[name, "--format", "json"]);
        assert_eq!(run.code, code, "{name}: {}", run.err);
        assert_eq!(verdicts(&run.json()), expected, "{name}");
    }
}

#[test]
fn a_company_owned_by_one_on_the_entity_list_is_never_blocked() {
    let folder = Folder::new();
    let json = ask(&folder, &["Tarnwood Security Oy", "--format", "json"]).json();
    let effects: Vec<&Value> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["effect"])
        .filter(|effect| !effect.is_null())
        .collect();
    assert_eq!(effects, ["check"]);
    let suspended = folder.tamis(&[
        "ownership",
        "Tarnwood Security Oy",
        "--stakes",
        SAMPLE,
        "--rule",
        "bis",
        "--as-of",
        "2026-11-09",
    ]);
    assert_eq!(suspended.code, 0, "{}", suspended.out);
    assert!(
        suspended.out.contains("OWNED (bis, suspended)"),
        "{}",
        suspended.out
    );
}

#[test]
fn the_page_shows_verdict_proof_and_tree() {
    let folder = Folder::new();
    let run = ask(&folder, &["Silverbrook Logistics Ltd", "--rule", "ofac"]);
    assert_eq!(run.code, 1);
    for expected in [
        "OWNED (ofac)  Silverbrook Logistics Ltd",
        "listed owners hold 50.00 % of shares (50.00 % or more is enough): blocked as its owners are",
        "kaspersky:45815",
        "us.sdn.block",
        "25.00 % (shares)",
        "annual return of 2025",
        "Who owns, leads or represents it",
        "└─ ",
        "from 2023-03-01",
        "RELATED_CONTROL (ofac)",
        "18 statements",
    ] {
        assert!(run.out.contains(expected), "{expected}\n{}", run.out);
    }
}

#[test]
fn what_a_listed_person_owns_is_shown_below() {
    let folder = Folder::new();
    for name in ["kaspersky:45815", "Tichonow, Andrej Gennadjewitsch"] {
        let run = ask(&folder, &[name]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.out.contains("It is listed itself"), "{}", run.out);
        let below = run.out.split("What it owns").nth(1).unwrap();
        assert!(below.contains("Silverbrook"), "{below}");
        assert!(below.contains("not on this day"), "{below}");
    }
}

#[test]
fn a_graph_for_graphviz_names_every_tie_of_the_tree() {
    let folder = Folder::new();
    let run = ask(&folder, &["Nordwind Beratung GmbH", "-o", "tree.dot"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let dot = folder.read("tree.dot");
    assert!(
        dot.starts_with("digraph ownership {") && dot.ends_with("}\n"),
        "{dot}"
    );
    assert!(dot.contains("25.00 % (shares)\\nfrom 2023-03-01"), "{dot}");
    assert!(dot.contains("penwidth=3") && dot.contains("lightcoral"), "{dot}");
}

#[test]
fn several_parties_of_a_name_are_told_and_none_is_taken() {
    let folder = Folder::new();
    let stakes = "owner,owned,share,owned_id\nA,Same Ltd,50,reg:1\nB,Same Ltd,50,reg:2\n";
    let path = folder.file("s.csv", stakes);
    let path = path.to_str().unwrap();
    let run = folder.tamis(&["ownership", "Same Ltd", "--stakes", path]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("may be any of: Same Ltd (reg:1); Same Ltd (reg:2)"),
        "{}",
        run.err
    );
    assert_eq!(folder.tamis(&["ownership", "reg:2", "--stakes", path]).code, 0);
    let similar = ask(&folder, &["Silvrbrook Logistics"]);
    assert_eq!(similar.code, 2);
    assert!(
        similar.err.contains("similar are: Silverbrook Logistics Ltd"),
        "{}",
        similar.err
    );
    let nobody = folder.tamis(&["ownership", "Zanzibar Quux", "--stakes", path]);
    assert_eq!(nobody.code, 2);
    assert!(
        nobody.err.contains("neither on the lists nor in the files"),
        "{}",
        nobody.err
    );
}

#[test]
fn an_owner_in_two_spellings_is_one_owner() {
    let folder = Folder::new();
    let ask = |stakes: &str| {
        let path = folder.file("s.csv", stakes);
        let fixed = [
            "ownership",
            "Alder Ltd",
            "--as-of",
            "2026-11-29",
            "--rule",
            "ofac",
            "--stakes",
        ];
        folder.tamis(&[&fixed[..], &[path.to_str().unwrap()]].concat())
    };
    let same = "owner,owned,share,source\nIgor Chekunov,Alder Ltd,25,one\nIgor Tschekunow,Alder Ltd,25,two\n";
    let run = ask(same);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.starts_with("POSSIBLY_OWNED (ofac)  Alder Ltd"),
        "{}",
        run.out
    );
    assert!(run.out.contains("50.00 % if these are"), "{}", run.out);
    assert!(run.err.contains("counts as one owner with it"), "{}", run.err);
    let lots = ask(&same.replace("25,two", "26,one"));
    assert!(lots.out.starts_with("OWNED (ofac)  Alder Ltd"), "{}", lots.out);
    assert!(lots.out.contains("listed owners hold 51.00 %"), "{}", lots.out);
    let two = ask(
        "owner,owner_id,owned,share,source\nIgor Chekunov,reg:1,Alder Ltd,25,one\nIgor Tschekunow,reg:2,Alder Ltd,25,one\n",
    );
    assert!(
        two.out.starts_with("OWNED (ofac)  Alder Ltd"),
        "two ids are two owners: {}",
        two.out
    );
}

/// What a company in the way only may be is in no verdict, and is never passed over.
#[test]
fn whom_a_party_may_be_is_told() {
    let folder = Folder::new();
    let ask = |stakes: &str| {
        let path = folder.file("s.csv", stakes);
        let fixed = ["ownership", "Customer Ltd", "--as-of", "2026-11-29", "--stakes"];
        folder.tamis(&[&fixed[..], &[path.to_str().unwrap()]].concat())
    };
    let owned = "owner,owner_id,owned,owned_id,share\n,kaspersky:45849,Nordwind Holding GmbH,,60\nNordwind Holding,,Customer Ltd,,100\n";
    let run = ask(owned);
    assert!(run.out.starts_with("OWNED"), "{}", run.out);
    let run = ask(&format!("{owned}Jane Roe,,Nordwind Holding AG,,100\n"));
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.starts_with("NOT SURE  Customer Ltd"), "{}", run.out);
    assert!(!run.out.contains("Nothing is found"), "{}", run.out);
    for other in ["Nordwind Holding GmbH", "Nordwind Holding AG"] {
        let told = format!("'Nordwind Holding' may be '{other}'");
        assert!(run.out.contains(&told), "{}", run.out);
    }
    assert!(run.out.contains("behind that one stands CHEKUNOV"), "{}", run.out);
    // Where somebody behind it cannot be screened, nobody can say that nothing is there.
    let run = ask("owner,owned,share\n***,Customer Ltd,60\n");
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.out.starts_with("UNSCREENED  Customer Ltd"), "{}", run.out);
    let run = ask(&owned.replace("60", "0").replace(",kaspersky:45849", "Jane Roe,"));
    assert!(run.out.starts_with("CLEAR  Customer Ltd"), "{}", run.out);
}

#[test]
fn bad_rows_are_told_the_rest_is_used_and_the_run_fails() {
    let folder = Folder::new();
    let stakes = "owner,owned,share,owner_id\n\
        X,Alder Ltd,120,\n\
        Andrei Tikhonov,Alder Ltd,50,kaspersky:45815\n\
        Nobody,Alder Ltd,5,kaspersky:none\n";
    let path = folder.file("s.csv", stakes);
    let run = folder.tamis(&[
        "ownership",
        "Alder Ltd",
        "--stakes",
        path.to_str().unwrap(),
        "--rule",
        "ofac",
    ]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(
        run.err.contains("line 2: share: '120' is above 100"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("is the id of no entry of this list"),
        "{}",
        run.err
    );
    assert!(run.out.starts_with("OWNED (ofac)  Alder Ltd"), "{}", run.out);
    assert!(run.out.contains("What could not be used"), "{}", run.out);
}

#[test]
fn a_file_or_a_rule_that_is_not_known_is_refused() {
    let folder = Folder::new();
    let path = folder.file("s.csv", "name,dob\nA,1\n");
    let path = path.to_str().unwrap();
    let run = folder.tamis(&["ownership", "A", "--stakes", path]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no column 'owner'"), "{}", run.err);
    let run = ask(&folder, &["Alderwick Ltd", "--rule", "ofca"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("the rules are: ofac, ofac-ssi, eu, uk, ca, bis, other, all"),
        "{}",
        run.err
    );
    let run = folder.tamis(&["ownership", "A", "--stakes", "missing.csv"]);
    assert!(run.code == 2 && run.err.contains("missing.csv"), "{}", run.err);
}

#[test]
fn relations_of_a_list_are_ties_and_a_link_is_no_ownership() {
    let folder = Folder::new();
    let run = folder.tamis(&["ownership", "kaspersky:ao-kaspersky-lab", "--as-of", "2026-11-29"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let above = run
        .out
        .split("Who owns")
        .nth(1)
        .unwrap()
        .split("What it owns")
        .next()
        .unwrap()
        .to_owned();
    assert!(
        above.contains("director") && above.contains("founder of"),
        "{above}"
    );
    assert!(!run.out.contains("OWNED (ofac)"), "{}", run.out);
}

#[test]
fn a_tie_from_memory_counts_only_when_asked() {
    let folder = Folder::new();
    let ask = |more: &[&str]| {
        let args = ["ownership", "kaspersky:kaspersky-lab-uk", "--as-of", "2026-11-29"];
        folder.tamis(&[&args[..], more].concat())
    };
    let strict = ask(&[]);
    assert_eq!(strict.code, 0, "{}", strict.out);
    assert!(
        strict.out.contains("not verified, and not counted"),
        "{}",
        strict.out
    );
    let lenient = ask(&["--unverified", "--format", "json"]);
    let found = verdicts(&lenient.json());
    assert_eq!(
        (lenient.code, found),
        (
            1,
            vec!["RELATED_CONTROL ofac".into(), "POSSIBLY_OWNED bis".into()]
        )
    );
}

/// The whole graph of a party. After a change that is meant: `tamis ownership "Silverbrook Logistics Ltd" --stakes
/// data/samples/stakes.csv --as-of 2026-11-29 --rule ofac -o crates/cli/tests/golden/ownership.dot`, and read the difference.
#[test]
fn the_graph_of_a_party_is_pinned() {
    let folder = Folder::new();
    let run = ask(
        &folder,
        &["Silverbrook Logistics Ltd", "--rule", "ofac", "--format", "dot"],
    );
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/ownership.dot");
    assert_eq!(run.out, std::fs::read_to_string(golden).unwrap());
}

#[test]
fn relations_of_follow_the_money_are_ties_with_days_and_shares() {
    let folder = Folder::new();
    let list = concat!(
        "opensanctions-ftm:",
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/samples/lists/opensanctions_ftm"
    );
    let run = folder.tamis(&[
        "ownership",
        "opensanctions:NK-Ivan",
        "-l",
        list,
        "--as-of",
        "2026-11-29",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 1, "{}", run.err);
    let json = run.json();
    let ties = json["ties"].as_array().unwrap();
    let stake = ties.iter().find(|tie| tie["share"] == "50.00").unwrap();
    assert_eq!(
        (&stake["owned"]["id"], &stake["from"]),
        (&"opensanctions:NK-Bank".into(), &"2010-01-01".into())
    );
    assert!(
        ties.iter()
            .any(|tie| tie["tie"] == "stake" && tie["share"].is_null()),
        "about a half is unknown: {ties:?}"
    );
    let ended = ties.iter().find(|tie| tie["role"] == "director").unwrap();
    assert_eq!(
        (&ended["to"], &ended["unused"]),
        (&"2021-03-04".into(), &"not on this day".into())
    );
}

/// An id that a row gives to a company's listed owner hides neither.
#[test]
fn an_id_beside_two_names_is_told_and_both_are_examined() {
    let folder = Folder::new();
    folder.file(
        "ids.csv",
        "owner,owner_id,owned,owned_id,share\nIgor Chekunov,,Meadow Ltd,M-1,60\nIgor Chekunov,M-1,Other Ltd,,5\n",
    );
    let asked = |name: &str| {
        let fixed = ["--stakes", "ids.csv", "--as-of", "2026-11-29", "--format", "json"];
        folder.tamis(&[&["ownership", name][..], &fixed].concat())
    };
    let ask = |name: &str| {
        let run = asked(name);
        let warning =
            "warning: ids.csv line 3: 'Meadow Ltd' and 'Igor Chekunov' both have the id M-1: check the ids";
        assert!(run.err.contains(warning), "{}", run.err);
        assert_eq!(run.code, 1, "{name}");
        run.json()
    };
    let by_name = ask("Meadow Ltd");
    assert_eq!(verdicts(&by_name)[0], "OWNED ofac", "{by_name}");
    let doubts = by_name["doubts"].to_string();
    assert!(doubts.contains("the same id under another name"), "{doubts}");
    let by_id = ask("M-1");
    assert_eq!(
        verdicts(&by_id)[0],
        "LISTED ofac",
        "one of its names is listed: {by_id}"
    );

    folder.file(
        "ids.csv",
        "owner,owner_id,owned,owned_id,share\nIgor Chekunov,,Old Meadow Ltd,M-1,30\nIgor Chekunov,,Sunrise Ltd,M-1,25\n",
    );
    for name in ["M-1", "Sunrise Ltd"] {
        let json = asked(name).json();
        assert_eq!(
            verdicts(&json)[0],
            "OWNED ofac",
            "{name}: a company that has another name now: {json}"
        );
    }
}
