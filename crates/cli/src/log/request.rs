//! What a run asks, as one hash: the same hash means the same inputs, options, lists, policy, engine and day.

use crate::args::ScreenArgs;
use crate::failure::Failure;
use crate::output;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use tamis_log::Hash;

/// What a run asks.
pub struct Request {
    /// Of everything; `None` where an input can be read only once.
    pub sha256: Option<Hash>,
    /// Of each input.
    pub inputs: Vec<Option<Hash>>,
}

impl Request {
    /// The request of `tamis screen` within a context.
    pub fn of(args: &ScreenArgs, context: &str) -> Result<Request, Failure> {
        let inputs = args
            .inputs
            .iter()
            .map(|path| hash_of(path))
            .collect::<Result<Vec<_>, _>>()?;
        let whole: Option<Vec<Hash>> = inputs.iter().copied().collect();
        let sha256 = whole.map(|inputs| {
            let reading = &args.reading;
            let format = reading.input_format.map(|format| format!("{format:?}"));
            let options = serde_json::json!({
                "delimiter": reading.delimiter,
                "encoding": reading.encoding,
                "format": format,
                "mapping": reading.mapping,
                "inputs": inputs,
            });
            Hash::of(&[
                b"tamis screen\n",
                context.as_bytes(),
                b"\n",
                options.to_string().as_bytes(),
            ])
        });
        Ok(Request { sha256, inputs })
    }
}

/// The hash of a file; `None` for standard input and for what is no regular file.
#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn hash_of(path: &Path) -> Result<Option<Hash>, Failure> {
    if output::is_standard(path) || !fs::metadata(path).is_ok_and(|about| about.is_file()) {
        return Ok(None);
    }
    let read = || -> io::Result<Hash> {
        let (mut file, mut hash, mut buffer) = (fs::File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(Hash(hash.finalize().into())),
                read => hash.update(&buffer[..read]),
            }
        }
    };
    read().map(Some).map_err(|e| Failure::reading(path.display(), &e))
}
