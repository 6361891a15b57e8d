//! One list: asked for, read, and compared with its last copy.

use super::config::Source;
use super::copy::LastCopy;
use super::guard::{self, Limits, Past};
use crate::clock;
use crate::output::hexadecimal;
use crate::state::{self, FileOrigin, Origin};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tamis::lists::{self, File};
use tamis::model::List;
use tamis_fetch::{Answer, Download, Fetcher, Validators};

/// What came of asking for a list.
#[derive(Debug)]
pub enum Outcome {
    /// A version that was not there before.
    New(Box<List>, Origin),
    /// The last copy is the publisher's version.
    Unchanged(Origin),
    /// The last copy stays as it is, or there is none: why.
    Failed(String),
}

/// How lists are asked for.
pub struct Asking<'a> {
    /// What fetches.
    pub fetcher: &'a Fetcher,
    /// The last copy.
    pub copy: &'a LastCopy,
    /// Called before each wait.
    pub wait: &'a mut dyn FnMut(&Source, Duration),
}

impl Asking<'_> {
    /// Asks for one list; `limits` says what it must stand up to.
    pub fn ask(&mut self, source: &Source, limits: Limits<'_>) -> Outcome {
        self.try_ask(source, limits).unwrap_or_else(Outcome::Failed)
    }

    fn try_ask(&mut self, source: &Source, limits: Limits<'_>) -> Result<Outcome, String> {
        let known = self.known(source);
        let asked = state::now();
        let Some(downloads) = self.download(source, known.as_ref())? else {
            return known.map(|old| still(&old, asked)).ok_or_else(not_asked);
        };
        let (files, origins) = files(source, downloads);
        let list = read(source, &files)?;
        guard::same_list(&source.name, &list.meta.id, self.copy.id_of(&source.name))?;
        let same = known.filter(|old| old.id == list.meta.id && old.sha256 == list.meta.sha256);
        if let Some(old) = same {
            let files = origins;
            return Ok(still(&Origin { files, ..old }, asked));
        }
        let past = self.copy.past(&list.meta.id);
        guard::check(&Past::of(&list.meta), past.as_ref(), limits)?;
        let origin = Origin {
            name: source.name.clone(),
            id: list.meta.id.clone(),
            sha256: list.meta.sha256.clone(),
            engine: tamis::screen::engine(),
            published: list.meta.published,
            entries: list.meta.counts.entities,
            names: list.meta.counts.names,
            fetched: asked,
            asked,
            tried: asked,
            failure: None,
            max_age_seconds: None,
            files: origins,
        };
        Ok(Outcome::New(Box::new(list), origin))
    }

    /// What is known of the copy that is there, where it can be kept if nothing changed: it was read by this
    /// build, and from these addresses.
    fn known(&self, source: &Source) -> Option<Origin> {
        let origin = self.copy.origin(self.copy.named(&source.name)?)?;
        let asked = source.addresses.iter().map(|address| address.as_str());
        let same = asked.eq(origin.files.iter().map(|file| file.address.as_str()));
        (same && origin.engine == tamis::screen::engine()).then(|| origin.clone())
    }

    /// All files of a list, or nothing where none of them changed. Of a list of several files, of which some
    /// changed, the others are fetched too: only whole lists are read.
    fn download(&mut self, source: &Source, known: Option<&Origin>) -> Result<Option<Vec<Download>>, String> {
        let mut answers = Vec::new();
        for (at, _) in source.addresses.iter().enumerate() {
            let validators = known.and_then(|old| old.files.get(at)).map(validators);
            answers.push(self.get(source, at, &validators.unwrap_or_default())?);
        }
        if answers.iter().all(|answer| *answer == Answer::Unchanged) {
            return Ok(None);
        }
        let mut downloads = Vec::new();
        for (at, answer) in answers.into_iter().enumerate() {
            let again = match answer {
                Answer::Unchanged => self.get(source, at, &Validators::default())?,
                file => file,
            };
            match again {
                Answer::File(download) => downloads.push(download),
                Answer::Unchanged => return Err(not_asked()),
            }
        }
        Ok(Some(downloads))
    }

    fn get(&mut self, source: &Source, at: usize, known: &Validators) -> Result<Answer, String> {
        let address = source.addresses.get(at).ok_or_else(not_asked)?;
        let mut wait = |pause| (self.wait)(source, pause);
        self.fetcher
            .get(address, known, &mut wait)
            .map_err(|error| error.to_string())
    }
}

fn not_asked() -> String {
    tamis_fetch::ErrorKind::NotAsked.to_string()
}

fn validators(file: &FileOrigin) -> Validators {
    Validators {
        etag: file.etag.clone(),
        last_modified: file.last_modified.clone(),
    }
}

/// The last copy, confirmed.
fn still(old: &Origin, asked: Timestamp) -> Outcome {
    Outcome::Unchanged(Origin {
        asked,
        tried: asked,
        failure: None,
        ..old.clone()
    })
}

fn files(source: &Source, downloads: Vec<Download>) -> (Vec<File>, Vec<FileOrigin>) {
    let one = |(address, download): (&tamis_fetch::Address, Download)| {
        let origin = FileOrigin {
            address: address.to_string(),
            etag: download.validators.etag,
            last_modified: download.validators.last_modified,
            bytes: download.bytes.len() as u64,
            sha256: hexadecimal(Sha256::new_with_prefix(&download.bytes)),
        };
        let file = File {
            name: address.file_name().to_owned(),
            bytes: download.bytes,
        };
        (file, origin)
    };
    source.addresses.iter().zip(downloads).map(one).unzip()
}

fn read(source: &Source, files: &[File]) -> Result<List, String> {
    lists::read_every(source.format, files).map_err(|error| error.to_string())
}

/// What a list must stand up to today.
pub fn limits<'a>(source: &'a Source, accept_shrink: bool, accept_older: bool) -> Limits<'a> {
    Limits {
        list: &source.name,
        most_shrink: source.most_shrink,
        accept_shrink,
        accept_older,
        today: clock::today(),
    }
}
