//! Where the lists of a compiled file come from and when their sources were asked: facts that stand beside
//! the file, since the same lists compile to the same bytes whenever they were fetched.
//!
//! A fact belongs to a list by the list's id and hash, so that no crash between the writing of the two files,
//! and no file put in the place of another, lends a list a date that is not its own.

use crate::clock;
use crate::failure::Failure;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tamis::model::ListMeta;

/// The version of what is written here.
const VERSION: u32 = 1;

/// The file beside a compiled list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    version: u32,
    /// The lists.
    pub lists: Vec<Origin>,
}

/// Where one list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The list's name in the configuration.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The hash of the version that these facts are about.
    pub sha256: String,
    /// The build that read it. Another one may read it otherwise, so that it fetches it anew.
    pub engine: String,
    /// The day on which it was published, where the list says it.
    pub published: Option<Date>,
    /// Its entries.
    pub entries: usize,
    /// Their names.
    pub names: usize,
    /// When this version was fetched.
    pub fetched: Timestamp,
    /// When the source last said that this version is the one it has; the clock that `--max-age` reads. A
    /// source that fails, or has a version that was not taken, does not move it.
    pub asked: Timestamp,
    /// When the source was last tried.
    pub tried: Timestamp,
    /// What came of that, where it failed.
    pub failure: Option<String>,
    /// How long after `asked` the list may be screened against, where the configuration says so.
    pub max_age_seconds: Option<u64>,
    /// The files.
    pub files: Vec<FileOrigin>,
}

/// Where one file of a list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileOrigin {
    /// Its address.
    pub address: String,
    /// What the server calls this version.
    pub etag: Option<String>,
    /// When it was changed last, as the server says.
    pub last_modified: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

impl State {
    /// Facts about these lists.
    pub fn new(lists: Vec<Origin>) -> State {
        State {
            version: VERSION,
            lists,
        }
    }

    /// Where the facts about the compiled list at `path` stand: `lists.tamis.state.json`.
    pub fn path(path: &Path) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        name.push(".state.json");
        PathBuf::from(name)
    }

    /// The facts about the compiled list at `path`, if there are any.
    #[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
    pub fn beside(path: &Path) -> Result<Option<State>, Failure> {
        let path = State::path(path);
        match fs::read(&path) {
            Ok(bytes) => State::read(&bytes, &path.display().to_string()).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::reading(path.display(), &error)),
        }
    }

    /// Reads the facts; `place` names them in errors.
    pub fn read(bytes: &[u8], place: &str) -> Result<State, Failure> {
        let refused = |why: String| {
            Failure::at(place, format!("not the state of a list ({why})"))
                .help("delete the file and run `tamis list update`, which asks every source anew")
        };
        let state: State = serde_json::from_slice(bytes).map_err(|e| refused(e.to_string()))?;
        match state.version {
            VERSION => Ok(state),
            other => Err(refused(format!("version {other}, this build reads {VERSION}"))),
        }
    }

    /// The facts about this very version of a list.
    pub fn of(&self, list: &ListMeta) -> Option<&Origin> {
        self.lists
            .iter()
            .find(|origin| origin.id == list.id && origin.sha256 == list.sha256)
    }
}

/// This moment, to the second.
pub fn now() -> Timestamp {
    let now = clock::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Facts about a list, made up.
    pub fn origin(id: &str, sha256: &str, asked: &str) -> Origin {
        let time: Timestamp = asked.parse().unwrap();
        Origin {
            name: id.to_owned(),
            id: id.to_owned(),
            sha256: sha256.to_owned(),
            engine: tamis::screen::engine(),
            published: None,
            entries: 1,
            names: 1,
            fetched: time,
            asked: time,
            tried: time,
            failure: None,
            max_age_seconds: None,
            files: Vec::new(),
        }
    }

    #[test]
    fn facts_belong_to_one_version_of_one_list() {
        let state = State::new(vec![origin("un", "ab", "2026-11-24T04:00:00Z")]);
        let mut meta = ListMeta::new("un", "A list", "un-xml", &[]);
        meta.sha256 = "ab".to_owned();
        assert!(state.of(&meta).is_some());
        meta.sha256 = "cd".to_owned();
        assert!(state.of(&meta).is_none(), "another version");
        let other = ListMeta {
            id: "ofac-sdn".to_owned(),
            sha256: "ab".to_owned(),
            ..meta
        };
        assert!(state.of(&other).is_none(), "another list");
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let state = State::new(vec![origin("un", "ab", "2026-11-24T04:00:00Z")]);
        let text = serde_json::to_string(&state).unwrap();
        assert_eq!(State::read(text.as_bytes(), "x").unwrap(), state);
        for bad in [
            "",
            "{}",
            "[]",
            &text.replace("\"version\":1", "\"version\":2"),
            &text.replace("\"asked\"", "\"begged\""),
        ] {
            assert!(State::read(bad.as_bytes(), "x").is_err(), "{bad}");
        }
    }
}
