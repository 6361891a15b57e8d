//! `tamis list keygen`, `export` and `import`: what is taken is what was signed, and nothing else is written.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod common;

use common::server::{Reply, Server};
use common::{Folder, LIST, Run};
use minisign::{SecretKey, SecretKeyBox};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;

/// A folder with a list that was fetched, keys, and a bundle of it.
fn folder() -> Folder {
    let folder = Folder::new();
    let server = Server::new();
    server.set("/sdn.xml", vec![Reply::file(LIST, "one")]);
    let address = server.address("/sdn.xml");
    folder.file(
        "lists.toml",
        &format!("proxy = 'none'\n[[list]]\nname = 'sdn'\naddresses = ['{address}']\n"),
    );
    for args in [
        &["list", "update", "lists.toml"][..],
        &["list", "keygen", "-o", "ours"],
        &["list", "keygen", "-o", "theirs"],
        &[
            "list",
            "export",
            "lists.tamis",
            "-o",
            "lists.bundle",
            "--key",
            "ours.key",
        ],
    ] {
        let run = folder.tamis(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    }
    folder
}

fn import(folder: &Folder, bundle: &str, more: &[&str]) -> Run {
    let args = ["list", "import", bundle, "-o", "there.tamis", "--key", "ours.pub"];
    folder.tamis(&[&args[..], more].concat())
}

fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    fs::read(folder.path(name)).unwrap()
}

/// A bundle of this list and state, signed with `ours.key` as they are.
fn signed(folder: &Folder, list: &[u8], state: &str) -> Vec<u8> {
    let hash = |bytes: &[u8]| -> String {
        let digest = Sha256::digest(bytes);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let file = |name: &str, bytes: &[u8]| json!({"name": name, "bytes": bytes.len(), "sha256": hash(bytes)});
    let manifest = json!({
        "version": 1,
        "engine": "tamis 0.0.1 (0)",
        "exported": "2026-11-24T05:00:00Z",
        "files": [file("lists.tamis", list), file("lists.tamis.state.json", state.as_bytes())],
    });
    let manifest = manifest.to_string();
    let boxed = SecretKeyBox::from_string(&folder.read("ours.key")).unwrap();
    let key = SecretKey::from_unencrypted_box(boxed).unwrap();
    let signature = minisign::sign(None, &key, manifest.as_bytes(), None, None)
        .unwrap()
        .to_string();
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in [
        ("manifest.json", manifest.as_bytes()),
        ("manifest.json.minisig", signature.as_bytes()),
        ("lists.tamis", list),
        ("lists.tamis.state.json", state.as_bytes()),
    ] {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn a_bundle_carries_the_list_and_its_age() {
    let folder = folder();
    let run = import(&folder, "lists.bundle", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err
            .contains("ofac-sdn, 2 entries, published 2026-08-20, asked "),
        "{}",
        run.err
    );
    assert!(bytes(&folder, "there.tamis") == bytes(&folder, "lists.tamis"));
    assert_eq!(
        folder.read("there.tamis.state.json"),
        folder.read("lists.tamis.state.json")
    );
    let check = ["check", "Jan Przykladowy", "-l", "there.tamis", "--max-age", "1h"];
    assert_eq!(folder.tamis(&check).code, 1);
    // Again, with the key itself; the version before stays.
    let key = folder.read("ours.pub");
    let key = key.lines().last().unwrap();
    let run = folder.tamis(&[
        "list",
        "import",
        "lists.bundle",
        "-o",
        "there.tamis",
        "--key",
        key,
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(bytes(&folder, "there.tamis.previous") == bytes(&folder, "lists.tamis"));
}

#[test]
fn what_is_not_right_leaves_everything_as_it_is() {
    let folder = folder();
    let bundle = bytes(&folder, "lists.bundle");
    let list = bytes(&folder, "lists.tamis");
    let state = folder.read("lists.tamis.state.json");
    let place = bundle.windows(8).position(|at| at == &list[..8]).unwrap();
    let mut changed = bundle.clone();
    changed[place + 200] ^= 1;
    let mut other_build = list.clone();
    // The fingerprint; the checksum that belongs to it is another matter, and wrong too.
    other_build[16] ^= 1;
    let old = fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/snapshots/v1.tamis"
    ))
    .unwrap();
    let (key, says) = ("--key=ours.pub", "not those that were signed");
    for (name, bytes, key, says) in [
        ("a changed list", changed, key, says),
        (
            "another key",
            bundle.clone(),
            "--key=theirs.pub",
            "signature is wrong",
        ),
        (
            "half a bundle",
            bundle[..bundle.len() / 2].to_vec(),
            key,
            "not a whole bundle",
        ),
        ("no bundle", b"id,name\n".to_vec(), key, "not a whole bundle"),
        (
            "a signed file that is no list",
            signed(&folder, b"id,name\n", &state),
            key,
            "not a compiled list",
        ),
        (
            "a signed list that is damaged",
            signed(&folder, &other_build, &state),
            key,
            "exported by tamis 0.0.1",
        ),
        (
            "a signed list of another build",
            signed(&folder, &old, &state),
            key,
            "exported by tamis 0.0.1",
        ),
        (
            "a signed state that is none",
            signed(&folder, &list, "{}"),
            key,
            "not the state of a list",
        ),
    ] {
        fs::write(folder.path("bad.bundle"), bytes).unwrap();
        for before in [None, Some(&list)] {
            let _ = fs::remove_file(folder.path("there.tamis"));
            if let Some(before) = before {
                fs::write(folder.path("there.tamis"), before).unwrap();
            }
            let run = folder.tamis(&["list", "import", "bad.bundle", "-o", "there.tamis", key]);
            assert!(run.code == 2 && run.err.contains(says), "{name}: {}", run.err);
            assert_eq!(
                fs::read(folder.path("there.tamis")).ok().as_ref(),
                before,
                "{name}"
            );
            assert!(!folder.path("there.tamis.state.json").exists(), "{name}");
        }
    }
}

#[test]
fn an_old_bundle_does_not_replace_a_new_list() {
    let folder = folder();
    assert_eq!(import(&folder, "lists.bundle", &[]).code, 0);
    let newer = folder
        .read("there.tamis.state.json")
        .replace("\"asked\": \"2", "\"asked\": \"3");
    folder.file("there.tamis.state.json", &newer);
    let run = import(&folder, "lists.bundle", &[]);
    assert!(
        run.code == 2 && run.err.contains("this bundle is older"),
        "{}",
        run.err
    );
    assert_eq!(folder.read("there.tamis.state.json"), newer);
    let run = import(&folder, "lists.bundle", &["--accept-older"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_list_does_not_disappear_by_a_bundle() {
    let folder = folder();
    let run = folder.tamis(&["list", "compile", "builtin:kaspersky", "-o", "there.tamis"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let before = bytes(&folder, "there.tamis");
    let run = import(&folder, "lists.bundle", &[]);
    assert!(
        run.code == 2 && run.err.contains("--accept-shrink=kaspersky"),
        "{}",
        run.err
    );
    assert!(bytes(&folder, "there.tamis") == before);
    assert_eq!(
        import(&folder, "lists.bundle", &["--accept-shrink=kaspersky"]).code,
        0
    );
}

#[test]
fn keys_are_kept_apart_and_never_replaced() {
    let folder = folder();
    let run = folder.tamis(&["list", "keygen", "-o", "ours"]);
    assert!(run.code == 2 && run.err.contains("never replaced"), "{}", run.err);
    fs::remove_file(folder.path("ours.pub")).unwrap();
    let secret = folder.read("ours.key");
    let run = folder.tamis(&["list", "keygen", "-o", "ours"]);
    assert!(run.code == 2 && run.err.contains("never replaced"), "{}", run.err);
    assert_eq!(folder.read("ours.key"), secret);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.path("ours.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "others cannot read it");
    }
}

#[test]
fn keys_that_are_none_are_refused() {
    let folder = folder();
    for bad in [
        "",
        "RW",
        "untrusted comment: x",
        "untrusted comment: x\n",
        "untrusted comment: x\nRWQ=\n",
        "a\nb\nc\n",
    ] {
        folder.file("bad", bad);
        let export = [
            "list",
            "export",
            "lists.tamis",
            "-o",
            "bad.bundle",
            "--key",
            "bad",
        ];
        let import = [
            "list",
            "import",
            "lists.bundle",
            "-o",
            "there.tamis",
            "--key",
            "bad",
        ];
        for args in [export, import] {
            let run = folder.tamis(&args);
            assert_eq!(run.code, 2, "{bad:?}: {}", run.err);
            assert!(run.err.starts_with("error: bad: not a "), "{bad:?}: {}", run.err);
        }
    }
    let run = folder.tamis(&[
        "list",
        "import",
        "lists.bundle",
        "-o",
        "there.tamis",
        "--key",
        "RWnonsense",
    ]);
    assert!(
        run.code == 2 && run.err.contains("not a public key"),
        "{}",
        run.err
    );
    assert!(!folder.path("bad.bundle").exists() && !folder.path("there.tamis").exists());
}
