//! First bytes -> encoding, or the reason why they are no text at all.

use crate::{Error, Options, evidence};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of an input, and how it is known, in words for the notes.
pub(crate) struct Detected {
    pub encoding: &'static Encoding,
    pub how: &'static str,
}

/// Files that are often sent in place of a CSV: their first bytes, what they are, and the remedy.
const OTHER_FILES: [(&[u8], &str, &str); 7] = [
    (
        b"PK\x03\x04",
        "a workbook or a ZIP archive",
        "save the sheet as CSV, or unpack it first",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel or Word file",
        "save it as CSV first",
    ),
    (b"\x1f\x8b", "gzip-compressed", "decompress it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "decompress it first"),
    (b"BZh", "bzip2-compressed", "decompress it first"),
    (b"%PDF", "a PDF", "export the table as CSV first"),
    (b"PAR1", "a Parquet file", "export it as CSV or JSON Lines first"),
];

/// Texts that are no table, by how they begin (in lower case).
const OTHER_TEXTS: [(&str, &str, &str); 4] = [
    (
        "<!doctype html",
        "a web page",
        "it is probably an error page: fetch the file again",
    ),
    (
        "<html",
        "a web page",
        "it is probably an error page: fetch the file again",
    ),
    ("<?xml", "an XML document", "export the customers as CSV first"),
    ("{\\rtf", "an RTF document", "save it as CSV first"),
];

/// Refuses what the first bytes show to be another kind of file.
pub(crate) fn refuse_other_files(sample: &[u8], name: &str) -> Result<(), Error> {
    let found = OTHER_FILES.iter().find(|(magic, ..)| sample.starts_with(magic));
    match found {
        Some((_, what, remedy)) => Err(wrong_file(name, what, remedy)),
        None => Ok(()),
    }
}

/// Refuses decoded text that is no table: a web page, XML, a JSON array.
pub(crate) fn refuse_other_texts(sample: &str, name: &str) -> Result<(), Error> {
    let text = sample.trim_start();
    let head: String = text.chars().take(20).collect::<String>().to_lowercase();
    if let Some((_, what, remedy)) = OTHER_TEXTS.iter().find(|(start, ..)| head.starts_with(start)) {
        return Err(wrong_file(name, what, remedy));
    }
    let array = text
        .strip_prefix('[')
        .is_some_and(|rest| rest.trim_start().starts_with('{'));
    match array {
        true => Err(wrong_file(
            name,
            "one JSON array",
            "write one object a line (jq -c '.[]')",
        )),
        false => Ok(()),
    }
}

fn wrong_file(name: &str, what: &'static str, remedy: &'static str) -> Error {
    Error::WrongFile {
        name: name.to_owned(),
        what,
        remedy,
    }
}

/// The encoding of an input that begins with `sample`; `whole`: the sample is all there is.
pub(crate) fn encoding(sample: &[u8], whole: bool, name: &str, options: &Options) -> Result<Detected, Error> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(Detected {
            encoding,
            how: "byte order mark",
        });
    }
    if let Some(label) = &options.encoding {
        let known = Encoding::for_label_no_replacement(label.trim().as_bytes());
        let encoding = known.ok_or_else(|| Error::UnknownEncoding { label: label.clone() })?;
        return Ok(Detected {
            encoding,
            how: "as asked for",
        });
    }
    let detected = guess(sample, whole);
    check_certain(sample, whole, &detected, name)?;
    Ok(detected)
}

/// Refuses a guess among the legacy encodings that another would explain as well.
fn check_certain(sample: &[u8], whole: bool, detected: &Detected, name: &str) -> Result<(), Error> {
    if [UTF_8, UTF_16LE, UTF_16BE].contains(&detected.encoding) {
        return Ok(());
    }
    // A character may be cut by the end of the sample.
    let last = sample.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
    let complete = match (whole, last) {
        (false, Some(end)) => sample.get(..end).unwrap_or(sample),
        _ => sample,
    };
    let candidates = evidence::doubts(complete, detected.encoding);
    match candidates.is_empty() {
        true => Ok(()),
        false => Err(Error::UncertainEncoding {
            name: name.to_owned(),
            candidates: candidates.join(", "),
        }),
    }
}

fn guess(sample: &[u8], whole: bool) -> Detected {
    if let Some(encoding) = utf16_without_mark(sample) {
        return Detected {
            encoding,
            how: "detected",
        };
    }
    let (valid, broken) = utf8_sequences(sample, whole);
    if broken == 0 {
        return Detected {
            encoding: UTF_8,
            how: "valid",
        };
    }
    // UTF-8 with a few damaged characters must not be taken for a legacy encoding: all other names would
    // silently become nonsense and pass as clear. Legacy text forms valid UTF-8 sequences only by accident
    // (a few per cent in Cyrillic, about a fifth in GBK), so "as many valid as broken" is UTF-8, and only
    // the damaged records stay unscreened.
    if valid >= broken {
        return Detected {
            encoding: UTF_8,
            how: "detected, with damaged characters",
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole);
    Detected {
        encoding: detector.guess(None, Utf8Detection::Deny),
        how: "detected",
    }
}

/// Counts the valid multi-byte sequences of UTF-8 and the broken places. A sequence cut by the end of the
/// sample is neither.
fn utf8_sequences(sample: &[u8], whole: bool) -> (usize, usize) {
    let (mut valid, mut broken) = (0, 0);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let cut = chunks.peek().is_none() && !whole && is_prefix_of_sequence(chunk.invalid());
        broken += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    (valid, broken)
}

fn is_prefix_of_sequence(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// UTF-16 without a byte order mark shows in its ASCII characters (delimiters, line ends, digits): each is a
/// byte beside a NUL, while pairs of two printable ASCII bytes, the mark of plain text, are all but missing.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let printable = |b: u8| b.is_ascii_graphic() || b.is_ascii_whitespace();
    let (mut pairs, mut plain, mut little, mut big) = (0, 0, 0, 0);
    for pair in sample.chunks_exact(2) {
        pairs += 1;
        plain += usize::from(printable(pair[0]) && printable(pair[1]));
        little += usize::from(printable(pair[0]) && pair[1] == 0);
        big += usize::from(pair[0] == 0 && printable(pair[1]));
    }
    let clear = |marks: usize, others: usize| marks * 10 > pairs && marks > 4 * plain && marks > 4 * others;
    if clear(little, big) {
        Some(UTF_16LE)
    } else if clear(big, little) {
        Some(UTF_16BE)
    } else {
        None
    }
}
