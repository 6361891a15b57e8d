//! The bytes of one input, counted and hashed on their way.

use crate::failure::Failure;
use crate::output::{self, hexadecimal};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What passed through a reader.
#[derive(Clone, Default)]
pub struct Meter(Arc<Mutex<(Sha256, u64)>>);

impl Meter {
    fn state(&self) -> MutexGuard<'_, (Sha256, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, bytes: &[u8]) {
        let mut state = self.state();
        state.0.update(bytes);
        state.1 += bytes.len() as u64;
    }

    /// The bytes so far.
    pub fn bytes(&self) -> u64 {
        self.state().1
    }

    /// The SHA-256 of the bytes so far.
    pub fn sha256(&self) -> String {
        hexadecimal(self.state().0.clone())
    }
}

/// A reader that tells its meter.
pub struct Metered {
    inner: Box<dyn Read + Send>,
    meter: Meter,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.meter.take(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// An open input.
pub struct Source {
    /// Its name as given; `-` is standard input.
    pub name: String,
    /// Its size, where the system knows it.
    pub size: Option<u64>,
    /// What was read of it.
    pub meter: Meter,
    /// Its bytes.
    pub bytes: Metered,
}

impl Source {
    /// Opens a file, or standard input for `-`.
    pub fn open(path: &Path) -> Result<Source, Failure> {
        let name = path.display().to_string();
        let (inner, size): (Box<dyn Read + Send>, Option<u64>) = match output::is_standard(path) {
            true => (Box::new(io::stdin()), None),
            false => file(path)?,
        };
        let meter = Meter::default();
        let bytes = Metered {
            inner,
            meter: meter.clone(),
        };
        Ok(Source {
            name,
            size,
            meter,
            bytes,
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn file(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Failure> {
    let failed = |e: io::Error| Failure::reading(path.display(), &e);
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(Failure::at(path.display(), "is a folder").help("name the files in it"));
    }
    let file = fs::File::open(path).map_err(failed)?;
    Ok((Box::new(file), about.is_file().then_some(about.len())))
}
