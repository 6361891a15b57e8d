//! What a compiled list was made of, without the form in which it is searched.

use crate::screener::Error;
use crate::store::{About, FORMAT_VERSION};
use std::path::Path;
use tamis_model::{Entity, List};
use tamis_snapshot::Snapshot;

/// The lists that a compiled list was made of, for comparing them with others.
///
/// The entries stand in the file as their lists said them, so that files of other builds can be read for them, too,
/// as long as they are of this format version. To screen against such a file it has to be compiled again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The lists, as they were given to [`compile`](crate::compile).
    pub lists: Vec<List>,
    /// The build that compiled them, in the words of [`engine`](crate::engine).
    pub engine: String,
}

impl Archive {
    /// Reads the file at `path`, which is mapped and need not have been compiled by this build.
    ///
    /// # Errors
    /// [`Error::Compiled`] says whether the file is of another version, cut short or damaged.
    pub fn open(path: &Path) -> Result<Archive, Error> {
        read(path).map_err(|e| Error::Compiled(e.to_string()))
    }
}

fn read(path: &Path) -> Result<Archive, tamis_snapshot::Error> {
    let file = Snapshot::open_of_version(path, FORMAT_VERSION)?;
    let malformed = |name: &str| tamis_snapshot::Error::Section(name.to_owned());
    let about: About =
        serde_json::from_slice(file.section::<u8>("about")?).map_err(|_| malformed("about"))?;
    let starts = file.section::<u64>("ent.at")?;
    let content = file.section::<u8>("ent")?;
    let entity = |ends: &[u64]| -> Option<Entity> {
        let [start, end] = *ends else { return None };
        let range = usize::try_from(start).ok()?..usize::try_from(end).ok()?;
        serde_json::from_slice(content.get(range)?).ok()
    };
    let entities: Option<Vec<Entity>> = starts.windows(2).map(entity).collect();
    let entities = entities.ok_or_else(|| malformed("ent"))?;
    let stated = about
        .entities
        .iter()
        .try_fold(0usize, |sum, &n| sum.checked_add(n));
    if stated != Some(entities.len()) || about.lists.len() != about.entities.len() {
        return Err(malformed("about"));
    }
    let mut entities = entities.into_iter();
    let lists = about.lists.into_iter().zip(about.entities);
    Ok(Archive {
        lists: lists
            .map(|(meta, count)| List {
                meta,
                entities: entities.by_ref().take(count).collect(),
            })
            .collect(),
        engine: about.engine,
    })
}
