use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::OnceLock;

/// A country as its two-letter code (ISO 3166-1 alpha-2; `XK` for Kosovo; former states by their last code).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// A code from two ASCII letters, whatever their case.
    pub fn new(letters: &str) -> Option<CountryCode> {
        match letters.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(CountryCode([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two letters in upper case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for CountryCode {
    type Error = String;

    fn try_from(text: String) -> Result<CountryCode, String> {
        CountryCode::new(&text).ok_or_else(|| format!("'{text}' is not a two-letter country code"))
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> String {
        code.as_str().to_owned()
    }
}

/// The table as people edit it; its head says what it was made from.
const TABLE: &str = include_str!("../../../data/tables/countries.csv");

/// Words around a country's name that do not change which country is meant: `Region: Crimea`,
/// `former Soviet Union`, `Republic of Serbia`. Tried only after the whole text was not found, so that
/// `Republic of China` and `The Former Yugoslav Republic of Macedonia` keep their own meaning.
const PREFIXES: [&str; 5] = ["the", "region", "formerly", "former", "republicof"];

/// The same behind the name: `Gambia, The`, `Serbia, Republic of`.
const SUFFIXES: [&str; 3] = ["therepublicof", "republicof", "the"];

/// The code of the country that `text` names: a name in its usual forms, or a two- or three-letter code.
///
/// Case, accents, spaces and punctuation do not matter. A bilingual text (`Russia / Russie`) is understood
/// when all parts that are known mean the same country. `None` when the text is not known, and when it can
/// mean two countries (`Korea`). Former states have codes of their own (`SU`, `YU`, `CS`, `DD`, `YD`, `AN`);
/// states that only changed their name have the code of today (`Burma` is `MM`, `Zaire` is `CD`).
///
/// Takes one short allocation and a binary search.
///
/// # Example
/// ```
/// use tamis_model::{country_code, country_name};
/// let code = country_code("Korea, North").unwrap();
/// assert_eq!(code.as_str(), "KP");
/// assert_eq!(country_code("D.P.R.K."), Some(code));
/// assert_eq!(country_code("prk"), Some(code));
/// assert_eq!(country_name(code), Some("North Korea"));
/// assert_eq!(country_code("QQ"), None);
/// ```
pub fn country_code(text: &str) -> Option<CountryCode> {
    find(&fold(text)).or_else(|| common_to_parts(text))
}

/// The usual English name of a country.
pub fn country_name(code: CountryCode) -> Option<&'static str> {
    let names = &tables().names;
    let at = names.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    names.get(at).map(|(_, name)| *name)
}

/// The country that all recognised parts around a slash agree on.
fn common_to_parts(text: &str) -> Option<CountryCode> {
    let mut known = text.split('/').filter_map(|part| find(&fold(part)));
    let first = known.next()?;
    (text.contains('/') && known.all(|code| code == first)).then_some(first)
}

fn find(key: &str) -> Option<CountryCode> {
    let mut rest = key;
    loop {
        if let Some(code) = exact(rest) {
            return Some(code);
        }
        let before = PREFIXES.iter().find_map(|word| rest.strip_prefix(word));
        rest = before.or_else(|| SUFFIXES.iter().find_map(|word| rest.strip_suffix(word)))?;
    }
}

fn exact(key: &str) -> Option<CountryCode> {
    let keys = &tables().keys;
    let at = keys.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok()?;
    keys.get(at).map(|(_, code)| *code)
}

struct Tables {
    /// Every folded form, sorted.
    keys: Vec<(String, CountryCode)>,
    /// Every code with its name, sorted.
    names: Vec<(CountryCode, &'static str)>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Tables {
            keys: Vec::new(),
            names: Vec::new(),
        };
        for row in rows() {
            tables.names.push((row.code, row.name));
            tables.keys.extend(row.forms().map(|form| (fold(form), row.code)));
        }
        tables.keys.sort_unstable();
        tables.names.sort_unstable();
        tables
    })
}

struct Row {
    code: CountryCode,
    alpha3: &'static str,
    name: &'static str,
    aliases: &'static str,
}

impl Row {
    fn parse(line: &'static str) -> Option<Row> {
        let mut cells = line.split(',');
        let row = Row {
            code: CountryCode::new(cells.next()?)?,
            alpha3: cells.next()?,
            name: cells.next()?,
            aliases: cells.next()?,
        };
        let note = cells.next();
        (note.is_some() && cells.next().is_none()).then_some(row)
    }

    /// The name, the aliases and the two codes.
    fn forms(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.split('|').filter(|alias| !alias.is_empty());
        [self.code.as_str(), self.alpha3, self.name]
            .into_iter()
            .chain(aliases)
    }
}

/// The lines that hold a country: all but comments and the header.
fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#')).skip(1)
}

fn rows() -> impl Iterator<Item = Row> {
    lines().filter_map(Row::parse)
}

/// `text` in lower case, without spaces, punctuation and the accents that occur in names of countries.
fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            key.extend(c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()));
            key.push_str(if c == '&' { "and" } else { "" });
        } else {
            key.push_str(if c == 'ß' { "s" } else { "" });
            key.extend(c.to_lowercase().filter_map(plain));
        }
    }
    key
}

/// `c` without its accent. Combining marks are no letters and fall away with the punctuation.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ð' | 'đ' | 'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ế' | 'ệ' | 'ə' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' | 'ß' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ς' => 'σ',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        'أ' | 'إ' | 'آ' => 'ا',
        // U+02BB and its like stand for an apostrophe (Oʻzbekiston), though Unicode counts them as letters.
        '\u{2b0}'..='\u{2ff}' => return None,
        other if other.is_alphanumeric() => other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn code(text: &str) -> Option<String> {
        country_code(text).map(|code| code.to_string())
    }

    #[test]
    fn every_row_of_the_table_parses() {
        for line in lines() {
            assert!(Row::parse(line).is_some(), "{line}");
            assert!(!line.contains('"'), "cells are never quoted: {line}");
        }
        // 249 codes of ISO 3166-1, Kosovo, and six former states.
        assert_eq!(rows().count(), 249 + 1 + 6);
    }

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut seen = BTreeSet::new();
        for row in rows() {
            assert!(seen.insert(row.code.to_string()), "{}", row.code);
            assert!(seen.insert(row.alpha3.to_owned()), "{}", row.alpha3);
            assert!(
                row.alpha3.len() == 3 && row.alpha3.bytes().all(|b| b.is_ascii_uppercase()),
                "{}",
                row.alpha3
            );
            assert!(!row.name.is_empty());
        }
    }

    #[test]
    fn no_form_stands_twice_in_the_table() {
        let mut seen: BTreeMap<String, CountryCode> = BTreeMap::new();
        for row in rows() {
            for form in row.forms() {
                assert!(!fold(form).is_empty(), "'{form}' of {} has no letters", row.code);
                let before = seen.insert(fold(form), row.code);
                assert_eq!(before, None, "'{form}' of {}", row.code);
            }
        }
    }

    #[test]
    fn every_form_of_every_country_finds_its_code_and_every_code_its_name() {
        for row in rows() {
            for form in row.forms() {
                assert_eq!(country_code(form), Some(row.code), "{form}");
                assert_eq!(country_code(&form.to_uppercase()), Some(row.code), "{form}");
            }
            assert_eq!(country_name(row.code), Some(row.name));
        }
    }

    #[test]
    fn forms_seen_in_sanctions_lists_and_customer_files_are_understood() {
        for (text, expected) in [
            ("Korea, North", "KP"),
            ("Korea, South", "KR"),
            ("Democratic People's Republic of Korea", "KP"),
            ("Iran (Islamic Republic of)", "IR"),
            ("Syrian Arab Republic", "SY"),
            ("Burma", "MM"),
            ("Myanmar (Burma) / Myanmar (Birmanie)", "MM"),
            ("Congo, Democratic Republic of the", "CD"),
            ("Congo, Republic of the", "CG"),
            ("Russia / Russie", "RU"),
            ("South Sudan / Soudan du sud", "SS"),
            ("Belarus / B\u{e9}larus", "BY"),
            ("Re\u{301}union", "RE"),
            ("Россия", "RU"),
            ("УКРАЇНА", "UA"),
            ("Region: Crimea", "UA"),
            ("Region: Gaza", "PS"),
            ("West Bank", "PS"),
            ("former Soviet Union", "SU"),
            ("Macedonia, The Former Yugoslav Republic of", "MK"),
            ("North Macedonia, The Republic of", "MK"),
            ("Serbia, Republic of", "RS"),
            ("Republic of China", "TW"),
            ("The Gambia", "GM"),
            ("Bahamas, The", "BS"),
            ("Netherlands (the)", "NL"),
            ("Man, Isle of", "IM"),
            ("Cote d Ivoire", "CI"),
            ("China, Hong Kong Special Administrative Region", "HK"),
            ("U.S.A.", "US"),
            ("  u.k. ", "GB"),
            ("af", "AF"),
            ("Türkiye", "TR"),
            ("TURKIYE", "TR"),
            ("Trinidad & Tobago", "TT"),
        ] {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_unknown_or_means_two_countries_has_no_code() {
        for text in [
            "",
            " ",
            "-",
            "/",
            "QQ",
            "ZZ",
            "ABC",
            "Testland",
            "undetermined",
            "Korea",
            "Dominican",
            "Virgin Islands",
            "Russia / Ukraine",
            "163,660",
            "the",
            "republic of",
            "former",
            "\u{0}",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
        assert_eq!(code(&"the".repeat(100_000)), None);
    }
}
