//! `tamis screen`: columns, order, exit codes, summary, what is refused.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, LIST, LISTED, LISTED_ID, cell, rows};
use sha2::{Digest, Sha256};

const DAY: [&str; 2] = ["--as-of", "2026-11-23"];

fn screen<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&["screen"], rest, &DAY].concat()
}

#[test]
fn the_columns_are_those_of_the_contract_in_order() {
    let folder = Folder::new();
    folder.file("in.csv", &format!("id,name,comment\n1,\"{LISTED}\",vip\n"));
    let run = folder.tamis(&screen(&["in.csv"]));
    let header = run.out.lines().next().unwrap();
    assert!(
        header.starts_with(
            "id,name,comment,status,score,entity_id,entity_name,matched_name,list,measures,reasons"
        ),
        "{header}"
    );
    let rows = run.rows();
    let row = &rows[0];
    assert_eq!(cell(row, "comment"), "vip");
    assert_eq!(cell(row, "status"), "HIT");
    assert_eq!(cell(row, "score"), "1.0000");
    assert_eq!(cell(row, "entity_id"), LISTED_ID);
    assert_eq!(cell(row, "entity_name"), LISTED);
    assert_eq!(cell(row, "matched_name"), LISTED);
    assert_eq!(cell(row, "list"), "kaspersky");
    assert!(cell(row, "measures").contains("us.sdn.block"));
    assert_ne!(cell(row, "reasons"), "");
    assert_eq!(cell(row, "line"), "2");
}

#[test]
fn the_exit_code_says_clear_hit_or_unscreened() {
    let folder = Folder::new();
    folder.file("clear.csv", "name\nOleg Petrov\n");
    folder.file("hit.csv", &format!("name\nOleg Petrov\n\"{LISTED}\"\n"));
    folder.file("bad.csv", &format!("id,name\n1,\"{LISTED}\"\n2,\n"));
    for (file, code, forgiven) in [("clear.csv", 0, 0), ("hit.csv", 1, 0), ("bad.csv", 2, 2)] {
        assert_eq!(folder.tamis(&screen(&[file])).code, code, "{file}");
        assert_eq!(
            folder.tamis(&screen(&[file, "--exit-zero"])).code,
            forgiven,
            "{file}"
        );
    }
}

#[test]
fn a_record_that_is_not_screened_has_a_row_with_line_and_reason() {
    let folder = Folder::new();
    folder.file("in.csv", "id,name\n1,Oleg Petrov\n2,\n3,a,b\n");
    let run = folder.tamis(&screen(&["in.csv", "--hits-only"]));
    let rows = run.rows();
    assert_eq!(
        rows.len(),
        2,
        "clear rows are dropped, unscreened ones are not: {}",
        run.out
    );
    assert_eq!(cell(&rows[0], "status"), "UNSCREENED");
    assert_eq!(cell(&rows[0], "score"), "");
    assert!(cell(&rows[0], "reasons").contains("line 3"));
    assert_eq!(
        cell(&rows[1], "name"),
        "a,b",
        "nothing of a ragged record is lost"
    );
    assert_eq!(run.code, 2);
}

/// A private list is screened as an official one is, and no limit cuts its hits.
#[test]
fn three_hundred_entries_of_one_name_are_all_told_in_their_order() {
    let folder = Folder::new();
    let entry = |n: usize| {
        format!(
            "house,H-{n:03},person,\"MUSTERMANOV, Ivan\",,{},deny,Fraud\n",
            1960 + n % 40
        )
    };
    let entries: String = (0..300).map(entry).collect();
    let titles = "list,id,kind,name,weak_aliases,birth_dates,effect,reason\n";
    folder.file("deny.csv", &format!("{titles}{entries}"));
    folder.file("in.csv", "id,name\n1,Ivan Mustermanov\n");
    let run = folder.tamis(&screen(&["in.csv", "-l", "deny.csv"]));
    assert_eq!(run.code, 1, "{}", run.err);
    let rows = run.rows();
    let ids: Vec<&str> = rows.iter().map(|row| cell(row, "entity_id")).collect();
    let expected: Vec<String> = (0..300).map(|n| format!("private-house:H-{n:03}")).collect();
    assert_eq!(ids, expected);
    for row in &rows {
        assert_eq!(
            (cell(row, "score"), cell(row, "measures")),
            ("1.0000", "private.house.deny")
        );
        assert_ne!(cell(row, "reasons"), "");
    }
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let folder = Folder::new();
    let names = ["Oleg Petrov", "Anna Schmidt", LISTED, "", "Li Wei"];
    let mut text = "id,name\n".to_owned();
    for id in 0..10_000 {
        let name = names[id % names.len()];
        text.push_str(&format!("{id},\"{name}\"\n"));
    }
    folder.file("in.csv", &text);
    let one = folder.tamis(&screen(&["in.csv", "--jobs", "1"]));
    let four = folder.tamis(&screen(&["in.csv", "--jobs", "4"]));
    assert!(one.out == four.out, "the outputs differ");
    let rows = one.rows();
    let mut ids: Vec<&str> = rows.iter().map(|row| cell(row, "id")).collect();
    ids.dedup();
    let expected: Vec<String> = (0..10_000).map(|id| id.to_string()).collect();
    assert_eq!(ids, expected, "in the order of the input");
}

#[test]
fn a_party_that_stands_twice_gets_the_same_answer_under_its_own_id_and_line() {
    let folder = Folder::new();
    let known = format!("\"{LISTED}\"");
    folder.file(
        "in.csv",
        &format!(
            "id,name,dob\n1,{known},\n2,Oleg Petrov,\n3,{known},\n4,{known},1951-01-01\n5,Oleg Petrov,\n"
        ),
    );
    folder.file("alone.csv", &format!("id,name,dob\n4,{known},1951-01-01\n"));
    let rows = folder.tamis(&screen(&["in.csv"])).rows();
    let of = |id: &str| -> Vec<Vec<(String, String)>> {
        let own = rows.iter().filter(|row| cell(row, "id") == id);
        let answer = |row: &Vec<(String, String)>| {
            let cells = row
                .iter()
                .filter(|(column, _)| column != "id" && column != "line");
            cells.cloned().collect()
        };
        own.map(answer).collect()
    };
    assert_eq!(of("1"), of("3"));
    assert_eq!(of("2"), of("5"));
    assert_eq!(of("1")[0][2].1, "HIT");
    assert_ne!(of("1"), of("4"), "another birth date makes another party");
    let alone = folder.tamis(&screen(&["alone.csv"])).rows();
    assert_eq!(cell(&alone[0], "reasons"), cell(&rows[rows.len() - 2], "reasons"));
    let mut ids: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (cell(row, "id"), cell(row, "line")))
        .collect();
    ids.dedup();
    assert_eq!(ids, [("1", "2"), ("2", "3"), ("3", "4"), ("4", "5"), ("5", "6")]);
}

/// A killed run cannot take away what it has written so far; the next one over the same output does.
#[test]
fn half_an_output_goes_with_the_next_run_unless_somebody_writes_it() {
    let folder = Folder::new();
    folder.file("in.csv", "id,name\n1,Jane Roe\n");
    let left = [".out.csv.Ab12Cd.partial", ".out.csv.summary.json.Ab12Cd.partial"];
    let mut stay = vec![
        ".out.csv.Zz99zz.partial",
        ".other.csv.Ab12Cd.partial",
        ".out.csv.partial",
    ];
    for name in left.iter().chain(&stay) {
        folder.file(name, "half");
    }
    let writing = std::fs::File::options()
        .write(true)
        .open(folder.path(".out.csv.Zz99zz.partial"))
        .unwrap();
    writing.lock().unwrap();
    let run = folder.tamis(&screen(&["in.csv", "-o", "out.csv", "-q"]));
    assert_eq!(run.code, 0, "{}", run.err);
    for name in left {
        assert!(run.err.contains(name), "{name}: {}", run.err);
    }
    let names = folder.names();
    stay.extend(["in.csv", "out.csv", "out.csv.summary.json"]);
    stay.sort_unstable();
    assert_eq!(names, stay);
}

#[test]
fn the_best_hit_stands_first() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nAO Kaspersky Lab\nKaspersky Lab\n");
    let rows = folder.tamis(&screen(&["in.csv"])).rows();
    for line in ["2", "3"] {
        let scores: Vec<&str> = rows
            .iter()
            .filter(|row| cell(row, "line") == line)
            .map(|row| cell(row, "score"))
            .collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    }
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_neutralised_in_csv_only() {
    let folder = Folder::new();
    folder.file(
        "in.csv",
        "=id,name,amount,phone\n=1+1,Oleg Petrov,-12.5,+49 30 1\n@x,Anna Schmidt,-1+2,+4930\n",
    );
    let run = folder.tamis(&screen(&["in.csv"]));
    assert!(run.out.starts_with("'=id,"));
    let rows = run.rows();
    assert_eq!(cell(&rows[0], "'=id"), "'=1+1");
    assert_eq!(cell(&rows[0], "amount"), "-12.5");
    assert_eq!(cell(&rows[0], "phone"), "'+49 30 1");
    assert_eq!(cell(&rows[1], "'=id"), "'@x");
    assert_eq!(cell(&rows[1], "amount"), "'-1+2");
    assert_eq!(cell(&rows[1], "phone"), "+4930");
    let json = folder.tamis(&screen(&["in.csv", "--format", "json"])).json();
    assert_eq!(json[0]["=id"], "=1+1");
}

#[test]
fn the_summary_reconciles_and_names_everything_needed_to_repeat_the_run() {
    let folder = Folder::new();
    folder.file("in.csv", &format!("id,name\n1,\"{LISTED}\"\n2,Oleg Petrov\n3,\n"));
    let run = folder.tamis(&screen(&["in.csv", "-o", "out.csv"]));
    assert_eq!(run.out, "");
    assert_eq!(folder.names(), ["in.csv", "out.csv", "out.csv.summary.json"]);
    let summary: serde_json::Value = serde_json::from_str(&folder.read("out.csv.summary.json")).unwrap();
    let records = &summary["records"];
    assert_eq!(
        (
            &records["in"],
            &records["hit"],
            &records["clear"],
            &records["unscreened"]
        ),
        (&3.into(), &1.into(), &1.into(), &1.into())
    );
    let written = rows(&folder.read("out.csv")).len();
    assert_eq!(records["rows"], written);
    assert_eq!(summary["as_of"], "2026-11-23");
    assert_eq!(summary["policy_sha256"].as_str().unwrap().len(), 64);
    assert_eq!(summary["lists"][0]["id"], "kaspersky");
    assert_eq!(summary["lists"][0]["sha256"].as_str().unwrap().len(), 64);
    assert!(summary["engine"].as_str().unwrap().starts_with("tamis "));
    let hash = |name: &str| -> String {
        let digest = Sha256::digest(folder.read(name).as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    assert_eq!(summary["inputs"][0]["sha256"], hash("in.csv"));
    assert_eq!(summary["output"]["sha256"], hash("out.csv"));
}

#[test]
fn without_an_output_file_the_summary_is_told_on_standard_error() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nOleg Petrov\n");
    let run = folder.tamis(&screen(&["in.csv"]));
    assert!(
        run.err.contains("1 read = 0 hit + 1 clear + 0 unscreened"),
        "{}",
        run.err
    );
    assert!(!run.err.contains('\u{1b}'), "no colours, no progress bar");
    assert_eq!(folder.tamis(&screen(&["in.csv", "-q"])).err, "");
    folder.tamis(&screen(&["in.csv", "--summary", "s.json"]));
    assert!(folder.read("s.json").contains("\"in\": 1"));
}

#[test]
fn several_inputs_are_united_and_told_apart() {
    let folder = Folder::new();
    folder.file("a.csv", "id,name\n1,Oleg Petrov\n");
    folder.file("b.csv", "name;city\nAnna Schmidt;Bonn\n");
    let rows = folder.tamis(&screen(&["a.csv", "b.csv"])).rows();
    assert_eq!(cell(&rows[0], "source_file"), "a.csv");
    assert_eq!((cell(&rows[1], "id"), cell(&rows[1], "city")), ("", "Bonn"));
    assert_eq!(cell(&rows[1], "source_file"), "b.csv");
}

#[test]
fn an_input_column_with_the_name_of_an_added_one_is_kept_under_another() {
    let folder = Folder::new();
    folder.file("in.csv", "name,status\nOleg Petrov,active\n");
    let run = folder.tamis(&screen(&["in.csv"]));
    assert_eq!(cell(&run.rows()[0], "input_status"), "active");
    assert_eq!(cell(&run.rows()[0], "status"), "CLEAR");
    assert!(run.err.contains("'input_status'"), "{}", run.err);
}

#[test]
fn json_lines_come_in_and_go_out_with_their_values() {
    let folder = Folder::new();
    folder.file(
        "in.jsonl",
        &format!(
            "{{\"id\":7,\"name\":\"{LISTED}\",\"status\":null}}\n{{\"name\":\"Oleg Petrov\"}}\nbroken\n"
        ),
    );
    let run = folder.tamis(&screen(&["in.jsonl", "--format", "jsonl"]));
    let records: Vec<serde_json::Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records[0]["id"], 7);
    assert_eq!(records[0]["status"], "HIT");
    assert!(records[0]["input_status"].is_null());
    assert_eq!(records[0]["alerts"][0]["hit"]["entity_id"], LISTED_ID);
    assert_eq!(records[1]["status"], "CLEAR");
    assert_eq!(records[2]["status"], "UNSCREENED");
    assert!(records[2]["notes"][0].as_str().unwrap().contains("line 3"));
    assert_eq!(run.code, 2);
}

#[test]
fn a_key_that_appears_late_is_not_lost_in_csv() {
    let folder = Folder::new();
    let mut text = "{\"id\":1,\"name\":\"Oleg Petrov\"}\n".repeat(300);
    text.push_str("{\"name\":\"Oleg Petrov\",\"late\":[1,2]}\n");
    folder.file("in.jsonl", &text);
    let rows = folder.tamis(&screen(&["in.jsonl"])).rows();
    assert_eq!(rows.len(), 301);
    assert_eq!(cell(&rows[0], "id"), "1");
    assert_eq!(cell(&rows[0], "other_fields"), "");
    assert_eq!(cell(&rows[300], "other_fields"), "{\"late\":[1,2]}");
}

#[test]
fn the_ending_of_the_output_file_chooses_the_format() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nOleg Petrov\nAnna Schmidt\n");
    folder.tamis(&screen(&["in.csv", "-o", "out.json"]));
    let array: serde_json::Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 2);
    folder.tamis(&screen(&["in.csv", "-o", "out.jsonl"]));
    assert_eq!(folder.read("out.jsonl").lines().count(), 2);
    folder.tamis(&screen(&["in.csv", "--hits-only", "-o", "none.json"]));
    let array: serde_json::Value = serde_json::from_str(&folder.read("none.json")).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 0, "an empty array is still one");
}

#[test]
fn a_run_that_fails_leaves_the_old_output_and_no_new_one() {
    let folder = Folder::new();
    folder.file("ok.csv", "name\nOleg Petrov\n");
    folder.file("empty.csv", "name\n");
    folder.file("out.csv", "old");
    let run = folder.tamis(&screen(&["ok.csv", "empty.csv", "-o", "out.csv"]));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("empty.csv: there are no records"), "{}", run.err);
    assert_eq!(folder.read("out.csv"), "old");
    assert_eq!(folder.names(), ["empty.csv", "ok.csv", "out.csv"]);
}

#[test]
fn what_cannot_be_screened_is_refused_with_a_remedy() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nOleg Petrov\n");
    folder.file("page.html", "<!DOCTYPE html><html><body>403</body></html>");
    folder.file("void.csv", "");
    let cases: &[(&[&str], &str)] = &[
        (&["none.csv"], "none.csv: cannot be read"),
        (&["."], "is a folder"),
        (&["void.csv"], "empty"),
        (&["page.html"], "web page"),
        (&["in.csv", "-l", "page.html"], "web page"),
        (
            &["in.csv", "-l", "old.tamis"],
            "`tamis list compile SOURCE... -o FILE.tamis`",
        ),
        (&["in.csv", "-l", "builtin:other"], "builtin:kaspersky"),
        (&["in.csv", "-l", "none.xml"], "FORMAT:PATH"),
        (&["in.csv", "-l", ""], "the list has no name"),
        (&["in.csv", "-o", "nowhere/x.csv"], "the folder does not exist"),
        (&["in.csv", "--regime", "us,zz"], "the regimes on them are: "),
        (&["in.csv", "-o", "in.csv"], "would replace the input"),
        (&["in.csv", "-o", "."], "is a folder"),
        (
            &["in.csv", "-o", "x", "--summary", "x"],
            "both the output and the summary",
        ),
        (&["-", "-"], "read only once"),
        (&["in.csv", "--policy", "in.csv"], "in.csv"),
        (&["in.csv", "--map", "name=nowhere"], "nowhere"),
    ];
    for (args, expected) in cases {
        let run = folder.tamis(&screen(args));
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.starts_with("error: "), "{args:?}: {}", run.err);
        assert!(run.err.contains(expected), "{args:?}: {}", run.err);
        assert_eq!(run.out, "", "{args:?}");
    }
}

#[test]
fn an_error_in_a_list_names_the_file_once() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nOleg Petrov\n");
    folder.file("err.xml", "<!DOCTYPE html><html><body>403</body></html>");
    std::fs::create_dir(folder.path("lists")).unwrap();
    folder.file("lists/err.xml", "<!DOCTYPE html><html><body>403</body></html>");
    for (word, start) in [
        ("err.xml", "error: err.xml: this is a web page"),
        ("lists/err.xml", "error: lists/err.xml: this is a web page"),
        ("ofac-xml:err.xml", "error: ofac-xml:err.xml: this is a web page"),
        ("lists", "error: lists: err.xml: this is a web page"),
    ] {
        let run = folder.tamis(&screen(&["in.csv", "-l", word]));
        assert!(run.err.starts_with(start), "{word}: {}", run.err);
    }
}

/// Taken for a company without a word, a person of the list conflicted with the customer's kind, and was clear.
#[test]
fn a_kind_that_is_not_known_is_told_of_and_clears_nobody() {
    let folder = Folder::new();
    folder.file("in.csv", "name,kind\nJan Przykladowy,person\n");
    let sdn = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/samples/lists/ofac_sdn/sdn.csv"
    );
    let sdn = std::fs::read_to_string(sdn).unwrap();
    folder.file("sdn.csv", &sdn.replacen("\"individual\"", "\"human\"", 1));
    let run = folder.tamis(&screen(&["in.csv", "-l", "sdn.csv"]));
    assert!(run.out.contains(",HIT,"), "{}", run.out);
    let told = "the kind of 1 of 6 entries is not known ('human', 1 times)";
    assert!(run.err.contains(told), "{}", run.err);
    folder.file(
        "sdn.csv",
        &sdn.replace("individual", "human")
            .replace("\"vessel\"", "\"boat\"")
            .replace("\"aircraft\"", "\"plane\""),
    );
    let run = folder.tamis(&screen(&["in.csv", "-l", "sdn.csv"]));
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("take an official file"), "{}", run.err);
}

#[test]
fn what_a_list_lacks_is_told_unless_the_run_is_quiet() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nOleg Petrov\n");
    let sdn = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/samples/lists/ofac_sdn/sdn.csv"
    );
    folder.file("sdn.csv", &std::fs::read_to_string(sdn).unwrap());
    let list = ["in.csv", "-l", "sdn.csv", "-o", "out.csv"];
    let run = folder.tamis(&screen(&list));
    assert!(
        run.err.contains("warning: ofac-sdn: sdn.csv: WITHOUT ALIASES"),
        "{}",
        run.err
    );
    let summary: serde_json::Value = serde_json::from_str(&folder.read("out.csv.summary.json")).unwrap();
    let warnings = summary["lists"][0]["warnings"].as_array().unwrap();
    assert!(
        warnings
            .iter()
            .any(|w| w.as_str().unwrap().starts_with("sdn.csv: WITHOUT ALIASES")),
        "{warnings:?}"
    );
    let quiet = folder.tamis(&screen(&[&list[..], &["-q"]].concat()));
    assert_eq!(quiet.err, "");
    let page = folder.tamis(&["check", "-q", "Oleg Petrov", "-l", "sdn.csv"]);
    assert!(page.out.contains("WITHOUT ALIASES"), "{}", page.out);
    let whole = folder.tamis(&["check", "Oleg Petrov"]);
    assert!(
        !whole.out.contains("warning") && whole.err.is_empty(),
        "{}",
        whole.err
    );
}

#[test]
fn standard_input_is_read_like_a_file() {
    let folder = Folder::new();
    let run = folder.tamis_with(&screen(&["-"]), &format!("name\n\"{LISTED}\"\n"));
    assert_eq!((run.code, cell(&run.rows()[0], "status")), (1, "HIT"));
}

#[test]
fn a_match_that_does_not_alert_is_told_in_the_clear_row() {
    let folder = Folder::new();
    folder.file("in.csv", &format!("name\n\"{LISTED}\"\n"));
    let early = folder.tamis(&["screen", "in.csv", "--as-of", "2024-06-20"]);
    assert_eq!(early.code, 0);
    let rows = early.rows();
    assert_eq!((cell(&rows[0], "status"), cell(&rows[0], "score")), ("CLEAR", ""));
    assert!(cell(&rows[0], "reasons").contains("not yet in force before 2024-06-21"));
    assert!(cell(&rows[0], "reasons").contains(LISTED_ID));
    let other = folder.tamis(&screen(&["in.csv", "--regime", "pl"]));
    assert_eq!(other.code, 0);
    assert!(cell(&other.rows()[0], "reasons").contains("listed under us only"));
}

#[test]
fn names_that_agree_while_a_field_conflicts_are_information_and_counted() {
    let folder = Folder::new();
    folder.file("in.csv", "name,dob\nAnton Ivanov,1985-03-03\n");
    let run = folder.tamis(&screen(&["in.csv", "--summary", "s.json"]));
    let rows = run.rows();
    assert_eq!((run.code, cell(&rows[0], "status")), (0, "CLEAR"));
    let reasons = cell(&rows[0], "reasons");
    let expected = "kaspersky:45858 IVANOV, Anton: the names agree, another field conflicts: \
                    birth date 1985-03-03 / 1990-01-26";
    assert!(reasons.contains(expected), "{reasons}");
    let summary: serde_json::Value = serde_json::from_str(&folder.read("s.json")).unwrap();
    assert_eq!(summary["records"]["information"], 1);
    assert!(run.err.contains("1, no alert"), "{}", run.err);
}

#[test]
fn a_trick_in_a_name_is_flagged_on_a_clear_row() {
    let folder = Folder::new();
    folder.file("in.csv", "name\nOleg Pe\u{200b}trov\nOleg Petrov\n");
    let rows = folder.tamis(&screen(&["in.csv"])).rows();
    assert_eq!(cell(&rows[0], "status"), "CLEAR");
    assert_eq!(cell(&rows[0], "flags"), "invisible characters");
    assert_eq!(cell(&rows[1], "flags"), "");
}

#[test]
fn a_weak_alias_alerts_only_when_asked_to() {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", "name\nZLOTOUSTY\n");
    let run = folder.tamis(&screen(&["in.csv", "-l", "list.xml"]));
    assert_eq!(run.code, 0);
    assert!(
        cell(&run.rows()[0], "reasons").contains("weak alias only"),
        "{}",
        run.out
    );
    assert_eq!(
        folder
            .tamis(&screen(&["in.csv", "-l", "list.xml", "--weak-aliases"]))
            .code,
        1
    );
    folder.file("policy.toml", "weak_alias_alerts = true\nthreshold = 0.9\n");
    let run = folder.tamis(&screen(&["in.csv", "-l", "list.xml", "--policy", "policy.toml"]));
    assert_eq!(run.code, 1);
    assert!(run.err.contains("threshold 0.9000"));
}

#[test]
fn two_lists_are_screened_together() {
    let folder = Folder::new();
    folder.file("list.xml", LIST);
    folder.file("in.csv", &format!("name\n\"WZOROWA, Ewa\"\n\"{LISTED}\"\n"));
    let run = folder.tamis(&screen(&[
        "in.csv",
        "-l",
        "ofac-xml:list.xml",
        "-l",
        "builtin:kaspersky",
    ]));
    let rows = run.rows();
    assert_eq!(cell(&rows[0], "entity_id"), "ofac-sdn:8");
    assert_eq!(cell(&rows[1], "entity_id"), LISTED_ID);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_the_run_without_a_word() {
    use std::process::{Command, Stdio};
    let folder = Folder::new();
    folder.file("in.csv", &format!("name\n{}", "Oleg Petrov\n".repeat(50_000)));
    let mut child = Command::new(env!("CARGO_BIN_EXE_tamis"))
        .args(["screen", "-q"])
        .arg(folder.path("in.csv"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "the output is not whole");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
