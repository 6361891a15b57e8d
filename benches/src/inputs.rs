//! What is screened, and against what: made from a seed, or read from files.

use crate::{DAY, Definition, Error, ListSource, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tamis::feeds::{self, Reader};
use tamis::lists::File;
use tamis::model::{EntityKind, List, NameRole};
use tamis::selftest::{Customers, Seeded, Vocabulary, made_up_list};
use tamis::{Policy, Screener};

/// The list that a definition, or the one who runs it, asks for.
pub(crate) fn list(definition: &Definition, options: &Options) -> Result<List, Error> {
    match (&definition.list, &options.list) {
        (ListSource::Generated(_), Some(path)) => Ok(tamis::lists::load(&files(path)?)?),
        (ListSource::Generated(entries), None) => {
            Ok(made_up_list(*entries, &Vocabulary::read()?, definition.seed))
        }
        (ListSource::Builtin(name), _) => match tamis::lists::builtin(name) {
            Some(list) => Ok(list?),
            None => Err(Error::UnknownList(definition.name.clone(), name.clone())),
        },
    }
}

/// A screener with the default policy.
pub(crate) fn screener(list: &List) -> Result<Screener, Error> {
    Ok(Screener::new(vec![list.clone()], Policy::new(DAY))?)
}

/// The file at `path`, or all files of the folder there, by name.
fn files(path: &Path) -> Result<Vec<File>, Error> {
    if !path.is_dir() {
        return Ok(vec![file(path)?]);
    }
    let failed = |e| Error::file(path, e);
    let entries = std::fs::read_dir(path).map_err(failed)?;
    let paths: Result<Vec<PathBuf>, std::io::Error> = entries.map(|e| e.map(|e| e.path())).collect();
    let mut paths = paths.map_err(failed)?;
    paths.sort();
    paths
        .iter()
        .filter(|path| path.is_file())
        .map(|path| file(path))
        .collect()
}

fn file(path: &Path) -> Result<File, Error> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let bytes = read(path)?;
    Ok(File { name, bytes })
}

/// The bytes of a file.
#[expect(clippy::disallowed_methods, reason = "the runner is where files are read")]
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| Error::file(path, e))
}

/// `count` different names of customers; fewer where the file that was named has fewer.
pub(crate) fn customers(
    definition: &Definition,
    options: &Options,
    count: usize,
) -> Result<Vec<String>, Error> {
    let Some(path) = &options.names else {
        let vocabulary = Vocabulary::read()?;
        return Ok(different(Customers::new(&vocabulary, definition.seed), count));
    };
    let file = file(path)?;
    let mut reader = Reader::new(&file.bytes[..], &file.name, feeds::Options::default())?;
    let records = std::iter::from_fn(|| reader.next_record());
    let names = records.filter_map(|record| record.subject.ok()?.names.into_iter().next());
    let names = different(names.map(|name| name.text), count);
    if names.is_empty() {
        return Err(Error::file(path, "there is no name in it that can be screened"));
    }
    Ok(names)
}

/// The first `count` different ones.
fn different(names: impl Iterator<Item = String>, count: usize) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names
        .filter(|name| seen.insert(name.clone()))
        .take(count)
        .collect()
}

/// `count` names put together anew: each word is taken from the same place of any of `names` with as many words.
pub(crate) fn recombined(names: &[String], count: usize, seed: u64) -> Vec<String> {
    let words: Vec<Vec<&str>> = names
        .iter()
        .map(|name| name.split_whitespace().collect())
        .collect();
    let mut by_length: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, words) in words.iter().enumerate() {
        by_length.entry(words.len()).or_default().push(at);
    }
    let mut seeded = Seeded::new(seed ^ 0x004e_c03b);
    let mut name = || {
        let length = seeded.pick(&words).map_or(0, Vec::len);
        let same = by_length.get(&length).map_or(&[][..], Vec::as_slice);
        let word = |place| {
            let from = *seeded.pick(same)?;
            words.get(from)?.get(place).copied()
        };
        let words: Vec<&str> = (0..length).filter_map(word).collect();
        words.join(" ")
    };
    (0..count).map(|_| name()).collect()
}

/// Where the command reads the list from: the path that was named, or the generated list written in the form of OFAC.
pub(crate) fn source(list: &List, options: &Options, folder: &Path) -> Result<PathBuf, Error> {
    if let Some(path) = &options.list {
        return Ok(path.clone());
    }
    // A folder of its own: what else lies beside the files of a list is refused.
    let folder = &folder.join("list");
    std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    let mut main = Rows::create(&folder.join("sdn.csv"))?;
    let mut aliases = Rows::create(&folder.join("alt.csv"))?;
    let mut addresses = Rows::create(&folder.join("add.csv"))?;
    for (entity, id) in list.entities.iter().zip(1_usize..) {
        let kind = match entity.kind {
            EntityKind::Person => "individual",
            EntityKind::Vessel => "vessel",
            EntityKind::Aircraft => "aircraft",
            _ => NONE,
        };
        let id = id.to_string();
        let mut row = vec![id.as_str(), entity.primary_name(), kind, "SDGT"];
        row.resize(12, NONE);
        main.write(&row)?;
        addresses.write(&[&id, &id, NONE, NONE, NONE, NONE])?;
        for name in entity.names.iter().filter(|name| name.role != NameRole::Primary) {
            let number = aliases.next.to_string();
            aliases.write(&[&id, &number, "aka", &name.text, NONE])?;
        }
    }
    main.finish()?;
    aliases.finish()?;
    addresses.finish()?;
    Ok(folder.to_owned())
}

/// What OFAC writes where it has nothing to say.
const NONE: &str = "-0- ";

/// A CSV file that is being written.
pub(crate) struct Rows {
    path: PathBuf,
    writer: csv::Writer<std::fs::File>,
    /// The number of the next row, from 1.
    next: usize,
}

impl Rows {
    pub(crate) fn create(path: &Path) -> Result<Rows, Error> {
        let writer = csv::WriterBuilder::new().flexible(true).from_path(path);
        Ok(Rows {
            path: path.to_owned(),
            writer: writer.map_err(|e| Error::file(path, e))?,
            next: 1,
        })
    }

    pub(crate) fn write(&mut self, row: &[&str]) -> Result<(), Error> {
        self.next += 1;
        self.writer
            .write_record(row)
            .map_err(|e| Error::file(&self.path, e))
    }

    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.writer.flush().map_err(|e| Error::file(&self.path, e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recombined_names_have_the_words_of_the_others_at_their_places() {
        let names = ["Anna Berger", "Carl Dietz", "Eva", "Fritz von Gall"].map(str::to_owned);
        let made = recombined(&names, 200, 1);
        assert_eq!(made, recombined(&names, 200, 1));
        assert!(made.contains(&"Anna Dietz".to_owned()) && made.contains(&"Eva".to_owned()));
        for name in &made {
            let words: Vec<&str> = name.split(' ').collect();
            let like = |other: &&String| other.split(' ').count() == words.len();
            for (at, word) in words.iter().enumerate() {
                assert!(
                    names
                        .iter()
                        .filter(like)
                        .any(|other| other.split(' ').nth(at) == Some(word))
                );
            }
        }
        assert_eq!(recombined(&[], 1, 1), [String::new()]);
    }

    #[test]
    fn a_written_list_is_read_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let list = made_up_list(300, &Vocabulary::read().unwrap(), 3);
        let options = Options::beside(PathBuf::from("runner"));
        let path = source(&list, &options, folder.path()).unwrap();
        let read = tamis::lists::load(&files(&path).unwrap()).unwrap();
        let names = |list: &List| {
            let of = |e: &tamis::model::Entity| e.names.iter().map(|n| n.text.clone()).collect::<Vec<_>>();
            list.entities.iter().map(|e| (e.kind, of(e))).collect::<Vec<_>>()
        };
        assert_eq!(names(&read), names(&list));
    }
}
