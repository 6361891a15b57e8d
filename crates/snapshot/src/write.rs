use crate::{ALIGNMENT, ENTRY, MAGIC, NAME, Stamp, at, checksum_of};
use bytemuck::NoUninit;
use std::convert::Infallible;
use std::marker::PhantomData;

/// Puts sections together. They are held as they were given until each is written, so that a large file is never in
/// memory twice.
pub struct Writer<'a> {
    stamp: Stamp,
    sections: Vec<(String, Box<dyn Content + Send + 'a>)>,
}

/// What a section holds, as bytes.
trait Content {
    fn bytes(&self) -> &[u8];
}

/// Numbers of one type.
struct Numbers<T, C>(C, PhantomData<fn() -> T>);

impl<T: NoUninit, C: AsRef<[T]>> Content for Numbers<T, C> {
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
        self.sections.push((name.to_owned(), Box::new(content)));
    }

    /// The size of the file in bytes.
    pub fn size(&self) -> usize {
        let table = at::TABLE + ENTRY * self.sections.len();
        let add = |end: usize, (_, content): &(String, Box<dyn Content + Send + 'a>)| {
            end.next_multiple_of(ALIGNMENT) + content.bytes().len()
        };
        self.sections.iter().fold(table, add)
    }

    /// The bytes of the file. Equal sections in equal order give equal bytes.
    pub fn finish(self) -> Vec<u8> {
        let mut file = Vec::with_capacity(self.size());
        let written: Result<(), Infallible> = self.write(|bytes| {
            file.extend_from_slice(bytes);
            Ok(())
        });
        match written {
            Ok(()) => file,
            Err(never) => match never {},
        }
    }

    /// Gives the bytes of the file to `take`, piece by piece; each section is dropped when it was taken.
    ///
    /// # Errors
    /// The first that `take` gives.
    pub fn write<E>(self, mut take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let head = self.head();
        take(&head)?;
        let mut end = head.len();
        for (_, content) in self.sections {
            take(padding(end))?;
            take(content.bytes())?;
            end = end.next_multiple_of(ALIGNMENT) + content.bytes().len();
        }
        Ok(())
    }

    /// Header and table, with the checksum of all that follows.
    fn head(&self) -> Vec<u8> {
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
            end = start + content.bytes().len();
            head.extend(name.as_bytes());
            head.resize(head.len() + NAME - name.len(), 0);
            head.extend((start as u64).to_le_bytes());
            head.extend(((end - start) as u64).to_le_bytes());
        }
        let sum = self.checksum(&head);
        head[at::CHECKSUM..at::TABLE].copy_from_slice(&sum.to_le_bytes());
        head
    }

    fn checksum(&self, head: &[u8]) -> u128 {
        let mut end = head.len();
        let sections = self.sections.iter().flat_map(|(_, content)| {
            let bytes = content.bytes();
            let pieces = [padding(end), bytes];
            end = end.next_multiple_of(ALIGNMENT) + bytes.len();
            pieces
        });
        checksum_of(
            [&head[..at::CHECKSUM], &head[at::TABLE..]]
                .into_iter()
                .chain(sections),
        )
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
