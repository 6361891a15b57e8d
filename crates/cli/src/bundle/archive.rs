//! The bundle: an archive whose manifest is signed, and names every other file by size and hash.
//!
//! ```text
//! manifest.json           what is in the bundle, and what made it
//! manifest.json.minisig   its signature
//! lists.tamis             the compiled list
//! lists.tamis.state.json  where its lists come from, and when they were asked for
//! ```
//!
//! Nothing is unpacked to a path: each file is read into memory, checked, and written to where the user says.

use crate::output::hexadecimal;
use jiff::Timestamp;
use minisign::{PublicKey, SecretKey, SignatureBox};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

/// The version of the manifest.
const VERSION: u32 = 1;

const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.json.minisig";
const LIST: &str = "lists.tamis";
const STATE: &str = "lists.tamis.state.json";

/// What is in a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The build that made it.
    pub engine: String,
    /// When.
    pub exported: Timestamp,
    /// The compiled list.
    pub list: Vec<u8>,
    /// The facts about its lists.
    pub state: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    version: u32,
    engine: String,
    exported: Timestamp,
    files: Vec<FileLine>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileLine {
    name: String,
    bytes: u64,
    sha256: String,
}

impl FileLine {
    fn of(name: &str, bytes: &[u8]) -> FileLine {
        FileLine {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            sha256: hexadecimal(Sha256::new_with_prefix(bytes)),
        }
    }
}

impl Contents {
    /// The bytes of a bundle, signed.
    pub fn pack(&self, key: &SecretKey) -> Result<Vec<u8>, String> {
        let manifest = Manifest {
            version: VERSION,
            engine: self.engine.clone(),
            exported: self.exported,
            files: self.lines(),
        };
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(|e| e.to_string())?;
        let comment = format!("bundle of lists, {}", self.exported);
        let signature = minisign::sign(
            None,
            key,
            manifest.as_slice(),
            Some(&comment),
            Some("tamis bundle"),
        );
        let signature = signature.map_err(|e| e.to_string())?.to_string();
        let files = [
            (MANIFEST, manifest.as_slice()),
            (SIGNATURE, signature.as_bytes()),
            (LIST, &self.list),
            (STATE, &self.state),
        ];
        archive(&files).map_err(|e| e.to_string())
    }

    fn lines(&self) -> Vec<FileLine> {
        vec![FileLine::of(LIST, &self.list), FileLine::of(STATE, &self.state)]
    }

    /// What is in the bundle, if it was signed with this key and is what was signed.
    pub fn unpack(bundle: &[u8], key: &PublicKey) -> Result<Contents, String> {
        let mut files = files(bundle).map_err(|e| format!("not a whole bundle ({e}): copy it again"))?;
        let mut take = |name: &str| {
            let file = files.remove(name);
            file.ok_or_else(|| format!("not a whole bundle ({name} is missing): copy it again"))
        };
        let (manifest, signature) = (take(MANIFEST)?, take(SIGNATURE)?);
        verify(&manifest, &signature, key)?;
        let manifest: Manifest =
            serde_json::from_slice(&manifest).map_err(|e| format!("its manifest cannot be read ({e})"))?;
        if manifest.version != VERSION {
            let version = manifest.version;
            return Err(format!(
                "a bundle of version {version}, and this build reads version {VERSION}"
            ));
        }
        let contents = Contents {
            engine: manifest.engine,
            exported: manifest.exported,
            list: take(LIST)?,
            state: take(STATE)?,
        };
        match contents.lines() == manifest.files {
            true => Ok(contents),
            false => {
                Err("its files are not those that were signed: copy it again, or ask who made it".to_owned())
            }
        }
    }
}

/// Checks the signature before anything in the manifest is believed.
fn verify(manifest: &[u8], signature: &[u8], key: &PublicKey) -> Result<(), String> {
    let text = str::from_utf8(signature).map_err(|_| "its signature is not one".to_owned())?;
    let signature = SignatureBox::from_string(text).map_err(|e| format!("its signature is not one ({e})"))?;
    minisign::verify(key, &signature, Cursor::new(manifest), true, false, false)
        .map_err(|e| format!("its signature is wrong ({e}): it was made by somebody else, or was changed"))
}

fn archive(files: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        builder.append_data(&mut header, name, *bytes)?;
    }
    builder.into_inner()
}

/// The files of an archive, each of which must be one of a bundle's, once, and plain.
fn files(bundle: &[u8]) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut archive = tar::Archive::new(Cursor::new(bundle));
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let expected = [MANIFEST, SIGNATURE, LIST, STATE].contains(&name.as_str());
        if !expected || !entry.header().entry_type().is_file() || files.contains_key(&name) {
            return Err(io::Error::other(format!(
                "the file '{}' is not expected",
                name.escape_debug()
            )));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(name, bytes);
    }
    // Zeros fill the last block; anything else is not of the bundle, and nobody signed it.
    let rest = archive.into_inner();
    let end = usize::try_from(rest.position()).unwrap_or(bundle.len());
    match bundle
        .get(end..)
        .unwrap_or_default()
        .iter()
        .all(|byte| *byte == 0)
    {
        true => Ok(files),
        false => Err(io::Error::other("bytes stand behind its end")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minisign::KeyPair;

    fn contents() -> Contents {
        Contents {
            engine: "tamis 0.1.0 (ab)".to_owned(),
            exported: "2026-11-24T05:00:00Z".parse().unwrap(),
            list: vec![7; 300],
            state: b"{}".to_vec(),
        }
    }

    fn keys() -> KeyPair {
        KeyPair::generate_unencrypted_keypair().unwrap()
    }

    /// A bundle of these files, with a manifest that was signed as it is.
    fn forged(manifest: &str, keys: &KeyPair, list: &[u8]) -> Vec<u8> {
        let signature = minisign::sign(None, &keys.sk, manifest.as_bytes(), None, None).unwrap();
        let files = [
            (MANIFEST, manifest.as_bytes()),
            (SIGNATURE, signature.to_string().as_bytes()),
            (LIST, list),
            (STATE, b"{}"),
        ]
        .map(|(name, bytes)| (name, bytes.to_vec()));
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (*name, bytes.as_slice()))
            .collect();
        archive(&files).unwrap()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let keys = keys();
        let bundle = contents().pack(&keys.sk).unwrap();
        assert_eq!(Contents::unpack(&bundle, &keys.pk), Ok(contents()));
    }

    #[test]
    fn nothing_stands_behind_the_end() {
        let keys = keys();
        let bundle = contents().pack(&keys.sk).unwrap();
        let with = |more: &[u8]| Contents::unpack(&[&bundle, more].concat(), &keys.pk);
        assert_eq!(with(&[0; 1024]), Ok(contents()), "a block that is filled");
        for more in [&b"x"[..], &[&[0; 4096][..], b"x"].concat(), &bundle] {
            assert!(with(more).unwrap_err().contains("bytes stand behind its end"));
        }
    }

    #[test]
    fn another_key_is_refused() {
        let bundle = contents().pack(&keys().sk).unwrap();
        let why = Contents::unpack(&bundle, &keys().pk).unwrap_err();
        assert!(why.contains("signature is wrong"), "{why}");
    }

    #[test]
    fn every_changed_byte_is_refused_or_changes_nothing() {
        let keys = keys();
        let bundle = contents().pack(&keys.sk).unwrap();
        let mut refused = 0;
        for at in 0..bundle.len() {
            for bit in [0, 4] {
                let mut changed = bundle.clone();
                changed[at] ^= 1 << bit;
                match Contents::unpack(&changed, &keys.pk) {
                    Ok(unpacked) => assert_eq!(unpacked, contents(), "byte {at}"),
                    Err(_) => refused += 1,
                }
            }
        }
        assert!(refused > 1_000, "{refused}");
    }

    #[test]
    fn every_truncation_is_refused_or_changes_nothing() {
        let keys = keys();
        let bundle = contents().pack(&keys.sk).unwrap();
        for length in 0..bundle.len() {
            match Contents::unpack(&bundle[..length], &keys.pk) {
                Ok(unpacked) => assert_eq!(unpacked, contents(), "{length} bytes"),
                Err(why) => assert!(!why.is_empty()),
            }
        }
        assert!(Contents::unpack(&bundle[..1_024], &keys.pk).is_err());
    }

    #[test]
    fn a_signed_manifest_must_name_these_very_files() {
        let keys = keys();
        let manifest = |list: &[u8]| {
            let files = vec![FileLine::of(LIST, list), FileLine::of(STATE, b"{}")];
            let manifest = Manifest {
                version: VERSION,
                engine: String::new(),
                exported: Timestamp::UNIX_EPOCH,
                files,
            };
            serde_json::to_string(&manifest).unwrap()
        };
        let unpack = |manifest: &str| Contents::unpack(&forged(manifest, &keys, b"list"), &keys.pk);
        assert!(unpack(&manifest(b"list")).is_ok());
        assert!(
            unpack(&manifest(b"lisp"))
                .unwrap_err()
                .contains("not those that were signed")
        );
        let newer = manifest(b"list").replace("\"version\":1", "\"version\":2");
        assert!(unpack(&newer).unwrap_err().contains("version 2"));
    }

    #[test]
    fn no_file_is_taken_that_a_bundle_does_not_have() {
        let keys = keys();
        let more = |name: &str| {
            let bundle = contents().pack(&keys.sk).unwrap();
            let mut builder = tar::Builder::new(Vec::new());
            for entry in tar::Archive::new(bundle.as_slice()).entries().unwrap() {
                let entry = entry.unwrap();
                builder.append(&entry.header().clone(), entry).unwrap();
            }
            let mut header = tar::Header::new_ustar();
            header.set_size(1);
            header.set_cksum();
            builder.append_data(&mut header, name, b"x".as_slice()).unwrap();
            Contents::unpack(&builder.into_inner().unwrap(), &keys.pk)
        };
        for name in ["lists.tamis", "sub/lists.tamis", "readme.txt"] {
            assert!(more(name).unwrap_err().contains("not expected"), "{name}");
        }
    }
}
