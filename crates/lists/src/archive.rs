//! Lists that come packed: gzip files and ZIP archives, unpacked within limits.
//!
//! A workbook (`.xlsx`) is a ZIP archive as well, and no archive here: its reader takes it whole. Archives within archives are
//! refused, since no publisher packs twice.

use crate::{Error, ErrorKind, File, xlsx};
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// The most bytes that one file of a caller may unpack to.
const MOST: u64 = 2 << 30;

/// The most times that it may grow, beyond what is small anyway. Sanctions lists shrink to a thirtieth at best.
const RATIO: u64 = 100;
const SMALL: u64 = 4 << 20;

/// The most files in an archive.
const MEMBERS: usize = 1_000;

/// What gzip files and ZIP archives begin with.
const GZIP: &[u8] = b"\x1f\x8b";
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";

/// How many bytes the content of a file may still have.
pub(crate) struct Allowance {
    limit: u64,
    left: u64,
}

impl Allowance {
    /// What `file` may unpack to: at most `most`.
    pub(crate) fn of(file: &File, most: u64) -> Allowance {
        let limit = most.min(SMALL.max(RATIO.saturating_mul(file.bytes.len() as u64)));
        Allowance { limit, left: limit }
    }

    /// Reads a packed content to its end, into `to`.
    pub(crate) fn read(
        &mut self,
        file: &File,
        packed: impl Read,
        to: &mut impl std::io::Write,
    ) -> Result<(), Error> {
        let mut within = packed.take(self.left.saturating_add(1));
        let size = std::io::copy(&mut within, to).map_err(|error| broken(file, &error))?;
        let left = self.left.checked_sub(size);
        self.left = left.ok_or_else(|| {
            let (what, limit) = (
                "what the file unpacks to",
                usize::try_from(self.limit).unwrap_or(usize::MAX),
            );
            file.error(ErrorKind::Limit { what, limit })
        })?;
        Ok(())
    }
}

/// An archive that cannot be unpacked whole.
pub(crate) fn broken(file: &File, error: &dyn std::fmt::Display) -> Error {
    let detail = error.to_string();
    file.error(ErrorKind::Archive { detail })
}

/// The files of a ZIP archive; one with more than any list has is refused.
pub(crate) fn open(file: &File) -> Result<zip::ZipArchive<Cursor<&[u8]>>, Error> {
    let archive =
        zip::ZipArchive::new(Cursor::new(file.bytes.as_slice())).map_err(|error| broken(file, &error))?;
    if archive.len() > MEMBERS {
        let (what, limit) = ("the number of files in the archive", MEMBERS);
        return Err(file.error(ErrorKind::Limit { what, limit }));
    }
    Ok(archive)
}

/// The files with those in archives in place of the archives.
pub(crate) fn unpacked(files: &[File]) -> Result<Cow<'_, [File]>, Error> {
    let packed = |file: &File| file.bytes.starts_with(GZIP) || is_archive(file);
    if !files.iter().any(packed) {
        return Ok(Cow::Borrowed(files));
    }
    let mut all = Vec::new();
    for file in files {
        match file {
            _ if file.bytes.starts_with(GZIP) => all.push(gunzip(file)?),
            _ if is_archive(file) => unzip(file, &mut all)?,
            _ => all.push(file.clone()),
        }
    }
    Ok(Cow::Owned(all))
}

fn is_archive(file: &File) -> bool {
    file.bytes.starts_with(ZIP) && !xlsx::is_workbook(file)
}

fn gunzip(file: &File) -> Result<File, Error> {
    let mut bytes = Vec::new();
    let packed = flate2::read::MultiGzDecoder::new(file.bytes.as_slice());
    Allowance::of(file, MOST).read(file, packed, &mut bytes)?;
    let name = file.name.strip_suffix(".gz").unwrap_or(&file.name).to_owned();
    Ok(File { name, bytes })
}

/// Files are known by their own names, as in a folder; folders and hidden files are no part of a list.
fn unzip(file: &File, all: &mut Vec<File>) -> Result<(), Error> {
    let mut archive = open(file)?;
    let mut allowance = Allowance::of(file, MOST);
    for at in 0..archive.len() {
        let member = archive.by_index(at).map_err(|error| broken(file, &error))?;
        let path = member
            .name()
            .map_err(|error| broken(file, &error))?
            .replace('\\', "/");
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let hidden = path
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX");
        if name.is_empty() || hidden {
            continue;
        }
        let mut bytes = Vec::new();
        allowance.read(file, member, &mut bytes)?;
        all.push(File { name, bytes });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            out.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn file(name: &str, bytes: Vec<u8>) -> File {
        File {
            name: name.into(),
            bytes,
        }
    }

    #[test]
    fn what_is_packed_is_read_as_if_it_were_not() {
        let files = [
            file("un.xml.gz", gzip(b"<CONSOLIDATED_LIST/>")),
            file(
                "all.zip",
                zip(&[
                    ("in/sdn.csv", b"1"),
                    ("in/", b""),
                    (".hidden", b"2"),
                    ("alt.csv", b""),
                ]),
            ),
            file("note.txt", b"text".to_vec()),
        ];
        let all = unpacked(&files).unwrap();
        let names: Vec<&str> = all.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["un.xml", "sdn.csv", "alt.csv", "note.txt"]);
        assert_eq!(all[0].bytes, b"<CONSOLIDATED_LIST/>");
        assert!(matches!(unpacked(&files[2..]).unwrap(), Cow::Borrowed(_)));
    }

    #[test]
    fn what_grows_too_much_is_refused() {
        let zeros = vec![0; 2 * usize::try_from(SMALL).unwrap()];
        for bytes in [gzip(&zeros), zip(&[("sdn.csv", &zeros)])] {
            let error = unpacked(&[file("bomb", bytes)]).err().unwrap();
            assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{error}");
        }
    }

    #[test]
    fn what_is_cut_or_altered_is_refused() {
        for (name, whole) in [("x.gz", gzip(&[7; 500])), ("x.zip", zip(&[("a", &[7; 500])]))] {
            for end in 4..whole.len() {
                let files = [file(name, whole[..end].to_vec())];
                assert!(unpacked(&files).is_err(), "{name} cut at {end}");
            }
        }
        let mut altered = gzip(b"a list of names");
        let last = altered.len() - 6;
        altered[last] ^= 1;
        let error = unpacked(&[file("x.gz", altered)]).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Archive { .. }), "{error}");
    }
}
