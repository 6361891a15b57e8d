use crate::{Error, ErrorKind};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use tamis_model::{Counts, Entity, List, ListFile, ListMeta, Remark};

/// A file of a list, as the caller has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The file's name, without its folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// The name in lower case: names of downloads differ in case (`SDN.CSV`, `sdn.csv`).
    pub(crate) fn lower_name(&self) -> String {
        self.name.to_lowercase()
    }

    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        Error::new(self.name.as_str(), kind)
    }

    /// The file as text that must be UTF-8, without a byte order mark.
    pub(crate) fn utf8(&self) -> Result<&str, Error> {
        let text = std::str::from_utf8(&self.bytes)
            .map_err(|e| self.no_text(e.valid_up_to(), &format!("not UTF-8 at byte {}", e.valid_up_to())))?;
        self.without_nul()?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The file as text: UTF-8, or else Windows-1252, which is what old OFAC files are in, with a warning. A file that is UTF-8 but
    /// for some bytes is damaged, and is refused: read as Windows-1252, every name with an accent would be another one.
    pub(crate) fn text(&self, remarks: &mut Vec<Remark>) -> Result<Cow<'_, str>, Error> {
        let (mut letters, mut strays) = (0, 0);
        for chunk in self.bytes.utf8_chunks() {
            letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            strays += usize::from(!chunk.invalid().is_empty());
        }
        if strays == 0 || letters > strays {
            return self.utf8().map(Cow::Borrowed);
        }
        self.without_nul()?;
        let text = "the file is not UTF-8; it was read as Windows-1252: letters with accents may be others";
        remarks.push(remark(self.name.as_str(), format!("{WARNING}{text}")));
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&self.bytes);
        Ok(text)
    }

    /// Refuses a NUL byte, which no text has: the rest of a file that was never written is full of them.
    fn without_nul(&self) -> Result<(), Error> {
        match self.bytes.iter().position(|byte| *byte == 0) {
            Some(at) => Err(self.no_text(at, "it holds NUL bytes")),
            None => Ok(()),
        }
    }

    /// The error for a byte that is no text.
    fn no_text(&self, at: usize, detail: &str) -> Error {
        let line = 1 + newlines(self.bytes.get(..at).unwrap_or_default());
        let detail = detail.to_owned();
        Error::at(self.name.as_str(), line, ErrorKind::NotText { detail })
    }
}

/// How many line ends there are in `bytes`.
pub(crate) fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|b| u64::from(*b == b'\n')).sum()
}

/// Begins a remark on a loss, so that front ends can show it without being asked.
pub(crate) const WARNING: &str = "WARNING: ";

/// A remark at a file.
pub(crate) fn remark(place: impl Into<String>, text: impl Into<String>) -> Remark {
    Remark {
        place: place.into(),
        text: text.into(),
    }
}

/// What identifies a list apart from its content.
pub(crate) struct Title {
    pub id: &'static str,
    pub title: &'static str,
    pub format: &'static str,
    pub published: Option<jiff::civil::Date>,
}

/// Puts a list together: counts what was read and hashes the files it was read from.
pub(crate) fn finish(title: Title, files: &[&File], entities: Vec<Entity>, remarks: Vec<Remark>) -> List {
    let files: Vec<ListFile> = files.iter().copied().map(list_file).collect();
    let meta = ListMeta {
        id: title.id.to_owned(),
        title: title.title.to_owned(),
        format: title.format.to_owned(),
        published: title.published,
        sha256: combined_hash(&files),
        files,
        counts: Counts::of(&entities),
        remarks,
    };
    List { meta, entities }
}

pub(crate) fn list_file(file: &File) -> ListFile {
    ListFile {
        name: file.name.clone(),
        bytes: file.bytes.len() as u64,
        sha256: hex(&Sha256::digest(&file.bytes)),
    }
}

/// The hash over the lines `<sha256>  <name>\n`: what `sha256sum FILES | sha256sum` prints.
fn combined_hash(files: &[ListFile]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(format!("{}  {}\n", file.sha256, file.name));
    }
    hex(&hash.finalize())
}

/// Lower-case hexadecimal, as `sha256sum` prints it.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Refuses an entry that no name could ever match.
pub(crate) fn usable_name(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_are_those_of_sha256sum() {
        // printf abc | sha256sum; printf '%s  a\n' <that> | sha256sum
        let file = File {
            name: "a".into(),
            bytes: b"abc".into(),
        };
        let title = Title {
            id: "x",
            title: "x",
            format: "x",
            published: None,
        };
        let list = finish(title, &[&file], Vec::new(), Vec::new());
        let one = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(list.meta.files[0].sha256, one);
        assert_eq!(list.meta.sha256, hex(&Sha256::digest(format!("{one}  a\n"))));
    }

    fn named(bytes: &[u8]) -> File {
        File {
            name: "a".into(),
            bytes: bytes.into(),
        }
    }

    #[test]
    fn windows_1252_is_read_where_a_file_is_not_utf8() {
        let (file, mut remarks) = (named(b"Jos\xe9"), Vec::new());
        assert_eq!(file.text(&mut remarks).unwrap(), "José");
        assert!(remarks[0].text.starts_with("WARNING: the file is not UTF-8"));
        assert!(matches!(
            file.utf8().unwrap_err().kind(),
            ErrorKind::NotText { .. }
        ));
        let (file, mut remarks) = (named("José".as_bytes()), Vec::new());
        assert_eq!(file.text(&mut remarks).unwrap(), "José");
        assert_eq!(remarks, []);
    }

    #[test]
    fn a_wrong_byte_in_utf8_is_refused_and_makes_nothing_else_of_the_other_names() {
        let bytes = ["José\nAndré\nA".as_bytes(), b"\xe9\n"].concat();
        let error = named(&bytes).text(&mut Vec::new()).unwrap_err();
        assert_eq!(error.line(), Some(3));
        assert!(error.to_string().contains("not UTF-8 at byte 14"), "{error}");
    }

    #[test]
    fn a_nul_byte_is_refused_in_either_encoding() {
        for bytes in [&b"a\nb\0"[..], b"a\nJos\xe9\0"] {
            let error = named(bytes).text(&mut Vec::new()).unwrap_err();
            assert!(error.to_string().starts_with("a, line 2: "), "{error}");
            assert!(named(bytes).utf8().is_err());
        }
    }
}
