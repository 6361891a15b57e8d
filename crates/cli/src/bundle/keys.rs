//! Keys, in the format of minisign.

use crate::failure::Failure;
use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a new pair of keys; keys that are there already are never replaced.
pub fn generate(name: &Path) -> Result<(PathBuf, PathBuf), Failure> {
    let pair = KeyPair::generate_unencrypted_keypair().map_err(Failure::new)?;
    let secret = pair.sk.to_box(Some("tamis secret key")).map_err(Failure::new)?;
    let public = pair.pk.to_box().map_err(Failure::new)?;
    let (secret_path, public_path) = (with_ending(name, ".key"), with_ending(name, ".pub"));
    if public_path.exists() {
        return Err(already_there(&public_path));
    }
    write_new(&secret_path, &secret.to_string(), 0o600)?;
    write_new(&public_path, &public.to_string(), 0o644)?;
    Ok((secret_path, public_path))
}

fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(ending);
    PathBuf::from(path)
}

fn already_there(path: &Path) -> Failure {
    Failure::at(path.display(), "is there already, and a key is never replaced").help("choose another name")
}

fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let file = options
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    file.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => already_there(path),
        _ => Failure::writing(path.display(), &error),
    })
}

/// Reads a secret key; an encrypted one asks for its password on the terminal.
pub fn secret(path: &Path) -> Result<SecretKey, Failure> {
    let text = read(path)?;
    let boxed = || SecretKeyBox::from_string(&text);
    let plain = boxed().and_then(SecretKeyBox::into_unencrypted_secret_key);
    let key = plain.or_else(|_| boxed().and_then(|boxed| boxed.into_secret_key(None)));
    key.map_err(|e| {
        Failure::at(path.display(), format!("not a secret key that can be used ({e})"))
            .help("`tamis list keygen` makes one")
    })
}

/// Reads a public key: a file, or the key itself.
pub fn public(word: &str) -> Result<PublicKey, Failure> {
    let path = Path::new(word);
    // A key itself begins so; it names the algorithm.
    let is_key = word.trim().starts_with("RW");
    if !path.exists() && !is_key {
        return Err(Failure::at(word, "there is no such file, and no key begins so").help(PUBLIC_KEY));
    }
    let key = match path.exists() {
        true => PublicKeyBox::from_string(&read(path)?).and_then(PublicKeyBox::into_public_key),
        false => PublicKey::from_base64(word.trim()),
    };
    key.map_err(|e| Failure::at(word, format!("not a public key ({e})")).help(PUBLIC_KEY))
}

/// How a public key is given.
const PUBLIC_KEY: &str =
    "name the file NAME.pub that `tamis list keygen` made, or write the key that begins with RW";

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|e| Failure::reading(path.display(), &e))
}
