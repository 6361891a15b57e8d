//! `tamis check`, `pairs`, `list`, and what surrounds them: help, completions, manual.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, LISTED, LISTED_ID, cell};

#[test]
fn every_verb_explains_its_exit_codes() {
    let folder = Folder::new();
    for args in [
        &["--help"][..],
        &["screen", "--help"],
        &["check", "--help"],
        &["pairs", "--help"],
        &["selftest", "--help"],
        &["list", "verify", "--help"],
        &["policy", "check", "--help"],
    ] {
        let run = folder.tamis(args);
        assert_eq!(run.code, 0, "{args:?}");
        assert!(run.out.contains("Exit codes:"), "{args:?}");
    }
    let help = folder.tamis(&["--help"]).out;
    assert!(help.contains("grep's sense is the opposite"));
    assert!(!help.contains("serve"), "only what works is shown");
}

#[test]
fn bad_usage_exits_with_2() {
    let folder = Folder::new();
    for args in [
        &[][..],
        &["nonsense"],
        &["screen"],
        &["check"],
        &["check", "A", "--born", "soon"],
        &["check", "A", "--kind", "ghost"],
        &["check", "A", "--id", "passport"],
        &["check", "A", "--country", "Atlantis"],
        &["check", "A", "--threshold", "1.2"],
        &["check", "A", "--as-of", "23.11.2026"],
        &["check", "A", "--jobs", "0"],
        &["check", "A", "-q", "-v"],
        &["check", ""],
    ] {
        assert_eq!(folder.tamis(args).code, 2, "{args:?}");
    }
}

#[test]
fn a_check_shows_the_entry_its_measures_and_what_the_answer_rests_on() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", LISTED, "--born", "1966-11-09", "--as-of", "2026-11-23"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("HIT  "), "{}", run.out);
    for expected in [
        "as of 2026-11-23, threshold 0.8000",
        "What was compared",
        "not given: every kind was searched",
        LISTED_ID,
        "us.sdn.block",
        "blocked: no dealings",
        "2024-06-21",
        "The entry in full",
        "(name in its own script)",
        "Sources",
        "By regime",
        "What this rests on",
        "sha256",
        "Next steps",
    ] {
        assert!(
            run.out.contains(expected),
            "'{expected}' is missing:\n{}",
            run.out
        );
    }
    assert!(!run.out.contains('\u{1b}'), "no colours in a pipe");
    let long = run.out.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(long <= 100, "a line of {long} characters");
}

#[test]
fn a_check_is_coloured_only_when_told_to() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", LISTED, "--color", "always"]);
    assert!(run.out.starts_with("\u{1b}[1;31mHIT"));
}

#[test]
fn a_clear_check_says_against_what() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", "Oleg Petrov", "--kind", "person"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("CLEAR  Oleg Petrov"));
    assert!(run.out.contains("entries, sha256"));
    assert!(run.out.contains("no match"));
    assert!(!run.out.contains("Next steps"));
}

#[test]
fn a_party_that_is_named_and_not_listed_is_explained_by_regime() {
    let folder = Folder::new();
    let run = folder.tamis(&[
        "check",
        "Eugene Kaspersky",
        "--regime",
        "us",
        "--as-of",
        "2026-11-23",
    ]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("listed under pl only"), "{}", run.out);
    assert!(run.out.contains("this regime was not asked for"));
    assert!(run.out.contains("Named, and not listed: neither on the SDN list"));
}

#[test]
fn a_check_for_machines_holds_everything() {
    let folder = Folder::new();
    let args = [
        "check",
        LISTED,
        "--id",
        "passport=530193947",
        "--near",
        "0.5",
        "--json",
    ];
    let json = folder
        .tamis(&[&args[..], &["--as-of", "2026-11-23"]].concat())
        .json();
    assert_eq!(json["decision"]["status"], "HIT");
    assert_eq!(json["subject"]["identifiers"][0]["kind"], "passport");
    assert_eq!(json["decision"]["alerts"][0]["hit"]["entity_id"], LISTED_ID);
    assert_eq!(json["entities"][LISTED_ID]["native_id"], "45815");
    assert_eq!(json["context"]["as_of"], "2026-11-23");
    assert!(json["near_misses"].is_array());
    assert_eq!(json["policy"]["threshold"], 0.8);
}

#[test]
fn an_alias_is_screened_too() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", "Oleg Petrov", "--alias", LISTED]);
    assert_eq!(run.code, 1);
}

#[test]
fn a_name_that_cannot_be_seen_does_not_hide_on_the_page() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", "Oleg\u{200b} \u{202e}Petrov"]);
    assert!(run.out.contains("Oleg<U+200B> <U+202E>Petrov"), "{}", run.out);
}

#[test]
fn a_check_tells_the_tricks_it_undid_even_when_clear() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", "Oleg Pe\u{200b}trov"]);
    let flags = run
        .out
        .lines()
        .find(|line| line.trim_start().starts_with("flags "));
    assert!(flags.unwrap().contains("invisible characters"), "{}", run.out);
    let plain = folder.tamis(&["check", "Oleg Petrov"]);
    assert!(!plain.out.contains("flags"), "{}", plain.out);
}

#[test]
fn a_check_tells_a_conflict_once_and_not_as_a_near_miss_too() {
    let folder = Folder::new();
    let args = [
        "check",
        "Anton Ivanov",
        "--born",
        "1985-03-03",
        "--as-of",
        "2026-11-23",
    ];
    let run = folder.tamis(&args);
    assert_eq!(run.code, 0);
    for expected in [
        "Information, no alert: kaspersky:45858",
        "the names agree, another field conflicts",
        "listed, but another field conflicts",
    ] {
        assert!(
            run.out.contains(expected),
            "'{expected}' is missing:\n{}",
            run.out
        );
    }
    let near = folder
        .tamis(&[&args[..], &["--near", "0.5", "--json"]].concat())
        .json();
    let near = near["near_misses"].as_array().unwrap();
    assert!(
        near.iter().all(|hit| hit["entity_id"] != "kaspersky:45858"),
        "{near:?}"
    );
}

#[test]
fn a_page_goes_to_a_file_when_asked_to() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", "Oleg Petrov", "-o", "page.txt"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(folder.read("page.txt").starts_with("CLEAR"));
    assert_eq!(folder.names(), ["page.txt"]);
}

#[test]
fn pairs_get_a_score_and_a_verdict() {
    let folder = Folder::new();
    folder.file(
        "in.csv",
        "no,query,candidate,kind,group\n1,Anna Schmidt,Anna Schmidt,person,x\n2,Anna Schmidt,Oleg Petrov,,y\n",
    );
    let run = folder.tamis(&["pairs", "in.csv"]);
    assert_eq!(run.code, 0, "an alerting pair is a measurement");
    assert!(
        run.out
            .starts_with("no,query,candidate,kind,group,score,alert,policy_hash\n")
    );
    let rows = run.rows();
    assert_eq!(
        (cell(&rows[0], "score"), cell(&rows[0], "alert")),
        ("1.0000", "true")
    );
    assert_eq!((cell(&rows[1], "group"), cell(&rows[1], "alert")), ("y", "false"));
    let explained = folder.tamis(&["pairs", "in.csv", "--explain"]);
    assert!(
        explained
            .out
            .lines()
            .next()
            .unwrap()
            .ends_with(",score,alert,reasons,policy_hash")
    );
    let all = folder.tamis(&["pairs", "in.csv", "--threshold", "0"]);
    assert_eq!(cell(&all.rows()[1], "alert"), "true");
}

#[test]
fn the_sample_pairs_alert_as_their_names_suggest() {
    let folder = Folder::new();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/samples/pairs.csv");
    folder.file("pairs.csv", &std::fs::read_to_string(sample).unwrap());
    let run = folder.tamis(&["pairs", "pairs.csv", "--explain"]);
    assert_eq!(run.code, 0, "every pair is scored: {}", run.err);
    let rows = run.rows();
    assert_eq!(rows.len(), 20);
    let alerting = rows.iter().take_while(|row| cell(row, "alert") == "true").count();
    let rest = rows.iter().skip(alerting);
    assert!(
        alerting == 12 && rest.clone().all(|row| cell(row, "alert") == "false"),
        "the first 12 pairs are one party each, the last 8 are two: {}",
        run.out
    );
}

#[test]
fn names_in_two_scripts_are_explained_as_romanised() {
    let folder = Folder::new();
    folder.file(
        "in.csv",
        "query,candidate,kind\nИгорь Чекунов,Igor Chekunov,person\n",
    );
    let rows = folder.tamis(&["pairs", "in.csv", "--explain"]).rows();
    let reasons = cell(&rows[0], "reasons");
    assert!(reasons.contains("chekunov (romanised)"), "{reasons}");
    assert!(!reasons.contains("chekunov ~ chekunov"), "{reasons}");
}

#[test]
fn a_pair_that_cannot_be_scored_has_no_score_and_fails_the_run() {
    let folder = Folder::new();
    folder.file("in.csv", "query,candidate\nAnna,\nAnna,Anna\n");
    let run = folder.tamis(&["pairs", "in.csv", "--explain"]);
    assert_eq!(run.code, 2);
    let rows = run.rows();
    assert_eq!((cell(&rows[0], "score"), cell(&rows[0], "alert")), ("", ""));
    assert!(cell(&rows[0], "reasons").contains("line 2"));
    assert_eq!(cell(&rows[1], "score"), "1.0000");
    let plain = folder.tamis(&["pairs", "in.csv", "-q"]);
    assert!(plain.err.contains("1 pair could not be scored"), "{}", plain.err);
    assert!(plain.err.contains("--explain"));
}

#[test]
fn a_list_is_described_by_version_and_counts() {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    let run = folder.tamis(&["list", "info", "-l", "list.xml"]);
    assert_eq!(run.code, 0);
    for expected in ["2026-08-20", "list.xml", "weak alias", "SDGT"] {
        assert!(
            run.out.contains(expected),
            "'{expected}' is missing:\n{}",
            run.out
        );
    }
    let json = folder.tamis(&["list", "info", "-l", "list.xml", "--json"]).json();
    assert_eq!(json[0]["counts"]["entities"], 2);
    let twice = folder
        .tamis(&[
            "list",
            "info",
            "-l",
            "list.xml",
            "-l",
            "builtin:kaspersky",
            "--json",
        ])
        .json();
    assert_eq!(twice[1]["id"], "kaspersky");
}

/// A list in which something is odd in every entry: a birth in the future, one of 1849, a 31 February and a CURP that
/// cannot be, a name of one letter, a name in Cyrillic only, a programme that nobody knows.
const ODD: &str = r#"<sdnList xmlns="urn:any">
  <publshInformation><Publish_Date>08/20/2026</Publish_Date><Record_Count>4</Record_Count></publshInformation>
  <sdnEntry><uid>1</uid><lastName>WZOROWA</lastName><sdnType>Individual</sdnType>
    <programList><program>ATLANTIS</program></programList>
    <dateOfBirthList><dateOfBirthItem><uid>1</uid><dateOfBirth>01 Jan 2199</dateOfBirth></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
  <sdnEntry><uid>2</uid><lastName>X.</lastName><sdnType>Individual</sdnType>
    <programList><program>ATLANTIS</program></programList>
    <dateOfBirthList><dateOfBirthItem><uid>2</uid><dateOfBirth>31 Feb 1960</dateOfBirth></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
  <sdnEntry><uid>3</uid><lastName>ОБРАЗЕЦ</lastName><sdnType>Individual</sdnType>
    <programList><program>SDGT</program></programList>
    <dateOfBirthList><dateOfBirthItem><uid>3</uid><dateOfBirth>05 May 1849</dateOfBirth></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
  <sdnEntry><uid>4</uid><lastName>MUSTER LLC</lastName><sdnType>Entity</sdnType>
    <programList><program>SDGT</program></programList>
    <idList><id><uid>5</uid><idType>C.U.R.P.</idType><idNumber>AAAA000000XXXXXX00</idNumber><idCountry>Mexico</idCountry></id></idList>
  </sdnEntry>
</sdnList>
"#;

#[test]
fn what_is_odd_about_a_list_is_counted_and_shown() {
    let folder = Folder::new();
    folder.file("odd.xml", ODD);
    let json = folder.tamis(&["list", "info", "-l", "odd.xml", "--json"]).json();
    let quality = json[0]["quality"].as_array().unwrap();
    let entries = |check: &str| {
        let row = quality.iter().find(|row| row["check"] == check).unwrap();
        let notes = row["notes"].as_array().unwrap();
        assert_eq!(row["count"], notes.len(), "{check}");
        notes
            .iter()
            .map(|note| note["entity_id"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(entries("birth_in_future"), ["ofac-sdn:1"]);
    assert_eq!(entries("birth_long_ago"), ["ofac-sdn:3"]);
    assert_eq!(entries("date_not_read"), ["ofac-sdn:2"]);
    assert_eq!(entries("one_letter_name"), ["ofac-sdn:2"]);
    assert_eq!(entries("no_latin_name"), ["ofac-sdn:3"]);
    assert_eq!(entries("check_digits_fail"), ["ofac-sdn:4"]);
    assert_eq!(entries("programme_unknown"), ["ofac-sdn:1", "ofac-sdn:2"]);
    assert!(
        entries("no_name").is_empty(),
        "a check that found nothing has its row, too"
    );
    assert_eq!(
        (&json[0]["scripts"]["Latin"], &json[0]["scripts"]["Cyrillic"]),
        (&3.into(), &1.into())
    );

    let page = folder.tamis(&["list", "info", "-l", "odd.xml"]).out;
    for expected in [
        "odd.xml",
        "script of name",
        "Cyrillic",
        "birth in the future",
        "31 Feb 1960",
        "without a name",
    ] {
        assert!(page.contains(expected), "'{expected}' is missing:\n{page}");
    }
    assert_eq!(
        folder
            .tamis(&["list", "compile", "odd.xml", "-o", "odd.tamis"])
            .code,
        0
    );
    let compiled = folder
        .tamis(&["list", "info", "-l", "odd.tamis", "--json"])
        .json();
    assert_eq!(
        compiled[0]["quality"], json[0]["quality"],
        "a compiled list hides nothing"
    );
}

#[test]
fn one_byte_more_in_a_list_changes_its_hash_in_every_output() {
    let folder = Folder::new();
    folder.file("one.xml", LIST);
    folder.file("two.xml", &format!("{LIST} "));
    folder.file("in.csv", "name\nOleg Petrov\n");
    let hash = |arguments: &[&str], at: &str| {
        let json = folder.tamis(arguments).json();
        json.pointer(at).and_then(|hash| hash.as_str()).map(str::to_owned)
    };
    let summary = |list: &str| {
        folder.tamis(&["screen", "in.csv", "-l", list, "-o", "out.csv"]);
        let text = std::fs::read_to_string(folder.path("out.csv.summary.json")).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        json.pointer("/lists/0/sha256")
            .and_then(|hash| hash.as_str())
            .map(str::to_owned)
    };
    let told = |list: &str| {
        [
            hash(&["list", "info", "-l", list, "--json"], "/0/sha256"),
            hash(
                &["list", "verify", "-l", list, "--json"],
                "/context/lists/0/sha256",
            ),
            hash(
                &["check", "Oleg Petrov", "-l", list, "--json"],
                "/context/lists/0/sha256",
            ),
            summary(list),
        ]
    };
    let (one, two) = (told("one.xml"), told("two.xml"));
    assert!(
        one[0].is_some() && one.iter().all(|hash| *hash == one[0]),
        "{one:?}"
    );
    assert!(two.iter().all(|hash| *hash == two[0]), "{two:?}");
    assert_ne!(one[0], two[0]);
}

#[test]
fn every_name_of_the_built_in_list_finds_its_own_entry() {
    let folder = Folder::new();
    let run = folder.tamis(&["list", "verify"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.starts_with("PASSED"));
    let json = folder.tamis(&["list", "verify", "--json"]).json();
    let count = &json["counts"]["kaspersky strong names"];
    assert_eq!(count["checked"], count["found"]);
    assert!(count["checked"].as_u64().unwrap() > 100);
}

#[test]
fn completions_and_manual_are_made() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.tamis(&["completions", shell]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("tamis") && run.out.contains("screen"), "{shell}");
    }
    let page = folder.tamis(&["man"]);
    assert!(
        page.out.contains(".TH tamis") && page.out.contains("Exit codes"),
        "{}",
        page.out
    );
    std::fs::create_dir(folder.path("man")).unwrap();
    assert_eq!(folder.tamis(&["man", "man"]).code, 0);
    let pages = std::fs::read_dir(folder.path("man")).unwrap().count();
    assert!(pages >= 6, "{pages} pages");
    assert_eq!(folder.tamis(&["man", "nowhere"]).code, 2);
}

#[test]
fn a_policy_is_shown_with_its_hash_and_what_it_comes_to() {
    let folder = Folder::new();
    let show = |rest: &[&str]| folder.tamis(&[&["policy", "show", "--as-of", "2026-11-23"], rest].concat());
    let page = show(&["--policy", "us"]).out;
    for expected in [
        "Example: U.S. person",
        "sha256",
        "us.icts.*",
        "birth date or birth place",
        "What it comes to",
    ] {
        assert!(page.contains(expected), "{expected} is not on:\n{page}");
    }
    let json = show(&["--policy", "us", "--json"]).json();
    let canonical = show(&["--policy", "us", "--canonical"]).out;
    assert_eq!(json["canonical"], canonical);
    use sha2::{Digest, Sha256};
    let hash: String = Sha256::digest(canonical.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(
        json["policy_sha256"], hash,
        "an auditor can repeat the hash with sha256sum"
    );
    // The canonical text is a policy file, and of the same policy; options that outrank it change the hash.
    folder.file("same.toml", &canonical);
    assert_eq!(
        show(&["--policy", "same.toml", "--json"]).json()["policy_sha256"],
        hash
    );
    for option in [["--threshold", "0.9"], ["--regime", "eu"]] {
        let other = show(&[&["--policy", "us", "--json"], &option[..]].concat());
        assert_ne!(other.json()["policy_sha256"], hash, "{option:?}");
    }
    let check = folder.tamis(&[
        "check",
        "Oleg Petrov",
        "--policy",
        "us",
        "--json",
        "--as-of",
        "2026-11-23",
    ]);
    assert_eq!(check.json()["context"]["policy_sha256"], hash);
}

/// Rows outlive the summary beside them, so each names its configuration.
#[test]
fn every_row_names_the_policy() {
    let folder = Folder::new();
    folder.file(
        "customers.csv",
        "name\nOleg Petrov\nAnton Mikhaylovich Ivanov\n***\n",
    );
    folder.file(
        "pairs.csv",
        "query,candidate\nAnna Schmidt,Anna Schmidt\n***,Oleg Petrov\n",
    );
    folder.file("register.csv", "company_id,name\n1,AO Kaspersky Lab\n2,***\n");
    let shown = folder
        .tamis(&["policy", "show", "--policy", "us", "--json"])
        .json();
    let hash = shown["policy_sha256"].as_str().unwrap().to_owned();
    for command in [
        &["screen", "customers.csv"][..],
        &["pairs", "pairs.csv"],
        &["successors", "register.csv"],
    ] {
        let csv = [command, &["--policy", "us", "--format", "csv"]].concat();
        let rows = folder.tamis(&csv).rows();
        assert!(rows.len() > 1, "{command:?}");
        for row in &rows {
            assert_eq!(cell(row, "policy_hash"), &hash[..16], "{command:?}");
        }
    }
    for command in [["screen", "customers.csv"], ["pairs", "pairs.csv"]] {
        let out = folder
            .tamis(&[&command[..], &["--policy", "us", "--format", "jsonl"]].concat())
            .out;
        for line in out.lines() {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(object["policy_sha256"], hash.as_str(), "{line}");
        }
    }
}

#[test]
fn a_policy_file_is_checked_and_the_schema_printed() {
    let folder = Folder::new();
    folder.file(
        "bad.toml",
        "threshold = 0.8\n\n[[rules]]\nregimes = [\"us\"]\naction = \"block\"\n",
    );
    let run = folder.tamis(&["policy", "check", "us", "bad.toml", "strict"]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains("us: sha256 ") && run.out.contains("strict: sha256 "),
        "{}",
        run.out
    );
    assert!(
        run.err.contains("bad.toml: line 3, rules[1], field `action`"),
        "{}",
        run.err
    );
    assert_eq!(
        folder
            .tamis(&["policy", "check", "us", "eu", "uk", "strict"])
            .code,
        0
    );
    assert_eq!(folder.tamis(&["check", "A", "--policy", "bad.toml"]).code, 2);
    let missing = folder.tamis(&["check", "A", "--policy", "ofac"]);
    assert!(
        missing.code == 2 && missing.err.contains("us, eu, uk, strict"),
        "{}",
        missing.err
    );
    let schema = folder.tamis(&["policy", "schema"]).json();
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn a_check_says_what_is_to_be_done_in_this_deal() {
    let folder = Folder::new();
    let check =
        |rest: &[&str]| folder.tamis(&[&["check", "Kaspersky Lab, Inc.", "--regime", "us"], rest].concat());
    let before = check(&["--activity", "update", "--as-of", "2024-09-28"]);
    assert!(
        before
            .out
            .contains("us.icts.ban: does not reach the activity update"),
        "{}",
        before.out
    );
    assert!(
        before.out.contains("for a deal with activity update"),
        "{}",
        before.out
    );
    let after = check(&["--activity", "update", "--as-of", "2024-09-29"]);
    assert_eq!(after.code, 1);
    assert!(
        after.out.contains("review: hold until a person has decided"),
        "{}",
        after.out
    );
    for bad in [["--activity", "dealing"], ["--jurisdiction", "Atlantis"]] {
        assert_eq!(check(&bad).code, 2, "{bad:?}");
    }
    let polish = folder.tamis(&[
        "check",
        "Yevgeny Kaspersky",
        "--jurisdiction",
        "Poland",
        "--as-of",
        "2026-11-23",
    ]);
    assert_eq!(polish.code, 1);
    assert!(polish.out.contains("block: stop"), "{}", polish.out);
    let british = folder.tamis(&[
        "check",
        "Yevgeny Kaspersky",
        "--jurisdiction",
        "GB",
        "--as-of",
        "2026-11-23",
    ]);
    assert_eq!(british.code, 0);
    assert!(british.out.contains("not a regime of"), "{}", british.out);
}

#[test]
fn records_state_activity_jurisdiction_and_type_of_customer() {
    let folder = Folder::new();
    folder.file(
        "in.csv",
        "name,activity,deal_jurisdiction,jurisdiction,customer_type\n\
         \"Kaspersky Lab, Inc.\",update,us,ru,person\n\
         \"Kaspersky Lab, Inc.\",payment,us,ru,company\n\
         \"Kaspersky Lab, Inc.\",dealing,us,ru,company\n\
         Yevgeny Kaspersky,payment,\"pl, Atlantis\",ru,retail\n\
         Yevgeny Kaspersky,payment,us,ru,retail\n",
    );
    let run = folder.tamis(&["screen", "in.csv", "--as-of", "2026-11-23"]);
    let rows = run.rows();
    let of = |line: &str, id: &str| {
        let mine = rows
            .iter()
            .find(|row| cell(row, "line") == line && (id.is_empty() || cell(row, "entity_id") == id));
        mine.unwrap_or_else(|| panic!("no row of line {line} and {id}:\n{}", run.out))
    };
    // A person does not match a company: the type of customer is the kind as well, where it says one.
    assert_eq!(cell(of("2", ""), "status"), "CLEAR");
    let reasons = cell(of("4", "kaspersky:kaspersky-lab-inc"), "reasons");
    assert!(
        reasons.contains("activity 'dealing' is not one of payment, sale"),
        "{reasons}"
    );
    assert_eq!(cell(of("4", "kaspersky:kaspersky-lab-inc"), "action"), "review");
    // An unknown jurisdiction may be the one that prohibits: every regime counts.
    let unknown = of("5", "kaspersky:kaspersky-yevgeny");
    assert_eq!(cell(unknown, "action"), "block");
    assert!(cell(unknown, "reasons").contains("'pl, Atlantis'"), "{}", run.out);
    let elsewhere = of("6", "");
    assert_eq!(
        (cell(elsewhere, "status"), cell(elsewhere, "action")),
        ("CLEAR", "inform")
    );
    assert!(
        cell(elsewhere, "reasons").contains("listed under pl only"),
        "{}",
        run.out
    );
}

#[test]
fn a_policy_made_for_more_lists_than_these_says_so() {
    let folder = Folder::new();
    let run = folder.tamis(&["check", "Oleg Petrov", "--policy", "uk"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("regime 'un'"), "{}", run.err);
    folder.file("nowhere.toml", "regimes = [\"zz\"]\n");
    assert_eq!(
        folder
            .tamis(&["check", "Oleg Petrov", "--policy", "nowhere.toml"])
            .code,
        2
    );
}
