//! Digital currency addresses: their forms and check sums.

use super::CheckDigits;
use sha2::{Digest, Sha256};
use sha3::Keccak256;

/// An address in the form in which it is compared, and whether its check sum holds.
///
/// Addresses of Ethereum and its kin (hexadecimal) and Segwit addresses (Bech32) are the same in any case; in
/// base 58 the case of a letter carries meaning.
pub(super) fn read(text: &str) -> (String, CheckDigits) {
    let text = text.trim();
    if let Some(hex) = hexadecimal(text) {
        return (text.to_lowercase(), eip_55(hex));
    }
    if let Some(check) = segwit(text) {
        return (text.to_lowercase(), check);
    }
    let kept: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let check = base58(&kept);
    (kept, check)
}

/// The forty digits of `0x…`.
fn hexadecimal(text: &str) -> Option<&str> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    (digits.len() == 40 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then_some(digits)
}

/// EIP-55: a letter is a capital where the digit of the Keccak hash at its place is 8 or more. In one case
/// throughout there is no check sum.
fn eip_55(digits: &str) -> CheckDigits {
    let lower = digits.to_ascii_lowercase();
    if digits == lower || digits == digits.to_ascii_uppercase() {
        return CheckDigits::None;
    }
    let hash = Keccak256::digest(lower.as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let right = |(digit, nibble): (u8, u8)| {
        !digit.is_ascii_alphabetic() || digit.is_ascii_uppercase() == (nibble > 7)
    };
    CheckDigits::of(digits.bytes().zip(nibbles).all(right))
}

/// Bech32 and Bech32m (BIP 173, BIP 350) of Bitcoin and Litecoin; `None` for another form.
fn segwit(text: &str) -> Option<CheckDigits> {
    let start = text.get(..4)?.to_ascii_lowercase();
    matches!(start.as_str(), "bc1q" | "bc1p" | "ltc1")
        .then(|| CheckDigits::of(bech32::segwit::decode(text).is_ok()))
}

/// Base58Check: the last four bytes repeat the start of a double SHA-256 of the rest. So do Bitcoin, Litecoin, Tron,
/// Dash and Zcash, whose addresses have 25 or 26 bytes, and, in an alphabet of its own, XRP.
fn base58(text: &str) -> CheckDigits {
    // By their first letter: an address of another currency (Monero, Solana) has another check, or none.
    if !(25..=36).contains(&text.len())
        || !text.starts_with(['1', '3', 'T', 'L', 'M', 'D', 'X', 't', 'r', '7'])
    {
        return CheckDigits::None;
    }
    let alphabet = match text.starts_with('r') {
        true => bs58::Alphabet::RIPPLE,
        false => bs58::Alphabet::BITCOIN,
    };
    let bytes = bs58::decode(text)
        .with_alphabet(alphabet)
        .into_vec()
        .unwrap_or_default();
    let (payload, sum) = bytes.split_at(bytes.len().saturating_sub(4));
    let hash = Sha256::digest(Sha256::digest(payload));
    CheckDigits::of(payload.len() >= 21 && hash.starts_with(sum))
}
