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
        let text = std::str::from_utf8(&self.bytes).map_err(|e| {
            let line = 1 + newlines(self.bytes.get(..e.valid_up_to()).unwrap_or_default());
            let detail = format!("not UTF-8 at byte {}", e.valid_up_to());
            Error::at(self.name.as_str(), line, ErrorKind::NotText { detail })
        })?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The file as text: UTF-8, or else Windows-1252, which is what old OFAC files are in. The flag says that
    /// it was Windows-1252.
    pub(crate) fn text(&self) -> (Cow<'_, str>, bool) {
        match self.utf8() {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => {
                let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&self.bytes);
                (text, true)
            }
        }
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

    #[test]
    fn windows_1252_is_read_where_a_file_is_not_utf8() {
        let file = File {
            name: "a".into(),
            bytes: b"Jos\xe9".into(),
        };
        assert_eq!(file.text(), (Cow::Borrowed("José"), true));
        assert!(matches!(
            file.utf8().unwrap_err().kind(),
            ErrorKind::NotText { .. }
        ));
    }
}
