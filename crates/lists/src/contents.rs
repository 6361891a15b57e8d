//! What a folder of JSON lists says of itself: `manifest.json` is an array with the `key` of each list and the `count` of its
//! entries, `lists.json` has an array `lists` with the `id` of each. A list that is named there and lies nowhere is refused: its
//! parties would be gone without a word.

use crate::beside::tells_of_others;
use crate::json::Json;
use crate::json_file;
use crate::{Error, ErrorKind, File};
use std::collections::BTreeSet;

/// The tables of contents of a folder.
pub(crate) struct Contents<'a> {
    named: Vec<Named<'a>>,
}

/// A list that one of them names.
struct Named<'a> {
    by: &'a File,
    list: String,
    count: Option<usize>,
}

impl<'a> Contents<'a> {
    /// Those among `files`; there may be none.
    pub(crate) fn of(files: &'a [File]) -> Result<Contents<'a>, Error> {
        let mut named = Vec::new();
        for file in files.iter().filter(|file| tells_of_others(file)) {
            let json = json_file::parse(file)?;
            let records = json.member("lists").cloned().unwrap_or(json).into_values();
            named.extend(records.iter().filter_map(|record| Named::of(file, record)));
        }
        Ok(Contents { named })
    }

    /// Refuses a folder that lacks one of the lists, where `lists` are those that it has.
    pub(crate) fn all_there(&self, lists: &BTreeSet<String>) -> Result<(), Error> {
        let missing = self.named.iter().find(|named| !lists.contains(&named.list));
        missing.map_or(Ok(()), |named| {
            let list = named.list.clone();
            Err(named.by.error(ErrorKind::NotThere { list }))
        })
    }

    /// Refuses a list of another count than is stated for it.
    pub(crate) fn count(&self, file: &File, list: &str, read: usize) -> Result<(), Error> {
        let own = self.named.iter().find(|named| named.list == list);
        match own.and_then(|named| named.count) {
            Some(stated) if stated != read => Err(file.error(ErrorKind::RecordCount { stated, read })),
            _ => Ok(()),
        }
    }
}

impl<'a> Named<'a> {
    fn of(by: &'a File, record: &Json) -> Option<Named<'a>> {
        let text = |name: &str| record.member(name).and_then(Json::text);
        Some(Named {
            by,
            list: text("key").or(text("id"))?.to_owned(),
            count: text("count").and_then(|count| count.parse().ok()),
        })
    }
}
