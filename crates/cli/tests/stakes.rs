//! Files of stakes in `tamis screen` and `tamis check`: owners of owners.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::{Folder, Run, cell};
use serde_json::Value;

const DAY: [&str; 2] = ["--as-of", "2026-11-29"];

/// Chains from listed persons to customers; nobody here is named in a customer's record.
const STAKES: &str = "\
owner,owner_id,owned,owned_id,share,role,source
Andrei Gennadyevich Tikhonov,kaspersky:45815,Half Holding GmbH,,50.00,,register
Half Holding GmbH,,Halved Ltd,C-1,50.00,,register
Andrei Gennadyevich Tikhonov,kaspersky:45815,Less Holding GmbH,,49.99,,register
Less Holding GmbH,,Lessened Ltd,C-2,100,,register
Igor Chekunov,,Quarter One AG,,50,,register
Quarter One AG,,Summed Ltd,C-3,25,,register
Half Holding GmbH,,Summed Ltd,C-3,25,,register
Igor Chekunov,,Open Holding AG,,,,press
Open Holding AG,,Opened Ltd,C-4,60,,register
Half Holding GmbH,,Signed Ltd,C-5,,signatory,mandate
Margaret Holloway,,Clean Ltd,C-6,100,,register
";

const CUSTOMERS: &str = "\
id,name
C-1,Halved Ltd
C-2,Lessened Ltd
C-3,Summed Limited
C-4,Opened Ltd
C-5,Signed Ltd
C-6,Clean Ltd
C-7,Half Holding GmbH
C-8,Nobody Knows Ltd
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("stakes.csv", STAKES);
    folder.file("in.csv", CUSTOMERS);
    folder
}

fn screen(folder: &Folder, more: &[&str]) -> Run {
    folder.tamis(&[&["screen", "in.csv", "--stakes", "stakes.csv"], &DAY[..], more].concat())
}

/// `ID entity RELATION action` of every row that has a relation.
fn told(run: &Run) -> Vec<String> {
    let rows = run.rows();
    let related = rows.iter().filter(|row| !cell(row, "relation").is_empty());
    let columns = ["id", "entity_id", "relation", "action"];
    let line = |row: &Vec<(String, String)>| columns.map(|column| cell(row, column)).join(" ");
    related.map(line).collect()
}

fn reasons(run: &Run, id: &str) -> String {
    let rows = run.rows();
    let own = rows.iter().filter(|row| cell(row, "id") == id);
    own.map(|row| cell(row, "reasons").to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The entry of Igor Chekunov on the built-in list.
fn chekunov(folder: &Folder) -> String {
    let run = folder.tamis(&["check", "Igor Chekunov", "--json", DAY[0], DAY[1]]);
    run.json()["decision"]["alerts"][0]["hit"]["entity_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn owners_of_owners_are_found_in_bulk() {
    let folder = folder();
    let run = screen(&folder, &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let igor = chekunov(&folder);
    let mut found = told(&run);
    found.sort();
    let mut expected = [
        "C-1 kaspersky:45815 OWNED block".to_owned(),
        "C-2 kaspersky:45815 RELATED_CONTROL review".to_owned(),
        format!("C-3 {igor} OWNED block"),
        "C-3 kaspersky:45815 OWNED block".to_owned(),
        format!("C-4 {igor} POSSIBLY_OWNED review"),
        "C-5 kaspersky:45815 REPRESENTATIVE review".to_owned(),
        "C-7 kaspersky:45815 OWNED block".to_owned(),
    ];
    expected.sort();
    assert_eq!(found, expected, "{}", run.out);
    for id in ["C-6", "C-8"] {
        assert!(
            run.rows()
                .iter()
                .any(|row| cell(row, "id") == id && cell(row, "status") == "CLEAR")
        );
    }
}

#[test]
fn the_summary_counts_alerts_by_relation() {
    let folder = folder();
    folder.file("in.csv", &format!("{CUSTOMERS}C-9,Igor Chekunov\n"));
    let run = screen(&folder, &["-o", "out.csv"]);
    assert!(
        run.err
            .contains("OWNED 4, POSSIBLY_OWNED 1, RELATED_CONTROL 1, REPRESENTATIVE 1, direct 1"),
        "{}",
        run.err
    );
    let summary: Value = serde_json::from_str(&folder.read("out.csv.summary.json")).unwrap();
    let records = &summary["records"];
    let relations = records["alerts_by_relation"].as_object().unwrap();
    let sum: u64 = relations.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(
        (&records["alerts"], &relations["OWNED"]),
        (&sum.into(), &4.into()),
        "{summary}"
    );
    let plain = folder.tamis(&["screen", "in.csv"]);
    assert!(!plain.err.contains("relations"), "{}", plain.err);
}

#[test]
fn the_whole_path_is_told() {
    let folder = folder();
    let run = screen(&folder, &[]);
    let halved = reasons(&run, "C-1");
    assert!(
        halved.contains("OWNED through TIKHONOV, Andrei Gennadyevich"),
        "{halved}"
    );
    for step in [
        "TIKHONOV, Andrei Gennadyevich > 50.00 % (shares) > Half Holding GmbH",
        "Half Holding GmbH > 50.00 % (shares) > Halved Ltd",
    ] {
        assert!(halved.contains(step), "{step}\n{halved}");
    }
    let json = screen(&folder, &["--format", "jsonl"]);
    let summed: Value = serde_json::from_str(json.out.lines().nth(2).unwrap()).unwrap();
    let grounds = summed["alerts"][0]["via"]["grounds"].as_array().unwrap();
    let ofac = grounds.iter().find(|ground| ground["rule"] == "ofac").unwrap();
    assert_eq!(
        (&ofac["total"], ofac["path"].as_array().unwrap().len()),
        (&"50.00".into(), 4)
    );
}

#[test]
fn the_same_tie_in_a_column_and_in_the_stakes_alerts_once() {
    let folder = Folder::new();
    folder.file("stakes.csv", "owner,owned,share,source\nIgor Chekunov,Twice Ltd,60,register\nIgor Chekunov,Holding AG,80,register\n");
    folder.file("in.csv", "id,name,owners\n1,Twice Ltd,Igor Chekunov [60]\n2,Column Ltd,Holding AG [70]\n3,Both Ltd,Igor Chekunov [30]; Holding AG [20]\n");
    let run = screen(&folder, &[]);
    let igor = chekunov(&folder);
    let expected = ["1", "2", "3"].map(|id| format!("{id} {igor} OWNED block"));
    assert_eq!(told(&run), expected, "{}", run.out);
    let both = reasons(&run, "3");
    assert!(
        both.contains("hold 50.00 %"),
        "what he holds himself and through a company is added: {both}"
    );
}

#[test]
fn a_name_of_several_parties_is_told_and_all_are_examined() {
    let folder = Folder::new();
    folder.file("stakes.csv", "owner,owned,owned_id,share\nIgor Chekunov,Same Ltd,reg:1,30\nJane Roe,Same Ltd,reg:2,100\nIgor Chekunov,Same Ltd,reg:3,70\n");
    folder.file(
        "in.csv",
        "id,name\n1,Same Ltd\nreg:2,Same Ltd\nreg:3,Same Ltd\nreg:1,Other Ltd\n",
    );
    let run = screen(&folder, &[]);
    let igor = chekunov(&folder);
    let mut found = told(&run);
    found.sort();
    let expected = [
        format!("1 {igor} OWNED block"),
        format!("1 {igor} RELATED_CONTROL review"),
        // Its id and its name speak of two companies, and that name is another company's, too.
        format!("reg:1 {igor} POSSIBLY_OWNED review"),
        format!("reg:1 {igor} RELATED_CONTROL review"),
        format!("reg:3 {igor} OWNED block"),
    ];
    assert_eq!(found, expected, "{}", run.out);
    let several = reasons(&run, "1");
    assert!(
        several.contains("Same Ltd (reg:1); Same Ltd (reg:2); Same Ltd (reg:3)"),
        "{several}"
    );
    let other = reasons(&run, "reg:1");
    assert!(
        other.contains("the stakes give its id to 'Same Ltd (reg:1)'"),
        "{other}"
    );
}

#[test]
fn equal_records_with_other_ids_are_other_customers() {
    let folder = Folder::new();
    folder.file(
        "stakes.csv",
        "owner,owned,owned_id,share\nIgor Chekunov,Same Ltd,A,70\nJane Roe,Same Ltd,B,70\n",
    );
    folder.file(
        "in.csv",
        "id,name\nB,Same Ltd\nA,Same Ltd\nB,Same Ltd\nA,Same Ltd\n",
    );
    for jobs in ["1", "3"] {
        let run = screen(&folder, &["--jobs", jobs]);
        let rows = run.rows();
        let statuses: Vec<&str> = rows.iter().map(|row| cell(row, "status")).collect();
        assert_eq!(statuses, ["CLEAR", "HIT", "CLEAR", "HIT"], "{}", run.out);
    }
}

#[test]
fn a_vessel_that_shares_its_name_with_a_listed_person_is_still_owned() {
    let folder = Folder::new();
    folder.file(
        "stakes.csv",
        "owner,owned,share\nAndrei Gennadyevich Tikhonov,Igor Chekunov,60\n",
    );
    folder.file("in.csv", "id,name,kind\n1,Igor Chekunov,vessel\n");
    let run = screen(&folder, &[]);
    assert!(
        told(&run).contains(&"1 kaspersky:45815 OWNED block".to_owned()),
        "{}",
        run.out
    );
}

#[test]
fn bad_rows_are_told_the_rest_is_used_and_the_run_fails() {
    let folder = folder();
    let bad = "Jane Roe,,Clean Ltd,C-6,120,,x\n***,,Clean Ltd,C-6,60,,x\nJane Roe,kaspersky:none,Clean Ltd,C-6,60,,x\n";
    folder.file("stakes.csv", &format!("{STAKES}{bad}"));
    let run = screen(&folder, &["-o", "out.csv"]);
    assert_eq!(run.code, 2, "{}", run.err);
    for expected in [
        "line 13: share: '120' is above 100",
        "line 14: owner: the name '***' has no letter",
        "line 15: owner_id: 'kaspersky:none' is the id of no entry of this list",
    ] {
        assert!(run.err.contains(expected), "{expected}\n{}", run.err);
    }
    assert!(
        folder.read("out.csv").contains("C-1,Halved Ltd,HIT"),
        "the others are used"
    );
    let summary: Value = serde_json::from_str(&folder.read("out.csv.summary.json")).unwrap();
    assert_eq!(summary["stakes"][0]["name"], "stakes.csv");
    assert!(
        summary["notes"]
            .to_string()
            .contains("not used: stakes.csv line 13"),
        "{summary}"
    );
    assert_eq!(screen(&folder, &["--exit-zero"]).code, 2);
}

/// `ID STATUS` of every customer of a run over these stakes.
fn statuses(folder: &Folder, stakes: &[u8], more: &[&str]) -> (Run, Vec<String>) {
    std::fs::write(folder.path("stakes.csv"), stakes).unwrap();
    let run = screen(folder, more);
    let rows = run.rows();
    let mut all: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", cell(row, "id"), cell(row, "status")))
        .collect();
    all.dedup();
    (run, all)
}

#[test]
fn rows_of_which_nobody_knows_what_they_say_leave_no_customer_clear() {
    let folder = Folder::new();
    folder.file("in.csv", "id,name\n1,Meadow Ltd\n2,Owned Ltd\n3,Other Ltd\n");
    let good = "owner,owned,share\nIgor Chekunov,Owned Ltd,60\n".as_bytes();
    for (bad, rows, why) in [
        (&b"\xc8\xe3\xee\xf0\xfc,Meadow Ltd,60\n"[..], 1, "is not UTF-8"),
        (b"Igor Chekunov,Meadow Ltd,600\n", 1, "is above 100"),
        (
            b"Igor Chekunov,Meadow Ltd,600\nJane Roe,Meadow Ltd,x\nJane Roe,Meadow Ltd,4\n",
            2,
            "is not a number",
        ),
        (
            b"\"Igor Chekunov,Meadow Ltd,60\nJane Roe,Other Ltd,5\n",
            1,
            "has 1 fields",
        ),
    ] {
        let (run, all) = statuses(
            &folder,
            &[good, bad].concat(),
            &["--log", "log.db", "--actor", "anna"],
        );
        assert_eq!(
            all,
            ["1 UNSCREENED", "2 HIT", "3 UNSCREENED"],
            "{why}: {}",
            run.out
        );
        assert_eq!(run.code, 2);
        assert!(run.err.contains(why), "{why}: {}", run.err);
        let count = if rows == 1 {
            "1 row".to_owned()
        } else {
            format!("{rows} rows")
        };
        let note = format!("{count} of the stakes could not be used: what stands there is not known");
        assert!(
            ["1", "2", "3"].iter().all(|id| reasons(&run, id).contains(&note)),
            "{}",
            run.out
        );
        let end = folder.tamis(&["log", "show", "log.db", "4"]).out;
        assert!(end.contains(&format!("\"unused_rows\": {rows}")), "{end}");
        let again = folder.tamis(&["replay", "1", "--log", "log.db", "--stakes", "stakes.csv"]);
        assert_eq!(again.code, 0, "{}{}", again.out, again.err);
        std::fs::remove_file(folder.path("log.db")).unwrap();
    }
    let (run, all) = statuses(&folder, good, &[]);
    assert_eq!(
        (run.code, all.join(", ").as_str()),
        (1, "1 CLEAR, 2 HIT, 3 CLEAR")
    );
}

#[test]
fn a_file_whose_shares_are_parts_of_one_or_missing_is_not_taken_in_silence() {
    let folder = Folder::new();
    folder.file("in.csv", "id,name\n1,Meadow Ltd\n");
    let rows = "owner,owned,share\nIgor Chekunov,Mid Ltd,0.6\nMid Ltd,Meadow Ltd,1.0\n";
    folder.file("stakes.csv", rows);
    let run = screen(&folder, &["-o", "out.csv"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err
            .contains("stakes.csv line 2: share: '0.6' looks like a part of one"),
        "{}",
        run.err
    );
    assert!(!folder.path("out.csv").exists());
    let (run, all) = statuses(&folder, rows.replace("1.0", "100 %").as_bytes(), &[]);
    assert_eq!(
        (run.code, all.as_slice()),
        (1, &["1 HIT".to_owned()][..]),
        "0.6 % of Mid Ltd: {}",
        run.out
    );
    let (run, all) = statuses(&folder, b"owner,owned,share\n", &[]);
    assert_eq!((run.code, all.as_slice()), (0, &["1 CLEAR".to_owned()][..]));
    assert!(
        run.err.contains("warning: stakes.csv: has titles and no row"),
        "{}",
        run.err
    );
    folder.file(
        "cells.csv",
        "id,name,owners\n1,Meadow Ltd,Igor Chekunov [0.6]; Jane Roe [0.4]\n",
    );
    let run = folder.tamis(&[&["screen", "cells.csv"], &DAY[..]].concat());
    assert!(told(&run)[0].ends_with("POSSIBLY_OWNED review"), "{}", run.out);
    assert!(
        reasons(&run, "1").contains("'0.6' may be a part of one"),
        "{}",
        run.out
    );
}

#[test]
fn two_names_of_one_entry_may_be_two_owners() {
    let folder = Folder::new();
    let customers: String = (1..)
        .zip([
            "Alderwick",
            "Brackenfield",
            "Cindermoor",
            "Dunnoch",
            "Eversleigh",
            "Fallowmere",
            "Greywater",
        ])
        .map(|(at, name)| format!("{at},{name} Ltd\n"))
        .collect();
    folder.file("in.csv", &format!("id,name\n{customers}"));
    let stakes = "\
owner,owner_id,owned,share,source
Igor Chekunov,,Alderwick Ltd,25,a
\"CHEKUNOV, Igor Gennadyevich\",,Alderwick Ltd,25,b
Igor Chekunov,,Brackenfield Ltd,25,a
\"CHEKUNOV, Igor Gennadyevich\",,Brackenfield Ltd,25,a
Igor Chekunov,,Cindermoor Ltd,24,a
\"CHEKUNOV, Igor Gennadyevich\",,Cindermoor Ltd,24,b
Igor Chekunov,,Dunnoch Ltd,25,a
IGOR CHEKUNOV,,Dunnoch Ltd,25,b
Igor Chekunov,kaspersky:45849,Eversleigh Ltd,25,a
\"CHEKUNOV, Igor Gennadyevich\",kaspersky:45849,Eversleigh Ltd,25,b
Igor Chekunov,,Fallowmere Ltd,25,a
\"CHEKUNOV, Igor Gennadyevich\",,Fallowmere Ltd,25.5,a
";
    let by_id = "Igor Chekunov,,Greywater Ltd,25,a\n,kaspersky:45849,Greywater Ltd,25,b\n";
    // The first five in one file: an id beside a name makes the name certain in all rows.
    for (rows, expected) in [
        (
            stakes
                .lines()
                .filter(|row| !row.contains("Eversleigh"))
                .collect::<Vec<_>>()
                .join("\n")
                + "\n"
                + by_id,
            vec![
                "1 POSSIBLY_OWNED",
                "2 POSSIBLY_OWNED",
                "3 RELATED_CONTROL",
                "4 RELATED_CONTROL",
                "6 OWNED",
                "7 POSSIBLY_OWNED",
            ],
        ),
        (
            stakes.to_owned(),
            vec![
                "1 RELATED_CONTROL",
                "2 RELATED_CONTROL",
                "3 RELATED_CONTROL",
                "4 RELATED_CONTROL",
                "5 RELATED_CONTROL",
                "6 OWNED",
            ],
        ),
    ] {
        folder.file("stakes.csv", &rows);
        let run = screen(&folder, &[]);
        let told: Vec<String> = told(&run)
            .iter()
            .map(|line| {
                line.split(' ')
                    .filter(|word| !word.contains(':'))
                    .take(2)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(told, expected, "{}{}", run.out, run.err);
        let page = folder.tamis(&[
            "ownership",
            "Alderwick Ltd",
            "--stakes",
            "stakes.csv",
            "--rule",
            "ofac",
        ]);
        assert!(
            page.out.starts_with(expected[0].trim_start_matches("1 ")),
            "{}",
            page.out
        );
    }
}

#[test]
fn owners_whom_nobody_can_screen_leave_their_customers_unscreened_and_no_others() {
    let folder = Folder::new();
    folder.file(
        "in.csv",
        "id,name\n1,Meadow Ltd\n2,Under Meadow Ltd\n3,Other Ltd\n",
    );
    for (rows, why) in [
        ("*****,,Meadow Ltd,,60\n", "has no letter or digit"),
        (",45849,Meadow Ltd,,60\n", "'45849' is an id without a name"),
        (
            ",un:6908555,Meadow Ltd,,60\n",
            "add the list 'un' if it is one, which is not in use",
        ),
        // Nobody knows whether these are one company.
        (
            "Igor Chekunov,,***,,60\n***,,Meadow Ltd,,60\n",
            "has no letter or digit",
        ),
    ] {
        let head = "owner,owner_id,owned,owned_id,share\nMeadow Ltd,,Under Meadow Ltd,,60\nJane Roe,,Other Ltd,,60\n";
        let (run, all) = statuses(&folder, format!("{head}{rows}").as_bytes(), &[]);
        assert_eq!(
            all,
            ["1 UNSCREENED", "2 UNSCREENED", "3 CLEAR"],
            "{rows}: {}",
            run.out
        );
        assert_eq!(run.code, 2);
        assert!(run.err.contains(why), "{rows}: {}", run.err);
        assert!(reasons(&run, "2").contains("was not screened"), "{}", run.out);
        let page = folder.tamis(&["ownership", "Meadow Ltd", "--stakes", "stakes.csv"]);
        assert_eq!(page.code, 2, "{}", page.out);
    }
    let named =
        "owner,owner_id,owned,owned_id,share\n,REG-1,Meadow Ltd,,60\nJane Roe Ltd,REG-1,Other Ltd,,5\n";
    let (run, all) = statuses(&folder, named.as_bytes(), &[]);
    assert_eq!(run.code, 0, "another row gives the name: {}", run.err);
    assert_eq!(all, ["1 CLEAR", "2 CLEAR", "3 CLEAR"]);
    let name = "owner,owner_id,owned,owned_id,share\n,Igor Chekunov,Meadow Ltd,,60\n";
    let (run, all) = statuses(&folder, name.as_bytes(), &[]);
    assert_eq!(
        all,
        ["1 HIT", "2 CLEAR", "3 CLEAR"],
        "a name in the column of ids: {}",
        run.err
    );
}

#[test]
fn what_cannot_be_done_is_refused() {
    let folder = folder();
    folder.file("bad.csv", "name,dob\nA,1\n");
    for (args, why) in [
        (
            &["screen", "in.csv", "--stakes", "missing.csv"][..],
            "missing.csv",
        ),
        (
            &["screen", "in.csv", "--stakes", "bad.csv"],
            "there is no column 'owner'",
        ),
        (
            &[
                "screen",
                "in.csv",
                "--stakes",
                "stakes.csv",
                "--since",
                "builtin:kaspersky",
            ],
            "--stakes: not with --since",
        ),
        (
            &["screen", "in.csv", "--stakes", "stakes.csv", "-o", "stakes.csv"],
            "would replace the input",
        ),
        (&["screen", "-", "--stakes", "-"], "'-' is given twice"),
        (&["check", "Halved Ltd", "--customer", "C-1"], "--log or --stakes"),
    ] {
        let run = folder.tamis(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(why), "{args:?}: {}", run.err);
    }
    assert_eq!(folder.read("stakes.csv"), STAKES);
}

#[test]
fn a_check_reads_stakes_too() {
    let folder = folder();
    let check = |more: &[&str]| folder.tamis(&[&["check"], more, &["--stakes", "stakes.csv"], &DAY].concat());
    let run = check(&["Halved Ltd"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.contains("OWNED through TIKHONOV, Andrei Gennadyevich"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("stakes.csv, 11 statements, sha256"),
        "{}",
        run.out
    );
    assert_eq!(check(&["Under Another Name Ltd"]).code, 0);
    let by_id = check(&["Under Another Name Ltd", "--customer", "C-1", "--json"]);
    assert_eq!(by_id.code, 1);
    let json = by_id.json();
    assert_eq!(json["decision"]["alerts"][0]["via"]["kind"], "owned");
    assert!(
        json["decision"]["notes"][0]
            .as_str()
            .unwrap()
            .contains("check which is right")
    );
    assert_eq!(json["stakes"][0]["statements"], 11);
}

#[test]
fn the_log_binds_the_files_and_a_replay_wants_the_same() {
    let folder = folder();
    let log = ["--log", "log.db", "--actor", "anna"];
    let run = screen(&folder, &[&log[..], &["-o", "out.csv"]].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    let record = folder.tamis(&["log", "show", "log.db", "1"]).out;
    assert!(record.contains("stakes"), "{record}");
    let replay = |more: &[&str]| folder.tamis(&[&["replay", "1", "--log", "log.db"], more].concat());
    let same = replay(&["--stakes", "stakes.csv"]);
    assert_eq!(same.code, 0, "{}{}", same.out, same.err);
    let missing = replay(&[]);
    assert_eq!(missing.code, 2);
    assert!(
        missing
            .err
            .contains("rests on a file of stakes that is not given: sha256"),
        "{}",
        missing.err
    );
    folder.file(
        "stakes.csv",
        &STAKES.replace("Halved Ltd,C-1,50.00", "Halved Ltd,C-1,49.00"),
    );
    let other = replay(&["--stakes", "stakes.csv"]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("is none of its files"), "{}", other.err);
    let resumed = screen(&folder, &[&log[..], &["-o", "out.csv", "--resume"]].concat());
    assert_eq!(resumed.code, 2, "other stakes are another request");
    assert!(resumed.err.contains("none asked the same"), "{}", resumed.err);
    let plain = folder.tamis(&["check", "Halved Ltd", "--log", "log.db", "--actor", "anna"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    let more = folder.tamis(&["replay", "10", "--log", "log.db", "--stakes", "stakes.csv"]);
    assert!(
        more.err.contains("leave out --stakes"),
        "{}{}",
        more.out,
        more.err
    );
}

const IDS: &str = "owner,owner_id,owned,owned_id,share\nIgor Chekunov,,Meadow Ltd,M-1,60\n";

/// A row that gives a company's id to its listed owner ended the alert in silence.
#[test]
fn an_id_beside_another_name_ends_no_alert_and_is_told() {
    let folder = Folder::new();
    folder.file("in.csv", "id,name\nM-1,Meadow Ltd\n");
    let igor = chekunov(&folder);
    for (row, warning) in [
        (
            "Igor Chekunov,M-1,Other Ltd,,5",
            Some("line 3: 'Meadow Ltd' and 'Igor Chekunov' both have the id M-1: check the ids"),
        ),
        (
            "Jane Roe,,Igor Chekunov,M-1,5",
            Some("line 3: 'Meadow Ltd' and 'Igor Chekunov' both have the id M-1: check the ids"),
        ),
        (
            "Jane Roe,M-1,Other Ltd,,5",
            Some("line 3: 'Meadow Ltd' and 'Jane Roe' both have the id M-1: check the ids"),
        ),
        (
            "Meadow Ltd,kaspersky:45849,Other Ltd,,5",
            Some("line 3: 'Meadow Ltd' is no name of kaspersky:45849"),
        ),
        ("Meadow Limited,M-1,Other Ltd,,5", None),
        ("Medow Ltd,M-1,Other Ltd,,5", None),
    ] {
        folder.file("stakes.csv", &format!("{IDS}{row}\n"));
        let run = screen(&folder, &[]);
        assert_eq!(run.code, 1, "{row}: {}", run.err);
        assert_eq!(told(&run), [format!("M-1 {igor} OWNED block")], "{row}");
        let expected = warning.map(|text| format!("warning: stakes.csv {text}"));
        match expected {
            Some(text) => assert!(run.err.contains(&text), "{row}: {}", run.err),
            None => assert!(!run.err.contains("warning: stakes.csv"), "{row}: {}", run.err),
        }
    }
}

/// Nobody owns it, and the stakes say that it is somebody listed.
#[test]
fn a_customer_whose_id_a_row_gives_to_somebody_listed_is_for_review() {
    let folder = Folder::new();
    folder.file("in.csv", "id,name\nM-1,Meadow Ltd\nM-2,Meadow Ltd\n");
    folder.file(
        "stakes.csv",
        "owner,owner_id,owned,owned_id,share\nIgor Chekunov,M-1,Other Ltd,,5\n",
    );
    let run = screen(&folder, &[]);
    let igor = chekunov(&folder);
    assert_eq!(told(&run), [format!("M-1 {igor} POSSIBLY_OWNED review")]);
    let why = reasons(&run, "M-1");
    assert!(
        why.contains("the stakes say that the customer is 'Igor Chekunov (M-1)' (stakes.csv line 2), who is listed: check the id"),
        "{why}"
    );
}
