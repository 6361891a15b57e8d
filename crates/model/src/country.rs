use serde::{Deserialize, Serialize};
use std::fmt;

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

/// The code of the country that `text` names: a name in its usual forms, or a two- or three-letter code.
pub fn country_code(text: &str) -> Option<CountryCode> {
    CountryCode::new(text.trim())
}

/// The usual English name of a country.
pub fn country_name(code: CountryCode) -> Option<&'static str> {
    let _ = code;
    None
}
