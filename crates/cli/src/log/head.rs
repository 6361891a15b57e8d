//! `tamis log head`: the head, signed if asked for; and heads read back.

use super::args::HeadArgs;
use super::open;
use crate::bundle::keys;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, Sink};
use minisign::{PublicKey, SignatureBox};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tamis_log::Head;

/// Runs `tamis log head`.
pub fn run(args: &HeadArgs) -> Result<Exit, Failure> {
    output::refuse_overwriting(&args.output, std::slice::from_ref(&args.file))?;
    let head = output::json(&open(&args.file)?.head().map_err(Failure::new)?)?;
    let Some(key) = &args.key else {
        output::write_document(&args.output, &head)?;
        return Ok(Exit::Clear);
    };
    if output::is_standard(&args.output) {
        return Err(Failure::new("a signature stands beside a file").help("name one with --output"));
    }
    let secret = keys::secret(key)?;
    let comment = format!("head of {}", args.file.file_name().unwrap_or_default().display());
    let signed = minisign::sign(
        None,
        &secret,
        head.as_bytes(),
        Some(&comment),
        Some("tamis log head"),
    );
    let signature = signed.map_err(|e| Failure::at(key.display(), e))?.to_string();
    // The signature first: a head that stands there is a signed one.
    let mut sink = Sink::open(&signature_of(&args.output))?;
    sink.write(signature.as_bytes())?;
    sink.seal()?.publish()?;
    output::write_document(&args.output, &head)?;
    Ok(Exit::Clear)
}

/// Reads a head, and its signature where a key is given.
pub fn read(path: &Path, key: Option<&PublicKey>) -> Result<Head, Failure> {
    let text = read_text(path)?;
    if let Some(key) = key {
        let signature = read_text(&signature_of(path))?;
        let signature = SignatureBox::from_string(&signature)
            .map_err(|e| Failure::at(signature_of(path).display(), e))?;
        minisign::verify(key, &signature, Cursor::new(text.as_bytes()), true, false, false).map_err(|e| {
            Failure::at(path.display(), format!("not signed by this key: {e}"))
                .help("the head was changed, or signed by somebody else")
        })?;
    }
    Head::parse(&text, &path.display().to_string()).map_err(Failure::new)
}

fn signature_of(head: &Path) -> PathBuf {
    let mut name = head.as_os_str().to_owned();
    name.push(".minisig");
    PathBuf::from(name)
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|e| Failure::reading(path.display(), &e))
}
