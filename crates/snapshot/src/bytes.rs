//! Bytes that are aligned for every number: mapped from a file, or in memory.

use memmap2::Mmap;
use std::fs::File;
use std::path::Path;

/// Sixteen bytes, aligned to sixteen: what bytes in memory are kept in.
type Block = u128;

/// The bytes of a file.
#[derive(Debug)]
pub(crate) enum Bytes {
    Mapped(Mmap),
    Held {
        blocks: Vec<Block>,
        length: usize,
    },
    /// Bytes that happen to be aligned as they are.
    Given(Vec<u8>),
}

impl Bytes {
    /// Maps the file at `path`.
    #[expect(unsafe_code, reason = "a memory map is what makes opening cheap; see SAFETY")]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one file that a library opens is the compiled list"
    )]
    pub(crate) fn map(path: &Path) -> std::io::Result<Bytes> {
        let file = File::open(path)?;
        // SAFETY: a map is sound as long as nobody changes the file under it. Compiled lists are written to another
        // name and renamed into place, never changed; README and `Snapshot::open` say so to those who handle them.
        let map = unsafe { Mmap::map(&file)? };
        Ok(Bytes::Mapped(map))
    }

    /// Gives back the memory that a whole pass over a mapped file has filled; what is needed of it comes back by itself.
    #[cfg(target_os = "linux")]
    #[expect(
        unsafe_code,
        reason = "advice to the kernel that could drop writes; see SAFETY"
    )]
    pub(crate) fn let_go(&self) {
        if let Bytes::Mapped(map) = self {
            // SAFETY: the map is of a file and for reading only, so that no page of it was ever written: a page that is let go
            // of is read from the file again, with the same bytes. That advice is refused costs memory only.
            let _ = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }

    /// Elsewhere the kernel decides what stays.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn let_go(&self) {}

    /// `bytes`, which are copied only where they are not aligned.
    pub(crate) fn given(bytes: Vec<u8>) -> Bytes {
        if bytes.as_ptr().addr().is_multiple_of(align_of::<Block>()) {
            Bytes::Given(bytes)
        } else {
            Bytes::held(&bytes)
        }
    }

    /// A copy of `bytes`.
    pub(crate) fn held(bytes: &[u8]) -> Bytes {
        let mut blocks = vec![0; bytes.len().div_ceil(size_of::<Block>())];
        bytemuck::cast_slice_mut(&mut blocks)[..bytes.len()].copy_from_slice(bytes);
        Bytes::Held {
            blocks,
            length: bytes.len(),
        }
    }

    pub(crate) fn all(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::Given(bytes) => bytes,
            Bytes::Held { blocks, length } => &bytemuck::cast_slice(blocks)[..*length],
        }
    }
}
