//! Domains and telephone numbers in the form in which they are compared.

use crate::tables::is_public_domain;
use tamis_model::{Identifier, IdentifierKind};

/// Digits of a telephone number that are compared, from its end: countries write what goes before them in several
/// ways (`+7`, `8`, `0`).
const PHONE_DIGITS: usize = 9;

/// Fewer digits are an extension or a short number.
const LEAST_PHONE_DIGITS: usize = 7;

/// The domain of a website or e-mail address, and each domain it belongs to that is not a top one: `mail.example.org`,
/// `example.org`. Nothing where anybody can have an address under it.
pub(crate) fn domains(identifier: &Identifier) -> Vec<String> {
    let text = identifier.value.trim().to_lowercase();
    let host = match identifier.kind {
        IdentifierKind::Email => text.rsplit('@').next().filter(|_| text.contains('@')),
        IdentifierKind::Website => host(&text),
        _ => None,
    };
    let Some(host) = host
        .map(|host| host.trim_matches('.'))
        .filter(|host| is_domain(host))
    else {
        return Vec::new();
    };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let starts = std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1));
    let all: Vec<&str> = starts
        .filter_map(|at| host.get(at..))
        .filter(|d| d.contains('.'))
        .collect();
    match all.iter().any(|domain| is_public_domain(domain)) {
        true => Vec::new(),
        false => all.into_iter().map(str::to_owned).collect(),
    }
}

fn host(text: &str) -> Option<&str> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next()
}

fn is_domain(host: &str) -> bool {
    host.contains('.')
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

/// A telephone number by its last digits, without an extension.
pub(crate) fn phone(identifier: &Identifier) -> Option<String> {
    if identifier.kind != IdentifierKind::Phone {
        return None;
    }
    let text = identifier
        .value
        .trim()
        .trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ':' | '.' | ' '));
    let number = text
        .split(|c: char| c.is_alphabetic() || matches!(c, ',' | '#'))
        .next()?;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let start = digits.len().saturating_sub(PHONE_DIGITS);
    (digits.len() >= LEAST_PHONE_DIGITS).then(|| digits.get(start..).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_those_of_a_holder() {
        for (kind, value, expected) in [
            (
                IdentifierKind::Website,
                "http://www.Kaspersky.ru/about?x=1",
                vec!["kaspersky.ru"],
            ),
            (
                IdentifierKind::Website,
                "support.example.org:8080",
                vec!["support.example.org", "example.org"],
            ),
            (
                IdentifierKind::Email,
                "info@mail.example.org",
                vec!["mail.example.org", "example.org"],
            ),
            (IdentifierKind::Email, "somebody@gmail.com", vec![]),
            (IdentifierKind::Website, "somebody.wordpress.com", vec![]),
            (IdentifierKind::Email, "no address", vec![]),
            (IdentifierKind::Website, "", vec![]),
            (IdentifierKind::Website, "касперский.рф", vec!["касперский.рф"]),
        ] {
            assert_eq!(domains(&Identifier::new(kind, value)), expected, "{value}");
        }
    }

    #[test]
    fn telephone_numbers_are_compared_by_their_end() {
        let of = |value: &str| phone(&Identifier::new(IdentifierKind::Phone, value));
        let expected = Some("957978700".to_owned());
        for written in [
            "+7 (495) 797-87-00",
            "8 495 797 8700",
            "tel. 84957978700 ext. 12",
            "007 495 7978700",
        ] {
            assert_eq!(of(written), expected, "{written}");
        }
        assert_eq!(of("112"), None);
        assert_eq!(of(""), None);
    }
}
