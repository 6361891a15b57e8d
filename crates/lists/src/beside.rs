//! What lies beside the files that are read: a read-me is a remark, what may be a part of the list is a warning, and what
//! should have been a part of it and is damaged is refused. A list with a hole clears those who stood in it.

use crate::detect::Look;
use crate::file::{WARNING, remark};
use crate::{Error, ErrorKind, File, Format, ofac_whole};
use tamis_model::Remark;

/// Endings of files that explain, show or sign a list and never are one.
const DOCUMENTS: [&str; 16] = [
    "asc", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "md", "minisig", "pdf", "png", "sha256",
    "sig", "svg", "xsd",
];

/// Endings of files that lists come in.
const DATA: [&str; 10] = [
    "csv", "tsv", "tab", "xml", "json", "jsonl", "ijson", "xlsx", "xls", "toml",
];

/// Files that tell of the lists beside them.
const CONTENTS: [&str; 2] = ["manifest.json", "lists.json"];

fn ending(lower: &str) -> &str {
    lower.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Whether a file tells of the lists beside it.
pub(crate) fn tells_of_others(file: &File) -> bool {
    CONTENTS.contains(&file.lower_name().as_str())
}

/// Refuses a file that holds nothing, or a web page or anything else that is no text, among the files of a list. Only a
/// document may, such as a PDF that explains the list, and a comments file of OFAC with nothing but its end mark.
pub(crate) fn refuse_damaged(format: Format, files: &[File]) -> Result<(), Error> {
    let document = |file: &&File| DOCUMENTS.contains(&ending(&file.lower_name()));
    let may_be_empty = |file: &&File| {
        let comments = format == Format::OfacCsv && file.lower_name().ends_with("comments.csv");
        comments && ofac_whole::has_no_comments(file)
    };
    let should_be_data = files.iter().filter(|file| !document(file) && !may_be_empty(file));
    for file in should_be_data {
        if let Look::Refused(kind) = Look::at(file) {
            return Err(file.error(among_others(kind, files)));
        }
    }
    Ok(())
}

/// The reason with the remedy for a file that may lie there by chance.
fn among_others(kind: ErrorKind, files: &[File]) -> ErrorKind {
    match files {
        [_] => kind,
        _ => ErrorKind::Damaged {
            problem: kind.to_string(),
        },
    }
}

/// A remark on a file that is not read.
pub(crate) fn left_over(file: &File) -> Remark {
    let text = "not a part of this list; not read";
    let explains = match Look::at(file) {
        Look::Other(_) => tells_of_others(file) || !DATA.contains(&ending(&file.lower_name())),
        _ => false,
    };
    match explains {
        true => remark(file.name.as_str(), text),
        false => remark(file.name.as_str(), format!("{WARNING}{text}")),
    }
}

/// The files of a list that is a folder of them, and remarks on the others. A file with the ending that the list's files have
/// is one of them, or is refused.
pub(crate) fn every<'a>(
    format: Format,
    own_ending: &str,
    files: &'a [File],
) -> Result<(Vec<&'a File>, Vec<Remark>), Error> {
    let (own, others): (Vec<&File>, Vec<&File>) = files
        .iter()
        .partition(|file| Look::at(file) == Look::List(format));
    if own.is_empty() {
        return Err(crate::detect::wrong_format(format, files));
    }
    let foreign = |file: &&&File| ending(&file.lower_name()) == own_ending && !tells_of_others(file);
    match others.iter().find(foreign) {
        Some(file) => {
            let problem = match Look::at(file) {
                Look::Refused(kind) => kind.to_string(),
                look => format!("{}, and no file of {format}: download it again", look.describe()),
            };
            Err(file.error(ErrorKind::Damaged { problem }))
        }
        None => Ok((own, others.into_iter().map(left_over).collect())),
    }
}
