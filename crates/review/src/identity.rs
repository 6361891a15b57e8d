use caseless::Caseless;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Who acts: a person's id as the caller's own system knows it, such as a login or an e-mail address.
///
/// Two spellings that differ in case, Unicode form, invisible characters, white space, signs at either end, or letters that look like Latin
/// ones only are one person. Four eyes are four only where the identities differ in more than that.
///
/// # Example
/// ```
/// use tamis_review::Identity;
/// let one = Identity::new("a.lindqvist@bank.example")?;
/// assert!(one.is(&Identity::new(" A.Lindqvist@Bank.example ")?));
/// assert!(Identity::new("  ").is_err());
/// # Ok::<(), tamis_review::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identity {
    written: String,
    folded: String,
}

impl Identity {
    /// The person of whom `text` is the id.
    ///
    /// # Errors
    /// [`Error::Nobody`](crate::Error::Nobody) where nothing is left to tell people apart.
    pub fn new(text: &str) -> Result<Identity, crate::Error> {
        let folded = folded(text);
        match folded.is_empty() {
            true => Err(crate::Error::Nobody),
            false => Ok(Identity {
                written: text.trim().to_owned(),
                folded,
            }),
        }
    }

    /// Whether both are one person.
    pub fn is(&self, other: &Identity) -> bool {
        self.folded == other.folded
    }

    /// The id as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

/// Case folded twice around compatibility forms, as Unicode defines caseless matching (chapter 3.13, D146), without what
/// cannot be seen, in Latin letters where it looks so, with one space between words and no signs around them.
fn folded(text: &str) -> String {
    let seen = text.nfkd().default_case_fold().nfkc().default_case_fold().nfkc();
    let seen = seen.filter(|letter| tells(*letter) && !is_invisible(*letter));
    let seen: String = seen.map(in_latin).collect();
    let spaced = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced
        .trim_matches(|letter: char| !letter.is_alphanumeric())
        .to_owned()
}

/// Whether a character tells people apart: letters, numbers, marks on them, and the signs of ids and addresses. Whatever else there is cannot
/// be seen, or is no part of a name.
fn tells(letter: char) -> bool {
    letter.is_alphanumeric()
        || letter.is_whitespace()
        || letter.is_ascii_graphic()
        || is_combining_mark(letter)
}

/// The Latin letter that a letter looks like; others stay.
fn in_latin(letter: char) -> char {
    match letter {
        'ı' => 'i',
        letter => tamis_names::latin_lookalike(letter).unwrap_or(letter),
    }
}

/// Characters that change nothing of what a reader sees, and would make two people of one.
fn is_invisible(letter: char) -> bool {
    let other = matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{feff}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'
    );
    other || (letter.is_control() && !letter.is_whitespace())
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl TryFrom<String> for Identity {
    type Error = crate::Error;

    fn try_from(text: String) -> Result<Identity, crate::Error> {
        Identity::new(&text)
    }
}

impl From<Identity> for String {
    fn from(identity: Identity) -> String {
        identity.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_person_are_one_person() {
        let one = Identity::new("Ärne Öberg").unwrap();
        for other in [
            "ärne öberg",
            "A\u{308}rne  O\u{308}berg",
            "ÄRNE\u{a0}ÖBERG",
            "Ärne\u{200b} Öberg\u{2060}",
            "Är\u{fff9}ne\u{2800} Öb\u{1d173}er\u{1bca0}g\u{13430}\u{fdd0}",
            "Ärne\tÖberg",
        ] {
            assert!(one.is(&Identity::new(other).unwrap()), "{other:?}");
        }
        assert!(
            !one.is(&Identity::new("Arne Öberg").unwrap()),
            "another letter is another person"
        );
    }

    #[test]
    fn what_looks_like_one_person_is_one_person() {
        let one = Identity::new("ann").unwrap();
        for other in [
            "\u{430}nn",
            "\u{410}NN",
            "ann.",
            " (Ann) ",
            "a\u{274}n",
            "\u{3b1}nn",
        ] {
            assert!(one.is(&Identity::new(other).unwrap()), "{other:?}");
        }
        for other in ["anna", "a.nn", "ana", "иван"] {
            assert!(!one.is(&Identity::new(other).unwrap()), "{other:?}");
        }
    }

    #[test]
    fn nobody_is_refused() {
        for text in ["", " . ", " \t", "\u{200b}", "\u{feff}\u{ad}"] {
            assert_eq!(Identity::new(text), Err(crate::Error::Nobody), "{text:?}");
        }
    }
}
