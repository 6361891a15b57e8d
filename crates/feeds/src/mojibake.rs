//! Names in which UTF-8 was read as another encoding, such as `JosÃ©` and `Р§РµРєСѓРЅРѕРІ`.

use encoding_rs::{EncoderResult, Encoding, IBM866, KOI8_R, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

const READ_AS: [&Encoding; 5] = [WINDOWS_1252, WINDOWS_1251, WINDOWS_1250, KOI8_R, IBM866];

/// Bytes of a name looked at.
const LOOKED_AT: usize = 4096;

/// The encoding as which the UTF-8 of this name was read, if it looks so.
pub(crate) fn read_as(name: &str) -> Option<&'static str> {
    if !has_pair(name) {
        return None;
    }
    let end = name
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(name.len(), |(at, _)| at);
    let head = name.get(..end).unwrap_or(name);
    let mut bytes = Vec::new();
    let found = READ_AS
        .iter()
        .find(|encoding| looks_read_as(head, encoding, &mut bytes));
    found.map(|encoding| encoding.name())
}

/// Whether two characters beyond ASCII stand together: a character of UTF-8 beyond ASCII is never read as one
/// alone.
fn has_pair(name: &str) -> bool {
    let mut after_one = false;
    !name.is_ascii()
        && name.chars().any(|c| {
            let pair = after_one && !c.is_ascii();
            after_one = !c.is_ascii();
            pair
        })
}

/// Writing the name in the wrong encoding gives back the bytes as they were: UTF-8. One accented letter is
/// enough where it is `Ã` or `Â` before a symbol, or any character of three bytes (`â€™`), which no name holds.
/// Otherwise there must be two sequences that make up four fifths of what is not ASCII: in Ukrainian capitals
/// the pairs `РІ` and `СІ` occur by themselves.
fn looks_read_as(name: &str, encoding: &'static Encoding, bytes: &mut Vec<u8>) -> bool {
    let may_be_plain = encoding == IBM866 || encoding == WINDOWS_1251;
    if !encode(name, encoding, bytes) || (may_be_plain && is_of_plain_words(name)) {
        return false;
    }
    let (mut sequences, mut covered, mut certain) = (0, 0, false);
    let is_western = encoding == WINDOWS_1252;
    for c in bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()) {
        if !c.is_ascii() {
            sequences += 1;
            covered += c.len_utf8();
            certain |=
                is_western && (('\u{a0}'..='\u{ff}').contains(&c) && shows_symbol(c) || c.len_utf8() > 2);
        }
    }
    let beyond = bytes.iter().filter(|b| !b.is_ascii()).count();
    certain || (sequences >= 2 && covered * 5 >= beyond * 4)
}

/// Whether every word is of capitals, or begins with a letter and goes on in small ones. The letters р to я of IBM866 begin
/// characters of UTF-8 and а to п go on with them, as in `Суворов`; so do capitals and `І` of Windows-1251, as in `НІКІТІН`. What
/// was misread has capitals among small letters, signs, or lines of tables.
fn is_of_plain_words(name: &str) -> bool {
    let mut words = name.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    words.all(|word| {
        let mut letters = word.chars();
        let begins = letters.next().is_none_or(char::is_alphabetic);
        begins && (letters.clone().all(char::is_lowercase) || letters.all(char::is_uppercase))
    })
}

/// Fills `bytes` with the name in this encoding, and says whether that could be done: it is given up at the first
/// character that the encoding does not have.
fn encode(name: &str, encoding: &'static Encoding, bytes: &mut Vec<u8>) -> bool {
    let mut encoder = encoding.new_encoder();
    let Some(room) = encoder.max_buffer_length_from_utf8_without_replacement(name.len()) else {
        return false;
    };
    bytes.clear();
    bytes.reserve(room);
    let (result, _) = encoder.encode_from_utf8_to_vec_without_replacement(name, bytes, true);
    result == EncoderResult::InputEmpty
}

/// Whether the second byte of this character, read as Windows-1252, is no letter.
fn shows_symbol(c: char) -> bool {
    let mut bytes = [0; 4];
    let second = c
        .encode_utf8(&mut bytes)
        .as_bytes()
        .get(1)
        .copied()
        .unwrap_or_default();
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&second));
    text.chars().all(|c| !c.is_alphabetic())
}
