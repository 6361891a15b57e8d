//! `tamis list update` against a server that misbehaves. The faults are those of the table in
//! docs/list-update.md.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::server::{Pace, Reply, Server};
use common::{Folder, Run};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

/// Files beyond this many bytes are refused in these tests.
const LIMIT: usize = 1 << 20;

/// An OFAC list of `count` persons, published on a day of August 2026. Person 1 is always on it.
fn list(count: usize, day: u8) -> String {
    let mut text = format!(
        "<sdnList xmlns=\"urn:any\"><publshInformation><Publish_Date>08/{day:02}/2026</Publish_Date>\
         <Record_Count>{count}</Record_Count></publshInformation>\n"
    );
    for uid in 1..=count {
        let _ = writeln!(
            text,
            "<sdnEntry><uid>{uid}</uid><firstName>Jan</firstName><lastName>PRZYKLADOWY {uid}</lastName>\
             <sdnType>Individual</sdnType><programList><program>SDGT</program></programList></sdnEntry>"
        );
    }
    text + "</sdnList>\n"
}

/// A folder with a configuration, and the server that it names.
struct Scene {
    server: Server,
    folder: Folder,
}

impl Scene {
    /// Nothing is fetched yet; the list has a hundred entries of 10 August.
    fn new() -> Scene {
        let scene = Scene {
            server: Server::new(),
            folder: Folder::new(),
        };
        scene.serve(vec![Reply::file(list(100, 10), "one")]);
        scene.configure(&[("sdn", "/sdn.xml")]);
        scene
    }

    /// The list is fetched once.
    fn updated() -> Scene {
        let scene = Scene::new();
        let run = scene.update(&[]);
        assert_eq!(run.code, 0, "{}", run.err);
        scene.server.requests();
        scene
    }

    fn serve(&self, replies: Vec<Reply>) {
        self.server.set("/sdn.xml", replies);
    }

    fn configure(&self, lists: &[(&str, &str)]) {
        let mut text =
            "timeout = '30s'\nattempts = 2\nretry_wait = '0s'\nmax_megabytes = 1\nproxy = 'none'\n"
                .to_owned();
        for (name, path) in lists {
            let address = self.server.address(path);
            let _ = write!(text, "[[list]]\nname = '{name}'\naddresses = ['{address}']\n");
        }
        self.folder.file("lists.toml", &text);
    }

    fn update(&self, options: &[&str]) -> Run {
        self.folder
            .tamis(&[&["list", "update", "lists.toml", "--json"][..], options].concat())
    }

    fn compiled(&self) -> Vec<u8> {
        fs::read(self.folder.path("lists.tamis")).unwrap()
    }

    fn state(&self) -> Value {
        serde_json::from_str(&self.folder.read("lists.tamis.state.json")).unwrap()
    }

    /// Rewrites the state, as if something had been otherwise.
    fn change_state(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.state();
        change(&mut state["lists"][0]);
        self.folder.file("lists.tamis.state.json", &state.to_string());
    }

    fn check(&self, options: &[&str]) -> Run {
        let name = [
            "check",
            "Jan Przykladowy 1",
            "-l",
            "lists.tamis",
            "--as-of",
            "2026-11-24",
        ];
        self.folder.tamis(&[&name[..], options].concat())
    }
}

/// What a server does wrong, and what comes of it: a row of the table in the document.
struct Fault {
    fault: &'static str,
    /// `new`, `unchanged` or `kept old`.
    outcome: &'static str,
    /// What the reason says.
    says: &'static str,
    /// How often the file is asked for.
    asked: usize,
    replies: fn() -> Vec<Reply>,
}

fn fault(
    fault: &'static str,
    outcome: &'static str,
    says: &'static str,
    asked: usize,
    replies: fn() -> Vec<Reply>,
) -> Fault {
    Fault {
        fault,
        outcome,
        says,
        asked,
        replies,
    }
}

const LATER: &str = include_str!("../../../data/samples/lists/un-later.xml");
const PAGE: &str = "<!DOCTYPE html><html><body>Access denied</body></html>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(body: Vec<u8>) -> Vec<Reply> {
    vec![Reply::new("200 OK", &["Content-Encoding: gzip"], body)]
}

/// A new version, of which only a part comes.
fn half() -> Vec<u8> {
    let text = list(100, 11);
    text.as_bytes()[..text.len() / 2].to_vec()
}

fn faults() -> Vec<Fault> {
    vec![
        fault("403 with a web page", "kept old", "answers 403", 1, || {
            vec![Reply::new("403 Forbidden", &["Content-Type: text/html"], PAGE)]
        }),
        fault("404", "kept old", "answers 404", 1, || {
            vec![Reply::new("404 Not Found", &[], "gone")]
        }),
        fault("503, time and again", "kept old", "answers 503", 2, || {
            vec![Reply::new("503 Service Unavailable", &[], "busy")]
        }),
        fault("503 with a wait of an hour", "kept old", "answers 503", 1, || {
            vec![Reply::new(
                "503 Service Unavailable",
                &["Retry-After: 3600"],
                "busy",
            )]
        }),
        fault("503 once, then the list", "new", "", 2, || {
            vec![
                Reply::new("503 Service Unavailable", &[], "busy"),
                Reply::file(list(100, 11), "two"),
            ]
        }),
        fault(
            "a web page in place of the list",
            "kept old",
            "a web page",
            1,
            || vec![Reply::new("200 OK", &[], PAGE)],
        ),
        fault("304: nothing changed", "unchanged", "", 1, || {
            vec![Reply::new("304 Not Modified", &[], "")]
        }),
        fault("the same file without 304", "unchanged", "", 1, || {
            vec![Reply::new("200 OK", &[], list(100, 10))]
        }),
        fault("an empty answer", "kept old", "empty", 2, || {
            vec![Reply::new("200 OK", &[], "")]
        }),
        fault("a body cut off", "kept old", "cut off", 2, || {
            vec![Reply::new("200 OK", &[], half()).with_head("HTTP/1.1 200 OK\nContent-Length: 99999")]
        }),
        fault("a length that is too short", "kept old", "cut off", 1, || {
            vec![Reply::new("200 OK", &[], list(100, 11)).with_head("HTTP/1.1 200 OK\nContent-Length: 5000")]
        }),
        fault(
            "half a list with the right length",
            "kept old",
            "cut off",
            1,
            || vec![Reply::new("200 OK", &[], half())],
        ),
        fault(
            "an answer that drips",
            "kept old",
            "not complete after 1 s",
            2,
            || vec![Reply::file(list(100, 11), "two").at(Pace::Dripping)],
        ),
        fault(
            "no answer at all",
            "kept old",
            "not complete after 1 s",
            2,
            || vec![Reply::file(list(100, 11), "two").at(Pace::Never)],
        ),
        fault(
            "a connection that is closed at once",
            "kept old",
            "no connection",
            2,
            || vec![Reply::new("", &[], "").with_head("")],
        ),
        fault(
            "an answer that is not HTTP",
            "kept old",
            "cut off or damaged",
            2,
            || vec![Reply::new("", &[], "SSH-2.0-server\r\n\r\n").with_head("")],
        ),
        fault(
            "redirects in a circle",
            "kept old",
            "more than 5 redirects",
            6,
            || vec![Reply::new("302 Found", &["Location: /sdn.xml"], "")],
        ),
        fault(
            "a file that says it is huge",
            "kept old",
            "larger than",
            1,
            || {
                vec![
                    Reply::new("200 OK", &[], "<sdnList/>")
                        .with_head("HTTP/1.1 200 OK\nContent-Length: 2000000"),
                ]
            },
        ),
        fault("a file without end", "kept old", "larger than", 1, || {
            let spaces = vec![b' '; 1 << 16];
            vec![
                Reply::new("200 OK", &[], spaces)
                    .with_head("HTTP/1.1 200 OK")
                    .at(Pace::Endless),
            ]
        }),
        fault("a gzip bomb", "kept old", "larger than", 1, || {
            gzipped(gzip(&vec![b' '; 64 * LIMIT]))
        }),
        fault(
            "gzip that is damaged",
            "kept old",
            "cut off or damaged",
            2,
            || {
                let mut body = gzip(list(100, 11).as_bytes());
                body.truncate(body.len() - 20);
                gzipped(body)
            },
        ),
        fault("a list in gzip", "new", "", 1, || {
            gzipped(gzip(list(100, 11).as_bytes()))
        }),
        fault("a shrunken list", "kept old", "--accept-shrink=sdn", 1, || {
            vec![Reply::file(list(94, 11), "two")]
        }),
        fault("a list a little smaller", "new", "", 1, || {
            vec![Reply::file(list(95, 11), "two")]
        }),
        fault(
            "a list of an earlier day",
            "kept old",
            "--accept-older=sdn",
            1,
            || vec![Reply::file(list(100, 9), "two")],
        ),
        fault(
            "a list of another count than it states",
            "kept old",
            "states 100 entries",
            1,
            || vec![Reply::file(list(99, 11).replace(">99<", ">100<"), "two")],
        ),
        fault(
            "an element that nobody knows",
            "kept old",
            "the format has changed",
            1,
            || vec![Reply::file(list(100, 11).replace("lastName", "surname"), "two")],
        ),
        fault(
            "another XML document",
            "kept old",
            "no known list format",
            1,
            || vec![Reply::file("<maintenance/>", "two")],
        ),
    ]
}

#[test]
fn every_fault_of_the_document_ends_as_it_says() {
    for fault in faults() {
        let scene = Scene::updated();
        let (before, state) = (scene.compiled(), scene.state());
        scene.serve((fault.replies)());
        let slow = fault.says.contains("1 s");
        let run = scene.update(if slow { &["--timeout=1s"] } else { &[] });
        let name = fault.fault;
        let line = run.json()["lists"][0].clone();
        assert_eq!(line["outcome"], fault.outcome, "{name}: {}", run.err);
        assert_eq!(scene.server.requests().len(), fault.asked, "{name}: {}", run.err);
        let kept = fault.outcome == "kept old";
        assert_eq!(run.code, if kept { 2 } else { 0 }, "{name}: {}", run.err);
        assert_eq!(scene.compiled() == before, fault.outcome != "new", "{name}");
        let now = scene.state()["lists"][0].clone();
        if kept {
            let reason = line["reason"].as_str().unwrap();
            assert!(reason.contains(fault.says), "{name}: {reason}");
            assert!(
                run.err.contains("error: sdn: kept old: "),
                "the failure is loud: {}",
                run.err
            );
            assert_eq!(now["failure"], line["reason"], "{name}");
            assert_eq!(now["asked"], state["lists"][0]["asked"], "{name}");
        } else {
            assert_eq!(now["failure"], Value::Null, "{name}");
        }
        let check = scene.check(&["--max-age", "1h"]);
        assert_eq!(
            check.code, 1,
            "{name}: what is there still screens: {}",
            check.err
        );
        assert!(
            scene.folder.names().iter().all(|file| !file.contains("partial")),
            "{name}"
        );
    }
}

#[test]
fn without_a_last_copy_a_fault_leaves_nothing() {
    for fault in faults()
        .into_iter()
        .filter(|fault| fault.outcome == "kept old" && fault.asked == 1)
    {
        // Without a last copy there is nothing to be compared with.
        if fault.says.starts_with("--accept") {
            continue;
        }
        let scene = Scene::new();
        scene.serve((fault.replies)());
        let run = scene.update(&[]);
        assert_eq!(run.json()["lists"][0]["outcome"], "missing", "{}", fault.fault);
        assert_eq!(run.code, 2, "{}: {}", fault.fault, run.err);
        assert_eq!(scene.folder.names(), ["lists.toml"], "{}", fault.fault);
    }
}

#[test]
fn the_table_of_the_document_is_that_of_these_tests() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/list-update.md");
    let text = fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("| the server sends"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let row = |fault: Fault| {
        let kept = match fault.outcome {
            "kept old" => "the old copy, and when it was confirmed last",
            "unchanged" => "the old copy, confirmed now",
            _ => "the new list",
        };
        let says = match fault.says {
            "" => "-".to_owned(),
            says => format!("\"{says}\""),
        };
        format!(
            "| {} | {} | {says} | {} | {kept} |",
            fault.fault, fault.outcome, fault.asked
        )
    };
    let expected: Vec<String> = faults().into_iter().map(row).collect();
    assert_eq!(rows, expected, "write these rows:\n{}", expected.join("\n"));
}

#[test]
fn a_list_of_several_files_is_taken_with_all_of_them() {
    let parts: [(&str, &str); 2] = [
        (
            "/entity_list.json",
            include_str!("../../../data/samples/lists/us_json/entity_list.json"),
        ),
        (
            "/wro.json",
            include_str!("../../../data/samples/lists/us_json/wro.json"),
        ),
    ];
    let faults = [
        ("a web page", PAGE),
        ("an error message in JSON", r#"{"error": "rate limit"}"#),
        ("another list", LATER),
        ("text", "Service temporarily unavailable"),
    ];
    for (fault, body) in faults {
        for (damaged, _) in parts {
            let scene = Scene::new();
            for (path, text) in parts {
                scene.server.set(path, vec![Reply::file(text, "one")]);
            }
            let addresses = parts.map(|(path, _)| format!("'{}'", scene.server.address(path)));
            let text = format!(
                "attempts = 1\nproxy = 'none'\n[[list]]\nname = 'us'\naddresses = [{}]\n",
                addresses.join(", ")
            );
            scene.folder.file("lists.toml", &text);
            assert_eq!(scene.update(&[]).code, 0);
            let before = scene.compiled();
            scene.server.set(damaged, vec![Reply::file(body, "two")]);
            let run = scene.update(&["--accept-shrink"]);
            assert_eq!(run.code, 2, "{fault}: {}", run.err);
            assert_eq!(run.json()["lists"][0]["outcome"], "kept old", "{fault}");
            let name = damaged.trim_start_matches('/');
            let other_list = fault == "another list";
            assert!(run.err.contains(name) || other_list, "{fault}: {}", run.err);
            assert!(scene.compiled() == before, "{fault}");
        }
    }
}

/// A screening list of so many entries of the Entity List and of the Unverified List.
fn screening_list(entity: usize, unverified: usize) -> String {
    let mut text = "source,entity_number,type,name,alt_names,federal_register_notice\n".to_owned();
    for (list, count) in [
        ("Entity List (EL) - Bureau of Industry and Security", entity),
        (
            "Unverified List (UVL) - Bureau of Industry and Security",
            unverified,
        ),
    ] {
        for number in 1..=count {
            let _ = writeln!(
                text,
                "{list},,Entity,Beispiel {} {number} Works,,83 FR 1",
                &list[..3]
            );
        }
    }
    text
}

#[test]
fn a_list_does_not_lose_one_of_the_lists_in_it() {
    let scene = Scene::new();
    let serve = |entity, unverified| {
        let body = screening_list(entity, unverified);
        scene
            .server
            .set("/consolidated.csv", vec![Reply::new("200 OK", &[], body)]);
    };
    scene.configure(&[("csl", "/consolidated.csv")]);
    serve(111, 4);
    assert_eq!(scene.update(&[]).code, 0);
    let before = scene.compiled();
    serve(113, 0);
    let run = scene.update(&[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(
        run.err.contains("0 entries under us.bis.unverified"),
        "{}",
        run.err
    );
    assert!(scene.compiled() == before);
    assert_eq!(scene.update(&["--accept-shrink=csl"]).code, 0);
}

#[test]
fn a_list_is_asked_for_with_what_the_server_said_of_it() {
    let scene = Scene::new();
    let reply = Reply::new(
        "200 OK",
        &["ETag: \"one\"", "Last-Modified: Mon, 10 Aug 2026 10:00:00 GMT"],
        list(100, 10),
    );
    scene.serve(vec![reply]);
    assert_eq!(
        scene.update(&["--user-agent", "Bank (+list@bank.example)"]).code,
        0
    );
    let first = scene.server.requests().join("").to_lowercase();
    assert!(first.contains("user-agent: bank (+list@bank.example)"), "{first}");
    assert!(!first.contains("if-none-match"), "{first}");
    let before = scene.compiled();
    let run = scene.update(&[]);
    let second = scene.server.requests().join("");
    assert!(
        second.to_lowercase().contains("if-none-match: \"one\""),
        "{second}"
    );
    assert!(second.contains("Mon, 10 Aug 2026 10:00:00 GMT"), "{second}");
    assert!(second.to_lowercase().contains("user-agent: tamis/"), "{second}");
    assert_eq!(run.json()["lists"][0]["outcome"], "unchanged");
    assert!(scene.compiled() == before);
    assert!(
        !scene.folder.path("lists.tamis.previous").exists(),
        "nothing was replaced"
    );
}

#[test]
fn a_server_that_says_unchanged_unasked_is_not_believed() {
    let scene = Scene::new();
    scene.serve(vec![Reply::new("200 OK", &[], list(100, 10))]);
    assert_eq!(scene.update(&[]).code, 0);
    scene.serve(vec![Reply::new("304 Not Modified", &[], "")]);
    let run = scene.update(&[]);
    assert_eq!(
        (run.code, &run.json()["lists"][0]["outcome"]),
        (2, &"kept old".into())
    );
    assert!(run.err.contains("was not asked that"), "{}", run.err);
}

#[test]
fn what_is_accepted_on_purpose_is_taken() {
    let scene = Scene::updated();
    scene.serve(vec![Reply::file(list(50, 9), "two")]);
    assert_eq!(scene.update(&["--accept-older"]).code, 2, "it is smaller too");
    assert_eq!(scene.update(&["--accept-shrink=other", "--accept-older"]).code, 2);
    let before = scene.compiled();
    let run = scene.update(&["--accept-shrink=sdn", "--accept-older=sdn"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let line = &run.json()["lists"][0];
    assert_eq!(
        (&line["entries_before"], &line["entries_after"]),
        (&100.into(), &50.into())
    );
    assert!(scene.compiled() != before);
    assert!(fs::read(scene.folder.path("lists.tamis.previous")).unwrap() == before);
}

#[test]
fn one_list_that_fails_does_not_keep_the_others_old() {
    let scene = Scene::new();
    let un = include_str!("../../../data/samples/lists/un.xml");
    scene.server.set("/un.xml", vec![Reply::file(un, "one")]);
    scene.configure(&[("sdn", "/sdn.xml"), ("un", "/un.xml")]);
    assert_eq!(scene.update(&[]).code, 0);
    scene
        .server
        .set("/un.xml", vec![Reply::new("403 Forbidden", &[], PAGE)]);
    scene.serve(vec![Reply::file(list(101, 11), "two")]);
    let run = scene.update(&[]);
    assert_eq!(run.code, 2);
    let lists = run.json()["lists"].clone();
    assert_eq!(
        (&lists[0]["outcome"], &lists[1]["outcome"]),
        (&"new".into(), &"kept old".into())
    );
    let info = scene
        .folder
        .tamis(&["list", "info", "-l", "lists.tamis", "--json"])
        .json();
    assert_eq!(info[0]["counts"]["entities"], 101);
    assert_eq!(info[1]["id"], "un");
    assert_eq!(scene.check(&["--max-age", "1h"]).code, 1, "both are fresh");
}

#[test]
fn a_file_never_lacks_a_list() {
    let scene = Scene::updated();
    scene
        .server
        .set("/un.xml", vec![Reply::new("403 Forbidden", &[], PAGE)]);
    scene.serve(vec![Reply::file(list(101, 11), "two")]);
    scene.configure(&[("sdn", "/sdn.xml"), ("un", "/un.xml")]);
    let before = scene.compiled();
    let run = scene.update(&[]);
    let lists = run.json()["lists"].clone();
    assert_eq!(
        (&lists[0]["outcome"], &lists[1]["outcome"]),
        (&"kept old".into(), &"missing".into())
    );
    assert!(run.err.contains("while there is no copy of un"), "{}", run.err);
    assert!(run.code == 2 && scene.compiled() == before);
    // A list that the configuration no longer names is let go on purpose only.
    let un = include_str!("../../../data/samples/lists/un.xml");
    scene.server.set("/un.xml", vec![Reply::file(un, "one")]);
    assert_eq!(scene.update(&[]).code, 0);
    scene.configure(&[("sdn", "/sdn.xml")]);
    let run = scene.update(&[]);
    assert!(
        run.code == 2 && run.err.contains("--accept-shrink=un"),
        "{}",
        run.err
    );
    let run = scene.update(&["--accept-shrink=un"]);
    assert_eq!(run.json()["lists"][1]["outcome"], "removed", "{}", run.err);
    assert_eq!(run.code, 0);
    let info = scene
        .folder
        .tamis(&["list", "info", "-l", "lists.tamis", "--json"])
        .json();
    assert_eq!(info.as_array().unwrap().len(), 1);
}

#[test]
fn a_source_that_serves_another_list_is_refused() {
    let un = include_str!("../../../data/samples/lists/un.xml");
    for damage in ["", "lists.tamis"] {
        let scene = Scene::updated();
        let before = scene.compiled();
        scene.serve(vec![Reply::file(un, "two")]);
        if !damage.is_empty() {
            // Only the facts are left of the last copy.
            fs::remove_file(scene.folder.path(damage)).unwrap();
        }
        let run = scene.update(&["--accept-shrink=sdn", "--accept-older"]);
        assert_eq!(run.code, 2, "{}", run.out);
        let why = "reads as the list un, and the last copy of sdn is ofac-sdn";
        assert!(run.err.contains(why), "{}", run.err);
        assert!(
            !run.err.contains("--accept-"),
            "nothing is to be let go: {}",
            run.err
        );
        let kept = scene.folder.path("lists.tamis").exists();
        assert!(!kept || scene.compiled() == before);
    }
    // Under a name of its own it is a list beside the other.
    let scene = Scene::updated();
    scene.server.set("/un.xml", vec![Reply::file(un, "one")]);
    scene.configure(&[("sdn", "/sdn.xml"), ("our-un", "/un.xml")]);
    assert_eq!(scene.update(&[]).code, 0);
    scene
        .server
        .set("/un.xml", vec![Reply::file(list(100, 10), "two")]);
    let run = scene.update(&[]);
    assert!(run.err.contains("the last copy of our-un is un"), "{}", run.err);
}

#[test]
fn the_same_lists_give_the_same_bytes_whenever_they_are_fetched() {
    let (one, two) = (Scene::updated(), Scene::updated());
    assert!(one.compiled() == two.compiled());
    one.folder.file("sdn.xml", &list(100, 10));
    let run = one
        .folder
        .tamis(&["list", "compile", "sdn.xml", "-o", "by-hand.tamis"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(fs::read(one.folder.path("by-hand.tamis")).unwrap() == one.compiled());
}

#[test]
fn a_file_that_cannot_be_used_is_fetched_anew() {
    let scene = Scene::updated();
    let whole = scene.compiled();
    fs::write(scene.folder.path("lists.tamis"), &whole[..whole.len() - 64]).unwrap();
    // The facts of the last copy still guard the new one.
    scene.serve(vec![Reply::file(list(50, 10), "two")]);
    let run = scene.update(&[]);
    assert_eq!(run.json()["lists"][0]["outcome"], "missing", "{}", run.err);
    assert!(
        run.err.contains("fetched anew") && run.err.contains("--accept-shrink"),
        "{}",
        run.err
    );
    scene.serve(vec![Reply::file(list(100, 10), "one")]);
    let run = scene.update(&[]);
    assert_eq!(run.json()["lists"][0]["outcome"], "new", "{}", run.err);
    assert!(scene.compiled() == whole);
}

#[test]
fn another_build_reads_the_lists_again() {
    let scene = Scene::updated();
    scene.change_state(|list| list["engine"] = "tamis 0.0.1 (0)".into());
    let run = scene.update(&[]);
    assert_eq!(run.json()["lists"][0]["outcome"], "new");
    assert!(
        !scene
            .server
            .requests()
            .join("")
            .to_lowercase()
            .contains("if-none-match")
    );
}

#[test]
fn a_file_of_another_kind_is_not_replaced() {
    let scene = Scene::new();
    scene.folder.file("lists.tamis", "id,name\n1,Jan\n");
    let run = scene.update(&[]);
    assert!(
        run.code == 2 && run.err.contains("not a compiled list"),
        "{}",
        run.err
    );
    assert_eq!(scene.folder.read("lists.tamis"), "id,name\n1,Jan\n");
    assert!(scene.server.requests().is_empty());
}

#[test]
fn several_files_of_a_list_change_together() {
    let scene = Scene::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/samples/lists/ofac_sdn/");
    let names = ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"];
    let file = |name: &str| fs::read(format!("{folder}{name}")).unwrap();
    let addresses: Vec<String> = names
        .iter()
        .map(|name| {
            scene
                .server
                .set(&format!("/{name}"), vec![Reply::file(file(name), name)]);
            format!("'{}'", scene.server.address(&format!("/{name}")))
        })
        .collect();
    let text = format!(
        "proxy = 'none'\n[[list]]\nname = 'sdn'\naddresses = [{}]\n",
        addresses.join(",")
    );
    scene.folder.file("lists.toml", &text);
    assert_eq!(scene.update(&[]).code, 0);
    assert_eq!(scene.server.requests().len(), 4);
    assert_eq!(scene.update(&[]).json()["lists"][0]["outcome"], "unchanged");
    assert_eq!(scene.server.requests().len(), 4);
    // One of four changes: the other three are fetched whole.
    scene.server.set(
        "/sdn.csv",
        vec![Reply::file([file("sdn.csv"), b"\x1a".to_vec()].concat(), "two")],
    );
    let run = scene.update(&[]);
    assert_eq!(run.json()["lists"][0]["outcome"], "new", "{}", run.err);
    assert_eq!(scene.server.requests().len(), 7);
}

#[test]
fn an_encrypted_address_is_not_asked_without_encryption() {
    let scene = Scene::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/sdn.xml", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // It speaks plainly, and waits until it was heard.
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    let text = format!("proxy = 'none'\n[[list]]\nname = 'sdn'\naddresses = ['{address}']\n");
    scene.folder.file("lists.toml", &text);
    let run = scene.update(&[]);
    assert!(
        run.code == 2 && run.err.contains("no secure connection"),
        "{}",
        run.err
    );
    let plain = text.replace("https://127.0.0.1", "http://192.0.2.1");
    scene.folder.file("lists.toml", &plain);
    let run = scene.update(&[]);
    assert!(
        run.code == 2 && run.err.contains("only https:// is fetched"),
        "{}",
        run.err
    );
}

/// The state as if the source had been asked `hours` ago.
fn age(scene: &Scene, hours: i64) {
    let asked = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(hours * 60 + 5);
    scene.change_state(|list| list["asked"] = asked.to_string().into());
}

#[test]
fn a_list_that_was_not_confirmed_in_time_is_refused() {
    let scene = Scene::updated();
    scene
        .folder
        .file("customers.csv", "id,name\n1,Jan Przykladowy 1\n");
    let screen = [
        "screen",
        "customers.csv",
        "-l",
        "lists.tamis",
        "-o",
        "out.csv",
        "--max-age",
        "24h",
    ];
    assert_eq!(scene.folder.tamis(&screen).code, 1);
    let summary: Value = serde_json::from_str(&scene.folder.read("out.csv.summary.json")).unwrap();
    let source = &summary["lists"][0]["source"];
    assert_eq!(source["files"][0]["address"], scene.server.address("/sdn.xml"));
    assert_eq!(source["asked"], source["fetched"]);
    fs::remove_file(scene.folder.path("out.csv")).unwrap();

    age(&scene, 25);
    for run in [scene.check(&["--max-age", "24h"]), scene.folder.tamis(&screen)] {
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(
            run.err.contains("last asked on") && run.err.contains("(25 h "),
            "{}",
            run.err
        );
        assert!(run.err.contains("published 2026-08-10"), "{}", run.err);
        assert!(run.err.contains("tamis list update"), "{}", run.err);
    }
    assert!(!scene.folder.path("out.csv").exists());
    assert_eq!(scene.check(&["--max-age", "26h"]).code, 1);

    let run = scene.folder.tamis(&[&screen[..], &["--accept-stale"]].concat());
    assert_eq!(run.code, 1);
    assert!(run.err.contains("warning: accepted on purpose"), "{}", run.err);
    let summary = scene.folder.read("out.csv.summary.json");
    assert!(
        summary.contains("accepted on purpose"),
        "the override is recorded"
    );

    // A source that does not answer does not make it fresh; one that confirms it does.
    scene.serve(vec![Reply::new("403 Forbidden", &[], PAGE)]);
    scene.update(&[]);
    let run = scene.check(&["--max-age", "24h"]);
    assert!(run.code == 2 && run.err.contains("answers 403"), "{}", run.err);
    scene.serve(vec![Reply::file(list(100, 10), "one")]);
    assert_eq!(scene.update(&[]).code, 0);
    assert_eq!(scene.check(&["--max-age", "24h"]).code, 1);
    let run = scene.check(&["--max-published-age", "1d"]);
    assert!(
        run.code == 2 && run.err.contains("--max-published-age"),
        "{}",
        run.err
    );
}

#[test]
fn a_configuration_makes_screening_refuse_without_being_told() {
    let scene = Scene::new();
    let text = format!("max_age = '24h'\n{}", scene.folder.read("lists.toml"));
    scene.folder.file("lists.toml", &text);
    assert_eq!(scene.update(&[]).code, 0);
    assert_eq!(scene.check(&[]).code, 1);
    age(&scene, 25);
    let run = scene.check(&[]);
    assert!(
        run.code == 2 && run.err.contains("max_age of the configuration"),
        "{}",
        run.err
    );
    assert_eq!(scene.check(&["--accept-stale"]).code, 1);
    assert_eq!(scene.check(&["--max-age", "26h"]).code, 1);
    assert_eq!(scene.update(&[]).code, 0);
    assert_eq!(scene.check(&[]).code, 1);
}

#[test]
fn a_list_that_nobody_fetched_is_too_old() {
    let scene = Scene::updated();
    scene.folder.file("sdn.xml", &list(100, 10));
    let check = ["check", "Jan Przykladowy 1", "--max-age", "9999d", "-l"];
    for list in ["sdn.xml", "builtin:kaspersky"] {
        let run = scene.folder.tamis(&[&check[..], &[list]].concat());
        assert!(
            run.code == 2 && run.err.contains("nobody knows"),
            "{list}: {}",
            run.err
        );
    }
    // Facts about another version do not speak for this one.
    scene.change_state(|list| list["sha256"] = "0".repeat(64).into());
    let run = scene.check(&["--max-age", "9999d"]);
    assert!(run.code == 2 && run.err.contains("nobody knows"), "{}", run.err);
    scene.folder.file("lists.tamis.state.json", "{");
    let run = scene.check(&["--max-age", "9999d"]);
    assert!(
        run.code == 2 && run.err.contains("not the state of a list"),
        "{}",
        run.err
    );
}

#[test]
fn answers_name_the_source_and_when_it_was_asked() {
    let scene = Scene::updated();
    let address = scene.server.address("/sdn.xml");
    let asked = scene.state()["lists"][0]["asked"].clone();
    let check = scene.check(&["--json"]).json();
    let info = scene
        .folder
        .tamis(&["list", "info", "-l", "lists.tamis", "--json"])
        .json();
    for source in [&check["sources"][0], &info[0]["source"]] {
        assert_eq!(source["files"][0]["address"], address);
        assert_eq!(source["asked"], asked);
    }
    scene.serve(vec![Reply::new("403 Forbidden", &[], PAGE)]);
    scene.update(&[]);
    let page = scene.folder.tamis(&["list", "info", "-l", "lists.tamis"]).out;
    for text in [address.as_str(), asked.as_str().unwrap(), "answers 403"] {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[test]
fn the_example_is_printed_and_the_report_is_a_table() {
    let scene = Scene::new();
    let run = scene.folder.tamis(&["list", "update", "--example"]);
    assert!(
        run.code == 0 && run.out.contains("[[list]]\nname = \"un\""),
        "{}",
        run.out
    );
    let run = scene.folder.tamis(&["list", "update", "lists.toml"]);
    for text in ["UP TO DATE  lists.tamis", "outcome", "new", "100", "2026-08-10"] {
        assert!(run.out.contains(text), "{text}: {}", run.out);
    }
    scene.serve(vec![Reply::new("404 Not Found", &[], "")]);
    let run = scene.folder.tamis(&["list", "update", "lists.toml", "-q"]);
    assert!(
        run.code == 2 && run.out.is_empty() && run.err.contains("error: sdn: kept old"),
        "{}",
        run.err
    );
}
