//! Numbers as they are compared: which system they belong to, and whether their check digits hold.

mod checksum;
mod scheme;
mod wallet;

use crate::{CountryCode, Identifier, IdentifierKind, country_code};
pub use scheme::{Holder, Scheme};

/// What the check digits of a number say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDigits {
    /// They hold.
    Hold,
    /// They do not: the number is mistyped, invented, or of another system than is said.
    Fail,
    /// The number has none, or its system is not known.
    None,
}

impl CheckDigits {
    const fn of(hold: bool) -> CheckDigits {
        if hold {
            CheckDigits::Hold
        } else {
            CheckDigits::Fail
        }
    }
}

/// An identifier in the form in which it is compared.
///
/// # Example
/// ```
/// use tamis_model::{CheckDigits, Identifier, IdentifierKind};
/// let mut tax = Identifier::new(IdentifierKind::TaxId, "77 0708-3893");
/// tax.country = Some("Russia".into());
/// let number = tax.number();
/// assert_eq!((number.text.as_str(), number.check), ("7707083893", CheckDigits::Hold));
/// assert_eq!(number.scheme.map(|scheme| scheme.name), Some("INN"));
/// let lei = Identifier::new(IdentifierKind::Lei, "5493001KJTIIGC8Y1R13").number();
/// assert_eq!(lei.check, CheckDigits::Fail);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What it is said to be.
    pub kind: IdentifierKind,
    /// The system it belongs to, where that is said, or follows from its country and its check digits.
    pub scheme: Option<&'static Scheme>,
    /// The value without spaces and signs, in upper case; wallets and web and e-mail addresses by rules of their own.
    pub text: String,
    /// What its check digits say.
    pub check: CheckDigits,
    /// The country it belongs to: as written, or that of its scheme.
    pub country: Option<CountryCode>,
}

impl Number {
    /// What two numbers are compared by. Zeros at the beginning of a number in digits do not count, since
    /// spreadsheets drop them; nor does the branch of a BIC.
    pub fn key(&self) -> &str {
        let digits = self.text.bytes().all(|b| b.is_ascii_digit());
        match self.kind {
            IdentifierKind::Bic => self.text.get(..8).unwrap_or(&self.text),
            _ if digits => self.text.trim_start_matches('0'),
            _ => &self.text,
        }
    }
}

/// A number read by the rules of a scheme.
struct Fit {
    scheme: &'static Scheme,
    text: String,
    holds: bool,
}

impl Scheme {
    /// `value` as a number of this scheme, `None` when its signs or its length cannot be.
    fn fit(&'static self, value: &str) -> Option<Fit> {
        let text = if self.digits {
            only_digits(value)?
        } else {
            plain(value)
        };
        let missing = |length: &&usize| (text.len()..=text.len() + self.lost_zeros).contains(*length);
        let length = self.lengths.iter().find(missing).filter(|_| text.is_ascii())?;
        let text = format!("{}{text}", "0".repeat(length - text.len()));
        Some(Fit {
            scheme: self,
            holds: (self.holds)(&text),
            text,
        })
    }

    fn is_of(&self, country: CountryCode) -> bool {
        country_code(self.country) == Some(country)
    }
}

impl Identifier {
    /// This identifier as it is compared: signs, words before the number and lost zeros are undone, and its
    /// check digits are looked at. Takes time linear in the value; a wallet costs a hash or two.
    pub fn number(&self) -> Number {
        let country = self.country.as_deref().and_then(country_code);
        let (text, scheme, check) = match self.kind {
            IdentifierKind::Wallet => {
                let (text, check) = wallet::read(&self.value);
                (text, None, check)
            }
            IdentifierKind::Email | IdentifierKind::Website => {
                (self.value.trim().to_lowercase(), None, CheckDigits::None)
            }
            _ => self.read(country),
        };
        let home = scheme.and_then(|scheme| country_code(scheme.country));
        let iban = scheme.filter(|scheme| **scheme == scheme::IBAN);
        let bank = iban.and_then(|_| CountryCode::new(text.get(..2)?));
        Number {
            kind: self.kind.clone(),
            scheme,
            check,
            country: bank.or(home).or(country),
            text,
        }
    }

    /// The text, the scheme and the check: by the schemes that are stated, else by those that the country implies.
    fn read(&self, country: Option<CountryCode>) -> (String, Option<&'static Scheme>, CheckDigits) {
        let stated = self.stated(country);
        let fits = stated.iter().filter_map(|scheme| scheme.fit(&self.value));
        let best = match stated.is_empty() {
            true => self
                .implied(country)
                .filter_map(|scheme| scheme.fit(&self.value))
                .find(|fit| fit.holds),
            false => fits.reduce(|best, next| if best.holds { best } else { next }),
        };
        match (best, stated.first()) {
            (Some(fit), _) => (fit.text, Some(fit.scheme), CheckDigits::of(fit.holds)),
            (None, Some(first)) => (plain(&self.value), Some(first), CheckDigits::Fail),
            (None, None) => (plain(&self.value), None, CheckDigits::None),
        }
    }

    /// The schemes that the kind or the label names.
    fn stated(&self, country: Option<CountryCode>) -> Vec<&'static Scheme> {
        let label = words(self.label.as_deref().unwrap_or_default());
        let says = |scheme: &&Scheme| {
            let mut names = scheme.words.iter();
            names.any(|word| label.contains(&format!(" {word} ")))
        };
        let fits =
            |scheme: &&Scheme| country.is_none_or(|code| scheme.country.is_empty() || scheme.is_of(code));
        let of_kind = |scheme: &&Scheme| scheme.kinds.contains(&self.kind);
        let by_kind = scheme::BY_KIND.iter().filter(of_kind);
        let by_label = scheme::NATIONAL.iter().filter(says).filter(fits);
        let iban = Some(&scheme::IBAN).filter(says);
        by_kind.chain(by_label).chain(iban).collect()
    }

    /// The schemes that the kind and the country allow. Their check digits decide.
    fn implied(&self, country: Option<CountryCode>) -> impl Iterator<Item = &'static Scheme> {
        let of_kind = |scheme: &&Scheme| scheme.kinds.contains(&self.kind);
        let national = scheme::NATIONAL
            .iter()
            .filter(move |scheme| country.is_some_and(|code| scheme.is_of(code)));
        national.chain([&scheme::IBAN]).filter(of_kind)
    }
}

/// The words of a label in lower case, with a space around each: `C.U.R.P.` is ` curp `.
fn words(label: &str) -> String {
    let mut words = String::from(" ");
    for c in label.chars().filter(|c| *c != '.') {
        match c.is_alphanumeric() {
            true => words.extend(c.to_lowercase()),
            false if words.ends_with(' ') => {}
            false => words.push(' '),
        }
    }
    words.push(' ');
    words
}

/// Words that stand before a number and are no part of it.
const BEFORE: [&str; 12] = [
    "NO", "NR", "NUM", "NUMBER", "NUMERO", "ID", "PASSPORT", "LEI", "IBAN", "BIC", "SWIFT", "TAX",
];

/// The letters and digits of `value` in upper case, without the words before it.
fn plain(value: &str) -> String {
    let mut rest = whole(value);
    while let Some((first, after)) = rest.split_once(|c: char| !c.is_alphanumeric()) {
        let word = first.to_uppercase();
        let known = word.is_empty() || BEFORE.contains(&word.as_str());
        if !known || !after.contains(char::is_alphanumeric) {
            break;
        }
        rest = after;
    }
    let kept = rest.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_uppercase).map(like_latin).collect()
}

/// The digits of `value`, with O and I for 0 and 1; `None` when other letters stand among them.
fn only_digits(value: &str) -> Option<String> {
    let text = plain(value);
    // `ИНН7707083893`, `IMO 9074729`: a word of two letters or more is no digit misread.
    let word: usize = text.chars().take_while(|c| c.is_alphabetic()).count();
    let start = if word > 1 { word } else { 0 };
    let digit = |c: char| match c {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        _ => c.is_ascii_digit().then_some(c),
    };
    let digits: Option<String> = text.chars().skip(start).map(digit).collect();
    digits.filter(|digits| !digits.is_empty())
}

/// `value` without the decimals that spreadsheets add to long numbers.
fn whole(value: &str) -> &str {
    let value = value.trim();
    let number = value.strip_suffix(".0");
    number
        .filter(|number| number.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or(value)
}

/// Capital letters of Cyrillic that look like Latin ones, and digits of other scripts, as what they look like.
fn like_latin(c: char) -> char {
    const LETTERS: [(char, char); 12] = [
        ('\u{410}', 'A'),
        ('\u{412}', 'B'),
        ('\u{415}', 'E'),
        ('\u{41a}', 'K'),
        ('\u{41c}', 'M'),
        ('\u{41d}', 'H'),
        ('\u{41e}', 'O'),
        ('\u{420}', 'P'),
        ('\u{421}', 'C'),
        ('\u{422}', 'T'),
        ('\u{423}', 'Y'),
        ('\u{425}', 'X'),
    ];
    /// Full width, Arabic, Persian.
    const ZEROS: [u32; 3] = [0xff10, 0x660, 0x6f0];
    let digit = |zero: u32| {
        let n = u32::from(c).checked_sub(zero)?;
        char::from_digit(n, 10)
    };
    let letter = LETTERS.iter().find(|(cyrillic, _)| *cyrillic == c);
    let digit = || ZEROS.into_iter().find_map(digit);
    letter.map(|(_, latin)| *latin).or_else(digit).unwrap_or(c)
}

#[cfg(test)]
mod tests;
