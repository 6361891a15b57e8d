use crate::beside::{self, left_over};
use crate::file::list_file;
use crate::{
    Error, ErrorKind, File, archive, au_xlsx, ca_xml, ch_xml, eu_annexes, eu_csv, eu_xml, names_json,
    ofac_advanced, ofac_csv, ofac_xml, os_csv, os_json, private_csv, private_toml, ua_xlsx, uk_csv, uk_xml,
    un_xml, us_csl, us_lists, xlsx,
};
use std::fmt;
use tamis_model::{List, Remark};

/// The format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// OFAC's SDN list or consolidated list as CSV: four files without a header.
    OfacCsv,
    /// OFAC's SDN list or consolidated list as XML (`SDN.XML`).
    OfacXml,
    /// The consolidated list of the UN Security Council as XML.
    UnXml,
    /// The EU's consolidated list of financial sanctions as XML (FSF, schema 1.1).
    EuXml,
    /// The EU's consolidated list of financial sanctions as CSV (FSF, version 1.1).
    EuCsv,
    /// The annexes of the EU's regulations as CSV: a file for each regulation.
    EuAnnexes,
    /// OFAC's SDN list or consolidated list as advanced XML (`SDN_ADVANCED.XML`).
    OfacAdvanced,
    /// The UK Sanctions List as CSV.
    UkCsv,
    /// The consolidated list of OFSI, which the UK Sanctions List has replaced, as CSV.
    UkConlist,
    /// OpenSanctions as records that name each other (`entities.ftm.json`).
    OpenSanctionsFtm,
    /// OpenSanctions as targets with the records around them (`targets.nested.json`).
    OpenSanctionsNested,
    /// OpenSanctions as a table of targets (`targets.simple.csv`).
    OpenSanctionsCsv,
    /// A private list as CSV.
    PrivateCsv,
    /// A private list as TOML.
    PrivateToml,
    /// Australia's consolidated list (DFAT) as a workbook.
    AuXlsx,
    /// The sanctions of Ukraine's National Security and Defence Council as a workbook.
    UaXlsx,
    /// Canada's autonomous sanctions as XML.
    CaXml,
    /// Switzerland's sanctions (SECO) as XML.
    ChXml,
    /// The US Consolidated Screening List as CSV.
    UsCslCsv,
    /// The US Consolidated Screening List as JSON.
    UsCslJson,
    /// Lists of US agencies as JSON: a file for each list.
    UsJson,
    /// The US Denied Persons List as text with tabs.
    UsDpl,
    /// The US Covered List (FCC) as CSV.
    UsFcc,
    /// Bare names as JSON.
    NamesJson,
    /// The UK Sanctions List as XML.
    UkXml,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 25] = [
        Format::OfacCsv,
        Format::OfacXml,
        Format::OfacAdvanced,
        Format::UsCslCsv,
        Format::UsCslJson,
        Format::UsJson,
        Format::UsDpl,
        Format::UsFcc,
        Format::UnXml,
        Format::EuXml,
        Format::EuCsv,
        Format::EuAnnexes,
        Format::UkCsv,
        Format::UkXml,
        Format::UkConlist,
        Format::ChXml,
        Format::CaXml,
        Format::AuXlsx,
        Format::UaXlsx,
        Format::OpenSanctionsFtm,
        Format::OpenSanctionsNested,
        Format::OpenSanctionsCsv,
        Format::PrivateCsv,
        Format::PrivateToml,
        Format::NamesJson,
    ];

    /// The word for the format on the command line: `ofac-sdn`, `ofac-xml`, `un`, `eu-xml`, ….
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::OfacCsv => "ofac-sdn",
            Format::OfacXml => "ofac-xml",
            Format::UnXml => "un",
            Format::EuXml => "eu-xml",
            Format::EuCsv => "eu-csv",
            Format::EuAnnexes => "eu-annexes",
            Format::OfacAdvanced => "ofac-advanced",
            Format::UkCsv => "uk-csv",
            Format::UkConlist => "uk-conlist",
            Format::OpenSanctionsFtm => "opensanctions-ftm",
            Format::OpenSanctionsNested => "opensanctions-nested",
            Format::OpenSanctionsCsv => "opensanctions-csv",
            Format::PrivateCsv => "private-csv",
            Format::PrivateToml => "private-toml",
            Format::AuXlsx => "au-xlsx",
            Format::UaXlsx => "ua-xlsx",
            Format::CaXml => "ca-xml",
            Format::ChXml => "ch-xml",
            Format::UsCslCsv => "us-csl-csv",
            Format::UsCslJson => "us-csl-json",
            Format::UsJson => "us-json",
            Format::UsDpl => "us-dpl",
            Format::UsFcc => "us-fcc",
            Format::NamesJson => "names-json",
            Format::UkXml => "uk-xml",
        }
    }

    /// Reads the word for a format, whatever its case; `ofac-csv`, `un-xml` and `eu` are understood too.
    pub fn parse(word: &str) -> Option<Format> {
        Some(match word.trim().to_lowercase().as_str() {
            "ofac-sdn" | "ofac-csv" | "ofac-sdn-csv" => Format::OfacCsv,
            "ofac-xml" => Format::OfacXml,
            "un" | "un-xml" => Format::UnXml,
            "eu" | "eu-xml" => Format::EuXml,
            "eu-csv" => Format::EuCsv,
            "eu-annexes" => Format::EuAnnexes,
            "ofac-advanced" => Format::OfacAdvanced,
            "uk" | "uk-csv" => Format::UkCsv,
            "uk-conlist" => Format::UkConlist,
            "opensanctions-ftm" | "opensanctions" => Format::OpenSanctionsFtm,
            "opensanctions-nested" => Format::OpenSanctionsNested,
            "opensanctions-csv" => Format::OpenSanctionsCsv,
            "private-csv" | "private" => Format::PrivateCsv,
            "private-toml" => Format::PrivateToml,
            "au-xlsx" | "au" | "dfat" => Format::AuXlsx,
            "ua-xlsx" | "ua" | "nsdc" => Format::UaXlsx,
            "ca-xml" | "ca" | "sema" => Format::CaXml,
            "ch-xml" | "ch" | "seco" => Format::ChXml,
            "us-csl-csv" | "us-csl" | "csl" => Format::UsCslCsv,
            "us-csl-json" => Format::UsCslJson,
            "us-json" => Format::UsJson,
            "us-dpl" | "dpl" => Format::UsDpl,
            "us-fcc" | "fcc" => Format::UsFcc,
            "names-json" => Format::NamesJson,
            "uk-xml" => Format::UkXml,
            _ => return None,
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What one file looks like, from its first bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A list, or the main file of one.
    List(Format),
    /// Rows of an OFAC CSV file beside the main one: this many fields.
    Rows(usize),
    /// Something that is refused when it is the list, and ignored beside one.
    Refused(ErrorKind),
    /// Text of no known format.
    Other(String),
}

/// How far into a file a format is looked for.
const SNIFFED: usize = 64 * 1024;

impl Look {
    pub(crate) fn at(file: &File) -> Look {
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
        let bytes = from_root(bytes);
        let rest = bytes.get(..SNIFFED).unwrap_or(bytes);
        let text = String::from_utf8_lossy(rest.trim_ascii_start());
        if text.trim_matches(['\u{1a}', ' ', '\r', '\n', '\t']).is_empty() {
            return Look::Refused(ErrorKind::Empty);
        }
        if let Some(texts) = xlsx::texts(file) {
            return look_at_workbook(&texts);
        }
        if let Some(detail) = binary(rest) {
            return Look::Refused(ErrorKind::NotText { detail });
        }
        if text.starts_with('<') {
            look_at_markup(&text)
        } else {
            look_at_rows(&text)
        }
    }

    pub(crate) fn describe(&self) -> String {
        match self {
            Look::List(format) => format!("this looks like {format}"),
            Look::Rows(fields) => format!("this looks like rows of {fields} fields beside an OFAC CSV list"),
            Look::Refused(kind) => kind.to_string(),
            Look::Other(what) => what.clone(),
        }
    }
}

/// The bytes from the root of XML on: declarations and comments before it may be of any length.
fn from_root(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.trim_ascii_start();
    loop {
        let end: &[u8] = match () {
            () if rest.starts_with(b"<?") => b"?>",
            () if rest.starts_with(b"<!--") => b"-->",
            () => return rest,
        };
        let found = rest.windows(end.len()).position(|window| window == end);
        match found.and_then(|at| rest.get(at + end.len()..)) {
            Some(after) => rest = after.trim_ascii_start(),
            None => return rest,
        }
    }
}

/// A NUL byte never stands in a list; UTF-16, archives, spreadsheets and pictures are full of them.
fn binary(head: &[u8]) -> Option<String> {
    let kinds: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a ZIP archive or a spreadsheet"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"%PDF", "a PDF document"),
        (b"\xff\xfe", "UTF-16"),
    ];
    let known = kinds.iter().find(|(magic, _)| head.starts_with(magic));
    let name = known.map(|(_, name)| (*name).to_owned());
    name.or_else(|| head.contains(&0).then(|| "it holds NUL bytes".to_owned()))
}

fn look_at_workbook(texts: &str) -> Look {
    match () {
        () if au_xlsx::is_list(texts) => Look::List(Format::AuXlsx),
        () if ua_xlsx::is_list(texts) => Look::List(Format::UaXlsx),
        () => Look::Other("a workbook of no known list".to_owned()),
    }
}

/// Stands for the root where a document type declaration comes before it.
const DOCTYPE: &str = "!DOCTYPE";

fn look_at_markup(text: &str) -> Look {
    let root = root_name(text);
    match root.rsplit(':').next().unwrap_or_default() {
        "sdnList" => Look::List(Format::OfacXml),
        "CONSOLIDATED_LIST" => Look::List(Format::UnXml),
        "Sanctions" if ofac_advanced::is_advanced(text) => Look::List(Format::OfacAdvanced),
        "data-set" if ca_xml::is_list(text) => Look::List(Format::CaXml),
        "Designations" => Look::List(Format::UkXml),
        "swiss-sanctions-list" => Look::List(Format::ChXml),
        "export" if eu_xml::is_export(text) => Look::List(Format::EuXml),
        "Error" if text.contains("<Code>") => Look::Refused(ErrorKind::ErrorPage {
            code: between(text, "<Code>", "</Code>"),
        }),
        other if other.eq_ignore_ascii_case("html") => Look::Refused(ErrorKind::Html),
        DOCTYPE => Look::Refused(ErrorKind::Doctype),
        other if ["head", "body"].contains(&other.to_lowercase().as_str()) => Look::Refused(ErrorKind::Html),
        other => Look::Other(format!("an XML file with the root <{other}>")),
    }
}

/// The name of the first element, past the declaration, comments and an `html` document type.
fn root_name(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.to_lowercase().starts_with("<!doctype html") => return "html",
            _ if rest.starts_with("<!") => return DOCTYPE,
            _ => break,
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after,
            None => return "",
        }
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    name.split(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .next()
        .unwrap_or_default()
}

fn between(text: &str, start: &str, end: &str) -> String {
    let inner = text.split_once(start).map_or("", |(_, rest)| rest);
    inner
        .split_once(end)
        .map_or("", |(code, _)| code)
        .trim()
        .to_owned()
}

/// OFAC's CSV files have no header: the first field is a number, and the number of fields says which one it is.
fn look_at_rows(text: &str) -> Look {
    let first = text.lines().next().unwrap_or_default();
    if eu_csv::is_header(first) {
        return Look::List(Format::EuCsv);
    }
    if eu_annexes::is_header(first) {
        return Look::List(Format::EuAnnexes);
    }
    if os_csv::is_header(first) {
        return Look::List(Format::OpenSanctionsCsv);
    }
    if private_csv::is_header(text) {
        return Look::List(Format::PrivateCsv);
    }
    if private_toml::is_private(text) {
        return Look::List(Format::PrivateToml);
    }
    if names_json::is_list(text) {
        return Look::List(Format::NamesJson);
    }
    if let Some(format) = us_csl::look(text).or_else(|| us_lists::look(text)) {
        return Look::List(format);
    }
    if let Some(format) = os_json::look(text) {
        return Look::List(format);
    }
    if let Some(format) = uk_csv::look(text) {
        return Look::List(format);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    if !reader.read_record(&mut row).unwrap_or(false) {
        return Look::Other("text without rows".to_owned());
    }
    let number = row
        .get(0)
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    match row.len() {
        12 if number => Look::List(Format::OfacCsv),
        fields @ (2 | 5 | 6) if number => Look::Rows(fields),
        fields => Look::Other(format!("text with {fields} field(s) in its first row")),
    }
}

/// Finds the format of the list in `files` from their content; a name alone never decides.
///
/// # Errors
/// When there is no list (with the reason: an empty file, a web page, …) or more than one.
pub fn detect(files: &[File]) -> Result<Format, Error> {
    format_of(&archive::unpacked(files)?)
}

fn format_of(files: &[File]) -> Result<Format, Error> {
    let first = files.first().ok_or_else(|| Error::new("", ErrorKind::NoFiles))?;
    let mut formats: Vec<(Format, &File)> = Vec::new();
    for file in files {
        if let Look::List(format) = Look::at(file) {
            formats.push((format, file));
        }
    }
    let Some((format, _)) = formats.first() else {
        return Err(nothing_found(files, first));
    };
    if formats.iter().any(|(other, _)| other != format) {
        let names: Vec<&str> = formats.iter().map(|(_, file)| file.name.as_str()).collect();
        let files = names.join(", ");
        return Err(Error::new("", ErrorKind::Ambiguous { files }));
    }
    Ok(*format)
}

/// The most telling reason: a file that should have been a list and is a web page, rather than a read-me.
fn nothing_found(files: &[File], first: &File) -> Error {
    let named = || {
        let named = |file: &&File| looks_like_a_list_name(&file.lower_name());
        files.iter().filter(named)
    };
    // Rows beside a main file that is damaged are not what is wrong.
    let odd = named().find(|file| !matches!(Look::at(file), Look::Rows(_)));
    let file = odd.or(named().next()).unwrap_or(first);
    match Look::at(file) {
        Look::Refused(kind) => file.error(kind),
        // Rows without their main file: say which one is missing.
        Look::Rows(_) if files.iter().any(|f| ofac_csv::is_side_file(&f.lower_name())) => {
            file.error(ofac_csv::main_file_missing())
        }
        look => file.error(ErrorKind::Unknown {
            found: look.describe(),
        }),
    }
}

fn looks_like_a_list_name(lower: &str) -> bool {
    ofac_csv::is_list_file(lower) || lower.ends_with(".xml")
}

/// Reads a list of a known format.
///
/// Gzip files and ZIP archives are unpacked first, up to 2 GiB and 100 times their size; what they hold counts as if it lay in
/// their place.
///
/// Files that are no part of the list are named in a remark, a warning where they may be lists too; one that is empty, a web
/// page or no text is refused, wherever it lies, unless its ending is that of a document. A folder may hold several XML files of the format
/// only when one has the official name (`sdn.xml`, `consolidated.xml`): that one is read, and a remark names
/// the others.
///
/// # Errors
/// Whenever the list cannot be read whole; see [`ErrorKind`].
pub fn read(format: Format, files: &[File]) -> Result<List, Error> {
    read_unpacked(format, &archive::unpacked(files)?)
}

fn read_unpacked(format: Format, files: &[File]) -> Result<List, Error> {
    let Some(first) = files.first() else {
        return Err(Error::new("", ErrorKind::NoFiles));
    };
    let list = read_as(format, files)?;
    beside::refuse_damaged(format, files)?;
    // A table can have rows all of which are empty.
    match list.entities.is_empty() {
        true => Err(first.error(ErrorKind::NoEntries)),
        false => Ok(list),
    }
}

fn read_as(format: Format, files: &[File]) -> Result<List, Error> {
    match format {
        Format::OfacCsv => ofac_csv::read(files),
        Format::OfacXml => ofac_xml::read(files),
        Format::UnXml => un_xml::read(files),
        Format::EuXml => eu_xml::read(files),
        Format::EuCsv => eu_csv::read(files),
        Format::EuAnnexes => eu_annexes::read(files),
        Format::OfacAdvanced => ofac_advanced::read(files),
        Format::UkCsv => uk_csv::read(files),
        Format::UkConlist => uk_csv::read_conlist(files),
        Format::OpenSanctionsFtm => os_json::read(files),
        Format::OpenSanctionsNested => os_json::read_nested(files),
        Format::OpenSanctionsCsv => os_csv::read(files),
        Format::PrivateCsv => private_csv::read(files),
        Format::PrivateToml => private_toml::read(files),
        Format::AuXlsx => au_xlsx::read(files),
        Format::UaXlsx => ua_xlsx::read(files),
        Format::CaXml => ca_xml::read(files),
        Format::ChXml => ch_xml::read(files),
        Format::UsCslCsv => us_csl::read_csv(files),
        Format::UsCslJson => us_csl::read_json(files),
        Format::UsJson => us_lists::read_json(files),
        Format::UsDpl => us_lists::read_dpl(files),
        Format::UsFcc => us_lists::read_fcc(files),
        Format::NamesJson => names_json::read(files),
        Format::UkXml => uk_xml::read(files),
    }
}

/// Detects the format, then reads the list.
///
/// # Errors
/// Those of [`detect`] and [`read`].
pub fn load(files: &[File]) -> Result<List, Error> {
    let files = archive::unpacked(files)?;
    read_unpacked(format_of(&files)?, &files)
}

/// Reads a list every file of which was asked for, such as one from several addresses: no file may be left over. The format is
/// detected where none is given.
///
/// # Errors
/// Those of [`detect`] and [`read`], and [`ErrorKind::LeftOver`] where nothing of a file was read.
pub fn read_every(format: Option<Format>, files: &[File]) -> Result<List, Error> {
    let each = files
        .iter()
        .map(|file| archive::unpacked(std::slice::from_ref(file)));
    let each = each.collect::<Result<Vec<_>, Error>>()?;
    let all: Vec<File> = each.iter().flat_map(|own| own.iter().cloned()).collect();
    let format = format.map_or_else(|| format_of(&all), Ok)?;
    let list = read_unpacked(format, &all)?;
    let left_over = files
        .iter()
        .zip(&each)
        .find(|(_, own)| !own.iter().any(|file| has_read(&list, file)));
    match left_over {
        Some((file, own)) => Err(file.error(ErrorKind::LeftOver {
            found: own.first().map_or_else(
                || "an archive without files".to_owned(),
                |own| Look::at(own).describe(),
            ),
            expected: format.to_string(),
        })),
        None => Ok(list),
    }
}

fn has_read(list: &List, file: &File) -> bool {
    let own = list_file(file);
    list.meta.files.contains(&own)
}

/// The one file of `format` among `files`, and remarks on those that are left over.
pub(crate) fn choose<'a>(
    format: Format,
    official: &[&str],
    files: &'a [File],
) -> Result<(&'a File, Vec<Remark>), Error> {
    let lists: Vec<&File> = files
        .iter()
        .filter(|f| Look::at(f) == Look::List(format))
        .collect();
    let named: Vec<&File> = lists
        .iter()
        .copied()
        .filter(|file| official.contains(&file.lower_name().as_str()))
        .collect();
    let chosen = match (lists.as_slice(), named.as_slice()) {
        ([], _) => return Err(wrong_format(format, files)),
        ([one], _) | (_, [one]) => *one,
        _ => {
            let names: Vec<&str> = lists.iter().map(|file| file.name.as_str()).collect();
            let files = names.join(", ");
            return Err(Error::new("", ErrorKind::Ambiguous { files }));
        }
    };
    let rest = files.iter().filter(|file| !std::ptr::eq(*file, chosen));
    Ok((chosen, rest.map(left_over).collect()))
}

/// Why none of `files` is a list of `format`.
pub(crate) fn wrong_format(format: Format, files: &[File]) -> Error {
    let Some(file) = files
        .iter()
        .find(|f| looks_like_a_list_name(&f.lower_name()))
        .or(files.first())
    else {
        return Error::new("", ErrorKind::NoFiles);
    };
    match Look::at(file) {
        Look::Refused(kind) => file.error(kind),
        look => file.error(ErrorKind::WrongFormat {
            found: look.describe(),
            expected: format.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> File {
        File {
            name: name.into(),
            bytes: bytes.into(),
        }
    }

    fn kind(name: &str, bytes: &[u8]) -> ErrorKind {
        detect(&[file(name, bytes)]).unwrap_err().kind().clone()
    }

    #[test]
    fn the_content_decides_and_not_the_name() {
        let un = b"<?xml version=\"1.0\"?><!-- c --><CONSOLIDATED_LIST dateGenerated=\"2026-01-01\"/>";
        assert_eq!(detect(&[file("sdn.csv", un)]).unwrap(), Format::UnXml);
        let sdn = b"\xef\xbb\xbf<x:sdnList xmlns:x='u'></x:sdnList>";
        assert_eq!(detect(&[file("consolidated.xml", sdn)]).unwrap(), Format::OfacXml);
        let row = b"36,\"A, B\",-0- ,CUBA,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
        assert_eq!(detect(&[file("list.txt", row)]).unwrap(), Format::OfacCsv);
    }

    #[test]
    fn a_comment_before_the_root_may_be_of_any_length() {
        let long = "-".repeat(9) + &" x".repeat(SNIFFED);
        let text = format!("<?xml version=\"1.0\"?>\n<!--{long}-->\n<!-- c --><CONSOLIDATED_LIST/>");
        assert_eq!(detect(&[file("un.xml", text.as_bytes())]).unwrap(), Format::UnXml);
        let open = format!("<!--{long}");
        assert!(matches!(
            kind("un.xml", open.as_bytes()),
            ErrorKind::Unknown { .. }
        ));
    }

    #[test]
    fn what_is_no_list_is_refused_by_its_own_name() {
        assert_eq!(kind("sdn.csv", b""), ErrorKind::Empty);
        assert_eq!(kind("sdn.csv", b"\x1a"), ErrorKind::Empty);
        assert_eq!(kind("sdn.xml", b"<!DOCTYPE html><html></html>"), ErrorKind::Html);
        assert_eq!(kind("sdn.csv", b"\n<HTML><body>"), ErrorKind::Html);
        let s3 = b"<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
        assert_eq!(
            kind("un.xml", s3),
            ErrorKind::ErrorPage {
                code: "AccessDenied".into()
            }
        );
        assert!(matches!(
            kind("sdn.csv", b"PK\x03\x04rest"),
            ErrorKind::Archive { .. }
        ));
        assert!(matches!(
            kind("sdn.csv", b"\x01\x00\x02"),
            ErrorKind::NotText { .. }
        ));
        let typed = b"<?xml version=\"1.0\"?><!DOCTYPE sdnList [<!ENTITY a \"b\">]><sdnList/>";
        assert_eq!(kind("sdn.xml", typed), ErrorKind::Doctype);
        assert!(matches!(kind("a.xml", b"<other/>"), ErrorKind::Unknown { .. }));
        assert!(matches!(
            kind("a.csv", b"id,name\n1,x\n"),
            ErrorKind::Unknown { .. }
        ));
        assert!(matches!(
            kind("alt.csv", b"1,2,aka,X,-0- \n"),
            ErrorKind::MissingFile { .. }
        ));
        assert_eq!(*detect(&[]).unwrap_err().kind(), ErrorKind::NoFiles);
    }

    #[test]
    fn two_lists_in_one_folder_are_ambiguous() {
        let un = file("consolidated.xml", b"<CONSOLIDATED_LIST/>");
        let sdn = file("sdn.xml", b"<sdnList/>");
        assert!(matches!(
            detect(&[un, sdn]).unwrap_err().kind(),
            ErrorKind::Ambiguous { .. }
        ));
        let two = [file("a.xml", b"<sdnList/>"), file("b.xml", b"<sdnList/>")];
        assert!(matches!(
            load(&two).unwrap_err().kind(),
            ErrorKind::Ambiguous { .. }
        ));
    }

    #[test]
    fn the_words_for_formats_are_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.as_str()), Some(format));
        }
        assert_eq!(Format::parse("OFAC-CSV"), Some(Format::OfacCsv));
        assert_eq!(Format::parse("atlantis"), None);
    }

    #[test]
    fn a_list_of_another_format_than_asked_for_is_refused() {
        let error = read(Format::UnXml, &[file("x.xml", b"<sdnList/>")]).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::WrongFormat { .. }));
        assert_eq!(
            error.to_string(),
            "x.xml: this looks like ofac-xml, but un is expected: name another file, or let the format be detected"
        );
    }
}
