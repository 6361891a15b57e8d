//! HTML character references in names -> the characters they stand for.

use std::borrow::Cow;

/// The longest reference looked at, without `&` and `;`: `#x10FFFF`.
const LONGEST: usize = 8;

/// Base letters with the endings of the named references of Latin-1, as HTML 4 lists them (section 24.2).
const LETTERS: [(&str, &str); 57] = [
    ("Agrave", "À"),
    ("Aacute", "Á"),
    ("Acirc", "Â"),
    ("Atilde", "Ã"),
    ("Auml", "Ä"),
    ("Aring", "Å"),
    ("AElig", "Æ"),
    ("Ccedil", "Ç"),
    ("Egrave", "È"),
    ("Eacute", "É"),
    ("Ecirc", "Ê"),
    ("Euml", "Ë"),
    ("Igrave", "Ì"),
    ("Iacute", "Í"),
    ("Icirc", "Î"),
    ("Iuml", "Ï"),
    ("Ntilde", "Ñ"),
    ("Ograve", "Ò"),
    ("Oacute", "Ó"),
    ("Ocirc", "Ô"),
    ("Otilde", "Õ"),
    ("Ouml", "Ö"),
    ("Oslash", "Ø"),
    ("Ugrave", "Ù"),
    ("Uacute", "Ú"),
    ("Ucirc", "Û"),
    ("Uuml", "Ü"),
    ("Yacute", "Ý"),
    ("THORN", "Þ"),
    ("ETH", "Ð"),
    ("szlig", "ß"),
    ("aelig", "æ"),
    ("ccedil", "ç"),
    ("eth", "ð"),
    ("thorn", "þ"),
    ("yuml", "ÿ"),
    ("Scaron", "Š"),
    ("scaron", "š"),
    ("Zcaron", "Ž"),
    ("zcaron", "ž"),
    ("OElig", "Œ"),
    ("oelig", "œ"),
    ("Yuml", "Ÿ"),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ldquo", "“"),
    ("rdquo", "”"),
];

/// `text` with its references decoded, as `Jos&eacute;` and `O&#39;Neil`; what is none stays as it is. References
/// that were encoded twice (`&amp;#39;`) are decoded twice.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let once = pass(text);
    match once.contains('&') && once != text {
        true => Cow::Owned(pass(&once)),
        false => Cow::Owned(once),
    }
}

fn pass(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        match reference(after) {
            Some((found, following)) => {
                decoded.push_str(&found);
                rest = following;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// The characters of the reference with which `text` begins, and what follows it.
fn reference(text: &str) -> Option<(String, &str)> {
    let end = text.bytes().take(LONGEST + 1).position(|b| b == b';')?;
    let (name, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let found = match name.strip_prefix('#') {
        Some(number) => numbered(number)?.to_string(),
        None => named(name)?,
    };
    Some((found, rest))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

fn named(name: &str) -> Option<String> {
    let exact = LETTERS.iter().find(|(known, _)| *known == name);
    if let Some((_, found)) = exact {
        return Some((*found).to_owned());
    }
    // The small letters are those of the capitals: `eacute` is `Eacute` in lower case.
    let mut letters = name.chars();
    let first = letters.next()?.to_ascii_uppercase();
    let capital: String = std::iter::once(first).chain(letters).collect();
    let (_, found) = LETTERS.iter().find(|(known, _)| *known == capital)?;
    Some(found.to_lowercase())
}
