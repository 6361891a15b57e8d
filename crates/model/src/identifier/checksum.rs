//! Check digits: does a number hold together?
//!
//! Every function takes the number in its canonical form (see [`super::scheme`]): upper case, no signs, of a
//! length that the scheme has, and digits alone where the scheme has no letters. The source of each rule stands
//! above it.

/// The value of a digit or letter: `0` to `9`, then `A` = 10 to `Z` = 35.
fn value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

fn at(text: &str, place: usize) -> u32 {
    text.as_bytes().get(place).map_or(0, |&byte| value(byte))
}

fn last(text: &str) -> u32 {
    at(text, text.len().saturating_sub(1))
}

/// Σ digit × weight; digits beyond the weights do not count.
fn weighted(text: &str, weights: &[u32]) -> u32 {
    text.bytes()
        .zip(weights)
        .map(|(byte, weight)| value(byte) * weight)
        .sum()
}

/// What `text` leaves when divided by `modulus`, read as a decimal number in which a letter stands for its value.
fn remainder(text: &str, modulus: u32) -> u32 {
    text.bytes().map(value).fold(0, |rest, digit| {
        let shift = if digit > 9 { 100 } else { 10 };
        (rest * shift + digit) % modulus
    })
}

/// The part before the last character.
fn body(text: &str) -> &str {
    text.get(..text.len().saturating_sub(1)).unwrap_or_default()
}

/// ISO/IEC 7064 MOD 97-10, as ISO 17442 (LEI) uses it.
pub(super) fn mod_97(text: &str) -> bool {
    remainder(text, 97) == 1
}

/// ISO 13616: the country and the check digits are moved to the end first.
pub(super) fn iban(text: &str) -> bool {
    let (head, rest) = text.split_at_checked(4).unwrap_or(("", text));
    let form = head.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && head.bytes().skip(2).all(|b| b.is_ascii_digit());
    form && mod_97(&format!("{rest}{head}"))
}

/// ISO 9362: four letters or digits for the party, two letters for the country, two for the place, and three for
/// the branch, where it is given. Banks have letters only in the first four.
pub(super) fn bic(text: &str) -> bool {
    let country = text.get(4..6).unwrap_or_default();
    country.bytes().all(|b| b.is_ascii_uppercase()) && crate::country_code(country).is_some()
}

/// Mod 10 by Luhn, ISO/IEC 7812-1 annex B.
pub(super) fn luhn(text: &str) -> bool {
    let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let sum: u32 = text
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            if place % 2 == 0 {
                value(byte)
            } else {
                doubled(value(byte))
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// IMO resolution A.1117: ships multiply six digits by 7 to 2 and repeat the last digit of the sum; companies
/// (A.1078) weigh 8 6 4 2 9 7 modulo 11.
pub(super) fn imo(text: &str) -> bool {
    let ship = weighted(text, &[7, 6, 5, 4, 3, 2]) % 10 == last(text);
    let company = (11 - weighted(text, &[8, 6, 4, 2, 9, 7]) % 11) % 10 == last(text);
    ship || company
}

// ---- Russia and its neighbours ----

/// Order of the Federal Tax Service MMV-7-6/435: one check digit for companies, two for people.
pub(super) fn inn(text: &str) -> bool {
    let check = |weights: &[u32], place| weighted(text, weights) % 11 % 10 == at(text, place);
    if text.len() == 10 {
        return check(&[2, 4, 10, 3, 5, 9, 4, 6, 8], 9);
    }
    check(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 10) && check(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11)
}

/// Order of the Ministry of Finance 165n of 2017: the number before the last digit modulo 11.
pub(super) fn ogrn(text: &str) -> bool {
    remainder(body(text), 11) % 10 == last(text)
}

/// The same modulo 13, for people who trade.
pub(super) fn ogrnip(text: &str) -> bool {
    remainder(body(text), 13) % 10 == last(text)
}

/// Pension fund number, weights 9 to 1; numbers up to 001-001-998 have no check.
pub(super) fn snils(text: &str) -> bool {
    let check = at(text, 9) * 10 + at(text, 10);
    let number = text.get(..9).unwrap_or_default();
    number <= "001001998" || weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == check
}

/// OKPO by order of the State Statistics Committee: weights from 1, from 3 where the rest is 10.
pub(super) fn okpo(text: &str) -> bool {
    two_rounds(text, 1, 3)
}

/// Weights that count up from `first` and begin again after 10; `second` where the rest is 10.
fn two_rounds(text: &str, first: u32, second: u32) -> bool {
    let sum = |start: u32| {
        let weights = (0..).map(|n| (start - 1 + n) % 10 + 1);
        body(text)
            .bytes()
            .zip(weights)
            .map(|(b, w)| value(b) * w)
            .sum::<u32>()
            % 11
    };
    let rest = if sum(first) == 10 { sum(second) } else { sum(first) };
    rest % 10 == last(text)
}

/// Ukraine, register of enterprises: another order of weights between 30 and 60 million.
pub(super) fn edrpou(text: &str) -> bool {
    let middle = ("30000000".."60000001").contains(&text);
    let weights: [u32; 7] = if middle {
        [7, 1, 2, 3, 4, 5, 6]
    } else {
        [1, 2, 3, 4, 5, 6, 7]
    };
    let rest = match weighted(text, &weights) % 11 {
        10 => weighted(text, &weights.map(|weight| weight + 2)) % 11,
        rest => rest,
    };
    rest % 10 == last(text)
}

/// Ukraine, taxpayer's number of a person: weights -1 5 7 9 4 6 10 5 7.
pub(super) fn rnokpp(text: &str) -> bool {
    // 10 is -1 modulo 11.
    weighted(text, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == last(text)
}

/// Belarus, payer's number of a company: weights 29 23 19 17 13 7 5 3 modulo 11.
pub(super) fn unp(text: &str) -> bool {
    weighted(text, &[29, 23, 19, 17, 13, 7, 5, 3]) % 11 == last(text)
}

// ---- Europe ----

/// Spain: letter 23 of the remainder for people (DNI; NIE with X Y Z for 0 1 2), Luhn's sum for companies (CIF).
pub(super) fn nif(text: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let (first, end) = (text.as_bytes().first(), text.as_bytes().last());
    let (Some(&first), Some(&end)) = (first, end) else {
        return false;
    };
    let digits = text.get(1..8).unwrap_or_default();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let lead = match first {
        b'X' | b'Y' | b'Z' => u32::from(first - b'X'),
        b'0'..=b'9' => value(first),
        _ => return cif(digits, end),
    };
    let number = lead * 10_000_000 + digits.parse::<u32>().unwrap_or(0);
    LETTERS.get((number % 23) as usize) == Some(&end)
}

fn cif(digits: &str, end: u8) -> bool {
    let checks = b"0123456789".iter().zip(b"JABCDEFGHI");
    let right = |&(&digit, &letter): &(&u8, &u8)| {
        luhn(&format!("{digits}{}", char::from(digit))) && (end == digit || end == letter)
    };
    checks.into_iter().any(|pair| right(&pair))
}

/// Italy, ministerial decree of 23 December 1976: values by odd and even place, the sum modulo 26 as a letter.
pub(super) fn codice_fiscale(text: &str) -> bool {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    let letter = |byte: u8| {
        if byte.is_ascii_digit() {
            value(byte)
        } else {
            value(byte) - 10
        }
    };
    let each = |(place, byte): (usize, u8)| match place % 2 {
        0 => ODD.get(letter(byte) as usize).copied().unwrap_or(0),
        _ => letter(byte),
    };
    let sum: u32 = body(text).bytes().enumerate().map(each).sum();
    sum % 26 + 10 == last(text)
}

/// Poland, tax number: weights 6 5 7 2 3 4 5 6 7 modulo 11.
pub(super) fn nip(text: &str) -> bool {
    weighted(text, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(text)
}

/// Poland, number of a person: weights 1 3 7 9, complement to 10.
pub(super) fn pesel(text: &str) -> bool {
    (10 - weighted(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == last(text)
}

/// Poland, statistical number of a business, with nine digits or, for a branch, fourteen.
pub(super) fn regon(text: &str) -> bool {
    let weights: &[u32] = match text.len() {
        9 => &[8, 9, 2, 3, 4, 5, 6, 7],
        _ => &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8],
    };
    weighted(text, weights) % 11 % 10 == last(text)
}

/// Bulgaria, number of a person: weights 2 4 8 5 10 9 7 3 6.
pub(super) fn egn(text: &str) -> bool {
    weighted(text, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last(text)
}

/// Bulgaria, BULSTAT of nine digits: weights 1 to 8, then 3 to 10.
pub(super) fn eik(text: &str) -> bool {
    two_rounds(text, 1, 3)
}

/// The number of a person in what was Yugoslavia: weights 7 to 2 twice, complement to 11.
pub(super) fn jmbg(text: &str) -> bool {
    let rest = weighted(text, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    (11 - rest) % 11 % 10 == last(text) && rest != 1
}

/// Romania, number of a person: weights 2 7 9 1 4 6 3 5 8 2 7 9, 10 counts as 1.
pub(super) fn cnp(text: &str) -> bool {
    let rest = weighted(text, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    (if rest == 10 { 1 } else { rest }) == last(text)
}

/// Netherlands, eleven test: weights 9 to 2, and -1 for the last digit.
pub(super) fn bsn(text: &str) -> bool {
    weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2, 10]).is_multiple_of(11)
}

/// Turkey, number of a person: two digits from the sums of odd and even places.
pub(super) fn tckn(text: &str) -> bool {
    let odd = weighted(text, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(text, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let all = weighted(text, &[1; 10]);
    at(text, 0) != 0 && (odd * 7 + even * 9) % 10 == at(text, 9) && all % 10 == at(text, 10)
}

/// Turkey, tax number: each digit moved by its place and multiplied by a power of two modulo 9.
pub(super) fn vkn(text: &str) -> bool {
    let each = |(place, byte): (u32, u8)| match (value(byte) + 9 - place) % 10 {
        9 => 9,
        moved => moved * 2u32.pow(9 - place) % 9,
    };
    let sum: u32 = (0..).zip(body(text).bytes()).map(each).sum();
    (10 - sum % 10) % 10 == last(text)
}

// ---- Asia ----

/// China, GB 32100-2015: powers of 3 modulo 31 over an alphabet without I O S V Z.
pub(super) fn uscc(text: &str) -> bool {
    const SIGNS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let sign = |byte: u8| SIGNS.iter().position(|&known| known == byte);
    let mut power = 1;
    let mut sum = 0;
    for byte in body(text).bytes() {
        let Some(sign) = sign(byte) else { return false };
        sum += sign * power;
        power = power * 3 % 31;
    }
    let check = text.bytes().last().and_then(sign);
    check == Some((31 - sum % 31) % 31)
}

/// China, GB 11643-1999 (ISO/IEC 7064 MOD 11-2), the last digit may be X.
pub(super) fn resident_id(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body(text).bytes().all(|b| b.is_ascii_digit());
    let rest = (weighted(text, &WEIGHTS) % 11) as usize;
    digits && b"10X98765432".get(rest) == text.as_bytes().last()
}

/// Iran, number of a person: weights 10 to 2 modulo 11.
pub(super) fn iranian_person(text: &str) -> bool {
    match weighted(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        rest @ (0 | 1) => rest == last(text),
        rest => 11 - rest == last(text),
    }
}

/// Iran, number of a legal person: each digit plus the tenth digit plus 2, primes modulo 11.
pub(super) fn iranian_company(text: &str) -> bool {
    const WEIGHTS: [u32; 10] = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17];
    let moved = at(text, 9) + 2;
    let all: u32 = WEIGHTS.iter().sum();
    (weighted(text, &WEIGHTS) + moved * all) % 11 % 10 == last(text)
}

// ---- the Americas ----

/// Brazil, company: two digits modulo 11. Letters, which numbers have from 2026 on, count by their place in ASCII.
pub(super) fn cnpj(text: &str) -> bool {
    let signs: Vec<u32> = text.bytes().map(|b| u32::from(b.saturating_sub(b'0'))).collect();
    let digit = |length: usize| {
        let weights = (2..=9).cycle();
        let sum: u32 = signs
            .iter()
            .take(length)
            .rev()
            .zip(weights)
            .map(|(sign, weight)| sign * weight)
            .sum();
        (11 - sum % 11) % 11 % 10
    };
    signs.get(12) == Some(&digit(12)) && signs.get(13) == Some(&digit(13))
}

/// Brazil, person: two digits modulo 11.
pub(super) fn cpf(text: &str) -> bool {
    let digit = |weights: &[u32]| weighted(text, weights) * 10 % 11 % 10;
    digit(&[10, 9, 8, 7, 6, 5, 4, 3, 2]) == at(text, 9)
        && digit(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) == at(text, 10)
}

/// Argentina (CUIT) and Peru (RUC): weights 5 4 3 2 7 6 5 4 3 2, complement to 11.
pub(super) fn cuit(text: &str) -> bool {
    (11 - weighted(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == last(text)
}

/// Colombia, tax number with its check digit: primes from the right, modulo 11.
pub(super) fn nit(text: &str) -> bool {
    const PRIMES: [u32; 9] = [3, 7, 13, 17, 19, 23, 29, 37, 41];
    let sum: u32 = body(text)
        .bytes()
        .rev()
        .zip(PRIMES)
        .map(|(byte, prime)| value(byte) * prime)
        .sum();
    let rest = sum % 11;
    (if rest > 1 { 11 - rest } else { rest }) == last(text)
}

/// Venezuela, tax register: the letter counts as a digit of its own.
pub(super) fn rif(text: &str) -> bool {
    let letter = match text.as_bytes().first() {
        Some(b'V') => 1,
        Some(b'E') => 2,
        Some(b'J' | b'C') => 3,
        Some(b'P') => 4,
        Some(b'G') => 5,
        _ => return false,
    };
    let digits = text.get(1..).unwrap_or_default();
    let sum = letter * 4 + weighted(digits, &[3, 2, 7, 6, 5, 4, 3, 2]);
    let check = 11 - sum % 11;
    digits.bytes().all(|b| b.is_ascii_digit()) && (if check > 9 { 0 } else { check }) == last(text)
}

/// Mexico, population register: values over an alphabet with Ñ, weights 18 to 2.
pub(super) fn curp(text: &str) -> bool {
    const SIGNS: &str = "0123456789ABCDEFGHIJKLMN\u{d1}OPQRSTUVWXYZ";
    let sign = |c: char| SIGNS.chars().position(|known| known == c).unwrap_or(0);
    let weights = (2..=18).rev();
    let sum: usize = text
        .chars()
        .zip(weights)
        .map(|(c, weight)| sign(c) * weight)
        .sum();
    u32::try_from((10 - sum % 10) % 10) == Ok(last(text))
}

// ---- forms without a check digit ----

/// United States, social security: no area 000, 666 or 9xx, no group 00, no serial 0000.
pub(super) fn ssn(text: &str) -> bool {
    let part = |range| text.get(range).unwrap_or_default();
    let area = part(0..3);
    !matches!(area, "000" | "666") && !area.starts_with('9') && part(3..5) != "00" && part(5..9) != "0000"
}

/// United Kingdom, Companies House: two letters, or digits, then six digits.
pub(super) fn uk_company(text: &str) -> bool {
    let (head, rest) = text.split_at_checked(2).unwrap_or(("", text));
    let letters = head.bytes().all(|b| b.is_ascii_uppercase()) || head.bytes().all(|b| b.is_ascii_digit());
    let one_letter = head.starts_with('R') && head.ends_with('0');
    (letters || one_letter) && rest.bytes().all(|b| b.is_ascii_digit())
}

/// Russia, reason for registration: four digits, two signs, three digits.
pub(super) fn kpp(text: &str) -> bool {
    let digit = |place: usize| text.as_bytes().get(place).is_some_and(u8::is_ascii_digit);
    [0, 1, 2, 3, 6, 7, 8].into_iter().all(digit)
}

/// No rule beside the length.
pub(super) fn any(_: &str) -> bool {
    true
}
