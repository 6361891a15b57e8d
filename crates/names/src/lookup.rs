//! Tables that are searched where they stand, without being read first.
//!
//! Such a table is a text, a key and its fields a line, and for each hash the place of the line in the text. Both are
//! made when the crate is built, by `build.rs`, which shares this file.

/// A text of lines `key⇥field⇥field…`, and the places of the lines.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// The lines.
    pub(crate) text: &'static str,
    /// Where each line begins, plus one, at the place that the key's hash gives or behind it; 0 where there is none.
    /// Their number is a power of two.
    pub(crate) slots: &'static [u32],
}

impl Lookup {
    /// The key as it stands in the table, and its fields.
    pub(crate) fn get(&self, key: &str) -> Option<(&'static str, &'static str)> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(key) as usize & mask;
        loop {
            let start = self.slots.get(at)?.checked_sub(1)? as usize;
            let line = self.text.get(start..)?;
            if line.as_bytes().get(key.len()) == Some(&b'\t') && line.starts_with(key) {
                let (key, rest) = line.split_at(key.len());
                let fields = rest.get(1..)?;
                return Some((key, fields.split_once('\n').map_or(fields, |(fields, _)| fields)));
            }
            at = (at + 1) & mask;
        }
    }
}

/// FNV-1a, 32 bits.
pub(crate) fn hash(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
