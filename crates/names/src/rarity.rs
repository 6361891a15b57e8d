//! How much agreement on a token says: common names are shared by chance.

use crate::form::{Class, Domain, Token};
use crate::frequency::Levels;

/// What a name that no table knows says: fewer than 25,000 of eight billion people bear it.
const RARE: u16 = 19;
/// What each letter of a word can say at most: a word of two letters is one of a few hundred.
const PER_LETTER: u16 = 4;
/// A patronymic is one of a few hundred among the people who bear any.
const PATRONYMIC: u16 = 8;
const NUMBER: u16 = 7;
const GEOGRAPHIC: u16 = 5;
const GENERIC: u16 = 4;
/// One of some fifteen letters.
const INITIAL: u16 = 4;
const AFFIX: u16 = 1;
/// Generic words up to this weight are articles and prepositions.
const FUNCTION_WORD: u16 = 1;

/// How much agreement on `token` says, in bits, where its word says `word`.
pub(crate) fn bits(token: &Token, word: u16) -> u16 {
    match token.class {
        Class::Word => word,
        Class::Patronymic => PATRONYMIC,
        Class::Number => NUMBER,
        Class::Geographic => GEOGRAPHIC,
        Class::Generic if token.weight > FUNCTION_WORD => GENERIC,
        Class::Initial => INITIAL,
        Class::LegalForm | Class::Particle | Class::Generic => AFFIX,
        Class::Title => 0,
    }
}

/// How much agreement on a word with these Latin letters says, in bits.
pub(crate) fn of_word(latin: &str, levels: Levels, domain: Domain) -> u16 {
    let letters = u16::try_from(latin.len()).unwrap_or(RARE);
    let by_length = letters.saturating_mul(PER_LETTER).min(RARE);
    let level = match domain {
        Domain::Person => levels.name,
        Domain::Organization => levels.company,
        Domain::Object => 0,
    };
    by_length.min(RARE.saturating_sub(u16::from(level)))
}
