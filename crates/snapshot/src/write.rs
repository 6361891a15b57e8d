use crate::{ALIGNMENT, ENTRY, MAGIC, NAME, Stamp, at};
use bytemuck::NoUninit;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use xxhash_rust::xxh3::Xxh3Default;

/// Puts sections together. They are held as they were given until each is written, so that a large file is never in
/// memory twice.
pub struct Writer<'a> {
    stamp: Stamp,
    sections: Vec<(String, Content<'a>)>,
}

/// Where the bytes of a section are kept while it is made: in a file without a name, or in memory (`Cursor`).
pub trait Spool: Read + Write + Seek + Send {}
impl<T: Read + Write + Seek + Send> Spool for T {}

/// How much of a spool is in memory at a time.
const PIECE: usize = 1 << 16;

/// What a section holds.
enum Content<'a> {
    Held(Box<dyn Bytes + Send + 'a>),
    /// The spool, and how many bytes it holds.
    Spooled(Box<dyn Spool + 'a>, usize),
}

impl Content<'_> {
    fn size(&self) -> usize {
        match self {
            Content::Held(content) => content.bytes().len(),
            Content::Spooled(_, size) => *size,
        }
    }

    /// Gives the bytes to `take`, piece by piece.
    fn give<E: From<io::Error>>(&mut self, mut take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        match self {
            Content::Held(content) => take(content.bytes()),
            Content::Spooled(spool, size) => {
                spool.seek(SeekFrom::Start(0))?;
                let (mut left, mut buffer) = (*size, vec![0; PIECE]);
                while left > 0 {
                    let piece = &mut buffer[..left.min(PIECE)];
                    spool.read_exact(piece)?;
                    take(piece)?;
                    left -= piece.len();
                }
                Ok(())
            }
        }
    }
}

/// Something in memory, as bytes.
trait Bytes {
    fn bytes(&self) -> &[u8];
}

/// Numbers of one type.
struct Numbers<T, C>(C, PhantomData<fn() -> T>);

impl<T: NoUninit, C: AsRef<[T]>> Bytes for Numbers<T, C> {
    fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self.0.as_ref())
    }
}

impl<'a> Writer<'a> {
    /// A file without sections.
    pub const fn new(stamp: Stamp) -> Writer<'a> {
        Writer {
            stamp,
            sections: Vec::new(),
        }
    }

    /// Adds a section. Its name is no longer than eight bytes, and no other section has it.
    pub fn section<T: NoUninit + 'a>(&mut self, name: &str, content: impl AsRef<[T]> + Send + 'a) {
        debug_assert!(name.len() <= NAME && self.sections.iter().all(|(known, _)| known != name));
        let content = Numbers(content, PhantomData::<fn() -> T>);
        let content = Content::Held(Box::new(content));
        self.sections.push((name.to_owned(), content));
    }

    /// Adds a section of the first `size` bytes that `spool` holds. It is read when the file is written, twice, and lets
    /// go of afterwards. Its name is as for [`Writer::section`].
    ///
    /// # Example
    /// ```
    /// use std::io::{Cursor, Write};
    /// use tamis_snapshot::{Stamp, Writer};
    /// let stamp = Stamp { version: 1, fingerprint: 7 };
    /// let (mut spooled, mut held) = (Writer::new(stamp), Writer::new(stamp));
    /// let mut spool = Cursor::new(Vec::new());
    /// spool.write_all(b"text")?;
    /// spooled.spooled("letters", spool, 4);
    /// held.section("letters", b"text");
    /// assert_eq!(spooled.finish()?, held.finish()?);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn spooled(&mut self, name: &str, spool: impl Spool + 'a, size: usize) {
        debug_assert!(name.len() <= NAME && self.sections.iter().all(|(known, _)| known != name));
        let content = Content::Spooled(Box::new(spool), size);
        self.sections.push((name.to_owned(), content));
    }

    /// The size of the file in bytes.
    pub fn size(&self) -> usize {
        let table = at::TABLE + ENTRY * self.sections.len();
        let add = |end: usize, (_, content): &(String, Content<'a>)| {
            end.next_multiple_of(ALIGNMENT) + content.size()
        };
        self.sections.iter().fold(table, add)
    }

    /// The bytes of the file. Equal sections in equal order give equal bytes.
    ///
    /// # Errors
    /// A spool that cannot be read; never without one.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        let mut file = Vec::with_capacity(self.size());
        self.write(|bytes| {
            file.extend_from_slice(bytes);
            Ok::<(), io::Error>(())
        })?;
        Ok(file)
    }

    /// Gives the bytes of the file to `take`, piece by piece; each section is dropped when it was taken.
    ///
    /// # Errors
    /// The first that `take` gives, or a spool that cannot be read.
    pub fn write<E: From<io::Error>>(
        mut self,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let head = self.head()?;
        take(&head)?;
        let mut end = head.len();
        for (_, mut content) in self.sections {
            take(padding(end))?;
            content.give(&mut take)?;
            end = end.next_multiple_of(ALIGNMENT) + content.size();
        }
        Ok(())
    }

    /// Header and table, with the checksum of all that follows.
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let table = at::TABLE + ENTRY * self.sections.len();
        let count = u32::try_from(self.sections.len()).unwrap_or(u32::MAX);
        let mut head = Vec::with_capacity(table);
        head.extend(MAGIC);
        head.extend(self.stamp.version.to_le_bytes());
        head.extend(count.to_le_bytes());
        head.extend(self.stamp.fingerprint.to_le_bytes());
        head.extend((self.size() as u64).to_le_bytes());
        head.resize(at::TABLE, 0);
        let mut end = table;
        for (name, content) in &self.sections {
            let start = end.next_multiple_of(ALIGNMENT);
            end = start + content.size();
            head.extend(name.as_bytes());
            head.resize(head.len() + NAME - name.len(), 0);
            head.extend((start as u64).to_le_bytes());
            head.extend(((end - start) as u64).to_le_bytes());
        }
        let sum = self.checksum(&head)?;
        head[at::CHECKSUM..at::TABLE].copy_from_slice(&sum.to_le_bytes());
        Ok(head)
    }

    fn checksum(&mut self, head: &[u8]) -> io::Result<u128> {
        let mut hash = Xxh3Default::new();
        hash.update(&head[..at::CHECKSUM]);
        hash.update(&head[at::TABLE..]);
        let mut end = head.len();
        for (_, content) in &mut self.sections {
            hash.update(padding(end));
            content.give(|bytes| {
                hash.update(bytes);
                Ok::<(), io::Error>(())
            })?;
            end = end.next_multiple_of(ALIGNMENT) + content.size();
        }
        Ok(hash.digest128())
    }
}

/// What stands between the end of a section and the next.
fn padding(end: usize) -> &'static [u8] {
    &[0; ALIGNMENT][..end.next_multiple_of(ALIGNMENT) - end]
}

impl std::fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.sections.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}
