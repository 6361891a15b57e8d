use crate::bytes::Bytes;
use crate::{ENTRY, Error, MAGIC, NAME, Stamp, at, checksum};
use bytemuck::AnyBitPattern;
use std::marker::PhantomData;
use std::path::Path;

/// Where a section lies, found once; see [`Snapshot::find`].
#[derive(Clone, Copy, Debug)]
pub struct Section<T> {
    start: usize,
    end: usize,
    of: PhantomData<T>,
}

/// A file of sections, checked.
#[derive(Debug)]
pub struct Snapshot {
    bytes: Bytes,
    /// Name, start and end of each section.
    table: Vec<(String, usize, usize)>,
}

impl Snapshot {
    /// Opens the file at `path`: maps it and compares its checksum, which reads every byte once.
    ///
    /// The file must not be changed in place while it is open; replace it by renaming another over it, as
    /// `tamis list compile` does.
    ///
    /// # Errors
    /// Each way of not being the file that was written has an [`Error`] of its own.
    pub fn open(path: &Path, expected: Stamp) -> Result<Snapshot, Error> {
        Snapshot::checked(Bytes::map(path)?, expected)
    }

    /// As [`Snapshot::open`], with `meanwhile` done beside the comparing of the checksum, by another thread. What it is given
    /// may be damaged; what it makes of that is returned only where the file is sound.
    ///
    /// # Errors
    /// As [`Snapshot::open`].
    pub fn open_while<T>(
        path: &Path,
        expected: Stamp,
        meanwhile: impl FnOnce(&Snapshot) -> T,
    ) -> Result<(Snapshot, T), Error> {
        let bytes = Bytes::map(path)?;
        check_head(bytes.all(), expected.version)?;
        let Ok(table) = table(bytes.all()) else {
            let snapshot = Snapshot::checked(bytes, expected)?;
            let made = meanwhile(&snapshot);
            return Ok((snapshot, made));
        };
        let snapshot = Snapshot { bytes, table };
        let compare = || check_content(snapshot.bytes(), expected.fingerprint);
        let (sound, made) = std::thread::scope(|threads| {
            // Where no thread can be had, one after the other.
            let compared = std::thread::Builder::new().spawn_scoped(threads, compare);
            let made = meanwhile(&snapshot);
            let sound = match compared {
                Ok(compared) => compared.join().unwrap_or(Err(Error::Checksum)),
                Err(_) => compare(),
            };
            (sound, made)
        });
        snapshot.bytes.let_go();
        sound.map(|()| (snapshot, made))
    }

    /// As [`Snapshot::open`], whatever the fingerprint: for sections that do not hold results of the code and tables
    /// that the fingerprint stands for.
    ///
    /// # Errors
    /// As [`Snapshot::open`], without [`Error::Fingerprint`].
    pub fn open_of_version(path: &Path, version: u32) -> Result<Snapshot, Error> {
        let bytes = Bytes::map(path)?;
        let fingerprint = number(bytes.all(), at::FINGERPRINT).unwrap_or_default();
        Snapshot::checked(bytes, Stamp { version, fingerprint })
    }

    /// As [`Snapshot::open`], for bytes in memory.
    ///
    /// # Errors
    /// As [`Snapshot::open`].
    pub fn from_bytes(bytes: impl AsRef<[u8]>, expected: Stamp) -> Result<Snapshot, Error> {
        Snapshot::checked(Bytes::held(bytes.as_ref()), expected)
    }

    /// As [`Snapshot::from_bytes`], for bytes that need not be copied.
    ///
    /// # Errors
    /// As [`Snapshot::open`].
    pub fn from_vec(bytes: Vec<u8>, expected: Stamp) -> Result<Snapshot, Error> {
        Snapshot::checked(Bytes::given(bytes), expected)
    }

    /// The whole file, as it was written.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.all()
    }

    /// Whether `start`, the first bytes of a file, are those of such a file of any version.
    ///
    /// # Example
    /// ```
    /// assert!(!tamis_snapshot::Snapshot::is_one(b"<?xml version"));
    /// ```
    pub fn is_one(start: &[u8]) -> bool {
        start.starts_with(&MAGIC)
    }

    fn checked(bytes: Bytes, expected: Stamp) -> Result<Snapshot, Error> {
        check_head(bytes.all(), expected.version)?;
        check_content(bytes.all(), expected.fingerprint)?;
        let table = table(bytes.all())?;
        Ok(Snapshot { bytes, table })
    }

    /// The section `name` as numbers of one type.
    ///
    /// # Errors
    /// [`Error::Section`] without such a section, or where it is no whole number of `T`.
    pub fn section<T: AnyBitPattern>(&self, name: &str) -> Result<&[T], Error> {
        self.find(name).map(|section| self.get(section))
    }

    /// Where the section `name` lies, for [`Snapshot::get`].
    ///
    /// # Errors
    /// As [`Snapshot::section`].
    pub fn find<T: AnyBitPattern>(&self, name: &str) -> Result<Section<T>, Error> {
        let malformed = || Error::Section(name.to_owned());
        let known = self.table.iter().find(|(known, _, _)| known == name);
        let &(_, start, end) = known.ok_or_else(malformed)?;
        let bytes = self.bytes.all().get(start..end).ok_or_else(malformed)?;
        bytemuck::try_cast_slice::<u8, T>(bytes).map_err(|_| malformed())?;
        let of = PhantomData;
        Ok(Section { start, end, of })
    }

    /// The section that [`Snapshot::find`] found in this file; of one found in another file, nothing.
    pub fn get<T: AnyBitPattern>(&self, section: Section<T>) -> &[T] {
        let bytes = self.bytes.all().get(section.start..section.end);
        bytes
            .and_then(|bytes| bytemuck::try_cast_slice(bytes).ok())
            .unwrap_or_default()
    }

    /// The names of the sections with their sizes in bytes, in the order of the file.
    pub fn sections(&self) -> impl Iterator<Item = (&str, usize)> {
        self.table
            .iter()
            .map(|(name, start, end)| (name.as_str(), end - start))
    }

    /// The checksum of the file, which tells it from every other.
    pub fn checksum(&self) -> u128 {
        let stated = self.bytes.all().get(at::CHECKSUM..at::TABLE);
        stated
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u128::from_le_bytes)
    }

    /// The size of the file in bytes.
    pub fn size(&self) -> usize {
        self.bytes.all().len()
    }
}

/// Whether the file is one of this version, and as long as it says.
fn check_head(file: &[u8], expected: u32) -> Result<(), Error> {
    if !Snapshot::is_one(file) {
        return Err(Error::NotSnapshot);
    }
    // The version comes first: the fields of another version may mean something else.
    let version = number(file, at::VERSION).and_then(|v| u32::try_from(v & u64::from(u32::MAX)).ok());
    match version {
        Some(version) if version == expected => check_length(file),
        Some(found) => Err(Error::Version { found, expected }),
        None => Err(Error::NotSnapshot),
    }
}

/// Whether every byte is what was written, by the code and tables of this fingerprint.
fn check_content(file: &[u8], expected: u64) -> Result<(), Error> {
    let stated = file.get(at::CHECKSUM..at::TABLE);
    if stated != Some(checksum(file).to_le_bytes().as_slice()) {
        return Err(Error::Checksum);
    }
    match number(file, at::FINGERPRINT).unwrap_or_default() {
        found if found == expected => Ok(()),
        found => Err(Error::Fingerprint { found, expected }),
    }
}

fn check_length(file: &[u8]) -> Result<(), Error> {
    let found = file.len() as u64;
    let expected = number(file, at::LENGTH).unwrap_or(at::TABLE as u64);
    if found == expected && found >= at::TABLE as u64 {
        Ok(())
    } else {
        Err(Error::Length { found, expected })
    }
}

fn table(file: &[u8]) -> Result<Vec<(String, usize, usize)>, Error> {
    let malformed = |index: u64| Error::Section(format!("number {index}"));
    let sections = number(file, at::SECTIONS).unwrap_or_default() & u64::from(u32::MAX);
    (0..sections)
        .map(|index| {
            let entry = usize::try_from(index)
                .ok()
                .and_then(|index| index.checked_mul(ENTRY)?.checked_add(at::TABLE));
            let read = entry.and_then(|entry| section(file, entry));
            read.ok_or_else(|| malformed(index))
        })
        .collect()
}

fn section(file: &[u8], entry: usize) -> Option<(String, usize, usize)> {
    let name = file.get(entry..entry.checked_add(NAME)?)?;
    let name = std::str::from_utf8(name).ok()?.trim_end_matches('\0').to_owned();
    let start = usize::try_from(number(file, entry + NAME)?).ok()?;
    let end = start.checked_add(usize::try_from(number(file, entry + NAME + 8)?).ok()?)?;
    (end <= file.len()).then_some((name, start, end))
}

/// The eight bytes at `at` as a number.
fn number(file: &[u8], at: usize) -> Option<u64> {
    let bytes = file.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
