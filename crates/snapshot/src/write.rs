use crate::{ALIGNMENT, ENTRY, MAGIC, NAME, Stamp, at, checksum};
use bytemuck::NoUninit;

/// Puts sections together.
#[derive(Debug)]
pub struct Writer {
    stamp: Stamp,
    sections: Vec<(String, Vec<u8>)>,
}

impl Writer {
    /// A file without sections.
    pub const fn new(stamp: Stamp) -> Writer {
        Writer {
            stamp,
            sections: Vec::new(),
        }
    }

    /// Adds a section. Its name is no longer than eight bytes, and no other section has it.
    pub fn section<T: NoUninit>(&mut self, name: &str, content: impl AsRef<[T]>) {
        debug_assert!(name.len() <= NAME && self.sections.iter().all(|(known, _)| known != name));
        let bytes = bytemuck::cast_slice(content.as_ref()).to_vec();
        self.sections.push((name.to_owned(), bytes));
    }

    /// The bytes of the file. Equal sections in equal order give equal bytes.
    pub fn finish(self) -> Vec<u8> {
        let table = at::TABLE + ENTRY * self.sections.len();
        let size: usize = self.sections.iter().map(|(_, s)| s.len() + ALIGNMENT).sum();
        let mut file = Vec::with_capacity(table + size);
        file.extend(MAGIC);
        file.extend(self.stamp.version.to_le_bytes());
        file.extend(
            u32::try_from(self.sections.len())
                .unwrap_or(u32::MAX)
                .to_le_bytes(),
        );
        file.extend(self.stamp.fingerprint.to_le_bytes());
        file.resize(table, 0);
        for (index, (name, content)) in self.sections.into_iter().enumerate() {
            file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
            let entry = at::TABLE + ENTRY * index;
            let (offset, length) = (file.len() as u64, content.len() as u64);
            file[entry..entry + name.len()].copy_from_slice(name.as_bytes());
            file[entry + NAME..entry + NAME + 8].copy_from_slice(&offset.to_le_bytes());
            file[entry + NAME + 8..entry + ENTRY].copy_from_slice(&length.to_le_bytes());
            file.extend(content);
        }
        let length = file.len() as u64;
        file[at::LENGTH..at::CHECKSUM].copy_from_slice(&length.to_le_bytes());
        let sum = checksum(&file);
        file[at::CHECKSUM..at::TABLE].copy_from_slice(&sum.to_le_bytes());
        file
    }
}
