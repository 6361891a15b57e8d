//! The last copy: the compiled list that is to be brought up to date, and the facts beside it.

use super::guard::Past;
use crate::clock;
use crate::failure::Failure;
use crate::state::{Origin, State};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use tamis::model::{List, ListMeta};
use tamis::{Policy, Screener};

/// The last copy, as far as there is one.
#[derive(Debug, Default)]
pub struct LastCopy {
    /// The compiled lists, where they can be used.
    screener: Option<Screener>,
    /// The facts beside them.
    state: Option<State>,
    /// What is wrong with either.
    pub problems: Vec<String>,
}

impl LastCopy {
    /// Opens what is there. A compiled list that cannot be used, such as one of another version of this
    /// program, is a problem that fetching everything anew mends; a file that is no compiled list at all is
    /// not replaced.
    pub fn open(path: &Path) -> Result<LastCopy, Failure> {
        let mut copy = LastCopy::default();
        if is_there(path)? {
            match Screener::open(path, Policy::new(clock::today())) {
                Ok(screener) => copy.screener = Some(screener),
                Err(error) => copy.problems.push(format!("{}: {error}", path.display())),
            }
        }
        match State::beside(path) {
            Ok(state) => copy.state = state,
            Err(Failure::Told { what, .. }) => copy.problems.push(what),
            Err(other) => return Err(other),
        }
        Ok(copy)
    }

    /// The lists.
    pub fn metas(&self) -> &[ListMeta] {
        self.screener.as_ref().map_or(&[], |screener| screener.lists())
    }

    /// The list with this id.
    pub fn meta(&self, id: &str) -> Option<&ListMeta> {
        self.metas().iter().find(|meta| meta.id == id)
    }

    /// The list that goes by this name in the configuration. Where nobody wrote down which one that is, as
    /// for a file of `list compile`, it is the one with this id.
    pub fn named(&self, name: &str) -> Option<&ListMeta> {
        self.meta(self.told(name).unwrap_or(name))
    }

    /// The id of the list that goes by this name, be it that only the facts are left.
    pub fn id_of(&self, name: &str) -> Option<&str> {
        self.told(name).or(self.meta(name).map(|meta| meta.id.as_str()))
    }

    /// The id that is written down for a name of the configuration.
    fn told(&self, name: &str) -> Option<&str> {
        let mut known = self.state.iter().flat_map(|state| &state.lists);
        known
            .find(|origin| origin.name == name)
            .map(|origin| origin.id.as_str())
    }

    /// The facts about a list that is there.
    pub fn origin(&self, list: &ListMeta) -> Option<&Origin> {
        self.state.as_ref()?.of(list)
    }

    /// What is known of the list with this id, be it that only the facts are left.
    pub fn past(&self, id: &str) -> Option<Past> {
        let told = || {
            let origin = self.state.as_ref()?.lists.iter().find(|origin| origin.id == id)?;
            Some(Past {
                published: origin.published,
                entries: origin.entries,
                names: origin.names,
                measures: BTreeMap::new(),
            })
        };
        self.meta(id).map(Past::of).or_else(told)
    }

    /// The lists with their entries.
    pub fn lists(&self) -> Result<Vec<List>, Failure> {
        let lists = self
            .screener
            .as_ref()
            .map_or_else(|| Ok(Vec::new()), |s| s.to_lists());
        lists.map_err(Failure::new)
    }
}

/// Whether there is a file that may be replaced.
#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn is_there(path: &Path) -> Result<bool, Failure> {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(16).read_to_end(&mut start));
    match read {
        Ok(_) if tamis::screen::is_compiled(&start) => Ok(true),
        Ok(_) => Err(Failure::at(
            path.display(),
            "is there and is not a compiled list: it is not replaced",
        )
        .help("name another file with -o, or move this one away")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::reading(path.display(), &error)),
    }
}
